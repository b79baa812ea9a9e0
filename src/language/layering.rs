//! What the packs of a rulebook change of one another: what `without` switches off and which levers `adjust` gives.
//!
//! A statement may change those of packs in its own or an earlier layer, its own pack excepted; packs without layers are one layer. Nothing changes a
//! hard pack. What a rep's layer changes is changed for the leads of that rep, as everything in it holds for these alone.
//!
//! Invariant: what is told as changed is changed in every reading of the pack ([`Merge`]), and nothing else is.

use std::sync::Arc;

use crate::book::vocabulary::nearest_all;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::merge::Merge;
use crate::pack::Pack;
use crate::pack::expression::Clause;
use crate::pack::layers::{LayerChange, LeadOwners};
use crate::pack::rule_ref::{RuleRef, rule_ref};
use crate::pack::statements::{GivenLever, StatementName, SwitchedOff};
use crate::{limits, order};

/// A kind of statement that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NamedKind {
    Rule,
    Cadence,
    Never,
    Limit,
    Reachable,
    Holidays,
    Pause,
}

impl NamedKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Cadence => "cadence",
            Self::Never => "never",
            Self::Limit => "limit",
            Self::Reachable => "reachable",
            Self::Holidays => "holidays",
            Self::Pause => "pause",
        }
    }
}

/// A statement with a name.
#[derive(Clone, Debug)]
struct NamedStatement {
    pack: String,
    pack_id: Option<String>,
    layer: usize,
    hard: bool,
    kind: NamedKind,
    name: String,
    id: Option<String>,
    formerly: Vec<String>,
    by: RuleRef,
}

/// What is done to a statement.
#[derive(Clone, Copy)]
enum Change {
    Off,
    Lever(f64),
}

/// Applies what the packs change of one another, and limits the packs of reps to the leads of these. Returns what was changed; what cannot be
/// changed is told.
pub(super) fn apply(merge: &mut Merge<'_>, in_layers: bool) -> Vec<LayerChange> {
    let changes = if merge.packs.iter().any(|pack| !pack.withouts.is_empty() || !pack.adjustments.is_empty()) {
        change_all(merge, in_layers)
    } else {
        Vec::new()
    };
    for pack in &mut merge.packs {
        if let Some(owners) = pack.owners.clone() {
            if owners.only.is_some() {
                let for_all =
                    pack.holidays.drain(..).filter(|_| pack.layer.as_ref().is_some_and(|one| one.rep.is_some()));
                let findings = for_all.map(|one| Finding::error(codes::HOLDS_FOR_ALL, one.span).render(&pack.file));
                merge.diagnostics.extend(findings);
            }
            limit_all(pack, &owners);
        }
        pack.count_operations();
    }
    changes
}

/// Applies every `without` and `adjust`, in the order of the packs.
fn change_all(merge: &mut Merge<'_>, in_layers: bool) -> Vec<LayerChange> {
    let named = named_statements(merge);
    let mut wanted: Vec<(usize, StatementName, Change, String, Span)> = Vec::new();
    for (index, pack) in merge.packs.iter().enumerate() {
        // What is read a second time for a rep changes what it changes once.
        if pack.owners.as_ref().is_some_and(|owners| owners.only.is_some())
            && pack.layer.as_ref().is_some_and(|layer| layer.rep.is_none())
        {
            continue;
        }
        let offs =
            pack.withouts.iter().map(|one| (index, one.target.clone(), Change::Off, one.because.clone(), one.span));
        let levers = pack.adjustments.iter();
        let levers =
            levers.map(|one| (index, one.target.clone(), Change::Lever(one.lever), one.because.clone(), one.span));
        wanted.extend(offs.chain(levers));
    }
    if let Some((index, target, ..)) = wanted.get(limits::LAYER_CHANGES) {
        let file = merge.packs.get(*index).map(|pack| pack.file.clone()).unwrap_or_default();
        let finding = Finding::error(codes::TOO_MANY, target.span).message("too-many-changes");
        merge.diagnostics.push(finding.with("limit", limits::LAYER_CHANGES).render(&file));
    }
    wanted.truncate(limits::LAYER_CHANGES);
    let (mut changes, mut suggestions) = (Vec::new(), limits::UNKNOWN_NAMES);
    for (index, target, change, because, span) in wanted {
        let Some(pack) = merge.packs.get(index) else { continue };
        let place = merge.layer_of.get(index).copied().unwrap_or_default();
        let (file, layer) = (pack.file.clone(), pack.layer.clone());
        let by = rule_ref(pack, &target.name, span);
        match resolve(&named, pack, place, &target, (change, in_layers, &mut suggestions)) {
            Err(diagnostic) => merge.diagnostics.push(diagnostic.render(&file)),
            Ok(found) => {
                let rep = layer.as_ref().and_then(|layer| layer.rep.clone());
                if matches!(change, Change::Off) && found.kind == NamedKind::Holidays && rep.is_some() {
                    merge.diagnostics.push(Finding::error(codes::HOLDS_FOR_ALL, target.span).render(&file));
                    continue;
                }
                let told = Arc::new(LayerChange {
                    change: if matches!(change, Change::Off) { "off" } else { "lever" },
                    kind: found.kind.word(),
                    statement: found.by.clone(),
                    lever: if let Change::Lever(factor) = change { Some(factor) } else { None },
                    by,
                    layer: layer.map(|layer| layer.name.clone()),
                    rep: rep.as_ref().map(ToString::to_string),
                    because,
                });
                for pack in merge.packs.iter_mut().filter(|pack| pack.about.name == found.pack) {
                    match change {
                        Change::Off => switch_off(pack, found, &told, rep.as_ref()),
                        Change::Lever(factor) => give_lever(pack, found, (factor, &told), rep.as_ref()),
                    }
                }
                changes.push(Arc::unwrap_or_clone(told));
            }
        }
    }
    changes
}

