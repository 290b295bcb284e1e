//! Rationale composes determination letters.
//!
//! ```text
//!    draft.ron ──▶ Letter ──check──▶ Diagnostics
//!                    │
//!   *.letter ──▶ Template ──fill──▶ Document ──paginate──▶ Pages ──▶ PDF ──▶ preview, PNG
//!                                      │
//!                                      └──▶ text
//! ```
//!
//! One pure function is the program: [`compose::compose`]. Its body is the picture. It
//! never fails, because a half-filled letter is the normal case, and asks neither disk
//! nor clock. The window and the command line are two thin hands on it; neither knows the
//! other.
//!
//! | from → to | module |
//! |---|---|
//! | disk → letter, and back | [`store`] |
//! | what a letter says, and its fields | [`letter`] |
//! | how a kind of letter is worded | [`template`] |
//! | two wordings, word by word | [`compare`] |
//! | letter → what is wrong with it | [`check`], told as [`diagnostic`] |
//! | content without positions | [`document`] |
//! | content → pages | [`layout`], in [`units`] that cannot be mixed up |
//! | pages → bytes | [`export`] |
//! | bytes → paper | [`printing`] |
//! | a finished letter's text → letter | [`import`] |
//! | how something was decided before | [`earlier`] |
//! | the same from outside, in a process of its own | [`outside`] |
//! | pick lists and tables | [`library`] |
//! | what was worked out before | `memo` |
//! | work that all cores share | `cores` |
//! | the faces that letters are set in | [`typefaces`] |
//! | a panic → a report without a word of the letter | [`crash`] |
//! | a word → whether it is right, and what may be meant | [`spelling`] |
//! | a person at a window | `app` (with the feature `gui`) |
//! | a person or script at a command line | [`cli`] |

#[cfg(feature = "gui")]
pub mod app;
pub mod check;
pub mod cli;
pub mod compare;
pub mod compose;
mod cores;
pub mod crash;
pub mod diagnostic;
pub mod document;
pub mod earlier;
pub mod export;
pub mod guard;
pub mod import;
pub mod layout;
pub mod letter;
pub mod library;
mod memo;
pub mod outside;
pub mod printing;
pub mod spelling;
pub mod store;
pub mod template;
pub mod typefaces;
pub mod units;
