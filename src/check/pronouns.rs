//! The pronouns of a text that stand for the claimant: he and she, but not those of
//! physicians, relatives, quotations and the reviewer, nor "he/she".

use super::input::ReadText;
use super::text::{first_piece, is_within};
use super::wording::capitalized;
use crate::diagnostic::TextRange;
use crate::letter::Sex;

/// A pronoun of one sex.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SexedPronoun {
    pub range: TextRange,
    pub sex: Sex,
    /// The same word for the other sex.
    pub other: String,
}

pattern!(
    /// "He/she", "his or her", "his and her", "(s)he".
    BOTH,
    r"\b(?:he|she|his|hers?|him|himself|herself)\s*(?:/|\(|\bor\b|\band/or\b)",
    r"\s*(?:he|she|s/?he|his|hers?|him|himself|herself)\b|\(s\)\s*he\b|\bs/he\b",
    r"|\b(?:his and hers?|hers? and his|him and her|her and him)\b"
);

pattern!(
    /// People of whom a pronoun can speak besides the claimant.
    SOMEONE_ELSE,
    r"\b(?:providers?|physicians?|doctors?|surgeons?|therapists?|chiropractors?",
    r"|psychologists?|psychiatrists?|nurses?|practitioners?|specialists?|reviewers?",
    r"|evaluators?|examiners?|consultants?|assistants?|dr|md|ptp|qme|ame|pcp|pa-c",
    r"|[a-z]+ologists?|[a-z]*iatrists?|[a-z]*(?:orthop|pod|acupunctur)[a-z]+ists?",
    r"|adjusters?|administrators?|treaters?|prescribers?|dentists?|pharmacists?",
    r"|internists?|trainers?|foreman|witness(?:es)?|employers?|supervisors?|managers?",
    r"|boss|co-?workers?|colleagues?|attorneys?|husband|wife|spouse|sons?|daughters?",
    r"|mother|father|brothers?|sisters?|child|children|friends?|girlfriend|boyfriend",
    r"|partner|fianc[eé]e?|family|parents?|grand[a-z]+|caregivers?|caretaker",
    r"|attendants?|authors?|investigators?|drivers?|passengers?|customers?|residents?",
    r"|clients?|students?|inmates?|suspects?|another (?:man|woman|person|patient)",
    r"|baby|infant|pregnan[a-z]+|fetus)\b"
);

pattern!(
    /// Sentences that speak of patients in general.
    IN_GENERAL,
    r"\b(?:a|any|each|every|which|if the|when the) (?:patient|individual|person|worker)\b",
    r"|\b(?:patients|individuals|persons)\b",
    r"|\b(?:mtus|odg|acoem|guidelines?|recommend(?:s|ed) for)\b"
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

/// What is the claimant's, after "his" and "her".
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
pub(super) fn of_the_claimant(text: &ReadText<'_>) -> Vec<SexedPronoun> {
    let mut left_alone = text.quotations().to_vec();
    left_alone
        .extend(BOTH.find_iter(text.text).map(|both| TextRange::from(both.range())));
    let mut found = Vec::new();
    let mut before = SentenceBefore { words: "", is_of_others: false };
    for &range in text.sentences() {
        let sentence = Sentence { text, range, before: &before };
        let pronouns = sentence.pronouns(&left_alone);
        let (own, of_others): (Vec<_>, Vec<_>) = pronouns
            .into_iter()
            .partition(|pronoun| sentence.is_of_the_claimant(pronoun.range));
        // Behind a quotation of several sentences, whoever is quoted goes on.
        let is_quoted = text
            .quotations()
            .iter()
            .any(|quoted| quoted.start < range.start && range.start < quoted.end);
        if !is_quoted {
            before = SentenceBefore {
                words: &text.text[range],
                is_of_others: own.is_empty() && !of_others.is_empty(),
            };
        }
        found.extend(own);
    }
    found
}

/// The sentence before: "He recommends" goes on speaking of whom it spoke of.
struct SentenceBefore<'a> {
    words: &'a str,
    /// All of its pronouns are other people's.
    is_of_others: bool,
}

impl SentenceBefore<'_> {
    fn speaks_of_others(&self) -> bool {
        self.is_of_others || SOMEONE_ELSE.is_match(self.words)
    }
}

/// A sentence and what stands around it.
struct Sentence<'a> {
    text: &'a ReadText<'a>,
    range: TextRange,
    before: &'a SentenceBefore<'a>,
}

