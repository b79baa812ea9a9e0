//! Sample scenarios of prospects: from the first visit to a proposal without an answer.

use TimeAgo::{Days, Minutes};

use crate::sample::sample_lead::{SampleLead, TimeAgo};
use cadans::book::vocabulary::Channel::{Chat, Email, Phone, Social, Video, Visit};
use cadans::book::vocabulary::Outcome::{Answered, Booked, Declined, Held, NoAnswer, NoShow, Voicemail};
use cadans::book::vocabulary::Role::{Buyer, Decider, Gatekeeper, Influencer, Initiator, User};
use cadans::book::vocabulary::SignalKind::{
    Bounce, Call, Chat as ChatSession, Click, Download, Engage, Form, Open, PageVisit, Search,
};
use cadans::book::vocabulary::Stage::{Consideration, Decision, Interest, Orientation, Proposal};
use cadans::book::vocabulary::{LegalForm, QuoteStatus, Stance};

/// All scenarios; lead n of the sample gets scenario n, and after the last one the first again.
pub(super) const ALL: &[fn(&mut SampleLead)] = &[
    form_minutes_ago,
    hot_pricing,
    quiet_proposal,
    reply_waiting,
    just_looking,
    missing_decider,
    calls_unanswered,
    missed_call,
    guide_downloaded,
    sole_trader_without_consent,
    cadence_under_way,
    demo_asked,
    group_at_work,
    form_since_yesterday,
    reads_security,
    long_quote,
    mails_unanswered,
    champion_in_decision,
    searches,
    chat_left_open,
    objected,
    compares,
    no_show,
    appointment_stands,
    six_attempts,
    address_gone,
    said_no,
    across_the_clock_change,
    reads_terms,
    blocker_and_critic,
    simple_need,
    came_back,
];

/// The place of the scenario whose lead belongs to the same company as the lead before it.
pub(super) const SAME_COMPANY: usize = 13;

fn form_minutes_ago(sample: &mut SampleLead) {
    sample.stage(Interest, 9);
    sample.buying_group(&[Decider, User]);
    sample.inbound_signals(User, PageVisit, "product", &[9, 4]);
    sample.inbound_signal(Decider, PageVisit, "pricing", Days(2));
    let minutes = sample.rng.between(2, 50);
    sample.inbound_signal(Decider, Form, "contact", Minutes(minutes));
}

fn hot_pricing(sample: &mut SampleLead) {
    sample.stage(Consideration, 12);
    sample.buying_group(&[Decider, Influencer, User]);
    sample.inbound_signals(Decider, PageVisit, "pricing", &[1, 3, 5]);
    sample.inbound_signals(Influencer, PageVisit, "product", &[2, 6, 11]);
    sample.inbound_signal(User, Download, "guide", Days(16));
    sample.touch(Influencer, Email, None, Days(14));
    sample.inbound_signal(Influencer, Open, "", Days(13));
    sample.touch(Influencer, Phone, Some(Answered), Days(10));
}

fn quiet_proposal(sample: &mut SampleLead) {
    let sent = sample.rng.between(8, 17);
    sample.stage(Proposal, sent);
    sample.buying_group(&[Decider, Influencer, User, Buyer]);
    sample.inbound_signals(Influencer, PageVisit, "product", &[40, 33, 29]);
    sample.touch(Decider, Video, Some(Held), Days(sent + 6));
    sample.quote(sent, QuoteStatus::Open);
}

fn reply_waiting(sample: &mut SampleLead) {
    sample.stage(Interest, 15);
    sample.buying_group(&[Initiator, Decider]);
    sample.inbound_signals(Initiator, PageVisit, "product", &[16, 12, 5]);
    sample.touch(Initiator, Email, None, Days(4));
    let minutes = sample.rng.between(90, 2400);
    sample.reply(Initiator, Email, Minutes(minutes));
}

fn just_looking(sample: &mut SampleLead) {
    sample.stage(Orientation, 20);
    sample.buying_group(&[Initiator, User]);
    sample.inbound_signals(Initiator, PageVisit, "blog", &[13, 7]);
    sample.inbound_signal(User, PageVisit, "product", Days(3));
}

