//! The rows of a group: each with its head and its buttons, a hairline between them, and
//! the button that adds one.

use egui::containers::menu::MenuButton;
use egui::{Align, Button, Label, Layout, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};

use super::context::{FormContext, FormHeading, RowAtTop};
use super::{STICKY, group_name, show_fields, table};
use crate::app::command::Command;
use crate::app::desk::first_of_row;
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, Icon, icon_button};
use crate::letter::fields::Field;
use crate::letter::grammar::{article, sentence_case};
use crate::letter::{Group, Id, Profile, row_noun};
use crate::template::Items;

/// The four buttons of a row.
const BUTTONS_WIDTH: f32 = 4.0 * 28.0 + 8.0;
const ROW_HEAD: f32 = 26.0;
const ROW_GAP: f32 = 24.0;
/// Room for the longest usual decision.
const DECISION_WIDTH: f32 = 110.0;

/// What a group is for, shown while it has no rows.
fn empty_hint(group: &str) -> &'static str {
    match group {
        "items" => {
            "Each item is one treatment in dispute, with its decision, guidelines and \
                rationale."
        }
        "reviewers" => {
            "The letter describes a reviewer by qualifications, never by name."
        }
        _ => "",
    }
}

/// Draws the rows of the group at `prefix` (such as `items`), whose fields these are, in
/// the rows `outer`.
pub(super) fn show(
    ui: &mut Ui,
    form: &mut FormContext<'_>,
    prefix: &str,
    fields: &[&Field],
    outer: &[Id],
) {
    let Some(group) = Group::named(prefix, outer) else { return };
    if matches!(group, Group::Documents | Group::Recipients) {
        return table::show(ui, form, group, fields);
    }
    let name = prefix.rsplit('.').next().unwrap_or(prefix);
    let ids = form.letter.row_ids(group);
    if ids.is_empty() {
        widgets::quiet(ui, empty_hint(name));
        ui.add_space(8.0);
    }
    for (place, &id) in ids.iter().enumerate() {
        let row = FormRow { group, name, id, place, count: ids.len() };
        if place > 0 {
            hairline(ui);
        }
        ui.push_id(id, |ui| row.show(ui, form, fields, outer));
    }
    let is_full = group == Group::Items
        && form.template.head().items == Items::One
        && !ids.is_empty();
    if !is_full {
        add_button(ui, form, group, name);
    }
}

/// Between two rows.
fn hairline(ui: &mut Ui) {
    ui.add_space(ROW_GAP / 2.0);
    let across = ui.available_rect_before_wrap().x_range();
    let y = ui.cursor().top();
    let line = Stroke::new(1.0, palette(ui).line);
    ui.painter().hline(across, y, line);
    ui.add_space(ROW_GAP / 2.0);
}

fn add_button(ui: &mut Ui, form: &mut FormContext<'_>, group: Group, name: &str) {
    let path = group.place();
    // Ctrl+Enter and its like add rows from the keyboard; Tab stops here only where a
    // problem led.
    let id = ui.next_auto_id();
    let is_led_to = form.reveals(&path) || ui.memory(|memory| memory.has_focus(id));
    let sense = if is_led_to { Sense::click() } else { Sense::CLICK };
    let button = Button::new(format!("Add {}", article(&row_noun(name))));
    let response = ui.add(button.sense(sense));
    if response.clicked() {
        form.commands.push(Command::Add(group));
    }
    if form.reveals(&path) {
        response.request_focus();
        response.scroll_to_me(Some(egui::Align::Center));
        form.arrive(&path, false);
    }
    for problem in form.problems_beside(&path) {
        widgets::message(ui, problem);
    }
}

/// One row, as it is drawn.
struct FormRow<'a> {
    group: Group,
    name: &'a str,
    id: Id,
    /// Counted from 0.
    place: usize,
    count: usize,
}

