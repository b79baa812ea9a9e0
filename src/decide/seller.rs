//! By whom: the owner of the lead, a colleague with the skill that is asked for, or whoever steps in for an absence.
//!
//! The owner keeps the lead; the advice only names who makes this touch, and why it is not the owner. Nobody is compared: colleagues are
//! taken in the order of the file, one who speaks the customer's language first.
//!
//! Somebody is away when an absence covers the first moment at which they would have worked. Then the next in the chain is asked. When
//! everybody is away the touch waits for the first of them to come back.

use std::rc::Rc;

use super::desk::Desk;
use super::review::Review;
use crate::book::Lead;
use crate::calendar::{Country, Instant, Place, Reachable, Window, Windows, Working, Zone};
use crate::rulebook::touch::Lapse;
use crate::team::Rep;

/// Working hours of a rep whose record names none.
pub(crate) const USUAL_HOURS: &str = "Mo-Fr 09:00-17:30; PH off";

/// Somebody who can make a touch.
#[derive(Clone, Debug)]
pub(crate) struct Seller<'a> {
    /// Their id.
    pub(crate) id: &'a str,
    /// Their record, where the book has one.
    pub(crate) rep: Option<&'a Rep>,
    /// Why not the owner; `None` for the owner.
    pub(crate) instead: Option<String>,
}

impl Seller<'_> {
    /// What to call them.
    pub(crate) fn called(&self) -> &str {
        self.rep.and_then(|rep| rep.name.as_deref()).unwrap_or(self.id)
    }

    /// When they work, absences left out; `None` when nothing is known about their hours.
    pub(crate) fn at_work(&self, desk: &Desk<'_>, from: Instant, until: Instant) -> Option<Windows> {
        let rep = self.rep?;
        Some(works(desk, rep, from, until)?.subtract(&absences(rep)))
    }

    /// Whether an absence covers the moment.
    pub(crate) fn is_absent(&self, at: Instant) -> bool {
        self.rep.is_some_and(|rep| absences(rep).contains(at))
    }

    /// Whether they are away when the touch should be made: at the first moment of their working hours from `from` on.
    fn is_away(&self, desk: &Desk<'_>, from: Instant, until: Instant, review: &mut Review) -> bool {
        let Some(rep) = self.rep.filter(|rep| !rep.absences.is_empty()) else { return false };
        let Some(hours) = works(desk, rep, from, until) else { return self.is_absent(from) };
        review.at_any(hours.iter().flat_map(|window| [window.from, window.until]));
        review.at_any(rep.absences.iter().flat_map(|absence| [absence.from, absence.until]));
        hours.first_at_or_after(from).is_some_and(|first| self.is_absent(first))
    }
}

/// Who could make a touch for this lead, the best first. Empty when the lead has no owner and no skill is asked for.
///
/// # Errors
/// The skill, when nobody has it.
pub(crate) fn sellers<'a>(desk: &Desk<'a>, lead: &'a Lead, skill: Option<&str>) -> Result<Vec<Seller<'a>>, String> {
    let book = desk.book;
    let mut chain: Vec<Seller<'a>> = Vec::new();
    if let Some(owner) = lead.owner.as_deref() {
        chain.push(Seller { id: owner, rep: book.rep(owner), instead: None });
        let mut last = book.rep(owner);
        while let Some(next) = last.and_then(|rep| rep.backup.as_deref()).and_then(|id| book.rep(id)) {
            if chain.iter().any(|seller| seller.id == next.id) {
                break;
            }
            let away = last.map_or(owner, |rep| rep.name.as_deref().unwrap_or(&rep.id));
            chain.push(Seller {
                id: &next.id,
                rep: Some(next),
                instead: Some(format!("steps in for {away}, who is away")),
            });
            last = Some(next);
        }
    }
    let Some(skill) = skill else { return Ok(chain) };
    if book.reps().is_empty() {
        return Ok(chain);
    }
    let has = |rep: &Rep| rep.skills.iter().any(|one| one == skill);
    chain.retain(|seller| seller.rep.is_some_and(has));
    let known: Vec<&str> = chain.iter().map(|seller| seller.id).collect();
    let speaks = |rep: &&Rep| lead.language.as_ref().is_some_and(|language| rep.languages.contains(language));
    let mut colleagues: Vec<&Rep> =
        book.reps().iter().filter(|rep| has(rep) && !known.contains(&rep.id.as_str())).collect();
    colleagues.sort_by_key(|rep| !speaks(rep));
    let why = if lead.owner.is_some() {
        format!("knows about {skill}; the owner keeps the lead")
    } else {
        format!("knows about {skill}")
    };
    chain.extend(colleagues.into_iter().map(|rep| Seller { id: &rep.id, rep: Some(rep), instead: Some(why.clone()) }));
    if chain.is_empty() { Err(skill.to_owned()) } else { Ok(chain) }
}

/// The first who is not away, else the first.
pub(crate) fn available<'s, 'a>(
    desk: &Desk<'_>,
    sellers: &'s [Seller<'a>],
    from: Instant,
    until: Instant,
    review: &mut Review,
) -> Option<&'s Seller<'a>> {
    sellers.iter().find(|seller| !seller.is_away(desk, from, until, review)).or(sellers.first())
}

/// Counting time as a rule writes it: by the clock, or in the working hours of the owner.
#[derive(Clone, Debug)]
pub(crate) struct Counting {
    hours: Option<Rc<Reachable>>,
    place: Place,
}

impl Counting {
    /// The owner's working time; without an owner the usual hours where the lead is.
    pub(crate) fn of(desk: &Desk<'_>, lead: &Lead, here: Place) -> Self {
        let rep = lead.owner.as_deref().and_then(|id| desk.book.rep(id));
        let place = rep.and_then(place_of).unwrap_or(here);
        Self { hours: desk.hours(rep.and_then(|rep| rep.hours.as_deref()).unwrap_or(USUAL_HOURS)), place }
    }

    /// The moment so much later.
    pub(crate) fn later(&self, desk: &Desk<'_>, at: Instant, lapse: Lapse) -> Instant {
        match lapse {
            Lapse::Clock(length) => at + length,
            Lapse::Working(length) => {
                let hours = self.hours.as_deref();
                let working = hours.and_then(|hours| Working::new(hours, &self.place, desk.almanac).ok());
                working.and_then(|working| working.add_working_time(at, length)).unwrap_or(at + length)
            }
        }
    }

    /// The edges of working time, between which it runs steadily.
    pub(crate) fn edges(&self, desk: &Desk<'_>, from: Instant, until: Instant) -> Vec<Instant> {
        let open = self.hours.as_deref().and_then(|hours| desk.almanac.windows(hours, &self.place, from, until).ok());
        open.into_iter().flatten().flat_map(|window| [window.from, window.until]).collect()
    }
}

fn works(desk: &Desk<'_>, rep: &Rep, from: Instant, until: Instant) -> Option<Windows> {
    let hours = desk.hours(rep.hours.as_deref().unwrap_or(USUAL_HOURS))?;
    desk.almanac.windows(&hours, &place_of(rep)?, from, until).ok()
}

fn absences(rep: &Rep) -> Windows {
    rep.absences.iter().map(|absence| Window { from: absence.from, until: absence.until }).collect()
}

fn place_of(rep: &Rep) -> Option<Place> {
    let zone = Zone::parse(&rep.zone).ok()?;
    Some(Place::at(zone, rep.country.as_deref().and_then(|code| Country::parse(code).ok()), None))
}
