//! Earlier letters beside the form: how the item that is being written was decided before,
//! each letter read-only, its passages taken over one by one.

use egui::{
    Align, Color32, Frame, Id, Key, Label, Layout, Margin, RichText, Role, ScrollArea,
    Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2,
};

use super::form::EarlierLink;
use super::{dialog, field_id, text};
use crate::app::command::{Command, EarlierStep};
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::widgets::{Icon, heading, icon_button, link, quiet};
use crate::earlier::EarlierItem;
use crate::letter::us_date;

/// How high the list is of what was found: about six letters.
const LIST: f32 = 212.0;
const ROW: f32 = 52.0;

/// What the panel remembers between frames.
#[derive(Default)]
pub(super) struct EarlierPanel {
    /// Somebody is typing what to look for.
    is_searching: bool,
    /// The line of words is asked for.
    pub wants_search: bool,
    /// What was shown in the last frame; another is brought into view.
    shown: (usize, usize),
}

/// What is said of earlier letters beside the rationale that is being written.
pub(super) fn link_beside(desk: &Desk) -> Option<EarlierLink> {
    let item = desk.item_being_written()?.id;
    if let Some(near) = &desk.earlier.looked.near {
        let words = format!("{}% as in {}", near.percent, number_of(&near.item));
        let hint = match desk.earlier.facts.len() {
            0 => "Shows the letter that this rationale repeats".to_owned(),
            1 => "Shows the letter that this repeats; one fact is from that case"
                .to_owned(),
            facts => {
                format!(
                    "Shows the letter that this repeats; {facts} facts are from that case"
                )
            }
        };
        let command = Command::ShowNearCopy;
        return Some(EarlierLink { item, words, hint, command, is_warning: true });
    }
    let like = &desk.earlier.looked.like;
    if like.items.is_empty() {
        return None;
    }
    let hint = format!("{}. Shows or hides them beside the form (Ctrl+4)", like.about);
    let (words, command) = (like.tally.words(), Command::ToggleEarlier);
    Some(EarlierLink { item, words, hint, command, is_warning: false })
}

fn search_id() -> Id {
    Id::unique("earlier words")
}

/// Draws the panel.
pub(super) fn show(
    ui: &mut Ui,
    desk: &mut Desk,
    panel: &mut EarlierPanel,
    commands: &mut Vec<Command>,
) {
    Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        head(ui, commands);
        if desk.settings.folders.is_empty() {
            return without_folders(ui, commands);
        }
        search(ui, desk, panel);
        near_copy(ui, desk, commands);
        summary(ui, desk);
        if desk.earlier.looked.found.items.is_empty() {
            return;
        }
        list(ui, desk, panel, commands);
        ui.add_space(8.0);
        reading(ui, desk, panel, commands);
        panel.shown = (desk.earlier.chosen, desk.earlier.passage);
    });
}

fn head(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        heading(ui, "Earlier letters");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::Cross, "Close earlier letters", true).clicked() {
                commands.push(Command::ToggleEarlier);
            }
        });
    });
}

fn without_folders(ui: &mut Ui, commands: &mut Vec<Command>) {
    quiet(
        ui,
        "Name the folders that your letters are in, and Rationale shows here how you \
            decided the same item before. The search index stays on this computer.",
    );
    ui.add_space(6.0);
    if link(ui, "Add a folder of letters…").clicked() {
        commands.push(Command::AddFolder);
    }
}

