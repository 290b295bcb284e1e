//! Whether a text holds more than one letter: the words that a letter says once are there
//! twice, or the words of two templates follow each other.

use std::ops::Range;
use std::sync::Arc;

use super::normalize::{Normalized, normalize};
use super::search::is_strong;
use crate::template::Template;
use crate::template::reading::ReadingStep;

/// With fewer words than these nobody can tell.
const FEWEST: usize = 4;

/// Whether one of the templates, or two of them, find their words twice.
pub(super) fn are_several(text: &str, templates: &[&Arc<Template>]) -> bool {
    let text = Normalized::new(text);
    let mut spans: Vec<Range<usize>> = Vec::new();
    for template in templates {
        let Some(steps) = template.reading() else { continue };
        let mut phrases = Vec::new();
        collect(steps, &mut phrases);
        let (mut asked, mut found, mut repeated) = (0, 0, 0);
        let (mut begin, mut end) = (usize::MAX, 0);
        for phrase in &phrases {
            asked += 1;
            let places = text.find_all(phrase, 0..text.len());
            let (Some(&first), Some(&last)) = (places.first(), places.last()) else {
                continue;
            };
            found += 1;
            repeated += usize::from(places.len() > 1);
            (begin, end) = (begin.min(first), end.max(last + phrase.len()));
        }
        if found >= FEWEST && repeated * 10 >= found * 7 {
            return true;
        }
        if found >= FEWEST && found * 10 >= asked * 8 {
            spans.push(begin..end);
        }
    }
    spans
        .iter()
        .any(|one| spans.iter().any(|other| one.end <= other.start))
}

/// The fixed words that a letter says once, and every letter says.
fn collect(steps: &[ReadingStep], phrases: &mut Vec<String>) {
    for step in steps {
        match step {
            ReadingStep::Words(words) | ReadingStep::Label(words) if is_strong(words) => {
                phrases.push(normalize(words));
            }
            ReadingStep::Scattered(inner) => collect(inner, phrases),
            ReadingStep::Words(_)
            | ReadingStep::Label(_)
            | ReadingStep::Value(_)
            | ReadingStep::Tick(_)
            | ReadingStep::Each(..)
            | ReadingStep::Maybe(_)
            | ReadingStep::Cell
            | ReadingStep::Break => {}
        }
    }
}
