//! One way of writing for all rules: what people type and paste says the same with a line
//! break within a sentence, a no-break space, a curly apostrophe, a soft hyphen or an
//! accent of its own, and rules read it as if there were none.

use std::cmp::Ordering;
use std::ops::Range;

use icu_normalizer::properties::CanonicalCompositionBorrowed;

use super::line_breaks::{Lines, breaks_in, is_unseen};
use crate::diagnostic::TextRange;

/// A text in plain characters, and where each of them was written.
#[derive(Debug)]
pub(super) struct PlainText {
    pub text: String,
    changes: Vec<Changed>,
}

/// A stretch that is written differently; empty in the plain text where it was left out.
#[derive(Debug)]
struct Changed {
    plain: Range<usize>,
    written: Range<usize>,
}

impl PlainText {
    /// The text in plain characters; none where it is already in these, as most are.
    pub(super) fn new(written: &str) -> Option<Self> {
        if written.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return None;
        }
        let mut plain =
            Self { text: String::with_capacity(written.len()), changes: vec![] };
        let lines = Lines::new(written);
        let mut at = 0;
        while let Some(character) = written[at..].chars().next() {
            at += plain.read(written, at, character, &lines);
        }
        (!plain.changes.is_empty()).then_some(plain)
    }

    /// Takes what is written at a byte; returns how many bytes that are.
    fn read(&mut self, written: &str, at: usize, first: char, lines: &Lines) -> usize {
        if first.is_ascii_graphic() && !written[at + 1..].starts_with(is_mark) {
            self.text.push(first);
            return 1;
        }
        if first.is_whitespace() {
            let length = leading_whitespace(&written[at..]);
            self.space(written, at..at + length, lines);
            return length;
        }
        let (plain, length) = match accented(&written[at..]) {
            Some((composed, length)) => (String::from(composed), length),
            None => (simpler(written, at, first), first.len_utf8()),
        };
        self.put(written, at..at + length, &plain);
        length
    }

    /// White space: a line break within a sentence is one space, all else keeps its width.
    fn space(&mut self, written: &str, range: Range<usize>, lines: &Lines) {
        let breaks = breaks_in(&written[range.clone()]);
        if breaks == 1 && lines.go_on_across(written, range.clone()) {
            let is_hyphenated = self.text.ends_with('-');
            return self.put(written, range, if is_hyphenated { "" } else { " " });
        }
        for (offset, character) in written[range.clone()].char_indices() {
            let start = range.start + offset;
            let plain = match character {
                '\r' if written[start + 1..].starts_with('\n') => "",
                '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    "\n"
                }
                _ => " ",
            };
            self.put(written, start..start + character.len_utf8(), plain);
        }
    }

    fn put(&mut self, written: &str, range: Range<usize>, plain: &str) {
        let start = self.text.len();
        self.text.push_str(plain);
        if written[range.clone()] != *plain {
            let plain = start..self.text.len();
            self.changes.push(Changed { plain, written: range });
        }
    }

    /// Where words of the plain text are written.
    pub(super) fn written(&self, plain: TextRange) -> TextRange {
        let start = self.written_start(plain.start);
        let end = self.written_end(plain.end).max(start);
        TextRange { start, end }
    }

    /// Behind all that was left out before these words.
    fn written_start(&self, at: usize) -> usize {
        let before = self.changes.partition_point(|change| change.plain.end <= at);
        match self.changes.get(before) {
            Some(around) if around.plain.start < at => around.written.start,
            _ => self.moved(before, at),
        }
    }

    /// Before all that was left out behind these words.
    fn written_end(&self, at: usize) -> usize {
        let before =
            self.changes
                .partition_point(|change| match change.plain.end.cmp(&at) {
                    Ordering::Less => true,
                    Ordering::Equal => !change.plain.is_empty(),
                    Ordering::Greater => false,
                });
        match self.changes.get(before) {
            Some(around) if around.plain.start < at => around.written.end,
            _ => self.moved(before, at),
        }
    }

    /// Where a byte is written that stands behind so many changes.
    fn moved(&self, changes: usize, at: usize) -> usize {
        match changes.checked_sub(1) {
            Some(last) => {
                let last = &self.changes[last];
                at - last.plain.end + last.written.end
            }
            None => at,
        }
    }
}

