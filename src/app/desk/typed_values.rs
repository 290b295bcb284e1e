//! Values that the pick lists lack and somebody types all the same: from the third letter
//! on they are offered. Counted when a letter is saved, once a letter; only of lists,
//! which hold specialties and the like and never a name.

use std::collections::BTreeSet;

use super::Desk;
use crate::letter::fields::{Field, Options, Value};
use crate::letter::{Guideline, Letter, Source, parse_date};
use crate::library::Library;
use crate::store::settings::WORKS;
use crate::template::Template;

/// A value that was typed, and the list that lacks it.
pub(super) type TypedValue = (&'static str, String);

impl Desk {
    /// Counts what this letter types for the first time.
    pub(super) fn count_typed_values(&mut self) {
        let Some(draft) = &mut self.draft else { return };
        // The settings are plain, and hold nothing of an encrypted draft.
        if draft.is_sealed() {
            return;
        }
        let Some(saved) = &draft.saved else { return };
        let mut has_new = false;
        for value in typed_values(saved, &draft.template, &self.library) {
            if draft.counted.insert(value.clone()) {
                self.settings.count_typed(value.0, &value.1);
                has_new = true;
            }
        }
        if has_new {
            self.save_settings();
        }
    }

    /// Offers a value no longer, until it is typed again.
    pub fn forget_value(&mut self, list: &str, value: &str) {
        self.settings.forget_typed(list, value);
        self.save_settings();
    }

    /// Forgets what was learned before only short names were.
    pub(super) fn forget_prose(&mut self) {
        for values in self.settings.typed.values_mut() {
            values.retain(|value, _| is_worth_learning(value));
        }
    }
}

/// The values of a letter that its pick lists lack.
pub(super) fn typed_values(
    letter: &Letter,
    template: &Template,
    library: &Library,
) -> BTreeSet<TypedValue> {
    let mut found = BTreeSet::new();
    for field in template.fields() {
        for path in field.places(letter) {
            if let Some(value) = field.value(letter, &path) {
                collect(field, &value, library, &mut found);
            }
        }
    }
    found
}

/// As long as the name of a document or a specialty is; what is longer is prose that went
/// into the wrong field.
const LONGEST: usize = 60;

/// Whether words can be the name of something: short, and without a date, which would be
/// a patient's.
pub(super) fn is_worth_learning(value: &str) -> bool {
    let has_date = value.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        parse_date(word).is_some()
    });
    !value.is_empty() && value.chars().count() <= LONGEST && !has_date
}

fn collect(
    field: &Field,
    value: &Value<'_>,
    library: &Library,
    found: &mut BTreeSet<TypedValue>,
) {
    let mut add = |list: &'static str, value: &str| {
        let value = value.trim();
        if is_worth_learning(value)
            && !library.list(list).iter().any(|known| known == value)
        {
            found.insert((list, value.to_owned()));
        }
    };
    match (&field.options, value) {
        (Options::List(list), Value::Text(value)) => add(list, value),
        (Options::List(list), Value::Many(values)) => {
            for value in *values {
                add(list, value);
            }
        }
        (_, Value::Guideline(Guideline::Cited(citations))) => {
            for source in citations {
                match source {
                    Source::NonMtus(work) => add(WORKS, work),
                    Source::Mtus { .. } | Source::OutsideMtus => {}
                }
            }
        }
        _ => {}
    }
}
