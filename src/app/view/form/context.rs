//! What every part of the form reads and writes while it is drawn.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use egui::{Event, Rect, Response, Ui};
use jiff::civil::Date;

use crate::app::command::Command;
use crate::app::desk::Guessed;
use crate::app::suggest::{self, TypedValues, Work};
use crate::app::view::find::FoundMarks;
use crate::app::view::kept_place::KeptPlace;
use crate::diagnostic::{Diagnostic, TextRange};
use crate::letter::fields::{Field, Section, Value};
use crate::letter::{FieldPath, Id, Letter, NearbyDates, OwnCitation, Profile};
use crate::library::Library;
use crate::template::Template;

/// The widgets of one field; the first is the one that takes the caret.
pub(in crate::app::view) type Widgets = Vec<Response>;

/// What the form remembers between frames besides the letter.
#[derive(Default)]
pub(in crate::app::view) struct FormState {
    /// The fields that were left or jumped to: their problems are shown beside them.
    pub visited: BTreeSet<FieldPath>,
    /// Somebody jumps: what is wrong where they arrive is shown at once. A letter that is
    /// opened or begun shows nothing.
    pub is_jump: bool,
    /// Something is drawn over the form and keeps the focus to itself: what is jumped to
    /// waits.
    pub is_covered: bool,
    /// Somebody asks for the fixes of the words that the caret is in.
    pub wants_remedies: bool,
    /// What is being typed into a date or a number, as it was typed.
    pub typing: Option<(FieldPath, String)>,
    /// The field whose findings are shown in full: it was jumped to.
    pub tells: Option<FieldPath>,
    /// In which pass that happened.
    pub tells_since: u64,
    /// What the last frame brought into view.
    pub arriving: Option<FieldPath>,
    /// Optional sections that somebody opened.
    pub unfolded: BTreeSet<Section>,
    /// What earlier letters say of an item, as a link beside its rationale.
    pub earlier: Option<EarlierLink>,
    /// What is being added to lists and to lines of citations.
    pub adding: HashMap<FieldPath, String>,
    /// The works that can be cited, hundreds of lines.
    pub works: Vec<Work>,
    /// What they were put together for, and the library that they are from.
    works_for: WorksFor,
    works_of: Option<Arc<Library>>,
    /// Where the field with the caret stays while the room changes.
    pub kept: KeptPlace,
}

/// What earlier letters say of an item.
pub(in crate::app::view) struct EarlierLink {
    pub item: Id,
    pub words: String,
    pub hint: String,
    pub command: Command,
    /// It is about a near copy.
    pub is_warning: bool,
}

impl FormState {
    /// What was told of a field that was jumped to is read once a key is pressed.
    pub(super) fn forget_told(&mut self, ui: &Ui) {
        let is_over = ui.input(|input| {
            input.events.iter().any(|event| {
                matches!(
                    event,
                    Event::Text(_)
                        | Event::Paste(_)
                        | Event::Key { pressed: true, .. }
                        | Event::PointerButton { pressed: false, .. }
                )
            })
        });
        if is_over && ui.ctx().cumulative_pass_nr() > self.tells_since + 1 {
            self.tells = None;
        }
    }

    /// Knows the works that can be cited: the ODG in the edition of the letter's case, and
    /// first what fits the item whose guideline is written.
    pub(super) fn know_works(
        &mut self,
        library: &Arc<Library>,
        typed: &TypedValues,
        citations: &[OwnCitation],
        letter: &Letter,
        focus: Option<&FieldPath>,
    ) {
        let path = focus.filter(|path| path.pattern().ends_with("_guideline"));
        let item = path.and_then(|path| letter.item(*path.rows().first()?));
        let about = match item {
            Some(item) => suggest::words_of_part(item).to_owned(),
            None => self.works_for.about.clone(),
        };
        let wanted = WorksFor {
            citations: citations.to_vec(),
            year: suggest::odg_year(letter),
            decided: letter.case.decision_date.understood().copied(),
            about,
        };
        let is_same = self.works_of.as_ref().is_some_and(|old| Arc::ptr_eq(old, library));
        if is_same && self.works_for == wanted {
            return;
        }
        self.works = suggest::works(library, typed, citations, wanted.year);
        let (works, about) = (&mut self.works, &wanted.about);
        suggest::put_fitting_first(works, library, about, wanted.decided);
        (self.works_for, self.works_of) = (wanted, Some(Arc::clone(library)));
    }
}

/// What the works that can be cited are put together for.
#[derive(Default, PartialEq)]
struct WorksFor {
    citations: Vec<OwnCitation>,
    /// The edition of the ODG.
    year: Option<i16>,
    /// The day of the decision.
    decided: Option<Date>,
    /// What says the item's part of the body.
    about: String,
}

