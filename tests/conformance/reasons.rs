//! Why cases differ by design: the reasons that `jsonlogic.txt` and `cel.txt` name, each with the place in the reference that says so.

use std::fs;
use std::path::Path;

/// A case that came to a value.
pub const VALUE: &str = "a value";

/// Why cases differ.
pub struct Reason {
    /// The word in the lists.
    pub word: &'static str,
    /// The sentence of the table.
    pub sentence: &'static str,
    /// What such cases come to: codes of errors, or `VALUE`.
    pub comes: &'static [&'static str],
    /// The page of tests/spec.
    page: &'static str,
    heading: &'static str,
    /// What stands under that heading: a part of a sentence, or of a block that is asserted.
    says: &'static str,
}

impl Reason {
    /// The reason with this word.
    pub fn of(word: &str) -> Option<&'static Self> {
        REASONS.iter().find(|reason| reason.word == word)
    }

    /// The place in the reference as a link from docs/.
    pub fn link(&self) -> String {
        let kept = self.heading.to_lowercase();
        let anchor: String = kept.chars().filter(|letter| letter.is_alphanumeric() || " -".contains(*letter)).collect();
        format!("[{}](../tests/spec/{}#{})", self.heading, self.page, anchor.replace(' ', "-"))
    }

    /// Whether the page has the heading, and says it there.
    fn is_said(&self) -> bool {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec").join(self.page);
        let page = fs::read_to_string(path).unwrap_or_default();
        let section = page.split("\n## ").find(|section| section.lines().next() == Some(self.heading));
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        section.is_some_and(|section| words(section).contains(&words(self.says)))
    }
}

