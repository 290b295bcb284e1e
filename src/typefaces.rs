//! The bundled typefaces: the only ones that a letter is ever set in, so that its lines
//! break the same everywhere.

use std::sync::{Arc, LazyLock};

use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::units::{Point, Pt};

const REGULAR_FILE: &[u8; 508_752] = include_bytes!("../assets/fonts/Tinos-Regular.ttf");
const BOLD_FILE: &[u8; 583_484] = include_bytes!("../assets/fonts/Tinos-Bold.ttf");
const ITALIC_FILE: &[u8; 549_824] = include_bytes!("../assets/fonts/Tinos-Italic.ttf");
const BOLD_ITALIC_FILE: &[u8; 563_688] =
    include_bytes!("../assets/fonts/Tinos-BoldItalic.ttf");

/// The family that takes the place of every unknown one.
pub const DEFAULT_FAMILY: &str = "Tinos";

/// One bundled typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    Regular,
    Bold,
    Italic,
    BoldItalic,
}

impl Face {
    /// Every face, in the order in which files list them.
    pub const ALL: [Self; 4] =
        [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic];

    /// The face of this weight and slope.
    pub fn of(bold: bool, italic: bool) -> Self {
        match (bold, italic) {
            (false, false) => Self::Regular,
            (true, false) => Self::Bold,
            (false, true) => Self::Italic,
            (true, true) => Self::BoldItalic,
        }
    }

    /// The face's PostScript name, such as `Tinos-Bold`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Regular => "Tinos-Regular",
            Self::Bold => "Tinos-Bold",
            Self::Italic => "Tinos-Italic",
            Self::BoldItalic => "Tinos-BoldItalic",
        }
    }

    /// The face's whole TrueType file, always at the same address: by it a shaped run is
    /// known for this face's.
    pub fn data(self) -> &'static [u8] {
        // Bytes named within the function could be stored once for each place that it is
        // inlined to.
        static REGULAR: [u8; REGULAR_FILE.len()] = *REGULAR_FILE;
        static BOLD: [u8; BOLD_FILE.len()] = *BOLD_FILE;
        static ITALIC: [u8; ITALIC_FILE.len()] = *ITALIC_FILE;
        static BOLD_ITALIC: [u8; BOLD_ITALIC_FILE.len()] = *BOLD_ITALIC_FILE;
        match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
            Self::Italic => &ITALIC,
            Self::BoldItalic => &BOLD_ITALIC,
        }
    }

    /// The number of the glyph that draws `character`, if the face has one.
    pub fn glyph(self, character: char) -> Option<u16> {
        let glyph = self.font()?.charmap().map(character)?;
        match u16::try_from(glyph.to_u32()) {
            // The first glyph is the box of a missing character.
            Ok(0) | Err(_) => None,
            Ok(glyph) => Some(glyph),
        }
    }

    /// The face, ready to be read; `None` only if its file were damaged, which a test
    /// rules out.
    fn font(self) -> Option<FontRef<'static>> {
        FontRef::new(self.data()).ok()
    }

    /// `text` set in one line without kerning: its outlines, with the origin at the start
    /// of the baseline, and its width.
    pub fn outline(self, text: &str, size: Pt) -> (Outline, Pt) {
        let Some(font) = self.font() else { return (Outline::default(), Pt::ZERO) };
        let metrics = font.glyph_metrics(Size::new(size.0), LocationRef::default());
        let mut pen = Pen::default();
        for character in text.chars() {
            let glyph = font.charmap().map(character).unwrap_or(GlyphId::NOTDEF);
            draw(&font, glyph, size, &mut pen);
            pen.advance += Pt(metrics.advance_width(glyph).unwrap_or_default());
        }
        (Outline(pen.segments.into()), pen.advance)
    }

    /// One glyph's outlines, with the origin at the start of the baseline.
    pub fn glyph_outline(self, glyph: u16, size: Pt) -> Outline {
        let mut pen = Pen::default();
        if let Some(font) = self.font() {
            draw(&font, glyph.into(), size, &mut pen);
        }
        Outline(pen.segments.into())
    }
}

/// A filled shape: contours, of which the inner ones turn the other way to cut holes.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Outline(pub Arc<[Segment]>);

/// One step of an outline.
#[derive(Clone, Copy, Debug, PartialEq, Hash)]
pub enum Segment {
    /// Begins a contour, which ends where it began.
    Move(Point),
    Line(Point),
    /// A Bézier curve: two control points and its end.
    Curve(Point, Point, Point),
}

