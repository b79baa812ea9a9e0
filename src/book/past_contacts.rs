//! What happened in a lead between two moments, for reports: what was asked and when it was answered, and who began each contact.
//!
//! Meanings are those of [`questions`](crate::book::questions) and [`SignalView`](crate::book::SignalView). A decision does not read this: it asks
//! what is open now.

use serde::Serialize;

use crate::book::Lead;
use crate::book::questions::{PastQuestion, QuestionSignal, past_questions};
use crate::calendar::Instant;

/// A question in a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadQuestion {
    /// Who asked; `None` where the record does not say.
    pub person: Option<String>,
    /// When, how, and when they were reached.
    pub question: PastQuestion,
}

/// Every question that was asked in a lead up to `now`, by person in file order; of somebody who is not named last.
pub fn lead_questions(lead: &Lead, now: Instant) -> Vec<LeadQuestion> {
    let signals = lead.past_signals(now);
    let asked = |asks: &dyn Fn(Option<&str>) -> bool, concerns: &dyn Fn(Option<&str>) -> bool| {
        let meant = signals.iter().filter(|signal| concerns(signal.person.as_deref()));
        past_questions(meant.map(|signal| QuestionSignal {
            at: signal.at,
            view: signal.view(),
            topic: signal.topic.as_deref(),
            may_ask: asks(signal.person.as_deref()),
        }))
    };
    let mut all = Vec::new();
    for person in &lead.people {
        let own = |id: Option<&str>| id.is_some_and(|id| person.is_called(id));
        let found = asked(&own, &|id| id.is_none() || own(id));
        all.extend(found.into_iter().map(|question| LeadQuestion { person: Some(person.id.clone()), question }));
    }
    let nameless = asked(&|id| id.is_none(), &|_| true);
    all.extend(nameless.into_iter().map(|question| LeadQuestion { person: None, question }));
    all
}

/// Who began the contacts of some time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactStarts {
    /// Customers: a form, a call, a mail, a message, a chat or a meeting of theirs, each time that nobody was waiting yet.
    pub by_customers: u32,
    /// We: each touch that answered nobody.
    pub by_us: u32,
}

impl ContactStarts {
    /// Those of a lead from `from` on, before `until`.
    pub fn of(lead: &Lead, from: Instant, until: Instant) -> Self {
        let questions = lead_questions(lead, until);
        let is_open = |person: Option<&str>, at: Instant| {
            let asked = questions
                .iter()
                .filter(|one| person.is_none() || one.person.as_deref() == person || one.person.is_none());
            let mut open = asked.map(|one| &one.question);
            open.any(|one| {
                let end = one.reached_at.unwrap_or_else(|| one.question.ends_at());
                one.question.since < at && at <= end
            })
        };
        let mut starts = Self::default();
        for signal in lead.signals.iter().filter(|signal| signal.at >= from && signal.at < until) {
            let open = is_open(signal.person.as_deref(), signal.at);
            let view = signal.view();
            starts.by_customers += u32::from(view.starts_contact() && !open);
            starts.by_us += u32::from(view.answers() && !open);
        }
        starts
    }
}

impl std::ops::AddAssign for ContactStarts {
    fn add_assign(&mut self, other: Self) {
        self.by_customers = self.by_customers.saturating_add(other.by_customers);
        self.by_us = self.by_us.saturating_add(other.by_us);
    }
}
