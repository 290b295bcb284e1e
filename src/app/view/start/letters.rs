//! The letters of the folders that the settings name, as a list that can be sorted,
//! narrowed and searched. Only the rows in view are drawn.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cmp::Ordering;

use egui::{
    Align, Color32, Id, Key, Label, Layout, Rect, RichText, Role, ScrollArea, Sense, Ui,
    UiBuilder, WidgetInfo, vec2,
};
use jiff::Timestamp;
use jiff::civil::Date;

use super::may_take_focus;
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::view::{dialog, text};
use crate::app::widgets::{self, quiet};
use crate::earlier::{KnownDraft, draft_number};
use crate::letter::business_days::business_days;
use crate::letter::{Denial, us_date};

const ROW: f32 = 50.0;
/// The list is at least so high: five letters.
const LOWEST: f32 = 5.0 * ROW;
/// What stands above and below the list on the page.
const AROUND: f32 = 350.0;

/// What letters are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Column {
    Case,
    State,
    /// What is due first comes first.
    #[default]
    Due,
    Outcome,
    Saved,
}

impl Column {
    /// Each with its share of the width.
    const ALL: [(Self, f32); 5] = [
        (Self::Case, 0.32),
        (Self::State, 0.19),
        (Self::Due, 0.19),
        (Self::Outcome, 0.14),
        (Self::Saved, 0.16),
    ];

    fn label(self) -> &'static str {
        match self {
            Self::Case => "Case",
            Self::State => "State",
            Self::Due => "Due",
            Self::Outcome => "Outcome",
            Self::Saved => "Saved",
        }
    }
}

/// Which letters are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    All,
    Open,
    Overdue,
    DueSoon,
    Final,
}

impl Shown {
    const ALL: [Self; 5] =
        [Self::All, Self::Open, Self::Overdue, Self::DueSoon, Self::Final];

    fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Open => "Open",
            Self::Overdue => "Overdue",
            Self::DueSoon => "Due in 7 days",
            Self::Final => "Final",
        }
    }

    fn has(self, draft: &KnownDraft, today: Date) -> bool {
        let is_open = draft.finished.is_none() && !draft.is_letter;
        let days = draft.due.filter(|_| is_open).and_then(|due| days_until(today, due));
        match self {
            Self::All => true,
            Self::Open => is_open,
            Self::Overdue => days.is_some_and(|days| days < 0),
            Self::DueSoon => days.is_some_and(|days| (0..=7).contains(&days)),
            Self::Final => !is_open,
        }
    }
}

fn days_until(today: Date, due: Date) -> Option<i32> {
    Some(today.until(due).ok()?.get_days())
}

/// What is remembered of the list between frames.
#[derive(Default)]
pub(super) struct LetterList {
    words: String,
    sorted_by: Column,
    is_turned: bool,
    shown: Shown,
    /// The letter that Enter opens, counted in what is shown.
    chosen: usize,
    /// The places of the letters that are shown, and what they were worked out for.
    found: Vec<usize>,
    known_for: Option<ListedFor>,
    /// What each letter is searched for, in small letters, and its number in the index.
    texts: Vec<(String, u64)>,
    /// For which the index was asked.
    asked: String,
    is_scrolled: bool,
}

/// The list is worked out again when one of these is another.
#[derive(PartialEq)]
struct ListedFor {
    words: String,
    sorted_by: Column,
    is_turned: bool,
    shown: Shown,
    today: Date,
    /// How often the folders were read.
    revision: u64,
    /// How many letters the index found.
    by_index: usize,
}

/// Draws the list.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    list: &mut LetterList,
    is_covered: bool,
    commands: &mut Vec<Command>,
) {
    let letters = desk.earlier.listed.as_deref().unwrap_or_default();
    search(ui, desk, letters, list, is_covered, commands);
    if desk.earlier.listed.is_none() {
        quiet(ui, being_read(desk));
        return;
    }
    filters(ui, list);
    list.work_out(desk, letters);
    heads(ui, list);
    if list.found.is_empty() {
        quiet(ui, "No letter matches");
        return;
    }
    rows(ui, desk, letters, list, commands);
    let all = widgets::count(letters.len(), "letter");
    if list.found.len() < letters.len() {
        quiet(ui, format!("{} of {all}", list.found.len()));
    } else {
        quiet(ui, all);
    }
}

