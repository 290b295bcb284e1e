//! Whatever is done to a letter can be undone, and done again.

use proptest::prelude::*;

use super::*;
use crate::letter::{Decision, Entry};

/// Something that a person does; numbers choose among what is there.
#[derive(Clone, Debug)]
enum Act {
    Type(String),
    Number(String),
    Decide(usize, bool),
    Date(String),
    Run(usize),
    Place(usize, usize),
    Focus(usize),
    Wait(i64),
}

const COMMANDS: [Command; 12] = [
    Command::AddItem,
    Command::AddReviewer,
    Command::AddDocument,
    Command::AddRecipient,
    Command::DuplicateRow,
    Command::MoveUp,
    Command::MoveDown,
    Command::RemoveRow,
    Command::AddClosing,
    Command::NextProblem,
    Command::Undo,
    Command::Redo,
];

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        "[a-z ]{0,6}".prop_map(Act::Type),
        "[0-9-]{0,4}".prop_map(Act::Number),
        (0..4_usize, any::<bool>()).prop_map(|(item, upheld)| Act::Decide(item, upheld)),
        "[0-9/]{0,10}".prop_map(Act::Date),
        (0..COMMANDS.len()).prop_map(Act::Run),
        (0..4_usize, 0..4_usize).prop_map(|(item, place)| Act::Place(item, place)),
        (0..4_usize).prop_map(Act::Focus),
        (0..4_i64).prop_map(Act::Wait),
    ];
    prop::collection::vec(act, 0..40)
}

fn act(desk: &mut Desk, act: Act) {
    let count = desk.letter().items.len();
    match act {
        Act::Type(text) => drop(desk.type_summary(&text)),
        Act::Number(number) => desk.letter().case.number = number,
        Act::Decide(item, upheld) if count > 0 => {
            let decision = if upheld { "upheld" } else { "overturned" };
            desk.letter().items[item % count].decision = Decision(decision.into());
        }
        Act::Date(date) => desk.letter().case.date_of_injury = Entry::read(&date),
        Act::Run(command) => drop(desk.run(COMMANDS[command].clone())),
        Act::Place(item, place) if count > 0 => {
            let id = desk.letter().items[item % count].id;
            desk.run(Command::Place(Group::Items, id, place));
        }
        Act::Focus(item) if count > 0 => desk.focus = Some(rationale(desk, item % count)),
        Act::Wait(seconds) => drop(desk.wait(seconds)),
        Act::Decide(..) | Act::Place(..) | Act::Focus(_) => {}
    }
}

proptest! {
    #[test]
    fn everything_can_be_undone_and_done_again(acts in acts()) {
        let mut desk = desk();
        let start = desk.letter().clone();
        acts.into_iter().for_each(|each| act(&mut desk, each));
        desk.wait(0);
        while desk.refusal(&Command::Redo).is_none() {
            desk.run(Command::Redo);
        }
        let end = desk.letter().clone();
        while desk.refusal(&Command::Undo).is_none() {
            let before = desk.letter().clone();
            desk.run(Command::Undo);
            prop_assert_ne!(&before, desk.letter());
        }
        prop_assert_eq!(&start, desk.letter());
        prop_assert!(!desk.is_unsaved());
        while desk.refusal(&Command::Redo).is_none() {
            desk.run(Command::Redo);
        }
        prop_assert_eq!(&end, desk.letter());
    }
}
