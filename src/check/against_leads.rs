//! Checks packs against the leads they will be used for: what a rule names and the book does not have.
//!
//! All findings are warnings, because content and data can be added later. Examples are not checked, because they have leads of their own,
//! nor are interpreted clauses.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::book::value::{Type, Value};
use crate::book::vocabulary::Role;
use crate::book::{Book, FieldValue, Lead};
use crate::calendar::Instant;
use crate::check::clause::visit;
use crate::check::customers_elsewhere;
use crate::check::lead_hours::{HolidayReaders, HoursHolders, LeadFileText};
use crate::check::lead_values::LeadValues;
use crate::check::policy_countries::UnlistedCountries;
use crate::check::touch_names::{NameKind, names_in, proposals};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Span};
use crate::evaluate::facts::own::moment_of;
use crate::order;
use crate::pack::Pack;
use crate::pack::expression::{Body, Node, NodeKind};

/// There is no such content
///
/// ## What it does
/// Warns when `.offer` names a piece of content that the lead file does not list. Only reported when leads are given: `cadans check --leads`.
///
/// ## Why it matters
/// The touch is advised all the same, but without anything to bring.
///
/// ## Example
/// ```rhai
/// rule "Send the guide"
///     when lead.open
///     then email.offer("giude");
/// ```
/// ```json
/// { "leads": [], "content": [{ "id": "guide" }] }
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Send the guide"
///     when lead.open
///     then email.offer("guide");
/// ```
pub(crate) const UNKNOWN_CONTENT: DiagnosticCode = DiagnosticCode::new("unknown-content");

/// There is no such person
///
/// ## What it does
/// Warns when `.to` names neither a role nor a person of any lead. Only reported when leads are given: `cadans check --leads`.
///
/// ## Why it matters
/// Nobody can be contacted, and the rule proposes nothing.
///
/// ## Example
/// ```rhai
/// rule "Ask the director"
///     when lead.open
///     then phone.to("direktor");
/// ```
/// ```json
/// { "leads": [{ "id": "L-1", "people": [{ "id": "director" }] }] }
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Ask the director"
///     when lead.open
///     then phone.to("director");
/// ```
pub(crate) const UNKNOWN_PERSON: DiagnosticCode = DiagnosticCode::new("unknown-person");

/// Nobody has this skill
///
/// ## What it does
/// Warns when `.rep` names a skill that no rep of the lead file has. Only reported when leads are given: `cadans check --leads`.
///
/// ## Why it matters
/// Nobody can make the touch, so that it is held until somebody has the skill.
///
/// ## Example
/// ```rhai
/// rule "Questions about the contract"
///     when lead.stage is "decision"
///     then phone.rep("leagl");
/// ```
/// ```json
/// { "leads": [], "reps": [{ "id": "R-1", "zone": "Europe/Amsterdam", "skills": ["legal"] }] }
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Questions about the contract"
///     when lead.stage is "decision"
///     then phone.rep("legal");
/// ```
pub(crate) const UNKNOWN_SKILL: DiagnosticCode = DiagnosticCode::new("unknown-skill");

/// No lead has this fact
///
/// ## What it does
/// Warns when a fact of your own is declared and no lead of the file has it. Only reported when leads are given: `cadans check --leads`.
///
/// ## Why it matters
/// It is unknown for every lead, so that what reads it never holds. Mostly the column is called something else.
///
/// ## Example
/// ```rhai
/// fact bugdet as number because "From the intake form";
/// rule "Worth a visit"
///     when lead.bugdet > 5000
///     then visit.to("decider");
/// ```
/// ```json
/// { "leads": [{ "id": "L-1", "fields": { "budget": 9000 } }] }
/// ```
///
/// ## Do instead
/// ```rhai
/// fact budget as number because "From the intake form";
/// rule "Worth a visit"
///     when lead.budget > 5000
///     then visit.to("decider");
/// ```
pub(crate) const FACT_WITHOUT_DATA: DiagnosticCode = DiagnosticCode::new("fact-without-data");

