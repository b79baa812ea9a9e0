//! A change of a statement in words, part by part: "hot_visits 2 to 3", "phone became email", "within 4 hours to 1 day".
//!
//! In: two versions of one statement. Out: a [`Detail`] for each thing that differs. `diff`, `log` and `blame` use it alike.

use std::collections::BTreeMap;

use crate::book::value::Value;
use crate::book::vocabulary::Channel;
use crate::compare::common_items::{common_row, unequal};
use crate::compare::expression::{Expression, Step};
use crate::compare::outline::{Label, OutlineStatement, Part};
use crate::decide::explain::vocabulary;
use crate::pack::statement_forms::{ClauseContent, ClausePurpose, HeadPart, StatementForm};
use crate::wording::{Amount, Arg, Language, Sentence};

/// One thing that differs between two versions of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The clause in which it stands, by its word; empty for the head.
    pub clause: String,
    /// What was there; `None` for what was added.
    pub before: Option<String>,
    /// What is there now; `None` for what is gone.
    pub after: Option<String>,
    sentence: Sentence,
}

impl Detail {
    /// The change in words: "phone became email".
    pub fn words(&self, language: Language) -> String {
        self.sentence.render(language)
    }
}

/// A list that is told in words in one place and joined in another.
type Details = Vec<Detail>;

/// What differs between two versions of a statement; empty when they differ in layout and order alone.
pub(crate) fn details(before: &OutlineStatement, after: &OutlineStatement) -> Details {
    let mut details = Vec::new();
    details.extend(other_name(before, after));
    for label in labels(before, after) {
        let part = |one: &OutlineStatement| one.parts.iter().find(|part| part.label == label).cloned();
        let describer = Describer::new(&label, after);
        match (part(before), part(after)) {
            (Some(old), Some(new)) if old.canonical != new.canonical => {
                details.extend(describer.changed(&old.expression, &new.expression));
            }
            (Some(old), None) => details.push(describer.gone(&old)),
            (None, Some(new)) => details.push(describer.added(&new)),
            _ => {}
        }
    }
    details
}

/// What differs in the name.
fn other_name(before: &OutlineStatement, after: &OutlineStatement) -> Option<Detail> {
    let called = |one: &OutlineStatement| {
        let name = one.name.as_ref()?;
        Some(if one.is_declaration() { name.clone() } else { format!("\"{name}\"") })
    };
    let (old, new) = (called(before), called(after));
    let sentence = match (&old, &new) {
        (Some(old), Some(new)) if old != new => {
            Sentence::new("compare-name").with("before", old.as_str()).with("after", new.as_str())
        }
        (None, Some(new)) => Sentence::new("compare-named").with("name", new.as_str()),
        (Some(old), None) => Sentence::new("compare-unnamed").with("name", old.as_str()),
        _ => return None,
    };
    Some(Detail { clause: String::new(), before: old, after: new, sentence })
}

/// The parts of both, those of the newer in their order.
fn labels(before: &OutlineStatement, after: &OutlineStatement) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for part in after.parts.iter().chain(&before.parts) {
        if !labels.contains(&part.label) {
            labels.push(part.label.clone());
        }
    }
    labels
}

/// Describes one part of a statement.
struct Describer {
    /// The word of the clause; empty for the head.
    clause: String,
    /// What its value is called; empty where the value speaks for itself.
    subject: String,
    /// What the clause holds, where the table of forms says it.
    content: Option<ClauseContent>,
}

impl Describer {
    fn new(label: &Label, statement: &OutlineStatement) -> Self {
        match label {
            Label::Clause(word) => Self {
                clause: word.clone(),
                subject: word.clone(),
                content: StatementForm::of(&statement.word)
                    .and_then(|form| form.clause(word))
                    .map(|clause| clause.content),
            },
            Label::Value => {
                let subject = statement.name.clone().unwrap_or_default();
                Self { clause: String::new(), subject, content: None }
            }
            Label::Head(_) => {
                let form = StatementForm::of(&statement.word);
                let is_lever = form.is_some_and(|form| form.head.contains(&HeadPart::Lever));
                let subject = if is_lever { "lever".to_owned() } else { String::new() };
                Self { clause: String::new(), subject, content: None }
            }
        }
    }

    fn detail(&self, before: Option<&Expression>, after: Option<&Expression>, sentence: Sentence) -> Detail {
        let written = |one: &Expression| one.written();
        Detail { clause: self.clause.clone(), before: before.map(written), after: after.map(written), sentence }
    }

    fn added(&self, part: &Part) -> Detail {
        let what = self.with_subject(&part.expression);
        self.detail(None, Some(&part.expression), Sentence::new("compare-added").with("what", what))
    }

