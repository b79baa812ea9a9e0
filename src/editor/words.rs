//! The words of the rule language with what each is and means, in the language of whoever asks.

use crate::book::catalogue::{Fact, FactEntry, ParamKind, Subject, kind_words};
use crate::book::value::Type;
use crate::book::vocabulary::{Channel, Direction, Outcome, Role, SignalKind, Stage};
use crate::calendar::{Country, units};
use crate::check::types::words_of;
use crate::editor::names::Shape;
use crate::pack::statement_forms::StatementForm;
use crate::pack::statements::Unit;
use crate::pack::touch::BUILDERS;
use crate::wording::{Arg, Language, Sentence, render};

/// A word of a closed list, or one that packs name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListedWord {
    pub word: String,
    /// What kind of word it is: "a role".
    pub detail: String,
    pub documentation: String,
}

/// What a word of this group means; empty when there is nothing to say.
pub(super) fn doc(group: &str, word: &str, language: Language) -> String {
    render(language, &format!("doc-{group}-{}", word.replace('_', "-")), &[]).unwrap_or_default()
}

/// A key of the tables in a language.
pub(super) fn say(key: &'static str, language: Language) -> String {
    Sentence::new(key).render(language)
}

fn argument(arg: Arg, language: Language) -> String {
    arg.render(language, &[])
}

/// What a type is called: "a length of time".
pub(super) fn type_name(kind: Type, language: Language) -> String {
    if kind == Type::Any { say("editor-no-type", language) } else { argument(kind.with_article(), language) }
}

/// What a shape is called.
pub(super) fn shape_name(shape: Shape, language: Language) -> String {
    match shape {
        Shape::Subject(subject) => subject.word().to_owned(),
        Shape::Value(kind) => type_name(kind, language),
        Shape::Touch => say("a-touch", language),
        Shape::Map => say("a-map", language),
        Shape::Argument => say("editor-no-type", language),
    }
}

/// A fact as it is called: `lead.visits([a topic], [how far back, as 7.days]): a count`.
pub(super) fn fact_signature(entry: &FactEntry, subject: Subject, language: Language) -> String {
    let kind = type_name(entry.returns, language);
    format!("{}.{}{}: {kind}", subject.word(), entry.name, parameters(entry, language))
}

/// The parameters of a fact between parentheses, the optional ones in brackets; empty for a field.
fn parameters(entry: &FactEntry, language: Language) -> String {
    let Some(params) = entry.params else { return String::new() };
    let name = |param: &ParamKind| argument(param.described(), language);
    let required = params.required.iter().map(name);
    let optional = params.optional.iter().map(|param| format!("[{}]", name(param)));
    format!("({})", required.chain(optional).collect::<Vec<_>>().join(", "))
}

/// What a builder method takes: `.within(a length of time)`.
pub(super) fn builder_signature(name: &str, language: Language) -> String {
    let takes = BUILDERS.iter().find(|(builder, _)| *builder == name).map_or("takes-nothing", |(_, takes)| *takes);
    if takes == "takes-nothing" { format!(".{name}") } else { format!(".{name}({})", say(takes, language)) }
}

/// What a unit of time means.
pub(super) fn unit_doc(unit: &str, language: Language) -> String {
    let group = if unit == "ago" {
        "ago"
    } else if unit.starts_with("working") {
        "working"
    } else {
        "clock"
    };
    doc("unit", group, language)
}

/// What a bare action means.
pub(super) fn action_doc(word: &str, language: Language) -> String {
    let group = if Channel::from_word(word).is_some() { "channel" } else { "word" };
    doc(group, word, language)
}

/// A statement with its clauses, the optional ones in brackets: `rule when [unless] then [because]`.
pub(super) fn form_signature(form: &StatementForm) -> String {
    let clauses = form
        .clauses
        .iter()
        .map(|clause| if clause.required { clause.word.to_owned() } else { format!("[{}]", clause.word) });
    std::iter::once(form.word.to_owned()).chain(clauses).collect::<Vec<_>>().join(" ")
}

