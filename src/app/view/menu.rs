//! The menus, drawn from the command table. Alt and its first letter opens one, F10 the
//! first; in an open menu arrows walk and letters choose.

use egui::containers::menu::{
    MenuBar, MenuButton, MenuConfig, SubMenuButton, menu_style,
};
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Button, Event, Id, Key, Modifiers, Popup, Rect, Response, Sense, Stroke, Style, Ui,
    Vec2, pos2, vec2,
};

use super::{View, dialog, field_id};
use crate::app::command::{COMMANDS, Command, CommandRow, Menu, Submenu, shortcut_text};
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::widgets::{Icon, paint_icon};
use crate::template::LetterCopy;

/// Room for a check mark before the words of an entry.
const MARK: f32 = 26.0;
const ROW: f32 = 26.0;
/// The same for all, so that nothing jumps from one to the next.
const WIDTH: f32 = 310.0;

/// The menu that is open, from one frame to the next.
#[derive(Clone, Copy)]
struct MenuAtWork {
    place: usize,
    /// The arrows to the sides belong to an entry that opens a menu of its own.
    is_at_submenu: bool,
}

fn open_menu(ctx: &egui::Context) -> Option<MenuAtWork> {
    ctx.data(|data| data.get_temp(memory_id())).flatten()
}

fn memory_id() -> Id {
    Id::unique("open menu")
}

/// Whether what is typed goes to a menu.
pub(super) fn is_open(ctx: &egui::Context) -> bool {
    open_menu(ctx).is_some()
}

/// Draws the menus, and what stands beside them in the same line.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    view: &View,
    commands: &mut Vec<Command>,
    beside: impl FnOnce(&mut Ui, &mut Vec<Command>),
) {
    let before = open_menu(ui.ctx());
    let asked = if desk.dialog.is_some() { None } else { asked_menu(ui, before) };
    let config = MenuConfig::new().style(entries_style);
    MenuBar::new().config(config).style(bar_style).ui(ui, |ui| {
        let mut now = None;
        for (place, menu) in Menu::ALL.into_iter().enumerate() {
            let button = Button::new(title(ui, menu)).sense(Sense::CLICK);
            let mut entries = MenuEntries::new(desk, view, commands);
            let (response, _) =
                MenuButton::from_button(button).ui(ui, |ui| entries.menu(ui, menu));
            let is_at_submenu = entries.is_at_submenu;
            let popup = Popup::default_response_id(&response);
            match asked {
                Some(Asked::Open(wanted)) if wanted == place => {
                    Popup::open_id(ui.ctx(), popup);
                }
                Some(Asked::Close) => Popup::close_id(ui.ctx(), popup),
                _ => {}
            }
            if Popup::is_id_open(ui.ctx(), popup) {
                now = Some(MenuAtWork { place, is_at_submenu });
            }
        }
        pass_focus(ui, desk, before, now);
        beside(ui, commands);
    });
}

/// What the keyboard asks of the bar.
enum Asked {
    Open(usize),
    Close,
}

fn asked_menu(ui: &Ui, open: Option<MenuAtWork>) -> Option<Asked> {
    ui.input_mut(|input| {
        for (place, menu) in Menu::ALL.into_iter().enumerate() {
            if input.consume_key(Modifiers::ALT, menu.key()) {
                return Some(Asked::Open(place));
            }
        }
        if input.consume_key(Modifiers::NONE, Key::F10) {
            let is_open = open.is_some();
            return Some(if is_open { Asked::Close } else { Asked::Open(0) });
        }
        let open = open.filter(|open| !open.is_at_submenu)?;
        let mut presses = |key| input.count_and_consume_key(Modifiers::NONE, key);
        let (right, left) = (presses(Key::ArrowRight), presses(Key::ArrowLeft));
        if right == left {
            return None;
        }
        let count = Menu::ALL.len();
        Some(Asked::Open((open.place + right + (count - 1) * left) % count))
    })
}

/// A menu that opens takes the focus, so that nothing is typed into the letter; when all
/// are closed, the field that had it has it again.
fn pass_focus(ui: &Ui, desk: &Desk, before: Option<MenuAtWork>, now: Option<MenuAtWork>) {
    ui.data_mut(|data| data.insert_temp(memory_id(), now));
    let place = |open: Option<MenuAtWork>| open.map(|open| open.place);
    if place(before) == place(now) {
        return;
    }
    ui.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
        if let (None, None, Some(path)) = (now, &desk.dialog, &desk.focus) {
            memory.request_focus(field_id(path));
        }
    });
    ui.ctx().request_repaint();
}

