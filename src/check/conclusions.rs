//! Decisions against what their rationales conclude: the outcome, the side and the part
//! of the body.

use super::input::Rationale;
use super::sense::{Conclusion, Sense, conclusions};
use super::subject::share_a_part;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Rule};
use crate::diagnostic::{Change, Severity, TextRange};
use crate::letter::phrasing::{closing_sentence, title};
use crate::letter::{Denial, FieldPath};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L010",
        name: "contradiction",
        severity: Severity::Error,
        family: Family::Decisions,
        summary: "Every decision matches its rationale's conclusion",
        help: "A letter that decides one thing and argues for the other is appealed at \
            once. The last sentence that says whether the treatment is necessary is \
            compared with the decision, in any of many wordings. Ignores conditions, \
            quotations and decisions in part. A rationale without a conclusion gets a \
            note.",
        find: contradicted,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L011",
        name: "other-subject",
        severity: Severity::Error,
        family: Family::Decisions,
        summary: "The conclusion names the same side and body part as the title",
        help: "A conclusion about the other side or another body part was often copied \
            from another item. Ignores the reasons in the concluding sentence, and \
            conclusions that name no side or body part.",
        find: other_subject,
        ..Rule::DEFAULT
    },
];

fn contradicted(input: &Input<'_>, findings: &mut Findings) {
    let rationales = input.rationales();
    for rationale in &rationales {
        let Some(mut finding) = contradiction(input, rationale) else { continue };
        // Of several reviewers one may dissent.
        let mut others = rationales.iter();
        let is_shared = others.any(|other| {
            other.decided_at == rationale.decided_at
                && other.text.path != rationale.text.path
                && agrees(input, other)
        });
        if is_shared {
            finding.severity = finding.severity.max(Some(Severity::Warning));
        }
        findings.push(finding);
    }
}

/// Whether reasons conclude as their decision says.
fn agrees(input: &Input<'_>, rationale: &Rationale<'_>) -> bool {
    let Some(denial) = input.template.denial(rationale.decision) else { return false };
    let last = conclusions(rationale.text, input.library.conclusions()).next();
    last.is_some_and(|last| last.sense.fits(denial) == Some(true))
}

fn contradiction(input: &Input<'_>, rationale: &Rationale<'_>) -> Option<Finding> {
    let denial = input.template.denial(rationale.decision)?;
    if denial == Denial::Partly {
        return None;
    }
    let mut found = conclusions(rationale.text, input.library.conclusions());
    let Some(last) = found.next() else {
        return Some(without_conclusion(input, rationale, denial));
    };
    if last.sense.fits(denial)? {
        return None;
    }
    let word = input.template.head().outcome(&rationale.decision.0)?.word.as_str();
    let name = capitalized(&input.row_name(&rationale.decided_at));
    let says = if last.sense == Sense::Needed { "necessary" } else { "not necessary" };
    let message = format!(
        "{name} is marked \"{word}\", but its rationale concludes that the treatment \
            is {says}"
    );
    let hint = "Correct the one that is wrong";
    let mut finding = rationale.text.finding(last.sentence, message, hint);
    // Where a sentence before it concludes otherwise, it may speak of a part of the
    // request; a sentence that can be taken otherwise is left to its reader.
    let is_mixed = found.any(|before| before.sense.fits(denial) == Some(true));
    if is_mixed || !last.is_sure {
        finding = finding.with_severity(Severity::Warning);
    }
    let finding = with_fixes(input, finding, rationale, denial);
    Some(finding.also_at(rationale.decided_at.clone()))
}

