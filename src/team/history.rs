//! What became of the leads: moves between stages, orders, and what customers are worth a year.
//!
//! The team file says it; of a lead of which it has no moves or no orders, the lead's own record says what it can: the stage it is in and since when,
//! accepted quotes, and signals of kind `order`.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::Lead;
use crate::book::vocabulary::{QuoteStatus, SignalKind, Stage};
use crate::calendar::Instant;
use crate::team::viewer::TeamView;

/// A move of a lead from one stage to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::team) struct Move {
    pub(in crate::team) at: Instant,
    /// The lead, by place in the book.
    pub(in crate::team) lead: usize,
    /// Where it was, and since when, as far as is known.
    pub(in crate::team) from: Option<Stage>,
    pub(in crate::team) since: Option<Instant>,
    pub(in crate::team) to: Stage,
    pub(in crate::team) because: Option<String>,
}

impl Move {
    /// Whether the lead came further: to a later stage, and was not lost.
    pub(in crate::team) fn is_forward(&self) -> bool {
        self.to != Stage::Lost && self.from.is_none_or(|from| from == Stage::Lost || from < self.to)
    }
}

/// An order of a lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::team) struct Sale {
    pub(in crate::team) at: Instant,
    /// The lead, by place in the book.
    pub(in crate::team) lead: usize,
    /// What it is worth, where that is known.
    pub(in crate::team) amount: Option<f64>,
}

/// What became of the leads, by now.
#[derive(Debug)]
pub(in crate::team) struct History {
    /// Moves, oldest first.
    pub(in crate::team) moves: Vec<Move>,
    /// Orders, oldest first.
    pub(in crate::team) sales: Vec<Sale>,
    /// What a lead is worth a year, from when on; oldest first.
    pub(in crate::team) yearly: BTreeMap<usize, Vec<(Instant, f64)>>,
}

impl History {
    pub(in crate::team) fn of(view: &TeamView<'_>) -> Self {
        let place = |id: &str| view.book.find(id);
        let mut moves = Vec::new();
        let mut last: BTreeMap<usize, (Stage, Instant)> = BTreeMap::new();
        for one in view.file.stage_moves.iter().filter(|one| one.at <= view.now) {
            let Some(lead) = place(&one.lead) else { continue };
            let before = last.insert(lead, (one.to, one.at));
            moves.push(Move {
                at: one.at,
                lead,
                from: one.from.or(before.map(|(stage, _)| stage)),
                since: before.map(|(_, since)| since),
                to: one.to,
                because: one.because.clone(),
            });
        }
        let recorded = view.leads().iter().enumerate().filter(|(lead, _)| !last.contains_key(lead));
        moves.extend(recorded.filter_map(|(lead, record)| {
            let (to, at) = record.stage.zip(record.stage_since)?;
            // A lead that never moved is not one that came further.
            let came_in = record.created_at.is_none_or(|created| created < at);
            let since = record.created_at;
            (at <= view.now && came_in).then_some(Move { at, lead, from: None, since, to, because: None })
        }));
        moves.sort_by_key(|one| (one.at, one.lead));

        let in_file: BTreeSet<usize> = view.file.orders.iter().filter_map(|one| place(&one.lead)).collect();
        let written = view
            .file
            .orders
            .iter()
            .filter_map(|one| Some(Sale { at: one.at, lead: place(&one.lead)?, amount: Some(one.amount) }));
        let recorded = view.leads().iter().enumerate().filter(|(lead, _)| !in_file.contains(lead));
        let recorded = recorded.flat_map(|(lead, record)| recorded_sales(lead, record));
        let mut sales: Vec<Sale> = written.chain(recorded).filter(|one| one.at <= view.now).collect();
        sales.sort_by_key(|one| (one.at, one.lead));

        let mut yearly: BTreeMap<usize, Vec<(Instant, f64)>> = BTreeMap::new();
        for one in view.file.contracts.iter().filter(|one| one.at <= view.now) {
            if let Some(lead) = place(&one.lead) {
                yearly.entry(lead).or_default().push((one.at, one.yearly));
            }
        }
        Self { moves, sales, yearly }
    }
}

/// The orders that the record of a lead tells of: accepted quotes, and where there are none, signals.
fn recorded_sales(lead: usize, record: &Lead) -> Vec<Sale> {
    let accepted = record.quotes.iter().filter(|quote| quote.status == QuoteStatus::Accepted);
    let of_quotes: Vec<Sale> = accepted
        .map(|quote| Sale { at: quote.decided_at.unwrap_or(quote.sent_at), lead, amount: quote.amount })
        .collect();
    if !of_quotes.is_empty() {
        return of_quotes;
    }
    let ordered = record.signals.iter().filter(|signal| signal.kind == SignalKind::Order);
    ordered.map(|signal| Sale { at: signal.at, lead, amount: None }).collect()
}
