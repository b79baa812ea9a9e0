//! The class `Watch`: decisions for all leads of a book, kept up to date.
//!
//! JavaScript reads the decisions as typed arrays, one per property with an entry per lead, and the advice for a lead on demand.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Float64Array, Int16Array, Int32Array, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::book::Refusal;
use crate::book::ingest::{self, Intake};
use crate::calendar::Instant;
use crate::decide::{self, Decision, OverBudget, TickError};
use crate::wasm::{
    Book, DecideOptions, Rulebook, answer, as_json, budget_of, language_of, misuse, moment, over_budget, rep_called,
};
use crate::wording::{Language, Sentence};

/// The entry for no channel or no person.
const NONE: u8 = u8::MAX;

/// The decisions for all leads of a book at a moment that advances. A lead has the same index as in the book.
#[wasm_bindgen]
pub struct Watch {
    watch: RefCell<decide::Watch>,
    intake: Rc<RefCell<Intake>>,
}

#[wasm_bindgen]
impl Watch {
    /// Decides every lead at `now`. With a `budget` among the options it throws when that takes more operations. So do `tick`, `record`, `put`,
    /// `top`, `advice` and `explain` with a budget of their own.
    #[wasm_bindgen(constructor)]
    pub fn new(
        rulebook: &Rulebook,
        book: &Book,
        #[wasm_bindgen(unchecked_param_type = "MomentInput")] now: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
    ) -> Result<Watch, JsValue> {
        let (now, budget) = (moment(&now)?, budget_of(&options)?.unwrap_or_default());
        let watch = decide::Watch::within(rulebook.rules.clone(), &book.intake.borrow().book, now, budget);
        Ok(Self { watch: RefCell::new(watch.map_err(over)?), intake: book.intake.clone() })
    }

    /// The moment for which the decisions hold, in milliseconds since 1970.
    #[wasm_bindgen(getter)]
    pub fn now(&self) -> f64 {
        millis(Some(self.watch.borrow().now()))
    }

    /// The verdict: 0 touch, 1 find, 2 hand over, 3 wait, 4 hold.
    #[wasm_bindgen(getter)]
    pub fn verdict(&self) -> Uint8Array {
        let verdicts: Vec<u8> = self.each(|one| one.verdict as u8);
        Uint8Array::from(verdicts.as_slice())
    }

    /// The rule or cadence that decides: its index among the rules of all packs followed by the cadences of all packs; -1 for none.
    #[wasm_bindgen(getter)]
    pub fn rule(&self) -> Int16Array {
        let rules: Vec<i16> = self.each(|one| one.rule.and_then(|rule| i16::try_from(rule).ok()).unwrap_or(-1));
        Int16Array::from(rules.as_slice())
    }

    /// The channel: its index in `phone, email, social, chat, video, visit, content`; 255 for none.
    #[wasm_bindgen(getter)]
    pub fn channel(&self) -> Uint8Array {
        let channels: Vec<u8> = self.each(|one| one.channel.map_or(NONE, |channel| channel as u8));
        Uint8Array::from(channels.as_slice())
    }

    /// The person: the index in the lead's people; 255 for none.
    #[wasm_bindgen(getter)]
    pub fn person(&self) -> Uint8Array {
        let (watch, intake) = (self.watch.borrow(), self.intake.borrow());
        let place = |(lead, one): (usize, &Decision)| Some(intake.book.place_of_person(lead, one.person?));
        let places = watch.decisions().iter().enumerate().map(place);
        let code = |place: Option<u32>| place.and_then(|place| u8::try_from(place).ok()).unwrap_or(NONE);
        let people: Vec<u8> = places.map(code).collect();
        Uint8Array::from(people.as_slice())
    }

    /// The rep who does it: the index in the reps of the lead file; -1 for none.
    #[wasm_bindgen(getter)]
    pub fn rep(&self) -> Int32Array {
        let reps: Vec<i32> = self.each(|one| one.rep.and_then(|rep| i32::try_from(rep).ok()).unwrap_or(-1));
        Int32Array::from(reps.as_slice())
    }

    /// The start of the window, in milliseconds since 1970 and not before `now`; NaN for none.
    #[wasm_bindgen(getter)]
    pub fn from(&self) -> Float64Array {
        let now = self.watch.borrow().now();
        let from: Vec<f64> = self.each(|one| millis(one.from.map(|from| from.max(now))));
        Float64Array::from(from.as_slice())
    }

    /// The end of the window, not included, in milliseconds since 1970; NaN for none.
    #[wasm_bindgen(getter)]
    pub fn until(&self) -> Float64Array {
        let until: Vec<f64> = self.each(|one| millis(one.until));
        Float64Array::from(until.as_slice())
    }

    /// When the reason of what was promised began, in milliseconds since 1970; NaN where nothing was.
    #[wasm_bindgen(getter)]
    pub fn since(&self) -> Float64Array {
        let since: Vec<f64> = self.each(|one| millis(one.since));
        Float64Array::from(since.as_slice())
    }