/// Every statement with a name, each once: of a pack that is read several times those of the first reading.
fn named_statements(merge: &Merge<'_>) -> Vec<NamedStatement> {
    let mut all = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (pack, layer) in merge.packs.iter().zip(&merge.layer_of) {
        if seen.contains(&pack.about.name.as_str()) {
            continue;
        }
        seen.push(&pack.about.name);
        let named = |kind, name: &str, span| NamedStatement {
            pack: pack.about.name.clone(),
            pack_id: pack.about.id.clone(),
            layer: *layer,
            hard: pack.about.hard,
            kind,
            name: name.to_owned(),
            id: None,
            formerly: Vec::new(),
            by: rule_ref(pack, name, span),
        };
        all.extend(pack.rules.iter().map(|rule| NamedStatement {
            id: rule.id.clone(),
            formerly: rule.formerly.clone(),
            ..named(NamedKind::Rule, &rule.name, rule.span)
        }));
        all.extend(pack.cadences.iter().map(|one| named(NamedKind::Cadence, &one.name, one.span)));
        let nevers = pack.nevers.iter().map(|one| (NamedKind::Never, &one.name, one.span));
        let limits = pack.limits.iter().map(|one| (NamedKind::Limit, &one.name, one.span));
        let hours = pack.hours.iter().map(|one| (NamedKind::Reachable, &one.name, one.span));
        let holidays = pack.holidays.iter().map(|one| (NamedKind::Holidays, &one.name, one.span));
        let pauses = pack.pauses.iter().map(|one| (NamedKind::Pause, &one.name, one.span));
        let policies = nevers.chain(limits).chain(hours).chain(holidays).chain(pauses);
        all.extend(policies.filter_map(|(kind, name, span)| Some(named(kind, name.as_deref()?, span))));
    }
    all
}

