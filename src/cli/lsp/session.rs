//! One session: what the editor has told, and the answers to what it asks.

use std::collections::{BTreeMap, HashMap};

use cadans::diagnostics::Diagnostic;
use cadans::editor::{self, FileEdits, FoldKind, Location, Position, TextEdit, TextIndex};
use cadans::language::PackSource;
use cadans::wording::Language;
use lsp_server::ErrorCode;
use lsp_types as lsp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::convert::{self, Encoding, TOKEN_MODIFIERS, TOKEN_TYPES};
use super::rulebooks;
use super::workspace::{OpenPack, Workspace};

/// Why a request has no result.
pub struct Refused {
    pub code: ErrorCode,
    pub why: String,
}

type Answer = Result<Value, Refused>;

/// A session after `initialize`.
pub struct Session {
    workspace: Workspace,
    language: Language,
    encoding: Encoding,
    /// Whether the editor can set the cursor within what is inserted.
    snippets: bool,
    /// Where the pages of diagnostics are: an address to which the name of a page is added.
    pages: String,
    /// What is wrong with the packs, in the language of the session.
    diagnostics: Vec<Diagnostic>,
    /// What was published last, by address.
    published: BTreeMap<String, Value>,
    /// Whether a pack changed since the packs were checked.
    is_changed: bool,
}

/// The pages of this version's diagnostics.
const PAGES: &str = concat!("https://docs.rs/crate/cadans/", env!("CARGO_PKG_VERSION"), "/source/docs/diagnostics/");

impl Session {
    /// A session with an editor that says this of itself, and what the server says of itself. `language` is that of the command.
    pub fn new(initialize: &Value, language: Language) -> (Self, Value) {
        let text = |pointer: &str| initialize.pointer(pointer).and_then(Value::as_str);
        let tag = text("/initializationOptions/language").or_else(|| text("/locale"));
        let encodings = initialize.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let offers_utf8 = encodings.is_some_and(|offered| offered.iter().any(|one| one == "utf-8"));
        let snippets = initialize.pointer("/capabilities/textDocument/completion/completionItem/snippetSupport");
        let mut workspace = Workspace::default();
        let folders = initialize.get("workspaceFolders").and_then(Value::as_array);
        match folders {
            Some(folders) => {
                let uris = folders.iter().filter_map(|folder| folder.get("uri").and_then(Value::as_str));
                uris.for_each(|uri| workspace.add_folder(uri));
            }
            None => text("/rootUri").into_iter().for_each(|uri| workspace.add_folder(uri)),
        }
        let session = Self {
            workspace,
            language: tag.and_then(Language::from_tag).unwrap_or(language),
            encoding: if offers_utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
            snippets: snippets == Some(&Value::Bool(true)),
            pages: text("/initializationOptions/diagnosticPages").unwrap_or(PAGES).to_owned(),
            diagnostics: Vec::new(),
            published: BTreeMap::new(),
            is_changed: false,
        };
        let server = lsp::ServerInfo { name: "cadans".to_owned(), version: Some(cadans::version().to_owned()) };
        let result = lsp::InitializeResult { capabilities: capabilities(session.encoding), server_info: Some(server) };
        let result = serde_json::to_value(result).unwrap_or_default();
        (session, result)
    }

    // ---- what the editor tells ------------------------------------------------------------------------------------

