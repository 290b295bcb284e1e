//! The words of a Word document: its paragraphs and its tables' cells, in order, without headers, footers and comments.

use std::io::{Cursor, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Why a document gives no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("The file is not a Word document, or is damaged or locked with a password")]
    Unreadable,
    #[error("The Word document holds no text")]
    NoText,
    #[error("The Word document unfolds to more than a letter can hold")]
    TooLarge,
}

impl Error {
    /// What to do about it, as an instruction.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::Unreadable => "Open it in a word processor and save it anew as .docx, or copy its text and paste it",
            Self::NoText => "Check that this is the file you meant",
            Self::TooLarge => "Import one letter at a time",
        }
    }
}

/// A letter's words take a hundredth of it, with all that a word processor writes around them.
const LONGEST: u64 = 32 * 1024 * 1024;

/// The words of a document: a blank line between paragraphs, a tab between a table's cells.
///
/// # Errors
/// It cannot be read, or there are no words in it.
pub fn text(bytes: &[u8]) -> Result<String, Error> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Error::Unreadable)?;
    let file = archive.by_name("word/document.xml").map_err(|_| Error::Unreadable)?;
    let mut xml = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut xml).map_err(|_| Error::Unreadable)?;
    if xml.len() as u64 > LONGEST {
        return Err(Error::TooLarge);
    }
    let text = words(&xml).ok_or(Error::Unreadable)?;
    if text.trim().is_empty() { Err(Error::NoText) } else { Ok(text) }
}

fn words(xml: &[u8]) -> Option<String> {
    let mut reader = Reader::from_reader(xml);
    let mut writer = Writer::default();
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(tag) => writer.begin(&tag),
            Event::Empty(tag) => writer.stand_alone(&tag),
            Event::End(tag) => writer.end(tag.local_name().as_ref()),
            Event::Text(text) => writer.write(&text.xml_content(XmlVersion::Implicit1_0).ok()?),
            Event::GeneralRef(reference) => writer.write(&character(&reference)?),
            Event::Eof => return Some(writer.text),
            _ => {}
        }
        buffer.clear();
    }
}

/// What a reference such as `&amp;` stands for.
fn character(reference: &BytesRef<'_>) -> Option<String> {
    if let Some(character) = reference.resolve_char_ref().ok()? {
        return Some(character.to_string());
    }
    let name = reference.decode().ok()?;
    quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned)
}

/// Puts words together as their elements begin and end.
#[derive(Default)]
struct Writer {
    text: String,
    /// Within a run's text; what stands elsewhere is not read.
    in_text: bool,
    /// How many tables the place lies in.
    tables: usize,
    /// How many deletions and other parts the place lies in that are not read.
    hidden: usize,
}

impl Writer {
    fn begin(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            b"t" => self.in_text = true,
            b"tbl" => self.tables += 1,
            b"del" | b"instrText" | b"fldChar" | b"txbxContent" | b"Fallback" => self.hidden += 1,
            _ => self.stand_alone(tag),
        }
    }

    fn stand_alone(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            b"tab" => self.text.push(' '),
            b"br" | b"cr" => self.text.push('\n'),
            b"noBreakHyphen" => self.text.push('-'),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"t" => self.in_text = false,
            b"tbl" => self.tables = self.tables.saturating_sub(1),
            b"del" | b"instrText" | b"fldChar" | b"txbxContent" | b"Fallback" => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            b"p" if self.tables > 0 => self.text.push('\t'),
            b"p" => self.text.push_str("\n\n"),
            b"tr" => self.text.push('\n'),
            _ => {}
        }
    }

    fn write(&mut self, words: &str) {
        if self.in_text && self.hidden == 0 {
            self.text.push_str(words);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn document(body: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        archive.write_all(xml.as_bytes()).unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn paragraphs_and_cells_are_read_in_order() {
        let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
        let paragraph = |words: &str| format!("<w:p>{}</w:p>", run(words));
        let row =
            format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", paragraph("Case Number:"), paragraph("CM17-1"));
        let body = format!(
            "<w:tbl>{row}</w:tbl>{}<w:p>{}<w:del>{}</w:del>{}</w:p>",
            paragraph("HEADING"),
            run("Jos\u{e9} &amp; "),
            run("gone"),
            run("Co &#8211; x"),
        );
        assert_eq!(text(&document(&body)).unwrap(), "Case Number:\tCM17-1\t\nHEADING\n\nJosé & Co – x\n\n");
    }

    #[test]
    fn what_is_no_document_is_told() {
        assert_eq!(text(b"PK nothing"), Err(Error::Unreadable));
        assert_eq!(text(&document("<w:p/>")), Err(Error::NoText));
        assert!(text(&document("<w:p><w:r>")).is_err());
    }

    #[test]
    fn a_bomb_is_not_unfolded() {
        let bomb = document(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", " ".repeat(40 * 1024 * 1024)));
        assert!(bomb.len() < 1024 * 1024);
        assert_eq!(text(&bomb), Err(Error::TooLarge));
    }
}
