//! Rulebooks that are sound by how they are made: nothing may be said about them.
//!
//! Each test of a condition is on a fact of its own, so that any of them can be true and false together. Rules of one stage go over different channels,
//! each open stage keeps a rule, the steps of a series lie as close together as the caps allow and no closer, and hours, bans and pauses leave every
//! rule its moments. What the rulebooks contain is counted, so that one sees that they are no toys.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use cadans::analysis::analyse;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::layers::{Layer, LayerKind, LayerPack, Layers};
use cadans::pack::{Overrides, Pack};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// How many rulebooks are made.
const RULEBOOKS: u32 = 500;

/// Tests that have nothing to do with each other.
const TESTS: [&str; 24] = [
    "lead.visits(\"pricing\", 7.days) >= hot",
    "person.downloads(30.days) >= {}",
    "lead.value >= large + {}000",
    "account.employees > {}0",
    "lead.age > {}.days",
    "person.stance is \"champion\"",
    "person.is_a(\"decider\")",
    "near(lead)",
    "lead.churn < 0.{}",
    "person.searches(14.days) >= {}",
    "lead.source in fairs",
    "person.influence >= 0.{}",
    "lead.orders(90.days) is 0",
    "account.customer_for > {}.days",
    "lead.budget >= {}000",
    "lead.vip is true",
    "lead.need is \"complex\"",
    "lead.renewal - now < {}0.days",
    "busy(lead, {})",
    "lead.knows(\"user\")",
    "(if lead.owner is \"lea\" { lead.opens(30.days) >= 1 } else { lead.opens(30.days) >= {} })",
    "lead.stage_for > {}.days",
    "lead.replied({}.days)",
    "(lead.forms(\"prices\", 30.days) >= 1 or lead.clicks(30.days) in 1..{}5)",
];

const DECLARED: &str = r#"
fact budget as number because "From the intake form";
fact vip as truth because "Named by the board";
fact need as text because "simple or complex";
fact renewal as time because "When their contract ends";
const fairs = ["fair", "partner"];
fn near(lead) { lead.country in ["NL", "BE", "LU"] }
fn busy(who, times) { who.engagements(30.days) >= times }
"#;

const STAGES: [&str; 5] = ["orientation", "interest", "consideration", "proposal", "decision"];
const CHANNELS: [&str; 5] = ["phone", "email", "social", "video", "chat"];

/// How the tests of a condition are joined.
#[derive(Clone, Copy, Debug)]
enum Joined {
    All,
    Any,
    FirstAndAny,
    AndNot,
}

#[derive(Clone, Debug)]
struct SoundRule {
    /// Which tests it asks, each once.
    tests: Vec<usize>,
    number: u8,
    /// Whether it has an exception, by a test that is none of those.
    unless: bool,
    joined: Joined,
    channel: usize,
    promise: Option<u8>,
    in_the_morning: bool,
}

#[derive(Clone, Debug)]
struct SoundRulebook {
    rules: Vec<SoundRule>,
    hot: u8,
    large: u8,
    /// The most touches a week, over all channels; the steps of the series lie as far apart as that asks.
    a_week: u8,
    steps: usize,
    more_days: u8,
    waits: bool,
    answers: bool,
    hands_over: bool,
    named_policies: bool,
    /// Whether a team and a rep have layers after the company's.
    layers: bool,
}

prop_compose! {
    fn sound_rule()(
        tests in prop::sample::subsequence((0..TESTS.len()).collect::<Vec<_>>(), 2..5),
        number in 1_u8..9,
        (unless, in_the_morning) in (any::<bool>(), any::<bool>()),
        joined in prop::sample::select(vec![Joined::All, Joined::Any, Joined::FirstAndAny, Joined::AndNot]),
        channel in 0..CHANNELS.len(),
        promise in proptest::option::of(1_u8..5),
    ) -> SoundRule {
        SoundRule { tests, number, unless, joined, channel, promise, in_the_morning }
    }
}

prop_compose! {
    fn sound_rulebook()(
        rules in prop::collection::vec(sound_rule(), 6..14),
        (hot, large, a_week) in (1_u8..9, 1_u8..9, 1_u8..5),
        steps in 2_usize..5,
        more_days in 0_u8..3,
        (waits, answers, hands_over, named_policies, layers) in any::<(bool, bool, bool, bool, bool)>(),
    ) -> SoundRulebook {
        SoundRulebook { rules, hot, large, a_week, steps, more_days, waits, answers, hands_over, named_policies, layers }
    }
}