/// Offers the closing sentence that fits the decision; and the decision that fits the
/// rationale, where there is one alone.
fn with_fixes(
    input: &Input<'_>,
    mut finding: Finding,
    rationale: &Rationale<'_>,
    denial: Denial,
) -> Finding {
    if let Some(closing) = closing_sentence(denial) {
        finding = finding
            .with_replacement(format!("Change the conclusion to \"{closing}\""), closing);
    }
    let opposite = if denial == Denial::Stands { Denial::Falls } else { Denial::Stands };
    let mut fitting = input.template.head().outcomes.iter().collect::<Vec<_>>();
    fitting.retain(|outcome| outcome.denial == opposite);
    if let [outcome] = fitting[..] {
        let label = format!("Change the decision to \"{}\"", outcome.word);
        let change = Change::Whole(outcome.key.clone());
        finding = finding.with_change(label, &rationale.decided_at, change);
    }
    finding
}

fn without_conclusion(
    input: &Input<'_>,
    rationale: &Rationale<'_>,
    denial: Denial,
) -> Finding {
    let (path, text) = (&rationale.text.path, rationale.text.text);
    let message = format!(
        "The rationale of {} does not say whether the treatment is necessary",
        input.row_name(path)
    );
    let hint = "End it with a conclusion that fits the decision";
    let finding = Finding::new(path.clone(), message, hint).with_severity(Severity::Note);
    let Some(closing) = closing_sentence(denial) else { return finding };
    let end = TextRange { start: text.trim_end().len(), end: text.len() };
    let change = Change::Words(end, format!(" {closing}"));
    finding.with_change(format!("Add \"{closing}\""), path, change)
}

fn other_subject(input: &Input<'_>, findings: &mut Findings) {
    for rationale in input.rationales() {
        if rationale.is_own() {
            findings.extend(other_subject_of(input, &rationale));
        }
    }
}

fn other_subject_of(input: &Input<'_>, rationale: &Rationale<'_>) -> Option<Finding> {
    let Rationale { item, text, .. } = rationale;
    let last = conclusions(text, input.library.conclusions()).next()?;
    let concluded = concluded_on(text.text, &last);
    let asked = title(&item.title);
    let (named, wanted) = match other_side(&asked, &text.text[concluded]) {
        Some(side) => side,
        None => other_part(input, &asked, &text.text[concluded])?,
    };
    let words = named + concluded.start;
    let message = format!(
        "The rationale of {} concludes about \"{}\", but the title asks for \"{wanted}\"",
        input.row_name(&text.path),
        &text.text[words],
    );
    let mut finding = text.finding(words, message, "Correct the one that is wrong");
    if SIDE.is_match(&wanted) {
        finding = finding.with_replacement(format!("Write \"{wanted}\""), wanted);
    }
    Some(finding.also_at(FieldPath::new("items[].request", &[item.id])))
}

/// What a conclusion is about: from "request", or else from the last clause's beginning,
/// to the words that conclude. What stands before gives its reasons, which may speak of
/// other sides and parts.
fn concluded_on(rationale: &str, conclusion: &Conclusion) -> TextRange {
    let start = conclusion.sentence.start;
    let end = conclusion.words.start.max(start);
    let words = &rationale[start..end];
    if let Some(request) = words.rfind("request") {
        return TextRange { start: start + request, end };
    }
    let clauses = [", the ", ", this ", "; ", "Therefore", "therefore"];
    let found = clauses.map(|beginning| words.rfind(beginning));
    let clause = found.into_iter().flatten().max();
    TextRange { start: start + clause.unwrap_or_default(), end }
}

pattern!(SIDE, r"\b(?:left|right|bilateral|both|rt|lt)\b");

