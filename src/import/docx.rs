//! The words of a Word document: its paragraphs and its tables' cells, in order, then its
//! notes, then headers and footers; page numbers and comments are left out.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Why a document gives no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("The file is not a Word document, or is damaged or locked with a password")]
    Unreadable,
    #[error("The Word document has no text")]
    NoText,
    #[error("The Word document is too large")]
    TooLarge,
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Unreadable => {
                "Open it in a word processor and save it again as .docx, or paste its text"
            }
            Self::NoText => "Check that this is the right file",
            Self::TooLarge => "Import one letter at a time",
        }
    }
}

/// A letter's words take a hundredth of it, with all that a word processor writes around
/// them.
const LONGEST: u64 = 32 * 1024 * 1024;

/// Tables are at most so deep within each other; word processors take ten.
const DEEPEST: usize = 50;

/// The words of a document: a blank line between paragraphs, a tab between a table's
/// cells.
///
/// # Errors
/// It cannot be read, or there are no words in it.
pub(super) fn text(bytes: &[u8]) -> Result<String, Error> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Error::Unreadable)?;
    let mut left = LONGEST;
    let mut text = part(&mut archive, "word/document.xml", &mut left)?;
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    for name in &names {
        if is_note(name) {
            text.push_str(&part(&mut archive, name, &mut left)?);
        }
    }
    let mut running = BTreeSet::new();
    for name in &names {
        if is_running(name) {
            let words = part(&mut archive, name, &mut left)?;
            running.extend(words.lines().map(|line| line.trim().to_owned()));
        }
    }
    running.retain(|line| !says_nothing(line));
    let running: Vec<String> = running.into_iter().collect();
    text.push_str(&running.join("\n\n"));
    if text.trim().is_empty() { Err(Error::NoText) } else { Ok(text) }
}

/// Footnotes and endnotes: they are read after the letter, where nothing takes them for
/// a part of a sentence.
fn is_note(name: &str) -> bool {
    matches!(name, "word/footnotes.xml" | "word/endnotes.xml")
}

/// Headers and footers: they are read last and once.
fn is_running(name: &str) -> bool {
    name.starts_with("word/header") || name.starts_with("word/footer")
}

/// `Page 2 of 5`, whatever the numbers are, the mark of a draft, or nothing at all.
fn says_nothing(line: &str) -> bool {
    let words = line.to_lowercase();
    words
        .split(|c: char| !c.is_alphabetic())
        .all(|word| matches!(word, "" | "page" | "of" | "draft"))
}

/// The words of one of its files; all together decompress to no more than is
/// left.
fn part(
    archive: &mut zip::ZipArchive<Cursor<&[u8]>>,
    name: &str,
    left: &mut u64,
) -> Result<String, Error> {
    let file = archive.by_name(name).map_err(|_| Error::Unreadable)?;
    let mut xml = Vec::new();
    file.take(*left + 1)
        .read_to_end(&mut xml)
        .map_err(|_| Error::Unreadable)?;
    *left = left.checked_sub(xml.len() as u64).ok_or(Error::TooLarge)?;
    words(&xml)
}

fn words(xml: &[u8]) -> Result<String, Error> {
    let mut reader = Reader::from_reader(xml);
    let mut writer = TextWriter::default();
    let mut buffer = Vec::new();
    loop {
        let event = reader.read_event_into(&mut buffer).map_err(|_| Error::Unreadable)?;
        if matches!(event, Event::Eof) {
            return Ok(writer.text);
        }
        writer.take(event).ok_or(Error::Unreadable)?;
        if writer.rows.len() > DEEPEST {
            return Err(Error::TooLarge);
        }
        buffer.clear();
    }
}

/// The character that a reference such as `&amp;` means.
fn character(reference: &BytesRef<'_>) -> Option<String> {
    if let Some(character) = reference.resolve_char_ref().ok()? {
        return Some(character.to_string());
    }
    let name = reference.decode().ok()?;
    quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned)
}

/// Puts words together as their elements begin and end.
#[derive(Default)]
struct TextWriter {
    text: String,
    /// Within a run's text; what is elsewhere is not read.
    in_text: bool,
    /// How many runs the place is in: what is said of tabs elsewhere is about their
    /// places.
    runs: usize,
    /// How many deletions and other parts the place is in that are not read.
    hidden: usize,
    /// The rows that the place is in, outermost first.
    rows: Vec<TableRow>,
}

/// A row of a table while it is read.
#[derive(Default)]
struct TableRow {
    /// What is before the cell that is read: it waits until the cell ends.
    before: String,
    cells: Vec<String>,
}

