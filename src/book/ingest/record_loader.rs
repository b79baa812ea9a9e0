//! Reads leads one record at a time, and tells at once what became of each: for programs that have a record a row and not a file.
//!
//! In: the bytes of one JSON object a call, where known with the id of its account, and a [`Team`] that other books share. Out: the place of the
//! lead in the book, or why it was refused; at the end an [`Intake`].
//!
//! Invariant: the same records give the same book and the same refusals as a file of them with this team ([`Loader`](super::Loader)), apart from
//! the line, which a record by itself does not have.

use crate::book::Team;
use crate::book::ingest::fast_path::{self, AcceptedTexts};
use crate::book::ingest::json_tree::{self, Json};
use crate::book::ingest::kept_refusals::refusals_of;
use crate::book::ingest::single_record::{lead_record, refusals};
use crate::book::ingest::{Intake, IntakeBuilder, check};
use crate::book::lead_ref::LeadRef;
use crate::book::refusal::{Problem, Refusal};
use crate::wording::Sentence;

/// A book in the making, to which leads are added one by one.
#[derive(Debug, Default)]
pub struct RecordLoader {
    intake: IntakeBuilder,
    known: AcceptedTexts,
    team: Team,
}

impl RecordLoader {
    /// A loader for a book with these reps and this content.
    pub fn new(team: Team) -> Self {
        Self { team, ..Self::default() }
    }

    /// Reads a lead and adds it to the book. Returns its place there.
    ///
    /// # Errors
    /// Everything that is wrong with the record, each with the id of the lead where that could be read. The book is as it was; what people refuse in
    /// the record holds for the lead with the same id, if there is one at the end.
    pub fn push_lead(&mut self, json: &[u8]) -> Result<usize, Vec<Refusal>> {
        self.push(json, None)
    }

    /// Reads a lead of which the account is known from elsewhere, such as a column beside the record. It becomes the account of a lead whose record
    /// has none.
    ///
    /// # Errors
    /// As [`push_lead`](Self::push_lead); also when the record has another account.
    pub fn push_lead_of(&mut self, account: &str, json: &[u8]) -> Result<usize, Vec<Refusal>> {
        self.push(json, Some(account))
    }

    /// The number of leads in the book so far.
    pub const fn len(&self) -> usize {
        self.intake.leads.len()
    }

    /// Whether the book has no leads so far.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The book, with remarks on what was accepted. The refusals were told when they were made, so there are none here.
    pub fn finish(self) -> Intake {
        self.intake.finish_with(self.team)
    }

    fn push(&mut self, json: &[u8], account: Option<&str>) -> Result<usize, Vec<Refusal>> {
        let added = match account.map(given_account).transpose() {
            Ok(account) => self.add(json, account),
            Err(reason) => {
                let id = lead_record(json).ok().map(|record| record.id);
                Err(refusals(id.as_deref(), vec![(ACCOUNT.to_owned(), reason)]))
            }
        };
        if added.is_err() {
            self.intake.set_aside += 1;
        }
        added.map(|()| self.len() - 1)
    }

    fn add(&mut self, json: &[u8], account: Option<&str>) -> Result<(), Vec<Refusal>> {
        let refused = |id: &str, problem| refusals(Some(id), vec![problem]);
        if let Ok(mut lead) = fast_path::lead(json, &mut self.known)
            && json.get(lead.len..).is_some_and(|rest| rest.trim_ascii().is_empty())
        {
            let lead_ref = &mut lead.lead_ref;
            let own = Some(lead_ref.account.id).filter(|_| lead.names_account);
            if let Some(given) = account {
                agree(own, given).map_err(|problem| refused(lead_ref.id, problem))?;
                lead_ref.account.id = given;
            }
            return self.intake.try_add(lead_ref).map_err(|problem| refused(lead_ref.id, problem));
        }
        let mut record = lead_record(json).map_err(|unread| {
            self.intake.refusing.extend(unread.refusing.map(|record| *record));
            refusals(unread.id.as_deref(), unread.problems)
        })?;
        let id = record.id.clone();
        if let Some(given) = account {
            let own = &mut record.account.get_or_insert_default().id;
            agree(own.as_deref(), given).map_err(|problem| refused(&id, problem))?;
            *own = Some(given.to_owned());
        }
        let refusing = refusals_of(&record);
        let lead = check::lead(record).map_err(|problems| {
            self.intake.refusing.extend(refusing);
            refusals(Some(&id), problems.0)
        })?;
        self.intake.try_add(&mut LeadRef::from(&lead)).map_err(|problem| refused(&id, problem))
    }
}

/// The field that an account given beside a record stands for.
const ACCOUNT: &str = "account.id";

/// The account that is given beside a record, checked as a text in a record is.
///
/// # Errors
/// What is wrong with it.
fn given_account(account: &str) -> Result<&str, Sentence> {
    json_tree::check_text(&Json::Text(account.into())).map(|()| account)
}

/// Checks that the account of a record, if it has one, is the one given beside it.
///
/// # Errors
/// Path and reason.
fn agree(own: Option<&str>, given: &str) -> Result<(), Problem> {
    match own.filter(|own| *own != given) {
        None => Ok(()),
        Some(own) => {
            let reason = Sentence::new("record-other-account").with("own", json_tree::short(own));
            Err((ACCOUNT.to_owned(), reason.with("given", json_tree::short(given))))
        }
    }
}

#[cfg(test)]
mod tests;
