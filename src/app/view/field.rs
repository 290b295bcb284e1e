//! One field: its label, the widget that its kind asks for, its help while it has the
//! focus, and its problems.

use std::borrow::Cow;

use egui::{Id, Label, Response, RichText, Ui};

use super::form::Form;
use super::underline::{self, Drawn, Underlined};
use super::{chips, date, fixes, guideline, pick, text};
use crate::app::command::Command;
use crate::app::suggest::{self, Offer};
use crate::app::theme::{self, palette};
use crate::app::widgets;
use crate::letter::fields::{Choice, Field, Kind, Options, Slot, Value};
use crate::letter::{Denial, FieldPath, Item, phrasing};

/// The widgets of one field; the first is the one that takes the caret.
pub(super) type Parts = Vec<Response>;

/// The identity of a field's widget: that of its place, wherever the row is moved to.
pub(super) fn id(path: &FieldPath) -> Id {
    Id::unique(("field", path.as_str()))
}

/// Draws a field at one of its places.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, field: &Field, path: &FieldPath) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let name = form.name(field, path);
        // The section's heading says it already.
        let is_said = field.label == field.section.label();
        if field.kind != Kind::YesNo && !is_said {
            label_line(ui, form, field, path);
        }
        let parts = editor(ui, form, field, path, &name);
        attend(form, field, path, &name, &parts);
        if parts.iter().any(Response::has_focus) && !field.help.is_empty() {
            widgets::quiet(ui, &*field.help);
        }
        for problem in form.told(path) {
            widgets::message(ui, problem);
            fixes::links(ui, problem, form.commands);
        }
        if &*field.pattern == "items[].rationale" {
            closing(ui, form, path);
            dependants_reason(ui, form, path);
        }
        if &*field.pattern == "summary" {
            openings(ui, form, path);
        }
    });
}

fn label_line(ui: &mut Ui, form: &Form<'_>, field: &Field, path: &FieldPath) {
    let label = Label::new(RichText::new(&*field.label).font(theme::label())).truncate();
    let Some(Value::Text(text)) =
        field.value(form.letter, path).filter(|_| field.kind == Kind::Prose)
    else {
        ui.add(label);
        return;
    };
    ui.horizontal(|ui| {
        ui.add(label);
        if !text.trim().is_empty() {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                widgets::quiet(
                    ui,
                    widgets::count(text.split_whitespace().count(), "word"),
                );
            });
        }
    });
}

fn editor(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Field,
    path: &FieldPath,
    name: &str,
) -> Parts {
    let id = id(path);
    let offers =
        suggest::choices(field, form.letter, form.template, path.rows().last().copied());
    let next = form.next;
    let found = underline::of(ui, form, path);
    let marks = underline::marked(ui, form, path);
    let shown = form
        .select
        .as_ref()
        .filter(|_| form.reveals(path))
        .map(|words| words.start);
    let list = match &field.options {
        Options::List(list) => suggest::list(form.library, form.typed, list),
        Options::Own(words) => Cow::Borrowed(&words[..]),
        _ => Cow::Borrowed(&[][..]),
    };
    let state = &mut *form.state;
    let mut gave_id = false;
    let mut drawn: Option<Drawn> = None;
    let parts = match field.slot(form.letter, path) {
        None => Vec::new(),
        Some(Slot::Text(value)) if field.kind == Kind::Choice => {
            choice(ui, id, name, value, &offers)
        }
        Some(Slot::Text(value)) if field.kind == Kind::Prose => {
            drawn = Some(text::prose(ui, id, value, &found, shown));
            Vec::new()
        }
        Some(Slot::Text(value)) if list.is_empty() => {
            drawn = Some(text::underlined_line(ui, id, value, &found));
            Vec::new()
        }
        Some(Slot::Text(value)) => vec![pick::show(ui, id, value, &list, "").response],
        Some(Slot::Date(entry)) => {
            date::show(ui, id, path, entry, &mut state.typing, form.today)
        }
        Some(Slot::Number(entry)) => vec![date::typed(
            ui,
            id,
            path,
            entry,
            &mut state.typing,
            ui.available_width(),
        )],
        Some(Slot::Money(entry)) => vec![date::typed(
            ui,
            id,
            path,
            entry,
            &mut state.typing,
            ui.available_width(),
        )],
        Some(Slot::Choice(value)) => choice(ui, id, name, value, &offers),
        Some(Slot::Many(values)) => chips::show(
            ui,
            id,
            values,
            state.adding.entry(path.clone()).or_default(),
            &list,
            &marks,
        ),
        Some(Slot::YesNo(value)) => vec![ui.checkbox(value, &*field.label)],
        Some(Slot::Guideline(line)) => {
            let adding = state.adding.entry(path.clone()).or_default();
            let mut citing = guideline::Citing {
                adding,
                works: &state.works,
                marks: &marks,
                next,
                gave_id,
            };
            let parts = guideline::show(ui, id, line, &mut citing);
            gave_id = citing.gave_id;
            parts
        }
    };
    if gave_id {
        form.letter.last_id = next;
    }
    match drawn {
        Some(drawn) => explained(ui, form, drawn, &found),
        None => parts,
    }
}