/// Leads have another kind of value for this fact
///
/// ## What it does
/// Warns when leads have another kind of value for a fact of your own than it is declared with. Only reported when leads are given:
/// `cadans check --leads`.
///
/// ## Why it matters
/// For those leads what compares it never holds.
///
/// ## Example
/// ```rhai
/// fact budget as number because "From the intake form";
/// rule "Worth a visit"
///     when lead.budget > 5000
///     then visit.to("decider");
/// ```
/// ```json
/// { "leads": [{ "id": "L-1", "fields": { "budget": "high" } }] }
/// ```
///
/// ## Do instead
/// ```rhai
/// fact budget as text because "From the intake form";
/// rule "Worth a visit"
///     when lead.budget is "high"
///     then visit.to("decider");
/// ```
pub(crate) const FACT_OF_OTHER_TYPE: DiagnosticCode = DiagnosticCode::new("fact-of-other-type");

/// The names of a book that rules can refer to.
#[derive(Default)]
struct BookNames {
    contents: BTreeSet<String>,
    skills: BTreeSet<String>,
    people: BTreeSet<String>,
    /// Per field, the number of leads that have it with each type.
    fields: BTreeMap<String, Vec<(Type, usize)>>,
    /// The facts that a pack declares as times.
    times: BTreeSet<String>,
    /// Of those the ones of which leads have something that is no moment: how many leads, and the first.
    no_moments: BTreeMap<String, (usize, String)>,
}

/// Warnings about content, people, skills and declared facts that packs name and the book does not have. Nothing is reported about a kind
/// of name of which the book has none at all: it may be stored elsewhere.
///
/// With them the findings about the hours of the book itself, which have their places in `file`, about public holidays that are not known
/// from `now` on, and about countries for which no pack says what the law permits. Each lead is unpacked once for all of these; contact groups of several leads are, once more, for
/// the open leads of customers.
pub(crate) fn check_against(
    packs: &[Pack],
    book: &Book,
    file: LeadFileText<'_>,
    now: Option<Instant>,
) -> Vec<Diagnostic> {
    let mut names = BookNames::of_team(book);
    let facts = packs.iter().flat_map(|pack| &pack.facts);
    names.times = facts.filter(|fact| fact.kind == Type::Moment).map(|fact| fact.name.to_string()).collect();
    let (mut hours, mut holidays) = (HoursHolders::default(), HolidayReaders::new(packs, book.reps()));
    let (mut countries, mut values) = (UnlistedCountries::new(packs), LeadValues::default());
    for lead in (0..book.len()).filter_map(|lead| book.lead(lead)) {
        names.add_lead(&lead);
        hours.add_lead(&lead);
        holidays.add_lead(&lead);
        countries.add_lead(&lead);
        values.add_lead(&lead);
    }
    hours.add_reps(book.reps());
    let mut diagnostics = Vec::new();
    for pack in packs {
        let mut findings = Vec::new();
        names.check_facts(pack, &mut findings);
        for clause in proposals(pack) {
            if let Body::Compiled(node) = &clause.body {
                visit(node, &mut |node| findings.extend(names.check_builder(node, pack)));
            }
        }
        order::sort_by_key(&mut findings, |finding: &Finding| finding.span);
        diagnostics.extend(findings.into_iter().map(|finding| finding.render(&pack.file)));
    }
    diagnostics.extend(hours.findings(file));
    diagnostics.extend(holidays.findings(file, now.or_else(|| book.last_signal_at())));
    diagnostics.extend(countries.finding());
    diagnostics.extend(values.check(packs));
    diagnostics.extend(customers_elsewhere::check(packs, book));
    diagnostics
}

impl BookNames {
    /// The names of content and skills; those of leads are added with [`add_lead`](Self::add_lead).
    fn of_team(book: &Book) -> Self {
        Self {
            contents: book.contents().iter().map(|content| content.id.clone()).collect(),
            skills: book.reps().iter().flat_map(|rep| rep.skills.iter().cloned()).collect(),
            ..Self::default()
        }
    }

