//! The window around the form: menus, search, outline, problems, and the letter beside it.

use super::*;

use eframe::egui::accesskit::Toggled;
use eframe::egui::{MouseWheelSource, MouseWheelUnit, Pos2, TouchPhase};
use rationale::app::command::COMMANDS;
use rationale::app::desk::{OutlinePart, Progress};
use rationale::letter::FieldPath;

impl Seat {
    /// A new letter of the first template, with nothing filled in.
    fn with_new_letter() -> Self {
        let mut seat = Self::empty();
        seat.press(Modifiers::COMMAND, Key::N);
        seat.press(Modifiers::NONE, Key::Enter);
        seat.wait_for(|desk| !desk.diagnostics().is_empty());
        seat
    }

    fn shows(&self, words: &str) -> bool {
        self.harness.query_by_label(words).is_some()
    }

    fn text(&mut self, words: &str) {
        self.harness.event(Event::Text(words.to_owned()));
        self.steps();
    }
}

#[test]
fn an_empty_letter_has_nothing_wrong_until_it_is_called_finished() {
    let mut seat = Seat::with_new_letter();
    assert_eq!(seat.desk().wrong().count(), 0);
    let count = seat.desk().to_fill_in().count();
    assert!(count > 5);
    assert!(seat.shows(&format!("{count} fields to fill in")));
    assert!(seat.desk().outline().iter().all(|part| part.errors == 0));
    seat.press(Modifiers::COMMAND, Key::P);
    seat.wait_for(|desk| desk.question().is_some());
    assert!(seat.desk().is_finishing());
    seat.press(Modifiers::NONE, Key::Escape);
    assert!(seat.desk().outline().iter().any(|part| part.errors > 0));
}

#[test]
fn what_is_optional_is_not_counted_as_to_do() {
    let seat = Seat::with_sample();
    let parts = seat.desk().outline();
    let open: Vec<_> = parts
        .iter()
        .filter(|part| !matches!(part.progress, Progress::Done | Progress::Optional))
        .collect();
    assert!(open.is_empty(), "{open:?}");
    let done = |part: &OutlinePart| part.progress == Progress::Done;
    let all = parts.iter().chain(parts.iter().flat_map(|part| &part.parts));
    let count = all.filter(|part| done(part)).count();
    assert!(seat.shows(&format!("{count} of {count} done")));
}

#[test]
fn an_item_in_the_outline_has_its_number_and_decision() {
    let seat = Seat::with_sample();
    let parts = seat.desk().outline();
    let items = parts.iter().find(|part| !part.parts.is_empty()).unwrap();
    assert_eq!(items.parts[0].number, Some(1));
    assert!(items.parts[0].decision.is_some());
}

#[test]
fn a_menu_is_opened_walked_and_left_by_the_keyboard() {
    let mut seat = Seat::with_sample();
    seat.focus("Rationale, item 1");
    let before = seat.letter().clone();
    seat.press(Modifiers::ALT, Key::F);
    assert!(seat.shows("Close letter") && seat.shows("Quit"));
    seat.press(Modifiers::NONE, Key::ArrowRight);
    assert!(seat.shows("Undo") && !seat.shows("Quit"));
    seat.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(seat.shows("Quit"));
    seat.press(Modifiers::NONE, Key::Escape);
    assert!(!seat.shows("Quit"));
    assert!(seat.field("Rationale, item 1").is_focused());
    assert_eq!(*seat.letter(), before);
}

#[test]
fn a_letter_chooses_in_an_open_menu() {
    let mut seat = Seat::with_sample();
    seat.focus("Rationale, item 1");
    let before = seat.letter().clone();
    seat.press(Modifiers::NONE, Key::F10);
    assert!(seat.shows("Quit"));
    seat.text("c");
    seat.steps();
    assert!(seat.desk().draft.is_none(), "Close letter is the only one with a C");
    assert_eq!(before.items.len(), 1);
}

