//! Paragraphs into lines: shaping, line breaking and alignment are parley's; what is
//! where is written down here.

use std::sync::Arc;

use parley::{
    Alignment, AlignmentOptions, Cluster, FontFamily, FontStyle, FontWeight, InlineBox,
    InlineBoxKind, Layout, Line, LineHeight, OverflowWrap, PositionedLayoutItem,
    RangedBuilder, Run, StyleProperty, VerticalAlign,
};

use super::marks;
use super::page::{GapMark, Glyph, GlyphRun, Ground, Missing, Owner, PageItem};
use super::setter::{Brush, Scratch, Setter};
use super::strip::{Join, Measure, Strip};
use crate::document::{Align, Paragraph, Span, Style};
use crate::memo::Memo;
use crate::typefaces::{DEFAULT_FAMILY, Face};
use crate::units::{Point, Pt, Rect, Size};

/// A ground reaches this far beyond the words on it, so that they do not touch its edge.
pub(super) const GROUND_INSET: Size = Size { width: Pt(5.0), height: Pt(2.0) };

/// Paragraphs as they were set before, of no owner: a keystroke changes one of many.
pub(super) static SET: Memo<Arc<[Strip]>> = Memo::of_weight(4 << 20);

/// Sets a paragraph: a strip for each of its lines, and at least one.
pub(super) fn set(
    setter: &mut Setter,
    paragraph: &Paragraph,
    measure: Measure,
    owner: Owner,
) -> Vec<Strip> {
    // Only headers and footers are set with numbers.
    let numbers = if shows_numbers(paragraph) { setter.numbers } else { None };
    let strips = SET.answer(&(paragraph, measure, numbers), || {
        let strips = shape(&mut setter.scratch, paragraph, measure, numbers);
        let weight = strips.iter().map(Strip::weight).sum();
        (strips.into(), weight)
    });
    strips.iter().map(|strip| strip.clone().moved_to(owner)).collect()
}

fn shows_numbers(paragraph: &Paragraph) -> bool {
    paragraph
        .spans
        .iter()
        .any(|span| matches!(span, Span::PageNumber | Span::PageCount))
}

/// The strips of a paragraph that belongs to nothing yet.
fn shape(
    scratch: &mut Scratch,
    paragraph: &Paragraph,
    measure: Measure,
    numbers: Option<(usize, usize)>,
) -> Vec<Strip> {
    let style = &*paragraph.style;
    let inset = if style.ground.is_some() { GROUND_INSET } else { Size::default() };
    let measure = measure.indent(style.indent);
    let text_measure = measure.inset(inset.width, inset.width);
    let source = ParagraphText::new(paragraph, numbers, text_measure.width);
    let layout = source.layout(scratch, style, text_measure.width);
    let mut strips = Vec::new();
    for line in layout.lines() {
        let line = LineSetter { source: &source, line, left: text_measure.left };
        strips.push(line.strip());
    }
    if let Some(gray) = style.ground {
        lay_ground(&mut strips, measure, inset.height, gray);
    }
    space(&mut strips, style);
    strips
}

/// Puts a ground under every strip, with room above the first and below the last.
fn lay_ground(strips: &mut [Strip], measure: Measure, room: Pt, gray: f32) {
    if let Some(first) = strips.first_mut() {
        first.height += room;
        first.items = std::mem::take(&mut first.items)
            .into_iter()
            .map(|item| item.moved_down(room))
            .collect();
    }
    if let Some(last) = strips.last_mut() {
        last.height += room;
    }
    for strip in strips {
        let size = Size { width: measure.width, height: strip.height };
        let area = Rect { at: Point { x: measure.left, y: Pt::ZERO }, size };
        strip.items.insert(0, PageItem::Ground(ground(area, gray)));
    }
}

/// An area of this gray, from 0 (black) to 1 (white).
pub(super) fn ground(area: Rect, gray: f32) -> Ground {
    Ground { area, gray: (gray.clamp(0.0, 1.0) * 1000.0).round() as u16 }
}

/// Says how the lines cling together and how far they are from what is around them.
fn space(strips: &mut [Strip], style: &Style) {
    let count = strips.len();
    for (index, strip) in strips.iter_mut().enumerate() {
        // Two lines at least at a page's foot and at its head.
        let is_second_or_last = index == 1 || index + 1 == count;
        strip.join =
            if index > 0 && is_second_or_last { Join::Tight } else { Join::Free };
    }
    if let Some(first) = strips.first_mut() {
        first.before = style.space_before;
    }
    if let Some(last) = strips.last_mut() {
        last.after = style.space_after;
        last.keeps_next = style.keep_with_next;
    }
}

