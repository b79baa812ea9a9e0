//! What a touch is held to when a rep makes it: was it the one who asked, over their channel; was there nobody who waited; was it not said
//! before, and not too soon.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

use crate::book::Signal;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::{Duration, Instant, Location, Windows, is_public_holiday};
use crate::simulate::audit::held::own_hours;
use crate::simulate::audit::incidents::{Case, IncidentKind};
use crate::simulate::audit::meaning::{content_received, is_in_vain, is_theirs};
use crate::simulate::audit::questions::{BOUNCE_TIME, Question};
use crate::simulate::audit::{AdviceRecord, AdvisedAction, Audit};

/// How many touches to one person by one rule within [`SAME_RULE_WITHIN`] are an incident.
const SAME_RULE: usize = 3;
const SAME_RULE_WITHIN: Duration = Duration::from_millis(14 * 86_400_000);
/// An offer of what somebody received within this time is an incident.
const SAME_OFFER_WITHIN: Duration = Duration::from_millis(90 * 86_400_000);
/// A working morning, by the clocks of the person.
const MORNING: (u32, u32) = (9, 12);
/// Office hours, by the clocks of the person.
pub(super) const OFFICE: (u32, u32) = (9, 17);
/// How long what was promised for a moment is still to be made up for.
const PROMISED_FOR: Duration = Duration::from_millis(14 * 86_400_000);
const QUARTER_OF_AN_HOUR: Duration = Duration::from_millis(15 * 60_000);

/// What was done and offered to whom.
#[derive(Clone, Debug, Default)]
pub(super) struct TouchHistory {
    /// The touches of the run.
    number: usize,
    /// The content that each human received: when last, and over which channel.
    received: BTreeMap<(usize, String), (Instant, Option<Channel>)>,
    /// When each human was touched by each rule; answers, steps of a cadence and attempts in vain aside.
    by_rule: BTreeMap<(usize, String), Vec<Instant>>,
    /// The touch by a rule that is being made, until its signal tells how it ended.
    being_made: Option<(usize, String, Case)>,
}

impl TouchHistory {
    /// How many touches there were.
    pub(super) const fn number(&self) -> usize {
        self.number
    }

    /// Takes in what a human received by a signal. What came back was not received.
    fn add_content(&mut self, human: usize, signal: &Signal) {
        if let Some(content) = content_received(signal) {
            self.received.insert((human, content.clone()), (signal.at, signal.channel));
        }
        if signal.kind == SignalKind::Bounce {
            let mailed = |(of, _): &(usize, String), (at, over): &(Instant, Option<Channel>)| {
                *of == human && *over == Some(Channel::Email) && signal.at - *at <= BOUNCE_TIME
            };
            self.received.retain(|of, received| !mailed(of, received));
        }
    }
}

impl Audit {
    /// Takes in what a signal with a human means for the touches that follow, and how the touch that is being made ended.
    pub(super) fn touched(&mut self, human: usize, signal: &Signal) {
        if let Some((_, rule, case)) = self.touches.being_made.take_if(|(of, ..)| *of == human && !is_theirs(signal))
            && !is_in_vain(signal)
        {
            let times = self.touches.by_rule.entry((human, rule)).or_default();
            times.retain(|at| signal.at - *at < SAME_RULE_WITHIN);
            times.push(signal.at);
            if times.len() == SAME_RULE {
                self.incidents.add(IncidentKind::SameRule, case);
            }
        }
        self.touches.add_content(human, signal);
    }

    /// Takes in that what is advised for a lead is done at a moment, by a rep or a system; before it is logged. An appointment that is kept is no
    /// advice, and one that was missed and is made up for keeps nobody waiting: it was promised before.
    pub fn acted(&mut self, now: Instant, lead: usize, rep: Option<&str>) {
        let Some(advice) = self.advice(lead).cloned() else { return };
        let human = advice.person.as_deref().and_then(|person| self.human(lead, person));
        let answers = match &advice.person {
            Some(person) => self.waits(lead, person, now),
            None => false,
        };
        let promised = self.was_promised(now, lead, &advice);
        if let Some(rep) = rep.filter(|_| !answers && !promised) {
            self.find_behind(now, lead, rep);
        }
        if advice.action != AdvisedAction::Touch {
            return;
        }
        self.touches.number += 1;
        let case = self.advice_case(now, lead);
        self.find_away_or_gone(now, lead, answers, &case);
        self.touches.being_made = None;
        match (answers, advice.acknowledges) {
            (true, true) => {} // It is no answer.
            (true, false) => self.find_other_channel(now, lead, human, &advice, &case),
            (false, acknowledges) => {
                if !acknowledges && !promised {
                    self.find_somebody_else(now, lead, &case);
                }
                self.find_repeats(now, (lead, human), &advice, &case);
            }
        }
    }