/// A glyph that cannot be drawn leaves its width empty: these are marks, never the
/// letter's words.
fn draw(font: &FontRef<'_>, glyph: GlyphId, size: Pt, pen: &mut Pen) {
    let settings = DrawSettings::unhinted(Size::new(size.0), LocationRef::default());
    let _ = font
        .outline_glyphs()
        .get(glyph)
        .map(|outline| outline.draw(settings, pen));
}

/// The faces, registered for shaping. Load them once; a copy costs next to nothing.
#[derive(Clone)]
pub struct Faces {
    collection: Collection,
    sources: SourceCache,
}

/// Every character that all four faces can draw, sorted: read for the first one that is
/// not English.
static COVERED: LazyLock<Vec<char>> = LazyLock::new(covered);

impl Faces {
    /// The faces that are built into the program.
    pub fn bundled() -> Self {
        let mut collection =
            Collection::new(CollectionOptions { shared: false, system_fonts: false });
        for face in Face::ALL {
            collection.register_fonts(Blob::new(Arc::new(face.data())), None);
        }
        Self { collection, sources: SourceCache::default() }
    }

    pub fn context(&self) -> FontContext {
        FontContext {
            collection: self.collection.clone(),
            source_cache: self.sources.clone(),
        }
    }
}

/// Whether a letter can show `character`, in every weight and slope. Line ends, tabs
/// and characters that are never drawn count as shown.
pub fn covers(character: char) -> bool {
    character.is_ascii_graphic()
        || character.is_whitespace()
        || is_invisible(character)
        || COVERED.binary_search(&character).is_ok()
}

/// Characters that a shaper hides although they are part of the text: joiners, marks of
/// direction, soft hyphens.
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
    )
}

fn covered() -> Vec<char> {
    let fonts = Face::ALL.iter().filter_map(|face| face.font());
    let maps: Vec<_> = fonts.map(|font| font.charmap()).collect();
    let Some(first) = maps.first() else { return Vec::new() };
    let mut covered = Vec::new();
    for (code, _) in first.mappings() {
        if let Some(character) = char::from_u32(code)
            && maps.iter().all(|map| map.map(character).is_some())
        {
            covered.push(character);
        }
    }
    covered.sort_unstable();
    covered
}

/// Collects a glyph's outline, turned over because paper's y grows downward.
#[derive(Default)]
struct Pen {
    advance: Pt,
    at: Point,
    segments: Vec<Segment>,
}

impl Pen {
    fn point(&self, x: f32, y: f32) -> Point {
        Point { x: self.advance + Pt(x), y: Pt(-y) }
    }

    fn push(&mut self, segment: Segment, end: Point) {
        self.segments.push(segment);
        self.at = end;
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let end = self.point(x, y);
        self.push(Segment::Move(end), end);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let end = self.point(x, y);
        self.push(Segment::Line(end), end);
    }

    /// TrueType draws with one control point and PDF with two: each is two thirds of
    /// the way to the one.
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (start, control, end) = (self.at, self.point(cx, cy), self.point(x, y));
        self.push(
            Segment::Curve(two_thirds(start, control), two_thirds(end, control), end),
            end,
        );
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let end = self.point(x, y);
        self.push(Segment::Curve(self.point(cx0, cy0), self.point(cx1, cy1), end), end);
    }

    fn close(&mut self) {}
}

fn two_thirds(from: Point, to: Point) -> Point {
    Point {
        x: from.x + (to.x - from.x) * (2.0 / 3.0),
        y: from.y + (to.y - from.y) * (2.0 / 3.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_face_can_be_read() {
        assert!(Face::ALL.iter().all(|face| face.font().is_some()));
    }

    #[test]
    fn faces_cover_what_letters_need_and_say_what_they_lack() {
        assert!("Aa09–—‘’“”•§†≤≥±µ°×½\u{a0}\u{2011}\n\t".chars().all(covers));
        assert!(!"☐漢😀".chars().any(covers));
        let english = (0..=u8::MAX).map(char::from).filter(char::is_ascii_graphic);
        assert!(english.into_iter().all(|character| COVERED.contains(&character)));
    }

    #[test]
    fn an_outline_is_as_wide_as_its_glyphs() {
        let (outline, width) = Face::Regular.outline("II", Pt(1000.0));
        assert!((width.0 - 666.0).abs() < 1.0);
        assert!(outline.0.len() > 10);
    }
}
