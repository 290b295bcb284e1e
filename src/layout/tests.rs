//! What layout promises: which line is on which page, where things are, and that no
//! word is lost.

use std::fmt::Write;

use super::page::{Artifact, Owner, PageItem};
use super::samples::{
    a4_sheet, bold, cell, document, everything, field, gap, letter_sheet, lines, list,
    paragraph, sample_letter, style, styled, table, text,
};
use super::*;
use crate::compose::Finished;
use crate::document::{Align, Block, Span, Style, Table};
use crate::letter::FieldPath;
use crate::typefaces::Face;
use crate::units::{Point, Pt};

/// A page that has room for this many lines of the samples' style.
fn sheet_of(lines: usize) -> Sheet {
    let mut sheet = letter_sheet();
    sheet.paper.height = Pt(144.0 + 12.0 * lines as f32);
    sheet
}

fn pages(blocks: Vec<Block>) -> Pages {
    paginate(&document(blocks), &Faces::bundled(), &letter_sheet())
}

/// The text of each page's items, with `|` where a page ends.
fn texts_of_pages(pages: &Pages) -> String {
    let page = |page: &page::Page| {
        page.items
            .iter()
            .filter_map(PageItem::text)
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" ")
    };
    pages.iter().map(page).collect::<Vec<_>>().join(" | ")
}

/// What is on which page, where a page has room for so many lines.
#[track_caller]
fn check(lines_per_page: usize, blocks: Vec<Block>, expected: &str) {
    let pages = paginate(&document(blocks), &Faces::bundled(), &sheet_of(lines_per_page));
    assert_eq!(texts_of_pages(&pages), expected);
}

/// Where runs of text begin, and what they say.
#[track_caller]
fn check_places(blocks: Vec<Block>, expected: &str) {
    let mut places = String::new();
    for item in pages(blocks).iter().flat_map(|page| &page.items) {
        if let PageItem::Glyphs(run) = item {
            write!(
                places,
                "{:.0},{:.0} {}; ",
                run.origin.x.0,
                run.origin.y.0,
                run.text.trim()
            )
            .unwrap();
        }
    }
    assert_eq!(places.trim_end_matches("; "), expected);
}

/// Where a run's words are, in whole points.
fn baseline(item: Option<&PageItem>) -> Option<f32> {
    item.and_then(|item| {
        if let PageItem::Glyphs(run) = item { Some(run.origin.y.0.round()) } else { None }
    })
}

fn kept(name: &str) -> Block {
    styled(Style { keep_with_next: true, ..style() }, vec![text(name)])
}

#[test]
fn an_empty_document_is_one_empty_page() {
    check(5, vec![], "");
}

#[test]
fn a_paragraph_ends_a_page_after_two_of_its_lines_at_least() {
    check(5, vec![lines("a", 3), lines("b", 4)], "a1 a2 a3 b1 b2 | b3 b4");
    check(4, vec![lines("a", 3), lines("b", 4)], "a1 a2 a3 | b1 b2 b3 b4");
}

#[test]
fn a_widow_line_takes_its_neighbor_along() {
    check(4, vec![lines("a", 5)], "a1 a2 a3 | a4 a5");
}

#[test]
fn a_paragraph_of_three_lines_is_never_cut() {
    check(5, vec![lines("a", 3), lines("b", 3)], "a1 a2 a3 | b1 b2 b3");
}

#[test]
fn a_title_stays_with_two_lines_of_what_follows() {
    check(5, vec![lines("a", 3), kept("t"), lines("b", 4)], "a1 a2 a3 | t b1 b2 b3 b4");
    check(6, vec![lines("a", 3), kept("t"), lines("b", 4)], "a1 a2 a3 t b1 b2 | b3 b4");
}

#[test]
fn titles_in_a_row_stay_together() {
    check(
        5,
        vec![lines("a", 3), kept("t"), kept("u"), paragraph("b")],
        "a1 a2 a3 | t u b",
    );
}

#[test]
fn more_titles_than_a_page_holds_are_cut_where_it_ends() {
    check(
        3,
        (1..=5).map(|index| kept(&format!("t{index}"))).collect(),
        "t1 t2 t3 | t4 t5",
    );
}

