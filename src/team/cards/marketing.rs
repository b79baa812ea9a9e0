//! Cards for marketing: what customers asked for, why leads were lost, what they read before they came further, and which leads went over and back.

use std::collections::BTreeMap;

use crate::book::vocabulary::Stage;
use crate::calendar::{Instant, Window};
use crate::decide::explain::vocabulary;
use crate::team::cards::{Card, CardKind, Desk, WITHIN, most_frequent};
use crate::team::records::{Department, HandOver};
use crate::team::viewer::TeamView;
use crate::team::yields::Yields;
use crate::wording::{Arg, Sentence};

/// The reasons told in a card.
const REASONS: usize = 5;

impl Desk<'_> {
    pub(super) fn for_marketing(&self) -> Vec<Card> {
        let mut cards = self.content_gaps();
        cards.extend(self.lost_reasons());
        cards.extend(self.content_moves());
        cards.extend(self.handed_over(Department::Marketing, |_| true));
        cards.extend(self.came_back(|_| true));
        cards
    }

    /// Why leads were lost lately, the most frequent reason first.
    fn lost_reasons(&self) -> Option<Card> {
        let lost = self.history.moves.iter().filter(|one| one.to == Stage::Lost && self.is_recent(one.at));
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        let mut leads = Vec::new();
        for one in lost {
            let (Some(reason), Some(lead)) = (one.because.as_deref(), self.view.leads().get(one.lead)) else {
                continue;
            };
            *reasons.entry(reason).or_default() += 1;
            leads.push(lead.id.clone());
        }
        if reasons.is_empty() {
            return None;
        }
        let reasons = most_frequent(reasons, REASONS);
        let sentence = Sentence::new("card-lost").with("number", leads.len()).with("reasons", reasons);
        Some(Card { leads, ..self.card(CardKind::LostReasons, &sentence) })
    }

    /// The content that was read before most moves, with who read it.
    fn content_moves(&self) -> Option<Card> {
        let time = Window { from: self.view.now - WITHIN, until: self.view.now };
        let yields = Yields { view: self.view, history: &self.history, time };
        let first = yields.content().into_iter().next().filter(|one| one.moves.hits > 0)?;
        let roles = first
            .by_role
            .keys()
            .map(|role| Arg::Sentence(Sentence::new("as-is").with("words", vocabulary::role(*role))));
        let sentence = Sentence::new("card-content-moves")
            .with("content", first.title.as_deref().unwrap_or(&first.content))
            .with("moves", first.moves.hits)
            .with("of", first.moves.n)
            .with("roles", Sentence::list("list-and", roles.collect()));
        Some(Card { about: Some(first.content), ..self.card(CardKind::ContentMoves, &sentence) })
    }

    /// The last hand-over of each lead, by lead.
    fn last_hand_overs(&self) -> BTreeMap<&str, &HandOver> {
        let made = self.view.file.hand_overs.iter().filter(|one| one.at <= self.view.now);
        let mut last: BTreeMap<&str, &HandOver> = BTreeMap::new();
        for one in made {
            let known = last.entry(one.lead.as_str()).or_insert(one);
            if one.at >= known.at {
                *known = one;
            }
        }
        last
    }

    /// Leads that went to a department lately, with the reason.
    pub(super) fn handed_over(&self, to: Department, counts: impl Fn(&HandOver) -> bool) -> Vec<Card> {
        let last =
            self.last_hand_overs().into_values().filter(|one| one.to == to && self.is_recent(one.at) && counts(one));
        let key = match to {
            Department::Marketing => "card-to-marketing",
            Department::Sales => "card-to-sales",
        };
        let card = |one: &HandOver| {
            let sentence = Sentence::new(key)
                .with("lead", self.name_of(&one.lead))
                .with("reason", one.because.as_str())
                .with("rep", one.rep.as_deref().map_or_else(String::new, |rep| self.view.called(rep)));
            let leads = vec![one.lead.clone()];
            Card { leads, since: Some(one.at), ..self.card(CardKind::HandedOver, &sentence) }
        };
        last.map(card).collect()
    }

    /// Leads that are with marketing and did something by themselves since: each goes back to the rep who had it.
    pub(super) fn came_back(&self, counts: impl Fn(&HandOver) -> bool) -> Vec<Card> {
        let away = self.last_hand_overs().into_values().filter(|one| one.to == Department::Marketing && counts(one));
        away.filter_map(|one| {
            let lead = self.view.book.find(&one.lead).and_then(|place| self.view.leads().get(place))?;
            let mut signals = lead.past_signals(self.view.now).iter();
            let sign =
                signals.rfind(|signal| signal.at > one.at && signal.view().is_of_person() && !signal.is_touch())?;
            let rep = one.rep.as_deref().or(lead.owner.as_deref());
            let sentence = Sentence::new("card-came-back")
                .with("lead", TeamView::lead_name(lead))
                .with(
                    "when",
                    match self.days_since(sign.at) {
                        0 => Sentence::new("card-today"),
                        days => Sentence::new("card-days-ago").with("days", days),
                    },
                )
                .with("reason", one.because.as_str())
                .with("rep", rep.map_or_else(String::new, |rep| self.view.called(rep)));
            let (leads, since): (_, Option<Instant>) = (vec![lead.id.clone()], Some(sign.at));
            Some(Card { leads, since, ..self.card(CardKind::CameBack, &sentence) })
        })
        .collect()
    }

    fn name_of(&self, lead: &str) -> String {
        let found = self.view.book.find(lead).and_then(|place| self.view.leads().get(place));
        found.map_or_else(|| lead.to_owned(), TeamView::lead_name)
    }
}
