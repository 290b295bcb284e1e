//! The numbers and bullets that Word counts by itself.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Error, attribute, number};

/// Word's lists have so many levels.
const LEVELS: usize = 9;

/// The lists of a document, and how far each was counted.
#[derive(Default)]
pub(super) struct Numbering {
    /// How levels look, by the lists' common form.
    forms: HashMap<u32, [NumberLevel; LEVELS]>,
    lists: HashMap<u32, WordNumbering>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// The lists that have begun.
    begun: HashSet<u32>,
}

/// A list: a form, and where its counting begins anew.
#[derive(Clone, Default)]
struct WordNumbering {
    form: u32,
    starts: [Option<u32>; LEVELS],
}

/// How the numbers of a level look.
#[derive(Clone, Default)]
struct NumberLevel {
    start: Option<u32>,
    format: String,
    /// The text around the numbers: `%1.%2)`.
    text: String,
}

/// What is read at the moment.
#[derive(Default)]
struct NumberingPlace {
    form: Option<u32>,
    list: Option<u32>,
    level: usize,
}

impl Numbering {
    pub(super) fn read(xml: &str) -> Result<Self, Error> {
        let mut numbering = Self::default();
        let mut place = NumberingPlace::default();
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(|_| Error::Unreadable)? {
                Event::Start(tag) | Event::Empty(tag) => numbering.take(&tag, &mut place),
                Event::Eof => return Ok(numbering),
                _ => {}
            }
        }
    }

    fn take(&mut self, tag: &BytesStart<'_>, place: &mut NumberingPlace) {
        let id = |name: &[u8]| attribute(tag, name)?.parse().ok();
        match tag.local_name().as_ref() {
            b"abstractNum" => {
                *place = NumberingPlace {
                    form: id(b"abstractNumId"),
                    ..NumberingPlace::default()
                };
            }
            b"num" => {
                *place =
                    NumberingPlace { list: id(b"numId"), ..NumberingPlace::default() }
            }
            b"lvl" | b"lvlOverride" => {
                place.level = id(b"ilvl").unwrap_or_default() as usize;
            }
            name => {
                let level = place.level.min(LEVELS - 1);
                if let Some(form) = place.form {
                    let levels = self.forms.entry(form).or_default();
                    levels[level].take(name, tag);
                } else if let Some(list) = place.list {
                    let list = self.lists.entry(list).or_default();
                    match name {
                        b"abstractNumId" => list.form = number(tag).unwrap_or_default(),
                        b"startOverride" => list.starts[level] = number(tag),
                        _ => {}
                    }
                }
            }
        }
    }

    /// Counts on, and gives the next number or bullet of a list's level.
    pub(super) fn next(&mut self, list: u32, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let known = self.lists.get(&list)?;
        let levels = self.forms.get(&known.form)?;
        let counts = self.counts.entry(known.form).or_default();
        if self.begun.insert(list) {
            for (at, start) in known.starts.iter().enumerate() {
                if start.is_some() {
                    counts[at] = None;
                }
            }
        }
        let first = known.starts[level].or(levels[level].start).unwrap_or(1);
        counts[level] =
            Some(counts[level].map_or(first, |count| count.saturating_add(1)));
        for deeper in &mut counts[level + 1..] {
            *deeper = None;
        }
        levels[level].label(levels, counts)
    }
}

impl NumberLevel {
    fn take(&mut self, name: &[u8], tag: &BytesStart<'_>) {
        match name {
            b"start" => self.start = number(tag),
            b"numFmt" => self.format = attribute(tag, b"val").unwrap_or_default(),
            b"lvlText" => self.text = attribute(tag, b"val").unwrap_or_default(),
            _ => {}
        }
    }

    fn label(
        &self,
        levels: &[Self; LEVELS],
        counts: &[Option<u32>; LEVELS],
    ) -> Option<String> {
        if self.format == "none" && !self.text.contains('%') && self.text.is_empty() {
            return None;
        }
        if self.format == "bullet" {
            // Whatever the typeface shows there, it is a mark.
            return Some(match self.text.chars().next() {
                Some('-' | '–' | '—') => "-".into(),
                Some(_) => "•".into(),
                None => return None,
            });
        }
        let mut label = String::new();
        let mut characters = self.text.chars().peekable();
        while let Some(character) = characters.next() {
            let digit = characters.peek().and_then(|next| next.to_digit(10));
            match (character, digit) {
                ('%', Some(digit @ 1..=9)) => {
                    characters.next();
                    let at = digit as usize - 1;
                    let count = counts[at].or(levels[at].start).unwrap_or(1);
                    label.push_str(&written(count, &levels[at].format));
                }
                _ => label.push(character),
            }
        }
        Some(label)
    }
}

/// A number as a format writes it.
fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number).to_lowercase(),
        "upperLetter" => letters(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        "ordinal" => format!("{number}{}", ordinal_ending(number)),
        "none" => String::new(),
        _ => number.to_string(),
    }
}

/// A to Z, then AA to ZZ.
fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'A' + (index % 26) as u8);
    String::from(letter).repeat((index / 26 + 1).min(20) as usize)
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(3999);
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            roman.push_str(sign);
            left -= value;
        }
    }
    roman
}

fn ordinal_ending(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (number, format, expected) in [
            (4, "decimal", "4"),
            (4, "upperRoman", "IV"),
            (1999, "lowerRoman", "mcmxcix"),
            (3, "lowerLetter", "c"),
            (28, "upperLetter", "BB"),
            (7, "decimalZero", "07"),
            (12, "ordinal", "12th"),
            (22, "ordinal", "22nd"),
        ] {
            assert_eq!(written(number, format), expected);
        }
    }
}
