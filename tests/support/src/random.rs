//! Random leads and packs, each together with what it means, so that a checker can judge advice without asking the engine.
//!
//! A pack is made of statements whose meaning is kept beside their text: the checker never parses. Everything comes from a seed.

use std::fmt::Write;

use cadans::book::Absence;
use cadans::book::rep::Rep;
use cadans::book::vocabulary::{Basis, Channel, Direction, FeedbackVerdict, Outcome, Role, SignalKind, Stage, Stance};
use cadans::book::{Account, Book, Consent, Feedback, Lead, Person, PlannedTouch, Signal};
use cadans::calendar::{Duration, Instant};

/// A small generator of numbers: SplitMix64 (Steele, Lea, Flood 2014).
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, and without, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// A length of up to so many minutes.
    fn minutes(&mut self, most: i64) -> Duration {
        Duration::MINUTE.times(self.below(most as usize) as i64).unwrap()
    }
}

pub const ZONES: [&str; 7] = [
    "Europe/Amsterdam",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Santiago",
    "Pacific/Auckland",
    "UTC",
];

/// Open hours: on some weekdays (Monday is 0), between these minutes of the day; an end past midnight runs into the next day.
#[derive(Clone, Debug)]
pub struct Hours {
    pub days: Vec<usize>,
    pub spans: Vec<(u32, u32)>,
}

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

impl Hours {
    fn random(dice: &mut Dice) -> Self {
        let days =
            dice.one(&[vec![0, 1, 2, 3, 4], vec![0, 1, 2, 3, 4, 5, 6], vec![1, 3], vec![5, 6], vec![0, 2, 4, 6]]);
        let spans = dice.one(&[
            vec![(540, 1050)],
            vec![(540, 750), (810, 1050)],
            vec![(480, 1260)],
            vec![(1320, 1560)],
            vec![(0, 240)],
            vec![(90, 210)],
            vec![(1200, 1680)],
        ]);
        Self { days, spans }
    }

    pub fn text(&self) -> String {
        let days: Vec<&str> = self.days.iter().map(|day| DAYS[*day]).collect();
        let clock = |minute: u32| format!("{:02}:{:02}", minute % 1440 / 60, minute % 60);
        let spans: Vec<String> =
            self.spans.iter().map(|(from, until)| format!("{}-{}", clock(*from), clock(*until))).collect();
        format!("{} {}", days.join(","), spans.join(","))
    }
}

/// Over whom a cap counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Across {
    Person,
    Lead,
    Account,
}

/// What a statement means.
#[derive(Clone, Debug)]
pub enum Meaning {
    Reachable(Option<Channel>, Hours),
    Limit { channel: Option<Channel>, most: usize, per: Duration, across: Across },
    Pause(Option<Channel>, Duration),
    NeverCritics(Option<Channel>),
    NeverOnMail,
}

/// A pack as text, with the meaning of its policies. The end that `.before` sets is one for all rules.
#[derive(Clone, Debug)]
pub struct RandomPack {
    pub text: String,
    pub policies: Vec<Meaning>,
    pub before: Option<Instant>,
}

fn word(channel: Option<Channel>) -> &'static str {
    channel.map_or("any", Channel::word)
}

fn some_channel(dice: &mut Dice) -> Option<Channel> {
    if dice.once_in(3) { None } else { Some(dice.one(Channel::ALL)) }
}

/// The middle of the time that leads and questions are about; DST changes lie on both sides.
fn around(dice: &mut Dice) -> Instant {
    let near = dice.one(&[
        "2026-03-27T12:00:00Z",
        "2026-10-24T12:00:00Z",
        "2026-11-01T03:00:00Z",
        "2026-04-04T10:00:00Z",
        "2026-09-26T10:00:00Z",
        "2026-07-01T12:00:00Z",
    ]);
    Instant::parse(near).unwrap() + dice.minutes(6 * 1440)
}

/// A moment to ask at.
pub fn now(dice: &mut Dice) -> Instant {
    around(dice)
}

