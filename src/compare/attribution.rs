//! Which part of a change made the advice for a lead another.
//!
//! **Undo one part.** The packs after the change are made again with one part undone ([`units`]), and the leads with other advice are decided with
//! them. A part without which a lead has its old advice is the cause. Are there several such parts, each was needed: the cause is all of them
//! together. Is there none (each of two parts does it by itself), the parts are tried the other way round: the old packs with one part alone;
//! the first that gives the new advice is the cause. Is there none either, it is the parts without which the new advice is another; else it cannot be
//! told. A lead is counted once.
//!
//! **Bounds.** At most [`MOST_UNITS`] parts are tried; of more, those of one pack count as one, and which statement it was is told by
//! the rule that won. So a comparison decides the leads with other advice at most that often, and twice that where it must try both ways.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::book::Book;
use crate::calendar::Instant;
use crate::compare::changes::{ChangeKind, Changes, StatementChange};
use crate::compare::layered::LayersOfBoth;
use crate::compare::side::{Numbers, Side};
use crate::compare::variants::{Unit, among, units, variant};
use crate::decide::{Decider, Decision};
use crate::pack::statement_forms::StatementKind;
use crate::wording::{Arg, Language, Sentence};

/// The most parts of a change that are tried one by one.
const MOST_UNITS: usize = 48;

/// The most parts that a sentence about several names.
const MOST_NAMED: usize = 3;

/// What made advice another: one or more parts of the change; none where it cannot be told.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cause(Vec<Unit>);

/// The kind of change that made advice another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyChanged {
    /// A rule or cadence is new.
    RuleAdded,
    /// A rule or cadence is gone.
    RuleRemoved,
    /// A rule or cadence is another.
    RuleChanged,
    /// A setting has another value.
    SettingMoved,
    /// A rule or policy of another pack is switched off, or on again.
    SwitchedOff,
    /// The lever of a rule of another pack is another.
    LeverMoved,
    /// The layers of a rulebook, or the files that were accepted into them, are others.
    Layers,
    /// A policy (`never`, `limit`, `reachable`, `pause`, `holidays`) came, went or is another, and with it what a gate stops.
    Policy,
    /// A statement that moves leads to a stage came, went or is another.
    Stage,
    /// A constant, fact or helper function is another.
    Helper,
    /// What a pack says about itself is another: its dates, its countries, whether it is law.
    Header,
    /// A pack is new.
    PackAdded,
    /// A pack is gone.
    PackRemoved,
    /// Statements stand in another order.
    Order,
    /// Another statement came, went or is another.
    Statement,
    /// Several changes that were each needed, or that cannot be told apart.
    Several,
}

impl WhyChanged {
    /// The key of the sentence that says it.
    const fn key(self) -> &'static str {
        match self {
            Self::RuleAdded => "compare-why-rule-added",
            Self::RuleRemoved => "compare-why-rule-removed",
            Self::RuleChanged => "compare-why-rule-changed",
            Self::SettingMoved => "compare-why-setting",
            Self::SwitchedOff => "compare-why-switched-off",
            Self::LeverMoved => "compare-why-lever",
            Self::Layers => "compare-why-layers",
            Self::Policy => "compare-why-policy",
            Self::Stage => "compare-why-stage",
            Self::Helper => "compare-why-helper",
            Self::Header => "compare-why-header",
            Self::PackAdded => "compare-why-pack-added",
            Self::PackRemoved => "compare-why-pack-removed",
            Self::Order => "compare-why-order",
            Self::Statement => "compare-why-statement",
            Self::Several => "compare-why-several",
        }
    }
}

impl Cause {
    /// The kind of change.
    pub(crate) fn why(&self, changes: &Changes) -> WhyChanged {
        match self.0.as_slice() {
            [Unit::Statement(pair)] => change_of(changes, *pair).map_or(WhyChanged::Statement, why_of),
            [Unit::Pack(pack)] => match changes.matched.packs.get(*pack) {
                Some((None, _)) => WhyChanged::PackAdded,
                _ => WhyChanged::PackRemoved,
            },
            [Unit::Order] => WhyChanged::Order,
            [Unit::Setting(_)] => WhyChanged::SettingMoved,
            [Unit::Layers] => WhyChanged::Layers,
            _ => WhyChanged::Several,
        }
    }

