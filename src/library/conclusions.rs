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
    acting: Vec<String>,
    acting_against: Vec<String>,
    objects: Vec<String>,
    criteria: Vec<String>,
    met: Vec<String>,
    subjects: Vec<String>,
    subjects_denied: Vec<String>,
    lacking: Vec<String>,
    grounds: Vec<String>,
    found: Vec<String>,
    denials: Vec<String>,
    deciders: Vec<String>,
    keeping: Vec<String>,
    reversing: Vec<String>,
    reasons: Vec<String>,
    certain: Vec<String>,
    alone: Vec<String>,
    aside: Vec<String>,
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
    /// Conclude by what they act on.
    pub acting: Lexicon,
    /// Say no of it.
    pub acting_against: Lexicon,
    /// What they act on.
    pub objects: Lexicon,
    /// What is met or not.
    pub criteria: Lexicon,
    /// That it is.
    pub met: Lexicon,
    /// Other words for what is asked for.
    pub subjects: Lexicon,
    /// Negations of the subject.
    pub subjects_denied: Lexicon,
    /// Lack what follows.
    pub lacking: Lexicon,
    /// What a conclusion can lack.
    pub grounds: Lexicon,
    /// Lead to what was or was not found.
    pub found: Lexicon,
    /// A denial.
    pub denials: Lexicon,
    /// Whoever or whatever decided before.
    pub deciders: Lexicon,
    /// Let a decision stand.
    pub keeping: Lexicon,
    /// Overturn it.
    pub reversing: Lexicon,
    /// Begin a sentence's reasons.
    pub reasons: Lexicon,
    /// Look like doubts and are none.
    pub certain: Lexicon,
    /// Conclude in a sentence of a few words.
    pub alone: Lexicon,
    /// Say that something is not what is decided.
    pub aside: Lexicon,
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
            acting: lexicon_of(&words.acting),
            acting_against: lexicon_of(&words.acting_against),
            objects: lexicon_of(&words.objects),
            criteria: lexicon_of(&words.criteria),
            met: lexicon_of(&words.met),
            subjects: lexicon_of(&words.subjects),
            subjects_denied: lexicon_of(&words.subjects_denied),
            lacking: lexicon_of(&words.lacking),
            grounds: lexicon_of(&words.grounds),
            found: lexicon_of(&words.found),
            denials: lexicon_of(&words.denials),
            deciders: lexicon_of(&words.deciders),
            keeping: lexicon_of(&words.keeping),
            reversing: lexicon_of(&words.reversing),
            reasons: lexicon_of(&words.reasons),
            certain: lexicon_of(&words.certain),
            alone: lexicon_of(&words.alone),
            aside: lexicon_of(&words.aside),
        }
    }
}

/// Words of which it matters only that they are there.
fn lexicon_of(words: &[String]) -> Lexicon {
    Lexicon::new(words.iter().map(|word| (word.as_str(), 0)))
}
