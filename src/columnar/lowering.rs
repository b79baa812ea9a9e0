//! The lowering of the expression tree of a condition to steps on masks, with the semantics of Rhai for unknown values and errors.
//!
//! A condition becomes two masks: the leads for which it holds, and those for which it fails (has no answer). `and` and `or` are evaluated
//! from left to right and stop early, so a failure of the right operand counts only for leads for which the left one does not decide. A
//! value is a list of cases, each with the mask of leads for which it applies; `??` and `if` select among cases. A test compares one source
//! with one constant, and treats unknown values as Rhai does.
//!
//! A condition that cannot be lowered is refused with the reason, and is evaluated lead by lead: when Rhai interprets it, calculates with
//! facts, or reads facts that columns do not have.

use crate::book::catalogue::Fact;
use crate::book::value::Value;
use crate::columnar::column_source::{ColumnSource, NotColumnar, source_of};
use crate::columnar::masks::{MaskId, MaskProgram};
use crate::diagnostics::ValueError;
use crate::evaluate::operators;
use crate::pack::expression::{Body, Clause, Comparison, Node, NodeKind};
use crate::pack::layers::LeadOwners;

/// A test on a source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SourceTest {
    /// The index of the source.
    pub(crate) source: usize,
    /// The test.
    pub(crate) test: ColumnTest,
}

/// A test on the value of a source; true or false for every lead.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ColumnTest {
    /// The comparison with a constant; the value of the source is the left operand.
    Compare(Comparison, Value),
    /// Whether the value is `true` or `false`, and not unknown or of another type.
    IsTruth,
    /// Whether the value is a whole number (an integer of Rhai).
    IsWhole,
}

/// The answer of a condition: two disjoint masks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ConditionMasks {
    /// The leads for which it is true.
    pub(crate) holds: MaskId,
    /// The leads for which it has no answer.
    pub(crate) fails: MaskId,
}

/// The maximum number of cases of a value; a condition with more is evaluated lead by lead.
const MAX_CASES: usize = 16;

/// The possible values of an expression: each operand with the mask of leads that have it. The masks are disjoint.
struct ValueCases {
    cases: Vec<(MaskId, Operand)>,
    fails: MaskId,
}

/// A value in a case: a constant, or that of a source, by index.
#[derive(Clone)]
enum Operand {
    Constant(Value),
    Source(usize),
}

impl ValueCases {
    fn constant(value: impl Into<Value>) -> Self {
        Self { cases: vec![(MaskId::ALWAYS, Operand::Constant(value.into()))], fails: MaskId::NEVER }
    }

    /// An expression that fails for every lead.
    const fn failure() -> Self {
        Self { cases: Vec::new(), fails: MaskId::ALWAYS }
    }
}

/// Lowers the conditions of a rulebook, and collects the sources, tests and steps that they need.
#[derive(Debug)]
pub(crate) struct ConditionLowering {
    /// The steps on masks.
    pub(crate) masks: MaskProgram,
    /// The sources, each once.
    pub(crate) sources: Vec<ColumnSource>,
    /// The tests, each once.
    pub(crate) tests: Vec<SourceTest>,
    /// Whether conditions see the stage after the `enter` statements; false while those themselves are lowered.
    pub(crate) stage_entered: bool,
}

impl ConditionLowering {
    /// An empty lowering.
    pub(crate) fn new() -> Self {
        Self { masks: MaskProgram::new(), sources: Vec::new(), tests: Vec::new(), stage_entered: false }
    }

    /// Lowers `when` and not `unless`, either of which may be missing. With `unless_needs_people`, `unless` is false for leads without people.
    ///
    /// # Errors
    /// The reason why the statement does not run on columns.
    pub(crate) fn statement(
        &mut self,
        when: Option<&Clause>,
        unless: Option<&Clause>,
        unless_needs_people: bool,
    ) -> Result<ConditionMasks, NotColumnar> {
        let when =
            when.map_or(Ok(ConditionMasks { holds: MaskId::ALWAYS, fails: MaskId::NEVER }), |when| self.clause(when))?;
        let Some(unless) = unless else { return Ok(when) };
        let unless = self.clause(unless)?;
        let unless = if unless_needs_people { self.require_people(unless) } else { unless };
        let stops = self.masks.or(unless.holds, unless.fails);
        let reached = self.masks.and(when.holds, unless.fails);
        Ok(ConditionMasks { holds: self.masks.and_not(when.holds, stops), fails: self.masks.or(when.fails, reached) })
    }

