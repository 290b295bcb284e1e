//! Whether everything is there that makes a letter of its template.

use jiff::ToSpan;

use super::input::FormPlace;
use super::wording::{capitalized, missing_message, shortened};
use super::{Finding, Findings, Input, Overriding, Reads, Rule};
use crate::diagnostic::{Action, Anchor, Severity};
use crate::letter::fields::{Field, Kind, Section, Value};
use crate::letter::{DocumentReviewed, FieldPath, Group, UnreadKind, row_noun};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L001",
        name: "missing",
        severity: Severity::Error,
        family: Family::Completeness,
        summary: "Every field and row that the template requires is filled in",
        help: "A letter without one of these is sent back. The template's head says which \
            fields are required. Only the claimant's sex can be left empty, for a written \
            reason: the records may not state it.",
        find: missing,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L002",
        reads: &[Reads::Case],
        name: "case-number",
        severity: Severity::Error,
        family: Family::Completeness,
        summary: "The case number has the template's form, and the text mentions no \
            other case",
        help: "The number joins the letter to its case. Letters, digits and length are \
            compared with the form in the template's head. Another number of that form \
            in the text is a warning.",
        overriding: Overriding::Never,
        find: case_number,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L003",
        name: "qualifications",
        severity: Severity::Error,
        family: Family::Completeness,
        summary: "Every reviewer has confirmed every statement, and has a certification \
            and a license",
        help: "The law requires that a reviewer has no affiliation with the parties, has \
            practiced for five years and still practices (Labor Code 139.5(d)). Only the \
            reviewer can say so.",
        overriding: Overriding::Never,
        find: qualifications,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L004",
        name: "documents",
        severity: Severity::Error,
        family: Family::Completeness,
        summary: "The documents include more than the utilization review determination",
        help: "The law forbids deciding on the utilization review determination alone. \
            List the records that you read.",
        overriding: Overriding::Never,
        find: documents,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L005",
        name: "vague-document",
        severity: Severity::Warning,
        family: Family::Completeness,
        summary: "Every document is listed with its author and date",
        help: "Parties ask whether their report was read. Applications, utilization \
            review determinations, letters and guidelines need no author. A range of \
            more than twelve months in one entry is noted.",
        find: vague_documents,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L051",
        name: "altered",
        severity: Severity::Warning,
        family: Family::Completeness,
        summary: "The fixed words of an imported letter match its template",
        help: "A form that is copied from letter to letter changes little by little. The \
            letter will have the template's own words; both versions are shown, with the \
            line they came from.",
        find: altered,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L066",
        name: "printed-gap",
        severity: Severity::Error,
        family: Family::Completeness,
        summary: "Nothing that the letter prints is empty",
        help: "The letter prints the field even though it is not required. An empty one \
            leaves a gap in a sentence.",
        overriding: Overriding::Never,
        find: printed_gaps,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L067",
        name: "unread",
        severity: Severity::Warning,
        family: Family::Completeness,
        summary: "Everything in an imported letter has its place in the form",
        help: "What an import could not place stays with the draft, with its line, until \
            you mark it as done.",
        find: unread,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L068",
        name: "proposed",
        severity: Severity::Note,
        family: Family::Completeness,
        summary: "What an import worked out from the text has been checked",
        help: "Sex, age and body parts are worked out from the text of an imported \
            letter. Check them once.",
        find: proposed,
        ..Rule::DEFAULT
    },
];

/// What is said where a group that must have a row has none.
fn no_row_message(group: &str) -> String {
    match group {
        "reviewers" => "The letter needs a reviewer".into(),
        "recipients" => "The letter needs a recipient".into(),
        "documents" => "The letter needs a list of documents".into(),
        "items" => "The letter needs an item in dispute".into(),
        own => {
            let noun = row_noun(own.trim_start_matches("extra."));
            format!("The letter has no {noun} yet")
        }
    }
}

const STATEMENTS: &[&str] = &[
    "reviewers[].attests_no_affiliation",
    "reviewers[].attests_five_years",
    "reviewers[].attests_active_practice",
];