/// The statement that is meant.
///
/// # Errors
/// The finding that there is none, that there are several, or that it may not be changed.
fn resolve<'n>(
    named: &'n [NamedStatement],
    own: &Pack,
    place: usize,
    target: &StatementName,
    (change, in_layers, suggestions): (Change, bool, &mut usize),
) -> Result<&'n NamedStatement, Box<Finding>> {
    let takes_lever = |one: &&NamedStatement| match change {
        Change::Off => true,
        Change::Lever(_) => matches!(one.kind, NamedKind::Rule | NamedKind::Cadence),
    };
    let is_of = |one: &&NamedStatement| {
        let pack = target.pack.as_deref();
        pack.is_none_or(|pack| one.pack == pack || one.pack_id.as_deref() == Some(pack))
    };
    let others = || named.iter().filter(|one| one.pack != own.about.name).filter(takes_lever).filter(is_of);
    let is_named = |one: &&NamedStatement| one.name == target.name || one.id.as_deref() == Some(&*target.name);
    let was_named = |one: &&NamedStatement| one.formerly.contains(&target.name);
    let reach = |one: &&NamedStatement| one.layer <= place;
    let mut found: Vec<&NamedStatement> = others().filter(reach).filter(is_named).collect();
    if found.is_empty() {
        found = others().filter(reach).filter(was_named).collect();
    }
    let finding = |code| Finding::error(code, target.span).with("name", target.name.as_str());
    match found.as_slice() {
        [one] if one.hard && matches!(change, Change::Off) => {
            Err(Box::new(finding(codes::LAW_STAYS).with("pack", one.pack.as_str()).related_in(
                &one.by.file,
                one.by.span,
                "related-declared",
            )))
        }
        [one] => Ok(*one),
        [first, second, ..] => {
            let written = |one: &NamedStatement| format!("{} \"{}\" of \"{}\"", one.kind.word(), one.name, one.pack);
            let finding = finding(codes::AMBIGUOUS_NAME)
                .with("first", written(first))
                .with("second", written(second))
                .with("pack", first.pack.as_str());
            let finding = found
                .iter()
                .fold(finding, |finding, one| finding.related_in(&one.by.file, one.by.span, "related-named"));
            let same_pack = first.pack == second.pack;
            Err(Box::new(if same_pack { finding.help("ambiguous-name-one-pack") } else { finding }))
        }
        [] => {
            // Packs without layers may be looked at one by one, without those that they change.
            let unknown = if in_layers { Finding::error } else { Finding::warning };
            let finding = unknown(codes::UNKNOWN_STATEMENT_NAME, target.span).with("name", target.name.as_str());
            let own_has_it = named.iter().any(|one| one.pack == own.about.name && is_named(&one));
            if own_has_it {
                return Err(Box::new(finding.message("unknown-own-statement")));
            }
            if let Some(later) = others().find(is_named) {
                return Err(Box::new(finding.message("unknown-later-statement").with("pack", later.pack.as_str())));
            }
            // Looking for a similar name takes time for each.
            let has_suggestion = *suggestions > 0;
            *suggestions = suggestions.saturating_sub(1);
            let known: Vec<&str> = others()
                .filter(|_| has_suggestion)
                .filter(reach)
                .flat_map(|one| [Some(one.name.as_str()), one.id.as_deref()])
                .flatten()
                .collect();
            let quoted = |meant: &str| format!("\"{meant}\"");
            let finding = match nearest_all(&target.name, known.iter().copied()).as_slice() {
                [meant, ..] => finding.did_you_mean(quoted(meant)),
                [] => finding,
            };
            Err(Box::new(finding))
        }
    }
}

/// Switches a statement of a pack off: for the leads of a rep, or for all. The pack keeps its conditions, for explanations.
fn switch_off(pack: &mut Pack, target: &NamedStatement, told: &Arc<LayerChange>, rep: Option<&Arc<str>>) {
    let is_meant = |name: Option<&str>| name == Some(&*target.name);
    let owners = rep.map(|rep| Arc::new(LeadOwners::only(rep.clone())));
    let off = conditions_of(pack, target).into_iter().map(|(when, unless)| SwitchedOff {
        change: told.clone(),
        owners: owners.clone(),
        when,
        unless,
    });
    pack.switched_off.extend(off);
    let Some(rep) = rep else {
        match target.kind {
            NamedKind::Rule => pack.rules.retain(|one| !is_meant(Some(&one.name))),
            NamedKind::Cadence => pack.cadences.retain(|one| !is_meant(Some(&one.name))),
            NamedKind::Never => pack.nevers.retain(|one| !is_meant(one.name.as_deref())),
            NamedKind::Limit => pack.limits.retain(|one| !is_meant(one.name.as_deref())),
            NamedKind::Reachable => pack.hours.retain(|one| !is_meant(one.name.as_deref())),
            NamedKind::Holidays => pack.holidays.retain(|one| !is_meant(one.name.as_deref())),
            NamedKind::Pause => pack.pauses.retain(|one| !is_meant(one.name.as_deref())),
        }
        return;
    };
    let owners = LeadOwners { only: None, except: vec![rep.clone()] };
    match target.kind {
        NamedKind::Rule => {
            let meant = pack.rules.iter_mut().filter(|one| is_meant(Some(&one.name)));
            meant.for_each(|one| limit(&mut one.when, &owners));
        }
        NamedKind::Cadence => {
            let meant = pack.cadences.iter_mut().filter(|one| is_meant(Some(&one.name)));
            meant.for_each(|one| limit(&mut one.when, &owners));
        }
        NamedKind::Never => {
            let meant = pack.nevers.iter_mut().filter(|one| is_meant(one.name.as_deref()));
            meant.for_each(|one| limit_optional(&mut one.when, one.span, &owners));
        }
        NamedKind::Limit => {
            let meant = pack.limits.iter_mut().filter(|one| is_meant(one.name.as_deref()));
            meant.for_each(|one| limit_optional(&mut one.when, one.span, &owners));
        }
        NamedKind::Reachable => {
            let meant = pack.hours.iter_mut().filter(|one| is_meant(one.name.as_deref()));
            meant.for_each(|one| limit_optional(&mut one.when, one.span, &owners));
        }
        NamedKind::Pause => {
            let meant = pack.pauses.iter_mut().filter(|one| is_meant(one.name.as_deref()));
            meant.for_each(|one| limit(&mut one.when, &owners));
        }
        // Days hold for all leads; refused before.
        NamedKind::Holidays => {}
    }
}