    /// Restricts an answer to leads with at least one known person.
    pub(crate) fn require_people(&mut self, answer: ConditionMasks) -> ConditionMasks {
        let people = self.source_index(ColumnSource::Record(Fact::People));
        let known_person = self.compare_source(people, Comparison::Greater, Value::Whole(0));
        ConditionMasks {
            holds: self.masks.and(answer.holds, known_person),
            fails: self.masks.and(answer.fails, known_person),
        }
    }

    fn clause(&mut self, clause: &Clause) -> Result<ConditionMasks, NotColumnar> {
        let answer = match &clause.body {
            Body::Compiled(node) => self.truth(node),
            Body::Interpreted { .. } => Err("it runs by Rhai's interpreter"),
        }?;
        Ok(clause.owners.as_ref().map_or(answer, |owners| self.require_owner(answer, owners)))
    }

    /// Restricts an answer to the leads of these owners.
    fn require_owner(&mut self, answer: ConditionMasks, owners: &LeadOwners) -> ConditionMasks {
        let source = self.source_index(ColumnSource::Record(Fact::Owner));
        let mut included = MaskId::ALWAYS;
        if let Some(only) = &owners.only {
            included = self.compare_source(source, Comparison::Equal, Value::Text(only.clone()));
        }
        for rep in &owners.except {
            let excluded = self.compare_source(source, Comparison::Equal, Value::Text(rep.clone()));
            included = self.masks.and_not(included, excluded);
        }
        ConditionMasks { holds: self.masks.and(answer.holds, included), fails: self.masks.and(answer.fails, included) }
    }

    /// Lowers an expression used as a condition.
    fn truth(&mut self, node: &Node) -> Result<ConditionMasks, NotColumnar> {
        match &node.kind {
            NodeKind::And(nodes) => {
                let mut all = ConditionMasks { holds: MaskId::ALWAYS, fails: MaskId::NEVER };
                for node in nodes {
                    let next = self.truth(node)?;
                    let reached = self.masks.and(all.holds, next.fails);
                    all.fails = self.masks.or(all.fails, reached);
                    all.holds = self.masks.and(all.holds, next.holds);
                }
                Ok(all)
            }
            NodeKind::Or(nodes) => {
                let mut any = ConditionMasks { holds: MaskId::NEVER, fails: MaskId::NEVER };
                for node in nodes {
                    let next = self.truth(node)?;
                    let (holds, fails) = (self.masks.and_not(next.holds, any.fails), next.fails);
                    let reached = self.masks.and_not(fails, any.holds);
                    any.holds = self.masks.or(any.holds, holds);
                    any.fails = self.masks.or(any.fails, reached);
                }
                Ok(any)
            }
            NodeKind::Not(inner) => {
                let inner = self.truth(inner)?;
                let other = self.masks.or(inner.holds, inner.fails);
                Ok(ConditionMasks { holds: self.masks.not(other), fails: inner.fails })
            }
            NodeKind::Compare(comparison, left, right) => {
                let (left, right) = (self.cases(left)?, self.cases(right)?);
                self.compare(*comparison, &left, &right)
            }
            NodeKind::In(needle, items) => {
                let mut haystack = Vec::with_capacity(items.len());
                for item in items {
                    haystack.push(self.cases(item)?);
                }
                let needle = self.cases(needle)?;
                let mut any = ConditionMasks { holds: MaskId::NEVER, fails: needle.fails };
                for item in &haystack {
                    // All items are evaluated before the first comparison, so a failure of any item is a failure of the whole.
                    any.fails = self.masks.or(any.fails, item.fails);
                    let one = self.compare(Comparison::Equal, item, &needle)?;
                    any.holds = self.masks.or(any.holds, one.holds);
                }
                any.holds = self.masks.and_not(any.holds, any.fails);
                Ok(any)
            }
            NodeKind::InRange(needle, first, last, inclusive) => {
                let needle = self.cases(needle)?;
                let mut answer = ConditionMasks { holds: MaskId::NEVER, fails: needle.fails };
                for (guard, operand) in needle.cases {
                    let (holds, fails) = match operand {
                        Operand::Constant(value) => match operators::in_range(&value, *first, *last, *inclusive) {
                            Ok(truth) => (MaskProgram::fixed(truth), MaskId::NEVER),
                            Err(_) => (MaskId::NEVER, MaskId::ALWAYS),
                        },
                        Operand::Source(source) => {
                            let end = if *inclusive { Comparison::LessOrEqual } else { Comparison::Less };
                            let from = self.compare_source(source, Comparison::GreaterOrEqual, Value::Whole(*first));
                            let until = self.compare_source(source, end, Value::Whole(*last));
                            let whole = self.add_test(source, ColumnTest::IsWhole);
                            let (within, fails) = (self.masks.and(from, until), self.masks.not(whole));
                            (self.masks.and(within, whole), fails)
                        }
                    };
                    let (holds, fails) = (self.masks.and(guard, holds), self.masks.and(guard, fails));
                    answer.holds = self.masks.or(answer.holds, holds);
                    answer.fails = self.masks.or(answer.fails, fails);
                }
                Ok(answer)
            }
            NodeKind::If(condition, yes, no) => {
                let condition = self.truth(condition)?;
                let yes = self.truth(yes)?;
                // Without `else` the value is unknown, and a condition with an unknown value fails.
                let no = no
                    .as_ref()
                    .map_or(Ok(ConditionMasks { holds: MaskId::NEVER, fails: MaskId::ALWAYS }), |no| self.truth(no))?;
                let (holds, fails) = self.select(condition, yes.holds, no.holds, yes.fails, no.fails);
                Ok(ConditionMasks { holds, fails: self.masks.or(condition.fails, fails) })
            }
            NodeKind::Call { args, body, .. } => {
                let fails = self.any_arg_fails(args)?;
                let body = self.truth(body)?;
                let holds = self.masks.and_not(body.holds, fails);
                Ok(ConditionMasks { holds, fails: self.masks.or(fails, body.fails) })
            }
            _ => {
                let value = self.cases(node)?;
                let mut answer = ConditionMasks { holds: MaskId::NEVER, fails: value.fails };
                for (guard, operand) in value.cases {
                    let (holds, fails) = match operand {
                        Operand::Constant(Value::Truth(truth)) => (MaskProgram::fixed(truth), MaskId::NEVER),
                        Operand::Constant(_) => (MaskId::NEVER, MaskId::ALWAYS),
                        Operand::Source(source) => {
                            let truth = self.add_test(source, ColumnTest::IsTruth);
                            (self.compare_source(source, Comparison::Equal, Value::Truth(true)), self.masks.not(truth))
                        }
                    };
                    let (holds, fails) = (self.masks.and(guard, holds), self.masks.and(guard, fails));
                    answer.holds = self.masks.or(answer.holds, holds);
                    answer.fails = self.masks.or(answer.fails, fails);
                }
                Ok(answer)
            }
        }
    }

