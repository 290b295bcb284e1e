//! The form: nothing moves, lists show everything, rows are tables.

use super::*;
use eframe::egui::{PointerButton, Pos2, Rect};

fn new_letter() -> Seat {
    let mut seat = Seat::empty();
    seat.press(Modifiers::COMMAND, Key::N);
    seat.press(Modifiers::NONE, Key::Enter);
    seat.press(Modifiers::COMMAND, Key::Enter);
    seat.focus("Case number");
    seat
}

impl Seat {
    /// Puts words in the place of those in a field.
    #[track_caller]
    fn write_over(&mut self, name: &str, words: &str) {
        self.focus(name);
        self.press(Modifiers::COMMAND, Key::A);
        self.press(Modifiers::NONE, Key::Delete);
        self.type_into(name, words);
    }

    #[track_caller]
    fn place(&self, name: &str) -> Rect {
        self.field(name).rect()
    }

    fn paste(&mut self, text: &str) {
        self.harness.input_mut().events.push(Event::Paste(text.to_owned()));
        self.steps();
    }

    /// Presses at a point, for so many frames of a twentieth of a second.
    fn hold(&mut self, pos: Pos2, frames: usize) {
        for pressed in [true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            let events = &mut self.harness.input_mut().events;
            events.push(Event::PointerMoved(pos));
            events.push(Event::PointerButton { pos, button, pressed, modifiers });
            self.harness.run_steps(frames);
        }
    }
}

/// From the first field of the case to a later one.
fn distance(seat: &Seat) -> f32 {
    seat.place("Records received").top() - seat.place("Case number").top()
}

#[test]
fn nothing_moves_when_the_focus_comes_and_goes() {
    let mut seat = new_letter();
    let before = distance(&seat);
    // One with help, one without, and one that reads a date back.
    for name in ["Date of injury", "Date assigned", "Last day of a cumulative injury"] {
        seat.type_into(name, "3/14/15");
        assert!((distance(&seat) - before).abs() < 0.01, "{name}");
    }
}

#[test]
fn what_is_wrong_with_fields_beside_each_other_is_read_whole() {
    for size in [(800.0, 600.0), (1280.0, 800.0), (1920.0, 1080.0)] {
        let mut seat = new_letter();
        seat.harness.set_size(size.into());
        // Each of them is before the one before it.
        for (place, name) in [
            "Date of injury",
            "Last day of a cumulative injury",
            "UR denial date",
            "Application received",
            "Date assigned",
            "Records received",
            "Decision date",
        ]
        .into_iter()
        .enumerate()
        {
            seat.type_into(name, &format!("0{}/11/2016", 8 - place));
        }
        seat.type_into("Claimant's age", "forty-five");
        seat.focus("Decision date");
        seat.wait_for(|desk| desk.problems().any(|found| found.code == "L060"));
        let mut said = seat.painted();
        said.retain(|words| {
            [" is before ", " is not "].iter().any(|is| words.text().contains(is))
        });
        assert!(said.len() > 4, "{size:?}: {} messages", said.len());
        for words in said {
            assert!(!words.elided, "{size:?}: {}", words.text());
        }
    }
}

#[test]
fn a_message_takes_no_room() {
    let mut seat = new_letter();
    let before = distance(&seat);
    seat.type_into("Case number", "nonsense");
    seat.type_into("Date of injury", "soon");
    seat.wait_for(|desk| desk.problems().count() > 2);
    for name in ["Date assigned", "Case number", "Date of injury"] {
        seat.focus(name);
        assert!((distance(&seat) - before).abs() < 0.01, "{name}");
    }
}

#[test]
fn a_list_shows_everything() {
    let mut seat = new_letter();
    seat.focus("Body part, item 1");
    for key in [Key::ArrowDown, Key::ArrowUp, Key::Enter] {
        seat.press(Modifiers::NONE, key);
    }
    assert_eq!(seat.letter().items[0].body_part, "Whole body", "the last of the list");
}

#[test]
fn a_guess_from_the_title_is_taken_by_tab_and_given_way_by_typing() {
    let mut seat = new_letter();
    seat.type_into("Treatment, item 1", "MRI of the left knee");
    seat.focus("Body part, item 1");
    assert_eq!(seat.letter().items[0].body_part, "", "a guess is no value");
    seat.press(Modifiers::NONE, Key::Tab);
    assert_eq!(seat.letter().items[0].body_part, "Knee");
    seat.type_into("Category, item 1", "Home");
    seat.press(Modifiers::NONE, Key::Tab);
    assert_eq!(seat.letter().items[0].category, "Home Health");
}

