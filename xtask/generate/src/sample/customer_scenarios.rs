//! Sample scenarios of people who react on social media, of customers, and of lost leads.

use TimeAgo::{Days, Minutes};

use crate::sample::sample_lead::{SampleLead, TimeAgo};
use cadans::book::vocabulary::Channel::{Email, Phone, Social, Video};
use cadans::book::vocabulary::Outcome::{Answered, Held, Replied};
use cadans::book::vocabulary::Role::{Buyer, Decider, Influencer, Initiator, User};
use cadans::book::vocabulary::SignalKind::{Click, Engage, Note, Order, PageVisit, Unsubscribe};
use cadans::book::vocabulary::Stage::{Consideration, Customer, Interest, Lost, Orientation, Proposal};
use cadans::book::vocabulary::{Basis, QuoteStatus, Stance};

/// All scenarios, after those of [`prospect_scenarios`](crate::sample::prospect_scenarios).
pub(super) const ALL: &[fn(&mut SampleLead)] = &[
    reacted_twice,
    wrote_back_online,
    news_of_a_person,
    asks_in_public,
    just_ordered,
    complaint,
    first_month,
    reads_help,
    quiet_customer,
    looks_how_to_leave,
    renewal_ahead,
    new_wish,
    glad_and_loyal,
    likely_to_leave,
    lost_lately,
    lost_and_looking,
    unsubscribed,
    nothing_known,
    stale,
];

fn reacted_twice(sample: &mut SampleLead) {
    sample.stage(Interest, 12);
    sample.buying_group(&[Influencer, Decider]);
    sample.inbound_signals(Influencer, Engage, "post", &[2, 9, 16]);
    sample.touch(Influencer, Social, Some(Replied), Days(14));
    sample.inbound_signal(Influencer, PageVisit, "cases", Days(1));
}

fn wrote_back_online(sample: &mut SampleLead) {
    sample.stage(Interest, 9);
    sample.buying_group(&[User, Decider]);
    sample.inbound_signal(User, Engage, "post", Days(9));
    sample.touch(User, Social, Some(Replied), Days(3));
    let minutes = sample.rng.between(40, 1300);
    sample.reply(User, Social, Minutes(minutes));
}

fn news_of_a_person(sample: &mut SampleLead) {
    sample.stage(Orientation, 28);
    sample.buying_group(&[Decider, Influencer]);
    sample.reachable_person(Decider, Social);
    sample.inbound_signal(Decider, Note, "new-job", Days(12));
    sample.inbound_signal(Influencer, Note, "post", Days(2));
    sample.inbound_signals(Influencer, Click, "insight", &[3, 10, 20]);
}

fn asks_in_public(sample: &mut SampleLead) {
    sample.stage(Interest, 14);
    sample.buying_group(&[Influencer, User]);
    sample.inbound_signal(Influencer, Note, "question", Days(1));
    sample.inbound_signal(User, Note, "connected", Days(4));
    sample.inbound_signal(User, Click, "deep-dive", Days(3));
}

fn just_ordered(sample: &mut SampleLead) {
    sample.customer_since(2);
    sample.stage(Customer, 2);
    sample.buying_group(&[Decider, User]);
    sample.inbound_signals(Decider, PageVisit, "pricing", &[20, 14]);
    sample.quote(11, QuoteStatus::Accepted);
    sample.inbound_signal(Decider, Order, "", Days(2));
}

fn complaint(sample: &mut SampleLead) {
    let since = sample.rng.between(90, 800);
    sample.customer_since(since);
    sample.stage(Customer, since);
    sample.buying_group(&[User, Decider]);
    sample.inbound_signal(User, Note, "complaint", Minutes(1210));
    sample.inbound_signals(User, PageVisit, "help", &[2, 3]);
}

fn first_month(sample: &mut SampleLead) {
    let since = sample.rng.between(26, 48);
    sample.customer_since(since);
    sample.stage(Customer, since);
    sample.buying_group(&[User, Decider, Buyer]);
    sample.inbound_signal(Decider, Order, "", Days(since));
    sample.touch(Decider, Phone, Some(Answered), Days(since - 3));
}

fn reads_help(sample: &mut SampleLead) {
    sample.customer_since(210);
    sample.stage(Customer, 210);
    sample.buying_group(&[User, Influencer]);
    sample.inbound_signals(User, PageVisit, "help", &[1, 2, 4, 5]);
    sample.touch(User, Phone, Some(Answered), Days(33));
}

