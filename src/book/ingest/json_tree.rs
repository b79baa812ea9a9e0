//! A JSON record as a tree, and a serde [`Deserializer`] that reads types from it and reports every value that does not fit.
//!
//! In: a [`Json`] tree. Out: a `T`, or all faults with path and sentence ([`read`]). The deserializer is our own, because serde_json stops
//! at the first fault and does not tell its path. It is stricter than usual: a field given twice is a fault, a list is never read as an
//! object, a text never as a number. `null` means that the field is absent.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use crate::book::vocabulary::nearest;
use crate::{limits, order};

/// A JSON value; texts borrow from the file where they hold no escapes.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::book) enum Json<'a> {
    Null,
    /// An element of a list that was removed because it was faulty. Its place stays, so that the indices of the others stay right.
    Removed,
    /// A cell that an importer could not read as its mapping says, with the reason. Fits no field.
    #[cfg_attr(not(feature = "import"), expect(dead_code, reason = "only importers make it"))]
    Refused(String),
    Truth(bool),
    Whole(i64),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// In file order. A name may occur twice; reading reports it.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq)]
pub(in crate::book) enum PathStep {
    Key(String),
    Index(usize),
}

/// The place of a value in its record: `people[1].channels[0]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::book) struct FieldPath(pub(in crate::book) Vec<PathStep>);

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Index(index) => write!(f, "[{index}]")?,
                PathStep::Key(key) if nth == 0 => f.write_str(key)?,
                PathStep::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}

/// A value that does not fit: its path and the reason.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::book) struct FieldFault {
    /// Innermost step first: each level adds its step as the fault is passed up. See [`FieldFault::path`].
    steps: Vec<PathStep>,
    pub(in crate::book) reason: String,
}

impl FieldFault {
    fn new(reason: impl Into<String>) -> Self {
        Self { steps: Vec::new(), reason: reason.into() }
    }

    fn under(mut self, step: PathStep) -> Self {
        self.steps.push(step);
        self
    }

    /// The path from the record to the value.
    pub(in crate::book) fn path(&self) -> FieldPath {
        FieldPath(self.steps.iter().rev().cloned().collect())
    }
}

impl fmt::Display for FieldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path(), self.reason)
    }
}

impl std::error::Error for FieldFault {}

