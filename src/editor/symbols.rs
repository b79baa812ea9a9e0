//! Where names are declared and used: definition and references, over all packs given.
//!
//! Settings, constants, helper functions and their parameters belong to their pack. A fact that packs declare is one fact of all of them. A rule,
//! cadence or named policy belongs to its pack; it is referred to by `.by("...")` and the like there, and by `without "..."` in any pack. A name that a
//! rule had before stands for the rule.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use crate::editor::document::Document;
use crate::editor::literal::text_value;
use crate::editor::names::Names;
use crate::editor::roles::{Named, Role, roles};
use crate::editor::text::{Position, TextIndex, TextRange};
use crate::language::PackSource;
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::pack::statement_forms::HeadPart;

/// A place in one of the packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The name of the file.
    pub file: String,
    /// Where in it.
    pub range: TextRange,
}

/// A pack with what its words are.
pub(super) struct Opened<'a> {
    pub document: Document<'a>,
    pub names: Names<'a>,
    pub roles: Vec<Option<Named>>,
    pub index: TextIndex<'a>,
}

impl<'a> Opened<'a> {
    pub fn new(pack: &'a PackSource) -> Self {
        let document = Document::new(&pack.file, &pack.text);
        let names = Names::of(&document);
        let roles = roles(&document, &names);
        Self { roles, names, document, index: TextIndex::new(&pack.text) }
    }

    /// The role of a token.
    pub fn role(&self, token: usize) -> Option<Role> {
        self.roles.get(token).copied().flatten().map(|named| named.role)
    }

    /// The tokens whose role is wanted, with what they say: a word itself, the value of a text.
    pub fn named(&self, wanted: impl Fn(Role) -> bool) -> impl Iterator<Item = (usize, String)> {
        let tokens = self.roles.iter().enumerate();
        let found = tokens.filter(move |(_, named)| named.is_some_and(|named| wanted(named.role)));
        found.map(|(token, _)| (token, self.said(token)))
    }

    /// What a token says: the value of a text, any other token as it is written.
    pub fn said(&self, token: usize) -> String {
        let written = self.document.token_text(token);
        if self.document.kind(token) == Some(TokenKind::Text) { text_value(written) } else { written.to_owned() }
    }

    /// The name that its header gives it, with the token.
    pub fn pack_name(&self) -> Option<(usize, String)> {
        self.named(|role| matches!(role, Role::PackName)).find(|(token, _)| self.is_declared(*token))
    }

    /// The names of its rules, cadences and policies.
    pub fn statement_names(&self) -> BTreeSet<String> {
        crate::order::collect_set(self.named(|role| matches!(role, Role::StatementName)).map(|(_, name)| name))
    }

    /// The name of the rule, cadence or policy that a statement is.
    fn statement_name(&self, statement: usize) -> Option<String> {
        let first = self.document.statements.get(statement)?.tokens.start + 1;
        matches!(self.role(first), Some(Role::StatementName)).then(|| self.said(first))
    }

    pub fn is_declared(&self, token: usize) -> bool {
        self.roles.get(token).copied().flatten().is_some_and(|named| named.declares)
    }
}

/// The packs that are looked at together.
pub(super) struct Packs<'a> {
    pub opened: Vec<Opened<'a>>,
}

/// What a name stands for. A pack is given by its place among the packs, a statement by its place in the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Setting {
        pack: usize,
        name: String,
    },
    Constant {
        pack: usize,
        name: String,
    },
    Function {
        pack: usize,
        name: String,
    },
    Parameter {
        pack: usize,
        statement: usize,
        name: String,
    },
    OwnFact {
        name: String,
    },
    /// A rule, cadence or policy.
    Statement {
        pack: usize,
        name: String,
    },
    Pack {
        name: String,
    },
}

impl Symbol {
    pub fn name(&self) -> &str {
        match self {
            Self::Setting { name, .. }
            | Self::Constant { name, .. }
            | Self::Function { name, .. }
            | Self::Parameter { name, .. }
            | Self::OwnFact { name }
            | Self::Statement { name, .. }
            | Self::Pack { name } => name,
        }
    }
}

/// A token that names a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub pack: usize,
    pub token: usize,
    /// Whether it is declared here.
    pub declares: bool,
    /// Whether it is a name that the rule had before.
    pub is_former: bool,
}

