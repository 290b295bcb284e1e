//! What a letter says twice, or makes of its fields: the letter that was read must say it
//! too, or the words are kept.

use std::ops::Range;

use super::normalize::{Normalized, normalize};
use super::reader::keep;
use crate::letter::Letter;
use crate::template::{LetterCopy, Template};

/// Words of fewer characters stand in many places: they are looked for with so many of
/// those around them.
const STRONG: usize = 12;

/// Keeps those of the stretches, in bytes of the source, that the letter does not say.
pub(super) fn keep_unsaid(
    letter: &mut Letter,
    template: &Template,
    source: &str,
    stretches: &[Range<usize>],
) {
    if stretches.is_empty() {
        return;
    }
    let texts = [LetterCopy::Served, LetterCopy::Public]
        .map(|copy| template.fill(letter, copy).0.text());
    let said = texts.each_ref().map(|text| Normalized::new(text));
    let source_text = Normalized::new(source);
    for stretch in stretches {
        let words = normalize(&source[around(&source_text, stretch)]);
        if said.iter().all(|said| said.find(&words, 0).is_none()) {
            keep(letter, source, stretch.clone(), None);
        }
    }
}

/// Lets go of what was not understood where it is what the letter says on every page.
pub(super) fn forget_running(letter: &mut Letter, template: &Template) {
    if letter.unread.is_empty() {
        return;
    }
    // The numbers of pages are figures, and other figures are of the case, which the body
    // has too.
    let plain = |line: &str| normalize(line).replace(|c: char| c.is_ascii_digit(), "");
    let running: Vec<String> = template
        .fill(letter, LetterCopy::Served)
        .0
        .running_lines()
        .iter()
        .map(|line| plain(line))
        .collect();
    letter.unread.retain(|unread| !running.contains(&plain(&unread.text)));
}

fn around(source: &Normalized<'_>, stretch: &Range<usize>) -> Range<usize> {
    let (start, end) = (source.before(stretch.start), source.before(stretch.end));
    let more = if end - start < STRONG { STRONG } else { 0 };
    source.range(start.saturating_sub(more)..(end + more).min(source.len()))
}
