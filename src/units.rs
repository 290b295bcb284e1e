//! Lengths and places on paper that cannot be mixed up: points, millimetres, and what is
//! made of them.
//!
//! A page's origin is its top left corner; x grows to the right and y grows downward, as
//! text is read. PDF's own bottom-left origin is known to the exporter alone.

use std::hash::{Hash, Hasher};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// A length in points, 1/72 inch.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pt(pub f32);

/// A length in millimetres, as paper is sold.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mm(pub f32);

impl From<Mm> for Pt {
    fn from(length: Mm) -> Self {
        Self(length.0 * 72.0 / 25.4)
    }
}

impl Pt {
    pub const ZERO: Self = Self(0.0);

    /// A length given in inches.
    pub const fn from_inches(inches: f32) -> Self {
        Self(inches * 72.0)
    }

    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

impl Hash for Pt {
    /// Lengths that are equal hash alike: adding zero turns the negative zero into the
    /// other one.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0 + 0.0).to_bits().hash(state);
    }
}

impl Add for Pt {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Pt {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Pt {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f32> for Pt {
    type Output = Self;
    fn mul(self, factor: f32) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<f32> for Pt {
    type Output = Self;
    fn div(self, divisor: f32) -> Self {
        Self(self.0 / divisor)
    }
}

impl AddAssign for Pt {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Pt {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Pt {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

/// A place on a page, from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Hash)]
pub struct Point {
    pub x: Pt,
    pub y: Pt,
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Hash)]
pub struct Size {
    pub width: Pt,
    pub height: Pt,
}

/// An upright rectangle on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Hash)]
pub struct Rect {
    /// Its top left corner.
    pub at: Point,
    pub size: Size,
}

impl Rect {
    pub fn right(&self) -> Pt {
        self.at.x + self.size.width
    }

    pub fn bottom(&self) -> Pt {
        self.at.y + self.size.height
    }

    /// The smallest that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (left, top) = (self.at.x.min(other.at.x), self.at.y.min(other.at.y));
        let right = self.right().max(other.right());
        let bottom = self.bottom().max(other.bottom());
        let size = Size { width: right - left, height: bottom - top };
        Self { at: Point { x: left, y: top }, size }
    }

    pub fn contains(&self, point: Point) -> bool {
        (self.at.x..self.right()).contains(&point.x)
            && (self.at.y..self.bottom()).contains(&point.y)
    }
}

/// The white border of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    pub top: Pt,
    pub right: Pt,
    pub bottom: Pt,
    pub left: Pt,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inch_is_the_same_in_both_units() {
        assert_eq!(Pt::from(Mm(25.4)), Pt::from_inches(1.0));
    }

    #[test]
    fn a_rectangle_holds_its_top_left_corner_but_not_its_bottom_right_one() {
        let rect =
            Rect { at: Point::default(), size: Size { width: Pt(2.0), height: Pt(2.0) } };
        assert!(rect.contains(Point::default()));
        assert!(!rect.contains(Point { x: Pt(2.0), y: Pt(2.0) }));
    }

    #[test]
    fn a_union_reaches_as_far_as_both() {
        let square = |x, y| Rect {
            at: Point { x: Pt(x), y: Pt(y) },
            size: Size { width: Pt(1.0), height: Pt(1.0) },
        };
        let both = square(3.0, 0.0).union(&square(1.0, 4.0));
        let size = Size { width: Pt(3.0), height: Pt(5.0) };
        assert_eq!(both, Rect { at: Point { x: Pt(1.0), y: Pt(0.0) }, size });
    }
}
