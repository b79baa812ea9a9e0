//! The statement forms of the rule language, as one table.
//!
//! The table says for each statement which word begins it, what its head holds, which clauses it takes, and in which order they are
//! usually written. The scanner (where a statement begins), the splitter (where a clause begins) and the reader (which clauses a statement
//! takes or needs), the formatter (what stands on one line) and the services of an editor look these up here, and the tables of the
//! documentation are tested against it. [`StatementForm::head`] only describes: what a head must hold is checked by the reader of each
//! statement, in `language/forms`. `doc` is the key of a sentence, for [`form_descriptions`](crate::pack::form_descriptions).
//!
//! Invariants, tested: every form can be read from its example, and the example has every clause of its form.

use std::sync::LazyLock;

/// One statement form.
#[derive(Debug)]
pub struct StatementForm {
    /// The kind of statement; each kind has one form.
    pub kind: StatementKind,
    /// The word that begins the statement: `rule`.
    pub word: &'static str,
    /// The head: what stands between the statement word and the first clause, in this order.
    pub head: &'static [HeadPart],
    /// The clauses, in the order in which they are usually written. An author may write them in any order, each once.
    pub clauses: &'static [ClauseForm],
    /// The key of what the statement does, as a clause whose subject is the statement.
    pub doc: &'static str,
    /// True when the word that begins the statement may not be the name of a setting or constant.
    pub reserved: bool,
    /// A valid statement with every part of the head and every clause, up to its `;` (`fn`: its `}`).
    pub example: &'static str,
}

/// Which statement a form describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is described by its form")]
pub enum StatementKind {
    Pack,
    Fact,
    Setting,
    Enter,
    Rule,
    Never,
    Limit,
    Reachable,
    Holidays,
    Pause,
    Cadence,
    Example,
    Goal,
    Effort,
    Budget,
    Needs,
    Without,
    Adjust,
    Constant,
    Function,
}

/// A part of a statement's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadPart {
    /// A name between quotes: `example "Nothing to do yet"`.
    QuotedName,
    /// The name of a rule or series between quotes, by which other statements refer to it: `rule "Price page again"`.
    StatementName,
    /// Such a name of a policy, which may be left out: `limit "Two calls" phone 2 per 7.days`.
    OptionalName,
    /// The name of a rule, series or policy of another pack between quotes: `without "Price page again"`.
    OtherStatement,
    /// The name that the pack has, between quotes: `pack "Inside sales"`.
    PackName,
    /// The name of another pack between quotes: `needs "Answers"`.
    OtherPack,
    /// Versions of a pack between quotes, which may be left out: `"^1.2"`.
    OptionalVersions,
    /// `lever` and a number from 0 on: `lever 1.5`.
    Lever,
    /// A stage between quotes: `"interest"`.
    Stage,
    /// The name that the statement declares, without quotes; expressions refer to it: `hot_visits`.
    Identifier,
    /// `= value`; the value is computed once, when the pack is read.
    Assignment,
    /// A map that may be left out: `#{ version: "1.0.0" }`.
    OptionalMap,
    /// A channel, or `any`.
    Channel,
    /// A whole number, 0 or more: a literal or the name of a setting.
    Count,
    /// A length of elapsed time, not of working time: `2.days`.
    Length,
    /// Opening hours between quotes: `"Mo-Fr 09:00-17:30"`.
    OpeningHours,
    /// The code of a country between quotes: `"IN"`.
    Country,
    /// A list of dates between quotes: `["2027-01-26"]`.
    Dates,
    /// The parameters of a helper function between parentheses.
    Parameters,
    /// The body of a helper function between braces, which also ends the statement.
    Body,
}

/// One clause of a statement form.
#[derive(Debug)]
pub struct ClauseForm {
    /// The word that begins the clause: `when`.
    pub word: &'static str,
    /// True when every statement of the form needs it: a statement without it is reported as an error and does not take part.
    pub required: bool,
    /// What follows the clause word.
    pub content: ClauseContent,
    /// The key of what the clause says, as a phrase.
    pub doc: &'static str,
    /// True when the word begins a clause in every statement, so that one in the wrong statement is told, and may not be the name of a setting
    /// or constant. Otherwise it begins a clause only in the statements whose form has it.
    pub reserved: bool,
}

