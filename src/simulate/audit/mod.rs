//! The audit: what became of the customers when the advice was lived with, read from the log, the leads and the advice as it was given.
//!
//! It is a second opinion. It has its own reading of signals ([`meaning`]), of who is who ([`humans`]), of refusals ([`refusals`]) and of working
//! hours ([`rep_hours`]), and shares no code with the decision: it stands below `evaluate` and `decide` among the layers, and uses records,
//! vocabulary and calendar only. The tests of the decision use it too.
//!
//! Left out: what the policies of packs forbid. Where that matters, a block in the advice counts as a reason when it is by law, hours or zone.

mod held;
pub mod humans;
pub mod incidents;
mod meaning;
pub mod questions;
mod reach;
pub mod refusals;
pub mod rep_hours;
mod touches;

use std::collections::{BTreeMap, BTreeSet};

use crate::book::rep::Rep;
use crate::book::vocabulary::Channel;
use crate::book::{Lead, Signal};
use crate::calendar::Instant;
use crate::simulate::audit::held::ANSWERING;
use crate::simulate::audit::humans::{Humans, first_linked};
use crate::simulate::audit::incidents::{Case, Incident, IncidentKind, Incidents};
use crate::simulate::audit::meaning::is_conversation;
use crate::simulate::audit::questions::{Question, Questions};
use crate::simulate::audit::reach::{is_away, is_gone, is_out_of_use};
use crate::simulate::audit::refusals::PersonOnFile;
use crate::simulate::audit::rep_hours::RepHours;
use crate::simulate::audit::touches::TouchHistory;

/// What was advised for a lead at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct AdviceRecord {
    /// The kind of advice.
    pub action: AdvisedAction,
    /// The rule or cadence, with its step: two steps of a cadence are different rules here.
    pub rule: Option<String>,
    /// Over which channel.
    pub channel: Option<Channel>,
    /// To whom.
    pub person: Option<String>,
    /// By whom; nobody for what a system sends.
    pub rep: Option<String>,
    /// Whether a system sends it, or it takes no human time.
    pub automatic: bool,
    /// Whether it only tells them that we have their question.
    pub acknowledges: bool,
    /// From when on; absent when at once.
    pub from: Option<Instant>,
    /// Until when, not included.
    pub until: Option<Instant>,
    /// The content to bring.
    pub offer: Option<String>,
    /// The pack and the rule that it carries out, to be logged with the touch.
    pub carries_out: Option<(String, String)>,
    /// Whether it hands the lead over to another team.
    pub hands_over: bool,
    /// The cadence and the step that it is, to be logged with the touch.
    pub step: Option<(String, u32)>,
    /// What was stopped.
    pub blocks: Vec<BlockRecord>,
}

/// The kinds of advice that the audit distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdvisedAction {
    /// Contact somebody.
    Touch,
    /// Something else to do: find somebody, hand the lead over.
    Task,
    /// Nothing to do, or nothing that may be done.
    Nothing,
}

/// Something that was stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockRecord {
    /// For whom.
    pub person: Option<String>,
    /// Over which channel.
    pub channel: Option<Channel>,
    /// By which policy, in one word.
    pub policy: &'static str,
    /// When it lifts by itself.
    pub lifts_at: Option<Instant>,
    /// Whether it is law or consent.
    pub hard: bool,
}

impl BlockRecord {
    /// Whether law, hours or zone are the reason.
    fn is_by_law_hours_or_zone(&self) -> bool {
        self.hard
            || matches!(
                self.policy,
                "reachable" | "rep-away" | "take-over" | "zone-unknown" | "consent-ends" | "law-starts"
            )
    }
}

