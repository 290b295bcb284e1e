//! The own print box, where the desktop has none: a printer, copies, sides, pages and
//! paper.

use egui::{Button, ComboBox, Grid, Id, Key, Label, Modal, Response, RichText, Ui};

use super::text;
use crate::app::command::Command;
use crate::app::desk::{Desk, PrintBox, PrintChoice};
use crate::app::theme::{self, palette};
use crate::app::widgets::{Mark, box_frame, main_button, paint_mark, quiet};
use crate::printing::{Paper, Sides};

/// What is being chosen, and for which asking.
#[derive(Default)]
pub(super) struct State {
    asked: Option<u64>,
    choice: PrintChoice,
}

/// Draws the box while a printer is to be chosen. The caret waits on Print, so that Enter
/// is enough.
pub(super) fn show(ui: &Ui, desk: &Desk, state: &mut State, commands: &mut Vec<Command>) {
    let Some(asked) = &desk.print_box else { return state.asked = None };
    if state.asked.replace(asked.number) != Some(asked.number) {
        state.choice = desk.first_choice(asked);
    }
    let choice = &mut state.choice;
    let mut is_entered = false;
    let modal =
        Modal::new(Id::unique("print box"))
            .frame(box_frame(ui))
            .show(ui.ctx(), |ui| {
                ui.set_width(520.0);
                ui.label(
                    RichText::new(format!("Print {}", asked.ticket.title))
                        .font(theme::semibold(17.0)),
                );
                if let Some(errors) = desk.count_of_errors() {
                    ui.add(
                        Label::new(format!("{errors}, so every page says DRAFT")).wrap(),
                    );
                }
                ui.add_space(8.0);
                Grid::new("print")
                    .num_columns(2)
                    .spacing([16.0, 10.0])
                    .show(ui, |ui| is_entered = rows(ui, asked, choice));
                ui.add_space(8.0);
                let command = Command::SendToPrinter(Box::new(choice.clone()));
                let refusal = desk.refusal(&command);
                if let Some(reason) = &refusal {
                    ui.add(
                        Label::new(RichText::new(reason).color(palette(ui).error)).wrap(),
                    );
                    ui.add_space(8.0);
                }
                ui.horizontal(|ui| {
                    let may = refusal.is_none();
                    let print =
                        ui.add_enabled_ui(may, |ui| main_button(ui, "Print")).inner;
                    if may && ui.memory(|memory| memory.focused().is_none()) {
                        print.request_focus();
                    }
                    if may && (print.clicked() || is_entered) {
                        commands.push(command);
                    }
                    if ui.add(Button::new("Cancel")).clicked() {
                        commands.push(Command::Stay);
                    }
                });
            });
    if modal.should_close() {
        commands.push(Command::Stay);
    }
}

/// Draws each choice in a row of its own; whether Enter was pressed in one that is typed.
fn rows(ui: &mut Ui, asked: &PrintBox, choice: &mut PrintChoice) -> bool {
    ui.label("Printer");
    printers(ui, asked, &mut choice.printer);
    ui.end_row();
    ui.label("Copies");
    let mut is_entered = line(ui, "Copies", &mut choice.copies, 60.0, "");
    ui.end_row();
    ui.label("Sides");
    sides(ui, asked, choice);
    ui.end_row();
    if asked.pages > 1 {
        ui.label("Pages");
        ui.horizontal(|ui| {
            is_entered |= line(ui, "Pages", &mut choice.pages, 120.0, "All");
            quiet(ui, format!("Of {}, such as 1-3 or 1,4-6", asked.pages));
        });
        ui.end_row();
    }
    ui.label("Paper");
    papers(ui, asked, choice);
    ui.end_row();
    is_entered
}

fn printers(ui: &mut Ui, asked: &PrintBox, chosen: &mut String) {
    ui.vertical(|ui| {
        let response = list(ui, "Printer", &chosen.clone(), |ui| {
            for printer in &asked.printers {
                ui.selectable_value(chosen, printer.name.clone(), &printer.name);
            }
        });
        response.on_hover_text("The printers that are set up on this computer");
        let about = asked
            .printer(chosen)
            .map(crate::printing::Printer::about)
            .unwrap_or_default();
        if !about.is_empty() {
            quiet(ui, about);
        }
    });
}

fn sides(ui: &mut Ui, asked: &PrintBox, choice: &mut PrintChoice) {
    let printer = asked.printer(&choice.printer);
    ui.vertical(|ui| {
        ui.radio_value(&mut choice.sides, None, "As the printer is set");
        for sides in Sides::ALL {
            let can = printer.is_some_and(|printer| printer.can_print_on(sides));
            // What is chosen stays in sight, so that another printer's no is understood.
            if can || choice.sides == Some(sides) {
                ui.radio_value(&mut choice.sides, Some(sides), sides.label());
            }
        }
    });
}

fn papers(ui: &mut Ui, asked: &PrintBox, choice: &mut PrintChoice) {
    let name = |paper: Option<&'static Paper>| {
        paper.map_or("As the printer is set", |paper| paper.name)
    };
    let printer = choice.printer.clone();
    list(ui, "Paper", name(choice.paper), |ui| {
        for paper in asked.papers(&printer).into_iter().map(Some).chain([None]) {
            ui.selectable_value(&mut choice.paper, paper, name(paper));
        }
    });
}

