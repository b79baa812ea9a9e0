//! What examples do not try, for people: the lines that are not covered, and the counts.

use crate::cli::screen::{BOLD, DIM, ERROR, GOOD, WARN, amount, count, paragraph, plain};
use cadans::coverage::{ConditionCoverage, Coverage, Decided, PackCoverage, Tally, Totals};
use cadans::diagnostics::Span;
use cadans::pack::statement_forms::{STATEMENT_FORMS, StatementKind};
use cadans::wording::{Language, Sentence};

/// A place that is not covered.
pub(super) struct Uncovered {
    pub(super) span: Span,
    /// The statement or condition.
    pub(super) what: String,
    /// What no example did.
    pub(super) missing: String,
    /// Whether no example can: its condition is false for every lead.
    pub(super) never: bool,
    /// For a side of a condition, or a step: the statement that it belongs to. Sides in helper functions have none.
    of: Option<(Span, String)>,
}

impl Uncovered {
    /// What it is where it stands by itself: with its statement.
    pub(super) fn title(&self) -> String {
        match &self.of {
            Some((_, statement)) => format!("{statement}: {}", self.what),
            None => self.what.clone(),
        }
    }
}

/// The places of a pack that are not covered, in file order.
pub(super) fn uncovered(pack: &PackCoverage, language: Language) -> Vec<Uncovered> {
    let say = |key: &'static str| Sentence::new(key).render(language);
    let mut all = Vec::new();
    let side = |side: &ConditionCoverage, of: Option<(Span, String)>| {
        let missing = match side.decided {
            Decided { yes: false, no: false } => "coverage-side-not-reached",
            Decided { no: true, .. } => "coverage-side-never",
            Decided { yes: true, .. } => "coverage-side-always",
        };
        Uncovered { span: side.span, what: side.text.clone(), missing: say(missing), never: false, of }
    };
    for one in &pack.statements {
        let is_policy = matches!(
            one.kind,
            StatementKind::Never | StatementKind::Limit | StatementKind::Reachable | StatementKind::Pause
        );
        let what = match one.kind {
            _ if is_policy => one.name.clone(),
            kind => format!("{} \"{}\"", word(kind), one.name),
        };
        let missing = match (one.decided, is_policy) {
            _ if one.never_holds => Some("coverage-never-holds"),
            (Decided { yes: true, no: true }, _) => None,
            (Decided { yes: false, no: false }, false) if one.failed => Some("coverage-failed"),
            (Decided { yes: false, no: false }, false) => Some("coverage-not-tried"),
            (Decided { yes: false, no: true }, false) => Some("coverage-never-held"),
            (Decided { yes: true, no: false }, false) => Some("coverage-always-held"),
            (Decided { yes: false, .. }, true) => Some("coverage-policy-no-effect"),
            (Decided { yes: true, no: false }, true) => Some("coverage-policy-always"),
        };
        all.extend(missing.map(|missing| Uncovered {
            span: one.span,
            what: what.clone(),
            missing: say(missing),
            never: one.never_holds,
            of: None,
        }));
        let of = Some((one.span, what.clone()));
        // What no example can reach is said once.
        if !one.never_holds {
            all.extend(told_sides(&one.conditions).map(|gap| side(gap, of.clone())));
        }
        let steps = one.steps.iter().filter(|step| !step.advised && !one.never_holds);
        all.extend(steps.map(|step| Uncovered {
            span: step.span,
            what: Sentence::new("coverage-step").with("number", step.number).render(language),
            missing: say("coverage-step-not-advised"),
            never: false,
            of: of.clone(),
        }));
    }
    all.extend(told_sides(&pack.helpers).map(|gap| side(gap, None)));
    all.sort_by_key(|one| one.span);
    all
}

/// The sides that are not covered, each gap told once. An `and` or `or` that came out one way only has a side within it that did too, which says more;
/// within one that was not reached nothing was.
fn told_sides(sides: &[ConditionCoverage]) -> impl Iterator<Item = &ConditionCoverage> {
    let gaps: Vec<&ConditionCoverage> = sides.iter().filter(|side| !side.decided.both_ways()).collect();
    let is_told = |side: &ConditionCoverage| {
        let within = |inner: Span, outer: Span| inner != outer && outer.to(inner) == outer;
        gaps.iter().all(|other| match other.decided == Decided::default() {
            true => !within(side.span, other.span),
            false => true,
        }) && (side.decided == Decided::default() || !gaps.iter().any(|other| within(other.span, side.span)))
    };
    let told: Vec<&ConditionCoverage> = gaps.iter().copied().filter(|side| is_told(side)).collect();
    told.into_iter()
}