/// The one side that the conclusion names, and the other one, which alone the title
/// names.
fn other_side(title: &str, conclusion: &str) -> Option<(TextRange, String)> {
    match (&sides(title)[..], &sides(conclusion)[..]) {
        ([wanted], [named]) => match (wanted.as_str(), named.as_str()) {
            ("left", "right") | ("right", "left") => {
                Some((SIDE.find(conclusion)?.range().into(), wanted.clone()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The sides that a text names, each once.
fn sides(text: &str) -> Vec<String> {
    let found = SIDE.find_iter(text);
    let mut sides: Vec<String> = found.map(|side| side.as_str().to_lowercase()).collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}

/// The part of the body that the conclusion names, and the one that the title names,
/// where they have nothing in common.
fn other_part(
    input: &Input<'_>,
    title: &str,
    conclusion: &str,
) -> Option<(TextRange, String)> {
    let anatomy = input.library.anatomy();
    let (first_named, _) = anatomy.find(conclusion).next()?;
    let (first_wanted, _) = anatomy.find(title).next()?;
    if share_a_part(&anatomy.named_in(title), &anatomy.named_in(conclusion)) {
        return None;
    }
    Some((first_named.into(), title[first_wanted].to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{fixed, letter, said};
    use crate::letter::{Decision, Letter};

    fn concluding(title: &str, decision: &str, rationale: &str) -> Letter {
        let mut letter = letter(&[title]);
        letter.items[0].decision = Decision(decision.into());
        letter.items[0].rationale = rationale.into();
        letter
    }

    #[test]
    fn a_decision_against_its_rationale_is_reported_with_both_fixes() {
        let needed = "Therapy failed. Therefore, the request is medically necessary.";
        let refused = "No deficit is documented. The request is not medically necessary.";
        for (decision, rationale, expected) in [
            ("upheld", refused, None),
            ("overturned", needed, None),
            ("upheld", "The request may be necessary once therapy has failed.", None),
            ("", needed, None),
            (
                "upheld",
                needed,
                Some(
                    "Error [Therefore, the request is medically necessary.] Item 1 is \
                        marked \"Upheld\", but its rationale concludes that the \
                        treatment is necessary",
                ),
            ),
            (
                "overturned",
                refused,
                Some(
                    "Error [The request is not medically necessary.] Item 1 is marked \
                        \"Overturned\", but its rationale concludes that the treatment \
                        is not necessary",
                ),
            ),
            (
                "overturned",
                "The request is medically necessary. More visits are not medically necessary.",
                Some(
                    "Warning [More visits are not medically necessary.] Item 1 is \
                        marked \"Overturned\", but its rationale concludes that the \
                        treatment is not necessary",
                ),
            ),
            (
                "upheld",
                "There is no deficit.",
                Some(
                    "Note [items[1].rationale] The rationale of item 1 does not say \
                        whether the treatment is necessary",
                ),
            ),
        ] {
            let letter = concluding("MRI", decision, rationale);
            assert_eq!(
                said(&letter, "L010"),
                Vec::from_iter(expected),
                "{decision}: {rationale}"
            );
            if expected.is_some() {
                assert_eq!(
                    said(&fixed(&letter, "L010"), "L010"),
                    [""; 0],
                    "{decision}: {rationale}"
                );
            }
        }
    }

    #[test]
    fn a_conclusion_on_another_side_or_part_is_reported() {
        for (title, conclusion, expected) in [
            (
                "MRI of the left knee",
                "The request for MRI of the left knee is not medically necessary.",
                None,
            ),
            (
                "MRI of the left knee",
                "Given the right knee's course, the request is not medically necessary.",
                None,
            ),
            (
                "MRI of the cervical spine",
                "The request for a spine MRI is not medically necessary.",
                None,
            ),
            (
                "EMG of the left upper extremity",
                "The EMG of the left hand is not medically necessary.",
                None,
            ),
            (
                "Norco #30",
                "The request for the low back is not medically necessary.",
                None,
            ),
            (
                "MRI of the left knee",
                "The request for MRI of the right knee is not medically necessary.",
                Some(
                    "Error [right] The rationale of item 1 concludes about \"right\", \
                        but the title asks for \"left\"",
                ),
            ),
            (
                "MRI of the lumbar spine",
                "The request for MRI of the cervical spine is not medically necessary.",
                Some(
                    "Error [cervical spine] The rationale of item 1 concludes about \
                        \"cervical spine\", but the title asks for \"lumbar spine\"",
                ),
            ),
        ] {
            let letter = concluding(title, "upheld", conclusion);
            assert_eq!(
                said(&letter, "L011"),
                Vec::from_iter(expected),
                "{title}: {conclusion}"
            );
        }
    }
}
