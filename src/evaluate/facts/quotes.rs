//! Facts about quotes: how many are open, for how long, worth how much.
//!
//! A quote is open from the moment it was sent until it was decided, so that at an earlier `now` a lead has the quotes of
//! then. A quote that is not open and has no moment of decision was decided before `now`.

use crate::book::catalogue::Fact;
use crate::book::value::Value;
use crate::book::vocabulary::QuoteStatus;
use crate::book::{Lead, Quote};
use crate::evaluate::facts::{FactContext, FactValue};

impl FactContext {
    pub(crate) fn quote_fact(&self, lead: &Lead, fact: Fact) -> FactValue {
        let now = self.now();
        let undecided = |quote: &Quote| match quote.decided_at {
            Some(decided) => decided > now,
            None => quote.status == QuoteStatus::Open,
        };
        let open = || lead.quotes.iter().filter(|quote| quote.sent_at <= now && undecided(quote));
        let changes = lead.quotes.iter().flat_map(|quote| [Some(quote.sent_at), quote.decided_at]).flatten();
        let until = changes.filter(|at| *at > now).min();
        match fact {
            Fact::QuotesOpen => FactValue::until(Value::Whole(open().count() as i64), until),
            Fact::QuoteOpenFor => FactValue::ago(open().map(|quote| quote.sent_at).min(), now, until),
            _ => {
                let known = || open().filter_map(|quote| quote.amount);
                let worth = known().next().is_some().then(|| known().sum::<f64>());
                FactValue::until(worth, until)
            }
        }
    }
}
