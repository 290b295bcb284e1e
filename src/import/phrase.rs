//! Where a phrase of the template is in a letter, even if it was broken, retyped or
//! edited.

use std::ops::Range;

use super::normalize::{Normalized, normalize};

/// A longer phrase is a sentence, and no label of a narrow cell.
const LONGEST_LABEL: usize = 40;

/// So many characters at the beginning and at the end of an edited phrase must be the
/// template's, for it to be known.
const KNOWN_BY: usize = 14;

/// Where a phrase is.
pub(super) struct FoundPhrase {
    pub range: Range<usize>,
    /// A value between its words, as in a table's cell whose label is broken over two
    /// lines.
    pub value_within: Option<Range<usize>>,
    /// Whether it says something else than the template's.
    pub is_edited: bool,
}

impl FoundPhrase {
    pub(super) fn exact(range: Range<usize>) -> Self {
        Self { range, value_within: None, is_edited: false }
    }

    fn edited(range: Range<usize>) -> Self {
        Self { range, value_within: None, is_edited: true }
    }
}

/// The phrase in a range of positions: as the template has it, or else the nearest to it
/// that is known.
pub(super) fn locate(
    text: &Normalized<'_>,
    phrase: &str,
    range: Range<usize>,
) -> Option<FoundPhrase> {
    let normalized = normalize(phrase);
    if let Some(start) = text.find_within(&normalized, range.clone()) {
        return Some(FoundPhrase::exact(start..start + normalized.len()));
    }
    if let Some(found) = broken_label(text, phrase, range.clone()) {
        return Some(found);
    }
    if let Some(found) = retyped_label(text, &normalized, range.clone()) {
        return Some(found);
    }
    edited(text, &normalized, range)
}

/// A label with a date between its words: `Application 01/03/2017 Received:`. The state's
/// own letters are published so, because the label takes two lines in its cell.
fn broken_label(
    text: &Normalized<'_>,
    label: &str,
    range: Range<usize>,
) -> Option<FoundPhrase> {
    if label.len() > LONGEST_LABEL {
        return None;
    }
    for (space, _) in label.match_indices(' ') {
        let (front, back) = label.split_at(space);
        let (front, back) = (normalize(front), normalize(back));
        if back.is_empty() {
            continue;
        }
        let Some(start) = text.find(&front, range.start) else { continue };
        let value_start = start + front.len();
        // From 1/3/17 to 01/03/2017.
        let mut lengths = 6..=10;
        let Some(length) =
            lengths.find(|&length| text.is_at(&back, value_start + length))
        else {
            continue;
        };
        let value = value_start..value_start + length;
        let end = value.end + back.len();
        if end <= range.end && is_date(text.words(value.clone())) {
            return Some(FoundPhrase {
                range: start..end,
                value_within: Some(value),
                is_edited: false,
            });
        }
    }
    None
}

fn is_date(words: &str) -> bool {
    words.chars().all(|c| c.is_ascii_digit() || c == '/')
}

/// A label in other capitals, or without its colon, at a line's beginning.
fn retyped_label(
    text: &Normalized<'_>,
    normalized: &str,
    range: Range<usize>,
) -> Option<FoundPhrase> {
    if normalized.len() > LONGEST_LABEL {
        return None;
    }
    let label = normalized.strip_suffix(':')?;
    let mut from = range.start;
    while let Some(start) = text.find_ignoring_case(label, from)
        && start + label.len() <= range.end
    {
        if text.is_cell_start(start) {
            let end = start + label.len();
            let colon = usize::from(text.is_at(":", end));
            return Some(FoundPhrase::edited(start..end + colon));
        }
        from = text.after_char(start);
    }
    None
}

/// A sentence that begins and ends as the template's does and says something else
/// between.
fn edited(
    text: &Normalized<'_>,
    normalized: &str,
    range: Range<usize>,
) -> Option<FoundPhrase> {
    let back_start = normalized.len().checked_sub(KNOWN_BY)?;
    let front = &normalized[..normalized.floor_char_boundary(KNOWN_BY)];
    let back = &normalized[normalized.ceil_char_boundary(back_start)..];
    let start = text.find_within(front, range.clone())?;
    let end = text.find(back, start)? + back.len();
    // Half as long or twice as long, it is two sentences that have nothing to do with
    // each other.
    let (length, usual) = (end - start, normalized.len());
    if end > range.end || length > usual * 2 || length * 2 < usual {
        return None;
    }
    Some(FoundPhrase::edited(start..end))
}
