//! How large the pages are and where each is: one under the other, or two and two beside
//! each other where there is room for both.

use egui::{Rect, Vec2, pos2, vec2};

use super::Zoom;
use crate::layout::Pages;

/// Points of the screen for a point of the paper at full size: 96 of those, and 72 of
/// these, are an inch.
pub(super) const FULL_SIZE: f32 = 96.0 / 72.0;
/// How wide a sheet of letter paper is, in points of the paper.
pub(super) const LETTER_WIDTH: f32 = 612.0;
/// Beyond this a page is no easier to read, and the next one is more use.
const LARGEST_FIT: f32 = 1.25;
/// Two pages are shown beside each other where each is this large at least.
const TWO_FIT: f32 = 0.85;
/// The gap between pages, and around them.
pub(super) const GAP: f32 = 16.0;

/// The pages where they are drawn, from the upper left corner of all.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spread {
    /// The size of a page on the screen.
    sheet: Vec2,
    pages: usize,
    columns: usize,
    /// The room for all.
    room: Vec2,
    scale: f32,
    /// The scale at which a page has its true size on the screen.
    full: f32,
}

impl Spread {
    /// The pages in a room of this size, where everything is drawn larger by `ui_zoom`.
    pub(super) fn new(zoom: Zoom, pages: &Pages, room: Vec2, ui_zoom: f32) -> Self {
        let paper = vec2(pages.paper().width.0, pages.paper().height.0);
        Self::of_paper(zoom, paper, pages.len(), room, ui_zoom)
    }

    fn of_paper(zoom: Zoom, paper: Vec2, pages: usize, room: Vec2, ui_zoom: f32) -> Self {
        let full = FULL_SIZE / ui_zoom;
        let one = (room.x - 2.0 * GAP) / paper.x;
        let two = (room.x - 3.0 * GAP) / (2.0 * paper.x);
        let (scale, columns) = match zoom {
            Zoom::Scale(scale) if pages > 1 && scale <= two => (scale, 2),
            Zoom::Scale(scale) => (scale, 1),
            Zoom::Fit if one <= LARGEST_FIT * full => (one.max(super::SMALLEST), 1),
            Zoom::Fit if pages > 1 && two >= TWO_FIT * full => {
                (two.min(LARGEST_FIT * full), 2)
            }
            Zoom::Fit => (LARGEST_FIT * full, 1),
        };
        Self { sheet: paper * scale, pages, columns, room, scale, full }
    }

    pub(super) fn pages(&self) -> usize {
        self.pages
    }

    pub(super) fn scale(&self) -> f32 {
        self.scale
    }

    /// How large pages are on the screen; 100 is true size.
    pub(super) fn percent(&self) -> f32 {
        self.scale / self.full * 100.0
    }

    /// The size of all pages with what is around them.
    pub(super) fn size(&self) -> Vec2 {
        let rows = self.pages.div_ceil(self.columns) as f32;
        let width = self.row_width() + 2.0 * GAP;
        vec2(width.max(self.room.x), GAP + rows * (self.sheet.y + GAP))
    }

    fn row_width(&self) -> f32 {
        let columns = self.columns as f32;
        columns * self.sheet.x + (columns - 1.0) * GAP
    }

    /// Where a page is.
    pub(super) fn place(&self, page: usize) -> Rect {
        let (row, column) = (page / self.columns, page % self.columns);
        let left = (self.size().x - self.row_width()) / 2.0;
        let min = pos2(
            left + column as f32 * (self.sheet.x + GAP),
            GAP + row as f32 * (self.sheet.y + GAP),
        );
        Rect::from_min_size(min, self.sheet)
    }

    /// What is seen where all is scrolled by this much.
    pub(super) fn seen(&self, offset: Vec2) -> Seen {
        let (page, _) = self.point(offset + self.room * MIDDLE);
        Seen { spread: self.clone(), page, offset }
    }

    /// The page that a point is on or nearest to, and which point of it, as parts of its
    /// sides.
    fn point(&self, at: Vec2) -> (usize, Vec2) {
        let at = at.to_pos2();
        let distance = |page: &usize| self.place(*page).distance_sq_to_pos(at);
        let nearest = (0..self.pages)
            .min_by(|one, other| distance(one).total_cmp(&distance(other)))
            .unwrap_or_default();
        (nearest, (at - self.place(nearest).min) / self.sheet)
    }
}

