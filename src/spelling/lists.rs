//! The word lists that the program carries: one map, which the build makes of the lists in
//! `assets/words`. Its README says where each is from.

use fst::{IntoStreamer, Map, Streamer};

use self::marks::{FREQUENCY, MIXED, NAME, SHORT, SMALL, TERM};
use super::slips::Slips;

#[path = "marks.rs"]
mod marks;

static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.fst"));

/// Words with capitals within them, as they are written, a line each.
static MIXED_WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/mixed.txt"));

/// The word list is damaged.
#[derive(Debug, thiserror::Error)]
#[error("The word list is damaged: {0}")]
pub struct Error(#[from] fst::Error);

pub(super) struct Lists {
    words: Map<&'static [u8]>,
}

/// A word that may be meant, in small letters.
pub(super) struct KnownWord {
    pub word: String,
    marks: u64,
}

impl KnownWord {
    /// How often it is used, from 0 to 15; the next figure means two and a half times as
    /// often.
    pub(super) fn frequency(&self) -> u32 {
        (self.marks >> FREQUENCY) as u32
    }

    /// Whether a list of medicine, drugs or the trade has it.
    pub(super) fn is_term(&self) -> bool {
        self.marks & TERM != 0
    }

    /// As it is written where it has capitals of its own.
    pub(super) fn with_capitals(self) -> String {
        if self.marks & SMALL != 0 {
            return self.word;
        }
        if self.marks & NAME != 0 {
            return capitalized(&self.word);
        }
        if self.marks & SHORT != 0 {
            return self.word.to_uppercase();
        }
        let mut mixed = MIXED_WORDS.lines();
        match mixed.find(|mixed| mixed.to_lowercase() == self.word) {
            Some(mixed) => mixed.to_owned(),
            None => self.word,
        }
    }
}

impl Lists {
    pub(super) fn bundled() -> Result<Self, Error> {
        Ok(Self { words: Map::new(WORDS)? })
    }

    /// Whether a list has the word as it stands, or in small letters where it has
    /// capitals.
    pub(super) fn has(&self, word: &str) -> bool {
        let small = word.to_lowercase();
        let marks = self.marks(&small);
        if are_right(marks, word, &small) {
            return true;
        }
        // The plural of a term, or of a name.
        let Some(singular) = small.strip_suffix('s') else { return false };
        let marks = self.marks(singular);
        singular.len() >= SHORTEST_PLURAL
            && marks & TERM != 0
            && are_right(marks, &word[..word.len() - 1], singular)
    }

    /// The words that are at most so many slips away, in small letters.
    pub(super) fn like(&self, word: &str, most: u8) -> Vec<KnownWord> {
        let Some(slips) = Slips::new(word, most) else { return Vec::new() };
        let mut found = Vec::new();
        let mut stream = self.words.search(slips).into_stream();
        while let Some((key, marks)) = stream.next() {
            if let Ok(word) = std::str::from_utf8(key)
                && !word.contains('-')
            {
                found.push(KnownWord { word: word.to_owned(), marks });
            }
        }
        found
    }

    /// What the lists say of a word in small letters.
    pub(super) fn known(&self, word: &str) -> Option<KnownWord> {
        let marks = self.words.get(word)?;
        Some(KnownWord { word: word.to_owned(), marks })
    }

    /// Whether words can begin with this: `thoraco` of "thoracolumbar".
    pub(super) fn begins(&self, piece: &str) -> bool {
        self.words.contains_key(format!("{}-", piece.to_lowercase()))
    }

    /// Whether words of medicine can end with this: `ectomy` of "odontectomy".
    pub(super) fn ends(&self, piece: &str) -> bool {
        self.words.contains_key(format!("-{piece}"))
    }

    /// Whether it is written with a capital where it is a name.
    pub(super) fn is_name(&self, small: &str) -> bool {
        self.marks(small) & NAME != 0
    }

    fn marks(&self, small: &str) -> u64 {
        self.words.get(small).unwrap_or_default()
    }
}

/// Shorter terms with an s at their end are other words.
const SHORTEST_PLURAL: usize = 4;

/// Whether a word's capitals are as its marks allow.
fn are_right(marks: u64, word: &str, small: &str) -> bool {
    if marks & (SMALL | NAME | MIXED | SHORT) == 0 {
        return false;
    }
    let is_loud = !word.contains(char::is_lowercase);
    if word == small {
        marks & SMALL != 0
    } else if is_loud {
        true
    } else if word[1..] == small[1..] {
        marks & (SMALL | NAME | MIXED) != 0
    } else {
        // A name such as "onabotulinumtoxinA" begins a sentence, too.
        marks & MIXED != 0
            && MIXED_WORDS
                .lines()
                .any(|mixed| mixed == word || capitalized(mixed) == word)
    }
}

pub(super) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
