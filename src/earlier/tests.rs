//! The index of whole folders: what is found in it, and what is not in it any more.

#![expect(clippy::disallowed_methods, reason = "what the disk has is looked at here")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::*;
use crate::letter::{Decision, Group, Guideline, Source, parse_date};
use crate::library::Library;
use crate::store::{self, DataFolder, Draft, Expected, Passphrase, Seal};
use crate::template::{Template, Templates};

struct Folder {
    root: tempfile::TempDir,
    data: DataFolder,
    library: Library,
}

/// One item of a made-up letter: its title, part, decision and rationale.
type Told<'a> = (&'a str, &'a str, &'a str, &'a str);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().join("data"));
        std::fs::create_dir(folder.path().join("letters")).unwrap();
        Self { root: folder, data, library: Library::bundled().unwrap() }
    }

    fn letters(&self) -> PathBuf {
        self.root.path().join("letters")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.letters().join(format!("{name}.ron"))
    }

    /// Saves a letter that is named by its case number.
    fn save(&self, number: &str, items: &[Told<'_>], seal: Option<&Seal>) {
        let mut draft = Draft::new(Template::built_in("imr-2014").unwrap());
        let letter = &mut draft.letter;
        letter.case.number = number.to_owned();
        letter.case.decision_date =
            crate::letter::Entry::Understood(parse_date("12/09/2016").unwrap());
        for (title, part, decision, rationale) in items {
            let id = letter.add_row(Group::Items, None);
            let item = letter.items.iter_mut().find(|item| item.id == id).unwrap();
            item.title.request = (*title).to_owned();
            item.body_part = (*part).to_owned();
            item.decision = Decision((*decision).to_owned());
            item.rationale = (*rationale).to_owned();
            item.reviewer_guideline = Guideline::Cited(vec![Source::NonMtus(
                "Official Disability Guidelines, Pain chapter".to_owned(),
            )]);
        }
        store::save(&self.path(number), &draft, seal, Expected::Anything).unwrap();
    }

    fn update(&self) -> (Index, Updated) {
        let index = Index::open(&self.data).unwrap();
        let updated = self.update_with(&index, |_| true);
        (index, updated)
    }

    fn update_with(
        &self,
        index: &Index,
        goes_on: impl FnMut(ReadingProgress) -> bool,
    ) -> Updated {
        let folders = [self.letters()];
        let templates = Templates::default();
        let update =
            Update { folders: &folders, templates: &templates, library: &self.library };
        index.update(&update, goes_on).unwrap()
    }

    /// Whether any file of the index holds these words.
    fn is_on_disk(&self, words: &str) -> bool {
        let mut folders = vec![folder(&self.data)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if holds(&std::fs::read(&path).unwrap(), words.as_bytes()) {
                    return true;
                }
            }
        }
        false
    }
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

fn found(precedents: &Precedents) -> Vec<(&str, usize)> {
    let items = precedents.items.iter();
    let mut found: Vec<(&str, usize)> =
        items.map(|item| (item.case_number.as_str(), item.number)).collect();
    found.sort_unstable();
    found
}

const INJECTIONS: &str = "Trigger point injections";
const WHY: &str = "There is no record of a twitch response with referred pain on exam.";

#[test]
fn what_was_decided_of_the_same_treatment_and_part_is_counted() {
    let folder = Folder::new();
    folder.save("A-1", &[(INJECTIONS, "Low back", "upheld", WHY)], None);
    folder.save("A-2", &[("TPI of the lumbar spine x 4", "", "overturned", WHY)], None);
    folder.save("A-3", &[(INJECTIONS, "Neck", "upheld", WHY)], None);
    folder.save(
        "A-4",
        &[("MRI of the lumbar spine", "", "upheld", "No red flags.")],
        None,
    );
    let (index, updated) = folder.update();
    assert_eq!((updated.read, updated.unreadable), (4, 0));
    let look = |title: &str, part: &str, own: Option<&Path>| {
        let topic = ItemTopic { title: title.into(), body_part: part.into() };
        index.precedents(&topic, &folder.library, own).unwrap()
    };
    let precedents = look(INJECTIONS, "Low back", None);
    assert_eq!(precedents.about, "Trigger point injection, low back");
    assert_eq!(precedents.tally.words(), "2 letters, 1 upheld, 1 overturned");
    assert_eq!(found(&precedents), [("A-1", 1), ("A-2", 1)]);
    let own = folder.path("A-1");
    assert_eq!(found(&look(INJECTIONS, "Low back", Some(&own))), [("A-2", 1)]);
    // Of a part that nothing was decided for, the treatment alone is looked for.
    let precedents = look(INJECTIONS, "Left knee", None);
    assert_eq!(precedents.about, "Trigger point injection");
    assert_eq!(precedents.tally.letters, 3);
    assert_eq!(look("", "Low back", None), Precedents::default());
}

