//! One run: the clock, what happens at each step, and what reps do.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::past_contacts::ContactStarts;
use crate::book::vocabulary::{Channel, Direction, FeedbackVerdict, Stage};
use crate::book::{Book, Feedback, PlannedTouch, Signal};
use crate::calendar::{Duration, Instant};
use crate::decide::{Decision, Watch, decisions_in_order};
use crate::language::Rulebook;
use crate::simulate::Simulated;
use crate::simulate::arrivals::{Event, arrivals};
use crate::simulate::audit::{AdviceRecord, AdvisedAction, Audit};
use crate::simulate::customers::Customers;
use crate::simulate::planned_day::{PlannedDay, touch_time};
use crate::simulate::random::KeyedRandom;
use crate::simulate::records::{appointments, feedback, record, statement, touch};
use crate::simulate::report::{AnswerTimes, BlockedReport, DayReport, PerLead, RepReport, Report};
use crate::simulate::response_model::{FeedbackModel, ResponseModel};
use crate::simulate::settings::Settings;
use crate::simulate::team::WorkingRep;

/// Something that will happen, and whether the book has it already.
struct Coming {
    event: Event,
    recorded: bool,
}

/// The state of a run.
pub(super) struct Run<'a> {
    settings: &'a Settings,
    rulebook: &'a Rulebook,
    /// The plan that reps follow; absent where they do what stands first in their queue.
    plan: Option<PlannedDay<'a>>,
    book: Book,
    watch: Watch,
    audit: Audit,
    team: Vec<WorkingRep>,
    customers: Customers<'a>,
    model: &'a ResponseModel,
    random: KeyedRandom,
    /// What will happen, by moment and then in the order in which it was found.
    coming: BTreeMap<(Instant, u64), Coming>,
    found: u64,
    appointments: Vec<(usize, PlannedTouch)>,
    /// The finds that were done, by lead and rule, until the customer does something.
    done: BTreeSet<(usize, Option<u32>)>,
    /// The name of each rule, by number.
    rules: Vec<String>,
    tally: Tally,
}

/// What is counted besides the audit.
#[derive(Default)]
struct Tally {
    by_lead: BTreeMap<usize, usize>,
    days: Vec<BTreeMap<Channel, usize>>,
    appointments: usize,
    automatic: usize,
    declined: usize,
    snoozed: usize,
    without_rep: BTreeSet<usize>,
    blocked: BTreeMap<(&'static str, Option<String>, bool), BTreeSet<usize>>,
    stages_at_start: BTreeMap<Stage, usize>,
}

impl<'a> Run<'a> {
    pub(super) fn new(rulebook: &'a Rulebook, book: Book, model: &'a ResponseModel, settings: &'a Settings) -> Self {
        let (start, end) = (settings.start, settings.end());
        let leads = book.leads();
        let random = KeyedRandom::new(settings.seed);
        let audit = Audit::new(&leads, book.reps(), start, end);
        let watch = Watch::new(rulebook.clone(), &book, start);
        let team = WorkingRep::all(book.reps(), start, end);
        let mut run = Self {
            settings,
            rulebook,
            plan: PlannedDay::new(rulebook, settings, start),
            watch,
            audit,
            team,
            customers: Customers::new(model, random),
            model,
            random,
            coming: BTreeMap::new(),
            found: 0,
            appointments: appointments(&leads),
            done: BTreeSet::new(),
            rules: rulebook.rules().map(|(pack, rule)| format!("{}: {}", pack.about.name, rule.name)).collect(),
            tally: Tally::default(),
            book,
        };
        for (lead, record) in leads.iter().enumerate() {
            let later = record.signals.iter().filter(|signal| signal.at > start && signal.at < end);
            later.for_each(|signal| run.expect(Event { lead, signal: signal.clone() }, true));
        }
        arrivals(model, &leads, random, (start, end)).into_iter().for_each(|event| run.expect(event, false));
        run.tally.stages_at_start = run.stages();
        run
    }

