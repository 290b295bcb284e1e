//! The program tested from outside, as one binary: one link, and every test can be run by
//! its name.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests lay files for the program, and stop at the first surprise"
)]

// The program that gives the tool a terminal is called in another way elsewhere.
#[cfg(target_os = "linux")]
mod age;
mod authors;
mod bad_input;
mod children;
mod cli;
mod corpus;
#[cfg(feature = "gui")]
mod display;
mod drafts;
mod failures;
mod formats;
mod hostile;
mod import;
#[cfg(feature = "gui")]
mod kills;
mod letters;
mod outside;
mod pdf;
#[cfg(all(feature = "gui", unix, not(target_os = "macos")))]
mod portal;
#[cfg(unix)]
mod printing;
mod programs;
mod sample;
mod sealed;
mod supply;
mod templates;
mod tidy;
mod together;
mod validation;
mod watched;
#[cfg(all(feature = "gui", not(windows)))]
mod window;
mod words;
