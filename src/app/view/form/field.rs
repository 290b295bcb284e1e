//! One field: its label, the widget that its kind asks for, its help while it has the
//! focus, and its problems.

use std::borrow::Cow;

use egui::{Id, Label, Response, RichText, Ui};

use super::context::{FormContext, Widgets};
use super::field_id;
use super::{chips, choice, date, guideline, pick, suggestions};
use crate::app::suggest::{self, TypedValues};
use crate::app::theme;
use crate::app::view::{fixes, text, underline};
use crate::app::widgets;
use crate::diagnostic::{Action, Severity};
use crate::letter::FieldPath;
use crate::letter::fields::{Field, Kind, Options, Slot, Value};
use crate::library::Library;

/// Draws a field at one of its places.
pub(super) fn show(
    ui: &mut Ui,
    form: &mut FormContext<'_>,
    field: &Field,
    path: &FieldPath,
) {
    let name = form.name(field, path);
    let id = field_id(path);
    let place = FieldAtPlace { field, path, id, name: &name };
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        // The section's heading may say it already.
        if field.kind != Kind::YesNo && field.label != field.section.label() {
            place.label_line(ui, form);
        }
        let widgets = place.editor(ui, form);
        place.follow_focus(form, &widgets);
        if widgets.iter().any(Response::has_focus) && !field.help.is_empty() {
            widgets::quiet(ui, &*field.help);
        }
        for problem in form.problems_beside(path) {
            widgets::message(ui, problem);
            fixes::links(ui, problem, form.commands);
        }
        match &*field.pattern {
            "items[].rationale" => suggestions::of_rationale(ui, form, path),
            "summary" => suggestions::of_summary(ui, form, path),
            _ => {}
        }
    });
}

/// A field at one of its places, as it is drawn.
struct FieldAtPlace<'a> {
    field: &'a Field,
    path: &'a FieldPath,
    id: Id,
    /// What the place is called.
    name: &'a str,
}

