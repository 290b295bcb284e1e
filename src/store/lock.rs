//! Who works on a draft: a file beside it that names the machine, the process and the
//! time, and nothing of the letter.
//!
//! It is called `.~lock.NAME#` as office programs call theirs: people know it, programs
//! that keep folders in step leave it alone, and no list of drafts takes it for one.
//! While the draft is written the system locks the same file, so that two programs write
//! one after the other; that lock ends with its process, however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::error::Error;
use super::file::{Fingerprint, follow_links, is_there, sweep_beside};
pub use super::holder::Holder;
use super::patience::patiently;

/// What came of asking for a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It is ours until it is released or taken over.
    Ours,
    Theirs(Holder),
    /// The folder takes no such file. Saving still asks for what was read.
    NotKept,
}

/// Takes a draft that nobody works on; a lock that a dead process of this machine left is
/// cleared.
pub fn take(draft: &Path, now: Timestamp) -> Hold {
    let Ok(mut lock) = FileLock::wait_for(draft) else { return Hold::NotKept };
    if lock.is_alone {
        sweep_beside(draft);
    }
    match lock.other_holder() {
        Some(holder) if holder.works(now) => Hold::Theirs(holder),
        Some(_) | None => lock.take(now),
    }
}

/// Takes a draft whoever works on it; they are notified at their next save.
pub fn take_over(draft: &Path, now: Timestamp) -> Hold {
    match FileLock::wait_for(draft) {
        Ok(mut lock) => lock.take(now),
        Err(_) => Hold::NotKept,
    }
}

/// Releases a draft, if it is ours.
pub fn release(draft: &Path) {
    let Ok(mut lock) = FileLock::wait_for(draft) else { return };
    if lock.holder().is_some_and(|holder| holder.is_me()) {
        lock.clear();
    }
}

/// The time in which nobody else writes the draft. A disk that knows no locks gives it to
/// anybody.
pub(super) struct FileLock {
    path: PathBuf,
    /// `None` where the folder takes no file.
    file: Option<File>,
    /// Whether the disk knows locks, so that nobody else has this one.
    is_alone: bool,
}

/// How often, and after what pause, a draft is asked for that is being written: ten
/// seconds, many times as long as writing one to a slow network folder takes.
const TRIES: u32 = 2000;
const PAUSE: Duration = Duration::from_millis(5);

