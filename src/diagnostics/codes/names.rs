//! Codes about unknown and duplicate names.

use crate::diagnostics::codes::DiagnosticCode;

/// There is no such name
///
/// ## What it does
/// Reports when a word is no setting, constant or channel, and not between quotes.
///
/// ## Why it matters
/// A rule that reads it could not be decided for any lead.
///
/// ## Example
/// ```rhai
/// never phone when lead.stage is lost;
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.stage is "lost";
/// ```
pub(crate) const UNKNOWN_NAME: DiagnosticCode = DiagnosticCode::new("unknown-name");

/// A lead has no such fact
///
/// ## What it does
/// Reports when `lead`, `person` or `account` is followed by a fact that is neither in the catalogue nor declared with
/// `fact`.
///
/// ## Why it matters
/// A rule that reads it would never hold.
///
/// ## Example
/// ```rhai
/// never phone when lead.visists(7.days) > 9;
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.visits(7.days) > 9;
/// ```
pub(crate) const UNKNOWN_FACT: DiagnosticCode = DiagnosticCode::new("unknown-fact");

/// There is no such function
///
/// ## What it does
/// Reports when a function is called that is not defined.
///
/// ## Why it matters
/// The rule could not be decided for any lead.
///
/// ## Example
/// ```rhai
/// never phone when visits(7.days) > 9;
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.visits(7.days) > 9;
/// ```
pub(crate) const UNKNOWN_FUNCTION: DiagnosticCode = DiagnosticCode::new("unknown-function");

/// A touch has no such method
///
/// ## What it does
/// Reports when a touch is given a method that touches do not have.
///
/// ## Why it matters
/// The touch would not be what its author means.
///
/// ## Example
/// ```rhai
/// rule "Call" when lead.open then phone.wihtin(4.hours);
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call" when lead.open then phone.within(4.hours);
/// ```
pub(crate) const UNKNOWN_BUILDER: DiagnosticCode = DiagnosticCode::new("unknown-builder");

/// There is no such channel
///
/// ## What it does
/// Reports when a word that is no channel stands where a channel is needed.
///
/// ## Why it matters
/// There is no way to contact anybody over it.
///
/// ## Example
/// ```rhai
/// rule "Call" when lead.open then fax;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call" when lead.open then phone;
/// ```
pub(crate) const UNKNOWN_CHANNEL: DiagnosticCode = DiagnosticCode::new("unknown-channel");

/// There is no such stage
///
/// ## What it does
/// Reports when a stage is compared with a word that is no stage, or `enter` names one.
///
/// ## Why it matters
/// No lead is ever there, so that the rule would never hold.
///
/// ## Example
/// ```rhai
/// never phone when lead.stage is "intrest";
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.stage is "interest";
/// ```
pub(crate) const UNKNOWN_STAGE: DiagnosticCode = DiagnosticCode::new("unknown-stage");

/// There is no such role
///
/// ## What it does
/// Reports when a role is needed and the word is no role.
///
/// ## Why it matters
/// Nobody ever plays it, so that the rule would never hold.
///
/// ## Example
/// ```rhai
/// never phone when not lead.knows("boss");
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when not lead.knows("decider");
/// ```
pub(crate) const UNKNOWN_ROLE: DiagnosticCode = DiagnosticCode::new("unknown-role");

/// There is no such kind of signal
///
/// ## What it does
/// Reports when a kind of signal is needed and the word is no kind of signal.
///
/// ## Why it matters
/// It never happens, so that the rule would never hold.
///
/// ## Example
/// ```rhai
/// rule "Call" when lead.since("from") < 1.hour then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call" when lead.since("form") < 1.hour then phone;
/// ```
pub(crate) const UNKNOWN_SIGNAL: DiagnosticCode = DiagnosticCode::new("unknown-signal");