/// The owner of what is set, until it is known.
const NOBODY: Owner = Owner::Node(usize::MAX);

/// The width of `text` in a style, on one line.
pub(super) fn width(setter: &mut Setter, paragraph: &Paragraph) -> Pt {
    let source = ParagraphText::new(paragraph, None, Pt(f32::MAX));
    Pt(source
        .layout(&mut setter.scratch, &paragraph.style, Pt(f32::MAX))
        .width())
}

/// A paragraph as one string, with what each part of it was.
struct ParagraphText<'a> {
    spans: &'a [Span],
    text: String,
    /// Where each span's text ends; spans follow one another.
    ends: Vec<usize>,
    gaps: Vec<(usize, marks::Mark)>,
}

impl<'a> ParagraphText<'a> {
    fn new(paragraph: &'a Paragraph, numbers: Option<(usize, usize)>, width: Pt) -> Self {
        let mut source = Self {
            spans: &paragraph.spans,
            text: String::new(),
            ends: Vec::new(),
            gaps: Vec::new(),
        };
        for (index, span) in paragraph.spans.iter().enumerate() {
            match span {
                Span::Text(text) => source.text.push_str(&text.text),
                Span::Break => source.text.push('\n'),
                Span::Gap(gap) => source
                    .gaps
                    .push((index, marks::gap(&gap.label, paragraph.style.size, width))),
                Span::PageNumber | Span::PageCount => {
                    if let Some((number, count)) = numbers {
                        let shown =
                            if *span == Span::PageNumber { number } else { count };
                        source.text.push_str(&shown.to_string());
                    }
                }
            }
            source.ends.push(source.text.len());
        }
        source
    }

    fn layout(&self, scratch: &mut Scratch, style: &Style, width: Pt) -> Layout<Brush> {
        let shown = shown(&self.text);
        let mut builder =
            scratch.layouts.ranged_builder(&mut scratch.fonts, &shown, 1.0, false);
        push_style(&mut builder, style);
        let mut start = 0;
        for (index, (span, &end)) in self.spans.iter().zip(&self.ends).enumerate() {
            builder.push(StyleProperty::Brush(index), start..end);
            if let Span::Text(text) = span {
                push_emphasis(&mut builder, text.bold, text.italic, start..end);
            }
            start = end;
        }
        for (index, gap) in &self.gaps {
            builder.push_inline_box(inline_box(*index, self.ends[*index], gap));
        }
        let mut layout = builder.build(&shown);
        layout.break_all_lines(Some(width.0));
        layout.align(alignment(style.align), AlignmentOptions::default());
        layout
    }
}

/// The text as it is shaped: a tab is as wide as a space, and every byte keeps its place.
fn shown(text: &str) -> String {
    text.replace(['\t', '\u{b}', '\u{c}'], " ")
}

fn push_style(builder: &mut RangedBuilder<'_, Brush>, style: &Style) {
    builder.push_default(FontFamily::named(DEFAULT_FAMILY));
    builder.push_default(StyleProperty::FontSize(style.size.0));
    builder.push_default(LineHeight::FontSizeRelative(style.line_height));
    // A word longer than a line is broken anywhere: nothing may run over the margin.
    builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
    if style.bold {
        builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
    }
    if style.italic {
        builder.push_default(StyleProperty::FontStyle(FontStyle::Italic));
    }
}

fn push_emphasis(
    builder: &mut RangedBuilder<'_, Brush>,
    bold: bool,
    italic: bool,
    range: std::ops::Range<usize>,
) {
    if bold {
        builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
    }
    if italic {
        builder.push(StyleProperty::FontStyle(FontStyle::Italic), range);
    }
}

fn inline_box(span: usize, at: usize, mark: &marks::Mark) -> InlineBox {
    InlineBox {
        id: span as u64,
        kind: InlineBoxKind::InFlow,
        index: at,
        width: mark.size.width.0,
        height: mark.size.height.0,
        baseline: Some(mark.baseline.0),
        vertical_align: VerticalAlign::BASELINE,
    }
}

