//! A finished letter into the form: text in, a draft out, and nothing dropped on the way.
//! What fits no field stays in the letter as [`crate::letter::Unread`], with its line,
//! until somebody deals with it.
//!
//! ```text
//! file ─ pdf, docx ─▶ text ─ running ─▶ text without headers and page numbers
//!                                           │
//!                                       normalize     so that line ends and hyphens do
//!                                           │         not matter
//! template.reading() ─ steps ─▶ reader ◀────┘
//!                                 │  asks search   where the next fixed words are
//!                                 │  (phrase,      (one phrase, broken or edited;
//!                                 │   row_starts)   the beginnings of rows)
//!                                 │  reads rows, scattered
//!                                 ▼
//!                              fields ─ title, guideline, prose ─▶ Letter
//!                                                                    │
//!     the template that knows most of the letter's words wins        │
//!                                                                    ▼
//!                 repeats     what was said twice: does the letter say it too?
//!                 person      sex, age and body parts, proposed from the prose
//! ```
//!
//! To follow it, read this file, then `reader.rs`; `template/reading.rs` says what the
//! steps are.

mod docx;
mod fields;
mod guideline;
mod normalize;
mod page;
mod pdf;
mod person;
mod phrase;
mod prose;
mod reader;
mod repeats;
mod row_starts;
mod rows;
mod running;
mod scattered;
mod search;
mod table;
mod title;

use std::sync::Arc;

use self::reader::Candidate;
use crate::letter::phrasing::{is_surgery, says_that_the_surgery_is_refused};
use crate::letter::{Id, Letter, MOST_ROWS, TitlePrefix, Unread};
use crate::template::Template;

/// A letter as it was read.
pub struct Imported {
    pub letter: Letter,
    pub template: Arc<Template>,
    /// Whether the template's words were found in it; if not, all of it is in the
    /// summary.
    pub is_understood: bool,
}

/// Why a file gives no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Pdf(#[from] pdf::Error),
    #[error(transparent)]
    Docx(#[from] docx::Error),
    #[error("The text is too long")]
    TooLong,
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Pdf(error) => error.hint(),
            Self::Docx(error) => error.hint(),
            Self::TooLong => "Import one letter at a time",
        }
    }
}

/// The longest text of a letter, in bytes: ten times the longest that is known.
const LONGEST: usize = 1024 * 1024;

/// The words of a finished letter, whichever of the three forms its file has: a PDF, a
/// Word document, or text.
///
/// # Errors
/// It is a PDF or a Word document that gives no words, or more than a letter has.
pub fn words(file: &[u8]) -> Result<String, Error> {
    pasted(of_file(file)?)
}

/// Words that came without a file.
///
/// # Errors
/// They are more than a letter has.
pub fn pasted(text: String) -> Result<String, Error> {
    if text.len() > LONGEST { Err(Error::TooLong) } else { Ok(text) }
}

/// Whether a file is a PDF or a Word document, which is unfolded to be read.
pub fn is_packed(file: &[u8]) -> bool {
    is_pdf(file) || is_docx(file)
}

fn is_pdf(file: &[u8]) -> bool {
    // Some programs write a few lines of their own before a PDF's mark.
    let head = &file[..file.len().min(1024)];
    head.windows(5).any(|five| five == b"%PDF-")
}

fn is_docx(file: &[u8]) -> bool {
    file.starts_with(b"PK\x03\x04")
}

fn of_file(file: &[u8]) -> Result<String, Error> {
    match file {
        _ if is_pdf(file) => Ok(pdf::text(file)?),
        _ if is_docx(file) => Ok(docx::text(file)?),
        _ => Ok(plain(file)),
    }
}

/// Text in whichever of the usual encodings: UTF-8, UTF-16 after its mark, or a byte for
/// each character.
fn plain(file: &[u8]) -> String {
    match file {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest, file),
        _ => utf8(file, file),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let pairs = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    String::from_utf16_lossy(&pairs.collect::<Vec<u16>>())
}

