//! A book from arrays.
//!
//! Every property of the caller's object is read once and copied; what is no array of the right kind is refused with its place.

use js_sys::{Array, Float64Array, Reflect, Uint8Array, Uint16Array, Uint32Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{Book, misuse};
use crate::book::ingest::{Intake, limits};
use crate::book::table::{Misfit, Parts, Series, Table, Values};

#[wasm_bindgen]
impl Book {
    /// A book of leads that stand in arrays already. Anything that does not fit refuses all of it, with its place.
    #[wasm_bindgen(js_name = fromColumns)]
    pub fn from_columns(#[wasm_bindgen(unchecked_param_type = "Columns")] columns: JsValue) -> Result<Book, JsValue> {
        let read = read_table(&columns).and_then(|table| crate::book::Book::from_table(&table));
        let book = read
            .map_err(|misfit| misuse("not-columns", &misfit.to_string(), "Mend that column; nothing was taken in"))?;
        Ok(Self::of(Intake { accepted: book.len(), book, ..Intake::default() }))
    }
}

fn misfit<T>(path: &str, reason: impl Into<String>) -> Result<T, Misfit> {
    Err(Misfit { path: path.to_owned(), reason: reason.into() })
}

/// A property; `None` when it is left out.
fn part(of: &JsValue, name: &str, path: &str) -> Result<Option<JsValue>, Misfit> {
    match Reflect::get(of, &JsValue::from_str(name)) {
        Ok(value) if value.is_undefined() || value.is_null() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(_) => misfit(path, "cannot be read"),
    }
}

fn read_table(columns: &JsValue) -> Result<Table, Misfit> {
    if !columns.is_object() {
        return misfit(
            "columns",
            "are not an object such as { size: 2, fields: { budget: new Float64Array([1, 2]) } }",
        );
    }
    let size = part(columns, "size", "size")?.and_then(|size| size.as_f64());
    let Some(size) = size.filter(|size| size.fract() == 0.0 && (0.0..=limits::LEADS as f64).contains(size)) else {
        return misfit("size", format!("must be how many leads there are, at most {}", limits::LEADS));
    };
    // The cast is exact.
    let mut table = Table { size: size as usize, ..Table::default() };
    for name in names(columns, "columns")? {
        let Some(value) = part(columns, &name, &name)? else { continue };
        match name.as_str() {
            "size" => {}
            "ids" => table.leads.push(ids(&value)?),
            "lead" => table.leads.extend(read_columns(&value, "lead")?),
            "fields" => table.fields = read_columns(&value, "fields")?,
            "people" => table.people = read_parts(&value, "people")?,
            "signals" => table.signals = read_parts(&value, "signals")?,
            _ => return misfit(&name, "is not known; known are size, ids, lead, fields, people, signals"),
        }
    }
    Ok(table)
}

/// The names of an object's own properties.
fn names(of: &JsValue, path: &str) -> Result<Vec<String>, Misfit> {
    match Reflect::own_keys(of) {
        Ok(names) if of.is_object() => Ok(names.iter().filter_map(|name| name.as_string()).collect()),
        _ => misfit(path, "must be an object with columns by name"),
    }
}

fn texts(of: &JsValue, path: &str) -> Result<Vec<String>, Misfit> {
    let Some(list) = of.dyn_ref::<Array>() else { return misfit(path, "must be a list of texts") };
    let len = list.length();
    let mut texts = Vec::new();
    for place in 0..len {
        match Reflect::get_u32(list, place).ok().and_then(|text| text.as_string()) {
            Some(text) => texts.push(text),
            None => return misfit(&format!("{path}[{place}]"), "must be a text"),
        }
    }
    Ok(texts)
}

fn ids(of: &JsValue) -> Result<Series, Misfit> {
    let words = texts(of, "ids")?;
    let codes = (0..words.len()).map(|code| u32::try_from(code).unwrap_or(u32::MAX)).collect();
    Ok(Series { name: "id".to_owned(), values: Values::Texts { codes, words }, known: None })
}

fn read_columns(of: &JsValue, path: &str) -> Result<Vec<Series>, Misfit> {
    let mut columns = Vec::new();
    for name in names(of, path)? {
        let here = format!("{path}.{name}");
        if let Some(value) = part(of, &name, &here)? {
            columns.push(column(name, &value, &here)?);
        }
    }
    Ok(columns)
}

fn read_parts(of: &JsValue, path: &str) -> Result<Parts, Misfit> {
    let mut parts = Parts::default();
    for name in names(of, path)? {
        let here = format!("{path}.{name}");
        let Some(value) = part(of, &name, &here)? else { continue };
        if name == "starts" {
            let Some(starts) = value.dyn_ref::<Uint32Array>() else { return misfit(&here, "must be a Uint32Array") };
            parts.starts = starts.to_vec();
        } else {
            parts.columns.push(column(name, &value, &here)?);
        }
    }
    Ok(parts)
}

/// A column: an array of values, `{ values, known }`, or `{ codes, words, known }`.
fn column(name: String, of: &JsValue, path: &str) -> Result<Series, Misfit> {
    if let Some(values) = values(of) {
        return Ok(Series { name, values, known: None });
    }
    let known = match part(of, "known", path)? {
        None => None,
        Some(known) => match known.dyn_ref::<Uint8Array>() {
            Some(known) => Some(known.to_vec()),
            None => return misfit(&format!("{path}.known"), "must be a Uint8Array"),
        },
    };
    if let Some(values) = part(of, "values", path)?.as_ref().and_then(values) {
        return Ok(Series { name, values, known });
    }
    let codes = match part(of, "codes", path)? {
        Some(codes) => match self::codes(&codes) {
            Some(codes) => codes,
            None => return misfit(&format!("{path}.codes"), "must be a Uint8Array, Uint16Array or Uint32Array"),
        },
        None => {
            let kinds = "a Float64Array, a Uint8Array for yes and no, { values, known } or { codes, words, known }";
            return misfit(path, format!("must be {kinds}"));
        }
    };
    let words = texts(&part(of, "words", path)?.unwrap_or(JsValue::UNDEFINED), &format!("{path}.words"))?;
    Ok(Series { name, values: Values::Texts { codes, words }, known })
}

fn values(of: &JsValue) -> Option<Values> {
    let numbers = of.dyn_ref::<Float64Array>().map(|numbers| Values::Numbers(numbers.to_vec()));
    numbers.or_else(|| of.dyn_ref::<Uint8Array>().map(|truths| Values::Truths(truths.to_vec())))
}

fn codes(of: &JsValue) -> Option<Vec<u32>> {
    if let Some(codes) = of.dyn_ref::<Uint8Array>() {
        return Some(codes.to_vec().into_iter().map(u32::from).collect());
    }
    if let Some(codes) = of.dyn_ref::<Uint16Array>() {
        return Some(codes.to_vec().into_iter().map(u32::from).collect());
    }
    of.dyn_ref::<Uint32Array>().map(Uint32Array::to_vec)
}
