//! The results of examples for people.

use super::title;
use crate::cli::screen::{BOLD, DIM, ERROR, GOOD, amount, columns, paragraph, plain};
use cadans::decide::advice::NearMiss;
use cadans::examples::ExampleResult;
use cadans::wording::{Language, Sentence};

/// The columns before what belongs to a result.
const INDENT: usize = 10;

/// The results as text of `width` columns.
pub(in crate::cli) fn show(results: &[ExampleResult], language: Language, width: usize) -> String {
    let mut text = String::new();
    let mut file = "";
    for result in results {
        if result.file != file {
            let blank = if file.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{blank}{BOLD}{}{BOLD:#}\n", plain(&result.file)));
            file = &result.file;
        }
        text.push_str(&result_text(result, language, width));
    }
    let failed = results.iter().filter(|result| !result.passed).count();
    let passed = results.len() - failed;
    let style = if failed > 0 { ERROR } else { GOOD };
    let blank = if results.is_empty() { "" } else { "\n" };
    let summary = Sentence::new("test-summary").with("passed", amount(passed)).with("failed", amount(failed));
    text.push_str(&format!("{blank}{style}{}{style:#}.\n", summary.render(language)));
    if results.is_empty() {
        let none = Sentence::new("test-none").render(language);
        text.push_str(&format!("{DIM}{none}.{DIM:#}\n"));
    }
    text
}

fn result_text(result: &ExampleResult, language: Language, width: usize) -> String {
    let (style, key) = if result.passed { (GOOD, "test-passed") } else { (ERROR, "test-failed") };
    let mark = Sentence::new(key).render(language);
    let mut text = paragraph(&format!("  {style}{mark}{style:#}  "), &plain(&title(result, language)), width);
    if result.passed {
        return text;
    }
    let mut line = |key: &'static str, value: &str| {
        let label = Sentence::new(key).render(language);
        text.push_str(&paragraph(&format!("{:INDENT$}{DIM}{label:<10}{DIM:#}", ""), &plain(value), width));
    };
    line("test-line", &result.span.line.to_string());
    line("test-expected", &result.expected);
    line("test-came", &result.came);
    for differs in &result.differs {
        line("test-differs", differs);
    }
    text.push_str(&side_by_side(result, language, width));
    for rule in &result.conditions {
        let heading = plain(&heading_of_conditions(rule, language)).into_owned();
        text.push_str(&paragraph(&format!("{:INDENT$}", ""), &heading, width));
        for condition in &rule.conditions {
            let (style, key) = if condition.holds { (GOOD, "test-holds") } else { (ERROR, "test-holds-not") };
            let mark = Sentence::new(key).render(language);
            let first = format!("{:INDENT$}  {style}{mark:<4}{style:#}", "");
            let seen = format!("{}: {}", condition.text, condition.saw);
            text.push_str(&paragraph(&first, &plain(&seen), width));
        }
    }
    text
}

/// What was expected beside what came, a line each; nothing for an example that could not be run.
fn side_by_side(result: &ExampleResult, language: Language, width: usize) -> String {
    if result.compared.is_empty() {
        return String::new();
    }
    let word = |key: &'static str| Sentence::new(key).render(language);
    let mut table = columns(width.saturating_sub(INDENT));
    table.add_row([
        "".to_owned(),
        format!("{DIM}{}{DIM:#}", word("test-expected")),
        format!("{DIM}{}{DIM:#}", word("test-came")),
    ]);
    for one in &result.compared {
        let (mark, style) = if one.same { ("", GOOD) } else { ("≠ ", ERROR) };
        let aspect = format!("{DIM}{mark}{}{DIM:#}", word(aspect_key(one.aspect)));
        let came = format!("{style}{}{style:#}", plain(&one.came));
        table.add_row([aspect, plain(&one.expected).into_owned(), came]);
    }
    table.trim_fmt().lines().map(|line| format!("{:INDENT$}{line}\n", "")).collect()
}

/// The key of the word for an aspect of an advice.
fn aspect_key(aspect: &str) -> &'static str {
    match aspect {
        "action" => "aspect-action",
        "person" => "aspect-person",
        "offer" => "aspect-offer",
        "question" => "aspect-question",
        "begins" => "aspect-begins",
        "rule" => "aspect-rule",
        "reason" => "aspect-reason",
        "since" => "aspect-since",
        "due" => "aspect-due",
        _ => "aspect-blocked",
    }
}

/// Above the conditions of a rule: its name, for whom it was asked, and how many hold.
pub(super) fn heading_of_conditions(rule: &NearMiss, language: Language) -> String {
    let key = if rule.person.is_some() { "test-conditions-person" } else { "test-conditions" };
    let heading = Sentence::new(key).with("rule", rule.rule.name.as_str()).with("held", rule.held).with("of", rule.of);
    heading.with("person", rule.person.clone().unwrap_or_default()).render(language)
}
