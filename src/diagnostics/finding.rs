//! A finding as data, before it is rendered: a code, a span, and the arguments of its messages.
//!
//! The messages themselves are in the catalogue of [`wording`](crate::wording). The message has the key of the finding's code unless the
//! finding names another key.

use crate::book::vocabulary::nearest_all;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::{Diagnostic, Edit, Fix, Related, Severity, Span};
use crate::wording::{Arg, Language, render};

/// One finding. Built with [`error`](Self::error), [`warning`](Self::warning) or [`note`](Self::note) and the methods that add to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The kind of finding.
    pub code: DiagnosticCode,
    /// How serious it is.
    pub severity: Severity,
    /// Where it is.
    pub span: Span,
    /// Key of the message; `key.why` and `key.help` are used for the reason and the advice unless `why` and `help` name other keys.
    key: &'static str,
    why: Option<&'static str>,
    help: Option<&'static str>,
    args: Vec<(&'static str, Arg)>,
    related: Vec<RelatedSpan>,
    fix: Option<FixTemplate>,
}

/// Another span that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RelatedSpan {
    /// `None` for the file of the finding itself.
    file: Option<String>,
    span: Span,
    key: &'static str,
}

/// A fix whose title is not rendered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FixTemplate {
    key: &'static str,
    edits: Vec<Edit>,
}

impl Finding {
    /// An error: the statement is left out of the pack.
    pub fn error(code: DiagnosticCode, span: Span) -> Self {
        Self {
            code,
            severity: Severity::Error,
            span,
            key: code.word(),
            why: None,
            help: None,
            args: Vec::new(),
            related: Vec::new(),
            fix: None,
        }
    }

    /// A warning.
    pub fn warning(code: DiagnosticCode, span: Span) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span) }
    }

    /// A note.
    pub fn note(code: DiagnosticCode, span: Span) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, span) }
    }

    /// Uses another message than that of its code, for a code with several forms.
    pub fn message(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    /// Sets the argument `name` of its messages.
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.retain(|(known, _)| *known != name);
        self.args.push((name, value.into()));
        self
    }

    /// Uses another reason than that of its message.
    pub fn why(self, key: &'static str) -> Self {
        Self { why: Some(key), ..self }
    }

    /// Uses another advice than that of its message.
    pub fn help(self, key: &'static str) -> Self {
        Self { help: Some(key), ..self }
    }

    /// Uses the advice with this key, unless the finding has one already.
    pub fn or_help(self, key: &'static str) -> Self {
        Self { help: self.help.or(Some(key)), ..self }
    }

    /// Adds the advice "did you mean `shown`?".
    pub fn did_you_mean(self, shown: impl Into<Arg>) -> Self {
        self.with("meant", shown).help("did-you-mean")
    }

    /// Adds the advice "did you mean ...?" for an unknown name, and a fix when exactly one known name is nearest. `shown` formats the
    /// suggested name for the advice, `written` is the text that the fix puts at `at`. Unchanged when no known name is near.
    pub fn near<'a>(
        self,
        at: Span,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
        shown: impl Fn(&str) -> String,
        written: impl Fn(&str) -> String,
    ) -> Self {
        match nearest_all(word, known).as_slice() {
            [] => self,
            [meant] => self.did_you_mean(shown(meant)).replace(at, written(meant)),
            [meant, ..] => self.did_you_mean(shown(meant)),
        }
    }

    /// [`near`](Self::near) for a name without quotes.
    pub fn near_name<'a>(self, at: Span, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.near(at, word, known, str::to_owned, str::to_owned)
    }

    /// [`near`](Self::near) for a quoted word of a closed list; the whole list is shown when no word is near.
    pub fn near_word(self, at: Span, word: &str, words: &[&str]) -> Self {
        let quoted = |meant: &str| format!("\"{meant}\"");
        self.near(at, word, words.iter().copied(), quoted, quoted)
            .with("words", words.join(", "))
            .or_help("help-there-are")
    }

    /// Adds another span of the same file; `key` is the message that describes it.
    pub fn related(mut self, span: Span, key: &'static str) -> Self {
        self.related.push(RelatedSpan { file: None, span, key });
        self
    }

    /// Adds a span of another file; `key` is the message that describes it.
    pub fn related_in(mut self, file: &str, span: Span, key: &'static str) -> Self {
        self.related.push(RelatedSpan { file: Some(file.to_owned()), span, key });
        self
    }

    /// Adds a fix: replace the span by this text.
    pub fn replace(self, span: Span, text: impl Into<String>) -> Self {
        self.change("fix-write", vec![Edit { span, text: text.into() }])
    }

    /// Adds a fix: remove the span.
    pub fn remove(self, span: Span) -> Self {
        self.change("fix-remove", vec![Edit { span, text: String::new() }])
    }

    /// Adds a fix: insert this text right after the span.
    pub fn put_after(self, span: Span, text: impl Into<String>) -> Self {
        self.change("fix-add", vec![Edit { span: span.end(), text: text.into() }])
    }

    /// Adds a fix of several edits. Its title is the message `key`, with the first inserted text as the argument `text`.
    pub fn change(self, key: &'static str, edits: Vec<Edit>) -> Self {
        Self { fix: Some(FixTemplate { key, edits }), ..self }
    }

    /// Removes the fix.
    pub fn without_fix(self) -> Self {
        Self { fix: None, ..self }
    }

    /// The diagnostic of this file in English.
    pub fn render(self, file: &str) -> Diagnostic {
        self.render_in(file, Language::English)
    }

    /// The diagnostic of this file in a language.
    pub fn render_in(&self, file: &str, language: Language) -> Diagnostic {
        let attribute = |own: Option<&str>, name: &str| match own {
            Some(key) => render(language, key, &self.args).unwrap_or_else(|| key.to_owned()),
            None => render(language, &format!("{}.{name}", self.key), &self.args).unwrap_or_default(),
        };
        let message = render(language, self.key, &self.args).unwrap_or_else(|| self.key.to_owned());
        let words = [message, attribute(self.why, "why"), attribute(self.help, "help")];
        let mut diagnostic = Diagnostic::new(self.clone(), file, words);
        diagnostic.related = self.related.iter().map(|related| related.render(file, language, &self.args)).collect();
        diagnostic.fix = self.fix.as_ref().map(|fix| fix.render(language));
        diagnostic
    }
}

impl RelatedSpan {
    fn render(&self, file: &str, language: Language, args: &[(&'static str, Arg)]) -> Related {
        Related {
            file: self.file.clone().unwrap_or_else(|| file.to_owned()),
            span: self.span,
            message: render(language, self.key, args).unwrap_or_else(|| self.key.to_owned()),
        }
    }
}

impl FixTemplate {
    fn render(&self, language: Language) -> Fix {
        let text = self.edits.first().map(|edit| edit.text.trim().to_owned()).unwrap_or_default();
        let title = render(language, self.key, &[("text", Arg::Text(text))]).unwrap_or_else(|| self.key.to_owned());
        Fix { title, edits: self.edits.clone() }
    }
}
