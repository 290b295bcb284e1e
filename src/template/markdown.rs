//! The Markdown of letters: paragraphs, headings, bold, italic, lists, tables and hard
//! breaks, and nothing else.
//!
//! Template authors indent bodies of loops and put a `{.style}` line before a block; both
//! are taken care of here, before the Markdown parser sees the text. What the parser
//! reports beyond the closed set is a [`MarkdownProblem`].

use pulldown_cmark::{
    Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

/// A block, with the style that the line before it names.
#[derive(Debug, PartialEq)]
pub(super) struct Node {
    pub style: Option<String>,
    pub kind: NodeKind,
}

#[derive(Debug, PartialEq)]
pub(super) enum NodeKind {
    Paragraph(Vec<Inline>),
    Heading(u8, Vec<Inline>),
    /// The first number, or none for bullets, and the items' blocks.
    List(Option<u64>, Vec<Vec<Node>>),
    /// Rows of cells, the header first.
    Table(Vec<Vec<Vec<Inline>>>),
    PageBreak,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inline {
    Text { text: String, bold: bool, italic: bool },
    Break,
}

/// Something that letters do not have.
#[derive(Debug, PartialEq)]
pub(super) struct MarkdownProblem {
    pub message: String,
    /// In the text as given, both counted from 1.
    pub line: usize,
    pub column: usize,
}

/// The blocks that a letter's wording may make: twenty times those of the longest real
/// letter.
const MOST_BLOCKS: usize = 5_000;

/// Text that is more than a letter can hold: too deep, or a table too large. What was
/// read of it is not all of it.
#[derive(Debug)]
pub(super) struct TooMuch;

/// Reads Markdown of which nothing may be lost.
///
/// # Errors
/// It is more than a letter can hold.
pub(super) fn read_whole(text: &str) -> Result<Vec<Node>, TooMuch> {
    let (nodes, problems) = read(text);
    let is_cut = problems
        .iter()
        .any(|problem| [TOO_DEEP, TOO_LARGE].contains(&&*problem.message));
    if is_cut || nodes.len() > MOST_BLOCKS { Err(TooMuch) } else { Ok(nodes) }
}

/// Reads Markdown into blocks; what does not belong in a letter stays as its words and is
/// reported.
pub(super) fn read(text: &str) -> (Vec<Node>, Vec<MarkdownProblem>) {
    let prepared = Prepared::new(text);
    let parser =
        Parser::new_ext(&prepared.text, Options::ENABLE_TABLES).into_offset_iter();
    let mut reader = BlockReader {
        prepared: &prepared,
        events: parser,
        style: None,
        depth: 0,
        problems: Vec::new(),
    };
    let nodes = reader.blocks(None);
    (nodes, reader.problems)
}

/// Text with the indentation of template bodies taken out, and the way back to where each
/// line stood.
struct Prepared {
    text: String,
    /// For each line: where it starts in `text`, and the line and column (from 1) where
    /// it stood.
    lines: Vec<(usize, usize, usize)>,
}

impl Prepared {
    fn new(given: &str) -> Self {
        let mut prepared = Self { text: String::new(), lines: Vec::new() };
        let mut list_indent = None;
        for (number, line) in given.lines().enumerate() {
            let line = line.trim_end();
            let bare = line.trim_start();
            let indent = line.len() - bare.len();
            list_indent = list_indent_after(list_indent, bare, indent);
            let cut = indent.min(list_indent.unwrap_or(indent));
            let styled = style_name(bare).is_some();
            // A style line must not flow into the paragraph above or below it.
            prepared.push(if styled { "" } else { &line[cut..] }, number + 1, cut + 1);
            if styled {
                prepared.push(bare, number + 1, cut + 1);
                prepared.push("", number + 1, cut + 1);
            }
        }
        prepared
    }

    fn push(&mut self, line: &str, number: usize, column: usize) {
        self.lines.push((self.text.len(), number, column));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn start(&self, offset: usize) -> (usize, usize, usize) {
        let after = self.lines.partition_point(|&(start, ..)| start <= offset);
        self.lines.get(after.saturating_sub(1)).copied().unwrap_or((0, 1, 1))
    }

    /// Where a byte of the prepared text stood in the text as given.
    fn place(&self, offset: usize) -> (usize, usize) {
        let (start, line, column) = self.start(offset);
        let before = self.text.get(start..offset).unwrap_or_default();
        (line, column + before.chars().count())
    }
}

/// How far the list that this line is in is indented; none outside of lists.
fn list_indent_after(list: Option<usize>, bare: &str, indent: usize) -> Option<usize> {
    match list {
        Some(list) if bare.is_empty() || indent > list => Some(list),
        _ if starts_list_item(bare) => Some(indent),
        _ => None,
    }
}

fn starts_list_item(bare: &str) -> bool {
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0
        && (bare[digits..].starts_with(". ") || bare[digits..].starts_with(") "));
    numbered || ["- ", "* ", "+ "].iter().any(|marker| bare.starts_with(marker))
}

/// The name in a line `{.name}`.
fn style_name(line: &str) -> Option<&str> {
    let name = line.strip_prefix("{.")?.strip_suffix('}')?;
    if name.is_empty() || !name.bytes().all(is_of_name) {
        return None;
    }
    Some(name)
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

struct BlockReader<'a, I> {
    prepared: &'a Prepared,
    events: I,
    /// The style named by the line just read.
    style: Option<String>,
    /// How many lists and emphases the place is in.
    depth: usize,
    problems: Vec<MarkdownProblem>,
}

/// Deeper than any letter goes, and shallow enough for every stack.
const DEEPEST: usize = 24;
const TOO_DEEP: &str = "This is nested too deeply";
/// The cells that one table may have: as many as a thousand documents in a list of ten
/// columns.
const MOST_CELLS: usize = 10_000;
const TOO_LARGE: &str = "This table has more than 10,000 cells";

impl<'a, I: Iterator<Item = (Event<'a>, std::ops::Range<usize>)>> BlockReader<'a, I> {
    /// Blocks up to the end of `until`, or of the text.
    fn blocks(&mut self, until: Option<TagEnd>) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut loose = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(end) if Some(end) == until => break,
                Event::Start(Tag::Paragraph) => {
                    let inlines = self.inlines(TagEnd::Paragraph);
                    self.paragraph(inlines, &mut nodes);
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let inlines = self.inlines(TagEnd::Heading(level));
                    self.push(
                        NodeKind::Heading(heading_level(level), inlines),
                        &mut nodes,
                    );
                }
                Event::Start(Tag::List(start)) => {
                    // A tight item's words come without a paragraph, before the list
                    // inside it.
                    self.flush(&mut loose, &mut nodes);
                    let style = self.style.take();
                    let items = self.items(TagEnd::List(start.is_some()));
                    nodes.push(Node { style, kind: NodeKind::List(start, items) });
                }
                Event::Start(Tag::Table(columns)) => {
                    let style = self.style.take();
                    let rows = self.rows(&columns);
                    nodes.push(Node { style, kind: NodeKind::Table(rows) });
                }
                Event::Rule => self.rule(range.start, &mut nodes),
                Event::Start(tag) if is_emphasis(&tag) => self.emphasis(&tag, &mut loose),
                other => self.inline(other, range.start, Emphasis::default(), &mut loose),
            }
        }
        self.flush(&mut loose, &mut nodes);
        nodes
    }

    fn flush(&mut self, loose: &mut Vec<Inline>, nodes: &mut Vec<Node>) {
        if !loose.is_empty() {
            self.push(NodeKind::Paragraph(std::mem::take(loose)), nodes);
        }
    }

    fn push(&mut self, kind: NodeKind, nodes: &mut Vec<Node>) {
        nodes.push(Node { style: self.style.take(), kind });
    }

    /// A paragraph that is a style line speaks of the next block.
    fn paragraph(&mut self, inlines: Vec<Inline>, nodes: &mut Vec<Node>) {
        match &inlines[..] {
            [Inline::Text { text, .. }] if style_name(text).is_some() => {
                self.style = style_name(text).map(str::to_owned);
            }
            [] => {}
            _ => self.push(NodeKind::Paragraph(inlines), nodes),
        }
    }

    /// Three asterisks break the page; other rules are none of a letter's.
    fn rule(&mut self, start: usize, nodes: &mut Vec<Node>) {
        if self.prepared.text[start..].starts_with("***") {
            self.push(NodeKind::PageBreak, nodes);
        } else {
            self.problem(
                "A line of dashes or underscores prints nothing; use *** for a page break",
                start,
            );
        }
    }

    fn items(&mut self, until: TagEnd) -> Vec<Vec<Node>> {
        let mut items = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(end) if end == until => break,
                Event::Start(Tag::Item) if self.depth >= DEEPEST => {
                    self.skip(TagEnd::Item, range.start);
                }
                Event::Start(Tag::Item) => {
                    self.depth += 1;
                    items.push(self.blocks(Some(TagEnd::Item)));
                    self.depth -= 1;
                }
                _ => {}
            }
        }
        items
    }

    /// Skips what is nested too deep, without going there.
    fn skip(&mut self, until: TagEnd, start: usize) {
        self.problem(TOO_DEEP, start);
        let mut open = 1usize;
        while open > 0 {
            match self.events.next() {
                Some((Event::Start(tag), _)) if tag.to_end() == until => open += 1,
                Some((Event::End(end), _)) if end == until => open -= 1,
                Some(_) => {}
                None => break,
            }
        }
    }

    fn rows(&mut self, columns: &[Alignment]) -> Vec<Vec<Vec<Inline>>> {
        let mut rows = Vec::new();
        let mut cells = 0;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableCell) if cells == MOST_CELLS => {
                    self.problem(TOO_LARGE, range.start);
                    cells += 1;
                }
                _ if cells > MOST_CELLS => {}
                Event::Start(Tag::TableHead | Tag::TableRow) => {
                    rows.push(Vec::with_capacity(columns.len()));
                }
                Event::Start(Tag::TableCell) => {
                    cells += 1;
                    let cell = self.inlines(TagEnd::TableCell);
                    rows.last_mut().unwrap_or(&mut Vec::new()).push(cell);
                }
                _ => {}
            }
        }
        rows
    }

    fn inlines(&mut self, until: TagEnd) -> Vec<Inline> {
        let mut inlines = Vec::new();
        self.inlines_into(until, Emphasis::default(), &mut inlines);
        inlines
    }

    fn emphasis(&mut self, tag: &Tag, inlines: &mut Vec<Inline>) {
        self.inlines_into(tag.to_end(), Emphasis::default().with(tag), inlines);
    }

    fn inlines_into(
        &mut self,
        until: TagEnd,
        emphasis: Emphasis,
        inlines: &mut Vec<Inline>,
    ) {
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(end) if end == until => break,
                Event::Start(tag) if is_emphasis(&tag) && self.depth >= DEEPEST => {
                    self.skip(tag.to_end(), range.start);
                }
                Event::Start(tag) if is_emphasis(&tag) => {
                    self.depth += 1;
                    self.inlines_into(tag.to_end(), emphasis.with(&tag), inlines);
                    self.depth -= 1;
                }
                other => self.inline(other, range.start, emphasis, inlines),
            }
        }
    }

    fn inline(
        &mut self,
        event: Event,
        start: usize,
        emphasis: Emphasis,
        inlines: &mut Vec<Inline>,
    ) {
        match event {
            Event::Text(text) => {
                self.look_for_marks(&text, start);
                push_text(inlines, &text, emphasis);
            }
            Event::SoftBreak => push_text(inlines, " ", emphasis),
            Event::HardBreak => inlines.push(Inline::Break),
            Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.problem(
                    &format!("Templates cannot contain code or HTML: {}", text.trim()),
                    start,
                );
                push_text(inlines, &text, emphasis);
            }
            Event::Start(tag) => self.problem(foreign_message(&tag), start),
            Event::End(_)
            | Event::Rule
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                push_text(inlines, &text, emphasis);
            }
        }
    }

    /// An asterisk or underscore that is left over was meant to be bold or italic.
    fn look_for_marks(&mut self, text: &CowStr, start: usize) {
        let source = &self.prepared.text[start..];
        let Some(words) = source.get(..text.len()) else { return };
        let Some(found) = words.find(['*', '_']) else { return };
        if !self.prepared.text[..start + found].ends_with('\\') {
            self.problem(
                "This mark is printed as is; bold needs a space or the end of the line \
                    outside it",
                start + found,
            );
        }
    }

    fn problem(&mut self, message: &str, offset: usize) {
        let (line, column) = self.prepared.place(offset);
        // Bold that is not read as such leaves four marks; the first says enough.
        if let Some(last) = self.problems.last()
            && last.line == line
            && last.message == message
        {
            return;
        }
        self.problems
            .push(MarkdownProblem { message: message.to_owned(), line, column });
    }
}

