//! Who works on a draft: a process of a machine, as a lock or a recovery copy names it.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::machine::machine_name;
use super::presence::{self, Life};

/// A process that works on a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub machine: String,
    pub process: u32,
    /// The file that is locked for as long as the process runs: numbers of processes
    /// come again, this file does not.
    #[serde(default)]
    pub presence: Option<String>,
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

/// Where it cannot be known whether a process runs, a lock that is older than this was
/// left by a crash.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

impl Holder {
    /// This process.
    pub fn me(since: Timestamp) -> Self {
        Self {
            machine: machine_name(),
            process: std::process::id(),
            presence: presence::own(),
            since,
        }
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

    /// What was written before others could tell that this process runs is its own too.
    pub(super) fn is_me(&self) -> bool {
        self.is_of_this_machine()
            && self.process == std::process::id()
            && (self.presence.is_none() || self.presence == presence::own())
    }

    fn is_of_this_machine(&self) -> bool {
        self.machine == machine_name()
    }

    /// Whether the process is another one that is seen to run here now.
    pub(super) fn is_seen_to_work(&self) -> bool {
        !self.is_me() && self.is_of_this_machine() && self.life() == Life::Runs
    }

    /// Whether the process may be at work, as far as can be known from here: only a
    /// process of this machine is known to have ended.
    pub(super) fn may_work(&self) -> bool {
        !self.is_of_this_machine() || self.life() != Life::Ended
    }

    /// Whether the draft is still taken. Where it cannot be known whether the process
    /// runs, its age decides.
    pub(super) fn works(&self, now: Timestamp) -> bool {
        !self.is_of_this_machine()
            || match self.life() {
                Life::Runs => true,
                Life::Ended => false,
                Life::Unknown => now.duration_since(self.since) < FORGOTTEN,
            }
    }

    fn life(&self) -> Life {
        match &self.presence {
            Some(path) => presence::life_of(path),
            None => Life::Unknown,
        }
    }
}
