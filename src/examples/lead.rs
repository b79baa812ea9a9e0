//! The lead of an example, in a book of its own.

use serde_json::{Value as Json, json};

use crate::book::Book;
use crate::book::ingest::{LeadFormat, read_book};
use crate::book::vocabulary::{Channel, Role};
use crate::calendar::{Country, Instant, zones_of};
use crate::decide::Decider;
use crate::decide::advice::RuleRef;
use crate::pack::Pack;
use crate::pack::example::{Example, ExampleCase, Given};
use crate::pack::touch::Touch;
use crate::wording::{Language, Sentence};

/// The lead of an example: the only one of its book.
pub(crate) struct ExampleLead {
    book: Book,
    now: Instant,
    /// The touches of a rule that always holds.
    propose: Vec<Touch>,
    /// To what these are attributed.
    proposed_by: RuleRef,
}

impl ExampleLead {
    /// The lead that a case of an example gives, with what it leaves out filled in.
    ///
    /// # Errors
    /// The lead is refused.
    pub(crate) fn new(
        pack: &Pack,
        example: &Example,
        case: &ExampleCase,
        language: Language,
    ) -> Result<Self, Sentence> {
        let Given { now, lead, propose } = case.given.clone();
        let intake = read_book(&LeadFormat::Json, lead_file(lead)?.to_string().as_bytes());
        if let Some(refused) = intake.refused.first() {
            let sentence = Sentence::new("example-refused").with("path", refused.path.to_string());
            return Err(sentence.with("reason", refused.reason.clone()));
        }
        let proposed_by = RuleRef {
            pack: pack.about.name.clone(),
            file: pack.file.clone(),
            name: Sentence::new("example-proposed-by").with("name", example.name.as_str()).render(language),
            span: case.span,
        };
        Ok(Self { book: intake.book, now, propose, proposed_by })
    }

    /// The book in which it stands.
    pub(crate) fn book(&self) -> &Book {
        &self.book
    }

    /// What decides it with some packs: its index in the book is 0.
    pub(crate) fn decider<'a>(&'a self, packs: &'a [Pack]) -> Decider<'a> {
        Decider::for_packs(packs, &self.book, self.now).with_proposal(&self.proposed_by, &self.propose)
    }
}

/// The lead file of an example: its lead, which comes first, with its `other_leads`, which are leads of the same account, and its `reps`.
fn lead_file(mut lead: Json) -> Result<Json, Sentence> {
    let fields = lead.as_object_mut().ok_or_else(|| Sentence::new("bad-given"))?;
    let others = match fields.shift_remove("other_leads") {
        None => Vec::new(),
        Some(Json::Array(others)) => others,
        Some(_) => return Err(Sentence::new("example-other-leads")),
    };
    let reps = fields.shift_remove("reps");
    let mut leads = vec![lead];
    leads.extend(others);
    let account = leads.first().and_then(|lead| lead.pointer("/account/id")).cloned().unwrap_or_else(|| EXAMPLE.into());
    let shared = (leads.len() > 1).then_some(account);
    let leads = (1..).zip(leads).map(|(number, lead)| filled_in(lead, number, shared.as_ref()));
    let leads = leads.collect::<Result<Vec<Json>, Sentence>>()?;
    let reps = reps.map(|mut reps| {
        for (number, rep) in (1..).zip(reps.as_array_mut().into_iter().flatten()) {
            fill_in_rep(rep, number, leads.first());
        }
        reps
    });
    let mut file = json!({ "leads": leads });
    if let (Some(reps), Some(file)) = (reps, file.as_object_mut()) {
        file.insert("reps".to_owned(), reps);
    }
    Ok(file)
}

/// Adds what is left out of a rep: an id, and where they work, which is where the lead that is decided is.
fn fill_in_rep(rep: &mut Json, number: usize, lead: Option<&Json>) {
    let Some(rep) = rep.as_object_mut() else { return };
    let id = if number == 1 { "rep".to_owned() } else { format!("rep-{number}") };
    rep.entry("id").or_insert_with(|| id.into());
    if rep.contains_key("zone") {
        return;
    }
    let of_lead = |key: &str| lead.and_then(|lead| lead.get(key).or_else(|| lead.get("account")?.get(key)));
    let country = rep.get("country").or_else(|| of_lead("country")).cloned();
    let zone_of_country = || {
        let country = Country::parse(country.as_ref()?.as_str()?).ok()?;
        zones_of(country).first().map(|zone| Json::from(zone.name()))
    };
    let zone = of_lead("zone").filter(|_| !rep.contains_key("country")).cloned().or_else(zone_of_country);
    rep.extend(zone.map(|zone| ("zone".to_owned(), zone)));
    rep.extend(country.map(|country| ("country".to_owned(), country)));
}

/// The id of the lead of an example that writes none, and of its account.
const EXAMPLE: &str = "example";

/// One of the leads of an example with what is left out of it. `account` is the id of the account, where they are several.
fn filled_in(mut lead: Json, number: usize, account: Option<&Json>) -> Result<Json, Sentence> {
    let fields = lead.as_object_mut().ok_or_else(|| Sentence::new("example-other-leads"))?;
    let id = if number == 1 { EXAMPLE.to_owned() } else { format!("{EXAMPLE}-{number}") };
    fields.entry("id").or_insert_with(|| id.into());
    if let Some(id) = account
        && let Some(of_lead) = fields.entry("account").or_insert_with(|| json!({})).as_object_mut()
    {
        of_lead.entry("id").or_insert_with(|| id.clone());
    }
    let has_place =
        |fields: &serde_json::Map<String, Json>| ["country", "zone"].iter().any(|key| fields.contains_key(*key));
    let account = fields.get("account").and_then(Json::as_object);
    if !has_place(fields) && !account.is_some_and(has_place) {
        fields.insert("country".to_owned(), "NL".into());
        fields.insert("zone".to_owned(), "Europe/Amsterdam".into());
    }
    let channels: Vec<&str> = Channel::words().collect();
    let people = || Role::ALL.iter().map(|role| json!({ "id": role.word(), "roles": [role], "channels": channels }));
    fields.entry("people").or_insert_with(|| people().collect());
    Ok(lead)
}
