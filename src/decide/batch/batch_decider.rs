//! Many leads at once: rules from masks over columns, policies from what was said of leads that are alike, signals from the log.
//!
//! Most leads have their account for themselves and few particulars. For those the rules are asked page by page ([`crate::columnar`]), and
//! the policies once for all leads that are alike in what policies ask about ([`crate::decide::batch::policy_cache`]). What is judged after that
//! ([`crate::decide::choose::decision`]) is the same as for any lead. One lead that changed goes the same way by itself ([`BatchDecider::decide_one`]), in room that is
//! kept from one to the next.
//!
//! What columns or likeness cannot tell is asked of the record: a statement that they cannot tell of any lead ([`ColumnarRules::of`] says which),
//! of every lead; all rules, of a lead with a series under way, with a rule that proposes something else for each lead, or with one that
//! could not be evaluated.
//!
//! Left out: leads that share an account, and those of which people have several ids.
//!
//! Invariant: a decision made here is the one that [`crate::decide::Decider::decisions`] makes by the record alone.

use crate::book::Book;
use crate::book::columns::{PAGE, Page, SignalLog};
use crate::book::packed::unpack_nameless;
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind};
use crate::calendar::Instant;
use crate::columnar::{ColumnPlan, PageRecords, PlanCondition, Scratch, StatementKind};
use crate::decide::batch::policy_cache::{PolicyCache, PolicyInputs, PolicySubject, together};
use crate::decide::choose::decision::{Decision, LeadEvaluation};
use crate::decide::context::account_events::{AccountEvent, AccountEvents, HumanId, is_plain, past};
use crate::decide::context::ask_rules::{self, StatementFilter};
use crate::decide::context::decision_context::{AccountContext, DecisionContext};
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::{RuleOutcomes, RuleProposal};
use crate::decide::context::statement_set::StatementSet;
use crate::decide::context::statements::StatementIndex;
use crate::evaluate::facts::FactContext;
use crate::evaluate::facts::change_schedule::{ChangeSchedule, LogChanges};
use crate::evaluate::matching::per_person;
use crate::language::Rulebook;
use crate::order;
use crate::pack::touch::{Action, Target};

/// The leads of a group of one, which is filled anew for each lead.
const ALONE: &[usize] = &[0];

/// A rulebook of which many leads are asked at once.
#[derive(Debug)]
pub(crate) struct BatchDecider {
    columns: Option<ColumnarRules>,
    alike: PolicyInputs,
}

/// Rules and cadences that are asked of columns.
#[derive(Debug)]
struct ColumnarRules {
    plan: ColumnPlan,
    /// The number of each condition of the plan among the rules; `None` for a cadence.
    rules: Vec<Option<usize>>,
    turns: ChangeSchedule,
    /// These, and the policies that are told by likeness.
    told: StatementSet,
    /// Whether that is all there is.
    all: bool,
}

