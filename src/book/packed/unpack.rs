//! Unpacks a lead from the bytes into which [`record`](crate::book::packed::record) packed it, whole or without names.
//!
//! Invariant: bytes of any kind give a lead and never a panic; what is missing is read as absent.

use std::collections::BTreeMap;

use crate::book::absence::Absence;
use crate::book::lead::{Account, Consent, Feedback, Lead, Person, PlannedTouch, Quote, Signal};
use crate::book::not_counted::NotCounted;
use crate::book::packed::bytes::ByteReader;
use crate::book::packed::record::{NAMES_PEOPLE, SignalRest};
use crate::book::vocabulary::{
    Basis, Channel, Direction, Excluded, FeedbackVerdict, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stage,
    StageBy, Stance,
};
use crate::book::word_table::{WordId, WordTable};
use crate::calendar::Instant;

/// Reads the bits of a part and then its fields.
struct FieldReader<'a> {
    reader: ByteReader<'a>,
    words: &'a WordTable,
    /// The bits of the fields that were not read yet, the next one lowest.
    bits: u64,
    /// True when names, ids and free texts are skipped.
    nameless: bool,
}

impl<'a> FieldReader<'a> {
    #[inline]
    fn bits(&mut self) {
        self.bits = self.reader.count();
    }

    /// True when the next field is present.
    #[inline]
    fn next(&mut self) -> bool {
        let present = self.bits & 1 == 1;
        self.bits >>= 1;
        present
    }

    /// Reads a text that is a name or an id.
    fn name(&mut self) -> String {
        if self.nameless {
            self.reader.skip_text();
            return String::new();
        }
        self.text()
    }

    /// Reads an interned text that only names something: a job title, a topic, an industry.
    fn named(&mut self) -> Option<String> {
        if self.nameless {
            self.reader.count();
            return None;
        }
        self.word()
    }

    fn text(&mut self) -> String {
        self.reader.text().to_owned()
    }

    fn word(&mut self) -> Option<String> {
        let word = WordId(u32::try_from(self.reader.count()).unwrap_or_default());
        self.words.text(word).map(|text| String::from(&**text))
    }

    fn moment(&mut self) -> Instant {
        Instant::from_millis(self.reader.whole())
    }

    #[inline]
    fn place<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(usize::from(self.reader.byte())).copied()
    }

    fn places<T: Copy>(&mut self, all: &[T]) -> Vec<T> {
        let many = self.reader.entries();
        (0..many).filter_map(|_| self.place(all)).collect()
    }
}

/// The lead without the team's own fields and without signals, and the rests of its signals.
pub fn unpack(bytes: &[u8], words: &WordTable) -> (Lead, Vec<SignalRest>) {
    read(bytes, words, false)
}

/// Like [`unpack`], but names, ids, topic and industry are left empty, which saves most of the time when many leads are decided and no rule
/// reads them. A lead with planned touches or feedback keeps its names and ids, because these refer to people by id.
pub fn unpack_nameless(bytes: &[u8], words: &WordTable) -> (Lead, Vec<SignalRest>) {
    read(bytes, words, true)
}

