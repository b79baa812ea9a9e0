//! The class `FlatRows`, on which the class `Matcher` of `www/lib/cadans.js` is built, and the function `match`: which rules hold.
//!
//! `FlatRows` has lists of cells in the memory of the module, which JavaScript fills in place.
//!
//! Invariant: the address of a list changes only in `new` and `resize`, so a view that was made after these stays valid (until the memory
//! grows, which JavaScript can detect).

use std::cell::RefCell;

use js_sys::{Int16Array, Object, Reflect, Uint32Array};
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::columnar::{self, ColumnPlan, ConditionKind, FieldStorage, Matches, RowMatcher};
use crate::wasm::{Book, Rulebook, answer, misuse, moment};

/// Rows of a team's own fields, to be matched with the rules of a rulebook.
#[wasm_bindgen]
pub struct FlatRows {
    state: RefCell<MatcherState>,
}

struct MatcherState {
    matcher: RowMatcher,
    held: Vec<u32>,
    faults: Vec<u32>,
}

/// The number of lists of [`FlatRows`]: numbers, codes and texts of all rows, the same of the single row, and the bits of its rules that hold
/// and that have no answer. A list is identified by its index in this order.
const LISTS: u32 = 8;

#[wasm_bindgen]
impl FlatRows {
    /// A matcher without rows.
    #[wasm_bindgen(constructor)]
    pub fn new(rulebook: &Rulebook, now: JsValue) -> Result<FlatRows, JsValue> {
        let mut matcher = RowMatcher::new(&rulebook.rules, moment(&now)?);
        matcher.resize(0);
        let words = matcher.matches().words;
        let state = MatcherState { matcher, held: vec![0; words], faults: vec![0; words] };
        Ok(Self { state: RefCell::new(state) })
    }

    /// The fields that rules read, in the order of their columns: `{ name, kept, texts }`. `kept` is the list of the field, and `texts` are the
    /// texts that have a code.
    pub fn fields(&self) -> Result<JsValue, JsValue> {
        #[derive(Serialize)]
        struct FieldBuffer<'a> {
            name: &'a str,
            kept: &'static str,
            texts: Vec<&'a str>,
        }
        let state = self.state.try_borrow().map_err(|_| busy())?;
        let fields = state.matcher.fields().iter().map(|field| {
            let (kept, texts) = match &field.storage {
                FieldStorage::Numbers => ("number", &[][..]),
                FieldStorage::Flags => ("truth", &[][..]),
                FieldStorage::Codes(texts) => ("code", texts.as_slice()),
                FieldStorage::Texts => ("text", &[][..]),
            };
            FieldBuffer { name: &field.name, kept, texts: texts.iter().map(|text| &**text).collect() }
        });
        answer(&fields.collect::<Vec<_>>())
    }

    /// How many words of bits a row of rules has.
    #[wasm_bindgen(getter)]
    pub fn words(&self) -> usize {
        self.state.try_borrow().map_or(0, |state| state.held.len())
    }

    /// Sets the number of rows. JavaScript must fill all their cells before `match`.
    pub fn resize(&self, size: usize) -> Result<(), JsValue> {
        self.state.try_borrow_mut().map_err(|_| busy())?.matcher.resize(size);
        Ok(())
    }

    /// The address of a list in the memory of the module.
    pub fn list(&self, list: u32) -> Result<usize, JsValue> {
        let mut state = self.state.try_borrow_mut().map_err(|_| busy())?;
        let MatcherState { matcher, held, faults } = &mut *state;
        let (numbers, codes, texts) = if list % LISTS < 3 { matcher.lists() } else { matcher.single_lists() };
        Ok(match list % LISTS {
            0 | 3 => numbers.as_ptr().addr(),
            1 | 4 => codes.as_ptr().addr(),
            2 | 5 => texts.as_ptr().addr(),
            6 => held.as_ptr().addr(),
            _ => faults.as_ptr().addr(),
        })
    }

    /// The number of a text, for fields in the list of texts.
    pub fn word(&self, text: &str) -> u32 {
        self.state.try_borrow_mut().map_or(0, |mut state| state.matcher.word(text))
    }

    /// The rules that hold for each row. `into` is the result of an earlier call, to be reused.
    #[wasm_bindgen(js_name = match)]
    pub fn matches(&self, into: JsValue) -> Result<JsValue, JsValue> {
        write_matches(self.state.try_borrow_mut().map_err(|_| busy())?.matcher.matches(), &into)
    }

    /// The index of the first rule that holds for the single row; -1 for none.
    pub fn one(&self) -> i32 {
        let Ok(mut state) = self.state.try_borrow_mut() else { return -1 };
        let MatcherState { matcher, held, faults } = &mut *state;
        matcher.match_single(held, faults)
    }
}

/// The rules that hold for each lead of a book. `into` is the result of an earlier call, to be reused.
#[wasm_bindgen(js_name = match)]
pub fn matches(rulebook: &Rulebook, book: &Book, now: JsValue, into: JsValue) -> Result<JsValue, JsValue> {
    let plan = rulebook.plan.get_or_init(|| ColumnPlan::new(&rulebook.rules, &[ConditionKind::Rule]));
    let now = moment(&now)?;
    // Written when the book is no longer borrowed, because setters of the caller's object may call the module.
    let matches = columnar::matches_of(plan, &book.intake.borrow().book, now);
    write_matches(&matches, &into)
}

/// Matches as an object. Arrays of `into` with the right length are reused, because in a program that matches many times a second garbage
/// collection can take longer than matching.
fn write_matches(matches: &Matches, into: &JsValue) -> Result<JsValue, JsValue> {
    let no_matches = || {
        misuse(
            "not-matches",
            "These are not matches that can be reused: `first` is not an Int16Array, or a property cannot be set",
            "Give the result of an earlier call, or nothing",
        )
    };
    let fresh = into.is_undefined() || into.is_null();
    let object = if fresh { Object::new() } else { into.dyn_ref::<Object>().cloned().ok_or_else(no_matches)? };
    let list = |name: &str| Reflect::get(&object, &name.into());
    if !fresh && !list("first")?.is_instance_of::<Int16Array>() {
        return Err(no_matches());
    }
    let set = |name: &str, value: JsValue| match Reflect::set(&object, &name.into(), &value)? {
        true => Ok(()),
        false => Err(no_matches()),
    };
    set("size", matches.size.into())?;
    set("words", matches.words.into())?;
    match list("first")?.dyn_ref::<Int16Array>() {
        Some(list) if list.length() as usize == matches.first.len() => list.copy_from(&matches.first),
        _ => set("first", Int16Array::from(matches.first.as_slice()).into())?,
    }
    match list("held")?.dyn_ref::<Uint32Array>() {
        Some(list) if list.length() as usize == matches.held.len() => list.copy_from(&matches.held),
        _ => set("held", Uint32Array::from(matches.held.as_slice()).into())?,
    }
    // Without faults, as is usual, JavaScript makes this array when it is needed.
    Reflect::delete_property(&object, &"faults".into())?;
    if matches.faults.iter().any(|word| *word != 0) {
        set("faults", Uint32Array::from(matches.faults.as_slice()).into())?;
    }
    Ok(object.into())
}

/// The error of a call from within another call on the same object.
fn busy() -> JsValue {
    misuse("busy", "This matcher is at work", "Do not use a matcher from within the rows that it reads")
}
