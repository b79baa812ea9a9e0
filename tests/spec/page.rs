//! A page of the language reference, cut into blocks of code and what is asserted about them.
//!
//! The forms are told in `tests/spec/README.md`. Nothing is asked here: a page that cannot be read is a failure of the page.

use super::Failure;

/// A page with everything that can be asked about it.
pub struct Page {
    pub blocks: Vec<Block>,
    pub failures: Vec<Failure>,
}

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A rule file, or several.
    Rules,
    /// A rule file that is also checked against the leads above it.
    Against,
    /// A rule file that is also analysed: what never holds, never wins, or contradicts.
    Analysed,
    /// Declarations and single conditions.
    Conditions,
}

/// One fenced block, named after the heading above it.
pub struct Block {
    pub heading: String,
    /// The line of the page on which it begins.
    pub line: usize,
    pub kind: Kind,
    pub lines: Vec<Line>,
    pub claims: Vec<Claim>,
    /// The JSON block in force: the lead, and `now`.
    pub lead: Option<String>,
}

/// A line of code.
#[derive(Clone)]
pub struct Line {
    pub text: String,
    /// Its line in the page.
    pub line: usize,
    /// The pack that it belongs to.
    pub file: usize,
}

/// Something asserted.
pub struct Claim {
    /// The line of the page that the claim is about.
    pub about: usize,
    /// The line of the page on which it stands.
    pub line: usize,
    pub what: What,
}

/// What can be asserted.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// `error: [code] 8-14 "part"`: severity, code, place and a part of what is said. A fault has no code.
    Finding { severity: String, code: String, place: String, part: String },
    /// `fails: "part"`: this example does not come out as expected.
    Fails(String),
    /// `advice: phone to anna`
    Advice(String),
    /// `at 2026-11-20T12:30+01:00: phone to anna`: the advice at another moment.
    AdviceAt(String, String),
    /// `reason: "part"`
    Reason(String),
    /// `=> true`, or `bob => true`.
    Gives { person: Option<String>, value: String },
    /// `override: hot = 3`
    Override(String),
    /// `layers: law, company, rep kim`: the kind of the layer of each file, in order.
    Layers(String),
}

const FINDINGS: [&str; 4] = ["error:", "warning:", "note:", "fault:"];

