//! What an item is about: the parts of the body that its title names, or else what the
//! form or the summary says.

use super::Input;
use crate::letter::phrasing::title;
use crate::letter::{FieldPath, Guideline, Item, Source};
use crate::library::Part;

/// What an item is about.
pub(super) struct Subject<'a> {
    pub parts: Vec<&'a Part>,
    /// In the words that say so: "lumbar spine".
    pub words: String,
    /// The place that says so.
    pub place: FieldPath,
    /// Whether the title or the form says so, and not the summary alone, which speaks of
    /// other things too.
    pub is_stated: bool,
}

/// The title first, then the form's body part, then all that the summary names; none
/// where none of them says.
pub(super) fn subject<'a>(input: &Input<'a>, item: &Item) -> Option<Subject<'a>> {
    let stated = |pattern: &str, text: &str| {
        let place = FieldPath::new(pattern, &[item.id]);
        of(input, text).map(|(parts, words)| Subject {
            parts,
            words,
            place,
            is_stated: true,
        })
    };
    let from_summary = || {
        let place = FieldPath::new("summary", &[]);
        let (parts, words) = of(input, &input.letter.summary)?;
        Some(Subject { parts, words, place, is_stated: false })
    };
    stated("items[].request", &title(&item.title))
        .or_else(|| stated("items[].body_part", &item.body_part))
        .or_else(from_summary)
}

fn of<'a>(input: &Input<'a>, text: &str) -> Option<(Vec<&'a Part>, String)> {
    let anatomy = input.library.anatomy();
    let parts = anatomy.named_in(text);
    let (place, _) = anatomy.find(text).next()?;
    Some((parts, text[place].to_lowercase()))
}

impl Subject<'_> {
    /// Whether it may be decided under chapters that treat of any of these; chapters that
    /// treat of none fit all.
    pub(super) fn fits(&self, cited: &[&Part]) -> bool {
        let is_one =
            |cited: &&Part| self.parts.iter().any(|part| part.is_decided_under(cited));
        cited.iter().all(|cited| cited.chapter.is_empty()) || cited.iter().any(is_one)
    }
}

/// A chapter of the MTUS on a guideline line, and its place there.
pub(super) struct Cited<'a> {
    pub place: usize,
    pub title: &'a str,
    pub source: &'a Source,
}

/// The chapters of the MTUS that a line cites.
pub(super) fn chapters(line: &Guideline) -> Vec<Cited<'_>> {
    let Guideline::Cited(citations) = line else { return Vec::new() };
    let chapters =
        citations
            .iter()
            .enumerate()
            .filter_map(|(place, source)| match source {
                Source::Mtus { title, .. } if !title.trim().is_empty() => {
                    Some(Cited { place, title: title.trim(), source })
                }
                _ => None,
            });
    chapters.collect()
}

/// The works outside of the MTUS that a line cites, each with its place there.
pub(super) fn works(line: &Guideline) -> Vec<(usize, &str)> {
    let Guideline::Cited(citations) = line else { return Vec::new() };
    let works = citations
        .iter()
        .enumerate()
        .filter_map(|(place, source)| match source {
            Source::NonMtus(work) if !work.trim().is_empty() => {
                Some((place, work.as_str()))
            }
            _ => None,
        });
    works.collect()
}