fn read(bytes: &[u8], words: &WordTable, nameless: bool) -> (Lead, Vec<SignalRest>) {
    let mut parts = FieldReader { reader: ByteReader(bytes), words, bits: 0, nameless };
    let id = parts.name();
    parts.bits();
    parts.nameless &= parts.bits & NAMES_PEOPLE == 0;
    // Fields are read in the order in which `pack` writes them; Rust evaluates the fields of a struct expression in the order written.
    let account_id = if parts.next() { parts.name() } else { id.clone() };
    let name = parts.next().then(|| parts.name());
    let account_name = parts.next().then(|| parts.name());
    let mut word = || if parts.next() { parts.word() } else { None };
    let (country, account_country) = (word(), word());
    let (zone, account_zone) = (word(), word());
    let (language, owner) = (word(), word());
    let stage = if parts.next() { parts.place(Stage::ALL) } else { None };
    let source = if parts.next() { parts.word() } else { None };
    let topic = if parts.next() { parts.named() } else { None };
    let value = parts.next().then(|| parts.reader.number());
    let churn = parts.next().then(|| parts.reader.number());
    let created_at = parts.next().then(|| parts.moment());
    let stage_since = parts.next().then(|| parts.moment());
    let account = Account {
        id: account_id,
        name: account_name,
        country: account_country,
        zone: account_zone,
        legal_form: if parts.next() { parts.place(LegalForm::ALL) } else { None },
        region: if parts.next() { parts.word() } else { None },
        industry: if parts.next() { parts.named() } else { None },
        employees: parts.next().then(|| parts.reader.whole()),
        customer_since: parts.next().then(|| parts.moment()),
    };
    let (has_people, has_rests, has_planned, has_quotes) = (parts.next(), parts.next(), parts.next(), parts.next());
    let (has_stage_by, spam, has_feedback) = (parts.next(), parts.next(), parts.next());
    // What counts for nothing comes last, and is not read for a decision.
    let has_not_counted = parts.next() && !parts.nameless;
    let people = if has_people { parts.reader.entries() } else { 0 };
    let people = (0..people).map(|_| unpack_person(&mut parts)).collect();
    let rests = if has_rests { parts.reader.entries() } else { 0 };
    let rests = (0..rests).map(|_| unpack_rest(&mut parts)).collect();
    let planned = if has_planned { parts.reader.entries() } else { 0 };
    let planned = (0..planned).filter_map(|_| unpack_planned(&mut parts)).collect();
    let quotes = if has_quotes { parts.reader.entries() } else { 0 };
    let quotes = (0..quotes).filter_map(|_| unpack_quote(&mut parts)).collect();
    let stage_by = if has_stage_by { parts.place(StageBy::ALL) } else { None };
    let feedback = if has_feedback { parts.reader.entries() } else { 0 };
    let feedback = (0..feedback).filter_map(|_| unpack_feedback(&mut parts)).collect();
    let not_counted = if has_not_counted { unpack_not_counted(&mut parts) } else { NotCounted::default() };
    let lead = Lead {
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
        fields: BTreeMap::new(),
        people,
        signals: Vec::new(),
        planned,
        quotes,
        stage_by,
        spam,
        feedback,
        not_counted,
    };
    (lead, rests)
}

fn unpack_not_counted(parts: &mut FieldReader<'_>) -> NotCounted {
    let people = parts.reader.entries();
    let people = (0..people).map(|_| {
        let place = u32::try_from(parts.reader.count()).unwrap_or_default();
        (place, unpack_person(parts))
    });
    let people = people.collect();
    let signals = parts.reader.entries();
    let signals = (0..signals).filter_map(|_| unpack_signal(parts)).collect();
    let planned = parts.reader.entries();
    let planned = (0..planned).filter_map(|_| unpack_planned(parts)).collect();
    NotCounted { people, signals, planned }
}

fn unpack_signal(parts: &mut FieldReader<'_>) -> Option<Signal> {
    parts.bits();
    let (at, kind) = (parts.moment(), parts.place(SignalKind::ALL)?);
    let topic = if parts.next() { parts.word() } else { None };
    let person = parts.next().then(|| parts.text());
    let channel = if parts.next() { parts.place(Channel::ALL) } else { None };
    let direction = if parts.next() { parts.place(Direction::ALL) } else { None };
    let rep = if parts.next() { parts.word() } else { None };
    let outcome = if parts.next() { parts.place(Outcome::ALL) } else { None };
    let content = if parts.next() { parts.word() } else { None };
    let acknowledges = parts.next();
    let SignalRest { person: _, weight, cadence, step, pack, rule, by } = unpack_rest(parts);
    Some(Signal {
        at,
        kind,
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
        acknowledges,
        pack,
        rule,
        by,
    })
}