    fn gone(&self, part: &Part) -> Detail {
        let what = self.with_subject(&part.expression);
        self.detail(Some(&part.expression), None, Sentence::new("compare-gone").with("what", what))
    }

    fn with_subject(&self, expression: &Expression) -> Arg {
        named(&self.subject, expression)
    }

    fn changed(&self, old: &Expression, new: &Expression) -> Details {
        match self.content {
            Some(ClauseContent::Expression(ClausePurpose::Condition)) => self.conditions(old, new),
            Some(ClauseContent::Expression(
                ClausePurpose::Touches | ClausePurpose::Steps | ClausePurpose::Expected,
            )) => self.touches(old, new),
            Some(ClauseContent::Expression(ClausePurpose::Rows)) => self.rows(old, new),
            _ => self.value(&self.subject, old, new),
        }
    }

    /// A value of this name: a map key by key, a list item by item, anything else as a whole.
    fn value(&self, subject: &str, old: &Expression, new: &Expression) -> Details {
        match (old, new) {
            (Expression::Map(old), Expression::Map(new)) => self.maps(subject, old, new),
            (Expression::List(some), Expression::List(others)) => match self.lists(subject, some, others) {
                details if details.is_empty() => vec![self.became(subject, old, new)],
                details => details,
            },
            _ => vec![self.became(subject, old, new)],
        }
    }

    /// `hot_visits 2 to 3` for what is measured, `phone became email` for anything else.
    fn became(&self, subject: &str, old: &Expression, new: &Expression) -> Detail {
        let measured = |one: &Expression| matches!(one.value(), Some(value) if !matches!(value, Value::Text(_)));
        let key = match subject {
            "" if measured(old) && measured(new) => "compare-from-to",
            "" => "compare-became",
            _ if measured(old) && measured(new) => "compare-moved",
            _ => "compare-of-became",
        };
        let sentence = Sentence::new(key).with("before", shown(old)).with("after", shown(new));
        let sentence = if subject.is_empty() { sentence } else { sentence.with("subject", subject) };
        self.detail(Some(old), Some(new), sentence)
    }

    fn maps(&self, subject: &str, old: &[(String, Expression)], new: &[(String, Expression)]) -> Details {
        let mut details = Vec::new();
        let key_of = |key: &str| if subject.is_empty() { key.to_owned() } else { format!("{subject}.{key}") };
        let find = |all: &[(String, Expression)], key: &str| {
            all.iter().find(|(own, _)| own == key).map(|(_, value)| value.clone())
        };
        for (key, value) in new {
            match find(old, key) {
                Some(was) if was.canonical() != value.canonical() => {
                    details.extend(self.value(&key_of(key), &was, value));
                }
                Some(_) => {}
                None => details.push(self.one_more("compare-added", &key_of(key), value, true)),
            }
        }
        for (key, value) in old.iter().filter(|(key, _)| find(new, key).is_none()) {
            details.push(self.one_more("compare-gone", &key_of(key), value, false));
        }
        details
    }

    /// Something that was added or is gone: `within 4 hours added`.
    fn one_more(&self, key: &'static str, subject: &str, value: &Expression, is_new: bool) -> Detail {
        let what = named(subject, value);
        let (before, after) = if is_new { (None, Some(value)) } else { (Some(value), None) };
        self.detail(before, after, Sentence::new(key).with("what", what))
    }

    /// The items that were added or are gone; empty when the lists differ in their order or number of equal items alone.
    fn lists(&self, subject: &str, old: &[Expression], new: &[Expression]) -> Details {
        let (gone, added) = unequal(old.iter().collect(), new.iter().collect());
        let added = added.into_iter().map(|one| self.one_more("compare-added", subject, one, true));
        added.chain(gone.into_iter().map(|one| self.one_more("compare-gone", subject, one, false))).collect()
    }

    /// Conditions: what else is asked now, and what is asked no longer.
    fn conditions(&self, old: &Expression, new: &Expression) -> Details {
        if let (Expression::Joined("or", some), Expression::Joined("or", others)) = (old, new) {
            let (some, others) = (some.iter().collect(), others.iter().collect());
            return self.operands(some, others, "compare-way-added", "compare-way-gone");
        }
        self.operands(old.conjuncts(), new.conjuncts(), "compare-asks", "compare-asks-not")
    }

