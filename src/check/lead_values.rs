//! Checks packs against the values of leads: how many have none, and what would be typical for them.

use crate::book::Lead;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::order;
use crate::pack::Pack;
use crate::pack::statements::{TYPICAL_VALUE, typical_value};
use crate::wording::Amount;

/// Many leads have no value
///
/// ## What it does
/// Warns when at least one in five leads has no value, and they do not count as about what is usual among the others: `typical_value` is not set,
/// or is less than half or more than twice their median. Only reported when leads are given: `cadans check --leads`.
///
/// ## Why it matters
/// The priority of a touch is a product with the value of the lead. A lead whose value is not known counts as the setting `typical_value` of the
/// first pack that has it, and as 1 where none has: below every lead with a value.
///
/// ## Example
/// ```rhai
/// rule "Price page: phone today"
///     when lead.visits("pricing", 7.days) >= 2
///     then phone;
/// ```
/// ```json
/// { "leads": [{ "id": "L-1", "value": 8000 }, { "id": "L-2", "value": 12000 }, { "id": "L-3" }] }
/// ```
///
/// ## Do instead
/// ```rhai
/// setting typical_value = 10000 because "Yearly value of a lead whose value is not known";
/// rule "Price page: phone today"
///     when lead.visits("pricing", 7.days) >= 2
///     then phone;
/// ```
pub(crate) const VALUE_NOT_KNOWN: DiagnosticCode = DiagnosticCode::new("value-not-known");

/// Of how many leads one must be without a value, for a warning.
const ONE_IN: usize = 5;

/// The values of the leads of a book.
#[derive(Debug, Default)]
pub(crate) struct LeadValues {
    leads: usize,
    known: Vec<f64>,
}

impl LeadValues {
    /// Counts a lead.
    pub(crate) fn add_lead(&mut self, lead: &Lead) {
        self.leads += 1;
        self.known.extend(lead.value);
    }

    /// The warning that many leads have no value, at the setting `typical_value` or at the first pack.
    pub(crate) fn check(mut self, packs: &[Pack]) -> Option<Diagnostic> {
        let unknown = self.leads - self.known.len();
        let median = median(&mut self.known).filter(|_| unknown * ONE_IN >= self.leads)?;
        if typical_value(packs).is_some_and(|typical| typical * 2.0 >= median && typical <= median * 2.0) {
            return None;
        }
        let setting = packs.iter().find_map(|pack| Some((pack, pack.typical_value_setting()?)));
        let (pack, span, key) = match setting {
            Some((pack, setting)) => (pack, setting.span, "value-not-known-typical"),
            None => packs.first().map(|pack| (pack, pack.header, "value-not-known"))?,
        };
        let finding = Finding::warning(VALUE_NOT_KNOWN, span).message(key).with("count", unknown);
        let finding = finding.with("all", self.leads).with("setting", TYPICAL_VALUE);
        let typical = Amount::new(typical_value(packs).unwrap_or(1.0));
        Some(finding.with("median", format!("{median:.0}")).with("typical", typical).render(&pack.file))
    }
}

/// The value in the middle, the lower of two; `None` of no values.
fn median(values: &mut [f64]) -> Option<f64> {
    order::sort_by(values, f64::total_cmp);
    values.get(values.len().checked_sub(1)? / 2).copied()
}
