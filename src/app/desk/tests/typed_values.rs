//! Values typed where a list is offered.

use std::collections::BTreeMap;

use super::*;
use crate::app::suggest;

/// Saves a letter whose reviewer is certified so.
fn save_one(desk: &mut Desk, path: &str, certification: &str) {
    let mut letter = sample();
    letter.reviewers[0].certifications = vec!["Pain Management".into()];
    open(desk, path, letter);
    desk.letter().reviewers[0].certifications = vec![certification.into()];
    for _ in 0..2 {
        desk.letter().summary.push('.');
        desk.wait(0);
        let jobs = desk.run(Command::Save);
        answer_save(desk, &jobs, Ok(()));
    }
}

#[test]
fn a_value_typed_in_two_letters_is_offered_in_the_third() {
    let mut desk = empty_desk();
    let offered = |desk: &Desk| {
        let list = suggest::list(&desk.library, &desk.settings.typed, "specialties");
        list.iter().any(|value| value == "Space Medicine")
    };
    save_one(&mut desk, "/cases/a.ron", "Space Medicine");
    assert!(!offered(&desk), "saved twice, it is one letter");
    save_one(&mut desk, "/cases/b.ron", "Space Medicine");
    assert!(offered(&desk));
    // What the list has is not counted.
    save_one(&mut desk, "/cases/c.ron", "Orthopedic Surgery");
    assert_eq!(desk.settings.typed["specialties"].len(), 1);
}

#[test]
fn a_letter_that_was_counted_is_not_counted_when_it_is_opened_again() {
    let mut desk = empty_desk();
    let mut letter = sample();
    letter.reviewers[0].certifications = vec!["Space Medicine".into()];
    open(&mut desk, "/cases/a.ron", letter);
    desk.type_summary(".");
    let jobs = desk.run(Command::Save);
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(desk.settings.typed.is_empty());
}

#[test]
fn what_is_typed_least_makes_room() {
    let mut settings = Settings::default();
    settings.count_typed("specialties", "Space Medicine");
    settings.count_typed("specialties", "Space Medicine");
    (0..300).for_each(|number| settings.count_typed("specialties", &number.to_string()));
    assert_eq!(settings.typed["specialties"].len(), 200);
    assert_eq!(settings.typed["specialties"]["Space Medicine"], 2);
}

#[test]
fn prose_in_the_wrong_field_is_not_learned_and_what_was_learned_can_be_forgotten() {
    let mut desk = empty_desk();
    for words in [
        "warehouse associate injured on 03/14/2015",
        "He twisted his left knee when a pallet fell and has had pain in it since then",
    ] {
        save_one(&mut desk, "/cases/a.ron", words);
        assert!(desk.settings.typed.values().all(BTreeMap::is_empty), "{words}");
    }
    save_one(&mut desk, "/cases/b.ron", "Space Medicine");
    assert_eq!(desk.settings.typed["specialties"]["Space Medicine"], 1);
    desk.forget_value("specialties", "Space Medicine");
    assert!(desk.settings.typed["specialties"].is_empty());
}
