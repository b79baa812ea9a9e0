//! An example for a rule that no example tries: a lead for which it holds and wins, as text to accept.
//!
//! The lead is solved from the condition: the classifier's cases, each with the values that it needs. Then it is decided. Where another rule or
//! cadence wins, it is solved again for the cases in which that one does not hold as well; where nothing is advised, with other stages and people.
//! What is proposed has passed the run of examples, with this rule as the winner. At most [`limits::PROPOSAL_TRIALS`] leads are tried.

use std::collections::VecDeque;

use serde::Serialize;

use crate::analysis::Conjunction;
use crate::analysis::sketch::{LeadSketch, PersonSketch, SignalSketch, quoted};
use crate::analysis::solve::lead_for;
use crate::analysis::solve_signals::touch;
use crate::analysis::statements::{Condition, Rulebooks};
use crate::analysis::touches::{WrittenTouches, written_touches};
use crate::analysis::witness::{decide, usual_now};
use crate::book::vocabulary::{Channel, Role, Stage};
use crate::calendar::Duration;
use crate::decide::advice::{Advice, Verdict};
use crate::examples::run_examples;
use crate::language::{PackSource, Rulebook};
use crate::limits;
use crate::pack::statements::Rule;
use crate::pack::touch::Target;
use crate::pack::{Overrides, Pack};
use crate::wording::{Language, Sentence};

/// The columns of a line of an example at most.
const WIDTH: usize = 110;

/// The cases of a condition that are tried for each rule that wins instead.
const CASES: usize = 6;

/// An example that is proposed for a rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// The file of the pack.
    pub file: String,
    /// The name of the rule.
    pub rule: String,
    /// The example: a whole statement, to be put below the rule.
    pub example: String,
}

/// Proposes an example for the rule with this name of a pack; `None` when no lead was found for which it wins.
pub fn propose_example(pack: &Pack, rule: &str) -> Option<Proposal> {
    let rule = pack.rules.iter().find(|one| one.name == rule)?;
    Search::new(pack, rule).find()
}

/// The rules of a pack that no example of it makes win, in file order.
pub fn rules_without_example<'p>(pack: &'p Pack, source: &PackSource) -> Vec<&'p Rule> {
    let (rulebook, _) = Rulebook::new(std::slice::from_ref(source), &Overrides::default());
    let results = run_examples(&rulebook, Language::English);
    let wins = |rule: &&Rule| {
        results.iter().any(|one| {
            one.passed
                && one.advice.as_ref().and_then(|advice| advice.rule.as_ref()).is_some_and(|by| by.name == rule.name)
        })
    };
    pack.rules.iter().filter(|rule| !wins(rule)).collect()
}

/// The search for a lead for which a rule wins.
struct Search<'a> {
    pack: &'a Pack,
    rule: &'a Rule,
    rulebook: Rulebooks<'a>,
    touches: Option<WrittenTouches>,
    /// The pack's text without its examples.
    source: String,
    trials: usize,
}

impl<'a> Search<'a> {
    fn new(pack: &'a Pack, rule: &'a Rule) -> Self {
        Self {
            pack,
            rule,
            rulebook: Rulebooks::new(std::slice::from_ref(pack)),
            touches: written_touches(&rule.then),
            source: without_examples(pack),
            trials: 0,
        }
    }

    fn find(mut self) -> Option<Proposal> {
        let cases = self.rulebook.holds(Condition::of_rule(self.pack, self.rule)).ok()?;
        let mut open: VecDeque<(Conjunction, usize)> =
            cases.conjunctions().iter().map(|case| (case.clone(), 0)).collect();
        let mut seen: Vec<Conjunction> = Vec::new();
        while let Some((case, depth)) = open.pop_front() {
            if seen.contains(&case) {
                continue;
            }
            seen.push(case.clone());
            let mut winners: Vec<String> = Vec::new();
            for lead in self.leads(&case) {
                self.trials += 1;
                if self.trials > limits::PROPOSAL_TRIALS {
                    return None;
                }
                let Some(advice) = decide(std::slice::from_ref(self.pack), &lead) else { continue };
                if self.wins(&advice)
                    && let Some(proposal) = self.proposal(&lead, &advice)
                {
                    return Some(proposal);
                }
                let winner = advice.rule.map(|rule| rule.name).filter(|winner| *winner != self.rule.name);
                winners.extend(winner.filter(|winner| !winners.contains(winner)).into_iter().collect::<Vec<_>>());
            }
            for winner in winners.iter().filter(|_| depth < 4) {
                let without = self.without(&case, winner);
                open.extend(without.into_iter().take(CASES).map(|case| (case, depth + 1)));
            }
        }
        None
    }

    /// The cases of this case in which another rule or cadence does not hold.
    fn without(&self, case: &Conjunction, winner: &str) -> Vec<Conjunction> {
        let rules = self.pack.rules.iter().filter(|rule| rule.name == winner);
        let cadences = self.pack.cadences.iter().filter(|one| one.name == winner);
        let rules = rules.map(|rule| Condition::of_rule(self.pack, rule));
        let mut conditions = rules.chain(cadences.map(|one| Condition::of_cadence(self.pack, one)));
        let fails = conditions.next().and_then(|condition| self.rulebook.fails(condition).ok());
        let both = fails.and_then(|fails| self.rulebook.both(&case.clone().into(), &fails).ok());
        both.map(|both| both.conjunctions().to_vec()).unwrap_or_default()
    }

