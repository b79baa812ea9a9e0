//! Rules that cannot be evaluated for a lead: code and message in each language, compiled and interpreted.

use cadans::decide::advice::Fault;
use cadans::diagnostics::EvaluationErrorCode as Code;
use cadans::wording::Language;
use serde_json::json;

use cadans_testing::scenario::{ask, lead};

const NOW: &str = "2026-11-20T10:00:00+01:00";

/// The fault of a pack with this rule file and only one rule.
fn fault(pack: &str) -> Fault {
    let advice = ask(&[pack], lead(json!({ "name": "Jansen" })), NOW);
    assert_eq!(advice.faults.len(), 1, "{pack}: {:?}", advice.faults);
    advice.faults[0].clone()
}

#[test]
fn a_fault_has_a_code_and_a_message_in_each_language() {
    for (condition, code, english, dutch) in [
        (
            "lead.value + 1.0 > 2.0",
            Code::UnknownValue,
            "one side of \"+\" is not known for this lead; write a value to use instead, as in (lead.value ?? 0.0)",
            "een van beide kanten van \"+\" is van deze lead niet bekend; schrijf wat er dan geldt, zoals in (lead.value ?? 0.0)",
        ),
        (
            "(if lead.open { lead.name } else { 1 }) - 2.days > 1",
            Code::WrongType,
            "- cannot be applied to a text (\"Jansen\") and a length of time (2.days)",
            "- gaat niet met een tekst (\"Jansen\") en een tijdsduur (2.days)",
        ),
        (
            "lead.open and (lead.name ?? 3)",
            Code::WrongType,
            "\"and\" needs true or false, and got a text (\"Jansen\")",
            "bij \"and\" hoort true of false, en er kwam een tekst (\"Jansen\")",
        ),
        (
            "1 / lead.visits() > 1",
            Code::DivisionByZero,
            "1 / 0 cannot be computed: a count cannot be divided by 0",
            "1 / 0 valt niet te berekenen: delen door 0 gaat niet bij een aantal",
        ),
        (
            "9223372036854775807 + account.leads > 1",
            Code::Overflow,
            "9223372036854775807 + 1 is too large to count",
            "9223372036854775807 + 1 is te groot om te tellen",
        ),
        (
            "lead.touches(lead.name ?? \"phone\") > 1",
            Code::UnknownWord,
            "\"Jansen\" is not a channel; known are phone, email, social, chat, video, visit, content",
            "\"Jansen\" is geen kanaal; kies uit phone, email, social, chat, video, visit, content",
        ),
        (
            "(if lead.open { 3 } else { () }).len() > 1",
            Code::WrongType,
            ".len cannot be asked of a count (3)",
            ".len kun je niet vragen van een aantal (3)",
        ),
    ] {
        let compiled = fault(&format!("rule \"r\" when {condition} then phone;"));
        assert_eq!((compiled.code, compiled.message.as_str()), (code, english), "{condition}");
        assert_eq!(compiled.in_language(Language::Dutch).message, dutch, "{condition}");
        assert_eq!(compiled.in_language(Language::English), compiled);
        let interpreted = fault(&format!(
            "fn f(lead, account) {{ let holds = {condition}; holds }} rule \"r\" when f(lead, account) then phone;"
        ));
        assert_eq!(interpreted.code, code, "{condition}: {}", interpreted.message);
    }
}

#[test]
fn an_error_in_the_arguments_of_a_touch_has_a_code() {
    for (then, code) in [
        ("phone.chance(2 * account.leads)", Code::WrongArguments),
        ("phone.to(lead.topic)", Code::UnknownValue),
        ("phone.before(lead.name ?? \"\")", Code::InvalidValue),
    ] {
        assert_eq!(fault(&format!("rule \"r\" when true then {then};")).code, code, "{then}");
        let interpreted =
            format!("fn f(lead, account) {{ let touch = {then}; touch }} rule \"r\" when true then f(lead, account);");
        assert_eq!(fault(&interpreted).code, code, "{then}");
    }
}

#[test]
fn an_error_in_interpreted_code_has_a_code() {
    for (body, code) in [
        ("loop { }", Code::Limit),
        ("throw \"no\"", Code::Thrown),
        ("let roles = lead.roles_missing; roles[99] is \"user\"", Code::InvalidValue),
        ("let length = (if lead.open { () } else { 1 }).days; length > 1.day", Code::UnknownValue),
    ] {
        let fault = fault(&format!("fn f(lead) {{ {body} }} rule \"r\" when f(lead) then phone;"));
        assert_eq!(fault.code, code, "{body}: {}", fault.message);
    }
}

#[test]
fn a_fault_is_serialised_with_its_code_and_without_the_parts_of_its_message() {
    let fault = serde_json::to_value(fault("rule \"r\" when 1 / lead.visits() > 1 then phone;")).unwrap();
    let keys: Vec<&str> = fault.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!((keys, &fault["code"]), (vec!["rule", "code", "message", "span"], &json!("division-by-zero")));
}
