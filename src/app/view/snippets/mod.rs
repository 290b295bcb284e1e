//! Snippets in the window: `;code` and Tab, the blanks one after the other, the lists.

mod fill;
mod form;
mod list;
mod new;

pub(super) use self::fill::{SnippetKeys, selected};
pub(super) use self::form::editor;
pub(super) use self::list::show as show_list;
pub(super) use self::new::{begin, show as show_new};
