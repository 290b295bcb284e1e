//! What a file is besides its bytes: whose it is, who may read it, and what the system or
//! a person has noted on it. A file that takes another's place takes these over.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Whether this account may write the file itself, not only put another in its place.
pub(super) fn may_be_written(path: &Path) -> bool {
    let Ok(about) = path.metadata() else { return true };
    if about.permissions().readonly() {
        return false;
    }
    match OpenOptions::new().write(true).open(path) {
        Err(error) => error.kind() != io::ErrorKind::PermissionDenied,
        Ok(_) => true,
    }
}

/// Whose a file was before a save, where this account may not give it back to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    Owner,
    Group,
    OwnerAndGroup,
}

impl NotKept {
    /// What is so, of a file of this name.
    pub fn message(self, name: &str) -> String {
        let what = match self {
            Self::Owner => "owner",
            Self::Group => "group",
            Self::OwnerAndGroup => "owner and group",
        };
        format!("{name} was saved, but its {what} could not be kept")
    }

    pub fn hint(self) -> &'static str {
        match self {
            Self::Owner => "It belongs to your account now",
            Self::Group | Self::OwnerAndGroup => {
                "Others may no longer be able to open it; ask whoever manages the folder"
            }
        }
    }
}

/// Gives a new file what an old one has. The owner and the group stay where this account
/// may give them. Where the group cannot be kept, this account's own group may do no more
/// than everybody.
pub(super) fn carry_over(old: &Path, new: &File) -> io::Result<Option<NotKept>> {
    let Ok(about) = old.metadata() else { return Ok(None) };
    let not_kept = carry_over_owner(&about, new);
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    carry_over_notes(old, new);
    #[cfg_attr(not(unix), expect(unused_mut, reason = "there are no groups"))]
    let mut permissions = about.permissions();
    #[cfg(unix)]
    if matches!(not_kept, Some(NotKept::Group | NotKept::OwnerAndGroup)) {
        use std::os::unix::fs::PermissionsExt;
        let mode = permissions.mode();
        permissions.set_mode(mode & !0o070 | (mode & 0o007) << 3);
    }
    new.set_permissions(permissions)?;
    Ok(not_kept)
}

#[cfg(unix)]
fn carry_over_owner(about: &Metadata, new: &File) -> Option<NotKept> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let now = new.metadata().ok()?;
    let is_group_lost =
        now.gid() != about.gid() && fchown(new, None, Some(about.gid())).is_err();
    let is_owner_lost =
        now.uid() != about.uid() && fchown(new, Some(about.uid()), None).is_err();
    match (is_owner_lost, is_group_lost) {
        (true, true) => Some(NotKept::OwnerAndGroup),
        (true, false) => Some(NotKept::Owner),
        (false, true) => Some(NotKept::Group),
        (false, false) => None,
    }
}

/// Windows gives a file what its folder asks for.
#[cfg(not(unix))]
fn carry_over_owner(_about: &Metadata, _new: &File) -> Option<NotKept> {
    None
}

/// Extended attributes, of which lists of who may read the file are some.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn carry_over_notes(old: &Path, new: &File) {
    use rustix::fs::{XattrFlags, fsetxattr, getxattr, listxattr};
    /// More than the systems keep of one file.
    const MOST: usize = 64 * 1024;
    let mut names = vec![0_u8; MOST];
    let Ok(length) = listxattr(old, &mut names[..]) else { return };
    for name in names[..length].split(|byte| *byte == 0) {
        let mut value = vec![0_u8; MOST];
        if !name.is_empty()
            && let Ok(length) = getxattr(old, name, &mut value[..])
        {
            let _not_allowed =
                fsetxattr(new, name, &value[..length], XattrFlags::empty());
        }
    }
}
