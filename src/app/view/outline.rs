//! The outline: the letter's parts, how far each is, and the way to each.

use egui::{
    Label, Rect, Response, RichText, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2,
};

use crate::app::command::Command;
use crate::app::desk::{Desk, OutlinePart, Progress};
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, Icon, paint_icon, quiet, ring};
use crate::letter::fields::Section;
use crate::letter::{Group, Id};

const LINE: f32 = 28.0;
const INDENT: f32 = 18.0;

/// Whether a line is a part of the letter or an item in it.
#[derive(Clone, Copy)]
enum OutlineLevel {
    Part,
    Item,
}

/// Draws the outline of the open draft.
pub(super) fn show(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let parts = desk.outline();
    ui.add_space(8.0);
    ScrollArea::vertical()
        .id_salt("outline")
        .auto_shrink(false)
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
    let size = Vec2::new(ui.available_width(), LINE);
    let (sense, indent) = match level {
        OutlineLevel::Part => (Sense::click(), 0.0),
        OutlineLevel::Item => (Sense::click_and_drag(), INDENT),
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let state = progress_words(part);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{}: {state}", part.label))
    });
    let here = is_here(desk, part, level);
    let colors = palette(ui);
    if here || response.hovered() {
        ui.painter()
            .rect_filled(rect, 6.0, if here { colors.tint } else { colors.over });
    }
    if response.has_focus() {
        ring(ui, rect);
    }
    paint_line(ui, part, rect, indent, here);
    response.on_hover_text(format!("{}\n{state}", part.label))
}

/// Narrower than this the outline shows its marks alone.
const FOLDED: f32 = 80.0;

fn paint_line(ui: &mut Ui, part: &OutlinePart, rect: Rect, indent: f32, here: bool) {
    let colors = palette(ui);
    let (mark, color) = match part.progress {
        Progress::Done => (Icon::Tick, colors.done),
        Progress::Begun if part.errors > 0 => (Icon::Dot, colors.error),
        Progress::Begun => (Icon::Dot, colors.accent),
        Progress::Empty => (Icon::Ring, colors.quiet),
    };
    let folded = rect.width() < FOLDED;
    let left = if folded { rect.center().x - 7.0 } else { rect.left() + 8.0 + indent };
    let square =
        Rect::from_center_size(pos2(left + 7.0, rect.center().y), Vec2::splat(14.0));
    paint_icon(ui.painter(), square, mark, color);
    if folded {
        return;
    }
    let place = Rect::from_min_max(
        pos2(left + 24.0, rect.top()),
        pos2(rect.right() - 6.0, rect.bottom()),
    );
    let font = if here { theme::semibold(15.0) } else { theme::body() };
    let label = Label::new(RichText::new(&part.label).font(font))
        .truncate()
        .selectable(false);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(place).layout(layout), |ui| {
        ui.add(label)
    });
}

/// The part's progress in words.
fn progress_words(part: &OutlinePart) -> String {
    match part.progress {
        _ if part.errors > 0 => {
            format!("{} to mend", widgets::count(part.errors, "problem"))
        }
        Progress::Done => "done".to_owned(),
        Progress::Begun => "begun".to_owned(),
        Progress::Empty => "empty".to_owned(),
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
            if line.is_optional && line.progress == Progress::Empty {
                continue;
            }
            all += 1;
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
