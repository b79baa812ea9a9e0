//! Since when a condition holds for a lead or person: the start of the latest unbroken stretch, up to now, in which it held. And until when it
//! goes on holding by the passing of time alone.
//!
//! A condition is looked at again at moments of the past, with the log cut there; what has no history counts as it is now. Between two
//! recorded moments (signals, a stage, a quote) only the passing of time changes it, and evaluating it tells when that can be
//! ([`FactContext::next_change`]). So the time between two recorded moments is walked forwards from look to look, and these pieces are walked
//! backwards from now on until the condition did not hold.
//!
//! **Bounds.** [`limits::PAST_MOMENTS`] recorded moments back. After [`limits::PAST_LOOKS`] looks since a recorded moment the next look is at
//! least a sixteenth of the time since that moment away. [`limits::PAST_OPERATIONS`] operations for each statement and lead.
//!
//! Invariant: the looks are counted from recorded moments and never from now, so the start does not move while nothing is recorded and the
//! condition goes on holding. Where a change is not followed to the moment (in interpreted clauses, between distant looks), the stretch counts
//! from the last look at which the condition did not hold: rather too soon than too late.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::book::Quote;
use crate::book::catalogue::{Fact, Subject};
use crate::calendar::{Duration, Instant};
use crate::evaluate::clause::stands;
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::{per_person, runs};
use crate::evaluate::stage::enter;
use crate::limits;
use crate::order;
use crate::pack::expression::Clause;
use crate::pack::statements::{Cadence, Pack, Rule};

/// The condition under which a statement proposes touches.
#[derive(Clone, Copy)]
pub(crate) enum Condition<'p> {
    /// Of a rule: its `when` holds and its `unless` does not.
    Rule(&'p Rule),
    /// Of a cadence: its `when` holds for somebody and its `until` for nobody.
    Cadence(&'p Cadence),
}

/// Since when a condition holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct HeldSince {
    /// The start of the stretch; `None` when nothing is recorded of the lead from which it could be told.
    pub(crate) start: Option<Instant>,
    /// The first moment after now at which this is looked at again, and the start may be another one.
    pub(crate) next_look: Option<Instant>,
}

/// The past of one lead, in which conditions are looked at.
pub(crate) struct LeadPast<'p> {
    packs: &'p [Pack],
    /// The facts now, in the stage on record.
    now: &'p FactContext,
    /// The facts at the moments looked at so far.
    looked_at: RefCell<BTreeMap<Instant, Rc<PastFacts>>>,
    operations: Cell<u64>,
}

/// The facts of a lead at a moment of the past.
struct PastFacts {
    /// In the stage on record. The changes noted in it are those of the `enter` statements.
    recorded: FactContext,
    /// In the stage that the `enter` statements set, and the operations that they took; made when first needed.
    entered: OnceCell<(FactContext, u64)>,
}

/// A condition, and for whom it is asked.
#[derive(Clone, Copy)]
struct Question<'p> {
    condition: Condition<'p>,
    person: Option<usize>,
    reads_stage: bool,
}

/// What a condition came to at a moment.
struct Look {
    holds: bool,
    /// The next moment at which that can change by the passing of time.
    next: Option<Instant>,
    /// Whether it can change before `next` as well.
    unfollowed: bool,
    operations: u64,
}

/// A condition between two recorded moments.
struct Walk {
    /// The start of the stretch in which it held at the end; `None` when it did not hold then.
    start: Option<Instant>,
    /// Whether it held at every look.
    throughout: bool,
    last_look: Instant,
    /// The first look after the end; `None` when none is needed, and when there were no operations left for the looks before it.
    next_look: Option<Instant>,
    /// Whether there were operations enough for all looks up to the end.
    complete: bool,
}

impl<'p> Condition<'p> {
    fn holds(self, cx: &FactContext) -> bool {
        // What cannot be evaluated does not hold.
        match self {
            Self::Rule(rule) => stands(Some(&rule.when), rule.unless.as_ref(), cx).unwrap_or(false),
            Self::Cadence(cadence) => runs(cadence, cx).unwrap_or(false),
        }
    }

