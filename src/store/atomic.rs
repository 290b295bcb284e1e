//! Writing a file whole or not at all: beside the old one, read back, then put in its
//! place.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use super::attributes::{NotKept, carry_over, may_be_written};
use super::error::Error;
use super::file::{
    Fingerprint, claim, folder_of, follow_links, previous_path, sweep_beside, sweep_gone,
    temporary_prefix, writer_mark,
};
use super::lock::FileLock;
use super::patience::{is_held, patiently};
use super::reading::read_bytes;

/// What the writer believes to be where it writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nothing: a file there is somebody's and stays.
    Nothing,
    /// What was read or written last. If it is gone altogether there is nothing to lose,
    /// and the file is written anew.
    Unchanged(Fingerprint),
    /// Whatever it is, it may go.
    Anything,
}

/// What becomes of the file that was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldFile {
    /// It stays beside the new one, with `~` after its name.
    Keep,
    /// It goes.
    Replace,
    /// It goes, and the copy from before it too.
    Remove,
}

/// What is in its place now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub fingerprint: Fingerprint,
    pub not_kept: Option<NotKept>,
}

/// Puts `bytes` where `path` leads. If anything goes wrong, the old file is whole and in
/// its place.
///
/// A new file is its owner's alone, because it may hold health data; one that is replaced
/// keeps its permissions, so that what was shared stays shared. Nobody else writes a
/// draft between the look at what is there and its replacement.
pub fn replace(
    path: &Path,
    bytes: &[u8],
    expected: Expected,
    old: OldFile,
) -> Result<Written, Error> {
    let written = put(path, bytes, expected, old)?;
    sync_folder(&follow_links(path));
    Ok(written)
}

/// The same for what can be made again: the disk has the bytes, and a power cut in the
/// next seconds may bring back the file that was there before.
pub fn put(
    path: &Path,
    bytes: &[u8],
    expected: Expected,
    old: OldFile,
) -> Result<Written, Error> {
    // Asked before links are followed: those of open pipes lead to no path.
    refuse_other_than_files(path)?;
    let target = follow_links(path);
    let lock = lock(&target, expected, old)?;
    if old == OldFile::Remove {
        sweep_plain(&target, lock.as_ref());
    }
    let found = read_old_file(&target, expected, old)?;
    refuse_surprises(&target, found.as_deref(), expected)?;
    let (file, not_kept) = write_beside(&target, bytes)?;
    if let Some(found) = found
        && old == OldFile::Keep
        && found != bytes
    {
        keep_previous(&target, &found)?;
    }
    if old == OldFile::Remove {
        remove_previous(&target)?;
    }
    put_in_place(file, &target, expected)?;
    Ok(Written { fingerprint: Fingerprint::of(bytes), not_kept })
}

/// The lock, where two may want to write one file. Where the file is expected to be as it
/// was, whoever took it over is asked about first.
fn lock(
    target: &Path,
    expected: Expected,
    old: OldFile,
) -> Result<Option<FileLock>, Error> {
    let is_expected = matches!(expected, Expected::Unchanged(_));
    if old == OldFile::Replace && !is_expected {
        return Ok(None);
    }
    let mut lock = FileLock::wait_for(target)?;
    if is_expected {
        lock.refuse_another(target)?;
    }
    Ok(Some(lock))
}

/// What a crash left half written is as plain as the letter was.
fn sweep_plain(target: &Path, lock: Option<&FileLock>) {
    if lock.is_some_and(FileLock::is_alone) {
        sweep_beside(target);
    }
    // Letters that were half exported beside it are as plain.
    sweep_gone(folder_of(target));
}

/// Renaming would put a file in the place of a device or a pipe; and it would replace a
/// write-protected file without a word.
fn refuse_other_than_files(target: &Path) -> Result<(), Error> {
    let Ok(about) = fs::metadata(target) else { return Ok(()) };
    let path = target.to_owned();
    match about {
        _ if about.is_dir() => Err(Error::Folder { path }),
        _ if !about.is_file() => Err(Error::NoFile { path }),
        _ if !may_be_written(target) => Err(Error::Protected { path }),
        _ => Ok(()),
    }
}

