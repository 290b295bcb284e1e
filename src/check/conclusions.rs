//! Decisions against what their rationales conclude.

use super::claims::claim;
use super::input::Rationale;
use super::sense::{Conclusion, Sense, conclusions};
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Change, Severity, TextRange};
use crate::letter::Denial;
use crate::letter::phrasing::closing_sentence;
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L010",
    reads: &[Reads::Reasons],
    name: "contradiction",
    severity: Severity::Error,
    family: Family::Decisions,
    summary: "Every decision matches its rationale's conclusion",
    help: "A letter that decides one thing and argues for the other gets appealed. \
            The last sentence that says whether the treatment is necessary is compared \
            with the decision, whatever words it uses. Conditions, quotations and \
            decisions in part are skipped. It is a warning where the sentence can be \
            read another way, and a note where a rationale has no conclusion.",
    find: contradicted,
    ..Rule::DEFAULT
}];

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
        let is_said = says_otherwise(input, rationale);
        return (!is_said).then(|| without_conclusion(input, rationale, denial));
    };
    if last.sense.fits(denial)? || speaks_of_more(input, rationale, denial, &last) {
        return None;
    }
    let word = input.template.head().outcome(&rationale.decision.0)?.word.as_str();
    let name = capitalized(&input.row_name(&rationale.decided_at));
    let says = if last.sense == Sense::Needed { "necessary" } else { "not necessary" };
    let message = format!(
        "{name} is marked {word}, but {} concludes that the treatment is {says}",
        its_reasons(input, rationale)
    );
    let hint = "Change the decision or the conclusion";
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

pattern!(
    /// What is left of the request itself: "the rest is not".
    OF_THE_SAME,
    r"\b(?:rest|remain\w*|others?|balance|excess|more|all|first|second|third|latter|it",
    r"|they|this|that|those|these|\d+)\b"
);

/// "The knee is necessary; the upgrade is not", where the title asks for the knee alone
/// and the decision fits it.
fn speaks_of_more(
    input: &Input<'_>,
    rationale: &Rationale<'_>,
    denial: Denial,
    last: &Conclusion,
) -> bool {
    let text = &rationale.text.text[last.sentence];
    let Some((own, more)) = text.split_once(';') else {
        return !last.is_sure && is_asked_for_before(input, rationale, last);
    };
    let title = rationale.item.title.request.to_lowercase();
    let names_title = |part: &str| {
        let part = part.to_lowercase();
        let mut words = part.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word.len() > 3 && title.contains(word))
    };
    let own_claim = claim(own, 0, input.library.conclusions());
    !last.is_sure
        && names_title(own)
        && !names_title(more)
        && !OF_THE_SAME.is_match(more)
        && own_claim
            .is_some_and(|own| own.is_sure && own.sense.fits(denial) == Some(true))
}

pattern!(AMOUNT, r"\b(?:one|two|three|four|five|six|\d+)\b");

/// "One kit is reasonable. The second is not", where the title asks for one kit.
fn is_asked_for_before(
    input: &Input<'_>,
    rationale: &Rationale<'_>,
    last: &Conclusion,
) -> bool {
    let known = input.library.conclusions();
    let sentences = rationale.text.sentences().iter();
    let Some(before) = sentences.take_while(|it| it.end <= last.sentence.start).last()
    else {
        return false;
    };
    let before = rationale.text.text[*before].to_lowercase();
    let title = rationale.item.title.request.to_lowercase();
    let is_granted = known.weak.is_in(&before) && !known.negations.is_in(&before);
    is_granted
        && AMOUNT.find(&title).is_some_and(|asked| {
            let mut words = before.split(|c: char| !c.is_alphanumeric());
            words.any(|word| word == &title[asked.range()])
        })
}

/// "Its rationale", or the name of what a template has in its place.
fn its_reasons(input: &Input<'_>, rationale: &Rationale<'_>) -> String {
    if rationale.text.field.pattern.ends_with("rationale") {
        return "its rationale".into();
    }
    rationale.text.name(input)
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
        let label = format!("Change to {}", outcome.word);
        let change = Change::Whole(outcome.key.clone());
        finding = finding.with_change(label, &rationale.decided_at, change);
    }
    finding
}

