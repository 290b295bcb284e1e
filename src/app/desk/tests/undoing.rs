//! Steps of typing: a word each, and the caret where they were.

use super::*;

/// Types letter after letter.
fn type_letters(desk: &mut Desk, words: &str) {
    for letter in words.chars() {
        desk.type_summary(&letter.to_string());
    }
}

fn put(desk: &mut Desk, words: &str) {
    desk.focus = Some(summary());
    words.clone_into(&mut desk.letter().summary);
    desk.wait(0);
}

#[test]
fn words_are_undone_one_by_one() {
    let mut desk = desk();
    type_letters(&mut desk, "One two, three");
    for expected in ["One two, ", "One ", ""] {
        desk.run(Command::Undo);
        assert_eq!(desk.read().summary, expected);
    }
    for expected in ["One ", "One two, ", "One two, three"] {
        desk.run(Command::Redo);
        assert_eq!(desk.read().summary, expected);
    }
}

#[test]
fn deleting_is_a_step_of_its_own() {
    let mut desk = desk();
    type_letters(&mut desk, "Ones");
    put(&mut desk, "One");
    put(&mut desk, "On");
    type_letters(&mut desk, "ly");
    desk.run(Command::Undo);
    assert_eq!(desk.read().summary, "On");
    desk.run(Command::Undo);
    assert_eq!(desk.read().summary, "Ones");
}

#[test]
fn undo_puts_the_caret_where_the_change_was() {
    let mut desk = desk();
    put(&mut desk, "One é three");
    desk.wait(10);
    put(&mut desk, "One é and two three");
    desk.run(Command::Undo);
    assert_eq!(desk.select.map(|range| range.start), Some("One é ".len()));
    desk.run(Command::Redo);
    assert_eq!(desk.select.map(|range| range.end), Some("One é and two".len()));
}
