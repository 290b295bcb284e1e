//! "A" and "an" before words, numbers, and abbreviations, by how each is spoken.

use super::input::ReadText;
use super::text::first_piece;
use crate::diagnostic::TextRange;
use crate::spelling::is_plain_word;

/// An article that does not fit the word behind it.
pub(super) struct WrongArticle {
    pub range: TextRange,
    /// The word behind it, up to a hyphen.
    pub word: TextRange,
    pub right: &'static str,
}

/// Words that begin as vowels are spoken, though they are written with another letter.
const SILENT_H: &[&str] = &["hour", "honest", "honor", "heir", "herb"];

/// Words with an h that some do not speak: either article will do.
const EITHER_H: &[&str] = &["histor", "homage", "habitual", "hyp", "hyst"];

/// Beginnings that are spoken as "you" or "one".
const SPOKEN_WITH_CONSONANT: &[&str] = &[
    "unit", "unif", "unila", "uniq", "univ", "unic", "uniax", "unipol", "unidir",
    "union", "unis", "use", "usa", "usu", "util", "ure", "uri", "uro", "ute", "uve",
    "ubiq", "eu", "ew", "one", "once",
];

/// Abbreviations with a vowel in them that are spelled out all the same.
const SPELLED_OUT: &[&str] = &[
    "mri", "mra", "fce", "hmo", "lso", "mva", "nsaid", "nsaids", "rfa", "ssri", "snri",
    "lmn", "mac", "rue", "lue", "lle", "rle", "slr", "hep", "rom",
];

/// Abbreviations that some speak as a word, here "sniff": either article will do.
const EITHER_SPOKEN: &[&str] = &["snf"];

/// Words behind an "a" that is the letter: "vitamin A or", "part a is".
const BEHIND_A_LETTER: &[&str] =
    &["and", "or", "is", "are", "was", "of", "in", "as", "e"];

/// Letters whose names begin with a vowel.
const VOWEL_NAMED: &str = "aefhilmnorsx";

pub(super) fn wrong_articles(text: &ReadText<'_>) -> Vec<WrongArticle> {
    let mut wrong = Vec::new();
    for pair in text.words().windows(2) {
        let (article, word) = (pair[0], pair[1]);
        let between = &text.text[article.end..word.start];
        let is_article = match &text.text[article] {
            "a" | "an" => true,
            "A" | "An" => text.starts_sentence(article.start),
            _ => false,
        };
        if !is_article || !matches!(between, " " | "\u{a0}" | "\n") {
            continue;
        }
        let first = first_piece(&text.text[word], |c| matches!(c, '-' | '/' | '.'));
        let word = TextRange { start: word.start, end: word.start + first.len() };
        let has_n = article.end - article.start == 2;
        if let Some(wants_n) = wants_n(first)
            && wants_n != has_n
        {
            let right = match (&text.text[article.start..=article.start], wants_n) {
                ("A", true) => "An",
                ("A", false) => "A",
                (_, true) => "an",
                (_, false) => "a",
            };
            wrong.push(WrongArticle { range: article, word, right });
        }
    }
    wrong
}

/// Whether "an" stands before a word; none where both can.
fn wants_n(word: &str) -> Option<bool> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return number_wants_n(word);
    }
    if !word.is_ascii() {
        return None;
    }
    // "An mRNA vaccine": its small letter may be spelled out as well.
    let begins_small = word.starts_with(|c: char| c.is_ascii_lowercase());
    if begins_small && word.contains(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let small = word.to_ascii_lowercase();
    let mut letters = word.chars();
    let has_figure = word.contains(|c: char| c.is_ascii_digit());
    if small.len() == 1 || has_figure {
        return if has_figure && !is_level(word) {
            None
        } else {
            letters.next().map(|first| is_vowel_named(first.to_ascii_lowercase()))
        };
    }
    let singular = word.strip_suffix('s').unwrap_or(word);
    let is_short = singular.len() <= 5 || singular.len() <= 7 && !is_plain_word(&small);
    if is_short && singular.chars().all(|c| c.is_ascii_uppercase()) {
        return abbreviation_wants_n(&small);
    }
    word_wants_n(&small)
}

