//! Checks the opening hours that count for a book: those of people, the working hours of reps, and the countries in which hours of any kind
//! read public holidays.
//!
//! Hours that could not be read are refused with their record; here are hours that can be read and do not do what they seem to.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::book::rep::Rep;
use crate::book::{Lead, Person};
use crate::calendar::{Country, Instant, Reachable};
use crate::check::lints::undone_closing;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Span};
use crate::order;
use crate::pack::Pack;
use crate::pack::policies::{Hours, team_holidays};
use crate::wording::Sentence;

/// The lead file of a check: findings about leads have their places in it.
#[derive(Clone, Copy)]
pub struct LeadFileText<'a> {
    /// Its name, for messages; empty when the leads do not come from a text file.
    pub name: &'a str,
    /// Gives its text. Called only when there is a finding that has its place in it.
    pub text: &'a dyn Fn() -> &'a str,
}

impl LeadFileText<'_> {
    /// For leads that do not come from a text file.
    pub(crate) const NONE: LeadFileText<'static> = LeadFileText { name: "", text: &|| "" };

    /// The span of a stretch of characters in the first occurrence of a text: from a position on, counted from 1. The start of the file when
    /// the text does not occur, as when it is written with escapes.
    fn span_in(&self, found: &str, from: usize, length: usize) -> Span {
        let Some((before, _)) = (self.text)().split_once(found) else { return Span::START };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let line = number(before.matches('\n').count() + 1);
        let before_in_line = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let column = number(before_in_line + from);
        Span { line, column, end_line: line, end_column: column.saturating_add(number(length)) }
    }
}

/// Those who have the same hours.
struct Holders {
    /// The first of them in the order of the book.
    first: Sentence,
    count: usize,
}

/// The hours of people and reps, each text of hours once.
#[derive(Default)]
pub(crate) struct HoursHolders(BTreeMap<String, Holders>);

impl HoursHolders {
    /// Adds the hours of the people of a lead.
    pub(crate) fn add_lead(&mut self, lead: &Lead) {
        for person in &lead.people {
            self.add(person.reachable.as_ref(), || {
                Sentence::new("hours-of-person").with("person", person.id.as_str()).with("lead", lead.id.as_str())
            });
        }
    }

    /// Adds the hours of reps.
    pub(crate) fn add_reps(&mut self, reps: &[Rep]) {
        for rep in reps {
            self.add(rep.hours.as_ref(), || Sentence::new("hours-of-rep").with("rep", rep.id.as_str()));
        }
    }

    fn add(&mut self, hours: Option<&String>, who: impl Fn() -> Sentence) {
        if let Some(hours) = hours {
            self.0.entry(hours.clone()).or_insert_with(|| Holders { first: who(), count: 0 }).count += 1;
        }
    }

    /// The findings about them.
    pub(crate) fn findings(self, file: LeadFileText<'_>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for (text, Holders { first, count }) in self.0 {
            let Ok(hours) = Reachable::parse(&text) else { continue };
            let whose = match count {
                0 | 1 => first,
                _ => Sentence::new("hours-of-several").with("first", first).with("others", count - 1),
            };
            let place = |from, length| file.span_in(hours.text(), from, length);
            let found = undone_closing::lint(&hours, &undone_closing::OF_LEAD, place, None);
            let about = |finding: Finding| finding.with("whose", whose.clone()).render(file.name);
            diagnostics.extend(found.into_iter().map(about));
        }
        diagnostics
    }
}

/// Public holidays are not known
///
/// ## What it does
/// Warns when hours say `PH` for leads in a country of which not all public holidays are known, in the year of `--now` or the next; without it,
/// of the newest signal of the leads. Only reported when leads are given: `cadans check --leads`.
///
/// ## Why it matters
/// On a holiday that is not known `PH off` does nothing, so that somebody may be called.
///
/// ## Example
/// ```rhai
/// reachable phone "Mo-Fr 09:00-17:00; PH off";
/// ```
/// ```json
/// { "leads": [{ "id": "L-1", "country": "LK", "people": [{ "id": "p" }] }] }
/// ```
///
/// ## Do instead
/// ```rhai
/// reachable phone "Mo-Fr 09:00-17:00; PH off";
/// holidays "LK" ["2027-01-14", "2027-01-22", "2027-02-04"] because "Gazette of the government";
/// ```
pub(crate) const HOLIDAYS_UNKNOWN: DiagnosticCode = DiagnosticCode::new("holidays-unknown");

/// The year in which the table of holidays was made: the one looked at when no lead has a signal.
const YEAR_OF_TABLE: i32 = 2026;

/// The countries in which hours read public holidays, of the people of leads and of their owners.
pub(crate) struct HolidayReaders<'b> {
    packs: &'b [Pack],
    /// The first hours of packs that read holidays. They count for all people.
    in_packs: Option<(&'b Pack, &'b Hours)>,
    /// For each rep whose working hours read holidays, their country.
    reps: BTreeMap<&'b str, Option<Country>>,
    /// For each country, the number of leads.
    leads_in: BTreeMap<Country, usize>,
}

impl<'b> HolidayReaders<'b> {
    /// Without any leads yet.
    pub(crate) fn new(packs: &'b [Pack], reps: &'b [Rep]) -> Self {
        let mut of_packs = packs.iter().flat_map(|pack| pack.hours.iter().map(move |hours| (pack, hours)));
        let in_packs = of_packs.find(|(_, hours)| reads_holidays(&hours.hours));
        let reps = order::collect_map(reps.iter().map(|rep| {
            let reads_holidays = rep.hours.as_deref().is_none_or(reads_holidays);
            (rep.id.as_str(), country_of_rep(rep).filter(|_| reads_holidays))
        }));
        Self { packs, in_packs, reps, leads_in: BTreeMap::new() }
    }

    /// Counts a lead.
    pub(crate) fn add_lead(&mut self, lead: &Lead) {
        let reads =
            |person: &&Person| self.in_packs.is_some() || person.reachable.as_deref().is_some_and(reads_holidays);
        let countries = lead.people.iter().filter(reads).filter_map(|person| lead.location_of(person).country);
        let rep = lead.owner.as_deref().and_then(|owner| self.reps.get(owner).copied().flatten());
        for country in order::collect_set(countries.chain(rep)) {
            *self.leads_in.entry(country).or_default() += 1;
        }
    }

    /// The findings about countries whose public holidays are not all known in the year of `now` or the next, each with the number of its
    /// leads.
    pub(crate) fn findings(self, file: LeadFileText<'_>, now: Option<Instant>) -> Vec<Diagnostic> {
        let known = team_holidays(self.packs);
        let year = now.map_or(YEAR_OF_TABLE, |at| at.utc().year());
        let findings = self.leads_in.into_iter().filter_map(|(country, leads)| {
            let year = (year..=year + 1).find(|year| !known.know(country, *year))?;
            let at = self.in_packs.map_or(Span::START, |(_, hours)| hours.span);
            Some(
                Finding::warning(HOLIDAYS_UNKNOWN, at)
                    .with("country", country.name())
                    .with("code", country.code())
                    .with("year", year.to_string())
                    .with("count", leads),
            )
        });
        let file = self.in_packs.map_or(file.name, |(pack, _)| pack.file.as_str());
        findings.map(|finding| finding.render(file)).collect()
    }
}

fn reads_holidays(hours: &str) -> bool {
    Reachable::parse(hours).is_ok_and(|hours| hours.reads_holidays())
}

/// The country whose public holidays apply to a rep.
fn country_of_rep(rep: &Rep) -> Option<Country> {
    rep.location()?.country
}
