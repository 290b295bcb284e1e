//! What the window shows, one file a panel. Panels draw what the desk holds and push
//! commands; they decide nothing.

mod about;
mod dialog;
mod earlier;
mod finalize;
mod find;
mod fixes;
mod form;
mod guidelines;
mod header;
mod help;
mod kept_place;
mod letter;
mod menu;
mod notice;
mod outline;
mod override_reason;
mod page_text;
mod palette;
mod passphrase;
mod paste;
mod path_box;
mod print;
mod problems;
mod question;
mod settings;
mod snippets;
mod source;
mod start;
mod status;
mod text;
mod text_menu;
mod typing;
mod underline;
mod versions;

use egui::{CentralPanel, CursorIcon, Frame, Id, Margin, Panel, Rect, Sense, Stroke, Ui};

pub(super) use guidelines::ALL_YEARS;

use super::command::Command;
use super::desk::{Desk, DialogBox, PaletteInput};
use super::input_queue;
use super::preview::Preview;
use super::theme::{self, palette};
use super::widgets;
use crate::letter::FieldPath;

/// The identity of the widget that a field is typed into.
pub(super) fn field_id(path: &FieldPath) -> Id {
    form::field_id(path)
}

/// Whether a menu is open, to which what is typed goes.
pub(super) fn menu_is_open(ctx: &egui::Context) -> bool {
    menu::is_open(ctx)
}

/// How the desk is looked at: nothing here is lost with the window.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a panel that is shown or hidden by itself"
)]
pub(super) struct View {
    outline: bool,
    letter: bool,
    problems: bool,
    /// The field whose problems the list is to be scrolled to.
    problems_of: Option<FieldPath>,
    /// In a narrow window: whether the letter is seen in place of the form.
    letter_tab: bool,
    form: form::FormState,
    letter_panel: letter::LetterPanel,
    start: start::StartState,
    text_menu: text_menu::TextMenu,
    snippets: snippets::SnippetKeys,
    earlier_panel: earlier::EarlierPanel,
    source_panel: source::SourcePanel,
    /// What is seen beside the form.
    beside: Beside,
    find: find::FindBar,
    /// What had the focus before something stood over the form.
    before: Option<egui::Id>,
    /// Whether something did in the last frame.
    covered: bool,
}

/// What is seen beside the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Letter,
    /// Earlier letters.
    Earlier,
    /// The letter that was imported.
    Source,
}

impl Beside {
    fn label(self) -> &'static str {
        match self {
            Self::Letter => "Letter",
            Self::Earlier => "Earlier letters",
            Self::Source => "Imported letter",
        }
    }
}

impl Default for View {
    fn default() -> Self {
        Self {
            outline: true,
            letter: true,
            problems: false,
            problems_of: None,
            letter_tab: false,
            form: form::FormState::default(),
            letter_panel: letter::LetterPanel::default(),
            start: start::StartState::default(),
            text_menu: text_menu::TextMenu::default(),
            snippets: snippets::SnippetKeys::default(),
            earlier_panel: earlier::EarlierPanel::default(),
            source_panel: source::SourcePanel::default(),
            beside: Beside::Letter,
            find: find::FindBar::default(),
            before: None,
            covered: false,
        }
    }
}

