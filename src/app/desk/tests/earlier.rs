//! Earlier letters: when they are asked about, and what becomes of the answers.

use super::*;
use crate::app::command::EarlierStep;
use crate::app::earlier_jobs::{EarlierEvent, EarlierJob, Looked, Lookup};
use crate::earlier::{
    CaseFacts, EarlierItem, NearCopy, Precedents, ReadingProgress, Tally, Updated,
};
use crate::letter::{Guideline, Source};
use crate::store::recovery::{Lock, Recovery, RecoveryId};

fn rationale(desk: &Desk) -> FieldPath {
    FieldPath::new("items[].rationale", &[desk.read().items[0].id])
}

fn desk_with_folder() -> Desk {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.settings.folders = vec!["/cases".into()];
    desk.focus = Some(rationale(&desk));
    desk
}

fn lookups(jobs: &[Job]) -> Vec<Lookup> {
    let mut lookups = Vec::new();
    for job in jobs {
        if let Job::Earlier(EarlierJob::Look(lookup)) = job {
            lookups.push(Lookup::clone(lookup));
        }
    }
    lookups
}

fn updates(jobs: &[Job]) -> Vec<JobId> {
    let updates = jobs.iter().filter_map(|job| match job {
        Job::Earlier(EarlierJob::Update { id, .. }) => Some(*id),
        _ => None,
    });
    updates.collect()
}

fn looked(rationale: &str, near: bool) -> Looked {
    let item = EarlierItem {
        path: "/cases/b.ron".into(),
        case_number: "CM12-0000009".into(),
        number: 2,
        rationale: rationale.into(),
        facts: CaseFacts { numbers: vec!["CM12-0000009".into()], names: Vec::new() },
        ..EarlierItem::default()
    };
    let near =
        if near { Some(NearCopy { item: item.clone(), percent: 80 }) } else { None };
    let tally = Tally { letters: 1, upheld: 1, ..Tally::default() };
    let found = Precedents { about: "Injection".into(), tally, items: vec![item] };
    Looked { like: found.clone(), found, near, ..Looked::default() }
}

impl Desk {
    fn take_earlier(&mut self, looked: Looked) -> Vec<Job> {
        self.receive(Event::Earlier(EarlierEvent::Looked(Box::new(looked))))
    }
}

#[test]
fn nothing_is_asked_where_no_folder_is_named() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.focus = Some(rationale(&desk));
    assert!(lookups(&desk.wait(1)).is_empty());
    assert!(updates(&desk.begin()).is_empty());
}

#[test]
fn the_item_at_the_caret_is_asked_about_once_and_again_when_it_changes() {
    let mut desk = desk_with_folder();
    let asked = lookups(&desk.wait(0));
    assert_eq!(asked[0].topic.title, "Trigger Point Injections");
    assert_eq!(asked[0].own.as_deref(), Some(Path::new("/cases/a.ron")));
    assert!(lookups(&desk.wait(1)).is_empty());
    desk.letter().items[0].rationale.push_str(" More.");
    assert!(lookups(&desk.wait(0))[0].rationale.ends_with(" More."));
    desk.earlier.words = "opioid".into();
    assert_eq!(lookups(&desk.wait(0))[0].words, "opioid");
}

#[test]
fn sentences_are_taken_over_one_after_the_other() {
    let mut desk = desk_with_folder();
    desk.take_earlier(looked("One is enough. Two is more.", false));
    let before = desk.read().items[0].rationale.clone();
    let mut taken = || desk.take_passage().map(|(_, words, text)| (words, text));
    assert_eq!(taken(), Some(("One is enough.".into(), before.clone())));
    assert_eq!(taken(), Some(("Two is more.".into(), before.clone())));
    // The last stays marked.
    assert_eq!(taken(), Some(("Two is more.".into(), before)));
    desk.run(Command::ChooseEarlier(EarlierStep::PreviousPassage));
    assert_eq!(desk.earlier.passage, 0);
}

#[test]
fn facts_of_the_other_case_are_pointed_out_in_a_near_copy() {
    let mut desk = desk_with_folder();
    desk.letter().items[0].rationale = "As in CM12-0000009, no twitch.".into();
    desk.wait(0);
    desk.take_earlier(looked("As in CM12-0000009, no twitch.", true));
    let facts: Vec<&str> =
        desk.earlier.facts.iter().map(|fact| fact.text.as_str()).collect();
    assert_eq!(facts, ["CM12-0000009"]);
    desk.take_earlier(looked("", false));
    assert!(desk.earlier.facts.is_empty());
}

