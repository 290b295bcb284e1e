//! Strings as PDF has them.

use lopdf::{Object, StringFormat};

/// A string of any characters, as PDF has it.
pub(super) fn text(words: &str) -> Object {
    if words.is_ascii() {
        return Object::string_literal(words);
    }
    Object::String(utf16(words), StringFormat::Hexadecimal)
}

/// Text as UTF-16 after its mark, the high bytes first.
pub(super) fn utf16(words: &str) -> Vec<u8> {
    let mut bytes = vec![0xfe, 0xff];
    for unit in words.encode_utf16() {
        bytes.extend(unit.to_be_bytes());
    }
    bytes
}
