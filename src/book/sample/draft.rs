//! A lead while its story is being told: days counted back from [`NOW`](crate::book::sample::NOW), people by role.

use crate::book::lead::{Account, Consent, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
use crate::book::sample::names::{INDUSTRIES, NOWHERE, PLACES, SOURCES, SamplePlace, TOPICS};
use crate::book::sample::{Chance, NOW};
use crate::book::vocabulary::{Basis, Channel, Direction, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stage};
use crate::calendar::{Duration, Instant, Zone};

/// How long before now.
#[derive(Clone, Copy, Debug)]
pub(super) enum TimeAgo {
    /// So many minutes.
    Minutes(i64),
    /// So many days, at some hour of their working day; a weekend becomes the Friday before.
    Days(i64),
}

/// A lead in the making.
pub(super) struct SampleLead {
    pub(super) lead: Lead,
    pub(super) chance: Chance,
    place: &'static SamplePlace,
    zone: Zone,
    /// Starts the ids of people. The same id in two leads of one account would be one human.
    letter: char,
}

impl SampleLead {
    /// Lead number `nth`, in the place of number `home`, with an account and nobody in it yet.
    pub(super) fn new(nth: usize, home: usize, mut chance: Chance) -> Self {
        let place = PLACES.get(home % PLACES.len()).unwrap_or(&NOWHERE);
        let zone = Zone::parse(place.lived).unwrap_or(Zone::UTC);
        let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let trade = chance.below(INDUSTRIES.len() as u64) as usize;
        let (industry, low, high) = INDUSTRIES.get(trade).copied().unwrap_or_default();
        let stem = chance.pick(place.stem).unwrap_or_default();
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
                employees: Some(chance.between(low, high)),
                customer_since: None,
            },
            language: known(place.language),
            owner: known(place.owner),
            source: chance.pick(SOURCES).map(ToOwned::to_owned),
            topic: chance.pick(TOPICS).map(ToOwned::to_owned),
            value: Some(chance.between(6, 480) as f64 * 100.0),
            churn: Some(chance.between(4, 24) as f64 / 100.0),
            ..Lead::default()
        };
        lead.created_at = Some(NOW - days(chance.between(12, 58)));
        Self { lead, chance, place, zone, letter: if home == nth { 'p' } else { 's' } }
    }

    /// The lead, its signals in order of time.
    pub(super) fn finish(mut self) -> Lead {
        self.lead.signals.sort_by_key(|signal| signal.at);
        let first = self.lead.signals.first().map(|signal| signal.at);
        // Nobody can be known before they came in.
        self.lead.created_at = self.lead.created_at.min(first.or(self.lead.created_at));
        self.lead
    }

    pub(super) fn stage(&mut self, stage: Stage, since_days: i64) {
        self.lead.stage = Some(stage);
        let since = self.at(TimeAgo::Days(since_days));
        self.lead.stage_since = Some(since);
        self.lead.created_at = self.lead.created_at.min(Some(since));
    }

    /// Says when the lead came in.
    pub(super) fn came_in(&mut self, days_ago: i64) {
        self.lead.created_at = Some(self.at(TimeAgo::Days(days_ago)));
    }

    /// Makes the account a customer since so many days.
    pub(super) fn customer(&mut self, days_ago: i64) {
        self.lead.account.customer_since = Some(self.at(TimeAgo::Days(days_ago)));
    }

    pub(super) fn field(&mut self, name: &str, text: &str) {
        self.lead.fields.insert(name.to_owned(), FieldValue::Text(text.to_owned()));
    }

    /// The buying group, one person a role.
    pub(super) fn group(&mut self, roles: &[Role]) {
        for role in roles {
            self.join(*role);
        }
    }

    fn join(&mut self, role: Role) -> String {
        let first = self.chance.pick(self.place.first).unwrap_or_default();
        let last = self.chance.pick(self.place.last).unwrap_or_default();
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
            if self.chance.percent(often) {
                channels.push(channel);
            }
        }
        let mut person = Person {
            id: id.clone(),
            name: Some(format!("{first} {last}")),
            roles: vec![role],
            title: self.chance.pick(title).map(ToOwned::to_owned),
            channels,
            language: self.lead.language.clone(),
            influence: Some((influence + self.chance.between(-1, 1)) as f64 / 10.0),
            ..Person::default()
        };
        if self.chance.percent(12) {
            person.reachable = self
                .chance
                .pick(&["Mo-Th 09:00-16:00", "Mo,We,Fr 08:30-12:30", "Tu-Fr 10:00-18:00"])
                .map(ToOwned::to_owned);
        }
        if self.chance.percent(70) {
            let basis = match self.lead.account.country.as_deref() {
                Some("DE" | "AT") => Basis::DoubleOptIn,
                _ if self.lead.account.customer_since.is_some() => Basis::ExistingCustomer,
                _ if self.chance.percent(30) => Basis::Requested,
                _ => Basis::OptIn,
            };
            let given_at = NOW - days(self.chance.between(61, 400));
            person.consents.push(Consent {
                channel: self.chance.percent(60).then_some(Channel::Email),
                basis,
                given_at,
                withdrawn_at: None,
                proof: Some(format!("form-{}", self.chance.between(1000, 9999))),
            });
        }
        self.lead.people.push(person);
        id
    }

    /// The id of whoever plays this role, who joins the group when nobody does.
    pub(super) fn who(&mut self, role: Role) -> String {
        let known = self.lead.people.iter().find(|person| person.roles.contains(&role)).map(|person| person.id.clone());
        match known {
            Some(id) => id,
            None => self.join(role),
        }
    }

    /// The person who plays this role, to be changed. Adds the channel, so that the story can happen over it.
    pub(super) fn person(&mut self, role: Role, change: impl FnOnce(&mut Person)) -> String {
        let id = self.who(role);
        if let Some(person) = self.lead.people.iter_mut().find(|person| person.id == id) {
            change(person);
        }
        id
    }

    /// Something the customer did.
    pub(super) fn did(&mut self, role: Role, kind: SignalKind, topic: &str, ago: TimeAgo) {
        let person = self.who(role);
        let channel = match kind {
            SignalKind::Call => Some(Channel::Phone),
            SignalKind::Chat => Some(Channel::Chat),
            SignalKind::Open | SignalKind::Click | SignalKind::Bounce => Some(Channel::Email),
            SignalKind::Engage => Some(Channel::Social),
            _ => None,
        };
        let at = self.at(ago);
        self.lead.signals.push(Signal {
            topic: (!topic.is_empty()).then(|| topic.to_owned()),
            person: Some(person),
            channel,
            direction: Some(Direction::Inbound),
            ..Signal::new(at, kind)
        });
    }

    /// Something the customer did again and again.
    pub(super) fn did_often(&mut self, role: Role, kind: SignalKind, topic: &str, days_ago: &[i64]) {
        for ago in days_ago {
            self.did(role, kind, topic, TimeAgo::Days(*ago));
        }
    }

    /// A reply of theirs over a channel.
    pub(super) fn replied(&mut self, role: Role, channel: Channel, ago: TimeAgo) {
        let person = self.able(role, channel);
        let at = self.at(ago);
        self.lead.signals.push(Signal {
            person: Some(person),
            channel: Some(channel),
            direction: Some(Direction::Inbound),
            ..Signal::new(at, SignalKind::Reply)
        });
    }

    /// A call of theirs that nobody picked up.
    pub(super) fn rang_in_vain(&mut self, role: Role, ago: TimeAgo) {
        let person = self.able(role, Channel::Phone);
        let at = self.at(ago);
        self.lead.signals.push(Signal {
            person: Some(person),
            channel: Some(Channel::Phone),
            direction: Some(Direction::Inbound),
            outcome: Some(Outcome::NoAnswer),
            ..Signal::new(at, SignalKind::Call)
        });
    }

    /// A touch of ours.
    pub(super) fn touched(&mut self, role: Role, channel: Channel, outcome: Option<Outcome>, ago: TimeAgo) {
        self.touched_so(role, channel, outcome, ago, |_| {});
    }

    /// A touch of ours, with something special about it.
    pub(super) fn touched_so(
        &mut self,
        role: Role,
        channel: Channel,
        outcome: Option<Outcome>,
        ago: TimeAgo,
        change: impl FnOnce(&mut Signal),
    ) {
        let person = self.able(role, channel);
        let at = self.at(ago);
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

    /// The person in this role, who can be reached on the channel, if only for the sake of the story.
    pub(super) fn able(&mut self, role: Role, channel: Channel) -> String {
        self.person(role, |person| {
            if !person.channels.contains(&channel) {
                person.channels.push(channel);
            }
        })
    }

    /// A quote, with the signal of its sending.
    pub(super) fn quoted(&mut self, days_ago: i64, status: QuoteStatus) {
        let sent_at = self.at(TimeAgo::Days(days_ago));
        let person = self.who(Role::Decider);
        let amount = self.lead.value;
        let decided_at = (status != QuoteStatus::Open).then(|| sent_at + days(days_ago / 2));
        self.lead.quotes.push(Quote { sent_at, status, amount, decided_at });
        self.lead.signals.push(Signal {
            person: Some(person),
            channel: Some(Channel::Email),
            direction: Some(Direction::Outbound),
            rep: self.lead.owner.clone(),
            ..Signal::new(sent_at, SignalKind::Quote)
        });
    }

    /// An appointment so many days ahead.
    pub(super) fn agreed(&mut self, role: Role, channel: Channel, days_ahead: i64) {
        let person = self.able(role, channel);
        let at = self.at(TimeAgo::Days(-days_ahead));
        let rep = self.lead.owner.clone();
        self.lead.planned.push(PlannedTouch { at, channel, person: Some(person), rep });
    }

    fn at(&mut self, ago: TimeAgo) -> Instant {
        let days_back = match ago {
            TimeAgo::Minutes(minutes) => return NOW - Duration::from_millis(minutes * 60_000),
            TimeAgo::Days(days_back) => days_back,
        };
        let here = self.zone.local(NOW).date();
        let mut date = here - chrono::Duration::days(days_back);
        while matches!(chrono::Datelike::weekday(&date), chrono::Weekday::Sat | chrono::Weekday::Sun) {
            date = if days_back < 0 { date.succ_opt() } else { date.pred_opt() }.unwrap_or(here);
        }
        let minutes = self.chance.between(9 * 60, 17 * 60 - 1) as u32;
        let local = date.and_hms_opt(minutes / 60, minutes % 60, 0).unwrap_or_default();
        let moment = self.zone.resolve(local);
        // Today's signals must lie before now, wherever today is.
        if days_back >= 0 && moment > NOW { NOW - Duration::from_millis(i64::from(minutes) * 60_000) } else { moment }
    }
}

pub(super) const fn days(count: i64) -> Duration {
    Duration::from_millis(count * 86_400_000)
}
