//! Rhai's errors as messages for the author of a rule.
//!
//! The errors that rules can cause have a message in each language of the catalogue. Any other is shown in Rhai's own words, which are
//! English.

use rhai::{EvalAltResult, LexError, ParseErrorType};

use crate::check::lints;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{EvaluationErrorCode, Span, ValueError, codes};
use crate::evaluate::operators::{TruthNeededBy, not_truth, over_operations};
use crate::language::dialect::{SUBJECT_TYPE, TOUCH_TYPE};
use crate::limits;
use crate::wording::{Arg, Sentence};

/// The name of the type of an unknown value in Rhai's messages.
const UNIT: &str = "()";
/// The name of the type of a text there.
const TEXT_TYPE: &str = "string";

/// The finding about a parse error at this span of a pack's text.
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
        // `lead.stage is "interest" or "consideration"`: Rhai's parser already knows that a text is no truth.
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

/// The span of an escape in a text literal; `None` when the text is not on one line, or does not have the escape.
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

/// The token that an error is about, which Rhai may give as a sentence with the token between quotes.
fn sign_in(input: &str) -> &str {
    let told = input.contains(' ') && !input.starts_with('"');
    input.split('\'').nth(1).filter(|_| told).unwrap_or(input)
}

/// The key of the message for where a token is missing, from Rhai's own description; `None` for an unknown one.
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

/// The evaluation error for an error of Rhai's interpreter. An error that our evaluator has too gets the same code there.
pub(super) fn running(error: &EvalAltResult) -> ValueError {
    use EvalAltResult as E;
    use EvaluationErrorCode as Code;
    let (code, sentence) = match error {
        E::ErrorRuntime(thrown, _) => match thrown.read_lock::<ValueError>() {
            Some(error) => return error.clone(),
            None => (Code::Thrown, Sentence::as_is(thrown.to_string())),
        },
        E::ErrorInFunctionCall(name, _, inner, _) => {
            let inner = running(inner);
            (inner.code, Sentence::new("run-in-helper").with("name", name.as_str()).with("sentence", inner.sentence))
        }
        E::ErrorTooManyOperations(_) | E::ErrorTerminated(..) => return over_operations(),
        E::ErrorStackOverflow(_) => (Code::Limit, Sentence::new("run-calls").with("limit", limits::CALLS)),
        E::ErrorDataTooLarge(what, _) => {
            let limit = by_size(what, [limits::TEXT, limits::LIST, limits::MAP]);
            (Code::Limit, Sentence::new(by_size(what, ["run-text", "run-list", "run-map"])).with("limit", limit))
        }
        E::ErrorTooManyVariables(_) => (Code::Limit, Sentence::new("run-variables")),
        E::ErrorMismatchDataType(wanted, came, _) => {
            (type_error(came), Sentence::new("run-needed").with("wanted", kind_of(wanted)).with("came", kind_of(came)))
        }
        E::ErrorMismatchOutputType(wanted, came, _) => {
            (type_error(came), Sentence::new("run-gives").with("wanted", kind_of(wanted)).with("came", kind_of(came)))
        }
        E::ErrorFunctionNotFound(call, _) => return not_found(call),
        E::ErrorPropertyNotFound(name, _) | E::ErrorDotExpr(name, _) => return not_property(name),
        E::ErrorVariableNotFound(name, _) => {
            (Code::UnknownName, Sentence::new("unknown-name").with("name", name.as_str()))
        }
        E::ErrorArithmetic(why, _) => match why.split_once(": ") {
            Some((kind, written)) if kind.contains("zero") => {
                (Code::DivisionByZero, Sentence::new("run-by-zero").with("written", written))
            }
            Some((_, written)) => (Code::Overflow, Sentence::new("run-too-large").with("written", written)),
            None => (Code::Overflow, quoted(why)),
        },
        E::ErrorArrayBounds(count, at, _) | E::ErrorStringBounds(count, at, _) => {
            (Code::InvalidValue, Sentence::new("run-no-item").with("count", *count).with("place", *at))
        }
        E::ErrorIndexingType(what, _) => (type_error(what), Sentence::new("run-no-items").with("kind", kind_of(what))),
        E::ErrorFor(_) => (Code::WrongType, Sentence::new("syntax-for")),
        E::ErrorAssignmentToConstant(..) | E::ErrorNonPureMethodCallOnConstant(..) => {
            (Code::Interpreter, Sentence::new("run-constant"))
        }
        other => (Code::Interpreter, quoted(&other.to_string())),
    };
    ValueError::new(code, sentence)
}

/// The code of a value of this Rhai type, where another type is needed.
fn type_error(came: &str) -> EvaluationErrorCode {
    if came.trim() == UNIT { EvaluationErrorCode::UnknownValue } else { EvaluationErrorCode::WrongType }
}

