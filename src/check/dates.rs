//! Dates and numbers: whether they are any, and whether they can be true together.

use jiff::civil::{Date, date};

use super::input::FormPlace;
use super::wording::{capitalized, dated, shortened};
use super::{Finding, Findings, Input, Overriding, Reads, Rule, prose_dates};
use crate::diagnostic::Severity;
use crate::letter::fields::{Field, Value};
use crate::letter::{DocumentReviewed, Entry, FieldPath, us_date};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L030",
        reads: &[Reads::Case],
        name: "dates",
        severity: Severity::Error,
        family: Family::Dates,
        summary: "Dates are in order, and none is before 1950 or in the future",
        help: "Injury, utilization review, application, assignment and decision follow \
            each other. Dates in the summary and the rationales are not after the \
            decision either.",
        find: implausible,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L033",
        name: "deadline",
        severity: Severity::Warning,
        family: Family::Dates,
        summary: "The letter is decided by the template's deadline",
        help: "The template's head says when the clock starts and how long it runs. Days \
            are counted as the law counts them, without regard to holidays. An injured \
            worker's application later than 30 days after the denial, or 35 by mail, is \
            noted.",
        find: late,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L060",
        name: "not-understood",
        severity: Severity::Error,
        family: Family::Dates,
        summary: "Every date is a date, and every number is a number",
        help: "What you typed is kept as it is. It cannot be compared or counted until \
            it is understood.",
        overriding: Overriding::Never,
        find: not_understood,
        ..Rule::DEFAULT
    },
];

/// No injury under review is older.
const EARLIEST: Date = date(1950, 1, 1);

const BIRTH_DATE: &str = "claimant.birth_date";

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

fn not_understood(input: &Input<'_>, findings: &mut Findings) {
    for FormPlace { path, value, .. } in input.places() {
        let Some((typed, kind, form)) = typed_otherwise(value) else { continue };
        if typed.trim().is_empty() {
            continue;
        }
        let message = format!("{} is not {kind}", shortened(&typed));
        let hint = format!("Enter {form}");
        findings.push(Finding::new(path.clone(), message, hint));
    }
}

/// What was typed where something else is wanted, what is wanted, and the form of it.
fn typed_otherwise(value: &Value<'_>) -> Option<(String, &'static str, &'static str)> {
    match value {
        Value::Date(entry) if entry.understood().is_none() => {
            Some((entry.show(), "a date", "a full date, such as 03/26/2009"))
        }
        Value::Number(entry) if entry.understood().is_none() => {
            Some((entry.show(), "a whole number", "a number in digits, such as 45"))
        }
        Value::Money(Entry::AsTyped(text)) => Some((
            text.clone(),
            "an amount of money",
            "dollars and cents, such as $1,234.50",
        )),
        _ => None,
    }
}

fn implausible(input: &Input<'_>, findings: &mut Findings) {
    out_of_range(input, findings);
    out_of_order(input, EVENTS, findings);
    out_of_order(input, CUMULATIVE_INJURY, findings);
    if input.asks_for("documents[].from") {
        for document in &input.letter.documents {
            findings.extend(ends_before_it_begins(input, document));
            findings.extend(after_the_decision(input, document));
        }
    }
    prose_dates::impossible(input, findings);
}

fn out_of_range(input: &Input<'_>, findings: &mut Findings) {
    for FormPlace { field, path, value } in input.places() {
        let Some(date) = date_in(value) else { continue };
        let fault = match date {
            _ if date > input.order.today => "is in the future",
            // A worker may be born before any injury that is still under review.
            _ if date < EARLIEST && &*field.pattern != BIRTH_DATE => "is before 1950",
            _ => continue,
        };
        let place = capitalized(&input.field_name(field, path));
        let message = format!("{} {fault}", dated(&place, date));
        findings.push(Finding::new(path.clone(), message, "Check the year"));
    }
}

fn date_in(value: &Value<'_>) -> Option<Date> {
    match value {
        Value::Date(entry) => entry.understood().copied(),
        _ => None,
    }
}

