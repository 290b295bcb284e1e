//! Documents and recipients as tables: a line each, an empty one at the end that becomes
//! a row once something stands in it, and pasted lines that fill rows.

use egui::{
    Align, Align2, Color32, Key, Layout, Rangef, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::context::FormContext;
use super::slot::{FieldSlot, SlotRoom};
use super::{field, field_id, group_name, lines, slot};
use crate::app::command::Command;
use crate::app::desk::{first_of_group, is_blank_row};
use crate::app::suggest;
use crate::app::theme::{self, palette};
use crate::app::view::text;
use crate::app::widgets::{self, Icon, paint_icon, takes_key};
use crate::diagnostic::Diagnostic;
use crate::letter::fields::{Field, Kind, Options, Value};
use crate::letter::{FieldPath, Group, Id, row_noun};

const ROW: f32 = 36.0;
/// Beside the words of a cell.
const CELL_SIDE: f32 = 4.0;
const HEAD: f32 = 22.0;
/// The button that removes a row.
const REMOVE: f32 = 26.0;
/// A date of ten characters.
const DAY: f32 = 80.0;
/// A note that is only a sign, and how wide a cell may become for its words while it is
/// written: it lies over the next ones.
const SIGN: f32 = 36.0;
const OPEN: f32 = 300.0;
/// The sides of a cell, the arrow of its list, and room for the next letters.
const BESIDE_WORDS: f32 = 48.0;
/// Below this a table is narrow, and a note has no column for its words.
const WIDE: f32 = 560.0;

fn is_note(field: &Field) -> bool {
    &*field.pattern == "documents[].note"
}

/// Draws the rows of a group.
pub(super) fn show(
    ui: &mut Ui,
    form: &mut FormContext<'_>,
    group: Group,
    fields: &[&Field],
) {
    let blank = add_blank(ui, form, group);
    let columns = columns(ui, fields);
    let table = FormTable { group, fields, columns };
    lines::take_paste(ui, form, group, fields);
    table.show(ui, form);
    if let Some((id, last_id)) = blank
        && is_blank_row(form.template, form.letter, group, id)
    {
        form.letter.remove_row(group, id);
        form.letter.last_id = last_id;
    }
}

/// Adds the empty row at the end, which is taken away again unless it is filled in; gives
/// its id and the last one before it.
fn add_blank(ui: &Ui, form: &mut FormContext<'_>, group: Group) -> Option<(Id, Id)> {
    let last = form.letter.row_ids(group).last().copied();
    let has_blank =
        last.is_some_and(|id| is_blank_row(form.template, form.letter, group, id));
    if has_blank || !ui.is_enabled() {
        return None;
    }
    let last_id = form.letter.last_id;
    Some((form.letter.add_row(group, None), last_id))
}

/// From where to where each field's column reaches. In a narrow table a note is only a
/// sign, and the last day of a range stands under its first.
fn columns(ui: &Ui, fields: &[&Field]) -> Vec<Rangef> {
    let across = ui.available_rect_before_wrap().x_range();
    let is_narrow = across.span() < WIDE;
    let fixed = |field: &Field| match field.kind {
        Kind::Date if is_narrow && is_last_day(field) => Some(0.0),
        Kind::Date => Some(DAY),
        _ if is_narrow && is_note(field) => Some(SIGN),
        _ => None,
    };
    let (mut rest, mut weights) = (across.span() - REMOVE, 0.0);
    for field in fields {
        match fixed(field) {
            Some(width) => rest -= width,
            None => weights += weight(field),
        }
    }
    let mut left = across.min;
    let mut columns: Vec<Rangef> = Vec::new();
    for field in fields {
        let width = fixed(field).unwrap_or(rest * weight(field) / weights);
        let shared = columns.last().copied().filter(|_| width == 0.0);
        columns.push(shared.unwrap_or(Rangef::new(left, left + width)));
        left += width;
    }
    columns
}

fn is_last_day(field: &Field) -> bool {
    &*field.pattern == "documents[].to"
}

/// How much of the room that is left a column gets.
fn weight(field: &Field) -> f32 {
    match &*field.pattern {
        "documents[].kind" => 1.4,
        "recipients[].address" => 1.8,
        "documents[].note" => 0.7,
        _ => 1.0,
    }
}

/// A table, as it is drawn.
struct FormTable<'a> {
    group: Group,
    fields: &'a [&'a Field],
    columns: Vec<Rangef>,
}