    /// Whether advice is to do what was agreed on with this person for a moment that has come.
    fn was_promised(&self, now: Instant, lead: usize, advice: &AdviceRecord) -> bool {
        let planned = self.leads.get(lead).map_or(&[][..], |lead| &lead.planned);
        planned.iter().any(|planned| {
            let with_them = planned.person.is_none() || planned.person == advice.person;
            let has_come = planned.at <= now && now - planned.at < PROMISED_FOR;
            with_them && has_come && Some(planned.channel) == advice.channel
        })
    }

    /// Whoever waits, and could have been answered by this rep now as the advice for their lead says, stands behind what the rep does for this lead.
    fn find_behind(&mut self, now: Instant, lead: usize, rep: &str) {
        let could_be_answered = |question: &Question| {
            let by_rep = |of_lead: usize| {
                let advice = self.advice(of_lead).filter(|advice| {
                    advice.action == AdvisedAction::Touch && advice.rep.as_deref() == Some(rep) && advice.is_due(now)
                });
                let person = advice.and_then(|advice| self.human(of_lead, advice.person.as_deref()?));
                advice.is_some() && (question.human.is_none() || person == question.human)
            };
            self.leads_of(question).into_iter().any(|of_lead| of_lead != lead && by_rep(of_lead))
        };
        let behind: Vec<usize> = self
            .questions
            .open(now)
            .filter(|(_, question)| !question.behind && could_be_answered(question))
            .map(|(number, _)| number)
            .collect();
        let other = self.case(now, lead, None).lead;
        for number in behind {
            let Some(question) = self.questions.get_mut(number) else { continue };
            question.behind = true;
            let (of_lead, person, since) = (question.lead, question.person.clone(), question.at);
            let case = self.case(now, of_lead, person.as_deref());
            let (rep, other) = (Some(rep.to_owned()), Some(other.clone()));
            self.incidents.add(IncidentKind::BehindOtherWork, Case { rep, since: Some(since), other, ..case });
        }
    }

    /// A touch to somebody who did not ask, in a lead in which somebody who can be reached did.
    fn find_somebody_else(&mut self, now: Instant, lead: usize, case: &Case) {
        let asked = self.questions.open(now).find(|(_, question)| {
            question.lead == lead
                && question.person.as_deref().is_some_and(|person| !self.open_channels(lead, person, now).is_empty())
                && !self.is_held_by_law(question, now)
        });
        if let Some((_, question)) = asked {
            let (since, other) = (Some(question.at), question.person.clone());
            self.incidents.add(IncidentKind::SomebodyElse, Case { since, other, ..case.clone() });
        }
    }

    /// Whether law stops every channel on which the one who asked has an address.
    fn is_held_by_law(&self, question: &Question, now: Instant) -> bool {
        let Some(person) = question.person.as_deref().filter(|_| self.advice(question.lead).is_some()) else {
            return false;
        };
        let open = self.open_channels(question.lead, person, now);
        open.into_iter().all(|channel| self.is_stopped_by_law(question.lead, person, channel))
    }

    /// A first answer over another channel than the question's, where that one is open in time.
    fn find_other_channel(
        &mut self,
        now: Instant,
        lead: usize,
        human: Option<usize>,
        advice: &AdviceRecord,
        case: &Case,
    ) {
        let Some(person) = advice.person.as_deref() else { return };
        let mut open = self.open_channels(lead, person, now);
        let morning = self.end_of_next_morning(lead, person, now);
        open.retain(|channel| self.can_be_used(*channel, lead, person, (now, morning)));
        let stopped = |channel: Channel| {
            advice.blocks.iter().any(|block| {
                block.channel == Some(channel)
                    && block.person.as_deref() == Some(person)
                    && block.lifts_at.is_none_or(|lifts| lifts > morning)
                    && (block.is_by_law_hours_or_zone() || matches!(block.policy, "limit" | "pause"))
            })
        };
        let asked = self.questions.open(now).find_map(|(_, question)| {
            let with = question.human.is_some() && question.human == human && question.answered.is_none();
            let over_theirs = question.channels.iter().any(|channel| Some(*channel) == advice.channel);
            let mut theirs = question.channels.iter().filter(|channel| open.contains(channel) && !stopped(**channel));
            Some((question, *theirs.next_back().filter(|_| with && !over_theirs)?))
        });
        if let Some((question, channel)) = asked {
            let (since, other) = (Some(question.at), Some(channel.word().to_owned()));
            self.incidents.add(IncidentKind::OtherChannel, Case { since, other, ..case.clone() });
        }
    }

