//! Whether everything is there that makes a letter of its kind.

use jiff::ToSpan;

use super::wording::{is_missing, place, row, sentence, shortened};
use super::{Finding, Input};
use crate::diagnostic::{Anchor, Severity};
use crate::letter::fields::{Field, Kind, Section, Value};
use crate::letter::{FieldPath, Group, UnreadKind, row_noun};

/// What is said where a group that must have a row has none.
fn no_row(group: &str) -> String {
    match group {
        "reviewers" => "The letter has no reviewer yet".into(),
        "recipients" => "The letter has no recipient yet".into(),
        "documents" => "No document is listed yet".into(),
        "items" => "The letter has no item in dispute yet".into(),
        own => format!(
            "The letter has no {} yet",
            row_noun(own.trim_start_matches("extra."))
        ),
    }
}

const STATEMENTS: &[&str] = &[
    "reviewers[].attests_no_affiliation",
    "reviewers[].attests_five_years",
    "reviewers[].attests_active_practice",
];

const QUALIFICATIONS: &[&str] =
    &["reviewers[].certifications", "reviewers[].licence_states"];

/// L001: required fields and required rows.
pub(super) fn missing(input: &Input<'_>) -> Vec<Finding> {
    let required = |pattern: &str| input.template.requires(pattern, input.letter);
    let rows = groups(input).into_iter().filter(|(group, _)| {
        required(&group.prefix()) && input.letter.row_ids(*group).is_empty()
    });
    let rows = rows.map(|(group, section)| {
        let hint = format!("Add one under \"{}\"", section.label());
        Finding::new(group.place(), no_row(&group.prefix()), hint)
    });
    // A statement that is not confirmed is L003's matter, in words of its own.
    let empty = input.places().filter(|(field, _, value)| {
        value.is_empty() && field.kind != Kind::YesNo && required(&field.pattern)
    });
    rows.chain(empty.map(|(field, path, _)| is_empty(input, field, path)))
        .collect()
}

/// L066: what the letter prints although it is empty and nothing asks for it. What is
/// required is L001's matter.
pub(super) fn printed_gaps(input: &Input<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for path in input.document.gaps() {
        let pattern = path.pattern();
        let field = input.template.field(pattern);
        let is_told = input.template.requires(pattern, input.letter)
            && field.is_some_and(|field| field.is_asked(input.letter, path));
        let Some(field) = field.filter(|_| !is_told) else { continue };
        let finding = if field.is_asked(input.letter, path) {
            is_empty(input, field, path.clone())
        } else {
            let hint = "Choose a form of the title that has it, or another decision";
            Finding::new(path.clone(), is_missing(input.letter, field, path), hint)
        };
        if found.iter().all(|known| known.anchor != finding.anchor) {
            found.push(finding);
        }
    }
    found
}

/// L051: fixed words of an imported letter that differ from the kind's own.
pub(super) fn altered(input: &Input<'_>) -> Vec<Finding> {
    let findings = input.letter.unread.iter().filter_map(|unread| {
        let UnreadKind::Altered { expected } = &unread.kind else { return None };
        let (line, words) = (unread.line, shortened(&unread.words()));
        let message = format!(
            "Line {line} of the imported letter is worded otherwise \
            than this kind: {words}"
        );
        let hint = format!("This letter will say: {}", shortened(expected));
        Some(Finding::new(Anchor::Letter, message, hint))
    });
    findings.collect()
}

/// L067: words of an imported letter that fit no field.
pub(super) fn unread(input: &Input<'_>) -> Vec<Finding> {
    let findings = input
        .letter
        .unread
        .iter()
        .filter(|unread| !matches!(unread.kind, UnreadKind::Altered { .. }))
        .map(|unread| {
            if unread.kind == UnreadKind::Nothing {
                let message =
                "The imported letter is of no kind that is known here; all of it stands \
                    in the summary".into();
                return Finding::new(
                    FieldPath::new("summary", &[]),
                    message,
                    "Put its parts \
                where they belong",
                );
            }
            let (line, words) = (unread.line, shortened(&unread.words()));
            let message =
                format!("Line {line} of the imported letter was not understood: {words}");
            Finding::new(
                Anchor::Letter,
                message,
                "Put the words where they belong, then \
            say that they are dealt with",
            )
        });
    findings.collect()
}

/// L068: what an import concluded from the text.
pub(super) fn proposed(input: &Input<'_>) -> Vec<Finding> {
    let places = input
        .letter
        .proposed
        .iter()
        .filter_map(|path| Some((input.template.field(path.pattern())?, path)));
    let findings = places.map(|(field, path)| {
        let message = format!(
            "{} was read from the text of the imported letter",
            sentence(&place(input.letter, field, path))
        );
        Finding::new(path.clone(), message, "Look at it, then say that it is dealt with")
    });
    findings.collect()
}