fn alignment(align: Align) -> Alignment {
    match align {
        Align::Left => Alignment::Left,
        Align::Center => Alignment::Center,
        Align::Right => Alignment::Right,
        Align::Justify => Alignment::Justify,
    }
}

/// Turns one of parley's lines into a strip.
struct LineSetter<'a> {
    source: &'a ParagraphText<'a>,
    line: Line<'a, Brush>,
    /// Where the lines begin on the page.
    left: Pt,
}

impl LineSetter<'_> {
    fn strip(&self) -> Strip {
        let metrics = self.line.metrics();
        let mut items: Vec<(usize, PageItem)> = Vec::new();
        let mut starts: Vec<(usize, Pt)> = Vec::new();
        for item in self.line.items() {
            match item {
                // Parley gives a piece for every change of style, and the first one says
                // where a run begins.
                PositionedLayoutItem::GlyphRun(piece) => {
                    if starts.last().is_none_or(|(run, _)| *run != piece.run().index()) {
                        starts.push((piece.run().index(), Pt(piece.offset())));
                    }
                }
                PositionedLayoutItem::InlineBox(placed) => {
                    items.extend(self.gap(
                        placed.id as usize,
                        Pt(placed.x),
                        Pt(placed.y - metrics.block_min_coord),
                    ));
                }
            }
        }
        // A run of nothing but a line's end has no piece; it is at the end of the
        // line.
        let end = Pt(metrics.inline_min_coord + metrics.offset + metrics.advance
            - metrics.hanging_advance);
        for run in self.line.runs() {
            if run.text_range().is_empty() {
                continue;
            }
            let start = match starts.iter().find(|(index, _)| *index == run.index()) {
                Some((_, start)) => *start,
                None => end,
            };
            items.extend(self.run(&run, start));
        }
        // Reading order, also where a line runs from right to left.
        items.sort_by_key(|(start, _)| *start);
        let height = Pt(metrics.block_max_coord - metrics.block_min_coord);
        Strip {
            height,
            items: items.into_iter().map(|(_, item)| item).collect(),
            ..Strip::default()
        }
    }

    /// The distance of the baseline from the strip's top.
    fn baseline(&self) -> Pt {
        Pt(self.line.metrics().baseline - self.line.metrics().block_min_coord)
    }

    fn gap(&self, span: usize, x: Pt, y: Pt) -> Option<(usize, PageItem)> {
        let (_, mark) = self.source.gaps.iter().find(|(index, _)| *index == span)?;
        let Some(Span::Gap(gap)) = self.source.spans.get(span) else { return None };
        let at = Point { x: self.left + x, y };
        let mark = GapMark {
            label: gap.label.clone(),
            bounds: Rect { at, size: mark.size },
            outline: mark.outline.clone(),
            origin: Point { x: at.x + mark.label_at.x, y: at.y + mark.label_at.y },
            field: gap.field.clone(),
            owner: NOBODY,
        };
        Some((self.source.ends.get(span).copied()?, PageItem::Gap(mark)))
    }

    /// Cuts a run where its field or face changes and where a character is missing.
    fn run(&self, run: &Run<'_, Brush>, x: Pt) -> Vec<(usize, PageItem)> {
        let mut drafts: Vec<RunDraft> = Vec::new();
        let mut x = self.left + x;
        for cluster in run.visual_clusters() {
            let glyphs: Vec<parley::Glyph> = cluster.glyphs().collect();
            let advance: f32 = glyphs.iter().map(|glyph| glyph.advance).sum();
            let missing = glyphs.iter().any(|glyph| glyph.id == 0);
            // A line's end has no glyph and goes with the words before it, whatever span
            // it came from.
            let span = *cluster_brush(&cluster);
            match drafts.last_mut() {
                Some(draft)
                    if !draft.missing
                        && !missing
                        && (draft.span == span || glyphs.is_empty()) =>
                {
                    draft.push(&cluster, &glyphs);
                }
                _ => {
                    let mut draft = RunDraft {
                        span,
                        missing,
                        x,
                        start: cluster.text_range().start,
                        clusters: Vec::new(),
                    };
                    draft.push(&cluster, &glyphs);
                    drafts.push(draft);
                }
            }
            x += Pt(advance);
        }
        drafts
            .into_iter()
            .map(|draft| (draft.start, self.finish(&draft, run)))
            .collect()
    }

    fn finish(&self, draft: &RunDraft, run: &Run<'_, Brush>) -> PageItem {
        let metrics = run.font_metrics();
        let field = self.source.spans.get(draft.span).and_then(Span::field).cloned();
        let at = Point { x: draft.x, y: self.baseline() - Pt(metrics.ascent) };
        let height = Pt(metrics.ascent + metrics.descent);
        let face = face(run);
        let (text, glyphs) = draft.text_and_glyphs(&self.source.text, face);
        if draft.missing {
            let width = glyphs.iter().map(|glyph| glyph.advance).sum();
            return PageItem::Missing(Missing {
                text,
                bounds: Rect { at, size: Size { width, height } },
                field,
                owner: NOBODY,
            });
        }
        let bounds =
            Rect { at, size: Size { width: inked_width(&text, &glyphs), height } };
        let origin = Point { x: draft.x, y: self.baseline() };
        PageItem::Glyphs(GlyphRun {
            face,
            size: Pt(run.font_size()),
            origin,
            glyphs,
            text,
            bounds,
            field,
            owner: NOBODY,
        })
    }
}