impl View {
    /// Runs a command that changes how things are looked at alone. Says whether it was
    /// one.
    pub(super) fn run(
        &mut self,
        ctx: &egui::Context,
        command: &Command,
        desk: &mut Desk,
    ) -> bool {
        match command {
            Command::Palette => {
                desk.open_dialog(DialogBox::Palette(PaletteInput::default()));
            }
            Command::Help => desk.open_dialog(DialogBox::Help),
            Command::About => desk.open_dialog(DialogBox::About),
            Command::Settings => desk.open_dialog(DialogBox::Settings(Box::default())),
            Command::PasteLetter => desk.open_dialog(DialogBox::Paste(String::new())),
            Command::ToggleOutline => self.outline = !self.outline,
            Command::ToggleLetter => self.toggle_letter(),
            Command::ToggleEarlier => self.toggle_beside(Beside::Earlier),
            Command::ToggleSource if desk.refusal(command).is_none() => {
                self.toggle_beside(Beside::Source);
            }
            Command::FindEarlier if desk.refusal(command).is_none() => {
                self.beside = Beside::Earlier;
                self.earlier_panel.wants_search = true;
            }
            Command::InsertPassage => return self.insert_passage(desk),
            Command::ShowNearCopy => {
                self.beside = Beside::Earlier;
                return false;
            }
            Command::ToggleProblems => self.problems = !self.problems,
            Command::ShowProblemsOf(field) => {
                self.problems = true;
                self.problems_of = Some(field.clone());
            }
            Command::ShowFixes => self.form.wants_remedies = true,
            Command::Text(action) => self.text_menu.wanted = Some(*action),
            Command::Find
            | Command::FindReplace
            | Command::FindNext
            | Command::FindPrevious
            | Command::Snippets
            | Command::NewSnippet
            | Command::InsertSnippet(_) => return self.run_in_texts(ctx, command, desk),
            Command::Go(_)
            | Command::GoToWords(..)
            | Command::NextProblem
            | Command::PreviousProblem => {
                self.letter_tab = false;
                self.form.is_jump = true;
                // A click into the letter goes to a field too, and the letter rests then.
                let is_walk =
                    matches!(command, Command::NextProblem | Command::PreviousProblem);
                self.letter_panel.rests &= !is_walk;
                return false;
            }
            _ => return false,
        }
        true
    }

    /// Carries out what is done to the letter's texts; false where the desk has to say why
    /// not.
    fn run_in_texts(
        &mut self,
        ctx: &egui::Context,
        command: &Command,
        desk: &mut Desk,
    ) -> bool {
        if desk.refusal(command).is_some() {
            return false;
        }
        match command {
            Command::InsertSnippet(code) => self.snippets.insert(ctx, desk, code),
            Command::NewSnippet => snippets::begin(ctx, desk),
            Command::Snippets => {
                desk.open_dialog(DialogBox::Snippets(PaletteInput::default()));
            }
            _ => {
                self.letter_tab = false;
                self.form.is_jump = true;
                self.find.run(ctx, command, desk);
            }
        }
        true
    }

    /// Before a frame: keys that are for a snippet.
    pub(super) fn attend_snippet(&mut self, ctx: &egui::Context, desk: &mut Desk) {
        if !menu::is_open(ctx) {
            self.snippets.attend(ctx, desk);
        }
    }

    /// What is seen in place of the letter gives way to it first.
    fn toggle_letter(&mut self) {
        self.letter = !self.letter || self.beside != Beside::Letter;
        self.beside = Beside::Letter;
    }

    fn toggle_beside(&mut self, beside: Beside) {
        let is_seen = self.beside == beside;
        self.beside = if is_seen { Beside::Letter } else { beside };
        // In a narrow window it is a tab.
        self.letter_tab = !is_seen;
    }

    /// Puts the marked passage of an earlier letter at the caret of the rationale; false
    /// where the desk has to say why not.
    fn insert_passage(&mut self, desk: &mut Desk) -> bool {
        if desk.refusal(&Command::InsertPassage).is_some() {
            return false;
        }
        let Some((path, words, text)) = desk.take_passage() else { return true };
        if desk.focus.as_ref() != Some(&path) {
            desk.reveal = Some(path.clone());
            desk.focus = Some(path.clone());
        }
        let widget = field_id(&path);
        self.text_menu.inserted = Some(text_menu::Insertion { widget, words, text });
        true
    }

    /// Before a frame: what is typed and pasted is as texts of a letter take it.
    pub(super) fn clean_input(ctx: &egui::Context, desk: &Desk) {
        if !menu::is_open(ctx) && desk.dialog.is_none() {
            typing::clean_input(ctx, desk);
        }
    }

