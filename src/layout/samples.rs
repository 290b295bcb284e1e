//! Small documents that tests lay out and export.

use std::sync::Arc;

use crate::document::{
    Align, Block, Cell, Document, Gap, List, Paragraph, Role, Sheet, Span, Style, Table,
    Text,
};
use crate::letter::FieldPath;
use crate::units::{Margins, Mm, Pt, Size};

pub(crate) fn letter_sheet() -> Sheet {
    let inch = Pt::from_inches(1.0);
    let paper = Size { width: Pt(612.0), height: Pt(792.0) };
    Sheet { paper, margins: Margins { top: inch, right: inch, bottom: inch, left: inch } }
}

pub(crate) fn a4_sheet() -> Sheet {
    Sheet {
        paper: Size { width: Mm(210.0).into(), height: Mm(297.0).into() },
        ..letter_sheet()
    }
}

pub(crate) fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Independent medical review CM13-0012345".into(),
        language: "en-US".into(),
        date: jiff::civil::date(2014, 3, 5),
        header: Vec::new(),
        footer: Vec::new(),
        blocks,
        facts: Vec::new(),
    }
}

pub(crate) fn style() -> Style {
    Style { space_after: Pt::ZERO, line_height: 1.0, ..Style::default() }
}

pub(crate) fn text(words: &str) -> Span {
    Span::Text(Text { text: words.into(), ..Text::default() })
}

pub(crate) fn bold(words: &str) -> Span {
    Span::Text(Text { text: words.into(), bold: true, ..Text::default() })
}

pub(crate) fn field(name: &str, words: &str) -> Span {
    Span::Text(Text {
        text: words.into(),
        field: Some(FieldPath::new(name, &[])),
        ..Text::default()
    })
}

pub(crate) fn gap(name: &str, label: &str) -> Span {
    Span::Gap(Gap { label: label.into(), field: Some(FieldPath::new(name, &[])) })
}

pub(crate) fn styled(style: Style, spans: Vec<Span>) -> Block {
    Block::Paragraph(Paragraph { role: Role::Body, style: Arc::new(style), spans })
}

pub(crate) fn paragraph(words: &str) -> Block {
    styled(style(), vec![text(words)])
}

/// A paragraph of this many lines, whatever the measure.
pub(crate) fn lines(name: &str, count: usize) -> Block {
    let mut spans = Vec::new();
    for line in 1..=count {
        spans.push(text(&format!("{name}{line}")));
        spans.push(Span::Break);
    }
    spans.pop();
    styled(style(), spans)
}

pub(crate) fn list(start: Option<u64>, items: Vec<Vec<Block>>) -> Block {
    Block::List(List { start, style: Arc::new(style()), items })
}

pub(crate) fn cell(words: &str) -> Cell {
    Cell { is_header: false, span: 1, blocks: vec![paragraph(words)] }
}

pub(crate) fn table(header: bool, rows: Vec<Vec<Cell>>) -> Block {
    let columns = rows.first().map_or(1, Vec::len);
    Block::Table(Table {
        widths: vec![1.0 / columns as f32; columns],
        lines: true,
        header,
        rows,
    })
}

/// A letter like those that are served: the sample's own words.
pub(crate) fn sample_letter() -> Document {
    let heading = |words: &str| titled(1, vec![text(words)]);
    let prose = |words: &str| styled(body_style(), vec![text(words)]);
    let labelled = |label: &str, name: &str, words: &str| {
        styled(body_style(), vec![bold(label), text(" "), field(name, words)])
    };
    document(vec![
        heading("HOW THE IMR FINAL DETERMINATION WAS MADE"),
        prose(HOW_IT_WAS_MADE),
        heading("CLINICAL CASE SUMMARY"),
        prose(
            "The expert reviewer developed the following clinical case summary based on \
                a review of the case file, including all medical records:",
        ),
        styled(body_style(), vec![field("summary", SUMMARY)]),
        heading("IMR ISSUES, DECISIONS AND RATIONALES"),
        prose(
            "The Final Determination was based on decisions for the disputed \
                items/services set forth below:",
        ),
        titled(
            2,
            vec![
                field("items#1.title", "Trigger Point Injections"),
                text(": "),
                field("items#1.decision", "Upheld"),
            ],
        ),
        labelled(
            "Claims Administrator guideline:",
            "items#1.claims_guideline",
            "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints.",
        ),
        labelled(
            "MAXIMUS guideline:",
            "items#1.reviewer_guideline",
            "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints, Chapter 14 \
                Ankle and Foot Complaints.",
        ),
        labelled("Decision rationale:", "items#1.rationale", RATIONALE),
    ])
}

fn body_style() -> Style {
    Style {
        align: Align::Left,
        space_after: Pt(8.0),
        line_height: 1.15,
        ..Style::default()
    }
}

