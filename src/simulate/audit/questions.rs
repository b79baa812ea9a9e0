//! Who waits for us, since when, and until when: read from the log alone.
//!
//! A person asks with a form, a reply, a message, a mail, a chat, or a call that we missed. What they add while they wait belongs to the same
//! question. It ends when that person was reached, or after 30 days; a mail that comes back opens it again.

use crate::book::Signal;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::{Duration, Instant};
use crate::simulate::audit::meaning::{LONGEST_WAIT, channel_of_question, is_attempt, is_question, reaches};

/// A bounce that comes later than this after a mail is not of that mail.
pub(super) const BOUNCE_TIME: Duration = Duration::from_millis(3 * 86_400_000);

/// A question of a customer.
#[derive(Clone, Debug)]
pub struct Question {
    /// The index of the lead in which it was asked.
    pub lead: usize,
    /// Who asked; `None` where the signal names nobody.
    pub person: Option<String>,
    /// The human who asked.
    pub human: Option<usize>,
    /// How it was asked.
    pub kind: SignalKind,
    /// Over which channels it may be answered: of each signal by which they asked it, the first one first.
    pub channels: Vec<Channel>,
    /// When it was asked.
    pub at: Instant,
    /// The first attempt of ours to answer it.
    pub answered: Option<Instant>,
    /// When the person was reached, and over which channel.
    pub reached: Option<(Instant, Option<Channel>)>,
    /// Whether another mail went to them since they were reached by one: what comes back later is that other one.
    mailed_again: bool,
    /// Whether law, hours or zone held the answer up when the question was seen first; `None` before that.
    pub held: Option<bool>,
    /// Whether the same rep did other work while it could have been answered.
    pub behind: bool,
    /// Whether it was on hold, or there was nothing to do for it, without a reason in law, hours or zone.
    pub unadvised: bool,
}

impl Question {
    /// Whether the person waits at this moment.
    pub fn is_open(&self, now: Instant) -> bool {
        self.reached.is_none() && now - self.at < LONGEST_WAIT
    }

    /// Whether a contact of this lead and human is with the person who asked. A contact that names nobody is with everybody in its lead.
    fn is_with(&self, lead: usize, human: Option<usize>) -> bool {
        match (self.human, human) {
            (Some(one), Some(other)) => one == other,
            _ => self.lead == lead,
        }
    }
}

/// All questions of a run, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Questions {
    all: Vec<Question>,
}

impl Questions {
    /// Every question.
    pub fn all(&self) -> &[Question] {
        &self.all
    }

    /// The questions that are open, with their numbers.
    pub fn open(&self, now: Instant) -> impl Iterator<Item = (usize, &Question)> {
        self.all.iter().enumerate().filter(move |(_, question)| question.is_open(now))
    }

    /// The question with this number.
    pub fn get_mut(&mut self, number: usize) -> Option<&mut Question> {
        self.all.get_mut(number)
    }