pattern!(
    /// What stands before "appropriate" in "inpatient status was clearly appropriate".
    IS,
    r"\b(?:is|are|was|were|be|been|remains?|remained)(?: [\w-]+,?){0,3} $"
);
pattern!(
    /// "Coverage should go on", "the care was below the standard".
    OTHERWISE,
    r"\b(?:should|must|ought to) (?:not )?(?:continue|go on|end|stop|be (?:paid|continued|covered",
    r"|reimbursed))\b|\b(?:below|beneath|within|met|meets) the (?:accepted )?standard\b"
);

/// Whether its last words conclude of something else than what is asked for by its name:
/// then it does not lack a conclusion, though it is not known which.
fn says_otherwise(input: &Input<'_>, rationale: &Rationale<'_>) -> bool {
    /// Before them, "appropriate" reports.
    const LAST: usize = 2;
    let known = input.library.conclusions();
    rationale.text.sentences().iter().rev().take(LAST).any(|&sentence| {
        let text = &rationale.text.text[sentence];
        let Some((term, _)) = known.weak.find(text).last() else {
            return OTHERWISE.is_match(text) || known.alone.is_in(text);
        };
        let before = &text[..term.start];
        OTHERWISE.is_match(text)
            || known.alone.is_in(text)
            || IS.is_match(before) && !known.authorities.is_in(before)
    })
}

fn without_conclusion(
    input: &Input<'_>,
    rationale: &Rationale<'_>,
    denial: Denial,
) -> Finding {
    let (path, text) = (&rationale.text.path, rationale.text.text);
    let message = format!(
        "{} does not say whether the treatment is necessary",
        capitalized(&rationale.text.name(input))
    );
    let hint = "End it with a conclusion that matches the decision";
    let finding = Finding::new(path.clone(), message, hint).with_severity(Severity::Note);
    let Some(closing) = closing_sentence(denial) else { return finding };
    let end = TextRange { start: text.trim_end().len(), end: text.len() };
    let change = Change::Words(end, format!(" {closing}"));
    finding.with_change(format!("Add \"{closing}\""), path, change)
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
                        marked Upheld, but its rationale concludes that the treatment is necessary",
                ),
            ),
            (
                "overturned",
                refused,
                Some(
                    "Error [The request is not medically necessary.] Item 1 is marked \
                        Overturned, but its rationale concludes that the treatment is \
                            not necessary",
                ),
            ),
            (
                "overturned",
                "The request is medically necessary. More visits are not medically necessary.",
                Some(
                    "Warning [More visits are not medically necessary.] Item 1 is \
                        marked Overturned, but its rationale concludes that the \
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
    fn a_rationale_that_concludes_of_something_else_lacks_no_conclusion() {
        for (rationale, findings) in [
            ("Inpatient status was appropriate, and the claim is payable.", 0),
            ("Step-down was premature until weight was restored.", 0),
            ("The care was below the standard.", 0),
            ("Thirty sessions over ten weeks are reasonable.", 0),
            ("She lives alone. Coverage should go on.", 0),
            ("The plan's termination of the stay is upheld.", 0),
            ("The implant is reasonable and necessary.", 0),
            ("The guideline says that imaging is appropriate after trauma.", 1),
            ("He was seen twice. He has pain.", 1),
        ] {
            let letter = concluding("MRI", "overturned", rationale);
            assert_eq!(said(&letter, "L010").len(), findings, "{rationale}");
        }
        let refused =
            concluding("MRI", "overturned", "It is not reasonable and necessary.");
        assert_eq!(said(&refused, "L010").len(), 1);
    }

    #[test]
    fn what_the_title_does_not_ask_for_contradicts_nothing() {
        let first = concluding(
            "Bone graft, one kit",
            "overturned",
            "One kit was reasonable. The second was not.",
        );
        assert_eq!(said(&first, "L010"), [""; 0]);
        for (rationale, findings) in [
            ("The microprocessor knee is medically necessary; the upgrade is not.", 0),
            ("The socket is medically necessary; the microprocessor knee is not.", 1),
            ("The knee was medically necessary; the requested knee is not.", 1),
            ("The knee is not medically necessary; the upgrade is not.", 1),
            ("One knee is medically necessary; the rest are not.", 1),
            ("The knee of 2019 is medically necessary; this one is not.", 1),
        ] {
            let letter = concluding("Microprocessor knee", "overturned", rationale);
            assert_eq!(said(&letter, "L010").len(), findings, "{rationale}");
        }
    }
}
