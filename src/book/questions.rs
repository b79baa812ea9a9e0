//! Questions: what a person asked of us, and whether they were reached since.
//!
//! A question opens with a form, reply, chat, message, mail or missed call of theirs ([`SignalView::awaits_answer`]) and stays open until that
//! person was reached: both spoke, or something was written to them that did not come back ([`ContactResult`]). A call that rang out, was
//! busy or met a voice box, and an acknowledgement, leave it open. It is old news when [`LASTS`] have passed since they asked last.
//!
//! In: the signals that concern one person, oldest first ([`QuestionSignal`]). Out: the open question, if there is one ([`open_question`]), or
//! the real conversations ([`conversations`]). Facts about records, the policy cache and the decision all ask here, so that waiting has one
//! meaning.
//!
//! Left out: which signals concern a person, which depends on how the leads are held.

use crate::book::signal_view::{ContactResult, SignalView};
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::{Duration, Instant};

/// How long a question is open at most, counted from when it was asked last.
pub const LASTS: Duration = Duration::from_millis(30 * 86_400_000);
/// Within this time a second signal of a kind, of one person and about one topic, is a copy of the first: one question, recorded twice. What they
/// write in a conversation after we answered is no copy, because people reply to an answer within minutes.
const COPIED_WITHIN: Duration = Duration::from_millis(300_000);
/// A mail that comes back does so within this time: RFC 5321, section 4.5.4.1, has servers give up after at least four to five days.
pub const RETURNS_WITHIN: Duration = Duration::from_millis(5 * 86_400_000);

/// A signal that concerns a person.
#[derive(Clone, Copy, Debug)]
pub struct QuestionSignal<T> {
    /// When.
    pub at: Instant,
    /// What it means.
    pub view: SignalView,
    /// Its topic; only equality counts.
    pub topic: T,
    /// Whether it opens a question where it awaits an answer. False for a signal that names nobody, when asked for one person: it may have
    /// reached them, but who asked is not known.
    pub may_ask: bool,
}

/// A question that waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// When it was asked first, of those times that were not answered.
    pub since: Instant,
    /// When it was asked last.
    pub asked_at: Instant,
    /// The signal by which it was asked first. Asking again changes neither its channel nor what was promised.
    pub view: SignalView,
    /// How often we tried in vain to reach them since it was asked first.
    pub tried: u32,
    /// The channels on which we tried since it was asked last.
    pub tried_on: ChannelSet,
    /// The channels on which something came back, or could not be delivered.
    pub undeliverable: ChannelSet,
}

/// A set of channels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChannelSet(u8);

impl ChannelSet {
    /// Adds a channel, if it is one.
    pub fn add(&mut self, channel: Option<Channel>) {
        self.0 |= channel.map_or(0, |channel| 1 << channel as u8);
    }

    /// Takes a channel out.
    pub fn remove(&mut self, channel: Channel) {
        self.0 &= !(1 << channel as u8);
    }

    /// The channels of both.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The channels that are in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the channel is in it.
    pub const fn has(self, channel: Channel) -> bool {
        self.0 & 1 << channel as u8 != 0
    }
}

impl FromIterator<Channel> for ChannelSet {
    fn from_iter<T: IntoIterator<Item = Channel>>(channels: T) -> Self {
        let mut set = Self::default();
        channels.into_iter().for_each(|channel| set.add(Some(channel)));
        set
    }
}

impl Question {
    /// The moment from which it is old news.
    pub fn ends_at(&self) -> Instant {
        self.asked_at + LASTS
    }

    /// The kind of signal by which it was asked.
    pub const fn kind(&self) -> SignalKind {
        self.view.kind
    }

    /// Whether they asked in writing to us, and not by a form or a call.
    pub const fn was_written(&self) -> bool {
        !matches!(self.view.kind, SignalKind::Form | SignalKind::Call)
    }

    /// The channel on which it is answered: the one on which it was asked. A form and a missed call are answered by phone.
    pub fn channel(&self) -> Channel {
        match self.view.kind {
            SignalKind::Form | SignalKind::Call => Channel::Phone,
            SignalKind::Chat => self.view.channel.unwrap_or(Channel::Chat),
            SignalKind::Message => self.view.channel.unwrap_or(Channel::Social),
            _ => self.view.channel.unwrap_or(Channel::Email),
        }
    }
}

/// The open question of a person, from the signals that concern them up to `now`, oldest first; `None` when nothing of theirs waits.
pub fn open_question<T: PartialEq>(
    signals: impl IntoIterator<Item = QuestionSignal<T>>,
    now: Instant,
) -> Option<Question> {
    let mut conversation = Conversation::default();
    signals.into_iter().for_each(|signal| conversation.add(signal));
    conversation.open.filter(|question| now < question.ends_at())
}

