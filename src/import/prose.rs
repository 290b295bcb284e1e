//! Values as extractions leave them, repaired: lines joined, words put together again,
//! paragraphs kept, page breaks forgotten.

use std::ops::Range;

/// One line of text: all white space is one space.
pub(super) fn line(text: &str) -> String {
    joined(text.lines().map(single_spaced))
}

/// Paragraphs, a blank line between them, and the values of lists, a line for each. A
/// blank line in the middle of a sentence is a page's end and not a paragraph's.
pub(super) fn paragraphs(text: &str) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let text = with_paragraphs_over_pages(text);
    let mut number = 1;
    for line in text.lines().map(single_spaced) {
        let begins_value = begins_value(&line, &mut number);
        if line.is_empty() || begins_value {
            continue_or_end(&mut paragraphs, &mut lines);
        }
        if begins_value {
            lines.push(VALUE.to_string() + &line);
        } else if !line.is_empty() {
            lines.push(line);
        }
    }
    continue_or_end(&mut paragraphs, &mut lines);
    let text = paragraphs.join("\n\n");
    // Values follow each other, and what says what they are, without a blank line.
    text.replace(&format!("\n\n{VALUE}"), "\n").replace(VALUE, "")
}

/// Shorter lines are a list's, and longer ones paragraphs that nobody has wrapped.
const LINES: Range<usize> = 40..160;

/// A page's end as a blank line, or as a line's end where the last line is so full that
/// the next word had no room on it: the paragraph goes on.
fn with_paragraphs_over_pages(text: &str) -> String {
    let length = |line: &str| line.trim().chars().count();
    let lines = text.split(['\n', '\u{c}']);
    let longest = lines.map(length).max().unwrap_or_default();
    let is_wrapped = LINES.contains(&longest);
    let mut joined = String::with_capacity(text.len());
    for page in text.split('\u{c}') {
        if !joined.is_empty() {
            let last = joined.trim_end().lines().next_back().map_or(0, length);
            let next = page.split_whitespace().next().map_or(0, length);
            let is_full = is_wrapped && last + 1 + next > longest;
            joined.truncate(joined.trim_end().len());
            joined.push_str(if is_full { "\n" } else { "\n\n" });
        }
        joined.push_str(if joined.is_empty() { page } else { page.trim_start() });
    }
    joined
}

/// Marks the values of a list while paragraphs are put together.
const VALUE: char = '\u{1d}';

/// Whether a line begins a list's value: with a bullet, or with the number that comes
/// next. A sentence can begin with a dash or end in a number.
fn begins_value(line: &str, number: &mut usize) -> bool {
    if line.starts_with(['•', '▪', '◦', '‣', '●', '○', '■', '✓', '☐', '☑'])
    {
        return line.contains(' ');
    }
    let Some(rest) = line.strip_prefix(&number.to_string()) else { return false };
    let is_value = rest.starts_with(". ") || rest.starts_with(") ");
    *number += usize::from(is_value);
    is_value
}

/// Prose without the number of the heading after it, which stands on a line of its own.
pub(super) fn without_number_of_next(text: &str) -> &str {
    let Some((before, last)) = text.trim_end().rsplit_once('\n') else { return text };
    // The last line of a paragraph can be its sentence's last number.
    let is_alone = before.trim_end_matches([' ', '\t']).ends_with('\n');
    if is_alone && ends_sentence(before) && is_number_of_list(last.trim()) {
        before
    } else {
        text
    }
}

/// `1.`, `2.0`, `IV.` or `b)`, and nothing else.
pub(super) fn is_number_of_list(words: &str) -> bool {
    let words = words
        .strip_suffix('0')
        .filter(|words| words.ends_with('.'))
        .unwrap_or(words);
    let Some(number) = words.strip_suffix(['.', ')']) else { return false };
    let is_roman = number.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    let is_digits = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter =
        number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_alphabetic());
    !number.is_empty() && (is_roman || is_digits || is_letter)
}

