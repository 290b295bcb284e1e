//! The templates that were read in the other process, by their hashes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::Error;

/// What came of reading a template in the other process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateVerdict {
    Harmless,
    /// It ended that process.
    Harmful,
    /// It took too long. On another day the machine may have more time.
    Late,
}

impl TemplateVerdict {
    pub(super) fn of(read: &Result<(), Error>) -> Option<Self> {
        match read {
            Ok(()) => Some(Self::Harmless),
            Err(Error::Ended) => Some(Self::Harmful),
            Err(Error::Late) => Some(Self::Late),
            Err(_) => None,
        }
    }

    pub(super) fn result(self) -> Result<(), Error> {
        match self {
            Self::Harmless => Ok(()),
            Self::Harmful => Err(Error::Ended),
            Self::Late => Err(Error::Late),
        }
    }
}

static KNOWN: Mutex<BTreeMap<String, TemplateVerdict>> = Mutex::new(BTreeMap::new());

/// What a template is known by. Another version of the program may read it in another
/// way, so it is read there anew.
fn hash(source: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(env!("CARGO_PKG_VERSION"));
    hasher.update([0]);
    hasher.update(source);
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn verdict(source: &str) -> Option<TemplateVerdict> {
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.get(&hash(source)).copied()
}

pub(super) fn add(source: &str, verdict: TemplateVerdict) {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.insert(hash(source), verdict);
}

/// All that is to be remembered until the next start, by their hashes.
pub fn known_templates() -> BTreeMap<String, TemplateVerdict> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner).clone();
    known.retain(|_, verdict| *verdict != TemplateVerdict::Late);
    known
}

/// Takes in what was remembered.
pub fn remember(remembered: impl Iterator<Item = (String, TemplateVerdict)>) {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    for (hash, verdict) in remembered {
        known.entry(hash).or_insert(verdict);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_took_too_long_is_read_again_at_the_next_start() {
        for (source, verdict, is_remembered) in [
            ("good", TemplateVerdict::Harmless, true),
            ("bad", TemplateVerdict::Harmful, true),
            ("slow", TemplateVerdict::Late, false),
        ] {
            add(source, verdict);
            assert_eq!(super::verdict(source), Some(verdict));
            assert_eq!(known_templates().contains_key(&hash(source)), is_remembered);
        }
    }
}