    /// Takes a notification. One that is not known is passed over.
    ///
    /// # Errors
    /// Its parameters cannot be read.
    pub fn notified(&mut self, method: &str, params: Value) -> Result<(), Refused> {
        match method {
            "initialized" => {
                self.workspace.read_folders();
                self.is_changed = true;
            }
            "textDocument/didOpen" => {
                let document = parameters::<lsp::DidOpenTextDocumentParams>(params)?.text_document;
                self.workspace.open(&document.uri.0, document.text, document.version);
                self.is_changed = true;
            }
            "textDocument/didChange" => self.change(parameters(params)?),
            "textDocument/didClose" => {
                let document = parameters::<lsp::DidCloseTextDocumentParams>(params)?.text_document;
                self.workspace.close(&document.uri.0);
                self.is_changed = true;
            }
            "workspace/didChangeWatchedFiles" => {
                self.workspace.read_folders();
                self.is_changed = true;
            }
            "workspace/didChangeWorkspaceFolders" => {
                let event = parameters::<lsp::DidChangeWorkspaceFoldersParams>(params)?.event;
                event.removed.iter().for_each(|folder| self.workspace.remove_folder(&folder.uri.0));
                event.added.iter().for_each(|folder| self.workspace.add_folder(&folder.uri.0));
                self.workspace.read_folders();
                self.is_changed = true;
            }
            _ => {}
        }
        Ok(())
    }