    /// The masks of `if` for two pairs of masks: those of `yes` where the condition holds, those of `no` where it does not; neither where it
    /// fails.
    fn select(
        &mut self,
        condition: ConditionMasks,
        yes: MaskId,
        no: MaskId,
        yes_fails: MaskId,
        no_fails: MaskId,
    ) -> (MaskId, MaskId) {
        let reached = self.masks.or(condition.holds, condition.fails);
        let mut pick = |yes: MaskId, no: MaskId| {
            let (yes, no) = (self.masks.and(condition.holds, yes), self.masks.and_not(no, reached));
            self.masks.or(yes, no)
        };
        (pick(yes, no), pick(yes_fails, no_fails))
    }

    /// Lowers an expression used as a value.
    fn cases(&mut self, node: &Node) -> Result<ValueCases, NotColumnar> {
        match &node.kind {
            NodeKind::Literal(value) | NodeKind::Setting { value, .. } => Ok(ValueCases::constant(value.clone())),
            NodeKind::Now => Ok(self.source(ColumnSource::Now)),
            NodeKind::Own { is_time: true, .. } => Err("it reads a moment that is kept with the record as a text"),
            NodeKind::Own { name, .. } => Ok(self.source(ColumnSource::Own(name.clone()))),
            NodeKind::Fact { subject, fact, args, .. } => {
                let mut values = Vec::with_capacity(args.len());
                for arg in args {
                    let arg = self.cases(arg)?;
                    match arg.cases.as_slice() {
                        [] => return Ok(ValueCases::failure()),
                        [(MaskId::ALWAYS, Operand::Constant(value))] => values.push(value.clone()),
                        _ => return Err("it asks a fact about something that differs by lead"),
                    }
                }
                if *fact == Fact::Open {
                    return Ok(self.lead_is_open());
                }
                match source_of(*subject, *fact, &values, self.stage_entered)? {
                    Some(source) => Ok(self.source(source)),
                    None => Ok(ValueCases::constant(Value::Unknown)),
                }
            }
            NodeKind::Negate(inner) => self.fold_constants(&[inner], |values| match values {
                [value] => operators::negate(value),
                _ => Ok(Value::Unknown),
            }),
            NodeKind::Arith(operation, left, right) => self.fold_constants(&[left, right], |values| match values {
                [left, right] => operators::arithmetic(*operation, left, right),
                _ => Ok(Value::Unknown),
            }),
            NodeKind::Coalesce(nodes) => self.coalesce(nodes),
            NodeKind::If(condition, yes, no) => {
                let condition = self.truth(condition)?;
                let yes = self.cases(yes)?;
                let no = no.as_ref().map_or_else(|| Ok(ValueCases::constant(Value::Unknown)), |no| self.cases(no))?;
                let reached = self.masks.or(condition.holds, condition.fails);
                let mut cases = Vec::new();
                for (guard, operand) in yes.cases {
                    cases.push((self.masks.and(condition.holds, guard), operand));
                }
                for (guard, operand) in no.cases {
                    cases.push((self.masks.and_not(guard, reached), operand));
                }
                let (fails, _) = self.select(condition, yes.fails, no.fails, MaskId::NEVER, MaskId::NEVER);
                let fails = self.masks.or(condition.fails, fails);
                self.limited(ValueCases { cases, fails })
            }
            NodeKind::Call { args, body, .. } => {
                let fails = self.any_arg_fails(args)?;
                let mut body = self.cases(body)?;
                for (guard, _) in &mut body.cases {
                    *guard = self.masks.and_not(*guard, fails);
                }
                body.fails = self.masks.or(fails, body.fails);
                Ok(body)
            }
            NodeKind::And(_)
            | NodeKind::Or(_)
            | NodeKind::Not(_)
            | NodeKind::Compare(..)
            | NodeKind::In(..)
            | NodeKind::InRange(..) => {
                let truth = self.truth(node)?;
                let either = self.masks.or(truth.holds, truth.fails);
                let cases = vec![
                    (truth.holds, Operand::Constant(Value::Truth(true))),
                    (self.masks.not(either), Operand::Constant(Value::Truth(false))),
                ];
                Ok(ValueCases { cases, fails: truth.fails })
            }
            NodeKind::Contains(..) => Err("it looks in a list or text of the lead"),
            NodeKind::Text(_) | NodeKind::List(_) => Err("it makes a text or a list"),
            _ => Err("it calls a method of a text or list, or proposes a touch"),
        }
    }