/// There is no such unit
///
/// ## What it does
/// Reports when a number is followed by a word that is no unit of time.
///
/// ## Why it matters
/// The length of time is unknown.
///
/// ## Example
/// ```rhai
/// limit phone 2 per 7.dys;
/// ```
///
/// ## Do instead
/// ```rhai
/// limit phone 2 per 7.days;
/// ```
pub(crate) const UNKNOWN_UNIT: DiagnosticCode = DiagnosticCode::new("unknown-unit");

/// A limit cannot count across this
///
/// ## What it does
/// Reports when `across` names something else than a person, a lead or an account; in a cadence, than a person or a lead; in a budget, than
/// the team or a rep.
///
/// ## Why it matters
/// It is unclear whose touches count.
///
/// ## Example
/// ```rhai
/// limit phone 2 per 7.days across "team";
/// ```
///
/// ## Do instead
/// ```rhai
/// limit phone 2 per 7.days across "account";
/// ```
pub(crate) const UNKNOWN_SCOPE: DiagnosticCode = DiagnosticCode::new("unknown-scope");

/// There is no such kind of fact
///
/// ## What it does
/// Reports when `fact` names a type that does not exist.
///
/// ## Why it matters
/// Rules could use it in the wrong way.
///
/// ## Example
/// ```rhai
/// fact budget as money;
/// never phone when lead.budget > 2;
/// ```
///
/// ## Do instead
/// ```rhai
/// fact budget as number;
/// never phone when lead.budget > 2;
/// ```
pub(crate) const UNKNOWN_TYPE: DiagnosticCode = DiagnosticCode::new("unknown-type");

/// No pack has this setting
///
/// ## What it does
/// Reports when a value is given to a setting that no pack has.
///
/// ## Why it matters
/// Whoever turned it thinks that it does something.
///
/// Told where settings are turned: `cadans decide --set hot_vists=3`. Write the name as the pack has it; `cadans settings` lists them.
pub(crate) const UNKNOWN_SETTING: DiagnosticCode = DiagnosticCode::new("unknown-setting");

/// A fact needs parentheses
///
/// ## What it does
/// Reports when a fact that takes arguments is written without parentheses.
///
/// ## Why it matters
/// It takes questions between brackets: of which page, in how many days.
///
/// ## Example
/// ```rhai
/// never phone when lead.visits > 9;
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.visits(7.days) > 9;
/// ```
pub(crate) const MISSING_PARENTHESES: DiagnosticCode = DiagnosticCode::new("missing-parentheses");

/// A fact takes no parentheses
///
/// ## What it does
/// Reports when a field of the lead is written with parentheses.
///
/// ## Why it matters
/// It stands on record and takes no questions.
///
/// ## Example
/// ```rhai
/// never phone when lead.stage() is "lost";
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.stage is "lost";
/// ```
pub(crate) const NEEDLESS_PARENTHESES: DiagnosticCode = DiagnosticCode::new("needless-parentheses");

/// The name is taken
///
/// ## What it does
/// Reports when a setting, constant, fact or function is named with a word of the language.
///
/// ## Why it matters
/// Rules would not know which of the two is meant.
///
/// ## Example
/// ```rhai
/// setting phone = 2;
/// ```
///
/// ## Do instead
/// ```rhai
/// setting phone_calls = 2;
/// never phone when lead.calls(7.days) > phone_calls;
/// ```
pub(crate) const TAKEN_NAME: DiagnosticCode = DiagnosticCode::new("taken-name");

/// Two have one name
///
/// ## What it does
/// Reports when two rules, cadences, examples, facts, settings, constants or functions of one pack have the same name.
///
/// ## Why it matters
/// Its name is how people, explanations and tests speak of it.
///
/// ## Example
/// ```rhai
/// rule "Call" when lead.open then phone;
/// rule "Call" when lead.visits(7.days) >= 2 then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call" when lead.open then phone;
/// rule "Call, they look around" when lead.visits(7.days) >= 2 then phone;
/// ```
pub(crate) const DUPLICATE_NAME: DiagnosticCode = DiagnosticCode::new("duplicate-name");