pub fn pack(dice: &mut Dice, nth: usize, now: Instant) -> RandomPack {
    let mut text = format!("pack \"Random {nth}\" #{{ hard: {} }};\n", dice.once_in(2));
    let mut policies = Vec::new();
    let before = dice.once_in(4).then(|| now + dice.minutes(8 * 1440));
    for rule in 0..1 + dice.below(4) {
        let when = dice.one(&[
            "true",
            "lead.value > 50.0",
            "lead.visits(7.days) >= 1",
            "person.visits(14.days) >= 1",
            "lead.since(\"visit\") < 2.days",
            "lead.stage is \"interest\"",
            "lead.answered",
            "person.is_a(\"user\")",
            "lead.score(7.days) > 1.0",
            "lead.touches(3.days) is 0",
            "lead.unanswered() >= 2",
            "lead.opens(14.days) >= 1",
            "person.clicks(14.days) >= 1",
        ]);
        let mut touch = dice.one(Channel::ALL).word().to_owned();
        for _ in 0..dice.below(3) {
            let builder = dice.one(&[
                ".to(\"decider\")",
                ".to(\"user\")",
                ".only_to(\"decider\")",
                ".within(4.hours)",
                ".within(2.days)",
                ".within(6.working_hours)",
                ".after(1.day)",
                ".at_best()",
                ".between(\"09:30\", \"11:00\")",
                ".automatic()",
                ".weight(3)",
                ".value(20)",
                ".offer(\"guide\")",
                ".offer([\"guide\", \"case\"])",
                ".again(2.days)",
                ".after(3.working_hours)",
            ]);
            let name = builder.split('(').next().unwrap();
            if !touch.contains(name) {
                touch.push_str(builder);
            }
        }
        if let Some(before) = before {
            write!(touch, ".before(\"{before}\")").unwrap();
        }
        writeln!(text, "rule \"R{rule}\" when {when} then {touch};").unwrap();
    }
    if before.is_none() && dice.once_in(3) {
        text.push_str("cadence \"C\" when lead.stage is \"interest\" steps [email, phone.after(2.days), social.after(5.days)] until lead.replied(14.days);\n");
    }
    if dice.once_in(6) {
        let wait = dice.one(&[
            "lead.visits() is 0 then wait",
            "lead.visits(7.days) >= 1 then wait.within(2.days)",
            "person.since(\"conversation\") < 1.working_day then wait",
            "person.planned() >= 1 then wait",
            "person.bought(30.days) then wait",
            "account.since(\"conversation\") < 4.working_hours then wait.to(\"user\")",
            "account.leads >= 1 and lead.waiting_elsewhere then wait",
            "account.signals(\"complaint\", 30.days) >= 1 then wait",
        ]);
        writeln!(text, "rule \"Wait\" when {wait};").unwrap();
    }
    for _ in 0..1 + dice.below(4) {
        let channel = some_channel(dice);
        let (statement, meaning) = match dice.below(6) {
            0 | 1 => {
                let hours = Hours::random(dice);
                (format!("reachable {} \"{}\"", word(channel), hours.text()), Meaning::Reachable(channel, hours))
            }
            2 | 3 => {
                let most = dice.below(4);
                let (per, length) = dice.one(&[("24.hours", 1), ("7.days", 7), ("30.days", 30)]);
                let (across, scope) =
                    dice.one(&[("person", Across::Person), ("lead", Across::Lead), ("account", Across::Account)]);
                let per_length = Duration::DAY.times(length).unwrap();
                let text = format!("limit {} {most} per {per} across \"{across}\"", word(channel));
                (text, Meaning::Limit { channel, most, per: per_length, across: scope })
            }
            4 => {
                let days = 1 + dice.below(5) as i64;
                (
                    format!("pause {} {days}.days when true", word(channel)),
                    Meaning::Pause(channel, Duration::DAY.times(days).unwrap()),
                )
            }
            _ if dice.once_in(2) => {
                (format!("never {} when person.stance is \"critic\"", word(channel)), Meaning::NeverCritics(channel))
            }
            _ => ("never email when lead.source is \"list\"".to_owned(), Meaning::NeverOnMail),
        };
        writeln!(text, "{statement};").unwrap();
        policies.push(meaning);
    }
    if dice.once_in(6) {
        text.push_str("rule \"Over\" when lead.touches() >= 2 then hand_over(\"marketing\");\n");
    }
    RandomPack { text, policies, before }
}

