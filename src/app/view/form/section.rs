//! A section of the form: its heading stays in sight while one scrolls through it, and
//! one that the letter can do without is folded while it is empty.

use egui::{Align2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::context::{FormContext, FormHeading};
use super::show_section;
use crate::app::desk::is_optional;
use crate::app::theme::{self, palette};
use crate::app::widgets::{Icon, paint_icon};
use crate::letter::FieldPath;
use crate::letter::fields::{Field, Section};

/// How high a heading is that sticks to the top.
pub(super) const STICKY: f32 = 40.0;

/// Draws the section.
pub(super) fn show(
    ui: &mut Ui,
    form: &mut FormContext<'_>,
    section: Section,
    fields: &[&Field],
) {
    let is_optional = is_optional(form.template, form.letter, section);
    let is_folded = is_optional && is_folded(form, section, fields);
    let head = head(ui, section, is_optional.then_some(is_folded));
    // Only a jump asks for it.
    let is_jump = form.reveal.is_some() || form.state.arriving.is_some();
    let mut places = fields.iter().flat_map(|field| field.places(form.letter));
    let first = if is_jump { places.next() } else { None };
    form.headings[0] = Some(FormHeading { rect: head.rect, first });
    if head.clicked() && is_optional {
        if is_folded {
            form.state.unfolded.insert(section);
        } else {
            form.state.unfolded.remove(&section);
        }
    }
    if is_folded {
        return;
    }
    ui.add_space(4.0);
    show_section(ui, form, fields);
    stick(ui, section, head.rect.top(), ui.cursor().top());
}

/// Whether nothing stands in the section, and nobody opened it or jumps into it.
fn is_folded(form: &mut FormContext<'_>, section: Section, fields: &[&Field]) -> bool {
    let is_jumped_to = match &form.reveal {
        Some(path) => fields.iter().any(|field| leads_to(field, path)),
        None => false,
    };
    if is_jumped_to {
        form.state.unfolded.insert(section);
    }
    !form.state.unfolded.contains(&section)
        && fields.iter().all(|field| {
            let mut places = field.places(form.letter).into_iter();
            places.all(|path| {
                let value = field.value(form.letter, &path);
                value.is_none_or(|value| value.is_empty())
            })
        })
}

/// Whether a place is this field's or that of the rows that it is in.
fn leads_to(field: &Field, path: &FieldPath) -> bool {
    let rows = field.pattern.strip_prefix(path.pattern());
    rows.is_some_and(|rest| rest.is_empty() || rest.starts_with("[]"))
}

/// The heading; of an optional section, with a sign that says whether it `is_folded`.
fn head(ui: &mut Ui, section: Section, is_folded: Option<bool>) -> Response {
    let size = vec2(ui.available_width(), 28.0);
    let sense = if is_folded.is_some() { Sense::CLICK } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let label = section.label();
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, label));
    let colors = palette(ui);
    let words = paint_title(ui, rect, label);
    let Some(is_folded) = is_folded else { return response };
    let at = pos2(words.right() + 12.0, words.bottom() - 4.0);
    let ink = if response.hovered() { colors.text } else { colors.quiet };
    let note = ui
        .painter()
        .text(at, Align2::LEFT_BOTTOM, "optional", theme::help(), ink);
    let square = Rect::from_center_size(
        pos2(note.right() + 14.0, note.center().y + 1.0),
        egui::Vec2::splat(11.0),
    );
    let icon = if is_folded { Icon::Down } else { Icon::Up };
    paint_icon(ui.painter(), square, icon, ink);
    response.on_hover_text(if is_folded { "Open" } else { "Fold" })
}

fn paint_title(ui: &Ui, rect: Rect, label: &str) -> Rect {
    let ink = palette(ui).text;
    ui.painter()
        .text(rect.left_center(), Align2::LEFT_CENTER, label, theme::title(), ink)
}

/// Keeps the heading in sight while the section reaches from above the window into it.
fn stick(ui: &Ui, section: Section, top: f32, bottom: f32) {
    let seen = ui.clip_rect();
    if top >= seen.top() || bottom < seen.top() {
        return;
    }
    let across = ui.available_rect_before_wrap().x_range().expand(8.0);
    let top = seen.top().min(bottom - STICKY);
    let rect = Rect::from_x_y_ranges(across, top..=top + STICKY);
    // Nothing under the heading is pointed at through it.
    ui.interact(rect, ui.scope_id().with(("sticky", section)), Sense::CLICK);
    let colors = palette(ui);
    ui.painter().rect_filled(rect, 0.0, colors.window);
    let line = Stroke::new(1.0, colors.line);
    ui.painter().hline(across, rect.bottom() - 0.5, line);
    paint_title(ui, rect.shrink2(vec2(8.0, 0.0)), section.label());
}
