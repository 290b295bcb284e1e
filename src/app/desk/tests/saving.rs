//! Opening, saving, leaving, and recovery copies.

use super::*;
use crate::app::command::Leave;
use crate::app::desk::Tone;
use crate::app::job::Purpose;
use crate::store::recovery::{Lock, Recovery, RecoveryId};
use crate::store::settings::Theme;
use crate::store::{ContentError, Expected, NotKept};

fn expected_of(jobs: &[Job]) -> Option<Expected> {
    jobs.iter().find_map(|job| match job {
        Job::Disk(DiskJob::Save { expected, .. } | DiskJob::Export { expected, .. }) => {
            Some(*expected)
        }
        _ => None,
    })
}

fn exists() -> Error {
    Error::Exists { path: "a.ron".into() }
}

/// A desk whose letter is of a file, with something typed.
fn changed_desk() -> Desk {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.type_summary("x");
    desk
}

#[test]
fn a_new_letter_is_not_unsaved_and_says_where_to_begin() {
    let desk = desk();
    assert!(!desk.is_unsaved());
    assert_eq!(
        (desk.title().as_str(), desk.revealed().as_str()),
        ("Untitled letter", "reviewers[1].certifications")
    );
}

#[test]
fn a_new_letter_asks_for_its_kind() {
    let mut desk = empty_desk();
    assert_eq!(desk.title(), "Rationale");
    desk.run(Command::New);
    assert_eq!(desk.labels().len(), Template::all().len() + 1);
    desk.answer("California IMR Final Determination (2017)");
    assert_eq!(desk.draft.as_ref().map(|draft| draft.template.id()), Some("imr-2017"));
}

#[test]
fn a_clock_that_is_far_off_is_reported_with_every_letter() {
    let mut desk = empty_desk();
    desk.now = "1970-01-01T00:00:00+00:00[+00:00]".parse().unwrap();
    let said = "This computer's clock is set to an impossible year";
    desk.begin();
    assert_eq!(desk.notice_texts(), [said]);
    desk.run(Command::Begin("imr-2017".into()));
    assert_eq!(desk.notice_texts(), [said]);
}

#[test]
fn a_save_says_what_the_file_could_not_keep_and_is_a_save() {
    let mut desk = changed_desk();
    let jobs = desk.run(Command::Save);
    let (_, text, id) = save_of(&jobs).unwrap();
    let fingerprint = Fingerprint::of(text.as_bytes());
    let written = Written { fingerprint, not_kept: Some(NotKept::Group) };
    desk.receive(Event::Written { id, result: Ok(written) });
    assert!(!desk.is_unsaved());
    let said = "a.ron was saved, but its group could not be kept";
    assert_eq!(desk.notice_texts(), [said]);
}

#[test]
fn only_the_answer_to_a_write_makes_clean() {
    let mut desk = changed_desk();
    assert_eq!(desk.title(), "* CM13-0012345");
    let jobs = desk.run(Command::Save);
    assert!(desk.is_unsaved());
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(!desk.is_unsaved());
    assert!(desk.open_draft().saved_at.is_some());
}

#[test]
fn what_is_typed_during_a_save_stays_unsaved() {
    let mut desk = changed_desk();
    let jobs = desk.run(Command::Save);
    desk.type_summary("y");
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(desk.is_unsaved());
}

#[test]
fn undoing_to_what_was_saved_is_clean() {
    let mut desk = changed_desk();
    desk.run(Command::Undo);
    assert!(!desk.is_unsaved());
}

#[test]
fn a_save_expects_what_was_read_or_written_last() {
    let mut desk = changed_desk();
    let fingerprint = opened(sample()).fingerprint;
    let jobs = desk.run(Command::Save);
    assert_eq!(expected_of(&jobs), Some(Expected::Unchanged(fingerprint)));
    // A second save waits for the first, to know what it wrote.
    desk.type_summary("y");
    assert_eq!(job_names(&desk.run(Command::Save)), Vec::<&str>::new());
    let written = Fingerprint::of(save_of(&jobs).unwrap().1.as_bytes());
    let jobs = answer_save(&mut desk, &jobs, Ok(()));
    assert_eq!(expected_of(&jobs), Some(Expected::Unchanged(written)));
}

