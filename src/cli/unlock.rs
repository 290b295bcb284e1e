//! Encrypted drafts on the command line: their passphrase is typed at the terminal or
//! stands in a file. It is never an argument and never in the environment, where other
//! programs can read it.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::arguments::{LockArguments, Unlock};
use super::draft;
use super::error::Error;
use super::exit::Exit;
use super::output::{report, report_hint};
use super::seal_error::SealError;
use crate::store::{self, DataFolder, Key, Opened, Passphrase, Seal, Strength, sealed};

/// What opens the drafts that a command names.
pub(super) struct Opener {
    passphrase: Option<Passphrase>,
    /// Of several drafts none is asked for: questions from several lanes at once could
    /// not be distinguished.
    may_ask: bool,
}

impl Unlock {
    /// What opens these drafts, or folders of drafts.
    pub(super) fn opener(&self, drafts: &[PathBuf]) -> Result<Opener, Error> {
        let is_one = drafts.len() == 1
            && drafts.iter().all(|path| !path.is_dir() && !draft::is_standard(path));
        Ok(Opener {
            passphrase: self.read()?,
            may_ask: is_one && io::stdin().is_terminal(),
        })
    }

    /// The passphrase of the file, which is its first line.
    fn read(&self) -> Result<Option<Passphrase>, Error> {
        let Some(path) = &self.passphrase_file else { return Ok(None) };
        let text = Zeroizing::new(store::read_text(path)?);
        match text.lines().next().unwrap_or_default() {
            "" => Err(SealError::NoPassphrase { path: path.clone() }.into()),
            words => Ok(Some(Passphrase::new(words))),
        }
    }
}

impl Opener {
    /// Reads a draft; asks for its passphrase if it is encrypted and somebody can answer.
    pub(super) fn open(&self, path: &Path) -> Result<Opened, Error> {
        match draft::open(path, self.passphrase.as_ref().map(Key::Passphrase)) {
            Err(Error::Store(store::Error::Sealed(sealed::Error::Locked { .. })))
                if self.may_ask =>
            {
                let passphrase = ask(&format!("Passphrase for {}: ", draft::name(path)))?;
                draft::open(path, Some(Key::Passphrase(&passphrase)))
            }
            result => result,
        }
    }

    /// A passphrase for a draft that is to be encrypted: what is typed is typed twice.
    fn new_passphrase(&self, path: &Path) -> Result<Passphrase, Error> {
        let passphrase = match &self.passphrase {
            Some(passphrase) => passphrase.clone(),
            None if self.may_ask => ask_twice(path)?,
            None => return Err(SealError::NobodyToAsk.into()),
        };
        match passphrase.strength() {
            Strength::TooShort => Err(SealError::TooShort.into()),
            Strength::Weak => {
                report(Strength::Weak.words());
                Ok(passphrase)
            }
            Strength::Long => Ok(passphrase),
        }
    }
}

fn ask(question: &str) -> Result<Passphrase, Error> {
    let words = rpassword::prompt_password(question)
        .map(Zeroizing::new)
        .map_err(SealError::Terminal)?;
    Ok(Passphrase::new(&words))
}

fn ask_twice(path: &Path) -> Result<Passphrase, Error> {
    let first = ask(&format!("New passphrase for {}: ", draft::name(path)))?;
    let second = ask("Type it again: ")?;
    if first == second { Ok(first) } else { Err(SealError::NotTheSame.into()) }
}

/// `rationale seal`: the draft's file, and what copies there are of it, are encrypted
/// from now on.
pub(super) fn seal(arguments: &LockArguments) -> Result<Exit, Error> {
    let path = &arguments.draft;
    let (opener, found) = open_whole(arguments)?;
    if found.seal.is_some() {
        return Err(SealError::SealedAlready { path: path.clone() }.into());
    }
    let seal = Seal::new(&opener.new_passphrase(path)?).map_err(store::Error::from)?;
    draft::save(path, &found.draft, Some(&seal), found.fingerprint)?;
    seal_copies(path, None, Some(&seal))?;
    report(&format!("Encrypted: {}", path.display()));
    report_hint(
        "Nobody can open it without the passphrase, and a forgotten passphrase cannot \
            be recovered",
    );
    Ok(Exit::Fine)
}

/// `rationale unseal`: whoever has the draft's file can read it again.
pub(super) fn unseal(arguments: &LockArguments) -> Result<Exit, Error> {
    let path = &arguments.draft;
    let (_, found) = open_whole(arguments)?;
    if found.seal.is_none() {
        return Err(SealError::NotSealed { path: path.clone() }.into());
    }
    draft::save(path, &found.draft, None, found.fingerprint)?;
    seal_copies(path, found.seal.as_ref(), None)?;
    report(&format!("No longer encrypted: {}", path.display()));
    Ok(Exit::Fine)
}

/// What the data folder holds of the draft follows its file; without such a folder there
/// is nothing of it.
fn seal_copies(
    path: &Path,
    before: Option<&Seal>,
    seal: Option<&Seal>,
) -> Result<(), Error> {
    let Ok(data) = DataFolder::of_this_account() else { return Ok(()) };
    let Ok(original) = std::path::absolute(path) else { return Ok(()) };
    Ok(store::seal_copies(&data, &original, before, seal)?)
}

/// The draft, if it is understood whole: what is written anew would lack the rest.
fn open_whole(arguments: &LockArguments) -> Result<(Opener, Opened), Error> {
    let path = &arguments.draft;
    if draft::is_standard(path) {
        return Err(SealError::NoFile.into());
    }
    let opener = arguments.unlock.opener(std::slice::from_ref(path))?;
    let found = opener.open(path)?;
    match &found.read_only {
        Some(reason) if reason.is_partly_understood() => {
            Err(SealError::PartlyUnderstood { path: path.clone() }.into())
        }
        Some(_) | None => Ok((opener, found)),
    }
}
