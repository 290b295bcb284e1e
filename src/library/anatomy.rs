//! The parts of the body, the words that name them, and the guideline chapters that treat
//! of them.

use std::ops::Range;

use serde::Deserialize;

use super::lexicon::Lexicon;

/// A part of the body.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Part {
    /// As the pick list names it, where it does.
    pub name: String,
    /// The chapter that treats of it, in a word of our own; empty for a part that is
    /// named too vaguely for one.
    pub chapter: String,
    /// Other chapters under which it may be decided as well.
    #[serde(default)]
    pub also: Vec<String>,
    words: Vec<String>,
}

impl Part {
    /// Whether what concerns this part may be decided under the chapter that treats of
    /// `cited`.
    pub fn is_decided_under(&self, cited: &Self) -> bool {
        !cited.chapter.is_empty()
            && (self.chapter == cited.chapter || self.also.contains(&cited.chapter))
    }

    /// Whether words that name the one can mean the other.
    pub fn may_be(&self, other: &Self) -> bool {
        (!self.chapter.is_empty() && other.has_chapter(&self.chapter))
            || self.also.iter().any(|chapter| other.has_chapter(chapter))
    }

    fn has_chapter(&self, chapter: &String) -> bool {
        *chapter == self.chapter || self.also.contains(chapter)
    }
}

/// All parts of the body.
#[derive(Clone, Deserialize)]
#[serde(from = "Vec<Part>")]
pub struct Anatomy {
    parts: Vec<Part>,
    lexicon: Lexicon,
}

impl From<Vec<Part>> for Anatomy {
    fn from(parts: Vec<Part>) -> Self {
        let words = parts.iter().enumerate();
        let words = words.flat_map(|(row, part)| {
            part.words.iter().map(move |word| (word.as_str(), row))
        });
        let lexicon = Lexicon::new(words);
        Self { parts, lexicon }
    }
}

impl Anatomy {
    /// The parts that a text names, in its order, each with its place.
    pub fn find<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, &'a Part)> + 'a {
        self.lexicon.find(text).map(|(range, row)| (range, &self.parts[row]))
    }

    /// The parts that a text names, each once.
    pub fn named_in(&self, text: &str) -> Vec<&Part> {
        let mut rows: Vec<usize> = self.lexicon.find(text).map(|(_, row)| row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter().map(|row| &self.parts[row]).collect()
    }
}