#[test]
fn every_menu_fits_into_a_low_window() {
    for menu in ["File", "Edit", "Insert", "View", "Help"] {
        let mut seat = Seat::with_sample();
        seat.harness.set_size(Vec2::new(1024.0, 700.0));
        seat.steps();
        seat.harness.get_by_role_and_label(Role::Button, menu).click();
        seat.steps();
        let rows = COMMANDS.iter().filter(|row| row.menu.label() == menu);
        let mut is_open = false;
        for row in rows.filter(|row| row.submenu.is_none()) {
            let entry = seat.harness.query_all_by_label(row.label).last();
            let entry = entry.unwrap_or_else(|| panic!("{} is not shown", row.label));
            assert!(entry.rect().bottom() <= 700.0, "{} is below", row.label);
            is_open = true;
        }
        assert!(is_open);
    }
}

#[test]
fn the_search_leads_to_fields_items_and_commands_and_offers_again_what_was_chosen() {
    let mut seat = Seat::with_sample();
    seat.press(Modifiers::COMMAND, Key::K);
    seat.text("claimant's age");
    seat.press(Modifiers::NONE, Key::Enter);
    assert!(seat.field("Claimant's age").is_focused());
    seat.press(Modifiers::COMMAND, Key::K);
    seat.text("item 1:");
    seat.press(Modifiers::NONE, Key::Enter);
    let focus = seat.desk().focus.clone().unwrap();
    assert!(focus.pattern().starts_with("items[]."));
    seat.press(Modifiers::COMMAND, Key::K);
    seat.text("larger");
    seat.press(Modifiers::NONE, Key::Enter);
    assert_eq!(seat.desk().settings.commands, ["Larger"]);
    seat.press(Modifiers::COMMAND, Key::K);
    seat.press(Modifiers::NONE, Key::Enter);
    assert!((seat.desk().settings.zoom - 1.2).abs() < 0.01);
}

#[test]
fn ten_lines_of_the_search_are_seen() {
    let mut seat = Seat::with_sample();
    seat.press(Modifiers::COMMAND, Key::K);
    let lines = ["Case", "Items in dispute", "Import a finished letter…"];
    for line in lines {
        let node = seat.harness.query_all_by_label(line).last();
        let rect = node.unwrap_or_else(|| panic!("no {line}")).rect();
        assert!(rect.bottom() < 480.0, "{line} is at {rect:?}");
    }
}

/// The page of this number where it is drawn.
fn page(seat: &Seat, number: usize) -> eframe::egui::Rect {
    let pages = &seat.desk().draft.as_ref().unwrap().composed.as_ref().unwrap();
    let count = pages.composition.pages.len();
    let name = format!("Page {number} of {count}");
    seat.harness.get_by_role_and_label(Role::Document, &name).rect()
}

#[test]
fn the_letter_has_the_room_and_begins_at_its_first_page() {
    for (width, least) in [(1280.0, 0.70), (1920.0, 1.0)] {
        let mut seat = Seat::with_sample();
        seat.harness.set_size(Vec2::new(width, 900.0));
        seat.steps();
        let page = page(&seat, 1);
        // 816 points are the width of letter paper.
        assert!(page.width() / 816.0 >= least, "{width}: {}", page.width());
        assert!(page.top() > 40.0 && page.top() < 120.0, "{page:?}");
    }
}

#[test]
fn the_letter_follows_the_caret_and_stays_where_it_is_while_the_room_changes() {
    let mut seat = Seat::with_sample();
    seat.focus("Rationale, item 1");
    seat.press(Modifiers::COMMAND, Key::End);
    for _ in 0..12 {
        seat.text(
            "More words of a long rationale that goes on for many lines and more. ",
        );
    }
    seat.text("The end.");
    seat.wait_for(|desk| {
        let draft = desk.draft.as_ref().unwrap();
        let composed = draft.composed.as_ref().unwrap();
        composed.letter.items[0].rationale == draft.letter.items[0].rationale
    });
    let seen = |seat: &Seat| {
        let draft = seat.desk().draft.as_ref().unwrap();
        let pages = &draft.composed.as_ref().unwrap().composition.pages;
        let field = seat.desk().focus.clone().unwrap();
        let (number, area) = *pages.places(&field).last().unwrap();
        let page = page(seat, number + 1);
        page.top() + area.at.y.0 * page.height() / pages.paper().height.0
    };
    let y = seen(&seat);
    assert!(y > 50.0 && y < 740.0, "the last line is at {y}");
    let form = seat.field("Rationale, item 1").rect();
    seat.harness.set_size(Vec2::new(1100.0, 800.0));
    seat.steps();
    seat.steps();
    let y = seen(&seat);
    assert!(y > 50.0 && y < 740.0, "the last line is at {y}");
    let moved = seat.field("Rationale, item 1").rect().top() - form.top();
    assert!(moved.abs() < 3.0, "the field moved by {moved}");
}

