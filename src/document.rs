//! What a letter says, in order, without positions: the value between wording and layout.
//!
//! A [`Document`] knows nothing of letters or templates and nothing of pages. Whoever
//! turns it into pages, plain text, HTML or a word processor's file reads the same blocks
//! in the same order, so that all of them say the same.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::letter::FieldPath;
use crate::units::{Margins, Pt, Size};

/// A filled letter: its blocks in reading order, and what a file says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The title that readers of the file are shown; never a person's name.
    pub title: String,
    /// The language of the text, as a BCP 47 tag such as `en-US`.
    pub language: String,
    /// The letter's own date, the only one that a file made from it may carry.
    pub date: Date,
    /// What is at the head of every page; empty for nothing.
    pub header: Vec<Block>,
    /// What is at the foot of every page; empty for nothing.
    pub footer: Vec<Block>,
    pub blocks: Vec<Block>,
    /// What the letter states, for programs.
    pub facts: Vec<Fact>,
}

/// A field that is filled in, by its name with rows counted from 1, such as
/// `items[2].rationale`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub field: String,
    pub stated: Stated,
}

/// What a field states. Dates are written as ISO 8601, choices by their keys.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Stated {
    Words(String),
    Number(u32),
    Yes(bool),
    Several(Vec<String>),
}

/// The paper and its borders.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    pub paper: Size,
    pub margins: Margins,
}

/// One piece of content by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(Paragraph),
    List(List),
    Table(Table),
    Picture(Placed),
    /// What follows begins on a new page.
    PageBreak,
}

/// A run of text broken into lines, in one style.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Paragraph {
    pub role: Role,
    pub style: Arc<Style>,
    pub spans: Vec<Span>,
}

/// What a paragraph is to a reader who cannot see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Body,
    /// A heading of this level, 1 to 6.
    Heading(u8),
}

/// A bulleted or numbered list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The first number; `None` for bullets.
    pub start: Option<u64>,
    pub style: Arc<Style>,
    pub items: Vec<Vec<Block>>,
}

/// A picture in a line of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub picture: Arc<Picture>,
    /// As high as it is drawn; as wide as its shape asks for.
    pub height: Pt,
    /// Where it is in its line, and the space around it.
    pub style: Arc<Style>,
}

/// A picture's points, and a description for readers who cannot see it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Picture {
    /// In points of its own, both at least 1.
    pub width: u32,
    pub height: u32,
    /// Red, green and blue of each point, row by row from the top: `width * height * 3`
    /// bytes.
    pub rgb: Vec<u8>,
    pub alt: String,
}

/// Without its points: thousands of numbers help nobody.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}x{} {:?})", self.width, self.height, self.alt)
    }
}

/// Rows of cells; the cells of every row span as many columns as there are widths.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The columns' shares of the measure; they add up to 1.
    pub widths: Vec<f32>,
    /// Whether cells are ruled.
    pub lines: bool,
    /// Whether the first row names the columns, and is repeated on each page that the
    /// table reaches.
    pub header: bool,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The cell names its row (or, in a header row, its column).
    pub is_header: bool,
    /// How many columns the cell takes, at least 1.
    pub span: usize,
    pub blocks: Vec<Block>,
}

/// The smallest piece of content.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Span {
    Text(Text),
    /// A place that is still to be filled: drawn as a mark that holds no text.
    Gap(Gap),
    /// A line's end within a paragraph.
    Break,
    /// The number of the page that this is on; headers and footers only.
    PageNumber,
    /// How many pages there are; headers and footers only.
    PageCount,
}

#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Text {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    /// The field that the text was taken from; `None` for the template's own words.
    pub field: Option<FieldPath>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Gap {
    /// What is missing, in a few words.
    pub label: String,
    pub field: Option<FieldPath>,
}

/// How a paragraph looks. Every value is final: nothing is inherited later.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The name that templates use, such as `body` or `title`.
    pub name: String,
    pub size: Pt,
    pub bold: bool,
    pub italic: bool,
    pub align: Align,
    /// Distance of baselines, in multiples of the size.
    pub line_height: f32,
    pub space_before: Pt,
    pub space_after: Pt,
    /// Distance of every line from the left margin.
    pub indent: Pt,
    /// The last line stays on one page with the first two lines of what follows.
    pub keep_with_next: bool,
    /// A ground under the paragraph or, in a cell, under the whole cell: from 0 (black)
    /// to 1 (white).
    pub ground: Option<f32>,
}

