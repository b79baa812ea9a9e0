//! Strategies for random leads, with every field that a lead can have.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option::of as maybe;
use proptest::prelude::*;
use proptest::sample::select;

use cadans::book::vocabulary::{
    Basis, Channel, Direction, Excluded, FeedbackVerdict, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stage,
    StageBy, Stance,
};
use cadans::book::{
    Absence, Account, Consent, Feedback, FieldValue, Lead, NotCounted, Person, PlannedTouch, Quote, Signal,
};
use cadans::calendar::Instant;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec!["NL", "pricing", "kim", "website", "é", "a longer text with words"]).prop_map(str::to_owned),
        "[a-z]{1,6}"
    ]
}

fn moment() -> impl Strategy<Value = Instant> {
    prop_oneof![(1_790_000..1_800_000_i64).prop_map(|seconds| seconds * 1_000_000), 0..4_102_444_800_000_i64]
        .prop_map(Instant::from_millis)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0..300).prop_map(f64::from),
        (0..100_000).prop_map(|cents| f64::from(cents) / 100.0),
        -1e15..1e15,
        Just(-0.0),
    ]
}

fn word<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn field() -> impl Strategy<Value = FieldValue> {
    prop_oneof![
        any::<bool>().prop_map(FieldValue::Truth),
        number().prop_map(FieldValue::Number),
        text().prop_map(FieldValue::Text),
    ]
}

fn account() -> impl Strategy<Value = Account> {
    let words =
        (maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(word(LegalForm::ALL)), maybe(text()));
    (select(vec!["A1", "A2", "A3", ""]), words, maybe(prop_oneof![0..500_i64, any::<i64>()]), maybe(moment())).prop_map(
        |(id, (name, country, region, zone, legal_form, industry), employees, customer_since)| Account {
            id: id.to_owned(),
            name,
            country,
            region,
            zone,
            legal_form,
            industry,
            employees,
            customer_since,
        },
    )
}

fn consent() -> impl Strategy<Value = Consent> {
    let ends = (maybe(moment()), maybe(moment()));
    (maybe(word(Channel::ALL)), word(Basis::ALL), moment(), ends, maybe(text())).prop_map(
        |(channel, basis, given_at, (withdrawn_at, valid_to), proof)| Consent {
            channel,
            basis,
            given_at,
            withdrawn_at,
            valid_to,
            proof,
        },
    )
}

fn human() -> impl Strategy<Value = String> {
    (0..20_u8).prop_map(|nth| format!("human {nth}"))
}

fn rare<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::weighted(0.2, of)
}

fn person() -> impl Strategy<Value = Person> {
    let texts = (maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(text()));
    let alias = prop_oneof![1 => text(), 4 => "[a-z]{8}"];
    let lists = (vec(alias, 0..2), vec(word(Role::ALL), 0..3), vec(word(Channel::ALL), 0..4), vec(consent(), 0..2));
    let words = (maybe(word(LegalForm::ALL)), maybe(0.0..1.0), maybe(word(Stance::ALL)), rare(human()));
    let presence = (rare(moment()), vec((moment(), moment()), 0..2), proptest::bool::weighted(0.1));
    (texts, lists, words, any::<[bool; 3]>(), presence).prop_map(
        |(
            (name, title, country, zone, language, reachable),
            (aliases, roles, channels, consents),
            words,
            flags,
            presence,
        )| {
            let (left_at, absences, internal) = presence;
            Person {
                id: String::new(),
                aliases,
                human: words.3,
                name,
                roles,
                title,
                channels,
                country,
                zone,
                language,
                legal_form: words.0,
                reachable,
                influence: words.1,
                stance: words.2,
                do_not_call: flags[0],
                do_not_email: flags[1],
                objected: flags[2],
                consents,
                left_at,
                absences: absences.into_iter().map(|(from, until)| Absence { from, until }).collect(),
                internal,
            }
        },
    )
}

