//! Words that stand for other words and were to be replaced.

use super::input::FormPlace;
use super::text::{first_piece, last_piece};
use super::wording::capitalized;
use super::{Finding, Findings, Input, Rule};
use crate::diagnostic::{Anchor, Severity, TextRange};
use crate::letter::fields::Value;
use crate::letter::{Guideline, Source};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L008",
    name: "placeholder",
    severity: Severity::Error,
    family: Family::Completeness,
    summary: "No placeholder is left over; words in brackets are warned of",
    help: "Looks for {{ }}, XX, TBD, ___, <...>, [insert ...] and Lorem ipsum. \
        Numbers in brackets, [sic], and drug tags such as [otc] are left alone.",
    find: left_over,
    ..Rule::DEFAULT
}];

fn left_over(input: &Input<'_>, findings: &mut Findings) {
    for FormPlace { field, path, value } in input.places() {
        if !field.printable {
            continue;
        }
        for text in texts(value) {
            for found in placeholders(text) {
                let place = capitalized(&input.field_name(field, path));
                // Only a plain text has a place that a range can name.
                let is_plain = matches!(value, Value::Text(_));
                let range = is_plain.then_some(found.range);
                let anchor = Anchor::Field { path: path.clone(), range };
                findings.push(found.finding(&place, &text[found.range], anchor));
            }
        }
    }
}

/// Everything that a person wrote in a field.
pub(super) fn texts<'a>(value: &Value<'a>) -> Vec<&'a str> {
    match value {
        Value::Text(text) => vec![text],
        Value::Many(values) => values.iter().map(String::as_str).collect(),
        Value::Guideline(Guideline::AsWritten(line)) => vec![line],
        Value::Guideline(Guideline::Cited(citations)) => {
            let mut texts = Vec::new();
            for source in citations {
                push_texts(&mut texts, source);
            }
            texts
        }
        Value::Guideline(Guideline::None { .. })
        | Value::Date(_)
        | Value::Number(_)
        | Value::Money(_)
        | Value::Choice(_)
        | Value::YesNo(_) => Vec::new(),
    }
}

fn push_texts<'a>(texts: &mut Vec<&'a str>, source: &'a Source) {
    match source {
        Source::Mtus { title, sections, .. } => {
            texts.push(title);
            texts.extend(sections.iter().map(String::as_str));
        }
        Source::NonMtus(work) => texts.push(work),
        Source::OutsideMtus => {}
    }
}

/// A placeholder in a text.
#[derive(Debug, PartialEq)]
struct Placeholder {
    range: TextRange,
    severity: Severity,
}

impl Placeholder {
    fn finding(&self, place: &str, words: &str, anchor: Anchor) -> Finding {
        if self.severity == Severity::Error {
            let message = format!("{place} still holds \"{words}\"");
            let hint = "Write what is meant in its place, or take it out";
            return Finding::new(anchor, message, hint);
        }
        let message = format!("{place} has words in brackets: \"{words}\"");
        let hint = "Take the brackets out, or leave them if they are meant";
        Finding::new(anchor, message, hint).with_severity(self.severity)
    }
}

/// Looks for one sort of placeholder that begins at a byte; gives its length and weight.
type Matcher = fn(&str, usize) -> Option<(usize, Severity)>;

/// Brackets come first, so that what stands in them is reported once.
const MATCHERS: &[Matcher] =
    &[bracketed, braces, blank_line, crossed_out, dummy_word, angled];

/// Every placeholder in a text, in order.
fn placeholders(text: &str) -> Vec<Placeholder> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(can_begin) {
        at += next;
        match MATCHERS.iter().find_map(|matches| matches(text, at)) {
            Some((length, severity)) => {
                let range = TextRange::from(at..at + length);
                found.push(Placeholder { range, severity });
                at += length;
            }
            // Every character that can begin a placeholder is one byte long.
            None => at += 1,
        }
    }
    found
}

/// Whether a placeholder can begin with this character: nearly no text has one of them
/// but for capitals, and looking at every place with every matcher is slow.
fn can_begin(character: char) -> bool {
    matches!(character, '[' | '{' | '_' | '<' | 'X' | 'T' | 'L' | 'l')
}

/// `{{ name }}`: a template's tag, copied along.
fn braces(text: &str, at: usize) -> Option<(usize, Severity)> {
    let rest = &text[at..];
    if !rest.starts_with("{{") && !rest.starts_with("{%") {
        return None;
    }
    let line = first_piece(rest, |c| c == '\n');
    let ends = ["}}", "%}"].map(|end| line[2..].find(end));
    let length = match ends.into_iter().flatten().min() {
        Some(inner) => 2 + inner + 2,
        None => 2,
    };
    Some((length, Severity::Error))
}

