//! Tables into strips: a row is one strip, unless it is taller than a page and must be
//! cut.

use std::sync::Arc;

use super::page::{Owner, PageItem, StructureKind};
use super::paragraph;
use super::setter::Setter;
use super::strip::{Join, Measure, Strip, height};
use crate::document::{Block, Cell, Table};
use crate::units::{Point, Pt, Rect, Size};

/// A table's lines are as thick as a word processor's.
const LINE: Pt = Pt(0.5);
/// What is over and under a table keeps this distance, for a table has no style of
/// its own to say one.
const SPACE_AROUND: Pt = Pt(8.0);
/// A header row higher than this share of a page is not repeated: it would leave too
/// little for the rest.
const MOST_REPEATED: f32 = 0.25;

/// Sets a table: a strip for each row, or for each line of a row that no page can hold.
pub(super) fn set(
    setter: &mut Setter,
    table: &Table,
    measure: Measure,
    parent: Option<Owner>,
) -> Vec<Strip> {
    let owner = setter.open(StructureKind::Table, parent);
    let grid = Grid::new(table, measure);
    let mut strips: Vec<Strip> = Vec::new();
    let mut header_row = None;
    let page_height = setter.page_height;
    for (index, row) in table.rows.iter().enumerate() {
        let is_header = table.header && index == 0;
        let cells = cells(setter, &grid, row, is_header, owner);
        let mut of_row = grid.row(&cells, setter.page_height);
        for strip in &mut of_row {
            strip.header_row = header_row;
        }
        if table.header && index == 1 {
            // A header row alone at a page's foot names nothing.
            if let Some(first) = of_row.first_mut() {
                first.join = Join::Near;
            }
        }
        if is_header && height(&of_row) <= setter.page_height * MOST_REPEATED {
            // From here on every page begins with the header row.
            setter.page_height -= height(&of_row);
            setter.header_rows.push(of_row.clone());
            header_row = Some(setter.header_rows.len() - 1);
        }
        strips.append(&mut of_row);
    }
    if let Some(first) = strips.first_mut() {
        first.before = SPACE_AROUND;
    }
    if let Some(last) = strips.last_mut() {
        last.after = SPACE_AROUND;
    }
    setter.page_height = page_height;
    strips
}

/// A cell that was set but has no place yet.
struct SetCell {
    /// The columns that it takes, as one.
    column: Measure,
    strips: Vec<Strip>,
    ground: Option<f32>,
}

fn cells(
    setter: &mut Setter,
    grid: &Grid,
    row: &[Cell],
    is_header: bool,
    table: Owner,
) -> Vec<SetCell> {
    let owner = setter.open(StructureKind::Row, Some(table));
    // Tables within cells have less room, so that their rows fit with the cell's own
    // edges.
    let page_height = setter.page_height;
    setter.page_height -= grid.above * 2.0;
    let columns = grid.columns_of(row);
    let cells = row
        .iter()
        .zip(columns)
        .map(|(cell, column)| {
            let kind = match (cell.is_header || is_header, is_header) {
                (true, true) => StructureKind::ColumnHeader { span: cell.span },
                (true, false) => StructureKind::RowHeader { span: cell.span },
                (false, _) => StructureKind::Cell { span: cell.span },
            };
            let owner = setter.open(kind, Some(owner));
            let measure =
                Measure { indented: Pt::ZERO, ..column.inset(grid.before, grid.beside) };
            let ground = cell.ground();
            let strips = if ground.is_some() {
                setter.set_blocks(&without_grounds(&cell.blocks), measure, Some(owner))
            } else {
                setter.set_blocks(&cell.blocks, measure, Some(owner))
            };
            SetCell { column, strips, ground }
        })
        .collect();
    setter.page_height = page_height;
    cells
}

/// The blocks without the grounds of their own: the whole cell has one.
fn without_grounds(blocks: &[Block]) -> Vec<Block> {
    let mut plain = blocks.to_vec();
    for block in &mut plain {
        if let Block::Paragraph(paragraph) = block {
            Arc::make_mut(&mut paragraph.style).ground = None;
        }
    }
    plain
}

/// Where a table's columns are and how far their words keep from the edges.
struct Grid {
    lines: bool,
    columns: Vec<Measure>,
    /// The room before a cell's words, after them, and above and below.
    before: Pt,
    beside: Pt,
    above: Pt,
}

impl Grid {
    fn new(table: &Table, measure: Measure) -> Self {
        let grounds = table.rows.iter().flatten().any(|cell| cell.ground().is_some());
        // Without lines or grounds, words begin at the margin as those of paragraphs do.
        let (before, beside, above) =
            if table.lines || grounds { (5.0, 5.0, 3.0) } else { (0.0, 8.0, 1.0) };
        let columns = columns(table, measure);
        Self {
            lines: table.lines,
            columns,
            before: Pt(before),
            beside: Pt(beside),
            above: Pt(above),
        }
    }

    /// The columns that the cells of a row take, each cell's as one.
    fn columns_of(&self, row: &[Cell]) -> Vec<Measure> {
        let mut columns = self.columns.iter();
        let mut taken = Vec::new();
        for cell in row {
            let Some(&first) = columns.next() else { break };
            let more = columns.by_ref().take(cell.span.saturating_sub(1));
            let wider = more.map(|column| column.width).sum();
            taken.push(Measure { width: first.width + wider, ..first });
        }
        taken
    }

