//! Layers: what a rep's layer says holds for the leads that this rep owns, and nothing lifts the law. Every decision is the same for one lead, for
//! many, and in a watch.

use cadans_testing::scenario::{self, NOW, at, lead};
use serde_json::json;

use cadans::book::Book;
use cadans::book::value::Value;
use cadans::calendar::Duration;
use cadans::decide::advice::Advice;
use cadans::decide::{Decider, Watch, decide, decide_lead, explain};
use cadans::diagnostics::Severity;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::pack::layers::{Layer, LayerKind, LayerPack, Layers};
use cadans::wording::Language;

const COMPANY: &str = r#"pack "Company";
rule "Call" id "call" when lead.visits() >= 1 then phone.chance(0.3).lever(1.2);
rule "Mail" when lead.visits() >= 1 then email.chance(0.2).lever(1.0);
limit "Two mails" email 2 per 7.days;
"#;

fn layer(kind: LayerKind, name: &str, rep: Option<&str>) -> Layer {
    let pack = LayerPack { file: format!("{name}.rhai"), ..LayerPack::default() };
    Layer { kind, name: name.to_owned(), rep: rep.map(Into::into), packs: vec![pack], settings: Overrides::default() }
}

/// The rulebook of layers with a pack each: kind, rep and text. The packs are called `0.rhai` and so on, as are the layers.
fn layered(parts: &[(LayerKind, Option<&str>, &str)]) -> (Layers, Vec<PackSource>) {
    let all = parts.iter().enumerate();
    let layers = all.clone().map(|(nth, (kind, rep, _))| layer(*kind, &nth.to_string(), *rep)).collect();
    let sources = all.map(|(nth, (.., text))| PackSource { file: format!("{nth}.rhai"), text: (*text).to_owned() });
    (Layers { layers, settings: Overrides::default() }, sources.collect())
}

/// The codes of what is wrong with it, and the rulebook.
fn merged(layers: &Layers, sources: &[PackSource]) -> (Vec<&'static str>, Rulebook) {
    assert_eq!(layers.check(), Ok(()));
    let (rulebook, found) = Rulebook::merged(sources, Some(layers), &Overrides::default());
    (found.iter().filter(|one| one.severity == Severity::Error).map(|one| one.code).collect(), rulebook)
}

/// Leads of Kim, of Jan and of nobody, each in an account of its own.
fn book() -> Book {
    let of = |id: &str, owner: Option<&str>| {
        let signals = json!([{ "at": "2026-11-17T10:00:00+01:00", "kind": "visit" }]);
        let mut one = lead(json!({ "id": id, "account": { "id": id, "name": id }, "signals": signals }));
        if let Some(owner) = owner {
            one["owner"] = json!(owner);
        }
        one
    };
    scenario::book(json!({ "leads": [of("K", Some("kim")), of("J", Some("jan")), of("N", None)] }))
}

/// The advice for the leads of Kim, Jan and nobody, which is the same whichever way it is asked for.
fn advised(rulebook: &Rulebook) -> Vec<Advice> {
    let book = book();
    let advices = decide(rulebook, &book, at(NOW), Language::English);
    for (lead, advice) in advices.iter().enumerate() {
        assert_eq!(&decide_lead(rulebook, &book, lead, at(NOW), Language::English), advice);
    }
    let decider = Decider::new(rulebook, &book, at(NOW));
    let alone: Vec<_> = (0..book.len()).map(|lead| decider.decision(lead).unwrap()).collect();
    let fresh = Decider::new(rulebook, &book, at(NOW));
    assert_eq!(fresh.all(), alone);
    assert_eq!(Watch::new(rulebook.clone(), &book, at(NOW)).decisions(), alone);
    advices
}

/// The channel of each advice; `hold` or `wait` where there is none.
fn channels(rulebook: &Rulebook) -> Vec<String> {
    let channel = |advice: &Advice| match &advice.touch {
        Some(touch) => touch.channel.unwrap().to_string(),
        None => format!("{:?}", advice.verdict).to_lowercase(),
    };
    advised(rulebook).iter().map(channel).collect()
}