pub fn signal() -> impl Strategy<Value = Signal> {
    let person = select(vec!["p0", "p1", "p2", "A1-old", "nobody of theirs"]).prop_map(str::to_owned);
    let texts = (maybe(text()), maybe(person), maybe(text()), maybe(text()), proptest::option::weighted(0.2, text()));
    let words = (maybe(word(Channel::ALL)), maybe(word(Direction::ALL)), maybe(word(Outcome::ALL)));
    let rare = (proptest::option::weighted(0.1, number()), proptest::option::weighted(0.1, any::<u32>()));
    let advice = (self::rare(text()), self::rare(text()), self::rare(word(Excluded::ALL)));
    (moment(), word(SignalKind::ALL), texts, words, rare, advice).prop_map(
        |(at, kind, (topic, person, rep, content, cadence), (channel, direction, outcome), (weight, step), advice)| {
            Signal {
                topic,
                person,
                channel,
                direction,
                rep,
                outcome,
                content,
                weight,
                cadence,
                step,
                pack: advice.0,
                rule: advice.1,
                by: advice.2,
                ..Signal::new(at, kind)
            }
        },
    )
}

fn planned() -> impl Strategy<Value = PlannedTouch> {
    // With zones whose clocks change, stopped changing, and had seconds in their offset.
    let zone = maybe(word(&["Europe/Amsterdam", "America/Vancouver", "Africa/Monrovia"]).prop_map(str::to_owned));
    (moment(), word(Channel::ALL), maybe(text()), maybe(text()), zone)
        .prop_map(|(at, channel, person, rep, zone)| PlannedTouch { at, channel, person, rep, zone })
}

fn quote() -> impl Strategy<Value = Quote> {
    (moment(), word(QuoteStatus::ALL), maybe(number()), maybe(moment()), maybe(moment())).prop_map(
        |(sent_at, status, amount, decided_at, valid_until)| Quote { sent_at, status, amount, decided_at, valid_until },
    )
}

fn feedback() -> impl Strategy<Value = Feedback> {
    let person = select(vec!["p0", "p1", "A1-old", "nobody of theirs"]).prop_map(str::to_owned);
    let texts = (text(), maybe(text()), maybe(person), maybe(text()), maybe(text()));
    (moment(), texts, word(FeedbackVerdict::ALL), maybe(moment())).prop_map(
        |(at, (rule, pack, person, reason, rep), verdict, until)| Feedback {
            at,
            rule,
            pack,
            person,
            verdict,
            until,
            reason,
            rep,
        },
    )
}

/// A lead with every part of the format, by this id.
pub fn lead() -> impl Strategy<Value = Lead> {
    let texts =
        (maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(text()));
    let moments = (maybe(word(Stage::ALL)), maybe(moment()), maybe(moment()), maybe(number()), maybe(number()));
    let fields: BoxedStrategy<BTreeMap<String, FieldValue>> =
        btree_map(select(vec!["budget", "hot", "need", "seats"]).prop_map(str::to_owned), field(), 0..4).boxed();
    let lists = (vec(person(), 0..4), vec(signal(), 0..12), vec(planned(), 0..2), vec(quote(), 0..2));
    let others = (maybe(word(StageBy::ALL)), proptest::bool::weighted(0.1), vec(feedback(), 0..2));
    (account(), texts, moments, fields, lists, others).prop_map(
        |(
            account,
            texts,
            (stage, stage_since, created_at, value, churn),
            fields,
            (mut people, mut signals, mut planned, quotes),
            (stage_by, spam, feedback),
        )| {
            people.iter_mut().enumerate().for_each(|(nth, person)| person.id = format!("p{nth}"));
            if let Some(person) = people.last_mut() {
                person.aliases.push(format!("{}-old", account.id));
            }
            signals.sort_by_key(|signal| signal.at);
            planned.sort_by_key(|touch| touch.at);
            let (name, source, topic, country, zone, language, owner) = texts;
            let id = String::new();
            Lead {
                id,
                name,
                account,
                stage,
                stage_since,
                created_at,
                source,
                topic,
                country,
                zone,
                language,
                owner,
                value,
                churn,
                fields,
                people,
                signals,
                planned,
                quotes,
                stage_by,
                spam,
                feedback,
                not_counted: NotCounted::default(),
            }
        },
    )
}
