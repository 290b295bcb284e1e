//! What is taken note of when a letter leaves, what changed since, and the way of a final
//! letter.

use jiff::civil::date;

use super::*;
use crate::app::desk::{AppealTime, Prompt};
use crate::app::job::{ErrorMessage, PrintOutcome};
use crate::compare::Piece;
use crate::letter::{Correction, Entry, Override};
use crate::store::record::{PRINTED, VIEWED};
use crate::store::{Exported, ReadOnly};
use crate::template::LetterCopy;

fn finished() -> Desk {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.compose_now();
    desk
}

/// Does the exporting among the jobs as the disk would, and tells the desk.
fn write(desk: &mut Desk, jobs: &[Job]) -> Vec<Job> {
    let [Job::Disk(DiskJob::Export { path, bytes, .. })] = jobs else {
        panic!("no export")
    };
    let files = vec![(path.clone(), Fingerprint::of(bytes))];
    desk.answer_export(Ok(files))
}

fn export(desk: &mut Desk) -> Vec<Job> {
    let ask = ask_of(&desk.run(Command::Export));
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/cases/a.pdf".into()) });
    write(desk, &jobs)
}

/// A letter that is final and in its file.
fn final_desk() -> Desk {
    let mut desk = finished();
    desk.run(Command::Finish);
    let jobs = desk.answer("Finish");
    answer_save(&mut desk, &jobs, Ok(()));
    desk
}

fn exports(desk: &Desk) -> &[Exported] {
    &desk.draft.as_ref().unwrap().record.exports
}

#[test]
fn an_export_is_recorded_and_saved_with_the_draft() {
    let mut desk = finished();
    assert!(!desk.is_unsaved() && desk.since().is_none());
    let jobs = export(&mut desk);
    let pdf = desk.open_draft().composed.as_ref().unwrap().pdf.clone().unwrap();
    let [export] = exports(&desk) else { panic!("one export") };
    assert_eq!(
        (export.at, &export.sha256[..]),
        (noon().timestamp(), &[Fingerprint::of(&pdf).to_string()][..])
    );
    assert_eq!(
        (&*export.format, &*export.copy, &*export.template),
        ("pdf", "served", "imr-2014")
    );
    assert!(
        export.text.contains("Trigger Point Injections") && export.overridden.is_empty()
    );
    // What was saved stays so: the record is saved with it, and nobody is asked.
    let (_, text, _) = save_of(&jobs).unwrap();
    let again = crate::store::read(text.as_bytes(), Path::new("a.ron"), None)
        .unwrap()
        .draft;
    assert_eq!(again.record.exports, exports(&desk));
    let jobs = answer_save(&mut desk, &jobs, Ok(()));
    assert!(!desk.is_unsaved());
    let versions = jobs.iter().filter(|job| kind(job) == "keep").count();
    assert_eq!(versions, 0, "its words have a version already");
}

#[test]
fn an_export_of_a_changed_letter_does_not_save_it() {
    let mut desk = finished();
    desk.letter().summary.push_str(" More.");
    desk.compose_now();
    let jobs = export(&mut desk);
    assert!(save_of(&jobs).is_none() && desk.is_unsaved());
}

#[test]
fn the_rules_that_were_overridden_are_recorded() {
    let mut desk = finished();
    desk.letter().summary.push_str(" He has has pain.");
    desk.compose_now();
    let found: Vec<_> = desk
        .problems()
        .filter(|found| found.anchor.field() == Some(&summary()))
        .cloned()
        .collect();
    let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
    assert!(!codes.is_empty());
    for found in found {
        desk.run(Command::OverrideFinding(Box::new(found), "It is so.".into()));
    }
    desk.compose_now();
    let overridden: Vec<&Override> = desk.read().overrides.iter().collect();
    assert_eq!(overridden.len(), codes.len());
    export(&mut desk);
    assert_eq!(exports(&desk)[0].overridden, codes);
}

