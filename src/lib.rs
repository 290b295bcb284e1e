//! Rationale composes determination letters.

pub mod check;
pub mod cli;
pub mod compose;
pub mod diagnostic;
pub mod document;
pub mod export;
pub mod layout;
pub mod letter;
pub mod library;
pub mod store;
pub mod template;
pub mod units;
