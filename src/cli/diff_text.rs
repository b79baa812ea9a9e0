//! A comparison as text and as Markdown.

use super::moment::Now;
use super::screen::{BOLD, DIM, ERROR, GOOD, READING_WIDTH, WARN, count, counted, paragraph, plain};
use super::simulate;
use cadans::compare::{AdviceChanges, AdviceExample, CauseGroup, SideGroup, ToldChanges, ToldStatement};
use cadans::wording::{Language, Sentence};

/// What is told of a comparison.
pub struct Told<'a> {
    /// By statement and clause.
    pub changes: ToldChanges,
    /// Of the advice, where leads were given.
    pub advice: Option<AdviceChanges>,
    /// The moment for which it was asked.
    pub now: Option<Now>,
    /// The fortnight of both, where that was asked for.
    pub simulated: Option<simulate::Told<'a>>,
}

/// So many users of a setting or helper function are named.
const MOST_USERS: usize = 3;

impl Told<'_> {
    /// For people.
    pub fn text(&self, language: Language, width: usize) -> String {
        let say = |sentence: Sentence| sentence.render(language);
        let mut text = String::new();
        let mut pack = None;
        for one in &self.changes.statements {
            if pack != Some(&one.pack) {
                let file = one.after.as_ref().or(one.before.as_ref()).map_or("", |place| place.file.as_str());
                let blank = if pack.is_some() { "\n" } else { "" };
                text.push_str(&format!("{blank}{BOLD}{}{BOLD:#} {DIM}{}{DIM:#}\n", plain(&one.pack), plain(file)));
                pack = Some(&one.pack);
            }
            let style = match one.kind {
                "added" => GOOD,
                "removed" => ERROR,
                _ => WARN,
            };
            let title = format!("  {style}{}{style:#}  ", plain(&one.title));
            text.push_str(&paragraph(&title, "", width).replace("  \n", "\n"));
            for line in lines(one, language) {
                text.push_str(&paragraph("      ", &plain(&line), width));
            }
        }
        for one in &self.changes.order {
            text.push_str(&paragraph("  ", &plain(&one.words), width));
        }
        let mut file = "";
        for one in &self.changes.keys {
            if file != one.place.file {
                let blank = if text.is_empty() { "" } else { "\n" };
                text.push_str(&format!("{blank}{BOLD}{}{BOLD:#}\n", plain(&one.place.file)));
                file = &one.place.file;
            }
            text.push_str(&paragraph("  ", &plain(&one.words), width));
        }
        if self.changes.same {
            text.push_str(&format!("{GOOD}{}{GOOD:#}\n", say(Sentence::new("diff-same"))));
        }
        if !self.changes.rewritten.is_empty() {
            let titles: Vec<String> = self.changes.rewritten.iter().map(|one| plain(&one.title).into_owned()).collect();
            let line = say(Sentence::new("diff-rewritten").with("titles", titles.join(", ")));
            text.push_str(&format!("{DIM}{}{DIM:#}", paragraph("", &line, width)));
        }
        for line in self.broken(language) {
            text.push_str(&paragraph("", &format!("{WARN}{}{WARN:#}", plain(&line)), width));
        }
        if let Some(advice) = &self.advice {
            text.push('\n');
            text.push_str(&advice_text(advice, self.now, language, width));
        }
        if let Some(simulated) = &self.simulated {
            text.push_str(&format!("\n{}", simulated.table(width)));
        }
        text
    }

    /// For a pull request.
    pub fn markdown(&self, language: Language) -> String {
        let say = |sentence: Sentence| sentence.render(language);
        let mut text = format!("## {}\n\n", say(Sentence::new("diff-title")));
        if self.changes.same {
            text.push_str(&format!("{}\n", escaped(&say(Sentence::new("diff-same")))));
        }
        let mut pack = None;
        for one in &self.changes.statements {
            if pack != Some(&one.pack) {
                let blank = if pack.is_some() { "\n" } else { "" };
                text.push_str(&format!("{blank}### {}\n\n", escaped(&one.pack)));
                pack = Some(&one.pack);
            }
            text.push_str(&format!("* {}: {}\n", code(&one.title), escaped(&lines(one, language).join("; "))));
        }
        for one in &self.changes.order {
            text.push_str(&format!("* {}\n", escaped(&one.words)));
        }
        for one in &self.changes.keys {
            text.push_str(&format!("* {}: {}\n", code(&one.place.file), escaped(&one.words)));
        }
        if !self.changes.rewritten.is_empty() {
            let titles: Vec<String> = self.changes.rewritten.iter().map(|one| one.title.clone()).collect();
            let line = say(Sentence::new("diff-rewritten").with("titles", titles.join(", ")));
            text.push_str(&format!("\n{}\n", escaped(&line)));
        }
        for line in self.broken(language) {
            text.push_str(&format!("\n> {}\n", escaped(&line)));
        }
        if let Some(advice) = &self.advice {
            text.push_str(&format!("\n## {}\n", escaped(&heading(advice, self.now, language))));
            for cause in &advice.causes {
                let leads = say(count("leads", cause.leads));
                text.push_str(&format!("\n### {} ({leads})\n", escaped(&cause.words)));
                text.push_str(&cause_markdown(cause, language));
            }
            for line in same_advice(advice, language) {
                text.push_str(&format!("\n{}\n", escaped(&line)));
            }
        }
        if let Some(simulated) = &self.simulated {
            text.push_str(&format!("\n{}", simulated.markdown()));
        }
        text
    }

    /// A line for each file with errors.
    fn broken(&self, language: Language) -> Vec<String> {
        let line = |one: &cadans::compare::ToldBroken| {
            let key = if one.side == "after" { "diff-broken-after" } else { "diff-broken-before" };
            let sentence = Sentence::new(key).with("file", one.place.file.as_str()).with("line", one.place.line);
            let errors = count("errors", one.errors);
            sentence.with("errors", errors).with("message", one.message.as_str()).render(language)
        };
        self.changes.broken.iter().map(line).collect()
    }
}

