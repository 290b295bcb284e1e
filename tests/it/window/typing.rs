//! Keys that come faster than frames: from a fast hand, a text expander, dictation.

use egui_kittest::kittest::By;

use super::*;
use eframe::egui::ImeEvent;

/// What a person or a program sends in one go: words, `\t` for Tab, `\n` for Enter.
pub(super) fn burst(seat: &mut Seat, keys: &str) {
    for key in keys.chars() {
        let event = match key {
            '\t' => pressed(Key::Tab),
            '\n' => pressed(Key::Enter),
            letter => Event::Text(letter.to_string()),
        };
        seat.harness.input_mut().events.push(event);
    }
    seat.harness.run_steps(4 * keys.len());
}

fn pressed(key: Key) -> Event {
    let modifiers = Modifiers::NONE;
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn new_letter() -> Seat {
    let mut seat = Seat::empty();
    seat.press(Modifiers::COMMAND, Key::N);
    seat.press(Modifiers::NONE, Key::Enter);
    seat.focus("Case number");
    seat
}

#[test]
fn a_burst_goes_where_each_key_leads() {
    let mut seat = new_letter();
    seat.focus("Date of injury");
    burst(&mut seat, "3/26/09\t\t7/1/14\t7/8/14\t");
    let case = &seat.letter().case;
    let dates = [&case.date_of_injury, &case.ur_denial_date, &case.application_received];
    let shown = dates.map(rationale::letter::Entry::show);
    assert_eq!(shown, ["03/26/2009", "07/01/2014", "07/08/2014"]);
}

#[test]
fn a_choice_from_a_list_and_the_next_field_come_in_one_burst() {
    for accept in ["\n\t", "\t"] {
        let mut seat = new_letter();
        seat.press(Modifiers::COMMAND, Key::Enter);
        seat.focus("Body part, item 1");
        burst(&mut seat, &format!("kne{accept}nothing in the list{accept}"));
        let item = &seat.letter().items[0];
        let chosen = (item.body_part.as_str(), item.category.as_str());
        assert_eq!(chosen, ("Knee", "nothing in the list"), "{accept:?}");
    }
}

#[test]
fn enter_leaves_the_caret_where_it_is() {
    let mut seat = new_letter();
    burst(&mut seat, "CM14\n-0000009\n");
    assert_eq!(seat.letter().case.number, "CM14-0000009");
    assert!(seat.field("Case number").is_focused());
}

#[test]
fn what_is_typed_without_a_focus_goes_to_the_last_field() {
    let mut seat = new_letter();
    burst(&mut seat, "CM14");
    seat.harness.ctx.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
    });
    seat.steps();
    burst(&mut seat, "-0000009");
    assert_eq!(seat.letter().case.number, "CM14-0000009");
}

#[test]
fn tab_stops_at_fields_alone() {
    let mut seat = new_letter();
    seat.press(Modifiers::COMMAND, Key::Enter);
    seat.focus("Case number");
    let fields = [
        Role::TextInput,
        Role::MultilineTextInput,
        Role::RadioButton,
        Role::CheckBox,
        Role::ComboBox,
    ];
    for _ in 0..60 {
        burst(&mut seat, "\t");
        for node in seat.harness.query_all(By::new()) {
            if !node.is_focused() {
                continue;
            }
            let node = node.accesskit_node();
            let is_field = fields.contains(&node.role());
            assert!(is_field, "{:?} {:?}", node.role(), node.label());
        }
        if seat.field("Rationale, item 1").is_focused() {
            return;
        }
    }
    panic!("Tab never came to the rationale");
}

