//! The bar above a final letter, and the box that asks why it is corrected or when it was
//! served.

use egui::{Button, Id, Key, Label, Modal, RichText, TextEdit, TextWrapMode, Ui};
use jiff::civil::Date;

use crate::app::command::Command;
use crate::app::desk::{Appeal, Asking, Desk};
use crate::app::theme::{self, palette};
use crate::app::widgets::{Icon, box_frame, box_link, count, icon, main_button, quiet};
use crate::letter::{parse_date, us_date};

/// What is being answered, and which question it answers.
pub(super) type State = Option<(Asking, String)>;

/// Draws the bar.
pub(super) fn bar(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        icon(ui, Icon::Tick, 13.0, palette(ui).done);
        ui.label(RichText::new(words(desk)).color(palette(ui).text));
        // A box_link goes to the next line as a whole.
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        for (words, command) in
            [("Served on…", Command::Served), ("Correct this letter…", Command::Correct)]
        {
            if box_link(ui, words).clicked() {
                commands.push(command);
            }
        }
    });
}

/// Since when it is final, when it was served, and how long it can be appealed.
fn words(desk: &Desk) -> String {
    let Some((draft, since)) = desk
        .draft
        .as_ref()
        .and_then(|draft| Some((draft, draft.final_since()?)))
    else {
        return String::new();
    };
    let served = match (draft.record.served, draft.served()) {
        (Some(day), _) => format!("served {}", us_date(day)),
        (None, Some(day)) => format!("mailed {} as it says", us_date(day)),
        (None, None) => "not served yet".to_owned(),
    };
    let appeal = desk
        .appeal()
        .map(|appeal| format!(". {}", until(&appeal)))
        .unwrap_or_default();
    format!("Final since {}, {served}{appeal}", us_date(since))
}

/// "34 days left for a petition, until 12/30/2026".
fn until(appeal: &Appeal) -> String {
    let Appeal { what, until, days } = appeal;
    let day = us_date(*until);
    match days {
        0 => format!("Today is the last day for {what}"),
        1.. => format!("{} left for {what}, until {day}", count(*days as usize, "day")),
        _ => format!("The time for {what} ended on {day}"),
    }
}

/// Draws the box while something is asked for.
pub(super) fn ask(ui: &Ui, desk: &Desk, state: &mut State, commands: &mut Vec<Command>) {
    let Some(asking) = desk.asking else {
        *state = None;
        return;
    };
    if state.as_ref().is_none_or(|(asked, _)| *asked != asking) {
        *state = Some((asking, desk.proposed_answer(asking)));
    }
    let Some((_, answer)) = state else { return };
    let modal =
        Modal::new(Id::unique("finality"))
            .frame(box_frame(ui))
            .show(ui.ctx(), |ui| {
                ui.set_width(460.0);
                let Words { title, text, label, button } = Words::of(asking);
                ui.label(RichText::new(title).font(theme::semibold(17.0)));
                ui.add_space(4.0);
                ui.add(Label::new(text).wrap());
                ui.add_space(8.0);
                let is_entered = line(ui, label, answer);
                let given = command(asking, answer, desk.today());
                quiet(ui, given.as_ref().err().copied().unwrap_or_default());
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    let pressed = ui
                        .add_enabled_ui(given.is_ok(), |ui| {
                            main_button(ui, button).clicked()
                        })
                        .inner;
                    commands.extend(given.ok().filter(|_| pressed || is_entered));
                    if ui.add(Button::new("Cancel")).clicked() {
                        commands.push(Command::Stay);
                    }
                });
            });
    if modal.should_close() {
        commands.push(Command::Stay);
    }
}

/// The line that the answer is typed into; says whether it was entered.
fn line(ui: &mut Ui, label: &str, answer: &mut String) -> bool {
    let response = ui.add(
        TextEdit::singleline(answer)
            .id(Id::unique("finality text"))
            .desired_width(f32::INFINITY),
    );
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(label));
    let is_entered =
        response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    is_entered
}

/// The words of a box.
struct Words {
    title: &'static str,
    text: &'static str,
    label: &'static str,
    button: &'static str,
}

impl Words {
    fn of(asking: Asking) -> Self {
        match asking {
            Asking::WhyCorrected => Self {
                title: "Why is the letter corrected?",
                text: "A new draft begins with all that this letter says. It names the \
                    letter that it replaces, and says \
                       why where its kind has a place for that.",
                label: "Reason",
                button: "Begin the correction",
            },
            Asking::WhenServed => Self {
                title: "When was the letter served?",
                text: "The day on which it was mailed or handed over; the time to \
                    appeal runs from it.",
                label: "Day of service",
                button: "Take note of it",
            },
        }
    }
}

/// What the answer comes to, or what is still wanted.
fn command(asking: Asking, answer: &str, today: Date) -> Result<Command, &'static str> {
    match (asking, answer.trim()) {
        (Asking::WhyCorrected, "") => {
            Err("One sentence, such as: The date of injury was wrong.")
        }
        (Asking::WhyCorrected, why) => Ok(Command::CorrectFor(why.to_owned())),
        (Asking::WhenServed, day) => match parse_date(day) {
            None => Err("A date, such as 03/26/2009"),
            Some(day) if day > today => Err("That day is still to come"),
            Some(day) => Ok(Command::ServedOn(day)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_answer_is_taken_once_it_is_one() {
        let today = date(2013, 11, 5);
        for (asking, answer, expected) in [
            (Asking::WhyCorrected, " ", None),
            (
                Asking::WhyCorrected,
                " The date was wrong. ",
                Some(Command::CorrectFor("The date was wrong.".into())),
            ),
            (Asking::WhenServed, "soon", None),
            (Asking::WhenServed, "11/06/2013", None),
            (Asking::WhenServed, "11-5-13", Some(Command::ServedOn(today))),
        ] {
            assert_eq!(command(asking, answer, today).ok(), expected, "{answer:?}");
        }
    }

    #[test]
    fn the_last_days_are_told() {
        let told = |days| {
            until(&Appeal { what: "a petition".into(), until: date(2026, 12, 30), days })
        };
        assert_eq!(told(1), "1 day left for a petition, until 12/30/2026");
        assert_eq!(told(0), "Today is the last day for a petition");
        assert_eq!(told(-3), "The time for a petition ended on 12/30/2026");
    }
}
