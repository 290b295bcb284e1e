//! The one way of a text into XML: Word documents, web pages and a PDF's metadata.

/// Text as it is between tags and in attributes. What XML cannot hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            _ if is_foreign(character) => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Control characters, and code points that are no characters and never will be. Letters
/// with them have an error.
fn is_foreign(character: char) -> bool {
    let is_control = character.is_control() && !matches!(character, '\n' | '\t');
    let is_last_of_its_plane = u32::from(character) & 0xfffe == 0xfffe;
    is_control || is_last_of_its_plane || matches!(character, '\u{fdd0}'..='\u{fdef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        for (text, expected) in [
            ("a < b & \"c\" > d", "a &lt; b &amp; &quot;c&quot; &gt; d"),
            ("a\u{0}b\u{1b}c\u{9b}d\n\t", "abcd\n\t"),
            ("a\u{fffe}b\u{ffff}c\u{1ffff}d\u{10fffe}e\u{fdd0}", "abcde"),
            ("\u{fffd}中e\u{301}", "\u{fffd}中e\u{301}"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
