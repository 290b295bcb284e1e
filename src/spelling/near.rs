//! How likely a word is meant where another is written: by the slips of the hand between
//! the two, and by how often it is used.

use std::cmp::Reverse;

use super::lists::{KnownWord, Lists, capitalized};

/// What one slip weighs beside the steps of how often words are used.
const SLIP: u32 = 100;

/// How much likelier a word is for each step of how often it is used.
const STEP: u32 = 11;

/// What two words cost that a space was left out between.
const LOST_SPACE: u32 = 110;

/// A word that may be meant.
pub(super) struct Guess {
    pub word: String,
    weight: u32,
    frequency: u32,
    /// Whether it often has a capital within a sentence, as names and drugs have.
    is_capital: bool,
}

impl Guess {
    pub(super) fn new(typed: &str, known: KnownWord) -> Self {
        let weight = weight(typed.as_bytes(), known.word.as_bytes());
        let frequency = known.frequency();
        let is_term = known.is_term();
        let word = known.with_capitals();
        let is_capital = is_term || word.contains(char::is_uppercase);
        Self { word, weight, frequency, is_capital }
    }

    /// A word of one's own.
    pub(super) fn own(typed: &str, word: &str) -> Self {
        /// A word that was taught is a word that is used.
        const OFTEN: u32 = 9;
        let weight = weight(typed.as_bytes(), word.to_lowercase().as_bytes());
        Self { word: word.to_owned(), weight, frequency: OFTEN, is_capital: true }
    }

    /// Two words without the space between them, if both are used often enough.
    pub(super) fn parted(lists: &Lists, typed: &str, at: usize) -> Option<Self> {
        /// Rare words are pieces of too many others, and words of two letters are unless
        /// they are as common as "of".
        const RAREST: u32 = 5;
        const RAREST_OF_TWO: u32 = 12;
        let (first, second) = typed.split_at_checked(at)?;
        let (first, second) = (lists.known(first)?, lists.known(second)?);
        let is_common = |piece: &KnownWord| {
            let rarest = if piece.word.len() < 3 { RAREST_OF_TWO } else { RAREST };
            piece.frequency() >= rarest
        };
        let frequency = first.frequency().min(second.frequency());
        (is_common(&first) && is_common(&second)).then(|| Self {
            word: format!("{} {}", first.with_capitals(), second.with_capitals()),
            weight: LOST_SPACE,
            frequency: frequency.saturating_sub(2),
            is_capital: false,
        })
    }

    /// Whether a word in small letters is likelier a slip than a word that no list has: 628
    /// of 634 known misspellings are, and one in seven right words that the lists lacked.
    /// A capital within a sentence is rather that of a name than of a common word.
    pub(super) fn is_likely(&self, typed: &str, is_name: bool) -> bool {
        /// What each step of how often the meant word is used speaks for a slip.
        const USE: u32 = 15;
        /// What each letter does: the longer a word, the fewer are like it by chance.
        const LETTER: u32 = 20;
        const MOST_LETTERS: usize = 12;
        /// Shorter words are like others by chance.
        const FEWEST_LETTERS: usize = 4;
        const LEAST: u32 = 120;
        const OTHER_CASE: u32 = 30;
        let letters: u32 = match typed.len() {
            ..FEWEST_LETTERS => 0,
            many => (0..many.min(MOST_LETTERS)).map(|_| LETTER).sum(),
        };
        let is_other = is_name && !self.is_capital;
        let doubt = if is_other { LEAST + OTHER_CASE } else { LEAST };
        USE * self.frequency + letters >= self.weight + doubt && !self.is_plural(typed)
    }

    /// Whether one of the two words is the plural of the other: "centiloids" comes of
    /// "centiloid", but "equipments" of a word too common to have a plural that no list
    /// has.
    fn is_plural(&self, typed: &str) -> bool {
        const COMMON: u32 = 7;
        let right = self.word.to_lowercase();
        let is_of = |many: &str, one: &str| {
            many.strip_suffix('s') == Some(one) && !one.ends_with('s')
        };
        self.frequency < COMMON && (is_of(&right, typed) || is_of(typed, &right))
    }

    /// By which guesses are put in order, the likeliest first.
    pub(super) fn unlikeliness(&self) -> (u32, Reverse<u32>) {
        /// More than the most common word is likelier for its commonness.
        const MOST: u32 = 15 * STEP;
        (MOST + self.weight - STEP * self.frequency.min(15), Reverse(self.frequency))
    }
}

