//! Names and types in a clause: what would run, but never say what its author means.
//!
//! Rhai compares a count with a text without a word and calls it false. Here it is an error, as is a word outside the
//! vocabulary that it is compared with (`lead.stage is "intrest"`), a method with arguments that do not fit, and a condition
//! that is neither true nor false. What cannot be told is left alone: a false alarm is worse than none.

use super::diagnostic::Diagnostic;
use super::said::{
    Gives, can_compare, hint, length_without_unit, own_fact_alone, said, takes, vocabulary, word_out_of_order,
};
use super::touch::{Action, BUILDERS, Touch};
use super::tree::{Arithmetic, Kind, Method, Node};
use crate::book::catalogue::{self, FACTS, Fact, Param, Subject};
use crate::book::schema::{Channel, Role, SignalKind, nearest};
use crate::book::value::{Type, Value};
use crate::language::dialect::HOLD;

/// What a clause is for, which tells what it must give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// `when`, `unless`, `until`: yes or no.
    Condition,
    /// `then`, `steps`: touches.
    Touches,
    /// `expect`: a touch, `wait` or `hold`.
    Expected,
    /// `because`: a sentence.
    Sentence,
    /// `given`: a map.
    Given,
}

/// The type of an own fact, by name.
pub type OwnTypes<'a> = &'a dyn Fn(&str) -> Type;

/// Everything to be said about a clause.
pub fn check(node: &Node, purpose: Purpose, own: OwnTypes<'_>) -> Vec<Diagnostic> {
    let mut checker = Checker { own, findings: Vec::new() };
    let gives = checker.gives(node);
    if purpose == Purpose::Condition {
        checker.fits_condition(node, gives, false);
    } else {
        checker.fits(node, gives, purpose);
    }
    checker.findings
}

