//! Locks, versions, and what somebody else has saved.

use super::*;
use crate::app::job::ListedVersion;
use crate::compare::Piece;
use crate::store::lock::{Hold, Holder};
use crate::store::recovery::{Recovery, RecoveryId};
use crate::store::{ContentError, DataFolder, ReadOnly};

fn somebody() -> Holder {
    Holder { machine: "reading-room-2".into(), ..Holder::me(noon().timestamp()) }
}

impl Desk {
    /// Answers who has the draft that is asked for.
    fn receive_lock(&mut self, hold: Hold) -> Vec<Job> {
        self.receive(Event::Locked { path: "/cases/a.ron".into(), hold })
    }

    /// Answers that the file holds this letter now.
    fn receive_theirs(&mut self, letter: Letter) {
        let result = Ok(Box::new(opened(letter)));
        self.receive(Event::TheirsRead { path: "/cases/a.ron".into(), result });
    }
}

fn of_file() -> Desk {
    desk_with_file("/cases/a.ron", sample())
}

fn theirs() -> Letter {
    Letter { summary: "Somebody else wrote this.".into(), ..sample() }
}

#[test]
fn a_draft_is_held_while_it_is_open() {
    let mut desk = empty_desk();
    assert_eq!(
        job_names(&open(&mut desk, "/cases/a.ron", sample())),
        ["compose", "hold", "settings"]
    );
    assert_eq!(
        job_names(&open(&mut desk, "/cases/b.ron", sample())),
        ["let go", "compose", "hold", "settings"]
    );
    assert_eq!(job_names(&desk.run(Command::Close)), ["let go", "look around"]);
    let mut desk = of_file();
    assert_eq!(job_names(&desk.run(Command::Quit)), ["let go", "leave"]);
    desk.type_summary("x");
    assert_eq!(job_names(&desk.answer_leave()), ["hold"]);
}

#[test]
fn a_draft_for_reading_only_is_not_held() {
    let mut desk = empty_desk();
    desk.run(Command::OpenFile("/cases/a.ron".into()));
    let mut opened = opened(sample());
    opened.read_only = Some(ReadOnly::Protected);
    let jobs = desk.answer_open(Ok(Box::new(opened)));
    assert_eq!(job_names(&jobs), ["compose", "settings"]);
}

#[test]
fn who_has_the_draft_is_shown_and_it_is_for_reading_only() {
    let mut desk = of_file();
    desk.receive_lock(Hold::Theirs(somebody()));
    let question = desk.question().unwrap();
    assert!(
        question
            .text
            .starts_with("a.ron is open on the computer reading-room-2, since "),
        "{}",
        question.text
    );
    assert_eq!(desk.labels(), ["Open read-only", "Open a copy", "Take over"]);
    desk.answer("Open read-only");
    desk.type_summary("x");
    assert!(!desk.is_unsaved());
    assert!(desk.refusal(&Command::Save).unwrap().contains("reading-room-2"));
}

#[test]
fn taking_over_reads_the_draft_again_and_it_can_be_written() {
    let mut desk = of_file();
    desk.receive_lock(Hold::Theirs(somebody()));
    assert_eq!(job_names(&desk.answer("Take over")), ["take over"]);
    assert_eq!(job_names(&desk.receive_lock(Hold::Ours)), ["open"]);
    desk.answer_open(Ok(Box::new(opened(theirs()))));
    assert_eq!(desk.read().summary, theirs().summary);
    desk.type_summary(" And this.");
    assert!(desk.is_unsaved() && desk.refusal(&Command::TakeOver).is_some());
}

#[test]
fn a_copy_is_a_letter_that_no_file_holds() {
    let mut desk = of_file();
    desk.receive_lock(Hold::Theirs(somebody()));
    assert_eq!(job_names(&desk.answer("Open a copy")), ["let go"]);
    assert!(desk.is_unsaved());
    assert_eq!(job_names(&desk.wait(2)), ["write copy"]);
    ask_of(&desk.run(Command::Save));
}

#[test]
fn what_was_brought_back_stays_open_when_somebody_has_its_file() {
    let mut desk = empty_desk();
    let saved = noon().timestamp();
    let copy = Recovery {
        id: RecoveryId::new(saved),
        saved,
        original: Some("/cases/a.ron".into()),
        draft: opened(theirs()).draft,
        lock: crate::store::recovery::Lock::None,
    };
    desk.receive(Event::CopiesFound {
        recoveries: vec![copy.clone()],
        unreadable: Vec::new(),
    });
    assert_eq!(
        job_names(&desk.run(Command::Restore(copy.id))),
        ["take copy", "compose", "hold"]
    );
    desk.receive_lock(Hold::Theirs(somebody()));
    desk.type_summary("x");
    assert!(
        desk.is_unsaved()
            && desk.question().is_none()
            && desk.read().summary.ends_with('x')
    );
    assert_eq!(desk.notices[0].offers.len(), 2);
}

/// A desk whose save was refused, because the file holds `theirs`.
fn refused(error: Error) -> Desk {
    let mut desk = of_file();
    desk.letter().summary = "My own words.".into();
    desk.wait(0);
    let jobs = desk.run(Command::Save);
    assert_eq!(job_names(&answer_save(&mut desk, &jobs, Err(error))), ["read other"]);
    desk
}

fn changed() -> Desk {
    let mut desk = refused(Error::Changed { path: "/cases/a.ron".into() });
    desk.receive_theirs(theirs());
    desk
}