impl FormTable<'_> {
    fn show(&self, ui: &mut Ui, form: &mut FormContext<'_>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        self.head(ui);
        let top = ui.cursor().top();
        let ids = form.letter.row_ids(self.group);
        self.arrive_at_group(form, &ids);
        let mut has_focus = None;
        for (place, &id) in ids.iter().enumerate() {
            let row = FormTableRow { table: self, id, place, ids: &ids };
            let focused = row.show(ui, form);
            has_focus = has_focus.or(focused);
        }
        let across = Rangef::new(self.columns[0].min, self.right());
        let frame = Rect::from_x_y_ranges(across, top..=ui.cursor().top());
        let edge = Stroke::new(1.0, palette(ui).edge);
        ui.painter().rect_stroke(frame, 6.0, edge, StrokeKind::Inside);
        self.under(ui, form, &ids, has_focus.as_ref());
    }

    fn right(&self) -> f32 {
        self.columns.last().map_or(0.0, |column| column.max) + REMOVE
    }

    /// Whether a field shares the column of the one before it, and stands under it.
    fn is_under(&self, place: usize) -> bool {
        place > 0 && self.columns.get(place) == self.columns.get(place - 1)
    }

    /// What the columns hold.
    fn head(&self, ui: &mut Ui) {
        let size = vec2(ui.available_width(), HEAD);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        for (place, (field, column)) in self.fields.iter().zip(&self.columns).enumerate()
        {
            if self.is_under(place) {
                continue;
            }
            let at = pos2(column.min + 8.0, rect.center().y);
            let ink = palette(ui).quiet;
            let painter = ui.painter_at(Rect::from_x_y_ranges(*column, rect.y_range()));
            let label = if self.is_under(place + 1) { "Dates" } else { &*field.label };
            painter.text(at, Align2::LEFT_CENTER, label, theme::help(), ink);
        }
    }

    /// A problem that speaks of all the rows leads to the first cell of the last one.
    fn arrive_at_group(&self, form: &mut FormContext<'_>, ids: &[Id]) {
        let place = self.group.place();
        if !form.reveals(&place) {
            return;
        }
        if let (Some(&id), Some(field)) = (ids.last(), self.fields.first()) {
            form.reveal = Some(FieldPath::new(&field.pattern, &[id]));
        }
        form.arrive(&place, false);
    }

    /// The line under the table: of the cell with the caret, or of all.
    fn under(
        &self,
        ui: &mut Ui,
        form: &mut FormContext<'_>,
        ids: &[Id],
        focused: Option<&(FieldPath, usize)>,
    ) {
        let mut problems: Vec<&Diagnostic> = Vec::new();
        let mut help = "";
        if let Some((path, column)) = focused {
            problems = form.problems_beside(path);
            help = &self.fields[*column].help;
        } else {
            problems.extend(form.problems_beside(&self.group.place()));
            for &id in ids {
                for field in self.fields {
                    let path = FieldPath::new(&field.pattern, &[id]);
                    problems.extend(form.problems_beside(&path));
                }
            }
        }
        let id = egui::Id::unique(("table", self.group));
        let has_focus = focused.is_some();
        let group = self.group.place();
        let path = focused.map_or(&group, |(path, _)| path);
        let problems = &*problems;
        let (value, room) = ("", SlotRoom::default());
        FieldSlot { id, path, value, help, has_focus, problems, room }.show(ui, form);
    }
}

/// Shows a note that is cut off by its cell when the pointer rests on it.
fn tell_whole(ui: &Ui, main: &Response, words: &str, width: f32) {
    if main.hovered() && widgets::width(ui, words, text::font(ui)) > width - 14.0 {
        main.clone().on_hover_text(words);
    }
}

/// What is seen of a cell beside the one that is open: the rest of it can be clicked.
fn beside(seen: Rect, across: Rangef, open: Rangef) -> Rect {
    let mut rest = seen;
    if open.min < across.min {
        rest.min.x = seen.min.x.max(open.max);
    } else {
        rest.max.x = seen.max.x.min(open.min);
    }
    if rest.is_positive() { rest } else { Rect::NOTHING }
}

/// Whether a cell with a list holds words that the list lacks.
fn is_unlisted(form: &FormContext<'_>, field: &Field, path: &FieldPath) -> bool {
    let Options::List(name) = &field.options else { return false };
    let known = suggest::list(form.library, form.typed, name);
    match field.value(form.letter, path) {
        Some(Value::Text(words)) => !known.iter().any(|other| other == words),
        _ => false,
    }
}

/// A row of a table, as it is drawn.
struct FormTableRow<'a> {
    table: &'a FormTable<'a>,
    id: Id,
    place: usize,
    ids: &'a [Id],
}

