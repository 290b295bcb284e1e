//! A text without what extractions invent or lose (white space, hyphens, page breaks),
//! with the way back to each character's place in the file.
//!
//! All of `import` measures in *positions*: bytes of the characters that count. Two
//! phrases are equal here whether a PDF broke a word, a line or a page between them.
//! [`Normalized::source_range`] leads back to the source and [`Normalized::position`]
//! leads here from it.

use std::ops::Range;

/// A text as it is compared.
pub(super) struct Normalized<'a> {
    pub source: &'a str,
    /// The characters that count.
    text: String,
    /// The same in lower case.
    lower: String,
    /// Where each byte of `text` is in the source.
    places: Vec<usize>,
}

/// What a character counts as when texts are compared; nothing where it stays itself.
fn replacement(character: char) -> &'static str {
    match character {
        '’' | '‘' => "'",
        '“' | '”' => "\"",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬀ' => "ff",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        _ => "",
    }
}

fn counts(character: char) -> bool {
    let is_hyphen = matches!(character, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}');
    !character.is_whitespace() && !is_hyphen && character != '\u{feff}'
}

/// Only the characters that count.
pub(super) fn normalize(text: &str) -> String {
    let mut normalized = String::new();
    for character in text.chars() {
        if counts(character) {
            push(&mut normalized, character);
        }
    }
    normalized
}

fn push(normalized: &mut String, character: char) {
    match replacement(character) {
        "" => normalized.push(character),
        other => normalized.push_str(other),
    }
}

/// Whether so many characters of a text count, without reading on.
pub(super) fn has(text: &str, characters: usize) -> bool {
    let counting = text.chars().filter(|&character| counts(character));
    counting.take(characters).count() == characters
}

/// Whether two texts are the same but for white space and hyphens.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    normalize(one) == normalize(other)
}

impl<'a> Normalized<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let (mut text, mut places) = (String::new(), Vec::new());
        for (place, character) in source.char_indices() {
            if counts(character) {
                push(&mut text, character);
                places.resize(text.len(), place);
            }
        }
        Self { source, lower: text.to_ascii_lowercase(), text, places }
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// What counts, from a position on.
    pub(super) fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    pub(super) fn is_at(&self, words: &str, at: usize) -> bool {
        self.rest(at).starts_with(words)
    }

    /// The position after the character that is at this one.
    pub(super) fn after_char(&self, at: usize) -> usize {
        match self.rest(at).chars().next() {
            Some(character) => at + character.len_utf8(),
            None => at + 1,
        }
    }

    /// The first position, from `from` on, where the words begin.
    pub(super) fn find(&self, words: &str, from: usize) -> Option<usize> {
        Some(from + self.text.get(from..)?.find(words)?)
    }

    /// The same in upper or lower case.
    pub(super) fn find_ignoring_case(&self, words: &str, from: usize) -> Option<usize> {
        Some(from + self.lower.get(from..)?.find(&words.to_ascii_lowercase())?)
    }

    /// The first position where the words are wholly within a range.
    pub(super) fn find_within(&self, words: &str, range: Range<usize>) -> Option<usize> {
        let end = self.text.floor_char_boundary(range.end);
        Some(range.start + self.text.get(range.start..end)?.find(words)?)
    }

    /// Every position in a range where the words begin, none within another.
    pub(super) fn find_all(&self, words: &str, range: Range<usize>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut from = range.start;
        while !words.is_empty()
            && let Some(at) = self.find(words, from)
            && at < range.end
        {
            found.push(at);
            from = at + words.len();
        }
        found
    }

    /// The first position in a range where the words fill a line or a table's cell.
    pub(super) fn find_alone(&self, words: &str, range: Range<usize>) -> Option<usize> {
        let mut from = range.start;
        while let Some(at) = self.find_within(words, from..range.end) {
            if self.is_cell_start(at) && self.is_cell_end(at + words.len()) {
                return Some(at);
            }
            from = self.after_char(at);
        }
        None
    }

    /// Whether a line or a table's cell begins here.
    pub(super) fn is_cell_start(&self, at: usize) -> bool {
        let mut before = &self.source[..self.source_range(at..at).start];
        // A list's dash or bullet belongs to the line that it begins.
        if let Some(mark) = before.strip_suffix(' ')
            && let Some(front) = mark.strip_suffix(['-', '•'])
        {
            before = front;
        }
        before.is_empty()
            || before.ends_with(['\n', '\t', '\u{c}'])
            || before.trim_end_matches(' ').ends_with('\n')
            || before.ends_with("  ")
    }

    /// Whether a line or a table's cell ends before this position.
    pub(super) fn is_cell_end(&self, at: usize) -> bool {
        // What does not count can follow the last character, so the source is asked and
        // not the next position.
        let mut end = 0;
        if let Some(last) = at.checked_sub(1)
            && let Some(&place) = self.places.get(last)
        {
            end = self.char_end(place);
        }
        let after = &self.source[end..];
        after.trim().is_empty()
            || after.trim_start_matches(' ').starts_with(['\n', '\r', '\u{c}'])
            || after.starts_with('\t')
            || after.starts_with("  ")
    }

    /// Where a range of positions is in the source; a character that it cuts belongs to
    /// it.
    pub(super) fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = match self.places.get(self.text.floor_char_boundary(range.start)) {
            Some(&place) => place,
            None => self.source.len(),
        };
        let end = self.text.ceil_char_boundary(range.end);
        if end <= range.start {
            return start..start;
        }
        match self.places.get(end - 1) {
            Some(&last) => start..self.char_end(last),
            None => start..start,
        }
    }

    /// The source's words in a range of positions.
    pub(super) fn words(&self, range: Range<usize>) -> &'a str {
        let range = self.source_range(range);
        &self.source[range]
    }

    /// The source's words in a range of positions, with the dash or bullet before them
    /// that begins a value of a list: it does not count, and has no position.
    pub(super) fn list_words(&self, range: Range<usize>) -> &'a str {
        let range = self.source_range(range);
        let before = self.source[..range.start].trim_end_matches([' ', '-', '•']);
        &self.source[before.len()..range.end]
    }

    /// The end of the source's character that begins at this place.
    fn char_end(&self, place: usize) -> usize {
        self.source.ceil_char_boundary(place + 1)
    }

    /// The position of a place in the source: how much of what counts is before it.
    pub(super) fn position(&self, place: usize) -> usize {
        self.places.partition_point(|&known| known < place)
    }

    /// The same for a range of places in the source.
    pub(super) fn positions(&self, places: Range<usize>) -> Range<usize> {
        self.position(places.start)..self.position(places.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_breaks_them() {
        let text = Normalized::new("the dis-\n  puted items/services\u{c} set forth");
        let words = normalize("disputed items/services set");
        let at = text.find(&words, 0).expect("they are there");
        assert_eq!(
            text.words(at..at + words.len()),
            "dis-\n  puted items/services\u{c} set"
        );
        assert_eq!(text.find(&words, at + 1), None);
    }
}
