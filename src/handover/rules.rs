//! The rules and series of a file, each of which can be accepted by itself.

use serde::Serialize;

use crate::book::vocabulary::nearest;
use crate::handover::Refusal;
use crate::handover::characters::shown;
use crate::pack::Pack;

/// A rule or series that can be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OfferedRule {
    /// Name of its pack.
    pub pack: String,
    /// `rule` or `cadence`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Whether the rulebook has accepted it, in this very text.
    pub accepted: bool,
}

/// The rules and series of some packs, none of them accepted.
pub(super) fn offered(packs: &[Pack]) -> Vec<OfferedRule> {
    let one = |pack: &Pack, kind, name: &str| OfferedRule {
        pack: pack.about.name.clone(),
        kind,
        name: name.to_owned(),
        accepted: false,
    };
    let of_pack = |pack: &'_ Pack| -> Vec<OfferedRule> {
        let rules = pack.rules.iter().map(|rule| one(pack, "rule", &rule.name));
        rules.chain(pack.cadences.iter().map(|cadence| one(pack, "cadence", &cadence.name))).collect()
    };
    packs.iter().flat_map(of_pack).collect()
}

/// The rules and series of each pack that are chosen: by name, or by `pack name/name`.
///
/// # Errors
/// No pack has one of that name, or several packs have.
pub(super) fn chosen(packs: &[Pack], names: &[String]) -> Result<Vec<Vec<String>>, Box<Refusal>> {
    let offered = offered(packs);
    let mut chosen: Vec<Vec<String>> = vec![Vec::new(); packs.len()];
    for wanted in names {
        let long = |one: &OfferedRule| format!("{}/{}", one.pack, one.name);
        let found: Vec<&OfferedRule> =
            offered.iter().filter(|one| one.name == *wanted || long(one) == *wanted).collect();
        match found.as_slice() {
            [one] => {
                let of_pack = packs.iter().zip(&mut chosen).find(|(pack, _)| pack.about.name == one.pack);
                if let Some((_, list)) = of_pack
                    && !list.contains(&one.name)
                {
                    list.push(one.name.clone());
                }
            }
            [] => {
                let names = offered.iter().map(|one| one.name.as_str());
                let refusal = match nearest(wanted, names) {
                    Some(meant) => {
                        Refusal::new("unknown-rule", "handover-unknown-rule", "handover-rule-meant").meaning(meant)
                    }
                    None => Refusal::new("unknown-rule", "handover-unknown-rule", "handover-rule-names"),
                };
                return Err(refusal.with("name", shown(wanted)));
            }
            [one, ..] => {
                let refusal = Refusal::new("ambiguous-rule", "handover-ambiguous-rule", "handover-rule-long");
                return Err(refusal.with("name", shown(wanted)).meaning(&long(one)));
            }
        }
    }
    Ok(chosen)
}
