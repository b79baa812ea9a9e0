//! Which packs and statements of two versions belong together.
//!
//! Packs: by file and name, by `id`, by name, by the name of the file; when they share most of their statements; the first of each side. Statements of
//! packs that belong together: by `id`; by name; by a name that one had before (`formerly`); by equal bodies. Statements without a name, or that
//! got one: those that are equal, then those that have most in common. What is left is looked for in the other packs, by equal bodies.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::outline::{Label, Outline, OutlineStatement};
use crate::pack::statement_forms::StatementKind;

/// A statement by the place of its pack and its place in it.
pub(crate) type Place = (usize, usize);

/// What belongs together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matched {
    /// Places of packs before and after; one of the two may be missing.
    pub(crate) packs: Vec<(Option<usize>, Option<usize>)>,
    /// Places of statements before and after; one of the two may be missing. In the order of the packs and statements after, each that is gone
    /// where it stood.
    pub(crate) statements: Vec<(Option<Place>, Option<Place>)>,
}

/// So many statements without a counterpart in their own pack are looked for in the others.
const MOST_MOVED: usize = 1_000;

/// So many pairs of statements without a name are looked at for what they have in common.
const MOST_LIKELY: usize = 250_000;

/// Matches two versions.
pub(crate) fn matched(before: &[Outline], after: &[Outline]) -> Matched {
    let packs = packs(before, after);
    let mut pairs: Vec<(Place, Place)> = Vec::new();
    for (old, new) in packs.iter().filter_map(|(old, new)| Some(((*old)?, (*new)?))) {
        if let (Some(one), Some(other)) = (before.get(old), after.get(new)) {
            let within = statements(&one.statements, &other.statements);
            pairs.extend(within.into_iter().map(|(from, to)| ((old, from), (new, to))));
        }
    }
    let left = |packs: &[Outline], taken: &dyn Fn(Place) -> bool| -> Vec<Place> {
        let all = packs.iter().enumerate();
        let all = all.flat_map(|(pack, one)| (0..one.statements.len()).map(move |place| (pack, place)));
        all.filter(|place| !taken(*place)).collect()
    };
    let taken: BTreeSet<Place> = pairs.iter().map(|(from, _)| *from).collect();
    let gone = left(before, &|place| taken.contains(&place));
    let taken: BTreeSet<Place> = pairs.iter().map(|(_, to)| *to).collect();
    let mut came = left(after, &|place| taken.contains(&place));
    for from in gone.into_iter().take(MOST_MOVED) {
        let Some(old) = statement(before, from).filter(|old| old.kind != Some(StatementKind::Pack)) else { continue };
        let moved = came.iter().position(|to| {
            statement(after, *to)
                .is_some_and(|new| old.word == new.word && old.name == new.name && body(old) == body(new))
        });
        if let Some(moved) = moved {
            pairs.push((from, came.remove(moved)));
        }
    }
    Matched { statements: in_order(before, after, &packs, &pairs), packs }
}

/// The statement at a place.
pub(crate) fn statement(packs: &[Outline], (pack, place): Place) -> Option<&OutlineStatement> {
    packs.get(pack)?.statements.get(place)
}

fn packs(before: &[Outline], after: &[Outline]) -> Vec<(Option<usize>, Option<usize>)> {
    type Same = fn(&Outline, &Outline) -> bool;
    let same: [Same; 5] = [
        |one, other| one.file == other.file && one.name == other.name,
        |one, other| one.base_name() == other.base_name() && one.name == other.name,
        |one, other| one.id.is_some() && one.id == other.id && language_of(one) == language_of(other),
        |one, other| one.name == other.name,
        |one, other| one.base_name() == other.base_name(),
    ];
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let free = |pairs: &[(usize, usize)], old: usize, new: usize| {
        pairs.iter().all(|(one, other)| *one != old && *other != new)
    };
    let by_id: Same = |one, other| one.id.is_some() && one.id == other.id;
    for same in same.into_iter().chain([by_id]) {
        for (old, one) in before.iter().enumerate() {
            let found = (0..after.len())
                .find(|new| free(&pairs, old, *new) && after.get(*new).is_some_and(|other| same(one, other)));
            pairs.extend(found.map(|new| (old, new)));
        }
    }
    // What has no name in common is the same pack when most of it is.
    for (old, one) in before.iter().enumerate() {
        let found = (0..after.len())
            .find(|new| free(&pairs, old, *new) && after.get(*new).is_some_and(|other| shares_most(one, other)));
        pairs.extend(found.map(|new| (old, new)));
    }
    // What was named first on both sides is what is compared, whatever it is called; behind it stand the packs that it needs.
    if free(&pairs, 0, 0) && !before.is_empty() && !after.is_empty() {
        pairs.push((0, 0));
    }
    let mut all: Vec<(Option<usize>, Option<usize>)> =
        (0..after.len()).map(|new| (pairs.iter().find(|pair| pair.1 == new).map(|pair| pair.0), Some(new))).collect();
    let gone = (0..before.len()).filter(|old| pairs.iter().all(|pair| pair.0 != *old));
    all.extend(gone.map(|old| (Some(old), None)));
    all
}

