//! One web page that needs nothing beside it, with headings, lists and tables as a screen
//! reader expects them.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::Error;
use super::xml::escaped;
use super::{ExportInput, png};
use crate::document::{
    Align, Block, Cell, List, Paragraph, Placed, Role, Span, Style, Table, Text,
};

/// The page. It is well-formed XML too, so that whatever reads that can read it.
pub(super) fn write(input: &ExportInput<'_>) -> Result<Vec<u8>, Error> {
    let document = input.document;
    let draft = if input.pages.watermark().is_some() { " class=\"draft\"" } else { "" };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width\"/>\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body{draft}>\n<main>\n",
        escaped(&document.language),
        escaped(&document.title),
    );
    blocks(&mut page, &document.blocks)?;
    page += "</main>\n</body>\n</html>\n";
    Ok(page.into_bytes())
}

/// On the screen a sheet of paper, in print the bare page. What says DRAFT is not text,
/// and is not copied with it.
const STYLE: &str =
    "body { background: #eee; margin: 0; \
font: 12pt/1.25 \"Times New Roman\", Times, serif; color: #000; }
main { background: #fff; max-width: 6.5in; margin: 1em auto; padding: 1in; }
p, h1, h2, h3, h4, h5, h6 \
{ margin: 0 0 8pt; font-size: 1em; font-weight: normal; white-space: pre-line; }
table { border-collapse: collapse; width: 100%; margin-bottom: 8pt; }
table.ruled td, table.ruled th { border: 1px solid #777; }
td, th { padding: 2pt 5pt; text-align: left; vertical-align: top; font-weight: normal; }
td p, th p { margin: 0; }
.gap { display: inline-block; min-width: 4em; border-bottom: 2px solid #b3261e; }
.draft main { background-image: \
repeating-linear-gradient(-45deg, #fff 0 90pt, #f3dedd 90pt 92pt); }
.draft main::before \
{ content: \"DRAFT\" / \"\"; display: block; color: #b3261e; font: bold 14pt sans-serif; }
@media print { body { background: none; } main { max-width: none; margin: 0; padding: 0; } }
";

fn blocks(page: &mut String, blocks: &[Block]) -> Result<(), Error> {
    for block in blocks {
        match block {
            Block::Paragraph(content) => paragraph(page, content),
            Block::List(content) => list(page, content)?,
            Block::Table(content) => table(page, content)?,
            Block::Picture(content) => picture(page, content)?,
            Block::PageBreak => {}
        }
    }
    Ok(())
}

fn paragraph(page: &mut String, paragraph: &Paragraph) {
    let tag = match paragraph.role {
        Role::Body => "p".to_owned(),
        Role::Heading(level) => format!("h{}", level.clamp(1, 6)),
    };
    let _infallible = write!(page, "<{tag}{}>", look(&paragraph.style));
    for span in &paragraph.spans {
        *page += &inline(span);
    }
    let _infallible = writeln!(page, "</{tag}>");
}

/// What of a style is not the page's own.
fn look(style: &Style) -> String {
    let mut look = String::new();
    look += match style.align {
        Align::Left => "",
        Align::Center => "text-align: center; ",
        Align::Right => "text-align: right; ",
        Align::Justify => "text-align: justify; ",
    };
    if style.bold {
        look += "font-weight: bold; ";
    }
    if style.italic {
        look += "font-style: italic; ";
    }
    if style.indent.0 > 0.0 {
        look += &format!("margin-left: {}pt; ", style.indent.0);
    }
    if let Some(ground) = style.ground {
        look += &background(ground);
    }
    if (style.size.0 - 12.0).abs() > 0.1 {
        look += &format!("font-size: {}pt; ", style.size.0);
    }
    if look.is_empty() { look } else { format!(" style=\"{}\"", look.trim_end()) }
}

fn background(ground: f32) -> String {
    let gray = (ground.clamp(0.0, 1.0) * 255.0).round();
    format!("background: rgb({gray}, {gray}, {gray}); ")
}

fn inline(span: &Span) -> String {
    match span {
        Span::Text(text) => marked(text),
        Span::Gap(gap) => {
            format!("<span class=\"gap\" title=\"{}\"></span>", escaped(&gap.label))
        }
        Span::Break => "<br/>".into(),
        Span::PageNumber | Span::PageCount => String::new(),
    }
}

fn marked(text: &Text) -> String {
    let words = escaped(&text.text);
    let words = if text.italic { format!("<em>{words}</em>") } else { words };
    if text.bold { format!("<strong>{words}</strong>") } else { words }
}

fn list(page: &mut String, list: &List) -> Result<(), Error> {
    let (open, close) = match list.start {
        None => ("<ul>".to_owned(), "</ul>"),
        Some(1) => ("<ol>".to_owned(), "</ol>"),
        Some(start) => (format!("<ol start=\"{start}\">"), "</ol>"),
    };
    *page += &open;
    for item in &list.items {
        *page += "\n<li>";
        blocks(page, item)?;
        *page += "</li>";
    }
    *page += "\n";
    *page += close;
    page.push('\n');
    Ok(())
}

fn table(page: &mut String, table: &Table) -> Result<(), Error> {
    *page += if table.lines { "<table class=\"ruled\">\n" } else { "<table>\n" };
    let columns = table
        .widths
        .iter()
        .map(|share| format!("<col style=\"width: {:.1}%\"/>", share * 100.0));
    *page += &format!("<colgroup>{}</colgroup>\n", columns.collect::<String>());
    for (number, row) in table.rows.iter().enumerate() {
        let names_columns = table.header && number == 0;
        *page += "<tr>";
        for content in row {
            cell(page, content, names_columns)?;
        }
        *page += "</tr>\n";
    }
    *page += "</table>\n";
    Ok(())
}

fn cell(page: &mut String, cell: &Cell, names_column: bool) -> Result<(), Error> {
    let (tag, scope) = match (cell.is_header || names_column, names_column) {
        (true, true) => ("th", " scope=\"col\""),
        (true, false) => ("th", " scope=\"row\""),
        (false, _) => ("td", ""),
    };
    let mut attributes = scope.to_owned();
    if cell.span > 1 {
        attributes += &format!(" colspan=\"{}\"", cell.span);
    }
    if let Some(ground) = cell.ground() {
        attributes += &format!(" style=\"{}\"", background(ground));
    }
    let _infallible = write!(page, "<{tag}{attributes}>");
    blocks(page, &cell.blocks)?;
    let _infallible = write!(page, "</{tag}>");
    Ok(())
}

fn picture(page: &mut String, placed: &Placed) -> Result<(), Error> {
    let bytes = png::of_picture(&placed.picture)?;
    let (alt, data) = (escaped(&placed.picture.alt), STANDARD.encode(&bytes));
    let style = look(&placed.style);
    *page += &format!(
        "<p{style}><img alt=\"{alt}\" style=\"height: {}pt;\" \
            src=\"data:image/png;base64,{data}\"/></p>\n",
        placed.height.0
    );
    Ok(())
}