#[test]
fn a_letter_without_a_file_is_asked_where_to() {
    let mut desk = desk();
    desk.letter().case.number = "CM13-0012345".into();
    let ask = ask_of(&desk.run(Command::Save));
    assert_eq!(
        (ask.purpose, ask.name.as_str()),
        (Purpose::Save, "CM13-0012345-draft.rationale")
    );
    assert_eq!(
        desk.refusal(&Command::Open).as_deref(),
        Some("A file dialog is already open")
    );
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/cases/b.ron".into()) });
    assert_eq!(expected_of(&jobs), Some(Expected::Anything));
    let jobs = answer_save(&mut desk, &jobs, Ok(()));
    assert_eq!(desk.open_draft().path, Some("/cases/b.ron".into()));
    assert_eq!(
        (job_names(&jobs), desk.settings.recent[0].to_str()),
        (vec!["settings", "hold", "keep"], Some("/cases/b.ron"))
    );
}

#[test]
fn an_ending_is_added_and_what_the_dialog_did_not_ask_about_stays() {
    let mut desk = desk();
    let ask = ask_of(&desk.run(Command::SaveAs));
    assert_eq!(ask.name, "letter-draft.rationale");
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/cases/b".into()) });
    assert_eq!(save_of(&jobs).unwrap().0, PathBuf::from("/cases/b.rationale"));
    assert_eq!(expected_of(&jobs), Some(Expected::Nothing));
}

#[test]
fn without_a_dialog_the_own_box_asks_and_replacing_is_asked() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    let ask = ask_of(&desk.run(Command::SaveAs));
    assert_eq!(ask.folder.as_deref(), Some(Path::new("/cases")));
    desk.receive(Event::NoDialog { ask });
    assert!(desk.path_box().is_some());
    let jobs = desk.run(Command::Path("b".into()));
    assert!(desk.path_box().is_none());
    assert_eq!(save_of(&jobs).unwrap().0, PathBuf::from("/cases/b.rationale"));
    assert_eq!(expected_of(&jobs), Some(Expected::Nothing));
    answer_save(&mut desk, &jobs, Err(exists()));
    assert_eq!(desk.labels(), ["Replace", "Save as…", "Cancel"]);
    let jobs = desk.answer("Replace");
    assert_eq!(expected_of(&jobs), Some(Expected::Anything));
    assert!(desk.question().is_none());
}

#[test]
fn a_file_that_someone_else_changed_is_asked_about() {
    let mut desk = changed_desk();
    let jobs = desk.run(Command::Save);
    answer_save(&mut desk, &jobs, Err(Error::Changed { path: "/cases/a.ron".into() }));
    assert_eq!(desk.labels(), ["Save as…", "Replace the file", "Cancel"]);
    assert_eq!(
        desk.question().unwrap().text,
        "Someone else changed this file after you opened it: a.ron"
    );
}

#[test]
fn closing_asks_what_becomes_of_changes() {
    let mut desk = changed_desk();
    assert_eq!(job_names(&desk.run(Command::Close)), Vec::<&str>::new());
    assert_eq!(desk.labels(), ["Save", "Don’t save", "Cancel"]);
    desk.run(Command::Cancel);
    assert!(desk.question().is_none() && desk.is_unsaved());
    desk.run(Command::Close);
    let jobs = desk.answer("Save");
    assert!(desk.draft.is_some());
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(desk.draft.is_none());
}

