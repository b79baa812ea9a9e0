//! Texts in the notation of hours, generated from its grammar with choices from a list of numbers; and such texts with changes.

/// Choices, taken from a list of numbers; 0 when it is used up.
pub struct Choices<'a>(pub std::slice::Iter<'a, u16>);

impl Choices<'_> {
    pub fn below(&mut self, count: usize) -> usize {
        usize::from(*self.0.next().unwrap_or(&0)) % count
    }

    /// Once in so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub fn of<'b>(&mut self, words: &[&'b str]) -> &'b str {
        words[self.below(words.len())]
    }

    fn number(&mut self, from: usize, until: usize) -> String {
        let number = from + self.below(until + 1 - from);
        if self.once_in(3) { format!("{number:02}") } else { number.to_string() }
    }

    fn list(&mut self, most: usize, one: fn(&mut Self) -> String) -> String {
        let count = 1 + self.below(most);
        (0..count).map(|_| one(self)).collect::<Vec<_>>().join(",")
    }

    /// The same letters, now and then in other cases.
    fn cased(&mut self, word: &str) -> String {
        match self.below(8) {
            6 => word.to_lowercase(),
            7 => word.to_uppercase(),
            _ => word.to_owned(),
        }
    }

    fn blank(&mut self) -> &'static str {
        if self.once_in(4) { " " } else { "" }
    }
}

pub fn hours(choices: &mut Choices) -> String {
    let mut text = rule(choices);
    for _ in 0..[0, 0, 1, 1, 2, 3][choices.below(6)] {
        text += choices.of(&["; ", "; ", ";", " ; ", ", ", " , ", " || ", "|| "]);
        text += rule(choices).as_str();
    }
    text
}

fn rule(choices: &mut Choices) -> String {
    let mut text = String::new();
    if choices.once_in(20) {
        text += "24/7";
    } else {
        if choices.once_in(3) {
            text += wide(choices).as_str();
            text += choices.of(&[" ", " ", " ", " ", ": ", ":", ""]);
        }
        if !choices.once_in(3) {
            text += small_days(choices).as_str();
            text += choices.of(&[" ", " ", " ", " ", " ", " ", ""]);
        }
        if !choices.once_in(4) {
            text += times(choices).as_str();
        }
    }
    if choices.once_in(3) {
        text += choices.of(&[" ", " ", ""]);
        let state = choices.of(&["off", "closed", "open", "unknown"]);
        text += choices.cased(state).as_str();
    }
    if choices.once_in(80) {
        text += " \"by appointment\"";
    }
    text
}

fn wide(choices: &mut Choices) -> String {
    match choices.below(7) {
        0 => choices.list(3, years),
        1 | 2 => choices.list(3, dates),
        3 => weeks(choices),
        4 => choices.list(2, years) + choices.of(&[" ", " ", " ", ""]) + choices.list(2, dates).as_str(),
        5 => choices.list(2, dates) + choices.of(&[" ", ""]) + weeks(choices).as_str(),
        _ => choices.list(2, years) + choices.of(&[" ", "", "  "]) + weeks(choices).as_str(),
    }
}

fn year(choices: &mut Choices) -> String {
    match choices.below(12) {
        0 => choices.of(&["1900", "1999", "2000", "9999", "2100"]).to_owned(),
        _ => (2022 + choices.below(10)).to_string(),
    }
}

fn years(choices: &mut Choices) -> String {
    let first = year(choices);
    match choices.below(5) {
        0 => first + "+",
        1 if choices.once_in(8) => first + "-" + year(choices).as_str(),
        1 => first + "-" + choices.of(&["2031", "2032", "9999"]),
        2 => first + "-2030/" + choices.number(1, 9).as_str(),
        _ => first,
    }
}

fn weeks(choices: &mut Choices) -> String {
    let one = |choices: &mut Choices| {
        let first = choices.number(1, 53);
        match choices.below(4) {
            0 if choices.once_in(8) => first + "-" + choices.number(1, 53).as_str(),
            0 => first + "-" + choices.of(&["52", "53"]),
            1 => first + "-53/" + choices.number(1, 8).as_str(),
            _ => first,
        }
    };
    let blank = choices.of(&[" ", ""]);
    format!("week{blank}{}", choices.list(3, one))
}