fn single_spaced(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Some lines end: they begin a paragraph, or go on with the one before where
/// that was not at its end.
fn continue_or_end(paragraphs: &mut Vec<String>, lines: &mut Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let paragraph = joined(lines.drain(..));
    let begins_lower = paragraph.starts_with(|c: char| c.is_lowercase());
    let Some(before) = paragraphs.last_mut() else { return paragraphs.push(paragraph) };
    let is_value = paragraph.starts_with(VALUE);
    let goes_on = begins_lower || !(ends_sentence(before) || before.starts_with(VALUE));
    if goes_on && !is_value {
        *before = joined([before.clone(), paragraph].into_iter());
    } else {
        paragraphs.push(paragraph);
    }
}

/// The values of a list, each on a line of its own: where each is, without its dash,
/// point or number. Lines without one belong to the value before; a list without any is
/// one of paragraphs.
pub(super) fn list(text: &str) -> Vec<Range<usize>> {
    let mut values: Vec<Range<usize>> = Vec::new();
    let (mut at, mut after_blank, mut is_labelled) = (0, true, false);
    for line in text.split_inclusive(['\n', '\u{c}']) {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        at += line.len();
        if start >= end {
            after_blank = !line.contains('\u{c}');
            continue;
        }
        let label = label(line.trim(), values.len() + 1);
        is_labelled |= values.is_empty() && label > 0;
        match values.last_mut() {
            Some(_) if is_labelled && label == 0 && after_blank => break,
            Some(value) if label == 0 && (is_labelled || !after_blank) => value.end = end,
            _ => values.push(start + label..end),
        }
        after_blank = false;
    }
    values
}

/// How long the mark is that begins a value of a list: a dash, a point, or the number
/// that it must have.
fn label(line: &str, number: usize) -> usize {
    for mark in ["- ", "• ", "* ", "– ", &format!("{number}. ")] {
        if line.starts_with(mark) {
            return mark.len();
        }
    }
    0
}

/// Whether a text could end here.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '”', '\'', '’', ')', ']']);
    text.ends_with(['.', '!', '?', ':', ';'])
}

/// Whether a line's last word goes on in the next: after a soft hyphen, or after a hyphen
/// with no space before it.
fn ends_in_broken_word(line: &str) -> bool {
    match line.strip_suffix('-') {
        Some(front) => front.ends_with(char::is_alphanumeric),
        None => line.ends_with('\u{ad}'),
    }
}

/// Lines with a space between them, but none after a hyphen at which a word was broken.
fn joined(lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for line in lines {
        if line.is_empty() {
            continue;
        }
        if !text.is_empty() && !ends_in_broken_word(&text) {
            text.push(' ');
        }
        text.push_str(&line);
    }
    // Where a word could be broken is nothing that it says.
    text.replace('\u{ad}', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_known_by_its_marks() {
        for (text, expected) in [
            ("- one\n- two\n  more\n", vec!["one", "two\n  more"]),
            ("1. one\n2. two\n1. of two\n\nNo value.", vec!["one", "two\n1. of two"]),
            ("one\n\ntwo\nmore", vec!["one", "two\nmore"]),
            ("\n", vec![]),
        ] {
            let found: Vec<&str> =
                list(text).into_iter().map(|value| &text[value]).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn the_number_of_the_next_heading_is_none_of_the_prose() {
        for (given, expected) in [
            ("He is better.\n\nIII. ", "He is better.\n"),
            ("He is better.\n\n2.0", "He is better.\n"),
            ("He rated it\n2.", "He rated it\n2."),
            ("He had:\n1. rest", "He had:\n1. rest"),
            ("L4.", "L4."),
        ] {
            assert_eq!(without_number_of_next(given), expected);
        }
    }

    #[test]
    fn lines_are_joined_and_paragraphs_kept() {
        for (given, expected) in [
            ("one\n two", "one two"),
            ("One.\n\nTwo.", "One.\n\nTwo."),
            ("in the middle\n\nof a sentence.", "in the middle of a sentence."),
            ("One.\u{c}\nTwo.", "One.\n\nTwo."),
            ("the left\u{c}shoulder.", "the left shoulder."),
            (
                "He has had pain of the low back for years.\u{c}It is in\nboth legs.",
                "He has had pain of the low back for years. It is in both legs.",
            ),
            (
                "He has had pain of the low back for years.\nIt is mild.\u{c}It is in\nboth.",
                "He has had pain of the low back for years. It is mild.\n\nIt is in both.",
            ),
            ("follow-\nup", "follow-up"),
            ("con\u{ad}ser\u{ad}\nvative", "conservative"),
            (
                "had:\n• rest and\nice\n• brace.\nThen",
                "had:\n• rest and ice\n• brace. Then",
            ),
            ("• rest\n\n• ice\n\nHe is better.", "• rest\n• ice\n\nHe is better."),
            ("had:\n1. MRI\n2. CT\n4. of 5", "had:\n1. MRI\n2. CT 4. of 5"),
            ("C6-7 - C7", "C6-7 - C7"),
            ("low back pain- s/p fusion", "low back pain- s/p fusion"),
        ] {
            assert_eq!(paragraphs(given), expected, "{given:?}");
        }
    }
}
