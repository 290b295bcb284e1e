//! A template and a letter become a document: minijinja writes Markdown with
//! placeholders, the Markdown becomes blocks, and in the blocks each placeholder becomes
//! spans that know their field.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use minijinja::{Environment, Error, ErrorKind, Value};

use super::context::{Context, Many};
use super::filters::{self, Guidelines};
use super::ledger::{Breaks, Ledger, Printed, placeholder};
use super::markdown::{self, Inline, Node, NodeKind};
use super::{LetterCopy, Template};
use crate::diagnostic::{Anchor, Diagnostic, Severity};
use crate::document::{
    Block, Cell, Document, Gap, List, Paragraph, Placed, Role, Span, Style, Table, Text,
};
use crate::letter::{FieldPath, Letter};
use crate::units::Pt;

/// Stand for the page's number and the number of pages while Markdown is read.
const PAGE_NUMBER: char = '\u{10_FFF0}';
const PAGE_COUNT: char = '\u{10_FFF1}';
/// Stand for the organisation's pictures.
const PICTURES: &[(&str, char)] =
    &[("logo", '\u{10_FFF2}'), ("signature", '\u{10_FFF3}')];

/// Fills a template; see [`Template::fill`].
///
/// # Errors
/// The template ran into a limit, or asked at run time for what the lint cannot see.
pub(super) fn fill(
    template: &Template,
    letter: &Letter,
    copy: LetterCopy,
) -> Result<(Document, Vec<Diagnostic>), Error> {
    let ledger = Arc::new(Ledger::default());
    let env = environment(template, letter, &ledger);
    let context = Context {
        letter,
        head: &template.head,
        fields: &template.names,
        ledger: &ledger,
    };
    let mut names = context.scope("", &[]);
    names.insert("copy".into(), Value::from(copy.name()));
    names.insert("page".into(), Value::from_safe_string(PAGE_NUMBER.into()));
    names.insert("pages".into(), Value::from_safe_string(PAGE_COUNT.into()));
    names.extend(
        PICTURES
            .iter()
            .map(|&(name, sign)| (name.into(), Value::from_safe_string(sign.into()))),
    );
    let names = Value::from(names);

    let render = |part: &str| within_limit(env.get_template(part)?.render(&names)?);
    let (header, body, footer) = (render("header")?, render("body")?, render("footer")?);

    let mut builder =
        Builder { template, printed: ledger.printed(), letter, noticed: Vec::new() };
    let document = Document {
        title: template.head.title.clone(),
        language: template.head.language.clone(),
        date: letter
            .case
            .decision_date
            .understood()
            .copied()
            .unwrap_or(jiff::civil::date(2000, 1, 1)),
        header: builder.blocks(&header, "header")?,
        footer: builder.blocks(&footer, "footer")?,
        blocks: builder.blocks(&body, "body")?,
        facts: super::facts::facts(template, letter, copy),
    };
    Ok((document, builder.noticed))
}

/// The longest wording, in bytes, that a template may make; values count for one
/// character each. The wording of the longest real letter is below a twentieth of it.
const LONGEST_WORDING: usize = 256 * 1024;

fn within_limit(wording: String) -> Result<String, Error> {
    let fits = wording.len() <= LONGEST_WORDING;
    if fits {
        Ok(wording)
    } else {
        Err(Error::new(ErrorKind::InvalidOperation, "its wording is too long"))
    }
}

fn environment(
    template: &Template,
    letter: &Letter,
    ledger: &Arc<Ledger>,
) -> Environment<'static> {
    let mut env = template.env.clone();
    filters::open(&mut env, ledger, Guidelines::of(letter));
    let ledger = Arc::clone(ledger);
    env.set_formatter(move |out, _state, value| match words(value)? {
        None => Ok(()),
        Some(Words::Template(text)) => Ok(out.write_str(text)?),
        Some(Words::Value(text, field)) => {
            let handed = field.map(|field| ledger.hand(&*text, field, Breaks::default()));
            let text = handed.as_ref().and_then(Value::as_str).unwrap_or(&text);
            let stand_in = ledger.print(text).ok_or_else(too_many)?;
            Ok(out.write_char(stand_in)?)
        }
        Some(Words::Text(text)) => {
            Ok(out.write_char(ledger.print(text).ok_or_else(too_many)?)?)
        }
    });
    env
}

fn too_many() -> Error {
    Error::new(ErrorKind::InvalidOperation, "it prints too many values")
}

