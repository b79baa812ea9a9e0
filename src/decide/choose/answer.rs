//! Over which channel a question is answered.
//!
//! The channel of the question goes first, and is kept when the answer is permitted on it before the end of the next working morning: who asks
//! in the evening is phoned in the morning, and not mailed at night. Else the channel on which the answer can begin first. A channel on which
//! this question was tried in vain comes after those on which it was not, and one on which something came back after all others.
//!
//! An answer goes to the person who asked and to nobody else; when they are gone, to whoever took over, who must permit it by themselves. For which of several people goes first, see [`crate::decide::choose::rank`].

use crate::book::Question;
use crate::book::vocabulary::Channel;
use crate::calendar::Instant;
use crate::decide::choose::person::{PersonChoice, people_to_try};
use crate::decide::choose::selector::{BlockedCandidate, CandidateSelector, Selection};
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::placement::Placement;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::sellers::possible_sellers;
use crate::decide::propose::Proposal;
use crate::decide::schedule::solver::LOOK_AHEAD;

/// The channels for an answer where that of the question is not possible soon. Of those on which it can begin at the same moment, the first.
const OTHER_CHANNELS: [Channel; 4] = [Channel::Email, Channel::Phone, Channel::Social, Channel::Chat];

/// The morning of a working day, for the person.
const WORKING_MORNING: &str = "Mo-Fr 09:00-12:00; PH off";

/// A channel on which the answer is permitted. The order of the fields is that of the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct AnswerChannel {
    undeliverable: bool,
    tried: bool,
    from: Instant,
    place: usize,
}

impl CandidateSelector<'_, '_> {
    /// The answer to a question of the person of the proposal; `None` when no channel passes the gates, the rule asks for somebody else, or
    /// nobody took over from who asked.
    pub(super) fn select_answer(
        &self,
        (index, proposal): (usize, &Proposal),
        question: &Question,
        blocked: &mut Vec<BlockedCandidate>,
        review: &mut ReviewTracker,
    ) -> Option<Selection> {
        let touch = &*proposal.first.shaped_touch.touch;
        let asker = proposal.first.person?;
        let own = question.channel();
        let Some(person) = self.profile.answered_to(asker) else {
            let block = Blocked::until_records_change(BlockReason::Gone);
            blocked.push(BlockedCandidate {
                proposal: index,
                variant: 0,
                channel: Some(own),
                person: Some(asker),
                block,
            });
            return None;
        };
        let mut choices = people_to_try(self.profile, self.people_order, touch);
        let choice = choices.find(|choice| choice.requested && choice.person == person)?;
        let sellers = possible_sellers(self.group, self.profile, Some(person), touch.skill.as_deref())?;
        let others = OTHER_CHANNELS.into_iter().filter(|channel| *channel != own);
        let mut best: Option<(AnswerChannel, Channel, Placement)> = None;
        let mut stopped = Vec::new();
        for (place, channel) in std::iter::once(own).chain(others).enumerate() {
            let Some(input) = self.gate_input(proposal, 0, channel, person) else { continue };
            match self.pass_gates(&input, &sellers, review) {
                Ok(placement) => {
                    let found = AnswerChannel {
                        // What failed with who asked says nothing of who took over.
                        undeliverable: person == asker && question.undeliverable.has(channel),
                        tried: person == asker && question.tried_on.has(channel),
                        from: placement.slot.from,
                        place,
                    };
                    if best.is_none_or(|(known, ..)| found < known) {
                        best = Some((found, channel, placement));
                    }
                    let fresh = !found.undeliverable && !found.tried;
                    if channel == own && fresh && found.from < self.end_of_next_morning(person, review) {
                        break;
                    }
                }
                Err(block) => stopped.push((channel, block)),
            }
        }
        // That there is no address for a channel says nothing when another is possible, or is not the one that they used.
        let told = |(channel, block): &(Channel, Blocked)| {
            *channel == own || !matches!(block.reason, BlockReason::ChannelUnknown)
        };
        blocked.extend(stopped.into_iter().filter(told).map(|(channel, block)| BlockedCandidate {
            proposal: index,
            variant: 0,
            channel: Some(channel),
            person: Some(person),
            block,
        }));
        let (_, channel, placement) = best?;
        let choice = PersonChoice { requested: true, ..choice };
        Some(Selection::Touch { channel, choice, variant: 0, placement })
    }

    /// The end of the first working morning that begins after now, where the person is; the end of the search when there is none.
    fn end_of_next_morning(&self, person: usize, review: &mut ReviewTracker) -> Instant {
        let (context, now) = (self.group.context, self.profile.now);
        let until = now + LOOK_AHEAD;
        let location = self.profile.people.get(person).map(|person| person.place.location);
        let hours = context.places.calendar.hours(WORKING_MORNING);
        let mornings = hours.zip(location).and_then(|(hours, location)| {
            context.places.calendar.open_times.windows(&hours, &location, now, until).ok()
        });
        let next = mornings.into_iter().flatten().find(|morning| morning.from > now);
        review.add_all(next.map(|morning| morning.from));
        next.map_or(until, |morning| morning.until)
    }
}
