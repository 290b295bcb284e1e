//! What layout gives: pages on which everything is at its final place.
//!
//! Exporters paint these items in their order and decide nothing; positions are absolute,
//! from the page's top left corner. Each piece of content names the [`StructureNode`]
//! that it belongs to, so that an exporter can say what the piece is.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::compose::Finished;
use crate::document::{Picture, Sheet};
use crate::letter::FieldPath;
use crate::typefaces::{Face, Outline};
use crate::units::{Point, Pt, Rect, Size};

/// A letter laid out: immutable, cheap to copy, and the same for the same document.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    contents: Arc<Contents>,
    watermark: Option<Outline>,
}

#[derive(Debug, PartialEq)]
struct Contents {
    meta: Meta,
    sheet: Sheet,
    nodes: Vec<StructureNode>,
    pages: Vec<Page>,
}

/// What a file made from the pages says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    pub title: String,
    /// A BCP 47 tag such as `en-US`.
    pub language: String,
    /// The letter's own date.
    pub date: Date,
}

/// One page's items, in the order in which they are painted; text is in reading
/// order.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Page {
    pub items: Vec<PageItem>,
}

/// One part of the document's structure, such as a paragraph or a table's cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StructureNode {
    pub kind: StructureKind,
    /// The node that this one is part of: an index into [`Pages::nodes`]; `None` for the
    /// document itself.
    pub parent: Option<usize>,
}

/// What a node is to a reader who cannot see it. Text is in paragraphs, headings and
/// labels only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StructureKind {
    Paragraph,
    /// A heading of this level, 1 to 6.
    Heading(u8),
    List {
        numbered: bool,
    },
    ListItem,
    /// A list item's bullet or number.
    Label,
    /// What a list item says.
    ListBody,
    Table,
    Row,
    /// A cell that names its column; `span` is how many columns it takes.
    ColumnHeader {
        span: usize,
    },
    /// A cell that names its row.
    RowHeader {
        span: usize,
    },
    Cell {
        span: usize,
    },
    /// A picture, described in words to those who cannot see it.
    Figure,
}

/// What a piece of a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Content of this node: an index into [`Pages::nodes`].
    Node(usize),
    /// What is there for the eye alone, or on every page.
    Artifact(Artifact),
}

/// Why a piece of a page is no content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Artifact {
    Header,
    Footer,
    /// A table's header row, repeated on a later page.
    RepeatedRow,
}

/// Something on a page, at its final place.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum PageItem {
    Glyphs(GlyphRun),
    Missing(Missing),
    Gap(GapMark),
    /// A black line: a filled rectangle as thick as the line.
    Rule(Rect),
    Ground(Ground),
    Picture(PlacedPicture),
}

/// A picture at its final place.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct PlacedPicture {
    pub picture: Arc<Picture>,
    pub area: Rect,
    pub owner: Owner,
}

/// Glyphs of one face and size that follow one another on a line.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct GlyphRun {
    pub face: Face,
    pub size: Pt,
    /// The start of the baseline.
    pub origin: Point,
    /// Left to right.
    pub glyphs: Vec<Glyph>,
    /// The words that the glyphs show; a line's last run holds the space or line end that
    /// was broken at.
    pub text: String,
    /// The ground that the run takes up, from the top of its letters to their bottom,
    /// without a space at a line's end.
    pub bounds: Rect,
    pub field: Option<FieldPath>,
    pub owner: Owner,
}

/// One glyph of a run.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Glyph {
    /// The glyph's number in its face.
    pub id: u16,
    /// How far the next glyph is from this one.
    pub advance: Pt,
    /// How far the glyph itself is moved from its place on the baseline.
    pub offset: Point,
    /// The bytes of the run's text that the glyph shows; empty for a further glyph of the
    /// same characters.
    pub text: Range<usize>,
}

/// A character that no face has: a box is drawn in its place, and its text is kept.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Missing {
    pub text: String,
    pub bounds: Rect,
    pub field: Option<FieldPath>,
    pub owner: Owner,
}

/// The mark of a place that is still to be filled. Its label is drawn, never text.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct GapMark {
    pub label: String,
    pub bounds: Rect,
    /// The label's outlines, from `origin`.
    pub outline: Outline,
    pub origin: Point,
    pub field: Option<FieldPath>,
    pub owner: Owner,
}

/// An area filled with a gray.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Ground {
    pub area: Rect,
    /// In thousandths, from 0 (black) to 1000 (white).
    pub gray: u16,
}

impl Pages {
    pub(super) fn new(
        meta: Meta,
        sheet: Sheet,
        nodes: Vec<StructureNode>,
        pages: Vec<Page>,
        watermark: Outline,
    ) -> Self {
        Self {
            contents: Arc::new(Contents { meta, sheet, nodes, pages }),
            watermark: Some(watermark),
        }
    }

    /// The pages as a finished letter shows them.
    pub fn without_watermark(self, _proof: Finished) -> Self {
        Self { watermark: None, ..self }
    }

    /// The watermark under every page, in page coordinates; `None` once the
    /// letter is finished.
    pub fn watermark(&self) -> Option<&Outline> {
        self.watermark.as_ref()
    }

    /// What a file made from the pages says about itself.
    pub fn meta(&self) -> &Meta {
        &self.contents.meta
    }

    /// The size of every page.
    pub fn paper(&self) -> Size {
        self.contents.sheet.paper
    }

