//! The syntax of CEL, as far as its conformance suite has it.

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Cel {
    Null,
    Bool(bool),
    Int(i128),
    /// `1u`.
    Uint(i128),
    Double(f64),
    Text(String),
    Bytes,
    List(Vec<Cel>),
    /// An item of a list or an argument that is left out when it is absent: `[?a]`.
    Optional,
    /// A map, with its keys and values.
    Map(Vec<(Cel, Cel)>),
    /// A message, or a map with optional entries.
    Message,
    Name(String),
    Select(Box<Cel>, String),
    Index(Box<Cel>, Box<Cel>),
    /// A field or item that may be absent: `a.?b`, `a[?b]`.
    Careful(Box<Cel>, Box<Cel>),
    /// A function, or with a receiver a method.
    Call(Option<Box<Cel>>, String, Vec<Cel>),
    Unary(&'static str, Box<Cel>),
    Binary(&'static str, Box<Cel>, Box<Cel>),
    Choice(Box<Cel>, Box<Cel>, Box<Cel>),
}

/// Reads an expression; `None` when it is none.
pub fn parse(text: &str) -> Option<Cel> {
    let mut reader = Reader { rest: text };
    let expression = reader.choice()?;
    reader.blank();
    reader.rest.is_empty().then_some(expression)
}

struct Reader<'a> {
    rest: &'a str,
}

/// The operators, from those that bind the least.
const LEVELS: [&[&str]; 5] =
    [&["||"], &["&&"], &["<=", ">=", "==", "!=", "<", ">", "in"], &["+", "-"], &["*", "/", "%"]];

impl Reader<'_> {
    /// Skips blanks and comments.
    fn blank(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            match self.rest.strip_prefix("//") {
                Some(comment) => self.rest = comment.split_once('\n').map_or("", |(_, rest)| rest),
                None => return,
            }
        }
    }

    /// Takes a sign or word when it comes next.
    fn take(&mut self, sign: &str) -> bool {
        self.blank();
        let Some(rest) = self.rest.strip_prefix(sign) else { return false };
        let is_word = sign.starts_with(char::is_alphabetic);
        if is_word && rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
            return false;
        }
        self.rest = rest;
        true
    }

    fn choice(&mut self) -> Option<Cel> {
        let condition = self.level(0)?;
        if !self.take("?") {
            return Some(condition);
        }
        let yes = self.level(0)?;
        if !self.take(":") {
            return None;
        }
        let no = self.choice()?;
        Some(Cel::Choice(Box::new(condition), Box::new(yes), Box::new(no)))
    }

    fn level(&mut self, level: usize) -> Option<Cel> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.level(level + 1)?;
        while let Some(operator) = operators.iter().find(|operator| self.take(operator)) {
            let right = self.level(level + 1)?;
            left = Cel::Binary(operator, Box::new(left), Box::new(right));
        }
        Some(left)
    }

    fn unary(&mut self) -> Option<Cel> {
        self.blank();
        if self.take("!") {
            return Some(Cel::Unary("!", Box::new(self.unary()?)));
        }
        let is_number = self
            .rest
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit() || digit == '.'));
        if !is_number && self.take("-") {
            return Some(Cel::Unary("-", Box::new(self.unary()?)));
        }
        self.member()
    }

    fn member(&mut self) -> Option<Cel> {
        let mut on = self.primary()?;
        loop {
            if self.take(".") {
                let optional = self.take("?");
                let name = self.name()?;
                on = if !optional && self.take("(") {
                    Cel::Call(Some(Box::new(on)), name, self.items(")")?)
                } else if optional {
                    Cel::Careful(Box::new(on), Box::new(Cel::Text(name)))
                } else {
                    Cel::Select(Box::new(on), name)
                };
            } else if self.take("[") {
                let optional = self.take("?");
                let index = self.choice()?;
                if !self.take("]") {
                    return None;
                }
                on = match optional {
                    true => Cel::Careful(Box::new(on), Box::new(index)),
                    false => Cel::Index(Box::new(on), Box::new(index)),
                };
            } else if matches!(on, Cel::Name(_) | Cel::Select(..)) && self.take("{") {
                self.entries()?;
                on = Cel::Message;
            } else {
                return Some(on);
            }
        }
    }

    fn primary(&mut self) -> Option<Cel> {
        self.blank();
        if self.take("(") {
            let inner = self.choice()?;
            return self.take(")").then_some(inner);
        }
        if self.take("[") {
            return Some(Cel::List(self.items("]")?));
        }
        if self.take("{") {
            return Some(self.entries()?.map_or(Cel::Message, Cel::Map));
        }
        if let Some(text) = self.text() {
            return Some(text);
        }
        let digits = self.rest.strip_prefix('-').unwrap_or(self.rest);
        if digits.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.')
            && let Some(number) = self.number()
        {
            return Some(number);
        }
        self.take(".");
        let name = self.name()?;
        Some(match name.as_str() {
            "true" => Cel::Bool(true),
            "false" => Cel::Bool(false),
            "null" => Cel::Null,
            _ if self.take("(") => Cel::Call(None, name, self.items(")")?),
            _ => Cel::Name(name),
        })
    }

    fn name(&mut self) -> Option<String> {
        self.blank();
        if let Some(rest) = self.rest.strip_prefix('`') {
            let (name, rest) = rest.split_once('`')?;
            self.rest = rest;
            return Some(name.to_owned());
        }
        let end =
            self.rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(self.rest.len());
        let name = self
            .rest
            .get(..end)
            .filter(|name| !name.is_empty() && !name.starts_with(|digit: char| digit.is_ascii_digit()))?;
        self.rest = &self.rest[end..];
        Some(name.to_owned())
    }

    fn items(&mut self, close: &str) -> Option<Vec<Cel>> {
        let mut items = Vec::new();
        while !self.take(close) {
            let optional = self.take("?");
            let item = self.choice()?;
            items.push(if optional { Cel::Optional } else { item });
            if !self.take(",") {
                return self.take(close).then_some(items);
            }
        }
        Some(items)
    }

    /// The entries of a map or message; the inner `None` when some are optional.
    fn entries(&mut self) -> Option<Option<Vec<(Cel, Cel)>>> {
        let (mut entries, mut optional) = (Vec::new(), false);
        while !self.take("}") {
            optional |= self.take("?");
            let key = self.choice()?;
            if !self.take(":") {
                return None;
            }
            entries.push((key, self.choice()?));
            if !self.take(",") {
                self.take("}").then_some(())?;
                break;
            }
        }
        Some((!optional).then_some(entries))
    }

    fn number(&mut self) -> Option<Cel> {
        let negative = self.rest.starts_with('-');
        let body = self.rest.strip_prefix('-').unwrap_or(self.rest);
        let sign = if negative { -1 } else { 1 };
        let taken = self.rest.len() - body.len();
        if let Some(hex) = body.strip_prefix("0x").or_else(|| body.strip_prefix("0X")) {
            let end = hex.find(|digit: char| !digit.is_ascii_hexdigit()).unwrap_or(hex.len());
            let whole = sign * i128::from_str_radix(&hex[..end], 16).ok()?;
            self.rest = &self.rest[taken + 2 + end..];
            return Some(if self.suffix() { Cel::Uint(whole) } else { Cel::Int(whole) });
        }
        let digits = |text: &str| text.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(text.len());
        let mut end = digits(body);
        let mut is_double = false;
        if body[end..].starts_with('.') && body[end + 1..].starts_with(|digit: char| digit.is_ascii_digit()) {
            is_double = true;
            end += 1 + digits(&body[end + 1..]);
        }
        if body[end..].starts_with(['e', 'E']) {
            let exponent = &body[end + 1..];
            let signed = exponent.len() - exponent.trim_start_matches(['+', '-']).len();
            let length = digits(&exponent[signed..]);
            if length > 0 {
                is_double = true;
                end += 1 + signed + length;
            }
        }
        let written = body.get(..end).filter(|written| !written.is_empty())?;
        let number = if is_double {
            let written = if written.starts_with('.') { format!("0{written}") } else { written.to_owned() };
            let number: f64 = written.parse().ok()?;
            self.rest = &self.rest[taken + end..];
            return Some(Cel::Double(if negative { -number } else { number }));
        } else {
            sign * written.parse::<i128>().ok()?
        };
        self.rest = &self.rest[taken + end..];
        Some(if self.suffix() { Cel::Uint(number) } else { Cel::Int(number) })
    }

    /// Takes the `u` after a number.
    fn suffix(&mut self) -> bool {
        let rest = self.rest.strip_prefix(['u', 'U']);
        if let Some(rest) = rest {
            self.rest = rest;
        }
        rest.is_some()
    }

    /// A text or bytes: with quotes of either kind, three of them, and `r` or `b` before.
    fn text(&mut self) -> Option<Cel> {
        let mut rest = self.rest;
        let (mut raw, mut bytes) = (false, false);
        while let Some(letter) = rest.chars().next().filter(|letter| "rRbB".contains(*letter)) {
            raw |= letter.eq_ignore_ascii_case(&'r');
            bytes |= letter.eq_ignore_ascii_case(&'b');
            rest = &rest[1..];
        }
        let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| rest.starts_with(quote))?;
        rest = &rest[quote.len()..];
        let mut text = String::new();
        loop {
            if let Some(after) = rest.strip_prefix(quote) {
                self.rest = after;
                return Some(if bytes { Cel::Bytes } else { Cel::Text(text) });
            }
            let letter = rest.chars().next()?;
            rest = &rest[letter.len_utf8()..];
            if letter != '\\' || raw {
                text.push(letter);
                if letter == '\\' {
                    let next = rest.chars().next()?;
                    text.push(next);
                    rest = &rest[next.len_utf8()..];
                }
                continue;
            }
            let escaped = rest.chars().next()?;
            rest = &rest[escaped.len_utf8()..];
            let code = |rest: &str, length: usize, radix| u32::from_str_radix(rest.get(..length)?, radix).ok();
            let (letter, length) = match escaped {
                'a' => ('\u{7}', 0),
                'b' => ('\u{8}', 0),
                'f' => ('\u{c}', 0),
                'n' => ('\n', 0),
                'r' => ('\r', 0),
                't' => ('\t', 0),
                'v' => ('\u{b}', 0),
                'x' | 'X' => (char::from_u32(code(rest, 2, 16)?)?, 2),
                'u' => (char::from_u32(code(rest, 4, 16)?)?, 4),
                'U' => (char::from_u32(code(rest, 8, 16)?)?, 8),
                '0'..='3' => {
                    let all = format!("{escaped}{}", rest.get(..2)?);
                    (char::from_u32(u32::from_str_radix(&all, 8).ok()?)?, 2)
                }
                other => (other, 0),
            };
            text.push(letter);
            rest = &rest[length..];
        }
    }
}
