//! The form: sections of fields, drawn from the field table.

use std::collections::{BTreeSet, HashMap};

use egui::{ScrollArea, Ui};
use jiff::civil::Date;

use super::{chips, field, guideline, rows};
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::suggest::{self, TypedValues, Work};
use crate::app::theme;
use crate::app::widgets::heading;
use crate::diagnostic::{Diagnostic, TextRange};
use crate::letter::fields::{Field, Kind, Section, Slot, Value};
use crate::letter::{FieldPath, Guideline, Id, Letter, row_noun};
use crate::library::Library;
use crate::template::Template;

/// Room for the longest label of a short field.
const NARROWEST_FIELD: f32 = 210.0;

/// What the form remembers between frames besides the letter.
#[derive(Default)]
pub(super) struct State {
    /// The fields whose problems are told beside them: those that were left, and those
    /// that were jumped to.
    pub told: BTreeSet<FieldPath>,
    /// Somebody jumps: what is wrong where they arrive is told at once. A letter that is
    /// opened or begun tells nothing.
    pub is_jump: bool,
    /// Something stands over the form and keeps the focus to itself: what is jumped to
    /// waits.
    pub is_covered: bool,
    /// Somebody asks what mends the words that the caret is in.
    pub wants_remedies: bool,
    /// What is being typed into a date or a number, as it was typed.
    pub typing: Option<(FieldPath, String)>,
    /// What is being added to lists and to lines of citations.
    pub adding: HashMap<FieldPath, String>,
    /// The works that can be cited: hundreds of lines that never change.
    pub works: Vec<Work>,
}

/// What drawing a part of the form needs.
pub(super) struct Form<'a> {
    pub letter: &'a mut Letter,
    pub template: &'a Template,
    pub library: &'a Library,
    pub typed: &'a TypedValues,
    pub problems: &'a [Diagnostic],
    pub state: &'a mut State,
    pub commands: &'a mut Vec<Command>,
    pub focus: &'a mut Option<FieldPath>,
    pub reveal: Option<FieldPath>,
    /// The characters to be selected in what is brought into view.
    pub select: Option<TextRange>,
    /// The letter that the problems were found in.
    pub composed: Option<&'a Letter>,
    pub today: Date,
    /// The id that a citation added in this frame takes.
    pub next: Id,
}

/// Draws the form of the open draft.
pub(super) fn show(
    ui: &mut Ui,
    desk: &mut Desk,
    state: &mut State,
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
    let composed = draft
        .composed
        .as_ref()
        .map(|composed| (composed.composition.clone(), composed.letter.clone()));
    let next = draft.fresh_id();
    let (template, locked) = (draft.template.clone(), draft.read_only.is_some());
    let problems = composed
        .as_ref()
        .map_or(&[][..], |(composition, _)| &composition.diagnostics);
    let composed = composed.as_ref().map(|(_, letter)| &**letter);
    let (letter, library, focus) = (&mut draft.letter, &desk.library, &mut desk.focus);
    let typed = &desk.settings.typed;
    let template = &*template;
    let mut form = Form {
        letter,
        template,
        library,
        typed,
        problems,
        state,
        commands,
        focus,
        reveal,
        select,
        composed,
        today,
        next,
    };
    ScrollArea::vertical()
        .id_salt("form")
        .auto_shrink(false)
        .show(ui, |ui| {
            let side = ((ui.available_width() - theme::FORM_WIDTH) / 2.0).max(0.0);
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    let width = ui.available_width().min(theme::FORM_WIDTH) - 12.0;
                    ui.add_enabled_ui(!locked, |ui| form.sections(ui, width));
                    ui.add_space(ui.clip_rect().height() / 3.0);
                });
            });
        });
    // A field of the template's own had to be there to be drawn; left empty, it is no
    // change of the letter.
    draft.letter.forget_empty_extras();
}

/// Takes in what is still being typed into lists and lines of citations, so that what is
/// done next with the letter has it too.
pub(super) fn take_in(desk: &mut Desk, state: &mut State) {
    let Some(draft) = desk.draft.as_mut().filter(|draft| draft.read_only.is_none())
    else {
        return;
    };
    let template = draft.template.clone();
    for (path, adding) in &mut state.adding {
        let next = draft.fresh_id();
        let Some(slot) = template
            .field(&path.pattern())
            .and_then(|field| field.slot(&mut draft.letter, path))
        else {
            continue;
        };
        let gave_id = match slot {
            Slot::Guideline(Guideline::Cited(citations)) => {
                guideline::add(citations, adding, &state.works, next)
            }
            Slot::Many(values) => {
                chips::add(values, adding);
                false
            }
            _ => false,
        };
        if gave_id {
            draft.letter.last_id = next;
        }
    }
}

impl<'a> Form<'a> {
    fn sections(&mut self, ui: &mut Ui, width: f32) {
        let fields = self.template.fields();
        let sections = Section::ALL
            .into_iter()
            .filter(|&section| fields.iter().any(|field| field.section == section));
        for section in sections {
            // What is too wide in one section does not widen the next.
            ui.set_width(width);
            heading(ui, section.label());
            ui.add_space(8.0);
            let fields: Vec<&Field> =
                fields.iter().filter(|field| field.section == section).collect();
            self.section(ui, &fields);
            ui.add_space(theme::SECTION_GAP);
        }
    }

