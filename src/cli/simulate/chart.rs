//! The touches of each day as a picture: a group of bars a day, a bar for each set of rules, the mean of its seeds.

use std::fmt::Write;

use super::Side;
use cadans::calendar::in_words;
use cadans::simulate::{Report, note};
use cadans::wording::{Language, Sentence};

const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 360.0;
/// Space for the title and what each colour means.
const TOP: f64 = 96.0;
/// Space for the days.
const BOTTOM: f64 = 40.0;
/// Space for the scale.
const LEFT: f64 = 48.0;
/// A colour for each set of rules; they differ in brightness too.
const COLOURS: [&str; 2] = ["#1f4e79", "#e08a1e"];

/// The picture, as SVG.
///
/// # Errors
/// Never: text can always be appended to text.
pub fn touches_a_day(sides: &[Side], language: Language) -> Result<String, std::fmt::Error> {
    let say = |key: &'static str| escaped(&Sentence::new(key).render(language));
    let days = sides.iter().flat_map(|side| &side.reports).map(|report| report.days.len()).max().unwrap_or_default();
    let mean = |side: &Side, day: usize| {
        let touches = |report: &Report| report.days.get(day).map_or(0, |day| day.by_channel.values().sum::<usize>());
        // Counts are far below the numbers that a float cannot hold.
        side.reports.iter().map(touches).sum::<usize>() as f64 / side.reports.len().max(1) as f64
    };
    let most = (0..days).flat_map(|day| sides.iter().map(move |side| mean(side, day))).fold(1.0, f64::max);
    let height = |touches: f64| touches / most * (HEIGHT - TOP - BOTTOM);
    let (base, room) = (HEIGHT - BOTTOM, (WIDTH - LEFT) / days.max(1) as f64);
    let bar = room * 0.8 / sides.len().max(1) as f64;

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>{title}</title>\n<desc>{note}</desc>\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text x=\"{LEFT}\" y=\"22\" font-size=\"16\">{title}</text>\n<text x=\"{LEFT}\" y=\"42\">{note}</text>\n",
        title = say("simulate-chart"),
        note = escaped(&note(language)),
    );
    for (nth, (side, colour)) in sides.iter().zip(COLOURS).enumerate() {
        let (y, name) = (50 + 18 * nth, escaped(&side.name()));
        writeln!(svg, "<rect x=\"{LEFT}\" y=\"{y}\" width=\"12\" height=\"12\" fill=\"{colour}\"/>")?;
        writeln!(svg, "<text x=\"{}\" y=\"{}\">{name}</text>", LEFT + 18.0, y + 11)?;
    }
    for part in 0..=4 {
        let touches = most * f64::from(part) / 4.0;
        let y = base - height(touches);
        writeln!(svg, "<path d=\"M{LEFT} {y:.1}H{WIDTH}\" stroke=\"#ccc\"/>")?;
        writeln!(svg, "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{touches:.0}</text>", LEFT - 6.0, y + 4.0)?;
    }
    for day in 0..days {
        let left = LEFT + room * (day as f64 + 0.1);
        for (nth, (side, colour)) in sides.iter().zip(COLOURS).enumerate() {
            let (touches, x) = (mean(side, day), left + bar * nth as f64);
            let (y, tall) = (base - height(touches), height(touches));
            writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{bar:.1}\" height=\"{tall:.1}\" fill=\"{colour}\"><title>{touches:.1}</title></rect>"
            )?;
        }
        let report = sides.iter().flat_map(|side| &side.reports).find(|report| report.days.len() > day);
        let from = report.and_then(|report| Some(report.days.get(day)?.from));
        let date = from.map(|from| in_words::day(from.utc().date_naive()).render(language)).unwrap_or_default();
        let middle = left + room * 0.4;
        writeln!(
            svg,
            "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"10\">{date}</text>",
            base + 18.0
        )?;
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}

/// A text within XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
