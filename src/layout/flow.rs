//! Strips onto pages: where each page ends, and what that moves along.

use super::page::{Artifact, Ground, Owner, Page, PageItem};
use super::strip::{Join, Strip, height};
use crate::units::{Pt, Rect};

/// The room for text on every page, from its top to its bottom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub top: Pt,
    pub bottom: Pt,
}

impl Frame {
    /// How much of a page is left for text.
    pub(super) fn height(self) -> Pt {
        self.bottom - self.top
    }
}

/// Sums of many lengths are not exact: what is over by less than this still fits.
const TOLERANCE: Pt = Pt(0.01);

/// Fills pages from top to bottom; there is at least one.
pub(super) fn pour(
    strips: &[Strip],
    header_rows: &[Vec<Strip>],
    frame: Frame,
) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut rest = strips;
    while !rest.is_empty() {
        let mut header_row: &[Strip] = &[];
        if let Some(first) = rest.first()
            && let Some(index) = first.header_row
        {
            header_row = &header_rows[index];
        }
        let room = frame.height() - height(header_row);
        let (page, after) = rest.split_at(page_end(rest, room));
        pages.push(fill(page, header_row, after.first(), frame));
        rest = after;
    }
    if pages.is_empty() {
        pages.push(Page { items: Vec::new() });
    }
    pages
}

/// How many strips the page holds: at least one, so that every page goes on.
fn page_end(strips: &[Strip], room: Pt) -> usize {
    let mut used = Pt::ZERO;
    for (index, strip) in strips.iter().enumerate() {
        if index > 0 && strip.join == Join::NewPage {
            return index;
        }
        used += gap(strips, index) + strip.height;
        if index > 0 && used > room + TOLERANCE {
            return best_break(strips, index);
        }
    }
    strips.len()
}

/// The distance of a strip from the one before it on the same page.
fn gap(strips: &[Strip], index: usize) -> Pt {
    match &strips[..=index] {
        [.., above, strip] => above.after.max(strip.before),
        _ => Pt::ZERO,
    }
}

/// The last place, up to the first strip that does not fit, at which the weakest join is
/// cut: as much as possible stays on the page, and no stronger join is cut than must be.
fn best_break(strips: &[Strip], first_out: usize) -> usize {
    (1..=first_out)
        .rev()
        .min_by_key(|&index| join(strips, index))
        .unwrap_or(first_out)
}

/// How strongly a strip clings to the one before it, as either of the two asks.
fn join(strips: &[Strip], index: usize) -> Join {
    match &strips[..=index] {
        [.., above, strip] if above.keeps_next => strip.join.max(Join::Near),
        _ => strips[index].join,
    }
}

/// Piles strips up on one page, under the header row that they go on with.
fn fill(
    strips: &[Strip],
    header_row: &[Strip],
    next: Option<&Strip>,
    frame: Frame,
) -> Page {
    let mut pile = Pile { y: frame.top, ..Pile::default() };
    for (index, strip) in header_row.iter().enumerate() {
        pile.y += gap(header_row, index);
        let owner = Owner::Artifact(Artifact::RepeatedRow);
        pile.put(
            strip.items.iter().cloned().map(|item| item.moved_to(owner)),
            strip.height,
        );
    }
    pile.rule(strips.first().and_then(|first| first.cut));
    for (index, strip) in strips.iter().enumerate() {
        pile.y += gap(strips, index);
        pile.put(strip.items.iter().cloned(), strip.height);
    }
    pile.rule(next.and_then(|next| next.cut));
    pile.page()
}

/// Piles strips up from `top` on, with nothing around them.
pub(super) fn pile(strips: &[Strip], top: Pt) -> Page {
    fill(strips, &[], None, Frame { top, bottom: top })
}

/// A page in the making.
#[derive(Default)]
struct Pile {
    y: Pt,
    grounds: Vec<Ground>,
    content: Vec<PageItem>,
    rules: Vec<Rect>,
}

impl Pile {
    fn put(&mut self, items: impl Iterator<Item = PageItem>, strip_height: Pt) {
        for item in items {
            match item.moved_down(self.y) {
                PageItem::Rule(rect) => self.add_rule(rect),
                PageItem::Ground(ground) => self.add_ground(ground),
                item @ (PageItem::Glyphs(_)
                | PageItem::Missing(_)
                | PageItem::Gap(_)
                | PageItem::Picture(_)) => {
                    self.content.push(item);
                }
            }
        }
        self.y += strip_height;
    }

    /// Draws a line that is given from the top of what comes next.
    fn rule(&mut self, rule: Option<Rect>) {
        self.put(rule.map(PageItem::Rule).into_iter(), Pt::ZERO);
    }

    /// Lengthens the ground above, where there is one, so that no hairline shows between
    /// the two.
    fn add_ground(&mut self, ground: Ground) {
        let above =
            self.grounds.iter_mut().rev().find(|above| {
                above.gray == ground.gray && touch(above.area, ground.area)
            });
        match above {
            Some(above) => {
                above.area.size.height = ground.area.bottom() - above.area.at.y;
            }
            None => self.grounds.push(ground),
        }
    }

    /// Lengthens the line above; the lower line of a row is the upper line of the next.
    fn add_rule(&mut self, rule: Rect) {
        match self.rules.iter_mut().rev().find(|above| touch(**above, rule)) {
            Some(above) => {
                above.size.height = above.size.height.max(rule.bottom() - above.at.y);
            }
            None => self.rules.push(rule),
        }
    }

    /// Grounds are under words, and lines over both.
    fn page(self) -> Page {
        let grounds = self.grounds.into_iter().map(PageItem::Ground);
        let rules = self.rules.into_iter().map(PageItem::Rule);
        Page { items: grounds.chain(self.content).chain(rules).collect() }
    }
}

/// Whether the lower of two areas goes on where the upper one ends, or is on it.
fn touch(above: Rect, below: Rect) -> bool {
    let same_column = above.at.x == below.at.x && above.size.width == below.size.width;
    same_column && above.at.y <= below.at.y && (below.at.y - above.bottom()) < TOLERANCE
}
