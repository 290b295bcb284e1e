//! A job that goes wrong by the program's own mistake keeps nothing waiting.

use super::*;
use crate::crash::Crash;

/// Reports that this job crashed.
#[track_caller]
fn crash(desk: &mut Desk, jobs: &[Job], wanted: &str) -> Vec<Job> {
    let job = jobs
        .iter()
        .find(|job| kind(job) == wanted)
        .expect("the job is asked for");
    let crash = Crash { doing: job.doing(), place: "src/x.rs:7".into() };
    desk.receive(Event::Crashed { id: job.id(), crash })
}

fn edited() -> Desk {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.open_draft().letter.summary.push_str(" More.");
    desk
}

#[test]
fn a_save_that_crashes_can_be_tried_again() {
    let mut desk = edited();
    let jobs = desk.run(Command::Save);
    crash(&mut desk, &jobs, "save");
    let notice = desk.notices.last().unwrap();
    assert_eq!(
        notice.text,
        "Something went wrong while saving the draft; your letter is safe"
    );
    assert!(desk.is_unsaved());
    assert!(job_names(&desk.run(Command::Save)).contains(&"save"));
}

#[test]
fn an_export_composes_again_after_a_crash() {
    let mut desk = edited();
    let jobs = desk.tick(&noon(), std::time::Duration::ZERO);
    crash(&mut desk, &jobs, "compose");
    assert!(job_names(&desk.run(Command::ExportUnfinished)).contains(&"compose"));
    assert!(desk.draft.as_ref().unwrap().goal.is_some());
}

#[test]
fn a_crash_while_reading_keeps_no_letter_from_being_opened() {
    let mut desk = empty_desk();
    for (command, job) in [
        (Command::OpenFile("/cases/a.ron".into()), "open"),
        (Command::ImportText("words".into()), "import"),
    ] {
        let jobs = desk.run(command.clone());
        crash(&mut desk, &jobs, job);
        assert_eq!(job_names(&desk.run(command)), [job]);
    }
}

#[test]
fn the_report_is_shown_and_copied() {
    let mut desk = edited();
    let jobs = desk.run(Command::Save);
    crash(&mut desk, &jobs, "save");
    let (_, show) = desk.notices.last().unwrap().offers[0].clone();
    desk.run(show);
    let question = desk.question().cloned().unwrap();
    assert!(question.text.ends_with(
        "It was saving the draft\nsrc/x.rs:7\nThis report contains nothing from the letter"
    ));
    let jobs = desk.run(question.answers[0].1.clone());
    assert!(
        matches!(&jobs[..], [Job::Task(TaskJob::CopyReport(report))] if *report == question.text)
    );
    desk.receive(Event::ReportCopied { is_copied: true });
    assert_eq!(desk.notices.last().unwrap().text, "Report copied");
}

#[test]
fn what_no_file_holds_can_be_copied_at_any_time() {
    let mut desk = edited();
    desk.tick(&noon(), std::time::Duration::ZERO);
    let copy = desk.unsaved_copy().unwrap();
    assert_eq!(
        (copy.original, &copy.draft.letter),
        (Some("/cases/a.ron".into()), desk.read())
    );
    assert!(desk_with_file("/cases/a.ron", sample()).unsaved_copy().is_none());
}

#[test]
fn a_crash_while_printing_holds_nothing_up() {
    let mut desk = super::exporting::finished();
    let jobs = desk.run(Command::Print);
    crash(&mut desk, &jobs, "print");
    assert_eq!(desk.refusal(&Command::Print), None);
    let jobs = super::printing::sent(&mut desk);
    assert!(desk.refusal(&Command::Quit).is_some());
    crash(&mut desk, &jobs, "send");
    assert_eq!(desk.refusal(&Command::Quit), None);
    assert!(job_names(&desk.run(Command::Quit)).contains(&"leave"));
}

#[test]
fn a_passphrase_that_was_lost_in_a_crash_is_asked_for_no_longer() {
    let mut desk = edited();
    desk.run(Command::Encrypt);
    let jobs = desk.run(Command::GivePassphrase(crate::store::Passphrase::new(
        "four words are enough",
    )));
    crash(&mut desk, &jobs, "make seal");
    assert!(desk.passphrase_box().is_none() && !desk.open_draft().is_sealed());
}
