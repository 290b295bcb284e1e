//! Saving where it cannot be done: the old file is whole, nothing half written lies
//! about, and the message says why.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rationale::store::{self, Draft, Error, Expected, Fingerprint};

/// A folder with a draft in it.
struct Desk {
    folder: tempfile::TempDir,
    written: Option<Fingerprint>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, written: None }
    }

    fn with_draft() -> Self {
        let mut desk = Self::new();
        desk.written = Some(desk.save("a.ron", "one").unwrap());
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn save(&self, name: &str, summary: &str) -> Result<Fingerprint, Error> {
        let mut draft = Draft::default();
        draft.letter.summary = summary.into();
        store::save(
            &self.path(name),
            &draft,
            None,
            self.written.map_or(Expected::Nothing, Expected::Unchanged),
        )
        .map(|written| written.fingerprint)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    /// Saving fails with these words, and all is as it was.
    #[track_caller]
    fn check(&self, name: &str, summary: &str, message: &str, hint: &str) {
        let before = (fs::read(self.path("a.ron")).ok(), self.names());
        let error = self.save(name, summary).unwrap_err();
        let path = self.path(name).display().to_string();
        assert_eq!(
            (error.to_string().replace(&path, "…").as_str(), error.hint().as_str()),
            (message, hint)
        );
        assert_eq!((fs::read(self.path("a.ron")).ok(), self.names()), before);
    }
}

/// A small disk of its own.
struct Disk(PathBuf);

impl Disk {
    /// A draft on a small disk; `None`, with a word about it, where none may be made.
    #[expect(clippy::print_stderr, reason = "a test that was not run must say so")]
    fn with_draft() -> Option<(Desk, Self)> {
        let mut desk = Desk::new();
        let folder = desk.folder.path().to_owned();
        if !mount(&["-t", "tmpfs", "-o", "size=256k", "tmpfs"], &folder) {
            eprintln!("skipped: only root can make a disk, and not everywhere");
            return None;
        }
        let small = Self(folder);
        desk.written = Some(desk.save("a.ron", "one").unwrap());
        Some((desk, small))
    }
}

fn mount(arguments: &[&str], folder: &Path) -> bool {
    let mount = Command::new("mount").args(arguments).arg(folder).output();
    cfg!(target_os = "linux") && mount.is_ok_and(|output| output.status.success())
}

impl Drop for Disk {
    fn drop(&mut self) {
        let umount = Command::new("umount").arg("--lazy").arg(&self.0).output().unwrap();
        assert!(umount.status.success() || std::thread::panicking(), "{umount:?}");
    }
}

#[test]
fn a_full_disk_keeps_the_old_draft_and_says_so() {
    let Some((desk, _disk)) = Disk::with_draft() else { return };
    let hint = "Free up space, or save to another disk; the old file was not changed";
    desk.check(
        "a.ron",
        &"long ".repeat(100_000),
        "The disk is full, so it could not save …",
        hint,
    );
    // It fills up to the last byte as well.
    fs::write(desk.path("filler"), vec![0; 220 * 1024]).unwrap();
    desk.check(
        "a.ron",
        &"long ".repeat(10_000),
        "The disk is full, so it could not save …",
        hint,
    );
    fs::remove_file(desk.path("filler")).unwrap();
    desk.save("a.ron", "two").unwrap();
}

#[test]
fn a_disk_for_reading_only_says_so_and_the_draft_is_read() {
    let Some((desk, small)) = Disk::with_draft() else { return };
    assert!(mount(&["-o", "remount,ro"], &small.0));
    let hint = "Save to a folder where you have permission; the old file was not changed";
    desk.check("a.ron", "two", "This disk is read-only, so it could not save …", hint);
    assert_eq!(
        store::lock::take(&desk.path("a.ron"), jiff::Timestamp::now()),
        store::lock::Hold::NotKept
    );
    assert_eq!(
        store::open(&desk.path("a.ron"), None).unwrap().draft.letter.summary,
        "one"
    );
}

#[test]
fn a_folder_that_went_away_is_told_and_not_made() {
    let desk = Desk::with_draft();
    let share = desk.path("share");
    fs::create_dir(&share).unwrap();
    fs::rename(desk.path("a.ron"), share.join("a.ron")).unwrap();
    fs::rename(&share, desk.path("gone")).unwrap();
    desk.check(
        "share/a.ron",
        "two",
        "There is no folder for …",
        "Check that the folder exists",
    );
    assert!(desk.path("gone/a.ron").exists());
}

#[test]
fn a_name_that_is_too_long_is_told() {
    let desk = Desk::new();
    let (message, hint) = (
        "This file name is too long or not allowed on this disk: …",
        "Use a shorter name with letters and digits",
    );
    desk.check(&format!("{}.ron", "x".repeat(252)), "one", message, hint);
    // The copy from before the last save has one letter more.
    let name = format!("{}.ron", "x".repeat(251));
    desk.save(&name, "one").unwrap();
    let mut draft = Draft::default();
    draft.letter.summary = "two".into();
    let error =
        store::save(&desk.path(&name), &draft, None, Expected::Anything).unwrap_err();
    assert_eq!((error.hint().as_str(), desk.names()), (hint, vec![name]));
}

#[cfg(unix)]
#[test]
fn links_lead_to_their_file_and_a_circle_is_told() {
    let desk = Desk::with_draft();
    std::os::unix::fs::symlink("a.ron", desk.path("link.ron")).unwrap();
    desk.save("link.ron", "two").unwrap();
    assert!(fs::symlink_metadata(desk.path("link.ron")).unwrap().is_symlink());
    assert_eq!(
        store::open(&desk.path("a.ron"), None).unwrap().draft.letter.summary,
        "two"
    );
    std::os::unix::fs::symlink("circle.ron", desk.path("circle.ron")).unwrap();
    let hint = "Check that the disk or network drive is connected, then open it again";
    desk.check("circle.ron", "three", "The disk could not read …", hint);
}

#[test]
fn what_stands_there_is_not_replaced_unasked() {
    let desk = Desk::with_draft();
    fs::write(desk.path("a.ron"), "(format: 1, letter: (summary: \"theirs\"))").unwrap();
    let hint = "Save under another name, then compare the two";
    desk.check(
        "a.ron",
        "two",
        "Someone else changed this file after you opened it: …",
        hint,
    );
}
