//! English as letters need it: articles, plurals, numbers in words, pronouns, capitals.
//! Pure functions on words.

use jiff::civil::Date;

use super::Sex;

/// The word with "a" or "an" before it, as it is spoken: `an MRI`, `a unit`, `an
/// 18-year-old`.
pub fn article(word: &str) -> String {
    let word = word.trim();
    if word.is_empty() {
        String::new()
    } else {
        format!("{} {word}", if sounds_open(word) { "an" } else { "a" })
    }
}

/// Words that are spoken otherwise than they begin, by their beginnings.
const OPEN: &[&str] = &["heir", "honest", "honor", "honour", "hour", "herb"];
const CLOSED: &[&str] = &[
    "eu", "ewe", "once", "one", "ubiq", "unanim", "uni", "ura", "ure", "uri", "uro",
    "us", "ut",
];
/// Words that begin like one of `CLOSED` and are spoken as they are written.
const OPEN_AFTER_ALL: &[&str] = &["unin", "unim", "unid", "ush", "utter", "urg"];

/// Whether a word is spoken with a vowel first.
fn sounds_open(word: &str) -> bool {
    let first: String = word.chars().take_while(|c| c.is_alphanumeric()).collect();
    let lower = first.to_lowercase();
    match lower.chars().next() {
        Some(digit) if digit.is_ascii_digit() => number_sounds_open(&lower),
        // A letter is spoken by its name: an MRI, an x-ray.
        _ if is_spelled_out(&first) || first.chars().count() == 1 => {
            lower.starts_with(|c| "aefhilmnorsx".contains(c))
        }
        Some('u') if begins_with(&lower, OPEN_AFTER_ALL) => true,
        _ if begins_with(&lower, OPEN) => true,
        _ if begins_with(&lower, CLOSED) => false,
        Some(letter) => "aeiou".contains(letter),
        None => false,
    }
}

fn begins_with(word: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| word.starts_with(beginning))
}

/// Abbreviations are spoken letter by letter, but for those that are spoken as a word.
fn is_spelled_out(word: &str) -> bool {
    let spoken = ["LASIK", "MAXIMUS", "NASA", "SOAP", "TENS"];
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 0
        && letters.clone().all(char::is_uppercase)
        && !spoken.contains(&word)
}

/// Eight, eleven, eighteen, and what begins with them: 80, 800, 11,000, but not 110.
fn number_sounds_open(word: &str) -> bool {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let leads_a_group = (digits.len() - 1) % 3 == 1;
    digits.starts_with('8')
        || (leads_a_group && (digits.starts_with("11") || digits.starts_with("18")))
}

/// The word's plural: `visits`, `injuries`, `biopsies`, `boxes`; irregular ones are given
/// with the singular.
pub fn plural(word: &str) -> String {
    const IRREGULAR: &[(&str, &str)] = &[
        ("analysis", "analyses"),
        ("child", "children"),
        ("criterion", "criteria"),
        ("diagnosis", "diagnoses"),
        ("foot", "feet"),
        ("is", "are"),
        ("has", "have"),
        ("man", "men"),
        ("person", "people"),
        ("prosthesis", "prostheses"),
        ("that", "those"),
        ("this", "these"),
        ("vertebra", "vertebrae"),
        ("was", "were"),
        ("woman", "women"),
    ];
    let word = word.trim();
    let (before, last) = match word.rfind(' ') {
        Some(space) => word.split_at(space + 1),
        None => ("", word),
    };
    if let Some((_, plural)) = IRREGULAR.iter().find(|(singular, _)| *singular == last) {
        return format!("{before}{plural}");
    }
    if let Some(stem) = last.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
    {
        return format!("{before}{stem}ies");
    }
    if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|ending| last.ends_with(ending))
    {
        return format!("{word}es");
    }
    if word.is_empty() { String::new() } else { format!("{word}s") }
}

/// `1 visit`, `12 visits`.
pub fn count(number: i64, word: &str) -> String {
    format!("{number} {}", agree(number, word))
}

