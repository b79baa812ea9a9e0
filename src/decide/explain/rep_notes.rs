//! What is to be known about by whom: an owner who is not known, nobody who works, a language that nobody speaks, who is contacted for another lead.
//!
//! Nothing of this is said in a book without reps.

use crate::book::Lead;
use crate::book::rep::Rep;
use crate::calendar::Zone;
use crate::calendar::in_words::moment;
use crate::decide::advice::{NO_OWNER, Note, OWNER_UNKNOWN};
use crate::decide::context::blocked::Blocked;
use crate::decide::context::counted_contact::CountedContact;
use crate::decide::context::lead_profile::PersonProfile;
use crate::decide::context::placement::Placement;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::sellers::{LeadOwner, Seller, SellerReason, Speaks, possible_sellers, spoken_language};
use crate::decide::explain::{AdviceWriter, vocabulary};
use crate::decide::gates::GateInput;
use crate::decide::gates::policy::{first_possible, schedule_request};
use crate::wording::Sentence;

/// The policy of a block, and the code of a note, because somebody is contacted for another lead.
pub(crate) const CONTACTED_ELSEWHERE: &str = "contacted-elsewhere";

impl AdviceWriter<'_, '_> {
    /// Who of this lead is to be contacted for another lead, when first and by whom, where that is not the owner of this lead: to be spoken with
    /// before.
    pub(super) fn contacted_elsewhere(&self) -> Vec<Note> {
        let (profile, events) = (&self.evaluation.profile, self.selector.group_events);
        let note = |person: &PersonProfile<'_>| {
            let zone = person.place.location.clock().unwrap_or(Zone::UTC);
            let to_come = |contact: &&CountedContact| !contact.made && contact.human == Some(person.human);
            let contact = events.contacts_elsewhere(profile.index, person.human, profile.now).find(to_come)?;
            let other = self.group.records.leads().get(contact.lead)?;
            if self.rep_of_contact(contact, other) == self.owner_called() {
                return None;
            }
            let who = profile.people.iter().position(|one| one.human == person.human)?;
            let note = self.contact_elsewhere("note-contacted-elsewhere", self.called(who), contact, zone);
            Some(self.note(CONTACTED_ELSEWHERE, &note))
        };
        profile.people.iter().filter_map(note).collect()
    }

    /// A sentence about a contact with somebody for another lead.
    pub(super) fn contact_elsewhere(
        &self,
        key: &'static str,
        who: &str,
        contact: &CountedContact,
        zone: Zone,
    ) -> Sentence {
        let lead = self.group.records.leads().get(contact.lead);
        let id = lead.map_or("", |lead| lead.id.as_str());
        Sentence::new(key)
            .with("who", who)
            .with("channel", vocabulary::channel(contact.channel))
            .with("moment", moment(contact.at, zone))
            .with("lead", id)
            .with("rep", lead.and_then(|lead| self.rep_of_contact(contact, lead)).unwrap_or(id))
    }

    /// What the owner of this lead is called.
    fn owner_called(&self) -> Option<&str> {
        let owner = self.lead.owner.as_deref()?;
        Some(self.group.records.rep(owner).map_or(owner, Rep::called))
    }

    /// What the rep of a contact for another lead is called: who made, promised or is to make it, else the owner of that lead.
    fn rep_of_contact<'l>(&'l self, contact: &CountedContact, lead: &'l Lead) -> Option<&'l str> {
        let advised = contact.rep.and_then(|rep| self.group.records.reps().get(usize::try_from(rep).ok()?));
        let planned = || {
            let mut planned = lead.planned.iter();
            planned.find(|one| one.at == contact.at && one.channel == contact.channel)?.rep.as_deref()
        };
        let made = || {
            let mut signals = lead.signals.iter();
            signals.find(|one| one.at == contact.at && one.channel == Some(contact.channel))?.rep.as_deref()
        };
        let id = if contact.made { made() } else { planned() };
        let known = advised.or_else(|| self.group.records.rep(id.or(lead.owner.as_deref())?));
        known.map(Rep::called).or(id).or(lead.owner.as_deref())
    }

    /// That the lead has no owner among the reps, and who does it instead; `seller` is `None` where nothing is to be done.
    pub(super) fn owner_missing(&self, seller: Option<Seller>) -> Option<Note> {
        if self.group.context.team.is_empty() {
            return None;
        }
        let owner = self.lead.owner.as_deref().unwrap_or_default();
        let (code, with_rep, without) = match self.evaluation.profile.owner {
            LeadOwner::Rep(_) => return None,
            LeadOwner::Unknown => (OWNER_UNKNOWN, "note-owner-unknown", "note-owner-unknown-idle"),
            LeadOwner::Nobody => (NO_OWNER, "note-no-owner", "note-no-owner-idle"),
        };
        let sentence = match seller {
            Some(seller) => Sentence::new(with_rep).with("rep", self.rep_called(seller)),
            None => Sentence::new(without),
        };
        Some(self.note(code, &sentence.with("owner", owner)))
    }

    /// That no rep can make the touch before its moment.
    pub(super) fn waits_for_rep(&self, input: &GateInput<'_, '_>, placement: &Placement) -> Option<Note> {
        let seller = placement.seller?;
        let zone = self.clock_of_rep(seller, input)?;
        placement.nobody_before.then(|| {
            let nobody = Sentence::new("note-nobody-before").with("rep", self.rep_called(seller));
            self.note("nobody-before", &nobody.with("moment", moment(placement.slot.from, zone)))
        })
    }

    /// The zone in which moments at which a rep starts are told: their own; that of the person where theirs is not known.
    fn clock_of_rep(&self, seller: Seller, input: &GateInput<'_, '_>) -> Option<Zone> {
        seller.clock(&self.group.context.team).or(input.person.place.location.clock())
    }

    /// That somebody has to take over what is owed, from which rep, and for whom it waits else.
    pub(super) fn take_over(&self, stop: Blocked, input: Option<&GateInput<'_, '_>>) -> Sentence {
        let (context, mut unused) = (self.group.context, ReviewTracker::new(self.group.context.now));
        let Some((input, zone)) = input.and_then(|input| Some((input, input.person.place.location.clock()?))) else {
            return Sentence::new("block-take-over-nobody");
        };
        let request = schedule_request(input, zone, &mut unused);
        let skill = input.touch().skill.as_deref();
        let sellers = possible_sellers(self.group, input.profile, Some(input.person_index), skill);
        let sellers = sellers.as_deref().unwrap_or_default();
        let until = stop.lifts_at.unwrap_or(request.search_end());
        let absent = sellers.iter().find(|seller| seller.is_absent_between(context, request.start, until));
        let back = first_possible(input, &request, sellers).and_then(|(_, seller)| seller);
        let sentence = match (absent, back, stop.lifts_at) {
            (Some(absent), Some(back), Some(lifts)) => Sentence::new("block-take-over")
                .with("rep", self.rep_called(*absent))
                .with("back", self.rep_called(back))
                .with("moment", moment(lifts, self.clock_of_rep(back, input).unwrap_or(zone))),
            (Some(absent), ..) => Sentence::new("block-take-over-open").with("rep", self.rep_called(*absent)),
            _ => Sentence::new("block-take-over-nobody"),
        };
        sentence.with("who", self.called(input.person_index))
    }

    /// That a colleague makes the touch of whom it is not known that they speak the language, because nobody else does.
    pub(super) fn language_not_spoken(&self, input: &GateInput<'_, '_>, placement: &Placement) -> Option<Note> {
        let seller = placement.seller.filter(|seller| {
            matches!(seller.reason, SellerReason::Colleague(_) | SellerReason::GroupOwner | SellerReason::Skill)
        })?;
        let rep = self.group.records.reps().get(seller.rep?)?;
        let language = spoken_language(input.profile, Some(input.person_index))?;
        (Speaks::of(rep, Some(language)) == Speaks::No).then(|| {
            let key = match seller.reason {
                SellerReason::Colleague(_) => "note-language-not-spoken",
                _ => "note-language-of-rep",
            };
            let sentence = Sentence::new(key).with("language", language.as_str());
            self.note("language-not-spoken", &sentence.with("rep", self.rep_called(seller)))
        })
    }
}
