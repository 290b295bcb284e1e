//! The processes of this machine, as far as the system shows them.

use std::fs;
use std::path::Path;

/// What this machine is called.
pub(super) fn machine_name() -> String {
    // Linux sets no variable for every program, but always has this file.
    let name = match fs::read_to_string("/proc/sys/kernel/hostname") {
        Ok(name) => name,
        Err(_) => name_in_environment(),
    };
    if name.trim().is_empty() { "with no name".into() } else { name.trim().into() }
}

fn name_in_environment() -> String {
    for variable in ["COMPUTERNAME", "HOSTNAME"] {
        if let Ok(name) = std::env::var(variable) {
            return name;
        }
    }
    String::new()
}

/// Whether the system shows all processes; some show each account its own alone.
pub(super) fn sees_processes() -> bool {
    Path::new("/proc/1/stat").exists()
}

/// Whether no process of this number runs on this machine; where that cannot be known, it
/// counts as running.
pub(super) fn is_gone(process: u32) -> bool {
    if sees_processes() { started(process).is_none() } else { is_unknown(process) }
}

/// Whether the system knows no process of this number.
#[cfg(unix)]
fn is_unknown(process: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let Ok(number) = i32::try_from(process) else { return false };
    Pid::from_raw(number)
        .is_some_and(|pid| test_kill_process(pid) == Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_unknown(_process: u32) -> bool {
    false
}

/// When a running process was started, in ticks since the system was.
pub(super) fn started(process: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The second field is the program's name in brackets, and may hold anything, brackets
    // too; the fields after the last bracket are numbered from 3.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace();
    // A dead process stays listed until the one that started it has asked about it.
    if matches!(fields.next()?, "Z" | "X") {
        return None;
    }
    // The start is field 22, and field 3 was taken above.
    fields.nth(18)?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[cfg(target_os = "linux")]
    #[test]
    fn a_dead_process_that_is_still_listed_does_not_run() {
        use super::started;
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        assert!(started(child.id()).is_some());
        child.kill().unwrap();
        let is_dead = (0..500).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            started(child.id()).is_none()
        });
        child.wait().unwrap();
        assert!(is_dead);
    }
}
