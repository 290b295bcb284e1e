//! What a form was filled in with, where the file does not draw it: a viewer would.

use hayro::hayro_syntax::object::{Array, Dict, Name, Rect, String as PdfString};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{self, Affine, Point};

use super::collector::{DrawnText, GlyphCollector};
use crate::import::page::{PlacedText, Standing};

/// The largest letters of a form, in points.
const LARGEST: f64 = 12.0;
/// About how wide a letter is, in sizes.
const WIDTH: f64 = 0.45;
/// A field can belong to a group, and that to another.
const DEEPEST: usize = 8;

/// Adds the values that no glyph shows, and tells stamps from the page's words.
pub(super) fn read(page: &Page<'_>, transform: Affine, collector: &mut GlyphCollector) {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else {
        return;
    };
    for annotation in annotations.iter::<Dict<'_>>() {
        let Some(rect) = annotation.get::<Rect>(b"Rect".as_slice()) else { continue };
        let area = kurbo::Rect::new(rect.x0, rect.y0, rect.x1, rect.y1);
        let area = transform.transform_rect_bbox(area);
        match annotation.get::<Name<'_>>(b"Subtype".as_slice()).as_deref() {
            Some(b"Stamp" | b"Watermark") => {
                for text in collector.annotations() {
                    if area.contains(text.placed.at) {
                        text.placed.standing = Standing::Mark;
                    }
                }
            }
            Some(b"Widget") if !is_hidden(&annotation) => {
                if let Some(value) = value(&annotation)
                    && !is_drawn_whole(&value, collector, area)
                {
                    place(&value, area, collector);
                }
            }
            _ => {}
        }
    }
}

fn is_hidden(annotation: &Dict<'_>) -> bool {
    let flags = annotation.get::<u32>(b"F".as_slice()).unwrap_or_default();
    flags & 0b10_0010 != 0
}

/// Whether a value stands in its place. One that is longer than its place is cut off
/// there, in the middle of a word: nothing of that is read.
fn is_drawn_whole(
    value: &str,
    collector: &mut GlyphCollector,
    area: kurbo::Rect,
) -> bool {
    let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
    let area = area.inflate(1.0, 1.0);
    let texts = collector.annotations().iter_mut();
    let mut drawn: Vec<&mut DrawnText> =
        texts.filter(|text| area.contains(text.placed.at)).collect();
    let words: String = drawn
        .iter()
        .filter(|text| !text.is_cut_away)
        .map(|text| without_spaces(&text.placed.text))
        .collect();
    let rest = without_spaces(value);
    let is_cut = rest.strip_prefix(&words).is_some_and(|rest| !rest.is_empty());
    if is_cut {
        for text in &mut drawn {
            text.placed.text.clear();
        }
    }
    !words.is_empty() && !is_cut
}

/// The words of a text field or the choice of a list, its own or of the field that it is
/// a part of.
fn value(annotation: &Dict<'_>) -> Option<String> {
    let (mut field, mut kind, mut value) = (annotation.clone(), None, None);
    for _ in 0..DEEPEST {
        if kind.is_none() {
            kind = field.get::<Name<'_>>(b"FT".as_slice());
        }
        if value.is_none() {
            value = field.get::<PdfString<'_>>(b"V".as_slice());
        }
        match field.get::<Dict<'_>>(b"Parent".as_slice()) {
            Some(parent) => field = parent,
            None => break,
        }
    }
    let is_text = matches!(kind.as_deref(), Some(b"Tx" | b"Ch"));
    let words = decoded(value.filter(|_| is_text)?.as_bytes());
    if words.trim().is_empty() { None } else { Some(words) }
}

/// Puts words where a viewer would draw them: on the field's one line, or from its top.
fn place(words: &str, area: kurbo::Rect, collector: &mut GlyphCollector) {
    let lines: Vec<&str> = words.split(['\n', '\r']).collect();
    let room = area.height() / lines.len() as f64;
    let size = (room * 0.75).clamp(4.0, LARGEST);
    let pitch = room.min(size * 1.2);
    let top =
        if lines.len() == 1 { area.center().y + size * 0.35 } else { area.y0 + size };
    for (index, line) in lines.iter().enumerate() {
        let y = top + index as f64 * pitch;
        let width = size * WIDTH;
        let tip = area.x0 + 2.0 + width * line.chars().count() as f64;
        let placed = PlacedText {
            at: Point::new(area.x0 + 2.0, y),
            tip: Point::new(tip.min(area.x1.max(area.x0 + 3.0)), y),
            size,
            text: (*line).to_owned(),
            piece: None,
            standing: Standing::Letter,
            is_pale: false,
            color: [0; 3],
        };
        collector.put(placed);
    }
}

/// A string of a PDF: UTF-16 or UTF-8 after its mark, or else a byte for each character.
pub(super) fn decoded(bytes: &[u8]) -> String {
    if let Some(pairs) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units: Vec<u16> = pairs
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect();
        return String::from_utf16_lossy(&units);
    }
    if let Some(text) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return String::from_utf8_lossy(text).into_owned();
    }
    bytes.iter().map(|&byte| of_document_encoding(byte)).collect()
}

/// A byte of a PDF's own encoding, which is Latin-1 but for what typography needs.
fn of_document_encoding(byte: u8) -> char {
    match byte {
        0x80 => '•',
        0x84 => '—',
        0x85 => '–',
        0x8d => '“',
        0x8e => '”',
        0x8f => '‘',
        0x90 => '’',
        0x92 => '™',
        0x93 => 'ﬁ',
        0x94 => 'ﬂ',
        0xa0 => '€',
        other => char::from(other),
    }
}