fn utf8(bytes: &[u8], file: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => file.iter().map(|&byte| windows(byte)).collect(),
    }
}

/// A byte of Windows' own encoding, which old letters are written in.
fn windows(byte: u8) -> char {
    match byte {
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x95 => '•',
        0x96 => '–',
        0x97 => '—',
        other => char::from(other),
    }
}

/// The share of a template's fixed words that a letter made from it has at least: the
/// rest can be edited.
const LEAST_SHARE: usize = 500;

/// Reads the text of a finished letter with the template that knows most of its words.
/// `None` only where there is no template at all.
pub fn text<'a>(
    source: &str,
    templates: impl Iterator<Item = &'a Arc<Template>>,
) -> Option<Imported> {
    let templates: Vec<&Arc<Template>> = templates.collect();
    let (text, running) = running::clear(source);
    let Some((template, candidate)) = best_candidate(&text, &templates) else {
        let first = templates.first()?;
        return Some(not_understood(source, first));
    };
    let mut letter = candidate.letter;
    repeats::keep_unless_said(&mut letter, template, &text, &candidate.repeats);
    for line in running {
        fields::keep(&mut letter, source, line, None);
    }
    repeats::forget_running(&mut letter, template);
    letter.unread.sort_by_key(|unread| unread.line);
    link_dependants(&mut letter);
    person::propose(&mut letter);
    // A body part is proposed for an item by its id, so every row has one of its own
    // first.
    letter.renew_repeated_ids();
    person::propose_parts(&mut letter);
    Some(Imported { letter, template: Arc::clone(template), is_understood: true })
}

/// The template that knows the largest share of a text's words, if any knows enough, and
/// the letter that it makes of them.
fn best_candidate<'a>(
    text: &str,
    templates: &[&'a Arc<Template>],
) -> Option<(&'a Arc<Template>, Candidate)> {
    let mut best: Option<(&Arc<Template>, Candidate)> = None;
    for &template in templates {
        let Some(steps) = template.reading() else { continue };
        let candidate = reader::read(text, template, steps);
        let is_known = candidate.score.asked > 0
            && candidate.score.permille() >= LEAST_SHARE
            && candidate.letter.count_of_rows() <= MOST_ROWS;
        // Of templates that know as much, the first wins.
        let is_better = match &best {
            Some((_, known)) => candidate.score.permille() > known.score.permille(),
            None => true,
        };
        if is_known && is_better {
            best = Some((template, candidate));
        }
    }
    best
}

/// A letter that no template knows: all of its words, and no guess.
fn not_understood(source: &str, template: &Arc<Template>) -> Imported {
    let mut letter = Letter { summary: source.trim().to_owned(), ..Letter::default() };
    let id = letter.next_id();
    letter.unread.push(Unread::nothing(id));
    Imported { letter, template: Arc::clone(template), is_understood: false }
}

/// What goes with a surgery of the letter is linked to it: by its title's prefix, or by
/// the rationale that says so.
fn link_dependants(letter: &mut Letter) {
    let mut surgeries: Vec<(usize, Id)> = Vec::new();
    for (place, item) in letter.items.iter().enumerate() {
        if is_surgery(item) {
            surgeries.push((place, item.id));
        }
    }
    for (place, item) in letter.items.iter_mut().enumerate() {
        let goes_with = item.title.prefix == TitlePrefix::AssociatedSurgicalService
            || says_that_the_surgery_is_refused(&item.rationale);
        if !goes_with {
            continue;
        }
        // The nearest surgery before it, or else the first one.
        let before = surgeries.iter().rfind(|(surgery, _)| *surgery < place);
        if let Some((_, surgery)) = before.or(surgeries.first())
            && *surgery != item.id
        {
            item.depends_on = Some(*surgery);
        }
    }
}
