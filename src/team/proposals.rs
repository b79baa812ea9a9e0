//! Proposals: a rule, a setting or a goal that somebody proposed, what others said, and what became of it.
//!
//! An adopted proposal is put into a pack by whoever keeps it, as [`adopted_text`] writes it: with the name of its proposer, which stays through layout,
//! hand-over and acceptance, and which advice by it says.

use serde::Serialize;

use crate::calendar::in_words::day;
use crate::diagnostics::{Diagnostic, Severity};
use crate::language::read;
use crate::pack::Overrides;
use crate::team::records::TeamProposal;
use crate::team::viewer::TeamView;
use crate::wording::{Language, Sentence};

/// A proposal with where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProposalState {
    /// What was proposed, by whom, and what was said about it.
    #[serde(flatten)]
    pub proposal: TeamProposal,
    /// Where it stands.
    pub standing: Standing,
    /// Whether a pack in force has a statement that names this proposer and this name.
    pub in_force: bool,
    /// All of it as one sentence.
    pub words: String,
}

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// It is talked about.
    Open,
    /// The team took it.
    Adopted,
    /// The team did not take it.
    Declined,
}

impl TeamView<'_> {
    /// Every proposal that was made by now, oldest first. They are the team's, and told to everybody in it.
    pub fn proposals(&self, language: Language) -> Vec<ProposalState> {
        let made = self.file.proposals.iter().filter(|proposal| proposal.at <= self.now);
        let mut states: Vec<ProposalState> = made.map(|proposal| self.proposal_state(proposal, language)).collect();
        states.sort_by_key(|state| state.proposal.at);
        states
    }

    fn proposal_state(&self, proposal: &TeamProposal, language: Language) -> ProposalState {
        let decided = proposal.decided.as_ref().filter(|decided| decided.at <= self.now);
        let standing = match decided {
            None => Standing::Open,
            Some(decided) if decided.adopted => Standing::Adopted,
            Some(_) => Standing::Declined,
        };
        let key = match standing {
            Standing::Open => "proposal-open",
            Standing::Adopted => "proposal-adopted",
            Standing::Declined => "proposal-declined",
        };
        let by = self.called(&proposal.by);
        let name = statement_name(&proposal.statement);
        let words = Sentence::new(key)
            .with("by", by.as_str())
            .with("name", name.as_str())
            .with("day", day(self.zone().local(proposal.at).date()))
            .with("because", decided.map_or("", |decided| decided.because.as_str()))
            .with("comments", proposal.comments.iter().filter(|comment| comment.at <= self.now).count());
        let in_force = self.is_in_force(&name, [&by, &proposal.by]);
        ProposalState { proposal: proposal.clone(), standing, in_force, words: words.render(language) }
    }

    /// Whether a pack has a statement of this name by one of these proposers.
    fn is_in_force(&self, name: &str, by: [&String; 2]) -> bool {
        let is_theirs = |proposer: &Option<String>| proposer.as_ref().is_some_and(|one| by.contains(&one));
        self.rulebook.packs().iter().any(|pack| {
            pack.rules.iter().any(|rule| rule.name == name && is_theirs(&rule.proposed_by))
                || pack.cadences.iter().any(|cadence| cadence.name == name && is_theirs(&cadence.proposed_by))
                || pack.goals.iter().any(|goal| goal.name == name && is_theirs(&goal.proposed_by))
                || pack.settings.iter().any(|setting| *setting.name == *name && is_theirs(&setting.proposed_by))
        })
    }
}

/// The name of the proposed statement: that between its first quotes, else its second word.
fn statement_name(statement: &str) -> String {
    let quoted = statement.split('"').nth(1).map(str::to_owned);
    let is_setting = statement.trim_start().starts_with("setting");
    let named = quoted.filter(|_| !is_setting);
    named.unwrap_or_else(|| statement.split_whitespace().nth(1).unwrap_or_default().to_owned())
}

/// The proposed statement as it stands in a pack once it is adopted: with the name of its proposer as its last clause.
///
/// # Errors
/// What is wrong with the statement; it is checked as a pack of its own, so it may use nothing that another statement declares.
pub fn adopted_text(proposal: &TeamProposal) -> Result<String, Vec<Diagnostic>> {
    let statement = proposal.statement.trim().trim_end_matches(';').trim_end();
    let by: String = proposal.by.chars().filter(|letter| !matches!(letter, '"' | '\\' | '\n')).collect();
    let named = statement.contains("proposed_by");
    let text = if named { format!("{statement};\n") } else { format!("{statement} proposed_by \"{by}\";\n") };
    let found = read("proposal.rhai", &text, &Overrides::default()).diagnostics;
    let errors: Vec<Diagnostic> = found.into_iter().filter(|one| one.severity == Severity::Error).collect();
    if errors.is_empty() { Ok(text) } else { Err(errors) }
}
