//! The person's own rows of the program's tables, and which of the program's are hidden.

use egui::{Id, Ui};

use super::rows::{self, OwnList};
use super::{column, section};
use crate::app::command::Command;
use crate::app::desk::{Desk, ListsBeingEdited};
use crate::app::view::form::chips::{self, Chips};
use crate::app::view::{dialog, text};
use crate::app::widgets::{Icon, box_radio, icon_button, quiet};
use crate::letter::{parse_date, us_date};
use crate::library::{OwnRow, OwnTable};
use crate::store::OwnFile;

/// So many of the program's own rows are shown at once.
const SHOWN: usize = 40;

/// A list that can be changed.
struct ListKind {
    label: &'static str,
    intro: &'static str,
    file: OwnFile,
    /// Which of the file's lists, where it has several.
    list: Option<&'static str>,
    /// The list of `lists.ron` that names what is hidden.
    hidden: &'static str,
    /// The one that names them in the order in which they are offered, where that counts.
    order: Option<&'static str>,
    columns: &'static [ListColumn],
}

/// A value of a row: its key and what it is called.
enum ListColumn {
    /// The row itself.
    Word(&'static str),
    Text(&'static str, &'static str),
    Year(&'static str, &'static str),
    Day(&'static str, &'static str),
    Words(&'static str, &'static str),
}

static KINDS: [ListKind; 7] = [
    ListKind {
        label: "Specialties",
        intro: "Offered for board certifications.",
        file: OwnFile::Lists,
        list: Some("specialties"),
        hidden: "hidden specialties",
        order: Some("order specialties"),
        columns: &[ListColumn::Word("Specialty")],
    },
    ListKind {
        label: "Document types",
        intro: "Offered for the documents reviewed.",
        file: OwnFile::Lists,
        list: Some("document types"),
        hidden: "hidden document types",
        order: Some("order document types"),
        columns: &[ListColumn::Word("Document type")],
    },
    ListKind {
        label: "Recipient roles",
        intro: "Offered for those who get the letter.",
        file: OwnFile::Lists,
        list: Some("recipient roles"),
        hidden: "hidden recipient roles",
        order: Some("order recipient roles"),
        columns: &[ListColumn::Word("Role")],
    },
    ListKind {
        label: "Guideline chapters",
        intro: "Offered for guideline lines, and on the board (Ctrl+G) where the decision date \
            is within their days.",
        file: OwnFile::Chapters,
        list: None,
        hidden: "hidden chapters",
        order: Some("order chapters"),
        columns: &[
            ListColumn::Text("title", "Title"),
            ListColumn::Year("year", "Year"),
            ListColumn::Day("from", "In force from"),
            ListColumn::Day("until", "In force until"),
            ListColumn::Words("sections", "Sections"),
        ],
    },
    ListKind {
        label: "Words that conclude",
        intro: "A sentence with one of these concludes that the treatment is necessary or, \
            with a word such as not, that it is not.",
        file: OwnFile::Conclusions,
        list: Some("strong"),
        hidden: "hidden conclusions",
        order: None,
        columns: &[ListColumn::Word("Words")],
    },
    ListKind {
        label: "Words that refuse",
        intro: "Words that say no by themselves, such as unnecessary. Add each to the words \
            that conclude too.",
        file: OwnFile::Conclusions,
        list: Some("refusing"),
        hidden: "hidden conclusions",
        order: None,
        columns: &[ListColumn::Word("Words")],
    },
    ListKind {
        label: "Confused words",
        intro: "A word is reported where one of these words comes before it or after it; \
            where both are given, both must.",
        file: OwnFile::Confusables,
        list: None,
        hidden: "hidden confusables",
        order: None,
        columns: &[
            ListColumn::Text("word", "Word as written"),
            ListColumn::Text("right", "Word that is meant"),
            ListColumn::Words("before", "Words before it"),
            ListColumn::Words("after", "Words after it"),
        ],
    },
];

pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    open: &mut ListsBeingEdited,
    commands: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        for (place, kind) in KINDS.iter().enumerate() {
            let id = Id::unique(("list", kind.label));
            if box_radio(ui, id, open.kind == place, kind.label).clicked() {
                *open = ListsBeingEdited { kind: place, ..ListsBeingEdited::default() };
            }
        }
    });
    let Some(kind) = KINDS.get(open.kind) else { return };
    ui.add_space(4.0);
    quiet(ui, kind.intro);
    let table = desk.own.table(kind.file);
    let own = table.rows(kind.list);
    let list = OwnList {
        file: kind.file,
        rows: &own,
        error: desk.own.error(kind.file),
        names: named,
        add: "Add an entry",
        new: &|| kind.new_row(),
    };
    let edit = |ui: &mut Ui, rows: &mut Vec<OwnRow>, place: usize, adding: &mut _| {
        editor(ui, kind, &mut rows[place], adding);
    };
    let rows = list.show(ui, desk, &mut open.rows, commands, edit);
    let Some(rows) = rows else { return };
    rows::kept_in(ui, desk, kind.file);
    if rows != own {
        let mut table = table;
        table.set_rows(kind.list, rows);
        commands.push(Command::SetOwnTable(kind.file, Box::new(table)));
    }
    built_in(ui, desk, kind, open, commands);
}

