//! Guideline lines: the chapters of the MTUS and the other works that they cite.

use crate::letter::phrasing::Citer;
use crate::letter::{FieldPath, Guideline, Item, Source};

/// An item's guideline line, the reviewer's or the claims administrator's.
pub(super) struct GuidelineLine<'a> {
    pub item: &'a Item,
    pub citer: Citer,
    pub path: FieldPath,
    pub line: &'a Guideline,
}

/// A chapter of the MTUS on a guideline line.
pub(super) struct CitedChapter<'a> {
    /// Which of the line's citations it is.
    pub place: usize,
    /// Without the blanks around it.
    pub title: &'a str,
    pub source: &'a Source,
}

impl<'a> GuidelineLine<'a> {
    pub(super) fn new(item: &'a Item, citer: Citer, pattern: &str) -> Self {
        let line = match citer {
            Citer::ExpertReviewer => &item.reviewer_guideline,
            Citer::ClaimsAdministrator => &item.claims_guideline,
        };
        Self { item, citer, path: FieldPath::new(pattern, &[item.id]), line }
    }

    /// The chapters of the MTUS that it cites.
    pub(super) fn chapters(&self) -> Vec<CitedChapter<'a>> {
        let mut chapters = Vec::new();
        for (place, source) in self.sources().enumerate() {
            let Source::Mtus { title, .. } = source else { continue };
            let title = title.trim();
            if !title.is_empty() {
                chapters.push(CitedChapter { place, title, source });
            }
        }
        chapters
    }

    /// The works outside of the MTUS that it cites.
    pub(super) fn works(&self) -> Vec<&'a str> {
        let mut works = Vec::new();
        for source in self.sources() {
            if let Source::NonMtus(work) = source
                && !work.trim().is_empty()
            {
                works.push(work.as_str());
            }
        }
        works
    }

    pub(super) fn sources(&self) -> impl Iterator<Item = &'a Source> + use<'a> {
        let sources: &[_] = match self.line {
            Guideline::Cited(sources) => sources,
            Guideline::AsWritten(_) | Guideline::None { .. } => &[],
        };
        sources.iter()
    }
}
