//! Runs the examples of packs: the lead that an example gives is decided by its own pack alone, and the advice is compared with what
//! the example expects.
//!
//! What the lead leaves out is filled in, so that an example stays short: the country is the Netherlands, there is one person for each
//! role, who can be reached on every channel, and there are no reps. `propose: [...]` adds a rule that always holds, so that a pack
//! without rules can show what its policies permit.
//!
//! An expected touch names what must be so and nothing else: the channel, and whatever its author added. `.before` and `.within` are
//! the latest moment at which the touch begins, `.after` the earliest, and `.by` names the rule or cadence that must win.

mod compare;
mod lead;

pub(crate) use lead::ExampleLead;

use serde::Serialize;

use crate::decide::advice::Advice;
use crate::diagnostics::Span;
use crate::language::Rulebook;
use crate::pack::statements::{Example, Pack};
use crate::wording::{Arg, Language, Sentence};
use compare::differences;

/// The result of one example. Its words are in the language that the examples were run in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExampleResult {
    /// Name of the pack.
    pub pack: String,
    /// The pack's file.
    pub file: String,
    /// Name of the example.
    pub name: String,
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
    /// The advice; absent when the example could not be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
}

/// Runs every example of every pack, each with its own pack alone, in the order in which they stand.
pub fn run_examples(rulebook: &Rulebook, language: Language) -> Vec<ExampleResult> {
    let examples = rulebook.packs().iter().flat_map(|pack| pack.examples.iter().map(move |example| (pack, example)));
    examples.map(|(pack, example)| run(pack, example, language)).collect()
}

fn run(pack: &Pack, example: &Example, language: Language) -> ExampleResult {
    let result = ExampleResult {
        pack: pack.about.name.clone(),
        file: pack.file.clone(),
        name: example.name.clone(),
        span: example.span,
        passed: false,
        expected: example.expect.source.split_whitespace().collect::<Vec<_>>().join(" "),
        came: String::new(),
        differs: Vec::new(),
        advice: None,
    };
    match decide_example(pack, example, language) {
        Ok(DecidedExample { advice, differs, .. }) => ExampleResult {
            passed: differs.is_empty(),
            came: advice_words(&advice, language),
            differs: differs.iter().map(|sentence| sentence.render(language)).collect(),
            advice: Some(advice),
            ..result
        },
        Err(why) => ExampleResult {
            came: Sentence::new("example-not-run").render(language),
            differs: vec![why.render(language)],
            ..result
        },
    }
}

/// An example that could be run.
pub(crate) struct DecidedExample {
    /// Its lead.
    pub(crate) lead: ExampleLead,
    /// The advice for it.
    pub(crate) advice: Advice,
    /// What differs from what the example expects; empty when it passes.
    pub(crate) differs: Vec<Sentence>,
}

/// Decides the lead of an example with its own pack alone, and compares the advice with what the example expects.
///
/// # Errors
/// Why it cannot be run.
pub(crate) fn decide_example(pack: &Pack, example: &Example, language: Language) -> Result<DecidedExample, Sentence> {
    let expected = example.expect.program.expected().map_err(|error| error.sentence)?;
    let lead = ExampleLead::new(pack, example, language)?;
    let advice = lead.decider(std::slice::from_ref(pack)).in_language(language).lead(0);
    let differs = differences(&expected, &advice, lead.book(), pack);
    Ok(DecidedExample { lead, advice, differs })
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
