//! The packs after a change with some of its parts undone, as texts.
//!
//! A part ([`Unit`]) is a statement that was added, removed or changed, a whole pack that came or went, or the order of statements. The texts are
//! put together of statements of both versions, so every statement form is served alike. What others refer to (settings, facts, constants,
//! helper functions) is there in both versions of a name: one that was added stays, one that is gone is kept beside, because neither does
//! anything by itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::changes::Changes;
use crate::compare::matching::{Place, statement};
use crate::compare::outline::{Outline, OutlineStatement};
use crate::language::PackSource;
use crate::pack::statement_forms::StatementKind;

/// A part of a change that can be undone by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    /// A statement, by its place in [`Matched::statements`](crate::compare::matching::Matched).
    Statement(usize),
    /// A pack that came or went, by its place in [`Matched::packs`](crate::compare::matching::Matched).
    Pack(usize),
    /// The order of packs and statements.
    Order,
    /// The value that a `rulebook.toml` gives to the setting of this name.
    Setting(String),
    /// The layers of a `rulebook.toml`, and what was accepted into them.
    Layers,
    /// Several parts at once, where there are too many to look at each.
    Several(Vec<Unit>),
}

/// The texts of some packs, and which statement begins at which place (line, column) of which file, by its place in `Matched::statements`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Variant {
    pub(crate) sources: Vec<PackSource>,
    pub(crate) statements: BTreeMap<(String, (u32, u32)), usize>,
}

impl Unit {
    /// Whether it is this unit, or has it among several.
    fn has(&self, unit: &Self) -> bool {
        self == unit || matches!(self, Self::Several(units) if units.iter().any(|one| one.has(unit)))
    }

    /// The statements that it is about, by their places in `Matched::statements`.
    pub(crate) fn statements(&self, changes: &Changes) -> BTreeSet<usize> {
        match self {
            Self::Statement(pair) => BTreeSet::from([*pair]),
            Self::Pack(pack) => {
                let (old, new) = changes.matched.packs.get(*pack).copied().unwrap_or_default();
                let within = |place: Option<Place>, pack: Option<usize>| {
                    place.zip(pack).is_some_and(|((own, _), pack)| own == pack)
                };
                let pairs = changes.matched.statements.iter().enumerate();
                pairs.filter(|(_, (from, to))| within(*from, old) || within(*to, new)).map(|(pair, _)| pair).collect()
            }
            Self::Order | Self::Setting(_) | Self::Layers => BTreeSet::new(),
            Self::Several(units) => units.iter().flat_map(|unit| unit.statements(changes)).collect(),
        }
    }
}

/// A pack before and after a change, by its place among the packs of each side; `None` where it is not there.
type PackPair = (Option<usize>, Option<usize>);

/// The parts of a change that can make a difference to advice.
pub(crate) fn units(changes: &Changes) -> Vec<Unit> {
    let (packs, pairs) = (&changes.matched.packs, &changes.matched.statements);
    let mut units: Vec<Unit> = packs
        .iter()
        .enumerate()
        .filter(|(_, (old, new))| old.is_none() || new.is_none())
        .map(|(pack, _)| Unit::Pack(pack))
        .collect();
    let alone = |side: fn(&PackPair) -> PackPair, pack: usize| {
        packs.iter().map(side).any(|(own, other)| own == Some(pack) && other.is_none())
    };
    for change in &changes.statements {
        let (from, to) = change.places;
        // Those of a pack that came or went are one part with it.
        let with_pack = to.map_or_else(
            || from.is_some_and(|from| alone(|(old, new)| (*old, *new), from.0)),
            |to| from.is_none() && alone(|(old, new)| (*new, *old), to.0),
        );
        let referred = match (from, to) {
            (None, Some(to)) => is_referred_to(&changes.after, to),
            (Some(from), None) => is_referred_to(&changes.before, from),
            _ => false,
        };
        if with_pack || referred || change.statement == Some(StatementKind::Example) {
            continue;
        }
        units.extend(pairs.iter().position(|pair| *pair == (from, to)).map(Unit::Statement));
    }
    let places: Vec<usize> = packs.iter().filter(|pack| pack.1.is_some()).filter_map(|pack| pack.0).collect();
    if !changes.order.is_empty() || !places.is_sorted() {
        units.push(Unit::Order);
    }
    units
}