    fn operands(
        &self,
        old: Vec<&Expression>,
        new: Vec<&Expression>,
        added: &'static str,
        gone: &'static str,
    ) -> Details {
        let (mut left, mut right) = unequal(old, new);
        let mut details = Vec::new();
        // What asks something else of the same fact.
        let mut at = 0;
        while let Some(one) = left.get(at).copied() {
            match right.iter().position(|other| same_fact(one, other)) {
                Some(found) => {
                    left.remove(at);
                    details.push(self.condition(one, right.remove(found)));
                }
                None => at += 1,
            }
        }
        if let ([one], [other]) = (left.as_slice(), right.as_slice()) {
            details.push(self.condition(one, other));
            return details;
        }
        let say = |key, one: &Expression| Sentence::new(key).with("clause", &*self.clause).with("what", one.written());
        details.extend(right.iter().map(|one| self.detail(None, Some(one), say(added, one))));
        details.extend(left.iter().map(|one| self.detail(Some(one), None, say(gone, one))));
        details
    }

    /// One condition that became another: of a comparison with the same left side, only what it is compared with.
    fn condition(&self, old: &Expression, new: &Expression) -> Detail {
        let (subject, before, after) = match (old, new) {
            (Expression::Binary(sign, fact, value), Expression::Binary(other_sign, other, other_value))
                if fact.canonical() == other.canonical() =>
            {
                let side = |sign: &str, value: &Expression| format!("{sign} {}", value.written());
                (format!("{} {}", self.clause, fact.written()), side(sign, value), side(other_sign, other_value))
            }
            _ => (self.clause.clone(), old.written(), new.written()),
        };
        let sentence = Sentence::new("compare-of-became").with("subject", subject);
        self.detail(Some(old), Some(new), sentence.with("before", before).with("after", after))
    }

    /// Touches: one, or a list of which the equal ones stay.
    fn touches(&self, old: &Expression, new: &Expression) -> Details {
        let items = |one: &Expression| match one {
            Expression::List(items) => items.clone(),
            single => vec![single.clone()],
        };
        let (old, new) = (items(old), items(new));
        if let ([one], [other]) = (old.as_slice(), new.as_slice()) {
            return self.touch(one, other, None);
        }
        let keys = ("compare-step-added", "compare-step-gone");
        self.one_by_one(&old, &new, keys, &|one, other, number| self.touch(one, other, Some(number)))
    }

    /// The rows of a table of cases: each that came or went, and of one that stayed the columns that differ. Rows are counted from 1, without the one
    /// that names the columns.
    fn rows(&self, old: &Expression, new: &Expression) -> Details {
        let (Expression::List(old_rows), Expression::List(new_rows)) = (old, new) else {
            return self.value(&self.subject, old, new);
        };
        let (Some((columns, old_rows)), Some((new_columns, new_rows))) =
            (old_rows.split_first(), new_rows.split_first())
        else {
            return self.value(&self.subject, old, new);
        };
        if columns.canonical() != new_columns.canonical() {
            return self.value("columns", columns, new_columns);
        }
        let keys = ("compare-row-added", "compare-row-gone");
        self.one_by_one(old_rows, new_rows, keys, &|one, other, number| match (columns, one, other) {
            (Expression::List(columns), Expression::List(cells), Expression::List(new_cells))
                if cells.len() == columns.len() && new_cells.len() == columns.len() =>
            {
                let cells = columns.iter().zip(cells.iter().zip(new_cells));
                let differing = cells.filter(|(_, (cell, new_cell))| cell.canonical() != new_cell.canonical());
                differing
                    .flat_map(|(column, (cell, new_cell))| {
                        self.value(column.written().trim_matches('"'), cell, new_cell)
                    })
                    .map(|detail| numbered("compare-in-row", detail, number))
                    .collect()
            }
            _ => vec![numbered("compare-in-row", self.became("", one, other), number)],
        })
    }

    /// What differs in two lists of which the equal items stay: items that came or went, and what `changed` says of one that became another. Both are
    /// told with their numbers, from 1.
    fn one_by_one(
        &self,
        old: &[Expression],
        new: &[Expression],
        (added, gone): (&'static str, &'static str),
        changed: &dyn Fn(&Expression, &Expression, usize) -> Details,
    ) -> Details {
        let common = common_row(old, new);
        let mut details = Vec::new();
        let (mut from, mut to) = (0, 0);
        for (next_from, next_to) in common.into_iter().chain([(old.len(), new.len())]) {
            while from < next_from || to < next_to {
                let number = to.max(from) + 1;
                let one = old.get(from).filter(|_| from < next_from);
                let other = new.get(to).filter(|_| to < next_to);
                match (one, other) {
                    (Some(one), Some(other)) => details.extend(changed(one, other, number)),
                    (one, other) => {
                        let key = if other.is_some() { added } else { gone };
                        let written = other.or(one).map(Expression::written).unwrap_or_default();
                        let sentence = Sentence::new(key).with("number", number).with("what", written);
                        details.push(self.detail(one, other, sentence));
                    }
                }
                from += usize::from(one.is_some());
                to += usize::from(other.is_some());
            }
            (from, to) = (next_from + 1, next_to + 1);
        }
        details
    }

