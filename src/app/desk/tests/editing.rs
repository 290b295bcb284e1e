//! History, rows and closing sentences.

use super::*;
use crate::letter::Decision;

#[test]
fn what_is_typed_without_a_pause_is_one_step() {
    let mut desk = desk();
    desk.type_summary("The");
    desk.wait(1);
    desk.type_summary(" claimant");
    desk.wait(3);
    desk.type_summary(" walks");
    desk.run(Command::Undo);
    assert_eq!(desk.read().summary, "The claimant");
    desk.run(Command::Undo);
    assert_eq!(desk.read().summary, "");
    assert_eq!(desk.refusal(&Command::Undo).as_deref(), Some("There is nothing to undo"));
    desk.run(Command::Redo);
    desk.run(Command::Redo);
    assert_eq!(desk.read().summary, "The claimant walks");
    assert_eq!(desk.refusal(&Command::Redo).as_deref(), Some("There is nothing to redo"));
}

#[test]
fn what_was_typed_and_deleted_again_is_no_step() {
    let mut desk = desk();
    desk.type_summary("The");
    desk.letter().summary.clear();
    desk.wait(0);
    assert!(desk.refusal(&Command::Undo).is_some());
    assert!(!desk.is_unsaved());
}

#[test]
fn typing_in_another_field_and_choosing_are_steps_of_their_own() {
    let mut desk = desk();
    desk.type_summary("The");
    desk.focus = Some(FieldPath::new("case.number", &[]));
    desk.letter().case.number = "CM13-0012345".into();
    desk.wait(0);
    let item = desk.letter().items[0].id;
    desk.focus = Some(FieldPath::new("items[].decision", &[item]));
    for decision in ["upheld", "overturned"] {
        desk.letter().items[0].decision = Decision(decision.into());
        desk.wait(0);
    }
    desk.run(Command::Undo);
    assert_eq!(desk.read().items[0].decision.0, "upheld");
    desk.run(Command::Undo);
    desk.run(Command::Undo);
    assert_eq!(
        (desk.read().case.number.as_str(), desk.read().summary.as_str()),
        ("", "The")
    );
    assert_eq!(desk.revealed(), "case.number");
}

#[test]
fn a_change_after_undo_ends_redo() {
    let mut desk = desk();
    desk.type_summary("The");
    desk.run(Command::Undo);
    desk.type_summary("A");
    assert!(desk.refusal(&Command::Redo).is_some());
}

#[test]
fn a_command_first_settles_what_was_typed() {
    let mut desk = desk();
    desk.focus = Some(summary());
    desk.letter().summary.push('x');
    let jobs = desk.run(Command::AddItem);
    assert_eq!(job_names(&jobs), ["compose", "compose"]);
    desk.run(Command::Undo);
    assert_eq!((desk.read().items.len(), desk.read().summary.as_str()), (1, "x"));
    desk.run(Command::Undo);
    assert_eq!(desk.read().summary, "");
}

#[test]
fn an_id_that_was_undone_is_not_given_out_again() {
    let mut desk = desk();
    desk.run(Command::AddItem);
    let undone = desk.letter().items[1].id;
    desk.run(Command::Undo);
    assert!(!desk.is_unsaved());
    desk.run(Command::AddItem);
    assert_ne!(desk.letter().items[1].id, undone);
}

#[test]
fn an_item_is_added_after_the_one_with_the_caret() {
    let mut desk = desk();
    desk.run(Command::Add(Group::Items));
    assert_eq!(desk.revealed(), "items[2].request");
    desk.focus = Some(rationale(&mut desk, 0));
    desk.run(Command::AddItem);
    assert_eq!(
        (desk.read().items.len(), desk.revealed().as_str()),
        (3, "items[2].request")
    );
}

#[test]
fn a_row_that_was_added_is_shown_where_it_is_begun() {
    let mut desk = desk();
    for (command, expected) in [
        (Command::AddReviewer, "reviewers[2].certifications"),
        // The empty line of a table is no row of the letter yet.
        (Command::AddDocument, "documents[0].kind"),
        (Command::AddRecipient, "recipients[0].role"),
    ] {
        desk.run(command);
        assert_eq!(desk.revealed(), expected);
    }
    assert!(desk.read().documents.is_empty() && desk.read().recipients.is_empty());
}

#[test]
fn the_caret_moves_with_its_row() {
    let mut desk = desk();
    desk.run(Command::AddItem);
    desk.focus = Some(rationale(&mut desk, 1));
    let reason = desk.refusal(&Command::MoveDown);
    assert_eq!(reason.as_deref(), Some("This is already the last"));
    desk.run(Command::MoveUp);
    assert_eq!(desk.revealed(), "items[1].rationale");
    desk.run(Command::Undo);
    assert_eq!(desk.revealed(), "items[1].request");
}

#[test]
fn a_row_that_was_removed_comes_back_and_is_shown() {
    let mut desk = desk();
    desk.run(Command::AddItem);
    desk.letter().items[1].title.request = "MRI".into();
    desk.focus = Some(rationale(&mut desk, 1));
    desk.run(Command::RemoveRow);
    assert_eq!(
        (desk.read().items.len(), desk.revealed().as_str()),
        (1, "items[1].request")
    );
    desk.run(Command::Undo);
    assert_eq!(
        (desk.read().items[1].title.request.as_str(), desk.revealed().as_str()),
        ("MRI", "items[2].request")
    );
}