fn missing_decider(sample: &mut SampleLead) {
    sample.stage(Consideration, 11);
    sample.buying_group(&[User, Influencer, Gatekeeper]);
    sample.lead.account.employees = Some(sample.rng.between(150, 1800));
    sample.inbound_signals(Influencer, PageVisit, "pricing", &[2, 8]);
    sample.inbound_signals(User, PageVisit, "product", &[3, 4, 9]);
    sample.touch(Gatekeeper, Phone, Some(Answered), Days(6));
}

fn calls_unanswered(sample: &mut SampleLead) {
    sample.stage(Interest, 22);
    sample.buying_group(&[Decider, User]);
    sample.inbound_signal(Decider, Download, "guide", Days(21));
    sample.inbound_signals(User, PageVisit, "cases", &[6, 2]);
    for (days, outcome) in [(15, NoAnswer), (9, Voicemail), (5, NoAnswer)] {
        sample.touch(Decider, Phone, Some(outcome), Days(days));
    }
}

fn missed_call(sample: &mut SampleLead) {
    sample.stage(Consideration, 18);
    sample.buying_group(&[Decider, Buyer]);
    sample.inbound_signals(Decider, PageVisit, "pricing", &[12, 6]);
    sample.touch(Decider, Phone, Some(Voicemail), Days(6));
    let minutes = sample.rng.between(15, 900);
    sample.missed_call(Decider, Minutes(minutes));
}

fn guide_downloaded(sample: &mut SampleLead) {
    sample.stage(Interest, 6);
    sample.buying_group(&[Influencer, User]);
    sample.inbound_signals(Influencer, PageVisit, "product", &[6, 4]);
    sample.inbound_signal(Influencer, Download, "guide", Days(2));
}

fn sole_trader_without_consent(sample: &mut SampleLead) {
    sample.stage(Interest, 14);
    sample.lead.account.legal_form = Some(LegalForm::SoleTrader);
    sample.lead.account.employees = Some(1);
    sample.change_person(Decider, |person| {
        person.consents.clear();
        person.legal_form = Some(LegalForm::SoleTrader);
    });
    sample.change_person(User, |person| person.consents.clear());
    sample.inbound_signals(Decider, PageVisit, "pricing", &[1, 4, 12]);
}

fn cadence_under_way(sample: &mut SampleLead) {
    sample.stage(Interest, 10);
    sample.buying_group(&[Decider, User, Initiator]);
    sample.inbound_signals(Initiator, PageVisit, "product", &[10, 6, 3, 1]);
    let started = sample.rng.between(3, 6);
    for (step, channel, ago) in [(1, Email, started), (2, Phone, started - 2)] {
        let outcome = (channel == Phone).then_some(NoAnswer);
        sample.touch_with(Initiator, channel, outcome, Days(ago), |touch| {
            touch.cadence = Some("Warm inbound".to_owned());
            touch.step = Some(step);
            touch.content = (step == 1).then(|| "buyers-guide".to_owned());
        });
    }
    sample.inbound_signal(Initiator, Open, "", Days(started - 1));
}

fn demo_asked(sample: &mut SampleLead) {
    sample.stage(Consideration, 5);
    sample.buying_group(&[Decider, User, Influencer]);
    sample.inbound_signals(User, PageVisit, "product", &[8, 5]);
    sample.inbound_signal(User, Form, "demo", Days(3));
    sample.touch(User, Email, None, Days(2));
    sample.inbound_signal(Decider, PageVisit, "cases", Days(1));
}

fn group_at_work(sample: &mut SampleLead) {
    sample.stage(Consideration, 16);
    sample.buying_group(&[Decider, User, Influencer, Buyer, Initiator]);
    sample.change_person(Initiator, |person| person.stance = Some(Stance::Champion));
    sample.inbound_signals(User, PageVisit, "product", &[1, 2, 6]);
    sample.inbound_signals(Influencer, PageVisit, "compare", &[1, 5]);
    sample.inbound_signals(Decider, PageVisit, "pricing", &[2, 9]);
    sample.inbound_signal(Initiator, Download, "technical-paper", Days(4));
    sample.touch(Initiator, Phone, Some(Answered), Days(13));
    sample.touch(User, Video, Some(Held), Days(8));
}

fn form_since_yesterday(sample: &mut SampleLead) {
    sample.stage(Interest, 4);
    sample.buying_group(&[Decider, User]);
    let minutes = sample.rng.between(1500, 4000);
    sample.inbound_signal(User, Form, "price", Minutes(minutes));
    sample.inbound_signal(User, PageVisit, "pricing", Days(4));
}

