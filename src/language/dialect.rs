//! The dialect of Rhai in which rules are written: its words, types, functions and resource limits.
//!
//! [`parsing_engine`] makes an engine that parses, and [`running_engine`] adds what evaluation needs. Each thread has one of both, used through
//! [`parse_with`] and [`run_with`]. Most rules are parsed and never run by Rhai, and registering functions takes most of the time of making
//! an engine, so they are registered only when the first rule runs. The engines have no clock, sleep, files, modules, `eval` or output.
//! Operators on Rhai's types are Rhai's own. The optimiser is off, because it changes the meaning of some expressions.

use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, LexError, Module, Position, Scope, Token, Variant};

use crate::book::catalogue::{self, FACTS, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Role, nearest};
use crate::calendar::rfc3339::{self, InvalidMoment};
use crate::calendar::units::unit_words;
use crate::calendar::{Duration, Instant};
use crate::check::FOR_AUTHORS;
use crate::diagnostics::{EvaluationErrorCode, ValueError};
use crate::evaluate::facts::working_time::by_clock;
use crate::evaluate::methods::length;
use crate::language::current_facts::{current_facts, own_fact};
use crate::language::functions::Binary;
use crate::language::native::Functions;
use crate::language::operation_meter::{count_operations, spend, value_cost};
use crate::language::values::{SubjectHandle, TimeAgo, WorkingDays, WorkingLength, from_dynamic, to_dynamic};
use crate::language::{example_lead, expectations, functions};
use crate::limits;
use crate::pack::operations::signals_cost;
use crate::pack::touch::{Action, BUILDERS, HOLD, Touch, invalid_moment, is_bare_builder};
use crate::wording::{Arg, Language, Sentence};

/// The error of a function that this crate registers. [`rhai_errors`](crate::language::rhai_errors) takes the error out again.
pub(super) fn fail<T>(error: ValueError) -> Result<T, Box<EvalAltResult>> {
    Err(Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(error), Position::NONE)))
}

/// The action that a bare word stands for: a channel, `answer` or `wait`. Not `hold`, which is the text "hold": an example may expect it, and no
/// rule may propose it.
pub fn bare_action(word: &str) -> Option<Action> {
    match word {
        "wait" => Some(Action::Wait),
        "answer" => Some(Action::Answer),
        word => Channel::from_word(word).map(Action::Contact),
    }
}

/// The action of `find("decider")`.
///
/// # Errors
/// There is no such role.
pub fn find_action(role: &str) -> Result<Action, ValueError> {
    Role::from_word(role).map(Action::Find).ok_or_else(|| {
        let meant = nearest(role, Role::words()).map(|meant| format!("\"{meant}\""));
        let sentence = Sentence::new("unknown-word").with("word", role).with("noun", Arg::Key("noun-role"));
        ValueError::new(EvaluationErrorCode::UnknownWord, sentence.or_did_you_mean(meant))
    })
}

/// A moment from its text: a time with offset, or a date, which is midnight UTC of that day.
///
/// # Errors
/// Why the text is not a moment.
pub(crate) fn moment(text: &str) -> Result<Instant, InvalidMoment> {
    let text = text.trim();
    if text.len() == 10 && text.is_ascii() {
        // The error shows the text as its author wrote it.
        rfc3339::parse(&format!("{text}T00:00:00Z")).map_err(|why| InvalidMoment { written: text.to_owned(), ..why })
    } else {
        rfc3339::parse(text)
    }
}

thread_local! {
    static PARSER: Engine = parsing_engine();
    static RUNNER: Engine = running_engine();
    static ENGLISH_SENTENCES: Engine = sentence_engine(Language::English);
    static DUTCH_SENTENCES: Engine = sentence_engine(Language::Dutch);
}

/// Calls `work` with this thread's parsing engine. It has no functions: Rhai looks those up when they are called.
pub(super) fn parse_with<T>(work: impl FnOnce(&Engine) -> T) -> T {
    PARSER.with(work)
}

/// Calls `work` with this thread's running engine.
pub(super) fn run_with<T>(work: impl FnOnce(&Engine) -> T) -> T {
    RUNNER.with(work)
}

/// Does `work` with the engine of this thread that runs the `because` of packs in this language. It is made when the first `because` runs
/// that was not compiled.
pub(super) fn run_sentence_with<T>(language: Language, work: impl FnOnce(&Engine) -> T) -> T {
    match language {
        Language::English => ENGLISH_SENTENCES.with(work),
        Language::Dutch => DUTCH_SENTENCES.with(work),
    }
}