/// What printing a value means.
enum Words<'a> {
    /// Text of the template itself, captured by `set` or a macro.
    Template(&'a str),
    /// A string, perhaps of a field.
    Text(&'a str),
    /// Anything else, in words.
    Value(String, Option<FieldPath>),
}

fn words(value: &Value) -> Result<Option<Words<'_>>, Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(None);
    }
    if let Some(many) = value.downcast_object_ref::<Many>() {
        let values: Vec<String> = many.values.iter().map(ToString::to_string).collect();
        return Ok(Some(Words::Value(values.join(", "), Some(many.field.clone()))));
    }
    match value.as_str() {
        Some(text) if value.is_safe() => Ok(Some(Words::Template(text))),
        Some(text) => Ok(Some(Words::Text(text))),
        // A list of lists can be without end when it is written out.
        None if value.try_iter().is_ok() => Err(Error::new(
            ErrorKind::InvalidOperation,
            "a list is printed that is no field",
        )),
        None => Ok(Some(Words::Value(value.to_string(), None))),
    }
}

/// Turns blocks of Markdown into blocks of a document.
struct Builder<'a> {
    template: &'a Template,
    printed: Vec<Printed>,
    letter: &'a Letter,
    noticed: Vec<Diagnostic>,
}

/// Where a value stands, which decides what its paragraphs become.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Its further paragraphs stand by themselves.
    Block,
    /// All of it is one line.
    Heading,
}

