//! `cadans test --propose`: an example for each rule that none makes win, to be put below the rule.

use serde::Serialize;

use super::failure::{Exit, Failure};
use super::screen::{BOLD, DIM, Screen, plain};
use cadans::coverage::proposal::{Proposal, propose_example, rules_without_example};
use cadans::language::{PackSource, Rulebook};
use cadans::wording::Sentence;

/// What `--propose --format json` prints.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Proposals<'a> {
    proposals: &'a [Proposal],
    /// The rules for which no lead was found: file and name.
    without: Vec<RuleOfFile<'a>>,
}

#[derive(Serialize)]
struct RuleOfFile<'a> {
    file: &'a str,
    rule: &'a str,
}

/// Prints the proposals.
///
/// # Errors
/// The output cannot be written.
pub fn run(
    (sources, rulebook): (&[PackSource], &Rulebook),
    as_json: bool,
    packs_exit: Exit,
    screen: &mut Screen,
) -> Result<Exit, Failure> {
    let (mut proposals, mut without) = (Vec::new(), Vec::new());
    for pack in rulebook.packs() {
        let Some(source) = sources.iter().find(|source| source.file == pack.file) else { continue };
        for rule in rules_without_example(pack, source) {
            match propose_example(pack, &rule.name) {
                Some(proposal) => proposals.push(proposal),
                None => without.push((pack.file.as_str(), rule.name.as_str())),
            }
        }
    }
    if as_json {
        let without = without.iter().map(|(file, rule)| RuleOfFile { file, rule }).collect();
        screen.print_json(&Proposals { proposals: &proposals, without })?;
        return Ok(packs_exit);
    }
    let (mut text, mut file) = (String::new(), "");
    for proposal in &proposals {
        if proposal.file != file {
            text.push_str(&format!("{DIM}// {}{DIM:#}\n\n", plain(&proposal.file)));
            file = &proposal.file;
        }
        proposal.example.lines().for_each(|line| text.push_str(&format!("{}\n", plain(line))));
        text.push('\n');
    }
    for (file, rule) in &without {
        let none = Sentence::new("propose-none").with("rule", *rule).with("file", *file).render(screen.language);
        text.push_str(&format!("{DIM}// {}{DIM:#}\n", plain(&none)));
    }
    if proposals.is_empty() && without.is_empty() {
        let all = Sentence::new("propose-all").render(screen.language);
        text.push_str(&format!("{BOLD}{all}{BOLD:#}.\n"));
    }
    screen.print(&text)?;
    Ok(packs_exit)
}