    /// The paper and its borders.
    pub fn sheet(&self) -> Sheet {
        self.contents.sheet
    }

    /// The document's structure in reading order: a node comes after the node that it
    /// is part of.
    pub fn nodes(&self) -> &[StructureNode] {
        &self.contents.nodes
    }

    /// How many pages there are; at least one.
    #[expect(clippy::len_without_is_empty, reason = "there is always a page")]
    pub fn len(&self) -> usize {
        self.contents.pages.len()
    }

    /// The page of this index, counted from 0.
    pub fn page(&self, page: usize) -> Option<&Page> {
        self.contents.pages.get(page)
    }

    /// The pages in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Page> {
        self.contents.pages.iter()
    }

    /// A hash of how the page looks: the same for the same content,
    /// watermark and paper.
    pub fn hash(&self, page: usize) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.page(page), &self.watermark, self.contents.sheet.paper).hash(&mut hasher);
        hasher.finish()
    }

    /// The letter's words in reading order, a line for each paragraph; without headers,
    /// footers, gaps and the bullets and numbers of lists.
    pub fn text(&self) -> String {
        let mut texts = vec![String::new(); self.nodes().len()];
        for item in self.iter().flat_map(|page| &page.items) {
            let (Some(text), Some(Owner::Node(node))) = (item.text(), item.owner())
            else {
                continue;
            };
            if let Some(words) = texts.get_mut(node) {
                words.push_str(text);
            }
        }
        let mut paragraphs = Vec::new();
        for (node, text) in self.nodes().iter().zip(texts) {
            if node.kind.holds_words() {
                paragraphs.push(text.trim_end().to_owned());
            }
        }
        paragraphs.join("\n\n")
    }

    /// Where a field is printed, gaps included: the page's index and the area, a line
    /// each.
    pub fn places(&self, field: &FieldPath) -> Vec<(usize, Rect)> {
        let mut places = Vec::new();
        for (page, content) in self.iter().enumerate() {
            for item in &content.items {
                if item.field() == Some(field)
                    && let Some(bounds) = item.bounds()
                {
                    places.push((page, bounds));
                }
            }
        }
        places
    }

    /// The field that is printed at a place of a page.
    pub fn field_at(&self, page: usize, point: Point) -> Option<&FieldPath> {
        for item in &self.page(page)?.items {
            if let (Some(field), Some(bounds)) = (item.field(), item.bounds())
                && bounds.contains(point)
            {
                return Some(field);
            }
        }
        None
    }
}

impl StructureKind {
    /// Whether text of such a node is the letter's own words, which a list's bullets and
    /// numbers are not.
    pub fn holds_words(self) -> bool {
        matches!(self, Self::Paragraph | Self::Heading(_))
    }
}

impl PageItem {
    /// The words that the item shows.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Glyphs(run) => Some(&run.text),
            Self::Missing(missing) => Some(&missing.text),
            Self::Gap(_) | Self::Rule(_) | Self::Ground(_) | Self::Picture(_) => None,
        }
    }

    /// What the item belongs to; `None` for lines and grounds, which are always for the
    /// eye alone.
    pub fn owner(&self) -> Option<Owner> {
        match self {
            Self::Glyphs(run) => Some(run.owner),
            Self::Missing(missing) => Some(missing.owner),
            Self::Gap(gap) => Some(gap.owner),
            Self::Picture(picture) => Some(picture.owner),
            Self::Rule(_) | Self::Ground(_) => None,
        }
    }

    /// The field that the item shows.
    pub fn field(&self) -> Option<&FieldPath> {
        match self {
            Self::Glyphs(run) => run.field.as_ref(),
            Self::Missing(missing) => missing.field.as_ref(),
            Self::Gap(gap) => gap.field.as_ref(),
            Self::Rule(_) | Self::Ground(_) | Self::Picture(_) => None,
        }
    }

    /// The area that the item takes up; `None` for lines and grounds.
    pub fn bounds(&self) -> Option<Rect> {
        match self {
            Self::Glyphs(run) => Some(run.bounds),
            Self::Missing(missing) => Some(missing.bounds),
            Self::Gap(gap) => Some(gap.bounds),
            Self::Picture(picture) => Some(picture.area),
            Self::Rule(_) | Self::Ground(_) => None,
        }
    }

    /// The same item further down the page.
    pub(super) fn moved_down(mut self, distance: Pt) -> Self {
        match &mut self {
            Self::Glyphs(run) => {
                run.origin.y += distance;
                run.bounds.at.y += distance;
            }
            Self::Missing(missing) => missing.bounds.at.y += distance,
            Self::Gap(gap) => {
                gap.origin.y += distance;
                gap.bounds.at.y += distance;
            }
            Self::Rule(rect) => rect.at.y += distance,
            Self::Ground(ground) => ground.area.at.y += distance,
            Self::Picture(picture) => picture.area.at.y += distance,
        }
        self
    }

    /// The same item as part of something else.
    pub(super) fn moved_to(mut self, owner: Owner) -> Self {
        match &mut self {
            Self::Glyphs(run) => run.owner = owner,
            Self::Missing(missing) => missing.owner = owner,
            Self::Gap(gap) => gap.owner = owner,
            Self::Picture(picture) => picture.owner = owner,
            Self::Rule(_) | Self::Ground(_) => {}
        }
        self
    }
}