impl FormTableRow<'_> {
    /// Draws the row; gives the place and the column that has the focus.
    fn show(
        &self,
        ui: &mut Ui,
        form: &mut FormContext<'_>,
    ) -> Option<(FieldPath, usize)> {
        let top = ui.cursor().top();
        let height = self.height(ui, form);
        let size = vec2(ui.available_width(), height);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let across = Rangef::new(self.table.columns[0].min, self.table.right());
        let ground = Rect::from_x_y_ranges(across, top..=top + height);
        let corner = if self.ids.len() == 1 { 6.0 } else { 0.0 };
        ui.painter()
            .rect_filled(ground.shrink(1.0), corner, palette(ui).panel);
        let open = self.open_cell(ui, form);
        let has_halves = self.has_halves(ui, form);
        let mut focused = None;
        for (column, field) in self.table.fields.iter().enumerate() {
            let path = FieldPath::new(&field.pattern, &[self.id]);
            let mut across = self.table.columns[column];
            let (mut seen, mut down) = (ui.clip_rect(), rect.y_range());
            match (self.table.is_under(column), self.table.is_under(column + 1)) {
                (true, _) if !has_halves => seen = Rect::NOTHING,
                (true, _) => down.min = rect.center().y,
                (_, true) if has_halves => down.max = rect.center().y,
                _ => {}
            }
            match open {
                Some((place, wide)) if place == column => across = wide,
                // Tab still comes to what lies under the open cell.
                Some((_, wide)) => seen = beside(seen, across, wide),
                None => {}
            }
            let cell = Rect::from_x_y_ranges(across, down);
            let mut inner = ui.new_child(UiBuilder::new().max_rect(cell));
            self.pass_by(&mut inner, form, column, &path);
            inner.set_clip_rect(seen);
            inner.style_mut().override_font_id = Some(text::cell_font());
            let widgets = self.cell(&mut inner, form, field, &path, cell);
            if widgets.iter().any(Response::has_focus) {
                self.walk_on_enter(ui, form, field, &path);
                focused = Some((path, column));
            }
        }
        if self.place > 0 {
            let line = Stroke::new(1.0, palette(ui).line);
            ui.painter().hline(across, top, line);
        }
        self.remove_button(ui, form, ground);
        focused
    }

    /// The empty row is one stop of Tab. What was filled in just now makes it a row.
    fn pass_by(
        &self,
        ui: &mut Ui,
        form: &FormContext<'_>,
        column: usize,
        path: &FieldPath,
    ) {
        let group = self.table.group;
        if column > 0 && is_blank_row(form.template, form.letter, group, self.id) {
            widgets::pass_by_tab(ui, field_id(path));
        }
    }

    /// Whether both days of a range are seen in their one column: there is a last one, or
    /// somebody writes in one of them.
    fn has_halves(&self, ui: &Ui, form: &FormContext<'_>) -> bool {
        self.table.fields.iter().enumerate().any(|(column, field)| {
            let path = FieldPath::new(&field.pattern, &[self.id]);
            let has_focus = ui.memory(|memory| memory.has_focus(field_id(&path)));
            let value = field.value(form.letter, &path);
            let is_filled = value.is_some_and(|value| !value.is_empty());
            let (is_first, is_last) =
                (self.table.is_under(column + 1), self.table.is_under(column));
            (is_last && (is_filled || has_focus)) || (is_first && has_focus)
        })
    }

    /// The column of the cell that is written into, and from where to where it reaches, if
    /// it is too narrow for its words.
    fn open_cell(&self, ui: &Ui, form: &FormContext<'_>) -> Option<(usize, Rangef)> {
        let path = form.focus.as_ref().filter(|path| path.rows() == [self.id])?;
        if !ui.memory(|memory| memory.has_focus(field_id(path))) {
            return None;
        }
        let mut fields = self.table.fields.iter();
        let column = fields.position(|field| field.pattern == path.pattern())?;
        let (field, across) = (self.table.fields[column], self.table.columns[column]);
        if field.kind != Kind::Line {
            return None;
        }
        let value = field.value(form.letter, path)?;
        let words = widgets::width(ui, &value.words(path), text::cell_font());
        let width = (words + BESIDE_WORDS).min(OPEN);
        if width <= across.span() {
            return None;
        }
        let right = (across.min + width).min(self.table.right() - REMOVE);
        Some((column, Rangef::new(across.min.min(right - width), right)))
    }

    /// A line, or as many as the longest cell has.
    fn height(&self, ui: &Ui, form: &FormContext<'_>) -> f32 {
        let line = ui.fonts_mut(|fonts| fonts.row_height(&text::cell_font()));
        let mut height = ROW;
        for (field, column) in self.table.fields.iter().zip(&self.table.columns) {
            let path = FieldPath::new(&field.pattern, &[self.id]);
            let Some(value) = field.value(form.letter, &path) else { continue };
            let words = value.words(&path);
            let own = match field.kind {
                Kind::Prose => ROW + line * (words.split('\n').count().max(1) - 1) as f32,
                Kind::Line => {
                    let width = column.span() - 2.0 * CELL_SIDE;
                    text::cell_height(ui, &words, width)
                }
                _ => ROW,
            };
            height = height.max(own);
        }
        height
    }

    fn cell(
        &self,
        ui: &mut Ui,
        form: &mut FormContext<'_>,
        field: &Field,
        path: &FieldPath,
        cell: Rect,
    ) -> Vec<Response> {
        let layout = Layout::left_to_right(Align::Center);
        let inner = cell.shrink2(vec2(CELL_SIDE, 0.0));
        let mut ui = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let widgets = field::show_cell(&mut ui, form, field, path);
        if let Some(problem) = form.problems_beside(path).first() {
            let (_, color) = slot::tone(&ui, problem);
            let line = Stroke::new(2.0, color);
            let across = cell.x_range().shrink(4.0);
            ui.painter().hline(across, cell.bottom() - 3.0, line);
        }
        if self.table.columns.last().is_none_or(|last| last.max > cell.right()) {
            let line = Stroke::new(1.0, palette(&ui).line);
            ui.painter().vline(cell.right(), cell.y_range().shrink(1.0), line);
        }
        if widgets.iter().any(Response::has_focus) {
            widgets::ring(&ui, cell);
        } else if let (true, Some(main), Some(value)) =
            (is_note(field), widgets.first(), field.value(form.letter, path))
        {
            tell_whole(&ui, main, &value.words(path), cell.width());
        }
        widgets
    }

    /// Enter goes to the row below; in an address it begins a line. After words that a list
    /// lacks it leaves the caret where it is, as in every field with a list.
    fn walk_on_enter(
        &self,
        ui: &Ui,
        form: &mut FormContext<'_>,
        field: &Field,
        path: &FieldPath,
    ) {
        if field.kind == Kind::Prose || !takes_key(ui, field_id(path), Key::Enter) {
            return;
        }
        if is_unlisted(form, field, path)
            && form.typed_into.take_if(|typed| typed == path).is_some()
        {
            return;
        }
        let Some(&next) = self.ids.get(self.place + 1) else {
            return self.go_on(form);
        };
        let Some(first) = self.table.fields.first() else { return };
        let first = FieldPath::new(&first.pattern, &[next]);
        ui.memory_mut(|memory| memory.request_focus(field_id(&first)));
    }

    /// Enter in the empty line leads to what comes after the table.
    fn go_on(&self, form: &mut FormContext<'_>) {
        let (template, group) = (form.template, self.table.group);
        if !is_blank_row(template, form.letter, group, self.id) {
            return;
        }
        let prefix = group.prefix();
        let is_ours = |field: &&Field| group_name(&field.pattern, 0) == Some(&prefix);
        let mut after = template.fields().iter().skip_while(|field| !is_ours(field));
        let Some(next) = after.find(|field| !is_ours(field)) else { return };
        let next = match group_name(&next.pattern, 0) {
            Some(group) => match Group::named(group, &[]) {
                Some(group) => first_of_group(template, form.letter, group),
                None => return,
            },
            None => FieldPath::new(&next.pattern, &[]),
        };
        form.commands.push(Command::Go(next));
    }

    fn remove_button(&self, ui: &Ui, form: &mut FormContext<'_>, row: Rect) {
        let place = row.with_min_x(row.right() - REMOVE);
        let id = egui::Id::unique(("remove row", self.table.group, self.id));
        let button = ui.interact(place, id, Sense::CLICK);
        let noun = row_noun(&self.table.group.prefix());
        let name = format!("Remove {noun} {}", self.place + 1);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let is_pointed = ui.rect_contains_pointer(row);
        let ink = match (is_pointed, button.hovered()) {
            (_, true) => palette(ui).text,
            (true, false) => palette(ui).quiet,
            (false, false) => Color32::TRANSPARENT,
        };
        let square = Rect::from_center_size(place.center(), Vec2::splat(10.0));
        paint_icon(ui.painter(), square, Icon::Cross, ink);
        if button.on_hover_text(name).clicked() {
            form.commands.push(Command::Remove(self.table.group, self.id));
        }
    }
}