/// `___`: a line to write on.
fn blank_line(text: &str, at: usize) -> Option<(usize, Severity)> {
    let length = run_length(text, at, b'_');
    (length >= 3).then_some((length, Severity::Error))
}

/// `XX` and longer: a number or name to come.
fn crossed_out(text: &str, at: usize) -> Option<(usize, Severity)> {
    let length = run_length(text, at, b'X');
    (length >= 2 && stands_alone(text, at, length)).then_some((length, Severity::Error))
}

fn run_length(text: &str, at: usize, wanted: u8) -> usize {
    text.bytes().skip(at).take_while(|&byte| byte == wanted).count()
}

/// `TBD` and the printer's dummy text.
fn dummy_word(text: &str, at: usize) -> Option<(usize, Severity)> {
    for word in ["TBD", "Lorem ipsum", "lorem ipsum"] {
        if text[at..].starts_with(word) && stands_alone(text, at, word.len()) {
            return Some((word.len(), Severity::Error));
        }
    }
    None
}

fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    !text[..at].ends_with(char::is_alphanumeric)
        && !text[at + length..].starts_with(char::is_alphanumeric)
}

/// `<name>` or `<...>`, but not "pain < 5 and > 3": the words touch both marks.
fn angled(text: &str, at: usize) -> Option<(usize, Severity)> {
    let inner = enclosed(text, at, '<', '>')?;
    let opens = inner.starts_with(|c: char| c.is_alphabetic() || matches!(c, '.' | '…'));
    let closes = inner.ends_with(|c: char| !c.is_whitespace());
    (opens && closes).then_some((inner.len() + 2, Severity::Error))
}

/// `[insert date]`; other words in brackets weigh less, and numbers and short tags
/// nothing.
fn bracketed(text: &str, at: usize) -> Option<(usize, Severity)> {
    let inner = enclosed(text, at, '[', ']')?;
    let severity = weight(inner.trim(), is_quoted(text, at))?;
    Some((inner.len() + 2, severity))
}

/// What stands between two marks on one line, if it is no longer than a placeholder can
/// be.
fn enclosed(text: &str, at: usize, open: char, close: char) -> Option<&str> {
    // Longer than any instruction to a writer that was seen in letters.
    const LIMIT: usize = 120;
    let inner = text[at..].strip_prefix(open)?;
    let end = inner.find([close, '\n'])?;
    let is_short = inner[..end].chars().count() < LIMIT;
    (is_short && inner[end..].starts_with(close)).then_some(&inner[..end])
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

fn weight(words: &str, is_quoted: bool) -> Option<Severity> {
    if words.chars().all(|c| matches!(c, '.' | '…')) {
        // Within a quotation, dots in brackets say that words were left out.
        return (!is_quoted).then_some(Severity::Error);
    }
    if words.chars().all(|c| c.is_ascii_digit() || " ,-–.".contains(c)) {
        return None;
    }
    let first = first_piece(words, |c| !c.is_alphanumeric());
    if INSTRUCTIONS.contains(&&*first.to_lowercase()) || !placeholders(words).is_empty() {
        return Some(Severity::Error);
    }
    // A tag such as [otc], [CT], [MRI], [sic] is a letter's own.
    let is_tag = words.chars().count() <= 6 && words.chars().all(char::is_alphanumeric);
    (!is_tag).then_some(Severity::Warning)
}

/// Whether a quotation is open at this place of its paragraph: straight marks open and
/// close by turns, curly ones say by themselves which they do.
fn is_quoted(text: &str, at: usize) -> bool {
    let paragraph = last_piece(&text[..at], |c| c == '\n');
    let straight = paragraph.matches('"').count();
    let last_curly = paragraph.rfind(['“', '”']);
    straight % 2 == 1 || last_curly.is_some_and(|at| paragraph[at..].starts_with('“'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Severity)]) {
        let found = placeholders(text);
        let found: Vec<_> = found
            .iter()
            .map(|found| (&text[found.range], found.severity))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn placeholders_are_found() {
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
    fn text_that_looks_like_a_placeholder_is_left_alone() {
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
    fn ranges_count_bytes() {
        assert_eq!(
            placeholders("é TBD").first().map(|found| found.range),
            Some((3..6).into())
        );
    }
}