    /// Brings the letter up to what stands in the form.
    pub(super) fn take_in(&mut self, desk: &mut Desk) {
        form::take_in(desk, &mut self.form);
    }

    /// Forgets what belonged to the letter that was open before.
    pub(super) fn turn_over(&mut self, desk: &Desk) {
        // What an import did not understand stands in the list of problems.
        if let Some(draft) = &desk.draft {
            self.problems |= !draft.letter.unread.is_empty();
        }
        self.form = form::FormState::default();
        self.letter_panel = letter::LetterPanel::with(self.letter_panel.zoom);
        self.letter_tab = false;
        let has_source = desk.draft.as_ref().is_some_and(|draft| draft.source.is_some());
        if self.beside == Beside::Source && !has_source {
            self.beside = Beside::Letter;
        }
    }

    /// Gives the focus back to where it was, once nothing stands over the form any more
    /// and nothing else has taken it.
    fn give_focus_back(&mut self, ui: &Ui, desk: &Desk) {
        let is_covered = desk.dialog.is_some();
        match (self.covered, is_covered) {
            (false, true) => {
                self.before = ui.memory(egui::Memory::focused);
                input_queue::forget_pointer(ui.ctx());
            }
            // What stood over the form keeps all focus to itself for one more frame.
            (true, false) => ui.ctx().request_repaint(),
            (false, false) => self.focus_as_before(ui),
            (true, true) => {}
        }
        self.form.is_covered = self.covered || is_covered;
        self.start.is_covered = self.form.is_covered;
        self.covered = is_covered;
    }

    fn focus_as_before(&mut self, ui: &Ui) {
        let Some(before) = self.before.take() else { return };
        if ui.memory(|memory| memory.focused().is_none()) {
            ui.memory_mut(|memory| memory.request_focus(before));
        }
    }
}

/// Draws the whole window.
pub(super) fn show(
    ui: &mut Ui,
    desk: &mut Desk,
    view: &mut View,
    preview: &mut Preview,
    commands: &mut Vec<Command>,
) {
    view.give_focus_back(ui, desk);
    view.text_menu.begin(ui.ctx(), view.covered, commands);
    let bar = Frame::new()
        .fill(palette(ui).panel)
        .inner_margin(Margin::symmetric(8, 6));
    Panel::top("menu")
        .frame(bar)
        .show(ui, |ui| header::show(ui, desk, view, commands));
    if desk.draft.as_ref().is_some_and(|draft| draft.final_since().is_some()) {
        let bar = Frame::new()
            .fill(palette(ui).tint)
            .inner_margin(Margin::symmetric(12, 6));
        Panel::top("final")
            .frame(bar)
            .show(ui, |ui| finalize::bar(ui, desk, commands));
    }
    if desk.draft.is_some() {
        foot(ui, desk, view, commands);
        view.find.show(ui, desk);
        columns(ui, desk, view, preview, commands);
    } else {
        if !desk.notices.is_empty() {
            let frame = Frame::new()
                .fill(palette(ui).panel)
                .inner_margin(Margin::symmetric(12, 3));
            Panel::bottom("notice")
                .frame(frame)
                .show(ui, |ui| notice::show(ui, desk, commands));
        }
        let ground = Frame::new().fill(palette(ui).window);
        CentralPanel::default()
            .frame(ground)
            .show(ui, |ui| start::show(ui, desk, &mut view.start, commands));
    }
    show_dialog(ui, desk, commands);
    view.text_menu.show(ui, desk);
    view.snippets.show(ui, desk);
    view.find.keep_focus(ui.ctx());
}