/// What a rep did with the advice of one of the rules of random packs.
pub fn feedback(dice: &mut Dice, people: &[String], now: Instant) -> Feedback {
    let at = now - dice.minutes(10 * 1440) + Duration::DAY;
    let verdict = dice.one(FeedbackVerdict::ALL);
    let until = (verdict == FeedbackVerdict::Snoozed).then(|| at + Duration::MINUTE + dice.minutes(8 * 1440));
    Feedback {
        at,
        rule: dice.one(&["R0", "R1", "R2", "C", "Over"]).to_owned(),
        pack: dice.once_in(3).then(|| "Random 0".to_owned()),
        person: dice.once_in(3).then(|| dice.one(people)),
        verdict,
        until,
        reason: None,
        rep: dice.once_in(2).then(|| "rep0".to_owned()),
    }
}

/// A book of so many accounts with one to three leads each, and the hours of those who have their own.
pub fn book(dice: &mut Dice, accounts: usize, now: Instant) -> (Book, Vec<(String, Hours)>) {
    let mut own_hours = Vec::new();
    let reps: Vec<Rep> = (0..3)
        .map(|nth| {
            let hours = Hours::random(dice);
            own_hours.push((format!("rep{nth}"), hours.clone()));
            let from = now + dice.minutes(3 * 1440) - Duration::DAY;
            let absences =
                if dice.once_in(3) { vec![Absence { from, until: from + dice.minutes(4 * 1440) }] } else { vec![] };
            Rep {
                id: format!("rep{nth}"),
                name: None,
                zone: dice.one(&ZONES).to_owned(),
                country: None,
                hours: Some(hours.text()),
                skills: vec![],
                languages: dice.one(&[vec![], vec!["nl".to_owned()], vec!["en".to_owned(), "nl".to_owned()]]),
                absences,
                backup: dice.once_in(2).then(|| format!("rep{}", (nth + 1) % 3)),
            }
        })
        .collect();
    let mut leads = Vec::new();
    for account in 0..accounts {
        for nth in 0..if dice.once_in(3) { 2 + dice.below(2) } else { 1 } {
            leads.push(lead(dice, account, nth, now, &mut own_hours));
        }
    }
    (Book::new(leads, reps, vec![]), own_hours)
}

