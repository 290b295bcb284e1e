//! Other words in the place of those that were found.

use super::FoundWords;
use crate::letter::fields::{Field, Slot};
use crate::letter::{Guideline, Letter, Source};
use crate::template::Template;

/// Replaces what was found; gives how many places there were. A value that says something
/// else by now is left alone.
pub fn replace(
    letter: &mut Letter,
    template: &Template,
    found: &[FoundWords],
    with: &str,
) -> usize {
    let mut count = 0;
    for value in found.chunk_by(is_same_value) {
        let first = &value[0];
        let Some(field) = template.field(first.path.pattern()) else { continue };
        if first.is_fixed || !still_says(letter, field, first) {
            continue;
        }
        let words = replaced(&first.text, value, with);
        if write(letter, field, first, words).is_some() {
            count += value.len();
        }
    }
    count
}

fn is_same_value(one: &FoundWords, other: &FoundWords) -> bool {
    one.path == other.path && one.part == other.part
}

fn still_says(letter: &Letter, field: &Field, found: &FoundWords) -> bool {
    let Some(value) = field.value(letter, &found.path) else { return false };
    let parts = super::parts(&value);
    parts.get(found.part).is_some_and(|(text, _)| *text == found.text)
}

/// A text with other words in these places.
fn replaced(text: &str, found: &[FoundWords], with: &str) -> String {
    let mut words = text.to_owned();
    for one in found.iter().rev() {
        words.replace_range(one.range.start..one.range.end, with);
    }
    words
}

fn write(
    letter: &mut Letter,
    field: &Field,
    found: &FoundWords,
    words: String,
) -> Option<()> {
    match field.slot(letter, &found.path)? {
        Slot::Many(values) => *values.get_mut(found.part)? = words,
        Slot::Guideline(Guideline::AsWritten(line)) => *line = words,
        Slot::Guideline(Guideline::None { reason }) => *reason = words,
        Slot::Guideline(Guideline::Cited(cited)) => {
            let Source::NonMtus(work) = cited.get_mut(found.part)? else { return None };
            *work = words;
        }
        slot => slot.write(&words),
    }
    Some(())
}
