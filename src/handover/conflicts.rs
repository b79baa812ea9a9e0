//! Where packs of a file and of the receiver's rulebook say different things under one name, or the same thing twice.

use serde::Serialize;

use crate::compare::{Changes, Outline, OutlineStatement, compare};
use crate::handover::accept::{OwnFile, PackStanding, Plan, given};
use crate::handover::{Handover, canonical as laid_out};
use crate::language::PackSource;
use crate::manifest::FileState;
use crate::pack::overrides::GivenValue;
use crate::pack::statement_forms::StatementKind;
use crate::wording::{Language, Sentence};

/// So many conflicts are told of one file.
const MOST: usize = 200;

/// A conflict between a file and the rulebook into which it would be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// What it is about.
    pub kind: ConflictKind,
    /// What it is called: `pack "Answers"`, `rule "Price page again"`, `setting Inside sales/hot_visits`.
    pub title: String,
    /// What is there.
    pub before: ConflictSide,
    /// What the file has.
    pub after: ConflictSide,
    /// What differs, in words.
    pub words: Vec<String>,
}

/// What a conflict is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictKind {
    /// A pack of that name is there with another text: it would be replaced.
    Pack,
    /// A statement of that name is there in another pack, and says something else: both would act.
    Statement,
    /// A statement of that name is there in another pack, and says the same: it would be there twice.
    Duplicate,
    /// A fact of that name is declared with another type: the packs do not go together.
    Fact,
    /// The rulebook gives the setting a value already, which stays.
    Setting,
}

/// One side of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConflictSide {
    /// The file, or for a setting the layer.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The text.
    pub text: String,
}

/// The conflicts of a file with the rulebook.
pub(super) fn conflicts(handover: &Handover, plan: &Plan, language: Language) -> Vec<Conflict> {
    let mut found = Vec::new();
    // What stays in force beside the packs of the file.
    let replaced = |place: usize| plan.standings.contains(&(PackStanding::Other(place), true));
    let is_same = |place: usize| plan.standings.iter().any(|(one, _)| *one == PackStanding::Same(place));
    let others: Vec<(&OwnFile, Outline)> = (plan.own.iter().enumerate())
        .filter(|(place, file)| file.state == FileState::Accepted && !replaced(*place) && !is_same(*place))
        .map(|(_, file)| (file, Outline::read(&file.entry.path, &file.text)))
        .collect();
    for (source, (standing, taken)) in handover.packs.iter().zip(&plan.standings) {
        if !taken || matches!(standing, PackStanding::Same(_)) {
            continue;
        }
        if let PackStanding::Other(place) = standing {
            found.extend(plan.own.get(*place).map(|own| of_pack(own, source, language)));
        }
        for one in &Outline::read(&source.file, &source.text).statements {
            let with = |(file, outline): &(&OwnFile, Outline)| -> Vec<Conflict> {
                let pairs = outline.statements.iter().filter(|other| is_of_one_name(one, other));
                let accepted = pairs.filter(|other| is_accepted(other, file));
                accepted.filter_map(|other| of_statements((file, other), (source, one), language)).collect()
            };
            found.extend(others.iter().flat_map(with));
            if found.len() > MOST {
                found.truncate(MOST);
                return found;
            }
        }
    }
    found.extend(handover.header.settings.iter().filter_map(|(name, value)| of_setting(plan, name, value, language)));
    found
}

/// A pack is there with another text.
fn of_pack(own: &OwnFile, source: &PackSource, language: Language) -> Conflict {
    let old = PackSource { file: own.entry.path.clone(), text: own.text.clone() };
    let text = laid_out(&old).unwrap_or(old.text);
    let old = PackSource { file: source.file.clone(), text: text.clone() };
    let changes = compare(std::slice::from_ref(&old), std::slice::from_ref(source));
    Conflict {
        kind: ConflictKind::Pack,
        title: format!("pack \"{}\"", own.name),
        before: ConflictSide { file: own.entry.path.clone(), line: 1, text },
        after: ConflictSide { file: source.file.clone(), line: 1, text: source.text.clone() },
        words: words(&changes, language),
    }
}

