//! An item's title taken apart again, and where it begins.
//!
//! A title has no mark of its own: it comes after a rationale of any length and ends at
//! its decision. What separates the two is how people write, a blank line before a title
//! or at least a full stop, so [`start`] looks from the decision backward.

use super::normalize::{is_same, normalize};
use super::prose;
use crate::letter::{Title, TitlePrefix, TitleShape, phrasing};

const ORIGINAL: &str = " was the original request.";
const AUTHORIZED: &str = " was authorized by the Claims Administrator.";
const REMAINING: &str = "The remaining IMR eligible portion of the original request,";
const INSTEAD: &str = "The Claims Administrator authorized ";
const LEAVING: &str = ", leaving the original request IMR eligible.";
const REPEATED: &str = "The original request,";

/// A title's parts; one that does not come back the same from them stays as it is
/// written.
pub(super) fn parse(words: &str) -> Title {
    let words = prose::line(words);
    for title in [remainder(&words), other(&words), Some(plain(&words))] {
        if let Some(title) = title
            && is_same(&phrasing::title(&title), &words)
        {
            return title;
        }
    }
    Title { shape: TitleShape::AsWritten, request: words, ..Title::default() }
}

fn remainder(words: &str) -> Option<Title> {
    let (prefix, words) = prefix(words);
    let (request, rest) = words.split_once(ORIGINAL)?;
    let (authorized, rest) = rest.split_once(AUTHORIZED)?;
    let (_, rest) = rest.split_once(REMAINING)?;
    let remaining = rest.trim().strip_suffix(" is")?;
    Some(Title {
        shape: TitleShape::Remainder,
        prefix,
        request: request.trim().to_owned(),
        authorized: authorized.trim().to_owned(),
        remaining: remaining.trim().to_owned(),
        dates_of_service: String::new(),
    })
}

fn other(words: &str) -> Option<Title> {
    let (prefix, words) = prefix(words);
    let (request, rest) = words.split_once(ORIGINAL)?;
    let (_, rest) = rest.split_once(INSTEAD)?;
    let (authorized, rest) = rest.split_once(LEAVING)?;
    rest.split_once(REPEATED)?;
    Some(Title {
        shape: TitleShape::Other,
        prefix,
        request: request.trim().to_owned(),
        authorized: authorized.trim().to_owned(),
        ..Title::default()
    })
}

fn plain(words: &str) -> Title {
    let (prefix, rest) = prefix(words);
    let mut title = Title { prefix, request: rest.to_owned(), ..Title::default() };
    if prefix == TitlePrefix::Retrospective
        && let Some((request, dates)) = dates_of_service(rest)
    {
        request.clone_into(&mut title.request);
        dates.clone_into(&mut title.dates_of_service);
    }
    title
}

fn prefix(words: &str) -> (TitlePrefix, &str) {
    for (mark, prefix) in [
        ("Associated surgical service:", TitlePrefix::AssociatedSurgicalService),
        ("Retrospective ", TitlePrefix::Retrospective),
    ] {
        if let Some(rest) = words.strip_prefix(mark) {
            return (prefix, rest.trim_start());
        }
    }
    (TitlePrefix::None, words)
}

fn dates_of_service(words: &str) -> Option<(&str, &str)> {
    let (request, rest) = words.rsplit_once("(DOS ")?;
    Some((request.trim_end(), rest.strip_suffix(')')?.trim()))
}

/// Where a title begins in the words between the rationale before it and its own
/// decision: after the last blank line or, where sections run together, after the last
/// line, or else the last sentence, that ends before it.
pub(super) fn start(words: &str) -> usize {
    for gap in blank_lines(words).iter().rev() {
        if gap.begins_title(words) {
            // Where paragraphs have no blank lines between them, one can be at a page's
            // end, and the title some sentences after it.
            let later =
                if gap.is_page_end { last_sentence_line(words, gap.end) } else { None };
            return later.unwrap_or(gap.end);
        }
    }
    for separator in ["\n", ". "] {
        for (at, _) in words.rmatch_indices(separator) {
            if begins_at(words, at + separator.len()) {
                return at + separator.len();
            }
        }
    }
    0
}

