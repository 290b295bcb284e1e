//! What every text can do, and what is said aloud of the window.

use egui_kittest::kittest::By;

use super::*;

/// Right-clicks a field.
fn right_click(seat: &mut Seat, field: &str) {
    seat.field(field).click_secondary();
    seat.steps();
}

#[test]
fn a_right_click_keeps_what_is_selected_and_cuts_it() {
    let mut seat = Seat::with_sample();
    seat.focus("Case number");
    seat.press(Modifiers::COMMAND, Key::A);
    right_click(&mut seat, "Case number");
    seat.click("Cut");
    // What was asked for waits until the focus is there.
    seat.steps();
    assert_eq!(seat.letter().case.number, "");
    seat.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(seat.letter().case.number, "CM13-0012345");
}

#[test]
fn a_text_is_selected_whole_by_its_menu_and_by_the_palette() {
    let mut seat = Seat::with_sample();
    for is_menu in [true, false] {
        seat.focus("Rationale, item 1");
        if is_menu {
            right_click(&mut seat, "Rationale, item 1");
            seat.click("Select all");
            seat.steps();
        } else {
            seat.press(Modifiers::COMMAND, Key::K);
            seat.harness.input_mut().events.push(Event::Text("select all".into()));
            seat.steps();
            seat.press(Modifiers::NONE, Key::Enter);
            seat.steps();
        }
        seat.harness.input_mut().events.push(Event::Text("Instead.".into()));
        seat.steps();
        assert_eq!(seat.letter().items[0].rationale, "Instead.", "{is_menu}");
        seat.press(Modifiers::COMMAND, Key::Z);
    }
}

#[test]
fn a_screen_reader_writes_into_every_text() {
    use eframe::egui::accesskit::{Action, ActionData, ActionRequest};
    let mut seat = Seat::with_sample();
    for (name, action, expected) in [
        ("Case number", Action::SetValue, "Spoken"),
        ("Clinical case summary", Action::SetValue, "Spoken"),
        ("Rationale, item 1", Action::SetValue, "Spoken"),
        ("Rationale, item 1", Action::ReplaceSelectedText, "SpokenSpoken"),
    ] {
        if action == Action::ReplaceSelectedText {
            seat.focus(name);
        }
        let (target_node, target_tree) = seat.field(name).accesskit_node().locate();
        let data = Some(ActionData::Value("Spoken".into()));
        let request = ActionRequest { action, target_tree, target_node, data };
        seat.harness
            .input_mut()
            .events
            .push(Event::AccessKitActionRequest(request));
        seat.steps();
        let value = seat.field(name).accesskit_node().value();
        assert_eq!(value.as_deref(), Some(expected), "{name}");
    }
    seat.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(seat.letter().items[0].rationale, "Spoken");
}

#[test]
fn pasted_lines_of_a_page_are_joined_and_quotes_are_set_if_wanted() {
    let mut seat = Seat::with_sample();
    seat.focus("Rationale, item 1");
    seat.press(Modifiers::COMMAND, Key::A);
    let pasted = "The records show that the claimant has been treated with\r\n\
                  medi\u{ad}cation.";
    seat.harness.input_mut().events.push(Event::Paste(pasted.into()));
    seat.steps();
    let joined = "The records show that the claimant has been treated with medication.";
    assert_eq!(seat.letter().items[0].rationale, joined);
    let quoted = [" ", "\"", "o", "k", "\"", "-", "-"];
    for is_wanted in [false, true] {
        if is_wanted {
            seat.press(Modifiers::COMMAND, Key::K);
            seat.harness
                .input_mut()
                .events
                .push(Event::Text("curly quotes".into()));
            seat.steps();
            seat.press(Modifiers::NONE, Key::Enter);
            seat.steps();
        }
        seat.press(Modifiers::COMMAND, Key::A);
        let events = quoted.map(|letter| Event::Text(letter.into()));
        seat.harness.input_mut().events.extend(events);
        seat.steps();
        let expected =
            if is_wanted { " \u{201c}ok\u{201d}\u{2014}" } else { " \"ok\"--" };
        assert_eq!(seat.letter().items[0].rationale, expected);
    }
}

