//! How two states of a letter differ, in the words that a person reads.

use crate::compare::{self, Piece};
use crate::letter::Letter;
use crate::template::{LetterCopy, Template};

/// The words that changed from `old` to `new`; where the printed letter is the same,
/// those of what is never printed.
pub(super) fn between(old: &Letter, new: &Letter, template: &Template) -> Vec<Piece> {
    let printed = |letter: &Letter| template.fill(letter, LetterCopy::Served).0.text();
    match compare::words(&printed(old), &printed(new)) {
        same if same.is_empty() => {
            compare::words(&fields(old, template), &fields(new, template))
        }
        changes => changes,
    }
}

/// Every field with its label.
fn fields(letter: &Letter, template: &Template) -> String {
    let mut lines = String::new();
    for (field, path) in template.places(letter) {
        if let Some(value) = field.value(letter, &path) {
            lines.extend([&*field.label, ": ", &*value.words(&path), "\n"]);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::Group;

    #[test]
    fn what_is_never_printed_is_compared_where_all_else_is_the_same() {
        let template = Template::built_in("imr-2014").unwrap();
        let mut old = Letter::default();
        old.add_row(Group::Reviewers, None);
        let mut new = old.clone();
        assert_eq!(between(&old, &new, template), []);
        new.reviewers[0].internal_name = "Somebody".into();
        let come = |changes: Vec<Piece>| {
            changes
                .into_iter()
                .any(|piece| piece == Piece::Come("Somebody".into()))
        };
        assert!(come(between(&old, &new, template)));
        new.summary = "He fell.".into();
        assert!(!come(between(&old, &new, template)));
    }
}
