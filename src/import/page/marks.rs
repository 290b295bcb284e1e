//! What was put on the paper besides the letter: marks across it, pale words behind it,
//! and stamps.

use super::runs::{self, Run};
use super::{PlacedText, lines, take, upright};

/// A pale word of so many times the page's usual size is a watermark.
const LARGE: f64 = 1.8;
/// At how many angles a page has marks.
const MOST_ANGLES: usize = 8;
/// What is within so many sizes of a stamp's line belongs to it, or else is beside it.
const NEAR: f64 = 1.3;
/// How far apart the edges of a stamp's lines can be, in points.
const ALIGNED: f64 = 4.0;
/// A stamp has few words.
const LONGEST_STAMP: usize = 40;

/// What stamps say.
const STAMPS: &[&str] = &[
    "RECEIVED",
    "FILED",
    "COPY",
    "DRAFT",
    "ORIGINAL",
    "DUPLICATE",
    "SCANNED",
    "FAXED",
    "ENTERED",
    "MAILED",
    "VOID",
    "PAID",
    "URGENT",
    "RUSH",
    "APPROVED",
    "CONFIDENTIAL",
    "SAMPLE",
    "POSTED",
    "CLOSED",
    "REVISED",
];

/// The words of marks, each at its own angle, on one line; none for nothing.
pub(super) fn words(mut texts: Vec<PlacedText>) -> Option<String> {
    let mut found = Vec::new();
    for _ in 0..MOST_ANGLES {
        if texts.is_empty() {
            break;
        }
        let turn = upright::most_common(&texts);
        let rest = upright::set(&mut texts, turn);
        let text = lines::text(runs::of(texts));
        found.extend(text.split_whitespace().map(str::to_owned));
        texts = rest;
    }
    if found.is_empty() { None } else { Some(found.join(" ")) }
}

/// Takes out pale words that are much larger than the page's usual ones.
pub(super) fn pale(texts: &mut Vec<PlacedText>) -> Vec<PlacedText> {
    if !texts.iter().any(|text| text.is_pale) {
        return Vec::new();
    }
    let mut sizes: Vec<f64> = texts
        .iter()
        .filter(|text| !text.is_blank() && !text.is_pale)
        .map(|text| text.size)
        .collect();
    if sizes.is_empty() {
        return Vec::new();
    }
    let middle = sizes.len() / 2;
    let (_, usual, _) = sizes.select_nth_unstable_by(middle, f64::total_cmp);
    let limit = *usual * LARGE;
    take(texts, |text| text.is_pale && text.size > limit)
}

/// Takes out stamps, and gives the words of each: a word that stamps have, or capitals in
/// the color of ink, alone or with what is right above and below, and nothing near beside.
pub(super) fn stamps(found: &mut Vec<Run>) -> Vec<String> {
    let mut stamps = Vec::new();
    while let Some(first) = found.iter().position(|run| says_stamp(run, found)) {
        let mut stamp = vec![found.remove(first)];
        while let Some(next) = found.iter().position(|run| belongs(run, &stamp)) {
            stamp.push(found.remove(next));
        }
        stamp.sort_by(|one, other| one.y.total_cmp(&other.y));
        let words: Vec<String> = stamp.iter().map(Run::words).collect();
        stamps.push(words.join(" "));
    }
    stamps
}

fn says_stamp(run: &Run, all: &[Run]) -> bool {
    let words = run.words();
    let Some(first) = words.split([' ', ':']).next() else { return false };
    let is_loud = !words.chars().any(char::is_lowercase) && words.len() > 2;
    let is_stamp = STAMPS.contains(&first) || is_loud && is_vivid(run.color());
    is_stamp && words.len() <= LONGEST_STAMP && !is_heading(run, all)
}

/// Whether a color is one, as stamping ink is.
fn is_vivid(color: [u8; 3]) -> bool {
    let (most, least) = (color.iter().max(), color.iter().min());
    most.zip(least).is_some_and(|(most, least)| most - least >= 6)
}

/// Whether words stand on the letter's own lines: at its left edge, in its middle, or
/// right beside others.
fn is_heading(run: &Run, all: &[Run]) -> bool {
    let left = all.iter().map(|run| run.left).fold(f64::MAX, f64::min);
    let right = all.iter().map(|run| run.right).fold(f64::MIN, f64::max);
    let (middle, half) = (f64::midpoint(left, right), (right - left) / 2.0);
    let is_centered = (f64::midpoint(run.left, run.right) - middle).abs() < half * 0.1;
    let is_first = run.left - left < run.size;
    let is_beside = all.iter().any(|other| {
        let gap = (other.left - run.right).max(run.left - other.right);
        (other.y - run.y).abs() < run.size * 0.5 && gap > -1.0 && gap < run.size * NEAR
    });
    is_centered || is_first || is_beside
}

/// Whether a run is a stamp's next line: above or below, aligned with it, of its color,
/// and of capitals and figures as it is.
fn belongs(run: &Run, stamp: &[Run]) -> bool {
    let words = run.words();
    let is_loud = !words.chars().any(char::is_lowercase) && words.len() <= LONGEST_STAMP;
    is_loud
        && stamp.iter().any(|line| {
            let reach = line.size.max(run.size) * NEAR;
            let is_near = (1.0..reach).contains(&(line.y - run.y).abs());
            let (start, end) =
                ((line.left - run.left).abs(), (line.right - run.right).abs());
            let middle = (line.left + line.right - run.left - run.right).abs() / 2.0;
            let is_aligned = start.min(end).min(middle) < ALIGNED;
            let is_alike = line.size / run.size < 2.0 && run.size / line.size < 2.0;
            is_near && is_aligned && is_alike && line.color() == run.color()
        })
}
