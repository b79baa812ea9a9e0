//! The header: what is handed over, by whom, and what it needs.
//!
//! All but the names of author and licence, and the settings, follows from the packs. It stands there for people who read the file, and for consoles that
//! list such files without reading packs.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::book::vocabulary::Role;
use crate::check::touch_names::{NameKind, names_of_kind};
use crate::language::LANGUAGE_VERSION;
use crate::order;
use crate::pack::Pack;
use crate::pack::overrides::GivenValue;

/// What stands before the packs.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// What is handed over is called so: the name of its first pack, unless another is given.
    pub name: String,
    /// Its version, as its author numbers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Who hands it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Under which licence: `CC-BY-4.0`, or in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// What it is for, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The version of the rule language that the packs are written in.
    pub language: u32,
    /// The pieces of content that touches bring, by id.
    #[serde(default)]
    pub content: Vec<String>,
    /// The skills that reps need for touches.
    #[serde(default)]
    pub skills: Vec<String>,
    /// The people that touches are for by their ids; roles are not among them.
    #[serde(default)]
    pub people: Vec<String>,
    /// The settings as whoever hands it over has them, where these are others than the packs have: `pack name/setting`.
    #[serde(default)]
    pub settings: BTreeMap<String, GivenValue>,
    /// The facts of a team's own that leads need.
    #[serde(default, rename = "fact")]
    pub facts: Vec<NeededFact>,
    /// The packs, in the order in which they stand in the file.
    #[serde(default, rename = "pack")]
    pub packs: Vec<PackEntry>,
}

/// A fact of a team's own that packs declare.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NeededFact {
    /// Its name: the field of a lead.
    pub name: String,
    /// `truth`, `number`, `text` or `time`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// A pack of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PackEntry {
    /// The name of its file.
    pub file: String,
    /// What it calls itself.
    pub name: String,
    /// Its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// From when it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// Until when it is in force, not included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    /// Whether it says that it is law.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hard: bool,
    /// The packs that it needs: by their files, or their names with the versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// How many rules and series it has.
    pub rules: usize,
    /// How many policies: `never`, `limit`, `reachable`, `holidays`, `pause`.
    pub policies: usize,
    /// How many examples, each row of a table one.
    pub examples: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
fn is_false(truth: &bool) -> bool {
    !*truth
}

impl Header {
    /// The part of the header that follows from packs.
    pub(super) fn of_packs(packs: &[Pack]) -> Self {
        let names = |kind| -> Vec<String> {
            let all = packs.iter().flat_map(|pack| names_of_kind(pack, kind));
            order::collect_set(all).into_iter().collect()
        };
        let mut facts: BTreeMap<String, NeededFact> = BTreeMap::new();
        for fact in packs.iter().flat_map(|pack| &pack.facts) {
            facts.entry(fact.name.to_string()).or_insert_with(|| NeededFact {
                name: fact.name.to_string(),
                kind: fact.kind.word().to_owned(),
                because: fact.because.as_deref().map(on_one_line),
            });
        }
        Self {
            language: LANGUAGE_VERSION,
            content: names(NameKind::Content),
            skills: names(NameKind::Skill),
            people: names(NameKind::Person).into_iter().filter(|name| Role::from_word(name).is_none()).collect(),
            facts: facts.into_values().collect(),
            packs: packs.iter().map(PackEntry::of).collect(),
            ..Self::default()
        }
    }

    /// Whether what it says about the packs is what they say.
    pub(super) fn agrees_with(&self, packs: &[Pack]) -> bool {
        let (content, skills, people, facts, packs) = {
            let Self { content, skills, people, facts, packs, .. } = Self::of_packs(packs);
            (content, skills, people, facts, packs)
        };
        (&self.content, &self.skills, &self.people, &self.facts, &self.packs)
            == (&content, &skills, &people, &facts, &packs)
    }

