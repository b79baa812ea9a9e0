//! What a received file would change, as text.

use super::diff_text::advice_text;
use super::failure::Failure;
use super::moment::Now;
use super::screen::{BOLD, DIM, ERROR, GOOD, WARN, amount, count, paragraph, plain};
use super::{examples, findings, line_diff, rulebook};
use cadans::handover::{
    Acceptance, Conflict, ConflictKind, Handover, ReceiveReport, Requirement, RequirementKind, RequirementState,
};
use cadans::language::PackSource;
use cadans::wording::{Language, Sentence};

/// The report as text of `width` columns.
///
/// # Errors
/// When the findings cannot be put together.
pub fn report(
    report: &ReceiveReport,
    handover: &Handover,
    now: Option<Now>,
    language: Language,
    width: usize,
) -> Result<String, Failure> {
    let heading = |key: &'static str| format!("\n{BOLD}{}{BOLD:#}\n", Sentence::new(key).render(language));
    let mut text = title(report, language, width);
    text.push_str(&heading("receive-rules"));
    text.push_str(&rules(report, language, width));
    if !report.header.settings.is_empty() {
        text.push_str(&heading("receive-settings"));
        for (name, value) in &report.header.settings {
            let value = serde_json::to_string(value).unwrap_or_default();
            text.push_str(&paragraph("  ", &format!("{} = {}", plain(name), plain(&value)), width));
        }
    }
    if let Some(requirements) = report.requirements.as_ref().filter(|all| !all.is_empty()) {
        text.push_str(&heading("receive-needs"));
        requirements.iter().for_each(|one| text.push_str(&requirement(one, language, width)));
    }
    text.push_str(&heading("receive-examples"));
    if report.examples.failed.is_empty() {
        let passed = Sentence::new("receive-examples-pass").with("examples", count("examples", report.examples.passed));
        text.push_str(&format!("  {GOOD}{}{GOOD:#}\n", passed.render(language)));
    } else {
        text.push_str(&examples::results_text(&report.examples.failed, language, width));
    }
    if !report.findings.is_empty() {
        text.push_str(&heading("receive-findings"));
        text.push_str(&findings::show(&report.findings, &sources(report, handover), width, language)?);
    }
    if !report.conflicts.is_empty() {
        text.push_str(&heading("receive-conflicts"));
        report.conflicts.iter().for_each(|one| text.push_str(&conflict(one, language, width)));
    }
    if !report.changes.is_empty() {
        text.push_str(&heading("rulebook-changes"));
        report.changes.iter().for_each(|one| text.push_str(&rulebook::change_text(one, language, width)));
    }
    if let Some(advice) = &report.advice {
        text.push('\n');
        text.push_str(&advice_text(advice, now, language, width));
    }
    Ok(text)
}

/// The packs under the names by which findings call them: as they were received, and as they would be in the rulebook.
fn sources(report: &ReceiveReport, handover: &Handover) -> Vec<PackSource> {
    let accepted = report.acceptance.files.iter();
    let accepted = accepted.map(|file| PackSource { file: file.path.clone(), text: file.text.clone() });
    accepted.chain(handover.packs.iter().cloned()).collect()
}

