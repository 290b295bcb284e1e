//! Where the letter prints the words that somebody looks for.

use super::sheets::Sheets;
use crate::app::printed::PrintedField;
use crate::units::Rect;

/// A piece of a line.
pub(super) struct FoundArea {
    pub page: usize,
    pub bounds: Rect,
    pub is_current: bool,
}

/// Every place, as far as the letter prints its field as it is written.
pub(super) fn areas(sheets: &Sheets<'_>) -> Vec<FoundArea> {
    let mut areas = Vec::new();
    let found = sheets.found.found;
    let mut place = 0;
    for of_field in found.chunk_by(|one, next| one.path == next.path) {
        let path = &of_field[0].path;
        let text = sheets.text_of(path);
        let printed = PrintedField::find(sheets.pages(), path, &text);
        for one in of_field {
            let is_current = place == sheets.found.current;
            place += 1;
            // The letter may be a moment behind the form.
            if text.get(one.range.start..one.range.end)
                != one.text.get(one.range.start..one.range.end)
            {
                continue;
            }
            for line in printed.lines() {
                if let Some(bounds) = line.part(one.range, &text) {
                    areas.push(FoundArea { page: line.page, bounds, is_current });
                }
            }
        }
    }
    areas
}
