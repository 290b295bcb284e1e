//! The box that asks for a passphrase: of an encrypted draft once, for a new one twice.

use egui::text_edit::TextEditState;
use egui::{Button, Id, Label, Response, RichText, Ui};

use super::dialog::{dialog_frame, focus_if_none, is_entered, name};
use super::text;
use crate::app::command::Command;
use crate::app::desk::{PassphraseBox, PassphrasePurpose as Purpose};
use crate::app::theme::{self, palette};
use crate::app::widgets::{check, main_button, quiet};
use crate::store::{Passphrase, Strength};

/// Draws the box.
pub(super) fn show(ui: &Ui, open: &mut PassphraseBox, commands: &mut Vec<Command>) {
    let mut is_given = false;
    let title = title(&open.purpose);
    let modal = dialog_frame(ui, "passphrase box", 480.0, title, |ui| {
        ui.add_space(4.0);
        ui.add(Label::new(explanation(&open.purpose)).wrap());
        ui.add_space(8.0);
        if !open.is_working() {
            is_given = fields(ui, open);
        }
        refusal(ui, open);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            is_given |= buttons(ui, open);
            if ui.add(Button::new("Cancel")).clicked() {
                commands.push(Command::Cancel);
            }
        });
    });
    if is_given && may_give(open) {
        commands.push(Command::GivePassphrase(Passphrase::new(&open.typed.words)));
        open.typed.forget();
    } else if modal.should_close() {
        commands.push(Command::Cancel);
    }
}

fn title(purpose: &Purpose) -> &'static str {
    match purpose {
        Purpose::Open(_) | Purpose::Restore(_) => "This draft is encrypted",
        Purpose::Seal | Purpose::Begin | Purpose::First => "Encrypt this draft",
        Purpose::Change => "Change passphrase",
    }
}

fn explanation(purpose: &Purpose) -> String {
    match purpose {
        Purpose::Open(path) => format!("Enter the passphrase for {}", path.display()),
        Purpose::Restore(_) => "Enter its passphrase to restore your unsaved work".into(),
        Purpose::Seal | Purpose::First => {
            "From now on the draft's file, its versions, recovery copies and previous \
                copy are encrypted. Plain copies next to them are removed or \
                encrypted; copies in backups or left on the disk are not. Nobody can \
                open the draft without the passphrase, and a forgotten passphrase \
                cannot be recovered."
                .into()
        }
        Purpose::Begin => {
            "Your settings encrypt new drafts. With a passphrase, nothing from this \
                letter is ever written to the disk unencrypted. Nobody can open it \
                without the passphrase, and a forgotten passphrase cannot be \
                recovered. If you cancel, Rationale asks again at the first save, and \
                recovery copies are not encrypted until then."
                .into()
        }
        Purpose::Change => {
            "The draft is encrypted again, and the previous copy is removed. Copies \
                elsewhere still open with the old passphrase."
                .into()
        }
    }
}

/// The fields; whether Enter was pressed in the last of them.
fn fields(ui: &mut Ui, open: &mut PassphraseBox) -> bool {
    let typed = &mut open.typed;
    let is_hidden = !typed.is_shown;
    if open.purpose.is_new() {
        quiet(ui, "Passphrase");
    }
    let (_, mut is_given) = field(ui, "Passphrase", &mut typed.words, is_hidden);
    if open.purpose.is_new() {
        strength(ui, &typed.words);
        ui.add_space(4.0);
        quiet(ui, "Repeat passphrase");
        let (again, is_last_entered) =
            field(ui, "Repeat passphrase", &mut typed.again, is_hidden);
        if std::mem::replace(&mut is_given, is_last_entered) {
            again.request_focus();
        }
        if !typed.again.is_empty() && typed.again != typed.words {
            quiet(ui, "The two passphrases do not match yet");
        }
    }
    let id = egui::Id::unique("show passphrase");
    check(ui, id, &mut typed.is_shown, "Show passphrase");
    is_given
}

/// A field, and whether Enter was pressed in it.
fn field(
    ui: &mut Ui,
    label: &str,
    words: &mut String,
    is_hidden: bool,
) -> (Response, bool) {
    let id = Id::unique(label);
    let edit = text::edit(words, id, ui.available_width()).password(is_hidden);
    let response = ui.add(edit);
    name(&response, label);
    forget_undo(ui, id);
    let is_entered = is_entered(ui, &response);
    focus_if_none(ui, &response);
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
    let colors = palette(ui);
    let color = match strength {
        _ if words.is_empty() => colors.quiet,
        Strength::TooShort => colors.error,
        Strength::Weak => colors.warning,
        Strength::Long => colors.done,
    };
    ui.label(RichText::new(strength.words()).font(theme::help()).color(color));
}

fn refusal(ui: &mut Ui, open: &PassphraseBox) {
    if let Some(refused) = &open.refused {
        let refused = RichText::new(refused).color(palette(ui).error);
        ui.add(Label::new(refused).wrap());
    }
}

fn may_give(open: &PassphraseBox) -> bool {
    let typed = &open.typed;
    let fits = !open.purpose.is_new()
        || (typed.words == typed.again
            && Strength::of(&typed.words) > Strength::TooShort);
    !open.is_working() && !typed.words.is_empty() && fits
}

/// Whether the passphrase is given.
fn buttons(ui: &mut Ui, open: &PassphraseBox) -> bool {
    if open.is_working() {
        quiet(ui, "This takes a moment, which makes passphrases hard to guess");
        return false;
    }
    let verb = match open.purpose {
        Purpose::Open(_) => "Open",
        Purpose::Restore(_) => "Restore",
        Purpose::Seal | Purpose::Begin | Purpose::First => "Encrypt",
        Purpose::Change => "Change",
    };
    let button = ui.add_enabled_ui(may_give(open), |ui| main_button(ui, verb).clicked());
    button.inner
}
