//! One lead as the pipeline looks at it: its people with their places, and what each of them did.

use super::group::{Group, Human, past};
use crate::book::schema::Stage;
use crate::book::{Dossier, Lead, Person, Signal};
use crate::calendar::{Country, Instant, Place, Region, Whereabouts, Zone};

/// A lead, its group and the moment.
#[derive(Clone, Debug)]
pub(crate) struct Case<'a> {
    /// The lead's place in the book.
    pub(crate) index: usize,
    /// The lead.
    pub(crate) lead: &'a Lead,
    /// The stage after the `enter` statements.
    pub(crate) stage: Option<Stage>,
    /// The moment asked about.
    pub(crate) now: Instant,
    /// The buying group, in file order.
    pub(crate) people: Vec<Member<'a>>,
}

/// A member of the buying group.
#[derive(Clone, Debug)]
pub(crate) struct Member<'a> {
    /// The record.
    pub(crate) person: &'a Person,
    /// Who it is within the account.
    pub(crate) human: Option<Human>,
    /// Where they are.
    pub(crate) place: Place,
    /// Every record of theirs in the account, under any id: what one of them forbids is forbidden.
    pub(crate) records: Vec<&'a Person>,
    /// What concerns them, up to now, oldest first.
    pub(crate) signals: Vec<&'a Signal>,
}

impl<'a> Case<'a> {
    /// The case of a lead.
    pub(crate) fn new(
        book: &'a Dossier,
        group: &'a Group<'a>,
        index: usize,
        lead: &'a Lead,
        stage: Option<Stage>,
        now: Instant,
    ) -> Self {
        let people = lead.people.iter().map(|person| {
            let human = group.human(&person.id);
            let mut signals: Vec<&Signal> = group.signals_of(book, human).collect();
            signals.sort_by_key(|signal| signal.at);
            Member {
                person,
                human,
                place: place(lead, person),
                records: group.records_of(book, human).collect(),
                signals,
            }
        });
        Self { index, lead, stage, now, people: people.collect() }
    }

    /// What happened to the lead up to now, oldest first.
    pub(crate) fn past(&self) -> &'a [Signal] {
        past(self.lead, self.now)
    }
}

impl Member<'_> {
    /// What to call this person in a sentence.
    pub(crate) fn called(&self) -> &str {
        self.person.name.as_deref().unwrap_or(&self.person.id)
    }
}

/// Where a person is: as their own record says, else the lead's, else the account's.
pub(crate) fn place(lead: &Lead, person: &Person) -> Place {
    let zone = |text: Option<&String>| text.and_then(|name| Zone::parse(name).ok());
    let country = |text: Option<&String>| text.and_then(|code| Country::parse(code).ok());
    let account = &lead.account;
    let own = Whereabouts { zone: zone(person.zone.as_ref()), country: country(person.country.as_ref()), region: None };
    let shared = Whereabouts {
        zone: zone(lead.zone.as_ref().or(account.zone.as_ref())),
        country: country(lead.country.as_ref().or(account.country.as_ref())),
        region: account.region.as_ref().and_then(|code| Region::parse(code).ok()),
    };
    Place::of(own, shared)
}
