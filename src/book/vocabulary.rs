//! The closed vocabularies of the lead format: channels, roles, stages, kinds of signal and the rest.
//!
//! Each is an enum whose variants have exactly one spelling: the variant's name in snake case, unless an attribute says otherwise. Lead
//! files, rules, advice and screens use that spelling, and serde and strum derive it from the same variants.
//!
//! Invariant: serde and strum give the same words (tested). The order of the variants is the order in messages, and their place is what
//! columns and packed records store.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// A way to reach a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Channel {
    /// A voice call.
    Phone,
    /// A mail to one person.
    Email,
    /// A message or reaction on LinkedIn and the like.
    Social,
    /// A chat or text message.
    Chat,
    /// A video meeting.
    Video,
    /// A meeting in person.
    Visit,
    /// An article, guide or advertisement: no human time.
    Content,
}

/// A part played in the decision-making unit (the buying group).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Starts the search.
    Initiator,
    /// Will work with what is bought.
    User,
    /// Shapes the requirements.
    Influencer,
    /// Says yes or no.
    Decider,
    /// Handles the purchase.
    Buyer,
    /// Decides who gets through.
    Gatekeeper,
}

/// Where a lead is on its journey. Buyers loop: a lead may move back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Stage {
    /// Looks around; the need is not clear yet.
    Orientation,
    /// Has a need and looks for ways to meet it.
    Interest,
    /// Compares ways and sellers, this one among them.
    Consideration,
    /// A proposal or quote is out.
    Proposal,
    /// The group is making up its mind.
    Decision,
    /// Has ordered.
    Customer,
    /// Has said no, or went elsewhere.
    Lost,
}

impl Stage {
    /// True while there is something to win: neither customer nor lost.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Customer | Self::Lost)
    }
}

/// What happened, in a signal. Direction and channel, not the kind, say whether it was a touch of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SignalKind {
    /// A page on the site was looked at; `topic` names the page.
    #[serde(rename = "visit")]
    #[strum(serialize = "visit")]
    PageVisit,
    /// Searched, on the site or for the product.
    Search,
    /// Downloaded something; `topic` or `content` names it.
    Download,
    /// Filled in a form: asks for contact, a demo, a price.
    Form,
    /// Opened a mail.
    Open,
    /// Clicked in a mail or advertisement.
    Click,
    /// Answered a message of ours, on any channel.
    Reply,
    /// A machine answered for them: out of office, an automatic reply. Nobody has reacted, and nobody waits.
    AutoReply,
    /// A call, either way; `outcome` tells whether it was answered.
    Call,
    /// A mail.
    Email,
    /// A social or text message.
    Message,
    /// A chat session on the site.
    Chat,
    /// A meeting, by video or in person.
    Meeting,
    /// A quote or proposal was sent.
    Quote,
    /// Reacted to, or shared, a post of ours; or we to theirs.
    Engage,
    /// Asked not to get this any more.
    Unsubscribe,
    /// A mail came back.
    Bounce,
    /// Ordered.
    Order,
    /// A number, address or profile of theirs was changed; `channel` says which, and none means all of them.
    ContactChanged,
    /// Anything else worth keeping; `topic` says what.
    Note,
}

/// Who started it: the customer (inbound) or us (outbound).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Direction {
    /// The customer started it.
    Inbound,
    /// We started it.
    Outbound,
}

/// How a touch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    /// Spoke with the person.
    Answered,
    /// Rang out.
    NoAnswer,
    /// Left a voice message.
    Voicemail,
    /// Line was busy.
    Busy,
    /// The person replied.
    Replied,
    /// A meeting was agreed.
    Booked,
    /// The meeting took place.
    Held,
    /// The person did not turn up.
    NoShow,
    /// Said yes to what was proposed.
    Accepted,
    /// Said no to this proposal; not an objection to contact.
    Declined,
    /// Could not be delivered.
    Failed,
    /// Somebody else has this number, address or profile.
    WrongNumber,
    /// The number, address or profile is not in use.
    NumberDead,
}

impl Outcome {
    /// True when the person reacted: it counts as an answer on that channel.
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Answered | Self::Replied | Self::Booked | Self::Held | Self::Accepted)
    }
}

/// The legal form of whom we contact; the law differs. Unknown is treated as a natural person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LegalForm {
    /// A company or other body with legal personality.
    LegalEntity,
    /// One person in business.
    SoleTrader,
    /// A partnership without legal personality.
    Partnership,
    /// A consumer.
    Consumer,
}

/// How a person stands towards us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Stance {
    /// Pleads for us.
    Champion,
    /// Friendly.
    Supporter,
    /// Neither.
    Neutral,
    /// Sceptical.
    Critic,
    /// Works against us: never the next person by default.
    Blocker,
}

/// The ground on which somebody may be contacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Basis {
    /// Said yes beforehand.
    OptIn,
    /// Said yes and confirmed it by mail.
    DoubleOptIn,
    /// A customer of ours, for similar products, with an easy way out.
    ExistingCustomer,
    /// Published the address for such contact.
    PublishedAddress,
    /// Our weighed interest.
    LegitimateInterest,
    /// Asked for this contact.
    Requested,
}

/// Where a quote stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum QuoteStatus {
    /// Sent, not decided.
    Open,
    /// Taken.
    Accepted,
    /// Refused.
    Declined,
    /// Ran out or was withdrawn.
    Expired,
}

