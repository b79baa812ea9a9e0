//! Codes about values in statements.

use crate::diagnostics::codes::DiagnosticCode;

/// A fact has no kind
///
/// ## What it does
/// Reports when `fact` does not say which type its value has.
///
/// ## Why it matters
/// Rules could use it in the wrong way.
///
/// ## Example
/// ```rhai
/// fact budget;
/// ```
///
/// ## Do instead
/// ```rhai
/// fact budget as number;
/// ```
pub(crate) const MISSING_TYPE: DiagnosticCode = DiagnosticCode::new("missing-type");

/// There is no value
///
/// ## What it does
/// Reports when a setting or constant has no value.
///
/// ## Why it matters
/// What reads it would have nothing to go by.
///
/// ## Example
/// ```rhai
/// setting hot_visits;
/// never phone when lead.visits(7.days) > hot_visits;
/// ```
///
/// ## Do instead
/// ```rhai
/// setting hot_visits = 2;
/// never phone when lead.visits(7.days) > hot_visits;
/// ```
pub(crate) const MISSING_VALUE: DiagnosticCode = DiagnosticCode::new("missing-value");

/// A setting cannot be this
///
/// ## What it does
/// Reports when the value of a setting is of a type that cannot be overridden: a map, a moment, a touch.
///
/// ## Why it matters
/// What reads it is left out too.
///
/// ## Example
/// ```rhai
/// setting hot = phone;
/// never phone when lead.visits(7.days) > hot;
/// ```
///
/// ## Do instead
/// ```rhai
/// setting hot = 2;
/// never phone when lead.visits(7.days) > hot;
/// ```
pub(crate) const BAD_SETTING: DiagnosticCode = DiagnosticCode::new("bad-setting");

/// A value lies outside its range
///
/// ## What it does
/// Reports when the value of a setting is outside its own range.
///
/// ## Why it matters
/// The range says what is sensible. What reads the setting is left out too.
///
/// ## Example
/// ```rhai
/// setting hot = 20 range 1..=10;
/// never phone when lead.visits(7.days) > hot;
/// ```
///
/// ## Do instead
/// ```rhai
/// setting hot = 5 range 1..=10;
/// never phone when lead.visits(7.days) > hot;
/// ```
pub(crate) const OUTSIDE_RANGE: DiagnosticCode = DiagnosticCode::new("outside-range");

/// This is no range
///
/// ## What it does
/// Reports when the range of a setting is not two whole numbers, or ends before it begins.
///
/// ## Why it matters
/// Without it no value can be checked.
///
/// ## Example
/// ```rhai
/// setting hot = 2 range 10..=1;
/// never phone when lead.visits(7.days) > hot;
/// ```
///
/// ## Do instead
/// ```rhai
/// setting hot = 2 range 1..=10;
/// never phone when lead.visits(7.days) > hot;
/// ```
pub(crate) const BAD_RANGE: DiagnosticCode = DiagnosticCode::new("bad-range");

/// A setting is turned to what it cannot be
///
/// ## What it does
/// Reports when a setting is given a value that its type, unit or range does not allow: 3 for a length of time, which is `3.days`.
///
/// ## Why it matters
/// The value of the pack is used instead.
///
/// Told where settings are turned: `cadans decide --set hot_visits=99`. Choose a value that the setting allows;
/// `cadans settings` lists them with their ranges and units.
pub(crate) const BAD_OVERRIDE: DiagnosticCode = DiagnosticCode::new("bad-override");

/// An entry of the pack is not what it should be
///
/// ## What it does
/// Reports when an entry in the map of a `pack` statement has another kind of value than it should: `hard` is true or false, `countries` a
/// list of country codes or "elsewhere", `notes` a map of texts, and the others are texts.
///
/// ## Why it matters
/// What it says about the pack would be lost. Until it is mended, the pack counts as hard.
///
/// ## Example
/// ```rhai
/// pack "Sales" #{ version: 1 };
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "Sales" #{ version: "1.0.0" };
/// ```
pub(crate) const BAD_ENTRY: DiagnosticCode = DiagnosticCode::new("bad-entry");

