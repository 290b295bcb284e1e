//! The start page and the boxes that are looked at.

use super::*;

/// At the start page, with the sample letter among the drafts known, and with what this
/// adds to the settings.
fn with_known_draft(settings: &'static str) -> Seat {
    let mut seat = Seat::new(move |path| {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/quiet-letter.ron");
        std::fs::copy(sample, path).unwrap();
        let data = path.parent().unwrap().join("data");
        std::fs::create_dir_all(&data).unwrap();
        let draft = path.display().to_string();
        let text = format!("(recent: [{draft:?}], {settings})");
        std::fs::write(data.join("settings.ron"), text).unwrap();
        None
    });
    seat.wait_for(|desk| desk.known.is_some());
    seat
}

fn is_open(desk: &Desk) -> bool {
    desk.draft.is_some()
}

#[test]
fn enter_on_the_start_page_goes_on_with_the_latest_draft() {
    let mut seat = with_known_draft("");
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_for(is_open);
}

#[test]
fn drafts_are_found_by_words_and_walked_to_by_the_keyboard() {
    let mut seat = with_known_draft("");
    seat.harness
        .input_mut()
        .events
        .push(Event::Text("no such words".into()));
    seat.steps();
    assert!(seat.harness.query_by_label("No draft matches").is_some());
    seat.press(Modifiers::COMMAND, Key::A);
    seat.harness.input_mut().events.push(Event::Text("trigger".into()));
    seat.steps();
    seat.press(Modifiers::NONE, Key::ArrowDown);
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_for(is_open);
}

#[test]
fn an_empty_start_page_offers_an_example() {
    let mut seat = Seat::empty();
    seat.wait_for(|desk| desk.known.is_some());
    let buttons = seat
        .harness
        .query_all_by_role_and_label(Role::Button, "Open an example");
    buttons.last().expect("an example is offered").click_accesskit();
    seat.steps();
    assert!(is_open(seat.desk()) && !seat.desk().is_unsaved());
}

#[test]
fn the_template_that_was_used_last_comes_first_and_enter_takes_it() {
    let mut seat = Seat::new(|path| {
        let data = path.parent().unwrap().join("data");
        std::fs::create_dir_all(&data).unwrap();
        std::fs::write(data.join("settings.ron"), "(template: \"ur-denial\")").unwrap();
        None
    });
    seat.wait_for(|desk| desk.known.is_some());
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_for(is_open);
    assert_eq!(seat.desk().draft.as_ref().unwrap().template.id(), "ur-denial");
}

#[test]
fn what_was_learned_is_removed_in_the_settings() {
    let mut seat = with_known_draft("typed: {\"specialties\": {\"Space Medicine\": 2}}");
    seat.press(Modifiers::COMMAND, Key::Comma);
    seat.harness
        .get_by_role_and_label(Role::RadioButton, "Words")
        .click_accesskit();
    seat.steps();
    seat.click("Remove Space Medicine");
    let mut learned = seat.desk().settings.typed.values();
    assert!(learned.all(std::collections::BTreeMap::is_empty));
}

#[test]
fn help_is_searched() {
    let mut seat = Seat::empty();
    seat.press(Modifiers::NONE, Key::F1);
    assert!(seat.harness.query_by_label("Encrypted drafts").is_some());
    seat.harness.input_mut().events.push(Event::Text("crash".into()));
    seat.steps();
    assert!(seat.harness.query_by_label("Encrypted drafts").is_none());
    assert!(seat.harness.query_by_label("Saving, recovery and versions").is_some());
}

#[test]
fn a_tooltip_does_not_stay_over_a_box() {
    let mut seat = with_known_draft("");
    let path = seat.draft.display().to_string();
    seat.harness.get_by_label_contains("Open CM13-0012345").hover();
    seat.harness.run_steps(40);
    assert!(seat.harness.query_by_label(&path).is_some(), "the tooltip is there");
    seat.press(Modifiers::NONE, Key::F1);
    assert!(seat.harness.query_by_label(&path).is_none());
}
