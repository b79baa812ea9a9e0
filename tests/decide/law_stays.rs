//! Nothing that stands in a later layer, a setting or another pack lifts what the law forbids: random laws whose meaning is kept beside their text, and
//! random packs, layers and settings that try.

use std::collections::BTreeSet;
use std::fmt::Write;

use cadans_testing::random::Dice;
use cadans_testing::scenario::{self, NOW, at, lead};
use serde_json::json;

use cadans::book::Book;
use cadans::book::value::Value;
use cadans::book::vocabulary::Channel;
use cadans::decide::advice::Advice;
use cadans::decide::decide;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::pack::layers::{Layer, LayerKind, LayerPack, Layers};
use cadans::wording::Language;

const CHANNELS: [Channel; 5] = [Channel::Phone, Channel::Email, Channel::Social, Channel::Visit, Channel::Video];
const EACH: &str = "pack \"Sales\";\nrule \"Contact\" id \"contact\" when true\n  \
                    then [phone.weight(10000), email.weight(1000), social.weight(100), visit.weight(10), video.weight(0.1)];\n";
/// The leads of the book: country and owner. Each has Anna, a decider, and a visit of yesterday.
const LEADS: [(&str, Option<&str>); 4] = [("NL", Some("kim")), ("BE", Some("kim")), ("NL", Some("jan")), ("DE", None)];

fn book() -> Book {
    let of = |nth: usize| {
        let (country, owner) = LEADS[nth];
        let signals = json!([{ "at": "2026-11-17T10:00:00+01:00", "kind": "visit" }]);
        let id = nth.to_string();
        let mut one = lead(json!({ "id": id, "account": { "id": id }, "country": country, "signals": signals }));
        if let Some(owner) = owner {
            one["owner"] = json!(owner);
        }
        one
    };
    scenario::book(json!({ "leads": (0..LEADS.len()).map(of).collect::<Vec<_>>() }))
}

/// A law: its statements, and over which channels it forbids contact with which leads.
#[derive(Default)]
struct Law {
    text: String,
    forbidden: BTreeSet<(usize, Channel)>,
}

fn law(dice: &mut Dice) -> Law {
    let mut law = Law::default();
    for nth in 0..1 + dice.below(3) {
        let channel = dice.one(&CHANNELS);
        let country = dice.one(&["NL", "BE", "DE"]);
        let (statement, only) = match dice.below(6) {
            0 => (format!("never \"N{nth}\" {channel};"), None),
            1 => (format!("never \"N{nth}\" {channel} when lead.country is \"{country}\";"), Some(country)),
            2 => (format!("limit \"N{nth}\" {channel} 0 per 7.days;"), None),
            3 => (
                format!(
                    "setting quiet{nth} = 9.days;\nnever \"N{nth}\" {channel} when lead.since(\"visit\") < quiet{nth};"
                ),
                None,
            ),
            4 => (format!("never \"N{nth}\" {channel} when person.is_a(\"decider\");"), None),
            _ => (
                format!("setting most{nth} = 0;\nlimit \"N{nth}\" {channel} most{nth} per 7.days across \"lead\";"),
                None,
            ),
        };
        writeln!(law.text, "{statement}").unwrap();
        let leads = (0..LEADS.len()).filter(|lead| only.is_none_or(|only| LEADS[*lead].0 == only));
        law.forbidden.extend(leads.map(|lead| (lead, channel)));
    }
    law
}

/// A pack that tries what it can.
fn attempt(dice: &mut Dice, nth: usize) -> String {
    let header = match dice.below(8) {
        0 => "pack \"Law\";".to_owned(),
        1 => "pack \"Law\" #{ id: \"law\", version: \"9.0.0\" };".to_owned(),
        2 => format!("pack \"P{nth}\" #{{ hard: true }};"),
        3 => format!("pack \"P{nth}\" #{{ countries: [\"NL\", \"BE\", \"DE\"] }};"),
        4 => String::new(),
        _ => format!("pack \"P{nth}\";"),
    };
    let mut text = format!("{header}\n");
    for _ in 0..1 + dice.below(5) {
        let (channel, name) = (dice.one(&CHANNELS), dice.below(3));
        let statement = match dice.below(19) {
            0 | 1 => format!("without \"N{name}\" because \"We want to\";"),
            2 => format!("without \"N{name}\" of \"Law\" because \"We want to\";"),
            3 => format!("adjust \"N{name}\" lever 9 of \"Law\" because \"We want to\";"),
            4 => "adjust \"Contact\" lever 9 because \"We want to\";".to_owned(),
            5 => "without \"contact\" because \"Ours is better\";".to_owned(),
            6 => format!("rule \"R{name}\" when true then {channel}.within(5.minutes).weight(99999).lever(9);"),
            7 => format!("cadence \"C{name}\" when true steps [{channel}.lever(9), {channel}.after(1.days)];"),
            8 => format!("reachable {channel} \"24/7\";"),
            9 => format!("limit \"N{name}\" {channel} 99 per 7.days;"),
            10 => format!("never \"N{name}\" {channel} when false;"),
            11 => format!("setting quiet{name} = 0.days;"),
            12 => format!("setting most{name} = 99;"),
            13 => "enter \"customer\" when true;".to_owned(),
            14 => "needs \"Law\" \"^9\";".to_owned(),
            15 => {
                format!("rule \"Asked\" when person.is_a(\"decider\") then {channel}.to(\"decider\").value(1000000);")
            }
            16 => format!("pause {channel} 0.days when true;"),
            17 => format!("without N{name};"),
            _ => "rule \"Broken\" when lead.nothing then phone;".to_owned(),
        };
        writeln!(text, "{statement}").unwrap();
    }
    text
}

