//! Decides many leads at once: rules are evaluated over the columns of a page, policies once per combination of the facts they read
//! ([`crate::decide::batch::policy_cache`]), and signals are read from the log of the page instead of from records.
//!
//! In: a book and a context. Out: a decision per lead, or `None` for a lead that this module cannot decide. The stages after evaluation
//! ([`crate::decide::choose::decision`]) are the ones that every lead passes through. A single lead that changed is decided in the same way
//! ([`BatchDecider::decide_one`]), with a cache that is cache between calls.
//!
//! Evaluated on the record of the lead instead of over columns:
//! * for every lead, the statements that columns and the policy cache do not cover ([`ColumnarRules::new`]);
//! * all rules, for a lead whose log names a cadence, a lead for which a rule that holds builds its touches from facts or needs more of the
//!   record, and a lead for which a condition could not be evaluated.
//!
//! A lead for which a rule with a promise (`within`) holds is decided with its record, because since when the promise counts is found in its
//! past ([`crate::decide::context::held_since`]). So is one for which something was done or given lately that is not to be repeated, and one about
//! whose advice somebody said something.
//!
//! Left out: leads that share an account or a human, and leads with aliases, many people, or people who leave or are away; those are decided by
//! [`crate::decide::Decider::decisions`].
//!
//! Invariant: a decision made here equals the decision that evaluating the record alone gives.

use std::ops::Range;

use crate::book::catalogue::{Fact, Subject};
use crate::book::columns::{PAGE, Page};
use crate::book::machine_signals::is_by_machine_in;
use crate::book::packed::unpack_nameless;
use crate::book::vocabulary::SignalKind;
use crate::book::word_table::WordId;
use crate::book::{Book, Lead};
use crate::calendar::{Duration, Instant};
use crate::columnar::{ColumnPlan, ConditionKind, PageRecords, PlanCondition, Scratch};
use crate::decide::batch::policy_cache::{PolicyCache, PolicySubject, merge_policies};
use crate::decide::batch::policy_inputs::PolicyInputs;
use crate::decide::batch::signal_log::{count_in_log, log_event};
use crate::decide::choose::decision::{Decision, LeadEvaluation};
use crate::decide::context::condition_plan::{ConditionPlan, PlannedChanges};
use crate::decide::context::content_memory::CONTENT_RESTS;
use crate::decide::context::decision_context::{DecisionContext, GroupContext};
use crate::decide::context::evaluate_rules::{date_reasons, evaluate_rules};
use crate::decide::context::group_events::{GroupEvents, is_simple};
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_memory::longest_rest;
use crate::decide::context::rule_outcomes::{RuleOutcomes, RuleProposal};
use crate::decide::context::statement_set::{StatementFilter, StatementSet};
use crate::decide::context::statements::StatementIndex;
use crate::evaluate::facts::FactContext;
use crate::evaluate::facts::change_schedule::{ChangeSchedule, LogChanges};
use crate::evaluate::matching::per_person;
use crate::language::Rulebook;
use crate::order;
use crate::pack::fact_arguments::FactArguments;
use crate::pack::touch::{Action, Target};

/// The lead indexes of a contact group with one lead.
const SINGLE_LEAD: &[usize] = &[0];

/// A rulebook prepared for deciding many leads at once.
#[derive(Debug)]
pub(crate) struct BatchDecider {
    /// `None` when no rule can be evaluated over columns.
    columns: Option<ColumnarRules>,
    policy_inputs: PolicyInputs,
    /// The changes of the statements that the policy cache does not cover.
    other_changes: PlannedChanges,
}

/// The rules and cadences that are evaluated over columns.
#[derive(Debug)]
struct ColumnarRules {
    plan: ColumnPlan,
    /// The number of each condition of the plan among the rules; `None` for a cadence.
    rules: Vec<Option<usize>>,
    /// When the result of a condition of the plan can change.
    changes: ChangeSchedule,
    /// The statements of the plan, and the policies that the policy cache covers.
    covered: StatementSet,
    /// Whether that is every statement of the rulebook.
    covers_all: bool,
    /// The changes of the other statements.
    other_changes: PlannedChanges,
}

