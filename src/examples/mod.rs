//! Runs the examples of packs: the lead that an example gives is decided by its own pack alone, and the advice is compared with what
//! the example expects.
//!
//! What the lead leaves out is filled in, so that an example stays short: the country is the Netherlands, there is one person for each
//! role, who can be reached on every channel, and there are no reps. `propose: [...]` adds a rule that always holds, so that a pack
//! without rules can show what its policies permit.
//!
//! An expected touch names what must be so and nothing else: the channel, and whatever its author added. `.before` and `.within` are
//! the latest moment at which the touch begins, `.after` the earliest, and `.by` names the rule or cadence that must win. What else may be expected is told
//! in `compare`. An example with `rows` is as many cases, each with a result.
//!
//! Whoever asks about one failed case wants to know what was seen: [`ExampleResult::compared`] has what was expected beside what came, and
//! [`ExampleResult::conditions`] the conditions of the rules that it is about, each with the value that it saw.

mod compare;
mod lead;
mod policies;

pub(crate) use lead::ExampleLead;
pub(crate) use policies::is_other_advice;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::decide::advice::{Advice, NearMiss};
use crate::diagnostics::Span;
use crate::language::Rulebook;
use crate::order;
use crate::pack::Pack;
use crate::pack::example::{Example, ExampleCase, Expectation, Expected};
use crate::pack::expression::{Body, Clause, Node, NodeKind};
use crate::pack::touch::Action;
use crate::wording::{Arg, Language, Sentence};
use compare::{Compared, compare};

/// The most rules that would do what is expected of which a failed example shows the conditions.
const NEAR_MISSES: usize = 3;

/// The result of one example, or of one row of it. Its words are in the language that the examples were run in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExampleResult {
    /// Name of the pack.
    pub pack: String,
    /// The pack's file.
    pub file: String,
    /// Name of the example.
    pub name: String,
    /// The row, for an example with `rows`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<RowOfExample>,
    /// Where it stands.
    pub span: Span,
    /// Whether the advice is as expected.
    pub passed: bool,
    /// What the example expects, as its author wrote it.
    pub expected: String,
    /// The advice in words, with its reason and what was blocked.
    pub came: String,
    /// What differs from what is expected, a sentence each; empty when the example passed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<String>,
    /// Each thing that is expected beside what came; empty when the example could not be run.
    pub compared: Vec<Comparison>,
    /// For a failed example: the conditions of the rule that it expects, of the one that came, and of those that nearly held.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<NearMiss>,
    /// The advice; absent when the example could not be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
}

/// A row of an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RowOfExample {
    /// Its number, from 1; the row of column names does not count.
    pub number: usize,
    /// Its name: the cell of the column `"case"`, else its values.
    pub name: String,
}

/// One thing that an example expects, beside what came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// What it is about, as one stable word: `action`, `person`, `offer`, `question`, `begins`, `rule`, `reason`, `since`, `due` or `blocked`.
    pub aspect: &'static str,
    /// What is expected.
    pub expected: String,
    /// What came.
    pub came: String,
    /// Whether it is as expected.
    pub same: bool,
}

/// Which examples are run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExampleSelection {
    /// Only those with this name.
    pub name: Option<String>,
    /// Only this row, from 1.
    pub row: Option<usize>,
}

impl ExampleSelection {
    fn takes(&self, example: &Example, case: &ExampleCase) -> bool {
        self.name.as_ref().is_none_or(|name| *name == example.name)
            && self.row.is_none_or(|number| case.row.as_ref().is_some_and(|row| row.number == number))
    }
}

/// Runs every example of every pack, each with its own pack alone, in the order in which they stand: a result for each, and for an example with `rows`
/// for each of these.
pub fn run_examples(rulebook: &Rulebook, language: Language) -> Vec<ExampleResult> {
    run_selected(rulebook, &ExampleSelection::default(), language)
}

/// Runs the examples that are selected, as [`run_examples`] does.
pub fn run_selected(rulebook: &Rulebook, selection: &ExampleSelection, language: Language) -> Vec<ExampleResult> {
    let examples = rulebook.packs().iter().flat_map(|pack| pack.examples.iter().map(move |example| (pack, example)));
    let cases = examples.flat_map(|(pack, example)| example.cases.iter().map(move |case| (pack, example, case)));
    let selected = cases.filter(|(_, example, case)| selection.takes(example, case));
    selected.map(|(pack, example, case)| run(pack, example, case, language)).collect()
}

