//! From a condition's tree to steps on masks, with Rhai's unknowns and errors.
//!
//! A condition becomes two gates: for which leads it holds, and for which it fails (has no answer). `and` and `or` go left to right
//! and stop, so a failure to the right counts only where the left lets one get there. Values are lists of cases: under which
//! condition, which value; so `??` and `if` need nothing of their own. A test compares one thing of a lead with one value, and knows
//! what Rhai says of an unknown.
//!
//! What is left out goes to the evaluator lead by lead, with the reason why: what runs on Rhai's walker, arithmetic on
//! facts, facts that columns do not hold.

use crate::book::catalogue::Fact;
use crate::book::value::Value;
use crate::columnar::masks::{MaskId, MaskProgram};
use crate::columnar::source::{ColumnSource, NotColumnar, source_of};
use crate::diagnostics::ValueError;
use crate::evaluate::operators;
use crate::pack::expression::{Body, Clause, Comparison, Node, NodeKind};

/// What is asked of one thing of a lead.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SourceTest {
    /// Which thing, by number.
    pub(crate) source: usize,
    /// What is asked.
    pub(crate) ask: ColumnTest,
}

/// The question of a test.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ColumnTest {
    /// How it compares with a value; it stands on the left.
    Compare(Comparison, Value),
    /// Whether it is true or false, and not unknown or something else.
    IsTruth,
    /// Whether it is a count.
    IsWhole,
}

/// For which leads a condition holds, and for which it has no answer; never both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ConditionMasks {
    /// It is true.
    pub(crate) holds: MaskId,
    /// It cannot be told.
    pub(crate) fails: MaskId,
}

/// Beyond this number of cases a value is asked lead by lead.
const CASES: usize = 16;

/// What a value can be: under which gate, what. Gates of one value exclude each other.
struct ValueCases {
    cases: Vec<(MaskId, Operand)>,
    fails: MaskId,
}

#[derive(Clone)]
enum Operand {
    Constant(Value),
    Source(usize),
}

impl ValueCases {
    fn constant(value: impl Into<Value>) -> Self {
        Self { cases: vec![(MaskId::ALWAYS, Operand::Constant(value.into()))], fails: MaskId::NEVER }
    }

    const fn failure() -> Self {
        Self { cases: Vec::new(), fails: MaskId::ALWAYS }
    }
}

/// Collects what all conditions of a rulebook read and ask.
#[derive(Debug)]
pub(crate) struct ConditionLowering {
    /// The steps.
    pub(crate) gates: MaskProgram,
    /// What is read.
    pub(crate) sources: Vec<ColumnSource>,
    /// What is asked.
    pub(crate) tests: Vec<SourceTest>,
    /// True once the stage entered is what conditions see.
    pub(crate) entered: bool,
}

