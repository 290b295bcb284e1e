//! Bookmarks: the letter's headings, by which a reader jumps about in it (ISO 32000-1,
//! 12.3.3).

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::text;
use crate::layout::Pages;
use crate::layout::page::{Kind, Part};
use crate::units::Pt;

/// A heading and where it stands.
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
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = headings.iter().map(|_| file.new_object_id()).collect();
    let page_ids: Vec<ObjectId> = file.get_pages().into_values().collect();
    let parents: Vec<Option<usize>> =
        (0..headings.len()).map(|index| parent(&headings, index)).collect();
    let rows = Rows { ids: &ids, parents: &parents };
    let Some(mut outline) = rows.children(None) else { return Ok(()) };
    outline.set("Type", "Outlines");
    file.set_object(root, outline);
    for (index, (heading, &id)) in headings.iter().zip(&ids).enumerate() {
        let mut bookmark = rows.children(Some(index)).unwrap_or_default();
        let top = pages.paper().height - heading.top;
        let Some(&page) = page_ids.get(heading.page) else { continue };
        bookmark.set("Title", text(&heading.words));
        bookmark.set(
            "Dest",
            vec![
                page.into(),
                "XYZ".into(),
                Object::Null,
                Object::Real(top.0),
                Object::Null,
            ],
        );
        bookmark.set("Parent", rows.parent(index).unwrap_or(root));
        rows.siblings(index, &mut bookmark);
        file.set_object(id, bookmark);
    }
    file.catalog_mut()?.set("Outlines", root);
    Ok(())
}

/// Headings in reading order; those that hold nothing but gaps are left out.
fn headings(pages: &Pages) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    for (page, item) in pages
        .iter()
        .enumerate()
        .flat_map(|(number, page)| page.items.iter().map(move |item| (number, item)))
    {
        let (Some(Part::Node(node)), Some(words), Some(bounds)) =
            (item.part(), item.text(), item.bounds())
        else {
            continue;
        };
        let Some(Kind::Heading(level)) = pages.nodes().get(node).map(|node| node.kind)
        else {
            continue;
        };
        match headings.last_mut().filter(|last| last.node == node) {
            Some(last) => last.words.push_str(words),
            None => headings.push(Heading {
                node,
                level,
                words: words.to_owned(),
                page,
                top: bounds.at.y,
            }),
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

/// Bookmarks by their places in reading order, and the place of the one above each.
struct Rows<'a> {
    ids: &'a [ObjectId],
    parents: &'a [Option<usize>],
}

impl Rows<'_> {
    fn parent(&self, index: usize) -> Option<ObjectId> {
        self.ids.get((*self.parents.get(index)?)?).copied()
    }

    /// The first and last bookmark under another one or under none, and how many are
    /// shown there.
    fn children(&self, of: Option<usize>) -> Option<Dictionary> {
        let children: Vec<ObjectId> = self
            .ids
            .iter()
            .zip(self.parents)
            .filter(|(_, parent)| **parent == of)
            .map(|(id, _)| *id)
            .collect();
        let (&first, &last) = (children.first()?, children.last()?);
        let count = (0..self.ids.len()).filter(|&index| self.is_under(index, of)).count();
        Some(
            dictionary! { "First" => first, "Last" => last, "Count" => i64::try_from(count).unwrap_or(i64::MAX) },
        )
    }

    fn is_under(&self, index: usize, of: Option<usize>) -> bool {
        let above = |index: &usize| self.parents.get(*index).copied().flatten();
        of.is_none()
            || std::iter::successors(above(&index), above).any(|above| Some(above) == of)
    }

    fn siblings(&self, index: usize, bookmark: &mut Dictionary) {
        let own = self.parents.get(index);
        let is_sibling = |(_, parent): &(&ObjectId, &Option<usize>)| Some(*parent) == own;
        let rows = || self.ids.iter().zip(self.parents);
        if let Some((&before, _)) = rows().take(index).rfind(is_sibling) {
            bookmark.set("Prev", before);
        }
        if let Some((&after, _)) = rows().skip(index + 1).find(is_sibling) {
            bookmark.set("Next", after);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{Block, Paragraph, Role, Span};
    use crate::export::{Input, pdf};
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

    /// The bookmarks under one of them, such as `a(b c) d`, each with its page behind an
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
        let bytes = pdf::write(&Input { document: &document, pages: &pages }).unwrap();
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
    fn headings_are_bookmarks_and_deeper_ones_lie_under_them() {
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
