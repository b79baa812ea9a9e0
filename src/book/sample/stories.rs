//! Stories up to the order: from the first visit to a proposal that waits.

use TimeAgo::{Days, Minutes};

use crate::book::sample::draft::{SampleLead, TimeAgo};
use crate::book::vocabulary::Channel::{Chat, Email, Phone, Social, Video, Visit};
use crate::book::vocabulary::Outcome::{Answered, Booked, Declined, Held, NoAnswer, NoShow, Voicemail};
use crate::book::vocabulary::Role::{Buyer, Decider, Gatekeeper, Influencer, Initiator, User};
use crate::book::vocabulary::SignalKind::{
    Bounce, Call, Chat as ChatSession, Click, Download, Engage, Form, Open, PageVisit, Search,
};
use crate::book::vocabulary::Stage::{Consideration, Decision, Interest, Orientation, Proposal};
use crate::book::vocabulary::{LegalForm, QuoteStatus, Stance};

/// Every story, in the order in which leads get them.
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

/// Place of the story whose lead belongs to the same company as the lead before it.
pub(super) const SAME_COMPANY: usize = 13;

fn form_minutes_ago(d: &mut SampleLead) {
    d.stage(Interest, 9);
    d.group(&[Decider, User]);
    d.did_often(User, PageVisit, "product", &[9, 4]);
    d.did(Decider, PageVisit, "pricing", Days(2));
    let minutes = d.chance.between(2, 50);
    d.did(Decider, Form, "contact", Minutes(minutes));
}

fn hot_pricing(d: &mut SampleLead) {
    d.stage(Consideration, 12);
    d.group(&[Decider, Influencer, User]);
    d.did_often(Decider, PageVisit, "pricing", &[1, 3, 5]);
    d.did_often(Influencer, PageVisit, "product", &[2, 6, 11]);
    d.did(User, Download, "guide", Days(16));
    d.touched(Influencer, Email, None, Days(14));
    d.did(Influencer, Open, "", Days(13));
    d.touched(Influencer, Phone, Some(Answered), Days(10));
}

fn quiet_proposal(d: &mut SampleLead) {
    let sent = d.chance.between(8, 17);
    d.stage(Proposal, sent);
    d.group(&[Decider, Influencer, User, Buyer]);
    d.did_often(Influencer, PageVisit, "product", &[40, 33, 29]);
    d.touched(Decider, Video, Some(Held), Days(sent + 6));
    d.quoted(sent, QuoteStatus::Open);
}

fn reply_waiting(d: &mut SampleLead) {
    d.stage(Interest, 15);
    d.group(&[Initiator, Decider]);
    d.did_often(Initiator, PageVisit, "product", &[16, 12, 5]);
    d.touched(Initiator, Email, None, Days(4));
    let minutes = d.chance.between(90, 2400);
    d.replied(Initiator, Email, Minutes(minutes));
}

fn just_looking(d: &mut SampleLead) {
    d.stage(Orientation, 20);
    d.group(&[Initiator, User]);
    d.did_often(Initiator, PageVisit, "blog", &[13, 7]);
    d.did(User, PageVisit, "product", Days(3));
}

fn missing_decider(d: &mut SampleLead) {
    d.stage(Consideration, 11);
    d.group(&[User, Influencer, Gatekeeper]);
    d.lead.account.employees = Some(d.chance.between(150, 1800));
    d.did_often(Influencer, PageVisit, "pricing", &[2, 8]);
    d.did_often(User, PageVisit, "product", &[3, 4, 9]);
    d.touched(Gatekeeper, Phone, Some(Answered), Days(6));
}

fn calls_unanswered(d: &mut SampleLead) {
    d.stage(Interest, 22);
    d.group(&[Decider, User]);
    d.did(Decider, Download, "guide", Days(21));
    d.did_often(User, PageVisit, "cases", &[6, 2]);
    for (days, outcome) in [(15, NoAnswer), (9, Voicemail), (5, NoAnswer)] {
        d.touched(Decider, Phone, Some(outcome), Days(days));
    }
}

fn missed_call(d: &mut SampleLead) {
    d.stage(Consideration, 18);
    d.group(&[Decider, Buyer]);
    d.did_often(Decider, PageVisit, "pricing", &[12, 6]);
    d.touched(Decider, Phone, Some(Voicemail), Days(6));
    let minutes = d.chance.between(15, 900);
    d.rang_in_vain(Decider, Minutes(minutes));
}

fn guide_downloaded(d: &mut SampleLead) {
    d.stage(Interest, 6);
    d.group(&[Influencer, User]);
    d.did_often(Influencer, PageVisit, "product", &[6, 4]);
    d.did(Influencer, Download, "guide", Days(2));
}

fn sole_trader_without_consent(d: &mut SampleLead) {
    d.stage(Interest, 14);
    d.lead.account.legal_form = Some(LegalForm::SoleTrader);
    d.lead.account.employees = Some(1);
    d.person(Decider, |person| {
        person.consents.clear();
        person.legal_form = Some(LegalForm::SoleTrader);
    });
    d.person(User, |person| person.consents.clear());
    d.did_often(Decider, PageVisit, "pricing", &[1, 4, 12]);
}

