//! One field: its label, the widget that its kind asks for, and under it one line for help
//! or what is wrong.

use std::borrow::Cow;

use egui::{
    Align, FocusDirection, Id, Key, Label, Layout, Rangef, Response, RichText, Sense, Ui,
    vec2,
};
use jiff::civil::Date;

use super::chips::Chips;
use super::context::{FormContext, Widgets};
use super::date::DateLine;
use super::field_id;
use super::pick::LineLook;
use super::slot::{FieldSlot, SlotRoom};
use super::{chips, choice, date, guideline, pick, suggestions};
use crate::app::command::{Command, in_words};
use crate::app::desk::Guessed;
use crate::app::suggest::{self, TypedValues};
use crate::app::theme::{self, palette};
use crate::app::view::{dialog, text, underline};
use crate::app::widgets;
use crate::diagnostic::{Action, Diagnostic, Severity};
use crate::letter::fields::{Field, Kind, Options, Slot, Value};
use crate::letter::{Entry, FieldPath, Guideline, Letter, age_on};
use crate::library::Library;

/// Draws a field at one of its places, with its label over it and a line under it, which
/// has this room.
pub(super) fn show(
    ui: &mut Ui,
    form: &mut FormContext<'_>,
    field: &Field,
    path: &FieldPath,
    room: SlotRoom,
) {
    let name = form.name(field, path);
    let place = FieldAtPlace { field, path, id: field_id(path), name: &name };
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if field.kind == Kind::YesNo {
            return place.statement(ui, form);
        }
        let label = place.label_line(ui, form);
        if is_age_by_birth(form, path) {
            widgets::pass_by_tab(ui, place.id);
        }
        let widgets = place.editor(ui, form, None);
        if let (true, Some(main)) = (label.clicked(), widgets.first()) {
            main.request_focus();
        }
        place.follow_focus(form, &widgets);
        let has_focus = widgets.iter().any(Response::has_focus);
        place.look_at_guess(form, has_focus);
        under(form, field, path, has_focus).slot(path, room).show(ui, form);
    });
}

/// What is said under a field.
pub(super) struct Under<'a> {
    value: String,
    help: String,
    has_focus: bool,
    problems: Vec<&'a Diagnostic>,
}

/// What is to be said under a field now.
pub(super) fn under<'a>(
    form: &FormContext<'a>,
    field: &Field,
    path: &FieldPath,
    has_focus: bool,
) -> Under<'a> {
    let place = FieldAtPlace { field, path, id: field_id(path), name: "" };
    let help = match (place.guess(form), ages(form.letter, path)) {
        (Some(_), _) if has_focus => GUESSED.to_owned(),
        (_, Some(ages)) => ages,
        (None, None) if !has_focus && form.is_guessed(path) => TAKEN.to_owned(),
        _ if is_age_by_birth(form, path) => "From the birth date".to_owned(),
        _ if has_focus => field.help.to_string(),
        _ => String::new(),
    };
    let value = match field.value(form.letter, path) {
        Some(Value::Date(entry)) => entry.show(),
        _ => String::new(),
    };
    let problems = form.problems_beside(path);
    Under { value, help, has_focus, problems }
}

impl Under<'_> {
    pub(super) fn is_silent(&self) -> bool {
        self.problems.is_empty() && self.help.is_empty()
    }

    /// The line that says it.
    pub(super) fn slot<'s>(
        &'s self,
        path: &'s FieldPath,
        room: SlotRoom,
    ) -> FieldSlot<'s> {
        let Self { value, help, has_focus, problems } = self;
        let (id, has_focus) = (field_id(path), *has_focus);
        FieldSlot { id, path, value, help, has_focus, problems, room }
    }
}

/// Draws a field as the cell of a table: its label stands over the column, and what is
/// to be said of it under the table.
pub(super) fn show_cell(
    ui: &mut Ui,
    form: &mut FormContext<'_>,
    field: &Field,
    path: &FieldPath,
) -> Widgets {
    let name = form.name(field, path);
    let place = FieldAtPlace { field, path, id: field_id(path), name: &name };
    let across = ui.available_rect_before_wrap().x_range();
    let widgets = place.editor(ui, form, Some(across));
    place.follow_focus(form, &widgets);
    widgets
}

