//! A lead in the short form of an example, as text: `#{ stage: "interest", people: [...], signals: [...] }`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Direction, Outcome, Role, SignalKind, Stage};
use crate::calendar::{Duration, Instant};

/// A lead that is put together.
#[derive(Clone, Debug, Default)]
pub(crate) struct LeadSketch {
    /// The stage on record.
    pub(crate) stage: Option<Stage>,
    /// Other fields of the lead, as they are written.
    pub(crate) lead: BTreeMap<&'static str, String>,
    /// Facts of the team's own, as they are written.
    pub(crate) fields: BTreeMap<Arc<str>, String>,
    /// Fields of the account, as they are written.
    pub(crate) account: BTreeMap<&'static str, String>,
    /// The people; the first is the one for whom a statement is to hold.
    pub(crate) people: Vec<PersonSketch>,
    /// What happened.
    pub(crate) signals: Vec<SignalSketch>,
    /// Quotes: each its fields, as they are written.
    pub(crate) quotes: Vec<BTreeMap<&'static str, String>>,
    /// Touches agreed on: how long from now, and over which channel, with the first person.
    pub(crate) planned: Vec<(Duration, Channel)>,
}

/// A person of such a lead.
#[derive(Clone, Debug)]
pub(crate) struct PersonSketch {
    /// The id.
    pub(crate) id: String,
    /// The roles.
    pub(crate) roles: Vec<Role>,
    /// Over what they can be reached.
    pub(crate) channels: Vec<Channel>,
    /// Other fields, as they are written.
    pub(crate) more: BTreeMap<&'static str, String>,
    /// Consents, each its fields as they are written.
    pub(crate) consents: Vec<String>,
}

/// Something that happened in such a lead.
#[derive(Clone, Debug)]
pub(crate) struct SignalSketch {
    /// What.
    pub(crate) kind: SignalKind,
    /// How long ago.
    pub(crate) age: Duration,
    /// About what.
    pub(crate) topic: Option<Arc<str>>,
    /// The place of the person that it was of or with; `None` where it names nobody.
    pub(crate) person: Option<usize>,
    /// Who started it.
    pub(crate) direction: Direction,
    /// Over which channel.
    pub(crate) channel: Option<Channel>,
    /// How it ended.
    pub(crate) outcome: Option<Outcome>,
}

/// The people of a sketch, by role: the id that each gets.
const NAMES: [(Role, &str); 6] = [
    (Role::Decider, "ann"),
    (Role::Buyer, "bob"),
    (Role::User, "uma"),
    (Role::Influencer, "ian"),
    (Role::Initiator, "ina"),
    (Role::Gatekeeper, "gus"),
];

impl PersonSketch {
    /// Somebody in this role who can be reached over every channel but content, which needs no address.
    pub(crate) fn new(role: Role) -> Self {
        let id = NAMES.iter().find(|(known, _)| *known == role).map_or("ann", |(_, id)| *id);
        let channels = Channel::ALL.iter().copied().filter(|channel| *channel != Channel::Content).collect();
        Self { id: id.to_owned(), roles: vec![role], channels, more: BTreeMap::new(), consents: Vec::new() }
    }

    fn text(&self) -> String {
        let roles: Vec<String> = self.roles.iter().map(|role| quoted(role.word())).collect();
        let channels: Vec<String> = self.channels.iter().map(|channel| quoted(channel.word())).collect();
        let mut entries = vec![
            format!("id: {}", quoted(&self.id)),
            format!("roles: [{}]", roles.join(", ")),
            format!("channels: [{}]", channels.join(", ")),
        ];
        if !self.more.contains_key("country") {
            entries.push("country: \"NL\"".to_owned());
        }
        entries.extend(entries_of(&self.more));
        if !self.consents.is_empty() {
            entries.push(format!("consents: [{}]", self.consents.join(", ")));
        }
        map(&entries)
    }
}