#[test]
fn a_title_with_nothing_after_it_stays_where_it_is() {
    check(3, vec![lines("a", 2), kept("t")], "a1 a2 t");
}

#[test]
fn a_page_break_begins_a_page_but_never_an_empty_one() {
    let (a, b) = (paragraph("a"), paragraph("b"));
    let broken = vec![
        Block::PageBreak,
        a,
        Block::PageBreak,
        Block::PageBreak,
        b,
        Block::PageBreak,
    ];
    check(5, broken, "a | b");
}

#[test]
fn of_two_spaces_that_meet_the_greater_one_counts() {
    let spaced = |before, after, name: &str| {
        styled(
            Style { space_before: Pt(before), space_after: Pt(after), ..style() },
            vec![text(name)],
        )
    };
    check_places(
        vec![spaced(9.0, 20.0, "a"), spaced(5.0, 0.0, "b")],
        "72,82 a; 72,114 b",
    );
}

#[test]
fn a_space_at_a_pages_head_is_dropped() {
    let spaced = styled(Style { space_before: Pt(40.0), ..style() }, vec![text("b")]);
    let pages =
        paginate(&document(vec![lines("a", 2), spaced]), &Faces::bundled(), &sheet_of(2));
    assert_eq!(baseline(pages.page(1).unwrap().items.first()), Some(82.0));
}

#[test]
fn lines_are_set_to_the_left_the_middle_the_right() {
    let aligned = |align| styled(Style { align, ..style() }, vec![text("word")]);
    let blocks = [Align::Left, Align::Center, Align::Right].map(aligned).to_vec();
    check_places(blocks, "72,82 word; 294,94 word; 515,106 word");
}

#[test]
fn a_justified_line_reaches_the_margin_but_the_last_one_does_not() {
    let words = "word ".repeat(30);
    let block = styled(Style { align: Align::Justify, ..style() }, vec![text(&words)]);
    let ends: Vec<f32> = pages(vec![block])
        .page(0)
        .unwrap()
        .items
        .iter()
        .filter_map(PageItem::bounds)
        .map(|it| it.right().0)
        .collect();
    assert!((ends[0] - 540.0).abs() < 0.01 && ends[1] < 500.0, "{ends:?}");
}

#[test]
fn an_indent_moves_every_line() {
    let spans = vec![text("a"), Span::Break, text("b")];
    check_places(
        vec![styled(Style { indent: Pt(36.0), ..style() }, spans)],
        "108,82 a; 108,94 b",
    );
}

#[test]
fn labels_end_at_one_line_and_text_hangs_after_it() {
    let items = vec![
        vec![lines("a", 2)],
        vec![paragraph("b"), list(None, vec![vec![paragraph("c")]])],
    ];
    check_places(
        vec![list(Some(9), items)],
        "78,82 9.; 97,82 a1; 97,94 a2; 72,106 10.; 97,106 b; 101,118 •; 115,118 c",
    );
}

#[test]
fn a_list_item_that_is_empty_still_has_its_label() {
    check(5, vec![list(Some(1), vec![vec![], vec![paragraph("b")]])], "1. 2. b");
}

#[test]
fn emphasis_adds_to_the_styles_own() {
    let block = styled(Style { italic: true, ..style() }, vec![text("a"), bold("b")]);
    let faces: Vec<Face> = pages(vec![block])
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(
            |item| if let PageItem::Glyphs(run) = item { Some(run.face) } else { None },
        )
        .collect();
    assert_eq!(faces, [Face::Italic, Face::BoldItalic]);
}

#[test]
fn a_word_longer_than_a_line_is_broken_anywhere() {
    let pages = pages(vec![paragraph(&"x".repeat(200))]);
    let page = pages.page(0).unwrap();
    assert!(
        page.items.len() > 2
            && page
                .items
                .iter()
                .all(|item| item.bounds().unwrap().right() <= Pt(540.0))
    );
    assert_eq!(pages.text(), "x".repeat(200));
}