/// The name of a menu; while Alt is held, the letter that opens it is underlined.
fn title(ui: &Ui, menu: Menu) -> LayoutJob {
    let color = palette(ui).text;
    let is_asked = ui.input(|input| input.modifiers.alt);
    let line = if is_asked { Stroke::new(1.0, color) } else { Stroke::NONE };
    let plain = TextFormat { font_id: theme::body(), color, ..TextFormat::default() };
    let (first, rest) = menu.label().split_at(1);
    let mut job = LayoutJob::default();
    job.append(first, 0.0, TextFormat { underline: line, ..plain.clone() });
    job.append(rest, 0.0, plain);
    job
}

fn bar_style(style: &mut Style) {
    menu_style(style);
    style.spacing.button_padding = vec2(8.0, 4.0);
    style.spacing.item_spacing.x = 2.0;
}

/// The entry that one is at has a plain tint and plain words.
fn entries_style(style: &mut Style) {
    menu_style(style);
    let tint = style.visuals.selection.bg_fill;
    let widgets = &mut style.visuals.widgets;
    for state in [&mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
        (state.weak_bg_fill, state.bg_fill) = (tint, tint);
    }
    style.spacing.button_padding = vec2(MARK, 2.0);
    style.spacing.interact_size.y = ROW;
    style.spacing.item_spacing = vec2(8.0, 0.0);
}

/// The entries of one menu, as they are drawn.
struct MenuEntries<'a> {
    desk: &'a Desk,
    view: &'a View,
    commands: &'a mut Vec<Command>,
    is_at_submenu: bool,
}

/// An entry that a letter can choose.
struct MenuEntry {
    letter: Option<char>,
    widget: Response,
    /// What it does; `None` where it opens a menu of its own.
    command: Option<Command>,
}

impl<'a> MenuEntries<'a> {
    fn new(desk: &'a Desk, view: &'a View, commands: &'a mut Vec<Command>) -> Self {
        Self { desk, view, commands, is_at_submenu: false }
    }

    fn menu(&mut self, ui: &mut Ui, menu: Menu) {
        ui.set_width(WIDTH);
        let mut drawn = Vec::new();
        let mut submenus: Vec<Submenu> = Vec::new();
        for row in COMMANDS.iter().filter(|row| row.menu == menu) {
            if row.begins_group {
                separator(ui);
            }
            match row.submenu {
                None => drawn.push(self.entry(ui, row)),
                Some(submenu) if !submenus.contains(&submenu) => {
                    submenus.push(submenu);
                    drawn.push(self.submenu(ui, menu, submenu));
                }
                Some(_) => {}
            }
            if row.command == Command::Open && !self.desk.settings.recent.is_empty() {
                drawn.push(self.recent(ui));
            }
        }
        self.choose_by_letter(ui, &drawn);
    }

    fn submenu(&mut self, ui: &mut Ui, menu: Menu, submenu: Submenu) -> MenuEntry {
        let (widget, inner) = SubMenuButton::new(submenu.label()).ui(ui, |ui| {
            ui.set_width(WIDTH);
            let mut drawn = Vec::new();
            let rows = COMMANDS.iter().filter(|row| row.menu == menu);
            for row in rows.filter(|row| row.submenu == Some(submenu)) {
                drawn.push(self.entry(ui, row));
            }
            self.choose_by_letter(ui, &drawn);
        });
        self.is_at_submenu |= widget.has_focus() || inner.is_some();
        MenuEntry { letter: first_letter(submenu.label()), widget, command: None }
    }

