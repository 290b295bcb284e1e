//! Blocks into strips, one under the other: paragraphs, lists, and whatever they hold.

use std::sync::Arc;

use super::page::{Owner, PageItem, StructureKind};
use super::setter::Setter;
use super::strip::{Join, Measure, Strip, height};
use super::{paragraph, picture, table};
use crate::document::{Align, Block, List, Paragraph, Role, Span, Style, Text};
use crate::units::Pt;

impl Setter {
    /// Sets blocks between the measure's edges, as parts of `parent`. Whatever holds
    /// blocks itself, a list or a table, calls it for them.
    pub(super) fn set_blocks(
        &mut self,
        blocks: &[Block],
        measure: Measure,
        parent: Option<Owner>,
    ) -> Vec<Strip> {
        let mut strips: Vec<Strip> = Vec::new();
        let mut begins_page = false;
        for block in blocks {
            let mut of_block = match block {
                Block::Paragraph(content) => {
                    let owner = self.open(kind(content.role), parent);
                    paragraph::set(self, content, measure, owner)
                }
                Block::List(content) => list(self, content, measure, parent),
                Block::Table(content) => table::set(self, content, measure, parent),
                Block::Picture(content) => {
                    vec![picture::set(self, content, measure, parent)]
                }
                Block::PageBreak => {
                    // Before the first block there is nothing to break off from.
                    begins_page = !strips.is_empty();
                    continue;
                }
            };
            if begins_page && let Some(first) = of_block.first_mut() {
                first.join = Join::NewPage;
                begins_page = false;
            }
            strips.append(&mut of_block);
        }
        strips
    }
}

fn kind(role: Role) -> StructureKind {
    match role {
        Role::Body => StructureKind::Paragraph,
        Role::Heading(level) => StructureKind::Heading(level),
    }
}

/// The least distance between where a list's labels begin and its text, in multiples of
/// the size.
const LEAST_HANG: f32 = 1.5;
/// The distance between a label and its text, in multiples of the size.
const LABEL_GAP: f32 = 0.55;

/// Sets a list: labels end at one line, and text hangs after it.
fn list(
    setter: &mut Setter,
    list: &List,
    measure: Measure,
    parent: Option<Owner>,
) -> Vec<Strip> {
    let owner =
        setter.open(StructureKind::List { numbered: list.start.is_some() }, parent);
    let style = label_style(&list.style);
    let labels: Vec<Paragraph> = (0..)
        .take(list.items.len())
        .map(|index| label(list.start, index, &style))
        .collect();
    // Figures are all equally wide, so the last number is the widest.
    let widest = match labels.last() {
        Some(label) => paragraph::width(setter, label),
        None => Pt::ZERO,
    };
    let gap = style.size * LABEL_GAP;
    let hang = (widest + gap).max(style.size * LEAST_HANG);
    let measure = measure.indent(list.style.indent);
    let label_measure = Measure { width: (hang - gap).min(measure.width), ..measure };
    let mut strips = Vec::new();
    for (item, label) in list.items.iter().zip(&labels) {
        let item_part = setter.open(StructureKind::ListItem, Some(owner));
        let label_part = setter.open(StructureKind::Label, Some(item_part));
        let label = paragraph::set(setter, label, label_measure, label_part);
        let body = setter.open(StructureKind::ListBody, Some(item_part));
        let text = setter.set_blocks(item, measure.inset(hang, Pt::ZERO), Some(body));
        strips.extend(labelled(label, text));
    }
    strips
}

/// A label looks like the list's text, but is at the right of its own narrow measure.
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
    let text = match start {
        Some(start) => format!("{}.", start.saturating_add(index)),
        None => "•".to_owned(),
    };
    // The space keeps label and words apart in copied-out text.
    let span = Span::Text(Text { text: text + " ", ..Text::default() });
    Paragraph { role: Role::Body, style: style.clone(), spans: vec![span] }
}

/// Puts a label beside an item's first line, on the same baseline.
fn labelled(label: Vec<Strip>, mut text: Vec<Strip>) -> Vec<Strip> {
    let Some(first) = text.first_mut() else { return label };
    let label_height = height(&label);
    let label: Vec<PageItem> = label.into_iter().flat_map(|strip| strip.items).collect();
    let lower = match (baseline(&first.items), baseline(&label)) {
        (Some(text), Some(label)) => text - label,
        (None, _) | (_, None) => Pt::ZERO,
    };
    // Whichever of the two is higher makes room for itself.
    let (label_down, text_down) = (lower.max(Pt::ZERO), (-lower).max(Pt::ZERO));
    first.height = (first.height + text_down).max(label_down + label_height);
    // The label is read before its text.
    let text_items = std::mem::take(&mut first.items);
    for item in label {
        first.items.push(item.moved_down(label_down));
    }
    for item in text_items {
        first.items.push(item.moved_down(text_down));
    }
    text
}

fn baseline(items: &[PageItem]) -> Option<Pt> {
    items.iter().find_map(|item| match item {
        PageItem::Glyphs(run) => Some(run.origin.y),
        PageItem::Missing(_)
        | PageItem::Gap(_)
        | PageItem::Rule(_)
        | PageItem::Ground(_)
        | PageItem::Picture(_) => None,
    })
}
