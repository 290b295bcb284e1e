//! Quantities in titles and rationales: "#60", "twelve (12) sessions", "3 times a week
//! for 4 weeks", "50mg".

use std::ops::Range;

use super::text::is_within;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Refills,
    /// Sessions, visits, treatments: words for the same.
    Sessions,
    /// `#60`, "quantity 60".
    Pieces,
    /// "Office visit times 3".
    Times,
    Weeks,
    Months,
    Days,
}

/// So many of a unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    pub unit: Unit,
    pub number: u32,
    /// The place of the number alone; of a rate, all of it.
    pub bytes: Range<usize>,
    /// Whether it is the product of a rate, which cannot be written over with a number.
    pub is_product: bool,
}

const NUMBERS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("eighteen", 18),
    ("twenty", 20),
    ("twenty-four", 24),
    ("thirty", 30),
    ("thirty-six", 36),
    ("once", 1),
    ("twice", 2),
];

/// A number in figures or words; of words that begin alike the longer stands first.
macro_rules! number {
    () => {
        r"(?:\d{1,4}|twenty-four|thirty-six|one|two|three|four|five|sixteen|six|seven|eighteen|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty)"
    };
}

pattern!(PIECES, r"(?:#\s?|\b(?:quantity|qty)(?: of)?\.?:?\s*#?)(?P<n>\d{1,4})\b");
// The words between number and noun are of a treatment's name or of its sort.
pattern!(
    COUNTED,
    r"(?:^|[^\w./-])(?P<n>\b",
    number!(),
    r")(?:\s*\(\d{1,3}\))?[ -](?:(?:additional|more|further|remaining|physical|occupational|therapy|chiropractic|acupuncture|massage|aquatic|pool|office|follow-?up|post-?op[a-z]*|supervised|pt|ot|psychotherapy|counseling|home|health|cognitive|behavioral|manual|manipulation) ){0,4}(?P<unit>sessions?|visits?|treatments?|refills?|weeks?|months?|days?)\b"
);
pattern!(NOUN_FIRST, r"\b(?:sessions|visits),? ?(?:x ?|times )?(?P<n>\d{1,3})\b");
pattern!(TIMES, r"(?:\btimes |\bx ?)(?P<n>", number!(), r")\b");
pattern!(
    RATE,
    r"\b(?P<a>once|twice|",
    number!(),
    r")(?: times| x|x)?(?: a| per| each|/) ?(?:week|wk)\b,? ?(?:for|x|times)? ?(?P<b>",
    number!(),
    r") ?(?:weeks?|wks?)\b|\b(?P<c>\d)\s?x\s?(?P<d>\d{1,2})\b"
);
pattern!(
    IS_RATE,
    r"^\s*(?:per|every|each|daily|/|a (?:day|week|month)|supply|x|times)\b"
);
pattern!(IS_RANGE, r"(?:\b", number!(), r" (?:to|or)|\d\s?[-\u{2013}]|\d)\s*$");
pattern!(RANGE_GOES_ON, r"^\s*(?:to|or|-|\u{2013})\s*(?:", number!(), r")\b");
pattern!(STRENGTH, r"\.?\b\d[\d,]*(?:\.\d+)?(?:\s?[/-]\s?\d+(?:\.\d+)?)?\s?(?:mg|mcg|%)");

/// Every quantity of a text; of a range, such as "1-2 visits", there is none.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let rates = rates(text);
    let within: Vec<Range<usize>> =
        RATE.find_iter(text).map(|found| found.range()).collect();
    let mut found: Vec<Quantity> = Vec::new();
    for (pattern, unit) in [
        (&PIECES, Some(Unit::Pieces)),
        (&NOUN_FIRST, Some(Unit::Sessions)),
        (&TIMES, Some(Unit::Times)),
        (&COUNTED, None),
    ] {
        for captures in pattern.captures_iter(text) {
            let (Some(whole), Some(n)) = (captures.get(0), captures.name("n")) else {
                continue;
            };
            let unit = unit
                .or_else(|| captures.name("unit").and_then(|unit| named(unit.as_str())));
            let behind = &text[whole.end()..];
            let is_weekly =
                unit == Some(Unit::Times) && behind.trim_start().starts_with("week");
            let is_range = IS_RANGE.is_match(&text[..n.start()])
                || RANGE_GOES_ON.is_match(&text[n.end()..]);
            let stands = !(is_weekly
                || is_range
                || is_within(&n.range(), &within)
                || IS_RATE.is_match(behind));
            if let (true, Some(unit), Some(number)) = (stands, unit, value(n.as_str())) {
                found.push(Quantity {
                    unit,
                    number,
                    bytes: n.range(),
                    is_product: false,
                });
            }
        }
    }
    if found.iter().all(|quantity| quantity.unit != Unit::Sessions) {
        found.extend(rates);
    }
    found.sort_by_key(|quantity| quantity.bytes.start);
    found
}

