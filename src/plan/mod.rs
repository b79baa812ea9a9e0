//! The plan: what is advised, laid over the working hours of the reps.
//!
//! A decision is about one contact group and knows nothing of how busy anybody is. The plan spans the team: each touch takes time ([`effort`]), only a
//! part of a day can be planned ([`PlanSettings::share`]), and budgets are counted over all reps. Appointments come first, then answers by when they
//! are due, then what is late, then the priority. What does not fit in the day of its rep goes to a colleague with room who speaks the language, else
//! to the next day; what fits nowhere is told. Where a budget for visits is used up, what is advised without visits is planned.
//!
//! Each day is decided anew, with all that is planned so far as planned touches in the book, so that limits, hours and the law hold for the plan as
//! they do for an advice.
//!
//! Invariant: no clock, no random source; the same input gives the same plan.

mod effort;
mod rep_day;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub(crate) use effort::is_stated;
pub use effort::{effort, stated_effort};

use self::effort::Spending;
use self::rep_day::RepDay;
use crate::book::rep::Rep;
use crate::book::vocabulary::Channel;
use crate::book::{Book, Lead, PlannedTouch};
use crate::calendar::{Duration, Instant, Zone};
use crate::decide::Decider;
use crate::decide::advice::{Advice, AdvisedTouch};
use crate::decide::explain::vocabulary;
use crate::language::{PackSource, Rulebook};
use crate::order;
use crate::pack::team::Budget;
use crate::wording::{Amount, Arg, Language, Sentence};

/// The most days of a plan.
pub const MOST_DAYS: u32 = 31;

/// What a plan is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanSettings {
    /// How many days, from that of `now` on, which is the first.
    pub days: u32,
    /// The share of the working time of a day that is planned, from 0 to 1. The rest is for what comes in.
    pub share: f64,
    /// The share of these reps, by id, where theirs is another.
    pub shares: BTreeMap<String, f64>,
}

impl Default for PlanSettings {
    fn default() -> Self {
        Self { days: 7, share: 0.6, shares: BTreeMap::new() }
    }
}

/// What the team can do in some days.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The moment it was made for.
    pub now: Instant,
    /// The end of its last day, not included.
    pub until: Instant,
    /// What each rep does, day by day; reps in the order of the book.
    pub days: Vec<PlannedDay>,
    /// What a system sends in these days, by id of the lead. It takes nobody's time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub automatic: Vec<String>,
    /// What does not fit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_planned: Vec<NotPlanned>,
    /// What does not fit, as a sentence; absent when all does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

/// One day of one rep.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedDay {
    /// Id of the rep.
    pub rep: String,
    /// What they are called.
    pub rep_name: String,
    /// The day where the team is, the same for all reps: `2026-11-20`. Far west or east of there a part of it is another day by the rep's own clock.
    pub day: String,
    /// The rep's time zone.
    pub zone: String,
    /// How many minutes of it can be planned.
    pub minutes: i64,
    /// How many are.
    pub planned_minutes: i64,
    /// What to do, by time.
    pub touches: Vec<PlanEntry>,
}

/// Something that a rep does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanEntry {
    /// When it begins.
    pub at: Instant,
    /// `at` in the rep's own time: `2026-11-20T10:00:00+01:00`.
    pub local_at: String,
    /// How many minutes it takes.
    pub minutes: i64,
    /// Id of the lead.
    pub lead: String,
    /// What people call the lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_name: Option<String>,
    /// Over which channel; absent for other work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Id of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// What they are called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_name: Option<String>,
    /// Why it is to be done, as the advice has it.
    pub reason: String,
    /// Where the plan departs from the advice, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The advice that is carried out; absent for what was promised.
    #[serde(skip)]
    pub advice: Option<Box<Advice>>,
    /// The channel that is advised, where this is done because its budget is used up.
    #[serde(skip)]
    pub instead_of: Option<Channel>,
}

/// Something that is advised in these days and is not planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotPlanned {
    /// Id of the lead.
    pub lead: String,
    /// What people call the lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_name: Option<String>,
    /// Why not.
    pub why: String,
}

/// The plan for some days from `now` on.
pub fn plan(rulebook: &Rulebook, book: &Book, now: Instant, settings: &PlanSettings, language: Language) -> Plan {
    let mut planner = Planner::new(rulebook, book, now, settings, language);
    let zone = book.reps().iter().find_map(|rep| rep.location()?.clock()).unwrap_or(Zone::UTC);
    let mut from = now;
    for _ in 0..settings.days.clamp(1, MOST_DAYS) {
        let until = zone.day(from).until;
        planner.day(from, until, &zone.local(from).date().to_string());
        from = until;
    }
    planner.finish(from)
}

