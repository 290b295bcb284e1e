//! Who works on a draft: a process of a machine, as a lock or a recovery copy names it.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::process::{machine_name, sees_processes, started};

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

/// Where a recovery copy comes from, as its file says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Origin {
    pub(super) saved: Timestamp,
    #[serde(default)]
    pub(super) original: Option<PathBuf>,
    /// Who wrote it: while they work on the letter, nothing of it is lost.
    #[serde(default)]
    pub(super) by: Option<Holder>,
}

/// A machine's name as messages show it: what stands in a lock can be as long as its
/// file, and hold anything.
fn shown(machine: &str) -> String {
    const LONGEST: usize = 40;
    let words: String = machine.chars().filter(|c| !c.is_control()).collect();
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// Where the system does not show which processes run, a lock that is older than this was
/// left by a crash.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

impl Holder {
    /// This process.
    pub fn me(since: Timestamp) -> Self {
        let process = std::process::id();
        Self { machine: machine_name(), process, started: started(process), since }
    }

    /// Where and since when, in words.
    pub fn words(&self) -> String {
        let since = self
            .since
            .to_zoned_datetime(jiff::tz::TimeZone::system())
            .strftime("%B %-d, %H:%M");
        if self.is_of_this_machine() {
            return format!(
                "in another window on this computer (process {}), since {since}",
                self.process
            );
        }
        format!("on the computer {}, since {since}", shown(&self.machine))
    }

    pub(super) fn is_me(&self) -> bool {
        *self == Self::me(self.since)
    }

    fn is_of_this_machine(&self) -> bool {
        self.machine == machine_name()
    }

    /// Whether the process is another one that is seen to run here now.
    pub(super) fn is_seen_to_work(&self) -> bool {
        !self.is_me() && self.is_of_this_machine() && sees_processes() && self.runs()
    }

    /// Whether the process may be at work, as far as can be known from here: only a
    /// process of this machine is known to have ended, and only where the system shows
    /// processes.
    pub(super) fn may_work(&self) -> bool {
        !self.is_of_this_machine() || !sees_processes() || self.runs()
    }

    /// Whether the draft is still taken. Where the system does not show whether the
    /// process runs, its age decides.
    pub(super) fn works(&self, now: Timestamp) -> bool {
        match (self.is_of_this_machine(), sees_processes()) {
            (false, _) => true,
            (true, true) => self.runs(),
            (true, false) => now.duration_since(self.since) < FORGOTTEN,
        }
    }

    fn runs(&self) -> bool {
        self.started.is_some() && started(self.process) == self.started
    }
}
