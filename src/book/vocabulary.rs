//! The closed vocabularies of the field: channels, roles, stages, kinds of signal and the rest.
//!
//! Each vocabulary is an enum whose variants have one spelling, used in lead files, rules, advice and screens alike.

use serde::{Deserialize, Serialize};

/// One vocabulary: an enum, its spellings in order, and reading a word.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $noun:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            #[doc = concat!("Every ", $noun, ", in the field's usual order.")]
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            #[doc = concat!("What one of these is called in messages: \"", $noun, "\".")]
            pub const NOUN: &'static str = $noun;

            #[doc = concat!("The one spelling of this ", $noun, ".")]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            #[doc = concat!("The ", $noun, " spelled so, if there is one.")]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }

            /// The known spellings, in order: for messages and completion.
            pub fn words() -> impl Iterator<Item = &'static str> {
                Self::ALL.iter().map(|each| each.word())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

vocabulary! {
    /// A way to reach a person.
    Channel, "channel" {
        /// A voice call.
        Phone = "phone",
        /// A mail to one person.
        Email = "email",
        /// A message or reaction on LinkedIn and the like.
        Social = "social",
        /// A chat or text message.
        Chat = "chat",
        /// A video meeting.
        Video = "video",
        /// A meeting in person.
        Visit = "visit",
        /// An article, guide or advertisement: no human time.
        Content = "content",
    }
}

vocabulary! {
    /// A part played in the decision-making unit (the buying group).
    Role, "role" {
        /// Starts the search.
        Initiator = "initiator",
        /// Will work with what is bought.
        User = "user",
        /// Shapes the requirements.
        Influencer = "influencer",
        /// Says yes or no.
        Decider = "decider",
        /// Handles the purchase.
        Buyer = "buyer",
        /// Decides who gets through.
        Gatekeeper = "gatekeeper",
    }
}

vocabulary! {
    /// Where a lead is on its journey. Buyers loop: a lead may move back.
    Stage, "stage" {
        /// Looks around; the need is not clear yet.
        Orientation = "orientation",
        /// Has a need and looks for ways to meet it.
        Interest = "interest",
        /// Compares ways and sellers, this one among them.
        Consideration = "consideration",
        /// A proposal or quote is out.
        Proposal = "proposal",
        /// The group is making up its mind.
        Decision = "decision",
        /// Has ordered.
        Customer = "customer",
        /// Has said no, or went elsewhere.
        Lost = "lost",
    }
}

impl Stage {
    /// True while there is something to win: neither customer nor lost.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Customer | Self::Lost)
    }
}

vocabulary! {
    /// What happened, in a signal. Whether it was a touch of ours is told by direction and channel, not by kind.
    SignalKind, "kind of signal" {
        /// A page on the site was looked at; `topic` names the page.
        PageVisit = "visit",
        /// Searched, on the site or for the product.
        Search = "search",
        /// Downloaded something; `topic` or `content` names it.
        Download = "download",
        /// Filled in a form: asks for contact, a demo, a price.
        Form = "form",
        /// Opened a mail.
        Open = "open",
        /// Clicked in a mail or advertisement.
        Click = "click",
        /// Answered a message of ours, on any channel.
        Reply = "reply",
        /// A call, either way; `outcome` tells whether it was answered.
        Call = "call",
        /// A mail.
        Email = "email",
        /// A social or text message.
        Message = "message",
        /// A chat session on the site.
        Chat = "chat",
        /// A meeting, by video or in person.
        Meeting = "meeting",
        /// A quote or proposal was sent.
        Quote = "quote",
        /// Reacted to, or shared, a post of ours; or we to theirs.
        Engage = "engage",
        /// Asked not to get this any more.
        Unsubscribe = "unsubscribe",
        /// A mail came back.
        Bounce = "bounce",
        /// Ordered.
        Order = "order",
        /// Anything else worth keeping; `topic` says what.
        Note = "note",
    }
}

vocabulary! {
    /// Who started it: the customer (inbound) or us (outbound).
    Direction, "direction" {
        /// The customer started it.
        Inbound = "inbound",
        /// We started it.
        Outbound = "outbound",
    }
}

vocabulary! {
    /// How a touch ended.
    Outcome, "outcome" {
        /// Spoke with the person.
        Answered = "answered",
        /// Rang out.
        NoAnswer = "no_answer",
        /// Left a voice message.
        Voicemail = "voicemail",
        /// Line was busy.
        Busy = "busy",
        /// The person replied.
        Replied = "replied",
        /// A meeting was agreed.
        Booked = "booked",
        /// The meeting took place.
        Held = "held",
        /// The person did not turn up.
        NoShow = "no_show",
        /// Said yes to what was proposed.
        Accepted = "accepted",
        /// Said no to this proposal; not an objection to contact.
        Declined = "declined",
        /// Could not be delivered.
        Failed = "failed",
    }
}

impl Outcome {
    /// True when the person reacted: it counts as an answer on that channel.
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Answered | Self::Replied | Self::Booked | Self::Held | Self::Accepted)
    }
}

vocabulary! {
    /// The legal form of whom we contact; the law differs. Unknown is treated as a natural person.
    LegalForm, "legal form" {
        /// A company or other body with legal personality.
        LegalEntity = "legal_entity",
        /// One person in business.
        SoleTrader = "sole_trader",
        /// A partnership without legal personality.
        Partnership = "partnership",
        /// A consumer.
        Consumer = "consumer",
    }
}

vocabulary! {
    /// How a person stands towards us.
    Stance, "stance" {
        /// Pleads for us.
        Champion = "champion",
        /// Friendly.
        Supporter = "supporter",
        /// Neither.
        Neutral = "neutral",
        /// Sceptical.
        Critic = "critic",
        /// Works against us: never the next person by default.
        Blocker = "blocker",
    }
}

vocabulary! {
    /// The ground on which somebody may be contacted.
    Basis, "basis of consent" {
        /// Said yes beforehand.
        OptIn = "opt_in",
        /// Said yes and confirmed it by mail.
        DoubleOptIn = "double_opt_in",
        /// A customer of ours, for similar products, with an easy way out.
        ExistingCustomer = "existing_customer",
        /// Published the address for such contact.
        PublishedAddress = "published_address",
        /// Our weighed interest.
        LegitimateInterest = "legitimate_interest",
        /// Asked for this contact.
        Requested = "requested",
    }
}

vocabulary! {
    /// Where a quote stands.
    QuoteStatus, "status of a quote" {
        /// Sent, not decided.
        Open = "open",
        /// Taken.
        Accepted = "accepted",
        /// Refused.
        Declined = "declined",
        /// Ran out or was withdrawn.
        Expired = "expired",
    }
}

/// The known word nearest to `word`, if one is near enough to be what was meant; of several the first.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_all(word, known).first().copied()
}

/// The known words nearest to `word` and near enough to be what was meant: more than one when they are equally near.
pub fn nearest_all<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = word.to_lowercase();
    let mut nearest: Vec<&str> = Vec::new();
    let mut least = usize::MAX;
    for each in known {
        let distance = strsim::damerau_levenshtein(&lower, &each.to_lowercase());
        if distance > 1 + each.chars().count().max(3) / 4 || distance > least {
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
