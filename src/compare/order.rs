//! Statements that changed places, where their order can decide.
//!
//! Of two rules or cadences that hold for a lead and are equally urgent, the first is advised; of several `enter` statements that hold the last counts.
//! Rules whose touches have other channels or factors of the priority (`.weight`, `.value`, `.chance`, `.lever`) are not equally urgent but by
//! accident, so that they changed places is left out.

use std::collections::BTreeSet;

use crate::compare::expression::{Expression, Step};
use crate::compare::matching::{Matched, Place, statement};
use crate::compare::outline::{Outline, OutlineStatement};
use crate::pack::statement_forms::StatementKind;
use crate::wording::{Arg, Language, Sentence};

/// A statement that now stands on the other side of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderChange {
    /// The statement that moved: `rule "Call"`.
    pub title: String,
    /// The pack in which it stands.
    pub pack: String,
    /// The file in which it stands, and the line.
    pub file: String,
    /// The line at which it begins.
    pub line: u32,
    /// Whether it now comes before the others; else after them.
    pub comes_first: bool,
    /// The statements that it changed places with, where their order can decide.
    pub others: Vec<String>,
    pub(crate) at: Place,
}

/// So many of the statements that one changed places with are named.
const MOST_NAMED: usize = 3;

impl OrderChange {
    /// The change in words.
    pub fn words(&self, language: Language) -> String {
        let key = match (self.title.starts_with("enter "), self.comes_first) {
            (false, true) => "compare-order-before",
            (false, false) => "compare-order-after",
            (true, true) => "compare-order-enter-before",
            (true, false) => "compare-order-enter-after",
        };
        let mut others: Vec<Arg> = self.others.iter().take(MOST_NAMED).map(|other| Arg::from(other.as_str())).collect();
        if self.others.len() > MOST_NAMED {
            others.push(Sentence::new("compare-more").with("count", self.others.len() - MOST_NAMED).into());
        }
        let others = Sentence::list("list-and", others);
        Sentence::new(key).with("title", self.title.as_str()).with("others", others).render(language)
    }
}

/// The statements that changed places with others, where their order can decide.
pub(crate) fn changes_of_order(after: &[Outline], matched: &Matched) -> Vec<OrderChange> {
    let mut both: Vec<(Place, Place)> = matched
        .statements
        .iter()
        .filter_map(|(from, to)| Some(((*from)?, (*to)?)))
        .filter(|(_, to)| statement(after, *to).is_some_and(OutlineStatement::has_order))
        .collect();
    both.sort_by_key(|(_, to)| *to);
    let kept = longest_row(&both.iter().map(|(from, _)| *from).collect::<Vec<_>>());
    let mut changes = Vec::new();
    for (nth, (from, to)) in both.iter().enumerate().filter(|(nth, _)| !kept.contains(nth)) {
        let Some(moved) = statement(after, *to) else { continue };
        let mut sides: [Vec<String>; 2] = [Vec::new(), Vec::new()];
        for (other_nth, (other_from, other_to)) in both.iter().enumerate() {
            let swapped = (from < other_from) != (nth < other_nth) && nth != other_nth;
            let Some(other) = statement(after, *other_to).filter(|other| swapped && order_can_decide(moved, other))
            else {
                continue;
            };
            if let Some(side) = sides.get_mut(usize::from(nth < other_nth)) {
                side.push(other.title());
            }
        }
        let [before_it, behind_it] = sides;
        for (comes_first, others) in [(true, behind_it), (false, before_it)] {
            if let Some(pack) = after.get(to.0).filter(|_| !others.is_empty()) {
                let (title, file) = (moved.title(), pack.file.clone());
                let line = moved.span.line;
                changes.push(OrderChange { title, pack: pack.name.clone(), file, line, comes_first, others, at: *to });
            }
        }
    }
    changes
}

/// The places of a longest row of items that rise.
pub(crate) fn longest_row<T: Ord>(items: &[T]) -> BTreeSet<usize> {
    // For each length the place of the lowest last item of a row of that length, and for each item the one before it in its row.
    let mut last: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let length = last.partition_point(|other| items.get(*other).is_some_and(|other| other < item));
        previous.push(length.checked_sub(1).and_then(|before| last.get(before)).copied());
        match last.get_mut(length) {
            Some(end) => *end = place,
            None => last.push(place),
        }
    }
    let mut row = BTreeSet::new();
    let mut at = last.last().copied();
    while let Some(place) = at {
        row.insert(place);
        at = previous.get(place).copied().flatten();
    }
    row
}

/// Whether the order of two statements can decide what is advised.
fn order_can_decide(one: &OutlineStatement, other: &OutlineStatement) -> bool {
    let enters = |one: &OutlineStatement| one.kind == Some(StatementKind::Enter);
    if enters(one) || enters(other) {
        return enters(one) && enters(other);
    }
    match (urgencies(one), urgencies(other)) {
        (Some(some), Some(others)) => some.iter().any(|one| others.contains(one)),
        _ => true,
    }
}

/// What each touch of a rule or cadence has that makes its priority: its channel and its factors. `None` where that depends on the lead.
fn urgencies(one: &OutlineStatement) -> Option<Vec<String>> {
    const FACTORS: [&str; 4] = ["chance", "lever", "value", "weight"];
    let touches = one.clause("then").or_else(|| one.clause("steps"))?;
    let of_touch = |touch: &Expression| {
        let factors = |steps: &[Step]| {
            let factors = steps.iter().filter(|step| FACTORS.contains(&step.name.as_str()));
            let mut factors: Vec<String> = factors.map(|step| step.text(true)).collect();
            factors.sort();
            factors.concat()
        };
        match touch {
            Expression::Leaf(_) | Expression::Call(..) => Some(touch.canonical()),
            Expression::Chain(base, steps) => Some(format!("{}{}", base.canonical(), factors(steps))),
            _ => None,
        }
    };
    match &touches.expression {
        Expression::List(items) => items.iter().map(of_touch).collect(),
        single => Some(vec![of_touch(single)?]),
    }
}

#[cfg(test)]
mod tests {
    use super::longest_row;

    #[test]
    fn what_stays_in_order_is_the_longest_row() {
        let row = |items: &[u8]| longest_row(items).into_iter().collect::<Vec<_>>();
        assert_eq!(row(&[1, 2, 3]), [0, 1, 2]);
        assert_eq!(row(&[3, 1, 2]), [1, 2]);
        assert_eq!(row(&[2, 9, 4, 5, 1]), [0, 2, 3]);
        assert_eq!(row(&[]), [0_usize; 0]);
    }
}