fn leading_whitespace(text: &str) -> usize {
    text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len())
}

/// An accent that stands on the letter before it.
fn is_mark(character: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&character)
}

/// A letter with the accents behind it as one character, and how long they are written.
fn accented(text: &str) -> Option<(char, usize)> {
    let mut characters = text.chars();
    let mut composed = characters.next()?;
    let mut length = composed.len_utf8();
    let composition = CanonicalCompositionBorrowed::new();
    let mut is_accented = false;
    for mark in characters.take_while(|mark| is_mark(*mark)) {
        composed = composition.compose(composed, mark)?;
        length += mark.len_utf8();
        is_accented = true;
    }
    is_accented.then_some((composed, length))
}

/// A character in the way of writing that rules know: nothing for what nobody sees.
fn simpler(written: &str, at: usize, character: char) -> String {
    let plain = match character {
        _ if is_unseen(character) => "",
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '\u{B4}' => "'",
        '\u{2010}' | '\u{2011}' | '\u{2212}' => "-",
        '\u{2013}' if joins(written, at, character) => "-",
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        _ => return character.to_string(),
    };
    plain.to_owned()
}

/// Whether letters or figures stand on both sides: "L4–L5", and not a dash between words.
fn joins(written: &str, at: usize, character: char) -> bool {
    written[..at].ends_with(char::is_alphanumeric)
        && written[at + character.len_utf8()..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let plain = PlainText::new(written);
        let text = plain.as_ref().map_or(written, |plain| &plain.text);
        assert_eq!(text, expected, "{written:?}");
    }

    #[test]
    fn what_says_the_same_is_read_the_same() {
        for (written, expected) in [
            ("It isn\u{2019}t necessary", "It isn't necessary"),
            ("Dr.\u{A0}Quill and\u{202F}5\u{2009}mg", "Dr. Quill and 5 mg"),
            ("medi\u{AD}cally\u{200B} so", "medically so"),
            ("Sjo\u{308}gren, cafe\u{301}", "Sj\u{F6}gren, caf\u{E9}"),
            ("o\u{308}\u{301}", "o\u{308}\u{301}"),
            (
                "L4\u{2013}L5 \u{2013} so, non\u{2011}union",
                "L4-L5 \u{2013} so, non-union",
            ),
            ("modi\u{FB01}ed di\u{FB03}cult", "modified difficult"),
            ("a\ttab", "a tab"),
            ("\u{201C}So\u{201D} he said", "\u{201C}So\u{201D} he said"),
            ("One.\r\nTwo.\r\rThree.\u{2029}Four", "One.\nTwo.\n\nThree.\nFour"),
        ] {
            check(written, expected);
        }
        assert!(PlainText::new("Plain words").is_none());
        assert!(PlainText::new("One.\nTwo \u{B0}\u{E9}.").is_none());
    }

    #[test]
    fn a_line_break_within_a_sentence_is_a_space() {
        check("is not \n medically necessary", "is not medically necessary");
        check("is not\r\nmedically", "is not medically");
        check("post-\noperative", "post-operative");
        check("is\n\nmedically", "is\n\nmedically");
    }

    #[test]
    fn words_are_found_where_they_are_written() {
        let written =
            "Dr.\u{A0}\u{AD}Quill isn\u{2019}t\r\n\u{200B}here, cafe\u{301}\u{AD}.";
        let plain = PlainText::new(written).unwrap();
        assert_eq!(plain.text, "Dr. Quill isn't here, caf\u{E9}.");
        for (word, expected) in [
            ("Dr.", "Dr."),
            ("Dr. Quill", "Dr.\u{A0}\u{AD}Quill"),
            ("Quill", "Quill"),
            ("isn't", "isn\u{2019}t"),
            ("'t", "\u{2019}t"),
            ("t here", "t\r\n\u{200B}here"),
            ("here", "here"),
            ("caf\u{E9}", "cafe\u{301}"),
            (".", "."),
        ] {
            let start = plain.text.rfind(word).unwrap();
            let start = if word == "Dr." { 0 } else { start };
            let range = plain.written((start..start + word.len()).into());
            assert_eq!(&written[range], expected, "{word}");
        }
        let end = plain.text.len();
        assert_eq!(
            plain.written((end..end).into()),
            (written.len()..written.len()).into()
        );
    }
}