fn unpack_person(parts: &mut FieldReader<'_>) -> Person {
    let id = parts.name();
    parts.bits();
    Person {
        id,
        name: parts.next().then(|| parts.name()),
        roles: if parts.next() { parts.places(Role::ALL) } else { Vec::new() },
        channels: if parts.next() { parts.places(Channel::ALL) } else { Vec::new() },
        title: if parts.next() { parts.named() } else { None },
        do_not_call: parts.next(),
        do_not_email: parts.next(),
        objected: parts.next(),
        influence: parts.next().then(|| parts.reader.number()),
        stance: if parts.next() { parts.place(Stance::ALL) } else { None },
        country: if parts.next() { parts.word() } else { None },
        zone: if parts.next() { parts.word() } else { None },
        language: if parts.next() { parts.word() } else { None },
        legal_form: if parts.next() { parts.place(LegalForm::ALL) } else { None },
        reachable: if parts.next() { parts.word() } else { None },
        aliases: if parts.next() {
            let many = parts.reader.entries();
            (0..many).map(|_| parts.name()).collect()
        } else {
            Vec::new()
        },
        human: parts.next().then(|| parts.name()),
        left_at: parts.next().then(|| parts.moment()),
        absences: if parts.next() {
            let many = parts.reader.entries();
            (0..many).map(|_| Absence { from: parts.moment(), until: parts.moment() }).collect()
        } else {
            Vec::new()
        },
        internal: parts.next(),
        consents: if parts.next() {
            let many = parts.reader.entries();
            (0..many).filter_map(|_| unpack_consent(parts)).collect()
        } else {
            Vec::new()
        },
    }
}

fn unpack_consent(parts: &mut FieldReader<'_>) -> Option<Consent> {
    parts.bits();
    Some(Consent {
        channel: if parts.next() { parts.place(Channel::ALL) } else { None },
        basis: parts.place(Basis::ALL)?,
        given_at: parts.moment(),
        withdrawn_at: parts.next().then(|| parts.moment()),
        valid_to: parts.next().then(|| parts.moment()),
        proof: parts.next().then(|| parts.name()),
    })
}

fn unpack_rest(parts: &mut FieldReader<'_>) -> SignalRest {
    parts.bits();
    SignalRest {
        person: parts.next().then(|| parts.text()),
        weight: parts.next().then(|| parts.reader.number()),
        cadence: if parts.next() { parts.word() } else { None },
        step: parts.next().then(|| u32::try_from(parts.reader.count()).unwrap_or_default()),
        pack: if parts.next() { parts.word() } else { None },
        rule: if parts.next() { parts.word() } else { None },
        by: if parts.next() { parts.place(Excluded::ALL) } else { None },
    }
}

fn unpack_feedback(parts: &mut FieldReader<'_>) -> Option<Feedback> {
    parts.bits();
    Some(Feedback {
        at: parts.moment(),
        rule: parts.word()?,
        verdict: parts.place(FeedbackVerdict::ALL)?,
        pack: if parts.next() { parts.word() } else { None },
        person: parts.next().then(|| parts.text()),
        until: parts.next().then(|| parts.moment()),
        reason: parts.next().then(|| parts.name()),
        rep: if parts.next() { parts.word() } else { None },
    })
}

fn unpack_planned(parts: &mut FieldReader<'_>) -> Option<PlannedTouch> {
    parts.bits();
    Some(PlannedTouch {
        at: parts.moment(),
        channel: parts.place(Channel::ALL)?,
        person: parts.next().then(|| parts.text()),
        rep: if parts.next() { parts.word() } else { None },
        zone: if parts.next() { parts.word() } else { None },
    })
}

fn unpack_quote(parts: &mut FieldReader<'_>) -> Option<Quote> {
    parts.bits();
    Some(Quote {
        sent_at: parts.moment(),
        status: parts.place(QuoteStatus::ALL)?,
        amount: parts.next().then(|| parts.reader.number()),
        decided_at: parts.next().then(|| parts.moment()),
        valid_until: parts.next().then(|| parts.moment()),
    })
}

/// The id of a packed lead; the rest is not unpacked.
pub fn id_of(bytes: &[u8]) -> &str {
    ByteReader(bytes).text()
}

/// The id of the account of a packed lead; the rest is not unpacked.
pub fn account_of(bytes: &[u8]) -> &str {
    let mut reader = ByteReader(bytes);
    let id = reader.text();
    if reader.count() & 1 == 1 { reader.text() } else { id }
}