#[test]
fn a_click_on_a_word_of_the_letter_puts_the_caret_there() {
    let mut seat = Seat::with_sample();
    let draft = seat.desk().draft.as_ref().unwrap();
    let pages = &draft.composed.as_ref().unwrap().composition.pages;
    let item = draft.letter.items[0].id;
    let field = FieldPath::new("items[].rationale", &[item]);
    let (number, line) = pages.places(&field)[1];
    let (paper, area) = (pages.paper(), line);
    seat.focus("Rationale, item 1");
    let page = page(&seat, number + 1);
    let scale = page.width() / paper.width.0;
    let at = page.min + Vec2::new(area.at.x.0 + 1.0, area.at.y.0 + 4.0) * scale;
    seat.harness.hover_at(at);
    seat.steps();
    seat.harness.drag_at(at);
    seat.harness.drop_at(at);
    seat.steps();
    seat.text("HERE ");
    let rationale = &seat.letter().items[0].rationale;
    let place = rationale.find("HERE ").expect("the words are in the rationale");
    assert!(place > 20 && place + 5 < rationale.len(), "at {place}: {rationale}");
}

#[test]
fn the_about_box_shows_version_and_folder() {
    let mut seat = Seat::empty();
    seat.press(Modifiers::COMMAND, Key::K);
    seat.text("about");
    seat.press(Modifiers::NONE, Key::Enter);
    let version = format!("Version {}", env!("CARGO_PKG_VERSION"));
    assert!(seat.harness.query_by_label_contains(&version).is_some());
    assert!(seat.shows("Open folder"));
}

#[test]
fn what_is_on_has_a_check_mark() {
    let mut seat = Seat::with_sample();
    seat.press(Modifiers::ALT, Key::V);
    let is_on = |seat: &Seat, name: &str| {
        let node = seat.harness.get_by_role_and_label(Role::Button, name);
        node.accesskit_node().toggled() == Some(Toggled::True)
    };
    assert!(
        is_on(&seat, "Outline") && is_on(&seat, "Letter") && !is_on(&seat, "Problems")
    );
}

#[test]
fn ctrl_and_the_wheel_zoom_the_letter_and_fit_takes_it_back() {
    let mut seat = Seat::with_sample();
    let before = page(&seat, 1);
    seat.harness.hover_at(before.center_top() + Vec2::new(0.0, 200.0));
    seat.steps();
    seat.harness.event(Event::Zoom(1.5));
    seat.steps();
    let after = page(&seat, 1);
    assert!((after.width() / before.width() - 1.5).abs() < 0.01, "{after:?}");
    seat.harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: Vec2::new(0.0, 2.0),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::COMMAND,
    });
    seat.steps();
    let notch = page(&seat, 1).width() / after.width();
    assert!((notch - 1.1).abs() < 0.01, "{notch}");
    seat.click("Fit the letter to its panel");
    assert!((page(&seat, 1).width() - before.width()).abs() < 1.0);
}

