//! Snippets, by the keys that insert them and fill them in.

use super::typing::burst;
use super::*;

const SNIPPETS: &str = r#"[
    (
        code: "q",
        name: "Quick",
        text: "{He} is {an age}-year-old with {what} for {how long | ten days | twelve days}.",
    ),
    (code: "plain", name: "Plain", text: "No blanks here."),
]"#;

const RATIONALE: &str = "Rationale, item 1";

/// A letter with an empty rationale, and snippets in a file.
fn with_snippets() -> Seat {
    let mut seat = Seat::with_sample();
    let file = seat.folder.path().join("data/snippets.ron");
    std::fs::write(file, SNIPPETS).unwrap();
    seat.wait_for(|desk| desk.own.snippets.rows.len() == 2);
    seat.focus(RATIONALE);
    seat.press(Modifiers::COMMAND, Key::A);
    seat.press(Modifiers::NONE, Key::Delete);
    seat
}

fn rationale(seat: &Seat) -> &str {
    &seat.letter().items[0].rationale
}

#[test]
fn a_code_and_tab_write_the_snippet_and_tab_goes_to_the_next_blank() {
    let mut seat = with_snippets();
    burst(&mut seat, "First. ;q\tknee pain\ttw\t And on.");
    let written = rationale(&seat);
    assert!(written.starts_with("First. "), "{written}");
    let expected = "-year-old with knee pain for twelve days. And on.";
    assert!(written.ends_with(expected), "{written}");
    assert!(!written.contains('{'), "{written}");
}

#[test]
fn shift_tab_goes_back_and_the_next_tab_leaves_the_field() {
    let mut seat = with_snippets();
    burst(&mut seat, ";q\tneck pain\t");
    seat.press(Modifiers::SHIFT, Key::Tab);
    burst(&mut seat, "back pain\t");
    seat.press(Modifiers::NONE, Key::ArrowDown);
    burst(&mut seat, "\t");
    let expected = "-year-old with back pain for ten days.";
    assert!(rationale(&seat).ends_with(expected), "{}", rationale(&seat));
    assert!(seat.field(RATIONALE).is_focused());
    burst(&mut seat, "\t");
    assert!(!seat.field(RATIONALE).is_focused());
}

#[test]
fn a_snippet_is_one_step_back() {
    let mut seat = with_snippets();
    burst(&mut seat, ";plain\t");
    assert_eq!(rationale(&seat), "No blanks here.");
    seat.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(rationale(&seat), ";plain");
}

#[test]
fn what_is_no_code_lets_tab_walk_on() {
    let mut seat = with_snippets();
    burst(&mut seat, "pain;nothing\t");
    assert_eq!(rationale(&seat), "pain;nothing");
    assert!(!seat.field(RATIONALE).is_focused());
}

#[test]
fn a_snippet_is_chosen_from_the_list_and_escape_ends_it() {
    let mut seat = with_snippets();
    seat.press(Modifiers::COMMAND, Key::J);
    burst(&mut seat, "quick\n");
    assert!(rationale(&seat).contains("{what}"), "{}", rationale(&seat));
    seat.press(Modifiers::NONE, Key::Escape);
    assert!(seat.field(RATIONALE).is_focused());
    burst(&mut seat, "\t");
    assert!(!seat.field(RATIONALE).is_focused());
}

#[test]
fn a_snippet_is_made_of_the_selection_in_two_keys() {
    let mut seat = with_snippets();
    burst(&mut seat, "Therapy showed measurable progress.");
    seat.press(Modifiers::COMMAND, Key::A);
    seat.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::J);
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_for(|desk| desk.own.snippets.rows.len() == 3);
    let made = &seat.desk().own.snippets.rows[2];
    assert_eq!(
        (&*made.code, &*made.text),
        ("tsmp", "Therapy showed measurable progress.")
    );
    let file = seat.folder.path().join("data/snippets.ron");
    seat.wait(Duration::from_mins(1), |_| {
        std::fs::read_to_string(&file).is_ok_and(|text| text.contains("tsmp"))
    });
}