/// A question of the past, from when it was asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastQuestion {
    /// The question as it stood last.
    pub question: Question,
    /// When the person was reached; `None` where nobody did so.
    pub reached_at: Option<Instant>,
}

/// Every question of a person, from all signals that concern them, oldest first. An answer that came back is none.
pub fn past_questions<T: PartialEq>(signals: impl IntoIterator<Item = QuestionSignal<T>>) -> Vec<PastQuestion> {
    let mut conversation = Conversation::default();
    let mut past: Vec<PastQuestion> = Vec::new();
    for signal in signals {
        let at = signal.at;
        conversation.add(signal);
        match conversation.open {
            Some(question) => match past.iter_mut().rev().find(|one| one.question.since == question.since) {
                Some(known) => *known = PastQuestion { question, reached_at: None },
                None => past.push(PastQuestion { question, reached_at: None }),
            },
            None => {
                for one in past.iter_mut().filter(|one| one.reached_at.is_none() && at < one.question.ends_at()) {
                    one.reached_at = Some(at);
                }
            }
        }
    }
    past
}

/// A signal of ours or theirs that was a real conversation: both spoke, or what they wrote was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConversationSignal {
    /// Its place among the signals that were given.
    pub place: usize,
    /// When it turned out to be none, because the answer came back.
    pub undone_at: Option<Instant>,
}

/// The real conversations of a person, from all signals that concern them, oldest first: a call that was taken, of either side, a meeting that
/// was held, a chat, and an answer in writing to what they wrote. A form is no conversation yet, and so is what is written in answer to one.
pub fn conversations<T: PartialEq>(signals: impl IntoIterator<Item = QuestionSignal<T>>) -> Vec<ConversationSignal> {
    let mut conversation = Conversation::default();
    for (place, signal) in signals.into_iter().enumerate() {
        conversation.place = place;
        conversation.add(signal);
    }
    conversation.held
}

/// What was asked and answered so far.
struct Conversation<T> {
    /// The place of the signal that is added.
    place: usize,
    /// The real conversations.
    held: Vec<ConversationSignal>,
    open: Option<Question>,
    /// What was written to them lately and may still come back, oldest first.
    written: Vec<Written>,
    /// What they asked lately, of which copies may follow.
    asked: Vec<(SignalKind, T, Instant)>,
}

/// Something that was written to the person.
struct Written {
    at: Instant,
    channel: Channel,
    /// The question that it answered.
    answered: Option<Question>,
    /// Its place among the signals.
    place: usize,
}

impl<T> Default for Conversation<T> {
    fn default() -> Self {
        Self { place: 0, held: Vec::new(), open: None, written: Vec::new(), asked: Vec::new() }
    }
}

impl<T: PartialEq> Conversation<T> {
    fn add(&mut self, signal: QuestionSignal<T>) {
        let QuestionSignal { at, view, topic, may_ask } = signal;
        if view.awaits_answer() {
            if may_ask && !self.is_copy(at, view.kind, topic) {
                self.ask(at, view);
            }
        } else if view.kind == SignalKind::Bounce {
            self.come_back(at, view.channel.unwrap_or(Channel::Email));
        } else if let Some(result) = view.contact_result() {
            self.contact(at, view, result);
        }
    }

    /// Whether the signal repeats one that was recorded shortly before; else it is remembered.
    fn is_copy(&mut self, at: Instant, kind: SignalKind, topic: T) -> bool {
        self.asked.retain(|(.., asked_at)| at - *asked_at < COPIED_WITHIN);
        let copy = self.asked.iter().any(|(one, about, _)| *one == kind && *about == topic);
        if !copy {
            self.asked.push((kind, topic, at));
        }
        copy
    }

    fn ask(&mut self, at: Instant, view: SignalView) {
        let new = Question {
            since: at,
            asked_at: at,
            view,
            tried: 0,
            tried_on: ChannelSet::default(),
            undeliverable: ChannelSet::default(),
        };
        self.open = Some(match self.open {
            // They may be reached now where they were not before they asked again, but a dead address stays dead.
            Some(open) if at < open.ends_at() => Question { asked_at: at, tried_on: ChannelSet::default(), ..open },
            _ => new,
        });
    }