#[test]
fn a_header_row_is_repeated_on_each_page_and_is_no_content_there() {
    let rows = ["head", "a", "b", "c", "d", "e"]
        .map(|name| vec![cell(name)])
        .to_vec();
    let pages =
        paginate(&document(vec![table(true, rows)]), &Faces::bundled(), &sheet_of(8));
    assert_eq!(texts_of_pages(&pages), "head a b c d | head e");
    let again = &pages.page(1).unwrap().items[0];
    assert_eq!(again.owner(), Some(Owner::Artifact(Artifact::RepeatedRow)));
    assert_eq!(pages.text(), "head\n\na\n\nb\n\nc\n\nd\n\ne");
}

#[test]
fn a_header_row_is_never_alone_at_a_pages_foot() {
    let rows = ["head", "x", "y"].map(|name| vec![cell(name)]).to_vec();
    check(5, vec![lines("a", 3), table(true, rows)], "a1 a2 a3 | head x y");
}

#[test]
fn a_row_that_a_page_can_hold_is_kept_whole() {
    let tall =
        crate::document::Cell { is_header: false, span: 1, blocks: vec![lines("x", 4)] };
    check(
        6,
        vec![lines("a", 3), table(false, vec![vec![tall, cell("y")]])],
        "a1 a2 a3 | x1 x2 x3 x4 y",
    );
}

