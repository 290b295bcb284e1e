//! A finished letter into the form: text in, a draft out, and nothing dropped on the way. What fits no field stays in the
//! letter as [`crate::letter::Unread`], with its place, until somebody deals with it.

mod guideline;
mod pattern;
mod person;
mod prose;
mod reader;
mod squeeze;
mod title;

pub use pattern::{Fault, Step, fields, parse};

use std::sync::Arc;

use crate::letter::phrasing::{is_surgery, says_that_the_surgery_is_refused};
use crate::letter::{Id, Letter, TitlePrefix, Unread};
use crate::template::Template;

/// A letter as it was read.
pub struct Imported {
    pub letter: Letter,
    pub template: Arc<Template>,
    /// Whether it was known for a letter of its kind; if not, all of it stands in the summary.
    pub is_understood: bool,
}

/// The share of a kind's fixed words that a letter of that kind has at least: the rest can be altered.
const LEAST_SHARE: (usize, usize) = (1, 2);

/// Reads the text of a finished letter as a letter of the kind that knows most of its words. `None` only where there is no
/// kind at all.
#[must_use]
pub fn text<'a>(source: &str, kinds: impl Iterator<Item = &'a Arc<Template>>) -> Option<Imported> {
    let kinds: Vec<&Arc<Template>> = kinds.collect();
    let readings = kinds.iter().filter_map(|kind| Some((*kind, reader::read(source, kind, kind.reading()?))));
    let (least, whole) = LEAST_SHARE;
    let known = readings.filter(|(_, reading)| reading.asked > 0 && reading.found * whole >= reading.asked * least);
    // Of kinds that know as much, the first wins: `max_by` would take the last.
    let share = |found: usize, asked: usize| found * 1000 / asked.max(1);
    let best = known.reduce(|best, next| {
        let is_better = share(next.1.found, next.1.asked) > share(best.1.found, best.1.asked);
        if is_better { next } else { best }
    });
    match best {
        Some((template, reading)) => {
            let mut letter = reading.letter;
            link_dependants(&mut letter);
            person::propose(&mut letter);
            letter.renew_repeated_ids();
            Some(Imported { letter, template: Arc::clone(template), is_understood: true })
        }
        None => kinds.first().map(|template| unknown(source, template)),
    }
}

/// A letter of no known kind: all of its words, and no guess.
fn unknown(source: &str, template: &Arc<Template>) -> Imported {
    let mut letter = Letter { summary: source.trim().to_owned(), ..Letter::default() };
    let id = letter.next_id();
    letter.unread.push(Unread { id, text: String::new(), line: 1, expected: String::new() });
    Imported { letter, template: Arc::clone(template), is_understood: false }
}

/// What goes with a surgery of the letter is linked to it: by its title's prefix, or by the rationale that says so.
fn link_dependants(letter: &mut Letter) {
    let surgeries: Vec<(usize, Id)> = letter
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| is_surgery(item))
        .map(|(place, item)| (place, item.id))
        .collect();
    for (place, item) in letter.items.iter_mut().enumerate() {
        let goes_with = item.title.prefix == TitlePrefix::AssociatedSurgicalService
            || says_that_the_surgery_is_refused(&item.rationale);
        let before = surgeries.iter().rev().find(|(surgery, _)| *surgery < place);
        let surgery = before.or(surgeries.first()).filter(|(_, id)| goes_with && *id != item.id);
        item.depends_on = surgery.map(|(_, id)| *id).or(item.depends_on);
    }
}
