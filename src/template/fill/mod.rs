//! A template and a letter become a document: minijinja writes Markdown with
//! placeholders, the Markdown becomes blocks, and in the blocks each placeholder becomes
//! spans that know their field.

mod blocks;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use minijinja::{Environment, Error, ErrorKind, Value};

use self::blocks::{BlockBuilder, PAGE_COUNT, PAGE_NUMBER, PICTURES};
use super::context::{Context, Many};
use super::filters::{self, Guidelines};
use super::ledger::{Breaks, Ledger};
use super::{LetterCopy, Template};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Style};
use crate::letter::{FieldPath, Letter};

/// Fills a template; see [`Template::fill`].
///
/// # Errors
/// The template ran into a limit, or asked at run time for what the lint cannot see.
pub(super) fn fill(
    template: &Template,
    letter: &Letter,
    copy: LetterCopy,
) -> Result<(Document, Vec<Diagnostic>), Error> {
    let ledger = Arc::new(Ledger::default());
    let env = environment(template, letter, &ledger);
    let context = Context {
        letter,
        head: &template.head,
        fields: &template.names,
        ledger: &ledger,
    };
    let mut names = context.scope("", &[]);
    names.insert("copy".into(), Value::from(copy.name()));
    names.insert("page".into(), Value::from_safe_string(PAGE_NUMBER.into()));
    names.insert("pages".into(), Value::from_safe_string(PAGE_COUNT.into()));
    for &(name, sign) in PICTURES {
        names.insert(name.into(), Value::from_safe_string(sign.into()));
    }
    let names = Value::from(names);

    let render = |part: &str| within_limit(env.get_template(part)?.render(&names)?);
    let (header, body, footer) = (render("header")?, render("body")?, render("footer")?);

    let mut builder = BlockBuilder::new(template, letter, ledger.printed());
    let document = Document {
        title: template.head.title.clone(),
        language: template.head.language.clone(),
        date: match letter.case.decision_date.understood() {
            Some(date) => *date,
            None => jiff::civil::date(2000, 1, 1),
        },
        header: builder.blocks(&header, "header")?,
        footer: builder.blocks(&footer, "footer")?,
        blocks: builder.blocks(&body, "body")?,
        facts: super::facts::facts(template, letter, copy),
    };
    Ok((document, builder.noticed))
}

/// The longest wording, in bytes, that a template may make; values count for one
/// character each. The wording of the longest real letter is below a twentieth of it.
const LONGEST_WORDING: usize = 256 * 1024;

fn within_limit(wording: String) -> Result<String, Error> {
    if wording.len() <= LONGEST_WORDING {
        Ok(wording)
    } else {
        Err(Error::new(ErrorKind::InvalidOperation, "its wording is too long"))
    }
}

fn environment(
    template: &Template,
    letter: &Letter,
    ledger: &Arc<Ledger>,
) -> Environment<'static> {
    let mut env = template.env.clone();
    filters::add_for_letter(&mut env, ledger, Guidelines::of(letter));
    let ledger = Arc::clone(ledger);
    env.set_formatter(move |out, _state, value| match printable(value)? {
        Printable::Nothing => Ok(()),
        Printable::Wording(text) => Ok(out.write_str(text)?),
        Printable::Text(text) => {
            Ok(out.write_char(ledger.print(text).ok_or_else(too_many)?)?)
        }
        Printable::Words(words, None) => {
            Ok(out.write_char(ledger.print(&words).ok_or_else(too_many)?)?)
        }
        Printable::Words(words, Some(field)) => {
            // Handed over first, so that these words have the field when they are printed.
            let handed = ledger.hand(&*words, field, Breaks::default());
            let text = handed.as_str().unwrap_or(&words);
            Ok(out.write_char(ledger.print(text).ok_or_else(too_many)?)?)
        }
    });
    env
}

fn too_many() -> Error {
    Error::new(ErrorKind::InvalidOperation, "it prints too many values")
}

/// What printing a value means.
enum Printable<'a> {
    Nothing,
    /// Text of the template itself, captured by `set` or a macro.
    Wording(&'a str),
    /// A string, perhaps of a field.
    Text(&'a str),
    /// Anything else, in words.
    Words(String, Option<FieldPath>),
}

fn printable(value: &Value) -> Result<Printable<'_>, Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(Printable::Nothing);
    }
    if let Some(many) = value.downcast_object_ref::<Many>() {
        let values: Vec<String> = many.values.iter().map(ToString::to_string).collect();
        return Ok(Printable::Words(values.join(", "), Some(many.field.clone())));
    }
    match value.as_str() {
        Some(text) if value.is_safe() => Ok(Printable::Wording(text)),
        Some(text) => Ok(Printable::Text(text)),
        // A list of lists can be without end when it is written out.
        None if value.try_iter().is_ok() => Err(Error::new(
            ErrorKind::InvalidOperation,
            "a list is printed that is no field",
        )),
        None => Ok(Printable::Words(value.to_string(), None)),
    }
}

/// Styles by name; a name that the head does not have is `body`.
pub(super) fn style(styles: &BTreeMap<String, Arc<Style>>, name: &str) -> Arc<Style> {
    let found = styles.get(name).or_else(|| styles.get("body"));
    found.cloned().unwrap_or_default()
}