/// The outermost groups of the form, each with its section.
fn groups(input: &Input<'_>) -> Vec<(Group, Section)> {
    let mut groups: Vec<(Group, Section)> = Vec::new();
    for field in input.template.fields() {
        let group = field
            .pattern
            .split_once("[]")
            .and_then(|(prefix, _)| Group::named(prefix, &[]));
        if let Some(group) =
            group.filter(|group| groups.iter().all(|(seen, _)| seen != group))
        {
            groups.push((group, field.section));
        }
    }
    groups
}

fn is_empty(input: &Input<'_>, field: &Field, path: FieldPath) -> Finding {
    let (label, section) = (&field.label, field.section.label());
    // A section of one field is called what the field is called.
    let place = if label == section {
        format!("\"{label}\"")
    } else {
        format!("\"{label}\" under \"{section}\"")
    };
    let hint = match field.kind {
        Kind::Choice => format!("Choose {place}"),
        Kind::Many | Kind::Guideline => format!("Add to {place}"),
        Kind::Line
        | Kind::Prose
        | Kind::Date
        | Kind::Number
        | Kind::Money
        | Kind::YesNo => format!("Fill in {place}"),
    };
    let message = is_missing(input.letter, field, &path);
    Finding::new(path, message, hint)
}

/// L002: the case number against the template's pattern.
pub(super) fn case_number(input: &Input<'_>) -> Vec<Finding> {
    let (pattern, number) =
        (&input.template.head().case_number, &input.letter.case.number);
    if pattern.is_empty() || number.trim().is_empty() || has_form(number, pattern) {
        return Vec::new();
    }
    let message = format!("{number} is not a case number of this letter kind");
    let hint = format!("Write it in the form {}", example(pattern));
    vec![Finding::new(FieldPath::new("case.number", &[]), message, hint)]
}

fn has_form(number: &str, pattern: &str) -> bool {
    let fits = |(found, wanted): (char, char)| {
        if wanted == '9' { found.is_ascii_digit() } else { found == wanted }
    };
    number.chars().count() == pattern.chars().count()
        && number.chars().zip(pattern.chars()).all(fits)
}

/// A number of the pattern, with digits that nobody takes for a rule: `CM12-3456789`.
fn example(pattern: &str) -> String {
    let mut digits = ('1'..='9').chain(['0']).cycle();
    let mut digit = || digits.next().unwrap_or('0');
    pattern
        .chars()
        .map(|character| if character == '9' { digit() } else { character })
        .collect()
}

/// L003: what the law asks of every reviewer.
pub(super) fn qualifications(input: &Input<'_>) -> Vec<Finding> {
    let places = input.places().filter(|(_, _, value)| value.is_empty());
    places
        .filter_map(|(field, path, _)| lacking(input, field, path))
        .collect()
}

fn lacking(input: &Input<'_>, field: &Field, path: FieldPath) -> Option<Finding> {
    let reviewer = row(input.letter, &path).map(|row| sentence(&row))?;
    if STATEMENTS.contains(&&*field.pattern) {
        let message = format!("{reviewer} has not confirmed \"{}\"", field.label);
        return Some(Finding::new(path, message, "Ask the reviewer, then tick it"));
    }
    // Where the template requires it, L001 has said so.
    let is_told = input.template.requires(&field.pattern, input.letter);
    (QUALIFICATIONS.contains(&&*field.pattern) && !is_told)
        .then(|| is_empty(input, field, path))
}

/// L004: a decision may not rest on the decision in dispute alone. That nothing is listed
/// at all is L001's matter.
pub(super) fn documents(input: &Input<'_>) -> Vec<Finding> {
    let templates = input
        .places()
        .filter(|(field, ..)| field.pattern == "documents[].kind");
    let mut templates = templates.filter_map(|(_, _, value)| match value {
        Value::Text(kind) => Some(kind),
        _ => None,
    });
    let has_some =
        !input.letter.documents.is_empty() && input.asks_for("documents[].kind");
    if !has_some || !templates.all(is_utilization_review) {
        return Vec::new();
    }
    let message =
        "The only document listed is the utilization review determination".into();
    let hint = "List the medical records that were read: the law forbids deciding on \
        that determination alone";
    vec![Finding::new(FieldPath::new("documents", &[]), message, hint)]
}

