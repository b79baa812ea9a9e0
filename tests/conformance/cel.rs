//! Cases of CEL as expressions of our language. A variable that is a text, number or truth becomes a fact of the lead.

use serde_json::{Map, Value as Json};

use crate::cel_syntax::{Cel, parse};
use crate::engine::{Question, number_literal, text_literal, whole_literal};
use crate::jsonlogic::NoEquivalent;

/// The expression, with its variables as facts.
pub fn translate(expression: &str, bindings: &Map<String, Json>) -> Result<Question, NoEquivalent> {
    let parsed = parse(expression).ok_or("syntax that only CEL has")?;
    let mut translation = Translation { bindings, question: Question::default() };
    let expression = translation.expression(&parsed)?;
    Ok(Question { expression, ..translation.question })
}

struct Translation<'a> {
    bindings: &'a Map<String, Json>,
    question: Question,
}

const OBJECT: NoEquivalent = "a map or message as a value";

impl Translation<'_> {
    fn expression(&mut self, cel: &Cel) -> Result<String, NoEquivalent> {
        Ok(match cel {
            Cel::Null => "()".to_owned(),
            Cel::Bool(truth) => truth.to_string(),
            Cel::Int(number) | Cel::Uint(number) => whole_literal(*number),
            Cel::Double(number) => number_literal(*number),
            Cel::Text(text) => text_literal(text),
            Cel::Bytes => return Err("bytes"),
            Cel::List(items) => format!("[{}]", self.all(items)?.join(", ")),
            Cel::Object => return Err(OBJECT),
            Cel::Name(name) => self.name(name)?,
            Cel::Select(..) => return Err("a field of a map or message"),
            Cel::Index(on, at) => format!("({})[{}]", self.expression(on)?, self.expression(at)?),
            Cel::Call(on, name, args) => self.call(on.as_deref(), name, args)?,
            Cel::Unary("-", operand) => format!("(-{})", self.expression(operand)?),
            Cel::Unary(_, operand) => format!("(not {})", self.expression(operand)?),
            Cel::Binary(operator, left, right) => {
                let operator = match *operator {
                    "&&" => "and",
                    "||" => "or",
                    "==" => "is",
                    "!=" => "is not",
                    same => same,
                };
                format!("({} {operator} {})", self.expression(left)?, self.expression(right)?)
            }
            Cel::Choice(condition, yes, no) => {
                let [condition, yes, no] = [self.expression(condition)?, self.expression(yes)?, self.expression(no)?];
                match no.strip_prefix("(if ") {
                    Some(another) => format!("(if {condition} {{ {yes} }} else if {another}"),
                    None => format!("(if {condition} {{ {yes} }} else {{ {no} }})"),
                }
            }
        })
    }

    fn all(&mut self, items: &[Cel]) -> Result<Vec<String>, NoEquivalent> {
        items.iter().map(|item| self.expression(item)).collect()
    }

    fn name(&mut self, name: &str) -> Result<String, NoEquivalent> {
        const TYPES: [&str; 11] =
            ["bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "google"];
        match self.bindings.get(name).map(|bound| bound.get("value").unwrap_or(bound)) {
            Some(value) => self.bound(value),
            None if TYPES.contains(&name) => Err("types as values"),
            // A fact that nobody declared.
            None => Ok(format!("lead.undeclared_{name}")),
        }
    }

    /// A value of a binding: a fact, or written out.
    fn bound(&mut self, value: &Json) -> Result<String, NoEquivalent> {
        let (kind, value) = value.as_object().and_then(|value| value.iter().next()).ok_or(OBJECT)?;
        match (kind.as_str(), value) {
            ("stringValue", Json::String(text)) if text.is_empty() => Ok(text_literal(text)),
            ("boolValue" | "stringValue", value) => Ok(self.question.fact(value)),
            // A number of the team's own has decimals, so that a whole number is a constant.
            ("int64Value" | "uint64Value", Json::String(number)) => {
                let name = format!("WHOLE_{}", self.question.helpers.len());
                let number = whole_literal(number.parse().map_err(|_| OBJECT)?);
                self.question.helpers.push_str(&format!("const {name} = {number};\n"));
                Ok(name)
            }
            ("doubleValue", Json::Number(number)) => Ok(number_literal(number.as_f64().unwrap_or_default())),
            ("nullValue", _) => Ok("()".to_owned()),
            ("listValue", list) => {
                let items = list.get("values").and_then(Json::as_array).cloned().unwrap_or_default();
                let items: Vec<String> = items.iter().map(|item| self.bound(item)).collect::<Result<_, _>>()?;
                Ok(format!("[{}]", items.join(", ")))
            }
            ("bytesValue", _) => Err("bytes"),
            ("typeValue", _) => Err("types as values"),
            _ => Err(OBJECT),
        }
    }

    fn call(&mut self, on: Option<&Cel>, name: &str, args: &[Cel]) -> Result<String, NoEquivalent> {
        let namespace = match on {
            Some(Cel::Name(namespace)) if !self.bindings.contains_key(namespace) => Some(namespace.as_str()),
            _ => None,
        };
        match (namespace, name, args) {
            (Some("math"), "greatest" | "least", args) => {
                let method = if name == "greatest" { "max" } else { "min" };
                let items = match args {
                    [Cel::List(items)] => items,
                    items => items,
                };
                let items = self.all(items)?;
                let Some((first, others)) = items.split_first() else { return Ok(format!("().{method}()")) };
                return Ok(others
                    .iter()
                    .fold(format!("({first})"), |so_far, next| format!("({so_far}.{method}({next}))")));
            }
            (Some("math"), "abs", [number]) => return Ok(format!("({}).abs()", self.expression(number)?)),
            (Some("math"), ..) => return Err("rounding, signs, bits and infinity (math.*)"),
            (Some("cel"), ..) => return Err("a name within an expression (cel.bind, cel.block)"),
            (Some("optional"), ..) => return Err("optional values"),
            (Some("base64"), ..) => return Err("bytes"),
            (Some("strings"), ..) => return Err("texts quoted and formatted"),
            (Some("proto"), ..) => return Err(OBJECT),
            _ => {}
        }
        // A function of one value and a method of it are the same.
        let (on, args) = match (on, args) {
            (Some(on), args) => (on, args),
            (None, [on, args @ ..]) => (on, args),
            (None, []) => return Err("functions of an embedding program"),
        };
        match (name, args) {
            ("dyn", []) => self.expression(on),
            ("size", []) => Ok(format!("({}).len()", self.expression(on)?)),
            ("startsWith", [part]) => self.method(on, "starts_with", part),
            ("endsWith", [part]) => self.method(on, "ends_with", part),
            ("contains", [part]) => self.method(on, "contains", part),
            ("indexOf", [part]) => self.method(on, "index_of", part),
            ("split", [part]) => self.method(on, "split", part),
            ("lowerAscii", []) => Ok(format!("({}).to_lower()", self.expression(on)?)),
            ("upperAscii", []) => Ok(format!("({}).to_upper()", self.expression(on)?)),
            ("charAt", [at]) => Ok(format!("({}).sub_string({}, 1)", self.expression(on)?, self.expression(at)?)),
            ("substring", [from]) => self.method(on, "sub_string", from),
            ("substring", [from, until]) => {
                let [text, from, until] = [self.expression(on)?, self.expression(from)?, self.expression(until)?];
                Ok(format!("({text}).sub_string({from}, {until} - {from})"))
            }
            ("trim", []) => {
                self.question.helpers.push_str("fn trimmed(text) { text.trim(); text }\n");
                Ok(format!("trimmed({})", self.expression(on)?))
            }
            ("replace", [from, to]) => {
                self.question.helpers.push_str("fn replaced(text, from, to) { text.replace(from, to); text }\n");
                let [text, from, to] = [self.expression(on)?, self.expression(from)?, self.expression(to)?];
                Ok(format!("replaced({text}, {from}, {to})"))
            }
            ("string", []) => Ok(format!("({}).to_string()", self.expression(on)?)),
            ("timestamp", []) => match on {
                Cel::Text(text) => Ok(format!("moment({})", text_literal(text))),
                _ => Err("conversions of a value to another kind"),
            },
            ("duration", []) => match on {
                Cel::Text(text) => length(text),
                _ => Err("conversions of a value to another kind"),
            },
            ("int" | "uint" | "double" | "bool" | "bytes" | "type", []) => {
                Err("conversions of a value to another kind")
            }
            ("matches", _) => Err("regular expressions"),
            ("has", _) => Err("a field of a map or message"),
            (
                "all" | "exists" | "exists_one" | "existsOne" | "map" | "filter" | "transformList" | "transformMap"
                | "transformMapEntry",
                _,
            ) => Err("macros: a condition on each item, or something computed of it"),
            ("lastIndexOf" | "indexOf", _) => Err("the place of a part from another place on"),
            ("join" | "format" | "reverse" | "quote" | "split" | "replace", _) => Err("texts quoted and formatted"),
            (
                "or" | "orValue" | "hasValue" | "value" | "optMap" | "optFlatMap" | "?" | "unwrap" | "unwrapOpt"
                | "first" | "last",
                _,
            ) => Err("optional values"),
            _ if name.starts_with("get") => Err("the parts of a moment or length of time"),
            _ => Err("functions of an embedding program"),
        }
    }

    fn method(&mut self, on: &Cel, name: &str, argument: &Cel) -> Result<String, NoEquivalent> {
        Ok(format!("({}).{name}({})", self.expression(on)?, self.expression(argument)?))
    }
}

/// A length of time: `1h30m`, `1.5s`.
fn length(text: &str) -> Result<String, NoEquivalent> {
    const FINE: NoEquivalent = "lengths of time below a second";
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit()).ok_or(FINE)?;
        let (number, after) = rest.split_at(end);
        let letters = after.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(after.len());
        let unit = match &after[..letters] {
            "h" => "hours",
            "m" => "minutes",
            "s" => "seconds",
            _ => return Err(FINE),
        };
        parts.push(format!("{number}.{unit}"));
        rest = &after[letters..];
    }
    let sum = format!("({})", parts.join(" + "));
    Ok(if negative { format!("(-{sum})") } else { sum })
}