/// A pack has no such entry
///
/// ## What it does
/// Reports when the map of a `pack` statement has a name that means nothing to the engine. What is only for the reader goes under `notes`.
///
/// ## Why it matters
/// A misspelled `valid_to` would end nothing, and a misspelled `hard` would leave law without force. Until it is mended, the pack counts as hard.
///
/// ## Example
/// ```rhai
/// pack "Sales" #{ valid_until: "2026-12-01" };
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "Sales" #{ valid_to: "2026-12-01", notes: #{ checked_on: "2026-11-21" } };
/// ```
pub(crate) const UNKNOWN_ENTRY: DiagnosticCode = DiagnosticCode::new("unknown-entry");

/// This is no moment
///
/// ## What it does
/// Reports when a date or moment cannot be read, or has no time zone.
///
/// ## Why it matters
/// Times are compared all over the world; without a zone one is hours off.
///
/// ## Example
/// ```rhai
/// never phone when now > date("july");
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when now > date("2026-07-01");
/// ```
pub(crate) const BAD_MOMENT: DiagnosticCode = DiagnosticCode::new("bad-moment");

/// A limit has no number
///
/// ## What it does
/// Reports when a limit does not say how many touches it allows, or not as a whole number.
///
/// ## Why it matters
/// There would be nothing to count to.
///
/// ## Example
/// ```rhai
/// limit phone "2" per 7.days;
/// ```
///
/// ## Do instead
/// ```rhai
/// limit phone 2 per 7.days;
/// ```
pub(crate) const MISSING_NUMBER: DiagnosticCode = DiagnosticCode::new("missing-number");

/// A pause has no length
///
/// ## What it does
/// Reports when a pause does not say how long it lasts.
///
/// ## Why it matters
/// It could last forever, or not at all.
///
/// ## Example
/// ```rhai
/// pause phone when lead.last_outcome("phone") is "no_answer";
/// ```
///
/// ## Do instead
/// ```rhai
/// pause phone 2.days when lead.last_outcome("phone") is "no_answer";
/// ```
pub(crate) const MISSING_LENGTH: DiagnosticCode = DiagnosticCode::new("missing-length");

/// A length of time is needed
///
/// ## What it does
/// Reports when something else stands where a length of time by the clock is needed.
///
/// ## Why it matters
/// A number without a unit could be days or hours. Working time runs at another pace for each rep.
///
/// ## Example
/// ```rhai
/// limit phone 2 per 7;
/// ```
///
/// ## Do instead
/// ```rhai
/// limit phone 2 per 7.days;
/// ```
pub(crate) const NOT_A_LENGTH: DiagnosticCode = DiagnosticCode::new("not-a-length");

/// A text is needed
///
/// ## What it does
/// Reports when something else stands where a text is needed, such as the `because` of a setting.
///
/// ## Why it matters
/// It is there to be read by people.
///
/// ## Example
/// ```rhai
/// setting hot = 2 because 3;
/// never phone when lead.visits(7.days) > hot;
/// ```
///
/// ## Do instead
/// ```rhai
/// setting hot = 2 because "Visits that count as hot";
/// never phone when lead.visits(7.days) > hot;
/// ```
pub(crate) const NOT_A_TEXT: DiagnosticCode = DiagnosticCode::new("not-a-text");

/// A value cannot be worked out
///
/// ## What it does
/// Reports when the value of a setting, a constant or a number in a statement fails when the pack is read.
///
/// ## Why it matters
/// It is worked out once, and there is nothing to go by.
///
/// ## Example
/// ```rhai
/// const HALF = 1 / 0;
/// ```
///
/// ## Do instead
/// ```rhai
/// const HALF = 1.0 / 2;
/// ```
pub(crate) const NO_VALUE: DiagnosticCode = DiagnosticCode::new("no-value");

/// A reachable has no hours
///
/// ## What it does
/// Reports when `reachable` does not say when.
///
/// ## Why it matters
/// It would allow everything or nothing.
///
/// ## Example
/// ```rhai
/// reachable phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// reachable phone "Mo-Fr 09:00-17:30; PH off";
/// ```
pub(crate) const MISSING_HOURS: DiagnosticCode = DiagnosticCode::new("missing-hours");

