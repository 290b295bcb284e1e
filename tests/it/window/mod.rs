//! The window as a person uses it: found by labels, driven by keys and clicks, without a
//! display.

mod assistive;
mod counted;
mod finding;
mod form;
mod letters;
mod panels;
mod real_keys;
mod script;
mod sealing;
mod slips;
mod snippets;
mod start;
mod texts;
mod typing;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rationale::app::desk::Desk;
use rationale::app::window::Window;
use rationale::diagnostic::Diagnostic;
use rationale::letter::Letter;
use rationale::library::Library;
use rationale::store::{self, DataFolder};

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Galley, Key, Modifiers, Shape, Vec2};

/// Somebody at the window, with a draft of their own on the disk.
struct Seat {
    harness: Harness<'static, Window>,
    draft: PathBuf,
    /// Where own letter kinds are laid.
    templates: PathBuf,
    folder: tempfile::TempDir,
}

impl Seat {
    /// At the start page.
    fn empty() -> Self {
        Self::new(|_| None)
    }

    /// With the sample letter open.
    fn with_sample() -> Self {
        let mut seat = Self::new(|path| {
            let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/quiet-letter.ron");
            std::fs::copy(sample, path).unwrap();
            Some(path.clone())
        });
        seat.wait_for(|desk| {
            desk.draft.as_ref().is_some_and(|draft| draft.composed.is_some())
        });
        seat
    }

    /// With the sample letter without its case number, and the caret elsewhere.
    fn with_a_problem() -> Self {
        let mut seat = Self::with_sample();
        seat.focus("Case number");
        seat.press(Modifiers::COMMAND, Key::A);
        seat.press(Modifiers::NONE, Key::Delete);
        seat.wait_for(|desk| !desk.diagnostics().is_empty());
        seat.focus("Rationale, item 1");
        seat
    }

    fn new(draft: impl FnOnce(&PathBuf) -> Option<PathBuf>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("draft.ron");
        let draft = draft(&path);
        let data = DataFolder::at(folder.path().join("data"));
        let templates = store::UserFolder::Templates.make(&data).unwrap();
        let library = Arc::new(Library::bundled().unwrap());
        let harness = Harness::builder()
            .with_size(Vec2::new(1280.0, 800.0))
            .with_step_dt(0.05)
            .build_eframe(move |creation| {
                Window::new(&creation.egui_ctx, library, Some(data), draft)
            });
        let mut seat = Self { harness, draft: path, templates, folder };
        seat.steps();
        seat
    }

    fn desk(&self) -> &Desk {
        self.harness.state().desk()
    }

    fn letter(&self) -> &Letter {
        &self.desk().draft.as_ref().expect("a letter is open").letter
    }

    /// Enough frames for what was asked to be drawn.
    fn steps(&mut self) {
        self.harness.run_steps(4);
    }

    /// Draws frames until the lanes have answered.
    #[track_caller]
    fn wait_for(&mut self, holds: impl Fn(&Desk) -> bool) {
        self.wait(Duration::from_secs(10), holds);
    }

    #[track_caller]
    fn wait(&mut self, most: Duration, holds: impl Fn(&Desk) -> bool) {
        let pause = Duration::from_millis(10);
        for _ in 0..most.as_millis() / pause.as_millis() {
            if holds(self.desk()) {
                return self.steps();
            }
            self.harness.step();
            std::thread::sleep(pause);
        }
        panic!("waited for {most:?}");
    }

    #[track_caller]
    fn focus(&mut self, name: &str) {
        self.field(name).focus();
        self.steps();
    }

    #[track_caller]
    fn field<'a>(&'a self, name: &'a str) -> egui_kittest::Node<'a> {
        let roles = [Role::TextInput, Role::MultilineTextInput];
        let is_field =
            |node: &egui_kittest::Node<'_>| roles.contains(&node.accesskit_node().role());
        self.harness
            .query_all_by_label(name)
            .find(is_field)
            .unwrap_or_else(|| panic!("there is no field {name}"))
    }

