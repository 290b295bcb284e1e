//! The program tested from outside, as one binary: one link, and every test can be run by its name.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests lay files for the program, and stop at the first surprise"
)]

mod authors;
mod bad_input;
mod cli;
mod corpus;
mod drafts;
mod formats;
mod hostile;
mod import;
mod kinds;
mod letters;
mod pdf;
mod programs;
mod sample;
mod supply;
mod tidy;
mod validation;
mod watched;
#[cfg(feature = "gui")]
mod window;
