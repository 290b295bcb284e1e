//! The form: sections of fields, drawn from the field table.

mod calendar;
pub(in crate::app::view) mod chips;
mod choice;
mod choice_list;
mod context;
mod date;
mod field;
mod guideline;
mod lines;
mod list;
mod pick;
mod rows;
mod section;
mod slot;
mod suggestions;
mod table;

use egui::{Key, Modifiers, ScrollArea, Ui, vec2};

pub(super) use self::context::{EarlierLink, FormContext, FormState, row_name, said};
use self::list::ListState;
use self::section::STICKY;
use self::slot::SlotRoom;
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme;
use crate::app::view::find::FoundMarks;
use crate::letter::fields::{Field, Kind, Section, Slot, Value};
use crate::letter::{FieldPath, Guideline, Id, Letter, NearbyDates};
use crate::template::Template;

/// Room for the longest label of a short field.
const NARROWEST_FIELD: f32 = 176.0;

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
    found: FoundMarks<'_>,
    commands: &mut Vec<Command>,
) {
    let today = desk.today();
    state.earlier = super::earlier::link_beside(desk);
    let (reveal, select) = if state.is_covered {
        (None, None)
    } else {
        (desk.reveal.take(), desk.select.take())
    };
    let Some(draft) = &mut desk.draft else { return };
    let citations = &desk.own.citations.rows;
    let (typed, focus) = (&desk.settings.typed, desk.focus.as_ref());
    state.know_works(&desk.library, typed, citations, &draft.letter, focus);
    let nearby =
        NearbyDates { today, known: known_dates(&draft.template, &draft.letter) };
    let (problems, composed) = match &draft.composed {
        Some(composed) => (&*composed.composition.diagnostics, Some(&*composed.letter)),
        None => (&[][..], None),
    };
    let mut form = FormContext {
        letter: &mut draft.letter,
        template: &draft.template,
        library: &desk.library,
        typed: &desk.settings.typed,
        profiles: &desk.own.reviewers.rows,
        problems,
        found,
        state,
        commands,
        focus: &mut desk.focus,
        typed_into: &mut desk.typed_into,
        guessed: &mut desk.guessed,
        reveal,
        select,
        composed,
        nearby,
        pass: ui.ctx().cumulative_pass_nr(),
        headings: [None, None],
        row_at_top: None,
    };
    let is_locked = draft.read_only.is_some();
    form.state.forget_told(ui);
    scrolled(ui, &mut form, is_locked);
    form.state.wants_remedies = false;
    if form.reveal.is_none() {
        form.state.arriving = None;
    }
    // A field of the template's own had to be there to be drawn; left empty, it is no
    // change of the letter.
    draft.letter.forget_empty_extras();
}

/// The sections in the middle of their column.
fn scrolled(ui: &mut Ui, form: &mut FormContext<'_>, is_locked: bool) {
    let page = pages_turned(ui, form.state.is_covered);
    let area = ScrollArea::vertical().id_salt("form").auto_shrink(false);
    let shown = form.state.kept.scrolled(area).show(ui, |ui| {
        if page != 0.0 {
            ui.scroll_with_delta(vec2(0.0, -page * ui.clip_rect().height()));
        }
        let beginning = ui.cursor().top();
        let side = ((ui.available_width() - theme::FORM_WIDTH) / 2.0).max(0.0);
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            ui.vertical(|ui| {
                let width = ui.available_width().min(theme::FORM_WIDTH) - 12.0;
                ui.add_enabled_ui(!is_locked, |ui| sections(ui, form, width));
                // So that the last field can be scrolled to the middle.
                ui.add_space(ui.clip_rect().height() / 3.0);
            });
        });
        beginning
    });
    let caret = form.focus.as_ref().map(field_id);
    let is_jump = form.reveal.is_some() || form.state.arriving.is_some();
    form.state.kept.look(ui, &shown, caret, is_jump);
}

