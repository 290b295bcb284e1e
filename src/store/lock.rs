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

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Error;
use super::atomic::{Fingerprint, behind_links, sweep_beside};

/// A process that works on a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub machine: String,
    pub process: u32,
    /// When the system started the process, in a count of its own: numbers of processes
    /// come again, this pair does not.
    #[serde(default)]
    pub started: Option<u64>,
    pub since: Timestamp,
}

/// What came of asking for a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It is ours until it is let go or taken over.
    Ours,
    Theirs(Holder),
    /// The folder takes no such file. Saving still asks for what was read.
    NotKept,
}

impl Holder {
    /// This process.
    pub fn me(since: Timestamp) -> Self {
        let process = std::process::id();
        Self { machine: machine(), process, started: started(process), since }
    }

    /// Where and since when, in words.
    pub fn words(&self) -> String {
        let since = self
            .since
            .to_zoned_datetime(jiff::tz::TimeZone::system())
            .strftime("%B %-d, %H:%M");
        if self.is_of_this_machine() {
            return format!(
                "in another window on this machine (process {}), since {since}",
                self.process
            );
        }
        format!("on the machine {}, since {since}", self.machine)
    }

    fn is_me(&self) -> bool {
        *self == Self::me(self.since)
    }

    fn is_of_this_machine(&self) -> bool {
        self.machine == machine()
    }

    /// Whether the process is one that runs here now and is not this one; where that
    /// cannot be told, it is not.
    pub(super) fn is_seen_to_work(&self) -> bool {
        !self.is_me() && self.is_of_this_machine() && sees_processes() && self.runs()
    }

    fn runs(&self) -> bool {
        self.started.is_some() && started(self.process) == self.started
    }

    /// Whether the draft is still taken, as far as can be known from here: of another
    /// machine nothing can.
    fn works(&self, now: Timestamp) -> bool {
        match (self.is_of_this_machine(), sees_processes()) {
            (false, _) => true,
            (true, true) => self.runs(),
            (true, false) => now.duration_since(self.since) < FORGOTTEN,
        }
    }
}

/// Where the system does not tell which processes run, a lock that is older than this was
/// left behind by a crash.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

/// Takes a draft that nobody works on; a lock that a dead process of this machine left
/// behind is cleared.
pub fn take(draft: &Path, now: Timestamp) -> Hold {
    let Ok(mut turn) = FileLock::wait_for(draft) else { return Hold::NotKept };
    if turn.is_alone {
        sweep_beside(draft);
    }
    match turn.holder().filter(|holder| !holder.is_me() && holder.works(now)) {
        Some(holder) => Hold::Theirs(holder),
        None => turn.take(now),
    }
}

/// Takes a draft whoever works on it; who did is told at the next save.
pub fn take_over(draft: &Path, now: Timestamp) -> Hold {
    FileLock::wait_for(draft).map_or(Hold::NotKept, |mut turn| turn.take(now))
}

/// Lets go of a draft, if it is ours.
pub fn let_go(draft: &Path) {
    let Ok(mut turn) = FileLock::wait_for(draft) else { return };
    if turn.holder().is_some_and(|holder| holder.is_me()) {
        turn.clear();
    }
}

/// The time in which nobody else writes the draft. A disk that knows no locks gives it to
/// anybody.
pub(super) struct FileLock {
    path: PathBuf,
    /// `None` where the folder takes no file.
    file: Option<File>,
    /// Whether the disk knows locks, so that nobody else has the turn.
    is_alone: bool,
}

/// How often, and after what pause, a draft is asked for that is being written: ten
/// seconds, many times as long as writing one to a slow network folder takes.
const TRIES: u32 = 2000;
const PAUSE: Duration = Duration::from_millis(5);

impl FileLock {
    pub(super) fn wait_for(draft: &Path) -> Result<Self, Error> {
        let path = path_of(draft);
        let with = |path, file, is_alone| Ok(Self { path, file, is_alone });
        for _ in 0..TRIES {
            let Some(file) = open(&path) else { return with(path, None, false) };
            match file.try_lock() {
                Ok(()) if is_there(&file, &path) => return with(path, Some(file), true),
                // Who had it before took it away.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(_)) => return with(path, Some(file), false),
            }
        }
        Err(Error::Busy { path: draft.into() })
    }