    fn recent(&mut self, ui: &mut Ui) -> MenuEntry {
        let label = "Open recent";
        let (widget, inner) = SubMenuButton::new(label).ui(ui, |ui| {
            for path in &self.desk.settings.recent {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let mut name = name.into_owned();
                if self.desk.is_known_sealed(path) {
                    name.push_str("  (encrypted)");
                }
                if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                    self.commands.push(Command::OpenFile(path.clone()));
                    ui.close();
                }
            }
        });
        self.is_at_submenu |= widget.has_focus() || inner.is_some();
        MenuEntry { letter: first_letter(label), widget, command: None }
    }

    /// A command: its shortcut beside it, a mark where it is on, its hint or why it cannot
    /// be run as its tooltip.
    fn entry(&mut self, ui: &mut Ui, row: &CommandRow) -> MenuEntry {
        let refusal = self.desk.refusal(&row.command);
        let is_enabled = refusal.is_none();
        let button = Button::new(row.label).shortcut_text(shortcut_text(ui.ctx(), row));
        let widget = ui.add_enabled(is_enabled, button);
        if let Some(is_on) = is_on(self.desk, self.view, &row.command) {
            mark(ui, &widget, is_on);
        }
        let hint = refusal.unwrap_or_else(|| row.hint.to_owned());
        // The keys beside the words are no part of the name.
        dialog::name(&widget, row.label);
        let widget = widget.on_hover_text(&hint).on_disabled_hover_text(&hint);
        if widget.clicked() {
            self.commands.push(row.command.clone());
            ui.close();
        }
        let letter = if is_enabled { first_letter(row.label) } else { None };
        MenuEntry { letter, widget, command: Some(row.command.clone()) }
    }

    /// A typed letter chooses the only entry that begins with it, or walks to the next of
    /// several.
    fn choose_by_letter(&mut self, ui: &Ui, entries: &[MenuEntry]) {
        let Some(typed) = take_letter(ui) else { return };
        let fitting: Vec<&MenuEntry> =
            entries.iter().filter(|entry| entry.letter == Some(typed)).collect();
        match (&fitting[..], fitting.first().and_then(|only| only.command.as_ref())) {
            ([_], Some(command)) => {
                self.commands.push(command.clone());
                ui.close();
            }
            (several, _) => {
                let here = several.iter().position(|entry| entry.widget.has_focus());
                let next = here.map_or(0, |here| (here + 1) % several.len());
                if let Some(entry) = several.get(next) {
                    entry.widget.request_focus();
                }
            }
        }
    }
}

/// The letter typed in this frame, which nothing else sees then.
fn take_letter(ui: &Ui) -> Option<char> {
    ui.input_mut(|input| {
        let is_letter = |event: &Event| matches!(event, Event::Text(_));
        let at = input.events.iter().position(is_letter)?;
        let Event::Text(text) = input.events.remove(at) else { return None };
        first_letter(&text)
    })
}

fn first_letter(words: &str) -> Option<char> {
    words.chars().next().and_then(|letter| letter.to_lowercase().next())
}

fn separator(ui: &mut Ui) {
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), 9.0), Sense::hover());
    let line = Stroke::new(1.0, palette(ui).line);
    ui.painter().hline(rect.x_range(), rect.center().y, line);
}

/// Whether what a command switches is on; `None` where it switches nothing.
fn is_on(desk: &Desk, view: &View, command: &Command) -> Option<bool> {
    let shown = desk.draft.as_ref().map(|draft| draft.copy);
    Some(match command {
        Command::ToggleOutline => view.outline,
        Command::ToggleLetter => view.letter,
        Command::ToggleProblems => view.problems,
        Command::ToggleSpelling => desk.settings.spelling,
        Command::ToggleTypographic => desk.settings.typographic,
        Command::ToggleEncryptNew => desk.settings.encrypt_new,
        Command::ToggleHighContrast => desk.settings.high_contrast,
        Command::ToggleReduceMotion => desk.settings.reduce_motion,
        Command::ToggleDimPage => desk.settings.dim_page,
        Command::SetTheme(theme) => desk.settings.theme == *theme,
        Command::ShowCopy(copy @ (LetterCopy::Served | LetterCopy::Public)) => {
            shown == Some(*copy)
        }
        _ => return None,
    })
}

fn mark(ui: &Ui, entry: &Response, is_on: bool) {
    if is_on {
        let center = pos2(entry.rect.left() + MARK / 2.0, entry.rect.center().y);
        let square = Rect::from_center_size(center, Vec2::splat(12.0));
        paint_icon(ui.painter(), square, Icon::Tick, palette(ui).accent);
    }
    ui.ctx()
        .accesskit_node_builder(entry.id, |node| node.set_toggled(is_on.into()));
}
