//! Facts about quotes: how many are open, for how long, worth how much, and how the last one ended.
//!
//! A quote is open from the moment it was sent until it was decided or is no longer valid, so that at an earlier `now` a lead has the quotes
//! of then. A quote that is not open and has no moment of decision was decided before `now`; nobody knows when, save that one which ran out
//! did so when its validity ended.

use crate::book::catalogue::Fact;
use crate::book::value::Value;
use crate::book::vocabulary::QuoteStatus;
use crate::book::{Lead, Quote};
use crate::calendar::Instant;
use crate::evaluate::facts::FactValue;
use crate::evaluate::facts::change::Motion;

/// Where a quote that was sent stands at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Open,
    /// It ended so, and then. Either may not be known.
    Ended(Option<QuoteStatus>, Option<Instant>),
}

fn standing(quote: &Quote, now: Instant) -> Standing {
    let ended = Some(quote.status).filter(|status| *status != QuoteStatus::Open);
    let ran_out = quote.valid_until.filter(|end| *end <= now);
    match quote.decided_at {
        Some(decided) if decided <= now => Standing::Ended(ended, Some(decided)),
        None if ended == Some(QuoteStatus::Expired) => Standing::Ended(ended, ran_out),
        None if ended.is_some() => Standing::Ended(ended, None),
        _ if ran_out.is_some() => Standing::Ended(Some(QuoteStatus::Expired), ran_out),
        _ => Standing::Open,
    }
}

/// When a lead accepted a quote after which no other was sent, the last time up to `now`; where that is not known, when the quote was sent, because it was not sooner.
pub(crate) fn last_accepted(lead: &Lead, now: Instant) -> Option<Instant> {
    let sent = || lead.quotes.iter().filter(|quote| quote.sent_at <= now);
    let accepted = sent().filter_map(|quote| match standing(quote, now) {
        Standing::Ended(Some(QuoteStatus::Accepted), at) => Some(at.unwrap_or(quote.sent_at)),
        _ => None,
    });
    accepted.filter(|at| sent().all(|quote| quote.sent_at <= *at)).max()
}

/// The next moment after `now` at which a quote of a lead is sent, decided or no longer valid.
pub(crate) fn next_quote_moment(lead: &Lead, now: Instant) -> Option<Instant> {
    lead.quotes.iter().flat_map(Quote::moments).filter(|at| *at > now).min()
}

/// A fact about the quotes of a lead at `now`.
pub(crate) fn quote_fact(lead: &Lead, fact: Fact, now: Instant) -> FactValue {
    let sent = || lead.quotes.iter().filter(|quote| quote.sent_at <= now);
    let open = || sent().filter(|quote| standing(quote, now) == Standing::Open);
    let until = next_quote_moment(lead, now);
    // The quote that counts where none is open: the one that ended last.
    let last_ended = || {
        let ended = sent().filter_map(|quote| match standing(quote, now) {
            Standing::Ended(status, at) => Some((at.unwrap_or(quote.sent_at), status, at)),
            Standing::Open => None,
        });
        ended.max_by_key(|(order, ..)| *order).map(|(_, status, at)| (status, at))
    };
    match fact {
        Fact::QuotesOpen => FactValue::until(Value::Whole(open().count() as i64), until),
        Fact::QuoteOpenFor => FactValue::ago(open().map(|quote| quote.sent_at).min(), now, until),
        Fact::LastQuote => {
            let status = match open().next() {
                Some(_) => Some(QuoteStatus::Open),
                None => last_ended().and_then(|(status, _)| status),
            };
            FactValue { until, ..FactValue::text(status.map(QuoteStatus::word)) }
        }
        Fact::QuoteClosedFor => {
            let ended = if open().next().is_some() { None } else { last_ended().and_then(|(_, at)| at) };
            FactValue::ago(ended, now, until)
        }
        Fact::QuoteValidFor => match open().filter_map(|quote| quote.valid_until).min() {
            Some(end) => FactValue { value: Value::Length(end - now), motion: Motion::Linear(-1), until },
            None => FactValue::until(Value::Unknown, until),
        },
        _ => {
            let known = || open().filter_map(|quote| quote.amount);
            let worth = known().next().is_some().then(|| known().sum::<f64>());
            FactValue::until(worth, until)
        }
    }
}
