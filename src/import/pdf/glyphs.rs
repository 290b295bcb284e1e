//! Which characters a glyph shows. Files say so for most typefaces; for the rest the
//! typeface itself knows, by its table of characters or its glyphs' names.

use std::collections::HashMap;
use std::rc::Rc;

use hayro::hayro_interpret::font::{Glyph, OutlineGlyph};
use hayro::hayro_interpret::hayro_cmap::BfString;
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, MetadataProvider as _};

/// What a typeface says of its glyphs.
#[derive(Default)]
struct Characters {
    /// The characters of each glyph, by its number.
    of_glyphs: HashMap<u32, char>,
    /// Its one glyph shows nothing: text recognition lays it over the picture of a page,
    /// and its codes are the characters themselves.
    is_blank: bool,
}

/// Reads glyphs, and keeps what it learned of their typefaces.
#[derive(Default)]
pub(super) struct TypefaceReader {
    known: HashMap<u128, Rc<Characters>>,
}

/// How far a glyph goes, in thousandths of its size.
pub(super) fn advance(glyph: &Glyph<'_>) -> f64 {
    let advance = match glyph {
        Glyph::Outline(glyph) => glyph.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    };
    f64::from(advance.unwrap_or_default())
}

impl TypefaceReader {
    /// What a glyph shows; `None` where nothing says it.
    pub(super) fn words(&mut self, glyph: &Glyph<'_>) -> Option<String> {
        let said = match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(text)) => unswapped(&text).unwrap_or(text),
            None => String::new(),
        };
        if !said.is_empty() && !said.chars().any(says_nothing) {
            return Some(said);
        }
        let Glyph::Outline(outline) = glyph else { return of_code(glyph.char_code()) };
        if let Some(character) = self.of_typeface(outline) {
            return Some(character.to_string());
        }
        if !said.is_empty() {
            return symbol(&said);
        }
        None
    }

    fn of_typeface(&mut self, glyph: &OutlineGlyph) -> Option<char> {
        let data = glyph.font_data()?;
        let known = self.known.entry(data.cache_key);
        let characters =
            known.or_insert_with(|| Rc::new(characters(data.data.as_ref().as_ref())));
        if characters.is_blank {
            return char::from_u32(glyph.char_code()).filter(|it| !it.is_control());
        }
        characters.of_glyphs.get(&glyph.glyph_id().to_u32()).copied()
    }
}

/// What a drawn typeface shows at a place, if it is in the usual order: those of TeX are,
/// and have no names.
fn of_code(code: u32) -> Option<String> {
    let words = match code {
        0x10 => "“",
        0x11 => "”",
        0x15 => "–",
        0x16 => "—",
        0x1b => "ff",
        0x1c => "fi",
        0x1d => "fl",
        0x1e => "ffi",
        0x1f => "ffl",
        0x27 => "’",
        0x60 => "‘",
        0x21..=0x7e => return Some(char::from_u32(code)?.to_string()),
        _ => return None,
    };
    Some(words.to_owned())
}

/// The letters of a ligature that Ghostscript wrote with their bytes swapped: U+6600 U+6900
/// are f and i.
fn unswapped(text: &str) -> Option<String> {
    let mut letters = String::new();
    for character in text.chars() {
        let letter = char::from_u32(u32::from(character).swap_bytes() >> 16)?;
        letters.push(Some(letter).filter(char::is_ascii_lowercase)?);
    }
    Some(letters)
}

/// Characters that a file names where it knows none.
fn says_nothing(character: char) -> bool {
    matches!(character, '\0' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}')
}

/// A character of a typeface such as Symbol, by its place there.
fn symbol(said: &str) -> Option<String> {
    let character = said.chars().next().filter(|character| *character >= '\u{e000}')?;
    Some(character.to_string())
}

fn characters(data: &[u8]) -> Characters {
    /// The glyph that stands for what is missing, and the one that shows nothing.
    const OF_A_BLANK: u32 = 2;
    let mut characters = Characters::default();
    let Ok(typeface) = FontRef::new(data) else { return characters };
    for (code, glyph) in typeface.charmap().mappings() {
        if let Some(character) = char::from_u32(code)
            && !says_nothing(character)
        {
            characters.of_glyphs.entry(glyph.to_u32()).or_insert(character);
        }
    }
    let count = typeface.maxp().map_or(0, |table| u32::from(table.num_glyphs()));
    characters.is_blank = (1..=OF_A_BLANK).contains(&count);
    if !characters.of_glyphs.is_empty() {
        return characters;
    }
    let names = typeface.glyph_names();
    for number in 0..count {
        if let Some(name) = names.get(skrifa::GlyphId::new(number))
            && let Some(character) = named(&name)
        {
            characters.of_glyphs.insert(number, character);
        }
    }
    characters
}

/// The character of a glyph's name: `A`, `uni0041`, `u1F600`, `period`.
fn named(name: &str) -> Option<char> {
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(letter);
    }
    let code = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    if let Some(code) = code
        && let Ok(code) = u32::from_str_radix(code, 16)
    {
        return char::from_u32(code);
    }
    let (_, character) = NAMES.iter().find(|(known, _)| *known == name)?;
    Some(*character)
}

/// The names of what letters are written with, besides the letters themselves.
const NAMES: &[(&str, char)] = &[
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("underscore", '_'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("endash", '–'),
    ("emdash", '—'),
    ("bullet", '•'),
    ("section", '§'),
    ("degree", '°'),
    ("plusminus", '±'),
    ("lessequal", '≤'),
    ("greaterequal", '≥'),
    ("mu", 'µ'),
    ("multiply", '×'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
    ("ff", 'ﬀ'),
    ("ffi", 'ﬃ'),
    ("ffl", 'ﬄ'),
];

#[cfg(test)]
mod tests {
    use super::unswapped;

    #[test]
    fn letters_whose_bytes_are_swapped_are_read() {
        assert_eq!(unswapped("\u{6600}\u{6900}").as_deref(), Some("fi"));
        assert_eq!(unswapped("fi"), None);
        assert_eq!(unswapped("昀\u{6901}"), None);
    }
}
