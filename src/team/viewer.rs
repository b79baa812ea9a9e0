//! Who sees what. It is decided here, and nowhere else: every report of the team is made for a viewer and asks [`TeamView`] whose things it may tell.
//!
//! * A rep sees the figures of the team and their own, their own first.
//! * A manager sees the figures of the team, and those of a person only where that person shares them.
//! * Marketing sees what is about content and leads, and nobody's own figures.
//!
//! People stand in the order of the book, whatever came of their work; no function of this crate orders them otherwise.
//!
//! This is a rule of what the library tells, not access control: whoever holds the lead file can read it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::book::rep::Rep;
use crate::book::{Book, Lead};
use crate::calendar::iso_date::iso_date;
use crate::calendar::{Instant, Zone};
use crate::language::Rulebook;
use crate::team::records::{Member, TeamFile};

/// For whom a report is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Viewer {
    /// A rep, by id.
    Rep(String),
    /// The manager of the team.
    Manager,
    /// Marketing.
    Marketing,
}

/// What reports are made from, and for whom.
#[derive(Debug)]
pub struct TeamView<'a> {
    /// The rules in force.
    pub rulebook: &'a Rulebook,
    /// The leads.
    pub book: &'a Book,
    /// What the team records beside them.
    pub file: &'a TeamFile,
    /// The moment of the report. What is later is not seen.
    pub now: Instant,
    /// For whom it is.
    pub viewer: Viewer,
    leads: Vec<Lead>,
    members: BTreeMap<&'a str, &'a Member>,
}

impl<'a> TeamView<'a> {
    /// The reports of a moment for a viewer.
    pub fn new(rulebook: &'a Rulebook, book: &'a Book, file: &'a TeamFile, now: Instant, viewer: Viewer) -> Self {
        let members = file.members.iter().map(|member| (member.rep.as_str(), member)).collect();
        Self { rulebook, book, file, now, viewer, leads: book.leads(), members }
    }

    /// The leads as records, in the order of the book.
    pub(in crate::team) fn leads(&self) -> &[Lead] {
        &self.leads
    }

    /// What a rep says about themselves.
    pub(in crate::team) fn member(&self, rep: &str) -> Option<&'a Member> {
        self.members.get(rep).copied()
    }

    /// Whether the viewer may be told what is one rep's own.
    pub fn sees(&self, rep: &str) -> bool {
        match &self.viewer {
            Viewer::Rep(own) => own == rep,
            Viewer::Manager => self.member(rep).is_some_and(|member| member.shares),
            Viewer::Marketing => false,
        }
    }

    /// The reps of whom the viewer may be told what is their own, in the order of the book.
    pub fn people(&self) -> impl Iterator<Item = &'a Rep> {
        self.book.reps().iter().filter(|rep| self.sees(&rep.id))
    }

    /// The rep who looks at it; `None` for a manager and for marketing.
    pub(in crate::team) fn own(&self) -> Option<&str> {
        match &self.viewer {
            Viewer::Rep(own) => Some(own),
            Viewer::Manager | Viewer::Marketing => None,
        }
    }

    /// The zone in which the team's days begin: that of its first rep.
    pub(in crate::team) fn zone(&self) -> Zone {
        self.book.reps().iter().find_map(|rep| rep.location()?.clock()).unwrap_or(Zone::UTC)
    }

    /// The first moment of a day written as `2026-10-01`, where the team is; `None` for any other text.
    pub fn first_moment(&self, day: &str) -> Option<Instant> {
        iso_date(day).map(|day| self.zone().start_of_day(day))
    }

    /// What a rep is called; the id of somebody who is not in the book.
    pub fn called(&self, rep: &str) -> String {
        self.book.rep(rep).map_or_else(|| rep.to_owned(), |rep| rep.called().to_owned())
    }

    /// What a lead is called.
    pub(in crate::team) fn lead_name(lead: &Lead) -> String {
        lead.name.clone().or_else(|| lead.account.name.clone()).unwrap_or_else(|| lead.id.clone())
    }
}
