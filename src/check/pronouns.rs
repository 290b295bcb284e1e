//! The pronouns of a text that stand for the claimant: he and she, but not those of
//! physicians, relatives, quotations and the reviewer, nor "he/she".

use std::ops::Range;

use super::text::{is_within, quotations, sentences, words};
use crate::letter::Sex;

/// A pronoun of one sex.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pronoun {
    /// Its place in the text, as `str` counts.
    pub bytes: Range<usize>,
    pub sex: Sex,
    /// The same word for the other sex.
    pub other: String,
}

// "He/she", "his or her", "(s)he".
pattern!(
    BOTH,
    r"\b(?:he|she|his|hers?|him|himself|herself)\s*(?:/|\(|\bor\b|\band/or\b)\s*(?:he|she|s/?he|his|hers?|him|himself|herself)\b|\(s\)\s*he\b|\bs/he\b"
);

// People of whom a pronoun can speak besides the claimant.
pattern!(
    SOMEONE_ELSE,
    r"\b(?:providers?|physicians?|doctors?|surgeons?|therapists?|chiropractors?|psychologists?|psychiatrists?|nurses?|practitioners?|specialists?|reviewers?|evaluators?|examiners?|consultants?|assistants?|dr|md|ptp|qme|ame|pcp|pa-c|[a-z]+ologists?|[a-z]*iatrists?|[a-z]*(?:orthop|pod|acupunctur)[a-z]+ists?|adjusters?|administrators?|treaters?|prescribers?|dentists?|pharmacists?|internists?|trainers?|foreman|witness(?:es)?|employers?|supervisors?|managers?|boss|co-?workers?|colleagues?|attorneys?|husband|wife|spouse|sons?|daughters?|mother|father|brothers?|sisters?|child|children|friends?|girlfriend|boyfriend|partner|fianc[eé]e?|family|parents?|grand[a-z]+|caregivers?|caretaker|attendants?|authors?|investigators?|drivers?|passengers?|customers?|residents?|clients?|students?|inmates?|suspects?|another (?:man|woman|person|patient)|baby|infant|pregnan[a-z]+|fetus)\b"
);

// Sentences that speak of patients in general.
pattern!(
    IN_GENERAL,
    r"\b(?:a|any|each|every|which|if the|when the) (?:patient|individual|person|worker)\b|\b(?:patients|individuals|persons)\b|\b(?:mtus|odg|acoem|guidelines?|recommend(?:s|ed) for)\b"
);

pattern!(CLAIMANT, r"\b(?:patient|claimant|applicant|worker|employee|iw)\b");

/// What a person does who is hurt, and nobody else in a letter.
const STRONG: &[&str] = &[
    "complained",
    "complains",
    "complaining",
    "underwent",
    "undergoes",
    "slipped",
    "fell",
    "tripped",
    "sustained",
    "experienced",
    "experiences",
    "rates",
    "rated",
    "suffered",
    "suffers",
    "limps",
    "ambulates",
    "ambulated",
];

/// The same, and what is said of the claimant more often than of others.
const LIKELY: &[&str] = &[
    "had",
    "has",
    "reported",
    "reports",
    "continues",
    "continued",
    "presented",
    "presents",
    "denied",
    "denies",
    "felt",
    "takes",
    "took",
    "tried",
    "works",
    "worked",
    "returned",
    "remains",
    "injured",
];

/// What follows "has" and "reports" where a physician may be spoken of.
const OF_PHYSICIANS: &[&str] = &[
    "recommended",
    "requested",
    "prescribed",
    "noted",
    "documented",
    "stated",
    "ordered",
    "opined",
    "suggested",
    "advised",
    "referred",
    "concluded",
    "indicated",
    "provided",
    "reviewed",
    "examined",
    "diagnosed",
    "not",
    "been",
    "also",
    "that",
    "the",
    "it",
    "to",
];