    /// One touch: its channel, and each of its builder methods. `number` is its place in a list.
    fn touch(&self, old: &Expression, new: &Expression, number: Option<usize>) -> Details {
        let parts = |one: &Expression| match one {
            Expression::Chain(base, steps) => ((**base).clone(), steps.clone()),
            other => (other.clone(), Vec::new()),
        };
        let ((base, steps), (new_base, new_steps)) = (parts(old), parts(new));
        let mut details = Vec::new();
        if base.canonical() != new_base.canonical() {
            details.push(self.became("", &base, &new_base));
        }
        let by_name = |steps: &[Step]| -> BTreeMap<String, Step> {
            steps.iter().map(|step| (step.name.clone(), step.clone())).collect()
        };
        let (before, after) = (by_name(&steps), by_name(&new_steps));
        for (name, step) in &after {
            match before.get(name) {
                Some(was) if was.text(true) != step.text(true) => details.extend(self.builder(name, was, step)),
                Some(_) => {}
                None => details.push(self.builder_alone("compare-added", step, true)),
            }
        }
        let gone = before.iter().filter(|(name, _)| !after.contains_key(*name));
        details.extend(gone.map(|(_, step)| self.builder_alone("compare-gone", step, false)));
        if details.is_empty() {
            details.push(self.became("", old, new));
        }
        match number {
            Some(number) => details.into_iter().map(|detail| numbered("compare-in-step", detail, number)).collect(),
            None => details,
        }
    }

    /// A builder method with other arguments.
    fn builder(&self, name: &str, old: &Step, new: &Step) -> Details {
        match (old.args.as_deref(), new.args.as_deref()) {
            (Some([one]), Some([other])) => self.value(name, one, other),
            _ => vec![self.became("", &of_step(old), &of_step(new))],
        }
    }

    /// A builder method that was added or is gone.
    fn builder_alone(&self, key: &'static str, step: &Step, is_new: bool) -> Detail {
        match step.args.as_deref() {
            Some([one]) => self.one_more(key, &step.name, one, is_new),
            _ => {
                let (before, after) = (of_step(step), of_step(step));
                let what = of_step(step).written();
                let sides = if is_new { (None, Some(&after)) } else { (Some(&before), None) };
                self.detail(sides.0, sides.1, Sentence::new(key).with("what", what))
            }
        }
    }
}

/// A builder method by itself, as an expression: `between("14:00", "16:00")`.
fn of_step(step: &Step) -> Expression {
    match &step.args {
        Some(args) => Expression::Call(step.name.clone(), args.clone()),
        None => Expression::Leaf(step.name.clone()),
    }
}

/// The detail of the item with this number of a list.
fn numbered(key: &'static str, detail: Detail, number: usize) -> Detail {
    let sentence = Sentence::new(key).with("number", number).with("what", detail.sentence);
    Detail { sentence, ..detail }
}

/// Whether two conditions compare the same fact, or ask the same fact with other arguments.
fn same_fact(one: &Expression, other: &Expression) -> bool {
    match (one, other) {
        (Expression::Binary(_, one, _), Expression::Binary(_, other, _)) => {
            one.canonical() == other.canonical() || same_fact(one, other)
        }
        (Expression::Unary("not", one), Expression::Unary("not", other)) => same_fact(one, other),
        (Expression::Chain(one, steps), Expression::Chain(other, others)) => {
            let names = |steps: &[Step]| steps.iter().map(|step| step.name.clone()).collect::<Vec<_>>();
            one.canonical() == other.canonical() && names(steps) == names(others)
        }
        _ => false,
    }
}

/// An expression with what it is called: `within 4 hours`; by itself where it has no name.
fn named(subject: &str, expression: &Expression) -> Arg {
    let value = shown(expression);
    match subject {
        "" => value,
        subject => Sentence::new("compare-what").with("subject", subject).with("value", value).into(),
    }
}

/// An expression in a sentence: a length of time and a number in the words of the language, a channel by its name, else as it is written.
pub(crate) fn shown(expression: &Expression) -> Arg {
    match expression.value() {
        Some(Value::Length(length)) => length.into(),
        Some(Value::WorkingLength(length)) => Sentence::new("length-working").with("length", length).into(),
        Some(Value::WorkingDays(days)) => Sentence::new("working-days").with("days", days).into(),
        Some(Value::Whole(whole)) => Amount::whole(whole).into(),
        Some(Value::Number(number)) => Amount::new(number).into(),
        _ => match expression {
            Expression::Leaf(word) => match Channel::from_word(word) {
                Some(channel) => vocabulary::channel(channel),
                None => Arg::from(word.as_str()),
            },
            other => Arg::from(other.written()),
        },
    }
}
