//! The menu of every text: cut, copy, paste, select all, and in the letter its snippets and
//! the search. A right click opens it; the Edit
//! menu does the same to the text that was used last.

use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::{
    Align, Button, Context, Event, Id, Key, Layout, Modifiers, PointerButton, Popup,
    PopupKind, Pos2, Ui, ViewportCommand,
};

use super::form::field_id;
use crate::app::command::{self, Command, TextAction};
use crate::app::desk::Desk;
use crate::app::input_queue::InputQueue;

/// What else can be done with a text of the letter, by the commands that do it.
const BESIDES: [Command; 3] = [Command::Snippets, Command::NewSnippet, Command::Find];

/// A command that was chosen from the menu. It waits until the form has seen that its text
/// has the caret.
#[derive(Clone)]
struct ChosenCommand {
    command: Command,
    frames: u8,
}

/// Which text the menu is for.
#[derive(Default)]
pub(super) struct TextMenu {
    /// What the Edit menu asks for.
    pub wanted: Option<TextAction>,
    /// Words that go to the caret of a text.
    pub inserted: Option<Insertion>,
    /// The text that had the focus last.
    last: Option<Id>,
    /// The text that was clicked, and where.
    open: Option<(Id, Pos2)>,
    /// What was selected in a text when the right button was pressed on it.
    selected: Option<(Id, CCursorRange)>,
}

/// Words that go to the caret of a text, or in place of what is selected in it.
pub(super) struct Insertion {
    pub widget: Id,
    pub words: String,
    /// What the text says now.
    pub text: String,
}

impl Insertion {
    fn insert(self, ctx: &Context) {
        let Self { widget, words, text } = self;
        let state = TextEditState::load(ctx, widget);
        let caret = match state.and_then(|state| state.cursor.char_range()) {
            Some(range) => range.as_sorted_char_range().start.0,
            None => text.chars().count(),
        };
        // A sentence does not run into the one before it.
        let before = text.chars().take(caret).last();
        let needs_space = before.is_some_and(|before| !before.is_whitespace());
        let words = if needs_space { format!(" {words}") } else { words };
        ctx.memory_mut(|memory| memory.request_focus(widget));
        let events = vec![Event::Paste(words)];
        ctx.with_plugin(|queue: &mut InputQueue| queue.put_back(events));
        ctx.request_repaint();
    }
}

impl TextMenu {
    /// Before the frame is drawn. The Edit menu cannot be reached while a box stands over
    /// the form, and the palette means the text under it.
    pub(super) fn begin(
        &mut self,
        ctx: &Context,
        is_covered: bool,
        commands: &mut Vec<Command>,
    ) {
        if let Some(chosen) = ctx.data(|data| data.get_temp(chosen_id())) {
            ctx.data_mut(|data| data.remove::<ChosenCommand>(chosen_id()));
            run_or_wait(ctx, chosen, commands);
        }
        let focused = ctx.memory(egui::Memory::focused);
        if let Some(id) = focused.filter(|id| !is_covered && is_text(ctx, *id)) {
            self.last = Some(id);
        }
        if let Some(inserted) = self.inserted.take() {
            inserted.insert(ctx);
        }
        if let (Some(action), Some(text)) = (self.wanted.take(), self.last) {
            act(ctx, text, action);
        }
        if ctx.input(|input| input.pointer.button_pressed(PointerButton::Secondary)) {
            self.selected =
                under_pointer(ctx).and_then(|id| Some((id, selection(ctx, id)?)));
        }
    }

    /// After it.
    pub(super) fn show(&mut self, ui: &Ui, desk: &Desk) {
        let ctx = ui.ctx();
        self.keep_selection(ctx);
        let menu = Id::unique("text menu");
        let is_asked = ctx.input(|input| input.pointer.secondary_clicked());
        // Words that a finding speaks of have a menu of their own, with these in it.
        if is_asked
            && !Popup::is_any_open(ctx)
            && let Some(text) = under_pointer(ctx)
            && let Some(at) = ctx.pointer_interact_pos()
        {
            self.open = Some((text, at));
            Popup::open_id(ctx, menu);
        }
        if !Popup::is_id_open(ctx, menu) {
            return;
        }
        let Some((text, at)) = self.open else { return };
        let is_of_letter = desk.focus.as_ref().map(field_id) == Some(text);
        let popup = Popup::new(menu, ctx.clone(), at, ui.layer_id())
            .open_memory(None)
            .kind(PopupKind::Menu);
        popup
            .accessible_name("Text")
            .width(180.0)
            .show(|ui| buttons(ui, text, is_of_letter));
    }