fn month(choices: &mut Choices) -> String {
    let month =
        choices.of(&["Jan", "Feb", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Dec"]);
    choices.cased(month)
}

fn weekday(choices: &mut Choices) -> String {
    let day = choices.of(&["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]);
    choices.cased(day)
}

fn date(choices: &mut Choices) -> String {
    let mut text = String::new();
    if choices.once_in(4) {
        text += year(choices).as_str();
        text += choices.of(&[" ", " ", " ", ""]);
    }
    match choices.below(5) {
        0 => text + choices.cased("easter").as_str(),
        1 => {
            let nth = choices.of(&["1", "2", "4", "5", "-1", "-2", "-5"]);
            text + month(choices).as_str() + " " + weekday(choices).as_str() + "[" + nth + "]"
        }
        _ => {
            let first = if choices.once_in(3) { 28 } else { 1 };
            text + month(choices).as_str() + choices.of(&[" ", " ", ""]) + choices.number(first, 31).as_str()
        }
    }
}

fn dates(choices: &mut Choices) -> String {
    match choices.below(6) {
        0 => month(choices),
        1 => month(choices) + "-" + month(choices).as_str(),
        2 | 3 => date(choices) + day_shift(choices).as_str() + choices.of(&["", "", "", "+"]),
        4 => {
            let minus = format!("{}-{}", choices.blank(), choices.blank());
            date(choices)
                + day_shift(choices).as_str()
                + minus.as_str()
                + date(choices).as_str()
                + day_shift(choices).as_str()
        }
        _ => date(choices) + "-" + choices.number(1, 31).as_str(),
    }
}

fn day_shift(choices: &mut Choices) -> String {
    match choices.below(7) {
        0 => format!("{}{}", choices.of(&["+", "-"]), weekday(choices)),
        1 => day_offset(choices),
        2 => format!("{}{}{}", choices.of(&["+", "-"]), weekday(choices), day_offset(choices)),
        _ => String::new(),
    }
}

fn day_offset(choices: &mut Choices) -> String {
    let count = match choices.below(30) {
        0 => choices.of(&["31", "32", "366", "9999", "0031"]).to_owned(),
        _ => choices.number(1, 12),
    };
    format!(" {}{count} day{}", choices.of(&["+", "-"]), choices.of(&["s", ""]))
}

fn small_days(choices: &mut Choices) -> String {
    match choices.below(6) {
        0 => choices.list(2, holiday),
        1 => choices.list(2, holiday) + choices.of(&[",", " "]) + choices.list(2, days_of_week).as_str(),
        2 => choices.list(2, days_of_week) + choices.of(&[",", " "]) + choices.list(2, holiday).as_str(),
        _ => choices.list(3, days_of_week),
    }
}

fn holiday(choices: &mut Choices) -> String {
    match choices.below(40) {
        0 => "SH".to_owned(),
        1..10 => "PH".to_owned() + day_offset(choices).as_str(),
        _ => "PH".to_owned(),
    }
}

fn days_of_week(choices: &mut Choices) -> String {
    let nth = |choices: &mut Choices| choices.of(&["1", "2", "3", "4", "5", "-1", "-2", "-5", "1-2", "2-5"]).to_owned();
    match choices.below(5) {
        0 => {
            let after = if choices.once_in(3) { day_offset(choices) } else { String::new() };
            format!("{}[{}]{after}", weekday(choices), choices.list(2, nth))
        }
        1 | 2 => weekday(choices) + "-" + weekday(choices).as_str(),
        _ => weekday(choices),
    }
}

fn times(choices: &mut Choices) -> String {
    let count = [1, 1, 2, 3][choices.below(4)];
    let spans: Vec<String> = (0..count).map(|_| time_range(choices)).collect();
    spans.join(choices.of(&[",", ",", ", "]))
}

fn time_range(choices: &mut Choices) -> String {
    let clock = |choices: &mut Choices, last| {
        let minute = choices.of(&["00", "00", "30", "05", "59"]);
        format!("{}:{minute}", choices.number(0, last))
    };
    match choices.below(60) {
        0 => "sunrise-".to_owned() + clock(choices, 23).as_str(),
        1 => clock(choices, 23) + "+",
        2 => clock(choices, 23) + "-" + clock(choices, 23).as_str() + "/01:30",
        3 => choices.of(&["00:00-24:00", "00:00-48:00", "12:00-12:00", "0:00-0:00", "00:00-00:00"]).to_owned(),
        4 | 5 => clock(choices, 24) + "-" + clock(choices, 49).as_str(),
        _ => {
            let minus = format!("{}-{}", choices.blank(), choices.blank());
            clock(choices, 23) + minus.as_str() + clock(choices, 32).as_str()
        }
    }
}

/// A text with one to three of its letters taken out, doubled, exchanged or replaced.
pub fn changed(choices: &mut Choices) -> String {
    let mut letters: Vec<char> = format!("{} ", hours(choices)).chars().collect();
    for _ in 0..1 + choices.below(3) {
        let at = choices.below(letters.len());
        let signs = [
            '-', ',', ';', ' ', ':', '|', '+', '/', '[', ']', '0', '1', '2', '5', '9', 'M', 'o', 'P', 'H', 'S', 'd',
            '"', '(', 'é',
        ];
        match choices.below(5) {
            0 if letters.len() > 1 => drop(letters.remove(at)),
            0 | 1 => letters.insert(at, letters[at]),
            2 => letters.insert(at, signs[choices.below(signs.len())]),
            3 => letters[at] = signs[choices.below(signs.len())],
            _ => letters.truncate(at + 1),
        }
    }
    letters.into_iter().collect()
}
