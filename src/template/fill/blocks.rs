//! From blocks of Markdown to blocks of a document.

use std::sync::Arc;

use minijinja::{Error, ErrorKind};

use super::super::Template;
use super::super::ledger::{Breaks, Printed, placeholder};
use super::super::markdown::{self, Inline, Node, NodeKind};
use crate::diagnostic::{Anchor, Diagnostic, Severity};
use crate::document::{
    Block, Cell, Gap, List, Paragraph, Placed, Role, Span, Style, Table, Text,
};
use crate::letter::{FieldPath, Letter};
use crate::units::Pt;

/// Stand for the page's number and the number of pages while Markdown is read.
pub(super) const PAGE_NUMBER: char = '\u{10_FFF0}';
pub(super) const PAGE_COUNT: char = '\u{10_FFF1}';
/// Stand for the organization's pictures.
pub(super) const PICTURES: &[(&str, char)] =
    &[("logo", '\u{10_FFF2}'), ("signature", '\u{10_FFF3}')];

/// Turns blocks of Markdown into blocks of a document.
pub(super) struct BlockBuilder<'a> {
    template: &'a Template,
    printed: Vec<Printed>,
    letter: &'a Letter,
    pub(super) noticed: Vec<Diagnostic>,
}

/// Where a value is printed, which decides what its paragraphs become.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ValuePlace {
    /// Its further paragraphs become paragraphs too.
    Block,
    /// All of it is one line.
    Heading,
}

/// Paragraphs that are being put together; the last one grows.
type Paragraphs = Vec<Vec<Span>>;

impl<'a> BlockBuilder<'a> {
    pub(super) fn new(
        template: &'a Template,
        letter: &'a Letter,
        printed: Vec<Printed>,
    ) -> Self {
        Self { template, printed, letter, noticed: Vec::new() }
    }

    pub(super) fn blocks(
        &mut self,
        markdown: &str,
        style: &str,
    ) -> Result<Vec<Block>, Error> {
        match markdown::read_whole(markdown) {
            Ok(nodes) => Ok(self.nodes(nodes, style)),
            Err(_) => Err(Error::new(
                ErrorKind::InvalidOperation,
                "it produces more text than a letter can hold",
            )),
        }
    }

    fn nodes(&mut self, nodes: Vec<Node>, style: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        for node in nodes {
            blocks.extend(self.node(node, style));
        }
        blocks
    }

    fn node(&mut self, node: Node, inherited: &str) -> Vec<Block> {
        let Node { style: named, kind } = node;
        match kind {
            NodeKind::PageBreak => vec![Block::PageBreak],
            NodeKind::Paragraph(inlines) => {
                let style = self.style(named.as_deref(), inherited);
                match picture_name(&inlines) {
                    Some(name) => self.picture(name, style).into_iter().collect(),
                    None => {
                        self.paragraphs(&inlines, ValuePlace::Block, Role::Body, &style)
                    }
                }
            }
            NodeKind::Heading(level, inlines) => {
                let style = self.style(named.as_deref(), &format!("heading{level}"));
                let role = Role::Heading(level);
                self.paragraphs(&inlines, ValuePlace::Heading, role, &style)
            }
            NodeKind::List(start, items) => {
                let style = self.style(named.as_deref(), "list");
                let name = style.name.clone();
                let items =
                    items.into_iter().map(|item| self.nodes(item, &name)).collect();
                vec![Block::List(List { start, style, items })]
            }
            NodeKind::Table(rows) => vec![self.table(rows, named.as_deref())],
        }
    }

    /// The style that the line before a block names, or else what its kind has.
    fn style(&self, named: Option<&str>, fallback: &str) -> Arc<Style> {
        self.template.style(named.unwrap_or(fallback))
    }

    fn table(&mut self, rows: Vec<Vec<Vec<Inline>>>, name: Option<&str>) -> Block {
        let shape = name.and_then(|name| self.template.head.tables.get(name));
        let shape = shape.cloned().unwrap_or_default();
        let columns = rows.first().map_or(0, Vec::len);
        let style = self.template.style("cell");
        // Markdown has no table without a header; one that is not wanted is left out.
        let skipped = usize::from(!shape.header);
        let mut table = Vec::new();
        for (place, row) in rows.into_iter().enumerate().skip(skipped) {
            let mut cells: Vec<Cell> = Vec::new();
            for cell in row {
                match cells.last_mut() {
                    Some(before) if joins_the_one_before(&cell) => before.span += 1,
                    _ => cells.push(self.cell(&cell, place == 0, &style)),
                }
            }
            table.push(cells);
        }
        Block::Table(Table {
            widths: shape.widths(columns),
            lines: shape.lines,
            header: shape.header,
            rows: table,
        })
    }

