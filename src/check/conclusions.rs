//! Decisions against what their rationales conclude: the outcome, the side and the part
//! of the body.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::sense::{Conclusion, Sense, conclusions};
use super::wording::{row, sentence};
use super::{Finding, Input, compiled};
use crate::diagnostic::{Change, Severity};
use crate::letter::phrasing::{
    closing_sentence, says_that_the_surgery_is_refused, title,
};
use crate::letter::{Decision, Denial, FieldPath, Item};
use crate::library::Part;

/// A decision beside its reasons: an item's own, or one reviewer's.
struct Reasoned<'a> {
    decision: &'a Decision,
    place: FieldPath,
    rationale: &'a str,
    reasons: FieldPath,
}

fn reasoned<'a>(input: &Input<'a>) -> Vec<Reasoned<'a>> {
    let of_item = |item: &'a Item| {
        let own = Reasoned {
            decision: &item.decision,
            place: FieldPath::new("items[].decision", &[item.id]),
            rationale: &item.rationale,
            reasons: FieldPath::new("items[].rationale", &[item.id]),
        };
        let opinions = item.opinions.iter().map(|opinion| Reasoned {
            decision: &opinion.decision,
            place: FieldPath::new("items[].opinions[].decision", &[item.id, opinion.id]),
            rationale: &opinion.rationale,
            reasons: FieldPath::new(
                "items[].opinions[].rationale",
                &[item.id, opinion.id],
            ),
        });
        std::iter::once(own).chain(opinions).collect::<Vec<_>>()
    };
    let all = input.letter.items.iter().flat_map(of_item);
    all.filter(|reasoned| {
        input.asks_for(&reasoned.reasons.pattern())
            && !reasoned.rationale.trim().is_empty()
    })
    .collect()
}

/// L010: the decision follows from what the rationale concludes.
pub(super) fn contradicted(input: &Input<'_>) -> Vec<Finding> {
    reasoned(input)
        .iter()
        .filter_map(|reasoned| contradiction(input, reasoned))
        .collect()
}

fn contradiction(input: &Input<'_>, reasoned: &Reasoned<'_>) -> Option<Finding> {
    let denial = input
        .template
        .denial(reasoned.decision)
        .filter(|&denial| denial != Denial::Partly)?;
    let mut found = conclusions(reasoned.rationale, input.library.conclusions());
    let Some(last) = found.next() else {
        return Some(without_conclusion(input, reasoned, denial));
    };
    if last.sense.fits(denial)? {
        return None;
    }
    let word = input.template.head().outcome(&reasoned.decision.0)?.word.as_str();
    let name = sentence(&row(input.letter, &reasoned.place)?);
    let says = if last.sense == Sense::Needed { "necessary" } else { "not necessary" };
    let message = format!(
        "{name} is decided \"{word}\", and its rationale concludes that the treatment is {says}"
    );
    let hint = "Correct whichever of the two is wrong";
    let finding = Finding::at(
        &reasoned.reasons,
        reasoned.rationale,
        last.sentence.clone(),
        message,
        hint,
    );
    // Where the sentences before it conclude otherwise, it may speak of a part of the
    // request.
    let is_doubtful = found.any(|before| before.sense.fits(denial) == Some(true));
    let finding = if is_doubtful { finding.weighing(Severity::Warning) } else { finding };
    Some(with_remedies(input, finding, reasoned, denial).and(reasoned.place.clone()))
}

/// The closing sentence that fits the decision; and the decision that fits the rationale,
/// where there is one.
fn with_remedies(
    input: &Input<'_>,
    finding: Finding,
    reasoned: &Reasoned<'_>,
    denial: Denial,
) -> Finding {
    let finding = match closing_sentence(denial) {
        Some(closing) => finding.reworded(format!("Conclude \"{closing}\""), closing),
        None => finding,
    };
    let opposite = if denial == Denial::Stands { Denial::Falls } else { Denial::Stands };
    let mut fitting = input
        .template
        .head()
        .outcomes
        .iter()
        .filter(|outcome| outcome.denial == opposite);
    match (fitting.next(), fitting.next()) {
        (Some(outcome), None) => {
            let label = format!("Decide \"{}\"", outcome.word);
            finding.fixed(label, &reasoned.place, Change::Whole(outcome.key.clone()))
        }
        _ => finding,
    }
}

fn without_conclusion(
    input: &Input<'_>,
    reasoned: &Reasoned<'_>,
    denial: Denial,
) -> Finding {
    let name = row(input.letter, &reasoned.reasons).unwrap_or_default();
    let message = format!(
        "The rationale of {name} does not say whether the treatment is necessary"
    );
    let hint = "End it with the conclusion that fits the decision";
    let finding =
        Finding::new(reasoned.reasons.clone(), message, hint).weighing(Severity::Note);
    let end = reasoned.rationale.trim_end().len();
    let Some(closing) = closing_sentence(denial) else { return finding };
    let words =
        Change::Words((end..reasoned.rationale.len()).into(), format!(" {closing}"));
    finding.fixed(format!("Add \"{closing}\""), &reasoned.reasons, words)
}

