//! The functions of Rhai's own that rules may use: what can be done with numbers, texts, lists and maps.
//!
//! Rhai has them in packages, of which rules need a tenth; the others would be a tenth of the WebAssembly module. So the functions that rules
//! may use are implemented here, with exactly Rhai's meaning: a test compares both. Conversion to text is Rhai's own package, and operators
//! between numbers and texts are built into Rhai.
//!
//! Not included: functions that take a function (`map`, `filter`), sorting, bit operations, iteration over characters.

use std::ops::{Range, RangeInclusive};

use rhai::packages::{BasicStringPackage, Package};
use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, Map, NativeCallContext, Position};

use crate::language::native::Functions;
use crate::language::operation_meter::{spend, value_cost};
use crate::limits;
use crate::pack::operations::text_cost;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// Registers all functions.
pub(super) fn register(engine: &mut Engine) {
    engine.register_global_module(BasicStringPackage::new().as_shared_module());
    engine.register_iterator::<Array>();
    engine.register_iterator::<Range<i64>>();
    engine.register_iterator::<RangeInclusive<i64>>();
    let mut functions = Functions::default();
    add_numbers(&mut functions);
    add_texts(&mut functions);
    add_editing_of_texts(&mut functions);
    add_lists(&mut functions);
    add_editing_of_lists(&mut functions);
    add_ranges(&mut functions);
    add_maps(&mut functions);
    engine.register_global_module(functions.into_module());
}