/// Sessions that follow from a rate: "3 times a week for 4 weeks" are 12.
fn rates(text: &str) -> Vec<Quantity> {
    let products = RATE.captures_iter(text).filter_map(|captures| {
        let whole = captures.get(0)?.range();
        let first = captures.name("a").or(captures.name("c"))?;
        let second = captures.name("b").or(captures.name("d"))?;
        let number = value(first.as_str())? * value(second.as_str())?;
        let is_range = IS_RANGE.is_match(&text[..whole.start]);
        (!is_range).then_some(Quantity {
            unit: Unit::Sessions,
            number,
            bytes: whole,
            is_product: true,
        })
    });
    products.collect()
}

fn named(unit: &str) -> Option<Unit> {
    Some(match unit.to_lowercase().trim_end_matches('s') {
        "session" | "visit" | "treatment" => Unit::Sessions,
        "refill" => Unit::Refills,
        "week" => Unit::Weeks,
        "month" => Unit::Months,
        "day" => Unit::Days,
        _ => return None,
    })
}

fn value(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    lower.parse().ok().or_else(|| {
        NUMBERS
            .iter()
            .find(|(word, _)| *word == lower)
            .map(|(_, number)| *number)
    })
}

/// A number as it would stand in place of another: in words where that was in words.
pub(super) fn written_like(number: u32, other: &str) -> String {
    let word = NUMBERS
        .iter()
        .find(|(word, known)| *known == number && !matches!(*word, "once" | "twice"));
    match word.filter(|_| !other.starts_with(|c: char| c.is_ascii_digit())) {
        Some((word, _)) if other.starts_with(char::is_uppercase) => {
            super::wording::sentence(word)
        }
        Some((word, _)) => (*word).to_owned(),
        None => number.to_string(),
    }
}

/// The only quantity of a unit; none where there are several.
pub(super) fn only(quantities: &[Quantity], unit: Unit) -> Option<&Quantity> {
    let mut of_unit = quantities.iter().filter(|quantity| quantity.unit == unit);
    of_unit.next().filter(|_| of_unit.next().is_none())
}

/// Strengths, each with its place and in one way of writing: "10-325 mg" is "10/325mg".
pub(super) fn strengths(text: &str) -> Vec<(Range<usize>, String)> {
    let found = STRENGTH.find_iter(text);
    let plain = |words: &str| {
        words
            .to_lowercase()
            .replace([' ', ','], "")
            .replace('-', "/")
            .trim_start_matches('0')
            .to_owned()
    };
    found.map(|found| (found.range(), plain(found.as_str()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_in_figures_and_words() {
        for (text, expected) in [
            ("Norco 10/325mg #60", &[(Unit::Pieces, 60)][..]),
            ("Nine sessions of therapy", &[(Unit::Sessions, 9)]),
            ("twelve (12) additional physical therapy visits", &[(Unit::Sessions, 12)]),
            ("Therapy 3 times a week for 4 weeks", &[(Unit::Sessions, 12)]),
            ("Therapy two times a week times six weeks", &[(Unit::Sessions, 12)]),
            ("Therapy twice a week for 3 weeks", &[(Unit::Sessions, 6)]),
            ("Therapy 2x6", &[(Unit::Sessions, 12)]),
            ("Therapy 2 times a week for 4 weeks (8 sessions)", &[(Unit::Sessions, 8)]),
            ("Physical Therapy sessions, 12", &[(Unit::Sessions, 12)]),
            ("Office visit times 3", &[(Unit::Times, 3)]),
            ("#60 with 2 refills", &[(Unit::Pieces, 60), (Unit::Refills, 2)]),
            ("TENS rental, 3 months", &[(Unit::Months, 3)]),
            ("1-2 visits", &[]),
            ("Two to three week trial", &[]),
            ("3 visits per week", &[]),
            ("30 day supply", &[]),
            ("MRI of L4-5, 1.5 Tesla", &[]),
        ] {
            let found: Vec<_> = quantities(text)
                .iter()
                .map(|found| (found.unit, found.number))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn strengths_have_one_way_of_writing() {
        let found: Vec<String> =
            strengths("Norco 10-325 mg, Lidopro 4%, 0.5mg, .5 mg and 1,000mg")
                .into_iter()
                .map(|found| found.1)
                .collect();
        assert_eq!(found, ["10/325mg", "4%", ".5mg", ".5mg", "1000mg"]);
    }

    #[test]
    fn a_number_is_written_like_the_one_before() {
        assert_eq!(
            [
                written_like(6, "nine"),
                written_like(6, "Nine"),
                written_like(6, "9"),
                written_like(47, "nine")
            ],
            ["six", "Six", "6", "47"]
        );
    }
}
