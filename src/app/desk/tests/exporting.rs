//! Compositions and export.

use super::*;
use crate::app::job::Purpose;
use crate::store::Expected;

pub(super) fn finished() -> Desk {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.compose_now();
    assert_eq!(desk.errors().count(), 0, "{:?}", desk.diagnostics());
    desk
}

#[test]
fn a_finished_letter_is_exported_as_it_is_now() {
    let mut desk = finished();
    let ask = ask_of(&desk.run(Command::Export));
    assert_eq!(
        (ask.purpose, ask.name.as_str()),
        (Purpose::Export, "CM13-0012345-letter.pdf")
    );
    // The dialog is open while the letter is changed.
    let typed = desk.type_summary(" He walks.");
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/cases/a.pdf".into()) });
    assert!(jobs.is_empty(), "the older composition must not be exported");
    let jobs = desk.compose(&typed);
    let bytes = desk.open_draft().composed.as_ref().unwrap().pdf.clone().unwrap();
    let [
        Job::Disk(DiskJob::Export {
            path,
            bytes: written,
            expected: Expected::Anything,
            ..
        }),
    ] = &jobs[..]
    else {
        panic!("no export")
    };
    assert_eq!((path.to_str(), &bytes), (Some("/cases/a.pdf"), written));
    desk.answer_export(Ok(Vec::new()));
    let labels: Vec<&str> = desk.notices[0]
        .offers
        .iter()
        .map(|(label, _)| label.as_str())
        .collect();
    assert_eq!(
        (desk.notice_texts(), labels),
        (vec!["Exported to a.pdf"], vec!["Open", "Show in folder", "Changes since"])
    );
}

#[test]
fn errors_are_shown_before_an_export() {
    let mut desk = finished();
    desk.letter().summary.clear();
    let jobs = desk.run(Command::Export);
    assert_eq!((job_names(&jobs), desk.question().is_some()), (vec!["compose"], false));
    desk.compose(&jobs);
    assert_eq!(desk.refusal(&Command::Export), None);
    assert_eq!(desk.labels(), ["Show the first", "Export unfinished", "Cancel"]);
    assert_eq!(desk.question().unwrap().title, "The letter has 1 field to fill in");
    assert!(desk.is_finishing());
    let ask = ask_of(&desk.answer("Export unfinished"));
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/cases/a".into()) });
    let [Job::Disk(DiskJob::Export { path, expected: Expected::Nothing, .. })] =
        &jobs[..]
    else {
        panic!("no export")
    };
    let result = Err(Error::Exists { path: path.clone() });
    desk.answer_export(result);
    let jobs = desk.answer("Replace");
    assert!(matches!(
        &jobs[..],
        [Job::Disk(DiskJob::Export { expected: Expected::Anything, .. })]
    ));
}

#[test]
fn the_first_error_can_be_shown() {
    let mut desk = finished();
    desk.letter().summary.clear();
    let jobs = desk.run(Command::Export);
    desk.compose(&jobs);
    desk.answer("Show the first");
    assert_eq!((desk.revealed().as_str(), desk.question().is_none()), ("summary", true));
}

#[test]
fn errors_that_come_while_the_dialog_is_open_stop_the_export() {
    let mut desk = finished();
    let ask = ask_of(&desk.run(Command::Export));
    desk.letter().summary.clear();
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/cases/a.pdf".into()) });
    let jobs = desk.compose(&jobs);
    assert!(jobs.is_empty() && desk.question().is_some());
}

#[test]
fn an_older_composition_is_dropped_and_another_drafts_too() {
    let mut desk = desk();
    let old = desk.type_summary("a");
    desk.wait(3);
    let new = desk.type_summary("b");
    desk.compose(&new);
    let newest = desk.open_draft().composed.as_ref().unwrap().revision;
    desk.compose(&old);
    assert_eq!(desk.open_draft().composed.as_ref().unwrap().revision, newest);
    open(&mut desk, "/b.ron", sample());
    desk.answer("Don’t save");
    desk.answer_open(Ok(Box::new(opened(sample()))));
    desk.compose(&new);
    assert!(desk.open_draft().composed.is_none());
}

#[test]
fn a_new_day_looks_at_the_dates_again() {
    let mut desk = finished();
    assert_eq!(job_names(&desk.wait(60)), Vec::<&str>::new());
    assert_eq!(job_names(&desk.wait(24 * 60 * 60)), ["compose"]);
}
