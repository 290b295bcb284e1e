//! The start page: what was not saved, new letters, and the drafts known.

use std::sync::Arc;

use egui::{
    Align, Frame, Key, Label, Layout, Margin, Response, RichText, Role, ScrollArea,
    Sense, Stroke, Ui, WidgetInfo,
};

use super::text;
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::job::KnownDraft;
use crate::app::theme::{self, palette};
use crate::app::widgets::{Icon, count, heading, icon, main_button, quiet, ring};
use crate::letter::us_date;
use crate::store::recovery::{Lock, Recovery};
use crate::template::Template;

/// What has been typed to find a draft.
#[derive(Default)]
pub(super) struct StartState {
    filter: String,
    /// Something is drawn over the page and keeps the focus to itself.
    pub is_covered: bool,
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    state: &mut StartState,
    commands: &mut Vec<Command>,
) {
    ScrollArea::vertical()
        .id_salt("start")
        .auto_shrink(false)
        .show(ui, |ui| {
            let side = ((ui.available_width() - theme::FORM_WIDTH) / 2.0).max(16.0);
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    ui.set_width(ui.available_width().min(theme::FORM_WIDTH) - 16.0);
                    ui.add_space(32.0);
                    ui.label(RichText::new("Rationale").font(theme::semibold(30.0)));
                    quiet(
                        ui,
                        "Determination letters, written once and checked as you write",
                    );
                    ui.add_space(theme::SECTION_GAP - 8.0);
                    recoveries(ui, desk, commands);
                    new_letters(ui, desk, state, commands);
                    known_drafts(ui, desk, state, commands);
                    ui.add_space(theme::SECTION_GAP);
                });
            });
        });
}

fn recoveries(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    if desk.recoveries.is_empty() {
        return;
    }
    heading(ui, "Not saved last time");
    for recovery in &desk.recoveries {
        card(ui, |ui| {
            ui.horizontal(|ui| {
                ui.vertical(|ui| {
                    ui.label(
                        RichText::new(title_of(recovery)).font(theme::semibold(15.0)),
                    );
                    quiet(ui, saved_when(recovery));
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let discard =
                        ui.button("Discard").on_hover_text("Lets this copy go for good");
                    if discard.clicked() {
                        commands.push(Command::DiscardCopy(recovery.id.clone()));
                    }
                    if main_button(ui, "Bring back").clicked() {
                        commands.push(Command::Restore(recovery.id.clone()));
                    }
                });
            });
        });
    }
    ui.add_space(theme::SECTION_GAP - 8.0);
}

fn title_of(recovery: &Recovery) -> String {
    if recovery.lock == Lock::Locked {
        return "An encrypted letter".to_owned();
    }
    let letter = &recovery.draft.letter;
    let name = match letter.case.number.trim() {
        "" => "A letter without a case number",
        number => number,
    };
    format!("{name}  ·  {}", count(letter.items.len(), "item"))
}

fn saved_when(recovery: &Recovery) -> String {
    let at = recovery
        .saved
        .to_zoned_datetime(jiff::tz::TimeZone::system())
        .strftime("%B %-d, %H:%M");
    match &recovery.original {
        Some(path) => format!("Copied aside {at}; changes to {}", path.display()),
        None => format!("Copied aside {at}; never saved to a file"),
    }
}

fn new_letters(
    ui: &mut Ui,
    desk: &Desk,
    state: &StartState,
    commands: &mut Vec<Command>,
) {
    heading(ui, "Begin a letter");
    let templates: Vec<&Arc<Template>> = desk.templates.iter().collect();
    let beside = if ui.available_width() >= TWO_TEMPLATES_FIT { 2 } else { 1 };
    for (line, templates) in templates.chunks(beside).enumerate() {
        ui.columns(beside, |columns| {
            for (place, (template, ui)) in templates.iter().zip(columns).enumerate() {
                let response = template_card(ui, template);
                if response.clicked() {
                    commands.push(Command::Begin(template.id().to_owned()));
                }
                let is_first = line + place == 0;
                if is_first
                    && ui.memory(|memory| memory.focused().is_none())
                    && !state.is_covered
                {
                    response.request_focus();
                }
            }
        });
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        if ui.button("Open a draft…").clicked() {
            commands.push(Command::Open);
        }
        quiet(ui, "or drop one on this window");
    });
    ui.add_space(theme::SECTION_GAP - 8.0);
}

