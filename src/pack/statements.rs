//! The statements of one rule file as data, in file order.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::value::{Type, Value};
use crate::book::vocabulary::Stage;
use crate::calendar::{Country, Duration, Instant};
use crate::diagnostics::Span;
use crate::limits;
use crate::pack::example::Example;
use crate::pack::expression::Clause;
use crate::pack::layers::{LayerChange, LeadOwners, PackLayer};
use crate::pack::policies::{Channels, Holidays, Hours, Limit, Never, Pause, Scope};
use crate::pack::team::{Budget, Effort, Goal};
use crate::wording::Language;

/// One rule file.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// The file it came from, as its reader named it.
    pub file: String,
    /// The whole text, for showing lines in messages.
    pub source: Arc<str>,
    /// What `pack "..." #{ ... }` says.
    pub about: About,
    /// Where that stands; the start of the file where there is none.
    pub header: Span,
    /// `fact budget as number because "..."`
    pub facts: Vec<OwnFact>,
    /// `setting hot_visits = 2 range 1..=10 because "..."`
    pub settings: Vec<Setting>,
    /// `enter "interest" when ...`
    pub enters: Vec<Enter>,
    /// `rule "..." id "..." formerly "..." when ... then ... because ...`
    pub rules: Vec<Rule>,
    /// `never phone when ... because ...`
    pub nevers: Vec<Never>,
    /// `limit phone 2 per 7.days across "account" because ...`
    pub limits: Vec<Limit>,
    /// `reachable phone "Mo-Fr 09:00-17:30" when ... because ...`
    pub hours: Vec<Hours>,
    /// `holidays "IN" ["2027-01-26"] because "..."`
    pub holidays: Vec<Holidays>,
    /// `pause phone 2.days when ... because ...`
    pub pauses: Vec<Pause>,
    /// `cadence "..." when ... steps [...] until ...`
    pub cadences: Vec<Cadence>,
    /// `example "..." given #{...} expect ... rows [...]`
    pub examples: Vec<Example>,
    /// `goal "..." measure retained_revenue target 400000 since "2026-10-01" until "2027-03-31" for "North" agreed_by [...] because "..."`
    pub goals: Vec<Goal>,
    /// `effort visit 2.hours because "..."`
    pub efforts: Vec<Effort>,
    /// `budget visit 4 per 7.days across "team" because "..."`
    pub budgets: Vec<Budget>,
    /// `needs "Answers" "^1.2" because ...`
    pub needs: Vec<Need>,
    /// `without "Price page again" of "Inside sales" because ...`
    pub withouts: Vec<Without>,
    /// `adjust "Price page again" lever 1.5 of "Inside sales" because ...`
    pub adjustments: Vec<Adjustment>,
    /// Its statements that other packs switched off.
    pub switched_off: Vec<SwitchedOff>,
    /// The layer that it is part of; `None` where packs are given without layers.
    pub layer: Option<Arc<PackLayer>>,
    /// For the leads of which reps it holds; `None` for all.
    pub owners: Option<Arc<LeadOwners>>,
    /// The most operations that its compiled clauses take for one lead, together.
    pub operations: u64,
    /// What could not be read and may have forbidden contact: for each of the channels the first. It counts in a hard pack, where it holds
    /// all that it may have forbidden.
    pub unread: Vec<UnreadLaw>,
}

/// A part of a rule file that could not be read and may have forbidden contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadLaw {
    /// Which part.
    pub part: UnreadPart,
    /// Over which channels.
    pub channels: Channels,
    /// Where it stands, or begins.
    pub span: Span,
}

/// Which part of a rule file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadPart {
    /// One statement; its first words, such as `never phone`.
    Statement(String),
    /// Everything from a place on.
    Rest,
    /// The whole file, which does not take part.
    File,
}

impl Pack {
    /// In place of a hard pack that does not take part because of an error of the whole file: no statements, and contact over no channel
    /// while its dates include now.
    pub fn left_out(self) -> Self {
        let unread = UnreadLaw { part: UnreadPart::File, channels: Channels::Any, span: Span::START };
        Self {
            file: self.file,
            about: About { hard: true, ..self.about },
            layer: self.layer,
            owners: self.owners,
            unread: vec![unread],
            ..Self::default()
        }
    }

    /// Sums up what its compiled clauses take.
    pub(crate) fn count_operations(&mut self) {
        self.operations = self.clauses_mut().map(|clause| clause.operations).fold(0, u64::saturating_add);
    }

