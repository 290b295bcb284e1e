//! Texts as rules read them: sentences, words and quotations, each with its place.

use crate::diagnostic::TextRange;

/// The sentences of a text, without the blanks around them. A sentence ends at `.`, `!`
/// or `?` before a blank and a capital or a figure, or at the line's end; not after an
/// initial or an abbreviation in common use.
pub(super) fn sentences(text: &str) -> Vec<TextRange> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let end = at + 1;
        let is_end = match byte {
            b'\n' => true,
            b'.' | b'!' | b'?' => ends_sentence(text, start, end),
            _ => false,
        };
        if is_end {
            push_trimmed(&mut found, text, start, end);
            start = end;
        }
    }
    push_trimmed(&mut found, text, start, text.len());
    found
}

fn push_trimmed(found: &mut Vec<TextRange>, text: &str, start: usize, end: usize) {
    let words = &text[start..end];
    let start = start + (words.len() - words.trim_start().len());
    let length = words.trim().len();
    if length > 0 {
        found.push(TextRange { start, end: start + length });
    }
}

/// Words after whose full stop a sentence goes on.
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "st", "vs", "no", "e.g", "i.e", "etc", "al", "pg", "pp",
    "p", "fig", "approx", "dept", "inc", "jr", "sr", "vol", "ed", "cf", "sec", "ch",
    "jan", "feb", "apr", "aug", "sept", "sep", "oct", "nov", "dec",
];

fn ends_sentence(text: &str, start: usize, end: usize) -> bool {
    let after = text[end..].trim_start_matches(['"', '\u{201d}', '\u{2019}', ')', ']']);
    if after.is_empty() {
        return true;
    }
    let is_apart = after.starts_with(char::is_whitespace)
        && after.trim_start().starts_with(can_begin_sentence);
    is_apart && !is_shortened(&text[start..end])
}

fn can_begin_sentence(character: char) -> bool {
    character.is_uppercase()
        || character.is_ascii_digit()
        || matches!(character, '"' | '\u{201c}' | '(' | '[' | '-' | '\u{2022}')
}

/// Whether words end in an initial or an abbreviation.
pub(super) fn is_shortened(words: &str) -> bool {
    let Some(words) = words.strip_suffix('.') else { return false };
    let word = last_piece(words, |c| c.is_whitespace() || c == '(');
    ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
        || (word.chars().count() == 1 && word.starts_with(char::is_uppercase))
}

/// What a text begins with, up to the first of these characters.
pub(super) fn first_piece(text: &str, is_between: impl Fn(char) -> bool) -> &str {
    text.split(is_between).next().unwrap_or_default()
}

/// What a text ends with, from the last of these characters on.
pub(super) fn last_piece(text: &str, is_between: impl Fn(char) -> bool) -> &str {
    text.rsplit(is_between).next().unwrap_or_default()
}

/// The words of a text: letters and figures, and what joins them within a word
/// (`post-operative`, `Tinel's`, `7.5mg`).
pub(super) fn words(text: &str) -> impl Iterator<Item = TextRange> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        rest = word_end(text, start);
        Some(TextRange { start, end: rest })
    })
}

/// How many words a text has, counted as word processors do: by the blanks between them.
pub(super) fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Where the word ends that begins here. What joins stands between letters or figures.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    loop {
        end += leading_alphanumerics(&text[end..]);
        let mut after = text[end..].chars();
        match (after.next(), after.next()) {
            (Some(joint @ ('\'' | '\u{2019}' | '-' | '.' | '/')), Some(next))
                if next.is_alphanumeric() =>
            {
                end += joint.len_utf8();
            }
            _ => return end,
        }
    }
}

/// How many bytes of letters and figures a text begins with.
fn leading_alphanumerics(text: &str) -> usize {
    // Nearly every word is of English letters alone, which are found quickest as bytes.
    let of_english = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let goes_on = text[of_english..].starts_with(|c: char| !c.is_ascii());
    if goes_on {
        text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
    } else {
        of_english
    }
}

/// What stands in double quotation marks, straight or curly, marks included; an opening
/// mark without a closing one quotes to the end of its paragraph.
pub(super) fn quotations(text: &str) -> Vec<TextRange> {
    let mut found = Vec::new();
    if !has_quotation_marks(text) {
        return found;
    }
    let mut open: Option<usize> = None;
    for (at, character) in text.char_indices() {
        match (character, open) {
            ('"' | '\u{201d}', Some(start)) => {
                found.push(TextRange { start, end: at + character.len_utf8() });
                open = None;
            }
            ('"' | '\u{201c}', None) => open = Some(at),
            ('\n', Some(start)) => {
                found.push(TextRange { start, end: at });
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| TextRange { start, end: text.len() }));
    found
}

/// Whether there is a double quotation mark; most texts have none, and are not searched
/// for their partners.
pub(super) fn has_quotation_marks(text: &str) -> bool {
    text.contains(['"', '\u{201c}', '\u{201d}'])
}

/// Whether words lie in one of these stretches.
pub(super) fn is_within(words: TextRange, stretches: &[TextRange]) -> bool {
    stretches.iter().any(|stretch| stretch.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, ranges: impl IntoIterator<Item = TextRange>) -> Vec<&str> {
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_would_stop() {
        for (text, expected) in [
            ("", &[][..]),
            ("One. Two", &["One.", "Two"]),
            (
                "Pain of 7.5 on L4-5. It grew.\n\nThen",
                &["Pain of 7.5 on L4-5.", "It grew.", "Then"],
            ),
            ("Seen by Dr. Example. Well", &["Seen by Dr. Example.", "Well"]),
            ("So J. Example said.", &["So J. Example said."]),
            ("e.g. Ibuprofen, vs. Placebo.", &["e.g. Ibuprofen, vs. Placebo."]),
            ("He said \"Stop.\" Then", &["He said \"Stop.", "\" Then"]),
        ] {
            assert_eq!(pieces(text, sentences(text)), expected, "{text}");
        }
    }

    #[test]
    fn words_hold_what_joins_them() {
        let text = "Tinel\u{2019}s 7.5mg, and/or (post-operative) #30. é";
        assert_eq!(
            pieces(text, words(text)),
            ["Tinel\u{2019}s", "7.5mg", "and/or", "post-operative", "30", "é"]
        );
    }

    #[test]
    fn quotations_are_found_whichever_their_marks() {
        let text = "a \"b\" \u{201c}c\u{201d} \"d\ne";
        assert_eq!(pieces(text, quotations(text)), ["\"b\"", "\u{201c}c\u{201d}", "\"d"]);
        assert!(
            is_within((3..4).into(), &quotations(text))
                && !is_within((0..1).into(), &quotations(text))
        );
    }
}
