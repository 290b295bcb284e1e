//! Whether the reviewer's specialties treat what is asked for.

use std::ops::Range;

use super::text::words;
use super::wording::{row, sentence};
use super::{Finding, Input};
use crate::letter::phrasing::and_list;
use crate::letter::{FieldPath, Item};
use crate::library::Specialism;

/// L049: a treatment of certain specialties, and no reviewer who has one of them.
pub(super) fn unlikely(input: &Input<'_>) -> Vec<Finding> {
    let certifications: Vec<&String> = input
        .letter
        .reviewers
        .iter()
        .flat_map(|reviewer| &reviewer.certifications)
        .collect();
    // What stands in no list is judged by nobody.
    let known = input.library.list("specialties");
    if certifications.is_empty()
        || !certifications.iter().all(|held| known.contains(held))
    {
        return Vec::new();
    }
    let fits = |treatment: &Specialism| {
        let begins = |held: &&String| {
            treatment
                .specialties
                .iter()
                .any(|specialty| held.trim().starts_with(specialty.as_str()))
        };
        certifications.iter().any(begins)
    };
    let items = input.letter.items.iter().filter(|item| item.depends_on.is_none());
    let findings = items.filter_map(|item| {
        let places: Vec<Range<usize>> = words(&item.title.request).collect();
        let asked = |treatment| {
            Some((treatment, asked_for(treatment, &item.title.request, &places)?))
        };
        let (treatment, words) = input.library.specialisms().iter().find_map(asked)?;
        (!fits(treatment))
            .then(|| finding(input, item, treatment, words, &certifications))?
    });
    findings.collect()
}

fn finding(
    input: &Input<'_>,
    item: &Item,
    treatment: &Specialism,
    words: Range<usize>,
    held: &[&String],
) -> Option<Finding> {
    let path = FieldPath::new("items[].request", &[item.id]);
    let name = row(input.letter, &path)?;
    let held = and_list(held);
    let message = format!(
        "{} asks for {}, which a reviewer certified in {held} seldom judges",
        sentence(&name),
        treatment.name
    );
    let hint = "Check that the reviewer was assigned to the right case";
    let reviewer = input.letter.reviewers.first()?.id;
    let finding = Finding::at(&path, &item.title.request, words, message, hint);
    Some(finding.and(FieldPath::new("reviewers[].certifications", &[reviewer])))
}

/// The words of a title that ask for a treatment; `places` are those of all its words.
fn asked_for(
    treatment: &Specialism,
    title: &str,
    places: &[Range<usize>],
) -> Option<Range<usize>> {
    let is_word = |place: &Range<usize>, word: &str| {
        title[place.clone()].eq_ignore_ascii_case(word)
    };
    let holds = |wanted: &String| {
        let length = wanted.split(' ').count();
        let is_it = |places: &&[Range<usize>]| {
            places
                .iter()
                .zip(wanted.split(' '))
                .all(|(place, word)| is_word(place, word))
        };
        places
            .windows(length)
            .find(is_it)
            .map(|places| places[0].start..places[length - 1].end)
    };
    let found = treatment.words.iter().find_map(holds)?;
    treatment
        .unless
        .iter()
        .all(|words| holds(words).is_none())
        .then_some(found)
}

#[cfg(test)]
mod tests {
    use crate::check::cases::told;

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
                    {certification} seldom judges"
                )
            });
            assert_eq!(told("L049", &written, |_| ()), Vec::from_iter(said), "{request}");
        }
    }
}
