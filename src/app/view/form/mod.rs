//! The form: sections of fields, drawn from the field table.

mod chips;
mod choice;
mod context;
mod date;
mod field;
mod guideline;
mod pick;
mod rows;
mod suggestions;

use egui::{ScrollArea, Ui};

pub(super) use self::context::{FormContext, FormState, row_name, said};
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::suggest;
use crate::app::theme;
use crate::app::widgets::heading;
use crate::letter::fields::{Field, Kind, Section, Slot};
use crate::letter::{FieldPath, Guideline, Id};

/// Room for the longest label of a short field.
const NARROWEST_FIELD: f32 = 210.0;

/// The identity of the widget that a field is typed into: that of its place, wherever the
/// row is moved to.
pub(super) fn field_id(path: &FieldPath) -> egui::Id {
    egui::Id::unique(("field", path))
}

/// Draws the form of the open draft.
pub(super) fn show(
    ui: &mut Ui,
    desk: &mut Desk,
    state: &mut FormState,
    commands: &mut Vec<Command>,
) {
    let today = desk.today();
    let (reveal, select) = if state.is_covered {
        (None, None)
    } else {
        (desk.reveal.take(), desk.select.take())
    };
    let Some(draft) = &mut desk.draft else { return };
    if state.works.is_empty() {
        state.works = suggest::works(&desk.library, &desk.settings.typed);
    }
    let (problems, composed) = match &draft.composed {
        Some(composed) => (&*composed.composition.diagnostics, Some(&*composed.letter)),
        None => (&[][..], None),
    };
    let mut form = FormContext {
        letter: &mut draft.letter,
        template: &draft.template,
        library: &desk.library,
        typed: &desk.settings.typed,
        problems,
        state,
        commands,
        focus: &mut desk.focus,
        reveal,
        select,
        composed,
        today,
    };
    let is_locked = draft.read_only.is_some();
    ScrollArea::vertical()
        .id_salt("form")
        .auto_shrink(false)
        .show(ui, |ui| {
            let side = ((ui.available_width() - theme::FORM_WIDTH) / 2.0).max(0.0);
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    let width = ui.available_width().min(theme::FORM_WIDTH) - 12.0;
                    ui.add_enabled_ui(!is_locked, |ui| sections(ui, &mut form, width));
                    // So that the last field can be scrolled to the middle.
                    ui.add_space(ui.clip_rect().height() / 3.0);
                });
            });
        });
    // A field of the template's own had to be there to be drawn; left empty, it is no
    // change of the letter.
    draft.letter.forget_empty_extras();
}

/// Adds to the letter what is still being typed into lists and lines of citations, so
/// that what is done next with the letter has it too.
pub(super) fn take_in(desk: &mut Desk, state: &mut FormState) {
    let Some(draft) = &mut desk.draft else { return };
    if draft.read_only.is_some() {
        return;
    }
    for (path, adding) in &mut state.adding {
        let Some(field) = draft.template.field(path.pattern()) else { continue };
        match field.slot(&mut draft.letter, path) {
            Some(Slot::Guideline(Guideline::Cited(cited))) => {
                guideline::add(cited, adding, &state.works);
            }
            Some(Slot::Many(values)) => chips::add(values, adding),
            _ => {}
        }
    }
}

fn sections(ui: &mut Ui, form: &mut FormContext<'_>, width: f32) {
    let all = form.template.fields();
    for section in Section::ALL {
        let fields: Vec<&Field> =
            all.iter().filter(|field| field.section == section).collect();
        if fields.is_empty() {
            continue;
        }
        // What is too wide in one section does not widen the next.
        ui.set_width(width);
        heading(ui, section.label());
        ui.add_space(8.0);
        show_section(ui, form, &fields);
        ui.add_space(theme::SECTION_GAP);
    }
}

