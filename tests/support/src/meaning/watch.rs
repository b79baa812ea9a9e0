//! The decisions of a [`Watch`], compared after every change with those of a new decider.
//!
//! Not compared: the window of a decision, which a watch keeps from the first decision (see [`Watch`]).

use super::world::{Change, World};
use cadans::book::Book;
use cadans::decide::{Decider, Decision, Watch};

/// The differences between the decisions of a watch and those of a new decider, as text.
pub fn differences(world: &World) -> Vec<String> {
    differences_when(world, true)
}

/// The differences for a watch that is informed of signals, or, to test this comparison, that is not.
pub fn differences_when(world: &World, informed: bool) -> Vec<String> {
    let mut book = Book::new(world.leads.clone(), vec![], vec![]);
    let mut watch = Watch::new(world.rulebook.clone(), &book, world.now);
    let mut found = differs(world, &book, &watch, "at first");
    for change in &world.changes {
        match change {
            Change::Tick(length) => drop(watch.tick(&book, watch.now() + *length)),
            Change::Log(lead, signal) if informed => drop(watch.log(&mut book, *lead, signal)),
            Change::Log(lead, signal) => assert!(book.log(*lead, signal)),
        }
        found.extend(differs(world, &book, &watch, &format!("after {change:?}")));
    }
    found
}

fn differs(world: &World, book: &Book, watch: &Watch, when: &str) -> Vec<String> {
    let decider = Decider::new(&world.rulebook, book, watch.now());
    let mut found = Vec::new();
    for (lead, kept) in watch.decisions().iter().enumerate() {
        let all = decider.decisions(lead).into_iter();
        let afresh = all.filter(|(place, _)| *place == lead).map(|(_, decision)| decision).next();
        let decided = |one: &Decision| (one.verdict, one.rule, one.channel, one.person, one.late, one.priority);
        if Some(decided(kept)) != afresh.as_ref().map(decided) {
            found.push(format!("lead {lead} {when}: the watch {kept:?}, afresh {afresh:?}"));
        }
    }
    found
}