impl ColumnarRules {
    /// The rules that do not read `person` and whose changes in time [`ChangeSchedule`] covers; and the cadences, when that is true of all of
    /// them. `covered_policies` are the policies that the policy cache covers. `None` when there are no such rules, or when the rulebook has
    /// `enter` statements, which change the stage.
    fn new(
        rulebook: &Rulebook,
        (statements, conditions): (&StatementIndex, &ConditionPlan),
        covered_policies: &StatementSet,
    ) -> Option<Self> {
        let packs = rulebook.packs();
        if packs.iter().any(|pack| !pack.enters.is_empty()) {
            return None;
        }
        let kinds = [ConditionKind::Rule, ConditionKind::Cadence];
        let all = ColumnPlan::new(rulebook, &kinds);
        let mut changes = ChangeSchedule::default();
        let mut is_columnar = |condition: PlanCondition| {
            let pack = packs.get(condition.pack);
            let clauses = match condition.kind {
                ConditionKind::Rule => {
                    let rule = pack.and_then(|pack| pack.rules.get(condition.index)).filter(|rule| !per_person(rule));
                    rule.map(|rule| [Some(&rule.when), rule.unless.as_ref()])
                }
                _ => {
                    let cadence = pack.and_then(|pack| pack.cadences.get(condition.index));
                    cadence.map(|cadence| [Some(&cadence.when), cadence.until.as_ref()])
                }
            };
            let before = changes.len();
            let columnar = condition.by_row.is_none()
                && clauses.is_some_and(|clauses| clauses.into_iter().flatten().all(|clause| changes.add(clause)));
            if !columnar {
                changes.truncate(before);
            }
            columnar
        };
        let of_kind = |kind| all.conditions().filter(move |condition| condition.kind == kind);
        let rules: Vec<bool> = of_kind(ConditionKind::Rule).map(&mut is_columnar).collect();
        let cadences: Vec<bool> = of_kind(ConditionKind::Cadence).map(&mut is_columnar).collect();
        if !rules.contains(&true) {
            return None;
        }
        // The step at which a replaced cadence was left matters to the others, so cadences are evaluated over columns all or none.
        let all_cadences = !cadences.contains(&false);
        let mut covered = covered_policies.clone();
        rules.into_iter().for_each(|rule| covered.push(ConditionKind::Rule, rule));
        cadences.into_iter().for_each(|_| covered.push(ConditionKind::Cadence, all_cadences));
        let number = |condition: PlanCondition| {
            let first = statements.offsets.get(condition.pack)?;
            Some(condition.index + if condition.kind == ConditionKind::Rule { first.rules } else { first.cadences })
        };
        let is_covered = |condition| number(condition).is_some_and(|number| covered.contains(condition.kind, number));
        let covers_all = covered.is_complete();
        let plan = if covers_all { all } else { ColumnPlan::with_conditions(rulebook, &kinds, &is_covered) };
        let rule = |condition: PlanCondition| number(condition).filter(|_| condition.kind == ConditionKind::Rule);
        let rules = plan.conditions().map(rule).collect();
        let other_changes = conditions.changes(packs, statements, StatementFilter::Without(&covered));
        Some(Self { plan, rules, changes, covered, covers_all, other_changes })
    }
}

impl BatchDecider {
    /// Finds the statements of a rulebook that can be evaluated for many leads at once.
    pub(crate) fn new(rulebook: &Rulebook, statements: &StatementIndex, conditions: &ConditionPlan) -> Self {
        let policy_inputs = PolicyInputs::new(rulebook.packs());
        let columns = ColumnarRules::new(rulebook, (statements, conditions), policy_inputs.covered());
        let others = StatementFilter::Without(policy_inputs.covered());
        let other_changes = conditions.changes(rulebook.packs(), statements, others);
        Self { columns, policy_inputs, other_changes }
    }

