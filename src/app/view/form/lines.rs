//! Lines pasted into a table: each fills a row. Cells are parted by tabs, as spreadsheets
//! and word processors copy them; a line of a record list is taken apart by its dates.

use egui::{Event, Ui};

use super::context::FormContext;
use super::date::ReadNearby;
use crate::letter::fields::{Field, Kind, Slot};
use crate::letter::{FieldPath, Group, Id, NearbyDates, parse_date};
use jiff::civil::Date;

/// Takes several pasted lines away from the cell with the caret, and fills rows from it
/// on.
pub(super) fn take_paste(
    ui: &Ui,
    form: &mut FormContext<'_>,
    group: Group,
    fields: &[&Field],
) {
    let Some(path) = form.focus.clone() else { return };
    let rows = form.letter.row_ids(group);
    let place = path
        .rows()
        .first()
        .and_then(|id| rows.iter().position(|row| row == id));
    let column = fields.iter().position(|field| field.pattern == path.pattern());
    let (Some(place), Some(column)) = (place, column) else { return };
    if fields[column].kind == Kind::Prose {
        return;
    }
    let Some(text) = pasted_lines(ui) else { return };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    for (number, line) in lines.enumerate() {
        let known = form.letter.row_ids(group);
        let id = match known.get(place + number) {
            Some(&id) => id,
            None => form.letter.add_row(group, None),
        };
        fill(form, &fields[column..], id, &cells(group, column, line, &form.nearby));
    }
}

/// What this frame pastes, if it is more than one line or cell; nothing else sees it then.
fn pasted_lines(ui: &Ui) -> Option<String> {
    ui.input_mut(|input| {
        let is_several = |event: &mut Event| match event {
            Event::Paste(text) => text.trim_end().contains(['\n', '\t']),
            _ => false,
        };
        let mut taken = input.events.extract_if(.., is_several);
        match taken.next() {
            Some(Event::Paste(text)) => Some(text),
            _ => None,
        }
    })
}

fn cells(group: Group, column: usize, line: &str, nearby: &NearbyDates) -> Vec<String> {
    if line.contains('\t') || group != Group::Documents || column > 0 {
        return line.split('\t').map(|cell| cell.trim().to_owned()).collect();
    }
    document(line, nearby)
}

fn fill(form: &mut FormContext<'_>, fields: &[&Field], id: Id, cells: &[String]) {
    for (field, cell) in fields.iter().zip(cells) {
        let path = FieldPath::new(&field.pattern, &[id]);
        match field.slot(form.letter, &path) {
            Some(Slot::Date(entry)) => {
                entry.put(Date::read_nearby(cell, Some(&form.nearby)));
            }
            Some(slot) => slot.write(cell),
            None => {}
        }
    }
}

/// A document as lists of records name it: `Progress report, Alan Grant, MD, 1/1/14-3/3/15`
/// is its kind, its author, and its days.
fn document(line: &str, nearby: &NearbyDates) -> Vec<String> {
    const AROUND: [char; 9] = [' ', ',', ';', ':', '(', ')', '-', '\u{2013}', '\u{2022}'];
    let line = line.trim_matches([' ', '\u{2022}', '*', '-']);
    let (mut words, mut from, mut to) = (line, String::new(), String::new());
    let starts = line.match_indices([' ', '(']).map(|(place, _)| place + 1);
    for start in std::iter::once(0).chain(starts) {
        let end = line[start..].trim_matches(AROUND);
        let (first, last) = match (nearby.read_range(end), parse_date(end)) {
            (Some((first, last)), _) => (first, Some(last)),
            (None, Some(date)) => (date, None),
            (None, None) => continue,
        };
        words = line[..start].trim_end_matches(AROUND);
        for small in [" dated", " from", " of"] {
            words = words.strip_suffix(small).unwrap_or(words);
        }
        from = crate::letter::us_date(first);
        to = last.map(crate::letter::us_date).unwrap_or_default();
        break;
    }
    let (kind, author) = words.split_once(", ").unwrap_or((words, ""));
    [kind, author]
        .map(str::trim)
        .map(String::from)
        .into_iter()
        .chain([from, to])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_record_list_is_a_document() {
        let today = parse_date("3/1/2017").expect("it is a date");
        let nearby = NearbyDates { today, known: Vec::new() };
        for (line, expected) in [
            (
                "Progress report (PR-2), Alan Grant, MD, 05/02/15",
                ["Progress report (PR-2)", "Alan Grant, MD", "05/02/2015", ""],
            ),
            (
                "• Physical therapy notes 1/1/14-3/3/15",
                ["Physical therapy notes", "", "01/01/2014", "03/03/2015"],
            ),
            (
                "Imaging report dated March 3, 2015",
                ["Imaging report", "", "03/03/2015", ""],
            ),
            ("Medical records", ["Medical records", "", "", ""]),
        ] {
            assert_eq!(document(line, &nearby), expected, "{line}");
        }
    }
}
