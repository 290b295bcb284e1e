//! The words of a PDF, line by line, from where its glyphs are. Fonts, encodings and
//! compression are left to hayro.

use std::panic;

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, String as PdfString};
use hayro::kurbo::{Affine, BezPath, Point, Rect};

use super::page::{PlacedText, lines};
use crate::crash;
use crate::export::decompresses_beyond;

/// Why a PDF gives no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("The file is not a PDF, or is damaged or locked with a password")]
    Unreadable,
    #[error("The PDF is a scan: it has pictures of pages but no text")]
    NoText,
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
            Self::NoText => "Run text recognition (OCR) on it first, or type the letter",
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

/// How much may be drawn, each thing as often as marked content is around it: what a
/// hundred pages draw. Forms that draw each other draw without end.
const MOST_DRAWN: usize = 1_000_000;

/// What a clip counts for: each form sets one, and its content is read anew each time.
const CLIP: usize = 10;

/// The panic that stops the interpreter, which asks nobody whether to go on.
struct TooMuchDrawn;

/// The words of a PDF: a line for each of its lines, a blank line where there is room for
/// one, and a form feed at each page's end.
///
/// # Errors
/// It cannot be read, or there are no words in it.
pub(super) fn text(bytes: &[u8]) -> Result<String, Error> {
    // A file that the libraries stumble over is damaged, as far as its reader is
    // concerned.
    crash::unwound(|| words(bytes)).unwrap_or_else(|stopped| {
        if stopped.is::<TooMuchDrawn>() {
            Err(Error::TooLarge)
        } else {
            Err(Error::Unreadable)
        }
    })
}

fn words(bytes: &[u8]) -> Result<String, Error> {
    if decompresses_beyond(bytes, LONGEST_STREAM) {
        return Err(Error::TooLarge);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| Error::Unreadable)?;
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        return Err(Error::TooLarge);
    }
    let mut texts = Vec::new();
    let (mut count, mut drawn) = (0, 0);
    for page in pages.iter() {
        let cache = InterpreterCache::new();
        let area = Rect::new(
            0.0,
            0.0,
            f64::from(page.render_dimensions().0),
            f64::from(page.render_dimensions().1),
        );
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(
            transform,
            area,
            &cache,
            page.xref(),
            InterpreterSettings::default(),
        );
        let mut collector = WordCollector { drawn, ..WordCollector::default() };
        interpret_page(page, &mut context, &mut collector);
        drawn = collector.drawn;
        count += collector.texts.len();
        if count > MOST_CHARACTERS {
            return Err(Error::TooLarge);
        }
        texts.push(lines(collector.texts));
    }
    let text = texts.join("\u{c}");
    if text.trim().is_empty() { Err(Error::NoText) } else { Ok(text) }
}

/// A device that paints nothing and collects the words that are drawn.
#[derive(Default)]
struct WordCollector {
    texts: Vec<PlacedText>,
    /// The marked content that is open, the outermost first.
    open: Vec<OpenContent>,
    /// What was drawn on this page and those before, as [`MOST_DRAWN`] counts it.
    drawn: usize,
    /// How many pieces of marked content there were.
    pieces: usize,
}

/// Marked content that has begun and not ended.
#[derive(Default)]
struct OpenContent {
    /// It is for the eye alone, or on every page.
    is_artifact: bool,
    /// The number of a piece that says something; a list's numbers belong to what they
    /// number.
    piece: Option<usize>,
    /// What it says, whatever is drawn.
    actual_text: Option<String>,
    /// Whether that was collected already: once is enough for all of its glyphs.
    is_said: bool,
}

impl WordCollector {
    fn count(&mut self, weight: usize) {
        self.drawn += weight * (1 + self.open.len());
        if self.drawn > MOST_DRAWN {
            panic::resume_unwind(Box::new(TooMuchDrawn));
        }
    }

    fn collect(&mut self, place: Affine, advance: f64, text: String) {
        if self.open.iter().any(|content| content.is_artifact)
            || self.texts.len() > MOST_CHARACTERS
        {
            return;
        }
        let mut text = text;
        for content in &mut self.open {
            if let Some(actual) = &content.actual_text {
                if content.is_said {
                    return;
                }
                content.is_said = true;
                text.clone_from(actual);
                break;
            }
        }
        let [.., skew, scale, _, _] = place.as_coeffs();
        // Glyphs are drawn a thousand units high.
        let size = (skew * skew + scale * scale).sqrt() * 1000.0;
        let (at, end) = (place * Point::ZERO, (place * Point::new(advance, 0.0)).x);
        let piece = self.open.iter().rev().find_map(|content| content.piece);
        self.texts.push(PlacedText { at, end, size, text, piece });
    }
}

impl<'a> Device<'a> for WordCollector {
    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        _: &DrawMode,
    ) {
        for glyph in run.glyphs() {
            self.count(1);
            let text = match glyph.as_unicode() {
                Some(BfString::Char(character)) => character.to_string(),
                Some(BfString::String(text)) => text,
                None => continue,
            };
            let advance = match &**glyph {
                Glyph::Outline(glyph) => glyph.advance_width(),
                Glyph::Type3(glyph) => glyph.advance_width(),
            };
            self.collect(
                props.transform * glyph.transform(),
                f64::from(advance.unwrap_or_default()),
                text,
            );
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.count(1);
        self.pieces += 1;
        let is_artifact = tag == b"Artifact";
        let mut content = OpenContent { is_artifact, ..OpenContent::default() };
        if let Some(properties) = properties {
            if let Some(words) = properties.get::<PdfString<'_>>(b"ActualText".as_slice())
            {
                content.actual_text = Some(decoded(words.as_bytes()));
            }
            // Only numbered content is a part of the letter's structure.
            if properties.contains_key(b"MCID".as_slice()) && tag != b"Lbl" {
                content.piece = Some(self.pieces);
            }
        }
        self.open.push(content);
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(CLIP);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count(1);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.count(1);
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// A string of a PDF: UTF-16 after its mark, or else a byte for each character.
fn decoded(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(pairs) => {
            let units: Vec<u16> = pairs
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}