fn cluster_brush<'a>(cluster: &Cluster<'a, Brush>) -> &'a Brush {
    &cluster.style().brush
}

/// The bundled face that a run was shaped with.
fn face(run: &Run<'_, Brush>) -> Face {
    let data = run.font().data.data();
    for face in Face::ALL {
        if std::ptr::eq(face.data().as_ptr(), data.as_ptr()) {
            return face;
        }
    }
    // By its bytes, should a compiler ever store them twice: never a face that was not
    // asked for.
    let mut faces = Face::ALL.into_iter();
    faces.find(|face| face.data() == data).unwrap_or(Face::Regular)
}

/// How wide the glyphs are without the spaces at their end.
fn inked_width(text: &str, glyphs: &[Glyph]) -> Pt {
    let inked = text.trim_end().len();
    glyphs
        .iter()
        .filter(|glyph| glyph.text.start < inked)
        .map(|glyph| glyph.advance)
        .sum()
}

/// A run in the making: neighbouring clusters of one span.
struct RunDraft {
    span: usize,
    missing: bool,
    x: Pt,
    /// The first cluster's place in the source.
    start: usize,
    clusters: Vec<(std::ops::Range<usize>, Vec<parley::Glyph>)>,
}

impl RunDraft {
    fn push(&mut self, cluster: &Cluster<'_, Brush>, glyphs: &[parley::Glyph]) {
        self.start = self.start.min(cluster.text_range().start);
        self.clusters.push((cluster.text_range(), glyphs.to_vec()));
    }

    /// The run's words in reading order, and its glyphs from left to right, each with its
    /// share of the words.
    fn text_and_glyphs(&self, source: &str, face: Face) -> (String, Vec<Glyph>) {
        let mut end = self.start;
        for (range, _) in &self.clusters {
            end = end.max(range.end);
        }
        let text = source.get(self.start..end).unwrap_or_default().to_owned();
        let mut glyphs: Vec<Glyph> = Vec::new();
        for (range, drawn) in &self.clusters {
            let range = range.start - self.start..range.end - self.start;
            if drawn.is_empty() {
                let is_space = match text.get(range.clone()) {
                    Some(words) => words.trim().is_empty(),
                    None => false,
                };
                match glyphs.last_mut() {
                    // The rest of a ligature belongs to the glyph before it.
                    Some(last) if !is_space => {
                        last.text.end = last.text.end.max(range.end);
                    }
                    Some(_) | None => glyphs.push(line_end(range, face)),
                }
                continue;
            }
            glyphs.extend(drawn.iter().enumerate().map(|(index, glyph)| Glyph {
                id: glyph.id as u16,
                advance: Pt(glyph.advance),
                offset: Point { x: Pt(glyph.x), y: Pt(glyph.y) },
                // All of a cluster's characters belong to its first glyph.
                text: if index == 0 { range.clone() } else { range.end..range.end },
            }));
        }
        (text, glyphs)
    }
}

/// A line's end as a space without width, so that words copied out do not run into one
/// another.
fn line_end(text: std::ops::Range<usize>, face: Face) -> Glyph {
    Glyph {
        id: face.glyph(' ').unwrap_or_default(),
        advance: Pt::ZERO,
        offset: Point::default(),
        text,
    }
}
