//! What can be done about a finding, as links in a line and as a menu: fix it, look at the
//! other place, override it.

use egui::{Button, Ui};

use crate::app::command::Command;
use crate::app::theme;
use crate::app::widgets::{self, link};
use crate::diagnostic::{Action, Anchor, Diagnostic, OverrideState, Severity};

/// So many fixes stand in a line; the menu has them all.
const IN_A_LINE: usize = 2;

/// Whether the person may override it.
pub(super) fn can_be_overridden(problem: &Diagnostic) -> bool {
    problem.override_state == OverrideState::Allowed
}

/// Whether anything can be done about it here.
pub(super) fn are_offered(problem: &Diagnostic) -> bool {
    !all(problem).is_empty()
}

/// Everything that can be done: what each is called, and its command.
fn all(problem: &Diagnostic) -> Vec<(String, Command)> {
    let mut all = Vec::new();
    for fix in &problem.fixes {
        all.push((fix.label.clone(), Command::ApplyFix(fix.clone())));
    }
    if problem.action == Some(Action::LearnWord) && !problem.is_overridden() {
        let learn = Command::LearnWord(Box::new(problem.clone()));
        all.push(("Add to my words".into(), learn));
    }
    if let Some(command) = problem.others.iter().find_map(go) {
        all.push(("Show the other place".into(), command));
    }
    all.extend(overriding(problem));
    all
}

/// The way to a place.
pub(super) fn go(anchor: &Anchor) -> Option<Command> {
    let Anchor::Field { path, range } = anchor else { return None };
    let path = path.clone();
    Some(match range {
        Some(words) => Command::GoToWords(path, *words),
        None => Command::Go(path),
    })
}

/// How it is overridden: an error for a reason, which is asked for; a warning at once.
fn overriding(problem: &Diagnostic) -> Vec<(String, Command)> {
    // What an import proposed is looked at, and then no proposal any more.
    if problem.action == Some(Action::AcceptProposal)
        && let Some(path) = problem.anchor.field()
    {
        return vec![("Looks right".into(), Command::AcceptProposed(path.clone()))];
    }
    let found = || Box::new(problem.clone());
    match (&problem.override_state, problem.severity) {
        (OverrideState::NotAllowed, _) => vec![],
        (OverrideState::Allowed, Severity::Error) => {
            vec![("Override…".into(), Command::AskOverrideReason(found()))]
        }
        (OverrideState::Allowed, _) => {
            vec![("Dismiss".into(), Command::OverrideFinding(found(), String::new()))]
        }
        (OverrideState::Overridden(_), Severity::Error) => {
            vec![("Restore".into(), Command::RemoveOverride(found()))]
        }
        (OverrideState::Overridden(_), _) => {
            let reason = ("Reason…".into(), Command::AskOverrideReason(found()));
            vec![reason, ("Restore".into(), Command::RemoveOverride(found()))]
        }
    }
}

/// Links for a line of the list, the last first: they are laid from the right.
pub(super) fn links_from_right(
    ui: &mut Ui,
    problem: &Diagnostic,
    commands: &mut Vec<Command>,
) {
    for (words, command) in in_a_line(problem).into_iter().rev() {
        // A link that has no room is under the field and in its menu.
        if widgets::width(ui, &words, theme::help()) > ui.available_width() {
            continue;
        }
        named_link(ui, problem, &words, command, commands);
    }
}

/// Links under a field.
pub(super) fn links(ui: &mut Ui, problem: &Diagnostic, commands: &mut Vec<Command>) {
    let all = in_a_line(problem);
    if all.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(18.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 14.0;
            for (words, command) in all {
                widgets::keep_whole(ui, widgets::width(ui, &words, theme::help()));
                named_link(ui, problem, &words, command, commands);
            }
        });
    });
}

fn in_a_line(problem: &Diagnostic) -> Vec<(String, Command)> {
    let (fixes, rest): (Vec<_>, Vec<_>) = all(problem)
        .into_iter()
        .partition(|(_, command)| matches!(command, Command::ApplyFix(_)));
    fixes.into_iter().take(IN_A_LINE).chain(rest).collect()
}

fn named_link(
    ui: &mut Ui,
    problem: &Diagnostic,
    words: &str,
    command: Command,
    commands: &mut Vec<Command>,
) {
    let response = link(ui, words);
    // Several lines have a link of these words: which one it is stands in its name.
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(format!("{words}: {}", problem.message));
    });
    if response.clicked() {
        commands.push(command);
    }
}

/// Buttons of a menu; when it has just opened, the caret goes to the first.
pub(super) fn buttons(
    ui: &mut Ui,
    problem: &Diagnostic,
    has_opened: bool,
    commands: &mut Vec<Command>,
) {
    ui.with_layout(egui::Layout::top_down_justified(egui::Align::LEFT), |ui| {
        for (place, (words, command)) in all(problem).into_iter().enumerate() {
            let response = ui.add(Button::new(words).frame_when_inactive(false).wrap());
            if place == 0 && has_opened {
                response.request_focus();
            }
            if response.clicked() {
                commands.push(command);
            }
        }
    });
}