#[test]
fn a_box_that_closes_has_moved_the_focus_before_the_next_key() {
    let mut seat = Seat::with_sample();
    let press = |key, modifiers| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    seat.focus("Rationale, item 1");
    seat.harness.input_mut().events.extend([
        press(Key::K, Modifiers::COMMAND),
        Event::Text("claimant's age".into()),
        press(Key::Enter, Modifiers::NONE),
        press(Key::A, Modifiers::COMMAND),
        Event::Text("47".into()),
    ]);
    seat.harness.run_steps(20);
    assert_eq!(seat.letter().claimant.age.show(), "47");
}

/// What is said aloud by a node that changes.
fn said(seat: &Seat) -> Vec<String> {
    let nodes = seat.harness.query_all(
        By::new().predicate(|node| node.live() == eframe::egui::accesskit::Live::Polite),
    );
    nodes
        .filter_map(|node| {
            let node = node.accesskit_node();
            node.label().or_else(|| node.value())
        })
        .collect()
}

#[test]
fn saved_is_said_aloud() {
    let mut seat = Seat::with_sample();
    seat.type_into("Rationale, item 1", "More. ");
    assert!(!said(&seat).contains(&"Saved".to_owned()));
    seat.press(Modifiers::COMMAND, Key::S);
    seat.wait_for(|desk| !desk.is_unsaved());
    assert!(said(&seat).contains(&"Saved".to_owned()), "{:?}", said(&seat));
}

#[test]
fn the_number_of_problems_is_said_once_a_field_is_left() {
    let mut seat = Seat::with_sample();
    assert!(said(&seat).contains(&"No problems".to_owned()), "{:?}", said(&seat));
    seat.focus("Case number");
    seat.press(Modifiers::COMMAND, Key::A);
    seat.press(Modifiers::NONE, Key::Delete);
    seat.wait_for(|desk| desk.problems().next().is_some());
    assert!(said(&seat).contains(&"No problems".to_owned()), "while one types");
    seat.press(Modifiers::NONE, Key::Tab);
    assert!(said(&seat).contains(&"1 field to fill in".to_owned()), "{:?}", said(&seat));
}

#[test]
fn headings_have_names() {
    let mut seat = Seat::with_sample();
    for is_start in [false, true] {
        if is_start {
            seat = Seat::empty();
        }
        let headings: Vec<_> = seat.harness.query_all_by_role(Role::Heading).collect();
        assert!(!headings.is_empty());
        for heading in headings {
            let label = heading.accesskit_node().label();
            assert!(label.is_some_and(|label| !label.is_empty()));
        }
    }
}

#[test]
fn the_window_and_the_lines_of_the_letter_can_be_read() {
    let seat = Seat::with_sample();
    let window = seat.harness.root();
    assert_eq!(window.accesskit_node().label().as_deref(), Some("CM13-0012345"));
    let page = seat.harness.query_all_by_role(Role::Document).next().unwrap();
    let lines: Vec<String> = page
        .query_all_by_role(Role::Label)
        .filter_map(|line| line.accesskit_node().value())
        .collect();
    assert!(lines.len() > 5, "{lines:?}");
    assert!(lines.contains(&"CLINICAL CASE SUMMARY".to_owned()), "{lines:?}");
}

#[test]
fn what_is_wrong_is_invalid_and_what_is_asked_for_required() {
    let mut seat = Seat::with_sample();
    let is_invalid = |seat: &Seat| {
        let field = seat.field("Case number").accesskit_node();
        field.data().invalid() == Some(eframe::egui::accesskit::Invalid::True)
    };
    assert!(!is_invalid(&seat));
    assert!(seat.field("Case number").accesskit_node().is_required());
    seat.type_into("Case number", "x");
    seat.press(Modifiers::NONE, Key::Tab);
    seat.wait_for(|desk| desk.problems().next().is_some());
    assert!(is_invalid(&seat));
}

#[test]
fn the_choices_of_a_field_are_a_named_group() {
    let seat = Seat::with_sample();
    let groups: Vec<_> = seat.harness.query_all_by_role(Role::RadioGroup).collect();
    let decision = groups
        .iter()
        .find(|group| {
            group.accesskit_node().label().as_deref() == Some("Decision, item 1")
        })
        .expect("the decision is a group");
    assert_eq!(decision.query_all_by_role(Role::RadioButton).count(), 2);
}
