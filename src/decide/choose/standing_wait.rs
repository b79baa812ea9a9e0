//! Rules that say `wait`: while one holds, nothing cold is for the person for whom it holds, or for anybody where it is about the lead.
//!
//! With `.within` it waits that long at most, counted from when its reason began. What is owed to somebody is not cold: an answer to their
//! question, a touch that was promised to them. An order of priorities has no say in it. A `wait` about the whole lead also stops `hand_over`,
//! because others would write to them; `find` goes on, because nobody is contacted by it.

use crate::calendar::Instant;
use crate::decide::choose::selector::{BlockedCandidate, Candidate, Selection};
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::review::ReviewTracker;
use crate::decide::gates::GateInput;
use crate::decide::propose::Proposal;
use crate::pack::touch::{Action, Target};

/// A `wait` that is not over.
#[derive(Clone, Debug)]
pub(crate) struct StandingWait {
    /// The proposal and the variant of it, by index.
    proposal: usize,
    variant: usize,
    /// The person for whom it holds, by index; `None` for everybody.
    person: Option<usize>,
    /// For whom the rule says that it is.
    to: Option<Target>,
    /// When it is over; `None` when it lasts as long as the rule holds.
    ends_at: Option<Instant>,
}

impl StandingWait {
    /// Whether it is for everybody in the lead.
    pub(crate) const fn is_for_everybody(&self) -> bool {
        self.person.is_none() && self.to.is_none()
    }

    /// Whether it stops a touch.
    pub(crate) fn stops(&self, input: &GateInput<'_, '_>) -> bool {
        let concerns = match &self.to {
            Some(Target::Role(role)) => input.person.has_role(*role),
            Some(Target::Person(id)) => {
                input.profile.person_record(input.person_index).is_some_and(|person| person.is_called(id))
            }
            None => self.person.is_none_or(|one| one == input.person_index),
        };
        concerns && !input.owed
    }

    /// The block of what it stops.
    pub(crate) const fn block(&self) -> Blocked {
        let Self { proposal, variant, ends_at, .. } = *self;
        Blocked { reason: BlockReason::Wait { proposal, variant }, lifts_at: ends_at }
    }
}

/// What the rules say that say `wait`, as far as it is not over.
pub(crate) fn standing_waits(proposals: &[Proposal], now: Instant, review: &mut ReviewTracker) -> Vec<StandingWait> {
    let mut all = Vec::new();
    for (index, proposal) in proposals.iter().enumerate().filter(|(_, proposal)| says_wait(proposal)) {
        for (variant, personal) in proposal.variants().enumerate() {
            let ends_at = personal.promise.map(|promise| promise.due);
            review.add_all(ends_at);
            if ends_at.is_none_or(|end| end > now) && proposal.rests(variant, personal.person).is_none() {
                let to = personal.shaped_touch.touch.to.clone();
                all.push(StandingWait { proposal: index, variant, person: personal.person, to, ends_at });
            }
        }
    }
    all
}

/// Whether a proposal, by index, is a `wait` that is over. One that rests by feedback is told instead.
pub(crate) fn is_over(waits: &[StandingWait], (index, proposal): (usize, &Proposal)) -> bool {
    says_wait(proposal) && proposal.rests.is_empty() && waits.iter().all(|wait| wait.proposal != index)
}

/// Leaves out of the candidates each `wait` that stopped nothing, where another one did: the reason to be told is that of the other.
pub(crate) fn keep_waits_that_stop(candidates: &mut Vec<Candidate>, blocked: &[BlockedCandidate]) {
    let stopped_by = |candidate: &Candidate| {
        let by = |one: &BlockedCandidate| matches!(one.block.reason, BlockReason::Wait { proposal, .. } if proposal == candidate.proposal);
        blocked.iter().any(by)
    };
    if candidates.iter().any(stopped_by) {
        candidates.retain(|candidate| !matches!(candidate.selection, Selection::Wait) || stopped_by(candidate));
    }
}

/// Whether a proposal is the `wait` of a rule. A step of a cadence that is one stops nothing.
fn says_wait(proposal: &Proposal) -> bool {
    proposal.step.is_none() && proposal.first.shaped_touch.touch.action == Action::Wait
}