#[test]
fn folders_are_read_at_the_start_and_after_a_save_one_after_the_other() {
    let mut desk = desk_with_folder();
    let [first] = updates(&desk.begin())[..] else { panic!("the folders are not read") };
    // Another that is asked for meanwhile waits.
    assert!(updates(&desk.run(Command::ReadFolders)).is_empty());
    let progress = ReadingProgress { done: 1, total: 2 };
    desk.receive(Event::Earlier(EarlierEvent::Progress { id: first, progress }));
    assert_eq!(desk.earlier.progress, Some(progress));
    let result = Ok((Updated::default(), Vec::new()));
    let jobs = desk.receive(Event::Earlier(EarlierEvent::Updated { id: first, result }));
    assert_eq!((updates(&jobs).len(), desk.earlier.progress), (1, None));
    assert_eq!(desk.earlier.listed, Some(Vec::new()));
}

#[test]
fn without_its_last_folder_the_index_is_removed() {
    let mut desk = desk_with_folder();
    let jobs = desk.run(Command::RemoveFolder("/cases".into()));
    let is_removed =
        jobs.iter().any(|job| matches!(job, Job::Earlier(EarlierJob::Remove)));
    assert!(is_removed && desk.settings.folders.is_empty());
}

#[test]
fn unsaved_work_of_a_letter_that_is_opened_by_its_name_is_offered_once() {
    let mut unsaved = sample();
    unsaved.summary.push_str(" More.");
    let draft = Draft { letter: unsaved.clone(), ..opened(sample()).draft };
    let id = RecoveryId::new(noon().timestamp());
    let copy = Recovery {
        id,
        saved: noon().timestamp(),
        original: Some("/cases/a.ron".into()),
        draft,
        lock: Lock::None,
    };
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.wait(0);
    assert!(desk.question().is_none(), "no copy is known yet");
    let found = Event::CopiesFound { recoveries: vec![copy], unreadable: Vec::new() };
    desk.receive(found);
    desk.wait(0);
    let question = desk.question().expect("the copy is offered");
    assert_eq!(question.title, "Restore unsaved work?");
    let restore = question.answers[0].1.clone();
    desk.run(Command::Cancel);
    desk.wait(0);
    assert!(desk.question().is_none(), "it is asked once");
    desk.run(restore);
    assert_eq!(*desk.read(), unsaved);
}

#[test]
fn unsaved_work_is_offered_also_to_who_is_typing_already() {
    let draft = Draft { letter: Letter::default(), ..opened(sample()).draft };
    let copy = Recovery {
        id: RecoveryId::new(noon().timestamp()),
        saved: noon().timestamp(),
        original: Some("/cases/a.ron".into()),
        draft,
        lock: Lock::None,
    };
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.type_summary("More.");
    desk.receive(Event::CopiesFound { recoveries: vec![copy], unreadable: Vec::new() });
    desk.wait(0);
    assert!(desk.question().is_none(), "no box takes the keys");
    let offer = desk.notices.iter().find_map(|notice| notice.offers.first());
    let (_, restore) = offer.expect("a notice offers it").clone();
    desk.run(restore);
    assert_eq!(desk.question().map(|asked| &*asked.title), Some("Save your changes?"));
}

#[test]
fn what_a_saved_letter_cites_joins_the_citations_and_is_offered_first() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    let work = "MCG Care Guidelines, 25th edition, 2021";
    desk.letter().items[0].reviewer_guideline =
        Guideline::Cited(vec![Source::NonMtus(work.into())]);
    desk.wait(0);
    let jobs = desk.run(Command::Save);
    answer_save(&mut desk, &jobs, Ok(()));
    let own = &desk.own.citations.rows;
    assert_eq!(
        (own[0].work.as_str(), own[0].date.as_str()),
        ("MCG Care Guidelines", "2021")
    );
    assert_eq!(desk.settings.cited[0].words, work);
    let own = own.len();
    desk.type_summary("More.");
    let jobs = desk.run(Command::Save);
    answer_save(&mut desk, &jobs, Ok(()));
    assert_eq!(desk.own.citations.rows.len(), own);
    assert_eq!(desk.settings.cited[0].letters, 1);
}

#[test]
fn a_work_is_cited_in_the_line_at_the_caret() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.focus = Some(rationale(&desk));
    desk.run(Command::Cite);
    let Some(DialogBox::Guidelines(open)) = &desk.dialog else { panic!("no board") };
    let path = open.path.clone();
    assert_eq!(path.pattern(), "items[].reviewer_guideline");
    let before = desk.cited_in(&path);
    let work = Source::NonMtus("InterQual Criteria".into());
    let toggle = Command::ToggleCitation(path.clone(), Box::new(work.clone()));
    desk.run(toggle.clone());
    assert_eq!(desk.cited_in(&path).last(), Some(&work));
    desk.run(toggle);
    assert_eq!(desk.cited_in(&path), before);
    desk.run(Command::Undo);
    assert_eq!(desk.cited_in(&path).len(), before.len() + 1);
}