/// Documents that need no author: they come from the parties or are known to everybody.
const WITHOUT_AUTHOR: &[&str] = &[
    "application",
    "request",
    "utilization review",
    "denial",
    "letter",
    "guidelines",
    "correspondence",
    "notice",
];

/// The longest that the reports of one entry may lie apart, in months: behind a longer
/// range nobody sees which were read.
const LONGEST_RANGE: i32 = 12;

/// L005: what was read can be told apart: by author, and by date.
pub(super) fn vague_documents(input: &Input<'_>) -> Vec<Finding> {
    let asked = |pattern: &str| input.asks_for(pattern);
    if !asked("documents[].kind") {
        return Vec::new();
    }
    let documents = input
        .letter
        .documents
        .iter()
        .filter(|document| !document.kind.trim().is_empty());
    let findings = documents.filter_map(|document| {
        let path = |pattern: &str| FieldPath::new(pattern, &[document.id]);
        let name = sentence(&row(input.letter, &path("documents[].kind"))?);
        let kind = document.kind.trim().to_lowercase();
        let needs_author = asked("documents[].author")
            && !WITHOUT_AUTHOR.iter().any(|known| kind.contains(known));
        let needs_date = asked("documents[].from") && !kind.contains("guidelines");
        if needs_author && document.author.trim().is_empty() {
            let message =
                format!("{name} ({}) is listed without its author", document.kind.trim());
            return Some(Finding::new(
                path("documents[].author"),
                message,
                "Name who wrote it",
            ));
        }
        if needs_date && document.from.is_empty() && document.to.is_empty() {
            let message =
                format!("{name} ({}) is listed without a date", document.kind.trim());
            return Some(Finding::new(
                path("documents[].from"),
                message,
                "Add its date, or the first and last date",
            ));
        }
        let (from, to) = (document.from.understood()?, document.to.understood()?);
        let is_long = from.checked_add(LONGEST_RANGE.months()).is_ok_and(|end| *to > end);
        let message = format!(
            "{name} ({}) spans more than {LONGEST_RANGE} months in one entry",
            document.kind.trim()
        );
        let hint = "List the reports that the decision rests on with their dates";
        is_long.then(|| {
            Finding::new(path("documents[].to"), message, hint).weighing(Severity::Note)
        })
    });
    findings.collect()
}

fn is_utilization_review(kind: &str) -> bool {
    let kind = kind.trim().to_lowercase();
    kind.starts_with("utilization review") || kind.starts_with("ur ") || kind == "ur"
}

#[cfg(test)]
mod tests {
    use crate::check::specimen::{letter, said, told};
    use crate::letter::{Entry, Group, Id, Unread};

    #[test]
    fn documents_are_listed_with_author_and_date() {
        for (kind, author, from, to, expected) in [
            ("Medical records", "J. Sample", "01/02/2016", "01/02/2017", None),
            ("Application for Independent Medical Review", "", "01/02/2016", "", None),
            ("Guidelines (MTUS and others)", "", "", "", None),
            (
                "Medical records",
                "",
                "01/02/2016",
                "",
                Some("Warning Document 1 (Medical records) is listed without its author"),
            ),
            (
                "Medical records",
                "J. Sample",
                "",
                "",
                Some("Warning Document 1 (Medical records) is listed without a date"),
            ),
            (
                "Medical records",
                "J. Sample",
                "01/02/2015",
                "01/03/2016",
                Some(
                    "Note Document 1 (Medical records) spans more than 12 months in one entry",
                ),
            ),
        ] {
            let mut letter = letter(&["MRI"]);
            letter.add_row(Group::Documents, None);
            let document = &mut letter.documents[0];
            (document.kind, document.author) = (kind.into(), author.into());
            (document.from, document.to) = (Entry::read(from), Entry::read(to));
            assert_eq!(
                told(&letter, "L005"),
                Vec::from_iter(expected),
                "{kind} {author} {from} {to}"
            );
        }
    }

    #[test]
    fn what_an_import_could_not_place_or_found_altered_is_told() {
        let mut letter = letter(&["MRI"]);
        let unread = |text: &str, expected: &str| {
            Unread::new(Id::default(), 7, text.into(), Some(expected))
        };
        letter.unread = vec![
            unread("cc: nobody", ""),
            unread("The  items/Service", "The item/service"),
        ];
        assert_eq!(
            said(&letter, "L051"),
            ["Warning [] Line 7 of the imported letter is worded otherwise than this \
                    kind: The items/Service"]
        );
        assert_eq!(
            said(&letter, "L067"),
            ["Warning [] Line 7 of the imported letter was not understood: cc: nobody"]
        );
    }
}