/// Each date against the last one before it that is known, so that one wrong date is
/// reported once or twice and not with every other.
fn out_of_order(input: &Input<'_>, events: &[&str], findings: &mut Findings) {
    let mut last: Option<(&Field, Date)> = None;
    for event in events {
        let Some((field, date)) = known_date(input, event) else { continue };
        if let Some((earlier, first)) = last
            && date < first
        {
            let message = format!(
                "{} is before {}",
                dated(&format!("\"{}\"", field.label), date),
                dated(&format!("\"{}\"", earlier.label), first)
            );
            let hint = "Correct the one that is wrong";
            let path = FieldPath::new(&field.pattern, &[]);
            findings.push(Finding::new(path, message, hint));
        }
        last = Some((field, date));
    }
}

fn known_date<'a>(input: &Input<'a>, pattern: &str) -> Option<(&'a Field, Date)> {
    let field = input.template.field(pattern)?;
    let value = field.value(input.letter, &FieldPath::new(pattern, &[]))?;
    Some((field, date_in(&value)?))
}

/// Days in which an injured worker can apply after a denial, and how many more where the
/// denial came by mail.
const TO_APPLY: (i32, i32) = (30, 5);

/// A late application is for the Administrative Director to judge, and so only noted.
fn applied_late(input: &Input<'_>) -> Option<Finding> {
    // Other laws give other times.
    if !input.template.id().starts_with("imr-") {
        return None;
    }
    let case = &input.letter.case;
    let (denied, applied) =
        (*case.ur_denial_date.understood()?, *case.application_received.understood()?);
    let days = (applied - denied).get_days();
    // Whoever is a year late has typed another year, or applied for another denial.
    if !(TO_APPLY.0 + 1..365).contains(&days) {
        return None;
    }
    let message = format!(
        "The application came in {days} days after the denial; the limit is {} days, or {} \
            by mail",
        TO_APPLY.0,
        TO_APPLY.0 + TO_APPLY.1
    );
    let path = FieldPath::new("case.application_received", &[]);
    let finding = Finding::new(path, message, "Check both dates");
    let denial = FieldPath::new("case.ur_denial_date", &[]);
    Some(finding.with_severity(Severity::Note).also_at(denial))
}

fn late(input: &Input<'_>, findings: &mut Findings) {
    findings.extend(applied_late(input));
    let decided = input.letter.case.decision_date.understood().copied();
    let (Some(decided), Some(due)) = (decided, input.template.due(input.letter)) else {
        return;
    };
    if decided <= due || decided > input.order.today {
        return;
    }
    let message = format!(
        "The decision ({}) is after its deadline ({})",
        us_date(decided),
        us_date(due)
    );
    let hint = "Check the dates. A late decision is still valid";
    let path = FieldPath::new("case.decision_date", &[]);
    findings.push(Finding::new(path, message, hint));
}

fn ends_before_it_begins(
    input: &Input<'_>,
    document: &DocumentReviewed,
) -> Option<Finding> {
    let (from, to) = (*document.from.understood()?, *document.to.understood()?);
    if to >= from {
        return None;
    }
    let path = FieldPath::new("documents[].to", &[document.id]);
    let message = format!(
        "{} ends ({}) before it begins ({})",
        capitalized(&input.row_name(&path)),
        us_date(to),
        us_date(from)
    );
    Some(Finding::new(path, message, "Correct the one that is wrong"))
}

fn after_the_decision(input: &Input<'_>, document: &DocumentReviewed) -> Option<Finding> {
    let decided = *input.letter.case.decision_date.understood()?;
    let (from, to) = (document.from.understood(), document.to.understood());
    let latest = *from.max(to)?;
    if latest <= decided {
        return None;
    }
    let is_the_end = to == Some(&latest);
    let pattern = if is_the_end { "documents[].to" } else { "documents[].from" };
    let path = FieldPath::new(pattern, &[document.id]);
    let message = format!(
        "{} ({}) is after the decision ({})",
        capitalized(&input.row_name(&path)),
        us_date(latest),
        us_date(decided)
    );
    Some(Finding::new(path, message, "Correct the document's date, or the decision date"))
}
