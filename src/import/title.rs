//! An item's title taken apart again, and where it begins.

use super::normalize::{is_same, normalize};
use super::prose;
use crate::letter::{Title, TitlePrefix, TitleShape, phrasing};

const ORIGINAL: &str = " was the original request.";
const AUTHORIZED: &str = " was authorized by the Claims Administrator.";
const REMAINING: &str = "The remaining IMR eligible portion of the original request,";
const INSTEAD: &str = "The Claims Administrator authorized ";
const LEAVING: &str = ", leaving the original request IMR eligible.";
const AGAIN: &str = "The original request,";

/// A title's parts; one that does not come back the same from them stays as it is
/// written.
pub(super) fn parse(words: &str) -> Title {
    let words = prose::line(words);
    let found = [remainder(&words), other(&words), Some(plain(&words))]
        .into_iter()
        .flatten();
    let mut same = found.filter(|title| is_same(&phrasing::title(title), &words));
    same.next().unwrap_or_else(|| Title {
        shape: TitleShape::AsWritten,
        request: words.clone(),
        ..Title::default()
    })
}

fn remainder(words: &str) -> Option<Title> {
    let (prefix, words) = prefix(words);
    let (request, rest) = words.split_once(ORIGINAL)?;
    let (authorized, rest) = rest.split_once(AUTHORIZED)?;
    let (_, rest) = rest.split_once(REMAINING)?;
    let remaining = rest.trim().strip_suffix(" is")?;
    let part = |words: &str| words.trim().to_owned();
    Some(Title {
        shape: TitleShape::Remainder,
        prefix,
        request: part(request),
        authorized: part(authorized),
        remaining: part(remaining),
        dates_of_service: String::new(),
    })
}

fn other(words: &str) -> Option<Title> {
    let (prefix, words) = prefix(words);
    let (request, rest) = words.split_once(ORIGINAL)?;
    let (_, rest) = rest.split_once(INSTEAD)?;
    let (authorized, rest) = rest.split_once(LEAVING)?;
    rest.split_once(AGAIN)?;
    let part = |words: &str| words.trim().to_owned();
    Some(Title {
        shape: TitleShape::Other,
        prefix,
        request: part(request),
        authorized: part(authorized),
        ..Title::default()
    })
}

fn plain(words: &str) -> Title {
    let (prefix, rest) = prefix(words);
    let dates = (prefix == TitlePrefix::Retrospective)
        .then(|| dates_of_service(rest))
        .flatten();
    let (request, dates_of_service) = dates.unwrap_or((rest, ""));
    Title {
        prefix,
        request: request.to_owned(),
        dates_of_service: dates_of_service.to_owned(),
        ..Title::default()
    }
}

fn prefix(words: &str) -> (TitlePrefix, &str) {
    let associated = words
        .strip_prefix("Associated surgical service:")
        .map(str::trim_start);
    let retrospective = words.strip_prefix("Retrospective ").map(str::trim_start);
    match (associated, retrospective) {
        (Some(rest), _) => (TitlePrefix::AssociatedSurgicalService, rest),
        (None, Some(rest)) => (TitlePrefix::Retrospective, rest),
        (None, None) => (TitlePrefix::None, words),
    }
}

fn dates_of_service(words: &str) -> Option<(&str, &str)> {
    let (request, rest) = words.rsplit_once("(DOS ")?;
    Some((request.trim_end(), rest.strip_suffix(')')?.trim()))
}

/// Where a title begins in the words between the rationale before it and its own
/// decision: behind the last blank line or, where sections run together, behind the last
/// sentence that ends before it.
pub(super) fn start(words: &str) -> usize {
    let blank = blank_lines(words)
        .into_iter()
        .rev()
        .find(|line| line.begins_title(words))
        .map(|line| line.at);
    let line = || line_starts(words).into_iter().rev().find(|&at| begins_at(words, at));
    let sentence = || {
        sentence_starts(words)
            .into_iter()
            .rev()
            .find(|&at| begins_at(words, at))
    };
    blank.or_else(line).or_else(sentence).unwrap_or(0)
}

/// Whether words can be a whole title: one that speaks of what remains has said what was
/// asked for.
fn is_whole(words: &str) -> bool {
    let squeezed = normalize(words);
    let says = |words: &str| squeezed.contains(&normalize(words));
    let speaks_of_a_part = says(REMAINING) || says(AUTHORIZED) || says(LEAVING);
    !squeezed.is_empty() && (!speaks_of_a_part || says(ORIGINAL))
}

fn begins_at(words: &str, at: usize) -> bool {
    is_whole(&words[at..]) && prose::ends_sentence(&words[..at])
}

/// What follows a blank line.
struct Behind {
    at: usize,
    /// The line is blank because a page ends there, which can be in the middle of a
    /// sentence.
    is_page: bool,
}

impl Behind {
    fn begins_title(&self, words: &str) -> bool {
        let (before, title) = words.split_at(self.at);
        let begins =
            !self.is_page && !title.trim_start().starts_with(|c: char| c.is_lowercase());
        !before.trim().is_empty()
            && is_whole(title)
            && (prose::ends_sentence(before) || begins)
    }
}

fn blank_lines(words: &str) -> Vec<Behind> {
    let mut found = Vec::new();
    let (mut at, mut was_blank, mut is_page) = (0, false, false);
    for line in words.split_inclusive(['\n', '\u{c}']) {
        let is_blank = line.trim().is_empty();
        if was_blank && !is_blank {
            found.push(Behind { at, is_page });
        }
        let ends_page = line.ends_with('\u{c}');
        is_page = ends_page || (is_blank && is_page);
        // A page's end counts as a blank line.
        was_blank = is_blank && at > 0 || ends_page;
        at += line.len();
    }
    found
}

fn line_starts(words: &str) -> Vec<usize> {
    words.match_indices('\n').map(|(at, _)| at + 1).collect()
}

fn sentence_starts(words: &str) -> Vec<usize> {
    words.match_indices(". ").map(|(at, _)| at + 2).collect()
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
    fn a_title_begins_behind_the_rationale_before_it() {
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
