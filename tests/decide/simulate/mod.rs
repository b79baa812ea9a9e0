//! Living with the advice: counts worked out by hand, the same customers whatever the rules, and the same bytes for the same seed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test that panics has failed"
)]

mod audit;

use cadans_testing::scenario::{at, book, rulebook};
use serde_json::{Value, json};

use cadans::book::Book;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::book::vocabulary::{Channel, Direction, SignalKind};
use cadans::calendar::Duration;
use cadans::diagnostics::Severity;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::simulate::audit::incidents::IncidentKind;
use cadans::simulate::{Cancelled, FeedbackModel, Report, ResponseModel, Settings, Simulated, simulate};

/// Monday 23 November 2026, nine in the morning.
const MONDAY: &str = "2026-11-23T09:00:00+01:00";

/// A rule that repeats itself as often as it may.
const GUIDE: &str = "rule \"Guide\" when true then email.again(0.days);
    limit email 1 per 2.days;";

/// A rep who works on weekdays from nine to five, and two leads of one person each.
fn two_leads() -> Book {
    let lead = |id: &str| {
        json!({
            "id": id, "stage": "interest", "country": "NL", "zone": "Europe/Amsterdam", "owner": "kim",
            "people": [{ "id": "p1", "roles": ["decider"], "channels": ["phone", "email"] }],
        })
    };
    let kim = json!({ "id": "kim", "zone": "Europe/Amsterdam", "hours": "Mo-Fr 09:00-17:00" });
    let guide = json!({ "id": "guide" });
    book(json!({ "leads": [lead("L-1"), lead("L-2")], "reps": [kim], "content": [guide] }))
}

/// Customers who start nothing, and reply to mails after a minute.
fn silent() -> ResponseModel {
    let model = json!({ "name": "Silent", "because": "a test", "hours": vec![1.0; 24], "weekend": 1.0,
        "answers": { "email": { "chance": 0.5 } } });
    ResponseModel::parse(&model.to_string()).unwrap()
}

/// Five days in steps of an hour.
fn working_week() -> Settings {
    Settings { days: 5, step: Duration::HOUR, ..Settings::new(at(MONDAY)) }
}

fn run(rules: &str, book: &Book, model: &ResponseModel, settings: &Settings) -> Simulated {
    simulate(&rulebook(&[rules]), book, model, settings, |_, _| true).unwrap()
}

fn found(report: &Report, kind: IncidentKind) -> usize {
    report.incidents.iter().find(|one| one.kind == kind).unwrap().number
}

#[test]
fn without_answers_the_counts_are_those_worked_out_by_hand() {
    let report = run(GUIDE, &two_leads(), &silent().without_answers(), &working_week()).report;
    // Both leads are mailed on Monday, Wednesday and Friday at nine: a mail in two days is the limit.
    assert_eq!(report.touches, 6);
    assert_eq!(report.by_channel[&Channel::Email], 6);
    let a_day: Vec<usize> = report.days.iter().map(|day| day.by_channel.values().sum()).collect();
    assert_eq!(a_day, [2, 0, 2, 0, 2]);
    assert_eq!((report.per_lead.touched, report.per_lead.median, report.per_lead.most), (2, 3, 3));
    // Six touches of ten minutes in five days of eight hours.
    assert!((report.load - 60.0 / 2_400.0).abs() < 1e-12, "{}", report.load);
    assert_eq!(report.questions.asked, 0);
    for kind in IncidentKind::ALL {
        let expected = match kind {
            IncidentKind::SameRule => 2, // each of the two on Friday
            _ => 0,
        };
        assert_eq!(found(&report, kind), expected, "{kind:?}");
    }
}

#[test]
fn with_certain_answers_the_counts_are_those_worked_out_by_hand() {
    let report = run(GUIDE, &two_leads(), &silent().with_certain_answers(), &working_week()).report;
    // The same mails; each is replied to a minute and a half later, and the reply waits for the next mail.
    assert_eq!(report.touches, 6);
    let questions = &report.questions;
    assert_eq!((questions.asked, questions.answered, questions.reached), (6, 4, 4));
    // From Monday 09:01:30 to Wednesday 09:00; on Friday it is a day until the end.
    assert_eq!((questions.median_minutes, questions.nine_in_ten_minutes), (Some(2_878), Some(2_878)));
    assert_eq!(found(&report, IncidentKind::Unadvised), 0, "each is advised, when the limit allows it");
    assert_eq!(found(&report, IncidentKind::SameRule), 0, "whoever waits may be written to again");
}

#[test]
fn what_is_done_is_logged_so_that_it_is_not_repeated() {
    let rules =
        "rule \"Guide\" when true then email.offer(\"guide\"); rule \"Write\" when true then email.again(2.days);";
    let simulated = run(rules, &two_leads(), &silent().without_answers(), &working_week());
    let log = simulated.book.lead(0).unwrap().signals;
    let rules: Vec<&str> = log.iter().map(|signal| signal.rule.as_deref().unwrap()).collect();
    // The guide on Monday and never again; another mail on Monday, Wednesday and Friday.
    assert_eq!(rules.iter().filter(|rule| **rule == "Guide").count(), 1, "{rules:?}");
    assert_eq!(rules.iter().filter(|rule| **rule == "Write").count(), 3, "{rules:?}");
    assert!(log.iter().all(|signal| signal.pack.as_deref() == Some("Pack 0")));
}

