//! Reading a team file: entry by entry, so that a wrong one is told with its place and its reason, and the others go on.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::book::Book;
use crate::book::vocabulary::nearest;
use crate::limits;
use crate::team::records::TeamFile;
use crate::wording::{Amount, Language, Sentence};

/// What came out of a team file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamIntake {
    /// What could be used.
    pub file: TeamFile,
    /// What could not.
    pub refused: Vec<RefusedEntry>,
}

/// An entry that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedEntry {
    /// Where it stands: `orders[3]`.
    pub path: String,
    /// Why.
    pub reason: Sentence,
}

impl RefusedEntry {
    /// Place and reason, in a line.
    pub fn told(&self, language: Language) -> String {
        format!("{}: {}", self.path, self.reason.render(language))
    }
}

/// The lists of a team file, in the order of its documentation.
const LISTS: [&str; 8] =
    ["members", "stage_moves", "orders", "contracts", "promises", "requests", "proposals", "hand_overs"];

impl TeamIntake {
    /// Reads the team file of these leads.
    ///
    /// # Errors
    /// When the text is no JSON object.
    pub fn read(text: &[u8], book: &Book) -> Result<Self, Sentence> {
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let value: Value = serde_json::from_slice(text)
            .map_err(|why| Sentence::new("team-file-not-json").with("why", why.to_string()))?;
        let Value::Object(mut lists) = value else { return Err(Sentence::new("team-file-no-object")) };
        let mut intake = Self::default();
        let file = &mut intake.file;
        let mut reader = Reader { book, refused: Vec::new() };
        let mut take = |name: &str| lists.remove(name);
        file.members = reader.list("members", take("members"));
        file.stage_moves = reader.list("stage_moves", take("stage_moves"));
        file.orders = reader.list("orders", take("orders"));
        file.contracts = reader.list("contracts", take("contracts"));
        file.promises = reader.list("promises", take("promises"));
        file.requests = reader.list("requests", take("requests"));
        file.proposals = reader.list("proposals", take("proposals"));
        file.hand_overs = reader.list("hand_overs", take("hand_overs"));
        for name in lists.keys() {
            let known = Sentence::new("team-file-unknown-list").with("lists", LISTS.join(", "));
            reader.refuse(name.clone(), known.or_did_you_mean(nearest(name, LISTS).map(str::to_owned)));
        }
        file.stage_moves.sort_by_key(|one| one.at);
        file.orders.sort_by_key(|one| one.at);
        file.contracts.sort_by_key(|one| one.at);
        intake.refused = reader.refused;
        Ok(intake)
    }
}

/// Reads lists, and collects what does not fit.
struct Reader<'a> {
    book: &'a Book,
    refused: Vec<RefusedEntry>,
}

impl Reader<'_> {
    fn refuse(&mut self, path: String, reason: Sentence) {
        self.refused.push(RefusedEntry { path, reason });
    }

    /// The entries of a list that fit; none where the list is absent.
    fn list<T: DeserializeOwned>(&mut self, name: &str, value: Option<Value>) -> Vec<T> {
        let entries = match value {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(entries)) => entries,
            Some(_) => {
                self.refuse(name.to_owned(), Sentence::new("team-file-no-list"));
                return Vec::new();
            }
        };
        let mut ids = BTreeSet::new();
        let mut read = Vec::new();
        for (place, entry) in entries.into_iter().enumerate() {
            let path = format!("{name}[{place}]");
            match self.fault(name, &entry, &mut ids) {
                Some(reason) => self.refuse(path, reason),
                None => match serde_json::from_value(entry) {
                    Ok(entry) => read.push(entry),
                    Err(why) => self.refuse(path, Sentence::as_is(why.to_string())),
                },
            }
        }
        read
    }

    /// What no type can say: ids that are not there or stand twice, and numbers out of their range.
    fn fault(&self, list: &str, entry: &Value, ids: &mut BTreeSet<String>) -> Option<Sentence> {
        let text = |field: &str| entry.get(field).and_then(Value::as_str);
        if let Some(lead) = text("lead").filter(|lead| self.book.find(lead).is_none()) {
            let meant = nearest(lead, self.book.ids()).map(str::to_owned);
            return Some(Sentence::new("team-file-no-lead").with("lead", lead).or_did_you_mean(meant));
        }
        let is_rep =
            |id: &str| self.book.rep(id).is_some() || (list == "promises" && ["manager", "team"].contains(&id));
        let reps = ["rep", "by", "to"].into_iter().filter(|field| *field == "rep" || list == "promises");
        if let Some(rep) = reps.filter_map(text).find(|id| !is_rep(id)) {
            let meant = nearest(rep, self.book.reps().iter().map(|rep| rep.id.as_str())).map(str::to_owned);
            return Some(Sentence::new("team-file-no-rep").with("rep", rep).or_did_you_mean(meant));
        }
        let id = match list {
            "members" => text("rep"),
            "proposals" => text("id"),
            _ => None,
        };
        if let Some(id) = id.filter(|id| !ids.insert((*id).to_owned())) {
            return Some(Sentence::new("team-file-twice").with("id", id));
        }
        let most = |field: &str| match field {
            "planned" => 1.0,
            "time" => 2.0,
            _ => limits::NUMBER,
        };
        let number = |field: &'static str| entry.get(field).and_then(Value::as_f64).map(|number| (field, number));
        let mut outside = ["amount", "yearly", "planned", "time"].into_iter().filter_map(number);
        let first = outside.find(|(field, number)| !(0.0..=most(field)).contains(number));
        first.map(|(field, _)| {
            Sentence::new("team-file-number").with("field", field).with("most", Amount::new(most(field)))
        })
    }
}
