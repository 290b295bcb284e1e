//! The word lists that the program carries; `assets/words/README.md` says where each is
//! from.

use std::collections::BTreeSet;

use spellbook::{Dictionary, ParseDictionaryError, ParseFlagError};

/// English, with the rules by which its words are inflected.
const ENGLISH: (&str, &str) = (
    include_str!("../../assets/words/en_US.aff"),
    include_str!("../../assets/words/en_US.dic"),
);

/// One word a line; a line that ends with a hyphen is a beginning, such as `thoraco-`.
const PLAIN: &[&str] = &[
    include_str!("../../assets/words/medical.txt"),
    include_str!("../../assets/words/drugs.txt"),
    include_str!("../../assets/words/house.txt"),
];

/// A word list is damaged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Dictionary(ParseDictionaryError),
    #[error("{0}")]
    Word(ParseFlagError),
}

pub(super) struct Lists {
    pub dictionary: Dictionary,
    beginnings: BTreeSet<&'static str>,
    /// The words of medicine and of the trade.
    terms: Vec<&'static str>,
}

impl Lists {
    pub(super) fn bundled() -> Result<Self, Error> {
        let mut dictionary =
            Dictionary::new(ENGLISH.0, ENGLISH.1).map_err(Error::Dictionary)?;
        let (mut beginnings, mut terms) = (BTreeSet::new(), Vec::new());
        for line in PLAIN.iter().flat_map(|list| list.lines()) {
            if let Some(beginning) = line.strip_suffix('-') {
                beginnings.insert(beginning);
            } else if !line.is_empty() {
                dictionary.add(line).map_err(Error::Word)?;
                terms.push(line);
            }
        }
        Ok(Self { dictionary, beginnings, terms })
    }

    /// The words of medicine and of the trade that begin as a word does and are about as
    /// long.
    pub(super) fn terms_like(&self, word: &str) -> impl Iterator<Item = &'static str> {
        let (first, length) = (first_letter(word), word.len());
        self.terms.iter().copied().filter(move |term| {
            term.len().abs_diff(length) <= 2 && first_letter(term) == first
        })
    }

    /// Whether words can begin with this.
    pub(super) fn begins(&self, piece: &str) -> bool {
        self.beginnings.contains(piece)
            || self.beginnings.contains(piece.to_lowercase().as_str())
    }
}

fn first_letter(word: &str) -> Option<char> {
    Some(word.chars().next()?.to_ascii_lowercase())
}