    /// Takes in what happened in a lead; `human` is the person whom the signal names.
    pub fn add(&mut self, lead: usize, human: Option<usize>, signal: &Signal) {
        let at = signal.at;
        if signal.kind == SignalKind::Bounce {
            let of_mail = |question: &&mut Question| {
                question.is_with(lead, human)
                    && !question.mailed_again
                    && question
                        .reached
                        .is_some_and(|(then, over)| over == Some(Channel::Email) && at - then <= BOUNCE_TIME)
            };
            if let Some(question) = self.all.iter_mut().rev().find(of_mail) {
                question.reached = None;
            }
        }
        let reaches = reaches(signal);
        if reaches && signal.channel == Some(Channel::Email) {
            let closed = self.all.iter_mut().filter(|one| one.reached.is_some() && one.is_with(lead, human));
            closed.for_each(|question| question.mailed_again = true);
        }
        if is_attempt(signal) || reaches {
            for question in self.all.iter_mut().filter(|one| one.is_open(at) && one.is_with(lead, human)) {
                question.answered.get_or_insert(at);
                if reaches {
                    question.reached = Some((at, signal.channel));
                }
            }
        }
        if !is_question(signal) {
            return;
        }
        let channel = channel_of_question(signal);
        match self.all.iter_mut().find(|one| one.is_open(at) && one.is_with(lead, human)) {
            Some(question) => question.channels.push(channel),
            None => self.all.push(Question {
                lead,
                person: signal.person.clone(),
                human,
                kind: signal.kind,
                channels: vec![channel],
                at,
                answered: None,
                reached: None,
                mailed_again: false,
                held: None,
                behind: false,
                unadvised: false,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::vocabulary::{Direction, Outcome};

    fn signal(minute: i64, kind: SignalKind, channel: Option<Channel>, outcome: Option<Outcome>) -> Signal {
        let at = Instant::from_millis(minute * Duration::MINUTE.millis());
        Signal { channel, outcome, direction: Some(Direction::Inbound), ..Signal::new(at, kind) }
    }

    fn ours(signal: Signal) -> Signal {
        Signal { direction: Some(Direction::Outbound), ..signal }
    }

    /// The first question after these signals, all of human 1.
    fn after(signals: &[Signal]) -> Question {
        let mut questions = Questions::default();
        signals.iter().for_each(|signal| questions.add(0, Some(1), signal));
        questions.all()[0].clone()
    }

    #[test]
    fn a_person_waits_until_reached() {
        let form = signal(0, SignalKind::Form, None, None);
        let call = |minute, outcome| ours(signal(minute, SignalKind::Call, Some(Channel::Phone), Some(outcome)));
        let mail = ours(signal(9, SignalKind::Email, Some(Channel::Email), None));
        let now = Instant::from_millis(3_600_000);
        for outcome in [Outcome::NoAnswer, Outcome::Busy, Outcome::Voicemail] {
            let tried = after(&[form.clone(), call(5, outcome)]);
            assert!(tried.is_open(now) && tried.answered.is_some(), "{outcome}");
        }
        assert!(!after(&[form.clone(), call(5, Outcome::Answered)]).is_open(now));
        assert!(!after(&[form.clone(), mail.clone()]).is_open(now));
        let bounce = signal(10, SignalKind::Bounce, Some(Channel::Email), None);
        assert!(after(&[form.clone(), mail.clone(), bounce.clone()]).is_open(now));
        let later = Signal { at: Instant::from_millis(540_001), ..mail.clone() };
        assert!(!after(&[form.clone(), mail, later, bounce]).is_open(now), "the later mail came back");
        let advertisement = ours(signal(5, SignalKind::Message, Some(Channel::Content), None));
        assert!(after(&[form.clone(), advertisement]).answered.is_none());
        assert!(!after(&[form]).is_open(Instant::from_millis(30 * 86_400_000)), "thirty days");
    }

    #[test]
    fn what_somebody_else_is_told_answers_nothing() {
        let mut questions = Questions::default();
        questions.add(0, Some(1), &signal(0, SignalKind::Form, None, None));
        questions.add(0, Some(2), &ours(signal(5, SignalKind::Email, Some(Channel::Email), None)));
        assert!(questions.all()[0].answered.is_none());
        // The same human in another lead.
        questions.add(3, Some(1), &ours(signal(6, SignalKind::Email, Some(Channel::Email), None)));
        assert!(questions.all()[0].reached.is_some());
    }

    #[test]
    fn what_they_add_while_they_wait_is_the_same_question() {
        let mut questions = Questions::default();
        for (minute, kind) in [(0, SignalKind::Form), (5, SignalKind::Email)] {
            questions.add(0, Some(1), &signal(minute, kind, None, None));
        }
        questions.add(0, Some(2), &signal(6, SignalKind::Form, None, None));
        assert_eq!(questions.all().len(), 2);
        let missed = signal(8, SignalKind::Call, Some(Channel::Phone), Some(Outcome::NoAnswer));
        questions.add(0, Some(3), &missed);
        let spoken = signal(9, SignalKind::Call, Some(Channel::Phone), Some(Outcome::Answered));
        questions.add(0, Some(4), &spoken);
        questions.add(0, Some(5), &signal(9, SignalKind::Call, Some(Channel::Phone), None));
        assert_eq!(questions.all().len(), 3, "a call that was answered asks nothing more");
    }
}
