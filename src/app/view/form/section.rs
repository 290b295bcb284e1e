//! A section of the form: its heading stays in sight while one scrolls through it, and
//! one that the letter can do without is folded while it is empty.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::context::{FormContext, FormHeading, RowAtTop};
use super::{field_id, show_section};
use crate::app::desk::{is_filled, is_optional};
use crate::app::theme::{self, palette};
use crate::app::widgets::{Icon, paint_icon};
use crate::letter::fields::{Field, Section};
use crate::letter::{FieldPath, Id};

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
    stick(ui, form, section, head.rect.top());
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
            let places = field.places(form.letter);
            !places.iter().any(|path| is_filled(field, form.letter, path))
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

/// Keeps the heading in sight while the section reaches from above the window into it; of
/// an item, its own head. Where the caret is seen in another part, that part's heading is
/// seen too, and this one would only mislead.
fn stick(ui: &Ui, form: &mut FormContext<'_>, section: Section, top: f32) {
    let row = form.row_at_top.take();
    let (seen, bottom) = (ui.clip_rect(), ui.cursor().top());
    if top >= seen.top() || bottom < seen.top() {
        return;
    }
    let caret = seen_caret(ui, form);
    if caret.as_ref().is_some_and(|(of, _)| *of != section) {
        return;
    }
    let row = row.filter(|row| match caret {
        Some((_, Some(id))) => id == row.id,
        _ => true,
    });
    let across = ui.available_rect_before_wrap().x_range().expand(8.0);
    let top = seen.top().min(bottom - STICKY);
    let rect = Rect::from_x_y_ranges(across, top..=top + STICKY);
    // Nothing under the heading is pointed at through it.
    ui.interact(rect, ui.scope_id().with(("sticky", section)), Sense::CLICK);
    let colors = palette(ui);
    ui.painter().rect_filled(rect, 0.0, colors.window);
    let line = Stroke::new(1.0, colors.line);
    ui.painter().hline(across, rect.bottom() - 0.5, line);
    let rect = rect.shrink2(vec2(8.0, 0.0));
    match row {
        Some(row) => paint_row(ui, rect, &row),
        None => {
            paint_title(ui, rect, section.label());
        }
    }
}

/// The section and the row of the caret, if its field is seen.
fn seen_caret(ui: &Ui, form: &FormContext<'_>) -> Option<(Section, Option<Id>)> {
    let path = form.focus.as_ref()?;
    let place = ui.data(|data| data.get_temp::<Rect>(field_id(path).with("place")))?;
    let field = form.template.field(path.pattern())?;
    let is_seen = ui.clip_rect().intersects(place);
    is_seen.then(|| (field.section, path.rows().first().copied()))
}

fn paint_row(ui: &Ui, rect: Rect, row: &RowAtTop) {
    let colors = palette(ui);
    let at = rect.right_center();
    let (words, ink) = (row.aside.clone(), colors.accent);
    let aside =
        ui.painter()
            .text(at, Align2::RIGHT_CENTER, words, theme::semibold(14.0), ink);
    let words = row.words.clone();
    let mut job = LayoutJob::simple_singleline(words, theme::semibold(15.0), colors.text);
    job.wrap = TextWrapping::truncate_at_width(aside.left() - rect.left() - 16.0);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = rect.left_center() - vec2(0.0, galley.size().y / 2.0);
    ui.painter().galley(at, galley, colors.text);
}
