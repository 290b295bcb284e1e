//! How words are set: none doubled, one space between them, punctuation where it belongs,
//! "a" and "an" as they are spoken.

use std::ops::Range;

use super::articles::{WrongArticle, wrong_articles};
use super::grammar::{Slip, ends_a_sentence, joins_genes, lost_spaces, small_starts};
use super::input::FieldText;
use super::text::{has_quotation_marks, last_piece};
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule, roles};
use crate::diagnostic::{Change, Edit, Fix, Severity, TextRange};
use crate::letter::fields::Kind;
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L046",
    reads: &[Reads::Sentences],
    name: "language",
    severity: Severity::Warning,
    family: Family::Language,
    summary: "No word appears twice in a row, and articles, spaces, and punctuation \
        are right",
    help: "Looks for doubled words, spaces, and marks, spaces that are missing or too \
        many beside a mark, \"a\" and \"an\" mixed up, sentences that begin with a \
        lowercase letter, parentheses and quotation marks without a partner, and a \
        summary, rationale, or opinion that ends without a period. A doubled \"had\" \
        or \"that\", and two spaces after a period, are only noted.",
    find: proofread,
    ..Rule::DEFAULT
}];

/// Fields that are written in whole sentences to their end.
const IN_SENTENCES: &[&str] =
    &["summary", "items[].rationale", "items[].opinions[].rationale"];

/// Doubled words that can be meant.
const MEANT: &[&str] = &["had", "that"];