impl FormRow<'_> {
    fn show(
        &self,
        ui: &mut Ui,
        form: &mut FormContext<'_>,
        fields: &[&Field],
        outer: &[Id],
    ) {
        let top = ui.cursor().top();
        self.head(ui, form);
        let rows = [outer, &[self.id]].concat();
        let first = first_of_row(form.template, form.letter, self.group, self.id);
        let rect = Rect::from_min_size(pos2(ui.cursor().left(), top), vec2(1.0, 1.0));
        // What sticks to the top must not lie over the row's own head.
        let rect = rect.translate(vec2(0.0, -STICKY - 8.0));
        form.headings[1] = Some(FormHeading { rect, first });
        ui.add_space(4.0);
        fields_of_row(ui, form, fields, &rows);
        form.headings[1] = None;
        self.stick(ui, form, top);
    }

    /// While the row's own head is above what is seen, the heading at the top names it.
    fn stick(&self, ui: &Ui, form: &mut FormContext<'_>, top: f32) {
        let line = ui.clip_rect().top() + STICKY;
        let is_over = top + ROW_HEAD < line && ui.cursor().top() > line;
        if !is_over || self.group != Group::Items {
            return;
        }
        let Some(item) = form.letter.item(self.id) else { return };
        let title = item.title.request.trim();
        let name = format!("Item {}", self.place + 1);
        let outcome = form.template.head().outcome(&item.decision.0);
        form.row_at_top = Some(RowAtTop {
            id: self.id,
            words: if title.is_empty() { name } else { format!("{name} · {title}") },
            aside: outcome.map_or_else(String::new, |outcome| outcome.word.clone()),
        });
    }

    fn head(&self, ui: &mut Ui, form: &mut FormContext<'_>) {
        ui.horizontal(|ui| {
            let name = self.name();
            ui.label(RichText::new(&name).font(theme::semibold(15.0)));
            let room = ui.available_width() - BUTTONS_WIDTH;
            ui.allocate_ui_with_layout(
                vec2(room, ROW_HEAD),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.set_min_width(room);
                    self.show_item(ui, form);
                    self.offer_profiles(ui, form);
                },
            );
            ui.spacing_mut().item_spacing.x = 2.0;
            self.buttons(ui, form, &name.to_lowercase());
        });
    }

    fn name(&self) -> String {
        format!("{} {}", sentence_case(&row_noun(self.name)), self.place + 1)
    }

    fn buttons(&self, ui: &mut Ui, form: &mut FormContext<'_>, name: &str) {
        let (group, id) = (self.group, self.id);
        let buttons = [
            (
                Icon::Up,
                format!("Move {name} up"),
                Command::Raise(group, id),
                self.place > 0,
            ),
            (
                Icon::Down,
                format!("Move {name} down"),
                Command::Lower(group, id),
                self.place + 1 < self.count,
            ),
            (
                Icon::Copy,
                format!("Duplicate {name}"),
                Command::Duplicate(group, id),
                true,
            ),
            (Icon::Cross, format!("Remove {name}"), Command::Remove(group, id), true),
        ];
        for (mark, name, command, enabled) in buttons {
            if icon_button(ui, mark, &name, enabled).clicked() {
                form.commands.push(command);
            }
        }
    }

    /// The profiles that a reviewer can be filled in from, or the way to keep a new one.
    fn offer_profiles(&self, ui: &mut Ui, form: &mut FormContext<'_>) {
        if self.group != Group::Reviewers {
            return;
        }
        let mut reviewers = form.letter.reviewers.iter();
        let Some(reviewer) = reviewers.find(|reviewer| reviewer.id == self.id) else {
            return;
        };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if Profile::is_new(form.profiles, reviewer)
                && widgets::link(ui, "Save as profile").clicked()
            {
                form.commands.push(Command::KeepProfile(self.id));
            }
            if form.profiles.is_empty() {
                return;
            }
            let button = Button::new("Use profile").small().sense(Sense::CLICK);
            let (button, _) = MenuButton::from_button(button).ui(ui, |ui| {
                for profile in form.profiles {
                    if ui.button(&profile.name).clicked() {
                        let (name, row) = (profile.name.clone(), Some(self.id));
                        form.commands.push(Command::UseProfile(name, row));
                        ui.close();
                    }
                }
            });
            button.on_hover_text("Fills this reviewer from one you entered in Settings");
        });
    }

    /// An item's treatment and decision, so that one knows where in the letter one is.
    fn show_item(&self, ui: &mut Ui, form: &FormContext<'_>) {
        if self.group != Group::Items {
            return;
        }
        let Some(item) = form.letter.item(self.id) else { return };
        let (decision, decision_width) =
            match form.template.head().outcome(&item.decision.0) {
                Some(outcome) => (outcome.word.as_str(), DECISION_WIDTH),
                None => ("", 0.0),
            };
        let room = (ui.available_width() - decision_width).max(0.0);
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.add(
                Label::new(
                    RichText::new(item.title.request.trim()).color(palette(ui).quiet),
                )
                .truncate(),
            );
        });
        ui.label(
            RichText::new(decision)
                .font(theme::semibold(14.0))
                .color(palette(ui).accent),
        );
    }
}

/// The row's own fields, and the rows in it.
fn fields_of_row(
    ui: &mut Ui,
    form: &mut FormContext<'_>,
    fields: &[&Field],
    rows: &[Id],
) {
    let depth = rows.len();
    let (own, inner): (Vec<&Field>, Vec<&Field>) = fields
        .iter()
        .partition(|field| group_name(&field.pattern, depth).is_none());
    show_fields(ui, form, &own, rows);
    if let Some(first) = inner.first()
        && let Some(prefix) = group_name(&first.pattern, depth)
    {
        show(ui, form, prefix, &inner, rows);
    }
}
