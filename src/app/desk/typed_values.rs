//! Values that the pick lists lack and somebody types all the same: from the third letter
//! on they are offered. Counted when a letter is saved, once a letter; only of lists,
//! which hold specialties and the like and never a name.

use std::collections::BTreeSet;

use super::Desk;
use crate::app::job::Job;
use crate::letter::fields::{Field, Options, Value};
use crate::letter::{Guideline, Letter, Source};
use crate::library::Library;
use crate::store::settings::WORKS;
use crate::template::Template;

/// A value that was typed, and the list that lacks it.
pub(super) type Typed = (&'static str, String);

impl Desk {
    /// Counts what this letter types for the first time.
    pub(super) fn learn(&mut self) -> Option<Job> {
        // The settings are plain, and hold nothing of an encrypted draft.
        let draft = self.draft.as_mut().filter(|draft| !draft.is_sealed())?;
        let saved = draft.saved.clone()?;
        let typed = typed_values(&saved, &draft.template, &self.library);
        let fresh: Vec<Typed> = typed
            .into_iter()
            .filter(|value| draft.counted.insert(value.clone()))
            .collect();
        let is_fresh = !fresh.is_empty();
        fresh
            .into_iter()
            .for_each(|(list, value)| self.settings.count_typed(list, &value));
        is_fresh.then(|| self.keep_settings())
    }
}

/// The values of a letter that its pick lists lack.
pub(super) fn typed_values(
    letter: &Letter,
    template: &Template,
    library: &Library,
) -> BTreeSet<Typed> {
    let values = template
        .places(letter)
        .filter_map(|(field, path)| Some((field, field.value(letter, &path)?)));
    values
        .flat_map(|(field, value)| typed(field, &value, library))
        .collect()
}

fn typed(field: &Field, value: &Value<'_>, library: &Library) -> Vec<Typed> {
    let lacks = |list: &'static str, value: &str| {
        let value = value.trim();
        let is_typed =
            !value.is_empty() && !library.list(list).iter().any(|known| known == value);
        is_typed.then(|| (list, value.to_owned()))
    };
    match (&field.options, value) {
        (Options::List(list), Value::Text(value)) => {
            lacks(list, value).into_iter().collect()
        }
        (Options::List(list), Value::Many(values)) => {
            values.iter().filter_map(|value| lacks(list, value)).collect()
        }
        (_, Value::Guideline(Guideline::Cited(citations))) => {
            let own = citations.iter().filter_map(|source| match source {
                Source::NonMtus(work) => lacks(WORKS, work),
                Source::Mtus { .. } | Source::OutsideMtus => None,
            });
            own.collect()
        }
        _ => Vec::new(),
    }
}