/// Which leads get other advice and why, for people.
pub fn advice_text(advice: &AdviceChanges, now: Option<Now>, language: Language, width: usize) -> String {
    let say = |sentence: Sentence| sentence.render(language);
    let mut text = format!("{BOLD}{}{BOLD:#}\n", heading(advice, now, language));
    for cause in &advice.causes {
        let leads = say(count("leads", cause.leads));
        text.push_str(&paragraph("\n", &format!("{} {DIM}({leads}){DIM:#}", plain(&cause.words)), width));
        for kind in &cause.kinds {
            let leads = say(count("leads", kind.leads));
            text.push_str(&paragraph("  ", &format!("{}: {leads}", plain(&kind.words)), width));
            kind.examples.iter().for_each(|one| text.push_str(&example(one, language, width)));
        }
    }
    for line in same_advice(advice, language) {
        text.push_str(&paragraph("", &format!("{DIM}{}{DIM:#}", plain(&line)), width));
    }
    text
}

/// The heading of what is told of the advice: for when, and how many leads get other advice.
fn heading(advice: &AdviceChanges, now: Option<Now>, language: Language) -> String {
    let moment = now.map_or_else(|| Sentence::as_is(advice.now.to_string()), |now| now.in_full());
    let sentence = counted("diff-advice", advice.other).with("leads", count("leads", advice.leads));
    sentence.with("moment", moment).render(language)
}

/// What is told of one statement, a line each.
fn lines(one: &ToldStatement, language: Language) -> Vec<String> {
    let mut lines: Vec<String> = match one.changes.is_empty() {
        true if one.text.is_empty() => vec![one.words.clone()],
        true => vec![format!("{}: {}", one.words, one.text)],
        false => vec![one.words.clone()],
    };
    if let Some(former) = one.former_title.as_ref().filter(|_| !one.words.contains('"') && one.changes.is_empty()) {
        lines.push(former.clone());
    }
    if !one.used_by.is_empty() {
        let mut users: Vec<String> = one.used_by.iter().take(MOST_USERS).cloned().collect();
        let more = one.used_by.len().saturating_sub(MOST_USERS);
        if more > 0 {
            users.push(Sentence::new("compare-more").with("count", more).render(language));
        }
        lines.push(Sentence::new("diff-used-by").with("users", users.join(", ")).render(language));
    }
    lines
}

/// A lead with its advice before and after.
fn example(one: &AdviceExample, language: Language, width: usize) -> String {
    let mut text = paragraph("    ", &format!("{BOLD}{}{BOLD:#}", plain(&called(one))), width);
    for (key, words) in [("diff-before", &one.before), ("diff-after", &one.after)] {
        let label = Sentence::new(key).render(language);
        text.push_str(&paragraph(&format!("      {DIM}{label:<8}{DIM:#}"), &plain(words), width.min(READING_WIDTH)));
    }
    text
}

/// Id and name of a lead.
fn called(one: &AdviceExample) -> String {
    match one.name.as_deref().filter(|name| *name != one.lead) {
        Some(name) => format!("{} {name}", one.lead),
        None => one.lead.clone(),
    }
}

fn cause_markdown(cause: &CauseGroup, language: Language) -> String {
    let mut text = String::new();
    for kind in &cause.kinds {
        let leads = count("leads", kind.leads).render(language);
        text.push_str(&format!("\n**{}**: {leads}\n\n", escaped(&kind.words)));
        let head = ["diff-lead", "diff-before", "diff-after"].map(|key| Sentence::new(key).render(language));
        text.push_str(&format!("| {} |\n|---|---|---|\n", head.join(" | ")));
        for one in &kind.examples {
            let cells = [escaped(&called(one)), escaped(&one.before), escaped(&one.after)];
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    text
}

/// What else differs for the leads with the same advice: a line each, for what there is.
fn same_advice(advice: &AdviceChanges, language: Language) -> Vec<String> {
    let same = &advice.same_advice;
    let line = |key: &'static str, group: &SideGroup| {
        let shown: Vec<String> = group
            .examples
            .iter()
            .map(|one| {
                let sentence = Sentence::new("diff-moved").with("lead", one.lead.as_str());
                sentence.with("before", one.before.as_str()).with("after", one.after.as_str()).render(language)
            })
            .collect();
        (group.leads > 0).then(|| {
            let sentence = Sentence::new(key).with("leads", count("leads", group.leads));
            sentence.with("examples", shown.join("; ")).render(language)
        })
    };
    let lines = [
        line("diff-same-rule", &same.other_rule),
        line("diff-same-priority", &same.other_priority),
        line("diff-same-place", &same.other_place),
        line("diff-same-review", &same.other_review),
    ];
    lines.into_iter().flatten().collect()
}

/// A text from outside that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in plain(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            // Not a mention of somebody.
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '>' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A text from outside as code in a line of Markdown.
fn code(text: &str) -> String {
    let text = plain(text);
    let fence = if text.contains('`') { "``" } else { "`" };
    let blank = if text.contains('`') { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}
