//! Facts about who waits: whether somebody asked and was not reached since, what they asked by, since when, and how often we tried.
//!
//! What a question is, and what ends it, stands in [`crate::book::questions`].

use crate::book::catalogue::{Fact, Subject};
use crate::book::questions::{LASTS, Question, QuestionSignal, open_question};
use crate::book::value::Value;
use crate::book::{Lead, Signal};
use crate::calendar::Instant;
use crate::evaluate::facts::signals::earliest;
use crate::evaluate::facts::{FactContext, FactValue};
use crate::order;

/// The open question in a lead, when nobody waits any more, and when the next signal comes on which this depends.
pub(super) type QuestionOfLead = (Option<Question>, Option<Instant>, Option<Instant>);

impl FactContext {
    pub(crate) fn question_fact(&self, subject: Subject, fact: Fact) -> FactValue {
        let (question, ends, coming) = match subject {
            Subject::Person => {
                let question = self.question_of_person();
                (question, question.map(|question| question.ends_at()), self.next_signal_of_person())
            }
            _ => *self.shared.question.get_or_init(|| self.question_of_lead()),
        };
        let until = earliest(earliest(ends, coming), self.next_departure());
        match fact {
            Fact::Waiting => FactValue::until(question.is_some(), until),
            Fact::WaitingFor => FactValue::ago(question.map(|question| question.since), self.now(), until),
            Fact::Tried => {
                FactValue::until(Value::Whole(question.map_or(0, |question| i64::from(question.tried))), until)
            }
            _ => FactValue { until, ..FactValue::text(question.map(|question| question.kind().word())) },
        }
    }

    /// The open question of the chosen person, in whatever lead they asked; `None` when nothing of theirs waits, or none was chosen.
    pub(super) fn question_of_person(&self) -> Option<Question> {
        let known = &self.shared.people.get(self.person_index()?)?.question;
        *known.get_or_init(|| self.find_question_of_person())
    }

    fn find_question_of_person(&self) -> Option<Question> {
        let asked = self.log(Subject::Person).all().rev().take_while(|signal| self.now() - signal.at < LASTS);
        if !asked.into_iter().any(|signal| signal.view().awaits_answer()) {
            return None;
        }
        let own = self.leads_of_person();
        let concerns = |place: usize, signal: &Signal| match signal.person.as_deref() {
            Some(id) => self.is_named_in(place, id),
            None => own.contains(&place),
        };
        let Some((successor, since)) = self.taken_over() else {
            return self.open_question(&own, concerns, |_, signal| signal.person.is_some());
        };
        // What was said to whoever took over, since then, answers it as well.
        let to_successor = |place: usize, signal: &Signal| {
            signal.at >= since && signal.person.as_deref().is_some_and(|id| successor.is_named_in(place, id))
        };
        let mut leads = [own.clone(), successor.leads_of_person()].concat();
        order::sort(&mut leads);
        leads.dedup();
        self.open_question(
            &leads,
            |place, signal| concerns(place, signal) || to_successor(place, signal),
            |place, signal| signal.person.as_deref().is_some_and(|id| self.is_named_in(place, id)),
        )
    }

    /// Whether the chosen person waits for an answer.
    pub(crate) fn person_waits(&self) -> bool {
        self.question_fact(Subject::Person, Fact::Waiting).value == Value::Truth(true)
    }

    /// Who took over from the chosen person, who is gone, and since when; `None` when the person is there, or nobody did.
    fn taken_over(&self) -> Option<(Self, Instant)> {
        let (lead, person, departures) = (self.lead()?, self.person_index()?, self.departures());
        let since = departures.gone_since(person, self.now())?;
        let successor = departures.successor(lead, person, self.now())?;
        Some((self.for_person(Some(successor)), since))
    }

    /// The open question in the lead that was asked first, whoever asked; the moment at which nobody waits any more, and when the next signal
    /// comes on which this depends.
    fn question_of_lead(&self) -> QuestionOfLead {
        let people = self.lead().map_or(0, |lead| lead.people.len());
        let of_people = (0..people).map(|nth| self.for_person(Some(nth)));
        let nameless = self.nameless_question();
        let coming = self.next_signal(Subject::Lead);
        let mut found = (nameless, nameless.map(|question| question.ends_at()), coming);
        for person in of_people {
            let question = person.question_of_person();
            let first = found.0.into_iter().chain(question).min_by_key(|question| question.since);
            let ends = found.1.into_iter().chain(question.map(|question| question.ends_at())).max();
            found = (first, ends, earliest(found.2, person.next_signal_of_person()));
        }
        found
    }

    /// The open question in the lead of somebody who is not named.
    pub(super) fn nameless_question(&self) -> Option<Question> {
        let asks = |signal: &Signal| signal.person.is_none() && signal.view().awaits_answer();
        if !self.lead()?.past_signals(self.now()).iter().any(asks) {
            return None;
        }
        self.open_question(&[self.lead_index()], |_, _| true, |_, signal| signal.person.is_none())
    }

    /// The open question in the signals of these leads that concern somebody.
    fn open_question(
        &self,
        leads: &[usize],
        concerns: impl Fn(usize, &Signal) -> bool,
        may_ask: impl Fn(usize, &Signal) -> bool,
    ) -> Option<Question> {
        let mut signals: Vec<(Instant, usize, usize)> = Vec::new();
        for place in leads {
            let past = self.lead_at(*place).map_or(&[][..], |lead| lead.past_signals(self.now()));
            let concerning = past.iter().enumerate().filter(|(_, signal)| concerns(*place, signal));
            signals.extend(concerning.map(|(nth, signal)| (signal.at, *place, nth)));
        }
        order::sort(&mut signals);
        let found =
            signals.iter().filter_map(|(_, place, nth)| Some((*place, self.lead_at(*place)?.signals.get(*nth)?)));
        let meant = found.map(|(place, signal)| QuestionSignal {
            at: signal.at,
            view: signal.view(),
            topic: signal.topic.as_deref(),
            may_ask: may_ask(place, signal),
        });
        open_question(meant, self.now())
    }

    fn lead_at(&self, place: usize) -> Option<&Lead> {
        self.book().leads().get(place)
    }

    /// When the next signal comes that may concern the chosen person.
    fn next_signal_of_person(&self) -> Option<Instant> {
        if self.book().leads().len() == 1 {
            return self.person().and(self.lead())?.next_signal(self.now());
        }
        self.leads_of_person().iter().filter_map(|place| self.lead_at(*place)?.next_signal(self.now())).min()
    }
}