fn run(pack: &Pack, example: &Example, case: &ExampleCase, language: Language) -> ExampleResult {
    let row = case.row.as_ref().map(|row| RowOfExample { number: row.number, name: row.name.clone() });
    let result = ExampleResult {
        pack: pack.about.name.clone(),
        file: pack.file.clone(),
        name: example.name.clone(),
        row,
        span: case.span,
        passed: false,
        expected: case.written.clone(),
        came: String::new(),
        differs: Vec::new(),
        compared: Vec::new(),
        conditions: Vec::new(),
        advice: None,
    };
    match decide_example(pack, example, case, language) {
        Ok(decided) => {
            let passed = decided.passes();
            let differs = decided.compared.iter().filter_map(|one| one.differs.as_ref());
            let compared = decided.compared.iter().map(|one| Comparison {
                aspect: one.aspect,
                expected: one.expected.render(language),
                came: one.came.render(language),
                same: one.differs.is_none(),
            });
            ExampleResult {
                passed,
                came: advice_words(&decided.advice, language),
                differs: differs.map(|sentence| sentence.render(language)).collect(),
                compared: compared.collect(),
                conditions: if passed { Vec::new() } else { conditions(pack, case, &decided, language) },
                advice: Some(decided.advice),
                ..result
            }
        }
        Err(why) => ExampleResult {
            came: Sentence::new("example-not-run").render(language),
            differs: vec![why.render(language)],
            ..result
        },
    }
}

/// A case of an example that could be run.
pub(crate) struct DecidedExample {
    /// Its lead.
    pub(crate) lead: ExampleLead,
    /// The advice for it.
    pub(crate) advice: Advice,
    /// What the example expects beside what came.
    compared: Vec<Compared>,
}

impl DecidedExample {
    /// Whether the advice is as expected.
    pub(crate) fn passes(&self) -> bool {
        self.compared.iter().all(|one| one.differs.is_none())
    }
}

/// Decides the lead of a case with its own pack alone, and compares the advice with what the example expects.
///
/// # Errors
/// Why it cannot be run.
pub(crate) fn decide_example(
    pack: &Pack,
    example: &Example,
    case: &ExampleCase,
    language: Language,
) -> Result<DecidedExample, Sentence> {
    let lead = ExampleLead::new(pack, example, case, language)?;
    let mut decider = lead.decider(std::slice::from_ref(pack)).in_language(language);
    let advice = decider.lead(0);
    let compared = compare(case, &advice, lead.book(), pack, &mut decider);
    drop(decider);
    Ok(DecidedExample { lead, advice, compared })
}

/// The conditions of the rules that a failed case is about: those that it names, the one that speaks, and the nearest of those that would do what is
/// expected.
fn conditions(pack: &Pack, case: &ExampleCase, decided: &DecidedExample, language: Language) -> Vec<NearMiss> {
    let named = case.expected.iter().filter_map(|one: &Expectation| match &one.what {
        Expected::By(name) | Expected::BlockedBy(name) => Some(&**name),
        Expected::Touch(touch) => touch.by.as_deref(),
        _ => None,
    });
    let speaks = decided.advice.rule.as_ref().map(|rule| rule.name.as_str());
    let expected = case.expected.iter().filter(|one| !one.negated).filter_map(|one| match &one.what {
        Expected::Touch(touch) => Some(&touch.action),
        _ => None,
    });
    let would_do = expected.flat_map(|action| pack.rules.iter().filter(|rule| may_do(&rule.then, action)));
    let decider = decided.lead.decider(std::slice::from_ref(pack)).in_language(language);
    let mut all = decider.conditions_of(&named.chain(speaks).collect::<Vec<_>>(), 0);
    let would_do: Vec<&str> = would_do.map(|rule| rule.name.as_str()).collect();
    let mut others = decider.conditions_of(&would_do, 0);
    order::sort_by_key(&mut others, |miss| miss.of - miss.held);
    all.extend(others.into_iter().take(NEAR_MISSES));
    let mut shown = BTreeSet::new();
    all.retain(|miss| shown.insert(miss.rule.span));
    all
}

/// Whether what a `then` proposes may be this action. Of one that runs interpreted it is not known, so it may.
fn may_do(then: &Clause, action: &Action) -> bool {
    fn within(node: &Node, action: &Action) -> bool {
        matches!(&node.kind, NodeKind::Action(one) if one == action)
            || node.kind.parts().into_iter().any(|part| within(part, action))
    }
    match &then.body {
        Body::Compiled(node) => within(node, action),
        Body::Interpreted { .. } => true,
    }
}

/// The advice in words: what, why, and what was blocked.
fn advice_words(advice: &Advice, language: Language) -> String {
    let mut words = advice.headline(language);
    if advice.touch.is_some() {
        words.push_str(&format!(". {}", advice.reason));
    }
    for block in &advice.blocks {
        let contact = block.channel.map_or(Arg::Key("a-contact"), |channel| Arg::from(channel.word()));
        let blocked = match &block.person {
            Some(person) => Sentence::new("example-blocked-person").with("person", person.to_string()),
            None => Sentence::new("example-blocked"),
        };
        let blocked = blocked.with("contact", contact).with("reason", block.reason.to_string());
        words.push_str(&format!("\n  {}", blocked.render(language)));
    }
    words
}