    /// Decides the leads of some pages of a book that this module can decide. `each` is called with the index of the lead in the book and its
    /// decision.
    pub(crate) fn decide(
        &self,
        (book, pages): (&Book, Range<usize>),
        context: &DecisionContext<'_>,
        mut each: impl FnMut(usize, Decision),
    ) {
        let no_records = book.team_records();
        let mut cache = BatchCache::new(self, book, context.now);
        let mut pass = BatchPass::new(self, (book, context), GroupContext::new(&no_records, context), &mut cache);
        let mut evaluators = self.columns.as_ref().map(|columns| (columns, columns.plan.at(book.words(), context.now)));
        for (number, page) in book.pages().iter().enumerate().take(pages.end).skip(pages.start) {
            if context.totals.check().is_err() {
                return;
            }
            let first = number * PAGE;
            let answers = evaluators
                .as_mut()
                .map(|(columns, evaluator)| (*columns, evaluator.page(page, &mut PageRecords::page(book, number))));
            for row in 0..page.len {
                if book.siblings(first + row).len() != 1 {
                    continue;
                }
                let columns = answers.as_ref().and_then(|(columns, answers)| {
                    pass.collect_rules(columns, |condition| answers.of(condition, row)).then_some(*columns)
                });
                if let Some(decision) = pass.decide(page, first + row, columns) {
                    each(first + row, decision);
                }
            }
        }
    }

    /// Decides the lead with this index in the book; `None` when this module cannot decide it. `cache` is kept between calls, which must be
    /// for the same book.
    pub(crate) fn decide_one(
        &self,
        book: &Book,
        context: &DecisionContext<'_>,
        lead: usize,
        cache: &mut Option<BatchCache>,
    ) -> Option<Decision> {
        if book.siblings(lead).len() != 1 {
            return None;
        }
        let page = book.pages().get(lead / PAGE)?;
        let own_cache = match cache {
            Some(cache) if cache.is_valid(book, context.now) => cache,
            outdated => outdated.insert(BatchCache::new(self, book, context.now)),
        };
        let no_records = book.team_records();
        let scratch = own_cache.scratch.take();
        let mut pass = BatchPass::new(self, (book, context), GroupContext::new(&no_records, context), own_cache);
        let columns = self.columns.as_ref().and_then(|columns| {
            let scratch = scratch.unwrap_or_else(|| columns.plan.scratch(book.words(), context.now));
            let records = &mut PageRecords::lead(book, lead);
            let (collected, scratch) =
                columns.plan.evaluate_one((page, lead % PAGE), (book.words(), scratch), records, |answers| {
                    pass.collect_rules(columns, |condition| answers.of(condition, 0))
                });
            pass.cache.scratch = Some(scratch);
            collected.then_some(columns)
        });
        pass.decide(page, lead, columns)
    }
}

/// Results for one book at one moment, shared by its leads.
#[derive(Debug)]
pub(crate) struct BatchCache {
    now: Instant,
    /// The number of words that the book had.
    words: usize,
    log_changes: Vec<LogChanges>,
    policies: PolicyCache,
    /// Buffers for evaluating a single lead; taken out while they are used.
    scratch: Option<Scratch>,
}

impl BatchCache {
    fn new(batch: &BatchDecider, book: &Book, now: Instant) -> Self {
        let words = book.words();
        let log_changes = batch.columns.as_ref().map(|columns| columns.changes.in_words_of(words)).unwrap_or_default();
        Self { now, words: words.len(), log_changes, policies: PolicyCache::default(), scratch: None }
    }

    /// Whether the results still hold. Words are only ever added to a book; a text that was not a word of the book before may be one after that.
    fn is_valid(&self, book: &Book, now: Instant) -> bool {
        self.now == now && self.words == book.words().len()
    }
}

/// A pass over the leads of a book, with buffers that are refilled for each lead.
struct BatchPass<'a, 'k> {
    batch: &'a BatchDecider,
    book: &'a Book,
    context: &'a DecisionContext<'a>,
    /// The context of a lead that is decided without its record.
    group: GroupContext<'a>,
    next_pack_change: Option<Instant>,
    group_events: GroupEvents<'static>,
    outcomes: RuleOutcomes,
    cache: &'k mut BatchCache,
}

