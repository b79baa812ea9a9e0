//! The numbers of a simulation as rows with a column for each set of rules; several seeds give the mean and the range.

use super::Side;
use cadans::book::vocabulary::{Channel, Stage};
use cadans::decide::explain::vocabulary;
use cadans::simulate::Report;
use cadans::simulate::audit::incidents::IncidentKind;
use cadans::simulate::report::{AnswerTimes, PlanReport};
use cadans::wording::{Amount, Arg, Language, Sentence};

/// Rows that belong together.
pub struct Section {
    /// What they are about.
    pub title: Sentence,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A number of each set of rules.
pub struct Row {
    /// What it is.
    pub label: Sentence,
    /// The number in words, a set of rules each.
    pub cells: Vec<String>,
}

/// How a number is written.
#[derive(Clone, Copy)]
enum Unit {
    Count,
    /// A share from 0 to 1, as a percentage.
    Share,
    /// Minutes, as minutes, hours or days.
    Minutes,
}

/// The policies that are told; more are only in JSON.
const MOST_POLICIES: usize = 8;

/// All sections.
pub fn sections(sides: &[Side], language: Language) -> Vec<Section> {
    let table = Rows { sides, language };
    vec![
        table.incidents(),
        table.times("simulate-questions", |report| &report.questions),
        table.times("simulate-forms", |report| &report.forms),
        table.times("simulate-forms-in-hours", |report| &report.forms_in_working_hours),
        table.touches(),
        table.reps(),
        table.stages(),
        table.blocked(),
    ]
}

struct Rows<'a> {
    sides: &'a [Side],
    language: Language,
}

impl Rows<'_> {
    fn row(&self, label: Sentence, unit: Unit, value: impl Fn(&Report) -> Option<f64>) -> Row {
        let cell = |side: &Side| {
            let values: Vec<f64> = side.reports.iter().filter_map(&value).collect();
            range(&values, unit, self.language)
        };
        Row { label, cells: self.sides.iter().map(cell).collect() }
    }

    fn count(&self, key: &'static str, value: impl Fn(&Report) -> usize) -> Row {
        self.row(Sentence::new(key), Unit::Count, |report| Some(number(value(report))))
    }

    fn incidents(&self) -> Section {
        let found = |kind| {
            let of = move |report: &Report| report.incidents.iter().find(|one| one.kind == kind).cloned();
            let mut row = self.row(incident(kind), Unit::Count, |report| of(report).map(|one| number(one.number)));
            let shares = self.row(incident(kind), Unit::Share, |report| {
                let one = of(report)?;
                one.of.filter(|of| *of > 0).map(|of| number(one.number) / number(of))
            });
            for (cell, share) in row.cells.iter_mut().zip(shares.cells) {
                let told =
                    matches!(kind, IncidentKind::BehindOtherWork | IncidentKind::Unadvised | IncidentKind::AwayOrGone);
                if told && share != "-" {
                    *cell = format!("{cell}, {share}");
                }
            }
            row
        };
        Section { title: Sentence::new("simulate-incidents"), rows: IncidentKind::ALL.map(found).into() }
    }

    fn times(&self, title: &'static str, times: impl Fn(&Report) -> &AnswerTimes) -> Section {
        let minutes = |key, of: fn(&AnswerTimes) -> Option<i64>| {
            self.row(Sentence::new(key), Unit::Minutes, |report| of(times(report)).map(|minutes| minutes as f64))
        };
        let rows = vec![
            self.count("simulate-asked", |report| times(report).asked),
            self.count("simulate-answered", |report| times(report).answered),
            self.count("simulate-reached", |report| times(report).reached),
            minutes("simulate-median", |times| times.median_minutes),
            minutes("simulate-nine-in-ten", |times| times.nine_in_ten_minutes),
            self.count("simulate-held", |report| times(report).held),
            minutes("simulate-median-others", |times| times.median_minutes_of_others),
            minutes("simulate-nine-in-ten-others", |times| times.nine_in_ten_minutes_of_others),
        ];
        Section { title: Sentence::new(title), rows }
    }

    fn touches(&self) -> Section {
        let mut rows = vec![self.count("simulate-touches", |report| report.touches)];
        for channel in Channel::ALL {
            let touches = |report: &Report| report.by_channel.get(channel).copied().unwrap_or_default();
            if self.any(|report| touches(report) > 0) {
                let label = Sentence::new("simulate-by-channel").with("channel", vocabulary::channel(*channel));
                rows.push(self.row(label, Unit::Count, |report| Some(number(touches(report)))));
            }
        }
        rows.extend([
            self.count("simulate-automatic", |report| report.automatic),
            self.count("simulate-appointments", |report| report.appointments),
            self.count("simulate-tasks", |report| report.tasks),
            self.count("simulate-touched", |report| report.per_lead.touched),
            self.count("simulate-lead-median", |report| report.per_lead.median),
            self.count("simulate-lead-nine-in-ten", |report| report.per_lead.nine_in_ten),
            self.count("simulate-lead-most", |report| report.per_lead.most),
            self.count("simulate-without-rep", |report| report.without_rep),
            self.row(Sentence::new("simulate-pull"), Unit::Share, |report| {
                let all = report.contacts.by_customers + report.contacts.by_us;
                (all > 0).then(|| f64::from(report.contacts.by_customers) / f64::from(all))
            }),
        ]);
        if self.any(|report| report.declined + report.snoozed > 0) {
            rows.push(self.count("simulate-declined", |report| report.declined));
            rows.push(self.count("simulate-snoozed", |report| report.snoozed));
        }
        if self.any(|report| report.plan.is_some()) {
            let planned = |key, of: fn(&PlanReport) -> usize| {
                self.row(Sentence::new(key), Unit::Count, |report| report.plan.as_ref().map(|plan| number(of(plan))))
            };
            rows.push(planned("simulate-planned", |plan| plan.planned));
            rows.push(planned("simulate-planned-done", |plan| plan.done));
            rows.push(planned("simulate-not-fit", |plan| plan.not_fit));
            rows.push(planned("simulate-instead", |plan| plan.instead));
        }
        Section { title: Sentence::new("simulate-work"), rows }
    }

    fn reps(&self) -> Section {
        let mut rows = vec![self.row(Sentence::new("simulate-load"), Unit::Share, |report| Some(report.load))];
        let reps = self.sides.first().and_then(|side| side.reports.first()).map(|report| report.by_rep.as_slice());
        for (nth, rep) in reps.unwrap_or_default().iter().enumerate() {
            let label = Sentence::new("simulate-rep").with("rep", rep.rep.as_str());
            let touches = self.row(label, Unit::Count, |report| Some(number(report.by_rep.get(nth)?.touches)));
            let loads = self.row(Sentence::as_is(""), Unit::Share, |report| Some(report.by_rep.get(nth)?.load));
            let cells = touches.cells.iter().zip(loads.cells).map(|(touches, load)| format!("{touches}, {load}"));
            rows.push(Row { cells: cells.collect(), ..touches });
        }
        Section { title: Sentence::new("simulate-reps"), rows }
    }

    fn stages(&self) -> Section {
        let mut rows = Vec::new();
        for stage in Stage::ALL {
            let of = |stages: &std::collections::BTreeMap<Stage, usize>| stages.get(stage).copied().unwrap_or_default();
            if self.any(|report| of(&report.stages_at_start) + of(&report.stages_at_end) > 0) {
                let label = Sentence::new("as-is").with("words", vocabulary::stage(*stage));
                let start = self.row(label, Unit::Count, |report| Some(number(of(&report.stages_at_start))));
                let end = self.row(Sentence::as_is(""), Unit::Count, |report| Some(number(of(&report.stages_at_end))));
                let cells = start.cells.iter().zip(end.cells).map(|(start, end)| format!("{start} → {end}"));
                rows.push(Row { cells: cells.collect(), ..start });
            }
        }
        Section { title: Sentence::new("simulate-stages"), rows }
    }

    fn blocked(&self) -> Section {
        let mut known: Vec<(&str, Option<&str>)> = Vec::new();
        for report in self.sides.iter().filter_map(|side| side.reports.first()) {
            for one in report.blocked.iter().take(MOST_POLICIES) {
                let key = (one.policy.as_str(), one.by.as_deref());
                if !known.contains(&key) {
                    known.push(key);
                }
            }
        }
        let row = |key: &(&str, Option<&str>)| {
            let label = match key.1 {
                Some(by) => Sentence::new("simulate-blocked-by").with("policy", key.0).with("statement", by),
                None => Sentence::as_is(key.0),
            };
            self.row(label, Unit::Count, |report| {
                let same = report.blocked.iter().find(|one| (one.policy.as_str(), one.by.as_deref()) == *key);
                Some(same.map_or(0.0, |one| number(one.leads)))
            })
        };
        Section { title: Sentence::new("simulate-blocked"), rows: known.iter().map(row).collect() }
    }

    fn any(&self, holds: impl Fn(&Report) -> bool) -> bool {
        self.sides.iter().flat_map(|side| &side.reports).any(holds)
    }
}