impl Builder<'_> {
    fn blocks(&mut self, markdown: &str, style: &str) -> Result<Vec<Block>, Error> {
        let too_much = |_| {
            Error::new(
                ErrorKind::InvalidOperation,
                "it makes more than a letter can hold",
            )
        };
        let nodes = markdown::read_whole(markdown).map_err(too_much)?;
        Ok(self.nodes(nodes, style))
    }

    fn nodes(&mut self, nodes: Vec<Node>, style: &str) -> Vec<Block> {
        nodes.into_iter().flat_map(|node| self.node(node, style)).collect()
    }

    fn node(&mut self, node: Node, inherited: &str) -> Vec<Block> {
        let named = |fallback: &str| {
            self.template.style(node.style.as_deref().unwrap_or(fallback))
        };
        match node.kind {
            NodeKind::PageBreak => vec![Block::PageBreak],
            NodeKind::Paragraph(inlines) => {
                if let Some(name) = picture_name(&inlines) {
                    return self.picture(name, named(name)).into_iter().collect();
                }
                let style = named(inherited);
                self.paragraphs(&inlines, Place::Block, Role::Body, &style)
            }
            NodeKind::Heading(level, inlines) => {
                let style = named(&format!("heading{level}"));
                self.paragraphs(&inlines, Place::Heading, Role::Heading(level), &style)
            }
            NodeKind::List(start, items) => {
                let style = named("list");
                let name = style.name.clone();
                let items =
                    items.into_iter().map(|item| self.nodes(item, &name)).collect();
                vec![Block::List(List { start, style, items })]
            }
            NodeKind::Table(rows) => vec![self.table(rows, node.style.as_deref())],
        }
    }

    fn table(&mut self, rows: Vec<Vec<Vec<Inline>>>, name: Option<&str>) -> Block {
        let shape = name
            .and_then(|name| self.template.head.tables.get(name))
            .cloned()
            .unwrap_or_default();
        let columns = rows.first().map_or(0, Vec::len);
        let style = self.template.style("cell");
        let skipped = usize::from(!shape.header);
        let rows = rows.into_iter().enumerate().skip(skipped);
        let rows = rows.map(|(place, row)| {
            let mut cells: Vec<Cell> = Vec::new();
            for cell in row {
                match cells.last_mut().filter(|_| joins_the_one_before(&cell)) {
                    Some(before) => before.span += 1,
                    None => cells.push(self.cell(&cell, place == 0, &style)),
                }
            }
            cells
        });
        let rows = rows.collect();
        Block::Table(Table {
            widths: shape.widths(columns),
            lines: shape.lines,
            header: shape.header,
            rows,
        })
    }

    /// A picture of the organisation's own, if the head names it and it was found.
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
        let bold = |inline: &Inline| {
            matches!(inline, Inline::Text { bold: true, .. } | Inline::Break)
        };
        let names_row = in_header || (!inlines.is_empty() && inlines.iter().all(bold));
        let style = if names_row { &self.template.style("label") } else { style };
        Cell {
            is_header: names_row,
            span: 1,
            blocks: self.paragraphs(inlines, Place::Block, Role::Body, style),
        }
    }

    /// A paragraph, and one more for each further paragraph of a value that ends it.
    fn paragraphs(
        &mut self,
        inlines: &[Inline],
        place: Place,
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
                        last && place == Place::Block,
                        &mut paragraphs,
                    );
                }
            }
        }
        let said = paragraphs.into_iter().filter(|spans| spans.iter().any(is_something));
        said.map(|spans| {
            Block::Paragraph(Paragraph { role, style: Arc::clone(style), spans })
        })
        .collect()
    }

    /// Template text with the values that it holds.
    fn text(
        &mut self,
        text: &str,
        look: &Text,
        may_split: bool,
        paragraphs: &mut Vec<Vec<Span>>,
    ) {
        let mut rest = text;
        while let Some((before, stand_in, after)) = cut_at_placeholder(rest) {
            push_words(paragraphs, before, look);
            rest = after;
            match stand_in {
                PAGE_NUMBER => push(paragraphs, Span::PageNumber),
                PAGE_COUNT => push(paragraphs, Span::PageCount),
                // A picture stands in a paragraph of its own or not at all.
                other if is_picture(other) => {}
                other => {
                    let printed = placeholder(other)
                        .and_then(|place| self.printed.get(place))
                        .cloned();
                    let at_end = may_split && after.trim().is_empty();
                    printed
                        .into_iter()
                        .for_each(|value| self.value(&value, look, at_end, paragraphs));
                }
            }
        }
        push_words(paragraphs, rest, look);
    }

    fn value(
        &mut self,
        value: &Printed,
        look: &Text,
        at_end: bool,
        paragraphs: &mut Vec<Vec<Span>>,
    ) {
        if value.text.trim().is_empty() {
            // What the template made itself and left empty is no gap.
            value.field.iter().for_each(|field| push(paragraphs, self.gap(field)));
            return;
        }
        let mut lines = value
            .text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .peekable();
        while let Some(line) = lines.next() {
            push(
                paragraphs,
                Span::Text(Text {
                    text: line.to_owned(),
                    field: value.field.clone(),
                    ..look.clone()
                }),
            );
            match (lines.peek(), value.breaks, at_end) {
                (None, ..) => {}
                (Some(_), Breaks::Lines, _) => push(paragraphs, Span::Break),
                (Some(_), Breaks::Paragraphs, true) => paragraphs.push(Vec::new()),
                (Some(_), Breaks::Paragraphs, false) => {
                    push_words(paragraphs, " ", look);
                    self.notice_joined(value.field.as_ref());
                }
            }
        }
    }

    fn gap(&self, field: &FieldPath) -> Span {
        let pattern = field.pattern();
        let known = self
            .template
            .field(pattern)
            .or_else(|| self.template.nameable_field(pattern));
        let label =
            known.map_or_else(|| "missing".to_owned(), |named| named.label.to_string());
        Span::Gap(Gap { label, field: Some(field.clone()) })
    }

    fn notice_joined(&mut self, field: Option<&FieldPath>) {
        let anchor = field.map_or(Anchor::Letter, |field| field.clone().into());
        let place = field.map(|field| self.letter.spell(field)).unwrap_or_default();
        if self.noticed.iter().any(|noticed| noticed.anchor == anchor) {
            return;
        }
        let message = format!(
            "Paragraphs of {place} are joined, because the letter prints it within a line"
        );
        let told = Diagnostic::error(
            "T010",
            "joined-paragraphs",
            message,
            "Write it as one paragraph".into(),
            anchor,
        );
        self.noticed.push(Diagnostic { severity: Severity::Warning, ..told });
    }
}

/// The picture of which a paragraph is, if it is of nothing else.
fn picture_name(inlines: &[Inline]) -> Option<&'static str> {
    let [Inline::Text { text, .. }] = inlines else { return None };
    PICTURES
        .iter()
        .find(|(_, sign)| text.trim().chars().eq([*sign]))
        .map(|&(name, _)| name)
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