/// What it is, of whom, and with which hash.
fn title(report: &ReceiveReport, language: Language, width: usize) -> String {
    let header = &report.header;
    let name =
        [Some(&header.name), header.version.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let mut text = format!("{BOLD}{}{BOLD:#}\n", plain(&name));
    let mut line = |style: anstyle::Style, sentence: Sentence| {
        text.push_str(&paragraph("  ", &format!("{style}{}{style:#}", sentence.render(language)), width));
    };
    let usual = anstyle::Style::new();
    if let Some(about) = &header.about {
        line(usual, Sentence::as_is(plain(about)));
    }
    match &header.author {
        Some(author) => line(usual, Sentence::new("receive-author").with("author", &*plain(author))),
        None => line(WARN, Sentence::new("receive-no-author")),
    }
    match &header.licence {
        Some(licence) => line(usual, Sentence::new("receive-licence").with("licence", &*plain(licence))),
        None => line(WARN, Sentence::new("pack-no-licence")),
    }
    line(DIM, Sentence::new("pack-hash").with("hash", report.sha256.as_str()));
    if !report.header_agrees {
        line(WARN, Sentence::new("receive-header-differs"));
    }
    text
}

/// Each pack with its rules and series, and which of these are accepted.
fn rules(report: &ReceiveReport, language: Language, width: usize) -> String {
    let mut text = String::new();
    for pack in &report.header.packs {
        let mut about: Vec<String> = vec![count("policies", pack.policies).render(language)];
        about.insert(0, count("rules", pack.rules).render(language));
        about.push(count("examples", pack.examples).render(language));
        if pack.hard {
            about.push(Sentence::new("receive-hard").render(language));
        }
        let dates = [("receive-valid-from", &pack.valid_from), ("receive-valid-to", &pack.valid_to)];
        for (key, date) in dates {
            about.extend(date.as_ref().map(|date| Sentence::new(key).with("date", &*plain(date)).render(language)));
        }
        if !pack.needs.is_empty() {
            let needs = plain(&pack.needs.join(", ")).into_owned();
            about.push(Sentence::new("receive-pack-needs").with("packs", needs).render(language));
        }
        let name =
            [Some(&pack.name), pack.version.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let line = format!("{} {DIM}({}){DIM:#}", plain(&name), about.join("; "));
        text.push_str(&paragraph(&format!("  {}  ", plain(&pack.file)), &line, width));
        for rule in report.rules.iter().filter(|rule| rule.pack == pack.name) {
            let accepted = Sentence::new("receive-accepted").render(language);
            let accepted = if rule.accepted { format!(" {GOOD}({accepted}){GOOD:#}") } else { String::new() };
            text.push_str(&paragraph(
                &format!("    {DIM}{:<8}{DIM:#}", rule.kind),
                &format!("{}{accepted}", plain(&rule.name)),
                width,
            ));
        }
    }
    text
}

fn requirement(one: &Requirement, language: Language, width: usize) -> String {
    let kind = match one.kind {
        RequirementKind::Fact => "receive-fact",
        RequirementKind::Content => "receive-content",
        RequirementKind::Skill => "receive-skill",
        RequirementKind::Person => "receive-person",
    };
    let kind = Sentence::new(kind).with("name", &*plain(&one.name));
    let leads = count("leads", one.leads.unwrap_or_default());
    let (style, sentence) = match (one.state, one.kind) {
        (RequirementState::There, RequirementKind::Fact) => {
            (GOOD, Sentence::new("receive-in-leads").with("leads", leads))
        }
        (RequirementState::There, _) => (GOOD, Sentence::new("receive-there")),
        (RequirementState::Missing, _) => (ERROR, Sentence::new("receive-missing")),
        (RequirementState::OtherType, _) => {
            let sentence =
                Sentence::new("receive-other-type").with("leads", count("leads", one.other.unwrap_or_default()));
            (ERROR, sentence.with("type", one.declared.as_deref().unwrap_or_default()))
        }
        (RequirementState::NotListed, _) => (DIM, Sentence::new("receive-not-listed")),
    };
    paragraph("  ", &format!("{}: {style}{}{style:#}", kind.render(language), sentence.render(language)), width)
}

fn conflict(one: &Conflict, language: Language, width: usize) -> String {
    let key = match one.kind {
        ConflictKind::Pack => "receive-conflict-pack",
        ConflictKind::Statement => "receive-conflict-statement",
        ConflictKind::Duplicate => "receive-conflict-duplicate",
        ConflictKind::Fact => "receive-conflict-fact",
        ConflictKind::Setting => "receive-conflict-setting",
    };
    let sentence = Sentence::new(key).with("title", &*plain(&one.title)).with("file", &*plain(&one.before.file));
    let mut text =
        paragraph("  ", &format!("{WARN}{}{WARN:#}", sentence.with("line", one.before.line).render(language)), width);
    one.words.iter().for_each(|words| text.push_str(&paragraph("      ", &plain(words), width)));
    // Of a pack the words tell each statement; of a setting they tell all.
    if matches!(one.kind, ConflictKind::Statement | ConflictKind::Fact | ConflictKind::Pack) {
        let names = [plain(&one.before.file), plain(&one.after.file)];
        text.push_str(&line_diff::styled([&names[0], &names[1]], [&one.before.text, &one.after.text]));
    }
    text
}

/// What was accepted, in some lines.
pub fn accepted(acceptance: &Acceptance, manifest: &str, language: Language, width: usize) -> String {
    let mut text = String::new();
    for file in &acceptance.files {
        text.push_str(&format!("  {}\n", plain(&file.path)));
    }
    for file in &acceptance.replaced {
        let line = Sentence::new("receive-replaced").with("file", &*plain(file)).render(language);
        text.push_str(&paragraph("  ", &format!("{DIM}{line}{DIM:#}"), width));
    }
    for (name, value) in &acceptance.settings {
        let value = serde_json::to_string(value).unwrap_or_default();
        text.push_str(&paragraph("  ", &format!("{} = {}", plain(name), plain(&value)), width));
    }
    let key = if acceptance.new_layer { "receive-accepted-new-layer" } else { "receive-accepted-into" };
    let line = Sentence::new(key).with("manifest", &*plain(manifest)).with("layer", &*plain(&acceptance.layer));
    let line = line.with("files", amount(acceptance.files.len())).render(language);
    text.push_str(&paragraph("", &format!("{GOOD}{line}{GOOD:#}"), width));
    text
}
