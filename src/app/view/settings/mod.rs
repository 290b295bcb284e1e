//! Settings, by what people look for.

mod citations;
mod files;
mod letters;
mod lists;
mod reviewers;
mod rows;
mod shortcuts;
mod snippets;

use egui::{
    Align, EventFilter, Id, Key, Layout, Modifiers, RichText, Role, ScrollArea, Ui,
    WidgetInfo, vec2,
};

use super::dialog::{dialog_frame, name_box};
use crate::app::command::Command;
use crate::app::desk::{Desk, SettingsBox};
use crate::app::theme::{self, palette};
use crate::app::widgets::{Icon, box_radio, check, heading, icon_button, quiet};
use crate::store::settings::{Settings, Theme, WORKS};

/// A part of the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SettingsTopic {
    #[default]
    Appearance,
    Reviewers,
    Letters,
    Snippets,
    Citations,
    Lists,
    Words,
    Shortcuts,
    Privacy,
    Advanced,
}

impl SettingsTopic {
    const ALL: [Self; 10] = [
        Self::Appearance,
        Self::Reviewers,
        Self::Letters,
        Self::Snippets,
        Self::Citations,
        Self::Lists,
        Self::Words,
        Self::Shortcuts,
        Self::Privacy,
        Self::Advanced,
    ];

    fn label(self) -> &'static str {
        match self {
            Self::Appearance => "Appearance",
            Self::Reviewers => "Reviewers",
            Self::Letters => "Letters",
            Self::Snippets => "Snippets",
            Self::Citations => "Citations",
            Self::Lists => "Lists",
            Self::Words => "Words",
            Self::Shortcuts => "Shortcuts",
            Self::Privacy => "Privacy",
            Self::Advanced => "Advanced",
        }
    }
}

const WIDTH: f32 = 700.0;
const LIST: f32 = 132.0;
const HIGHEST: f32 = 460.0;

/// Draws the settings; says whether they stay open.
pub(super) fn show(
    ui: &Ui,
    desk: &Desk,
    open: &mut SettingsBox,
    commands: &mut Vec<Command>,
) -> bool {
    let room = ui.ctx().content_rect().size();
    let width = WIDTH.min(room.x - 80.0);
    let height = HIGHEST.min(room.y - 160.0);
    let modal = dialog_frame(ui, "settings", width, "", |ui| {
        name_box(ui, "settings", "Settings");
        let id = Id::unique("settings topic");
        let mut topic = topic_shown(ui, desk, id);
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(
                vec2(LIST, height),
                Layout::top_down(Align::LEFT),
                |ui| {
                    let area = ScrollArea::vertical().id_salt("topics");
                    area.max_height(height).show(ui, |ui| topics(ui, &mut topic));
                },
            );
            ui.add_space(20.0);
            ui.vertical(|ui| {
                ui.set_min_height(height);
                let area = ScrollArea::vertical().id_salt(topic.label());
                area.max_height(height).show(ui, |ui| {
                    ui.set_width(ui.available_width() - 16.0);
                    heading(ui, topic.label());
                    ui.add_space(4.0);
                    page(ui, topic, desk, open, commands);
                });
            });
        });
        ui.data_mut(|data| data.insert_temp(id, topic));
        ui.add_space(8.0);
        crate::app::view::dialog::close_button(ui)
    });
    let is_closed = modal.inner || modal.should_close();
    if is_closed {
        ui.data_mut(|data| data.remove::<SettingsTopic>(Id::unique("settings topic")));
    }
    !is_closed
}

/// The settings open with the reviewers.
pub(super) fn open_at_reviewers(ui: &Ui) {
    let id = Id::unique("settings topic");
    ui.data_mut(|data| data.insert_temp(id, SettingsTopic::Reviewers));
}

/// The topic that was chosen; at first what somebody most likely comes for.
fn topic_shown(ui: &Ui, desk: &Desk, id: Id) -> SettingsTopic {
    match ui.data(|data| data.get_temp(id)) {
        Some(chosen) => chosen,
        None if desk.templates.broken.is_empty() => SettingsTopic::default(),
        None => SettingsTopic::Letters,
    }
}

