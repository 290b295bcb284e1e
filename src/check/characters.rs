//! Characters that cannot be printed, or that are not seen and change what is.

use super::input::FormPlace;
use super::placeholders::texts;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Overriding, Reads, Rule};
use crate::diagnostic::{Anchor, Change, Edit, Fix, Severity, TextRange};
use crate::letter::FieldPath;
use crate::letter::fields::Value;
use crate::template::Family;
use crate::typefaces::covers;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L009",
    reads: &[Reads::Printed],
    name: "characters",
    severity: Severity::Error,
    family: Family::Characters,
    summary: "Every character can be printed, and none is hidden",
    help: "A character that the letter's typefaces lack would print as an empty box. \
        Hidden and direction-changing characters make a text say something other than it \
        seems to. The plain equivalent is named where it is known.",
    overriding: Overriding::Never,
    find: unprintable,
    ..Rule::DEFAULT
}];

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

/// What to do about a character of another script.
const FOREIGN: &str = "Use plain letters instead";

/// What other programs leave where they could not read a character; the typefaces can
/// draw it, and nobody wants it.
const LOST: char = '\u{FFFD}';

fn unprintable(input: &Input<'_>, findings: &mut Findings) {
    for place in input.places() {
        if place.field.printable {
            unprintable_in(input, place, findings);
        }
    }
}

/// Fewer characters of a field are named one by one.
const MANY: usize = 4;

/// One finding for each such character of a field, at its first place, or one for all of
/// another script's.
fn unprintable_in(input: &Input<'_>, place: &FormPlace<'_>, findings: &mut Findings) {
    let mut seen = Vec::new();
    let Some(value) = place.field.value(input.written, &place.path) else { return };
    let first = findings.len();
    for text in texts(&value) {
        for (at, character) in text.char_indices() {
            if can_be_printed(character) || seen.contains(&character) {
                continue;
            }
            seen.push(character);
            let name = capitalized(&input.field_name(place.field, &place.path));
            let (message, hint) = (message(&name, character), hint(character));
            findings.push(match value {
                Value::Text(text) => {
                    let words = at..at + character.len_utf8();
                    let mut finding = Finding::at(&place.path, words, message, hint);
                    finding.fixes.extend(replace_all(&place.path, text, character));
                    finding
                }
                _ => Finding::new(Anchor::from(place.path.clone()), message, hint),
            });
        }
    }
    seen.retain(|&character| is_of_another_script(character));
    if seen.len() >= MANY {
        let name = capitalized(&input.field_name(place.field, &place.path));
        join(findings, first, &name, seen.len());
    }
}

/// Makes one finding of those from this one on that are about another script.
fn join(findings: &mut Findings, from: usize, name: &str, count: usize) {
    let (foreign, others): (Findings, Findings) =
        findings.drain(from..).partition(|finding| finding.hint == FOREIGN);
    findings.extend(others);
    let mut foreign = foreign.into_iter();
    let Some(mut first) = foreign.next() else { return };
    first.message =
        format!("{name} has {count} characters that the letter's font cannot print");
    for Finding { anchor, .. } in foreign {
        first.others.push(anchor);
    }
    findings.push(first);
}

/// Whether nothing plain can stand for it.
fn is_of_another_script(character: char) -> bool {
    plain(character).is_none() && character != LOST && !is_hidden(character)
}

fn can_be_printed(character: char) -> bool {
    covers(character) && !is_hidden(character) && character != LOST
}

/// The plain characters in place of this one, wherever the text has it.
fn replace_all(path: &FieldPath, text: &str, character: char) -> Option<Fix> {
    let (label, plain) = match plain(character) {
        Some(plain) => (format!("Write {plain}"), plain),
        None if is_hidden(character) => ("Remove it".to_owned(), ""),
        None => return None,
    };
    let mut edits = Vec::new();
    for (start, found) in text.match_indices(character) {
        let range = TextRange { start, end: start + found.len() };
        let change = Change::Words(range, plain.to_owned());
        edits.push(Edit { path: path.clone(), change });
    }
    Some(Fix { label, edits })
}

fn plain(character: char) -> Option<&'static str> {
    let known = PLAIN.iter().find(|(known, _)| *known == character);
    known.map(|(_, plain)| *plain)
}

/// Controls, and marks that turn the direction of what stands around them.
fn is_hidden(character: char) -> bool {
    match character {
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        '\n' | '\r' | '\t' => false,
        _ => character.is_control(),
    }
}

fn message(place: &str, character: char) -> String {
    let code = u32::from(character);
    if character == LOST {
        format!("{place} has {character} where a character was lost")
    } else if is_hidden(character) {
        format!("{place} has a hidden character (U+{code:04X})")
    } else {
        format!(
            "{place} has {character} (U+{code:04X}), which the letter's font cannot print"
        )
    }
}

fn hint(character: char) -> String {
    match plain(character) {
        Some(plain) => format!("Write {plain} instead"),
        None if character == LOST => "Type the missing character".to_owned(),
        None if is_hidden(character) => {
            "Delete it, or retype the words around it".to_owned()
        }
        None => FOREIGN.to_owned(),
    }
}