#[test]
fn what_was_printed_is_recorded_once_it_is_shown() {
    let mut desk = finished();
    desk.run(Command::Print);
    desk.answer_print(Err(ErrorMessage::new("No viewer", "")));
    assert!(exports(&desk).is_empty());
    desk.run(Command::Print);
    desk.answer_print(Ok(PrintOutcome::InViewer));
    assert_eq!(exports(&desk)[0].format, VIEWED);
    assert_eq!(desk.since().unwrap().when, "Opened to print Nov 5, 12:00");
    desk.run(Command::Print);
    desk.answer_print(Ok(PrintOutcome::Sent(None)));
    assert_eq!(exports(&desk)[1].format, PRINTED);
    assert_eq!(desk.since().unwrap().when, "Printed Nov 5, 12:00");
}

#[test]
fn what_changed_since_the_export_is_counted_and_shown() {
    let mut desk = finished();
    assert_eq!(
        desk.refusal(&Command::Changes).as_deref(),
        Some("The letter has not been exported yet")
    );
    export(&mut desk);
    assert_eq!(desk.since().unwrap().what, "no changes since");
    assert!(desk.refusal(&Command::Changes).is_some());
    desk.type_summary(" He walks.");
    desk.letter().reviewers[0].licence_states = vec!["Nevada".into()];
    desk.compose_now();
    let since = desk.since().unwrap();
    assert_eq!(
        (&*since.when, &*since.what),
        ("Exported Nov 5, 12:00", "2 places changed since")
    );
    desk.run(Command::Changes);
    let changes = &desk.question().unwrap().changes;
    assert!(changes.contains(&Piece::Come("He walks.".into())), "{changes:?}");
    assert_eq!(desk.labels(), ["Close"]);
    desk.answer("Close");
    assert!(desk.question().is_none());
}

#[test]
fn an_export_of_another_year_is_shown_with_its_year() {
    let mut desk = finished();
    let at = "2012-11-30T20:00:00Z".parse().unwrap();
    desk.open_draft().record.add(Exported {
        at,
        format: "docx".into(),
        ..Exported::default()
    });
    assert_eq!(desk.since().unwrap().when, "Exported Nov 30, 2012");
}

#[test]
fn each_page_becomes_a_picture_and_takes_no_files_place_unasked() {
    let mut desk = finished();
    let summary = desk.read().summary.clone();
    desk.letter().summary = vec![summary; 12].join("\n");
    desk.compose_now();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    let page = folder.path().join("a-2.png");
    lay_file(&page);
    let ask = ask_of(&desk.run(Command::ExportUnfinished));
    // The dialog asked about a.png alone.
    let jobs = desk.receive(Event::PathChosen { ask, path: Some(path) });
    assert!(desk.receive(done(&jobs)).is_empty());
    assert_eq!(desk.question().unwrap().text, "This file already exists: a-2.png");
    let jobs = desk.answer("Replace");
    desk.receive(done(&jobs));
    assert_eq!(desk.notice_texts(), ["Exported to a-1.png and 2 more pages"]);
    let export = &exports(&desk)[0];
    assert_eq!((export.format.as_str(), export.sha256.len()), ("png", 3));
}

fn done(jobs: &[Job]) -> Event {
    JobContext { data: None }.do_job(jobs[0].clone()).unwrap()
}

/// A file that is there already.
fn lay_file(path: &Path) {
    crate::store::export(path, b"mine").unwrap();
}

#[test]
fn a_letter_that_is_closed_waits_until_its_export_is_recorded() {
    let mut desk = finished();
    let ask = ask_of(&desk.run(Command::Export));
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/cases/a.pdf".into()) });
    assert!(desk.run(Command::Close).is_empty());
    assert!(desk.draft.is_some() && desk.question().is_none());
    let jobs = write(&mut desk, &jobs);
    assert_eq!(exports(&desk).len(), 1);
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(desk.draft.is_none());
}

#[test]
fn a_letter_that_did_not_leave_is_not_closed() {
    let mut desk = finished();
    let ask = ask_of(&desk.run(Command::Export));
    desk.receive(Event::PathChosen { ask, path: Some("/cases/a.pdf".into()) });
    desk.run(Command::Close);
    let result = Err(Error::Exists { path: "/cases/a.pdf".into() });
    desk.answer_export(result);
    assert_eq!(desk.labels(), ["Replace", "Another name…", "Cancel"]);
    let jobs = desk.answer("Replace");
    write(&mut desk, &jobs);
    assert!(desk.draft.is_some());
}