impl de::Error for FieldFault {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::new(reason.to_string())
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(format!("must be {expected}, and is {found}"))
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let meant = nearest(short(field).as_ref(), known.iter().copied());
        let hint = meant.map_or_else(
            || format!("known here: {}", known.join(", ")),
            |known| format!("did you mean \"{known}\"? The team's own facts go under \"fields\""),
        );
        Self::new(format!("is not a field of the lead format; {hint}")).under(PathStep::Key(short(field).into_owned()))
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        let meant = nearest(short(word).as_ref(), known.iter().copied());
        let hint = meant.map_or_else(String::new, |known| format!("; did you mean \"{known}\"?"));
        Self::new(format!("\"{}\" is not one of {}{hint}", short(word), known.join(", ")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new("is missing").under(PathStep::Key(field.to_owned()))
    }

    fn duplicate_field(field: &'static str) -> Self {
        twice(field)
    }
}

fn twice(field: &str) -> FieldFault {
    FieldFault::new("is given twice").under(PathStep::Key(short(field).into_owned()))
}

/// The first 60 characters of a text, for a message.
pub(in crate::book) fn short(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(60) {
        Some((end, _)) => Cow::Owned(format!("{}...", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

impl<'a> Json<'a> {
    /// The value of a field; `None` when this is no object or does not have it.
    pub(in crate::book) fn get(&self, name: &str) -> Option<&Json<'a>> {
        match self {
            Self::Object(entries) => entries.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Removes the value at `path` from the tree. False when there is none.
    pub(in crate::book) fn remove(&mut self, path: &[PathStep]) -> bool {
        match (self, path) {
            (Self::Object(entries), [PathStep::Key(key), rest @ ..]) => {
                let Some(at) = entries.iter().rposition(|(name, _)| short(name) == key.as_str()) else { return false };
                match (rest, entries.get_mut(at)) {
                    ([], _) => {
                        entries.remove(at);
                        true
                    }
                    (rest, Some((_, inner))) => inner.remove(rest),
                    (_, None) => false,
                }
            }
            (Self::List(items), [PathStep::Index(index), rest @ ..]) => match (rest, items.get_mut(*index)) {
                ([], Some(item)) if *item != Self::Removed => {
                    *item = Self::Removed;
                    true
                }
                ([], _) => false,
                (rest, Some(inner)) => inner.remove(rest),
                (_, None) => false,
            },
            _ => false,
        }
    }

    /// A description of the value, for a message.
    fn described(&self) -> String {
        match self {
            Self::Null | Self::Removed => "null".to_owned(),
            Self::Refused(reason) => reason.clone(),
            Self::Truth(truth) => truth.to_string(),
            Self::Whole(whole) => format!("the number {whole}"),
            Self::Number(number) => format!("the number {number:?}"),
            Self::Text(text) => format!("the text \"{}\"", short(text)),
            Self::List(_) => "a list".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }

    /// The fault of a value that `must` be something else.
    fn misfit(&self, must: &str) -> FieldFault {
        match self {
            Self::Refused(reason) => FieldFault::new(reason.clone()),
            other => FieldFault::new(format!("must be {must}, and is {}", other.described())),
        }
    }

    fn text(&self) -> Result<&str, FieldFault> {
        match self {
            Self::Text(text) if text.len() > limits::TEXT_BYTES => Err(FieldFault::new(format!(
                "is a text of {} bytes; at most {} are taken",
                text.len(),
                limits::TEXT_BYTES
            ))),
            Self::Text(text) if text.trim().is_empty() => {
                Err(FieldFault::new("is an empty text; leave the field out when it is not known"))
            }
            Self::Text(text) => Ok(text),
            other => Err(other.misfit("a text")),
        }
    }

    /// Visits the entries of an object; without `nulls`, entries that are `null` are skipped.
    fn entries<'de, V: Visitor<'de>>(&self, nulls: bool, visitor: V) -> Result<V::Value, FieldFault> {
        match self {
            Self::Object(entries) => {
                if let Some(name) = repeated(entries) {
                    return Err(twice(name));
                }
                visitor.visit_map(Entries { entries: entries.iter(), nulls, value: None })
            }
            other => Err(other.misfit("an object")),
        }
    }

    fn whole(&self, low: i64, high: i64) -> Result<i64, FieldFault> {
        match self {
            Self::Whole(whole) if (low..=high).contains(whole) => Ok(*whole),
            Self::Whole(whole) => Err(FieldFault::new(format!("must lie between {low} and {high}, and is {whole}"))),
            other => Err(other.misfit("a whole number, written without a decimal point")),
        }
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

/// Builds a [`Json`] from what a deserializer visits.
struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, truth: bool) -> Result<Json<'de>, E> {
        Ok(Json::Truth(truth))
    }
    fn visit_i64<E>(self, whole: i64) -> Result<Json<'de>, E> {
        Ok(Json::Whole(whole))
    }
    fn visit_u64<E>(self, whole: u64) -> Result<Json<'de>, E> {
        Ok(i64::try_from(whole).map_or(Json::Number(whole as f64), Json::Whole))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number))
    }
    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(Json::Text(key)) = object.next_key::<Json<'de>>()? {
            entries.push((key, object.next_value()?));
        }
        Ok(Json::Object(entries))
    }
}

