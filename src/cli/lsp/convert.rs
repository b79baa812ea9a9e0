//! Between places of the editor services and those of the protocol, and between their words.

use cadans::diagnostics::{Diagnostic, Severity};
use cadans::editor::{
    ClassifiedToken, Completion, CompletionKind, Place, Position, Symbol, TextIndex, TextRange, TokenClass,
};
use cadans::pack::statement_forms::{StatementForm, StatementKind};
use lsp_types as lsp;

/// What a column of the protocol counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16 code units, the protocol's own.
    #[default]
    Utf16,
    /// Bytes of UTF-8, where the editor offers it.
    Utf8,
}

impl Encoding {
    /// The byte offset of a position.
    pub fn byte(self, index: &TextIndex<'_>, position: lsp::Position) -> usize {
        match self {
            Self::Utf16 => index.byte(Position::LineColumn(position.line, position.character)),
            Self::Utf8 => index.byte_of_utf8_column(position.line, position.character),
        }
    }

    pub fn position(self, index: &TextIndex<'_>, place: Place) -> lsp::Position {
        let character = match self {
            Self::Utf16 => place.character,
            Self::Utf8 => index.utf8_column(place),
        };
        lsp::Position { line: place.line, character }
    }

    pub fn range(self, index: &TextIndex<'_>, range: TextRange) -> lsp::Range {
        lsp::Range { start: self.position(index, range.start), end: self.position(index, range.end) }
    }
}

/// The kinds of semantic tokens, by their number.
pub const TOKEN_TYPES: &[&str] = &[
    "comment",
    "keyword",
    "type",
    "variable",
    "property",
    "enumMember",
    "function",
    "parameter",
    "method",
    "string",
    "number",
    "operator",
];

/// The modifiers of semantic tokens, by their bit.
pub const TOKEN_MODIFIERS: &[&str] = &["declaration", "readonly", "defaultLibrary"];

const DECLARATION: u32 = 1;
const READONLY: u32 = 2;
const DEFAULT_LIBRARY: u32 = 4;

/// The number and the modifiers of a token; `None` for brackets and punctuation, which editors colour themselves.
fn token_type(class: TokenClass) -> Option<(&'static str, u32)> {
    Some(match class {
        TokenClass::Comment => ("comment", 0),
        TokenClass::Statement | TokenClass::Clause | TokenClass::Operator | TokenClass::Keyword => ("keyword", 0),
        TokenClass::Type => ("type", DEFAULT_LIBRARY),
        TokenClass::Subject => ("variable", DEFAULT_LIBRARY),
        TokenClass::Action | TokenClass::Unit => ("enumMember", DEFAULT_LIBRARY),
        TokenClass::Fact => ("property", DEFAULT_LIBRARY),
        TokenClass::OwnFact | TokenClass::Key => ("property", 0),
        TokenClass::Setting | TokenClass::Constant => ("variable", READONLY),
        TokenClass::Function => ("function", 0),
        TokenClass::Parameter => ("parameter", 0),
        TokenClass::Variable | TokenClass::Name => ("variable", 0),
        TokenClass::Method => ("method", 0),
        TokenClass::Builder => ("method", DEFAULT_LIBRARY),
        TokenClass::Text | TokenClass::RuleName => ("string", 0),
        TokenClass::Number => ("number", 0),
        TokenClass::Sign => ("operator", 0),
        TokenClass::Bracket | TokenClass::Punctuation => return None,
    })
}

/// The tokens of a text as the protocol numbers them: each from the one before it, and one of several lines as one a line.
pub fn semantic_tokens(text: &str, tokens: &[ClassifiedToken], encoding: Encoding) -> Vec<lsp::SemanticToken> {
    let index = TextIndex::new(text);
    let mut numbered = Vec::new();
    let (mut line, mut start) = (0, 0);
    for token in tokens {
        let Some((name, modifiers)) = token_type(token.class) else { continue };
        let token_type = TOKEN_TYPES.iter().position(|known| *known == name).unwrap_or_default();
        let modifiers = modifiers | if token.declares { DECLARATION } else { 0 };
        let mut at = token.range.start.byte;
        for part in text.get(at..token.range.end.byte).unwrap_or_default().split_inclusive(['\n', '\r']) {
            let shown = part.trim_end_matches(['\n', '\r']);
            let from = encoding.position(&index, index.place(at));
            let to = encoding.position(&index, index.place(at + shown.len()));
            at += part.len();
            if shown.is_empty() {
                continue;
            }
            let delta_start = if from.line == line { from.character - start } else { from.character };
            numbered.push(lsp::SemanticToken {
                delta_line: from.line - line,
                delta_start,
                length: to.character.saturating_sub(from.character),
                token_type: u32::try_from(token_type).unwrap_or_default(),
                token_modifiers_bitset: modifiers,
            });
            (line, start) = (from.line, from.character);
        }
    }
    numbered
}

