//! Sentences that the form offers to write: how a summary opens, how a rationale ends.

use egui::{Label, RichText, Sense, Ui};

use super::context::FormContext;
use crate::app::command::Command;
use crate::app::theme::{self, palette};
use crate::app::view::dialog;
use crate::app::widgets;
use crate::letter::grammar::article;
use crate::letter::{Denial, FieldPath, phrasing, us_date};

/// Offers the items that are still to be made from the treatments requested.
pub(super) fn of_requests(ui: &mut Ui, form: &mut FormContext<'_>) {
    let words = match undecided(form) {
        0 => return,
        1 => "Add 1 item from these requests".to_owned(),
        count => format!("Add {count} items from these requests"),
    };
    if widgets::link(ui, words).clicked() {
        form.commands.push(Command::AddRequestedItems);
    }
}

/// How many requests no item decides, as the checks last saw it: they compare every pair
/// of names, which is too much for a frame.
fn undecided(form: &FormContext<'_>) -> usize {
    let requests = &form.letter.case.treatments_requested;
    let items = &form.letter.items;
    if items.iter().all(|item| item.title.request.trim().is_empty()) {
        return requests.iter().filter(|request| !request.trim().is_empty()).count();
    }
    let place = FieldPath::new("case.treatments_requested", &[]);
    let problems = form.problems.iter();
    problems
        .filter(|found| found.code == "L052" && found.anchor.field() == Some(&place))
        .count()
        .min(requests.len())
}

/// What can be offered for the rationale of an item.
pub(super) fn of_rationale(ui: &mut Ui, form: &mut FormContext<'_>, path: &FieldPath) {
    earlier(ui, form, path);
    closing(ui, form, path);
    dependants_reason(ui, form, path);
}

/// Says how often the same was decided before, and of which letter this is a near copy.
fn earlier(ui: &mut Ui, form: &mut FormContext<'_>, path: &FieldPath) {
    let Some(known) = &form.state.earlier else { return };
    if path.rows().first() != Some(&known.item) {
        return;
    }
    let response = if known.is_warning {
        let color = palette(ui).warning;
        let words = RichText::new(&known.words).font(theme::help()).color(color);
        let response = ui.add(Label::new(words).sense(Sense::CLICK));
        dialog::name(&response, &known.words);
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    } else {
        widgets::link(ui, known.words.as_str())
    };
    if response.on_hover_text(&known.hint).clicked() {
        form.commands.push(known.command.clone());
    }
}

/// Offers the closing sentence that fits the decision, where the rationale has none.
fn closing(ui: &mut Ui, form: &mut FormContext<'_>, path: &FieldPath) {
    let Some(&id) = path.rows().first() else { return };
    let Some(item) = form.letter.item(id) else { return };
    let Some(denial) = form.template.denial(&item.decision) else { return };
    let Some(sentence) = phrasing::closing_sentence(denial) else { return };
    let last = item.rationale.trim_end().rsplit(". ").next().unwrap_or_default();
    if last.is_empty() || last.contains("medically necessary") {
        return;
    }
    let link = widgets::link(ui, "Add closing sentence");
    if link.on_hover_text(sentence).clicked() {
        form.commands.push(Command::EndWithClosing(path.clone()));
    }
}

/// Offers the usual rationale of what goes with a surgery that was refused.
fn dependants_reason(ui: &mut Ui, form: &mut FormContext<'_>, path: &FieldPath) {
    if !depends_on_refused_surgery(form, path) {
        return;
    }
    let link = widgets::link(ui, "Write the usual reason");
    if link.on_hover_text(phrasing::DEPENDANT_RATIONALE).clicked() {
        for item in &mut form.letter.items {
            if path.rows() == [item.id] {
                phrasing::DEPENDANT_RATIONALE.clone_into(&mut item.rationale);
            }
        }
        form.commands.push(Command::Go(path.clone()));
    }
}

/// Whether the item has no rationale yet and is needed only with a surgery whose denial
/// stands.
fn depends_on_refused_surgery(form: &FormContext<'_>, path: &FieldPath) -> bool {
    let Some(&id) = path.rows().first() else { return false };
    let Some(item) = form.letter.item(id) else { return false };
    let Some(surgery) = item.depends_on else { return false };
    let Some(surgery) = form.letter.item(surgery) else { return false };
    item.rationale.trim().is_empty()
        && form.template.denial(&surgery.decision) == Some(Denial::Stands)
        && phrasing::is_surgery(surgery)
}

/// Openings in common use, for a summary that is still empty.
pub(super) fn of_summary(ui: &mut Ui, form: &mut FormContext<'_>, path: &FieldPath) {
    if !form.letter.summary.trim().is_empty() {
        return;
    }
    let offered = openings(form).into_iter().zip(SHORT);
    for (opening, short) in offered.rev() {
        let link = widgets::link(ui, short);
        if link.on_hover_text(&opening).clicked() {
            form.letter.summary.clone_from(&opening);
            form.commands.push(Command::Go(path.clone()));
        }
    }
}

/// The openings as they are offered.
const SHORT: [&str; 2] = ["The claimant is\u{2026}", "The injured worker is\u{2026}"];

/// The openings, with what the facts already say filled in.
fn openings(form: &FormContext<'_>) -> [String; 2] {
    let claimant = &form.letter.claimant;
    let sex = match claimant.sex.key() {
        "" => "worker",
        sex => sex,
    };
    let who = match claimant.age.understood() {
        Some(age) => article(&format!("{age}-year-old {sex}")),
        None => article(sex),
    };
    let injury = match form.letter.case.date_of_injury.understood() {
        Some(&date) => us_date(date),
        None => String::new(),
    };
    let [on, of] = ["on", "of"].map(|word| match &*injury {
        "" => String::new(),
        date => format!(" {word} {date}"),
    });
    [
        format!("The claimant is {who} who sustained an industrial injury{on}."),
        format!("The injured worker is {who} with a date of injury{of}."),
    ]
}