impl SignalSketch {
    fn text(&self, people: &[PersonSketch]) -> String {
        let mut args = Vec::new();
        if let Some(outcome) = self.outcome {
            args.push(quoted(outcome.word()));
        }
        args.push(ago(self.age));
        let mut more = Vec::new();
        if let Some(topic) = &self.topic {
            if self.outcome.is_none() && Outcome::from_word(topic).is_none() && Instant::parse(topic).is_err() {
                args.insert(0, quoted(topic));
            } else {
                more.push(format!("topic: {}", quoted(topic)));
            }
        }
        if let Some(person) = self.person.and_then(|place| people.get(place)) {
            more.push(format!("person: {}", quoted(&person.id)));
        }
        // A signal with an outcome is ours unless it says otherwise.
        match (self.direction, self.outcome) {
            (Direction::Outbound, _) => more.push("direction: \"outbound\"".to_owned()),
            (Direction::Inbound, Some(_)) => more.push("direction: \"inbound\"".to_owned()),
            (Direction::Inbound, None) => {}
        }
        if let Some(channel) = self.channel.filter(|channel| usual_channel(self.kind) != Some(*channel)) {
            more.push(format!("channel: {}", quoted(channel.word())));
        }
        if !more.is_empty() {
            args.push(map(&more));
        }
        let name = if self.kind == SignalKind::Call { "call" } else { self.kind.word() };
        format!("{name}({})", args.join(", "))
    }
}

/// The channel that the short form gives a signal of this kind.
pub(crate) const fn usual_channel(kind: SignalKind) -> Option<Channel> {
    match kind {
        SignalKind::Call => Some(Channel::Phone),
        SignalKind::Email | SignalKind::Open | SignalKind::Bounce | SignalKind::AutoReply => Some(Channel::Email),
        SignalKind::Chat => Some(Channel::Chat),
        SignalKind::Message | SignalKind::Engage => Some(Channel::Social),
        _ => None,
    }
}

impl LeadSketch {
    /// The lead as the map of a `given`. `now` is the moment at which examples are decided. Signals stand from the oldest on, each on a line of
    /// its own.
    pub(crate) fn text(&self, now: Instant) -> String {
        let mut entries = Vec::new();
        if let Some(stage) = self.stage {
            entries.push(format!("stage: {}", quoted(stage.word())));
        }
        entries.extend(entries_of(&self.lead));
        if !self.fields.is_empty() {
            let fields: Vec<String> = self.fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            entries.push(format!("fields: {}", map(&fields)));
        }
        if !self.account.is_empty() {
            entries.push(format!("account: {}", map(&entries_of(&self.account).collect::<Vec<_>>())));
        }
        let first = self.people.first().map(|person| person.id.as_str());
        entries.push(list("people", self.people.iter().map(PersonSketch::text).collect()));
        if !self.signals.is_empty() {
            let mut signals: Vec<&SignalSketch> = self.signals.iter().collect();
            crate::order::sort_by_key(&mut signals, |signal| std::cmp::Reverse(signal.age));
            entries.push(list("signals", signals.into_iter().map(|signal| signal.text(&self.people)).collect()));
        }
        if !self.quotes.is_empty() {
            let quotes = self.quotes.iter().map(|quote| map(&entries_of(quote).collect::<Vec<_>>()));
            entries.push(list("quotes", quotes.collect()));
        }
        if !self.planned.is_empty() {
            let planned = self.planned.iter().map(|(ahead, channel)| {
                let at = quoted(&(now + *ahead).to_string());
                let person = first.map(|id| format!("person: {}", quoted(id)));
                let entries = [Some(format!("at: {at}")), Some(format!("channel: {}", quoted(channel.word()))), person];
                map(&entries.into_iter().flatten().collect::<Vec<_>>())
            });
            entries.push(list("planned", planned.collect()));
        }
        format!("#{{ {} }}", entries.join(",\n             "))
    }
}

/// A text between quotes, as a rule writes it.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

fn map(entries: &[String]) -> String {
    format!("#{{ {} }}", entries.join(", "))
}

fn entries_of<'a>(entries: &'a BTreeMap<&'static str, String>) -> impl Iterator<Item = String> + 'a {
    entries.iter().map(|(name, value)| format!("{name}: {value}"))
}

/// A list; of several items each stands on a line of its own.
fn list(name: &str, items: Vec<String>) -> String {
    match items.as_slice() {
        [] => format!("{name}: []"),
        [one] => format!("{name}: [ {one} ]"),
        several => format!("{name}: [\n                 {} ]", several.join(",\n                 ")),
    }
}

/// A moment that lies so long ago, as a rule writes it: `2.days.ago`.
pub(crate) fn ago(age: Duration) -> String {
    let written = Value::Length(age).in_rule();
    let one = written.strip_prefix("1.").and_then(|unit| unit.strip_suffix('s')).filter(|unit| !unit.contains('.'));
    match one {
        Some(unit) => format!("1.{unit}.ago"),
        None => format!("{written}.ago"),
    }
}

/// A text as a rule writes it.
pub(crate) fn text_in_rule(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Whole(count) => count.to_string(),
        other => other.to_string(),
    }
}