fn lead(dice: &mut Dice, account: usize, nth: usize, now: Instant, own_hours: &mut Vec<(String, Hours)>) -> Lead {
    let id = format!("A{account}-{nth}");
    let people: Vec<Person> = (0..1 + dice.below(3))
        .map(|_| dice.below(5))
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .map(|human| {
            let id = format!("A{account}-p{human}");
            let reachable = dice.once_in(5).then(|| Hours::random(dice));
            if let Some(hours) = &reachable {
                own_hours.push((format!("{account}-{nth}/{id}"), hours.clone()));
            }
            Person {
                // Some appear under another id, linked by an alias.
                aliases: if dice.once_in(6) { vec![format!("A{account}-p{}", (human + 1) % 5)] } else { vec![] },
                // Some are known in the accounts around too.
                human: dice.once_in(10).then(|| format!("h{}-{human}", account / 4)),
                id,
                roles: if dice.once_in(5) { vec![] } else { vec![dice.one(Role::ALL)] },
                channels: Channel::ALL.iter().copied().filter(|_| !dice.once_in(4)).collect(),
                zone: if dice.once_in(3) { Some(dice.one(&ZONES).to_owned()) } else { None },
                reachable: reachable.map(|hours| hours.text()),
                influence: dice.once_in(2).then(|| dice.below(10) as f64 / 10.0),
                stance: dice.once_in(2).then(|| dice.one(Stance::ALL)),
                do_not_call: dice.once_in(8),
                do_not_email: dice.once_in(8),
                objected: dice.once_in(8),
                consents: (0..dice.below(8).saturating_sub(5)).map(|_| consent(dice, now)).collect(),
                ..Person::default()
            }
        })
        .collect();
    let ids: Vec<String> = people.iter().map(|person| person.id.clone()).collect();
    let mut signals: Vec<Signal> = (0..dice.below(12)).map(|_| signal(dice, &ids, now)).collect();
    // A mail gateway opens some mails and follows links in the moment of delivery; some people do it later.
    for nth in 0..signals.len() {
        let sent = signals[nth].clone();
        if sent.channel == Some(Channel::Email) && sent.direction == Some(Direction::Outbound) && dice.once_in(2) {
            let at = sent.at + Duration::from_millis(dice.one(&[0, 1_000, 2_000, 2_001, 90_000]));
            let kind = dice.one(&[SignalKind::Open, SignalKind::Click]);
            let opened = Signal { at, kind, direction: Some(Direction::Inbound), outcome: None, cadence: None, ..sent };
            signals.push(opened);
        }
    }
    signals.sort_by_key(|signal| signal.at);
    let mut planned: Vec<PlannedTouch> = (0..dice.below(6).saturating_sub(4))
        .map(|_| PlannedTouch {
            at: now + dice.minutes(10 * 1440),
            channel: dice.one(Channel::ALL),
            person: Some(dice.one(&ids)),
            rep: None,
            zone: None,
        })
        .collect();
    planned.sort_by_key(|planned| planned.at);
    let mut feedback: Vec<Feedback> = (0..dice.below(6).saturating_sub(3)).map(|_| feedback(dice, &ids, now)).collect();
    feedback.sort_by_key(|feedback| feedback.at);
    Lead {
        id,
        account: Account { id: format!("A{account}"), ..Account::default() },
        stage: dice.once_in(6).then_some(Stage::Lost).or(Some(dice.one(&[
            Stage::Orientation,
            Stage::Interest,
            Stage::Consideration,
        ]))),
        created_at: Some(now - Duration::WEEK),
        source: dice.once_in(4).then(|| "list".to_owned()),
        zone: Some(dice.one(&ZONES).to_owned()),
        owner: dice.once_in(2).then(|| format!("rep{}", dice.below(4))),
        language: dice.once_in(2).then(|| dice.one(&["nl", "en", "fi"]).to_owned()),
        value: dice.once_in(2).then(|| dice.below(100) as f64),
        churn: dice.once_in(3).then(|| dice.below(10) as f64 / 10.0),
        people,
        signals,
        planned,
        feedback,
        ..Lead::default()
    }
}

fn consent(dice: &mut Dice, now: Instant) -> Consent {
    let given_at = now - dice.minutes(60 * 1440);
    Consent {
        channel: some_channel(dice),
        basis: dice.one(Basis::ALL),
        given_at,
        withdrawn_at: dice.once_in(3).then(|| given_at + dice.minutes(80 * 1440)),
        valid_to: dice.once_in(3).then(|| given_at + dice.minutes(80 * 1440)),
        proof: None,
    }
}

pub fn signal(dice: &mut Dice, people: &[String], now: Instant) -> Signal {
    let touch = dice.once_in(2);
    let kind = if touch {
        SignalKind::Note
    } else {
        dice.one(&[
            SignalKind::PageVisit,
            SignalKind::PageVisit,
            SignalKind::Reply,
            SignalKind::Unsubscribe,
            SignalKind::Form,
        ])
    };
    let inbound_channel = match kind {
        SignalKind::Reply => Some(dice.one(&[Channel::Email, Channel::Social])),
        _ => None,
    };
    Signal {
        // Some lie in the future, which has not happened yet.
        at: now - dice.minutes(20 * 1440) + Duration::DAY,
        kind,
        topic: None,
        person: (!dice.once_in(4)).then(|| dice.one(people)),
        channel: if touch { Some(dice.one(Channel::ALL)) } else { inbound_channel },
        direction: Some(if touch { Direction::Outbound } else { Direction::Inbound }),
        rep: None,
        outcome: (touch && dice.once_in(2))
            .then(|| dice.one(&[Outcome::Answered, Outcome::NoAnswer, Outcome::Declined])),
        content: dice.once_in(8).then(|| "guide".to_owned()),
        weight: None,
        cadence: (touch && dice.once_in(4)).then(|| "C".to_owned()),
        step: None,
        pack: None,
        rule: (touch && dice.once_in(4)).then(|| format!("R{}", dice.below(3))),
        by: None,
        acknowledges: touch && dice.once_in(6),
    }
}