    /// The leads for which an argument of a helper function fails. Arguments are evaluated before the body.
    fn any_arg_fails(&mut self, args: &[Node]) -> Result<MaskId, NotColumnar> {
        let mut fails = MaskId::NEVER;
        for arg in args {
            let arg = self.cases(arg)?;
            fails = self.masks.or(fails, arg.fails);
        }
        Ok(fails)
    }

    /// Computes an operation on constants.
    fn fold_constants(
        &mut self,
        nodes: &[&Node],
        operation: impl Fn(&[Value]) -> Result<Value, ValueError>,
    ) -> Result<ValueCases, NotColumnar> {
        let mut values = Vec::with_capacity(nodes.len());
        for node in nodes {
            let operand = self.cases(node)?;
            match operand.cases.as_slice() {
                [] => return Ok(ValueCases::failure()),
                [(MaskId::ALWAYS, Operand::Constant(value))] => values.push(value.clone()),
                _ => return Err("it calculates with facts of the lead"),
            }
        }
        Ok(operation(&values).map_or(ValueCases::failure(), ValueCases::constant))
    }

    /// `a ?? b ?? c`
    fn coalesce(&mut self, nodes: &[Node]) -> Result<ValueCases, NotColumnar> {
        let mut all = ValueCases { cases: Vec::new(), fails: MaskId::NEVER };
        // The leads for which all operands so far are unknown.
        let mut open = MaskId::ALWAYS;
        for node in nodes {
            let next = self.cases(node)?;
            let fails = self.masks.and(open, next.fails);
            all.fails = self.masks.or(all.fails, fails);
            let mut still_open = MaskId::NEVER;
            for (guard, operand) in next.cases {
                let guard = self.masks.and(open, guard);
                let unknown = match &operand {
                    Operand::Constant(Value::Unknown) => guard,
                    Operand::Constant(_) => MaskId::NEVER,
                    Operand::Source(source) => {
                        let unknown = self.compare_source(*source, Comparison::Equal, Value::Unknown);
                        self.masks.and(guard, unknown)
                    }
                };
                all.cases.push((self.masks.and_not(guard, unknown), operand));
                still_open = self.masks.or(still_open, unknown);
            }
            open = still_open;
        }
        all.cases.push((open, Operand::Constant(Value::Unknown)));
        self.limited(all)
    }

    /// The cases that can apply; refused when they are more than [`MAX_CASES`].
    fn limited(&self, mut all: ValueCases) -> Result<ValueCases, NotColumnar> {
        all.cases.retain(|(guard, _)| *guard != MaskId::NEVER);
        if all.cases.len() > MAX_CASES { Err("it chooses among too many values") } else { Ok(all) }
    }

