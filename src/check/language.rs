//! How words are set: none doubled, one blank between them, punctuation where it belongs.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::wording::{place, sentence};
use super::{Finding, Input, compiled, text};
use crate::diagnostic::{Change, Edit, Fix, Severity};
use crate::letter::fields::{Field, Value};
use crate::letter::{FieldPath, Guideline};

/// Fields whose words are names, numbers or addresses, which no language has.
const WITHOUT_LANGUAGE: &[&str] =
    &["case.", "parties.", "recipients[].", "documents[].", "reviewers[].internal_name"];

/// Fields that are written in whole sentences to their end.
const IN_SENTENCES: &[&str] =
    &["summary", "items[].rationale", "items[].opinions[].rationale"];

/// Doubled words that can be meant.
const MEANT: &[&str] = &["had", "that"];

/// The texts that are written in a language: titles, the summary, rationales, opinions,
/// and what a kind adds.
pub(super) fn texts<'a>(
    input: &Input<'a>,
) -> impl Iterator<Item = (&'a Field, FieldPath, &'a str)> {
    input.texts().filter(|(field, ..)| {
        !WITHOUT_LANGUAGE.iter().any(|name| field.pattern.starts_with(name))
    })
}

/// The guideline lines.
pub(super) fn guidelines<'a>(
    input: &Input<'a>,
) -> impl Iterator<Item = (&'a Field, FieldPath, &'a Guideline)> {
    input.places().filter_map(|(field, path, value)| match value {
        Value::Guideline(line) => Some((field, path, line)),
        _ => None,
    })
}

/// L046: words and punctuation are set as they should be.
pub(super) fn set(input: &Input<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (field, path, text) in texts(input) {
        let page =
            Page { path: &path, text, place: &|| place(input.letter, field, &path) };
        findings.extend(page.doubled_words());
        findings.extend(page.doubled_blanks());
        findings.extend(page.doubled_marks());
        findings.extend(page.loose_marks());
        findings.extend(page.unpaired());
        if IN_SENTENCES.contains(&&*field.pattern) {
            findings.extend(page.without_end());
        }
    }
    findings
}

/// A field's text.
struct Page<'a> {
    path: &'a FieldPath,
    text: &'a str,
    /// What the field is called in a sentence.
    place: &'a dyn Fn() -> String,
}

/// Blanks within a line.
static BLANKS: LazyLock<Regex> = LazyLock::new(|| compiled(r"[ \u{A0}]{2,}"));
/// Marks that stand twice, or where one of two is too many; three full stops and more are
/// meant.
static MARKS: LazyLock<Regex> =
    LazyLock::new(|| compiled(r",,+|;;+|::+|\.{2,}|,\.|;\.|:\.|\.,,+|,;"));
/// A blank before a mark that belongs to the word before it.
static LOOSE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"\S([ \u{A0}]+)([,;:.?!)])(?:\s|$)"));

