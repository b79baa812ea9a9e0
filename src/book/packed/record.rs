//! Packs a lead into bytes, and unpacks it.
//!
//! Each part begins with a bit for each of its optional fields, 1 where the field is present; the fields follow in the order of their bits.

use std::collections::BTreeMap;

use crate::book::lead::{Account, Consent, Lead, Person, PlannedTouch, Quote};
use crate::book::lead_ref::{AccountRef, LeadRef, PersonRecordRef, SignalRef};
use crate::book::packed::bytes::{ByteReader, ByteWriter};
use crate::book::vocabulary::{Basis, Channel, LegalForm, QuoteStatus, Role, Stage, Stance};
use crate::book::word_table::{WordId, WordTable};
use crate::calendar::Instant;

/// The properties of a signal that its entry in the log does not hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignalRest {
    /// The id by which the signal names the person, where the entry does not give it back.
    pub person: Option<String>,
    /// The weight in the decayed score.
    pub weight: Option<f64>,
    /// The name of the cadence.
    pub cadence: Option<String>,
    /// The step of the cadence, from 1.
    pub step: Option<u32>,
}

/// The place of the bit for planned touches among the bits of a lead.
const PLANNED: u32 = 23;

/// Writes the bits of a part and then its fields.
struct FieldWriter<'w, 'v> {
    writer: ByteWriter<'v>,
    words: &'w mut WordTable,
}

impl FieldWriter<'_, '_> {
    /// Writes a bit for each field, true where it is present.
    fn bits(&mut self, present: &[bool]) {
        let bits = present.iter().enumerate().fold(0_u64, |bits, (nth, present)| bits | u64::from(*present) << nth);
        self.writer.count(bits);
    }

    fn word(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            let word = self.words.number(text);
            self.writer.count(u64::from(word.0));
        }
    }

    fn text(&mut self, text: Option<&str>) {
        text.into_iter().for_each(|text| self.writer.text(text));
    }

    fn number(&mut self, number: Option<f64>) {
        number.into_iter().for_each(|number| self.writer.number(number));
    }

    fn moment(&mut self, at: Option<Instant>) {
        at.into_iter().for_each(|at| self.writer.whole(at.millis()));
    }

    /// Writes a word of a vocabulary as its place in the list of its enum.
    fn place(&mut self, place: Option<u8>) {
        place.into_iter().for_each(|place| self.writer.byte(place));
    }
}

/// Appends the record of a lead to `into`, without the team's own fields and without signals, which the page holds. `rests` are the rests
/// of its signals, in order of time.
pub fn pack(lead: &LeadRef<'_>, rests: &[SignalRest], into: &mut Vec<u8>, words: &mut WordTable) {
    let mut out = FieldWriter { writer: ByteWriter(into), words };
    // The page holds the own fields in columns and the signals in its log.
    let &LeadRef {
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
        fields: _,
        ref people,
        signals: _,
        ref planned,
        ref quotes,
    } = lead;
    let AccountRef {
        id: account_id,
        name: account_name,
        country: account_country,
        region: account_region,
        zone: account_zone,
        legal_form: account_legal_form,
        industry: account_industry,
        employees: account_employees,
        customer_since: account_customer_since,
    } = account;
    let own_id = Some(account_id).filter(|own| *own != id);
    out.writer.text(id);
    out.bits(&[
        own_id.is_some(),
        name.is_some(),
        account_name.is_some(),
        country.is_some(),
        account_country.is_some(),
        zone.is_some(),
        account_zone.is_some(),
        language.is_some(),
        owner.is_some(),
        stage.is_some(),
        source.is_some(),
        topic.is_some(),
        value.is_some(),
        churn.is_some(),
        created_at.is_some(),
        stage_since.is_some(),
        account_legal_form.is_some(),
        account_region.is_some(),
        account_industry.is_some(),
        account_employees.is_some(),
        account_customer_since.is_some(),
        !people.is_empty(),
        !rests.is_empty(),
        !planned.is_empty(),
        !quotes.is_empty(),
    ]);
    out.text(own_id);
    out.text(name);
    out.text(account_name);
    [country, account_country, zone, account_zone, language, owner].into_iter().for_each(|text| out.word(text));
    out.place(stage.map(|stage| stage as u8));
    out.word(source);
    out.word(topic);
    out.number(value);
    out.number(churn);
    out.moment(created_at);
    out.moment(stage_since);
    out.place(account_legal_form.map(|form| form as u8));
    out.word(account_region);
    out.word(account_industry);
    account_employees.into_iter().for_each(|count| out.writer.whole(count));
    out.moment(account_customer_since);
    if !people.is_empty() {
        out.writer.count(people.len() as u64);
        people.iter().for_each(|person| pack_person(person, &mut out));
    }
    if !rests.is_empty() {
        out.writer.count(rests.len() as u64);
        rests.iter().for_each(|rest| pack_rest(rest, &mut out));
    }
    if !planned.is_empty() {
        out.writer.count(planned.len() as u64);
        for touch in planned {
            out.bits(&[touch.person.is_some(), touch.rep.is_some(), touch.zone.is_some()]);
            out.moment(Some(touch.at));
            out.place(Some(touch.channel as u8));
            out.text(touch.person);
            out.word(touch.rep);
            out.word(touch.zone);
        }
    }
    if !quotes.is_empty() {
        out.writer.count(quotes.len() as u64);
        for quote in quotes {
            out.bits(&[quote.amount.is_some(), quote.decided_at.is_some()]);
            out.moment(Some(quote.sent_at));
            out.place(Some(quote.status as u8));
            out.number(quote.amount);
            out.moment(quote.decided_at);
        }
    }
}