/// The parser's scope for an expression that reads no lead: the bare words.
pub(super) fn constant_scope() -> Scope<'static> {
    let mut scope = Scope::new();
    for word in constant_words() {
        scope.push_constant_dynamic(word, Dynamic::UNIT);
    }
    scope
}

/// The parser's scope for a clause: the bare words and the subjects.
pub(super) fn clause_scope() -> Scope<'static> {
    let mut scope = constant_scope();
    for word in SUBJECT_WORDS {
        scope.push_constant_dynamic(*word, Dynamic::UNIT);
    }
    scope
}

/// The variables for what a rule is evaluated for.
pub const SUBJECT_WORDS: &[&str] = &["lead", "person", "account", "now"];

/// The bare words: the channels, `answer`, `wait` and `hold`.
pub fn constant_words() -> impl Iterator<Item = &'static str> {
    Channel::words().chain(["answer", "wait", HOLD])
}

/// An engine with syntax, constants and limits: what parsing needs.
fn parsing_engine() -> Engine {
    let mut engine = Engine::new_raw();
    set_syntax(&mut engine);
    set_limits(&mut engine);
    register_constants(&mut engine);
    engine
}

/// An engine with types and functions too: what evaluation needs.
fn running_engine() -> Engine {
    let mut engine = parsing_engine();
    count_operations(&mut engine);
    functions::register(&mut engine);
    name_types(&mut engine);
    let mut functions = Functions::default();
    add_time(&mut functions);
    add_touches(&mut functions);
    add_facts(&mut functions);
    engine.register_global_module(functions.into_module());
    // Rhai calls this for names that are no property: the facts that packs declare.
    engine.register_indexer_get(|handle: &mut SubjectHandle, name: ImmutableString| property(handle, &name));
    if FOR_AUTHORS {
        example_lead::register(&mut engine);
        expectations::register(&mut engine);
    }
    engine
}

/// The engine that runs, but values become text as [`Value::in_words`] writes them: Rhai uses `to_string` for `${...}`, `+` and `+=` alike.
/// What has no value of ours, such as a map, becomes text as Rhai writes it.
fn sentence_engine(language: Language) -> Engine {
    fn register<T: Variant + Clone>(engine: &mut Engine, language: Language) {
        engine.register_fn("to_string", move |value: &mut T| {
            let value = Dynamic::from(value.clone());
            let rhai = value.to_string();
            from_dynamic(value).map_or(rhai, |value| value.in_words(language))
        });
    }
    let mut engine = running_engine();
    register::<i64>(&mut engine, language);
    register::<f64>(&mut engine, language);
    register::<bool>(&mut engine, language);
    register::<Duration>(&mut engine, language);
    register::<WorkingLength>(&mut engine, language);
    register::<WorkingDays>(&mut engine, language);
    register::<Array>(&mut engine, language);
    engine
}

/// Adds the operators of this dialect, and disables symbols that rules may not use.
fn set_syntax(engine: &mut Engine) {
    engine.disable_symbol("eval");
    engine.disable_symbol("**");
    engine.disable_symbol("**=");
    engine.disable_symbol("print");
    engine.disable_symbol("debug");
    engine.disable_symbol("Fn");
    engine.set_allow_anonymous_fn(false);
    engine.set_strict_variables(true);
    #[allow(deprecated, reason = "Rhai marks it so to say that it may change; the version is pinned")]
    engine.on_parse_token(|token, _, _| match token {
        Token::Identifier(word) => match word.as_str() {
            "and" => Token::And,
            "or" => Token::Or,
            "not" => Token::Bang,
            _ => Token::Identifier(word),
        },
        Token::Reserved(word) => match word.as_str() {
            "is" => Token::EqualsTo,
            // A kind of signal. For Rhai it calls a function pointer, which rules do not have.
            "call" => Token::Identifier(Box::new(example_lead::CALL.into())),
            // One operator per comparison.
            "===" | "!==" => Token::LexError(Box::new(LexError::UnexpectedInput(word.to_string()))),
            _ => Token::Reserved(word),
        },
        other => other,
    });
}

/// Sets the resource limits.
fn set_limits(engine: &mut Engine) {
    engine.set_max_operations(limits::OPERATIONS);
    engine.set_max_call_levels(limits::CALLS);
    engine.set_max_expr_depths(limits::PARSE_DEPTH, limits::PARSE_DEPTH);
    engine.set_max_string_size(limits::TEXT);
    engine.set_max_array_size(limits::LIST);
    engine.set_max_map_size(limits::MAP);
    engine.set_max_variables(limits::VARIABLES);
    engine.set_max_functions(limits::FUNCTIONS);
    engine.set_max_strings_interned(1_024);
}