/// L011: the conclusion names the side and the part of the body that the title names.
pub(super) fn other_subject(input: &Input<'_>) -> Vec<Finding> {
    let items = input
        .letter
        .items
        .iter()
        .filter(|_| input.asks_for("items[].rationale"));
    items.filter_map(|item| other_subject_of(input, item)).collect()
}

fn other_subject_of(input: &Input<'_>, item: &Item) -> Option<Finding> {
    if says_that_the_surgery_is_refused(&item.rationale) {
        return None;
    }
    let last = conclusions(&item.rationale, input.library.conclusions()).next()?;
    let subject = subject_of(&item.rationale, &last);
    let asked = title(&item.title);
    let words = &item.rationale[subject.clone()];
    let (named, wanted) =
        other_side(&asked, words).or_else(|| other_part(input, &asked, words))?;
    let path = FieldPath::new("items[].rationale", &[item.id]);
    let place = subject.start + named.start..subject.start + named.end;
    let name = row(input.letter, &path)?;
    let message = format!(
        "The rationale of {name} concludes on \"{}\", and the title asks for \"{wanted}\"",
        &item.rationale[place.clone()],
    );
    let hint = "Correct whichever of the two is wrong";
    let finding = Finding::at(&path, &item.rationale, place, message, hint);
    let is_side = SIDE.is_match(&wanted);
    let finding = if is_side {
        finding.reworded(format!("Write \"{wanted}\""), wanted)
    } else {
        finding
    };
    Some(finding.and(FieldPath::new("items[].request", &[item.id])))
}

/// What a conclusion is about: from "request", or else from the last clause's beginning,
/// to the words that conclude.
fn subject_of(rationale: &str, conclusion: &Conclusion) -> Range<usize> {
    let before =
        conclusion.sentence.start..conclusion.words.start.max(conclusion.sentence.start);
    let words = &rationale[before.clone()];
    let request = words.rfind("request");
    let clause = [", the ", ", this ", "; ", "Therefore", "therefore"]
        .iter()
        .filter_map(|start| words.rfind(start))
        .max();
    before.start + request.or(clause).unwrap_or_default()..before.end
}

static SIDE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)\b(?:left|right|bilateral|both|rt|lt)\b"));

/// The one side that the conclusion names, and the other one, which alone the title
/// names.
fn other_side(title: &str, conclusion: &str) -> Option<(Range<usize>, String)> {
    let sides = |text: &str| {
        let mut sides: Vec<String> = SIDE
            .find_iter(text)
            .map(|found| found.as_str().to_lowercase())
            .collect();
        sides.sort_unstable();
        sides.dedup();
        sides
    };
    let wanted = sides(title);
    let is_other = matches!((&wanted[..], &sides(conclusion)[..]), ([wanted], [named])
        if matches!((wanted.as_str(), named.as_str()), ("left", "right") | ("right", "left")));
    is_other.then_some(())?;
    Some((SIDE.find(conclusion)?.range(), wanted.into_iter().next()?))
}

/// The part of the body that the conclusion names, and the one that the title names,
/// where they have nothing in common.
fn other_part(
    input: &Input<'_>,
    title: &str,
    conclusion: &str,
) -> Option<(Range<usize>, String)> {
    let anatomy = input.library.anatomy();
    let wanted = anatomy.named_in(title);
    let named: Vec<(Range<usize>, &Part)> = anatomy.find(conclusion).collect();
    let is_one = |part: &Part| {
        wanted.iter().any(|wanted| wanted.may_be(part) || part.may_be(wanted))
    };
    if wanted.is_empty() || named.iter().any(|(_, part)| is_one(part)) {
        return None;
    }
    let (place, _) = anatomy.find(title).next()?;
    Some((named.first()?.0.clone(), title[place].to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::check::specimen::{fixed, letter, said};
    use crate::letter::{Decision, Letter};

    fn concluding(title: &str, decision: &str, rationale: &str) -> Letter {
        let mut letter = letter(&[title]);
        letter.items[0].decision = Decision(decision.into());
        letter.items[0].rationale = rationale.into();
        letter
    }

    #[test]
    fn a_decision_against_its_rationale_is_told_with_both_remedies() {
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
                        decided \"Upheld\", and its rationale \
                     concludes that the treatment is necessary",
                ),
            ),
            (
                "overturned",
                refused,
                Some(
                    "Error [The request is not medically necessary.] Item 1 is \
                        decided \"Overturned\", and its rationale \
                     concludes that the treatment is not necessary",
                ),
            ),
            (
                "overturned",
                "The request is medically necessary. More visits are not medically necessary.",
                Some(
                    "Warning [More visits are not medically necessary.] Item 1 is \
                        decided \"Overturned\", and its rationale \
                     concludes that the treatment is not necessary",
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
    fn a_conclusion_on_another_side_or_part_is_told() {
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
                    "Error [right] The rationale of item 1 concludes on \"right\", and \
                        the title asks for \"left\"",
                ),
            ),
            (
                "MRI of the lumbar spine",
                "The request for MRI of the cervical spine is not medically necessary.",
                Some(
                    "Error [cervical spine] The rationale of item 1 concludes \
                        on \"cervical spine\", and the title asks for \"lumbar spine\"",
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
