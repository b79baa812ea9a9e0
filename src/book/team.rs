//! The reps and the content of a company, made once and shared by any number of books.

use std::sync::Arc;

use crate::book::content::Content;
use crate::book::group_records::SharedRecords;
use crate::book::rep::Rep;

/// Reps and content. Cloning shares them: a program that makes a book of each batch of leads gives all of them one team.
#[derive(Clone, Debug, Default)]
pub struct Team(pub(super) Arc<SharedRecords>);

impl Team {
    /// A team of checked reps and content ([`ingest`](crate::book::ingest)). Of those with the same id the first is found.
    pub fn new(reps: Vec<Rep>, contents: Vec<Content>) -> Self {
        Self(Arc::new(SharedRecords::new(reps, contents)))
    }

    /// Every rep, in the order given.
    pub fn reps(&self) -> &[Rep] {
        &self.0.reps
    }

    /// Every piece of content, in the order given.
    pub fn contents(&self) -> &[Content] {
        &self.0.contents
    }
}
