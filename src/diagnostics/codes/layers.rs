//! Codes about the layers of a rulebook, and what packs say about one another.

use crate::diagnostics::codes::DiagnosticCode;

/// What changes another pack says why
///
/// ## What it does
/// Reports when a `without` or an `adjust` has no reason, or an empty one.
///
/// ## Why it matters
/// Whoever wonders where a rule went reads it: `cadans rulebook` prints it.
///
/// ## Example
/// ```rhai
/// pack "Company" #{};
/// rule "Call" when lead.open then phone;
/// ```
/// ```rhai
/// pack "Team" #{};
/// without "Call";
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "Company" #{};
/// rule "Call" when lead.open then phone;
/// ```
/// ```rhai
/// pack "Team" #{};
/// without "Call" because "We sell online";
/// ```
pub(crate) const MISSING_BECAUSE: DiagnosticCode = DiagnosticCode::new("missing-because");

/// An adjustment has no lever
///
/// ## What it does
/// Reports when `adjust` does not say which lever a rule gets: the word `lever` and a number from 0 on.
///
/// ## Why it matters
/// Nothing would be changed.
///
/// ## Example
/// ```rhai
/// pack "Company" #{};
/// rule "Call" when lead.open then phone;
/// ```
/// ```rhai
/// pack "Team" #{};
/// adjust "Call" because "It sells best here";
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "Company" #{};
/// rule "Call" when lead.open then phone;
/// ```
/// ```rhai
/// pack "Team" #{};
/// adjust "Call" lever 1.5 because "It sells best here";
/// ```
pub(crate) const MISSING_LEVER: DiagnosticCode = DiagnosticCode::new("missing-lever");

/// These are no versions of a pack
///
/// ## What it does
/// Reports when `needs` asks for versions in a way that cannot be read. Versions are compared as in semantic versioning (semver.org): `^1.2` is 1.2
/// and all later ones before 2, `~1.2` those of 1.2, `>=1.2, <1.5` those between.
///
/// ## Why it matters
/// It cannot be told whether the pack that is there will do.
///
/// ## Example
/// ```rhai
/// pack "Answers" #{ version: "1.2.0" };
/// ```
/// ```rhai
/// pack "Team" #{};
/// needs "Answers" "the new one";
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "Answers" #{ version: "1.2.0" };
/// ```
/// ```rhai
/// pack "Team" #{};
/// needs "Answers" "^1.2";
/// ```
pub(crate) const BAD_VERSIONS: DiagnosticCode = DiagnosticCode::new("bad-versions");

/// There is no statement of this name to change
///
/// ## What it does
/// Reports when `without` or `adjust` names a statement that no pack has which it may change, or a rulebook accepts a rule that its pack does not
/// have. Packs of later layers and the pack's own statements are not changed. For packs without layers it is a warning, because they may be looked at
/// one by one.
///
/// ## Why it matters
/// Whoever wrote it thinks that the statement is switched off, or in force.
///
/// ## Example
/// ```rhai
/// pack "Company" #{};
/// rule "Call at once" when lead.open then phone;
/// ```
/// ```rhai
/// pack "Team" #{};
/// without "Call at onse" because "We sell online";
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "Company" #{};
/// rule "Call at once" when lead.open then phone;
/// ```
/// ```rhai
/// pack "Team" #{};
/// without "Call at once" because "We sell online";
/// ```
pub(crate) const UNKNOWN_STATEMENT_NAME: DiagnosticCode = DiagnosticCode::new("unknown-statement-name");

/// Several statements have the name
///
/// ## What it does
/// Reports when `without` or `adjust` names a statement and two or more have that name or `id`. Nothing is changed then.
///
/// ## Why it matters
/// The wrong one could be switched off.
///
/// ## Example
/// ```rhai
/// pack "Company" #{};
/// rule "Call" when lead.open then phone;
/// ```
/// ```rhai
/// pack "Region" #{};
/// rule "Call" when lead.waiting then phone;
/// ```
/// ```rhai
/// pack "Team" #{};
/// without "Call" because "We sell online";
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "Company" #{};
/// rule "Call" when lead.open then phone;
/// ```
/// ```rhai
/// pack "Region" #{};
/// rule "Call" when lead.waiting then phone;
/// ```
/// ```rhai
/// pack "Team" #{};
/// without "Call" of "Company" because "We sell online";
/// ```
pub(crate) const AMBIGUOUS_NAME: DiagnosticCode = DiagnosticCode::new("ambiguous-name");

