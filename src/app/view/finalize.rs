//! The bar above a final letter, and the box that asks why it is corrected or when it was
//! served.

use egui::{Button, Label, RichText, TextWrapMode, Ui};
use jiff::civil::Date;

use super::dialog::{answer_line, dialog_frame};
use crate::app::command::Command;
use crate::app::desk::{AppealTime, Desk, Prompt, PromptBox};
use crate::app::theme::palette;
use crate::app::widgets::{Icon, box_link, count, icon, main_button, quiet};
use crate::letter::{NearbyDates, us_date};

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
    let Some(draft) = &desk.draft else { return String::new() };
    let Some(since) = draft.final_since() else { return String::new() };
    let served = match (draft.record.served, draft.served()) {
        (Some(day), _) => format!("served {}", us_date(day)),
        (None, Some(day)) => format!("mailed {} according to the letter", us_date(day)),
        (None, None) => "not served yet".to_owned(),
    };
    let appeal = match desk.appeal() {
        Some(appeal) => format!(". {}", until(&appeal)),
        None => String::new(),
    };
    format!("Final since {}, {served}{appeal}", us_date(since))
}

/// "34 days left for a petition, until 12/30/2026".
fn until(appeal: &AppealTime) -> String {
    let AppealTime { what, until, days } = appeal;
    let day = us_date(*until);
    match days {
        0 => format!("Today is the last day for {what}"),
        1.. => format!("{} left for {what}, until {day}", count(*days as usize, "day")),
        _ => format!("The time for {what} ended on {day}"),
    }
}

/// Draws the box that asks for a line of words.
pub(super) fn show_prompt(
    ui: &Ui,
    desk: &Desk,
    open: &mut PromptBox,
    commands: &mut Vec<Command>,
) {
    let PromptBox { prompt, answer } = open;
    let PromptWords { title, text, label, button } = PromptWords::of(*prompt);
    let modal = dialog_frame(ui, "finality", 460.0, title, |ui| {
        ui.add_space(4.0);
        ui.add(Label::new(text).wrap());
        ui.add_space(8.0);
        let is_entered = answer_line(ui, "finality text", label, answer);
        let given = command(*prompt, answer, desk.today());
        quiet(ui, given.as_ref().err().copied().unwrap_or_default());
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let button =
                ui.add_enabled_ui(given.is_ok(), |ui| main_button(ui, button).clicked());
            if let Ok(command) = given
                && (button.inner || is_entered)
            {
                commands.push(command);
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

/// The words of a box.
struct PromptWords {
    title: &'static str,
    text: &'static str,
    label: &'static str,
    button: &'static str,
}

impl PromptWords {
    fn of(prompt: Prompt) -> Self {
        match prompt {
            Prompt::WhyCorrected => Self {
                title: "Why are you correcting this letter?",
                text: "This starts a new draft with everything from this letter. It \
                    names the letter that it replaces and, if the template has a place \
                    for it, says why.",
                label: "Reason",
                button: "Start correction",
            },
            Prompt::WhenServed => Self {
                title: "When was the letter served?",
                text: "The day it was mailed or handed over. The time to appeal is \
                    counted from it.",
                label: "Day of service",
                button: "Record",
            },
        }
    }
}

/// A day of service is typed as any date of the form.
fn nearby(today: Date) -> NearbyDates {
    NearbyDates { today, known: Vec::new() }
}

/// What the answer comes to, or what is still wanted.
fn command(prompt: Prompt, answer: &str, today: Date) -> Result<Command, &'static str> {
    match (prompt, answer.trim()) {
        (Prompt::WhyCorrected, "") => {
            Err("One sentence, such as: The date of injury was wrong.")
        }
        (Prompt::WhyCorrected, why) => Ok(Command::CorrectFor(why.to_owned())),
        (Prompt::WhenServed, day) => match nearby(today).read(day) {
            None => Err("Enter a date, such as 12/09/2016 or today"),
            Some(day) if day > today => Err("This day is in the future"),
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
            (Prompt::WhyCorrected, " ", None),
            (
                Prompt::WhyCorrected,
                " The date was wrong. ",
                Some(Command::CorrectFor("The date was wrong.".into())),
            ),
            (Prompt::WhenServed, "soon", None),
            (Prompt::WhenServed, "11/06/2013", None),
            (Prompt::WhenServed, "11-5-13", Some(Command::ServedOn(today))),
            (Prompt::WhenServed, "t", Some(Command::ServedOn(today))),
            (Prompt::WhenServed, "11/5", Some(Command::ServedOn(today))),
        ] {
            assert_eq!(command(asking, answer, today).ok(), expected, "{answer:?}");
        }
    }

    #[test]
    fn the_last_days_are_told() {
        let told = |days| {
            until(&AppealTime {
                what: "a petition".into(),
                until: date(2026, 12, 30),
                days,
            })
        };
        assert_eq!(told(1), "1 day left for a petition, until 12/30/2026");
        assert_eq!(told(0), "Today is the last day for a petition");
        assert_eq!(told(-3), "The time for a petition ended on 12/30/2026");
    }
}
