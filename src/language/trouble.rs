//! Rhai's errors in the words of somebody who writes rules.

use rhai::{EvalAltResult, LexError, ParseErrorType};

use super::limits;

/// What parsing found: a stable code, what is wrong, and what to do.
pub(super) struct Told {
    pub code: &'static str,
    pub message: String,
    pub help: String,
}

fn told(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Told {
    Told { code, message: message.into(), help: help.into() }
}

/// What a parse error means.
pub(super) fn parsing(error: &ParseErrorType) -> Told {
    use ParseErrorType as E;
    match error {
        E::VariableUndefined(name) => told("unknown-name", format!("there is no {name} here"), ""),
        E::ExprTooDeep => told(
            "too-deep",
            "this expression is nested too deeply",
            "split it: give a part of it a name with const, or make two rules",
        ),
        E::LiteralTooLarge(what, limit) => {
            told("too-large", format!("{} is larger than {limit}", what.to_lowercase()), "make it shorter")
        }
        E::TooManyFunctions => {
            told("too-many", format!("more than {} helper functions", limits::FUNCTIONS), "split the pack")
        }
        E::MissingToken(token, why) => told(
            "syntax",
            format!("a {token} is missing{}", if why.is_empty() { String::new() } else { format!(" {why}") }),
            format!("add {token}, or look for a word too many just before"),
        ),
        E::UnexpectedEOF | E::ExprExpected(_) => {
            told("syntax", "something is missing here", "complete the expression before this point")
        }
        E::BadInput(LexError::UnexpectedInput(input)) => {
            let help = match input.as_str() {
                "" => String::new(),
                "=" => "to compare, write is instead of =".to_owned(),
                "eval" => "rules cannot build rules; write the condition itself".to_owned(),
                "===" => "write is, or ==".to_owned(),
                "!==" => "write !=".to_owned(),
                other => format!("take {other} out, or put it in quotes when it is a text"),
            };
            told("syntax", format!("{input} has no meaning here"), help)
        }
        E::UnknownOperator(sign) if sign == "**" => {
            told("syntax", "** has no meaning here", "write a * a; powers differ from one machine to another")
        }
        E::BadInput(LexError::ImproperSymbol(symbol, why)) => {
            let why = if why.is_empty() { format!("{symbol} has no meaning here") } else { why.clone() };
            told("syntax", why.trim_end_matches('.').to_owned(), "")
        }
        E::BadInput(LexError::MalformedEscapeSequence(escape)) => told(
            "syntax",
            format!("{escape} is no sign that a text knows"),
            "write two backslashes for one, or put the text in backquotes",
        ),
        E::BadInput(LexError::MalformedNumber(number)) => told("syntax", format!("{number} is not a number"), ""),
        E::BadInput(LexError::UnterminatedString) => {
            told("unclosed-text", "this text has no end", "close it with the quote that it begins with")
        }
        // `lead.stage is "interest" or "consideration"`: Rhai sees from the way it is written that this is no yes or no.
        E::MismatchedType(wanted, _) if wanted.contains("boolean") => told(
            "not-a-condition",
            "this is not yes or no",
            "compare it with something; for one of several write in: lead.stage in [\"interest\", \"consideration\"]",
        ),
        E::Reserved(word) => {
            told("reserved-word", format!("{word} is a word that Rhai keeps for itself"), "take another word")
        }
        E::AssignmentToInvalidLHS(_) | E::AssignmentToConstant(_) => {
            told("syntax", "a rule cannot change a value", "to compare, write is instead of =")
        }
        other => told("syntax", other.to_string(), "a rule is made of comparisons joined by and, or and not"),
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
