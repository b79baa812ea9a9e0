//! Figures that serve who is asked about: contact moments, visitors and conversion, time to answer, pull ratio, and what channels and content bring.
//!
//! Each has the number of cases, and a share its interval; of fewer than ten cases nothing is told. Nobody's figures are added up to a place among
//! others: the viewer's own stand first, then those of who shares them, in the order of the book.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::book::past_contacts::{ContactStarts, lead_questions};
use crate::book::vocabulary::SignalKind;
use crate::book::{Lead, Signal};
use crate::calendar::{Duration, Instant, Window};
use crate::team::goals::median;
use crate::team::history::History;
use crate::team::interval::{FEWEST, Share};
use crate::team::viewer::TeamView;
use crate::team::yields::{ChannelYield, ContentYield, SegmentBy, SegmentYield, SocialEffect, Trial, Yields};
use crate::wording::Language;

/// What figures are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureSettings {
    /// How many days back from `now`.
    pub days: u32,
    /// By what leads are put together to compare channels.
    pub segments: SegmentBy,
}

impl Default for FigureSettings {
    fn default() -> Self {
        Self { days: 90, segments: SegmentBy::Industry }
    }
}

/// The most days of figures: ten years.
pub const MOST_DAYS: u32 = 3_660;

/// The figures of some days.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// From when on.
    pub since: Instant,
    /// Until when, included.
    pub until: Instant,
    /// Those of the people whom the viewer may see, the viewer first, then in the order of the book.
    pub people: Vec<PersonFigures>,
    /// Those of the whole team.
    pub team: FigureSet,
    /// The share of contacts that customers began, week by week, the oldest first.
    pub weeks: Vec<PullWeek>,
    /// What each channel brought.
    pub channels: Vec<ChannelYield>,
    /// What each channel brought in each segment of the leads.
    pub segments: Vec<SegmentYield>,
    /// Trials that the segments suggest.
    pub trials: Vec<Trial>,
    /// What each piece of content brought; what was read before most moves first.
    pub content: Vec<ContentYield>,
    /// What social selling brought.
    pub social: SocialEffect,
}

/// The figures of one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonFigures {
    /// Id of the rep.
    pub rep: String,
    /// What they are called.
    pub name: String,
    /// Their figures: of their own leads, and of the contacts that they made.
    #[serde(flatten)]
    pub figures: FigureSet,
}

/// Figures of some leads.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FigureSet {
    /// Contact moments: touches of ours, and contacts that customers began.
    pub contacts: u32,
    /// People who visited the site.
    pub visitors: u32,
    /// Of the leads that visited or were in contact, those that ordered.
    pub conversion: Share,
    /// Of what was asked, what was answered by now.
    pub answered: Share,
    /// Minutes until the answer, in the median; absent with fewer than ten answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes_to_answer: Option<f64>,
    /// The share of contacts that customers began.
    pub pull: Share,
}

/// The pull ratio of a week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PullWeek {
    /// Its first moment.
    pub from: Instant,
    /// The share of contacts that customers began.
    pub pull: Share,
}

/// A week.
const WEEK: Duration = Duration::from_millis(7 * 86_400_000);

impl TeamView<'_> {
    /// The figures of the days up to now.
    pub fn figures(&self, settings: FigureSettings, language: Language) -> Figures {
        let days = Duration::DAY.times(settings.days.clamp(1, MOST_DAYS).into()).unwrap_or(WEEK);
        let since = self.now - days;
        let history = History::of(self);
        let time = Window { from: since, until: self.now + Duration::from_millis(1) };
        let period = Period { view: self, history: &history, time };
        let person = |rep: &crate::book::rep::Rep| PersonFigures {
            rep: rep.id.clone(),
            name: rep.called().to_owned(),
            figures: period.of(Some(&rep.id)),
        };
        let mut people: Vec<PersonFigures> = self.people().map(person).collect();
        // Stable: all others stay in the order of the book.
        people.sort_by_key(|one| Some(one.rep.as_str()) != self.own());
        let yields = Yields { view: self, history: &history, time };
        let segments = yields.segments(settings.segments);
        Figures {
            since,
            until: self.now,
            people,
            team: period.of(None),
            weeks: period.weeks(),
            channels: yields.channels(),
            trials: yields.trials(&segments, language),
            segments,
            content: yields.content(),
            social: yields.social(),
        }
    }
}