/// Hours cannot be read
///
/// ## What it does
/// Reports when hours are not written in the OpenStreetMap notation, or use a part of it that is not supported, such as sunset.
///
/// ## Why it matters
/// Nobody could be called on time.
///
/// ## Example
/// ```rhai
/// reachable phone "nine to five";
/// ```
///
/// ## Do instead
/// ```rhai
/// reachable phone "Mo-Fr 09:00-17:00; PH off";
/// ```
pub(crate) const OPENING_HOURS: DiagnosticCode = DiagnosticCode::new("opening-hours");

/// Holidays have no country
///
/// ## What it does
/// Reports when `holidays` does not say of which country.
///
/// ## Why it matters
/// `PH` in hours means the public holidays of the country that somebody is in.
///
/// ## Example
/// ```rhai
/// holidays ["2027-01-14"];
/// ```
///
/// ## Do instead
/// ```rhai
/// holidays "LK" ["2027-01-14"];
/// ```
pub(crate) const MISSING_COUNTRY: DiagnosticCode = DiagnosticCode::new("missing-country");

/// Holidays have no dates
///
/// ## What it does
/// Reports when `holidays` has no list of dates, or a date in it does not exist. A date is written as year, month and day: `"2027-01-14"`.
///
/// ## Why it matters
/// Somebody could be called on a public holiday.
///
/// ## Example
/// ```rhai
/// holidays "LK" ["14 January 2027"];
/// ```
///
/// ## Do instead
/// ```rhai
/// holidays "LK" ["2027-01-14"];
/// ```
pub(crate) const HOLIDAY_DATES: DiagnosticCode = DiagnosticCode::new("holiday-dates");

/// A given describes no lead
///
/// ## What it does
/// Reports when the `given` of an example is no map, or has something that a lead cannot have.
///
/// ## Why it matters
/// The example could not be run.
///
/// ## Example
/// ```rhai
/// example "Wait" given "a lead" expect wait;
/// ```
///
/// ## Do instead
/// ```rhai
/// example "Wait" given #{ stage: "interest" } expect wait;
/// ```
pub(crate) const BAD_GIVEN: DiagnosticCode = DiagnosticCode::new("bad-given");

/// An expect says nothing that can come out
///
/// ## What it does
/// Reports when the `expect` of an example cannot be evaluated.
///
/// ## Why it matters
/// The example could neither pass nor fail.
///
/// ## Example
/// ```rhai
/// example "Call" given #{} expect if 1 > 2 { phone };
/// ```
///
/// ## Do instead
/// ```rhai
/// example "Call" given #{} expect phone;
/// ```
pub(crate) const BAD_EXPECT: DiagnosticCode = DiagnosticCode::new("bad-expect");

/// Only examples know .ago
///
/// ## What it does
/// Reports when `.ago` is used outside an example.
///
/// ## Why it matters
/// An example has one moment. A rule is evaluated at any moment, so its times count from now.
///
/// ## Example
/// ```rhai
/// never phone when lead.since("form") < 1.day.ago;
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.since("form") < 1.day;
/// ```
pub(crate) const AGO_OUTSIDE_EXAMPLE: DiagnosticCode = DiagnosticCode::new("ago-outside-example");

/// Only an expect says .by
///
/// ## What it does
/// Reports when `.by` is used in a rule or cadence.
///
/// ## Why it matters
/// A touch is always by the rule that proposes it. In the `expect` of an example it says which rule must win.
///
/// ## Example
/// ```rhai
/// rule "Call" when lead.open then phone.by("Call");
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call" when lead.open then phone;
/// ```
pub(crate) const BY_OUTSIDE_EXPECT: DiagnosticCode = DiagnosticCode::new("by-outside-expect");

/// The rows of an example are no table
///
/// ## What it does
/// Reports when the `rows` of an example are not a list of lists of the same length, of which the first names the columns; when a column has the name
/// of something else or is not used; and when two cases have one name.
///
/// ## Why it matters
/// A case would be tried that nobody meant, or none.
///
/// ## Example
/// ```rhai
/// example "Nothing to do"
///     given #{ stage: stage }
///     expect wait
///     rows [["case", "stage"],
///           ["looks around"]];
/// ```
///
/// ## Do instead
/// ```rhai
/// example "Nothing to do"
///     given #{ stage: stage }
///     expect wait
///     rows [["case", "stage"],
///           ["looks around", "orientation"]];
/// ```
pub(crate) const BAD_ROWS: DiagnosticCode = DiagnosticCode::new("bad-rows");
