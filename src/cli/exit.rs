//! How a command ends, as a number that scripts read.

use std::process::ExitCode;

/// How a command ended; a script can distinguish these. The highest of several is what
/// counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    Fine = 0,
    /// The letter, or the template, has errors.
    HasErrors = 1,
    WrongUsage = 2,
    MachineFailed = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
