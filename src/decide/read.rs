//! Asks every statement of the rulebook about one lead: the only place of this pipeline that evaluates clauses.
//!
//! A statement that cannot be evaluated becomes a fault and never stops the others. A `never`, `limit`, `reachable` or `pause` of a
//! pack marked `hard` that cannot be evaluated counts as holding: law is not lifted by a slip.

use super::advice::{Fault, RuleRef};
use super::evaluate::{Problem, holds, stands};
use super::facts::FactContext;
use super::matching::{fault, held_in, in_force, rule_ref, sentence, touches_of};
use super::reading::{Allows, Order, Proposal, Reading, Running, Says};
use super::stage::stage_in;
use crate::book::Dossier;
use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::calendar::Instant;
use crate::rulebook::Pack;
use crate::rulebook::pack::{Cadence, Channels, Limit, Scope};
use crate::rulebook::span::Span;
use crate::rulebook::touch::Touch;
use crate::rulebook::tree::Clause;

/// Every statement of the rulebook by name and place, so that readings can point to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refs {
    packs: Vec<PackRefs>,
}

#[derive(Clone, Debug, Default)]
struct PackRefs {
    rules: Vec<RuleRef>,
    cadences: Vec<RuleRef>,
    nevers: Vec<RuleRef>,
    limits: Vec<RuleRef>,
    hours: Vec<RuleRef>,
    pauses: Vec<RuleRef>,
}

impl Refs {
    /// The statements of these packs.
    pub(crate) fn of(packs: &[Pack]) -> Self {
        Self { packs: packs.iter().map(PackRefs::of).collect() }
    }
}

impl PackRefs {
    fn of(pack: &Pack) -> Self {
        let at = |name: &str, span: Span| rule_ref(pack, name, span);
        Self {
            rules: pack.rules.iter().map(|rule| at(&rule.name, rule.span)).collect(),
            cadences: pack.cadences.iter().map(|cadence| at(&cadence.name, cadence.span)).collect(),
            nevers: pack
                .nevers
                .iter()
                .map(|never| at(&format!("never {}", word(never.channels)), never.span))
                .collect(),
            limits: pack.limits.iter().map(|limit| at(&limit_name(limit), limit.span)).collect(),
            hours: pack
                .hours
                .iter()
                .map(|hours| at(&format!("reachable {} \"{}\"", word(hours.channels), hours.hours), hours.span))
                .collect(),
            pauses: pack
                .pauses
                .iter()
                .map(|pause| at(&format!("pause {} {}", word(pause.channels), pause.length), pause.span))
                .collect(),
        }
    }
}

fn limit_name(limit: &Limit) -> String {
    let across = match limit.across {
        Scope::Person => "",
        Scope::Lead => " across lead",
        Scope::Account => " across account",
    };
    format!("limit {} {} per {}{across}", word(limit.channels), limit.most, limit.per)
}

fn word(channels: Channels) -> &'static str {
    match channels {
        Channels::Any => "any",
        Channels::One(channel) => channel.word(),
    }
}

/// What the packs say about a lead.
pub(crate) fn read<'a>(packs: &'a [Pack], refs: &'a Refs, book: &Dossier, lead: usize, now: Instant) -> Reading<'a> {
    let recorded = FactContext::new(book, lead, now);
    let (stage, cx, mut faults) = stage_in(packs, &recorded);
    let (held, problems) = held_in(packs, &cx);
    faults.extend(problems);
    let proposals = held.into_iter().filter_map(|held| {
        let rule = packs.get(held.pack)?.rules.get(held.rule)?;
        Some(Proposal {
            rule: refs.packs.get(held.pack)?.rules.get(held.rule)?,
            order: order(held.pack, rule.span),
            person: held.person,
            touches: held.touches,
            reason: Some(held.because),
            reads_stage: reads_stage(&rule.when),
        })
    });
    let mut reading = Reading { stage, proposals: proposals.collect(), ..Reading::default() };
    for (nth, (pack, refs)) in packs.iter().zip(&refs.packs).enumerate() {
        if !in_force(&pack.about, &cx) {
            continue;
        }
        let mut asking = Asking { pack, cx: &cx, faults: &mut faults };
        for (cadence, rule) in pack.cadences.iter().zip(&refs.cadences) {
            reading.cadences.extend(asking.cadence(nth, cadence, rule));
        }
        for (never, by) in pack.nevers.iter().zip(&refs.nevers) {
            let conditions = (never.when.as_ref(), never.unless.as_ref(), never.because.as_ref());
            asking.policy(never, by, conditions, &mut reading.nevers);
        }
        for (limit, by) in pack.limits.iter().zip(&refs.limits) {
            asking.policy(limit, by, (limit.when.as_ref(), None, limit.because.as_ref()), &mut reading.limits);
        }
        for (hours, by) in pack.hours.iter().zip(&refs.hours) {
            asking.policy(hours, by, (hours.when.as_ref(), None, hours.because.as_ref()), &mut reading.hours);
        }
        for (pause, by) in pack.pauses.iter().zip(&refs.pauses) {
            asking.policy(pause, by, (Some(&pause.when), None, pause.because.as_ref()), &mut reading.pauses);
        }
    }
    let people = cx.lead().map_or(0, |lead| lead.people.len());
    reading.people = (0..people).map(|person| allows(&cx.for_person(Some(person)))).collect();
    reading.waits_for_answer = matches!(cx.fact(Subject::Lead, Fact::Answered, &[]), Ok(Value::Truth(false)));
    reading.faults = faults;
    reading.changes_at = recorded.next_change().into_iter().chain(cx.next_change()).min();
    reading
}