/// What a row is called, and what stands beside its name.
fn named(row: &OwnRow) -> (String, String) {
    let word = row.text(Some("word"));
    if !word.is_empty() {
        return (word, row.text(Some("right")));
    }
    match row.text(Some("title")) {
        title if title.is_empty() => (row.text(None), String::new()),
        title => (title, row.text(Some("year"))),
    }
}

/// What a row of the program is hidden by.
fn hidden_name(row: &OwnRow) -> String {
    let (name, aside) = named(row);
    let is_chapter = !row.text(Some("title")).is_empty();
    if is_chapter && !aside.is_empty() { format!("{name} {aside}") } else { name }
}

impl ListKind {
    fn new_row(&self) -> OwnRow {
        match self.columns.first() {
            Some(ListColumn::Text(key, _)) => OwnRow::named(key, "new entry"),
            _ => OwnRow::word("New entry"),
        }
    }
}

fn editor(ui: &mut Ui, kind: &ListKind, row: &mut OwnRow, adding: &mut [String; 2]) {
    let [first, second] = adding;
    let mut lines = [first, second].into_iter();
    for column in kind.columns {
        let (key, label) = match column {
            ListColumn::Word(label) => (None, *label),
            ListColumn::Text(key, label)
            | ListColumn::Year(key, label)
            | ListColumn::Day(key, label)
            | ListColumn::Words(key, label) => (Some(*key), *label),
        };
        quiet(ui, label);
        let id = Id::unique(("own row", label));
        if let ListColumn::Words(key, _) = column {
            let (Some(adding), mut words) = (lines.next(), row.words(key)) else {
                return;
            };
            let before = words.clone();
            let (list, hint): (&[String], _) = (&[], "Type, then press Enter");
            let widgets = chips::show(
                ui,
                &mut words,
                &mut Chips { id, adding, list, hint, marks: &[] },
            );
            for response in &widgets {
                dialog::name(response, label);
            }
            if words != before {
                row.set_words(key, words);
            }
        } else if let ListColumn::Day(key, _) = column {
            day(ui, id, row, key, label);
        } else {
            let mut words = row.text(key);
            let response = text::line(ui, id, &mut words);
            dialog::name(&response, label);
            match (column, key) {
                _ if !response.changed() => {}
                (ListColumn::Year(..), Some(key)) => row.set_year(key, &words),
                _ => row.set_text(key, &words),
            }
        }
        ui.add_space(4.0);
    }
}

/// A day, kept once it is one: what is typed of it stands in the line as long as somebody
/// writes there.
fn day(ui: &mut Ui, id: Id, row: &mut OwnRow, key: &str, label: &str) {
    let kept = parse_date(&row.text(Some(key))).map(us_date).unwrap_or_default();
    let typed = ui.data(|data| data.get_temp(id));
    let mut words: String = typed.unwrap_or(kept);
    let response = text::sized_line(ui, id, &mut words, ui.available_width(), "Any day");
    dialog::name(&response, label);
    let day = parse_date(&words);
    if response.changed() && (day.is_some() || words.trim().is_empty()) {
        row.set_day(key, day);
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, words));
    } else {
        ui.data_mut(|data| data.remove::<String>(id));
    }
}

/// What is done to one of the program's own rows.
enum BuiltInChange {
    /// It is hidden, or brought back.
    Turn(usize),
    /// It takes the place of another one.
    Move(usize, usize),
}

