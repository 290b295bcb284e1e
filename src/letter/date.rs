//! Dates as people type them, in the American order.

use jiff::civil::Date;

/// Two-digit years from here on are of the 1900s: no injury under review is older than
/// 1950.
const FIRST_OF_THE_NINETEEN_HUNDREDS: i16 = 50;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The date that `text` means: `03/26/2009`, `3-26-09`, `3.26.2009`, `2009-03-26`, `Mar
/// 26 2009`, `March 26th, 2009`, `26 Mar 2009`.
pub fn parse_date(text: &str) -> Option<Date> {
    let pieces: Vec<&str> = text
        .split([' ', ',', '/', '-', '.'])
        .filter(|piece| !piece.is_empty())
        .collect();
    let [first, second, third] = pieces[..] else { return None };
    if first.len() == 4 && digits(first).is_some() {
        return date(first, number(second)?, number(third)?);
    }
    match (month(first), month(second)) {
        (Some(month), _) => date(third, month, day(second)?),
        (None, Some(month)) => date(third, month, day(first)?),
        (None, None) => date(third, number(first)?, number(second)?),
    }
}

/// `03/26/2009`, as the letters write dates.
pub fn us_date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.month(), date.day(), date.year())
}

fn date(year: &str, month: i8, day: i8) -> Option<Date> {
    Date::new(self::year(year)?, month, day).ok()
}

fn year(text: &str) -> Option<i16> {
    let value: i16 = digits(text)?.parse().ok()?;
    match text.len() {
        4 => Some(value),
        2 if value >= FIRST_OF_THE_NINETEEN_HUNDREDS => Some(1900 + value),
        2 => Some(2000 + value),
        _ => None,
    }
}

/// A month by its name, whole or cut to three letters or more.
fn month(text: &str) -> Option<i8> {
    let text = text.to_lowercase();
    if text.len() < 3 {
        return None;
    }
    let found = MONTHS.iter().position(|month| month.starts_with(&text))?;
    i8::try_from(found + 1).ok()
}

/// A day of the month, "26" or "26th".
fn day(text: &str) -> Option<i8> {
    let bare = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| text.strip_suffix(ending))
        .unwrap_or(text);
    number(bare)
}

fn number(text: &str) -> Option<i8> {
    digits(text)?.parse().ok()
}

/// Only digits: a sign would make "-3" a month.
fn digits(text: &str) -> Option<&str> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_forms_mean_the_same_day() {
        for text in [
            "03/26/2009",
            "3/26/2009",
            "3-26-09",
            "3.26.2009",
            " 03/26/09 ",
            "2009-03-26",
            "Mar 26 2009",
            "March 26, 2009",
            "march 26th, 2009",
            "26 Mar 2009",
        ] {
            assert_eq!(
                parse_date(text).map(us_date).as_deref(),
                Some("03/26/2009"),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "13/45/2009",
            "02/30/2016",
            "3/26",
            "3/26/209",
            "26/03/2009",
            "Ma 26 2009",
            "soon",
        ] {
            assert_eq!(parse_date(text), None, "{text:?}");
        }
    }

    #[test]
    fn two_digit_years_are_never_before_1950() {
        assert_eq!(parse_date("1/2/50").map(us_date).as_deref(), Some("01/02/1950"));
        assert_eq!(parse_date("1/2/49").map(us_date).as_deref(), Some("01/02/2049"));
    }
}
