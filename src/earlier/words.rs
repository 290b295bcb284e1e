//! What a title speaks of, and the words that texts are compared by.

use std::collections::{BTreeMap, BTreeSet};

use crate::library::Library;

/// The treatments that a title names, in small letters. Words that can mean several, such
/// as "visit", count only where nothing says more.
pub(super) fn treatments(library: &Library, title: &str) -> BTreeSet<String> {
    let mut by_place: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (place, name) in library.treatments().find(title) {
        by_place.entry(place.start).or_default().insert(name.to_lowercase());
    }
    let certain: BTreeSet<String> = by_place
        .values()
        .filter(|names| names.len() == 1)
        .flatten()
        .cloned()
        .collect();
    if certain.is_empty() { by_place.into_values().flatten().collect() } else { certain }
}

/// The parts of the body that an item is about, in small letters: those of its title or
/// else of the form.
pub(super) fn named_parts(
    library: &Library,
    title: &str,
    body_part: &str,
) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for text in [title, body_part] {
        for part in library.anatomy().named_in(text) {
            parts.insert(part.name.to_lowercase());
        }
        if !parts.is_empty() {
            break;
        }
    }
    parts
}

/// The words of a text in small letters, without marks.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// A word without the ending of its plural, so that "injections" finds "injection".
pub(super) fn stem(word: &str) -> &str {
    let keeps = ["ss", "is", "us"].iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('s') {
        Some(bare) if bare.len() >= 3 && !keeps => bare,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_what_is_decided_and_for_which_part() {
        let library = Library::bundled().unwrap();
        for (title, body_part, treatment, part) in [
            (
                "Trigger point injections, low back",
                "",
                "trigger point injection",
                "low back",
            ),
            (
                "Physical therapy, 12 visits",
                "Left shoulder",
                "physical therapy",
                "shoulder",
            ),
            ("MRI of the right knee", "Low back", "mri", "knee"),
        ] {
            let found = treatments(&library, title);
            assert_eq!(found.iter().collect::<Vec<_>>(), [treatment], "{title}");
            let found = named_parts(&library, title, body_part);
            assert_eq!(found.iter().collect::<Vec<_>>(), [part], "{title}");
        }
    }

    #[test]
    fn a_plural_is_its_word() {
        for (word, expected) in [
            ("injections", "injection"),
            ("mass", "mass"),
            ("as", "as"),
            ("pelvis", "pelvis"),
        ] {
            assert_eq!(stem(word), expected);
        }
    }
}
