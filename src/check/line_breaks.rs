//! Which line breaks stand within a sentence: those of a text that was typed or pasted in
//! lines of one width, and not those of lists, headings and paragraphs.

use std::ops::Range;

use super::text::{first_piece, is_shortened, last_piece};

/// A text's lines, as far as they tell where a writer had no more room.
pub(super) struct Lines {
    /// Characters of the longest line.
    width: usize,
}

/// Shorter lines are nobody's page: they were ended on purpose.
const NARROWEST: usize = 45;

/// Words after which no line ends on purpose.
const LEADING_ON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "cannot", "dr",
    "for", "from", "had", "has", "have", "her", "his", "if", "in", "into", "is", "mr",
    "mrs", "ms", "no", "nor", "not", "of", "on", "or", "per", "that", "the", "their",
    "this", "to", "was", "were", "when", "which", "who", "with", "without",
];

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        Self { width: text.lines().map(|line| line.chars().count()).max().unwrap_or(0) }
    }

    /// Whether a sentence goes on behind the white space at this place, which holds one
    /// line break.
    pub(super) fn go_on_across(&self, text: &str, space: Range<usize>) -> bool {
        let line = last_piece(&text[..space.start], is_break);
        let next = first_piece(&text[space.end..], is_break);
        let next = next.trim_start_matches(is_unseen);
        let Some(first) = next.chars().next() else { return false };
        if line.trim().is_empty() || begins_a_point(next) {
            return false;
        }
        let end = line.trim_end_matches(['"', '\u{201D}', ')', ']']);
        match end.chars().next_back() {
            Some('.' | '!' | '?') => return is_shortened(end),
            Some(':' | ';') => return false,
            Some(',') => return true,
            _ => {}
        }
        first.is_lowercase()
            || matches!(first, '(' | '/' | '%')
            || LEADING_ON.contains(&last_word(line).to_lowercase().as_str())
            || self.is_full(line, next)
    }

    /// Whether the next word had no more room on the line.
    fn is_full(&self, line: &str, next: &str) -> bool {
        let length = line.chars().count();
        let word = first_piece(next, char::is_whitespace).chars().count();
        length >= NARROWEST && length + 1 + word > self.width
    }
}

/// How many line breaks white space holds.
pub(super) fn breaks_in(space: &str) -> usize {
    space.replace("\r\n", "\n").matches(is_break).count()
}

/// What takes no room: soft hyphens, joiners, marks of an encoding.
pub(super) fn is_unseen(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

fn is_break(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn last_word(line: &str) -> &str {
    last_piece(line.trim_end(), |c| c.is_whitespace() || c == '(')
}

/// Whether a line is a point of a list: "- so", "• so", "2. so", "b) so".
fn begins_a_point(line: &str) -> bool {
    let label = first_piece(line, char::is_whitespace);
    let is_bullet = matches!(label, "-" | "\u{2013}" | "\u{2014}" | "*" | "o")
        || label
            .starts_with(['\u{2022}', '\u{25CF}', '\u{25AA}', '\u{25E6}', '\u{F0B7}']);
    let name = label.trim_end_matches(['.', ')']).trim_start_matches('(');
    let is_number = name.len() <= 2 && name.chars().all(|c| c.is_ascii_digit());
    let is_letter = name.len() == 1 && label.ends_with(')');
    let is_label = label.ends_with(['.', ')']) && !name.is_empty();
    is_bullet || (is_label && (is_number || is_letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        let at = text.find('\n').unwrap();
        let lines = Lines::new(text);
        assert_eq!(lines.go_on_across(text, at..at + 1), expected, "{text}");
    }

    #[test]
    fn sentences_go_on_where_a_reader_would() {
        for text in [
            "is not\nmedically necessary",
            "Seen by Dr.\nQuill today",
            "Seen on\n08/15/2016",
            "of the\nLumbar spine",
            "pain, weakness,\nNumbness",
            "therapy\n(12 visits)",
            "The claimant reports pain of the low back and the left\nLower extremity since then.",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn points_headings_and_paragraphs_end_where_they_end() {
        for text in [
            "It hurts.\nThe request",
            "Diagnoses:\nlumbar strain",
            "Medications\n1. ibuprofen",
            "strain;\nsprain",
            "Strain\n- sprain",
            "Strain\n\u{2022} sprain",
            "Strain\na) sprain",
            "Lumbar strain\nKnee pain",
            "Request\n\nmore",
            "The claimant reports pain\nThe request is for a magnetic resonance imaging of it",
        ] {
            check(text, false);
        }
    }
}
