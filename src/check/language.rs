//! How words are set: none doubled, one blank between them, punctuation where it belongs.

use std::ops::Range;

use super::input::FieldText;
use super::text::{has_quotation_marks, last_piece};
use super::wording::capitalized;
use super::{Finding, Findings, Input, Rule};
use crate::diagnostic::{Change, Edit, Fix, Severity, TextRange};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L046",
    name: "language",
    severity: Severity::Warning,
    family: Family::Language,
    summary: "No word stands twice in a row, and blanks, punctuation, brackets and \
        quotation marks are as they should be",
    help: "Looks for doubled words, blanks and marks, a blank before a mark, \
        brackets and quotation marks without partners, and a summary, rationale or \
        opinion that ends without a full stop. A doubled \"had\" or \"that\", and \
        two blanks behind a full stop, are only noted.",
    find: proofread,
    ..Rule::DEFAULT
}];

/// Fields whose words are names, numbers or addresses, which no language has.
const WITHOUT_LANGUAGE: &[&str] =
    &["case.", "parties.", "recipients[].", "documents[].", "reviewers[].internal_name"];

/// Fields that are written in whole sentences to their end.
const IN_SENTENCES: &[&str] =
    &["summary", "items[].rationale", "items[].opinions[].rationale"];

/// Doubled words that can be meant.
const MEANT: &[&str] = &["had", "that"];

/// The texts that are written in a language: titles, the summary, rationales, opinions,
/// and what a template adds.
pub(super) fn texts<'i>(input: &'i Input<'_>) -> impl Iterator<Item = &'i FieldText<'i>> {
    input.texts().iter().filter(|text| {
        let mut others = WITHOUT_LANGUAGE.iter();
        !others.any(|beginning| text.field.pattern.starts_with(beginning))
    })
}

fn proofread(input: &Input<'_>, findings: &mut Findings) {
    for text in texts(input) {
        let name = || text.name(input);
        let mut proof = Proof { text, name: &name, findings };
        proof.doubled_words();
        proof.doubled_blanks();
        proof.doubled_marks();
        proof.loose_marks();
        proof.unpaired();
        if IN_SENTENCES.contains(&&*text.field.pattern) {
            proof.without_end();
        }
    }
}

/// A text that is proofread.
struct Proof<'a> {
    text: &'a FieldText<'a>,
    /// What the field is called in a sentence; asked for only where something is found.
    name: &'a dyn Fn() -> String,
    findings: &'a mut Findings,
}

pattern!(
    /// Blanks within a line.
    BLANKS,
    r"[ \u{A0}]{2,}"
);
pattern!(
    /// Marks that are doubled, or where one of two is too many; three full stops and more
    /// are meant.
    MARKS,
    r",,+|;;+|::+|\.{2,}|,\.|;\.|:\.|\.,,+|,;"
);
pattern!(
    /// A blank before a mark that belongs to the word before it.
    LOOSE,
    r"\S([ \u{A0}]+)([,;:.?!)])(?:\s|$)"
);

impl<'a> Proof<'a> {
    fn name(&self) -> String {
        (self.name)()
    }

