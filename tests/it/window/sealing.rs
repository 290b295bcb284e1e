//! Encrypted drafts at the window, with real files: asked for, opened, and searched for
//! what must not be in them.

use std::fs;
use std::path::Path;

use super::*;
use crate::sealed::{PASSPHRASE, SEALED};

impl Seat {
    /// Types into the box for a passphrase.
    #[track_caller]
    fn type_passphrase(&mut self, label: &str, words: &str) {
        let is_field = |node: &egui_kittest::Node<'_>| {
            matches!(node.accesskit_node().role(), Role::TextInput | Role::PasswordInput)
        };
        self.harness.query_all_by_label(label).find(is_field).unwrap().focus();
        self.steps();
        self.harness
            .query_all_by_label(label)
            .find(is_field)
            .unwrap()
            .type_text(words);
        self.steps();
    }

    /// The names of the files, wherever they are, that hold these words.
    fn files_with(&self, words: &str) -> Vec<String> {
        let mut found = Vec::new();
        search(self.folder.path(), words.as_bytes(), &mut found);
        found.sort();
        found
    }

    /// Draws frames until a file of the data folder is there; a recovery copy takes two
    /// seconds.
    #[track_caller]
    fn wait_for_copy(&mut self) {
        let data = self.folder.path().join("data");
        let is_copy = |entry: fs::DirEntry| {
            entry.file_name().to_string_lossy().starts_with("recovery-")
        };
        self.wait_long(|_| fs::read_dir(&data).unwrap().flatten().any(is_copy));
    }

    /// The same as [`Seat::wait_for`] with time enough for a passphrase, which is slow on
    /// purpose.
    #[track_caller]
    fn wait_long(&mut self, holds: impl Fn(&Desk) -> bool) {
        self.wait(Duration::from_mins(2), holds);
    }
}

fn search(folder: &Path, words: &[u8], found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            search(&path, words, found);
        } else if fs::read(&path)
            .unwrap()
            .windows(words.len())
            .any(|bytes| bytes == words)
        {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
}

#[test]
fn nothing_plain_of_an_encrypted_draft_is_on_the_disk() {
    let mut seat = Seat::with_sample();
    let summary = "Clinical case summary";
    seat.type_into(summary, " Quillwort");
    seat.press(Modifiers::COMMAND, Key::S);
    seat.wait_for(|desk| !desk.is_unsaved());
    seat.type_into(summary, " Quillwort again");
    seat.press(Modifiers::COMMAND, Key::S);
    seat.wait_for(|desk| !desk.is_unsaved());
    seat.type_into(summary, " and again");
    seat.wait_for_copy();
    let plain = seat.files_with("Quillwort");
    assert_eq!(plain.len(), 3, "{plain:?}");

    seat.command("Encrypt this draft");
    seat.type_passphrase("Passphrase", PASSPHRASE);
    seat.type_passphrase("Repeat passphrase", PASSPHRASE);
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_long(|desk| desk.passphrase_box().is_none() && !desk.is_unsaved());
    assert_eq!(seat.files_with("Quillwort"), Vec::<String>::new());

    seat.type_into(summary, " Bladderfern");
    seat.wait_for_copy();
    assert_eq!(seat.files_with("Bladderfern"), Vec::<String>::new());
    seat.press(Modifiers::COMMAND, Key::S);
    seat.wait_for(|desk| !desk.is_unsaved());
    seat.press(Modifiers::COMMAND, Key::W);
    seat.wait_for(|desk| {
        desk.draft.is_none() && desk.known.as_ref().is_some_and(|known| !known.is_empty())
    });
    for words in ["Quillwort", "Bladderfern", "CM13-0012345", "Trigger Point", PASSPHRASE]
    {
        assert_eq!(seat.files_with(words), Vec::<String>::new(), "{words}");
    }
    assert_eq!(seat.files_with("draft.ron"), ["settings.ron"]);
    let known = seat.desk().known.clone().unwrap();
    assert!(
        known[0].is_sealed
            && known[0].case_number.is_empty()
            && known[0].items.is_empty()
    );
}

#[test]
fn an_encrypted_draft_opens_with_its_passphrase_alone() {
    let mut seat = Seat::new(|path| {
        fs::write(path, SEALED).unwrap();
        Some(path.clone())
    });
    seat.wait_for(|desk| desk.passphrase_box().is_some());
    assert!(seat.harness.get_by_label("Passphrase").is_focused());
    seat.type_passphrase("Passphrase", "otter lamp gravel song");
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_long(|desk| {
        desk.passphrase_box().is_some_and(|asking| asking.refused.is_some())
    });
    seat.type_passphrase("Passphrase", PASSPHRASE);
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_long(|desk| desk.draft.is_some());
    assert_eq!(
        (seat.letter().case.number.as_str(), seat.desk().title().as_str()),
        ("CM13-0012345", "draft.ron")
    );
}
