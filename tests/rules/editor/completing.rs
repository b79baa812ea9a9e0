use super::{FILE, pack, with_cursor};
use cadans::book::catalogue::{FACTS, Subject};
use cadans::editor::{Completion, Position, complete};
use cadans::pack::statement_forms::statement_words;
use cadans::wording::Language;

fn offered(text: &str) -> Vec<Completion> {
    let (pack, at) = with_cursor(text);
    complete(&[pack], FILE, at, Language::English)
}

fn labels(text: &str) -> Vec<String> {
    offered(text).into_iter().map(|one| one.label).collect()
}

/// The text after the completion with this label is taken at the cursor.
fn taken(text: &str, label: &str) -> String {
    let (pack, at) = with_cursor(text);
    let found = complete(std::slice::from_ref(&pack), FILE, at, Language::English);
    let Some(one) = found.iter().find(|one| one.label == label) else { panic!("{label} is not offered: {text}") };
    let (start, end) = (one.range.start.byte, one.range.end.byte);
    format!("{}{}{}", &pack.text[..start], one.insert, &pack.text[end..])
}

/// That the labels begin with these, in this order.
fn first(text: &str, expected: &[&str]) {
    let labels = labels(text);
    assert_eq!(labels.iter().take(expected.len()).map(String::as_str).collect::<Vec<_>>(), expected, "{text}");
}

fn has(text: &str, expected: &[&str]) {
    let labels = labels(text);
    for label in expected {
        assert!(labels.iter().any(|one| one == label), "{label} is not offered: {text}\n{labels:?}");
    }
}

fn lacks(text: &str, unexpected: &[&str]) {
    let labels = labels(text);
    for label in unexpected {
        assert!(!labels.iter().any(|one| one == label), "{label} is offered: {text}");
    }
}

#[test]
fn a_statement_begins_with_a_statement_word() {
    let all: Vec<String> = statement_words().map(str::to_owned).collect();
    assert_eq!(labels("|"), all);
    assert_eq!(labels("\u{feff}|"), all);
    assert_eq!(labels("rule \"a\" when lead.open then phone;\r\n|"), all);
    assert_eq!(labels("fn hot(lead) { lead.open }\n|"), all);
    assert_eq!(labels("ru|"), ["rule"]);
    assert_eq!(labels("// 😀\nRU|"), ["rule"]);
    // A pack has one header.
    lacks("pack \"a\";\n|", &["pack"]);
    has("rule \"a\" when lead.open then phone\nru|", &["rule"]);
}

#[test]
fn a_clause_word_is_offered_where_the_statement_lacks_it() {
    first("rule \"a\" |", &["when", "then"]);
    lacks("rule \"a\" |", &["per", "given"]);
    first("rule \"a\" when lead.open t|", &["then"]);
    first("rule \"a\" when lead.open then phone |", &["because"]);
    lacks("rule \"a\" when lead.open then phone |", &["when", "then", "and"]);
    has("rule \"a\" when lead.open then phone |", &["unless", "id", "formerly"]);
    lacks("rule \"a\" when lead.open | then phone because \"x\";", &["then", "because"]);
    first("fact budget |", &["as"]);
    first("limit phone 2 |", &["per"]);
    has("limit phone 2 per 7.days |", &["across", "when", "because"]);
    // An expression comes first.
    lacks("rule \"a\" when |", &["then", "because"]);
    lacks("rule \"a\" when lead.open and |", &["then"]);
    lacks("rule \"a\" when (lead.open |", &["then"]);
}

