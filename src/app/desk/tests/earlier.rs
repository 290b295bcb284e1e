//! Earlier letters: when they are asked about, and what becomes of the answers.

use super::*;
use crate::app::earlier_jobs::{EarlierEvent, EarlierJob, Looked, Lookup};
use crate::earlier::{
    CaseFacts, EarlierItem, NearCopy, Precedents, ReadingProgress, Tally, Updated,
};

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
    desk.run(Command::PreviousPassage);
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