    /// The statements, by their titles; packs by their names.
    pub(crate) fn titles(&self, changes: &Changes) -> Vec<String> {
        self.0.iter().flat_map(|unit| titles(unit, changes)).collect()
    }

    /// In words: `rule changed: "Price page again" (phone became email)`.
    pub(crate) fn words(&self, changes: &Changes, layers: &LayersOfBoth, language: Language) -> String {
        let why = self.why(changes);
        let mut named: Vec<Arg> =
            self.0.iter().take(MOST_NAMED).flat_map(|unit| told(unit, changes, language)).collect();
        if self.0.len() > MOST_NAMED {
            named.push(Sentence::new("compare-more").with("count", self.0.len() - MOST_NAMED).into());
        }
        let named = match (named.is_empty(), why) {
            (true, WhyChanged::Order) => changes
                .order
                .first()
                .map_or_else(|| Sentence::new("compare-pack-order"), |first| Sentence::as_is(first.words(language))),
            (true, WhyChanged::Layers) => layers.what_differs(),
            (true, _) => Sentence::new("compare-cannot-tell"),
            (false, _) => Sentence::list("list-and", named),
        };
        Sentence::new("compare-why").with("why", Arg::Key(why.key())).with("what", named).render(language)
    }
}

/// The change of the statement at this place of `Matched::statements`.
fn change_of(changes: &Changes, pair: usize) -> Option<&StatementChange> {
    let places = changes.matched.statements.get(pair)?;
    changes.statements.iter().find(|change| change.places == *places)
}

fn why_of(change: &StatementChange) -> WhyChanged {
    use StatementKind as Kind;
    match (change.statement, change.kind) {
        (Some(Kind::Rule | Kind::Cadence), ChangeKind::Added) => WhyChanged::RuleAdded,
        (Some(Kind::Rule | Kind::Cadence), ChangeKind::Removed) => WhyChanged::RuleRemoved,
        (Some(Kind::Rule | Kind::Cadence), ChangeKind::Changed) => WhyChanged::RuleChanged,
        (Some(Kind::Setting), _) => WhyChanged::SettingMoved,
        (Some(Kind::Without), _) => WhyChanged::SwitchedOff,
        (Some(Kind::Adjust), _) => WhyChanged::LeverMoved,
        (Some(Kind::Never | Kind::Limit | Kind::Reachable | Kind::Pause | Kind::Holidays), _) => WhyChanged::Policy,
        (Some(Kind::Enter), _) => WhyChanged::Stage,
        (Some(Kind::Constant | Kind::Function | Kind::Fact), _) => WhyChanged::Helper,
        (Some(Kind::Pack), _) => WhyChanged::Header,
        _ => WhyChanged::Statement,
    }
}

fn titles(unit: &Unit, changes: &Changes) -> Vec<String> {
    match unit {
        Unit::Statement(pair) => change_of(changes, *pair).map(|change| change.title.clone()).into_iter().collect(),
        Unit::Pack(pack) => pack_name(changes, *pack).map(|name| format!("pack \"{name}\"")).into_iter().collect(),
        Unit::Order => changes.order.iter().map(|change| change.title.clone()).collect(),
        Unit::Setting(name) => vec![format!("setting {name}")],
        Unit::Layers => Vec::new(),
        Unit::Several(units) => units.iter().flat_map(|unit| titles(unit, changes)).collect(),
    }
}

fn pack_name(changes: &Changes, pack: usize) -> Option<&str> {
    let (old, new) = changes.matched.packs.get(pack)?;
    let outline = new.and_then(|new| changes.after.get(new)).or_else(|| changes.before.get((*old)?))?;
    Some(&outline.name)
}

