//! Goals and proposals in words.

use crate::team::document::{Document, Writer};
use crate::team::goals::GoalState;
use crate::team::proposals::ProposalState;
use crate::wording::{Amount, Language, Sentence};

/// How far goals are, then the proposals with what was said about them.
pub fn goals_document(goals: &[GoalState], proposals: &[ProposalState], language: Language) -> Document {
    let mut writer = Writer::new(&Sentence::new("goals-title"), language);
    if goals.is_empty() {
        writer.paragraph(writer.say(&Sentence::new("goals-none")));
    }
    for goal in goals {
        writer.heading(&Sentence::as_is(goal.name.as_str()));
        writer.paragraph(&goal.words);
        if let Some(retained) = goal.measured.retained.filter(|retained| retained.rate.is_some()) {
            let amount = |number: f64| Amount::rounded(number, 0);
            let sentence = Sentence::new("goal-retained")
                .with("start", amount(retained.start))
                .with("expansion", amount(retained.expansion))
                .with("contraction", amount(retained.contraction))
                .with("churn", amount(retained.churn))
                .with("rate", amount(retained.rate.unwrap_or_default() * 100.0));
            writer.paragraph(writer.say(&sentence));
        }
        if let Some(share) = goal.measured.share {
            writer.paragraph(writer.share(share));
        }
        let who = [
            ("goal-agreed", goal.agreed_by.join(", ")),
            ("goal-proposed", goal.proposed_by.clone().unwrap_or_default()),
        ];
        for (key, who) in who.into_iter().filter(|(_, who)| !who.is_empty()) {
            writer.paragraph(writer.say(&Sentence::new(key).with("who", who)));
        }
        if let Some(because) = &goal.because {
            writer.paragraph(because);
        }
    }
    if !proposals.is_empty() {
        writer.heading(&Sentence::new("proposals-title"));
        for state in proposals {
            writer.paragraph(&state.words);
            writer.list(state.proposal.comments.iter().map(|one| format!("{}: {}", one.by, one.text)).collect());
        }
    }
    writer.finish()
}
