//! A page set upright: scans lie a degree askew, tables are printed sideways, and
//! watermarks run across.

use hayro::kurbo::{Affine, Vec2};

use super::PlacedText;

/// Angles that differ by fewer degrees are one: each line of a recognized page has an
/// angle of its own.
const SAME: f64 = 4.0;

/// The angle at which most of a page's words run, in degrees; those of a page that has
/// nothing but a mark across it run straight.
pub(super) fn turn(texts: &[PlacedText]) -> f64 {
    let turn = most_common(texts);
    let off = (turn / 90.0).round() * 90.0 - turn;
    if off.abs() > 2.0 * SAME { 0.0 } else { turn }
}

/// The angle that most words have, whatever it is.
pub(super) fn most_common(texts: &[PlacedText]) -> f64 {
    let mut counts = [0_usize; 360];
    for text in texts {
        if !text.is_blank() {
            counts[(angle(text).round() as i64).rem_euclid(360) as usize] += 1;
        }
    }
    let around =
        |at: usize| counts[(at + 359) % 360] + counts[at] + counts[(at + 1) % 360];
    let mut best = 0;
    for at in 1..360 {
        if around(at) > around(best) {
            best = at;
        }
    }
    let (mut sum, mut count) = (0.0, 0.0);
    for text in texts {
        let off = difference(angle(text), best as f64);
        if !text.is_blank() && off.abs() <= 2.0 {
            sum += off;
            count += 1.0;
        }
    }
    if count > 0.0 { best as f64 + sum / count } else { 0.0 }
}

/// Turns the words that run at this angle upright, and takes out those that do not.
pub(super) fn set(texts: &mut Vec<PlacedText>, turn: f64) -> Vec<PlacedText> {
    let slanted = super::take(texts, |text| difference(angle(text), turn).abs() > SAME);
    if difference(turn, 0.0).abs() > 0.01 {
        let back = Affine::rotate(-turn.to_radians());
        for text in texts {
            text.at = back * text.at;
            text.tip = back * text.tip;
        }
    }
    slanted
}

/// The angle at which a text runs, in degrees, clockwise from left to right.
fn angle(text: &PlacedText) -> f64 {
    let Vec2 { x, y } = text.tip - text.at;
    // What takes no room, or is written backward to be moved over, runs straight.
    if y == 0.0 { if x < 0.0 { 180.0 } else { 0.0 } } else { y.atan2(x).to_degrees() }
}

fn difference(one: f64, other: f64) -> f64 {
    (one - other + 180.0).rem_euclid(360.0) - 180.0
}
