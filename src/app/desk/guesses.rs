//! What was filled in from an item's title: marked in the form until somebody looks at it.

use super::Desk;
use crate::app::suggest;
use crate::letter::fields::Value;
use crate::letter::{FieldPath, Id};

/// A value that was taken from an item's title.
#[derive(Clone, Debug, PartialEq)]
pub struct Guessed {
    pub value: String,
    /// The caret left the field: whoever comes back has seen it.
    pub is_left: bool,
}

impl Desk {
    /// Marks what the titles of new items say where it was filled in.
    pub(super) fn mark_guesses(&mut self, items: &[Id]) {
        let Some(draft) = &self.draft else { return };
        for &id in items {
            let Some(item) = draft.letter.item(id) else { continue };
            for pattern in suggest::GUESSED {
                let path = FieldPath::new(pattern, &[id]);
                let guess = suggest::guess(&self.library, pattern, &item.title.request);
                let value = draft.template.value(&draft.letter, &path);
                if let (Some(guess), Some(Value::Text(text))) = (guess, value)
                    && guess == text
                {
                    let guessed = Guessed { value: guess, is_left: true };
                    self.guessed.insert(path, guessed);
                }
            }
        }
    }
}
