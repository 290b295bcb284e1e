//! An item's decision, after its title: the template's word, or what people write for it.

use std::ops::Range;

use super::normalize::normalize;
use super::search::WordSearch;
use crate::letter::Denial;
use crate::template::Outcome;

/// Where an item's title ends, and where its decision is: at the end, and empty, where
/// nobody can tell.
pub(super) struct FoundDecision {
    pub title_end: usize,
    pub word: Range<usize>,
}

/// What people put around a decision, as texts are compared.
const AROUND: &[char] = &[
    '.', ',', ';', '!', '*', '_', '(', ')', '[', ']', ':', '=', '–', '—', '"', '\'', '|',
];
/// What says that a decision comes.
const LEADS: [&str; 3] = ["decision", "determination", "finding"];
/// A decision in part is another one, which a template can lack.
const IN_PART: [&str; 3] = ["partially", "partly", "inpart"];

impl WordSearch<'_> {
    /// The decision that ends a range; `between` are the template's characters before it.
    pub(super) fn decision(&self, range: &Range<usize>, between: &str) -> FoundDecision {
        let words = self.text.rest(range.start);
        let words = words.get(..range.len()).unwrap_or(words).to_ascii_lowercase();
        let mut decided = &*words;
        // Without such characters the decision is the end of a sentence.
        if !between.is_empty() {
            decided = decided.trim_end_matches(AROUND);
        }
        let Some(start) = self.start_of_word(decided, !between.is_empty()) else {
            return self.unknown(range, &words, between);
        };
        let title_end =
            if between.is_empty() { start } else { end_of_title(decided, start) };
        let at = range.start;
        FoundDecision { title_end: at + title_end, word: at + start..at + decided.len() }
    }

    /// Where the longest word of an outcome begins that ends these words.
    fn start_of_word(&self, words: &str, is_freely_written: bool) -> Option<usize> {
        let mut start: Option<usize> = None;
        for outcome in &self.template.head().outcomes {
            let others =
                if is_freely_written { other_words(outcome.denial) } else { &[] };
            for name in [&*outcome.word].iter().chain(others) {
                let name = plain(name);
                if let Some(front) = words.strip_suffix(&*name)
                    && start.is_none_or(|known| front.len() < known)
                {
                    start = Some(front.len());
                }
            }
        }
        let front = &words[..start?];
        if is_freely_written && IN_PART.iter().any(|part| front.ends_with(part)) {
            return None;
        }
        start
    }

    /// Words after the last colon that speak of an outcome, and are none that the
    /// template has, are not the title's.
    fn unknown(&self, range: &Range<usize>, words: &str, between: &str) -> FoundDecision {
        let mut title_end = range.end;
        if !between.is_empty()
            && let Some((front, end)) = words.rsplit_once(between)
        {
            let mut outcomes = self.template.head().outcomes.iter();
            let is_about = |outcome: &Outcome| {
                end.contains(&normalize(&outcome.word).to_ascii_lowercase())
            };
            if outcomes.any(is_about) {
                title_end = range.start + front.len();
            }
        }
        FoundDecision { title_end, word: range.end..range.end }
    }
}

/// Whether words say an outcome, in the template's word or in another.
pub(super) fn is_said(outcome: &Outcome, words: &str) -> bool {
    [&*outcome.word]
        .iter()
        .chain(other_words(outcome.denial))
        .any(|name| plain(name) == plain(words))
}

/// A decision's word as it is compared.
fn plain(word: &str) -> String {
    normalize(word).trim_end_matches(AROUND).to_ascii_lowercase()
}

/// What people write for an outcome besides a template's word.
fn other_words(denial: Denial) -> &'static [&'static str] {
    match denial {
        Denial::Stands => &[
            "Upheld",
            "Denied",
            "Upheld/Denied",
            "Denial upheld",
            "Not medically necessary",
            "Upheld (not medically necessary)",
        ],
        Denial::Falls => &[
            "Overturned",
            "Approved",
            "Overturned/Approved",
            "Denial overturned",
            "Medically necessary",
            "Overturned (medically necessary)",
        ],
        Denial::Partly => &["Overturned in part", "Partially overturned", "Modified"],
    }
}

fn end_of_title(words: &str, start: usize) -> usize {
    let mut title = &words[..start];
    loop {
        let front = title.trim_end_matches(AROUND_BEFORE);
        let is_announced = title.len() > front.len();
        let mut leads = LEADS.iter().filter(|_| is_announced);
        match leads.find_map(|lead| front.strip_suffix(lead)) {
            Some(before) => title = before,
            None => return front.len(),
        }
    }
}

/// A bracket that closes before a decision is the title's.
const AROUND_BEFORE: &[char] =
    &['*', '_', '(', '[', ':', '=', '–', '—', '"', '\'', '|', '>', '→'];