    /// The step with this number: what has happened since the last one, what is advised now, and what reps begin.
    pub(super) fn step(&mut self, number: u64) {
        let steps = i64::try_from(number).unwrap_or(i64::MAX);
        let now = self.settings.start + self.settings.step.times(steps).unwrap_or(Duration::ZERO);
        if let Ok(again) = self.watch.tick(&self.book, now) {
            self.decided_again(&again);
        }
        while let Some(next) = self.coming.first_entry().filter(|next| next.key().0 <= now) {
            let Coming { event, recorded } = next.remove();
            self.happens(&event, recorded);
        }
        self.take_promises(now);
        let asked: Vec<usize> = if self.begins_day(now) {
            (0..self.book.len()).collect()
        } else {
            self.audit.leads_with_questions(now).into_iter().collect()
        };
        self.ask(asked);
        self.ask_due(now);
        self.audit.step(now);
        self.send(now);
        if let Some(plan) = &mut self.plan {
            plan.begin(&self.book, now);
        }
        let end = now + self.settings.step;
        for rep in 0..self.team.len() {
            self.work(rep, now, end);
        }
    }

    /// The report at the end.
    pub(super) fn finish(self) -> Simulated {
        let run = (self.settings.start, self.settings.end());
        let [questions, forms, forms_in_working_hours] = AnswerTimes::all(&self.audit, run);
        let working = |rep: &WorkingRep| rep.hours.present.length();
        let load = |busy: Duration, working: Duration| {
            // Both are far below the numbers that a float cannot hold.
            if working.millis() == 0 { 0.0 } else { busy.millis() as f64 / working.millis() as f64 }
        };
        let sum = |time: &dyn Fn(&WorkingRep) -> Duration| {
            self.team.iter().map(time).fold(Duration::ZERO, |sum, time| sum + time)
        };
        let by_channel = self.tally.days.iter().flatten().fold(BTreeMap::new(), |mut all, (channel, touches)| {
            *all.entry(*channel).or_default() += touches;
            all
        });
        let mut blocked: Vec<BlockedReport> = self
            .tally
            .blocked
            .iter()
            .map(|((policy, by, hard), leads)| BlockedReport {
                policy: (*policy).to_owned(),
                by: by.clone(),
                hard: *hard,
                leads: leads.len(),
            })
            .collect();
        blocked.sort_by(|one, other| other.leads.cmp(&one.leads).then_with(|| one.cmp(other)));
        let day = |(nth, by_channel): (i64, &BTreeMap<Channel, usize>)| DayReport {
            from: self.settings.start + Duration::DAY.times(nth).unwrap_or(Duration::ZERO),
            by_channel: by_channel.clone(),
        };
        let mut contacts = ContactStarts::default();
        self.book.leads().iter().for_each(|lead| contacts += ContactStarts::of(lead, run.0, run.1));
        let report = Report {
            settings: self.settings.clone(),
            model: self.model.name.clone(),
            leads: self.book.len(),
            touches: self.team.iter().map(|rep| rep.touches).sum::<usize>() + self.tally.automatic,
            automatic: self.tally.automatic,
            by_channel,
            by_rep: self
                .team
                .iter()
                .map(|rep| RepReport {
                    rep: rep.id.clone(),
                    touches: rep.touches,
                    tasks: rep.tasks,
                    load: load(rep.busy, working(rep)),
                })
                .collect(),
            load: load(sum(&|rep| rep.busy), sum(&working)),
            per_lead: PerLead::of(&self.tally.by_lead),
            tasks: self.team.iter().map(|rep| rep.tasks).sum(),
            appointments: self.tally.appointments,
            declined: self.tally.declined,
            snoozed: self.tally.snoozed,
            without_rep: self.tally.without_rep.len(),
            questions,
            forms,
            forms_in_working_hours,
            stages_at_end: self.stages(),
            stages_at_start: self.tally.stages_at_start.clone(),
            blocked,
            incidents: self.audit.incidents(self.settings.start),
            days: (0..).zip(&self.tally.days).map(day).collect(),
            contacts,
            plan: self.plan.map(PlannedDay::into_report),
        };
        Simulated { report, book: self.book }
    }

    fn expect(&mut self, event: Event, recorded: bool) {
        self.found += 1;
        self.coming.insert((event.signal.at, self.found), Coming { event, recorded });
    }

    /// Something happens to a lead.
    fn happens(&mut self, event: &Event, recorded: bool) {
        self.audit.signal(event.lead, &event.signal);
        if event.signal.direction != Some(Direction::Outbound) {
            self.done.retain(|(lead, _)| *lead != event.lead);
        }
        if !recorded {
            let again = self.watch.log(&mut self.book, event.lead, &event.signal);
            self.decided_again(&again);
        }
    }

