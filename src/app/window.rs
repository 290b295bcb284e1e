//! The window itself: takes in events, shortcuts and commands before a frame, sends jobs
//! to the lanes, and draws.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, Key, KeyboardShortcut, Modifiers, ViewportCommand};

use super::command::{ALSO, COMMANDS, Command, Shortcuts};
use super::desk::{Desk, DialogBox, OpenDraft};
use super::emergency_copy::EmergencyCopy;
use super::input_queue::{self, InputQueue};
use super::job::{Event, Job};
use super::own_files::OwnFiles;
use super::preview::Preview;
use super::view::{self, View};
use super::window_place::{self, KeptWindow};
use super::worker::Worker;
use super::{platform, theme};
use crate::library::Library;
use crate::store::settings::{Settings, Theme};
use crate::store::{self, DataFolder};

/// Keys by which a focused text field would undo or delete on its own, whatever the keys
/// of commands are.
const SWALLOWED: [Key; 6] = [Key::Z, Key::Y, Key::U, Key::W, Key::K, Key::H];

/// Keys by which somebody who works on the program sees what becomes of its mistakes; a
/// release has none.
#[cfg(debug_assertions)]
const CRASHES: [(KeyboardShortcut, Command); 2] = [
    (
        KeyboardShortcut::new(Modifiers::ALT.plus(Modifiers::SHIFT), Key::F11),
        Command::CrashInAJob,
    ),
    (
        KeyboardShortcut::new(Modifiers::ALT.plus(Modifiers::SHIFT), Key::F12),
        Command::CrashInTheFrame,
    ),
];

/// What the settings say of how the window looks.
#[derive(Clone, Copy, PartialEq)]
struct Looks {
    theme: Theme,
    is_high: bool,
    is_still: bool,
    zoom: f32,
}

impl Looks {
    fn of(settings: &Settings) -> Self {
        Self {
            theme: settings.theme,
            is_high: settings.high_contrast,
            is_still: settings.reduce_motion,
            zoom: settings.zoom,
        }
    }
}

/// The running program.
pub struct Window {
    desk: Desk,
    view: View,
    preview: Preview,
    worker: Worker,
    /// What was asked for since the last frame.
    commands: Vec<Command>,
    /// The title that the system was last given.
    title: String,
    /// The number of the draft that is shown.
    shown: Option<u64>,
    /// The look of the last frame.
    looks: Option<Looks>,
    /// The keys that were chosen for commands, as the frame has them.
    shortcuts: BTreeMap<String, String>,
    place: KeptWindow,
    emergency_copy: EmergencyCopy,
    /// The state of the letter that is kept there: its revision, whether no file holds
    /// it, and whether it is encrypted.
    kept: Option<(u64, bool, bool)>,
}

impl Window {
    /// Sets the window up, and opens `draft` if there is one.
    pub fn new(
        ctx: &Context,
        library: Arc<Library>,
        data: Option<DataFolder>,
        draft: Option<PathBuf>,
    ) -> Self {
        theme::install(ctx);
        ctx.add_plugin(InputQueue::default());
        let (settings, settings_error) =
            data.as_ref().map(store::settings::load).unwrap_or_default();
        let waker = ctx.clone();
        let data_folder = data.clone();
        let mut worker = Worker::new(move || waker.request_repaint(), data);
        let templates = worker.templates_at_start();
        let bundled = Arc::clone(&library);
        let (library, table_errors) = with_own_tables(library, data_folder.as_ref());
        let mut desk = Desk::new(library, settings, platform::now());
        desk.bundled = bundled;
        desk.templates = templates;
        desk.own = data_folder.as_ref().map(OwnFiles::load).unwrap_or_default();
        desk.data = data_folder;
        desk.home = platform::home();
        let mut window = Self {
            desk,
            view: View::default(),
            preview: Preview::default(),
            worker,
            commands: draft.map(Command::OpenFile).into_iter().collect(),
            title: String::new(),
            shown: None,
            looks: None,
            shortcuts: BTreeMap::new(),
            place: KeptWindow::default(),
            emergency_copy: EmergencyCopy::default(),
            kept: None,
        };
        let jobs = window.desk.begin();
        window.send(jobs);
        for error in settings_error.into_iter().chain(table_errors) {
            window.receive(Event::Failed(error));
        }
        window
    }

    /// The same, with what no file holds yet kept there for the panic hook.
    pub fn with_emergency_copy(self, emergency_copy: EmergencyCopy) -> Self {
        Self { emergency_copy, ..self }
    }

    /// What is true; for tests.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Names a folder of letters, as the dialog does; for tests.
    pub fn add_folder(&mut self, folder: PathBuf) {
        self.commands.push(Command::UseFolder(folder));
    }

    fn send(&mut self, jobs: Vec<Job>) {
        for job in jobs {
            self.worker.send(job);
        }
    }

    fn receive(&mut self, event: Event) {
        let jobs = self.desk.receive(event);
        self.send(jobs);
    }

    fn receive_events(&mut self) {
        for event in self.worker.events() {
            self.receive(event);
        }
        for painted in self.worker.painted() {
            if let Err(error) = self.preview.receive(painted) {
                self.receive(Event::NotPainted(error));
            }
        }
    }

    fn run(&mut self, ctx: &Context, command: Command) {
        if self.view.run(ctx, &command, &mut self.desk) {
            return;
        }
        self.view.take_in(&mut self.desk);
        let jobs = self.desk.run(command);
        self.send(jobs);
    }

    fn run_commands(&mut self, ctx: &Context) {
        for command in std::mem::take(&mut self.commands) {
            self.run(ctx, command);
        }
    }

