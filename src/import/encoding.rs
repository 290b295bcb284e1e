//! Bytes into text: UTF-8, UTF-16 with its mark or without, or a byte for each character
//! as Windows wrote it, or an old Macintosh.

/// The text of bytes; `None` where they are no text.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ => match unmarked_utf16(bytes) {
            Some(unit) => utf16(bytes, unit),
            None => utf8(bytes),
        },
    };
    if is_text(&text) { Some(text) } else { None }
}

/// The text of a web page, which can say that it is not UTF-8.
pub(super) fn page(bytes: &[u8], text: String) -> String {
    let head = text[..text.floor_char_boundary(1024)].to_ascii_lowercase();
    let is_windows = ["windows-1252", "iso-8859-1", "us-ascii", "latin1"]
        .iter()
        .any(|name| head.contains(&format!("charset={name}")))
        || head.contains("charset=\"windows-1252");
    if is_windows && !bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        return bytes.iter().map(|&byte| windows(byte)).collect();
    }
    text
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let pairs = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    String::from_utf16_lossy(&pairs.collect::<Vec<u16>>())
}

/// Which way UTF-16 without its mark is written: half of what English takes is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let (mut first, mut second) = (0, 0);
    for pair in head.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let pairs = head.len() / 2;
    if second * 10 > pairs * 6 && first * 10 < pairs {
        return Some(u16::from_le_bytes);
    }
    if first * 10 > pairs * 6 && second * 10 < pairs {
        return Some(u16::from_be_bytes);
    }
    None
}

fn utf8(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if is_macintosh(bytes) => {
            bytes.iter().map(|&byte| macintosh(byte)).collect()
        }
        Err(_) => bytes.iter().map(|&byte| windows(byte)).collect(),
    }
}

/// Whether bytes are of an old Macintosh: its curly quotes and its letters with accents
/// are capitals of Windows, which nobody writes right after a small letter.
fn is_macintosh(bytes: &[u8]) -> bool {
    let mac =
        |pair: &&[u8]| pair[0].is_ascii_lowercase() && matches!(pair[1], 0xd3..=0xd5);
    let windows = |byte: &&u8| matches!(byte, 0x91..=0x94);
    bytes.windows(2).filter(mac).count() > bytes.iter().filter(windows).count()
}

/// What an old Macintosh has beyond ASCII.
const MACINTOSH: [&str; 8] = [
    "ÄÅÇÉÑÖÜáàâäãåçéè",
    "êëíìîïñóòôöõúùûü",
    "†°¢£§•¶ß®©™´¨≠ÆØ",
    "∞±≤≥¥µ∂∑∏π∫ªºΩæø",
    "¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ",
    "–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ",
    "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ",
    "�ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
];

/// A byte of an old Macintosh's encoding.
pub(super) fn macintosh(byte: u8) -> char {
    let Some(place) = byte.checked_sub(0x80) else { return char::from(byte) };
    let row = MACINTOSH[usize::from(place / 16)];
    row.chars().nth(usize::from(place % 16)).unwrap_or('\u{fffd}')
}

/// What Windows' own encoding has where Latin-1 has control characters.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
    '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
    '\u{9d}', 'ž', 'Ÿ',
];

/// A byte of Windows' own encoding, which old letters are written in.
pub(super) fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// Programs and pictures are full of characters that no text has.
fn is_text(text: &str) -> bool {
    let (mut odd, mut all) = (0, 0);
    for character in text.chars() {
        let is_space =
            matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}');
        odd +=
            usize::from(character.is_control() && !is_space || character == '\u{fffd}');
        all += 1;
    }
    odd * 50 <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_is_read() {
        let words = "“Lidoderm™ 5% — €80”";
        let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            words.as_bytes(),
            &[&[0xef, 0xbb, 0xbf], words.as_bytes()].concat(),
            &[&[0xff, 0xfe][..], &little].concat(),
            &[&[0xfe, 0xff][..], &big].concat(),
            &little,
            &big,
            b"\x93Lidoderm\x99 5% \x97 \x8080\x94",
        ] {
            assert_eq!(text(bytes).as_deref(), Some(words), "{bytes:?}");
        }
        assert_eq!(text(&[0, 159, 146, 150, 7, 1, 2, 3]), None);
        let old = b"\xd2the worker\xd5s caf\x8e\xd3 \xd0 \xdb80";
        assert_eq!(text(old).as_deref(), Some("“the worker’s café” – €80"));
    }

    #[test]
    fn a_page_can_name_its_encoding() {
        let page_of = |charset: &str| {
            let bytes = [charset.as_bytes(), b" na\xc3\xafve"].concat();
            page(&bytes, text(&bytes).unwrap_or_default())
        };
        assert!(page_of("<meta charset=windows-1252>").ends_with("naÃ¯ve"));
        assert!(page_of("<meta charset=utf-8>").ends_with("naïve"));
    }
}