/// The word as it goes with a number: `is` and `are`, `visit` and `visits`.
pub fn agree(number: i64, word: &str) -> String {
    if number == 1 { word.trim().to_owned() } else { plural(word) }
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// `twelve`, `one hundred five`, `two thousand`; from a million on, digits.
pub fn number_words(number: i64) -> String {
    match number.unsigned_abs() {
        1_000_000.. => number.to_string(),
        positive if number < 0 => format!("minus {}", cardinal(positive)),
        positive => cardinal(positive),
    }
}

/// The number that one word stands for: `twelve`, `sixty`.
pub fn number_of_word(word: &str) -> Option<u32> {
    let tens = TENS.iter().zip((0..).step_by(10)).skip(2);
    let mut known = SMALL.iter().zip(0..).chain(tens);
    known.find_map(|(known, number)| (*known == word).then_some(number))
}

/// A number below a million.
fn cardinal(number: u64) -> String {
    match number {
        0..20 => SMALL[number as usize].to_owned(),
        20..100 => joined(TENS[number as usize / 10], "-", number % 10),
        100..1000 => {
            joined(&format!("{} hundred", cardinal(number / 100)), " ", number % 100)
        }
        _ => joined(&format!("{} thousand", cardinal(number / 1000)), " ", number % 1000),
    }
}

fn joined(front: &str, between: &str, rest: u64) -> String {
    if rest == 0 {
        front.to_owned()
    } else {
        format!("{front}{between}{}", cardinal(rest))
    }
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(number: i64) -> String {
    let ending = match (number.unsigned_abs() % 100, number.unsigned_abs() % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `first`, `twenty-third`.
pub fn ordinal_words(number: i64) -> String {
    const IRREGULAR: &[(&str, &str)] = &[
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("five", "fifth"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("twelve", "twelfth"),
    ];
    let words = number_words(number);
    if words.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return ordinal(number);
    }
    let place = words.rfind([' ', '-']).map_or(0, |place| place + 1);
    let (front, last) = words.split_at(place);
    if let Some((_, ordinal)) = IRREGULAR.iter().find(|(cardinal, _)| *cardinal == last) {
        return format!("{front}{ordinal}");
    }
    match last.strip_suffix('y') {
        Some(stem) => format!("{front}{stem}ieth"),
        None => format!("{words}th"),
    }
}

/// The part that a pronoun plays in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pronoun {
    /// `she`
    Subject,
    /// `her`
    Object,
    /// `her`, before what she has
    Possessive,
    /// `herself`
    Reflexive,
}

impl Pronoun {
    /// The form that templates call so.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "subject" => Self::Subject,
            "object" => Self::Object,
            "possessive" => Self::Possessive,
            "reflexive" => Self::Reflexive,
            _ => return None,
        })
    }

    /// The pronoun for a person; `they` where nothing is stated.
    pub fn of(self, sex: Sex) -> &'static str {
        let [female, male, unstated] = match self {
            Self::Subject => ["she", "he", "they"],
            Self::Object => ["her", "him", "them"],
            Self::Possessive => ["her", "his", "their"],
            Self::Reflexive => ["herself", "himself", "themselves"],
        };
        match sex {
            Sex::Female => female,
            Sex::Male => male,
            Sex::X | Sex::Unstated => unstated,
        }
    }
}

/// The words with a capital at their beginning, and all else as it is: `MRI of the knee`
/// keeps its MRI.
pub fn sentence_case(words: &str) -> String {
    let mut characters = words.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + characters.as_str())
        .unwrap_or_default()
}

/// A heading's capitals: every word but the small ones; words that have capitals of their
/// own keep them.
pub fn title_case(words: &str) -> String {
    const SMALL_WORDS: &[&str] = &[
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "nor", "of",
        "on", "or", "per", "the", "to", "versus", "via", "with",
    ];
    let pieces: Vec<&str> = words.split(' ').collect();
    let last = pieces.len().saturating_sub(1);
    let cased = pieces.iter().enumerate().map(|(place, word)| {
        let stays = SMALL_WORDS.contains(word) && place != 0 && place != last;
        if stays { (*word).to_owned() } else { sentence_case(word) }
    });
    cased.collect::<Vec<_>>().join(" ")
}

/// A date in one of the forms that templates name: `us`, `long`, `iso`, `day_first`,
/// `weekday`, `month`.
pub fn date_words(date: Date, form: &str) -> Option<String> {
    let pattern = match form {
        "us" => "%m/%d/%Y",
        "long" => "%B %-d, %Y",
        "iso" => "%Y-%m-%d",
        "day_first" => "%-d %B %Y",
        "weekday" => "%A, %B %-d, %Y",
        "month" => "%B %Y",
        _ => return None,
    };
    Some(date.strftime(pattern).to_string())
}