/// How far reading the folders is, while nothing can be listed yet.
fn being_read(desk: &Desk) -> String {
    match desk.earlier.progress {
        Some(progress) => {
            format!("Reading your letters: {} of {}", progress.done, progress.total)
        }
        None => "Reading your letters…".to_owned(),
    }
}

/// The line of words: arrows choose a letter and Enter opens it.
fn search(
    ui: &mut Ui,
    desk: &Desk,
    letters: &[KnownDraft],
    list: &mut LetterList,
    is_covered: bool,
    commands: &mut Vec<Command>,
) {
    let hint = "Find by case, item, decision, state or any words";
    let id = Id::unique("filter");
    if ui.memory(|memory| memory.has_focus(id)) {
        steps(ui, list);
    }
    let width = ui.available_width();
    let response = text::sized_line(ui, id, &mut list.words, width, hint);
    dialog::name(&response, "Search drafts");
    let is_entered = dialog::is_entered(ui, &response);
    if may_take_focus(ui, is_covered) && !is_entered {
        response.request_focus();
    }
    if response.changed() {
        (list.chosen, list.is_scrolled) = (0, true);
    }
    let words = list.words.trim();
    if words != list.asked {
        words.clone_into(&mut list.asked);
        commands.push(Command::FindLetters(words.to_owned()));
    }
    if is_entered {
        list.work_out(desk, letters);
        if let Some(letter) = list.found.get(list.chosen) {
            commands.push(Command::OpenFile(letters[*letter].path.clone()));
        }
    }
}

fn steps(ui: &Ui, list: &mut LetterList) {
    let end = list.found.len().saturating_sub(1);
    for (key, step) in
        [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 8), (Key::PageUp, -8)]
    {
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key)) {
            list.chosen = list.chosen.saturating_add_signed(step).min(end);
            list.is_scrolled = true;
        }
    }
}

fn filters(ui: &mut Ui, list: &mut LetterList) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for shown in Shown::ALL {
            if widgets::view_button(ui, list.shown == shown, shown.label()).clicked() {
                (list.shown, list.chosen, list.is_scrolled) = (shown, 0, true);
            }
        }
    });
}

/// The heads of the columns; a press sorts by one, another turns the order around.
fn heads(ui: &mut Ui, list: &mut LetterList) {
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    for (column, cell) in cells(rect) {
        let is_sorted = list.sorted_by == column;
        let id = Id::unique(("sort by", column.label()));
        let response = ui.interact(cell, id, Sense::CLICK);
        let order = match (is_sorted, list.is_turned) {
            (false, _) => "",
            (true, false) => " ↓",
            (true, true) => " ↑",
        };
        let name = format!("Sort by {}", column.label().to_lowercase());
        response
            .widget_info(|| WidgetInfo::selected(Role::Button, true, is_sorted, &name));
        let colors = palette(ui);
        let color = if response.hovered() { colors.accent } else { colors.quiet };
        let words = format!("{}{order}", column.label());
        let at = cell.left_center() + vec2(10.0, 0.0);
        let align = egui::Align2::LEFT_CENTER;
        ui.painter().text(at, align, words, theme::help(), color);
        if response.on_hover_text(name).clicked() {
            list.is_turned = is_sorted && !list.is_turned;
            (list.sorted_by, list.is_scrolled) = (column, true);
        }
    }
}

fn cells(rect: Rect) -> impl Iterator<Item = (Column, Rect)> {
    let mut left = rect.left();
    Column::ALL.into_iter().map(move |(column, share)| {
        let width = share * rect.width();
        let cell =
            Rect::from_min_size(egui::pos2(left, rect.top()), vec2(width, rect.height()));
        left += width;
        (column, cell)
    })
}

fn rows(
    ui: &mut Ui,
    desk: &Desk,
    letters: &[KnownDraft],
    list: &mut LetterList,
    commands: &mut Vec<Command>,
) {
    let room = ui.ctx().content_rect().height() - AROUND;
    let height = room.max(LOWEST).min(list.found.len() as f32 * ROW);
    let mut area = ScrollArea::vertical().id_salt("letters");
    area = area.max_height(height).min_scrolled_height(height);
    if std::mem::take(&mut list.is_scrolled) {
        let top = (list.chosen as f32 * ROW - height / 2.0 + ROW / 2.0).max(0.0);
        area = area.vertical_scroll_offset(top);
    }
    let spacing = std::mem::take(&mut ui.spacing_mut().item_spacing.y);
    area.auto_shrink([false, true])
        .show_rows(ui, ROW, list.found.len(), |ui, seen| {
            for place in seen {
                let letter = &letters[list.found[place]];
                if row(ui, desk, letter, place == list.chosen) {
                    commands.push(Command::OpenFile(letter.path.clone()));
                }
            }
        });
    ui.spacing_mut().item_spacing.y = spacing;
}

