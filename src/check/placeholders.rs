//! Words that stand for other words and were to be replaced.

use std::ops::Range;

use super::wording::{place, sentence};
use super::{Finding, Input};
use crate::diagnostic::{Anchor, Severity};
use crate::letter::fields::{Field, Value};
use crate::letter::{FieldPath, Guideline, Source};

/// L008: in everything that can be printed.
pub(super) fn left_over(input: &Input<'_>) -> Vec<Finding> {
    let printed = input.places().filter(|(field, ..)| field.printable);
    printed
        .flat_map(|(field, path, value)| in_value(input, field, &path, &value))
        .collect()
}

fn in_value(
    input: &Input<'_>,
    field: &Field,
    path: &FieldPath,
    value: &Value<'_>,
) -> Vec<Finding> {
    let mut found = texts(value).into_iter().flat_map(placeholders).peekable();
    if found.peek().is_none() {
        return Vec::new();
    }
    let place = sentence(&place(input.letter, field, path));
    // Only a plain text has characters that a range can count.
    let is_plain = matches!(value, Value::Text(_));
    let findings = found.map(|found| {
        let range = is_plain.then(|| found.range.clone());
        found.finding(&place, Anchor::Field { path: path.clone(), range })
    });
    findings.collect()
}

/// Everything that a person wrote in a field.
pub(super) fn texts<'a>(value: &Value<'a>) -> Vec<&'a str> {
    match value {
        Value::Text(text) => vec![text],
        Value::Many(values) => values.iter().map(String::as_str).collect(),
        Value::Guideline(Guideline::AsWritten(line)) => vec![line],
        Value::Guideline(Guideline::Cited(citations)) => {
            citations.iter().flat_map(cited).collect()
        }
        Value::Guideline(Guideline::None { .. })
        | Value::Date(_)
        | Value::Number(_)
        | Value::Money(_)
        | Value::Choice(_)
        | Value::YesNo(_) => Vec::new(),
    }
}

fn cited(source: &Source) -> Vec<&str> {
    match source {
        Source::Mtus { title, sections, .. } => std::iter::once(title.as_str())
            .chain(sections.iter().map(String::as_str))
            .collect(),
        Source::NonMtus(work) => vec![work],
        Source::OutsideMtus => Vec::new(),
    }
}

/// A placeholder in a text.
#[derive(Debug, PartialEq)]
struct Placeholder {
    /// In characters.
    range: Range<usize>,
    words: String,
    severity: Severity,
}

impl Placeholder {
    fn finding(self, place: &str, anchor: Anchor) -> Finding {
        let words = &self.words;
        if self.severity == Severity::Error {
            let hint = "Write what is meant in its place, or take it out";
            return Finding::new(
                anchor,
                format!("{place} still holds \"{words}\""),
                hint,
            );
        }
        let message = format!("{place} has words in brackets: \"{words}\"");
        Finding::new(
            anchor,
            message,
            "Take the brackets out, or leave them if they are meant",
        )
        .weighing(self.severity)
    }
}

/// Looks for one sort of placeholder that begins at a place; gives its length and weight.
type Matcher = fn(&[char], usize) -> Option<(usize, Severity)>;

/// Brackets come first, so that what stands in them is told once.
const MATCHERS: &[Matcher] = &[bracketed, braces, blank, crossed_out, word, angled];

/// Every placeholder in a text, in order.
fn placeholders(text: &str) -> Vec<Placeholder> {
    if !can_hold_one(text) {
        return Vec::new();
    }
    let characters: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < characters.len() {
        let Some((length, severity)) =
            MATCHERS.iter().find_map(|matcher| matcher(&characters, at))
        else {
            at += 1;
            continue;
        };
        let range = at..at + length;
        found.push(Placeholder {
            words: characters[range.clone()].iter().collect(),
            range,
            severity,
        });
        at += length;
    }
    found
}

/// Whether a text has anything that a placeholder begins with: nearly none has.
fn can_hold_one(text: &str) -> bool {
    text.contains(['[', '{', '_', '<'])
        || ["XX", "TBD", "orem ipsum"].iter().any(|word| text.contains(word))
}

/// `{{ name }}`: a template's tag, copied along.
fn braces(text: &[char], at: usize) -> Option<(usize, Severity)> {
    if !matches!(text[at..], ['{', '{' | '%', ..]) {
        return None;
    }
    let line = text[at..].iter().take_while(|&&character| character != '\n').count();
    let end = (2..line.saturating_sub(1))
        .find(|&end| matches!(text[at + end..], ['}' | '%', '}', ..]));
    Some((end.map_or(2, |end| end + 2), Severity::Error))
}

/// `___`: a blank to write on.
fn blank(text: &[char], at: usize) -> Option<(usize, Severity)> {
    let length = run(text, at, '_');
    (length >= 3).then_some((length, Severity::Error))
}

/// `XX` and longer: a number or name to come.
fn crossed_out(text: &[char], at: usize) -> Option<(usize, Severity)> {
    let length = run(text, at, 'X');
    (length >= 2 && stands_alone(text, at, length)).then_some((length, Severity::Error))
}

fn run(text: &[char], at: usize, character: char) -> usize {
    text[at..].iter().take_while(|&&found| found == character).count()
}

/// `TBD` and the printer's dummy text.
fn word(text: &[char], at: usize) -> Option<(usize, Severity)> {
    let begins = |word: &str| {
        word.chars().zip(text[at..].iter()).filter(|(a, b)| a == *b).count() == word.len()
    };
    let found = ["TBD", "Lorem ipsum", "lorem ipsum"]
        .iter()
        .find(|word| begins(word))?;
    stands_alone(text, at, found.len()).then_some((found.len(), Severity::Error))
}