/// Draws the box that is open.
fn show_dialog(ui: &Ui, desk: &mut Desk, commands: &mut Vec<Command>) {
    // It is taken out while it is drawn, because a box reads the desk and writes into
    // itself.
    let Some(mut dialog) = desk.dialog.take() else { return };
    let mut is_open = true;
    match &mut dialog {
        DialogBox::Question(question) => question::show(ui, desk, question, commands),
        DialogBox::Path(open) => path_box::show(ui, desk, open, commands),
        DialogBox::Print(open) => print::show(ui, desk, open, commands),
        DialogBox::Passphrase(open) => passphrase::show(ui, open, commands),
        DialogBox::Versions(open) => versions::show(ui, desk, open, commands),
        DialogBox::OverrideReason(open) => override_reason::show(ui, open, commands),
        DialogBox::Prompt(open) => finalize::show_prompt(ui, desk, open, commands),
        DialogBox::Palette(input) => is_open = palette::show(ui, desk, input, commands),
        DialogBox::Settings(open) => is_open = settings::show(ui, desk, open, commands),
        DialogBox::Guidelines(open) => {
            is_open = guidelines::show(ui, desk, open, commands);
        }
        DialogBox::Snippets(input) => {
            is_open = snippets::show_list(ui, desk, input, commands);
        }
        DialogBox::NewSnippet(open) => {
            is_open = snippets::show_new(ui, desk, open, commands);
        }
        DialogBox::Help => is_open = help::show(ui),
        DialogBox::About => is_open = about::show(ui, desk, commands),
        DialogBox::Paste(text) => is_open = paste::show(ui, text, commands),
    }
    desk.dialog = Some(dialog);
    if !is_open {
        desk.close_dialog();
    }
}

/// The line at the foot and, when it is open, the list of problems over it.
fn foot(ui: &mut Ui, desk: &Desk, view: &mut View, commands: &mut Vec<Command>) {
    let frame = Frame::new()
        .fill(palette(ui).panel)
        .inner_margin(Margin::symmetric(8, 0));
    Panel::bottom("foot")
        .frame(frame)
        .exact_size(status::HEIGHT)
        .show(ui, |ui| status::show(ui, desk, view.problems, commands));
    if view.problems {
        let most = (ui.available_height() - 200.0).max(80.0);
        let list = Panel::bottom("problems")
            .frame(frame)
            .resizable(true)
            .default_size(200.0)
            .size_range(80.0..=most);
        let at = view.problems_of.take();
        list.show(ui, |ui| problems::list(ui, desk, at.as_ref(), commands));
    }
}

/// Outline, form and letter beside each other, as many as there is room for.
fn columns(
    ui: &mut Ui,
    desk: &mut Desk,
    view: &mut View,
    preview: &mut Preview,
    commands: &mut Vec<Command>,
) {
    let width = ui.available_width();
    match width {
        _ if !view.outline => {}
        _ if width >= theme::OUTLINE_FITS => outline_column(ui, desk, commands),
        _ => folded_outline(ui, desk, commands),
    }
    if width < theme::LETTER_FITS {
        return tabs(ui, desk, view, preview, commands);
    }
    if view.letter || view.beside != Beside::Letter {
        form_and_letter(ui, desk, view, preview, commands);
    } else {
        form_column(ui, desk, view, commands);
    }
}

fn outline_column(ui: &mut Ui, desk: &mut Desk, commands: &mut Vec<Command>) {
    let frame = Frame::new()
        .fill(palette(ui).window)
        .inner_margin(Margin::symmetric(8, 0));
    // An edge that can be dragged would be a stop of Tab.
    Panel::left("outline")
        .frame(frame)
        .resizable(false)
        .exact_size(theme::OUTLINE_WIDTH)
        .show(ui, |ui| outline::show(ui, desk, commands));
}

fn folded_outline(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let frame = Frame::new()
        .fill(palette(ui).window)
        .inner_margin(Margin::symmetric(4, 0));
    Panel::left("folded outline")
        .frame(frame)
        .resizable(false)
        .exact_size(44.0)
        .show(ui, |ui| {
            outline::show(ui, desk, commands);
        });
}

