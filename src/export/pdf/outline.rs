//! Bookmarks: the letter's headings, by which a reader jumps about in it (ISO 32000-1,
//! 12.3.3).

use lopdf::{Dictionary, Object, ObjectId};

use super::strings::text;
use crate::layout::Pages;
use crate::layout::page::{Owner, StructureKind};
use crate::units::Pt;

/// A heading and where it is.
struct Heading {
    node: usize,
    level: u8,
    words: String,
    page: usize,
    top: Pt,
}

/// Adds a bookmark for each heading that has words, the deeper ones under those before
/// them.
pub(super) fn add(file: &mut lopdf::Document, pages: &Pages) -> Result<(), lopdf::Error> {
    let headings = headings(pages);
    if headings.is_empty() {
        return Ok(());
    }
    let root = file.new_object_id();
    let mut bookmarks = Bookmarks(Vec::new());
    for index in 0..headings.len() {
        let id = file.new_object_id();
        bookmarks.0.push(Bookmark { id, parent: parent(&headings, index) });
    }
    let page_ids: Vec<ObjectId> = file.get_pages().into_values().collect();
    let mut outline = bookmarks.children(None);
    outline.set("Type", "Outlines");
    file.set_object(root, outline);
    for (index, heading) in headings.iter().enumerate() {
        let Some(&page) = page_ids.get(heading.page) else { continue };
        let bookmark = &bookmarks.0[index];
        let mut entry = bookmarks.children(Some(index));
        let top = pages.paper().height - heading.top;
        entry.set("Title", text(&heading.words));
        let (at, null) = (Object::Real(top.0), Object::Null);
        entry.set("Dest", vec![page.into(), "XYZ".into(), null.clone(), at, null]);
        let above = bookmark.parent.map(|parent| bookmarks.0[parent].id);
        entry.set("Parent", above.unwrap_or(root));
        bookmarks.link_siblings(index, &mut entry);
        file.set_object(bookmark.id, entry);
    }
    file.catalog_mut()?.set("Outlines", root);
    Ok(())
}

/// Headings in reading order; those that hold nothing but gaps are left out.
fn headings(pages: &Pages) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    for (page, content) in pages.iter().enumerate() {
        for item in &content.items {
            let Some(Owner::Node(node)) = item.owner() else { continue };
            let StructureKind::Heading(level) = pages.nodes()[node].kind else {
                continue;
            };
            let (Some(words), Some(bounds)) = (item.text(), item.bounds()) else {
                continue;
            };
            match headings.last_mut() {
                Some(last) if last.node == node => last.words.push_str(words),
                Some(_) | None => headings.push(Heading {
                    node,
                    level,
                    words: words.to_owned(),
                    page,
                    top: bounds.at.y,
                }),
            }
        }
    }
    for heading in &mut headings {
        heading.words = heading.words.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    headings.retain(|heading| heading.words.contains(char::is_alphanumeric));
    headings
}

/// The nearest heading before this one that is less deep.
fn parent(headings: &[Heading], index: usize) -> Option<usize> {
    let level = headings.get(index)?.level;
    headings.iter().take(index).rposition(|before| before.level < level)
}

struct Bookmark {
    id: ObjectId,
    /// The bookmark above it, by its index.
    parent: Option<usize>,
}

/// Every bookmark in reading order.
struct Bookmarks(Vec<Bookmark>);

impl Bookmarks {
    /// The first and last bookmark right under another one, or under none, and how many
    /// are shown there, those further down too; nothing where there are none.
    fn children(&self, parent: Option<usize>) -> Dictionary {
        let mut children = Dictionary::new();
        let mut count = 0i64;
        for (index, bookmark) in self.0.iter().enumerate() {
            if bookmark.parent == parent {
                if count == 0 {
                    children.set("First", bookmark.id);
                }
                children.set("Last", bookmark.id);
            }
            if self.is_under(index, parent) {
                count += 1;
                children.set("Count", count);
            }
        }
        children
    }

