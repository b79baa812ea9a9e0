//! `enter`, `rule` and `cadence`: what moves a lead on, and what is proposed.

use crate::book::schema::{Stage, nearest};
use crate::language::read::Reader;
use crate::language::statements::Statement;
use crate::rulebook::Diagnostic;
use crate::rulebook::check::Purpose;
use crate::rulebook::pack::{Cadence, Enter, Rule};

/// `enter "interest" when lead.visits(30.days) >= 3 because "...";`
pub(super) fn enter(reader: &mut Reader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span(&statement.tokens);
    let parts = reader.parts(statement, &["when", "because"], &["when"]);
    let name = reader.name(statement)?;
    let Some(stage) = Stage::from_word(&name) else {
        let words: Vec<&str> = Stage::words().collect();
        let help = match nearest(&name, words.iter().copied()) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => format!("the stages are {}", words.join(", ")),
        };
        let at = reader.span(&(statement.head.start..statement.head.start + 1));
        reader.tell(Diagnostic::error("unknown-stage", at, format!("\"{name}\" is not a stage")).help(help));
        return None;
    };
    let parts = parts?;
    let when = reader.needed_clause(&parts, "when", Purpose::Condition);
    let because = reader.optional_clause(&parts, "because", Purpose::Sentence).ok()?;
    let may_go_back = parts.get("when").is_some_and(|range| reader.reads(range, "lead", Some("stage")));
    reader.pack.enters.push(Enter { stage, when: when?, may_go_back, because, span });
    Some(())
}

/// `rule "..." when ... unless ... then ... because ...;`
pub(super) fn rule(reader: &mut Reader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span(&statement.tokens);
    let name = reader.name(statement);
    let parts = reader.parts(statement, &["when", "unless", "then", "because"], &["when", "then"])?;
    let when = reader.needed_clause(&parts, "when", Purpose::Condition);
    let unless = reader.optional_clause(&parts, "unless", Purpose::Condition);
    let then = reader.needed_clause(&parts, "then", Purpose::Touches);
    let because = reader.optional_clause(&parts, "because", Purpose::Sentence);
    let name = name?;
    if reader.pack.rules.iter().any(|rule| rule.name == name) {
        twice(reader, statement, "rule", &name);
        return None;
    }
    let rule = Rule { name, when: when?, unless: unless.ok()?, then: then?, because: because.ok()?, span };
    reader.pack.rules.push(rule);
    Some(())
}

/// `cadence "..." when ... steps [...] until ... because ...;`
pub(super) fn cadence(reader: &mut Reader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span(&statement.tokens);
    let name = reader.name(statement);
    let parts = reader.parts(statement, &["when", "steps", "until", "because"], &["when", "steps"])?;
    let when = reader.needed_clause(&parts, "when", Purpose::Condition);
    let steps = reader.needed_clause(&parts, "steps", Purpose::Touches);
    let until = reader.optional_clause(&parts, "until", Purpose::Condition);
    let because = reader.optional_clause(&parts, "because", Purpose::Sentence);
    let name = name?;
    if reader.pack.cadences.iter().any(|cadence| cadence.name == name) {
        twice(reader, statement, "cadence", &name);
        return None;
    }
    let cadence = Cadence { name, when: when?, steps: steps?, until: until.ok()?, because: because.ok()?, span };
    reader.pack.cadences.push(cadence);
    Some(())
}

/// Tells that a name is used twice.
pub(super) fn twice(reader: &mut Reader<'_>, statement: &Statement, what: &str, name: &str) {
    let span = reader.span(&(statement.head.start..statement.head.start + 1));
    reader.tell(
        Diagnostic::error("duplicate-name", span, format!("there is another {what} \"{name}\" in this pack"))
            .why("its name is how people and tests speak of it")
            .help("give one of them another name"),
    );
}
