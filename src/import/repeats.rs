//! What a letter says twice, or makes of its fields: the letter that was read must say it
//! too, or the words are kept.

use std::ops::Range;

use super::fields::keep;
use super::normalize::{Normalized, normalize};
use crate::letter::Letter;
use crate::template::{LetterCopy, Template};

/// Words of fewer characters are in many places: they are looked for with so many of the
/// characters around them.
const STRONG: usize = 12;

/// Keeps those of the repeated words that the letter does not say, by their places in the
/// source, in bytes.
pub(super) fn keep_unless_said(
    letter: &mut Letter,
    template: &Template,
    source: &str,
    places: &[Range<usize>],
) {
    if places.is_empty() {
        return;
    }
    let texts = [LetterCopy::Served, LetterCopy::Public]
        .map(|copy| template.fill(letter, copy).0.text());
    let said = texts.each_ref().map(|text| Normalized::new(text));
    let source_text = Normalized::new(source);
    for place in places {
        let words = normalize(&source[around(&source_text, place)]);
        if said.iter().all(|said| said.find(&words, 0).is_none()) {
            keep(letter, source, place.clone(), None);
        }
    }
}

/// Forgets what was not understood where the letter says it on every page.
pub(super) fn forget_running(letter: &mut Letter, template: &Template) {
    if letter.unread.is_empty() {
        return;
    }
    let (document, _) = template.fill(letter, LetterCopy::Served);
    let running: Vec<String> = document
        .running_lines()
        .iter()
        .map(|line| without_digits(line))
        .collect();
    let cases = [letter.case.number.trim()];
    letter.unread.retain(|unread| {
        !running.contains(&without_digits(&unread.text))
            || case_numbers(&unread.text)
                .iter()
                .any(|number| !cases.contains(number))
    });
}

/// The numbers of pages are figures, and other figures are of the case, which the body
/// has too.
pub(super) fn without_digits(line: &str) -> String {
    normalize(line).replace(|c: char| c.is_ascii_digit(), "")
}

/// The numbers in a line that could be a case's, such as `CM17-0012345`: letters, and
/// digits before and after a hyphen.
pub(super) fn case_numbers(line: &str) -> Vec<&str> {
    let words =
        line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|'));
    let is_case_number = |word: &&str| {
        let has_digit = |part: &str| part.contains(|c: char| c.is_ascii_digit());
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word
                .split_once('-')
                .is_some_and(|(one, two)| has_digit(one) && has_digit(two))
            && word.bytes().filter(u8::is_ascii_digit).count() >= 6
    };
    words.filter(is_case_number).collect()
}

fn around(source: &Normalized<'_>, place: &Range<usize>) -> Range<usize> {
    let Range { start, end } = source.positions(place.clone());
    let more = if end - start < STRONG { STRONG } else { 0 };
    source.source_range(start.saturating_sub(more)..(end + more).min(source.len()))
}
