//! The people of a page of leads as columns: what the choice of a person reads of them.
//!
//! Not in columns, and read from the record: ids and names, the order of further roles, own hours, consents, and what the records of the
//! same human in other leads of the account have.

use std::ops::Range;

use crate::book::lead_ref::PersonRecordRef;
use crate::book::list_ranges::{self, place, put, put_rare, shift};
use crate::book::word_table::{WordId, WordTable};

/// Bit in [`PeopleColumns::flags`]: asked not to be called.
pub const DO_NOT_CALL: u8 = 1;
/// Bit in [`PeopleColumns::flags`]: asked not to be mailed.
pub const DO_NOT_EMAIL: u8 = 2;
/// Bit in [`PeopleColumns::flags`]: objected to direct marketing.
pub const OBJECTED: u8 = 4;
/// Bit in [`PeopleColumns::flags`]: has own hours.
pub const OWN_HOURS: u8 = 8;
/// Bit in [`PeopleColumns::flags`]: has consents.
pub const CONSENTS: u8 = 16;
/// Bit in [`PeopleColumns::flags`]: has aliases.
pub const ALIASES: u8 = 32;
/// Bit in [`PeopleColumns::flags`]: has an id as a human ([`Person::human`](crate::book::Person::human)).
pub const HUMAN: u8 = 64;
/// Bit in [`PeopleColumns::flags`]: leaves, or is away at some time. Facts of the log of their lead are read from the record.
pub const COMES_AND_GOES: u8 = 128;

/// The people of a page, one list for each property. Those of lead n are at `starts[n]..starts[n + 1]`, in file order.
///
/// A word of a vocabulary is stored as its place in the list of its enum plus 1; 0 is unknown. In a set of words the bit of a word is its
/// place. Values are those of the person's own record: a country, zone or language that the person takes from the lead is not filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct PeopleColumns {
    /// The place of the first person of each lead, and at the end the number of all people.
    pub starts: Vec<u32>,
    /// The set of roles.
    pub roles: Vec<u8>,
    /// The first role.
    pub first_role: Vec<u8>,
    /// The set of channels.
    pub channels: Vec<u8>,
    /// [`DO_NOT_CALL`], [`DO_NOT_EMAIL`], [`OBJECTED`], [`OWN_HOURS`], [`CONSENTS`], [`ALIASES`], [`HUMAN`] and
    /// [`COMES_AND_GOES`], as bits.
    pub flags: Vec<u8>,
    /// The stance.
    pub stance: Vec<u8>,
    /// The legal form.
    pub legal_form: Vec<u8>,
    /// The influence, 0 to 1; NaN where unknown. Empty when it is unknown for everybody in the page.
    pub influence: Vec<f64>,
    /// The person's own country. Empty when nobody in the page has one.
    pub country: Vec<WordId>,
    /// The person's own time zone. Empty when nobody in the page has one.
    pub zone: Vec<WordId>,
    /// The person's own language. Empty when nobody in the page has one.
    pub language: Vec<WordId>,
    /// How many people have the flag [`COMES_AND_GOES`].
    pub coming_and_going: usize,
}

impl Default for PeopleColumns {
    fn default() -> Self {
        Self {
            starts: vec![0],
            roles: Vec::new(),
            first_role: Vec::new(),
            channels: Vec::new(),
            flags: Vec::new(),
            stance: Vec::new(),
            legal_form: Vec::new(),
            influence: Vec::new(),
            country: Vec::new(),
            zone: Vec::new(),
            language: Vec::new(),
            coming_and_going: 0,
        }
    }
}

impl PeopleColumns {
    /// The number of all people.
    pub const fn len(&self) -> usize {
        self.roles.len()
    }

    /// True when there are no people.
    pub const fn is_empty(&self) -> bool {
        self.roles.is_empty()
    }

    /// The places of the people of a lead; empty for a lead beyond the end.
    pub fn range(&self, lead: usize) -> Range<usize> {
        list_ranges::range(&self.starts, lead)
    }

    /// Whether somebody of a lead leaves or is away at some time.
    pub fn come_and_go(&self, lead: usize) -> bool {
        let flags = self.flags.get(self.range(lead)).unwrap_or_default();
        flags.iter().any(|flags| flags & COMES_AND_GOES != 0)
    }

