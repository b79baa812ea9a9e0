//! The arguments of `cadans simulate` that are more than a word: steps, seeds, minutes by channel.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::cli::usage::{ArgumentError, number, one_of};
use cadans::book::value::Value;
use cadans::book::vocabulary::Channel;
use cadans::calendar::Duration;
use cadans::evaluate::methods;
use cadans::simulate::settings::{MOST_MINUTES, STEPS};
use cadans::wording::{Arg, Sentence};

/// The most seeds of one run of the command.
const MOST_SEEDS: usize = 100;

/// From one look at the queue to the next.
#[derive(Clone, Copy, Debug)]
pub struct Step(pub Duration);

impl FromStr for Step {
    type Err = ArgumentError;

    fn from_str(text: &str) -> Result<Self, ArgumentError> {
        let length = text.split_once('.').and_then(|(number, unit)| {
            let number: i64 = number.parse().ok()?;
            match methods::length(&Value::Whole(number), unit).ok()? {
                Value::Length(length) => Some(length),
                _ => None,
            }
        });
        let within = length.filter(|length| STEPS.0 <= *length && *length <= STEPS.1);
        within.map(Self).ok_or_else(|| ArgumentError::new(Sentence::new("usage-step")))
    }
}

/// The seeds of the runs.
#[derive(Clone, Debug)]
pub struct Seeds(pub Vec<u64>);

impl FromStr for Seeds {
    type Err = ArgumentError;

    fn from_str(text: &str) -> Result<Self, ArgumentError> {
        let seeds: Result<Vec<u64>, _> = text.split(',').map(|seed| seed.trim().parse::<u64>()).collect();
        match seeds {
            Ok(seeds) if seeds.len() <= MOST_SEEDS => Ok(Self(seeds)),
            _ => Err(ArgumentError::new(Sentence::new("usage-seeds").with("most", MOST_SEEDS))),
        }
    }
}

/// How long a touch takes by channel, in minutes.
#[derive(Clone, Debug, Default)]
pub struct TouchMinutes(pub BTreeMap<Channel, u32>);

impl FromStr for TouchMinutes {
    type Err = ArgumentError;

    fn from_str(text: &str) -> Result<Self, ArgumentError> {
        let mut minutes = BTreeMap::new();
        for part in text.split(',') {
            let (channel, minutes_of) =
                part.split_once('=').ok_or_else(|| ArgumentError::new(Sentence::new("usage-minutes")))?;
            let channel = Channel::from_word(channel.trim()).ok_or_else(|| {
                ArgumentError::new(one_of(Channel::words().map(|word| Arg::Text(word.to_owned())).collect()))
            })?;
            minutes.insert(channel, number(0, MOST_MINUTES)(minutes_of.trim())?);
        }
        Ok(Self(minutes))
    }
}
