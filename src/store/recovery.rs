//! Recovery copies: what was not saved yet, kept beside the settings until it is.
//!
//! A copy is a draft with a note of where it comes from, so that it can also be opened by
//! hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;

use super::atomic::{self, Expected, OldFile};
use super::content_error::ContentError;
use super::draft::{self, Draft, origin_of_sealed};
use super::error::Error;
use super::file::{entries_of, is_same_file, sweep_gone};
use super::folder::DataFolder;
use super::holder::{Holder, Origin};
use super::patience::patiently;
use super::sealed::{self, Key, Passphrase, Seal};

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
        match seal {
            Some(seal) => Self::Open(seal.clone()),
            None => Self::None,
        }
    }

    pub fn seal(self) -> Option<Seal> {
        match self {
            Self::Open(seal) => Some(seal),
            Self::None | Self::Locked => None,
        }
    }
}

/// What distinguishes the copies of drafts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecoveryId(String);

impl RecoveryId {
    /// An id for a draft that was opened or begun just now. Two windows can begin at one
    /// moment, and a clock that is set back gives a moment twice.
    pub fn new(opened: Timestamp) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (process, count) =
            (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self(format!("{}-{process}-{count}", opened.as_nanosecond()))
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

/// Writes a copy, over the last one of the same id.
pub fn write(folder: &DataFolder, recovery: &Recovery) -> Result<(), Error> {
    let seal = match &recovery.lock {
        Lock::None => None,
        Lock::Open(seal) => Some(seal),
        // There is nothing to write, and the copy that is there is not to be lost.
        Lock::Locked => return Ok(()),
    };
    let saved = recovery.saved;
    let original = match &recovery.original {
        // A name that is not text cannot be written down; the draft then comes back
        // without one.
        Some(path) if path.to_str().is_some() => Some(path.clone()),
        Some(_) | None => None,
    };
    let origin = Origin { saved, original, by: Some(Holder::me(saved)) };
    let text = recovery.draft.file_text(seal, Some(&origin))?;
    let path = folder.file(&recovery.id.file_name())?;
    atomic::replace(&path, text.as_bytes(), Expected::Anything, OldFile::Replace)?;
    Ok(())
}

/// Makes a copy one's own by giving it another id, of which nobody else knows; whether it
/// was there still. Of two windows that bring back the same letter only one can.
pub fn take(
    folder: &DataFolder,
    from: &RecoveryId,
    to: &RecoveryId,
) -> Result<bool, Error> {
    let (old, new) = (folder.file(&from.file_name())?, folder.file(&to.file_name())?);
    match patiently(|| fs::rename(&old, &new)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(Error::Unwritten { path: old, source }),
    }
}

/// Every copy there is whose window is gone, the oldest first, and what could not be
/// read, which stays where it is.
pub fn list(folder: &DataFolder) -> (Vec<Recovery>, Vec<Error>) {
    sweep_gone(folder.path());
    let mut paths = entries_of(folder.path());
    paths.sort();
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for path in &paths {
        let Some(id) = RecoveryId::of_file(path) else { continue };
        match read_if_plain(path, &id) {
            Ok(recovery) => found.extend(recovery),
            Err(error) => errors.push(error),
        }
    }
    found.sort_by_key(|recovery| recovery.saved);
    (found, errors)
}

/// A copy as it is listed: of an encrypted one where it comes from, and nothing of the
/// letter.
fn read_if_plain(path: &Path, id: &RecoveryId) -> Result<Option<Recovery>, Error> {
    match read(path, id, None) {
        Err(error @ Error::Sealed(sealed::Error::Locked { .. })) => {
            match origin_of_sealed(path) {
                Some(origin) => Ok(recovery(id, origin, Draft::default(), Lock::Locked)),
                None => Err(error),
            }
        }
        result => result,
    }
}

fn read(
    path: &Path,
    id: &RecoveryId,
    key: Option<Key<'_>>,
) -> Result<Option<Recovery>, Error> {
    let opened = draft::open(path, key)?;
    let Some(origin) = opened.origin else {
        return Err(ContentError::NotADraft { path: path.into() }.into());
    };
    Ok(recovery(id, origin, opened.draft, Lock::of(opened.seal.as_ref())))
}

/// A copy; none while its window is open, because nothing of it is lost then.
fn recovery(
    id: &RecoveryId,
    origin: Origin,
    draft: Draft,
    lock: Lock,
) -> Option<Recovery> {
    let Origin { saved, original, by } = origin;
    match by {
        Some(by) if by.is_seen_to_work() => None,
        Some(_) | None => Some(Recovery { id: id.clone(), saved, original, draft, lock }),
    }
}

/// Opens an encrypted copy.
pub fn unlock(
    folder: &DataFolder,
    id: &RecoveryId,
    passphrase: &Passphrase,
) -> Result<Recovery, Error> {
    let path = folder.path().join(id.file_name());
    read(&path, id, Some(Key::Passphrase(passphrase)))?.ok_or(Error::Missing { path })
}

/// Encrypts what plain copies there are of a file that is encrypted from now on: of an
/// earlier crash, for example.
pub fn seal_those_of(
    folder: &DataFolder,
    original: &Path,
    seal: &Seal,
) -> Result<(), Error> {
    let (copies, _errors) = list(folder);
    let letter = draft::open(original, Some(Key::Seal(seal)));
    let case_number = match &letter {
        Ok(opened) => opened.draft.letter.case.number.trim(),
        Err(_) => "",
    };
    for copy in copies {
        if copy.lock == Lock::None
            && (is_of_file(&copy, original) || may_be_of_case(&copy, case_number))
        {
            write(folder, &Recovery { lock: Lock::Open(seal.clone()), ..copy })?;
        }
    }
    Ok(())
}

/// Whether a copy is of this case and of no file that is there: its draft was renamed, or
/// named from a folder that is not known any more.
fn may_be_of_case(copy: &Recovery, case_number: &str) -> bool {
    let has_file = match &copy.original {
        Some(path) => path.is_absolute() && path.exists(),
        None => false,
    };
    !has_file
        && !case_number.is_empty()
        && copy.draft.letter.case.number.trim() == case_number
}

fn is_of_file(copy: &Recovery, original: &Path) -> bool {
    let Some(path) = &copy.original else { return false };
    path == original || is_same_file(path, original)
}

/// Takes a copy away, because its draft was saved or is not wanted. One that is gone
/// already is no failure.
pub fn remove(folder: &DataFolder, id: &RecoveryId) -> Result<(), Error> {
    let path = folder.path().join(id.file_name());
    match patiently(|| fs::remove_file(&path)) {
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
    fn of_two_windows_only_one_brings_a_letter_back() {
        let folder = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(folder.path().join("rationale"));
        let copy = copy(1_700_000_000, "one");
        write(&folder, &copy).unwrap();
        let [one, other] = [1, 2].map(|_| RecoveryId::new(copy.saved));
        assert!(take(&folder, &copy.id, &one).unwrap());
        assert!(!take(&folder, &copy.id, &other).unwrap());
        assert_eq!(list(&folder).0, [Recovery { id: one, ..copy }]);
    }

    #[test]
    fn a_plain_copy_of_a_draft_that_was_renamed_is_encrypted_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().join("rationale"));
        let seal =
            Seal::with_work(&Passphrase::new("otter lamp gravel tune"), 2).unwrap();
        let path = folder.path().join("renamed.ron");
        let numbered = |number: &str, original: &str| {
            let mut copy = copy(1_700_000_000, "one");
            copy.id = RecoveryId::new(copy.saved);
            copy.draft.letter.case.number = number.into();
            copy.original = Some(original.into());
            copy
        };
        let draft = numbered("CM1", "").draft;
        draft::save(&path, &draft, Some(&seal), Expected::Nothing).unwrap();
        let other = folder.path().join("other.ron");
        draft::save(&other, &draft, None, Expected::Nothing).unwrap();
        for copy in [
            numbered("CM1", "letter.ron"),
            numbered("CM1", "/cases/gone.ron"),
            numbered("CM2", "/cases/gone.ron"),
            numbered("CM1", other.to_str().unwrap()),
        ] {
            write(&data, &copy).unwrap();
        }
        seal_those_of(&data, &path, &seal).unwrap();
        let locked =
            list(&data).0.iter().filter(|copy| copy.lock == Lock::Locked).count();
        assert_eq!(locked, 2);
    }

    #[test]
    fn a_copy_that_cannot_be_read_is_reported_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recovery-7.ron");
        fs::write(&path, "(format: 1, letter: (summary: \"The cl").unwrap();
        let (found, errors) = list(&DataFolder::at(folder.path().into()));
        assert_eq!((found.len(), errors.len()), (0, 1));
        assert!(path.exists());
    }

    #[test]
    fn a_copy_is_offered_only_once_its_window_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let presence = folder.path().join("running-1");
        let locked = fs::File::create(&presence).unwrap();
        locked.lock().unwrap();
        let folder = DataFolder::at(folder.path().to_owned());
        let copy = copy(1_700_000_000, "one");
        let mut by = Holder::me(copy.saved);
        by.presence = presence.to_str().map(str::to_owned);
        let write = |by: &Holder| {
            let origin =
                Origin { saved: copy.saved, original: None, by: Some(by.clone()) };
            let path = folder.file(&copy.id.file_name()).unwrap();
            fs::write(path, copy.draft.plain_text(Some(&origin)).unwrap()).unwrap();
        };
        write(&Holder { machine: "elsewhere".into(), ..by.clone() });
        assert_eq!(list(&folder).0.len(), 1);
        write(&by);
        assert_eq!(list(&folder).0.len(), 0);
        drop(locked);
        assert_eq!(list(&folder).0.len(), 1);
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
        let files = entries_of(folder.path());
        assert_eq!((files.len(), mode(&files[0])), (1, 0o600));
    }
}