impl AdviceRecord {
    /// Whether it can be done at this moment.
    pub fn is_due(&self, now: Instant) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

/// The earliest promise that was made for a key, and whether it was found to move.
#[derive(Clone, Copy, Debug)]
struct Promise {
    signals: u64,
    due: Instant,
    moved: bool,
}

/// Collects what happened and what was advised, and finds what should not be.
#[derive(Debug)]
pub struct Audit {
    /// The leads with everything that happened in them so far.
    leads: Vec<Lead>,
    humans: Humans,
    /// The leads in which each human appears.
    of_human: BTreeMap<usize, Vec<usize>>,
    /// For each lead the first lead of those that share its account or a human with it.
    group: Vec<usize>,
    reps: BTreeMap<String, RepHours>,
    questions: Questions,
    /// The last conversation with each human.
    spoke: BTreeMap<usize, Instant>,
    touches: TouchHistory,
    /// The advice that holds for each lead, where it was asked for.
    advice: Vec<Option<AdviceRecord>>,
    /// How many signals each group of leads has.
    signals: Vec<u64>,
    promises: BTreeMap<(usize, String, String), Promise>,
    days_off: BTreeSet<(usize, String, i64)>,
    incidents: Incidents,
}

impl Audit {
    /// An audit of these leads, as they are before the first moment, from `from` to `until`. What is in their logs by `from` is taken in.
    pub fn new(leads: &[Lead], reps: &[Rep], from: Instant, until: Instant) -> Self {
        let humans = Humans::of(leads);
        let mut of_human: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, lead) in leads.iter().enumerate() {
            let of_lead: BTreeSet<usize> = lead.people.iter().filter_map(|one| humans.find(lead, &one.id)).collect();
            of_lead.into_iter().for_each(|human| of_human.entry(human).or_default().push(index));
        }
        let group = groups(leads, &of_human);
        let mut past: Vec<(Instant, usize, Signal)> = Vec::new();
        for (index, lead) in leads.iter().enumerate() {
            past.extend(lead.past_signals(from).iter().map(|signal| (signal.at, index, signal.clone())));
        }
        past.sort_by_key(|(at, index, _)| (*at, *index));
        let empty = |lead: &Lead| Lead { signals: Vec::new(), ..lead.clone() };
        let mut audit = Self {
            leads: leads.iter().map(empty).collect(),
            humans,
            of_human,
            group,
            reps: reps.iter().map(|rep| (rep.id.clone(), RepHours::of(rep, from, until))).collect(),
            questions: Questions::default(),
            spoke: BTreeMap::new(),
            touches: TouchHistory::default(),
            advice: vec![None; leads.len()],
            signals: vec![0; leads.len()],
            promises: BTreeMap::new(),
            days_off: BTreeSet::new(),
            incidents: Incidents::default(),
        };
        past.iter().for_each(|(_, index, signal)| audit.signal(*index, signal));
        audit
    }

    /// Takes in a signal of a lead, theirs or ours. Signals come in order of time.
    pub fn signal(&mut self, lead: usize, signal: &Signal) {
        let Some(record) = self.leads.get_mut(lead) else { return };
        record.signals.push(signal.clone());
        let human = signal.person.as_deref().and_then(|person| self.humans.find(record, person));
        if let Some(signals) = self.group.get(lead).and_then(|group| self.signals.get_mut(*group)) {
            *signals += 1;
        }
        self.questions.add(lead, human, signal);
        if let Some(human) = human {
            if is_conversation(signal) {
                self.spoke.insert(human, signal.at);
            }
            self.touched(human, signal);
        }
    }

    /// Takes in the advice for a lead at a moment.
    pub fn advised(&mut self, lead: usize, advice: AdviceRecord) {
        if let Some(current) = self.advice.get_mut(lead) {
            *current = Some(advice);
        }
    }

    /// The advice for a lead does not hold any more.
    pub fn forget_advice(&mut self, lead: usize) {
        if let Some(current) = self.advice.get_mut(lead) {
            *current = None;
        }
    }

    /// The advice for a lead that was taken in last.
    pub fn advice(&self, lead: usize) -> Option<&AdviceRecord> {
        self.advice.get(lead)?.as_ref()
    }

    /// Takes in a promise: what is advised for a lead by this rule has an end, as asked at a moment.
    pub fn promised(&mut self, now: Instant, lead: usize, person: &str, rule: &str, due: Instant) {
        let Some(signals) = self.group.get(lead).and_then(|group| self.signals.get(*group)).copied() else { return };
        // The promise to somebody who waits is that they are answered, by whichever rule.
        let of_rule = if self.waits(lead, person, now) { "" } else { rule };
        let promise = Promise { signals, due, moved: false };
        let known = self.promises.entry((lead, person.to_owned(), of_rule.to_owned())).or_insert(promise);
        if known.signals != signals {
            *known = promise;
        }
        let before = known.due;
        if due > before && !known.moved {
            known.moved = true;
            let mut case = self.case(now, lead, Some(person));
            case.rule = Some(rule.to_owned());
            case.since = Some(before);
            self.incidents.add(IncidentKind::PromiseMoved, case);
        }
    }

