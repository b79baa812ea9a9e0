//! The rulebook: the packs that are in force, merged.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::Book;
use crate::book::value::Type;
use crate::calendar::Instant;
use crate::check::FOR_AUTHORS;
use crate::check::against_leads::check_against;
pub use crate::check::lead_hours::LeadFileText;
use crate::check::needed_packs::{missing_packs, unmet_needs};
use crate::check::pack_dates::ended_packs;
use crate::diagnostics::Diagnostic;
use crate::language::layering;
use crate::language::merge::{Merge, ReadPack};
use crate::language::settings::{self, SettingInForce};
use crate::language::{read, read_without_examples};
use crate::order;
use crate::pack::fact_table::number_facts;
use crate::pack::layers::{LayerChange, Layers};
use crate::pack::statements::Rule;
use crate::pack::{Overrides, Pack};

/// The text of one pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackSource {
    /// The name of its file, for messages.
    pub file: String,
    /// The text of the file.
    pub text: String,
}

/// The packs in force, in the order given. A cheap handle: cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Rulebook {
    packs: Arc<[Pack]>,
    changes: Arc<[LayerChange]>,
}

impl Rulebook {
    /// Reads packs and merges them, with the diagnostics about them. Never fails as a whole: a statement with an error is left out. Of two packs
    /// that conflict the first is kept (`language/merge.rs`).
    pub fn new(sources: &[PackSource], overrides: &Overrides) -> (Self, Vec<Diagnostic>) {
        Self::of(sources, None, overrides, read)
    }

    /// Reads and merges packs without their examples and without diagnostics, which takes less time: for making decisions only.
    pub fn for_advice(sources: &[PackSource], overrides: &Overrides) -> Self {
        Self::of(sources, None, overrides, read_without_examples).0
    }

    /// As [`new`](Self::new), of packs that stand in layers where these are given. `overrides` go before the settings of the layers.
    pub fn merged(sources: &[PackSource], layers: Option<&Layers>, overrides: &Overrides) -> (Self, Vec<Diagnostic>) {
        Self::of(sources, layers, overrides, read)
    }

    /// As [`merged`](Self::merged), without the examples of the packs and what is wrong with them: for making decisions.
    pub fn merged_for_advice(
        sources: &[PackSource],
        layers: Option<&Layers>,
        overrides: &Overrides,
    ) -> (Self, Vec<Diagnostic>) {
        Self::of(sources, layers, overrides, read_without_examples)
    }

    fn of(
        sources: &[PackSource],
        layers: Option<&Layers>,
        overrides: &Overrides,
        read: ReadPack,
    ) -> (Self, Vec<Diagnostic>) {
        let mut merge = Merge::new(read, overrides);
        match layers {
            Some(layers) => merge.add_layers(layers, sources),
            None => merge.add_all(sources),
        }
        let changes = layering::apply(&mut merge, layers.is_some());
        let Merge { mut packs, mut diagnostics, .. } = merge;
        if FOR_AUTHORS {
            diagnostics.extend(missing_packs(&packs, sources.iter().map(|source| source.file.as_str())));
            diagnostics.extend(unmet_needs(&packs));
        }
        number_facts(&mut packs);
        (Self { packs: packs.into(), changes: changes.into() }, diagnostics)
    }

    /// This rulebook with one more pack behind the others: to ask what would be advised under it.
    #[cfg(feature = "editing")]
    pub(crate) fn with_pack(&self, source: &PackSource) -> Self {
        let mut packs = self.packs.to_vec();
        packs.push(read_without_examples(&source.file, &source.text, &Overrides::default()).pack);
        number_facts(&mut packs);
        Self { packs: packs.into(), changes: self.changes.clone() }
    }

    /// What the packs change of one another, in the order of the packs.
    pub fn changes(&self) -> &[LayerChange] {
        &self.changes
    }

    /// The settings of the packs with the values in force, in the order of the packs.
    pub fn settings(&self) -> Vec<SettingInForce> {
        settings::in_force(&self.packs)
    }

    /// Warnings about content, people, skills and declared facts that the packs name and this book does not have, about the hours of its people
    /// and reps, about countries of its leads for which no pack says what the law permits, and about many leads without a value.
    pub fn check_against(&self, book: &Book) -> Vec<Diagnostic> {
        self.check_against_file(book, LeadFileText::NONE, None)
    }

