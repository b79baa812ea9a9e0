//! What policies are called in advice and lists: by their name, else by their first words.

use crate::pack::policies::{Channels, Holidays, Hours, Limit, Never, Pause, Scope};
use crate::pack::statements::Enter;

impl Enter {
    /// `enter "interest"`.
    pub fn title(&self) -> String {
        format!("enter \"{}\"", self.stage)
    }
}

impl Never {
    /// Its name, else `never phone`.
    pub fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| format!("never {}", self.channels.word()))
    }
}

impl Limit {
    /// Its name, else `limit phone 2 per 7 days`.
    pub fn title(&self) -> String {
        let across = match self.across {
            Scope::Person => "",
            Scope::Lead => " across lead",
            Scope::Account => " across account",
        };
        let words = || format!("limit {} {} per {}{across}", self.channels.word(), self.most, self.per);
        self.name.clone().unwrap_or_else(words)
    }
}

impl Hours {
    /// Its name, else `reachable phone "Mo-Fr 09:00-17:30"`.
    pub fn title(&self) -> String {
        let words = || format!("reachable {} \"{}\"", self.channels.word(), self.hours);
        self.name.clone().unwrap_or_else(words)
    }
}

impl Holidays {
    /// Its name, else `holidays "LK"`.
    pub fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| format!("holidays \"{}\"", self.country))
    }
}

impl Pause {
    /// Its name, else `pause phone 2 days`.
    pub fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| format!("pause {} {}", self.channels.word(), self.length))
    }
}

impl Channels {
    /// `any`, or the word of the channel.
    fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::One(channel) => channel.word(),
        }
    }
}
