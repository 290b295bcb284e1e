//! What a Word document's styles say of words: that they are hidden, or numbered.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Error, attribute, is_on, number};

/// Styles are at most so deep based on each other; word processors allow ten.
const DEEPEST: usize = 20;

/// The styles of a document, by their ids.
#[derive(Default)]
pub(super) struct WordStyles {
    known: HashMap<String, WordStyle>,
}

#[derive(Default)]
struct WordStyle {
    based_on: Option<String>,
    is_hidden: Option<bool>,
    list: Option<u32>,
    level: Option<usize>,
}

impl WordStyles {
    pub(super) fn read(xml: &str) -> Result<Self, Error> {
        let mut styles = Self::default();
        let (mut id, mut style) = (String::new(), WordStyle::default());
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(|_| Error::Unreadable)? {
                Event::Start(tag) | Event::Empty(tag) => {
                    if tag.local_name().as_ref() == b"style" {
                        styles.known.insert(id, std::mem::take(&mut style));
                        id = attribute(&tag, b"styleId").unwrap_or_default();
                    } else {
                        style.take(&tag);
                    }
                }
                Event::Eof => {
                    styles.known.insert(id, style);
                    return Ok(styles);
                }
                _ => {}
            }
        }
    }

    pub(super) fn is_hidden(&self, id: &str) -> bool {
        let found = self.lineage(id).into_iter().find_map(|style| style.is_hidden);
        found.unwrap_or_default()
    }

    /// The list that a style's paragraphs belong to, and their level in it.
    pub(super) fn list(&self, id: &str) -> Option<(u32, usize)> {
        let lineage = self.lineage(id);
        let list = lineage.iter().find_map(|style| style.list)?;
        let level = lineage.iter().find_map(|style| style.level);
        Some((list, level.unwrap_or_default()))
    }

    /// A style, and those that it is based on.
    fn lineage(&self, id: &str) -> Vec<&WordStyle> {
        let mut lineage = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next
            && let Some(style) = self.known.get(id)
            && lineage.len() < DEEPEST
        {
            lineage.push(style);
            next = style.based_on.as_deref();
        }
        lineage
    }
}

impl WordStyle {
    fn take(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            b"basedOn" => self.based_on = attribute(tag, b"val"),
            b"vanish" => self.is_hidden = Some(is_on(tag)),
            b"numId" => self.list = number(tag),
            b"ilvl" => self.level = number(tag),
            _ => {}
        }
    }
}