impl Page<'_> {
    fn place(&self) -> String {
        (self.place)()
    }

    fn finding(&self, bytes: Range<usize>, message: String, hint: &str) -> Finding {
        Finding::at(self.path, self.text, bytes, message, hint)
    }

    fn doubled_words(&self) -> Vec<Finding> {
        let words: Vec<Range<usize>> = text::words(self.text).collect();
        let pairs = words.windows(2).filter(|pair| self.is_doubled(&pair[0], &pair[1]));
        pairs.map(|pair| self.doubled_word(&pair[0], &pair[1])).collect()
    }

    fn is_doubled(&self, first: &Range<usize>, second: &Range<usize>) -> bool {
        let (one, other) = (&self.text[first.clone()], &self.text[second.clone()]);
        if !is_same(one, other) {
            return false;
        }
        let between = &self.text[first.end..second.start];
        // "Walla Walla", "L L"; "pain pain-" is the beginning of another word.
        let is_name = other.starts_with(char::is_uppercase)
            && (one == other || other.chars().count() == 1);
        let is_word = one
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}'));
        let is_alone = !self.text[second.end..].starts_with(['-', '/']);
        is_word && is_alone && !is_name && between.chars().all(char::is_whitespace)
    }

    fn doubled_word(&self, first: &Range<usize>, second: &Range<usize>) -> Finding {
        let word = &self.text[second.clone()];
        let message = format!("\"{word}\" stands twice in a row in {}", self.place());
        let both = first.start..second.end;
        let finding = self.finding(both, message, "Take one of the two out");
        let finding = finding.reworded("Take one out", &self.text[first.clone()]);
        if MEANT.contains(&word.to_lowercase().as_str()) {
            finding.weighing(Severity::Note)
        } else {
            finding
        }
    }

    /// One finding for the whole field: whoever types two blanks does so everywhere.
    fn doubled_blanks(&self) -> Option<Finding> {
        let is_within = |range: &Range<usize>| {
            let (before, behind) = (&self.text[..range.start], &self.text[range.end..]);
            !before.is_empty()
                && !before.ends_with('\n')
                && !behind.is_empty()
                && !behind.starts_with(['\n', '\r'])
        };
        let places: Vec<Range<usize>> = BLANKS
            .find_iter(self.text)
            .map(|found| found.range())
            .filter(is_within)
            .collect();
        let first = places.first()?.clone();
        // Two blanks behind a full stop are how many were taught to type.
        let is_taught = |range: &Range<usize>| {
            self.text[..range.start].ends_with(['.', '?', '!', ':'])
        };
        let all_taught = places.iter().all(is_taught);
        let message = match places.len() {
            1 => format!(
                "There is more than one blank between two words in {}",
                self.place()
            ),
            times => format!(
                "There is more than one blank between words in {} places of {}",
                times,
                self.place()
            ),
        };
        let edit = |range: &Range<usize>| Edit {
            path: self.path.clone(),
            change: Change::Words(range.clone().into(), " ".into()),
        };
        let edits = places.iter().map(edit).collect();
        let mut finding = self.finding(first, message, "Leave one blank");
        finding.fixes = vec![Fix { label: "Leave one blank everywhere".into(), edits }];
        Some(if all_taught { finding.weighing(Severity::Note) } else { finding })
    }

    fn doubled_marks(&self) -> Vec<Finding> {
        let found = MARKS
            .find_iter(self.text)
            .filter(|found| !is_ellipsis(found.as_str()));
        let tell = |found: regex::Match<'_>| {
            let marks = found.as_str();
            let one = if marks.contains('.') { "." } else { &marks[..1] };
            let message = format!(
                "{} has {marks} where one mark is meant",
                sentence(&self.place())
            );
            self.finding(found.range(), message, "Leave one of them")
                .reworded(format!("Leave {one}"), one)
        };
        found.map(tell).collect()
    }

    fn loose_marks(&self) -> Vec<Finding> {
        let found = LOOSE
            .captures_iter(self.text)
            .filter_map(|found| Some((found.get(1)?, found.get(2)?)));
        let tell = |(blank, mark): (regex::Match<'_>, regex::Match<'_>)| {
            let message = format!(
                "{} has a blank before {}",
                sentence(&self.place()),
                spoken(mark.as_str())
            );
            let finding =
                self.finding(blank.start()..mark.end(), message, "Take the blank out");
            finding.reworded("Take the blank out", mark.as_str())
        };
        found.map(tell).collect()
    }

    /// Brackets and quotation marks without their partners, paragraph by paragraph.
    fn unpaired(&self) -> Vec<Finding> {
        // A quotation can have several paragraphs.
        let has_odd_quotes = unpaired_quote(self.text).is_some();
        let mut findings = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            findings.extend(
                unpaired_brackets(line)
                    .into_iter()
                    .map(|at| self.unpaired_bracket(start + at)),
            );
            let quote = unpaired_quote(line).filter(|_| has_odd_quotes);
            findings.extend(quote.map(|at| self.unpaired_quote(start + at)));
            start += line.len();
        }
        findings
    }

    fn unpaired_bracket(&self, at: usize) -> Finding {
        let bracket = &self.text[at..=at];
        let is_open = matches!(bracket, "(" | "[");
        let (missing, hint) = if is_open {
            ("closed", "Close it")
        } else {
            ("opened", "Open it, or take this one out")
        };
        let message = format!("A bracket in {} is never {missing}", self.place());
        self.finding(at..at + 1, message, hint)
            .reworded("Take the bracket out", "")
    }

    fn unpaired_quote(&self, at: usize) -> Finding {
        let length = self.text[at..].chars().next().map_or(1, char::len_utf8);
        let message = format!("A quotation mark in {} has no partner", self.place());
        let finding = self.finding(
            at..at + length,
            message,
            "Add the one that is missing, or take this one out",
        );
        finding.reworded("Take the quotation mark out", "")
    }

    fn without_end(&self) -> Option<Finding> {
        const ENDS: &[char] = &['.', '?', '!', ':', '\u{2026}'];
        const CLOSING: &[char] = &['"', '\u{201d}', '\'', '\u{2019}', ')', ']'];
        let text = self.text.trim_end();
        let last_line = text.rsplit('\n').next().unwrap_or_default().trim_start();
        let is_list = last_line.starts_with(['-', '\u{2022}', '*'])
            || last_line.starts_with(|c: char| c.is_ascii_digit());
        let is_sentence = text.split_whitespace().nth(2).is_some();
        if is_list || !is_sentence || text.trim_end_matches(CLOSING).ends_with(ENDS) {
            return None;
        }
        let word = text
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let message = format!("{} ends without a full stop", sentence(&self.place()));
        let finding = self.finding(
            word..text.len(),
            message,
            "End the last sentence with a full stop",
        );
        let end = text.len();
        Some(finding.fixed(
            "Add the full stop",
            self.path,
            Change::Words((end..end).into(), ".".into()),
        ))
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || (!one.is_ascii() && one.to_lowercase() == other.to_lowercase())
}

