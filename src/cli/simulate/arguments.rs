//! The arguments of `cadans simulate` that are more than a word: steps, seeds, minutes by channel.

use std::collections::BTreeMap;
use std::str::FromStr;

use cadans::book::value::Value;
use cadans::book::vocabulary::Channel;
use cadans::calendar::Duration;
use cadans::evaluate::methods;
use cadans::simulate::settings::{MOST_MINUTES, STEPS};

/// The most seeds of one run of the command.
const MOST_SEEDS: usize = 100;

/// From one look at the queue to the next.
#[derive(Clone, Copy, Debug)]
pub struct Step(pub Duration);

impl FromStr for Step {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let length = text.split_once('.').and_then(|(number, unit)| {
            let number: i64 = number.parse().ok()?;
            match methods::length(&Value::Whole(number), unit).ok()? {
                Value::Length(length) => Some(length),
                _ => None,
            }
        });
        let within = length.filter(|length| STEPS.0 <= *length && *length <= STEPS.1);
        within.map(Self).ok_or_else(|| "a step is 1.minute to 1.day, such as 10.minutes".to_owned())
    }
}

/// The seeds of the runs.
#[derive(Clone, Debug)]
pub struct Seeds(pub Vec<u64>);

impl FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seeds: Result<Vec<u64>, _> = text.split(',').map(|seed| seed.trim().parse::<u64>()).collect();
        match seeds {
            Ok(seeds) if seeds.len() <= MOST_SEEDS => Ok(Self(seeds)),
            Ok(_) => Err(format!("at most {MOST_SEEDS} seeds")),
            Err(_) => Err("seeds are whole numbers with commas between them, such as 1,2,3".to_owned()),
        }
    }
}

/// How long a touch takes by channel, in minutes.
#[derive(Clone, Debug, Default)]
pub struct TouchMinutes(pub BTreeMap<Channel, u32>);

impl FromStr for TouchMinutes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut minutes = BTreeMap::new();
        for part in text.split(',') {
            let (channel, number) = part.split_once('=').ok_or_else(|| format!("\"{part}\" is not channel=minutes"))?;
            let channel = Channel::from_word(channel.trim()).ok_or_else(|| {
                let known = Channel::words().collect::<Vec<_>>().join(", ");
                format!("\"{}\" is not a channel; the channels are {known}", channel.trim())
            })?;
            let number = number.trim().parse().ok().filter(|number| *number <= MOST_MINUTES);
            minutes.insert(channel, number.ok_or_else(|| format!("minutes are a whole number up to {MOST_MINUTES}"))?);
        }
        Ok(Self(minutes))
    }
}
