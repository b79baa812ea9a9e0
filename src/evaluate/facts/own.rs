//! Facts of the team's own that are moments: `fact renewal as time`.
//!
//! A lead file has such a moment as a text: RFC 3339 with an offset, or a date, which is the start of that day in the zone of the lead (in UTC where
//! that is not known). What is neither is no moment: a clause that reads it fails for that lead, which is told.

use chrono::NaiveDate;

use crate::book::value::Value;
use crate::book::{FieldValue, Lead, Person};
use crate::calendar::iso_date::iso_date;
use crate::calendar::{Instant, Zone};
use crate::diagnostics::{EvaluationErrorCode, ValueError};
use crate::evaluate::facts::{FactContext, FactValue};
use crate::pack::fact_arguments::FactArguments;
use crate::wording::Sentence;

/// A field of a lead as a moment; unknown where the lead has none of that name.
///
/// # Errors
/// It has something there that is no moment.
pub(crate) fn moment_of(lead: &Lead, name: &str) -> Result<Value, ValueError> {
    let value = match lead.fields.get(name) {
        None => return Ok(Value::Unknown),
        Some(FieldValue::Text(text)) => match moment(lead, text.trim()) {
            Some(moment) => return Ok(Value::Moment(moment)),
            None => Value::text(text),
        },
        Some(FieldValue::Truth(truth)) => Value::Truth(*truth),
        Some(FieldValue::Number(number)) => Value::Number(*number),
    };
    let sentence = Sentence::new("run-no-time").with("name", name).with("came", value.described());
    Err(ValueError::new(EvaluationErrorCode::InvalidValue, sentence))
}

fn moment(lead: &Lead, text: &str) -> Option<Instant> {
    iso_date(text).map(|date| zone_of(lead).start_of_day(date)).or_else(|| Instant::parse(text).ok())
}

/// The zone in which the days of a lead begin.
fn zone_of(lead: &Lead) -> Zone {
    lead.location_of(&Person::default()).clock().unwrap_or(Zone::UTC)
}

impl FactContext {
    /// One of the team's own facts that is declared as a time; unknown where the lead has none by that name.
    ///
    /// # Errors
    /// The lead has something there that is no moment.
    pub(crate) fn own_time(&self, name: &str) -> Result<Value, ValueError> {
        self.lead().map_or(Ok(Value::Unknown), |lead| moment_of(lead, name))
    }

    /// How many days it is until the day of one of the team's own moments, in the zone of the lead: 0 on the day itself, less than 0 after it.
    pub(crate) fn days_to(&self, lead: &Lead, args: &FactArguments) -> FactValue {
        let own = args.own.as_deref().and_then(|name| match moment_of(lead, name) {
            Ok(Value::Moment(moment)) => Some(moment),
            _ => None,
        });
        let Some(moment) = own.or(args.moment) else { return FactValue::still(Value::Unknown) };
        let zone = zone_of(lead);
        let day = |at: Instant| -> NaiveDate { zone.local(at).date() };
        let days = day(moment).signed_duration_since(day(self.now())).num_days();
        FactValue::until(Value::Whole(days), Some(zone.day(self.now()).until))
    }
}