    fn clauses(self) -> impl Iterator<Item = &'p Clause> {
        let clauses = match self {
            Self::Rule(rule) => [Some(&rule.when), rule.unless.as_ref()],
            Self::Cadence(cadence) => [Some(&cadence.when), cadence.until.as_ref()],
        };
        clauses.into_iter().flatten()
    }

    /// Whether a fact that is wanted may matter to it: it reads one, or it is interpreted and not searched.
    fn may_read(self, wanted: &dyn Fn(Subject, Fact) -> bool) -> bool {
        self.clauses().any(|clause| clause.reads_some(wanted).unwrap_or(true))
    }

    /// Whether the stage may matter to it.
    fn reads_stage(self) -> bool {
        self.may_read(&|_, fact| matches!(fact, Fact::Stage | Fact::StageFor | Fact::Open))
    }

    fn is_per_person(self) -> bool {
        match self {
            Self::Rule(rule) => per_person(rule),
            Self::Cadence(_) => false,
        }
    }
}

impl<'p> LeadPast<'p> {
    /// The past of the lead of this context, which has the facts now in the stage on record.
    pub(crate) fn new(packs: &'p [Pack], now: &'p FactContext) -> Self {
        Self { packs, now, looked_at: RefCell::default(), operations: Cell::new(0) }
    }

    /// The operations spent so far on looks.
    pub(crate) fn operations(&self) -> u64 {
        self.operations.get()
    }

    /// Since when a condition holds that holds now, for a person by index in the lead where it is asked for each.
    pub(crate) fn held_since(&self, condition: Condition<'p>, person: Option<usize>) -> HeldSince {
        let moments = self.recorded_moments(condition, person);
        let Some((last, earlier)) = moments.split_last() else { return HeldSince::default() };
        let question = Question { condition, person, reads_stage: condition.reads_stage() };
        let people = self.now.lead().map_or(1, |lead| lead.people.len().max(1));
        let share = if condition.is_per_person() { people as u64 } else { 1 };
        let allowed = limits::PAST_OPERATIONS / share;
        // The time since the last recorded moment has operations of its own: how many looks it takes depends on now.
        let walk = self.walk(question, (*last, None), &mut { allowed });
        let mut held = HeldSince { start: Some(walk.start.unwrap_or(walk.last_look)), next_look: walk.next_look };
        if !walk.throughout {
            return held;
        }
        let (mut left, mut until) = (allowed, *last);
        for from in earlier.iter().rev() {
            let walk = self.walk(question, (*from, Some(until)), &mut left);
            let Some(start) = walk.start.filter(|_| walk.complete) else { break };
            held.start = Some(start);
            if !walk.throughout {
                break;
            }
            until = *from;
        }
        held
    }

    /// Until when a condition that holds now goes on holding when nothing new is recorded; `None` when only a new record can end it, and when its
    /// end is not found in [`limits::PAST_LOOKS`] looks.
    pub(crate) fn holds_until(&self, condition: Condition<'p>, person: Option<usize>) -> Option<Instant> {
        let question = Question { condition, person, reads_stage: condition.reads_stage() };
        let mut at = self.now.now();
        for _ in 0..limits::PAST_LOOKS {
            let look = self.look(question, at);
            if !look.holds {
                return Some(at);
            }
            at = look.next.filter(|_| !look.unfollowed)?;
        }
        None
    }

