//! Things that are known by several names: treatments, and what records hold.

use std::ops::Range;

use serde::Deserialize;

use super::lexicon::Lexicon;

#[derive(Clone, Deserialize)]
struct Named {
    name: String,
    words: Vec<String>,
}

/// A table of names, each with the words that mean it.
#[derive(Clone, Deserialize)]
#[serde(from = "Vec<Named>")]
pub struct Names {
    names: Vec<String>,
    lexicon: Lexicon,
}

impl From<Vec<Named>> for Names {
    fn from(rows: Vec<Named>) -> Self {
        let words = rows.iter().enumerate();
        let words = words.flat_map(|(row, named)| {
            named.words.iter().map(move |word| (word.as_str(), row))
        });
        let lexicon = Lexicon::new(words);
        Self { names: rows.into_iter().map(|named| named.name).collect(), lexicon }
    }
}

impl Names {
    /// Every name, in the order of the table.
    pub fn all(&self) -> &[String] {
        &self.names
    }

    /// What a text names, in its order, each with its place.
    pub fn find<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, &'a str)> + 'a {
        self.lexicon
            .find(text)
            .map(|(range, row)| (range, self.names[row].as_str()))
    }

    /// What a text names, each once.
    pub fn named_in(&self, text: &str) -> Vec<&str> {
        let mut rows: Vec<usize> = self.lexicon.find(text).map(|(_, row)| row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter().map(|row| self.names[row].as_str()).collect()
    }
}