/// A pack's statements, asked about one lead.
struct Asking<'a, 'b> {
    pack: &'a Pack,
    cx: &'b FactContext,
    faults: &'b mut Vec<Fault>,
}

/// `when`, `unless` and `because` of a policy.
type Conditions<'a> = (Option<&'a Clause>, Option<&'a Clause>, Option<&'a Clause>);

impl<'a> Asking<'a, '_> {
    fn policy<T>(&mut self, what: &'a T, by: &'a RuleRef, conditions: Conditions<'a>, says: &mut Vec<Says<'a, T>>) {
        let (when, unless, because) = conditions;
        let hard = self.pack.about.hard;
        for (person, cx) in self.askings([when, unless]) {
            let (holding, reason) = match stands(when, unless, &cx) {
                Ok(holding) => (holding, sentence(because, &cx)),
                Err(problem) => {
                    self.fault(by, problem);
                    (hard, Some("It could not be told whether this holds, and law counts as holding".to_owned()))
                }
            };
            if holding {
                says.push(Says { what, by, hard, person, reason });
            }
        }
    }

    fn cadence(&mut self, pack: usize, cadence: &'a Cadence, rule: &'a RuleRef) -> Option<Running<'a>> {
        let anybody = |asking: &mut Self, clause: &'a Clause| {
            // Everybody is asked before a problem counts, so that the changes of all are noted.
            let answers: Vec<Result<bool, Problem>> =
                asking.askings([Some(clause), None]).into_iter().map(|(_, cx)| holds(clause, &cx)).collect();
            let answers: Result<Vec<bool>, Problem> = answers.into_iter().collect();
            answers.map(|answers| answers.contains(&true))
        };
        let when = anybody(self, &cadence.when);
        let ended = cadence.until.as_ref().map(|until| anybody(self, until));
        let runs = when.and_then(|when| match ended {
            Some(ended) if when => ended.map(|ended| !ended),
            _ => Ok(when),
        });
        let runs = match runs {
            Ok(runs) => runs,
            Err(problem) => {
                self.fault(rule, problem);
                return None;
            }
        };
        let named = |name: Option<&String>| name.is_some_and(|name| *name == cadence.name);
        let begun = self.cx.lead()?.signals.iter().any(|signal| named(signal.cadence.as_ref()));
        if !runs && !begun {
            return None;
        }
        let steps: Vec<Touch> = match touches_of(&cadence.steps, self.cx) {
            Ok(steps) => steps,
            Err(problem) => {
                self.fault(rule, problem);
                return None;
            }
        };
        let reason = sentence(cadence.because.as_ref(), self.cx);
        let reads_stage = reads_stage(&cadence.when);
        Some(Running { cadence, rule, order: order(pack, cadence.span), runs, steps, reason, reads_stage })
    }

    /// Each asking of a statement: once, or once for each person when it reads `person`.
    fn askings(&self, clauses: [Option<&Clause>; 2]) -> Vec<(Option<usize>, FactContext)> {
        if !clauses.into_iter().flatten().any(|clause| clause.reads_person) {
            return vec![(None, self.cx.for_person(None))];
        }
        let people = self.cx.lead().map_or(0, |lead| lead.people.len());
        (0..people).map(|person| (Some(person), self.cx.for_person(Some(person)))).collect()
    }

    fn fault(&mut self, by: &RuleRef, problem: Problem) {
        let fault = fault(self.pack, &by.name, by.span, problem);
        // The same fault for every person is told once.
        if self.faults.last() != Some(&fault) {
            self.faults.push(fault);
        }
    }
}

fn allows(cx: &FactContext) -> Allows {
    let yes = |fact| matches!(cx.fact(Subject::Person, fact, &[]), Ok(Value::Truth(true)));
    Allows { objected: yes(Fact::Objected), do_not_call: yes(Fact::DoNotCall), do_not_email: yes(Fact::DoNotEmail) }
}

/// Whether the author of a condition had in mind which leads are open. Told by the words, so that it holds on Rhai's walker too.
fn reads_stage(when: &Clause) -> bool {
    ["lead.stage", "lead.open", "account.customer"].iter().any(|words| when.source.contains(words))
}

const fn order(pack: usize, span: Span) -> Order {
    (pack, span.line, span.column)
}