/// The line to type words into. Tab passes it by: it is no field of the letter.
fn search(ui: &mut Ui, desk: &mut Desk, panel: &mut EarlierPanel) {
    if std::mem::take(&mut panel.wants_search) {
        begin_search(ui, panel);
    }
    let hint = "Find in earlier letters";
    let width = ui.available_width();
    if !panel.is_searching {
        let words = match desk.earlier.words.as_str() {
            "" => hint.to_owned(),
            words => words.to_owned(),
        };
        let size = vec2(width, text::line_height(ui));
        let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, hint));
        let colors = palette(ui);
        let edge = Stroke::new(1.0, colors.edge);
        let inside = egui::StrokeKind::Inside;
        ui.painter().rect(rect, 6.0, colors.input, edge, inside);
        let at = rect.left_center() + vec2(8.0, 0.0);
        let align = egui::Align2::LEFT_CENTER;
        ui.painter().text(at, align, words, theme::value(), colors.quiet);
        if response.clicked() {
            begin_search(ui, panel);
        }
        return;
    }
    let line = TextEdit::singleline(&mut desk.earlier.words)
        .id(search_id())
        .desired_width(width)
        .font(theme::value())
        .margin(Margin::symmetric(8, text::PAD))
        .hint_text(hint);
    let response = ui.add(line);
    dialog::name(&response, hint);
    let is_left = ui.input(|input| input.key_pressed(Key::Escape));
    if is_left {
        desk.earlier.words.clear();
    }
    if (is_left || response.lost_focus()) && !response.has_focus() {
        panel.is_searching = false;
        if let Some(field) = &desk.focus {
            ui.memory_mut(|memory| memory.request_focus(field_id(field)));
        }
    }
}

fn begin_search(ui: &Ui, panel: &mut EarlierPanel) {
    panel.is_searching = true;
    ui.memory_mut(|memory| memory.request_focus(search_id()));
    ui.ctx().request_repaint();
}

/// Which letter the rationale repeats, and what of that case stands in it.
fn near_copy(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let Some(near) = &desk.earlier.looked.near else { return };
    let colors = palette(ui);
    let frame = Frame::new()
        .fill(colors.tint)
        .corner_radius(6)
        .inner_margin(Margin::symmetric(10, 6));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let name = name_of(&near.item);
        let words = format!("{}% of this rationale is also in {name}", near.percent);
        ui.add(Label::new(RichText::new(words).font(theme::help())).wrap());
        for fact in &desk.earlier.facts {
            let words = format!("{} of that case: {}", fact.what, fact.text);
            ui.horizontal(|ui| {
                let color = colors.warning;
                ui.label(RichText::new(words).font(theme::help()).color(color));
                if link(ui, "Go").on_hover_text("Selects it in the rationale").clicked()
                    && let Some(item) = desk.item_being_written()
                {
                    let path = rationale_of(item.id);
                    commands.push(Command::GoToWords(path, fact.words));
                }
            });
        }
        if link(ui, "Show that letter").clicked() {
            commands.push(Command::ShowNearCopy);
        }
    });
}

fn rationale_of(item: crate::letter::Id) -> crate::letter::FieldPath {
    crate::letter::FieldPath::new("items[].rationale", &[item])
}

/// "Trigger point injection, low back: 9 letters, 7 upheld".
fn summary(ui: &mut Ui, desk: &Desk) {
    let found = &desk.earlier.looked.found;
    let words = match (desk.earlier.progress, found.about.as_str()) {
        (Some(progress), _) if found.items.is_empty() => {
            format!("Reading your letters: {} of {}", progress.done, progress.total)
        }
        (_, "") if desk.earlier.words.is_empty() => {
            "Click in an item to see how you decided it before".to_owned()
        }
        (_, "") if found.items.is_empty() => "No letter has all these words".to_owned(),
        (_, "") => found.tally.words(),
        (_, about) if found.items.is_empty() => {
            format!("{about}: nothing in your letters yet")
        }
        (_, about) => format!("{about}: {}", found.tally.words()),
    };
    ui.add_space(4.0);
    let response =
        ui.add(Label::new(RichText::new(words).font(theme::semibold(15.0))).wrap());
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
}