/// The last two letters before `.rhai`, as in `answers.nl.rhai`: two languages of one pack have the same `id`.
fn language_of(pack: &Outline) -> Option<&str> {
    pack.base_name().strip_suffix(".rhai")?.rsplit_once('.').map(|(_, language)| language)
}

/// Whether at least half of the statements that have a body are in both.
fn shares_most(one: &Outline, other: &Outline) -> bool {
    let wanted = |statement: &&OutlineStatement| statement.kind != Some(StatementKind::Pack);
    let others: Vec<&str> = other.statements.iter().filter(wanted).map(|one| one.canonical.as_str()).collect();
    let own = one.statements.iter().filter(wanted);
    let shared = own.clone().filter(|statement| others.contains(&statement.canonical.as_str())).count();
    shared > 0 && shared * 2 >= own.count().min(others.len())
}

/// Which statements of two versions of one pack belong together, by their places.
pub(crate) fn statements(before: &[OutlineStatement], after: &[OutlineStatement]) -> Vec<(usize, usize)> {
    let mut matcher =
        Matcher { before, after, from: vec![false; before.len()], to: vec![false; after.len()], pairs: Vec::new() };
    matcher.by_key(|one| (one.kind == Some(StatementKind::Pack)).then(String::new));
    matcher.by_key(|one| one.text_of("id").filter(|_| one.name.is_some()));
    matcher.by_key(|one| Some(format!("{}{}", one.name.as_ref()?, parameters(one))));
    matcher.by_former_names();
    matcher.by_key(|one| one.name.is_none().then(|| one.canonical.clone()));
    // A policy may get a name, or lose it.
    matcher.by_key(|one| Some(body(one)));
    matcher.by_likeness();
    matcher.pairs
}

/// The parameters of a helper function: two with other numbers of them are two functions.
fn parameters(one: &OutlineStatement) -> String {
    let function = one.kind == Some(StatementKind::Function);
    let first = one.text.split(')').next().unwrap_or_default();
    if function { format!("/{}", first.matches(',').count()) } else { String::new() }
}

/// What a statement does, without what it is called and why.
pub(crate) fn body(one: &OutlineStatement) -> String {
    let named = |part: &&crate::compare::outline::Part| !matches!(&part.label, Label::Clause(word) if matches!(word.as_str(), "id" | "formerly" | "because"));
    let mut parts: Vec<String> =
        one.parts.iter().filter(named).map(|part| format!("{:?} {}", part.label, part.canonical)).collect();
    parts.sort();
    parts.join(" ")
}

struct Matcher<'a> {
    before: &'a [OutlineStatement],
    after: &'a [OutlineStatement],
    from: Vec<bool>,
    to: Vec<bool>,
    pairs: Vec<(usize, usize)>,
}

