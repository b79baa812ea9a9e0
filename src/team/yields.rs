//! What channels, content and social selling brought.
//!
//! A touch brought something when it was answered, or when the person did something over the same channel within two weeks. Content brought something
//! when it was read before a lead came further. A segment that answers better over another channel is a reason for a trial, never for an order.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde::Serialize;
use strum::{Display, EnumString, VariantArray};

use crate::book::vocabulary::{Channel, Role};
use crate::book::{Lead, Signal};
use crate::calendar::{Duration, Instant, Window};
use crate::decide::explain::vocabulary;
use crate::order;
use crate::team::effect::{EFFECT_WINDOW, effects, is_assisted, roles};
use crate::team::history::History;
use crate::team::interval::{Share, cases_for_trial};
use crate::team::viewer::TeamView;
use crate::wording::{Amount, Language, Sentence};

/// Within this time after a touch something of theirs counts as its answer.
const ANSWERED_WITHIN: Duration = Duration::from_millis(14 * 86_400_000);

/// By what leads are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum SegmentBy {
    /// The line of business of the account.
    Industry,
    /// The country of the lead.
    Country,
    /// Where the lead came from.
    Source,
    /// The stage on record.
    Stage,
    /// What the lead is about.
    Topic,
}

impl SegmentBy {
    /// The way with this word; `None` for any other.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::from_str(word).ok()
    }

    /// All words.
    pub fn words() -> Vec<String> {
        Self::VARIANTS.iter().map(ToString::to_string).collect()
    }

    fn of(self, lead: &Lead) -> Option<String> {
        match self {
            Self::Industry => lead.account.industry.clone(),
            Self::Country => lead.country.clone().or_else(|| lead.account.country.clone()),
            Self::Source => lead.source.clone(),
            Self::Stage => lead.stage.map(|stage| stage.word().to_owned()),
            Self::Topic => lead.topic.clone(),
        }
    }
}

/// What a channel brought.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelYield {
    /// The channel.
    pub channel: Channel,
    /// Of the touches, those that brought something.
    pub answered: Share,
}

/// What channels brought in a segment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SegmentYield {
    /// The segment.
    pub segment: String,
    /// Each channel on which there were touches.
    pub channels: Vec<ChannelYield>,
}

/// A trial that a segment suggests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trial {
    /// The segment.
    pub segment: String,
    /// The channel that is answered better, by the intervals.
    pub channel: Channel,
    /// The channel that is used most there.
    pub instead_of: Channel,
    /// How many touches over each would show the difference again, in eight of ten times.
    pub cases: u32,
    /// The suggestion, as a question.
    pub words: String,
}

/// What a piece of content brought.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContentYield {
    /// Its id.
    pub content: String,
    /// What a reader sees, where the book has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Of the moves of leads to a later stage, those before which it was read.
    pub moves: Share,
    /// In how many of these moves whoever plays a part read it.
    pub by_role: BTreeMap<Role, u32>,
    /// Of the times that it was given, those that were followed by an answer or a contact of theirs.
    pub answered: Share,
}

/// What social selling brought.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SocialEffect {
    /// Of the orders, those before which somebody of the customer reacted over a social channel or read content.
    pub assisted_wins: Share,
    /// Of the moves to a later stage, the same.
    pub assisted_moves: Share,
    /// How many days before an order or a move counted.
    pub window_days: i64,
    /// What they did over a social channel.
    pub reactions: u32,
}

/// The leads and the time of yields.
pub(super) struct Yields<'a> {
    pub(super) view: &'a TeamView<'a>,
    pub(super) history: &'a History,
    pub(super) time: Window,
}

/// Hits and cases.
#[derive(Clone, Copy, Default)]
struct Tally(u32, u32);

impl Tally {
    fn add(&mut self, hit: bool) {
        self.0 += u32::from(hit);
        self.1 += 1;
    }

    fn share(self) -> Share {
        Share::of(self.0, self.1)
    }
}