/// The letters that were found; only the rows in view are drawn.
fn list(ui: &mut Ui, desk: &Desk, panel: &EarlierPanel, commands: &mut Vec<Command>) {
    let items = &desk.earlier.looked.found.items;
    let chosen = desk.earlier.chosen;
    let height = LIST.min(items.len() as f32 * ROW);
    let mut area = ScrollArea::vertical().id_salt("earlier list");
    area = area.max_height(height).min_scrolled_height(height);
    if panel.shown.0 != chosen {
        let top = (chosen as f32 * ROW - height / 2.0 + ROW / 2.0).max(0.0);
        area = area.vertical_scroll_offset(top);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    area.auto_shrink(false).show_rows(ui, ROW, items.len(), |ui, rows| {
        for place in rows {
            if row(ui, &items[place], place == chosen) {
                commands.push(Command::ChooseEarlier(EarlierStep::Letter(place)));
            }
        }
    });
    ui.spacing_mut().item_spacing.y = 4.0;
}

/// One letter of the list; whether it is clicked.
fn row(ui: &mut Ui, item: &EarlierItem, is_chosen: bool) -> bool {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    let name = format!("{}, {}", name_of(item), line_of(item));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
    let colors = palette(ui);
    crate::app::widgets::row_ground(ui, &response, is_chosen);
    let room = rect.shrink2(vec2(10.0, 6.0));
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(room));
    inner.spacing_mut().item_spacing.y = 2.0;
    let title = RichText::new(&item.title).font(theme::body());
    inner.add(Label::new(title).truncate().selectable(false));
    let words = format!("{}  ·  {}", number_of(item), line_of(item));
    let words = RichText::new(words).font(theme::help()).color(colors.quiet);
    inner.add(Label::new(words).truncate().selectable(false));
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

fn number_of(item: &EarlierItem) -> &str {
    match item.case_number.as_str() {
        "" => "No case number",
        number => number,
    }
}

fn name_of(item: &EarlierItem) -> String {
    format!("{}, item {}", number_of(item), item.number)
}

fn line_of(item: &EarlierItem) -> String {
    let mut parts = Vec::new();
    if !item.decision.is_empty() {
        parts.push(item.decision.clone());
    }
    parts.extend(item.decided_on.map(us_date));
    if !item.guideline.is_empty() {
        parts.push(item.guideline.clone());
    }
    parts.join("  ·  ")
}

/// The item that is chosen, to be read and taken over.
fn reading(ui: &mut Ui, desk: &Desk, panel: &EarlierPanel, commands: &mut Vec<Command>) {
    let Some(item) = desk.earlier.shown() else { return };
    ui.horizontal(|ui| {
        quiet(ui, format!("{}, read-only", name_of(item)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if link(ui, "Open the letter").clicked() {
                commands.push(Command::OpenFile(item.path.clone()));
            }
        });
    });
    let area = ScrollArea::vertical().id_salt("earlier reading").auto_shrink(false);
    area.show(ui, |ui| {
        ui.set_width(ui.available_width() - 8.0);
        if !item.guideline.is_empty() {
            quiet(ui, &*item.guideline);
            ui.add_space(4.0);
        }
        let passages = desk.earlier.passages();
        if passages.is_empty() {
            quiet(ui, "This item has no rationale");
        }
        for (place, range) in passages.into_iter().enumerate() {
            let words = &item.rationale[range.start..range.end];
            let is_next = place == desk.earlier.passage;
            let response = passage(ui, words, is_next);
            if is_next && panel.shown != (desk.earlier.chosen, place) {
                response.scroll_to_me(Some(Align::Center));
            }
            if response.clicked() {
                commands.push(Command::ChooseEarlier(EarlierStep::Passage(place)));
                commands.push(Command::InsertPassage);
            }
        }
        if !desk.earlier.passages().is_empty() {
            ui.add_space(4.0);
            quiet(ui, "Click a sentence, or press Alt+Enter, to take it over");
        }
    });
}

/// A sentence that is taken over when it is clicked.
fn passage(ui: &mut Ui, words: &str, is_next: bool) -> egui::Response {
    let colors = palette(ui);
    let (fill, edge) = if is_next {
        (colors.tint, colors.accent)
    } else {
        (Color32::TRANSPARENT, Color32::TRANSPARENT)
    };
    let frame = Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(8, 4));
    let inner = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let words = RichText::new(words)
            .font(theme::value())
            .line_height(Some(theme::PROSE_LINE));
        ui.add(Label::new(words).wrap().selectable(false));
    });
    let response = ui.interact(inner.response.rect, inner.response.id, Sense::CLICK);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("Take over: {words}"))
    });
    if response.hovered() {
        let edge = Stroke::new(1.0, colors.accent);
        let inside = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(inner.response.rect, 6.0, edge, inside);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