/// Registers the bare words, which are known everywhere, also in helper functions.
fn register_constants(engine: &mut Engine) {
    let mut module = Module::new();
    for word in constant_words() {
        match bare_action(word) {
            Some(action) => module.set_var(word, Touch::new(action)),
            None => module.set_var(word, word),
        };
    }
    engine.register_global_module(module.into());
}

/// Names the types of this dialect for Rhai's messages.
fn name_types(engine: &mut Engine) {
    engine.register_type_with_name::<Duration>("length of time");
    engine.register_type_with_name::<WorkingLength>("length of working time");
    engine.register_type_with_name::<WorkingDays>("length of working time");
    engine.register_type_with_name::<Instant>("moment");
    engine.register_type_with_name::<TimeAgo>("time ago");
    engine.register_type_with_name::<Touch>(TOUCH_TYPE);
    engine.register_type_with_name::<SubjectHandle>(SUBJECT_TYPE);
}

/// Adds lengths of time and moments with their operators.
fn add_time(functions: &mut Functions) {
    // A helper function may catch an error and show it.
    functions.add("to_string", |error: &mut ValueError| error.sentence.english());
    for unit in unit_words() {
        functions.add_property(unit, move |count: &mut i64| length_of(&Value::Whole(*count), unit));
        functions.add_property(unit, move |count: &mut f64| length_of(&Value::Number(*count), unit));
    }
    functions.add_property("ago", |length: &mut Duration| TimeAgo(*length));

    macro_rules! compare {
        ($type:ty) => {
            let tests: [Binary<$type, $type, bool>; 6] = [
                ("==", |a, b| a == b),
                ("!=", |a, b| a != b),
                ("<", |a, b| a < b),
                ("<=", |a, b| a <= b),
                (">", |a, b| a > b),
                (">=", |a, b| a >= b),
            ];
            functions.add_all(tests);
            for name in ["to_string", "to_debug"] {
                functions.add(name, |a: &mut $type| a.to_string());
            }
        };
    }
    compare!(Duration);
    compare!(WorkingLength);
    compare!(WorkingDays);
    add_working_order(functions);
    compare!(Instant);
    let lengths: [Binary<Duration, Duration, Duration>; 2] = [("+", |a, b| a + b), ("-", |a, b| a - b)];
    functions.add_all(lengths);
    let moments: [Binary<Instant, Duration, Instant>; 2] = [("+", |a, b| a + b), ("-", |a, b| a - b)];
    functions.add_all(moments);
    functions
        .add("-", |a: Duration| -a)
        .add("*", |a: Duration, b: i64| multiplied(a, b))
        .add("*", |a: i64, b: Duration| multiplied(b, a))
        .add("-", |a: Instant, b: Instant| a - b)
        .add("-", |(): (), _: Instant| ())
        .add("-", |_: Instant, (): ()| ());
    for name in ["date", "moment"] {
        functions.add(name, |text: ImmutableString| moment(&text).map_err(invalid_moment).or_else(fail));
    }
}

/// Adds how a length of time is ordered with a length of working time, which counts from that long ago. As different types they are never
/// equal.
fn add_working_order(functions: &mut Functions) {
    fn clock(length: Duration, working: &Value) -> Duration {
        current_facts().map_or_else(|| by_clock(working), |facts| facts.clock_length(length, working))
    }
    macro_rules! order {
        ($type:ty, $value:expr) => {
            let after: [Binary<Duration, $type, bool>; 4] = [
                ("<", |a, b| a < clock(a, &$value(b.0))),
                ("<=", |a, b| a <= clock(a, &$value(b.0))),
                (">", |a, b| a > clock(a, &$value(b.0))),
                (">=", |a, b| a >= clock(a, &$value(b.0))),
            ];
            functions.add_all(after);
            let before: [Binary<$type, Duration, bool>; 4] = [
                ("<", |b, a| clock(a, &$value(b.0)) < a),
                ("<=", |b, a| clock(a, &$value(b.0)) <= a),
                (">", |b, a| clock(a, &$value(b.0)) > a),
                (">=", |b, a| clock(a, &$value(b.0)) >= a),
            ];
            functions.add_all(before);
        };
    }
    order!(WorkingLength, Value::WorkingLength);
    order!(WorkingDays, Value::WorkingDays);
}

/// The length of time of `count` and this unit.
fn length_of(count: &Value, unit: &str) -> Result<Dynamic, Box<EvalAltResult>> {
    length(count, unit).map(|length| to_dynamic(&length)).or_else(fail)
}

