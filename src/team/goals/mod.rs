//! Goals: how far each is, by what was measured.
//!
//! A goal is an outcome that was agreed on; how it is reached is up to those who agreed. A goal of one person is theirs: it is told to them, and to a
//! manager where they share it.

mod measures;

use serde::Serialize;

pub use measures::{Measured, RetainedRevenue};

use self::measures::Scope;
pub(in crate::team) use self::measures::median;
use crate::book::rep::find_rep;
use crate::calendar::in_words::day_of_year;
use crate::calendar::{Duration, Window};
use crate::pack::team::{Goal, Measure};
use crate::team::history::History;
use crate::team::proposals::ProposalState;
use crate::team::viewer::TeamView;
use crate::wording::{Amount, Language, Sentence};

/// How far a goal is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GoalState {
    /// Its name.
    pub name: String,
    /// The pack in which it stands.
    pub pack: String,
    /// What is measured.
    pub measure: &'static str,
    /// What it should come to.
    pub target: f64,
    /// What it came to so far.
    pub measured: Measured,
    /// Whether that is enough; absent where too little is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<bool>,
    /// The first day that counts: `2026-10-01`.
    pub since: String,
    /// The last day that counts.
    pub until: String,
    /// How many days are left, today included; 0 when it is over.
    pub days_left: i64,
    /// The team or rep whose goal it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whose: Option<String>,
    /// Who agreed on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agreed_by: Vec<String>,
    /// Who proposed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// All of it as one sentence.
    pub words: String,
}

/// The goals, and what was proposed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GoalsAndProposals {
    /// As [`TeamView::goals`] tells them.
    pub goals: Vec<GoalState>,
    /// As [`TeamView::proposals`] tells them.
    pub proposals: Vec<ProposalState>,
}

impl TeamView<'_> {
    /// The goals and the proposals, in one report.
    pub fn goals_and_proposals(&self, language: Language) -> GoalsAndProposals {
        GoalsAndProposals { goals: self.goals(language), proposals: self.proposals(language) }
    }

    /// How far the goals are that the viewer may be told of, in the order of the packs.
    pub fn goals(&self, language: Language) -> Vec<GoalState> {
        let history = History::of(self);
        let packs = self.rulebook.packs().iter().filter(|pack| pack.about.in_force(self.now));
        let goals = packs.flat_map(|pack| pack.goals.iter().map(move |goal| (pack.about.name.as_str(), goal)));
        let seen = goals.filter(|(_, goal)| self.person_of(goal).is_none_or(|rep| self.sees(rep)));
        seen.map(|(pack, goal)| self.state(pack, goal, &history, language)).collect()
    }

    /// The rep whose own goal it is.
    fn person_of(&self, goal: &Goal) -> Option<&str> {
        let reps = self.book.reps();
        let rep = find_rep(reps, goal.whose.as_deref()?)?;
        reps.get(rep).map(|rep| rep.id.as_str())
    }

    /// Which leads count for a goal: those of its rep, or of the reps of its team where the team file knows that team, else all.
    fn counts(&self, goal: &Goal) -> Vec<bool> {
        let whose = goal.whose.as_deref();
        let in_team = |rep: &str| self.member(rep).is_some_and(|member| member.team.as_deref() == whose);
        let is_team = whose.is_some() && self.file.members.iter().any(|member| member.team.as_deref() == whose);
        let person = self.person_of(goal);
        let counts = |owner: Option<&str>| match person {
            Some(rep) => owner == Some(rep),
            None if is_team => owner.is_some_and(in_team),
            None => true,
        };
        self.leads().iter().map(|lead| !lead.spam && counts(lead.owner.as_deref())).collect()
    }

    fn state(&self, pack: &str, goal: &Goal, history: &History, language: Language) -> GoalState {
        let zone = self.zone();
        let from = zone.start_of_day(goal.since);
        let end = goal.until.succ_opt().map_or(self.now, |next| zone.start_of_day(next));
        // What happens at this very moment counts.
        let until = end.min(self.now + Duration::from_millis(1));
        let scope = Scope { view: self, history, counts: self.counts(goal), time: Window { from, until } };
        let measured = scope.measure(goal.measure);
        let fewer_is_better = goal.measure == Measure::StageSpeed;
        let is_enough = |value: f64| if fewer_is_better { value <= goal.target } else { value >= goal.target };
        let today = zone.local(self.now).date();
        let days_left = (goal.until - today).num_days() + 1;
        let reached = measured.value.map(is_enough);
        let words = words(goal, &measured, reached, days_left.max(0)).render(language);
        GoalState {
            name: goal.name.clone(),
            pack: pack.to_owned(),
            measure: goal.measure.word(),
            target: goal.target,
            measured,
            reached,
            since: goal.since.to_string(),
            until: goal.until.to_string(),
            days_left: days_left.max(0),
            whose: goal.whose.clone(),
            agreed_by: goal.agreed_by.clone(),
            proposed_by: goal.proposed_by.clone(),
            because: goal.because.clone(),
            words,
        }
    }
}

/// How far a goal is, as a sentence.
fn words(goal: &Goal, measured: &Measured, reached: Option<bool>, days_left: i64) -> Sentence {
    let amount = |number: f64| match goal.measure {
        Measure::AnsweredInTime | Measure::BuyingGroupCoverage | Measure::PullRatio => {
            Sentence::new("team-percent").with("number", Amount::rounded(number * 100.0, 0))
        }
        Measure::StageSpeed => Sentence::new("team-days").with("number", Amount::rounded(number, 1)),
        _ => Sentence::new("as-is").with("words", Amount::rounded(number, 0)),
    };
    let state = match (measured.value, reached) {
        (Some(value), Some(reached)) => Sentence::new(if reached { "goal-reached" } else { "goal-on-its-way" })
            .with("value", amount(value))
            .with("target", amount(goal.target)),
        _ if measured.share.is_some() => Sentence::new("team-too-few").with("n", measured.n),
        _ => Sentence::new("goal-nothing-known"),
    };
    let left = match days_left {
        0 => Sentence::new("goal-over").with("until", day_of_year(goal.until)),
        days => Sentence::new("goal-days-left").with("days", days),
    };
    let words = Sentence::new("goal-words").with("measure", crate::wording::Arg::Key(measure_key(goal.measure)));
    words.with("name", goal.name.as_str()).with("state", state).with("left", left)
}

/// The key of what a measure is called.
pub(in crate::team) fn measure_key(measure: Measure) -> &'static str {
    match measure {
        Measure::Revenue => "measure-revenue",
        Measure::RetainedRevenue => "measure-retained-revenue",
        Measure::Orders => "measure-orders",
        Measure::StageMoves => "measure-stage-moves",
        Measure::StageSpeed => "measure-stage-speed",
        Measure::AnsweredInTime => "measure-answered-in-time",
        Measure::BuyingGroupCoverage => "measure-buying-group-coverage",
        Measure::PullRatio => "measure-pull-ratio",
        Measure::AssistedWins => "measure-assisted-wins",
    }
}