/// The fields of a section: those in no row, then the rows of each group, in the order of
/// the table.
fn show_section(ui: &mut Ui, form: &mut FormContext<'_>, fields: &[&Field]) {
    let mut stretches = fields
        .chunk_by(|one, next| group_name(&one.pattern, 0) == group_name(&next.pattern, 0))
        .peekable();
    while let Some(stretch) = stretches.next() {
        match group_name(&stretch[0].pattern, 0) {
            None => show_fields(ui, form, stretch, &[]),
            Some(group) => {
                rows::show(ui, form, group, stretch, &[]);
                if stretches.peek().is_some() {
                    ui.add_space(theme::GAP);
                }
            }
        }
    }
}

/// Fields of the same row, short ones beside each other.
fn show_fields(ui: &mut Ui, form: &mut FormContext<'_>, fields: &[&Field], rows: &[Id]) {
    let mut places = Vec::new();
    for &field in fields {
        let path = FieldPath::new(&field.pattern, rows);
        if field.is_asked(form.letter, &path) {
            places.push((field, path));
        }
    }
    let width = ui.available_width();
    for alike in places.chunk_by(|(one, _), (next, _)| beside(one) == beside(next)) {
        let (first, _) = &alike[0];
        // What is too wide in one line does not widen the next.
        ui.set_max_width(width);
        let columns = beside(first).min(fitting_columns(ui.available_width()));
        for line in alike.chunks(columns) {
            ui.set_max_width(width);
            show_line(ui, form, line, columns);
            let (field, _) = &line[0];
            let is_tick = field.kind == Kind::YesNo;
            let gap = if is_tick { theme::GAP / 4.0 } else { theme::GAP };
            ui.add_space(gap - ui.spacing().item_spacing.y);
        }
    }
}

/// Fields beside each other in columns of one width.
fn show_line(
    ui: &mut Ui,
    form: &mut FormContext<'_>,
    places: &[(&Field, FieldPath)],
    columns: usize,
) {
    if let ([(only, path)], 1) = (places, columns) {
        return field::show(ui, form, only, path);
    }
    let usual = ui.spacing().item_spacing.x;
    ui.spacing_mut().item_spacing.x = theme::GAP;
    ui.columns(columns, |columns| {
        for ((field, path), column) in places.iter().zip(columns) {
            column.spacing_mut().item_spacing.x = usual;
            field::show(column, form, field, path);
        }
    });
    ui.spacing_mut().item_spacing.x = usual;
}

/// The name of the group at a depth of a pattern: `items` and, one deeper, `opinions`.
fn group_name(pattern: &str, depth: usize) -> Option<&str> {
    let (end, _) = pattern.match_indices("[]").nth(depth)?;
    Some(&pattern[..end])
}

/// How many of such fields are drawn beside each other.
fn beside(field: &Field) -> usize {
    let pattern = &*field.pattern;
    match field.kind {
        _ if pattern == "documents[].note" => 3,
        _ if pattern.starts_with("documents[].") && field.kind == Kind::Line => 2,
        Kind::Date | Kind::Number | Kind::Money => 3,
        Kind::Line if is_short(pattern) => 2,
        Kind::Choice if pattern != "items[].decision" => 2,
        Kind::Line
        | Kind::Choice
        | Kind::Prose
        | Kind::Many
        | Kind::YesNo
        | Kind::Guideline => 1,
    }
}

/// How many columns of fields there is room for.
fn fitting_columns(width: f32) -> usize {
    (((width + theme::GAP) / (NARROWEST_FIELD + theme::GAP)) as usize).max(1)
}

/// Whether what is written there is seldom long.
fn is_short(pattern: &str) -> bool {
    let short = [
        "case.number",
        "parties.employee",
        "parties.claim_number",
        "parties.attorney",
        "parties.employer",
    ];
    short.contains(&pattern)
        || pattern.starts_with("recipients[].")
        || pattern == "items[].body_part"
        || pattern == "items[].category"
}