#[test]
fn a_save_that_fails_forgets_what_was_to_follow() {
    let mut desk = changed_desk();
    desk.run(Command::Close);
    let jobs = desk.answer("Save");
    answer_save(&mut desk, &jobs, Err(Error::Protected { path: "/cases/a.ron".into() }));
    assert_eq!(desk.notice_texts(), ["The file is write-protected: /cases/a.ron"]);
    let jobs = desk.run(Command::Save);
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(desk.draft.is_some());
}

#[test]
fn a_dialog_that_is_cancelled_forgets_what_was_to_follow() {
    let mut desk = desk();
    desk.type_summary("x");
    desk.run(Command::Close);
    let ask = ask_of(&desk.answer("Save"));
    desk.receive(Event::PathChosen { ask, path: None });
    let ask = ask_of(&desk.run(Command::Save));
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/b.ron".into()) });
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(desk.draft.is_some());
}

#[test]
fn what_is_typed_while_saving_before_closing_is_asked_about_again() {
    let mut desk = changed_desk();
    desk.run(Command::Close);
    let jobs = desk.answer("Save");
    desk.type_summary("y");
    answer_save(&mut desk, &jobs, Ok(()));
    assert_eq!(desk.labels(), ["Save", "Don’t save", "Cancel"]);
}

