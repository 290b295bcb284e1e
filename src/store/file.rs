//! What the whole store knows of a file: what it holds in a few bytes, where its links
//! lead, which copy from before is beside it, and what a crash left half written.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File, TryLockError};
#[cfg(unix)]
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::machine::machine_name;
use super::reading::open_file;

/// What a file held, boiled down: two files with the same fingerprint hold the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Its first bytes in hexadecimal digits.
    pub(super) fn digits(self, bytes: usize) -> String {
        self.0.iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
    }

    /// As much of it as distinguishes the files of one person.
    pub(super) fn short(self) -> String {
        self.digits(12)
    }
}

/// The file's SHA-256, as other programs print it.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.digits(self.0.len()))
    }
}

/// The file that a path leads to through links, so that saving does not turn the link
/// into a file.
pub(super) fn follow_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // Links to links are rare and circles are possible: systems give up after forty as
    // well.
    for _ in 0..40 {
        let Ok(link) = fs::read_link(&path) else { break };
        path = match path.parent() {
            Some(folder) => folder.join(&link),
            None => link,
        };
    }
    path
}

/// The path without links of a file that is there: two paths with the same one lead to
/// one file.
pub fn real_path(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Whether two paths lead to one file that is there.
pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
    let one = real_path(one);
    one.is_some() && one == real_path(other)
}

/// The folder that holds a file; a bare name is one in the current folder.
pub(super) fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// What is in a folder, in no order; nothing where the folder cannot be read.
pub(super) fn entries_of(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.flatten().map(|entry| entry.path()).collect()
}

/// Whether a file's name ends like this, in capitals or not.
pub(super) fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// The copy from before the last save, if there is one.
pub(super) fn previous_copy(path: &Path) -> Option<PathBuf> {
    let copy = previous_path(&follow_links(path));
    if copy.is_file() { Some(copy) } else { None }
}

/// Where the copy from before the last save is kept.
pub(super) fn previous_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("~");
    name.into()
}

/// What to do about a draft that cannot be read, as an instruction.
pub(super) fn previous_copy_hint(copy: Option<&Path>) -> String {
    match copy {
        Some(copy) => {
            format!("Open the copy from before the last save: {}", copy.display())
        }
        None => "Restore the file from a backup; it was not changed".into(),
    }
}

/// How the names begin of what is written beside a file before it takes the file's place.
const TEMPORARY: &str = ".rationale-";

/// How the names begin of what is written to take this file's place: they name the file
/// by its fingerprint alone, so that they say nothing of a patient.
pub(super) fn temporary_prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().as_encoded_bytes();
    format!("{TEMPORARY}{}-", Fingerprint::of(name).short())
}

/// Removes what a crash left half written beside a draft. Only for who has the draft's
/// lock: then nobody is writing it.
pub(super) fn sweep_beside(draft: &Path) {
    let target = follow_links(draft);
    let prefixes = [temporary_prefix(&target), temporary_prefix(&previous_path(&target))];
    sweep(folder_of(&target), |_, name| {
        prefixes.iter().any(|prefix| name.starts_with(prefix))
    });
}

/// Removes what processes of this machine that are gone left half written in a folder,
/// which other machines may write to as well.
pub(super) fn sweep_gone(folder: &Path) {
    let ours = machine_mark();
    sweep(folder, |path, name| machine_of(name) == Some(&ours) && is_abandoned(path));
}

/// The same, the first time that this process writes a letter into a folder: what an
/// interrupted export left there is a plain letter that no list shows.
pub(super) fn sweep_gone_once(folder: &Path) {
    static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let mut swept = SWEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if swept.insert(folder.to_owned()) {
        sweep_gone(folder);
    }
}

/// The same in the folder of a draft.
pub fn sweep_beside_unopened(draft: &Path) {
    sweep_gone(folder_of(&follow_links(draft)));
}

/// Who writes a temporary file, as its name says it: the process's number and the
/// machine, so that what a crash left can be swept away.
pub(super) fn writer_mark() -> String {
    format!("{}-{}-", std::process::id(), machine_mark())
}

/// Some digits that stand for this machine's name.
fn machine_mark() -> String {
    Fingerprint::of(machine_name().as_bytes()).digits(4)
}

/// The mark of the machine that wrote a temporary file.
fn machine_of(name: &str) -> Option<&str> {
    name.strip_prefix(TEMPORARY)?.split('-').nth(2)
}

/// Whether nobody writes a temporary file any more: its writer holds its lock. Where the
/// disk knows no locks, that cannot be known.
fn is_abandoned(path: &Path) -> bool {
    // Shared, so that two who sweep do not take each other for the writer.
    open_file(path).is_ok_and(|file| file.try_lock_shared().is_ok())
}

/// Locks a new file until it is closed, so that others see that it is in use; whether it
/// still has its name then. Where the disk knows no locks, they do not see it.
pub(super) fn claim(file: &File, path: &Path) -> bool {
    match file.try_lock() {
        Ok(()) => is_there(file, path),
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => true,
    }
}

/// Whether the file that was opened is the one of this name still.
#[cfg(unix)]
pub(super) fn is_there(file: &File, path: &Path) -> bool {
    match (place_on_disk(file.metadata()), place_on_disk(fs::symlink_metadata(path))) {
        (Some(opened), Some(named)) => opened == named,
        _ => false,
    }
}

#[cfg(unix)]
fn place_on_disk(about: io::Result<fs::Metadata>) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let about = about.ok()?;
    Some((about.dev(), about.ino()))
}

/// Whether there is a file of this name still; that it is another one by now cannot be
/// known, and needs three at one moment. One that was removed can keep its name until
/// everybody has closed it, but cannot be opened.
#[cfg(not(unix))]
pub(super) fn is_there(_file: &File, path: &Path) -> bool {
    File::open(path).is_ok()
}

fn sweep(folder: &Path, is_left: impl Fn(&Path, &str) -> bool) {
    for path in entries_of(folder) {
        let Some(name) = path.file_name().and_then(OsStr::to_str) else { continue };
        if is_left(&path, name) {
            let _tried_again_next_time = fs::remove_file(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_crash_left_half_written_is_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let is_there = |name: &str| path(name).exists();
        fs::write(path("a.ron"), "one").unwrap();
        let temporary = |name: &str, machine: &str| {
            format!("{}1-{machine}-x", temporary_prefix(&path(name)))
        };
        let ours = temporary("a.ron", &machine_mark());
        let before = temporary("a.ron~", "0000");
        let of_another = temporary("b.ron", "0000");
        for name in [&ours, &before, &of_another] {
            fs::write(path(name), "on").unwrap();
        }
        sweep_beside(&path("a.ron"));
        assert_eq!(
            [&ours, &before, &of_another].map(|name| is_there(name)),
            [false, false, true]
        );
        assert!(is_there("a.ron"));
        let in_use = fs::File::create(path(&ours)).unwrap();
        assert!(claim(&in_use, &path(&ours)));
        sweep_gone(folder.path());
        assert_eq!((is_there(&ours), is_there(&of_another)), (true, true));
        drop(in_use);
        sweep_gone(folder.path());
        assert_eq!((is_there(&ours), is_there(&of_another)), (false, true));
    }
}