impl SoundRulebook {
    fn company(&self) -> String {
        let mut pack = "pack \"Company\" #{ version: \"1.2.0\", language: \"en\" };\n".to_owned();
        writeln!(pack, "setting hot = {} range 1..=10 because \"Visits that count as hot\";", self.hot).unwrap();
        writeln!(pack, "setting large = {}000 range 0..=100000 because \"From where on it is large\";", self.large)
            .unwrap();
        pack.push_str(DECLARED);
        self.rules.iter().enumerate().for_each(|(nth, rule)| pack.push_str(&self.rule(nth, rule)));
        if self.waits {
            pack.push_str("rule \"Just spoke: rest\" when person.since(\"conversation\") < 1.day then wait because \"Let it settle\";\n");
        }
        if self.answers {
            pack.push_str(
                "rule \"Asked: answer\" when person.waiting then answer.within(4.working_hours).weight(50) because \"They asked\";\n",
            );
        }
        if self.hands_over {
            pack.push_str("rule \"Silent: hand over\" when lead.unanswered() >= 9 then hand_over(\"marketing\") because \"Enough\";\n");
        }
        pack.push_str("enter \"interest\" when lead.visits(30.days) >= 3;\n");
        pack.push_str("enter \"consideration\" when lead.visits(\"pricing\", 14.days) >= 2;\n");
        pack.push_str("enter \"interest\" when lead.stage is \"consideration\" and lead.visits(90.days) is 0;\n");
        pack.push_str(
            "enter \"proposal\" when lead.quotes_open >= 1;\nenter \"customer\" when lead.orders(90.days) >= 1;\n",
        );
        self.policies(&mut pack);
        self.series(&mut pack);
        pack
    }

    fn rule(&self, nth: usize, rule: &SoundRule) -> String {
        let stage = STAGES[nth % STAGES.len()];
        let test = |nth: usize| TESTS[nth].replace("{}", &rule.number.to_string());
        let mut asked: Vec<String> = rule.tests.iter().map(|nth| test(*nth)).collect();
        let condition = match rule.joined {
            Joined::All => asked.join(" and "),
            Joined::Any => format!("({})", asked.join(" or ")),
            Joined::FirstAndAny => {
                let first = asked.remove(0);
                format!("{first} and ({})", asked.join(" or "))
            }
            Joined::AndNot => {
                let number = rule.number;
                format!("{} and not (lead.meetings(30.days) >= {number})", asked.join(" and "))
            }
        };
        let other = (0..TESTS.len()).find(|nth| !rule.tests.contains(nth)).unwrap();
        let unless = if rule.unless { format!("\n    unless {}", test(other)) } else { String::new() };
        // Each round over the stages has a channel of its own, so that no two rules of a stage share one.
        let first = self.rules[nth % STAGES.len()].channel;
        let channel = CHANNELS[(first + nth / STAGES.len()) % CHANNELS.len()];
        let promise = rule.promise.map(|days| format!(".within({days}.days)")).unwrap_or_default();
        let morning = if rule.in_the_morning { ".between(\"10:00\", \"12:00\")" } else { "" };
        format!(
            "rule \"Rule {nth}\"\n    when lead.stage is \"{stage}\" and {condition}{unless}\n    then {channel}{promise}{morning}.weight({}) because `Value ${{lead.value ?? 0.0}}`;\n",
            nth + 1
        )
    }

    fn policies(&self, pack: &mut String) {
        let name = |name: &str| if self.named_policies { format!("\"{name}\" ") } else { String::new() };
        let a_week = self.a_week;
        writeln!(pack, "never {}any when person.objected because \"They said so\";", name("Objected")).unwrap();
        writeln!(pack, "never phone when person.do_not_call;\nnever visit when lead.stage is \"orientation\";")
            .unwrap();
        writeln!(pack, "never social when person.stance is \"blocker\" unless lead.replied(14.days);").unwrap();
        writeln!(pack, "limit {}any {a_week} per 7.days across \"account\" when not lead.waiting;", name("A week"))
            .unwrap();
        writeln!(pack, "limit phone {a_week} per 7.days;\nlimit email {a_week} per 7.days when person.touches() > 3;")
            .unwrap();
        writeln!(pack, "pause phone 2.days when person.last_outcome(\"phone\") is \"no_answer\";").unwrap();
        writeln!(pack, "pause email 1.day when lead.visits(\"pricing\", 1.day) >= hot;").unwrap();
        writeln!(pack, "limit video 1 per 7.days when lead.value < large;").unwrap();
        writeln!(pack, "reachable {}phone \"Mo-Fr 09:00-12:30,13:30-17:30; PH off\";", name("Office")).unwrap();
        writeln!(pack, "reachable any \"Mo-Sa 08:00-20:00\" when lead.answered or not lead.waiting;").unwrap();
        writeln!(pack, "holidays \"NL\" [\"2026-12-04\"] because \"Our own day\";").unwrap();
    }

    fn series(&self, pack: &mut String) {
        let gap = 7_u8.div_ceil(self.a_week) + self.more_days;
        let step = |nth: usize| match nth {
            0 => "email".to_owned(),
            _ => format!("{}.after({}.days)", CHANNELS[(nth + 1) % 3], usize::from(gap) * nth),
        };
        let steps: Vec<String> = (0..self.steps).map(step).collect();
        writeln!(
            pack,
            "cadence \"Warm inbound\" when lead.stage is \"interest\" and lead.score(30.days) >= 0.5\n    steps [{}]\n    until lead.replied(14.days) because \"They look around\";",
            steps.join(", ")
        )
        .unwrap();
        writeln!(
            pack,
            "cadence \"Once more\" when lead.stage is \"consideration\" and near(lead)\n    steps [social, email.after({}.days)] across \"lead\" again_after 90.days;",
            7 + gap
        )
        .unwrap();
    }