#[test]
fn the_line_between_form_and_letter_is_dragged_and_remembered() {
    let mut seat = Seat::with_sample();
    let before = page(&seat, 1);
    let line = Pos2::new(before.left() - 16.0, 400.0);
    seat.harness.hover_at(line);
    seat.steps();
    seat.harness.drag_at(line);
    seat.steps();
    let there = line + Vec2::new(100.0, 0.0);
    seat.harness.hover_at(there);
    seat.steps();
    seat.harness.drop_at(there);
    seat.steps();
    let after = page(&seat, 1);
    assert!((after.left() - before.left() - 100.0).abs() < 4.0, "{after:?}");
    let wide = seat.desk().settings.widths["form"];
    seat.harness.set_size(Vec2::new(1500.0, 800.0));
    seat.steps();
    assert!((page(&seat, 1).left() - after.left()).abs() < 1.0, "the form is {wide}");
}

#[test]
fn no_tooltip_stays_over_a_box() {
    let mut seat = Seat::with_sample();
    let line = seat.harness.get_by_label("Case: done").rect().center();
    seat.harness.hover_at(line);
    seat.harness.run_steps(20);
    assert!(seat.shows("Case\ndone"), "the tooltip is shown");
    seat.press(Modifiers::COMMAND, Key::K);
    seat.harness.run_steps(4);
    assert!(!seat.shows("Case\ndone"));
}

#[test]
fn another_letter_begins_at_its_first_page_again() {
    let mut seat = Seat::with_sample();
    seat.focus("Rationale, item 1");
    seat.press(Modifiers::COMMAND, Key::N);
    seat.steps();
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_for(|desk| !desk.diagnostics().is_empty());
    let top = page(&seat, 1).top();
    assert!(top > 40.0 && top < 120.0, "{top}");
}

#[test]
fn a_sentence_of_an_earlier_letter_is_taken_over_by_one_key() {
    let mut seat = Seat::with_sample();
    let letters = seat.folder.path().join("letters");
    std::fs::create_dir(&letters).unwrap();
    let earlier = "(format: 1, template: (id: \"imr-2014\"), letter: (case: (number: \
        \"CM12-0000009\"), items: [(id: 1, title: (request: \"Trigger point \
        injections\"), decision: \"upheld\", rationale: \"First of it. And then.\")], \
        last_id: 1))";
    std::fs::write(letters.join("earlier.ron"), earlier).unwrap();
    seat.focus("Rationale, item 1");
    seat.press(Modifiers::ALT, Key::Enter);
    assert_eq!(seat.desk().notices.last().unwrap().text, "No earlier letter was found");
    seat.harness.state_mut().add_folder(letters);
    seat.wait_for(|desk| desk.earlier.shown().is_some());
    seat.press(Modifiers::COMMAND, Key::Num4);
    seat.harness.get_by_label("Take over: First of it.");
    let before = seat.letter().items[0].rationale.clone();
    seat.press(Modifiers::ALT, Key::Enter);
    seat.press(Modifiers::ALT, Key::Enter);
    assert!(seat.field("Rationale, item 1").is_focused());
    let now = &seat.letter().items[0].rationale;
    assert!(now.contains("First of it. And then."), "{now}");
    seat.press(Modifiers::COMMAND, Key::Z);
    seat.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(seat.letter().items[0].rationale, before);
}

/// Opens Settings at a page.
fn open_settings(seat: &mut Seat, page: &str) {
    seat.press(Modifiers::COMMAND, Key::Comma);
    seat.harness
        .get_by_role_and_label(Role::RadioButton, page)
        .click_accesskit();
    seat.steps();
}