/// Adds the template's words; a full stop, comma or space that stands before them already
/// is not doubled.
fn push_words(paragraphs: &mut [Vec<Span>], words: &str, look: &Text) {
    let Some(spans) = paragraphs.last_mut() else { return };
    let before = spans.last().and_then(|span| span.text().chars().last());
    let doubled = words
        .chars()
        .next()
        .filter(|first| ".,;".contains(*first) && before == Some(*first));
    let words = doubled.map_or(words, |first| &words[first.len_utf8()..]);
    // A paragraph begins with its first word, not with the space that stood before it.
    let follows_a_space = spans.is_empty() || before.is_some_and(char::is_whitespace);
    let words = if follows_a_space { words.trim_start_matches(' ') } else { words };
    let words = single_spaces(words);
    if !words.is_empty() {
        spans.push(Span::Text(Text { text: words, ..look.clone() }));
    }
}

/// A condition that is false within a line leaves the space before it and the one behind
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
    let special = |character: char| {
        placeholder(character).is_some()
            || matches!(character, PAGE_NUMBER | PAGE_COUNT)
            || is_picture(character)
    };
    let (at, character) =
        text.char_indices().find(|&(_, character)| special(character))?;
    Some((&text[..at], character, &text[at + character.len_utf8()..]))
}

