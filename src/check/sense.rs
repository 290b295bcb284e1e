//! What a rationale concludes: its last sentence that says whether the treatment is
//! necessary.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::compiled;
use super::text::{quotations, sentences};
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
    pub sentence: Range<usize>,
    /// The words that say it.
    pub words: Range<usize>,
    pub sense: Sense,
}

/// Every sentence of a rationale that concludes, the last one first. What stands in
/// quotation marks concludes nothing.
pub(super) fn conclusions(
    rationale: &str,
    known: &Conclusions,
) -> impl Iterator<Item = Conclusion> {
    let spoken = without_quotations(rationale);
    let sentences = sentences(rationale).into_iter().rev();
    sentences.enumerate().filter_map(move |(place, sentence)| {
        let (words, sense) = read(&spoken[sentence.clone()], known, place < CLOSING)?;
        let words = sentence.start + words.start..sentence.start + words.end;
        Some(Conclusion { sentence, words, sense })
    })
}

/// How many of the last sentences can conclude in weak words: before them, "indicated"
/// and the like report.
const CLOSING: usize = 3;

/// The text with blanks in place of quotations, byte for byte.
fn without_quotations(text: &str) -> String {
    let mut spoken = text.to_owned();
    for quotation in quotations(text) {
        spoken.replace_range(quotation.clone(), &" ".repeat(quotation.len()));
    }
    spoken
}

fn read(
    sentence: &str,
    known: &Conclusions,
    is_closing: bool,
) -> Option<(Range<usize>, Sense)> {
    if let Some(found) = of_the_denial(sentence, known) {
        return Some(found);
    }
    let last = |lexicon: &Lexicon| lexicon.find(sentence).last().map(|(range, _)| range);
    let weak = || {
        let term =
            last(&known.weak).filter(|_| is_closing && known.openers.is_in(sentence))?;
        let is_quoted = known
            .authorities
            .is_in(&sentence[clause_before(sentence, &term)..term.start]);
        (!is_quoted).then_some(term)
    };
    let term = last(&known.strong).or_else(weak)?;
    let sense = sense_of(sentence, &term, known);
    Some((term, sense))
}

/// Where a clause begins.
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)[;:]|,\s*(?:but|however|and|so|the|this|it|which|therefore|thus)\b|\b(?:therefore|thus|hence|as such|but|and (?:the|this|it))\b",
    )
});

/// A verb behind which something else is spoken of than what was denied before it.
static COPULA: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)\b(?:is|are|was|were)\b"));

/// Where the clause begins that ends in these words.
fn clause_before(sentence: &str, term: &Range<usize>) -> usize {
    CLAUSE
        .find_iter(&sentence[..term.start])
        .last()
        .map_or(0, |found| found.end())
}

fn sense_of(sentence: &str, term: &Range<usize>, known: &Conclusions) -> Sense {
    let clause = &sentence[clause_before(sentence, term)..term.start];
    let negations: Vec<Range<usize>> =
        known.negations.find(clause).map(|(range, _)| range).collect();
    let refuses = known.refusing.is_in(&sentence[term.clone()]);
    match negations[..] {
        [] if refuses => Sense::NotNeeded,
        [] if known.doubts.is_in(clause) || known.doubts.is_in(&sentence[term.end..]) => {
            Sense::Open
        }
        [] => Sense::Needed,
        [ref negation] if !refuses && !COPULA.is_match(&clause[negation.end..]) => {
            Sense::NotNeeded
        }
        _ => Sense::Open,
    }
}

/// A sentence about the denial itself: "the decision is overturned", "I am reversing the
/// utilization review decision".
static OF_THE_DENIAL: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:denial|determination|decision|non-certification)\b[^.;]{0,30}\b(?:is|was|be|are)\b[^.;]{0,20}\b(?:(?P<kept>upheld|affirmed|sustained)|(?P<gone>overturned|reversed))\b|\b(?:(?P<keep>uphold|upheld|affirm)|(?P<go>overturn|revers))(?:s|es|e|ing|ed)?\b[^.;]{0,40}\b(?:denial|determination|decision|non-certification)\b",
    )
});

fn of_the_denial(sentence: &str, known: &Conclusions) -> Option<(Range<usize>, Sense)> {
    let found = OF_THE_DENIAL.captures(sentence)?;
    let whole = found.get(0)?.range();
    let is_kept = found.name("kept").or(found.name("keep")).is_some();
    let sense = match is_kept {
        _ if known.negations.is_in(sentence) => Sense::Open,
        true => Sense::NotNeeded,
        false => Sense::Needed,
    };
    Some((whole, sense))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;

    #[test]
    fn a_rationale_concludes_in_many_ways() {
        use Sense::{Needed, NotNeeded, Open};
        let library = Library::bundled().unwrap();
        for (rationale, expected) in [
            ("Therefore, the request is medically necessary.", Some(Needed)),
            (
                "MRI of the left knee without contrast is medically necessary.",
                Some(Needed),
            ),
            (
                "Given no relief from therapy, the request is medically necessary.",
                Some(Needed),
            ),
            ("As such, the request is supported.", Some(Needed)),
            (
                "Medical necessity of the requested item has been established.",
                Some(Needed),
            ),
            ("I am reversing the previous utilization review decision.", Some(Needed)),
            ("The denial should be overturned.", Some(Needed)),
            ("The request is not medically necessary and appropriate.", Some(NotNeeded)),
            (
                "Given the lack of red flags the MRI is not supported by the records as \
                    being medically necessary.",
                Some(NotNeeded),
            ),
            (
                "The quantity requested cannot be deemed medically necessary without \
                    further evidence.",
                Some(NotNeeded),
            ),
            (
                "Thus, the request for \"a brace that is medically necessary\" is not certified.",
                Some(NotNeeded),
            ),
            (
                "The current request for two visits is not medically appropriate.",
                Some(NotNeeded),
            ),
            ("The requested studies are therefore not indicated.", Some(NotNeeded)),
            ("As such, the request is not necessary.", Some(NotNeeded)),
            (
                "Medical necessity of the request has not been established.",
                Some(NotNeeded),
            ),
            ("The request is medically unnecessary.", Some(NotNeeded)),
            ("The UR denial is upheld.", Some(NotNeeded)),
            ("There is no evidence that the request is medically necessary.", Some(Open)),
            ("It was not shown that the request is medically necessary.", Some(Open)),
            ("The request may be medically necessary if therapy fails.", Some(Open)),
            ("The guidelines state that the requested MRI is recommended.", None),
            ("There is tenderness of the knee.", None),
            ("The request was read. It was supported. One. Two. Three.", None),
        ] {
            let last = conclusions(rationale, library.conclusions()).next();
            assert_eq!(last.map(|found| found.sense), expected, "{rationale}");
        }
    }
}
