//! Whether the reviewer's specialties treat what is asked for.

use super::text::words;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Severity, TextRange};
use crate::letter::phrasing::and_list;
use crate::letter::{FieldPath, Item};
use crate::library::Specialism;
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L049",
    reads: &[Reads::Titles],
    name: "specialty",
    severity: Severity::Warning,
    family: Family::Completeness,
    summary: "The reviewer has a specialty that covers the treatment",
    help: "Decisions were set aside because the reviewer's specialty did not fit the \
        condition. Looks at treatments that a list gives to certain specialties, such as \
        surgery, injections, dental and psychological care. Everything else fits any \
        specialty.",
    find: unlikely_specialty,
    ..Rule::DEFAULT
}];

fn unlikely_specialty(input: &Input<'_>, findings: &mut Findings) {
    let reviewers = input.letter.reviewers.iter();
    let held: Vec<&String> =
        reviewers.flat_map(|reviewer| &reviewer.certifications).collect();
    // What stands in no list is judged by nobody.
    let known = input.library.list("specialties");
    if held.is_empty() || !held.iter().all(|held| known.contains(held)) {
        return;
    }
    for item in &input.letter.items {
        if item.depends_on.is_some() {
            continue;
        }
        if let Some((treatment, words)) = special_treatment(input, &item.title.request)
            && !held.iter().any(|held| is_treated_by(treatment, held))
        {
            findings.extend(finding(input, item, treatment, words, &held));
        }
    }
}

/// Whether a certification is in one of the specialties that a treatment belongs to.
fn is_treated_by(treatment: &Specialism, held: &str) -> bool {
    let mut specialties = treatment.specialties.iter();
    specialties.any(|specialty| held.trim().starts_with(specialty.as_str()))
}

fn finding(
    input: &Input<'_>,
    item: &Item,
    treatment: &Specialism,
    words: TextRange,
    held: &[&String],
) -> Option<Finding> {
    let path = FieldPath::new("items[].request", &[item.id]);
    let message = format!(
        "{} asks for {}, which a reviewer certified in {} rarely decides",
        capitalized(&input.row_name(&path)),
        treatment.name,
        and_list(held)
    );
    let hint = "Check that the right reviewer was assigned";
    let reviewer = input.letter.reviewers.first()?.id;
    let finding = Finding::at(&path, words, message, hint);
    Some(finding.also_at(FieldPath::new("reviewers[].certifications", &[reviewer])))
}

/// The first treatment of certain specialties that a title asks for, and its words.
fn special_treatment<'a>(
    input: &Input<'a>,
    title: &str,
) -> Option<(&'a Specialism, TextRange)> {
    let places: Vec<TextRange> = words(title).collect();
    for treatment in input.library.specialisms() {
        let is_excluded = treatment
            .unless
            .iter()
            .any(|words| find(title, &places, words).is_some());
        if is_excluded {
            continue;
        }
        for words in &treatment.words {
            if let Some(found) = find(title, &places, words) {
                return Some((treatment, found));
            }
        }
    }
    None
}

/// Where a title has these words in a row; `places` are those of all its words.
fn find(title: &str, places: &[TextRange], wanted: &str) -> Option<TextRange> {
    let wanted: Vec<&str> = wanted.split(' ').collect();
    for row in places.windows(wanted.len()) {
        let mut pairs = row.iter().zip(&wanted);
        if pairs.all(|(place, word)| title[*place].eq_ignore_ascii_case(word)) {
            let end = row.last()?.end;
            return Some(TextRange { start: row[0].start, end });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::check::tests::reported;

    #[test]
    fn a_treatment_of_certain_specialties_wants_one_of_them() {
        for (request, certification, expected) in [
            (
                "Trigger Point Injections",
                "Internal Medicine",
                Some(("Trigger Point Injections", "trigger point and joint injections")),
            ),
            ("Trigger Point Injections", "Pain Management", None),
            (
                "L4-5 laminectomy",
                "Family Practice",
                Some(("laminectomy", "spine surgery")),
            ),
            ("Consultation for laminectomy", "Family Practice", None),
            ("MRI of the knee", "Psychiatry", None),
        ] {
            let written = [
                ("items[1].request", request),
                ("items[2].request", "MRI"),
                ("reviewers[1].certifications", certification),
            ];
            let said = expected.map(|(words, name)| {
                format!(
                    "{words}: Item 1 asks for {name}, which a reviewer certified in \
                        {certification} rarely decides"
                )
            });
            assert_eq!(
                reported("L049", &written, |_| ()),
                Vec::from_iter(said),
                "{request}"
            );
        }
    }
}