#[test]
fn an_answer_for_another_letter_is_not_taken() {
    let mut desk = desk();
    let ask = ask_of(&desk.run(Command::SaveAs));
    open(&mut desk, "/cases/a.ron", sample());
    let jobs =
        desk.receive(Event::PathChosen { ask, path: Some("/cases/mine.ron".into()) });
    assert!(jobs.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_takes_nothings_place() {
    let mut desk = changed_desk();
    desk.run(Command::OpenFile("/cases/b.ron".into()));
    assert_eq!(job_names(&desk.answer("Don’t save")), ["open"]);
    let result = Err(ContentError::NotADraft { path: "/cases/b.ron".into() }.into());
    desk.answer_open(result);
    assert!(desk.letter().summary.ends_with('x'));
    assert_eq!(desk.notice_texts(), ["This file is not a draft: /cases/b.ron"]);
}

#[test]
fn what_is_typed_while_a_file_is_read_is_not_lost() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.run(Command::OpenFile("/cases/b.ron".into()));
    desk.type_summary("x");
    desk.answer_open(Ok(Box::new(opened(sample()))));
    assert!(desk.letter().summary.ends_with('x'));
    assert!(desk.dialog.is_none(), "a question would take the keys that follow");
    assert!(desk.notice_texts().contains(&"Finished reading b.ron"));
    desk.run(Command::OpenFile("/cases/b.ron".into()));
    assert_eq!(desk.labels(), ["Save", "Don’t save", "Cancel"]);
}

#[test]
fn a_file_that_is_open_is_not_opened_again() {
    let mut desk = changed_desk();
    assert!(desk.receive(Event::Dropped(vec!["/cases/a.ron".into()])).is_empty());
    assert_eq!(desk.notice_texts(), ["a.ron is already open"]);
}

#[test]
fn of_several_files_dropped_one_is_opened() {
    let mut desk = empty_desk();
    let jobs = desk.receive(Event::Dropped(vec![
        "/a.pdf".into(),
        "/b.ron".into(),
        "/c.ron".into(),
    ]));
    assert_eq!(job_names(&jobs), ["open"]);
    assert_eq!(
        desk.notice_texts(),
        ["You can open one letter at a time, so only b.ron was opened"]
    );
}

#[test]
fn the_window_leaves_when_all_is_written() {
    let mut desk = desk();
    assert_eq!(job_names(&desk.run(Command::Quit)), ["leave"]);
    assert!(!desk.may_leave);
    desk.answer_leave();
    assert!(desk.may_leave);
}

#[test]
fn discarding_removes_the_copy_and_leaves() {
    let mut desk = changed_desk();
    desk.wait(2);
    desk.run(Command::Quit);
    assert_eq!(job_names(&desk.answer("Don’t save")), ["remove copy", "let go", "leave"]);
    desk.answer_leave();
    assert!(desk.may_leave);
}

#[test]
fn what_is_typed_while_leaving_is_asked_about() {
    let mut desk = desk();
    desk.run(Command::Quit);
    desk.type_summary("x");
    desk.answer_leave();
    assert!(!desk.may_leave && desk.question().is_some());
}

#[test]
fn a_copy_is_written_soon_after_the_first_change_and_while_they_go_on() {
    let mut desk = changed_desk();
    assert_eq!(desk.next_tick().map(|wait| wait.as_secs()), Some(1));
    assert_eq!(job_names(&desk.wait(0)), Vec::<&str>::new());
    assert_eq!(job_names(&desk.wait(1)), ["write copy"]);
    assert_eq!(job_names(&desk.wait(60)), Vec::<&str>::new());
    assert_eq!(desk.next_tick(), None);
    desk.type_summary("y");
    assert_eq!(job_names(&desk.wait(2)), ["write copy"]);
    let jobs = desk.run(Command::Save);
    let jobs = answer_save(&mut desk, &jobs, Ok(()));
    assert_eq!(job_names(&jobs), ["keep", "remove copy"]);
}

#[test]
fn a_clock_that_is_set_back_keeps_no_copy_back() {
    let mut desk = changed_desk();
    let yesterday = &desk.now - jiff::SignedDuration::from_hours(24);
    let steady = desk.steady + std::time::Duration::from_secs(1);
    assert_eq!(job_names(&desk.tick(&yesterday, steady)), ["compose", "write copy"]);
}

#[test]
fn a_copy_that_the_disk_refused_is_tried_again_and_told_once() {
    let mut desk = changed_desk();
    for _ in 0..3 {
        assert_eq!(job_names(&desk.wait(6)), ["write copy"]);
        desk.receive(Event::RecoveryFailed(Error::NoDataFolder));
    }
    assert_eq!(desk.notices.len(), 1);
    desk.run(Command::Dismiss(desk.notices[0].id));
    desk.receive(Event::RecoveryFailed(Error::NoDataFolder));
    assert_eq!(desk.notices.len(), 0);
    desk.receive(Event::CopyWritten);
    desk.receive(Event::RecoveryFailed(Error::NoDataFolder));
    assert_eq!(desk.notices.len(), 1);
}

#[test]
fn what_takes_long_says_so_and_can_be_stopped() {
    let mut desk = changed_desk();
    let jobs = desk.run(Command::Save);
    desk.wait(1);
    assert_eq!(desk.notices.len(), 0);
    desk.wait(1);
    assert!(desk.notice_texts()[0].contains("the folder has not responded yet"));
    answer_save(&mut desk, &jobs, Ok(()));
    desk.wait(0);
    assert!(!desk.notice_texts().iter().any(|text| text.contains("not answered")));
    desk.run(Command::ImportText("words".into()));
    desk.wait(2);
    let (_, stop) = desk.notices.last().unwrap().offers[0].clone();
    desk.run(stop);
    desk.wait(7);
    assert_eq!(desk.notices.len(), 0);
    assert!(!desk.is_waiting_for(|waiting| matches!(waiting, Waiting::Import { .. })));
}

#[test]
fn undoing_all_removes_the_copy() {
    let mut desk = changed_desk();
    desk.wait(2);
    assert_eq!(job_names(&desk.run(Command::Undo)), ["compose", "remove copy"]);
}

fn lost() -> Recovery {
    let draft = opened(sample()).draft;
    let saved = noon().timestamp();
    Recovery {
        id: RecoveryId::new(saved),
        saved,
        original: Some("/cases/a.ron".into()),
        draft,
        lock: Lock::None,
    }
}

#[test]
fn what_was_lost_comes_back_unsaved_and_takes_no_files_place_unasked() {
    let (mut desk, lost) = (empty_desk(), lost());
    assert_eq!(job_names(&desk.begin()), ["look around"]);
    desk.receive(Event::CopiesFound {
        recoveries: vec![lost.clone()],
        unreadable: Vec::new(),
    });
    desk.run(Command::Restore(lost.id));
    assert!(desk.is_unsaved() && desk.recoveries.is_empty());
    let jobs = desk.run(Command::Save);
    assert_eq!(expected_of(&jobs), Some(Expected::Nothing));
    answer_save(&mut desk, &jobs, Err(exists()));
    let jobs = desk.answer("Replace the file");
    assert_eq!(expected_of(&jobs), Some(Expected::Anything));
    let jobs = answer_save(&mut desk, &jobs, Ok(()));
    assert_eq!(job_names(&jobs), ["settings", "keep", "remove copy"]);
}

#[test]
fn what_was_lost_can_be_discarded() {
    let (mut desk, lost) = (empty_desk(), lost());
    desk.receive(Event::CopiesFound {
        recoveries: vec![lost.clone()],
        unreadable: Vec::new(),
    });
    assert_eq!(job_names(&desk.run(Command::DiscardCopy(lost.id))), ["remove copy"]);
    assert!(desk.recoveries.is_empty());
}

#[test]
fn notices_go_by_themselves_only_if_nothing_is_to_be_done() {
    let mut desk = changed_desk();
    let jobs = desk.run(Command::Save);
    answer_save(&mut desk, &jobs, Ok(()));
    desk.receive(Event::Failed(Error::NoDataFolder));
    desk.compose_now();
    let ask = ask_of(&desk.run(Command::ExportUnfinished));
    desk.receive(Event::PathChosen { ask, path: Some("/cases/a.pdf".into()) });
    let jobs = desk.answer_export(Ok(Vec::new()));
    answer_save(&mut desk, &jobs, Ok(()));
    desk.wait(6);
    assert_eq!(
        desk.notice_texts(),
        ["This account has no folder for application data", "Exported to a.pdf"]
    );
    let id = desk.notices[0].id;
    desk.run(Command::Dismiss(id));
    assert_eq!(desk.notice_texts(), ["Exported to a.pdf"]);
}

#[test]
fn looks_are_remembered() {
    let mut desk = empty_desk();
    assert_eq!(job_names(&desk.run(Command::SetTheme(Theme::Dark))), ["settings"]);
    (0..20).for_each(|_| drop(desk.run(Command::ZoomIn)));
    assert!((desk.settings.zoom - 2.0).abs() < f32::EPSILON);
    assert!(desk.refusal(&Command::ZoomIn).is_some());
    (0..20).for_each(|_| drop(desk.run(Command::ZoomOut)));
    assert!((desk.settings.zoom - 0.8).abs() < f32::EPSILON);
    // A column that is dragged is written down when it rests.
    desk.set_column_width("outline", 200.0);
    desk.set_column_width("outline", 210.0);
    assert_eq!(job_names(&desk.wait(0)), Vec::<&str>::new());
    assert_eq!(job_names(&desk.wait(1)), ["settings"]);
}

#[test]
fn a_notice_goes_with_the_next_edit_and_with_its_letter() {
    let mut desk = desk();
    desk.show_notice(Tone::Done, "Exported", "");
    desk.type_summary("x");
    assert!(desk.notice_texts().is_empty());
    // A problem stays until it can be read.
    desk.show_notice(Tone::Problem, "Not written", "");
    desk.type_summary("y");
    assert_eq!(desk.notice_texts(), ["Not written"]);
    desk.wait(7);
    desk.type_summary("z");
    assert!(desk.notice_texts().is_empty());
    desk.show_notice(Tone::Problem, "Not written", "");
    desk.run(Command::DiscardThen(Leave::Begin("imr-2014".into())));
    assert!(desk.notice_texts().is_empty());
}
