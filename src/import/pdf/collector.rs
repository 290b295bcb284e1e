//! Listens to what a page draws: its glyphs, and what can hide them.

use std::panic;

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps,
    Paint, SoftMask,
};
use hayro::hayro_syntax::object::{Dict, String as PdfString};
use hayro::kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::MOST_CHARACTERS;
use super::glyphs::{TypefaceReader, advance};
use super::seen::{Fill, Ink, MOST_FILLS};
use crate::import::page::{PlacedText, Standing};

/// How much may be drawn, each thing as often as marked content is around it: what a
/// hundred pages draw. Forms that draw each other draw without end.
const MOST_DRAWN: usize = 1_000_000;

/// What a clip counts for: each form sets one, and its content is read anew each time.
const CLIP: usize = 10;

/// The panic that stops the interpreter, which asks nobody whether to go on.
pub(super) struct TooMuchDrawn;

/// A glyph's words, and what it was drawn with.
pub(super) struct DrawnText {
    pub placed: PlacedText,
    pub ink: Ink,
    /// How many fills there were before it.
    pub fills_before: usize,
    /// It is outside of the page, or of what the page lets show.
    pub is_cut_away: bool,
}

/// A device that paints nothing and collects the words that are drawn.
pub(super) struct GlyphCollector {
    pub(super) texts: Vec<DrawnText>,
    pub(super) fills: Vec<Fill>,
    pub(super) pictures: Vec<Rect>,
    /// What was drawn on this page and those before, as [`MOST_DRAWN`] counts it.
    pub(super) drawn: usize,
    /// How many glyphs nobody could read.
    pub(super) unknown: usize,
    /// The page, and within it what each clip lets show, the outermost first.
    clips: Vec<Rect>,
    /// How much each open group lets through, and whether it covers what is below.
    groups: Vec<(f32, bool)>,
    /// The marked content that is open, the outermost first.
    open: Vec<OpenContent>,
    /// How many pieces of marked content there were.
    pieces: usize,
    typefaces: TypefaceReader,
    /// How many of the texts are the page's own; the rest lies on it.
    own: Option<usize>,
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

impl GlyphCollector {
    pub(super) fn new(area: Rect, drawn: usize) -> Self {
        Self {
            texts: Vec::new(),
            fills: Vec::new(),
            pictures: Vec::new(),
            drawn,
            unknown: 0,
            clips: vec![area],
            groups: Vec::new(),
            open: Vec::new(),
            pieces: 0,
            typefaces: TypefaceReader::default(),
            own: None,
        }
    }

    /// From now on what is drawn lies on the page: stamps, and what a form was filled in
    /// with.
    pub(super) fn begin_annotations(&mut self) {
        self.own = Some(self.texts.len());
    }

    /// What lies on the page.
    pub(super) fn annotations(&mut self) -> &mut [DrawnText] {
        let own = self.own.unwrap_or(self.texts.len());
        &mut self.texts[own..]
    }

    /// Adds words that the file does not draw.
    pub(super) fn put(&mut self, placed: PlacedText) {
        let ink = Ink::Color { rgb: [0.0; 3], alpha: 1.0 };
        let fills_before = self.fills.len();
        self.texts
            .push(DrawnText { placed, ink, fills_before, is_cut_away: false });
    }

    fn count(&mut self, weight: usize) {
        self.drawn += weight * (1 + self.open.len());
        if self.drawn > MOST_DRAWN {
            panic::resume_unwind(Box::new(TooMuchDrawn));
        }
    }

    /// Takes in a glyph's words; `advance` is how far it goes in its own thousandths.
    fn collect(&mut self, place: Affine, advance: f64, text: &str, ink: Ink) {
        let Some(area) = self.clips.last().copied() else { return };
        if self.texts.len() > MOST_CHARACTERS {
            return;
        }
        let tip = place * Point::new(advance, 0.0);
        let mut text = text.to_owned();
        if let Some(content) =
            self.open.iter_mut().find(|content| content.actual_text.is_some())
        {
            if content.is_said {
                // The words were said with the first glyph, and reach to the last.
                if let Some(last) = self.texts.last_mut() {
                    last.placed.tip = tip;
                }
                return;
            }
            content.is_said = true;
            text = content.actual_text.clone().unwrap_or_default();
        }
        let [.., skew, scale, _, _] = place.as_coeffs();
        // Glyphs are drawn a thousand units high.
        let size = (skew * skew + scale * scale).sqrt() * 1000.0;
        let middle = place * Point::new(advance / 2.0, 250.0);
        let is_artifact = self.open.iter().any(|content| content.is_artifact);
        let placed = PlacedText {
            at: place * Point::ZERO,
            tip,
            size,
            text,
            piece: self.open.iter().rev().find_map(|content| content.piece),
            standing: if is_artifact { Standing::Running } else { Standing::Letter },
            is_pale: ink.is_pale(),
            color: ink.color(),
        };
        let is_cut_away = !placed.text.trim().is_empty() && !area.contains(middle);
        let fills_before = self.fills.len();
        self.texts.push(DrawnText { placed, ink, fills_before, is_cut_away });
    }

    fn ink(&self, paint: &Paint<'_>, mode: &DrawMode) -> Ink {
        if matches!(mode, DrawMode::Invisible) {
            return Ink::None;
        }
        let opacity: f32 = self.groups.iter().map(|(opacity, _)| opacity).product();
        match paint {
            Paint::Color(color) => {
                let [red, green, blue, alpha] = color.to_rgba().components();
                Ink::Color { rgb: [red, green, blue], alpha: alpha * opacity }
            }
            Paint::Pattern(_) => Ink::Pattern,
        }
    }

    fn push_clip(&mut self, area: Rect) {
        self.count(CLIP);
        let outer = self.clips.last().copied().unwrap_or(area);
        self.clips.push(area.intersect(outer));
    }
}

impl<'a> Device<'a> for GlyphCollector {
    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        mode: &DrawMode,
    ) {
        let ink = self.ink(&props.paint, mode);
        for glyph in run.glyphs() {
            self.count(1);
            let Some(text) = self.typefaces.words(glyph) else {
                self.unknown += 1;
                continue;
            };
            let place = props.transform * glyph.transform();
            self.collect(place, advance(glyph), &text, ink);
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
                content.actual_text = Some(super::form::decoded(words.as_bytes()));
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

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(1);
        let (DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _)) = mode else {
            return;
        };
        if self.fills.len() >= MOST_FILLS {
            return;
        }
        let covers = props.blend_mode == BlendMode::Normal
            && props.soft_mask.is_none()
            && self.groups.iter().all(|(_, covers)| *covers);
        let path = props.transform * path;
        let ink = self.ink(&props.paint, mode);
        let mut area = path.bounding_box();
        if let Some(clip) = self.clips.last() {
            area = area.intersect(*clip);
        }
        let is_even_odd = matches!(rule, FillRule::EvenOdd);
        self.fills.extend(Fill::new(path, area, is_even_odd, ink, covers));
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, area: &Rect) {
        self.push_clip(*area);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        blend: BlendMode,
    ) {
        self.count(1);
        let covers = mask.is_none() && blend == BlendMode::Normal;
        self.groups.push((opacity, covers));
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count(1);
        let size =
            Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.pictures.push(props.transform.transform_rect_bbox(size));
    }
}
