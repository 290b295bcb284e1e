//! The words of a web page: a line for each paragraph, a tab between a table's cells.

use std::borrow::Cow;

use html5gum::{StartTag, Token, Tokenizer};

use super::FileWords;
use crate::letter::Aside;

/// Elements whose words are not the page's.
const SKIPPED: &[&[u8]] = &[
    b"script",
    b"style",
    b"head",
    b"title",
    b"noscript",
    b"template",
    b"svg",
    b"select",
    b"button",
    b"object",
    b"iframe",
    b"del",
];

/// Elements whose words are crossed out.
const STRUCK: &[&[u8]] = &[b"s", b"strike"];

/// Elements that begin and end lines, a blank one around them.
const BLOCKS: &[&[u8]] = &[
    b"p",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"ul",
    b"ol",
    b"dl",
    b"table",
    b"blockquote",
    b"pre",
    b"hr",
    b"article",
    b"section",
    b"header",
    b"footer",
    b"main",
    b"aside",
    b"figure",
    b"form",
    b"address",
];

/// Elements that begin and end lines.
const LINES: &[&[u8]] = &[b"div", b"li", b"tr", b"dt", b"dd", b"caption", b"center"];

/// Elements without an end.
const EMPTY: &[&[u8]] = &[
    b"br", b"hr", b"img", b"input", b"meta", b"link", b"col", b"area", b"base", b"wbr",
    b"source", b"embed", b"track",
];

/// Whether a text is a web page.
pub(super) fn is_page(text: &str) -> bool {
    let head = text.trim_start()[..].trim_start_matches('\u{feff}');
    let head = head[..head.floor_char_boundary(1024)].to_ascii_lowercase();
    let is_xml = head.starts_with("<?xml") || head.starts_with("<!--");
    let begins_page = ["<!doctype html", "<html", "<head", "<body", "<meta"];
    // A part of a page, as some programs save it, has words within elements.
    let begins_part =
        ["<table", "<p", "<div", "<h1", "<h2", "<center", "<span", "<style"];
    begins_page.iter().any(|tag| head.starts_with(tag))
        || begins_part.iter().any(|tag| head.starts_with(tag)) && head.contains("</")
        || is_xml && head.contains("<html")
}

