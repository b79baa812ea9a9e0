//! S1 S41 S49: no output orders people by their results. Every report is made twice with the results of two people exchanged: whoever stands first
//! in one stands first in the other.

use serde_json::{Value, json};

use cadans::book::rep::Rep;
use cadans::plan::{PlanSettings, plan};
use cadans::simulate::{ResponseModel, Settings, simulate};
use cadans::team::document::{
    cards_document, figures_document, goals_document, groups_document, reward_document, story_document,
};
use cadans::team::figures::FigureSettings;
use cadans::team::reward::PoolTerms;
use cadans::team::{TeamView, Viewer};
use cadans::wording::Language;
use cadans_testing::scenario::{NOW, at};

use crate::setting::{Setting, as_rep, lead, ours, theirs};

/// One of both has ten orders and many contacts, the other one of each.
fn team(best: &str) -> Setting {
    let other = if best == "ann" { "bob" } else { "ann" };
    let one = |nth: usize| {
        let owner = if nth == 10 { other } else { best };
        let signals = json!([
            theirs("2026-11-02T10:00:00+01:00", "form", json!({})),
            ours("2026-11-02T11:00:00+01:00", "phone", json!({ "rep": owner, "outcome": "answered", "rule": "R" })),
        ]);
        lead(&format!("L{nth:02}"), json!({ "owner": owner, "signals": signals }))
    };
    let leads: Vec<Value> = (0..11).map(one).collect();
    let order = |nth: usize| json!({ "lead": format!("L{nth:02}"), "at": "2026-11-10T10:00:00+01:00", "amount": 100 });
    let members = ["bob", "ann"].map(|rep| json!({ "rep": rep, "shares": true }));
    let file = json!({ "orders": (0..11).map(order).collect::<Vec<_>>(), "members": members });
    let pack = r#"goal "A" measure orders target 5 since "2026-10-01" until "2026-12-31" for "ann";
        goal "B" measure orders target 5 since "2026-10-01" until "2026-12-31" for "bob";
        rule "R" when lead.open then phone;"#;
    Setting::new(pack, &leads, file)
}

/// Every report of this crate that names people, as JSON and as Markdown, with its name.
fn reports(view: &TeamView<'_>) -> Vec<(&'static str, String)> {
    let english = Language::English;
    let figures = view.figures(FigureSettings::default(), english);
    let (goals, proposals) = (view.goals(english), view.proposals(english));
    let reward = view.reward(PoolTerms { since: at("2026-10-01T00:00:00Z"), threshold: 0.0, part: 0.1 });
    let planned = plan(view.rulebook, view.book, view.now, &PlanSettings::default(), english);
    let simulated = simulate(
        view.rulebook,
        view.book,
        &ResponseModel::standard().unwrap(),
        &Settings { days: 1, ..Settings::new(view.now) },
        |_, _| true,
    );
    let (cards, recognition) = (view.cards(english), view.recognition(90, english));
    let called = |id: &str| id.to_uppercase();
    let json = |value: serde_json::Value| value.to_string();
    vec![
        ("figures", json(serde_json::to_value(&figures).unwrap())),
        ("figures in words", figures_document(&figures, english).markdown()),
        ("goals", json(serde_json::to_value(&goals).unwrap())),
        ("goals in words", goals_document(&goals, &proposals, english).markdown()),
        ("reward", json(serde_json::to_value(&reward).unwrap())),
        ("reward in words", reward_document(&reward, called, english).markdown()),
        ("plan", json(serde_json::to_value(&planned).unwrap())),
        ("plan in words", planned.document(english).markdown()),
        ("cards in words", cards_document(&cards, &recognition, english).markdown()),
        ("groups in words", groups_document(&view.groups(english), english).markdown()),
        ("simulation", json(serde_json::to_value(simulated.unwrap().report.by_rep).unwrap())),
    ]
}

/// The order in which two people are first named; `None` where not both are.
fn order(text: &str) -> Option<bool> {
    let lowered = text.to_lowercase();
    // As words: "ann" is in "anna" and "planned".
    let place = |name: &str| {
        lowered.match_indices(name).map(|(place, _)| place).find(|place| {
            let letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
            !letter(lowered[..*place].chars().last()) && !letter(lowered[place + name.len()..].chars().next())
        })
    };
    Some(place("ann")? < place("bob")?)
}

#[test]
fn no_report_puts_whoever_did_best_first() {
    let (ann, bob) = (team("ann"), team("bob"));
    let mut told_of_both = 0;
    for viewer in [Viewer::Manager, Viewer::Marketing, as_rep("ann")] {
        let pairs = reports(&ann.view(viewer.clone())).into_iter().zip(reports(&bob.view(viewer)));
        for ((name, one), (_, other)) in pairs {
            let (one, other) = (order(&one), order(&other));
            // By the book Ann comes first.
            assert_ne!(one, Some(false), "{name}");
            assert_ne!(other, Some(false), "{name}");
            told_of_both += usize::from(one.is_some() && other.is_some());
        }
    }
    assert!(told_of_both >= 12, "{told_of_both}");
}

#[test]
fn a_story_names_people_as_they_came_in() {
    let signals = |first: &str, second: &str| {
        json!([
            ours("2026-11-02T11:00:00+01:00", "phone", json!({ "rep": first })),
            ours("2026-11-03T11:00:00+01:00", "phone", json!({ "rep": second })),
            ours("2026-11-04T11:00:00+01:00", "phone", json!({ "rep": second })),
        ])
    };
    let file = json!({ "orders": [{ "lead": "a", "at": "2026-11-10T10:00:00+01:00", "amount": 100 }] });
    for (first, second) in [("ann", "bob"), ("bob", "ann")] {
        let setting = Setting::new("", &[lead("a", json!({ "signals": signals(first, second) }))], file.clone());
        let story = setting.manager().story(0, Language::English).unwrap();
        let reps: Vec<&str> = story.contributions.iter().map(|one| one.rep.as_str()).collect();
        assert_eq!(reps, [first, second]);
        assert!(!story_document(&story, Language::English).parts.is_empty());
    }
}

/// No report has a field in which a place among people could stand, and no count of visits as something to reach.
#[test]
fn nothing_is_called_a_rank_and_no_visit_is_a_target() {
    let setting = team("ann");
    for (name, text) in reports(&setting.view(Viewer::Manager)) {
        let lowered = text.to_lowercase();
        for word in ["rank", "leaderboard", "top performer", "best rep", "\"score\"", "visit target"] {
            assert!(!lowered.contains(word) || name.starts_with("groups"), "{name}: {word}");
        }
    }
    let refused = cadans::language::read(
        "g.rhai",
        "goal \"V\" measure visits target 40 since \"2026-10-01\" until \"2026-12-31\";",
        &cadans::pack::Overrides::default(),
    );
    assert_eq!(refused.diagnostics[0].code, "activity-measure");
}

/// Every public function that gives reps keeps the order of the book.
#[test]
fn the_people_of_a_view_stand_in_the_order_of_the_book() {
    for best in ["ann", "bob"] {
        let setting = team(best);
        let view = setting.view_at(NOW, Viewer::Manager);
        let people: Vec<&Rep> = view.people().collect();
        assert_eq!(people.iter().map(|rep| rep.id.as_str()).collect::<Vec<_>>(), ["ann", "bob"]);
    }
}
