//! The words that may stand between quotes at a place: those of a closed list, and what the packs name elsewhere.

use std::collections::BTreeMap;

use crate::book::catalogue::ParamKind;
use crate::editor::complete::CompletionKind;
use crate::editor::document::Document;
use crate::editor::outline::because;
use crate::editor::roles::{Call, Role, Walker};
use crate::editor::symbols::{Opened, Packs};
use crate::editor::words::{
    ListedWord, channels, countries, outcomes, roles, say, scopes, setting_units, stages, words_of_fact,
    words_of_parameter,
};
use crate::language::scan::TokenKind;
use crate::pack::statement_forms::{ClauseContent, HeadPart, StatementForm, StatementKind};
use crate::pack::touch::{BY, ONLY_TO, TO};
use crate::wording::Language;

/// The languages that a pack may be written in, for the numbers in its reasons.
pub(super) const ENTRY_LANGUAGES: &[&str] = &["en", "nl"];

/// What the lead of an example may say of itself: the fields of the lead format that examples need most.
pub(super) const GIVEN_KEYS: &[&str] = &[
    "stage", "signals", "people", "now", "fields", "country", "zone", "value", "account", "quotes", "planned",
    "propose",
];

/// Different words of the packs that are offered at one place.
const MOST: usize = 300;

/// The words that fit between quotes where the walker stands. `next` is the token that is being written. Empty where a plain text is meant.
pub(super) fn words_here(
    walker: &Walker<'_, '_>,
    packs: &Packs<'_>,
    opened: &Opened<'_>,
    form: &StatementForm,
    next: usize,
    language: Language,
) -> Vec<(CompletionKind, ListedWord)> {
    let plain = |words: Vec<ListedWord>| words.into_iter().map(|word| (CompletionKind::Word, word)).collect();
    let used = |role: fn(Role) -> bool, key: &'static str| used(packs, opened, role, &say(key, language), next);
    let mut levels = walker.levels();
    let level = levels.next();
    if walker.clause_word().is_empty() && level.is_some_and(|level| level.bracket.is_none()) {
        return match head_part(&opened.document, form, next) {
            Some(HeadPart::Stage) => plain(stages(language)),
            Some(HeadPart::Country) => plain(countries()),
            Some(HeadPart::OtherStatement) => {
                packs.others(opened).flat_map(|other| statements(other, |_| true, language)).take(MOST).collect()
            }
            Some(HeadPart::OtherPack) => pack_names(packs.others(opened), language),
            Some(HeadPart::OptionalVersions) => versions(packs, &opened.said(next - 1), language),
            _ => Vec::new(),
        };
    }
    match walker.content() {
        Some(ClauseContent::Scope(words)) => return plain(scopes(words, language)),
        Some(ClauseContent::Unit) => return plain(setting_units(language)),
        Some(ClauseContent::OtherPack) => {
            // First the packs in which there is a statement of the name that the head has.
            let name = walker.first_text().map(|token| opened.said(token)).unwrap_or_default();
            let (having, lacking): (Vec<_>, Vec<_>) =
                packs.others(opened).partition(|other| other.statement_names().contains(&name));
            return pack_names(having.into_iter().chain(lacking), language);
        }
        _ => {}
    }
    match walker.call() {
        Some((Call::Builder(TO | ONLY_TO), _)) => {
            let mut words: Vec<_> = plain(roles(language));
            words.extend(people(opened, language));
            return words;
        }
        Some((Call::Builder(BY) | Call::Expectation("by"), _)) => {
            return statements(opened, StatementForm::proposes, language).take(MOST).collect();
        }
        Some((Call::Expectation("blocked_by"), _)) => {
            return statements(opened, |_| true, language).take(MOST).collect();
        }
        Some((Call::Expectation(_), _)) => return Vec::new(),
        Some((Call::Builder("offer"), _)) => return used(|role| matches!(role, Role::Content), "editor-content"),
        Some((Call::Builder("rep"), _)) => return used(|role| matches!(role, Role::Skill), "editor-skill"),
        Some((Call::Builder(_), _)) => return Vec::new(),
        Some((Call::BuiltIn("find"), _)) => return plain(roles(language)),
        Some((Call::BuiltIn("hand_over"), _)) => return used(|role| matches!(role, Role::Team), "editor-team"),
        Some((Call::BuiltIn(_), _)) => return Vec::new(),
        Some((Call::Signal, _)) => {
            let mut words: Vec<_> = plain(outcomes(language));
            words.extend(used(|role| matches!(role, Role::Topic), "editor-topic"));
            return words;
        }
        Some((Call::Fact(entry), argument)) => {
            let params = entry.params.into_iter().flat_map(|params| params.required.iter().chain(params.optional));
            let kinds: Vec<ParamKind> = params.skip(argument).copied().collect();
            let required = entry.params.is_some_and(|params| argument < params.required.len());
            let kinds = if required { kinds.get(..1).unwrap_or_default() } else { kinds.as_slice() };
            let mut words: Vec<_> = Vec::new();
            for kind in kinds {
                if *kind == ParamKind::Topic {
                    words.extend(used(|role| matches!(role, Role::Topic), "editor-topic"));
                }
                words.extend(plain(words_of_parameter(*kind, language)));
            }
            return words;
        }
        Some((Call::Other, _)) => return Vec::new(),
        None => {}
    }
    if let Some(entry) = level.and_then(|level| level.compared) {
        return plain(words_of_fact(entry, language));
    }
    // The value of an entry of a map, also within a list.
    let key = level.and_then(|level| level.key).or_else(|| levels.next().and_then(|level| level.key));
    let key = key.map(|key| opened.document.token_text(key)).unwrap_or_default();
    match (form.kind, key) {
        (StatementKind::Pack, "countries") => plain(countries()),
        (StatementKind::Pack, "needs") => {
            let own = opened.document.file;
            let files = packs.opened.iter().map(|other| other.document.file).filter(|file| *file != own);
            let name = |file: &str| file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned();
            let word = |file| ListedWord {
                word: name(file),
                detail: say("editor-pack-file", language),
                documentation: file.to_owned(),
            };
            files.take(MOST).map(|file| (CompletionKind::Word, word(file))).collect()
        }
        (StatementKind::Pack, _) => Vec::new(),
        (_, "stage") => plain(stages(language)),
        (_, "roles" | "role") => plain(roles(language)),
        (_, "channel" | "channels") => plain(channels(language)),
        (_, "country") => plain(countries()),
        (_, "outcome") => plain(outcomes(language)),
        (_, "direction") => plain(words_of_parameter(ParamKind::Direction, language)),
        (_, "person") => people(opened, language),
        _ => Vec::new(),
    }
}