/// What is the claimant's, behind "his" and "her".
const OWN: &[&str] = &[
    "pain",
    "symptoms",
    "injury",
    "injuries",
    "complaints",
    "right",
    "left",
    "bilateral",
    "low",
    "lower",
    "upper",
    "back",
    "neck",
    "shoulder",
    "knee",
    "wrist",
    "hand",
    "elbow",
    "ankle",
    "foot",
    "hip",
    "arm",
    "leg",
    "medications",
    "job",
    "activities",
    "range",
];

/// The pronouns of a text that stand for the claimant, in order.
pub(super) fn of_the_claimant(text: &str) -> Vec<Pronoun> {
    let mut left_alone = quotations(text);
    left_alone.extend(BOTH.find_iter(text).map(|found| found.range()));
    let all: Vec<Range<usize>> = words(text).collect();
    let mut found = Vec::new();
    let mut before = Before { sentence: "", is_of_others: false };
    for sentence in sentences(text) {
        let place =
            Place { text, sentence: sentence.clone(), all: &all, before: &before };
        let pronouns = place.pronouns(&left_alone);
        let (own, of_others): (Vec<_>, Vec<_>) = pronouns
            .into_iter()
            .partition(|pronoun| place.is_of_the_claimant(&pronoun.bytes));
        before = Before {
            sentence: &text[sentence],
            is_of_others: own.is_empty() && !of_others.is_empty(),
        };
        found.extend(own);
    }
    found
}

/// The sentence before: "He recommends" goes on speaking of whom it spoke of.
struct Before<'a> {
    sentence: &'a str,
    /// All of its pronouns are other people's.
    is_of_others: bool,
}

impl Before<'_> {
    fn speaks_of_others(&self) -> bool {
        self.is_of_others || SOMEONE_ELSE.is_match(self.sentence)
    }
}

/// A sentence and what stands around it.
struct Place<'a> {
    text: &'a str,
    sentence: Range<usize>,
    /// All words of the text.
    all: &'a [Range<usize>],
    before: &'a Before<'a>,
}

impl Place<'_> {
    fn pronouns(&self, left_alone: &[Range<usize>]) -> Vec<Pronoun> {
        let starts_before =
            |end: usize| self.all.partition_point(|word| word.start < end);
        let (from, to) =
            (starts_before(self.sentence.start), starts_before(self.sentence.end));
        let here = (from..to).zip(&self.all[from..to]);
        let found = here.filter(|(_, word)| !is_within(word, left_alone)).filter_map(
            |(at, bytes)| {
                let (sex, other) =
                    counterpart(&self.text[bytes.clone()], self.stretch_behind(at))?;
                Some(Pronoun { bytes: bytes.clone(), sex, other })
            },
        );
        found.collect()
    }

    /// What stands behind a word, from the blank on.
    fn stretch_behind(&self, at: usize) -> &str {
        &self.text[self.all[at].end..]
    }

    fn is_of_the_claimant(&self, pronoun: &Range<usize>) -> bool {
        if IN_GENERAL.is_match(&self.text[self.sentence.clone()]) {
            return false;
        }
        let before = &self.text[self.sentence.start..pronoun.start];
        let [first, second] = self.next_words(pronoun);
        let is_strong = STRONG.contains(&first.as_str());
        let Some(someone) = SOMEONE_ELSE.find_iter(before).last() else {
            return is_strong
                || !self.before.speaks_of_others()
                || CLAIMANT.is_match(before)
                || is_likely(&first, &second)
                || OWN.contains(&first.as_str());
        };
        let claimant = CLAIMANT
            .find_iter(before)
            .last()
            .is_some_and(|claimant| claimant.start() > someone.end());
        is_strong || (claimant && is_likely(&first, &second))
    }

    fn next_words(&self, pronoun: &Range<usize>) -> [String; 2] {
        let mut behind =
            self.all[self.all.partition_point(|word| word.start < pronoun.end)..].iter();
        [(); 2].map(|()| {
            behind
                .next()
                .map(|word| self.text[word.clone()].to_lowercase())
                .unwrap_or_default()
        })
    }
}