#[derive(Clone, Copy, Default)]
struct Emphasis {
    bold: bool,
    italic: bool,
}

impl Emphasis {
    fn with(self, tag: &Tag) -> Self {
        Self {
            bold: self.bold || *tag == Tag::Strong,
            italic: self.italic || *tag == Tag::Emphasis,
        }
    }
}

fn is_emphasis(tag: &Tag) -> bool {
    matches!(tag, Tag::Strong | Tag::Emphasis)
}

fn push_text(inlines: &mut Vec<Inline>, more: &str, emphasis: Emphasis) {
    let Emphasis { bold, italic } = emphasis;
    match inlines.last_mut() {
        Some(Inline::Text { text, bold: b, italic: i }) if (*b, *i) == (bold, italic) => {
            text.push_str(more);
        }
        _ => inlines.push(Inline::Text { text: more.to_owned(), bold, italic }),
    }
}

fn heading_level(level: HeadingLevel) -> u8 {
    level as u8
}

fn foreign_message(tag: &Tag) -> &'static str {
    match tag {
        Tag::CodeBlock(_) => {
            "Templates have no code blocks; start the line at the left margin"
        }
        Tag::BlockQuote(_) => {
            "Templates have no block quotes; use a style with an indent"
        }
        Tag::Link { .. } => "Templates have no links; write the address out",
        Tag::Image { .. } => "Templates have no images here; name the logo in the head",
        _ => "Templates cannot use this Markdown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks in a short notation: `P`, `H1`, `L`, `T`, `/` for a page break, `b(..)` and
    /// `i(..)` for emphasis.
    fn check(text: &str, expected: &str) {
        let (nodes, problems) = read(text);
        assert_eq!(problems, [], "{text:?}");
        assert_eq!(
            nodes.iter().map(show).collect::<Vec<_>>().join(" "),
            expected,
            "{text:?}"
        );
    }

    fn show(node: &Node) -> String {
        let style = node
            .style
            .as_ref()
            .map(|style| format!(".{style}"))
            .unwrap_or_default();
        style
            + &match &node.kind {
                NodeKind::Paragraph(inlines) => format!("P[{}]", words(inlines)),
                NodeKind::Heading(level, inlines) => {
                    format!("H{level}[{}]", words(inlines))
                }
                NodeKind::List(start, items) => {
                    let items: Vec<String> = items
                        .iter()
                        .map(|item| item.iter().map(show).collect::<Vec<_>>().join(" "))
                        .collect();
                    format!(
                        "L{}[{}]",
                        start.map(|start| start.to_string()).unwrap_or_default(),
                        items.join("; ")
                    )
                }
                NodeKind::Table(rows) => {
                    let rows: Vec<String> = rows
                        .iter()
                        .map(|row| {
                            row.iter()
                                .map(|cell| words(cell))
                                .collect::<Vec<_>>()
                                .join(",")
                        })
                        .collect();
                    format!("T[{}]", rows.join("; "))
                }
                NodeKind::PageBreak => "/".into(),
            }
    }

    fn words(inlines: &[Inline]) -> String {
        inlines
            .iter()
            .map(|inline| match inline {
                Inline::Break => "|".to_owned(),
                Inline::Text { text, bold: true, italic: false } => format!("b({text})"),
                Inline::Text { text, bold: false, italic: true } => format!("i({text})"),
                Inline::Text { text, .. } => text.clone(),
            })
            .collect()
    }

    #[test]
    fn the_closed_set_is_read() {
        check(
            "# Title\n\ntext **bold** and *italic*",
            "H1[Title] P[text b(bold) and i(italic)]",
        );
        check("one\ntwo\\\nthree", "P[one two|three]");
        check("- a\n- b\n\n1. c\n2. d", "L[P[a]; P[b]] L1[P[c]; P[d]]");
        check("| a | b |\n|---|---|\n| c | **d** |", "T[a,b; c,b(d)]");
        check("a\n\n***\n\nb", "P[a] / P[b]");
    }

    #[test]
    fn a_style_line_speaks_of_the_block_after_it() {
        check("above\n{.item}\nbelow\n\nmore", "P[above] .itemP[below] P[more]");
        check("{.item}\n## Title", ".itemH2[Title]");
    }

    #[test]
    fn an_indented_body_is_no_code() {
        check("    one\n\n        two", "P[one] P[two]");
        check("    - a\n    - b", "L[P[a]; P[b]]");
        check("    - a\n      - b", "L[P[a] L[P[b]]]");
    }

    #[test]
    fn what_lies_too_deep_is_reported_and_passed_over() {
        for text in [
            "- ".repeat(50_000) + "x",
            "*a **b ".repeat(2_000) + &"** *".repeat(2_000),
            "> ".repeat(50_000),
        ] {
            let (_, problems) = read(&text);
            assert!(!problems.is_empty());
        }
    }

    #[test]
    fn what_letters_do_not_have_is_reported_where_it_stands() {
        for (text, line, column) in [
            ("a\n\n   <b>x</b>", 3, 4),
            ("**Label:**x", 1, 1),
            ("[a](b)", 1, 1),
            ("a\n\n---\n", 3, 1),
        ] {
            let (_, problems) = read(text);
            let first = problems.first().map(|problem| (problem.line, problem.column));
            assert_eq!(first, Some((line, column)), "{text:?} {problems:?}");
        }
    }
}