#[test]
fn an_unfinished_export_is_called_so() {
    let mut desk = finished();
    desk.letter().summary.clear();
    desk.compose_now();
    let ask = ask_of(&desk.run(Command::ExportUnfinished));
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/cases/a.pdf".into()) });
    write(&mut desk, &jobs);
    assert_eq!(desk.since().unwrap().when, "Exported unfinished Nov 5, 12:00");
}

#[test]
fn a_write_protected_draft_is_exported_without_a_record() {
    let mut desk = finished();
    desk.open_draft().read_only = Some(ReadOnly::Protected);
    export(&mut desk);
    assert!(exports(&desk).is_empty() && !desk.is_unsaved());
}

#[test]
fn a_letter_with_errors_is_not_made_final() {
    let mut desk = finished();
    desk.letter().summary.clear();
    let jobs = desk.run(Command::Finish);
    desk.compose(&jobs);
    assert_eq!(
        (desk.notice_texts(), desk.question().is_none()),
        (vec!["The letter has 1 field to fill in"], true)
    );
    assert!(desk.is_finishing());
    desk.run(Command::MakeFinal);
    assert_eq!(desk.open_draft().final_since(), None);
}

#[test]
fn a_final_letter_is_read_only_and_saved_as_such() {
    let mut desk = finished();
    assert!(desk.run(Command::Finish).is_empty());
    assert_eq!(desk.labels(), ["Finish", "Cancel"]);
    assert_eq!(desk.open_draft().final_since(), None);
    let jobs = desk.answer("Finish");
    let (_, text, _) = save_of(&jobs).expect("what is final is saved");
    answer_save(&mut desk, &jobs, Ok(()));
    let before = desk.read().clone();
    desk.type_summary("x");
    desk.run(Command::AddItem);
    desk.run(Command::Undo);
    desk.run(Command::AcceptProposed(summary()));
    assert_eq!((*desk.read() == before, desk.is_unsaved()), (true, false));
    assert_eq!(
        desk.refusal(&Command::Finish).as_deref(),
        Some("This letter was made final on 11/05/2013")
    );
    assert_eq!(desk.refusal(&Command::Save), None);
    let opened = crate::store::read(text.as_bytes(), Path::new("a.ron"), None).unwrap();
    assert_eq!(opened.read_only, Some(ReadOnly::Finished(date(2013, 11, 5))));
}

#[test]
fn a_final_letter_stays_final_when_it_is_saved_elsewhere_and_when_it_is_recovered() {
    let mut desk = final_desk();
    let ask = ask_of(&desk.run(Command::SaveAs));
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/cases/b.ron".into()) });
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(desk.open_draft().read_only.as_ref().is_some_and(ReadOnly::is_final));
    desk.run(Command::ServedOn(date(2013, 11, 5)));
    let [.., Job::Disk(DiskJob::Data(DataJob::WriteRecovery(copy)))] = &desk.wait(2)[..]
    else {
        panic!("no copy")
    };
    let mut other = empty_desk();
    other.receive(Event::CopiesFound {
        recoveries: vec![(**copy).clone()],
        unreadable: Vec::new(),
    });
    other.run(Command::Restore(copy.id.clone()));
    assert!(other.open_draft().read_only.as_ref().is_some_and(ReadOnly::is_final));
    assert_eq!(other.open_draft().record.served, Some(date(2013, 11, 5)));
}

#[test]
fn the_time_to_appeal_runs_once_the_final_letter_is_served() {
    let desk = finished();
    assert_eq!(
        desk.refusal(&Command::Served).as_deref(),
        Some("The letter is not final yet")
    );
    let mut desk = final_desk();
    assert_eq!((desk.appeal(), desk.days_left()), (None, None));
    desk.run(Command::Served);
    assert_eq!(desk.prompt(), Some(Prompt::WhenServed));
    assert_eq!(desk.proposed_answer(Prompt::WhenServed), "11/05/2013");
    let jobs = desk.run(Command::ServedOn(date(2013, 11, 5)));
    assert_eq!((save_of(&jobs).is_some(), desk.prompt()), (true, None));
    let until = AppealTime {
        what: "a petition to the Appeals Board".into(),
        until: date(2013, 12, 10),
        days: 35,
    };
    assert_eq!(desk.appeal(), Some(until));
}