/// A plan being made.
struct Planner<'a> {
    rulebook: &'a Rulebook,
    /// The rules without some channels, for when their budgets are used up.
    without: BTreeMap<Vec<Channel>, Rulebook>,
    /// The leads, with what is planned so far.
    book: Book,
    now: Instant,
    settings: &'a PlanSettings,
    language: Language,
    spending: Spending<'a>,
    /// What was agreed on, by lead.
    appointments: Vec<(usize, PlannedTouch)>,
    days: Vec<PlannedDay>,
    placed: BTreeSet<usize>,
    automatic: BTreeSet<usize>,
    /// Why a lead had no place so far.
    open: BTreeMap<usize, (Option<String>, Sentence)>,
}

/// Where something has its place.
struct Place {
    rep: usize,
    at: Instant,
}

impl<'a> Planner<'a> {
    fn new(rulebook: &'a Rulebook, book: &Book, now: Instant, settings: &'a PlanSettings, language: Language) -> Self {
        Self {
            rulebook,
            without: BTreeMap::new(),
            book: book.clone(),
            now,
            settings,
            language,
            spending: Spending::of(rulebook, book),
            appointments: book
                .leads()
                .iter()
                .enumerate()
                .flat_map(|(lead, record)| record.planned.iter().map(move |one| (lead, one.clone())))
                .collect(),
            days: Vec::new(),
            placed: BTreeSet::new(),
            automatic: BTreeSet::new(),
            open: BTreeMap::new(),
        }
    }

    fn text(&self, sentence: &Sentence) -> String {
        sentence.render(self.language)
    }

    /// Plans the time between two moments, which is one day of the team, with what it is called.
    fn day(&mut self, from: Instant, until: Instant, date: &str) {
        let share = |rep: &Rep| self.settings.shares.get(&rep.id).copied().unwrap_or(self.settings.share);
        let reps: Vec<Rep> = self.book.reps().to_vec();
        let mut team: Vec<RepDay> = reps.iter().map(|rep| RepDay::new(rep, from, until, share(rep))).collect();
        self.keep_appointments(&mut team, from, until);
        let decider = Decider::new(self.rulebook, &self.book, from).in_language(self.language);
        let wanted: Vec<usize> = (0..self.book.len()).filter(|lead| !self.placed.contains(lead)).collect();
        let mut advices: Vec<(usize, Advice)> = Vec::new();
        let decided = decider.all();
        let is_of_day = |lead: &usize| {
            decided.get(*lead).is_some_and(|one| one.verdict.is_to_do() && one.from.is_none_or(|start| start < until))
        };
        let due: Vec<usize> = wanted.into_iter().filter(is_of_day).collect();
        let mut leads = due.iter();
        decider.advices(&due, |advice| advices.extend(leads.next().map(|lead| (*lead, advice))));
        order::sort_by(&mut advices, |(_, one), (_, other)| compare(one, other));
        for (lead, advice) in advices {
            self.plan_one(&mut team, lead, advice, (from, until));
        }
        self.days.extend(team.into_iter().map(|rep| rep.finish(date)));
    }

    /// What was promised stands at its time, whatever room there is.
    fn keep_appointments(&mut self, team: &mut [RepDay], from: Instant, until: Instant) {
        let of_day = |(_, one): &&(usize, PlannedTouch)| one.at >= from && one.at < until;
        for (lead, planned) in self.appointments.iter().filter(of_day) {
            let Some(record) = self.book.lead(*lead) else { continue };
            let by = planned.rep.as_ref().or(record.owner.as_ref());
            let name = record.name.clone().or_else(|| record.account.name.clone());
            let Some(rep) = team.iter_mut().find(|rep| Some(&rep.id) == by) else {
                self.open.insert(*lead, (name, Sentence::new("plan-no-rep")));
                continue;
            };
            self.placed.insert(*lead);
            self.open.remove(lead);
            rep.put(PlanEntry {
                at: planned.at,
                minutes: effort(self.rulebook, Some(planned.channel)).millis() / Duration::MINUTE.millis(),
                lead: record.id.clone(),
                lead_name: name,
                channel: Some(planned.channel),
                person: planned.person.clone(),
                person_name: person_name(&record, planned.person.as_deref()),
                reason: Sentence::new("plan-promised").render(self.language),
                notes: Vec::new(),
                local_at: String::new(),
                advice: None,
                instead_of: None,
            });
        }
    }

