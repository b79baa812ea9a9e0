//! `simulate`: lives with the advice for some days, with progress and cancelling.

use std::collections::BTreeMap;

use js_sys::Function;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::book::vocabulary::Channel;
use crate::calendar::Duration;
use crate::simulate::{ModelError, Report, ResponseModel, Settings, note, simulate};
use crate::wasm::{Book, Rulebook, answer, as_json, language_of, misuse, moment};

/// What JavaScript may ask for; what is left out is as the command has it.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SimulateOptions {
    days: Option<u32>,
    step: Option<u32>,
    seed: Option<u64>,
    reps: Option<usize>,
    minutes: BTreeMap<Channel, u32>,
    model: Option<ResponseModel>,
    answers: Answers,
    plan: Option<bool>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answers {
    #[default]
    Model,
    Never,
    Always,
}

/// Lives with the advice for some days from `now` on: reps do what stands first in their queue, customers come back by a response model. It compares
/// sets of rules under the same assumptions, and forecasts nothing. `progress` is called before each step with the steps done and their number;
/// when it returns false the run ends, and the answer is undefined.
#[wasm_bindgen(js_name = simulate, unchecked_return_type = "Simulation | undefined")]
pub fn simulate_js(
    rulebook: &Rulebook,
    book: &Book,
    #[wasm_bindgen(unchecked_param_type = "MomentInput")] now: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "SimulateOptions")] options: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "(done: number, all: number) => unknown")] progress: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Simulation {
        note: String,
        report: Report,
    }
    let mut settings = Settings::new(moment(&now)?);
    let model = read(&options, &mut settings)?;
    let progress: Option<Function> = progress.dyn_into().ok();
    // The caller may use the book while it is told of progress.
    let leads = book.intake.borrow().book.clone();
    let mut thrown = None;
    let simulated = simulate(&rulebook.rules, &leads, &model, &settings, |done, all| {
        let Some(progress) = &progress else { return true };
        // Both are far below the numbers that a float cannot hold.
        match progress.call2(&JsValue::UNDEFINED, &JsValue::from(done as f64), &JsValue::from(all as f64)) {
            Ok(go_on) => go_on.as_bool() != Some(false),
            Err(error) => {
                thrown = Some(error);
                false
            }
        }
    });
    match (simulated, thrown) {
        (_, Some(error)) => Err(error),
        (Ok(simulated), None) => answer(&Simulation { note: note(language_of(&language)), report: simulated.report }),
        (Err(_), None) => Ok(JsValue::UNDEFINED),
    }
}

/// The built-in response model, to be changed and given as `model`.
#[wasm_bindgen(js_name = responseModel, unchecked_return_type = "ResponseModel")]
pub fn response_model() -> Result<JsValue, JsValue> {
    answer(&ResponseModel::standard().map_err(|error| not_a_model(&error))?)
}

/// Reads the options into the settings; the response model to use.
///
/// # Errors
/// The error to throw when they are something else.
fn read(options: &JsValue, settings: &mut Settings) -> Result<ResponseModel, JsValue> {
    let asked = if options.is_undefined() || options.is_null() {
        SimulateOptions::default()
    } else {
        serde_json::from_str(&as_json(options).unwrap_or_default()).map_err(|why| {
            let help = "Give { days: 14, step: 10, seed: 7, reps: 6, minutes: { phone: 10 }, answers: \"model\" }, or some of these";
            misuse("not-options", &format!("These are not options for a simulation: {why}"), help)
        })?
    };
    settings.days = asked.days.unwrap_or(settings.days);
    settings.seed = asked.seed.unwrap_or(settings.seed);
    settings.reps = asked.reps;
    settings.minutes = asked.minutes;
    settings.plan = asked.plan;
    if let Some(step) = asked.step {
        settings.step = Duration::MINUTE.times(step.into()).unwrap_or(settings.step);
    }
    let model = match asked.model {
        Some(model) => model.checked(),
        None => ResponseModel::standard(),
    };
    let model = model.map_err(|error| not_a_model(&error))?;
    Ok(match asked.answers {
        Answers::Model => model,
        Answers::Never => model.without_answers(),
        Answers::Always => model.with_certain_answers(),
    })
}

fn not_a_model(error: &ModelError) -> JsValue {
    let message = format!("This is no response model: {} {}", error.path, error.reason.english());
    misuse("not-a-model", &message, "Change what responseModel() gives, and give it as model")
}
