//! Builds one lead of the sample: its account, people, signals, quotes and planned touches. Times are given as days before
//! [`NOW`](crate::sample::NOW), people by their role.

use crate::sample::places::{INDUSTRIES, NOWHERE, PLACES, SOURCES, SamplePlace, TOPICS};
use crate::sample::{NOW, SeededRng};
use cadans::book::lead::{Account, Consent, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
use cadans::book::vocabulary::{Basis, Channel, Direction, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stage};
use cadans::calendar::{Duration, Instant, Zone};

/// A length of time before [`NOW`].
#[derive(Clone, Copy, Debug)]
pub(super) enum TimeAgo {
    /// Minutes.
    Minutes(i64),
    /// Days, at a random hour of the customer's working day; a day of the weekend becomes the Friday before (after [`NOW`], the Monday
    /// after).
    Days(i64),
}

/// A lead of the sample while it is built.
pub(super) struct SampleLead {
    pub(super) lead: Lead,
    pub(super) rng: SeededRng,
    place: &'static SamplePlace,
    zone: Zone,
    /// The first letter of the ids of its people. Two leads of one account must differ in it, because the same id there is the same human.
    letter: char,
}

impl SampleLead {
    /// Lead number `nth`, in the place of lead number `home`, with an account and without people.
    pub(super) fn new(nth: usize, home: usize, mut rng: SeededRng) -> Self {
        let place = PLACES.get(home % PLACES.len()).unwrap_or(&NOWHERE);
        let zone = Zone::parse(place.true_zone).unwrap_or(Zone::UTC);
        let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let trade = rng.below(INDUSTRIES.len() as u64) as usize;
        let (industry, low, high) = INDUSTRIES.get(trade).copied().unwrap_or_default();
        let stem = rng.pick(place.stem).unwrap_or_default();
        let trade = place.trades.get(trade).copied().unwrap_or_default();
        let name = format!("{stem} {trade} {}", place.suffix);
        let mut lead = Lead {
            id: format!("L-{:03}", nth + 1),
            name: Some(name.clone()),
            account: Account {
                id: format!("L-{:03}", nth + 1),
                name: Some(name),
                country: known(place.country),
                region: known(place.region),
                zone: known(place.zone),
                legal_form: Some(LegalForm::LegalEntity),
                industry: Some(industry.to_owned()),
                employees: Some(rng.between(low, high)),
                customer_since: None,
            },
            language: known(place.language),
            owner: known(place.owner),
            source: rng.pick(SOURCES).map(ToOwned::to_owned),
            topic: rng.pick(TOPICS).map(ToOwned::to_owned),
            value: Some(rng.between(6, 480) as f64 * 100.0),
            churn: Some(rng.between(4, 24) as f64 / 100.0),
            ..Lead::default()
        };
        lead.created_at = Some(NOW - days(rng.between(12, 58)));
        Self { lead, rng, place, zone, letter: if home == nth { 'p' } else { 's' } }
    }

    /// The lead, with its signals in order of time.
    pub(super) fn finish(mut self) -> Lead {
        self.lead.signals.sort_by_key(|signal| signal.at);
        let first = self.lead.signals.first().map(|signal| signal.at);
        // A lead is created no later than its first signal.
        self.lead.created_at = self.lead.created_at.min(first.or(self.lead.created_at));
        self.lead
    }

    /// Sets the stage, and how many days ago the lead entered it.
    pub(super) fn stage(&mut self, stage: Stage, since_days: i64) {
        self.lead.stage = Some(stage);
        let since = self.moment(TimeAgo::Days(since_days));
        self.lead.stage_since = Some(since);
        self.lead.created_at = self.lead.created_at.min(Some(since));
    }

    /// Sets when the lead was created.
    pub(super) fn created(&mut self, days_ago: i64) {
        self.lead.created_at = Some(self.moment(TimeAgo::Days(days_ago)));
    }

    /// Makes the account a customer, for this number of days.
    pub(super) fn customer_since(&mut self, days_ago: i64) {
        self.lead.account.customer_since = Some(self.moment(TimeAgo::Days(days_ago)));
    }

    /// Sets one of the team's own fields.
    pub(super) fn text_field(&mut self, name: &str, text: &str) {
        self.lead.fields.insert(name.to_owned(), FieldValue::Text(text.to_owned()));
    }

    /// Adds the buying group, one person for each role.
    pub(super) fn buying_group(&mut self, roles: &[Role]) {
        for role in roles {
            self.add_person(*role);
        }
    }

    /// Adds a person in this role. Returns the id.
    fn add_person(&mut self, role: Role) -> String {
        let first = self.rng.pick(self.place.first).unwrap_or_default();
        let last = self.rng.pick(self.place.last).unwrap_or_default();
        let id = format!("{}{}", self.letter, self.lead.people.len() + 1);
        let (title, influence): (&[&str], i64) = match role {
            Role::Initiator => (&["Team lead", "Project manager"], 4),
            Role::User => (&["Planner", "Service engineer", "Team member"], 3),
            Role::Influencer => (&["Head of IT", "Quality manager", "Controller"], 5),
            Role::Decider => (&["Managing director", "Operations director", "Finance director"], 9),
            Role::Buyer => (&["Purchasing manager", "Category buyer"], 5),
            Role::Gatekeeper => (&["Office manager", "Executive assistant"], 2),
        };
        let mut channels = vec![Channel::Email];
        for (channel, often) in [
            (Channel::Phone, 88),
            (Channel::Social, 62),
            (Channel::Video, 70),
            (Channel::Visit, 45),
            (Channel::Content, 40),
        ] {
            if self.rng.percent(often) {
                channels.push(channel);
            }
        }
        let mut person = Person {
            id: id.clone(),
            name: Some(format!("{first} {last}")),
            roles: vec![role],
            title: self.rng.pick(title).map(ToOwned::to_owned),
            channels,
            language: self.lead.language.clone(),
            influence: Some((influence + self.rng.between(-1, 1)) as f64 / 10.0),
            ..Person::default()
        };
        if self.rng.percent(12) {
            person.reachable = self
                .rng
                .pick(&["Mo-Th 09:00-16:00", "Mo,We,Fr 08:30-12:30", "Tu-Fr 10:00-18:00"])
                .map(ToOwned::to_owned);
        }
        if self.rng.percent(70) {
            let basis = match self.lead.account.country.as_deref() {
                Some("DE" | "AT") => Basis::DoubleOptIn,
                _ if self.lead.account.customer_since.is_some() => Basis::ExistingCustomer,
                _ if self.rng.percent(30) => Basis::Requested,
                _ => Basis::OptIn,
            };
            let given_at = NOW - days(self.rng.between(61, 400));
            person.consents.push(Consent {
                channel: self.rng.percent(60).then_some(Channel::Email),
                basis,
                given_at,
                withdrawn_at: None,
                valid_to: None,
                proof: Some(format!("form-{}", self.rng.between(1000, 9999))),
            });
        }
        self.lead.people.push(person);
        id
    }

    /// The id of the person in this role, who is added when there is none.
    pub(super) fn person_in_role(&mut self, role: Role) -> String {
        let known = self.lead.people.iter().find(|person| person.roles.contains(&role)).map(|person| person.id.clone());
        match known {
            Some(id) => id,
            None => self.add_person(role),
        }
    }

    /// Changes the person in this role, who is added when there is none. Returns the id.
    pub(super) fn change_person(&mut self, role: Role, change: impl FnOnce(&mut Person)) -> String {
        let id = self.person_in_role(role);
        if let Some(person) = self.lead.people.iter_mut().find(|person| person.id == id) {
            change(person);
        }
        id
    }

    /// Adds an inbound signal of the person in this role.
    pub(super) fn inbound_signal(&mut self, role: Role, kind: SignalKind, topic: &str, ago: TimeAgo) {
        let person = self.person_in_role(role);
        let channel = match kind {
            SignalKind::Call => Some(Channel::Phone),
            SignalKind::Chat => Some(Channel::Chat),
            SignalKind::Open | SignalKind::Click | SignalKind::Bounce => Some(Channel::Email),
            SignalKind::Engage => Some(Channel::Social),
            _ => None,
        };
        let at = self.moment(ago);
        self.lead.signals.push(Signal {
            topic: (!topic.is_empty()).then(|| topic.to_owned()),
            person: Some(person),
            channel,
            direction: Some(Direction::Inbound),
            ..Signal::new(at, kind)
        });
    }

    /// Adds inbound signals of one kind, one for each number of days.
    pub(super) fn inbound_signals(&mut self, role: Role, kind: SignalKind, topic: &str, days_ago: &[i64]) {
        for ago in days_ago {
            self.inbound_signal(role, kind, topic, TimeAgo::Days(*ago));
        }
    }

    /// Adds a reply of the person in this role over a channel.
    pub(super) fn reply(&mut self, role: Role, channel: Channel, ago: TimeAgo) {
        let person = self.reachable_person(role, channel);
        let at = self.moment(ago);
        self.lead.signals.push(Signal {
            person: Some(person),
            channel: Some(channel),
            direction: Some(Direction::Inbound),
            ..Signal::new(at, SignalKind::Reply)
        });
    }

    /// Adds an inbound call without an answer.
    pub(super) fn missed_call(&mut self, role: Role, ago: TimeAgo) {
        let person = self.reachable_person(role, Channel::Phone);
        let at = self.moment(ago);
        self.lead.signals.push(Signal {
            person: Some(person),
            channel: Some(Channel::Phone),
            direction: Some(Direction::Inbound),
            outcome: Some(Outcome::NoAnswer),
            ..Signal::new(at, SignalKind::Call)
        });
    }

    /// Adds an outbound touch of the owner.
    pub(super) fn touch(&mut self, role: Role, channel: Channel, outcome: Option<Outcome>, ago: TimeAgo) {
        self.touch_with(role, channel, outcome, ago, |_| {});
    }

    /// Adds an outbound touch of the owner, changed by `change`.
    pub(super) fn touch_with(
        &mut self,
        role: Role,
        channel: Channel,
        outcome: Option<Outcome>,
        ago: TimeAgo,
        change: impl FnOnce(&mut Signal),
    ) {
        let person = self.reachable_person(role, channel);
        let at = self.moment(ago);
        let kind = match channel {
            Channel::Phone => SignalKind::Call,
            Channel::Email => SignalKind::Email,
            Channel::Social => SignalKind::Message,
            Channel::Chat => SignalKind::Chat,
            Channel::Video | Channel::Visit => SignalKind::Meeting,
            Channel::Content => SignalKind::Note,
        };
        let mut touch = Signal {
            person: Some(person),
            channel: Some(channel),
            direction: Some(Direction::Outbound),
            rep: self.lead.owner.clone(),
            outcome,
            ..Signal::new(at, kind)
        };
        change(&mut touch);
        self.lead.signals.push(touch);
    }

    /// The id of the person in this role, to whom the channel is added when they do not have it.
    pub(super) fn reachable_person(&mut self, role: Role, channel: Channel) -> String {
        self.change_person(role, |person| {
            if !person.channels.contains(&channel) {
                person.channels.push(channel);
            }
        })
    }

    /// Adds a quote and the signal of sending it.
    pub(super) fn quote(&mut self, days_ago: i64, status: QuoteStatus) {
        let sent_at = self.moment(TimeAgo::Days(days_ago));
        let person = self.person_in_role(Role::Decider);
        let amount = self.lead.value;
        let decided_at = (status != QuoteStatus::Open).then(|| sent_at + days(days_ago / 2));
        self.lead.quotes.push(Quote { sent_at, status, amount, decided_at, valid_until: None });
        self.lead.signals.push(Signal {
            person: Some(person),
            channel: Some(Channel::Email),
            direction: Some(Direction::Outbound),
            rep: self.lead.owner.clone(),
            ..Signal::new(sent_at, SignalKind::Quote)
        });
    }

    /// Adds a planned touch, this number of days ahead.
    pub(super) fn planned_touch(&mut self, role: Role, channel: Channel, days_ahead: i64) {
        let person = self.reachable_person(role, channel);
        let at = self.moment(TimeAgo::Days(-days_ahead));
        let rep = self.lead.owner.clone();
        self.lead.planned.push(PlannedTouch { at, channel, person: Some(person), rep, zone: None });
    }

    /// The moment this long before [`NOW`].
    fn moment(&mut self, ago: TimeAgo) -> Instant {
        let days_back = match ago {
            TimeAgo::Minutes(minutes) => return NOW - Duration::from_millis(minutes * 60_000),
            TimeAgo::Days(days_back) => days_back,
        };
        let here = self.zone.local(NOW).date();
        let mut date = here - chrono::Duration::days(days_back);
        while matches!(chrono::Datelike::weekday(&date), chrono::Weekday::Sat | chrono::Weekday::Sun) {
            date = if days_back < 0 { date.succ_opt() } else { date.pred_opt() }.unwrap_or(here);
        }
        let minutes = self.rng.between(9 * 60, 17 * 60 - 1) as u32;
        let local = date.and_hms_opt(minutes / 60, minutes % 60, 0).unwrap_or_default();
        let at = self.zone.resolve(local);
        // A signal of today lies before now, whatever the time zone.
        if days_back >= 0 && at > NOW { NOW - Duration::from_millis(i64::from(minutes) * 60_000) } else { at }
    }
}

pub(super) const fn days(count: i64) -> Duration {
    Duration::from_millis(count * 86_400_000)
}