impl ConditionLowering {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self { gates: MaskProgram::new(), sources: Vec::new(), tests: Vec::new(), entered: false }
    }

    /// `when` and not `unless`, each where there is one. With `of_somebody` the `unless` needs somebody who is known.
    pub(crate) fn statement(
        &mut self,
        when: Option<&Clause>,
        unless: Option<&Clause>,
        of_somebody: bool,
    ) -> Result<ConditionMasks, NotColumnar> {
        let when =
            when.map_or(Ok(ConditionMasks { holds: MaskId::ALWAYS, fails: MaskId::NEVER }), |when| self.clause(when))?;
        let Some(unless) = unless else { return Ok(when) };
        let unless = self.clause(unless)?;
        let unless = if of_somebody { self.of_somebody(unless) } else { unless };
        let stops = self.gates.either(unless.holds, unless.fails);
        let reached = self.gates.both(when.holds, unless.fails);
        Ok(ConditionMasks {
            holds: self.gates.without(when.holds, stops),
            fails: self.gates.either(when.fails, reached),
        })
    }

    /// The same, for leads of whom anybody is known.
    pub(crate) fn of_somebody(&mut self, answer: ConditionMasks) -> ConditionMasks {
        let people = self.place(ColumnSource::Record(Fact::People));
        let somebody = self.test(people, Comparison::Greater, Value::Whole(0));
        ConditionMasks {
            holds: self.gates.both(answer.holds, somebody),
            fails: self.gates.both(answer.fails, somebody),
        }
    }

    fn clause(&mut self, clause: &Clause) -> Result<ConditionMasks, NotColumnar> {
        match &clause.body {
            Body::Compiled(node) => self.truth(node),
            Body::Interpreted { .. } => Err("it runs on Rhai's walker"),
        }
    }

    fn truth(&mut self, node: &Node) -> Result<ConditionMasks, NotColumnar> {
        match &node.kind {
            NodeKind::And(nodes) => {
                let mut all = ConditionMasks { holds: MaskId::ALWAYS, fails: MaskId::NEVER };
                for node in nodes {
                    let next = self.truth(node)?;
                    let reached = self.gates.both(all.holds, next.fails);
                    all.fails = self.gates.either(all.fails, reached);
                    all.holds = self.gates.both(all.holds, next.holds);
                }
                Ok(all)
            }
            NodeKind::Or(nodes) => {
                let mut any = ConditionMasks { holds: MaskId::NEVER, fails: MaskId::NEVER };
                for node in nodes {
                    let next = self.truth(node)?;
                    let (holds, fails) = (self.gates.without(next.holds, any.fails), next.fails);
                    let reached = self.gates.without(fails, any.holds);
                    any.holds = self.gates.either(any.holds, holds);
                    any.fails = self.gates.either(any.fails, reached);
                }
                Ok(any)
            }
            NodeKind::Not(inner) => {
                let inner = self.truth(inner)?;
                let other = self.gates.either(inner.holds, inner.fails);
                Ok(ConditionMasks { holds: self.gates.not(other), fails: inner.fails })
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
                    // Items are read before anything is compared, so the first failure is that of the whole.
                    any.fails = self.gates.either(any.fails, item.fails);
                    let one = self.compare(Comparison::Equal, item, &needle)?;
                    any.holds = self.gates.either(any.holds, one.holds);
                }
                any.holds = self.gates.without(any.holds, any.fails);
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
                            let from = self.test(source, Comparison::GreaterOrEqual, Value::Whole(*first));
                            let until = self.test(source, end, Value::Whole(*last));
                            let whole = self.asked(source, ColumnTest::IsWhole);
                            let (within, fails) = (self.gates.both(from, until), self.gates.not(whole));
                            (self.gates.both(within, whole), fails)
                        }
                    };
                    let (holds, fails) = (self.gates.both(guard, holds), self.gates.both(guard, fails));
                    answer.holds = self.gates.either(answer.holds, holds);
                    answer.fails = self.gates.either(answer.fails, fails);
                }
                Ok(answer)
            }
            NodeKind::If(condition, yes, no) => {
                let condition = self.truth(condition)?;
                let yes = self.truth(yes)?;
                // Without `else` the value is unknown, which is no answer to a condition.
                let no = no
                    .as_ref()
                    .map_or(Ok(ConditionMasks { holds: MaskId::NEVER, fails: MaskId::ALWAYS }), |no| self.truth(no))?;
                let (holds, fails) = self.chosen(condition, yes.holds, no.holds, yes.fails, no.fails);
                Ok(ConditionMasks { holds, fails: self.gates.either(condition.fails, fails) })
            }
            NodeKind::Call { args, body, .. } => {
                let fails = self.handed_over(args)?;
                let body = self.truth(body)?;
                let holds = self.gates.without(body.holds, fails);
                Ok(ConditionMasks { holds, fails: self.gates.either(fails, body.fails) })
            }
            _ => {
                let value = self.cases(node)?;
                let mut answer = ConditionMasks { holds: MaskId::NEVER, fails: value.fails };
                for (guard, operand) in value.cases {
                    let (holds, fails) = match operand {
                        Operand::Constant(Value::Truth(truth)) => (MaskProgram::fixed(truth), MaskId::NEVER),
                        Operand::Constant(_) => (MaskId::NEVER, MaskId::ALWAYS),
                        Operand::Source(source) => {
                            let truth = self.asked(source, ColumnTest::IsTruth);
                            (self.test(source, Comparison::Equal, Value::Truth(true)), self.gates.not(truth))
                        }
                    };
                    let (holds, fails) = (self.gates.both(guard, holds), self.gates.both(guard, fails));
                    answer.holds = self.gates.either(answer.holds, holds);
                    answer.fails = self.gates.either(answer.fails, fails);
                }
                Ok(answer)
            }
        }
    }

    /// `if` for two pairs of gates at once.
    fn chosen(
        &mut self,
        condition: ConditionMasks,
        yes: MaskId,
        no: MaskId,
        yes_fails: MaskId,
        no_fails: MaskId,
    ) -> (MaskId, MaskId) {
        let reached = self.gates.either(condition.holds, condition.fails);
        let mut pick = |yes: MaskId, no: MaskId| {
            let (yes, no) = (self.gates.both(condition.holds, yes), self.gates.without(no, reached));
            self.gates.either(yes, no)
        };
        (pick(yes, no), pick(yes_fails, no_fails))
    }

    fn cases(&mut self, node: &Node) -> Result<ValueCases, NotColumnar> {
        match &node.kind {
            NodeKind::Literal(value) | NodeKind::Setting { value, .. } => Ok(ValueCases::constant(value.clone())),
            NodeKind::Now => Ok(self.source(ColumnSource::Now)),
            NodeKind::Own { name } => Ok(self.source(ColumnSource::Own(name.clone()))),
            NodeKind::Fact { subject, fact, args } => {
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
                    return Ok(self.open());
                }
                match source_of(*subject, *fact, &values, self.entered)? {
                    Some(source) => Ok(self.source(source)),
                    None => Ok(ValueCases::constant(Value::Unknown)),
                }
            }
            NodeKind::Negate(inner) => self.folded(&[inner], |values| match values {
                [value] => operators::negate(value),
                _ => Ok(Value::Unknown),
            }),
            NodeKind::Arith(operation, left, right) => self.folded(&[left, right], |values| match values {
                [left, right] => operators::arithmetic(*operation, left, right),
                _ => Ok(Value::Unknown),
            }),
            NodeKind::Coalesce(nodes) => self.coalesced(nodes),
            NodeKind::If(condition, yes, no) => {
                let condition = self.truth(condition)?;
                let yes = self.cases(yes)?;
                let no = no.as_ref().map_or_else(|| Ok(ValueCases::constant(Value::Unknown)), |no| self.cases(no))?;
                let reached = self.gates.either(condition.holds, condition.fails);
                let mut cases = Vec::new();
                for (guard, operand) in yes.cases {
                    cases.push((self.gates.both(condition.holds, guard), operand));
                }
                for (guard, operand) in no.cases {
                    cases.push((self.gates.without(guard, reached), operand));
                }
                let (fails, _) = self.chosen(condition, yes.fails, no.fails, MaskId::NEVER, MaskId::NEVER);
                let fails = self.gates.either(condition.fails, fails);
                self.few(ValueCases { cases, fails })
            }
            NodeKind::Call { args, body, .. } => {
                let fails = self.handed_over(args)?;
                let mut body = self.cases(body)?;
                for (guard, _) in &mut body.cases {
                    *guard = self.gates.without(*guard, fails);
                }
                body.fails = self.gates.either(fails, body.fails);
                Ok(body)
            }
            NodeKind::And(_)
            | NodeKind::Or(_)
            | NodeKind::Not(_)
            | NodeKind::Compare(..)
            | NodeKind::In(..)
            | NodeKind::InRange(..) => {
                let truth = self.truth(node)?;
                let either = self.gates.either(truth.holds, truth.fails);
                let cases = vec![
                    (truth.holds, Operand::Constant(Value::Truth(true))),
                    (self.gates.not(either), Operand::Constant(Value::Truth(false))),
                ];
                Ok(ValueCases { cases, fails: truth.fails })
            }
            NodeKind::Contains(..) => Err("it looks in a list or text of the lead"),
            NodeKind::Text(_) | NodeKind::List(_) => Err("it makes a text or a list"),
            _ => Err("it calls a method of a text or list, or proposes a touch"),
        }
    }

    /// For which leads something fails that a helper function is handed, which is computed before its body.
    fn handed_over(&mut self, args: &[Node]) -> Result<MaskId, NotColumnar> {
        let mut fails = MaskId::NEVER;
        for arg in args {
            let arg = self.cases(arg)?;
            fails = self.gates.either(fails, arg.fails);
        }
        Ok(fails)
    }

    /// An operation on values that are the same for every lead.
    fn folded(
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

    fn coalesced(&mut self, nodes: &[Node]) -> Result<ValueCases, NotColumnar> {
        let mut all = ValueCases { cases: Vec::new(), fails: MaskId::NEVER };
        // For whom everything so far was unknown.
        let mut open = MaskId::ALWAYS;
        for node in nodes {
            let next = self.cases(node)?;
            let fails = self.gates.both(open, next.fails);
            all.fails = self.gates.either(all.fails, fails);
            let mut left = MaskId::NEVER;
            for (guard, operand) in next.cases {
                let guard = self.gates.both(open, guard);
                let unknown = match &operand {
                    Operand::Constant(Value::Unknown) => guard,
                    Operand::Constant(_) => MaskId::NEVER,
                    Operand::Source(source) => {
                        let unknown = self.test(*source, Comparison::Equal, Value::Unknown);
                        self.gates.both(guard, unknown)
                    }
                };
                all.cases.push((self.gates.without(guard, unknown), operand));
                left = self.gates.either(left, unknown);
            }
            open = left;
        }
        all.cases.push((open, Operand::Constant(Value::Unknown)));
        self.few(all)
    }

    /// Cases that can come true, when they are not too many.
    fn few(&self, mut all: ValueCases) -> Result<ValueCases, NotColumnar> {
        all.cases.retain(|(guard, _)| *guard != MaskId::NEVER);
        if all.cases.len() > CASES { Err("it chooses among too many values") } else { Ok(all) }
    }

    /// `lead.open`, told by the stage.
    fn open(&mut self) -> ValueCases {
        let ValueCases { cases, .. } = self.source(ColumnSource::Stage { entered: self.entered });
        let mut closed = MaskId::NEVER;
        for (_, operand) in cases {
            if let Operand::Source(source) = operand {
                for stage in crate::book::vocabulary::Stage::ALL.iter().filter(|stage| !stage.is_open()) {
                    let is = self.test(source, Comparison::Equal, Value::text(stage.word()));
                    closed = self.gates.either(closed, is);
                }
            }
        }
        let open = self.gates.not(closed);
        let truth = |truth: bool| Operand::Constant(Value::Truth(truth));
        ValueCases { cases: vec![(open, truth(true)), (closed, truth(false))], fails: MaskId::NEVER }
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        left: &ValueCases,
        right: &ValueCases,
    ) -> Result<ConditionMasks, NotColumnar> {
        let mut answer = ConditionMasks { holds: MaskId::NEVER, fails: self.gates.either(left.fails, right.fails) };
        for (left_guard, left) in &left.cases {
            for (right_guard, right) in &right.cases {
                let guard = self.gates.both(*left_guard, *right_guard);
                if guard == MaskId::NEVER {
                    continue;
                }
                let odd = |operand: &Operand| matches!(operand, Operand::Constant(Value::Number(number)) if !number.is_finite());
                let holds = match (left, right) {
                    // To Rhai such a thing is neither the same as a number nor another one.
                    (Operand::Source(_), other) | (other, Operand::Source(_)) if odd(other) => {
                        return Err("it compares with what is no finite number");
                    }
                    (Operand::Constant(left), Operand::Constant(right)) => {
                        match operators::compare(comparison, left, right) {
                            Ok(truth) => MaskProgram::fixed(truth),
                            Err(_) => {
                                answer.fails = self.gates.either(answer.fails, guard);
                                MaskId::NEVER
                            }
                        }
                    }
                    (Operand::Source(source), Operand::Constant(value)) => {
                        self.test(*source, comparison, value.clone())
                    }
                    (Operand::Constant(value), Operand::Source(source)) => {
                        self.test(*source, comparison.mirrored(), value.clone())
                    }
                    (Operand::Source(_), Operand::Source(_)) => return Err("it compares two facts of the lead"),
                };
                let holds = self.gates.both(guard, holds);
                answer.holds = self.gates.either(answer.holds, holds);
            }
        }
        answer.holds = self.gates.without(answer.holds, answer.fails);
        Ok(answer)
    }

    fn source(&mut self, source: ColumnSource) -> ValueCases {
        ValueCases { cases: vec![(MaskId::ALWAYS, Operand::Source(self.place(source)))], fails: MaskId::NEVER }
    }

    fn place(&mut self, source: ColumnSource) -> usize {
        let known = self.sources.iter().position(|each| *each == source);
        known.unwrap_or_else(|| {
            self.sources.push(source);
            self.sources.len() - 1
        })
    }

    fn test(&mut self, source: usize, comparison: Comparison, value: Value) -> MaskId {
        if comparison == Comparison::NotEqual {
            // Exactly the opposite in Rhai too, unknowns included.
            let equal = self.test(source, Comparison::Equal, value);
            return self.gates.not(equal);
        }
        self.asked(source, ColumnTest::Compare(comparison, value))
    }

    fn asked(&mut self, source: usize, ask: ColumnTest) -> MaskId {
        let test = SourceTest { source, ask };
        let known = self.tests.iter().position(|each| *each == test);
        let place = known.unwrap_or_else(|| {
            self.tests.push(test);
            self.tests.len() - 1
        });
        self.gates.test(u32::try_from(place).unwrap_or(u32::MAX))
    }
}
