//! Renaming what packs declare: settings, constants, helper functions and their parameters, own facts, rules, cadences and named policies, and packs.
//!
//! Every use is renamed with it, in all packs given, and nothing else is changed: no comment and no text, except the name of a rule where it is
//! referred to, and the name of an own fact in `days_to("...")`. What was done by a rule is recorded under its name, so a rule without an `id` gets its old name as
//! `formerly`. Leads, settings files and the record of cadences are not packs: they keep the old name.
//!
//! A name that cannot be taken is refused with the reason. As a last check the changed packs are read, and an error that was not there before refuses the
//! rename too.

use serde::Serialize;

use crate::book::catalogue::{self, FACTS, Subject};
use crate::book::vocabulary::SignalKind;
use crate::diagnostics::{Diagnostic, Severity};
use crate::editor::literal::quoted;
use crate::editor::roles::Role;
use crate::editor::symbols::{Occurrence, Opened, Packs, Symbol};
use crate::editor::text::{Position, TextEdit, TextRange};
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::language::{BUILT_IN, PackSource, dialect, read};
use crate::pack::Overrides;
use crate::pack::statement_forms::{self, ClauseContent, ClauseForm};
use crate::pack::statements::TYPICAL_VALUE;
use crate::pack::touch::BUILDERS;
use crate::wording::{Language, Sentence};

/// The edits of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileEdits {
    /// The name of the file.
    pub file: String,
    /// The edits, in text order; they do not overlap.
    pub edits: Vec<TextEdit>,
}

/// What can be renamed at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Renameable {
    /// Where the name stands; of a text without its quotes.
    pub range: TextRange,
    /// The name.
    pub name: String,
}

/// Why something is not renamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RenameRefusal {
    /// A stable name of the reason: `nothing-to-rename`, `not-a-name`, `reserved`, `taken`, `known-to-cadans`, `breaks`.
    pub code: &'static str,
    /// The reason, in the language asked for.
    pub message: String,
}

/// Words that Rhai keeps for itself.
const RESERVED: &[&str] = &[
    "as",
    "async",
    "await",
    "break",
    "call",
    "case",
    "catch",
    "const",
    "continue",
    "curry",
    "debug",
    "default",
    "do",
    "else",
    "eval",
    "exit",
    "export",
    "false",
    "fn",
    "Fn",
    "for",
    "global",
    "go",
    "goto",
    "if",
    "import",
    "in",
    "is_def_fn",
    "is_def_var",
    "is_shared",
    "let",
    "loop",
    "match",
    "module",
    "new",
    "nil",
    "null",
    "package",
    "print",
    "private",
    "protected",
    "public",
    "return",
    "shared",
    "spawn",
    "static",
    "super",
    "switch",
    "sync",
    "this",
    "thread",
    "throw",
    "true",
    "try",
    "type_of",
    "until",
    "use",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// What can be renamed at a place.
///
/// # Errors
/// The reason why nothing can.
pub fn prepare_rename(
    packs: &[PackSource],
    file: &str,
    at: Position,
    language: Language,
) -> Result<Renameable, RenameRefusal> {
    let packs = Packs::new(packs);
    let (symbol, pack, token) = find(&packs, file, at).map_err(|refusal| refusal.render(language))?;
    let range = packs.opened.get(pack).map(|opened| opened.index.range(&packs.said_bytes(pack, token)));
    Ok(Renameable { range: range.unwrap_or_default(), name: symbol.name().to_owned() })
}

/// The edits that give what stands at a place another name. Empty when it has that name already.
///
/// # Errors
/// The reason why it cannot have that name.
pub fn rename(
    packs: &[PackSource],
    file: &str,
    at: Position,
    name: &str,
    language: Language,
) -> Result<Vec<FileEdits>, RenameRefusal> {
    let opened = Packs::new(packs);
    let edits = edits(&opened, file, at, name).map_err(|refusal| refusal.render(language))?;
    for changed in &edits {
        let Some(pack) = packs.iter().find(|pack| pack.file == changed.file) else { continue };
        let errors = |text: &str| {
            let found = read(&pack.file, text, &Overrides::default()).diagnostics;
            found.into_iter().filter(|one| one.severity == Severity::Error).collect::<Vec<Diagnostic>>()
        };
        let (before, after) = (errors(&pack.text), errors(&apply(&pack.text, &changed.edits)));
        if after.len() > before.len() {
            let new = after.iter().find(|one| !before.iter().any(|other| other.code == one.code)).or(after.first());
            let why = new.map(|one| one.in_language(language).message).unwrap_or_default();
            return Err(Refusal::new("breaks", Sentence::new("rename-breaks").with("why", why)).render(language));
        }
    }
    Ok(edits)
}

/// The text with edits applied that are in text order and do not overlap.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut changed = String::new();
    let mut at = 0;
    for edit in edits {
        changed.push_str(text.get(at..edit.range.start.byte).unwrap_or_default());
        changed.push_str(&edit.text);
        at = edit.range.end.byte;
    }
    changed.push_str(text.get(at..).unwrap_or_default());
    changed
}

