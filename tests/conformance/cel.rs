//! Cases of CEL as expressions of our language. A variable that is a text, number or truth becomes a fact of the lead.

use serde_json::{Map, Value as Json};

use crate::cel_syntax::{Cel, parse};
use crate::engine::{Question, number_literal, text_literal, whole_literal};
use crate::jsonlogic::NoEquivalent;

/// The expression, with its variables as facts.
pub fn translate(expression: &str, bindings: &Map<String, Json>) -> Result<Question, NoEquivalent> {
    let parsed = parse(expression).ok_or("syntax that only CEL has")?;
    let mut translation = Translation { bindings, locals: Vec::new(), question: Question::default() };
    let expression = translation.expression(&parsed)?;
    Ok(Question { expression, ..translation.question })
}

/// A value of the suite as our language writes it; an error where it has none such.
pub fn written_out(value: &Json) -> Result<String, NoEquivalent> {
    let none = Map::new();
    let mut translation = Translation { bindings: &none, locals: Vec::new(), question: Question::default() };
    translation.literal(value)
}

struct Translation<'a> {
    bindings: &'a Map<String, Json>,
    /// Names that `cel.bind` and `cel.block` give, from the outermost.
    locals: Vec<String>,
    question: Question,
}

const MESSAGE: NoEquivalent = "messages of Protocol Buffers";
const KEYS: NoEquivalent = "a map with keys that are no texts";

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
            Cel::Map(entries) => {
                let mut written = Vec::new();
                for (key, value) in entries {
                    let Cel::Text(key) = key else { return Err(KEYS) };
                    written.push(format!("{}: {}", text_literal(key), self.expression(value)?));
                }
                format!("#{{ {} }}", written.join(", "))
            }
            Cel::Message => return Err(MESSAGE),
            Cel::Name(name) => self.name(name)?,
            Cel::Select(on, field) => {
                self.is_no_namespace(on)?;
                format!("({})[{}]", self.expression(on)?, text_literal(field))
            }
            Cel::Optional => return Err(OPTIONAL),
            Cel::Careful(on, at) => {
                self.is_no_namespace(on)?;
                format!("({})?[{}]", self.expression(on)?, self.expression(at)?)
            }
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

    /// Refuses `a.b` where `a` is no variable: the parts of a name.
    fn is_no_namespace(&self, on: &Cel) -> Result<(), NoEquivalent> {
        match on {
            Cel::Name(name) if self.bindings.contains_key(name) || self.locals.contains(name) => Ok(()),
            Cel::Name(_) => Err("names of several parts: types, enumerations, variables with dots"),
            _ => Ok(()),
        }
    }

    /// `body` with a name for `value`: a helper function that is handed the value, and the names around it.
    fn bound_in(&mut self, name: &str, value: &Cel, body: &[Cel]) -> Result<String, NoEquivalent> {
        let value = self.expression(value)?;
        let around: Vec<String> = self.locals.iter().map(|local| local_name(local)).collect();
        self.locals.push(name.to_owned());
        let body = self.block(body);
        self.locals.pop();
        let function = format!("bound_{}", self.question.helpers.len());
        let parameters = ["lead".to_owned()].into_iter().chain(around);
        let handed: Vec<String> = parameters.clone().chain([value]).collect();
        let parameters: Vec<String> = parameters.chain([local_name(name)]).collect();
        self.question.helpers.push_str(&format!("fn {function}({}) {{ {} }}\n", parameters.join(", "), body?));
        Ok(format!("{function}({})", handed.join(", ")))
    }

    /// The last of these, for which those before it have the names `cel.index(0)`, `cel.index(1)` ...
    fn block(&mut self, items: &[Cel]) -> Result<String, NoEquivalent> {
        match items {
            [] => Err(NAMED),
            [last] => self.expression(last),
            [first, others @ ..] => {
                let nth = self.locals.iter().filter(|local| local.starts_with("index ")).count();
                self.bound_in(&format!("index {nth}"), first, others)
            }
        }
    }

    fn name(&mut self, name: &str) -> Result<String, NoEquivalent> {
        if self.locals.iter().any(|local| local == name) {
            return Ok(local_name(name));
        }
        match self.bindings.get(name).map(|bound| bound.get("value").unwrap_or(bound)) {
            Some(value) => self.bound(value),
            None if name == "google" => Err(MESSAGE),
            // A fact that nobody declared.
            None => match type_name(name) {
                Some(name) => name.map(text_literal),
                None => Ok(format!("lead.undeclared_{name}")),
            },
        }
    }

    /// A value of a binding: a fact, or written out.
    fn bound(&mut self, value: &Json) -> Result<String, NoEquivalent> {
        match value.as_object().and_then(|value| value.iter().next()) {
            Some((kind, Json::String(text))) if kind == "stringValue" && !text.is_empty() => {
                Ok(self.question.fact(&Json::String(text.clone())))
            }
            Some((kind, truth)) if kind == "boolValue" => Ok(self.question.fact(truth)),
            // A number of the team's own has decimals, so that a whole number is a constant.
            Some((kind, _)) if kind == "int64Value" || kind == "uint64Value" => {
                let name = format!("WHOLE_{}", self.question.helpers.len());
                let number = self.literal(value)?;
                self.question.helpers.push_str(&format!("const {name} = {number};\n"));
                Ok(name)
            }
            _ => self.literal(value),
        }
    }

    /// A value of the suite, written out.
    fn literal(&mut self, value: &Json) -> Result<String, NoEquivalent> {
        let (kind, value) = value.as_object().and_then(|value| value.iter().next()).ok_or(MESSAGE)?;
        match (kind.as_str(), value) {
            ("boolValue", truth) => Ok(truth.to_string()),
            ("stringValue", Json::String(text)) => Ok(text_literal(text)),
            ("int64Value" | "uint64Value", Json::String(number)) => {
                number.parse().map(whole_literal).map_err(|_| MESSAGE)
            }
            ("doubleValue", Json::Number(number)) => Ok(number_literal(number.as_f64().unwrap_or_default())),
            ("nullValue", _) => Ok("()".to_owned()),
            ("listValue", list) => {
                let items = list.get("values").and_then(Json::as_array).cloned().unwrap_or_default();
                let items: Vec<String> = items.iter().map(|item| self.literal(item)).collect::<Result<_, _>>()?;
                Ok(format!("[{}]", items.join(", ")))
            }
            ("mapValue", map) => {
                let mut entries = Vec::new();
                for entry in map.get("entries").and_then(Json::as_array).into_iter().flatten() {
                    let key = entry["key"].get("stringValue").and_then(Json::as_str).ok_or(KEYS)?;
                    entries.push(format!("{}: {}", text_literal(key), self.literal(&entry["value"])?));
                }
                Ok(format!("#{{ {} }}", entries.join(", ")))
            }
            ("bytesValue", _) => Err("bytes"),
            ("typeValue", Json::String(name)) => type_name(name).unwrap_or(Err(MESSAGE)).map(text_literal),
            _ => Err(MESSAGE),
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
            (Some("math"), "bitAnd" | "bitOr" | "bitXor" | "bitShiftLeft" | "bitShiftRight", [one, other]) => {
                let sign = match name {
                    "bitAnd" => "&",
                    "bitOr" => "|",
                    "bitXor" => "^",
                    "bitShiftLeft" => "<<",
                    _ => ">>",
                };
                return Ok(format!("({} {sign} {})", self.expression(one)?, self.expression(other)?));
            }
            (Some("math"), ..) => return Err("rounding, signs and infinity (math.*)"),
            (Some("cel"), "bind", [Cel::Name(name), value, body]) => {
                return self.bound_in(name, value, std::slice::from_ref(body));
            }
            (Some("cel"), "block", [Cel::List(named), last]) => {
                let all: Vec<Cel> = named.iter().chain([last]).cloned().collect();
                return self.block(&all);
            }
            (Some("cel"), "index", [Cel::Int(nth)]) => return Ok(local_name(&format!("index {nth}"))),
            (Some("cel"), ..) => return Err(NAMED),
            // What may be absent is unknown.
            (Some("optional"), "none", []) => return Ok("()".to_owned()),
            (Some("optional"), "of", [value]) => return self.expression(value),
            (Some("optional"), ..) => return Err(OPTIONAL),
            (Some("base64"), ..) => return Err("bytes"),
            (Some("strings"), ..) => return Err("texts quoted and formatted"),
            (Some("proto"), ..) => return Err(MESSAGE),
            _ => {}
        }
        // A function of one value and a method of it are the same.
        let (on, args) = match (on, args) {
            (Some(on), args) => (on, args),
            (None, [on, args @ ..]) => (on, args),
            (None, []) => return Err("functions of an embedding program"),
        };
        match (name, args) {
            ("type", []) => Ok(format!("type_of({})", self.expression(on)?)),
            ("hasValue", []) => Ok(format!("(({}) is not ())", self.expression(on)?)),
            ("or" | "orValue", [otherwise]) => {
                Ok(format!("(({}) ?? {})", self.expression(on)?, self.expression(otherwise)?))
            }
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
            ("int" | "uint" | "double" | "bool" | "bytes", []) => Err("conversions of a value to another kind"),
            ("has", []) => {
                let Cel::Select(of, field) = on else { return Err(MESSAGE) };
                self.is_no_namespace(of)?;
                Ok(format!("({} in {})", text_literal(field), self.expression(of)?))
            }
            ("matches", _) => Err("regular expressions"),
            (
                "all" | "exists" | "exists_one" | "existsOne" | "map" | "filter" | "transformList" | "transformMap"
                | "transformMapEntry",
                _,
            ) => Err("macros: a condition on each item, or something computed of it"),
            ("lastIndexOf" | "indexOf", _) => Err("the place of a part from another place on"),
            ("join" | "format" | "reverse" | "quote" | "split" | "replace", _) => Err("texts quoted and formatted"),
            ("value" | "optMap" | "optFlatMap" | "unwrap" | "unwrapOpt" | "first" | "last", _) => Err(OPTIONAL),
            _ if name.starts_with("get") => Err("the parts of a moment or length of time"),
            _ => Err("functions of an embedding program"),
        }
    }

    fn method(&mut self, on: &Cel, name: &str, argument: &Cel) -> Result<String, NoEquivalent> {
        Ok(format!("({}).{name}({})", self.expression(on)?, self.expression(argument)?))
    }
}

const OPTIONAL: NoEquivalent = "optional items of a list; optional values that are taken out, or made of zero";

/// What Rhai calls a type of CEL; `None` when this is no type.
pub fn type_name(name: &str) -> Option<Result<&'static str, NoEquivalent>> {
    Some(Ok(match name {
        "bool" => "bool",
        "int" => "i64",
        "double" => "f64",
        "string" => "string",
        "list" => "array",
        "map" => "map",
        "null_type" => "()",
        "uint" | "bytes" | "type" | "optional_type" => return Some(Err("the types of what our language has not")),
        _ => return None,
    }))
}

const NAMED: NoEquivalent = "names of the items that a macro goes through";

/// A name of a case as a parameter of a helper function.
fn local_name(name: &str) -> String {
    format!("local_{}", name.replace(' ', "_"))
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
