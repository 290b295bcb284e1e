//! The outline: the letter's parts, how far each is, and the way to each.

use std::sync::Arc;

use egui::scroll_area::ScrollBarVisibility;
use egui::text::LayoutJob;
use egui::{
    Color32, FontId, Galley, Rect, Response, RichText, Role, ScrollArea, Sense,
    TextFormat, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::app::command::Command;
use crate::app::desk::{Desk, OutlinePart, Progress};
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, Icon, paint_icon, quiet, ring};
use crate::letter::fields::Section;
use crate::letter::{Group, Id};

/// How high a line of one row of words is; an item's title may have two.
const LINE: f32 = 28.0;
const PADDING: f32 = 5.0;
const INDENT: f32 = 8.0;
/// Room for a mark, for an item's number, and for what stands at the right.
const MARK: f32 = 29.0;
const NUMBER: f32 = 16.0;
const ASIDE: f32 = 20.0;
/// The word under an item's title.
const DECISION: f32 = 14.0;

/// Whether a line is a part of the letter or an item in it.
#[derive(Clone, Copy, PartialEq)]
enum OutlineLevel {
    Part,
    Item,
}

/// Draws the outline of the open draft.
pub(super) fn show(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let parts = desk.outline();
    ui.add_space(8.0);
    // There is no room for a bar beside signs.
    let bar = if ui.available_width() < FOLDED {
        ScrollBarVisibility::AlwaysHidden
    } else {
        ScrollBarVisibility::VisibleWhenNeeded
    };
    ScrollArea::vertical()
        .id_salt("outline")
        .auto_shrink(false)
        .scroll_bar_visibility(bar)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for part in &parts {
                if line(ui, desk, part, OutlineLevel::Part).clicked() {
                    commands.push(command_of(part, desk));
                }
                let items = part.section == Some(Section::Items);
                for (place, inner) in part.parts.iter().enumerate() {
                    let response = line(ui, desk, inner, OutlineLevel::Item);
                    if response.clicked() {
                        commands.push(command_of(inner, desk));
                    }
                    if items {
                        drag(ui, desk, &response, place, commands);
                    }
                }
            }
            ui.add_space(12.0);
            count_done(ui, &parts);
            deadline(ui, desk);
            appeal(ui, desk);
        });
}

/// Finish goes to the next problem in its way, and to the export once there is none.
fn command_of(part: &OutlinePart, desk: &Desk) -> Command {
    match &part.first {
        Some(path) => Command::Go(path.clone()),
        None if desk.refusal(&Command::NextProblem).is_none() && part.errors > 0 => {
            Command::NextProblem
        }
        None => Command::Export,
    }
}

/// Items are put in order by dragging them; a line shows where the dragged one would
/// come.
fn drag(
    ui: &Ui,
    desk: &Desk,
    response: &Response,
    place: usize,
    commands: &mut Vec<Command>,
) {
    let Some(draft) = &desk.draft else { return };
    let ids = draft.letter.row_ids(Group::Items);
    let Some(&id) = ids.get(place) else { return };
    response.dnd_set_drag_payload(id);
    let is_below = match ui.ctx().pointer_interact_pos() {
        Some(pointer) => pointer.y > response.rect.center().y,
        None => false,
    };
    if response.dnd_hover_payload::<Id>().is_some() {
        let y = if is_below { response.rect.bottom() } else { response.rect.top() };
        ui.painter().hline(
            response.rect.x_range(),
            y,
            egui::Stroke::new(2.0, palette(ui).accent),
        );
    }
    if let Some(dragged) = response.dnd_release_payload::<Id>() {
        let place = place + usize::from(is_below);
        // The place is counted in the list without the dragged one.
        let is_before = ids.iter().take(place).any(|id| *id == *dragged);
        commands.push(Command::Place(
            Group::Items,
            *dragged,
            place - usize::from(is_before),
        ));
    }
}