impl TableRow {
    /// A cell with more words than these is one of a page's layout and keeps its
    /// paragraphs.
    const LONGEST_CELL: usize = 300;

    /// A line with tabs between its cells; cells that hold parts of the letter, one
    /// after the other.
    fn text(&self) -> String {
        let holds_paragraphs = self
            .cells
            .iter()
            .any(|cell| cell.len() > Self::LONGEST_CELL && cell.trim().contains("\n\n"));
        if self.cells.len() == 1 || holds_paragraphs {
            return self.cells.concat();
        }
        let cells = self
            .cells
            .iter()
            .map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
        cells.collect::<Vec<_>>().join("\t").trim_end().to_owned() + "\n"
    }
}

/// Elements whose words are not the letter's: they were deleted or moved away, or are
/// beside others that say the same.
fn is_hidden(name: &[u8]) -> bool {
    matches!(name, b"del" | b"moveFrom" | b"instrText" | b"Fallback")
}

impl TextWriter {
    /// Takes in what comes next; `None` where it cannot be read.
    fn take(&mut self, event: Event<'_>) -> Option<()> {
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::Empty(tag) => self.stand_alone(&tag),
            Event::End(tag) => self.end(tag.local_name().as_ref()),
            Event::Text(text) => {
                self.write(&text.xml_content(XmlVersion::Implicit1_0).ok()?);
            }
            Event::GeneralRef(reference) => self.write(&character(&reference)?),
            _ => {}
        }
        Some(())
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            b"t" => self.in_text = true,
            b"r" => self.runs += 1,
            b"tr" => self.rows.push(TableRow::default()),
            b"tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.before = std::mem::take(&mut self.text);
                }
            }
            b"txbxContent" => self.end_line(),
            name if is_hidden(name) => self.hidden += 1,
            _ => self.stand_alone(tag),
        }
    }

    fn stand_alone(&mut self, tag: &BytesStart<'_>) {
        if self.runs == 0 || self.hidden > 0 {
            return;
        }
        match tag.local_name().as_ref() {
            b"tab" | b"ptab" => self.text.push('\t'),
            b"br" | b"cr" => self.text.push('\n'),
            b"noBreakHyphen" => self.text.push('-'),
            b"sym" => self.text.extend(symbol(tag)),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"t" => self.in_text = false,
            b"r" => self.runs = self.runs.saturating_sub(1),
            b"tc" => {
                if let Some(row) = self.rows.last_mut() {
                    let before = std::mem::take(&mut row.before);
                    row.cells.push(std::mem::replace(&mut self.text, before));
                }
            }
            b"tr" => {
                let row = self.rows.pop().unwrap_or_default();
                self.text.push_str(&row.text());
            }
            b"tbl" => self.text.push('\n'),
            b"p" if self.hidden == 0 => self.text.push_str("\n\n"),
            _ if is_hidden(name) => self.hidden = self.hidden.saturating_sub(1),
            _ => {}
        }
    }

    /// A text box begins in the middle of a paragraph.
    fn end_line(&mut self) {
        if self.hidden == 0 && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str("\n\n");
        }
    }

    fn write(&mut self, words: &str) {
        if self.in_text && self.hidden == 0 {
            self.text.push_str(words);
        }
    }
}

