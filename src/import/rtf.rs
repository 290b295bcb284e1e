//! The words of rich text: a blank line between paragraphs, a tab between a table's cells.

use std::collections::HashSet;

use super::{FileWords, characters, encoding, prose};
use crate::letter::Aside;

/// Groups are at most so deep within each other; word processors take twenty.
const DEEPEST: usize = 500;

/// Parts that describe the document and say nothing.
const SKIPPED: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "revtbl",
    "generator",
    "xmlnstbl",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "fldinst",
    "bkmkstart",
    "bkmkend",
    "annotation",
    "atnid",
    "atnauthor",
    "nonshppict",
    "mmathPr",
    "pgdsctbl",
    "pntxta",
    "pntxtb",
];

/// Where words go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RichPart {
    Letter,
    Notes,
    Running,
    Nowhere,
}

/// What holds until the group ends.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the file")]
#[derive(Clone)]
struct RichGroup {
    part: RichPart,
    is_hidden: bool,
    is_deleted: bool,
    is_struck: bool,
    is_in_table: bool,
    typeface: i32,
    /// How many characters stand for an older reader behind each of Unicode's.
    fallback: usize,
}

/// The words of a rich text; `None` where its end is missing.
pub(super) fn words(file: &[u8]) -> Option<FileWords> {
    let mut reader = RichReader::new(file);
    reader.read();
    if reader.groups.len() > 1 {
        return None;
    }
    let mut text = reader.letter;
    text.push_str("\n\n");
    text.push_str(&reader.notes);
    let mut words = FileWords::from(text);
    words.set_aside(1, Aside::Unseen, prose::line(&reader.hidden));
    words.set_aside(1, Aside::Struck, prose::line(&reader.struck));
    for line in reader.running.lines() {
        words.set_aside(1, Aside::Running, prose::line(line));
    }
    Some(words)
}

/// Reads a rich text from its beginning to its end.
struct RichReader<'a> {
    file: &'a [u8],
    at: usize,
    groups: Vec<RichGroup>,
    letter: String,
    notes: String,
    running: String,
    hidden: String,
    struck: String,
    /// The typefaces whose letters are signs, such as Symbol.
    symbols: HashSet<i32>,
    is_in_typefaces: bool,
    /// Its letters beyond ASCII are an old Macintosh's.
    is_macintosh: bool,
    /// Characters for an older reader that are still to come.
    fallback_left: usize,
    /// The first half of a character beyond the sixteen bits of another.
    high: Option<u16>,
}

impl<'a> RichReader<'a> {
    fn new(file: &'a [u8]) -> Self {
        let group = RichGroup {
            part: RichPart::Letter,
            is_hidden: false,
            is_deleted: false,
            is_struck: false,
            is_in_table: false,
            typeface: 0,
            fallback: 1,
        };
        Self {
            file,
            at: 0,
            groups: vec![group],
            letter: String::new(),
            notes: String::new(),
            running: String::new(),
            hidden: String::new(),
            struck: String::new(),
            symbols: HashSet::new(),
            is_in_typefaces: false,
            is_macintosh: false,
            fallback_left: 0,
            high: None,
        }
    }

    fn read(&mut self) {
        while let Some(&byte) = self.file.get(self.at) {
            self.at += 1;
            match byte {
                b'{' if self.groups.len() < DEEPEST => {
                    let group = self.group().clone();
                    self.groups.push(group);
                }
                b'}' => {
                    if self.groups.len() > 1 {
                        self.groups.pop();
                    }
                    self.fallback_left = 0;
                }
                b'\\' => self.read_control(),
                b'\r' | b'\n' | b'{' | 0 => {}
                byte => self.write_byte(byte),
            }
        }
    }