fn cadence_under_way(d: &mut SampleLead) {
    d.stage(Interest, 10);
    d.group(&[Decider, User, Initiator]);
    d.did_often(Initiator, PageVisit, "product", &[10, 6, 3, 1]);
    let started = d.chance.between(3, 6);
    for (step, channel, ago) in [(1, Email, started), (2, Phone, started - 2)] {
        let outcome = (channel == Phone).then_some(NoAnswer);
        d.touched_so(Initiator, channel, outcome, Days(ago), |touch| {
            touch.cadence = Some("Warm inbound".to_owned());
            touch.step = Some(step);
            touch.content = (step == 1).then(|| "buyers-guide".to_owned());
        });
    }
    d.did(Initiator, Open, "", Days(started - 1));
}

fn demo_asked(d: &mut SampleLead) {
    d.stage(Consideration, 5);
    d.group(&[Decider, User, Influencer]);
    d.did_often(User, PageVisit, "product", &[8, 5]);
    d.did(User, Form, "demo", Days(3));
    d.touched(User, Email, None, Days(2));
    d.did(Decider, PageVisit, "cases", Days(1));
}

fn group_at_work(d: &mut SampleLead) {
    d.stage(Consideration, 16);
    d.group(&[Decider, User, Influencer, Buyer, Initiator]);
    d.person(Initiator, |person| person.stance = Some(Stance::Champion));
    d.did_often(User, PageVisit, "product", &[1, 2, 6]);
    d.did_often(Influencer, PageVisit, "compare", &[1, 5]);
    d.did_often(Decider, PageVisit, "pricing", &[2, 9]);
    d.did(Initiator, Download, "technical-paper", Days(4));
    d.touched(Initiator, Phone, Some(Answered), Days(13));
    d.touched(User, Video, Some(Held), Days(8));
}

fn form_since_yesterday(d: &mut SampleLead) {
    d.stage(Interest, 4);
    d.group(&[Decider, User]);
    let minutes = d.chance.between(1500, 4000);
    d.did(User, Form, "price", Minutes(minutes));
    d.did(User, PageVisit, "pricing", Days(4));
}

fn reads_security(d: &mut SampleLead) {
    d.stage(Consideration, 13);
    d.group(&[Influencer, Decider, User]);
    d.did_often(Influencer, PageVisit, "security", &[2, 3, 8]);
    d.did(User, PageVisit, "product", Days(5));
    d.touched(User, Email, None, Days(9));
    d.did(User, Click, "customer-case", Days(8));
}

fn long_quote(d: &mut SampleLead) {
    let sent = d.chance.between(23, 45);
    d.stage(Proposal, sent);
    d.group(&[Decider, User]);
    d.touched(Decider, Phone, Some(Answered), Days(sent + 5));
    d.quoted(sent, QuoteStatus::Open);
    d.touched(Decider, Phone, Some(NoAnswer), Days(sent - 10));
}

fn mails_unanswered(d: &mut SampleLead) {
    d.stage(Interest, 25);
    d.group(&[Decider, Influencer]);
    d.person(Influencer, |person| person.channels = vec![Email, Social]);
    d.did_often(Influencer, PageVisit, "product", &[23, 18, 4]);
    for days in [17, 11, 6] {
        d.touched(Influencer, Email, None, Days(days));
    }
    d.did(Influencer, Engage, "post", Days(8));
}

fn champion_in_decision(d: &mut SampleLead) {
    d.stage(Decision, 6);
    d.group(&[Decider, User, Buyer, Influencer]);
    d.lead.value = Some(d.chance.between(140, 620) as f64 * 100.0);
    d.person(Influencer, |person| person.stance = Some(Stance::Champion));
    d.touched(Influencer, Phone, Some(Answered), Days(26));
    d.quoted(12, QuoteStatus::Open);
    d.replied(Decider, Email, Days(6));
    d.touched(Decider, Email, None, Days(5));
}

fn searches(d: &mut SampleLead) {
    d.stage(Orientation, 8);
    d.group(&[User, Initiator]);
    d.did_often(User, Search, "how to plan shifts", &[2, 5]);
    d.did_often(User, Search, "planning with sickness", &[1]);
    d.did_often(Initiator, PageVisit, "blog", &[3]);
}

fn chat_left_open(d: &mut SampleLead) {
    d.stage(Interest, 3);
    d.group(&[User, Decider]);
    d.able(User, Chat);
    d.did_often(User, PageVisit, "pricing", &[3, 1]);
    let minutes = d.chance.between(3, 25);
    d.did(User, ChatSession, "price for ten people", Minutes(minutes));
}

fn objected(d: &mut SampleLead) {
    d.stage(Consideration, 19);
    d.group(&[Decider, Influencer]);
    d.person(Decider, |person| {
        person.objected = true;
        person.consents.iter_mut().for_each(|consent| {
            consent.withdrawn_at = Some(crate::book::sample::NOW - crate::book::sample::draft::days(30))
        });
    });
    d.person(Influencer, |person| {
        person.do_not_call = true;
        person.do_not_email = person.channels.contains(&Social);
    });
    d.did_often(Decider, PageVisit, "pricing", &[2, 4]);
    d.did(Influencer, PageVisit, "cases", Days(6));
}

