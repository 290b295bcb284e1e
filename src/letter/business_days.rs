//! Business days in California: not Saturdays and Sundays, nor the holidays on which the
//! state's offices are closed (Government Code 6700, 6701 and 19853).

use jiff::civil::{Date, Weekday, date};

/// The holidays of a fixed day, as (month, day). The day after, where one is a Sunday, is
/// the holiday; of Veterans Day also the day before, where it is a Saturday.
const FIXED: [(i8, i8); 5] = [(1, 1), (3, 31), (7, 4), (11, 11), (12, 25)];
const VETERANS_DAY: (i8, i8) = (11, 11);

/// The others, as (month, which of the month's weekdays, weekday); -1 is the last.
const MOVING: [(i8, i8, Weekday); 5] = [
    (1, 3, Weekday::Monday),
    (2, 3, Weekday::Monday),
    (5, -1, Weekday::Monday),
    (9, 1, Weekday::Monday),
    (11, 4, Weekday::Thursday),
];

/// Whether the state's offices are open on a day.
pub fn is_business_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// How many business days come after one day up to another; negative where the other is
/// past.
pub fn business_days(from: Date, to: Date) -> i32 {
    if to < from {
        return -business_days(to, from);
    }
    let (mut count, mut day) = (0, from);
    while day < to {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        count += i32::from(is_business_day(day));
    }
    count
}

fn is_holiday(day: Date) -> bool {
    is_fixed(day) || is_moving(day) || is_day_after_thanksgiving(day)
}

fn is_fixed(day: Date) -> bool {
    let is = |day: Option<Date>| {
        day.is_some_and(|day| FIXED.contains(&(day.month(), day.day())))
    };
    let (yesterday, tomorrow) = (day.yesterday().ok(), day.tomorrow().ok());
    let is_veterans_eve = tomorrow
        .is_some_and(|tomorrow| (tomorrow.month(), tomorrow.day()) == VETERANS_DAY);
    is(Some(day))
        || (day.weekday() == Weekday::Monday && is(yesterday))
        || (day.weekday() == Weekday::Friday && is_veterans_eve)
}

fn is_moving(day: Date) -> bool {
    MOVING.iter().any(|&(month, which, weekday)| {
        let first = date(day.year(), month, 1);
        first.nth_weekday_of_month(which, weekday).ok() == Some(day)
    })
}

fn is_day_after_thanksgiving(day: Date) -> bool {
    day.weekday() == Weekday::Friday && day.yesterday().is_ok_and(is_moving)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::parse_date;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn the_states_holidays_are_no_business_days() {
        for holiday in [
            "1/2/2017", // New Year's Day was a Sunday.
            "1/16/2017",
            "2/20/2017",
            "3/31/2017",
            "5/29/2017",
            "7/4/2017",
            "9/4/2017",
            "11/10/2017", // Veterans Day was a Saturday.
            "11/23/2017",
            "11/24/2017",
            "12/25/2017",
            "4/1/2019", // Cesar Chavez Day was a Sunday.
        ] {
            assert!(!is_business_day(day(holiday)), "{holiday}");
        }
        for open in ["10/9/2017", "2/12/2018", "7/3/2020", "11/22/2017", "12/26/2017"] {
            assert!(is_business_day(day(open)), "{open}");
        }
    }

    #[test]
    fn business_days_are_counted_both_ways() {
        for (from, to, expected) in [
            ("12/5/2016", "12/9/2016", 4),
            ("12/9/2016", "12/12/2016", 1),
            ("12/9/2016", "12/9/2016", 0),
            ("12/9/2016", "12/5/2016", -4),
            ("11/22/2017", "11/28/2017", 2),
        ] {
            assert_eq!(business_days(day(from), day(to)), expected, "{from} to {to}");
        }
    }
}