#[test]
fn a_day_of_service_that_the_letter_contradicts_is_reported() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.letter().extra.insert("mailed".into(), "11/04/2013".into());
    desk.compose_now();
    desk.run(Command::Finish);
    desk.answer("Finish");
    assert_eq!(desk.proposed_answer(Prompt::WhenServed), "11/04/2013");
    desk.run(Command::ServedOn(date(2013, 11, 5)));
    assert!(
        desk.notice_texts()
            .contains(&"The letter itself says it was mailed on 11/04/2013"),
        "{:?}",
        desk.notice_texts()
    );
}

#[test]
fn a_correction_is_a_new_draft_that_says_what_it_replaces() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.letter().extra.insert("mailed".into(), "11/04/2013".into());
    desk.compose_now();
    export(&mut desk);
    let sha256 = exports(&desk)[0].sha256[0].clone();
    desk.run(Command::Finish);
    let jobs = desk.answer("Finish");
    answer_save(&mut desk, &jobs, Ok(()));
    desk.run(Command::Correct);
    assert_eq!(desk.prompt(), Some(Prompt::WhyCorrected));
    desk.run(Command::CorrectFor("The date of injury was wrong.".into()));
    let draft = desk.open_draft();
    assert_eq!(
        (draft.path.is_none(), draft.record.is_empty(), draft.read_only.is_none()),
        (true, true, true)
    );
    let expected = Correction {
        of: "CM13-0012345".into(),
        date: Entry::Understood(date(2013, 11, 4)),
        why: "The date of injury was wrong.".into(),
        sha256,
    };
    assert_eq!(desk.read().correction, Some(expected));
    assert_eq!((desk.read().extra.get("mailed"), desk.prompt()), (None, None));
    assert!(desk.is_unsaved());
    desk.type_summary(" He walks.");
    assert!(desk.read().summary.ends_with("He walks."));
}

#[test]
fn what_is_not_saved_of_a_final_letter_is_asked_about_before_it_is_corrected() {
    let mut desk = finished();
    desk.run(Command::Finish);
    let jobs = desk.answer("Finish");
    answer_save(&mut desk, &jobs, Err(Error::NoDataFolder));
    desk.run(Command::CorrectFor("It was wrong.".into()));
    assert_eq!(desk.labels(), ["Save", "Don’t save", "Cancel"]);
    let jobs = desk.answer("Save");
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(desk.read().correction.is_some());
}

#[test]
fn the_copy_that_is_shown_is_the_one_that_leaves() {
    let mut desk = finished();
    desk.run(Command::ShowCopy(LetterCopy::Public));
    desk.compose_now();
    assert_eq!(desk.open_draft().file_name(), "CM13-0012345-public");
    export(&mut desk);
    assert_eq!(desk.open_draft().record.newest().unwrap().copy, "public");
    assert_eq!(desk.since().unwrap().what, "no changes since");
    // Of the served letter there is none yet.
    desk.run(Command::ShowCopy(LetterCopy::Served));
    desk.compose_now();
    assert_eq!(desk.since(), None);
}

#[test]
fn no_file_is_written_under_the_reviewers_name() {
    let mut desk = finished();
    desk.letter().reviewers[0].internal_name = "Robin Penn, M.D.".into();
    desk.compose_now();
    let ask = ask_of(&desk.run(Command::Export));
    let jobs =
        desk.receive(Event::PathChosen { ask, path: Some("/cases/penn.pdf".into()) });
    assert!(jobs.is_empty(), "{:?}", job_names(&jobs));
    assert!(
        desk.notice_texts()
            .iter()
            .any(|told| told.starts_with("This file name would identify the reviewer"))
    );
}

#[test]
fn a_copy_of_a_final_letter_is_a_draft_without_its_past() {
    let mut desk = final_desk();
    export(&mut desk);
    desk.run(Command::OpenCopy);
    assert_eq!(
        (desk.open_draft().read_only.clone(), desk.open_draft().record.is_empty()),
        (None, true)
    );
    desk.letter().summary.push_str(" Again.");
    assert!(desk.is_unsaved());
}
