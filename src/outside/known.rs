//! The templates that were read in the other process, by their hashes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// Whether each did no harm.
static KNOWN: Mutex<BTreeMap<String, bool>> = Mutex::new(BTreeMap::new());

/// What a template is known by. Another version of the program may read it in another
/// way, so it is read there anew.
fn hash(source: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(env!("CARGO_PKG_VERSION"));
    hasher.update([0]);
    hasher.update(source);
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn verdict(source: &str) -> Option<bool> {
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.get(&hash(source)).copied()
}

pub(super) fn add(source: &str, is_harmless: bool) {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.insert(hash(source), is_harmless);
}

/// The hashes of all that did no harm, to be remembered until the next start.
pub fn known_hashes() -> Vec<String> {
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let harmless = known.iter().filter(|(_, is_harmless)| **is_harmless);
    harmless.map(|(hash, _)| hash.clone()).collect()
}

/// Takes in the hashes that were remembered.
pub fn remember_hashes<'a>(hashes: impl Iterator<Item = &'a str>) {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    for hash in hashes {
        known.entry(hash.to_owned()).or_insert(true);
    }
}