    fn text(&self) -> &'a str {
        self.text.text
    }

    fn finding(
        &self,
        words: impl Into<TextRange>,
        message: String,
        hint: &str,
    ) -> Finding {
        self.text.finding(words, message, hint)
    }

    fn doubled_words(&mut self) {
        for pair in self.text.words().windows(2) {
            if self.is_doubled(pair[0], pair[1]) {
                self.findings.push(self.doubled_word(pair[0], pair[1]));
            }
        }
    }

    fn is_doubled(&self, first: TextRange, second: TextRange) -> bool {
        let text = self.text();
        let (one, other) = (&text[first], &text[second]);
        if !is_same(one, other) {
            return false;
        }
        // "Walla Walla", "L L"; "pain pain-" is the beginning of another word.
        let is_name = other.starts_with(char::is_uppercase)
            && (one == other || other.chars().count() == 1);
        let is_alone = !text[second.end..].starts_with(['-', '/']);
        let between = &text[first.end..second.start];
        one.chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}'))
            && is_alone
            && !is_name
            && between.chars().all(char::is_whitespace)
    }

    fn doubled_word(&self, first: TextRange, second: TextRange) -> Finding {
        let word = &self.text()[second];
        let message = format!("\"{word}\" stands twice in a row in {}", self.name());
        let finding =
            self.finding(first.start..second.end, message, "Take one of the two out");
        let finding = finding.with_replacement("Take one out", &self.text()[first]);
        if MEANT.contains(&word.to_lowercase().as_str()) {
            finding.with_severity(Severity::Note)
        } else {
            finding
        }
    }

    /// One finding for the whole field: whoever types two blanks does so everywhere.
    fn doubled_blanks(&mut self) {
        let mut places = Vec::new();
        let mut edits = Vec::new();
        // Two blanks after a full stop are how many were taught to type.
        let mut are_all_taught = true;
        for found in BLANKS.find_iter(self.text()) {
            let before = &self.text()[..found.start()];
            let after = &self.text()[found.end()..];
            let starts_line = before.is_empty() || before.ends_with('\n');
            if starts_line || after.is_empty() || after.starts_with(['\n', '\r']) {
                continue;
            }
            let range = TextRange::from(found.range());
            are_all_taught &= before.ends_with(['.', '?', '!', ':']);
            places.push(range);
            let change = Change::Words(range, " ".into());
            edits.push(Edit { path: self.text.path.clone(), change });
        }
        let Some(&first) = places.first() else { return };
        let name = self.name();
        let message = match places.len() {
            1 => format!("There is more than one blank between two words in {name}"),
            times => format!(
                "There is more than one blank between words in {times} places of {name}"
            ),
        };
        let mut finding = self.finding(first, message, "Leave one blank");
        finding.fixes = vec![Fix { label: "Leave one blank everywhere".into(), edits }];
        if are_all_taught {
            finding = finding.with_severity(Severity::Note);
        }
        self.findings.push(finding);
    }

    fn doubled_marks(&mut self) {
        for found in MARKS.find_iter(self.text()) {
            let marks = found.as_str();
            if is_ellipsis(marks) {
                continue;
            }
            let one = if marks.contains('.') { "." } else { &marks[..1] };
            let name = capitalized(&self.name());
            let message = format!("{name} has {marks} where one mark is meant");
            let finding = self.finding(found.range(), message, "Leave one of them");
            self.findings
                .push(finding.with_replacement(format!("Leave {one}"), one));
        }
    }

    fn loose_marks(&mut self) {
        for found in LOOSE.captures_iter(self.text()) {
            let (Some(blank), Some(mark)) = (found.get(1), found.get(2)) else {
                continue;
            };
            let name = capitalized(&self.name());
            let message = format!("{name} has a blank before {}", spoken(mark.as_str()));
            let words = blank.start()..mark.end();
            let finding = self.finding(words, message, "Take the blank out");
            self.findings
                .push(finding.with_replacement("Take the blank out", mark.as_str()));
        }
    }

    /// Brackets and quotation marks without their partners, paragraph by paragraph.
    fn unpaired(&mut self) {
        // A quotation can have several paragraphs, each of which looks odd by itself.
        let has_odd_quotes = unpaired_quote(self.text()).is_some();
        let mut start = 0;
        for line in self.text().split_inclusive('\n') {
            for at in unpaired_brackets(line) {
                self.findings.push(self.unpaired_bracket(start + at));
            }
            if let Some(at) = unpaired_quote(line)
                && has_odd_quotes
            {
                self.findings.push(self.unpaired_quote(start + at));
            }
            start += line.len();
        }
    }

    fn unpaired_bracket(&self, at: usize) -> Finding {
        let is_open = self.text()[at..].starts_with(['(', '[']);
        let (missing, hint) = if is_open {
            ("closed", "Close it")
        } else {
            ("opened", "Open it, or take this one out")
        };
        let message = format!("A bracket in {} is never {missing}", self.name());
        let finding = self.finding(at..at + 1, message, hint);
        finding.with_replacement("Take the bracket out", "")
    }

    fn unpaired_quote(&self, at: usize) -> Finding {
        let message = format!("A quotation mark in {} has no partner", self.name());
        let hint = "Add the one that is missing, or take this one out";
        let finding = self.finding(character_at(self.text(), at), message, hint);
        finding.with_replacement("Take the quotation mark out", "")
    }

    fn without_end(&mut self) {
        const ENDS: &[char] = &['.', '?', '!', ':', '\u{2026}'];
        const CLOSING: &[char] = &['"', '\u{201d}', '\'', '\u{2019}', ')', ']'];
        let text = self.text().trim_end();
        let last_line = last_piece(text, |c| c == '\n').trim_start();
        let is_list = last_line.starts_with(['-', '\u{2022}', '*'])
            || last_line.starts_with(|c: char| c.is_ascii_digit());
        let is_sentence = text.split_whitespace().nth(2).is_some();
        if is_list || !is_sentence || text.trim_end_matches(CLOSING).ends_with(ENDS) {
            return;
        }
        let end = text.len();
        let last_word = match text.rfind(char::is_whitespace) {
            Some(blank) => character_at(text, blank).end,
            None => 0,
        };
        let message = format!("{} ends without a full stop", capitalized(&self.name()));
        let hint = "End the last sentence with a full stop";
        let finding = self.finding(last_word..end, message, hint);
        let change = Change::Words((end..end).into(), ".".into());
        self.findings.push(finding.with_change(
            "Add the full stop",
            &self.text.path,
            change,
        ));
    }
}