/// A reason that is not rendered yet.
struct Refusal {
    code: &'static str,
    sentence: Sentence,
}

impl Refusal {
    fn new(code: &'static str, sentence: Sentence) -> Self {
        Self { code, sentence }
    }

    fn render(self, language: Language) -> RenameRefusal {
        RenameRefusal { code: self.code, message: self.sentence.render(language) }
    }
}

/// The symbol at a place that can be renamed, with its pack and token.
fn find(packs: &Packs<'_>, file: &str, at: Position) -> Result<(Symbol, usize, usize), Refusal> {
    let found = packs.symbol_at(file, at);
    let found = found.filter(|(symbol, ..)| packs.occurrences(symbol).iter().any(|one| one.declares));
    let Some((symbol, pack, token)) = found else {
        return Err(Refusal::new("nothing-to-rename", Sentence::new("rename-nothing")));
    };
    if matches!(symbol, Symbol::Setting { .. }) && symbol.name() == TYPICAL_VALUE {
        return Err(Refusal::new("known-to-cadans", Sentence::new("rename-known").with("name", TYPICAL_VALUE)));
    }
    Ok((symbol, pack, token))
}

fn edits(packs: &Packs<'_>, file: &str, at: Position, name: &str) -> Result<Vec<FileEdits>, Refusal> {
    let (symbol, ..) = find(packs, file, at)?;
    if symbol.name() == name {
        return Ok(Vec::new());
    }
    let occurrences = packs.occurrences(&symbol);
    match symbol {
        Symbol::Statement { .. } | Symbol::Pack { .. } => check_text_name(packs, &symbol, name)?,
        _ => check_identifier(packs, &symbol, &occurrences, name)?,
    }
    let mut changed: Vec<FileEdits> = Vec::new();
    for (place, opened) in packs.opened.iter().enumerate() {
        let own = occurrences.iter().filter(|one| one.pack == place && !one.is_former);
        let mut edits: Vec<TextEdit> = own.map(|one| renamed(opened, one, name)).collect();
        if let Symbol::Statement { pack, name: old } = &symbol
            && *pack == place
        {
            edits.extend(remembered(opened, old, name));
        }
        crate::order::sort_by_key(&mut edits, |edit| edit.range.start.byte);
        if !edits.is_empty() {
            changed.push(FileEdits { file: opened.document.file.to_owned(), edits });
        }
    }
    Ok(changed)
}

/// The edit of one occurrence.
fn renamed(opened: &Opened<'_>, occurrence: &Occurrence, name: &str) -> TextEdit {
    let is_text = opened.document.kind(occurrence.token) == Some(TokenKind::Text);
    let text = if is_text { quoted(name) } else { name.to_owned() };
    TextEdit { range: opened.index.range(&opened.document.bytes(occurrence.token)), text }
}

/// The edit that keeps what was done by a rule under its old name; `None` for a rule with an `id`, and for what has no names from before.
fn remembered(opened: &Opened<'_>, old: &str, new: &str) -> Option<TextEdit> {
    let document = &opened.document;
    let name = |statement: &Statement| statement.tokens.start + 1;
    let statement = document.statements.iter().find(|one| {
        one.form.is_some_and(|form| form.clauses.iter().any(is_former))
            && matches!(opened.role(name(one)), Some(Role::StatementName))
            && opened.said(name(one)) == old
    })?;
    if document.clause(statement, |clause| clause.word == "id").is_some() {
        return None;
    }
    let edit = |bytes: std::ops::Range<usize>, text: String| TextEdit { range: opened.index.range(&bytes), text };
    let Some(formerly) = document.clause(statement, is_former) else {
        let end = document.bytes(name(statement)).end;
        return Some(edit(end..end, format!(" formerly {}", quoted(old))));
    };
    let texts: Vec<usize> =
        formerly.tokens.clone().filter(|token| document.kind(*token) == Some(TokenKind::Text)).collect();
    if let Some(back) = texts.iter().find(|token| opened.said(**token) == new) {
        return Some(edit(document.bytes(*back), quoted(old)));
    }
    let (first, last) = (formerly.tokens.start, formerly.tokens.end.checked_sub(1)?);
    match (texts.as_slice(), document.kind(last)) {
        ([only], _) if first == last => {
            Some(edit(document.bytes(*only), format!("[{}, {}]", document.token_text(*only), quoted(old))))
        }
        ([.., end], Some(TokenKind::Close(']'))) => {
            let end = document.bytes(*end).end;
            Some(edit(end..end, format!(", {}", quoted(old))))
        }
        _ => None,
    }
}

