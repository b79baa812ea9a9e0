//! Cards for a manager: where a customer, the team or a promise of their own could do with a thought.

use std::collections::BTreeMap;

use crate::book::Lead;
use crate::book::past_contacts::lead_questions;
use crate::book::vocabulary::{FeedbackVerdict, QuoteStatus, Role, Stage};
use crate::calendar::Instant;
use crate::team::cards::{Card, CardKind, Desk, OFTEN, QUIET_AFTER, WAITS_AFTER, most_frequent};
use crate::team::groups;
use crate::team::viewer::TeamView;
use crate::wording::Sentence;

/// A rule that was declined: for which leads, why how often, and since when.
#[derive(Default)]
struct Declined<'a> {
    leads: Vec<String>,
    reasons: BTreeMap<&'a str, usize>,
    since: Option<Instant>,
}

impl Desk<'_> {
    pub(super) fn for_manager(&self) -> Vec<Card> {
        let mut cards: Vec<Card> = self.overdue_promises("manager").collect();
        let leads = self.view.leads();
        let open = leads.iter().enumerate().filter(|(_, lead)| groups::is_open(lead));
        for (place, lead) in open {
            cards.extend(self.question_waits(lead));
            cards.extend(self.account_quiet(place, lead));
            cards.extend(self.nobody_decides(place, lead));
        }
        cards.extend(self.declined_rules());
        cards.extend(self.training());
        cards.extend(self.content_gaps());
        cards
    }

    /// The stage of a lead by the last move, else by its record; with a quote out it is at least in proposal.
    fn stage(&self, place: usize, lead: &Lead) -> Option<Stage> {
        let moved = self.history.moves.iter().rev().find(|one| one.lead == place).map(|one| one.to);
        let quoted =
            lead.quotes.iter().any(|quote| quote.status == QuoteStatus::Open && quote.sent_at <= self.view.now);
        let stage = moved.or(lead.stage);
        if quoted && stage.is_none_or(|stage| stage < Stage::Proposal) { Some(Stage::Proposal) } else { stage }
    }

    fn question_waits(&self, lead: &Lead) -> Option<Card> {
        let now = self.view.now;
        let open = lead_questions(lead, now).into_iter().map(|one| one.question);
        let open = open.filter(|one| one.reached_at.is_none() && now < one.question.ends_at());
        let since = open.map(|one| one.question.since).min().filter(|since| now - *since >= WAITS_AFTER)?;
        let owner = lead.owner.as_deref().map(|owner| self.view.called(owner));
        let sentence = match owner {
            Some(owner) => Sentence::new("card-question-waits").with("owner", owner),
            None => Sentence::new("card-question-waits-nobody"),
        };
        let sentence = sentence.with("lead", TeamView::lead_name(lead)).with("waited", now - since);
        Some(self.of_lead(CardKind::QuestionWaits, &sentence, lead, Some(since)))
    }

    fn account_quiet(&self, place: usize, lead: &Lead) -> Option<Card> {
        let stage = self.stage(place, lead)?;
        if !matches!(stage, Stage::Proposal | Stage::Decision) {
            return None;
        }
        let signals = lead.past_signals(self.view.now).last().map(|signal| signal.at);
        let quotes = lead.quotes.iter().map(|quote| quote.sent_at).filter(|at| *at <= self.view.now).max();
        let last = signals.max(quotes)?;
        if self.view.now - last < QUIET_AFTER {
            return None;
        }
        let sentence = Sentence::new("card-account-quiet")
            .with("lead", TeamView::lead_name(lead))
            .with("days", self.days_since(last));
        Some(self.of_lead(CardKind::AccountQuiet, &sentence, lead, Some(last)))
    }

    fn nobody_decides(&self, place: usize, lead: &Lead) -> Option<Card> {
        let stage = self.stage(place, lead)?;
        let known = lead.people.iter().any(|one| one.roles.contains(&Role::Decider) && !one.has_left(self.view.now));
        if known || !matches!(stage, Stage::Consideration | Stage::Proposal | Stage::Decision) {
            return None;
        }
        let sentence = Sentence::new("card-nobody-decides").with("lead", TeamView::lead_name(lead));
        Some(self.of_lead(CardKind::NobodyDecides, &sentence, lead, None))
    }

    /// Rules that were declined at least [`OFTEN`] times lately, with the reasons that were given, the most frequent first.
    fn declined_rules(&self) -> Vec<Card> {
        let mut rules: BTreeMap<&str, Declined<'_>> = BTreeMap::new();
        for lead in self.view.leads() {
            let declined = lead.feedback.iter().filter(|said| said.verdict == FeedbackVerdict::Declined);
            for said in declined.filter(|said| self.is_recent(said.at)) {
                let rule = rules.entry(said.rule.as_str()).or_default();
                rule.leads.push(lead.id.clone());
                rule.since = rule.since.map_or(Some(said.at), |since| Some(since.min(said.at)));
                if let Some(reason) = &said.reason {
                    *rule.reasons.entry(reason.as_str()).or_default() += 1;
                }
            }
        }
        let often = rules.into_iter().filter(|(_, rule)| rule.leads.len() >= OFTEN);
        let card = |(name, rule): (&str, Declined<'_>)| {
            let sentence = match rule.reasons.is_empty() {
                true => Sentence::new("card-rule-declined"),
                false => {
                    Sentence::new("card-rule-declined-because").with("reasons", most_frequent(rule.reasons, OFTEN))
                }
            };
            let sentence = sentence.with("rule", name).with("number", rule.leads.len());
            let (leads, about, since) = (rule.leads, Some(name.to_owned()), rule.since);
            Card { leads, about, since, ..self.card(CardKind::RuleDeclined, &sentence) }
        };
        often.map(card).collect()
    }

    /// Subjects on which reps had no answer at least [`OFTEN`] times lately. Whom it happened to is not told.
    fn training(&self) -> Vec<Card> {
        let asked = self.open_requests().into_iter();
        let of_reps =
            asked.map(|(topic, asked)| (topic, asked.into_iter().filter(|one| one.rep.is_some()).collect::<Vec<_>>()));
        let often = of_reps.filter(|(_, asked)| asked.len() >= OFTEN);
        let card = |(topic, asked): (&str, Vec<&crate::team::records::ContentRequest>)| {
            let sentence = Sentence::new("card-training").with("topic", topic).with("number", asked.len());
            let since = asked.iter().map(|one| one.at).min();
            Card { about: Some(topic.to_owned()), since, ..self.card(CardKind::Training, &sentence) }
        };
        often.map(card).collect()
    }

    fn of_lead(&self, kind: CardKind, sentence: &Sentence, lead: &Lead, since: Option<Instant>) -> Card {
        Card { leads: vec![lead.id.clone()], since, ..self.card(kind, sentence) }
    }
}
