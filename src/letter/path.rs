//! The address of a field in one letter.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Id;

/// One fillable place of one letter: a field's pattern with the rows' ids filled in, such
/// as `items#7.rationale`.
///
/// Ids never change and are never reused, so a path goes on naming the same place while
/// rows are moved around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldPath(Arc<str>);

impl FieldPath {
    /// The place that `pattern` (such as `items[].rationale`) names in these rows,
    /// outermost first.
    pub fn new(pattern: &str, rows: &[Id]) -> Self {
        let mut rows = rows.iter();
        let mut pieces = pattern.split("[]");
        let mut path = String::with_capacity(pattern.len() + 8 * rows.len());
        path.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            if let Some(row) = rows.next() {
                _ = write!(path, "#{row}");
            }
            path.push_str(piece);
        }
        Self(path.into())
    }

    /// The field's pattern: the path without its ids.
    pub fn pattern(&self) -> String {
        self.pieces()
            .flat_map(|(name, row)| [name, if row.is_some() { "[]" } else { "" }])
            .collect()
    }

    /// The ids of the rows that the place lies in, outermost first.
    pub fn rows(&self) -> Vec<Id> {
        self.pieces().filter_map(|(_, row)| row).collect()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the field names a person or what leads to one.
    pub fn names_someone(&self) -> bool {
        self.0.starts_with("parties.") || self.0.starts_with("recipients#")
    }

    /// Cuts `items#7.rationale` into (`items`, 7) and (`.rationale`, none).
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (&str, Option<Id>)> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (name, after) = rest.split_once('#').unwrap_or((rest, ""));
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            rest = &after[digits..];
            Some((name, after[..digits].parse().ok().map(Id)))
        })
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_back_its_pattern_and_its_rows() {
        for (pattern, rows) in [
            ("case.number", vec![]),
            ("items[].rationale", vec![Id(7)]),
            ("items[].opinions[].rationale", vec![Id(12), Id(3)]),
        ] {
            let path = FieldPath::new(pattern, &rows);
            assert_eq!((path.pattern(), path.rows()), (pattern.to_owned(), rows));
        }
    }
}