/// Reads a page.
pub fn read(file: &str, text: &str) -> Page {
    let mut page = Page { blocks: Vec::new(), failures: Vec::new() };
    let (mut heading, mut lead) = (String::new(), None);
    let mut lines = text.lines().enumerate().map(|(nth, line)| (nth + 1, line));
    while let Some((line, text)) = lines.next() {
        if let Some(title) = text.strip_prefix('#') {
            heading = title.trim_start_matches('#').trim().to_owned();
        }
        let Some(word) = text.strip_prefix("```") else { continue };
        let mut within = Vec::new();
        let closed = lines.by_ref().any(|(nth, inner)| {
            let end = inner == "```";
            if !end {
                within.push((nth, inner));
            }
            end
        });
        let fail = |why: String| Failure::new(file, line, &heading, why);
        if !closed {
            page.failures.push(fail("this block is never closed".to_owned()));
        }
        let kind = match word {
            "rhai" => Kind::Rules,
            "rhai leads" => Kind::Against,
            "rhai analysed" => Kind::Analysed,
            "rhai condition" => Kind::Conditions,
            "json" => {
                lead = Some(within.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n"));
                continue;
            }
            "text" => continue,
            other => {
                page.failures.push(fail(format!(
                    "a block cannot be {other:?}; it is rhai, rhai leads, rhai analysed, rhai condition, json or text"
                )));
                continue;
            }
        };
        let mut block =
            Block { heading: heading.clone(), line, kind, lines: Vec::new(), claims: Vec::new(), lead: lead.clone() };
        for problem in block.fill(&within) {
            page.failures.push(Failure::new(file, problem.0, &heading, problem.1));
        }
        page.blocks.push(block);
    }
    page
}

impl Block {
    /// Takes the lines in, claims apart. Claims on lines of their own are about the next line of code.
    fn fill(&mut self, within: &[(usize, &str)]) -> Vec<(usize, String)> {
        let mut problems = Vec::new();
        let mut waiting: Vec<(usize, What)> = Vec::new();
        let (mut file, mut times) = (0, 1);
        for (line, text) in within {
            let (code, comments) = split(text);
            if let Some(count) = comments.first().and_then(|comment| comment.strip_suffix(" times:")) {
                times = count.parse().unwrap_or_default();
                if times == 0 || !code.is_empty() {
                    problems.push((*line, format!("{count:?} is no number of times")));
                }
                continue;
            }
            if comments.first().is_some_and(|comment| comment.starts_with("file: ")) {
                file += 1;
                continue;
            }
            let mut found = Vec::new();
            for comment in &comments {
                match claim(comment, self.kind) {
                    Ok(what) => found.extend(what.into_iter().map(|what| (*line, what))),
                    Err(why) => problems.push((*line, why)),
                }
            }
            let of_block = |what: &What| {
                matches!(
                    what,
                    What::Advice(_) | What::AdviceAt(..) | What::Reason(_) | What::Override(_) | What::Layers(_)
                )
            };
            let alone = code.trim().is_empty() && !found.is_empty();
            for (at, what) in found {
                if alone && !of_block(&what) {
                    waiting.push((at, what));
                } else {
                    self.claims.push(Claim { about: *line, line: at, what });
                }
            }
            // A comment that claims nothing is code like any other; a claim behind code stays there too.
            for nth in 1..=times {
                let text = text.replace("{n}", &nth.to_string());
                self.lines.push(Line { text, line: *line, file });
            }
            times = 1;
            if !alone && !text.trim().is_empty() {
                // What is said of a line that only claims something is said of the line that the claim is about.
                for claiming in self.lines.iter_mut().filter(|each| waiting.iter().any(|(at, _)| *at == each.line)) {
                    claiming.line = *line;
                }
                self.claims.extend(waiting.drain(..).map(|(at, what)| Claim { about: *line, line: at, what }));
            }
        }
        problems.extend(waiting.into_iter().map(|(at, _)| (at, "nothing follows that this could be about".to_owned())));
        problems
    }
}

/// A line cut into its code and the comments that may claim something.
pub fn split(text: &str) -> (&str, Vec<&str>) {
    let claims = [
        "error:",
        "warning:",
        "note:",
        "fault:",
        "fails:",
        "advice:",
        "at 20",
        "reason:",
        "override:",
        "layers:",
        "file:",
        "=>",
    ];
    let begins = |rest: &str| {
        let times =
            rest.split_once(' ').is_some_and(|(count, word)| count.parse::<usize>().is_ok() && word == "times:");
        let of_person = rest.split_once(' ').is_some_and(|(_, word)| word.starts_with("=> "));
        times || of_person || claims.iter().any(|claim| rest.starts_with(claim))
    };
    let starts: Vec<usize> =
        text.match_indices("// ").filter(|(at, _)| text.get(at + 3..).is_some_and(begins)).map(|(at, _)| at).collect();
    let Some(first) = starts.first() else { return (text, Vec::new()) };
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let comments =
        starts.iter().zip(ends).map(|(from, to)| text.get(from + 3..to).unwrap_or_default().trim()).collect();
    (text.get(..*first).unwrap_or_default(), comments)
}

/// What a comment claims; nothing where it is a comment for readers.
fn claim(comment: &str, kind: Kind) -> Result<Option<What>, String> {
    if kind == Kind::Conditions
        && let Some((person, value)) = comment.split_once("=> ")
    {
        let person = Some(person.trim().to_owned()).filter(|person| !person.is_empty());
        return Ok(Some(What::Gives { person, value: value.trim().to_owned() }));
    }
    let Some((word, rest)) = comment.split_once(' ') else { return Ok(None) };
    let rest = rest.trim();
    Ok(Some(match word {
        _ if FINDINGS.contains(&word) => return finding(word.trim_end_matches(':'), rest).map(Some),
        "fails:" => What::Fails(quoted(rest)?),
        "advice:" => What::Advice(rest.to_owned()),
        "at" => {
            let told = rest
                .split_once(": ")
                .ok_or(format!("write // at 2026-11-20T12:30+01:00: and what is advised, and not {rest:?}"))?;
            What::AdviceAt(with_seconds(told.0), told.1.trim().to_owned())
        }
        "reason:" => What::Reason(quoted(rest)?),
        "override:" => What::Override(rest.to_owned()),
        "layers:" => What::Layers(rest.to_owned()),
        _ => return Ok(None),
    }))
}

/// A local time with its seconds: `2026-11-20T12:30+01:00` is `2026-11-20T12:30:00+01:00`.
pub fn with_seconds(local: &str) -> String {
    match local.split_at_checked(16) {
        Some((minutes, zone)) if !zone.starts_with(':') => format!("{minutes}:00{zone}"),
        _ => local.to_owned(),
    }
}

fn finding(severity: &str, rest: &str) -> Result<What, String> {
    let misfit = || format!("write // {severity}: [code] 8-14 \"a part of what is said\", and not {rest:?}");
    let (code, rest) = match (severity, rest.strip_prefix('[')) {
        ("fault", None) => ("", rest),
        (_, Some(rest)) => rest.split_once("] ").ok_or_else(misfit)?,
        _ => return Err(misfit()),
    };
    let (place, part) = rest.split_once(' ').unwrap_or((rest, "\"\""));
    let digits = |char: char| char.is_ascii_digit() || matches!(char, '-' | '+');
    if !place.contains('-') || !place.chars().all(digits) {
        return Err(misfit());
    }
    let part = quoted(part)?;
    Ok(What::Finding { severity: severity.to_owned(), code: code.to_owned(), place: place.to_owned(), part })
}

fn quoted(text: &str) -> Result<String, String> {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.map(ToOwned::to_owned).ok_or_else(|| format!("put {text} between quotes"))
}
