//! Tables that an organization adds to: a file with the name and the form of one in
//! `assets/`. Its rows come after the program's own, and its lists are added to theirs.

use ron::Value;
use ron::value::Map;
use serde::de::DeserializeOwned;

use crate::diagnostic;

/// An own table that cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("Your table could not be read at line {line}, column {column}: {reason}")]
    Syntax { line: usize, column: usize, reason: String },
    #[error("Your table does not have the same layout as the built-in one: {reason}")]
    Form { reason: String },
}

/// What a person wants to see no more of the program's own: the lists of the own `lists.ron`
/// whose names begin with "hidden".
#[derive(Clone, Default)]
pub struct Hidden(Option<Map>);

impl Hidden {
    /// Of the own lists; nothing where they cannot be read, which is told elsewhere.
    pub fn of_lists(own: &str) -> Self {
        match read(own) {
            Ok(Value::Map(lists)) => Self(Some(lists)),
            _ => Self(None),
        }
    }

    fn rows(&self, list: &str) -> &[Value] {
        let name = format!("hidden {list}");
        match self.0.as_ref().and_then(|lists| lists.get(&name.into())) {
            Some(Value::Seq(rows)) => rows,
            _ => &[],
        }
    }

    /// Whether something of this table is hidden.
    pub fn is_of(&self, table: &str) -> bool {
        !self.rows(list_of(table)).is_empty()
    }

    fn remove_from(&self, bundled: &mut Value, table: &str) {
        match bundled {
            Value::Seq(rows) => {
                let hidden = self.rows(list_of(table));
                rows.retain(|row| !hidden.iter().any(|name| is_called(row, name)));
            }
            Value::Map(lists) => {
                for (list, rows) in lists.iter_mut() {
                    let hidden = match list {
                        Value::String(list) if table == "lists.ron" => self.rows(list),
                        _ => self.rows(list_of(table)),
                    };
                    if let Value::Seq(rows) = rows {
                        rows.retain(|row| !hidden.contains(row));
                    }
                }
            }
            _ => {}
        }
    }
}

fn list_of(table: &str) -> &str {
    table.trim_end_matches(".ron")
}

/// Whether a row has this word.
fn is_called(row: &Value, name: &Value) -> bool {
    match row {
        Value::Map(values) => values.get(&"word".into()) == Some(name),
        _ => false,
    }
}

/// A table of the program without what is hidden of it, and with what an own one adds.
pub fn joined<T: DeserializeOwned>(
    table: &str,
    bundled: &str,
    own: &str,
    hidden: &Hidden,
) -> Result<T, Error> {
    let mut bundled = read(bundled)?;
    hidden.remove_from(&mut bundled, table);
    let both = join(bundled, read(own)?)?;
    both.into_rust()
        .map_err(|error| Error::Form { reason: error.to_string() })
}

fn read(text: &str) -> Result<Value, Error> {
    ron::from_str(text).map_err(|error: ron::error::SpannedError| Error::Syntax {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: diagnostic::reason(&error.code),
    })
}

fn join(bundled: Value, own: Value) -> Result<Value, Error> {
    match (bundled, own) {
        // An empty one.
        (bundled, Value::Unit) => Ok(bundled),
        (Value::Seq(rows), Value::Seq(more)) => {
            Ok(Value::Seq(rows.into_iter().chain(more).collect()))
        }
        (Value::Map(mut lists), Value::Map(more)) => {
            for (name, list) in more {
                let joined = match lists.remove(&name) {
                    Some(known) => join(known, list)?,
                    None => list,
                };
                lists.insert(name, joined);
            }
            Ok(Value::Map(lists))
        }
        _ => Err(Error::Form {
            reason: "a list is where there should be none, or missing where there \
                should be one"
                .into(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Library, TABLES};

    #[test]
    fn rows_and_lists_are_added_and_errors_are_reported() {
        let library = Library::bundled().unwrap();
        let (library, errors) = library.with_own_tables([
            ("lists.ron", "{\"specialties\": [\"Space Medicine\"], \"moons\": [\"Io\"]}"),
            ("chapters.ron", "[(title: \"Space Complaints\", year: Some(2030))]"),
            (
                "confusables.ron",
                "[(word: \"spice\", right: \"space\", after: [\"medicine\"])]",
            ),
            ("conclusions.ron", "(strong: [\"cosmically necessary\"])"),
            ("parts.ron", "[(name: \"Tail\", chapter: \"tail\", words: [\"tail\"])]"),
            ("records.ron", "[(name: \"a\""),
            ("treatments.ron", "{}"),
        ]);
        let specialties = library.list("specialties");
        assert_eq!(
            (specialties.first().map(String::as_str), library.list("moons")),
            (Some("Addiction Psychiatry"), &["Io".to_owned()][..])
        );
        assert!(specialties.contains(&"Space Medicine".to_owned()));
        assert_eq!(
            library.chapters().last().map(|chapter| chapter.year),
            Some(Some(2030))
        );
        assert!(library.confusables().all().iter().any(|row| row.word == "spice"));
        assert!(
            !library.anatomy().named_in("the tail").is_empty()
                && !library.anatomy().named_in("the knee").is_empty()
        );
        assert_eq!(
            library
                .conclusions()
                .strong
                .find("it is cosmically necessary")
                .count(),
            1
        );
        let names: Vec<&str> = errors.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["records.ron", "treatments.ron"]);
        assert!(
            matches!(errors[0].1, Error::Syntax { line: 1, .. })
                && matches!(errors[1].1, Error::Form { .. })
        );
    }

    #[test]
    fn the_bundled_tables_are_the_same_when_nothing_is_added() {
        let nothing = TABLES.iter().map(|name| match *name {
            "lists.ron" => (*name, "{}"),
            "conclusions.ron" => (*name, "()"),
            _ => (*name, "[]"),
        });
        let (library, errors) = Library::bundled().unwrap().with_own_tables(nothing);
        assert_eq!(errors, []);
        let bundled = Library::bundled().unwrap();
        assert_eq!(library.chapters(), bundled.chapters());
        assert_eq!(library.confusables(), bundled.confusables());
        assert_eq!(library.specialisms(), bundled.specialisms());
    }
}