/// Values for settings that would lift the law.
fn settings(dice: &mut Dice) -> Overrides {
    let mut settings = Overrides::default();
    for name in 0..3 {
        let of = dice.one(&["", "Law/", "P2/"]);
        match dice.below(6) {
            0 => settings.set(format!("{of}quiet{name}"), Value::text("0.days")),
            1 => settings.set(format!("{of}most{name}"), Value::Whole(99)),
            _ => {}
        }
    }
    settings
}

/// The leads to whom something is advised that the law forbids.
fn against(law: &Law, advices: &[Advice]) -> Vec<(usize, Channel)> {
    let advised = advices.iter().enumerate().flat_map(|(lead, advice)| {
        let first = advice.touch.as_ref().and_then(|touch| touch.channel);
        let others = advice.runners_up.iter().filter_map(|one| one.channel);
        first.into_iter().chain(others).map(move |channel| (lead, channel))
    });
    advised.filter(|one| law.forbidden.contains(one)).collect()
}

fn source(file: &str, text: String) -> PackSource {
    PackSource { file: file.to_owned(), text }
}

fn touches(advices: &[Advice]) -> usize {
    advices.iter().filter(|advice| advice.touch.is_some()).count()
}

#[test]
fn no_later_layer_lifts_what_the_law_forbids() {
    use LayerKind::{Company, Law as First, Rep, Team};
    let book = book();
    let (mut advised, mut mattered) = (0, 0);
    for seed in 0..200 {
        let dice = &mut Dice(seed);
        let law = law(dice);
        // The law of a company is a hard pack of its layer.
        let (kind, header) = dice.one(&[(First, ""), (First, " #{ hard: true }"), (Company, " #{ hard: true }")]);
        let mut sources = vec![source("law.rhai", format!("pack \"Law\"{header};\n{}", law.text))];
        let mut layers = vec![(kind, None, vec!["law.rhai".to_owned()])];
        sources.push(source("sales.rhai", EACH.to_owned()));
        layers.push((Company, None, vec!["sales.rhai".to_owned()]));
        for (nth, (kind, rep)) in
            [(Company, None), (Team, None), (Rep, Some("kim")), (Rep, Some("jan"))].into_iter().enumerate()
        {
            let file = format!("{nth}.rhai");
            sources.push(source(&file, attempt(dice, nth)));
            layers.push((kind, rep, vec![file]));
        }
        let layers = Layers {
            settings: settings(dice),
            layers: (layers.into_iter().enumerate())
                .map(|(nth, (kind, rep, files))| Layer {
                    kind,
                    name: nth.to_string(),
                    rep: rep.map(Into::into),
                    packs: files.into_iter().map(|file| LayerPack { file, ..LayerPack::default() }).collect(),
                    // The settings of its own layer are the law's own.
                    settings: if nth == 0 { Overrides::default() } else { settings(dice) },
                })
                .collect(),
        };
        assert_eq!(layers.check(), Ok(()));
        let (rulebook, _) = Rulebook::merged(&sources, Some(&layers), &settings(dice));
        let advices = decide(&rulebook, &book, at(NOW), Language::English);
        assert_eq!(against(&law, &advices), [], "seed {seed}: {layers:#?} {sources:#?}");
        let (without, _) = Rulebook::merged(
            &sources[1..],
            Some(&Layers { layers: layers.layers[1..].to_vec(), ..layers }),
            &Overrides::default(),
        );
        mattered += usize::from(!against(&law, &decide(&without, &book, at(NOW), Language::English)).is_empty());
        advised += touches(&advices);
    }
    assert!(advised > 200 && mattered > 100, "{advised} touches, the law mattered {mattered} times");
}

#[test]
fn without_layers_a_hard_pack_is_law_wherever_it_stands() {
    let book = book();
    let (mut advised, mut mattered) = (0, 0);
    for seed in 0..100 {
        let dice = &mut Dice(1_000 + seed);
        let law = law(dice);
        let mut sources = vec![source("sales.rhai", EACH.to_owned())];
        sources.extend((0..3).map(|nth| source(&format!("{nth}.rhai"), attempt(dice, nth))));
        let without = Rulebook::new(&sources, &Overrides::default()).0;
        mattered += usize::from(!against(&law, &decide(&without, &book, at(NOW), Language::English)).is_empty());
        let place = dice.below(sources.len() + 1);
        sources.insert(place, source("law.rhai", format!("pack \"Law\" #{{ hard: true }};\n{}", law.text)));
        let (rulebook, _) = Rulebook::new(&sources, &settings(dice));
        let advices = decide(&rulebook, &book, at(NOW), Language::English);
        assert_eq!(against(&law, &advices), [], "seed {seed}: {sources:#?}");
        advised += touches(&advices);
    }
    assert!(advised > 100 && mattered > 40, "{advised} touches, the law mattered {mattered} times");
}