/// The conditions under which a statement of a pack holds: what has to hold, and what stops it. None for holidays, which are days and have no conditions.
fn conditions_of(pack: &Pack, target: &NamedStatement) -> Vec<(Option<Clause>, Option<Clause>)> {
    let is_meant = |name: Option<&str>| name == Some(&*target.name);
    match target.kind {
        NamedKind::Rule => {
            let meant = pack.rules.iter().filter(|one| is_meant(Some(&one.name)));
            meant.map(|one| (Some(one.when.clone()), one.unless.clone())).collect()
        }
        NamedKind::Cadence => {
            let meant = pack.cadences.iter().filter(|one| is_meant(Some(&one.name)));
            meant.map(|one| (Some(one.when.clone()), one.until.clone())).collect()
        }
        NamedKind::Never => {
            let meant = pack.nevers.iter().filter(|one| is_meant(one.name.as_deref()));
            meant.map(|one| (one.when.clone(), one.unless.clone())).collect()
        }
        NamedKind::Limit => {
            let meant = pack.limits.iter().filter(|one| is_meant(one.name.as_deref()));
            meant.map(|one| (one.when.clone(), None)).collect()
        }
        NamedKind::Reachable => {
            let meant = pack.hours.iter().filter(|one| is_meant(one.name.as_deref()));
            meant.map(|one| (one.when.clone(), None)).collect()
        }
        NamedKind::Pause => {
            let meant = pack.pauses.iter().filter(|one| is_meant(one.name.as_deref()));
            meant.map(|one| (Some(one.when.clone()), None)).collect()
        }
        NamedKind::Holidays => Vec::new(),
    }
}

/// Gives a rule or cadence of a pack a lever: for the leads of a rep, or for all. The last one that is given counts.
fn give_lever(
    pack: &mut Pack,
    target: &NamedStatement,
    (factor, told): (f64, &Arc<LayerChange>),
    rep: Option<&Arc<str>>,
) {
    let owners = rep.map(|rep| Arc::new(LeadOwners::only(rep.clone())));
    let given = GivenLever { factor, owners, change: told.clone() };
    match target.kind {
        NamedKind::Rule => {
            let meant = pack.rules.iter_mut().filter(|one| one.name == target.name);
            meant.for_each(|one| one.levers.insert(0, given.clone()));
        }
        NamedKind::Cadence => {
            let meant = pack.cadences.iter_mut().filter(|one| one.name == target.name);
            meant.for_each(|one| one.levers.insert(0, given.clone()));
        }
        _ => {}
    }
}

/// Limits every statement of a pack to the leads of some owners.
fn limit_all(pack: &mut Pack, owners: &LeadOwners) {
    pack.enters.iter_mut().for_each(|one| limit(&mut one.when, owners));
    pack.rules.iter_mut().for_each(|one| limit(&mut one.when, owners));
    pack.pauses.iter_mut().for_each(|one| limit(&mut one.when, owners));
    pack.cadences.iter_mut().for_each(|one| limit(&mut one.when, owners));
    pack.nevers.iter_mut().for_each(|one| limit_optional(&mut one.when, one.span, owners));
    pack.limits.iter_mut().for_each(|one| limit_optional(&mut one.when, one.span, owners));
    pack.hours.iter_mut().for_each(|one| limit_optional(&mut one.when, one.span, owners));
}

/// Limits a condition to the leads of some owners, besides what it is limited to already.
fn limit(when: &mut Clause, owners: &LeadOwners) {
    let mut both = when.owners.as_deref().cloned().unwrap_or_default();
    both.only = both.only.or_else(|| owners.only.clone());
    both.except.extend(owners.except.iter().cloned());
    order::sort(&mut both.except);
    both.except.dedup();
    when.owners = Some(Arc::new(both));
}

/// As [`limit`], for a statement that may have no condition.
fn limit_optional(when: &mut Option<Clause>, span: Span, owners: &LeadOwners) {
    limit(when.get_or_insert_with(|| Clause::always(span)), owners);
}