/// Who made a signal that is no customer's: it counts for nothing, and is kept and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Excluded {
    /// One of our own people.
    Staff,
    /// A program: a search robot, an uptime check, a mail gateway.
    Robot,
    /// Somebody who sells what we sell.
    Competitor,
    /// Somebody who only wants to sell or advertise to us.
    Spam,
}

/// Who put a lead at the stage on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum StageBy {
    /// A rep, by hand: what happened before does not move the lead on again.
    Rep,
    /// A system: an import, a rule, a workflow.
    System,
}

/// What a rep did with an advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[derive(Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FeedbackVerdict {
    /// Did what it said.
    Followed,
    /// Did something like it.
    Adapted,
    /// Did not do it, and will not.
    Declined,
    /// Put it off, until a moment.
    Snoozed,
}

/// What each vocabulary has beside its derives.
macro_rules! vocabularies {
    ($($name:ident: $noun:literal,)+) => { $(
        impl $name {
            #[doc = concat!("Every ", $noun, ", in the order of the format.")]
            pub const ALL: &'static [Self] = Self::VARIANTS;
            #[doc = concat!("What one of these is called in messages: \"", $noun, "\".")]
            pub const NOUN: &'static str = $noun;

            #[doc = concat!("The spelling of this ", $noun, ".")]
            pub fn word(self) -> &'static str {
                self.into()
            }

            #[doc = concat!("The ", $noun, " with this spelling; `None` when there is none.")]
            pub fn from_word(word: &str) -> Option<Self> {
                word.parse().ok()
            }

            /// All spellings, in the order of [`ALL`](Self::ALL): for messages and completion.
            pub fn words() -> impl Iterator<Item = &'static str> {
                Self::ALL.iter().map(|each| each.word())
            }
        }
    )+ };
}

vocabularies! {
    Channel: "channel",
    Role: "role",
    Stage: "stage",
    SignalKind: "kind of signal",
    Direction: "direction",
    Outcome: "outcome",
    LegalForm: "legal form",
    Stance: "stance",
    Basis: "basis of consent",
    QuoteStatus: "status of a quote",
    Excluded: "reason why a signal does not count",
    StageBy: "origin of a stage",
    FeedbackVerdict: "verdict on an advice",
}

/// The known word most similar to `word`, for a suggestion in a message; the first of several that are equally similar. `None` when no word
/// is similar enough (see [`nearest_all`]).
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_all(word, known).first().copied()
}

/// The most letters of a word for which a similar one is looked for.
const LONGEST_MISSPELLED: usize = 60;

/// All known words at the smallest edit distance from `word` (Damerau-Levenshtein, without regard to case). Empty when that distance is
/// more than one edit plus one for every four letters of the known word, and for a word of more than [`LONGEST_MISSPELLED`] letters: finding
/// it takes time in proportion to the product of both lengths.
pub fn nearest_all<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut nearest: Vec<&str> = Vec::new();
    if word.chars().nth(LONGEST_MISSPELLED).is_some() {
        return nearest;
    }
    let lower = word.to_lowercase();
    let letters = lower.chars().count();
    let mut least = usize::MAX;
    for each in known {
        let length = each.chars().count();
        let allowed = 1 + length.max(3) / 4;
        // No fewer edits than the difference in length; two more for letters that become several in lower case.
        if length.abs_diff(letters) > allowed + 2 {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&lower, &each.to_lowercase());
        if distance > allowed || distance > least {
            continue;
        }
        if distance < least {
            nearest.clear();
            least = distance;
        }
        if !nearest.contains(&each) {
            nearest.push(each);
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each word of the format is what serde reads and writes.
    fn agrees_with_serde<T>(all: &[T], word: fn(T) -> &'static str, from_word: fn(&str) -> Option<T>)
    where
        T: Copy + std::fmt::Debug + PartialEq + Serialize + for<'de> Deserialize<'de>,
    {
        for each in all {
            let written = serde_json::to_string(each).unwrap();
            assert_eq!(written, format!("\"{}\"", word(*each)));
            assert_eq!(serde_json::from_str::<T>(&written).unwrap(), *each);
            assert_eq!(from_word(word(*each)), Some(*each));
        }
    }

    #[test]
    fn a_word_is_spelled_alike_in_files_and_in_rules() {
        agrees_with_serde(Channel::ALL, Channel::word, Channel::from_word);
        agrees_with_serde(Role::ALL, Role::word, Role::from_word);
        agrees_with_serde(Stage::ALL, Stage::word, Stage::from_word);
        agrees_with_serde(SignalKind::ALL, SignalKind::word, SignalKind::from_word);
        agrees_with_serde(Direction::ALL, Direction::word, Direction::from_word);
        agrees_with_serde(Outcome::ALL, Outcome::word, Outcome::from_word);
        agrees_with_serde(LegalForm::ALL, LegalForm::word, LegalForm::from_word);
        agrees_with_serde(Stance::ALL, Stance::word, Stance::from_word);
        agrees_with_serde(Basis::ALL, Basis::word, Basis::from_word);
        agrees_with_serde(QuoteStatus::ALL, QuoteStatus::word, QuoteStatus::from_word);
        agrees_with_serde(Excluded::ALL, Excluded::word, Excluded::from_word);
        agrees_with_serde(StageBy::ALL, StageBy::word, StageBy::from_word);
        agrees_with_serde(FeedbackVerdict::ALL, FeedbackVerdict::word, FeedbackVerdict::from_word);
        assert_eq!(SignalKind::from_word("page_visit"), None);
        assert_eq!((SignalKind::PageVisit.word(), Outcome::NoAnswer.word()), ("visit", "no_answer"));
    }
}
