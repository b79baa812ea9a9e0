//! Rhai's errors as sentences for somebody who writes rules.
//!
//! The kinds that rules can meet have a sentence of ours, in each language of the tables. What is left is told as a quotation of Rhai's
//! own words, which are English.

use rhai::{EvalAltResult, LexError, ParseErrorType};

use crate::check::lints;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::limits;
use crate::wording::{Arg, Sentence};

/// What a parse error means, at this place of the text of a pack.
pub(super) fn parsing(error: &ParseErrorType, span: Span, source: &str) -> Finding {
    use ParseErrorType as E;
    let syntax = |key| Finding::error(codes::SYNTAX, span).message(key);
    match error {
        E::VariableUndefined(name) => Finding::error(codes::UNKNOWN_NAME, span).with("name", name.as_str()),
        E::ExprTooDeep => Finding::error(codes::TOO_DEEP, span),
        E::LiteralTooLarge(what, limit) => {
            let key = by_size(what, ["too-large-text", "too-large-list", "too-large-map"]);
            Finding::error(codes::TOO_LARGE, span).message(key).with("limit", *limit)
        }
        E::TooManyFunctions => {
            Finding::error(codes::TOO_MANY, span).message("too-many-functions").with("limit", limits::FUNCTIONS)
        }
        E::MissingToken(token, why) => match place_of(why) {
            Some(place) => syntax("syntax-missing-there").with("token", token.as_str()).with("where", Arg::Key(place)),
            None => syntax("syntax-missing").with("token", token.as_str()),
        },
        E::UnexpectedEOF | E::ExprExpected(_) => syntax("syntax-incomplete"),
        E::BadInput(LexError::UnexpectedInput(input)) => {
            let finding = syntax("syntax-no-meaning").with("sign", sign_in(input));
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
                "=" => finding.message("syntax-equal").help("help-is-instead"),
                _ if why.is_empty() => finding,
                _ => finding.help("help-a-rule-is"),
            }
        }
        E::BadInput(LexError::MalformedEscapeSequence(escape)) => {
            let at = escape_in(source, span, escape).unwrap_or(span);
            Finding::error(codes::SYNTAX, at).message("syntax-escape").with("sign", escape.as_str())
        }
        E::BadInput(LexError::MalformedNumber(number)) => syntax("syntax-number").with("number", number.as_str()),
        E::BadInput(LexError::UnterminatedString) => {
            Finding::error(codes::UNCLOSED_TEXT, span).help("help-close-with-its-quote")
        }
        // `lead.stage is "interest" or "consideration"`: Rhai sees from the way it is written that this is no yes or no.
        E::MismatchedType(wanted, _) if wanted.contains("boolean") => {
            Finding::error(lints::NOT_A_CONDITION, span).message("not-a-condition-other")
        }
        E::Reserved(word) => Finding::error(codes::RESERVED_WORD, span).with("word", word.as_str()),
        E::FnMissingParams(name) => syntax("syntax-function").with("name", name.as_str()),
        E::FnMissingBody(name) => syntax("syntax-function-body").with("name", name.as_str()),
        E::AssignmentToInvalidLHS(_) | E::AssignmentToConstant(_) => syntax("syntax-assignment"),
        E::PropertyExpected => syntax("syntax-property"),
        E::DuplicatedProperty(name) => syntax("syntax-property-twice").with("name", name.as_str()),
        E::VariableExpected => syntax("syntax-variable"),
        E::FnDuplicatedParam(name, param) => {
            syntax("syntax-parameter-twice").with("name", name.as_str()).with("param", param.as_str())
        }
        E::WrongFnDefinition => syntax("syntax-function-within"),
        E::WrongSwitchDefaultCase | E::WrongSwitchCaseCondition => syntax("syntax-switch-rest"),
        E::WrongSwitchIntegerCase => syntax("syntax-switch-order"),
        E::MalformedIndexExpr(_) => syntax("syntax-index"),
        E::MismatchedType(wanted, _) if wanted.contains("iterable") => syntax("syntax-for"),
        E::LoopBreak => syntax("syntax-loop"),
        other => syntax("rhai-says").with("words", other.to_string()).help("help-a-rule-is"),
    }
}

/// Where an escape stands in the text at a place, which lies on one line. A backslash goes with the sign behind it.
fn escape_in(source: &str, text: Span, escape: &str) -> Option<Span> {
    let mut rest = source.get(text.bytes(source)?)?;
    let mut column = text.column;
    while let Some(sign) = rest.chars().next() {
        if rest.starts_with(escape) {
            let length = u32::try_from(escape.chars().count()).ok()?;
            return Some(Span { column, end_line: text.line, end_column: column + length, ..text });
        }
        let passed = if sign == '\\' { 2 } else { 1 };
        column += passed;
        let bytes = rest.char_indices().map(|(byte, _)| byte).nth(passed as usize);
        rest = bytes.and_then(|bytes| rest.get(bytes..)).unwrap_or_default();
    }
    None
}

/// The sign that this is about: Rhai may tell of it in a sentence that has it between quotes.
fn sign_in(input: &str) -> &str {
    let told = input.contains(' ') && !input.starts_with('"');
    input.split('\'').nth(1).filter(|_| told).unwrap_or(input)
}