    /// One strip where a page can hold the row, else one for each line of its cells.
    fn row(&self, cells: &[SetCell], page_height: Pt) -> Vec<Strip> {
        let text_height =
            cells.iter().map(|cell| height(&cell.strips)).fold(Pt::ZERO, Pt::max);
        let row_height = text_height + self.above * 2.0;
        if row_height <= page_height {
            return vec![self.whole_row(cells, row_height)];
        }
        let count = cells.iter().map(|cell| cell.strips.len()).max().unwrap_or_default();
        (0..count)
            .map(|index| self.slice(cells, index, count, page_height))
            .collect()
    }

    fn whole_row(&self, cells: &[SetCell], row_height: Pt) -> Strip {
        let mut items = Vec::new();
        for cell in cells {
            let mut y = self.above;
            let mut space = Pt::ZERO;
            for strip in &cell.strips {
                y += if y > self.above { space.max(strip.before) } else { Pt::ZERO };
                items.extend(strip.items.iter().cloned().map(|item| item.moved_down(y)));
                y += strip.height;
                space = strip.after;
            }
        }
        self.draw(&mut items, cells, row_height);
        items.extend(self.across(Pt::ZERO).map(PageItem::Rule));
        items.extend(self.across(row_height).map(PageItem::Rule));
        Strip { height: row_height, items, ..Strip::default() }
    }

    /// The line of each cell that has this index, side by side.
    fn slice(
        &self,
        cells: &[SetCell],
        index: usize,
        count: usize,
        page_height: Pt,
    ) -> Strip {
        let top = if index == 0 { self.above } else { Pt::ZERO };
        let bottom = if index + 1 == count { self.above } else { Pt::ZERO };
        let (mut items, mut lowest, mut join) = (Vec::new(), Pt::ZERO, Join::Free);
        for strips in cells.iter().map(|cell| &cell.strips) {
            let Some(strip) = strips.get(index) else { continue };
            let mut wanted = top;
            if let Some(above) = strips[..index].last() {
                wanted += above.after.max(strip.before);
            }
            // A strip that nearly fills a page by itself gives up its distance rather
            // than run over the margin.
            let y = wanted.min((page_height - strip.height - bottom).max(Pt::ZERO));
            items.extend(strip.items.iter().cloned().map(|item| item.moved_down(y)));
            lowest = lowest.max(y + strip.height);
            join = join.max(strip.join);
        }
        let slice_height = lowest + bottom;
        self.draw(&mut items, cells, slice_height);
        let mut cut = None;
        if index == 0 {
            items.extend(self.across(Pt::ZERO).map(PageItem::Rule));
        } else {
            cut = self.across(Pt::ZERO);
        }
        if index + 1 == count {
            items.extend(self.across(slice_height).map(PageItem::Rule));
        }
        Strip { height: slice_height, join, items, cut, ..Strip::default() }
    }

    /// Lays the cells' grounds under the words and draws the lines between columns.
    fn draw(&self, items: &mut Vec<PageItem>, cells: &[SetCell], row_height: Pt) {
        for cell in cells {
            let area = area(cell.column.left, Pt::ZERO, cell.column.width, row_height);
            if let Some(gray) = cell.ground {
                items.insert(0, PageItem::Ground(paragraph::ground(area, gray)));
            }
        }
        if self.lines {
            let edges = cells.iter().map(|cell| cell.column.left).chain(self.right());
            for x in edges {
                let line = area(x - LINE / 2.0, Pt::ZERO, LINE, row_height);
                items.push(PageItem::Rule(line));
            }
        }
    }

    /// The line across the whole table at this height, if it has lines.
    fn across(&self, y: Pt) -> Option<Rect> {
        let (left, right) = (self.columns.first()?.left, self.right()?);
        if !self.lines {
            return None;
        }
        // It reaches over the outer lines, so that corners are whole.
        Some(area(left - LINE / 2.0, y - LINE / 2.0, right - left + LINE, LINE))
    }

    fn right(&self) -> Option<Pt> {
        self.columns.last().map(|column| column.left + column.width)
    }
}

fn area(x: Pt, y: Pt, width: Pt, height: Pt) -> Rect {
    Rect { at: Point { x, y }, size: Size { width, height } }
}

/// The columns, side by side. There is one for every cell: a row longer than it should be
/// loses no words.
fn columns(table: &Table, measure: Measure) -> Vec<Measure> {
    let mut count = table.widths.len();
    for row in &table.rows {
        count = count.max(row.iter().map(|cell| cell.span.max(1)).sum());
    }
    let even = 1.0 / count.max(1) as f32;
    let shares: Vec<f32> = (0..count)
        .map(|index| match table.widths.get(index) {
            Some(&share) if share.is_finite() && share > 0.0 => share,
            Some(_) | None => even,
        })
        .collect();
    let sum: f32 = shares.iter().sum();
    let mut left = measure.left;
    let mut columns = Vec::with_capacity(count);
    for share in shares {
        let width = measure.width * (share / sum);
        columns.push(Measure { left, width, indented: Pt::ZERO });
        left += width;
    }
    columns
}