    /// Changes an open text: parts of it, or the whole.
    fn change(&mut self, change: lsp::DidChangeTextDocumentParams) {
        let encoding = self.encoding;
        let document = change.text_document;
        let Some(pack) = self.workspace.find_mut(&document.text_document_identifier.uri.0) else { return };
        for part in change.content_changes {
            match part {
                lsp::TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let index = TextIndex::new(&pack.source.text);
                    let start = encoding.byte(&index, part.range.start);
                    let end = encoding.byte(&index, part.range.end).max(start);
                    pack.source.text.replace_range(start..end, &part.text);
                }
                lsp::TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    pack.source.text = whole.text;
                }
            }
        }
        pack.version = Some(document.version);
        self.is_changed = true;
    }

    // ---- what is wrong --------------------------------------------------------------------------------------------

    /// Checks the packs together, if one changed, and gives what is to be published: the diagnostics of each pack for which they
    /// changed, and none for each pack that is gone.
    pub fn take_published(&mut self) -> Vec<lsp::PublishDiagnosticsParams> {
        if !self.check() {
            return Vec::new();
        }
        let mut publish = Vec::new();
        let mut published = BTreeMap::new();
        for pack in &self.workspace.packs {
            let own = self.diagnostics.iter().filter(|one| one.file == pack.source.file);
            let diagnostics: Vec<lsp::Diagnostic> = own.map(|one| self.diagnostic(pack, one)).collect();
            let params =
                lsp::PublishDiagnosticsParams { uri: pack.uri.clone().into(), version: pack.version, diagnostics };
            let value = serde_json::to_value(&params).unwrap_or_default();
            let is_new = match self.published.get(&pack.uri) {
                Some(before) => *before != value,
                None => pack.is_open || !params.diagnostics.is_empty(),
            };
            if is_new {
                publish.push(params);
            }
            published.insert(pack.uri.clone(), value);
        }
        for uri in self.published.keys().filter(|uri| !published.contains_key(*uri)) {
            publish.push(lsp::PublishDiagnosticsParams {
                uri: uri.clone().into(),
                version: None,
                diagnostics: Vec::new(),
            });
        }
        self.published = published;
        publish
    }

    /// Checks the packs, if one changed; whether one did.
    fn check(&mut self) -> bool {
        if !std::mem::take(&mut self.is_changed) {
            return false;
        }
        let found = rulebooks::check(&self.workspace);
        self.diagnostics = found.iter().map(|one| one.in_language(self.language)).collect();
        true
    }

    fn diagnostic(&self, pack: &OpenPack, one: &Diagnostic) -> lsp::Diagnostic {
        let index = TextIndex::new(&pack.source.text);
        let related = one.related.iter().filter_map(|related| {
            let other = self.workspace.find_file(&related.file)?;
            let index = TextIndex::new(&other.source.text);
            let range = self.encoding.range(&index, index.span(related.span));
            let location = lsp::Location { uri: other.uri.clone().into(), range };
            Some(lsp::DiagnosticRelatedInformation { location, message: related.message.clone() })
        });
        let related: Vec<lsp::DiagnosticRelatedInformation> = related.collect();
        let unused = (one.code == "unused-setting").then(|| vec![lsp::DiagnosticTag::Unnecessary]);
        lsp::Diagnostic {
            range: self.encoding.range(&index, index.span(one.span)),
            severity: Some(convert::severity(one.severity)),
            code: Some(lsp::Code::String(one.code.to_owned())),
            code_description: Some(lsp::CodeDescription { href: format!("{}{}.md", self.pages, one.code).into() }),
            source: Some("cadans".to_owned()),
            message: lsp::Message::String(convert::message(one)),
            tags: unused,
            related_information: (!related.is_empty()).then_some(related),
            data: None,
        }
    }

    // ---- what the editor asks -------------------------------------------------------------------------------------

    /// The result of a request.
    ///
    /// # Errors
    /// The request is not known, its parameters cannot be read, or there is a reason why it has no result.
    pub fn asked(&mut self, method: &str, params: Value) -> Answer {
        match method {
            "textDocument/completion" => self.completion(parameters::<At>(params)?),
            "textDocument/hover" => self.hover(parameters::<At>(params)?),
            "textDocument/definition" => self.definition(parameters::<At>(params)?),
            "textDocument/references" => self.references(parameters(params)?),
            "textDocument/prepareRename" => self.prepare_rename(parameters::<At>(params)?),
            "textDocument/rename" => self.rename(parameters(params)?),
            "textDocument/documentSymbol" => self.symbols(parameters::<Of>(params)?),
            "textDocument/semanticTokens/full" => self.tokens(parameters::<Of>(params)?),
            "textDocument/foldingRange" => self.folds(parameters::<Of>(params)?),
            "textDocument/formatting" => self.formatting(parameters::<Of>(params)?),
            "textDocument/codeAction" => self.actions(parameters(params)?),
            _ => Err(Refused { code: ErrorCode::MethodNotFound, why: format!("{method} is not known here") }),
        }
    }

    /// The pack of a document; a request about one that is not open is refused.
    fn pack(&self, document: &lsp::TextDocumentIdentifier) -> Result<&OpenPack, Refused> {
        let why = || format!("{} is not open", document.uri.0);
        self.workspace.find(&document.uri.0).ok_or_else(|| Refused { code: ErrorCode::InvalidParams, why: why() })
    }

    /// The packs, and of the one that is asked about its text with the place.
    fn asked_at(&self, at: &At) -> Result<(Vec<PackSource>, &OpenPack, Position), Refused> {
        let pack = self.pack(&at.text_document)?;
        let byte = self.encoding.byte(&TextIndex::new(&pack.source.text), at.position);
        Ok((self.workspace.sources(), pack, Position::Byte(byte)))
    }

    fn completion(&self, at: At) -> Answer {
        let (packs, pack, place) = self.asked_at(&at)?;
        let index = TextIndex::new(&pack.source.text);
        let found = editor::complete(&packs, &pack.source.file, place, self.language);
        let items = found
            .iter()
            .enumerate()
            .map(|(nth, one)| convert::completion(one, nth, self.encoding.range(&index, one.range), self.snippets));
        answer(&lsp::CompletionList { is_incomplete: false, items: items.collect(), ..lsp::CompletionList::default() })
    }

    fn hover(&self, at: At) -> Answer {
        let (packs, pack, place) = self.asked_at(&at)?;
        let index = TextIndex::new(&pack.source.text);
        let found = editor::hover(&packs, &pack.source.file, place, self.language);
        answer(&found.map(|one| {
            let markup = lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: one.markdown() };
            lsp::Hover { contents: markup.into(), range: Some(self.encoding.range(&index, one.range)) }
        }))
    }

    fn definition(&self, at: At) -> Answer {
        let (packs, pack, place) = self.asked_at(&at)?;
        answer(&self.locations(editor::definition(&packs, &pack.source.file, place)))
    }

    fn references(&self, asked: lsp::ReferenceParams) -> Answer {
        let at = asked.text_document_position_params;
        let (packs, pack, place) = self.asked_at(&At { text_document: at.text_document, position: at.position })?;
        let declarations = asked.context.include_declaration;
        answer(&self.locations(editor::references(&packs, &pack.source.file, place, declarations)))
    }

    fn locations(&self, found: Vec<Location>) -> Vec<lsp::Location> {
        let location = |one: Location| {
            let pack = self.workspace.find_file(&one.file)?;
            let range = self.encoding.range(&TextIndex::new(&pack.source.text), one.range);
            Some(lsp::Location { uri: pack.uri.clone().into(), range })
        };
        found.into_iter().filter_map(location).collect()
    }

    fn prepare_rename(&self, at: At) -> Answer {
        let (packs, pack, place) = self.asked_at(&at)?;
        match editor::prepare_rename(&packs, &pack.source.file, place, self.language) {
            Ok(found) => {
                let range = self.encoding.range(&TextIndex::new(&pack.source.text), found.range);
                answer(&lsp::PrepareRenamePlaceholder { range, placeholder: found.name })
            }
            Err(refusal) => Err(Refused { code: ErrorCode::RequestFailed, why: refusal.message }),
        }
    }

    fn rename(&self, asked: lsp::RenameParams) -> Answer {
        let at = asked.text_document_position_params;
        let (packs, pack, place) = self.asked_at(&At { text_document: at.text_document, position: at.position })?;
        match editor::rename(&packs, &pack.source.file, place, &asked.new_name, self.language) {
            Ok(edits) => answer(&self.workspace_edit(&edits)),
            Err(refusal) => Err(Refused { code: ErrorCode::RequestFailed, why: refusal.message }),
        }
    }

    fn workspace_edit(&self, files: &[FileEdits]) -> lsp::WorkspaceEdit {
        let mut changes = HashMap::new();
        for file in files {
            if let Some(pack) = self.workspace.find_file(&file.file) {
                changes.insert(pack.uri.clone().into(), self.text_edits(&pack.source.text, &file.edits));
            }
        }
        lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() }
    }

    fn text_edits(&self, text: &str, edits: &[TextEdit]) -> Vec<lsp::TextEdit> {
        let index = TextIndex::new(text);
        let edit = |edit: &TextEdit| lsp::TextEdit {
            range: self.encoding.range(&index, edit.range),
            new_text: edit.text.clone(),
        };
        edits.iter().map(edit).collect()
    }

    fn symbols(&self, of: Of) -> Answer {
        let text = &self.pack(&of.text_document)?.source.text;
        let index = TextIndex::new(text);
        let symbols: Vec<Value> = editor::outline(text)
            .iter()
            .map(|one| {
                let name = if one.name.trim().is_empty() { one.statement } else { &one.name };
                json!({
                    "name": name,
                    "detail": one.statement,
                    "kind": convert::symbol_kind(one),
                    "range": self.encoding.range(&index, one.range),
                    "selectionRange": self.encoding.range(&index, one.selection),
                })
            })
            .collect();
        answer(&symbols)
    }

    fn tokens(&self, of: Of) -> Answer {
        let text = &self.pack(&of.text_document)?.source.text;
        let data = convert::semantic_tokens(text, &editor::tokens(text), self.encoding);
        answer(&lsp::SemanticTokens { result_id: None, data })
    }

    fn folds(&self, of: Of) -> Answer {
        let text = &self.pack(&of.text_document)?.source.text;
        let fold = |one: &editor::Fold| lsp::FoldingRange {
            start_line: one.range.start.line,
            end_line: one.range.end.line,
            kind: (one.kind == FoldKind::Comment).then_some(lsp::FoldingRangeKind::Comment),
            ..lsp::FoldingRange::default()
        };
        answer(&editor::fold(text).iter().map(fold).collect::<Vec<_>>())
    }

    /// The canonical layout; nothing for a text with a syntax error, which is published as a diagnostic.
    fn formatting(&self, of: Of) -> Answer {
        let source = &self.pack(&of.text_document)?.source;
        answer(&editor::format(&source.file, &source.text).map(|edits| self.text_edits(&source.text, &edits)))
    }

    /// The fixes of what is wrong in a range.
    fn actions(&mut self, asked: lsp::CodeActionParams) -> Answer {
        // What is published is still to be published.
        let changed = self.is_changed;
        self.check();
        self.is_changed = changed;
        let pack = self.pack(&asked.text_document)?;
        let index = TextIndex::new(&pack.source.text);
        let mut actions = Vec::new();
        for one in self.diagnostics.iter().filter(|one| one.file == pack.source.file) {
            let range = self.encoding.range(&index, index.span(one.span));
            let overlaps = range.start <= asked.range.end && asked.range.start <= range.end;
            let Some(fix) = one.fix.as_ref().filter(|_| overlaps) else { continue };
            let edits: Vec<TextEdit> = fix
                .edits
                .iter()
                .map(|edit| TextEdit { range: index.span(edit.span), text: edit.text.clone() })
                .collect();
            let files = [FileEdits { file: one.file.clone(), edits }];
            actions.push(lsp::CodeAction {
                title: fix.title.clone(),
                kind: Some(lsp::CodeActionKind::QuickFix),
                diagnostics: Some(vec![self.diagnostic(pack, one)]),
                is_preferred: Some(true),
                edit: Some(self.workspace_edit(&files)),
                ..lsp::CodeAction::default()
            });
        }
        answer(&actions)
    }
}