impl<'a, 'k> BatchPass<'a, 'k> {
    fn new(
        batch: &'a BatchDecider,
        (book, context): (&'a Book, &'a DecisionContext<'a>),
        group: GroupContext<'a>,
        cache: &'k mut BatchCache,
    ) -> Self {
        let next_pack_change = context.next_pack_change();
        let (group_events, outcomes) = (GroupEvents::empty(SINGLE_LEAD), RuleOutcomes::default());
        Self { batch, book, context, group, next_pack_change, group_events, outcomes, cache }
    }

    /// Collects the proposals of the rules that hold. `answer` gives whether the condition with this index in the plan holds, `None` for a fault.
    /// Returns false when all rules must be evaluated on the record.
    fn collect_rules(&mut self, columns: &ColumnarRules, answer: impl Fn(usize) -> Option<bool>) -> bool {
        self.outcomes.proposals.clear();
        for (condition, rule) in columns.rules.iter().enumerate() {
            match answer(condition) {
                None => return false,
                Some(false) => continue,
                Some(true) => {}
            }
            let proposer = rule.and_then(|rule| self.group.context.statements.rules.get(rule));
            let Some(touches) = proposer.and_then(|proposer| proposer.touches.as_ref()) else { return false };
            // A target by id and a required skill need more of the record than a page gives.
            let names_person = |to: &Option<Target>| matches!(to, Some(Target::Person(_)));
            let is_contact = |action: &Action| matches!(action, Action::Contact(_) | Action::Answer);
            if touches
                .iter()
                .any(|one| is_contact(&one.touch.action) && (names_person(&one.touch.to) || one.touch.skill.is_some()))
            {
                return false;
            }
            self.outcomes.proposals.push(RuleProposal {
                rule: *rule,
                person: None,
                touches: touches.clone(),
                since: None,
                reason: None,
            });
        }
        true
    }

    /// Decides a lead. `columns` is given when [`Self::collect_rules`] has collected its rules.
    fn decide(&mut self, page: &Page, lead: usize, columns: Option<&ColumnarRules>) -> Option<Decision> {
        // Since when a promise counts is found in the past of the record.
        let dated = !self.outcomes.proposals.iter().any(RuleProposal::promises);
        let covers_all = columns.is_some_and(|columns| columns.covers_all && dated && !self.remembers(page, lead));
        let decision = if covers_all { self.decide_by_columns(page, lead) } else { None };
        decision.or_else(|| self.decide_by_record(page, lead, columns))
    }

    /// Whether something was done or given lately that may keep a proposed touch from being repeated. What, is found in the record.
    fn remembers(&self, page: &Page, lead: usize) -> bool {
        let proposals = &self.outcomes.proposals;
        let Some(rests) = proposals.iter().filter_map(|proposal| longest_rest(&proposal.touches)).max() else {
            return false;
        };
        let offers = proposals.iter().flat_map(|proposal| &*proposal.touches).map(|one| one.touch.offers.len()).max();
        // Of several pieces the one that they had longest ago is taken.
        let had_within = |lapse: Duration| match offers {
            None | Some(0) => false,
            Some(1) => lapse < CONTENT_RESTS,
            Some(_) => true,
        };
        let (log, now) = (&page.log, self.context.now);
        let since = |at: &i64| now - Instant::from_millis(*at);
        log.range(lead % PAGE).any(|entry| {
            let (Some(at), Some(signal)) = (log.at.get(entry), log.view(entry)) else { return false };
            let has_content = || log.content.get(entry).is_some_and(|content| *content != WordId::default());
            (signal.is_touch() && since(at) < rests)
                || (had_within(since(at)) && (signal.kind == SignalKind::Download || has_content()))
        })
    }

    /// Decides a lead without evaluating a statement on its record; `None` when its record holds more than the page gives.
    fn decide_by_columns(&mut self, page: &Page, lead: usize) -> Option<Decision> {
        let (now, row) = (self.group.context.now, lead % PAGE);
        let (record, rests) = unpack_nameless(page.packed.get(row), self.book.words());
        let range = page.log.range(row);
        let at = page.log.at.get(range.clone())?;
        let past = range.start..range.start + at.partition_point(|at| *at <= now.millis());
        if !rests.is_empty() || !is_simple(&record) || comes_and_goes(&record) || !record.feedback.is_empty() {
            return None;
        }
        let names_stranger = |entry: usize| page.log.person.get(entry) == Some(&u8::MAX);
        if past.clone().any(names_stranger) {
            return None;
        }
        let of_people = past.clone().filter(|entry| !is_by_machine_in(&page.log, &past, *entry));
        self.group_events.refill(&record, of_people.filter_map(|entry| log_event(&page.log, entry)), now);
        let profile = LeadProfile::new(&self.group, &self.group_events, (0, &record, &[&record]), record.stage);
        let mut review = ReviewTracker::new(now);
        review.add_all(page.log.at.get(past.end).filter(|_| past.end < range.end).map(|at| Instant::from_millis(*at)));
        review.add_all(self.next_pack_change);
        review.add_all(self.cache.log_changes.iter().filter_map(|one| one.next(&page.log, past.clone(), now)));
        let book = self.book;
        let count_signals =
            |kind, args: &FactArguments| count_in_log((&page.log, &past), book.words(), (kind, args), now);
        let subject = PolicySubject {
            group: &self.group,
            group_events: &self.group_events,
            profile: &profile,
            lead: &record,
            count_signals: &count_signals,
        };
        let calendar = &self.context.places.calendar;
        let cx = || FactContext::new(&book.group_records(lead), 0, now).with_calendar(calendar);
        self.outcomes.policies =
            self.batch.policy_inputs.evaluate(&mut self.cache.policies, &subject, &mut review, cx)?;
        self.outcomes.stage = record.stage;
        let evaluation = LeadEvaluation::new(&self.group, &self.group_events, profile, &self.outcomes, &mut review);
        let decision = evaluation.decide(&self.group, &self.group_events, &mut review);
        self.context.totals.add_lead(&self.outcomes);
        Some(Decision { review_at: review.earliest(), ..decision })
    }

    /// Decides a lead by evaluating on its record what the columns and the policy cache do not cover; `None` for a lead with aliases, many
    /// people, or people who leave or are away, and when a policy could not be evaluated.
    fn decide_by_record(&mut self, page: &Page, lead: usize, columns: Option<&ColumnarRules>) -> Option<Decision> {
        let now = self.context.now;
        let records = self.book.group_records(lead);
        let record = records.leads().first().filter(|record| is_simple(record) && !comes_and_goes(record))?;
        let (group, policy_inputs) = (GroupContext::new(&records, self.context), &self.batch.policy_inputs);
        // A started cadence matters even when its condition no longer holds.
        let columns = columns.filter(|_| record.signals.iter().all(|signal| signal.cadence.is_none()));
        let (covered, changes) = match columns {
            Some(columns) => (&columns.covered, &columns.other_changes),
            None => (policy_inputs.covered(), &self.batch.other_changes),
        };
        let recorded = FactContext::new(&records, 0, now).with_calendar(&self.context.places.calendar);
        let (mut outcomes, cx) = evaluate_rules(self.context, &recorded, (StatementFilter::Without(covered), changes));
        let mut review = ReviewTracker::new(now);
        if columns.is_some() {
            outcomes.proposals.append(&mut self.outcomes.proposals);
            order::sort_by_key(&mut outcomes.proposals, |proposal| proposal.rule);
            let start = page.log.range(lead % PAGE).start;
            let past = start..start + record.past_signals(now).len();
            review.add_all(self.cache.log_changes.iter().filter_map(|one| one.next(&page.log, past.clone(), now)));
        }
        date_reasons(self.context.packs, &self.context.statements, &recorded, &mut outcomes);
        let group_events = GroupEvents::new(&records, SINGLE_LEAD, now);
        let profile = LeadProfile::new(&group, &group_events, (0, record, &[record]), outcomes.stage);
        review.add_all(record.next_signal(now));
        review.add_all(self.next_pack_change);
        let count_signals = |kind, args: &FactArguments| recorded.signal_fact(Subject::Lead, Fact::Count(kind), args);
        let subject = PolicySubject {
            group: &group,
            group_events: &group_events,
            profile: &profile,
            lead: record,
            count_signals: &count_signals,
        };
        let policies = policy_inputs.evaluate(&mut self.cache.policies, &subject, &mut review, || cx.quietly())?;
        outcomes.policies = merge_policies(policies, &outcomes.policies);
        let evaluation = LeadEvaluation::new(&group, &group_events, profile, &outcomes, &mut review);
        let decision = evaluation.decide(&group, &group_events, &mut review);
        self.context.totals.add_lead(&outcomes);
        Some(Decision { review_at: review.earliest(), ..decision })
    }
}

/// Whether somebody of a lead leaves or is away at some time, so that not everything in its log counts.
fn comes_and_goes(lead: &Lead) -> bool {
    lead.people.iter().any(|person| person.left_at.is_some() || !person.absences.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::PackSource;
    use crate::pack::Overrides;

    /// Whether every statement is covered; `None` when no rule is evaluated over columns.
    fn covers_all(packs: &[&str]) -> Option<bool> {
        let source = |text: &&str| PackSource { file: "pack.rhai".into(), text: (*text).to_owned() };
        let (rulebook, diagnostics) =
            Rulebook::new(&packs.iter().map(source).collect::<Vec<_>>(), &Overrides::default());
        assert!(diagnostics.iter().all(|found| found.code == "missing-reason"), "{diagnostics:?}");
        let statements = StatementIndex::new(rulebook.packs());
        let batch = BatchDecider::new(&rulebook, &statements, &ConditionPlan::new(rulebook.packs(), &statements));
        batch.columns.map(|columns| columns.covers_all)
    }

    #[test]
    fn the_contact_policies_that_ship_are_evaluated_for_many_leads_at_once() {
        let packs = [
            include_str!("../../../rules/contact-policy/be.rhai"),
            include_str!("../../../rules/contact-policy/de.rhai"),
            include_str!("../../../rules/contact-policy/elsewhere.rhai"),
            include_str!("../../../rules/contact-policy/fr.rhai"),
            include_str!("../../../rules/contact-policy/nl.rhai"),
            include_str!("../../../rules/contact-policy/uk.rhai"),
            include_str!("../../../rules/contact-policy/us.rhai"),
            "pack \"One\" #{};\nrule \"r\" when true then phone;",
        ];
        assert_eq!(covers_all(&packs), Some(true));
    }

    #[test]
    fn so_are_the_limits_and_pauses_of_the_packs_that_ship() {
        for text in [
            include_str!("../../../rules/inside-sales.rhai"),
            include_str!("../../../rules/answers.rhai"),
            "pack \"One\" #{};\npause phone 2.days when lead.last_outcome(\"phone\", 9.days) is \"no_answer\";\n\
             limit any 2 per 7.days when lead.quotes_open > 1 or lead.quote_valid_for < 3.days;",
        ] {
            let source = PackSource { file: "pack.rhai".into(), text: text.to_owned() };
            let (rulebook, _) = Rulebook::new(&[source], &Overrides::default());
            assert_eq!(rulebook.packs().len(), 1);
            assert!(PolicyInputs::new(rulebook.packs()).covered().is_complete(), "{text}");
        }
    }

    #[test]
    fn a_rule_that_columns_cannot_evaluate_is_evaluated_lead_by_lead() {
        let rule = |when: &str| format!("pack \"One\" #{{}};\nrule \"r\" when {when} then phone;");
        let evaluated_at_once = |when: &str| covers_all(&[&rule(when)]) == Some(true);
        assert!(evaluated_at_once("lead.visits(7.days) >= 2 or lead.since(\"form\") > 1.day"));
        assert!(!evaluated_at_once("lead.score(7.days) > 1.0"));
        assert!(!evaluated_at_once("person.is_a(\"user\")"));
        assert!(!evaluated_at_once("lead.since(\"form\") > lead.since(\"visit\")"));
        assert!(!evaluated_at_once("lead.age < 2.days"));
    }

    #[test]
    fn a_statement_evaluated_on_records_leaves_the_others_on_columns() {
        let at_once = "pack \"One\" #{};\nrule \"r\" when lead.visits(7.days) >= 2 then phone;\n";
        let with = |more: &str| covers_all(&[&format!("{at_once}{more}")]);
        assert_eq!(with(""), Some(true));
        assert_eq!(with("rule \"s\" when person.is_a(\"user\") then email;"), Some(false));
        assert_eq!(with("never email when lead.score(7.days) > 1.0;"), Some(false));
        assert_eq!(with("cadence \"c\" when lead.age < 2.days steps [email];"), Some(false));
        assert_eq!(with("enter \"interest\" when lead.visits(7.days) >= 1;"), None);
    }
}
