//! A finding before it is put in words: a code, a place, and what the sentences need.
//!
//! Whoever finds a fault says which, where, and with which words and numbers; the sentences stand in the tables of
//! [`wording`](crate::wording). A sentence has the key of its code unless the finding names another.

use crate::book::vocabulary::nearest_all;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::{Diagnostic, Edit, Fix, Related, Severity, Span};
use crate::wording::{Arg, Language, say};

/// One finding. Made with [`error`](Self::error), [`warning`](Self::warning) or [`note`](Self::note) and the methods that add to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub code: DiagnosticCode,
    pub severity: Severity,
    pub span: Span,
    /// Key of the sentence that says what; `key.why` and `key.help` may go with it.
    key: &'static str,
    why: Option<&'static str>,
    help: Option<&'static str>,
    args: Vec<(&'static str, Arg)>,
    related: Vec<RelatedSpan>,
    fix: Option<FixTemplate>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct RelatedSpan {
    /// `None` for the file of the finding itself.
    file: Option<String>,
    span: Span,
    key: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct FixTemplate {
    key: &'static str,
    edits: Vec<Edit>,
}

impl Finding {
    /// An error: what it stands in is left out.
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

    /// Another sentence than that of its code, for a fault that comes in several forms.
    pub fn saying(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    /// A word or number for the sentences.
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.retain(|(known, _)| *known != name);
        self.args.push((name, value.into()));
        self
    }

    /// Another reason than that of its sentence.
    pub fn why(self, key: &'static str) -> Self {
        Self { why: Some(key), ..self }
    }

    /// Another advice than that of its sentence.
    pub fn help(self, key: &'static str) -> Self {
        Self { help: Some(key), ..self }
    }

    /// The advice of this key, unless it has one already.
    pub fn or_help(self, key: &'static str) -> Self {
        Self { help: self.help.or(Some(key)), ..self }
    }

    /// The advice "did you mean ...?".
    pub fn meant(self, shown: impl Into<Arg>) -> Self {
        self.with("meant", shown).help("did-you-mean")
    }

    /// The advice "did you mean ...?" for a name that nobody knows, and a fix where only one known name is so near. `shown` is how
    /// the name meant is shown, `written` what would stand at `at` instead. As it was when none is near.
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
            [meant] => self.meant(shown(meant)).replace(at, written(meant)),
            [meant, ..] => self.meant(shown(meant)),
        }
    }

    /// The same for a bare name.
    pub fn near_name<'a>(self, at: Span, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.near(at, word, known, str::to_owned, str::to_owned)
    }

    /// The same for a word between quotes, of a closed list that is shown when none is near.
    pub fn near_word(self, at: Span, word: &str, words: &[&str]) -> Self {
        let quoted = |meant: &str| format!("\"{meant}\"");
        self.near(at, word, words.iter().copied(), quoted, quoted)
            .with("words", words.join(", "))
            .or_help("help-there-are")
    }

    /// Another place in the same file that it is about.
    pub fn related(mut self, span: Span, key: &'static str) -> Self {
        self.related.push(RelatedSpan { file: None, span, key });
        self
    }

    /// Another place in a file that it is about.
    pub fn related_in(mut self, file: &str, span: Span, key: &'static str) -> Self {
        self.related.push(RelatedSpan { file: Some(file.to_owned()), span, key });
        self
    }

    /// A fix: this text instead of what stands there.
    pub fn replace(self, span: Span, text: impl Into<String>) -> Self {
        self.change("fix-write", vec![Edit { span, text: text.into() }])
    }

    /// A fix: what stands there is taken out.
    pub fn remove(self, span: Span) -> Self {
        self.change("fix-remove", vec![Edit { span, text: String::new() }])
    }

    /// A fix: this text right after the stretch.
    pub fn put_after(self, span: Span, text: impl Into<String>) -> Self {
        self.change("fix-add", vec![Edit { span: span.end(), text: text.into() }])
    }

    /// A fix of several edits, whose title is the sentence of `key` with `{ $text }` for the first text put in.
    pub fn change(self, key: &'static str, edits: Vec<Edit>) -> Self {
        Self { fix: Some(FixTemplate { key, edits }), ..self }
    }

    /// The same, to be mended by hand.
    pub fn without_fix(self) -> Self {
        Self { fix: None, ..self }
    }

    /// In English, as a diagnostic of this file.
    pub fn told(self, file: &str) -> Diagnostic {
        self.said(file, Language::English)
    }

    /// In a language, as a diagnostic of this file.
    pub fn said(&self, file: &str, language: Language) -> Diagnostic {
        let attribute = |own: Option<&str>, name: &str| match own {
            Some(key) => say(language, key, &self.args).unwrap_or_else(|| key.to_owned()),
            None => say(language, &format!("{}.{name}", self.key), &self.args).unwrap_or_default(),
        };
        let message = say(language, self.key, &self.args).unwrap_or_else(|| self.key.to_owned());
        let words = [message, attribute(self.why, "why"), attribute(self.help, "help")];
        let mut diagnostic = Diagnostic::new(self.clone(), file, words);
        diagnostic.related = self.related.iter().map(|place| place.said(file, language, &self.args)).collect();
        diagnostic.fix = self.fix.as_ref().map(|change| change.said(language));
        diagnostic
    }
}

impl RelatedSpan {
    fn said(&self, file: &str, language: Language, args: &[(&'static str, Arg)]) -> Related {
        Related {
            file: self.file.clone().unwrap_or_else(|| file.to_owned()),
            span: self.span,
            message: say(language, self.key, args).unwrap_or_else(|| self.key.to_owned()),
        }
    }
}

impl FixTemplate {
    fn said(&self, language: Language) -> Fix {
        let text = self.edits.first().map(|edit| edit.text.trim().to_owned()).unwrap_or_default();
        let title = say(language, self.key, &[("text", Arg::Text(text))]).unwrap_or_else(|| self.key.to_owned());
        Fix { title, edits: self.edits.clone() }
    }
}