/// The middle of the room, as parts of its sides.
pub(super) const MIDDLE: Vec2 = vec2(0.5, 0.5);

/// What was seen in the last frame.
pub(super) struct Seen {
    spread: Spread,
    /// The page in the middle.
    pub(super) page: usize,
    offset: Vec2,
}

impl Seen {
    pub(super) fn scale(&self) -> f32 {
        self.spread.scale
    }

    /// How far a changed spread is scrolled so that what was seen at a place stays there,
    /// which is given as parts of the room's sides; `None` where nothing has changed.
    pub(super) fn offset_in(&self, spread: &Spread, at: Vec2) -> Option<Vec2> {
        let is_same = spread.sheet == self.spread.sheet
            && spread.columns == self.spread.columns
            && spread.room == self.spread.room;
        if is_same {
            return None;
        }
        let (page, within) = self.spread.point(self.offset + self.spread.room * at);
        let there = spread.place(page).min + within * spread.sheet;
        let most = (spread.size() - spread.room).max(Vec2::ZERO);
        let mut offset = (there.to_vec2() - spread.room * at).clamp(Vec2::ZERO, most);
        // What begins at the top goes on doing so, unless a place is meant.
        if at == MIDDLE && self.offset.y <= 0.0 {
            offset.y = 0.0;
        }
        Some(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: Vec2 = vec2(LETTER_WIDTH, 792.0);

    #[track_caller]
    fn check(width: f32, ui_zoom: f32, pages: usize, percent: f32, columns: usize) {
        let room = vec2(width, 700.0);
        let spread = Spread::of_paper(Zoom::Fit, LETTER, pages, room, ui_zoom);
        assert_eq!((spread.percent().round(), spread.columns), (percent, columns));
    }

    #[test]
    fn the_letter_is_as_large_as_it_is_read_well_and_then_two_pages_are_shown() {
        check(660.0, 1.0, 4, 77.0, 1);
        check(860.0, 1.0, 4, 101.0, 1);
        check(1052.0, 1.0, 4, 125.0, 1);
        check(1300.0, 1.0, 4, 125.0, 1);
        check(1640.0, 1.0, 4, 98.0, 2);
        check(1640.0, 1.0, 1, 125.0, 1);
    }

    #[test]
    fn percent_is_of_true_size_however_large_everything_is_drawn() {
        check(440.0, 2.0, 4, 100.0, 1);
        check(900.0, 2.0, 4, 104.0, 2);
    }

    #[test]
    fn a_place_of_the_page_stays_where_it_is() {
        let room = vec2(660.0, 700.0);
        let before = Spread::of_paper(Zoom::Fit, LETTER, 9, room, 1.0);
        let seen = before.seen(vec2(0.0, 2100.0));
        assert_eq!(seen.offset_in(&before, MIDDLE), None);
        let at = vec2(0.5, 0.8);
        for (zoom, room) in [
            (Zoom::Scale(1.9), room),
            (Zoom::Fit, vec2(500.0, 500.0)),
            (Zoom::Fit, vec2(1700.0, 900.0)),
        ] {
            let after = Spread::of_paper(zoom, LETTER, 9, room, 1.0);
            for at in [MIDDLE, at] {
                let offset = seen.offset_in(&after, at).unwrap();
                let (page, within) = before.point(seen.offset + before.room * at);
                let y = after.place(page).min.y + within.y * after.sheet.y;
                let part = (y - offset.y) / after.room.y;
                assert!((part - at.y).abs() < 0.01, "{room:?} at {at}: {part}");
            }
        }
    }

    #[test]
    fn what_begins_at_the_top_stays_there() {
        let room = vec2(660.0, 700.0);
        let before = Spread::of_paper(Zoom::Fit, LETTER, 4, room, 1.0);
        let after = Spread::of_paper(Zoom::Scale(0.5), LETTER, 4, room, 1.0);
        let offset = before.seen(Vec2::ZERO).offset_in(&after, MIDDLE).unwrap();
        assert!(offset.y.abs() < 0.01, "{offset}");
    }
}