#[test]
fn items_are_made_from_the_requests_by_one_click() {
    let mut seat = new_letter();
    for request in ["MRI of the left knee", "Norco 10/325 mg #60"] {
        seat.type_into("Treatments requested in the application", request);
        seat.press(Modifiers::NONE, Key::Enter);
    }
    let link = seat.harness.get_by_label("Add 2 items from these requests");
    link.click_accesskit();
    seat.steps();
    let titles: Vec<&str> =
        seat.letter().items.iter().map(|item| &*item.title.request).collect();
    assert_eq!(titles, ["MRI of the left knee", "Norco 10/325 mg #60"]);
    assert_eq!(seat.letter().items[0].body_part, "Knee");
}

#[test]
fn a_line_is_typed_into_the_empty_row_and_enter_goes_to_the_next() {
    let mut seat = new_letter();
    assert_eq!(seat.letter().documents.len(), 0, "the empty row is none");
    for (kind, name) in [("Report", "document 1"), ("Letter", "document 2")] {
        seat.type_into(&format!("Document, {name}"), kind);
        // The list is closed; these words are not in it, and Enter keeps the caret once.
        for key in [Key::Escape, Key::Enter, Key::Enter] {
            seat.press(Modifiers::NONE, key);
        }
    }
    let kinds: Vec<&str> = seat.letter().documents.iter().map(|row| &*row.kind).collect();
    assert_eq!(kinds, ["Report", "Letter"]);
    assert!(seat.field("Document, document 3").is_focused());
    seat.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(seat.letter().documents.len(), 1);
}

#[test]
fn enter_in_the_empty_line_goes_on_after_the_table() {
    let mut seat = new_letter();
    seat.focus("Document, document 1");
    seat.press(Modifiers::NONE, Key::Enter);
    assert!(seat.field("Clinical case summary").is_focused());
}

#[test]
fn a_document_is_added_by_its_key_where_the_empty_line_is() {
    let mut seat = new_letter();
    for kind in ["Medical records", "Letter"] {
        seat.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::D);
        let line = seat.letter().documents.len() + 1;
        assert!(seat.field(&format!("Document, document {line}")).is_focused());
        seat.field(&format!("Document, document {line}")).type_text(kind);
        seat.steps();
    }
    assert_eq!(seat.letter().documents.len(), 2);
}

#[test]
fn a_cell_that_is_written_covers_no_more_than_its_words_need() {
    let mut seat = new_letter();
    let author = seat.place("Author, document 1");
    seat.type_into("Document, document 1", "Letter");
    seat.press(Modifiers::NONE, Key::Escape);
    assert!(seat.place("Document, document 1").right() < author.left());
    seat.field("Document, document 1")
        .type_text(" of the claims administrator");
    seat.steps();
    let open = seat.place("Document, document 1");
    assert!(open.right() > author.left() && open.width() < 300.0, "{open}");
    // What is left of the next cell is clicked.
    let author = seat.place("Author, document 1");
    seat.hold(Pos2::new(author.right() - 6.0, author.center().y), 3);
    assert!(seat.field("Author, document 1").is_focused());
}

#[test]
fn tab_leaves_a_table_from_its_empty_row_at_once_and_shift_tab_comes_back() {
    let mut seat = Seat::with_sample();
    let rows = seat.letter().documents.len();
    let empty = format!("Document, document {}", rows + 1);
    let last = format!("Note, document {rows}");
    seat.focus(&last);
    seat.press(Modifiers::NONE, Key::Tab);
    assert!(seat.field(&empty).is_focused());
    seat.press(Modifiers::NONE, Key::Tab);
    assert!(seat.field("Clinical case summary").is_focused());
    seat.press(Modifiers::SHIFT, Key::Tab);
    assert!(seat.field(&empty).is_focused());
    // Once it is no longer empty, its cells are stops, and the mouse came to them before.
    seat.type_into(&format!("Author, document {}", rows + 1), "Alan Grant, MD");
    seat.press(Modifiers::NONE, Key::Tab);
    assert!(
        seat.field(&format!("From (date), document {}", rows + 1))
            .is_focused()
    );
    assert_eq!(seat.letter().documents[rows].author, "Alan Grant, MD");
}

