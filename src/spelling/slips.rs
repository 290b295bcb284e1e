//! The words that are a slip or two away from a text, found in the map of all words
//! without looking at most of them.

use fst::Automaton;

/// Longer words are not looked for.
const LONGEST: usize = 30;

/// A word and how many slips of the hand may lie between it and another: letters left
/// out, put in, mistaken for others, or two of them changed about.
pub(super) struct Slips {
    word: Vec<u8>,
    most: u8,
}

/// The rows of the table of distances that belong to the last two letters.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    before: [u8; LONGEST + 1],
    row: [u8; LONGEST + 1],
    last: u8,
    /// How many letters were gone through.
    depth: usize,
    is_open: bool,
}

impl Slips {
    /// None where the word is too long, or has letters that no list has.
    pub(super) fn new(word: &str, most: u8) -> Option<Self> {
        let word = word.to_lowercase().into_bytes();
        (word.len() <= LONGEST && word.is_ascii()).then_some(Self { word, most })
    }
}

impl Automaton for Slips {
    type State = Rows;

    fn start(&self) -> Rows {
        let mut row = [u8::MAX; LONGEST + 1];
        for (at, distance) in (0..=self.word.len()).zip(0..) {
            row[at] = distance;
        }
        Rows { before: row, row, last: 0, depth: 0, is_open: true }
    }

    fn is_match(&self, rows: &Rows) -> bool {
        rows.row[self.word.len()] <= self.most
    }

    fn can_match(&self, rows: &Rows) -> bool {
        rows.is_open
    }

    /// Only what lies near the diagonal is worked out: all else is more slips away.
    fn accept(&self, rows: &Rows, letter: u8) -> Rows {
        let length = self.word.len();
        let reach = usize::from(self.most);
        let depth = rows.depth + 1;
        let (low, high) = (depth.saturating_sub(reach), (depth + reach).min(length));
        let mut next = [u8::MAX; LONGEST + 1];
        let mut is_open = false;
        for at in low..=high {
            next[at] = self.distance(rows, &next, at, letter);
            is_open |= next[at] <= self.most;
        }
        Rows { before: rows.row, row: next, last: letter, depth, is_open }
    }
}

impl Slips {
    /// How many slips lie between the first letters of the word, so many, and those that
    /// were gone through, this one included.
    fn distance(&self, rows: &Rows, next: &[u8], at: usize, letter: u8) -> u8 {
        let more = rows.row[at].saturating_add(1);
        let Some(place) = at.checked_sub(1) else { return more };
        let own = self.word[place];
        let mistaken = rows.row[place].saturating_add(u8::from(own != letter));
        let least = mistaken.min(more).min(next[place].saturating_add(1));
        let is_swapped = own == rows.last && at > 1 && self.word[at - 2] == letter;
        if is_swapped {
            return least.min(rows.before[at - 2].saturating_add(1));
        }
        least
    }
}