    /// Finds a place for what is advised for a lead, in this day.
    fn plan_one(&mut self, team: &mut [RepDay], lead: usize, advice: Advice, day: (Instant, Instant)) {
        let Some(touch) = &advice.touch else { return };
        if touch.automatic || touch.channel == Some(Channel::Content) {
            self.automatic.insert(lead);
            return;
        }
        let mut notes = Vec::new();
        let mut used_up_channels = Vec::new();
        let (mut place, mut advice) = (self.place(team, &advice, touch, day), advice);
        while let Some((channel, budget)) = self.over_budget(place.as_ref().ok(), &advice) {
            if used_up_channels.is_empty() {
                let won = used_up("plan-would-win", budget).with("channel", vocabulary::channel(channel));
                notes.push(self.text(&won));
            }
            used_up_channels.push(channel);
            let Some(other) = self.without(&used_up_channels, lead, day.0) else {
                place = Err(used_up("plan-budget-used", budget));
                break;
            };
            advice = other;
            let of_day = |touch: &&AdvisedTouch| touch.window.as_ref().is_none_or(|window| window.from < day.1);
            place = match advice.touch.as_ref().filter(of_day) {
                Some(touch) => self.place(team, &advice, touch, day),
                None => Err(Sentence::new("plan-no-room")),
            };
        }
        let Some(touch) = &advice.touch else { return };
        let place = match place {
            Ok(place) => place,
            Err(why) => {
                self.open.insert(lead, (advice.lead_name.clone(), why));
                return;
            }
        };
        let owner = touch.rep.as_ref().map(|rep| rep.id.as_str());
        let Some(rep) = team.get_mut(place.rep) else { return };
        if let Some(advised) = touch.rep.as_ref().filter(|_| owner != Some(rep.id.as_str())) {
            let name = advised.name.clone().unwrap_or_else(|| advised.id.clone());
            let sentence = Sentence::new("plan-colleague").with("owner", name).with("rep", rep.name.clone());
            notes.push(sentence.render(self.language));
        } else if self.open.contains_key(&lead) {
            notes.push(Sentence::new("plan-later").render(self.language));
        }
        let time = effort(self.rulebook, touch.channel);
        let person = touch.person.as_ref().map(|person| person.id.clone());
        rep.put(PlanEntry {
            at: place.at,
            minutes: time.millis() / Duration::MINUTE.millis(),
            lead: advice.lead.clone(),
            lead_name: advice.lead_name.clone(),
            channel: touch.channel,
            person: person.clone(),
            person_name: touch.person.as_ref().and_then(|person| person.name.clone()),
            reason: advice.reason.clone(),
            notes,
            local_at: String::new(),
            advice: Some(Box::new(advice.clone())),
            instead_of: used_up_channels.first().copied(),
        });
        self.placed.insert(lead);
        self.open.remove(&lead);
        if let Some(channel) = touch.channel {
            self.spending.spend(place.at, channel, place.rep);
            // From now on it counts under every limit.
            if let Some(mut record) = self.book.lead(lead) {
                let planned = PlannedTouch { at: place.at, channel, person, rep: Some(rep.id.clone()), zone: None };
                let after = record.planned.partition_point(|one| one.at <= planned.at);
                record.planned.insert(after, planned);
                // Its people stay the same, so its contact group cannot become too large.
                let _ = self.book.put(&record);
            }
        }
    }

    /// The rep and the moment for a touch: the advised rep, else the first colleague who speaks the language and has room.
    ///
    /// # Errors
    /// Why there is none in this day.
    fn place(
        &self,
        team: &[RepDay],
        advice: &Advice,
        touch: &AdvisedTouch,
        (from, until): (Instant, Instant),
    ) -> Result<Place, Sentence> {
        let time = effort(self.rulebook, touch.channel);
        let window = touch.window.as_ref();
        let open = (window.map_or(from, |one| one.from.max(from)), window.map_or(until, |one| one.until.min(until)));
        let advised = touch.rep.as_ref().and_then(|rep| team.iter().position(|one| one.id == rep.id));
        let Some(advised) = advised else { return Err(Sentence::new("plan-no-rep")) };
        let language = self.language_of(advice);
        // The skill that a rule asks for is not told with its advice, so only who has all the skills of the advised rep can take over.
        let skills = self.book.reps().get(advised).map(|rep| rep.skills.clone()).unwrap_or_default();
        let can = |(place, rep): (usize, &Rep)| {
            let speaks = language.as_ref().is_none_or(|language| rep.languages.contains(language));
            (place != advised && speaks && skills.iter().all(|skill| rep.skills.contains(skill))).then_some(place)
        };
        let colleagues = self.book.reps().iter().enumerate().filter_map(can);
        let slot = |rep: usize| Some(Place { rep, at: team.get(rep)?.slot(open, time)? });
        std::iter::once(advised).chain(colleagues).find_map(slot).ok_or_else(|| Sentence::new("plan-no-room"))
    }

