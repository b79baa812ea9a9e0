//! The rulebook: the packs that are in force, merged.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::Book;
use crate::book::value::Type;
use crate::calendar::Instant;
use crate::check::against_leads::check_against;
pub use crate::check::lead_hours::LeadFileText;
use crate::check::needed_packs::missing_packs;
use crate::check::pack_dates::ended_packs;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::language::{ParsedPack, read, read_without_examples};
use crate::pack::fact_table::number_facts;
use crate::pack::statements::{About, Rule};
use crate::pack::{Overrides, Pack};
use crate::{limits, order};

/// The text of one pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackSource {
    /// The name of its file, for messages.
    pub file: String,
    /// The text of the file.
    pub text: String,
}

/// The packs in force, in the order given. A cheap handle: cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Rulebook {
    packs: Arc<[Pack]>,
}

impl Rulebook {
    /// Reads packs and merges them, with the diagnostics about them. Never fails as a whole: a statement with an error is left out.
    ///
    /// Of two packs with the same name the first is kept. When two packs declare a fact with different types, the second pack is left out,
    /// because its conditions were checked against another type. A hard pack that is left out so is replaced by one that forbids all contact
    /// ([`Pack::left_out`]): what it says is law, and nobody knows it.
    pub fn new(sources: &[PackSource], overrides: &Overrides) -> (Self, Vec<Diagnostic>) {
        Self::of(sources, overrides, read)
    }

    /// Reads and merges packs without their examples and without diagnostics, which takes less time: for making decisions only.
    pub fn for_advice(sources: &[PackSource], overrides: &Overrides) -> Self {
        Self::of(sources, overrides, read_without_examples).0
    }

    fn of(
        sources: &[PackSource],
        overrides: &Overrides,
        read: fn(&str, &str, &Overrides) -> ParsedPack,
    ) -> (Self, Vec<Diagnostic>) {
        let mut packs: Vec<Pack> = Vec::new();
        let mut diagnostics = Vec::new();
        let mut facts: BTreeMap<Arc<str>, FirstFact> = BTreeMap::new();
        for source in sources.iter().take(limits::PACKS) {
            let parsed = read(&source.file, &source.text, overrides);
            diagnostics.extend(parsed.diagnostics);
            let pack = parsed.pack;
            let conflict = duplicate_pack(&packs, &pack).or_else(|| conflicting_fact(&facts, &pack));
            if let Some(conflict) = conflict {
                diagnostics.push(conflict);
                // Of the same text twice, the first is there.
                if pack.about.hard && !packs.iter().any(|other| other.source == pack.source) {
                    packs.push(pack.left_out());
                }
                continue;
            }
            for fact in &pack.facts {
                facts.entry(fact.name.clone()).or_insert_with(|| FirstFact {
                    kind: fact.kind,
                    pack: pack.about.name.clone(),
                    file: pack.file.clone(),
                    span: fact.span,
                });
            }
            packs.push(pack);
        }
        if let Some(extra) = sources.get(limits::PACKS) {
            let finding =
                Finding::error(codes::TOO_MANY, Span::START).message("too-many-packs").with("limit", limits::PACKS);
            diagnostics.push(finding.render(&extra.file));
            // It was not read, so it may be law.
            let about = About { name: extra.file.clone(), ..About::default() };
            packs.push(Pack { file: extra.file.clone(), about, ..Pack::default() }.left_out());
        }
        diagnostics.extend(overrides.unknown(&packs));
        diagnostics.extend(missing_packs(&packs, sources.iter().map(|source| source.file.as_str())));
        number_facts(&mut packs);
        (Self { packs: packs.into() }, diagnostics)
    }

    /// Warnings about content, people, skills and declared facts that the packs name and this book does not have, about the hours of its people
    /// and reps, about countries of its leads for which no pack says what the law permits, and about many leads without a value.
    pub fn check_against(&self, book: &Book) -> Vec<Diagnostic> {
        self.check_against_file(book, LeadFileText::NONE, None)
    }

    /// The warnings of [`check_against`](Self::check_against) for a book that was read from a text file: those about hours have their places in it. Whether public holidays are
    /// known is asked for the year of `now` and the next; without a moment, for those of the newest signal.
    pub fn check_against_file(&self, book: &Book, file: LeadFileText<'_>, now: Option<Instant>) -> Vec<Diagnostic> {
        check_against(&self.packs, book, file, now)
    }

    /// Warnings about the packs that have ended by this moment.
    pub fn check_at(&self, now: Instant) -> Vec<Diagnostic> {
        ended_packs(&self.packs, now)
    }

    /// The packs, in the order in which they were given.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Every rule with its pack, in the order that decides between proposals with the same priority.
    pub fn rules(&self) -> impl Iterator<Item = (&Pack, &Rule)> {
        self.packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)))
    }

    /// The types of the declared facts, by name.
    pub fn own_facts(&self) -> BTreeMap<Arc<str>, Type> {
        order::collect_map(self.packs.iter().flat_map(|pack| &pack.facts).map(|fact| (fact.name.clone(), fact.kind)))
    }
}