/// Law cannot be switched off
///
/// ## What it does
/// Reports when `without` names a statement of a pack that is law (`hard`). It stays in force.
///
/// ## Why it matters
/// Law and consent hold whatever a company, a team or a rep prefers.
///
/// ## Example
/// ```rhai
/// pack "Law" #{ hard: true };
/// never "Do not call" phone when person.do_not_call;
/// ```
/// ```rhai
/// pack "Team" #{};
/// without "Do not call" because "They always say that";
/// ```
///
/// ## Do instead
/// Leave it in force. Where the law has changed, put a newer pack in its place.
/// ```rhai
/// pack "Law" #{ hard: true };
/// never "Do not call" phone when person.do_not_call;
/// ```
/// ```rhai
/// pack "Team" #{};
/// rule "Write" when lead.open then email;
/// ```
pub(crate) const LAW_STAYS: DiagnosticCode = DiagnosticCode::new("law-stays");

/// A setting of a pack that is law cannot be changed
///
/// ## What it does
/// Reports when a setting of a hard pack is given another value, by `--set`, a settings file or a later layer. The value of the pack stays.
///
/// ## Why it matters
/// What the law says is not for a company to turn.
///
/// ## Do instead
/// Change it in the pack of the law, or in the layer in which that stands.
pub(crate) const LAW_SETTING: DiagnosticCode = DiagnosticCode::new("law-setting");

/// A pack of a team or a rep says that it is law
///
/// ## What it does
/// Reports when a pack with `hard: true` stands in the layer of a team or a rep. It is treated as law all the same, for the leads for which its layer
/// holds, because the doubt is for the customer.
///
/// ## Why it matters
/// Law is for everybody, and nobody after it can change it: that is for the company to say.
///
/// ## Do instead
/// Put the pack into the layer of the law, or take `hard: true` out of it.
pub(crate) const HARD_OUTSIDE_LAW: DiagnosticCode = DiagnosticCode::new("hard-outside-law");

/// This holds for all leads, and a rep's layer for some
///
/// ## What it does
/// Reports when a pack in the layer of a rep adds `holidays`, or switches them off. What a rep's layer says holds for the leads of that rep, and holidays hold
/// for a country. It is left out.
///
/// ## Why it matters
/// One rep would change what all others do.
///
/// ## Do instead
/// Put the holidays into a pack of the team or of the company.
pub(crate) const HOLDS_FOR_ALL: DiagnosticCode = DiagnosticCode::new("holds-for-all");

/// A file of the rulebook is missing
///
/// ## What it does
/// Reports when a layer of the rulebook names a file that was not given. If the layer is that of the law, no contact is advised.
///
/// ## Why it matters
/// What it says is not done, and what it forbids is not known.
///
/// ## Do instead
/// Give the file, or take it out of the rulebook.
pub(crate) const MISSING_FILE: DiagnosticCode = DiagnosticCode::new("missing-file");

/// A file is not the one that was accepted
///
/// ## What it does
/// Reports when the text of a file does not have the hash under which the rulebook accepted it, or has none there. The file does not take part. If it is
/// law, no contact is advised until it is accepted.
///
/// ## Why it matters
/// Somebody has changed it since somebody accepted it.
///
/// ## Do instead
/// Read what changed, and then accept it: write its new hash into `rulebook.toml`. Else put the old file back.
pub(crate) const REFUSED_FILE: DiagnosticCode = DiagnosticCode::new("refused-file");

/// A pack is in no layer
///
/// ## What it does
/// Reports when a pack is given together with layers, and none of these names its file. It does not take part.
///
/// ## Why it matters
/// Without a layer it is unclear what it may change.
///
/// ## Do instead
/// Name the file in a layer.
pub(crate) const NOT_IN_LAYER: DiagnosticCode = DiagnosticCode::new("not-in-layer");

/// There is no such unit of a setting
///
/// ## What it does
/// Reports when the `unit` of a setting is none of the words for what its number is.
///
/// ## Why it matters
/// It could not be told whether a value is in that unit.
///
/// ## Example
/// ```rhai
/// setting risky = 0.3 unit "percents";
/// never phone when lead.churn > risky;
/// ```
///
/// ## Do instead
/// ```rhai
/// setting risky = 0.3 unit "percent";
/// never phone when lead.churn > risky;
/// ```
pub(crate) const BAD_UNIT: DiagnosticCode = DiagnosticCode::new("bad-unit");