struct Checker<'a> {
    own: OwnTypes<'a>,
    findings: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn fits(&mut self, node: &Node, gives: Gives, purpose: Purpose) {
        match (purpose, gives) {
            (Purpose::Condition, Gives::Value(Type::Truth | Type::Any)) => {}
            (Purpose::Condition, Gives::Value(kind)) => self.push(
                Diagnostic::error("not-a-condition", node.span, format!("this is a {}, not yes or no", kind.word()))
                    .why("a condition has to be true or false")
                    .help("compare it with something: >= 2, is \"interest\", < 1.hour"),
            ),
            (Purpose::Condition, Gives::Touch) => self.push(
                Diagnostic::error("not-a-condition", node.span, "this is a touch, not yes or no")
                    .why("a condition has to be true or false")
                    .help("say what to do after then"),
            ),
            (Purpose::Touches, Gives::Value(Type::Any)) => {}
            (Purpose::Expected, Gives::Value(_)) if !is_hold(node) => self.push(
                Diagnostic::error("not-a-touch", node.span, "an example expects a touch, wait or hold")
                    .help("write expect phone.to(\"decider\"), expect wait or expect hold"),
            ),
            (Purpose::Touches, Gives::Value(_)) if is_hold(node) => {
                self.push(
                    Diagnostic::error("hold-in-rule", node.span, "a rule cannot propose to hold")
                        .why("hold is what comes out when something should be done but may not be")
                        .help("to forbid, write never ...; to do nothing on purpose, write wait"),
                );
            }
            (Purpose::Touches, Gives::Value(kind)) if kind != Type::List || !is_list_of_touches(node) => self.push(
                Diagnostic::error("not-a-touch", node.span, format!("this is a {}, not a touch", kind.word()))
                    .why("what follows here says what to do")
                    .help("begin with a channel, as phone.to(\"decider\"), or write wait, find(\"decider\") or hand_over(\"marketing\")"),
            ),
            (Purpose::Sentence, Gives::Touch) => self.push(
                Diagnostic::error("not-a-sentence", node.span, "this is a touch, not a sentence")
                    .help("write the reason between quotes, or between backquotes with ${...} in it"),
            ),
            (Purpose::Touches | Purpose::Sentence | Purpose::Given | Purpose::Expected, _) => {}
        }
    }

    fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    fn gives(&mut self, node: &Node) -> Gives {
        let value = Gives::Value;
        match &node.kind {
            Kind::Literal(literal) | Kind::Setting { value: literal, .. } => value(literal.kind()),
            Kind::Now => value(Type::Moment),
            Kind::Fact { subject, fact, args } => value(self.fact(node, *subject, *fact, args)),
            Kind::Own { name } => value((self.own)(name)),
            Kind::And(operands) | Kind::Or(operands) => {
                for operand in operands {
                    self.condition(operand);
                }
                value(Type::Truth)
            }
            Kind::Not(operand) => {
                let gives = self.gives(operand);
                self.fits_condition(operand, gives, true);
                value(Type::Truth)
            }
            Kind::Negate(operand) => self.gives(operand),
            Kind::Compare(_, left, right) => {
                self.comparable(node, left, right);
                value(Type::Truth)
            }
            Kind::Arith(arithmetic, left, right) => {
                let (left, right) = (self.gives(left), self.gives(right));
                value(self.arithmetic(node, *arithmetic, left, right))
            }
            Kind::In(item, items) => {
                for each in items {
                    self.comparable(each, item, each);
                }
                value(Type::Truth)
            }
            Kind::Contains(item, haystack) => {
                self.gives(item);
                self.haystack(haystack);
                self.words_of_list(item, haystack);
                value(Type::Truth)
            }
            Kind::InRange(item, ..) => {
                let gives = self.gives(item);
                if !matches!(gives, Gives::Value(Type::Whole | Type::Any)) {
                    self.push(
                        Diagnostic::error(
                            "not-a-count",
                            item.span,
                            format!("only a count can be in a range, and this is {}", said(gives)),
                        )
                        .help("compare it with both ends: x >= 1 and x <= 5"),
                    );
                }
                value(Type::Truth)
            }
            Kind::Coalesce(operands) => {
                let types: Vec<Gives> = operands.iter().map(|operand| self.gives(operand)).collect();
                match types.split_first() {
                    Some((first, rest)) if rest.iter().all(|each| each == first) => *first,
                    _ => value(Type::Any),
                }
            }
            Kind::If(condition, yes, no) => {
                self.condition(condition);
                let yes = self.gives(yes);
                match no.as_ref().map(|no| self.gives(no)) {
                    Some(no) if no == yes => yes,
                    _ => value(Type::Any),
                }
            }
            Kind::Text(parts) => {
                for part in parts {
                    if self.gives(part) == Gives::Touch {
                        self.push(Diagnostic::error(
                            "not-a-sentence",
                            part.span,
                            "a touch cannot be written in a sentence",
                        ));
                    }
                }
                value(Type::Text)
            }
            Kind::List(items) => {
                for item in items {
                    self.gives(item);
                }
                value(Type::List)
            }
            Kind::Action(_) => Gives::Touch,
            Kind::Build { on, method, args } => {
                self.gives(on);
                self.builder(node, method, args);
                Gives::Touch
            }
            Kind::Method { on, method, args } => value(self.method(on, *method, args)),
            Kind::Call { args, body, .. } => {
                for arg in args {
                    self.gives(arg);
                }
                self.gives(body)
            }
        }
    }

    fn condition(&mut self, operand: &Node) {
        let gives = self.gives(operand);
        self.fits_condition(operand, gives, false);
    }

    fn fits_condition(&mut self, operand: &Node, gives: Gives, negated: bool) {
        match own_fact_alone(operand, negated) {
            Some(finding) if gives == Gives::Value(Type::Truth) => self.push(finding),
            _ => self.fits(operand, gives, Purpose::Condition),
        }
    }

    /// Two values that a rule compares: of types that can be equal, and words that exist.
    fn comparable(&mut self, whole: &Node, left: &Node, right: &Node) {
        let (a, b) = (self.gives(left), self.gives(right));
        let other = if vocabulary(&left.kind).is_some() { b } else { a };
        if let Some(finding) = word_out_of_order(whole, other) {
            return self.push(finding);
        }
        match (a, b) {
            (Gives::Value(a), Gives::Value(b)) if can_compare(a, b) => {}
            _ => {
                let why = "Rhai calls such a comparison false, whatever the lead, so that the rule would never hold";
                let finding = Diagnostic::error(
                    "different-types",
                    whole.span,
                    format!("{} is compared with {}", said(a), said(b)),
                )
                .why(why)
                .help(hint(a, b));
                return self.push(finding);
            }
        }
        self.word(left, right);
        self.word(right, left);
    }

    /// `lead.stage is "intrest"`: a word that the fact never gives.
    fn word(&mut self, fact: &Node, literal: &Node) {
        let Kind::Literal(Value::Text(word)) = &literal.kind else { return };
        let Some((noun, words)) = vocabulary(&fact.kind) else { return };
        self.known_word(literal, word, noun, &words);
    }

    /// `"decidr" in person.roles`
    fn words_of_list(&mut self, item: &Node, haystack: &Node) {
        self.word(haystack, item);
    }

    fn known_word(&mut self, at: &Node, word: &str, noun: &str, words: &[&str]) {
        if words.contains(&word) {
            return;
        }
        let help = match nearest(word, words.iter().copied()) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => format!("there are {}", words.join(", ")),
        };
        let code = match noun {
            "stage" => "unknown-stage",
            "channel" => "unknown-channel",
            "role" => "unknown-role",
            "kind of signal" => "unknown-signal",
            _ => "unknown-word",
        };
        self.push(Diagnostic::error(code, at.span, format!("\"{word}\" is not a {noun}")).help(help));
    }

    /// What is asked of a text, a list or a number.
    fn method(&mut self, on: &Node, method: Method, args: &[Node]) -> Type {
        let (fits, of, gives): (&[Type], _, _) = match method {
            Method::Length => (&[Type::Text, Type::List], "a text or a list", Type::Whole),
            Method::IsEmpty => (&[Type::Text, Type::List], "a text or a list", Type::Truth),
            Method::StartsWith | Method::EndsWith => (&[Type::Text], "a text", Type::Truth),
            Method::Lower | Method::Upper => (&[Type::Text], "a text", Type::Text),
            Method::Unit(unit) if unit.starts_with("working") => {
                (&[Type::Whole, Type::Number], "a number", Type::WorkingLength)
            }
            Method::Unit(_) => (&[Type::Whole, Type::Number], "a number", Type::Length),
        };
        match self.gives(on) {
            Gives::Value(kind) if kind == Type::Any || fits.contains(&kind) => {}
            other => self.push(Diagnostic::error(
                "wrong-arguments",
                on.span,
                format!("{} is asked of {of}, and this is {}", method.written(), said(other)),
            )),
        }
        for arg in args {
            match self.gives(arg) {
                Gives::Value(Type::Text | Type::Any) => {}
                other => self.push(Diagnostic::error(
                    "wrong-arguments",
                    arg.span,
                    format!("{} takes a text, and this is {}", method.written(), said(other)),
                )),
            }
        }
        gives
    }

    fn haystack(&mut self, haystack: &Node) {
        let gives = self.gives(haystack);
        match gives {
            Gives::Value(Type::List | Type::Any) => {}
            // `in` on an unknown text is an error when the rule runs, and texts are nearly always unknown for some lead.
            Gives::Value(Type::Text) => {
                if let Kind::Fact { .. } | Kind::Own { .. } = haystack.kind {
                    let finding =
                        Diagnostic::warning("in-unknown", haystack.span, "this text may be unknown, and then in fails")
                            .why("for such a lead the rule is told as failed, not as false")
                            .help("give it something to fall back on: (... ?? \"\")");
                    self.push(finding);
                }
            }
            other => self.push(
                Diagnostic::error(
                    "not-a-list",
                    haystack.span,
                    format!("nothing can be in this: it is {}", said(other)),
                )
                .help("write a list: in [\"NL\", \"BE\"]"),
            ),
        }
    }

    fn arithmetic(&mut self, node: &Node, arithmetic: Arithmetic, left: Gives, right: Gives) -> Type {
        use Arithmetic as A;
        let (Gives::Value(a), Gives::Value(b)) = (left, right) else {
            self.no_arithmetic(node, left, right);
            return Type::Any;
        };
        match (arithmetic, a, b) {
            (_, Type::Any, _) | (_, _, Type::Any) => Type::Any,
            (A::Add, Type::Text, _) | (A::Add, _, Type::Text) => Type::Text,
            (_, Type::Whole, Type::Whole) => Type::Whole,
            (_, Type::Whole | Type::Number, Type::Whole | Type::Number) => Type::Number,
            (A::Add | A::Subtract, Type::Length, Type::Length) => Type::Length,
            (A::Multiply, Type::Length, Type::Whole) | (A::Multiply, Type::Whole, Type::Length) => Type::Length,
            (A::Add | A::Subtract, Type::Moment, Type::Length) => Type::Moment,
            (A::Subtract, Type::Moment, Type::Moment) => Type::Length,
            (A::Subtract, Type::Text, Type::Text) => Type::Text,
            (A::Add | A::Subtract, Type::List, _) => Type::List,
            _ => {
                self.no_arithmetic(node, left, right);
                Type::Any
            }
        }
    }

    fn no_arithmetic(&mut self, node: &Node, left: Gives, right: Gives) {
        let finding = Diagnostic::error(
            "different-types",
            node.span,
            format!("there is no such sum of {} and {}", said(left), said(right)),
        );
        self.push(finding.help(hint(left, right)));
    }

    // ---- facts and builders -------------------------------------------------------------------------------------

    fn fact(&mut self, node: &Node, subject: Subject, fact: Fact, args: &[Node]) -> Type {
        let types: Vec<Gives> = args.iter().map(|arg| self.gives(arg)).collect();
        let Some(entry) = FACTS.iter().find(|entry| entry.fact == fact && entry.subjects.contains(&subject)) else {
            return Type::Any;
        };
        if let Some(params) = entry.params {
            let mut given = args.iter().zip(&types).peekable();
            let mut missing = None;
            for (place, param) in params.required.iter().chain(params.optional).enumerate() {
                let fits = given.peek().is_some_and(|(_, gives)| match gives {
                    Gives::Value(kind) => *kind == param.kind() || *kind == Type::Any,
                    Gives::Touch => false,
                });
                if fits {
                    if let Some((arg, _)) = given.next() {
                        self.argument(arg, *param);
                    }
                } else if place < params.required.len() {
                    missing = missing.or(Some(*param));
                }
            }
            if let Some((extra, gives)) = given.next() {
                let mut params = params.required.iter().chain(params.optional);
                let wants_length = params.any(|param| param.kind() == Type::Length);
                self.push(match gives {
                    Gives::Value(Type::Whole | Type::Number) if wants_length => {
                        length_without_unit(subject, entry, extra)
                    }
                    _ => {
                        let message = format!("{}.{} has no use for {} here", subject.word(), entry.name, said(*gives));
                        Diagnostic::error("wrong-arguments", extra.span, message).help(takes(subject, entry))
                    }
                });
            } else if let Some(param) = missing {
                let finding = Diagnostic::error(
                    "wrong-arguments",
                    node.span,
                    format!("{}.{} needs {}", subject.word(), entry.name, param.word()),
                )
                .help(takes(subject, entry));
                self.push(finding);
            }
        }
        entry.returns
    }

    fn argument(&mut self, arg: &Node, param: Param) {
        match (&arg.kind, param) {
            (Kind::Literal(Value::Text(word)), Param::Kind) => {
                self.known_word(arg, word, SignalKind::NOUN, &SignalKind::words().collect::<Vec<_>>());
            }
            (Kind::Literal(Value::Text(word)), Param::Channel) => {
                self.known_word(arg, word, Channel::NOUN, &Channel::words().collect::<Vec<_>>());
            }
            (Kind::Literal(Value::Text(word)), Param::Role) => {
                self.known_word(arg, word, Role::NOUN, &Role::words().collect::<Vec<_>>());
            }
            (Kind::Literal(Value::Length(length)), Param::Window | Param::HalfLife) if length.millis() <= 0 => {
                self.push(Diagnostic::error(
                    "wrong-arguments",
                    arg.span,
                    "this length of time has to be more than nothing",
                ));
            }
            _ => {}
        }
    }

    fn builder(&mut self, node: &Node, method: &str, args: &[Node]) {
        let mut values = Vec::new();
        for arg in args {
            let gives = self.gives(arg);
            match (&arg.kind, gives) {
                (Kind::Literal(value) | Kind::Setting { value, .. }, _) => values.push(Some(value.clone())),
                (_, Gives::Touch) => {
                    self.push(Diagnostic::error(
                        "wrong-arguments",
                        arg.span,
                        format!(".{method} has no use for a touch"),
                    ));
                    return;
                }
                (_, Gives::Value(kind)) => {
                    let number = matches!(method, "value" | "chance" | "weight" | "lever");
                    let fits = match kind {
                        Type::Any => true,
                        Type::Whole | Type::Number => number,
                        Type::Text => !number && !matches!(method, "within" | "after" | "at_best"),
                        Type::Length | Type::WorkingLength => matches!(method, "within" | "after"),
                        Type::Moment => method == "before",
                        Type::Truth | Type::List => false,
                    };
                    if !fits {
                        let takes = BUILDERS
                            .iter()
                            .find(|(name, _)| *name == method)
                            .map_or("something else", |(_, takes)| takes);
                        self.push(Diagnostic::error(
                            "wrong-arguments",
                            arg.span,
                            format!(".{method} takes {takes}, and this is a {}", kind.word()),
                        ));
                        return;
                    }
                    values.push(None);
                }
            }
        }
        // The touch itself knows what fits; only values that are known now can be tried on it.
        let known: Option<Vec<Value>> = values.into_iter().collect();
        if let Some(Err(sentence)) = known.map(|values| Touch::new(Action::Wait).with(method, &values)) {
            let span = args.first().map_or(node.span, |arg| arg.span);
            let takes = BUILDERS.iter().find(|(name, _)| *name == method).map_or("", |(_, takes)| takes);
            self.push(Diagnostic::error("wrong-arguments", span, sentence).help(format!(".{method} takes {takes}")));
        }
    }
}

fn is_hold(node: &Node) -> bool {
    matches!(&node.kind, Kind::Literal(Value::Text(text)) if &**text == HOLD)
}

fn is_list_of_touches(node: &Node) -> bool {
    match &node.kind {
        Kind::List(items) => {
            !items.is_empty() && items.iter().all(|item| item.kind.is_touch() || matches!(item.kind, Kind::If(..)))
        }
        _ => false,
    }
}

/// True when the name is taken by the catalogue, so that a fact of the team's own cannot have it.
pub fn is_taken(name: &str) -> bool {
    catalogue::find(Subject::Lead, name).is_some()
}
