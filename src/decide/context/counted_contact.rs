//! A contact moment that counts under caps, and which contacts are one and the same touch, so that a cap counts them once.
//!
//! A touch with several people (a mail to three of them, a meeting) is recorded as a signal of each, and one touch may be recorded in two leads.
//! Signals are one touch when they are of the same moment, over the same channel and alike in kind and outcome. A cap per person counts a touch
//! once that another lead has of the same person; a cap per lead or account counts it once however many people it was with. What one lead records
//! twice of the same person are two touches.
//!
//! A moment at midnight UTC is a date without a time of day, as systems export it. Touches of one date with different people are several; so are
//! planned ones, save for meetings.

use rustc_hash::FxHashMap;

use crate::book::SignalView;
use crate::book::vocabulary::Channel;
use crate::calendar::Instant;
use crate::decide::context::group_events::HumanId;
use crate::pack::policies::Scope;

/// A contact moment that counts under caps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CountedContact {
    /// When.
    pub(crate) at: Instant,
    /// Over which channel.
    pub(crate) channel: Channel,
    /// For which lead, as its place in the records.
    pub(crate) lead: usize,
    /// With whom; `None` counts for everybody in the lead.
    pub(crate) human: Option<HumanId>,
    /// True when it has been made; false when it is planned or advised.
    pub(crate) made: bool,
    /// For an advised one: the rep who makes it, by index in the book.
    pub(crate) rep: Option<u32>,
    /// Where an earlier contact is the same touch.
    pub(crate) repeats: Repeats,
}

/// The scopes in which an earlier contact is the same touch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Repeats {
    person: bool,
    lead: bool,
    account: bool,
}

impl Repeats {
    /// Whether a cap of this scope has counted the touch already.
    pub(crate) const fn in_scope(self, across: Scope) -> bool {
        match across {
            Scope::Person => self.person,
            Scope::Lead => self.lead,
            Scope::Account => self.account,
        }
    }
}

/// What is alike in all contacts that are one touch: its channel and, of one that was made, its signal.
type Likeness = (Channel, Option<SignalView>);

/// A contact with what tells which touch it is. `account` is the number of the account of its lead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OneContact {
    pub(crate) at: Instant,
    pub(crate) channel: Channel,
    /// `None` for a planned one.
    pub(crate) signal: Option<SignalView>,
    pub(crate) lead: usize,
    pub(crate) account: usize,
    pub(crate) human: Option<HumanId>,
}

impl From<OneContact> for CountedContact {
    /// The contact as one that nothing repeats, and that was made when it is a signal.
    fn from(contact: OneContact) -> Self {
        let OneContact { at, channel, signal, lead, account: _, human } = contact;
        Self { at, channel, lead, human, made: signal.is_some(), rep: None, repeats: Repeats::default() }
    }
}

impl OneContact {
    /// Whether contacts with other people that are like it are the same touch.
    fn may_be_with_several(&self) -> bool {
        match self.signal {
            Some(_) => self.at.millis() % DAY_MILLIS != 0,
            None => matches!(self.channel, Channel::Visit | Channel::Video),
        }
    }
}

const DAY_MILLIS: i64 = 86_400_000;

/// Which touches of one moment were there before. The `nth` of a key tells touches apart that one lead records of the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Known {
    /// How often a lead records the like of it with this person.
    InLead(Likeness, usize, Option<HumanId>),
    Person(Likeness, Option<HumanId>, u32),
    /// With whom, where those with other people are other touches.
    Lead(Likeness, usize, Option<Option<HumanId>>, u32),
    Account(Likeness, usize, Option<Option<HumanId>>, u32),
}

/// Looks at contacts in the order of their moments and finds those that are the same touch as an earlier one.
#[derive(Debug, Default)]
pub(crate) struct SameTouch {
    at: Option<Instant>,
    /// The first contact of the moment, which is noted only when there is a second: most moments have one.
    first: Option<OneContact>,
    known: FxHashMap<Known, u32>,
}

