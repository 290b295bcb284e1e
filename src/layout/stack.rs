//! Blocks into strips, one under the other: paragraphs, lists, and whatever they hold.

use std::sync::Arc;

use super::page::{Item, Kind, Part};
use super::strip::{Join, Measure, Setter, Strip, height};
use super::{paragraph, picture, table};
use crate::document::{Align, Block, List, Paragraph, Role, Span, Style, Text};
use crate::units::Pt;

/// Sets blocks between the measure's edges, as parts of `parent`.
pub(super) fn set(
    setter: &mut Setter,
    blocks: &[Block],
    measure: Measure,
    parent: Option<Part>,
) -> Vec<Strip> {
    let mut strips: Vec<Strip> = Vec::new();
    let mut begins_page = false;
    for block in blocks {
        let mut of_block = match block {
            Block::Paragraph(content) => {
                let part = setter.open(kind(content.role), parent);
                paragraph::set(setter, content, measure, part)
            }
            Block::List(content) => list(setter, content, measure, parent),
            Block::Table(content) => table::set(setter, content, measure, parent),
            Block::Picture(content) => {
                vec![picture::set(setter, content, measure, parent)]
            }
            Block::PageBreak => {
                // Before the first block there is nothing to break off from.
                begins_page = !strips.is_empty();
                continue;
            }
        };
        if let Some(first) = of_block.first_mut().filter(|_| begins_page) {
            first.join = Join::NewPage;
            begins_page = false;
        }
        strips.append(&mut of_block);
    }
    strips
}

fn kind(role: Role) -> Kind {
    match role {
        Role::Body => Kind::Paragraph,
        Role::Heading(level) => Kind::Heading(level),
    }
}

/// The least distance between where a list's labels begin and its text, in multiples of
/// the size.
const LEAST_HANG: f32 = 1.5;
/// The distance between a label and its text, in multiples of the size.
const LABEL_GAP: f32 = 0.55;

/// Sets a list: labels end at one line, text hangs behind it.
fn list(
    setter: &mut Setter,
    list: &List,
    measure: Measure,
    parent: Option<Part>,
) -> Vec<Strip> {
    let part = setter.open(Kind::List { numbered: list.start.is_some() }, parent);
    let style = label_style(&list.style);
    let labels: Vec<Paragraph> = (0..)
        .take(list.items.len())
        .map(|index| label(list.start, index, &style))
        .collect();
    // Figures are all equally wide, so the last number is the widest.
    let widest = labels
        .last()
        .map_or(Pt::ZERO, |label| paragraph::width(setter, label));
    let gap = style.size * LABEL_GAP;
    let hang = (widest + gap).max(style.size * LEAST_HANG);
    let measure = measure.indent(list.style.indent);
    let label_measure = Measure { width: (hang - gap).min(measure.width), ..measure };
    let mut strips = Vec::new();
    for (item, label) in list.items.iter().zip(&labels) {
        let item_part = setter.open(Kind::ListItem, Some(part));
        let label_part = setter.open(Kind::Label, Some(item_part));
        let label = paragraph::set(setter, label, label_measure, label_part);
        let body = setter.open(Kind::ListBody, Some(item_part));
        let text = set(setter, item, measure.inset(hang, Pt::ZERO), Some(body));
        strips.extend(labelled(label, text));
    }
    strips
}

/// A label looks like the list's text, but stands at the right of its own narrow measure.
fn label_style(style: &Style) -> Arc<Style> {
    let plain = Style {
        align: Align::Right,
        indent: Pt::ZERO,
        ground: None,
        keep_with_next: false,
        ..style.clone()
    };
    Arc::new(plain)
}

fn label(start: Option<u64>, index: u64, style: &Arc<Style>) -> Paragraph {
    let text = start.map_or_else(
        || "•".to_owned(),
        |start| format!("{}.", start.saturating_add(index)),
    );
    // The space keeps label and words apart in copied-out text.
    let span = Span::Text(Text { text: text + " ", ..Text::default() });
    Paragraph { role: Role::Body, style: style.clone(), spans: vec![span] }
}

/// Puts a label beside an item's first line, on the same baseline.
fn labelled(label: Vec<Strip>, mut text: Vec<Strip>) -> Vec<Strip> {
    let Some(first) = text.first_mut() else { return label };
    let label_height = height(&label);
    let label: Vec<Item> = label.into_iter().flat_map(|strip| strip.items).collect();
    let lower = baseline(&first.items)
        .zip(baseline(&label))
        .map_or(Pt::ZERO, |(text, label)| text - label);
    // Whichever of the two is higher makes room for itself.
    let (label_down, text_down) = (lower.max(Pt::ZERO), (-lower).max(Pt::ZERO));
    first.height = (first.height + text_down).max(label_down + label_height);
    let text_items = std::mem::take(&mut first.items)
        .into_iter()
        .map(|item| item.moved_down(text_down));
    first.items = label
        .into_iter()
        .map(|item| item.moved_down(label_down))
        .chain(text_items)
        .collect();
    text
}

fn baseline(items: &[Item]) -> Option<Pt> {
    items.iter().find_map(|item| match item {
        Item::Glyphs(run) => Some(run.origin.y),
        Item::Missing(_)
        | Item::Gap(_)
        | Item::Rule(_)
        | Item::Ground(_)
        | Item::Picture(_) => None,
    })
}
