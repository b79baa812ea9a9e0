//! What the tests of reports share: a book, a team file, and who looks.

use cadans_testing::scenario::{NOW, at, book, rulebook};
use serde_json::{Value, json};

use cadans::book::Book;
use cadans::language::Rulebook;
use cadans::team::records::{TeamFile, TeamIntake};
use cadans::team::{TeamView, Viewer};

/// Rules, leads and a team file, all of Wednesday 18 November 2026, ten in the morning.
pub struct Setting {
    pub rulebook: Rulebook,
    pub book: Book,
    pub file: TeamFile,
}

impl Setting {
    /// Ann and Bob with these leads and this team file, which must be taken in as a whole.
    pub fn new(pack: &str, leads: &[Value], file: Value) -> Self {
        let book = book(json!({ "leads": leads, "reps": [rep("ann"), rep("bob")], "content": contents() }));
        let intake = TeamIntake::read(file.to_string().as_bytes(), &book).unwrap();
        assert_eq!(intake.refused, [], "{file}");
        Self { rulebook: rulebook(&[pack]), book, file: intake.file }
    }

    pub fn view(&self, viewer: Viewer) -> TeamView<'_> {
        self.view_at(NOW, viewer)
    }

    pub fn view_at(&self, now: &str, viewer: Viewer) -> TeamView<'_> {
        TeamView::new(&self.rulebook, &self.book, &self.file, at(now), viewer)
    }

    pub fn manager(&self) -> TeamView<'_> {
        self.view(Viewer::Manager)
    }
}

pub fn as_rep(id: &str) -> Viewer {
    Viewer::Rep(id.to_owned())
}

fn rep(id: &str) -> Value {
    json!({ "id": id, "name": id.to_uppercase(), "zone": "Europe/Amsterdam", "hours": "Mo-Fr 09:00-17:00", "languages": ["nl"] })
}

fn contents() -> Value {
    json!([{ "id": "guide", "title": "The guide", "stages": ["interest"] }, { "id": "case", "title": "A case" }])
}

/// A lead of Ann with the decider Anna, with these fields on top.
pub fn lead(id: &str, more: Value) -> Value {
    let mut lead = cadans_testing::scenario::lead(
        json!({ "id": id, "name": format!("Firm {id}"), "owner": "ann", "stage": "interest" }),
    );
    for (field, value) in more.as_object().unwrap() {
        lead[field] = value.clone();
    }
    lead
}

/// Something that Anna did.
pub fn theirs(at: &str, kind: &str, more: Value) -> Value {
    let mut signal = json!({ "at": at, "kind": kind, "person": "anna" });
    for (field, value) in more.as_object().unwrap() {
        signal[field] = value.clone();
    }
    signal
}

/// A touch of ours with Anna.
pub fn ours(at: &str, channel: &str, more: Value) -> Value {
    cadans_testing::scenario::touch(at, channel, more)
}
