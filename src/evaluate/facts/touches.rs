//! Facts about our own contact moments: how many, how long ago, how they ended, how many in a row went unanswered.

use crate::book::catalogue::{Fact, Subject};
use crate::book::last_heard::last_heard;
use crate::book::signal_view::{NO_SHOW_MATTERS_FOR, SignalView};
use crate::book::value::Value;
use crate::book::vocabulary::Outcome;
use crate::book::{Person, Signal};
use crate::calendar::Duration;
use crate::evaluate::facts::signals::earliest;
use crate::evaluate::facts::{FactContext, FactValue};
use crate::pack::fact_arguments::FactArguments;

impl FactContext {
    pub(crate) fn touch_fact(&self, subject: Subject, fact: Fact, args: &FactArguments) -> FactValue {
        let coming = self.next_signal(subject);
        let log = self.log(subject);
        let ours = |signal: &&Signal| signal.is_touch() && args.channel.is_none_or(|one| signal.channel == Some(one));
        match fact {
            Fact::Touches => {
                let mut touches = log.within(args.window).filter(ours).peekable();
                let leaves = touches.peek().and_then(|oldest| args.window.map(|window| oldest.at + window));
                FactValue::until(Value::Whole(touches.count() as i64), earliest(leaves, coming))
            }
            Fact::Unanswered => {
                let silent = log.all().rev().take_while(|signal| !signal.view().is_reaction());
                // Nobody can have answered what came while they were away.
                let absentees = self.absentees(subject);
                let is_to = |person: &Person, touch: &Signal| {
                    subject == Subject::Person || touch.person.as_deref().is_some_and(|id| person.is_called(id))
                };
                let was_away = |touch: &Signal| absentees.iter().any(|one| one.is_away(touch.at) && is_to(one, touch));
                let in_vain = silent.filter(ours).filter(|touch| !was_away(touch));
                FactValue::until(Value::Whole(in_vain.count() as i64), coming)
            }
            Fact::LastTouch => FactValue::ago(log.all().rev().find(ours).map(|touch| touch.at), self.now(), coming),
            Fact::LastHeard => {
                let signals = log.all().rev().map(|signal| (signal.at, signal.view()));
                let on_it = |view: SignalView| args.channel.is_none_or(|one| view.channel == Some(one));
                FactValue::ago(last_heard(signals, on_it), self.now(), coming)
            }
            Fact::LastOutcome => self.last_outcome(subject, args, ours),
            Fact::LastTouchTo => {
                let last = log.all().rev().find(|signal| signal.is_touch() && self.names_role(signal, args));
                FactValue::ago(last.map(|touch| touch.at), self.now(), coming)
            }
            _ => self.planned(subject, args),
        }
    }

    /// How the last of our touches ended, where it lies in the window. That they did not come to a meeting matters until both spoke, they ordered,
    /// or [`NO_SHOW_MATTERS_FOR`] has passed; then how it ended is unknown.
    fn last_outcome(&self, subject: Subject, args: &FactArguments, ours: impl Fn(&&Signal) -> bool) -> FactValue {
        let log = self.log(subject);
        let last = log.within(args.window).rev().find(&ours);
        let leaves = last.and_then(|touch| args.window.map(|window| touch.at + window));
        let no_show = |signal: &&Signal| ours(signal) && signal.outcome == Some(Outcome::NoShow);
        let no_show = log.within(Some(NO_SHOW_MATTERS_FOR)).rev().find(no_show);
        let until = earliest(leaves, no_show.map(|meeting| meeting.at + NO_SHOW_MATTERS_FOR));
        let until = earliest(until, self.next_signal(subject));
        let is_over = |touch: &Signal| {
            let since = log.all().rev().take_while(|signal| !std::ptr::eq(*signal, touch));
            let old = self.now() - touch.at >= NO_SHOW_MATTERS_FOR;
            touch.outcome == Some(Outcome::NoShow)
                && (old || since.into_iter().any(|signal| signal.view().ends_no_show()))
        };
        let outcome = last.filter(|touch| !is_over(touch)).and_then(|touch| touch.outcome);
        FactValue { until, ..FactValue::text(outcome.map(Outcome::word)) }
    }

    /// Those who are away at some time: the records of the person, else the people of the account.
    fn absentees(&self, subject: Subject) -> Vec<&Person> {
        let is_absentee = |person: &&Person| !person.absences.is_empty();
        match subject {
            Subject::Person => self.records_of_person().into_iter().filter(is_absentee).collect(),
            _ => {
                let leads = self.lead().into_iter().flat_map(|lead| self.shared.leads_of_account(lead));
                leads.flat_map(|lead| &lead.people).filter(is_absentee).collect()
            }
        }
    }

    /// True when the signal names somebody who plays the role asked for.
    fn names_role(&self, signal: &Signal, args: &FactArguments) -> bool {
        let (Some(lead), Some(id), Some(role)) = (self.lead(), signal.person.as_deref(), args.role) else {
            return false;
        };
        lead.people.iter().any(|person| person.roles.contains(&role) && person.is_called(id))
    }

    /// Touches agreed on for now or later. One whose moment has gone by was made or missed; either way it is not planned.
    fn planned(&self, subject: Subject, args: &FactArguments) -> FactValue {
        let places = if subject == Subject::Lead { vec![self.lead_index()] } else { self.leads_of_person() };
        let gone = |id: &str| self.names_somebody_gone(Subject::Lead, id);
        let (mut first, mut number) = (None, 0);
        for place in places {
            let planned = self.book().leads().get(place).map_or(&[][..], |lead| &lead.planned);
            let waiting = planned.iter().filter(|touch| {
                let theirs = || touch.person.as_deref().is_some_and(|id| self.is_named_in(place, id));
                // Nobody keeps an appointment with somebody who is gone.
                let stands = || subject == Subject::Person || !touch.person.as_deref().is_some_and(gone);
                touch.at >= self.now()
                    && (subject == Subject::Lead || theirs())
                    && stands()
                    && args.channel.is_none_or(|channel| touch.channel == channel)
            });
            for touch in waiting {
                first = earliest(first, Some(touch.at));
                number += 1;
            }
        }
        let passes = first.map(|at| at + Duration::from_millis(1));
        FactValue::until(Value::Whole(number), earliest(passes, self.next_departure()))
    }
}