/// A length of time multiplied by a whole number.
fn multiplied(length: Duration, by: i64) -> Result<Duration, Box<EvalAltResult>> {
    length.times(by).map_or_else(
        || {
            let written = format!("{by} * {}", Value::Length(length).in_rule());
            fail(ValueError::new(EvaluationErrorCode::Overflow, Sentence::new("run-long").with("written", written)))
        },
        Ok,
    )
}

/// Adds touches and their builder methods.
fn add_touches(functions: &mut Functions) {
    for (method, _) in BUILDERS {
        functions.add(method, move |touch: Touch| touch.with(method, &[]).or_else(fail));
        if is_bare_builder(method) {
            functions.add_property(method, move |touch: &mut Touch| touch.clone().with(method, &[]).or_else(fail));
        }
        functions.add(method, move |touch: Touch, argument: Dynamic| -> Result<Touch, Box<EvalAltResult>> {
            touch.with(method, &[from_dynamic(argument).or_else(fail)?]).or_else(fail)
        });
    }
    functions.add("find", |role: ImmutableString| find_action(&role).map(Touch::new).or_else(fail));
    functions.add("hand_over", |team: ImmutableString| Touch::new(Action::HandOver(team.as_str().into())));
}

/// The name of the type of `lead`, `person` and `account` in Rhai's messages.
pub(super) const SUBJECT_TYPE: &str = "subject";
/// The name of the type of touches in Rhai's messages.
pub(super) const TOUCH_TYPE: &str = "touch";

/// Adds the facts of the catalogue: each field as a property of the subject, each method as a function.
fn add_facts(functions: &mut Functions) {
    let mut done: Vec<(&str, bool)> = Vec::new();
    for entry in FACTS {
        let name = entry.name;
        if done.contains(&(name, entry.params.is_some())) {
            continue;
        }
        done.push((name, entry.params.is_some()));
        if entry.params.is_none() {
            functions.add_property(name, move |handle: &mut SubjectHandle| property(handle, name));
        } else {
            functions
                .add(name, move |handle: &mut SubjectHandle| fact_value(handle, name, []))
                .add(name, move |handle: &mut SubjectHandle, a: Dynamic| fact_value(handle, name, [a]))
                .add(name, move |handle: &mut SubjectHandle, a: Dynamic, b: Dynamic| fact_value(handle, name, [a, b]))
                .add(name, move |handle: &mut SubjectHandle, a: Dynamic, b: Dynamic, c: Dynamic| {
                    fact_value(handle, name, [a, b, c])
                })
                .add(name, move |handle: &mut SubjectHandle, a: Dynamic, b: Dynamic, c: Dynamic, d: Dynamic| {
                    fact_value(handle, name, [a, b, c, d])
                });
        }
    }
}

/// The value of `lead.stage` or of a declared fact. A declared fact may have the name of a field that only a person or account has.
fn property(handle: &SubjectHandle, name: &str) -> Result<Dynamic, Box<EvalAltResult>> {
    if catalogue::find(handle.subject, name).is_some_and(|entry| entry.params.is_none()) {
        return fact_value(handle, name, []);
    }
    if handle.subject != Subject::Lead || catalogue::find(handle.subject, name).is_some() || name.contains('[') {
        return fail(no_such_fact(handle.subject, name));
    }
    own_fact(name).or_else(fail).and_then(read)
}

/// The error that a subject has no fact with this name.
fn no_such_fact(subject: Subject, name: &str) -> ValueError {
    let sentence = Sentence::new("unknown-fact").with("subject", subject.word()).with("name", name);
    ValueError::new(EvaluationErrorCode::UnknownName, sentence)
}

/// The value of a fact of the catalogue with these arguments.
fn fact_value<const N: usize>(
    handle: &SubjectHandle,
    name: &str,
    args: [Dynamic; N],
) -> Result<Dynamic, Box<EvalAltResult>> {
    let Some(entry) = catalogue::find(handle.subject, name) else {
        return fail(no_such_fact(handle.subject, name));
    };
    let mut values = Vec::with_capacity(N);
    for arg in args {
        values.push(from_dynamic(arg).or_else(fail)?);
    }
    let Some(facts) = current_facts() else { return Ok(Dynamic::UNIT) };
    if entry.params.is_some() {
        spend(signals_cost(facts.signals(handle.subject, entry.fact)))?;
    }
    facts.fact(handle.subject, entry.fact, &values).or_else(fail).and_then(read)
}

/// A fact that was read, which is counted by its length.
fn read(value: Value) -> Result<Dynamic, Box<EvalAltResult>> {
    let value = to_dynamic(&value);
    spend(value_cost(&value))?;
    Ok(value)
}