fn word(kind: StatementKind) -> &'static str {
    STATEMENT_FORMS.iter().find(|form| form.kind == kind).map_or("", |form| form.word)
}

/// The coverage as text of `width` columns: for each file what is not covered, and the counts.
pub(super) fn show(covered: &Coverage, min: Option<u32>, language: Language, width: usize) -> String {
    let mut text = String::new();
    for pack in &covered.packs {
        text.push_str(&pack_text(pack, language, width));
    }
    let all = Sentence::new("coverage-all").render(language);
    text.push_str(&format!("\n{BOLD}{all}{BOLD:#}  {}\n", counts(&covered.totals, language)));
    if let Some(min) = min {
        let reached = covered.totals.all.reaches(min);
        let (style, key) = if reached { (GOOD, "coverage-reached") } else { (ERROR, "coverage-not-reached") };
        let said = Sentence::new(key).with("min", amount(min as usize)).render(language);
        text.push_str(&format!("{style}{said}{style:#}.\n"));
    }
    text
}

fn pack_text(pack: &PackCoverage, language: Language, width: usize) -> String {
    let mut text = format!("\n{BOLD}{}{BOLD:#}  {}\n", plain(&pack.file), counts(&pack.totals, language));
    let missing = uncovered(pack, language);
    let last = missing.iter().map(|one| one.span.line).max().unwrap_or_default().to_string().len();
    let number = |line: u32, indent: &str| format!("  {DIM}{line:>last$}{DIM:#}  {indent}");
    let mut statement = None;
    for one in &missing {
        if let Some((span, what)) = one.of.as_ref().filter(|(span, _)| statement != Some(*span)) {
            text.push_str(&paragraph(&number(span.line, ""), &format!("{}:", plain(what)), width));
            statement = Some(*span);
        }
        if one.of.is_none() {
            statement = Some(one.span);
        }
        let style = if one.never { ERROR } else { WARN };
        let first = number(one.span.line, if one.of.is_some() { "  " } else { "" });
        text.push_str(&paragraph(&first, &format!("{}: {style}{}{style:#}", plain(&one.what), one.missing), width));
    }
    let interpreted = pack.statements.iter().filter(|one| one.interpreted).count();
    let notes = [
        (pack.failed > 0)
            .then(|| Sentence::new("coverage-failed-examples").with("examples", count("examples", pack.failed))),
        (pack.passed + pack.failed == 0 && pack.totals.all.of > 0).then(|| Sentence::new("coverage-no-examples")),
        (interpreted > 0)
            .then(|| Sentence::new("coverage-interpreted").with("statements", count("statements", interpreted))),
    ];
    for note in notes.into_iter().flatten() {
        text.push_str(&paragraph("  ", &format!("{DIM}{}.{DIM:#}", note.render(language)), width));
    }
    text
}

/// `rules 9 of 9, statements 12 of 14, sides 20 of 31, together 71 %`; the rules are among the statements.
fn counts(totals: &Totals, language: Language) -> String {
    let Some(percent) = totals.all.percent() else {
        return Sentence::new("coverage-nothing").render(language);
    };
    let of =
        |tally: Tally| Sentence::new("coverage-of").with("covered", amount(tally.covered)).with("of", amount(tally.of));
    let counts = Sentence::new("coverage-counts").with("statements", of(totals.statements));
    let counts = counts.with("sides", of(totals.conditions)).with("percent", amount(percent as usize));
    let rules = Sentence::new("coverage-rules").with("rules", of(totals.rules)).render(language);
    let rules = if totals.rules.of > 0 { format!("{rules}, ") } else { String::new() };
    let style = if percent == 100 { GOOD } else { DIM };
    format!("{style}{rules}{}{style:#}", counts.render(language))
}