fn reads_security(sample: &mut SampleLead) {
    sample.stage(Consideration, 13);
    sample.buying_group(&[Influencer, Decider, User]);
    sample.inbound_signals(Influencer, PageVisit, "security", &[2, 3, 8]);
    sample.inbound_signal(User, PageVisit, "product", Days(5));
    sample.touch(User, Email, None, Days(9));
    sample.inbound_signal(User, Click, "customer-case", Days(8));
}

fn long_quote(sample: &mut SampleLead) {
    let sent = sample.rng.between(23, 45);
    sample.stage(Proposal, sent);
    sample.buying_group(&[Decider, User]);
    sample.touch(Decider, Phone, Some(Answered), Days(sent + 5));
    sample.quote(sent, QuoteStatus::Open);
    sample.touch(Decider, Phone, Some(NoAnswer), Days(sent - 10));
}

fn mails_unanswered(sample: &mut SampleLead) {
    sample.stage(Interest, 25);
    sample.buying_group(&[Decider, Influencer]);
    sample.change_person(Influencer, |person| person.channels = vec![Email, Social]);
    sample.inbound_signals(Influencer, PageVisit, "product", &[23, 18, 4]);
    for days in [17, 11, 6] {
        sample.touch(Influencer, Email, None, Days(days));
    }
    sample.inbound_signal(Influencer, Engage, "post", Days(8));
}

fn champion_in_decision(sample: &mut SampleLead) {
    sample.stage(Decision, 6);
    sample.buying_group(&[Decider, User, Buyer, Influencer]);
    sample.lead.value = Some(sample.rng.between(140, 620) as f64 * 100.0);
    sample.change_person(Influencer, |person| person.stance = Some(Stance::Champion));
    sample.touch(Influencer, Phone, Some(Answered), Days(26));
    sample.quote(12, QuoteStatus::Open);
    sample.reply(Decider, Email, Days(6));
    sample.touch(Decider, Email, None, Days(5));
}

fn searches(sample: &mut SampleLead) {
    sample.stage(Orientation, 8);
    sample.buying_group(&[User, Initiator]);
    sample.inbound_signals(User, Search, "how to plan shifts", &[2, 5]);
    sample.inbound_signals(User, Search, "planning with sickness", &[1]);
    sample.inbound_signals(Initiator, PageVisit, "blog", &[3]);
}

fn chat_left_open(sample: &mut SampleLead) {
    sample.stage(Interest, 3);
    sample.buying_group(&[User, Decider]);
    sample.reachable_person(User, Chat);
    sample.inbound_signals(User, PageVisit, "pricing", &[3, 1]);
    let minutes = sample.rng.between(3, 25);
    sample.inbound_signal(User, ChatSession, "price for ten people", Minutes(minutes));
}

fn objected(sample: &mut SampleLead) {
    sample.stage(Consideration, 19);
    sample.buying_group(&[Decider, Influencer]);
    sample.change_person(Decider, |person| {
        person.objected = true;
        person
            .consents
            .iter_mut()
            .for_each(|consent| consent.withdrawn_at = Some(crate::sample::NOW - crate::sample::sample_lead::days(30)));
    });
    sample.change_person(Influencer, |person| {
        person.do_not_call = true;
        person.do_not_email = person.channels.contains(&Social);
    });
    sample.inbound_signals(Decider, PageVisit, "pricing", &[2, 4]);
    sample.inbound_signal(Influencer, PageVisit, "cases", Days(6));
}

fn compares(sample: &mut SampleLead) {
    sample.stage(Consideration, 9);
    sample.buying_group(&[Decider, Influencer, User]);
    sample.inbound_signals(Influencer, PageVisit, "compare", &[2, 4]);
    sample.inbound_signals(User, PageVisit, "cases", &[3, 6, 7]);
    sample.inbound_signal(Influencer, Click, "comparison", Days(2));
}

fn no_show(sample: &mut SampleLead) {
    sample.stage(Consideration, 21);
    sample.buying_group(&[Decider, User]);
    sample.inbound_signals(Decider, PageVisit, "product", &[20, 12]);
    sample.touch(Decider, Phone, Some(Booked), Days(9));
    sample.touch(Decider, Video, Some(NoShow), Days(2));
}

