//! The versions of a draft: kept at each save and export, and compared with the letter
//! now.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::app::differences;
use crate::app::job::ListedVersion;
use crate::compare;
use crate::letter::Letter;
use crate::store::versions::{self, Occasion, Version};
use crate::store::{self, DataFolder, Draft, Seal};
use crate::template::Template;

/// Every version of a draft, compared with the letter now.
pub(super) fn list(
    data: &DataFolder,
    path: &Path,
    now: &Letter,
    template: &Template,
    seal: Option<&Seal>,
) -> Vec<ListedVersion> {
    let versions = versions::list(data, path);
    versions
        .iter()
        .map(|version| compared(version, now, template, seal))
        .collect()
}

pub(super) fn keep(
    data: &DataFolder,
    path: &Path,
    saved: Option<Timestamp>,
) -> Result<(), store::Error> {
    match saved {
        Some(at) => versions::keep(data, path, at, Occasion::Saved),
        None => versions::keep_as_found(data, path),
    }
}

pub(super) fn keep_exported(
    data: &DataFolder,
    path: &Path,
    at: Timestamp,
    unsaved: Option<&Draft>,
    seal: Option<&Seal>,
) -> Result<(), store::Error> {
    match unsaved {
        Some(draft) => versions::keep_unsaved(data, path, draft, seal, at),
        None => versions::keep(data, path, at, Occasion::Exported),
    }
}

fn compared(
    version: &Version,
    now: &Letter,
    template: &Template,
    seal: Option<&Seal>,
) -> ListedVersion {
    let (at, occasion) = (version.at, version.occasion.word());
    let letter = versions::open(version, seal)
        .map(|opened| Arc::new(opened.draft.letter))
        .map_err(|error| error.to_string());
    let changes = match &letter {
        Ok(letter) => differences::between(letter, now, template),
        Err(_) => Vec::new(),
    };
    let words = compare::count(&changes);
    ListedVersion { at, occasion, letter, changes, words }
}