impl ColumnarRules {
    /// The rules that ask nothing of people and nothing that [`ChangeSchedule`] cannot follow; and the cadences, when that goes for all of them.
    /// `None` when there are no such rules, or when `enter` statements move leads from stage to stage.
    fn of(rulebook: &Rulebook, statements: &StatementIndex, listed: &StatementSet) -> Option<Self> {
        let packs = rulebook.packs();
        if packs.iter().any(|pack| !pack.enters.is_empty()) {
            return None;
        }
        let kinds = [StatementKind::Rule, StatementKind::Cadence];
        let all = ColumnPlan::new(rulebook, &kinds);
        let mut turns = ChangeSchedule::default();
        let mut follows = |condition: PlanCondition| {
            let pack = packs.get(condition.pack);
            let clauses = match condition.kind {
                StatementKind::Rule => {
                    let rule = pack.and_then(|pack| pack.rules.get(condition.place)).filter(|rule| !per_person(rule));
                    rule.map(|rule| [Some(&rule.when), rule.unless.as_ref()])
                }
                _ => {
                    let cadence = pack.and_then(|pack| pack.cadences.get(condition.place));
                    cadence.map(|cadence| [Some(&cadence.when), cadence.until.as_ref()])
                }
            };
            let mut more = turns.clone();
            let followed = condition.by_row.is_none()
                && clauses.is_some_and(|clauses| clauses.into_iter().flatten().all(|clause| more.add(clause)));
            if followed {
                turns = more;
            }
            followed
        };
        let of_kind = |kind| all.conditions().filter(move |condition| condition.kind == kind);
        let rules: Vec<bool> = of_kind(StatementKind::Rule).map(&mut follows).collect();
        let cadences: Vec<bool> = of_kind(StatementKind::Cadence).map(&mut follows).collect();
        if !rules.contains(&true) {
            return None;
        }
        // Where a series was left is asked of all series together.
        let all_cadences = !cadences.contains(&false);
        let mut told = listed.clone();
        rules.into_iter().for_each(|rule| told.push(StatementKind::Rule, rule));
        cadences.into_iter().for_each(|_| told.push(StatementKind::Cadence, all_cadences));
        let number = |condition: PlanCondition| {
            let first = statements.first.get(condition.pack)?;
            Some(condition.place + if condition.kind == StatementKind::Rule { first.rules } else { first.cadences })
        };
        let is_told = |condition| number(condition).is_some_and(|number| told.has(condition.kind, number));
        let plan = if told.all() { all } else { ColumnPlan::of_those(rulebook, &kinds, &is_told) };
        let rule = |condition: PlanCondition| number(condition).filter(|_| condition.kind == StatementKind::Rule);
        let rules = plan.conditions().map(rule).collect();
        let all = told.all();
        Some(Self { plan, rules, turns, told, all })
    }
}

impl BatchDecider {
    /// A rulebook with what of it can be asked of many leads at once.
    pub(crate) fn of(rulebook: &Rulebook, statements: &StatementIndex) -> Self {
        let alike = PolicyInputs::of(rulebook.packs());
        let columns = ColumnarRules::of(rulebook, statements, alike.listed());
        Self { columns, alike }
    }

    /// Decides the leads of which that can be done here, each shown with its place in the book.
    pub(crate) fn decide(&self, book: &Book, office: &DecisionContext<'_>, mut each: impl FnMut(usize, Decision)) {
        let nobody = book.dossier_of_nobody();
        let mut kept = BatchCache::new(self, book, office.now);
        let mut walk = BatchPass::new(self, (book, office), AccountContext::new(&nobody, office), &mut kept);
        let mut asking = self.columns.as_ref().map(|columns| (columns, columns.plan.at(book.words(), office.now)));
        for (number, page) in book.pages().iter().enumerate() {
            let first = number * PAGE;
            let answers = asking
                .as_mut()
                .map(|(columns, asking)| (*columns, asking.page(page, &mut PageRecords::page(book, number))));
            for nth in 0..page.len {
                if book.siblings(first + nth).len() != 1 {
                    continue;
                }
                let told = answers.as_ref().and_then(|(columns, answers)| {
                    walk.rules(columns, |condition| answers.of(condition, nth)).then_some(*columns)
                });
                if let Some(decision) = walk.decided(page, first + nth, told) {
                    each(first + nth, decision);
                }
            }
        }
    }

