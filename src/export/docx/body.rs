//! Blocks as Word's paragraphs, tables and lists. What these refer to, styles, numberings
//! and pictures, is collected on the way.

use std::sync::{Arc, LazyLock};

use super::styles::{Styles, twips};
use crate::document::{
    Block, Cell, List, Paragraph, Picture, Placed, Role, Span, Style, Table, Text,
};
use crate::export::xml::escaped;
use crate::units::Pt;

/// The last of Word's levels of a list.
const DEEPEST: usize = 8;

/// What was used so far: each becomes a part of the file.
pub(super) struct Body {
    /// How wide a line of text is.
    measure: Pt,
    pub(super) styles: Styles,
    /// The first number of each list; `None` for bullets.
    pub(super) lists: Vec<Option<u64>>,
    pub(super) pictures: Vec<Arc<Picture>>,
}

impl Body {
    pub(super) fn new(measure: Pt) -> Self {
        Self { measure, styles: Styles::new(), lists: Vec::new(), pictures: Vec::new() }
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) -> String {
        let (mut written, mut breaks, mut after) = (String::new(), false, Pt::ZERO);
        for block in blocks {
            match block {
                Block::PageBreak => {
                    breaks = true;
                    continue;
                }
                Block::Paragraph(content) => {
                    let more = before(content, breaks, after);
                    written += &self.paragraph(content, &more);
                    after = content.style.space_after;
                }
                Block::List(_) | Block::Table(_) | Block::Picture(_) => {
                    if breaks {
                        written += &NEXT_PAGE;
                    }
                    written += &self.block(block, "");
                    after = Pt::ZERO;
                }
            }
            breaks = false;
        }
        written
    }

    /// A block; `more` are further properties of its paragraphs.
    fn block(&mut self, block: &Block, more: &str) -> String {
        match block {
            Block::Paragraph(content) => self.paragraph(content, more),
            Block::List(content) => self.list(content, 0),
            Block::Table(content) => self.table(content),
            Block::Picture(content) => self.picture(content),
            Block::PageBreak => String::new(),
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, more: &str) -> String {
        let id = self.style(paragraph.role, &paragraph.style);
        let runs: String = paragraph
            .spans
            .iter()
            .map(|span| run(span, &paragraph.style))
            .collect();
        format!("<w:p><w:pPr><w:pStyle w:val=\"{id}\"/>{more}</w:pPr>{runs}</w:p>")
    }

    /// The id of a style: `Heading1` for the first style of headings of that level.
    fn style(&mut self, role: Role, style: &Arc<Style>) -> String {
        let plain = style.name.replace(|c: char| !c.is_ascii_alphanumeric(), "");
        let id = match role {
            Role::Heading(level) => {
                let first = format!("Heading{level}");
                match self.styles.get(&first) {
                    Some((_, known)) if known.name != style.name => first + &plain,
                    Some(_) | None => first,
                }
            }
            Role::Body => format!("Body{plain}"),
        };
        self.styles
            .entry(id.clone())
            .or_insert_with(|| (role, Arc::clone(style)));
        id
    }

    fn list(&mut self, list: &List, level: usize) -> String {
        self.lists.push(list.start);
        let number = self.lists.len();
        let numbered = format!(
            "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>"
        );
        let indented = format!("<w:ind w:left=\"{}\"/>", 360 * (level + 1));
        let mut written = String::new();
        for item in &list.items {
            for (place, block) in item.iter().enumerate() {
                written += &match block {
                    Block::List(inner) => self.list(inner, (level + 1).min(DEEPEST)),
                    // What follows within an item is below its words, without a number.
                    _ if place > 0 => self.block(block, &indented),
                    _ => self.block(block, &numbered),
                };
            }
        }
        written
    }

    fn table(&mut self, table: &Table) -> String {
        let widths: Vec<i64> = table
            .widths
            .iter()
            .map(|share| twips(self.measure * *share))
            .collect();
        let mut grid = String::new();
        for width in &widths {
            grid += &format!("<w:gridCol w:w=\"{width}\"/>");
        }
        let mut rows = String::new();
        for (number, row) in table.rows.iter().enumerate() {
            rows += &self.row(table, number, row, &widths);
        }
        let whole: i64 = widths.iter().sum();
        let borders = if table.lines { BORDERS } else { "" };
        let header = i32::from(table.header);
        // Two tables beside each other would become one without the paragraph between
        // them.
        format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/>{borders}\
             <w:tblLayout w:type=\"fixed\"/>{PADDING}\
             <w:tblLook w:val=\"0000\" w:firstRow=\"{header}\"/></w:tblPr>\
             <w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{BETWEEN}"
        )
    }

    fn row(
        &mut self,
        table: &Table,
        number: usize,
        row: &[Cell],
        widths: &[i64],
    ) -> String {
        let is_header = table.header && number == 0;
        let header = if is_header { "<w:tblHeader/>" } else { "" };
        let mut column = 0;
        let mut cells = String::new();
        for cell in row {
            let width: i64 = widths.iter().skip(column).take(cell.span).sum();
            cells += &self.cell(cell, width);
            column += cell.span;
        }
        format!("<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>")
    }