    fn group(&mut self) -> &mut RichGroup {
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn read_control(&mut self) {
        let Some(&byte) = self.file.get(self.at) else { return };
        if byte.is_ascii_alphabetic() {
            return self.read_word();
        }
        self.at += 1;
        match byte {
            b'\'' => {
                let digits = self.file.get(self.at..self.at + 2).unwrap_or_default();
                self.at += digits.len();
                let digits = std::str::from_utf8(digits).unwrap_or_default();
                if let Ok(byte) = u8::from_str_radix(digits, 16) {
                    self.write_byte(byte);
                }
            }
            b'\\' | b'{' | b'}' => self.write_byte(byte),
            b'~' => self.write_fallback('\u{a0}'),
            b'-' => self.write_fallback('\u{ad}'),
            b'_' => self.write_fallback('-'),
            b'*' => self.group().part = RichPart::Nowhere,
            b'\r' | b'\n' => self.end_paragraph(),
            _ => {}
        }
    }

    fn read_word(&mut self) {
        let start = self.at;
        let rest = &self.file[start..];
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let sign = usize::from(rest.get(letters) == Some(&b'-'));
        let digits =
            rest[letters + sign..].iter().take_while(|byte| byte.is_ascii_digit());
        let end = letters + sign + digits.count();
        let word = std::str::from_utf8(&rest[..letters]).unwrap_or_default();
        let number = std::str::from_utf8(&rest[letters..end]).unwrap_or_default();
        self.at = start + end;
        // One space ends a word and is none of the text.
        if self.file.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.take(word, number.parse().ok());
    }

    fn take(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        match word {
            "par" | "sect" => self.end_paragraph(),
            "line" | "softline" => self.write_fallback('\n'),
            "page" | "softpage" => self.write_fallback('\u{c}'),
            "tab" => self.write_fallback('\t'),
            "cell" | "nestcell" => self.end_cell(),
            "row" | "nestrow" => self.end_row(),
            "intbl" => self.group().is_in_table = true,
            "pard" => self.group().is_in_table = false,
            "plain" => {
                let group = self.group();
                (group.is_hidden, group.is_struck, group.typeface) = (false, false, 0);
            }
            "mac" => self.is_macintosh = true,
            "ansicpg" => self.is_macintosh = number == Some(10_000),
            "strike" | "striked" => self.group().is_struck = is_on,
            "v" => self.group().is_hidden = is_on,
            "deleted" => self.group().is_deleted = is_on,
            "f" => self.take_typeface(number.unwrap_or_default()),
            "fcharset" if self.is_in_typefaces && number == Some(2) => {
                let typeface = self.group().typeface;
                self.symbols.insert(typeface);
            }
            "uc" => {
                self.group().fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1);
            }
            "u" => self.take_unicode(number.unwrap_or_default()),
            "bin" => {
                let length = usize::try_from(number.unwrap_or_default());
                self.at = self.at.saturating_add(length.unwrap_or_default());
            }
            "footnote" => self.group().part = RichPart::Notes,
            "shptxt" | "pntext" | "listtext" => self.group().part = RichPart::Letter,
            _ if word.starts_with("header") || word.starts_with("footer") => {
                // `headery` is a distance from the paper's edge.
                if !word.ends_with('y') {
                    self.group().part = RichPart::Running;
                }
            }
            _ if SKIPPED.contains(&word) => {
                self.is_in_typefaces = word == "fonttbl";
                self.group().part = RichPart::Nowhere;
            }
            _ => {
                if let Some(character) = named(word) {
                    self.write_fallback(character);
                }
            }
        }
    }

    fn take_typeface(&mut self, number: i32) {
        self.group().typeface = number;
    }

    fn take_unicode(&mut self, number: i32) {
        self.fallback_left = self.group().fallback;
        let unit = (number & 0xffff) as u16;
        match (self.high.take(), unit) {
            (_, 0xd800..=0xdbff) => self.high = Some(unit),
            (Some(high), 0xdc00..=0xdfff) => {
                let both = char::decode_utf16([high, unit]).next();
                self.write(both.and_then(Result::ok).unwrap_or('\u{fffd}'));
            }
            _ => self.write(char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}')),
        }
    }

    fn write_byte(&mut self, byte: u8) {
        let typeface = self.group().typeface;
        let character = if self.symbols.contains(&typeface) && !self.is_typeface_list() {
            characters::symbol(byte).unwrap_or(char::from(byte))
        } else {
            self.of_letters(byte)
        };
        self.write_fallback(character);
    }

    fn of_letters(&self, byte: u8) -> char {
        if self.is_macintosh {
            encoding::macintosh(byte)
        } else {
            encoding::windows(byte)
        }
    }

    fn is_typeface_list(&mut self) -> bool {
        self.group().part == RichPart::Nowhere
    }

    /// A character that an older reader may be shown in place of another.
    fn write_fallback(&mut self, character: char) {
        if self.fallback_left > 0 {
            self.fallback_left -= 1;
        } else {
            self.write(character);
        }
    }