/// The words of a page.
pub(super) fn words(page: &str) -> FileWords {
    // Our own pages keep the line ends of their values.
    let keeps_lines = page.contains("white-space: pre-line");
    let hidden_classes = hidden_classes(page);
    let mut reader = PageReader { hidden_classes, keeps_lines, ..PageReader::default() };
    for token in Tokenizer::new(page).flatten() {
        match token {
            Token::StartTag(tag) => reader.begin(&tag),
            Token::EndTag(tag) => reader.end(&tag.name.0),
            Token::String(text) => reader.write(&String::from_utf8_lossy(&text.value.0)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let mut words = FileWords::from(reader.text);
    words.set_aside(1, Aside::Unseen, super::prose::line(&reader.hidden));
    words.set_aside(1, Aside::Struck, super::prose::line(&reader.struck));
    words
}

/// A list that is open.
struct OpenList {
    /// The number of its next item; `None` for bullets.
    next: Option<u32>,
}

/// A row of a table that is open.
struct PageRow {
    /// Where its words begin in the text, and those of each of its cells.
    start: usize,
    cells: Vec<usize>,
}

impl PageRow {
    /// A cell with more words than these is one of a page's layout and keeps its
    /// paragraphs.
    const LONGEST_CELL: usize = 300;

    /// The row's words, which are the end of the text: a line with tabs between its
    /// cells; cells that hold parts of the letter, one after the other.
    fn words(&self, words: &str) -> String {
        let mut ends = self.cells.iter().skip(1).map(|cell| cell - self.start);
        let mut cells = Vec::new();
        for cell in &self.cells {
            let end = ends.next().unwrap_or(words.len());
            cells.push(&words[cell - self.start..end]);
        }
        let holds_paragraphs = cells
            .iter()
            .any(|cell| cell.len() > Self::LONGEST_CELL && cell.trim().contains("\n\n"));
        if cells.len() < 2 || holds_paragraphs {
            return words.to_owned();
        }
        let cells = cells.into_iter().map(super::prose::line);
        cells.collect::<Vec<_>>().join("\t").trim_end().to_owned()
    }
}

/// Puts a page's words together as its elements begin and end.
#[derive(Default)]
struct PageReader {
    /// The classes that the page's styles hide.
    hidden_classes: Vec<String>,
    text: String,
    /// Words that are not shown.
    hidden: String,
    /// Words that are crossed out.
    struck: String,
    /// The elements that the place is in whose words are not read, or hidden.
    skipped: Vec<Vec<u8>>,
    is_hidden: bool,
    is_struck: bool,
    /// Whether paragraphs keep their line ends.
    keeps_lines: bool,
    /// How many open elements keep them.
    kept: usize,
    lists: Vec<OpenList>,
    /// The rows that the place is in, the outermost first.
    rows: Vec<PageRow>,
    /// Where the words begin of the list's item that has just begun.
    after_mark: usize,
    /// How many rows were open where each table began: not every row is ended.
    tables: Vec<usize>,
}

impl PageReader {
    fn begin(&mut self, tag: &StartTag<()>) {
        let name = &*tag.name.0;
        let is_empty = EMPTY.contains(&name) || tag.self_closing;
        let is_struck = STRUCK.contains(&name);
        if !self.skipped.is_empty()
            || (SKIPPED.contains(&name) || is_struck || self.hides(tag)) && !is_empty
        {
            if !is_empty {
                if self.skipped.is_empty() {
                    self.is_struck = is_struck;
                    self.is_hidden = !is_struck && !SKIPPED.contains(&name);
                }
                self.skipped.push(name.to_vec());
            }
            return;
        }
        match name {
            b"br" => self.text.push('\n'),
            b"td" | b"th" => self.begin_cell(),
            b"tr" => {
                self.end_rows();
                self.end_line();
                self.rows.push(PageRow { start: self.text.len(), cells: Vec::new() });
            }
            b"ul" => self.lists.push(OpenList { next: None }),
            b"ol" => self.lists.push(OpenList { next: Some(first_number(tag)) }),
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.end_block();
        } else if LINES.contains(&name) {
            self.end_line();
        }
        match name {
            b"li" => self.write_mark(tag),
            b"table" => self.tables.push(self.rows.len()),
            _ => {}
        }
        self.kept += usize::from(self.keeps_its_lines(name));
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(open) = self.skipped.iter().rposition(|open| open == name) {
            self.skipped.truncate(open);
            self.is_hidden &= !self.skipped.is_empty();
            self.is_struck &= !self.skipped.is_empty();
            return;
        }
        if !self.skipped.is_empty() {
            return;
        }
        match name {
            b"tr" => self.end_rows(),
            b"table" => {
                self.end_rows();
                self.tables.pop();
            }
            b"ul" | b"ol" => _ = self.lists.pop(),
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.end_block();
        } else if LINES.contains(&name) {
            self.end_line();
        }
        self.kept = self.kept.saturating_sub(usize::from(self.keeps_its_lines(name)));
    }

    /// Whether a browser would not show an element.
    fn hides(&self, tag: &StartTag<()>) -> bool {
        let classes = attribute(tag, b"class").unwrap_or_default();
        let is_by_class = classes
            .split_whitespace()
            .any(|class| self.hidden_classes.iter().any(|hidden| hidden == class));
        let style = attribute(tag, b"style").unwrap_or_default();
        is_by_class || attribute(tag, b"hidden").is_some() || hides(&style)
    }

    fn keeps_its_lines(&self, name: &[u8]) -> bool {
        let is_heading = name.len() == 2 && name[0] == b'h' && name[1].is_ascii_digit();
        name == b"pre" || self.keeps_lines && (name == b"p" || is_heading)
    }

    fn write(&mut self, words: &str) {
        if !self.skipped.is_empty() {
            if self.is_hidden {
                self.hidden.push_str(words);
            } else if self.is_struck {
                self.struck.push_str(words);
            }
            return;
        }
        for character in words.chars() {
            if character == '\n' && self.kept > 0 {
                self.text.push('\n');
            } else if matches!(character, ' ' | '\n' | '\t' | '\r' | '\u{c}') {
                // Space between elements is none of the words.
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                    self.text.push(' ');
                }
            } else {
                self.text.push(character);
            }
        }
    }

    /// Ends what is open of this table's rows.
    fn end_rows(&mut self) {
        let outer = self.tables.last().copied().unwrap_or_default();
        while self.rows.len() > outer {
            let Some(row) = self.rows.pop() else { return };
            let words = row.words(&self.text.split_off(row.start));
            self.text.push_str(&words);
            self.end_line();
        }
    }

    fn begin_cell(&mut self) {
        self.text.push('\n');
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(self.text.len());
        }
    }

    fn end_line(&mut self) {
        if self.text.is_empty() || self.text.len() == self.after_mark {
            return;
        }
        let start = self.rows.last().and_then(|row| row.cells.last().copied());
        let length = self.text.trim_end_matches(' ').len();
        self.text.truncate(length.max(start.unwrap_or_default()));
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn end_block(&mut self) {
        self.end_line();
        let is_open = self.text.is_empty() || self.text.len() == self.after_mark;
        if !is_open && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// The bullet or number of a list's item.
    fn write_mark(&mut self, tag: &StartTag<()>) {
        let Some(list) = self.lists.last_mut() else { return };
        match &mut list.next {
            Some(next) => {
                if let Some(number) = attribute(tag, b"value")
                    && let Ok(number) = number.parse()
                {
                    *next = number;
                }
                self.text.push_str(&format!("{next}. "));
                *next = next.saturating_add(1);
            }
            None => self.text.push_str("• "),
        }
        self.after_mark = self.text.len();
    }
}

fn attribute<'a>(tag: &'a StartTag<()>, name: &[u8]) -> Option<Cow<'a, str>> {
    let (_, value) = tag.attributes.iter().find(|(known, _)| &*known.0 == name)?;
    Some(String::from_utf8_lossy(&value.value.0))
}

fn first_number(tag: &StartTag<()>) -> u32 {
    let Some(start) = attribute(tag, b"start") else { return 1 };
    start.parse().unwrap_or(1)
}

/// The classes that a page's styles hide wherever they are.
fn hidden_classes(page: &str) -> Vec<String> {
    let mut classes = Vec::new();
    for sheet in page.split("<style").skip(1) {
        let sheet = sheet.split("</style").next().unwrap_or_default();
        for rule in sheet.split('}') {
            let Some((names, style)) = rule.split_once('{') else { continue };
            if hides(style) {
                let names = names.rsplit(['>', ';', '/']).next().unwrap_or_default();
                let names = names.trim_start().trim_start_matches("<!--");
                let names =
                    names.split(',').filter_map(|name| name.trim().strip_prefix('.'));
                classes.extend(names.map(str::to_owned));
            }
        }
    }
    classes
}

/// Whether a style keeps words from being seen.
fn hides(style: &str) -> bool {
    let style: String = style.to_ascii_lowercase().split_whitespace().collect();
    style.contains("display:none")
        || style.contains("visibility:hidden")
        || style.contains("mso-hide:all")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let page =
            format!("<!DOCTYPE html><html><head><title>T</title></head>{body}</html>");
        assert!(is_page(&page));
        assert_eq!(words(&page).text.trim(), expected, "{body}");
    }

    #[test]
    fn a_page_is_read_as_it_is_shown() {
        check(
            "<p>one\n  two <b>three</b></p><p>four<br>five",
            "one two three\n\nfour\nfive",
        );
        check(
            "<div>a</div><div>b &amp; c &ge; 5&nbsp;mg &#8217;</div>",
            "a\nb & c ≥ 5\u{a0}mg ’",
        );
        check(
            "<table><tr><th>Case Number:</th><td><p>CM17-1</p></td></tr>\n<tr><td>a<td>b</table>c",
            "Case Number:\tCM17-1\na\tb\n\nc",
        );
        check(
            "<ol start=3><li>MRI</li><li>CT</li></ol><ul><li>rest</ul>",
            "3. MRI\n4. CT\n\n• rest",
        );
        check("<script>x < 1</script><style>p {}</style>words<!-- none -->", "words");
        check("<ul><li><p>rest</p></li></ul>", "• rest");
        check(
            "<table><tr><td>Doe<td>1 Main St.<br>Town<td><p>a<p>b</table>",
            "Doe\t1 Main St. Town\ta b",
        );
        check(
            "<table><tr><td><p>one</p><p>two</p><table><tr><td>a<td>b</table></table>",
            "one\n\ntwo\n\na\tb",
        );
        check("<pre>kept\nlines</pre>", "kept\nlines");
        check("no <del>not </del><s>seen</s><ins>more</ins>", "no more");
    }

    #[test]
    fn what_a_browser_does_not_show_is_set_aside() {
        let page = "<html><p>seen <span style='display: none'>unseen <b>too</b></span>\
            words</p><p hidden>more</p></html>";
        let found = words(page);
        assert_eq!(found.text.trim(), "seen words");
        assert_eq!(found.asides[0].words, "unseen toomore");
        let page = "<html><style type='text/css'>p {margin: 0} .a, .no {display: none}\
            @media print {.yes {display: none}}</style>\
            <p>seen <span class='b no'>unseen </span><b class='yes'>words</b></p></html>";
        let found = words(page);
        assert_eq!(found.text.trim(), "seen words");
        assert_eq!(found.asides[0].words, "unseen");
    }

    #[test]
    fn text_that_speaks_of_pages_is_none() {
        assert!(!is_page("The <html> element"));
        assert!(!is_page("<p means less than 0.05"));
        assert!(is_page("<table><tr><td>Case Number:</td>"));
        assert!(is_page("\n<?xml version=\"1.0\"?>\n<html xmlns=\"x\">"));
    }
}