    /// What was said before, or comes too soon. A step of a cadence is said as often as the cadence has steps.
    fn find_repeats(
        &mut self,
        now: Instant,
        (lead, human): (usize, Option<usize>),
        advice: &AdviceRecord,
        case: &Case,
    ) {
        let Some(human) = human else { return };
        if advice.step.is_none() {
            self.touches.being_made = advice.rule.clone().map(|rule| (human, rule, case.clone()));
            let received = advice.offer.as_ref().and_then(|offer| {
                let (at, _) = self.touches.received.get(&(human, offer.clone()))?;
                (now - *at < SAME_OFFER_WITHIN).then(|| (*at, offer.clone()))
            });
            if let Some((at, offer)) = received {
                let (since, other) = (Some(at), Some(offer));
                self.incidents.add(IncidentKind::SameOffer, Case { since, other, ..case.clone() });
            }
        }
        let person = case.person.as_deref().unwrap_or_default();
        let spoke = self.spoke.get(&human).copied();
        if let Some(spoke) = spoke.filter(|spoke| now < self.a_working_day_after(lead, person, *spoke)) {
            self.incidents.add(IncidentKind::AfterConversation, Case { since: Some(spoke), ..case.clone() });
        }
    }

    /// A touch to somebody who is not there any more, or not now; who asked gets an answer also while away.
    fn find_away_or_gone(&mut self, now: Instant, lead: usize, answers: bool, case: &Case) {
        let record = self.leads.get(lead);
        let person = record.and_then(|lead| lead.people.iter().find(|one| Some(&one.id) == case.person.as_ref()));
        let Some(person) = person else { return };
        let left = person.left_at.filter(|left| *left <= now);
        let mut absences = person.absences.iter().filter(|_| !answers);
        let away = absences.find(|absence| absence.from <= now && now < absence.until).map(|absence| absence.from);
        if let Some(since) = left.or(away) {
            self.incidents.add(IncidentKind::AwayOrGone, Case { since: Some(since), ..case.clone() });
        }
    }

    /// One working day after a moment: the next working day of a person, by their clocks, at the time of day of the moment. 24 hours after it where their
    /// clocks are not known.
    fn a_working_day_after(&self, lead: usize, person: &str, at: Instant) -> Instant {
        let place = self.location(lead, person);
        let Some(zone) = place.clock() else { return at + Duration::DAY };
        let local = zone.local(at).naive();
        let days = (1..30).filter_map(|days| local.checked_add_days(Days::new(days)));
        days.into_iter()
            .find(|day| is_working_day(&place, day.date()))
            .map_or(at + Duration::DAY, |day| zone.resolve(day))
    }

    /// Whether there is a moment between two at which a person may be contacted over a channel: in their own hours, and over the phone when some rep
    /// works and the person is in office hours, by their own clocks.
    fn can_be_used(&self, channel: Channel, lead: usize, person: &str, (from, until): (Instant, Instant)) -> bool {
        let place = self.location(lead, person);
        let record = self.leads.get(lead).and_then(|lead| lead.people.iter().find(|one| one.id == person));
        let own = record.and_then(|person| own_hours(person, &place, from, until));
        let own = own.unwrap_or_else(|| Windows::all(from, until));
        if channel != Channel::Phone {
            return !own.is_empty();
        }
        let in_office = |at: Instant| {
            place.clock().is_some_and(|zone| {
                let local = zone.local(at);
                is_working_day(&place, local.date()) && (OFFICE.0..OFFICE.1).contains(&local.hour())
            })
        };
        self.reps.values().flat_map(|hours| own.intersect(&hours.present)).any(|window| {
            let moments = std::iter::successors(Some(window.from), |at| Some(*at + QUARTER_OF_AN_HOUR));
            moments.take_while(|at| *at < window.until).any(in_office)
        })
    }

    fn location(&self, lead: usize, person: &str) -> Location {
        let record = self.leads.get(lead);
        let person = record.and_then(|lead| lead.people.iter().find(|one| one.id == person));
        record.zip(person).map_or(Location::UNKNOWN, |(lead, person)| lead.location_of(person))
    }

    /// The end of the next working morning of a person: of the first one that begins after this moment.
    fn end_of_next_morning(&self, lead: usize, person: &str, now: Instant) -> Instant {
        let place = self.location(lead, person);
        let Some(zone) = place.clock() else { return now + Duration::DAY };
        let today = zone.local(now).date();
        let at = |date: NaiveDate, hour| {
            zone.resolve(date.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()))
        };
        let days = (0..30).filter_map(|days| today.checked_add_days(Days::new(days)));
        let next = days.filter(|date| is_working_day(&place, *date)).find(|date| at(*date, MORNING.0) > now);
        next.map_or(now + Duration::WEEK, |date| at(date, MORNING.1))
    }
}

/// Whether a date is a day from Monday to Friday and no public holiday there.
pub(super) fn is_working_day(place: &Location, date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
        && !place.country.is_some_and(|country| is_public_holiday(country, place.region, date))
}