#[test]
fn a_rep_does_one_thing_at_a_time_and_only_while_they_work() {
    let leads: Vec<Value> = (0..30)
        .map(|nth| {
            json!({ "id": format!("L-{nth}"), "country": "NL", "zone": "Europe/Amsterdam", "owner": "kim",
                "people": [{ "id": "p1", "channels": ["phone"] }] })
        })
        .collect();
    let kim = json!({ "id": "kim", "zone": "Europe/Amsterdam", "hours": "Mo-Fr 09:00-12:00" });
    let book = book(json!({ "leads": leads, "reps": [kim] }));
    let settings = Settings { days: 1, step: Duration::MINUTE.times(10).unwrap(), ..Settings::new(at(MONDAY)) };
    let simulated = run("rule \"Call\" when true then phone; limit phone 1 per 7.days;", &book, &silent(), &settings);
    assert_eq!(simulated.report.touches, 18, "three hours of ten minutes each");
    let last = simulated.book.leads().iter().flat_map(|lead| lead.signals.clone()).map(|signal| signal.at).max();
    assert_eq!(last, Some(at("2026-11-23T11:50:00+01:00")));
    let slow = Settings { minutes: [(Channel::Phone, 45)].into(), ..settings.clone() };
    let slow = run("rule \"Call\" when true then phone; limit phone 1 per 7.days;", &book, &silent(), &slow);
    // At 09:00, 09:40 (free at 09:45 within that step), 10:30, 11:10 and so on: never more than fits.
    assert_eq!(slow.report.touches, 4);
    let two = Settings { reps: Some(2), ..settings };
    let two = run("rule \"Call\" when true then phone; limit phone 1 per 7.days;", &book, &silent(), &two);
    assert_eq!(two.report.touches, 30, "fifteen leads each");
    assert_eq!(two.report.by_rep.iter().map(|rep| rep.rep.as_str()).collect::<Vec<_>>(), ["kim", "kim-2"]);
}

/// What customers started by themselves.
fn started(book: &Book) -> Vec<(String, String)> {
    let theirs = |signal: &&cadans::book::Signal| {
        signal.direction == Some(Direction::Inbound)
            && !matches!(signal.kind, SignalKind::Reply | SignalKind::Click | SignalKind::Bounce)
    };
    let all = book.leads().into_iter().flat_map(|lead| {
        let signals = lead.signals.iter().filter(theirs).map(|signal| serde_json::to_string(signal).unwrap());
        signals.map(|signal| (lead.id.clone(), signal)).collect::<Vec<_>>()
    });
    all.collect()
}

#[test]
fn customers_start_the_same_whatever_the_rules_and_other_things_with_another_seed() {
    let model = ResponseModel::standard().unwrap();
    let settings = |seed| Settings { seed, ..working_week() };
    let busy = run(GUIDE, &two_leads(), &model, &settings(7)).book;
    let idle = run("rule \"Nothing\" when true then wait;", &two_leads(), &model, &settings(7)).book;
    let other = run(GUIDE, &two_leads(), &model, &settings(8)).book;
    assert!(!started(&busy).is_empty());
    assert_eq!(started(&busy), started(&idle));
    assert_ne!(started(&busy), started(&other));
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let model = ResponseModel::standard().unwrap();
    let bytes = |seed| {
        let settings = Settings { seed, ..working_week() };
        serde_json::to_string(&run(GUIDE, &two_leads(), &model, &settings).report).unwrap()
    };
    assert_eq!(bytes(7), bytes(7));
    assert_ne!(bytes(7), bytes(8));
}

#[test]
fn a_run_can_be_cancelled_and_tells_how_far_it_is() {
    let mut told = Vec::new();
    let cancelled = simulate(&rulebook(&[GUIDE]), &two_leads(), &silent(), &working_week(), |done, all| {
        told.push((done, all));
        done < 3
    });
    assert_eq!(cancelled.map(|_| ()), Err(Cancelled));
    assert_eq!(told, [(0, 120), (1, 120), (2, 120), (3, 120)]);
}

#[test]
fn an_appointment_is_kept_at_its_time_by_its_rep() {
    let lead = json!({
        "id": "L-1", "country": "NL", "zone": "Europe/Amsterdam", "owner": "kim",
        "people": [{ "id": "p1", "channels": ["phone", "email"] }],
        "planned": [{ "at": "2026-11-24T10:00:00+01:00", "channel": "video", "person": "p1", "rep": "kim" }],
    });
    let kim = json!({ "id": "kim", "zone": "Europe/Amsterdam", "hours": "Mo-Fr 09:00-17:00" });
    let book = book(json!({ "leads": [lead], "reps": [kim] }));
    let simulated = run("rule \"Nothing\" when true then wait;", &book, &silent(), &working_week());
    assert_eq!((simulated.report.appointments, simulated.report.touches), (1, 1));
    let lead = simulated.book.lead(0).unwrap();
    assert!(lead.planned.is_empty());
    assert_eq!((lead.signals[0].kind, lead.signals[0].at), (SignalKind::Meeting, at("2026-11-24T10:00:00+01:00")));
}

