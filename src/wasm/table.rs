//! `Book.fromColumns`: a book from arrays.
//!
//! Every property of the caller's object is read once. A value of the wrong type is refused with the path of the property. The arrays stay with
//! the caller and are copied in parts, so that the memory of the module has the book and not the arrays too.

use std::rc::Rc;

use js_sys::{Array, Float64Array, Reflect, Uint8Array, Uint16Array, Uint32Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::book::ingest::Intake;
use crate::book::table::{ChildTable, ColumnValues, LeadTable, ListColumn, TableColumn, TableError};
use crate::limits;
use crate::wasm::{Book, misuse};
use crate::wording::Sentence;

#[wasm_bindgen]
impl Book {
    /// A book of leads given as arrays, one per column. A value that does not fit refuses all of them, with the path of the property.
    #[wasm_bindgen(js_name = fromColumns)]
    pub fn from_columns(#[wasm_bindgen(unchecked_param_type = "Columns")] columns: JsValue) -> Result<Book, JsValue> {
        let read = read_table(&columns).and_then(|table| crate::book::Book::from_table(&table));
        let book = read.map_err(|misfit| {
            misuse("not-columns", &misfit.to_string(), "Correct that property; no lead was loaded")
        })?;
        Ok(Self::of(Intake { accepted: book.len(), book, ..Intake::default() }))
    }
}

/// The error of a property with a wrong value.
fn misfit<T>(path: &str, reason: impl Into<Sentence>) -> Result<T, TableError> {
    Err(TableError { path: path.to_owned(), reason: reason.into() })
}

/// A property of an object; `None` when it is missing, `undefined` or `null`.
fn part(of: &JsValue, name: &str, path: &str) -> Result<Option<JsValue>, TableError> {
    match Reflect::get(of, &JsValue::from_str(name)) {
        Ok(value) if value.is_undefined() || value.is_null() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(_) => misfit(path, "table-getter"),
    }
}

/// Reads the whole argument.
fn read_table(columns: &JsValue) -> Result<LeadTable, TableError> {
    if !columns.is_object() {
        return misfit("columns", "table-no-object");
    }
    let size = part(columns, "size", "size")?.and_then(|size| size.as_f64());
    let Some(size) = size.filter(|size| size.fract() == 0.0 && (0.0..=limits::LEADS as f64).contains(size)) else {
        return misfit("size", Sentence::new("table-size").with("most", limits::LEADS));
    };
    // The cast is exact.
    let mut table = LeadTable { size: size as usize, ..LeadTable::default() };
    for name in names(columns, "columns")? {
        let Some(value) = part(columns, &name, &name)? else { continue };
        match name.as_str() {
            "size" => {}
            "ids" => table.leads.push(ids(&value)?),
            "lead" => table.leads.extend(read_columns(&value, "lead")?),
            "fields" => table.fields = read_columns(&value, "fields")?,
            "people" => table.people = read_parts(&value, "people")?,
            "signals" => table.signals = read_parts(&value, "signals")?,
            _ => return misfit(&name, "table-unknown-part"),
        }
    }
    Ok(table)
}

/// The names of an object's own properties.
fn names(of: &JsValue, path: &str) -> Result<Vec<String>, TableError> {
    match Reflect::own_keys(of) {
        Ok(names) if of.is_object() => Ok(names.iter().filter_map(|name| name.as_string()).collect()),
        _ => misfit(path, "table-no-columns"),
    }
}

/// Reads a list of texts.
fn texts(of: &JsValue, path: &str) -> Result<Vec<String>, TableError> {
    let Some(list) = of.dyn_ref::<Array>() else { return misfit(path, "table-no-texts") };
    let len = list.length();
    let mut texts = Vec::new();
    for index in 0..len {
        match Reflect::get_u32(list, index).ok().and_then(|text| text.as_string()) {
            Some(text) => texts.push(text),
            None => return misfit(&format!("{path}[{index}]"), "table-no-text"),
        }
    }
    Ok(texts)
}

/// Reads the ids of the leads.
fn ids(of: &JsValue) -> Result<TableColumn, TableError> {
    let Some(list) = of.dyn_ref::<Array>() else { return misfit("ids", "table-no-texts") };
    Ok(TableColumn {
        name: "id".to_owned(),
        values: ColumnValues::Names(Rc::new(NameLists(list.clone()))),
        known: None,
    })
}

/// Reads an object with a column in each property.
fn read_columns(of: &JsValue, path: &str) -> Result<Vec<TableColumn>, TableError> {
    let mut columns = Vec::new();
    for name in names(of, path)? {
        let here = format!("{path}.{name}");
        if let Some(value) = part(of, &name, &here)? {
            columns.push(column(name, &value, &here)?);
        }
    }
    Ok(columns)
}

/// Reads the columns of people or signals, and `starts`: the index of the first one of each lead.
fn read_parts(of: &JsValue, path: &str) -> Result<ChildTable, TableError> {
    let mut parts = ChildTable::default();
    for name in names(of, path)? {
        let here = format!("{path}.{name}");
        let Some(value) = part(of, &name, &here)? else { continue };
        if name == "starts" {
            let Some(starts) = value.dyn_ref::<Uint32Array>() else { return misfit(&here, "table-no-starts") };
            parts.starts = starts.to_vec();
        } else {
            parts.columns.push(column(name, &value, &here)?);
        }
    }
    Ok(parts)
}

/// Reads a column: an array of values, `{ values, known }`, or `{ codes, words, known }`.
fn column(name: String, of: &JsValue, path: &str) -> Result<TableColumn, TableError> {
    if let Some(values) = values(of) {
        return Ok(TableColumn { name, values, known: None });
    }
    let known = match part(of, "known", path)? {
        None => None,
        Some(known) => match bytes(&known) {
            Some(known) => Some(known),
            None => return misfit(&format!("{path}.known"), "table-no-marks"),
        },
    };
    if let Some(values) = part(of, "values", path)?.as_ref().and_then(values) {
        return Ok(TableColumn { name, values, known });
    }
    let codes = match part(of, "codes", path)? {
        Some(codes) => match self::codes(&codes) {
            Some(codes) => codes,
            None => return misfit(&format!("{path}.codes"), "table-no-codes"),
        },
        None => {
            return misfit(path, "table-no-values");
        }
    };
    let words = texts(&part(of, "words", path)?.unwrap_or(JsValue::UNDEFINED), &format!("{path}.words"))?;
    Ok(TableColumn { name, values: ColumnValues::Texts { codes, words }, known })
}

/// The values of an array of numbers or truth values; `None` for any other value.
fn values(of: &JsValue) -> Option<ColumnValues> {
    let numbers =
        of.dyn_ref::<Float64Array>().map(|numbers| ColumnValues::Numbers(Rc::new(NumberArrays(numbers.clone()))));
    numbers.or_else(|| bytes(of).map(ColumnValues::Truths))
}

/// The bytes of a `Uint8Array`; `None` for any other value.
fn bytes(of: &JsValue) -> Option<Rc<dyn ListColumn<u8>>> {
    of.dyn_ref::<Uint8Array>().map(|bytes| -> Rc<dyn ListColumn<u8>> { Rc::new(ByteArrays(bytes.clone())) })
}

/// The codes of an array of whole numbers; `None` for any other value.
fn codes(of: &JsValue) -> Option<Rc<dyn ListColumn<u32>>> {
    if let Some(codes) = of.dyn_ref::<Uint8Array>() {
        return Some(Rc::new(ByteArrays(codes.clone())));
    }
    if let Some(codes) = of.dyn_ref::<Uint16Array>() {
        return Some(Rc::new(ShortArrays(codes.clone())));
    }
    of.dyn_ref::<Uint32Array>().map(|codes| -> Rc<dyn ListColumn<u32>> { Rc::new(LongArrays(codes.clone())) })
}

/// The key of the reason for an array that was shortened or transferred during the call.
const SHORTENED: &str = "table-shortened";

/// A view of a part of an array, so that only this part is copied; returns an error when the array has become shorter. A value has `$size`
/// bytes.
macro_rules! part_of {
    ($kind:ty, $array:expr, $size:literal, $from:expr, $len:expr) => {{
        let (array, from, len) = ($array, $from, $len);
        let count = array.length() as usize;
        if from + len > count {
            return Err((count, SHORTENED));
        }
        // The casts are exact: an array has at most as many values as fit.
        <$kind>::new_with_byte_offset_and_length(&array.buffer(), array.byte_offset() + $size * from as u32, len as u32)
    }};
}

/// Numbers.
#[derive(Debug)]
struct NumberArrays(Float64Array);

impl ListColumn<f64> for NumberArrays {
    fn count(&self) -> usize {
        self.0.length() as usize
    }

    fn copy(&self, from: usize, into: &mut [f64]) -> Result<(), (usize, &'static str)> {
        part_of!(Float64Array, &self.0, 8, from, into.len()).copy_to(into);
        Ok(())
    }
}

/// Truth values, sets, or codes below 256.
#[derive(Debug)]
struct ByteArrays(Uint8Array);

impl ListColumn<u8> for ByteArrays {
    fn count(&self) -> usize {
        self.0.length() as usize
    }

    fn copy(&self, from: usize, into: &mut [u8]) -> Result<(), (usize, &'static str)> {
        part_of!(Uint8Array, &self.0, 1, from, into.len()).copy_to(into);
        Ok(())
    }
}

impl ListColumn<u32> for ByteArrays {
    fn count(&self) -> usize {
        self.0.length() as usize
    }

    fn copy(&self, from: usize, into: &mut [u32]) -> Result<(), (usize, &'static str)> {
        let codes = part_of!(Uint8Array, &self.0, 1, from, into.len()).to_vec();
        into.iter_mut().zip(codes).for_each(|(into, code)| *into = code.into());
        Ok(())
    }
}

/// Codes below 65,536.
#[derive(Debug)]
struct ShortArrays(Uint16Array);

impl ListColumn<u32> for ShortArrays {
    fn count(&self) -> usize {
        self.0.length() as usize
    }

    fn copy(&self, from: usize, into: &mut [u32]) -> Result<(), (usize, &'static str)> {
        let codes = part_of!(Uint16Array, &self.0, 2, from, into.len()).to_vec();
        into.iter_mut().zip(codes).for_each(|(into, code)| *into = code.into());
        Ok(())
    }
}

/// Codes of 32 bits.
#[derive(Debug)]
struct LongArrays(Uint32Array);

impl ListColumn<u32> for LongArrays {
    fn count(&self) -> usize {
        self.0.length() as usize
    }

    fn copy(&self, from: usize, into: &mut [u32]) -> Result<(), (usize, &'static str)> {
        part_of!(Uint32Array, &self.0, 4, from, into.len()).copy_to(into);
        Ok(())
    }
}

/// A list of JavaScript texts.
#[derive(Debug)]
struct NameLists(Array);

impl ListColumn<String> for NameLists {
    fn count(&self) -> usize {
        self.0.length() as usize
    }

    fn copy(&self, from: usize, into: &mut [String]) -> Result<(), (usize, &'static str)> {
        for (index, text) in (from..).zip(into) {
            let value = u32::try_from(index).ok().and_then(|index| Reflect::get_u32(&self.0, index).ok());
            *text = value.and_then(|value| value.as_string()).ok_or((index, "table-no-text"))?;
        }
        Ok(())
    }
}