impl<'a> Packs<'a> {
    pub fn new(packs: &'a [PackSource]) -> Self {
        Self { opened: packs.iter().take(crate::limits::PACKS).map(Opened::new).collect() }
    }

    /// The packs besides this one.
    pub fn others<'p>(&'p self, opened: &'p Opened<'a>) -> impl Iterator<Item = &'p Opened<'a>> {
        self.opened.iter().filter(|other| other.document.file != opened.document.file)
    }

    /// The first pack of this file, and its place.
    pub fn find(&self, file: &str) -> Option<(usize, &Opened<'a>)> {
        self.opened.iter().enumerate().find(|(_, opened)| opened.document.file == file)
    }

    /// The symbol at a place, and its token.
    pub fn symbol_at(&self, file: &str, at: Position) -> Option<(Symbol, usize, usize)> {
        let (pack, opened) = self.find(file)?;
        let token = opened.document.token_at(opened.index.byte(at))?;
        Some((self.symbol_of(pack, token)?, pack, token))
    }

    /// The symbol that a token names.
    pub fn symbol_of(&self, pack: usize, token: usize) -> Option<Symbol> {
        let opened = self.opened.get(pack)?;
        let name = opened.said(token);
        Some(match opened.role(token)? {
            Role::Setting => Symbol::Setting { pack, name },
            Role::Constant => Symbol::Constant { pack, name },
            Role::Function => Symbol::Function { pack, name },
            Role::OwnFact => Symbol::OwnFact { name },
            Role::PackName => Symbol::Pack { name },
            Role::Parameter => Symbol::Parameter { pack, statement: opened.document.statement_of(token)?.0, name },
            Role::StatementName => Symbol::Statement { pack, name },
            Role::FormerName => {
                let (statement, _) = opened.document.statement_of(token)?;
                Symbol::Statement { pack, name: opened.statement_name(statement)? }
            }
            Role::StatementUse => self.statement_named(pack, token, &name)?,
            _ => return None,
        })
    }

    /// The rule, cadence or policy that a name refers to from this token: one of its own pack, or for `without` and `adjust` one of any pack.
    fn statement_named(&self, pack: usize, token: usize, name: &str) -> Option<Symbol> {
        let opened = self.opened.get(pack)?;
        let (_, statement) = opened.document.statement_of(token)?;
        let own = std::iter::once((pack, opened));
        let others = self.opened.iter().enumerate().filter(|(other, _)| *other != pack && refers_to_others(statement));
        own.chain(others).find_map(|(place, opened)| {
            let known = opened.named(|role| matches!(role, Role::StatementName)).any(|(_, known)| known == name);
            if known {
                return Some(Symbol::Statement { pack: place, name: name.to_owned() });
            }
            let (former, _) =
                opened.named(|role| matches!(role, Role::FormerName)).find(|(_, former)| former == name)?;
            let (statement, _) = opened.document.statement_of(former)?;
            Some(Symbol::Statement { pack: place, name: opened.statement_name(statement)? })
        })
    }

    /// Every token that names a symbol, pack by pack, in file order.
    pub fn occurrences(&self, symbol: &Symbol) -> Vec<Occurrence> {
        let mut found = Vec::new();
        let former = self.former_names(symbol);
        for (pack, opened) in self.opened.iter().enumerate() {
            let mut add = |token: usize, is_former: bool| {
                found.push(Occurrence { pack, token, declares: opened.is_declared(token), is_former });
            };
            match symbol {
                Symbol::OwnFact { name } => {
                    let tokens = opened.named(|role| matches!(role, Role::OwnFact)).filter(|(_, said)| said == name);
                    tokens.for_each(|(token, _)| add(token, false));
                }
                Symbol::Pack { name } => {
                    let tokens = opened.named(|role| matches!(role, Role::PackName)).filter(|(_, said)| said == name);
                    tokens.for_each(|(token, _)| add(token, false));
                }
                Symbol::Statement { pack: of, name } => {
                    let own = pack == *of;
                    let names = opened.statement_names();
                    let wanted = |role| matches!(role, Role::StatementName | Role::StatementUse | Role::FormerName);
                    for (token, said) in opened.named(wanted) {
                        let Some((statement, whole)) = opened.document.statement_of(token) else { continue };
                        match opened.role(token) {
                            Some(Role::StatementName) if own && said == *name => add(token, false),
                            Some(Role::FormerName)
                                if own && opened.statement_name(statement).as_ref() == Some(name) =>
                            {
                                add(token, true);
                            }
                            // A name of the pack itself goes before that of a rule of another pack, and before a former name.
                            Some(Role::StatementUse) if own || refers_to_others(whole) => {
                                let is_former = said != *name;
                                let refers = if is_former { former.contains(&said) } else { true };
                                if refers && (!names.contains(&said) || (own && !is_former)) {
                                    add(token, is_former);
                                }
                            }
                            _ => {}
                        }
                    }
                }
                Symbol::Setting { pack: of, name }
                | Symbol::Constant { pack: of, name }
                | Symbol::Function { pack: of, name }
                | Symbol::Parameter { pack: of, name, .. } => {
                    if *of == pack {
                        let wanted = |role| match symbol {
                            Symbol::Setting { .. } => matches!(role, Role::Setting),
                            Symbol::Constant { .. } => matches!(role, Role::Constant),
                            Symbol::Function { .. } => matches!(role, Role::Function),
                            _ => matches!(role, Role::Parameter),
                        };
                        let within = |token: usize| match symbol {
                            Symbol::Parameter { statement, .. } => {
                                opened.document.statement_of(token).is_some_and(|(of, _)| of == *statement)
                            }
                            _ => true,
                        };
                        let tokens = opened.named(wanted).filter(|(_, said)| said == name);
                        tokens.filter(|(token, _)| within(*token)).for_each(|(token, _)| add(token, false));
                    }
                }
            }
        }
        found
    }

    /// The names that a rule had before.
    fn former_names(&self, symbol: &Symbol) -> BTreeSet<String> {
        let Symbol::Statement { pack, name } = symbol else { return BTreeSet::new() };
        let Some(opened) = self.opened.get(*pack) else { return BTreeSet::new() };
        let names = opened.named(|role| matches!(role, Role::FormerName));
        let of_rule = |token: usize| {
            let statement = opened.document.statement_of(token);
            statement.and_then(|(statement, _)| opened.statement_name(statement)).as_ref() == Some(name)
        };
        crate::order::collect_set(names.filter(|(token, _)| of_rule(*token)).map(|(_, said)| said))
    }

    /// The bytes of what a token says: of a text without its quotes.
    pub fn said_bytes(&self, pack: usize, token: usize) -> Range<usize> {
        let Some(opened) = self.opened.get(pack) else { return 0..0 };
        let bytes = opened.document.bytes(token);
        if opened.document.kind(token) != Some(TokenKind::Text) {
            return bytes;
        }
        let written = opened.document.token_text(token);
        let closed = written.len() > 1 && written.ends_with('"');
        bytes.start + 1..bytes.end - usize::from(closed)
    }

    fn location(&self, occurrence: &Occurrence) -> Option<Location> {
        let opened = self.opened.get(occurrence.pack)?;
        let range = opened.index.range(&self.said_bytes(occurrence.pack, occurrence.token));
        Some(Location { file: opened.document.file.to_owned(), range })
    }
}

