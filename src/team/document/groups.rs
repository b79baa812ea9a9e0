//! Buying groups in words: a map of who is known in which role, the score, and what is missing before a proposal.

use crate::decide::explain::vocabulary;
use crate::team::document::{Document, Writer};
use crate::team::groups::{BuyingGroup, RoleCoverage};
use crate::wording::{Language, Sentence};

/// A table of the groups, a row each.
pub fn groups_document(groups: &[BuyingGroup], language: Language) -> Document {
    let mut writer = Writer::new(&Sentence::new("groups-title"), language);
    if groups.is_empty() {
        writer.paragraph(writer.say(&Sentence::new("groups-none")));
    }
    let rows = groups.iter().map(|group| {
        let roles = group.roles.iter().map(|one| role(one, &writer)).collect::<Vec<_>>().join("; ");
        let missing = match (group.joint_proposal, group.missing.is_empty()) {
            (true, _) => writer.say(&Sentence::new("groups-joint")),
            (false, true) => String::new(),
            (false, false) => group.missing.join("; "),
        };
        let (score, ready) = (group.score.to_string(), group.readiness.to_string());
        vec![format!("{}, {}", group.lead_name, group.lead), roles, score, ready, missing]
    });
    let rows = rows.collect();
    writer.table(&["plan-lead", "groups-roles", "groups-score", "groups-readiness", "groups-missing"], rows);
    writer.finish()
}

/// A role with who is known in it: "decider: Anna (supporter)".
fn role(one: &RoleCoverage, writer: &Writer) -> String {
    let name = writer.say(&Sentence::new("as-is").with("words", vocabulary::role(one.role)));
    let people = one.people.iter().map(|person| match person.stance {
        Some(stance) => format!("{} ({})", person.name, stance.word()),
        None => person.name.clone(),
    });
    let people = people.collect::<Vec<_>>().join(", ");
    let people = if people.is_empty() { writer.say(&Sentence::new("groups-nobody")) } else { people };
    format!("{name}: {people}")
}