    fn contact(&mut self, at: Instant, view: SignalView, result: ContactResult) {
        match result {
            ContactResult::Spoken => {
                self.hold();
                self.open = None;
                self.written.clear();
                self.expect_replies();
            }
            ContactResult::Written(channel) => {
                self.expect_replies();
                let answered = if view.acknowledges { None } else { self.open.take() };
                self.written.retain(|one| at - one.at < RETURNS_WITHIN);
                if answered.is_some_and(|question| question.was_written()) {
                    self.hold();
                }
                self.written.push(Written { at, channel, answered, place: self.place });
            }
            ContactResult::InVain(channel) => {
                if let Some(open) = &mut self.open {
                    if !view.acknowledges {
                        open.tried = open.tried.saturating_add(1);
                        open.tried_on.add(channel);
                    }
                    if view.is_undeliverable() {
                        open.undeliverable.add(channel);
                    }
                }
            }
        }
    }

    /// The signal that is added is a real conversation.
    fn hold(&mut self) {
        self.held.push(ConversationSignal { place: self.place, undone_at: None });
    }

    /// We answered: of what they asked before, only a form or a call may be recorded again. All else is what they say next.
    fn expect_replies(&mut self) {
        self.asked.retain(|(kind, ..)| matches!(kind, SignalKind::Form | SignalKind::Call));
    }

    /// The last thing that was written over this channel came back: what it answered is open again.
    fn come_back(&mut self, at: Instant, channel: Channel) {
        let last = self.written.iter().rposition(|one| one.channel == channel && at - one.at < RETURNS_WITHIN);
        let returned = last.map(|last| self.written.remove(last));
        if let Some(held) =
            self.held.iter_mut().find(|held| returned.as_ref().is_some_and(|one| one.place == held.place))
        {
            held.undone_at = Some(at);
        }
        if let Some(answered) = returned.and_then(|returned| returned.answered) {
            let mut again = self.open.unwrap_or(answered);
            (again.since, again.view) = (answered.since, answered.view);
            again.tried = answered.tried.saturating_add(1);
            again.tried_on.add(Some(channel));
            self.open = Some(again);
        }
        if let Some(open) = &mut self.open {
            open.undeliverable.add(Some(channel));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::vocabulary::{Direction, Outcome};

    const DAY: i64 = 24 * 60;

    fn at(minute: i64) -> Instant {
        Instant::from_millis(1_795_000_000_000 + minute * 60_000)
    }

    fn signal(
        minute: i64,
        kind: SignalKind,
        channel: Option<Channel>,
        direction: Direction,
        outcome: Option<Outcome>,
    ) -> QuestionSignal<&'static str> {
        let view = SignalView::new(kind, channel, Some(direction), outcome);
        QuestionSignal { at: at(minute), view, topic: "", may_ask: true }
    }

    fn form(minute: i64) -> QuestionSignal<&'static str> {
        signal(minute, SignalKind::Form, None, Direction::Inbound, None)
    }

