//! A finished letter into the form: text in, a draft out, and nothing dropped on the way.
//! What fits no field stays in the letter as [`crate::letter::Unread`], with its place,
//! until somebody deals with it.

mod docx;
mod guideline;
mod normalize;
mod page;
mod pdf;
mod person;
mod prose;
mod reader;
mod repeats;
mod rows;
mod running;
mod scattered;
mod table;
mod title;
mod values;

use std::sync::Arc;

use crate::letter::phrasing::{is_surgery, says_that_the_surgery_is_refused};
use crate::letter::{Id, Letter, MOST_ROWS, TitlePrefix, Unread};
use crate::template::Template;

/// A letter as it was read.
pub struct Imported {
    pub letter: Letter,
    pub template: Arc<Template>,
    /// Whether it was known for a letter of its kind; if not, all of it stands in the
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
    #[error("The text is longer than a letter can be")]
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

fn of_file(file: &[u8]) -> Result<String, Error> {
    if file
        .get(..1024.min(file.len()))
        .is_some_and(|head| head.windows(5).any(|five| five == b"%PDF-"))
    {
        return Ok(pdf::text(file)?);
    }
    if file.starts_with(b"PK\x03\x04") {
        return Ok(docx::text(file)?);
    }
    Ok(plain(file))
}

/// Text in whichever of the usual encodings: UTF-8, UTF-16 behind its mark, or a byte for
/// each character.
fn plain(file: &[u8]) -> String {
    let pairs = |make: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = file
            .chunks_exact(2)
            .skip(1)
            .map(|pair| make([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match file {
        [0xff, 0xfe, ..] => pairs(u16::from_le_bytes),
        [0xfe, 0xff, ..] => pairs(u16::from_be_bytes),
        _ => {
            match std::str::from_utf8(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file))
            {
                Ok(text) => text.to_owned(),
                Err(_) => file.iter().map(|&byte| windows(byte)).collect(),
            }
        }
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

/// The share of a kind's fixed words that a letter of that kind has at least: the rest
/// can be altered.
const LEAST_SHARE: (usize, usize) = (1, 2);

/// Reads the text of a finished letter as a letter of the kind that knows most of its
/// words. `None` only where there is no kind at all.
pub fn text<'a>(
    source: &str,
    templates: impl Iterator<Item = &'a Arc<Template>>,
) -> Option<Imported> {
    let templates: Vec<&Arc<Template>> = templates.collect();
    let (original, (text, running)) = (source, running::clear(source));
    let source = text.as_str();
    let readings = templates
        .iter()
        .filter_map(|kind| Some((*kind, reader::read(source, kind, kind.reading()?))));
    let (least, whole) = LEAST_SHARE;
    let readings =
        readings.filter(|(_, reading)| reading.letter.count_of_rows() <= MOST_ROWS);
    let known = readings.filter(|(_, reading)| {
        reading.asked > 0 && reading.found * whole >= reading.asked * least
    });
    // Of kinds that know as much, the first wins: `max_by` would take the last.
    let share = |found: usize, asked: usize| found * 1000 / asked.max(1);
    let best = known.reduce(|best, next| {
        let is_better =
            share(next.1.found, next.1.asked) > share(best.1.found, best.1.asked);
        if is_better { next } else { best }
    });
    match best {
        Some((template, reading)) => {
            let mut letter = reading.letter;
            repeats::keep_unsaid(&mut letter, template, source, &reading.again);
            running
                .into_iter()
                .for_each(|line| reader::keep(&mut letter, original, line, None));
            repeats::forget_running(&mut letter, template);
            letter.unread.sort_by_key(|unread| unread.line);
            link_dependants(&mut letter);
            person::propose(&mut letter);
            letter.renew_repeated_ids();
            person::propose_parts(&mut letter);
            Some(Imported { letter, template: Arc::clone(template), is_understood: true })
        }
        None => templates.first().map(|template| unknown(original, template)),
    }
}

/// A letter of no known kind: all of its words, and no guess.
fn unknown(source: &str, template: &Arc<Template>) -> Imported {
    let mut letter = Letter { summary: source.trim().to_owned(), ..Letter::default() };
    let id = letter.next_id();
    letter.unread.push(Unread::nothing(id));
    Imported { letter, template: Arc::clone(template), is_understood: false }
}

/// What goes with a surgery of the letter is linked to it: by its title's prefix, or by
/// the rationale that says so.
fn link_dependants(letter: &mut Letter) {
    let surgeries: Vec<(usize, Id)> = letter
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| is_surgery(item))
        .map(|(place, item)| (place, item.id))
        .collect();
    for (place, item) in letter.items.iter_mut().enumerate() {
        let goes_with = item.title.prefix == TitlePrefix::AssociatedSurgicalService
            || says_that_the_surgery_is_refused(&item.rationale);
        let before = surgeries.iter().rev().find(|(surgery, _)| *surgery < place);
        let surgery = before
            .or(surgeries.first())
            .filter(|(_, id)| goes_with && *id != item.id);
        item.depends_on = surgery.map(|(_, id)| *id).or(item.depends_on);
    }
}