fn appointment_stands(sample: &mut SampleLead) {
    sample.stage(Consideration, 17);
    sample.buying_group(&[Decider, User, Buyer]);
    sample.inbound_signals(Decider, PageVisit, "pricing", &[8, 5]);
    sample.touch(Decider, Phone, Some(Booked), Days(4));
    let ahead = sample.rng.between(3, 6);
    sample.planned_touch(Decider, Video, ahead);
}

fn six_attempts(sample: &mut SampleLead) {
    sample.stage(Interest, 38);
    sample.buying_group(&[Decider, Initiator]);
    sample.inbound_signal(Initiator, Download, "guide", Days(38));
    let attempts = [(Email, None), (Phone, Some(NoAnswer)), (Social, None), (Phone, Some(Voicemail)), (Email, None)];
    for (nth, (channel, outcome)) in attempts.into_iter().enumerate() {
        sample.touch(Initiator, channel, outcome, Days(34 - 5 * nth as i64));
    }
    sample.touch(Initiator, Phone, Some(NoAnswer), Days(8));
}

fn address_gone(sample: &mut SampleLead) {
    sample.stage(Interest, 26);
    sample.buying_group(&[Influencer, Gatekeeper]);
    sample.inbound_signals(Influencer, PageVisit, "product", &[25, 19]);
    sample.touch(Influencer, Email, None, Days(5));
    sample.inbound_signal(Influencer, Bounce, "", Days(4));
}

fn said_no(sample: &mut SampleLead) {
    sample.stage(Consideration, 24);
    sample.buying_group(&[Decider, User]);
    sample.inbound_signals(User, PageVisit, "product", &[22, 15, 3]);
    sample.touch(Decider, Phone, Some(Declined), Days(7));
}

/// Quarter past two in the night in which Europe put its clocks back: a moment that the clocks showed twice.
fn across_the_clock_change(sample: &mut SampleLead) {
    sample.stage(Interest, 30);
    sample.buying_group(&[Decider, User]);
    let since =
        |at: &str| cadans::calendar::Instant::parse(at).map_or(0, |at| (crate::sample::NOW - at).millis() / 60_000);
    sample.inbound_signal(User, PageVisit, "product", Minutes(since("2026-10-25T02:15:00+02:00")));
    sample.inbound_signal(User, PageVisit, "pricing", Minutes(since("2026-10-25T02:15:00+01:00")));
    sample.inbound_signal(Decider, PageVisit, "pricing", Minutes(since("2026-11-01T01:30:00-04:00")));
    sample.inbound_signal(Decider, Call, "", Days(12));
    sample.touch(Decider, Phone, Some(Answered), Days(11));
    sample.inbound_signals(Decider, PageVisit, "pricing", &[1, 3]);
}

fn reads_terms(sample: &mut SampleLead) {
    sample.stage(Proposal, 10);
    sample.buying_group(&[Decider, Buyer, User]);
    sample.touch(Decider, Visit, Some(Held), Days(18));
    sample.quote(10, QuoteStatus::Open);
    sample.inbound_signals(Buyer, PageVisit, "terms", &[1, 3]);
}

fn blocker_and_critic(sample: &mut SampleLead) {
    sample.stage(Consideration, 20);
    sample.buying_group(&[Decider, Influencer, User, Buyer]);
    sample.change_person(Influencer, |person| {
        person.stance = Some(Stance::Critic);
        person.influence = Some(0.7);
    });
    sample.change_person(Buyer, |person| person.stance = Some(Stance::Blocker));
    sample.change_person(User, |person| person.stance = Some(Stance::Supporter));
    sample.inbound_signals(Influencer, PageVisit, "compare", &[4, 9]);
    sample.touch(User, Phone, Some(Answered), Days(15));
}

fn simple_need(sample: &mut SampleLead) {
    sample.stage(Interest, 7);
    sample.buying_group(&[User, Buyer]);
    sample.text_field("need", "simple");
    sample.lead.value = Some(sample.rng.between(2, 9) as f64 * 50.0);
    sample.lead.churn = Some(0.35);
    sample.inbound_signals(User, PageVisit, "pricing", &[2, 7]);
}

fn came_back(sample: &mut SampleLead) {
    sample.stage(Orientation, 140);
    sample.buying_group(&[Decider, User]);
    sample.inbound_signals(User, PageVisit, "product", &[150, 141, 2, 1]);
    sample.touch(User, Phone, Some(Answered), Days(130));
}
