//! What a hand does a little beside: it slides, undoes, presses Enter once more, removes
//! what it did not mean to.

use super::*;
use eframe::egui::text::CCursor;
use eframe::egui::{PointerButton, Pos2, vec2};

fn new_letter() -> Seat {
    let mut seat = Seat::empty();
    seat.press(Modifiers::COMMAND, Key::N);
    seat.press(Modifiers::NONE, Key::Enter);
    seat.press(Modifiers::COMMAND, Key::Enter);
    seat
}

impl Seat {
    /// Presses here, and releases there.
    fn slide(&mut self, from: Pos2, to: Pos2) {
        for (pos, pressed) in [(from, true), (to, false)] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            let events = &mut self.harness.input_mut().events;
            events.push(Event::PointerMoved(pos));
            events.push(Event::PointerButton { pos, button, pressed, modifiers });
            self.harness.run_steps(6);
        }
    }

    fn says(&self, words: &str) -> bool {
        let mut nodes = self.harness.query_all_by_role(Role::Label);
        nodes.any(|node| {
            let said = node.accesskit_node().value().unwrap_or_default();
            said.contains(words)
        })
    }
}

#[test]
fn a_press_that_slides_within_its_widget_is_a_click() {
    let mut seat = new_letter();
    seat.focus("Case number");
    seat.harness.run_steps(20);
    let place = seat.harness.get_by_label("Priority: Expedited").rect();
    let (start, end) = (place.left_center() + vec2(4.0, 0.0), place.right_center());
    seat.slide(start, end - vec2(4.0, 0.0));
    assert_eq!(seat.letter().case.priority, rationale::letter::Priority::Expedited);
    let place = seat.harness.get_by_label("Priority: Standard").rect();
    seat.slide(place.center(), place.center() + vec2(0.0, 200.0));
    assert_eq!(seat.letter().case.priority, rationale::letter::Priority::Expedited);
}

#[test]
fn undo_leaves_the_caret_where_the_words_were() {
    let mut seat = Seat::with_sample();
    let name = "Rationale, item 1";
    let before = seat.letter().items[0].rationale.clone();
    seat.focus(name);
    seat.press(Modifiers::COMMAND, Key::Home);
    for _ in 0..2 {
        seat.press(Modifiers::COMMAND, Key::ArrowRight);
    }
    seat.field(name).type_text("qqq");
    seat.steps();
    let place = seat.letter().items[0].rationale.find("qqq").expect("it is there");
    seat.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(seat.letter().items[0].rationale, before);
    seat.field(name).type_text("zzz");
    seat.steps();
    assert_eq!(seat.letter().items[0].rationale.find("zzz"), Some(place));
}

#[test]
fn enter_after_words_that_a_list_lacks_leaves_the_caret_once() {
    let mut seat = new_letter();
    seat.type_into("Document, document 1", "Zzq memo");
    seat.press(Modifiers::NONE, Key::Enter);
    assert!(seat.field("Document, document 1").is_focused());
    seat.press(Modifiers::NONE, Key::Enter);
    assert!(seat.field("Document, document 2").is_focused());
}

#[test]
fn what_a_click_removes_is_told_and_comes_back() {
    let mut seat = Seat::with_sample();
    let place = seat.harness.get_by_label("Remove Pain Management").rect().center();
    seat.slide(place, place);
    assert!(seat.letter().reviewers[0].certifications.is_empty());
    let notice = seat.desk().notices.last().expect("it is told");
    assert_eq!(notice.text, "Removed from \"Board certifications\"");
    seat.harness.get_by_label("Undo").click_accesskit();
    seat.steps();
    assert_eq!(seat.letter().reviewers[0].certifications, ["Pain Management"]);
}

#[test]
fn the_search_offers_the_item_with_the_caret_first() {
    let mut seat = Seat::with_sample();
    seat.focus("Rationale, item 1");
    seat.press(Modifiers::COMMAND, Key::Enter);
    assert!(seat.field("Treatment, item 2").is_focused());
    seat.press(Modifiers::COMMAND, Key::K);
    let search = seat.field("Find a field or command");
    search.type_text("body part");
    seat.steps();
    seat.press(Modifiers::NONE, Key::Enter);
    assert!(seat.field("Body part, item 2").is_focused());
}

#[test]
fn a_guess_that_was_taken_is_marked_until_one_comes_back_to_it() {
    let mut seat = new_letter();
    seat.type_into("Treatment, item 1", "MRI of the left knee");
    seat.focus("Body part, item 1");
    seat.press(Modifiers::NONE, Key::Tab);
    assert!(seat.says("From the title: check it"));
    seat.focus("Body part, item 1");
    seat.focus("Treatment, item 1");
    assert!(!seat.says("From the title: check it"));
}

#[test]
fn nothing_is_counted_of_what_is_being_typed() {
    let mut seat = new_letter();
    seat.type_into("Date of injury", "CT 1/1/14");
    seat.wait_for(|desk| desk.wrong().count() > 0);
    assert!(!seat.says("1 error"));
    seat.focus("Case number");
    assert!(seat.says("1 error"));
}

#[test]
fn an_item_is_added_for_each_request_by_the_key_for_items() {
    let mut seat = new_letter();
    for request in ["MRI of the left knee", "Norco 10/325 mg #60"] {
        seat.type_into("Treatments requested in the application", request);
        seat.press(Modifiers::NONE, Key::Enter);
    }
    seat.press(Modifiers::COMMAND, Key::Enter);
    let titles = seat.letter().items.iter().map(|item| &*item.title.request);
    let titles: Vec<&str> = titles.collect();
    assert_eq!(titles, ["MRI of the left knee", "Norco 10/325 mg #60"]);
    assert!(seat.says("From the title: check it"));
}

#[test]
fn a_double_click_at_the_edge_of_a_word_takes_that_word_alone() {
    let mut seat = new_letter();
    let (name, words) = ("Clinical case summary", "one two three");
    seat.type_into(name, words);
    let painted = seat.painted();
    let galley = painted.iter().find(|galley| galley.text() == words).unwrap();
    for (character, beside, expected) in
        [(7, -1.5, "one X three"), (8, 1.5, "one two X"), (4, 1.5, "one X three")]
    {
        let caret = galley.pos_from_cursor(CCursor::new(character));
        let place = seat.field(name).rect();
        let pos = place.left_top() + vec2(10.0 + caret.left() + beside, 16.0);
        let events = &mut seat.harness.input_mut().events;
        events.push(Event::PointerMoved(pos));
        for pressed in [true, false, true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            events.push(Event::PointerButton { pos, button, pressed, modifiers });
        }
        seat.harness.run_steps(8);
        seat.harness.input_mut().events.push(Event::Text("X".into()));
        seat.steps();
        assert_eq!(seat.letter().summary, expected);
        seat.press(Modifiers::COMMAND, Key::Z);
        assert_eq!(seat.letter().summary, words);
    }
}