    /// The warnings of [`check_against`](Self::check_against) for a book that was read from a text file: those about hours have their places in it. Whether public holidays are
    /// known is asked for the year of `now` and the next; without a moment, for those of the newest signal.
    pub fn check_against_file(&self, book: &Book, file: LeadFileText<'_>, now: Option<Instant>) -> Vec<Diagnostic> {
        check_against(&self.packs, book, file, now)
    }

    /// Warnings about the packs that have ended by this moment.
    pub fn check_at(&self, now: Instant) -> Vec<Diagnostic> {
        ended_packs(&self.packs, now)
    }

    /// The packs, in the order in which they were given.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Every rule with its pack, in the order that decides between proposals with the same priority.
    pub fn rules(&self) -> impl Iterator<Item = (&Pack, &Rule)> {
        self.packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)))
    }

    /// The types of the declared facts, by name.
    pub fn own_facts(&self) -> BTreeMap<Arc<str>, Type> {
        order::collect_map(self.packs.iter().flat_map(|pack| &pack.facts).map(|fact| (fact.name.clone(), fact.kind)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::vocabulary::SignalKind;
    use crate::book::{GroupRecords, Lead, Signal};
    use crate::evaluate::clause::holds;
    use crate::evaluate::facts::FactContext;
    use crate::pack::expression::{Body, Node, NodeKind};

    fn rulebook(packs: &[&str]) -> Rulebook {
        let source = |(nth, text): (usize, &&str)| PackSource {
            file: format!("{nth}.rhai"),
            text: format!("pack \"Pack {nth}\" #{{}};\n{text}"),
        };
        let sources: Vec<PackSource> = packs.iter().enumerate().map(source).collect();
        let (rulebook, diagnostics) = Rulebook::new(&sources, &Overrides::default());
        assert!(diagnostics.iter().all(|found| found.code == "missing-reason"), "{diagnostics:?}");
        rulebook
    }

    /// The number of each fact in the conditions of the rules, in the order in which they are written.
    fn numbers(rulebook: &Rulebook) -> Vec<Option<usize>> {
        fn visit(node: &Node, numbers: &mut Vec<Option<usize>>) {
            if let NodeKind::Fact { id, .. } = &node.kind {
                numbers.push(id.as_ref().map(|id| id.number()));
            }
            node.kind.parts().into_iter().for_each(|part| visit(part, numbers));
        }
        let mut numbers = Vec::new();
        for (_, rule) in rulebook.rules() {
            if let Body::Compiled(node) = &rule.when.body {
                visit(node, &mut numbers);
            }
        }
        numbers
    }

    #[test]
    fn equal_facts_with_equal_constant_arguments_share_a_number_across_packs() {
        let rulebook = rulebook(&[
            "setting week = 7.days because \"a week\";\n\
             rule \"a\" when lead.visits(7.days) >= 2 or lead.visits(8.days) >= 3 then phone;\n\
             rule \"b\" when lead.visits(week) >= 4 or lead.forms(7.days) >= 1 then phone;",
            "rule \"c\" when lead.visits(7.days) >= 1 or lead.visits(lead.topic ?? \"\") >= 1 then phone;",
        ]);
        // Visits with a topic that is known when the rule runs have no number; the topic itself has one.
        assert_eq!(numbers(&rulebook), [Some(0), Some(1), Some(0), Some(2), Some(0), None, Some(3)]);
    }

    #[test]
    fn a_context_gives_each_of_two_rulebooks_its_own_facts() {
        let now = Instant::from_millis(1_795_168_800_000);
        let lead = Lead { signals: vec![Signal::new(now, SignalKind::PageVisit)], ..Lead::default() };
        let cx = FactContext::new(&GroupRecords::new(vec![lead], Vec::new(), Vec::new()), 0, now);
        let visits = rulebook(&["rule \"a\" when lead.visits(7.days) >= 1 then phone;"]);
        let forms = rulebook(&["rule \"a\" when lead.forms(7.days) >= 1 then phone;"]);
        assert_eq!((numbers(&visits), numbers(&forms)), (vec![Some(0)], vec![Some(0)]));
        let held: Vec<_> = [&visits, &forms, &visits]
            .into_iter()
            .flat_map(|rulebook| rulebook.rules().map(|(_, rule)| holds(&rule.when, &cx)))
            .collect();
        assert_eq!(held, [Ok(true), Ok(false), Ok(true)]);
    }
}