    /// Leads for a case, the plainest first.
    fn leads(&self, case: &Conjunction) -> Vec<LeadSketch> {
        let solved = |usual| lead_for(case, self.target(), (usual_now(), usual)).map(|lead| self.with_target(lead));
        let Some(plain) = solved(Duration::DAY) else { return Vec::new() };
        let mut leads = vec![plain.clone()];
        // What is less than a day ago is less than a working day ago.
        leads.extend(solved(Duration::HOUR).filter(|lead| {
            lead.signals.iter().map(|signal| signal.age).ne(plain.signals.iter().map(|signal| signal.age))
        }));
        let stages = [Stage::Interest, Stage::Consideration, Stage::Orientation, Stage::Proposal, Stage::Decision];
        let free = plain.stage.is_none();
        let stages = stages.into_iter().chain([Stage::Customer, Stage::Lost]).filter(|_| free);
        leads.extend(stages.map(|stage| LeadSketch { stage: Some(stage), ..plain.clone() }));
        // A touch a while ago: they are not new to us, and a series has begun.
        let touched = |lead: &LeadSketch, days: i64| {
            let mut lead = lead.clone();
            let age = Duration::DAY.times(days).unwrap_or(Duration::DAY);
            lead.signals.push(touch(Channel::Email, age, None));
            lead
        };
        let touched: Vec<LeadSketch> =
            leads.iter().take(3).flat_map(|lead| [touched(lead, 5), touched(lead, 35)]).collect();
        leads.extend(touched);
        // The others have heard from us lately.
        let others_touched = |lead: &LeadSketch| {
            let mut lead = lead.clone();
            let age = Duration::DAY.times(5).unwrap_or(Duration::DAY);
            let others = 1..lead.people.len();
            lead.signals
                .extend(others.map(|place| SignalSketch { person: Some(place), ..touch(Channel::Email, age, None) }));
            lead
        };
        let with_others: Vec<LeadSketch> =
            leads.iter().filter(|lead| lead.people.len() > 1).take(3).map(others_touched).collect();
        leads.extend(with_others);
        leads
    }

    /// The role that the first touch of the rule is for.
    fn target(&self) -> Option<Role> {
        let touches = self.touches.as_ref()?;
        touches.touches.iter().find_map(|touch| match touch.touch.to {
            Some(Target::Role(role)) => Some(role),
            _ => None,
        })
    }

    /// With somebody in the role that the rule's touch is for.
    fn with_target(&self, mut lead: LeadSketch) -> LeadSketch {
        if let Some(role) = self.target().filter(|role| !lead.people.iter().any(|person| person.roles.contains(role))) {
            lead.people.push(PersonSketch::new(role));
        }
        lead
    }

    fn wins(&self, advice: &Advice) -> bool {
        advice.rule.as_ref().is_some_and(|by| by.name == self.rule.name) && advice.verdict != Verdict::Hold
    }

    /// The proposal of a lead, when the run of examples agrees.
    fn proposal(&self, lead: &LeadSketch, advice: &Advice) -> Option<Proposal> {
        let language = self.pack.about.sentence_language();
        let name = Sentence::new("proposal-name").with("rule", self.rule.name.as_str()).render(language);
        let by = format!(".by({})", quoted(&self.rule.name));
        let expected = self.expected(lead, advice)?;
        let expect = if expected.len() + by.len() + 12 > WIDTH {
            format!("{expected}\n        {by}")
        } else {
            format!("{expected}{by}")
        };
        let given = lead.text(usual_now());
        let example = format!("example {}\n    given {given}\n    expect {expect};\n", quoted(&name));
        let text = format!("{}\n{example}", self.source);
        let (rulebook, _) = Rulebook::new(&[PackSource { file: self.pack.file.clone(), text }], &Overrides::default());
        let results = run_examples(&rulebook, language);
        let passed = results.iter().any(|one| one.passed && one.name == name);
        passed.then(|| Proposal { file: self.pack.file.clone(), rule: self.rule.name.clone(), example })
    }

    /// What the advice is, as an example expects it.
    fn expected(&self, lead: &LeadSketch, advice: &Advice) -> Option<String> {
        if advice.verdict == Verdict::Wait {
            return Some("wait".to_owned());
        }
        let touch = advice.touch.as_ref()?;
        if let Some(role) = touch.find {
            return Some(format!("find({})", quoted(role.word())));
        }
        if let Some(team) = &touch.hand_over {
            return Some(format!("hand_over({})", quoted(team)));
        }
        let mut expected = touch.channel?.word().to_owned();
        let id = touch.person.as_ref().map(|person| person.id.as_str());
        let person = lead.people.iter().find(|person| Some(person.id.as_str()) == id);
        if let Some(role) = person.and_then(|person| person.roles.first()) {
            expected.push_str(&format!(".to({})", quoted(role.word())));
        }
        if let Some(offer) = &touch.offer {
            expected.push_str(&format!(".offer({})", quoted(offer)));
        }
        Some(expected)
    }
}

/// The text of a pack without its examples.
fn without_examples(pack: &Pack) -> String {
    let mut text = pack.source.to_string();
    let mut ranges: Vec<_> = pack.examples.iter().filter_map(|example| example.span.bytes(&pack.source)).collect();
    crate::order::sort_by_key(&mut ranges, |range| std::cmp::Reverse(range.start));
    for range in ranges {
        let after = text.get(range.end..).unwrap_or_default();
        let end = range.end + usize::from(after.starts_with(';'));
        text.replace_range(range.start..end, "");
    }
    text
}