/// The ages that the birth date comes to, said under it: "47 at injury, 52 at decision".
fn ages(letter: &Letter, path: &FieldPath) -> Option<String> {
    let birth = *letter.claimant.birth_date.understood()?;
    if path.pattern() != "claimant.birth_date" {
        return None;
    }
    let mut said = Vec::new();
    for (day, when) in [
        (&letter.case.date_of_injury, "at injury"),
        (&letter.case.decision_date, "at decision"),
    ] {
        if let Some(age) = day.understood().and_then(|day| age_on(birth, *day)) {
            said.push(format!("{age} {when}"));
        }
    }
    if said.is_empty() { None } else { Some(said.join(", ")) }
}

/// Whether this is the age, and the one that the birth date comes to.
fn is_age_by_birth(form: &FormContext<'_>, path: &FieldPath) -> bool {
    let age = form.letter.claimant.age.understood();
    path.pattern() == "claimant.age"
        && age.is_some()
        && form.letter.age_by_birth(form.nearby.today) == age.copied()
}

const GUESSED: &str = "From the title: Tab accepts it";
const TAKEN: &str = "From the title: check it";

/// A field at one of its places, as it is drawn.
struct FieldAtPlace<'a> {
    field: &'a Field,
    path: &'a FieldPath,
    id: Id,
    /// What the place is called.
    name: &'a str,
}