fn compares(d: &mut SampleLead) {
    d.stage(Consideration, 9);
    d.group(&[Decider, Influencer, User]);
    d.did_often(Influencer, PageVisit, "compare", &[2, 4]);
    d.did_often(User, PageVisit, "cases", &[3, 6, 7]);
    d.did(Influencer, Click, "comparison", Days(2));
}

fn no_show(d: &mut SampleLead) {
    d.stage(Consideration, 21);
    d.group(&[Decider, User]);
    d.did_often(Decider, PageVisit, "product", &[20, 12]);
    d.touched(Decider, Phone, Some(Booked), Days(9));
    d.touched(Decider, Video, Some(NoShow), Days(2));
}

fn appointment_stands(d: &mut SampleLead) {
    d.stage(Consideration, 17);
    d.group(&[Decider, User, Buyer]);
    d.did_often(Decider, PageVisit, "pricing", &[8, 5]);
    d.touched(Decider, Phone, Some(Booked), Days(4));
    let ahead = d.chance.between(3, 6);
    d.agreed(Decider, Video, ahead);
}

fn six_attempts(d: &mut SampleLead) {
    d.stage(Interest, 38);
    d.group(&[Decider, Initiator]);
    d.did(Initiator, Download, "guide", Days(38));
    let attempts = [(Email, None), (Phone, Some(NoAnswer)), (Social, None), (Phone, Some(Voicemail)), (Email, None)];
    for (nth, (channel, outcome)) in attempts.into_iter().enumerate() {
        d.touched(Initiator, channel, outcome, Days(34 - 5 * nth as i64));
    }
    d.touched(Initiator, Phone, Some(NoAnswer), Days(8));
}

fn address_gone(d: &mut SampleLead) {
    d.stage(Interest, 26);
    d.group(&[Influencer, Gatekeeper]);
    d.did_often(Influencer, PageVisit, "product", &[25, 19]);
    d.touched(Influencer, Email, None, Days(5));
    d.did(Influencer, Bounce, "", Days(4));
}

fn said_no(d: &mut SampleLead) {
    d.stage(Consideration, 24);
    d.group(&[Decider, User]);
    d.did_often(User, PageVisit, "product", &[22, 15, 3]);
    d.touched(Decider, Phone, Some(Declined), Days(7));
}

/// Quarter past two in the night in which Europe put its clocks back: a moment that the clocks showed twice.
fn across_the_clock_change(d: &mut SampleLead) {
    d.stage(Interest, 30);
    d.group(&[Decider, User]);
    let since = |at: &str| {
        crate::calendar::Instant::parse(at).map_or(0, |at| (crate::book::sample::NOW - at).millis() / 60_000)
    };
    d.did(User, PageVisit, "product", Minutes(since("2026-10-25T02:15:00+02:00")));
    d.did(User, PageVisit, "pricing", Minutes(since("2026-10-25T02:15:00+01:00")));
    d.did(Decider, PageVisit, "pricing", Minutes(since("2026-11-01T01:30:00-04:00")));
    d.did(Decider, Call, "", Days(12));
    d.touched(Decider, Phone, Some(Answered), Days(11));
    d.did_often(Decider, PageVisit, "pricing", &[1, 3]);
}

fn reads_terms(d: &mut SampleLead) {
    d.stage(Proposal, 10);
    d.group(&[Decider, Buyer, User]);
    d.touched(Decider, Visit, Some(Held), Days(18));
    d.quoted(10, QuoteStatus::Open);
    d.did_often(Buyer, PageVisit, "terms", &[1, 3]);
}

fn blocker_and_critic(d: &mut SampleLead) {
    d.stage(Consideration, 20);
    d.group(&[Decider, Influencer, User, Buyer]);
    d.person(Influencer, |person| {
        person.stance = Some(Stance::Critic);
        person.influence = Some(0.7);
    });
    d.person(Buyer, |person| person.stance = Some(Stance::Blocker));
    d.person(User, |person| person.stance = Some(Stance::Supporter));
    d.did_often(Influencer, PageVisit, "compare", &[4, 9]);
    d.touched(User, Phone, Some(Answered), Days(15));
}

fn simple_need(d: &mut SampleLead) {
    d.stage(Interest, 7);
    d.group(&[User, Buyer]);
    d.field("need", "simple");
    d.lead.value = Some(d.chance.between(2, 9) as f64 * 50.0);
    d.lead.churn = Some(0.35);
    d.did_often(User, PageVisit, "pricing", &[2, 7]);
}

fn came_back(d: &mut SampleLead) {
    d.stage(Orientation, 140);
    d.group(&[Decider, User]);
    d.did_often(User, PageVisit, "product", &[150, 141, 2, 1]);
    d.touched(User, Phone, Some(Answered), Days(130));
}