/// The program's own rows, each of which can be hidden and brought back, and put into
/// another place.
fn built_in(
    ui: &mut Ui,
    desk: &Desk,
    kind: &ListKind,
    open: &mut ListsBeingEdited,
    commands: &mut Vec<Command>,
) {
    section(ui, "Built-in");
    let width = ui.available_width();
    let id = Id::unique("built-in search");
    let search = text::sized_line(ui, id, &mut open.search, width, "Find an entry");
    dialog::name(&search, "Find a built-in entry");
    let mut lists = desk.own.table(OwnFile::Lists);
    let mut hidden = lists.rows(Some(kind.hidden));
    let names = open.built_in.get_or_insert_with(|| kind.built_in(&lists));
    let wanted = open.search.to_lowercase();
    let mut fitting: Vec<usize> = (0..names.len()).collect();
    fitting.retain(|&place| names[place].to_lowercase().contains(&wanted));
    let count = fitting.len();
    fitting.truncate(SHOWN);
    let change = built_in_rows(ui, kind, names, &fitting, &hidden);
    if fitting.is_empty() {
        quiet(ui, "No entry has this name");
    } else if count > SHOWN {
        quiet(ui, format!("{} more: type to find one", count - SHOWN));
    }
    let Some(change) = change.filter(|_| desk.own.error(OwnFile::Lists).is_none()) else {
        return;
    };
    match (change, kind.order) {
        (BuiltInChange::Turn(place), _) => {
            let row = OwnRow::word(&names[place]);
            match hidden.iter().position(|hidden| *hidden == row) {
                Some(known) => _ = hidden.remove(known),
                None => hidden.push(row),
            }
            lists.set_rows(Some(kind.hidden), hidden);
        }
        (BuiltInChange::Move(from, to), Some(order)) => {
            let name = names.remove(from);
            names.insert(to, name);
            let rows = names.iter().map(|name| OwnRow::word(name));
            lists.set_rows(Some(order), rows.collect());
        }
        (BuiltInChange::Move(..), None) => {}
    }
    commands.push(Command::SetOwnTable(OwnFile::Lists, Box::new(lists)));
}

/// Draws the rows at these places; gives what is to be done to one of them.
fn built_in_rows(
    ui: &mut Ui,
    kind: &ListKind,
    names: &[String],
    fitting: &[usize],
    hidden: &[OwnRow],
) -> Option<BuiltInChange> {
    let mut change = None;
    for (at, &place) in fitting.iter().enumerate() {
        let name = &names[place];
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let arrows = if kind.order.is_some() { 52.0 } else { 0.0 };
            column(ui, ui.available_width() - 80.0 - arrows, name);
            let above = at.checked_sub(1).and_then(|above| fitting.get(above));
            let arrows =
                [(Icon::Up, "up", above), (Icon::Down, "down", fitting.get(at + 1))];
            for (icon, verb, to) in arrows.into_iter().filter(|_| kind.order.is_some()) {
                let spoken = format!("Move {name} {verb}");
                if icon_button(ui, icon, &spoken, to.is_some()).clicked() {
                    change = to.map(|&to| BuiltInChange::Move(place, to));
                }
            }
            ui.add_space(8.0);
            let is_hidden = hidden.contains(&OwnRow::word(name));
            let words = if is_hidden { "Show" } else { "Hide" };
            let button = ui.small_button(words);
            dialog::name(&button, &format!("{words} {name}"));
            if button.clicked() {
                change = Some(BuiltInChange::Turn(place));
            }
        });
    }
    change
}

impl ListKind {
    /// The names of the program's own rows, in the order that the person gave them.
    fn built_in(&self, lists: &OwnTable) -> Vec<String> {
        let table = OwnTable::bundled(self.file.name());
        let mut names: Vec<String> =
            table.rows(self.list).iter().map(hidden_name).collect();
        names.dedup();
        if let Some(order) = self.order {
            let order = lists.rows(Some(order));
            names.sort_by_cached_key(|name| {
                let row = OwnRow::word(name);
                order.iter().position(|known| *known == row).unwrap_or(order.len())
            });
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_program_can_be_shown_and_hidden_by_its_names() {
        for kind in &KINDS {
            let names = kind.built_in(&OwnTable::default());
            assert!(names.len() > 3, "{}", kind.label);
            assert!(names.iter().all(|name| !name.is_empty()), "{}", kind.label);
        }
        let library = crate::library::Library::bundled().unwrap();
        let chapters = KINDS.iter().find(|kind| kind.file == OwnFile::Chapters).unwrap();
        let names: Vec<String> =
            library.chapters().iter().map(crate::library::Chapter::name).collect();
        assert_eq!(chapters.built_in(&OwnTable::default()), names);
    }
}