    /// The packs, and the layers that they stand in.
    fn sources(&self) -> (Vec<PackSource>, Option<Layers>) {
        let source = |file: &str, text: String| PackSource { file: file.to_owned(), text };
        let company = source("company.rhai", self.company());
        if !self.layers {
            return (vec![company], None);
        }
        // There are six rules at least, so that the stage of this one keeps another.
        let team = "pack \"Team\" #{ version: \"1.0.0\" };\nneeds \"Company\" \"^1.2\";\nwithout \"Rule 5\" because \"Ours do not read it\";\n\
            adjust \"Rule 1\" lever 1.5 because \"It works here\";\n\
            rule \"Meet\" when lead.stage in [\"proposal\", \"decision\"] and account.employees > 20 then visit because \"Large\";\n\
            limit visit 2 per 30.days;\n";
        let rep = "pack \"Lea\" #{ version: \"1.0.0\" };\nnever phone when lead.stage is \"interest\" because \"I write first\";\n\
            rule \"Rest\" when lead.stage is \"decision\" then wait because \"I call them myself\";\n\
            without \"Rule 2\" because \"Not mine\";\n";
        let layer = |kind, name: &str, rep: Option<&str>| Layer {
            kind,
            name: name.to_owned(),
            rep: rep.map(Into::into),
            packs: vec![LayerPack { file: format!("{name}.rhai"), ..LayerPack::default() }],
            settings: Overrides::default(),
        };
        let mut layers = vec![
            layer(LayerKind::Company, "company", None),
            layer(LayerKind::Team, "team", None),
            layer(LayerKind::Rep, "rep", Some("lea")),
        ];
        // The rep has another setting, so that the company's pack is read once more for that rep.
        layers[2].settings.set("hot", i64::from(self.hot % 9 + 1).into());
        let sources = vec![company, source("team.rhai", team.to_owned()), source("rep.rhai", rep.to_owned())];
        (sources, Some(Layers { layers, settings: Overrides::default() }))
    }
}

/// In how many rulebooks something is, and how often altogether.
type Contents = BTreeMap<&'static str, (usize, usize)>;

fn count(contents: &mut Contents, packs: &[Pack], sources: &[PackSource]) {
    let of_packs = |count: fn(&Pack) -> usize| packs.iter().map(count).sum::<usize>();
    let within = |word: &str| sources.iter().map(|source| source.text.matches(word).count()).sum::<usize>();
    let counts = [
        ("rules", of_packs(|pack| pack.rules.len())),
        ("exceptions (unless)", of_packs(|pack| pack.rules.iter().filter(|rule| rule.unless.is_some()).count())),
        ("conditions with or", within(" or ")),
        ("conditions with not", within("and not (")),
        ("promises (within)", within(".within(")),
        ("times of the day (between)", within(".between(")),
        ("cadences", of_packs(|pack| pack.cadences.len())),
        ("limits", of_packs(|pack| pack.limits.len())),
        ("bans (never)", of_packs(|pack| pack.nevers.len())),
        ("hours (reachable)", of_packs(|pack| pack.hours.len())),
        ("pauses", of_packs(|pack| pack.pauses.len())),
        ("stages entered", of_packs(|pack| pack.enters.len())),
        ("settings", of_packs(|pack| pack.settings.len())),
        ("facts of their own", of_packs(|pack| pack.facts.len())),
        ("helper functions", within("\nfn ")),
        ("rules that wait", within("then wait")),
        ("layers after the first", packs.iter().filter(|pack| pack.layer.is_some()).count()),
    ];
    for (what, number) in counts {
        let (rulebooks, all) = contents.entry(what).or_default();
        *rulebooks += usize::from(number > 0);
        *all += number;
    }
}

#[test]
fn nothing_is_said_of_a_sound_rulebook() {
    let contents = RefCell::new(Contents::new());
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(RULEBOOKS) });
    let judged = runner.run(&sound_rulebook(), |made| {
        let (sources, layers) = made.sources();
        let (rulebook, told) = Rulebook::merged(&sources, layers.as_ref(), &Overrides::default());
        let text = || sources.iter().map(|source| source.text.as_str()).collect::<Vec<_>>().join("\n");
        if !told.is_empty() {
            return Err(TestCaseError::fail(format!("{told:#?}\n{}", text())));
        }
        let certain = analyse(rulebook.packs()).certain;
        if !certain.is_empty() {
            return Err(TestCaseError::fail(format!("{certain:#?}\n{}", text())));
        }
        count(&mut contents.borrow_mut(), rulebook.packs(), &sources);
        Ok(())
    });
    if let Err(why) = judged {
        panic!("{why}");
    }
    let contents = contents.into_inner();
    for (what, (rulebooks, all)) in &contents {
        println!("{what}: {all} in {rulebooks} of {RULEBOOKS}");
    }
    for (what, (rulebooks, _)) in contents {
        assert!(rulebooks >= RULEBOOKS as usize / 4, "{what} only in {rulebooks}");
    }
}
