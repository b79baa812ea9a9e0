//! What each word and text of a pack is: a fact, a setting, a builder method, the name of a rule ... [`Walker`] reads the tokens of one statement
//! from left to right and never fails; what it has read up to a place is also what completion at that place goes by.
//!
//! It needs no tree, so that it works in the middle of a word. What stands before a dot it knows by its [`Shape`](crate::editor::names::Shape), and says nothing of what it
//! does not know.

mod walker;
mod words;

pub(super) use walker::Walker;

use crate::book::catalogue::{FactEntry, Subject};
use crate::book::vocabulary::SignalKind;
use crate::editor::document::Document;
use crate::editor::names::Names;
use crate::pack::statement_forms::{HeadPart, StatementForm};

/// What a word or text is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    /// `rule`
    Statement(&'static StatementForm),
    /// `when`
    Clause,
    /// `number` in `fact budget as number`
    TypeName,
    /// `and`, `or`, `not`, `is`, `in`
    Operator,
    /// `if`, `let` and the other keywords of Rhai.
    Keyword,
    /// `true`, `false`
    Truth,
    /// `lead`, `person`, `account`
    Subject(Subject),
    /// `now`
    Now,
    /// A channel, `answer`, `wait`, `hold`; `any`.
    Action,
    Setting,
    Constant,
    Function,
    Parameter,
    /// A variable of a helper function or a block.
    Local,
    OwnFact,
    Fact(&'static FactEntry, Subject),
    Method,
    Builder,
    Unit,
    /// `date`, `find` and the other functions of the language.
    BuiltIn,
    /// `visit(...)` in an example.
    Signal(SignalKind),
    /// The key of a map.
    Key,
    /// A word of the head of the statement: `lever` in `adjust "..." lever 1.5`.
    HeadWord(HeadPart),
    /// `by(...)` and the other functions of an expectation.
    Expectation,
    /// The name of the rule, cadence or policy that the statement is.
    StatementName,
    /// The name of a rule, cadence or policy that is referred to: `.by("...")`, `without "..."`.
    StatementUse,
    /// A name that a rule had before: `formerly "..."`.
    FormerName,
    /// The name of a pack: `pack "..."`, `needs "..."`, `of "..."`.
    PackName,
    /// The id of a piece of content: `.offer("...")`.
    Content,
    /// A skill: `.rep("...")`.
    Skill,
    /// A team: `hand_over("...")`.
    Team,
    /// What a signal is about: `visits("...")`.
    Topic,
    /// The id of a person of an example.
    PersonId,
    /// A plain text, or a word of which nothing is known.
    Other,
}

/// A word or text with its role.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub role: Role,
    /// Whether it is declared here.
    pub declares: bool,
}

/// What a bracket belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Call {
    /// `lead.visits(`
    Fact(&'static FactEntry),
    /// `phone.to(`: by the name of the builder method.
    Builder(&'static str),
    /// `find(`: by the name of the function.
    BuiltIn(&'static str),
    /// `by(` in an expectation: by the name of the function.
    Expectation(&'static str),
    /// `visit(` in an example.
    Signal,
    /// A helper function, a method or something unknown.
    Other,
}

/// The role of every word and text of a pack, by token.
pub(super) fn roles(document: &Document<'_>, names: &Names<'_>) -> Vec<Option<Named>> {
    let mut roles = vec![None; document.tokens.len()];
    for (nth, statement) in document.statements.iter().enumerate() {
        let mut walker = Walker::new(document, names, nth, statement);
        for index in statement.tokens.clone() {
            let named = walker.read(index);
            if let Some(slot) = roles.get_mut(index) {
                *slot = named;
            }
        }
    }
    roles
}
