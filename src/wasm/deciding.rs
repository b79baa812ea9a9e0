//! What the deciding module has, and the editing module too: `Rulebook`, `Book`, `decide`, `explain` and the versions. `load`, `watch`, `matcher` and
//! `table` have the rest of it.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use js_sys::JSON;
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::book::Refusal;
use crate::book::ingest::Intake;
use crate::book::rep::find_rep;
use crate::calendar::{DATA_VERSIONS, DataVersions, data_versions};
use crate::check::FOR_AUTHORS;
use crate::columnar::ColumnPlan;
use crate::decide;
use crate::diagnostics::Diagnostic;
use crate::language::{self, PackSource};
use crate::wasm::load;
use crate::wasm::rulebook_options::RulebookOptions;
use crate::wasm::values::{answer, as_json, json, language_of, misuse, moment};
use crate::wording::{Amount, Language, Sentence};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../types.d.ts");

/// The version of this module, and in brackets those of the time zones and holidays in it: `0.1.0 (tz 2026f, holidays python-holidays 0.109)`,
/// as `cadans --version` prints it.
#[wasm_bindgen]
pub fn version() -> String {
    data_versions::version().to_owned()
}

/// The versions of Cadans, of the time zones and of the holidays, each by itself: `{ cadans, tz, holidays }`.
#[wasm_bindgen(unchecked_return_type = "Versions")]
pub fn versions() -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Versions {
        cadans: &'static str,
        #[serde(flatten)]
        data: DataVersions,
    }
    answer(&Versions { cadans: env!("CARGO_PKG_VERSION"), data: DATA_VERSIONS })
}

/// The rules of some packs, parsed, merged and checked. A rule with an error is reported in `diagnostics` and left out; the others apply.
#[wasm_bindgen]
pub struct Rulebook {
    pub(super) rules: language::Rulebook,
    files: Vec<PackSource>,
    options: RulebookOptions,
    /// The diagnostics of the files, computed on first use.
    diagnostics: OnceCell<Vec<Diagnostic>>,
    /// The rules compiled for many leads, on first use.
    pub(super) plan: OnceCell<ColumnPlan>,
}

#[wasm_bindgen]
impl Rulebook {
    /// Parses packs, in the order given or in that of their layers. Throws when a setting is given a value that it cannot have, and for one that no pack
    /// has.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "RulebookOptions")] options: JsValue,
    ) -> Result<Rulebook, JsValue> {
        let (files, options) = (pack_files(packs)?, RulebookOptions::read(&options)?);
        let (layers, overrides) = (options.layers.as_ref(), &options.overrides);
        let (rules, found) = language::Rulebook::merged_for_advice(&files, layers, overrides);
        RulebookOptions::refuse_settings(&found)?;
        // Without warnings and examples there is nothing more to find.
        let diagnostics = if FOR_AUTHORS { OnceCell::new() } else { OnceCell::from(found) };
        Ok(Self { rules, files, options, diagnostics, plan: OnceCell::new() })
    }

    /// The diagnostics of the packs, in English and in the order of the files. In the deciding module these are the errors, each with the statement that
    /// it left out; the editing module has warnings, notes and examples too.
    #[wasm_bindgen(getter, unchecked_return_type = "Diagnostic[]")]
    pub fn diagnostics(&self) -> Result<JsValue, JsValue> {
        answer(self.found())
    }

    /// The settings of the packs with the values in force, in the order of the packs.
    #[wasm_bindgen(getter, unchecked_return_type = "SettingInForce[]")]
    pub fn settings(&self) -> Result<JsValue, JsValue> {
        answer(&self.rules.settings())
    }

    /// What packs change of one another: what is switched off, and the levers that are given, each with its reason.
    #[wasm_bindgen(getter, unchecked_return_type = "LayerChange[]")]
    pub fn changes(&self) -> Result<JsValue, JsValue> {
        answer(self.rules.changes())
    }

    /// The diagnostics of the packs in a language.
    #[wasm_bindgen(js_name = diagnosticsIn, unchecked_return_type = "Diagnostic[]")]
    pub fn diagnostics_in(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
    ) -> Result<JsValue, JsValue> {
        told_in(self.found(), &language)
    }
}