/// A name that is a plain file name on every system: letters, digits, `-` and `_`,
/// anything else as `_`.
pub fn plain_name(name: &str) -> String {
    name.trim()
        .replace(|c: char| !c.is_alphanumeric() && c != '-' && c != '_', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: impl Fn(&str) -> String, cases: &[(&str, &str)]) {
        for (given, expected) in cases {
            assert_eq!(change(given), *expected, "{given:?}");
        }
    }

    #[test]
    fn articles_go_by_the_sound() {
        let cases = [
            "an MRI",
            "a TENS unit",
            "an EMG",
            "a CT scan",
            "an x-ray",
            "an H-wave unit",
            "a unit",
            "a unilateral block",
            "an uninjured knee",
            "a urine drug screen",
            "a uterine biopsy",
            "an urgent request",
            "an hour",
            "an honest answer",
            "a hip injection",
            "an opioid",
            "a one-time visit",
            "a European study",
            "an 8-week course",
            "an 18-year-old",
            "an 11-day stay",
            "a 180-day supply",
            "an 80 mg dose",
            "a 1-level fusion",
            "an NSAID",
            "an IMR",
            "an SI joint injection",
            "a UDT",
            "an appeal",
            "an 11,000 dollar bill",
            "a 110 mg dose",
        ];
        for case in cases {
            let (_, word) = case.split_once(' ').expect("an article");
            assert_eq!(article(word), case);
        }
        assert_eq!(article(""), "");
    }

    #[test]
    fn plurals_are_regular_or_in_the_table() {
        check(
            plural,
            &[
                ("visit", "visits"),
                ("injury", "injuries"),
                ("day", "days"),
                ("biopsy", "biopsies"),
                ("box", "boxes"),
                ("process", "processes"),
                ("crutch", "crutches"),
                ("diagnosis", "diagnoses"),
                ("foot", "feet"),
                ("disputed item", "disputed items"),
                ("medical criterion", "medical criteria"),
                ("is", "are"),
                ("was", "were"),
                ("has", "have"),
                ("", ""),
            ],
        );
    }

    #[test]
    fn words_agree_with_their_number() {
        assert_eq!(
            [count(1, "visit"), count(12, "visit"), count(0, "injury")],
            ["1 visit", "12 visits", "0 injuries"]
        );
        assert_eq!(
            [agree(1, "is"), agree(2, "is"), agree(2, "item was")],
            ["is", "are", "item were"]
        );
    }

    #[test]
    fn numbers_have_words_and_places() {
        for (number, words, place, in_words) in [
            (0, "zero", "0th", "zeroth"),
            (1, "one", "1st", "first"),
            (12, "twelve", "12th", "twelfth"),
            (20, "twenty", "20th", "twentieth"),
            (23, "twenty-three", "23rd", "twenty-third"),
            (105, "one hundred five", "105th", "one hundred fifth"),
            (111, "one hundred eleven", "111th", "one hundred eleventh"),
            (2000, "two thousand", "2000th", "two thousandth"),
            (
                12_345,
                "twelve thousand three hundred forty-five",
                "12345th",
                "twelve thousand three hundred forty-fifth",
            ),
            (-3, "minus three", "-3rd", "minus third"),
            (1_000_000, "1000000", "1000000th", "1000000th"),
        ] {
            let got = (number_words(number), ordinal(number), ordinal_words(number));
            assert_eq!(got, (words.into(), place.into(), in_words.into()));
        }
    }

    #[test]
    fn a_pronoun_follows_from_one_field() {
        let all =
            [Pronoun::Subject, Pronoun::Object, Pronoun::Possessive, Pronoun::Reflexive];
        assert_eq!(
            all.map(|form| form.of(Sex::Female)),
            ["she", "her", "her", "herself"]
        );
        assert_eq!(all.map(|form| form.of(Sex::Male)), ["he", "him", "his", "himself"]);
        assert_eq!(
            all.map(|form| form.of(Sex::Unstated)),
            ["they", "them", "their", "themselves"]
        );
        assert_eq!(Pronoun::Possessive.of(Sex::X), "their");
        assert_eq!(Pronoun::named("owner"), None);
    }

    #[test]
    fn capitals_leave_abbreviations_alone() {
        check(
            sentence_case,
            &[("mRI", "MRI"), ("physical therapy", "Physical therapy"), ("", "")],
        );
        check(
            title_case,
            &[
                ("MRI of the lumbar spine", "MRI of the Lumbar Spine"),
                ("the item on", "The Item On"),
                ("independent medical review", "Independent Medical Review"),
            ],
        );
    }

    #[test]
    fn a_date_has_several_forms() {
        let date = jiff::civil::date(2009, 3, 6);
        for (form, expected) in [
            ("us", "03/06/2009"),
            ("long", "March 6, 2009"),
            ("iso", "2009-03-06"),
            ("day_first", "6 March 2009"),
            ("weekday", "Friday, March 6, 2009"),
            ("month", "March 2009"),
        ] {
            assert_eq!(date_words(date, form).as_deref(), Some(expected));
        }
        assert_eq!(date_words(date, "roman"), None);
    }
}
