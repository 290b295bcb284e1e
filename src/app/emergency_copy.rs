//! The letter that would be lost with the window: kept where the panic hook reaches it,
//! so that it is written before anything else happens.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use super::{platform, sign_out};
use crate::store::recovery::{self, Recovery};
use crate::store::{DataFolder, Error, lock};
use crate::{crash, guard};

/// What no file holds yet, as of the last frame; a copy shares it.
#[derive(Clone, Default)]
pub struct EmergencyCopy(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    copy: Option<Recovery>,
    /// The draft that is open here, for others to see.
    held: Option<PathBuf>,
}

impl EmergencyCopy {
    /// Takes the letter's newest state in, or nothing where a file holds it.
    pub fn keep(&self, copy: Option<Recovery>, held: Option<PathBuf>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Kept { copy, held };
    }

    /// Writes it beside the settings; whether there was something to write. The frame
    /// that went wrong cannot be within [`EmergencyCopy::keep`], and if it were, the lock
    /// is not waited for.
    ///
    /// # Errors
    /// The disk does not take it.
    pub fn rescue(&self, data: &DataFolder) -> Result<bool, Error> {
        let Ok(mut kept) = self.0.try_lock() else { return Ok(false) };
        let Some(copy) = kept.copy.take() else { return Ok(false) };
        recovery::write(data, &copy).map(|()| true)
    }

    /// The same for a signal or the end of the session, which come at any moment; and the
    /// draft is left for others to open. A folder that stalls is not waited for.
    pub(super) fn rescue_now(&self) {
        let kept =
            std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if let (Some(copy), Ok(data)) = (&kept.copy, DataFolder::of_this_account()) {
            // There is nobody left to be told.
            let _not_taken = recovery::write(&data, copy);
        }
        let Some(held) = kept.held else { return };
        let (done, is_done) = mpsc::channel::<()>();
        let path = held.clone();
        #[expect(
            clippy::disallowed_methods,
            reason = "a folder that stalls is left alone"
        )]
        let started = thread::Builder::new().name("release".into()).spawn(move || {
            lock::release(&path);
            drop(done);
        });
        if started.is_err() {
            lock::release(&held);
        }
        let _released = is_done.recv_timeout(Duration::from_secs(1));
    }
}

/// As of a machine that could not: README.md, the command line.
const EXIT: i32 = 3;

/// From now on a mistake in a frame, which this thread draws, first writes what is
/// not saved, then ends the program with a sentence. Elsewhere it is reported, and the
/// window stays.
pub fn watch(emergency_copy: &EmergencyCopy) {
    let [at_signal, at_sign_out] = [emergency_copy.clone(), emergency_copy.clone()];
    guard::at_signal(move || at_signal.rescue_now());
    sign_out::watch(move || at_sign_out.rescue_now());
    let (emergency_copy, frame) = (emergency_copy.clone(), thread::current().id());
    crash::watch(move |place| {
        if thread::current().id() != frame {
            return say(&crash::message(place));
        }
        let rescued =
            DataFolder::of_this_account().and_then(|data| emergency_copy.rescue(&data));
        let said = format!("{}, and Rationale had to close", crash::message(place));
        let hint = match rescued {
            Ok(true) => {
                "Start Rationale again; it offers to restore your unsaved work".into()
            }
            Ok(false) => {
                "Start Rationale again; every letter is as you last saved it".into()
            }
            Err(error) => format!(
                "Your unsaved work could not be backed up. {error}. {}",
                error.hint()
            ),
        };
        say(&said);
        say(&format!("    {hint}"));
        platform::show_failure(&said, &hint);
        std::process::exit(EXIT);
    });
}

/// Where standard error is closed there is nobody to say it to.
fn say(line: &str) {
    let _closed = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::store::Draft;
    use crate::store::recovery::RecoveryId;

    #[test]
    fn an_emergency_copy_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().into());
        let (saved, mut draft) = (Timestamp::from_second(7).unwrap(), Draft::default());
        draft.letter.summary = "typed a moment ago".into();
        let copy = Recovery {
            id: RecoveryId::new(saved),
            saved,
            original: None,
            draft,
            lock: crate::store::recovery::Lock::None,
        };
        let emergency_copy = EmergencyCopy::default();
        assert!(!emergency_copy.rescue(&data).unwrap());
        emergency_copy.keep(Some(copy.clone()), None);
        assert!(
            emergency_copy.clone().rescue(&data).unwrap()
                && !emergency_copy.rescue(&data).unwrap()
        );
        assert_eq!(recovery::list(&data).0, [copy]);
        emergency_copy.keep(None, None);
        assert!(!emergency_copy.rescue(&data).unwrap());
    }
}