#[test]
fn a_shortcut_is_changed_and_a_clash_is_told() {
    let mut seat = Seat::with_sample();
    open_settings(&mut seat, "Shortcuts");
    seat.type_into("Find a command", "outline");
    seat.click("Shortcut of Outline: Ctrl+1");
    seat.press(Modifiers::COMMAND, Key::Num2);
    assert!(seat.shows("Ctrl+2 is used for \"Letter\". Change that one first"));
    seat.text("o");
    seat.press(Modifiers::NONE, Key::O);
    assert!(
        seat.shows("These keys can type text. Hold Ctrl or Alt, or use a function key")
    );
    seat.press(Modifiers::NONE, Key::F2);
    assert!(seat.shows("Shortcut of Outline: F2"));
    assert_eq!(seat.desk().settings.shortcuts["Outline"], "F2");
    seat.press(Modifiers::NONE, Key::Escape);
    assert!(seat.desk().dialog.is_none());
    let has_outline =
        |seat: &Seat| seat.harness.query_all_by_label_contains(" done").next().is_some();
    assert!(has_outline(&seat));
    seat.press(Modifiers::COMMAND, Key::Num1);
    assert!(has_outline(&seat), "the old keys do nothing");
    seat.press(Modifiers::NONE, Key::F2);
    assert!(!has_outline(&seat));
    open_settings(&mut seat, "Shortcuts");
    seat.click("Reset all shortcuts");
    assert!(seat.desk().settings.shortcuts.is_empty());
}

#[test]
fn escape_and_delete_leave_a_command_with_its_keys_and_without() {
    let mut seat = Seat::with_sample();
    open_settings(&mut seat, "Shortcuts");
    seat.type_into("Find a command", "outline");
    seat.click("Shortcut of Outline: Ctrl+1");
    seat.press(Modifiers::NONE, Key::Escape);
    assert!(seat.desk().dialog.is_some() && seat.shows("Shortcut of Outline: Ctrl+1"));
    seat.click("Shortcut of Outline: Ctrl+1");
    seat.press(Modifiers::NONE, Key::Delete);
    assert!(seat.shows("Shortcut of Outline: None"));
    seat.click("Reset the shortcut of Outline");
    assert!(seat.shows("Shortcut of Outline: Ctrl+1"));
}

#[test]
fn an_entry_of_a_list_is_added_and_a_built_in_one_hidden() {
    let mut seat = Seat::with_sample();
    open_settings(&mut seat, "Lists");
    seat.click("Add an entry");
    seat.focus("Specialty");
    seat.press(Modifiers::COMMAND, Key::A);
    seat.field("Specialty").type_text("Space Medicine");
    seat.steps();
    seat.type_into("Find a built-in entry", "dermatology");
    seat.click("Hide Dermatology");
    let has = |desk: &Desk, name: &str| {
        desk.library.list("specialties").iter().any(|known| known == name)
    };
    seat.wait_for(|desk| has(desk, "Space Medicine") && !has(desk, "Dermatology"));
    let file = seat.folder.path().join("data/tables/lists.ron");
    assert!(std::fs::read_to_string(file).unwrap().contains("Space Medicine"));
    seat.click("Show Dermatology");
    seat.wait_for(|desk| has(desk, "Dermatology"));
}

#[test]
fn what_is_done_to_built_in_snippets_stands_in_columns() {
    let mut seat = Seat::with_sample();
    open_settings(&mut seat, "Snippets");
    let left = |words: &str| seat.harness.get_by_label(words).rect().left();
    let apart = left("Hide MRI supported") - left("Hide Physical therapy supported");
    assert!(apart.abs() < 0.01, "{apart}");
    let page = seat.harness.get_by_role_and_label(Role::Heading, "Snippets").rect();
    assert!(page.left() > 200.0 && left("Close") < 1080.0, "the box is in the window");
}

#[test]
fn built_in_entries_change_places() {
    let mut seat = Seat::with_sample();
    open_settings(&mut seat, "Lists");
    let first = |desk: &Desk| desk.library.list("specialties")[..3].to_vec();
    let before = first(seat.desk());
    let down = format!("Move {} down", before[0]);
    seat.click(&down);
    let (one, two, three) = (&before[0], &before[1], &before[2]);
    seat.wait_for(|desk| first(desk) == [two, one, three].map(String::from));
    // Of those that were searched for, it takes the place of the one above.
    seat.type_into("Find a built-in entry", "surgery");
    seat.click("Move Neurological Surgery up");
    let place = |desk: &Desk, name: &str| {
        let mut list = desk.library.list("specialties").iter();
        list.position(|known| known == name).expect("it is there")
    };
    seat.wait_for(|desk| {
        place(desk, "Neurological Surgery") + 1 == place(desk, "Hand Surgery")
    });
    assert_eq!(first(seat.desk())[1], *one, "the first move holds");
}