/// What a clause holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseContent {
    /// An expression, evaluated for each lead or, in an `example` statement, when the examples are run.
    Expression(ClausePurpose),
    /// A text, computed once, when the pack is read.
    Text,
    /// A name between quotes or a list of names, computed once, when the pack is read: `"r1"`, `["r1", "manager"]`.
    Names,
    /// Such names, which the statement had before: `"Old name"`, `["Old name", "Older name"]`.
    FormerNames,
    /// The name of another pack between quotes: `"Inside sales"`.
    OtherPack,
    /// The type of a declared fact: `truth`, `number`, `text` or `time`.
    Type,
    /// The lowest and highest value of a setting: whole numbers, as `1..=10` or `1..11` without the end, or lengths of time, as `1.days..=14.days`.
    Range,
    /// What the number of a setting is: `"count"`, `"amount"` or `"percent"`.
    Unit,
    /// A length of elapsed time, not of working time, computed once, when the pack is read: `7.days`.
    Length,
    /// Whose touches are counted together, one of these words between quotes: `"person"`, `"lead"` or `"account"` for a limit.
    Scope(&'static [&'static str]),
    /// What a goal measures, a word without quotes: `retained_revenue`.
    Measure,
    /// A number above 0, computed once, when the pack is read.
    Number,
    /// A day between quotes: `"2027-03-31"`.
    Date,
}

/// What an expression is for, which decides the type that its value must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClausePurpose {
    /// `when`, `unless`, `until`: true or false.
    Condition,
    /// `then`: touches.
    Touches,
    /// `steps`: touches, whose `.after` counts from the start of the cadence.
    Steps,
    /// `expect`: a touch, `wait` or `hold`, and what else must be so, joined by `and`.
    Expected,
    /// `because`: a sentence.
    Sentence,
    /// `given`: a map with the fields of the lead of the example.
    Given,
    /// `rows`: a list of the names of columns, and a list of values for each case.
    Rows,
}