/// The finding that an earlier pack has this pack's name.
fn duplicate_pack(packs: &[Pack], pack: &Pack) -> Option<Diagnostic> {
    let other = packs.iter().find(|other| other.about.name == pack.about.name)?;
    let finding = Finding::error(codes::DUPLICATE_PACK, Span::START)
        .message("duplicate-pack-name")
        .with("name", pack.about.name.as_str())
        .with("file", other.file.as_str())
        .related_in(&other.file, Span::START, "related-pack");
    Some(finding.render(&pack.file))
}

/// The finding that an earlier pack declares a fact of this pack with another type.
fn conflicting_fact(facts: &BTreeMap<Arc<str>, FirstFact>, pack: &Pack) -> Option<Diagnostic> {
    let (fact, first) = pack.facts.iter().find_map(|fact| {
        let first = facts.get(&fact.name)?;
        (first.kind != fact.kind).then_some((fact, first))
    })?;
    let finding = Finding::error(codes::CONFLICTING_FACT, fact.span)
        .with("pack", first.pack.as_str())
        .with("fact", &*fact.name)
        .with("first", first.kind.word())
        .with("second", fact.kind.word())
        .related_in(&first.file, first.span, "related-declared");
    Some(finding.render(&pack.file))
}

/// The first declaration of a fact.
struct FirstFact {
    kind: Type,
    pack: String,
    file: String,
    span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::vocabulary::SignalKind;
    use crate::book::{AccountRecords, Lead, Signal};
    use crate::evaluate::clause::holds;
    use crate::evaluate::facts::FactContext;
    use crate::pack::expression::{Body, Node, NodeKind};

    fn rulebook(packs: &[&str]) -> Rulebook {
        let source = |(nth, text): (usize, &&str)| PackSource {
            file: format!("{nth}.rhai"),
            text: format!("pack \"Pack {nth}\" #{{}};\n{text}"),
        };
        let sources: Vec<PackSource> = packs.iter().enumerate().map(source).collect();
        let (rulebook, diagnostics) = Rulebook::new(&sources, &Overrides::default());
        assert!(diagnostics.iter().all(|found| found.code == "missing-reason"), "{diagnostics:?}");
        rulebook
    }

    /// The number of each fact in the conditions of the rules, in the order in which they are written.
    fn numbers(rulebook: &Rulebook) -> Vec<Option<usize>> {
        fn visit(node: &Node, numbers: &mut Vec<Option<usize>>) {
            if let NodeKind::Fact { id, .. } = &node.kind {
                numbers.push(id.as_ref().map(|id| id.number()));
            }
            node.kind.parts().into_iter().for_each(|part| visit(part, numbers));
        }
        let mut numbers = Vec::new();
        for (_, rule) in rulebook.rules() {
            if let Body::Compiled(node) = &rule.when.body {
                visit(node, &mut numbers);
            }
        }
        numbers
    }

    #[test]
    fn equal_facts_with_equal_constant_arguments_share_a_number_across_packs() {
        let rulebook = rulebook(&[
            "setting week = 7.days because \"a week\";\n\
             rule \"a\" when lead.visits(7.days) >= 2 or lead.visits(8.days) >= 3 then phone;\n\
             rule \"b\" when lead.visits(week) >= 4 or lead.forms(7.days) >= 1 then phone;",
            "rule \"c\" when lead.visits(7.days) >= 1 or lead.visits(lead.topic ?? \"\") >= 1 then phone;",
        ]);
        // Visits with a topic that is known when the rule runs have no number; the topic itself has one.
        assert_eq!(numbers(&rulebook), [Some(0), Some(1), Some(0), Some(2), Some(0), None, Some(3)]);
    }

    #[test]
    fn a_context_gives_each_of_two_rulebooks_its_own_facts() {
        let now = Instant::from_millis(1_795_168_800_000);
        let lead = Lead { signals: vec![Signal::new(now, SignalKind::PageVisit)], ..Lead::default() };
        let cx = FactContext::new(&AccountRecords::new(vec![lead], Vec::new(), Vec::new()), 0, now);
        let visits = rulebook(&["rule \"a\" when lead.visits(7.days) >= 1 then phone;"]);
        let forms = rulebook(&["rule \"a\" when lead.forms(7.days) >= 1 then phone;"]);
        assert_eq!((numbers(&visits), numbers(&forms)), (vec![Some(0)], vec![Some(0)]));
        let held: Vec<_> = [&visits, &forms, &visits]
            .into_iter()
            .flat_map(|rulebook| rulebook.rules().map(|(_, rule)| holds(&rule.when, &cx)))
            .collect();
        assert_eq!(held, [Ok(true), Ok(false), Ok(true)]);
    }
}
