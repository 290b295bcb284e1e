//! Characters that cannot be printed, or that are not seen and change what is.

use super::placeholders::texts;
use super::wording::{place, sentence};
use super::{Finding, Input};
use crate::diagnostic::{Anchor, Change, Edit, Fix};
use crate::letter::FieldPath;
use crate::letter::fields::{Field, Value};

/// Plain characters for some that word processors and web pages leave in pasted text.
const PLAIN: &[(char, &str)] = &[
    ('\u{F0B7}', "•"),
    ('\u{F0A7}', "•"),
    ('\u{F0E0}', "to"),
    ('⇒', "to"),
    ('☐', "[ ]"),
    ('☑', "[x]"),
    ('☒', "[x]"),
    ('✓', "yes"),
    ('✔', "yes"),
    ('✗', "no"),
    ('≅', "about"),
];

/// What other programs leave where they could not read a character; the typefaces can
/// draw it, and nobody wants it.
const LOST: char = '\u{FFFD}';

/// L009: every text that can be printed can be.
pub(super) fn unprintable(input: &Input<'_>) -> Vec<Finding> {
    let printed = input.places().filter(|(field, ..)| field.printable);
    printed
        .flat_map(|(field, path, value)| in_value(input, field, &path, &value))
        .collect()
}

/// One finding for each such character of a field, at its first place.
fn in_value(
    input: &Input<'_>,
    field: &Field,
    path: &FieldPath,
    value: &Value<'_>,
) -> Vec<Finding> {
    let is_plain = matches!(value, Value::Text(_));
    let mut seen = Vec::new();
    let mut findings = Vec::new();
    for (at, character) in texts(value).into_iter().flat_map(|text| text.char_indices()) {
        let hidden = is_hidden(character);
        let is_plain_letter = character.is_ascii_graphic() || character == ' ';
        let is_shown = is_plain_letter
            || (!hidden && character != LOST && input.library.faces().covers(character));
        if is_shown || seen.contains(&character) {
            continue;
        }
        seen.push(character);
        let anchor = Anchor::Field {
            path: path.clone(),
            range: is_plain.then(|| (at..at + character.len_utf8()).into()),
        };
        let place = sentence(&place(input.letter, field, path));
        let finding = Finding::new(
            anchor,
            message(&place, character, hidden),
            hint(character, hidden),
        );
        findings.push(match value {
            Value::Text(text) => everywhere(finding, path, text, character, hidden),
            _ => finding,
        });
    }
    findings
}

/// Offers the plain characters in place of this one, wherever it stands in the text.
fn everywhere(
    finding: Finding,
    path: &FieldPath,
    text: &str,
    character: char,
    hidden: bool,
) -> Finding {
    let known = PLAIN
        .iter()
        .find(|(known, _)| *known == character)
        .map(|(_, plain)| *plain);
    let (label, plain) = match known {
        Some(plain) => (format!("Write {plain}"), plain),
        None if hidden => ("Take it out".to_owned(), ""),
        None => return finding,
    };
    let places = text.char_indices().filter(|(_, found)| *found == character);
    let edit = |(at, _)| Edit {
        path: path.clone(),
        change: Change::Words((at..at + character.len_utf8()).into(), plain.to_owned()),
    };
    let edits = places.map(edit).collect();
    Finding { fixes: vec![Fix { label, edits }], ..finding }
}

/// Controls, and marks that turn the direction of what stands around them.
fn is_hidden(character: char) -> bool {
    let turns = matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
}

fn message(place: &str, character: char, hidden: bool) -> String {
    let code = u32::from(character);
    if character == LOST {
        format!("{place} holds {character} where a character was lost")
    } else if hidden {
        format!("{place} holds a hidden character (U+{code:04X})")
    } else {
        format!(
            "{place} holds {character} (U+{code:04X}), which the letter's typeface does not have"
        )
    }
}

fn hint(character: char, hidden: bool) -> String {
    match PLAIN.iter().find(|(known, _)| *known == character) {
        Some((_, plain)) => format!("Write {plain} instead"),
        None if character == LOST => "Type the character that was lost".to_owned(),
        None if hidden => "Delete it, or type the words around it again".to_owned(),
        None => "Write it in plain letters".to_owned(),
    }
}
