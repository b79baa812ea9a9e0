//! The story of a won deal: what the customer did, what was advised and followed, adapted or declined, and by whom.

use serde::Serialize;

use crate::book::vocabulary::{Channel, FeedbackVerdict, SignalKind};
use crate::book::{Feedback, Lead, Signal};
use crate::calendar::in_words::day;
use crate::calendar::{Duration, Instant};
use crate::decide::explain::vocabulary;
use crate::team::history::History;
use crate::team::viewer::TeamView;
use crate::wording::{Amount, Language, Sentence};

/// How a deal was won.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Story {
    /// Id of the lead.
    pub lead: String,
    /// What people call it.
    pub lead_name: String,
    /// When they ordered first.
    pub won_at: Instant,
    /// What the orders were worth, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<f64>,
    /// What happened, oldest first.
    pub events: Vec<StoryEvent>,
    /// What each rep did for it, in the order in which they came in.
    pub contributions: Vec<Contribution>,
}

/// Something that happened on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StoryEvent {
    /// When.
    pub at: Instant,
    /// The day in words: "Wed 18 Nov".
    pub day: String,
    /// What kind of thing.
    pub kind: StoryKind,
    /// Id of the rep, where one did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
    /// What happened, as a sentence.
    pub words: String,
}

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StoryKind {
    /// The customer did something.
    Customer,
    /// A touch of ours that no advice was logged with.
    Touch,
    /// A touch of ours by an advice.
    Followed,
    /// An advice that a rep changed.
    Adapted,
    /// An advice that a rep did not take.
    Declined,
    /// The lead came to another stage.
    Stage,
    /// They ordered.
    Order,
}

/// What a rep did for a win.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contribution {
    /// Id of the rep.
    pub rep: String,
    /// What they are called.
    pub name: String,
    /// What they did, as a sentence.
    pub words: String,
}

impl TeamView<'_> {
    /// The story of a lead, by place in the book; `None` when it has not ordered by now.
    pub fn story(&self, lead: usize, language: Language) -> Option<Story> {
        let record = self.leads().get(lead)?;
        let history = History::of(self);
        let sales: Vec<_> = history.sales.iter().filter(|sale| sale.lead == lead).collect();
        let won_at = sales.first()?.at;
        let writer = Writer { view: self, lead: record, won_at, language };
        let mut events: Vec<StoryEvent> = Vec::new();
        events.extend(record.past_signals(self.now).iter().filter_map(|signal| writer.signal(signal)));
        let said = record.feedback.iter().filter(|said| said.at <= self.now);
        events.extend(said.filter_map(|said| writer.feedback(said)));
        for one in history.moves.iter().filter(|one| one.lead == lead) {
            let sentence = Sentence::new("story-stage").with("stage", vocabulary::stage(one.to));
            events.push(writer.event(one.at, StoryKind::Stage, None, &sentence));
        }
        for sale in &sales {
            let sentence = match sale.amount {
                Some(amount) => Sentence::new("story-order-worth").with("amount", Amount::rounded(amount, 0)),
                None => Sentence::new("story-order"),
            };
            events.push(writer.event(sale.at, StoryKind::Order, None, &sentence));
        }
        events.sort_by_key(|event| event.at);
        let amounts: Vec<f64> = sales.iter().filter_map(|sale| sale.amount).collect();
        Some(Story {
            lead: record.id.clone(),
            lead_name: Self::lead_name(record),
            won_at,
            amount: (!amounts.is_empty()).then(|| amounts.iter().sum()),
            contributions: writer.contributions(&events),
            events,
        })
    }
}

/// Puts what happened into words.
struct Writer<'a> {
    view: &'a TeamView<'a>,
    lead: &'a Lead,
    won_at: Instant,
    language: Language,
}

