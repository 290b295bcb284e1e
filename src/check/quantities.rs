//! Quantities in titles and rationales: "#60", "twelve (12) sessions", "3 times a week
//! for 4 weeks", "50mg".

use super::pattern::Groups;
use super::text::is_within;
use super::wording::capitalized;
use crate::diagnostic::TextRange;
use crate::letter::grammar::{number_of_word, number_words};

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
    /// Doses, infusions, and fractions of radiation.
    Doses,
    Injections,
    /// "4 hours a day" of a nurse or an aide.
    HoursADay,
    HoursAWeek,
}

/// So many of a unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    pub unit: Unit,
    pub number: u32,
    /// The place of the number alone; of a rate, all of it.
    pub range: TextRange,
    /// Whether it is the product of a rate, which cannot be written over with a number.
    pub is_product: bool,
}

/// A number in figures or words; of words that begin alike the longer stands first.
macro_rules! number {
    () => {
        concat!(
            r"(?:\d{1,4}|(?:one|two|three) hundred(?:(?: and)? (?:twenty|eighty|fifty))?",
            r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty",
            r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine)\b)?",
            r"|(?:thir|four|fif|six|seven|eigh|nine)teen|a dozen|ten|eleven|twelve|one|two",
            r"|three|four|five|six|seven|eight|nine)"
        )
    };
}

/// Words for what a pharmacy counts.
macro_rules! pieces {
    () => {
        r"(?:patch(?:es)?|tablets?|tabs?|capsules?|caps?|pills?|suppositories|lozenges|films?)"
    };
}

pattern!(
    PIECES,
    r"(?:#\s?|\b(?:quantity|qty|count|dispense)(?: of)?\.?:?\s*#?)(?P<n>\d{1,4})\b"
);
pattern!(
    /// "Thirty Terocin patches", "patches, 30": a name may stand between, but no strength.
    PILLS,
    r"(?:^|[^\w./-])(?P<n>\b",
    number!(),
    r")(?:\s*\(\d{1,3}\))?[ -](?:[a-z][a-z-]+ ){0,3}?",
    pieces!(),
    r"\b"
);
pattern!(
    PILLS_FIRST,
    r"\b",
    pieces!(),
    r",? ?(?:x ?|times |number(?:ing)? |#)?(?P<n>",
    number!(),
    r")(?:[,.;)]|$| (?:is|are|was|were)\b)"
);
pattern!(
    /// "Eight doses", "three Synvisc injections".
    DOSES,
    r"(?:^|[^\w./-])(?P<n>\b",
    number!(),
    r")(?:\s*\(\d{1,3}\))?[ -](?:[a-z][a-z-]+ ){0,2}?",
    r"(?P<unit>doses|infusions|fractions|injections)\b"
);
pattern!(
    /// The words between number and noun are of a treatment's name or of its sort.
    COUNTED,
    r"(?:^|[^\w./-])(?P<n>\b",
    number!(),
    r")(?:\s*\(\d{1,3}\))?[ -](?:(?:additional|more|further|remaining|physical",
    r"|occupational|therapy|chiropractic|acupuncture|massage|aquatic|pool|office",
    r"|follow-?up|post-?op[a-z]*|supervised|pt|ot|psychotherapy|counseling|home|health",
    r"|cognitive|behavioral|manual|manipulation|requested|proposed|disputed|weekly|outpatient",
    r"|aqua|skilled|psychological|rehabilitation|rehab|in-person|individual|group|cbt",
    r"|telehealth|speech|vestibular|biofeedback|hypnotherapy) ){0,4}",
    r"(?P<unit>sessions?|visits?|treatments?|refills?|weeks?|months?|days?)\b"
);
pattern!(NOUN_FIRST, r"\b(?:sessions|visits),? ?(?:x ?|times )?(?P<n>\d{1,3})\b");
pattern!(TIMES, r"(?:\btimes |\bx ?)(?P<n>", number!(), r")\b");
pattern!(
    HOURS,
    r"(?:^|[^\w./-])(?P<n>",
    number!(),
    r")(?: \(\d{1,3}\))?[ -](?:hours?|hrs?)(?:/| (?:a|per|each|every) )(?P<each>day|week)\b",
    r"|(?:^|[^\w./-])(?P<m>",
    number!(),
    r")[ -](?:hours?|hrs?) (?P<every>daily|weekly)\b"
);
pattern!(
    RATE,
    r"\b(?P<a>once|twice|",
    number!(),
    r")(?: times| x|x)?(?:(?: a| per| each|/) ?(?:week|wk)| weekly)\b,? ?(?:for|x|times)? ?(?P<b>",
    number!(),
    r") ?(?:weeks?|wks?)\b|\b(?P<c>\d)\s?x\s?(?P<d>\d{1,2})\b",
    r"|\b(?P<e>once|twice|",
    number!(),
    r")(?: times)?(?: a month| per month| monthly),? ?(?:for|x|times)? ?(?P<f>",
    number!(),
    r") ?months?\b"
);
pattern!(
    IS_RATE,
    r"^\s*(?:per|every|each|daily|/|a (?:day|week|month)|supply|x|times|by mouth|p\.?o|prn",
    r"|nightly|once|twice|three|four|at bed|as needed|q\.?[a-z\d]{1,3}|[bt]\.?i\.?d)\b"
);
pattern!(
    OF_STRENGTH,
    r"^\w+[ -](?:mg|mcg|ml|g|grams?|milligrams?|micrograms?|hours?|days?)\b"
);
pattern!(IS_RANGE, r"(?:\b", number!(), r" (?:to|or)|\d\s?[-\u{2013}]|\d)\s*$");
pattern!(IS_INTERVAL, r"\b(?:every|each)\s*$");
pattern!(RANGE_GOES_ON, r"^\s*(?:to|or|-|\u{2013})\s*(?:", number!(), r")\b");
pattern!(
    /// With its unit, or in the figures of two drugs in one tablet: "10/325".
    STRENGTH,
    r"\.?\b\d[\d,]*(?:\.\d+)?(?:(?:\s?mg/|\s?[/-]\s?)\d+(?:\.\d+)?)*\s?(?:mg|mcg|ml|%)",
    r"|\b\d{1,3}(?:\.\d+)?/(?:[2-6]\d[05]|16[02])\b"
);