/// What a kind of incident is called.
pub fn incident(kind: IncidentKind) -> Sentence {
    Sentence::new(match kind {
        IncidentKind::PromiseMoved => "incident-promise-moved",
        IncidentKind::BehindOtherWork => "incident-behind-other-work",
        IncidentKind::SomebodyElse => "incident-somebody-else",
        IncidentKind::OtherChannel => "incident-other-channel",
        IncidentKind::Unadvised => "incident-unadvised",
        IncidentKind::SameRule => "incident-same-rule",
        IncidentKind::SameOffer => "incident-same-offer",
        IncidentKind::DayOff => "incident-day-off",
        IncidentKind::AfterConversation => "incident-after-conversation",
        IncidentKind::AwayOrGone => "incident-away-or-gone",
    })
}

/// A count as a number; counts are far below the numbers that a float cannot hold.
fn number(count: usize) -> f64 {
    count as f64
}

/// One value, or the mean of several with the least and the most.
fn range(values: &[f64], unit: Unit, language: Language) -> String {
    let written = |value: f64| written(value, unit).render(language);
    match values {
        [] => "-".to_owned(),
        [one] => written(*one),
        _ => {
            let mean = values.iter().sum::<f64>() / number(values.len());
            let (least, most) =
                values.iter().fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(*value), most.max(*value)));
            if least.total_cmp(&most).is_eq() {
                return written(least);
            }
            format!("{} ({}–{})", written(mean), written(least), written(most))
        }
    }
}

fn written(value: f64, unit: Unit) -> Sentence {
    let amount = |value: f64, decimals| Arg::from(Amount::rounded(value, decimals));
    match unit {
        Unit::Count => Sentence::new("as-is").with("words", amount(value, 1)),
        Unit::Share => Sentence::new("simulate-percent").with("number", amount(value * 100.0, 1)),
        Unit::Minutes if value < 120.0 => Sentence::new("simulate-minutes").with("number", amount(value, 0)),
        Unit::Minutes if value < 2_880.0 => Sentence::new("simulate-hours").with("number", amount(value / 60.0, 1)),
        Unit::Minutes => Sentence::new("simulate-days").with("number", amount(value / 1_440.0, 1)),
    }
}