fn line(ui: &mut Ui, desk: &Desk, part: &OutlinePart, level: OutlineLevel) -> Response {
    let (sense, indent) = match level {
        OutlineLevel::Part => (Sense::CLICK, 0.0),
        OutlineLevel::Item => (Sense::CLICK | Sense::DRAG, INDENT),
    };
    let width = ui.available_width();
    let is_folded = width < FOLDED;
    let here = is_here(desk, part, level);
    let lead = MARK + indent + if part.number.is_some() { NUMBER } else { 0.0 };
    let aside = if aside(ui, part).is_some() { ASIDE } else { 4.0 };
    let words = words(ui, part, level, here, width - lead - aside);
    let decision = if part.decision.is_some() { DECISION } else { 0.0 };
    let height =
        if is_folded { LINE + 4.0 } else { words.size().y + decision + 2.0 * PADDING };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height.max(LINE)), sense);
    let state = progress_words(part);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{}: {state}", part.label))
    });
    let colors = palette(ui);
    if here || response.hovered() {
        ui.painter()
            .rect_filled(rect, 6.0, if here { colors.tint } else { colors.over });
    }
    if response.has_focus() {
        ring(ui, rect);
    }
    if is_folded {
        paint_folded(ui, part, rect);
    } else {
        paint_line(ui, part, rect, indent, words);
    }
    response.on_hover_text(hover(part, &state))
}

/// Narrower than this the outline shows its signs alone.
const FOLDED: f32 = 80.0;

fn hover(part: &OutlinePart, state: &str) -> String {
    match (part.number, &part.decision) {
        (Some(number), Some(decision)) => {
            format!("{number}. {}\n{decision}, {state}", part.label)
        }
        (Some(number), None) => format!("{number}. {}\n{state}", part.label),
        (None, _) => format!("{}\n{state}", part.label),
    }
}

