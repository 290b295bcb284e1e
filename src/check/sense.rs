//! What a rationale concludes: its last sentence that says whether the treatment is
//! necessary.

use super::input::ReadText;
use crate::diagnostic::TextRange;
use crate::letter::Denial;
use crate::library::{Conclusions, Lexicon};

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
        let (words, sense) = read(&spoken[sentence], known, place < CLOSING)?;
        let words = words + sentence.start;
        Some(Conclusion { sentence, words, sense })
    })
}

/// How many of the last sentences can conclude in weak words: before them, "indicated"
/// and the like report.
const CLOSING: usize = 3;

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

fn read(
    sentence: &str,
    known: &Conclusions,
    is_closing: bool,
) -> Option<(TextRange, Sense)> {
    if let Some(found) = about_the_denial(sentence, known) {
        return Some(found);
    }
    let term = match last_of(&known.strong, sentence) {
        Some(term) => term,
        None if is_closing => weak_term(sentence, known)?,
        None => return None,
    };
    let sense = sense_of(sentence, term, known);
    Some((term, sense))
}

/// Words such as "indicated", which conclude where a sentence speaks of the request and
/// not of what others recommend.
fn weak_term(sentence: &str, known: &Conclusions) -> Option<TextRange> {
    let term = last_of(&known.weak, sentence)?;
    let before = &sentence[clause_start(sentence, term)..term.start];
    let concludes = known.openers.is_in(sentence) && !known.authorities.is_in(before);
    concludes.then_some(term)
}

/// The last words of a lexicon that a sentence has.
fn last_of(lexicon: &Lexicon, sentence: &str) -> Option<TextRange> {
    let (range, _) = lexicon.find(sentence).last()?;
    Some(range.into())
}

pattern!(
    /// Where a clause begins.
    CLAUSE,
    r"[;:]|,\s*(?:but|however|and|so|the|this|it|which|therefore|thus)\b",
    r"|\b(?:therefore|thus|hence|as such|but|and (?:the|this|it))\b"
);

pattern!(
    /// A verb after which something else is spoken of than what was denied before it.
    COPULA,
    r"\b(?:is|are|was|were)\b"
);

/// Where the clause begins that ends in these words.
fn clause_start(sentence: &str, term: TextRange) -> usize {
    let last = CLAUSE.find_iter(&sentence[..term.start]).last();
    last.map_or(0, |found| found.end())
}

fn sense_of(sentence: &str, term: TextRange, known: &Conclusions) -> Sense {
    let clause = &sentence[clause_start(sentence, term)..term.start];
    let mut negations = known.negations.find(clause);
    let refuses = known.refusing.is_in(&sentence[term]);
    match (negations.next(), negations.next()) {
        (None, _) if refuses => Sense::NotNeeded,
        (None, _)
            if known.doubts.is_in(clause)
                || known.doubts.is_in(&sentence[term.end..]) =>
        {
            Sense::Open
        }
        (None, _) => Sense::Needed,
        // "No evidence is given that it is necessary": the verb between the two says that
        // something else was denied.
        (Some((negation, _)), None)
            if !refuses && !COPULA.is_match(&clause[negation.end..]) =>
        {
            Sense::NotNeeded
        }
        // Two negations may or may not cancel each other.
        _ => Sense::Open,
    }
}

pattern!(
    /// A sentence about the denial itself: "the decision is overturned", "I am reversing
    /// the utilization review decision".
    OF_THE_DENIAL,
    r"\b(?:denial|determination|decision|non-certification)\b[^.;]{0,30}",
    r"\b(?:is|was|be|are)\b[^.;]{0,20}",
    r"\b(?:(?P<kept>upheld|affirmed|sustained)|(?P<gone>overturned|reversed))\b",
    r"|\b(?:(?P<keep>uphold|upheld|affirm)|(?P<go>overturn|revers))(?:s|es|e|ing|ed)?\b",
    r"[^.;]{0,40}\b(?:denial|determination|decision|non-certification)\b"
);

fn about_the_denial(sentence: &str, known: &Conclusions) -> Option<(TextRange, Sense)> {
    let found = OF_THE_DENIAL.captures(sentence)?;
    let is_kept = found.name("kept").is_some() || found.name("keep").is_some();
    let sense = match is_kept {
        _ if known.negations.is_in(sentence) => Sense::Open,
        true => Sense::NotNeeded,
        false => Sense::Needed,
    };
    Some((found.get(0)?.range().into(), sense))
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
        ] {
            check(rationale, Some(Sense::NotNeeded));
        }
    }

    #[test]
    fn conditions_and_doubts_leave_a_conclusion_open() {
        for rationale in [
            "There is no evidence that the request is medically necessary.",
            "It was not shown that the request is medically necessary.",
            "The request may be medically necessary if therapy fails.",
        ] {
            check(rationale, Some(Sense::Open));
        }
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
