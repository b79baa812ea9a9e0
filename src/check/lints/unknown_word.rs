//! Words that are not in the closed list they are compared with.

use crate::book::catalogue::{ParamKind, kind_words};
use crate::book::value::{Type, Value};
use crate::book::vocabulary::{Channel, Role};
use crate::check::lints::LintContext;
use crate::check::types::{NodeType, WordList, alternatives, entry, vocabulary};
use crate::diagnostics::codes::{DiagnosticCode, UNKNOWN_CHANNEL, UNKNOWN_ROLE, UNKNOWN_SIGNAL, UNKNOWN_STAGE};
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// A word that the list does not have
///
/// ## What it does
/// Reports when an outcome, a legal form, a stance or a basis of consent is compared with a word that is none. Stages, roles,
/// channels and kinds of signal have codes of their own.
///
/// ## Why it matters
/// No lead ever has that word, so that the rule would never hold.
///
/// ## Example
/// ```rhai
/// rule "Rang in vain"
///     when lead.last_outcome("phone") is "no_anwser"
///     then email;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Rang in vain"
///     when lead.last_outcome("phone") is "no_answer"
///     then email;
/// ```
pub(crate) const UNKNOWN_WORD: DiagnosticCode = DiagnosticCode::new("unknown-word");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    for (left, right, _) in cx.compared_pairs(node) {
        if cx.mismatch(left, right).is_none() {
            check_compared(left, right, cx, found);
            check_compared(right, left, cx, found);
        }
    }
    match &node.kind {
        NodeKind::Contains(item, haystack) => check_compared(haystack, item, cx, found),
        NodeKind::Fact { subject, fact, args, .. } => {
            let params = entry(*subject, *fact).and_then(|entry| entry.params);
            let closed =
                params.iter().flat_map(|params| params.required.iter().chain(params.optional)).find_map(word_list);
            // A closed word is the first of the texts that a method takes.
            let texts = args.iter().find(|arg| cx.type_of(arg) == NodeType::Value(Type::Text));
            if let (Some((list, words)), Some(arg)) = (closed, texts) {
                check_word(arg, list, &words, cx, found);
            }
        }
        _ => {}
    }
}

/// The list that an argument is a word of.
fn word_list(param: &ParamKind) -> Option<(WordList, Vec<&'static str>)> {
    match param {
        ParamKind::Kind => Some((WordList::Signal, kind_words().collect())),
        ParamKind::Channel => Some((WordList::Channel, Channel::words().collect())),
        ParamKind::Role => Some((WordList::Role, Role::words().collect())),
        ParamKind::Topic | ParamKind::Direction | ParamKind::Window | ParamKind::HalfLife | ParamKind::OwnTime => None,
    }
}

/// `lead.stage is "intrest"`: a word that the fact never gives.
fn check_compared(fact: &Node, other: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    for side in alternatives(fact) {
        let Some((list, words)) = vocabulary(&side.kind) else { continue };
        for each in alternatives(other) {
            check_word(each, list, &words, cx, found);
        }
    }
}

fn check_word(at: &Node, list: WordList, words: &[&str], cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let (NodeKind::Literal(Value::Text(word)) | NodeKind::Setting { value: Value::Text(word), .. }) = &at.kind else {
        return;
    };
    if words.contains(&&**word) {
        return;
    }
    let code = match list {
        WordList::Stage => UNKNOWN_STAGE,
        WordList::Channel => UNKNOWN_CHANNEL,
        WordList::Role => UNKNOWN_ROLE,
        WordList::Signal => UNKNOWN_SIGNAL,
        WordList::Outcome | WordList::LegalForm | WordList::Stance | WordList::Basis | WordList::QuoteStatus => {
            UNKNOWN_WORD
        }
    };
    let finding = Finding::error(code, at.span)
        .message("unknown-word")
        .with("word", &**word)
        .with("noun", list.noun())
        .near_word(at.span, word, words);
    // The value of a setting or constant must be changed in its declaration.
    found.push(if cx.is_written_literal(at) { finding } else { finding.without_fix() });
}