impl Matcher<'_> {
    /// The statements that were not matched yet, with their places.
    fn free<'s>(all: &'s [OutlineStatement], taken: &'s [bool]) -> impl Iterator<Item = (usize, &'s OutlineStatement)> {
        all.iter().enumerate().filter(|(place, _)| taken.get(*place) == Some(&false))
    }

    fn pair(&mut self, from: usize, to: usize) {
        if let (Some(old @ false), Some(new @ false)) = (self.from.get_mut(from), self.to.get_mut(to)) {
            (*old, *new) = (true, true);
            self.pairs.push((from, to));
        }
    }

    /// Matches statements with the same word and the same key, in their order.
    fn by_key(&mut self, key: impl Fn(&OutlineStatement) -> Option<String>) {
        let mut places: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        for (place, one) in Self::free(self.after, &self.to) {
            if let Some(key) = key(one) {
                places.entry((one.word.clone(), key)).or_default().push(place);
            }
        }
        let mut found = Vec::new();
        for (place, one) in Self::free(self.before, &self.from) {
            let Some(key) = key(one) else { continue };
            if let Some(places) = places.get_mut(&(one.word.clone(), key)).filter(|places| !places.is_empty()) {
                found.push((place, places.remove(0)));
            }
        }
        found.into_iter().for_each(|(from, to)| self.pair(from, to));
    }

    /// Matches a statement with one that says that it had its name before, or the other way round.
    fn by_former_names(&mut self) {
        let mut found = Vec::new();
        for (from, old) in Self::free(self.before, &self.from) {
            let same = Self::free(self.after, &self.to).find(|(_, new)| {
                let names = |one: &OutlineStatement, name: &Option<String>| {
                    name.as_ref().is_some_and(|name| one.texts_of("formerly").contains(name))
                };
                old.word == new.word && (names(new, &old.name) || names(old, &new.name))
            });
            found.extend(same.map(|(to, _)| (from, to)));
        }
        found.into_iter().for_each(|(from, to)| self.pair(from, to));
    }

    /// Matches statements that have most in common and of which at most one has a name, the best pairs first.
    fn by_likeness(&mut self) {
        let mut likely: Vec<(usize, usize, usize)> = Vec::new();
        if Self::free(self.before, &self.from).count() * Self::free(self.after, &self.to).count() > MOST_LIKELY {
            return;
        }
        for (from, old) in Self::free(self.before, &self.from) {
            for (to, new) in Self::free(self.after, &self.to) {
                let may_be = old.word == new.word && (old.name.is_none() || new.name.is_none());
                let likeness = if may_be { likeness(old, new) } else { 0 };
                if likeness > 0 {
                    likely.push((likeness, from, to));
                }
            }
        }
        likely.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| (one.1, one.2).cmp(&(other.1, other.2))));
        likely.into_iter().for_each(|(_, from, to)| self.pair(from, to));
    }
}

/// How much two statements of one kind have in common: two for each equal part, one more for what the first part of the head is; 0 where that is
/// less than half.
fn likeness(one: &OutlineStatement, other: &OutlineStatement) -> usize {
    let equal = |part: &&crate::compare::outline::Part| {
        other.parts.iter().any(|own| own.label == part.label && own.canonical == part.canonical)
    };
    let shared = one.parts.iter().filter(equal).count();
    let same_head = one.parts.first().is_some_and(|part| part.label == Label::Head(0) && equal(&part));
    let all = one.parts.len().max(other.parts.len());
    let likeness = shared * 2 + usize::from(same_head);
    // Of two that hold under other conditions, the same channel alone says little.
    let least = all + usize::from(one.clause("when").or(other.clause("when")).is_some());
    if likeness >= least { likeness } else { 0 }
}

/// All statements, in the order of the packs and statements after, each that is gone behind the one that it stood behind.
fn in_order(
    before: &[Outline],
    after: &[Outline],
    packs: &[(Option<usize>, Option<usize>)],
    pairs: &[(Place, Place)],
) -> Vec<(Option<Place>, Option<Place>)> {
    let partner: BTreeMap<Place, Place> = pairs.iter().copied().collect();
    let origin: BTreeMap<Place, Place> = pairs.iter().map(|(from, to)| (*to, *from)).collect();
    let mut all = Vec::new();
    for (old, new) in packs {
        let gone_from = |first: usize| {
            let number = old.and_then(|old| before.get(old)).map_or(0, |pack| pack.statements.len());
            (first..number).take_while(|place| old.is_some_and(|old| !partner.contains_key(&(old, *place))))
        };
        all.extend(gone_from(0).filter_map(|place| Some((Some((old.as_ref().copied()?, place)), None))));
        let number = new.and_then(|new| after.get(new)).map_or(0, |pack| pack.statements.len());
        for to in (0..number).filter_map(|place| Some((new.as_ref().copied()?, place))) {
            let from = origin.get(&to).copied();
            all.push((from, Some(to)));
            if let Some((_, place)) = from.filter(|(pack, _)| Some(*pack) == *old) {
                all.extend(
                    gone_from(place + 1).filter_map(|place| Some((Some((old.as_ref().copied()?, place)), None))),
                );
            }
        }
    }
    // Behind a statement that went to another pack.
    let rest = before.iter().enumerate();
    let rest = rest.flat_map(|(pack, one)| (0..one.statements.len()).map(move |place| (pack, place)));
    let told: BTreeSet<Place> = all.iter().filter_map(|(from, _)| *from).collect();
    all.extend(rest.filter(|place| !told.contains(place)).map(|place| (Some(place), None)));
    all
}
