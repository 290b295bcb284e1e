//! The words of a PDF, line by line, from where its glyphs are. Fonts, encodings and
//! compression are left to hayro; `collector.rs` listens to what it draws, `seen.rs`
//! says what of it a reader sees, and `import/page` makes lines of it.

mod collector;
mod form;
mod glyphs;
mod seen;

use hayro::hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent, TransformExt,
    interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::kurbo::Rect;

use self::collector::{GlyphCollector, TooMuchDrawn};
use super::FileWords;
use super::hyphens;
use super::page::{self, GlyphPage, LineNumbers};
use crate::crash;
use crate::export::decompresses_beyond;

/// Why a PDF gives no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("The PDF is damaged")]
    Unreadable,
    #[error("The PDF is damaged: its end is missing")]
    CutOff,
    #[error("The PDF is locked with a password")]
    Locked,
    #[error("The PDF is a scan: it has pictures of pages but no text")]
    NoText,
    #[error("The PDF does not say which characters its text shows")]
    Unmapped,
    #[error("The PDF is too large")]
    TooLarge,
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Unreadable => {
                "Open it in a PDF viewer and save it again, or paste its text"
            }
            Self::CutOff => "Ask for the file again",
            Self::Locked => {
                "Open it in a PDF viewer with its password and print it to a new PDF"
            }
            Self::NoText | Self::Unmapped => {
                "Run text recognition (OCR) on it first, or type the letter"
            }
            Self::TooLarge => "Import one letter at a time",
        }
    }
}

/// More pages than any letter has, and more characters: a small file can decompress to
/// a large one.
const MOST_PAGES: usize = 300;
const MOST_CHARACTERS: usize = 1_000_000;

/// The most bytes that a stream may decompress to: a scanned page, which is the largest
/// there is, has half of it.
const LONGEST_STREAM: usize = 64 * 1024 * 1024;

/// A whole PDF ends within so many bytes of its end; what comes after is added by mail
/// programs.
const TAIL: usize = 2048;

/// The words of a PDF: a line for each of its lines, a blank line where there is room for
/// one, and a form feed at each page's end.
///
/// # Errors
/// It cannot be read, or there are no words in it.
pub(super) fn words(bytes: &[u8]) -> Result<FileWords, Error> {
    // A file that the libraries stumble over is damaged, as far as its reader is
    // concerned.
    crash::unwound(|| read(bytes)).unwrap_or_else(|stopped| {
        if stopped.is::<TooMuchDrawn>() {
            Err(Error::TooLarge)
        } else {
            Err(Error::Unreadable)
        }
    })
}

fn read(bytes: &[u8]) -> Result<FileWords, Error> {
    if decompresses_beyond(bytes, LONGEST_STREAM) {
        return Err(Error::TooLarge);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::Locked,
        _ if is_cut_off(bytes) => Error::CutOff,
        _ => Error::Unreadable,
    })?;
    if is_cut_off(bytes) {
        return Err(Error::CutOff);
    }
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        return Err(Error::TooLarge);
    }
    let (mut words, mut texts) = (FileWords::default(), Vec::new());
    let (mut count, mut unknown, mut drawn) = (0, 0, 0);
    let (mut line, mut line_numbers) = (1, LineNumbers::default());
    for page in pages.iter() {
        let collected = collect(page, drawn);
        drawn = collected.drawn;
        count += collected.texts.len();
        unknown += collected.unknown;
        if count > MOST_CHARACTERS {
            return Err(Error::TooLarge);
        }
        let read = page::read(collected.into_page(), &mut line_numbers);
        for (why, aside) in read.asides {
            words.set_aside(line, why, aside);
        }
        line += u32::try_from(read.text.matches('\n').count()).unwrap_or_default();
        texts.push(read.text);
    }
    // A few odd characters are ornaments; many are a typeface that says nothing.
    words.text = hyphens::softened(texts.join("\u{c}"));
    if unknown > 20 && unknown * 5 > count + unknown || is_cipher(&words.text) {
        return Err(Error::Unmapped);
    }
    if words.text.trim().is_empty() { Err(Error::NoText) } else { Ok(words) }
}

/// Whether a file stops before its end, as an interrupted download does.
fn is_cut_off(bytes: &[u8]) -> bool {
    let length = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let tail = &bytes[length.saturating_sub(TAIL)..length];
    !holds(tail, b"%%EOF") && !holds(tail, b"startxref")
}

/// Whether letters are other ones than the page shows: no language has so few vowels, or
/// so many signs.
fn is_cipher(text: &str) -> bool {
    let (mut signs, mut letters, mut vowels) = (0, 0, 0);
    for character in text.chars() {
        signs += usize::from(
            matches!(character, '\u{2700}'..='\u{27bf}' | '\u{e000}'..='\u{f8ff}'),
        );
        if character.is_ascii_alphabetic() {
            letters += 1;
            vowels += usize::from(matches!(
                character.to_ascii_lowercase(),
                'a' | 'e' | 'i' | 'o' | 'u'
            ));
        }
    }
    signs > 100 && signs > letters || letters > 200 && vowels * 100 < letters * 22
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// Everything that a page draws, then everything that lies on it: values of forms, stamps.
fn collect(page: &Page<'_>, drawn: usize) -> GlyphCollector {
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let mut collector = GlyphCollector::new(area, drawn);
    for content in [RenderContent::PAGE, RenderContent::ANNOTATIONS] {
        let cache = InterpreterCache::new();
        let settings =
            InterpreterSettings { render_content: content, ..Default::default() };
        let mut context = Context::new(transform, area, &cache, page.xref(), settings);
        interpret_page(page, &mut context, &mut collector);
        if content == RenderContent::PAGE {
            collector.begin_annotations();
        }
    }
    form::read(page, transform, &mut collector);
    collector
}

impl GlyphCollector {
    fn into_page(self) -> GlyphPage {
        let texts = seen::settled(self.texts, &self.fills, &self.pictures);
        GlyphPage { texts }
    }
}