fn of(parts: &[(LayerKind, Option<&str>, &str)]) -> (Vec<&'static str>, Vec<String>) {
    let (layers, sources) = layered(parts);
    let (codes, rulebook) = merged(&layers, &sources);
    (codes, channels(&rulebook))
}

#[test]
fn what_a_reps_layer_says_holds_for_the_leads_of_that_rep() {
    use LayerKind::{Company, Rep};
    let company = (Company, None, COMPANY);
    assert_eq!(of(&[company]).1, ["phone", "phone", "phone"]);
    for (kim, expected) in [
        (r#"pack "Kim"; without "Call" because "They do not pick up";"#, "email"),
        (r#"pack "Kim"; adjust "Mail" lever 9 because "They read";"#, "email"),
        (r#"pack "Kim"; rule "Visit" when true then visit.chance(0.9).lever(9);"#, "visit"),
        (r#"pack "Kim"; rule "Visit" when person.is_a("decider") then visit.chance(0.9).lever(9);"#, "visit"),
        (r#"pack "Kim"; rule "Visit" when switch lead.stage { _ => true } then visit.chance(0.9).lever(9);"#, "visit"),
        (r#"pack "Kim"; cadence "Mine" when true steps [visit.chance(0.9).lever(9)];"#, "visit"),
        (r#"pack "Kim"; never phone;"#, "email"),
        (r#"pack "Kim"; never phone when person.is_a("decider");"#, "email"),
        (r#"pack "Kim"; limit phone 0 per 7.days; limit email 0 per 7.days;"#, "hold"),
        (r#"pack "Kim"; pause any 7.days when true; never any;"#, "hold"),
        (r#"pack "Kim"; rule "Rest" when true then wait.within(60.days);"#, "wait"),
        (r#"pack "Kim"; enter "lost" when true;"#, "hold"),
    ] {
        let (codes, channels) = of(&[company, (Rep, Some("kim"), kim)]);
        assert_eq!(
            (codes, channels),
            (vec![], vec![expected.to_owned(), "phone".to_owned(), "phone".to_owned()]),
            "{kim}"
        );
    }
}

#[test]
fn a_reps_layer_that_is_broken_or_calls_itself_law_binds_nobody_else() {
    use LayerKind::{Company, Rep};
    let company = (Company, None, COMPANY);
    let (codes, channels) =
        of(&[company, (Rep, Some("kim"), "pack \"Kim\" #{ hard: true };\nnever any when persn.x;")]);
    assert!(codes.contains(&"hard-outside-law"), "{codes:?}");
    assert_eq!(channels, ["hold", "phone", "phone"]);
    // A file of Kim's that cannot be told from another is law for Kim's leads alone.
    let same_name = "pack \"Company\" #{ hard: true };\nnever any;";
    let (codes, channels) = of(&[company, (Rep, Some("kim"), same_name)]);
    assert!(codes.contains(&"duplicate-pack"), "{codes:?}");
    assert_eq!(channels, ["hold", "phone", "phone"]);
    // Holidays, the value of leads that have none, and the countries for which the law is known are for all leads.
    let all_year = "pack \"Kim\";\nholidays \"NL\" [\"2026-11-18\", \"2026-11-19\"];\nsetting typical_value = 1;";
    let (codes, channels) = of(&[company, (Rep, Some("kim"), all_year)]);
    assert_eq!((codes, channels), (vec!["holds-for-all"], vec!["phone".to_owned(); 3]));
}

#[test]
fn a_team_that_lists_a_country_does_not_lift_what_the_law_says_for_countries_that_no_pack_lists() {
    use LayerKind::{Company, Law, Team};
    let law = "pack \"Elsewhere\" #{ countries: \"elsewhere\" };\nnever phone;";
    let team = "pack \"Team\" #{ countries: [\"NL\"] };\nnever video;";
    let (codes, channels) = of(&[(Law, None, law), (Company, None, COMPANY), (Team, None, team)]);
    assert_eq!((codes, channels), (vec![], vec!["email".to_owned(); 3]));
}

#[test]
fn settings_of_a_rep_hold_for_the_leads_of_that_rep_and_never_change_the_law() {
    use LayerKind::{Company, Law, Rep, Team};
    let company = "pack \"Company\";\nsetting least = 2 range 1..=9;\nsetting rest = 2.days range 1.days..=9.days;\n\
                   rule \"Call\" when lead.visits() >= least then phone;\n\
                   rule \"Write\" when lead.since(\"visit\") > rest then email;";
    let law = "pack \"Law\";\nsetting quiet = 1.days;\nnever video when lead.since(\"visit\") < quiet;";
    let parts = [
        (Law, None, law),
        (Company, None, company),
        (Team, None, "pack \"Team\";"),
        (Rep, Some("kim"), "pack \"Kim\";"),
    ];
    let (mut layers, sources) = layered(&parts);
    assert_eq!(channels(&merged(&layers, &sources).1), ["wait", "wait", "wait"]);
    layers.layers[3].settings.set("least", Value::Whole(1));
    let (codes, rulebook) = merged(&layers, &sources);
    assert_eq!((codes, channels(&rulebook)), (vec![], vec!["phone".into(), "wait".into(), "wait".into()]));
    let values: Vec<_> = rulebook.settings().into_iter().filter(|one| one.name == "least").collect();
    assert_eq!(
        values.iter().map(|one| (one.value.as_i64(), one.rep.as_deref())).collect::<Vec<_>>(),
        [(Some(2), None), (Some(1), Some("kim"))]
    );
    // A later layer goes before an earlier one, and what the command line says before both.
    layers.settings.set("least", Value::Whole(1));
    layers.layers[2].settings.set("least", Value::Whole(3));
    layers.layers[3].settings = Overrides::default();
    assert_eq!(channels(&merged(&layers, &sources).1), ["wait", "wait", "wait"]);
    let mut last = Overrides::default();
    last.set("Company/least", Value::Whole(1));
    assert_eq!(channels(&Rulebook::merged(&sources, Some(&layers), &last).0), ["phone", "phone", "phone"]);
    // A length of time may be a text; one outside its range, one without a unit and the law's are refused.
    for (layer, name, value, code) in [
        (3, "rest", Value::text("1.days"), None),
        (3, "rest", Value::Length(Duration::DAY), None),
        (3, "rest", Value::text("10.days"), Some("bad-override")),
        (3, "rest", Value::Whole(3), Some("bad-override")),
        (2, "least", Value::Whole(10), Some("bad-override")),
        (2, "leest", Value::Whole(1), Some("unknown-setting")),
        (2, "quiet", Value::text("9.days"), Some("law-setting")),
        (0, "quiet", Value::text("9.days"), None),
        // What stands in a later layer is not changed.
        (0, "least", Value::Whole(1), Some("unknown-setting")),
    ] {
        let (mut layers, sources) = layered(&parts);
        layers.layers[layer].settings.set(name, value.clone());
        let codes = merged(&layers, &sources).0;
        assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{layer} {name} {value:?}");
    }
}

#[test]
fn a_file_that_was_not_accepted_does_not_take_part_and_holds_where_it_is_law() {
    use LayerKind::{Company, Law, Rep};
    let law = "pack \"Law\";\nnever video;";
    let hard = "pack \"Own law\" #{ hard: true };\nnever video;";
    let kim = "pack \"Kim\";\nwithout \"Call\" because \"No\";";
    let parts = [(Law, None, law), (Company, None, COMPANY), (Company, None, hard), (Rep, Some("kim"), kim)];
    let (layers, sources) = layered(&parts);
    assert_eq!(channels(&merged(&layers, &sources).1), ["email", "phone", "phone"]);
    for (refused, expected) in [(0, ["hold"; 3]), (1, ["wait"; 3]), (2, ["hold"; 3]), (3, ["phone"; 3])] {
        let (mut layers, sources) = layered(&parts);
        layers.layers[refused].packs[0].refused = true;
        let (codes, rulebook) = merged(&layers, &sources);
        assert!(codes.contains(&"refused-file"), "{refused}: {codes:?}");
        assert_eq!(channels(&rulebook), expected, "{refused}");
        // A file that is not there is law only in the layer of the law: nobody can tell of another.
        let (layers, mut sources) = layered(&parts);
        sources.remove(refused);
        let (codes, rulebook) = merged(&layers, &sources);
        assert!(codes.contains(&"missing-file"), "{refused}: {codes:?}");
        let expected = if refused == 2 { vec!["email", "phone", "phone"] } else { expected.to_vec() };
        assert_eq!(channels(&rulebook), expected, "{refused}");
    }
}

#[test]
fn only_the_rules_that_were_accepted_propose_and_all_that_a_file_forbids_holds() {
    use LayerKind::Company;
    let (mut layers, sources) = layered(&[(Company, None, COMPANY), (Company, None, "pack \"More\";\nnever email;")]);
    layers.layers[0].packs[0].rules = Some(vec!["Mail".to_owned()]);
    layers.layers[1].packs[0].rules = Some(Vec::new());
    let (codes, rulebook) = merged(&layers, &sources);
    assert_eq!((codes, channels(&rulebook)), (vec![], vec!["hold".to_owned(); 3]));
    layers.layers[0].packs[0].rules = Some(vec!["call".to_owned()]);
    assert_eq!(channels(&merged(&layers, &sources).1), ["phone"; 3]);
    layers.layers[0].packs[0].rules = Some(vec!["Cal".to_owned()]);
    assert_eq!(merged(&layers, &sources).0, ["unknown-statement-name"]);
}

#[test]
fn what_was_changed_is_told_with_who_and_why() {
    use LayerKind::{Company, Rep, Team};
    let team = "pack \"Team\";\nwithout \"Two mails\" because \"They ask for it\";\nadjust \"call\" lever 2 because \"It sells\";";
    let kim = "pack \"Kim\";\nwithout \"Mail\" of \"Company\" because \"Mine phone\";";
    let (layers, sources) = layered(&[(Company, None, COMPANY), (Team, None, team), (Rep, Some("kim"), kim)]);
    let (codes, rulebook) = merged(&layers, &sources);
    assert_eq!(codes, Vec::<&str>::new());
    let told: Vec<_> = (rulebook.changes().iter())
        .map(|one| {
            let by = format!("{}:{}", one.by.file, one.by.span.line);
            (one.change, one.kind, one.statement.name.as_str(), by, one.rep.as_deref(), one.because.as_str())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("off", "limit", "Two mails", "1.rhai:2".to_owned(), None, "They ask for it"),
            ("lever", "rule", "Call", "1.rhai:3".to_owned(), None, "It sells"),
            ("off", "rule", "Mail", "2.rhai:2".to_owned(), Some("kim"), "Mine phone"),
        ]
    );
    let advices = advised(&rulebook);
    let lever = &advices[0].priority.as_ref().unwrap().lever;
    assert_eq!((lever.value, lever.because.as_str()), (2.0, "given by Team: It sells"));
}

#[test]
fn an_explanation_tells_what_would_hold_but_was_switched_off_by_whom_and_why() {
    use LayerKind::{Company, Rep, Team};
    let company = r#"pack "Company";
rule "Call" when lead.visits() >= 1 then phone;
rule "Call again" when lead.visits() >= 9 then phone;
rule "Decider" when person.is_a("decider") unless lead.stage is "lost" then visit;
rule "Mail" when lead.visits() >= 1 then email.chance(0.2).lever(1.0);
cadence "Warm" when lead.visits() >= 1 steps [social.weight(0.01)] until lead.replies(7.days) >= 1;
never "No mail" email when lead.open;
limit "Two mails" email 2 per 7.days;
"#;
    let team = "pack \"Team\";\nwithout \"Call\" because \"We write\";\nwithout \"Call again\" because \"We write\";\n\
                without \"No mail\" because \"They ask for it\";\nwithout \"Two mails\" because \"They ask for it\";";
    let kim = "pack \"Kim\";\nwithout \"Decider\" because \"Too far\";\nwithout \"Warm\" because \"Mine know us\";";
    let (layers, sources) = layered(&[(Company, None, company), (Team, None, team), (Rep, Some("kim"), kim)]);
    let (codes, rulebook) = merged(&layers, &sources);
    assert_eq!(codes, Vec::<&str>::new());
    let (book, english) = (book(), Language::English);
    let explained = |lead: usize| explain(&rulebook, &book, lead, at(NOW), english);
    let told = |lead: usize| {
        let off = explained(lead).switched_off;
        off.into_iter().map(|one| (one.change.kind, one.change.statement.name, one.summary)).collect::<Vec<_>>()
    };
    let off = |kind, name: &str, by: &str, because: &str| {
        (kind, name.to_owned(), format!("would hold here, but {by} switched it off: {because}"))
    };
    let by_team = [
        off("rule", "Call", "Team", "We write"),
        off("never", "No mail", "Team", "They ask for it"),
        off("limit", "Two mails", "Team", "They ask for it"),
    ];
    let by_kim = [off("rule", "Decider", "Kim", "Too far"), off("cadence", "Warm", "Kim", "Mine know us")];
    assert_eq!(told(0), [by_team.as_slice(), &by_kim].concat());
    assert_eq!(told(1), by_team);
    assert_eq!(told(2), by_team);
    // What is off does not hold, and does not nearly hold.
    for lead in 0..3 {
        let explanation = explained(lead);
        let names = explanation.held.iter().map(|rule| rule.name.as_str());
        let names: Vec<&str> = names.chain(explanation.nearly.iter().map(|miss| miss.rule.name.as_str())).collect();
        assert_eq!(names, if lead == 0 { vec!["Mail"] } else { vec!["Decider", "Mail"] });
    }
    let dutch = explain(&rulebook, &book, 1, at(NOW), Language::Dutch);
    assert_eq!(dutch.switched_off[0].summary, "zou hier gelden, maar Team heeft het uitgezet: We write");
}

#[test]
fn layers_out_of_order_or_not_told_apart_are_refused() {
    use LayerKind::{Company, Law, Rep, Team};
    let told = |layers: Vec<Layer>| match (Layers { layers, settings: Overrides::default() }).check() {
        Ok(()) => String::new(),
        Err(why) => why.render(Language::English),
    };
    assert_eq!(told(vec![layer(Law, "a", None), layer(Company, "b", None), layer(Team, "c", None)]), "");
    let twice = Layer { name: "b".to_owned(), ..layer(Team, "a", None) };
    for (layers, part) in [
        (vec![layer(Team, "a", None), layer(Law, "b", None)], "the order is law, company, team, rep"),
        (vec![layer(Team, "a", None), layer(Team, "a", None)], "two layers are called \"a\""),
        (vec![layer(Team, " ", None)], "has no name"),
        (vec![layer(Team, "a", Some("kim"))], "only a layer of the kind rep"),
        (vec![layer(Rep, "a", None)], "does not say whose it is"),
        (vec![layer(Rep, "a", Some("kim")), layer(Rep, "b", Some("kim"))], "of the rep \"kim\", who has another"),
        (vec![layer(Team, "a", None), twice], "a.rhai stands in the rulebook twice"),
        ((0..1_000).map(|nth| layer(Team, &nth.to_string(), None)).collect(), "at most 200 layers"),
    ] {
        let told = told(layers);
        assert!(told.contains(part), "{told}");
    }
}
