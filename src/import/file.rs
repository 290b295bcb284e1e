//! What a file is, by its first bytes and never by its name, and the words in it.

use serde::{Deserialize, Serialize};

use super::{characters, docx, encoding, pdf, rtf, typed, web};
use crate::letter::Aside;

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileWords {
    pub text: String,
    /// What the file has besides: stamps, watermarks, what no reader sees. It is shown to
    /// the user, and goes into no field.
    pub asides: Vec<SetAside>,
}

/// Words that are not the letter's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// The line of the text near which they were.
    pub line: u32,
    pub why: Aside,
    pub words: String,
}

impl FileWords {
    /// Keeps words that are not the letter's, once: a watermark is on every page.
    pub(super) fn set_aside(&mut self, line: u32, why: Aside, words: String) {
        let is_known = self
            .asides
            .iter()
            .any(|known| known.why == why && known.words == words);
        if !is_known && !words.trim().is_empty() {
            self.asides.push(SetAside { line, why, words });
        }
    }
}

impl From<String> for FileWords {
    fn from(text: String) -> Self {
        Self { text, asides: Vec::new() }
    }
}

/// Why no letter can be made of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Pdf(#[from] pdf::Error),
    #[error(transparent)]
    Docx(#[from] docx::Error),
    #[error("The file is empty")]
    Empty,
    #[error("The file is an old Word document (.doc)")]
    OldWord,
    #[error("The Word document is locked with a password")]
    LockedWord,
    #[error("The file is a picture")]
    Picture,
    #[error("The file is a saved e-mail or web archive")]
    Mail,
    #[error("The file is damaged: its end is missing")]
    CutOff,
    #[error("The file is neither a PDF nor a Word document nor text")]
    Unknown,
    #[error("The text is too long")]
    TooLong,
    #[error("The file has more than one letter")]
    SeveralLetters,
    #[error("There is no template to read it with")]
    NoTemplate,
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Pdf(error) => error.hint(),
            Self::Docx(error) => error.hint(),
            Self::Empty | Self::Unknown => "Check that this is the right file",
            Self::OldWord => "Open it in a word processor and save it as .docx",
            Self::LockedWord => {
                "Open it in a word processor and save it without the password"
            }
            Self::Picture => "Run text recognition (OCR) on it first, or type the letter",
            Self::Mail => "Open it and save the letter by itself, or paste its text",
            Self::CutOff => "Ask for the file again",
            Self::TooLong => "Import one letter at a time",
            Self::NoTemplate => "Add a template to the templates folder",
            Self::SeveralLetters => {
                "Split the file and import each letter by itself, or paste one letter's text"
            }
        }
    }
}

/// The longest text of a letter, in bytes: ten times the longest that is known.
const LONGEST: usize = 1024 * 1024;

/// The words of a finished letter, whichever form its file has: a PDF, a Word document, a
/// web page, rich text, or text.
///
/// # Errors
/// It gives no words, or more than a letter has.
pub fn words(file: &[u8]) -> Result<FileWords, Error> {
    let words = of_file(file)?;
    if words.text.trim().is_empty() {
        return Err(Error::Empty);
    }
    checked(words)
}

/// Words that came without a file.
///
/// # Errors
/// They are more than a letter has.
pub fn pasted(text: String) -> Result<FileWords, Error> {
    checked(typed::cleared(characters::settled(text)).into())
}

fn checked(words: FileWords) -> Result<FileWords, Error> {
    if words.text.len() > LONGEST {
        return Err(Error::TooLong);
    }
    Ok(FileWords { text: characters::settled(words.text), ..words })
}

/// Whether a file is a PDF or a Word document, which is unfolded to be read.
pub fn is_packed(file: &[u8]) -> bool {
    is_pdf(file) || is_docx(file)
}

fn is_pdf(file: &[u8]) -> bool {
    // Some programs write a few lines of their own before a PDF's mark.
    holds(&file[..file.len().min(1024)], b"%PDF-")
}

fn is_docx(file: &[u8]) -> bool {
    file.starts_with(b"PK\x03\x04")
}

fn of_file(file: &[u8]) -> Result<FileWords, Error> {
    if is_pdf(file) {
        return Ok(pdf::words(file)?);
    }
    if is_docx(file) {
        return Ok(docx::words(file)?);
    }
    if file.starts_with(b"{\\rtf") {
        return rtf::words(file).ok_or(Error::CutOff);
    }
    if file.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(old_office(file));
    }
    if is_picture(file) {
        return Err(Error::Picture);
    }
    let text = encoding::text(file).ok_or(Error::Unknown)?;
    if web::is_page(&text) {
        return Ok(web::words(&encoding::page(file, text)));
    }
    if is_mail(&text) {
        return Err(Error::Mail);
    }
    // What word processors write as one file of XML.
    if text.trim_start().starts_with("<?xml") {
        return Err(Error::Docx(docx::Error::Unreadable));
    }
    Ok(typed::cleared(characters::settled(text)).into())
}

/// Whether a text begins as mail is stored, with what it is made of.
fn is_mail(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(16 * 1024)];
    let first = head.split_once(": ").map_or("", |(name, _)| name);
    let is_header = !first.is_empty()
        && first.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    is_header && head.contains("\nContent-Type: ")
}

/// The files of Word up to 2003, and what newer ones are locked up in.
fn old_office(file: &[u8]) -> Error {
    let locked: Vec<u8> =
        "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if holds(file, &locked) { Error::LockedWord } else { Error::OldWord }
}

fn is_picture(file: &[u8]) -> bool {
    let marks: [&[u8]; 6] =
        [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP"];
    marks.iter().any(|mark| file.starts_with(mark))
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &[u8], expected: Error) {
        assert_eq!(words(file), Err(expected));
        assert!(!expected.hint().is_empty());
    }

    #[test]
    fn what_is_no_letter_is_called_what_it_is() {
        check(b"", Error::Empty);
        check(b" \r\n\t", Error::Empty);
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Error::Picture);
        check(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0", Error::Unknown);
        let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]];
        check(&old.concat(), Error::OldWord);
        let package: Vec<u8> =
            "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&[&old.concat()[..], &package].concat(), Error::LockedWord);
        check(&vec![b'a'; LONGEST + 1], Error::TooLong);
        let mail = b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>";
        check(mail, Error::Mail);
        check(
            b"<?xml version=\"1.0\"?><w:document/>",
            Error::Docx(docx::Error::Unreadable),
        );
        check(b"{\\rtf1 half a", Error::CutOff);
        check(b"%PDF-1.7\nnothing else", Error::Pdf(pdf::Error::CutOff));
        check(b"%PDF-1.7\nnothing else %%EOF", Error::Pdf(pdf::Error::Unreadable));
    }
}
