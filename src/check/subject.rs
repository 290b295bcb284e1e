//! What an item is about: the parts of the body that its title names, or else what the
//! form or the summary says.

use super::Input;
use crate::letter::phrasing::title;
use crate::letter::{FieldPath, Item};
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
    let title = title(&item.title);
    let sources = [
        ("items[].request", title.as_str()),
        ("items[].body_part", item.body_part.as_str()),
        ("summary", input.letter.summary.as_str()),
    ];
    for (pattern, text) in sources {
        if let Some((parts, words)) = parts_named(input, text) {
            let is_stated = pattern != "summary";
            let rows = if is_stated { std::slice::from_ref(&item.id) } else { &[] };
            let place = FieldPath::new(pattern, rows);
            return Some(Subject { parts, words, place, is_stated });
        }
    }
    None
}

/// The parts of the body that a text names, and the first of them in its words.
fn parts_named<'a>(input: &Input<'a>, text: &str) -> Option<(Vec<&'a Part>, String)> {
    let anatomy = input.library.anatomy();
    let (place, _) = anatomy.find(text).next()?;
    Some((anatomy.named_in(text), text[place].to_lowercase()))
}

impl Subject<'_> {
    /// Whether it may be decided under chapters that treat of any of these; chapters that
    /// treat of none fit all.
    pub(super) fn fits(&self, cited: &[&Part]) -> bool {
        cited.iter().all(|cited| cited.chapter.is_empty())
            || cited
                .iter()
                .any(|cited| self.parts.iter().any(|part| part.is_decided_under(cited)))
    }
}

/// Whether one of the parts that a text names can be one of those that another names.
pub(super) fn share_a_part(one: &[&Part], other: &[&Part]) -> bool {
    one.iter()
        .any(|part| other.iter().any(|other| part.may_be(other) || other.may_be(part)))
}