    /// Takes every shortcut away before a text field sees it; runs it unless something
    /// stands over the form.
    fn shortcuts(&mut self, ctx: &Context) {
        if self.desk.is_choosing_shortcut() {
            return;
        }
        let covered = self.desk.dialog.is_some();
        let is_board = matches!(self.desk.dialog, Some(DialogBox::Guidelines(_)));
        let shortcuts = Shortcuts::of_window(ctx);
        let mut rows = Vec::new();
        for entry in COMMANDS {
            // A text has these keys for itself.
            let is_for_text = matches!(entry.command, Command::Text(_));
            if let (false, Some(shortcut)) = (is_for_text, shortcuts.of(entry)) {
                rows.push((shortcut, &entry.command));
            }
        }
        rows.extend(ALSO.iter().map(|(shortcut, command)| (*shortcut, command)));
        #[cfg(debug_assertions)]
        rows.extend(CRASHES.iter().map(|(shortcut, command)| (*shortcut, command)));
        // Ctrl+Shift+S also looks like Ctrl+S: the more keys, the sooner.
        rows.sort_by_key(|(shortcut, _)| std::cmp::Reverse(keys(shortcut.modifiers)));
        for (shortcut, command) in rows {
            if is_board && shortcut == view::ALL_YEARS {
                continue;
            }
            if ctx.input_mut(|input| input.consume_shortcut(&shortcut)) && !covered {
                self.commands.push(command.clone());
            }
        }
        for key in SWALLOWED {
            let shortcut = KeyboardShortcut::new(Modifiers::COMMAND, key);
            if !is_board || shortcut != view::ALL_YEARS {
                ctx.input_mut(|input| input.consume_shortcut(&shortcut));
            }
        }
    }

    /// What is typed while nothing has the focus goes to the field that had it last.
    fn return_focus(&self, ctx: &Context) {
        if let Some(path) = &self.desk.focus
            && self.desk.dialog.is_none()
            && !view::menu_is_open(ctx)
        {
            input_queue::return_focus(ctx, view::field_id(path));
        }
    }

    fn dropped(&mut self, ctx: &Context) {
        let files = ctx.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
        let paths: Vec<PathBuf> = files
            .iter()
            .map(|file| file.path().to_owned())
            .filter(|path| !path.as_os_str().is_empty())
            .collect();
        if !paths.is_empty() {
            self.receive(Event::Dropped(paths));
        }
    }

    /// The window goes only once everything is written.
    fn closing(&mut self, ctx: &Context) {
        if ctx.input(|input| input.viewport().close_requested()) && !self.desk.may_leave {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.commands.push(Command::Quit);
        }
        if self.desk.may_leave {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn tick(&mut self, ctx: &Context) {
        let jobs = self.desk.tick(&platform::now(), platform::steady());
        self.send(jobs);
        if let Some(wait) = self.desk.next_tick() {
            ctx.request_repaint_after(wait);
        }
    }

    /// Keeps the letter's newest state where a mistake of the program cannot take it
    /// along.
    fn keep_emergency_copy(&mut self) {
        let now = self
            .desk
            .draft
            .as_ref()
            .map(|draft| (draft.revision(), draft.is_unsaved(), draft.is_sealed()));
        if self.kept != now {
            self.kept = now;
            self.emergency_copy
                .keep(self.desk.unsaved_copy(), self.desk.held_file());
        }
    }

    /// Gives the system what has changed since the last frame.
    fn announce(&mut self, ctx: &Context, frame: &eframe::Frame) {
        let title = self.desk.title();
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| {
            node.set_label(title.as_str());
        });
        if self.title != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        let looks = Looks::of(&self.desk.settings);
        if self.looks != Some(looks) {
            theme::follow(ctx, looks.theme);
            theme::set_contrast(ctx, looks.is_high);
            ctx.with_plugin(|queue: &mut InputQueue| queue.is_still = looks.is_still);
            ctx.set_zoom_factor(looks.zoom);
            self.looks = Some(looks);
        }
        if self.shortcuts != self.desk.settings.shortcuts {
            self.shortcuts.clone_from(&self.desk.settings.shortcuts);
            Shortcuts::new(&self.shortcuts).set_window(ctx);
        }
        self.place.look(ctx, &mut self.desk, &window_place::screens(frame));
        let number = self.desk.draft.as_ref().map(OpenDraft::number);
        if self.shown != number {
            self.shown = number;
            self.view.turn_over(&self.desk);
            self.preview.clear();
        }
    }
}

/// The library with the tables of the data folder, and what is wrong with those.
fn with_own_tables(
    library: Arc<Library>,
    data: Option<&DataFolder>,
) -> (Arc<Library>, Vec<store::Error>) {
    let Some(data) = data else { return (library, Vec::new()) };
    let (library, wrong) = store::tables::add(Library::clone(&library), data);
    (Arc::new(library), wrong)
}

fn keys(modifiers: Modifiers) -> u32 {
    [modifiers.alt, modifiers.shift, modifiers.ctrl || modifiers.command]
        .into_iter()
        .map(u32::from)
        .sum()
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        self.receive_events();
        self.shortcuts(ctx);
        self.return_focus(ctx);
        self.view.attend_snippet(ctx, &mut self.desk);
        View::clean_input(ctx, &self.desk);
        self.dropped(ctx);
        self.closing(ctx);
        self.run_commands(ctx);
        self.tick(ctx);
        self.keep_emergency_copy();
        self.announce(ctx, frame);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let Self { desk, view, preview, commands, .. } = self;
        view::show(ui, desk, view, preview, commands);
        for job in self.preview.take_jobs() {
            self.worker.paint(job);
        }
        if !self.commands.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    /// The system can end the program without a question, as the Dock of macOS does.
    #[cfg(target_os = "macos")]
    fn on_exit(&mut self) {
        self.emergency_copy.rescue_now();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