fn is_ellipsis(marks: &str) -> bool {
    marks.len() > 2 && marks.chars().all(|mark| mark == '.')
}

fn spoken(mark: &str) -> &'static str {
    match mark {
        "," => "a comma",
        ";" => "a semicolon",
        ":" => "a colon",
        "." => "a full stop",
        "?" => "a question mark",
        "!" => "an exclamation mark",
        _ => "a closing bracket",
    }
}

/// Brackets of a line without their partners. The one of "a)" or "1)" at the head of a
/// point needs none.
fn unpaired_brackets(line: &str) -> Vec<usize> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut unpaired = Vec::new();
    for (at, character) in line.char_indices() {
        match character {
            '(' => open.push((at, ')')),
            '[' => open.push((at, ']')),
            ')' | ']'
                if open.last().is_some_and(|(_, closing)| *closing == character) =>
            {
                open.pop();
            }
            ')' if heads_a_point(&line[..at]) => {}
            ')' | ']' => unpaired.push(at),
            _ => {}
        }
    }
    unpaired.extend(open.into_iter().map(|(at, _)| at));
    unpaired.sort_unstable();
    unpaired
}

fn heads_a_point(before: &str) -> bool {
    let label = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.'))
        .next()
        .unwrap_or_default();
    let is_roman = label.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'));
    let is_number = label.chars().all(|c| c.is_ascii_digit()) && label.len() <= 2;
    !label.is_empty()
        && (is_roman
            || is_number
            || (label.chars().count() == 1 && label.starts_with(char::is_alphabetic)))
}

