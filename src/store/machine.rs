//! What this machine is called.

/// What this machine is called.
pub(super) fn machine_name() -> String {
    let name = name_by_system();
    if name.trim().is_empty() { "with no name".into() } else { name.trim().into() }
}

#[cfg(unix)]
fn name_by_system() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn name_by_system() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}