    /// The latest moments up to now at which something was recorded that a condition can read, in order of time.
    fn recorded_moments(&self, condition: Condition<'_>, person: Option<usize>) -> Vec<Instant> {
        let cx = self.now.for_person(person);
        let Some(lead) = cx.lead() else { return Vec::new() };
        let mut moments: Vec<Instant> = Vec::new();
        // Of other leads only what the condition reads: what happens there cannot begin or end a stretch otherwise.
        let account = condition.may_read(&|subject, _| subject == Subject::Account);
        for subject in [Some(Subject::Lead), account.then_some(Subject::Account), person.map(|_| Subject::Person)] {
            let log = subject.into_iter().flat_map(|subject| cx.log(subject).all().rev());
            moments.extend(log.take(limits::PAST_MOMENTS).map(|signal| signal.at));
        }
        let since = lead.account.customer_since.filter(|_| account);
        moments.extend([lead.created_at, lead.stage_since, since].into_iter().flatten());
        moments.extend(cx.departures().moments());
        moments.extend(lead.quotes.iter().flat_map(Quote::moments));
        moments.retain(|at| *at <= cx.now());
        order::sort(&mut moments);
        moments.dedup();
        let first = moments.len().saturating_sub(limits::PAST_MOMENTS);
        moments.split_off(first)
    }

    /// Looks at a condition from a recorded moment until the next one (not included), or up to now. `left` are the operations that this may
    /// still take; one look is always made.
    fn walk(&self, question: Question<'p>, (from, until): (Instant, Option<Instant>), left: &mut u64) -> Walk {
        let mut walk = Walk { start: None, throughout: true, last_look: from, next_look: None, complete: true };
        let is_before_end = |at: Instant| until.map_or(at <= self.now.now(), |until| at < until);
        // From when the condition counts as holding if it holds at the next look.
        let mut holds_from = from;
        for looks in 1.. {
            let at = walk.last_look;
            let look = self.look(question, at);
            *left = left.saturating_sub(look.operations);
            if look.holds {
                walk.start.get_or_insert(holds_from);
            } else {
                (walk.start, walk.throughout) = (None, false);
            }
            let distance = if looks < limits::PAST_LOOKS { 0 } else { (at - from).millis() / 16 };
            let next = look.next.map(|next| next.max(at + Duration::from_millis(distance)));
            let Some(next) = next.filter(|next| is_before_end(*next)) else {
                walk.next_look = next;
                break;
            };
            if *left == 0 {
                walk.complete = false;
                break;
            }
            holds_from = if look.unfollowed || Some(next) != look.next { at } else { next };
            walk.last_look = next;
        }
        walk
    }

    fn look(&self, Question { condition, person, reads_stage }: Question<'_>, at: Instant) -> Look {
        let facts = self.facts_at(at);
        let (base, entering) = if reads_stage { self.entered(&facts) } else { (&facts.recorded, 0) };
        let cx = base.with_own_changes().for_statement().for_person(person);
        let holds = condition.holds(&cx);
        let (mut next, mut unfollowed) = (cx.next_change(), cx.has_unfollowed_change());
        if reads_stage {
            next = next.into_iter().chain(facts.recorded.next_change()).min();
            unfollowed |= facts.recorded.has_unfollowed_change();
        }
        let signals = cx.lead().map_or(0, |lead| lead.past_signals(at).len() / limits::SIGNALS_PER_OPERATION);
        let operations = 1 + entering + (limits::OPERATIONS - cx.operations_left()) + signals as u64;
        self.operations.set(self.operations.get().saturating_add(operations));
        Look { holds, next, unfollowed, operations }
    }

    fn facts_at(&self, at: Instant) -> Rc<PastFacts> {
        let mut looked_at = self.looked_at.borrow_mut();
        let facts = || PastFacts { recorded: self.now.in_the_past(at), entered: OnceCell::new() };
        looked_at.entry(at).or_insert_with(|| Rc::new(facts())).clone()
    }

    /// The facts in the stage that the `enter` statements set, and the operations that these took.
    fn entered<'f>(&self, facts: &'f PastFacts) -> (&'f FactContext, u64) {
        let (entered, operations) = facts.entered.get_or_init(|| {
            let compiled = self.packs.iter().flat_map(|pack| pack.enters.iter().map(|enter| enter.when.operations));
            let entered = enter(self.packs, &facts.recorded).cx;
            (entered, compiled.sum::<u64>() + facts.recorded.operations_taken())
        });
        (entered, *operations)
    }
}