    /// In which language the person, or the lead, is spoken with.
    fn language_of(&self, advice: &Advice) -> Option<String> {
        let record = self.book.lead(self.book.find(&advice.lead)?)?;
        let person = advice.touch.as_ref()?.person.as_ref();
        let own = person.and_then(|person| record.people.iter().find(|one| one.id == person.id));
        own.and_then(|person| person.language.clone()).or(record.language)
    }

    /// The channel of an advice and the budget that it would exceed at this place.
    fn over_budget(&self, place: Option<&Place>, advice: &Advice) -> Option<(Channel, &'a Budget)> {
        let (place, channel) = (place?, advice.touch.as_ref()?.channel?);
        Some((channel, self.spending.exceeded(place.at, channel, place.rep)?))
    }

    /// What a rep is advised to do for a lead without some channels; `None` when nothing is.
    fn without(&mut self, channels: &[Channel], lead: usize, now: Instant) -> Option<Advice> {
        let rules = self.without.entry(channels.to_vec()).or_insert_with(|| {
            let never = |channel: &Channel| format!("never {} because \"The budget is used up\";\n", channel.word());
            let text = format!("pack \"Budget\" #{{}};\n{}", channels.iter().map(never).collect::<String>());
            self.rulebook.with_pack(&PackSource { file: "budget.rhai".to_owned(), text })
        });
        let advice = Decider::new(rules, &self.book, now).in_language(self.language).lead(lead);
        Some(advice).filter(|advice| advice.touch.as_ref().is_some_and(|touch| !touch.automatic))
    }

    fn finish(self, until: Instant) -> Plan {
        let id = |lead: usize| self.book.id(lead).unwrap_or_default().to_owned();
        let not_planned: Vec<NotPlanned> = self
            .open
            .iter()
            .map(|(lead, (name, why))| NotPlanned {
                lead: id(*lead),
                lead_name: name.clone(),
                why: why.render(self.language),
            })
            .collect();
        let summary = (!not_planned.is_empty()).then(|| {
            let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            let leads = not_planned.iter().map(|one| Arg::from(one.lead.clone())).collect();
            let days = Duration::DAY.times(self.settings.days.clamp(1, MOST_DAYS).into()).unwrap_or_default();
            let sentence = Sentence::new("plan-not-fit")
                .with("count", Amount::whole(whole(not_planned.len())))
                .with("number", whole(not_planned.len()))
                .with("days", days)
                .with("leads", Arg::List(leads));
            self.text(&sentence)
        });
        let automatic = self.automatic.iter().map(|lead| id(*lead)).collect();
        Plan { now: self.now, until, days: self.days, automatic, not_planned, summary }
    }
}

/// What somebody of a lead is called.
fn person_name(lead: &Lead, id: Option<&str>) -> Option<String> {
    lead.people.iter().find(|person| Some(person.id.as_str()) == id)?.name.clone()
}

/// A sentence about a budget that is used up.
fn used_up(key: &'static str, budget: &Budget) -> Sentence {
    Sentence::new(key).with("most", Amount::whole(budget.most.into())).with("length", budget.per)
}

/// The order in which places are given: what was promised, then answers by when they are due, then what is late, then the priority; of equal ones
/// by id.
fn compare(one: &Advice, other: &Advice) -> std::cmp::Ordering {
    let rank = |advice: &Advice| {
        let touch = advice.touch.as_ref();
        let is_promised = touch.is_some_and(|touch| touch.promised.is_some());
        let answers = touch.is_some_and(|touch| touch.answers.is_some());
        let due = touch.and_then(|touch| touch.due).filter(|_| answers);
        let late = touch.is_some_and(|touch| touch.late);
        (!is_promised, !answers, due.is_none(), due, !late)
    };
    let priority = |advice: &Advice| advice.priority.as_ref().map_or(0.0, |priority| priority.total);
    let by_rank = rank(one).cmp(&rank(other));
    by_rank.then_with(|| priority(other).total_cmp(&priority(one))).then_with(|| one.lead.cmp(&other.lead))
}