fn titled(level: u8, spans: Vec<Span>) -> Block {
    let style = Style {
        bold: true,
        keep_with_next: true,
        space_before: Pt(6.0),
        space_after: Pt(4.0),
        ..body_style()
    };
    Block::Paragraph(Paragraph {
        role: Role::Heading(level),
        style: Arc::new(style),
        spans,
    })
}

const HOW_IT_WAS_MADE: &str = "MAXIMUS Federal Services sent the complete case file to \
    an expert reviewer. He/she has no affiliation with the employer, employee, \
    providers or the claims administrator. The expert reviewer is Board Certified in \
    Internal Medicine and is licensed to practice in New York. He/she has been in \
    active clinical practice for more than five years and is currently working at least \
    24 hours a week in active practice. The expert reviewer was selected based on \
    his/her clinical experience, education, background, and expertise in the same or \
    similar specialties that evaluate and/or treat the medical condition and disputed \
    items/services. He/she is familiar with governing laws and regulations, including \
    the strength of evidence hierarchy that applies to Independent Medical Review \
    determinations.";

const SUMMARY: &str = "The claimant is a 45 yo male who sustained an industrial injury \
    on 03/26/2009. The mechanism of injury was he slipped while lifting a box and \
    injured his lower back. His diagnoses are low back pain- s/p L5-S1 decompression in \
    2009; a fusion in 2010 and revision fusion in 2012, failed back syndrome and \
    chronic radiculopathy. He continues to complain of low back pain. On physical exam \
    there is facet tenderness and reduced lumbar range of motion. Treatment in addition \
    to surgery has included medications, epidural steroid injections and a trial of a \
    spinal cord stimulator. The treating provider has requested trigger point injections.";

const RATIONALE: &str = "There is no documentation provided necessitating the requested \
    trigger point injection. Per ACOEM trigger point injections are only indicated if \
    there are palpable trigger points. Per the reviewed documentation there is evidence \
    of chronic radiculopathy but no documentation of any discreet trigger points that \
    have been treated and remained recalcitrant to medications, physical therapy and \
    exercise. Medical necessity for the requested item has not been established. The \
    requested item is not medically necessary.";

/// A document with one of everything that a page can show.
pub(crate) fn everything() -> Document {
    let small = Style { size: Pt(9.0), align: Align::Center, ..style() };
    let space = Style { space_after: Pt(8.0), line_height: 1.15, ..Style::default() };
    let numbers = vec![text("Page "), Span::PageNumber, text(" of "), Span::PageCount];
    Document {
        header: vec![styled(
            Style { align: Align::Right, ..small.clone() },
            vec![field("case.number", "CM13-0012345")],
        )],
        footer: vec![styled(small, numbers)],
        ..document(vec![
            styled(
                Style { ground: Some(0.85), bold: true, ..space.clone() },
                vec![text("Final determination")],
            ),
            styled(Style { align: Align::Justify, ..space.clone() }, every_span()),
            nested_list(),
            table_with_header(),
            styled(
                Style { align: Align::Right, ..space },
                vec![text("Signed"), Span::Break, text("The reviewer")],
            ),
        ])
    }
}

fn every_span() -> Vec<Span> {
    let italic = Text { text: "Tinel’s sign".into(), italic: true, ..Text::default() };
    let both = Text { text: "both".into(), bold: true, italic: true, ..Text::default() };
    vec![
        text("The claimant, "),
        gap("claimant.age", "age"),
        text(" years old, was injured on "),
        gap("case.date_of_injury", "date of injury"),
        text(". A box ☐ that no face has, a range of 30–45°, “quoted” words, "),
        Span::Text(italic),
        text(" and "),
        Span::Text(both),
        text(
            " at ≥ 5 mg are set in one justified paragraph that is long enough for \
             three lines of words.",
        ),
    ]
}

fn nested_list() -> Block {
    let inner = list(None, vec![vec![paragraph("Inner")], vec![paragraph("Inner too")]]);
    let long = "First item, whose words go on for so long that they need a second line \
                under its own start.";
    list(Some(9), vec![vec![paragraph(long)], vec![paragraph("Second item"), inner]])
}

fn table_with_header() -> Block {
    let shade = Style { ground: Some(0.9), bold: true, ..style() };
    let head = |words: &str| Cell {
        is_header: true,
        span: 1,
        blocks: vec![styled(shade.clone(), vec![text(words)])],
    };
    let report = "Operative report of the decompression at L5-S1, with its addendum";
    table(
        true,
        vec![
            vec![head("Date"), head("Document"), head("Pages")],
            vec![cell("03/26/2009"), cell(report), cell("4")],
            vec![cell("04/01/2012"), cell("Progress note"), cell("12")],
        ],
    )
}
