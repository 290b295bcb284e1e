//! The words with which rationales conclude that a treatment is or is not necessary.

use serde::Deserialize;

use super::lexicon::Lexicon;

/// The table as its file writes it.
#[derive(Clone, Deserialize)]
struct Words {
    strong: Vec<String>,
    weak: Vec<String>,
    refusing: Vec<String>,
    openers: Vec<String>,
    negations: Vec<String>,
    doubts: Vec<String>,
    authorities: Vec<String>,
}

/// Words that conclude, and words that change what they say.
#[derive(Clone, Deserialize)]
#[serde(from = "Words")]
pub struct Conclusions {
    /// Conclude wherever they appear.
    pub strong: Lexicon,
    /// Conclude only of a request.
    pub weak: Lexicon,
    /// Say no by themselves.
    pub refusing: Lexicon,
    pub openers: Lexicon,
    pub negations: Lexicon,
    /// Leave it open what is concluded.
    pub doubts: Lexicon,
    /// Report what others recommend.
    pub authorities: Lexicon,
}

impl From<Words> for Conclusions {
    fn from(words: Words) -> Self {
        Self {
            strong: lexicon_of(&words.strong),
            weak: lexicon_of(&words.weak),
            refusing: lexicon_of(&words.refusing),
            openers: lexicon_of(&words.openers),
            negations: lexicon_of(&words.negations),
            doubts: lexicon_of(&words.doubts),
            authorities: lexicon_of(&words.authorities),
        }
    }
}

/// Words of which it matters only that they are there.
fn lexicon_of(words: &[String]) -> Lexicon {
    Lexicon::new(words.iter().map(|word| (word.as_str(), 0)))
}
