//! Policies as data: what is never done, how often, when people may be reached, and rest after a contact.
//!
//! Left out: whether a policy holds for a lead, and what it forbids there, which `decide/gates` says.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::book::vocabulary::Channel;
use crate::calendar::{Country, Duration, Instant, TeamHolidays};
use crate::diagnostics::Span;
use crate::pack::expression::Clause;
use crate::pack::statements::Pack;

/// The channels that a policy is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channels {
    /// `any`
    Any,
    /// One channel.
    One(Channel),
}

impl Channels {
    /// True when the policy is about this channel.
    pub fn cover(self, channel: Channel) -> bool {
        match self {
            Self::Any => true,
            Self::One(one) => one == channel,
        }
    }
}

/// A prohibition of contact.
#[derive(Clone, Debug)]
pub struct Never {
    /// Its name, unique among the policies of the pack; `None` for one without.
    pub name: Option<String>,
    /// On which channels.
    pub channels: Channels,
    /// The condition under which it holds; always, where absent.
    pub when: Option<Clause>,
    /// The condition under which it does not hold although `when` does.
    pub unless: Option<Clause>,
    /// Why.
    pub because: Option<Clause>,
    /// Where it stands.
    pub span: Span,
}

/// Whose touches a limit counts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One person, under all ids of theirs, in all leads of the account. The default.
    Person,
    /// One lead.
    Lead,
    /// All leads and people of one account.
    Account,
}

/// A maximum number of touches in a rolling window: no window of the length `per` (its end not included) holds more than `most`.
#[derive(Clone, Debug)]
pub struct Limit {
    /// Its name, unique among the policies of the pack; `None` for one without.
    pub name: Option<String>,
    /// On which channels; `any` counts all channels together.
    pub channels: Channels,
    /// The highest number allowed.
    pub most: u32,
    /// The length of the window.
    pub per: Duration,
    /// Whose touches it counts together.
    pub across: Scope,
    /// When it holds; always, where absent.
    pub when: Option<Clause>,
    /// Why.
    pub because: Option<Clause>,
    /// Where it stands.
    pub span: Span,
}

/// When people may be reached, in their own local time. Where several apply, each must allow it.
#[derive(Clone, Debug)]
pub struct Hours {
    /// Its name, unique among the policies of the pack; `None` for one without.
    pub name: Option<String>,
    /// On which channels.
    pub channels: Channels,
    /// OpenStreetMap opening hours: `Mo-Fr 09:00-12:30,13:30-17:30; PH off`. Checked when read.
    pub hours: Arc<str>,
    /// When it holds; always, where absent.
    pub when: Option<Clause>,
    /// Why.
    pub because: Option<Clause>,
    /// Where it stands.
    pub span: Span,
}

/// Days that count as public holidays of a country besides those that are known, wherever hours say `PH`.
#[derive(Clone, Debug)]
pub struct Holidays {
    /// Its name, unique among the policies of the pack; `None` for one without.
    pub name: Option<String>,
    /// The country.
    pub country: Country,
    /// The days, in the order in which they are written.
    pub days: Vec<NaiveDate>,
    /// Where they come from.
    pub because: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// The days that packs add to the public holidays. A pack adds a day when it is in force at noon of that day in UTC.
pub fn team_holidays(packs: &[Pack]) -> TeamHolidays {
    let given = packs.iter().flat_map(|pack| {
        let days = pack.holidays.iter().flat_map(|one| one.days.iter().map(move |day| (one.country, *day)));
        days.filter(move |(_, day)| pack.about.in_force(noon(*day)))
    });
    TeamHolidays::new(given)
}

/// Noon of a day in UTC.
fn noon(day: NaiveDate) -> Instant {
    Instant::from_millis(i64::from(day.to_epoch_days()) * Duration::DAY.millis() + Duration::DAY.millis() / 2)
}

/// A time without contact. It starts at the last signal on the channel (for `any`: on any channel) with that person.
#[derive(Clone, Debug)]
pub struct Pause {
    /// Its name, unique among the policies of the pack; `None` for one without.
    pub name: Option<String>,
    /// On which channels.
    pub channels: Channels,
    /// How long.
    pub length: Duration,
    /// When.
    pub when: Clause,
    /// Why.
    pub because: Option<Clause>,
    /// Where it stands.
    pub span: Span,
}