/// A request about a place. What else it has is not needed.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct At {
    text_document: lsp::TextDocumentIdentifier,
    position: lsp::Position,
}

/// A request about a document.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Of {
    text_document: lsp::TextDocumentIdentifier,
}

/// The parameters of a message.
fn parameters<T: DeserializeOwned>(params: Value) -> Result<T, Refused> {
    serde_json::from_value(params).map_err(|why| Refused { code: ErrorCode::InvalidParams, why: why.to_string() })
}

fn answer<T: Serialize>(result: &T) -> Answer {
    serde_json::to_value(result).map_err(|why| Refused { code: ErrorCode::InternalError, why: why.to_string() })
}

/// What the server can do.
fn capabilities(encoding: Encoding) -> lsp::ServerCapabilities {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let sync = lsp::TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(lsp::TextDocumentSyncKind::Incremental),
        ..lsp::TextDocumentSyncOptions::default()
    };
    let legend = lsp::SemanticTokensLegend { token_types: owned(TOKEN_TYPES), token_modifiers: owned(TOKEN_MODIFIERS) };
    let tokens = lsp::SemanticTokensOptions {
        legend,
        full: Some(lsp::Full::Bool(true)),
        ..lsp::SemanticTokensOptions::default()
    };
    let actions = lsp::CodeActionOptions {
        code_action_kinds: Some(vec![lsp::CodeActionKind::QuickFix]),
        ..lsp::CodeActionOptions::default()
    };
    let completion = lsp::CompletionOptions {
        trigger_characters: Some(owned(&[".", "\"", " "])),
        ..lsp::CompletionOptions::default()
    };
    lsp::ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
            Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(sync.into()),
        completion_provider: Some(completion),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        code_action_provider: Some(lsp::CodeActionProvider::CodeActionOptions(actions)),
        document_formatting_provider: Some(true.into()),
        rename_provider: Some(lsp::RenameProvider::RenameOptions(lsp::RenameOptions {
            prepare_provider: Some(true),
            ..lsp::RenameOptions::default()
        })),
        folding_range_provider: Some(true.into()),
        semantic_tokens_provider: Some(tokens.into()),
        ..lsp::ServerCapabilities::default()
    }
}
