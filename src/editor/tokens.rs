//! The tokens of a pack with what each is, for colouring: every token, comment and literal part of a template, in text order, without overlap.

use std::ops::Range;

use serde::Serialize;

use crate::editor::document::Document;
use crate::editor::names::Names;
use crate::editor::roles::{Named, Role, roles};
use crate::editor::text::{TextIndex, TextRange};
use crate::language::scan::TokenKind;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum TokenClass {
    /// A comment.
    Comment,
    /// The word that begins a statement: `rule`.
    Statement,
    /// The word that begins a clause: `when`.
    Clause,
    /// `and`, `or`, `not`, `is`, `in`.
    Operator,
    /// `if`, `let` and the other keywords of Rhai; `true` and `false`.
    Keyword,
    /// The type of a fact: `number`.
    Type,
    /// `lead`, `person`, `account`, `now`.
    Subject,
    /// A channel, `answer`, `wait`, `hold`, `any`.
    Action,
    /// A fact of the catalogue.
    Fact,
    /// A fact that a pack declares.
    OwnFact,
    /// A setting.
    Setting,
    /// A constant.
    Constant,
    /// A helper function, or a function of the language.
    Function,
    /// A parameter of a helper function.
    Parameter,
    /// A variable.
    Variable,
    /// A method of a value.
    Method,
    /// A builder method of a touch.
    Builder,
    /// A unit of time.
    Unit,
    /// The key of a map.
    Key,
    /// Any other word.
    Name,
    /// A text.
    Text,
    /// The name of a rule, cadence or policy.
    RuleName,
    /// A number.
    Number,
    /// An operator that is no word, or any other sign.
    Sign,
    /// A bracket.
    Bracket,
    /// A dot, comma or semicolon.
    Punctuation,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClassifiedToken {
    /// Where it is.
    pub range: TextRange,
    /// What it is.
    pub class: TokenClass,
    /// Whether it is the name that its statement declares.
    pub declares: bool,
}

/// The tokens of a pack. There are none of a text that is too large for a pack.
pub fn tokens(text: &str) -> Vec<ClassifiedToken> {
    let (document, index) = (Document::new("", text), TextIndex::new(text));
    let names = Names::of(&document);
    let mut found: Vec<(Range<usize>, TokenClass, bool)> = Vec::new();
    for (token, named) in document.tokens.iter().zip(roles(&document, &names)) {
        // Of a template the literal parts are told, and its expressions.
        if token.kind != TokenKind::Template {
            found.push((token.start..token.end, class(token.kind, named), named.is_some_and(|named| named.declares)));
        }
    }
    found.extend(document.literals.iter().map(|bytes| (bytes.clone(), TokenClass::Text, false)));
    found.extend(document.comments.iter().map(|bytes| (bytes.clone(), TokenClass::Comment, false)));
    found.retain(|(bytes, ..)| !bytes.is_empty());
    crate::order::sort_by_key(&mut found, |(bytes, ..)| bytes.start);
    let mut last = 0;
    found.retain(|(bytes, ..)| {
        let is_after = bytes.start >= last;
        last = last.max(bytes.end);
        is_after
    });
    found
        .into_iter()
        .map(|(bytes, class, declares)| ClassifiedToken { range: index.range(&bytes), class, declares })
        .collect()
}

/// The class of a token with this role.
fn class(kind: TokenKind, named: Option<Named>) -> TokenClass {
    match kind {
        TokenKind::Word => named.map_or(TokenClass::Name, |named| class_of_word(named.role)),
        TokenKind::Text => match named.map(|named| named.role) {
            Some(Role::StatementName | Role::StatementUse | Role::FormerName) => TokenClass::RuleName,
            Some(Role::OwnFact) => TokenClass::OwnFact,
            _ => TokenClass::Text,
        },
        TokenKind::Template | TokenKind::RawText | TokenKind::Char => TokenClass::Text,
        TokenKind::Number => TokenClass::Number,
        TokenKind::Open(_) | TokenKind::Close(_) => TokenClass::Bracket,
        TokenKind::Semicolon | TokenKind::Comma | TokenKind::Dot => TokenClass::Punctuation,
        TokenKind::Sign => TokenClass::Sign,
    }
}

fn class_of_word(role: Role) -> TokenClass {
    match role {
        Role::Statement(_) => TokenClass::Statement,
        Role::Clause | Role::HeadWord(_) => TokenClass::Clause,
        Role::TypeName => TokenClass::Type,
        Role::Operator => TokenClass::Operator,
        Role::Keyword | Role::Truth => TokenClass::Keyword,
        Role::Subject(_) | Role::Now => TokenClass::Subject,
        Role::Action => TokenClass::Action,
        Role::Setting => TokenClass::Setting,
        Role::Constant => TokenClass::Constant,
        Role::Function | Role::BuiltIn | Role::Signal(_) | Role::Expectation => TokenClass::Function,
        Role::Parameter => TokenClass::Parameter,
        Role::Local => TokenClass::Variable,
        Role::OwnFact => TokenClass::OwnFact,
        Role::Fact(..) => TokenClass::Fact,
        Role::Method => TokenClass::Method,
        Role::Builder => TokenClass::Builder,
        Role::Unit => TokenClass::Unit,
        Role::Key => TokenClass::Key,
        Role::StatementName | Role::StatementUse | Role::FormerName => TokenClass::RuleName,
        Role::PackName | Role::Content | Role::Skill | Role::Team | Role::Topic | Role::PersonId | Role::Other => {
            TokenClass::Name
        }
    }
}
