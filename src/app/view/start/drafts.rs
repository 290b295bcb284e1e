//! What to go on with: copies that were not saved, and the drafts known.

use egui::{Align, Id, Label, Layout, RichText, Ui};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{StartState, card, empty, letters, may_take_focus, steps_down, strong};
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::view::{dialog, text};
use crate::app::widgets::{Icon, count, heading, icon, main_button, quiet};
use crate::earlier::KnownDraft;
use crate::letter::us_date;
use crate::store::recovery::{Lock, Recovery};

/// So many items of a draft are named; the rest are counted.
const ITEMS: usize = 3;

pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    state: &mut StartState,
    commands: &mut Vec<Command>,
) {
    recoveries(ui, desk, commands);
    let is_covered = state.is_covered;
    if desk.settings.folders.is_empty() {
        heading(ui, "Continue");
        recent(ui, desk, (&mut state.filter, is_covered), commands);
    } else {
        heading(ui, "Your letters");
        letters::show(ui, desk, &mut state.letters, is_covered, commands);
        elsewhere(ui, desk, commands);
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Open a draft…").clicked() {
            commands.push(Command::Open);
        }
        if desk.settings.folders.is_empty() && ui.button("Add a folder…").clicked() {
            commands.push(Command::AddFolder);
        }
        quiet(ui, "or drop a file on this window");
    });
}

/// Recent drafts that are in none of the folders.
fn elsewhere(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let mut is_first = true;
    for draft in desk.known.iter().flatten() {
        let mut folders = desk.settings.folders.iter();
        if folders.any(|folder| draft.path.starts_with(folder)) {
            continue;
        }
        if std::mem::take(&mut is_first) {
            ui.add_space(8.0);
            quiet(ui, "Recent drafts in other folders");
        }
        if draft_card(ui, desk, draft) {
            commands.push(Command::OpenFile(draft.path.clone()));
        }
    }
}

fn recent(
    ui: &mut Ui,
    desk: &Desk,
    (filter, is_covered): (&mut String, bool),
    commands: &mut Vec<Command>,
) {
    match &desk.known {
        None => {}
        Some(known) if known.is_empty() => {
            let words = "Letters that you save appear here, with their items and the \
                days left.";
            if empty(ui, words, "Open an example").clicked() {
                commands.push(Command::OpenExample);
            }
        }
        Some(known) => list(ui, desk, known, (filter, is_covered), commands),
    }
}

fn list(
    ui: &mut Ui,
    desk: &Desk,
    known: &[KnownDraft],
    (filter, is_covered): (&mut String, bool),
    commands: &mut Vec<Command>,
) {
    let width = ui.available_width();
    let hint = "Find by case number or item";
    let search = text::sized_line(ui, Id::unique("filter"), filter, width, hint);
    dialog::name(&search, "Search drafts");
    let is_entered = dialog::is_entered(ui, &search);
    if may_take_focus(ui, is_covered) && !is_entered {
        search.request_focus();
    }
    let wanted = filter.trim().to_lowercase();
    let fitting: Vec<&KnownDraft> = known
        .iter()
        .filter(|draft| searched(draft).contains(&wanted))
        .collect();
    if fitting.is_empty() {
        quiet(ui, "No draft matches");
    }
    if steps_down(ui, &search)
        && let Some(first) = fitting.first()
    {
        ui.memory_mut(|memory| memory.request_focus(card_id(first)));
    }
    for (place, draft) in fitting.into_iter().enumerate() {
        if draft_card(ui, desk, draft) || (is_entered && place == 0) {
            commands.push(Command::OpenFile(draft.path.clone()));
        }
    }
}

/// What is searched for the words that are typed.
fn searched(draft: &KnownDraft) -> String {
    let (number, path) = (&draft.case_number, draft.path.display());
    format!("{number} {} {path}", draft.items.join(" ")).to_lowercase()
}

fn card_id(draft: &KnownDraft) -> Id {
    Id::unique(("draft", &draft.path))
}

/// A draft; whether it is pressed.
fn draft_card(ui: &mut Ui, desk: &Desk, draft: &KnownDraft) -> bool {
    let path = draft.path.display().to_string();
    if draft.is_sealed {
        // Its path, and nothing of the letter.
        let name = format!("Open the encrypted draft {path}");
        let response = card(ui, card_id(draft), &name, |ui| {
            ui.horizontal(|ui| {
                icon(ui, Icon::Lock, 14.0, palette(ui).quiet);
                ui.label(strong("Encrypted"));
            });
            quiet(ui, &path);
        });
        return response.clicked();
    }
    let number = match draft.case_number.as_str() {
        "" => "No case number",
        number => number,
    };
    let due = due(draft, desk.today());
    let spoken = match &due {
        Some((words, _)) => format!("Open {number}, {words}"),
        None => format!("Open {number}"),
    };
    let response = card(ui, card_id(draft), &spoken, |ui| {
        ui.horizontal(|ui| {
            ui.label(strong(number));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                due_words(ui, due);
            });
        });
        items(ui, draft);
        ui.add_space(2.0);
        let saved = draft.saved.map(|at| saved_when(desk, at));
        let parts = [Some(state(draft)), Some(draft.template.clone()), saved];
        let line: Vec<String> = parts.into_iter().flatten().collect();
        ui.add(
            Label::new(
                RichText::new(line.join("  ·  "))
                    .font(theme::help())
                    .color(palette(ui).quiet),
            )
            .truncate(),
        );
    });
    response.on_hover_text(path).clicked()
}