/// What records may not state.
const SEX: &[&str] = &["claimant.sex", "extra.gender", "extra.sex"];

const QUALIFICATIONS: &[&str] =
    &["reviewers[].certifications", "reviewers[].licence_states"];

fn missing(input: &Input<'_>, findings: &mut Findings) {
    for (group, section) in groups(input) {
        let prefix = group.prefix();
        if input.template.requires(&prefix, input.letter)
            && input.letter.row_ids(group).is_empty()
        {
            let hint = format!("Add one under \"{}\"", section.label());
            let finding = Finding::new(group.place(), no_row_message(&prefix), hint);
            let finding = finding.with_action(Action::FillIn);
            findings.push(finding.never_overridable());
        }
    }
    for FormPlace { field, path, value } in input.places() {
        // A statement that is not confirmed is L003's matter, in words of its own.
        if value.is_empty()
            && field.kind != Kind::YesNo
            && input.template.requires(&field.pattern, input.letter)
        {
            let finding = empty_field(input, field, path).with_action(Action::FillIn);
            let is_sex = SEX.contains(&&*field.pattern);
            findings.push(if is_sex { finding } else { finding.never_overridable() });
        }
    }
}

/// What the letter prints although it is empty and nothing asks for it.
fn printed_gaps(input: &Input<'_>, findings: &mut Findings) {
    let mut seen: Vec<&FieldPath> = Vec::new();
    for path in input.document.gaps() {
        let Some(field) = input.template.field(path.pattern()) else { continue };
        let is_asked = field.is_asked(input.letter, path);
        // What is required is L001's matter.
        let is_required = input.template.requires(&field.pattern, input.letter);
        if (is_required && is_asked) || seen.contains(&path) {
            continue;
        }
        seen.push(path);
        findings.push(if is_asked {
            empty_field(input, field, path).with_action(Action::FillIn)
        } else {
            let message = missing_message(input.letter, field, path);
            let hint = "Choose a type of request that has it, or another decision";
            Finding::new(path.clone(), message, hint)
        });
    }
}

/// Fixed words of an imported letter that differ from the template's own.
fn altered(input: &Input<'_>, findings: &mut Findings) {
    for unread in &input.letter.unread {
        let UnreadKind::Altered { expected } = &unread.kind else { continue };
        let message = format!(
            "Line {} of the imported letter differs from this template: {}",
            unread.line,
            shortened(&unread.words())
        );
        let hint = format!("This letter will say: {}", shortened(expected));
        findings.push(Finding::new(Anchor::Letter, message, hint));
    }
}

/// Words of an imported letter that fit no field.
fn unread(input: &Input<'_>, findings: &mut Findings) {
    for unread in &input.letter.unread {
        if let UnreadKind::Altered { .. } = unread.kind {
            continue;
        }
        let finding = if unread.kind == UnreadKind::Nothing {
            Finding::new(
                FieldPath::new("summary", &[]),
                "No template matches the imported letter, so its full text is in the summary",
                "Move its parts to the fields where they belong",
            )
        } else if let UnreadKind::Aside(why) = unread.kind {
            Finding::new(
                Anchor::Letter,
                format!("{}: {}", why.told(), shortened(&unread.words())),
                "Look at the imported file, then mark this as done",
            )
        } else {
            let message = format!(
                "Line {} of the imported letter was not recognized: {}",
                unread.line,
                shortened(&unread.words())
            );
            let hint = "Put the text where it belongs, then mark it as done";
            Finding::new(Anchor::Letter, message, hint)
        };
        findings.push(finding.with_action(Action::MarkAsDone));
    }
}

fn proposed(input: &Input<'_>, findings: &mut Findings) {
    for path in &input.letter.proposed {
        let Some(field) = input.template.field(path.pattern()) else { continue };
        let message = format!(
            "{} was inferred from the imported letter",
            capitalized(&input.field_name(field, path))
        );
        let hint = "Check it, then confirm it";
        let finding = Finding::new(path.clone(), message, hint);
        findings.push(finding.with_action(Action::AcceptProposal));
    }
}

