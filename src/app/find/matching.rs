//! Where words are in a text: by letters, whatever their case and the shape of quotation
//! marks, hyphens and spaces.

use crate::diagnostic::TextRange;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindQuery {
    pub text: String,
    pub match_case: bool,
    pub whole_word: bool,
}

impl FindQuery {
    /// Every place in a text, one after the other.
    pub fn find_in(&self, text: &str) -> Vec<TextRange> {
        let wanted: Vec<char> = self.text.chars().map(|c| self.folded(c)).collect();
        let letters: Vec<(usize, char)> =
            text.char_indices().map(|(at, c)| (at, self.folded(c))).collect();
        let (mut found, mut place) = (Vec::new(), 0);
        while place + wanted.len() <= letters.len() && !wanted.is_empty() {
            let here = &letters[place..place + wanted.len()];
            let is_here = here.iter().zip(&wanted).all(|((_, c), wanted)| c == wanted);
            let start = here[0].0;
            let end = letters.get(place + wanted.len()).map_or(text.len(), |(at, _)| *at);
            if is_here && (!self.whole_word || is_whole(text, start, end)) {
                found.push(TextRange { start, end });
                place += wanted.len();
            } else {
                place += 1;
            }
        }
        found
    }

    /// A character as it is compared.
    fn folded(&self, character: char) -> char {
        let plain = match character {
            '\u{2018}' | '\u{2019}' | '\u{201B}' => '\'',
            '\u{201C}' | '\u{201D}' => '"',
            '\u{2010}'..='\u{2014}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        let mut small = plain.to_lowercase();
        match (self.match_case, small.next(), small.next()) {
            (false, Some(only), None) => only,
            _ => plain,
        }
    }
}

fn is_whole(text: &str, start: usize, end: usize) -> bool {
    !text[..start].ends_with(char::is_alphanumeric)
        && !text[end..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text: &str, expected: &[&str]) {
        let query = FindQuery {
            text: query.trim_start_matches(['=', '.']).into(),
            match_case: query.starts_with('='),
            whole_word: query.starts_with('.'),
        };
        let found: Vec<&str> =
            query.find_in(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{query:?}");
    }

    #[test]
    fn words_are_found_by_their_letters() {
        check("he", "The heel, HE", &["he", "he", "HE"]);
        check("=he", "The heel, HE", &["he", "he"]);
        check(".he", "The heel, HE", &["HE"]);
        check("aa", "aaaa a", &["aa", "aa"]);
        check("patient's", "the patient\u{2019}s knee", &["patient\u{2019}s"]);
        check("L5-S1", "at L5\u{2011}S1", &["L5\u{2011}S1"]);
        check("low back", "low\nback and low\u{a0}back", &["low\nback", "low\u{a0}back"]);
        check("é", "É é", &["É", "é"]);
        check("x", "", &[]);
    }
}
