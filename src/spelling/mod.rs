//! Which words are spelled as they should be: English, medicine, drugs, what the trade
//! says, and a person's own words.
//!
//! Looking a word up is quick enough for every keystroke; [`Speller::suggest`] is not and
//! is asked on demand.

mod lists;
mod near;
mod tokens;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

pub use self::lists::Error;
use self::lists::Lists;
use self::tokens::Token;

/// Suggestions that one list can still be chosen from at a glance.
const MOST_SUGGESTIONS: usize = 5;

/// Shorter words are two slips away from many.
const TWO_SLIPS_FROM: usize = 6;

/// Word lists to look words up in; a copy costs next to nothing.
#[derive(Clone)]
pub struct Speller {
    lists: Arc<Lists>,
    /// A person's own words and those of lists on this machine.
    own: Arc<BTreeSet<String>>,
}

impl Speller {
    /// The lists that the program carries with it.
    ///
    /// # Errors
    /// None in a released program: a test reads every list.
    pub fn bundled() -> Result<Self, Error> {
        Ok(Self { lists: Arc::new(Lists::bundled()?), own: Arc::default() })
    }

    /// The same lists with other words of one's own.
    pub fn with_own_words(&self, words: impl IntoIterator<Item = String>) -> Self {
        let words = words.into_iter().map(|word| plain(&word));
        Self { lists: Arc::clone(&self.lists), own: Arc::new(words.collect()) }
    }

    /// The same lists, and one more word of one's own.
    pub fn with_own_word(&self, word: &str) -> Self {
        let own = self.own.iter().cloned().chain([plain(word)]).collect();
        Self { lists: Arc::clone(&self.lists), own: Arc::new(own) }
    }

    /// The characters (not bytes) of every word that no list has. Left alone are words
    /// with figures, short words in capitals, addresses of the web, whoever is cited or
    /// has a title such as "Dr.", and `names`, in small letters.
    pub fn misspelt(&self, text: &str, names: &BTreeSet<String>) -> Vec<Range<usize>> {
        let mut wrong: Vec<Range<usize>> = Vec::new();
        for token in tokens::tokens(text) {
            if self.passes(text, &token, names) {
                continue;
            }
            let range =
                if self.is_torn(text, &token) { token.whole } else { token.range };
            if wrong.last() != Some(&range) {
                wrong.push(range);
            }
        }
        wrong
    }

    /// Whether a list has the word as it stands, or in small letters where it has
    /// capitals.
    pub fn knows(&self, word: &str) -> bool {
        let word = plain(word);
        let word = match word.strip_suffix("'s") {
            Some(owner) => owner,
            None => word.strip_suffix('\'').unwrap_or(&word),
        };
        self.has(word) || self.is_joined(word)
    }

    /// Right words that are one slip away, the likeliest first; where there is none,
    /// terms that are two away. Quick.
    pub fn nearest(&self, word: &str) -> Vec<String> {
        let found = near::nearest(word, |candidate| self.has(candidate));
        if found.is_empty() && word.len() >= TWO_SLIPS_FROM {
            near::within_two_slips(word, self.lists.terms_like(word))
        } else {
            found
        }
    }

    /// Right words that may be meant, the likeliest first. Takes up to a tenth of a
    /// second.
    pub fn suggest(&self, word: &str) -> Vec<String> {
        let mut found = self.nearest(word);
        let mut further = Vec::new();
        self.lists.dictionary.suggest(&plain(word), &mut further);
        found.extend(near::within_two_slips(word, self.own.iter().map(String::as_str)));
        found.extend(further);
        let mut seen = BTreeSet::new();
        found.retain(|word| seen.insert(word.clone()));
        found.truncate(MOST_SUGGESTIONS);
        found
    }

    fn passes(&self, text: &str, token: &Token, names: &BTreeSet<String>) -> bool {
        let word = plain(&text[token.range.clone()]);
        let word = word.as_str();
        tokens::is_left_alone(word)
            || names.contains(&word.to_lowercase())
            || self.has(word)
            || (token.is_first && self.lists.begins(word))
            || self.is_joined(word)
            || tokens::is_name(text, &token.range)
    }

    /// Whether a hyphen tears one word apart, as in "documen-tation".
    fn is_torn(&self, text: &str, token: &Token) -> bool {
        if token.whole == token.range {
            return false;
        }
        let mut joined = plain(&text[token.whole.clone()]);
        joined.retain(char::is_alphabetic);
        self.has(&joined)
    }

    fn has(&self, word: &str) -> bool {
        self.lists.dictionary.check(word) || self.is_own(word)
    }

    fn is_own(&self, word: &str) -> bool {
        !self.own.is_empty()
            && (self.own.contains(word) || self.own.contains(&word.to_lowercase()))
    }

    /// Whether the word is a beginning such as `post` or `thoraco` and a word.
    fn is_joined(&self, word: &str) -> bool {
        // As long as a word must be at least, so that no slip is taken for two pieces.
        const SHORTEST_REST: usize = 5;
        let small = word.to_lowercase();
        (3..small.len().saturating_sub(SHORTEST_REST - 1)).any(|end| {
            small.is_char_boundary(end)
                && self.lists.begins(&small[..end])
                && self.has(&small[end..])
        })
    }
}

/// With straight apostrophes, as the lists have them.
fn plain(word: &str) -> String {
    word.replace(['\u{2019}', '\u{2018}'], "'")
}

#[cfg(test)]
mod cases;