/// The form is as wide as it reads well, or as it was made; the letter has the rest.
fn form_and_letter(
    ui: &mut Ui,
    desk: &mut Desk,
    view: &mut View,
    preview: &mut Preview,
    commands: &mut Vec<Command>,
) {
    let area = ui.available_rect_before_wrap();
    let most = (area.width() - theme::NARROWEST_LETTER).max(theme::NARROWEST_FORM);
    let usual = letter::room_for_form(area.width(), ui.ctx().zoom_factor());
    let wide = desk.settings.widths.get("form").copied().unwrap_or(usual);
    let wide = wide.clamp(theme::NARROWEST_FORM, most).round();
    Panel::left("form")
        .frame(form_frame(ui))
        .resizable(false)
        .show_separator_line(false)
        .exact_size(wide)
        .show(ui, |ui| form::show(ui, desk, &mut view.form, view.find.marks(), commands));
    let frame = Frame::new().fill(palette(ui).raised);
    CentralPanel::default()
        .frame(frame)
        .show(ui, |ui| beside_form(ui, desk, view, preview, commands));
    divider(ui, desk, area, wide);
}

/// The letter, or what is seen in its place.
fn beside_form(
    ui: &mut Ui,
    desk: &mut Desk,
    view: &mut View,
    preview: &mut Preview,
    commands: &mut Vec<Command>,
) {
    match view.beside {
        Beside::Letter => {
            let (panel, marks) = (&mut view.letter_panel, view.find.marks());
            letter::show(ui, desk, panel, preview, marks, commands);
        }
        Beside::Earlier => earlier::show(ui, desk, &mut view.earlier_panel, commands),
        Beside::Source => source::show(ui, desk, &mut view.source_panel, commands),
    }
}

/// The line between form and letter: dragged, it gives one what it takes from the other;
/// a double click gives both what they usually have.
fn divider(ui: &Ui, desk: &mut Desk, area: Rect, wide: f32) {
    let x = area.left() + wide;
    let grip = Rect::from_x_y_ranges(x - 4.0..=x + 4.0, area.y_range());
    let sense = Sense::CLICK | Sense::DRAG;
    let response = ui.interact(grip, Id::unique("form and letter"), sense);
    let response = response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    let is_held = response.dragged();
    if is_held && let Some(pointer) = response.interact_pointer_pos() {
        desk.set_column_width("form", pointer.x - area.left());
    }
    if response.double_clicked() {
        desk.forget_column_width("form");
    }
    let colors = palette(ui);
    let is_lit = is_held || response.hovered();
    let (width, color) = if is_lit { (2.0, colors.accent) } else { (1.0, colors.line) };
    ui.painter().vline(x, area.y_range(), Stroke::new(width, color));
}

fn form_frame(ui: &Ui) -> Frame {
    Frame::new().fill(palette(ui).window).inner_margin(Margin {
        left: 16,
        right: 4,
        top: 12,
        bottom: 0,
    })
}

fn form_column(
    ui: &mut Ui,
    desk: &mut Desk,
    view: &mut View,
    commands: &mut Vec<Command>,
) {
    CentralPanel::default()
        .frame(form_frame(ui))
        .show(ui, |ui| form::show(ui, desk, &mut view.form, view.find.marks(), commands));
}

/// In a narrow window form and letter take turns.
fn tabs(
    ui: &mut Ui,
    desk: &mut Desk,
    view: &mut View,
    preview: &mut Preview,
    commands: &mut Vec<Command>,
) {
    let frame = Frame::new()
        .fill(palette(ui).window)
        .inner_margin(Margin::symmetric(12, 4));
    Panel::top("tabs").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            for (is_letter, words) in [(false, "Form"), (true, view.beside.label())] {
                let is_seen = view.letter_tab == is_letter;
                if widgets::view_button(ui, is_seen, words).clicked() {
                    view.letter_tab = is_letter;
                }
            }
        });
    });
    if view.letter_tab {
        let frame = Frame::new().fill(palette(ui).raised);
        CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| beside_form(ui, desk, view, preview, commands));
    } else {
        form_column(ui, desk, view, commands);
    }
}
