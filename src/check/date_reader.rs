//! Dates as they stand in prose: where each is, what day it means, and how it is written.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::letter::parse_date;

/// A date that a text holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    /// Its place in the text, as `str` counts.
    pub bytes: Range<usize>,
    /// The day; none where it has the form of a date and is no day of any calendar, such
    /// as 02/30/2016.
    pub day: Option<Date>,
    pub style: Style,
}

/// How a date is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Style {
    /// `10/18/2016`, `10-8-16`.
    Figures { joint: char, padded: bool, short_year: bool },
    /// `2016-10-18`
    YearFirst,
    /// `October 18, 2016`, `Oct 18th 2016`.
    MonthFirst { cut: bool },
    /// `18 October 2016`
    DayFirst,
}

impl Style {
    /// Another day, written in the same way.
    pub(super) fn write(&self, day: Date) -> String {
        let pattern = match self {
            Self::YearFirst => "%Y-%m-%d",
            Self::MonthFirst { cut: true } => "%b %-d, %Y",
            Self::MonthFirst { cut: false } => "%B %-d, %Y",
            Self::DayFirst => "%-d %B %Y",
            Self::Figures { padded, short_year, .. } => match (padded, short_year) {
                (true, true) => "%m/%d/%y",
                (true, false) => "%m/%d/%Y",
                (false, true) => "%-m/%-d/%y",
                (false, false) => "%-m/%-d/%Y",
            },
        };
        let words = day.strftime(pattern).to_string();
        if let Self::Figures { joint, .. } = self {
            words.replace('/', &joint.to_string())
        } else {
            words
        }
    }
}

const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let figures =
        r"(?P<m>\d{1,2})(?P<j1>[-/.])(?P<d>\d{1,2})(?P<j2>[-/.])(?P<y>\d{4}|\d{2})";
    let year_first = r"(?P<iy>(?:19|20|30)\d{2})-(?P<im>\d{1,2})-(?P<id>\d{1,2})";
    let month_first = format!(
        r"(?P<mm>{MONTH})\.?\s+(?P<md>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<my>\d{{4}})"
    );
    let day_first = format!(
        r"(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<dm>{MONTH})\.?,?\s+(?P<dy>\d{{4}})"
    );
    let pattern = format!(r"(?i){year_first}|{figures}|{month_first}|{day_first}");
    super::compiled(&pattern)
});

/// Every date of a text, in order.
pub(super) fn dates(text: &str) -> Vec<Written> {
    DATE.captures_iter(text)
        .filter_map(|found| written(text, &found))
        .collect()
}

fn written(text: &str, found: &Captures<'_>) -> Option<Written> {
    let bytes = found.get(0)?.range();
    if !stands_alone(text, &bytes) {
        return None;
    }
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    let (style, parts) = if let (Some(month), Some(day), Some(year)) =
        (group("m"), group("d"), group("y"))
    {
        (figures(group("j1")?, group("j2")?, [month, day, year])?, [month, day, year])
    } else if let Some(year) = group("iy") {
        (Style::YearFirst, [group("im")?, group("id")?, year])
    } else if let Some(month) = group("mm") {
        (
            Style::MonthFirst {
                cut: month.len() == 3 && !month.eq_ignore_ascii_case("may"),
            },
            [month, group("md")?, group("my")?],
        )
    } else {
        (Style::DayFirst, [group("dm")?, group("dd")?, group("dy")?])
    };
    let day = day(parts);
    (day.is_some() || is_meant_as_date(parts)).then_some(Written { bytes, day, style })
}

fn day([month, day, year]: [&str; 3]) -> Option<Date> {
    // "Sept" is the one short form of four letters; the reader of typed dates takes it as
    // the beginning of the name.
    parse_date(&format!("{month} {day} {year}")).filter(|day| day.year() >= 1900)
}

/// Figures joined by two different marks are no date, nor are section numbers such as
/// 3.12.10.
fn figures(first: &str, second: &str, [month, day, year]: [&str; 3]) -> Option<Style> {
    let joint = first.chars().next().filter(|_| first == second)?;
    if joint == '.' && year.len() == 2 {
        return None;
    }
    let padded = month.starts_with('0')
        || day.starts_with('0')
        || (month.len() == 2 && day.len() == 2);
    Some(Style::Figures { joint, padded, short_year: year.len() == 2 })
}

