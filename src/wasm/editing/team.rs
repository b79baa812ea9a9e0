//! The team: its plan, goals, figures, cards, groups, stories and reward, as data, as a document in words and as Markdown.
//!
//! One function for all reports; `Team` of `editing-api.js` has a method for each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::plan::PlanSettings;
use crate::team::document::{
    Document, cards_document, figures_document, goals_document, groups_document, reward_document, story_document,
};
use crate::team::figures::FigureSettings;
use crate::team::recognition;
use crate::team::records::{TeamFile, TeamIntake};
use crate::team::reward::PoolTerms;
use crate::team::yields::SegmentBy;
use crate::team::{TeamView, Viewer};
use crate::wasm::{Book, Rulebook, answer, as_json, language_of, misuse, moment};
use crate::wording::Language;

/// What JavaScript may ask for; which of it counts depends on the report.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct TeamOptions {
    report: String,
    /// `data`, `document` or `markdown`.
    form: String,
    /// `manager`, `marketing`, or the id of a rep.
    r#as: Option<String>,
    days: Option<u32>,
    share: Option<f64>,
    shares: BTreeMap<String, f64>,
    by: Option<String>,
    lead: Option<String>,
    since: Option<String>,
    threshold: f64,
    part: f64,
}

/// What of a team file was left out.
#[derive(Serialize)]
struct RefusedEntryText {
    path: String,
    reason: String,
}

/// What of a team file does not fit these leads, an entry each; empty when all does. Throws for what is no team file.
#[wasm_bindgen(js_name = teamFileRefused, unchecked_return_type = "{ path: string; reason: string }[]")]
pub fn team_file_refused(
    book: &Book,
    file: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    let language = language_of(&language);
    let intake = read(file, &book.intake.borrow().book, language)?;
    let told = intake.refused.into_iter();
    let told = told.map(|one| RefusedEntryText { path: one.path, reason: one.reason.render(language) });
    answer(&told.collect::<Vec<_>>())
}

/// A report of the team: `plan`, `goals`, `figures`, `cards`, `groups`, `story` or `reward`, as the options say. The story of a lead that has not
/// ordered is undefined.
#[wasm_bindgen(js_name = teamReport, unchecked_return_type = "unknown")]
pub fn team_report(
    rulebook: &Rulebook,
    book: &Book,
    file: &str,
    #[wasm_bindgen(unchecked_param_type = "MomentInput")] now: JsValue,
    #[wasm_bindgen(
        unchecked_param_type = "TeamOptions & { report: TeamReport; form: \"data\" | \"document\" | \"markdown\" }"
    )]
    options: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    let (now, language) = (moment(&now)?, language_of(&language));
    let options = options_of(&options)?;
    let leads = &book.intake.borrow().book;
    let file = read(file, leads, language)?.file;
    let view = TeamView::new(&rulebook.rules, leads, &file, now, viewer(options.r#as.as_deref(), leads)?);
    let form = options.form.as_str();
    match options.report.as_str() {
        "plan" => {
            let usual = PlanSettings::default();
            let settings = PlanSettings {
                days: options.days.unwrap_or(usual.days),
                share: options.share.unwrap_or(usual.share),
                shares: options.shares,
            };
            let plan = view.plan(&settings, language);
            told(&plan, || plan.document(language), form)
        }
        "goals" => {
            let goals = view.goals_and_proposals(language);
            told(&goals, || goals_document(&goals.goals, &goals.proposals, language), form)
        }
        "figures" => {
            let usual = FigureSettings::default();
            let by = options.by.as_deref().map(segments).transpose()?;
            let days = options.days.unwrap_or(usual.days);
            let figures = view.figures(FigureSettings { days, segments: by.unwrap_or(usual.segments) }, language);
            told(&figures, || figures_document(&figures, language), form)
        }
        "cards" => {
            let cards = view.cards_and_recognition(options.days.unwrap_or(recognition::USUAL_DAYS), language);
            told(&cards, || cards_document(&cards.cards, &cards.recognition, language), form)
        }
        "groups" => {
            let groups = view.groups(language);
            told(&groups, || groups_document(&groups, language), form)
        }
        "story" => {
            let id = options.lead.unwrap_or_default();
            let lead = leads.find(&id).ok_or_else(|| {
                misuse("unknown-lead", &format!("There is no lead \"{id}\""), "Give the id of a lead of the book")
            })?;
            let Some(story) = view.story(lead, language) else { return Ok(JsValue::UNDEFINED) };
            told(&story, || story_document(&story, language), form)
        }
        "reward" => {
            let day = options.since.unwrap_or_default();
            let since = view
                .first_moment(&day)
                .ok_or_else(|| misuse("not-options", &format!("\"{day}\" is no day"), "Give since: \"2026-10-01\""))?;
            let reward = view.reward(PoolTerms { since, threshold: options.threshold, part: options.part });
            told(&reward, || reward_document(&reward, |rep| view.called(rep), language), form)
        }
        other => {
            let help = "Ask for plan, goals, figures, cards, groups, story or reward";
            Err(misuse("not-options", &format!("There is no report \"{other}\""), help))
        }
    }
}

/// A report in the form that was asked for.
fn told(report: &impl Serialize, document: impl FnOnce() -> Document, form: &str) -> Result<JsValue, JsValue> {
    match form {
        "document" => answer(&document()),
        "markdown" => Ok(JsValue::from_str(&document().markdown())),
        _ => answer(report),
    }
}

/// The team file of a text; an empty one where the text is.
fn read(file: &str, book: &crate::book::Book, language: Language) -> Result<TeamIntake, JsValue> {
    if file.is_empty() {
        return Ok(TeamIntake { file: TeamFile::default(), refused: Vec::new() });
    }
    TeamIntake::read(file.as_bytes(), book).map_err(|why| {
        misuse(
            "not-a-team-file",
            &why.render(language),
            "Give an object with lists such as { orders: [] }, or its text",
        )
    })
}

fn options_of(options: &JsValue) -> Result<TeamOptions, JsValue> {
    if options.is_undefined() || options.is_null() {
        return Ok(TeamOptions::default());
    }
    serde_json::from_str(&as_json(options).unwrap_or_default()).map_err(|why| {
        let help = "Give { as: \"manager\", days: 90 }, or some of these";
        misuse("not-options", &format!("These are not options for a report of the team: {why}"), help)
    })
}

fn viewer(word: Option<&str>, book: &crate::book::Book) -> Result<Viewer, JsValue> {
    match word {
        None | Some("manager") => Ok(Viewer::Manager),
        Some("marketing") => Ok(Viewer::Marketing),
        Some(id) if book.rep(id).is_some() => Ok(Viewer::Rep(id.to_owned())),
        Some(id) => Err(misuse(
            "unknown-rep",
            &format!("There is no rep \"{id}\""),
            "Give as: \"manager\", \"marketing\" or the id of a rep",
        )),
    }
}

fn segments(word: &str) -> Result<SegmentBy, JsValue> {
    SegmentBy::from_word(word).ok_or_else(|| {
        let help = format!("Give by: one of {}", SegmentBy::words().join(", "));
        misuse("not-options", &format!("Leads cannot be put together by \"{word}\""), &help)
    })
}
