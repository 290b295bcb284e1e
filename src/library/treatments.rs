//! Treatments by all their names: brand and generic, long and short.

use serde::Deserialize;

use super::Lexicon;

#[derive(Deserialize)]
struct Treatment {
    name: String,
    words: Vec<String>,
}

/// All treatments that are known by several names.
#[derive(Deserialize)]
#[serde(from = "Vec<Treatment>")]
pub struct Treatments {
    names: Vec<String>,
    lexicon: Lexicon,
}

impl From<Vec<Treatment>> for Treatments {
    fn from(treatments: Vec<Treatment>) -> Self {
        let words = treatments.iter().enumerate();
        let words = words.flat_map(|(row, treatment)| treatment.words.iter().map(move |word| (word.as_str(), row)));
        let lexicon = Lexicon::new(words);
        Self { names: treatments.into_iter().map(|treatment| treatment.name).collect(), lexicon }
    }
}

impl Treatments {
    /// The treatments that a text names, each once.
    #[must_use]
    pub fn named_in(&self, text: &str) -> Vec<&str> {
        let mut rows: Vec<usize> = self.lexicon.find(text).map(|(_, row)| row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter().map(|row| self.names[row].as_str()).collect()
    }
}
