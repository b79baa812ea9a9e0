//! What a file would do to a rulebook and to the advice for leads: a report, and no change.

use serde::Serialize;

use crate::book::Book;
use crate::calendar::Instant;
use crate::compare::AdviceChanges;
use crate::diagnostics::{Diagnostic, Severity};
use crate::examples::{ExampleResult, run_examples};
use crate::handover::accept::{Acceptance, Choice, OwnRulebook, PackStanding, Plan, plan};
use crate::handover::conflicts::{Conflict, conflicts};
use crate::handover::header::Header;
use crate::handover::in_force::{self, Rulebooks, accepted_only};
use crate::handover::requirements::{Requirement, requirements};
use crate::handover::rules::{OfferedRule, offered};
use crate::handover::{Handover, Refusal};
use crate::language::{Rulebook, read_without_examples};
use crate::manifest::FileState;
use crate::pack::layers::LayerChange;
use crate::pack::{Overrides, Pack};
use crate::wording::Language;

/// What a file is compared with.
#[derive(Clone, Copy, Debug)]
pub struct ReceiveOptions<'a> {
    /// The receiver's rulebook.
    pub own: OwnRulebook<'a>,
    /// What would be accepted, and into which layer.
    pub choice: &'a Choice,
    /// The receiver's leads, and the moment for which advice is asked.
    pub leads: Option<(&'a Book, Instant)>,
    /// The language of its words.
    pub language: Language,
}

/// How a file stands to a rulebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// None of its packs is there.
    New,
    /// Some of it is there, or rules of it were left out.
    Partly,
    /// A pack of its name is there with another text.
    Other,
    /// All of it is accepted.
    Same,
}

/// The examples of the packs of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExamplesRun {
    /// How many did what they say.
    pub passed: usize,
    /// Those that did not.
    pub failed: Vec<ExampleResult>,
}

/// What a file would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiveReport {
    /// The hash of the file.
    pub sha256: String,
    /// Its header.
    pub header: Header,
    /// Whether the header says of the packs what they say themselves; where it does not, everything else here is of the packs.
    pub header_agrees: bool,
    /// How it stands to the rulebook.
    pub standing: Standing,
    /// Its rules and series, each with whether it is accepted already.
    pub rules: Vec<OfferedRule>,
    /// The examples, run.
    pub examples: ExamplesRun,
    /// What is wrong with the packs, alone and beside those that are there: what was not so before.
    pub findings: Vec<Diagnostic>,
    /// What the packs need, compared with the receiver's leads; absent without leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirements: Option<Vec<Requirement>>,
    /// The conflicts with what is there.
    pub conflicts: Vec<Conflict>,
    /// What would be switched off, or get another lever, that is not so before.
    pub changes: Vec<LayerChange>,
    /// Which leads would get other advice, and why; absent without leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<AdviceChanges>,
    /// What accepting it would write.
    pub acceptance: Acceptance,
}

impl ReceiveReport {
    /// Whether there is something to look at before it is accepted: an error, a failed example, a conflict, something missing.
    pub fn has_trouble(&self) -> bool {
        !self.header_agrees
            || !self.examples.failed.is_empty()
            || !self.conflicts.is_empty()
            || self.findings.iter().any(|one| one.severity == Severity::Error)
            || self.requirements.iter().flatten().any(Requirement::is_open)
    }
}

/// Tells what a file would do. Nothing is changed.
///
/// # Errors
/// The rulebook cannot be read, its layer is unknown, or a rule that is chosen is not there.
pub fn receive(handover: &Handover, options: &ReceiveOptions<'_>) -> Result<ReceiveReport, Box<Refusal>> {
    let language = options.language;
    let (alone, _) = Rulebook::new(&handover.packs, &Overrides::default());
    let read =
        |pack: &crate::language::PackSource| crate::language::read(&pack.file, &pack.text, &Overrides::default()).pack;
    let packs: Vec<Pack> = handover.packs.iter().map(read).collect();
    let plan = plan(handover, &packs, options.own, options.choice)?;
    let (passed, failed) = run_examples(&alone, language).into_iter().partition::<Vec<_>, _>(|result| result.passed);
    let rulebooks = Rulebooks::of(&plan.before, &plan.after);
    let mut findings = rulebooks.findings();
    if let Some((_, now)) = options.leads {
        let ended = rulebooks.after.0.check_at(now);
        findings.extend(in_force::new_findings(&rulebooks.before.0.check_at(now), &ended));
    }
    let known = rulebooks.before.0.changes();
    let changes = rulebooks.after.0.changes().iter().filter(|change| !known.contains(change)).cloned().collect();
    let header = Header { ..handover.header.clone() };
    let needed = Header::of_packs(&packs);
    Ok(ReceiveReport {
        sha256: handover.sha256.clone(),
        header_agrees: header.agrees_with(&packs),
        header,
        standing: standing(&plan),
        rules: rules(&packs, &plan),
        examples: ExamplesRun { passed: passed.len(), failed },
        findings: findings.iter().map(|one| one.in_language(language)).collect(),
        requirements: options.leads.map(|(book, _)| requirements(&needed, book)),
        conflicts: conflicts(handover, &plan, language),
        changes,
        advice: options.leads.map(|leads| in_force::advice(&plan.before, &plan.after, leads, language)),
        acceptance: plan.acceptance,
    })
}

/// How the file stands to the rulebook.
fn standing(plan: &Plan) -> Standing {
    let all = || plan.standings.iter().map(|(standing, _)| standing);
    let is_whole = |standing: &PackStanding| match standing {
        PackStanding::Same(place) => {
            plan.own.get(*place).is_some_and(|own| own.state == FileState::Accepted && own.entry.rules.is_none())
        }
        PackStanding::New | PackStanding::Other(_) => false,
    };
    if all().all(is_whole) {
        Standing::Same
    } else if all().any(|standing| matches!(standing, PackStanding::Other(_))) {
        Standing::Other
    } else if all().any(|standing| matches!(standing, PackStanding::Same(_))) {
        Standing::Partly
    } else {
        Standing::New
    }
}

/// The rules of the file, each with whether it is accepted in this text.
fn rules(packs: &[Pack], plan: &Plan) -> Vec<OfferedRule> {
    let in_force = accepted_only(&plan.before).0;
    let mut rules = offered(packs);
    for (pack, (standing, _)) in packs.iter().zip(&plan.standings) {
        let PackStanding::Same(place) = standing else { continue };
        let Some(own) = plan.own.get(*place).filter(|own| own.state == FileState::Accepted) else { continue };
        let Some(source) = in_force.iter().find(|source| source.file == own.entry.path) else { continue };
        let accepted = read_without_examples(&source.file, &source.text, &Overrides::default()).pack;
        for rule in rules.iter_mut().filter(|rule| rule.pack == pack.about.name) {
            rule.accepted = accepted.rules.iter().any(|one| one.name == rule.name)
                || accepted.cadences.iter().any(|one| one.name == rule.name);
        }
    }
    rules
}
