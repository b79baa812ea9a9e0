//! The text of a clause as a tree, for comparing two versions of it.
//!
//! In: the tokens of a clause. Out: a tree in which layout, comments, spare brackets and spellings (`is` or `==`) make no difference, and in which
//! the order of parts that may stand in any order (operands of `and`, the builder methods of a touch, the keys of a map, what stands behind `in`) makes
//! none either.
//!
//! It is made of tokens, and not taken from the pack that was read: a clause of an old version that does not check any more can be compared too, and
//! settings and constants keep their names. What it has no tree for (`if`, `switch`, bodies of helper functions) is its tokens in a row.

use crate::book::value::Value;
use crate::compare::tokens::{Piece, PieceKind};
use crate::evaluate::methods;
use crate::language::scan::TokenKind;
use crate::limits;
use crate::pack::touch::BUILDERS;

/// An expression as it is written.
#[derive(Clone, Debug)]
pub(crate) enum Expression {
    /// A number, a text, a name: as its author wrote it.
    Leaf(String),
    /// A text with `${...}` parts: what stands between them, and the parts.
    Template(Vec<String>, Vec<Expression>),
    /// `not a`, `-a`.
    Unary(&'static str, Box<Expression>),
    /// `a >= b`: the sign and both sides.
    Binary(&'static str, Box<Expression>, Box<Expression>),
    /// `a and b and c`, `a or b`: the word, and at least two operands.
    Joined(&'static str, Vec<Expression>),
    /// `phone.to("decider").within(4.hours)`: what the chain begins with, and its steps.
    Chain(Box<Expression>, Vec<Step>),
    /// `hot(lead)`.
    Call(String, Vec<Expression>),
    /// `[a, b]`.
    List(Vec<Expression>),
    /// `#{ version: "1.0.0" }`: keys with values, in the order in which they are written.
    Map(Vec<(String, Expression)>),
    /// Anything else, token by token.
    Tokens(Vec<String>),
}

/// What follows a dot.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The name behind the dot; `[` for an index.
    pub(crate) name: String,
    /// The arguments; `None` without parentheses.
    pub(crate) args: Option<Vec<Expression>>,
}

impl Expression {
    /// The expression of these pieces; empty pieces give no tokens.
    pub(crate) fn read(pieces: &[Piece]) -> Self {
        let mut parser = Parser { pieces, at: 0, depth: 0 };
        match parser.expression(0).filter(|_| parser.at == pieces.len()) {
            Some(read) => read,
            None => Self::Tokens(pieces.iter().map(Piece::canonical).collect()),
        }
    }

    /// Its text in one spelling, layout and order: equal for expressions that differ in nothing else.
    pub(crate) fn canonical(&self) -> String {
        self.text(true)
    }

    /// Its text on one line, in the order of its author.
    pub(crate) fn written(&self) -> String {
        self.text(false)
    }

    fn text(&self, sorted: bool) -> String {
        let row = |parts: &[Self]| parts.iter().map(|part| part.text(sorted)).collect::<Vec<_>>();
        match self {
            Self::Leaf(text) => text.clone(),
            Self::Template(texts, parts) => {
                let mut text = String::from("`");
                for (nth, literal) in texts.iter().enumerate() {
                    text.push_str(literal);
                    if let Some(part) = parts.get(nth) {
                        text.push_str(&format!("${{{}}}", part.text(sorted)));
                    }
                }
                text.push('`');
                text
            }
            Self::Unary("-", on) => format!("-{}", on.within(UNARY, sorted)),
            Self::Unary(sign, on) => format!("{sign} {}", on.within(UNARY, sorted)),
            Self::Binary("in" | "not in", ..) if sorted => self.membership(),
            Self::Binary(sign, left, right) => {
                let level = precedence(sign);
                let (left, right) = (left.within(level, sorted), right.within(level + 1, sorted));
                let space = if sign.starts_with("..") { "" } else { " " };
                format!("{left}{space}{sign}{space}{right}")
            }
            Self::Joined(word, parts) => {
                let level = precedence(word) + 1;
                let mut parts: Vec<String> = parts.iter().map(|part| part.within(level, sorted)).collect();
                if sorted {
                    parts.sort();
                }
                parts.join(&format!(" {word} "))
            }
            Self::Chain(base, steps) => {
                let mut text = base.within(UNARY + 1, sorted);
                let mut steps: Vec<&Step> = steps.iter().collect();
                if sorted && steps.iter().all(|step| is_builder(&step.name)) {
                    steps.sort_by(|one, other| one.name.cmp(&other.name));
                }
                for step in steps {
                    text.push_str(&step.text(sorted));
                }
                text
            }
            Self::Call(name, args) => format!("{name}({})", row(args).join(", ")),
            Self::List(items) => format!("[{}]", row(items).join(", ")),
            Self::Map(entries) => {
                let mut entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{key}: {}", value.text(sorted))).collect();
                if sorted {
                    entries.sort();
                }
                format!("#{{ {} }}", entries.join(", "))
            }
            Self::Tokens(tokens) => tokens.join(" "),
        }
    }

    /// The text in brackets where it binds less than this level.
    fn within(&self, level: u8, sorted: bool) -> String {
        let own = match self {
            Self::Binary(sign, ..) => precedence(sign),
            Self::Joined(word, _) => precedence(word),
            Self::Unary(..) => UNARY,
            _ => u8::MAX,
        };
        let text = self.text(sorted);
        if own < level { format!("({text})") } else { text }
    }

    /// `x in [a, b]` with the list in one order: it makes no difference.
    fn membership(&self) -> String {
        let Self::Binary(sign, needle, haystack) = self else { return String::new() };
        let level = precedence(sign);
        let haystack = match &**haystack {
            Self::List(items) => {
                let mut items: Vec<String> = items.iter().map(Self::canonical).collect();
                items.sort();
                items.dedup();
                format!("[{}]", items.join(", "))
            }
            other => other.within(level + 1, true),
        };
        format!("{} {sign} {haystack}", needle.within(level, true))
    }

    /// The value of a text, number, truth or length of time that is written out; `None` for what is none of these.
    pub(crate) fn value(&self) -> Option<Value> {
        match self {
            Self::Leaf(text) => literal(text),
            Self::Unary("-", on) => match on.value()? {
                Value::Whole(whole) => Some(Value::Whole(-whole)),
                Value::Number(number) => Some(Value::Number(-number)),
                _ => None,
            },
            Self::Chain(base, steps) => match (base.value()?, steps.as_slice()) {
                (number @ (Value::Whole(_) | Value::Number(_)), [Step { name, args: None }]) => {
                    methods::length(&number, name).ok()
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The operands of `and`; the expression itself where it is none.
    pub(crate) fn conjuncts(&self) -> Vec<&Self> {
        match self {
            Self::Joined("and", parts) => parts.iter().collect(),
            other => vec![other],
        }
    }
}

impl Step {
    /// `.within(4.hours)`.
    pub(crate) fn text(&self, sorted: bool) -> String {
        let args = |args: &[Expression]| args.iter().map(|arg| arg.text(sorted)).collect::<Vec<_>>().join(", ");
        match &self.args {
            Some(index) if self.name == "[" => format!("[{}]", args(index)),
            // `.automatic()` and `.automatic` are the same.
            Some(none) if none.is_empty() && sorted && is_builder(&self.name) => format!(".{}", self.name),
            Some(some) => format!(".{}({})", self.name, args(some)),
            None => format!(".{}", self.name),
        }
    }
}

/// Whether a name is one of a builder method of touches, which may stand in any order.
pub(crate) fn is_builder(name: &str) -> bool {
    BUILDERS.iter().any(|(builder, _)| *builder == name)
}

/// The value of one token; `None` for a name.
fn literal(text: &str) -> Option<Value> {
    if let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return Some(Value::text(inner));
    }
    match text {
        "true" => Some(Value::Truth(true)),
        "false" => Some(Value::Truth(false)),
        number if number.starts_with(|first: char| first.is_ascii_digit()) => {
            let digits = number.replace('_', "");
            let whole = digits.parse().ok().map(Value::Whole);
            whole.or_else(|| digits.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::Number))
        }
        _ => None,
    }
}

/// How strongly `not` and `-` bind.
const UNARY: u8 = 220;

/// How strongly a binary operator binds, as Rhai has it (`Token::precedence`).
fn precedence(sign: &str) -> u8 {
    match sign {
        "or" => 30,
        "and" => 60,
        "is" | "is not" => 90,
        "in" | "not in" => 110,
        "<" | "<=" | ">" | ">=" => 130,
        "??" => 135,
        ".." | "..=" => 140,
        "+" | "-" => 150,
        _ => 180,
    }
}

/// An expression that is deeper than this stays a row of tokens: it may be that of a file that was never checked.
const DEEPEST: usize = limits::DEPTH;

struct Parser<'a> {
    pieces: &'a [Piece],
    at: usize,
    /// How many expressions are being read within each other.
    depth: usize,
}

impl Parser<'_> {
    fn kind(&self, ahead: usize) -> Option<TokenKind> {
        match self.pieces.get(self.at + ahead)?.kind {
            PieceKind::Token(kind) => Some(kind),
            PieceKind::Template { .. } => Some(TokenKind::Template),
        }
    }

    fn text(&self, ahead: usize) -> &str {
        self.pieces.get(self.at + ahead).map_or("", |piece| piece.text.as_str())
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.text(0) == text && !matches!(self.kind(0), None | Some(TokenKind::Text));
        self.at += usize::from(found);
        found
    }

    /// The binary operator here and the number of tokens that it takes.
    fn operator(&self) -> Option<(&'static str, usize)> {
        if !matches!(self.kind(0)?, TokenKind::Sign | TokenKind::Word) {
            return None;
        }
        Some(match (self.text(0), self.text(1)) {
            ("is", "not") => ("is not", 2),
            ("not" | "!", "in") => ("not in", 2),
            ("is" | "==", _) => ("is", 1),
            ("!=", _) => ("is not", 1),
            ("and" | "&&", _) => ("and", 1),
            ("or" | "||", _) => ("or", 1),
            ("in", _) => ("in", 1),
            ("<", _) => ("<", 1),
            ("<=", _) => ("<=", 1),
            (">", _) => (">", 1),
            (">=", _) => (">=", 1),
            ("??", _) => ("??", 1),
            ("..", _) => ("..", 1),
            ("..=", _) => ("..=", 1),
            ("+", _) => ("+", 1),
            ("-", _) => ("-", 1),
            ("*", _) => ("*", 1),
            ("/", _) => ("/", 1),
            ("%", _) => ("%", 1),
            _ => return None,
        })
    }

    /// An expression whose operators bind at least as strongly as this level; `None` for what there is no tree for.
    fn expression(&mut self, level: u8) -> Option<Expression> {
        let mut left = self.unary()?;
        let mut operators = 0;
        while let Some((sign, length)) = self.operator().filter(|(sign, _)| precedence(sign) >= level) {
            self.at += length;
            operators += usize::from(!matches!(sign, "and" | "or"));
            if operators > DEEPEST {
                return None;
            }
            let right = self.expression(precedence(sign) + 1)?;
            left = match (sign, left) {
                ("and" | "or", Expression::Joined(word, mut parts)) if word == sign => {
                    parts.push(right);
                    Expression::Joined(word, parts)
                }
                ("and" | "or", left) => Expression::Joined(sign, joined(sign, left, right)),
                (_, left) => Expression::Binary(sign, Box::new(left), Box::new(right)),
            };
        }
        Some(left)
    }

    fn unary(&mut self) -> Option<Expression> {
        self.depth += 1;
        let read = if self.depth > DEEPEST { None } else { self.signed() };
        self.depth -= 1;
        read
    }

    fn signed(&mut self) -> Option<Expression> {
        if self.take("not") || self.take("!") {
            return Some(Expression::Unary("not", Box::new(self.unary()?)));
        }
        if self.take("-") {
            return Some(Expression::Unary("-", Box::new(self.unary()?)));
        }
        let base = self.primary()?;
        let mut steps = Vec::new();
        loop {
            if self.kind(0) == Some(TokenKind::Dot) && self.kind(1) == Some(TokenKind::Word) {
                let name = self.text(1).to_owned();
                self.at += 2;
                let args = if self.kind(0) == Some(TokenKind::Open('(')) { Some(self.items("(", ")")?) } else { None };
                steps.push(Step { name, args });
            } else if self.kind(0) == Some(TokenKind::Open('[')) {
                steps.push(Step { name: "[".to_owned(), args: Some(self.items("[", "]")?) });
            } else {
                break;
            }
        }
        Some(if steps.is_empty() { base } else { Expression::Chain(Box::new(base), steps) })
    }

    /// `(a, b)`, `[a, b]`, also with a comma behind the last.
    fn items(&mut self, open: &str, close: &str) -> Option<Vec<Expression>> {
        let mut items = Vec::new();
        if !self.take(open) {
            return None;
        }
        while !self.take(close) {
            items.push(self.expression(0)?);
            if !self.take(",") && self.text(0) != close {
                return None;
            }
        }
        Some(items)
    }

    fn primary(&mut self) -> Option<Expression> {
        let piece = self.pieces.get(self.at)?;
        match &piece.kind {
            PieceKind::Template { texts, parts } => {
                self.at += 1;
                let parts = parts.iter().map(|part| Expression::read(part)).collect();
                Some(Expression::Template(texts.clone(), parts))
            }
            PieceKind::Token(TokenKind::Number | TokenKind::Text | TokenKind::RawText | TokenKind::Char) => {
                self.at += 1;
                Some(Expression::Leaf(piece.canonical()))
            }
            PieceKind::Token(TokenKind::Word) => {
                if NOT_A_NAME.contains(&piece.text.as_str()) {
                    return None;
                }
                self.at += 1;
                if self.kind(0) == Some(TokenKind::Open('(')) {
                    return Some(Expression::Call(piece.text.clone(), self.items("(", ")")?));
                }
                Some(Expression::Leaf(piece.text.clone()))
            }
            PieceKind::Token(TokenKind::Open('(')) => {
                let mut inner = self.items("(", ")")?;
                match (inner.pop(), inner.is_empty()) {
                    (Some(one), true) => Some(one),
                    (None, true) => Some(Expression::Leaf("()".to_owned())),
                    _ => None,
                }
            }
            PieceKind::Token(TokenKind::Open('[')) => Some(Expression::List(self.items("[", "]")?)),
            PieceKind::Token(TokenKind::Sign) if piece.text == "#" => self.map(),
            PieceKind::Token(_) => None,
        }
    }

    /// `#{ key: value }`.
    fn map(&mut self) -> Option<Expression> {
        let mut entries = Vec::new();
        if !(self.take("#") && self.take("{")) {
            return None;
        }
        while !self.take("}") {
            let key = self.text(0).trim_matches('"').to_owned();
            self.at += 1;
            if !self.take(":") {
                return None;
            }
            entries.push((key, self.expression(0)?));
            if !self.take(",") && self.text(0) != "}" {
                return None;
            }
        }
        Some(Expression::Map(entries))
    }
}

/// The operands of `left <word> right`, those of the same word within brackets included.
fn joined(word: &'static str, left: Expression, right: Expression) -> Vec<Expression> {
    let operands = |one: Expression| match one {
        Expression::Joined(own, parts) if own == word => parts,
        other => vec![other],
    };
    operands(left).into_iter().chain(operands(right)).collect()
}

/// Words with which an expression begins that has no tree here.
const NOT_A_NAME: &[&str] =
    &["if", "else", "switch", "let", "for", "while", "loop", "do", "return", "throw", "try", "in", "is"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::tokens::pieces_of;

    fn read(text: &str) -> Expression {
        Expression::read(&pieces_of(text))
    }

    #[test]
    fn layout_spelling_brackets_and_order_that_mean_nothing_make_no_difference() {
        for (one, other) in [
            ("lead.open and lead.visits(7.days) >= 2", "lead.visits( 7.days )>=2 /* twice */ && (lead.open)"),
            ("lead.stage is not \"lost\"", "lead.stage != \"lost\""),
            ("lead.country not in [\"NL\", \"BE\"]", "lead.country !in [\"BE\",\"NL\",]"),
            ("a or (b or c)", "c or b or a"),
            ("not a and b", "b and (not a)"),
            ("phone.to(\"decider\").within(4.hours)", "phone\n    .within(4.hours).to(\"decider\")"),
            ("email.automatic", "email.automatic()"),
            ("`${a + 1} times`", "`${ a  +  1 } times`"),
            ("#{ a: 1, \"b\": 2 }", "#{b: 2, a: 1}"),
            ("10_000", "10000"),
            ("if a { b } else { c }", "if a {b} else {\n c }"),
            ("a + b * c", "a + (b * c)"),
        ] {
            assert_eq!(read(one).canonical(), read(other).canonical(), "{one}");
        }
    }

    #[test]
    fn what_means_something_else_stays_different() {
        for (one, other) in [
            ("(a or b) and c", "a or b and c"),
            ("(a + b) * c", "a + b * c"),
            ("a - (b - c)", "a - b - c"),
            ("not (a is b)", "not a is b"),
            ("[a, b]", "[b, a]"),
            ("phone.offer([\"a\", \"b\"])", "phone.offer([\"b\", \"a\"])"),
            ("`a ${b} c`", "`a  ${b} c`"),
            ("\"a\"", "\"A\""),
            ("lead.name.to_lower().starts_with(\"a\")", "lead.name.starts_with(\"a\").to_lower()"),
            ("a < b", "b < a"),
        ] {
            assert_ne!(read(one).canonical(), read(other).canonical(), "{one}");
        }
    }
}
