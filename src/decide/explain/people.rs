//! Why this person, and why this rep.

use crate::book::rep::Rep;
use crate::book::vocabulary::SignalKind;
use crate::book::{Lead, Question};
use crate::decide::advice::{PersonRef, RepRef};
use crate::decide::choose::person::{PersonChoice, PersonRank};
use crate::decide::context::sellers::{LeadOwner, Seller, SellerReason};
use crate::decide::explain::{AdviceWriter, vocabulary};
use crate::pack::touch::{Target, Touch};
use crate::wording::Sentence;

impl AdviceWriter<'_, '_> {
    /// The person of a touch. `answers` is the question of theirs that it answers, `holds_for` the person for whom the rule holds, where it reads
    /// `person`.
    pub(super) fn person(
        &self,
        choice: PersonChoice,
        touch: &Touch,
        answers: Option<Question>,
        holds_for: Option<usize>,
    ) -> Option<PersonRef> {
        let profile = &self.evaluation.profile;
        let (record, person) = (profile.person_record(choice.person)?, profile.people.get(choice.person)?);
        let (_, rank) = self.evaluation.people_order.iter().find(|(index, _)| *index == choice.person)?;
        let asker = holds_for.filter(|asker| *asker != choice.person && answers.is_some());
        let asked = answers.or(person.question).map(|question| self.asked(&question));
        let asked = match asker {
            Some(asker) => asked
                .map(|asked| Sentence::new("person-takes-over").with("who", self.called(asker)).with("asked", asked)),
            None => asked,
        };
        let is_asker = asked.is_some();
        let why = match asked {
            Some(asked) => asked,
            None if profile.people_there().count() == 1 => Sentence::new("person-only"),
            None if holds_for == Some(choice.person) && touch.to.is_none() => Sentence::new("person-of-rule"),
            None => rank_reason(*rank, person.blocker),
        };
        let asked_role = match touch.to {
            Some(Target::Role(role)) => Some(role),
            _ => None,
        };
        let why = match (&touch.to, choice.requested) {
            (None, _) => why,
            (Some(_), true) if is_asker => why,
            (Some(Target::Person(_)), _) => Sentence::new("person-named"),
            (Some(Target::Role(role)), true) => {
                if profile.people_there().filter(|(_, person)| person.has_role(*role)).count() == 1 {
                    Sentence::new("person-only-role").with("role", vocabulary::role(*role))
                } else {
                    Sentence::new("person-of-role").with("role", vocabulary::a_role(*role)).with("why", why)
                }
            }
            (Some(Target::Role(role)), false) => {
                let key = if profile.has_role(*role) { "person-role-late" } else { "person-role-unknown" };
                Sentence::new(key).with("role", vocabulary::role(*role)).with("why", why)
            }
        };
        Some(PersonRef {
            id: record.id.clone(),
            name: record.name.clone(),
            role: asked_role.filter(|_| choice.requested).or(person.first_role),
            why: self.capitalised(&why),
        })
    }

    /// What a rep is called; the owner as the lead names them when there is no record of them.
    pub(super) fn rep_called(&self, seller: Seller) -> &str {
        self.rep_of_lead_called(seller, self.lead)
    }

    /// What a rep of another lead is called, as [`rep_called`](Self::rep_called) has it.
    pub(super) fn rep_of_lead_called<'l>(&'l self, seller: Seller, lead: &'l Lead) -> &'l str {
        let rep = seller.rep.and_then(|rep| self.group.records.reps().get(rep));
        let called = rep.map(Rep::called);
        called.or(lead.owner.as_deref()).unwrap_or_default()
    }

    /// That somebody asked something: when, and how often we tried to reach them.
    fn asked(&self, question: &Question) -> Sentence {
        let key = match question.kind() {
            SignalKind::Call => "person-rang",
            SignalKind::Reply | SignalKind::Email => "person-wrote",
            _ => "person-asked",
        };
        let asked = Sentence::new(key).with("ago", self.group.context.now - question.since);
        match question.tried {
            0 => asked,
            tried => Sentence::new("person-asked-tried").with("asked", asked).with("number", tried),
        }
    }

    /// The rep of an advice.
    pub(super) fn rep(&self, seller: Seller, touch: &Touch) -> RepRef {
        let rep = seller.rep.and_then(|rep| self.group.records.reps().get(rep));
        let called = |rep: usize| self.rep_called(Seller { rep: Some(rep), ..seller });
        let owner = self.lead.owner.as_ref();
        let not_the_owner = || match self.evaluation.profile.owner {
            LeadOwner::Rep(owner) => Sentence::new("rep-steps-in").with("rep", called(owner)),
            LeadOwner::Unknown => Sentence::new("rep-owner-unknown").with("owner", owner.map_or("", String::as_str)),
            LeadOwner::Nobody => Sentence::new("rep-no-owner"),
        };
        let instead_of_owner = match seller.reason {
            SellerReason::Owner => None,
            SellerReason::Backup(away) => Some(Sentence::new("rep-steps-in").with("rep", called(away))),
            SellerReason::Colleague(_) => Some(not_the_owner()),
            SellerReason::GroupOwner => Some(Sentence::new("rep-owns-another").with("why", not_the_owner())),
            SellerReason::Skill => {
                let key = if owner.is_some() { "rep-knows-owner-stays" } else { "rep-knows" };
                Some(Sentence::new(key).with("skill", touch.skill.as_deref().unwrap_or_default()))
            }
        };
        RepRef {
            id: rep.map(|rep| &rep.id).or(owner).cloned().unwrap_or_default(),
            name: rep.and_then(|rep| rep.name.clone()),
            instead_of_owner: instead_of_owner.map(|why| self.text(&why)),
        }
    }
}

/// Why somebody stands where they stand in the order of the buying group.
fn rank_reason(rank: PersonRank, blocker: bool) -> Sentence {
    let why = Sentence::new(match rank {
        PersonRank::Interested(_) => "person-interested",
        PersonRank::NeverContacted(_) => "person-came-by",
        PersonRank::NotContactedLately(Some(_)) => "person-weighs-most",
        PersonRank::NotContactedLately(None) => "person-not-contacted",
        PersonRank::ContactedLately(_) => "person-left-alone",
    });
    if blocker { Sentence::new("person-blocker").with("why", why) } else { why }
}
