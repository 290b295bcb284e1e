//! The address of a field in one letter.

use std::fmt;
use std::sync::Arc;

use arrayvec::ArrayVec;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Group, Id, Letter, row_noun};

/// How deep rows lie in each other: an opinion lies in an item.
const DEEPEST: usize = 2;

/// One fillable place of one letter: a field's pattern and the rows that the place lies
/// in. Drafts write it with the ids filled in, as `items#7.rationale`.
///
/// Ids never change and are never reused, so a path goes on naming the same place while
/// rows are moved around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath {
    /// The pattern, such as `items[].rationale`.
    field: Arc<str>,
    /// An id for each `[]` of the pattern, outermost first.
    rows: ArrayVec<Id, DEEPEST>,
}

impl FieldPath {
    /// The place that `pattern` (such as `items[].rationale`) names in these rows,
    /// outermost first. More rows than the pattern asks for are ignored.
    pub fn new(pattern: &str, rows: &[Id]) -> Self {
        let asked = pattern.matches("[]").count().min(DEEPEST);
        let rows: ArrayVec<Id, DEEPEST> = rows.iter().copied().take(asked).collect();
        // Without its row the place is nowhere in the form, and is not to be taken for
        // the field that is there in every row.
        let field = match pattern.match_indices("[]").nth(rows.len()) {
            None => pattern.into(),
            Some((end, _)) => {
                let (named, unnamed) = pattern.split_at(end);
                (named.to_owned() + &unnamed.replace("[]", "")).into()
            }
        };
        Self { field, rows }
    }

    /// Reads what [`Display`](fmt::Display) writes. A text that is no path is kept as it
    /// is, as a field that no letter has: a draft with one opens, and keeps it.
    fn read(text: &str) -> Self {
        let unknown = || Self { field: text.into(), rows: ArrayVec::new() };
        let mut pieces = text.split('#');
        let mut pattern = pieces.next().unwrap_or_default().to_owned();
        let mut rows = ArrayVec::new();
        for piece in pieces {
            let end = piece
                .find(|character: char| !character.is_ascii_digit())
                .unwrap_or(piece.len());
            let (digits, name) = piece.split_at(end);
            let Ok(id) = digits.parse() else { return unknown() };
            if rows.try_push(Id(id)).is_err() {
                return unknown();
            }
            pattern.push_str("[]");
            pattern.push_str(name);
        }
        let path = Self { field: pattern.into(), rows };
        // An id with zeros before it, for one, is not written by this program.
        if path.to_string() == text { path } else { unknown() }
    }

    /// The field's pattern: the path without its ids.
    pub fn pattern(&self) -> &str {
        &self.field
    }

    /// The ids of the rows that the place lies in, outermost first.
    pub fn rows(&self) -> &[Id] {
        &self.rows
    }

    /// Each row that the place lies in, outermost first, after the prefix of its group:
    /// (`items`, 7), (`items[].opinions`, 3).
    pub fn rows_by_prefix(&self) -> impl Iterator<Item = (&str, Id)> {
        let ends = self.field.match_indices("[]").map(|(end, _)| end);
        ends.zip(&self.rows).map(|(end, &id)| (&self.field[..end], id))
    }

    /// Whether the field names a person or what leads to one.
    pub fn names_someone(&self) -> bool {
        self.field.starts_with("parties.") || self.field.starts_with("recipients[]")
    }

    /// Writes the path with a text in place of each row.
    fn write_with<T: fmt::Display>(
        &self,
        f: &mut impl fmt::Write,
        rows: impl IntoIterator<Item = T>,
    ) -> fmt::Result {
        let mut rows = rows.into_iter();
        for (place, piece) in self.field.split("[]").enumerate() {
            if place > 0 {
                match rows.next() {
                    Some(row) => write!(f, "{row}")?,
                    None => f.write_str("[]")?,
                }
            }
            f.write_str(piece)?;
        }
        Ok(())
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_with(f, self.rows.iter().map(|row| format!("#{row}")))
    }
}

impl Serialize for FieldPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FieldPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::read(&text))
    }
}

impl Letter {
    /// Which row of its group each row of a path is, outermost first and counted from 1;
    /// 0 for a row that is gone.
    pub fn position_of(&self, path: &FieldPath) -> Vec<usize> {
        path.rows_by_prefix()
            .map(|(prefix, id)| {
                let Some(group) = Group::named(prefix, path.rows()) else { return 0 };
                let ids = self.row_ids(group);
                ids.iter().position(|&row| row == id).map_or(0, |place| place + 1)
            })
            .collect()
    }

    /// What people call the rows that a place lies in, outermost first: "item 2",
    /// "opinion 1".
    pub fn row_names(&self, path: &FieldPath) -> Vec<String> {
        path.rows_by_prefix()
            .zip(self.position_of(path))
            .map(|((prefix, _), position)| {
                let group = prefix.rsplit('.').next().unwrap_or(prefix);
                format!("{} {position}", row_noun(group))
            })
            .collect()
    }

    /// A path as people read it, rows counted from 1: `items[2].rationale`.
    pub fn spell(&self, path: &FieldPath) -> String {
        let positions = self.position_of(path).into_iter();
        let mut spelled = String::new();
        // Writing to a string does not fail.
        _ = path
            .write_with(&mut spelled, positions.map(|position| format!("[{position}]")));
        spelled
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
            assert_eq!((path.pattern(), path.rows()), (pattern, &*rows));
            assert_eq!(FieldPath::read(&path.to_string()), path);
        }
    }

    #[test]
    fn any_text_read_as_a_path_is_written_as_it_was() {
        for text in [
            "",
            "case.number",
            "items#7.rationale",
            "items#7.opinions",
            "items#7",
            "items[].rationale",
            "items#007.rationale",
            "items#x.rationale",
            "a#1.b#2.c#3.d",
            "a[]b#1",
            "#",
            "items#99999999999.rationale",
        ] {
            assert_eq!(FieldPath::read(text).to_string(), text);
        }
    }

    #[test]
    fn rows_that_a_pattern_has_no_place_for_are_ignored() {
        let path = FieldPath::new("case.number", &[Id(7)]);
        assert_eq!((path.pattern(), path.rows()), ("case.number", &[][..]));
    }

    #[test]
    fn a_path_without_its_row_is_no_field() {
        assert_eq!(FieldPath::new("items[].decision", &[]).pattern(), "items.decision");
    }

    #[test]
    fn people_see_positions() {
        let mut letter = Letter::default();
        letter.add_row(Group::Items, None);
        let item = letter.add_row(Group::Items, None);
        let opinion = letter.add_row(Group::Opinions(item), None);
        let path = FieldPath::new("items[].opinions[].rationale", &[item, opinion]);
        assert_eq!(letter.spell(&path), "items[2].opinions[1].rationale");
        assert_eq!(letter.row_names(&path), ["item 2", "opinion 1"]);
        let path = FieldPath::new("case.number", &[]);
        assert_eq!(letter.spell(&path), "case.number");
        assert!(letter.row_names(&path).is_empty());
    }
}
