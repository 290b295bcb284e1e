//! The words with which rationales conclude that a treatment is or is not necessary.

use serde::Deserialize;

use super::Lexicon;

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
    /// Conclude wherever they stand.
    pub strong: Lexicon,
    /// Conclude only of a request.
    pub weak: Lexicon,
    /// Say no by themselves.
    pub refusing: Lexicon,
    pub openers: Lexicon,
    pub negations: Lexicon,
    /// Leave it open what is concluded.
    pub doubts: Lexicon,
    /// Tell what others recommend.
    pub authorities: Lexicon,
}

impl From<Words> for Conclusions {
    fn from(words: Words) -> Self {
        let lexicon =
            |words: &[String]| Lexicon::new(words.iter().map(|word| (word.as_str(), 0)));
        Self {
            strong: lexicon(&words.strong),
            weak: lexicon(&words.weak),
            refusing: lexicon(&words.refusing),
            openers: lexicon(&words.openers),
            negations: lexicon(&words.negations),
            doubts: lexicon(&words.doubts),
            authorities: lexicon(&words.authorities),
        }
    }
}
