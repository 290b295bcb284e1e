//! A picture: one strip, in its shape, and never wider than the measure.

use super::page::{Owner, PageItem, PlacedPicture, StructureKind};
use super::setter::Setter;
use super::strip::{Measure, Strip};
use crate::document::{Align, Placed};
use crate::units::{Point, Pt, Rect, Size};

/// Sets a picture in a line of its own.
pub(super) fn set(
    setter: &mut Setter,
    placed: &Placed,
    measure: Measure,
    parent: Option<Owner>,
) -> Strip {
    let owner = setter.open(StructureKind::Figure, parent);
    let (picture, style) = (&placed.picture, &placed.style);
    let shape = picture.width as f32 / picture.height.max(1) as f32;
    let room = setter.page_height.min(placed.height);
    let width = (room * shape).min(measure.width);
    let size = Size { width, height: width / shape.max(f32::MIN_POSITIVE) };
    let spare = measure.width - width;
    let x = match style.align {
        Align::Left | Align::Justify => Pt::ZERO,
        Align::Center => spare / 2.0,
        Align::Right => spare,
    };
    let area = Rect { at: Point { x: measure.left + x, y: Pt::ZERO }, size };
    let items =
        vec![PageItem::Picture(PlacedPicture { picture: picture.clone(), area, owner })];
    Strip {
        height: size.height,
        before: style.space_before,
        after: style.space_after,
        items,
        ..Strip::default()
    }
}