impl Yields<'_> {
    fn touches<'b>(&self, lead: &'b Lead) -> impl Iterator<Item = (&'b Signal, bool)> + use<'b> {
        let time = self.time;
        let within = lead.signals.iter().filter(move |signal| time.contains(signal.at) && signal.is_touch());
        within.map(move |touch| (touch, is_answered(lead, touch, time.until)))
    }

    fn by_channel<'b>(&self, leads: impl Iterator<Item = &'b Lead>) -> Vec<ChannelYield> {
        let mut tallies: BTreeMap<Channel, Tally> = BTreeMap::new();
        for lead in leads {
            for (touch, answered) in self.touches(lead) {
                if let Some(channel) = touch.channel {
                    tallies.entry(channel).or_default().add(answered);
                }
            }
        }
        tallies.into_iter().map(|(channel, tally)| ChannelYield { channel, answered: tally.share() }).collect()
    }

    /// What each channel brought.
    pub(super) fn channels(&self) -> Vec<ChannelYield> {
        self.by_channel(self.view.leads().iter())
    }

    /// What each channel brought in each segment, by name.
    pub(super) fn segments(&self, by: SegmentBy) -> Vec<SegmentYield> {
        let mut segments: BTreeMap<String, Vec<&Lead>> = BTreeMap::new();
        for lead in self.view.leads() {
            if let Some(segment) = by.of(lead) {
                segments.entry(segment).or_default().push(lead);
            }
        }
        let told = segments
            .into_iter()
            .map(|(segment, leads)| SegmentYield { segment, channels: self.by_channel(leads.into_iter()) });
        told.filter(|segment| !segment.channels.is_empty()).collect()
    }

    /// Where a channel is clearly answered better than the one that is used most.
    pub(super) fn trials(&self, segments: &[SegmentYield], language: Language) -> Vec<Trial> {
        let mut trials = Vec::new();
        for segment in segments {
            let most = segment.channels.iter().max_by_key(|one| (one.answered.n, std::cmp::Reverse(one.channel)));
            let Some(usual) = most else { continue };
            for one in segment.channels.iter().filter(|one| one.answered.is_clearly_above(usual.answered)) {
                let shares = one.answered.estimate.zip(usual.answered.estimate);
                let Some((better, worse)) = shares.map(|(one, usual)| (one.share, usual.share)) else { continue };
                let Some(cases) = cases_for_trial(better, worse) else { continue };
                let percent = |share: f64| Amount::rounded(share * 100.0, 0);
                let words = Sentence::new("team-trial")
                    .with("segment", segment.segment.as_str())
                    .with("channel", vocabulary::channel(one.channel))
                    .with("usual", Sentence::new("as-is").with("words", vocabulary::channel(usual.channel)))
                    .with("better", percent(better))
                    .with("worse", percent(worse))
                    .with("n", one.answered.n)
                    .with("of", usual.answered.n)
                    .with("cases", cases);
                trials.push(Trial {
                    segment: segment.segment.clone(),
                    channel: one.channel,
                    instead_of: usual.channel,
                    cases,
                    words: words.render(language),
                });
            }
        }
        trials
    }

    /// What each piece of content brought: of those that were read before more moves first, else by id.
    pub(super) fn content(&self) -> Vec<ContentYield> {
        let leads = self.view.leads();
        let mut read: BTreeMap<&str, u32> = BTreeMap::new();
        let mut by_role: BTreeMap<(&str, Role), u32> = BTreeMap::new();
        let mut moves = 0;
        for one in self.history.moves.iter().filter(|one| one.is_forward() && self.time.contains(one.at)) {
            let Some(lead) = leads.get(one.lead) else { continue };
            moves += 1;
            let before: Vec<_> = effects(lead, one.at - EFFECT_WINDOW, one.at).collect();
            let contents: BTreeSet<&str> = before.iter().filter_map(|effect| effect.content).collect();
            let parts: BTreeSet<(&str, Role)> = before
                .iter()
                .filter_map(|effect| Some((effect.content?, roles(lead, effect.person))))
                .flat_map(|(content, roles)| roles.iter().map(move |role| (content, *role)))
                .collect();
            contents.into_iter().for_each(|content| *read.entry(content).or_default() += 1);
            parts.into_iter().for_each(|part| *by_role.entry(part).or_default() += 1);
        }
        let mut given: BTreeMap<&str, Tally> = BTreeMap::new();
        for lead in leads {
            for (touch, answered) in self.touches(lead) {
                if let Some(content) = touch.content.as_deref() {
                    given.entry(content).or_default().add(answered);
                }
            }
        }
        let known: BTreeSet<&str> = read.keys().chain(given.keys()).copied().collect();
        let mut yields: Vec<ContentYield> = known
            .into_iter()
            .map(|content| ContentYield {
                content: content.to_owned(),
                title: self.view.book.content(content).and_then(|content| content.title.clone()),
                moves: Share::of(read.get(content).copied().unwrap_or_default(), moves),
                by_role: by_role
                    .iter()
                    .filter(|((of, _), _)| *of == content)
                    .map(|((_, role), count)| (*role, *count))
                    .collect(),
                answered: given.get(content).copied().unwrap_or_default().share(),
            })
            .collect();
        order::sort_by(&mut yields, |one, other| {
            other.moves.hits.cmp(&one.moves.hits).then_with(|| one.content.cmp(&other.content))
        });
        yields
    }

    /// What social selling brought.
    pub(super) fn social(&self) -> SocialEffect {
        let leads = self.view.leads();
        let (mut wins, mut moves, mut reactions) = (Tally::default(), Tally::default(), 0u32);
        let assisted = |lead: usize, at| leads.get(lead).is_some_and(|lead| is_assisted(lead, at));
        for sale in self.history.sales.iter().filter(|sale| self.time.contains(sale.at)) {
            wins.add(assisted(sale.lead, sale.at));
        }
        for one in self.history.moves.iter().filter(|one| one.is_forward() && self.time.contains(one.at)) {
            moves.add(assisted(one.lead, one.at));
        }
        for lead in leads {
            let social = effects(lead, self.time.from, self.time.until).filter(|effect| effect.content.is_none());
            reactions += u32::try_from(social.count()).unwrap_or(u32::MAX);
        }
        SocialEffect {
            assisted_wins: wins.share(),
            assisted_moves: moves.share(),
            window_days: EFFECT_WINDOW.millis() / Duration::DAY.millis(),
            reactions,
        }
    }
}

/// Whether a touch brought something: it was answered, or the person did something over its channel within [`ANSWERED_WITHIN`].
fn is_answered(lead: &Lead, touch: &Signal, until: Instant) -> bool {
    let end = (touch.at + ANSWERED_WITHIN).min(until);
    let theirs = |signal: &&Signal| {
        let same_person = signal.person.is_none() || touch.person.is_none() || signal.person == touch.person;
        let same_content = touch.content.is_some() && signal.content == touch.content;
        same_person && signal.view().is_of_person() && (signal.channel == touch.channel || same_content)
    };
    let mut after = lead.signals.iter().filter(|signal| signal.at > touch.at && signal.at < end);
    touch.view().is_answered() || after.any(|signal| theirs(&signal))
}
