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

use crate::book::lead::FIELD_VALUE;
use crate::book::vocabulary::nearest;
use crate::calendar::Instant;
use crate::calendar::instant::MOMENT;
use crate::wording::{Arg, Sentence};
use crate::{limits, order};

/// What the source of a value in a mapping must be, as serde asks for it.
#[cfg(feature = "import")]
pub(in crate::book) const VALUE_SOURCE: &str = "the name of a column or an object";

/// A JSON value; texts borrow from the file where they hold no escapes.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::book) enum Json<'a> {
    Null,
    /// An element of a list that was removed because it was faulty. Its place stays, so that the indices of the others stay right.
    Removed,
    /// A cell that an importer could not read as its mapping says, with the reason. Fits no field.
    #[cfg_attr(not(feature = "import"), expect(dead_code, reason = "only importers make it"))]
    Refused(Sentence),
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
    pub(in crate::book) reason: Sentence,
}

impl FieldFault {
    fn new(reason: impl Into<Sentence>) -> Self {
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
        write!(f, "{}: {}", self.path(), self.reason.english())
    }
}

impl std::error::Error for FieldFault {}

impl de::Error for FieldFault {
    /// What a type of the lead format has no error of its own for: the words of its deserializer, in English.
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::new(Sentence::as_is(reason.to_string()))
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = match found {
            de::Unexpected::Bool(truth) => Json::Truth(truth),
            de::Unexpected::Signed(whole) => Json::Whole(whole),
            de::Unexpected::Float(number) => Json::Number(number),
            de::Unexpected::Str(text) => Json::Text(text.into()),
            de::Unexpected::Seq => Json::List(Vec::new()),
            de::Unexpected::Map => Json::Object(Vec::new()),
            _ => Json::Null,
        };
        match expected.to_string().as_str() {
            FIELD_VALUE => found.misfit("a-field-value"),
            #[cfg(feature = "import")]
            VALUE_SOURCE => found.misfit("a-value-source"),
            other => Self::new(Sentence::new("record-misfit").with("must", other).with("found", found.described())),
        }
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let reason = match nearest(short(field).as_ref(), known.iter().copied()) {
            Some(meant) => Sentence::new("record-field-meant").with("meant", meant),
            None => Sentence::new("record-field-unknown").with("known", known.join(", ")),
        };
        Self::new(reason).under(PathStep::Key(short(field).into_owned()))
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        let reason = match nearest(short(word).as_ref(), known.iter().copied()) {
            Some(meant) => Sentence::new("record-word-meant").with("meant", meant),
            None => Sentence::new("record-word-unknown"),
        };
        Self::new(reason.with("written", short(word)).with("known", known.join(", ")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new("record-missing").under(PathStep::Key(field.to_owned()))
    }

    fn duplicate_field(field: &'static str) -> Self {
        twice(field)
    }
}

fn twice(field: &str) -> FieldFault {
    FieldFault::new("record-twice").under(PathStep::Key(short(field).into_owned()))
}

/// The reason of a number that does not lie between two others.
pub(in crate::book) fn outside(low: &dyn fmt::Display, high: &dyn fmt::Display, found: &dyn fmt::Display) -> Sentence {
    let sentence = Sentence::new("record-outside").with("low", low.to_string()).with("high", high.to_string());
    sentence.with("found", found.to_string())
}

/// The reason of a record whose brackets are nested deeper than [`limits::RECORD_DEPTH`].
pub(in crate::book) fn too_deep(depth: usize) -> Sentence {
    Sentence::new("record-too-deep").with("depth", depth).with("most", limits::RECORD_DEPTH)
}

/// Checks a text as that of a field.
///
/// # Errors
/// That it is empty or too long.
pub(super) fn check_text(text: &Json<'_>) -> Result<(), Sentence> {
    text.text().map(|_| ()).map_err(|fault| fault.reason)
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
    fn described(&self) -> Arg {
        match self {
            Self::Null | Self::Removed => "null".into(),
            Self::Refused(reason) => reason.clone().into(),
            Self::Truth(truth) => truth.to_string().into(),
            Self::Whole(whole) => Sentence::new("record-the-number").with("number", whole.to_string()).into(),
            Self::Number(number) => Sentence::new("record-the-number").with("number", format!("{number:?}")).into(),
            Self::Text(text) => Sentence::new("record-the-text").with("text", short(text)).into(),
            Self::List(_) => Arg::Key("a-list"),
            Self::Object(_) => Arg::Key("an-object"),
        }
    }

    /// The fault of a value that must be something else; `must` is the key of its name.
    fn misfit(&self, must: &'static str) -> FieldFault {
        FieldFault::new(match self {
            Self::Refused(reason) => reason.clone(),
            other => Sentence::new("record-misfit").with("must", Arg::Key(must)).with("found", other.described()),
        })
    }

    fn text(&self) -> Result<&str, FieldFault> {
        match self {
            Self::Text(text) if text.len() > limits::TEXT_BYTES => Err(FieldFault::new(
                Sentence::new("record-long-text").with("size", text.len()).with("most", limits::TEXT_BYTES),
            )),
            Self::Text(text) if text.trim().is_empty() => Err(FieldFault::new("record-empty-text")),
            Self::Text(text) => Ok(text),
            other => Err(other.misfit("a-text")),
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
            other => Err(other.misfit("an-object")),
        }
    }

    fn whole(&self, low: i64, high: i64) -> Result<i64, FieldFault> {
        match self {
            Self::Whole(whole) if (low..=high).contains(whole) => Ok(*whole),
            Self::Whole(whole) => Err(FieldFault::new(outside(&low, &high, whole))),
            other => Err(other.misfit("a-whole-number")),
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
            other => Err(other.misfit("true-or-false")),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        match self {
            Json::Whole(whole) => visitor.visit_f64(*whole as f64),
            Json::Number(number) => visitor.visit_f64(*number),
            other => Err(other.misfit("a-number")),
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

    /// One character, which may be blank: what stands between cells.
    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldFault> {
        let mut letters = match self {
            Json::Text(text) => text.chars(),
            other => return Err(other.misfit("a-text")),
        };
        match (letters.next(), letters.next()) {
            (Some(only), None) => visitor.visit_char(only),
            _ => Err(FieldFault::new("import-separator")),
        }
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
            other => Err(other.misfit("a-list")),
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

    /// A moment is checked here, where the reason can be kept as a sentence.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, FieldFault> {
        if name == MOMENT {
            Instant::parse(self.text()?).map_err(FieldFault::new)?;
        }
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 u8 u16 u64 f32 bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
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
            let reason = Sentence::new("record-long-name").with("size", entry.0.len()).with("most", limits::TEXT_BYTES);
            return Err(FieldFault::new(reason).under(PathStep::Key(short(&entry.0).into_owned())));
        }
        self.value = Some(entry);
        let key: StrDeserializer<'_, FieldFault> = entry.0.as_ref().into_deserializer();
        seed.deserialize(key).map(Some)
    }
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, FieldFault> {
        let Some((key, value)) = self.value.take() else { return Err(FieldFault::new("record-no-value")) };
        seed.deserialize(value).map_err(|fault| fault.under(PathStep::Key(short(key).into_owned())))
    }
}

/// Reads a `T` from the record.
///
/// # Errors
/// All faults, each with its path. After a fault the value at its path is removed and reading starts again, so that a lead with three
/// errors reports all three. At most [`limits::PROBLEMS_PER_LEAD`].
pub(in crate::book) fn read<T: for<'de> Deserialize<'de>>(mut tree: Json<'_>) -> Result<T, Vec<(FieldPath, Sentence)>> {
    let mut faults: Vec<(FieldPath, Sentence)> = Vec::new();
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