/// Of what is no day, what can be nothing else than a date that went wrong: with a whole
/// year, or with a day that other months have.
fn is_meant_as_date([month, day, year]: [&str; 3]) -> bool {
    let number = |text: &str| text.parse::<u32>().ok();
    match (number(month), number(day)) {
        (Some(month), Some(day)) if year.len() == 2 => {
            (1..=12).contains(&month) && (29..=31).contains(&day)
        }
        _ => true,
    }
}

/// Whether nothing goes on before or behind it: no letter, no figure, no unit.
fn stands_alone(text: &str, bytes: &Range<usize>) -> bool {
    let (before, behind) = (&text[..bytes.start], &text[bytes.end..]);
    let joins = |character: char| {
        character.is_alphanumeric() || matches!(character, '$' | '#' | '/' | '-' | '.')
    };
    let mut next = behind.chars();
    let (first, second) = (next.next(), next.next());
    let goes_on = first.is_some_and(char::is_alphanumeric)
        || (first.is_some_and(|c| matches!(c, '-' | '/'))
            && second.is_some_and(|c| c.is_ascii_digit()));
    let unit = behind
        .trim_start()
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    // A full stop without a blank behind it ("visit.10/18/2016") is an extractor's doing.
    let is_joined = before.chars().next_back().is_some_and(joins)
        && !before.ends_with(|c: char| {
            c == '.'
                && !before.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit())
        });
    !is_joined
        && !goes_on
        && !matches!(unit, "mg" | "mcg" | "ml" | "cm" | "mm" | "degrees")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::us_date;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = dates(text);
        let told: Vec<_> = found
            .iter()
            .map(|found| {
                (&text[found.bytes.clone()], found.day.map(us_date).unwrap_or_default())
            })
            .collect();
        let told: Vec<_> =
            told.iter().map(|(words, day)| (*words, day.as_str())).collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn dates_are_found_however_they_are_written() {
        for written in [
            "10/18/2016",
            "10-18-16",
            "10.18.2016",
            "October 18, 2016",
            "Oct 18th 2016",
            "Oct. 18, 2016",
            "18 October 2016",
            "18th of October 2016",
            "2016-10-18",
            "OCTOBER 18,2016",
        ] {
            check(&format!("é on ({written}), he"), &[(written, "10/18/2016")]);
        }
        check(
            "Sept 3, 2016 and 9/3/16.",
            &[("Sept 3, 2016", "09/03/2016"), ("9/3/16", "09/03/2016")],
        );
        check("visit.10/18/2016", &[("10/18/2016", "10/18/2016")]);
    }

    #[test]
    fn what_was_meant_as_a_date_and_is_no_day_is_found() {
        for written in
            ["02/30/2016", "2-30-16", "13/45/2016", "February 30, 2016", "10/18/0216"]
        {
            check(&format!("seen {written}."), &[(written, "")]);
        }
        check("in 10/18/3026", &[("10/18/3026", "10/18/3026")]);
    }

    #[test]
    fn other_figures_are_no_dates() {
        for text in [
            "Norco 7.5-325mg #112",
            "L4-5-16",
            "5/10/20 mg",
            "section 3.12.10",
            "9792.23.1",
            "1-2/2016",
            "45/3/16",
            "1-800-555-0100",
            "123-45-6789",
            "10/18",
            "May 2016",
            "12-18-2016-4",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn another_day_is_written_in_the_same_way() {
        for (written, expected) in [
            ("10/18/2016", "01/05/2017"),
            ("3-8-16", "1-5-17"),
            ("10.18.2016", "01.05.2017"),
            ("2016-10-18", "2017-01-05"),
            ("October 18, 2016", "January 5, 2017"),
            ("Oct 18th 2016", "Jan 5, 2017"),
            ("18 October 2016", "5 January 2017"),
        ] {
            let found = dates(written);
            assert_eq!(found[0].style.write(jiff::civil::date(2017, 1, 5)), expected);
        }
    }
}