pub const REASONS: &[Reason] = &[
    Reason {
        word: "kinds",
        sentence: "A number is not compared with a text, nor a truth with a number: the checker refuses it, also where the suite wants false.",
        comes: &["number-with-text", "different-types"],
        page: "03-conditions.md",
        heading: "Only what can be compared",
        says: "Rhai would call any other comparison false without a word",
    },
    Reason {
        word: "truth",
        sentence: "Nothing but true and false is a condition: no number, text, list or map counts as either.",
        comes: &["not-a-condition"],
        page: "03-conditions.md",
        heading: "True or false, and nothing else",
        says: "There is no \"truthy\"",
    },
    Reason {
        word: "map-truth",
        sentence: "A map is neither true nor false.",
        comes: &["WrongType"],
        page: "20-interpreted.md",
        heading: "A map",
        says: "it is neither true nor false",
    },
    Reason {
        word: "left-to-right",
        sentence: "`and` and `or` go from left to right and stop at the first side that decides: what is right of it does not make up for an error left of it.",
        comes: &["DivisionByZero", "InvalidValue", "UnknownValue", "unknown-fact"],
        page: "03-conditions.md",
        heading: "From left to right, and no further than needed",
        says: "What stands behind it is not looked at",
    },
    Reason {
        word: "operands",
        sentence: "An operator stands between its operands; without any it is no sentence.",
        comes: &["syntax"],
        page: "03-conditions.md",
        heading: "Nothing on both sides of a sign left out",
        says: "Each comparison needs both its sides.",
    },
    Reason {
        word: "unknown",
        sentence: "`null` is what is not known, and a comparison with that is false; it is the same as itself only.",
        comes: &[VALUE],
        page: "04-unknown.md",
        heading: "A comparison with something unknown is false",
        says: "`<`, `<=`, `>`, `>=` and `is` are all false.",
    },
    Reason {
        word: "unknown-fault",
        sentence: "What is not known is neither true nor false, and nothing is reckoned with it.",
        comes: &["UnknownValue"],
        page: "04-unknown.md",
        heading: "Where unknown is an error",
        says: "An unknown there is a *fault*",
    },
    Reason {
        word: "known",
        sentence: "A field that is `null` is a field that is left out.",
        comes: &[VALUE],
        page: "04-unknown.md",
        heading: "No surprises with texts",
        says: "Write `null`, or leave the field out.",
    },
    Reason {
        word: "reckoning",
        sentence: "Only numbers are reckoned with: no text or truth is read as one.",
        comes: &["no-such-sum", "WrongType"],
        page: "05-numbers.md",
        heading: "Reckoning with the wrong kind",
        says: "// error: [no-such-sum]",
    },
    Reason {
        word: "joining",
        sentence: "`+` with a text joins texts, and `-` takes a text out of one.",
        comes: &[VALUE],
        page: "06-texts-and-lists.md",
        heading: "Adding and taking out",
        says: "`+` joins texts, and makes a text of whatever is added to one.",
    },
    Reason {
        word: "division",
        sentence: "A count divided by a count is a count.",
        comes: &[VALUE],
        page: "05-numbers.md",
        heading: "Trap: dividing counts",
        says: "A count divided by a count is a count; what is left over is dropped.",
    },
    Reason {
        word: "remainder",
        sentence: "There is a remainder of numbers with decimals as well.",
        comes: &[VALUE],
        page: "05-numbers.md",
        heading: "Trap: dividing counts",
        says: "7.5 % 2              // => 1.5",
    },
    Reason {
        word: "by-zero",
        sentence: "A number with decimals divided by 0 is infinite, and every comparison with what has no value is false.",
        comes: &[VALUE],
        page: "05-numbers.md",
        heading: "Dividing by 0",
        says: "A number divided by 0 is infinite",
    },
    Reason {
        word: "decimals",
        sentence: "Numbers with decimals are the same when they differ in the last digit only.",
        comes: &[VALUE],
        page: "05-numbers.md",
        heading: "Decimals are compared with a grain of salt",
        says: "Two numbers count as the same when they differ by no more than about one part in 4,500,000,000,000,000",
    },
    Reason {
        word: "large",
        sentence: "A whole number beyond 9,223,372,036,854,775,807 is read as a number with decimals.",
        comes: &[VALUE],
        page: "05-numbers.md",
        heading: "Large counts",
        says: "A whole number that is written larger than that is read as a number with decimals",
    },
    Reason {
        word: "one-count",
        sentence: "There is one kind of whole numbers, and it may be below zero.",
        comes: &[VALUE],
        page: "05-numbers.md",
        heading: "Reckoning",
        says: "lead.visits() - 5                // => -2",
    },
    Reason {
        word: "order",
        sentence: "True and false, and lists, have no order.",
        comes: &["no-order"],
        page: "06-texts-and-lists.md",
        heading: "Lists",
        says: "A list is not smaller or larger than another",
    },
    Reason {
        word: "lists",
        sentence: "Lists are the same when their items are; different ones are no error.",
        comes: &[VALUE],
        page: "06-texts-and-lists.md",
        heading: "Lists",
        says: "[1, 2] is [2, 1]                  // => false",
    },
    Reason {
        word: "items",
        sentence: "An item of a list is taken at a count.",
        comes: &["syntax"],
        page: "20-interpreted.md",
        heading: "An item of a list",
        says: "The place is a count.",
    },
    Reason {
        word: "map-compared",
        sentence: "A map is not the same as anything but a map, and neither smaller nor larger.",
        comes: &[VALUE],
        page: "20-interpreted.md",
        heading: "A map",
        says: "it is\nnever the same, smaller or larger",
    },
    Reason {
        word: "map-keys",
        sentence: "Only a text is looked for in a map.",
        comes: &["WrongType"],
        page: "20-interpreted.md",
        heading: "A map",
        says: "only a text can be looked for in it",
    },
    Reason {
        word: "map-missing",
        sentence: "What a map does not have is unknown.",
        comes: &[VALUE],
        page: "20-interpreted.md",
        heading: "A map",
        says: "What a map does not have is unknown",
    },
    Reason {
        word: "careful-dot",
        sentence: "The careful dot stands before every part that may be absent, and does not look whether a list is long enough.",
        comes: &["WrongType", "UnknownValue", "InvalidValue"],
        page: "20-interpreted.md",
        heading: "The careful dot",
        says: "It stands before every part that may be absent",
    },
    Reason {
        word: "shifts",
        sentence: "A shift keeps the sign, and by fewer than 0 places it goes the other way.",
        comes: &[VALUE],
        page: "20-interpreted.md",
        heading: "Bits and types",
        says: "A shift keeps the sign, and by fewer than 0 places it goes the other way.",
    },
    Reason {
        word: "types",
        sentence: "The kind of a value is told as a text, in words of Rhai and of ours.",
        comes: &[VALUE],
        page: "20-interpreted.md",
        heading: "Bits and types",
        says: "`type_of` names the kind of",
    },
    Reason {
        word: "path",
        sentence: "A key of a map is one name and no path.",
        comes: &[VALUE],
        page: "20-interpreted.md",
        heading: "A map",
        says: "a key is one name and no path",
    },
    Reason {
        word: "places",
        sentence: "A part of a text may lie outside it; a negative place counts from the end and a negative length gives nothing.",
        comes: &[VALUE],
        page: "06-texts-and-lists.md",
        heading: "Part of a text",
        says: "A place outside the text gives no letters",
    },
    Reason {
        word: "letters",
        sentence: "Capitals are made of the letters of all languages.",
        comes: &[VALUE],
        page: "06-texts-and-lists.md",
        heading: "Part of a text",
        says: "`to_lower` and `to_upper` know the letters of all languages.",
    },
    Reason {
        word: "moments",
        sentence: "A moment lies in the years 1970 to 2100.",
        comes: &["bad-moment"],
        page: "07-time.md",
        heading: "Moments",
        says: "A moment lies in the years 1970 to 2100.",
    },
    Reason {
        word: "long-lengths",
        sentence: "A length of time may be as long as one likes.",
        comes: &[VALUE],
        page: "07-time.md",
        heading: "Moments",
        says: "A length may be as long as one likes",
    },
    Reason {
        word: "length-in-words",
        sentence: "A length of time is written in days, hours, minutes and seconds.",
        comes: &[VALUE],
        page: "07-time.md",
        heading: "Moments",
        says: "is written in days, hours, minutes and seconds",
    },
    Reason {
        word: "moment-first",
        sentence: "A length is added to a moment, not a moment to a length.",
        comes: &["no-such-sum"],
        page: "07-time.md",
        heading: "Moments",
        says: "A length is added to a moment, not a moment to a length",
    },
];

#[test]
fn every_reason_is_told_in_the_reference() {
    let untold: Vec<&str> = REASONS.iter().filter(|reason| !reason.is_said()).map(|reason| reason.word).collect();
    assert!(untold.is_empty(), "tests/spec does not say: {untold:?}");
}