    #[track_caller]
    fn type_into(&mut self, name: &str, text: &str) {
        self.focus(name);
        self.field(name).type_text(text);
        self.steps();
    }

    #[track_caller]
    fn click(&mut self, name: &str) {
        self.harness
            .get_by_role_and_label(Role::Button, name)
            .click_accesskit();
        self.steps();
    }

    /// Goes from problem to problem until the caret is in this field.
    #[track_caller]
    fn walk_to(&mut self, name: &str) {
        self.focus("Case number");
        let is_there = (0..30).any(|_| {
            self.press(Modifiers::NONE, Key::F8);
            self.field(name).is_focused()
        });
        assert!(is_there, "no problem leads to {name}");
    }

    /// All words that are painted, as they are laid out.
    fn painted(&self) -> Vec<Arc<Galley>> {
        let mut words = Vec::new();
        let mut shapes: Vec<&Shape> = self
            .harness
            .output()
            .shapes
            .iter()
            .map(|clipped| &clipped.shape)
            .collect();
        while let Some(shape) = shapes.pop() {
            match shape {
                Shape::Vec(inner) => shapes.extend(inner),
                Shape::Text(text) => words.push(Arc::clone(&text.galley)),
                _ => {}
            }
        }
        words
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.steps();
    }
}

#[test]
fn a_new_letter_is_begun_by_the_keyboard_alone() {
    let mut seat = Seat::empty();
    seat.press(Modifiers::COMMAND, Key::N);
    // Of the kinds of letter, the first is ready to be taken.
    seat.press(Modifiers::NONE, Key::Enter);
    seat.type_into("Case number", "CM14-0000001");
    assert_eq!(seat.letter().case.number, "CM14-0000001");
    seat.type_into("Date of injury", "3-26-09");
    assert_eq!(seat.letter().case.date_of_injury.show(), "03/26/2009");
}

#[test]
fn what_is_typed_is_undone_and_done_again() {
    let mut seat = Seat::with_sample();
    let before = seat.letter().clone();
    seat.type_into("Rationale, item 1", "More. ");
    assert_ne!(*seat.letter(), before);
    seat.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(*seat.letter(), before);
    assert!(seat.field("Rationale, item 1").is_focused());
    seat.press(Modifiers::COMMAND, Key::Y);
    assert!(seat.letter().items[0].rationale.contains("More. "));
}

#[test]
fn shortcuts_leave_the_rationale_alone() {
    let keys = [
        Key::Z,
        Key::Y,
        Key::K,
        Key::H,
        Key::U,
        Key::W,
        Key::R,
        Key::D,
        Key::E,
        Key::P,
        Key::B,
        Key::I,
    ];
    for key in keys {
        let mut seat = Seat::with_sample();
        seat.focus("Rationale, item 1");
        seat.press(Modifiers::NONE, Key::Home);
        let before = seat.letter().items[0].rationale.clone();
        if key != Key::P && key != Key::E {
            seat.press(Modifiers::COMMAND, key);
        }
        let letter = seat
            .desk()
            .draft
            .as_ref()
            .map(|draft| draft.letter.items[0].rationale.clone());
        // Ctrl+W closes a letter without changes.
        assert_eq!(
            letter.unwrap_or_else(|| before.clone()),
            before,
            "Ctrl+{}",
            key.name()
        );
    }
}

#[test]
fn a_problem_leads_to_its_field() {
    let mut seat = Seat::with_a_problem();
    seat.press(Modifiers::NONE, Key::F8);
    assert!(seat.field("Case number").is_focused());
}

