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
        Rows { before: row, row, last: 0 }
    }

    fn is_match(&self, rows: &Rows) -> bool {
        rows.row[self.word.len()] <= self.most
    }

    fn can_match(&self, rows: &Rows) -> bool {
        rows.row[..=self.word.len()].iter().any(|&it| it <= self.most)
    }

    fn accept(&self, rows: &Rows, letter: u8) -> Rows {
        let mut next = [u8::MAX; LONGEST + 1];
        next[0] = rows.row[0].saturating_add(1);
        for (at, &own) in self.word.iter().enumerate() {
            let mistaken = rows.row[at].saturating_add(u8::from(own != letter));
            let left_out = next[at].saturating_add(1);
            let put_in = rows.row[at + 1].saturating_add(1);
            next[at + 1] = mistaken.min(left_out).min(put_in);
            let is_swapped = at > 0
                && own == rows.last
                && self.word[at - 1] == letter
                && own != letter;
            if is_swapped {
                next[at + 1] = next[at + 1].min(rows.before[at - 1].saturating_add(1));
            }
        }
        Rows { before: rows.row, row: next, last: letter }
    }
}