    fn add_lead(&mut self, lead: &Lead) {
        for person in &lead.people {
            if !self.people.contains(&person.id) {
                self.people.insert(person.id.clone());
            }
        }
        for name in lead.fields.keys().filter(|name| self.times.contains(*name)) {
            if moment_of(lead, name).is_err() {
                self.no_moments.entry(name.clone()).or_insert_with(|| (0, lead.id.clone())).0 += 1;
            }
        }
        for (name, value) in &lead.fields {
            let kind = match value {
                FieldValue::Truth(_) => Type::Truth,
                FieldValue::Number(_) => Type::Number,
                FieldValue::Text(_) => Type::Text,
            };
            let counts = self.fields.entry(name.clone()).or_default();
            match counts.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((kind, 1)),
            }
        }
    }

    /// Reports the declared facts that no lead has, or that leads have with another type.
    fn check_facts(&self, pack: &Pack, findings: &mut Vec<Finding>) {
        for fact in &pack.facts {
            let Some(counts) = self.fields.get(&*fact.name) else {
                if !self.fields.is_empty() {
                    let known = self.fields.keys().map(String::as_str);
                    let finding = Finding::warning(FACT_WITHOUT_DATA, fact.span).with("name", &*fact.name);
                    findings.push(finding.near_name(fact.span, &fact.name, known).without_fix());
                }
                continue;
            };
            if fact.kind == Type::Moment {
                if let Some((count, lead)) = self.no_moments.get(&*fact.name) {
                    let finding = Finding::warning(FACT_OF_OTHER_TYPE, fact.span).message("fact-of-other-type-time");
                    let finding = finding.with("name", &*fact.name).with("count", *count);
                    findings.push(finding.with("lead", lead.as_str()));
                }
                continue;
            }
            let others = counts.iter().filter(|(kind, _)| *kind != fact.kind);
            if let Some((kind, count)) = others.max_by_key(|(_, count)| *count) {
                findings.push(
                    Finding::warning(FACT_OF_OTHER_TYPE, fact.span)
                        .with("name", &*fact.name)
                        .with("count", *count)
                        .with("declared", fact.kind.with_article())
                        .with("came", kind.with_article()),
                );
            }
        }
    }

    /// The findings about the names in a builder method that the book does not have.
    fn check_builder(&self, node: &Node, pack: &Pack) -> Vec<Finding> {
        let Some((kind, names)) = names_in(node) else { return Vec::new() };
        let (code, known) = match kind {
            NameKind::Content => (UNKNOWN_CONTENT, &self.contents),
            NameKind::Skill => (UNKNOWN_SKILL, &self.skills),
            NameKind::Person => (UNKNOWN_PERSON, &self.people),
        };
        names.iter().filter_map(|name| unknown_name(name, code, known, pack)).collect()
    }
}

/// The finding about a name that is not among those that are known; `None` when it is, and when none are known.
fn unknown_name(arg: &Node, code: DiagnosticCode, known: &BTreeSet<String>, pack: &Pack) -> Option<Finding> {
    let (written, name): (bool, &Arc<str>) = match &arg.kind {
        NodeKind::Literal(Value::Text(name)) => (is_written_literal(arg.span, name, pack), name),
        NodeKind::Setting { value: Value::Text(name), .. } => (false, name),
        _ => return None,
    };
    let is_role = code == UNKNOWN_PERSON && Role::from_word(name).is_some();
    if known.is_empty() || known.contains(&**name) || is_role {
        return None;
    }
    let quoted = |meant: &str| format!("\"{meant}\"");
    let mut near: Vec<&str> = known.iter().map(String::as_str).collect();
    if code == UNKNOWN_PERSON {
        Role::words().for_each(|role| near.push(role));
    }
    let finding = Finding::warning(code, arg.span).with("name", &**name).near(arg.span, name, near, quoted, quoted);
    Some(if written { finding } else { finding.without_fix() })
}

/// Whether the text at this span is the literal itself, and not the name of a constant.
fn is_written_literal(span: Span, text: &str, pack: &Pack) -> bool {
    span.bytes(&pack.source).and_then(|bytes| pack.source.get(bytes)) == Some(&format!("\"{text}\""))
}