impl FieldAtPlace<'_> {
    /// The label and, at its end, what else there is to say or to do.
    fn label_line(&self, ui: &mut Ui, form: &mut FormContext<'_>) -> Response {
        let size = vec2(ui.available_width(), 18.0);
        let layout = Layout::right_to_left(Align::Center);
        let line = ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_size(size);
            ui.spacing_mut().item_spacing.x = 12.0;
            self.end_of_label(ui, form);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                // The heading of the section may say it already.
                let is_said = self.field.label == self.field.section.label();
                let words = if is_said { "" } else { &*self.field.label };
                let ink = palette(ui).quiet;
                let words = RichText::new(words).font(theme::help()).color(ink);
                ui.add(Label::new(words).truncate().sense(Sense::CLICK))
            })
            .inner
        });
        line.inner
    }

    fn end_of_label(&self, ui: &mut Ui, form: &mut FormContext<'_>) {
        match &*self.field.pattern {
            "case.treatments_requested" => return suggestions::of_requests(ui, form),
            "summary" => suggestions::of_summary(ui, form, self.path),
            "items[].rationale" => suggestions::of_rationale(ui, form, self.path),
            _ => {}
        }
        if self.field.kind == Kind::Guideline
            && let Some(Slot::Guideline(line)) = self.slot(form)
        {
            guideline::other_ways(ui, line, self.name);
            let browse = widgets::link(ui, "Browse…");
            dialog::name(&browse, &format!("Browse guidelines: {}", self.name));
            let hint = "Shows the chapters in force and what you cite often (Ctrl+G)";
            if browse.on_hover_text(in_words(ui.ctx(), hint)).clicked() {
                form.commands.push(Command::Go(self.path.clone()));
                form.commands.push(Command::Cite);
            }
        }
        let counts_words = self.field.kind == Kind::Prose
            && &*self.field.pattern != "recipients[].address";
        if counts_words
            && let Some(Value::Text(text)) = self.field.value(form.letter, self.path)
            && !text.trim().is_empty()
        {
            let words = text.split_whitespace().count();
            widgets::quiet(ui, widgets::count(words, "word"));
        }
    }

    /// A box to check, with its line behind it.
    fn statement(&self, ui: &mut Ui, form: &mut FormContext<'_>) {
        let left = ui.max_rect().left();
        let is_entered = widgets::takes_key(ui, self.id, Key::Enter);
        let Some(Slot::YesNo(value)) = self.slot(form) else { return };
        // Enter checks the box and walks on.
        if is_entered {
            *value = true;
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::Next));
        }
        let response = widgets::check(ui, self.id, value, &self.field.label);
        self.follow_focus(form, std::slice::from_ref(&response));
        let has_focus = response.has_focus();
        let under = under(form, self.field, self.path, has_focus);
        let under = under.slot(self.path, SlotRoom::default());
        let mut rect = response.rect;
        (rect.min.x, rect.max.x) = (rect.right() + 12.0, ui.max_rect().right());
        if rect.width() < 90.0 {
            let size = vec2(ui.available_width(), theme::SLOT);
            (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            rect.min.x = left + 26.0;
        }
        under.show_in(ui, form, rect);
    }

    /// What the item's title says of this field while it is empty.
    fn guess(&self, form: &FormContext<'_>) -> Option<String> {
        let pattern = &*self.field.pattern;
        if !suggest::GUESSED.contains(&pattern) {
            return None;
        }
        let item = form.letter.item(*self.path.rows().first()?)?;
        let is_empty = match self.field.value(form.letter, self.path)? {
            Value::Text(text) => text.is_empty(),
            _ => false,
        };
        if !is_empty {
            return None;
        }
        suggest::guess(form.library, pattern, &item.title.request)
    }

    /// A guess that was taken is one until somebody changes it, or comes back to it.
    fn look_at_guess(&self, form: &mut FormContext<'_>, has_focus: bool) {
        let Some(guessed) = form.guessed.get_mut(self.path) else { return };
        let value = self.field.value(form.letter, self.path);
        let is_same = matches!(value, Some(Value::Text(text)) if text == guessed.value);
        if !is_same || (has_focus && guessed.is_left) {
            form.guessed.remove(self.path);
        } else if !has_focus {
            guessed.is_left = true;
        }
    }

    /// The widget that the field's kind asks for; `cell` is from where to where it is one
    /// of a table's, without a frame of its own.
    fn editor(
        &self,
        ui: &mut Ui,
        form: &mut FormContext<'_>,
        cell: Option<Rangef>,
    ) -> Widgets {
        match self.field.kind {
            Kind::Line => self.line(ui, form, cell),
            Kind::Prose => self.prose(ui, form, cell),
            Kind::Date | Kind::Number | Kind::Money => self.typed(ui, form, cell),
            Kind::Choice => self.choice(ui, form),
            Kind::Many | Kind::Guideline => self.several(ui, form),
            Kind::YesNo => Widgets::new(),
        }
    }

    fn slot<'f>(&self, form: &'f mut FormContext<'_>) -> Option<Slot<'f>> {
        self.field.slot(form.letter, self.path)
    }

    fn line(
        &self,
        ui: &mut Ui,
        form: &mut FormContext<'_>,
        cell: Option<Rangef>,
    ) -> Widgets {
        let guess = self.guess(form);
        let list = offered(self.field, form.library, form.typed);
        let found = underline::of(ui, form, self.path);
        let Some(Slot::Text(value)) = self.slot(form) else { return Widgets::new() };
        if !list.is_empty() {
            let look = LineLook {
                hint: "",
                guess: guess.as_deref(),
                within: cell,
                is_cell: cell.is_some(),
                marks: &found,
            };
            let picked = pick::show(ui, self.id, value, &list, look);
            if let Some(value) = guess.filter(|guess| guess == value) {
                let guessed = Guessed { value, is_left: false };
                form.guessed.insert(self.path.clone(), guessed);
            }
            return vec![picked.response];
        }
        let drawn = match cell {
            Some(_) => text::cell(ui, self.id, value, &found),
            None => text::underlined_line(ui, self.id, value, &found),
        };
        underline::attend(ui, form, &drawn, &found);
        vec![drawn.response]
    }

    fn prose(
        &self,
        ui: &mut Ui,
        form: &mut FormContext<'_>,
        cell: Option<Rangef>,
    ) -> Widgets {
        let found = underline::of(ui, form, self.path);
        let shown = match &form.select {
            Some(words) if form.reveals(self.path) => Some(words.start),
            _ => None,
        };
        let Some(Slot::Text(value)) = self.slot(form) else { return Widgets::new() };
        let drawn = match cell {
            Some(_) => text::cell_of_lines(ui, self.id, value, &found),
            None => text::prose(ui, self.id, value, &found, shown),
        };
        underline::attend(ui, form, &drawn, &found);
        vec![drawn.response]
    }

    fn typed(
        &self,
        ui: &mut Ui,
        form: &mut FormContext<'_>,
        cell: Option<Rangef>,
    ) -> Widgets {
        let marks = &underline::of(ui, form, self.path);
        let (id, path, label) = (self.id, self.path, &*self.field.label);
        let line = DateLine { id, path, label, cell, marks };
        let (typing, nearby) = (&mut form.state.typing, &form.nearby);
        let response = match self.field.slot(form.letter, self.path) {
            Some(Slot::Date(entry)) => {
                let (response, last) = date::show(ui, &line, entry, typing, nearby);
                self.fill_last_day(form, last);
                response
            }
            Some(Slot::Number(entry)) => date::typed(ui, &line, entry, typing, None),
            Some(Slot::Money(entry)) => date::typed(ui, &line, entry, typing, None),
            _ => return Widgets::new(),
        };
        vec![response]
    }

    /// The last day of a range that was typed into the field of its first.
    fn fill_last_day(&self, form: &mut FormContext<'_>, last: Option<Date>) {
        let sibling = match &*self.field.pattern {
            "documents[].from" => "documents[].to",
            "case.date_of_injury" => "case.date_of_injury_end",
            _ => return,
        };
        let path = FieldPath::new(sibling, self.path.rows());
        if let Some(last) = last
            && let Some(field) = form.template.field(sibling)
            && let Some(Slot::Date(entry)) = field.slot(form.letter, &path)
        {
            entry.put(Entry::Understood(last));
        }
    }

    fn choice(&self, ui: &mut Ui, form: &mut FormContext<'_>) -> Widgets {
        let row = self.path.rows().last().copied();
        let mut offers = suggest::choices(self.field, form.letter, form.template, row);
        let is_required = form.template.requires(&self.field.pattern, form.letter);
        // "Not stated" is no choice where the template asks for one.
        if is_required {
            offers.retain(|offer| !offer.key.is_empty());
        }
        match self.slot(form) {
            Some(Slot::Choice(value)) => {
                choice::show(ui, self.id, self.name, value, &offers, is_required)
            }
            // A template's own choice is kept as text.
            Some(Slot::Text(value)) => {
                choice::show(ui, self.id, self.name, value, &offers, is_required)
            }
            _ => Widgets::new(),
        }
    }

    fn several(&self, ui: &mut Ui, form: &mut FormContext<'_>) -> Widgets {
        let marks = underline::marked(ui, form, self.path);
        let list = offered(self.field, form.library, form.typed);
        let adding = form.state.adding.entry(self.path.clone()).or_default();
        let before = entries(self.field.value(form.letter, self.path).as_ref());
        let widgets = match self.field.slot(form.letter, self.path) {
            Some(Slot::Many(values)) => {
                let hint = if list.is_empty() {
                    "One at a time, each followed by Enter"
                } else {
                    "Type, or choose from the list"
                };
                let (id, list, marks) = (self.id, &*list, &*marks);
                chips::show(ui, values, &mut Chips { id, adding, list, hint, marks })
            }
            Some(Slot::Guideline(line)) => {
                let works = &form.state.works;
                let mut citing = guideline::Citing { adding, works, marks: &marks };
                guideline::show(ui, self.id, line, &mut citing)
            }
            _ => Widgets::new(),
        };
        if entries(self.field.value(form.letter, self.path).as_ref()) < before {
            let label = self.field.label.to_string();
            form.commands.push(Command::TellRemoved(label));
        }
        widgets
    }

    /// Notes where the caret is, brings what is jumped to into view, and says to screen
    /// readers what the widget is.
    fn follow_focus(&self, form: &mut FormContext<'_>, widgets: &[Response]) {
        let Some(main) = widgets.first() else { return };
        if widgets.iter().any(Response::has_focus) {
            let place = self.id.with("place");
            main.ctx.data_mut(|data| data.insert_temp(place, main.rect));
            *form.focus = Some(self.path.clone());
            if widgets.iter().any(Response::changed) {
                *form.typed_into = Some(self.path.clone());
            }
        } else if widgets.iter().any(Response::lost_focus) {
            form.state.visited.insert(self.path.clone());
            form.typed_into.take_if(|typed| typed == self.path);
        }
        // What is clicked is in view already, and must not move under the pointer.
        let is_reached_by_key =
            |widget: &Response| widget.gained_focus() && !widget.contains_pointer();
        // A long text is no place to look at as a whole: its caret is brought into view.
        let is_short = main.rect.height() < main.ctx.content_rect().height() / 2.0;
        if is_short && widgets.iter().any(is_reached_by_key) {
            main.scroll_to_me(Some(egui::Align::Center));
        }
        if form.reveals(self.path) {
            main.request_focus();
            self.bring_into_view(form, main, is_short);
            let shows_words = self.shows_words(form);
            let value = self.field.value(form.letter, self.path);
            let words =
                value.as_ref().map(|value| value.words(self.path)).unwrap_or_default();
            text::select(main, &words, form.select.take());
            form.arrive(self.path, !shows_words);
            *form.focus = Some(self.path.clone());
        } else if form.state.arriving.take_if(|path| path == self.path).is_some() {
            // A text that gets the caret scrolls to it from where the view was before.
            self.bring_into_view(form, main, is_short);
        }
        self.describe(form, main);
    }

    /// Puts the heading over the field to the top, if the field is the first under it, and
    /// another field to the middle. Of a long text the caret is brought into view.
    fn bring_into_view(&self, form: &FormContext<'_>, main: &Response, is_short: bool) {
        let shows_words = self.shows_words(form);
        if let Some(rect) = form.heading_over(self.path).filter(|_| !shows_words) {
            let head = Response { rect, ..main.clone() };
            head.scroll_to_me(Some(Align::TOP));
        } else if is_short && !shows_words {
            main.scroll_to_me(Some(Align::Center));
        }
    }

    /// Whether words are to be selected in a long text, which scrolls to them by itself.
    fn shows_words(&self, form: &FormContext<'_>) -> bool {
        self.field.kind == Kind::Prose && form.select.is_some()
    }

    fn describe(&self, form: &FormContext<'_>, main: &Response) {
        let is_required = form.template.requires(&self.field.pattern, form.letter);
        let problems = form.problems_beside(self.path);
        let is_wrong = problems.iter().any(|problem| {
            problem.severity == Severity::Error && problem.action != Some(Action::FillIn)
        });
        let mut description = String::new();
        // Linux's tree has no sign yet for what is wrong.
        if is_wrong && cfg!(target_os = "linux") {
            description.push_str("Needs fixing. ");
        }
        description.push_str(&self.field.help);
        for problem in problems {
            if !description.is_empty() {
                description.push_str(". ");
            }
            description.push_str(&widgets::finding(problem));
        }
        main.ctx.accesskit_node_builder(main.id, |node| {
            if is_wrong {
                node.set_invalid(egui::accesskit::Invalid::True);
            }
            // The widgets of a choice have names of their own.
            if self.field.kind != Kind::Choice {
                node.set_label(self.name);
            }
            // Of radios, their group is required.
            if is_required && node.role() != egui::accesskit::Role::RadioButton {
                node.set_required();
            }
            if !description.trim().is_empty() {
                node.set_description(description.trim());
            }
        });
    }
}

/// How many entries a field of several has.
fn entries(value: Option<&Value<'_>>) -> usize {
    match value {
        Some(Value::Many(values)) => values.len(),
        Some(Value::Guideline(Guideline::Cited(sources))) => sources.len(),
        _ => 0,
    }
}

/// What the field's list offers while one types.
fn offered<'a>(
    field: &'a Field,
    library: &'a Library,
    typed: &TypedValues,
) -> Cow<'a, [String]> {
    match &field.options {
        Options::List(list) => suggest::list(library, typed, list),
        Options::Own(words) => Cow::Borrowed(words),
        _ => Cow::Borrowed(&[]),
    }
}