#[test]
fn items_and_letters_are_found_by_words_as_they_are_typed() {
    let folder = Folder::new();
    folder.save("A-1", &[(INJECTIONS, "Low back", "upheld", WHY)], None);
    let mri = ("MRI of the left knee", "Knee", "overturned", "An effusion was seen.");
    folder.save(
        "A-2",
        &[(INJECTIONS, "Neck", "overturned", "Relief lasted."), mri],
        None,
    );
    let (index, _) = folder.update();
    for (typed, expected) in [
        ("twit", &[("A-1", 1)][..]),
        ("injection", &[("A-1", 1), ("A-2", 1)]),
        ("Injections relief", &[("A-2", 1)]),
        ("decision:overturned", &[("A-2", 1), ("A-2", 2)]),
        ("part:knee", &[("A-2", 2)]),
        ("guideline:disability item:mri", &[("A-2", 2)]),
        ("case:A-1", &[("A-1", 1)]),
        ("\"twitch response\"", &[("A-1", 1)]),
        ("\"response twitch\"", &[]),
        ("", &[]),
    ] {
        assert_eq!(found(&index.find(typed, None).unwrap()), expected, "{typed}");
    }
    let second = BTreeSet::from([draft_number(&folder.path("A-2"))]);
    assert_eq!(index.drafts_with("effusion neck").unwrap(), second);
}

#[test]
fn what_leaves_the_folder_leaves_the_index_and_its_files() {
    let folder = Folder::new();
    folder.save("A-1", &[(INJECTIONS, "", "upheld", "Only here: zanzibar.")], None);
    folder.save("A-2", &[(INJECTIONS, "", "upheld", WHY)], None);
    let (index, _) = folder.update();
    assert_eq!(folder.update().1, Updated::default());
    assert!(folder.is_on_disk("zanzibar"));
    std::fs::remove_file(folder.path("A-1")).unwrap();
    assert_eq!(folder.update().1.removed, 1);
    assert_eq!(found(&index.find("injections", None).unwrap()), [("A-2", 1)]);
    drop(index);
    folder.update();
    assert!(!folder.is_on_disk("zanzibar"));
    remove(&folder.data).unwrap();
    assert_eq!(folder.update().1.read, 1);
}

#[test]
fn of_an_encrypted_draft_nothing_but_its_path_is_kept() {
    let folder = Folder::new();
    folder.save("A-1", &[(INJECTIONS, "", "upheld", "Only here: zanzibar.")], None);
    folder.update();
    assert!(folder.is_on_disk("zanzibar"));
    let seal = Seal::with_work(&Passphrase::new("otter lamp gravel"), 2).unwrap();
    folder.save(
        "A-1",
        &[(INJECTIONS, "", "upheld", "Only here: zanzibar.")],
        Some(&seal),
    );
    let (index, updated) = folder.update();
    assert_eq!(updated.read, 1);
    assert!(!folder.is_on_disk("zanzibar"));
    assert_eq!(index.find("injections", None).unwrap(), Precedents::default());
    let drafts = index.drafts().unwrap();
    assert_eq!((drafts.len(), drafts[0].is_sealed), (1, true));
    assert_eq!(drafts[0].case_number, "");
}

#[test]
fn a_near_copy_of_an_earlier_rationale_is_found() {
    let folder = Folder::new();
    let long = "The injured worker has had six visits of therapy with no functional gain \
        that the records name. The guideline asks for gains in function before more \
        visits are given. None is documented here, and a home program was taught.";
    folder.save("A-1", &[("Physical therapy", "", "upheld", long)], None);
    folder.save("A-2", &[(INJECTIONS, "", "upheld", WHY)], None);
    let (index, _) = folder.update();
    let near = |text: &str, own: Option<&Path>| index.near_copy(text, own).unwrap();
    let changed = long.replace("six visits", "eight visits");
    let copy = near(&changed, None).expect("it is found");
    assert_eq!(copy.item.case_number, "A-1");
    assert!((70..100).contains(&copy.percent), "{}", copy.percent);
    let own = folder.path("A-1");
    assert_eq!(near(&changed, Some(&own)), None);
    assert_eq!(near(WHY, None), None);
    let other = "A home program was taught and the records name six visits, but what the \
        guideline asks for is documented: function has improved, work was resumed, and \
        the pain is less than it was before the visits were given.";
    assert_eq!(near(other, None), None);
}

#[test]
fn a_stopped_update_goes_on_where_it_was() {
    let folder = Folder::new();
    for number in ["A-1", "A-2", "A-3"] {
        folder.save(number, &[(INJECTIONS, "", "upheld", WHY)], None);
    }
    let index = Index::open(&folder.data).unwrap();
    let stopped = folder.update_with(&index, |progress| progress.done < 1);
    assert_eq!((stopped.read, stopped.is_stopped), (1, true));
    assert_eq!(folder.update_with(&index, |_| true).read, 2);
    assert_eq!(index.drafts().unwrap().len(), 3);
}

#[test]
fn a_damaged_index_is_made_again() {
    let folder = Folder::new();
    folder.save("A-1", &[(INJECTIONS, "", "upheld", WHY)], None);
    let (index, _) = folder.update();
    drop(index);
    std::fs::write(folder_of_index(&folder.data).join("meta.json"), "{").unwrap();
    let (index, updated) = folder.update();
    assert_eq!(updated.read, 1);
    assert_eq!(found(&index.find("twitch", None).unwrap()), [("A-1", 1)]);
}

fn folder_of_index(data: &DataFolder) -> PathBuf {
    let mut entries = std::fs::read_dir(folder(data)).unwrap();
    entries.next().unwrap().unwrap().path()
}
