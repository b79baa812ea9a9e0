//! Checks packs against the countries of leads: for which of them no pack says what the law permits.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::Lead;
use crate::calendar::Country;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::order;
use crate::pack::Pack;
use crate::pack::statements::PolicyCountries;
use crate::wording::{Arg, Sentence};

/// No pack speaks for the country of some leads
///
/// ## What it does
/// Warns when packs say for which countries they are (`countries`) and leads have people in other countries, with the number of leads per
/// country. Only reported when leads are given: `cadans check --leads`. Nothing is said when no pack has `countries`.
///
/// ## Why it matters
/// What the law says there is not applied. A pack with `countries: "elsewhere"`, such as `rules/contact-policy/elsewhere.rhai`, is strict
/// there.
///
/// ## Example
/// ```rhai
/// pack "Contact policy NL" #{ hard: true, countries: ["NL"] };
/// never phone when person.do_not_call;
/// ```
/// ```json
/// { "leads": [{ "id": "L-1", "country": "SE", "people": [{ "id": "p" }] }] }
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "Contact policy NL and SE" #{ hard: true, countries: ["NL", "SE"] };
/// never phone when person.do_not_call;
/// ```
pub(crate) const NO_POLICY: DiagnosticCode = DiagnosticCode::new("no-policy");

/// The countries of leads that no pack lists.
pub(crate) struct UnlistedCountries<'p> {
    packs: &'p [Pack],
    /// The first pack that has `countries`; nothing is counted where there is none.
    first: Option<&'p Pack>,
    listed: BTreeSet<Country>,
    /// The number of leads with people in a country. `None` is a country that is not known; it comes last.
    leads: BTreeMap<(bool, Option<Country>), usize>,
}

impl<'p> UnlistedCountries<'p> {
    /// Without any leads yet.
    pub(crate) fn new(packs: &'p [Pack]) -> Self {
        Self {
            packs,
            first: packs.iter().find(|pack| pack.about.countries.is_some()),
            listed: order::collect_set(packs.iter().flat_map(|pack| pack.about.listed_countries()).copied()),
            leads: BTreeMap::new(),
        }
    }

    /// Counts a lead.
    pub(crate) fn add_lead(&mut self, lead: &Lead) {
        if self.first.is_none() {
            return;
        }
        for country in countries_of(lead) {
            if country.is_none_or(|country| !self.listed.contains(&country)) {
                *self.leads.entry((country.is_none(), country)).or_default() += 1;
            }
        }
    }

    /// The warning about them, at the first pack that has `countries`; `None` where there are none.
    pub(crate) fn finding(self) -> Option<Diagnostic> {
        let first = self.first.filter(|_| !self.leads.is_empty())?;
        let counted = self.leads.iter().map(|((_, country), count)| {
            let country = country.as_ref().map_or(Arg::Key("country-not-known"), |country| Arg::from(country.code()));
            Arg::from(Sentence::new("leads-in-country").with("country", country).with("number", *count))
        });
        let strict = self.packs.iter().any(|pack| pack.about.countries == Some(PolicyCountries::Elsewhere));
        let finding = Finding::warning(NO_POLICY, first.header).with("countries", Arg::List(counted.collect()));
        Some(if strict { finding.why("no-policy-strict") } else { finding }.render(&first.file))
    }
}

/// The countries of the people of a lead; its own where it has no people.
fn countries_of(lead: &Lead) -> BTreeSet<Option<Country>> {
    let own = lead.country.as_ref().or(lead.account.country.as_ref());
    let code = |code: Option<&String>| code.and_then(|code| Country::parse(code).ok());
    let people = order::collect_set(lead.people.iter().map(|person| code(person.country.as_ref().or(own))));
    if people.is_empty() { BTreeSet::from([code(own)]) } else { people }
}