    /// Whether a person waits for us.
    pub fn waits(&self, lead: usize, person: &str, now: Instant) -> bool {
        let human = self.human(lead, person);
        self.questions.open(now).any(|(_, question)| match (question.human, human) {
            (Some(one), Some(other)) => one == other,
            _ => question.lead == lead,
        })
    }

    /// The leads of which the advice has to be known for [`step`](Self::step): those with an open question, and those in which the one who
    /// asked appears too.
    pub fn leads_with_questions(&self, now: Instant) -> BTreeSet<usize> {
        self.questions.open(now).flat_map(|(_, question)| self.leads_of(question)).collect()
    }

    /// Looks at all advice that holds at a moment, before anybody acts on it.
    pub fn step(&mut self, now: Instant) {
        let new = self.questions.open(now).filter(|(_, question)| question.held.is_none());
        let new: Vec<(usize, bool)> = new.map(|(number, question)| (number, self.is_held(question, now))).collect();
        for (number, held) in new {
            if let Some(question) = self.questions.get_mut(number) {
                question.held = Some(held);
            }
        }
        let unadvised: Vec<usize> = self
            .questions
            .open(now)
            .filter(|(_, question)| !question.unadvised && self.is_unadvised(question, now))
            .map(|(number, _)| number)
            .collect();
        for number in unadvised {
            let Some(question) = self.questions.get_mut(number) else { continue };
            question.unadvised = true;
            let question = question.clone();
            let case = self.question_case(&question, now);
            self.incidents.add(IncidentKind::Unadvised, case);
        }
        let off: Vec<(usize, String, i64)> = self
            .advice
            .iter()
            .enumerate()
            .filter_map(|(lead, advice)| Some((lead, advice.as_ref()?)))
            .filter(|(_, advice)| advice.action == AdvisedAction::Touch && !advice.automatic && advice.is_due(now))
            .filter_map(|(lead, advice)| {
                let hours = self.reps.get(advice.rep.as_ref()?).filter(|hours| hours.day_off(now))?;
                Some((lead, advice.person.clone().unwrap_or_default(), hours.day(now)))
            })
            .filter(|key| !self.days_off.contains(key))
            .collect();
        for key in off {
            let case = self.advice_case(now, key.0);
            self.days_off.insert(key);
            self.incidents.add(IncidentKind::DayOff, case);
        }
    }

    /// The incidents, all kinds.
    pub fn incidents(&self, from: Instant) -> Vec<Incident> {
        let questions = self.questions.all().iter().filter(|question| question.at >= from || question.is_open(from));
        let questions = questions.count();
        self.incidents.all(|kind| match kind {
            IncidentKind::BehindOtherWork | IncidentKind::Unadvised => Some(questions),
            IncidentKind::PromiseMoved => Some(self.promises.len()),
            IncidentKind::DayOff => None,
            _ => Some(self.touches.number()),
        })
    }

    /// Every question.
    pub fn questions(&self) -> &[Question] {
        self.questions.all()
    }

    /// The time between two moments that lies in the regular hours of the owner of a lead; `None` when their hours are not known, or `from` is
    /// outside them.
    pub fn working_time(&self, lead: usize, from: Instant, until: Instant) -> Option<crate::calendar::Duration> {
        let owner = self.leads.get(lead)?.owner.as_ref()?;
        let hours = self.reps.get(owner)?;
        hours.regular.contains(from).then(|| hours.working_time(from, until))
    }

    fn human(&self, lead: usize, person: &str) -> Option<usize> {
        self.humans.find(self.leads.get(lead)?, person)
    }

    /// The leads in which the one who asked appears.
    fn leads_of(&self, question: &Question) -> Vec<usize> {
        let all = question.human.and_then(|human| self.of_human.get(&human));
        all.cloned().unwrap_or_else(|| vec![question.lead])
    }

