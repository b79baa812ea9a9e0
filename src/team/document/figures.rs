//! Figures in words: a table for each thing, each share with its interval and the number of cases.

use crate::calendar::Zone;
use crate::calendar::in_words::day;
use crate::decide::explain::vocabulary;
use crate::team::document::{Document, Writer};
use crate::team::figures::{FigureSet, Figures};
use crate::team::yields::ChannelYield;
use crate::wording::{Amount, Language, Sentence};

/// The figures: those of the people whom the viewer may see, of the team, and what channels and content brought.
pub fn figures_document(figures: &Figures, language: Language) -> Document {
    let mut writer = Writer::new(&Sentence::new("figures-title"), language);
    let date = |at| day(Zone::UTC.local(at).date());
    let about = Sentence::new("figures-about").with("since", date(figures.since)).with("until", date(figures.until));
    writer.paragraph(writer.say(&about));
    let team = writer.say(&Sentence::new("figures-team"));
    let people = figures.people.iter().map(|one| (one.name.clone(), one.figures));
    let rows = people.chain([(team, figures.team)]).map(|(name, set)| row(name, set, &writer)).collect();
    let head = [
        "figures-whose",
        "figures-contacts",
        "figures-visitors",
        "figures-conversion",
        "figures-answered",
        "figures-minutes",
        "figures-pull",
    ];
    writer.table(&head, rows);

    writer.heading(&Sentence::new("figures-weeks"));
    let weeks = figures.weeks.iter().map(|week| vec![writer.say(&date(week.from)), writer.share(week.pull)]).collect();
    writer.table(&["figures-week", "figures-pull"], weeks);

    writer.heading(&Sentence::new("figures-channels"));
    let rows = channels(None, &figures.channels, &writer);
    writer.table(&["plan-channel", "figures-brought"], rows);
    if !figures.segments.is_empty() {
        writer.heading(&Sentence::new("figures-segments"));
        let all = figures.segments.iter();
        let rows = all.flat_map(|one| channels(Some(&one.segment), &one.channels, &writer)).collect();
        writer.table(&["figures-segment", "plan-channel", "figures-brought"], rows);
    }
    writer.list(figures.trials.iter().map(|trial| trial.words.clone()).collect());

    let social = figures.social;
    writer.heading(&Sentence::new("figures-social"));
    let sentence = Sentence::new("figures-social-words")
        .with("wins", social.assisted_wins.hits)
        .with("all", social.assisted_wins.n)
        .with("moves", social.assisted_moves.hits)
        .with("of", social.assisted_moves.n)
        .with("days", social.window_days)
        .with("reactions", social.reactions);
    writer.paragraph(writer.say(&sentence));
    let rows = figures.content.iter().map(|one| {
        let role = |(role, count): (&crate::book::vocabulary::Role, &u32)| {
            format!("{} {count}", writer.say(&Sentence::new("as-is").with("words", vocabulary::role(*role))))
        };
        vec![
            one.title.clone().unwrap_or_else(|| one.content.clone()),
            writer.share(one.moves),
            one.by_role.iter().map(role).collect::<Vec<_>>().join(", "),
            writer.share(one.answered),
        ]
    });
    let rows = rows.collect();
    writer.table(&["figures-content", "figures-moves", "figures-roles", "figures-brought"], rows);
    writer.finish()
}

fn row(name: String, set: FigureSet, writer: &Writer) -> Vec<String> {
    let minutes = match set.minutes_to_answer {
        Some(minutes) => writer.say(&Sentence::new("as-is").with("words", Amount::rounded(minutes, 0))),
        None => writer.say(&Sentence::new("team-too-few").with("n", set.answered.hits)),
    };
    vec![
        name,
        set.contacts.to_string(),
        set.visitors.to_string(),
        writer.share(set.conversion),
        writer.share(set.answered),
        minutes,
        writer.share(set.pull),
    ]
}

fn channels(segment: Option<&String>, yields: &[ChannelYield], writer: &Writer) -> Vec<Vec<String>> {
    let row = |one: &ChannelYield| {
        let channel = writer.say(&Sentence::new("as-is").with("words", vocabulary::channel(one.channel)));
        segment.cloned().into_iter().chain([channel, writer.share(one.answered)]).collect()
    };
    yields.iter().map(row).collect()
}
