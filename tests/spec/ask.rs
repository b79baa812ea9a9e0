//! What the engine says about a block: findings in a rule file, examples, advice, and the answers of conditions.

use cadans::analysis::{Analysis, analyse};
use cadans::book::Book;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::book::value::Value;
use cadans::calendar::Instant;
use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::decide_lead;
use cadans::diagnostics::{Diagnostic, EvaluationError, Severity, Span};
use cadans::evaluate::clause::{evaluate, interpret};
use cadans::evaluate::facts::FactContext;
use cadans::evaluate::operators::{self, TruthNeededBy};
use cadans::examples::{ExampleResult, run_examples};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::pack::expression::Clause;
use cadans::pack::interpreter::Answer;
use cadans::pack::layers::{Layer, LayerKind, LayerPack, Layers};
use cadans::wording::Language;

/// Something the checker or the engine says about a place: `error [code] 8-14`.
#[derive(Clone, Debug)]
pub struct Said {
    pub severity: &'static str,
    pub code: String,
    pub file: usize,
    pub span: Span,
    pub text: String,
}

impl Said {
    fn of(finding: &Diagnostic) -> Self {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let text = [finding.message.as_str(), finding.why.as_str(), finding.help.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("; ");
        Self { severity, code: finding.code.to_string(), file: file_of(&finding.file), span: finding.span, text }
    }

    /// `8-14`, or `8-14+2` where it ends two lines further.
    pub fn place(&self) -> String {
        let Span { line, column, end_line, end_column } = self.span;
        let down = if end_line > line { format!("+{}", end_line - line) } else { String::new() };
        format!("{column}-{end_column}{down}")
    }
}

/// Packs of a block are called `0.rhai`, `1.rhai` ...
fn file_of(name: &str) -> usize {
    name.split('.').next().and_then(|nth| nth.parse().ok()).unwrap_or_default()
}

/// The lead of a page and the moment at which it is asked about.
pub struct Case {
    pub book: Book,
    pub now: Instant,
}

/// A lead in the lead format with `now` beside its fields; or a whole file, of which the first lead is asked about.
pub fn case(json: &str) -> Result<Case, String> {
    let mut value: serde_json::Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let now = value.as_object_mut().and_then(|fields| fields.remove("now"));
    let now = Instant::parse(now.as_ref().and_then(|now| now.as_str()).ok_or("the lead has no \"now\"")?);
    let now = now.map_err(|why| why.english())?;
    let intake = read_book(&LeadFormat::Json, value.to_string().as_bytes());
    match intake.refused.first() {
        Some(refused) => Err(format!("the lead is refused: {}: {}", refused.path, refused.reason.english())),
        None => Ok(Case { book: intake.book, now }),
    }
}

/// A rule file (or several) as the engine sees it.
pub struct Read {
    pub rulebook: Rulebook,
    pub findings: Vec<Diagnostic>,
    pub said: Vec<Said>,
    pub examples: Vec<ExampleResult>,
}

/// Layers of these kinds, each with one file: `law, company refused, rep kim`.
fn layers_of(kinds: &str) -> Layers {
    let layer = |(nth, text): (usize, &str)| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let kind = LayerKind::from_word(words[0]).unwrap_or_else(|| panic!("{} is no kind of layer", words[0]));
        let pack = LayerPack { file: format!("{nth}.rhai"), refused: words.contains(&"refused"), rules: None };
        let rep = (kind == LayerKind::Rep).then(|| words[1].into());
        Layer { kind, name: format!("{nth}"), rep, packs: vec![pack], settings: Overrides::default() }
    };
    Layers { layers: kinds.split(", ").enumerate().map(layer).collect(), settings: Overrides::default() }
}

/// Reads packs, in layers where these are given, and runs their examples.
pub fn read(packs: &[String], overrides: &[(String, Value)], layers: Option<&str>) -> Read {
    let named = |(nth, text): (usize, &String)| PackSource { file: format!("{nth}.rhai"), text: text.clone() };
    let sources: Vec<PackSource> = packs.iter().enumerate().map(named).collect();
    let mut turned = Overrides::default();
    for (name, value) in overrides {
        turned.set(name, value.clone());
    }
    let (rulebook, findings) = Rulebook::merged(&sources, layers.map(layers_of).as_ref(), &turned);
    let examples = run_examples(&rulebook, Language::English);
    Read { rulebook, said: findings.iter().map(Said::of).collect(), findings, examples }
}

/// What the analyses find in packs together: what is certain, and what cannot be told.
pub fn analysed(rulebook: &Rulebook, told: &[Diagnostic]) -> Vec<Said> {
    let Analysis { certain, open } = analyse(rulebook.packs()).beside(told);
    certain.iter().chain(&open).map(Said::of).collect()
}

/// What packs name and the leads do not have, and which packs have ended at the moment of the case.
pub fn against(rulebook: &Rulebook, case: &Case) -> Vec<Said> {
    rulebook.check_against(&case.book).iter().chain(&rulebook.check_at(case.now)).map(Said::of).collect()
}

/// The file in which an example stands.
pub fn file_of_example(example: &ExampleResult) -> usize {
    file_of(&example.file)
}

