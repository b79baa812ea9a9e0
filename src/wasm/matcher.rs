//! The class `Matcher` of www/lib/cadans.js rests on this one: lists in the module's memory that JavaScript fills in place.
//!
//! Invariant: where a list lies changes only in `resize` and `new`, so a view made after these stays true to it (unless the memory
//! grows, which JavaScript sees by itself).

use std::cell::RefCell;

use js_sys::{Int16Array, Object, Reflect, Uint32Array};
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::columnar::{self, ColumnPlan, FieldStorage, Matches, RowMatcher, StatementKind};
use crate::wasm::{Book, Rulebook, answer, misuse, moment};

/// Rows of the team's own facts under the rules of a rulebook.
#[wasm_bindgen]
pub struct FlatRows {
    state: RefCell<MatcherState>,
}

struct MatcherState {
    flat: RowMatcher,
    held: Vec<u32>,
    faults: Vec<u32>,
}

/// One list of [`FlatRows`] by number: numbers, codes, texts, then the same of the single row, then its bits held and at fault.
const LISTS: u32 = 8;

#[wasm_bindgen]
impl FlatRows {
    /// No rows yet.
    #[wasm_bindgen(constructor)]
    pub fn new(rulebook: &Rulebook, now: JsValue) -> Result<FlatRows, JsValue> {
        let mut flat = RowMatcher::new(&rulebook.rules, moment(&now)?);
        flat.resize(0);
        let words = flat.matches().words;
        let state = MatcherState { flat, held: vec![0; words], faults: vec![0; words] };
        Ok(Self { state: RefCell::new(state) })
    }

    /// The fields that rules read, list by list in the order of their columns: `{ name, kept, texts? }`.
    pub fn fields(&self) -> Result<JsValue, JsValue> {
        #[derive(Serialize)]
        struct FieldBuffer<'a> {
            name: &'a str,
            kept: &'static str,
            texts: Vec<&'a str>,
        }
        let state = self.state.try_borrow().map_err(|_| busy())?;
        let fields = state.flat.fields().iter().map(|field| {
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

    /// Room for so many rows, all of which are to be filled.
    pub fn resize(&self, size: usize) -> Result<(), JsValue> {
        self.state.try_borrow_mut().map_err(|_| busy())?.flat.resize(size);
        Ok(())
    }

    /// Where a list begins in the module's memory.
    pub fn list(&self, list: u32) -> Result<usize, JsValue> {
        let mut state = self.state.try_borrow_mut().map_err(|_| busy())?;
        let MatcherState { flat, held, faults } = &mut *state;
        let (numbers, codes, texts) = if list % LISTS < 3 { flat.lists() } else { flat.single_lists() };
        Ok(match list % LISTS {
            0 | 3 => numbers.as_ptr().addr(),
            1 | 4 => codes.as_ptr().addr(),
            2 | 5 => texts.as_ptr().addr(),
            6 => held.as_ptr().addr(),
            _ => faults.as_ptr().addr(),
        })
    }

    /// The number of a text, for fields that are kept as texts.
    pub fn word(&self, text: &str) -> u32 {
        self.state.try_borrow_mut().map_or(0, |mut state| state.flat.word(text))
    }

    /// Which rules hold for each row. `into` is the answer of an earlier call, to be filled again.
    #[wasm_bindgen(js_name = match)]
    pub fn matches(&self, into: JsValue) -> Result<JsValue, JsValue> {
        told(self.state.try_borrow_mut().map_err(|_| busy())?.flat.matches(), &into)
    }

    /// The first rule that holds for the single row, -1 for none.
    pub fn one(&self) -> i32 {
        let Ok(mut state) = self.state.try_borrow_mut() else { return -1 };
        let MatcherState { flat, held, faults } = &mut *state;
        flat.match_single(held, faults)
    }
}

/// Which rules hold for each lead of a book. `into` is the answer of an earlier call, to be filled again.
#[wasm_bindgen(js_name = match)]
pub fn matches(rulebook: &Rulebook, book: &Book, now: JsValue, into: JsValue) -> Result<JsValue, JsValue> {
    let plan = rulebook.plan.get_or_init(|| ColumnPlan::new(&rulebook.rules, &[StatementKind::Rule]));
    let now = moment(&now)?;
    // Told when the book is no longer in use: an object of the caller's may do what it likes when it is written to.
    let matches = columnar::matches_of(plan, &book.intake.borrow().book, now);
    told(&matches, &into)
}

/// Matches as an object. Lists of `into` that have the right length are filled again: whoever asks many times a second spares the garbage
/// collector some memory each time, which with many objects about costs more than matching itself.
fn told(matches: &Matches, into: &JsValue) -> Result<JsValue, JsValue> {
    let no_matches =
        || misuse("not-matches", "These are no matches to fill again", "Give the answer of an earlier call, or none");
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
    // Mostly there are none, and then JavaScript makes the list when it is asked for.
    Reflect::delete_property(&object, &"faults".into())?;
    if matches.faults.iter().any(|word| *word != 0) {
        set("faults", Uint32Array::from(matches.faults.as_slice()).into())?;
    }
    Ok(object.into())
}

fn busy() -> JsValue {
    misuse("busy", "This matcher is at work", "Do not use a matcher from within the rows that it reads")
}