/// The words of a closed list.
fn listed<'a>(
    words: impl IntoIterator<Item = &'a str>,
    detail: String,
    group: &str,
    language: Language,
) -> Vec<ListedWord> {
    let word = |word: &str| ListedWord {
        word: word.to_owned(),
        detail: detail.clone(),
        documentation: doc(group, word, language),
    };
    words.into_iter().map(word).collect()
}

pub(super) fn roles(language: Language) -> Vec<ListedWord> {
    listed(Role::words(), say("a-role", language), "role", language)
}

pub(super) fn stages(language: Language) -> Vec<ListedWord> {
    listed(Stage::words(), say("a-stage", language), "stage", language)
}

pub(super) fn channels(language: Language) -> Vec<ListedWord> {
    listed(Channel::words(), say("a-channel", language), "channel", language)
}

pub(super) fn outcomes(language: Language) -> Vec<ListedWord> {
    listed(Outcome::words(), say("an-outcome", language), "outcome", language)
}

pub(super) fn directions(language: Language) -> Vec<ListedWord> {
    listed(Direction::words(), say("a-direction", language), "direction", language)
}

pub(super) fn scopes(words: &[&str], language: Language) -> Vec<ListedWord> {
    listed(words.iter().copied(), say("editor-word", language), "scope", language)
}

/// What the number of a setting may be.
pub(super) fn setting_units(language: Language) -> Vec<ListedWord> {
    listed(Unit::ALL.map(Unit::word), say("editor-unit", language), "setting-unit", language)
}

/// The codes of the countries, each with its English name.
pub(super) fn countries() -> Vec<ListedWord> {
    let word = |country: Country| ListedWord {
        word: country.code().to_owned(),
        detail: country.name().to_owned(),
        documentation: country.name().to_owned(),
    };
    Country::all().map(word).collect()
}

/// The words that this argument of a fact may be, where it takes one of a closed list.
pub(super) fn words_of_parameter(param: ParamKind, language: Language) -> Vec<ListedWord> {
    match param {
        ParamKind::Kind => listed(kind_words(), say("a-signal", language), "signal", language),
        ParamKind::Channel => channels(language),
        ParamKind::Role => roles(language),
        ParamKind::Direction => directions(language),
        ParamKind::Topic | ParamKind::Window | ParamKind::HalfLife | ParamKind::OwnTime => Vec::new(),
    }
}

/// The words that a fact may have as its value, where they are a closed list.
pub(super) fn words_of_fact(entry: &FactEntry, language: Language) -> Vec<ListedWord> {
    match entry.fact {
        Fact::Stage => stages(language),
        Fact::Role | Fact::Roles | Fact::RolesMissing => roles(language),
        Fact::LastOutcome => outcomes(language),
        Fact::Question => listed(SignalKind::words(), say("a-signal", language), "signal", language),
        Fact::Country => countries(),
        fact => match words_of(fact) {
            Some((list, words)) => listed(words, argument(list.noun_with_article(), language), "word", language),
            None => Vec::new(),
        },
    }
}

/// The methods of values: the name, the types that have it, and whether it takes an argument.
pub(super) const VALUE_METHODS: &[(&str, &[Type], bool)] = &[
    ("len", &[Type::Text, Type::List], false),
    ("is_empty", &[Type::Text, Type::List], false),
    ("contains", &[Type::Text, Type::List], true),
    ("starts_with", &[Type::Text], true),
    ("ends_with", &[Type::Text], true),
    ("to_lower", &[Type::Text], false),
    ("to_upper", &[Type::Text], false),
    ("index_of", &[Type::Text, Type::List], true),
    ("sub_string", &[Type::Text], true),
    ("split", &[Type::Text], true),
    ("abs", &[Type::Whole, Type::Number], false),
    ("min", &[Type::Whole, Type::Number], true),
    ("max", &[Type::Whole, Type::Number], true),
    ("to_string", &[Type::Whole, Type::Number, Type::Truth, Type::Length], false),
];

/// The units of time after a number: the singular ones first after a 1, and only the others otherwise.
pub(super) fn units_after(number: &str) -> impl Iterator<Item = &'static str> {
    let is_one = number == "1";
    let names = units::UNITS.iter().chain(units::WORKING_UNITS).map(|(many, one, _)| (*many, *one));
    names.chain([units::WORKING_DAY]).map(move |(many, one)| if is_one { one } else { many })
}
