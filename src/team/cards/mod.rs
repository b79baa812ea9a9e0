//! Cards: what deserves a thought, for a manager, a rep or marketing. Each ends in a question or an offer of help and names the data that it is about;
//! none is a grade.

mod manager;
mod marketing;
mod rep;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::calendar::{Duration, Instant};
use crate::team::history::History;
use crate::team::recognition::Recognition;
use crate::team::records::ContentRequest;
use crate::team::viewer::{TeamView, Viewer};
use crate::wording::{Arg, Language, Sentence};

/// After so long without anything an account with a proposal out is quiet.
pub const QUIET_AFTER: Duration = Duration::from_millis(21 * 86_400_000);
/// After so long a question waits too long.
pub const WAITS_AFTER: Duration = Duration::from_millis(86_400_000);
/// So often something has to come back before it is told.
pub const OFTEN: usize = 3;
/// Within this time.
pub const WITHIN: Duration = Duration::from_millis(90 * 86_400_000);

/// Something that deserves a thought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// What kind of thing it is.
    pub kind: CardKind,
    /// What is known, ending in a question or an offer.
    pub words: String,
    /// Ids of the leads that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leads: Vec<String>,
    /// The rule, content, subject or promise that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Since when it is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Instant>,
}

/// What a card is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum CardKind {
    /// Somebody's own promise that is overdue.
    OwnPromise,
    /// A question that waits too long.
    QuestionWaits,
    /// An account with a proposal out that is quiet.
    AccountQuiet,
    /// A buying group in which nobody is known to decide.
    NobodyDecides,
    /// A rule that is often declined.
    RuleDeclined,
    /// A subject on which the team had no answer several times.
    Training,
    /// Content that customers ask for and that there is not.
    ContentGap,
    /// Why leads were lost.
    LostReasons,
    /// Content that was read before leads came further.
    ContentMoves,
    /// A lead that went to marketing.
    HandedOver,
    /// A lead that came back by itself.
    CameBack,
    /// Something useful to share on a quiet day.
    Share,
    /// Something that would make the rep easier to find, on a quiet day.
    Visibility,
}

/// The cards, and what there is to be glad about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardsAndRecognition {
    /// As [`TeamView::cards`] tells them.
    pub cards: Vec<Card>,
    /// As [`TeamView::recognition`] tells it.
    pub recognition: Vec<Recognition>,
}

impl TeamView<'_> {
    /// The cards, and the recognition of the last `days`, in one report.
    pub fn cards_and_recognition(&self, days: u32, language: Language) -> CardsAndRecognition {
        CardsAndRecognition { cards: self.cards(language), recognition: self.recognition(days, language) }
    }

    /// The cards of the viewer, by what they are about, then the oldest first.
    pub fn cards(&self, language: Language) -> Vec<Card> {
        let desk = Desk { view: self, history: History::of(self), language };
        let mut cards = match &self.viewer {
            Viewer::Manager => desk.for_manager(),
            Viewer::Marketing => desk.for_marketing(),
            Viewer::Rep(rep) => desk.for_rep(rep),
        };
        cards.sort_by(|one, other| {
            let age = |card: &Card| card.since.unwrap_or(self.now);
            one.kind.cmp(&other.kind).then_with(|| age(one).cmp(&age(other)))
        });
        cards
    }
}

/// The most frequent of some reasons with how often each was given; of equal ones by the text.
fn most_frequent(reasons: BTreeMap<&str, usize>, most: usize) -> Arg {
    let mut reasons: Vec<(&str, usize)> = reasons.into_iter().collect();
    reasons.sort_by(|(one, count), (other, others)| others.cmp(count).then_with(|| one.cmp(other)));
    let told = |(reason, count): (&str, usize)| {
        Arg::Sentence(Sentence::new("card-reason").with("reason", reason).with("number", count))
    };
    Arg::List(reasons.into_iter().take(most).map(told).collect())
}

/// What cards are written from.
struct Desk<'a> {
    view: &'a TeamView<'a>,
    history: History,
    language: Language,
}

impl Desk<'_> {
    fn card(&self, kind: CardKind, sentence: &Sentence) -> Card {
        let words = sentence.render(self.language);
        Card { kind, words, leads: Vec::new(), about: None, since: None }
    }

    /// Whole days from a moment until now.
    fn days_since(&self, at: Instant) -> i64 {
        (self.view.now - at).millis() / Duration::DAY.millis()
    }

    /// Whether something is recent enough to be told.
    fn is_recent(&self, at: Instant) -> bool {
        at <= self.view.now && self.view.now - at <= WITHIN
    }

    /// The promises of somebody that are overdue.
    fn overdue_promises(&self, by: &str) -> impl Iterator<Item = Card> {
        let view = self.view;
        let own =
            view.file.promises.iter().filter(move |one| one.by == by && one.at <= view.now && one.due <= view.now);
        own.filter(move |one| one.kept_at.is_none_or(|kept| kept > view.now)).map(move |one| {
            let to = match one.to.as_str() {
                "team" => Sentence::new("card-the-team"),
                "manager" => Sentence::new("card-the-manager"),
                rep => Sentence::as_is(view.called(rep)),
            };
            let sentence = Sentence::new("card-own-promise")
                .with("to", to)
                .with("what", one.what.as_str())
                .with("days", self.days_since(one.due).max(0));
            Card { about: Some(one.what.clone()), since: Some(one.due), ..self.card(CardKind::OwnPromise, &sentence) }
        })
    }

    /// What customers asked for lately and there still is not: the subject with how often, by subject.
    fn open_requests(&self) -> BTreeMap<&str, Vec<&ContentRequest>> {
        let mut topics: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        let open = self.view.file.requests.iter().filter(|one| one.content.is_none() && self.is_recent(one.at));
        open.for_each(|one| topics.entry(one.topic.as_str()).or_default().push(one));
        topics
    }

    /// A card about each subject that customers ask about and on which there is no content.
    fn content_gaps(&self) -> Vec<Card> {
        let gap = |(topic, asked): (&str, Vec<&ContentRequest>)| {
            let sentence = Sentence::new("card-content-gap").with("topic", topic).with("number", asked.len());
            Card {
                about: Some(topic.to_owned()),
                since: asked.iter().map(|one| one.at).min(),
                leads: asked.iter().filter_map(|one| one.lead.clone()).collect(),
                ..self.card(CardKind::ContentGap, &sentence)
            }
        };
        self.open_requests().into_iter().map(gap).collect()
    }
}
