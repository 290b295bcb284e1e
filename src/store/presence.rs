//! Whether a process runs: it holds the lock of a file of its own for as long as it
//! lives, and the system releases the lock however the process ends.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::error::Error;
use super::file::{claim, entries_of};
use super::folder::DataFolder;
use super::reading::open_file;

/// How the names of such files begin.
const PREFIX: &str = "running-";

/// The longest path of such a file that a lock beside a draft names.
const LONGEST_PATH: usize = 1000;

/// What is known of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    Runs,
    Ended,
    /// It has no such file, or this account does not reach it.
    Unknown,
}

struct Presence {
    path: PathBuf,
    _locked: File,
}

static OWN: OnceLock<Option<Presence>> = OnceLock::new();

/// From now on others can tell that this process runs. Where the disk knows no locks,
/// they cannot.
pub fn begin(data: &DataFolder) {
    OWN.get_or_init(|| {
        let path = data.file("").ok()?;
        sweep(&path);
        start(&path).ok().flatten()
    });
}

/// Removes the file of a process that ends as it should.
pub fn end() {
    if let Some(Some(own)) = OWN.get() {
        let _swept_next_time = fs::remove_file(&own.path);
    }
}

/// The file that shows that this process runs.
pub(super) fn own() -> Option<String> {
    let own = OWN.get()?.as_ref()?;
    let path = own.path.to_str()?;
    (path.len() <= LONGEST_PATH).then(|| path.to_owned())
}

/// What the file at `path` shows of the process that it belongs to.
pub(super) fn life_of(path: &str) -> Life {
    let path = Path::new(path);
    // What stands in a lock may be anybody's words: no other file is touched.
    if !path.is_absolute() || !is_presence(path) {
        return Life::Unknown;
    }
    match open_file(path) {
        Ok(file) => life_of_owner(&file),
        Err(Error::Missing { .. }) if has_folder(path) => Life::Ended,
        Err(_) => Life::Unknown,
    }
}

fn life_of_owner(file: &File) -> Life {
    // Shared, so that two who look do not take each other for the process.
    match file.try_lock_shared() {
        Ok(()) => Life::Ended,
        Err(TryLockError::WouldBlock) => Life::Runs,
        Err(TryLockError::Error(_)) => Life::Unknown,
    }
}

fn is_presence(path: &Path) -> bool {
    let Some(name) = path.file_name() else { return false };
    name.to_str().is_some_and(|name| name.starts_with(PREFIX))
}

fn has_folder(path: &Path) -> bool {
    path.parent().is_some_and(Path::is_dir)
}

/// Makes a file and locks it. Who sweeps can come between the two; then it is made anew.
fn start(folder: &Path) -> io::Result<Option<Presence>> {
    for _ in 0..10 {
        let file = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder)?;
        let (file, path) = file.keep()?;
        if claim(&file, &path) {
            return Ok(Some(Presence { path, _locked: file }));
        }
    }
    Ok(None)
}

/// Removes the files of processes that have ended.
fn sweep(folder: &Path) {
    for path in entries_of(folder) {
        if is_presence(&path)
            && let Ok(file) = open_file(&path)
            && life_of_owner(&file) == Life::Ended
        {
            let _tried_again_next_time = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_runs_as_long_as_it_holds_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let presence = start(folder.path()).unwrap().unwrap();
        let path = presence.path.to_str().unwrap().to_owned();
        assert_eq!(life_of(&path), Life::Runs);
        sweep(folder.path());
        assert_eq!(life_of(&path), Life::Runs);
        drop(presence);
        assert_eq!(life_of(&path), Life::Ended);
        sweep(folder.path());
        assert_eq!((Path::new(&path).exists(), life_of(&path)), (false, Life::Ended));
    }

    #[test]
    fn what_is_no_such_file_or_out_of_reach_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let notes = folder.path().join("notes.txt");
        fs::write(&notes, "").unwrap();
        let elsewhere = folder.path().join("gone").join("running-1");
        for path in [notes.as_path(), &elsewhere, Path::new("running-1"), folder.path()] {
            assert_eq!(life_of(path.to_str().unwrap()), Life::Unknown, "{path:?}");
        }
    }
}