    /// When what was promised is due, in milliseconds since 1970; NaN where nothing was. It does not move with `now`.
    #[wasm_bindgen(getter)]
    pub fn due(&self) -> Float64Array {
        let due: Vec<f64> = self.each(|one| millis(one.due));
        Float64Array::from(due.as_slice())
    }

    /// 1 for what can only be made too late for what was promised, else 0.
    #[wasm_bindgen(getter)]
    pub fn late(&self) -> Uint8Array {
        let late: Vec<u8> = self.each(|one| u8::from(one.late));
        Uint8Array::from(late.as_slice())
    }

    /// The priority; NaN for `wait` and `hold`.
    #[wasm_bindgen(getter)]
    pub fn priority(&self) -> Float64Array {
        let priority: Vec<f64> = self.each(|one| one.priority.unwrap_or(f64::NAN));
        Float64Array::from(priority.as_slice())
    }

    /// The first moment at which the decision can change without a new signal, in milliseconds since 1970; NaN when only a signal can change
    /// it.
    #[wasm_bindgen(getter, js_name = reviewAt)]
    pub fn review_at(&self) -> Float64Array {
        let review: Vec<f64> = self.each(|one| millis(one.review_at));
        Float64Array::from(review.as_slice())
    }

    /// All leads in the order of `decide`: first the day's queue, then the leads that wait or are on hold.
    #[wasm_bindgen(getter)]
    pub fn order(&self) -> Uint32Array {
        let watch = self.watch.borrow();
        let decisions: Vec<(usize, Decision)> = watch.decisions().iter().copied().enumerate().collect();
        let order = decide::decisions_in_order(&decisions, &self.intake.borrow().book, watch.now());
        let order: Vec<u32> = order.into_iter().filter_map(|lead| u32::try_from(lead).ok()).collect();
        Uint32Array::from(order.as_slice())
    }

    /// Advances to a later moment. Returns the indices of the leads that were decided again: those whose `reviewAt` has come. Over its budget
    /// it changes nothing. Throws an error with code "tick-back" for a moment before `now`; in English, unless another language is named.
    pub fn tick(
        &self,
        #[wasm_bindgen(unchecked_param_type = "MomentInput")] now: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
    ) -> Result<Uint32Array, JsValue> {
        let (now, language, budget) = (moment(&now)?, language_of(&language), budget_of(&options)?.unwrap_or_default());
        let again = self.watch.borrow_mut().tick_within(&self.intake.borrow().book, now, budget);
        let again = again.map_err(|why| match why {
            TickError::OverBudget(over) => over_budget(over, language),
            TickError::Back(back) => misuse(
                "tick-back",
                &back.sentence().render(language),
                &Sentence::new("tick-back-help").render(language),
            ),
        })?;
        Ok(Uint32Array::from(again.as_slice()))
    }