/// The last line, after a place, that begins after a sentence's end and can be a title.
fn last_sentence_line(words: &str, from: usize) -> Option<usize> {
    let mut ends = words[from..].rmatch_indices('\n').map(|(at, _)| from + at);
    ends.find(|&at| words[..at].trim_end().ends_with('.') && begins_at(words, at + 1))
        .map(|at| at + 1)
}

/// Whether words can be a whole title: one that speaks of what remains has said what was
/// asked for.
fn is_whole(words: &str) -> bool {
    let normalized = normalize(words);
    if normalized.is_empty() {
        return false;
    }
    let speaks_of_a_part = [REMAINING, AUTHORIZED, LEAVING]
        .iter()
        .any(|phrase| normalized.contains(&normalize(phrase)));
    !speaks_of_a_part || normalized.contains(&normalize(ORIGINAL))
}

fn begins_at(words: &str, at: usize) -> bool {
    is_whole(&words[at..]) && prose::ends_sentence(&words[..at])
}

/// A blank line, or several.
struct BlankLine {
    /// Where what follows begins.
    end: usize,
    /// The line is blank because a page ends there, which can be in the middle of a
    /// sentence.
    is_page_end: bool,
}

impl BlankLine {
    fn begins_title(&self, words: &str) -> bool {
        let (before, title) = words.split_at(self.end);
        if before.trim().is_empty() || !is_whole(title) {
            return false;
        }
        // A rationale without its full stop ends at a blank line all the same, unless
        // what follows goes on with its sentence.
        let goes_on = title.trim_start().starts_with(|c: char| c.is_lowercase());
        prose::ends_sentence(before) || !(self.is_page_end || goes_on)
    }
}

fn blank_lines(words: &str) -> Vec<BlankLine> {
    let mut found = Vec::new();
    let (mut start, mut was_blank, mut is_page_end) = (0, false, false);
    for line in words.split_inclusive(['\n', '\u{c}']) {
        let is_blank = line.trim().is_empty();
        if was_blank && !is_blank {
            found.push(BlankLine { end: start, is_page_end });
        }
        let ends_page = line.ends_with('\u{c}');
        is_page_end = ends_page || (is_blank && is_page_end);
        // A page's end counts as a blank line.
        was_blank = is_blank && start > 0 || ends_page;
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_apart_by_their_shape() {
        for words in [
            "MRI of the left shoulder",
            "Associated surgical service: Assistant surgeon",
            "Retrospective Ultram 50mg #30 (DOS 01/05/17)",
            "12 visits was the original request. 6 visits was authorized by the Claims \
                Administrator. The remaining IMR \
             eligible portion of the original request, 6 visits is",
            "A brace was the original request. The Claims Administrator authorized a \
                sleeve, leaving the original request \
             IMR eligible. The original request, A brace is",
        ] {
            let title = parse(words);
            assert_ne!(title.shape, TitleShape::AsWritten, "{words}");
            assert_eq!(phrasing::title(&title), words);
        }
        let odd = parse(
            "12 visits was the original request. The remaining IMR eligible portion, 6",
        );
        assert_eq!(odd.shape, TitleShape::Plain);
    }

    #[test]
    fn a_title_begins_after_the_rationale_before_it() {
        for (words, title) in [
            ("It hurts.\n\nMRI of the knee", "MRI of the knee"),
            ("It hurts.\nMRI of the\nknee", "MRI of the\nknee"),
            ("It hurts. MRI of the knee", "MRI of the knee"),
            ("It hurts.\n\nphysical therapy, 12", "physical therapy, 12"),
            ("It hurts\n\nMRI of the knee", "MRI of the knee"),
            (
                "It hurts.\n\nMRI of the\u{c}\nCervical spine",
                "MRI of the\u{c}\nCervical spine",
            ),
            ("It hurts.\n\nMRI of the\n\nleft knee", "MRI of the\n\nleft knee"),
            ("It hurts.\u{c}\nMRI of the knee", "MRI of the knee"),
            ("It hurts.\u{c}\nHe is\nworse.\nMRI of the knee", "MRI of the knee"),
            (
                "It hurts.\n\nA was the original request. B was authorized by the \
                    Claims Administrator.\n\nThe remaining IMR \
                 eligible portion of the original request, C is",
                "A was the original request. B was authorized by the Claims \
                    Administrator.\n\nThe remaining IMR eligible \
                 portion of the original request, C is",
            ),
        ] {
            assert_eq!(&words[start(words)..], title);
        }
    }
}