/// Every statement form, in the order of the documentation.
pub const STATEMENT_FORMS: &[StatementForm] = &[
    StatementForm {
        kind: StatementKind::Pack,
        word: "pack",
        head: &[HeadPart::PackName, HeadPart::OptionalMap],
        clauses: &[],
        doc: "statement-pack",
        reserved: true,
        example: r#"pack "Inside sales" #{ version: "1.0.0", language: "en", author: "Sales team North" };"#,
    },
    StatementForm {
        kind: StatementKind::Fact,
        word: "fact",
        head: &[HeadPart::Identifier],
        clauses: &[required("as", ClauseContent::Type, "clause-as"), BECAUSE_TEXT],
        doc: "statement-fact",
        reserved: true,
        example: r#"fact budget as number because "Yearly budget in euros";"#,
    },
    StatementForm {
        kind: StatementKind::Setting,
        word: "setting",
        head: &[HeadPart::Identifier, HeadPart::Assignment],
        clauses: &[
            optional("range", ClauseContent::Range, "clause-range"),
            own(false, "unit", ClauseContent::Unit, "clause-unit"),
            BECAUSE_TEXT,
            PROPOSED_BY,
        ],
        doc: "statement-setting",
        reserved: true,
        example: r#"setting hot_visits = 2 range 1..=10 unit "count" because "Visits in a week that count as hot"
  proposed_by "Kim";"#,
    },
    StatementForm {
        kind: StatementKind::Enter,
        word: "enter",
        head: &[HeadPart::Stage],
        clauses: &[WHEN, BECAUSE],
        doc: "statement-enter",
        reserved: true,
        example: r#"enter "interest" when lead.visits(30.days) >= 3 because "Three visits in a month";"#,
    },
    StatementForm {
        kind: StatementKind::Rule,
        word: "rule",
        head: &[HeadPart::StatementName],
        clauses: &[
            optional("id", ClauseContent::Text, "clause-id"),
            optional("formerly", ClauseContent::FormerNames, "clause-formerly"),
            WHEN,
            UNLESS,
            required("then", ClauseContent::Expression(ClausePurpose::Touches), "clause-then"),
            BECAUSE,
            PROPOSED_BY,
        ],
        doc: "statement-rule",
        reserved: true,
        example: r#"rule "Price page again" id "price-page" formerly "Price page: call"
  when lead.visits("pricing", 7.days) >= 2
  unless lead.stage is "lost"
  then phone.to("decider").within(4.hours)
  because "They look at prices"
  proposed_by "Kim";"#,
    },
    StatementForm {
        kind: StatementKind::Never,
        word: "never",
        head: &[HeadPart::OptionalName, HeadPart::Channel],
        clauses: &[OPTIONAL_WHEN, UNLESS, BECAUSE],
        doc: "statement-never",
        reserved: true,
        example: r#"never "They said no" phone when lead.stage is "lost" unless lead.replies(7.days) >= 1 because "No is no";"#,
    },
    StatementForm {
        kind: StatementKind::Limit,
        word: "limit",
        head: &[HeadPart::OptionalName, HeadPart::Channel, HeadPart::Count],
        clauses: &[
            required("per", ClauseContent::Length, "clause-per"),
            optional("across", ClauseContent::Scope(&["person", "lead", "account"]), "clause-across"),
            OPTIONAL_WHEN,
            BECAUSE,
        ],
        doc: "statement-limit",
        reserved: true,
        example: r#"limit "Two calls" phone 2 per 7.days across "account" when lead.open because "Twice a week is enough";"#,
    },
    StatementForm {
        kind: StatementKind::Reachable,
        word: "reachable",
        head: &[HeadPart::OptionalName, HeadPart::Channel, HeadPart::OpeningHours],
        clauses: &[OPTIONAL_WHEN, BECAUSE],
        doc: "statement-reachable",
        reserved: true,
        example: r#"reachable "Office hours" phone "Mo-Fr 09:00-17:30; PH off" when lead.open because "They work then";"#,
    },
    StatementForm {
        kind: StatementKind::Holidays,
        word: "holidays",
        head: &[HeadPart::OptionalName, HeadPart::Country, HeadPart::Dates],
        clauses: &[BECAUSE_TEXT],
        doc: "statement-holidays",
        reserved: true,
        example: r#"holidays "Gazette" "LK" ["2027-01-14", "2027-02-04"] because "Gazette of 2026";"#,
    },
    StatementForm {
        kind: StatementKind::Pause,
        word: "pause",
        head: &[HeadPart::OptionalName, HeadPart::Channel, HeadPart::Length],
        clauses: &[WHEN, BECAUSE],
        doc: "statement-pause",
        reserved: true,
        example: r#"pause "Let them think" phone 2.days when lead.replies(7.days) >= 1 because "They wrote back";"#,
    },
    StatementForm {
        kind: StatementKind::Cadence,
        word: "cadence",
        head: &[HeadPart::StatementName],
        clauses: &[
            WHEN,
            required("steps", ClauseContent::Expression(ClausePurpose::Steps), "clause-steps"),
            optional("until", ClauseContent::Expression(ClausePurpose::Condition), "clause-until"),
            optional("again_after", ClauseContent::Length, "clause-again-after"),
            optional("across", ClauseContent::Scope(&["person", "lead"]), "clause-across-cadence"),
            BECAUSE,
            PROPOSED_BY,
        ],
        doc: "statement-cadence",
        reserved: true,
        example: r#"cadence "Warm"
  when lead.stage is "interest"
  steps [email, phone.after(4.days)]
  until lead.replies(7.days) >= 1
  again_after 90.days
  across "person"
  because "They are new here"
  proposed_by "Kim";"#,
    },
    StatementForm {
        kind: StatementKind::Example,
        word: "example",
        head: &[HeadPart::QuotedName],
        clauses: &[
            required("given", ClauseContent::Expression(ClausePurpose::Given), "clause-given"),
            required("expect", ClauseContent::Expression(ClausePurpose::Expected), "clause-expect"),
            own(false, "rows", ClauseContent::Expression(ClausePurpose::Rows), "clause-rows"),
        ],
        doc: "statement-example",
        reserved: true,
        example: r#"example "Nothing to do yet"
  given #{ stage: stage }
  expect wait
  rows [["case", "stage"], ["looks around", "orientation"], ["is interested", "interest"]];"#,
    },
    StatementForm {
        kind: StatementKind::Goal,
        word: "goal",
        head: &[HeadPart::QuotedName],
        clauses: &[
            own(true, "measure", ClauseContent::Measure, "clause-measure"),
            own(true, "target", ClauseContent::Number, "clause-target"),
            own(true, "since", ClauseContent::Date, "clause-since-goal"),
            required("until", ClauseContent::Date, "clause-until-goal"),
            own(false, "for", ClauseContent::Text, "clause-for"),
            own(false, "agreed_by", ClauseContent::Names, "clause-agreed-by"),
            BECAUSE_TEXT,
            PROPOSED_BY,
        ],
        doc: "statement-goal",
        reserved: false,
        example: r#"goal "Customers who stay" measure retained_revenue target 400000 since "2026-10-01" until "2027-03-31"
  for "North"
  agreed_by ["r1", "manager"]
  because "Who stays tells others"
  proposed_by "Kim";"#,
    },
    StatementForm {
        kind: StatementKind::Effort,
        word: "effort",
        head: &[HeadPart::Channel, HeadPart::Length],
        clauses: &[BECAUSE_TEXT],
        doc: "statement-effort",
        reserved: false,
        example: r#"effort visit 2.hours because "With the journey there and back";"#,
    },
    StatementForm {
        kind: StatementKind::Budget,
        word: "budget",
        head: &[HeadPart::Channel, HeadPart::Count],
        clauses: &[
            required("per", ClauseContent::Length, "clause-per-budget"),
            optional("across", ClauseContent::Scope(&["team", "rep"]), "clause-across-budget"),
            BECAUSE_TEXT,
        ],
        doc: "statement-budget",
        reserved: false,
        example: r#"budget visit 4 per 7.days across "team" because "Four days on the road";"#,
    },
    StatementForm {
        kind: StatementKind::Needs,
        word: "needs",
        head: &[HeadPart::OtherPack, HeadPart::OptionalVersions],
        clauses: &[BECAUSE_TEXT],
        doc: "statement-needs",
        reserved: false,
        example: r#"needs "Answers" "^1.2" because "Who asks is answered there";"#,
    },
    StatementForm {
        kind: StatementKind::Without,
        word: "without",
        head: &[HeadPart::OtherStatement],
        clauses: &[
            own(false, "of", ClauseContent::OtherPack, "clause-of"),
            required("because", ClauseContent::Text, "clause-because-change"),
        ],
        doc: "statement-without",
        reserved: false,
        example: r#"without "Price page again" of "Inside sales" because "Our prices are public";"#,
    },
    StatementForm {
        kind: StatementKind::Adjust,
        word: "adjust",
        head: &[HeadPart::OtherStatement, HeadPart::Lever],
        clauses: &[
            own(false, "of", ClauseContent::OtherPack, "clause-of"),
            required("because", ClauseContent::Text, "clause-because-change"),
        ],
        doc: "statement-adjust",
        reserved: false,
        example: r#"adjust "Price page again" lever 1.5 of "Inside sales" because "It sells best here";"#,
    },
    StatementForm {
        kind: StatementKind::Constant,
        word: "const",
        head: &[HeadPart::Identifier, HeadPart::Assignment],
        clauses: &[],
        doc: "statement-const",
        reserved: true,
        example: "const SOON = 4.hours;",
    },
    StatementForm {
        kind: StatementKind::Function,
        word: "fn",
        head: &[HeadPart::Identifier, HeadPart::Parameters, HeadPart::Body],
        clauses: &[],
        doc: "statement-fn",
        reserved: true,
        example: r#"fn hot(lead) { lead.visits("pricing", 7.days) >= 2 }"#,
    },
];

