//! What deciding needs at hand: the book, the rules, the moment, and what was already worked out about places, hours and moments.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::book::rep::Rep;
use crate::book::{AccountRecords, Lead, Person};
use crate::calendar::{Country, Instant, Location, OpenTimesCache, Reachable, RecordedLocation, Region, Windows, Zone};
use crate::decide::context::placement::Placement;
use crate::decide::context::sellers::SalesTeam;
use crate::decide::context::statements::StatementIndex;
use crate::decide::context::stop::Blocked;
use crate::lock::lock;
use crate::pack::Pack;

/// The leads of an account, with what the whole office has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AccountContext<'a> {
    /// The leads, reps and content.
    pub(crate) book: &'a AccountRecords,
    /// What all desks share.
    office: &'a DecisionContext<'a>,
}

/// The rules and the reps at one moment. What it remembers never changes an answer, only how soon it comes.
#[derive(Debug)]
pub(crate) struct DecisionContext<'a> {
    /// The packs in force.
    pub(crate) packs: &'a [Pack],
    /// Their statements, numbered.
    pub(crate) statements: Arc<StatementIndex>,
    /// The reps.
    pub(crate) team: Arc<SalesTeam>,
    /// The moment asked about.
    pub(crate) now: Instant,
    /// What does not depend on the moment.
    pub(crate) known: Arc<PlaceCache>,
    moment: Arc<MomentCache>,
}

/// What was worked out at one moment.
#[derive(Debug, Default)]
pub(crate) struct MomentCache {
    now: Option<Instant>,
    open: Mutex<CacheMap<(OpenTimesKey, Instant), Arc<Windows>>>,
    placed: Mutex<CacheMap<PlacementKey, CachedPlacement>>,
}

/// A moment or what stops it, and when that can change.
type CachedPlacement = (Result<Placement, Blocked>, Option<Instant>);
type CacheMap<K, V> = FxHashMap<K, V>;

/// What was worked out that holds at every moment.
#[derive(Debug, Default)]
pub(crate) struct PlaceCache {
    /// Open times worked out so far.
    pub(crate) almanac: OpenTimesCache,
    hours: Mutex<BTreeMap<String, Option<Arc<Reachable>>>>,
    words: Mutex<BTreeMap<String, u32>>,
    places: Mutex<CacheMap<[u32; 5], PlaceId>>,
    spots: Mutex<CacheMap<Location, u32>>,
}

/// A place with its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlaceId {
    /// The place.
    pub(crate) place: Location,
    /// Equal for equal places.
    pub(crate) number: u32,
}

/// Whose open time: those hours at that place while this rep works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OpenTimesKey {
    /// The place, by number.
    pub(crate) spot: u32,
    /// The `reachable` statements, a bit each.
    pub(crate) hours: u64,
    /// The rep, by place in the book.
    pub(crate) rep: Option<usize>,
}

/// What the moment of a touch depends on, where nothing is particular about the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PlacementKey {
    /// Where, and the hours that hold there.
    pub(crate) spot: u32,
    /// The `reachable` statements, a bit each.
    pub(crate) hours: u64,
    /// Whose chain of sellers.
    pub(crate) owner: LeadOwner,
    /// The shape of the touch.
    pub(crate) shape: u16,
}

/// Who looks after a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum LeadOwner {
    /// Nobody.
    Nobody,
    /// Somebody of whom the book has no record.
    Stranger,
    /// A rep, by place in the book.
    Rep(usize),
}

/// What holds at every moment: the statements, the reps, and what was worked out about hours and places. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct SharedContext {
    statements: Arc<StatementIndex>,
    team: Arc<SalesTeam>,
    known: Arc<PlaceCache>,
    /// What was worked out at the moment that was asked about last.
    moment: Arc<Mutex<Arc<MomentCache>>>,
}

impl SharedContext {
    /// Nothing is worked out yet.
    pub(crate) fn new(packs: &[Pack], reps: &[Rep]) -> Self {
        Self {
            statements: Arc::new(StatementIndex::of(packs)),
            team: Arc::new(SalesTeam::of(reps)),
            known: Arc::default(),
            moment: Arc::default(),
        }
    }
}

impl<'a> AccountContext<'a> {
    /// A desk for these leads.
    pub(crate) const fn new(book: &'a AccountRecords, office: &'a DecisionContext<'a>) -> Self {
        Self { book, office }
    }
}

impl<'a> std::ops::Deref for AccountContext<'a> {
    type Target = DecisionContext<'a>;

    fn deref(&self) -> &DecisionContext<'a> {
        self.office
    }
}