/// The character that begins at a byte.
fn character_at(text: &str, at: usize) -> Range<usize> {
    at..text.ceil_char_boundary(at + 1)
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
    let label =
        last_piece(before, |c| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.'));
    let is_roman = label.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'));
    let is_number = label.chars().all(|c| c.is_ascii_digit()) && label.len() <= 2;
    let is_letter = label.chars().count() == 1 && label.starts_with(char::is_alphabetic);
    !label.is_empty() && (is_roman || is_number || is_letter)
}

/// The first quotation mark of a line that has no partner, where their number is odd.
/// After a figure one stands for inches, and a quotation may hold another.
fn unpaired_quote(line: &str) -> Option<usize> {
    if !has_quotation_marks(line) {
        return None;
    }
    let marks: Vec<usize> = line
        .match_indices(['"', '\u{201c}', '\u{201d}'])
        .map(|(at, _)| at)
        .collect();
    let mut inches = 0;
    for &at in &marks {
        inches += usize::from(line[..at].ends_with(|c: char| c.is_ascii_digit()));
    }
    // A figure may end a quotation as well: then the count is even as it stands.
    let is_paired = marks.len().is_multiple_of(2)
        || (inches > 0 && (marks.len() - inches).is_multiple_of(2));
    if is_paired {
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
/// after one.
fn opens(line: &str, at: usize) -> bool {
    let (before, mark) = line.split_at(at);
    if mark.starts_with('\u{201c}') {
        return true;
    }
    let follows_a_gap = before.is_empty()
        || before.ends_with(|c: char| c.is_whitespace())
        || before.ends_with(['(', '[', '-', '/']);
    mark.starts_with('"') && follows_a_gap
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Anchor;
    use crate::letter::{FieldPath, Letter};
    use crate::template::Template;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let template = Template::built_in("imr-2014").unwrap();
        let path = FieldPath::new("summary", &[]);
        let field = template.field("summary").unwrap();
        let field_text = FieldText::new(field, path, text);
        let mut findings = Findings::new();
        let name = || "it".to_owned();
        let mut proof = Proof { text: &field_text, name: &name, findings: &mut findings };
        proof.doubled_words();
        proof.doubled_blanks();
        proof.doubled_marks();
        proof.loose_marks();
        proof.unpaired();
        proof.without_end();
        let mut found = Vec::new();
        for finding in &findings {
            let Anchor::Field { range: Some(range), .. } = finding.anchor else {
                panic!("{text}: {} is of no words", finding.message);
            };
            found.push((&text[range], fixed(text, finding)));
        }
        let found: Vec<(&str, Option<&str>)> = found
            .iter()
            .map(|(words, fixed)| (*words, fixed.as_deref()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    fn fixed(text: &str, finding: &Finding) -> Option<String> {
        let mut letter = Letter { summary: text.into(), ..Letter::default() };
        let template = Template::built_in("imr-2014").unwrap();
        let fix = finding.fixes.first()?;
        crate::check::apply_fix(&mut letter, template, fix).then_some(letter.summary)
    }

    #[test]
    fn each_slip_is_found_in_its_place_and_fixed() {
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
    fn intended_repetition_is_left_alone() {
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