#[test]
fn a_row_taller_than_a_page_is_cut_between_lines_and_ruled_at_the_cut() {
    let tall =
        crate::document::Cell { is_header: false, span: 1, blocks: vec![lines("x", 7)] };
    let document = document(vec![table(false, vec![vec![tall, cell("y")]])]);
    let pages = paginate(&document, &Faces::bundled(), &sheet_of(5));
    assert_eq!(texts_of_pages(&pages), "x1 y x2 x3 x4 | x5 x6 x7");
    let across = |page: &page::Page| {
        let rules = page.items.iter().filter(
            |item| matches!(item, PageItem::Rule(rule) if rule.size.width > Pt(400.0)),
        );
        rules.count()
    };
    assert_eq!(pages.iter().map(across).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn a_row_with_more_cells_than_columns_loses_no_words() {
    let rows = vec![vec![cell("a"), cell("b"), cell("c")]];
    check(
        5,
        vec![Block::Table(Table { widths: vec![0.5], lines: true, header: false, rows })],
        "a b c",
    );
}

#[test]
fn headers_and_footers_say_on_each_page_which_of_how_many_it_is() {
    let spans = vec![text("Page "), Span::PageNumber, text(" of "), Span::PageCount];
    let footer = vec![styled(style(), spans)];
    let document = Document {
        footer,
        ..document(vec![paragraph("a"), Block::PageBreak, paragraph("b")])
    };
    let pages = paginate(&document, &Faces::bundled(), &letter_sheet());
    assert_eq!(texts_of_pages(&pages), "Page 1 of 2 a | Page 2 of 2 b");
    assert_eq!(pages.text(), "a\n\nb");
}

#[test]
fn a_header_too_high_for_its_margin_moves_the_text_down() {
    let document =
        Document { header: vec![lines("h", 6)], ..document(vec![paragraph("a")]) };
    let pages = paginate(&document, &Faces::bundled(), &letter_sheet());
    assert_eq!(
        baseline(pages.page(0).unwrap().items.last()),
        Some(36.0 + 6.0 * 12.0 + 12.0 + 10.0)
    );
}

#[test]
fn a_gap_is_marked_and_says_nothing() {
    let pages = pages(vec![styled(
        style(),
        vec![text("on "), gap("case.date_of_injury", "date of injury"), text(".")],
    )]);
    assert_eq!(pages.text(), "on .");
    let places = pages.places(&FieldPath::new("case.date_of_injury", &[]));
    assert_eq!(places.len(), 1);
    let (page, area) = places[0];
    let inside = Point { x: area.at.x + Pt(2.0), y: area.at.y + Pt(2.0) };
    assert_eq!(
        pages.field_at(page, inside).map(FieldPath::pattern),
        Some("case.date_of_injury")
    );
}

#[test]
fn a_gap_does_not_push_lines_apart() {
    let spans = vec![text("a"), Span::Break, gap("x", "label"), Span::Break, text("b")];
    let apart = styled(Style { line_height: 1.15, ..style() }, spans);
    check_places(vec![apart], "72,83 a; 97,97 ; 72,111 b");
}

#[test]
fn a_field_is_found_on_every_line_that_it_takes() {
    let summary = field("summary", &"word ".repeat(40));
    let pages = pages(vec![styled(style(), vec![text("Summary: "), summary])]);
    let path = FieldPath::new("summary", &[]);
    let places = pages.places(&path);
    assert_eq!(places.len(), 3);
    for (page, area) in places {
        assert_eq!(pages.field_at(page, area.at), Some(&path));
    }
    assert_eq!(pages.field_at(0, Point { x: Pt(75.0), y: Pt(80.0) }), None);
}

#[test]
fn a_character_that_no_face_has_is_a_box_and_stays_a_word() {
    let pages = pages(vec![paragraph("a ☐ b")]);
    let item = &pages.page(0).unwrap().items[1];
    assert!(matches!(item, PageItem::Missing(missing) if missing.text == "☐"));
    assert_eq!(pages.text(), "a ☐ b");
}

#[test]
fn words_are_read_down_a_cell_before_the_next_one_even_across_pages() {
    let tall = |name| crate::document::Cell {
        is_header: false,
        span: 1,
        blocks: vec![lines(name, 4)],
    };
    let document = document(vec![table(false, vec![vec![tall("x"), tall("y")]])]);
    let pages = paginate(&document, &Faces::bundled(), &sheet_of(3));
    assert!(pages.len() > 1);
    assert_eq!(pages.text(), document.text());
}

#[test]
fn margins_that_leave_no_paper_are_ignored_as_far_as_needed() {
    let mut sheet = letter_sheet();
    (sheet.margins.left, sheet.margins.bottom) = (Pt(900.0), Pt(900.0));
    let pages = paginate(&document(vec![lines("a", 9)]), &Faces::bundled(), &sheet);
    assert_eq!(pages.text().split_whitespace().count(), 9);
}

#[test]
fn the_same_document_gives_the_same_pages_and_another_sheet_does_not() {
    let faces = Faces::bundled();
    let hash = |sheet: &Sheet| paginate(&everything(), &faces, sheet).hash(0);
    assert_eq!(hash(&letter_sheet()), hash(&letter_sheet()));
    assert_ne!(hash(&letter_sheet()), hash(&a4_sheet()));
    assert_eq!(
        paginate(&everything(), &faces, &a4_sheet()),
        paginate(&everything(), &faces, &a4_sheet())
    );
}

#[test]
fn only_proof_of_a_finished_letter_takes_the_watermark_off() {
    let pages = pages(vec![paragraph("a")]);
    let clean = pages.clone().without_watermark(Finished::for_test());
    assert!(pages.watermark().is_some() && clean.watermark().is_none());
    assert_ne!(pages.hash(0), clean.hash(0));
}

#[test]
fn pages_and_faces_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Pages>();
    shared::<Faces>();
}

#[test]
fn the_sample_letter_breaks_its_lines_as_the_served_one_does_and_takes_one_page() {
    let pages = paginate(&sample_letter(), &Faces::bundled(), &letter_sheet());
    let mut lines: Vec<(f32, String)> = Vec::new();
    for item in pages.iter().flat_map(|page| &page.items) {
        let (Some(bounds), Some(text)) = (item.bounds(), item.text()) else { continue };
        match lines.last_mut().filter(|(y, _)| (*y - bounds.at.y.0).abs() < 1.0) {
            Some((_, line)) => line.push_str(text),
            None => lines.push((bounds.at.y.0, text.to_owned())),
        }
    }
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let served = include_str!("../../tests/sample-letter.txt")
        .lines()
        .map(words)
        .filter(|line| !line.is_empty());
    assert_eq!(
        lines.iter().map(|(_, line)| words(line)).collect::<Vec<_>>(),
        served.collect::<Vec<_>>()
    );
    assert_eq!(pages.len(), 1);
}

#[test]
fn everything_is_at_its_place() {
    let dump = paginate(&everything(), &Faces::bundled(), &letter_sheet()).dump();
    insta::with_settings!({
        snapshot_path => "../../tests/snapshots",
        prepend_module_to_snapshot => false,
    }, {
        insta::assert_snapshot!("everything_on_letter_paper", dump);
    });
}