    /// The fields of a section: those in no row, then the rows of each group, in the
    /// order of the table.
    fn section(&mut self, ui: &mut Ui, fields: &[&Field]) {
        let mut rest = fields;
        while let Some(first) = rest.first() {
            let group = group_name(&first.pattern, 0);
            let length = rest
                .iter()
                .take_while(|field| group_name(&field.pattern, 0) == group)
                .count();
            let (these, others) = rest.split_at(length);
            match group {
                None => self.fields(ui, these, &[]),
                Some(group) => rows::show(ui, self, group, these, &[]),
            }
            rest = others;
            if group.is_some() && !rest.is_empty() {
                ui.add_space(theme::GAP);
            }
        }
    }

    /// Fields that lie in the same row, short ones beside each other.
    pub(super) fn fields(&mut self, ui: &mut Ui, fields: &[&Field], rows: &[Id]) {
        let asked = |field: &Field, letter: &Letter| {
            let path = FieldPath::new(&field.pattern, rows);
            field.is_asked(letter, &path).then_some(path)
        };
        let places: Vec<(&Field, FieldPath)> = fields
            .iter()
            .filter_map(|field| Some((*field, asked(field, self.letter)?)))
            .collect();
        let (mut rest, width) = (&places[..], ui.available_width());
        while let Some((first, _)) = rest.first() {
            // What is too wide in one line does not widen the next.
            ui.set_max_width(width);
            let share = beside(first).min(fitting_columns(ui.available_width()));
            let length = rest
                .iter()
                .take_while(|(field, _)| beside(field) == beside(first))
                .count()
                .min(share);
            let (these, others) = rest.split_at(length);
            self.line_of_fields(ui, these, share);
            let gap =
                if first.kind == Kind::YesNo { theme::GAP / 4.0 } else { theme::GAP };
            ui.add_space(gap - ui.spacing().item_spacing.y);
            rest = others;
        }
    }

    fn line_of_fields(
        &mut self,
        ui: &mut Ui,
        places: &[(&Field, FieldPath)],
        share: usize,
    ) {
        if let ([(only, path)], 1) = (places, share) {
            return field::show(ui, self, only, path);
        }
        let usual = ui.spacing().item_spacing.x;
        ui.spacing_mut().item_spacing.x = theme::GAP;
        ui.columns(share, |columns| {
            for ((place, path), column) in places.iter().zip(columns) {
                column.spacing_mut().item_spacing.x = usual;
                field::show(column, self, place, path);
            }
        });
        ui.spacing_mut().item_spacing.x = usual;
    }

    /// The problems of a place, if they are to be told beside it: what is only not there
    /// yet is told once the field was left, what is wrong as soon as the caret is
    /// elsewhere.
    pub(super) fn told(&self, path: &FieldPath) -> Vec<&'a Diagnostic> {
        let left = self.state.told.contains(path);
        let elsewhere = self.focus.as_ref() != Some(path) && !self.is_empty(path);
        let stands = |problem: &&Diagnostic| {
            problem.anchor.field() == Some(path) && !problem.is_overridden()
        };
        self.problems
            .iter()
            .filter(stands)
            .filter(|_| left || elsewhere)
            .collect()
    }

    fn is_empty(&self, path: &FieldPath) -> bool {
        let value = self
            .template
            .field(&path.pattern())
            .and_then(|field| field.value(self.letter, path));
        value.is_none_or(|value| value.is_empty())
    }

    /// What a place is called: its label, and where there are several rows, which of them
    /// it is in.
    pub(super) fn name(&self, field: &Field, path: &FieldPath) -> String {
        format!("{}{}", field.label, row_name(self.letter, path))
    }

    /// Takes note that a place was brought into view.
    pub(super) fn arrive(&mut self, path: &FieldPath) {
        if std::mem::take(&mut self.state.is_jump) {
            self.state.told.insert(path.clone());
        }
    }

    /// Whether this place is to be brought into view now.
    pub(super) fn reveals(&self, path: &FieldPath) -> bool {
        self.reveal.as_ref() == Some(path)
    }
}

/// `, item 2` for a place in the second item; nothing where it is in no row.
pub(super) fn row_name(letter: &Letter, path: &FieldPath) -> String {
    let spelt = letter.spell(path);
    let mut name = String::new();
    for part in spelt.split('.') {
        let Some((group, position)) = part.split_once('[') else { continue };
        let position = position.trim_end_matches(']');
        name.extend([", ", &row_noun(group), " ", position]);
    }
    name
}

/// A place and what stands in it, as a person says it: `Claimant's age: 54`.
pub(super) fn said(template: &Template, letter: &Letter, path: &FieldPath) -> String {
    let Some(field) = template.field(&path.pattern()) else { return letter.spell(path) };
    let words = match field.value(letter, path) {
        Some(Value::Text(text)) => text.to_owned(),
        Some(Value::Date(entry)) => entry.show(),
        Some(Value::Number(entry)) => entry.show(),
        Some(Value::Choice(key)) => key.into_owned(),
        _ => String::new(),
    };
    format!("{}{}: {words}", field.label, row_name(letter, path))
}

/// The name of the group at a depth of a pattern: `items` and, one deeper, `opinions`.
pub(super) fn group_name(pattern: &str, depth: usize) -> Option<&str> {
    let (end, _) = pattern.match_indices("[]").nth(depth)?;
    Some(&pattern[..end])
}

/// How many of such fields stand beside each other.
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