/// The time of the figures.
struct Period<'a> {
    view: &'a TeamView<'a>,
    history: &'a History,
    time: Window,
}

impl Period<'_> {
    fn signals<'b>(&self, lead: &'b Lead) -> impl Iterator<Item = &'b Signal> + use<'b> {
        let time = self.time;
        lead.signals.iter().filter(move |signal| time.contains(signal.at))
    }

    /// The figures of a rep, or of all.
    fn of(&self, rep: Option<&str>) -> FigureSet {
        let (mut contacts, mut visitors, mut minutes) = (0u32, 0u32, Vec::new());
        let (mut active, mut ordered, mut asked) = (0u32, 0u32, 0u32);
        let sales = self.history.sales.iter().filter(|sale| self.time.contains(sale.at));
        let buyers: BTreeSet<usize> = sales.map(|sale| sale.lead).collect();
        let mut starts = ContactStarts::default();
        for (place, lead) in self.view.leads().iter().enumerate().filter(|(_, lead)| !lead.spam) {
            let owner = lead.owner.as_deref();
            let made = self.signals(lead).filter(|signal| signal.is_touch());
            let own = made.filter(|signal| rep.is_none() || signal.rep.as_deref().or(owner) == rep).count();
            contacts += u32::try_from(own).unwrap_or(u32::MAX);
            if rep.is_some() && owner != rep {
                continue;
            }
            let begun = self.signals(lead).filter(|signal| signal.view().starts_contact()).count();
            contacts += u32::try_from(begun).unwrap_or(u32::MAX);
            let visits =
                self.signals(lead).filter(|signal| signal.kind == SignalKind::PageVisit && signal.is_inbound());
            let who: BTreeSet<Option<&str>> = visits.map(|signal| signal.person.as_deref()).collect();
            visitors += u32::try_from(who.len()).unwrap_or(u32::MAX);
            let touched = self.signals(lead).any(|signal| signal.is_touch() || signal.view().starts_contact());
            let sold = buyers.contains(&place);
            active += u32::from(touched || sold || !who.is_empty());
            ordered += u32::from(sold);
            for one in lead_questions(lead, self.time.until).into_iter().map(|one| one.question) {
                if self.time.contains(one.question.since) {
                    asked += 1;
                    let waited = one.reached_at.map(|reached| reached - one.question.since);
                    minutes.extend(waited.map(|waited| waited.millis() as f64 / Duration::MINUTE.millis() as f64));
                }
            }
            starts += ContactStarts::of(lead, self.time.from, self.time.until);
        }
        let answers = u32::try_from(minutes.len()).unwrap_or(u32::MAX);
        FigureSet {
            contacts,
            visitors,
            conversion: Share::of(ordered, active),
            answered: Share::of(answers, asked),
            minutes_to_answer: median(&mut minutes).filter(|_| answers >= FEWEST),
            pull: pull(starts),
        }
    }

    /// The weeks that end now, the oldest first.
    fn weeks(&self) -> Vec<PullWeek> {
        let mut weeks = Vec::new();
        let mut until = self.time.until;
        while until > self.time.from {
            let from = (until - WEEK).max(self.time.from);
            let mut starts = ContactStarts::default();
            self.view.leads().iter().for_each(|lead| starts += ContactStarts::of(lead, from, until));
            weeks.push(PullWeek { from, pull: pull(starts) });
            until = from;
        }
        weeks.reverse();
        weeks
    }
}

fn pull(starts: ContactStarts) -> Share {
    Share::of(starts.by_customers, starts.by_customers.saturating_add(starts.by_us))
}
