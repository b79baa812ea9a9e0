//! Packs a lead into bytes, which [`unpack`](crate::book::packed::unpack()) reads.
//!
//! Each part begins with a bit for each of its optional fields, 1 where the field is present; the fields follow in the order of their bits.

use crate::book::lead_ref::{AccountRef, FeedbackRef, LeadRef, PersonRecordRef, PlannedTouchRef, SignalRef};
use crate::book::not_counted::NotCountedRef;
use crate::book::packed::bytes::ByteWriter;
use crate::book::vocabulary::Excluded;
use crate::book::word_table::WordTable;
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
    /// The name of the pack whose advice it carried out.
    pub pack: Option<String>,
    /// The name of the rule whose advice it carried out.
    pub rule: Option<String>,
    /// Who made it, where that was no customer.
    pub by: Option<Excluded>,
}

/// The bits of a lead for planned touches and for feedback, which name people by id.
pub(super) const NAMES_PEOPLE: u64 = 1 << 23 | 1 << 27;

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
        stage_by,
        spam,
        ref feedback,
        ref not_counted,
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
        stage_by.is_some(),
        spam,
        !feedback.is_empty(),
        !not_counted.is_empty(),
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
        planned.iter().for_each(|touch| pack_planned(touch, &mut out));
    }
    if !quotes.is_empty() {
        out.writer.count(quotes.len() as u64);
        for quote in quotes {
            out.bits(&[quote.amount.is_some(), quote.decided_at.is_some(), quote.valid_until.is_some()]);
            out.moment(Some(quote.sent_at));
            out.place(Some(quote.status as u8));
            out.number(quote.amount);
            out.moment(quote.decided_at);
            out.moment(quote.valid_until);
        }
    }
    out.place(stage_by.map(|by| by as u8));
    if !feedback.is_empty() {
        out.writer.count(feedback.len() as u64);
        feedback.iter().for_each(|feedback| pack_feedback(feedback, &mut out));
    }
    if !not_counted.is_empty() {
        let NotCountedRef { people, signals, planned } = not_counted;
        out.writer.count(people.len() as u64);
        for (place, person) in people {
            out.writer.count(u64::from(*place));
            pack_person(person, &mut out);
        }
        out.writer.count(signals.len() as u64);
        signals.iter().for_each(|signal| pack_signal(signal, &mut out));
        out.writer.count(planned.len() as u64);
        planned.iter().for_each(|touch| pack_planned(touch, &mut out));
    }
}

fn pack_planned(touch: &PlannedTouchRef<'_>, out: &mut FieldWriter<'_, '_>) {
    let &PlannedTouchRef { at, channel, person, rep, zone } = touch;
    out.bits(&[person.is_some(), rep.is_some(), zone.is_some()]);
    out.moment(Some(at));
    out.place(Some(channel as u8));
    out.text(person);
    out.word(rep);
    out.word(zone);
}

/// A signal that is in no log, as a whole.
fn pack_signal(signal: &SignalRef<'_>, out: &mut FieldWriter<'_, '_>) {
    out.bits(&[
        signal.topic.is_some(),
        signal.person.is_some(),
        signal.channel.is_some(),
        signal.direction.is_some(),
        signal.rep.is_some(),
        signal.outcome.is_some(),
        signal.content.is_some(),
        signal.acknowledges,
    ]);
    out.moment(Some(signal.at));
    out.place(Some(signal.kind as u8));
    out.word(signal.topic);
    out.text(signal.person);
    out.place(signal.channel.map(|channel| channel as u8));
    out.place(signal.direction.map(|direction| direction as u8));
    out.word(signal.rep);
    out.place(signal.outcome.map(|outcome| outcome as u8));
    out.word(signal.content);
    pack_rest(&SignalRest::of(signal, true), out);
}

fn pack_feedback(feedback: &FeedbackRef<'_>, out: &mut FieldWriter<'_, '_>) {
    let &FeedbackRef { at, rule, pack, person, verdict, until, reason, rep } = feedback;
    out.bits(&[pack.is_some(), person.is_some(), until.is_some(), reason.is_some(), rep.is_some()]);
    out.moment(Some(at));
    out.word(Some(rule));
    out.place(Some(verdict as u8));
    out.word(pack);
    out.text(person);
    out.moment(until);
    out.text(reason);
    out.word(rep);
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
        left_at,
        ref absences,
        internal,
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
        left_at.is_some(),
        !absences.is_empty(),
        internal,
        !consents.is_empty(), // last: each consent has bits of its own
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
    out.moment(left_at);
    if !absences.is_empty() {
        out.writer.count(absences.len() as u64);
        for absence in absences {
            out.moment(Some(absence.from));
            out.moment(Some(absence.until));
        }
    }
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
    let &SignalRest { ref person, weight, ref cadence, step, ref pack, ref rule, by } = rest;
    out.bits(&[
        person.is_some(),
        weight.is_some(),
        cadence.is_some(),
        step.is_some(),
        pack.is_some(),
        rule.is_some(),
        by.is_some(),
    ]);
    out.text(person.as_deref());
    out.number(weight);
    out.word(cadence.as_deref());
    step.into_iter().for_each(|step| out.writer.count(step.into()));
    out.word(pack.as_deref());
    out.word(rule.as_deref());
    out.place(by.map(|by| by as u8));
}

impl SignalRest {
    /// What the log entry of this signal does not hold; `by_id` is true when the entry gives back the id of the person.
    pub fn of(signal: &SignalRef<'_>, by_id: bool) -> Self {
        Self {
            person: signal.person.filter(|_| !by_id).map(ToOwned::to_owned),
            weight: signal.weight,
            cadence: signal.cadence.map(ToOwned::to_owned),
            step: signal.step,
            pack: signal.pack.map(ToOwned::to_owned),
            rule: signal.rule.map(ToOwned::to_owned),
            by: signal.by,
        }
    }
}