/// What drawing a part of the form needs.
pub(in crate::app::view) struct FormContext<'a> {
    pub letter: &'a mut Letter,
    pub template: &'a Template,
    pub library: &'a Library,
    pub typed: &'a TypedValues,
    /// The reviewers that were entered once.
    pub profiles: &'a [Profile],
    pub problems: &'a [Diagnostic],
    /// Words that somebody looks for.
    pub found: FoundMarks<'a>,
    pub state: &'a mut FormState,
    pub commands: &'a mut Vec<Command>,
    pub focus: &'a mut Option<FieldPath>,
    pub typed_into: &'a mut Option<FieldPath>,
    pub guessed: &'a mut BTreeMap<FieldPath, Guessed>,
    /// What is to be brought into view in this frame.
    pub reveal: Option<FieldPath>,
    /// The characters to be selected in it.
    pub select: Option<TextRange>,
    /// The letter that the problems were found in.
    pub composed: Option<&'a Letter>,
    /// What short forms of dates are read by.
    pub nearby: NearbyDates,
    /// The number of the pass that draws it.
    pub pass: u64,
    /// Where the headings of the section and the row that are drawn now begin, from the
    /// top of the window.
    pub headings: [Option<FormHeading>; 2],
    /// The item whose head is above what is seen of it.
    pub row_at_top: Option<RowAtTop>,
}

/// A row that the heading at the top names.
pub(in crate::app::view) struct RowAtTop {
    pub id: Id,
    pub words: String,
    /// How it is decided.
    pub aside: String,
}

/// A heading over fields.
#[derive(Clone, Debug)]
pub(in crate::app::view) struct FormHeading {
    pub rect: Rect,
    /// The field that the part under it is begun with.
    pub first: Option<FieldPath>,
}

impl<'a> FormContext<'a> {
    /// Whether a field holds what an item's title said, and nobody has looked at it.
    pub(super) fn is_guessed(&self, path: &FieldPath) -> bool {
        self.guessed.get(path).is_some_and(|guessed| guessed.is_left)
    }

    /// The problems to be shown beside a place. That something is missing is shown once
    /// its field was left; what is wrong, as soon as the caret is elsewhere.
    pub(super) fn problems_beside(&self, path: &FieldPath) -> Vec<&'a Diagnostic> {
        let has_caret = self.focus.as_ref() == Some(path);
        if has_caret && self.typed_into.as_ref() == Some(path) {
            return Vec::new();
        }
        if !self.state.visited.contains(path) && (has_caret || self.is_empty(path)) {
            return Vec::new();
        }
        self.problems
            .iter()
            .filter(|found| found.anchor.field() == Some(path) && !found.is_overridden())
            .collect()
    }

    /// The heading over this field, if the part under it is begun with the field.
    pub(super) fn heading_over(&self, path: &FieldPath) -> Option<Rect> {
        for heading in self.headings.iter().flatten() {
            if heading.first.as_ref() == Some(path) {
                return Some(heading.rect);
            }
        }
        None
    }

    fn is_empty(&self, path: &FieldPath) -> bool {
        match self.template.value(self.letter, path) {
            Some(value) => value.is_empty(),
            None => true,
        }
    }

    /// What a place is called: its label, and where there are several rows, which of them
    /// it is in.
    pub(super) fn name(&self, field: &Field, path: &FieldPath) -> String {
        format!("{}{}", field.label, row_name(self.letter, path))
    }

    /// Takes note that a place was brought into view; in the next frame again, if it is the
    /// field as a whole.
    pub(super) fn arrive(&mut self, path: &FieldPath, as_whole: bool) {
        self.state.arriving = as_whole.then(|| path.clone());
        if std::mem::take(&mut self.state.is_jump) {
            self.state.visited.insert(path.clone());
            self.state.tells = Some(path.clone());
            self.state.tells_since = self.pass;
        }
    }

    /// Whether this place is to be brought into view now.
    pub(super) fn reveals(&self, path: &FieldPath) -> bool {
        self.reveal.as_ref() == Some(path)
    }
}

/// `, item 2` for a place in the second item; nothing where it is in no row.
pub(in crate::app::view) fn row_name(letter: &Letter, path: &FieldPath) -> String {
    let rows = letter.row_names(path);
    rows.iter().map(|row| format!(", {row}")).collect()
}

/// A place and what it holds, as a person says it: `Claimant's age: 54`.
pub(in crate::app::view) fn said(
    template: &Template,
    letter: &Letter,
    path: &FieldPath,
) -> String {
    let Some(field) = template.field(path.pattern()) else { return letter.spell(path) };
    let words = match field.value(letter, path) {
        Some(Value::Text(text)) => text.to_owned(),
        Some(Value::Date(entry)) => entry.show(),
        Some(Value::Number(entry)) => entry.show(),
        Some(Value::Choice(key)) => key.into_owned(),
        _ => String::new(),
    };
    format!("{}{}: {words}", field.label, row_name(letter, path))
}
