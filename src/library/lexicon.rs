//! Words and phrases that mean rows of a table, found in a text in one pass.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::Regex;

/// The words of a table. Case, plurals, and whether a phrase is written with spaces or
/// hyphens make no difference.
#[derive(Clone)]
pub struct Lexicon {
    pattern: Regex,
    rows: BTreeMap<String, Vec<usize>>,
}

impl Lexicon {
    /// From pairs of words and the row that they mean; a word can mean several.
    #[expect(
        clippy::expect_used,
        reason = "escaped words make a pattern, and tables are far from its largest size"
    )]
    pub(super) fn new<'w>(words: impl Iterator<Item = (&'w str, usize)>) -> Self {
        let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (word, row) in words {
            rows.entry(word.to_lowercase()).or_default().push(row);
        }
        let mut longest_first: Vec<&String> = rows.keys().collect();
        longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let patterns: Vec<String> = longest_first
            .iter()
            .map(|word| regex::escape(word).replace(' ', r"[\s-]+"))
            .collect();
        // Boundaries of English words alone: those of all languages are slow in a text
        // with one curly apostrophe.
        let pattern =
            format!(r"(?i)(?-u:\b)(?:{})(?:s|es|'s|’s)?(?-u:\b)", patterns.join("|"));
        Self {
            pattern: Regex::new(&pattern).expect("escaped words make a pattern"),
            rows,
        }
    }

    /// The words of the table that are in a text, each with its rows.
    pub fn find<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let found = self.pattern.find_iter(text);
        found.flat_map(|found| {
            self.rows_of(found.as_str())
                .iter()
                .map(move |row| (found.range(), *row))
        })
    }

    /// The rows of words as a text has them: the longest word of the table that they
    /// are a form of.
    fn rows_of(&self, words: &str) -> &[usize] {
        let spaced = words.replace('-', " ");
        let plain =
            spaced.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        for ending in ["", "s", "es", "'s", "’s"] {
            let Some(word) = plain.strip_suffix(ending) else { continue };
            if let Some(rows) = self.rows.get(word) {
                return rows;
            }
        }
        &[]
    }

    /// Whether one of the words is in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.pattern.is_match(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_in_any_case_and_the_longest_wins() {
        let words = [("back", 0), ("low back", 1), ("x ray", 2), ("hip", 3), ("Hip", 4)];
        let lexicon = Lexicon::new(words.into_iter());
        let text = "LOW  back, X-rays; whip the hip's Back";
        let found: Vec<(&str, usize)> =
            lexicon.find(text).map(|(range, row)| (&text[range], row)).collect();
        assert_eq!(
            found,
            [("LOW  back", 1), ("X-rays", 2), ("hip's", 3), ("hip's", 4), ("Back", 0)]
        );
        assert!(lexicon.is_in("a hip") && !lexicon.is_in("a whip"));
    }
}