impl Writer<'_> {
    fn event(&self, at: Instant, kind: StoryKind, rep: Option<&str>, sentence: &Sentence) -> StoryEvent {
        let day = day(self.view.zone().local(at).date()).render(self.language);
        StoryEvent { at, day, kind, rep: rep.map(str::to_owned), words: sentence.render(self.language) }
    }

    fn person(&self, id: Option<&str>) -> Sentence {
        let found = id.and_then(|id| self.lead.people.iter().find(|person| person.is_called(id)));
        found.map_or_else(|| Sentence::new("story-somebody"), |person| Sentence::as_is(person.called()))
    }

    fn rep(&self, id: Option<&str>) -> Sentence {
        id.map_or_else(|| Sentence::new("story-we"), |id| Sentence::as_is(self.view.called(id)))
    }

    fn signal(&self, signal: &Signal) -> Option<StoryEvent> {
        let who = self.person(signal.person.as_deref());
        if signal.kind == SignalKind::Order {
            return None; // told with what it is worth
        }
        if !signal.is_touch() {
            let did = Sentence::new("story-customer").with("who", who).with("what", did(signal));
            return signal.is_inbound().then(|| self.event(signal.at, StoryKind::Customer, None, &did));
        }
        let rep = signal.rep.as_deref().or(self.lead.owner.as_deref());
        let channel = vocabulary::channel(signal.channel.unwrap_or(Channel::Content));
        let (kind, key) = match &signal.rule {
            Some(_) => (StoryKind::Followed, "story-followed"),
            None => (StoryKind::Touch, "story-touch"),
        };
        let sentence = Sentence::new(key)
            .with("rep", self.rep(rep))
            .with("who", who)
            .with("channel", Sentence::new("as-is").with("words", channel))
            .with("rule", signal.rule.as_deref().unwrap_or_default());
        Some(self.event(signal.at, kind, rep, &sentence))
    }

    /// An advice that was changed or not taken. Where the deal was won after it, that is said plainly.
    fn feedback(&self, said: &Feedback) -> Option<StoryEvent> {
        let (kind, key) = match said.verdict {
            FeedbackVerdict::Adapted => (StoryKind::Adapted, "story-adapted"),
            FeedbackVerdict::Declined => (StoryKind::Declined, "story-declined"),
            FeedbackVerdict::Followed | FeedbackVerdict::Snoozed => return None,
        };
        let rep = said.rep.as_deref().or(self.lead.owner.as_deref());
        let reason = match &said.reason {
            Some(reason) => Sentence::new("story-because").with("reason", reason.as_str()),
            None => Sentence::as_is(""),
        };
        let sentence =
            Sentence::new(key).with("rep", self.rep(rep)).with("rule", said.rule.as_str()).with("reason", reason);
        let turned_out = kind == StoryKind::Declined && said.at < self.won_at;
        let sentence = if turned_out {
            let days = (self.won_at - said.at).millis() / Duration::DAY.millis();
            Sentence::new("story-turned-out-well").with("told", sentence).with("days", days)
        } else {
            sentence
        };
        Some(self.event(said.at, kind, rep, &sentence))
    }

    /// What each rep did, in the order in which they came in.
    fn contributions(&self, events: &[StoryEvent]) -> Vec<Contribution> {
        let mut reps: Vec<&str> = Vec::new();
        let before = events.iter().filter(|event| event.at <= self.won_at);
        let own: Vec<&StoryEvent> = before.filter(|event| event.rep.is_some()).collect();
        for rep in own.iter().filter_map(|event| event.rep.as_deref()) {
            if !reps.contains(&rep) {
                reps.push(rep);
            }
        }
        let contribution = |rep: &str| {
            let count = |kinds: &[StoryKind]| {
                own.iter().filter(|event| event.rep.as_deref() == Some(rep) && kinds.contains(&event.kind)).count()
            };
            let owner = self.lead.owner.as_deref() == Some(rep);
            let words = Sentence::new(if owner { "story-part-owner" } else { "story-part-helper" })
                .with("rep", self.view.called(rep))
                .with("touches", count(&[StoryKind::Touch, StoryKind::Followed]))
                .with("choices", count(&[StoryKind::Adapted, StoryKind::Declined]));
            Contribution { rep: rep.to_owned(), name: self.view.called(rep), words: words.render(self.language) }
        };
        reps.into_iter().map(contribution).collect()
    }
}

/// What a signal of theirs was, in words.
fn did(signal: &Signal) -> Sentence {
    use SignalKind::{
        Call, Chat, Click, Download, Email, Engage, Form, Meeting, Message, Open, PageVisit, Reply, Search,
    };
    let key = match signal.kind {
        PageVisit => "story-visit",
        Search => "story-search",
        Download => "story-download",
        Form => "story-form",
        Open | Click => "story-click",
        Reply => "story-reply",
        Call => "story-call",
        Email | Message => "story-message",
        Chat => "story-chat",
        Meeting => "story-meeting",
        Engage => "story-engage",
        _ => "story-else",
    };
    let about = signal.content.as_deref().or(signal.topic.as_deref());
    match about {
        Some(about) => Sentence::new("story-about").with("what", Sentence::new(key)).with("about", about),
        None => Sentence::new(key),
    }
}