    /// Refuses to go on if somebody else has taken the draft over.
    pub(super) fn refuse_another(&mut self, draft: &Path) -> Result<(), Error> {
        match self.holder().filter(|holder| !holder.is_me()) {
            Some(holder)
                if !holder.is_of_this_machine() || !sees_processes() || holder.runs() =>
            {
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

    fn take(&mut self, now: Timestamp) -> Hold {
        self.clear();
        let text = ron::ser::to_string(&Holder::me(now)).unwrap_or_default();
        let written = self
            .file
            .as_mut()
            .is_some_and(|file| file.write_all(text.as_bytes()).is_ok());
        if written { Hold::Ours } else { Hold::NotKept }
    }

    fn clear(&mut self) {
        if let Some(file) = &mut self.file {
            // What cannot be cleared is seen to be dead once this process is.
            let _left = file.set_len(0).and_then(|()| file.rewind());
        }
    }
}

impl Drop for FileLock {
    /// A draft that nobody works on has no lock beside it.
    fn drop(&mut self) {
        let is_nobodys = self
            .file
            .as_ref()
            .and_then(|file| file.metadata().ok())
            .is_some_and(|about| about.len() == 0);
        if is_nobodys {
            let _gone = fs::remove_file(&self.path);
        }
    }
}

/// The longest name that is used as it is: the systems' limit is 255 bytes.
const LONGEST_NAME: usize = 200;

fn path_of(draft: &Path) -> PathBuf {
    let draft = behind_links(draft);
    let name = draft.file_name().unwrap_or_default();
    let text = name
        .to_str()
        .filter(|text| text.len() <= LONGEST_NAME)
        .map(str::to_owned);
    let text = text.unwrap_or_else(|| Fingerprint::of(name.as_encoded_bytes()).short());
    draft.with_file_name(format!(".~lock.{text}#"))
}

/// The lock's file, made if need be; `None` where none can be, as in a folder for reading
/// only.
fn open(path: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let opened = options.open(path);
    // Another account's lock may be read at least.
    opened.or_else(|_| File::open(path)).ok()
}

/// Whether the file that was opened is the one of this name still.
#[cfg(unix)]
fn is_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |about: std::io::Result<fs::Metadata>| {
        about.ok().map(|about| (about.dev(), about.ino()))
    };
    let opened = place(file.metadata());
    opened.is_some() && place(fs::metadata(path)) == opened
}

/// Whether there is a file of this name still; that it is another one by now cannot be
/// told, and needs three at one moment.
#[cfg(not(unix))]
fn is_there(_file: &File, path: &Path) -> bool {
    path.exists()
}

/// What this machine is called.
fn machine() -> String {
    let of_linux = || fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let of_others = || {
        ["COMPUTERNAME", "HOSTNAME"]
            .iter()
            .find_map(|name| std::env::var(name).ok())
    };
    let name = of_linux().or_else(of_others).unwrap_or_default();
    if name.trim().is_empty() { "without a name".into() } else { name.trim().into() }
}

/// Whether the system shows all processes; some show each account its own alone.
fn sees_processes() -> bool {
    Path::new("/proc/1/stat").exists()
}

/// Whether no process of this number runs on this machine; where that cannot be told, it
/// does.
pub(super) fn is_gone(process: u32) -> bool {
    sees_processes() && started(process).is_none()
}

/// When a process that runs was started, in ticks since the system was.
pub(super) fn started(process: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The second field is the program's name in brackets, and may hold anything; the
    // start is field 22.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace();
    // A process that is dead stays listed until the one that started it has asked.
    let is_dead = |state: &str| matches!(state, "Z" | "X");
    fields
        .next()
        .filter(|state| !is_dead(state))
        .and_then(|_| fields.nth(18))?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_dead_process_that_is_still_listed_does_not_run() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        assert!(started(child.id()).is_some());
        child.kill().unwrap();
        let is_dead = (0..500).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            started(child.id()).is_none()
        });
        child.wait().unwrap();
        assert!(is_dead);
    }

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

    /// A holder whose process ran once under a number that another process has now.
    fn dead() -> Holder {
        Holder { started: Some(1), ..Holder::me(noon()) }
    }

    #[test]
    fn a_lock_names_machine_process_and_time_and_nothing_else() {
        let (_folder, path) = draft(None);
        assert_eq!(take(&path, noon()), Hold::Ours);
        assert_eq!(path_of(&path).file_name().unwrap(), ".~lock.a.ron#");
        let text = fs::read_to_string(path_of(&path)).unwrap();
        let expected =
            format!("(machine:\"{}\",process:{},started:", machine(), std::process::id());
        assert!(
            text.starts_with(&expected)
                && text.ends_with(",since:\"2013-11-05T20:00:00Z\")"),
            "{text}"
        );
        let_go(&path);
        assert!(!path_of(&path).exists());
    }

    #[test]
    fn a_draft_of_another_machine_stays_its_own_until_it_is_taken_over() {
        let (_folder, path) = draft(Some(&elsewhere()));
        assert_eq!(take(&path, noon()), Hold::Theirs(elsewhere()));
        let_go(&path);
        assert_eq!(take(&path, noon()), Hold::Theirs(elsewhere()));
        assert_eq!(take_over(&path, noon()), Hold::Ours);
        assert_eq!(take(&path, noon()), Hold::Ours);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_lock_of_a_dead_process_clears_itself_even_if_its_number_came_again() {
        let (_folder, path) = draft(Some(&dead()));
        assert_eq!(take(&path, noon()), Hold::Ours);
        let parent = std::os::unix::process::parent_id();
        let alive =
            Holder { process: parent, started: started(parent), ..Holder::me(noon()) };
        let (_folder, path) = draft(Some(&alive));
        assert_eq!(take(&path, noon()), Hold::Theirs(alive));
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

    #[test]
    fn a_name_of_any_length_has_a_lock() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(take(&folder.path().join("x".repeat(255)), noon()), Hold::Ours);
    }

    #[test]
    fn whoever_writes_waits_for_the_other() {
        let (_folder, path) = draft(None);
        let turn = FileLock::wait_for(&path).unwrap();
        let second = open(&path_of(&path)).unwrap();
        assert!(matches!(second.try_lock(), Err(TryLockError::WouldBlock)));
        drop(turn);
        assert!(
            !is_there(&second, &path_of(&path)),
            "the lock of a draft that is nobody's is gone"
        );
    }
}