#[test]
fn the_list_of_problems_leads_there_too() {
    let mut seat = Seat::with_a_problem();
    seat.press(Modifiers::COMMAND, Key::Num3);
    let problem = seat.harness.query_all_by_role(Role::Button).find(|node| {
        node.accesskit_node().label().is_some_and(|label| {
            label.starts_with("Problem: ") && label.contains("number")
        })
    });
    problem.expect("the problem is listed").click_accesskit();
    seat.steps();
    assert!(seat.field("Case number").is_focused());
}

#[test]
fn a_letter_is_saved_where_it_was_opened() {
    let mut seat = Seat::with_sample();
    seat.type_into("Rationale, item 1", "Saved words. ");
    assert!(seat.desk().is_unsaved());
    seat.press(Modifiers::COMMAND, Key::S);
    seat.wait_for(|desk| !desk.is_unsaved());
    let saved = store::open(&seat.draft, None).unwrap().draft.letter;
    assert_eq!(saved, *seat.letter());
}

#[test]
fn closing_with_changes_asks() {
    let mut seat = Seat::with_sample();
    seat.type_into("Rationale, item 1", "Not saved. ");
    seat.press(Modifiers::COMMAND, Key::W);
    assert!(seat.desk().question().is_some());
    seat.press(Modifiers::NONE, Key::Escape);
    assert!(seat.desk().question().is_none() && seat.desk().draft.is_some());
    seat.press(Modifiers::COMMAND, Key::W);
    seat.click("Don’t save");
    assert!(seat.desk().draft.is_none());
}

#[test]
fn items_are_added_moved_copied_and_taken_out_by_keys() {
    let mut seat = Seat::with_sample();
    seat.focus("Treatment, item 1");
    seat.press(Modifiers::COMMAND, Key::Enter);
    assert!(seat.field("Treatment, item 2").is_focused());
    seat.type_into("Treatment, item 2", "MRI of the lumbar spine");
    seat.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(seat.letter().items[0].title.request, "MRI of the lumbar spine");
    assert!(seat.field("Treatment, item 1").is_focused(), "the caret goes with its item");
    seat.press(Modifiers::COMMAND, Key::D);
    assert_eq!(seat.letter().items.len(), 3);
    seat.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Delete);
    assert_eq!(seat.letter().items.len(), 2);
}

#[test]
fn a_list_completes_and_takes_words_of_ones_own() {
    let mut seat = Seat::with_sample();
    seat.type_into("Board certifications, reviewer 1", "ortho");
    seat.press(Modifiers::NONE, Key::Enter);
    seat.type_into("Board certifications, reviewer 1", "Space Medicine");
    seat.press(Modifiers::NONE, Key::Enter);
    let expected = ["Pain Management", "Orthopedic Surgery", "Space Medicine"];
    assert_eq!(seat.letter().reviewers[0].certifications, expected);
}

#[test]
fn a_guideline_is_cited_by_its_first_letters() {
    let mut seat = Seat::with_sample();
    seat.type_into("Guideline you relied on, item 1", "knee comp");
    seat.press(Modifiers::NONE, Key::Enter);
    let rationale::letter::Guideline::Cited(citations) =
        &seat.letter().items[0].reviewer_guideline
    else {
        panic!("the line is a list of citations");
    };
    assert_eq!(citations.len(), 2);
}

