//! Texts as rules read them: sentences, words and quotations, each with its place in
//! bytes.

use std::ops::Range;

/// The sentences of a text, without the blanks around them. A sentence ends at `.`, `!`
/// or `?` before a blank and a capital or a figure, or at the line's end; not behind an
/// initial or an abbreviation in common use.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let end = at + 1;
        if byte == b'\n'
            || (matches!(byte, b'.' | b'!' | b'?') && ends_sentence(text, start, end))
        {
            found.push(start..end);
            start = end;
        }
    }
    found.push(start..text.len());
    found
        .into_iter()
        .map(|range| trimmed(text, range))
        .filter(|range| !range.is_empty())
        .collect()
}

/// Words behind whose full stop a sentence goes on.
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "st", "vs", "no", "e.g", "i.e", "etc", "al", "pg", "pp",
    "p", "fig", "approx", "dept", "inc", "jr", "sr", "vol", "ed", "cf", "sec", "ch",
];

fn ends_sentence(text: &str, start: usize, end: usize) -> bool {
    let behind = text[end..].trim_start_matches(['"', '\u{201d}', '\u{2019}', ')', ']']);
    let goes_on = |c: char| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '"' | '\u{201c}' | '(' | '[' | '-' | '\u{2022}')
    };
    let is_apart = behind.starts_with(char::is_whitespace)
        && behind.trim_start().starts_with(goes_on);
    behind.is_empty() || (is_apart && !is_shortened(&text[start..end]))
}

/// Whether words end in an initial or an abbreviation.
fn is_shortened(words: &str) -> bool {
    let Some(words) = words.strip_suffix('.') else { return false };
    let word = words
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
        || (word.chars().count() == 1 && word.starts_with(char::is_uppercase))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

/// The words of a text: letters and figures, and what joins them within a word
/// (`post-operative`, `Tinel's`, `7.5mg`).
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        rest = word_end(text, start);
        Some(start..rest)
    })
}

/// Where the word ends that begins here. What joins stands between letters or figures.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    loop {
        end += alphanumerics(&text[end..]);
        let mut behind = text[end..].chars();
        let joint = behind
            .next()
            .filter(|joint| matches!(joint, '\'' | '\u{2019}' | '-' | '.' | '/'));
        match joint.filter(|_| behind.next().is_some_and(char::is_alphanumeric)) {
            Some(joint) => end += joint.len_utf8(),
            None => return end,
        }
    }
}

/// How many bytes of letters and figures a text begins with.
fn alphanumerics(text: &str) -> usize {
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
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !has_quotation_marks(text) {
        return found;
    }
    let mut open: Option<usize> = None;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        match (character, open) {
            ('"' | '\u{201d}', Some(start)) => {
                found.push(start..end);
                open = None;
            }
            ('"' | '\u{201c}', None) => open = Some(at),
            ('\n', Some(start)) => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| start..text.len()));
    found
}

/// Whether there is a double quotation mark; most texts have none, and are not looked
/// through for their partners.
pub(super) fn has_quotation_marks(text: &str) -> bool {
    ['"', '\u{201c}', '\u{201d}'].iter().any(|&mark| text.contains(mark))
}

/// Whether a place lies in one of these.
pub(super) fn is_within(place: &Range<usize>, stretches: &[Range<usize>]) -> bool {
    stretches
        .iter()
        .any(|stretch| stretch.start <= place.start && place.end <= stretch.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<&str> {
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
            is_within(&(3..4), &quotations(text))
                && !is_within(&(0..1), &quotations(text))
        );
    }
}