impl Rulebook {
    /// The diagnostics of the packs. With warnings they need a full check, examples included, so they are not computed before they are needed.
    fn found(&self) -> &[Diagnostic] {
        let RulebookOptions { layers, overrides } = &self.options;
        self.diagnostics.get_or_init(|| language::Rulebook::merged(&self.files, layers.as_ref(), overrides).1)
    }
}

/// Diagnostics in a language.
pub(super) fn told_in(found: &[Diagnostic], language: &JsValue) -> Result<JsValue, JsValue> {
    let language = language_of(language);
    answer(&found.iter().map(|each| each.in_language(language)).collect::<Vec<_>>())
}

/// Refusals or remarks in a language.
fn refusals_in(refusals: &[Refusal], language: &JsValue) -> Result<JsValue, JsValue> {
    let language = language_of(language);
    answer(&refusals.iter().map(|each| each.render(language)).collect::<Vec<_>>())
}

/// Leads in memory. A record with an error is reported in `refused` and left out; the others are loaded.
#[wasm_bindgen]
pub struct Book {
    pub(super) intake: Rc<RefCell<Intake>>,
}

#[wasm_bindgen]
impl Book {
    /// Loads leads from the text of a lead file, its bytes (fastest), or the same as plain values.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "string | Uint8Array | LeadFile | Lead[]")] leads: JsValue,
        #[wasm_bindgen(unchecked_param_type = "LeadOptions | undefined")] options: JsValue,
    ) -> Result<Book, JsValue> {
        Ok(Self::of(load::intake(&leads, &options)?))
    }

    /// The number of leads.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.intake.borrow().book.len()
    }

    /// The ids of all leads: the one at place `n` is that of the lead at place `n` of a `Watch`.
    #[wasm_bindgen(getter)]
    pub fn ids(&self) -> Vec<String> {
        let intake = self.intake.borrow();
        (0..intake.book.len()).map(|lead| intake.book.id(lead).unwrap_or_default().to_owned()).collect()
    }

    /// The reps, in the order to which the `rep` of a `Watch` refers.
    #[wasm_bindgen(getter, unchecked_return_type = "RepName[]")]
    pub fn reps(&self) -> Result<JsValue, JsValue> {
        #[derive(Serialize)]
        struct RepName<'a> {
            id: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            name: Option<&'a str>,
        }
        let intake = self.intake.borrow();
        let reps = intake.book.reps().iter();
        answer(&reps.map(|rep| RepName { id: &rep.id, name: rep.name.as_deref() }).collect::<Vec<_>>())
    }

    /// The records that were refused, in the order of the file, with the reason in English.
    #[wasm_bindgen(getter, unchecked_return_type = "Refusal[]")]
    pub fn refused(&self) -> Result<JsValue, JsValue> {
        refusals_in(&self.intake.borrow().refused, &JsValue::UNDEFINED)
    }

    /// The records that were refused, in the order of the file, with the reason in a language.
    #[wasm_bindgen(js_name = refusedIn, unchecked_return_type = "Refusal[]")]
    pub fn refused_in(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
    ) -> Result<JsValue, JsValue> {
        refusals_in(&self.intake.borrow().refused, &language)
    }

    /// The records that were loaded although a value in them is doubtful, with the reason in English.
    #[wasm_bindgen(getter, unchecked_return_type = "Refusal[]")]
    pub fn noted(&self) -> Result<JsValue, JsValue> {
        refusals_in(&self.intake.borrow().noted, &JsValue::UNDEFINED)
    }

    /// The records that were loaded although a value in them is doubtful, with the reason in a language.
    #[wasm_bindgen(js_name = notedIn, unchecked_return_type = "Refusal[]")]
    pub fn noted_in(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
    ) -> Result<JsValue, JsValue> {
        refusals_in(&self.intake.borrow().noted, &language)
    }

    /// The moment of the newest signal of all leads; absent without any signal.
    #[wasm_bindgen(getter, unchecked_return_type = "Instant | undefined")]
    pub fn newest(&self) -> Option<String> {
        self.intake.borrow().book.last_signal_at().map(|at| at.to_string())
    }

    /// The contents that can be offered, with id and title; advice refers to them by id.
    #[wasm_bindgen(getter, unchecked_return_type = "ContentTitle[]")]
    pub fn contents(&self) -> Result<JsValue, JsValue> {
        #[derive(Serialize)]
        struct ContentTitle<'a> {
            id: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            title: Option<&'a str>,
        }
        let intake = self.intake.borrow();
        let contents = intake.book.contents().iter();
        let titles = contents.map(|content| ContentTitle { id: &content.id, title: content.title.as_deref() });
        answer(&titles.collect::<Vec<_>>())
    }

    /// The people of one lead, with id and name; advice refers to them by id.
    #[wasm_bindgen(unchecked_return_type = "PersonName[]")]
    pub fn people(&self, #[wasm_bindgen(unchecked_param_type = "string")] lead: JsValue) -> Result<JsValue, JsValue> {
        #[derive(Serialize)]
        struct PersonName<'a> {
            id: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            name: Option<&'a str>,
        }
        let intake = self.intake.borrow();
        let people = intake.book.people(find(&intake, &lead)?);
        let named = people.iter().map(|person| PersonName { id: &person.id, name: person.name.as_deref() });
        answer(&named.collect::<Vec<_>>())
    }
}