impl Hash for Style {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // All fields are named, so that a new one is not forgotten.
        let Self {
            name,
            size,
            bold,
            italic,
            align,
            line_height,
            space_before,
            space_after,
            indent,
            keep_with_next,
            ground,
        } = self;
        (name, size, bold, italic, align, Pt(*line_height)).hash(state);
        (space_before, space_after, indent, keep_with_next, ground.map(Pt)).hash(state);
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
    Justify,
}

impl Default for Style {
    /// Times at 12 points, as the letters are set.
    fn default() -> Self {
        Self {
            name: "body".into(),
            size: Pt(12.0),
            bold: false,
            italic: false,
            align: Align::Left,
            line_height: 1.15,
            space_before: Pt::ZERO,
            space_after: Pt(8.0),
            indent: Pt::ZERO,
            keep_with_next: false,
            ground: None,
        }
    }
}

impl Document {
    /// The letter's words in reading order, a line for each paragraph; gaps and page
    /// numbers are not words.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        for block in &self.blocks {
            block.collect_lines(&mut lines);
        }
        lines.join("\n\n")
    }

    /// The lines that are on every page, without the pages' numbers.
    pub fn running_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for block in self.header.iter().chain(&self.footer) {
            block.collect_lines(&mut lines);
        }
        lines
    }

    /// The fields that are printed, on every page and within the text; one that is
    /// printed twice comes twice.
    pub fn printed(&self) -> Vec<&FieldPath> {
        let mut printed = Vec::new();
        for block in self.header.iter().chain(&self.blocks).chain(&self.footer) {
            block.visit(&mut |span| printed.extend(span.field()));
        }
        printed
    }

    /// The fields that are printed and empty, in reading order.
    pub fn gaps(&self) -> Vec<&FieldPath> {
        let mut gaps = Vec::new();
        for block in &self.blocks {
            block.visit(&mut |span| gaps.extend(span.gap()));
        }
        gaps
    }
}

impl Block {
    /// Shows every span to `see`, in reading order.
    fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Span)) {
        if let Self::Paragraph(paragraph) = self {
            for span in &paragraph.spans {
                see(span);
            }
        }
        for block in self.inner() {
            block.visit(see);
        }
    }

    fn collect_lines(&self, lines: &mut Vec<String>) {
        if let Self::Paragraph(paragraph) = self {
            lines.push(paragraph.text());
        }
        for block in self.inner() {
            block.collect_lines(lines);
        }
    }

    /// The blocks that the block holds, in reading order.
    fn inner(&self) -> Vec<&Self> {
        match self {
            Self::List(list) => list.items.iter().flatten().collect(),
            Self::Table(table) => {
                let cells = table.rows.iter().flatten();
                cells.flat_map(|cell| &cell.blocks).collect()
            }
            Self::Paragraph(_) | Self::Picture(_) | Self::PageBreak => Vec::new(),
        }
    }
}

impl Cell {
    /// The ground under the whole cell: that of its first paragraph with one.
    pub fn ground(&self) -> Option<f32> {
        self.blocks.iter().find_map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.style.ground,
            Block::List(_) | Block::Table(_) | Block::Picture(_) | Block::PageBreak => {
                None
            }
        })
    }
}

impl Paragraph {
    /// The paragraph's words, its own line ends kept.
    pub fn text(&self) -> String {
        self.spans.iter().map(Span::text).collect()
    }
}

impl Span {
    /// The field whose words the span shows.
    pub fn field(&self) -> Option<&FieldPath> {
        match self {
            Self::Text(text) => text.field.as_ref(),
            Self::Gap(_) | Self::Break | Self::PageNumber | Self::PageCount => None,
        }
    }

    /// The field whose gap the span marks.
    pub fn gap(&self) -> Option<&FieldPath> {
        match self {
            Self::Gap(gap) => gap.field.as_ref(),
            Self::Text(_) | Self::Break | Self::PageNumber | Self::PageCount => None,
        }
    }

    /// The words of the span; empty for what is not words.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => &text.text,
            Self::Break => "\n",
            Self::Gap(_) | Self::PageNumber | Self::PageCount => "",
        }
    }
}
