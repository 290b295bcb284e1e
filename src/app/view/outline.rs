//! The outline: the letter's parts, how far each is, and the way to each.

use egui::{
    Label, Rect, Response, RichText, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2,
};

use crate::app::command::Command;
use crate::app::desk::{Desk, OutlinePart, Progress};
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, Mark, paint_mark, quiet, ring};
use crate::letter::fields::Section;
use crate::letter::{Group, Id};

const LINE: f32 = 28.0;
const INDENT: f32 = 18.0;

/// Whether a line is a part of the letter or an item in it.
#[derive(Clone, Copy)]
enum Place {
    OutlinePart,
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
                if line(ui, desk, part, Place::OutlinePart).clicked() {
                    commands.push(way(part, desk));
                }
                let items = part.section == Some(Section::Items);
                for (place, inner) in part.parts.iter().enumerate() {
                    let response = line(ui, desk, inner, Place::Item);
                    if response.clicked() {
                        commands.push(way(inner, desk));
                    }
                    if items {
                        drag(ui, desk, &response, place, commands);
                    }
                }
            }
            ui.add_space(12.0);
            done(ui, &parts);
            deadline(ui, desk);
            appeal(ui, desk);
        });
}

/// Finish goes to what still stands against it, and to the export once nothing does.
fn way(part: &OutlinePart, desk: &Desk) -> Command {
    match &part.first {
        Some(path) => Command::Go(path.clone()),
        None if desk.refusal(&Command::NextProblem).is_none() && part.errors > 0 => {
            Command::NextProblem
        }
        None => Command::Export,
    }
}

/// Items are put in order by dragging them; a line shows where the dragged one would come
/// to stand.
fn drag(
    ui: &Ui,
    desk: &Desk,
    response: &Response,
    place: usize,
    commands: &mut Vec<Command>,
) {
    let ids = desk
        .draft
        .as_ref()
        .map(|draft| draft.letter.row_ids(Group::Items))
        .unwrap_or_default();
    let Some(&id) = ids.get(place) else { return };
    response.dnd_set_drag_payload(id);
    let is_below = ui
        .ctx()
        .pointer_interact_pos()
        .is_some_and(|pointer| pointer.y > response.rect.center().y);
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

fn line(ui: &mut Ui, desk: &Desk, part: &OutlinePart, place: Place) -> Response {
    let size = Vec2::new(ui.available_width(), LINE);
    let (sense, indent) = match place {
        Place::OutlinePart => (Sense::click(), 0.0),
        Place::Item => (Sense::click_and_drag(), INDENT),
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let state = state(part);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{}: {state}", part.label))
    });
    let here = is_here(desk, part, place);
    let colours = palette(ui);
    if here || response.hovered() {
        ui.painter().rect_filled(
            rect,
            6.0,
            if here { colours.tint } else { colours.over },
        );
    }
    if response.has_focus() {
        ring(ui, rect);
    }
    words(ui, part, rect, indent, here);
    response.on_hover_text(format!("{}\n{state}", part.label))
}

/// Narrower than this the outline shows its marks alone.
const FOLDED: f32 = 80.0;

fn words(ui: &mut Ui, part: &OutlinePart, rect: Rect, indent: f32, here: bool) {
    let colours = palette(ui);
    let (mark, colour) = match part.progress {
        Progress::Done => (Mark::Tick, colours.done),
        Progress::Begun if part.errors > 0 => (Mark::Dot, colours.error),
        Progress::Begun => (Mark::Dot, colours.accent),
        Progress::Empty => (Mark::Ring, colours.quiet),
    };
    let folded = rect.width() < FOLDED;
    let left = if folded { rect.center().x - 7.0 } else { rect.left() + 8.0 + indent };
    let square =
        Rect::from_center_size(pos2(left + 7.0, rect.center().y), Vec2::splat(14.0));
    paint_mark(ui.painter(), square, mark, colour);
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
fn state(part: &OutlinePart) -> String {
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
fn is_here(desk: &Desk, part: &OutlinePart, place: Place) -> bool {
    let (Some(focus), Some(draft)) = (&desk.focus, &desk.draft) else { return false };
    let in_section = draft
        .template
        .field(&focus.pattern())
        .is_some_and(|field| Some(field.section) == part.section);
    match place {
        // The item alone is marked, not its section too.
        Place::OutlinePart => in_section && part.parts.is_empty(),
        Place::Item => {
            in_section
                && part
                    .first
                    .as_ref()
                    .is_some_and(|first| first.rows().first() == focus.rows().first())
        }
    }
}

/// The letter's clock, until it is decided.
fn deadline(ui: &mut Ui, desk: &Desk) {
    let decided = desk
        .draft
        .as_ref()
        .is_some_and(|draft| !draft.letter.case.decision_date.is_empty());
    let Some((days, due)) = desk
        .days_left()
        .filter(|_| !decided && ui.available_width() >= FOLDED)
    else {
        return;
    };
    let words = match days {
        0 => "due today".to_owned(),
        1.. => format!("due in {}", widgets::count(days as usize, "day")),
        _ => format!("due {} ago", widgets::count(days.unsigned_abs() as usize, "day")),
    };
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        let colours = palette(ui);
        let colour = if days < 0 { colours.error } else { colours.quiet };
        ui.label(RichText::new(words).font(theme::help()).color(colour))
            .on_hover_text(crate::letter::us_date(due));
    });
}

/// The last day to appeal a letter that was served.
fn appeal(ui: &mut Ui, desk: &Desk) {
    let Some(appeal) = desk
        .appeal()
        .filter(|appeal| appeal.days >= 0 && ui.available_width() >= FOLDED)
    else {
        return;
    };
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        quiet(ui, format!("appeal until {}", crate::letter::us_date(appeal.until)));
    });
}

fn done(ui: &mut Ui, parts: &[OutlinePart]) {
    let lines = || parts.iter().flat_map(|part| std::iter::once(part).chain(&part.parts));
    let done = lines().filter(|part| part.progress == Progress::Done).count();
    if ui.available_width() >= FOLDED {
        ui.horizontal(|ui| {
            ui.add_space(8.0);
            quiet(ui, format!("{done} of {} done", lines().count()));
        });
    }
}