/// The first quotation mark of a line that has no partner, where their number is odd.
/// Behind a figure one stands for inches, and a quotation may hold another.
fn unpaired_quote(line: &str) -> Option<usize> {
    if !text::has_quotation_marks(line) {
        return None;
    }
    let is_mark = |c: &char| matches!(c, '"' | '\u{201c}' | '\u{201d}');
    let marks: Vec<usize> = line
        .char_indices()
        .filter(|(_, c)| is_mark(c))
        .map(|(at, _)| at)
        .collect();
    let inches = marks
        .iter()
        .filter(|at| line[..**at].ends_with(|c: char| c.is_ascii_digit()))
        .count();
    // A figure may end a quotation as well: then the count is even as it stands.
    if marks.len().is_multiple_of(2)
        || (inches > 0 && (marks.len() - inches).is_multiple_of(2))
    {
        return None;
    }
    let mut open = Vec::new();
    for &at in &marks {
        if opens(line, at) {
            open.push(at);
        } else if open.pop().is_none() {
            return Some(at);
        }
    }
    open.first().copied()
}

/// Whether a quotation mark opens: it is curled so, or stands before a word and not
/// behind one.
fn opens(line: &str, at: usize) -> bool {
    let before = line[..at].chars().next_back();
    line[at..].starts_with('\u{201c}')
        || (line[at..].starts_with('"')
            && before
                .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '-' | '/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let path = FieldPath::new("summary", &[]);
        let page = Page { path: &path, text, place: &|| "it".into() };
        let mut findings = page.doubled_words();
        findings.extend(page.doubled_blanks());
        findings.extend(page.doubled_marks());
        findings.extend(page.loose_marks());
        findings.extend(page.unpaired());
        findings.extend(page.without_end());
        let told: Vec<(String, Option<String>)> = findings
            .iter()
            .map(|finding| (spoken_of(text, finding), fixed(text, finding)))
            .collect();
        let told: Vec<(&str, Option<&str>)> = told
            .iter()
            .map(|(words, fixed)| (words.as_str(), fixed.as_deref()))
            .collect();
        assert_eq!(told, expected, "{text}");
    }

    fn spoken_of(text: &str, finding: &Finding) -> String {
        match &finding.anchor {
            crate::diagnostic::Anchor::Field { range: Some(range), .. } => {
                text[*range].to_owned()
            }
            _ => String::new(),
        }
    }

    fn fixed(text: &str, finding: &Finding) -> Option<String> {
        let mut letter =
            crate::letter::Letter { summary: text.into(), ..Default::default() };
        let template = crate::template::Template::built_in("imr-2014").unwrap();
        let fix = finding.fixes.first()?;
        crate::check::apply_fix(&mut letter, template, fix).then_some(letter.summary)
    }

    #[test]
    fn each_slip_is_found_where_it_stands_and_mended() {
        check("é He is is well.", &[("is is", Some("é He is well."))]);
        check("The the knee.", &[("The the", Some("The knee."))]);
        check("He had had pain.", &[("had had", Some("He had pain."))]);
        check("One  two   three.", &[("  ", Some("One two three."))]);
        check(
            "Well.. So,, he is;; well.",
            &[
                ("..", Some("Well. So,, he is;; well.")),
                (",,", Some("Well.. So, he is;; well.")),
                (";;", Some("Well.. So,, he is; well.")),
            ],
        );
        check(
            "He is well ,and so , he said .",
            &[
                (" ,", Some("He is well ,and so, he said .")),
                (" .", Some("He is well ,and so , he said.")),
            ],
        );
        check("It is (so.", &[("(", Some("It is so."))]);
        check("It is so).", &[(")", Some("It is so."))]);
        check("It is \"so.", &[("\"", Some("It is so."))]);
        let nested = "It says \"one \"two\" three.\" And four.\u{201d}";
        check(nested, &[("\u{201d}", Some("It says \"one \"two\" three.\" And four."))]);
        check("It is not necessary", &[("necessary", Some("It is not necessary."))]);
    }

    #[test]
    fn what_is_meant_is_left_alone() {
        for text in [
            "",
            "Walla Walla. He was, was he? Follow-up up to now; 5 5 5.",
            "So on... and so on.",
            "1) one, 2) two, a) three and iv) four.",
            "He is 5'2\" tall.",
            "He said \"well.\"",
            "He said so (and left).",
            "It was .5 and:\n- a list\n- of two",
            "M.D., etc., and Co., too.",
            "One.\n\n  Two.",
        ] {
            check(text, &[]);
        }
    }
}