/// A completion as the protocol has it. `snippets` says whether the editor can set the cursor within what is inserted.
pub fn completion(one: &Completion, nth: usize, range: lsp::Range, snippets: bool) -> lsp::CompletionItem {
    let kind = match one.kind {
        CompletionKind::Statement | CompletionKind::Clause | CompletionKind::Keyword => {
            lsp::CompletionItemKind::Keyword
        }
        CompletionKind::Subject => lsp::CompletionItemKind::Variable,
        CompletionKind::Fact | CompletionKind::OwnFact => lsp::CompletionItemKind::Field,
        CompletionKind::Builder | CompletionKind::Method => lsp::CompletionItemKind::Method,
        CompletionKind::Unit => lsp::CompletionItemKind::Unit,
        CompletionKind::Action => lsp::CompletionItemKind::EnumMember,
        CompletionKind::Setting | CompletionKind::Constant => lsp::CompletionItemKind::Constant,
        CompletionKind::Function => lsp::CompletionItemKind::Function,
        CompletionKind::Variable => lsp::CompletionItemKind::Variable,
        CompletionKind::Key => lsp::CompletionItemKind::Property,
        CompletionKind::Type => lsp::CompletionItemKind::TypeParameter,
        CompletionKind::Word => lsp::CompletionItemKind::Value,
        CompletionKind::Rule => lsp::CompletionItemKind::Reference,
    };
    let is_within = one.caret < one.insert.chars().count();
    let (new_text, format) = if is_within && snippets {
        (snippet(&one.insert, one.caret), lsp::InsertTextFormat::Snippet)
    } else {
        (one.insert.clone(), lsp::InsertTextFormat::PlainText)
    };
    let markup = lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: one.documentation.clone() };
    lsp::CompletionItem {
        label: one.label.clone(),
        kind: Some(kind),
        detail: Some(one.detail.clone()).filter(|detail| !detail.is_empty()),
        documentation: (!one.documentation.is_empty()).then_some(lsp::Documentation::MarkupContent(markup)),
        sort_text: Some(format!("{nth:05}")),
        filter_text: Some(one.label.clone()),
        insert_text_format: Some(format),
        text_edit: Some(lsp::TextEdit { range, new_text }.into()),
        ..lsp::CompletionItem::default()
    }
}

/// A text as a snippet with the cursor after so many characters.
fn snippet(text: &str, caret: usize) -> String {
    let mut snippet = String::new();
    for (nth, char) in text.chars().enumerate() {
        if nth == caret {
            snippet.push_str("$0");
        }
        if matches!(char, '$' | '}' | '\\') {
            snippet.push('\\');
        }
        snippet.push(char);
    }
    snippet
}

/// The kind of a statement in the outline.
pub fn symbol_kind(symbol: &Symbol) -> lsp::SymbolKind {
    match StatementForm::of(symbol.statement).map(|form| form.kind) {
        Some(StatementKind::Pack) => lsp::SymbolKind::Package,
        Some(StatementKind::Fact) => lsp::SymbolKind::Field,
        Some(StatementKind::Setting) => lsp::SymbolKind::Variable,
        Some(StatementKind::Constant) => lsp::SymbolKind::Constant,
        Some(StatementKind::Function) => lsp::SymbolKind::Function,
        Some(StatementKind::Rule) => lsp::SymbolKind::Event,
        Some(StatementKind::Cadence) => lsp::SymbolKind::Array,
        Some(StatementKind::Example) => lsp::SymbolKind::Object,
        Some(StatementKind::Enter) => lsp::SymbolKind::EnumMember,
        _ => lsp::SymbolKind::Interface,
    }
}

pub fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::Error,
        Severity::Warning => lsp::DiagnosticSeverity::Warning,
        Severity::Note => lsp::DiagnosticSeverity::Hint,
    }
}

/// What is wrong, why, and what to do about it, a line each.
pub fn message(diagnostic: &Diagnostic) -> String {
    let parts = [&diagnostic.message, &diagnostic.why, &diagnostic.help];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}