impl Sentence<'_> {
    fn pronouns(&self, left_alone: &[TextRange]) -> Vec<SexedPronoun> {
        let mut pronouns = Vec::new();
        for &range in self.words_from(self.range.start) {
            if range.start >= self.range.end {
                break;
            }
            let (word, after) = (&self.text.text[range], &self.text.text[range.end..]);
            if let Some((sex, other)) = counterpart(word, after)
                && !is_within(range, left_alone)
            {
                pronouns.push(SexedPronoun { range, sex, other });
            }
        }
        pronouns
    }

    /// The words of the text that begin at this byte or after it.
    fn words_from(&self, byte: usize) -> &[TextRange] {
        let words = self.text.words();
        &words[words.partition_point(|word| word.start < byte)..]
    }

    /// Whom a pronoun speaks of is guessed from who was named last before it, and from
    /// what it does: patients complain, physicians recommend.
    fn is_of_the_claimant(&self, pronoun: TextRange) -> bool {
        if IN_GENERAL.is_match(&self.text.text[self.range]) {
            return false;
        }
        let before = &self.text.text[self.range.start..pronoun.start];
        if is_behind_a_name(before, &self.text.text[pronoun]) {
            return false;
        }
        let [first, second] = self.next_words(pronoun);
        if STRONG.contains(&first.as_str()) {
            return true;
        }
        let Some(someone) = SOMEONE_ELSE.find_iter(before).last() else {
            return !self.before.speaks_of_others()
                || CLAIMANT.is_match(before)
                || is_likely(&first, &second)
                || OWN.contains(&first.as_str());
        };
        let claimant = CLAIMANT.find_iter(before).last();
        let is_claimant_last =
            claimant.is_some_and(|claimant| claimant.start() > someone.end());
        is_claimant_last && is_likely(&first, &second)
    }

    /// The two words after a pronoun, empty where there are none.
    fn next_words(&self, pronoun: TextRange) -> [String; 2] {
        let after = self.words_from(pronoun.end);
        [0, 1].map(|place| match after.get(place) {
            Some(word) => self.text.text[*word].to_lowercase(),
            None => String::new(),
        })
    }
}

/// "Example himself wrote", and not "she herself" or "Patient himself".
fn is_behind_a_name(before: &str, pronoun: &str) -> bool {
    let word = before.split_whitespace().next_back().unwrap_or_default();
    pronoun.ends_with("self")
        && word.starts_with(char::is_uppercase)
        && word.ends_with(char::is_alphabetic)
        && counterpart(word, "").is_none()
        && !CLAIMANT.is_match(word)
}

fn is_likely(first: &str, second: &str) -> bool {
    (STRONG.contains(&first) || LIKELY.contains(&first))
        && !OF_PHYSICIANS.contains(&second)
}

/// The sex of a pronoun and its counterpart; none where the word is no pronoun of one
/// sex. `after` distinguishes "her pain" from "saw her".
fn counterpart(word: &str, after: &str) -> Option<(Sex, String)> {
    // Every word of a letter comes by here.
    if !word.starts_with(['h', 'H', 's', 'S']) || word.len() > "himself".len() {
        return None;
    }
    let (sex, other) = match word.to_lowercase().as_str() {
        "he" => (Sex::Male, "she"),
        "his" if ends_there(after) => (Sex::Male, "hers"),
        "him" | "his" => (Sex::Male, "her"),
        "himself" => (Sex::Male, "herself"),
        "she" => (Sex::Female, "he"),
        "her" if is_object(after) => (Sex::Female, "him"),
        "her" | "hers" => (Sex::Female, "his"),
        "herself" => (Sex::Female, "himself"),
        _ => return None,
    };
    // In capitals throughout it may be an abbreviation, such as HER for a hormone
    // receptor.
    if word.len() > 2 && word.chars().all(char::is_uppercase) {
        return None;
    }
    let is_capitalized = word.starts_with(char::is_uppercase);
    Some((sex, if is_capitalized { capitalized(other) } else { other.to_owned() }))
}

fn ends_there(after: &str) -> bool {
    !after.trim_start_matches(' ').starts_with(char::is_alphanumeric)
}

/// Whether "her" is whom something is done to: nothing follows, or a word that cannot be
/// what she has.
fn is_object(after: &str) -> bool {
    const NOT_OWNED: &[&str] = &[
        "a", "about", "after", "an", "and", "as", "at", "because", "before", "but", "by",
        "during", "for", "from", "if", "in", "into", "is", "of", "off", "on", "or",
        "that", "the", "this", "to", "was", "when", "where", "which", "while", "who",
        "with", "without", "until", "upon", "through", "since",
    ];
    let next = first_piece(after.trim_start(), |c| !c.is_alphanumeric());
    ends_there(after) || NOT_OWNED.contains(&next.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = of_the_claimant(&ReadText::new(text));
        let found_words: Vec<_> = found
            .iter()
            .map(|found| (&text[found.range], found.other.as_str()))
            .collect();
        assert_eq!(found_words, expected, "{text}");
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
        check(
            "Patient himself asked; he himself knew.",
            &[("himself", "herself"), ("he", "she"), ("himself", "herself")],
        );
        check("The therapist wrote. His right knee is stiff.", &[("His", "Her")]);
    }

    #[test]
    fn other_people_quotations_and_both_sexes_are_left_alone() {
        for text in [
            "The attending provider reiterated his request.",
            "The claimant has pain. Example himself wrote otherwise.",
            "The provider asked for imaging. He recommends an MRI. He also notes spasm.",
            "The surgeon saw the claimant. She has requested surgery.",
            "This reviewer read his and her complaints.",
            "His/her condition is known, and he or she agrees; (s)he, s/he and him/her.",
            "It reads \"she had pain\" there.",
            "A patient should see his doctor.",
            "Per the guidelines he should stop.",
            "The wife drives, and she cooks.",
            "HER was positive.",
            "The reviewer wrote that \"it is open. No sign was found.\" He went on to say so.",
        ] {
            check(text, &[]);
        }
    }
}