/// What a line says: an item's title in at most two lines.
fn words(
    ui: &Ui,
    part: &OutlinePart,
    level: OutlineLevel,
    here: bool,
    width: f32,
) -> Arc<Galley> {
    let size = if level == OutlineLevel::Part { 15.0 } else { 14.0 };
    let font_id = if here { theme::semibold(size) } else { FontId::proportional(size) };
    let colors = palette(ui);
    let is_optional = part.progress == Progress::Optional;
    let color = if is_optional { colors.quiet } else { colors.text };
    let format = TextFormat { font_id, color, ..TextFormat::default() };
    let mut job = LayoutJob::default();
    job.append(&part.label, 0.0, format);
    job.wrap.max_width = width.max(20.0);
    job.wrap.max_rows = if level == OutlineLevel::Part { 1 } else { 2 };
    job.wrap.break_anywhere = level == OutlineLevel::Part;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

fn mark(ui: &Ui, part: &OutlinePart) -> (Icon, Color32) {
    let colors = palette(ui);
    match part.progress {
        Progress::Done => (Icon::Tick, colors.done),
        Progress::Begun if part.errors > 0 => (Icon::Dot, colors.error),
        Progress::Begun => (Icon::Dot, colors.accent),
        Progress::Empty => (Icon::Ring, colors.quiet),
        Progress::Optional => (Icon::Dash, colors.quiet),
    }
}

fn paint_line(ui: &Ui, part: &OutlinePart, rect: Rect, indent: f32, words: Arc<Galley>) {
    let colors = palette(ui);
    let (sign, color) = mark(ui, part);
    let first_row = words.rows.first().map_or(LINE, |row| row.size.y);
    let decision = if part.decision.is_some() { DECISION } else { 0.0 };
    let top = rect.center().y - f32::midpoint(words.size().y, decision);
    let left = rect.left() + 8.0 + indent;
    let center = pos2(left + 7.0, top + first_row / 2.0);
    let square = Rect::from_center_size(center, Vec2::splat(13.0));
    paint_icon(ui.painter(), square, sign, color);
    let mut at = pos2(rect.left() + MARK + indent, top);
    if let Some(number) = part.number {
        let font = FontId::proportional(14.0);
        let corner = egui::Align2::LEFT_TOP;
        ui.painter().text(at, corner, number.to_string(), font, colors.quiet);
        at.x += NUMBER;
    }
    let under = at + vec2(0.0, words.size().y);
    ui.painter().galley(at, words, colors.text);
    if let Some(decision) = &part.decision {
        let corner = egui::Align2::LEFT_TOP;
        let font = FontId::proportional(12.0);
        ui.painter().text(under, corner, decision, font, colors.quiet);
    }
    let right = pos2(rect.right() - 12.0, center.y);
    let font = theme::semibold(12.0);
    if let Some((words, color)) = aside(ui, part) {
        let middle = egui::Align2::CENTER_CENTER;
        ui.painter().text(right, middle, words, font, color);
    }
}

/// What stands at the right: how many problems there are.
fn aside(ui: &Ui, part: &OutlinePart) -> Option<(String, Color32)> {
    let colors = palette(ui);
    // The whole letter's problems are counted at the foot.
    if part.errors > 0 && part.section.is_some() && part.parts.is_empty() {
        return Some((part.errors.to_string(), colors.error));
    }
    None
}

/// A narrow outline has a sign for each part and a number for each item, with a small dot
/// for its state.
fn paint_folded(ui: &Ui, part: &OutlinePart, rect: Rect) {
    let colors = palette(ui);
    let center = rect.center();
    if let Some(number) = part.number {
        let (middle, font) = (egui::Align2::CENTER_CENTER, theme::semibold(13.0));
        ui.painter()
            .text(center, middle, number.to_string(), font, colors.text);
    } else {
        let square = Rect::from_center_size(center, Vec2::splat(18.0));
        let is_optional = part.progress == Progress::Optional;
        let ink = if is_optional { colors.quiet } else { colors.text };
        paint_icon(ui.painter(), square, sign_of(part), ink);
    }
    let (sign, color) = mark(ui, part);
    if matches!(sign, Icon::Tick | Icon::Dot) {
        let dot = center + vec2(11.0, 9.0);
        ui.painter().circle_filled(dot, 3.5, color);
    }
}

fn sign_of(part: &OutlinePart) -> Icon {
    match part.section {
        Some(Section::Reviewer) => Icon::Person,
        Some(Section::Case) => Icon::Folder,
        Some(Section::Parties) => Icon::People,
        Some(Section::Documents) => Icon::Page,
        Some(Section::Summary) => Icon::Lines,
        Some(Section::Items) => Icon::List,
        None => Icon::Flag,
    }
}

/// The part's progress in words.
fn progress_words(part: &OutlinePart) -> String {
    match part.progress {
        _ if part.errors > 0 => widgets::count(part.errors, "problem"),
        Progress::Done => "done".to_owned(),
        Progress::Begun => "begun".to_owned(),
        Progress::Empty => "empty".to_owned(),
        Progress::Optional => "optional".to_owned(),
    }
}

/// Whether the caret is in this part.
fn is_here(desk: &Desk, part: &OutlinePart, level: OutlineLevel) -> bool {
    let (Some(focus), Some(draft)) = (&desk.focus, &desk.draft) else { return false };
    let Some(field) = draft.template.field(focus.pattern()) else { return false };
    if Some(field.section) != part.section {
        return false;
    }
    match level {
        // The item alone is marked, not its section too.
        OutlineLevel::Part => part.parts.is_empty(),
        OutlineLevel::Item => match &part.first {
            Some(first) => first.rows().first() == focus.rows().first(),
            None => false,
        },
    }
}

/// The letter's clock, until it is decided.
fn deadline(ui: &mut Ui, desk: &Desk) {
    let Some(draft) = &desk.draft else { return };
    let is_decided = !draft.letter.case.decision_date.is_empty();
    if is_decided || ui.available_width() < FOLDED {
        return;
    }
    let Some((days, due)) = desk.days_left() else { return };
    let words = match days {
        0 => "due today".to_owned(),
        1.. => format!("due in {}", widgets::count(days as usize, "day")),
        _ => format!("due {} ago", widgets::count(days.unsigned_abs() as usize, "day")),
    };
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        let colors = palette(ui);
        let color = if days < 0 { colors.error } else { colors.quiet };
        ui.label(RichText::new(words).font(theme::help()).color(color))
            .on_hover_text(crate::letter::us_date(due));
    });
}

/// The last day to appeal a letter that was served.
fn appeal(ui: &mut Ui, desk: &Desk) {
    let Some(appeal) = desk.appeal() else { return };
    if appeal.days < 0 || ui.available_width() < FOLDED {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        quiet(ui, format!("appeal until {}", crate::letter::us_date(appeal.until)));
    });
}

fn count_done(ui: &mut Ui, parts: &[OutlinePart]) {
    let (mut done, mut all) = (0, 0);
    for part in parts {
        for line in std::iter::once(part).chain(&part.parts) {
            all += usize::from(line.progress != Progress::Optional);
            done += usize::from(line.progress == Progress::Done);
        }
    }
    if ui.available_width() >= FOLDED {
        ui.horizontal(|ui| {
            ui.add_space(8.0);
            quiet(ui, format!("{done} of {all} done"));
        });
    }
}