/// A right word with capitals as the wrong one had them.
pub(super) fn cased_as(word: &str, candidate: &str) -> String {
    let is_loud = word.chars().all(|c| !c.is_lowercase());
    if is_loud {
        return candidate.to_uppercase();
    }
    // A name keeps its capitals.
    if candidate.contains(char::is_uppercase) || !word.starts_with(char::is_uppercase) {
        return candidate.to_owned();
    }
    capitalized(candidate)
}

/// The slips between two words in small letters, each weighed by how easily it happens.
fn weight(typed: &[u8], meant: &[u8]) -> u32 {
    let mut before: Vec<u32> = Vec::new();
    let mut row: Vec<u32> = vec![0];
    for at in 0..meant.len() {
        row.push(row[at] + left_out(meant, at));
    }
    for at in 0..typed.len() {
        let mut next = vec![row[0] + put_in(typed, at)];
        for of in 0..meant.len() {
            let mistaken = row[of] + mistaken(typed[at], meant[of], at);
            let more = row[of + 1] + put_in(typed, at);
            let less = next[of] + left_out(meant, of);
            let mut least = mistaken.min(more).min(less);
            let is_swapped = at > 0
                && of > 0
                && typed[at] == meant[of - 1]
                && typed[at - 1] == meant[of];
            if is_swapped {
                least = least.min(before[of - 1] + SLIP * 6 / 10);
            }
            next.push(least);
        }
        before = row;
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// A letter of the word that was not typed; one of two alike is soonest forgotten.
fn left_out(meant: &[u8], at: usize) -> u32 {
    let is_doubled = is_doubled(meant, at);
    match at {
        0 => SLIP * 3 / 2,
        _ if is_doubled => SLIP / 2,
        // "Reviewd".
        _ if meant[at..] == *b"ed" => SLIP * 4 / 10,
        _ if is_vowel(meant[at]) => SLIP * 6 / 10,
        _ => SLIP * 3 / 4,
    }
}

/// A letter that was typed and is not of the word; one beside its neighbor on the
/// keyboard is soonest hit along.
fn put_in(typed: &[u8], at: usize) -> u32 {
    let is_beside = at > 0 && are_neighbors(typed[at - 1], typed[at])
        || at + 1 < typed.len() && are_neighbors(typed[at], typed[at + 1]);
    match at {
        _ if is_doubled(typed, at) => SLIP / 2,
        _ if is_beside => SLIP * 7 / 10,
        0 => SLIP * 3 / 2,
        _ => SLIP,
    }
}

fn mistaken(typed: u8, meant: u8, at: usize) -> u32 {
    if typed == meant {
        return 0;
    }
    let slip = if is_vowel(typed) && is_vowel(meant) {
        SLIP / 2
    } else if are_neighbors(typed, meant) || sound_alike(typed, meant) {
        SLIP * 8 / 10
    } else {
        SLIP
    };
    if at == 0 { slip + SLIP / 2 } else { slip }
}

fn is_doubled(word: &[u8], at: usize) -> bool {
    at > 0 && word[at - 1] == word[at]
}

/// Vowels are taken for each other more often than other letters.
fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn sound_alike(one: u8, other: u8) -> bool {
    [b"ck", b"cs", b"sz", b"dt", b"bp", b"fv", b"mn", b"gj", b"kq", b"xs"]
        .iter()
        .any(|[first, second]| {
            [(first, second), (second, first)].contains(&(&one, &other))
        })
}

/// Whether two keys touch on an American keyboard.
fn are_neighbors(one: u8, other: u8) -> bool {
    let (Some((row, place)), Some((other_row, other_place))) = (key(one), key(other))
    else {
        return false;
    };
    // Each row stands half a key to the right of the one above it, about.
    let across = (2 * place + row).abs_diff(2 * other_place + other_row);
    one != other && row.abs_diff(other_row) <= 1 && across <= 2
}

fn key(letter: u8) -> Option<(usize, usize)> {
    let rows: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
    for (row, keys) in rows.iter().enumerate() {
        if let Some(place) = keys.iter().position(|&key| key == letter) {
            return Some((row, place));
        }
    }
    None
}
