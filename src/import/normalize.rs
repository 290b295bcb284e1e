//! A text without what extractions make up or lose: white space, hyphens and page breaks;
//! with the way back to each character's place.

use std::ops::Range;

/// A text as it is compared. Its places are counted in bytes of the characters that
/// count.
pub(super) struct Normalized<'a> {
    pub source: &'a str,
    /// The characters that count.
    text: String,
    /// The same with small letters.
    small: String,
    /// Where each byte of them stands in the source.
    places: Vec<usize>,
}

/// What a character counts as when texts are compared; nothing where it does not count.
fn counted(character: char) -> &'static str {
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
    let mut squeezed = String::new();
    text.chars()
        .filter(|&character| counts(character))
        .for_each(|character| push(&mut squeezed, character));
    squeezed
}

fn push(squeezed: &mut String, character: char) {
    match counted(character) {
        "" => squeezed.push(character),
        other => squeezed.push_str(other),
    }
}

/// Whether so many characters of a text count, without reading on.
pub(super) fn has(text: &str, characters: usize) -> bool {
    text.chars()
        .filter(|&character| counts(character))
        .take(characters)
        .count()
        == characters
}

/// Whether two texts are the same but for white space and hyphens.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    normalize(one) == normalize(other)
}

impl<'a> Normalized<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let (mut text, mut places) = (String::new(), Vec::new());
        for (at, character) in
            source.char_indices().filter(|&(_, character)| counts(character))
        {
            push(&mut text, character);
            places.resize(text.len(), at);
        }
        Self { source, small: text.to_ascii_lowercase(), text, places }
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// What counts, from a place on.
    pub(super) fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The first place at or behind `from` where the words stand.
    pub(super) fn find(&self, words: &str, from: usize) -> Option<usize> {
        Some(from + self.text.get(from..)?.find(words)?)
    }

    /// The same, whichever letters are capitals.
    pub(super) fn find_small(&self, words: &str, from: usize) -> Option<usize> {
        Some(from + self.small.get(from..)?.find(&words.to_ascii_lowercase())?)
    }

    pub(super) fn is_at(&self, words: &str, at: usize) -> bool {
        self.rest(at).starts_with(words)
    }

    /// The place behind the character that stands here.
    pub(super) fn next(&self, at: usize) -> usize {
        at + self.rest(at).chars().next().map_or(1, char::len_utf8)
    }

    /// The first place in a stretch where the words fill a line or a table's cell.
    pub(super) fn find_alone(&self, words: &str, stretch: Range<usize>) -> Option<usize> {
        let mut from = stretch.start;
        while let Some(at) =
            self.find(words, from).filter(|at| at + words.len() <= stretch.end)
        {
            if self.is_cell_start(at) && self.is_cell_end(at + words.len()) {
                return Some(at);
            }
            from = self.next(at);
        }
        None
    }

    /// Whether a line or a table's cell begins here; a list's dash or point may stand
    /// before.
    pub(super) fn is_cell_start(&self, at: usize) -> bool {
        let before = &self.source[..self.range(at..at).start];
        let before = before
            .strip_suffix(' ')
            .and_then(|front| front.strip_suffix(['-', '•']))
            .unwrap_or(before);
        before.is_empty()
            || before.ends_with(['\n', '\t', '\u{c}'])
            || before.trim_end_matches(' ').ends_with('\n')
            || before.ends_with("  ")
    }

    /// Whether a line or a table's cell ends before this place.
    pub(super) fn is_cell_end(&self, at: usize) -> bool {
        let behind = at
            .checked_sub(1)
            .and_then(|last| self.places.get(last))
            .map_or(0, |&place| self.behind(place));
        let behind = &self.source[behind..];
        let is_line_end =
            behind.trim_start_matches(' ').starts_with(['\n', '\r', '\u{c}']);
        behind.trim().is_empty()
            || is_line_end
            || behind.starts_with(['\t'])
            || behind.starts_with("  ")
    }

    /// Where a stretch of what counts stands in the source; a character that it cuts
    /// belongs to it.
    pub(super) fn range(&self, stretch: Range<usize>) -> Range<usize> {
        let place = |at: usize| self.places.get(at).copied();
        let start = place(self.text.floor_char_boundary(stretch.start))
            .unwrap_or(self.source.len());
        let last = self
            .text
            .ceil_char_boundary(stretch.end)
            .checked_sub(1)
            .filter(|last| *last >= stretch.start);
        start..last.and_then(place).map_or(start, |last| self.behind(last))
    }

    /// The source's words in a stretch.
    pub(super) fn text(&self, stretch: Range<usize>) -> &'a str {
        let range = self.range(stretch);
        &self.source[range]
    }

    /// The source's words in a stretch, with the dash or point before them that begins a
    /// value of a list.
    pub(super) fn list(&self, stretch: Range<usize>) -> &'a str {
        let range = self.range(stretch);
        let before = self.source[..range.start].trim_end_matches([' ', '-', '•']);
        &self.source[before.len()..range.end]
    }

    /// Behind the character of the source that stands here.
    fn behind(&self, place: usize) -> usize {
        self.source.ceil_char_boundary(place + 1)
    }

    /// How much of what counts stands before a byte of the source.
    pub(super) fn before(&self, byte: usize) -> usize {
        self.places.partition_point(|&at| at < byte)
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
            text.text(at..at + words.len()),
            "dis-\n  puted items/services\u{c} set"
        );
        assert_eq!(text.find(&words, at + 1), None);
    }
}
