//! Blocks as Word's paragraphs, tables and lists, and the styles and numberings that they
//! use.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::docx::twips;
use super::html::escaped;
use crate::document::{
    Align, Block, Cell, List, Paragraph, Picture, Placed, Role, Span, Style, Table, Text,
};
use crate::units::Pt;

/// Word's name for Times, whose measures our own face has.
const TIMES: &str = "Times New Roman";

/// What was used so far: each becomes a part of the file.
pub(super) struct Body {
    /// How wide a line of text is.
    measure: Pt,
    /// By their ids.
    styles: BTreeMap<String, (Role, Arc<Style>)>,
    /// The first number of each list; `None` for bullets.
    lists: Vec<Option<u64>>,
    pub pictures: Vec<Arc<Picture>>,
}

impl Body {
    pub(super) fn new(measure: Pt) -> Self {
        Self { measure, styles: BTreeMap::new(), lists: Vec::new(), pictures: Vec::new() }
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) -> String {
        let (mut written, mut breaks, mut after) = (String::new(), false, Pt::ZERO);
        for block in blocks {
            if *block == Block::PageBreak {
                breaks = true;
                continue;
            }
            let more = match block {
                Block::Paragraph(paragraph) => before(paragraph, breaks, after),
                _ if breaks => {
                    written += &NEXT_PAGE;
                    String::new()
                }
                _ => String::new(),
            };
            written += &self.block(block, &more);
            breaks = false;
            after = if let Block::Paragraph(paragraph) = block {
                paragraph.style.space_after
            } else {
                Pt::ZERO
            };
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
        let plain: String =
            style.name.chars().filter(char::is_ascii_alphanumeric).collect();
        let id = match role {
            Role::Heading(level) => {
                let first = format!("Heading{level}");
                let is_first = self
                    .styles
                    .get(&first)
                    .is_none_or(|(_, known)| known.name == style.name);
                if is_first { first } else { format!("Heading{level}{plain}") }
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
        let mut written = String::new();
        for item in &list.items {
            let numbered = format!(
                "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>"
            );
            for (place, block) in item.iter().enumerate() {
                written += &match block {
                    Block::List(inner) => self.list(inner, (level + 1).min(8)),
                    // What follows within an item stands below its words, without a
                    // number.
                    _ if place > 0 => self.block(
                        block,
                        &format!("<w:ind w:left=\"{}\"/>", 360 * (level + 1)),
                    ),
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
        let grid: String = widths
            .iter()
            .map(|width| format!("<w:gridCol w:w=\"{width}\"/>"))
            .collect();
        let rows: String = table
            .rows
            .iter()
            .enumerate()
            .map(|(number, row)| self.row(table, number, row, &widths))
            .collect();
        let whole: i64 = widths.iter().sum();
        let borders = if table.lines { BORDERS } else { "" };
        let header = i32::from(table.header);
        // Two tables beside each other would become one without the paragraph between
        // them.
        format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{whole}\" \
                w:type=\"dxa\"/>{borders}<w:tblLayout w:type=\"fixed\"/>{PADDING}<w:tblLook \
             w:val=\"0000\" \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             w:firstRow=\"{header}\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{BETWEEN}"
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
        let span = if cell.span > 1 {
            format!("<w:gridSpan w:val=\"{}\"/>", cell.span)
        } else {
            String::new()
        };
        let shade = cell.ground().map(|ground| {
            let grey = (ground.clamp(0.0, 1.0) * 255.0).round() as u8;
            format!(
                "<w:shd w:val=\"clear\" w:color=\"auto\" \
                w:fill=\"{grey:02X}{grey:02X}{grey:02X}\"/>"
            )
        });
        let blocks = self.blocks(&cell.blocks);
        // A cell ends with a paragraph.
        let end = if blocks.ends_with("</w:p>") { "" } else { "<w:p/>" };
        let shade = shade.unwrap_or_default();
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" \
                w:type=\"dxa\"/>{span}{shade}</w:tcPr>{blocks}{end}</w:tc>"
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
            "<w:p><w:pPr><w:pStyle \
                w:val=\"{style}\"/></w:pPr><w:r><w:drawing><wp:inline><wp:extent cx=\"{wide}\" \
             cy=\"{high}\"/><wp:docPr id=\"{number}\" name=\"Picture {number}\" \
             descr=\"{alt}\"/><a:graphic><a:graphicData \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr \
             id=\"{number}\" name=\"Picture {number}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip \
             r:embed=\"picture{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off \
             x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
             </a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
    }

    pub(super) fn styles(&self, language: &str) -> String {
        let styles: String = self
            .styles
            .iter()
            .map(|(id, (role, style))| style_part(id, *role, style))
            .collect();
        let language = escaped(language);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault>\
             <w:rPr><w:rFonts w:ascii=\"{TIMES}\" w:hAnsi=\"{TIMES}\" w:cs=\"{TIMES}\"/><w:sz w:val=\"24\"/><w:lang \
             w:val=\"{language}\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" \
             w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>{styles}</w:styles>"
        )
    }

    /// A numbering for each list, so that each begins anew.
    pub(super) fn numbering(&self) -> String {
        let lists =
            || self.lists.iter().enumerate().map(|(place, start)| (place + 1, start));
        let templates: String = lists()
            .map(|(number, start)| abstract_numbering(number, *start))
            .collect();
        let used: String = lists()
            .map(|(number, _)| {
                format!(
                    "<w:num w:numId=\"{number}\"><w:abstractNumId \
                w:val=\"{number}\"/></w:num>"
                )
            })
            .collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:numbering \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             \
             xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{templates}{used}</w:numbering>"
        )
    }
}

/// What a paragraph begins with besides its style: a new page, and less space where the
/// one before has some below it, for Word adds the two and our pages take the larger.
fn before(paragraph: &Paragraph, breaks: bool, after: Pt) -> String {
    let page = if breaks { "<w:pageBreakBefore/>" } else { "" };
    let wanted = paragraph.style.space_before;
    let is_less = !breaks && after > Pt::ZERO && wanted > Pt::ZERO;
    let rest = twips((wanted - after).max(Pt::ZERO));
    let spacing =
        if is_less { format!("<w:spacing w:before=\"{rest}\"/>") } else { String::new() };
    format!("{page}{spacing}")
}

const BORDERS: &str = "<w:tblBorders><w:top w:val=\"single\" w:sz=\"4\"/><w:left \
    w:val=\"single\" w:sz=\"4\"/><w:bottom \
                       w:val=\"single\" w:sz=\"4\"/><w:right w:val=\"single\" \
                       w:sz=\"4\"/><w:insideH w:val=\"single\" \
                       w:sz=\"4\"/><w:insideV w:val=\"single\" w:sz=\"4\"/></w:tblBorders>";

/// A table that begins a page stands behind this.
static NEXT_PAGE: LazyLock<String> =
    LazyLock::new(|| BETWEEN.replace("<w:pPr>", "<w:pPr><w:pageBreakBefore/>"));

/// As much as our own pages leave around a cell's words.
const PADDING: &str = "<w:tblCellMar><w:top w:w=\"50\" w:type=\"dxa\"/><w:left \
    w:w=\"100\" w:type=\"dxa\"/><w:bottom \
                       w:w=\"50\" w:type=\"dxa\"/><w:right w:w=\"100\" \
                       w:type=\"dxa\"/></w:tblCellMar>";

const BETWEEN: &str = "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" \
    w:line=\"120\" w:lineRule=\"exact\"/></w:pPr></w:p>";

fn abstract_numbering(number: usize, start: Option<u64>) -> String {
    let (form, first) =
        if start.is_some() { ("decimal", start.unwrap_or(1)) } else { ("bullet", 1) };
    let level = |level: usize| {
        let text = if form == "decimal" {
            format!("%{}.", level + 1)
        } else {
            "\u{2022}".to_owned()
        };
        let left = 360 * (level + 1);
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"{first}\"/><w:numFmt \
                w:val=\"{form}\"/><w:lvlText \
             w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" \
             w:hanging=\"360\"/></w:pPr></w:lvl>"
        )
    };
    let levels: String = (0..9).map(level).collect();
    format!("<w:abstractNum w:abstractNumId=\"{number}\">{levels}</w:abstractNum>")
}

fn style_part(id: &str, role: Role, style: &Style) -> String {
    let (name, level) = match role {
        Role::Heading(level) if id == format!("Heading{level}") => {
            (format!("heading {level}"), Some(level))
        }
        Role::Heading(level) => (format!("{} heading {level}", style.name), Some(level)),
        Role::Body => (format!("Body {}", style.name), None),
    };
    let outline = level
        .map(|level| format!("<w:outlineLvl w:val=\"{}\"/>", level.saturating_sub(1)))
        .unwrap_or_default();
    let keep = if style.keep_with_next { "<w:keepNext/>" } else { "" };
    let align = match style.align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "both",
    };
    let [before, after, indent] =
        [style.space_before, style.space_after, style.indent].map(twips);
    let line = twips(style.size * style.line_height);
    let (bold, italic) = (
        if style.bold { "<w:b/>" } else { "" },
        if style.italic { "<w:i/>" } else { "" },
    );
    let size = (style.size.0 * 2.0).round();
    let name = escaped(&name);
    format!(
        "<w:style w:type=\"paragraph\" w:customStyle=\"{}\" w:styleId=\"{id}\"><w:name \
            w:val=\"{name}\"/><w:basedOn \
         w:val=\"Normal\"/><w:qFormat/><w:pPr>{keep}<w:widowControl/><w:spacing \
         w:before=\"{before}\" w:after=\"{after}\" \
         w:line=\"{line}\" w:lineRule=\"atLeast\"/><w:ind w:left=\"{indent}\"/><w:jc \
         w:val=\"{align}\"/>{outline}</w:pPr>\
         <w:rPr>{bold}{italic}<w:sz w:val=\"{size}\"/></w:rPr></w:style>",
        i32::from(level.is_none())
    )
}

fn run(span: &Span, style: &Style) -> String {
    match span {
        Span::Text(text) => words(text, style),
        // A blank to write on.
        Span::Gap(_) => "<w:r><w:rPr><w:highlight w:val=\"yellow\"/></w:rPr><w:t \
            xml:space=\"preserve\">\u{a0}\u{a0}\u{a0}\u{a0}</w:t></w:r>"
            .into(),
        Span::Break => "<w:r><w:br/></w:r>".into(),
        Span::PageNumber => field("PAGE"),
        Span::PageCount => field("NUMPAGES"),
    }
}

fn words(text: &Text, style: &Style) -> String {
    let (bold, italic) = (text.bold && !style.bold, text.italic && !style.italic);
    let look = format!(
        "{}{}",
        if bold { "<w:b/>" } else { "" },
        if italic { "<w:i/>" } else { "" }
    );
    let look = if look.is_empty() { look } else { format!("<w:rPr>{look}</w:rPr>") };
    let lines: Vec<String> = escaped(&text.text)
        .split('\n')
        .map(|line| {
            format!(
                "<w:t xml:space=\"preserve\">{}</w:t>",
                line.replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">")
            )
        })
        .collect();
    format!("<w:r>{look}{}</w:r>", lines.join("<w:br/>"))
}

/// A number that Word fills in.
fn field(what: &str) -> String {
    format!("<w:fldSimple w:instr=\" {what} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
}