    /// Adds what happened with a lead: a signal, or feedback, which has a `verdict`. Decides again the leads of its account and of those linked to it
    /// by people, and returns their indices. Over its budget the entry is added, and the next call decides the leads.
    pub fn record(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string | number")] lead: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Signal | Feedback")] entry: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
    ) -> Result<Uint32Array, JsValue> {
        #[derive(serde::Deserialize)]
        struct Kind {
            verdict: Option<serde::de::IgnoredAny>,
        }
        let (place, budget) = (self.place(&lead)?, budget_of(&options)?.unwrap_or_default());
        let entry = text(&entry)?;
        let people = self.intake.borrow().book.people(place);
        let (mut watch, mut intake) = (self.watch.borrow_mut(), self.intake.borrow_mut());
        let again = if serde_json::from_str::<Kind>(&entry).is_ok_and(|kind| kind.verdict.is_some()) {
            let feedback = ingest::read_feedback(entry.as_bytes(), &people).map_err(|refusals| first(&refusals))?;
            watch.feedback_within(&mut intake.book, place, &feedback, budget)
        } else {
            let signal = ingest::read_signal(entry.as_bytes(), &people).map_err(|refusals| first(&refusals))?;
            watch.log_within(&mut intake.book, place, &signal, budget)
        };
        Ok(Uint32Array::from(again.map_err(over)?.as_slice()))
    }

    /// Adds a lead, or replaces the one with its id, and decides again the leads of its account and of those linked to it by people. Returns
    /// their indices. Over its budget the lead is there, and the next call decides the leads.
    pub fn put(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Lead")] lead: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
    ) -> Result<Uint32Array, JsValue> {
        let budget = budget_of(&options)?.unwrap_or_default();
        let read = ingest::read_lead(text(&lead)?.as_bytes()).map_err(|refusals| first(&refusals))?;
        let again = self.watch.borrow_mut().put_within(&mut self.intake.borrow_mut().book, &read, budget);
        let again =
            again.map_err(|too_large| refused(&too_large.path, &too_large.reason().english()))?.map_err(over)?;
        Ok(Uint32Array::from(again.as_slice()))
    }

    /// Advice for the first leads in the order of the day's queue: at most `count` of those for which something is to be done; with a `rep` among the
    /// options, of those that are for that rep. In English, unless another language is named.
    #[wasm_bindgen(unchecked_return_type = "Advice[]")]
    pub fn top(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] count: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
    ) -> Result<JsValue, JsValue> {
        let language = language_of(&language);
        let count = count.as_f64().filter(|count| count.fract() == 0.0 && *count >= 0.0).ok_or_else(|| {
            misuse(
                "not-a-count",
                "This is no number of leads",
                "Give how many leads you want: 0 or a larger whole number",
            )
        })?;
        let DecideOptions { budget, rep } = DecideOptions::read(&options)?;
        let (watch, intake) = (self.watch.borrow(), self.intake.borrow());
        let rep = rep.map(|name| rep_called(&intake, &name, language)).transpose()?;
        let to_do = watch.decisions().iter().enumerate().filter(|(lead, one)| {
            one.verdict.is_to_do() && rep.is_none_or(|rep| decide::is_for_rep(&intake.book, (*lead, one), rep))
        });
        let to_do: Vec<(usize, Decision)> = to_do.map(|(lead, one)| (lead, *one)).collect();
        let decider = watch.decider(&intake.book).in_language(language);
        let decider = decider.within(budget.map(decide::Budget::of).unwrap_or_default());
        // The cast saturates, and no book has so many leads.
        let first = decide::decisions_in_order(&to_do, &intake.book, watch.now()).into_iter().take(count as usize);
        let advices = first.filter_map(|place| to_do.get(place)).map(|(lead, _)| decider.lead_within(*lead));
        answer(&advices.collect::<Result<Vec<_>, _>>().map_err(|over| over_budget(over, language))?)
    }

    /// The advice for one lead, by id or by place; in English, unless another language is named.
    #[wasm_bindgen(unchecked_return_type = "Advice")]
    pub fn advice(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string | number")] lead: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let (place, language, budget) = (self.place(&lead)?, language_of(&language), budget_of(&options)?);
        let (watch, intake) = (self.watch.borrow(), self.intake.borrow());
        let decider = watch.decider(&intake.book).in_language(language).within(budget.unwrap_or_default());
        answer(&decider.lead_within(place).map_err(|over| over_budget(over, language))?)
    }

    /// The explanation of one lead: its advice with every rule that held or nearly held.
    #[wasm_bindgen(unchecked_return_type = "Explanation")]
    pub fn explain(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string | number")] lead: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let (place, language, budget) = (self.place(&lead)?, language_of(&language), budget_of(&options)?);
        let (watch, intake) = (self.watch.borrow(), self.intake.borrow());
        let decider = watch.decider(&intake.book).in_language(language).within(budget.unwrap_or_default());
        answer(&decider.explain_within(place).map_err(|over| over_budget(over, language))?)
    }
}

impl Watch {
    /// A property of the decision for each lead.
    fn each<T>(&self, property: impl Fn(&Decision) -> T) -> Vec<T> {
        self.watch.borrow().decisions().iter().map(property).collect()
    }

    /// The index of a lead given by index or id.
    fn place(&self, lead: &JsValue) -> Result<usize, JsValue> {
        let size = self.watch.borrow().decisions().len();
        match lead.as_f64() {
            // The cast is exact: the number is whole and below the number of leads.
            Some(place) if place >= 0.0 && place < size as f64 && place.fract() == 0.0 => Ok(place as usize),
            Some(place) => Err(misuse(
                "unknown-lead",
                &format!("There is no lead at place {place} in this book of {size}"),
                "Give a place from 0 on and below the size of the book, or the id of a lead",
            )),
            None => crate::wasm::find(&self.intake.borrow(), lead),
        }
    }
}

/// The error of a call that takes more operations than it may, in English.
fn over(over: OverBudget) -> JsValue {
    over_budget(over, Language::English)
}

/// A moment in milliseconds since 1970; NaN for none.
fn millis(at: Option<Instant>) -> f64 {
    at.map_or(f64::NAN, |at| at.millis() as f64)
}

/// A lead or signal as JSON text.
fn text(of: &JsValue) -> Result<String, JsValue> {
    as_json(of).ok_or_else(|| {
        refused("", "it cannot be written as JSON: it is a function, refers to itself, or has a getter that throws")
    })
}

/// The error for the first of some problems.
fn first(refusals: &[Refusal]) -> JsValue {
    refusals
        .first()
        .map_or_else(|| refused("", "it does not fit the lead format"), |one| refused(&one.path, &one.reason.english()))
}

/// The error for a lead or signal with a problem at a path; an empty path is the whole.
fn refused(path: &str, reason: &str) -> JsValue {
    let place = if path.is_empty() { "The record" } else { path };
    misuse("refused", &format!("{place}: {reason}"), "Give what a lead file would hold; see the lead format")
}