    /// Every clause that is evaluated for leads (those of examples are not), to change them.
    pub fn clauses_mut(&mut self) -> impl Iterator<Item = &mut Clause> {
        let enters = self.enters.iter_mut().flat_map(|one| [Some(&mut one.when), one.because.as_mut()]);
        let rules = self
            .rules
            .iter_mut()
            .flat_map(|one| [Some(&mut one.when), one.unless.as_mut(), Some(&mut one.then), one.because.as_mut()]);
        let nevers =
            self.nevers.iter_mut().flat_map(|one| [one.when.as_mut(), one.unless.as_mut(), one.because.as_mut()]);
        let limits = self.limits.iter_mut().flat_map(|one| [one.when.as_mut(), one.because.as_mut()]);
        let hours = self.hours.iter_mut().flat_map(|one| [one.when.as_mut(), one.because.as_mut()]);
        let pauses = self.pauses.iter_mut().flat_map(|one| [Some(&mut one.when), one.because.as_mut()]);
        let cadences = self
            .cadences
            .iter_mut()
            .flat_map(|one| [Some(&mut one.when), Some(&mut one.steps), one.until.as_mut(), one.because.as_mut()]);
        enters.chain(rules).chain(nevers).chain(limits).chain(hours).chain(pauses).chain(cadences).flatten()
    }
}

/// What a pack says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// Its name: `pack "Inside sales, B2B basics"`. The file's name where there is none.
    pub name: String,
    /// By what it is known in the records of what was done, in every language and under every name: `id: "inside-sales"`. Its name where absent.
    pub id: Option<String>,
    /// Its version, as its author numbers it.
    pub version: Option<String>,
    /// Two-letter code of the language it is written in.
    pub language: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// True for law and consent: nothing can lift its `never`, `limit`, `reachable` and `pause` statements.
    pub hard: bool,
    /// From when it is in force. Outside its dates none of its statements applies.
    pub valid_from: Option<Instant>,
    /// Until when it is in force, not included.
    pub valid_to: Option<Instant>,
    /// For people in which countries its `never`, `limit`, `reachable` and `pause` statements hold; `None` for everybody.
    pub countries: Option<PolicyCountries>,
    /// The packs that it is meant to be used with, by the names of their files beside its own.
    pub needs: Vec<String>,
    /// Where what it states comes from, such as a law or a study.
    pub source: Option<String>,
    /// Notes for the reader, such as when its facts were checked.
    pub notes: BTreeMap<String, String>,
}

impl About {
    /// True when its dates include `now`. Outside them the pack is silent.
    pub fn in_force(&self, now: Instant) -> bool {
        self.valid_from.is_none_or(|from| from <= now) && self.valid_to.is_none_or(|to| now < to)
    }

    /// The countries that it lists: none where it is for everybody, or for those that no pack lists.
    pub fn listed_countries(&self) -> &[Country] {
        match &self.countries {
            Some(PolicyCountries::Listed(countries)) => countries,
            Some(PolicyCountries::Elsewhere) | None => &[],
        }
    }

    /// The moments at which it comes into force and ends.
    pub fn changes(&self) -> impl Iterator<Item = Instant> + use<> {
        [self.valid_from, self.valid_to].into_iter().flatten()
    }

    /// The language in which its reasons show numbers and lengths of time: the one that it is written in, else English.
    pub fn sentence_language(&self) -> Language {
        self.language.as_deref().and_then(Language::from_tag).unwrap_or_default()
    }
}

/// For people in which countries the policies of a pack hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyCountries {
    /// `countries: ["NL", "BE"]`: these.
    Listed(Vec<Country>),
    /// `countries: "elsewhere"`: those that no pack in force lists, and people whose country is not known.
    Elsewhere,
}

/// A fact of a lead that the pack declares.
#[derive(Clone, Debug)]
pub struct OwnFact {
    /// Its name: `lead.budget`.
    pub name: Arc<str>,
    /// Its type: truth, number, text or a moment.
    pub kind: Type,
    /// What it is.
    pub because: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// A number, text, length of time, truth or list that a manager may change without editing a rule.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub name: Arc<str>,
    /// Its value.
    pub value: Value,
    /// Its value in the pack, which another may have replaced.
    pub written: Value,
    /// Lowest and highest value allowed, both included, for a number.
    pub range: Option<(i64, i64)>,
    /// Shortest and longest value allowed, both included, for a length of time.
    pub lengths: Option<(Value, Value)>,
    /// What its number is.
    pub unit: Option<Unit>,
    /// Who proposed it to the team.
    pub proposed_by: Option<String>,
    /// What it is for.
    pub because: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What the number of a setting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// How many of something: a whole number.
    Count,
    /// An amount of money.
    Amount,
    /// A share, from 0 to 1: `0.3` is 30 percent.
    Percent,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 3] = [Self::Count, Self::Amount, Self::Percent];

    /// Its word in a rule file: `percent`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Amount => "amount",
            Self::Percent => "percent",
        }
    }
}

/// The setting that says what the value of a lead counts as when it is not known.
pub const TYPICAL_VALUE: &str = "typical_value";

impl Pack {
    /// The setting [`TYPICAL_VALUE`] of this pack.
    pub(crate) fn typical_value_setting(&self) -> Option<&Setting> {
        self.settings.iter().find(|setting| &*setting.name == TYPICAL_VALUE)
    }
}

