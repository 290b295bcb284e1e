//! Files that another program has open. Virus scanners, `OneDrive` and search look at each
//! file as soon as it is written, and while they do, Windows lets nobody replace it.

use std::io;
use std::thread;
use std::time::Duration;

/// How often, and after what pause, is tried again: one second, several times as long as
/// such programs take.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(25);

/// Does what may fail for as long as another program has a file open.
pub(super) fn patiently<T>(attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    try_while(is_held, attempt)
}

/// Whether the system refuses what it allows once another program closes the file. The
/// numbers are Windows' alone: denied, shared, locked, mapped.
pub(super) fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33 | 1224))
}

fn try_while<T>(
    is_brief: impl Fn(&io::Error) -> bool,
    mut attempt: impl FnMut() -> io::Result<T>,
) -> io::Result<T> {
    for _ in 0..TRIES {
        match attempt() {
            Err(error) if is_brief(&error) => thread::sleep(PAUSE),
            result => return result,
        }
    }
    attempt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn busy() -> io::Error {
        io::ErrorKind::ResourceBusy.into()
    }

    fn is_busy(error: &io::Error) -> bool {
        error.kind() == io::ErrorKind::ResourceBusy
    }

    /// As a scanner does that holds a file for 200 ms.
    #[test]
    fn what_is_held_for_a_moment_is_waited_for() {
        let mut refusals = 200 / PAUSE.as_millis();
        let result = try_while(is_busy, || {
            if refusals == 0 {
                return Ok("done");
            }
            refusals -= 1;
            Err(busy())
        });
        assert_eq!(result.unwrap(), "done");
    }

    #[test]
    fn what_stays_open_ends_in_its_error_and_others_end_at_once() {
        let mut tries = 0;
        let result: io::Result<()> = try_while(is_busy, || {
            tries += 1;
            Err(busy())
        });
        assert!(is_busy(&result.unwrap_err()));
        assert_eq!(tries, TRIES + 1);
        tries = 0;
        let result: io::Result<()> = try_while(is_busy, || {
            tries += 1;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!((result.unwrap_err().kind(), tries), (io::ErrorKind::StorageFull, 1));
    }

    /// Another program holds the file and shares nothing, as scanners do.
    #[cfg(windows)]
    #[test]
    fn a_file_that_is_held_for_200_ms_is_replaced_after() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().unwrap();
        let [old, new] = ["a.ron", "b.ron"].map(|name| folder.path().join(name));
        std::fs::write(&old, "one").unwrap();
        std::fs::write(&new, "two").unwrap();
        let held = std::fs::File::options().read(true).share_mode(0).open(&old).unwrap();
        let holder = thread::spawn(move || {
            thread::sleep(Duration::from_millis(200));
            drop(held);
        });
        assert!(is_held(&std::fs::rename(&new, &old).unwrap_err()));
        patiently(|| std::fs::rename(&new, &old)).unwrap();
        holder.join().unwrap();
        assert_eq!(std::fs::read_to_string(&old).unwrap(), "two");
    }

    #[cfg(windows)]
    #[test]
    fn a_file_that_stays_held_is_said_to_be_open_in_another_program() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        std::fs::write(&path, "one").unwrap();
        let _held =
            std::fs::File::options().read(true).share_mode(0).open(&path).unwrap();
        let error = super::super::reading::open_file(&path).unwrap_err();
        assert!(error.to_string().starts_with("Another program"), "{error}");
    }
}