const CONDITION: ClauseContent = ClauseContent::Expression(ClausePurpose::Condition);
const WHEN: ClauseForm = required("when", CONDITION, "clause-when");
const OPTIONAL_WHEN: ClauseForm = optional("when", CONDITION, "clause-when");
const UNLESS: ClauseForm = optional("unless", CONDITION, "clause-unless");
const BECAUSE: ClauseForm = optional("because", ClauseContent::Expression(ClausePurpose::Sentence), "clause-because");
const PROPOSED_BY: ClauseForm = own(false, "proposed_by", ClauseContent::Text, "clause-proposed-by");
const BECAUSE_TEXT: ClauseForm = optional("because", ClauseContent::Text, "clause-because-text");

const fn required(word: &'static str, content: ClauseContent, doc: &'static str) -> ClauseForm {
    ClauseForm { word, required: true, content, doc, reserved: true }
}

const fn optional(word: &'static str, content: ClauseContent, doc: &'static str) -> ClauseForm {
    ClauseForm { word, required: false, content, doc, reserved: true }
}

/// A clause whose word is an ordinary name in all statements whose form does not have it.
const fn own(required: bool, word: &'static str, content: ClauseContent, doc: &'static str) -> ClauseForm {
    ClauseForm { word, required, content, doc, reserved: false }
}

