//! Recovery copies: what was not saved yet, kept beside the settings until it is.
//!
//! A copy is a draft with a note of where it comes from, so that it can also be opened by
//! hand.

use std::fs;
use std::path::{Path, PathBuf};

use super::atomic::{self, Before, Expected};
use super::draft::origin_of_sealed;
use super::lock::Holder;
use super::sealed::{self, Key, Passphrase, Seal};
use super::{DataFolder, Draft, Error};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The copy of one open draft; it is written over again and again until it is removed.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    pub id: RecoveryId,
    /// When the copy was written.
    pub saved: Timestamp,
    /// The person's own file; `None` for a draft that was never saved.
    pub original: Option<PathBuf>,
    pub draft: Draft,
    pub lock: Lock,
}

/// Whether a copy is encrypted.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Lock {
    #[default]
    None,
    /// It is, as its draft is, and open.
    Open(Seal),
    /// It is, and `draft` is empty until its passphrase is given.
    Locked,
}

impl Lock {
    pub fn of(seal: Option<&Seal>) -> Self {
        seal.cloned().map_or(Self::None, Self::Open)
    }

    pub fn seal(self) -> Option<Seal> {
        match self {
            Self::Open(seal) => Some(seal),
            Self::None | Self::Locked => None,
        }
    }
}

/// What tells the copies of drafts apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecoveryId(String);

impl RecoveryId {
    /// An id for a draft that was opened or begun just now.
    pub fn new(opened: Timestamp) -> Self {
        Self(opened.as_nanosecond().to_string())
    }

    fn file_name(&self) -> String {
        format!("recovery-{}.ron", self.0)
    }

    fn of_file(path: &Path) -> Option<Self> {
        let stamp = path
            .file_name()?
            .to_str()?
            .strip_prefix("recovery-")?
            .strip_suffix(".ron")?;
        Some(Self(stamp.to_owned()))
    }
}

/// Where a recovery copy comes from, as its file says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Origin {
    saved: Timestamp,
    #[serde(default)]
    original: Option<PathBuf>,
    /// Who wrote it: while they work on the letter, nothing of it is lost.
    #[serde(default)]
    by: Option<Holder>,
}

/// Writes a copy, over the last one of the same id.
pub fn write(folder: &DataFolder, recovery: &Recovery) -> Result<(), Error> {
    // A name that is not text cannot be written down; the draft then comes back without
    // one.
    let original = recovery.original.clone().filter(|path| path.to_str().is_some());
    let origin =
        Origin { saved: recovery.saved, original, by: Some(Holder::me(recovery.saved)) };
    let seal = match &recovery.lock {
        Lock::None => None,
        Lock::Open(seal) => Some(seal),
        // There is nothing to write, and what lies there is not to be lost.
        Lock::Locked => return Ok(()),
    };
    let text = recovery.draft.file(seal, Some(&origin))?;
    let path = folder.file(&recovery.id.file_name())?;
    atomic::replace(&path, text.as_bytes(), Expected::Anything, Before::Drop).map(drop)
}

/// Every copy there is whose window is gone, the oldest first, and what could not be
/// read, which stays where it is.
pub fn list(folder: &DataFolder) -> (Vec<Recovery>, Vec<Error>) {
    atomic::sweep_own(folder.path());
    let Ok(entries) = fs::read_dir(folder.path()) else { return Default::default() };
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let copies = paths
        .iter()
        .filter_map(|path| Some((path, RecoveryId::of_file(path)?)));
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for (path, id) in copies {
        match read(path, id.clone(), None).or_else(|error| shut(path, id, error)) {
            Ok(recovery) => found.extend(recovery),
            Err(error) => errors.push(error),
        }
    }
    found.sort_by_key(|recovery| recovery.saved);
    (found, errors)
}

/// A copy; none while its window is open.
fn read(
    path: &Path,
    id: RecoveryId,
    key: Option<Key<'_>>,
) -> Result<Option<Recovery>, Error> {
    let opened = super::open_with(path, key)?;
    let Some(Origin { saved, original, by }) = opened.origin else {
        return Err(Error::NotADraft { path: path.into() });
    };
    let lock = Lock::of(opened.seal.as_ref());
    Ok(is_left_behind(by).then_some(Recovery {
        id,
        saved,
        original,
        draft: opened.draft,
        lock,
    }))
}

