use super::{FILE, with_cursor};
use cadans::editor::{Hover, hover};
use cadans::wording::Language;

fn at(text: &str, language: Language) -> Option<Hover> {
    let (pack, at) = with_cursor(text);
    hover(&[pack], FILE, at, language)
}

/// What is told at the cursor: the signature and the documentation in English.
fn told(text: &str) -> (String, String) {
    let Some(hover) = at(text, Language::English) else { panic!("nothing is told: {text}") };
    (hover.signature, hover.documentation)
}

#[test]
fn a_word_of_the_language_is_told_with_its_signature() {
    for (text, signature, documentation) in [
        (
            "ru|le \"a\" when lead.open then phone;",
            "rule [id] [formerly] when [unless] then [because] [proposed_by]",
            "proposes touches",
        ),
        ("rule \"a\" wh|en lead.open then phone;", "when true or false", "the condition"),
        (
            "rule \"a\" when lead.vis|its(7.days) > 1",
            "lead.visits([a topic], [how far back, as 7.days]): a count",
            "page visits",
        ),
        ("rule \"a\" when |lead.open", "lead", "the possible customer"),
        ("rule \"a\" when lead.stage| is", "lead.stage: a text", "where the lead is on its journey"),
        ("rule \"a\" when lead.open then pho|ne", "phone", "a voice call"),
        (
            "rule \"a\" when lead.open then phone.wit|hin(4.hours)",
            ".within(a length of time of at most five years)",
            "a promise",
        ),
        ("rule \"a\" when lead.open then phone.within(4.hou|rs)", ".hours", "a length of time on the clock"),
        ("rule \"a\" when lead.open then phone.to(\"dec|ider\")", "\"decider\": a role", "says yes or no"),
        ("rule \"a\" when lead.stage is \"inte|rest\"", "\"interest\": a stage", "has a need"),
        ("rule \"a\" when lead.stage is n|ot \"lost\"", "is not", "not equal to"),
        ("pack \"a\" #{ har|d: true };", "hard:", "nothing can lift"),
        ("fact a as num|ber;", "number", "always with decimals"),
    ] {
        let (found, text_of) = told(text);
        assert_eq!(found, signature, "{text}");
        assert!(text_of.contains(documentation), "{text}: {text_of}");
    }
}

#[test]
fn a_name_is_told_by_its_declaration() {
    let pack = "// Who looks at prices.\nfn hot(lead) { lead.visits(\"pricing\") >= hot_visits }\n\
                setting hot_visits = 2 range 1..=10 because \"Visits that count as hot\";\n\
                fact budget as number because \"Yearly budget\";\nconst SOON = 4.hours;\n\
                rule \"One\" when lead.budget > 3 and lead.visits() > hot_visits and hot(lead) then phone.within(SOON)\n\
                because `Budget ${lead.budget}`;\n\
                example \"e\" given #{ fields: #{ budget: 3 } } expect phone.by(\"One\");\n";
    for (find, after, signature, documentation) in [
        ("> hot_v", "isits and", "setting hot_visits = 2 range 1..=10: a count", "Visits that count as hot"),
        ("lead.bud", "get > 3", "lead.budget: a number", "Yearly budget"),
        ("fields: #{ bud", "get", "lead.budget: a number", "Yearly budget"),
        ("within(SO", "ON", "const SOON = 4.hours: a length of time", ""),
        ("and ho", "t(lead)", "fn hot(lead)", "Who looks at prices."),
        ("by(\"On", "e", "rule \"One\"", "Budget ${lead.budget}"),
    ] {
        let place = pack.find(&format!("{find}{after}")).unwrap() + find.len();
        let text = format!("{}|{}", &pack[..place], &pack[place..]);
        assert_eq!(told(&text), (signature.to_owned(), documentation.to_owned()));
    }
}

#[test]
fn another_part_of_an_expression_is_told_by_its_type() {
    let broken = "rule \"b\" when lead.vis";
    for (text, signature, kind) in [
        ("rule \"a\" when lead.visits() >|= 2 then phone;", "lead.visits() >= 2", "yes or no"),
        ("rule \"a\" when lead.visits() + |2 > 3 then phone;", "2", "a count"),
        ("rule \"a\" when (lead.value ?|? 0) > 3 then phone;", "(lead.value ?? 0)", "a number"),
    ] {
        let (found, documentation) = told(&format!("{text}\n{broken}"));
        assert_eq!(found, signature);
        assert!(documentation.contains(kind), "{documentation}");
    }
}

#[test]
fn it_is_told_in_dutch_too_and_not_in_comments() {
    assert_eq!(
        at("rule \"a\" when lead.sta|ge", Language::Dutch).unwrap().documentation,
        "waar de lead is op zijn reis (kan onbekend zijn)"
    );
    assert_eq!(at("// lead.sta|ge", Language::English), None);
    assert_eq!(at("rule \"a\" when |   lead.open", Language::English), None);
    let markdown = at("rule \"a\" when lead.op|en", Language::English).unwrap().markdown();
    assert_eq!(markdown, "```rhai\nlead.open: yes or no\n```\n\ntrue while it is neither customer nor lost");
}