/// A character by its place in the typefaces Symbol and Wingdings, of which letters use a
/// few.
fn symbol(tag: &BytesStart<'_>) -> Option<char> {
    let attribute = tag
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == b"char")?;
    let code =
        u32::from_str_radix(std::str::from_utf8(&attribute.value).ok()?, 16).ok()?;
    Some(match code & 0xff {
        0xa3 => '≤',
        0xb3 => '≥',
        0xb0 => '°',
        0xb1 => '±',
        0xb4 => '×',
        0xb7 | 0xa7 => '•',
        0x6d => 'µ',
        _ => char::from_u32(code)?,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn document(body: &str) -> Vec<u8> {
        parts(&[("word/document.xml", body)])
    }

    fn parts(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, body) in parts {
            archive
                .start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            let xml = format!(
                "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\">\
                 <w:body>{body}</w:body></w:document>"
            );
            archive.write_all(xml.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn notes_are_read_after_the_letter() {
        let empty =
            "<w:footnote><w:p><w:r><w:separator/></w:r></w:p></w:footnote>".to_owned();
        let notes =
            empty + "<w:footnote>" + &paragraph("Not the left.") + "</w:footnote>";
        let file = parts(&[
            ("word/document.xml", &paragraph("The right knee.")),
            ("word/footnotes.xml", &notes),
        ]);
        assert_eq!(words_of(&text(&file).unwrap()), ["The right knee.", "Not the left."]);
    }

    #[test]
    fn running_lines_are_read_last_and_once() {
        let (header, footer) = (paragraph("CM17-1"), paragraph("Page 1 of 2"));
        let body = paragraph("The right knee.");
        let names = [
            "word/header1.xml",
            "word/header2.xml",
            "word/footer1.xml",
            "word/document.xml",
        ];
        let file = parts(
            &names
                .into_iter()
                .zip([&*header, &*header, &*footer, &*body])
                .collect::<Vec<_>>(),
        );
        assert_eq!(words_of(&text(&file).unwrap()), ["The right knee.", "CM17-1"]);
    }

    fn words_of(text: &str) -> Vec<&str> {
        text.lines().filter(|line| !line.trim().is_empty()).collect()
    }

    #[test]
    fn paragraphs_and_cells_are_read_in_order() {
        let run =
            |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
        let paragraph = |words: &str| format!("<w:p>{}</w:p>", run(words));
        let row = format!(
            "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>",
            paragraph("Case Number:"),
            paragraph("CM17-1")
        );
        let body = format!(
            "<w:tbl>{row}</w:tbl>{}<w:p>{}<w:del>{}</w:del>{}</w:p>",
            paragraph("HEADING"),
            run("Jos\u{e9} &amp; "),
            run("gone"),
            run("Co &#8211; x"),
        );
        assert_eq!(
            text(&document(&body)).unwrap(),
            "Case Number:\tCM17-1\n\nHEADING\n\nJosé & Co – x\n\n"
        );
    }

    fn run(words: &str) -> String {
        format!("<w:r><w:t>{words}</w:t></w:r>")
    }

    fn paragraph(words: &str) -> String {
        format!("<w:p>{}</w:p>", run(words))
    }

    fn cell(words: &str) -> String {
        format!("<w:tc>{}</w:tc>", paragraph(words))
    }

    #[track_caller]
    fn check(body: &str, expected: &str) {
        assert_eq!(text(&document(body)).unwrap(), expected, "{body}");
    }

    #[test]
    fn every_word_of_a_paragraph_is_read_once() {
        let (kept, moved, added) = (run("a"), run("b"), run("c"));
        check(
            &format!(
                "<w:p>{kept}<w:moveFrom>{moved}</w:moveFrom><w:ins>{added}</w:ins></w:p>"
            ),
            "ac\n\n",
        );
        let text_box = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("box"));
        check(
            &format!(
                "<w:p><w:r><w:t>a</w:t><mc:AlternateContent>\
                 <mc:Choice>{text_box}</mc:Choice><mc:Fallback>{text_box}</mc:Fallback>\
                 </mc:AlternateContent></w:r></w:p>"
            ),
            "a\n\nbox\n\n\n\n",
        );
        check(
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/>\
             <w:sym w:char=\"F0B3\"/><w:softHyphen/><w:noBreakHyphen/></w:r></w:p>",
            "a\t≥-\n\n",
        );
    }

    #[test]
    fn every_word_of_a_table_is_read_once() {
        let (one, two) = (paragraph("one"), paragraph("two"));
        check(
            &format!("<w:tbl><w:tr><w:tc>{one}{two}</w:tc></w:tr></w:tbl>"),
            "one\n\ntwo\n\n\n",
        );
        let first = format!("<w:tc>{one}{}</w:tc>{}", paragraph("more"), cell("two"));
        let second = cell("three") + &cell("");
        check(
            &format!("<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr></w:tbl>"),
            "one more\ttwo\nthree\n\n",
        );
        let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("a"), cell("b"));
        check(&format!("<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"), "a\tb\n\n\n");
    }

    #[test]
    fn what_is_no_document_is_an_error() {
        assert_eq!(text(b"PK nothing"), Err(Error::Unreadable));
        assert_eq!(text(&document("<w:p/>")), Err(Error::NoText));
        assert!(text(&document("<w:p><w:r>")).is_err());
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = document(&format!(
            "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
            " ".repeat(40 * 1024 * 1024)
        ));
        assert!(bomb.len() < 1024 * 1024);
        assert_eq!(text(&bomb), Err(Error::TooLarge));
        let row = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p>";
        assert_eq!(text(&document(&row.repeat(100_000))), Err(Error::TooLarge));
    }
}
