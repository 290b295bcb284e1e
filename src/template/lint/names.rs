//! The names that wording may use.

use super::super::context::DERIVED;

/// What wording may name.
pub(in crate::template) struct Nameable<'a> {
    pub patterns: &'a [String],
    /// `None` where the head could not be read, which would have said so: then its own
    /// fields are not known either.
    pub styles: Option<&'a [&'a str]>,
}

impl Nameable<'_> {
    /// The patterns of fields, and the names that are made of several fields.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        let derived = DERIVED.iter().map(|(name, _)| *name);
        self.patterns.iter().map(String::as_str).chain(derived)
    }

    /// Whether this is a name, or the beginning of one.
    pub(super) fn is_known(&self, place: &str) -> bool {
        self.all().any(|name| begins(name, place))
    }

    /// Whether this has words of its own: a field, or an element of a field that is a
    /// list. A group of fields has none.
    pub(super) fn is_value(&self, place: &str) -> bool {
        let list = place.strip_suffix("[]").unwrap_or(place);
        self.all().any(|name| name == place)
            || self.patterns.iter().any(|pattern| pattern == list)
    }
}

/// Whether a pattern is `place` or is within it.
pub(super) fn begins(pattern: &str, place: &str) -> bool {
    match pattern.strip_prefix(place) {
        Some(rest) => rest.is_empty() || rest.starts_with('.') || rest.starts_with("[]"),
        None => false,
    }
}

/// A pattern as templates write it: `items[].title` is some `item.title`.
pub(super) fn as_written(pattern: &str) -> String {
    pattern.replace("s[]", "")
}

/// The known name that is most like the one asked for, if any is like it.
pub(in crate::template) fn nearest<'n>(
    name: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    /// Two names are taken for one that was mistyped when they are more alike than this.
    const ALIKE: f64 = 0.8;
    let mut best = (ALIKE, None);
    for known in names {
        let likeness = strsim::jaro_winkler(name, known);
        // Of two that are as much alike, the later one.
        if likeness > ALIKE && likeness >= best.0 {
            best = (likeness, Some(known));
        }
    }
    best.1
}