/// Styles by name; a name that the head does not have is `body`.
pub(super) fn style(styles: &BTreeMap<String, Arc<Style>>, name: &str) -> Arc<Style> {
    styles
        .get(name)
        .or_else(|| styles.get("body"))
        .cloned()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{Decision, Group, Guideline, Source};

    const HEAD: &str = r#"(id: "test", name: "Test", version: 1, title: "Test",
        styles: {"item": (bold: true)}, tables: {"plain": (header: false)},
        outcomes: [(key: "upheld", word: "Upheld", denial: Stands, meaning: "the denial stands")])"#;

    fn filled(letter: &Letter, body: &str) -> Document {
        let template = Template::parse(&format!("{HEAD}\n---\n{body}"))
            .unwrap_or_else(|found| panic!("{found:#?}"));
        template.fill(letter, LetterCopy::Served).0
    }

    /// Blocks in a short notation: values in `⟨⟩` with their field, gaps as `□`.
    fn check(letter: &Letter, body: &str, expected: &[&str]) {
        let document = filled(letter, body);
        let shown: Vec<String> = document.blocks.iter().flat_map(show).collect();
        assert_eq!(shown, expected, "{body:?}");
    }

    fn show(block: &Block) -> Vec<String> {
        match block {
            Block::Paragraph(paragraph) => {
                vec![paragraph.spans.iter().map(show_span).collect()]
            }
            Block::List(list) => list.items.iter().flatten().flat_map(show).collect(),
            Block::Table(table) => table
                .rows
                .iter()
                .flatten()
                .flat_map(|cell| &cell.blocks)
                .flat_map(show)
                .collect(),
            Block::Picture(_) => vec!["picture".into()],
            Block::PageBreak => vec!["/".into()],
        }
    }

    fn show_span(span: &Span) -> String {
        match span {
            Span::Text(Text { text, field: Some(field), .. }) => {
                format!("⟨{field} {text}⟩")
            }
            Span::Text(text) => text.text.clone(),
            Span::Gap(gap) => format!("□{}", gap.label),
            Span::Break => "|".into(),
            Span::PageNumber | Span::PageCount => "#".into(),
        }
    }

    fn one_item(rationale: &str) -> Letter {
        let mut letter = Letter::default();
        letter.add_row(Group::Items, None);
        letter.items[0].title.request = "MRI".into();
        letter.items[0].decision = Decision("upheld".into());
        letter.items[0].rationale = rationale.into();
        letter
    }

    #[test]
    fn a_value_is_only_itself() {
        let letter = Letter {
            summary: "**x** {{ y }} <b> | _z_ {% w %}".into(),
            ..Letter::default()
        };
        check(&letter, "{{ summary }}", &["⟨summary **x** {{ y }} <b> | _z_ {% w %}⟩"]);
    }

    #[test]
    fn a_value_knows_its_field_wherever_it_went() {
        let letter = one_item("why");
        let value = "⟨items#1.rationale why⟩";
        for body in [
            "{% for item in items %}{{ item.rationale }}{% endfor %}",
            "{{ items[0].rationale }}",
            "{{ (items | first).rationale }}",
            "{% set x = items[0] %}{% set y = x.rationale %}{{ y }}",
            "{% macro show(x) %}{{ x }}{% endmacro %}{{ show(items[0].rationale) }}",
            "{% for x in items | map(attribute='rationale') %}{{ x }}{% endfor %}",
            "{{ summary or items[0].rationale }}",
            "{% set captured %}{{ items[0].rationale }}{% endset %}{{ captured }}",
        ] {
            check(&letter, body, &[value]);
        }
        check(&letter, "{{ items[0].rationale | upper }}", &["WHY"]);
    }

    #[test]
    fn comparisons_see_plain_strings() {
        let letter = one_item("why");
        check(&letter, "{% if items[0].decision == 'Upheld' %}yes{% endif %}", &["yes"]);
        check(&letter, "{% if 'Uph' in items[0].decision %}yes{% endif %}", &["yes"]);
        check(&letter, "{% if summary %}a{% else %}b{% endif %}", &["b"]);
    }

    #[test]
    fn an_empty_value_is_a_gap_that_knows_its_name() {
        check(&Letter::default(), "Case {{ case.number }} is", &["Case □Case number is"]);
        let mut letter = Letter::default();
        letter.add_row(Group::Reviewers, None);
        check(
            &letter,
            "{{ reviewers[0].certifications | and_list }}",
            &["□Board certifications"],
        );
    }

    #[test]
    fn paragraphs_of_a_value_become_paragraphs_behind_what_stands_before_it() {
        let letter = one_item("one\n\ntwo\nthree");
        let body = "**Rationale:** {{ items[0].rationale }}";
        check(
            &letter,
            body,
            &[
                "Rationale: ⟨items#1.rationale one⟩",
                "⟨items#1.rationale two⟩",
                "⟨items#1.rationale three⟩",
            ],
        );
    }

    #[test]
    fn paragraphs_within_a_line_are_joined_and_told() {
        let template = Template::parse(&format!("{HEAD}\n---\n{{{{ summary }}}} end"))
            .unwrap_or_else(|_| panic!());
        let letter = Letter { summary: "a\nb".into(), ..Letter::default() };
        let (document, noticed) = template.fill(&letter, LetterCopy::Served);
        assert_eq!(document.text(), "a b end");
        assert_eq!(
            noticed.iter().map(|noticed| noticed.code).collect::<Vec<_>>(),
            ["T010"]
        );
    }

    #[test]
    fn an_address_keeps_its_lines() {
        let mut letter = Letter::default();
        let id = letter.add_row(Group::Recipients, None);
        letter.recipients[0].address = "1 Road\nTown".into();
        let line = |text| format!("⟨recipients#{id}.address {text}⟩");
        check(
            &letter,
            "{{ recipients[0].address | lines }}",
            &[&format!("{}|{}", line("1 Road"), line("Town"))],
        );
    }

    #[test]
    fn stops_are_not_doubled_where_pieces_join() {
        let letter = Letter { summary: "It hurts.".into(), ..Letter::default() };
        check(&letter, "{{ summary }}. Next", &["⟨summary It hurts.⟩ Next"]);
    }

    #[test]
    fn a_false_condition_leaves_nothing_behind() {
        check(
            &Letter::default(),
            "a\n\n{% if false %}\nb\n{% endif %}\n\nc",
            &["a", "c"],
        );
        check(&Letter::default(), "a\n{% if false %}\nb\n{% endif %}\nc", &["a c"]);
    }

    #[test]
    fn guidelines_are_written_in_the_form_asked_for() {
        let mut letter = one_item("why");
        let source = Source::Mtus {
            title: "Low Back Complaints".into(),
            year: Some(2004),
            acoem_chapter: Some(12),
            sections: vec![],
        };
        letter.items[0].claims_guideline = Guideline::Cited(vec![source]);
        let line =
            |words| format!("⟨items#1.claims_guideline Decision based on MTUS {words}.⟩");
        let body =
            |form| format!("{{{{ items[0].claims_guideline | guideline('{form}') }}}}");
        check(&letter, &body("acoem"), &[&line("ACOEM Chapter 12 Low Back Complaints")]);
        check(&letter, &body("mtus"), &[&line("Low Back Complaints 2004")]);
    }

    #[test]
    fn a_table_without_a_header_has_its_first_row_left_out() {
        check(
            &Letter::default(),
            "{.plain}\n| x | y |\n|---|---|\n| **a** | b |",
            &["a", "b"],
        );
    }

    #[test]
    fn an_endless_template_ends_in_a_diagnostic() {
        let body = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        let template =
            Template::parse(&format!("{HEAD}\n---\n{body}")).unwrap_or_else(|_| panic!());
        let (_, noticed) = template.fill(&Letter::default(), LetterCopy::Served);
        assert_eq!(
            noticed.iter().map(|noticed| noticed.code).collect::<Vec<_>>(),
            ["T009"]
        );
    }
}
