//! Dates as they stand in prose: where each is, what day it means, and how it is written.

use jiff::civil::Date;

use super::pattern::Groups;
use super::text::first_piece;
use crate::diagnostic::TextRange;
use crate::letter::parse_date;

/// A date that a text holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WrittenDate {
    pub range: TextRange,
    /// The day; none where it has the form of a date and is no day of any calendar, such
    /// as 02/30/2016.
    pub day: Option<Date>,
    pub style: DateStyle,
}

/// How a date is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum DateStyle {
    /// `10/18/2016`, `10-8-16`.
    Figures { joint: char, padded: bool, short_year: bool },
    /// `2016-10-18`
    YearFirst,
    /// `October 18, 2016`, `Oct 18th 2016`.
    MonthFirst { cut: bool },
    /// `18 October 2016`
    DayFirst,
}

impl DateStyle {
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
        match self {
            Self::Figures { joint, .. } => words.replace('/', &joint.to_string()),
            Self::YearFirst | Self::MonthFirst { .. } | Self::DayFirst => words,
        }
    }
}

macro_rules! month {
    () => {
        concat!(
            r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?",
            r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
        )
    };
}

pattern!(
    DATE,
    r"(?P<iy>(?:19|20|30)\d{2})-(?P<im>\d{1,2})-(?P<id>\d{1,2})",
    r"|(?P<m>\d{1,2})(?P<j1>[-/.])(?P<d>\d{1,2})(?P<j2>[-/.])(?P<y>\d{4}|\d{2})",
    r"|(?P<mm>",
    month!(),
    r")\.?\s+(?P<md>\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<my>\d{4})",
    r"|(?P<dd>\d{1,2})(?:st|nd|rd|th)?(?: of)?\s+(?P<dm>",
    month!(),
    r")\.?,?\s+(?P<dy>\d{4})"
);

/// Every date of a text, in order.
pub(super) fn dates(text: &str) -> Vec<WrittenDate> {
    let mut dates = Vec::new();
    for found in DATE.captures_iter(text) {
        dates.extend(read_date(text, &found));
    }
    dates
}

fn read_date(text: &str, found: &Groups<'_, '_>) -> Option<WrittenDate> {
    let range = found.get(0)?.range().into();
    if !stands_alone(text, range) {
        return None;
    }
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    let (style, parts) = if let Some(month) = group("m") {
        let parts = [month, group("d")?, group("y")?];
        (figures_style(group("j1")?, group("j2")?, parts)?, parts)
    } else if let Some(year) = group("iy") {
        (DateStyle::YearFirst, [group("im")?, group("id")?, year])
    } else if let Some(month) = group("mm") {
        let cut = month.len() == 3 && !month.eq_ignore_ascii_case("may");
        (DateStyle::MonthFirst { cut }, [month, group("md")?, group("my")?])
    } else {
        (DateStyle::DayFirst, [group("dm")?, group("dd")?, group("dy")?])
    };
    let day = day(parts);
    if day.is_none() && !is_meant_as_date(parts) {
        return None;
    }
    Some(WrittenDate { range, day, style })
}

fn day([month, day, year]: [&str; 3]) -> Option<Date> {
    // "Sept" is the one short form of four letters; the reader of typed dates takes it as
    // the beginning of the name.
    let day = parse_date(&format!("{month} {day} {year}"))?;
    (day.year() >= 1900).then_some(day)
}

/// Figures joined by two different marks are no date, nor are section numbers such as
/// 3.12.10.
fn figures_style(
    first: &str,
    second: &str,
    [month, day, year]: [&str; 3],
) -> Option<DateStyle> {
    let short_year = year.len() == 2;
    if first != second || (first == "." && short_year) {
        return None;
    }
    let joint = first.chars().next()?;
    let padded = month.starts_with('0')
        || day.starts_with('0')
        || (month.len() == 2 && day.len() == 2);
    Some(DateStyle::Figures { joint, padded, short_year })
}

/// Of what is no day, what can be nothing else than a date that went wrong: with a whole
/// year, or with a day that other months have.
fn is_meant_as_date([month, day, year]: [&str; 3]) -> bool {
    match (month.parse::<u32>(), day.parse::<u32>()) {
        (Ok(month), Ok(day)) if year.len() == 2 => {
            (1..=12).contains(&month) && (29..=31).contains(&day)
        }
        _ => true,
    }
}

/// Whether nothing goes on before or after it: no letter, no figure, no unit.
fn stands_alone(text: &str, range: TextRange) -> bool {
    !is_joined_before(&text[..range.start]) && !goes_on(&text[range.end..])
}

fn is_joined_before(before: &str) -> bool {
    // A full stop without a blank after it ("visit.10/18/2016") is an extractor's doing;
    // after a figure it makes a longer number.
    if let Some(words) = before.strip_suffix('.') {
        return words.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
    }
    before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '$' | '#' | '/' | '-'))
}

fn goes_on(after: &str) -> bool {
    let mut next = after.chars();
    match (next.next(), next.next()) {
        (Some(first), _) if first.is_alphanumeric() => return true,
        (Some('-' | '/'), Some(second)) if second.is_ascii_digit() => return true,
        _ => {}
    }
    let unit = first_piece(after.trim_start(), |c| !c.is_alphabetic());
    matches!(unit, "mg" | "mcg" | "ml" | "cm" | "mm" | "degrees")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::us_date;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = dates(text);
        let found_days: Vec<_> = found
            .iter()
            .map(|found| (&text[found.range], found.day.map(us_date).unwrap_or_default()))
            .collect();
        let found_days: Vec<_> =
            found_days.iter().map(|(words, day)| (*words, day.as_str())).collect();
        assert_eq!(found_days, expected, "{text}");
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
    fn impossible_dates_are_found() {
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