    /// Appends a lead with its people.
    pub(in crate::book) fn push(&mut self, people: &[PersonRecordRef<'_>], words: &mut WordTable) {
        self.put(&(self.len()..self.len()), people, words);
        self.starts.push(place(self.len()));
    }

    /// Replaces the people of a lead. Does nothing for a lead beyond the end.
    pub(super) fn replace(&mut self, lead: usize, people: &[PersonRecordRef<'_>], words: &mut WordTable) {
        if lead + 1 >= self.starts.len() {
            return;
        }
        let range = self.range(lead);
        self.put(&range, people, words);
        shift(&mut self.starts, lead, people.len(), range.len());
    }

    fn put(&mut self, range: &Range<usize>, people: &[PersonRecordRef<'_>], words: &mut WordTable) {
        let len = self.len();
        let set = |places: &mut dyn Iterator<Item = u8>| places.fold(0_u8, |set, place| set | 1 << place);
        let roles = |person: &PersonRecordRef<'_>| set(&mut person.roles.iter().map(|role| *role as u8));
        let channels = |person: &PersonRecordRef<'_>| set(&mut person.channels.iter().map(|channel| *channel as u8));
        put(&mut self.roles, range, people.iter().map(roles));
        put(
            &mut self.first_role,
            range,
            people.iter().map(|person| person.roles.first().map_or(0, |role| *role as u8 + 1)),
        );
        put(&mut self.channels, range, people.iter().map(channels));
        let come_and_go = |flags: &[u8]| flags.iter().filter(|flags| **flags & COMES_AND_GOES != 0).count();
        self.coming_and_going -= come_and_go(self.flags.get(range.clone()).unwrap_or_default());
        put(&mut self.flags, range, people.iter().map(flags));
        let now = range.start..range.start + people.len();
        self.coming_and_going += come_and_go(self.flags.get(now).unwrap_or_default());
        put(&mut self.stance, range, people.iter().map(|person| person.stance.map_or(0, |stance| stance as u8 + 1)));
        put(
            &mut self.legal_form,
            range,
            people.iter().map(|person| person.legal_form.map_or(0, |form| form as u8 + 1)),
        );
        put_rare(&mut self.influence, range, people.iter().map(|person| person.influence), (len, f64::NAN));
        let mut words = |list: &mut Vec<WordId>, text: for<'p> fn(&PersonRecordRef<'p>) -> Option<&'p str>| {
            if !list.is_empty() || people.iter().any(|person| text(person).is_some()) {
                let numbers = people.iter().map(|person| text(person).map(|text| words.number(text)));
                let numbers: Vec<Option<WordId>> = numbers.collect();
                put_rare(list, range, numbers.iter().copied(), (len, WordId::NONE));
            }
        };
        words(&mut self.country, |person| person.country);
        words(&mut self.zone, |person| person.zone);
        words(&mut self.language, |person| person.language);
    }

    /// Frees unused capacity.
    pub(in crate::book) fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        for list in [
            &mut self.roles,
            &mut self.first_role,
            &mut self.channels,
            &mut self.flags,
            &mut self.stance,
            &mut self.legal_form,
        ] {
            list.shrink_to_fit();
        }
        self.influence.shrink_to_fit();
        for list in [&mut self.country, &mut self.zone, &mut self.language] {
            list.shrink_to_fit();
        }
    }
}

fn flags(person: &PersonRecordRef<'_>) -> u8 {
    let flags = [
        (person.do_not_call, DO_NOT_CALL),
        (person.do_not_email, DO_NOT_EMAIL),
        (person.objected, OBJECTED),
        (person.reachable.is_some(), OWN_HOURS),
        (!person.consents.is_empty(), CONSENTS),
        (!person.aliases.is_empty(), ALIASES),
        (person.human.is_some(), HUMAN),
        (person.left_at.is_some() || !person.absences.is_empty(), COMES_AND_GOES),
    ];
    flags.iter().filter(|(holds, _)| *holds).fold(0, |set, (_, flag)| set | flag)
}