    fn write(&mut self, character: char) {
        let group = self.group().clone();
        if group.part == RichPart::Nowhere || group.is_deleted {
            return;
        }
        if group.is_hidden {
            return self.hidden.push(character);
        }
        if group.is_struck {
            return self.struck.push(character);
        }
        match group.part {
            RichPart::Letter => self.letter.push(character),
            RichPart::Notes => self.notes.push(character),
            RichPart::Running => self.running.push(character),
            RichPart::Nowhere => {}
        }
    }

    fn end_paragraph(&mut self) {
        let group = self.group().clone();
        if group.is_deleted {
            return;
        }
        let end = if group.is_in_table { " " } else { "\n\n" };
        match group.part {
            RichPart::Letter => self.letter.push_str(end),
            RichPart::Notes => self.notes.push_str(end),
            RichPart::Running => self.running.push('\n'),
            RichPart::Nowhere => {}
        }
    }

    fn end_cell(&mut self) {
        if self.group().part == RichPart::Letter {
            self.letter.truncate(self.letter.trim_end_matches(' ').len());
            self.letter.push('\t');
        }
    }

    fn end_row(&mut self) {
        if self.group().part == RichPart::Letter {
            self.letter.truncate(self.letter.trim_end_matches([' ', '\t']).len());
            self.letter.push('\n');
        }
    }
}

/// The characters that have words of their own.
fn named(word: &str) -> Option<char> {
    Some(match word {
        "emdash" => '—',
        "endash" => '–',
        "lquote" => '‘',
        "rquote" => '’',
        "ldblquote" => '“',
        "rdblquote" => '”',
        "bullet" => '•',
        "emspace" | "enspace" | "qmspace" => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let file = format!(
            "{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}{{\\f3\\fcharset2 Symbol;}}}}{body}}}"
        );
        let words = words(file.as_bytes()).expect("whole");
        assert_eq!(words.text.trim(), expected, "{body}");
    }

    #[test]
    fn rich_text_is_read_as_it_is_shown() {
        check(
            r"\pard One\par\par Two \{braces\}\line more",
            "One\n\n\n\nTwo {braces}\nmore",
        );
        check(r"na\'efve \u8217?s \uc2\u233\'c3\'a9t\u233??", "naïve ’s été");
        check(r"\u-10179?\u-8704?", "😀");
        check(r"{\*\generator LibreOffice;}{\info{\title Secret}}words", "words");
        check(
            r"\f3\'b3\f0  7 \b bold\b0 , \ldblquote quoted\rdblquote",
            "≥ 7 bold, “quoted”",
        );
        check(r"{\listtext\pard 1.\tab}MRI\par{\listtext 2.\tab}CT", "1.\tMRI\n\n2.\tCT");
        check(
            r"\trowd\intbl Case:\cell 17-1\cell\row\trowd\intbl a\par b\cell c\cell\row\pard d",
            "Case:\t17-1\na b\tc\nd",
        );
        check(
            r"kept {\deleted gone}words{\footnote a note} here",
            "kept words here\n\na note",
        );
    }

    #[test]
    fn what_is_hidden_or_on_every_page_is_set_aside() {
        let file =
            br"{\rtf1{\header Confidential\par}seen {\v unseen }{\strike no }words\par}";
        let words = words(file).expect("whole");
        assert_eq!(words.text.trim(), "seen words");
        let asides: Vec<(Aside, &str)> =
            words.asides.iter().map(|aside| (aside.why, &*aside.words)).collect();
        assert_eq!(
            asides,
            [
                (Aside::Unseen, "unseen"),
                (Aside::Struck, "no"),
                (Aside::Running, "Confidential")
            ]
        );
    }

    #[test]
    fn an_old_macintosh_has_letters_of_its_own() {
        let file = br"{\rtf1\mac the caf\'8e\'d5s \u8211\'d0 end}";
        let found = words(file).expect("whole");
        assert_eq!(found.text.trim(), "the café’s – end");
    }

    #[test]
    fn a_file_whose_end_is_missing_is_no_letter() {
        assert_eq!(words(br"{\rtf1{\b some} words"), None);
        assert_eq!(words(br"{\rtf1\bin3 }}{words"), None);
    }
}
