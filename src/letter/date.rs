//! Dates as people type them, in the American order.

use jiff::civil::Date;

use super::Letter;

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

/// The date that `text` means: `03/26/2009`, `3-26-09`, `3.26.2009`, `2009-03-26`,
/// `03262009`, `Mar 26 2009`, `March 26th, 2009`, `26 Mar 2009`, with a weekday before it
/// or a time of day after it.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = without_time(without_weekday(text.trim()));
    if let Some(date) = eight_digits(text) {
        return Some(date);
    }
    let pieces: Vec<&str> = text
        .split([' ', ',', '/', '-', '.', '\'', '\u{2019}'])
        .filter(|piece| !piece.is_empty())
        .collect();
    let [first, second, third] = match pieces[..] {
        [first, second, third] => [first, second, third],
        [joined] => around_month(joined)?,
        _ => return None,
    };
    if first.len() == 4 && digits(first).is_some() {
        return date(first, number(second)?, number(third)?);
    }
    match (month(first), month(second)) {
        (Some(month), _) => date(third, month, day(second)?),
        (None, Some(month)) => date(third, month, day(first)?),
        (None, None) => date(third, number(first)?, number(second)?),
    }
}

/// `26`, `Mar` and `2009` of `26Mar2009`.
fn around_month(joined: &str) -> Option<[&str; 3]> {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let (start, end) = (joined.find(is_letter)?, joined.rfind(is_letter)? + 1);
    Some([&joined[..start], &joined[start..end], &joined[end..]])
}

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The text after `Friday,` or `Fri.`.
fn without_weekday(text: &str) -> &str {
    let Some((first, rest)) = text.split_once([' ', ',', '.']) else { return text };
    let first = first.to_lowercase();
    let is_weekday =
        first.len() >= 3 && WEEKDAYS.iter().any(|weekday| weekday.starts_with(&first));
    if is_weekday { rest.trim_start_matches([' ', ',', '.']) } else { text }
}

/// The text before `14:30`, `2:30 PM`, `at 2 p.m.` or `T14:30:00Z`.
fn without_time(text: &str) -> &str {
    for (place, character) in text.char_indices() {
        if !matches!(character, ' ' | ',' | 'T') || place == 0 {
            continue;
        }
        let rest = text[place..].trim_start_matches([' ', ',', 'T']);
        if is_time(rest.strip_prefix("at ").unwrap_or(rest)) {
            return text[..place].trim_end_matches([' ', ',']);
        }
    }
    text
}

/// `14:30`, `14:30:00.000Z`, `2:30 PM`, `2 p.m. PST`.
fn is_time(text: &str) -> bool {
    let hours = text.bytes().take_while(u8::is_ascii_digit).count();
    let hour = text[..hours].parse().unwrap_or(u8::MAX);
    let is_hour = (1..=2).contains(&hours) && hour <= 24;
    let rest = text[hours..].trim_start();
    let half = rest.to_ascii_lowercase();
    let is_half = ["am", "pm", "a.m", "p.m"].iter().any(|word| half.starts_with(word));
    is_hour && (is_half || has_minutes(rest))
}

/// Whether `:30` begins a text.
fn has_minutes(text: &str) -> bool {
    let Some(minutes) = text.strip_prefix(':') else { return false };
    minutes.len() >= 2 && minutes.bytes().take(2).all(|byte| byte.is_ascii_digit())
}

/// `03262009`, or `20090326`, whose first two digits are no month.
fn eight_digits(text: &str) -> Option<Date> {
    if text.len() != 8 {
        return None;
    }
    let all = digits(text)?;
    match date(&all[4..], number(&all[..2])?, number(&all[2..4])?) {
        None => date(&all[..4], number(&all[4..6])?, number(&all[6..])?),
        american => american,
    }
}

/// What short forms of dates are read by: the day it is, and the letter's other dates.
#[derive(Clone, Debug)]
pub struct NearbyDates {
    pub today: Date,
    pub known: Vec<Date>,
}

impl NearbyDates {
    /// The same as [`parse_date`], and what a person types in a hurry: `t` and `today`,
    /// `yesterday` and `tomorrow`, and `3/14`, which is of the year that brings it nearest
    /// to the letter's dates.
    pub fn read(&self, text: &str) -> Option<Date> {
        let text = text.trim();
        match text.to_lowercase().as_str() {
            "t" | "today" => return Some(self.today),
            "yesterday" => return self.today.yesterday().ok(),
            "tomorrow" => return self.today.tomorrow().ok(),
            _ => {}
        }
        match parse_date(text) {
            None => self.without_year(text),
            date => date,
        }
    }