#[test]
fn every_field_can_be_reached_by_tab() {
    let mut seat = Seat::with_sample();
    seat.focus("Case number");
    let mut reached = std::collections::BTreeSet::from(["case.number".to_owned()]);
    for _ in 0..120 {
        seat.press(Modifiers::NONE, Key::Tab);
        reached.extend(seat.desk().focus.clone().map(|path| path.pattern().to_owned()));
    }
    let draft = seat.desk().draft.as_ref().unwrap();
    let fields = draft
        .template
        .fields()
        .iter()
        .filter(|field| !field.places(&draft.letter).is_empty());
    let missed: Vec<&str> = fields
        .map(|field| &*field.pattern)
        .filter(|pattern| !reached.contains(*pattern))
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn a_day_is_chosen_from_the_calendar() {
    let mut seat = Seat::with_sample();
    seat.focus("Date of injury");
    let button = seat.harness.query_all_by_label("Calendar for date of injury").next();
    button.expect("the first date has a calendar").click_accesskit();
    seat.steps();
    seat.click("March 18, 2009");
    assert_eq!(seat.letter().case.date_of_injury.show(), "03/18/2009");
}

#[test]
fn the_caret_comes_back_from_the_palette() {
    let mut seat = Seat::with_sample();
    seat.focus("Rationale, item 1");
    seat.press(Modifiers::COMMAND, Key::K);
    assert!(!seat.field("Rationale, item 1").is_focused());
    seat.press(Modifiers::NONE, Key::Escape);
    assert!(seat.field("Rationale, item 1").is_focused());
}

#[test]
fn a_word_that_is_not_entered_yet_is_saved_too() {
    let mut seat = Seat::with_sample();
    seat.type_into("Board certifications, reviewer 1", "Space Medicine");
    seat.type_into("Guideline you relied on, item 1", "A work of my own");
    seat.press(Modifiers::COMMAND, Key::S);
    seat.wait_for(|desk| !desk.is_unsaved());
    let saved = store::open(&seat.draft, None).unwrap().draft.letter;
    assert_eq!(saved.reviewers[0].certifications, ["Pain Management", "Space Medicine"]);
    assert_eq!(
        saved.items[0].reviewer_guideline,
        seat.letter().items[0].reviewer_guideline
    );
    assert!(
        format!("{:?}", saved.items[0].reviewer_guideline).contains("A work of my own")
    );
}

#[test]
fn a_word_that_is_not_entered_yet_is_asked_about() {
    let mut seat = Seat::with_sample();
    seat.type_into("States of licensure, reviewer 1", "Guam");
    seat.press(Modifiers::COMMAND, Key::W);
    assert!(seat.desk().question().is_some());
}

#[test]
fn a_new_letter_is_not_blamed_for_being_empty() {
    let mut seat = Seat::empty();
    seat.press(Modifiers::COMMAND, Key::N);
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_for(|desk| !desk.diagnostics().is_empty());
    assert!(
        seat.harness
            .query_by_label("Reviewer 1 needs a board certification")
            .is_none()
    );
    seat.press(Modifiers::NONE, Key::F8);
    assert!(
        seat.harness
            .query_by_label("Reviewer 1 needs a state of licensure")
            .is_some()
    );
}

#[test]
fn words_are_walked_to_mended_and_set_aside_by_the_keyboard() {
    let mut seat = Seat::with_sample();
    seat.focus("Clinical case summary");
    seat.press(Modifiers::COMMAND, Key::A);
    seat.field("Clinical case summary")
        .type_text("He fell \u{2611} and was seen on TBD.");
    seat.wait_for(|desk| desk.problems().any(|found| found.code == "L008"));
    seat.walk_to("Clinical case summary");
    seat.press(Modifiers::COMMAND, Key::Period);
    assert!(seat.harness.query_by_label("Write [x]").is_some(), "the menu is open");
    seat.press(Modifiers::NONE, Key::Enter);
    assert_eq!(seat.letter().summary, "He fell [x] and was seen on TBD.");
    assert!(seat.field("Clinical case summary").is_focused(), "the caret comes back");
    seat.wait_for(|desk| desk.problems().all(|found| found.code != "L009"));
    seat.walk_to("Clinical case summary");
    seat.press(Modifiers::COMMAND, Key::Period);
    seat.press(Modifiers::NONE, Key::Enter);
    assert!(seat.field("Reason").is_focused(), "the caret is in the box");
    seat.field("Reason").type_text("The name of a study");
    seat.steps();
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_for(|desk| desk.diagnostics().iter().any(Diagnostic::is_overridden));
    assert_eq!(seat.letter().overrides[0].reason, "The name of a study");
}