/// Whether a statement is about one of another pack.
fn refers_to_others(statement: &Statement) -> bool {
    statement.form.is_some_and(|form| form.head.first() == Some(&HeadPart::OtherStatement))
}

/// Where the name at a place is declared: in the pack itself, and for a fact of the team's own in the other packs too. Empty where nothing is declared.
pub fn definition(packs: &[PackSource], file: &str, at: Position) -> Vec<Location> {
    let packs = Packs::new(packs);
    let Some((symbol, pack, _)) = packs.symbol_at(file, at) else { return Vec::new() };
    let mut declared: Vec<Occurrence> = packs.occurrences(&symbol);
    declared.retain(|one| one.declares);
    crate::order::sort_by_key(&mut declared, |one| one.pack != pack);
    declared.iter().filter_map(|one| packs.location(one)).collect()
}

/// Where the name at a place is used, and with `declarations` where it is declared.
pub fn references(packs: &[PackSource], file: &str, at: Position, declarations: bool) -> Vec<Location> {
    let packs = Packs::new(packs);
    let Some((symbol, ..)) = packs.symbol_at(file, at) else { return Vec::new() };
    let found = packs.occurrences(&symbol);
    found.iter().filter(|one| declarations || !one.declares).filter_map(|one| packs.location(one)).collect()
}
