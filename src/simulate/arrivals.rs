//! What customers start by themselves during a simulation. It is made beforehand, from the model, the seed and the leads as they are at the
//! start, so that nothing that is advised changes it.

use chrono::Weekday;

use crate::book::vocabulary::Direction;
use crate::book::{Lead, Signal};
use crate::calendar::{Duration, Instant, Zone};
use crate::order;
use crate::simulate::random::KeyedRandom;
use crate::simulate::response_model::ResponseModel;

/// Something that happens to a lead at its time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    /// The index of the lead in the book.
    pub(crate) lead: usize,
    /// What happens, and when.
    pub(crate) signal: Signal,
}

/// Everything that customers start after `from` and before `until`, oldest first. In each hour of each lead, each entry of the model happens once or not at
/// all.
pub(crate) fn arrivals(
    model: &ResponseModel,
    leads: &[Lead],
    random: KeyedRandom,
    (from, until): (Instant, Instant),
) -> Vec<Event> {
    let a_week: f64 = model.hours.iter().sum::<f64>() * (5.0 + 2.0 * model.weekend);
    let hours = from.millis().div_euclid(HOUR)..=until.millis().div_euclid(HOUR);
    let mut events = Vec::new();
    for (index, lead) in leads.iter().enumerate().filter(|(_, lead)| !lead.spam) {
        let zone = zone_of(lead, lead.people.first().map(|person| person.id.as_str()));
        let busy: Vec<(i64, f64)> = hours
            .clone()
            .map(|hour| (hour, busyness(model, zone, Instant::from_millis(hour * HOUR)) / a_week))
            .filter(|(_, share)| *share > 0.0)
            .collect();
        for (nth, arrival) in (0_u64..).zip(&model.arrivals) {
            let expected = arrival.a_week_in(lead.stage);
            let fits = |channel| lead.people.iter().map(move |person| has_address(person, channel));
            if expected <= 0.0 || (!lead.people.is_empty() && !fits(arrival.channel).any(|fits| fits)) {
                continue;
            }
            let entry = random.text("arrival").text(&lead.id).number(nth);
            for (hour, share) in &busy {
                let place = entry.number(u64::try_from(*hour).unwrap_or_default());
                if place.unit() >= expected * share {
                    continue;
                }
                let minute = (place.number(1).unit() * 60.0) as i64; // below 60
                let at = Instant::from_millis(*hour * HOUR + minute * Duration::MINUTE.millis()) + HALF_A_MINUTE;
                let weights = fits(arrival.channel).map(|fits| if fits { 1.0 } else { 0.0 });
                let person = place.number(2).weighted(weights).and_then(|person| lead.people.get(person));
                let topic = place.number(3).weighted(arrival.topics.iter().map(|_| 1.0));
                let signal = Signal {
                    channel: arrival.channel,
                    outcome: arrival.outcome,
                    topic: topic.and_then(|topic| arrival.topics.get(topic).cloned()),
                    person: person.map(|person| person.id.clone()),
                    direction: Some(Direction::Inbound),
                    ..Signal::new(at, arrival.kind)
                };
                if from < at && at < until {
                    events.push(Event { lead: index, signal });
                }
            }
        }
    }
    order::sort_by_key(&mut events, |event| (event.signal.at, event.lead));
    events
}

/// What customers do happens half-way a minute, and never at the very moment at which reps look at their queues and begin. So the advice of one second
/// before such a moment is the advice that they saw.
pub(crate) const HALF_A_MINUTE: Duration = Duration::from_millis(30_000);
const HOUR: i64 = Duration::HOUR.millis();

/// Whether a person has an address on a channel; without a channel everybody has.
fn has_address(person: &crate::book::Person, channel: Option<crate::book::vocabulary::Channel>) -> bool {
    channel.is_none_or(|channel| person.channels.contains(&channel))
}

/// How busy people of a zone are at a moment: the weight of the hour, less at weekends.
pub(crate) fn busyness(model: &ResponseModel, zone: Zone, at: Instant) -> f64 {
    let local = zone.local(at);
    let weekend = matches!(local.weekday(), Weekday::Sat | Weekday::Sun);
    let weight = usize::try_from(local.hour()).ok().and_then(|hour| model.hours.get(hour)).copied().unwrap_or_default();
    if weekend { weight * model.weekend } else { weight }
}

/// The zone in which a person of a lead lives; UTC where it is not known.
pub(crate) fn zone_of(lead: &Lead, person: Option<&str>) -> Zone {
    let record = person.and_then(|id| lead.people.iter().find(|one| one.id == id));
    let location = match record {
        Some(person) => lead.location_of(person),
        None => lead.location_of(&crate::book::Person::default()),
    };
    location.clock().unwrap_or(Zone::UTC)
}
