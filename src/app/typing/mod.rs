//! What is typed or pasted into a text, before the text sees it.

mod paste;
mod quotes;

pub(super) use paste::{cleaned, joined};
pub(super) use quotes::typographic;
