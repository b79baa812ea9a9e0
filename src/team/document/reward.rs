//! A reward in words: how the pool came about, and the share of each.

use crate::team::document::{Document, Writer};
use crate::team::reward::TeamReward;
use crate::wording::{Amount, Language, Sentence};

/// The reward: the sum in one sentence, then the shares in the order of the book. `called` is what a rep is called.
pub fn reward_document(reward: &TeamReward, called: impl Fn(&str) -> String, language: Language) -> Document {
    let mut writer = Writer::new(&Sentence::new("reward-title"), language);
    // Cents of a pool are far below the numbers that a float cannot hold.
    let money = |cents: u64| Amount::rounded(cents as f64 / 100.0, 2);
    let sentence = Sentence::new("reward-words")
        .with("reached", Amount::rounded(reward.reached, 0))
        .with("threshold", Amount::rounded(reward.terms.threshold, 0))
        .with("part", Amount::rounded(reward.terms.part * 100.0, 1))
        .with("pool", money(reward.reward.pool_cents));
    writer.paragraph(writer.say(&sentence));
    let say = |cents: u64| writer.say(&Sentence::new("as-is").with("words", money(cents)));
    let rows = reward.reward.shares.iter().map(|share| vec![called(&share.rep), say(share.cents)]).collect();
    writer.table(&["figures-whose", "reward-share"], rows);
    writer.paragraph(writer.say(&Sentence::new("reward-split")));
    writer.finish()
}