/// What differs, a line each.
fn words(changes: &Changes, language: Language) -> Vec<String> {
    let statements = changes.statements.iter().map(|one| {
        let line = Sentence::new("handover-differs").with("title", one.title.as_str());
        line.with("words", one.words(language)).render(language)
    });
    let told = changes.in_language(language);
    statements.chain(told.order.into_iter().map(|one| one.words)).take(MOST).collect()
}

/// Whether two statements go by one name or `id`. Examples are each pack's own, and so are settings, constants and helper functions.
fn is_of_one_name(one: &OutlineStatement, other: &OutlineStatement) -> bool {
    use StatementKind::{Cadence, Fact, Limit, Never, Pause, Reachable, Rule};
    let told_apart = matches!(one.kind, Some(Rule | Cadence | Never | Limit | Reachable | Pause | Fact));
    let same_id = || one.text_of("id").is_some_and(|id| other.text_of("id") == Some(id));
    told_apart && one.kind == other.kind && ((one.name.is_some() && one.name == other.name) || same_id())
}

/// Whether a statement of an accepted file is in force: every one but a rule or series that was not accepted.
fn is_accepted(one: &OutlineStatement, file: &OwnFile) -> bool {
    let Some(list) =
        file.entry.rules.as_ref().filter(|_| matches!(one.kind, Some(StatementKind::Rule | StatementKind::Cadence)))
    else {
        return true;
    };
    one.name.as_ref().is_some_and(|name| list.contains(name)) || one.text_of("id").is_some_and(|id| list.contains(&id))
}

/// Two statements of one name in different packs; `None` for a fact that both declare alike.
fn of_statements(
    (file, old): (&OwnFile, &OutlineStatement),
    (source, new): (&PackSource, &OutlineStatement),
    language: Language,
) -> Option<Conflict> {
    let canonical = |one: &OutlineStatement, word: &str| one.clause(word).map(|part| part.canonical.clone());
    let kind = match (old.kind, old.canonical == new.canonical) {
        (Some(StatementKind::Fact), _) if canonical(old, "as") == canonical(new, "as") => return None,
        (Some(StatementKind::Fact), _) => ConflictKind::Fact,
        (_, true) => ConflictKind::Duplicate,
        (_, false) => ConflictKind::Statement,
    };
    let alone = |one: &OutlineStatement| PackSource { file: source.file.clone(), text: format!("{};\n", one.text) };
    let changes = compare(&[alone(old)], &[alone(new)]);
    // Both in one layout, so that a diff of them is one of what they say.
    let side = |file: &str, one: &OutlineStatement| ConflictSide {
        file: file.to_owned(),
        line: one.span.line,
        text: laid_out(&alone(one)).unwrap_or_else(|| format!("{};\n", one.text)),
    };
    Some(Conflict {
        kind,
        title: new.title(),
        before: side(&file.entry.path, old),
        after: side(&source.file, new),
        words: changes.statements.iter().map(|one| one.words(language)).collect(),
    })
}

/// The rulebook gives the setting another value already.
fn of_setting(plan: &Plan, name: &str, value: &GivenValue, language: Language) -> Option<Conflict> {
    let (layer, own) = given(&plan.before, name)?;
    let new = value.in_rule();
    if own == new {
        return None;
    }
    let layer = if layer.is_empty() { "rulebook.toml".to_owned() } else { layer.to_owned() };
    let words = Sentence::new("handover-setting-stays").with("own", own.as_str()).with("new", new.as_str());
    Some(Conflict {
        kind: ConflictKind::Setting,
        title: format!("setting {name}"),
        before: ConflictSide { file: layer, line: 1, text: format!("{own}\n") },
        after: ConflictSide { file: String::new(), line: 1, text: format!("{new}\n") },
        words: vec![words.render(language)],
    })
}