#[test]
fn both_letters_are_shown_where_somebody_else_has_changed_the_file() {
    let desk = changed();
    let question = desk.question().unwrap();
    assert!(question.text.starts_with(
        "Someone else changed this file after you opened it: a.ron\nStruck"
    ));
    assert!(
        question
            .changes
            .contains(&Piece::Gone("Somebody else wrote this.".into())),
        "{:?}",
        question.changes
    );
    assert!(question.changes.contains(&Piece::Come("My own words.".into())));
    assert_eq!(desk.labels(), ["Save as…", "Replace the file", "Use the file", "Cancel"]);
}

#[test]
fn who_was_taken_over_is_shown_both_too() {
    let holder = Box::new(somebody());
    let mut desk = refused(Error::TakenOver { path: "/cases/a.ron".into(), holder });
    assert!(
        desk.question()
            .unwrap()
            .text
            .starts_with("a.ron was taken over on the computer reading-room-2")
    );
    // What they save replaces nothing, and the draft is theirs again.
    assert_eq!(
        job_names(&desk.answer("Replace the file")),
        ["take over", "keep old", "save"]
    );
}

#[test]
fn theirs_is_taken_and_undo_brings_ones_own_back() {
    let mut desk = changed();
    desk.answer("Use the file");
    assert_eq!(
        (desk.read().summary.as_str(), desk.is_unsaved()),
        ("Somebody else wrote this.", false)
    );
    desk.run(Command::Undo);
    assert_eq!(
        (desk.read().summary.as_str(), desk.is_unsaved()),
        ("My own words.", true)
    );
    let jobs = desk.run(Command::Save);
    let Some(Job::Disk(DiskJob::Save { expected, .. })) = jobs.last() else {
        panic!("nothing is saved")
    };
    assert_eq!(
        *expected,
        crate::store::Expected::Unchanged(opened(theirs()).fingerprint)
    );
}

#[test]
fn a_file_that_cannot_be_read_any_more_is_reported_beside_the_question() {
    let mut desk = refused(Error::Changed { path: "/cases/a.ron".into() });
    let result = Err(ContentError::NotADraft { path: "/cases/a.ron".into() }.into());
    desk.receive(Event::TheirsRead { path: "/cases/a.ron".into(), result });
    assert!(
        desk.question()
            .unwrap()
            .text
            .ends_with("This file is not a draft: /cases/a.ron")
    );
    assert_eq!(desk.labels(), ["Save as…", "Replace the file", "Cancel"]);
}

#[test]
fn each_save_keeps_a_version_and_the_first_what_stood_there_before() {
    let mut desk = of_file();
    desk.type_summary("x");
    let jobs = desk.run(Command::Save);
    assert_eq!(job_names(&jobs), ["keep old", "save"]);
    assert_eq!(job_names(&answer_save(&mut desk, &jobs, Ok(()))), ["keep"]);
    desk.type_summary("y");
    assert_eq!(job_names(&desk.run(Command::Save)), ["save"]);
}

#[test]
fn an_export_keeps_the_letter_that_was_exported() {
    let mut desk = of_file();
    desk.type_summary(" He walks.");
    desk.compose_now();
    let ask = ask_of(&desk.run(Command::Export));
    desk.receive(Event::PathChosen { ask, path: Some("/cases/a.pdf".into()) });
    desk.type_summary(" Later.");
    let jobs = desk.answer_export(Ok(Vec::new()));
    let [Job::Disk(DiskJob::Data(DataJob::KeepExported { unsaved: Some(draft), .. }))] =
        &jobs[..]
    else {
        panic!("nothing is kept")
    };
    assert!(draft.letter.summary.ends_with(" He walks."));
}

#[test]
fn a_version_is_brought_back_as_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let (data, path) =
        (DataFolder::at(folder.path().join("data")), folder.path().join("a.ron"));
    let mut desk = empty_desk();
    open(&mut desk, path.to_str().unwrap(), sample());
    let context = JobContext { data: Some(data) };
    let do_all = |desk: &mut Desk, mut jobs: Vec<Job>| {
        while !jobs.is_empty() {
            let events: Vec<Event> =
                jobs.drain(..).filter_map(|job| context.do_job(job)).collect();
            jobs = events.into_iter().flat_map(|event| desk.receive(event)).collect();
        }
    };
    for words in [" One.", " Two.", " Three."] {
        desk.type_summary(words);
        let jobs = desk.run(Command::Save);
        do_all(&mut desk, jobs);
    }
    let jobs = desk.run(Command::Versions);
    do_all(&mut desk, jobs);
    let words: Vec<usize> = desk
        .versions()
        .unwrap()
        .iter()
        .map(|version: &ListedVersion| version.words)
        .collect();
    assert_eq!(words, [0, 1, 2]);
    let (before, oldest) = (desk.read().clone(), desk.versions().unwrap()[2].at);
    desk.run(Command::RestoreVersion(oldest));
    assert!(desk.read().summary.ends_with(" One.") && desk.versions().is_none());
    desk.run(Command::Undo);
    assert_eq!(*desk.read(), before);
}

#[test]
fn a_letter_in_no_file_has_no_versions() {
    let mut desk = desk();
    assert!(desk.refusal(&Command::Versions).is_some());
    assert!(desk.run(Command::Versions).is_empty());
}
