//! The outline, and the walk from problem to problem.

use super::*;
use crate::app::command::COMMANDS;
use crate::app::desk::Progress;
use crate::letter::fields::Section;

#[test]
fn problems_are_walked_in_the_order_of_the_form_and_round() {
    let mut desk = desk_with_file("/a.ron", sample());
    // The sample cites a chapter on another part of the body.
    desk.letter().items[0].reviewer_guideline =
        desk.letter().items[0].claims_guideline.clone();
    assert_eq!(desk.refusal(&Command::NextProblem).as_deref(), Some("No problems"));
    desk.letter().case.number.clear();
    desk.letter().documents.clear();
    desk.letter().summary.clear();
    desk.compose_now();
    desk.focus = None;
    let mut walk = |command: Command| {
        desk.run(command);
        desk.revealed()
    };
    assert_eq!(walk(Command::NextProblem), "case.number");
    assert_eq!(walk(Command::NextProblem), "documents");
    assert_eq!(walk(Command::NextProblem), "summary");
    assert_eq!(walk(Command::NextProblem), "case.number");
    assert_eq!(walk(Command::PreviousProblem), "summary");
    assert_eq!(walk(Command::PreviousProblem), "documents");
}

#[test]
fn warnings_are_walked_after_all_errors() {
    let mut desk = desk_with_file("/a.ron", sample());
    desk.letter().items[0].reviewer_guideline =
        desk.letter().items[0].claims_guideline.clone();
    desk.letter().summary = desk.letter().summary.replace("low back", "low  back");
    desk.letter().documents.clear();
    desk.letter().items[0].rationale.clear();
    desk.compose_now();
    desk.focus = None;
    let mut walked = Vec::new();
    for _ in 0..8 {
        desk.run(Command::NextProblem);
        walked.push((desk.revealed(), desk.select.map(|words| words.start)));
    }
    let errors: Vec<&str> = walked[..2].iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(errors, ["documents", "items[1].rationale"]);
    assert_eq!(walked[2].0, "summary", "{walked:?}");
    let round = walked.iter().skip(1).position(|stop| *stop == walked[0]).unwrap() + 1;
    assert_eq!(round, 3, "every place is a stop once: {walked:?}");
    assert_eq!(walked[round + 1], walked[1]);
    // From any other field, what comes after it and is an error.
    desk.focus = Some(FieldPath::new("summary", &[]));
    desk.last_stop = None;
    desk.run(Command::NextProblem);
    assert_eq!(desk.revealed(), "items[1].rationale");
}

fn outline(desk: &Desk) -> Vec<(String, Progress)> {
    desk.outline()
        .into_iter()
        .map(|part| (part.label, part.progress))
        .collect()
}

#[test]
fn a_section_is_optional_where_its_template_asks_for_nothing_in_it() {
    for (id, expected) in [
        ("imr-2013", vec![Section::Parties]),
        ("imr-2014", vec![Section::Parties]),
        ("imr-2017", vec![Section::Parties]),
        ("ca-dmhc", vec![Section::Parties]),
        ("ny-external-appeal", vec![Section::Parties]),
        ("texas-iro", vec![Section::Parties]),
        ("ur-denial", vec![]),
    ] {
        let mut desk = empty_desk();
        desk.run(Command::Begin(id.into()));
        let optional: Vec<Section> = desk
            .outline()
            .into_iter()
            .filter(|part| part.progress == Progress::Optional)
            .filter_map(|part| part.section)
            .collect();
        assert_eq!(optional, expected, "{id}");
    }
}

#[test]
fn the_outline_says_what_is_done() {
    let mut desk = desk_with_file("/a.ron", sample());
    desk.compose_now();
    let done: Vec<_> = outline(&desk)
        .into_iter()
        .filter(|(_, progress)| *progress == Progress::Done)
        .collect();
    assert_eq!(done.len(), outline(&desk).len(), "{:?}", desk.outline());
    desk.run(Command::AddItem);
    desk.letter().items[1].rationale = "Because.".into();
    desk.letter().summary.clear();
    desk.compose_now();
    let parts = desk.outline();
    let items = parts.iter().find(|part| !part.parts.is_empty()).unwrap();
    let labels: Vec<_> = items
        .parts
        .iter()
        .map(|part| (part.label.as_str(), part.progress))
        .collect();
    assert_eq!(
        labels,
        [("Trigger Point Injections", Progress::Done), ("Item 2", Progress::Begun)]
    );
    assert_eq!(items.errors, items.parts[1].errors);
    let summary = parts
        .iter()
        .find(|part| part.label == "Clinical case summary")
        .unwrap();
    // That it is empty is no fault yet.
    assert_eq!((summary.progress, summary.errors), (Progress::Empty, 0));
    assert_ne!(parts.last().unwrap().progress, Progress::Done);
}

#[test]
fn a_new_letter_is_empty_all_through() {
    let mut desk = desk();
    desk.compose_now();
    assert!(
        outline(&desk)
            .iter()
            .all(|(_, progress)| [Progress::Empty, Progress::Optional].contains(progress)),
        "{:?}",
        outline(&desk)
    );
}

#[test]
fn without_a_letter_nothing_can_be_done_to_one() {
    let mut desk = empty_desk();
    let free = [
        "New letter…",
        "Open…",
        "Import a finished letter…",
        "Paste a letter…",
        "Quit",
        "Check spelling",
        "Curly quotes and dashes",
        "Outline",
        "Letter",
        "Problems",
        "Find a field or command…",
        "Dim the page when dark",
        "High contrast",
        "Reduce motion",
        "About Rationale",
        "Larger",
        "Smaller",
        "Actual size",
        "Light",
        "Dark",
        "Match system",
        "Settings…",
        "Add a folder of letters…",
        "Templates folder",
        "Tables folder",
        "Help and shortcuts",
    ];
    for entry in COMMANDS {
        let refusal = desk.refusal(&entry.command);
        assert_eq!(
            refusal.is_none(),
            free.contains(&entry.label),
            "{}: {refusal:?}",
            entry.label
        );
        if let Some(refusal) = refusal {
            assert!(desk.run(entry.command.clone()).is_empty(), "{}", entry.label);
            assert!(desk.notice_texts().contains(&refusal.as_str()), "{}", entry.label);
        }
    }
}

#[test]
fn a_reviewer_with_a_statement_to_confirm_is_not_done() {
    let mut desk = desk_with_file("/a.ron", sample());
    let mut reviewer_with = |is_confirmed: bool| {
        desk.letter().reviewers[0].attests_no_affiliation = is_confirmed;
        desk.compose_now();
        desk.outline()[0].progress
    };
    assert_eq!(reviewer_with(false), Progress::Begun);
    assert_eq!(reviewer_with(true), Progress::Done);
}