    /// `lead.open`, which follows from the stage.
    fn lead_is_open(&mut self) -> ValueCases {
        let ValueCases { cases, .. } = self.source(ColumnSource::Stage { entered: self.stage_entered });
        let mut closed = MaskId::NEVER;
        for (_, operand) in cases {
            if let Operand::Source(source) = operand {
                for stage in crate::book::vocabulary::Stage::ALL.iter().filter(|stage| !stage.is_open()) {
                    let is = self.compare_source(source, Comparison::Equal, Value::text(stage.word()));
                    closed = self.masks.or(closed, is);
                }
            }
        }
        let open = self.masks.not(closed);
        let truth = |truth: bool| Operand::Constant(Value::Truth(truth));
        ValueCases { cases: vec![(open, truth(true)), (closed, truth(false))], fails: MaskId::NEVER }
    }

    /// Lowers a comparison: every pair of cases.
    fn compare(
        &mut self,
        comparison: Comparison,
        left: &ValueCases,
        right: &ValueCases,
    ) -> Result<ConditionMasks, NotColumnar> {
        let mut answer = ConditionMasks { holds: MaskId::NEVER, fails: self.masks.or(left.fails, right.fails) };
        for (left_guard, left) in &left.cases {
            for (right_guard, right) in &right.cases {
                let guard = self.masks.and(*left_guard, *right_guard);
                if guard == MaskId::NEVER {
                    continue;
                }
                let is_working = |operand: &Operand| {
                    matches!(operand, Operand::Constant(Value::WorkingLength(_) | Value::WorkingDays(_)))
                };
                if is_working(left) || is_working(right) {
                    return Err("it compares with working time");
                }
                let is_not_finite = |operand: &Operand| matches!(operand, Operand::Constant(Value::Number(number)) if !number.is_finite());
                let holds = match (left, right) {
                    // Infinite and NaN constants compare by special rules, which the kernels do not have.
                    (Operand::Source(_), other) | (other, Operand::Source(_)) if is_not_finite(other) => {
                        return Err("it compares with what is no finite number");
                    }
                    (Operand::Constant(left), Operand::Constant(right)) => {
                        match operators::compare(comparison, left, right) {
                            Ok(truth) => MaskProgram::fixed(truth),
                            Err(_) => {
                                answer.fails = self.masks.or(answer.fails, guard);
                                MaskId::NEVER
                            }
                        }
                    }
                    (Operand::Source(source), Operand::Constant(value)) => {
                        self.compare_source(*source, comparison, value.clone())
                    }
                    (Operand::Constant(value), Operand::Source(source)) => {
                        self.compare_source(*source, comparison.mirrored(), value.clone())
                    }
                    (Operand::Source(_), Operand::Source(_)) => return Err("it compares two facts of the lead"),
                };
                let holds = self.masks.and(guard, holds);
                answer.holds = self.masks.or(answer.holds, holds);
            }
        }
        answer.holds = self.masks.and_not(answer.holds, answer.fails);
        Ok(answer)
    }

    /// A value that is that of one source.
    fn source(&mut self, source: ColumnSource) -> ValueCases {
        ValueCases { cases: vec![(MaskId::ALWAYS, Operand::Source(self.source_index(source)))], fails: MaskId::NEVER }
    }

    /// The index of a source, which is added when it is new.
    fn source_index(&mut self, source: ColumnSource) -> usize {
        let known = self.sources.iter().position(|each| *each == source);
        known.unwrap_or_else(|| {
            self.sources.push(source);
            self.sources.len() - 1
        })
    }

    /// The mask of leads for which the value of a source compares so with a constant.
    fn compare_source(&mut self, source: usize, comparison: Comparison, value: Value) -> MaskId {
        if comparison == Comparison::NotEqual {
            // `!=` is the exact complement of `==`, for unknown values too.
            let equal = self.compare_source(source, Comparison::Equal, value);
            return self.masks.not(equal);
        }
        self.add_test(source, ColumnTest::Compare(comparison, value))
    }

    /// The mask of a test, which is added when it is new.
    fn add_test(&mut self, source: usize, test: ColumnTest) -> MaskId {
        let source_test = SourceTest { source, test };
        let known = self.tests.iter().position(|each| *each == source_test);
        let index = known.unwrap_or_else(|| {
            self.tests.push(source_test);
            self.tests.len() - 1
        });
        self.masks.test(u32::try_from(index).unwrap_or(u32::MAX))
    }
}