fn list(ui: &mut Ui, name: &str, chosen: &str, offers: impl FnOnce(&mut Ui)) -> Response {
    let combo = ComboBox::from_id_salt(name)
        .width(280.0)
        .truncate()
        .icon(|ui, rect, _, _| {
            let square =
                egui::Rect::from_center_size(rect.center(), egui::Vec2::splat(11.0));
            paint_mark(ui.painter(), square, Mark::Down, palette(ui).quiet);
        })
        .selected_text(chosen)
        .show_ui(ui, offers);
    combo
        .response
        .ctx
        .accesskit_node_builder(combo.response.id, |node| node.set_label(name));
    combo.response
}

/// A short line; whether Enter was pressed in it.
fn line(ui: &mut Ui, name: &str, value: &mut String, width: f32, hint: &str) -> bool {
    let response = text::sized_line(ui, Id::unique(("print", name)), value, width, hint);
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(name));
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use egui::Modifiers;
    use egui::accesskit::Role;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::app::platform;
    use crate::library::Library;
    use crate::printing::Printer;
    use crate::store::settings::Settings;

    /// The box alone, and what was asked for in it.
    struct Stage {
        desk: Desk,
        state: State,
        commands: Vec<Command>,
    }

    impl eframe::App for Stage {
        fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
            show(ui, &self.desk, &mut self.state, &mut self.commands);
        }
    }

    fn stage() -> Harness<'static, Stage> {
        let printer = |name: &str| Printer { name: name.into(), ..Printer::default() };
        let printers =
            vec![printer("Archive"), Printer { is_usual: true, ..printer("Office") }];
        let mut desk = Desk::new(
            Arc::new(Library::bundled().unwrap()),
            Settings::default(),
            platform::now(),
        );
        desk.print_box = Some(PrintBox::for_test(printers, 3));
        let stage = Stage { desk, state: State::default(), commands: Vec::new() };
        let mut harness = Harness::builder()
            .with_size(egui::Vec2::new(800.0, 600.0))
            .build_eframe(|creation| {
                theme::install(&creation.egui_ctx);
                stage
            });
        harness.run_steps(4);
        harness
    }

    fn press(harness: &mut Harness<'_, Stage>, key: Key) {
        harness.key_press_modifiers(Modifiers::NONE, key);
        harness.run_steps(4);
    }

    /// Walks with Tab to what is called so.
    #[track_caller]
    fn walk_to(harness: &mut Harness<'_, Stage>, role: Role, name: &str) {
        let is_there = (0..20).any(|_| {
            press(harness, Key::Tab);
            harness.get_by_role_and_label(role, name).is_focused()
        });
        assert!(is_there, "Tab does not lead to {name}");
    }

    #[track_caller]
    fn write(harness: &mut Harness<'_, Stage>, name: &str, words: &str) {
        walk_to(harness, Role::TextInput, name);
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        harness.get_by_role_and_label(Role::TextInput, name).type_text(words);
        harness.run_steps(4);
    }

    fn chosen(harness: &Harness<'_, Stage>) -> Vec<PrintChoice> {
        let commands = harness.state().commands.iter();
        let choices = commands.map(|command| match command {
            Command::SendToPrinter(choice) => PrintChoice::clone(choice),
            other => panic!("{other:?} was asked for"),
        });
        choices.collect()
    }

    #[test]
    fn enter_is_enough() {
        let mut harness = stage();
        press(&mut harness, Key::Enter);
        let expected = PrintChoice {
            printer: "Office".into(),
            copies: "1".into(),
            paper: Paper::named("Letter"),
            ..PrintChoice::default()
        };
        assert_eq!(chosen(&harness), [expected]);
    }

    #[test]
    fn everything_is_chosen_by_the_keyboard_alone() {
        let mut harness = stage();
        walk_to(&mut harness, Role::ComboBox, "Printer");
        press(&mut harness, Key::Enter);
        // The list is open, and its first line is Archive.
        press(&mut harness, Key::Tab);
        press(&mut harness, Key::Enter);
        write(&mut harness, "Copies", "2");
        walk_to(&mut harness, Role::RadioButton, Sides::TwoLong.label());
        press(&mut harness, Key::Space);
        write(&mut harness, "Pages", "2-3");
        press(&mut harness, Key::Enter);
        let expected = PrintChoice {
            printer: "Archive".into(),
            copies: "2".into(),
            pages: "2-3".into(),
            sides: Some(Sides::TwoLong),
            paper: Paper::named("Letter"),
        };
        assert_eq!(chosen(&harness), [expected]);
    }

    #[test]
    fn what_does_not_do_is_said_and_not_sent() {
        let mut harness = stage();
        write(&mut harness, "Pages", "4");
        press(&mut harness, Key::Enter);
        assert!(
            harness
                .query_by_label_contains("The letter has no page 4; its last is 3")
                .is_some()
        );
        assert_eq!(chosen(&harness), []);
        press(&mut harness, Key::Escape);
        assert_eq!(harness.state().commands, [Command::Stay]);
    }
}
