//! Finished letters that become drafts.

use super::*;
use crate::app::command::Leave;
use crate::app::job::LetterSource;

fn context() -> JobContext {
    JobContext { data: None }
}

/// Does the reading among the jobs, and answers the desk.
fn read(desk: &mut Desk, jobs: &[Job]) -> Vec<Job> {
    let job = jobs
        .iter()
        .find(|job| matches!(job, Job::Task(TaskJob::Import { .. })))
        .expect("nothing is read");
    let event = context().do_job(job.clone()).unwrap();
    desk.receive(event)
}

fn letter_text() -> String {
    include_str!("../../../../tests/sample-letter.txt").to_owned()
}

#[test]
fn a_pasted_letter_becomes_a_draft_that_is_not_saved_yet() {
    let mut desk = empty_desk();
    let jobs = desk.run(Command::ImportText(letter_text()));
    let jobs = read(&mut desk, &jobs);
    desk.compose(&jobs);
    assert_eq!(desk.read().items[0].title.request, "Trigger Point Injections");
    assert_eq!(desk.notice_texts(), ["Imported the pasted text; nothing was left over"]);
    assert!(desk.is_unsaved() && desk.open_draft().path.is_none());
}

#[test]
fn what_was_not_understood_is_worked_off_and_can_be_undone() {
    let mut desk = empty_desk();
    let text = letter_text()
        .replace("CLINICAL CASE SUMMARY", "Copy 2 of 3\n\nCLINICAL CASE SUMMARY");
    let jobs = desk.run(Command::ImportText(text));
    read(&mut desk, &jobs);
    assert_eq!(
        desk.notice_texts(),
        ["One passage in the pasted text was not recognized"]
    );
    let (id, words) = (desk.read().unread[0].id, desk.read().unread[0].text.clone());
    assert_eq!(words, "Copy 2 of 3");
    desk.compose_now();
    assert!(desk.diagnostics().iter().any(|found| found.code == "L067"));
    desk.run(Command::DropUnread(id));
    assert!(desk.read().unread.is_empty());
    desk.run(Command::Undo);
    assert_eq!(desk.read().unread.len(), 1);
}

#[test]
fn a_letter_that_cannot_be_read_takes_nothings_place() {
    let mut desk = desk_with_file("/a.ron", sample());
    let jobs = desk.receive(Event::Dropped(vec!["/nowhere/letter.pdf".into()]));
    read(&mut desk, &jobs);
    assert_eq!(desk.read().case.number, sample().case.number);
    assert_eq!(desk.notice_texts(), ["There is no file /nowhere/letter.pdf"]);
}

#[test]
fn changes_are_asked_about_before_a_letter_is_read_and_while_it_is() {
    let mut desk = desk_with_file("/a.ron", sample());
    desk.type_summary("x");
    assert!(desk.run(Command::ImportText(letter_text())).is_empty());
    assert_eq!(desk.labels(), ["Save", "Don’t save", "Cancel"]);
    let jobs = desk.answer("Don’t save");
    desk.type_summary("y");
    read(&mut desk, &jobs);
    assert!(desk.notice_texts().contains(&"Finished reading the pasted text"));
    assert!(desk.letter().summary.ends_with('y'));
}

#[test]
fn a_letter_is_known_by_its_files_ending() {
    let mut desk = empty_desk();
    for name in ["/a.pdf", "/a.DOCX", "/a.txt"] {
        assert_eq!(
            job_names(&desk.receive(Event::Dropped(vec![name.into()]))),
            ["import"]
        );
    }
    assert_eq!(job_names(&desk.receive(Event::Dropped(vec!["/a.ron".into()]))), ["open"]);
    let jobs = desk.run(Command::Import);
    assert_eq!(ask_of(&jobs).purpose, crate::app::job::Purpose::Import);
    let import = Leave::Import(LetterSource::File("/a.pdf".into()));
    assert_eq!(Command::from(import), Command::ImportFile("/a.pdf".into()));
}

#[test]
fn what_is_changed_by_hand_is_no_proposal_any_more() {
    let mut letter = Letter { summary: "He fell. His back hurts.".into(), ..sample() };
    letter.proposed =
        vec![FieldPath::new("claimant.sex", &[]), FieldPath::new("claimant.age", &[])];
    let mut desk = desk_with_file("/cases/a.ron", letter);
    desk.letter().claimant.sex = crate::letter::Sex::Female;
    desk.wait(0);
    assert_eq!(desk.read().proposed, [FieldPath::new("claimant.age", &[])]);
    desk.compose_now();
    assert_eq!(desk.problems().filter(|found| found.code == "L040").count(), 2);
}
