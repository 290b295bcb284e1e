//! What a rationale concludes: its last sentence that says whether the treatment is
//! necessary.

use super::claims::claim;
use super::input::ReadText;
use crate::diagnostic::TextRange;
use crate::letter::Denial;
use crate::library::Conclusions;

/// What a sentence says of the treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Needed,
    NotNeeded,
    /// It speaks of necessity and leaves it open, as by a condition.
    Open,
}

impl Sense {
    /// Whether a decision of this kind follows from it; nothing is known where either
    /// may.
    pub(super) fn fits(self, denial: Denial) -> Option<bool> {
        match (self, denial) {
            (Self::Open, _) | (_, Denial::Partly) => None,
            (Self::Needed, _) => Some(denial == Denial::Falls),
            (Self::NotNeeded, _) => Some(denial == Denial::Stands),
        }
    }
}

/// A sentence that concludes.
pub(super) struct Conclusion {
    pub sentence: TextRange,
    /// The words that say it.
    pub words: TextRange,
    pub sense: Sense,
    /// Whether no reader would take it otherwise.
    pub is_sure: bool,
}

/// Every sentence of a rationale that concludes, the last one first. What stands in
/// quotation marks concludes nothing.
pub(super) fn conclusions(
    rationale: &ReadText<'_>,
    known: &Conclusions,
) -> impl Iterator<Item = Conclusion> {
    let spoken = without_quotations(rationale);
    let sentences = rationale.sentences().iter().rev();
    sentences.enumerate().filter_map(move |(place, &sentence)| {
        let words = &spoken[sentence];
        if words.trim_end().ends_with('?') {
            return answered(words, &spoken[sentence.end..], sentence, place, known);
        }
        let claim = claim(words, place, known)?;
        let words = claim.words + sentence.start;
        Some(Conclusion { sentence, words, sense: claim.sense, is_sure: claim.is_sure })
    })
}

/// What a question and the "Yes" or "No" behind it say together.
fn answered(
    question: &str,
    after: &str,
    sentence: TextRange,
    place: usize,
    known: &Conclusions,
) -> Option<Conclusion> {
    let answer = after
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty())?;
    let claim = claim(question, place, known)?;
    let sense = match (answer.to_lowercase().as_str(), claim.sense) {
        ("yes", sense) => sense,
        ("no", Sense::Needed) => Sense::NotNeeded,
        ("no", Sense::NotNeeded) => Sense::Needed,
        _ => return None,
    };
    let words = claim.words + sentence.start;
    Some(Conclusion { sentence, words, sense, is_sure: false })
}

/// The text with blanks in place of quotations, byte for byte, so that sentences stay
/// where they are.
fn without_quotations(rationale: &ReadText<'_>) -> String {
    let mut spoken = rationale.text.to_owned();
    for quotation in rationale.quotations() {
        let blanks = " ".repeat(quotation.end - quotation.start);
        spoken.replace_range(quotation.start..quotation.end, &blanks);
    }
    spoken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::LIBRARY;

    #[track_caller]
    fn check(rationale: &str, expected: Option<Sense>) {
        let rationale = ReadText::new(rationale);
        let last = conclusions(&rationale, LIBRARY.conclusions()).next();
        assert_eq!(last.map(|found| found.sense), expected, "{}", rationale.text);
    }

    #[test]
    fn a_rationale_concludes_in_many_ways_that_a_treatment_is_needed() {
        for rationale in [
            "Therefore, the request is medically necessary.",
            "MRI of the left knee without contrast is medically necessary.",
            "Given no relief from therapy, the request is medically necessary.",
            "As such, the request is supported.",
            "Medical necessity of the requested item has been established.",
            "I am reversing the previous utilization review decision.",
            "The denial should be overturned.",
            "The denial was therefore in error.",
            "The health plan improperly denied the request.",
            "There is no doubt that the request is medically necessary.",
            "There is no reason to deny the request.",
            "The request does not lack medical necessity.",
            "Is the request medically necessary? Yes.",
            "Determination: Approve.",
        ] {
            check(rationale, Some(Sense::Needed));
        }
    }

    #[test]
    fn a_rationale_concludes_in_many_ways_that_a_treatment_is_not_needed() {
        for rationale in [
            "The request is not medically necessary and appropriate.",
            "Given the lack of red flags the MRI is not supported by the records as \
                being medically necessary.",
            "The quantity requested cannot be deemed medically necessary without \
                further evidence.",
            "Thus, the request for \"a brace that is medically necessary\" is not certified.",
            "The current request for two visits is not medically appropriate.",
            "The requested studies are therefore not indicated.",
            "As such, the request is not necessary.",
            "Medical necessity of the request has not been established.",
            "The request is medically unnecessary.",
            "The UR denial is upheld.",
            "There is no evidence that the request is medically necessary.",
            "It was not shown that the request is medically necessary.",
            "Was the stay medically necessary? No. Observation would have been safe.",
            "Recommend: deny.",
            "Approval cannot be given.",
            "There isn't any documented need for the requested treatment.",
            "The request was not approved. The films of the same request are not at issue.",
        ] {
            check(rationale, Some(Sense::NotNeeded));
        }
    }

    #[test]
    fn conditions_and_doubts_leave_a_conclusion_open() {
        let rationale = "The request may be medically necessary if therapy fails.";
        check(rationale, Some(Sense::Open));
    }

    #[test]
    fn reports_conclude_nothing() {
        for rationale in [
            "The guidelines state that the requested MRI is recommended.",
            "There is tenderness of the knee.",
            "The request was read. It was supported. One. Two. Three.",
        ] {
            check(rationale, None);
        }
    }
}
