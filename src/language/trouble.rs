//! Rhai's errors in the words of somebody who writes rules.

use rhai::{EvalAltResult, LexError, ParseErrorType};

use super::limits;
use crate::rulebook::finding::Finding;
use crate::rulebook::{Span, codes};

/// What a parse error means, at this place.
pub(super) fn parsing(error: &ParseErrorType, span: Span) -> Finding {
    use ParseErrorType as E;
    let syntax = |key| Finding::error(codes::SYNTAX, span).saying(key);
    match error {
        E::VariableUndefined(name) => Finding::error(codes::UNKNOWN_NAME, span).with("name", name.as_str()),
        E::ExprTooDeep => Finding::error(codes::TOO_DEEP, span),
        E::LiteralTooLarge(what, limit) => Finding::error(codes::TOO_LARGE, span)
            .saying("too-large-value")
            .with("what", what.to_lowercase())
            .with("limit", *limit),
        E::TooManyFunctions => {
            Finding::error(codes::TOO_MANY, span).saying("too-many-functions").with("limit", limits::FUNCTIONS)
        }
        E::MissingToken(token, why) => {
            let key = if why.is_empty() { "syntax-missing" } else { "syntax-missing-there" };
            syntax(key).with("token", token.as_str()).with("where", why.as_str())
        }
        E::UnexpectedEOF | E::ExprExpected(_) => syntax("syntax-incomplete"),
        E::BadInput(LexError::UnexpectedInput(input)) => {
            let finding = syntax("syntax-no-meaning").with("sign", input.as_str());
            match input.as_str() {
                "" => finding,
                "=" => finding.help("help-is-for-equal"),
                "===" => finding.help("help-is").replace(span, "is"),
                "!==" => finding.help("help-is-not").replace(span, "is not"),
                _ => finding.help("help-out-or-quotes"),
            }
        }
        E::UnknownOperator(sign) if sign == "**" => {
            syntax("syntax-no-meaning").with("sign", sign.as_str()).help("help-no-power")
        }
        E::BadInput(LexError::ImproperSymbol(symbol, why)) => {
            let finding = syntax("syntax-no-meaning").with("sign", symbol.as_str());
            match symbol.as_str() {
                "eval" => finding.help("help-no-eval"),
                _ if why.is_empty() => finding,
                _ => finding.saying("syntax").with("sentence", why.trim_end_matches('.')).help("help-a-rule-is"),
            }
        }
        E::BadInput(LexError::MalformedEscapeSequence(escape)) => syntax("syntax-escape").with("sign", escape.as_str()),
        E::BadInput(LexError::MalformedNumber(number)) => syntax("syntax-number").with("number", number.as_str()),
        E::BadInput(LexError::UnterminatedString) => {
            Finding::error(codes::UNCLOSED_TEXT, span).help("help-close-with-its-quote")
        }
        // `lead.stage is "interest" or "consideration"`: Rhai sees from the way it is written that this is no yes or no.
        E::MismatchedType(wanted, _) if wanted.contains("boolean") => {
            Finding::error(codes::NOT_A_CONDITION, span).saying("not-a-condition-other")
        }
        E::Reserved(word) => Finding::error(codes::RESERVED_WORD, span).with("word", word.as_str()),
        E::FnMissingParams(name) => syntax("syntax-function").with("name", name.as_str()),
        E::FnMissingBody(name) => syntax("syntax-function-body").with("name", name.as_str()),
        E::AssignmentToInvalidLHS(_) | E::AssignmentToConstant(_) => syntax("syntax-assignment"),
        other => syntax("syntax").with("sentence", other.to_string()).help("help-a-rule-is"),
    }
}

/// What an error while running means, as one sentence.
pub(super) fn running(error: &EvalAltResult) -> String {
    use EvalAltResult as E;
    match error {
        E::ErrorRuntime(value, _) => value.to_string(),
        E::ErrorInFunctionCall(name, _, inner, _) => format!("in the helper function {name}: {}", running(inner)),
        E::ErrorTooManyOperations(_) => {
            format!("it took more than {} steps and was stopped; is there a loop without an end?", limits::OPERATIONS)
        }
        E::ErrorStackOverflow(_) => {
            format!("helper functions call one another more than {} deep; one of them never stops", limits::CALLS)
        }
        E::ErrorDataTooLarge(what, _) => format!("{} too large and was stopped", too_large(what)),
        E::ErrorTooManyVariables(_) => "it makes too many variables".to_owned(),
        E::ErrorMismatchDataType(wanted, came, _) => {
            format!("{} is needed here, and this is {}", plain(wanted), plain(came))
        }
        E::ErrorMismatchOutputType(wanted, came, _) => {
            format!("it should give {}, and gives {}", plain(wanted), plain(came))
        }
        E::ErrorFunctionNotFound(call, _) => not_found(call),
        E::ErrorPropertyNotFound(name, _) | E::ErrorDotExpr(name, _) => not_property(name),
        E::ErrorVariableNotFound(name, _) => format!("there is no {name} here"),
        E::ErrorArithmetic(why, _) => format!("this cannot be computed: {}", lower_first(why)),
        E::ErrorIndexingType(what, _) => format!("{what} has no items to pick"),
        other => lower_first(&other.to_string()),
    }
}

fn too_large(what: &str) -> String {
    let what = what.to_lowercase();
    if what.contains("string") {
        format!("it makes a text longer than {} characters, which is", limits::TEXT)
    } else if what.contains("array") {
        format!("it makes a list longer than {} items, which is", limits::LIST)
    } else {
        format!("it makes a map of more than {} entries, which is", limits::MAP)
    }
}

/// Rhai's names of types, as the documentation calls them.
fn plain(name: &str) -> &str {
    match name.trim() {
        "bool" => "yes or no",
        "i64" => "a count",
        "f64" => "a number",
        "string" | "&str" | "ImmutableString" => "a text",
        "char" => "a character",
        "()" => "an unknown value",
        "array" => "a list",
        "map" => "a map",
        "length of time" => "a length of time",
        "moment" => "a moment",
        "touch" => "a touch",
        other => other,
    }
}

/// `+ ((), i64)` as a sentence.
fn not_found(call: &str) -> String {
    let Some((name, arguments)) = call.split_once(" (") else { return format!("there is no function {call}") };
    let arguments = arguments.strip_suffix(')').unwrap_or(arguments);
    let kinds: Vec<&str> = arguments.split(", ").map(plain).collect();
    if name.chars().all(|char| char.is_ascii_punctuation()) {
        format!("{name} cannot be applied to {}", kinds.join(" and "))
    } else {
        format!("{name} cannot be asked of {}", kinds.join(", "))
    }
}

fn not_property(text: &str) -> String {
    let mut parts = text.split('\'');
    match (parts.nth(1), parts.nth(1)) {
        (Some(name), Some(kind)) => format!("{} has no .{name}", plain(kind)),
        _ => lower_first(text),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
