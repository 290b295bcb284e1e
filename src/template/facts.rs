//! What a letter states, field by field, for programs: the fields that its template asks
//! for and that its copy may disclose.

use super::{LetterCopy, Template};
use crate::document::{Fact, Stated};
use crate::letter::fields::Value;
use crate::letter::{FieldPath, Letter, phrasing};

/// Every field that is filled in, in the order of the form. The reviewer's name is never
/// among them, and the public copy states nothing of parties and recipients.
pub(super) fn facts(template: &Template, letter: &Letter, copy: LetterCopy) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (field, path) in template.places(letter) {
        let is_withheld = copy == LetterCopy::Public && path.names_someone();
        if !field.printable || is_withheld {
            continue;
        }
        if let Some(value) = field.value(letter, &path)
            && !value.is_empty()
        {
            facts
                .push(Fact { field: letter.spell(&path), stated: stated(&path, &value) });
        }
    }
    facts
}

fn stated(path: &FieldPath, value: &Value<'_>) -> Stated {
    match value {
        Value::Text(text) => Stated::Words((*text).to_owned()),
        Value::Date(entry) => match entry.understood() {
            Some(date) => Stated::Words(date.to_string()),
            None => Stated::Words(entry.show()),
        },
        Value::Number(entry) => match entry.understood() {
            Some(number) => Stated::Number(*number),
            None => Stated::Words(entry.show()),
        },
        Value::Money(entry) => Stated::Words(entry.show()),
        Value::Choice(key) => Stated::Words(key.to_string()),
        Value::Many(values) => Stated::Several(values.to_vec()),
        Value::YesNo(yes) => Stated::Yes(*yes),
        Value::Guideline(line) => Stated::Words(phrasing::stated_line(line, path)),
    }
}
