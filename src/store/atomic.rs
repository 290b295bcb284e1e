//! Writing a file whole or not at all: beside the old one, read back, then put in its
//! place.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::lock::FileLock;
use super::{Error, sealed};

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

    /// As much of it as tells the files of one person apart.
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

/// What the writer believes to stand where it writes.
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

/// What becomes of the file that is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// It stays beside the new one, with `~` behind its name.
    Keep,
    Drop,
    /// It goes, and the one before it too.
    Remove,
}

/// Puts `bytes` where `path` leads. If anything goes wrong, the old file is whole and in
/// its place.
///
/// A new file is its owner's alone, because it may hold health data; one that is replaced
/// keeps its permissions, so that what was shared stays shared. Nobody else writes a
/// draft between the look at what stands there and its replacement.
pub fn replace(
    path: &Path,
    bytes: &[u8],
    expected: Expected,
    before: Before,
) -> Result<Fingerprint, Error> {
    let target = behind_links(path);
    refuse_what_is_no_file(&target)?;
    let _turn = turn(&target, expected, before)?;
    let old = what_stands_there(&target, expected, before)?;
    refuse_surprises(&target, old.as_deref(), expected)?;
    let file = write_beside(&target, bytes)?;
    if let Some(old) = old.filter(|old| before == Before::Keep && old != bytes) {
        keep(&target, &old)?;
    }
    if before == Before::Remove {
        remove_the_one_before(&target)?;
    }
    put_in_place(file, &target, expected)?;
    sync_folder(&target);
    Ok(Fingerprint::of(bytes))
}

/// The turn to write, where two may want to write one file; one that somebody else took
/// over is asked about first.
fn turn(
    target: &Path,
    expected: Expected,
    before: Before,
) -> Result<Option<FileLock>, Error> {
    let is_expected = matches!(expected, Expected::Unchanged(_));
    if before == Before::Drop && !is_expected {
        return Ok(None);
    }
    let mut turn = FileLock::wait_for(target)?;
    if is_expected {
        turn.refuse_another(target)?;
    }
    Ok(Some(turn))
}

/// Where the copy from before the last save lies, if there is one.
pub fn one_before(path: &Path) -> Option<PathBuf> {
    let before = before_path(&behind_links(path));
    before.is_file().then_some(before)
}

fn before_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("~");
    name.into()
}

/// The file that a link stands for, so that saving does not turn the link into a file.
pub(super) fn behind_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // Links to links are rare and circles are possible: systems give up after forty as
    // well.
    for _ in 0..40 {
        let Ok(link) = fs::read_link(&path) else { break };
        path = path.parent().map_or(link.clone(), |folder| folder.join(&link));
    }
    path
}

/// Renaming would put a file in the place of a device or a pipe; and a write-protected
/// file is asked nothing by it.
fn refuse_what_is_no_file(target: &Path) -> Result<(), Error> {
    let Ok(about) = fs::metadata(target) else { return Ok(()) };
    let path = target.to_owned();
    match about {
        _ if about.is_dir() => Err(Error::Folder { path }),
        _ if !about.is_file() => Err(Error::NoFile { path }),
        _ if about.permissions().readonly() => Err(Error::Protected { path }),
        _ => Ok(()),
    }
}

