//! The own print box, where the desktop has none: a printer, copies, sides, pages and
//! paper.

use std::mem;

use egui::{Button, ComboBox, Grid, Id, Label, Response, RichText, Ui};

use super::dialog::{self, dialog_frame, focus_if_none, is_entered};
use super::text;
use crate::app::command::{Command, PrintChoice};
use crate::app::desk::{Desk, PrintBox};
use crate::app::theme::palette;
use crate::app::widgets::{Icon, box_radio, main_button, paint_icon, quiet};
use crate::printing::{PaperSize, Sides};

/// Draws the box. The caret waits on Print, so that Enter is enough.
pub(super) fn show(
    ui: &Ui,
    desk: &Desk,
    open: &mut PrintBox,
    commands: &mut Vec<Command>,
) {
    let title = format!("Print {}", open.ticket.title);
    let modal = dialog_frame(ui, "print box", 520.0, &title, |ui| {
        if let Some(errors) = desk.count_of_errors() {
            ui.add(Label::new(format!("{errors}, so every page says DRAFT")).wrap());
        }
        ui.add_space(8.0);
        // The choice is taken out while its rows are drawn, which read the printers.
        let mut choice = mem::take(&mut open.choice);
        let grid = Grid::new("print").num_columns(2).spacing([16.0, 10.0]);
        let is_entered = grid.show(ui, |ui| rows(ui, open, &mut choice)).inner;
        open.choice = choice;
        ui.add_space(8.0);
        let refusal = open.refusal(&open.choice);
        if let Some(reason) = &refusal {
            let reason = RichText::new(reason).color(palette(ui).error);
            ui.add(Label::new(reason).wrap());
            ui.add_space(8.0);
        }
        ui.horizontal(|ui| {
            let may = refusal.is_none();
            let print = ui.add_enabled_ui(may, |ui| main_button(ui, "Print")).inner;
            if may {
                focus_if_none(ui, &print);
            }
            if may && (print.clicked() || is_entered) {
                commands.push(Command::SendToPrinter(Box::new(open.choice.clone())));
            }
            if ui.add(Button::new("Cancel")).clicked() {
                commands.push(Command::Cancel);
            }
        });
    });
    if modal.should_close() {
        commands.push(Command::Cancel);
    }
}

/// Draws each choice in a row of its own; whether Enter was pressed in one that is typed.
fn rows(ui: &mut Ui, open: &PrintBox, choice: &mut PrintChoice) -> bool {
    ui.label("Printer");
    printers(ui, open, &mut choice.printer);
    ui.end_row();
    ui.label("Copies");
    let mut is_entered = line(ui, "Copies", &mut choice.copies, 60.0, "");
    ui.end_row();
    ui.label("Sides");
    sides(ui, open, choice);
    ui.end_row();
    if open.pages > 1 {
        ui.label("Pages");
        ui.horizontal(|ui| {
            is_entered |= line(ui, "Pages", &mut choice.pages, 120.0, "All");
            quiet(ui, format!("Of {}, such as 1-3 or 1,4-6", open.pages));
        });
        ui.end_row();
    }
    ui.label("Paper");
    papers(ui, open, choice);
    ui.end_row();
    is_entered
}

fn printers(ui: &mut Ui, open: &PrintBox, chosen: &mut String) {
    ui.vertical(|ui| {
        let response = list(ui, "Printer", &chosen.clone(), |ui| {
            for printer in &open.printers {
                ui.selectable_value(chosen, printer.name.clone(), &printer.name);
            }
        });
        response.on_hover_text("The printers that are set up on this computer");
        if let Some(printer) = open.printer(chosen) {
            let about = printer.about();
            if !about.is_empty() {
                quiet(ui, about);
            }
        }
    });
}

fn sides(ui: &mut Ui, open: &PrintBox, choice: &mut PrintChoice) {
    let printer = open.printer(&choice.printer);
    let chosen = choice.sides;
    ui.vertical(|ui| {
        let mut radio = |ui: &mut Ui, sides: Option<Sides>, words: &str| {
            let id = Id::unique(("sides", words));
            if box_radio(ui, id, choice.sides == sides, words).clicked() {
                choice.sides = sides;
            }
        };
        radio(ui, None, "Printer default");
        for sides in Sides::ALL {
            let can = printer.is_some_and(|printer| printer.can_print_on(sides));
            // What is chosen stays in sight, so that another printer's no is understood.
            if can || chosen == Some(sides) {
                radio(ui, Some(sides), sides.label());
            }
        }
    });
}

fn papers(ui: &mut Ui, open: &PrintBox, choice: &mut PrintChoice) {
    let printer = choice.printer.clone();
    list(ui, "Paper", paper_name(choice.paper), |ui| {
        for paper in open.papers(&printer).into_iter().map(Some).chain([None]) {
            ui.selectable_value(&mut choice.paper, paper, paper_name(paper));
        }
    });
}

fn paper_name(paper: Option<&'static PaperSize>) -> &'static str {
    match paper {
        Some(paper) => paper.name,
        None => "Printer default",
    }
}

fn list(ui: &mut Ui, name: &str, chosen: &str, offers: impl FnOnce(&mut Ui)) -> Response {
    let combo = ComboBox::from_id_salt(name)
        .width(280.0)
        .truncate()
        .icon(|ui, rect, _, _| {
            let square =
                egui::Rect::from_center_size(rect.center(), egui::Vec2::splat(11.0));
            paint_icon(ui.painter(), square, Icon::Down, palette(ui).quiet);
        })
        .selected_text(chosen)
        .show_ui(ui, offers);
    dialog::name(&combo.response, name);
    combo.response
}

/// A short line; whether Enter was pressed in it.
fn line(ui: &mut Ui, name: &str, value: &mut String, width: f32, hint: &str) -> bool {
    let response = text::sized_line(ui, Id::unique(("print", name)), value, width, hint);
    dialog::name(&response, name);
    is_entered(ui, &response)
}

// Windows' tests are built without what draws a window for tests.
#[cfg(test)]
#[cfg(not(windows))]
mod tests {
    use std::sync::Arc;

    use egui::accesskit::Role;
    use egui::{Key, Modifiers};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::app::desk::DialogBox;
    use crate::app::{platform, theme};
    use crate::library::Library;
    use crate::printing::Printer;
    use crate::store::settings::Settings;

    /// The box alone, and what was open for in it.
    struct Stage {
        desk: Desk,
        commands: Vec<Command>,
    }

    impl eframe::App for Stage {
        fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
            crate::app::view::show_dialog(ui, &mut self.desk, &mut self.commands);
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
        desk.dialog = Some(DialogBox::Print(PrintBox::for_test(printers, 3)));
        let stage = Stage { desk, commands: Vec::new() };
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
            other => panic!("{other:?} was open for"),
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
            paper: PaperSize::named("Letter"),
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
            paper: PaperSize::named("Letter"),
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
                .query_by_label_contains("The letter has no page 4; its last page is 3")
                .is_some()
        );
        assert_eq!(chosen(&harness), []);
        press(&mut harness, Key::Escape);
        assert_eq!(harness.state().commands, [Command::Cancel]);
    }
}
