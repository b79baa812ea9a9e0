//! A rulebook of one side of a comparison, with decisions by statements that both sides know.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::book::vocabulary::Channel;
use crate::calendar::Instant;
use crate::compare::changes::{Changes, packs_of};
use crate::compare::expression::{Expression, Step};
use crate::compare::layered::Version;
use crate::compare::matching::Place;
use crate::compare::outline::{Outline, OutlineStatement};
use crate::compare::variants::Variant;
use crate::decide::Decision;
use crate::decide::advice::Verdict;
use crate::diagnostics::Span;
use crate::language::Rulebook;
use crate::pack::Overrides;
use crate::pack::layers::Layers;

/// A rulebook of one side.
#[derive(Debug)]
pub(crate) struct Side {
    rulebook: Rulebook,
    /// What proposes, by the number that decisions have: the rules, then the cadences.
    proposers: Vec<Proposer>,
    /// The number of rules among them.
    rules: usize,
}

/// A rule or cadence.
#[derive(Clone, Debug, Default)]
struct Proposer {
    name: String,
    /// Its place in `Matched::statements`.
    statement: Option<usize>,
    /// A number that stands for what its touches bring and ask.
    content: u64,
}

/// What is compared of a decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Numbers {
    pub(crate) verdict: Verdict,
    pub(crate) channel: Option<Channel>,
    pub(crate) person: Option<u32>,
    pub(crate) rep: Option<u32>,
    pub(crate) from: Option<Instant>,
    pub(crate) until: Option<Instant>,
    pub(crate) due: Option<Instant>,
    /// The statement that proposes it, by its place in `Matched::statements`.
    pub(crate) statement: Option<usize>,
    /// A number that stands for what its touches bring and ask.
    pub(crate) content: u64,
    /// Whether it is a step of a series.
    pub(crate) is_step: bool,
}

impl Numbers {
    /// Whether the advice is the same, whichever rule speaks.
    pub(crate) fn is_same_advice(&self, other: &Self) -> bool {
        Self { statement: None, is_step: false, ..*self } == Self { statement: None, is_step: false, ..*other }
    }
}

impl Side {
    /// The packs before a change.
    pub(crate) fn before(version: Version<'_>, changes: &Changes) -> Self {
        let pairs = changes.matched.statements.iter().enumerate();
        let places = pairs.filter_map(|(pair, (from, _))| Some(((*from)?, pair))).collect();
        Self::new(version, &starts(&changes.before, &places), &changes.before)
    }

    /// The packs after a change.
    pub(crate) fn after(version: Version<'_>, changes: &Changes) -> Self {
        let pairs = changes.matched.statements.iter().enumerate();
        let places = pairs.filter_map(|(pair, (_, to))| Some(((*to)?, pair))).collect();
        Self::new(version, &starts(&changes.after, &places), &changes.after)
    }

    /// The packs after a change with parts of it undone.
    pub(crate) fn of_variant(variant: &Variant, layers: Option<&Layers>) -> Self {
        let outlines: Vec<Outline> =
            variant.sources.iter().map(|source| Outline::read(&source.file, &source.text)).collect();
        Self::new(Version { files: &variant.sources, layers }, &variant.statements, &outlines)
    }

    /// `starts` has the statement that begins at a place of a file, by its place in `Matched::statements`.
    fn new(version: Version<'_>, starts: &BTreeMap<(String, (u32, u32)), usize>, outlines: &[Outline]) -> Self {
        let packs = packs_of(version.files);
        let (rulebook, _) = Rulebook::merged_for_advice(&packs, version.layers, &Overrides::default());
        let mut written: BTreeMap<(&str, Start), (&Outline, &OutlineStatement)> = BTreeMap::new();
        for outline in outlines {
            for one in &outline.statements {
                written.entry((&outline.file, start(one.span))).or_insert((outline, one));
            }
        }
        let proposer = |file: &str, at: (u32, u32), name: &str| Proposer {
            name: name.to_owned(),
            statement: starts.get(&(file.to_owned(), at)).copied(),
            content: written.get(&(file, at)).map_or(0, |(outline, one)| content(outline, one)),
        };
        let packs = rulebook.packs().iter();
        let rules =
            packs.clone().flat_map(|pack| pack.rules.iter().map(|one| (&pack.file, start(one.span), &one.name)));
        let cadences = packs.flat_map(|pack| pack.cadences.iter().map(|one| (&pack.file, start(one.span), &one.name)));
        let mut proposers: Vec<Proposer> = rules.map(|(file, at, name)| proposer(file, at, name)).collect();
        let number = proposers.len();
        proposers.extend(cadences.map(|(file, at, name)| proposer(file, at, name)));
        Self { rulebook, proposers, rules: number }
    }