/// A function of one argument, with its name.
pub(super) type Unary<A, R> = (&'static str, fn(A) -> R);
/// A function of two arguments, with its name.
pub(super) type Binary<A, B, R> = (&'static str, fn(A, B) -> R);

fn add_numbers(functions: &mut Functions) {
    let beyond = |number: i64| {
        let why = format!("Negation overflow: -{number}");
        Box::new(EvalAltResult::ErrorArithmetic(why, Position::NONE))
    };
    functions
        .add("!", |truth: bool| !truth)
        .add("-", move |number: i64| number.checked_neg().ok_or_else(|| beyond(number)))
        .add("abs", move |number: i64| number.checked_abs().ok_or_else(|| beyond(number)))
        .add("+", |number: i64| number);
    let of_one: [Unary<f64, f64>; 3] = [("-", |number| -number), ("+", |number| number), ("abs", f64::abs)];
    let of_wholes: [Binary<i64, i64, i64>; 2] = [("max", i64::max), ("min", i64::min)];
    let of_numbers: [Binary<f64, f64, f64>; 2] = [("max", f64::max), ("min", f64::min)];
    let of_both: [Binary<i64, f64, f64>; 2] = [("max", |a, b| (a as f64).max(b)), ("min", |a, b| (a as f64).min(b))];
    let the_other_way: [Binary<f64, i64, f64>; 2] = [("max", |a, b| a.max(b as f64)), ("min", |a, b| a.min(b as f64))];
    functions.add_all(of_one);
    functions.add_all(of_wholes);
    functions.add_all(of_numbers);
    functions.add_all(of_both);
    functions.add_all(the_other_way);
}

// ---- Texts ----

fn add_texts(functions: &mut Functions) {
    functions
        .add("+", |context: NativeCallContext, text: ImmutableString, item: Dynamic| {
            joined(&text, &written(&context, item))
        })
        .add("+", |context: NativeCallContext, item: Dynamic, text: ImmutableString| {
            joined(&written(&context, item), &text)
        })
        .add("len", |text: ImmutableString| count(text.chars().count()))
        .add_property("len", |text: &mut ImmutableString| count(text.chars().count()))
        .add("is_empty", |text: ImmutableString| text.is_empty())
        .add_property("is_empty", |text: &mut ImmutableString| text.is_empty())
        .add("contains", |text: ImmutableString, part: ImmutableString| {
            search(&text).map(|()| text.contains(part.as_str()))
        })
        .add("contains", |text: ImmutableString, part: char| search(&text).map(|()| text.contains(part)))
        .add("index_of", |text: ImmutableString, part: ImmutableString| {
            search(&text).map(|()| character_index(&text, text.find(part.as_str())))
        })
        .add("index_of", |text: ImmutableString, part: char| {
            search(&text).map(|()| character_index(&text, text.find(part)))
        })
        .add("sub_string", |text: ImmutableString, start: i64, length: i64| part(&text, start, length))
        .add("sub_string", |text: ImmutableString, start: i64| part(&text, start, i64::MAX))
        .add(
            "split",
            |text: ImmutableString| {
                if text.is_empty() { Ok(vec![text.into()]) } else { parts(text.split_whitespace()) }
            },
        )
        .add(
            "split",
            |text: ImmutableString, between: ImmutableString| {
                if text.is_empty() { Ok(vec![text.into()]) } else { parts(text.split(between.as_str())) }
            },
        );
    let with_text: [Binary<ImmutableString, ImmutableString, bool>; 2] = [
        ("starts_with", |text, part| text.starts_with(part.as_str())),
        ("ends_with", |text, part| text.ends_with(part.as_str())),
    ];
    let with_letter: [Binary<ImmutableString, char, bool>; 2] =
        [("starts_with", |text, part| text.starts_with(part)), ("ends_with", |text, part| text.ends_with(part))];
    let in_letters: [Unary<ImmutableString, Result<ImmutableString>>; 2] = [
        ("to_upper", |text| cased(text, char::is_uppercase, str::to_uppercase)),
        ("to_lower", |text| cased(text, char::is_lowercase, str::to_lowercase)),
    ];
    functions.add_all(with_text);
    functions.add_all(with_letter);
    functions.add_all(in_letters);
}

fn add_editing_of_texts(functions: &mut Functions) {
    functions.add_changing(
        "+=",
        |context: NativeCallContext, text: &mut ImmutableString, item: Dynamic| -> Result<()> {
            *text = joined(text, &written(&context, item))?;
            Ok(())
        },
    );
    functions.add_changing("trim", |text: &mut ImmutableString| *text = text.trim().into());
    functions.add_changing(
        "replace",
        |text: &mut ImmutableString, from: ImmutableString, to: ImmutableString| -> Result<()> {
            if !text.is_empty() {
                let (from, to) = (from.as_str(), to.as_str());
                let found = text.matches(from).count();
                let longer = text.len().saturating_add(found.saturating_mul(to.len()));
                if longer.saturating_sub(found.saturating_mul(from.len())) > limits::TEXT {
                    return Err(too_large("Length of string"));
                }
                spend(text_cost(longer).saturating_add(found.div_ceil(4).try_into().unwrap_or(u64::MAX)))?;
                *text = text.replace(from, to).into();
            }
            Ok(())
        },
    );
    functions.add_changing("pad", |text: &mut ImmutableString, length: i64, with: char| -> Result<()> {
        let wanted = usize::try_from(length).unwrap_or_default();
        let more = wanted.saturating_sub(text.chars().count());
        if wanted > limits::TEXT || text.len() + more * with.len_utf8() > limits::TEXT {
            return Err(too_large("Length of string"));
        }
        *text = text.chars().chain(std::iter::repeat_n(with, more)).collect::<String>().into();
        Ok(())
    });
}

/// A text in upper or lower case: itself where all its letters have that case. Counted by its length.
fn cased(text: ImmutableString, is: fn(char) -> bool, to: fn(&str) -> String) -> Result<ImmutableString> {
    spend(CASE.saturating_mul(text_cost(text.len())))?;
    Ok(if text.chars().all(is) { text } else { to(&text).into() })
}

/// How many times longer than copying a text it takes to change its case.
const CASE: u64 = 8;
/// How many times longer than copying a text it takes to search it.
const SEARCH: u64 = 4;
/// What a part of a text costs that becomes an item of a list.
const PART: u64 = 4;

/// Counts a search through a text.
fn search(text: &str) -> Result<()> {
    spend(SEARCH.saturating_mul(text_cost(text.len())))
}

/// Two texts joined; counted by the length of the result.
fn joined(one: &str, other: &str) -> Result<ImmutableString> {
    let length = one.len().saturating_add(other.len());
    if length > limits::TEXT {
        return Err(too_large("Length of string"));
    }
    spend(text_cost(length))?;
    Ok(format!("{one}{other}").into())
}

/// The parts of a text as a list, each of which is counted.
fn parts<'t>(parts: impl Iterator<Item = &'t str>) -> Result<Array> {
    // One more than a list may have: Rhai refuses it then.
    let parts: Array = parts.take(limits::LIST + 1).map(Into::into).collect();
    spend(PART.saturating_mul(parts.len().try_into().unwrap_or(u64::MAX)))?;
    Ok(parts)
}

/// A value as Rhai formats it in a text.
fn written(context: &NativeCallContext, mut value: Dynamic) -> ImmutableString {
    let text = context.call_native_fn_raw("to_string", true, &mut [&mut value]);
    let formatted = text.ok().and_then(|text| text.into_immutable_string().ok());
    formatted.unwrap_or_else(|| context.engine().map_type_name(&value.to_string()).into())
}

/// The index of the character at a byte offset, from 0; -1 for `None`.
fn character_index(text: &str, byte: Option<usize>) -> i64 {
    let before = byte.filter(|_| !text.is_empty()).and_then(|byte| text.get(..byte));
    before.map_or(-1, |before| count(before.chars().count()))
}

/// The characters of a text from `start`, at most `length`.
fn part(text: &str, start: i64, length: i64) -> ImmutableString {
    let letters = text.chars().count();
    let start = from_end(letters, start).unwrap_or(letters);
    text.chars().skip(start).take(usize::try_from(length).unwrap_or_default()).collect::<String>().into()
}

// ---- Lists ----

fn add_lists(functions: &mut Functions) {
    functions
        .add("len", |list: &mut Array| count(list.len()))
        .add_property("len", |list: &mut Array| count(list.len()))
        .add("is_empty", |list: &mut Array| list.is_empty())
        .add_property("is_empty", |list: &mut Array| list.is_empty())
        .add("contains", |context: NativeCallContext, list: &mut Array, item: Dynamic| -> Result<bool> {
            Ok(find(&context, list, &item)?.is_some())
        })
        .add("index_of", |context: NativeCallContext, list: &mut Array, item: Dynamic| -> Result<i64> {
            Ok(find(&context, list, &item)?.map_or(-1, count))
        })
        .add("==", |context: NativeCallContext, a: &mut Array, b: Array| same_list(&context, a, b))
        .add("!=", |context: NativeCallContext, a: &mut Array, b: Array| same_list(&context, a, b).map(|same| !same))
        .add("+", |a: Array, b: Array| -> Array { a.into_iter().chain(b).collect() });
}

fn add_editing_of_lists(functions: &mut Functions) {
    functions.add_changing("push", |list: &mut Array, item: Dynamic| list.push(item));
    functions.add_changing("pop", |list: &mut Array| list.pop().unwrap_or_default());
    functions.add_changing("shift", |list: &mut Array| if list.is_empty() { Dynamic::UNIT } else { list.remove(0) });
    functions.add_changing("insert", |list: &mut Array, at: i64, item: Dynamic| {
        list.insert(from_end(list.len(), at).unwrap_or(list.len()), item);
    });
    functions.add_changing("remove", |list: &mut Array, at: i64| {
        let known = at.checked_abs().and_then(|at| usize::try_from(at).ok()).filter(|far| *far <= list.len());
        match known.and_then(|_| from_end(list.len(), at)) {
            Some(at) => list.remove(at),
            None => Dynamic::UNIT,
        }
    });
    functions.add_changing("reverse", |list: &mut Array| list.reverse());
    functions.add_changing("pad", |list: &mut Array, length: i64, with: Dynamic| -> Result<()> {
        let wanted = usize::try_from(length).unwrap_or_default().max(list.len());
        // A list of lists holds as many items as all of them together.
        let each = with.read_lock::<Array>().map_or(1, |inner| inner.len() + 1);
        if wanted.saturating_mul(each) > limits::LIST {
            return Err(too_large("Size of array"));
        }
        let copies = wanted.saturating_sub(list.len());
        spend(value_cost(&with).saturating_add(1).saturating_mul(copies.try_into().unwrap_or(u64::MAX)))?;
        list.resize(wanted, with);
        Ok(())
    });
}

/// Whether two values are equal for Rhai. Values of different types are not; two of one type without `==` are an error.
fn same(context: &NativeCallContext, a: &mut Dynamic, b: &mut Dynamic) -> Result<bool> {
    if let Some(same) = same_plain(a, b) {
        spend(1)?;
        return Ok(same);
    }
    // A call of Rhai's takes as long as several steps of it.
    spend(CALL)?;
    let one_kind = a.type_id() == b.type_id();
    match context.call_native_fn_raw("==", true, &mut [a, b]) {
        Ok(same) => Ok(same.as_bool().unwrap_or_default()),
        Err(why) => match &*why {
            EvalAltResult::ErrorFunctionNotFound(call, _) if call.starts_with("==") && !one_kind => Ok(false),
            _ => Err(why),
        },
    }
}

/// What a comparison costs that Rhai is asked to make, beside what the values cost.
const CALL: u64 = 4;

/// Whether two texts, whole numbers or truths are equal; `None` for other values, and for values of different types.
fn same_plain(a: &Dynamic, b: &Dynamic) -> Option<bool> {
    if let (Ok(a), Ok(b)) = (a.as_int(), b.as_int()) {
        return Some(a == b);
    }
    if let (Ok(a), Ok(b)) = (a.as_bool(), b.as_bool()) {
        return Some(a == b);
    }
    Some(*a.read_lock::<ImmutableString>()? == *b.read_lock::<ImmutableString>()?)
}

/// The index of the first equal item of a list; `None` when there is none.
fn find(context: &NativeCallContext, list: &mut Array, item: &Dynamic) -> Result<Option<usize>> {
    for (place, each) in list.iter_mut().enumerate() {
        if same(context, each, &mut item.clone())? {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// Whether two lists are equal.
fn same_list(context: &NativeCallContext, a: &mut Array, mut b: Array) -> Result<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.iter_mut().zip(&mut b) {
        if !same(context, a, b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn add_ranges(functions: &mut Functions) {
    functions
        .add("range", |from: i64, until: i64| from..until)
        .add("contains", |range: &mut Range<i64>, number: i64| range.contains(&number))
        .add("contains", |range: &mut RangeInclusive<i64>, number: i64| range.contains(&number));
}

// ---- Maps ----

fn add_maps(functions: &mut Functions) {
    functions
        .add("len", |map: &mut Map| count(map.len()))
        .add("is_empty", |map: &mut Map| map.is_empty())
        .add("contains", |map: &mut Map, key: ImmutableString| map.contains_key(key.as_str()))
        .add("keys", |map: &mut Map| -> Array { map.keys().map(|key| key.as_str().into()).collect() })
        .add("values", |map: &mut Map| -> Array { map.values().cloned().collect() })
        .add("+", |mut a: Map, b: Map| -> Map {
            a.extend(b);
            a
        })
        .add("==", |context: NativeCallContext, a: &mut Map, b: Map| same_map(&context, a, b))
        .add("!=", |context: NativeCallContext, a: &mut Map, b: Map| same_map(&context, a, b).map(|same| !same));
    functions.add_changing("+=", |map: &mut Map, more: Map| map.extend(more));
    functions
        .add_changing("remove", |map: &mut Map, key: ImmutableString| map.remove(key.as_str()).unwrap_or_default());
}

/// Whether two maps are equal.
fn same_map(context: &NativeCallContext, a: &mut Map, mut b: Map) -> Result<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (key, a) in a {
        let Some(b) = b.get_mut(key) else { return Ok(false) };
        spend(CALL)?;
        if !context.call_native_fn_raw("==", true, &mut [a, b])?.as_bool().unwrap_or_default() {
            return Ok(false);
        }
    }
    Ok(true)
}

// ---- For all of them ----

fn too_large(what: &str) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorDataTooLarge(what.to_owned(), Position::NONE))
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// An index, counted from the end when negative. 0 for one before the beginning; `None` for one at or beyond the end.
fn from_end(length: usize, at: i64) -> Option<usize> {
    if at < 0 {
        let back = usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX);
        return Some(length.saturating_sub(back));
    }
    usize::try_from(at).ok().filter(|at| *at < length)
}

#[cfg(test)]
mod tests;
