//! Dates and numbers: whether they are any, and whether they can be true together.

use jiff::civil::{Date, date};

use super::wording::{dated, place, row, sentence, shortened};
use super::{Finding, Input, prose_dates};
use crate::letter::fields::{Field, Value};
use crate::letter::{Entry, FieldPath, Id, us_date};

/// No injury under review is older.
const EARLIEST: Date = date(1950, 1, 1);

/// The events of a case, in the order in which they happen. Records can arrive before or
/// after anything that follows the denial, so they are not among them.
const EVENTS: &[&str] = &[
    "case.date_of_injury",
    "case.ur_denial_date",
    "case.application_received",
    "case.date_assigned",
    "case.decision_date",
];

const CUMULATIVE_INJURY: &[&str] = &["case.date_of_injury", "case.date_of_injury_end"];

/// L060: what was typed is not what the field holds.
pub(super) fn not_understood(input: &Input<'_>) -> Vec<Finding> {
    let typed = input.places().filter_map(|(field, path, value)| match value {
        Value::Date(entry) if entry.understood().is_none() && !entry.is_empty() => {
            Some((
                field,
                path,
                entry.show(),
                "a date",
                "month, day and year, such as 03/26/2009",
            ))
        }
        Value::Number(entry) if entry.understood().is_none() && !entry.is_empty() => {
            Some((
                field,
                path,
                entry.show(),
                "a whole number",
                "digits alone, such as 45",
            ))
        }
        Value::Money(Entry::AsTyped(text)) if !text.trim().is_empty() => Some((
            field,
            path,
            text,
            "a sum of dollars",
            "dollars and cents, such as $1,234.50",
        )),
        _ => None,
    });
    let findings = typed.map(|(field, path, typed, kind, form)| {
        let hint = format!("Write {} as {form}", place(input.letter, field, &path));
        Finding::new(path, format!("{} is not {kind}", shortened(&typed)), hint)
    });
    findings.collect()
}

/// L030: dates that cannot be true.
pub(super) fn plausible(input: &Input<'_>) -> Vec<Finding> {
    let mut findings = out_of_range(input);
    findings.extend(out_of_order(input, EVENTS));
    findings.extend(out_of_order(input, CUMULATIVE_INJURY));
    findings.extend(documents(input));
    findings.extend(prose_dates::impossible(input));
    findings
}

fn out_of_range(input: &Input<'_>) -> Vec<Finding> {
    let dates = input
        .places()
        .filter_map(|(field, path, value)| Some((field, path, date_in(&value)?)));
    let findings = dates.filter_map(|(field, path, date)| {
        let fault = match date {
            _ if date > input.order.today => "is in the future",
            _ if date < EARLIEST => "is before 1950",
            _ => return None,
        };
        let place = sentence(&place(input.letter, field, &path));
        Some(Finding::new(
            path,
            format!("{} {fault}", dated(&place, date)),
            "Check the year",
        ))
    });
    findings.collect()
}

fn date_in(value: &Value<'_>) -> Option<Date> {
    match value {
        Value::Date(entry) => entry.understood().copied(),
        _ => None,
    }
}

/// Each date against the last one before it that is known, so that one wrong date is told
/// once or twice and not with every other.
fn out_of_order(input: &Input<'_>, events: &[&str]) -> Vec<Finding> {
    let known: Vec<(&Field, Date)> =
        events.iter().filter_map(|event| known(input, event)).collect();
    let pairs = known.windows(2).filter_map(|pair| match pair {
        [(earlier, first), (later, second)] if second < first => {
            Some((earlier, *first, later, *second))
        }
        _ => None,
    });
    let findings = pairs.map(|(earlier, first, later, second)| {
        let quoted = |field: &Field| format!("\"{}\"", field.label);
        let message = format!(
            "{} is before {}",
            dated(&quoted(later), second),
            dated(&quoted(earlier), first)
        );
        Finding::new(
            FieldPath::new(&later.pattern, &[]),
            message,
            "Correct whichever of the two is wrong",
        )
    });
    findings.collect()
}

/// L033: the decision against the letter kind's own clock.
pub(super) fn late(input: &Input<'_>) -> Vec<Finding> {
    let decided = input.letter.case.decision_date.understood().copied();
    let due = input.template.due(input.letter);
    let Some((decided, due)) = decided
        .zip(due)
        .filter(|&(decided, due)| decided > due && decided <= input.order.today)
    else {
        return Vec::new();
    };
    let message = format!(
        "The decision ({}) is later than its deadline ({})",
        us_date(decided),
        us_date(due)
    );
    let hint =
        "Check the dates; a late decision is still valid, and its lateness is known";
    vec![Finding::new(FieldPath::new("case.decision_date", &[]), message, hint)]
}

fn known<'a>(input: &Input<'a>, pattern: &str) -> Option<(&'a Field, Date)> {
    let field = input.template.field(pattern)?;
    let value = field.value(input.letter, &FieldPath::new(pattern, &[]))?;
    Some((field, date_in(&value)?))
}

fn documents(input: &Input<'_>) -> Vec<Finding> {
    let decided = input.letter.case.decision_date.understood().copied();
    let documents = input
        .letter
        .documents
        .iter()
        .filter(|_| input.asks_for("documents[].from"));
    let findings = documents.flat_map(|document| {
        let (from, to) =
            (document.from.understood().copied(), document.to.understood().copied());
        [
            ends_before_it_begins(input, document.id, from, to),
            after_decision(input, document.id, from.max(to), decided),
        ]
    });
    findings.flatten().collect()
}

fn ends_before_it_begins(
    input: &Input<'_>,
    id: Id,
    from: Option<Date>,
    to: Option<Date>,
) -> Option<Finding> {
    let (from, to) = from.zip(to).filter(|(from, to)| to < from)?;
    let path = FieldPath::new("documents[].to", &[id]);
    let row = sentence(&row(input.letter, &path)?);
    let message =
        format!("{row} ends ({}) before it begins ({})", us_date(to), us_date(from));
    Some(Finding::new(path, message, "Correct whichever of the two is wrong"))
}

fn after_decision(
    input: &Input<'_>,
    id: Id,
    latest: Option<Date>,
    decided: Option<Date>,
) -> Option<Finding> {
    let (latest, decided) =
        latest.zip(decided).filter(|(latest, decided)| latest > decided)?;
    let document = input.letter.documents.iter().find(|document| document.id == id)?;
    let is_the_end = document.to.understood() == Some(&latest);
    let path = FieldPath::new(
        if is_the_end { "documents[].to" } else { "documents[].from" },
        &[id],
    );
    let row = sentence(&row(input.letter, &path)?);
    let message = format!(
        "{row} ({}) is later than the decision ({})",
        us_date(latest),
        us_date(decided)
    );
    Some(Finding::new(path, message, "Correct the document's date, or the decision date"))
}
