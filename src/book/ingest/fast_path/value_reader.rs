//! Reads the fields of a lead and of its people, signals, planned touches and quotes, each only when it is valid as it is.

use crate::book::ingest::fast_path::accepted_texts::AcceptedTexts;
use crate::book::ingest::fast_path::cursor::{Cursor, FastRead, FastStop};
use crate::book::lead_ref::{AccountRef, ConsentRef, FieldRef, PersonRecordRef, PlannedTouchRef, QuoteRef, SignalRef};
use crate::book::vocabulary::{
    Basis, Channel, Direction, Excluded, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stance,
};
use crate::calendar::rfc3339::moment;
use crate::calendar::{Instant, WrittenMoment, Zone};
use crate::limits;

/// The bounds of an amount.
pub(super) const AMOUNT: (f64, f64) = (0.0, limits::NUMBER);
/// The bounds of a share.
pub(super) const SHARE: (f64, f64) = (0.0, 1.0);
/// The bounds of all other numbers.
const ANY: (f64, f64) = (-limits::NUMBER, limits::NUMBER);

/// Marks a field as seen, by its bit in `seen`; a field given twice is not accepted.
pub(super) fn once(seen: &mut u32, bit: u32) -> FastRead<()> {
    let before = *seen;
    *seen |= 1 << bit;
    if before == *seen { Err(FastStop::NotAccepted) } else { Ok(()) }
}

/// A list with more than `most` entries is not accepted.
fn at_most(count: usize, most: usize) -> FastRead<()> {
    if count > most { Err(FastStop::NotAccepted) } else { Ok(()) }
}

/// A required value; not accepted when it is absent.
fn required<T>(value: Option<T>) -> FastRead<T> {
    value.ok_or(FastStop::NotAccepted)
}

/// Reads values at a cursor.
#[derive(Debug)]
pub(super) struct ValueReader<'k> {
    /// The countries, zones and hours accepted so far.
    pub(super) known: &'k mut AcceptedTexts,
}