impl HeadPart {
    /// The word that begins this part; `None` where it begins with what it holds.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Lever => Some("lever"),
            _ => None,
        }
    }
}

impl ClauseForm {
    /// Whether the clause says why the statement is there.
    pub fn is_reason(&self) -> bool {
        self.word == BECAUSE.word
    }
}

impl StatementForm {
    /// The form of the statement that begins with this word; `None` when no statement does.
    pub fn of(word: &str) -> Option<&'static Self> {
        STATEMENT_FORMS.iter().find(|form| form.word == word)
    }

    /// The clause of this form that begins with this word; `None` when the form has none.
    pub fn clause(&self, word: &str) -> Option<&'static ClauseForm> {
        self.clauses.iter().find(|clause| clause.word == word)
    }

    /// Whether the statement declares a name without quotes, which stands behind its first word.
    pub fn declares(&self) -> bool {
        self.head.first() == Some(&HeadPart::Identifier)
    }

    /// Whether the statement proposes touches.
    pub fn proposes(&self) -> bool {
        let purpose = |clause: &ClauseForm| match clause.content {
            ClauseContent::Expression(purpose) => Some(purpose),
            _ => None,
        };
        let mut purposes = self.clauses.iter().filter_map(purpose);
        purposes.any(|purpose| matches!(purpose, ClausePurpose::Touches | ClausePurpose::Steps))
    }

    /// Whether a text that begins the head is a name: its own, or the one that it refers to. A name that may be left out is there when the part
    /// behind it is not what `text_follows` would otherwise be: `holidays "LK" ["2027-01-14"]` has none.
    pub fn begins_with_name(&self, text_follows: bool) -> bool {
        match self.head {
            [HeadPart::OptionalName, HeadPart::Country, ..] => text_follows,
            [first, ..] => matches!(
                first,
                HeadPart::QuotedName
                    | HeadPart::StatementName
                    | HeadPart::OptionalName
                    | HeadPart::OtherStatement
                    | HeadPart::PackName
                    | HeadPart::OtherPack
            ),
            [] => false,
        }
    }

    /// Whether a clause word in this statement begins a clause. False for `const` and `fn`, which end with an expression or a body, in
    /// which such a word is an ordinary name.
    pub const fn is_split_into_clauses(&self) -> bool {
        !matches!(self.kind, StatementKind::Constant | StatementKind::Function)
    }

    /// Whether this word begins a clause in this statement: one of its own, or one of another statement, which is then misplaced.
    pub fn is_clause_word(&self, word: &str) -> bool {
        is_reserved_clause_word(word) || self.clause(word).is_some()
    }
}

/// The words that begin a statement, in the order of the table.
pub fn statement_words() -> impl Iterator<Item = &'static str> {
    STATEMENT_FORMS.iter().map(|form| form.word)
}

/// The words that begin a clause of any statement, each once, in the order of the table.
pub fn clause_words() -> &'static [&'static str] {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| distinct_clause_words(|_| true));
    &WORDS
}

/// Whether this word begins a clause in every statement.
pub fn is_reserved_clause_word(word: &str) -> bool {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| distinct_clause_words(|clause| clause.reserved));
    WORDS.contains(&word)
}

/// Whether this word may not be the name of a setting or constant, because it begins a statement or a clause.
pub fn is_reserved(word: &str) -> bool {
    is_reserved_clause_word(word) || StatementForm::of(word).is_some_and(|form| form.reserved)
}

/// The words of some clauses, each once, in the order of the table.
fn distinct_clause_words(wanted: impl Fn(&ClauseForm) -> bool) -> Vec<&'static str> {
    let mut words = Vec::new();
    for clause in STATEMENT_FORMS.iter().flat_map(|form| form.clauses).filter(|clause| wanted(clause)) {
        if !words.contains(&clause.word) {
            words.push(clause.word);
        }
    }
    words
}