    fn is_under(&self, index: usize, above: Option<usize>) -> bool {
        let Some(above) = above else { return true };
        let mut parent = self.0[index].parent;
        while let Some(index) = parent {
            if index == above {
                return true;
            }
            parent = self.0[index].parent;
        }
        false
    }

    /// Names the bookmarks before and after this one that are under the same one.
    fn link_siblings(&self, index: usize, entry: &mut Dictionary) {
        let parent = self.0[index].parent;
        let (before, after) = (&self.0[..index], &self.0[index + 1..]);
        if let Some(bookmark) = before.iter().rfind(|other| other.parent == parent) {
            entry.set("Prev", bookmark.id);
        }
        if let Some(bookmark) = after.iter().find(|other| other.parent == parent) {
            entry.set("Next", bookmark.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{Block, Paragraph, Role, Span};
    use crate::export::{ExportInput, pdf};
    use crate::layout::paginate;
    use crate::layout::samples::{document, gap, letter_sheet, paragraph, style, text};
    use crate::typefaces::Faces;

    fn heading(level: u8, spans: Vec<Span>) -> Block {
        Block::Paragraph(Paragraph {
            role: Role::Heading(level),
            style: Arc::new(style()),
            spans,
        })
    }

    /// The bookmarks under one of them, such as `a(b c) d`, each with its page after an
    /// `@`.
    fn tree(file: &lopdf::Document, above: &Dictionary) -> String {
        let mut row = above.get(b"First").and_then(Object::as_reference).ok();
        let mut rows = Vec::new();
        while let Some(id) = row {
            let bookmark = file.get_dictionary(id).unwrap();
            let title =
                lopdf::decode_text_string(bookmark.get(b"Title").unwrap()).unwrap();
            let target = bookmark.get(b"Dest").unwrap().as_array().unwrap()[0]
                .as_reference()
                .unwrap();
            let page = file
                .get_pages()
                .into_iter()
                .find(|(_, page)| *page == target)
                .unwrap()
                .0;
            let under = tree(file, bookmark);
            rows.push(if under.is_empty() {
                format!("{title}@{page}")
            } else {
                format!("{title}@{page}({under})")
            });
            row = bookmark.get(b"Next").and_then(Object::as_reference).ok();
        }
        rows.join(" ")
    }

    #[track_caller]
    fn check(blocks: Vec<Block>, expected: &str) {
        let document = document(blocks);
        let pages = paginate(&document, &Faces::bundled(), &letter_sheet());
        let bytes =
            pdf::write(&ExportInput { document: &document, pages: &pages }).unwrap();
        let file = lopdf::Document::load_mem(&bytes).unwrap();
        let root = file
            .catalog()
            .unwrap()
            .get(b"Outlines")
            .and_then(Object::as_reference);
        let found = root
            .map(|root| tree(&file, file.get_dictionary(root).unwrap()))
            .unwrap_or_default();
        assert_eq!(found, expected);
    }

    #[test]
    fn headings_are_bookmarks_and_deeper_ones_are_under_them() {
        let named = |level, name: &str| heading(level, vec![text(name)]);
        check(
            vec![
                named(1, "a"),
                named(2, "b"),
                Block::PageBreak,
                named(2, "c"),
                paragraph("d"),
                named(1, "é"),
            ],
            "a@1(b@1 c@2) é@2",
        );
        check(vec![named(3, "a"), named(2, "b"), named(3, "c")], "a@1 b@1(c@1)");
    }

    #[test]
    fn a_heading_of_two_lines_is_one_bookmark_and_one_without_words_is_none() {
        check(vec![heading(1, vec![text("a"), Span::Break, text("b")])], "a b@1");
        check(vec![heading(1, vec![gap("x", "title"), text(": ")])], "");
        check(vec![paragraph("a")], "");
    }
}