/// Two packs have one name
///
/// ## What it does
/// Reports when two packs have the same name, or one file two pack statements.
///
/// ## Why it matters
/// With its pack's name a rule is known everywhere. The first is kept.
///
/// ## Example
/// ```rhai
/// pack "Sales";
/// pack "More sales";
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "Sales";
/// ```
pub(crate) const DUPLICATE_PACK: DiagnosticCode = DiagnosticCode::new("duplicate-pack");

/// Two packs disagree about a fact
///
/// ## What it does
/// Reports when two packs declare the same fact with different types.
///
/// ## Why it matters
/// A lead has one value for it. The first pack is kept.
///
/// ## Example
/// ```rhai
/// pack "A";
/// fact size as number;
/// never phone when lead.size > 5;
/// ```
/// ```rhai
/// pack "B";
/// fact size as text;
/// never email when lead.size is "small";
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "A";
/// fact size as number;
/// never phone when lead.size > 5;
/// ```
/// ```rhai
/// pack "B";
/// fact size as number;
/// never email when lead.size < 5;
/// ```
pub(crate) const CONFLICTING_FACT: DiagnosticCode = DiagnosticCode::new("conflicting-fact");

/// Nobody is `person` here
///
/// ## What it does
/// Warns when `person` is read where no person is evaluated: in an `enter` statement, in the steps of a cadence, and in the reason of a
/// rule (or cadence) that does not read `person` elsewhere.
///
/// ## Why it matters
/// A stage and a series belong to the lead as a whole, and a rule that reads no person is evaluated once for the lead. Everything about
/// `person` is unknown there: the condition fails for every lead, and the sentence has a gap.
///
/// ## Example
/// ```rhai
/// enter "consideration" when person.is_a("decider");
/// ```
///
/// ## Do instead
/// ```rhai
/// enter "consideration" when lead.knows("decider");
/// ```
pub(crate) const NO_PERSON: DiagnosticCode = DiagnosticCode::new("no-person");

/// A value has no such method
///
/// ## What it does
/// Reports when a text, list or number is given a method that it does not have.
///
/// ## Why it matters
/// The rule would fail for every lead.
///
/// ## Example
/// ```rhai
/// rule "Plays several roles"
///     when person.roles.size() > 1
///     then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Plays several roles"
///     when person.roles.len() > 1
///     then phone;
/// ```
pub(crate) const UNKNOWN_METHOD: DiagnosticCode = DiagnosticCode::new("unknown-method");

/// There is no such measure
///
/// ## What it does
/// Reports when a goal measures something that is no measure.
///
/// ## Why it matters
/// Nobody could tell whether the goal was reached.
///
/// ## Example
/// ```rhai
/// goal "Grow" measure turnover target 400000 since "2026-10-01" until "2027-03-31";
/// ```
///
/// ## Do instead
/// ```rhai
/// goal "Grow" measure revenue target 400000 since "2026-10-01" until "2027-03-31";
/// ```
pub(crate) const UNKNOWN_MEASURE: DiagnosticCode = DiagnosticCode::new("unknown-measure");

/// A goal counts activity
///
/// ## What it does
/// Reports when a goal measures how much was done: calls, visits, mails, posts, connections and the like.
///
/// ## Why it matters
/// Who is measured by calls makes calls. A goal says what they are for, on whatever channel it is reached.
///
/// ## Example
/// ```rhai
/// goal "Keep calling" measure calls target 400 since "2026-10-01" until "2027-03-31";
/// ```
///
/// ## Do instead
/// ```rhai
/// goal "Help them on" measure stage_moves target 40 since "2026-10-01" until "2027-03-31";
/// ```
pub(crate) const ACTIVITY_MEASURE: DiagnosticCode = DiagnosticCode::new("activity-measure");
