//! Where the program keeps what is its own: settings and recovery copies, never a
//! person's files.

use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::error::Error;

/// The folder for the program's own files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// The folder that `RATIONALE_DATA` names, or else this account's own. It stays on
    /// this machine: recovery copies hold health data, and a roaming profile would carry
    /// them to others.
    pub fn of_this_account() -> Result<Self, Error> {
        match std::env::var_os("RATIONALE_DATA") {
            Some(named) if !named.is_empty() => return Ok(Self(whole(named.into()))),
            Some(_) | None => {}
        }
        match ProjectDirs::from("", "", "Rationale") {
            Some(folders) => Ok(Self(folders.data_local_dir().to_owned())),
            None => Err(Error::NoDataFolder),
        }
    }

    /// A folder of the caller's choice.
    pub fn at(path: PathBuf) -> Self {
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The path of a file in the folder, which is made, its owner's alone, if it is not
    /// there yet.
    pub(super) fn file(&self, name: &str) -> Result<PathBuf, Error> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(&self.0)
            .map_err(|source| Error::Unwritten { path: self.0.clone(), source })?;
        Ok(self.0.join(name))
    }
}

/// The path from the root on, so that it leads to the same place from every folder.
pub fn whole(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

/// Makes the folder that files are to be written to, if it is not there yet.
pub fn make_folder(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder)
        .map_err(|source| Error::Unwritten { path: folder.into(), source })
}
