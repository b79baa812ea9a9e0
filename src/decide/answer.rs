//! The advice for the leads of one account, put together from what the parts say.
//!
//! Leads of one account are decided together. Each is first decided by itself; then, the most important first, each again with the
//! touches already advised counted, so that two advices given at once never break a cap.

use super::advice::{Advice, AdvisedTouch, Block, Note, Verdict};
use super::cadence;
use super::case::Case;
use super::choose::{channel, choose};
use super::desk::Desk;
use super::group::Group;
use super::judge::{Candidate, Judge};
use super::person;
use super::propose::proposed;
use super::reading::Reading;
use super::review::Review;
use super::seller::Counting;
use crate::book::Lead;
use crate::book::schema::Channel;
use crate::calendar::{Instant, Place};
use crate::rulebook::touch::Action;

/// The advices of a group, by place of the lead in the book, in file order. `readings` are in the order of `leads`.
pub(crate) fn decide_group(desk: &Desk<'_>, leads: &[usize], readings: &[Reading<'_>]) -> Vec<(usize, Advice)> {
    let mut group = Group::new(desk.book, leads, desk.now);
    let mut review = Review::new(desk.now);
    let all: Vec<(usize, &Reading<'_>)> = leads.iter().copied().zip(readings).collect();
    let mut alone: Vec<Decided> =
        all.iter().filter_map(|(lead, reading)| decide(desk, &group, *lead, reading, &mut review)).collect();
    let mut decided = if let [_] = alone.as_slice() {
        alone
    } else {
        // The most important first; the order of the file on ties.
        alone.sort_by(|one, other| other.priority().total_cmp(&one.priority()).then(one.lead.cmp(&other.lead)));
        let mut together = Vec::new();
        for lead in alone.iter().map(|one| one.lead) {
            let Some((_, reading)) = all.iter().find(|(index, _)| *index == lead) else { continue };
            let Some(one) = decide(desk, &group, lead, reading, &mut review) else { continue };
            if let Some((at, channel)) = one.contact() {
                let person = one.advice.touch.as_ref().and_then(|touch| touch.person.as_ref());
                let human = person.and_then(|person| group.human(&person.id));
                group.advise(at, channel, lead, human);
            }
            together.push(one);
        }
        together
    };
    decided.sort_by_key(|one| one.lead);
    decided.into_iter().map(|one| (one.lead, Advice { review_at: review.next(), ..one.advice })).collect()
}

struct Decided {
    lead: usize,
    advice: Advice,
}

impl Decided {
    fn priority(&self) -> f64 {
        self.advice.priority.as_ref().map_or(0.0, |priority| priority.total)
    }

    fn contact(&self) -> Option<(Instant, Channel)> {
        let touch = self.advice.touch.as_ref()?;
        Some((touch.window.as_ref()?.from, touch.channel?))
    }
}

fn decide(
    desk: &Desk<'_>,
    group: &Group<'_>,
    index: usize,
    reading: &Reading<'_>,
    review: &mut Review,
) -> Option<Decided> {
    let lead = desk.book.leads().get(index)?;
    let now = desk.now;
    let case = Case::new(desk.book, group, index, lead, reading.stage.as_ref().map(|stage| stage.stage), now);
    review.at_any(reading.changes_at);
    // What the log holds for later will have happened then: a signal, as far as this answer knows.
    review.at_any(lead.signals.get(case.past().len()).map(|signal| signal.at));
    let order = person::order(&case, group, review);
    let here = case.people.first().map_or(Place::UNKNOWN, |member| member.place);
    let counting = Counting::of(desk, lead, here);
    let steps = cadence::next_steps(&case, reading, |at, lapse| counting.later(desk, at, lapse), review);
    let stop = cadence::stopped(&case, reading, review);
    let judge = Judge { desk, group, case: &case, reading, order: &order, counting: &counting };
    let mut candidates = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    for proposal in proposed(reading, steps) {
        match stop.as_ref().filter(|_| proposal.step.is_some()) {
            Some(stop) => {
                let channel = proposal.forms.first().and_then(|form| match form.touch.action {
                    Action::Contact(channel) => Some(channel),
                    _ => None,
                });
                blocks.push(stop.clone().block(proposal.rule, channel, None));
            }
            None => candidates.extend(judge.candidate(&proposal, &mut blocks, review)),
        }
    }
    let mut notes = notes(&case, reading, &blocks);
    let faults = reading.faults.clone();
    let reason = "Nothing to do now: no rule asks for contact";
    let base = Advice { stage: reading.stage.clone(), faults, ..nothing(lead, now, reason) };
    let advice = match choose(candidates) {
        Some((winner, runners_up)) => {
            let mut all = winner.notes.clone();
            all.append(&mut notes);
            Advice {
                verdict: verdict(&winner.action),
                touch: touch(&winner),
                rule: Some(winner.rule.clone()),
                reason: winner.reason.clone(),
                priority: (winner.action != Action::Wait).then(|| winner.priority.clone()),
                notes: all,
                runners_up,
                blocks,
                ..base
            }
        }
        None if blocks.is_empty() => Advice { notes, ..base },
        None => Advice { verdict: Verdict::Hold, reason: hold(&blocks), notes, blocks, ..base },
    };
    Some(Decided { lead: index, advice })
}

/// The answer to a question about a lead that the book does not have.
pub(crate) fn no_such_lead(now: Instant) -> Advice {
    nothing(&Lead::default(), now, "There is no such lead in the book")
}

fn nothing(lead: &Lead, now: Instant, reason: &str) -> Advice {
    Advice {
        lead: lead.id.clone(),
        lead_name: lead.name.clone().or_else(|| lead.account.name.clone()),
        now,
        verdict: Verdict::Wait,
        touch: None,
        rule: None,
        reason: reason.to_owned(),
        priority: None,
        stage: None,
        notes: Vec::new(),
        runners_up: Vec::new(),
        blocks: Vec::new(),
        faults: Vec::new(),
        review_at: None,
    }
}

const fn verdict(action: &Action) -> Verdict {
    match action {
        Action::Contact(_) => Verdict::Touch,
        Action::Wait => Verdict::Wait,
        Action::Find(_) => Verdict::Find,
        Action::HandOver(_) => Verdict::HandOver,
    }
}

fn touch(winner: &Candidate<'_>) -> Option<AdvisedTouch> {
    let (find, hand_over) = match &winner.action {
        Action::Wait => return None,
        Action::Find(role) => (Some(*role), None),
        Action::HandOver(team) => (None, Some(team.to_string())),
        Action::Contact(_) => (None, None),
    };
    Some(AdvisedTouch {
        channel: channel(winner),
        person: winner.person.clone(),
        rep: winner.rep.clone(),
        window: winner.window.clone(),
        offer: winner.touch.offer.as_ref().map(ToString::to_string),
        ask: winner.touch.ask.as_ref().map(ToString::to_string),
        find,
        hand_over,
        cadence: winner.step.as_ref().map(|(cadence, _)| cadence.clone()),
        step: winner.step.as_ref().map(|(_, step)| *step),
    })
}

/// Why nothing may be done: the block that lifts first, else the first.
fn hold(blocks: &[Block]) -> String {
    let soonest = blocks.iter().filter(|block| block.lifts_at.is_some()).min_by_key(|block| block.lifts_at);
    soonest.or(blocks.first()).map_or_else(String::new, |block| block.reason.clone())
}

fn notes(case: &Case<'_>, reading: &Reading<'_>, blocks: &[Block]) -> Vec<Note> {
    let mut notes = Vec::new();
    if blocks.iter().any(|block| block.policy == "zone-unknown") {
        let text = "Ask for the country or the time zone: until then nobody is contacted at a wrong hour".to_owned();
        notes.push(Note { code: "zone-unknown", text });
    }
    let coming = case.lead.planned.iter().filter(|planned| planned.at > case.now);
    if reading.waits_for_answer
        && let Some(planned) = coming.min_by_key(|planned| planned.at)
    {
        let text = format!(
            "They wait for an answer: leave out the {} planned next, or bring the answer there",
            planned.channel
        );
        notes.push(Note { code: "planned-withdrawn", text });
    }
    notes
}
