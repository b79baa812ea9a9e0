//! Cards for a rep: promises of their own, leads that came back, and on a quiet day a small useful thing. Nobody else is told of these.

use std::collections::BTreeSet;

use crate::book::vocabulary::Stage;
use crate::book::{Lead, Person};
use crate::calendar::Duration;
use crate::plan::PlanSettings;
use crate::team::cards::{Card, CardKind, Desk, WITHIN};
use crate::team::records::{Department, Visibility};
use crate::team::viewer::TeamView;
use crate::wording::Sentence;

/// A day is quiet when less than this part of what can be planned is.
const QUIET_BELOW: f64 = 0.5;
/// The most things to share that are told at once.
const SHARES: usize = 2;

impl Desk<'_> {
    pub(super) fn for_rep(&self, rep: &str) -> Vec<Card> {
        let mut cards: Vec<Card> = self.overdue_promises(rep).collect();
        let own = |one: &crate::team::records::HandOver| one.rep.as_deref() == Some(rep);
        cards.extend(self.came_back(own));
        cards.extend(self.handed_over(Department::Sales, own));
        if self.is_quiet_day(rep) {
            cards.extend(self.shares(rep));
            cards.extend(self.visibility(rep));
        }
        cards
    }

    /// Whether the rep has room today.
    fn is_quiet_day(&self, rep: &str) -> bool {
        let view = self.view;
        let settings = PlanSettings { days: 1, ..PlanSettings::default() };
        let today = view.plan(&settings, self.language);
        let own = today.days.iter().find(|day| day.rep == rep && day.minutes > 0);
        own.is_some_and(|day| (day.planned_minutes as f64) < day.minutes as f64 * QUIET_BELOW)
    }

    /// Content that fits somebody of the rep's own leads and that they have not had.
    fn shares(&self, rep: &str) -> Vec<Card> {
        let leads = self.view.leads().iter().filter(|lead| lead.owner.as_deref() == Some(rep) && !lead.spam);
        let open = leads.filter(|lead| lead.stage.is_none_or(Stage::is_open));
        open.filter_map(|lead| self.share(lead)).take(SHARES).collect()
    }

    fn share(&self, lead: &Lead) -> Option<Card> {
        let had: BTreeSet<&str> = lead.signals.iter().filter_map(|signal| signal.content.as_deref()).collect();
        let contents = self.view.book.contents().iter().filter(|one| !one.pitch && !had.contains(one.id.as_str()));
        let for_stage: Vec<_> = contents
            .filter(|one| one.stages.is_empty() || lead.stage.is_some_and(|stage| one.stages.contains(&stage)))
            .collect();
        let may = |person: &&Person| !person.objected && !person.has_left(self.view.now) && !person.internal;
        lead.people.iter().filter(may).find_map(|person| {
            let language = person.language.as_ref().or(lead.language.as_ref());
            let fits = for_stage.iter().find(|one| {
                let role = one.roles.is_empty() || person.roles.iter().any(|role| one.roles.contains(role));
                role && (one.languages.is_empty() || language.is_none_or(|own| one.languages.contains(own)))
            })?;
            let sentence = Sentence::new("card-share")
                .with("content", fits.title.as_deref().unwrap_or(&fits.id))
                .with("who", person.called())
                .with("lead", TeamView::lead_name(lead));
            let (leads, about) = (vec![lead.id.clone()], Some(fits.id.clone()));
            Some(Card { leads, about, ..self.card(CardKind::Share, &sentence) })
        })
    }

    /// The first thing that would make the rep easier to find, of their own list.
    fn visibility(&self, rep: &str) -> Option<Card> {
        let list = &self.view.member(rep)?.visibility;
        list.iter().find_map(|one| {
            let sentence = Sentence::new(self.missing(one)?).with("topic", one.topic.as_str());
            Some(Card { about: Some(one.topic.clone()), ..self.card(CardKind::Visibility, &sentence) })
        })
    }

    /// The key of what is missing on a subject; `None` when nothing is.
    fn missing(&self, one: &Visibility) -> Option<&'static str> {
        let lately = |at: Option<crate::calendar::Instant>| {
            at.is_some_and(|at| self.view.now - at <= WITHIN && at <= self.view.now + Duration::DAY)
        };
        if !one.profile {
            Some("card-visible-profile")
        } else if !lately(one.shared_at) {
            Some("card-visible-content")
        } else if !lately(one.answered_at) {
            Some("card-visible-answer")
        } else {
            None
        }
    }
}
