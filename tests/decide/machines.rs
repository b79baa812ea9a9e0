//! Opens and clicks that a mail gateway makes are no evidence of anything.

use cadans_testing::scenario::{NOW, anna, ask, lead, person, told, touch};
use serde_json::{Value, json};

use cadans::decide::advice::Advice;

/// Six mails, ten days apart, the last of which is of last week.
fn mails() -> impl Iterator<Item = String> {
    ["09-22", "10-02", "10-12", "10-22", "11-01", "11-11"].into_iter().map(|day| format!("2026-{day}T09:00:00"))
}

/// The mails, and after each these signals: the seconds after it, the kind and the link.
fn log(after: &[(&str, &str, &str)]) -> Value {
    let mut all = Vec::new();
    for sent in mails() {
        all.push(touch(&format!("{sent}Z"), "email", json!({})));
        for (seconds, kind, link) in after {
            let at = format!("{}{seconds}Z", &sent[..sent.len() - 5]);
            all.push(json!({ "at": at, "kind": kind, "person": "anna", "channel": "email", "topic": link }));
        }
    }
    Value::Array(all)
}

fn advise(rules: &str, signals: Value) -> Advice {
    let people = json!([person("bob", "user", json!({})), anna(json!({}))]);
    ask(&[rules], lead(json!({ "signals": signals, "people": people })), NOW)
}

const RULES: &str = r#"
    rule "Write again" when lead.unanswered() < 6 then email;
    rule "Enough" when lead.unanswered() >= 6 then hand_over("marketing");
"#;

#[test]
fn what_a_machine_opens_is_no_sign_of_life() {
    let silent = advise(RULES, log(&[]));
    assert_eq!(told(&silent), "hand_over marketing");
    for machine in [
        vec![("00:00", "open", "a"), ("00:01", "click", "a")],
        vec![("00:02", "open", "a")],
        // Held back by the gateway for ten minutes, and then all links at once.
        vec![("10:00", "open", "a"), ("10:00", "click", "a"), ("10:01", "click", "b")],
    ] {
        let number = machine.len() * 6;
        let advice = advise(RULES, log(&machine));
        assert_eq!(told(&advice), "hand_over marketing", "{machine:?}");
        let note = advice.notes.iter().find(|note| note.code == "machine-signals").unwrap();
        assert!(note.text.starts_with(&format!("{number} opens and clicks")), "{}", note.text);
        for fact in ["lead.opens() + lead.clicks()", "lead.signals(\"open\") + lead.signals(\"click\")"] {
            let none = format!("rule \"None\" when {fact} is 0 and not (lead.score(7.days) > 0.0) then email;");
            assert_eq!(
                advise(&none, log(&machine)).touch.map(|touch| touch.channel.unwrap().to_string()).as_deref(),
                Some("email")
            );
        }
        let never =
            r#"rule "Never" when lead.since("open") ?? 0 is 0 and person.clicks(90.days) is 0 then phone.to("anna");"#;
        assert!(advise(never, log(&machine)).touch.is_some(), "{machine:?}");
        // Not in the chance either, nor in the order of the people.
        let mail = |signals| {
            advise(r#"rule "Write" when true then email.to("anna").again(0.days);"#, signals)
                .priority
                .unwrap()
                .propensity
        };
        assert_eq!(mail(log(&machine)), mail(log(&[])));
        let whom = |signals| advise(r#"rule "Write" when true then phone;"#, signals).touch.unwrap().person.unwrap().id;
        assert_eq!(whom(log(&machine)), whom(log(&[])));
    }
}

#[test]
fn a_later_open_of_the_same_mail_is_one_of_a_person() {
    for person in [vec![("00:00", "open", "a"), ("00:03", "open", "a")], vec![("40:00", "click", "a")]] {
        let advice = advise(RULES, log(&person));
        assert!(told(&advice).starts_with("email"), "{person:?}: {}", told(&advice));
    }
}