#[test]
fn the_age_is_the_one_that_the_birth_date_comes_to_and_tab_passes_it_by() {
    let mut seat = Seat::with_sample();
    let (birth, age) = ("Birth date (never printed)", "Claimant's age");
    let shown = |seat: &Seat| seat.letter().claimant.age.show();
    // Somebody entered the sample's own age, so it stands.
    seat.write_over(birth, "1/2/1970");
    assert_eq!(shown(&seat), "45");
    seat.write_over(age, "");
    seat.write_over(birth, "1/2/1971");
    assert_eq!(shown(&seat), "42");
    seat.press(Modifiers::NONE, Key::Tab);
    assert!(!seat.field(age).is_focused());
    seat.press(Modifiers::SHIFT, Key::Tab);
    assert!(seat.field(birth).is_focused());
    seat.write_over("Decision date", "1/2/2015");
    assert_eq!(shown(&seat), "44");
    seat.write_over(age, "43");
    seat.write_over("Decision date", "1/2/2016");
    assert_eq!(shown(&seat), "43", "what was entered stays");
    seat.focus(birth);
    seat.press(Modifiers::NONE, Key::Tab);
    assert!(seat.field(age).is_focused());
}

#[test]
fn pasted_lines_fill_rows_and_ten_documents_take_400_points() {
    let mut seat = new_letter();
    seat.focus("Document, document 1");
    let lines: Vec<String> = (1..=10)
        .map(|day| format!("Progress report (PR-2), Dr. Grant, 05/{day}/15"))
        .collect();
    seat.paste(&lines.join("\n"));
    let documents = &seat.letter().documents;
    assert_eq!(documents.len(), 10);
    assert_eq!(documents[9].author, "Dr. Grant");
    assert_eq!(documents[9].from.show(), "05/10/2015");
    seat.paste("A\tB\t1/1/14\t3/3/15\n");
    assert_eq!(seat.letter().documents[0].to.show(), "03/03/2015");
    let height = seat.place("Document, document 10").bottom()
        - seat.place("Document, document 1").top();
    assert!(height < 400.0, "{height}");
}

#[test]
fn a_range_fills_both_dates() {
    let mut seat = new_letter();
    seat.type_into("Date of injury", "CT 1/1/14-3/3/15");
    seat.press(Modifiers::NONE, Key::Tab);
    let case = &seat.letter().case;
    let dates = [&case.date_of_injury, &case.date_of_injury_end];
    assert_eq!(dates.map(rationale::letter::Entry::show), ["01/01/2014", "03/03/2015"]);
    seat.type_into("UR denial date", "4/1");
    seat.press(Modifiers::NONE, Key::Tab);
    assert_eq!(seat.letter().case.ur_denial_date.show(), "04/01/2015");
}

#[test]
fn backspace_in_the_empty_line_takes_the_last_chip() {
    let mut seat = Seat::with_sample();
    seat.type_into("Board certifications, reviewer 1", "x");
    seat.press(Modifiers::NONE, Key::Backspace);
    assert_eq!(seat.letter().reviewers[0].certifications, ["Pain Management"]);
    seat.press(Modifiers::NONE, Key::Backspace);
    assert!(seat.letter().reviewers[0].certifications.is_empty());
    seat.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(seat.letter().reviewers[0].certifications, ["Pain Management"]);
}

#[test]
fn page_down_and_up_scroll_the_form() {
    let mut seat = new_letter();
    let top = seat.place("Date assigned").top();
    seat.press(Modifiers::NONE, Key::PageDown);
    let moved = top - seat.place("Date assigned").top();
    assert!(moved > 300.0, "{moved}");
    assert!(seat.field("Case number").is_focused());
}

#[test]
fn a_press_of_two_seconds_is_a_click() {
    let mut seat = new_letter();
    let radio = seat.harness.get_by_label("Priority: Expedited").rect().center();
    seat.hold(radio, 40);
    assert_eq!(seat.letter().case.priority, rationale::letter::Priority::Expedited);
}

#[test]
fn a_click_on_a_label_goes_to_its_field() {
    let mut seat = new_letter();
    // So that it is in sight, once the form has come to rest.
    seat.focus("Date of injury");
    seat.harness.run_steps(40);
    let field = seat.place("UR denial date");
    seat.hold(field.left_top() + Vec2::new(10.0, -10.0), 8);
    assert!(seat.field("UR denial date").is_focused());
}

