//! A text without what extractions make up or lose: white space, hyphens and page breaks; with the way back to each
//! character's place.

use std::ops::Range;

/// A text as it is compared.
pub struct Squeezed<'a> {
    pub source: &'a str,
    /// The characters that count, and where each begins in the source.
    characters: Vec<(char, usize)>,
}

/// Whether a character counts when texts are compared.
fn counts(character: char) -> bool {
    let is_hyphen = matches!(character, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}');
    !character.is_whitespace() && !is_hyphen && character != '\u{feff}'
}

/// Only the characters that count.
#[must_use]
pub fn squeeze(text: &str) -> Vec<char> {
    text.chars().filter(|&character| counts(character)).collect()
}

/// Whether two texts are the same but for white space and hyphens.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one.chars().filter(|&c| counts(c)).eq(other.chars().filter(|&c| counts(c)))
}

impl<'a> Squeezed<'a> {
    #[must_use]
    pub fn new(source: &'a str) -> Self {
        let characters = source.char_indices().filter(|&(_, c)| counts(c)).map(|(at, c)| (c, at)).collect();
        Self { source, characters }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.characters.len()
    }

    /// The first place at or behind `from` where the words stand.
    #[must_use]
    pub fn find(&self, words: &[char], from: usize) -> Option<usize> {
        let last = self.len().checked_sub(words.len())?;
        (from..=last).find(|&at| self.is_at(words, at))
    }

    #[must_use]
    pub fn is_at(&self, words: &[char], at: usize) -> bool {
        let there = self.characters.get(at..at + words.len());
        there.is_some_and(|there| there.iter().map(|(c, _)| c).eq(words))
    }

    /// How many digits stand right before a place, with nothing between them and it.
    #[must_use]
    pub fn digits_before(&self, at: usize) -> usize {
        let mut behind = self.characters.get(at).map_or(self.source.len(), |&(_, byte)| byte);
        let before = self.characters[..at.min(self.len())].iter().rev();
        let digits = before.take_while(|(character, byte)| {
            let is_next = byte + character.len_utf8() == behind;
            behind = *byte;
            character.is_ascii_digit() && is_next
        });
        digits.count()
    }

    /// Where a stretch of counted characters stands in the source.
    #[must_use]
    pub fn range(&self, stretch: Range<usize>) -> Range<usize> {
        let start = self.characters.get(stretch.start).map_or(self.source.len(), |&(_, at)| at);
        let end = stretch.end.checked_sub(1).filter(|last| *last >= stretch.start);
        let end = end.and_then(|last| self.characters.get(last)).map_or(start, |&(c, at)| at + c.len_utf8());
        start..end
    }

    /// The source's words in a stretch.
    #[must_use]
    pub fn text(&self, stretch: Range<usize>) -> &'a str {
        let range = self.range(stretch);
        &self.source[range]
    }

    /// How many counted characters begin before a byte of the source.
    #[must_use]
    pub fn before(&self, byte: usize) -> usize {
        self.characters.partition_point(|&(_, at)| at < byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_breaks_them() {
        let text = Squeezed::new("the dis-\n  puted items/services\u{c} set forth");
        let words = squeeze("disputed items/services set");
        let at = text.find(&words, 0).expect("they are there");
        assert_eq!(text.text(at..at + words.len()), "dis-\n  puted items/services\u{c} set");
        assert_eq!(text.find(&words, at + 1), None);
    }
}