    fn decided_again(&mut self, leads: &[u32]) {
        leads.iter().for_each(|lead| self.audit.forget_advice(*lead as usize));
    }

    /// Whether this is the first step of a day of the run.
    fn begins_day(&self, now: Instant) -> bool {
        (now - self.settings.start).millis().rem_euclid(Duration::DAY.millis()) < self.settings.step.millis()
    }

    /// Asks anew for what is promised. The watch keeps what it decided; who asks again must be promised the same.
    fn take_promises(&mut self, now: Instant) {
        let promised = |decision: &Decision| decision.due.is_some() && is_due(decision, now);
        let decisions = self.watch.decisions().iter().enumerate();
        let leads: Vec<usize> = decisions.filter(|(_, one)| promised(one)).map(|(lead, _)| lead).collect();
        for lead in leads {
            let Some(decision) = self.watch.decider(&self.book).decision(lead) else { continue };
            let rule = decision.rule.and_then(|rule| self.rules.get(usize::try_from(rule).ok()?)).cloned();
            if let (Some(person), Some(due)) = (self.person(lead, &decision), decision.due) {
                self.audit.promised(now, lead, &person, &rule.unwrap_or_default(), due);
            }
        }
    }

    fn person(&self, lead: usize, decision: &Decision) -> Option<String> {
        let person = usize::try_from(self.book.place_of_person(lead, decision.person?)).ok()?;
        self.book.people(lead).get(person).map(|person| person.id.clone())
    }

    /// Asks for the advice of these leads, where it is not known.
    fn ask(&mut self, leads: Vec<usize>) {
        let unknown: Vec<usize> = leads.into_iter().filter(|lead| self.audit.advice(*lead).is_none()).collect();
        if unknown.is_empty() {
            return;
        }
        let mut advices = Vec::with_capacity(unknown.len());
        self.watch.decider(&self.book).advices(&unknown, |advice| advices.push(advice));
        for (lead, advice) in unknown.into_iter().zip(advices) {
            for block in &advice.blocks {
                let by = block.by.as_ref().map(|by| format!("{}: {}", by.pack, by.name));
                self.tally.blocked.entry((block.policy, by, block.hard)).or_default().insert(lead);
            }
            self.audit.advised(lead, record(&advice));
        }
    }

    /// Asks for the advice of all leads for which something can be done at this moment.
    fn ask_due(&mut self, now: Instant) {
        let due = self.watch.decisions().iter().enumerate().filter(|(_, decision)| is_due(decision, now));
        let due: Vec<usize> = due.map(|(lead, _)| lead).collect();
        self.ask(due);
    }

    /// What a system sends now. It takes no time of a rep.
    fn send(&mut self, now: Instant) {
        for lead in 0..self.book.len() {
            if self.audit.advice(lead).is_some_and(|advice| advice.automatic && advice.is_due(now)) {
                self.act(None, lead, now);
            }
        }
    }

    /// What a rep does in the step from `now` to `end`.
    fn work(&mut self, rep: usize, now: Instant, end: Instant) {
        let mut tried: BTreeSet<usize> = BTreeSet::new();
        while self.team.get(rep).is_some_and(|rep| rep.is_free(now, end)) {
            if self.keep_appointment(rep, now) {
                continue;
            }
            self.ask_due(now);
            let Some(lead) = self.first_of_queue(rep, now, &tried) else {
                if self.do_planned(rep, now, &tried) {
                    continue;
                }
                break;
            };
            tried.insert(lead);
            if !self.is_not_followed(rep, lead, now) {
                self.act(Some(rep), lead, now);
            }
        }
    }

    /// A rep takes up what is planned for them by now. What is no longer advised is passed over, and what is advised for the lead instead is done,
    /// save a visit that was not planned. False when nothing is planned.
    fn do_planned(&mut self, rep: usize, now: Instant, tried: &BTreeSet<usize>) -> bool {
        let Some((lead, entry)) = self.plan.as_mut().and_then(|plan| plan.next(rep, now)) else { return false };
        let advice = self.audit.advice(lead).filter(|advice| advice.is_due(now)).cloned();
        let is_due = self.watch.decisions().get(lead).is_some_and(|decision| is_due(decision, now));
        let Some(advice) = advice.filter(|_| is_due && !tried.contains(&lead)) else { return true };
        if advice.channel.is_some() && advice.channel == entry.instead_of {
            if let Some(planned) = &entry.advice {
                self.audit.advised(lead, record(planned));
            }
        } else if advice.channel == Some(Channel::Visit) && entry.channel != Some(Channel::Visit) {
            return true;
        }
        if !self.is_not_followed(rep, lead, now) {
            self.act(Some(rep), lead, now);
            if let Some(plan) = &mut self.plan {
                plan.done(&entry);
            }
        }
        true
    }