    /// A picture of the organization's own, if the head names it and it was found.
    fn picture(&self, name: &str, style: Arc<Style>) -> Option<Block> {
        let (_, named) =
            self.template.head.pictures().find(|(other, _)| *other == name)?;
        let picture = Arc::clone(self.template.pictures.get(name)?);
        Some(Block::Picture(Placed {
            picture,
            height: Pt::from_inches(named.height),
            style,
        }))
    }

    /// A cell that is wholly bold names its row.
    fn cell(&mut self, inlines: &[Inline], in_header: bool, style: &Arc<Style>) -> Cell {
        let is_bold = !inlines.is_empty() && inlines.iter().all(is_bold);
        let names_row = in_header || is_bold;
        let style = if names_row { &self.template.style("label") } else { style };
        Cell {
            is_header: names_row,
            span: 1,
            blocks: self.paragraphs(inlines, ValuePlace::Block, Role::Body, style),
        }
    }

    /// A paragraph, and one more for each further paragraph of a value that ends it.
    fn paragraphs(
        &mut self,
        inlines: &[Inline],
        place: ValuePlace,
        role: Role,
        style: &Arc<Style>,
    ) -> Vec<Block> {
        let mut paragraphs = vec![Vec::new()];
        for (number, inline) in inlines.iter().enumerate() {
            let last = number + 1 == inlines.len();
            match inline {
                Inline::Break => push(&mut paragraphs, Span::Break),
                Inline::Text { text, bold, italic } => {
                    let look = Text { bold: *bold, italic: *italic, ..Text::default() };
                    self.text(
                        text,
                        &look,
                        last && place == ValuePlace::Block,
                        &mut paragraphs,
                    );
                }
            }
        }
        let mut blocks = Vec::new();
        for spans in paragraphs {
            if spans.iter().any(is_something) {
                let style = Arc::clone(style);
                blocks.push(Block::Paragraph(Paragraph { role, style, spans }));
            }
        }
        blocks
    }

    /// Template text with the values that it holds.
    fn text(
        &mut self,
        text: &str,
        look: &Text,
        may_split: bool,
        paragraphs: &mut Paragraphs,
    ) {
        let mut rest = text;
        while let Some((before, stand_in, after)) = cut_at_placeholder(rest) {
            push_words(paragraphs, before, look);
            rest = after;
            match stand_in {
                PAGE_NUMBER => push(paragraphs, Span::PageNumber),
                PAGE_COUNT => push(paragraphs, Span::PageCount),
                // A picture has a paragraph of its own or is left out.
                other if is_picture(other) => {}
                other => {
                    let at_end = may_split && after.trim().is_empty();
                    if let Some(value) = self.printed_value(other) {
                        self.value(&value, look, at_end, paragraphs);
                    }
                }
            }
        }
        push_words(paragraphs, rest, look);
    }

    fn printed_value(&self, stand_in: char) -> Option<Printed> {
        self.printed.get(placeholder(stand_in)?).cloned()
    }

    fn value(
        &mut self,
        value: &Printed,
        look: &Text,
        at_end: bool,
        paragraphs: &mut Paragraphs,
    ) {
        let lines = value.text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut is_first = true;
        for line in lines {
            if !is_first {
                self.next_line(value, look, at_end, paragraphs);
            }
            is_first = false;
            let (text, field) = (line.to_owned(), value.field.clone());
            push(paragraphs, Span::Text(Text { text, field, ..look.clone() }));
        }
        // What the template made itself and left empty is no gap.
        if is_first && let Some(field) = &value.field {
            push(paragraphs, self.gap(field));
        }
    }