fn stands_alone(text: &[char], at: usize, length: usize) -> bool {
    let is_letter = |character: Option<&char>| {
        character.is_some_and(|character| character.is_alphanumeric())
    };
    !is_letter(at.checked_sub(1).and_then(|before| text.get(before)))
        && !is_letter(text.get(at + length))
}

/// `<name>` or `<...>`, but not "pain < 5 and > 3": the words touch both marks.
fn angled(text: &[char], at: usize) -> Option<(usize, Severity)> {
    let inner = enclosed(text, at, '<', '>')?;
    let opens = inner
        .first()
        .is_some_and(|first| first.is_alphabetic() || matches!(first, '.' | '…'));
    let closes = inner.last().is_some_and(|last| !last.is_whitespace());
    (opens && closes).then_some((inner.len() + 2, Severity::Error))
}

/// `[insert date]`; other words in brackets weigh less, and numbers and short tags
/// nothing.
fn bracketed(text: &[char], at: usize) -> Option<(usize, Severity)> {
    let inner = enclosed(text, at, '[', ']')?;
    let severity = weight(inner, is_quoted(text, at))?;
    Some((inner.len() + 2, severity))
}

/// What stands between two marks on one line, if it is no longer than a placeholder can
/// be.
fn enclosed(text: &[char], at: usize, open: char, close: char) -> Option<&[char]> {
    // Longer than any instruction to a writer that was seen in letters.
    const LIMIT: usize = 120;
    let inner = text.get(at..).filter(|text| text.first() == Some(&open))?.get(1..)?;
    let end = inner
        .iter()
        .take(LIMIT)
        .position(|&character| character == close || character == '\n')?;
    (inner[end] == close).then_some(&inner[..end])
}

/// Words with which an instruction to the writer begins.
const INSTRUCTIONS: &[&str] = &[
    "add",
    "choose",
    "date",
    "describe",
    "enter",
    "fill",
    "here",
    "insert",
    "name",
    "number",
    "placeholder",
    "select",
    "text",
    "type",
    "your",
];

fn weight(inner: &[char], is_quoted: bool) -> Option<Severity> {
    let words: String = inner.iter().collect();
    let words = words.trim();
    let is_reference =
        |character: char| character.is_ascii_digit() || " ,-–.".contains(character);
    if words.chars().all(|character| matches!(character, '.' | '…')) {
        // Within a quotation, dots in brackets say that words were left out.
        return (!is_quoted).then_some(Severity::Error);
    }
    if words.chars().all(is_reference) {
        return None;
    }
    let first = words
        .split(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or_default();
    if INSTRUCTIONS.contains(&&*first.to_lowercase()) || !placeholders(words).is_empty() {
        return Some(Severity::Error);
    }
    // A tag such as [otc], [CT], [MRI], [sic] is a letter's own.
    let is_tag = words.chars().count() <= 6 && words.chars().all(char::is_alphanumeric);
    (!is_tag).then_some(Severity::Warning)
}

/// Whether a quotation is open at this place of its paragraph.
fn is_quoted(text: &[char], at: usize) -> bool {
    let before = text[..at].iter().rev().take_while(|&&character| character != '\n');
    let marks: Vec<char> = before
        .copied()
        .filter(|character| matches!(character, '"' | '“' | '”'))
        .collect();
    let straight = marks.iter().filter(|&&mark| mark == '"').count();
    straight % 2 == 1 || marks.iter().find(|&&mark| mark != '"') == Some(&'“')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Severity)]) {
        let found = placeholders(text);
        let found: Vec<_> = found
            .iter()
            .map(|found| (found.words.as_str(), found.severity))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_was_to_be_replaced_is_found() {
        for (text, placeholder) in [
            ("Dear {{ recipient.name }}, we", "{{ recipient.name }}"),
            ("open {{ brace", "{{"),
            ("{% if x %}", "{% if x %}"),
            ("on XX/10/2016", "XX"),
            ("claim XXXX.", "XXXX"),
            ("seen on TBD", "TBD"),
            ("by ____ on", "____"),
            ("by <insert name> on", "<insert name>"),
            ("and <...> so", "<...>"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("on [insert date]", "[insert date]"),
            ("on [Date]", "[Date]"),
            ("and [...] so", "[...]"),
            ("on [XX]", "[XX]"),
        ] {
            check(text, &[(placeholder, Severity::Error)]);
        }
    }

    #[test]
    fn words_in_brackets_are_warned_of() {
        check("MRI [following TPII]", &[("[following TPII]", Severity::Warning)]);
        check(
            "[a b c] and [TBD]",
            &[("[a b c]", Severity::Warning), ("[TBD]", Severity::Error)],
        );
    }

    #[test]
    fn what_only_looks_like_it_is_left_alone() {
        for text in [
            "",
            "Ibuprofen [otc], [CT] and [MRI], as said [1], [2, 3] and [4-6]",
            "an XXL brace, EXXON, an X",
            "VAS <5 and BMI >30",
            "pain < 5 and range > 3",
            "if <half and >third",
            "a_b and __ init",
            "\"The criteria [...] are met\"",
            "“The criteria […] are met”",
            "the patient [sic] said",
            "{ and }",
            "[ not closed",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn ranges_count_characters() {
        assert_eq!(
            placeholders("é TBD").first().map(|found| found.range.clone()),
            Some(2..5)
        );
    }
}
