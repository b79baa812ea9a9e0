//! Packs that mean harm: the analyses end soon whatever is written, and say that they cannot tell. And packs that are large but honest.

use std::time::{Duration, Instant as Clock};

use cadans::analysis::{Analysis, analyse};
use cadans::language::{PackSource, Rulebook};
use cadans::limits;
use cadans::pack::Overrides;

/// No case may take longer than this, on a busy machine and unoptimised.
const SOON: Duration = Duration::from_secs(120);

/// What the analyses say about packs, which is known soon.
fn soon(what: &str, texts: &[String]) -> Analysis {
    let sources: Vec<PackSource> = texts
        .iter()
        .enumerate()
        .map(|(nth, text)| PackSource { file: format!("{nth}.rhai"), text: format!("pack \"{nth}\" #{{}};\n{text}") })
        .collect();
    let start = Clock::now();
    let (rulebook, _) = Rulebook::new(&sources, &Overrides::default());
    let read = start.elapsed();
    let found = analyse(rulebook.packs());
    let analysed = start.elapsed() - read;
    println!("{what}: read in {read:.1?}, analysed in {analysed:.1?}");
    assert!(analysed < SOON, "{what}: it took {analysed:?}");
    let most = limits::DIAGNOSTICS * texts.len();
    assert!(found.certain.len() <= most + texts.len() && found.open.len() <= most + texts.len(), "{what}");
    found
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|nth| line(nth) + "\n").collect()
}

fn has(found: &[cadans::diagnostics::Diagnostic], code: &str) -> bool {
    found.iter().any(|one| one.code == code)
}

#[test]
fn five_thousand_rules_take_bounded_work() {
    let apart = lines(4_900, |nth| {
        format!(
            "rule \"{nth}\" when lead.visits({}.days) >= {} then email.weight({});",
            nth % 10 + 1,
            nth + 1,
            5_000 - nth
        )
    });
    let found = soon("5,000 rules over one channel", &[apart]);
    assert!(
        has(&found.open, "shadowed") && has(&found.certain, "shadowed"),
        "some are judged, and the rest is left open"
    );

    let alike = lines(4_900, |nth| format!("rule \"{nth}\" when lead.value >= {} then phone;", nth / 2));
    let found = soon("5,000 rules, each twice", &[alike]);
    assert!(has(&found.certain, "duplicate"));

    let banned = lines(2_400, |nth| format!("rule \"{nth}\" when lead.visits() >= {nth} then phone;"))
        + lines(2_400, |nth| format!("never phone when lead.visits() is {nth};")).as_str();
    soon("as many bans as rules", &[banned]);

    let packs: Vec<String> = (0..100)
        .map(|pack| lines(50, |nth| format!("rule \"{pack}-{nth}\" when lead.visits() >= {nth} then wait;")))
        .collect();
    soon("a hundred packs that wait", &packs);
}

#[test]
fn conditions_without_end_are_left_open() {
    let or = |count: usize, from: usize| {
        (from..from + count).map(|nth| format!("lead.value is {nth}")).collect::<Vec<_>>().join(" or ")
    };
    let chain = lines(30, |nth| format!("rule \"{nth}\" when {} then email;", or(900, nth * 1_000)));
    let found = soon("long chains of or", &[chain]);
    assert!(has(&found.open, "never-holds"), "it is said that it cannot be told");

    let product = lines(20, |nth| {
        let sides: Vec<String> = (0..12).map(|side| format!("({})", or(12, (nth * 12 + side) * 100))).collect();
        format!("rule \"{nth}\" when {} then email;", sides.join(" and "))
    });
    soon("products of or", &[product]);

    // Each level asks what is below it in several ways.
    let nested = lines(30, |nth| {
        let depth = 14;
        let open: String =
            (0..depth).map(|level| format!("not (lead.visits({}.days) >= {nth} and ", level + 1)).collect();
        format!("rule \"{nth}\" when {open}lead.open{} then email;", ")".repeat(depth))
    });
    soon("deep nesting", &[nested]);

    let parts = lines(200, |nth| {
        let sums: Vec<String> =
            (0..30).map(|part| format!("lead.visits() * {} > lead.forms() + {}", nth + 2, part)).collect();
        format!("rule \"{nth}\" when ({}) and not ({}) then email;", sums.join(" or "), sums.join(" and "))
    });
    soon("parts that are not taken apart", &[parts]);
}

#[test]
fn hours_and_stages_without_end_are_left_open() {
    let hours = lines(2_000, |nth| {
        let (hour, minute) = (nth / 60 % 24, nth % 60);
        format!(
            "rule \"{nth}\" when lead.open then phone.within(1.day).between(\"{hour:02}:{minute:02}\", \"{hour:02}:59\");"
        )
    }) + "reachable phone \"Dec 25 off; Dec 24 off; Jan 01 off; Feb 30 10:00-11:00\";\n";
    soon("thousands of times of the day", &[hours]);

    let stages = ["orientation", "interest", "consideration", "proposal", "decision"];
    let enters = lines(4_000, |nth| {
        let (to, from) = (stages[nth % 5], stages[(nth + nth / 5 + 1) % 5]);
        format!("enter \"{to}\" when lead.stage is \"{from}\" and lead.visits({}.days) >= 1;", nth + 1)
    });
    soon("thousands of moves", &[enters + "rule \"a\" when lead.open then email;\n"]);
}