fn explained(ui: &Ui, form: &mut Form<'_>, drawn: Drawn, found: &[Underlined]) -> Parts {
    underline::attend(ui, form, &drawn, found);
    vec![drawn.response]
}

/// Reports where the caret is, brings what is jumped to into view, and tells screen
/// readers what the widget is.
fn attend(
    form: &mut Form<'_>,
    field: &Field,
    path: &FieldPath,
    name: &str,
    parts: &[Response],
) {
    let Some(main) = parts.first() else { return };
    let has_focus = parts.iter().any(Response::has_focus);
    if has_focus {
        *form.focus = Some(path.clone());
    } else if parts.iter().any(Response::lost_focus) {
        form.state.told.insert(path.clone());
    }
    if parts
        .iter()
        .any(|part| part.gained_focus() && !part.contains_pointer())
    {
        main.scroll_to_me(None);
    }
    if form.reveals(path) {
        main.request_focus();
        main.scroll_to_me(Some(egui::Align::Center));
        let value = field.value(form.letter, path);
        let words = value.as_ref().map(|value| value.words(path)).unwrap_or_default();
        text::select(main, &words, form.select.take());
        form.arrive(path);
        *form.focus = Some(path.clone());
    }
    describe(form, field, path, name, main);
}

fn describe(
    form: &Form<'_>,
    field: &Field,
    path: &FieldPath,
    name: &str,
    main: &Response,
) {
    let required = form.template.requires(&field.pattern, form.letter);
    let problems = form.told(path).into_iter().map(widgets::finding);
    let description = std::iter::once(field.help.to_string())
        .chain(problems)
        .collect::<Vec<_>>()
        .join(" ");
    main.ctx.accesskit_node_builder(main.id, |node| {
        if !matches!(field.kind, Kind::Choice) {
            node.set_label(name);
        }
        if required {
            node.set_required();
        }
        if !description.trim().is_empty() {
            node.set_description(description.trim());
        }
    });
}

/// How many characters of choices are shown at once rather than in a list that opens.
const SHOWN_AT_ONCE: usize = 40;

/// Below this, choices that are explained stand under each other.
const MEANINGS_FIT: f32 = 470.0;

fn choice(
    ui: &mut Ui,
    id: Id,
    name: &str,
    value: &mut dyn Choice,
    offers: &[Offer],
) -> Parts {
    let length: usize = offers.iter().map(|offer| offer.words.chars().count()).sum();
    if length <= SHOWN_AT_ONCE {
        radios(ui, name, value, offers)
    } else {
        list(ui, id, name, value, offers)
    }
}

fn radios(ui: &mut Ui, name: &str, value: &mut dyn Choice, offers: &[Offer]) -> Parts {
    let has_meanings = offers.iter().any(|offer| !offer.meaning.is_empty());
    let mut parts = Parts::new();
    let mut each = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        parts.extend(offers.iter().map(|offer| radio(ui, name, value, offer)));
    };
    if has_meanings && ui.available_width() < MEANINGS_FIT {
        ui.vertical(&mut each);
    } else {
        ui.horizontal_wrapped(&mut each);
    }
    // The caret goes to what is chosen.
    let chosen = offers.iter().position(|offer| value.key() == offer.key).unwrap_or(0);
    if chosen < parts.len() {
        parts.swap(0, chosen);
    }
    parts
}

fn radio(ui: &mut Ui, name: &str, value: &mut dyn Choice, offer: &Offer) -> Response {
    let response = ui.radio(value.key() == offer.key, &offer.words);
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(format!("{name}: {}", offer.words))
    });
    if !offer.meaning.is_empty() {
        widgets::quiet(ui, &offer.meaning);
    }
    if response.clicked() {
        value.choose(&offer.key);
    }
    response
}

