//! The spaces of a line: drawn, or only left open. Also what is drawn twice to be bold,
//! and accents that are drawn over their letters.

use super::PlacedText;

/// How wide a gap is between words, in sizes, beyond the usual one between letters.
const BETWEEN_WORDS: f64 = 0.12;
/// How wide a gap is between columns of a table, in sizes: no word has such a gap within
/// it, and words of justified lines have none between them.
pub(super) const COLUMN: f64 = 1.8;
/// The same where spaces are drawn, which justified lines widen.
const COLUMN_AFTER_SPACE: f64 = 2.5;
/// How far apart a letter can be that is drawn twice, in sizes.
const TWICE: f64 = 0.16;
/// Letters are spaced out where even the narrow gaps between them are wider than this.
const SPACED_OUT: f64 = 0.08;
/// Fewer letters can be ones that stand alone.
const FEWEST_LETTERS: usize = 6;

/// A line's words, with a tab between what is far apart.
pub(super) fn words(line: &[PlacedText]) -> String {
    let line = drawn_once(line);
    let size = measure(&line);
    let mut words = String::new();
    let mut limits = limits(&line, size).into_iter();
    let mut limit = limits.next().unwrap_or(BETWEEN_WORDS);
    let mut before: Option<&PlacedText> = None;
    let mut end = f64::MIN;
    for text in line {
        if text.is_blank() {
            words.push_str(&text.text);
            continue;
        }
        if let Some(before) = before {
            let is_drawn = words.ends_with(char::is_whitespace);
            let gap = text.at.x - end;
            let column = if is_drawn { COLUMN_AFTER_SPACE } else { COLUMN };
            if gap > column * before.size.max(1.0) {
                words.truncate(words.trim_end().len());
                words.push('\t');
                limit = limits.next().unwrap_or(BETWEEN_WORDS);
            } else if gap > limit * size && !is_drawn {
                words.push(' ');
            }
            if push_accent(&mut words, before, text) {
                end = end.max(text.tip.x);
                continue;
            }
        }
        words.push_str(&text.text);
        end = end.max(text.tip.x);
        before = Some(text);
    }
    words
}

/// The line without letters that are drawn again at nearly the same place.
fn drawn_once(line: &[PlacedText]) -> Vec<&PlacedText> {
    let mut once: Vec<&PlacedText> = Vec::with_capacity(line.len());
    for text in line {
        let is_again = once.iter().rev().take(3).any(|known| {
            let width = (known.tip.x - known.at.x).abs();
            let off = (text.at.x - known.at.x).abs();
            known.text == text.text
                && off < (known.size * TWICE).min(width * 0.6)
                && (text.at.y - known.at.y).abs() < known.size * TWICE
        });
        if !is_again {
            once.push(text);
        }
    }
    once
}

/// What a line's gaps are measured by: the size of its letters, or less where those are
/// narrow.
fn measure(line: &[&PlacedText]) -> f64 {
    let (mut width, mut size, mut count) = (0.0, 0.0, 0.0);
    for text in line.iter().filter(|text| !text.is_blank()) {
        let letters = text.text.chars().count().max(1) as f64;
        width += (text.tip.x - text.at.x).abs();
        size += text.size * letters;
        count += letters;
    }
    if count == 0.0 {
        return 1.0;
    }
    let (width, size) = (width / count, size / count);
    // A letter is half as wide as high, on average.
    (width * 2.2).clamp(size * 0.4, size).max(0.1)
}

/// How wide a gap is between words, in sizes, in each part of the line between columns.
fn limits(line: &[&PlacedText], size: f64) -> Vec<f64> {
    let parts =
        line.chunk_by(|one, other| other.at.x - one.tip.x <= COLUMN * one.size.max(1.0));
    parts
        .map(|part| between_letters(part, size) + BETWEEN_WORDS)
        .collect()
}

/// How wide the gaps are within a word that is spaced out, in sizes; 0 for others.
fn between_letters(line: &[&PlacedText], size: f64) -> f64 {
    let mut gaps: Vec<f64> = Vec::new();
    for pair in line.windows(2) {
        if !pair[0].is_blank() && !pair[1].is_blank() {
            gaps.push((pair[1].at.x - pair[0].tip.x) / size);
        }
    }
    if gaps.len() < FEWEST_LETTERS {
        return 0.0;
    }
    gaps.sort_by(f64::total_cmp);
    let (least, narrow) = (gaps[gaps.len() / 20], gaps[gaps.len() / 4]);
    if least < SPACED_OUT {
        return 0.0;
    }
    // Letters that stand alone have the gaps of words; spaced-out words have wider ones
    // between them.
    let wide = gaps.iter().filter(|gap| **gap > narrow + BETWEEN_WORDS).count();
    let are_words = wide > 0 && wide * 3 <= gaps.len();
    if narrow < 0.22 || are_words { narrow } else { 0.0 }
}

fn is_letter(text: &PlacedText) -> bool {
    text.text.chars().all(char::is_alphabetic)
}

/// Puts an accent on the letter that it is drawn over, whichever of the two came first.
fn push_accent(words: &mut String, before: &PlacedText, text: &PlacedText) -> bool {
    let overlap = before.tip.x.min(text.tip.x) - before.at.x.max(text.at.x);
    let narrow = (before.tip.x - before.at.x).min(text.tip.x - text.at.x);
    if overlap < narrow * 0.6 {
        return false;
    }
    if let Some(accent) = combining(&text.text)
        && words.ends_with(char::is_alphabetic)
    {
        words.push(accent);
        return true;
    }
    if let Some(accent) = combining(&before.text)
        && is_letter(text)
        && words.ends_with(&before.text)
    {
        words.truncate(words.len() - before.text.len());
        words.push_str(&text.text);
        words.push(accent);
        return true;
    }
    false
}

/// The accent that goes onto a letter, for one that stands alone.
fn combining(text: &str) -> Option<char> {
    Some(match text {
        "`" => '\u{300}',
        "´" => '\u{301}',
        "ˆ" => '\u{302}',
        "˜" => '\u{303}',
        "¯" => '\u{304}',
        "¨" => '\u{308}',
        "˚" => '\u{30a}',
        "ˇ" => '\u{30c}',
        "¸" => '\u{327}',
        _ => return None,
    })
}