#[test]
fn what_a_system_sends_takes_no_time_of_a_rep() {
    let rules = "rule \"Guide\" when true then email.again(0.days).automatic();
        limit email 1 per 2.days;";
    let report = run(rules, &two_leads(), &silent().without_answers(), &working_week()).report;
    // From Monday nine o'clock on every two days; the run ends on Saturday.
    assert_eq!((report.touches, report.automatic), (6, 6));
    assert!(report.load.abs() < 1e-12 && report.without_rep == 0, "{report:?}");
}

/// The shipped packs for inside sales, with answers and the law of every country.
fn inside_sales() -> Rulebook {
    let root = env!("CARGO_MANIFEST_DIR");
    let laws = ["be", "de", "elsewhere", "fr", "nl", "uk", "us"].map(|law| format!("contact-policy/{law}.rhai"));
    let files = ["inside-sales.rhai", "answers.rhai"].map(str::to_owned).into_iter().chain(laws);
    let sources: Vec<PackSource> = files
        .map(|file| PackSource { text: std::fs::read_to_string(format!("{root}/rules/{file}")).unwrap(), file })
        .collect();
    let (rulebook, found) = Rulebook::new(&sources, &Overrides::default());
    assert!(found.iter().all(|one| one.severity != Severity::Error), "{found:#?}");
    rulebook
}

/// A part of the sample over some days: what a customer notices first must not happen at all.
#[test]
fn with_inside_sales_promises_stand_and_whoever_waits_comes_first() {
    let file = format!("{}/www/sample/leads.json", env!("CARGO_MANIFEST_DIR"));
    let sample = read_book(&LeadFormat::Json, &std::fs::read(file).unwrap()).book;
    let leads = sample.leads().into_iter().take(60).collect();
    let book = Book::new(leads, sample.reps().to_vec(), sample.contents().to_vec());
    let start = at("2026-11-20T10:00:00+01:00");
    let settings = Settings { days: 5, step: Duration::MINUTE.times(20).unwrap(), seed: 7, ..Settings::new(start) };
    let model = ResponseModel::standard().unwrap();
    let report = simulate(&inside_sales(), &book, &model, &settings, |_, _| true).unwrap().report;
    assert!(report.questions.asked > 10 && report.touches > 50, "{report:#?}");
    for kind in [
        IncidentKind::PromiseMoved,
        IncidentKind::BehindOtherWork,
        IncidentKind::SomebodyElse,
        IncidentKind::OtherChannel,
        IncidentKind::Unadvised,
        IncidentKind::DayOff,
    ] {
        let one = report.incidents.iter().find(|one| one.kind == kind).unwrap();
        assert_eq!(one.number, 0, "{one:#?}");
    }
}

#[test]
fn a_hand_over_is_made_once() {
    let rules = "rule \"Over\" when true then hand_over(\"marketing\").weight(9);
        rule \"Guide\" when true then email; limit email 1 per 2.days;";
    let simulated = run(rules, &two_leads(), &silent().without_answers(), &working_week());
    assert_eq!((simulated.report.tasks, simulated.report.touches), (2, 0), "one for each lead, and then sales rests");
    let said = &simulated.book.lead(0).unwrap().feedback;
    assert_eq!(said.iter().map(|one| (one.rule.as_str(), one.at)).collect::<Vec<_>>(), [("Over", at(MONDAY))]);
}

#[test]
fn reps_decline_and_put_off_as_the_model_says() {
    let with = |declined: f64, snoozed: f64| ResponseModel {
        feedback: FeedbackModel { declined, snoozed },
        ..silent().without_answers()
    };
    let declined = run(GUIDE, &two_leads(), &with(1.0, 0.0), &working_week()).report;
    assert_eq!((declined.touches, declined.declined, declined.snoozed), (0, 2, 0), "it does not begin anew");
    // From Monday to Friday at nine, each day for each of the two.
    let put_off = run(GUIDE, &two_leads(), &with(0.0, 1.0), &working_week()).report;
    assert_eq!((put_off.touches, put_off.declined, put_off.snoozed), (0, 0, 10));
    let some = |seed| {
        let settings = Settings { seed, ..working_week() };
        serde_json::to_string(&run(GUIDE, &two_leads(), &with(0.5, 0.0), &settings).report).unwrap()
    };
    assert_eq!(some(7), some(7));
    let unlikely = serde_json::json!({ "name": "n", "because": "b", "hours": vec![1.0; 24], "weekend": 1.0,
        "feedback": { "declined": 0.7, "snoozed": 0.5 } });
    assert_eq!(ResponseModel::parse(&unlikely.to_string()).unwrap_err().path, "feedback.snoozed");
}