/// Whether a statement is a declaration to which another statement of its pack refers.
fn is_referred_to(packs: &[Outline], place: Place) -> bool {
    let (Some(pack), Some(one)) = (packs.get(place.0), statement(packs, place)) else { return false };
    let others = pack.statements.iter().enumerate().filter(|(other, _)| *other != place.1);
    one.is_declaration()
        && one.name.as_deref().is_some_and(|name| others.into_iter().any(|(_, other)| other.words().contains(name)))
}

/// One statement of a variant: where it stands in its pack, its text, and its place in `Matched::statements`.
type Entry<'a> = ((usize, usize, usize), &'a OutlineStatement, usize);

/// The packs after the change with the units undone for which `undone` is true.
pub(crate) fn variant(changes: &Changes, undone: &dyn Fn(&Unit) -> bool) -> Variant {
    let mut variant = Variant::default();
    let old_order = undone(&Unit::Order);
    let mut packs: Vec<(usize, PackPair)> = changes.matched.packs.iter().copied().enumerate().collect();
    if old_order {
        packs.sort_by_key(|(_, (old, new))| old.map_or((1, *new), |old| (0, Some(old))));
    }
    for (number, (old, new)) in packs {
        let is_undone = undone(&Unit::Pack(number));
        let outline = match (old, new) {
            (None, Some(new)) if !is_undone => changes.after.get(new),
            (Some(old), None) if is_undone => changes.before.get(old),
            (Some(_), Some(new)) => changes.after.get(new),
            _ => None,
        };
        let Some(outline) = outline else { continue };
        let mut entries = match (old, new) {
            (Some(old), Some(new)) => entries_of_both(changes, (old, new), old_order, undone),
            _ => entries_of_one(changes, old, new),
        };
        entries.sort_by_key(|(place, ..)| *place);
        let (mut text, mut line) = (String::new(), 1_u32);
        for (_, one, pair) in entries {
            variant.statements.insert((outline.file.clone(), (line, 1)), pair);
            text.push_str(&one.text);
            text.push_str(if one.kind == Some(StatementKind::Function) { "\n" } else { ";\n" });
            line += 1 + u32::try_from(one.text.matches('\n').count()).unwrap_or_default();
        }
        variant.sources.push(PackSource { file: outline.file.clone(), text });
    }
    variant
}

/// The statements of a pack that came or went.
fn entries_of_one(changes: &Changes, old: Option<usize>, new: Option<usize>) -> Vec<Entry<'_>> {
    let pairs = changes.matched.statements.iter().enumerate();
    let entry = |(pair, (from, to)): (usize, &(Option<Place>, Option<Place>))| {
        let (packs, place) = match (old, new) {
            (Some(old), _) => (&changes.before, (*from).filter(|from| from.0 == old)?),
            (_, Some(new)) => (&changes.after, (*to).filter(|to| to.0 == new)?),
            _ => return None,
        };
        Some(((place.1, 0, 0), statement(packs, place)?, pair))
    };
    pairs.filter_map(entry).collect()
}