    /// Decides the lead at this place; `None` when that cannot be done here. What was worked out for other leads is `kept` from call to
    /// call, which must be of the same book.
    pub(crate) fn decide_one(
        &self,
        book: &Book,
        office: &DecisionContext<'_>,
        lead: usize,
        kept: &mut Option<BatchCache>,
    ) -> Option<Decision> {
        if book.siblings(lead).len() != 1 {
            return None;
        }
        let page = book.pages().get(lead / PAGE)?;
        let mine = match kept {
            Some(kept) if kept.serves(book, office.now) => kept,
            stale => stale.insert(BatchCache::new(self, book, office.now)),
        };
        let nobody = book.dossier_of_nobody();
        let room = mine.room.take();
        let mut walk = BatchPass::new(self, (book, office), AccountContext::new(&nobody, office), mine);
        let told = self.columns.as_ref().and_then(|columns| {
            let room = room.unwrap_or_else(|| columns.plan.room(book.words(), office.now));
            let records = &mut PageRecords::lead(book, lead);
            let (told, room) = columns.plan.ask_one((page, lead % PAGE), (book.words(), room), records, |answers| {
                walk.rules(columns, |condition| answers.of(condition, 0))
            });
            walk.kept.room = Some(room);
            told.then_some(columns)
        });
        walk.decided(page, lead, told)
    }
}

/// What was worked out about a book at one moment.
#[derive(Debug)]
pub(crate) struct BatchCache {
    now: Instant,
    /// How many words the book had.
    words: usize,
    over: Vec<LogChanges>,
    /// What the policies say of leads that are alike.
    memo: PolicyCache,
    /// Room for asking about one lead.
    room: Option<Scratch>,
}

impl BatchCache {
    fn new(lane: &BatchDecider, book: &Book, now: Instant) -> Self {
        let words = book.words();
        let over = lane.columns.as_ref().map(|columns| columns.turns.over(words)).unwrap_or_default();
        Self { now, words: words.len(), over, memo: PolicyCache::default(), room: None }
    }

    /// Whether it holds for the same book now. Words are only ever added, and what was found not to be one may be one since.
    fn serves(&self, book: &Book, now: Instant) -> bool {
        self.now == now && self.words == book.words().len()
    }
}

/// A walk over the leads of a book, with room that is used again for each.
struct BatchPass<'a, 'k> {
    lane: &'a BatchDecider,
    book: &'a Book,
    office: &'a DecisionContext<'a>,
    desk: AccountContext<'a>,
    valid_until: Option<Instant>,
    group: AccountEvents<'static>,
    reading: RuleOutcomes,
    kept: &'k mut BatchCache,
}

