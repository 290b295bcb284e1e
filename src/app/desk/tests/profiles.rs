//! Reviewers who were entered once, and letters begun from others.

use super::*;
use crate::app::own_files::OwnFiles;
use crate::letter::{Profile, Statement};
use crate::store::OwnFile;

fn profile(name: &str) -> Profile {
    Profile {
        name: name.into(),
        certifications: vec!["Pain Management".into()],
        licenses: vec!["California".into()],
        ask_again: [Statement::NoAffiliation].into(),
    }
}

fn desk_with_profiles() -> Desk {
    let mut desk = empty_desk();
    desk.run(Command::SetProfiles(vec![profile("Ada Quill"), profile("Ben Roe")]));
    desk
}

fn name(desk: &Desk) -> &str {
    &desk.read().reviewers[0].internal_name
}

#[test]
fn a_letter_is_begun_with_the_reviewer_that_was_chosen() {
    let mut desk = desk_with_profiles();
    desk.run(Command::Begin("imr-2014".into()));
    assert_eq!(name(&desk), "Ada Quill");
    assert!(!desk.is_unsaved());
    desk.run(Command::ChooseProfile(Some("Ben Roe".into())));
    desk.run(Command::Begin("imr-2014".into()));
    assert_eq!(name(&desk), "Ben Roe");
    assert!(desk.read().reviewers[0].attests_five_years);
    desk.run(Command::ChooseProfile(None));
    desk.run(Command::Begin("imr-2014".into()));
    assert_eq!(name(&desk), "");
}

#[test]
fn a_reviewer_is_filled_in_and_that_is_one_step() {
    let mut desk = desk_with_profiles();
    desk.run(Command::ChooseProfile(None));
    desk.run(Command::Begin("imr-2014".into()));
    let before = desk.read().clone();
    desk.run(Command::UseProfile("Ben Roe".into(), None));
    assert_eq!(name(&desk), "Ben Roe");
    assert_eq!(desk.revealed(), "reviewers[1].attests_no_affiliation");
    desk.run(Command::Undo);
    assert_eq!(*desk.read(), before);
}

#[test]
fn a_letter_from_another_asks_for_changes_first_and_keeps_nothing_of_its_case() {
    let mut desk = desk_with_profiles();
    open(&mut desk, "/cases/a.ron", sample());
    desk.letter().reviewers[0].internal_name = "Ben Roe".into();
    desk.run(Command::NewFromThis);
    assert!(desk.question().is_some());
    desk.answer("Don’t save");
    let letter = desk.read();
    assert_eq!(name(&desk), "Ben Roe");
    assert!(!letter.reviewers[0].attests_no_affiliation);
    assert!(letter.reviewers[0].attests_active_practice);
    assert_eq!((&*letter.case.number, &*letter.summary), ("", ""));
    assert_eq!(letter.items.len(), 1);
    assert!(letter.items[0].title.request.is_empty() && letter.documents.is_empty());
    assert!(!desk.is_unsaved() && desk.open_path().is_none());
}

#[test]
fn a_reviewer_of_a_letter_is_kept_and_written() {
    let mut desk = desk();
    desk.letter().reviewers[0].internal_name = "Cy Dean".into();
    let row = desk.read().reviewers[0].id;
    let jobs = desk.run(Command::KeepProfile(row));
    let written = jobs.iter().find_map(|job| match job {
        Job::Disk(DiskJob::Data(DataJob::WriteOwnFile { file, text })) => {
            Some((*file, text.contains("Cy Dean")))
        }
        _ => None,
    });
    assert_eq!(written, Some((OwnFile::Reviewers, true)));
}

#[test]
fn a_file_that_cannot_be_read_is_reported_and_never_overwritten() {
    let mut desk = empty_desk();
    let mut read = OwnFiles::default();
    let error = ErrorMessage::new("Line 2 could not be read", "Fix it");
    read.reviewers.error = Some(error);
    desk.receive(Event::OwnFiles(Box::new(read.clone())));
    desk.receive(Event::OwnFiles(Box::new(read)));
    assert_eq!(desk.notice_texts(), ["Line 2 could not be read"]);
    desk.run(Command::SetProfiles(vec![profile("Ada Quill")]));
    assert!(desk.own.reviewers.rows.is_empty());
    assert!(!job_names(&desk.wait(2)).contains(&"own file"));
}

#[test]
fn what_is_changed_here_is_not_undone_by_what_was_read_before() {
    let mut desk = desk_with_profiles();
    desk.receive(Event::OwnFiles(Box::default()));
    assert_eq!(desk.own.reviewers.rows.len(), 2);
    desk.wait(2);
    desk.receive(Event::OwnFiles(Box::default()));
    assert!(desk.own.reviewers.rows.is_empty());
}