/// A part of the change in words.
fn told(unit: &Unit, changes: &Changes, language: Language) -> Vec<Arg> {
    match unit {
        Unit::Statement(pair) => {
            let Some(change) = change_of(changes, *pair) else { return Vec::new() };
            let title = title_in_cause(change);
            let words = change.words(language);
            vec![match (change.statement, change.kind) {
                // Its words name it.
                (Some(StatementKind::Setting), ChangeKind::Changed) => words.into(),
                (Some(StatementKind::Without), ChangeKind::Added | ChangeKind::Removed) => words.into(),
                (_, ChangeKind::Changed) => {
                    Sentence::new("compare-title-words").with("title", title).with("words", words).into()
                }
                _ => Arg::from(title),
            }]
        }
        Unit::Setting(name) => {
            let mut keys = changes.keys.iter().flat_map(|file| &file.changes);
            let words = keys.find(|key| key.is_of_setting(name)).map(|key| key.words(language));
            vec![words.unwrap_or_else(|| name.clone()).into()]
        }
        Unit::Order | Unit::Layers => Vec::new(),
        Unit::Pack(_) => titles(unit, changes).into_iter().map(Arg::from).collect(),
        Unit::Several(units) => {
            let mut all = units.iter().flat_map(|unit| titles(unit, changes));
            let mut named: Vec<Arg> = all.by_ref().take(MOST_NAMED).map(Arg::from).collect();
            let more = all.count();
            if more > 0 {
                named.push(Sentence::new("compare-more").with("count", more).into());
            }
            named
        }
    }
}

/// The title of a statement behind the kind of change that it is a cause of, which says already whether it is a rule or a setting.
fn title_in_cause(change: &StatementChange) -> &str {
    let said = ["rule ", "setting ", "adjust "].into_iter().find_map(|word| change.title.strip_prefix(word));
    said.unwrap_or(&change.title)
}

/// Finds the causes.
pub(crate) struct Attribution<'a> {
    pub(crate) changes: &'a Changes,
    pub(crate) layers: LayersOfBoth,
    pub(crate) book: &'a Book,
    pub(crate) now: Instant,
}

/// What was found for a lead.
#[derive(Clone, Default)]
struct Found {
    /// The units without which it has its old advice.
    restores: Vec<usize>,
    /// The units without which it has neither its new advice nor, for certain, its old one.
    alters: Vec<usize>,
    /// The first unit that gives the new advice by itself.
    suffices: Option<usize>,
}

