//! The facts of a rulebook that are asked with the same arguments for every lead, each with a number.
//!
//! Rules ask for the same facts again and again. A number lets whoever evaluates them keep the values in a list, and the arguments are read
//! once, when the rulebook is built. Facts whose arguments are only known when a rule runs have no number, nor have clauses that run on the
//! script interpreter, nor examples.
//!
//! Invariant: equal facts with equal arguments have the same number, and different ones have different numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::pack::expression::{Body, Node, NodeKind};
use crate::pack::fact_arguments::FactArguments;
use crate::pack::statements::Pack;

/// The numbered facts of a rulebook.
#[derive(Debug, Default)]
pub(crate) struct FactTable {
    /// Facts of the lead and the account, by number.
    shared: Vec<NumberedFact>,
    /// Facts of a person, by number.
    personal: Vec<NumberedFact>,
}

/// A fact with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NumberedFact {
    /// About whom.
    pub(crate) subject: Subject,
    /// Which.
    pub(crate) fact: Fact,
    /// With what.
    pub(crate) arguments: FactArguments,
}

/// A fact of a table, by its number.
#[derive(Clone, Debug)]
pub struct FactId {
    table: Arc<FactTable>,
    subject: Subject,
    number: usize,
}

impl PartialEq for FactId {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.table, &other.table)
            && (self.is_personal(), self.number) == (other.is_personal(), other.number)
    }
}

impl FactId {
    /// The table of which this is a number.
    pub(crate) const fn table(&self) -> &Arc<FactTable> {
        &self.table
    }

    /// Its number: among the facts of a person, or among those of the lead and the account.
    pub(crate) const fn number(&self) -> usize {
        self.number
    }

    /// True for a fact of a person.
    pub(crate) fn is_personal(&self) -> bool {
        self.subject == Subject::Person
    }

    /// The fact; there always is one.
    pub(crate) fn fact(&self) -> Option<&NumberedFact> {
        self.table.list(self.subject).get(self.number)
    }
}

impl FactTable {
    /// How many facts there are of this subject: the lead and the account together, or a person.
    pub(crate) fn len(&self, subject: Subject) -> usize {
        self.list(subject).len()
    }

    const fn list(&self, subject: Subject) -> &Vec<NumberedFact> {
        if matches!(subject, Subject::Person) { &self.personal } else { &self.shared }
    }

    const fn list_mut(&mut self, subject: Subject) -> &mut Vec<NumberedFact> {
        if matches!(subject, Subject::Person) { &mut self.personal } else { &mut self.shared }
    }
}

/// Numbers the facts in the clauses of these packs, which are evaluated together.
pub(crate) fn number_facts(packs: &mut [Pack]) {
    let mut table = FactTable::default();
    let mut numbers: BTreeMap<(Subject, Fact), Vec<usize>> = BTreeMap::new();
    each_node(packs, &mut |node| {
        if let Some(fact) = with_constant_arguments(node) {
            let known = numbers.entry((fact.subject, fact.fact)).or_default();
            let list = table.list_mut(fact.subject);
            if !known.iter().any(|number| list.get(*number) == Some(&fact)) {
                known.push(list.len());
                list.push(fact);
            }
        }
    });
    let table = Arc::new(table);
    each_node(packs, &mut |node| {
        let found = with_constant_arguments(node).and_then(|fact| {
            let known = numbers.get(&(fact.subject, fact.fact))?;
            let number = *known.iter().find(|number| table.list(fact.subject).get(**number) == Some(&fact))?;
            Some(FactId { table: table.clone(), subject: fact.subject, number })
        });
        if let NodeKind::Fact { id, .. } = &mut node.kind {
            *id = found;
        }
    });
}

/// The fact that a node asks for, when its arguments are constant and known.
fn with_constant_arguments(node: &Node) -> Option<NumberedFact> {
    let NodeKind::Fact { subject, fact, args, .. } = &node.kind else { return None };
    let args: Vec<Value> = args.iter().map(|arg| arg.constant().cloned()).collect::<Option<_>>()?;
    let arguments = FactArguments::read(*subject, *fact, &args).ok()??;
    Some(NumberedFact { subject: *subject, fact: *fact, arguments })
}

fn each_node(packs: &mut [Pack], each: &mut dyn FnMut(&mut Node)) {
    fn visit(node: &mut Node, each: &mut dyn FnMut(&mut Node)) {
        each(node);
        for part in node.kind.parts_mut() {
            visit(part, each);
        }
    }
    for clause in packs.iter_mut().flat_map(Pack::clauses_mut) {
        if let Body::Compiled(node) = &mut clause.body {
            visit(node, each);
        }
    }
}