/// A template, with a small picture of a letter.
fn template_card(ui: &mut Ui, template: &Template) -> Response {
    let response = card(ui, |ui| {
        ui.horizontal(|ui| {
            picture(ui);
            ui.add_space(8.0);
            ui.add(
                Label::new(
                    RichText::new(&template.head().name).font(theme::semibold(15.0)),
                )
                .wrap(),
            );
        });
    });
    pressable(ui, &response, &format!("New letter: {}", template.head().name))
}

/// Room for two cards beside each other.
const TWO_TEMPLATES_FIT: f32 = 560.0;

/// A page with lines on it.
fn picture(ui: &mut Ui) {
    let colors = palette(ui);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(34.0, 44.0), Sense::hover());
    ui.painter().rect(
        rect,
        1.0,
        colors.paper,
        Stroke::new(1.0, colors.line),
        egui::StrokeKind::Inside,
    );
    for (place, share) in
        [0.45, 0.8, 0.75, 0.8, 0.5, 0.8, 0.78, 0.6].into_iter().enumerate()
    {
        let top = rect.top() + 6.0 + place as f32 * 4.5;
        let left = if place == 0 { rect.center().x - 8.0 } else { rect.left() + 6.0 };
        let width = if place == 0 { 16.0 } else { (rect.width() - 12.0) * share };
        ui.painter()
            .hline(left..=left + width, top, Stroke::new(1.5, colors.line));
    }
}

fn known_drafts(
    ui: &mut Ui,
    desk: &Desk,
    state: &mut StartState,
    commands: &mut Vec<Command>,
) {
    let Some(known) = &desk.known else { return };
    if known.is_empty() {
        return;
    }
    heading(ui, "Drafts");
    let response = text::sized_line(
        ui,
        egui::Id::unique("filter"),
        &mut state.filter,
        ui.available_width(),
        "Type to find",
    );
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label("Find a draft"));
    let entered =
        response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let wanted = state.filter.trim().to_lowercase();
    let fitting = known.iter().filter(|draft| searched(draft).contains(&wanted));
    for (place, draft) in fitting.enumerate() {
        if draft_card(ui, draft).clicked() || (entered && place == 0) {
            commands.push(Command::OpenFile(draft.path.clone()));
        }
    }
}

/// What is searched for the words that are typed.
fn searched(draft: &KnownDraft) -> String {
    let (number, path) = (&draft.case_number, draft.path.display());
    format!("{number} {} {path}", draft.items.join(" ")).to_lowercase()
}

/// An encrypted draft: its path, and nothing of the letter.
fn encrypted_card(ui: &mut Ui, draft: &KnownDraft) -> Response {
    let path = draft.path.display().to_string();
    let response = card(ui, |ui| {
        ui.horizontal(|ui| {
            icon(ui, Icon::Lock, 14.0, palette(ui).quiet);
            ui.label(RichText::new("Encrypted").font(theme::semibold(15.0)));
        });
        quiet(ui, &path);
    });
    pressable(ui, &response, &format!("Open the encrypted draft {path}"))
}

fn draft_card(ui: &mut Ui, draft: &KnownDraft) -> Response {
    if draft.is_sealed {
        return encrypted_card(ui, draft);
    }
    let number = if draft.case_number.is_empty() {
        "Without a case number"
    } else {
        &draft.case_number
    };
    let items = if draft.items.is_empty() {
        "No items yet".to_owned()
    } else {
        draft.items.join(", ")
    };
    let response = card(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(number).font(theme::semibold(15.0)));
            ui.add(Label::new(RichText::new(&items).color(palette(ui).quiet)).truncate());
        });
        let state = match draft.finished {
            Some(since) => format!("Final since {}", us_date(since)),
            None => format!(
                "{} of {} decided",
                draft.decided,
                count(draft.items.len(), "item")
            ),
        };
        quiet(ui, format!("{state}  ·  {}", draft.path.display()));
    });
    pressable(ui, &response, &format!("Open {number}"))
}

fn card(ui: &mut Ui, add: impl FnOnce(&mut Ui)) -> Response {
    let colors = palette(ui);
    let frame = Frame::new()
        .fill(colors.panel)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(6);
    let inner = frame.inner_margin(Margin::symmetric(14, 10)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui);
    });
    inner.response
}

fn pressable(ui: &Ui, card: &Response, name: &str) -> Response {
    let response = ui.interact(card.rect, card.id.with("press"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.hovered() {
        let stroke = Stroke::new(1.0, palette(ui).accent);
        ui.painter()
            .rect_stroke(response.rect, 6.0, stroke, egui::StrokeKind::Inside);
    }
    if response.has_focus() {
        ring(ui, response.rect);
    }
    response
}
