//! S18 S19 S36 S46 S47 S48: figures with their number of cases, live, for whom they are; and what channels and content brought.

use cadans_testing::scenario::{NOW, at};
use serde_json::{Value, json};

use cadans::book::Signal;
use cadans::book::vocabulary::{Channel, Role, SignalKind};
use cadans::calendar::Duration;
use cadans::simulate::{ResponseModel, Settings, simulate};
use cadans::team::Viewer;
use cadans::team::document::figures_document;
use cadans::team::figures::{FigureSettings, Figures};
use cadans::wording::Language;

use crate::setting::{Setting, as_rep, lead, ours, theirs};

fn figures(setting: &Setting, viewer: Viewer) -> Figures {
    setting.view(viewer).figures(FigureSettings::default(), Language::English)
}

/// Five leads that visited, three of which were touched and one of which ordered.
fn five() -> Vec<Value> {
    let visit = |nth: u32| theirs(&format!("2026-11-0{nth}T10:00:00+01:00"), "visit", json!({}));
    let touch = |nth: u32| ours(&format!("2026-11-0{nth}T15:00:00+01:00"), "phone", json!({ "rep": "ann" }));
    (1..=5)
        .map(|nth| {
            let signals = if nth <= 3 { json!([visit(nth), touch(nth)]) } else { json!([visit(nth)]) };
            lead(&format!("L{nth}"), json!({ "signals": signals }))
        })
        .collect()
}

fn one_order() -> Value {
    json!({ "orders": [{ "lead": "L1", "at": "2026-11-10T10:00:00+01:00", "amount": 900 }] })
}

#[test]
fn three_contacts_five_visitors_and_one_order_of_five_are_told_at_once() {
    let mut setting = Setting::new("", &five(), one_order());
    let own = figures(&setting, as_rep("ann")).people[0].figures;
    assert_eq!((own.contacts, own.visitors), (3, 5));
    assert_eq!((own.conversion.hits, own.conversion.n), (1, 5));
    // Another call is in the figures of the next look.
    let call = Signal {
        channel: Some(Channel::Phone),
        direction: Some(cadans::book::vocabulary::Direction::Outbound),
        person: Some("anna".to_owned()),
        rep: Some("ann".to_owned()),
        ..Signal::new(at("2026-11-18T09:59:00+01:00"), SignalKind::Call)
    };
    let place = setting.book.find("L4").unwrap();
    setting.book.log(place, &call);
    assert_eq!(figures(&setting, as_rep("ann")).people[0].figures.contacts, 4);
}

#[test]
fn a_manager_sees_a_person_only_when_that_person_shares_and_the_person_always_first() {
    let names = |figures: Figures| figures.people.into_iter().map(|one| one.rep).collect::<Vec<_>>();
    let private = Setting::new("", &five(), one_order());
    assert_eq!(names(figures(&private, Viewer::Manager)), [] as [&str; 0]);
    assert_eq!(names(figures(&private, Viewer::Marketing)), [] as [&str; 0]);
    assert_eq!(names(figures(&private, as_rep("bob"))), ["bob"]);
    let shared = Setting::new("", &five(), json!({ "members": [{ "rep": "bob", "shares": true }] }));
    assert_eq!(names(figures(&shared, Viewer::Manager)), ["bob"]);
    assert_eq!(names(figures(&shared, as_rep("ann"))), ["ann"]);
    let document = figures_document(&figures(&shared, Viewer::Manager), Language::English).markdown();
    assert!(document.contains("| BOB |") && !document.contains("ANN"), "{document}");
}

#[test]
fn of_fewer_than_ten_cases_the_figures_say_too_few() {
    let document =
        figures_document(&figures(&Setting::new("", &five(), one_order()), Viewer::Manager), Language::English);
    assert!(document.markdown().contains("too few to say, n = 5"), "{}", document.markdown());
    let document =
        figures_document(&figures(&Setting::new("", &five(), one_order()), Viewer::Manager), Language::Dutch);
    assert!(document.markdown().contains("te weinig om te zeggen, n = 5"));
}

#[test]
fn the_pull_ratio_is_the_share_of_contacts_that_customers_began() {
    // Their form, which a call answers; then a cold call and a cold mail of ours: they began one of three.
    let signals = json!([
        theirs("2026-11-02T10:00:00+01:00", "form", json!({})),
        ours("2026-11-02T11:00:00+01:00", "phone", json!({ "outcome": "answered" })),
        ours("2026-11-04T10:00:00+01:00", "phone", json!({ "outcome": "no_answer" })),
        ours("2026-11-05T10:00:00+01:00", "email", json!({})),
    ]);
    let team = figures(&Setting::new("", &[lead("a", json!({ "signals": signals }))], json!({})), Viewer::Manager).team;
    assert_eq!((team.pull.hits, team.pull.n), (1, 3));
    assert_eq!((team.answered.hits, team.answered.n), (1, 1));
}

#[test]
fn ten_answers_give_the_median_of_the_time_to_answer() {
    let asked = |nth: u32| {
        let form = theirs(&format!("2026-11-{nth:02}T10:00:00+01:00"), "form", json!({}));
        let answer =
            ours(&format!("2026-11-{nth:02}T10:{:02}:00+01:00", nth), "phone", json!({ "outcome": "answered" }));
        lead(&format!("L{nth}"), json!({ "signals": [form, answer] }))
    };
    // After 1 to 10 minutes: 5.5.
    let leads: Vec<Value> = (1..=10).map(asked).collect();
    let team = figures(&Setting::new("", &leads, json!({})), Viewer::Manager).team;
    assert_eq!(team.minutes_to_answer, Some(5.5));
    let team = figures(&Setting::new("", &leads[..9], json!({})), Viewer::Manager).team;
    assert_eq!(team.minutes_to_answer, None);
}