/// The items, each on a line of its own.
fn items(ui: &mut Ui, draft: &KnownDraft) {
    if draft.items.is_empty() {
        quiet(ui, "No items yet");
    }
    // One more is not worth a line that counts it.
    let shown = if draft.items.len() == ITEMS + 1 { ITEMS + 1 } else { ITEMS };
    for item in draft.items.iter().take(shown) {
        ui.add(Label::new(item).truncate());
    }
    let more = draft.items.len().saturating_sub(shown);
    if more > 0 {
        quiet(ui, format!("and {more} more"));
    }
}

fn state(draft: &KnownDraft) -> String {
    match draft.finished {
        Some(since) => format!("Final since {}", us_date(since)),
        None => {
            format!("{} of {} decided", draft.decided, count(draft.items.len(), "item"))
        }
    }
}

/// From so many days on it says more when a letter was due than how late it is.
const LONG_AGO: i32 = -31;
/// What is late by fewer is seen in red.
const LATE: i32 = LONG_AGO + 1;

/// How many days are left, in words, and how many those are; of a final letter none.
fn due(draft: &KnownDraft, today: Date) -> Option<(String, i32)> {
    if draft.finished.is_some() {
        return None;
    }
    let due = draft.due?;
    let days = today.until(due).ok()?.get_days();
    let words = match days {
        ..=LONG_AGO => format!("was due {}", us_date(due)),
        0 => "due today".to_owned(),
        1 => "due tomorrow".to_owned(),
        2.. => format!("due in {days} days"),
        -1 => "1 day overdue".to_owned(),
        _ => format!("{} days overdue", -days),
    };
    Some((words, days))
}

/// What is due soon is seen at once.
fn due_words(ui: &mut Ui, due: Option<(String, i32)>) {
    let Some((words, days)) = due else { return };
    let colors = palette(ui);
    let color = match days {
        LATE..=-1 => colors.error,
        0..=3 => colors.warning,
        _ => colors.quiet,
    };
    let words = crate::letter::grammar::sentence_case(&words);
    ui.label(RichText::new(words).font(theme::help()).color(color));
}

fn saved_when(desk: &Desk, at: Timestamp) -> String {
    let at = desk.local(at);
    let days = at.date().until(desk.today()).map_or(i32::MAX, |span| span.get_days());
    match days {
        0 => format!("Saved today at {}", at.strftime("%H:%M")),
        1 => format!("Saved yesterday at {}", at.strftime("%H:%M")),
        _ if at.year() == desk.today().year() => {
            format!("Saved {}", at.strftime("%B %-d"))
        }
        _ => format!("Saved {}", at.strftime("%B %-d, %Y")),
    }
}

fn recoveries(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    if desk.recoveries.is_empty() {
        return;
    }
    heading(ui, "Unsaved work");
    for recovery in &desk.recoveries {
        let frame = egui::Frame::new()
            .fill(palette(ui).tint)
            .corner_radius(8)
            .inner_margin(egui::Margin::symmetric(16, 12));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(Label::new(strong(title_of(recovery))).truncate());
            let when = quiet_text(ui, copied_when(desk, recovery));
            ui.add(Label::new(when).wrap());
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                if main_button(ui, "Restore").clicked() {
                    commands.push(Command::Restore(recovery.id.clone()));
                }
                let discard =
                    ui.button("Discard").on_hover_text("Deletes this recovery copy");
                if discard.clicked() {
                    commands.push(Command::DiscardCopy(recovery.id.clone()));
                }
            });
        });
    }
    ui.add_space(theme::SECTION_GAP - 8.0);
}

fn quiet_text(ui: &Ui, words: String) -> RichText {
    RichText::new(words).font(theme::help()).color(palette(ui).quiet)
}

fn title_of(recovery: &Recovery) -> String {
    if recovery.lock == Lock::Locked {
        return "An encrypted letter".to_owned();
    }
    let letter = &recovery.draft.letter;
    let name = match letter.case.number.trim() {
        "" => "A letter with no case number",
        number => number,
    };
    format!("{name}  ·  {}", count(letter.items.len(), "item"))
}

fn copied_when(desk: &Desk, recovery: &Recovery) -> String {
    let at = desk.local(recovery.saved).strftime("%B %-d, %H:%M");
    match &recovery.original {
        Some(path) => format!("Backed up {at}; changes to {}", path.display()),
        None => format!("Backed up {at}; never saved to a file"),
    }
}
