//! How something was decided before: an index of the drafts and finished letters in the
//! folders that a person names, by item, body part, guideline, decision and words.
//!
//! The index lies in the data folder, its owner's alone. It is made of these files and can
//! always be made of them again: whatever is wrong with it, it is thrown away. Of an
//! encrypted draft it holds the path and nothing of the letter.

mod collect;
mod entry;
mod facts;
mod index;
mod known;
mod near;
mod search;
#[cfg(test)]
mod tests;
mod update;
mod words;

pub use entry::{CaseFacts, EarlierItem};
pub use facts::{OtherFact, facts_of_another};
pub use index::{Index, IndexError, draft_number, folder, remove};
pub use known::KnownDraft;
pub use near::NearCopy;
pub use search::{ItemTopic, Precedents, Tally};
pub use update::{ReadingProgress, Update, Updated};