impl Book {
    /// A book of loaded leads.
    pub(super) fn of(intake: Intake) -> Self {
        Self { intake: Rc::new(RefCell::new(intake)) }
    }
}

/// The index of the lead with an id.
///
/// # Errors
/// The error to throw when there is no such lead.
pub(super) fn find(intake: &Intake, lead: &JsValue) -> Result<usize, JsValue> {
    let id = lead.as_string();
    id.as_deref().and_then(|id| intake.book.find(id)).ok_or_else(|| {
        let shown: String = id.as_deref().unwrap_or("with an id that is not a text").chars().take(60).collect();
        misuse(
            "unknown-lead",
            &format!("There is no lead {shown} in this book"),
            "Give the id of a lead, as its file has it; `refused` lists the records that were not loaded",
        )
    })
}

/// Advice for every lead in the book at `now`: first the day's queue, then the leads that wait or are on hold. Its sentences are in English,
/// unless another language is named. With a `budget` among the options it throws when deciding takes more operations than that.
#[wasm_bindgen(unchecked_return_type = "Advice[]")]
pub fn decide(
    rulebook: &Rulebook,
    book: &Book,
    #[wasm_bindgen(unchecked_param_type = "MomentInput")] now: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    JSON::parse(&decide_json(rulebook, book, now, language, options)?)
}

/// The answers of `decide` as JSON text, to pass on or to keep: byte for byte what the `cadans` command prints.
#[wasm_bindgen(js_name = decideJson)]
pub fn decide_json(
    rulebook: &Rulebook,
    book: &Book,
    #[wasm_bindgen(unchecked_param_type = "MomentInput")] now: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
) -> Result<String, JsValue> {
    let (now, language) = (moment(&now)?, language_of(&language));
    let DecideOptions { budget, rep } = DecideOptions::read(&options)?;
    let intake = book.intake.borrow();
    let rep = rep.map(|name| rep_called(&intake, &name, language)).transpose()?;
    if let Some(budget) = budget.map(decide::Budget::of) {
        let decider = decide::Decider::new(&rulebook.rules, &intake.book, now).within(budget);
        decider.all_within().map_err(|over| over_budget(over, language))?;
    }
    let advices = decide::decide(&rulebook.rules, &intake.book, now, language);
    let shown = decide::in_order(&advices).into_iter().filter_map(|lead| {
        let advice = advices.get(lead)?;
        rep.is_none_or(|rep| decide::is_advised_for_rep(&intake.book, (lead, advice), rep)).then_some(advice)
    });
    json(&shown.collect::<Vec<_>>())
}

/// The statements that take more operations than they may for some leads at `now`, each as a warning with the number of leads: what
/// the command prints when it has decided. Decides all leads for it. In English, unless another language is named.
#[wasm_bindgen(js_name = overLimit, unchecked_return_type = "Diagnostic[]")]
pub fn over_limit(
    rulebook: &Rulebook,
    book: &Book,
    #[wasm_bindgen(unchecked_param_type = "MomentInput")] now: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let (now, budget, intake) = (moment(&now)?, budget_of(&options)?.unwrap_or_default(), book.intake.borrow());
    let decider = decide::Decider::new(&rulebook.rules, &intake.book, now).within(budget);
    decider.all_within().map_err(|over| over_budget(over, language_of(&language)))?;
    told_in(&decider.over_limit(), &language)
}

