//! The box that asks for a passphrase: of an encrypted draft once, for a new one twice.
//! What is typed is overwritten as soon as it is given or the box is closed, as far as
//! the text field's memory can be reached.

use egui::text_edit::TextEditState;
use egui::{Button, Id, Key, Label, Modal, Response, RichText, Spinner, Ui};
use zeroize::Zeroize;

use super::text;
use crate::app::command::{Command, Passphrase, Strength};
use crate::app::desk::{Desk, PassphraseBox, PassphrasePurpose as Purpose};
use crate::app::theme::{self, palette};
use crate::app::widgets::{box_frame, main_button, quiet};

/// What is being typed.
#[derive(Default)]
pub(super) struct State {
    /// What it is typed for: each asking begins empty.
    asked: Option<Purpose>,
    words: String,
    again: String,
    is_shown: bool,
}

impl State {
    fn forget(&mut self) {
        self.words.zeroize();
        self.again.zeroize();
        self.is_shown = false;
    }
}

impl Drop for State {
    fn drop(&mut self) {
        self.forget();
    }
}

/// Draws the box while a passphrase is asked for.
pub(super) fn show(ui: &Ui, desk: &Desk, state: &mut State, commands: &mut Vec<Command>) {
    let purpose = desk.passphrase_box.as_ref().map(|asking| &asking.purpose);
    if state.asked.as_ref() != purpose {
        state.forget();
        state.asked = purpose.cloned();
    }
    let Some(asking) = &desk.passphrase_box else { return };
    let mut is_given = false;
    let modal = Modal::new(Id::unique("passphrase box")).frame(box_frame(ui)).show(
        ui.ctx(),
        |ui| {
            ui.set_width(480.0);
            ui.label(RichText::new(title(&asking.purpose)).font(theme::semibold(17.0)));
            ui.add_space(4.0);
            ui.add(Label::new(explanation(&asking.purpose)).wrap());
            ui.add_space(8.0);
            if !asking.is_working {
                is_given = fields(ui, asking, state);
            }
            refusal(ui, asking);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                is_given |= buttons(ui, asking, state);
                if ui.add(Button::new("Cancel")).clicked() {
                    commands.push(Command::Stay);
                }
            });
        },
    );
    if is_given && may_give(asking, state) {
        commands.push(Command::GivePassphrase(Passphrase::new(&state.words)));
        state.forget();
    } else if modal.should_close() {
        commands.push(Command::Stay);
    }
}

fn title(purpose: &Purpose) -> &'static str {
    match purpose {
        Purpose::Open(_) | Purpose::Restore(_) => "This draft is encrypted",
        Purpose::Seal | Purpose::Begin | Purpose::First => "Encrypt this draft",
        Purpose::Change => "Change the passphrase",
    }
}

fn explanation(purpose: &Purpose) -> String {
    match purpose {
        Purpose::Open(path) => format!("Type the passphrase of {}", path.display()),
        Purpose::Restore(_) => "Type its passphrase to bring back what was not saved".into(),
        Purpose::Seal | Purpose::First => {
            "The draft's file, its versions, recovery copies and the copy from before \
                are encrypted from now on. Plain copies that \
             lie beside them are removed or encrypted; what a disk or a backup still \
             holds of them is not. Nobody can open \
             the draft without the passphrase, and a forgotten one cannot be brought back."
                .into()
        }
        Purpose::Begin => {
            "Your settings have new drafts encrypted. With a passphrase nothing of this \
                letter is ever written to the disk \
             in plain. Nobody can open it without, and a forgotten one cannot be \
             brought back. If you cancel, you are asked \
             again at the first save, and recovery copies are plain until then."
                .into()
        }
        Purpose::Change => {
            "The draft is encrypted anew, and the copy from before is removed. Copies \
                elsewhere still open with the old \
             passphrase."
                .into()
        }
    }
}

/// The fields; whether Enter was pressed in the last of them.
fn fields(ui: &mut Ui, asking: &PassphraseBox, state: &mut State) -> bool {
    let is_hidden = !state.is_shown;
    let (_, mut is_entered) = field(ui, "Passphrase", &mut state.words, is_hidden);
    if asking.purpose.is_new() {
        strength(ui, &state.words);
        ui.add_space(4.0);
        quiet(ui, "Once more");
        let (again, is_last_entered) =
            field(ui, "Passphrase once more", &mut state.again, is_hidden);
        if std::mem::replace(&mut is_entered, is_last_entered) {
            again.request_focus();
        }
        if !state.again.is_empty() && state.again != state.words {
            quiet(ui, "The two are not the same yet");
        }
    }
    ui.checkbox(&mut state.is_shown, "Show what is typed");
    is_entered
}

/// A field, and whether Enter was pressed in it.
fn field(
    ui: &mut Ui,
    name: &str,
    words: &mut String,
    is_hidden: bool,
) -> (Response, bool) {
    let id = Id::unique(name);
    let edit = text::edit(words, id, ui.available_width()).password(is_hidden);
    let response = ui.add(edit);
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(name));
    forget_undo(ui, id);
    // Asked before the focus is given back: it counts as lost until then alone.
    let is_entered =
        response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    (response, is_entered)
}

/// A text field keeps what was typed before, to undo it.
fn forget_undo(ui: &Ui, id: Id) {
    if let Some(mut state) = TextEditState::load(ui.ctx(), id) {
        state.clear_undoer();
        state.store(ui.ctx(), id);
    }
}

fn strength(ui: &mut Ui, words: &str) {
    let strength = Strength::of(words);
    let colours = palette(ui);
    let colour = match strength {
        _ if words.is_empty() => colours.quiet,
        Strength::TooShort => colours.error,
        Strength::Weak => colours.warning,
        Strength::Long => colours.done,
    };
    ui.label(RichText::new(strength.words()).font(theme::help()).color(colour));
}

fn refusal(ui: &mut Ui, asking: &PassphraseBox) {
    let colour = palette(ui).error;
    if let Some(refused) = &asking.refused {
        ui.add(Label::new(RichText::new(refused).color(colour)).wrap());
    }
}

fn may_give(asking: &PassphraseBox, state: &State) -> bool {
    let is_new = asking.purpose.is_new();
    let fits = !is_new
        || (state.words == state.again
            && Strength::of(&state.words) > Strength::TooShort);
    !asking.is_working && !state.words.is_empty() && fits
}

/// Whether the passphrase is given.
fn buttons(ui: &mut Ui, asking: &PassphraseBox, state: &State) -> bool {
    if asking.is_working {
        ui.add(Spinner::new().size(16.0));
        quiet(ui, "This takes a moment, so that passphrases are slow to guess");
        return false;
    }
    let verb = match asking.purpose {
        Purpose::Open(_) => "Open",
        Purpose::Restore(_) => "Bring back",
        Purpose::Seal | Purpose::Begin | Purpose::First => "Encrypt",
        Purpose::Change => "Change",
    };
    ui.add_enabled_ui(may_give(asking, state), |ui| main_button(ui, verb).clicked())
        .inner
}
