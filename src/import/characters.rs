//! Characters as letters are written with them: what is not seen goes, what was drawn
//! together comes apart, and what a typeface such as Symbol shows has its own character.

use icu_normalizer::ComposingNormalizerBorrowed;

/// A text with characters that mean what they show, on lines that end the same.
pub(super) fn settled(mut text: String) -> String {
    // Mail that went through several programs has such line ends.
    if text.contains("\r\r\n") {
        text = text.replace("\r\r\n", "\n");
    }
    if text
        .bytes()
        .all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\x0c'))
    {
        return text;
    }
    let mut settled = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                // A line ends with one character or with two.
                if characters.peek() != Some(&'\n') {
                    settled.push('\n');
                }
            }
            '\u{b}' | '\u{85}' | '\u{2028}' => settled.push('\n'),
            '\u{2029}' => settled.push_str("\n\n"),
            '\n' | '\t' | '\u{c}' => settled.push(character),
            _ if is_unseen(character) => {}
            'ﬀ' => settled.push_str("ff"),
            'ﬁ' => settled.push_str("fi"),
            'ﬂ' => settled.push_str("fl"),
            'ﬃ' => settled.push_str("ffi"),
            'ﬄ' => settled.push_str("ffl"),
            'ﬅ' | 'ﬆ' => settled.push_str("st"),
            '\u{f000}'..='\u{f0ff}' => push_symbol(&mut settled, character),
            _ => settled.push(character),
        }
    }
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(&settled)
        .into_owned()
}

/// Characters of no width, marks of direction, and controls.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{34f}'
            | '\u{180e}'
            | '\u{fe00}'..='\u{fe0f}'
    ) || character.is_control()
}

/// Puts the character of a typeface's place; a line that begins with one begins with a
/// bullet.
fn push_symbol(text: &mut String, character: char) {
    let line = text.rfind('\n').map_or(&**text, |end| &text[end + 1..]);
    let place = (u32::from(character) & 0xff) as u8;
    let begins_line = line.trim().is_empty();
    match symbol(place) {
        Some(shown) if !begins_line || !is_bullet(shown) => text.push(shown),
        _ if begins_line => text.push('•'),
        _ => text.push(character),
    }
}

/// Whether a sign at a line's beginning is its bullet, whichever the typeface has.
fn is_bullet(shown: char) -> bool {
    shown.is_alphanumeric() || matches!(shown, '✓' | '✗' | '☑' | '□')
}

/// What the typefaces Symbol and Wingdings show at a place, of what letters use.
pub(super) fn symbol(place: u8) -> Option<char> {
    Some(match place {
        b'\'' => '∍',
        b'-' => '−',
        b'a' => 'α',
        b'b' => 'β',
        b'c' => 'χ',
        b'd' => 'δ',
        b'e' => 'ε',
        b'g' => 'γ',
        b'l' => 'λ',
        b'm' => 'µ',
        b'p' => 'π',
        b's' => 'σ',
        b'w' => 'ω',
        b'D' => 'Δ',
        b'W' => 'Ω',
        b'S' => 'Σ',
        b' '..=b'@' => char::from(place),
        0xa2 => '′',
        0xa3 => '≤',
        0xa5 => '∞',
        0xab => '↔',
        0xac => '←',
        0xad => '↑',
        0xae | 0xe0 | 0xf0 => '→',
        0xaf => '↓',
        0xb0 => '°',
        0xb1 => '±',
        0xb2 => '″',
        0xb3 => '≥',
        0xb4 => '×',
        0xb8 => '÷',
        0xb9 => '≠',
        0xbb => '≈',
        0xd2 => '®',
        0xd3 => '©',
        0xd4 => '™',
        0xfc => '✓',
        0xfb => '✗',
        0xfe => '☑',
        0xa8 => '□',
        0xa7 | 0xb7 | 0xd8 | 0x9f | 0x76 => '•',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_mean_what_they_show() {
        for (given, expected) in [
            ("plain\nlines\tand cells\u{c}", "plain\nlines\tand cells\u{c}"),
            ("one\r\ntwo\rthree\u{2028}four", "one\ntwo\nthree\nfour"),
            ("one\r\r\ntwo", "one\ntwo"),
            (
                "modi\u{fb01}ed, a\u{fb00}ected, su\u{fb03}cient",
                "modified, affected, sufficient",
            ),
            ("Sjo\u{308}gren, cafe\u{301}", "Sjögren, café"),
            ("zero\u{200b} width\u{feff}, \u{200e}marked\u{202c}", "zero width, marked"),
            ("\u{f0b7}\tone\n \u{f0a7} two\n\u{f0d8} three", "•\tone\n • two\n• three"),
            ("\u{f06c} filled\n\u{f071} box", "• filled\n• box"),
            ("VAS \u{f0b3} 7 \u{f0b1} 1", "VAS ≥ 7 ± 1"),
            ("soft\u{ad}ly no\u{a0}break", "soft\u{ad}ly no\u{a0}break"),
        ] {
            assert_eq!(settled(given.to_owned()), expected, "{given:?}");
        }
    }
}