    /// The first and the last day of a range: `1/1/14-3/3/15`, `3/14/15 to 4/1/15`, with
    /// `CT` before it for a cumulative trauma.
    pub fn read_range(&self, text: &str) -> Option<(Date, Date)> {
        let text = text.trim();
        let is_trauma =
            text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("ct"));
        let text =
            if is_trauma { text[2..].trim_start_matches([':', ' ']) } else { text };
        for between in [" to ", " through ", " - ", "\u{2013}", "-"] {
            // A hyphen may stand within the dates, too: 1-1-14-3-3-15.
            for (place, _) in text.match_indices(between) {
                let last = self.read(&text[place + between.len()..]);
                if let (Some(first), Some(last)) = (self.read(&text[..place]), last)
                    && first <= last
                {
                    return Some((first, last));
                }
            }
        }
        None
    }

    fn without_year(&self, text: &str) -> Option<Date> {
        let mut pieces = text.split(['/', '-', '.', ' ']);
        let (first, second) = (pieces.next()?, pieces.next()?);
        if pieces.next().is_some() {
            return None;
        }
        let (month, day) = match month(first) {
            Some(month) => (month, day(second)?),
            None => (number(first)?, number(second)?),
        };
        let known = if self.known.is_empty() { &[self.today][..] } else { &self.known };
        let mut nearest: Option<(i32, Date)> = None;
        for near in known {
            for year in near.year() - 1..=near.year() + 1 {
                let Ok(date) = Date::new(year, month, day) else { continue };
                let Ok(span) = date.until(*near) else { continue };
                let days = span.get_days().abs();
                if nearest.is_none_or(|(least, _)| days < least) {
                    nearest = Some((days, date));
                }
            }
        }
        nearest.map(|(_, date)| date)
    }
}

/// `03/26/2009`, as the letters write dates.
pub fn us_date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.month(), date.day(), date.year())
}

/// How old somebody is on a day; `None` before the birth, and at an age that nobody has.
pub fn age_on(birth: Date, day: Date) -> Option<u32> {
    let mut years = i32::from(day.year()) - i32::from(birth.year());
    if (day.month(), day.day()) < (birth.month(), birth.day()) {
        years -= 1;
    }
    u32::try_from(years).ok().filter(|years| *years <= OLDEST)
}

impl Letter {
    /// The age that the birth date comes to at the decision or, as long as its day is not
    /// known, today.
    pub fn age_by_birth(&self, today: Date) -> Option<u32> {
        let decided = self.case.decision_date.understood();
        age_on(*self.claimant.birth_date.understood()?, *decided.unwrap_or(&today))
    }
}

/// A birth date that makes somebody older has a wrong year.
const OLDEST: u32 = 120;

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
            "26Mar2009",
            "Mar 26 '09",
            "03262009",
            "20090326",
            "Thursday, March 26, 2009",
            "Thu. 3/26/09",
            "thursday 26 March 2009",
            "03/26/2009 14:30",
            "3/26/2009 2:30:00 PM",
            "3/26/09, 2 p.m.",
            "March 26, 2009 at 2:30 PM",
            "2009-03-26T14:30:00Z",
            "2009-03-26T14:30:00.000Z",
            "Thursday, March 26, 2009 9:05 AM PST",
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
            "Thursday",
            "March, 2009",
            "March",
            "26th",
            "14:30",
            "3/26/2009 25:99",
            "3/26/2009 and 3/27/2009",
        ] {
            assert_eq!(parse_date(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_is_typed_in_a_hurry_is_read_by_the_dates_around_it() {
        let day = |text| parse_date(text).expect("it is a date");
        let nearby = NearbyDates {
            today: day("3/1/2017"),
            known: vec![day("12/28/2015"), day("1/12/2016")],
        };
        for (text, expected) in [
            ("t", "03/01/2017"),
            ("Today", "03/01/2017"),
            ("yesterday", "02/28/2017"),
            ("Tomorrow", "03/02/2017"),
            ("3/14", "03/14/2016"),
            ("12/9", "12/09/2015"),
            ("Feb 3", "02/03/2016"),
            ("3/14/09", "03/14/2009"),
        ] {
            assert_eq!(
                nearby.read(text).map(us_date).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        for text in ["13/14", "3/", "3", "2/30", "to"] {
            assert_eq!(nearby.read(text), None, "{text}");
        }
        for (text, first, last) in [
            ("CT 1/1/14-3/3/15", "01/01/2014", "03/03/2015"),
            ("3/14/15 to 4/1/15", "03/14/2015", "04/01/2015"),
            ("1-1-14 - 3-3-15", "01/01/2014", "03/03/2015"),
            ("1-1-14-3-3-15", "01/01/2014", "03/03/2015"),
            ("3/14 through 4/1", "03/14/2016", "04/01/2016"),
        ] {
            let range = nearby.read_range(text).map(|(a, b)| (us_date(a), us_date(b)));
            assert_eq!(range, Some((first.into(), last.into())), "{text}");
        }
        assert_eq!(nearby.read_range("4/1/15-3/14/15"), None);
        assert_eq!(nearby.read_range("3-14-15"), None);
    }

    #[test]
    fn an_age_is_of_the_last_birthday() {
        let age =
            |birth, day| age_on(parse_date(birth).unwrap(), parse_date(day).unwrap());
        assert_eq!(age("3/14/1970", "3/13/2017"), Some(46));
        assert_eq!(age("3/14/1970", "3/14/2017"), Some(47));
        assert_eq!(age("2/29/1972", "2/28/2017"), Some(44));
        assert_eq!(age("3/14/2020", "3/14/2017"), None);
        assert_eq!(age("3/14/1870", "3/14/2017"), None);
    }

    #[test]
    fn two_digit_years_are_never_before_1950() {
        assert_eq!(parse_date("1/2/50").map(us_date).as_deref(), Some("01/02/1950"));
        assert_eq!(parse_date("1/2/49").map(us_date).as_deref(), Some("01/02/2049"));
    }
}