    fn call(minute: i64, direction: Direction, outcome: Outcome) -> QuestionSignal<&'static str> {
        signal(minute, SignalKind::Call, Some(Channel::Phone), direction, Some(outcome))
    }

    fn mail(minute: i64) -> QuestionSignal<&'static str> {
        signal(minute, SignalKind::Email, Some(Channel::Email), Direction::Outbound, None)
    }

    fn bounce(minute: i64) -> QuestionSignal<&'static str> {
        signal(minute, SignalKind::Bounce, Some(Channel::Email), Direction::Inbound, None)
    }

    fn open(signals: &[QuestionSignal<&'static str>], minute: i64) -> Option<Question> {
        open_question(signals.iter().copied(), at(minute))
    }

    #[test]
    fn an_attempt_in_vain_leaves_the_question_open_and_is_counted() {
        for outcome in [Outcome::NoAnswer, Outcome::Busy, Outcome::Voicemail, Outcome::Failed] {
            let question = open(&[form(0), call(4, Direction::Outbound, outcome)], 60).unwrap();
            assert_eq!((question.since, question.tried), (at(0), 1), "{outcome}");
            assert!(question.tried_on.has(Channel::Phone));
        }
    }

    #[test]
    fn speaking_or_writing_ends_it() {
        let chat = signal(5, SignalKind::Chat, Some(Channel::Chat), Direction::Outbound, None);
        let meeting = signal(5, SignalKind::Meeting, Some(Channel::Visit), Direction::Inbound, Some(Outcome::Held));
        for direction in [Direction::Inbound, Direction::Outbound] {
            assert_eq!(open(&[form(0), call(5, direction, Outcome::Answered)], 60), None);
        }
        for ends in [chat, meeting, mail(5)] {
            assert_eq!(open(&[form(0), ends], 60), None, "{ends:?}");
        }
        let no_show = QuestionSignal {
            view: SignalView { outcome: Some(Outcome::NoShow), inbound: false, ..meeting.view },
            ..meeting
        };
        assert!(open(&[form(0), no_show], 60).is_some());
    }

    #[test]
    fn a_mail_that_comes_back_was_no_answer() {
        let question = open(&[form(0), mail(4), bounce(5)], 60).unwrap();
        assert_eq!((question.since, question.tried), (at(0), 1));
        assert!(question.undeliverable.has(Channel::Email));
        // The second mail got through, whichever came back.
        assert_eq!(open(&[form(0), mail(4), mail(6), bounce(7)], 60), None);
        // What was spoken meanwhile is not undone.
        assert_eq!(open(&[form(0), mail(4), call(5, Direction::Outbound, Outcome::Answered), bounce(6)], 60), None);
        // A mail of weeks before is another matter.
        assert_eq!(open(&[form(0), mail(4), bounce(6 * DAY)], 7 * DAY), None);
    }

    #[test]
    fn an_acknowledgement_leaves_it_open() {
        let acknowledges = QuestionSignal { view: SignalView { acknowledges: true, ..mail(1).view }, ..mail(1) };
        let question = open(&[form(0), acknowledges], 600).unwrap();
        assert_eq!((question.since, question.tried), (at(0), 0));
        assert_eq!(open(&[form(0), acknowledges, mail(2)], 600), None);
        let returned = open(&[form(0), mail(1), acknowledges, bounce(2)], 600);
        assert_eq!(returned, None, "the acknowledgement came back, not the answer");
    }

    #[test]
    fn a_copy_within_five_minutes_is_the_same_question() {
        let answered = call(3, Direction::Outbound, Outcome::Answered);
        assert_eq!(open(&[form(0), answered, form(4)], 10), None);
        assert_eq!(open(&[form(0), answered, form(5)], 10).unwrap().since, at(5));
        let other = QuestionSignal { topic: "demo", ..form(4) };
        assert_eq!(open(&[form(0), answered, other], 10).unwrap().since, at(4), "about something else");
    }

    #[test]
    fn a_reply_to_our_answer_is_a_question_of_its_own() {
        let reply = |minute| signal(minute, SignalKind::Reply, Some(Channel::Email), Direction::Inbound, None);
        assert_eq!(open(&[reply(0), mail(2), reply(4)], 10).unwrap().since, at(4));
        assert_eq!(open(&[reply(0), reply(1), mail(2)], 10), None, "recorded twice before the answer");
    }

    #[test]
    fn asking_again_keeps_the_first_moment_and_its_channel() {
        let reply = signal(2 * DAY, SignalKind::Reply, Some(Channel::Social), Direction::Inbound, None);
        let question = open(&[form(0), call(4, Direction::Outbound, Outcome::NoAnswer), reply], 2 * DAY).unwrap();
        assert_eq!((question.since, question.asked_at, question.tried), (at(0), at(2 * DAY), 1));
        assert_eq!((question.kind(), question.channel()), (SignalKind::Form, Channel::Phone));
        assert!(!question.tried_on.has(Channel::Phone), "they may be there now");
    }

    #[test]
    fn a_conversation_is_spoken_or_is_an_answer_to_what_they_wrote() {
        let of = |signals: &[QuestionSignal<&'static str>]| {
            conversations(signals.iter().copied()).iter().map(|one| (one.place, one.undone_at)).collect::<Vec<_>>()
        };
        let reply = |minute| signal(minute, SignalKind::Reply, Some(Channel::Email), Direction::Inbound, None);
        for direction in [Direction::Inbound, Direction::Outbound] {
            assert_eq!(of(&[call(0, direction, Outcome::Answered)]), [(0, None)]);
            assert_eq!(of(&[call(0, direction, Outcome::NoAnswer)]), []);
        }
        assert_eq!(of(&[mail(0), reply(1), mail(2), mail(3)]), [(2, None)], "the answer, and nothing before or after");
        assert_eq!(of(&[form(0), mail(1)]), [], "a form that was confirmed in writing");
        assert_eq!(of(&[reply(0), mail(1), bounce(2), mail(3)]), [(1, Some(at(2))), (3, None)]);
    }

    #[test]
    fn after_thirty_days_it_is_old_news() {
        assert!(open(&[form(0)], 30 * DAY - 1).is_some());
        assert_eq!(open(&[form(0)], 30 * DAY), None);
        assert_eq!(open(&[form(0), form(29 * DAY)], 40 * DAY).unwrap().since, at(0), "asked again in time");
        assert_eq!(open(&[form(0), form(31 * DAY)], 40 * DAY).unwrap().since, at(31 * DAY));
    }
}