#[test]
fn after_a_dot_stands_what_the_thing_before_it_has() {
    let facts = |subject: Subject| {
        FACTS.iter().filter(|entry| entry.subjects.contains(&subject)).map(|entry| entry.name).collect::<Vec<_>>()
    };
    assert_eq!(labels("rule \"a\" when lead.|"), facts(Subject::Lead));
    assert_eq!(labels("rule \"a\" when person.|"), facts(Subject::Person));
    assert_eq!(labels("never phone when account.|"), facts(Subject::Account));
    assert_eq!(labels("rule \"a\" when lead.vis| then phone;\nrule \"b\" when lead.open then email;"), ["visits"]);
    has("fact budget as number;\nrule \"a\" when lead.b|", &["budget", "bounces"]);
    has("rule \"a\" when lead.open then phone.|", &["to", "within", "offer"]);
    lacks("rule \"a\" when lead.open then phone.|", &["by"]);
    has("example \"a\" given #{} expect phone.to(\"decider\").|", &["by", "before"]);
    has("rule \"a\" when lead.open then find(\"decider\").w|", &["within", "weight"]);
    first("rule \"a\" when lead.visits(7.|", &["seconds", "minutes", "hours", "days", "weeks"]);
    assert_eq!(labels("rule \"a\" when lead.age < 1.d|"), ["day"]);
    assert_eq!(labels("example \"a\" given #{ signals: [visit(1.day.a|"), ["ago"]);
    has("rule \"a\" when lead.name.|", &["starts_with", "len"]);
    lacks("rule \"a\" when lead.name.|", &["visits", "days", "abs"]);
    has("rule \"a\" when lead.roles_missing.|", &["contains", "is_empty"]);
    has("fn hot(lead) { lead.|", &["visits", "stage"]);
    has("fn hot(one) { one.| }\nrule \"a\" when hot(person) then phone;", &["title", "visits"]);
    has("rule \"a\" when lead.open because `Since ${lead.wai|", &["waiting_for"]);
    assert_eq!(labels("rule \"a\" when lead.open because `Since ${lead.waiting_for} lead.|"), Vec::<String>::new());
}

#[test]
fn a_fact_is_documented_as_the_catalogue_has_it() {
    for subject in [Subject::Lead, Subject::Person, Subject::Account] {
        let found = offered(&format!("never phone when {}.|", subject.word()));
        for entry in FACTS.iter().filter(|entry| entry.subjects.contains(&subject)) {
            let one = found.iter().find(|one| one.label == entry.name).unwrap_or_else(|| panic!("no {}", entry.name));
            assert_eq!(one.documentation, entry.doc, "{}", entry.name);
        }
    }
}

#[test]
fn an_argument_is_offered_what_it_may_be() {
    first("rule \"a\" when lead.open then phone.to(\"|", &["initiator", "user"]);
    assert_eq!(labels("rule \"a\" when lead.open then phone.to(\"dec|\")"), ["decider"]);
    assert_eq!(labels("rule \"a\" when lead.knows(\"dec|"), ["decider"]);
    assert_eq!(labels("rule \"a\" when lead.touches(\"ph|"), ["phone"]);
    has("rule \"a\" when lead.since(\"|", &["form", "missed_call", "conversation"]);
    has("rule \"a\" when lead.calls(\"in|", &["inbound"]);
    assert_eq!(labels("rule \"a\" when lead.stage is \"in|"), ["interest"]);
    assert_eq!(labels("rule \"a\" when lead.stage in [\"interest\", \"c|\"]"), ["consideration", "customer"]);
    assert_eq!(labels("rule \"a\" when lead.stage is not \"lo|"), ["lost"]);
    assert_eq!(labels("rule \"a\" when lead.last_outcome(\"phone\") is \"no_|"), ["no_answer", "no_show"]);
    has("rule \"a\" when lead.country in [\"N|", &["NL", "NO"]);
    first("enter \"|", &["orientation"]);
    assert_eq!(labels("holidays \"NL|"), ["NL"]);
    assert_eq!(labels("limit phone 2 per 7.days across \"a|"), ["account"]);
    let offers =
        "rule \"a\" when lead.open then email.offer(\"guide\");\nrule \"b\" when lead.open then email.offer(\"|";
    assert_eq!(labels(offers), ["guide"]);
    assert_eq!(labels("rule \"a\" when lead.visits(\"pricing\") > 2 and lead.visits(\"p|"), ["pricing"]);
    assert_eq!(labels("fact renewal as time;\nrule \"a\" when lead.days_to(|"), ["renewal"]);
    has("example \"a\" given #{ people: [#{ id: \"ann\" }] } expect phone.to(\"a|", &["ann"]);
}

