//! `example "..." given #{ ... } expect phone.to("decider");`

use crate::language::read::Reader;
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::rulebook::Diagnostic;
use crate::rulebook::check::Purpose;
use crate::rulebook::pack::Example;

pub(super) fn example(reader: &mut Reader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span(&statement.tokens);
    let name = reader.name(statement);
    let parts = reader.parts(statement, &["given", "expect"], &["given", "expect"])?;
    let range = parts.get("given")?.clone();
    let is_map = reader.word(range.start) == "#" && reader.kind(range.start + 1) == Some(TokenKind::Open('{'));
    let given = if is_map {
        reader.needed_clause(&parts, "given", Purpose::Given)
    } else {
        let at = reader.span(&(range.start..range.start + 1));
        reader.tell(
            Diagnostic::error("bad-given", at, "an example describes a lead")
                .help("write given #{ stage: \"interest\", signals: [visit(\"pricing\", 1.day.ago)] }"),
        );
        None
    };
    let expect = reader.needed_clause(&parts, "expect", Purpose::Expected);
    let name = name?;
    if reader.pack.examples.iter().any(|example| example.name == name) {
        super::rules::twice(reader, statement, "example", &name);
        return None;
    }
    let (given, expect) = (given?, expect?);
    // Tried here, so that a slip is found when the pack is read and not when its examples are run.
    if let Err(problem) = given.program.example() {
        reader.tell(Diagnostic::error("bad-given", problem.span, problem.message));
        return None;
    }
    if let Err(problem) = expect.program.expected() {
        reader.tell(Diagnostic::error("bad-expect", problem.span, problem.message));
        return None;
    }
    reader.pack.examples.push(Example { name, given, expect, span });
    Some(())
}