#[test]
fn arrows_choose_among_radios_and_tab_walks_on() {
    let mut seat = new_letter();
    seat.press(Modifiers::COMMAND, Key::Enter);
    seat.focus("Treatment, item 1");
    burst(&mut seat, "MRI\t");
    seat.press(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(seat.letter().items[0].decision.0, "upheld");
    seat.press(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(seat.letter().items[0].decision.0, "overturned");
    burst(&mut seat, "u");
    assert_eq!(seat.letter().items[0].decision.0, "upheld");
    burst(&mut seat, "\tknee\t");
    assert_eq!(seat.letter().items[0].body_part, "Knee");
}

/// Where the caret is, from the top of the window.
fn caret_line(seat: &Seat) -> std::ops::Range<f32> {
    let ime = seat
        .harness
        .output()
        .platform_output
        .ime
        .expect("a text has the focus");
    ime.cursor_rect.top()..ime.cursor_rect.bottom()
}

#[test]
fn the_caret_is_seen_after_every_key() {
    let mut seat = Seat::with_sample();
    // Between the menus and the line of problems.
    let form = 60.0..735.0;
    seat.focus("Rationale, item 1");
    for keys in ["one more line of words that nobody may type blind\n", "\n\n"] {
        for _ in 0..25 {
            burst(&mut seat, keys);
            let caret = caret_line(&seat);
            assert!(form.start < caret.start && caret.end < form.end, "{caret:?}");
        }
    }
    for key in [Key::ArrowUp, Key::Home, Key::PageUp, Key::PageDown] {
        for _ in 0..30 {
            seat.press(Modifiers::NONE, key);
            if matches!(key, Key::PageUp | Key::PageDown) {
                // These look elsewhere; the next key comes back to the caret.
                seat.press(Modifiers::NONE, Key::ArrowLeft);
            }
            let caret = caret_line(&seat);
            assert!(form.start < caret.start && caret.end < form.end, "{caret:?}");
        }
    }
}

#[test]
fn a_field_that_tab_comes_to_is_seen_with_its_help() {
    let mut seat = new_letter();
    for _ in 0..18 {
        burst(&mut seat, "\t");
        if let Some(ime) = seat.harness.output().platform_output.ime {
            let help = ime.rect.bottom() + 50.0;
            assert!(60.0 < ime.rect.top() && help < 735.0, "{:?}", ime.rect);
        }
    }
}

#[test]
fn tab_leaves_a_list_that_was_only_looked_at_without_choosing() {
    let mut seat = new_letter();
    seat.press(Modifiers::COMMAND, Key::Enter);
    seat.focus("Body part, item 1");
    for key in [Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        seat.press(Modifiers::NONE, key);
    }
    assert_ne!(seat.letter().items[0].body_part, "");
    seat.press(Modifiers::COMMAND, Key::A);
    seat.press(Modifiers::NONE, Key::Delete);
    seat.press(Modifiers::NONE, Key::ArrowDown);
    burst(&mut seat, "\t");
    assert_eq!(seat.letter().items[0].body_part, "");
}

#[test]
fn tab_comes_from_the_last_field_to_the_first() {
    let mut seat = new_letter();
    seat.focus("Rationale, item 1");
    seat.press(Modifiers::NONE, Key::Tab);
    assert!(seat.field("Your name (never printed), reviewer 1").is_focused());
}

/// What an input method sends while an accent or a character is being composed.
fn composing(text: &str) -> Event {
    let active_range_chars = None;
    Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars })
}

#[test]
fn what_an_input_method_composes_comes_into_its_field_in_order() {
    let mut seat = new_letter();
    seat.press(Modifiers::COMMAND, Key::Enter);
    for (name, next) in [
        ("Treatment, item 1", None),
        ("Body part, item 1", Some("Category, item 1")),
        ("Document, document 1", Some("Author, document 1")),
    ] {
        seat.focus(name);
        let commit = |text: &str| Event::Ime(ImeEvent::Commit(text.to_owned()));
        let events = [
            Event::Text("caf".into()),
            composing("´"),
            composing(""),
            commit("é"),
            Event::Text(" ".into()),
            composing("n"),
            composing("n~"),
            composing(""),
            commit("ñ"),
            pressed(Key::Tab),
            Event::Text("more".into()),
        ];
        seat.harness.input_mut().events.extend(events);
        seat.harness.run_steps(40);
        assert_eq!(seat.field(name).value().as_deref(), Some("café ñ"), "{name}");
        if let Some(next) = next {
            assert_eq!(seat.field(next).value().as_deref(), Some("more"), "{name}");
        }
    }
}

#[test]
fn what_is_still_being_composed_stays_where_the_caret_was() {
    let mut seat = new_letter();
    seat.focus("Case number");
    seat.harness.input_mut().events.extend([
        Event::Text("CM14-".into()),
        composing("000"),
        pressed(Key::Tab),
        Event::Ime(ImeEvent::Commit("9".into())),
    ]);
    seat.harness.run_steps(20);
    let number = &seat.letter().case.number;
    assert!(number.starts_with("CM14-000"), "{number}");
}
