//! By when a letter must be decided, as its template's head counts.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Appeal, Deadline, Template};
use crate::letter::business_days::is_business_day;
use crate::letter::fields::Value;
use crate::letter::{FieldPath, Letter};

/// The last day in time; see [`Template::due`].
pub(super) fn due(template: &Template, letter: &Letter) -> Option<Date> {
    for deadline in &template.head().deadlines {
        if !applies(deadline, template, letter) {
            continue;
        }
        let from = date(template, letter, &deadline.from)?;
        return Some(if deadline.working_days {
            after_working_days(from, deadline.days)
        } else {
            after(from, deadline.days)
        });
    }
    None
}

fn applies(deadline: &Deadline, template: &Template, letter: &Letter) -> bool {
    match &deadline.when {
        Some((field, wanted)) => says(template, letter, field, wanted),
        None => true,
    }
}

/// The last day to appeal a letter that was served by mail on this day.
pub(super) fn appeal(appeal: &Appeal, served: Date) -> Date {
    after(served, appeal.days + appeal.more_by_mail)
}

/// The day that a field holds.
pub(super) fn date(template: &Template, letter: &Letter, pattern: &str) -> Option<Date> {
    match value(template, letter, pattern)? {
        Value::Date(entry) => entry.understood().copied(),
        _ => None,
    }
}

fn value<'a>(
    template: &Template,
    letter: &'a Letter,
    pattern: &str,
) -> Option<Value<'a>> {
    let field = template.names.iter().find(|field| field.pattern == pattern)?;
    field.value(letter, &FieldPath::new(pattern, &[]))
}

pub(super) fn says(
    template: &Template,
    letter: &Letter,
    pattern: &str,
    wanted: &str,
) -> bool {
    match value(template, letter, pattern) {
        Some(Value::Text(text)) => text.trim() == wanted,
        Some(Value::Choice(key)) => key == wanted,
        _ => false,
    }
}

fn after(from: Date, days: u16) -> Date {
    from.saturating_add(i64::from(days).days())
}

fn after_working_days(from: Date, days: u16) -> Date {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        // Where the calendar ends, so does the count.
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
        if is_business_day(day) {
            left -= 1;
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{Entry, Priority};

    #[test]
    fn the_clock_counts_as_the_head_says() {
        let head = r#"(id: "t", name: "T", version: 1, title: "T",
            outcomes: [(key: "a", word: "A", denial: Stands, meaning: "")],
            deadlines: [
                (from: "case.records_received", days: 3, working_days: true,
                    when: ("case.priority", "Expedited")),
                (from: "case.records_received", days: 30),
            ])"#;
        let template = Template::parse(&format!("{head}\n---\nwords"))
            .unwrap_or_else(|found| panic!("{found:#?}"));
        let mut letter = Letter::default();
        assert_eq!(template.due(&letter), None);
        // A Friday.
        letter.case.records_received = Entry::read("03/03/2017");
        assert_eq!(template.due(&letter), Some(jiff::civil::date(2017, 4, 2)));
        letter.case.priority = Priority::Expedited;
        assert_eq!(template.due(&letter), Some(jiff::civil::date(2017, 3, 8)));
        // The Wednesday before Thanksgiving: the Friday after it is a holiday too.
        letter.case.records_received = Entry::read("11/22/2017");
        assert_eq!(template.due(&letter), Some(jiff::civil::date(2017, 11, 29)));
    }

    #[test]
    fn the_time_to_appeal_runs_from_the_day_of_mailing() {
        let imr = Template::built_in("imr-2017").unwrap();
        let mut letter = Letter::default();
        assert_eq!(imr.mailed(&letter), None);
        letter.extra.insert("mailed".into(), "03/10/2017".into());
        // 30 days, and 5 because it comes by mail.
        assert_eq!(
            imr.mailed(&letter).and_then(|day| imr.appeal(day)),
            Some(jiff::civil::date(2017, 4, 14))
        );
        let other = Template::built_in("ny-external-appeal").unwrap();
        assert_eq!(other.appeal(jiff::civil::date(2017, 3, 10)), None);
    }
}