fn topic_id(topic: SettingsTopic) -> Id {
    Id::unique(("settings", topic.label()))
}

/// The topics: one stop of Tab, and the arrows walk between them.
fn topics(ui: &mut Ui, chosen: &mut SettingsTopic) {
    ui.set_width(LIST);
    ui.spacing_mut().item_spacing.y = 2.0;
    walk(ui, chosen);
    for topic in SettingsTopic::ALL {
        let is_chosen = topic == *chosen;
        let (rect, _) = ui.allocate_exact_size(vec2(LIST, 30.0), egui::Sense::hover());
        let sense = if is_chosen { egui::Sense::click() } else { egui::Sense::CLICK };
        let response = ui.interact(rect, topic_id(topic), sense);
        response.widget_info(|| {
            WidgetInfo::selected(Role::RadioButton, true, is_chosen, topic.label())
        });
        let colors = palette(ui);
        let ground = match (is_chosen, response.hovered()) {
            (true, _) => colors.tint,
            (false, true) => colors.over,
            (false, false) => egui::Color32::TRANSPARENT,
        };
        ui.painter().rect_filled(rect, 6.0, ground);
        let font = if is_chosen { theme::semibold(15.0) } else { theme::body() };
        ui.painter().text(
            rect.left_center() + vec2(10.0, 0.0),
            egui::Align2::LEFT_CENTER,
            topic.label(),
            font,
            colors.text,
        );
        if response.has_focus() {
            crate::app::widgets::ring(ui, rect);
            response.scroll_to_me(None);
        }
        if is_chosen {
            super::dialog::focus_if_none(ui, &response);
        }
        if response.clicked() {
            response.request_focus();
            *chosen = topic;
        }
    }
}

/// What the arrows come to is shown.
fn walk(ui: &Ui, chosen: &mut SettingsTopic) {
    let id = topic_id(*chosen);
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
    let presses =
        |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
    let (down, up) = (presses(Key::ArrowDown), presses(Key::ArrowUp));
    let all = SettingsTopic::ALL;
    let here = all.iter().position(|topic| topic == chosen).unwrap_or_default();
    let place = (here + down).saturating_sub(up).min(all.len() - 1);
    if place != here {
        *chosen = all[place];
        ui.memory_mut(|memory| memory.request_focus(topic_id(*chosen)));
    }
}

fn page(
    ui: &mut Ui,
    topic: SettingsTopic,
    desk: &Desk,
    open: &mut SettingsBox,
    commands: &mut Vec<Command>,
) {
    match topic {
        SettingsTopic::Appearance => appearance(ui, desk, commands),
        SettingsTopic::Reviewers => {
            reviewers::show(ui, desk, &mut open.profiles, commands);
        }
        SettingsTopic::Snippets => {
            snippets::show(ui, desk, &mut open.snippets, commands);
        }
        SettingsTopic::Letters => {
            letters::show(ui, desk, commands);
            section(ui, "Templates");
            files::templates(ui, desk, commands);
        }
        SettingsTopic::Citations => {
            citations::show(ui, desk, &mut open.citations, commands);
        }
        SettingsTopic::Lists => lists::show(ui, desk, &mut open.lists, commands),
        SettingsTopic::Words => words(ui, desk, commands),
        SettingsTopic::Shortcuts => shortcuts::show(ui, &mut open.shortcuts, commands),
        SettingsTopic::Privacy => privacy(ui, desk, commands),
        SettingsTopic::Advanced => files::tables(ui, desk, commands),
    }
}

/// A smaller heading within a topic.
fn section(ui: &mut Ui, words: &str) {
    ui.add_space(8.0);
    let response = ui.label(RichText::new(words).font(theme::semibold(15.0)));
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(words);
    });
}

/// Words in a column so wide, cut at its end.
fn column(ui: &mut Ui, width: f32, words: &str) -> egui::Response {
    let layout = Layout::left_to_right(Align::Center);
    let words = egui::Label::new(words).truncate();
    let add = |ui: &mut Ui| {
        ui.set_width(width);
        ui.add(words)
    };
    ui.allocate_ui_with_layout(vec2(width, 24.0), layout, add).inner
}