/// The texts that are written in a language: titles, the summary, rationales, opinions,
/// and what a template adds.
pub(super) fn texts<'i>(input: &'i Input<'_>) -> impl Iterator<Item = &'i FieldText<'i>> {
    input.texts().iter().filter(|text| {
        let mut others = roles::WITHOUT_LANGUAGE.iter();
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
        proof.lost_spaces();
        proof.articles();
        proof.unpaired();
        if text.field.kind == Kind::Prose {
            proof.small_starts();
        }
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
    /// Spaces within a line.
    BLANKS,
    r"[ \u{A0}]{2,}"
);
pattern!(
    /// Marks that are doubled, or where one of two is too many; three periods and more are
    /// meant.
    MARKS,
    r",,+|;;+|::+|\.{2,}|,\.|;\.|:\.|\.,,+|,;|\?\?+|!!+|[?!][.,;:]|[.,;:][?!]|\.[,;:]",
    r"|[:;],|,:|;:|:;"
);
pattern!(
    /// A space before a mark that belongs to the word before it.
    LOOSE,
    r"\S(?P<space>[ \u{A0}]+)(?P<mark>[,;:.?!)])(?:\s|$)",
    r"|[a-z](?P<between>[ \u{A0}]+)(?P<comma>[,;.])[a-z]{2}"
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
        let is_loud = one.len() > 2 && !one.contains(char::is_lowercase);
        let is_name = other.starts_with(char::is_uppercase)
            && !is_loud
            && (one == other || other.chars().count() == 1);
        let is_alone = !text[second.end..].starts_with(['-', '/']);
        let between = &text[first.end..second.start];
        one.chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '/'))
            && is_alone
            && !is_name
            && between.chars().all(char::is_whitespace)
    }

    fn doubled_word(&self, first: TextRange, second: TextRange) -> Finding {
        let word = &self.text()[second];
        let message = format!("\"{word}\" appears twice in a row in {}", self.name());
        let finding =
            self.finding(first.start..second.end, message, "Remove one of them");
        let finding = finding.with_replacement("Remove one", &self.text()[first]);
        let is_thrice = self.text()[..first.start].trim_end().ends_with(word)
            || self.text()[second.end..].trim_start().starts_with(word);
        if MEANT.contains(&word.to_lowercase().as_str()) && !is_thrice {
            finding.with_severity(Severity::Note)
        } else {
            finding
        }
    }

    /// One finding for the whole field: whoever types two spaces does so everywhere.
    fn doubled_blanks(&mut self) {
        let mut places = Vec::new();
        let mut edits = Vec::new();
        // Two spaces after a period are how many were taught to type.
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
            1 => format!("There is more than one space between two words in {name}"),
            times => format!(
                "There is more than one space between words in {times} places in {name}"
            ),
        };
        let mut finding = self.finding(first, message, "Leave one space");
        finding.fixes = vec![Fix { label: "Leave one space everywhere".into(), edits }];
        if are_all_taught {
            finding = finding.with_severity(Severity::Note);
        }
        self.findings.push(finding);
    }

    fn doubled_marks(&mut self) {
        for found in MARKS.find_iter(self.text()) {
            let marks = found.as_str();
            if is_ellipsis(marks) || self.are_meant(marks, found.start()) {
                continue;
            }
            let one = one_mark(marks);
            let name = capitalized(&self.name());
            let message = format!("{name} has {marks} where one mark belongs");
            let finding = self.finding(found.range(), message, "Keep one of them");
            self.findings
                .push(finding.with_replacement(format!("Keep {one}"), one));
        }
    }

    fn loose_marks(&mut self) {
        for found in LOOSE.captures_iter(self.text()) {
            let blank = found.name("space").or_else(|| found.name("between"));
            let mark = found.name("mark").or_else(|| found.name("comma"));
            let (Some(blank), Some(mark)) = (blank, mark) else { continue };
            // "A .docx file".
            let is_name = found.name("comma").is_some() && mark.as_str() == ".";
            if is_name && !self.text()[mark.end()..].starts_with(char::is_uppercase) {
                continue;
            }
            let name = capitalized(&self.name());
            let message = format!("{name} has a space before {}", spoken(mark.as_str()));
            let words = blank.start()..mark.end();
            let finding = self.finding(words, message, "Remove the space");
            self.findings
                .push(finding.with_replacement("Remove the space", mark.as_str()));
        }
    }

    /// Whether two marks are as they should be: the period of an abbreviation and the mark
    /// of its sentence; and question marks that stand for words to come (L008).
    fn are_meant(&self, marks: &str, at: usize) -> bool {
        let before = &self.text()[..at];
        if marks.starts_with("??") {
            return !before.ends_with(char::is_alphanumeric);
        }
        let is_after_period = marks.starts_with('.') && !marks.starts_with("..");
        if !is_after_period || marks.starts_with(".,,") {
            return marks == "::" && joins_genes(before, &self.text()[at + 2..]);
        }
        let word = last_piece(before, |c| !c.is_alphabetic());
        let start = at - word.len();
        word.len() < 4 || !ends_a_sentence(self.text(), (start..at).into())
    }

    /// One finding for the whole field: who leaves out one space does so again.
    fn lost_spaces(&mut self) {
        let slips = lost_spaces(self.text);
        let [first, ..] = &slips[..] else { return };
        let name = self.name();
        let mark = spoken(&self.text()[first.range]);
        let side = if first.right.starts_with(' ') { "before" } else { "after" };
        let message = match slips.len() {
            1 => format!("{} has no space {side} {mark}", capitalized(&name)),
            times => format!(
                "Spaces are missing beside punctuation in {times} places in {name}"
            ),
        };
        let label = if slips.len() == 1 { "Add the space" } else { "Add all spaces" };
        let finding = self.finding(first.range, message, label);
        self.findings.push(self.fixed_throughout(finding, label, &slips));
    }

    /// One finding for each pair of words, however often it is there.
    fn articles(&mut self) {
        let mut pairs: Vec<(String, String, Vec<Slip>)> = Vec::new();
        for WrongArticle { range, word, right } in wrong_articles(self.text) {
            let written = self.text()[range.start..word.end].to_owned();
            let meant = format!("{right} {}", &self.text()[word]);
            let slip = Slip { range, right: right.into() };
            match pairs.iter_mut().find(|(known, ..)| *known == written) {
                Some((.., slips)) => slips.push(slip),
                None => pairs.push((written, meant, vec![slip])),
            }
        }
        for (written, meant, slips) in pairs {
            let times = if slips.len() == 1 { "" } else { " more than once" };
            let message = format!("\"{written}\" is in {}{times}", self.name());
            let hint = format!("Write \"{meant}\"");
            let finding = self.finding(slips[0].range, message, &hint);
            self.findings.push(self.fixed_throughout(finding, &hint, &slips));
        }
    }

    /// A finding of all these places, with one fix for them.
    fn fixed_throughout(&self, finding: Finding, label: &str, slips: &[Slip]) -> Finding {
        let mut edits = Vec::new();
        let mut finding = finding;
        for (at, Slip { range, right }) in slips.iter().enumerate() {
            let change = Change::Words(*range, right.clone());
            edits.push(Edit { path: self.text.path.clone(), change });
            if at > 0 {
                finding = finding.also_at(self.text.anchor(*range));
            }
        }
        finding.fixes = vec![Fix { label: label.into(), edits }];
        finding
    }

    fn small_starts(&mut self) {
        for Slip { range, right } in small_starts(self.text) {
            let word = &self.text()[range];
            let name = self.name();
            let message = format!(
                "A sentence in {name} begins with a lowercase letter: \"{word}\""
            );
            let hint = format!("Write {right}, or remove the period before it");
            let finding = self.finding(range, message, &hint);
            self.findings
                .push(finding.with_replacement(format!("Write {right}"), right));
        }
    }

    /// Parentheses and quotation marks without their partners, paragraph by paragraph.
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
        let noun = bracket_name(&self.text()[at..=at]);
        let (missing, hint) = if is_open {
            ("closed", "Close it")
        } else {
            ("opened", "Open it, or remove this one")
        };
        let message = format!("A {noun} in {} is never {missing}", self.name());
        let finding = self.finding(at..at + 1, message, hint);
        finding.with_replacement(format!("Remove the {noun}"), "")
    }

    fn unpaired_quote(&self, at: usize) -> Finding {
        let message = format!("A quotation mark in {} has no match", self.name());
        let hint = "Add the missing one, or remove this one";
        let finding = self.finding(character_at(self.text(), at), message, hint);
        finding.with_replacement("Remove the quotation mark", "")
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
        let message = format!("{} ends without a period", capitalized(&self.name()));
        let hint = "End the last sentence with a period";
        let finding = self.finding(last_word..end, message, hint);
        let change = Change::Words((end..end).into(), ".".into());
        self.findings.push(finding.with_change(
            "Add the period",
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
    matches!(marks.len(), 3 | 4) && marks.chars().all(|mark| mark == '.')
}

fn spoken(mark: &str) -> &'static str {
    match mark {
        "," => "a comma",
        ";" => "a semicolon",
        ":" => "a colon",
        "." => "a period",
        "?" => "a question mark",
        "!" => "an exclamation mark",
        "(" => "an opening parenthesis",
        _ => "a closing parenthesis",
    }
}

fn bracket_name(bracket: &str) -> &'static str {
    if matches!(bracket, "(" | ")") { "parenthesis" } else { "bracket" }
}

/// Of several marks in a row the one that is meant: the end of a sentence before all.
fn one_mark(marks: &str) -> &str {
    for mark in ["?", "!", "."] {
        // An abbreviation's period and another mark.
        let is_abbreviated = mark == "."
            && marks.len() == 2
            && marks.starts_with('.')
            && !marks.ends_with('.');
        if marks.contains(mark) && !is_abbreviated {
            return mark;
        }
    }
    marks.strip_prefix('.').unwrap_or(&marks[..1])
}

/// Parentheses and brackets of a line without their partners. The one of "a)" or "1)" at
/// the head of a point needs none.
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
                (" ,", Some("He is well,and so , he said .")),
                (" ,", Some("He is well ,and so, he said .")),
                (" .", Some("He is well ,and so , he said.")),
            ],
        );
        check(
            "Is it so?. He came;, and left:, well. It is known.; so.",
            &[
                ("?.", Some("Is it so? He came;, and left:, well. It is known.; so.")),
                (";,", Some("Is it so?. He came; and left:, well. It is known.; so.")),
                (":,", Some("Is it so?. He came;, and left: well. It is known.; so.")),
                (".;", Some("Is it so?. He came;, and left:, well. It is known; so.")),
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
