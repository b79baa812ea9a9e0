//! Recognition, from facts and without money: who helped a colleague's win, whose proposal the team took, whose customer stayed.
//!
//! Each is told by itself, in the order in which it happened. Nothing is added up by person.

use serde::Serialize;

use crate::calendar::{Duration, Instant};
use crate::team::effect::EFFECT_WINDOW;
use crate::team::history::History;
use crate::team::proposals::Standing;
use crate::team::viewer::TeamView;
use crate::wording::{Language, Sentence};

/// How many days of recognition are told where nobody says how many.
pub const USUAL_DAYS: u32 = 90;

/// A year, after which a customer counts as one who stayed.
const YEAR: Duration = Duration::from_millis(365 * 86_400_000);

/// Something to be glad about with somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recognition {
    /// When it came to be.
    pub at: Instant,
    /// Id of the rep.
    pub rep: String,
    /// What for.
    pub kind: RecognitionKind,
    /// Id of the lead, or of the proposal.
    pub about: String,
    /// It as a sentence.
    pub words: String,
}

/// What somebody is recognised for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum RecognitionKind {
    /// Touched the customer of a colleague before they ordered.
    Helped,
    /// Proposed something that the team took.
    Adopted,
    /// Looks after a customer who stayed.
    Stayed,
}

impl TeamView<'_> {
    /// What there is to be glad about of the last `days`, oldest first.
    pub fn recognition(&self, days: u32, language: Language) -> Vec<Recognition> {
        let since = self.now - Duration::DAY.times(days.into()).unwrap_or(YEAR);
        let history = History::of(self);
        let mut all: Vec<Recognition> = Vec::new();
        for sale in history.sales.iter().filter(|sale| sale.at >= since) {
            let Some(lead) = self.leads().get(sale.lead) else { continue };
            let before = lead.signals.iter().filter(|one| one.at >= sale.at - EFFECT_WINDOW && one.at <= sale.at);
            let touched = |rep: &str| before.clone().any(|one| one.is_touch() && one.rep.as_deref() == Some(rep));
            let helpers = self.book.reps().iter().filter(|rep| Some(&rep.id) != lead.owner.as_ref());
            for rep in helpers.filter(|rep| touched(&rep.id)) {
                let words = Sentence::new("recognition-helped")
                    .with("rep", rep.called())
                    .with("owner", lead.owner.as_deref().map_or_else(String::new, |owner| self.called(owner)))
                    .with("lead", Self::lead_name(lead));
                all.push(Self::recognition_of(sale.at, &rep.id, RecognitionKind::Helped, &lead.id, &words, language));
            }
        }
        for state in self.proposals(language) {
            let decided = state.proposal.decided.as_ref().filter(|_| state.standing == Standing::Adopted);
            let Some(decided) = decided.filter(|decided| decided.at >= since) else { continue };
            let words = Sentence::new("recognition-adopted").with("told", state.words.as_str());
            let by = &state.proposal.by;
            all.push(Self::recognition_of(
                decided.at,
                by,
                RecognitionKind::Adopted,
                &state.proposal.id,
                &words,
                language,
            ));
        }
        for (place, yearly) in &history.yearly {
            let first = yearly.iter().find(|(_, amount)| *amount > 0.0).map(|(at, _)| *at);
            let stays = yearly.last().is_some_and(|(_, amount)| *amount > 0.0);
            let Some((lead, first)) = self.leads().get(*place).zip(first.filter(|_| stays)) else { continue };
            let Some(owner) = lead.owner.as_deref() else { continue };
            // The last anniversary.
            let years = (self.now - first).millis() / YEAR.millis();
            let anniversary = first + YEAR.times(years).unwrap_or_default();
            if years >= 1 && anniversary >= since {
                let words = Sentence::new("recognition-stayed")
                    .with("rep", self.called(owner))
                    .with("lead", Self::lead_name(lead))
                    .with("years", years);
                all.push(Self::recognition_of(anniversary, owner, RecognitionKind::Stayed, &lead.id, &words, language));
            }
        }
        all.sort_by(|one, other| one.at.cmp(&other.at).then_with(|| one.about.cmp(&other.about)));
        all
    }

    fn recognition_of(
        at: Instant,
        rep: &str,
        kind: RecognitionKind,
        about: &str,
        words: &Sentence,
        language: Language,
    ) -> Recognition {
        Recognition { at, rep: rep.to_owned(), kind, about: about.to_owned(), words: words.render(language) }
    }
}