impl FileLock {
    pub(super) fn wait_for(draft: &Path) -> Result<Self, Error> {
        let path = path_of(draft);
        for _ in 0..TRIES {
            let Some(file) = open(&path) else {
                return Ok(Self { path, file: None, is_alone: false });
            };
            match file.try_lock() {
                Ok(()) if is_there(&file, &path) => {
                    return Ok(Self { path, file: Some(file), is_alone: true });
                }
                // Who had it before took the file away between our opening and locking
                // it: what is locked has no name any more, and the next one would not
                // meet it.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(_)) => {
                    return Ok(Self { path, file: Some(file), is_alone: false });
                }
            }
        }
        Err(Error::Busy { path: draft.into() })
    }

    /// Whether nobody else can have it.
    pub(super) fn is_alone(&self) -> bool {
        self.is_alone
    }

    /// Refuses to go on if somebody else has taken the draft over.
    pub(super) fn refuse_another(&mut self, draft: &Path) -> Result<(), Error> {
        match self.other_holder() {
            Some(holder) if holder.may_work() => {
                Err(Error::TakenOver { path: draft.into(), holder: Box::new(holder) })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn holder(&mut self) -> Option<Holder> {
        let file = self.file.as_mut()?;
        let mut text = String::new();
        file.rewind().ok()?;
        // What is longer was not written here.
        file.take(4096).read_to_string(&mut text).ok()?;
        ron::from_str(&text).ok()
    }

    /// The holder, unless that is this process.
    fn other_holder(&mut self) -> Option<Holder> {
        let holder = self.holder()?;
        if holder.is_me() { None } else { Some(holder) }
    }

    fn take(&mut self, now: Timestamp) -> Hold {
        self.clear();
        let text = ron::ser::to_string(&Holder::me(now)).unwrap_or_default();
        let Some(file) = &mut self.file else { return Hold::NotKept };
        match file.write_all(text.as_bytes()) {
            Ok(()) => Hold::Ours,
            Err(_) => Hold::NotKept,
        }
    }

    fn clear(&mut self) {
        // What cannot be cleared is seen to be dead once this process is.
        if let Some(file) = &mut self.file
            && file.set_len(0).is_ok()
        {
            let _left = file.rewind();
        }
    }

    fn has_no_holder(&self) -> bool {
        let Some(file) = &self.file else { return false };
        file.metadata().is_ok_and(|about| about.len() == 0)
    }
}

impl Drop for FileLock {
    /// A draft that nobody works on has no lock beside it.
    fn drop(&mut self) {
        if self.has_no_holder() {
            let _gone = fs::remove_file(&self.path);
        }
    }
}

/// The longest name that is used as it is: the systems' limit is 255 bytes.
const LONGEST_NAME: usize = 200;

fn path_of(draft: &Path) -> PathBuf {
    let draft = follow_links(draft);
    let name = draft.file_name().unwrap_or_default();
    let text = match name.to_str() {
        Some(text) if text.len() <= LONGEST_NAME => text.to_owned(),
        Some(_) | None => Fingerprint::of(name.as_encoded_bytes()).short(),
    };
    draft.with_file_name(format!(".~lock.{text}#"))
}

/// The lock's file, made if need be; `None` where none can be, as in a folder for reading
/// only, or where something else has its name.
fn open(path: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    // In a shared folder anybody can lay a link there, to a file that is not to be lost.
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    // A lock that was just removed can keep its name for a moment on Windows.
    let file = match patiently(|| options.open(path)) {
        Ok(file) => file,
        // Another account's lock may be read at least.
        Err(_) => options.write(false).create(false).open(path).ok()?,
    };
    is_a_lock(&file).then_some(file)
}

/// Whether a file is one of ours, or what a crash left of one: empty, zeros, or the
/// beginning of a holder.
fn is_a_lock(mut file: &File) -> bool {
    const BEGINS: &[u8] = b"(machine:";
    let Ok(about) = file.metadata() else { return false };
    if !about.is_file() || has_other_names(&about) {
        return false;
    }
    let mut start = [0; BEGINS.len()];
    let Ok(length) = file.read(&mut start) else { return false };
    let start = &start[..length];
    BEGINS.starts_with(start) || start.iter().all(|byte| *byte == 0)
}

/// Whether the file stands in a folder under another name too.
#[cfg(unix)]
fn has_other_names(about: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(about) > 1
}

#[cfg(not(unix))]
fn has_other_names(_about: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::machine::machine_name;

    fn noon() -> Timestamp {
        "2013-11-05T20:00:00Z".parse().unwrap()
    }

    /// A draft in a folder of its own, with a lock beside it if `holder` is one.
    fn draft(holder: Option<&Holder>) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        if let Some(holder) = holder {
            fs::write(path_of(&path), ron::ser::to_string(holder).unwrap()).unwrap();
        }
        (folder, path)
    }

    fn elsewhere() -> Holder {
        Holder { machine: "reading-room-2".into(), ..Holder::me(noon()) }
    }

    /// A holder of this machine whose process shows by a file that it runs; with that
    /// file, which is locked as long as it is held.
    fn neighbor(folder: &Path) -> (Holder, File) {
        let file = folder.join("running-1");
        let locked = File::create(&file).unwrap();
        locked.lock().unwrap();
        let presence = file.to_str().map(str::to_owned);
        (Holder { presence, ..Holder::me(noon()) }, locked)
    }

    #[test]
    fn a_lock_names_machine_process_and_time_and_nothing_else() {
        let (_folder, path) = draft(None);
        assert_eq!(take(&path, noon()), Hold::Ours);
        assert_eq!(path_of(&path).file_name().unwrap(), ".~lock.a.ron#");
        let text = fs::read_to_string(path_of(&path)).unwrap();
        let expected = format!(
            "(machine:\"{}\",process:{},presence:",
            machine_name(),
            std::process::id()
        );
        assert!(
            text.starts_with(&expected)
                && text.ends_with(",since:\"2013-11-05T20:00:00Z\")"),
            "{text}"
        );
        release(&path);
        assert!(!path_of(&path).exists());
    }

    #[test]
    fn a_draft_of_another_machine_stays_its_own_until_it_is_taken_over() {
        let (_folder, path) = draft(Some(&elsewhere()));
        assert_eq!(take(&path, noon()), Hold::Theirs(elsewhere()));
        release(&path);
        assert_eq!(take(&path, noon()), Hold::Theirs(elsewhere()));
        assert_eq!(take_over(&path, noon()), Hold::Ours);
        assert_eq!(take(&path, noon()), Hold::Ours);
    }

    #[test]
    fn the_lock_of_a_dead_process_clears_itself_even_if_its_number_came_again() {
        let data = tempfile::tempdir().unwrap();
        let (holder, presence) = neighbor(data.path());
        let (_folder, path) = draft(Some(&holder));
        assert_eq!(take(&path, noon()), Hold::Theirs(holder));
        drop(presence);
        assert_eq!(take(&path, noon()), Hold::Ours);
    }

    #[test]
    fn where_it_cannot_be_known_whether_a_process_runs_a_day_decides() {
        let data = tempfile::tempdir().unwrap();
        let (holder, presence) = neighbor(data.path());
        // A folder goes only once nothing in it is open.
        drop((presence, data));
        let other_process = Holder { process: 1, presence: None, ..Holder::me(noon()) };
        for holder in [holder, other_process] {
            let (_folder, path) = draft(Some(&holder));
            let hours = |hours| noon() + jiff::SignedDuration::from_hours(hours);
            assert_eq!(take(&path, hours(23)), Hold::Theirs(holder));
            let mut lock = FileLock::wait_for(&path).unwrap();
            assert!(lock.refuse_another(&path).is_err());
            drop(lock);
            assert_eq!(take(&path, hours(25)), Hold::Ours);
        }
    }

    #[test]
    fn a_lock_that_says_nothing_holds_nobody_up() {
        for text in ["", "(mach", "\u{0}\u{0}"] {
            let (_folder, path) = draft(None);
            fs::write(path_of(&path), text).unwrap();
            assert_eq!(take(&path, noon()), Hold::Ours, "{text:?}");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_keeps_no_lock_and_is_no_error() {
        assert_eq!(take(Path::new("/nowhere/at/all/a.ron"), noon()), Hold::NotKept);
    }

    #[cfg(unix)]
    #[test]
    fn a_draft_under_two_names_has_one_lock() {
        let (folder, path) = draft(Some(&elsewhere()));
        let link = folder.path().join("b.ron");
        std::os::unix::fs::symlink("a.ron", &link).unwrap();
        assert_eq!(path_of(&link), path_of(&path));
        assert_eq!(take(&link, noon()), Hold::Theirs(elsewhere()));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_locks_name_leads_to_stays_as_it_is() {
        let (folder, path) = draft(None);
        let (notes, lock) = (folder.path().join("notes.txt"), path_of(&path));
        fs::write(&notes, "notes of a person\n").unwrap();
        for is_hard in [false, true] {
            if is_hard {
                fs::hard_link(&notes, &lock).unwrap();
            } else {
                std::os::unix::fs::symlink(&notes, &lock).unwrap();
            }
            assert_eq!(take(&path, noon()), Hold::NotKept);
            release(&path);
            assert_eq!(fs::read_to_string(&notes).unwrap(), "notes of a person\n");
            fs::remove_file(&lock).unwrap();
        }
        fs::write(path_of(&path), ",an office program's own,").unwrap();
        assert_eq!(take(&path, noon()), Hold::NotKept);
    }

    #[test]
    fn a_name_of_any_length_has_a_lock() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(take(&folder.path().join("x".repeat(255)), noon()), Hold::Ours);
    }

    #[test]
    fn whoever_writes_waits_for_the_other() {
        let (_folder, path) = draft(None);
        let lock = FileLock::wait_for(&path).unwrap();
        let second = open(&path_of(&path)).unwrap();
        assert!(matches!(second.try_lock(), Err(TryLockError::WouldBlock)));
        drop(lock);
        // Wine keeps the name until everybody has closed the file. Windows does not.
        if cfg!(unix) {
            assert!(!is_there(&second, &path_of(&path)));
        }
        drop(second);
        assert!(!path_of(&path).exists(), "the lock of a draft that is nobody's is gone");
    }
}