/// Every quantity of a text; of a range, such as "1-2 visits", there is none.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let rates: Vec<TextRange> =
        RATE.find_iter(text).map(|rate| rate.range().into()).collect();
    let mut found: Vec<Quantity> = Vec::new();
    for (pattern, unit) in [
        (&PIECES, Some(Unit::Pieces)),
        (&PILLS, Some(Unit::Pieces)),
        (&PILLS_FIRST, Some(Unit::Pieces)),
        (&NOUN_FIRST, Some(Unit::Sessions)),
        (&TIMES, Some(Unit::Times)),
        (&DOSES, None),
        (&COUNTED, None),
    ] {
        for captures in pattern.captures_iter(text) {
            found.extend(quantity(text, &captures, unit, &rates));
        }
    }
    found.extend(hours(text));
    // "2 times a week for 4 weeks (8 sessions)": the number that is written out counts.
    if found.iter().all(|quantity| quantity.unit != Unit::Sessions) {
        for captures in RATE.captures_iter(text) {
            found.extend(sessions_of_rate(text, &captures));
        }
    }
    found.sort_by_key(|quantity| quantity.range.start);
    found
}

fn quantity(
    text: &str,
    captures: &Groups<'_, '_>,
    unit: Option<Unit>,
    rates: &[TextRange],
) -> Option<Quantity> {
    let number = captures.name("n")?;
    let range = TextRange::from(number.range());
    let unit = match unit {
        Some(unit) => unit,
        None => unit_named(captures.name("unit")?.as_str())?,
    };
    let after = &text[captures.get(0)?.end()..];
    let is_weekly = unit == Unit::Times && after.trim_start().starts_with("week");
    let before = &text[..range.start];
    // "Every two weeks" says how often, not how long.
    let is_range = IS_RANGE.is_match(before)
        || IS_INTERVAL.is_match(before)
        || RANGE_GOES_ON.is_match(&text[range.end..]);
    // "10 mg tablets" are not ten.
    let whole = &text[range.start..captures.get(0)?.end()];
    let is_strength = unit == Unit::Pieces && OF_STRENGTH.is_match(whole);
    if is_strength
        || is_weekly
        || is_range
        || is_within(range, rates)
        || IS_RATE.is_match(after)
    {
        return None;
    }
    let number = value(number.as_str())?;
    Some(Quantity { unit, number, range, is_product: false })
}

/// Sessions that follow from a rate: "3 times a week for 4 weeks" are 12.
fn sessions_of_rate(text: &str, captures: &Groups<'_, '_>) -> Option<Quantity> {
    let range: TextRange = captures.get(0)?.range().into();
    if IS_RANGE.is_match(&text[..range.start]) {
        return None;
    }
    let pairs = [("a", "b"), ("c", "d"), ("e", "f")];
    let (times, weeks) = pairs.into_iter().find_map(|(times, weeks)| {
        Some((captures.name(times)?, captures.name(weeks)?))
    })?;
    let number = value(times.as_str())? * value(weeks.as_str())?;
    Some(Quantity { unit: Unit::Sessions, number, range, is_product: true })
}

/// Hours of care by the day or the week.
fn hours(text: &str) -> Vec<Quantity> {
    let mut hours = Vec::new();
    for found in HOURS.captures_iter(text) {
        let number = found.name("n").or_else(|| found.name("m"));
        let every = found.name("each").or_else(|| found.name("every"));
        let (Some(number), Some(every)) = (number, every) else { continue };
        let range = TextRange::from(number.range());
        let unit = match &*every.as_str().to_lowercase() {
            "day" | "daily" => Unit::HoursADay,
            _ => Unit::HoursAWeek,
        };
        if let Some(number) = value(number.as_str())
            && !IS_RANGE.is_match(&text[..range.start])
        {
            hours.push(Quantity { unit, number, range, is_product: false });
        }
    }
    hours
}

