//! What takes long: after two seconds it is said that it goes on, with a way to stop it
//! where there is one.

use std::time::Duration;

use super::notices::display_name;
use super::waiting::Waiting;
use super::{Desk, Notice, Tone};
use crate::app::command::Command;
use crate::app::job::JobId;

/// What takes less is over before a notice about it is read.
const SOON: Duration = Duration::from_secs(2);

/// A job that is waited for.
pub(super) struct Wait {
    id: JobId,
    since: Duration,
    /// The notice that it takes long.
    notice: Option<u64>,
}

impl Desk {
    pub(super) fn begin_wait(&mut self, id: JobId) {
        self.waits.push(Wait { id, since: self.steady, notice: None });
    }

    /// Says of what takes long that it goes on, and no longer of what has ended.
    pub(super) fn show_progress(&mut self) {
        let waits = std::mem::take(&mut self.waits);
        for wait in waits {
            let waiting = self.pending.iter().find(|(id, _)| *id == wait.id);
            let Some((_, waiting)) = waiting else {
                self.notices.retain(|notice| Some(notice.id) != wait.notice);
                continue;
            };
            let said =
                if wait.since + SOON <= self.steady { words(waiting) } else { None };
            let mut notice = wait.notice;
            if let (Some(said), None) = (said, notice) {
                notice = self.say_it_goes_on(wait.id, said);
            }
            self.waits.push(Wait { notice, ..wait });
        }
    }

    /// Shows a notice that a job takes long, and gives its number.
    fn say_it_goes_on(&mut self, id: JobId, said: Said) -> Option<u64> {
        let offers =
            if said.can_stop { vec![("Stop", Command::Stop(id))] } else { Vec::new() };
        self.show_notice_with(Tone::Plain, said.text, said.hint, offers);
        self.notices.last_mut().map(Notice::go_on)
    }

    /// When the next of them takes long.
    pub(super) fn next_progress(&self) -> Option<Duration> {
        let waits = self.waits.iter().filter(|wait| wait.notice.is_none());
        let is_said = |wait: &&Wait| {
            let waiting = self.pending.iter().find(|(id, _)| *id == wait.id);
            waiting.is_some_and(|(_, waiting)| words(waiting).is_some())
        };
        waits.filter(is_said).map(|wait| wait.since + SOON).min()
    }

    /// Stops a job, or at least waits for it no longer: it changes nothing when it ends.
    pub(super) fn stop(&mut self, id: JobId) {
        let waiting = self.pending.iter().find(|(pending, _)| *pending == id);
        match waiting {
            Some((_, Waiting::Import { stop, .. })) => stop.ask(),
            // Its answer says how far it came.
            Some((_, Waiting::Index { stop })) => return stop.ask(),
            // Its answer says whether it was stopped in time.
            Some((_, Waiting::Export(exporting))) => return exporting.stop.ask(),
            _ => {}
        }
        self.stop_waiting(id);
        self.then = None;
        self.show_progress();
    }
}

/// What is said of something that takes long.
struct Said {
    text: String,
    hint: &'static str,
    can_stop: bool,
}

fn words(waiting: &Waiting) -> Option<Said> {
    let (text, hint, can_stop) = match waiting {
        Waiting::Import { .. } => ("Reading the letter to import…".into(), "", true),
        Waiting::File { path, .. } => {
            (format!("Opening {}…", display_name(path)), "", true)
        }
        Waiting::Export(exporting) => {
            (format!("Exporting {}…", display_name(&exporting.path)), "", true)
        }
        Waiting::Save(saving) => (
            format!(
                "Saving {}; the folder has not responded yet",
                display_name(&saving.path)
            ),
            "You can keep writing; your work is backed up meanwhile",
            false,
        ),
        Waiting::Index { .. } => {
            ("Reading your letters for the search…".into(), "", true)
        }
        Waiting::Leave { .. } => ("Finishing saving…".into(), "", false),
        _ => return None,
    };
    Some(Said { text, hint, can_stop })
}