/// How many pages the form is to be scrolled down: a little less than one for a key, so
/// that one sees where one was.
fn pages_turned(ui: &Ui, is_covered: bool) -> f32 {
    let focused = ui.memory(egui::Memory::focused);
    let has_list = focused.is_some_and(|id| ListState::load(ui, id).is_open());
    if is_covered || has_list || egui::Popup::is_any_open(ui.ctx()) {
        return 0.0;
    }
    let mut pages = 0.0;
    ui.input_mut(|input| {
        for (key, way) in [(Key::PageDown, 0.85), (Key::PageUp, -0.85)] {
            if input.consume_key(Modifiers::NONE, key) {
                pages += way;
            }
        }
    });
    pages
}

/// Every date of the letter outside of its documents and of the birth, which may be older
/// by years.
fn known_dates(template: &Template, letter: &Letter) -> Vec<jiff::civil::Date> {
    let (mut known, mut of_injury) = (Vec::new(), Vec::new());
    for field in template.fields() {
        let is_nearby = field.printable && !field.pattern.contains("[]");
        if field.kind != Kind::Date || !is_nearby {
            continue;
        }
        for path in field.places(letter) {
            if let Some(Value::Date(entry)) = field.value(letter, &path) {
                let is_of_injury = field.pattern.starts_with("case.date_of_injury");
                let known = if is_of_injury { &mut of_injury } else { &mut known };
                known.extend(entry.understood().copied());
            }
        }
    }
    // The injury may be years before all else.
    if known.is_empty() { of_injury } else { known }
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
        section::show(ui, form, section, &fields);
        // The last field's own line is a part of the gap.
        ui.add_space(theme::SECTION_GAP - theme::SLOT / 2.0);
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
            let gap = if field.kind == Kind::YesNo { 4.0 } else { theme::GAP / 2.0 };
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
    // Beside radios and lists that open nothing else would be alone.
    if let [(only, path)] = places
        && (columns == 1 || only.kind == Kind::Choice)
    {
        return field::show(ui, form, only, path, SlotRoom::default());
    }
    let width = (ui.available_width() + theme::GAP) / columns as f32;
    let rooms = rooms(ui, form, places, columns, width);
    let usual = ui.spacing().item_spacing.x;
    ui.spacing_mut().item_spacing.x = theme::GAP;
    ui.columns(columns, |columns| {
        for ((column, (field, path)), room) in columns.iter_mut().zip(places).zip(rooms) {
            column.spacing_mut().item_spacing.x = usual;
            field::show(column, form, field, path, room);
        }
    });
    ui.spacing_mut().item_spacing.x = usual;
}

/// The room that each field beside others has for what is said under it: its own column
/// and those of silent ones. Where that does not do, each has a line over the whole row.
fn rooms(
    ui: &Ui,
    form: &FormContext<'_>,
    places: &[(&Field, FieldPath)],
    columns: usize,
    width: f32,
) -> Vec<SlotRoom> {
    let sayings: Vec<_> = places
        .iter()
        .map(|(field, path)| {
            let has_focus = form.focus.as_ref() == Some(path);
            field::under(form, field, path, has_focus)
        })
        .collect();
    // Radios may need the room under them themselves.
    let is_free =
        |place: usize| sayings[place].is_silent() && places[place].0.kind != Kind::Choice;
    let (mut rooms, mut lines, mut is_crowded) = (Vec::new(), Vec::new(), false);
    for (place, (saying, (_, path))) in sayings.iter().zip(places).enumerate() {
        let left = (0..place).rev().take_while(|other| is_free(*other)).count();
        let after = place + 1..places.len();
        let mut right = after.clone().take_while(|other| is_free(*other)).count();
        // Nothing at all stands after the last one.
        if right == after.len() {
            right += columns - places.len();
        }
        let (before, after) = (left as f32 * width, right as f32 * width);
        let room = SlotRoom { before, after, line: None };
        rooms.push(room);
        if saying.is_silent() {
            continue;
        }
        let (before, after) =
            (place as f32 * width, (columns - place - 1) as f32 * width);
        lines.push((place, SlotRoom { before, after, line: Some(lines.len()) }));
        let whole = width - theme::GAP + room.before + room.after;
        is_crowded |= !saying.slot(path, room).fits(ui, whole);
    }
    if is_crowded && lines.len() > 1 {
        for (place, room) in lines {
            rooms[place] = room;
        }
    }
    rooms
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
        Kind::Date | Kind::Number | Kind::Money => 2,
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
        || pattern == "items[].body_part"
        || pattern == "items[].category"
}