impl ValueReader<'_> {
    /// Reads a text that is not blank and not too long.
    pub(super) fn text<'a>(&self, cursor: &mut Cursor<'a>) -> FastRead<&'a str> {
        let bytes = cursor.quoted()?;
        let text = std::str::from_utf8(bytes).map_err(|_| FastStop::NotAccepted)?;
        let blank = !bytes.first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty();
        if blank || bytes.len() > limits::TEXT_BYTES { Err(FastStop::NotAccepted) } else { Ok(text) }
    }

    /// Reads a text or `null`.
    pub(super) fn optional_text<'a>(&self, cursor: &mut Cursor<'a>) -> FastRead<Option<&'a str>> {
        if cursor.null()? { Ok(None) } else { self.text(cursor).map(Some) }
    }

    /// Reads a text that is valid, or `null`.
    fn valid_text<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        is_valid: impl FnOnce(&mut AcceptedTexts, &str) -> bool,
    ) -> FastRead<Option<&'a str>> {
        match self.optional_text(cursor)? {
            Some(text) if !is_valid(self.known, text) => Err(FastStop::NotAccepted),
            text => Ok(text),
        }
    }

    pub(super) fn country<'a>(&mut self, cursor: &mut Cursor<'a>) -> FastRead<Option<&'a str>> {
        self.valid_text(cursor, AcceptedTexts::country)
    }

    pub(super) fn zone<'a>(&mut self, cursor: &mut Cursor<'a>) -> FastRead<Option<&'a str>> {
        self.valid_text(cursor, AcceptedTexts::zone)
    }

    pub(super) fn language<'a>(&mut self, cursor: &mut Cursor<'a>) -> FastRead<Option<&'a str>> {
        self.valid_text(cursor, |_, text| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase()))
    }

    fn region<'a>(&mut self, cursor: &mut Cursor<'a>) -> FastRead<Option<&'a str>> {
        let valid = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        self.valid_text(cursor, |_, text| (1..=3).contains(&text.len()) && text.bytes().all(valid))
    }

    /// Reads a word of a vocabulary, or `null`.
    pub(super) fn word<T>(&self, cursor: &mut Cursor<'_>, from: impl FnOnce(&str) -> Option<T>) -> FastRead<Option<T>> {
        if cursor.null()? {
            return Ok(None);
        }
        let word = std::str::from_utf8(cursor.quoted()?).map_err(|_| FastStop::NotAccepted)?;
        required(from(word)).map(Some)
    }

    pub(super) fn moment(&self, cursor: &mut Cursor<'_>) -> FastRead<Option<Instant>> {
        if cursor.null()? {
            return Ok(None);
        }
        required(moment(cursor.quoted()?)).map(Some)
    }

    fn written_moment(&self, cursor: &mut Cursor<'_>) -> FastRead<Option<WrittenMoment>> {
        if cursor.null()? {
            return Ok(None);
        }
        required(WrittenMoment::read(cursor.quoted()?)).map(Some)
    }

    pub(super) fn number(&self, cursor: &mut Cursor<'_>, (low, high): (f64, f64)) -> FastRead<Option<f64>> {
        if cursor.null()? {
            return Ok(None);
        }
        let (_, number) = cursor.number()?;
        if (low..=high).contains(&number) { Ok(Some(number)) } else { Err(FastStop::NotAccepted) }
    }

    fn whole(&self, cursor: &mut Cursor<'_>) -> FastRead<Option<i64>> {
        if cursor.null()? {
            return Ok(None);
        }
        required(cursor.number()?.0.whole).map(Some)
    }

    pub(super) fn truth(&self, cursor: &mut Cursor<'_>) -> FastRead<bool> {
        Ok(!cursor.null()? && cursor.truth()?)
    }

    pub(super) fn account<'a>(&mut self, cursor: &mut Cursor<'a>) -> FastRead<AccountRef<'a>> {
        let mut account = AccountRef::default();
        let mut seen = 0;
        cursor.object(|cursor, name| {
            let mut once = |bit: u32| once(&mut seen, bit);
            match name {
                b"id" => {
                    once(0).and_then(|()| self.optional_text(cursor)).map(|id| account.id = id.unwrap_or_default())
                }
                b"name" => once(1).and_then(|()| self.optional_text(cursor)).map(|name| account.name = name),
                b"country" => once(2).and_then(|()| self.country(cursor)).map(|code| account.country = code),
                b"region" => once(3).and_then(|()| self.region(cursor)).map(|region| account.region = region),
                b"zone" => once(4).and_then(|()| self.zone(cursor)).map(|zone| account.zone = zone),
                b"legal_form" => {
                    once(5).and_then(|()| self.word(cursor, LegalForm::from_word)).map(|form| account.legal_form = form)
                }
                b"industry" => once(6).and_then(|()| self.optional_text(cursor)).map(|text| account.industry = text),
                b"employees" => {
                    once(7)?;
                    account.employees = self.whole(cursor)?;
                    if account.employees.is_some_and(|count| count < 0) { Err(FastStop::NotAccepted) } else { Ok(()) }
                }
                b"customer_since" => once(8).and_then(|()| self.moment(cursor)).map(|at| account.customer_since = at),
                _ => Err(FastStop::NotAccepted),
            }
        })?;
        Ok(account)
    }

    pub(super) fn fields<'a>(
        &self,
        cursor: &mut Cursor<'a>,
        fields: &mut Vec<(&'a str, FieldRef<'a>)>,
    ) -> FastRead<()> {
        if cursor.null()? {
            return Ok(());
        }
        // Names whose value is null count too: given twice they are not accepted.
        let mut nulls: Vec<&str> = Vec::new();
        cursor.object(|cursor, name| {
            let name = std::str::from_utf8(name).map_err(|_| FastStop::NotAccepted)?;
            at_most(name.len(), limits::TEXT_BYTES)?;
            at_most(fields.len() + nulls.len() + 1, limits::ENTRIES)?;
            if fields.iter().any(|(other, _)| *other == name) || nulls.contains(&name) {
                return Err(FastStop::NotAccepted);
            }
            let value = match cursor.peek()? {
                b'"' => FieldRef::Text(self.text(cursor)?),
                b't' | b'f' => FieldRef::Truth(cursor.truth()?),
                b'n' => {
                    cursor.null()?;
                    nulls.push(name);
                    return Ok(());
                }
                _ => FieldRef::Number(required(self.number(cursor, ANY)?)?),
            };
            fields.push((name, value));
            Ok(())
        })
    }

    pub(super) fn people<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        people: &mut Vec<PersonRecordRef<'a>>,
    ) -> FastRead<()> {
        if cursor.null()? {
            return Ok(());
        }
        cursor.list(|cursor| {
            people.push(self.person(cursor)?);
            at_most(people.len(), limits::PEOPLE_PER_LEAD)
        })
    }

    fn person<'a>(&mut self, cursor: &mut Cursor<'a>) -> FastRead<PersonRecordRef<'a>> {
        let mut person = PersonRecordRef::default();
        let mut seen = 0;
        cursor.object(|cursor, name| {
            let mut once = |bit: u32| once(&mut seen, bit);
            match name {
                b"id" => once(0).and_then(|()| self.text(cursor)).map(|id| person.id = id),
                b"aliases" => {
                    once(1)?;
                    self.texts(cursor, &mut person.aliases)
                }
                b"human" => once(17).and_then(|()| self.optional_text(cursor)).map(|human| person.human = human),
                b"name" => once(2).and_then(|()| self.optional_text(cursor)).map(|name| person.name = name),
                b"roles" => {
                    once(3)?;
                    self.words(cursor, Role::from_word, &mut person.roles)
                }
                b"title" => once(4).and_then(|()| self.optional_text(cursor)).map(|title| person.title = title),
                b"channels" => {
                    once(5)?;
                    self.words(cursor, Channel::from_word, &mut person.channels)
                }
                b"country" => once(6).and_then(|()| self.country(cursor)).map(|code| person.country = code),
                b"zone" => once(7).and_then(|()| self.zone(cursor)).map(|zone| person.zone = zone),
                b"language" => once(8).and_then(|()| self.language(cursor)).map(|code| person.language = code),
                b"legal_form" => {
                    once(9).and_then(|()| self.word(cursor, LegalForm::from_word)).map(|form| person.legal_form = form)
                }
                b"reachable" => once(10)
                    .and_then(|()| self.valid_text(cursor, AcceptedTexts::hours))
                    .map(|text| person.reachable = text),
                b"influence" => {
                    once(11).and_then(|()| self.number(cursor, SHARE)).map(|share| person.influence = share)
                }
                b"stance" => {
                    once(12).and_then(|()| self.word(cursor, Stance::from_word)).map(|stance| person.stance = stance)
                }
                b"do_not_call" => once(13).and_then(|()| self.truth(cursor)).map(|truth| person.do_not_call = truth),
                b"do_not_email" => once(14).and_then(|()| self.truth(cursor)).map(|truth| person.do_not_email = truth),
                b"objected" => once(15).and_then(|()| self.truth(cursor)).map(|truth| person.objected = truth),
                b"left_at" => once(18).and_then(|()| self.moment(cursor)).map(|at| person.left_at = at),
                b"internal" => once(19).and_then(|()| self.truth(cursor)).map(|truth| person.internal = truth),
                b"consents" => {
                    once(16)?;
                    if cursor.null()? {
                        return Ok(());
                    }
                    cursor.list(|cursor| {
                        person.consents.push(self.consent(cursor)?);
                        at_most(person.consents.len(), limits::ENTRIES)
                    })
                }
                _ => Err(FastStop::NotAccepted),
            }
        })?;
        if person.id.is_empty() { Err(FastStop::NotAccepted) } else { Ok(person) }
    }

    fn texts<'a>(&self, cursor: &mut Cursor<'a>, texts: &mut Vec<&'a str>) -> FastRead<()> {
        if cursor.null()? {
            return Ok(());
        }
        cursor.list(|cursor| {
            texts.push(self.text(cursor)?);
            at_most(texts.len(), limits::ENTRIES)
        })
    }

    /// Reads a list of words of a vocabulary. Repeated words are removed, as the checking reader does.
    fn words<T: PartialEq>(
        &self,
        cursor: &mut Cursor<'_>,
        from: fn(&str) -> Option<T>,
        words: &mut Vec<T>,
    ) -> FastRead<()> {
        if cursor.null()? {
            return Ok(());
        }
        cursor.list(|cursor| {
            let word = required(self.word(cursor, from)?)?;
            if !words.contains(&word) {
                words.push(word);
            }
            Ok(())
        })
    }

    fn consent<'a>(&self, cursor: &mut Cursor<'a>) -> FastRead<ConsentRef<'a>> {
        let (mut channel, mut basis, mut given_at, mut proof) = (None, None, None, None);
        let (mut withdrawn_at, mut valid_to) = (None, None);
        let mut seen = 0;
        cursor.object(|cursor, name| {
            let mut once = |bit: u32| once(&mut seen, bit);
            match name {
                b"channel" => once(0).and_then(|()| self.word(cursor, Channel::from_word)).map(|word| channel = word),
                b"basis" => once(1).and_then(|()| self.word(cursor, Basis::from_word)).map(|word| basis = word),
                b"given_at" => once(2).and_then(|()| self.moment(cursor)).map(|at| given_at = at),
                b"withdrawn_at" => once(3).and_then(|()| self.moment(cursor)).map(|at| withdrawn_at = at),
                b"valid_to" => once(4).and_then(|()| self.moment(cursor)).map(|at| valid_to = at),
                b"proof" => once(5).and_then(|()| self.optional_text(cursor)).map(|text| proof = text),
                _ => Err(FastStop::NotAccepted),
            }
        })?;
        let (basis, given_at) = (required(basis)?, required(given_at)?);
        if [withdrawn_at, valid_to].into_iter().flatten().any(|at| at < given_at) {
            return Err(FastStop::NotAccepted);
        }
        Ok(ConsentRef { channel, basis, given_at, withdrawn_at, valid_to, proof })
    }

    pub(super) fn signals<'a>(&self, cursor: &mut Cursor<'a>, signals: &mut Vec<SignalRef<'a>>) -> FastRead<()> {
        if cursor.null()? {
            return Ok(());
        }
        cursor.list(|cursor| {
            signals.push(self.signal(cursor)?);
            at_most(signals.len(), limits::SIGNALS_PER_LEAD)
        })
    }

    fn signal<'a>(&self, cursor: &mut Cursor<'a>) -> FastRead<SignalRef<'a>> {
        let (mut at, mut kind) = (None, None);
        let mut signal = SignalRef {
            at: Instant::from_millis(0),
            kind: SignalKind::Note,
            topic: None,
            person: None,
            channel: None,
            direction: None,
            rep: None,
            outcome: None,
            content: None,
            weight: None,
            cadence: None,
            step: None,
            acknowledges: false,
            pack: None,
            rule: None,
            by: None,
        };
        let mut seen = 0;
        cursor.object(|cursor, name| {
            let mut once = |bit: u32| once(&mut seen, bit);
            match name {
                b"at" => once(0).and_then(|()| self.moment(cursor)).map(|moment| at = moment),
                b"kind" => once(1).and_then(|()| self.word(cursor, SignalKind::from_word)).map(|word| kind = word),
                b"topic" => once(2).and_then(|()| self.optional_text(cursor)).map(|text| signal.topic = text),
                b"person" => once(3).and_then(|()| self.optional_text(cursor)).map(|id| signal.person = id),
                b"channel" => {
                    once(4).and_then(|()| self.word(cursor, Channel::from_word)).map(|word| signal.channel = word)
                }
                b"direction" => {
                    once(5).and_then(|()| self.word(cursor, Direction::from_word)).map(|word| signal.direction = word)
                }
                b"rep" => once(6).and_then(|()| self.optional_text(cursor)).map(|id| signal.rep = id),
                b"outcome" => {
                    once(7).and_then(|()| self.word(cursor, Outcome::from_word)).map(|word| signal.outcome = word)
                }
                b"content" => once(8).and_then(|()| self.optional_text(cursor)).map(|id| signal.content = id),
                b"weight" => once(9).and_then(|()| self.number(cursor, ANY)).map(|weight| signal.weight = weight),
                b"cadence" => once(10).and_then(|()| self.optional_text(cursor)).map(|name| signal.cadence = name),
                b"step" => {
                    once(11)?;
                    let Some(step) = self.whole(cursor)? else { return Ok(()) };
                    signal.step = Some(u32::try_from(step).ok().filter(|step| *step > 0).ok_or(FastStop::NotAccepted)?);
                    Ok(())
                }
                b"acknowledges" => once(12).and_then(|()| self.truth(cursor)).map(|truth| signal.acknowledges = truth),
                b"pack" => once(13).and_then(|()| self.optional_text(cursor)).map(|name| signal.pack = name),
                b"rule" => once(14).and_then(|()| self.optional_text(cursor)).map(|name| signal.rule = name),
                b"by" => once(15).and_then(|()| self.word(cursor, Excluded::from_word)).map(|word| signal.by = word),
                _ => Err(FastStop::NotAccepted),
            }
        })?;
        (signal.at, signal.kind) = (required(at)?, required(kind)?);
        let ours = signal.kind == SignalKind::Quote || signal.rep.is_some();
        let direction = *signal.direction.get_or_insert(if ours { Direction::Outbound } else { Direction::Inbound });
        if signal.acknowledges && direction == Direction::Inbound {
            return Err(FastStop::NotAccepted);
        }
        Ok(signal)
    }

    pub(super) fn planned<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        planned: &mut Vec<PlannedTouchRef<'a>>,
    ) -> FastRead<()> {
        if cursor.null()? {
            return Ok(());
        }
        cursor.list(|cursor| {
            let (mut at, mut channel, mut person, mut rep, mut zone) = (None, None, None, None, None);
            let mut seen = 0;
            cursor.object(|cursor, name| {
                let mut once = |bit: u32| once(&mut seen, bit);
                match name {
                    b"at" => once(0).and_then(|()| self.written_moment(cursor)).map(|moment| at = moment),
                    b"channel" => {
                        once(1).and_then(|()| self.word(cursor, Channel::from_word)).map(|word| channel = word)
                    }
                    b"person" => once(2).and_then(|()| self.optional_text(cursor)).map(|id| person = id),
                    b"rep" => once(3).and_then(|()| self.optional_text(cursor)).map(|id| rep = id),
                    b"zone" => once(4).and_then(|()| self.zone(cursor)).map(|name| zone = name),
                    _ => Err(FastStop::NotAccepted),
                }
            })?;
            let at = required(at)?.moment(zone.and_then(|name| Zone::parse(name).ok()));
            planned.push(PlannedTouchRef { at, channel: required(channel)?, person, rep, zone });
            at_most(planned.len(), limits::ENTRIES)
        })
    }

    pub(super) fn quotes(&self, cursor: &mut Cursor<'_>, quotes: &mut Vec<QuoteRef>) -> FastRead<()> {
        if cursor.null()? {
            return Ok(());
        }
        cursor.list(|cursor| {
            let (mut sent_at, mut status, mut amount, mut decided_at, mut valid_until) = (None, None, None, None, None);
            let mut seen = 0;
            cursor.object(|cursor, name| {
                let mut once = |bit: u32| once(&mut seen, bit);
                match name {
                    b"sent_at" => once(0).and_then(|()| self.moment(cursor)).map(|at| sent_at = at),
                    b"status" => {
                        once(1).and_then(|()| self.word(cursor, QuoteStatus::from_word)).map(|word| status = word)
                    }
                    b"amount" => once(2).and_then(|()| self.number(cursor, AMOUNT)).map(|number| amount = number),
                    b"decided_at" => once(3).and_then(|()| self.moment(cursor)).map(|at| decided_at = at),
                    b"valid_until" => once(4).and_then(|()| self.moment(cursor)).map(|at| valid_until = at),
                    _ => Err(FastStop::NotAccepted),
                }
            })?;
            let (sent_at, status) = (required(sent_at)?, required(status)?);
            if [decided_at, valid_until].into_iter().flatten().any(|at| at < sent_at) {
                return Err(FastStop::NotAccepted);
            }
            quotes.push(QuoteRef { sent_at, status, amount, decided_at, valid_until });
            at_most(quotes.len(), limits::ENTRIES)
        })
    }
}