fn appearance(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    section(ui, "Colors");
    let chosen = desk.settings.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        for (theme, words) in [
            (Theme::System, "Match system"),
            (Theme::Light, "Light"),
            (Theme::Dark, "Dark"),
        ] {
            let id = Id::unique(("colors", words));
            if box_radio(ui, id, chosen == theme, words).clicked() {
                commands.push(Command::SetTheme(theme));
            }
        }
    });
    for (words, is_on, command) in [
        ("High contrast", desk.settings.high_contrast, Command::ToggleHighContrast),
        ("Reduce motion", desk.settings.reduce_motion, Command::ToggleReduceMotion),
    ] {
        let mut is_on = is_on;
        if check(ui, Id::unique(("look", words)), &mut is_on, words).clicked() {
            commands.push(command);
        }
    }
    quiet(ui, "Choose these two here: your desktop does not pass its own choice on.");
    section(ui, "Size of everything");
    ui.horizontal(|ui| {
        for (words, command) in
            [("Smaller", Command::ZoomOut), ("Larger", Command::ZoomIn)]
        {
            let may = desk.refusal(&command).is_none();
            let button = ui.add_enabled(may, egui::Button::new(words));
            if button.clicked() {
                button.request_focus();
                commands.push(command);
            }
        }
        ui.label(format!("{:.0}%", desk.settings.zoom * 100.0));
        if desk.settings.zoom.to_bits() != 1.0_f32.to_bits()
            && ui.button("Actual size").clicked()
        {
            commands.push(Command::ZoomReset);
        }
    });
}

fn words(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let mut is_checked = desk.settings.spelling;
    let id = Id::unique("check spelling");
    if check(ui, id, &mut is_checked, "Check spelling").clicked() {
        commands.push(Command::ToggleSpelling);
    }
    let mut is_typographic = desk.settings.typographic;
    let words = "Curly quotation marks and long dashes as you type";
    if ui.checkbox(&mut is_typographic, words).changed() {
        commands.push(Command::ToggleTypographic);
    }
    if let Some(data) = &desk.data {
        let path = crate::store::words::path(data);
        quiet(
            ui,
            "Words that you add are kept in a text file, one per line. Delete a word \
                there to have it underlined again.",
        );
        files::path(ui, &path);
    }
    section(ui, "Offered while you type");
    quiet(
        ui,
        "What you type in the same list in two letters is offered in the next one. \
            Entries longer than 60 characters or with a date are not remembered.",
    );
    learned(ui, &desk.settings, commands);
}

/// What was learned, each with a way to have it forgotten.
fn learned(ui: &mut Ui, settings: &Settings, commands: &mut Vec<Command>) {
    let mut is_empty = true;
    for (list, values) in &settings.typed {
        for value in values.keys() {
            is_empty = false;
            ui.horizontal(|ui| {
                let name = format!("Remove {value}");
                if icon_button(ui, Icon::Cross, &name, true).clicked() {
                    commands.push(Command::ForgetTyped(list.clone(), value.clone()));
                }
                let room = ui.available_width() - 170.0;
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    ui.add(egui::Label::new(value).truncate());
                });
                let list = if list == WORKS { "works cited" } else { list };
                quiet(ui, list);
            });
        }
    }
    if is_empty {
        quiet(ui, "Nothing is remembered yet.");
    }
}

fn privacy(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let mut is_wanted = desk.settings.encrypt_new;
    let id = Id::unique("encrypt new drafts");
    if check(ui, id, &mut is_wanted, "Encrypt new drafts").clicked() {
        commands.push(Command::ToggleEncryptNew);
    }
    quiet(
        ui,
        "Rationale asks for a passphrase when you start or import a letter. If you \
            give none, it asks again at the first save.",
    );
    section(ui, "What leaves this computer");
    quiet(
        ui,
        "Only what you print: Rationale connects to nothing but your printer. Recovery \
            copies and earlier versions stay in your account's data folder; those of \
            an encrypted draft are encrypted too.",
    );
    if let Some(data) = &desk.data {
        section(ui, "Data folder");
        files::path(ui, data.path());
    }
}