/// A letter; whether it is pressed.
fn row(ui: &mut Ui, desk: &Desk, letter: &KnownDraft, is_chosen: bool) -> bool {
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let id = Id::unique(("letter", &letter.path));
    let response = ui.interact(rect, id, Sense::CLICK);
    let today = desk.today();
    let mut spoken = vec![format!("Open {}", name_of(letter)), state_of(letter)];
    spoken.extend(
        due_words(letter, today).map(|(line, more, _)| format!("due {line}, {more}")),
    );
    let spoken = spoken.join(", ");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &spoken));
    widgets::row_ground(ui, &response, is_chosen);
    for (column, cell) in cells(rect) {
        let (first, second, color) = match column {
            Column::Case if letter.unread.is_empty() => {
                (name_of(letter).into_owned(), letter.items.join(" · "), None)
            }
            Column::Case => (name_of(letter).into_owned(), letter.unread.clone(), None),
            Column::State => (state_of(letter), letter.template.clone(), None),
            Column::Due => match due_words(letter, today) {
                Some((line, more, tone)) => (line, more, tone.map(|tone| tone.color(ui))),
                None => Default::default(),
            },
            Column::Outcome => (outcome(letter).to_owned(), String::new(), None),
            Column::Saved => {
                let (day, time) =
                    letter.saved.map(|at| saved(desk, at)).unwrap_or_default();
                (day, time, None)
            }
        };
        two_lines(ui, cell, &first, &second, color);
    }
    let response = response.on_hover_text(letter.path.display().to_string());
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

fn two_lines(ui: &mut Ui, cell: Rect, first: &str, second: &str, color: Option<Color32>) {
    let colors = palette(ui);
    let room = cell.shrink2(vec2(10.0, 5.0));
    let layout = Layout::top_down(Align::LEFT);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(room).layout(layout));
    inner.spacing_mut().item_spacing.y = 1.0;
    let line = |words: &str, font, color| {
        let words = RichText::new(words).font(font).color(color);
        Label::new(words).truncate().selectable(false)
    };
    inner.add(line(first, theme::body(), color.unwrap_or(colors.text)));
    if !second.is_empty() {
        inner.add(line(second, theme::help(), color.unwrap_or(colors.quiet)));
    }
}

/// The day and the time of a save.
fn saved(desk: &Desk, at: Timestamp) -> (String, String) {
    let at = desk.local(at);
    let day = match days_until(at.date(), desk.today()) {
        Some(0) => "Today".to_owned(),
        Some(1) => "Yesterday".to_owned(),
        _ => us_date(at.date()),
    };
    (day, at.strftime("%H:%M").to_string())
}

/// The case's number, or of an encrypted draft the file's name.
fn name_of(letter: &KnownDraft) -> Cow<'_, str> {
    match letter.case_number.as_str() {
        "" if letter.is_sealed || !letter.unread.is_empty() => {
            letter.path.file_name().unwrap_or_default().to_string_lossy()
        }
        "" => "No case number".into(),
        number => number.into(),
    }
}

fn state_of(letter: &KnownDraft) -> String {
    match letter.finished {
        _ if letter.is_sealed => "Encrypted".to_owned(),
        _ if !letter.unread.is_empty() => "Not read".to_owned(),
        None if letter.is_letter => "Finished letter".to_owned(),
        Some(since) => format!("Final {}", us_date(since)),
        None => format!("{} of {} decided", letter.decided, letter.items.len()),
    }
}

fn outcome(letter: &KnownDraft) -> &'static str {
    match letter.outcome {
        Some(Denial::Stands) => "Upheld",
        Some(Denial::Falls) => "Overturned",
        Some(Denial::Partly) => "In part",
        None => "",
    }
}

/// How urgent a due date is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Urgency {
    Late,
    Soon,
}

impl Urgency {
    fn color(self, ui: &Ui) -> Color32 {
        match self {
            Self::Late => palette(ui).error,
            Self::Soon => palette(ui).warning,
        }
    }
}