    fn cell(&mut self, cell: &Cell, width: i64) -> String {
        let mut look = String::new();
        if cell.span > 1 {
            look += &format!("<w:gridSpan w:val=\"{}\"/>", cell.span);
        }
        if let Some(ground) = cell.ground() {
            let gray = (ground.clamp(0.0, 1.0) * 255.0).round() as u8;
            look += &format!(
                "<w:shd w:val=\"clear\" w:color=\"auto\" \
                 w:fill=\"{gray:02X}{gray:02X}{gray:02X}\"/>"
            );
        }
        let blocks = self.blocks(&cell.blocks);
        // A cell ends with a paragraph.
        let end = if blocks.ends_with("</w:p>") { "" } else { "<w:p/>" };
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{look}</w:tcPr>\
             {blocks}{end}</w:tc>"
        )
    }

    fn picture(&mut self, placed: &Placed) -> String {
        self.pictures.push(Arc::clone(&placed.picture));
        let (number, picture) = (self.pictures.len(), &placed.picture);
        let width = placed.height * (picture.width as f32 / picture.height.max(1) as f32);
        // Twelve thousand seven hundred of Word's units of drawings are a point.
        let [wide, high] = [width, placed.height]
            .map(|length| (f64::from(length.0) * 12700.0).round() as i64);
        let (alt, style) = (escaped(&picture.alt), self.style(Role::Body, &placed.style));
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:drawing><wp:inline>\
             <wp:extent cx=\"{wide}\" cy=\"{high}\"/>\
             <wp:docPr id=\"{number}\" name=\"Picture {number}\" descr=\"{alt}\"/>\
             <a:graphic><a:graphicData uri=\"{PICTURE}\"><pic:pic><pic:nvPicPr>\
             <pic:cNvPr id=\"{number}\" name=\"Picture {number}\"/><pic:cNvPicPr/>\
             </pic:nvPicPr><pic:blipFill><a:blip r:embed=\"picture{number}\"/>\
             <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>\
             <a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>\
             </a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
    }
}

const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// What a paragraph begins with besides its style: a new page, and less space where the
/// one before has some below it, for Word adds the two and our pages take the larger.
fn before(paragraph: &Paragraph, breaks: bool, after: Pt) -> String {
    let page = if breaks { "<w:pageBreakBefore/>" } else { "" };
    let wanted = paragraph.style.space_before;
    if breaks || after <= Pt::ZERO || wanted <= Pt::ZERO {
        return page.to_owned();
    }
    let rest = twips((wanted - after).max(Pt::ZERO));
    format!("{page}<w:spacing w:before=\"{rest}\"/>")
}

const BORDERS: &str = "<w:tblBorders><w:top w:val=\"single\" w:sz=\"4\"/>\
     <w:left w:val=\"single\" w:sz=\"4\"/><w:bottom w:val=\"single\" w:sz=\"4\"/>\
     <w:right w:val=\"single\" w:sz=\"4\"/><w:insideH w:val=\"single\" w:sz=\"4\"/>\
     <w:insideV w:val=\"single\" w:sz=\"4\"/></w:tblBorders>";

/// What begins a page has this before it where it is no paragraph: neither a list nor a
/// table has the property.
static NEXT_PAGE: LazyLock<String> =
    LazyLock::new(|| BETWEEN.replace("<w:pPr>", "<w:pPr><w:pageBreakBefore/>"));

/// As much as our own pages leave around a cell's words.
const PADDING: &str = "<w:tblCellMar><w:top w:w=\"50\" w:type=\"dxa\"/>\
     <w:left w:w=\"100\" w:type=\"dxa\"/><w:bottom w:w=\"50\" w:type=\"dxa\"/>\
     <w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar>";

const BETWEEN: &str = "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" \
     w:line=\"120\" w:lineRule=\"exact\"/></w:pPr></w:p>";

fn run(span: &Span, style: &Style) -> String {
    match span {
        Span::Text(text) => words(text, style),
        Span::Gap(_) => BLANK.into(),
        Span::Break => "<w:r><w:br/></w:r>".into(),
        Span::PageNumber => field("PAGE"),
        Span::PageCount => field("NUMPAGES"),
    }
}

/// A place to write on.
const BLANK: &str = "<w:r><w:rPr><w:highlight w:val=\"yellow\"/></w:rPr>\
     <w:t xml:space=\"preserve\">\u{a0}\u{a0}\u{a0}\u{a0}</w:t></w:r>";

fn words(text: &Text, style: &Style) -> String {
    // What the whole paragraph is already, its style says.
    let mut look = String::new();
    if text.bold && !style.bold {
        look += "<w:b/>";
    }
    if text.italic && !style.italic {
        look += "<w:i/>";
    }
    if !look.is_empty() {
        look = format!("<w:rPr>{look}</w:rPr>");
    }
    let mut lines: Vec<String> = Vec::new();
    for line in escaped(&text.text).split('\n') {
        let line = line.replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
        lines.push(format!("<w:t xml:space=\"preserve\">{line}</w:t>"));
    }
    format!("<w:r>{look}{}</w:r>", lines.join("<w:br/>"))
}

/// A number that Word fills in.
fn field(what: &str) -> String {
    format!("<w:fldSimple w:instr=\" {what} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
}
