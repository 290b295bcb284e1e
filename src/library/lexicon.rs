//! Words and phrases that mean rows of a table, found in a text in one pass.

use std::collections::BTreeMap;
use std::iter;
use std::ops::Range;

/// The words of a table. Case, plurals, and whether a phrase is written with spaces or
/// hyphens make no difference.
#[derive(Clone)]
pub struct Lexicon {
    /// In alphabetical order.
    words: Vec<Word>,
    beginnings: Beginnings,
}

#[derive(Clone)]
struct Word {
    bytes: Vec<u8>,
    /// What it means.
    rows: Vec<usize>,
    /// The longest other word that it begins with.
    beginning: Option<usize>,
}

/// How a word of the table may end in a text.
const ENDINGS: [&[u8]; 5] = [b"s", b"es", b"'s", "’s".as_bytes(), b""];

impl Lexicon {
    /// From pairs of words and the row that they mean; a word can mean several.
    pub(super) fn new<'w>(words: impl Iterator<Item = (&'w str, usize)>) -> Self {
        let mut rows: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
        for (word, row) in words {
            let word = Folded::new(word).bytes;
            // Of an own table: nothing is everywhere.
            if !word.is_empty() {
                rows.entry(word).or_default().push(row);
            }
        }
        let mut words: Vec<Word> = Vec::with_capacity(rows.len());
        for (bytes, rows) in rows {
            let mut beginning = words.len().checked_sub(1);
            while let Some(at) = beginning
                && !bytes.starts_with(&words[at].bytes)
            {
                beginning = words[at].beginning;
            }
            words.push(Word { bytes, rows, beginning });
        }
        let mut beginnings = Beginnings::default();
        words.iter().for_each(|word| beginnings.add(&word.bytes));
        Self { words, beginnings }
    }

    /// The words of the table that are in a text, each with its rows. The first wins, and
    /// of those that begin together the longest.
    pub fn find(&self, text: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
        let text = Folded::new(text);
        let mut places: Vec<Hit> = self.places(&text).collect();
        let mut end = 0;
        places.retain(|place| {
            let is_first = place.range.start >= end;
            if is_first {
                end = place.range.end;
            }
            is_first
        });
        places.into_iter().flat_map(move |place| {
            let range = text.written(&place.range);
            self.words[place.word]
                .rows
                .iter()
                .map(move |row| (range.clone(), *row))
        })
    }

    /// Whether one of the words is in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.places(&Folded::new(text)).next().is_some()
    }

    /// Every place at which a word stands whole.
    fn places(&self, text: &Folded) -> impl Iterator<Item = Hit> {
        let starts = 0..text.bytes.len();
        let starts = starts.filter(|start| {
            self.beginnings.has(&text.bytes[*start..]) && is_boundary(&text.bytes, *start)
        });
        starts.flat_map(|start| self.begun_at(text, start))
    }

    /// The words that stand whole at a place, the longest first.
    fn begun_at(&self, text: &Folded, start: usize) -> impl Iterator<Item = Hit> {
        let rest = &text.bytes[start..];
        // Every word with which the rest begins is the last one before it in the
        // alphabet, or a beginning of that one.
        let before = self.words.partition_point(|word| *word.bytes <= *rest);
        let last = before.checked_sub(1);
        let words = iter::successors(last, |word| self.words[*word].beginning);
        words.filter_map(move |word| {
            let bytes = &self.words[word].bytes;
            if !rest.starts_with(bytes) {
                return None;
            }
            let end = text.end_of_word(start + bytes.len())?;
            Some(Hit { range: start..end, word })
        })
    }
}

/// The first two bytes of many words, as bits: what begins otherwise is none of them, and
/// that is most of a text.
#[derive(Clone, Default)]
struct Beginnings([u64; 16]);

impl Beginnings {
    fn add(&mut self, word: &[u8]) {
        match *word {
            [] => {}
            // Whatever comes after it.
            [first] => (0..=u8::MAX).for_each(|second| self.add(&[first, second])),
            [first, second, ..] => {
                let (place, bit) = Self::place(first, second);
                self.0[place] |= bit;
            }
        }
    }

    fn has(&self, text: &[u8]) -> bool {
        let (place, bit) = match *text {
            [] => return false,
            [last] => Self::place(last, 0),
            [first, second, ..] => Self::place(first, second),
        };
        self.0[place] & bit != 0
    }

    fn place(first: u8, second: u8) -> (usize, u64) {
        let bit = (usize::from(first) * 37 + usize::from(second)) % 1024;
        (bit / 64, 1 << (bit % 64))
    }
}

/// Where a word of the table is in a folded text.
struct Hit {
    /// With its ending.
    range: Range<usize>,
    word: usize,
}

/// A text in lowercase, with one space for spaces and hyphens in a row.
struct Folded {
    bytes: Vec<u8>,
    /// Where each byte is in the text as written; empty while that is its own place.
    offsets: Vec<usize>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut bytes: Vec<u8> = text.bytes().map(folded).collect();
        let mut offsets = Vec::new();
        if bytes.windows(2).any(|pair| pair == b"  ") {
            offsets = kept(&bytes);
            bytes = offsets.iter().map(|offset| bytes[*offset]).collect();
            offsets.push(text.len());
        }
        Self { bytes, offsets }
    }

    /// Where a place is in the text as written.
    fn written(&self, place: &Range<usize>) -> Range<usize> {
        if self.offsets.is_empty() {
            return place.clone();
        }
        self.offsets[place.start]..self.offsets[place.end - 1] + 1
    }

    /// Where a word ends, with its ending, if it ends there.
    fn end_of_word(&self, place: usize) -> Option<usize> {
        let rest = &self.bytes[place..];
        let ends = |ending: &&&[u8]| {
            rest.starts_with(ending) && is_boundary(&self.bytes, place + ending.len())
        };
        let ending = ENDINGS.iter().find(ends)?;
        Some(place + ending.len())
    }
}

fn folded(byte: u8) -> u8 {
    match byte {
        b'-' => b' ',
        _ if byte.is_ascii_whitespace() => b' ',
        _ => byte.to_ascii_lowercase(),
    }
}

/// The places of all bytes but the spaces that follow a space.
fn kept(bytes: &[u8]) -> Vec<usize> {
    let follows = |place: &usize| {
        bytes[*place] != b' '
            || place.checked_sub(1).is_none_or(|last| bytes[last] != b' ')
    };
    (0..bytes.len()).filter(follows).collect()
}

/// Whether an English word begins or ends at a place. The boundaries of all languages are
/// slow in a text with one curly apostrophe.
fn is_boundary(bytes: &[u8], place: usize) -> bool {
    let is_letter = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    };
    let before = place.checked_sub(1).and_then(|last| bytes.get(last));
    is_letter(before) != is_letter(bytes.get(place))
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
