//! Findings: fixed, overridden, taken up again.

use super::*;
use crate::diagnostic::{Diagnostic, OverrideState};

/// A desk whose summary is this, composed, and the finding of a rule in it.
fn desk_with(summary: &str, rule: &str) -> (Desk, Diagnostic) {
    let mut desk =
        desk_with_file("/cases/a.ron", Letter { summary: summary.into(), ..sample() });
    desk.compose_now();
    let found = desk
        .problems()
        .find(|found| found.code == rule)
        .cloned()
        .expect("the rule finds something");
    (desk, found)
}

#[test]
fn a_fix_is_one_step() {
    let (mut desk, found) = desk_with("He fell \u{2611} and \u{2611} stood.", "L009");
    let jobs = desk.run(Command::ApplyFix(found.fixes[0].clone()));
    assert_eq!(desk.read().summary, "He fell [x] and [x] stood.");
    desk.compose(&jobs);
    assert!(desk.problems().all(|found| found.code != "L009"));
    desk.run(Command::Undo);
    assert_eq!(desk.read().summary, "He fell \u{2611} and \u{2611} stood.");
}

#[test]
fn a_fix_of_words_that_have_changed_does_nothing() {
    let (mut desk, found) = desk_with("He fell \u{2611}.", "L009");
    desk.type_summary(" So");
    desk.run(Command::ApplyFix(found.fixes[0].clone()));
    assert_eq!(desk.read().summary, "He fell \u{2611}. So");
    assert_eq!(desk.notice_texts(), ["The letter just changed, so nothing was done"]);
}

#[test]
fn an_error_is_overridden_for_a_reason_until_its_words_change() {
    let (mut desk, found) = desk_with("Seen on TBD by all. So he said.", "L008");
    desk.run(Command::OverrideFinding(Box::new(found.clone()), "  ".into()));
    assert_eq!(desk.read().overrides, []);
    let jobs = desk.run(Command::OverrideFinding(
        Box::new(found.clone()),
        "The name of a study".into(),
    ));
    desk.compose(&jobs);
    let standings: Vec<&OverrideState> = desk
        .diagnostics()
        .iter()
        .filter(|found| found.code == "L008")
        .map(|found| &found.override_state)
        .collect();
    assert_eq!(standings, [&OverrideState::Overridden("The name of a study".into())]);
    assert!(desk.errors().all(|error| error.code != "L008"));
    // What stands around the words may change.
    let jobs = desk.type_summary(" And more.");
    desk.compose(&jobs);
    assert!(desk.problems().all(|found| found.code != "L008"));
    desk.letter().summary = desk.read().summary.replace("TBD", "XX");
    let jobs = desk.wait(0);
    desk.compose(&jobs);
    assert!(desk.errors().any(|error| error.code == "L008"));
    desk.run(Command::Undo);
    desk.compose_now();
    let found = desk
        .diagnostics()
        .iter()
        .find(|found| found.code == "L008")
        .unwrap()
        .clone();
    let jobs = desk.run(Command::RemoveOverride(Box::new(found)));
    desk.compose(&jobs);
    assert!(desk.errors().any(|error| error.code == "L008"));
}

#[test]
fn an_override_follows_its_item() {
    let mut letter = sample();
    letter.items[0].rationale = "Seen on TBD.".into();
    letter.add_row(Group::Items, None);
    let mut desk = desk_with_file("/cases/a.ron", letter);
    desk.compose_now();
    let found = desk.problems().find(|found| found.code == "L008").cloned().unwrap();
    let jobs =
        desk.run(Command::OverrideFinding(Box::new(found.clone()), "It is so".into()));
    desk.compose(&jobs);
    let id = found.anchor.field().unwrap().rows()[0];
    let jobs = desk.run(Command::Lower(Group::Items, id));
    desk.compose(&jobs);
    assert!(desk.problems().all(|found| found.code != "L008"));
    let jobs = desk.run(Command::Remove(Group::Items, id));
    desk.compose(&jobs);
    assert!(desk.diagnostics().iter().all(|found| found.code != "L008"));
}

#[test]
fn a_word_is_learned_and_spelling_can_be_turned_off() {
    let (mut desk, found) = desk_with("He had a zorblax. And a blorvex.", "L045");
    let misspelt =
        |desk: &Desk| desk.problems().filter(|found| found.code == "L045").count();
    assert_eq!(misspelt(&desk), 2);
    let jobs = desk.run(Command::LearnWord(Box::new(found)));
    assert!(
        matches!(&jobs[0], Job::Disk(DiskJob::Data(DataJob::AddWord { word })) if word == "zorblax")
    );
    desk.compose(&jobs);
    assert_eq!(misspelt(&desk), 1);
    let jobs = desk.run(Command::ToggleSpelling);
    assert_eq!(job_names(&jobs), ["settings", "compose"]);
    desk.compose(&jobs);
    assert_eq!(misspelt(&desk), 0);
    let jobs = desk.run(Command::ToggleSpelling);
    desk.compose(&jobs);
    assert_eq!(misspelt(&desk), 1, "the learnt word stays learnt");
}

#[test]
fn he_and_she_follow_the_claimants_sex_in_one_step() {
    let (mut desk, _) = desk_with(
        "He fell. His wife, a nurse, said that she saw it. The reviewer is TBD.",
        "L008",
    );
    let said = "All pronouns already match";
    assert_eq!(desk.refusal(&Command::MatchPronouns).as_deref(), Some(said));
    desk.letter().claimant.sex = crate::letter::Sex::Female;
    desk.wait(0);
    desk.run(Command::MatchPronouns);
    assert!(
        desk.read().summary.starts_with("She fell. Her wife"),
        "{}",
        desk.read().summary
    );
    assert!(desk.read().summary.contains("she saw it"));
    desk.run(Command::Undo);
    assert!(desk.read().summary.starts_with("He fell. His wife"));
}