impl<'a> DecisionContext<'a> {
    /// An office at a moment.
    pub(crate) fn new(packs: &'a [Pack], shared: &SharedContext, now: Instant) -> Self {
        let SharedContext { statements, team, known, .. } = shared.clone();
        let mut moment = lock(&shared.moment);
        if moment.now != Some(now) {
            *moment = Arc::new(MomentCache { now: Some(now), ..MomentCache::default() });
        }
        Self { packs, statements, team, now, known, moment: moment.clone() }
    }

    /// The first moment after now at which a pack comes into force or ends.
    pub(crate) fn valid_until(&self) -> Option<Instant> {
        let turns = self.packs.iter().flat_map(|pack| [pack.about.valid_from, pack.about.valid_to]).flatten();
        turns.filter(|at| *at > self.now).min()
    }

    /// Hours by their text; `None` when they cannot be read.
    pub(crate) fn hours(&self, text: &str) -> Option<Arc<Reachable>> {
        self.known.hours(text)
    }

    /// Where a person is.
    pub(crate) fn place(&self, lead: &Lead, person: &Person) -> PlaceId {
        self.known.place(lead, person)
    }

    /// When those hours are all open and the rep is at work, from now on.
    pub(crate) fn open(
        &self,
        opening: OpenTimesKey,
        until: Instant,
        work_out: impl FnOnce() -> Windows,
    ) -> Arc<Windows> {
        if let Some(known) = lock(&self.moment.open).get(&(opening, until)) {
            return known.clone();
        }
        let open = Arc::new(work_out());
        lock(&self.moment.open).insert((opening, until), open.clone());
        open
    }

    /// The moment of a touch of which nothing is particular, if it was worked out before.
    pub(crate) fn placed(&self, placing: &PlacementKey) -> Option<CachedPlacement> {
        lock(&self.moment.placed).get(placing).copied()
    }

    /// Remembers such a moment, with when it can change.
    pub(crate) fn remember(&self, placing: PlacementKey, placed: Result<Placement, Blocked>, until: Option<Instant>) {
        lock(&self.moment.placed).insert(placing, (placed, until));
    }
}

impl PlaceCache {
    fn hours(&self, text: &str) -> Option<Arc<Reachable>> {
        if let Some(known) = lock(&self.hours).get(text) {
            return known.clone();
        }
        let read = Reachable::parse(text).ok().map(Arc::new);
        lock(&self.hours).insert(text.to_owned(), read.clone());
        read
    }

    /// A number for a word: the same for the same word, 0 for none.
    pub(crate) fn number(&self, word: Option<&String>) -> u32 {
        let Some(word) = word else { return 0 };
        // Countries, languages and regions are short, and their own number: letters below, how many above.
        if let 1..=3 = word.len() {
            let letters = word.bytes().fold(0, |letters, letter| letters << 8 | u32::from(letter));
            return (word.len() as u32) << 30 | letters;
        }
        if let Some(known) = lock(&self.words).get(word) {
            return *known;
        }
        let mut words = lock(&self.words);
        let number = u32::try_from(words.len() + 1).unwrap_or(u32::MAX);
        words.insert(word.clone(), number);
        number
    }

    /// As the person's own record says, else the lead's, else the account's.
    fn place(&self, lead: &Lead, person: &Person) -> PlaceId {
        let account = &lead.account;
        let shared_zone = lead.zone.as_ref().or(account.zone.as_ref());
        let shared_country = lead.country.as_ref().or(account.country.as_ref());
        let said =
            [person.zone.as_ref(), person.country.as_ref(), shared_zone, shared_country, account.region.as_ref()];
        let key = said.map(|word| self.number(word));
        if let Some(known) = lock(&self.places).get(&key) {
            return *known;
        }
        let zone = |text: Option<&String>| text.and_then(|name| Zone::parse(name).ok());
        let country = |text: Option<&String>| text.and_then(|code| Country::parse(code).ok());
        let own = RecordedLocation {
            zone: zone(person.zone.as_ref()),
            country: country(person.country.as_ref()),
            region: None,
        };
        let shared = RecordedLocation {
            zone: zone(shared_zone),
            country: country(shared_country),
            region: account.region.as_ref().and_then(|code| Region::parse(code).ok()),
        };
        let spot = self.spot(Location::of(own, shared));
        lock(&self.places).insert(key, spot);
        spot
    }

    fn spot(&self, place: Location) -> PlaceId {
        let mut spots = lock(&self.spots);
        let next = u32::try_from(spots.len()).unwrap_or(u32::MAX);
        PlaceId { place, number: *spots.entry(place).or_insert(next) }
    }
}