/// What the value of a lead counts as when it is not known: the setting [`TYPICAL_VALUE`] of the first of some packs that has it; `None` when none
/// has.
pub(crate) fn typical_value(packs: &[Pack]) -> Option<f64> {
    // What a rep's layer says is about the leads of that rep, and this is one number for all.
    let of_all = packs.iter().filter(|pack| pack.owners.as_ref().is_none_or(|owners| owners.only.is_none()));
    of_all.filter_map(Pack::typical_value_setting).find_map(|setting| amount(&setting.value))
}

/// A number from 0 to the largest amount; `None` for any other value.
pub(crate) fn amount(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Whole(count) => *count as f64,
        Value::Number(number) => *number,
        _ => return None,
    };
    (0.0..=limits::NUMBER).contains(&number).then_some(number)
}

/// When a lead moves to a stage. It moves to an earlier stage only when the condition reads `lead.stage`.
#[derive(Clone, Debug)]
pub struct Enter {
    /// The stage entered.
    pub stage: Stage,
    /// When.
    pub when: Clause,
    /// True when the condition reads `lead.stage`: the statement may move a lead to an earlier stage.
    pub may_go_back: bool,
    /// Why.
    pub because: Option<Clause>,
    /// Where it stands.
    pub span: Span,
}

/// A rule: when it holds, it proposes touches.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name, unique in the pack. The names of pack and rule together identify a rule.
    pub name: String,
    /// By what it is known in the records of what was done, unique in the pack: `id "price-page"`. Its name where absent.
    pub id: Option<String>,
    /// The names that it had before: `formerly "Price page: call"`. What was done under them was done by it.
    pub formerly: Vec<String>,
    /// The condition under which it holds.
    pub when: Clause,
    /// The condition under which it does not hold although `when` does.
    pub unless: Option<Clause>,
    /// The touch or list of touches that it proposes.
    pub then: Clause,
    /// Why, as a sentence for the rep.
    pub because: Option<Clause>,
    /// Who proposed it to the team: `proposed_by "Kim"`.
    pub proposed_by: Option<String>,
    /// The levers that layers give to its touches, the last first.
    pub levers: Vec<GivenLever>,
    /// Where it stands.
    pub span: Span,
}

/// A lever that a layer gives to the touches of a rule, in place of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenLever {
    /// L of the priority.
    pub factor: f64,
    /// For the leads of which reps; `None` for all.
    pub owners: Option<Arc<LeadOwners>>,
    /// By whom, and why.
    pub change: Arc<LayerChange>,
}

/// The first of these levers that holds for the leads of this owner; `None` when none does.
pub(crate) fn lever_given<'l>(levers: &'l [GivenLever], owner: Option<&str>) -> Option<&'l GivenLever> {
    levers.iter().find(|one| one.owners.as_ref().is_none_or(|owners| owners.include(owner)))
}

/// A statement that another pack switched off. It decides nothing; an explanation tells of it where it would hold.
#[derive(Clone, Debug)]
pub struct SwitchedOff {
    /// Which statement, by whom, and why.
    pub change: Arc<LayerChange>,
    /// For the leads of which reps it is off; `None` for all.
    pub owners: Option<Arc<LeadOwners>>,
    /// What has to hold for it; `None` for a policy that always does.
    pub when: Option<Clause>,
    /// What stops it: the `unless` of a rule or policy, the `until` of a series.
    pub unless: Option<Clause>,
}

/// A series of touches.
#[derive(Clone, Debug)]
pub struct Cadence {
    /// Its name, unique in the pack.
    pub name: String,
    /// When it may start and go on.
    pub when: Clause,
    /// The list of touches; `.after` counts from the start of the cadence.
    pub steps: Clause,
    /// When it stops.
    pub until: Option<Clause>,
    /// Whose steps are counted together: those of each person, or of the lead. `None` where it is not said.
    pub across: Option<Scope>,
    /// How long after the last step, or the conversation that stopped it, it may begin anew; `None` for a series that runs once.
    pub again_after: Option<Duration>,
    /// Why.
    pub because: Option<Clause>,
    /// As [`Rule::proposed_by`].
    pub proposed_by: Option<String>,
    /// As [`Rule::levers`].
    pub levers: Vec<GivenLever>,
    /// Where it stands.
    pub span: Span,
}

/// A pack that this one needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The name of the pack.
    pub pack: String,
    /// Which versions of it, as a semantic version range: `^1.2`; `None` for any.
    pub versions: Option<String>,
    /// What for.
    pub because: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// A statement of another pack that is switched off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Without {
    /// The rule, cadence or policy.
    pub target: StatementName,
    /// Why.
    pub because: String,
    /// Where it stands.
    pub span: Span,
}

/// A rule or cadence of another pack whose lever is changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjustment {
    /// The rule or cadence.
    pub target: StatementName,
    /// L of the priority of its touches.
    pub lever: f64,
    /// Why.
    pub because: String,
    /// Where it stands.
    pub span: Span,
}

/// A statement of another pack, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementName {
    /// Its name, its `id` or a name that it had before.
    pub name: String,
    /// The name or `id` of its pack, where it is said.
    pub pack: Option<String>,
    /// Where the name stands.
    pub span: Span,
}
