//! The tests' own program run again, as another process that can be raced, or killed.

use std::process::{Child, Command, Stdio};

/// A test of this program as a process of its own, with what it is told in its
/// environment. The test is an ignored one: it does something only here.
pub(crate) fn spawn(test: &str, environment: &[(&str, String)]) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([test, "--exact", "--ignored", "--nocapture"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .spawn()
        .unwrap()
}

/// What such a process was told under this name.
pub(crate) fn told(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is told by the test that starts this one"))
}