/// A level of the spine or the like: "L5", "S1".
fn is_level(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && letters.all(|c| c.is_ascii_digit())
}

/// Eight, eleven, and eighteen begin with a vowel.
fn number_wants_n(word: &str) -> Option<bool> {
    let figures = first_piece(word, |c| !c.is_ascii_digit());
    let rest = &word[figures.len()..];
    let is_ordinal = matches!(rest, "th" | "st" | "nd" | "rd");
    if !rest.is_empty() && !is_ordinal && !rest.starts_with(char::is_alphabetic) {
        return None;
    }
    // Sutures of size 0 are an "oh".
    if figures.starts_with('0') {
        return None;
    }
    Some(figures.starts_with('8') || matches!(figures, "11" | "18"))
}

fn is_vowel_named(letter: char) -> bool {
    VOWEL_NAMED.contains(letter)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn abbreviation_wants_n(small: &str) -> Option<bool> {
    let first = small.chars().next()?;
    // What stands for a word to come.
    if small.chars().all(|letter| letter == 'x') || EITHER_SPOKEN.contains(&small) {
        return None;
    }
    if matches!(first, 'a' | 'e' | 'i' | 'o') {
        // Spelled out or spoken as a word, it begins with a vowel either way.
        return Some(true);
    }
    let is_spelled = SPELLED_OUT.contains(&small) || !small.contains(is_vowel);
    if first == 'u' {
        return is_spelled.then_some(false);
    }
    if !is_vowel_named(first) {
        return Some(false);
    }
    is_spelled.then_some(true)
}

fn word_wants_n(small: &str) -> Option<bool> {
    // An abbreviation in small letters, such as Fc, is spelled out or read in full.
    if small.len() <= 4 && !small.contains(is_vowel) && !small.contains('y') {
        return None;
    }
    if BEHIND_A_LETTER.contains(&small) {
        return None;
    }
    let begins = |list: &[&str]| list.iter().any(|it| small.starts_with(it));
    if begins(SILENT_H) {
        return if small.starts_with("herb") { None } else { Some(true) };
    }
    if begins(EITHER_H) {
        return None;
    }
    if begins(SPOKEN_WITH_CONSONANT) && !small.starts_with("uniden") {
        return Some(false);
    }
    small.chars().next().map(is_vowel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let read = ReadText::new(text);
        let mut found = Vec::new();
        for wrong in wrong_articles(&read) {
            found.push(format!("{} {}", wrong.right, &text[wrong.word]));
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn articles_go_by_sound() {
        check("A MRI was done, and he had an lumbar strain.", &["An MRI", "a lumbar"]);
        check(
            "It was a EMG, a ESI, a NSAID, a L5 fusion, a S1 screw.",
            &["an EMG", "an ESI", "an NSAID", "an L5", "an S1"],
        );
        check(
            "an CT, an TENS unit, an 12-week, a 8-week, a 11th, a 18 mm",
            &["a CT", "a TENS", "a 12", "an 8", "an 11th", "an 18"],
        );
        check(
            "a hour, an unit, an one-time visit, a open wound, a injury",
            &["an hour", "a unit", "a one", "an open", "an injury"],
        );
        check("a industrial and an urine test", &["an industrial", "a urine"]);
    }

    #[test]
    fn right_articles_are_left_alone() {
        for text in [
            "A CT and an MRI, an FCE, a SLAP tear, an IME, a UDS, a TENS unit",
            "an L4-5 level, a C5 root, an 8-week course, a 10-day taper, an S1 nerve",
            "an hour, a unilateral, an uninjured, an unidentified, a European, a ureter",
            "Hepatitis A infection, vitamin A or D, Part A is paid. Type A or B.",
            "an historical note, a historical note, a herbal and an herbal",
            "an Fc region, a Hb, an mRNA, a lb weight",
            "an x-ray, a T-score, an F-wave, a U-turn, a 1.5 T magnet, an 80-year-old",
            "a LASIK and a ROSA, a one-week stay, a euploid, an 0 silk, a XX-year-old",
            "a SNF, an SNF, a USPSTF grade, an ACOEM guideline",
        ] {
            check(text, &[]);
        }
    }
}
