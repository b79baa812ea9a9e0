//! What of a rulebook is in force: each statement with the layer and the file that it comes from, and what was switched off by whom and why.

use serde::Serialize;

use crate::diagnostics::Span;
use crate::language::{Rulebook, SettingInForce, read_without_examples};
use crate::manifest::{Assembled, FileState};
use crate::order;
use crate::pack::expression::Clause;
use crate::pack::layers::{Layer, LayerChange, LayerKind, LayerPack, LeadOwners};
use crate::pack::statements::{GivenLever, lever_given};
use crate::pack::{Overrides, Pack};

/// A rulebook as it is in force.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RulebookReport {
    /// The layers, in order.
    pub layers: Vec<LayerInForce>,
    /// What packs changed of one another: what was switched off, and the levers that were given.
    pub changes: Vec<LayerChange>,
    /// The settings of all packs, with the values in force.
    pub settings: Vec<SettingInForce>,
}

/// A layer and its files.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerInForce {
    /// `law`, `company`, `team` or `rep`.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// For a layer of a rep: for whose leads it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
    /// Its files, in order.
    pub files: Vec<FileInForce>,
}

/// A file of a layer.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileInForce {
    /// Its path in the manifest.
    pub path: String,
    /// Whether it takes part.
    pub state: FileState,
    /// The hash of its text; absent where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The name of its pack; absent where it does not take part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// The version of its pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Whether it is law: nothing can change it, and in doubt it forbids.
    pub hard: bool,
    /// Its statements in force, in the order of the file.
    pub statements: Vec<StatementInForce>,
    /// The rules and series of it that were not accepted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_accepted: Vec<String>,
}

/// A statement in force.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementInForce {
    /// `rule`, `cadence`, `enter`, `never`, `limit`, `reachable`, `holidays` or `pause`.
    pub kind: &'static str,
    /// Its name; for a policy without one its first words.
    pub name: String,
    /// Its `id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// The lever that a later pack gives it, for all leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lever: Option<f64>,
    /// The reps for whose leads it does not hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_for: Vec<String>,
}

impl RulebookReport {
    /// The report of a rulebook that was made of a manifest with its files.
    pub fn new(assembled: &Assembled, rulebook: &Rulebook) -> Self {
        let mut files = assembled.files.iter();
        let layers = assembled.layers.layers.iter().map(|layer| LayerInForce {
            kind: layer.kind.word(),
            name: layer.name.clone(),
            rep: layer.rep.as_ref().map(ToString::to_string),
            files: layer
                .packs
                .iter()
                .zip(&mut files)
                .map(|(pack, file)| file_in_force(layer, pack, file, (assembled, rulebook)))
                .collect(),
        });
        Self { layers: layers.collect(), changes: rulebook.changes().to_vec(), settings: rulebook.settings() }
    }
}

/// A file of a layer, with what of it is in force.
fn file_in_force(
    layer: &Layer,
    entry: &LayerPack,
    (path, state, hash): &(String, FileState, Option<String>),
    (assembled, rulebook): (&Assembled, &Rulebook),
) -> FileInForce {
    // The first reading of the file stands for those with the settings of reps.
    let pack = rulebook.packs().iter().find(|pack| pack.file == entry.file && *state == FileState::Accepted);
    let source = assembled.sources.iter().find(|source| source.file == entry.file);
    let not_accepted = match (&entry.rules, source, pack) {
        (Some(accepted), Some(source), Some(_)) => not_accepted(&source.text, accepted),
        _ => Vec::new(),
    };
    FileInForce {
        path: path.clone(),
        state: *state,
        sha256: hash.clone(),
        pack: pack.map(|pack| pack.about.name.clone()),
        version: pack.and_then(|pack| pack.about.version.clone()),
        hard: pack.map_or(layer.kind == LayerKind::Law, |pack| pack.about.hard),
        statements: pack.map(statements).unwrap_or_default(),
        not_accepted,
    }
}

/// The names of the rules and series of a text that are not among the accepted ones.
fn not_accepted(text: &str, accepted: &[String]) -> Vec<String> {
    let pack = read_without_examples("", text, &Overrides::default()).pack;
    let is_accepted = |name: &str| accepted.iter().any(|one| one == name);
    let rules =
        pack.rules.iter().filter(|rule| !is_accepted(&rule.name) && !rule.id.as_deref().is_some_and(is_accepted));
    let cadences = pack.cadences.iter().filter(|one| !is_accepted(&one.name));
    rules.map(|rule| rule.name.clone()).chain(cadences.map(|one| one.name.clone())).collect()
}

/// The statements of a pack, in the order of its file.
fn statements(pack: &Pack) -> Vec<StatementInForce> {
    let of = |kind, name: String, span, when: Option<&Clause>| StatementInForce {
        kind,
        name,
        id: None,
        span,
        lever: None,
        not_for: when.and_then(|when| when.owners.as_deref()).map(|owners| not_for(owners, pack)).unwrap_or_default(),
    };
    let lever = |levers: &[GivenLever]| lever_given(levers, None).map(|given| given.factor);
    let rules = pack.rules.iter().map(|one| StatementInForce {
        id: one.id.clone(),
        lever: lever(&one.levers),
        ..of("rule", one.name.clone(), one.span, Some(&one.when))
    });
    let cadences = pack.cadences.iter().map(|one| StatementInForce {
        lever: lever(&one.levers),
        ..of("cadence", one.name.clone(), one.span, Some(&one.when))
    });
    let enters = pack.enters.iter().map(|one| of("enter", one.title(), one.span, Some(&one.when)));
    let nevers = pack.nevers.iter().map(|one| of("never", one.title(), one.span, one.when.as_ref()));
    let limits = pack.limits.iter().map(|one| of("limit", one.title(), one.span, one.when.as_ref()));
    let hours = pack.hours.iter().map(|one| of("reachable", one.title(), one.span, one.when.as_ref()));
    let holidays = pack.holidays.iter().map(|one| of("holidays", one.title(), one.span, None));
    let pauses = pack.pauses.iter().map(|one| of("pause", one.title(), one.span, Some(&one.when)));
    let policies = nevers.chain(limits).chain(hours).chain(holidays).chain(pauses);
    let mut all: Vec<StatementInForce> = rules.chain(cadences).chain(enters).chain(policies).collect();
    order::sort_by_key(&mut all, |one| one.span);
    all
}

/// The reps for whose leads a statement is switched off. A pack that is read a second time with the settings of a rep holds for them in that reading.
fn not_for(owners: &LeadOwners, pack: &Pack) -> Vec<String> {
    let elsewhere = pack.owners.as_deref().map(|owners| owners.except.as_slice()).unwrap_or_default();
    let off = owners.except.iter().filter(|rep| !elsewhere.contains(rep));
    off.map(ToString::to_string).collect()
}