#[test]
fn rules_and_cadences_are_offered_where_an_example_names_them() {
    let text = "rule \"One: call\" when lead.open then phone because \"Why\";\n\
                cadence \"Two\" when lead.open steps [email];\nexample \"e\" given #{} expect phone.by(\"|\");";
    assert_eq!(labels(text), ["One: call", "Two"]);
    assert_eq!(offered(text)[0].documentation, "Why");
    assert!(taken(text, "One: call").ends_with("phone.by(\"One: call\");"));
}

#[test]
fn the_header_is_offered_its_entries() {
    has("pack \"a\" #{ |", &["version", "language", "needs", "hard", "countries"]);
    assert_eq!(labels("pack \"a\" #{ version: \"1\", l|"), ["language"]);
    assert_eq!(labels("pack \"a\" #{ language: \"n|"), ["nl"]);
    assert_eq!(labels("pack \"a\" #{ countries: [\"NL\", \"B|").first().map(String::as_str), Some("BA"));
    let (mine, at) = with_cursor("pack \"a\" #{ needs: [\"|\"] };");
    let found = complete(&[mine, pack("rules/answers.rhai", "pack \"b\";")], FILE, at, Language::English);
    assert_eq!(found.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(), ["answers.rhai"]);
}

#[test]
fn an_operand_and_an_operator_alternate() {
    first("rule \"a\" when |", &["lead", "person", "account", "now"]);
    first("rule \"a\" when lead.open |", &["and", "or"]);
    first("rule \"a\" when lead.stage |", &["is"]);
    first("rule \"a\" when lead.open then |", &["phone", "email"]);
    has("rule \"a\" when lead.open then |", &["answer", "wait", "find", "hand_over"]);
    lacks("rule \"a\" when lead.open then |", &["hold", "lead"]);
    has("example \"a\" given #{} expect |", &["hold", "wait"]);
    first("never |", &["phone", "email"]);
    has("never |", &["any"]);
    first("fact budget as |", &["truth", "number", "text", "time"]);
    has("setting hot = 2;\nrule \"a\" when lead.visits() >= |", &["hot", "lead"]);
    has("setting rest = 2.days;\nconst TEAM = \"x\";\npause phone |", &["rest"]);
    lacks("setting rest = 2.days;\nconst TEAM = \"x\";\npause phone |", &["TEAM"]);
    has("fn hot(lead) { lead.open }\nrule \"a\" when h|", &["hot"]);
    first("goal \"a\" measure |", &["revenue", "retained_revenue"]);
}