#[test]
fn content_read_before_eight_of_ten_moves_ranks_first_with_who_read_it() {
    let read = |content: &str| theirs("2026-11-01T10:00:00+01:00", "download", json!({ "content": content }));
    let leads: Vec<Value> = (1..=10)
        .map(|nth| {
            let signals = if nth <= 8 { json!([read("guide")]) } else { json!([read("case")]) };
            lead(&format!("L{nth}"), json!({ "signals": signals }))
        })
        .collect();
    let step = |nth: u32| json!({ "lead": format!("L{nth}"), "at": "2026-11-05T10:00:00+01:00", "from": "interest", "to": "consideration" });
    let file = json!({ "stage_moves": (1..=10).map(step).collect::<Vec<_>>() });
    let content = figures(&Setting::new("", &leads, file), Viewer::Marketing).content;
    let told: Vec<_> = content.iter().map(|one| (one.content.as_str(), one.moves.hits, one.moves.n)).collect();
    assert_eq!(told, [("guide", 8, 10), ("case", 2, 10)]);
    assert_eq!(content[0].by_role.get(&Role::Decider), Some(&8));
}

#[test]
fn a_hundred_posts_without_effect_count_nothing_and_a_reaction_counts() {
    let posts: Vec<Value> = (0..100)
        .map(|nth| {
            ours(
                &format!("2026-10-{:02}T{:02}:00:00+01:00", 1 + nth / 5, 9 + nth % 5),
                "social",
                json!({ "rep": "ann" }),
            )
        })
        .collect();
    let order = |lead: &str| json!({ "lead": lead, "at": "2026-11-10T10:00:00+01:00", "amount": 1 });
    let reacted = json!([theirs("2026-11-01T10:00:00+01:00", "engage", json!({ "channel": "social" }))]);
    let leads = [lead("posts", json!({ "signals": posts })), lead("reacted", json!({ "signals": reacted }))];
    let social =
        figures(&Setting::new("", &leads, json!({ "orders": [order("posts"), order("reacted")] })), Viewer::Manager)
            .social;
    assert_eq!((social.assisted_wins.hits, social.assisted_wins.n), (1, 2));
    assert_eq!((social.reactions, social.window_days), (1, 90));
}

#[test]
fn where_a_channel_is_clearly_answered_better_a_trial_is_proposed_with_its_size() {
    // Social 24 of 60, phone 20 of 100: 40 % against 20 %, of which the intervals (28.6-52.6 and 13.3-28.9) meet; with 80 of 200 they do not.
    let touched = |channel: &'static str, answered: usize, all: usize| {
        (0..all).map(move |nth| {
            let outcome = if nth < answered { json!({ "outcome": "replied" }) } else { json!({}) };
            let day = format!("2026-{:02}-{:02}T{:02}:00:00+01:00", 10 + nth / 280, 1 + (nth / 10) % 28, 8 + nth % 10);
            ours(&day, channel, outcome)
        })
    };
    let leads = |social: (usize, usize), phone: (usize, usize)| {
        let signals: Vec<Value> =
            touched("social", social.0, social.1).chain(touched("phone", phone.0, phone.1)).collect();
        [lead("a", json!({ "account": { "industry": "care" }, "signals": signals }))]
    };
    let none = figures(&Setting::new("", &leads((24, 60), (20, 100)), json!({})), Viewer::Manager);
    assert_eq!(none.trials, []);
    let trials = figures(&Setting::new("", &leads((80, 200), (44, 220)), json!({})), Viewer::Manager).trials;
    assert_eq!((trials[0].channel, trials[0].instead_of, trials[0].cases), (Channel::Social, Channel::Phone, 82));
    assert!(
        trials[0].words.ends_with("Shall we try social there with 82 touches, and phone with as many?"),
        "{}",
        trials[0].words
    );
}

#[test]
fn of_two_packs_the_one_that_attracts_has_the_higher_pull_ratio_in_the_simulator() {
    let model = ResponseModel::standard().unwrap().without_answers();
    let pull = |pack: &str| {
        let leads: Vec<Value> = (0..12).map(|nth| lead(&format!("L{nth}"), json!({}))).collect();
        let setting = Setting::new(pack, &leads, json!({}));
        let settings = Settings { days: 3, step: Duration::HOUR, ..Settings::new(at(NOW)) };
        simulate(&setting.rulebook, &setting.book, &model, &settings, |_, _| true).unwrap().report.contacts
    };
    let answers = r#"rule "Answer" when person.waiting then phone.within(4.hours) because "They wait";"#;
    let push = pull(&format!("{answers} rule \"Call\" when lead.open then phone.again(1.day) because \"Often\";"));
    let attract = pull(answers);
    // Customers are the same, and start the same: what differs is how often we interrupt.
    assert_eq!(attract.by_us, 0, "{attract:?}");
    assert!(push.by_us > 0 && push.by_customers > 0 && attract.by_customers > 0, "{push:?} {attract:?}");
}