/// The advice for the lead, in one line; why; and the rules that failed.
pub fn advise(rulebook: &Rulebook, case: &Case) -> (String, String, Vec<Said>) {
    let advice = decide_lead(rulebook, &case.book, 0, case.now, Language::English);
    let faults = advice.faults.iter().map(|fault| Said {
        severity: "fault",
        code: String::new(),
        file: file_of(&fault.rule.file),
        span: fault.span,
        text: fault.message.clone(),
    });
    (told(&advice), advice.reason.clone(), faults.collect())
}

/// The advice for the lead at another moment, in one line.
pub fn advise_at(rulebook: &Rulebook, case: Case, now: &str) -> Result<String, String> {
    Ok(advise(rulebook, &Case { now: Instant::parse(now).map_err(|why| why.english())?, ..case }).0)
}

fn told(advice: &Advice) -> String {
    let Some(touch) = &advice.touch else {
        if advice.verdict != Verdict::Hold {
            return "wait".to_owned();
        }
        let by: Vec<String> = advice
            .blocks
            .iter()
            .map(|block| format!("{} for {}", block.policy, block.person.as_deref().unwrap_or("everybody")))
            .collect();
        return format!("hold by {}", by.join(", "));
    };
    let by = touch.rep.as_ref().map_or_else(String::new, |rep| format!(" by {}", rep.id));
    if let Some(role) = touch.find {
        return format!("find {role}{by}");
    }
    if let Some(team) = &touch.hand_over {
        return format!("hand over to {team}{by}");
    }
    let channel = touch.channel.map_or_else(String::new, |channel| channel.to_string());
    let person = touch.person.as_ref().map_or_else(String::new, |person| format!(" to {}", person.id));
    let window = touch.window.as_ref().map_or_else(String::new, |window| {
        let late = touch.late_by.map_or_else(String::new, |late| format!(" late by {late}"));
        format!(" from {} until {}{late}", short(&window.local_from), short(&window.local_until))
    });
    format!("{channel}{person}{window}{by}")
}

/// A local time without seconds that say nothing.
fn short(local: &str) -> String {
    local.replacen(":00+", "+", 1).replacen(":00-", "-", 1)
}

/// What a single expression gives.
pub struct Asked {
    pub said: Vec<Said>,
    /// On our tree (where it can be) and by Rhai's interpreter; empty when the checker refuses it.
    pub gives: Vec<String>,
}

/// Asks one expression of the lead. As a condition when it is expected to be one, else as a value.
pub fn ask(declared: &str, expression: &str, person: Option<&str>, expected: &str, case: &Case) -> Asked {
    let as_value = || asked(declared, expression, person, false, case);
    if !(matches!(expected, "true" | "false") || expected.starts_with("fault")) {
        return as_value();
    }
    let asked = asked(declared, expression, person, true, case);
    let no_condition = asked.said.iter().any(|said| said.code == "not-a-condition");
    if no_condition && expected.starts_with("fault") { as_value() } else { asked }
}

fn asked(declared: &str, expression: &str, person: Option<&str>, as_condition: bool, case: &Case) -> Asked {
    // The expression gets a line of its own, so that its columns are those of the page.
    // The condition of a value reads `person`, so that the value may.
    let before = if as_condition {
        "rule \"r\" then wait when"
    } else {
        "rule \"r\" when true or person.objected then wait because"
    };
    let text = format!("{declared}\n{before}\n{expression}\n;");
    let at = text.lines().count() as u32 - 1;
    let (rulebook, findings) = Rulebook::new(&[PackSource { file: "0.rhai".to_owned(), text }], &Overrides::default());
    let here = findings.iter().filter(|finding| finding.span.line == at || finding.code != "unused-setting");
    let said = here.map(Said::of).collect();
    let rule = rulebook.rules().next().map(|(_, rule)| rule);
    let Some(clause) = rule.and_then(|rule| if as_condition { Some(&rule.when) } else { rule.because.as_ref() }) else {
        return Asked { said, gives: Vec::new() };
    };
    let people = case.book.lead(0).map(|lead| lead.people).unwrap_or_default();
    let chosen = match person {
        None => (!people.is_empty()).then_some(0),
        Some(id) => people.iter().position(|person| person.id == id),
    };
    let cx = FactContext::new(&case.book.all_records(), 0, case.now).for_person(chosen);
    let gives = [evaluate(clause, &cx), interpret(clause, &cx)];
    Asked { said, gives: gives.into_iter().map(|answer| shown(answer, clause, as_condition)).collect() }
}

fn shown(answer: Result<Answer, EvaluationError>, clause: &Clause, as_condition: bool) -> String {
    let truth = |value: Value| {
        if as_condition {
            operators::truth(&value, TruthNeededBy::Condition).map(Value::Truth).map_err(|error| error.at(clause.span))
        } else {
            Ok(value)
        }
    };
    match answer {
        Ok(Answer::Value(value)) => match truth(value) {
            Ok(Value::Unknown) => "unknown".to_owned(),
            Ok(Value::Text(text)) => format!("\"{text}\""),
            Ok(value) => value.to_string(),
            Err(problem) => format!("fault: {}", problem.sentence.english()),
        },
        Ok(Answer::Touches(touches)) => format!("{} touches", touches.len()),
        Err(problem) => format!("fault: {}", problem.sentence.english()),
    }
}