/// Whether a clause names what the statement was called before.
fn is_former(clause: &ClauseForm) -> bool {
    clause.content == ClauseContent::FormerNames
}

fn taken(name: &str) -> Refusal {
    Refusal::new("taken", Sentence::new("rename-taken").with("name", name))
}

/// Checks a name between quotes: that it says something, and is not taken.
fn check_text_name(packs: &Packs<'_>, symbol: &Symbol, name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(Refusal::new("not-a-name", Sentence::new("rename-empty")));
    }
    let is_taken = packs.opened.iter().enumerate().any(|(place, opened)| match symbol {
        Symbol::Statement { pack, .. } => *pack == place && opened.statement_names().contains(name),
        _ => opened.pack_name().is_some_and(|(_, known)| known == name),
    });
    if is_taken { Err(taken(name)) } else { Ok(()) }
}

/// Checks a name without quotes: its letters, the words of the language, and what the packs declare.
fn check_identifier(packs: &Packs<'_>, symbol: &Symbol, occurrences: &[Occurrence], name: &str) -> Result<(), Refusal> {
    let letters = name.chars().all(|char| char == '_' || char.is_ascii_alphanumeric());
    let begins = name.trim_start_matches('_').starts_with(|char: char| char.is_ascii_alphabetic());
    if !letters || !begins {
        return Err(Refusal::new("not-a-name", Sentence::new("rename-not-a-name").with("name", name)));
    }
    if is_reserved(symbol, name) {
        return Err(Refusal::new("reserved", Sentence::new("rename-reserved").with("name", name)));
    }
    for (place, opened) in packs.opened.iter().enumerate() {
        if !occurrences.iter().any(|one| one.pack == place) && !matches!(symbol, Symbol::OwnFact { .. }) {
            continue;
        }
        let names = &opened.names;
        let is_value = names.settings.contains_key(name) || names.constants.contains_key(name);
        let declared = match symbol {
            Symbol::OwnFact { name: old } => {
                let is_bare = names.is_bare_time(old);
                names.facts.contains_key(name) || (is_bare && (is_value || is_local(opened, name, None)))
            }
            Symbol::Setting { .. } | Symbol::Constant { .. } => {
                is_value || names.is_bare_time(name) || is_local(opened, name, None)
            }
            Symbol::Function { .. } => names.helpers_named(name).next().is_some(),
            // Within the function any other use of the word would become the parameter.
            Symbol::Parameter { statement, .. } => is_local(opened, name, Some(*statement)),
            Symbol::Statement { .. } | Symbol::Pack { .. } => false,
        };
        if declared {
            return Err(taken(name));
        }
    }
    Ok(())
}

/// Whether a parameter or variable has this name, in one statement or in any.
fn is_local(opened: &Opened<'_>, name: &str, statement: Option<usize>) -> bool {
    let mut tokens = opened.named(|role| matches!(role, Role::Parameter | Role::Local | Role::Other | Role::Action));
    tokens.any(|(token, said)| {
        said == name
            && opened.document.kind(token) == Some(TokenKind::Word)
            && statement.is_none_or(|of| opened.document.statement_of(token).is_some_and(|(found, _)| found == of))
    })
}

/// Whether the language has the word for itself, where this symbol stands.
fn is_reserved(symbol: &Symbol, name: &str) -> bool {
    let language = RESERVED.contains(&name)
        || matches!(name, "and" | "or" | "not" | "is" | "any" | "ago")
        || dialect::SUBJECT_WORDS.contains(&name)
        || dialect::constant_words().any(|word| word == name)
        || statement_forms::is_reserved(name)
        || BUILT_IN.contains(&name);
    language
        || match symbol {
            Symbol::Setting { .. } => name == TYPICAL_VALUE,
            Symbol::OwnFact { .. } => catalogue::find(Subject::Lead, name).is_some(),
            Symbol::Function { .. } => {
                FACTS.iter().any(|entry| entry.name == name)
                    || BUILDERS.iter().any(|(builder, _)| *builder == name)
                    || SignalKind::from_word(name).is_some()
                    || matches!(name, "to_string" | "to_debug" | "len")
            }
            Symbol::Constant { .. } | Symbol::Parameter { .. } | Symbol::Statement { .. } | Symbol::Pack { .. } => {
                false
            }
        }
}