impl<'a, 'k> BatchPass<'a, 'k> {
    fn new(
        lane: &'a BatchDecider,
        (book, office): (&'a Book, &'a DecisionContext<'a>),
        desk: AccountContext<'a>,
        kept: &'k mut BatchCache,
    ) -> Self {
        let valid_until = desk.valid_until();
        let (group, reading) = (AccountEvents::alone(ALONE), RuleOutcomes::default());
        Self { lane, book, office, desk, valid_until, group, reading, kept }
    }

    /// Takes down the rules that hold; false when all rules have to be asked of the record. `answer` tells whether a condition of the
    /// plan holds, by its place; `None` is a fault.
    fn rules(&mut self, columns: &ColumnarRules, answer: impl Fn(usize) -> Option<bool>) -> bool {
        self.reading.proposals.clear();
        for (condition, rule) in columns.rules.iter().enumerate() {
            match answer(condition) {
                None => return false,
                Some(false) => continue,
                Some(true) => {}
            }
            let proposer = rule.and_then(|rule| self.desk.statements.rules.get(rule));
            let Some(touches) = proposer.and_then(|proposer| proposer.touches.as_ref()) else { return false };
            // Who is named, and who in the team can do it, is asked of the whole record.
            let by_record = |to: &Option<Target>| matches!(to, Some(Target::Person(_)));
            let contact = |action: &Action| matches!(action, Action::Contact(_));
            if touches
                .iter()
                .any(|one| contact(&one.touch.action) && (by_record(&one.touch.to) || one.touch.skill.is_some()))
            {
                return false;
            }
            self.reading.proposals.push(RuleProposal { rule: *rule, person: None, touches: touches.clone() });
        }
        true
    }

    /// Decides a lead of which the rules that columns tell were taken down, if they could be.
    fn decided(&mut self, page: &Page, lead: usize, told: Option<&ColumnarRules>) -> Option<Decision> {
        let all = told.is_some_and(|columns| columns.all);
        let decision = if all { self.by_columns(page, lead) } else { None };
        decision.or_else(|| self.by_record(page, lead, told))
    }

    /// Decides a lead of which the record need not be asked anything.
    fn by_columns(&mut self, page: &Page, lead: usize) -> Option<Decision> {
        let (now, nth) = (self.desk.now, lead % PAGE);
        let (record, rests) = unpack_nameless(page.packed.get(nth), self.book.words());
        let range = page.log.range(nth);
        let at = page.log.at.get(range.clone())?;
        let seen = range.start..range.start + at.partition_point(|at| *at <= now.millis());
        if !rests.is_empty() || !is_plain(&record) {
            return None;
        }
        let elsewhere = |nth: usize| page.log.person.get(nth) == Some(&u8::MAX);
        if seen.clone().any(elsewhere) {
            return None;
        }
        self.group.refill(&record, seen.clone().filter_map(|nth| event(&page.log, nth)));
        let case = LeadProfile::new(&self.desk, &self.group, (0, &record, &[&record]), record.stage);
        let mut review = ReviewTracker::new(now);
        review.at_any(page.log.at.get(seen.end).filter(|_| seen.end < range.end).map(|at| Instant::from_millis(*at)));
        review.at_any(self.valid_until);
        review.at_any(self.kept.over.iter().filter_map(|over| over.next(&page.log, seen.clone(), now)));
        let book = self.book;
        let of = PolicySubject { desk: &self.desk, group: &self.group, case: &case, lead: &record };
        let cx = || FactContext::new(&book.dossier_of(lead), 0, now);
        self.reading.policies = self.lane.alike.policies(&mut self.kept.memo, &of, &mut review, cx)?;
        self.reading.stage = record.stage;
        let docket = LeadEvaluation::new(&self.desk, &self.group, case, &self.reading, &mut review);
        let decision = docket.decided(&self.desk, &self.group, &mut review);
        Some(Decision { review_at: review.next(), ..decision })
    }

    /// Decides a lead with what columns told of it, if they did; all else is asked of its record.
    fn by_record(&mut self, page: &Page, lead: usize, told: Option<&ColumnarRules>) -> Option<Decision> {
        let now = self.office.now;
        let dossier = self.book.dossier_of(lead);
        let record = dossier.leads().first().filter(|record| is_plain(record))?;
        let (desk, alike) = (AccountContext::new(&dossier, self.office), &self.lane.alike);
        // A series that was left counts, also when nothing holds for it any more.
        let told = told.filter(|_| record.signals.iter().all(|signal| signal.cadence.is_none()));
        let without = told.map_or(alike.listed(), |columns| &columns.told);
        let recorded = FactContext::new(&dossier, 0, now);
        let (mut reading, cx) =
            ask_rules::read(desk.packs, &desk.statements, &recorded, StatementFilter::Without(without));
        let mut review = ReviewTracker::new(now);
        if told.is_some() {
            reading.proposals.append(&mut self.reading.proposals);
            order::sort_by_key(&mut reading.proposals, |proposal| proposal.rule);
            let start = page.log.range(lead % PAGE).start;
            let seen = start..start + past(record, now).len();
            review.at_any(self.kept.over.iter().filter_map(|over| over.next(&page.log, seen.clone(), now)));
        }
        let group = AccountEvents::new(&dossier, ALONE, now);
        let case = LeadProfile::new(&desk, &group, (0, record, &[record]), reading.stage);
        review.at_any(record.signals.get(past(record, now).len()).map(|signal| signal.at));
        review.at_any(self.valid_until);
        let of = PolicySubject { desk: &desk, group: &group, case: &case, lead: record };
        let policies = alike.policies(&mut self.kept.memo, &of, &mut review, || cx.quietly())?;
        reading.policies = together(policies, &reading.policies);
        let docket = LeadEvaluation::new(&desk, &group, case, &reading, &mut review);
        let decision = docket.decided(&desk, &group, &mut review);
        Some(Decision { review_at: review.next(), ..decision })
    }
}

/// A signal of a lead that stands for itself.
fn event(log: &SignalLog, nth: usize) -> Option<AccountEvent> {
    let entry = log.entry(nth)?;
    fn word<T: Copy>(all: &[T], number: u8) -> Option<T> {
        all.get(usize::from(number).checked_sub(1)?).copied()
    }
    let how =
        (word(Channel::ALL, entry.channel), word(Direction::ALL, entry.direction), word(Outcome::ALL, entry.outcome));
    let human = entry.person.checked_sub(1).map(|nth| HumanId::member(u32::from(nth)));
    let kind = SignalKind::ALL.get(usize::from(entry.kind)).copied()?;
    Some(AccountEvent::new(Instant::from_millis(entry.at), kind, how, (0, human)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::PackSource;
    use crate::pack::Overrides;

    /// Whether nothing has to be asked of records; `None` when all rules have to be.
    fn by_columns(packs: &[&str]) -> Option<bool> {
        let source = |text: &&str| PackSource { file: "pack.rhai".into(), text: (*text).to_owned() };
        let (rulebook, diagnostics) =
            Rulebook::new(&packs.iter().map(source).collect::<Vec<_>>(), &Overrides::default());
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let lane = BatchDecider::of(&rulebook, &StatementIndex::of(rulebook.packs()));
        lane.columns.map(|columns| columns.all)
    }

    #[test]
    fn the_laws_that_ship_are_asked_of_many_leads_at_once() {
        let laws = [
            include_str!("../../../rules/contact-policy/be.rhai"),
            include_str!("../../../rules/contact-policy/de.rhai"),
            include_str!("../../../rules/contact-policy/fr.rhai"),
            include_str!("../../../rules/contact-policy/nl.rhai"),
            include_str!("../../../rules/contact-policy/uk.rhai"),
            include_str!("../../../rules/contact-policy/us.rhai"),
            "pack \"One\" #{};\nrule \"r\" when true then phone;",
        ];
        assert_eq!(by_columns(&laws), Some(true));
    }

    #[test]
    fn what_columns_cannot_follow_is_asked_lead_by_lead() {
        let rule = |when: &str| format!("pack \"One\" #{{}};\nrule \"r\" when {when} then phone;");
        let asked_at_once = |when: &str| by_columns(&[&rule(when)]) == Some(true);
        assert!(asked_at_once("lead.visits(7.days) >= 2 or lead.since(\"form\") > 1.day"));
        assert!(!asked_at_once("lead.score(7.days) > 1.0"));
        assert!(!asked_at_once("person.is_a(\"user\")"));
        assert!(!asked_at_once("lead.since(\"form\") > lead.since(\"visit\")"));
        assert!(!asked_at_once("lead.age < 2.days"));
    }

    #[test]
    fn one_statement_that_has_to_be_asked_of_records_leaves_the_others_where_they_are() {
        let at_once = "pack \"One\" #{};\nrule \"r\" when lead.visits(7.days) >= 2 then phone;\n";
        let with = |more: &str| by_columns(&[&format!("{at_once}{more}")]);
        assert_eq!(with(""), Some(true));
        assert_eq!(with("rule \"s\" when person.is_a(\"user\") then email;"), Some(false));
        assert_eq!(with("never email when lead.score(7.days) > 1.0;"), Some(false));
        assert_eq!(with("cadence \"c\" when lead.age < 2.days steps [email];"), Some(false));
        assert_eq!(with("enter \"interest\" when lead.visits(7.days) >= 1;"), None);
    }
}
