//! The Rhai that rules are written in: which words, types and functions there are, and what a rule may use up.
//!
//! One function, [`words`], makes an engine that parses, and [`build`] adds what running needs; everybody uses those of their thread, through
//! [`parse_with`] and [`run_with`]. Most rules are parsed and never run by Rhai, and functions are most of an engine, so that they are
//! registered only when the first rule runs. An engine starts from nothing and has what rules need: no clock, no sleep, no file, no
//! module, no `eval`, no output. Operators on Rhai's own types are Rhai's own. The optimiser is off, because it changes what some
//! expressions mean.

use rhai::{Dynamic, Engine, EvalAltResult, ImmutableString, LexError, Module, Position, Scope, Token};

use crate::book::catalogue::{self, FACTS, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Role, nearest};
use crate::calendar::units::{UNITS, WORKING_UNITS};
use crate::calendar::written::{self, InvalidMoment};
use crate::calendar::{Duration, Instant};
use crate::diagnostics::{EvaluationErrorCode, ValueError};
use crate::evaluate::methods::length;
use crate::language::current_facts::current_facts;
use crate::language::values::{SubjectHandle, TimeAgo, WorkingLength, from_dynamic, to_dynamic};
use crate::language::{example_lead, functions};
use crate::limits;
use crate::pack::touch::{Action, BUILDERS, HOLD, Touch, invalid_moment};
use crate::wording::{Arg, Sentence};

/// The failure of a function that this crate registers. [`rhai_errors`](crate::language::rhai_errors) takes the error out again.
pub(super) fn fail<T>(error: ValueError) -> Result<T, Box<EvalAltResult>> {
    Err(Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(error), Position::NONE)))
}

/// What a bare word stands for in every rule: a channel, or `wait`. `hold` is the text "hold": it is what an example may
/// expect, never what a rule may propose.
pub fn bare(word: &str) -> Option<Action> {
    if word == "wait" { Some(Action::Wait) } else { Channel::from_word(word).map(Action::Contact) }
}

/// `find("decider")`
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

/// A moment from a text: a full time, or a date, which then is its midnight in UTC.
///
/// # Errors
/// Why it is none.
pub(crate) fn moment(text: &str) -> Result<Instant, InvalidMoment> {
    let text = text.trim();
    if text.len() == 10 && text.is_ascii() {
        // A problem is told about what was written.
        written::read(&format!("{text}T00:00:00Z")).map_err(|why| InvalidMoment { written: text.to_owned(), ..why })
    } else {
        written::read(text)
    }
}

thread_local! {
    static PARSER: Engine = words();
    static RUNNER: Engine = build();
}

/// Does `work` with the engine of this thread that parses; it knows no functions, since Rhai looks those up when they are called.
pub(super) fn parse_with<T>(work: impl FnOnce(&Engine) -> T) -> T {
    PARSER.with(work)
}

/// Does `work` with the engine of this thread that runs what was parsed.
pub(super) fn run_with<T>(work: impl FnOnce(&Engine) -> T) -> T {
    RUNNER.with(work)
}

/// The bare words, as the parser must know them where no lead is read.
pub(super) fn constants_only() -> Scope<'static> {
    let mut scope = Scope::new();
    for word in constant_words() {
        scope.push_constant_dynamic(word, Dynamic::UNIT);
    }
    scope
}

/// The names that stand for something in every clause, as the parser must know them.
pub(super) fn names_in_force() -> Scope<'static> {
    let mut scope = constants_only();
    for word in SUBJECT_WORDS {
        scope.push_constant_dynamic(*word, Dynamic::UNIT);
    }
    scope
}

/// The variables that stand for what a rule is asked about.
pub const SUBJECT_WORDS: &[&str] = &["lead", "person", "account", "now"];

/// The bare words with a value of their own: the channels, `wait`, `hold`.
pub fn constant_words() -> impl Iterator<Item = &'static str> {
    Channel::words().chain(["wait", HOLD])
}