impl SameTouch {
    /// The scopes in which an earlier contact is the same touch as this one.
    pub(crate) fn repeats(&mut self, contact: OneContact) -> Repeats {
        if self.at != Some(contact.at) {
            self.at = Some(contact.at);
            self.first = Some(contact);
            self.known.clear();
            return Repeats::default();
        }
        if let Some(first) = self.first.take() {
            self.note(&first);
        }
        self.note(&contact)
    }

    fn note(&mut self, contact: &OneContact) -> Repeats {
        let OneContact { channel, signal, lead, account, human, .. } = *contact;
        let like = (channel, signal);
        let count = self.known.entry(Known::InLead(like, lead, human)).or_default();
        let nth = *count;
        *count += 1;
        let with = (!contact.may_be_with_several()).then_some(human);
        let mut is_known = |key: Known| self.known.insert(key, 0).is_some();
        Repeats {
            // What names nobody counts for everybody in its own lead.
            person: is_known(Known::Person(like, human, nth)) && human.is_some(),
            lead: is_known(Known::Lead(like, lead, with, nth)),
            account: is_known(Known::Account(like, account, with, nth)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::vocabulary::{Direction, SignalKind};

    const MORNING: i64 = 1_795_000_000_000;
    const DATE: i64 = 1_794_960_000_000;

    /// The scopes in which each contact (millisecond, lead, account, person) repeats an earlier one: `p`, `l`, `a`.
    fn repeats(channel: Channel, made: bool, contacts: &[(i64, usize, usize, u32)]) -> Vec<String> {
        let view = SignalView::new(SignalKind::Email, Some(channel), Some(Direction::Outbound), None);
        let mut same = SameTouch::default();
        let mut one = |&(at, lead, account, person): &(i64, usize, usize, u32)| {
            let (at, human) = (Instant::from_millis(at), Some(HumanId::member(person)));
            let signal = made.then_some(view);
            let found = same.repeats(OneContact { at, channel, signal, lead, account, human });
            let scopes = [(Scope::Person, 'p'), (Scope::Lead, 'l'), (Scope::Account, 'a')];
            scopes.iter().filter(|(scope, _)| found.in_scope(*scope)).map(|(_, letter)| letter).collect()
        };
        contacts.iter().map(&mut one).collect()
    }

    #[test]
    fn a_mail_to_three_people_is_one_touch_for_their_lead_and_account() {
        let mail = [(MORNING, 0, 0, 1), (MORNING, 0, 0, 2), (MORNING, 1, 0, 3), (MORNING + 1, 0, 0, 1)];
        assert_eq!(repeats(Channel::Email, true, &mail), ["", "la", "a", ""]);
        assert_eq!(repeats(Channel::Email, true, &[(MORNING, 0, 0, 1), (MORNING, 1, 5, 2)]), ["", ""]);
    }

    #[test]
    fn a_touch_in_two_leads_is_one_for_the_person_and_what_a_lead_records_twice_is_two() {
        let copied = [(MORNING, 0, 0, 1), (MORNING, 1, 0, 1), (MORNING, 1, 0, 1), (MORNING, 2, 0, 1)];
        assert_eq!(repeats(Channel::Phone, true, &copied), ["", "pa", "", "pa"]);
    }

    #[test]
    fn on_a_date_without_a_time_of_day_people_are_touched_one_by_one() {
        let of_a_date = [(DATE, 0, 0, 1), (DATE, 0, 0, 2), (DATE, 1, 0, 2)];
        assert_eq!(repeats(Channel::Phone, true, &of_a_date), ["", "", "pa"]);
    }

    #[test]
    fn a_planned_meeting_with_several_is_one_and_planned_calls_are_several() {
        let planned = [(MORNING, 0, 0, 1), (MORNING, 0, 0, 2)];
        assert_eq!(repeats(Channel::Visit, false, &planned), ["", "la"]);
        assert_eq!(repeats(Channel::Phone, false, &planned), ["", ""]);
    }
}