fn quiet_customer(sample: &mut SampleLead) {
    let since = sample.rng.between(400, 650);
    sample.customer_since(since);
    sample.stage(Customer, since);
    sample.buying_group(&[Decider, User]);
    let last = sample.rng.between(70, 160);
    sample.touch(Decider, Phone, Some(Answered), Days(last));
}

fn looks_how_to_leave(sample: &mut SampleLead) {
    sample.customer_since(240);
    sample.stage(Customer, 240);
    sample.buying_group(&[Decider, Buyer]);
    sample.inbound_signals(Buyer, PageVisit, "cancel", &[1, 2]);
    sample.touch(Buyer, Email, None, Days(40));
}

fn renewal_ahead(sample: &mut SampleLead) {
    let since = if sample.rng.percent(50) { sample.rng.between(273, 297) } else { sample.rng.between(333, 362) };
    sample.customer_since(since);
    sample.stage(Customer, since);
    sample.buying_group(&[Decider, User]);
    sample.touch(User, Video, Some(Held), Days(50));
}

fn new_wish(sample: &mut SampleLead) {
    sample.customer_since(500);
    sample.stage(Interest, 6);
    sample.buying_group(&[Decider, User, Initiator]);
    sample.inbound_signals(Initiator, PageVisit, "product", &[1, 2, 4]);
    sample.lead.topic = Some("a second site".to_owned());
}

fn glad_and_loyal(sample: &mut SampleLead) {
    let since = sample.rng.between(720, 1400);
    sample.customer_since(since);
    sample.stage(Customer, since);
    sample.buying_group(&[Decider, User]);
    sample.change_person(User, |person| person.stance = Some(Stance::Champion));
    sample.touch(Decider, Phone, Some(Answered), Days(45));
}

fn likely_to_leave(sample: &mut SampleLead) {
    sample.stage(Proposal, 7);
    sample.buying_group(&[Decider, User]);
    sample.lead.churn = Some(sample.rng.between(32, 55) as f64 / 100.0);
    sample.quote(7, QuoteStatus::Open);
    sample.inbound_signals(User, PageVisit, "pricing", &[9, 2]);
}

fn lost_lately(sample: &mut SampleLead) {
    let since = sample.rng.between(16, 40);
    sample.stage(Lost, since);
    sample.buying_group(&[Decider, Influencer]);
    sample.quote(since + 12, QuoteStatus::Declined);
    sample.touch(Decider, Phone, Some(Answered), Days(since));
}

fn lost_and_looking(sample: &mut SampleLead) {
    sample.stage(Lost, 200);
    sample.buying_group(&[Decider, User]);
    sample.inbound_signals(User, PageVisit, "product", &[6, 1]);
    sample.touch(Decider, Phone, Some(Answered), Days(200));
}

fn unsubscribed(sample: &mut SampleLead) {
    sample.stage(Consideration, 23);
    sample.buying_group(&[Influencer, Decider]);
    sample.inbound_signals(Influencer, PageVisit, "pricing", &[3, 5]);
    sample.touch(Influencer, Email, None, Days(10));
    sample.inbound_signal(Influencer, Unsubscribe, "", Days(9));
    sample.change_person(Influencer, |person| {
        person.do_not_email = true;
        for consent in person.consents.iter_mut().filter(|consent| consent.basis != Basis::Requested) {
            consent.withdrawn_at = Some(crate::sample::NOW - crate::sample::sample_lead::days(9));
        }
    });
}

/// A lead of which only a name and a mail address are known.
fn nothing_known(sample: &mut SampleLead) {
    sample.buying_group(&[User]);
    sample.change_person(User, |person| {
        person.roles.clear();
        person.title = None;
        person.influence = None;
        person.consents.clear();
        person.channels = vec![Email];
    });
    sample.lead.value = None;
    sample.lead.churn = None;
    sample.lead.account.legal_form = None;
    sample.lead.account.employees = None;
    sample.lead.account.industry = None;
    sample.lead.owner = None;
}

fn stale(sample: &mut SampleLead) {
    let age = sample.rng.between(95, 170);
    sample.created(age);
    sample.stage(Orientation, age);
    sample.buying_group(&[Initiator, User]);
    sample.inbound_signal(Initiator, PageVisit, "blog", Days(age));
    sample.inbound_signal(Initiator, PageVisit, "product", Days(55));
}
