//! What a file is besides its bytes: whose it is, who may read it, and what the system or
//! a person has noted on it. A file that takes another's place takes these over.

use std::fs::{File, OpenOptions};
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

/// Gives a new file what an old one has. The owner and the group stay where this account
/// may give them; whoever could write the old file can write the new one by its
/// permissions.
pub(super) fn carry_over(old: &Path, new: &File) -> io::Result<()> {
    let Ok(about) = old.metadata() else { return Ok(()) };
    #[cfg(unix)]
    carry_over_owner(&about, new);
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    carry_over_notes(old, new);
    new.set_permissions(about.permissions())
}

#[cfg(unix)]
fn carry_over_owner(about: &std::fs::Metadata, new: &File) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Ok(now) = new.metadata() else { return };
    if now.gid() != about.gid() {
        let _not_of_this_group = fchown(new, None, Some(about.gid()));
    }
    if now.uid() != about.uid() {
        let _not_allowed_to_give = fchown(new, Some(about.uid()), None);
    }
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
