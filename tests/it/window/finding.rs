//! Words that are found and replaced, by the keyboard.

use super::typing::burst;
use super::*;
use eframe::egui::Color32;

const RATIONALE: &str = "Rationale, item 1";

/// What is selected in the field that has the caret.
fn selected(seat: &Seat) -> String {
    let desk = seat.desk();
    let (path, text) = desk.text_at_caret().expect("the caret is in a text");
    let id = eframe::egui::Id::unique(("field", path));
    let state = eframe::egui::text_edit::TextEditState::load(&seat.harness.ctx, id);
    let range = state.unwrap().cursor.char_range().unwrap().as_sorted_char_range();
    let (start, end) = (range.start.0, range.end.0);
    text.chars().skip(start).take(end - start).collect()
}

/// A letter with known words.
fn with_words() -> Seat {
    let mut seat = Seat::with_sample();
    for (field, words) in [
        ("Clinical case summary", "One hip. Two hips."),
        (RATIONALE, "A hip, and a chip."),
    ] {
        seat.focus(field);
        seat.press(Modifiers::COMMAND, Key::A);
        burst(&mut seat, words);
    }
    seat.focus("Case number");
    seat
}

#[test]
fn enter_goes_from_place_to_place_and_escape_to_the_words() {
    let mut seat = with_words();
    seat.press(Modifiers::COMMAND, Key::F);
    burst(&mut seat, "hip\n");
    assert!(seat.field("Find").is_focused());
    assert_eq!(seat.desk().focus.as_ref().unwrap().pattern(), "summary");
    burst(&mut seat, "\n\n");
    assert_eq!(seat.desk().focus.as_ref().unwrap().pattern(), "items[].rationale");
    seat.press(Modifiers::NONE, Key::Escape);
    assert!(seat.field(RATIONALE).is_focused());
    assert_eq!(selected(&seat), "hip");
    seat.press(Modifiers::SHIFT, Key::F3);
    assert_eq!(seat.desk().focus.as_ref().unwrap().pattern(), "summary");
    seat.press(Modifiers::NONE, Key::F3);
    assert!(seat.field(RATIONALE).is_focused());
}

#[test]
fn words_typed_after_enter_stay_in_the_bar() {
    let mut seat = with_words();
    let before = seat.letter().clone();
    seat.press(Modifiers::COMMAND, Key::F);
    burst(&mut seat, "hi\np\n s");
    assert_eq!(*seat.letter(), before);
    assert!(seat.field("Find").is_focused());
}

#[test]
fn everything_is_replaced_in_one_step() {
    let mut seat = with_words();
    let before = seat.letter().clone();
    seat.press(Modifiers::COMMAND, Key::H);
    burst(&mut seat, "hip");
    seat.field("Replace with").focus();
    seat.steps();
    burst(&mut seat, "knee");
    seat.click("Replace all (4)");
    let letter = seat.letter();
    let written = (&*letter.summary, &*letter.items[0].rationale);
    assert_eq!(written, ("One knee. Two knees.", "A knee, and a cknee."));
    seat.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(*seat.letter(), before);
}

#[test]
fn one_place_is_replaced_by_enter_and_the_next_is_gone_to() {
    let mut seat = with_words();
    seat.press(Modifiers::COMMAND, Key::H);
    burst(&mut seat, "hip\n");
    seat.field("Replace with").focus();
    seat.steps();
    burst(&mut seat, "hip joint\n\n");
    assert_eq!(seat.letter().summary, "One hip joint. Two hip joints.");
    assert_eq!(seat.letter().items[0].rationale, "A hip, and a chip.");
    assert!(seat.field("Replace with").is_focused());
}

#[test]
fn what_is_selected_is_looked_for() {
    let mut seat = with_words();
    seat.focus("Clinical case summary");
    seat.press(Modifiers::COMMAND, Key::A);
    burst(&mut seat, "hips");
    seat.press(Modifiers::COMMAND, Key::A);
    seat.press(Modifiers::COMMAND, Key::F);
    assert_eq!(seat.field("Find").accesskit_node().value().as_deref(), Some("hips"));
}

#[test]
fn what_is_found_is_marked_in_dates_and_lists_too() {
    let mut seat = with_words();
    seat.focus("Body part, item 1");
    seat.press(Modifiers::COMMAND, Key::A);
    burst(&mut seat, "Knee");
    seat.press(Modifiers::NONE, Key::Escape);
    for (field, looked_for, value) in
        [("UR denial date", "2013", "09/16/2013"), ("Body part, item 1", "nee", "Knee")]
    {
        seat.focus(field);
        seat.press(Modifiers::COMMAND, Key::F);
        seat.press(Modifiers::COMMAND, Key::A);
        burst(&mut seat, looked_for);
        let marked = seat.painted().into_iter().any(|words| {
            let mut sections = words.job.sections.iter();
            words.text() == value
                && sections.any(|section| {
                    section.format.background != Color32::TRANSPARENT
                        && value[section.byte_range.start.0..section.byte_range.end.0]
                            == *looked_for
                })
        });
        assert!(marked, "{value}");
    }
}