    /// Goes on to a value's next line: a line or a paragraph of its own, or joined to the
    /// one before where there is room for one alone.
    fn next_line(
        &mut self,
        value: &Printed,
        look: &Text,
        at_end: bool,
        paragraphs: &mut Paragraphs,
    ) {
        match (value.breaks, at_end) {
            (Breaks::Lines, _) => push(paragraphs, Span::Break),
            (Breaks::Paragraphs, true) => paragraphs.push(Vec::new()),
            (Breaks::Paragraphs, false) => {
                push_words(paragraphs, " ", look);
                self.notice_joined(value.field.as_ref());
            }
        }
    }

    fn gap(&self, field: &FieldPath) -> Span {
        let pattern = field.pattern();
        let shown = self.template.field(pattern);
        let label = match shown.or_else(|| self.template.nameable_field(pattern)) {
            Some(field) => field.label.to_string(),
            None => "missing".to_owned(),
        };
        Span::Gap(Gap { label, field: Some(field.clone()) })
    }

    fn notice_joined(&mut self, field: Option<&FieldPath>) {
        let (anchor, place) = match field {
            Some(field) => (field.clone().into(), self.letter.spell(field)),
            None => (Anchor::Letter, String::new()),
        };
        if self.noticed.iter().any(|noticed| noticed.anchor == anchor) {
            return;
        }
        let message = format!(
            "The paragraphs of {place} are joined, because the letter prints it on one line"
        );
        let error = Diagnostic::error(
            "T010",
            "joined-paragraphs",
            message,
            "Write it as one paragraph".into(),
            anchor,
        );
        self.noticed.push(Diagnostic { severity: Severity::Warning, ..error });
    }
}

/// The picture of which a paragraph is, if it is of nothing else.
fn picture_name(inlines: &[Inline]) -> Option<&'static str> {
    let [Inline::Text { text, .. }] = inlines else { return None };
    let mut pictures = PICTURES.iter();
    let (name, _) = pictures.find(|(_, sign)| text.trim().chars().eq([*sign]))?;
    Some(name)
}

fn is_bold(inline: &Inline) -> bool {
    matches!(inline, Inline::Text { bold: true, .. } | Inline::Break)
}

fn is_picture(character: char) -> bool {
    PICTURES.iter().any(|&(_, sign)| sign == character)
}

/// A cell of nothing but `<` is part of the one before it.
fn joins_the_one_before(cell: &[Inline]) -> bool {
    matches!(cell, [Inline::Text { text, .. }] if text.trim() == "<")
}

fn is_something(span: &Span) -> bool {
    match span {
        Span::Text(text) => !text.text.trim().is_empty(),
        Span::Gap(_) | Span::PageNumber | Span::PageCount => true,
        Span::Break => false,
    }
}

fn push(paragraphs: &mut [Vec<Span>], span: Span) {
    if let Some(spans) = paragraphs.last_mut() {
        spans.push(span);
    }
}

/// Adds the template's words; a period, comma or space that is there before them already
/// is not doubled.
fn push_words(paragraphs: &mut [Vec<Span>], words: &str, look: &Text) {
    let Some(spans) = paragraphs.last_mut() else { return };
    let before = spans.last().and_then(|span| span.text().chars().last());
    let words = match words.chars().next() {
        Some(first @ ('.' | ',' | ';')) if before == Some(first) => {
            &words[first.len_utf8()..]
        }
        _ => words,
    };
    // A paragraph begins with its first word, not with the space that stood before it.
    let follows_a_space = spans.is_empty() || before.is_some_and(char::is_whitespace);
    let words = if follows_a_space { words.trim_start_matches(' ') } else { words };
    let words = single_spaces(words);
    if !words.is_empty() {
        spans.push(Span::Text(Text { text: words, ..look.clone() }));
    }
}

/// A condition that is false within a line leaves the space before it and the one after
/// it.
fn single_spaces(words: &str) -> String {
    let mut single = String::with_capacity(words.len());
    for character in words.chars() {
        if character != ' ' || !single.ends_with(' ') {
            single.push(character);
        }
    }
    single
}

fn cut_at_placeholder(text: &str) -> Option<(&str, char, &str)> {
    let mut characters = text.char_indices();
    let (at, character) = characters.find(|&(_, character)| is_stand_in(character))?;
    Some((&text[..at], character, &text[at + character.len_utf8()..]))
}

fn is_stand_in(character: char) -> bool {
    placeholder(character).is_some()
        || matches!(character, PAGE_NUMBER | PAGE_COUNT)
        || is_picture(character)
}
