//! What of a page's words a reader sees: not those that are outside of the page, in the
//! color of what is under them, under a box, or not painted at all. Words that are not
//! painted are the letter's where a picture shows them: a scanned page, recognized.

use hayro::kurbo::{BezPath, Point, Rect, Shape};

use super::collector::DrawnText;
use crate::import::page::{PlacedText, Standing};

/// More fills than a page has that means something by them.
pub(super) const MOST_FILLS: usize = 500;
/// Fills of fewer points across are rules and underlines.
const THINNEST: f64 = 3.0;
/// A shape of more pieces is a drawing and no box.
const MOST_ELEMENTS: usize = 64;
/// Colors as near as these cannot be told apart, on a scale from 0 to 1.
const SAME_COLOR: f32 = 0.08;
/// Ink that lets more through than this is not seen.
const FAINTEST: f32 = 0.06;
/// Letters of fewer points cannot be read.
const SMALLEST: f64 = 1.5;

/// What something is painted with.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    None,
    Color { rgb: [f32; 3], alpha: f32 },
    Pattern,
}

impl Ink {
    /// Whether it is lighter than a letter's words are, as a watermark's is.
    pub(super) fn is_pale(self) -> bool {
        match self {
            Self::Color { rgb, alpha } => {
                let [red, green, blue] = rgb;
                let light = 0.299 * red + 0.587 * green + 0.114 * blue;
                alpha < 0.65 || 1.0 - alpha * (1.0 - light) > 0.55
            }
            Self::None | Self::Pattern => false,
        }
    }

    /// Its red, green and blue, in sixteen steps each.
    pub(super) fn color(self) -> [u8; 3] {
        match self {
            Self::Color { rgb, .. } => rgb.map(|part| (part * 15.0).round() as u8),
            Self::None | Self::Pattern => [0; 3],
        }
    }
}

/// Something painted over a part of the page.
pub(super) struct Fill {
    path: BezPath,
    area: Rect,
    is_even_odd: bool,
    ink: Ink,
    /// Nothing below it shows through.
    covers: bool,
}

impl Fill {
    /// `None` for what can neither hide a letter nor be its ground.
    pub(super) fn new(
        path: BezPath,
        area: Rect,
        is_even_odd: bool,
        ink: Ink,
        covers: bool,
    ) -> Option<Self> {
        let is_thin = area.width() < THINNEST || area.height() < THINNEST;
        if is_thin || path.elements().len() > MOST_ELEMENTS {
            return None;
        }
        let covers = covers && matches!(ink, Ink::Color { alpha, .. } if alpha > 0.95);
        Some(Self { path, area, is_even_odd, ink, covers })
    }

    fn holds(&self, point: Point) -> bool {
        if !self.area.contains(point) {
            return false;
        }
        let winding = self.path.winding(point);
        if self.is_even_odd { winding % 2 != 0 } else { winding != 0 }
    }
}

/// The texts, each with what it is to the letter.
pub(super) fn settled(
    texts: Vec<DrawnText>,
    fills: &[Fill],
    pictures: &[Rect],
) -> Vec<PlacedText> {
    let is_bare = !texts.iter().any(|text| is_painted(text) && !text.is_cut_away);
    let mut settled = Vec::with_capacity(texts.len());
    for text in texts {
        let is_seen = text.placed.text.trim().is_empty()
            || match text.ink {
                Ink::None => {
                    let middle = middle(&text.placed);
                    is_bare || pictures.iter().any(|area| area.contains(middle))
                }
                Ink::Color { .. } | Ink::Pattern => is_seen(&text, fills),
            };
        let mut placed = text.placed;
        if text.is_cut_away || !is_seen {
            placed.standing = Standing::Unseen;
        }
        settled.push(placed);
    }
    settled
}

fn is_painted(text: &DrawnText) -> bool {
    !matches!(text.ink, Ink::None) && !text.placed.text.trim().is_empty()
}

/// The middle of a small letter.
fn middle(text: &PlacedText) -> Point {
    let along = text.tip - text.at;
    let up = if along.hypot() > 0.0 {
        along.turn_90() * (-0.25 * text.size / along.hypot())
    } else {
        (0.0, -0.25 * text.size).into()
    };
    text.at + along * 0.5 + up
}

fn is_seen(text: &DrawnText, fills: &[Fill]) -> bool {
    if text.placed.size < SMALLEST {
        return false;
    }
    let middle = middle(&text.placed);
    let (before, after) = fills.split_at(text.fills_before);
    if after.iter().any(|fill| fill.covers && fill.holds(middle)) {
        return false;
    }
    let Ink::Color { rgb, alpha } = text.ink else { return true };
    if alpha < FAINTEST {
        return false;
    }
    let ground = before.iter().rev().find(|fill| fill.covers && fill.holds(middle));
    let ground = match ground {
        Some(Fill { ink: Ink::Color { rgb, .. }, .. }) => *rgb,
        Some(_) => return true,
        None => [1.0; 3],
    };
    let far = rgb.iter().zip(ground).map(|(one, other)| (one - other).abs());
    far.fold(0.0, f32::max) * alpha > SAME_COLOR
}