/// Words, constants and limits: what parsing needs.
fn words() -> Engine {
    let mut engine = Engine::new_raw();
    spell(&mut engine);
    limit(&mut engine);
    register_constants(&mut engine);
    engine
}

/// The whole engine: types and functions too.
fn build() -> Engine {
    let mut engine = words();
    functions::register(&mut engine);
    register_time(&mut engine);
    register_touches(&mut engine);
    register_facts(&mut engine);
    example_lead::register(&mut engine);
    engine
}

/// The spellings of our own, and the words that rules may not use.
fn spell(engine: &mut Engine) {
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
            // A kind of signal; Rhai would have it call a function pointer, of which we have none.
            "call" => Token::Identifier(Box::new(example_lead::CALL.into())),
            // Comparing in two ways would only confuse.
            "===" | "!==" => Token::LexError(Box::new(LexError::UnexpectedInput(word.to_string()))),
            _ => Token::Reserved(word),
        },
        other => other,
    });
}

fn limit(engine: &mut Engine) {
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

/// The bare channels, `wait` and `hold`: known everywhere, helper functions included.
fn register_constants(engine: &mut Engine) {
    let mut module = Module::new();
    for word in constant_words() {
        match bare(word) {
            Some(action) => module.set_var(word, Touch::new(action)),
            None => module.set_var(word, word),
        };
    }
    engine.register_global_module(module.into());
}

fn register_time(engine: &mut Engine) {
    engine.register_type_with_name::<Duration>("length of time");
    engine.register_type_with_name::<WorkingLength>("length of working time");
    engine.register_type_with_name::<Instant>("moment");
    engine.register_type_with_name::<TimeAgo>("time ago");
    // What a helper function may catch.
    engine.register_fn("to_string", |error: &mut ValueError| error.sentence.english());
    for (many, one, _) in UNITS.iter().chain(WORKING_UNITS) {
        for unit in [*many, *one] {
            engine.register_get(unit, move |count: &mut i64| measured(&Value::Whole(*count), unit));
            engine.register_get(unit, move |count: &mut f64| measured(&Value::Number(*count), unit));
        }
    }
    engine.register_get("ago", |length: &mut Duration| TimeAgo(*length));

    macro_rules! compare {
        ($type:ty) => {
            let tests: [functions::Binary<$type, $type, bool>; 6] = [
                ("==", |a, b| a == b),
                ("!=", |a, b| a != b),
                ("<", |a, b| a < b),
                ("<=", |a, b| a <= b),
                (">", |a, b| a > b),
                (">=", |a, b| a >= b),
            ];
            functions::add(engine, tests);
            for name in ["to_string", "to_debug"] {
                engine.register_fn(name, |a: &mut $type| a.to_string());
            }
        };
    }
    compare!(Duration);
    compare!(WorkingLength);
    compare!(Instant);
    let lengths: [functions::Binary<Duration, Duration, Duration>; 2] = [("+", |a, b| a + b), ("-", |a, b| a - b)];
    functions::add(engine, lengths);
    let moments: [functions::Binary<Instant, Duration, Instant>; 2] = [("+", |a, b| a + b), ("-", |a, b| a - b)];
    functions::add(engine, moments);
    engine
        .register_fn("-", |a: Duration| -a)
        .register_fn("*", |a: Duration, b: i64| stretched(a, b))
        .register_fn("*", |a: i64, b: Duration| stretched(b, a))
        .register_fn("-", |a: Instant, b: Instant| a - b);
    for name in ["date", "moment"] {
        engine.register_fn(name, |text: ImmutableString| moment(&text).map_err(invalid_moment).or_else(fail));
    }
}

fn measured(count: &Value, unit: &str) -> Result<Dynamic, Box<EvalAltResult>> {
    length(count, unit).map(|length| to_dynamic(&length)).or_else(fail)
}

fn stretched(length: Duration, by: i64) -> Result<Duration, Box<EvalAltResult>> {
    length.times(by).map_or_else(
        || {
            let written = format!("{by} * {}", Value::Length(length).in_rule());
            fail(ValueError::new(EvaluationErrorCode::Overflow, Sentence::new("run-long").with("written", written)))
        },
        Ok,
    )
}

fn register_touches(engine: &mut Engine) {
    engine.register_type_with_name::<Touch>(TOUCH_TYPE);
    for (method, _) in BUILDERS {
        engine.register_fn(*method, move |touch: Touch| touch.with(method, &[]).or_else(fail));
        engine.register_fn(*method, move |touch: Touch, argument: Dynamic| -> Result<Touch, Box<EvalAltResult>> {
            touch.with(method, &[from_dynamic(argument).or_else(fail)?]).or_else(fail)
        });
    }
    engine.register_fn("find", |role: ImmutableString| find_action(&role).map(Touch::new).or_else(fail));
    engine.register_fn("hand_over", |team: ImmutableString| Touch::new(Action::HandOver(team.as_str().into())));
}

/// The name of the type of `lead`, `person` and `account` in Rhai's messages.
pub(super) const SUBJECT_TYPE: &str = "subject";
/// The name of the type of touches in Rhai's messages.
pub(super) const TOUCH_TYPE: &str = "touch";

/// The catalogue: each field a property, each method a function of the handle.
fn register_facts(engine: &mut Engine) {
    engine.register_type_with_name::<SubjectHandle>(SUBJECT_TYPE);
    let mut done: Vec<(&str, bool)> = Vec::new();
    for entry in FACTS {
        let name = entry.name;
        if done.contains(&(name, entry.params.is_some())) {
            continue;
        }
        done.push((name, entry.params.is_some()));
        if entry.params.is_none() {
            engine.register_get(name, move |handle: &mut SubjectHandle| property(handle, name));
        } else {
            engine
                .register_fn(name, move |handle: &mut SubjectHandle| ask(handle, name, []))
                .register_fn(name, move |handle: &mut SubjectHandle, a: Dynamic| ask(handle, name, [a]))
                .register_fn(name, move |handle: &mut SubjectHandle, a: Dynamic, b: Dynamic| ask(handle, name, [a, b]))
                .register_fn(name, move |handle: &mut SubjectHandle, a: Dynamic, b: Dynamic, c: Dynamic| {
                    ask(handle, name, [a, b, c])
                });
        }
    }
    // What is no property of any subject arrives here: the team's own facts.
    engine.register_indexer_get(|handle: &mut SubjectHandle, name: ImmutableString| property(handle, &name));
}

/// `lead.stage`, or a fact of the team's own. It may have the name of a field that only a person or an account has.
fn property(handle: &SubjectHandle, name: &str) -> Result<Dynamic, Box<EvalAltResult>> {
    if catalogue::find(handle.subject, name).is_some_and(|entry| entry.params.is_none()) {
        return ask(handle, name, []);
    }
    if handle.subject != Subject::Lead || catalogue::find(handle.subject, name).is_some() || name.contains('[') {
        return fail(no_such_fact(handle.subject, name));
    }
    Ok(current_facts().map_or(Dynamic::UNIT, |facts| to_dynamic(&facts.own(name))))
}

fn no_such_fact(subject: Subject, name: &str) -> ValueError {
    let sentence = Sentence::new("unknown-fact").with("subject", subject.word()).with("name", name);
    ValueError::new(EvaluationErrorCode::UnknownName, sentence)
}

fn ask<const N: usize>(handle: &SubjectHandle, name: &str, args: [Dynamic; N]) -> Result<Dynamic, Box<EvalAltResult>> {
    let Some(entry) = catalogue::find(handle.subject, name) else {
        return fail(no_such_fact(handle.subject, name));
    };
    let mut values = Vec::with_capacity(N);
    for arg in args {
        values.push(from_dynamic(arg).or_else(fail)?);
    }
    let Some(facts) = current_facts() else { return Ok(Dynamic::UNIT) };
    facts.fact(handle.subject, entry.fact, &values).map(|value| to_dynamic(&value)).or_else(fail)
}