/// What will be replaced; nothing where nobody needs to know it.
fn read_old_file(
    target: &Path,
    expected: Expected,
    old: OldFile,
) -> Result<Option<Vec<u8>>, Error> {
    if (expected, old) == (Expected::Anything, OldFile::Replace) {
        return Ok(None);
    }
    match read_bytes(target) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Error::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn refuse_surprises(
    target: &Path,
    found: Option<&[u8]>,
    expected: Expected,
) -> Result<(), Error> {
    let Some(found) = found else { return Ok(()) };
    let path = target.to_owned();
    match expected {
        Expected::Nothing => Err(Error::Exists { path }),
        Expected::Unchanged(fingerprint) if fingerprint != Fingerprint::of(found) => {
            Err(Error::Changed { path })
        }
        Expected::Unchanged(_) | Expected::Anything => Ok(()),
    }
}

/// What is being written beside its place, for a program that is ended by a signal.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes what is being written at this moment: its writer will not come to put it in
/// its place.
pub fn forget_unfinished() {
    for path in unfinished().iter() {
        let _gone = fs::remove_file(path);
    }
}

/// A file in the target's own folder, so that it can be renamed to it, with all of
/// `bytes` safely on the disk. It is removed again if it is not put in place.
fn write_beside(
    target: &Path,
    bytes: &[u8],
) -> Result<(NamedTempFile, Option<NotKept>), Error> {
    match try_to_write_beside(target, bytes) {
        Ok((file, not_kept, read_back)) if read_back == bytes => Ok((file, not_kept)),
        Ok(_) => Err(Error::ReadBackDiffers { path: target.into() }),
        Err(source) => Err(Error::Unwritten { path: target.into(), source }),
    }
}

/// The file, whose it could not be, and what can be read from it.
fn try_to_write_beside(
    target: &Path,
    bytes: &[u8],
) -> io::Result<(NamedTempFile, Option<NotKept>, Vec<u8>)> {
    let mut file = begin_beside(target)?;
    unfinished().insert(file.path().to_owned());
    file.write_all(bytes)?;
    file.flush()?;
    let not_kept = carry_over(target, file.as_file())?;
    sync(file.as_file())?;
    // By the same handle: on Windows a lock keeps all others from reading.
    let mut read_back = Vec::with_capacity(bytes.len());
    file.rewind()?;
    file.read_to_end(&mut read_back)?;
    Ok((file, not_kept, read_back))
}

/// A new file that others see to be in use. Who sweeps can come before it is claimed; then
/// it is made anew.
fn begin_beside(target: &Path) -> io::Result<NamedTempFile> {
    const TRIES: u32 = 10;
    let prefix = format!("{}{}", temporary_prefix(target), writer_mark());
    for _ in 0..TRIES {
        let file = tempfile::Builder::new()
            .prefix(&prefix)
            .tempfile_in(folder_of(target))?;
        if claim(file.as_file(), file.path()) {
            return Ok(file);
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// Has the disk take a file for good. On macOS std asks for more than shares can give,
/// which are then asked for what they can.
fn sync(file: &File) -> io::Result<()> {
    let result = file.sync_all();
    #[cfg(target_os = "macos")]
    let result = result.or_else(|_| Ok(rustix::fs::fsync(file)?));
    result
}

fn keep_previous(target: &Path, old: &[u8]) -> Result<(), Error> {
    let copy = previous_path(target);
    let (file, _) = write_beside(&copy, old)?;
    put_in_place(file, &copy, Expected::Anything)
}

/// Before the new file is put in place: as long as a plain copy remains, nothing is called
/// saved.
fn remove_previous(target: &Path) -> Result<(), Error> {
    let path = previous_path(target);
    match patiently(|| fs::remove_file(&path)) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(Error::PlainCopyRemains { path, source })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn put_in_place(
    file: NamedTempFile,
    target: &Path,
    expected: Expected,
) -> Result<(), Error> {
    let written = file.path().to_owned();
    let result = match expected {
        // A file that has appeared since is not overwritten either.
        Expected::Nothing => put_where_nothing_is(file, target),
        Expected::Unchanged(_) | Expected::Anything => put_over(file, target),
    };
    unfinished().remove(&written);
    let path = target.to_owned();
    match result {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Error::Exists { path })
        }
        Err(error) if is_held(&error) && target.exists() => {
            Err(Error::Unwritten { path, source: io::ErrorKind::ResourceBusy.into() })
        }
        Err(source) => Err(Error::Unwritten { path, source }),
    }
}

fn put_where_nothing_is(file: NamedTempFile, target: &Path) -> io::Result<()> {
    let mut waiting = Some(file);
    patiently(|| {
        let Some(file) = waiting.take() else { return Ok(()) };
        let Err(failed) = file.persist_noclobber(target) else { return Ok(()) };
        waiting = Some(failed.file);
        Err(failed.error)
    })
}

/// By std's own renaming, which on Windows replaces a file that others read too, as far as
/// they allow it.
fn put_over(file: NamedTempFile, target: &Path) -> io::Result<()> {
    let (_claimed, written) = file.into_parts();
    let written = written.keep()?;
    let result = patiently(|| fs::rename(&written, target));
    if result.is_err() {
        let _swept_next_time = fs::remove_file(&written);
    }
    result
}

/// Makes the new name last through a power cut. Where folders cannot be synced (Windows,
/// some network drives) the file itself is on the disk all the same, so a refusal is no
/// failure.
fn sync_folder(target: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder_of(target))
    {
        let _refused = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    struct Desk {
        folder: tempfile::TempDir,
    }

    impl Desk {
        fn with(name: &str, text: &str) -> Self {
            let desk = Self { folder: tempfile::tempdir().unwrap() };
            fs::write(desk.path(name), text).unwrap();
            desk
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn text(&self, name: &str) -> String {
            fs::read_to_string(self.path(name)).unwrap()
        }

        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(self.folder.path()).unwrap();
            let mut names: Vec<_> = entries
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        }

        fn save(
            &self,
            name: &str,
            text: &str,
            expected: Expected,
        ) -> Result<Fingerprint, Error> {
            replace(&self.path(name), text.as_bytes(), expected, OldFile::Keep)
                .map(|written| written.fingerprint)
        }
    }

    #[test]
    fn the_one_before_is_kept_and_nothing_else_is_left_behind() {
        let desk = Desk::with("a.ron", "one");
        desk.save("a.ron", "two", Expected::Unchanged(Fingerprint::of(b"one")))
            .unwrap();
        desk.save("a.ron", "three", Expected::Unchanged(Fingerprint::of(b"two")))
            .unwrap();
        assert_eq!(
            (desk.text("a.ron"), desk.text("a.ron~")),
            ("three".into(), "two".into())
        );
        assert_eq!(desk.names(), ["a.ron", "a.ron~"]);
    }

    #[test]
    fn saving_the_same_again_keeps_the_one_before() {
        let desk = Desk::with("a.ron", "one");
        let second = desk.save("a.ron", "two", Expected::Anything).unwrap();
        desk.save("a.ron", "two", Expected::Unchanged(second)).unwrap();
        assert_eq!(desk.text("a.ron~"), "one");
    }

    #[test]
    fn a_file_that_someone_else_changed_stays() {
        let desk = Desk::with("a.ron", "theirs");
        let error = desk
            .save("a.ron", "mine", Expected::Unchanged(Fingerprint::of(b"old")))
            .unwrap_err();
        assert!(matches!(error, Error::Changed { .. }), "{error}");
        assert_eq!(
            (desk.text("a.ron").as_str(), desk.names()),
            ("theirs", vec!["a.ron".to_owned()])
        );
    }

    #[test]
    fn a_file_that_is_gone_is_written_anew() {
        let desk = Desk::with("a.ron", "one");
        fs::remove_file(desk.path("a.ron")).unwrap();
        desk.save("a.ron", "two", Expected::Unchanged(Fingerprint::of(b"one")))
            .unwrap();
        assert_eq!(desk.text("a.ron"), "two");
    }

    #[test]
    fn a_new_file_takes_no_ones_place() {
        let desk = Desk::with("a.ron", "one");
        let error = desk.save("a.ron", "two", Expected::Nothing).unwrap_err();
        assert!(matches!(error, Error::Exists { .. }), "{error}");
        assert_eq!(desk.text("a.ron"), "one");
    }

    #[test]
    fn the_old_file_is_whole_when_the_one_before_cannot_be_kept() {
        let desk = Desk::with("a.ron", "one");
        fs::create_dir(desk.path("a.ron~")).unwrap();
        desk.save("a.ron", "two", Expected::Anything).unwrap_err();
        assert_eq!((desk.text("a.ron").as_str(), desk.names().len()), ("one", 2));
    }

    #[test]
    fn a_missing_folder_is_told_and_not_made() {
        let desk = Desk::with("a.ron", "one");
        let error = desk.save("cases/a.ron", "two", Expected::Nothing).unwrap_err();
        assert_eq!(error.hint(), "Check that the folder exists");
        assert_eq!(desk.names(), ["a.ron"]);
    }

    #[test]
    fn a_write_protected_file_stays() {
        let desk = Desk::with("a.ron", "one");
        let mut permissions = fs::metadata(desk.path("a.ron")).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(desk.path("a.ron"), permissions).unwrap();
        let error = desk.save("a.ron", "two", Expected::Anything).unwrap_err();
        assert!(matches!(error, Error::Protected { .. }), "{error}");
        assert_eq!(desk.text("a.ron"), "one");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_its_owners_and_a_shared_one_stays_shared() {
        use std::os::unix::fs::PermissionsExt;
        let desk = Desk::with("shared.ron", "one");
        fs::set_permissions(desk.path("shared.ron"), fs::Permissions::from_mode(0o660))
            .unwrap();
        desk.save("shared.ron", "two", Expected::Anything).unwrap();
        desk.save("new.ron", "two", Expected::Nothing).unwrap();
        let mode =
            |name| fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            (mode("shared.ron"), mode("shared.ron~"), mode("new.ron")),
            (0o660, 0o600, 0o600)
        );
    }

    #[cfg(unix)]
    #[test]
    fn nothing_takes_the_place_of_what_is_no_file() {
        let desk = Desk::with("a.ron", "one");
        let _socket =
            std::os::unix::net::UnixListener::bind(desk.path("socket")).unwrap();
        let error =
            replace(&desk.path("socket"), b"two", Expected::Anything, OldFile::Replace)
                .unwrap_err();
        assert!(matches!(error, Error::NoFile { .. }), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let desk = Desk::with("real.ron", "one");
        std::os::unix::fs::symlink("real.ron", desk.path("link.ron")).unwrap();
        desk.save("link.ron", "two", Expected::Anything).unwrap();
        assert!(fs::symlink_metadata(desk.path("link.ron")).unwrap().is_symlink());
        assert_eq!(
            (desk.text("real.ron").as_str(), desk.text("real.ron~").as_str()),
            ("two", "one")
        );
    }
}
