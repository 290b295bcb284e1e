//! The clauses of a sentence that can conclude, and those that give its reasons.

use super::text::last_piece;
use crate::diagnostic::TextRange;
use crate::library::Conclusions;

pub(super) struct Clause {
    pub range: TextRange,
    /// "Because …", "given …": what it says is no conclusion where the main clause has
    /// one.
    pub gives_reasons: bool,
}

pattern!(
    /// Where a clause begins that can conclude.
    CLAUSE,
    r"[;:]|,\s*(?:but|however|and|so|the|this|it|which|therefore|thus|medical)\b",
    r"|\b(?:therefore|thus|hence|as such|but|however|and (?:the|this|it|is|are|was|were|has",
    r"|should|must|ought|can|cannot|will|medical))\b"
);

/// Words behind which "therefore" begins no clause.
pub(super) const WITHIN: &[&str] = &[
    "is", "are", "was", "were", "be", "should", "can", "cannot", "could", "would",
    "must", "may", "has", "have", "does", "do", "not",
];

pub(super) fn clauses(sentence: &str, known: &Conclusions) -> Vec<Clause> {
    let mut starts: Vec<(usize, bool)> = vec![(0, false)];
    for found in CLAUSE.find_iter(sentence) {
        // "The denial was therefore in error" is one clause.
        let before = sentence[..found.start()].trim_end().to_lowercase();
        if !WITHIN.contains(&last_piece(&before, char::is_whitespace)) {
            starts.push((found.start(), false));
        }
    }
    for (found, _) in known.reasons.find(sentence) {
        starts.push((found.start, true));
        // "Given the lack of red flags, MRI is not supported": the comma ends the reasons.
        let is_first = sentence[..found.start].split_whitespace().count() <= 1;
        if is_first && let Some(comma) = sentence[found.end..].find(',') {
            starts.push((found.end + comma, false));
        }
    }
    starts.sort_unstable();
    let mut clauses = Vec::new();
    for (at, &(start, gives_reasons)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(sentence.len(), |(next, _)| *next);
        clauses.push(Clause { range: TextRange { start, end }, gives_reasons });
    }
    clauses
}
