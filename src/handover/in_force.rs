//! Rulebooks of the time before a file is accepted and after, and what they advise.

use std::collections::BTreeSet;

use crate::analysis::analyse;
use crate::book::Book;
use crate::calendar::Instant;
use crate::compare::{AdviceChanges, Outline, Version, compare, compare_advice};
use crate::diagnostics::Diagnostic;
use crate::language::{PackSource, Rulebook};
use crate::manifest::{Assembled, FileState};
use crate::pack::Overrides;
use crate::pack::layers::Layers;
use crate::pack::statement_forms::StatementKind;
use crate::wording::Language;

/// The rulebooks of before and after, each with what is wrong with its files.
pub(super) struct Rulebooks {
    pub(super) before: (Rulebook, Vec<Diagnostic>),
    pub(super) after: (Rulebook, Vec<Diagnostic>),
}

impl Rulebooks {
    pub(super) fn of(before: &Assembled, after: &Assembled) -> Self {
        let [before, after] =
            [before, after].map(|side| Rulebook::merged(&side.sources, Some(&side.layers), &Overrides::default()));
        Self { before, after }
    }

    /// What is found in the packs of after and was not found before: also what analyses find.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let told = |(rulebook, found): &(Rulebook, Vec<Diagnostic>)| {
            let analysed = analyse(rulebook.packs()).beside(found).certain;
            found.iter().cloned().chain(analysed).collect::<Vec<Diagnostic>>()
        };
        new_findings(&told(&self.before), &told(&self.after))
    }
}

/// What is found after and was not found before.
pub(super) fn new_findings(before: &[Diagnostic], after: &[Diagnostic]) -> Vec<Diagnostic> {
    let known: BTreeSet<(&str, &str, &str)> =
        before.iter().map(|one| (one.code, one.file.as_str(), one.message.as_str())).collect();
    let is_new = |one: &&Diagnostic| !known.contains(&(one.code, one.file.as_str(), one.message.as_str()));
    after.iter().filter(is_new).cloned().collect()
}

/// Which leads get other advice, and why.
pub(super) fn advice(
    before: &Assembled,
    after: &Assembled,
    (book, now): (&Book, Instant),
    language: Language,
) -> AdviceChanges {
    let ((old, old_layers), (new, new_layers)) = (accepted_only(before), accepted_only(after));
    let changes = compare(&old, &new);
    let [before, after] = [(&old, &old_layers), (&new, &new_layers)]
        .map(|(files, layers)| Version { files: files.as_slice(), layers: Some(layers) });
    compare_advice(before, after, &changes, book, now, language)
}

/// The files of a rulebook without the rules and series that were not accepted, and its layers without the lists of those that were: so that texts alone tell
/// what is in force.
pub(super) fn accepted_only(assembled: &Assembled) -> (Vec<PackSource>, Layers) {
    let mut layers = assembled.layers.clone();
    let packs = layers.layers.iter_mut().flat_map(|layer| &mut layer.packs);
    let mut lists: Vec<(String, Vec<String>)> = Vec::new();
    for (pack, (_, state, _)) in packs.zip(&assembled.files) {
        if let Some(list) = pack.rules.take().filter(|_| *state == FileState::Accepted) {
            lists.push((pack.file.clone(), list));
        }
    }
    let cut = |source: &PackSource| match lists.iter().find(|(file, _)| *file == source.file) {
        Some((_, accepted)) => PackSource { file: source.file.clone(), text: with_accepted(source, accepted) },
        None => source.clone(),
    };
    (assembled.sources.iter().map(cut).collect(), layers)
}

/// A pack without its rules and series but those of these names or ids. Comments are left out.
fn with_accepted(source: &PackSource, accepted: &[String]) -> String {
    let outline = Outline::read(&source.file, &source.text);
    let mut text = String::new();
    for one in &outline.statements {
        let is_listed = |name: Option<&String>| name.is_some_and(|name| accepted.contains(name));
        let can_be = matches!(one.kind, Some(StatementKind::Rule | StatementKind::Cadence));
        if can_be && !is_listed(one.name.as_ref()) && !is_listed(one.text_of("id").as_ref()) {
            continue;
        }
        text.push_str(&one.text);
        text.push_str(if one.kind == Some(StatementKind::Function) { "\n" } else { ";\n" });
    }
    text
}