    pub(crate) fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// What is compared of a decision by this rulebook.
    pub(crate) fn numbers(&self, decision: &Decision) -> Numbers {
        let number = decision.rule.and_then(|rule| usize::try_from(rule).ok());
        let proposer = number.and_then(|number| self.proposers.get(number));
        let Decision { verdict, channel, person, rep, from, until, due, .. } = *decision;
        Numbers {
            verdict,
            channel,
            person,
            rep,
            from,
            until,
            due,
            statement: proposer.and_then(|one| one.statement),
            content: proposer.filter(|_| verdict.is_to_do()).map_or(0, |one| one.content),
            is_step: verdict == Verdict::Touch && number.is_some_and(|number| number >= self.rules),
        }
    }

    /// The name of the rule or cadence that a decision comes from; empty where none does.
    pub(crate) fn title(&self, decision: &Decision) -> String {
        let number = decision.rule.and_then(|rule| usize::try_from(rule).ok());
        number.and_then(|number| self.proposers.get(number)).map_or_else(String::new, |one| one.name.clone())
    }
}

/// Where a statement begins: line and column.
type Start = (u32, u32);

fn start(span: Span) -> Start {
    (span.line, span.column)
}

/// Which statement begins at which place (line, column) of which file.
fn starts(outlines: &[Outline], places: &BTreeMap<Place, usize>) -> BTreeMap<(String, (u32, u32)), usize> {
    let mut starts = BTreeMap::new();
    for (pack, outline) in outlines.iter().enumerate() {
        for (place, one) in outline.statements.iter().enumerate() {
            if let Some(pair) = places.get(&(pack, place)) {
                starts.entry((outline.file.clone(), start(one.span))).or_insert(*pair);
            }
        }
    }
    starts
}

/// A number that stands for what the touches of a statement bring, ask and are for: equal where they do the same. What the clause refers to by name
/// counts by its text.
fn content(outline: &Outline, one: &OutlineStatement) -> u64 {
    const CONTENT: [&str; 3] = ["offer", "ask", "acknowledges"];
    let of_touch = |touch: &Expression| match touch {
        Expression::Chain(base, steps) => {
            let steps = steps.iter().filter(|step| CONTENT.contains(&step.name.as_str()));
            let mut steps: Vec<String> = steps.map(|step: &Step| step.text(true)).collect();
            steps.sort();
            let base = if matches!(**base, Expression::Leaf(_)) { String::new() } else { base.canonical() };
            format!("{base}{}", steps.concat())
        }
        Expression::Leaf(_) => String::new(),
        other => other.canonical(),
    };
    let touches = one.clause("then").or_else(|| one.clause("steps")).map(|part| &part.expression);
    let mut text = match touches {
        Some(Expression::List(items)) => items.iter().map(of_touch).collect::<Vec<_>>().join(", "),
        Some(single) => of_touch(single),
        None => String::new(),
    };
    let letters = |letter: char| !(letter == '_' || letter.is_alphanumeric());
    let declared =
        |word: &str| outline.statements.iter().find(|one| one.is_declaration() && one.name.as_deref() == Some(word));
    // Each declaration that is reached is added once.
    let mut reached: Vec<&str> = Vec::new();
    let mut at = 0;
    let mut texts = vec![text.clone()];
    while let Some(words) = texts.get(at).cloned() {
        at += 1;
        for one in words.split(letters).filter_map(declared) {
            let name = one.name.as_deref().unwrap_or_default();
            if !reached.contains(&name) {
                reached.push(name);
                texts.push(one.canonical.clone());
            }
        }
    }
    texts.iter().skip(1).for_each(|one| text.push_str(one));
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}