impl FieldAtPlace<'_> {
    /// The label and, for a long text, how many words it has.
    fn label_line(&self, ui: &mut Ui, form: &FormContext<'_>) {
        let label = RichText::new(&*self.field.label).font(theme::label());
        let label = Label::new(label).truncate();
        if self.field.kind == Kind::Prose
            && let Some(Value::Text(text)) = self.field.value(form.letter, self.path)
        {
            ui.horizontal(|ui| {
                ui.add(label);
                if !text.trim().is_empty() {
                    let words = text.split_whitespace().count();
                    let layout = egui::Layout::right_to_left(egui::Align::Center);
                    ui.with_layout(layout, |ui| {
                        widgets::quiet(ui, widgets::count(words, "word"));
                    });
                }
            });
        } else {
            ui.add(label);
        }
    }

    fn editor(&self, ui: &mut Ui, form: &mut FormContext<'_>) -> Widgets {
        match self.field.kind {
            Kind::Line => self.line(ui, form),
            Kind::Prose => self.prose(ui, form),
            Kind::Date | Kind::Number | Kind::Money => self.typed(ui, form),
            Kind::Choice => self.choice(ui, form),
            Kind::Many | Kind::Guideline => self.several(ui, form),
            Kind::YesNo => match self.slot(form) {
                Some(Slot::YesNo(value)) => {
                    vec![ui.checkbox(value, &*self.field.label)]
                }
                _ => Widgets::new(),
            },
        }
    }

    fn slot<'f>(&self, form: &'f mut FormContext<'_>) -> Option<Slot<'f>> {
        self.field.slot(form.letter, self.path)
    }

    fn line(&self, ui: &mut Ui, form: &mut FormContext<'_>) -> Widgets {
        let list = offered(self.field, form.library, form.typed);
        let found = underline::of(ui, form, self.path);
        let Some(Slot::Text(value)) = self.slot(form) else { return Widgets::new() };
        if !list.is_empty() {
            return vec![pick::show(ui, self.id, value, &list, "").response];
        }
        let drawn = text::underlined_line(ui, self.id, value, &found);
        underline::attend(ui, form, &drawn, &found);
        vec![drawn.response]
    }

    fn prose(&self, ui: &mut Ui, form: &mut FormContext<'_>) -> Widgets {
        let found = underline::of(ui, form, self.path);
        let shown = match &form.select {
            Some(words) if form.reveals(self.path) => Some(words.start),
            _ => None,
        };
        let Some(Slot::Text(value)) = self.slot(form) else { return Widgets::new() };
        let drawn = text::prose(ui, self.id, value, &found, shown);
        underline::attend(ui, form, &drawn, &found);
        vec![drawn.response]
    }

    fn typed(&self, ui: &mut Ui, form: &mut FormContext<'_>) -> Widgets {
        let (id, path) = (self.id, self.path);
        let width = ui.available_width();
        let typing = &mut form.state.typing;
        match self.field.slot(form.letter, path) {
            Some(Slot::Date(entry)) => {
                date::show(ui, id, path, entry, typing, form.today)
            }
            Some(Slot::Number(entry)) => {
                vec![date::typed(ui, id, path, entry, typing, width)]
            }
            Some(Slot::Money(entry)) => {
                vec![date::typed(ui, id, path, entry, typing, width)]
            }
            _ => Widgets::new(),
        }
    }

    fn choice(&self, ui: &mut Ui, form: &mut FormContext<'_>) -> Widgets {
        let row = self.path.rows().last().copied();
        let offers = suggest::choices(self.field, form.letter, form.template, row);
        match self.slot(form) {
            Some(Slot::Choice(value)) => {
                choice::show(ui, self.id, self.name, value, &offers)
            }
            // A template's own choice is kept as text.
            Some(Slot::Text(value)) => {
                choice::show(ui, self.id, self.name, value, &offers)
            }
            _ => Widgets::new(),
        }
    }

    fn several(&self, ui: &mut Ui, form: &mut FormContext<'_>) -> Widgets {
        let marks = underline::marked(ui, form, self.path);
        let list = offered(self.field, form.library, form.typed);
        let adding = form.state.adding.entry(self.path.clone()).or_default();
        match self.field.slot(form.letter, self.path) {
            Some(Slot::Many(values)) => {
                chips::show(ui, self.id, values, adding, &list, &marks)
            }
            Some(Slot::Guideline(line)) => {
                let works = &form.state.works;
                let mut citing = guideline::Citing { adding, works, marks: &marks };
                guideline::show(ui, self.id, line, &mut citing)
            }
            _ => Widgets::new(),
        }
    }

    /// Notes where the caret is, brings what is jumped to into view, and says to screen
    /// readers what the widget is.
    fn follow_focus(&self, form: &mut FormContext<'_>, widgets: &[Response]) {
        let Some(main) = widgets.first() else { return };
        if widgets.iter().any(Response::has_focus) {
            *form.focus = Some(self.path.clone());
        } else if widgets.iter().any(Response::lost_focus) {
            form.state.visited.insert(self.path.clone());
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
            let shows_words = self.field.kind == Kind::Prose && form.select.is_some();
            if is_short && !shows_words {
                main.scroll_to_me(Some(egui::Align::Center));
            }
            let value = self.field.value(form.letter, self.path);
            let words =
                value.as_ref().map(|value| value.words(self.path)).unwrap_or_default();
            text::select(main, &words, form.select.take());
            form.arrive(self.path);
            *form.focus = Some(self.path.clone());
        }
        self.describe(form, main);
    }

    fn describe(&self, form: &FormContext<'_>, main: &Response) {
        let is_required = form.template.requires(&self.field.pattern, form.letter);
        let mut description = self.field.help.to_string();
        for problem in form.problems_beside(self.path) {
            if !description.is_empty() {
                description.push_str(". ");
            }
            description.push_str(&widgets::finding(problem));
        }
        let is_wrong = form.problems_beside(self.path).iter().any(|problem| {
            problem.severity == Severity::Error && problem.action != Some(Action::FillIn)
        });
        main.ctx.accesskit_node_builder(main.id, |node| {
            if is_wrong {
                node.set_invalid(egui::accesskit::Invalid::True);
            }
            // The widgets of a choice have names of their own.
            if self.field.kind != Kind::Choice {
                node.set_label(self.name);
            }
            if is_required {
                node.set_required();
            }
            if !description.trim().is_empty() {
                node.set_description(description.trim());
            }
        });
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