#[test]
fn nothing_is_said_of_a_field_while_somebody_types_in_it() {
    let mut seat = Seat::with_a_problem();
    seat.focus("Case number");
    // Above the foot, which shows the first problem of all.
    let said = |seat: &Seat| {
        let mut nodes = seat.harness.query_all_by_role(Role::Label);
        nodes.any(|node| {
            let words = node.accesskit_node().value().unwrap_or_default().to_lowercase();
            words.contains("case number")
                && words.len() > 20
                && node.rect().bottom() < 730.0
        })
    };
    assert!(said(&seat), "the caret came back to what is wrong");
    seat.type_into("Case number", "CM");
    seat.wait_for(|desk| desk.problems().any(|found| found.code == "L002"));
    assert!(!said(&seat), "somebody types");
}

#[test]
fn an_outline_click_puts_the_heading_at_the_top() {
    let mut seat = Seat::with_sample();
    let heading = |seat: &Seat, name: &str| {
        let mut nodes = seat.harness.query_all_by_role(Role::Heading);
        let is_named = |node: &egui_kittest::Node<'_>| {
            node.accesskit_node().label().as_deref() == Some(name)
        };
        nodes.find(is_named).expect("the section has a heading").rect().top()
    };
    seat.focus("Rationale, item 1");
    let part = seat.harness.query_all_by_label_contains("Clinical case summary");
    let is_button =
        |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == Role::Button;
    part.into_iter()
        .find(is_button)
        .expect("the outline has it")
        .click_accesskit();
    seat.steps();
    let top = heading(&seat, "Clinical case summary");
    assert!((50.0..100.0).contains(&top), "{top}");
}

#[test]
fn a_far_item_is_brought_to_the_top() {
    let mut seat = Seat::new(|path| {
        let letter = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/imr-2017-letter.ron");
        std::fs::copy(letter, path).unwrap();
        Some(path.clone())
    });
    seat.wait_for(|desk| {
        desk.draft.as_ref().is_some_and(|draft| draft.composed.is_some())
    });
    seat.focus("Case number");
    for name in ["Physical therapy", "Right shoulder", "Associated"] {
        let rows = seat.harness.query_all_by_role(Role::Button);
        let is_row = |node: &egui_kittest::Node<'_>| {
            node.accesskit_node()
                .label()
                .is_some_and(|label| label.starts_with(name))
        };
        let row = rows.into_iter().find(is_row).expect("the outline has the item");
        let at = row.rect().center();
        seat.hold(at, 8);
        let path = seat.desk().focus.clone().expect("a field has the focus");
        let item = seat.letter().position_of(&path)[0];
        let top = seat.place(&format!("Treatment, item {item}")).top();
        assert!((100.0..300.0).contains(&top), "{name}, item {item}: {top}");
    }
}

#[test]
fn words_that_begin_those_of_the_marked_line_take_it_by_tab() {
    let mut seat = new_letter();
    seat.type_into("Board certifications, reviewer 1", "surg orth");
    seat.press(Modifiers::NONE, Key::Tab);
    assert_eq!(seat.letter().reviewers[0].certifications, ["Orthopedic Surgery"]);
    seat.type_into("Board certifications, reviewer 1", "zzq memo");
    seat.press(Modifiers::NONE, Key::Tab);
    assert_eq!(seat.letter().reviewers[0].certifications[1..], ["zzq memo"]);
}

#[test]
fn a_click_on_a_line_of_a_list_takes_that_line() {
    let mut seat = new_letter();
    seat.type_into("Board certifications, reviewer 1", "orth");
    let line = seat
        .harness
        .get_by_label_contains("Orthopedic Surgery")
        .rect()
        .center();
    seat.hold(line, 4);
    assert_eq!(seat.letter().reviewers[0].certifications, ["Orthopedic Surgery"]);
}

#[test]
fn a_date_without_its_year_is_near_the_review_and_not_the_injury() {
    let mut seat = Seat::empty();
    seat.press(Modifiers::COMMAND, Key::N);
    seat.press(Modifiers::NONE, Key::Enter);
    seat.type_into("Date of injury", "3/6/15");
    seat.type_into("UR denial date", "1/9/17");
    seat.type_into("Decision date", "3/3");
    seat.focus("Case number");
    assert_eq!(seat.letter().case.decision_date.show(), "03/03/2017");
}
