//! Stories of people who meet us online, of customers, and of those who said no.

use TimeAgo::{Days, Minutes};

use crate::book::sample::draft::{SampleLead, TimeAgo};
use crate::book::vocabulary::Channel::{Email, Phone, Social, Video};
use crate::book::vocabulary::Outcome::{Answered, Held, Replied};
use crate::book::vocabulary::Role::{Buyer, Decider, Influencer, Initiator, User};
use crate::book::vocabulary::SignalKind::{Click, Engage, Note, Order, PageVisit, Unsubscribe};
use crate::book::vocabulary::Stage::{Consideration, Customer, Interest, Lost, Orientation, Proposal};
use crate::book::vocabulary::{Basis, QuoteStatus, Stance};

/// Every story, in the order in which leads get them.
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

fn reacted_twice(d: &mut SampleLead) {
    d.stage(Interest, 12);
    d.group(&[Influencer, Decider]);
    d.did_often(Influencer, Engage, "post", &[2, 9, 16]);
    d.touched(Influencer, Social, Some(Replied), Days(14));
    d.did(Influencer, PageVisit, "cases", Days(1));
}

fn wrote_back_online(d: &mut SampleLead) {
    d.stage(Interest, 9);
    d.group(&[User, Decider]);
    d.did(User, Engage, "post", Days(9));
    d.touched(User, Social, Some(Replied), Days(3));
    let minutes = d.chance.between(40, 1300);
    d.replied(User, Social, Minutes(minutes));
}

fn news_of_a_person(d: &mut SampleLead) {
    d.stage(Orientation, 28);
    d.group(&[Decider, Influencer]);
    d.able(Decider, Social);
    d.did(Decider, Note, "new-job", Days(12));
    d.did(Influencer, Note, "post", Days(2));
    d.did_often(Influencer, Click, "insight", &[3, 10, 20]);
}

fn asks_in_public(d: &mut SampleLead) {
    d.stage(Interest, 14);
    d.group(&[Influencer, User]);
    d.did(Influencer, Note, "question", Days(1));
    d.did(User, Note, "connected", Days(4));
    d.did(User, Click, "deep-dive", Days(3));
}

fn just_ordered(d: &mut SampleLead) {
    d.customer(2);
    d.stage(Customer, 2);
    d.group(&[Decider, User]);
    d.did_often(Decider, PageVisit, "pricing", &[20, 14]);
    d.quoted(11, QuoteStatus::Accepted);
    d.did(Decider, Order, "", Days(2));
}

fn complaint(d: &mut SampleLead) {
    let since = d.chance.between(90, 800);
    d.customer(since);
    d.stage(Customer, since);
    d.group(&[User, Decider]);
    d.did(User, Note, "complaint", Minutes(1210));
    d.did_often(User, PageVisit, "help", &[2, 3]);
}

fn first_month(d: &mut SampleLead) {
    let since = d.chance.between(26, 48);
    d.customer(since);
    d.stage(Customer, since);
    d.group(&[User, Decider, Buyer]);
    d.did(Decider, Order, "", Days(since));
    d.touched(Decider, Phone, Some(Answered), Days(since - 3));
}

fn reads_help(d: &mut SampleLead) {
    d.customer(210);
    d.stage(Customer, 210);
    d.group(&[User, Influencer]);
    d.did_often(User, PageVisit, "help", &[1, 2, 4, 5]);
    d.touched(User, Phone, Some(Answered), Days(33));
}

fn quiet_customer(d: &mut SampleLead) {
    let since = d.chance.between(400, 650);
    d.customer(since);
    d.stage(Customer, since);
    d.group(&[Decider, User]);
    let last = d.chance.between(70, 160);
    d.touched(Decider, Phone, Some(Answered), Days(last));
}

fn looks_how_to_leave(d: &mut SampleLead) {
    d.customer(240);
    d.stage(Customer, 240);
    d.group(&[Decider, Buyer]);
    d.did_often(Buyer, PageVisit, "cancel", &[1, 2]);
    d.touched(Buyer, Email, None, Days(40));
}

fn renewal_ahead(d: &mut SampleLead) {
    let since = if d.chance.percent(50) { d.chance.between(273, 297) } else { d.chance.between(333, 362) };
    d.customer(since);
    d.stage(Customer, since);
    d.group(&[Decider, User]);
    d.touched(User, Video, Some(Held), Days(50));
}

fn new_wish(d: &mut SampleLead) {
    d.customer(500);
    d.stage(Interest, 6);
    d.group(&[Decider, User, Initiator]);
    d.did_often(Initiator, PageVisit, "product", &[1, 2, 4]);
    d.lead.topic = Some("a second site".to_owned());
}

fn glad_and_loyal(d: &mut SampleLead) {
    let since = d.chance.between(720, 1400);
    d.customer(since);
    d.stage(Customer, since);
    d.group(&[Decider, User]);
    d.person(User, |person| person.stance = Some(Stance::Champion));
    d.touched(Decider, Phone, Some(Answered), Days(45));
}

fn likely_to_leave(d: &mut SampleLead) {
    d.stage(Proposal, 7);
    d.group(&[Decider, User]);
    d.lead.churn = Some(d.chance.between(32, 55) as f64 / 100.0);
    d.quoted(7, QuoteStatus::Open);
    d.did_often(User, PageVisit, "pricing", &[9, 2]);
}

fn lost_lately(d: &mut SampleLead) {
    let since = d.chance.between(16, 40);
    d.stage(Lost, since);
    d.group(&[Decider, Influencer]);
    d.quoted(since + 12, QuoteStatus::Declined);
    d.touched(Decider, Phone, Some(Answered), Days(since));
}

fn lost_and_looking(d: &mut SampleLead) {
    d.stage(Lost, 200);
    d.group(&[Decider, User]);
    d.did_often(User, PageVisit, "product", &[6, 1]);
    d.touched(Decider, Phone, Some(Answered), Days(200));
}

fn unsubscribed(d: &mut SampleLead) {
    d.stage(Consideration, 23);
    d.group(&[Influencer, Decider]);
    d.did_often(Influencer, PageVisit, "pricing", &[3, 5]);
    d.touched(Influencer, Email, None, Days(10));
    d.did(Influencer, Unsubscribe, "", Days(9));
    d.person(Influencer, |person| {
        person.do_not_email = true;
        for consent in person.consents.iter_mut().filter(|consent| consent.basis != Basis::Requested) {
            consent.withdrawn_at = Some(crate::book::sample::NOW - crate::book::sample::draft::days(9));
        }
    });
}

/// A name and a mail address, and nothing else: unknown is a value too.
fn nothing_known(d: &mut SampleLead) {
    d.group(&[User]);
    d.person(User, |person| {
        person.roles.clear();
        person.title = None;
        person.influence = None;
        person.consents.clear();
        person.channels = vec![Email];
    });
    d.lead.value = None;
    d.lead.churn = None;
    d.lead.account.legal_form = None;
    d.lead.account.employees = None;
    d.lead.account.industry = None;
    d.lead.owner = None;
}

fn stale(d: &mut SampleLead) {
    let age = d.chance.between(95, 170);
    d.came_in(age);
    d.stage(Orientation, age);
    d.group(&[Initiator, User]);
    d.did(Initiator, PageVisit, "blog", Days(age));
    d.did(Initiator, PageVisit, "product", Days(55));
}