#[test]
fn the_last_row_leaves_its_group() {
    let mut desk = desk();
    desk.focus = Some(rationale(&mut desk, 0));
    desk.run(Command::RemoveRow);
    assert_eq!(desk.revealed(), "items");
    assert_eq!(
        desk.refusal(&Command::RemoveRow).as_deref(),
        Some("Click in an item or row first")
    );
}

#[test]
fn a_copy_is_shown() {
    let mut desk = desk();
    desk.letter().items[0].title.request = "MRI".into();
    desk.focus = Some(rationale(&mut desk, 0));
    desk.run(Command::DuplicateRow);
    assert_eq!(
        (desk.read().items[1].title.request.as_str(), desk.revealed().as_str()),
        ("MRI", "items[2].request")
    );
}

fn close(decision: &str, rationale: &str) -> Result<String, String> {
    let mut desk = desk();
    desk.letter().items[0].decision = Decision(decision.into());
    desk.letter().items[0].rationale = rationale.into();
    let path = super::rationale(&mut desk, 0);
    if let Some(reason) = desk.refusal(&Command::EndWithClosing(path.clone())) {
        return Err(reason);
    }
    desk.run(Command::EndWithClosing(path));
    Ok(desk.letter().items[0].rationale.clone())
}

#[test]
fn a_rationale_ends_with_what_its_decision_means() {
    for (decision, rationale, expected) in [
        (
            "upheld",
            "No need.",
            Ok("No need. The requested item is not medically necessary."),
        ),
        ("overturned", "", Ok("The requested item is medically necessary.")),
        (
            "upheld",
            "A. The requested item is medically necessary.",
            Ok("A. The requested item is not medically necessary."),
        ),
        (
            "upheld",
            "The requested item is not medically necessary.\n",
            Err("The rationale already ends with this sentence"),
        ),
        ("", "No need.", Err("Choose the item's decision first")),
    ] {
        assert_eq!(
            close(decision, rationale),
            expected.map(str::to_owned).map_err(str::to_owned),
            "{decision} {rationale}"
        );
    }
}

#[test]
fn without_a_caret_the_first_open_rationale_is_ended() {
    let mut desk = desk();
    assert!(desk.refusal(&Command::AddClosing).is_some());
    desk.run(Command::Add(Group::Items));
    desk.letter().items[1].decision = Decision("overturned".into());
    desk.focus = None;
    desk.run(Command::AddClosing);
    assert_eq!(
        desk.read().items[1].rationale,
        "The requested item is medically necessary."
    );
    assert_eq!(desk.revealed(), "items[2].rationale");
}

#[test]
fn a_read_only_draft_stays_as_it_is() {
    let mut opened = opened(sample());
    opened.read_only = Some(crate::store::ReadOnly::Protected);
    let mut desk = empty_desk();
    desk.run(Command::OpenFile("a.ron".into()));
    desk.answer_open(Ok(Box::new(opened)));
    desk.letter().summary.clear();
    desk.run(Command::AddItem);
    assert_eq!(*desk.read(), sample());
    assert!(desk.refusal(&Command::Save).unwrap().contains("write-protected"));
    assert_eq!(desk.refusal(&Command::SaveAs), None);
    let ask = ask_of(&desk.run(Command::SaveAs));
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("b.ron".into()) });
    answer_save(&mut desk, &jobs, Ok(()));
    assert_eq!(desk.refusal(&Command::Save), None);
}

#[test]
fn a_draft_that_is_understood_in_part_gives_no_letter() {
    let mut opened = opened(sample());
    opened.read_only =
        Some(crate::store::ReadOnly::UnknownFields(vec!["letter.mood".into()]));
    let mut desk = empty_desk();
    desk.run(Command::OpenFile("a.ron".into()));
    let jobs = desk.answer_open(Ok(Box::new(opened)));
    desk.compose(&jobs);
    for command in [Command::Export, Command::ExportUnfinished, Command::Print] {
        assert!(
            desk.refusal(&command).unwrap().contains("could be incomplete"),
            "{command:?}"
        );
    }
}

#[test]
fn items_are_made_from_the_treatments_requested_in_one_step() {
    let mut desk = desk();
    desk.letter().items.clear();
    desk.letter().case.treatments_requested = [
        "MRI of the left knee",
        "Physical therapy, 12 sessions, left knee",
        "Norco 10/325 mg #60",
    ]
    .map(String::from)
    .into();
    desk.run(Command::Add(Group::Items));
    desk.run(Command::AddRequestedItems);
    let made: Vec<[&str; 3]> = desk
        .read()
        .items
        .iter()
        .map(|item| [&*item.title.request, &*item.body_part, &*item.category])
        .collect();
    assert_eq!(
        made,
        [
            ["MRI of the left knee", "Knee", "Diagnostic Testing: Imaging/Radiology"],
            ["Physical therapy, 12 sessions, left knee", "Knee", "Rehabilitation: PT/OT"],
            ["Norco 10/325 mg #60", "", "Pharmaceuticals: Opioids"],
        ]
    );
    assert!(desk.refusal(&Command::AddRequestedItems).is_some());
    desk.run(Command::Undo);
    assert_eq!(desk.read().items.len(), 1);
}

#[test]
fn the_first_item_is_one_for_each_treatment_requested() {
    let mut desk = desk();
    desk.letter().items.clear();
    let requests = ["MRI of the left knee", "Norco 10/325 mg #60"];
    desk.letter().case.treatments_requested = requests.map(String::from).into();
    for expected in [2, 3] {
        desk.run(Command::AddItem);
        assert_eq!(desk.read().items.len(), expected);
    }
    assert_eq!(desk.guessed.len(), 3);
}
