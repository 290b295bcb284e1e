//! What screen readers and dictation write into boxes: a whole value, wherever the caret
//! is, and words in place of what is selected.

use rationale::letter::{Entry, Guideline, Source};

use super::*;

/// A letter whose caret is in its case number.
fn seat() -> Seat {
    let mut seat = Seat::with_sample();
    seat.focus("Case number");
    seat
}

/// Writes a whole value into a box.
#[track_caller]
fn set(seat: &mut Seat, name: &str, words: &str) {
    seat.field(name).set_text_value_accesskit(words);
    seat.steps();
}

/// A box of every kind, and what it holds.
type BoxOf = (&'static str, fn(&Letter) -> String);
const BOXES: [BoxOf; 8] = [
    ("Rationale, item 1", |letter| letter.items[0].rationale.clone()),
    ("Treatment, item 1", |letter| letter.items[0].title.request.clone()),
    ("Body part, item 1", |letter| letter.items[0].body_part.clone()),
    ("Case number", |letter| letter.case.number.clone()),
    ("Date of injury", |letter| letter.case.date_of_injury.show()),
    ("Claimant's age", |letter| letter.claimant.age.show()),
    ("Author, document 1", |letter| letter.documents[0].author.clone()),
    ("From (date), document 1", |letter| letter.documents[0].from.show()),
];

#[test]
fn a_whole_value_is_set_in_every_kind_of_box() {
    for (name, value) in BOXES {
        let mut seat = seat();
        for words in ["12", "34"] {
            set(&mut seat, name, words);
            assert_eq!(value(seat.letter()), words, "{name}");
        }
        assert!(seat.field("Case number").is_focused(), "{name}: the caret stays");
        seat.press(Modifiers::COMMAND, Key::Z);
        assert_ne!(value(seat.letter()), "34", "{name}: it can be undone");
    }
}

#[test]
fn words_are_put_where_the_caret_is_in_every_kind_of_box() {
    for (name, value) in BOXES {
        let mut seat = seat();
        seat.focus(name);
        seat.press(Modifiers::COMMAND, Key::A);
        for (words, expected) in [("12", "12"), ("3", "123")] {
            seat.field(name).replace_selected_text_accesskit(words);
            seat.steps();
            assert_eq!(value(seat.letter()), expected, "{name}");
        }
    }
}

#[test]
fn a_date_that_is_set_is_understood() {
    let mut seat = seat();
    set(&mut seat, "UR denial date", "September 1, 2013");
    assert_eq!(seat.letter().case.ur_denial_date, Entry::read("09/01/2013"));
    let shown = seat.field("UR denial date").value();
    assert_eq!(shown.as_deref(), Some("09/01/2013"));
}

#[test]
fn what_is_set_in_a_list_or_a_line_of_citations_is_added() {
    let mut seat = seat();
    set(&mut seat, "States of licensure, reviewer 1", "Guam");
    let states = &seat.letter().reviewers[0].licence_states;
    assert_eq!(states.last().map(String::as_str), Some("Guam"));
    let line = "Claims administrator guideline, item 1";
    set(&mut seat, line, "A work of 2016");
    let Guideline::Cited(works) = &seat.letter().items[0].claims_guideline else {
        panic!("the line is a list of citations");
    };
    assert_eq!(works.last(), Some(&Source::NonMtus("A work of 2016".into())));
}

#[test]
fn what_is_set_in_the_empty_line_of_a_table_is_a_row() {
    let mut seat = seat();
    let count = seat.letter().documents.len();
    let name = format!("Document, document {}", count + 1);
    set(&mut seat, &name, "Imaging report");
    assert_eq!(seat.letter().documents[count].kind, "Imaging report");
}

#[test]
fn every_box_has_a_name_and_the_marked_line_is_selected() {
    let mut seat = seat();
    for (key, name) in [
        (Key::Comma, "Settings"),
        (Key::K, "Search"),
        (Key::J, "Snippets"),
        (Key::G, "Cite a guideline"),
    ] {
        seat.focus("Rationale, item 1");
        seat.press(Modifiers::COMMAND, key);
        seat.harness.get_by_role_and_label(Role::Dialog, name);
        if name != "Settings" {
            let lines = seat.harness.query_all_by_role(Role::Button);
            let selected =
                lines.filter(|line| line.accesskit_node().is_selected() == Some(true));
            assert_eq!(selected.count(), 1, "{name}");
        }
        seat.press(Modifiers::NONE, Key::Escape);
    }
}
