//! By when a letter must be decided, as its kind's head counts.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Deadline, Template};
use crate::diagnostic::FieldPath;
use crate::letter::Letter;
use crate::letter::fields::Value;

/// The last day in time; see [`Template::due`].
pub fn due(template: &Template, letter: &Letter) -> Option<Date> {
    let applies = |deadline: &&Deadline| match &deadline.when {
        Some((field, wanted)) => says(template, letter, field, wanted),
        None => true,
    };
    let deadline = template.head().deadlines.iter().find(applies)?;
    let from = match value(template, letter, &deadline.from)? {
        Value::Date(entry) => entry.understood().copied()?,
        _ => return None,
    };
    Some(if deadline.working_days { after_working_days(from, deadline.days) } else { after(from, deadline.days) })
}

fn value<'a>(template: &Template, letter: &'a Letter, pattern: &str) -> Option<Value<'a>> {
    let field = template.names.iter().find(|field| field.pattern == pattern)?;
    field.value(letter, &FieldPath::new(pattern, &[]))
}

fn says(template: &Template, letter: &Letter, pattern: &str, wanted: &str) -> bool {
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
    let is_working = |date: &Date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let following = std::iter::successors(from.tomorrow().ok(), |date| date.tomorrow().ok());
    following.filter(is_working).take(usize::from(days)).last().unwrap_or(from)
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
                (from: "case.records_received", days: 3, working_days: true, when: ("case.priority", "Expedited")),
                (from: "case.records_received", days: 30),
            ])"#;
        let template = Template::parse(&format!("{head}\n---\nwords")).unwrap_or_else(|found| panic!("{found:#?}"));
        let mut letter = Letter::default();
        assert_eq!(template.due(&letter), None);
        // A Friday.
        letter.case.records_received = Entry::read("03/03/2017");
        assert_eq!(template.due(&letter), Some(jiff::civil::date(2017, 4, 2)));
        letter.case.priority = Priority::Expedited;
        assert_eq!(template.due(&letter), Some(jiff::civil::date(2017, 3, 8)));
    }
}
