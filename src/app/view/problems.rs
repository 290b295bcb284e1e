//! What is wrong with the letter: a line at the foot, and above it, when it is opened,
//! the whole list.

use egui::{Label, RichText, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo};

use super::fixes;
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, Icon, icon, icon_button, paint_icon, quiet, ring};
use crate::diagnostic::{Action, Diagnostic, OverrideState, Severity};
use crate::letter::{Letter, UnreadKind};
use crate::template::Template;

/// Draws the list.
pub(super) fn list(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let Some(draft) = &desk.draft else { return };
    ScrollArea::vertical()
        .id_salt("problems")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if desk.problems().next().is_none() {
                quiet(ui, "Nothing stands against this letter");
            }
            imported(ui, &draft.template, &draft.letter, commands);
            let mut section = String::new();
            for problem in desk.problems() {
                if is_listed_above(problem) {
                    continue;
                }
                let next = section_of(problem, &draft.template, &draft.letter);
                if next != section {
                    ui.add_space(4.0);
                    heading(ui, &next);
                    section = next;
                }
                row(ui, problem, commands);
            }
            overridden(ui, desk, commands);
        });
}

fn heading(ui: &mut Ui, words: &str) {
    let words = RichText::new(words).font(theme::semibold(13.0));
    ui.label(words.color(palette(ui).quiet));
}

/// What an import left over stands above the list, where it is worked off.
fn is_listed_above(problem: &Diagnostic) -> bool {
    matches!(problem.action, Some(Action::MarkAsDone | Action::AcceptProposal))
}

/// What was found and overridden, with the reasons.
fn overridden(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let mut has_heading = false;
    for found in desk.diagnostics() {
        if !found.is_overridden() {
            continue;
        }
        if !has_heading {
            ui.add_space(4.0);
            heading(ui, "Set aside");
            has_heading = true;
        }
        row(ui, found, commands);
    }
}

/// What an import did not understand, and what it concluded: each is dealt with here.
fn imported(
    ui: &mut Ui,
    template: &Template,
    letter: &Letter,
    commands: &mut Vec<Command>,
) {
    if letter.unread.is_empty() && letter.proposed.is_empty() {
        return;
    }
    heading(ui, "From the imported letter");
    for unread in &letter.unread {
        let (line, words) = (unread.line, unread.words());
        let (words, hover) = match &unread.kind {
            UnreadKind::Nothing => continue,
            UnreadKind::Unplaced => {
                let words = format!("Line {line}. Not understood: {words}");
                (words.clone(), words)
            }
            UnreadKind::Altered { expected } => {
                let words = format!("Line {line}. Worded otherwise: {words}");
                let hover = format!("{words}\nUsually: {expected}");
                (words, hover)
            }
        };
        left_over(ui, &words, &hover, Command::DropUnread(unread.id), commands);
    }
    for path in &letter.proposed {
        let words =
            format!("Read from the text: {}", super::form::said(template, letter, path));
        left_over(ui, &words, &words, Command::AcceptProposed(path.clone()), commands);
    }
    ui.add_space(4.0);
}

/// Words that an import left over, to be marked as done or copied elsewhere.
fn left_over(
    ui: &mut Ui,
    words: &str,
    hover: &str,
    command: Command,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        let done = widgets::link(ui, "Dealt with");
        done.ctx.accesskit_node_builder(done.id, |node| {
            node.set_label(format!("Dealt with: {words}"));
        });
        if done.clicked() {
            commands.push(command);
        }
        if widgets::link(ui, "Copy").on_hover_text("Copies the words").clicked() {
            ui.ctx().copy_text(words.to_owned());
        }
        ui.add(
            Label::new(RichText::new(words).font(egui::FontId::proportional(14.0)))
                .truncate(),
        )
        .on_hover_text(hover);
    });
}

/// The part of the form that a finding speaks of, in words.
fn section_of(problem: &Diagnostic, template: &Template, letter: &Letter) -> String {
    let Some(path) = problem.anchor.field() else {
        return "The letter as a whole".to_owned();
    };
    let pattern = path.pattern();
    let mut fields = template.fields().iter();
    let section = match fields.find(|field| field.pattern.starts_with(&*pattern)) {
        Some(field) => field.section.label(),
        None => "",
    };
    format!("{section}{}", super::form::row_name(letter, path))
}

fn row(ui: &mut Ui, problem: &Diagnostic, commands: &mut Vec<Command>) {
    let size = Vec2::new(ui.available_width(), 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let words = words_of(problem);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("Problem: {words}"))
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, 6.0, palette(ui).over);
    }
    if response.has_focus() {
        ring(ui, rect);
    }
    let (sign, color) = sign_of(ui, problem);
    let square = egui::Rect::from_center_size(
        egui::pos2(rect.left() + 14.0, rect.center().y),
        Vec2::splat(11.0),
    );
    paint_icon(ui.painter(), square, sign, color);
    let place = rect.with_min_x(rect.left() + 28.0);
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(place).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        fixes::links_from_right(ui, problem, commands);
        let label =
            Label::new(RichText::new(&words).font(egui::FontId::proportional(14.0)));
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.add(label.truncate().selectable(false));
        });
    });
    if response.on_hover_text(format!("{words}\n{}", problem.code)).clicked() {
        commands.extend(fixes::go(&problem.anchor));
    }
}

fn words_of(problem: &Diagnostic) -> String {
    match &problem.override_state {
        OverrideState::Overridden(reason) if reason.is_empty() => problem.message.clone(),
        OverrideState::Overridden(reason) => {
            format!("{}. Reason: {reason}", problem.message)
        }
        OverrideState::NotAllowed | OverrideState::Allowed => widgets::finding(problem),
    }
}

fn sign_of(ui: &Ui, problem: &Diagnostic) -> (Icon, egui::Color32) {
    if problem.is_overridden() {
        (Icon::Tick, palette(ui).quiet)
    } else {
        widgets::severity(ui, problem.severity)
    }
}

/// Draws the line at the foot: how many there are, the first of them, and the way to it.
pub(super) fn line(ui: &mut Ui, desk: &Desk, open: bool, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(26.0);
        let sign = if open { Icon::Down } else { Icon::Up };
        let name =
            if open { "Hide the list of problems" } else { "Show the list of problems" };
        if icon_button(ui, sign, name, true).clicked() {
            commands.push(Command::ToggleProblems);
        }
        counts(ui, desk);
        let Some(first) = desk.problems().next() else { return };
        ui.separator();
        let room = (ui.available_width() - 60.0).max(40.0);
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.add(Label::new(widgets::finding(first)).truncate());
        });
        if widgets::link(ui, "Go")
            .on_hover_text("F8 goes from problem to problem")
            .clicked()
        {
            commands.push(Command::NextProblem);
        }
    });
}

fn counts(ui: &mut Ui, desk: &Desk) {
    let (mut errors, mut warnings) = (0, 0);
    for problem in desk.problems() {
        match problem.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Note => {}
        }
    }
    if errors + warnings == 0 {
        let done = palette(ui).done;
        icon(ui, Icon::Tick, 13.0, done);
        ui.label(RichText::new("Nothing stands against this letter").color(done));
    }
    for (severity, number, noun) in
        [(Severity::Error, errors, "error"), (Severity::Warning, warnings, "warning")]
    {
        if number > 0 {
            let (sign, color) = widgets::severity(ui, severity);
            icon(ui, sign, 13.0, color);
            ui.label(RichText::new(widgets::count(number, noun)).color(color));
        }
    }
}
