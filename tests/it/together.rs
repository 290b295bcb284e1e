//! Two programs on one draft: neither loses what the other saved.

use std::path::{Path, PathBuf};

use rationale::store::lock::{self, Hold};
use rationale::store::{self, DataFolder, Draft, Error, Expected, presence, words};

use crate::children;

/// How often each of the two saves.
const SAVES: usize = 200;

fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

fn draft(summary: &str) -> Draft {
    let mut draft = Draft::default();
    draft.letter.summary = summary.into();
    draft
}

/// As the window does when it begins.
fn show_that_it_runs() {
    presence::begin(&DataFolder::at(children::told("DATA").into()));
}

/// Adds a word to the draft as a careful program does: read, change, save if it is
/// unchanged, else read again.
fn add(path: &Path, word: &str) {
    loop {
        let mut opened = store::open(path, None).unwrap();
        opened.draft.letter.summary.push_str(word);
        match store::save(
            path,
            &opened.draft,
            None,
            Expected::Unchanged(opened.fingerprint),
        ) {
            Ok(_) => return,
            Err(Error::Changed { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
#[ignore = "a process of the_saves_of_two_processes_are_all_kept"]
fn a_process_that_saves() {
    let (path, name) = (PathBuf::from(children::told("DRAFT")), children::told("NAME"));
    (0..SAVES).for_each(|number| add(&path, &format!(" {name}{number}")));
}

#[test]
fn the_saves_of_two_processes_are_all_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    store::save(&path, &draft(""), None, Expected::Nothing).unwrap();
    let spawn = |name: &str| {
        let environment =
            [("DRAFT", path.display().to_string()), ("NAME", name.to_owned())];
        children::spawn("together::a_process_that_saves", &environment)
    };
    let both = [spawn("a"), spawn("b")];
    for child in both {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let summary = store::open(&path, None).unwrap().draft.letter.summary;
    let words: Vec<&str> = summary.split_whitespace().collect();
    let lost = |name: &str| {
        (0..SAVES)
            .filter(|number| !words.contains(&&*format!("{name}{number}")))
            .count()
    };
    assert_eq!((lost("a"), lost("b"), words.len()), (0, 0, 2 * SAVES));
    let mut left: Vec<_> = folder
        .path()
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["a.ron", "a.ron~"]);
}

#[test]
#[ignore = "a process of the_words_of_two_processes_are_all_kept"]
fn a_process_that_adds_words() {
    let (data, name) =
        (DataFolder::at(children::told("DATA").into()), children::told("NAME"));
    (1..SAVES).for_each(|number| words::add(&data, &name.repeat(number / 2)).unwrap());
}

#[test]
fn the_words_of_two_processes_are_all_kept() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataFolder::at(folder.path().to_owned());
    let environment = |name: &str| {
        [("DATA", data.path().display().to_string()), ("NAME", name.to_owned())]
    };
    let both = ["a", "b"].map(|name| {
        children::spawn("together::a_process_that_adds_words", &environment(name))
    });
    for child in both {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let mut lengths: Vec<usize> = words::load(&data).0.iter().map(String::len).collect();
    lengths.sort_unstable();
    assert_eq!(
        lengths,
        (1..SAVES / 2).flat_map(|length| [length, length]).collect::<Vec<_>>()
    );
}

#[test]
#[ignore = "a process of a_draft_is_taken_over_and_a_dead_process_holds_nobody_up"]
fn a_process_that_takes_over() {
    let path = PathBuf::from(children::told("DRAFT"));
    let Hold::Theirs(holder) = lock::take(&path, now()) else {
        panic!("it is somebody's")
    };
    assert_eq!(holder.process.to_string(), children::told("HOLDER"));
    show_that_it_runs();
    assert_eq!(lock::take_over(&path, now()), Hold::Ours);
    // Ends without letting go, as a crash does.
    std::process::abort();
}

#[test]
fn a_draft_is_taken_over_and_a_dead_process_holds_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    let written = store::save(&path, &draft("one"), None, Expected::Nothing).unwrap();
    assert_eq!(lock::take(&path, now()), Hold::Ours);
    let environment = [
        ("DRAFT", path.display().to_string()),
        ("HOLDER", std::process::id().to_string()),
        ("DATA", folder.path().display().to_string()),
    ];
    let output = children::spawn("together::a_process_that_takes_over", &environment)
        .wait_with_output()
        .unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!told.contains("panicked"), "{told}");
    // Nobody works on it any more.
    store::save(&path, &draft("two"), None, Expected::Unchanged(written.fingerprint))
        .unwrap();
    assert_eq!(lock::take(&path, now()), Hold::Ours);
}

#[test]
#[ignore = "a process of who_was_taken_over_is_told_at_the_next_save"]
fn a_process_that_takes_over_and_stays() {
    let path = PathBuf::from(children::told("DRAFT"));
    show_that_it_runs();
    assert_eq!(lock::take_over(&path, now()), Hold::Ours);
    std::fs::write(children::told("READY"), "").unwrap();
    std::thread::sleep(std::time::Duration::from_mins(1));
}

#[test]
fn who_was_taken_over_is_told_at_the_next_save() {
    let folder = tempfile::tempdir().unwrap();
    let (path, ready) = (folder.path().join("a.ron"), folder.path().join("ready"));
    let written = store::save(&path, &draft("one"), None, Expected::Nothing).unwrap();
    assert_eq!(lock::take(&path, now()), Hold::Ours);
    let environment = [
        ("DRAFT", path.display().to_string()),
        ("READY", ready.display().to_string()),
        ("DATA", folder.path().display().to_string()),
    ];
    let mut child =
        children::spawn("together::a_process_that_takes_over_and_stays", &environment);
    while !ready.exists() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let error =
        store::save(&path, &draft("two"), None, Expected::Unchanged(written.fingerprint))
            .unwrap_err();
    let Error::TakenOver { holder, .. } = &error else { panic!("{error}") };
    assert_eq!(holder.process, child.id());
    assert_eq!(store::open(&path, None).unwrap().draft.letter.summary, "one");
    child.kill().unwrap();
    child.wait().unwrap();
    store::save(&path, &draft("two"), None, Expected::Unchanged(written.fingerprint))
        .unwrap();
}
