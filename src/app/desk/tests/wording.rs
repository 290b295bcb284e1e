//! Letter kinds that change while a letter of theirs is open, and between two openings of
//! a draft.

use super::*;
use crate::compare::Piece;
use crate::store::TemplateRef;
use crate::template::{Broken, OwnTemplate, Templates};

const HEAD: &str =
    "(id: \"note\", name: \"A note\", version: 1, title: \"Note\", outcomes: [])\n---\n";

fn own(source: &str) -> OwnTemplate {
    let template = Template::parse(source).unwrap_or_else(|found| panic!("{found:#?}"));
    OwnTemplate {
        path: "/kinds/note.letter".into(),
        template: Arc::new(template),
        without: Vec::new(),
    }
}

fn user_folder(wording: &str) -> Templates {
    Templates::new(vec![own(&format!("{HEAD}{wording}"))], Vec::new())
}

fn broken_template(wording: &str) -> Templates {
    let source = format!("{HEAD}{wording}");
    let problems = Template::parse(&source).err().expect("it is broken");
    Templates::new(
        Vec::new(),
        vec![Broken { path: "/kinds/note.letter".into(), source, problems }],
    )
}

/// A desk with a note that was just begun.
fn desk_with_note() -> Desk {
    let mut desk = empty_desk();
    desk.templates = user_folder("Noted: {{ summary }}");
    desk.run(Command::Begin("note".into()));
    desk.letter().summary = "seen".into();
    desk.compose_now();
    desk
}

fn words(desk: &Desk) -> String {
    desk.draft
        .as_ref()
        .unwrap()
        .composed
        .as_ref()
        .unwrap()
        .composition
        .document
        .text()
}

/// Opens a note that was written in this wording.
fn open_note(desk: &mut Desk, wording: &str) -> Vec<Job> {
    let source: Arc<str> = format!("{HEAD}{wording}").into();
    let template = TemplateRef { id: "note".into(), version: 1, source };
    let letter = Letter { summary: "seen".into(), ..Letter::default() };
    let text = Draft { template, letter, ..Draft::default() }.to_text().unwrap();
    let opened = crate::store::read(text.as_bytes(), Path::new("a.ron"), None).unwrap();
    desk.run(Command::OpenFile("/a.ron".into()));
    desk.answer_open(Ok(Box::new(opened)))
}

#[test]
fn a_template_that_is_saved_elsewhere_is_shown_at_once() {
    let mut desk = desk_with_note();
    assert_eq!(words(&desk), "Noted: seen");
    let jobs =
        desk.receive(Event::Templates(user_folder("Noted with care: {{ summary }}")));
    desk.compose(&jobs);
    assert_eq!(words(&desk), "Noted with care: seen");
    assert!(desk.question().is_none() && desk.read().summary == "seen");
}

#[test]
fn a_template_that_breaks_is_reported_and_keeps_the_letter_in_its_last_wording() {
    let mut desk = desk_with_note();
    desk.receive(Event::Templates(broken_template("Noted: {{ sumary }}")));
    assert_eq!(
        desk.notice_texts(),
        ["note.letter cannot be used, so the letter is shown with its previous wording"]
    );
    assert_eq!(desk.notices[0].hint, "Line 3, column 11: There is no field sumary");
    assert_eq!(
        (words(&desk).as_str(), desk.read().summary.as_str()),
        ("Noted: seen", "seen")
    );
    let jobs = desk.receive(Event::Templates(user_folder("Mended: {{ summary }}")));
    desk.compose(&jobs);
    assert_eq!((words(&desk).as_str(), desk.notice_texts().len()), ("Mended: seen", 0));
}

#[test]
fn where_a_built_in_kind_was_replaced_the_built_in_takes_over() {
    let of_2014 =
        |wording: &str| format!("{HEAD}{wording}").replace("\"note\"", "\"imr-2014\"");
    let mut desk = empty_desk();
    desk.templates =
        Templates::new(vec![own(&of_2014("Ours: {{ summary }}"))], Vec::new());
    desk.run(Command::Begin("imr-2014".into()));
    let source = of_2014("Ours: {{ sumary }}");
    let problems = Template::parse(&source).err().expect("it is broken");
    let broken = Broken { path: "/kinds/note.letter".into(), source, problems };
    let jobs = desk.receive(Event::Templates(Templates::new(Vec::new(), vec![broken])));
    desk.compose(&jobs);
    assert!(words(&desk).contains("HOW THE IMR FINAL DETERMINATION WAS MADE"));
    assert_eq!(
        desk.notice_texts(),
        ["note.letter cannot be used, so the letter is shown with the built-in wording"]
    );
}

#[test]
fn a_draft_of_another_wording_keeps_it_until_its_writer_chooses() {
    let mut desk = empty_desk();
    desk.templates = user_folder("Noted again: {{ summary }}");
    let jobs = open_note(&mut desk, "Noted: {{ summary }}");
    desk.compose(&jobs);
    assert_eq!(words(&desk), "Noted: seen");
    let changes = desk
        .question()
        .map(|question| question.changes.clone())
        .unwrap_or_default();
    let expected = [
        Piece::Gone("Noted:".into()),
        Piece::Come("Noted again:".into()),
        Piece::Same("seen".into()),
    ];
    assert_eq!(changes, expected);
    assert_eq!(desk.labels(), ["Use the new wording", "Keep the old wording"]);
    let jobs = desk.answer("Use the new wording");
    desk.compose(&jobs);
    assert_eq!(words(&desk), "Noted again: seen");
    assert!(desk.is_unsaved() && desk.question().is_none());
}

#[test]
fn the_drafts_wording_can_be_kept_and_the_new_one_taken_later() {
    let mut desk = empty_desk();
    desk.templates = user_folder("Noted again: {{ summary }}");
    open_note(&mut desk, "Noted: {{ summary }}");
    desk.answer("Keep the old wording");
    desk.compose_now();
    assert_eq!(words(&desk), "Noted: seen");
    assert!(!desk.is_unsaved() && desk.refusal(&Command::UseNewWording).is_none());
    let (_, text, _) = save_of(&desk.run(Command::Save)).unwrap();
    assert!(text.contains("Noted: {{ summary }}"));
    let jobs = desk.run(Command::UseNewWording);
    desk.compose(&jobs);
    assert_eq!(words(&desk), "Noted again: seen");
}

#[test]
fn a_change_that_makes_no_difference_to_the_letter_is_not_asked_about() {
    let mut desk = empty_desk();
    desk.templates = user_folder(
        "Noted: {{ summary }}{% if case.number %} in {{ case.number }}{% endif %}",
    );
    let jobs = open_note(&mut desk, "Noted: {{ summary }}");
    assert!(desk.question().is_none());
    desk.compose(&jobs);
    assert!(!desk.is_unsaved() && desk.refusal(&Command::UseNewWording).is_some());
}