fn list(
    ui: &mut Ui,
    id: Id,
    name: &str,
    value: &mut dyn Choice,
    offers: &[Offer],
) -> Parts {
    let chosen = offers.iter().find(|offer| value.key() == offer.key);
    let width = ui.available_width();
    let combo = egui::ComboBox::from_id_salt(id)
        .width(width)
        .truncate()
        .icon(|ui, rect, _, _| {
            let square =
                egui::Rect::from_center_size(rect.center(), egui::Vec2::splat(11.0));
            widgets::paint_mark(
                ui.painter(),
                square,
                widgets::Mark::Down,
                palette(ui).quiet,
            );
        })
        .selected_text(chosen.map_or("", |offer| offer.words.as_str()))
        .show_ui(ui, |ui| {
            for offer in offers {
                if ui.selectable_label(Some(offer) == chosen, &offer.words).clicked() {
                    value.choose(&offer.key);
                }
            }
        });
    combo
        .response
        .ctx
        .accesskit_node_builder(combo.response.id, |node| node.set_label(name));
    vec![combo.response]
}

/// Offers the closing sentence that fits the decision, where the rationale has none.
fn closing(ui: &mut Ui, form: &mut Form<'_>, path: &FieldPath) {
    let Some(item) = path.rows().first().and_then(|&id| form.letter.item(id)) else {
        return;
    };
    let Some(sentence) = form
        .template
        .denial(&item.decision)
        .and_then(phrasing::closing_sentence)
    else {
        return;
    };
    let last = item.rationale.trim_end().rsplit(". ").next().unwrap_or_default();
    if last.is_empty() || last.contains("medically necessary") {
        return;
    }
    if widgets::link(ui, format!("End with: {sentence}")).clicked() {
        form.commands.push(Command::EndWithClosing(path.clone()));
    }
}

/// Offers the usual rationale of what goes with a surgery that was refused.
fn dependants_reason(ui: &mut Ui, form: &mut Form<'_>, path: &FieldPath) {
    let item = path.rows().first().and_then(|&id| form.letter.item(id));
    let Some(item) = item.filter(|item| item.rationale.trim().is_empty()) else { return };
    let surgery = item.depends_on.and_then(|surgery| form.letter.item(surgery));
    let is_refused =
        |surgery: &&Item| form.template.denial(&surgery.decision) == Some(Denial::Stands);
    if surgery
        .filter(is_refused)
        .is_none_or(|surgery| !phrasing::is_surgery(surgery))
    {
        return;
    }
    let id = item.id;
    if widgets::link(ui, format!("Write: {}", phrasing::DEPENDANT_RATIONALE)).clicked() {
        let written = form.letter.items.iter_mut().find(|item| item.id == id);
        written.into_iter().for_each(|item| {
            phrasing::DEPENDANT_RATIONALE.clone_into(&mut item.rationale)
        });
        form.commands.push(Command::Go(path.clone()));
    }
}

/// Openings in common use, for a summary that is still empty.
fn openings(ui: &mut Ui, form: &mut Form<'_>, path: &FieldPath) {
    if !form.letter.summary.trim().is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(
            RichText::new("Begin with")
                .font(theme::help())
                .color(palette(ui).quiet),
        );
        for opening in suggested_openings(form) {
            if widgets::link(ui, &opening).clicked() {
                form.letter.summary.clone_from(&opening);
                form.commands.push(Command::Go(path.clone()));
            }
        }
    });
}

/// What the facts already say is filled in.
fn suggested_openings(form: &Form<'_>) -> [String; 2] {
    let claimant = &form.letter.claimant;
    let age = claimant
        .age
        .understood()
        .map(|age| format!("{age}-year-old "))
        .unwrap_or_default();
    let sex = match claimant.sex.key() {
        "" => "worker".to_owned(),
        sex => sex.to_owned(),
    };
    let injury = form.letter.case.date_of_injury.understood();
    let injury = injury
        .map(|&date| format!(" on {}", crate::letter::us_date(date)))
        .unwrap_or_default();
    let who = format!("{age}{sex}");
    let article =
        if age.starts_with('8') || age.starts_with("18") || age.starts_with("11") {
            "an"
        } else {
            "a"
        };
    [
        format!(
            "The claimant is {article} {who} who sustained an industrial injury{injury}."
        ),
        format!(
            "The injured worker is {article} {who} with a date of injury{}.",
            injury.replacen(" on", " of", 1)
        ),
    ]
}