fn is_likely(first: &str, second: &str) -> bool {
    (STRONG.contains(&first) || LIKELY.contains(&first))
        && !OF_PHYSICIANS.contains(&second)
}

/// The sex of a pronoun and its counterpart; none where the word is no pronoun of one
/// sex. `behind` tells "her pain" from "saw her".
fn counterpart(word: &str, behind: &str) -> Option<(Sex, String)> {
    // Every word of a letter comes by here.
    if !word.starts_with(['h', 'H', 's', 'S']) || word.len() > "himself".len() {
        return None;
    }
    let (sex, other) = match word.to_lowercase().as_str() {
        "he" => (Sex::Male, "she"),
        "his" if ends_there(behind) => (Sex::Male, "hers"),
        "him" | "his" => (Sex::Male, "her"),
        "himself" => (Sex::Male, "herself"),
        "she" => (Sex::Female, "he"),
        "her" if is_object(behind) => (Sex::Female, "him"),
        "her" | "hers" => (Sex::Female, "his"),
        "herself" => (Sex::Female, "himself"),
        _ => return None,
    };
    // In capitals throughout it may be an abbreviation, such as HER for a hormone
    // receptor.
    let is_shouted = word.len() > 2 && word.chars().all(char::is_uppercase);
    let other = if word.starts_with(char::is_uppercase) {
        super::wording::sentence(other)
    } else {
        other.to_owned()
    };
    (!is_shouted).then_some((sex, other))
}

fn ends_there(behind: &str) -> bool {
    !behind
        .trim_start_matches(' ')
        .starts_with(|character: char| character.is_alphanumeric())
}

/// Whether "her" is whom something is done to: nothing follows, or a word that cannot be
/// what she has.
fn is_object(behind: &str) -> bool {
    const NOT_OWNED: &[&str] = &[
        "a", "about", "after", "an", "and", "as", "at", "because", "before", "but", "by",
        "during", "for", "from", "if", "in", "into", "is", "of", "off", "on", "or",
        "that", "the", "this", "to", "was", "when", "where", "which", "while", "who",
        "with", "without", "until", "upon", "through", "since",
    ];
    let next = behind
        .trim_start()
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    ends_there(behind) || NOT_OWNED.contains(&next.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = of_the_claimant(text);
        let told: Vec<_> = found
            .iter()
            .map(|found| (&text[found.bytes.clone()], found.other.as_str()))
            .collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn pronouns_of_the_claimant_are_found_with_their_counterparts() {
        check("The claimant fell. She had pain.", &[("She", "He")]);
        check(
            "It was given to her. Her pain grew; she hurt herself.",
            &[("her", "him"), ("Her", "His"), ("she", "he"), ("herself", "himself")],
        );
        check(
            "He saw him, and the fault was his. His back hurt.",
            &[("He", "She"), ("him", "her"), ("his", "hers"), ("His", "Her")],
        );
        check(
            "The treating provider examined the claimant. He complained of pain.",
            &[("He", "She")],
        );
        check(
            "The provider noted that the patient stated she had pain.",
            &[("she", "he")],
        );
        check("The therapist wrote. His right knee is stiff.", &[("His", "Her")]);
    }

    #[test]
    fn other_people_quotations_and_both_sexes_are_left_alone() {
        for text in [
            "The attending provider reiterated his request.",
            "The provider asked for imaging. He recommends an MRI. He also notes spasm.",
            "The surgeon saw the claimant. She has requested surgery.",
            "His/her condition is known, and he or she agrees; (s)he, s/he and him/her.",
            "It reads \"she had pain\" there.",
            "A patient should see his doctor.",
            "Per the guidelines he should stop.",
            "The wife drives, and she cooks.",
            "HER was positive.",
        ] {
            check(text, &[]);
        }
    }
}