    /// egui sets the caret at every press, at that of the right button too, which would
    /// undo the selection that the menu is opened for.
    fn keep_selection(&self, ctx: &Context) {
        if let Some((id, range)) = self.selected
            && ctx.input(|input| input.pointer.button_down(PointerButton::Secondary))
            && let Some(mut state) = TextEditState::load(ctx, id)
        {
            state.cursor.set_char_range(Some(range));
            state.store(ctx, id);
        }
    }
}

fn chosen_id() -> Id {
    Id::unique("chosen from the text menu")
}

fn run_or_wait(ctx: &Context, chosen: ChosenCommand, commands: &mut Vec<Command>) {
    let Some(frames) = chosen.frames.checked_sub(1) else {
        return commands.push(chosen.command);
    };
    let chosen = ChosenCommand { frames, ..chosen };
    ctx.data_mut(|data| data.insert_temp(chosen_id(), chosen));
    ctx.request_repaint();
}

/// The rows; the menu closes with each.
pub(super) fn buttons(ui: &mut Ui, text: Id, is_of_letter: bool) {
    let has_selection = selection(ui.ctx(), text).is_some();
    ui.with_layout(Layout::top_down_justified(Align::LEFT), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for action in TextAction::ALL {
            let needs_selection = matches!(action, TextAction::Cut | TextAction::Copy);
            ui.add_enabled_ui(has_selection || !needs_selection, |ui| {
                if is_pressed(ui, &Command::Text(action)) {
                    act(ui.ctx(), text, action);
                    Popup::close_all(ui.ctx());
                }
            });
        }
        if !is_of_letter {
            return;
        }
        ui.separator();
        for command in BESIDES {
            let needs_selection = command == Command::NewSnippet;
            ui.add_enabled_ui(has_selection || !needs_selection, |ui| {
                if is_pressed(ui, &command) {
                    ui.memory_mut(|memory| memory.request_focus(text));
                    let chosen = ChosenCommand { command, frames: 1 };
                    ui.data_mut(|data| data.insert_temp(chosen_id(), chosen));
                    ui.ctx().request_repaint();
                    Popup::close_all(ui.ctx());
                }
            });
        }
    });
}

fn is_pressed(ui: &mut Ui, command: &Command) -> bool {
    let Some(row) = command::row(command) else { return false };
    let button = Button::new(row.label)
        .shortcut_text(command::shortcut_text(ui.ctx(), row))
        .frame_when_inactive(false);
    let response = ui.add(button);
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(row.label));
    response.clicked()
}

/// Has a text do something, as its keys would.
fn act(ctx: &Context, text: Id, action: TextAction) {
    ctx.memory_mut(|memory| memory.request_focus(text));
    let events = match action {
        TextAction::Cut => vec![Event::Cut],
        TextAction::Copy => vec![Event::Copy],
        TextAction::Paste => {
            ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
            Vec::new()
        }
        TextAction::SelectAll => vec![Event::Key {
            key: Key::A,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        }],
    };
    // They wait until the focus is there.
    ctx.with_plugin(|queue: &mut InputQueue| queue.put_back(events));
    ctx.request_repaint();
}

fn is_text(ctx: &Context, id: Id) -> bool {
    TextEditState::load(ctx, id).is_some()
}

/// The text that the pointer is over.
fn under_pointer(ctx: &Context) -> Option<Id> {
    let under: Vec<Id> = ctx.interaction_snapshot(|snapshot| {
        snapshot.contains_pointer.iter().copied().collect()
    });
    under.into_iter().find(|id| is_text(ctx, *id))
}

/// What is selected in a text, if anything is.
fn selection(ctx: &Context, text: Id) -> Option<CCursorRange> {
    let range = TextEditState::load(ctx, text)?.cursor.char_range()?;
    (!range.is_empty()).then_some(range)
}
