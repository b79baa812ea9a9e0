//! Caches of intermediate results that many leads share: locations, opening hours, open windows and placements.
//!
//! [`PlaceCache`] holds what does not depend on the moment of the decision and lives as long as the rulebook; [`MomentCache`] holds what was
//! computed for one `now`. Both grow with the number of different keys, never with the number of leads.
//!
//! Invariant: a cached value equals the value that computing it again gives. A cache changes how soon a decision is made, never the decision.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::book::{Lead, Person};
use crate::calendar::{Country, Instant, Location, TeamHolidays, Windows};
use crate::decide::context::blocked::Blocked;
use crate::decide::context::placement::Placement;
use crate::decide::context::sellers::LeadOwner;
use crate::evaluate::facts::working_time::WorkingCalendar;
use crate::lock::lock;

/// The result of placing a touch in time, and the first moment after `now` at which that result can change.
pub(crate) type CachedPlacement = (Result<Placement, Blocked>, Option<Instant>);

/// A location with a number that is equal for equal locations within one [`PlaceCache`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlaceId {
    /// Time zone, country and region.
    pub(crate) location: Location,
    /// The number of the location.
    pub(crate) number: u32,
    /// The country on record, as the fact `person.country` gives it; unlike that of the location never taken from the time zone.
    pub(crate) recorded_country: Option<Country>,
}

/// Key of open windows: a location, the `reachable` statements that apply and the rep whose working hours count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OpenTimesKey {
    /// The location, as [`PlaceId::number`].
    pub(crate) place: u32,
    /// The `reachable` statements: bit n stands for statement n.
    pub(crate) hours: u64,
    /// The rep, by index in the book; `None` when nobody's working hours count.
    pub(crate) rep: Option<usize>,
}

/// Key of a placement: everything that the moment of a touch depends on when no cap, pause or personal hours apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PlacementKey {
    /// The location of the person, as [`PlaceId::number`].
    pub(crate) place: u32,
    /// The `reachable` statements that apply there: bit n stands for statement n.
    pub(crate) hours: u64,
    /// The owner of the lead, which with the language determines the possible sellers.
    pub(crate) owner: LeadOwner,
    /// The number of the language of the person; 0 when it is not known.
    pub(crate) language: u32,
    /// The shape of the touch ([`ShapedTouch::shape`](crate::decide::context::statements::ShapedTouch::shape)).
    pub(crate) shape: u16,
}

/// What was computed for one `now`.
#[derive(Debug, Default)]
pub(crate) struct MomentCache {
    /// The moment; `None` before the first decision.
    pub(crate) now: Option<Instant>,
    open_windows: Mutex<FxHashMap<(OpenTimesKey, Instant), Arc<Windows>>>,
    placements: Mutex<FxHashMap<PlacementKey, CachedPlacement>>,
}

impl MomentCache {
    /// An empty cache for a moment.
    pub(crate) fn new(now: Instant) -> Self {
        Self { now: Some(now), ..Self::default() }
    }

    /// The windows from `now` to `until` in which everything named in the key is open; computed on first use.
    pub(crate) fn open_windows(
        &self,
        key: OpenTimesKey,
        until: Instant,
        compute: impl FnOnce() -> Windows,
    ) -> Arc<Windows> {
        if let Some(cached) = lock(&self.open_windows).get(&(key, until)) {
            return cached.clone();
        }
        let windows = Arc::new(compute());
        lock(&self.open_windows).insert((key, until), windows.clone());
        windows
    }

    /// The placement stored for a key, if there is one.
    pub(crate) fn placement(&self, key: &PlacementKey) -> Option<CachedPlacement> {
        lock(&self.placements).get(key).copied()
    }

    /// Stores a placement, with the first moment at which it can change.
    pub(crate) fn store_placement(
        &self,
        key: PlacementKey,
        placement: Result<Placement, Blocked>,
        changes_at: Option<Instant>,
    ) {
        lock(&self.placements).insert(key, (placement, changes_at));
    }
}

/// What was computed that holds at every moment.
#[derive(Debug, Default)]
pub(crate) struct PlaceCache {
    /// Opening hours, and when they are open.
    pub(crate) calendar: Arc<WorkingCalendar>,
    word_numbers: Mutex<BTreeMap<String, u32>>,
    places: Mutex<FxHashMap<[u32; 5], PlaceId>>,
    location_numbers: Mutex<FxHashMap<Location, u32>>,
}

impl PlaceCache {
    /// An empty cache for packs that add these days to the public holidays.
    pub(crate) fn with_holidays(added: TeamHolidays) -> Self {
        Self { calendar: Arc::new(WorkingCalendar::with_holidays(added)), ..Self::default() }
    }

    /// A number for a word: equal for equal words, 0 for no word.
    pub(crate) fn word_number(&self, word: Option<&String>) -> u32 {
        let Some(word) = word else { return 0 };
        // Codes of countries, languages and regions fit in a number: the letters in the low bits, their count in the two highest.
        if let 1..=3 = word.len() {
            let letters = word.bytes().fold(0, |letters, letter| letters << 8 | u32::from(letter));
            return (word.len() as u32) << 30 | letters;
        }
        // Looked up and inserted under one lock: two threads must not give the same word two numbers, or two words the same one.
        let mut numbers = lock(&self.word_numbers);
        if let Some(cached) = numbers.get(word) {
            return *cached;
        }
        let number = u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX);
        numbers.insert(word.clone(), number);
        number
    }

    /// The location of a person ([`Lead::location_of`]).
    pub(crate) fn locate(&self, lead: &Lead, person: &Person) -> PlaceId {
        let account = &lead.account;
        let shared_zone = lead.zone.as_ref().or(account.zone.as_ref());
        let shared_country = lead.country.as_ref().or(account.country.as_ref());
        let recorded =
            [person.zone.as_ref(), person.country.as_ref(), shared_zone, shared_country, account.region.as_ref()];
        let key = recorded.map(|word| self.word_number(word));
        if let Some(cached) = lock(&self.places).get(&key) {
            return *cached;
        }
        let recorded_country = person.country.as_ref().or(shared_country).and_then(|code| Country::parse(code).ok());
        let place = self.number_location(lead.location_of(person), recorded_country);
        lock(&self.places).insert(key, place);
        place
    }

    fn number_location(&self, location: Location, recorded_country: Option<Country>) -> PlaceId {
        let mut numbers = lock(&self.location_numbers);
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        PlaceId { location, number: *numbers.entry(location).or_insert(next), recorded_country }
    }
}
