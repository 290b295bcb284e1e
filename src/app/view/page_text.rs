//! A page of the letter for those who do not see it: a document, with its lines in order.

use egui::accesskit::Role;
use egui::{Id, Pos2, Rect, Sense, Ui, UiBuilder, vec2};

use crate::layout::page::{Owner, Page, PageItem};
use crate::units;

/// A line of words, and where it stands on the paper.
struct SpokenLine {
    words: String,
    bounds: units::Rect,
    owner: Option<Owner>,
}

/// Makes the widget of a page a document, and its lines what it holds. Nothing is drawn.
pub(super) fn speak(ui: &mut Ui, id: Id, page: &Page, at: Pos2, scale: f32) {
    let document = ui
        .ctx()
        .accesskit_node_builder(id, |node| node.set_role(Role::Document));
    // Nobody listens.
    if document.is_none() {
        return;
    }
    let builder = UiBuilder::new().accessibility_parent(id).id_salt((id, "lines"));
    let child = ui.new_child(builder);
    for (place, line) in lines(page).into_iter().enumerate() {
        let (from, size) = (line.bounds.at, line.bounds.size);
        let rect = Rect::from_min_size(
            at + vec2(from.x.0, from.y.0) * scale,
            vec2(size.width.0, size.height.0) * scale,
        );
        let line_id = id.with(("line", place));
        child.interact(rect, line_id, Sense::hover());
        child.ctx().accesskit_node_builder(line_id, |node| {
            node.set_role(Role::Label);
            node.set_value(line.words.trim());
        });
    }
}

/// The words of a page, line by line; a gap is said as such.
fn lines(page: &Page) -> Vec<SpokenLine> {
    let mut lines: Vec<SpokenLine> = Vec::new();
    for item in &page.items {
        let words = match item {
            PageItem::Gap(gap) => format!(" [to fill in: {}] ", gap.label),
            _ => item.text().unwrap_or_default().to_owned(),
        };
        let Some(bounds) = item.bounds().filter(|_| !words.trim().is_empty()) else {
            // A space alone still keeps the words before and after it apart.
            if let (false, Some(line)) = (words.is_empty(), lines.last_mut()) {
                line.words.push_str(&words);
            }
            continue;
        };
        match lines.last_mut() {
            Some(line)
                if line.owner == item.owner() && is_beside(line.bounds, bounds) =>
            {
                line.words.push_str(&words);
                line.bounds.size.width =
                    bounds.at.x + bounds.size.width - line.bounds.at.x;
            }
            _ => lines.push(SpokenLine { words, bounds, owner: item.owner() }),
        }
    }
    lines
}

/// Whether something stands on the same line, further to the right.
fn is_beside(line: units::Rect, next: units::Rect) -> bool {
    let middle = next.at.y.0 + next.size.height.0 / 2.0;
    let line_end = line.at.y.0 + line.size.height.0;
    line.at.y.0 < middle && middle < line_end && next.at.x.0 >= line.at.x.0
}