    /// Whether nothing is advised for the leads of a question, and neither law nor hours nor zone explain it.
    fn is_unadvised(&self, question: &Question, now: Instant) -> bool {
        let leads = self.leads_of(question);
        let mut advices = leads.iter().filter_map(|lead| self.advice(*lead)).peekable();
        if advices.peek().is_none() || advices.any(|advice| advice.action != AdvisedAction::Nothing) {
            return false;
        }
        let Some(advice) = self.advice(question.lead) else { return false };
        // Caps and pauses hold for a second attempt as ever.
        let tried = question.answered.is_some();
        let explains = |block: &&BlockRecord| {
            block.is_by_law_hours_or_zone() || (tried && matches!(block.policy, "limit" | "pause"))
        };
        let Some(person) = question.person.as_deref() else { return !advice.blocks.iter().any(|one| explains(&one)) };
        let mut open = self.open_channels(question.lead, person, now);
        open.retain(|channel| {
            let of_channel = |block: &&BlockRecord| {
                block.channel.is_none_or(|one| one == *channel)
                    && block.person.as_deref().is_none_or(|one| one == person)
            };
            !advice.blocks.iter().filter(of_channel).any(|block| explains(&block))
        });
        !open.is_empty()
    }

    /// The channels on which somebody can be written to or phoned: there is an address, it works, and they do not refuse it. None for somebody who
    /// left; while they are away, not the phone.
    fn open_channels(&self, lead: usize, person: &str, now: Instant) -> Vec<Channel> {
        let Some(record) = self.leads.get(lead).and_then(|lead| lead.people.iter().find(|one| one.id == person)) else {
            return Vec::new();
        };
        let Some(human) = self.human(lead, person) else { return Vec::new() };
        let leads: Vec<&Lead> =
            self.of_human.get(&human).into_iter().flatten().filter_map(|lead| self.leads.get(*lead)).collect();
        let on_file = PersonOnFile { leads: &leads, humans: &self.humans, human, record };
        let account = self.leads.get(lead).map(|lead| &lead.account.id);
        let of_account: Vec<&Lead> = leads.iter().copied().filter(|lead| Some(&lead.account.id) == account).collect();
        if (PersonOnFile { leads: &of_account, ..on_file }).records().any(|one| is_gone(one, now)) {
            return Vec::new();
        }
        let away = on_file.records().any(|one| is_away(one, now));
        let mut log: Vec<&Signal> = on_file.signals().filter(|signal| signal.at <= now).collect();
        log.sort_by_key(|signal| signal.at);
        ANSWERING
            .into_iter()
            .filter(|channel| record.channels.contains(channel) && !on_file.refuses(*channel, now, now))
            .filter(|channel| !(away && *channel == Channel::Phone))
            .filter(|channel| !is_out_of_use(log.iter().copied(), *channel))
            .collect()
    }

    /// A question as a case of its answer, or of a moment without one.
    pub fn question_case(&self, question: &Question, at: Instant) -> Case {
        Case { since: Some(question.at), ..self.case(at, question.lead, question.person.as_deref()) }
    }

    /// A case about a lead and a person.
    fn case(&self, at: Instant, lead: usize, person: Option<&str>) -> Case {
        Case {
            at,
            lead: self.leads.get(lead).map(|lead| lead.id.clone()).unwrap_or_default(),
            person: person.map(str::to_owned),
            rep: None,
            rule: None,
            channel: None,
            since: None,
            other: None,
        }
    }

    /// A case about what is advised for a lead.
    fn advice_case(&self, at: Instant, lead: usize) -> Case {
        let case = self.case(at, lead, None);
        match self.advice(lead) {
            Some(advice) => Case {
                person: advice.person.clone(),
                rep: advice.rep.clone(),
                rule: advice.rule.clone(),
                channel: advice.channel,
                ..case
            },
            None => case,
        }
    }
}

/// For each lead the first of those that share its account or a human with it, directly or through others.
fn groups(leads: &[Lead], of_human: &BTreeMap<usize, Vec<usize>>) -> Vec<usize> {
    let mut of_account: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, lead) in leads.iter().enumerate() {
        of_account.entry(&lead.account.id).or_default().push(index);
    }
    first_linked(leads.len(), of_account.values().chain(of_human.values()).map(Vec::as_slice))
}
