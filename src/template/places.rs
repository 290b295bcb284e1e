//! The places that a letter of this template has in the form.

use super::Template;
use crate::letter::fields::{Field, Value};
use crate::letter::{FieldPath, Letter};

impl Template {
    /// Every place of the form, field by field and each field row by row.
    pub fn places(&self, letter: &Letter) -> impl Iterator<Item = (&Field, FieldPath)> {
        self.fields().iter().flat_map(|field| {
            field.places(letter).into_iter().map(move |path| (field, path))
        })
    }

    /// What is at a place of the form; `None` where the form has no such field or the
    /// row is gone.
    pub fn value<'a>(&self, letter: &'a Letter, path: &FieldPath) -> Option<Value<'a>> {
        self.field(path.pattern())?.value(letter, path)
    }

    /// Where a place comes in the form, to sort by: for each part of its path, where the
    /// fields begin that share it, and which of their rows it is in. So all of one item
    /// comes before all of the next, although their fields are the same.
    pub fn position_in_form(&self, letter: &Letter, path: &FieldPath) -> Vec<usize> {
        let mut position = Vec::new();
        let rows = path.rows_by_prefix().zip(letter.position_of(path));
        for ((prefix, _), row) in rows {
            position.extend([self.first_field(prefix), row]);
        }
        if !path.pattern().ends_with("[]") {
            position.push(self.first_field(path.pattern()));
        }
        position
    }

    /// The position of the first field whose pattern begins so; after all others if none
    /// does.
    fn first_field(&self, prefix: &str) -> usize {
        let mut fields = self.fields().iter();
        fields
            .position(|field| field.pattern.starts_with(prefix))
            .unwrap_or(usize::MAX)
    }
}
