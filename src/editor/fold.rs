//! What can be folded: statements, brackets, comments, texts of more than one line.

use std::ops::Range;

use serde::Serialize;

use crate::editor::document::Document;
use crate::editor::text::{TextIndex, TextRange};
use crate::language::scan::TokenKind;

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum FoldKind {
    /// A statement.
    Statement,
    /// A pair of brackets.
    Brackets,
    /// Comments that follow each other, or one of several lines.
    Comment,
}

/// One part of more than one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Fold {
    /// What it is.
    pub kind: FoldKind,
    /// Where; it begins and ends on different lines.
    pub range: TextRange,
}

/// What can be folded in a pack, in the order in which it begins; a part that holds another comes first. Of parts that begin on one line only the
/// first is told, because an editor has one mark a line.
pub fn fold(text: &str) -> Vec<Fold> {
    let (document, index) = (Document::new("", text), TextIndex::new(text));
    let mut parts: Vec<(Range<usize>, FoldKind)> = Vec::new();
    parts.extend(document.statements.iter().map(|one| (document.statement_bytes(one), FoldKind::Statement)));
    for statement in &document.statements {
        let mut open: Vec<usize> = Vec::new();
        for token in document.tokens.get(statement.tokens.clone()).unwrap_or_default() {
            match token.kind {
                TokenKind::Open(_) => open.push(token.start),
                TokenKind::Close(_) => parts.extend(open.pop().map(|start| (start..token.end, FoldKind::Brackets))),
                _ => {}
            }
        }
    }
    let mut comments: Vec<Range<usize>> = Vec::new();
    for comment in &document.comments {
        let follows = comments.last_mut().filter(|last| {
            let between = text.get(last.end..comment.start).unwrap_or("?");
            between.trim().is_empty() && between.matches('\n').count() == 1
        });
        match follows {
            Some(last) => last.end = comment.end,
            None => comments.push(comment.clone()),
        }
    }
    parts.extend(comments.into_iter().map(|bytes| (bytes, FoldKind::Comment)));
    crate::order::sort_by_key(&mut parts, |(bytes, _)| (bytes.start, std::cmp::Reverse(bytes.end)));
    let mut last_line = None;
    let mut folds = Vec::new();
    for (bytes, kind) in parts {
        let range = index.range(&bytes);
        if range.start.line < range.end.line && last_line.is_none_or(|line| line < range.start.line) {
            last_line = Some(range.start.line);
            folds.push(Fold { kind, range });
        }
    }
    folds
}
