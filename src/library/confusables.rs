//! Words that are taken for others.

use serde::Deserialize;

use crate::memo;

/// A word that is taken for another, and the words around it that show which is meant.
#[derive(Clone, Debug, PartialEq, Hash, Deserialize)]
pub struct Confusable {
    /// In small letters.
    pub word: String,
    pub right: String,
    /// What may come before it, several words with spaces between them; any one decides.
    /// `*` stands for no matter what.
    #[serde(default)]
    pub before: Vec<String>,
    /// What may come after it; where both are named, both must be there.
    #[serde(default)]
    pub after: Vec<String>,
    /// What right before it makes it the right word after all.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// A table of such words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "Vec<Confusable>")]
pub struct Confusables {
    rows: Vec<Confusable>,
    key: u128,
}

impl From<Vec<Confusable>> for Confusables {
    fn from(mut rows: Vec<Confusable>) -> Self {
        // The rows of a word keep their order: the first that decides wins.
        rows.sort_by(|one, other| one.word.cmp(&other.word));
        let key = memo::key(&rows);
        Self { rows, key }
    }
}

impl Confusables {
    /// Every row, in the alphabetical order of the words.
    pub fn all(&self) -> &[Confusable] {
        &self.rows
    }

    /// By which the table is known from another.
    pub(crate) fn key(&self) -> u128 {
        self.key
    }

    /// The rows of a word, in the order of the table.
    pub fn of(&self, word: &str) -> &[Confusable] {
        let start = self.rows.partition_point(|row| *row.word < *word);
        let rest = &self.rows[start..];
        &rest[..rest.partition_point(|row| row.word == word)]
    }
}