    /// Whether a rep declines what is advised for a lead, or puts it off, by the model; that is told to the watch. Whoever asked is answered.
    fn is_not_followed(&mut self, rep: usize, lead: usize, now: Instant) -> bool {
        let FeedbackModel { declined, snoozed } = self.model.feedback;
        if declined + snoozed <= 0.0 {
            return false;
        }
        let Some((advice, id)) = self.audit.advice(lead).cloned().zip(self.book.id(lead)) else { return false };
        let Some(statement) = statement(&advice) else { return false };
        if advice.person.as_ref().is_some_and(|person| self.audit.waits(lead, person, now)) {
            return false;
        }
        let minute = u64::try_from(now.millis() / Duration::MINUTE.millis()).unwrap_or_default();
        let chance = self.random.text("feedback").text(id).text(&statement.1).number(minute).unit();
        let (verdict, until) = match chance {
            chance if chance < declined => (FeedbackVerdict::Declined, None),
            chance if chance < declined + snoozed => (FeedbackVerdict::Snoozed, Some(now + Duration::DAY)),
            _ => return false,
        };
        match until {
            None => self.tally.declined += 1,
            Some(_) => self.tally.snoozed += 1,
        }
        self.tell(rep, lead, Feedback { until, ..feedback(now, statement, verdict) });
        true
    }

    /// What a rep says about the advice for a lead.
    fn tell(&mut self, rep: usize, lead: usize, said: Feedback) {
        let rep = self.team.get(rep).map(|rep| rep.id.clone());
        let again = self.watch.feedback(&mut self.book, lead, &Feedback { rep, ..said });
        self.decided_again(&again);
    }

    /// The lead that stands first in the queue of a rep, of those for which something can be done now.
    fn first_of_queue(&mut self, rep: usize, now: Instant, tried: &BTreeSet<usize>) -> Option<usize> {
        let decisions: Vec<(usize, Decision)> = self
            .watch
            .decisions()
            .iter()
            .copied()
            .enumerate()
            .filter(|(lead, decision)| {
                is_due(decision, now) && !tried.contains(lead) && !self.done.contains(&(*lead, decision.rule))
            })
            .collect();
        let id = &self.team.get(rep)?.id;
        for place in decisions_in_order(&decisions, &self.book, now) {
            let Some((lead, _)) = decisions.get(place) else { continue };
            match self.audit.advice(*lead) {
                Some(advice) if advice.automatic => {}
                Some(advice) if advice.rep.is_none() => {
                    self.tally.without_rep.insert(*lead);
                }
                // By a plan only what is owed or promised is done besides, and no visit, because visits are counted.
                Some(advice) if self.plan.is_some() && !self.goes_before_plan(*lead, advice, now) => {}
                Some(advice) if advice.rep.as_ref() == Some(id) && advice.is_due(now) => return Some(*lead),
                _ => {}
            }
        }
        None
    }

    /// Whether the advice for a lead is for somebody who waits, or was promised by a rule, and so is not left to the next plan.
    fn goes_before_plan(&self, lead: usize, advice: &AdviceRecord, now: Instant) -> bool {
        let waits = advice.person.as_ref().is_some_and(|person| self.audit.waits(lead, person, now));
        let promised = self.watch.decisions().get(lead).is_some_and(|decision| decision.due.is_some());
        (waits || promised) && advice.channel != Some(Channel::Visit)
    }

