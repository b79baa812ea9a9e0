//! What packs need of leads and team, compared with a book: facts of a team's own, content, skills and people.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::book::value::Type;
use crate::book::{Book, FieldValue};
use crate::evaluate::facts::own::moment_of;
use crate::handover::header::Header;

/// One thing that packs need, and whether it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Requirement {
    /// What it is.
    pub kind: RequirementKind,
    /// Its name or id.
    pub name: String,
    /// Whether it is there.
    pub state: RequirementState,
    /// For a fact: the type that it is declared with.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// For a fact: how many leads have it, with a value of that type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads: Option<usize>,
    /// For a fact: how many leads have another kind of value for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<usize>,
}

/// What packs can need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementKind {
    /// A fact of a team's own: a field of leads.
    Fact,
    /// A piece of content.
    Content,
    /// A skill of reps.
    Skill,
    /// A person, by id.
    Person,
}

/// Whether something that packs need is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementState {
    /// It is there.
    There,
    /// It is not.
    Missing,
    /// For a fact: some leads have another kind of value for it, which no rule can use.
    OtherType,
    /// The book has nothing of this kind: where it is kept elsewhere, it is not known.
    NotListed,
}

impl Requirement {
    /// Whether somebody should look at it.
    pub fn is_open(&self) -> bool {
        matches!(self.state, RequirementState::Missing | RequirementState::OtherType)
    }

    fn named(kind: RequirementKind, name: &str, known: &BTreeSet<&str>) -> Self {
        let state = match known {
            known if known.contains(name) => RequirementState::There,
            known if known.is_empty() => RequirementState::NotListed,
            _ => RequirementState::Missing,
        };
        Self { kind, name: name.to_owned(), state, declared: None, leads: None, other: None }
    }
}

/// What a file needs, compared with this book. Each lead is unpacked once.
pub(super) fn requirements(header: &Header, book: &Book) -> Vec<Requirement> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut people: BTreeSet<&str> = BTreeSet::new();
    let mut has_people = false;
    for lead in (0..book.len()).filter_map(|lead| book.lead(lead)) {
        for fact in &header.facts {
            let Some(value) = lead.fields.get(&fact.name) else { continue };
            let fits = match value {
                FieldValue::Truth(_) => fact.kind == Type::Truth.word(),
                FieldValue::Number(_) => fact.kind == Type::Number.word(),
                FieldValue::Text(_) if fact.kind == Type::Moment.word() => moment_of(&lead, &fact.name).is_ok(),
                FieldValue::Text(_) => fact.kind == Type::Text.word(),
            };
            let (fitting, other) = counts.entry(&fact.name).or_default();
            *if fits { fitting } else { other } += 1;
        }
        has_people |= !lead.people.is_empty();
        people.extend(
            header.people.iter().filter(|name| lead.people.iter().any(|one| one.id == **name)).map(String::as_str),
        );
    }
    let facts = header.facts.iter().map(|fact| {
        let (leads, other) = counts.get(fact.name.as_str()).copied().unwrap_or_default();
        let state = match (leads, other) {
            (0, 0) => RequirementState::Missing,
            (_, 0) => RequirementState::There,
            _ => RequirementState::OtherType,
        };
        let (kind, name, declared) = (RequirementKind::Fact, fact.name.clone(), Some(fact.kind.clone()));
        Requirement { kind, name, state, declared, leads: Some(leads), other: Some(other) }
    });
    let contents: BTreeSet<&str> = book.contents().iter().map(|content| content.id.as_str()).collect();
    let skills: BTreeSet<&str> = book.reps().iter().flat_map(|rep| rep.skills.iter().map(String::as_str)).collect();
    let named = |kind, names: &[String], known: &BTreeSet<&str>| -> Vec<Requirement> {
        names.iter().map(|name| Requirement::named(kind, name, known)).collect()
    };
    // That nobody has this id is only known where there is anybody.
    let people = named(RequirementKind::Person, &header.people, &people).into_iter().map(|one| match one.state {
        RequirementState::NotListed if has_people => Requirement { state: RequirementState::Missing, ..one },
        _ => one,
    });
    facts
        .chain(named(RequirementKind::Content, &header.content, &contents))
        .chain(named(RequirementKind::Skill, &header.skills, &skills))
        .chain(people)
        .collect()
}