/// The budget among the options; `None` without one.
///
/// # Errors
/// The error to throw when the options are something else.
pub(super) fn budget_of(options: &JsValue) -> Result<Option<decide::Budget>, JsValue> {
    Ok(DecideOptions::read(options)?.budget.map(decide::Budget::of))
}

/// The options of `decide`.
#[derive(Default, serde::Deserialize)]
pub(super) struct DecideOptions {
    /// The most operations that deciding may take.
    #[serde(default)]
    pub(super) budget: Option<u64>,
    /// The rep whose queue is asked for, by id or name.
    #[serde(default)]
    pub(super) rep: Option<String>,
}

impl DecideOptions {
    /// The options; the usual ones for none.
    ///
    /// # Errors
    /// The error to throw when they are something else.
    pub(super) fn read(options: &JsValue) -> Result<Self, JsValue> {
        if options.is_undefined() || options.is_null() {
            return Ok(Self::default());
        }
        let read = serde_json::from_str(&as_json(options).unwrap_or_default());
        read.map_err(|why| {
            let message = format!("These are not options for deciding: {why}");
            misuse(
                "not-options",
                &message,
                "Give { budget: 1000000 }, a whole number of operations, { rep: \"kim\" }, or nothing",
            )
        })
    }
}

/// The index of the rep with this id or name.
///
/// # Errors
/// The error to throw when there is no such rep in the book.
pub(super) fn rep_called(intake: &Intake, name: &str, language: Language) -> Result<usize, JsValue> {
    find_rep(intake.book.reps(), name).ok_or_else(|| {
        let shown: String = name.chars().take(60).collect();
        let message = Sentence::new("unknown-rep").with("name", shown).render(language);
        misuse("unknown-rep", &message, &Sentence::new("unknown-rep-help").render(language))
    })
}

/// The error of a run that takes more operations than it may.
pub(super) fn over_budget(over: decide::OverBudget, language: Language) -> JsValue {
    let limit = Amount::whole(i64::try_from(over.limit).unwrap_or(i64::MAX));
    let message = Sentence::new("over-budget").with("limit", limit).render(language);
    misuse("over-budget", &message, &Sentence::new("over-budget-help").render(language))
}

/// Advice for one lead at `now`, with every rule that held or nearly held; in English, unless another language is named. With a `budget`
/// among the options it throws when deciding the leads of its contact group takes more operations than that.
#[wasm_bindgen(unchecked_return_type = "Explanation")]
pub fn explain(
    rulebook: &Rulebook,
    book: &Book,
    #[wasm_bindgen(unchecked_param_type = "string")] lead: JsValue,
    #[wasm_bindgen(unchecked_param_type = "MomentInput")] now: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "DecideOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let (now, budget, intake) = (moment(&now)?, budget_of(&options)?.unwrap_or_default(), book.intake.borrow());
    let (lead, language) = (find(&intake, &lead)?, language_of(&language));
    let decider = decide::Decider::new(&rulebook.rules, &intake.book, now).in_language(language).within(budget);
    answer(&decider.explain_within(lead).map_err(|over| over_budget(over, language))?)
}

pub(super) fn pack_files(packs: JsValue) -> Result<Vec<PackSource>, JsValue> {
    #[derive(serde::Deserialize)]
    struct PackFile {
        file: String,
        text: String,
    }
    // Converted through JSON text, because reading fields one by one would run getters of the caller.
    let text = as_json(&packs).unwrap_or_default(); // empty for what has no JSON text, which is refused below
    let read = if packs.is_array() {
        serde_json::from_str::<Vec<PackFile>>(&text)
    } else {
        serde_json::from_str::<PackFile>(&text).map(|pack| vec![pack])
    };
    match read {
        Ok(packs) => Ok(packs.into_iter().map(|PackFile { file, text }| PackSource { file, text }).collect()),
        Err(why) => Err(misuse(
            "not-packs",
            &format!("These are not packs: {why}"),
            "Give a pack, or a list of packs, as { file: \"name.rhai\", text: \"rule ...\" }",
        )),
    }
}
