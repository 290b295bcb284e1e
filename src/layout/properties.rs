//! What holds for every document, tried on many that nobody would write.

use std::sync::Arc;

use proptest::prelude::*;

use super::page::{Artifact, Owner, PageItem};
use super::samples::{document, letter_sheet, style};
use super::{Faces, paginate};
use crate::document::{
    Align, Block, Cell, Document, Gap, List, Paragraph, Role, Sheet, Span, Style, Table,
    Text,
};
use crate::letter::FieldPath;
use crate::units::Pt;

/// Words of characters that faces can draw, with some that they cannot.
pub(crate) const USUAL: &str = "[a-z\u{301}\u{323}é☐漢\u{a0}\u{ad}\u{200b}“”½ \t]{0,30}";
/// Whatever Unicode has.
const ANY: &str = "\\PC{0,20}";

fn spans(characters: &'static str) -> impl Strategy<Value = Vec<Span>> {
    let words = prop_oneof![
        4 => "[a-zA-Z ,.]{0,60}",
        3 => characters,
        1 => "[a-z]{0,150}",
        1 => "[a \r\n]{0,6}",
    ];
    let word = (words, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(text, bold, italic, has_field)| {
            Span::Text(Text {
                text,
                bold,
                italic,
                field: has_field.then(|| FieldPath::new("a.b", &[])),
            })
        },
    );
    let gap = "[a-z ]{0,80}".prop_map(|label| Span::Gap(Gap { label, field: None }));
    prop::collection::vec(prop_oneof![6 => word, 1 => gap, 1 => Just(Span::Break)], 0..5)
}

fn styles() -> impl Strategy<Value = Style> {
    let align = prop_oneof![
        Just(Align::Left),
        Just(Align::Center),
        Just(Align::Right),
        Just(Align::Justify)
    ];
    (align, 6.0f32..10.0, 0.0f32..30.0, 0.0f32..600.0, any::<bool>(), any::<bool>())
        .prop_map(|(align, size, space, indent, keep_with_next, has_ground)| Style {
            align,
            size: Pt(size),
            space_after: Pt(space),
            indent: Pt(indent),
            keep_with_next,
            ground: has_ground.then_some(0.9),
            ..style()
        })
}

pub(crate) fn blocks(characters: &'static str) -> impl Strategy<Value = Vec<Block>> {
    let paragraph = (spans(characters), styles()).prop_map(|(spans, style)| {
        Block::Paragraph(Paragraph { role: Role::Body, style: Arc::new(style), spans })
    });
    let leaf = prop_oneof![6 => paragraph, 1 => Just(Block::PageBreak)];
    let block = leaf.prop_recursive(2, 24, 4, |inner| {
        let items =
            prop::collection::vec(prop::collection::vec(inner.clone(), 0..3), 0..4);
        let list = (items, styles(), prop::option::of(0u64..200)).prop_map(
            |(items, style, start)| {
                Block::List(List { start, style: Arc::new(style), items })
            },
        );
        let cell = prop::collection::vec(inner, 0..3).prop_map(|blocks| Cell {
            is_header: false,
            span: 1,
            blocks,
        });
        let rows = prop::collection::vec(prop::collection::vec(cell, 1..3), 0..4);
        let table =
            (rows, any::<bool>(), any::<bool>()).prop_map(|(rows, lines, header)| {
                Block::Table(Table { widths: vec![0.4, 0.6], lines, header, rows })
            });
        prop_oneof![list, table]
    });
    prop::collection::vec(block, 0..6)
}

pub(crate) fn documents(characters: &'static str) -> impl Strategy<Value = Document> {
    blocks(characters).prop_map(document)
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// A page so low that most documents take several.
pub(crate) fn low_sheet() -> Sheet {
    let mut sheet = letter_sheet();
    sheet.paper.height = Pt(300.0);
    sheet
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn pages_say_what_the_document_says(document in documents(ANY)) {
        let pages = paginate(&document, &Faces::bundled(), &low_sheet());
        let (printed, written) = (pages.text(), document.text());
        prop_assert_eq!(words(&printed), words(&written));
    }

    #[test]
    fn nothing_is_in_the_margins(document in documents(USUAL)) {
        let pages = paginate(&document, &Faces::bundled(), &low_sheet());
        for item in pages.iter().flat_map(|page| &page.items) {
            // Spaces at a line's end hang over it, unseen.
            if let Some(bounds) = item.bounds().filter(|bounds| bounds.size.width > Pt::ZERO) {
                prop_assert!(bounds.at.x >= Pt(71.9) && bounds.right() <= Pt(540.1), "{item:?}");
            }
            if let PageItem::Glyphs(run) = item {
                prop_assert!(run.origin.y >= Pt(72.0) && run.origin.y <= Pt(228.1), "{item:?}");
            }
        }
    }

    #[test]
    fn every_piece_of_content_names_a_node_that_holds_words(document in documents(USUAL)) {
        let pages = paginate(&document, &Faces::bundled(), &low_sheet());
        for item in pages.iter().flat_map(|page| &page.items) {
            match item.owner() {
                Some(Owner::Node(node)) => prop_assert!(node < pages.nodes().len()),
                Some(Owner::Artifact(owner)) => prop_assert_eq!(owner, Artifact::RepeatedRow),
                None => {}
            }
        }
        for (index, node) in pages.nodes().iter().enumerate() {
            prop_assert!(node.parent.is_none_or(|parent| parent < index));
        }
    }
}
