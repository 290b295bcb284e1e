//! The letter as rules read it: every text in plain characters, with the way back to what
//! is written.

use std::borrow::Cow;

use super::plain_text::PlainText;
use crate::diagnostic::{Anchor, Change, Diagnostic, TextRange};
use crate::letter::fields::{Field, Slot, Value};
use crate::letter::{FieldPath, Guideline, Letter, Source};
use crate::template::Template;

/// A letter in plain characters.
pub(super) struct PlainLetter<'a> {
    pub letter: Cow<'a, Letter>,
    written: &'a Letter,
    template: &'a Template,
    /// The texts that are written differently.
    texts: Vec<(FieldPath, PlainText)>,
}

impl<'a> PlainLetter<'a> {
    pub(super) fn new(written: &'a Letter, template: &'a Template) -> Self {
        let letter = Cow::Borrowed(written);
        let mut plain = Self { letter, written, template, texts: Vec::new() };
        for field in template.fields() {
            for path in field.places(written) {
                plain.read(field, path);
            }
        }
        plain
    }

    fn read(&mut self, field: &Field, path: FieldPath) {
        match field.value(self.written, &path) {
            Some(Value::Text(text)) => {
                let Some(plain) = PlainText::new(text) else { return };
                if let Some(Slot::Text(slot)) = field.slot(self.letter.to_mut(), &path) {
                    slot.clone_from(&plain.text);
                    self.texts.push((path, plain));
                }
            }
            Some(Value::Many(values)) => {
                let Some(plain) = plain_values(values) else { return };
                if let Some(Slot::Many(slot)) = field.slot(self.letter.to_mut(), &path) {
                    *slot = plain;
                }
            }
            Some(Value::Guideline(line)) => {
                let Some(plain) = plain_guideline(line) else { return };
                if let Some(Slot::Guideline(slot)) =
                    field.slot(self.letter.to_mut(), &path)
                {
                    *slot = plain;
                }
            }
            _ => {}
        }
    }

    /// Turns the places of a finding in the plain letter into those of the written one.
    pub(super) fn put_back(&self, found: &mut Diagnostic) {
        if matches!(self.letter, Cow::Borrowed(_)) {
            return;
        }
        for anchor in std::iter::once(&mut found.anchor).chain(&mut found.others) {
            let Anchor::Field { path, range } = anchor else { continue };
            *range = range.and_then(|range| self.written_range(path, range));
        }
        for edit in found.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            if let Change::Words(range, _) = &mut edit.change
                && let Some(text) = self.text(&edit.path)
            {
                *range = text.written(*range);
            }
        }
    }

    fn text(&self, path: &FieldPath) -> Option<&PlainText> {
        let text = self.texts.iter().find(|(known, _)| known == path);
        text.map(|(_, text)| text)
    }

    /// Where words of a field are written; nowhere in a list or a guideline line whose
    /// words are written differently.
    fn written_range(&self, path: &FieldPath, range: TextRange) -> Option<TextRange> {
        if let Some(text) = self.text(path) {
            return Some(text.written(range));
        }
        let field = self.template.field(path.pattern())?;
        let plain = field.value(&self.letter, path)?;
        let written = field.value(self.written, path)?;
        if plain == written {
            return Some(range);
        }
        let (plain, written) = (plain.words(path), written.words(path));
        let words = plain.get(range.start..range.end)?;
        let start = written.find(words)?;
        Some(TextRange { start, end: start + words.len() })
    }
}

fn plain_values(values: &[String]) -> Option<Vec<String>> {
    let plain: Vec<String> = values.iter().map(|value| plain_words(value)).collect();
    (plain != values).then_some(plain)
}

fn plain_guideline(line: &Guideline) -> Option<Guideline> {
    let mut plain = line.clone();
    match &mut plain {
        Guideline::AsWritten(text) => *text = plain_words(text),
        Guideline::None { reason } => *reason = plain_words(reason),
        Guideline::Cited(sources) => {
            for source in sources {
                match source {
                    Source::NonMtus(work) => *work = plain_words(work),
                    Source::Mtus { title, sections, .. } => {
                        *title = plain_words(title);
                        for section in sections {
                            *section = plain_words(section);
                        }
                    }
                    Source::OutsideMtus => {}
                }
            }
        }
    }
    (plain != *line).then_some(plain)
}

fn plain_words(words: &str) -> String {
    match PlainText::new(words) {
        Some(plain) => plain.text,
        None => words.to_owned(),
    }
}
