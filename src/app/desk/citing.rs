//! Citing a guideline from the board, and the works that a person cites.

use std::collections::BTreeSet;

use super::remembering::REST_BEFORE_WRITING;
use super::{Desk, DialogBox, PaletteInput};
use crate::app::suggest;
use crate::letter::fields::{Kind, Slot};
use crate::letter::{FieldPath, Guideline, Letter, OwnCitation, Source};
use crate::store::settings::CitedWork;

/// The board of guidelines.
pub struct GuidelineBox {
    /// The line that is written.
    pub path: FieldPath,
    pub input: PaletteInput,
    /// The chapter whose sections are shown.
    pub opened: Option<Source>,
    /// Chapters that were not in force at the decision are offered as well.
    pub has_all_years: bool,
}

impl Desk {
    /// Opens the board for the guideline line at the caret, or for the reviewer's line of
    /// the item.
    pub(super) fn open_guidelines(&mut self) {
        let Some(path) = self.guideline_at_caret() else { return };
        self.open_dialog(DialogBox::Guidelines(GuidelineBox {
            path,
            input: PaletteInput::default(),
            opened: None,
            has_all_years: false,
        }));
    }

    pub(super) fn guideline_at_caret(&self) -> Option<FieldPath> {
        let draft = self.draft.as_ref()?;
        if let Some(path) = &self.focus
            && let Some(field) = draft.template.field(path.pattern())
            && field.kind == Kind::Guideline
        {
            return Some(path.clone());
        }
        let item = self.item_being_written()?.id;
        let path = FieldPath::new("items[].reviewer_guideline", &[item]);
        draft.template.field(path.pattern()).is_some().then_some(path)
    }

    /// The works of a guideline line.
    pub fn cited_in(&self, path: &FieldPath) -> Vec<Source> {
        let Some(draft) = &self.draft else { return Vec::new() };
        match draft.template.value(&draft.letter, path) {
            Some(crate::letter::fields::Value::Guideline(Guideline::Cited(sources))) => {
                sources.clone()
            }
            _ => Vec::new(),
        }
    }

    /// Cites a work in a line, or no longer if it is cited already.
    pub(super) fn toggle_citation(&mut self, path: &FieldPath, source: &Source) {
        let Some(draft) = &self.draft else { return };
        let Some(field) = draft.template.field(path.pattern()).cloned() else { return };
        self.edit(|letter| {
            let Some(Slot::Guideline(line)) = field.slot(letter, path) else { return };
            if !matches!(line, Guideline::Cited(_)) {
                *line = Guideline::default();
            }
            if let Guideline::Cited(sources) = line {
                toggle(sources, source);
            }
        });
    }

    pub(super) fn set_citations(&mut self, rows: Vec<OwnCitation>) {
        if self.own.citations.error.is_none() {
            self.own.citations.rows = rows;
            self.write_soon(crate::store::OwnFile::Citations);
        }
    }

    /// Remembers what a saved letter cites: own works for the list of citations, and all
    /// for what is offered first. Nothing is remembered of an encrypted letter.
    pub(super) fn remember_citations(&mut self) {
        let Some(draft) = &self.draft else { return };
        let Some(saved) = draft.saved.clone().filter(|_| !draft.is_sealed()) else {
            return;
        };
        let cited = cited_in_all(&saved);
        let year = suggest::odg_year(&saved);
        let known = suggest::works(&self.library, &self.settings.typed, &[], year);
        let mut own = self.own.citations.rows.clone();
        for source in &cited {
            let words = suggest::words(source);
            let is_known = known.iter().any(|work| work.words == words)
                || own.iter().any(|citation| citation.words() == words);
            if matches!(source, Source::NonMtus(_)) && !is_known && is_short(&words) {
                own.push(OwnCitation::read(&words));
            }
        }
        if own != self.own.citations.rows {
            self.set_citations(own);
        }
        let Some(draft) = &mut self.draft else { return };
        let mut has_new = false;
        for words in cited_words(&saved) {
            if draft.cited.insert(words.clone()) {
                CitedWork::count(&mut self.settings.cited, words);
                has_new = true;
            }
        }
        if has_new {
            self.settings_due = Some(self.timestamp() + REST_BEFORE_WRITING);
        }
    }
}

/// What is longer is a sentence about a work and not its name.
const LONGEST: usize = 160;

fn is_short(words: &str) -> bool {
    !words.trim().is_empty() && words.chars().count() <= LONGEST
}

/// What a letter cites, as it is offered again.
pub(super) fn cited_words(letter: &Letter) -> BTreeSet<String> {
    let words = cited_in_all(letter);
    words
        .iter()
        .map(suggest::words)
        .filter(|words| is_short(words))
        .collect()
}

fn cited_in_all(letter: &Letter) -> Vec<Source> {
    let mut cited = Vec::new();
    for item in &letter.items {
        if let Guideline::Cited(sources) = &item.reviewer_guideline {
            for source in sources {
                if !cited.contains(source) {
                    cited.push(source.clone());
                }
            }
        }
    }
    cited
}

/// Adds a work or a section to what is cited, or removes it.
fn toggle(cited: &mut Vec<Source>, source: &Source) {
    if let Some(place) = cited.iter().position(|known| known == source) {
        cited.remove(place);
        return;
    }
    let Source::Mtus { title, year, sections, .. } = source else {
        return suggest::cite(cited, source.clone());
    };
    // A section that its chapter is cited with already is cited no longer.
    for known in cited.iter_mut() {
        let Source::Mtus { title: other, year: edition, sections: named, .. } = known
        else {
            continue;
        };
        let is_named = sections.iter().all(|section| named.contains(section));
        if other == title && edition == year && !sections.is_empty() && is_named {
            named.retain(|section| !sections.contains(section));
            return;
        }
    }
    suggest::cite(cited, source.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(sections: &[&str]) -> Source {
        Source::Mtus {
            title: "Knee Complaints".into(),
            year: Some(2004),
            acoem_chapter: Some(13),
            sections: sections.iter().map(|&section| section.to_owned()).collect(),
        }
    }

    #[test]
    fn what_is_chosen_twice_is_cited_no_longer() {
        let mut cited = Vec::new();
        toggle(&mut cited, &chapter(&["Special Studies"]));
        toggle(&mut cited, &chapter(&["Physical Methods"]));
        assert_eq!(cited, [chapter(&["Special Studies", "Physical Methods"])]);
        toggle(&mut cited, &chapter(&["Special Studies"]));
        assert_eq!(cited, [chapter(&["Physical Methods"])]);
        let own = Source::NonMtus("MCG, 25th edition".into());
        toggle(&mut cited, &own);
        toggle(&mut cited, &own);
        assert_eq!(cited.len(), 1);
    }
}