#[test]
fn comments_and_plain_texts_are_left_alone() {
    for text in [
        "// ru|",
        "rule \"a\" /* when lead.| */",
        "rule \"le|",
        "rule \"a\" when lead.open then phone because \"lead.|\";",
        "rule \"a\" when lead.open then phone because `lead.|`;",
        "rule \"a\" when lead.open then phone.ask(\"lead|",
        "rule \"a\" when lead.visits() > 2|",
        "rule \"a\" when lead.open then phone; // lead.|",
        "reachable phone \"Mo|",
    ] {
        assert_eq!(labels(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_taken_replaces_the_word_at_the_cursor() {
    assert_eq!(taken("rule \"a\" when lead.vi|sit then phone;", "visits"), "rule \"a\" when lead.visits() then phone;");
    assert_eq!(taken("rule \"a\" when lead.vi|(7.days) > 1", "visits"), "rule \"a\" when lead.visits(7.days) > 1");
    assert_eq!(
        taken("rule \"a\" when lead.open then phone.to(\"de|", "decider"),
        "rule \"a\" when lead.open then phone.to(\"decider\""
    );
    assert_eq!(taken("rule \"a\" when lead.stage is |", "interest"), "rule \"a\" when lead.stage is \"interest\"");
    // The quote that closes is that of the next text.
    assert_eq!(
        taken("rule \"a\" when lead.open then phone.to(\"de|) because \"x\";", "decider"),
        "rule \"a\" when lead.open then phone.to(\"decider) because \"x\";"
    );
    let since = offered("rule \"a\" when lead.sin|");
    assert_eq!((since[0].insert.as_str(), since[0].caret), ("since(\"\")", 7));
}

/// Every completion of these says what it is and what it means, in both languages.
#[test]
fn everything_offered_is_documented_in_both_languages() {
    for text in [
        "|",
        "rule \"a\" when |",
        "rule \"a\" when lead.|",
        "rule \"a\" when person.|",
        "rule \"a\" when account.|",
        "rule \"a\" when lead.open |",
        "rule \"a\" when lead.open then |",
        "rule \"a\" when lead.open then phone.|",
        "example \"a\" given #{ | }",
        "example \"a\" given #{} expect phone.|",
        "example \"a\" given #{ signals: [ |",
        "rule \"a\" when lead.stage is \"|",
        "rule \"a\" when lead.role is \"|",
        "rule \"a\" when lead.last_outcome() is \"|",
        "rule \"a\" when person.legal_form is \"|",
        "rule \"a\" when person.stance is \"|",
        "rule \"a\" when person.consent_basis(\"email\") is \"|",
        "rule \"a\" when lead.last_quote is \"|",
        "rule \"a\" when lead.since(\"|",
        "rule \"a\" when lead.touches(\"|",
        "rule \"a\" when lead.calls(\"|",
        "rule \"a\" when lead.visits(7.|",
        "rule \"a\" when lead.name.|",
        "pack \"a\" #{ |",
        "fact a as |",
        "limit phone 2 per 7.days across \"|",
        "budget visit 4 per 7.days across \"|",
        "goal \"a\" |",
        "goal \"a\" measure |",
        "cadence \"a\" |",
        "never |",
        "setting a = 1 |",
    ] {
        let (pack, at) = with_cursor(text);
        let packs = [pack];
        let [english, dutch] =
            [Language::English, Language::Dutch].map(|language| complete(&packs, FILE, at, language));
        assert!(!english.is_empty() || text.contains("lead.role"), "{text}");
        assert_eq!(english.len(), dutch.len());
        for (one, other) in english.iter().zip(&dutch) {
            assert!(!one.documentation.is_empty(), "{text}: {} has no documentation", one.label);
            let alike = one.documentation == other.documentation && !one.documentation.contains("1..=");
            assert!(
                !alike || ["email", "orders"].contains(&one.label.as_str()),
                "{text}: {} is not translated",
                one.label
            );
        }
    }
}

#[test]
fn a_place_is_the_same_in_each_way_of_counting() {
    let text = "\u{feff}// 😀 é\r\nrule \"😀\" when lead.vis then phone;";
    let packs = [pack(FILE, text)];
    let byte = text.find("vis").unwrap() + 3;
    let offset = text[..byte].encode_utf16().count();
    let column = u32::try_from("rule \"😀\" when lead.vis".encode_utf16().count()).unwrap();
    let found = [Position::Byte(byte), Position::Utf16(offset), Position::LineColumn(1, column)]
        .map(|at| complete(&packs, FILE, at, Language::English));
    assert_eq!(found[0].iter().map(|one| one.label.as_str()).collect::<Vec<_>>(), ["visits"]);
    assert_eq!(found[0][0].range.end.byte, byte);
    assert_eq!((found[0][0].range.end.line, found[0][0].range.end.character), (1, column));
    assert!(found.iter().all(|one| *one == found[0]));
    assert_eq!(complete(&packs, "other.rhai", Position::Byte(byte), Language::English), []);
}
