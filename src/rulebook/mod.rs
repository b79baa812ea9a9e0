//! What packs mean: statements as data, merged into a rulebook and checked.

pub mod check;
pub mod diagnostic;
pub mod examples;
pub mod overrides;
pub mod pack;
mod said;
pub mod span;
pub mod touch;
pub mod tree;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

pub use diagnostic::{Diagnostic, Severity};
pub use overrides::Overrides;
pub use pack::Pack;
pub use span::Span;

use crate::book::value::Type;
use crate::language::{limits, read};
use pack::Rule;

/// The text of one pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackSource {
    /// What its file is called, for messages.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// The packs in force, in the order given. A cheap handle: cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Rulebook {
    packs: Rc<[Pack]>,
}

impl Rulebook {
    /// Reads packs and merges them. Never fails as a whole: what is broken is told and left out.
    ///
    /// Of two packs with one name the first is kept. A fact that two packs declare with different types keeps the first
    /// type; the pack that disagrees is left out, because its conditions were checked against the other.
    pub fn new(sources: &[PackSource], overrides: &Overrides) -> (Self, Vec<Diagnostic>) {
        let mut packs: Vec<Pack> = Vec::new();
        let mut diagnostics = Vec::new();
        let mut facts: BTreeMap<Arc<str>, (Type, String)> = BTreeMap::new();
        for source in sources.iter().take(limits::PACKS) {
            let reading = read(&source.file, &source.text, overrides);
            diagnostics.extend(reading.diagnostics);
            let pack = reading.pack;
            let conflict = same_name(&packs, &pack).or_else(|| other_type(&facts, &pack));
            if let Some(conflict) = conflict {
                diagnostics.push(conflict);
                continue;
            }
            for fact in &pack.facts {
                facts.entry(fact.name.clone()).or_insert_with(|| (fact.kind, pack.about.name.clone()));
            }
            packs.push(pack);
        }
        if let Some(extra) = sources.get(limits::PACKS) {
            let message =
                format!("a rulebook holds at most {} packs; this one and those after it are left out", limits::PACKS);
            diagnostics
                .push(Diagnostic { file: extra.file.clone(), ..Diagnostic::error("too-many", Span::START, message) });
        }
        diagnostics.extend(overrides.unknown(&packs));
        (Self { packs: packs.into() }, diagnostics)
    }

    /// The packs, in the order given.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Every rule with its pack, in the order given: the order that settles ties.
    pub fn rules(&self) -> impl Iterator<Item = (&Pack, &Rule)> {
        self.packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)))
    }

    /// The team's own facts with their types, by name.
    pub fn own_facts(&self) -> BTreeMap<Arc<str>, Type> {
        self.packs.iter().flat_map(|pack| pack.facts.iter()).map(|fact| (fact.name.clone(), fact.kind)).collect()
    }
}

fn same_name(packs: &[Pack], pack: &Pack) -> Option<Diagnostic> {
    let other = packs.iter().find(|other| other.about.name == pack.about.name)?;
    let message = format!("there is another pack \"{}\", in {}", pack.about.name, other.file);
    let diagnostic = Diagnostic::error("duplicate-pack", Span::START, message)
        .why("with its pack's name a rule is known everywhere; this pack is left out")
        .help("give one of them another name");
    Some(Diagnostic { file: pack.file.clone(), ..diagnostic })
}

fn other_type(facts: &BTreeMap<Arc<str>, (Type, String)>, pack: &Pack) -> Option<Diagnostic> {
    let (fact, kind, name) = pack.facts.iter().find_map(|fact| {
        let (kind, name) = facts.get(&fact.name)?;
        (*kind != fact.kind).then_some((fact, kind, name))
    })?;
    let message =
        format!("the pack \"{name}\" declares {} as {}, and this one as {}", fact.name, kind.word(), fact.kind.word());
    let diagnostic = Diagnostic::error("conflicting-fact", fact.span, message)
        .why("a lead has one value for it; this pack is left out")
        .help("agree on one type, or take another name");
    Some(Diagnostic { file: pack.file.clone(), ..diagnostic })
}