fn pack_person(person: &PersonRecordRef<'_>, out: &mut FieldWriter<'_, '_>) {
    let &PersonRecordRef {
        id,
        ref aliases,
        human,
        name,
        ref roles,
        title,
        ref channels,
        country,
        zone,
        language,
        legal_form,
        reachable,
        influence,
        stance,
        do_not_call,
        do_not_email,
        objected,
        ref consents,
    } = person;
    out.writer.text(id);
    out.bits(&[
        name.is_some(),
        !roles.is_empty(),
        !channels.is_empty(),
        title.is_some(),
        do_not_call,
        do_not_email,
        objected,
        influence.is_some(),
        stance.is_some(),
        country.is_some(),
        zone.is_some(),
        language.is_some(),
        legal_form.is_some(),
        reachable.is_some(),
        !aliases.is_empty(),
        human.is_some(),
        !consents.is_empty(),
    ]);
    out.text(name);
    if !roles.is_empty() {
        out.writer.count(roles.len() as u64);
        roles.iter().for_each(|role| out.writer.byte(*role as u8));
    }
    if !channels.is_empty() {
        out.writer.count(channels.len() as u64);
        channels.iter().for_each(|channel| out.writer.byte(*channel as u8));
    }
    out.word(title);
    out.number(influence);
    out.place(stance.map(|stance| stance as u8));
    out.word(country);
    out.word(zone);
    out.word(language);
    out.place(legal_form.map(|form| form as u8));
    out.word(reachable);
    if !aliases.is_empty() {
        out.writer.count(aliases.len() as u64);
        aliases.iter().for_each(|alias| out.writer.text(alias));
    }
    out.text(human);
    if !consents.is_empty() {
        out.writer.count(consents.len() as u64);
        for consent in consents {
            let (ended, ends) = (consent.withdrawn_at.is_some(), consent.valid_to.is_some());
            out.bits(&[consent.channel.is_some(), ended, ends, consent.proof.is_some()]);
            out.place(consent.channel.map(|channel| channel as u8));
            out.place(Some(consent.basis as u8));
            out.moment(Some(consent.given_at));
            out.moment(consent.withdrawn_at);
            out.moment(consent.valid_to);
            out.text(consent.proof);
        }
    }
}

fn pack_rest(rest: &SignalRest, out: &mut FieldWriter<'_, '_>) {
    out.bits(&[rest.person.is_some(), rest.weight.is_some(), rest.cadence.is_some(), rest.step.is_some()]);
    out.text(rest.person.as_deref());
    out.number(rest.weight);
    out.word(rest.cadence.as_deref());
    rest.step.into_iter().for_each(|step| out.writer.count(u64::from(step)));
}

impl SignalRest {
    /// What the log entry of this signal does not hold; `by_id` is true when the entry gives back the id of the person.
    pub fn of(signal: &SignalRef<'_>, by_id: bool) -> Self {
        Self {
            person: signal.person.filter(|_| !by_id).map(ToOwned::to_owned),
            weight: signal.weight,
            cadence: signal.cadence.map(ToOwned::to_owned),
            step: signal.step,
        }
    }
}

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
/// reads them. A lead with planned touches keeps its names and ids, because planned touches refer to people by id.
pub fn unpack_nameless(bytes: &[u8], words: &WordTable) -> (Lead, Vec<SignalRest>) {
    read(bytes, words, true)
}

fn read(bytes: &[u8], words: &WordTable, nameless: bool) -> (Lead, Vec<SignalRest>) {
    let mut parts = FieldReader { reader: ByteReader(bytes), words, bits: 0, nameless };
    let id = parts.name();
    parts.bits();
    parts.nameless &= parts.bits >> PLANNED & 1 == 0;
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
    let people = if has_people { parts.reader.entries() } else { 0 };
    let people = (0..people).map(|_| unpack_person(&mut parts)).collect();
    let rests = if has_rests { parts.reader.entries() } else { 0 };
    let rests = (0..rests).map(|_| unpack_rest(&mut parts)).collect();
    let planned = if has_planned { parts.reader.entries() } else { 0 };
    let planned = (0..planned).filter_map(|_| unpack_planned(&mut parts)).collect();
    let quotes = if has_quotes { parts.reader.entries() } else { 0 };
    let quotes = (0..quotes).filter_map(|_| unpack_quote(&mut parts)).collect();
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
    };
    (lead, rests)
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
    }
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