/// The outermost groups of the form, each with its section.
fn groups(input: &Input<'_>) -> Vec<(Group, Section)> {
    let mut groups: Vec<(Group, Section)> = Vec::new();
    for field in input.template.fields() {
        let Some((prefix, _)) = field.pattern.split_once("[]") else { continue };
        let Some(group) = Group::named(prefix, &[]) else { continue };
        if groups.iter().all(|(seen, _)| *seen != group) {
            groups.push((group, field.section));
        }
    }
    groups
}

fn empty_field(input: &Input<'_>, field: &Field, path: &FieldPath) -> Finding {
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
    Finding::new(path.clone(), missing_message(input.letter, field, path), hint)
}

fn case_number(input: &Input<'_>, findings: &mut Findings) {
    let pattern = &input.template.head().case_number;
    let number = &input.letter.case.number;
    other_case_numbers(input, pattern, number, findings);
    if pattern.is_empty() || number.trim().is_empty() || has_form(number, pattern) {
        return;
    }
    let message = format!("{number} is not a case number for this template");
    let hint = format!("Case numbers look like {}", example(pattern));
    findings.push(Finding::new(FieldPath::new("case.number", &[]), message, hint));
}

/// Numbers of other cases that the text holds, of a form that nothing else has.
fn other_case_numbers(
    input: &Input<'_>,
    pattern: &str,
    own: &str,
    findings: &mut Findings,
) {
    const LEAST_DIGITS: usize = 7;
    if pattern.matches('9').count() < LEAST_DIGITS {
        return;
    }
    for text in input.texts().iter().filter(|text| text.is_of_the_case()) {
        for word in text.text.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
            if !has_form(word, pattern) || word == own.trim() {
                continue;
            }
            let Some(start) = text.text.find(word) else { continue };
            let message = format!(
                "{} mentions case {word}, but this letter is about {own}",
                capitalized(&text.name(input))
            );
            let hint = "Correct the number, or remove it";
            let range = start..start + word.len();
            let finding = text.finding(range, message, hint);
            findings.push(finding.with_severity(Severity::Warning));
        }
    }
}

/// Whether a number has the letters of a pattern, and a digit wherever that has a 9.
fn has_form(number: &str, pattern: &str) -> bool {
    let mut found = number.chars();
    for wanted in pattern.chars() {
        let fits = match found.next() {
            Some(digit) if wanted == '9' => digit.is_ascii_digit(),
            other => other == Some(wanted),
        };
        if !fits {
            return false;
        }
    }
    found.next().is_none()
}

/// A number of the pattern, with digits that nobody takes for a rule: `CM12-3456789`.
fn example(pattern: &str) -> String {
    let mut number = String::new();
    let mut digit = 0;
    for character in pattern.chars() {
        if character == '9' {
            digit = (digit + 1) % 10;
            number += &digit.to_string();
        } else {
            number.push(character);
        }
    }
    number
}

fn qualifications(input: &Input<'_>, findings: &mut Findings) {
    for FormPlace { field, path, value } in input.places() {
        if !value.is_empty() {
            continue;
        }
        let pattern = &*field.pattern;
        if STATEMENTS.contains(&pattern) {
            let message = format!(
                "{} has not confirmed \"{}\"",
                capitalized(&input.row_name(path)),
                field.label
            );
            let hint = "Check this box to confirm";
            let finding = Finding::new(path.clone(), message, hint);
            findings.push(finding.with_action(Action::FillIn));
        } else if QUALIFICATIONS.contains(&pattern)
            // Where the template requires it, L001 has said so.
            && !input.template.requires(pattern, input.letter)
        {
            let finding = empty_field(input, field, path);
            findings.push(finding.with_action(Action::FillIn));
        }
    }
}