    /// All its texts: what is shown of it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let own =
            [Some(&self.name), self.version.as_ref(), self.author.as_ref(), self.licence.as_ref(), self.about.as_ref()];
        let facts = self.facts.iter().flat_map(|fact| [Some(&fact.name), Some(&fact.kind), fact.because.as_ref()]);
        let packs = self.packs.iter().flat_map(|pack| {
            let texts = [Some(&pack.file), Some(&pack.name), pack.version.as_ref(), pack.author.as_ref()];
            texts
                .into_iter()
                .chain([pack.valid_from.as_ref(), pack.valid_to.as_ref()])
                .chain(pack.needs.iter().map(Some))
        });
        let lists = self.content.iter().chain(&self.skills).chain(&self.people).chain(self.settings.keys());
        own.into_iter().chain(facts).chain(packs).flatten().chain(lists).map(String::as_str)
    }

    /// The longest of its lists.
    pub(super) fn longest_list(&self) -> usize {
        let needs = self.packs.iter().map(|pack| pack.needs.len());
        let lists = [self.content.len(), self.skills.len(), self.people.len(), self.settings.len(), self.facts.len()];
        lists.into_iter().chain(needs).max().unwrap_or_default()
    }

    /// The header as TOML. The same header is always the same text.
    pub(super) fn to_toml(&self) -> String {
        let mut text = "# Rule files with all that they need. `cadans receive` shows what they would change, and changes nothing itself.\n"
            .to_owned();
        let mut add = |line: String| {
            text.push_str(&line);
            text.push('\n');
        };
        add(format!("name = {}", quoted(&self.name)));
        let about =
            [("version", &self.version), ("author", &self.author), ("licence", &self.licence), ("about", &self.about)];
        for (key, value) in about {
            value.iter().for_each(|value| add(format!("{key} = {}", quoted(value))));
        }
        add(format!("language = {}", self.language));
        for (key, list) in [("content", &self.content), ("skills", &self.skills), ("people", &self.people)] {
            if !list.is_empty() {
                add(format!("{key} = {}", quoted_list(list)));
            }
        }
        if !self.settings.is_empty() {
            add("\n[settings]".to_owned());
            self.settings.iter().for_each(|(name, value)| add(format!("{} = {}", quoted(name), in_toml(value))));
        }
        for fact in &self.facts {
            add(format!("\n[[fact]]\nname = {}\ntype = {}", quoted(&fact.name), quoted(&fact.kind)));
            fact.because.iter().for_each(|because| add(format!("because = {}", quoted(because))));
        }
        for pack in &self.packs {
            add(format!("\n[[pack]]\nfile = {}\nname = {}", quoted(&pack.file), quoted(&pack.name)));
            let texts = [
                ("version", &pack.version),
                ("author", &pack.author),
                ("valid_from", &pack.valid_from),
                ("valid_to", &pack.valid_to),
            ];
            for (key, value) in texts {
                value.iter().for_each(|value| add(format!("{key} = {}", quoted(value))));
            }
            if pack.hard {
                add("hard = true".to_owned());
            }
            if !pack.needs.is_empty() {
                add(format!("needs = {}", quoted_list(&pack.needs)));
            }
            add(format!("rules = {}\npolicies = {}\nexamples = {}", pack.rules, pack.policies, pack.examples));
        }
        text
    }
}

impl PackEntry {
    fn of(pack: &Pack) -> Self {
        let named = pack.needs.iter().map(|need| match &need.versions {
            Some(versions) => format!("{} {versions}", need.pack),
            None => need.pack.clone(),
        });
        Self {
            file: pack.file.clone(),
            name: pack.about.name.clone(),
            version: pack.about.version.clone(),
            author: pack.about.author.clone(),
            valid_from: pack.about.valid_from.map(|at| at.to_string()),
            valid_to: pack.about.valid_to.map(|at| at.to_string()),
            hard: pack.about.hard,
            needs: pack.about.needs.iter().cloned().chain(named).collect(),
            rules: pack.rules.len() + pack.cadences.len(),
            policies: pack.nevers.len()
                + pack.limits.len()
                + pack.hours.len()
                + pack.holidays.len()
                + pack.pauses.len(),
            examples: pack.examples.iter().map(|example| example.cases.len()).sum(),
        }
    }
}

/// A text whose lines are one.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as a basic string of TOML, which escapes as JSON does, and one letter more.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}

fn quoted_list(list: &[String]) -> String {
    format!("[{}]", list.iter().map(|one| quoted(one)).collect::<Vec<_>>().join(", "))
}

/// A value as TOML has it.
fn in_toml(value: &GivenValue) -> String {
    let mut text = String::new();
    let written = match value {
        GivenValue::Truth(truth) => write!(text, "{truth}"),
        GivenValue::Whole(count) => write!(text, "{count}"),
        // Always with a dot or an exponent, so that it is no whole number.
        GivenValue::Number(number) => write!(text, "{number:?}"),
        GivenValue::Text(one) => write!(text, "{}", quoted(one)),
        GivenValue::List(items) => write!(text, "[{}]", items.iter().map(in_toml).collect::<Vec<_>>().join(", ")),
    };
    // Writing into a text does not fail.
    written.map(|()| text).unwrap_or_default()
}
