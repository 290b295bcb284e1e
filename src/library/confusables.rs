//! Words that are taken for others.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, de};

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
    pub before: Neighbors,
    /// What may come after it; where both are named, both must be there.
    #[serde(default)]
    pub after: Neighbors,
    /// What right before it makes it the right word after all.
    #[serde(default)]
    pub unless: Neighbors,
    /// The same right after it.
    #[serde(default)]
    pub unless_after: Neighbors,
}

/// What may stand beside a word, in one text: with a text for each, reading the table
/// would take several times as long.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Neighbors(String);

/// What ends each of them.
const END: char = '|';

impl Neighbors {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_terminator(END)
    }
}

impl<'de> Deserialize<'de> for Neighbors {
    fn deserialize<D: Deserializer<'de>>(list: D) -> Result<Self, D::Error> {
        list.deserialize_seq(ListReader)
    }
}

struct ListReader;

impl<'de> Visitor<'de> for ListReader {
    type Value = Neighbors;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of words")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Neighbors, A::Error> {
        // As long as most lists are: growing takes longer than reading.
        let mut words = String::with_capacity(64);
        while list.next_element_seed(WordReader(&mut words))?.is_some() {}
        Ok(Neighbors(words))
    }
}

/// Adds a word to those before it.
struct WordReader<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for WordReader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, word: D) -> Result<(), D::Error> {
        word.deserialize_str(self)
    }
}

impl Visitor<'_> for WordReader<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a word")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<(), E> {
        self.0.push_str(word);
        self.0.push(END);
        Ok(())
    }
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
