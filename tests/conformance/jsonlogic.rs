//! Cases of JSONLogic as expressions of our language. Data that is a text, number or truth becomes a fact of the lead.

use serde_json::Value as Json;

use crate::engine::{Question, number_literal, text_literal, whole_literal};

/// What our language has no words for.
pub type NoEquivalent = &'static str;

/// The rule as an expression, with the data that it reads as facts.
pub fn translate(rule: &Json, data: &Json) -> Result<Question, NoEquivalent> {
    let mut translation = Translation { data, question: Question::default() };
    let expression = translation.expression(rule)?;
    Ok(Question { expression, ..translation.question })
}

/// A value of a case as our language writes it.
pub fn written_out(value: &Json) -> Result<String, NoEquivalent> {
    Translation { data: &Json::Null, question: Question::default() }.literal(value)
}

struct Translation<'a> {
    data: &'a Json,
    question: Question,
}

impl Translation<'_> {
    fn expression(&mut self, rule: &Json) -> Result<String, NoEquivalent> {
        let Json::Object(call) = rule else { return self.value(rule) };
        let mut entries = call.iter();
        let (operator, operands) = match (entries.next(), entries.next()) {
            (Some(call), None) => call,
            (None, _) => return self.literal(rule),
            _ => return Err("several operators in one object"),
        };
        let given = match operands {
            Json::Array(operands) => operands.clone(),
            one => vec![one.clone()],
        };
        let sums = ["+", "-", "*", "/", "%", "min", "max", "cat"];
        if sums.contains(&operator.as_str()) && self.is_computed_list(operands) {
            return Err("operands that are computed as one list");
        }
        match operator.as_str() {
            "var" => self.var(&given),
            "val" => self.val(&given),
            "exists" => Ok(format!("({} is not ())", self.val(&given)?)),
            "preserve" => self.literal(operands),
            "==" | "===" => self.compared("is", &given),
            "!=" | "!==" => self.compared("is not", &given),
            "<" | "<=" | ">" | ">=" => self.compared(operator, &given),
            "and" | "or" if !operands.is_array() => Ok(format!("{} {operator}", self.expression(operands)?)),
            "and" | "or" => self.joined(&format!(" {operator} "), &given),
            "!" => Ok(format!("(not ({}))", self.one(&given)?)),
            "!!" => Ok(format!("(not (not ({})))", self.one(&given)?)),
            "if" | "?:" if !operands.is_array() => Ok(format!("if {} then", self.expression(operands)?)),
            "if" | "?:" => self.choice(&given),
            "+" if given.len() == 1 => Ok(format!("(+({}))", self.one(&given)?)),
            "*" if given.len() == 1 => Ok(format!("(1 * ({}))", self.one(&given)?)),
            "+" | "*" => self.joined(&format!(" {operator} "), &given),
            "-" if given.len() == 1 => Ok(format!("(-({}))", self.one(&given)?)),
            "/" if given.len() == 1 => Ok(format!("(1.0 / ({}))", self.one(&given)?)),
            "%" if given.len() == 1 => Ok(format!("{} %", self.one(&given)?)),
            "-" | "/" | "%" => self.joined(&format!(" {operator} "), &given),
            "min" | "max" => {
                let operands = self.all(&given)?;
                let (first, others) = operands.split_first().ok_or("a largest of nothing")?;
                Ok(others.iter().fold(format!("({first})"), |so_far, next| format!("{so_far}.{operator}({next})")))
            }
            "??" => self.joined(" ?? ", &given),
            "cat" => {
                let parts = self.all(&given)?;
                Ok(parts.iter().fold("(\"\"".to_owned(), |so_far, part| format!("{so_far} + ({part})")) + ")")
            }
            "in" => match self.all(&given)?.as_slice() {
                [item, items] => Ok(format!("({item} in {items})")),
                _ => Err("in without a list"),
            },
            "substr" => {
                let operands = self.all(&given)?;
                let (text, places) = operands.split_first().ok_or("a part of nothing")?;
                Ok(format!("({text}).sub_string({})", places.join(", ")))
            }
            "merge" => {
                let mut lists = Vec::new();
                for operand in &given {
                    let written = self.expression(operand)?;
                    lists.push(if written.starts_with('[') { written } else { format!("[{written}]") });
                }
                Ok(if lists.is_empty() { "[]".to_owned() } else { format!("({})", lists.join(" + ")) })
            }
            "map" => Err("map: something computed of each item"),
            "filter" => Err("filter: the items for which a condition holds"),
            "reduce" => Err("reduce: one value computed of all items"),
            "all" => Err("all: a condition on each item"),
            "some" => Err("some: a condition on one of the items"),
            "none" => Err("none: a condition on none of the items"),
            "missing" => Err("missing: the names of what is not known"),
            "missing_some" => Err("missing_some: the names of what is not known"),
            "try" => self.tried(&given),
            "throw" => {
                let thrown = self.one(&given)?;
                Ok(self.helper(&format!("throw {thrown};")))
            }
            _ => Err("operators that the suite itself does not know"),
        }
    }

    /// Whether the operands of an operator are not written out, but a list that something else gives.
    fn is_computed_list(&self, operands: &Json) -> bool {
        let Json::Object(call) = operands else { return false };
        let mut translation = Translation { data: self.data, question: Question::default() };
        call.contains_key("merge") || translation.expression(operands).is_ok_and(|written| written.starts_with('['))
    }

    fn all(&mut self, operands: &[Json]) -> Result<Vec<String>, NoEquivalent> {
        operands.iter().map(|operand| self.expression(operand)).collect()
    }

    fn one(&mut self, operands: &[Json]) -> Result<String, NoEquivalent> {
        operands.first().map_or(Ok(String::new()), |operand| self.expression(operand))
    }

    /// Operands with an operator between them. Of none only the operator is left, which no reader takes.
    fn joined(&mut self, operator: &str, operands: &[Json]) -> Result<String, NoEquivalent> {
        let operands = self.all(operands)?;
        Ok(if operands.is_empty() { operator.to_owned() } else { format!("({})", operands.join(operator)) })
    }

    /// Each operand compared with the next.
    fn compared(&mut self, operator: &str, operands: &[Json]) -> Result<String, NoEquivalent> {
        let operands = self.all(operands)?;
        if operands.len() < 2 {
            return Ok(format!("{} {operator}", operands.join("")));
        }
        let pairs: Vec<String> =
            operands.windows(2).map(|pair| format!("({} {operator} {})", pair[0], pair[1])).collect();
        Ok(if pairs.len() == 1 { pairs.concat() } else { format!("({})", pairs.join(" and ")) })
    }

    /// A helper function with this body, called.
    fn helper(&mut self, body: &str) -> String {
        let name = format!("helper_{}", self.question.helpers.len());
        self.question.helpers.push_str(&format!("fn {name}(lead) {{ {body} }}\n"));
        format!("{name}(lead)")
    }

    /// `try`: the first of the operands that is no error.
    fn tried(&mut self, operands: &[Json]) -> Result<String, NoEquivalent> {
        let [first, others @ ..] = operands else { return Err("a try of nothing") };
        let first = self.expression(first)?;
        if others.is_empty() {
            return Ok(first);
        }
        if others.iter().any(|other| other.to_string().contains("\"val\"")) {
            return Err("what is told of an error that was caught");
        }
        let otherwise = self.tried(others)?;
        Ok(self.helper(&format!("try {{ return {first}; }} catch {{ return {otherwise}; }}")))
    }

    fn choice(&mut self, operands: &[Json]) -> Result<String, NoEquivalent> {
        let operands = self.all(operands)?;
        let mut written = String::new();
        for pair in operands.chunks(2) {
            match pair {
                [condition, value] => {
                    let word = if written.is_empty() { "if" } else { " else if" };
                    written.push_str(&format!("{word} {condition} {{ {value} }}"));
                }
                [value] if written.is_empty() => return Ok(value.clone()),
                [value] => written.push_str(&format!(" else {{ {value} }}")),
                _ => {}
            }
        }
        Ok(if written.is_empty() { "()".to_owned() } else { format!("({written})") })
    }

    fn value(&mut self, value: &Json) -> Result<String, NoEquivalent> {
        match value {
            Json::Array(items) => Ok(format!("[{}]", self.all(items)?.join(", "))),
            _ => self.literal(value),
        }
    }

    fn literal(&self, value: &Json) -> Result<String, NoEquivalent> {
        Ok(match value {
            Json::Null => "()".to_owned(),
            Json::Bool(truth) => truth.to_string(),
            Json::Number(number) => match number.as_i64() {
                Some(whole) => whole_literal(whole.into()),
                None => number_literal(number.as_f64().unwrap_or_default()),
            },
            Json::String(text) => text_literal(text),
            Json::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.literal(item)).collect::<Result<_, _>>()?;
                format!("[{}]", items.join(", "))
            }
            Json::Object(fields) => {
                let mut written = Vec::new();
                for (key, value) in fields {
                    written.push(format!("{}: {}", text_literal(key), self.literal(value)?));
                }
                format!("#{{ {} }}", written.join(", "))
            }
        })
    }

    /// What was found in the data: a fact of the lead, a list, or unknown.
    fn found(&mut self, found: Option<Json>) -> Result<String, NoEquivalent> {
        match found {
            None | Some(Json::Null) => Ok("()".to_owned()),
            Some(value @ (Json::Array(_) | Json::Object(_))) => self.literal(&value),
            // A lead has no empty text: what is not there is left out.
            Some(Json::String(text)) if text.is_empty() => Ok(text_literal(&text)),
            Some(value) => Ok(self.question.fact(&value)),
        }
    }

    /// `var`: a path with dots, and a value to fall back on.
    fn var(&mut self, operands: &[Json]) -> Result<String, NoEquivalent> {
        let path = match operands.first() {
            None | Some(Json::Null) => String::new(),
            Some(Json::String(path)) => path.clone(),
            Some(Json::Number(index)) => index.to_string(),
            // A name that is computed is looked up in all data.
            Some(name @ Json::Object(_)) => {
                let name = self.expression(name)?;
                return Ok(format!("({})[{name}]", self.literal(self.data)?));
            }
            Some(_) => return Err("a name that is no text"),
        };
        let keys: Vec<&str> = if path.is_empty() { Vec::new() } else { path.split('.').collect() };
        let found = keys.iter().try_fold(self.data, |within, key| step(within, key)).cloned();
        let found = self.found(found)?;
        match operands.get(1) {
            Some(fallback) => Ok(format!("({found} ?? {})", self.expression(fallback)?)),
            None => Ok(found),
        }
    }

    /// `val`: a list of keys.
    fn val(&mut self, operands: &[Json]) -> Result<String, NoEquivalent> {
        // Names that are computed are looked up in all data, one after the other.
        if operands.iter().any(Json::is_object) {
            let names = self.all(operands)?;
            let within = self.literal(self.data)?;
            return Ok(names.iter().fold(format!("({within})"), |within, name| format!("{within}[{name}]")));
        }
        let mut within = Some(self.data.clone());
        for key in operands {
            let key = match key {
                Json::String(key) => key.clone(),
                Json::Number(index) => index.to_string(),
                Json::Array(_) => return Err("what is around a list that is gone through"),
                Json::Null | Json::Bool(_) | Json::Object(_) => return Err("a name that is no text"),
            };
            within = within.as_ref().and_then(|within| step(within, &key)).cloned();
        }
        self.found(within)
    }
}

/// What stands under this key, or at this place in a list.
fn step<'a>(within: &'a Json, key: &str) -> Option<&'a Json> {
    match within {
        Json::Object(fields) => fields.get(key),
        Json::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => None,
    }
}
