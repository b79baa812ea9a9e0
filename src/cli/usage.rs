//! What is wrong with the arguments of the command, in the language that they ask for: the findings of the argument parser, and those of
//! arguments that are more than a word.

use std::ffi::OsStr;
use std::fmt::{Display, Formatter};
use std::io::{self, Write};
use std::str::FromStr;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::failure::{Exit, Failure};
use super::screen::Screen;
use cadans::wording::{Arg, Language, Sentence};

/// Why a text is not what an argument takes.
#[derive(Clone, Debug)]
pub struct ArgumentError(Sentence);

impl ArgumentError {
    /// For the reason that the sentence gives: "a step is 1.minute to 1.day".
    pub fn new(why: Sentence) -> Self {
        Self(why)
    }
}

impl Display for ArgumentError {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0.english())
    }
}

impl std::error::Error for ArgumentError {}

/// What reads a whole number from `least` to `most`.
pub fn number<N>(least: N, most: N) -> impl Fn(&str) -> Result<N, ArgumentError> + Clone + Send + Sync + 'static
where
    N: FromStr + PartialOrd + Copy + Display + Send + Sync + 'static,
{
    move |text| {
        let number = text.parse().ok().filter(|number| least <= *number && *number <= most);
        let why = || Sentence::new("usage-number").with("least", least.to_string()).with("most", most.to_string());
        number.ok_or_else(|| ArgumentError(why()))
    }
}

/// Prints what the argument parser has to tell: help and the version as it words them, and what is wrong with the arguments in the language
/// that they name.
pub fn print(parsed: &clap::Error, arguments: impl Iterator<Item = impl AsRef<OsStr>>) -> Exit {
    let language = language(arguments);
    if let Some(failure) = misuse(parsed) {
        let mut message = failure.message(language).unwrap_or_default();
        if let Some(ContextValue::StyledStr(usage)) = parsed.get(ContextKind::Usage) {
            let usage = usage.to_string();
            let forms = usage.trim_start().strip_prefix("Usage:").unwrap_or(&usage).trim_end();
            message.push_str(&format!("\n{}{forms}\n", Sentence::new("usage-forms").render(language)));
        }
        let mut screen = Screen::open(language);
        screen.print_aside(&message);
        return failure.exit().and(screen.aside_exit());
    }
    let printed = parsed.print().and_then(|()| io::stdout().flush());
    match printed.map_err(Failure::from) {
        Ok(()) if parsed.use_stderr() => Exit::Misuse,
        Ok(()) => Exit::Fine,
        Err(failure) => {
            let mut screen = Screen::open(language);
            screen.print_aside(&failure.message(language).unwrap_or_default());
            failure.exit()
        }
    }
}

/// The language after `--lang`, in arguments that could not be parsed as a whole; English without one.
fn language(arguments: impl Iterator<Item = impl AsRef<OsStr>>) -> Language {
    let words: Vec<String> = arguments.map(|word| word.as_ref().to_string_lossy().into_owned()).collect();
    let is_dutch = |word: &str| word == "nl";
    let after = words.windows(2).any(|pair| matches!(pair, [option, word] if option == "--lang" && is_dutch(word)));
    let within = words.iter().any(|word| word.strip_prefix("--lang=").is_some_and(is_dutch));
    if after || within { Language::Dutch } else { Language::English }
}

/// What is wrong with the arguments; `None` for help, the version and what the parser alone can word.
fn misuse(parsed: &clap::Error) -> Option<Failure> {
    let one = |kind| match parsed.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        _ => None,
    };
    let argument = || one(ContextKind::InvalidArg);
    let value = one(ContextKind::InvalidValue);
    let failure = match parsed.kind() {
        ErrorKind::UnknownArgument => Failure::misuse(about("usage-no-argument", argument()?)),
        ErrorKind::InvalidSubcommand => {
            Failure::misuse(Sentence::new("usage-no-command").with("command", one(ContextKind::InvalidSubcommand)?))
        }
        ErrorKind::InvalidValue => {
            let what = match value? {
                nothing if nothing.is_empty() => about("usage-no-value", argument()?),
                value => about("usage-value", argument()?).with("value", value),
            };
            let known = words(parsed, ContextKind::ValidValue);
            if known.is_empty() { Failure::misuse(what) } else { Failure::misuse(what).why(one_of(known)) }
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(parsed).and_then(|source| source.downcast_ref::<ArgumentError>())?;
            Failure::misuse(about("usage-value", argument()?).with("value", value?)).why(why.0.clone())
        }
        ErrorKind::TooManyValues => Failure::misuse(about("usage-values", argument()?).with("value", value?)),
        ErrorKind::MissingRequiredArgument => {
            let missing = words(parsed, ContextKind::InvalidArg);
            Failure::misuse(Sentence::new("usage-missing").with("arguments", Sentence::list("list-and", missing)))
        }
        ErrorKind::ArgumentConflict => {
            let (argument, others) = (argument()?, words(parsed, ContextKind::PriorArg));
            if matches!(others.as_slice(), [Arg::Text(other)] if *other == argument) {
                Failure::misuse(about("usage-twice", argument))
            } else {
                let others = Sentence::list("list-and", others);
                Failure::misuse(about("usage-conflict", argument).with("others", others))
            }
        }
        _ => return None,
    };
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let meant = suggested.into_iter().find_map(|kind| words(parsed, kind).into_iter().next());
    Some(match meant {
        Some(meant) => failure.help(Sentence::new("usage-meant").with("meant", meant)),
        None => failure.help(Sentence::new("usage-help")),
    })
}

fn about(key: &'static str, argument: String) -> Sentence {
    Sentence::new(key).with("argument", argument)
}

/// The words that an argument takes.
pub fn one_of(known: Vec<Arg>) -> Sentence {
    Sentence::new("usage-known").with("known", Sentence::list("list-or", known))
}

/// The words of one kind that the parser names.
fn words(parsed: &clap::Error, kind: ContextKind) -> Vec<Arg> {
    match parsed.get(kind) {
        Some(ContextValue::String(word)) => vec![Arg::Text(word.clone())],
        Some(ContextValue::Strings(words)) => words.iter().cloned().map(Arg::Text).collect(),
        _ => Vec::new(),
    }
}