/// The texts that the packs have in this role, each once, by how often they occur; not the one that is being written.
fn used(
    packs: &Packs<'_>,
    opened: &Opened<'_>,
    role: fn(Role) -> bool,
    detail: &str,
    next: usize,
) -> Vec<(CompletionKind, ListedWord)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for other in &packs.opened {
        let is_here = other.document.file == opened.document.file;
        for (token, said) in other.named(role).filter(|(token, _)| !(is_here && *token == next)) {
            let _ = token;
            *counts.entry(said).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().filter(|(word, _)| !word.is_empty()).collect();
    crate::order::sort_by_key(&mut counts, |(_, count)| std::cmp::Reverse(*count));
    let word = |(word, _)| ListedWord { word, detail: detail.to_owned(), documentation: detail.to_owned() };
    counts.into_iter().take(MOST).map(|count| (CompletionKind::Word, word(count))).collect()
}

/// The people whom a pack names, as in the maps of its examples.
fn people(opened: &Opened<'_>, language: Language) -> Vec<(CompletionKind, ListedWord)> {
    let names = opened.named(|role| matches!(role, Role::PersonId)).map(|(_, name)| name);
    let names = crate::order::collect_set(names.filter(|name| !name.is_empty()));
    let detail = say("editor-person", language);
    let word = |word| ListedWord { word, detail: detail.clone(), documentation: detail.clone() };
    names.into_iter().take(MOST).map(|name| (CompletionKind::Word, word(name))).collect()
}

/// The part of the head of a statement that the token at `next` is, or would be. A name that was left out takes no place.
pub(super) fn head_part(document: &Document<'_>, form: &StatementForm, next: usize) -> Option<HeadPart> {
    let (_, statement) = document.statement_of(next.checked_sub(1)?)?;
    let first = statement.tokens.start + 1;
    let is_text = |token| document.kind(token) == Some(TokenKind::Text);
    let is_named = next > first && is_text(first) && form.begins_with_name(is_text(first + 1));
    let left_out = form.head.first() == Some(&HeadPart::OptionalName) && !is_named;
    form.head.get(next.checked_sub(first)? + usize::from(left_out)).copied()
}

/// The named statements of a pack whose form is wanted, each with its `because`.
fn statements(
    opened: &Opened<'_>,
    wanted: impl Fn(&StatementForm) -> bool,
    language: Language,
) -> impl Iterator<Item = (CompletionKind, ListedWord)> {
    opened.named(|role| matches!(role, Role::StatementName)).filter_map(move |(token, name)| {
        let (_, statement) = opened.document.statement_of(token)?;
        let form = statement.form.filter(|form| wanted(form))?;
        let key = match form.kind {
            StatementKind::Rule => "editor-rule",
            StatementKind::Cadence => "editor-cadence",
            _ => "editor-policy",
        };
        let documentation = because(&opened.document, statement).unwrap_or_default();
        Some((CompletionKind::Rule, ListedWord { word: name, detail: say(key, language), documentation }))
    })
}

/// The names of packs, each with its file.
fn pack_names<'p, 'a: 'p>(
    packs: impl Iterator<Item = &'p Opened<'a>>,
    language: Language,
) -> Vec<(CompletionKind, ListedWord)> {
    let named = packs.filter_map(|opened| {
        let (_, word) = opened.pack_name()?;
        let documentation = opened.document.file.to_owned();
        Some((CompletionKind::Word, ListedWord { word, detail: say("editor-pack", language), documentation }))
    });
    named.take(MOST).collect()
}

/// The versions that are like that of the pack of this name: `^1.2.0`.
fn versions(packs: &Packs<'_>, name: &str, language: Language) -> Vec<(CompletionKind, ListedWord)> {
    let version = |opened: &Opened<'_>| {
        let (token, _) = opened.pack_name().filter(|(_, known)| known == name)?;
        let (_, statement) = opened.document.statement_of(token)?;
        let key = statement
            .tokens
            .clone()
            .find(|key| opened.document.token_text(*key) == "version" && opened.document.token_text(key + 1) == ":")?;
        (opened.document.kind(key + 2) == Some(TokenKind::Text)).then(|| opened.said(key + 2))
    };
    let word = |version: String| ListedWord {
        word: format!("^{version}"),
        detail: say("editor-versions", language),
        documentation: HeadPart::OptionalVersions.described(language),
    };
    packs.opened.iter().find_map(version).map(|version| (CompletionKind::Word, word(version))).into_iter().collect()
}
