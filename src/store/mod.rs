//! The only folder that touches the disk: drafts, the person's settings, and recovery
//! copies.
//!
//! Nothing here overwrites in place, and nothing is written over a file that is not what
//! it was when it was read: see [`atomic`]. A file that cannot be read whole is reported
//! and left alone.

#![expect(clippy::disallowed_methods, reason = "the only folder that touches the disk")]

pub mod atomic;
mod attributes;
mod content_error;
mod draft;
mod earlier;
mod error;
mod file;
mod folder;
mod holder;
mod known_templates;
pub mod lock;
mod machine;
pub mod own_files;
mod patience;
mod patterns;
pub mod presence;
mod print_file;
mod read_only;
mod reading;
pub mod record;
pub mod recovery;
pub mod sealed;
pub mod settings;
pub mod tables;
pub mod user_folder;
pub mod versions;
pub mod words;

use std::path::{Path, PathBuf};

pub use atomic::{Expected, Written};
pub use attributes::NotKept;
pub use content_error::ContentError;
pub use draft::{Draft, Opened, TemplateRef, open, read, save};
pub use earlier::{
    FileStamp, LettersUnder, earlier_folder, earlier_path, letters_under, remove_earlier,
};
pub use error::Error;
pub use file::{Fingerprint, real_path, sweep_beside_unopened};
pub use folder::{DataFolder, make_folder, whole};
pub use own_files::OwnFile;
pub use patterns::spell_out;
pub use print_file::{for_printing, for_sending, printed};
pub use read_only::ReadOnly;
pub use reading::{
    DRAFT_ENDING, DRAFT_ENDINGS, LETTER_ENDINGS, SIZE_LIMIT, drafts_in,
    is_named_as_draft, letters_in, read_letter, read_text,
};
pub use record::{Exported, Record};
pub use sealed::{Key, Passphrase, Seal, Strength};
pub use user_folder::UserFolder;

use atomic::OldFile;

/// Encrypts what the data folder holds of a draft, its recovery copies and versions, as
/// its file is encrypted from now on.
pub fn seal_copies(
    data: &DataFolder,
    path: &Path,
    before: Option<&Seal>,
    seal: Option<&Seal>,
) -> Result<(), Error> {
    if let Some(seal) = seal {
        recovery::seal_those_of(data, path, seal)?;
    }
    versions::reseal(data, path, before, seal)
}

/// Writes a finished file, such as a letter's PDF, whole or not at all; what was there
/// before is replaced.
pub fn export(path: &Path, bytes: &[u8]) -> Result<Fingerprint, Error> {
    draft::refuse_drafts(path)?;
    file::sweep_gone_once(file::folder_of(path));
    let written = atomic::replace(path, bytes, Expected::Anything, OldFile::Replace)?;
    Ok(written.fingerprint)
}

/// Whether exported files outlast a power cut from the moment they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// They do: the draft will say that they were exported.
    Recorded,
    /// Some seconds later: the same command makes them again.
    Renewable,
}

/// Writes the files of one letter; none is begun where one of them would take a place
/// that is not free, or that of a draft.
pub fn export_all(
    files: &[(PathBuf, Vec<u8>)],
    expected: Expected,
    durability: Durability,
) -> Result<Vec<Fingerprint>, Error> {
    if expected == Expected::Nothing
        && let Some((path, _)) = files.iter().find(|(path, _)| path.exists())
    {
        return Err(Error::Exists { path: path.clone() });
    }
    for (path, _) in files {
        draft::refuse_drafts(path)?;
        file::sweep_gone_once(file::folder_of(path));
    }
    let write = match durability {
        Durability::Recorded => atomic::replace,
        Durability::Renewable => atomic::put,
    };
    let mut fingerprints = Vec::new();
    for (path, bytes) in files {
        let written = write(path, bytes, expected, OldFile::Replace)?;
        fingerprints.push(written.fingerprint);
    }
    Ok(fingerprints)
}