/// From so many business days on a due date is seen at once.
const SOON: i32 = 3;

/// From so many days on nobody counts business days.
const FAR: i32 = 100;

/// The last day to decide, how many business days are left, and whether that is urgent;
/// none where no clock runs.
fn due_words(
    letter: &KnownDraft,
    today: Date,
) -> Option<(String, String, Option<Urgency>)> {
    let due = letter.due?;
    if letter.finished.is_some() {
        return None;
    }
    let days = days_until(today, due)?;
    let (words, urgency) = match days {
        FAR.. => (widgets::count(days as usize, "day"), None),
        ..0 => (
            format!("{} overdue", widgets::count(-days as usize, "day")),
            Some(Urgency::Late),
        ),
        0 => ("today".to_owned(), Some(Urgency::Soon)),
        _ => {
            let business = business_days(today, due);
            let urgency = if business <= SOON { Some(Urgency::Soon) } else { None };
            (widgets::count(business as usize, "business day"), urgency)
        }
    };
    Some((us_date(due), words, urgency))
}

impl LetterList {
    /// Works out which letters are shown, in which order, if anything is another.
    fn work_out(&mut self, desk: &Desk, letters: &[KnownDraft]) {
        let words = self.words.trim().to_lowercase();
        let by_index = match &desk.earlier.with_words {
            Some((found_for, numbers)) if *found_for == self.asked => Some(numbers),
            _ => None,
        };
        let known_for = ListedFor {
            words,
            sorted_by: self.sorted_by,
            is_turned: self.is_turned,
            shown: self.shown,
            today: desk.today(),
            revision: desk.earlier.revision,
            by_index: by_index.map_or(0, |numbers| numbers.len() + 1),
        };
        if self.known_for.as_ref() == Some(&known_for) {
            return;
        }
        let before = self.known_for.as_ref().map(|before| before.revision);
        if before != Some(known_for.revision) {
            let text = |letter| searched(letter, known_for.today);
            let texts = letters
                .iter()
                .map(|letter| (text(letter), draft_number(&letter.path)));
            self.texts = texts.collect();
        }
        let wanted: Vec<&str> = known_for.words.split_whitespace().collect();
        let mut found = Vec::new();
        for (place, letter) in letters.iter().enumerate() {
            let (text, number) = &self.texts[place];
            let is_meant = wanted.iter().all(|word| text.contains(word))
                || by_index.is_some_and(|numbers| numbers.contains(number));
            if is_meant && self.shown.has(letter, known_for.today) {
                found.push(place);
            }
        }
        found.sort_by(|one, other| {
            let order = order(self.sorted_by, &letters[*one], &letters[*other]);
            if self.is_turned { order.reverse() } else { order }
        });
        self.chosen = self.chosen.min(found.len().saturating_sub(1));
        (self.found, self.known_for) = (found, Some(known_for));
    }
}

/// What the words are looked for in besides the letter's own.
fn searched(letter: &KnownDraft, today: Date) -> String {
    let due = due_words(letter, today).map(|(day, words, _)| format!("{day} {words}"));
    let parts = [
        letter.case_number.clone(),
        letter.items.join(" "),
        state_of(letter),
        outcome(letter).to_owned(),
        letter.template.clone(),
        due.unwrap_or_default(),
        letter.path.display().to_string(),
    ];
    parts.join(" ").to_lowercase()
}

fn order(by: Column, one: &KnownDraft, other: &KnownDraft) -> Ordering {
    let order = match by {
        Column::Case => name_of(one).cmp(&name_of(other)),
        Column::State => progress(one).cmp(&progress(other)),
        Column::Due => due_key(one).cmp(&due_key(other)),
        Column::Outcome => outcome(one).cmp(outcome(other)),
        // The latest first.
        Column::Saved => other.saved.cmp(&one.saved),
    };
    order.then_with(|| other.saved.cmp(&one.saved))
}

/// What is open comes before what is final, and the less is decided the sooner.
fn progress(letter: &KnownDraft) -> (bool, usize) {
    let left = letter.items.len().saturating_sub(letter.decided);
    (letter.finished.is_some(), usize::MAX - left)
}

/// What is due first comes first; what is not due at all comes last.
fn due_key(letter: &KnownDraft) -> (bool, Option<Date>) {
    let due = letter.due.filter(|_| letter.finished.is_none());
    (due.is_none(), due)
}
