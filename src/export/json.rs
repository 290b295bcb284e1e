//! What the letter states, field by field, for programs.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::ExportInput;
use super::error::Error;
use crate::document::Fact;

/// One object: the letter's fields by name, in the order of the form; `is_draft` while
/// it has errors.
pub(super) fn write(input: &ExportInput<'_>) -> Result<Vec<u8>, Error> {
    let file = LetterFacts { input };
    let mut bytes =
        serde_json::to_vec_pretty(&file).map_err(|source| Error::Facts { source })?;
    bytes.push(b'\n');
    Ok(bytes)
}

struct LetterFacts<'a> {
    input: &'a ExportInput<'a>,
}

struct Facts<'a>(&'a [Fact]);

impl Serialize for LetterFacts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = serializer.serialize_map(None)?;
        file.serialize_entry("title", &self.input.document.title)?;
        file.serialize_entry("is_draft", &self.input.pages.watermark().is_some())?;
        file.serialize_entry("pages", &self.input.pages.len())?;
        file.serialize_entry("fields", &Facts(&self.input.document.facts))?;
        file.end()
    }
}

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|fact| (&fact.field, &fact.stated)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Stated};
    use crate::layout::paginate;
    use crate::layout::samples::{document, letter_sheet, paragraph};
    use crate::typefaces::Faces;

    #[test]
    fn facts_are_listed_by_field_in_the_order_of_the_form() {
        let fact = |field: &str, stated| Fact { field: field.into(), stated };
        let facts = vec![
            fact("items[1].request", Stated::Words("An \"MRI\"".into())),
            fact("claimant.age", Stated::Number(45)),
            fact("case.treatments", Stated::Several(vec!["a".into(), "b".into()])),
        ];
        let document = Document { facts, ..document(vec![paragraph("Words")]) };
        let pages = paginate(&document, &Faces::bundled(), &letter_sheet());
        let text = String::from_utf8(
            write(&ExportInput { document: &document, pages: &pages }).unwrap(),
        )
        .unwrap();
        let one_line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let expected = concat!(
            r#""is_draft": true, "pages": 1, "fields": { "items[1].request": "An \"MRI\"", "#,
            r#""claimant.age": 45, "case.treatments": [ "a", "b" ] }"#,
        );
        assert!(one_line.contains(expected), "{one_line}");
    }
}