/// A decision may not rest on the decision in dispute alone. That nothing is listed at
/// all is L001's matter.
fn documents(input: &Input<'_>, findings: &mut Findings) {
    if input.letter.documents.is_empty() || !input.asks_for("documents[].kind") {
        return;
    }
    for FormPlace { field, value, .. } in input.places() {
        if let Value::Text(kind) = value
            && field.pattern == "documents[].kind"
            && !is_utilization_review(kind)
        {
            return;
        }
    }
    findings.push(Finding::new(
        FieldPath::new("documents", &[]),
        "The only document listed is the utilization review determination",
        "List the medical records that were reviewed; the law forbids deciding on that \
            determination alone",
    ));
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

/// The longest that the reports of one entry may lie apart, in months: in a longer range
/// nobody sees which were read.
const LONGEST_RANGE: i32 = 12;

fn vague_documents(input: &Input<'_>, findings: &mut Findings) {
    if !input.asks_for("documents[].kind") {
        return;
    }
    for document in &input.letter.documents {
        if !document.kind.trim().is_empty() {
            findings.extend(vague_document(input, document));
        }
    }
}

/// The first thing that keeps a document from being recognized among others.
fn vague_document(input: &Input<'_>, document: &DocumentReviewed) -> Option<Finding> {
    let written = document.kind.trim();
    let kind = written.to_lowercase();
    let row = FieldPath::new("documents[].kind", &[document.id]);
    let name = format!("{} ({written})", capitalized(&input.row_name(&row)));
    let path = |field: &str| FieldPath::new(field, &[document.id]);
    let needs_author = input.asks_for("documents[].author")
        && !WITHOUT_AUTHOR.iter().any(|known| kind.contains(known));
    if needs_author && document.author.trim().is_empty() {
        let message = format!("{name} has no author");
        return Some(Finding::new(
            path("documents[].author"),
            message,
            "Say who wrote it",
        ));
    }
    let needs_date = input.asks_for("documents[].from") && !kind.contains("guidelines");
    if needs_date && document.from.is_empty() && document.to.is_empty() {
        let message = format!("{name} has no date");
        let hint = "Add its date, or its first and last dates";
        return Some(Finding::new(path("documents[].from"), message, hint));
    }
    let (from, to) = (document.from.understood()?, document.to.understood()?);
    if *to <= from.checked_add(LONGEST_RANGE.months()).ok()? {
        return None;
    }
    let message = format!("{name} covers more than {LONGEST_RANGE} months in one entry");
    let hint = "List the reports that the decision rests on, with their dates";
    let finding = Finding::new(path("documents[].to"), message, hint);
    Some(finding.with_severity(Severity::Note))
}

fn is_utilization_review(kind: &str) -> bool {
    let kind = kind.trim().to_lowercase();
    kind.starts_with("utilization review") || kind.starts_with("ur ") || kind == "ur"
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{found, letter, said};
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
                Some("Warning Document 1 (Medical records) has no author"),
            ),
            (
                "Medical records",
                "J. Sample",
                "",
                "",
                Some("Warning Document 1 (Medical records) has no date"),
            ),
            (
                "Medical records",
                "J. Sample",
                "01/02/2015",
                "01/03/2016",
                Some(
                    "Note Document 1 (Medical records) covers more than 12 months in \
                        one entry",
                ),
            ),
        ] {
            let mut letter = letter(&["MRI"]);
            letter.add_row(Group::Documents, None);
            let document = &mut letter.documents[0];
            (document.kind, document.author) = (kind.into(), author.into());
            (document.from, document.to) = (Entry::read(from), Entry::read(to));
            assert_eq!(
                found(&letter, "L005")
                    .iter()
                    .map(|found| format!("{:?} {}", found.severity, found.message))
                    .collect::<Vec<_>>(),
                Vec::from_iter(expected),
                "{kind} {author} {from} {to}"
            );
        }
    }

    #[test]
    fn text_that_an_import_could_not_place_or_found_altered_is_reported() {
        let mut letter = letter(&["MRI"]);
        letter.unread = vec![
            Unread::new(Id(0), 7, "cc: nobody".into(), None),
            Unread::new(Id(0), 7, "The  items/Service".into(), Some("The item/service")),
        ];
        assert_eq!(
            said(&letter, "L051"),
            ["Warning [] Line 7 of the imported letter differs from this template: The \
                items/Service"]
        );
        assert_eq!(
            said(&letter, "L067"),
            ["Warning [] Line 7 of the imported letter was not recognized: cc: nobody"]
        );
    }
}
