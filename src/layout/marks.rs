//! Marks that are drawn and never text: the labels of gaps and the watermark of an
//! unfinished letter.

use crate::typefaces::{Face, Outline, Segment};
use crate::units::{Point, Pt, Size};

/// A gap's mark, ready to be put into a line.
pub(super) struct Mark {
    pub size: Size,
    /// The distance of the line's baseline from the mark's top.
    pub baseline: Pt,
    pub outline: Outline,
    /// The start of the label's own baseline, from the mark's top left corner.
    pub label_at: Point,
}

/// Labels are smaller than the words around them, so that nobody takes them for the
/// letter's.
const LABEL_SIZE: f32 = 0.78;

/// The mark for a place that is still to be filled, in words of this size and no wider
/// than `room`.
pub(super) fn gap(label: &str, size: Pt, room: Pt) -> Mark {
    let label_size = size * LABEL_SIZE;
    let padding = size * 0.3;
    let (outline, width) = shortened(label, label_size, room - padding * 2.0);
    // Together a little less than a line's height, so that a mark does not push lines
    // apart.
    let (above, below) = (size * 0.8, size * 0.22);
    Mark {
        size: Size { width: width + padding * 2.0, height: above + below },
        baseline: above,
        outline,
        label_at: Point { x: padding, y: above - size * 0.04 },
    }
}

/// The label's outlines and width, cut short with an ellipsis where there is no room for
/// all of it.
fn shortened(label: &str, size: Pt, room: Pt) -> (Outline, Pt) {
    let whole = Face::Regular.outline(label, size);
    if whole.1 <= room {
        return whole;
    }
    for (end, _) in label.char_indices().rev() {
        let start = format!("{}…", label[..end].trim_end());
        let cut = Face::Regular.outline(&start, size);
        if cut.1 <= room {
            return cut;
        }
    }
    (Outline::default(), Pt::ZERO)
}

/// The word across every page of a letter that may not be issued yet, rising along the
/// paper's diagonal.
pub(super) fn watermark(paper: Size) -> Outline {
    let (word, width) = Face::Bold.outline("DRAFT", Pt(100.0));
    let diagonal =
        (paper.width.0 * paper.width.0 + paper.height.0 * paper.height.0).sqrt();
    let (sin, cos) = (paper.height.0 / diagonal, paper.width.0 / diagonal);
    let scale = 0.62 * diagonal / width.0.max(1.0);
    // Capitals of this face are 0.66 of its size high: half of that above and below the
    // diagonal.
    let center = (width.0 / 2.0, -33.0);
    let turn = |point: Point| {
        let (x, y) = ((point.x.0 - center.0) * scale, (point.y.0 - center.1) * scale);
        Point {
            x: Pt(paper.width.0 / 2.0 + x * cos + y * sin),
            y: Pt(paper.height.0 / 2.0 - x * sin + y * cos),
        }
    };
    let turned = word.0.iter().map(|segment| match *segment {
        Segment::Move(to) => Segment::Move(turn(to)),
        Segment::Line(to) => Segment::Line(turn(to)),
        Segment::Curve(first, second, to) => {
            Segment::Curve(turn(first), turn(second), turn(to))
        }
    });
    Outline(turned.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_too_long_for_its_line_is_cut_short() {
        let mark = gap(
            "date of the utilization review denial, as it stands on the notice",
            Pt(12.0),
            Pt(100.0),
        );
        assert!(mark.size.width <= Pt(100.0) && mark.size.width > Pt(80.0));
    }

    #[test]
    fn the_watermark_stays_on_the_paper() {
        let paper = Size { width: Pt(612.0), height: Pt(792.0) };
        let inside = |point: &Point| {
            (0.0..612.0).contains(&point.x.0) && (0.0..792.0).contains(&point.y.0)
        };
        assert!(watermark(paper).0.iter().all(|segment| match segment {
            Segment::Move(to) | Segment::Line(to) | Segment::Curve(_, _, to) =>
                inside(to),
        }));
    }
}
