//! A finished letter into the form: text in, a draft out, and nothing dropped on the way.
//! What fits no field stays in the letter as [`crate::letter::Unread`], with its line,
//! until somebody deals with it.
//!
//! ```text
//! file ─ pdf, docx, web … ─▶ text ─ running ─▶ text without headers and page numbers
//!                                           │
//!                                       normalize     so that line ends and hyphens do
//!                                           │         not matter
//! template.reading() ─ steps ─▶ reader ◀────┘
//!                                 │  asks search   where the next fixed words are
//!                                 │  (phrase,      (one phrase, broken or edited;
//!                                 │   row_starts)   the beginnings of rows)
//!                                 │  reads rows, scattered
//!                                 ▼
//!                              fields ─ title, guideline, prose ─▶ Letter
//!                                                                    │
//!     the template that knows most of the letter's words wins        │
//!                                                                    ▼
//!                 repeats     what was said twice: does the letter say it too?
//!                 person      sex, age and body parts, proposed from the prose
//! ```
//!
//! To follow it, read this file, then `reader.rs`; `template/reading.rs` says what the
//! steps are.

mod characters;
mod decision;
mod docx;
mod encoding;
mod fields;
mod file;
mod guideline;
mod hyphens;
mod normalize;
mod page;
mod page_number;
mod pdf;
mod person;
mod phrase;
mod prose;
mod reader;
mod repeats;
mod row_starts;
mod rows;
mod rtf;
mod running;
mod scattered;
mod search;
mod several;
mod table;
mod title;
mod typed;
mod web;

use std::sync::Arc;

pub use self::file::{Error, FileWords, SetAside, is_packed, pasted, words};
use self::reader::Candidate;
use crate::letter::phrasing::{is_surgery, says_that_the_surgery_is_refused};
use crate::letter::{Id, Letter, MOST_ROWS, TitlePrefix, Unread};
use crate::template::Template;

/// A letter as it was read.
pub struct Imported {
    pub letter: Letter,
    pub template: Arc<Template>,
    /// Whether the template's words were found in it; if not, all of it is in the
    /// summary.
    pub is_understood: bool,
    /// The text that it was read from.
    pub text: String,
}

/// The share of a template's fixed words that a letter made from it has at least: the
/// rest can be edited.
const LEAST_SHARE: usize = 500;

/// Reads the words of a finished letter: its text, and what is to be shown besides.
///
/// # Errors
/// They are several letters', or there is no template.
pub fn letter<'a>(
    words: &FileWords,
    templates: impl Iterator<Item = &'a Arc<Template>>,
) -> Result<Imported, Error> {
    let templates: Vec<&Arc<Template>> = templates.collect();
    if several::are_several(&words.text, &templates) {
        return Err(Error::SeveralLetters);
    }
    let read = text(&words.text, templates.into_iter());
    let mut imported = read.ok_or(Error::NoTemplate)?;
    for aside in &words.asides {
        let id = imported.letter.next_id();
        let SetAside { line, why, words } = aside.clone();
        imported.letter.unread.push(Unread::aside(id, line, words, why));
    }
    repeats::forget_running(&mut imported.letter, &imported.template);
    imported.letter.unread.sort_by_key(|unread| unread.line);
    imported.text.clone_from(&words.text);
    Ok(imported)
}

/// Reads the text of a finished letter with the template that knows most of its words.
/// `None` only where there is no template at all.
pub fn text<'a>(
    source: &str,
    templates: impl Iterator<Item = &'a Arc<Template>>,
) -> Option<Imported> {
    let templates: Vec<&Arc<Template>> = templates.collect();
    let (text, running) = running::clear(source);
    let Some((template, candidate)) = best_candidate(&text, &templates) else {
        let first = templates.first()?;
        return Some(not_understood(source, first));
    };
    let mut letter = candidate.letter;
    repeats::keep_unless_said(&mut letter, template, &text, &candidate.repeats);
    for line in running {
        fields::keep_running(&mut letter, source, line);
    }
    repeats::forget_running(&mut letter, template);
    letter.unread.sort_by_key(|unread| unread.line);
    link_dependants(&mut letter);
    person::propose(&mut letter);
    // A body part is proposed for an item by its id, so every row has one of its own
    // first.
    letter.renew_repeated_ids();
    person::propose_parts(&mut letter);
    let template = Arc::clone(template);
    Some(Imported { letter, template, is_understood: true, text: String::new() })
}

/// The template that knows the largest share of a text's words, if any knows enough, and
/// the letter that it makes of them.
fn best_candidate<'a>(
    text: &str,
    templates: &[&'a Arc<Template>],
) -> Option<(&'a Arc<Template>, Candidate)> {
    let mut best: Option<(&Arc<Template>, Candidate)> = None;
    for &template in templates {
        let Some(steps) = template.reading() else { continue };
        let candidate = reader::read(text, template, steps);
        let is_known = candidate.score.asked > 0
            && candidate.score.permille() >= LEAST_SHARE
            && candidate.letter.count_of_rows() <= MOST_ROWS;
        // Of templates that know as much, the first wins.
        let is_better = match &best {
            Some((_, known)) => candidate.score.permille() > known.score.permille(),
            None => true,
        };
        if is_known && is_better {
            best = Some((template, candidate));
        }
    }
    best
}

/// A letter that no template knows: all of its words, and no guess.
fn not_understood(source: &str, template: &Arc<Template>) -> Imported {
    let mut letter = Letter { summary: source.trim().to_owned(), ..Letter::default() };
    let id = letter.next_id();
    letter.unread.push(Unread::nothing(id));
    let template = Arc::clone(template);
    Imported { letter, template, is_understood: false, text: String::new() }
}

/// What goes with a surgery of the letter is linked to it: by its title's prefix, or by
/// the rationale that says so.
fn link_dependants(letter: &mut Letter) {
    let mut surgeries: Vec<(usize, Id)> = Vec::new();
    for (place, item) in letter.items.iter().enumerate() {
        if is_surgery(item) {
            surgeries.push((place, item.id));
        }
    }
    for (place, item) in letter.items.iter_mut().enumerate() {
        let goes_with = item.title.prefix == TitlePrefix::AssociatedSurgicalService
            || says_that_the_surgery_is_refused(&item.rationale);
        if !goes_with {
            continue;
        }
        // The nearest surgery before it, or else the first one.
        let before = surgeries.iter().rfind(|(surgery, _)| *surgery < place);
        if let Some((_, surgery)) = before.or(surgeries.first())
            && *surgery != item.id
        {
            item.depends_on = Some(*surgery);
        }
    }
}
