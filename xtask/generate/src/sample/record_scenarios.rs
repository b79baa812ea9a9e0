//! Sample scenarios of what happens besides contact: people who leave or are away, numbers that are wrong, signals that are not theirs, a stage
//! that a rep set, feedback on advice, and quotes that end.

use TimeAgo::{Days, Minutes};

use crate::sample::sample_lead::{SampleLead, TimeAgo, days};
use crate::sample::{NOW, november};
use cadans::book::Absence;
use cadans::book::lead::{Feedback, Signal};
use cadans::book::vocabulary::Channel::{Phone, Video};
use cadans::book::vocabulary::Outcome::{Answered, Booked, Held, NoShow, WrongNumber};
use cadans::book::vocabulary::Role::{Decider, Influencer, Initiator, User};
use cadans::book::vocabulary::SignalKind::{Call, ContactChanged, Download, Form, PageVisit};
use cadans::book::vocabulary::Stage::{Consideration, Interest, Proposal};
use cadans::book::vocabulary::{Direction, Excluded, FeedbackVerdict, QuoteStatus, StageBy};

/// All of these scenarios: one lead each, after those of the other scenarios.
pub(super) const ALL: &[fn(&mut SampleLead)] = &[
    decider_left,
    back_next_week,
    number_belongs_to_another,
    number_put_right,
    visits_of_staff,
    form_of_a_robot,
    moved_back_by_hand,
    advice_declined,
    advice_snoozed,
    quote_runs_out,
    quote_declined,
    no_show_booked_again,
    carried_out_yesterday,
];

/// The name and rule of the shipped pack that the feedback and memory of these leads are about.
const PACK: &str = "inside-sales";
const PRICE_PAGE: &str = "price-again";

fn comparing(sample: &mut SampleLead) {
    sample.stage(Consideration, 14);
    sample.buying_group(&[Decider, User]);
    sample.inbound_signals(Decider, PageVisit, "pricing", &[1, 2, 4]);
    sample.inbound_signals(User, PageVisit, "product", &[3, 8]);
}

fn decider_left(sample: &mut SampleLead) {
    comparing(sample);
    sample.buying_group(&[Influencer]);
    sample.inbound_signal(Influencer, PageVisit, "pricing", Days(1));
    sample.change_person(Decider, |person| person.left_at = Some(NOW - days(1)));
}

fn back_next_week(sample: &mut SampleLead) {
    comparing(sample);
    let absence = Absence { from: november(18, 23), until: november(29, 23) };
    sample.change_person(Decider, |person| person.absences = vec![absence]);
}

fn number_belongs_to_another(sample: &mut SampleLead) {
    comparing(sample);
    sample.touch(Decider, Phone, Some(WrongNumber), Days(6));
}

fn number_put_right(sample: &mut SampleLead) {
    comparing(sample);
    sample.touch(Decider, Phone, Some(WrongNumber), Days(9));
    let person = sample.person_in_role(Decider);
    sample.lead.signals.push(Signal {
        person: Some(person),
        channel: Some(Phone),
        direction: Some(Direction::Inbound),
        ..Signal::new(NOW - days(7), ContactChanged)
    });
}

fn visits_of_staff(sample: &mut SampleLead) {
    sample.stage(Interest, 20);
    sample.buying_group(&[Initiator]);
    sample.inbound_signal(Initiator, Download, "guide", Days(12));
    sample.inbound_signals(Initiator, PageVisit, "pricing", &[1, 2, 3]);
    for signal in sample.lead.signals.iter_mut().filter(|signal| signal.topic.as_deref() == Some("pricing")) {
        signal.by = Some(Excluded::Staff);
    }
}

fn form_of_a_robot(sample: &mut SampleLead) {
    sample.stage(Interest, 8);
    sample.buying_group(&[Initiator]);
    sample.inbound_signal(Initiator, Form, "contact", Minutes(95));
    for signal in &mut sample.lead.signals {
        signal.by = Some(Excluded::Spam);
    }
    sample.lead.spam = true;
}

fn moved_back_by_hand(sample: &mut SampleLead) {
    comparing(sample);
    sample.stage(Interest, 3);
    sample.lead.stage_by = Some(StageBy::Rep);
}

fn feedback(sample: &mut SampleLead, verdict: FeedbackVerdict, reason: &str, snoozed_for: Option<i64>) {
    comparing(sample);
    let at = NOW - days(1);
    let person = sample.person_in_role(Decider);
    sample.lead.feedback.push(Feedback {
        at,
        rule: PRICE_PAGE.to_owned(),
        pack: Some(PACK.to_owned()),
        person: Some(person),
        verdict,
        until: snoozed_for.map(|length| NOW + days(length)),
        reason: Some(reason.to_owned()),
        rep: sample.lead.owner.clone(),
    });
}

fn advice_declined(sample: &mut SampleLead) {
    feedback(sample, FeedbackVerdict::Declined, "Spoke to them at the fair; they decide in January", None);
}

fn advice_snoozed(sample: &mut SampleLead) {
    feedback(sample, FeedbackVerdict::Snoozed, "Their budget meeting is on Tuesday", Some(5));
}

fn quote_runs_out(sample: &mut SampleLead) {
    proposed(sample, QuoteStatus::Open);
    for quote in &mut sample.lead.quotes {
        quote.valid_until = Some(NOW + days(3));
    }
}

fn quote_declined(sample: &mut SampleLead) {
    proposed(sample, QuoteStatus::Declined);
    for quote in &mut sample.lead.quotes {
        quote.decided_at = Some(NOW - days(2));
    }
}

fn proposed(sample: &mut SampleLead, status: QuoteStatus) {
    sample.stage(Proposal, 12);
    sample.buying_group(&[Decider, User]);
    sample.touch(Decider, Video, Some(Held), Days(16));
    sample.quote(12, status);
    sample.inbound_signal(User, PageVisit, "terms", Days(4));
}

fn no_show_booked_again(sample: &mut SampleLead) {
    comparing(sample);
    sample.touch(Decider, Video, Some(NoShow), Days(4));
    sample.touch(Decider, Phone, Some(Booked), Days(2));
    sample.planned_touch(Decider, Video, 4);
}

fn carried_out_yesterday(sample: &mut SampleLead) {
    comparing(sample);
    sample.touch_with(Decider, Phone, Some(Answered), Days(1), |touch| {
        touch.pack = Some(PACK.to_owned());
        touch.rule = Some(PRICE_PAGE.to_owned());
    });
    sample.inbound_signal(Decider, Call, "", Days(9));
}