impl Attribution<'_> {
    /// The cause for each of these leads; each comes with what was decided before and after.
    pub(crate) fn causes(&self, leads: &[(usize, Numbers, Numbers)]) -> Vec<Cause> {
        if leads.is_empty() {
            return Vec::new();
        }
        let mut units = units(self.changes);
        units.extend(self.layers.units());
        let units = grouped(units, self.changes);
        let mut found = vec![Found::default(); leads.len()];
        for (number, unit) in units.iter().enumerate() {
            let numbers = self.decided(&among(&[unit]), leads);
            for (one, (now, (_, old, new))) in found.iter_mut().zip(numbers.iter().zip(leads)) {
                if now.is_same_advice(old) {
                    one.restores.push(number);
                } else if !now.is_same_advice(new) {
                    one.alters.push(number);
                }
            }
        }
        self.try_alone(&units, leads, &mut found);
        let cause = |(one, (_, old, new)): (Found, &(usize, Numbers, Numbers))| {
            let of = |numbers: &[usize]| {
                let units = numbers.iter().filter_map(|number| units.get(*number));
                Cause(units.map(|unit| self.by_winner(unit, old, new)).collect())
            };
            match (one.restores.as_slice(), one.suffices, one.alters.as_slice()) {
                ([], Some(alone), _) => of(&[alone]),
                ([], None, alters) => of(alters),
                (restores, ..) => of(restores),
            }
        };
        found.into_iter().zip(leads).map(cause).collect()
    }

    /// For the leads to which no single part gives the old advice back: which part gives the new advice by itself.
    fn try_alone(&self, units: &[Unit], leads: &[(usize, Numbers, Numbers)], found: &mut [Found]) {
        for (number, _) in units.iter().enumerate() {
            let open: Vec<usize> = (0..found.len())
                .filter(|lead| found.get(*lead).is_some_and(|one| one.restores.is_empty() && one.suffices.is_none()))
                .collect();
            if open.is_empty() {
                return;
            }
            let others: Vec<&Unit> =
                units.iter().enumerate().filter(|(other, _)| *other != number).map(|one| one.1).collect();
            let some: Vec<(usize, Numbers, Numbers)> =
                open.iter().filter_map(|lead| leads.get(*lead).copied()).collect();
            let numbers = self.decided(&among(&others), &some);
            for (lead, (now, (_, _, new))) in open.iter().zip(numbers.iter().zip(&some)) {
                if let Some(one) = found.get_mut(*lead).filter(|_| now.is_same_advice(new)) {
                    one.suffices = Some(number);
                }
            }
        }
    }

    /// What the packs after the change decide for these leads, with the parts undone for which `undone` is true.
    fn decided(&self, undone: &dyn Fn(&Unit) -> bool, leads: &[(usize, Numbers, Numbers)]) -> Vec<Numbers> {
        let variant = variant(self.changes, undone);
        let layers = self.layers.variant(&variant.sources, undone);
        let side = Side::of_variant(&variant, layers.as_ref());
        let decider = Decider::new(side.rulebook(), self.book, self.now);
        if leads.len() * 4 > self.book.len() {
            let all = decider.all();
            let of = |lead: usize| side.numbers(all.get(lead).unwrap_or(&Decision::NONE));
            return leads.iter().map(|(lead, ..)| of(*lead)).collect();
        }
        // The leads of a contact group are decided together.
        let mut known: BTreeMap<usize, Decision> = BTreeMap::new();
        let mut numbers = Vec::with_capacity(leads.len());
        for (lead, ..) in leads {
            if !known.contains_key(lead) {
                known.extend(decider.decisions(*lead));
            }
            numbers.push(side.numbers(&known.remove(lead).unwrap_or(Decision::NONE)));
        }
        numbers
    }

    /// Of several statements that were tried together the one that won, after the change or before it; the unit itself where none of them did.
    fn by_winner(&self, unit: &Unit, old: &Numbers, new: &Numbers) -> Unit {
        if !matches!(unit, Unit::Pack(_) | Unit::Several(_)) {
            return unit.clone();
        }
        let statements: BTreeSet<usize> = unit.statements(self.changes);
        let winners = [new.statement, old.statement].into_iter().flatten();
        let winner = winners
            .filter(|winner| statements.contains(winner))
            .find(|winner| change_of(self.changes, *winner).is_some());
        winner.map_or_else(|| unit.clone(), Unit::Statement)
    }
}

/// At most [`MOST_UNITS`] units: where there are more, those of one pack are one.
fn grouped(units: Vec<Unit>, changes: &Changes) -> Vec<Unit> {
    if units.len() <= MOST_UNITS {
        return units;
    }
    let mut by_pack: BTreeMap<usize, Vec<Unit>> = BTreeMap::new();
    let mut others = Vec::new();
    for unit in units {
        let places = match &unit {
            Unit::Statement(pair) => changes.matched.statements.get(*pair).copied().unwrap_or_default(),
            _ => (None, None),
        };
        let pack = changes.matched.packs.iter().position(|(old, new)| match places {
            (_, Some((pack, _))) => *new == Some(pack),
            (Some((pack, _)), None) => *old == Some(pack),
            (None, None) => false,
        });
        match pack {
            Some(pack) => by_pack.entry(pack).or_default().push(unit),
            None => others.push(unit),
        }
    }
    let one = |mut units: Vec<Unit>| if units.len() == 1 { units.pop() } else { Some(Unit::Several(units)) };
    others.extend(by_pack.into_values().filter_map(one));
    let size = others.len().div_ceil(MOST_UNITS).max(1);
    others.chunks(size).filter_map(|chunk| one(chunk.to_vec())).collect()
}