/// Where Rhai misses a sign, from its own words for it.
fn place_of(why: &str) -> Option<&'static str> {
    let places = [
        ("arguments", "where-arguments"),
        ("items of this array", "where-list"),
        ("items of this object map", "where-map"),
        ("to follow the property", "where-value"),
        ("matching (", "where-bracket"),
        ("matching [", "where-bracket"),
        ("this switch case", "where-case"),
        ("this switch block", "where-cases"),
        ("to start a", "where-block"),
        ("terminate this statement", "where-statement"),
    ];
    places.into_iter().find(|(words, _)| why.contains(words)).map(|(_, place)| place)
}

/// What an error while running means.
pub(super) fn running(error: &EvalAltResult) -> Sentence {
    use EvalAltResult as E;
    match error {
        E::ErrorRuntime(why, _) => match why.read_lock::<Sentence>() {
            Some(sentence) => sentence.clone(),
            None => Sentence::as_is(why.to_string()),
        },
        E::ErrorInFunctionCall(name, _, inner, _) => {
            Sentence::new("run-in-helper").with("name", name.as_str()).with("sentence", running(inner))
        }
        E::ErrorTooManyOperations(_) => {
            Sentence::new("run-steps").with("limit", i64::try_from(limits::OPERATIONS).unwrap_or(i64::MAX))
        }
        E::ErrorStackOverflow(_) => Sentence::new("run-calls").with("limit", limits::CALLS),
        E::ErrorDataTooLarge(what, _) => {
            let limit = by_size(what, [limits::TEXT, limits::LIST, limits::MAP]);
            Sentence::new(by_size(what, ["run-text", "run-list", "run-map"])).with("limit", limit)
        }
        E::ErrorTooManyVariables(_) => Sentence::new("run-variables"),
        E::ErrorMismatchDataType(wanted, came, _) => {
            Sentence::new("run-needed").with("wanted", kind_of(wanted)).with("came", kind_of(came))
        }
        E::ErrorMismatchOutputType(wanted, came, _) => {
            Sentence::new("run-gives").with("wanted", kind_of(wanted)).with("came", kind_of(came))
        }
        E::ErrorFunctionNotFound(call, _) => not_found(call),
        E::ErrorPropertyNotFound(name, _) | E::ErrorDotExpr(name, _) => not_property(name),
        E::ErrorVariableNotFound(name, _) => Sentence::new("unknown-name").with("name", name.as_str()),
        E::ErrorArithmetic(why, _) => match why.split_once(": ") {
            Some((kind, sum)) => {
                let key = if kind.contains("zero") { "run-by-zero" } else { "run-too-large" };
                Sentence::new(key).with("sum", sum)
            }
            None => quoted(why),
        },
        E::ErrorArrayBounds(count, at, _) | E::ErrorStringBounds(count, at, _) => {
            Sentence::new("run-no-item").with("count", *count).with("place", *at)
        }
        E::ErrorIndexingType(what, _) => Sentence::new("run-no-items").with("kind", kind_of(what)),
        E::ErrorFor(_) => Sentence::new("syntax-for"),
        E::ErrorAssignmentToConstant(..) | E::ErrorNonPureMethodCallOnConstant(..) => Sentence::new("run-constant"),
        other => quoted(&other.to_string()),
    }
}

/// Rhai's own words.
fn quoted(words: &str) -> Sentence {
    Sentence::new("rhai-says").with("words", words)
}

/// The one of a text, a list and a map, by what Rhai calls too large.
fn by_size<T>(what: &str, [text, list, map]: [T; 3]) -> T {
    let what = what.to_lowercase();
    if what.contains("string") {
        text
    } else if what.contains("array") {
        list
    } else {
        map
    }
}

/// Rhai's names of types, as the documentation calls them.
fn kind_of(name: &str) -> Arg {
    Arg::Key(match name.trim() {
        "bool" => "a-truth",
        "i64" => "a-count",
        "f64" => "a-number",
        "string" | "&str" | "ImmutableString" => "a-text",
        "char" => "a-letter",
        "()" => "a-value",
        "array" => "a-list",
        "map" => "a-map",
        "length of time" => "a-length",
        "length of working time" => "a-working-length",
        "moment" => "a-moment",
        "time ago" => "a-time-ago",
        "touch" => "a-touch",
        "lead, person or account" => "a-subject",
        other => return Arg::from(other),
    })
}

/// `+ ((), i64)` as a sentence.
fn not_found(call: &str) -> Sentence {
    let Some((name, arguments)) = call.split_once(" (") else {
        return Sentence::new("unknown-function").with("name", call);
    };
    let mut kinds: Vec<Arg> = arguments.strip_suffix(')').unwrap_or(arguments).split(", ").map(kind_of).collect();
    let sign = name.chars().all(|char| char.is_ascii_punctuation());
    match (sign, kinds.pop(), kinds.pop()) {
        (true, Some(right), Some(left)) => {
            Sentence::new("run-sign").with("sign", name).with("left", left).with("right", right)
        }
        (true, Some(only), None) => Sentence::new("run-sign-one").with("sign", name).with("kind", only),
        (_, Some(last), before) => {
            kinds.extend(before);
            kinds.push(last);
            Sentence::new("run-asked").with("name", name).with("kinds", Arg::List(kinds))
        }
        _ => Sentence::new("unknown-function").with("name", name),
    }
}

fn not_property(text: &str) -> Sentence {
    let mut parts = text.split('\'');
    match (parts.nth(1), parts.nth(1)) {
        (Some(name), Some(kind)) => Sentence::new("run-no-property").with("kind", kind_of(kind)).with("name", name),
        _ => quoted(text),
    }
}