/// Rhai's own words.
fn quoted(words: &str) -> Sentence {
    Sentence::new("rhai-says").with("words", words)
}

/// Chooses between a text, a list and a map by what Rhai reports as too large.
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

/// The documentation's name of a Rhai type.
fn kind_of(name: &str) -> Arg {
    Arg::Key(match name.trim() {
        "bool" => "a-truth",
        "i64" => "a-count",
        "f64" => "a-number",
        TEXT_TYPE | "&str" | "ImmutableString" => "a-text",
        "char" => "a-letter",
        UNIT => "a-value",
        "array" => "a-list",
        "map" => "a-map",
        "length of time" => "a-length",
        "length of working time" => "a-working-length",
        "moment" => "a-moment",
        "time ago" => "a-time-ago",
        TOUCH_TYPE => "a-touch",
        SUBJECT_TYPE => "a-subject",
        other => return Arg::from(other),
    })
}

/// The error about a call without a matching function, from Rhai's notation: `+ ((), i64)`.
fn not_found(call: &str) -> ValueError {
    let Some((name, types)) = call.split_once(" (") else {
        return ValueError::new(EvaluationErrorCode::UnknownName, Sentence::new("unknown-function").with("name", call));
    };
    // Rhai writes the type of a text with every Rust type that it accepts for one: `&str | ImmutableString | String`.
    let one_name = |written| if str::contains(written, "ImmutableString") { TEXT_TYPE } else { written };
    let types: Vec<&str> = types.strip_suffix(')').unwrap_or(types).split(", ").map(one_name).collect();
    let unknown = types.contains(&UNIT);
    let code = match (name, types.as_slice()) {
        (_, [TOUCH_TYPE | SUBJECT_TYPE, ..]) => EvaluationErrorCode::WrongArguments,
        ("contains", [haystack, needle]) if *haystack == TEXT_TYPE || is_range(haystack) => type_error(needle),
        ("contains", [haystack, _]) => type_error(haystack),
        _ if unknown => EvaluationErrorCode::UnknownValue,
        _ => EvaluationErrorCode::WrongType,
    };
    let sentence = match (name, types.as_slice()) {
        ("!", [came]) => return not_truth(kind_of(came), TruthNeededBy::Not, code),
        ("-", [came]) => Sentence::new("run-minus").with("came", kind_of(came)),
        ("contains", [UNIT, _]) => Sentence::new("run-in-unknown"),
        ("contains", [TEXT_TYPE, came]) => Sentence::new("run-in-text").with("came", kind_of(came)),
        ("contains", [haystack, UNIT]) if is_range(haystack) => Sentence::new("run-in-range-unknown"),
        ("contains", [haystack, came]) if is_range(haystack) => {
            Sentence::new("run-in-range").with("came", kind_of(came))
        }
        ("contains", [came, _]) => Sentence::new("run-in").with("came", kind_of(came)),
        ("<" | "<=" | ">" | ">=", ["array", "array"]) => Sentence::new("run-list-order"),
        ("+" | "-" | "*" | "/" | "%", [_, _]) if unknown => Sentence::new("run-sign-unknown").with("sign", name),
        (sign, [left, right]) if is_sign(sign) => {
            Sentence::new("run-sign").with("sign", sign).with("left", kind_of(left)).with("right", kind_of(right))
        }
        (sign, [only]) if is_sign(sign) => Sentence::new("run-sign-one").with("sign", sign).with("kind", kind_of(only)),
        (name, [UNIT, ..]) => Sentence::new("run-asked-unknown").with("asked", name),
        (name, types) => {
            let kinds = types.iter().map(|kind| kind_of(kind)).collect();
            Sentence::new("run-asked").with("asked", name).with("kinds", Arg::List(kinds))
        }
    };
    ValueError::new(code, sentence)
}

fn is_sign(name: &str) -> bool {
    name.chars().all(|char| char.is_ascii_punctuation())
}

fn is_range(name: &str) -> bool {
    name.to_lowercase().contains("range")
}

/// A property that a value does not have, as Rhai tells it: with the name and the type between quotes.
fn not_property(text: &str) -> ValueError {
    let mut parts = text.split('\'');
    match (parts.nth(1), parts.nth(1)) {
        (Some(name), Some(UNIT)) => ValueError::new(
            EvaluationErrorCode::UnknownValue,
            Sentence::new("run-asked-unknown").with("asked", format!(".{name}")),
        ),
        (Some(name), Some(kind)) => ValueError::new(
            EvaluationErrorCode::WrongType,
            Sentence::new("run-no-property").with("kind", kind_of(kind)).with("name", name),
        ),
        _ => ValueError::new(EvaluationErrorCode::UnknownName, quoted(text)),
    }
}
