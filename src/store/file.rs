//! What the whole store knows of a file: what it holds in a few bytes, where its links
//! lead, which copy from before is beside it, and what a crash left half written.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::process;

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

/// Whether two paths lead to one file that is there.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
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

/// Whether a file's name ends like this.
pub(super) fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension() == Some(OsStr::new(ending))
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
    sweep(folder_of(&target), |name| {
        prefixes.iter().any(|prefix| name.starts_with(prefix))
    });
}

/// Removes what processes of this machine that are gone left half written in a folder of
/// the program's own.
pub(super) fn sweep_own(folder: &Path) {
    sweep(folder, |name| {
        writer_of(name).is_some_and(|(process, _)| process::is_gone(process))
    });
}

/// The same in any folder, which other machines may write to as well: those of this
/// machine alone.
pub(super) fn sweep_gone(folder: &Path) {
    let ours = machine_mark();
    sweep(folder, |name| {
        writer_of(name).is_some_and(|(process, machine)| {
            machine == ours && process::is_gone(process)
        })
    });
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

/// Removes what processes of this machine that are gone left half written in the folder
/// of a draft.
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
    Fingerprint::of(process::machine_name().as_bytes()).digits(4)
}

/// The number of the process that wrote a temporary file, and its machine's mark.
fn writer_of(name: &str) -> Option<(u32, &str)> {
    let mut parts = name.strip_prefix(TEMPORARY)?.split('-').skip(1);
    Some((parts.next()?.parse().ok()?, parts.next()?))
}

fn sweep(folder: &Path, is_left: impl Fn(&str) -> bool) {
    for path in entries_of(folder) {
        let Some(name) = path.file_name().and_then(OsStr::to_str) else { continue };
        if is_left(name) {
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
        // Number 1 is the system's first process, and the highest that a number may be is
        // none.
        let temporary = |name: &str, process: u32| {
            format!("{}{process}-x", temporary_prefix(&path(name)))
        };
        let ours = temporary("a.ron", u32::MAX);
        let before = temporary("a.ron~", 1);
        let of_another = temporary("b.ron", 1);
        for name in [&ours, &before, &of_another] {
            fs::write(path(name), "on").unwrap();
        }
        sweep_beside(&path("a.ron"));
        assert_eq!(
            [&ours, &before, &of_another].map(|name| is_there(name)),
            [false, false, true]
        );
        assert!(is_there("a.ron"));
        fs::write(path(&ours), "on").unwrap();
        sweep_own(folder.path());
        assert_eq!(
            (is_there(&ours), is_there(&of_another)),
            (!cfg!(target_os = "linux"), true)
        );
    }
}
