//! The text that the caret is in: what it says, and words put into it as a step of their
//! own.

use super::Desk;
use crate::app::snippets::{self, Expanded, Snippet, SnippetFacts, SnippetUse};
use crate::diagnostic::TextRange;
use crate::letter::fields::{Slot, Value};
use crate::letter::{FieldPath, Item};

impl Desk {
    /// The field that the caret is in, or was last, where it is one of text.
    pub fn text_at_caret(&self) -> Option<(&FieldPath, &str)> {
        let path = self.focus.as_ref()?;
        Some((path, self.text_of(path)?))
    }

    /// What a field of text says.
    pub fn text_of(&self, path: &FieldPath) -> Option<&str> {
        let draft = self.draft.as_ref()?;
        match draft.template.value(&draft.letter, path)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Puts words in the place of others; says whether the field is one of text that has
    /// such a place.
    pub fn replace_words(
        &mut self,
        path: &FieldPath,
        place: TextRange,
        words: &str,
    ) -> bool {
        let Some(draft) = &self.draft else { return false };
        let Some(field) = draft.template.field(path.pattern()).cloned() else {
            return false;
        };
        let is_done = self.edit(|letter| {
            let Some(Slot::Text(text)) = field.slot(letter, path) else { return false };
            let is_there = text.get(place.start..place.end).is_some();
            if is_there {
                text.replace_range(place.start..place.end, words);
            }
            is_there
        });
        is_done == Some(true)
    }

    pub(super) fn toggle_typographic(&mut self) {
        self.settings.typographic = !self.settings.typographic;
        self.save_settings();
    }

    /// A snippet with what the letter says of its facts.
    pub fn expanded(&self, code: &str) -> Option<Expanded> {
        let draft = self.draft.as_ref()?;
        let snippet = snippets::find(&self.own.snippets.rows, code)?;
        let item = self.item_written_about();
        let facts =
            SnippetFacts { letter: &draft.letter, template: &draft.template, item };
        Some(Expanded::new(&snippet.text, |name| facts.get(name)))
    }

    /// Every snippet, those that fit what is written about first.
    pub fn snippets_by_fit(&self) -> Vec<&Snippet> {
        let occasion = self.occasion();
        let mut offered = snippets::offered(&self.own.snippets.rows);
        offered.sort_by_key(|snippet| snippet.rank(&occasion));
        offered
    }

    /// What is written about, as snippets are chosen by.
    pub fn occasion(&self) -> SnippetUse {
        let (Some(draft), Some(item)) = (&self.draft, self.item_written_about()) else {
            return SnippetUse::default();
        };
        SnippetUse {
            denial: draft.template.denial(&item.decision),
            category: item.category.clone(),
            part: item.body_part.clone(),
        }
    }

    /// The item that the caret is in, or the only one.
    fn item_written_about(&self) -> Option<&Item> {
        let letter = &self.draft.as_ref()?.letter;
        let row = self.focus.as_ref().and_then(|path| path.rows().first());
        if let Some(item) = row.and_then(|id| letter.item(*id)) {
            return Some(item);
        }
        match &letter.items[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}