impl<'de> Deserializer<'de> for &Json<'_> {
    type Error = FieldFault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        match self {
            Json::Null | Json::Removed => visitor.visit_unit(),
            Json::Refused(reason) => Err(FieldFault::new(reason.clone())),
            Json::Truth(truth) => visitor.visit_bool(*truth),
            Json::Whole(whole) => visitor.visit_i64(*whole),
            Json::Number(number) => visitor.visit_f64(*number),
            Json::Text(_) => visitor.visit_str(self.text()?),
            Json::List(_) => self.deserialize_seq(visitor),
            Json::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        match self {
            Json::Truth(truth) => visitor.visit_bool(*truth),
            other => Err(other.misfit("true or false")),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        match self {
            Json::Whole(whole) => visitor.visit_f64(*whole as f64),
            Json::Number(number) => visitor.visit_f64(*number),
            other => Err(other.misfit("a number")),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        visitor.visit_i64(self.whole(i64::MIN, i64::MAX)?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        visitor.visit_i64(self.whole(0, i64::from(u32::MAX))?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        match self {
            Json::Null => visitor.visit_none(),
            other => visitor.visit_some(other),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        match self {
            Json::List(items) => visitor.visit_seq(Items { items, next: 0 }),
            other => Err(other.misfit("a list")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        self.entries(true, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FieldFault> {
        self.entries(false, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FieldFault> {
        let word: StrDeserializer<'_, FieldFault> = self.text()?.into_deserializer();
        visitor.visit_enum(word)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 u8 u16 u64 f32 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct identifier
        ignored_any
    }
}

/// The first name that an object has more than once.
fn repeated<'t>(entries: &'t [(Cow<'_, str>, Json<'_>)]) -> Option<&'t str> {
    if entries.len() <= 40 {
        let again = |(nth, (name, _)): (usize, &'t (Cow<'_, str>, Json<'_>))| {
            entries.iter().take(nth).any(|(earlier, _)| earlier == name).then_some(name.as_ref())
        };
        return entries.iter().enumerate().find_map(again);
    }
    let mut names: Vec<&str> = entries.iter().map(|(name, _)| name.as_ref()).collect();
    order::sort(&mut names);
    names.windows(2).find_map(|pair| match pair {
        [one, other] if one == other => Some(*one),
        _ => None,
    })
}

/// The elements of a list, without removed ones.
struct Items<'t, 'a> {
    items: &'t [Json<'a>],
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = FieldFault;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, FieldFault> {
        let mut rest = self.items.iter().enumerate().skip(self.next);
        let Some((index, item)) = rest.find(|(_, item)| !matches!(item, Json::Removed)) else { return Ok(None) };
        self.next = index + 1;
        seed.deserialize(item).map(Some).map_err(|fault| fault.under(PathStep::Index(index)))
    }
}

/// The entries of an object.
struct Entries<'t, 'a> {
    entries: std::slice::Iter<'t, (Cow<'a, str>, Json<'a>)>,
    nulls: bool,
    value: Option<&'t (Cow<'a, str>, Json<'a>)>,
}

impl<'de> MapAccess<'de> for Entries<'_, '_> {
    type Error = FieldFault;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, FieldFault> {
        let Some(entry) = self.entries.find(|(_, value)| self.nulls || !matches!(value, Json::Null)) else {
            return Ok(None);
        };
        if entry.0.len() > limits::TEXT_BYTES {
            return Err(FieldFault::new(format!("is a field name of {} bytes", entry.0.len()))
                .under(PathStep::Key(short(&entry.0).into_owned())));
        }
        self.value = Some(entry);
        let key: StrDeserializer<'_, FieldFault> = entry.0.as_ref().into_deserializer();
        seed.deserialize(key).map(Some)
    }
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, FieldFault> {
        let Some((key, value)) = self.value.take() else { return Err(FieldFault::new("has no value")) };
        seed.deserialize(value).map_err(|fault| fault.under(PathStep::Key(short(key).into_owned())))
    }
}

/// Reads a `T` from the record.
///
/// # Errors
/// All faults, each with its path. After a fault the value at its path is removed and reading starts again, so that a lead with three
/// errors reports all three. At most [`limits::PROBLEMS_PER_LEAD`].
pub(in crate::book) fn read<T: for<'de> Deserialize<'de>>(mut tree: Json<'_>) -> Result<T, Vec<(FieldPath, String)>> {
    let mut faults: Vec<(FieldPath, String)> = Vec::new();
    loop {
        let fault = match T::deserialize(&tree) {
            Ok(read) if faults.is_empty() => return Ok(read),
            Ok(_) => return Err(faults),
            Err(fault) => fault,
        };
        let path = fault.path();
        // A required field that was removed as faulty is then missing: that was reported already.
        let again = faults.iter().any(|(earlier, _)| *earlier == path);
        if !again {
            faults.push((path.clone(), fault.reason));
        }
        let removed = tree.remove(&path.0) || path.0.split_last().is_some_and(|(_, parent)| tree.remove(parent));
        if !removed || faults.len() >= limits::PROBLEMS_PER_LEAD {
            return Err(faults);
        }
    }
}