/// What will be replaced; nothing where nobody needs to know it.
fn what_stands_there(
    target: &Path,
    expected: Expected,
    before: Before,
) -> Result<Option<Vec<u8>>, Error> {
    if (expected, before) == (Expected::Anything, Before::Drop) {
        return Ok(None);
    }
    match super::read_bytes(target) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Error::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn refuse_surprises(
    target: &Path,
    old: Option<&[u8]>,
    expected: Expected,
) -> Result<(), Error> {
    let Some(old) = old else { return Ok(()) };
    let path = target.to_owned();
    match expected {
        Expected::Nothing => Err(Error::Exists { path }),
        Expected::Unchanged(fingerprint) if fingerprint != Fingerprint::of(old) => {
            Err(Error::Changed { path })
        }
        Expected::Unchanged(_) | Expected::Anything => Ok(()),
    }
}

/// A file in the target's own folder, so that it can be renamed to it, with all of
/// `bytes` safely on the disk. It is removed again if it is not put in place. Its name
/// says nothing of the draft's, but whose it is.
fn write_beside(target: &Path, bytes: &[u8]) -> Result<NamedTempFile, Error> {
    let unwritten = |source| Error::Unwritten { path: target.into(), source };
    let prefix = format!("{}{}-", beside(target), std::process::id());
    let mut file = tempfile::Builder::new()
        .prefix(&prefix)
        .tempfile_in(folder_of(target))
        .map_err(unwritten)?;
    file.write_all(bytes).and_then(|()| file.flush()).map_err(unwritten)?;
    if let Ok(about) = fs::metadata(target) {
        file.as_file()
            .set_permissions(about.permissions())
            .map_err(unwritten)?;
    }
    file.as_file().sync_all().map_err(unwritten)?;
    let read_back = fs::read(file.path()).map_err(unwritten)?;
    if read_back == bytes {
        Ok(file)
    } else {
        Err(Error::Unfaithful { path: target.into() })
    }
}

/// How the names begin of what is written beside a file before it takes the file's place.
const BESIDE: &str = ".rationale-";

fn beside(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().as_encoded_bytes();
    format!("{BESIDE}{}-", Fingerprint::of(name).short())
}

/// Removes what a crash left beside a draft half written. Only for who has the [`Turn`]:
/// then nobody is writing it.
pub(super) fn sweep_beside(draft: &Path) {
    let target = behind_links(draft);
    let prefixes = [beside(&target), beside(&before_path(&target))];
    sweep(folder_of(&target), |name| {
        prefixes.iter().any(|prefix| name.starts_with(prefix))
    });
}

/// Removes what processes of this machine that are gone left half written in a folder of
/// the program's own.
pub(super) fn sweep_own(folder: &Path) {
    let writer = |name: &str| name.strip_prefix(BESIDE)?.split('-').nth(1)?.parse().ok();
    sweep(folder, |name| writer(name).is_some_and(super::lock::is_gone));
}

fn sweep(folder: &Path, is_left: impl Fn(&str) -> bool) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_str().is_some_and(&is_left))
    {
        let _tried_again_next_time = fs::remove_file(entry.path());
    }
}

fn keep(target: &Path, old: &[u8]) -> Result<(), Error> {
    let before = before_path(target);
    let file = write_beside(&before, old)?;
    put_in_place(file, &before, Expected::Anything)
}

/// Before the new file is put in place: as long as anything is left behind, nothing is
/// called saved.
fn remove_the_one_before(target: &Path) -> Result<(), Error> {
    let path = before_path(target);
    match fs::remove_file(&path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(sealed::Error::LeftBehind { path, source }.into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn put_in_place(
    file: NamedTempFile,
    target: &Path,
    expected: Expected,
) -> Result<(), Error> {
    let persisted = match expected {
        // A file that has appeared since is not overwritten either.
        Expected::Nothing => file.persist_noclobber(target),
        Expected::Unchanged(_) | Expected::Anything => file.persist(target),
    };
    let path = target.to_owned();
    persisted.map(drop).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists { path },
        _ => Error::Unwritten { path, source: error.error },
    })
}

fn folder_of(target: &Path) -> &Path {
    target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Makes the new name last through a power cut. Where folders cannot be synced (Windows,
/// some network drives) the file itself is on the disk all the same, so a refusal is no
/// failure.
fn sync_folder(target: &Path) {
    if cfg!(unix) {
        let _refused = File::open(folder_of(target)).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
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
            replace(&self.path(name), text.as_bytes(), expected, Before::Keep)
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
    fn what_a_crash_left_half_written_is_swept_away() {
        let desk = Desk::with("a.ron", "one");
        // Number 1 is the system's first process, and the highest that a number may be is
        // none.
        let of =
            |name: &str, process: u32| format!("{}{process}-x", beside(&desk.path(name)));
        let (ours, before, of_another) =
            (of("a.ron", u32::MAX), of("a.ron~", 1), of("b.ron", 1));
        [&ours, &before, &of_another]
            .into_iter()
            .for_each(|name| fs::write(desk.path(name), "on").unwrap());
        sweep_beside(&desk.path("a.ron"));
        assert_eq!(desk.names(), [of_another.as_str(), "a.ron"]);
        fs::write(desk.path(&ours), "on").unwrap();
        sweep_own(desk.folder.path());
        let is_left = desk.names().contains(&ours);
        assert_eq!(
            (is_left, desk.names().contains(&of_another)),
            (!cfg!(target_os = "linux"), true)
        );
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
        assert_eq!(error.hint(), "Check that the folder is there");
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
            replace(&desk.path("socket"), b"two", Expected::Anything, Before::Drop)
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
