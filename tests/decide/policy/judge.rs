//! An independent check of an advice against the policies, with its own arithmetic. Who is who and who refuses contact is read by the audit of
//! the simulation, which shares no code with the decision either.

use std::collections::BTreeSet;

use cadans_testing::random::{Across, Hours, Meaning};

use super::World;
use cadans::book::vocabulary::{Channel, Direction, SignalKind, Stance};
use cadans::book::{Lead, Person, Signal};
use cadans::calendar::{Duration, Instant};
use cadans::decide::advice::Advice;
use cadans::simulate::audit::humans::Humans;
use cadans::simulate::audit::refusals::{PersonOnFile, basis};

/// Checks an advice; the error says which policy it violates.
pub fn check_advice(world: &World, advices: &[Advice], place: usize, advice: &Advice) -> Result<(), String> {
    let Some(touch) = &advice.touch else { return Ok(()) };
    let (Some(channel), Some(window), Some(person)) = (touch.channel, &touch.window, &touch.person) else {
        return Ok(());
    };
    let lead = &world.leads[place];
    let group: Vec<(usize, &Lead)> = world.leads.iter().enumerate().collect();
    let human = Humans::of(&world.leads);
    let me = human.find(lead, &person.id).ok_or("nobody in the lead")?;
    let record = lead.people.iter().find(|one| one.id == person.id).ok_or("nobody in the lead")?;
    let all: Vec<&Lead> = world.leads.iter().collect();
    let on_file = PersonOnFile { leads: &all, humans: &human, human: me, record };
    let records: Vec<&Person> = on_file.records().collect();
    let check = |fine: bool, what: &str| if fine { Ok(()) } else { Err(what.to_owned()) };

    check(window.from >= world.now && window.from < window.until, "the window is no window")?;
    check(!records.iter().any(|one| one.objected), "objected")?;
    check(channel != Channel::Phone || !records.iter().any(|one| one.do_not_call), "do not call")?;
    check(channel != Channel::Email || !records.iter().any(|one| one.do_not_email), "do not email")?;
    check(
        channel == Channel::Content
            || record.channels.contains(&channel)
            || matches!(channel, Channel::Video | Channel::Visit),
        "no address",
    )?;

    let zone = record.zone.as_ref().or(lead.zone.as_ref()).unwrap();
    let moments = [
        window.from,
        window.from + Duration::from_millis((window.until - window.from).millis() / 2),
        window.until - Duration::from_millis(1),
    ];
    for at in moments {
        check(!on_file.unsubscribed(channel, world.now, at), "unsubscribed")?;
        check(!on_file.withdrew(channel, at), "consent taken back")?;
        let (before, then) = (basis(record, channel, world.now), basis(record, channel, at));
        check(before.is_none() || before == then, "the ground for contact has ended")?;
    }
    let open = |hours: &Hours, zone: &str| moments.iter().all(|at| is_open(hours, zone, *at));
    if let Some(hours) = world.own_hours.get(&format!("{}/{}", &lead.id[1..], record.id)) {
        check(open(hours, zone), "own hours")?;
    }
    // All but what a system sends has a rep who works then.
    if !touch.automatic {
        let rep = touch.rep.as_ref().ok_or("nobody does it")?;
        let record = world.book.rep(&rep.id).unwrap();
        check(open(&world.own_hours[&rep.id], &record.zone), "the rep's hours")?;
        let away = record.absences.iter().any(|away| moments.iter().any(|at| away.from <= *at && *at < away.until));
        check(!away, "the rep is away")?;
    }
    check(!touch.automatic || touch.rep.is_none(), "a rep for what a system sends")?;
    let is_cold = touch.answers.is_none() && touch.promised.is_none() && channel != Channel::Content;
    let on_day = |zone: &str, at: Instant| local_day(zone, at) == local_day(zone, window.from);
    let mut others = contacts_elsewhere(world, &group, advices, &human, (place, me)).into_iter();
    // Two advices of which one is in another zone: the one that was decided last keeps off the day of the other, by its own clocks.
    let same_day = others.any(|(at, theirs)| on_day(zone, at) && on_day(theirs.as_ref().unwrap_or(zone), at));
    check(!is_cold || !same_day, "contacted for another lead that day")?;
    for pack in &world.packs {
        // What was agreed on with them is held to the caps and pauses of law alone.
        let agreed = touch.promised.is_some() && !pack.text.contains("hard: true");
        let mine = touch.cadence.is_none() && advice.rule.as_ref().is_some_and(|rule| pack.text.contains(&rule.pack));
        check(
            !mine || pack.before.is_none_or(|before| window.from < before && window.until <= before),
            "after the hard end",
        )?;
        for policy in &pack.policies {
            let covers = |one: &Option<Channel>| one.is_none_or(|one| one == channel);
            match policy {
                Meaning::Reachable(one, hours) if covers(one) => check(open(hours, zone), "reachable hours")?,
                Meaning::NeverCritics(one) if covers(one) => check(record.stance != Some(Stance::Critic), "a critic")?,
                Meaning::NeverOnMail => check(channel != Channel::Email || lead.source.is_none(), "from a list")?,
                Meaning::Pause(one, length) if covers(one) && !agreed => {
                    let last = rests(world, &group, &human, me, *one);
                    check(last.is_none_or(|last| window.from >= last + *length), "a pause")?;
                }
                Meaning::Limit { channel: one, most, per, across } if covers(one) && !agreed => {
                    let mut times = counted(world, &group, advices, &human, (place, me), *one, *across);
                    times.push(window.from);
                    for start in &times {
                        // The fullest window begins with a touch.
                        let holds = times.iter().filter(|at| *start <= **at && **at < *start + *per).count();
                        let mine = *start <= window.from && window.from < *start + *per;
                        check(!mine || holds <= *most, "a cap")?;
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn rests(
    world: &World,
    group: &[(usize, &Lead)],
    human: &Humans,
    me: usize,
    channel: Option<Channel>,
) -> Option<Instant> {
    group
        .iter()
        .flat_map(|(_, lead)| lead.signals.iter().map(move |signal| (lead, signal)))
        .filter(|(_, signal)| signal.at <= world.now)
        .filter(|(_, signal)| signal.channel.is_some_and(|one| channel.is_none_or(|channel| channel == one)))
        .filter(|(lead, signal)| !by_machine(lead, signal, world.now))
        .filter(|(lead, signal)| human.concerns(lead, me, signal.person.as_deref()))
        .map(|(_, signal)| signal.at)
        .max()
}

/// Whether an open or click was made by a machine: in the moment in which a mail of ours was sent, or with all links at once. Nobody was in touch
/// then.
fn by_machine(lead: &Lead, signal: &Signal, now: Instant) -> bool {
    let clicks_mail = |one: &Signal| {
        matches!(one.kind, SignalKind::Open | SignalKind::Click)
            && one.direction != Some(Direction::Outbound)
            && one.channel.is_none_or(|channel| channel == Channel::Email)
    };
    let at_once = |one: &&Signal| one.at <= now && (one.at - signal.at).millis().abs() <= 2_000;
    let sent = |one: &Signal| {
        one.direction == Some(Direction::Outbound) && one.channel == Some(Channel::Email) && one.at <= signal.at
    };
    let clicks: Vec<&Signal> =
        lead.signals.iter().filter(at_once).filter(|one| one.kind == SignalKind::Click && clicks_mail(one)).collect();
    let links: BTreeSet<_> = clicks.iter().map(|one| (&one.topic, &one.content)).collect();
    clicks_mail(signal) && (lead.signals.iter().filter(at_once).any(sent) || links.len() >= 2 || clicks.len() >= 3)
}

/// The moments that a cap counts: touches made, planned touches, and touches advised for other leads.
fn counted(
    world: &World,
    group: &[(usize, &Lead)],
    advices: &[Advice],
    human: &Humans,
    (place, me): (usize, usize),
    channel: Option<Channel>,
    across: Across,
) -> Vec<Instant> {
    let mut times = Vec::new();
    for (index, lead) in group {
        let counts = |person: Option<&str>, over: Channel| {
            channel.is_none_or(|channel| channel == over)
                && match across {
                    Across::Person => human.concerns(lead, me, person),
                    Across::Lead => *index == place,
                    Across::Account => lead.account.id == world.leads[place].account.id,
                }
        };
        let touches = lead.signals.iter().filter(|signal| signal.is_touch() && signal.at <= world.now);
        times.extend(
            touches.filter(|signal| counts(signal.person.as_deref(), signal.channel.unwrap())).map(|signal| signal.at),
        );
        times.extend(lead.planned.iter().filter(|one| counts(one.person.as_deref(), one.channel)).map(|one| one.at));
        if *index != place
            && let Some(touch) = &advices[*index].touch
            && let (Some(over), Some(window)) = (touch.channel, &touch.window)
            && counts(touch.person.as_ref().map(|person| person.id.as_str()), over)
        {
            times.push(window.from);
        }
    }
    times
}

/// The moments at which a human is contacted for other leads than one: touches made, planned touches, and advised touches with their zones.
fn contacts_elsewhere(
    world: &World,
    group: &[(usize, &Lead)],
    advices: &[Advice],
    human: &Humans,
    (place, me): (usize, usize),
) -> Vec<(Instant, Option<String>)> {
    let mut times = Vec::new();
    for (index, lead) in group.iter().filter(|(index, _)| *index != place) {
        let with_them =
            |person: Option<&str>, over: Channel| over != Channel::Content && human.concerns(lead, me, person);
        let made = lead.signals.iter().filter(|signal| signal.is_touch() && signal.at <= world.now);
        let made = made.filter(|signal| with_them(signal.person.as_deref(), signal.channel.unwrap()));
        times.extend(made.map(|signal| (signal.at, None)));
        let planned = lead.planned.iter().filter(|one| with_them(one.person.as_deref(), one.channel));
        times.extend(planned.map(|one| (one.at, None)));
        let advised = advices[*index].touch.as_ref();
        if let Some((touch, window)) = advised.and_then(|touch| Some((touch, touch.window.as_ref()?)))
            && with_them(touch.person.as_ref().map(|person| person.id.as_str()), touch.channel.unwrap())
            && touch.answers.is_none()
            && touch.promised.is_none()
        {
            times.push((window.from, Some(window.zone.clone())));
        }
    }
    times
}

/// The local date of a moment in a zone.
fn local_day(zone: &str, at: Instant) -> jiff::civil::Date {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap();
    jiff::tz::TimeZone::get(zone).unwrap().to_datetime(at).date()
}

/// Whether a moment is open in the local time of a zone.
fn is_open(hours: &Hours, zone: &str, at: Instant) -> bool {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap();
    let local = jiff::tz::TimeZone::get(zone).unwrap().to_datetime(at);
    let minute = local.hour() as u32 * 60 + local.minute() as u32;
    let today = local.weekday().to_monday_zero_offset() as usize;
    let within = |day: usize, minute: u32| {
        hours.days.contains(&day) && hours.spans.iter().any(|(from, until)| *from <= minute && minute < *until)
    };
    within(today, minute) || within((today + 6) % 7, minute + 1440)
}