/// Whether nobody works on the draft any more whose copy it is.
fn is_left_behind(by: Option<Holder>) -> bool {
    !by.is_some_and(|by| by.is_seen_to_work())
}

/// An encrypted copy as it is listed: where it comes from, and nothing of the letter.
fn shut(path: &Path, id: RecoveryId, error: Error) -> Result<Option<Recovery>, Error> {
    let is_shut = matches!(error, Error::Sealed(sealed::Error::Locked { .. }));
    let Some(Origin { saved, original, by }) =
        is_shut.then(|| origin_of_sealed(path)).flatten()
    else {
        return Err(error);
    };
    Ok(is_left_behind(by).then(|| Recovery {
        id,
        saved,
        original,
        draft: Draft::default(),
        lock: Lock::Locked,
    }))
}

/// Opens an encrypted copy.
pub fn unlock(
    folder: &DataFolder,
    id: &RecoveryId,
    passphrase: &Passphrase,
) -> Result<Recovery, Error> {
    let path = folder.path().join(id.file_name());
    read(&path, id.clone(), Some(Key::Passphrase(passphrase)))?
        .ok_or(Error::Missing { path })
}

/// Encrypts what plain copies there are of a file that is encrypted from now on: of an
/// earlier crash, for example.
pub fn seal_those_of(
    folder: &DataFolder,
    original: &Path,
    seal: &Seal,
) -> Result<(), Error> {
    let is_of_file =
        |copy: &Path| copy == original || super::is_same_file(copy, original);
    let is_plain = |copy: &Recovery| {
        copy.lock == Lock::None && copy.original.as_deref().is_some_and(is_of_file)
    };
    let plain = list(folder).0.into_iter().filter(is_plain);
    plain
        .map(|copy| Recovery { lock: Lock::Open(seal.clone()), ..copy })
        .try_for_each(|copy| write(folder, &copy))
}

/// Takes a copy away, because its draft was saved or is not wanted. One that is gone
/// already is no failure.
pub fn remove(folder: &DataFolder, id: &RecoveryId) -> Result<(), Error> {
    let path = folder.path().join(id.file_name());
    match fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::Unwritten { path, source: error })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(opened: i64, summary: &str) -> Recovery {
        let mut draft = Draft::default();
        draft.letter.summary = summary.into();
        let opened = Timestamp::from_second(opened).unwrap();
        Recovery {
            id: RecoveryId::new(opened),
            saved: opened,
            original: Some("/cases/a.ron".into()),
            draft,
            lock: Lock::None,
        }
    }

    #[test]
    fn copies_come_back_until_they_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(folder.path().join("rationale"));
        assert_eq!(list(&folder).0, []);
        let (first, second) = (copy(1_700_000_000, "one"), copy(1_700_000_009, "two"));
        write(&folder, &second).unwrap();
        write(&folder, &first).unwrap();
        write(&folder, &first).unwrap();
        assert_eq!(list(&folder).0, [first.clone(), second.clone()]);
        remove(&folder, &first.id).unwrap();
        remove(&folder, &first.id).unwrap();
        assert_eq!(list(&folder).0, [second]);
    }

    #[test]
    fn a_copy_that_cannot_be_read_is_told_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recovery-7.ron");
        fs::write(&path, "(format: 1, letter: (summary: \"The cl").unwrap();
        let (found, errors) = list(&DataFolder::at(folder.path().into()));
        assert_eq!((found.len(), errors.len()), (0, 1));
        assert!(path.exists());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_copy_is_offered_only_once_its_window_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(folder.path().to_owned());
        let copy = copy(1_700_000_000, "one");
        let process = std::os::unix::process::parent_id();
        let alive = super::super::lock::started(process);
        for (machine, started, offered) in
            [("", alive, 0), ("", Some(1), 1), ("elsewhere", alive, 1)]
        {
            let mut by = Holder { process, started, ..Holder::me(copy.saved) };
            by.machine.push_str(machine);
            let origin = Origin { saved: copy.saved, original: None, by: Some(by) };
            let path = folder.file(&copy.id.file_name()).unwrap();
            fs::write(path, copy.draft.written(Some(&origin)).unwrap()).unwrap();
            assert_eq!(list(&folder).0.len(), offered, "{origin:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn copies_are_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(folder.path().join("rationale"));
        write(&folder, &copy(1_700_000_000, "one")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(folder.path()), 0o700);
        assert_eq!(mode(&folder.path().join("recovery-1700000000000000000.ron")), 0o600);
    }
}
