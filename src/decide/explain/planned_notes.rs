//! What is to be known about appointments to come: a rep who does not work then, hours and refusals that forbid them, an answer that is owed before.
//!
//! Appointments with somebody who left or is away are told with what is known of people ([`crate::decide::explain::person_notes`]).

use crate::book::PlannedTouch;
use crate::calendar::in_words::moment;
use crate::calendar::{Duration, Zone};
use crate::decide::advice::{Note, PLANNED_REP_AWAY};
use crate::decide::context::planned_touches::person_of;
use crate::decide::context::sellers::{LeadOwner, Seller, SellerReason, colleagues_for};
use crate::decide::explain::{AdviceWriter, vocabulary};
use crate::decide::gates::constraints::{ConstraintCause, constraints};
use crate::decide::gates::impossible;
use crate::decide::propose::planned::planned_proposal;
use crate::wording::Sentence;

/// How far ahead it is looked at whether an appointment can be kept.
const LOOKED_AHEAD: Duration = Duration::from_millis(60 * 86_400_000);

impl AdviceWriter<'_, '_> {
    /// The appointments to come whose rep does not work on that day, or is not among the reps.
    pub(super) fn appointments_without_rep(&self) -> Vec<Note> {
        let context = self.group.context;
        if context.team.is_empty() {
            return Vec::new();
        }
        let coming = self.lead.planned.iter().filter(|planned| planned.at >= context.now);
        coming.filter_map(|planned| self.appointment_without_rep(planned)).collect()
    }

    fn appointment_without_rep(&self, planned: &PlannedTouch) -> Option<Note> {
        let (context, profile) = (self.group.context, &self.evaluation.profile);
        let by = planned.rep.as_deref().or(self.lead.owner.as_deref())?;
        let person = person_of(planned, profile);
        let owner = context.team.owner(Some(by));
        let called = match owner {
            LeadOwner::Rep(rep) => {
                let seller = Seller { rep: Some(rep), reason: SellerReason::Owner };
                if !seller.is_away_that_day(context, planned.at) {
                    return None;
                }
                self.rep_called(seller)
            }
            _ => by,
        };
        let others = colleagues_for(self.group, profile, owner, person);
        let present = others.iter().find(|seller| seller.works_at(context, planned.at));
        let zone = person.and_then(|person| profile.people.get(person)).and_then(|one| one.place.location.clock());
        let key = match (owner, present) {
            (LeadOwner::Rep(_), Some(_)) => "note-planned-rep-away",
            (LeadOwner::Rep(_), None) => "note-planned-rep-away-nobody",
            (_, Some(_)) => "note-planned-rep-unknown",
            (_, None) => "note-planned-rep-unknown-nobody",
        };
        let sentence = Sentence::new(key)
            .with("channel", vocabulary::channel(planned.channel))
            .with("moment", moment(planned.at, zone.unwrap_or(Zone::UTC)))
            .with("rep", called)
            .with("other", present.map_or("", |seller| self.rep_called(*seller)));
        Some(self.note(PLANNED_REP_AWAY, &sentence))
    }

    /// The appointments that law, a refusal, or hours forbid: those of the person, those of the channel, those of the rep. Those to come, and those
    /// whose moment has come and that are owed still.
    pub(super) fn appointments_that_cannot_be(&self) -> Vec<Note> {
        let now = self.group.context.now;
        let is_owed = |index: usize| self.evaluation.proposals.iter().any(|one| one.planned() == Some(index));
        let open = self.lead.planned.iter().enumerate().filter(|(index, planned)| {
            if planned.at > now { planned.at - now < LOOKED_AHEAD } else { is_owed(*index) }
        });
        open.filter_map(|(index, planned)| self.appointment_that_cannot_be(index, planned)).collect()
    }

    fn appointment_that_cannot_be(&self, index: usize, planned: &PlannedTouch) -> Option<Note> {
        let profile = &self.evaluation.profile;
        let person = person_of(planned, profile).filter(|person| profile.departures.is_there(*person, planned.at))?;
        let proposal = planned_proposal(index, planned, profile);
        let input = self.gate_input(&proposal, 0, planned.channel, person)?;
        let (code, sentence) = if let Some(reason) = impossible(&input) {
            let why = self.why_impossible(reason, &proposal, &input);
            ("planned-not-permitted", Sentence::new("note-planned-not-permitted").with("why", why))
        } else if planned.at <= self.group.context.now {
            return None;
        } else {
            let seller = self.keeps(planned);
            // Told with the appointments without a rep.
            if seller.is_some_and(|seller| seller.is_away_that_day(self.group.context, planned.at)) {
                return None;
            }
            let closed = constraints(&input, seller, planned.at + Duration::MINUTE);
            let hours =
                closed.iter().filter(|one| !one.open.contains(planned.at)).map(|one| one.cause).find(is_of_hours)?;
            let cause = self.cause(&input, hours);
            ("planned-outside-hours", Sentence::new("note-planned-outside-hours").with("cause", cause))
        };
        let zone = input.person.place.location.clock().unwrap_or(Zone::UTC);
        let sentence = sentence.with("channel", vocabulary::channel(planned.channel));
        Some(self.note(code, &sentence.with("moment", moment(planned.at, zone))))
    }

    /// The rep who promised it, or the owner; `None` when they are not among the reps.
    fn keeps(&self, planned: &PlannedTouch) -> Option<Seller> {
        let by = planned.rep.as_deref().or(self.lead.owner.as_deref())?;
        match self.group.context.team.owner(Some(by)) {
            LeadOwner::Rep(rep) => Some(Seller { rep: Some(rep), reason: SellerReason::Owner }),
            LeadOwner::Nobody | LeadOwner::Unknown => None,
        }
    }

    /// That an answer is owed while an appointment is to come: it goes before it.
    pub(super) fn answer_before_appointment(&self) -> Option<Note> {
        let profile = &self.evaluation.profile;
        let coming = self.lead.planned.iter().filter(|planned| planned.at > profile.now);
        let next = coming.min_by_key(|planned| planned.at).filter(|_| profile.waits_for_answer())?;
        let person = person_of(next, profile).and_then(|person| profile.people.get(person));
        let zone = person.and_then(|person| person.place.location.clock()).unwrap_or(Zone::UTC);
        let sentence = Sentence::new("note-planned").with("channel", vocabulary::channel(next.channel));
        Some(self.note("planned-withdrawn", &sentence.with("moment", moment(next.at, zone))))
    }
}

/// Whether a restriction says at which hours, or until when, something may be done at all. Caps and pauses do not hold for what was promised.
const fn is_of_hours(cause: &ConstraintCause) -> bool {
    matches!(
        cause,
        ConstraintCause::Hours(_)
            | ConstraintCause::OwnHours
            | ConstraintCause::Seller(_)
            | ConstraintCause::ConsentEnds(_)
    )
}