/// The statements of a pack that was there before and is there after.
fn entries_of_both<'a>(
    changes: &'a Changes,
    (old, new): (usize, usize),
    old_order: bool,
    undone: &dyn Fn(&Unit) -> bool,
) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    // Where the last statement stands that is in both, in the order that counts.
    let mut anchors: [BTreeMap<usize, usize>; 2] = [BTreeMap::new(), BTreeMap::new()];
    for (from, to) in &changes.matched.statements {
        if let ((Some((from_pack, from)), Some((to_pack, to))), [by_old, by_new]) = ((from, to), &mut anchors)
            && (*from_pack, *to_pack) == (old, new)
        {
            by_old.insert(*from, *to);
            by_new.insert(*to, *from);
        }
    }
    let [by_old, by_new] = anchors;
    let behind = |anchors: &BTreeMap<usize, usize>, place: usize| {
        anchors.range(..place).next_back().map_or(0, |(_, other)| other + 1)
    };
    let place_of_old = |place: usize| if old_order { (place + 1, 0, 0) } else { (behind(&by_old, place), 1, place) };
    let place_of_new = |place: usize| if old_order { (behind(&by_new, place), 1, place) } else { (place + 1, 0, 0) };
    for (pair, (from, to)) in changes.matched.statements.iter().enumerate() {
        let is_undone = undone(&Unit::Statement(pair));
        let from_here = from.filter(|from| from.0 == old);
        let to_here = to.filter(|to| to.0 == new);
        let was = from.and_then(|from| statement(&changes.before, from));
        let is = to.and_then(|to| statement(&changes.after, to));
        let entry = match (from_here, to_here) {
            (Some(from), Some(to)) => {
                let place = if old_order { (from.1 + 1, 0, 0) } else { (to.1 + 1, 0, 0) };
                if is_undone { was } else { is }.map(|one| (place, one, pair))
            }
            // What went elsewhere is here when that is undone.
            (Some(from), None) if to.is_some() => {
                was.filter(|_| is_undone).map(|one| (place_of_old(from.1), one, pair))
            }
            (Some(from), None) => {
                let kept = is_undone || is_referred_to(&changes.before, from);
                was.filter(|_| kept).map(|one| (place_of_old(from.1), one, pair))
            }
            (None, Some(to)) => {
                let elsewhere = from.and_then(|from| changes.matched.packs.iter().find(|pack| pack.0 == Some(from.0)));
                let comes_back = elsewhere.is_some_and(|pack| pack.1.is_some());
                match is_undone {
                    true if from.is_none() || comes_back => None,
                    true => was.map(|one| (place_of_new(to.1), one, pair)),
                    false => is.map(|one| (place_of_new(to.1), one, pair)),
                }
            }
            (None, None) => None,
        };
        entries.extend(entry);
    }
    entries
}

/// The question for [`variant`] whether a unit is among these.
pub(crate) fn among(undone: &[&Unit]) -> impl Fn(&Unit) -> bool {
    let undone: Vec<Unit> = undone.iter().map(|unit| (*unit).clone()).collect();
    move |unit| undone.iter().any(|one| one.has(unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;
    use crate::book::ingest::{LeadFormat, read_book};
    use crate::calendar::Instant;
    use crate::compare::compare;
    use crate::compare::layered::Version;
    use crate::compare::side::Side;
    use crate::decide::Decider;

    fn pack(file: &str) -> PackSource {
        PackSource { file: file.to_owned(), text: std::fs::read_to_string(file).unwrap() }
    }

    /// What each lead is advised, by numbers and the title of what proposes it.
    fn advised(side: &Side, book: &Book) -> Vec<String> {
        let now = Instant::parse("2026-11-20T10:00:00+01:00").unwrap();
        let all = Decider::new(side.rulebook(), book, now).all();
        let told = |decision: &crate::decide::Decision| {
            let numbers = crate::compare::side::Numbers { content: 0, statement: None, ..side.numbers(decision) };
            format!("{numbers:?} {}", side.title(decision))
        };
        all.iter().map(told).collect()
    }

    #[test]
    fn nothing_undone_is_what_is_after_and_everything_undone_what_was_before() {
        let bytes = std::fs::read("www/sample/leads.json").unwrap();
        let book = read_book(&LeadFormat::Json, &bytes).book;
        let policy = ["nl", "de", "elsewhere"].map(|country| pack(&format!("rules/contact-policy/{country}.rhai")));
        let with = |files: &[&str]| -> Vec<PackSource> {
            files.iter().map(|file| pack(file)).chain(policy.iter().cloned()).collect()
        };
        let inside = with(&["rules/inside-sales.rhai", "rules/answers.rhai"]);
        let mut turned = inside.clone();
        turned[0].text = turned[0].text.replace("hot_visits = 2", "hot_visits = 3").replace("then phone", "then email");
        turned.reverse();
        for (before, after) in [
            (inside.clone(), with(&["rules/account-based.rhai", "rules/answers.rhai"])),
            (inside.clone(), with(&["rules/inside-sales.nl.rhai", "rules/answers.nl.rhai"])),
            (with(&["rules/social-selling.rhai"]), inside.clone()),
            (inside.clone(), turned),
            (inside.clone(), inside[..2].to_vec()),
        ] {
            let changes = compare(&before, &after);
            let none = Side::of_variant(&variant(&changes, &|_| false), None);
            assert_eq!(advised(&none, &book), advised(&Side::after(Version::of(&after), &changes), &book));
            let all = Side::of_variant(&variant(&changes, &|_| true), None);
            assert_eq!(advised(&all, &book), advised(&Side::before(Version::of(&before), &changes), &book));
        }
    }
}