#[test]
fn a_chapter_of_ones_own_is_in_force_from_a_day_on() {
    let mut seat = Seat::with_sample();
    open_settings(&mut seat, "Lists");
    seat.harness
        .get_by_role_and_label(Role::RadioButton, "Guideline chapters")
        .click_accesskit();
    seat.steps();
    seat.click("Add an entry");
    seat.type_into("In force from", "3/1/2");
    let from = |desk: &Desk| desk.library.chapters().last().and_then(|own| own.from);
    seat.wait_for(|desk| desk.library.chapters().last().unwrap().title == "new entry");
    seat.type_into("In force from", "025");
    let day = jiff::civil::date(2025, 3, 1);
    seat.wait_for(|desk| from(desk) == Some(day));
    seat.press(Modifiers::NONE, Key::Tab);
    assert_eq!(seat.field("In force from").value().as_deref(), Some("03/01/2025"));
}

#[test]
fn the_board_has_the_chapters_of_the_items_body_part_first() {
    let mut seat = Seat::with_sample();
    let check = |seat: &mut Seat, first: &str, other: &str| {
        seat.focus("Rationale, item 1");
        seat.press(Modifiers::COMMAND, Key::G);
        let top = |words: &str| seat.harness.get_by_label(words).rect().top();
        assert!(top(first) < top(other), "{first}");
        seat.press(Modifiers::NONE, Key::Escape);
    };
    let back = "MTUS · 12 Low Back Complaints 2004";
    let knee = "MTUS · 13 Knee Complaints 2004";
    let neck = "MTUS · 8 Neck and Upper Back Complaints 2004";
    check(&mut seat, back, neck);
    seat.focus("Body part, item 1");
    seat.press(Modifiers::COMMAND, Key::A);
    seat.text("Knee");
    check(&mut seat, knee, back);
}

#[test]
fn the_board_of_guidelines_shows_the_other_years_by_its_key() {
    let mut seat = Seat::with_sample();
    seat.focus("Rationale, item 1");
    seat.press(Modifiers::COMMAND, Key::G);
    let all_years = |seat: &Seat| match &seat.desk().dialog {
        Some(rationale::app::desk::DialogBox::Guidelines(open)) => open.has_all_years,
        _ => panic!("the board is not open"),
    };
    assert!(!all_years(&seat));
    seat.press(Modifiers::COMMAND, Key::Y);
    assert!(all_years(&seat));
}

#[test]
fn every_page_of_settings_is_reached_by_arrows_and_entered_by_tab() {
    let mut seat = Seat::with_sample();
    seat.press(Modifiers::COMMAND, Key::Comma);
    for _ in 0..7 {
        seat.press(Modifiers::NONE, Key::ArrowDown);
    }
    seat.press(Modifiers::NONE, Key::Tab);
    assert!(seat.field("Find a command").is_focused());
    seat.text("outline");
    seat.press(Modifiers::NONE, Key::Tab);
    seat.press(Modifiers::NONE, Key::Enter);
    seat.press(Modifiers::NONE, Key::F2);
    assert_eq!(seat.desk().settings.shortcuts["Outline"], "F2");
}

#[test]
fn boxes_are_whole_in_a_window_at_twice_the_size() {
    let mut seat = Seat::with_sample();
    seat.harness.set_size(Vec2::new(640.0, 400.0));
    seat.steps();
    seat.focus("Rationale, item 1");
    for (key, first) in [(Key::Comma, "Appearance"), (Key::G, "In force on 11/04/2013")] {
        seat.press(Modifiers::COMMAND, key);
        seat.steps();
        let close = seat.harness.get_by_role_and_label(Role::Button, "Close").rect();
        let first = seat.harness.query_all_by_label(first).next();
        let top = first.expect("the box is open").rect().top();
        assert!(close.bottom() <= 400.0 && top >= 20.0, "{key:?}: {close} {top}");
        seat.press(Modifiers::NONE, Key::Escape);
    }
}