fn unit_named(unit: &str) -> Option<Unit> {
    Some(match unit.to_lowercase().trim_end_matches('s') {
        "session" | "visit" | "treatment" => Unit::Sessions,
        "refill" => Unit::Refills,
        "week" => Unit::Weeks,
        "month" => Unit::Months,
        "day" => Unit::Days,
        "dose" | "infusion" | "fraction" => Unit::Doses,
        "injection" => Unit::Injections,
        _ => return None,
    })
}

/// What a number in figures or words counts.
pub(super) fn value(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    if let Ok(number) = lower.parse() {
        return Some(number);
    }
    let mut sum = 0;
    for word in lower.split([' ', '-']) {
        match word {
            "hundred" => sum *= 100,
            "once" => sum += 1,
            "twice" => sum += 2,
            "dozen" => sum += 12,
            "a" | "and" => {}
            _ => sum += number_of_word(word)?,
        }
    }
    (sum > 0).then_some(sum)
}

/// A number as it would stand in place of another: in words where that was in words.
pub(super) fn written_like(number: u32, other: &str) -> String {
    // Larger numbers are in figures everywhere.
    if number >= 100 || other.starts_with(|c: char| c.is_ascii_digit()) {
        return number.to_string();
    }
    let words = number_words(number.into());
    if other.starts_with(char::is_uppercase) { capitalized(&words) } else { words }
}

/// The only quantity of a unit; none where there are several.
pub(super) fn only(quantities: &[Quantity], unit: Unit) -> Option<&Quantity> {
    let mut found = None;
    for quantity in quantities {
        if quantity.unit == unit && found.replace(quantity).is_some() {
            return None;
        }
    }
    found
}

/// Strengths, each with its place and in one way of writing: "10-325 mg" is "10/325mg".
pub(super) fn strengths(text: &str) -> Vec<(TextRange, String)> {
    let found = STRENGTH.find_iter(text);
    found
        .map(|found| (found.range().into(), plain_strength(found.as_str())))
        .collect()
}

fn plain_strength(words: &str) -> String {
    let plain = words.to_lowercase().replace([' ', ','], "");
    let plain = plain.replace('-', "/").replace("mg/", "/");
    plain.trim_start_matches('0').to_owned()
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
            ("CBT twice a month for eight months", &[(Unit::Sessions, 16)]),
            ("capsules, count of 30", &[(Unit::Pieces, 30)]),
            ("Therapy 2 times a week for 4 weeks (8 sessions)", &[(Unit::Sessions, 8)]),
            ("Physical Therapy sessions, 12", &[(Unit::Sessions, 12)]),
            ("Office visit times 3", &[(Unit::Times, 3)]),
            ("#60 with 2 refills", &[(Unit::Pieces, 60), (Unit::Refills, 2)]),
            ("TENS rental, 3 months", &[(Unit::Months, 3)]),
            (
                "Aide 4 hours a day, twenty hours weekly",
                &[(Unit::HoursADay, 4), (Unit::HoursAWeek, 20)],
            ),
            ("1-2 visits", &[]),
            ("8 mg every two weeks for 26 weeks", &[(Unit::Weeks, 26)]),
            ("Two to three week trial", &[]),
            ("3 visits per week", &[]),
            ("30 day supply", &[]),
            ("MRI of L4-5, 1.5 Tesla", &[]),
            ("Therapy twice weekly for six weeks", &[(Unit::Sessions, 12)]),
            ("60 Terocin patches", &[(Unit::Pieces, 60)]),
            ("Terocin patches, thirty,", &[(Unit::Pieces, 30)]),
            ("ninety-five tablets", &[(Unit::Pieces, 95)]),
            ("one hundred twenty capsules", &[(Unit::Pieces, 120)]),
            ("a dozen visits", &[(Unit::Sessions, 12)]),
            ("all eight doses", &[(Unit::Doses, 8)]),
            ("3 Synvisc injections", &[(Unit::Injections, 3)]),
            ("6 additional CBT sessions", &[(Unit::Sessions, 6)]),
            ("1 tablet every 6 hours, 2 capsules daily", &[]),
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
            strengths("Norco 10-325 mg, 10 mg/325 mg, 4%, 0.5mg, .5 mg and 1,000mg")
                .into_iter()
                .map(|found| found.1)
                .collect();
        assert_eq!(found, ["10/325mg", "10/325mg", "4%", ".5mg", ".5mg", "1000mg"]);
    }

    #[test]
    fn a_number_is_written_like_the_one_before() {
        assert_eq!(
            [
                written_like(6, "nine"),
                written_like(6, "Nine"),
                written_like(6, "9"),
                written_like(47, "nine"),
                written_like(120, "nine")
            ],
            ["six", "Six", "6", "forty-seven", "120"]
        );
    }
}
