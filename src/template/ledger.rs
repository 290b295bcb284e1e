//! How a value knows its field: what is handed to the template is remembered by its
//! address.
//!
//! minijinja passes an `Arc<str>` on as it is, through attributes, loops, `set` and
//! macros. So the formatter and our filters, which see the string itself, can look up
//! which field it was taken from. Strings that the template makes anew have no field, and
//! that is all that is lost.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::Value;

use crate::letter::FieldPath;

/// The first of the private-use characters that stand for values while Markdown is read;
/// values never meet it.
const FIRST_PLACEHOLDER: u32 = 0xF_0000;
/// How many there are in that plane.
const PLACEHOLDERS: usize = 0xFFFE;

/// The most, in bytes, that the values printed may come to: a hundred of the longest real
/// letters.
const LONGEST_PRINTED: usize = 8 * 1024 * 1024;

/// Everything that one letter has handed to its template, and everything that the
/// template has printed of it.
#[derive(Debug, Default)]
pub(super) struct Ledger(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    /// By address. The strings are kept so that no address is used twice.
    handed: HashMap<usize, Handed>,
    printed: Vec<Printed>,
    /// How many bytes those are.
    printed_length: usize,
}

#[derive(Clone, Debug)]
struct Handed {
    text: Arc<str>,
    field: FieldPath,
    breaks: Breaks,
}

/// What the line ends of a value become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Breaks {
    #[default]
    Paragraphs,
    /// Line ends within the paragraph, as in an address.
    Lines,
}

/// A value where the template prints it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Printed {
    pub text: String,
    pub field: Option<FieldPath>,
    pub breaks: Breaks,
}

impl Ledger {
    /// A poisoned lock holds whole entries all the same: each is written by one call.
    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a field's text to the template.
    pub(super) fn hand(
        &self,
        text: impl Into<Arc<str>>,
        field: FieldPath,
        breaks: Breaks,
    ) -> Value {
        let text = text.into();
        let handed = Handed { text: Arc::clone(&text), field, breaks };
        self.entries().handed.insert(text.as_ptr().addr(), handed);
        Value::from(text)
    }

    /// The field that a string was taken from.
    pub(super) fn field(&self, text: &str) -> Option<FieldPath> {
        let entries = self.entries();
        let handed = entries.handed.get(&text.as_ptr().addr())?;
        (*handed.text == *text).then(|| handed.field.clone())
    }

    /// Notes that a value is printed, and gives the character that stands for it; none
    /// when there are too many.
    pub(super) fn print(&self, text: &str) -> Option<char> {
        let mut entries = self.entries();
        let handed = entries
            .handed
            .get(&text.as_ptr().addr())
            .filter(|handed| *handed.text == *text)
            .cloned();
        let (field, breaks) = handed.map_or((None, Breaks::default()), |handed| {
            (Some(handed.field), handed.breaks)
        });
        let place = entries.printed.len();
        entries.printed_length += text.len();
        if place >= PLACEHOLDERS || entries.printed_length > LONGEST_PRINTED {
            return None;
        }
        entries.printed.push(Printed { text: text.to_owned(), field, breaks });
        char::from_u32(FIRST_PLACEHOLDER + place as u32)
    }

    /// What was printed, in order.
    pub(super) fn printed(&self) -> Vec<Printed> {
        self.entries().printed.clone()
    }
}

/// Which printed value a character stands for.
pub(super) fn placeholder(character: char) -> Option<usize> {
    let place = (character as u32).checked_sub(FIRST_PLACEHOLDER)? as usize;
    (place < PLACEHOLDERS).then_some(place)
}