    /// What is advised for a lead is done, by a rep or a system.
    fn act(&mut self, rep: Option<usize>, lead: usize, now: Instant) {
        let Some(advice) = self.audit.advice(lead).cloned() else { return };
        let id = rep.and_then(|rep| self.team.get(rep)).map(|rep| rep.id.clone());
        self.audit.acted(now, lead, id.as_deref());
        let rule = self.watch.decisions().get(lead).and_then(|decision| decision.rule);
        let time = touch_time(self.rulebook, self.settings, advice.channel);
        if let Some(working) = self.working(rep) {
            working.spend(now, time);
        }
        match (advice.action, advice.channel, &advice.person) {
            (AdvisedAction::Touch, Some(channel), Some(person)) => {
                let waiting = self.audit.waits(lead, person, now);
                let ((pack, rule), (cadence, step)) = (advice.carries_out.unzip(), advice.step.unzip());
                let (content, acknowledges) = (advice.offer, advice.acknowledges);
                let signal =
                    Signal { content, pack, rule, cadence, step, acknowledges, ..touch(now, channel, person, id) };
                self.touch((rep, lead), channel, waiting, signal);
            }
            _ => {
                match (statement(&advice).filter(|_| advice.hands_over), rep) {
                    (Some(statement), Some(rep)) => {
                        self.tell(rep, lead, feedback(now, statement, FeedbackVerdict::Followed));
                    }
                    _ => {
                        self.done.insert((lead, rule));
                    }
                }
                if let Some(working) = self.working(rep) {
                    working.tasks += 1;
                }
            }
        }
    }

    fn working(&mut self, rep: Option<usize>) -> Option<&mut WorkingRep> {
        self.team.get_mut(rep?)
    }

    /// A touch is made, and the customer reacts.
    fn touch(&mut self, (rep, lead): (Option<usize>, usize), channel: Channel, waiting: bool, signal: Signal) {
        let (Some(record), Some(person)) = (self.book.lead(lead), signal.person.clone()) else { return };
        let now = signal.at;
        let reaction = self.customers.react((lead, &record), &person, channel, now, waiting);
        self.happens(&Event { lead, signal: Signal { outcome: reaction.outcome, ..signal } }, false);
        if let Some(later) = reaction.later {
            self.expect(Event { lead, signal: later }, false);
        }
        match self.working(rep) {
            Some(working) => working.touches += 1,
            None => self.tally.automatic += 1,
        }
        *self.tally.by_lead.entry(lead).or_default() += 1;
        let day = (now - self.settings.start).millis() / Duration::DAY.millis();
        let day = usize::try_from(day).unwrap_or_default();
        if self.tally.days.len() <= day {
            self.tally.days.resize_with(day + 1, BTreeMap::new);
        }
        if let Some(of_day) = self.tally.days.get_mut(day) {
            *of_day.entry(channel).or_default() += 1;
        }
    }

    /// A rep keeps an appointment of theirs whose time has come. False when there is none.
    fn keep_appointment(&mut self, rep: usize, now: Instant) -> bool {
        let Some(id) = self.team.get(rep).map(|rep| rep.id.clone()) else { return false };
        let owner = |lead: usize| self.book.lead(lead).and_then(|lead| lead.owner);
        let with =
            |lead: usize, planned: &PlannedTouch| planned.rep.clone().or_else(|| owner(lead)) == Some(id.clone());
        let place = self.appointments.iter().position(|(lead, planned)| planned.at <= now && with(*lead, planned));
        let Some(place) = place else { return false };
        let (lead, planned) = self.appointments.remove(place);
        let Some(mut record) = self.book.lead(lead) else { return false };
        record.planned.retain(|one| *one != planned);
        if let Ok(again) = self.watch.put(&mut self.book, &record) {
            self.decided_again(&again);
        }
        let person = planned.person.or_else(|| record.people.first().map(|person| person.id.clone()));
        let Some(person) = person else { return false };
        if let Some(working) = self.team.get_mut(rep) {
            working.spend(now, touch_time(self.rulebook, self.settings, Some(planned.channel)));
        }
        self.tally.appointments += 1;
        self.touch((Some(rep), lead), planned.channel, false, touch(now, planned.channel, &person, Some(id)));
        true
    }

    /// The leads by stage, as the rules see it now.
    fn stages(&self) -> BTreeMap<Stage, usize> {
        let mut stages = BTreeMap::new();
        let all: Vec<usize> = (0..self.book.len()).collect();
        self.watch.decider(&self.book).advices(&all, |advice| {
            if let Some(stage) = advice.stage {
                *stages.entry(stage.stage).or_default() += 1;
            }
        });
        stages
    }
}

/// Whether a decision gives something that can be done at this moment.
fn is_due(decision: &Decision, now: Instant) -> bool {
    decision.verdict.is_to_do() && decision.from.is_none_or(|from| from <= now)
}
