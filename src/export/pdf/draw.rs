//! One page as drawing operators. Everything on it is marked as content of a part of the
//! letter, or as an artifact.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::ObjectId;
use pdf_writer::types::{ArtifactSubtype, ArtifactType, TextRenderingMode};
use pdf_writer::writers::MarkContent;
use pdf_writer::{Content, Name, Str, TextStr};
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, Op, PdfPage, XObject, XObjectId,
};
use sha2::{Digest, Sha256};

use super::fonts::{Cluster, Font, Fonts, clusters, resource, space};
use crate::document::Picture;
use crate::layout::Pages;
use crate::layout::page::{
    Artifact, GapMark, Glyph, GlyphRun, Missing, Owner, Page, PageItem, PlacedPicture,
    StructureKind,
};
use crate::memo::Memo;
use crate::typefaces::{Face, Outline, Segment};
use crate::units::{Point, Pt, Rect, Size};

/// A piece of content on a page, by which the structure tree finds it.
pub(super) struct MarkedContent {
    pub page: usize,
    /// Its number on the page.
    pub id: usize,
    /// Its node: an index into [`Pages::nodes`].
    pub node: usize,
}

/// One page, drawn.
pub(super) struct DrawnPage {
    /// The operators and operands of its content stream.
    content: Vec<u8>,
    /// The node of each piece of marked content, by the piece's number.
    nodes: Vec<usize>,
}

/// Pages as they were drawn before: most keystrokes change one of many.
static DRAWN: Memo<Arc<DrawnPage>> = Memo::of_weight(1 << 20);

/// Draws every page.
pub(super) fn pages(pages: &Pages, fonts: &Fonts) -> Vec<Arc<DrawnPage>> {
    DRAWN.begin_letter();
    let fonts_key = fonts.key();
    let mut drawn = Vec::new();
    for page in pages.iter() {
        let kinds: Vec<_> = page.items.iter().map(|item| kind(pages, item)).collect();
        let question = (page, kinds, pages.watermark(), pages.paper(), fonts_key);
        drawn.push(DRAWN.answer(&question, || {
            let page = draw(pages, page, fonts);
            let weight = page.content.len();
            (Arc::new(page), weight)
        }));
    }
    drawn
}

fn kind(pages: &Pages, item: &PageItem) -> Option<StructureKind> {
    let Some(Owner::Node(node)) = item.owner() else { return None };
    pages.nodes().get(node).map(|node| node.kind)
}

fn draw(pages: &Pages, page: &Page, fonts: &Fonts) -> DrawnPage {
    let content = Content::new();
    let mut canvas = Canvas { pages, fonts, content, open: None, nodes: Vec::new() };
    canvas.page(page);
    DrawnPage { content: canvas.content.finish().into_vec(), nodes: canvas.nodes }
}

/// A page of this size, as printpdf takes it.
fn sheet(paper: Size, ops: Vec<Op>) -> PdfPage {
    let media_box = printpdf::Rect::from_wh(
        printpdf::Pt(paper.width.0),
        printpdf::Pt(paper.height.0),
    );
    PdfPage {
        media_box: media_box.clone(),
        trim_box: media_box.clone(),
        crop_box: media_box,
        ops,
    }
}

/// Pages that show a glyph of each typeface, because printpdf writes only those that a
/// page uses. What is drawn on them comes later.
pub(super) fn blanks(pages: &Pages, fonts: &Fonts) -> Vec<PdfPage> {
    let mention = fonts.mention();
    pages.iter().map(|_| sheet(pages.paper(), mention.clone())).collect()
}

/// Puts what is drawn on the file's pages, and lists what was marked on them.
pub(super) fn fill(
    file: &mut lopdf::Document,
    drawn: &[Arc<DrawnPage>],
) -> Result<Vec<MarkedContent>, lopdf::Error> {
    let mut marks = Vec::new();
    let ids: Vec<ObjectId> = file.page_iter().collect();
    for (page, (id, drawn)) in ids.into_iter().zip(drawn).enumerate() {
        let contents = file.get_dictionary(id)?.get(b"Contents")?.as_reference()?;
        let stream = file.get_object_mut(contents)?.as_stream_mut()?;
        stream.set_plain_content(drawn.content.clone());
        for (id, &node) in drawn.nodes.iter().enumerate() {
            marks.push(MarkedContent { page, id, node });
        }
    }
    Ok(marks)
}

/// The pictures of these pages, by the names that pages know them by.
pub(super) fn pictures<'a>(
    pages: impl IntoIterator<Item = &'a Page>,
) -> BTreeMap<XObjectId, XObject> {
    let mut pictures = BTreeMap::new();
    for page in pages {
        for item in &page.items {
            if let PageItem::Picture(placed) = item {
                let picture = &placed.picture;
                pictures.insert(picture_id(picture), XObject::External(image(picture)));
            }
        }
    }
    pictures
}

/// The same picture has the same name in every file.
fn picture_id(picture: &Picture) -> XObjectId {
    let hash = Sha256::digest(&picture.rgb);
    let number = hash
        .iter()
        .take(8)
        .fold(0, |number, &byte| number << 8 | u64::from(byte));
    XObjectId(format!("picture{number:016x}"))
}

fn name(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}

fn image(picture: &Picture) -> ExternalXObject {
    let dict = BTreeMap::from([
        ("Type".into(), name("XObject")),
        ("Subtype".into(), name("Image")),
        ("Width".into(), DictItem::Int(picture.width.into())),
        ("Height".into(), DictItem::Int(picture.height.into())),
        ("ColorSpace".into(), name("DeviceRGB")),
        ("BitsPerComponent".into(), DictItem::Int(8)),
    ]);
    let stream = ExternalStream { dict, content: picture.rgb.clone(), compress: true };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}

/// What the ground of a gap's mark is: a light amber, and an edge of a darker one.
const GAP_GROUND: [f32; 3] = [1.0, 0.953, 0.812];
const GAP_EDGE: [f32; 3] = [0.851, 0.643, 0.255];
const GAP_LABEL: [f32; 3] = [0.42, 0.29, 0.02];
/// Light enough to read words on, dark enough to survive a copier.
const WATERMARK_GRAY: f32 = 0.9;
const HAIRLINE: Pt = Pt(0.5);

struct Canvas<'a> {
    pages: &'a Pages,
    fonts: &'a Fonts,
    content: Content,
    /// What the marked content that is open now belongs to.
    open: Option<Belongs>,
    /// The node of each piece of marked content, by the piece's number.
    nodes: Vec<usize>,
}

/// What marked content belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Belongs {
    Owner(Owner),
    Watermark,
    /// For the eye alone: lines, grounds and the marks of gaps.
    Decoration,
}

#[derive(Clone, Copy)]
enum Paint {
    Fill,
    Stroke,
}

#[derive(Clone, Copy)]
enum Color {
    Gray(f32),
    Rgb([f32; 3]),
}

const BLACK: Color = Color::Gray(0.0);

impl Canvas<'_> {
    fn page(&mut self, page: &Page) {
        if let Some(watermark) = self.pages.watermark() {
            self.mark(Belongs::Watermark);
            self.fill(watermark, Point::default(), Color::Gray(WATERMARK_GRAY));
        }
        for item in &page.items {
            self.item(item);
        }
        self.close();
    }

    fn item(&mut self, item: &PageItem) {
        match item {
            PageItem::Glyphs(run) => {
                self.mark(Belongs::Owner(run.owner));
                match run.owner {
                    Owner::Node(_) => self.glyphs(run),
                    Owner::Artifact(_) => self.outlines(run),
                }
            }
            PageItem::Missing(missing) => {
                self.mark(Belongs::Owner(missing.owner));
                self.missing(missing);
            }
            PageItem::Gap(gap) => {
                self.mark(Belongs::Decoration);
                self.gap(gap);
            }
            PageItem::Picture(picture) => {
                self.mark(match picture.owner {
                    owner @ Owner::Node(_) => Belongs::Owner(owner),
                    // What is on every page is for the eye alone.
                    Owner::Artifact(_) => Belongs::Decoration,
                });
                self.picture(picture);
            }
            PageItem::Rule(rule) => {
                self.mark(Belongs::Decoration);
                self.rectangle(*rule, Paint::Fill, BLACK);
            }
            PageItem::Ground(ground) => {
                self.mark(Belongs::Decoration);
                let gray = f32::from(ground.gray) / 1000.0;
                self.rectangle(ground.area, Paint::Fill, Color::Gray(gray));
            }
        }
    }

    fn picture(&mut self, picture: &PlacedPicture) {
        let Rect { at, size } = picture.area;
        let (x, y) = self.place(Point { x: at.x, y: at.y + size.height });
        let (width, height) = (thousandths(size.width), thousandths(size.height));
        let name = picture_id(&picture.picture).0;
        self.content.save_state();
        self.content.transform([width, 0.0, 0.0, height, x, y]);
        self.content.x_object(Name(name.as_bytes()));
        self.content.restore_state();
    }

    /// Opens marked content of this kind, unless it is open already.
    fn mark(&mut self, belongs: Belongs) {
        if self.open == Some(belongs) {
            return;
        }
        self.close();
        self.open = Some(belongs);
        match belongs {
            Belongs::Owner(Owner::Node(node)) => self.mark_content(node),
            Belongs::Owner(Owner::Artifact(artifact)) => {
                let subtype = match artifact {
                    Artifact::Header => Some(ArtifactSubtype::Header),
                    Artifact::Footer => Some(ArtifactSubtype::Footer),
                    Artifact::RepeatedRow => None,
                };
                self.mark_artifact(ArtifactType::Pagination, subtype);
            }
            Belongs::Watermark => {
                let subtype = Some(ArtifactSubtype::Watermark);
                self.mark_artifact(ArtifactType::Pagination, subtype);
            }
            Belongs::Decoration => self.mark_artifact(ArtifactType::Layout, None),
        }
    }

    fn mark_content(&mut self, node: usize) {
        let number = self.nodes.len();
        self.nodes.push(node);
        let tag = tag(self.pages.nodes()[node].kind);
        // Numbers that no page reaches are cut off.
        let number = i32::try_from(number).unwrap_or(i32::MAX);
        self.properties(tag).properties().identify(number);
    }

    fn mark_artifact(
        &mut self,
        kind: ArtifactType,
        subtype: Option<ArtifactSubtype<'_>>,
    ) {
        let mut content = self.properties("Artifact");
        let mut artifact = content.properties().artifact();
        artifact.kind(kind);
        if let Some(subtype) = subtype {
            artifact.subtype(subtype);
        }
    }

    fn properties(&mut self, tag: &str) -> MarkContent<'_> {
        self.content
            .begin_marked_content_with_properties(Name(tag.as_bytes()))
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.content.end_marked_content();
        }
    }

    /// The place as PDF has it, from the bottom left corner, to a thousandth of a point.
    fn place(&self, point: Point) -> (f32, f32) {
        let y = self.pages.paper().height - point.y;
        (thousandths(point.x), thousandths(y))
    }

    /// Draws a run without writing it, so that copied words are the letter's and not what
    /// is on every page.
    fn outlines(&mut self, run: &GlyphRun) {
        let mut x = run.origin.x;
        for glyph in &run.glyphs {
            let origin =
                Point { x: x + glyph.offset.x, y: run.origin.y + glyph.offset.y };
            self.fill(&run.face.glyph_outline(glyph.id, run.size), origin, BLACK);
            x += glyph.advance;
        }
    }

    /// Glyphs that are where the widths of those before put them are shown together;
    /// one that is moved, alone.
    fn glyphs(&mut self, run: &GlyphRun) {
        let Some(font) = self.fonts.get(run.face) else { return };
        let mut x = run.origin.x;
        let mut together: Vec<Cluster<'_>> = Vec::new();
        let mut start = x;
        for cluster in clusters(run) {
            let advance: Pt = cluster.glyphs.iter().map(|glyph| glyph.advance).sum();
            let moved =
                cluster.glyphs.iter().any(|glyph| glyph.offset != Point::default());
            if moved {
                self.show(run, font, start, &std::mem::take(&mut together));
                self.show_moved(run, font, x, &cluster);
                start = x + advance;
            } else {
                together.push(cluster);
            }
            x += advance;
        }
        self.show(run, font, start, &together);
    }

    fn show(&mut self, run: &GlyphRun, font: &Font, x: Pt, clusters: &[Cluster<'_>]) {
        if clusters.is_empty() {
            return;
        }
        self.begin_text(run, Point { x, y: run.origin.y });
        let mut line = GlyphLine::new(font, run.size);
        for cluster in clusters {
            match cluster.glyphs {
                [glyph] if font.says(font.glyph(glyph.id), cluster) => {
                    line.push(glyph);
                }
                glyphs => {
                    line.flush(&mut self.content);
                    self.begin_instead_of(&cluster.text());
                    glyphs.iter().for_each(|glyph| line.push(glyph));
                    line.flush(&mut self.content);
                    self.content.end_marked_content();
                }
            }
        }
        line.flush(&mut self.content);
        self.content.end_text();
    }

    /// A cluster of which a glyph is moved off its place: each glyph is placed on its
    /// own, all of them read as one.
    fn show_moved(&mut self, run: &GlyphRun, font: &Font, x: Pt, cluster: &Cluster<'_>) {
        let mut x = x;
        self.begin_instead_of(&cluster.text());
        for glyph in cluster.glyphs {
            let origin =
                Point { x: x + glyph.offset.x, y: run.origin.y + glyph.offset.y };
            self.begin_text(run, origin);
            let mut line = GlyphLine::new(font, run.size);
            line.push(glyph);
            line.flush(&mut self.content);
            self.content.end_text();
            x += glyph.advance;
        }
        self.content.end_marked_content();
    }

    fn begin_text(&mut self, run: &GlyphRun, origin: Point) {
        self.content.begin_text();
        self.set_text(run.face, run.size, origin);
    }

    fn set_text(&mut self, face: Face, size: Pt, origin: Point) {
        let (x, y) = self.place(origin);
        self.content.set_font(Name(resource(face).0.as_bytes()), size.0);
        self.content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, y]);
    }

    /// What is drawn until the next end of marked content stands for this text.
    fn begin_instead_of(&mut self, text: &str) {
        self.properties("Span").properties().actual_text(TextStr(text));
    }

    fn missing(&mut self, missing: &Missing) {
        let inset = missing.bounds.size.width * 0.12;
        let Rect { at, size } = missing.bounds;
        let height = size.height * 0.6;
        let box_area = Rect {
            at: Point { x: at.x + inset, y: at.y + size.height * 0.2 },
            size: Size { width: size.width - inset * 2.0, height },
        };
        self.begin_instead_of(&missing.text);
        self.rectangle(box_area, Paint::Stroke, BLACK);
        self.unseen_space(missing.bounds);
        self.content.end_marked_content();
    }

    /// A space that is not painted: most programs copy words out only where there is a
    /// glyph to stand for them.
    fn unseen_space(&mut self, area: Rect) {
        let face = Face::Regular;
        let Some(font) = self.fonts.get(face) else { return };
        let origin = Point { x: area.at.x, y: area.bottom() };
        self.content.save_state();
        self.content.begin_text();
        self.content.set_text_rendering_mode(TextRenderingMode::Invisible);
        self.set_text(face, area.size.height, origin);
        self.content.show(Str(&font.glyph(space()).to_be_bytes()));
        self.content.end_text();
        self.content.restore_state();
    }

    fn gap(&mut self, gap: &GapMark) {
        self.rectangle(gap.bounds, Paint::Fill, Color::Rgb(GAP_GROUND));
        self.rectangle(gap.bounds, Paint::Stroke, Color::Rgb(GAP_EDGE));
        self.fill(&gap.outline, gap.origin, Color::Rgb(GAP_LABEL));
    }

    fn rectangle(&mut self, area: Rect, paint: Paint, color: Color) {
        let (x, y) = self.place(Point { x: area.at.x, y: area.bottom() });
        let (width, height) =
            (thousandths(area.size.width), thousandths(area.size.height));
        self.content.save_state();
        self.color(paint, color);
        self.content.rect(x, y, width, height);
        match paint {
            Paint::Fill => self.content.fill_nonzero(),
            Paint::Stroke => self.content.stroke(),
        };
        self.content.restore_state();
    }

    fn fill(&mut self, outline: &Outline, origin: Point, color: Color) {
        if outline.0.is_empty() {
            return;
        }
        self.content.save_state();
        self.color(Paint::Fill, color);
        for segment in outline.0.iter() {
            self.segment(segment, origin);
        }
        self.content.fill_nonzero();
        self.content.restore_state();
    }

    fn segment(&mut self, segment: &Segment, origin: Point) {
        let place = |point: Point| {
            self.place(Point { x: origin.x + point.x, y: origin.y + point.y })
        };
        match *segment {
            Segment::Move(to) => {
                let (x, y) = place(to);
                self.content.move_to(x, y);
            }
            Segment::Line(to) => {
                let (x, y) = place(to);
                self.content.line_to(x, y);
            }
            Segment::Curve(first, second, to) => {
                let [(x1, y1), (x2, y2), (x3, y3)] = [first, second, to].map(place);
                self.content.cubic_to(x1, y1, x2, y2, x3, y3);
            }
        }
    }

    fn color(&mut self, paint: Paint, color: Color) {
        match (paint, color) {
            (Paint::Fill, Color::Gray(gray)) => self.content.set_fill_gray(gray),
            (Paint::Fill, Color::Rgb([r, g, b])) => self.content.set_fill_rgb(r, g, b),
            (Paint::Stroke, Color::Gray(gray)) => {
                self.content.set_line_width(HAIRLINE.0).set_stroke_gray(gray)
            }
            (Paint::Stroke, Color::Rgb([r, g, b])) => {
                self.content.set_line_width(HAIRLINE.0).set_stroke_rgb(r, g, b)
            }
        };
    }
}

/// The standard structure type of a node (ISO 32000-1, 14.8.4).
pub(super) fn tag(kind: StructureKind) -> &'static str {
    match kind {
        StructureKind::Paragraph => "P",
        StructureKind::Heading(0 | 1) => "H1",
        StructureKind::Heading(2) => "H2",
        StructureKind::Heading(3) => "H3",
        StructureKind::Heading(4) => "H4",
        StructureKind::Heading(5) => "H5",
        StructureKind::Heading(_) => "H6",
        StructureKind::List { .. } => "L",
        StructureKind::ListItem => "LI",
        StructureKind::Label => "Lbl",
        StructureKind::ListBody => "LBody",
        StructureKind::Table => "Table",
        StructureKind::Row => "TR",
        StructureKind::ColumnHeader { .. } | StructureKind::RowHeader { .. } => "TH",
        StructureKind::Cell { .. } => "TD",
        StructureKind::Figure => "Figure",
    }
}

fn thousandths(length: Pt) -> f32 {
    (length.0 * 1000.0).round() / 1000.0
}

/// Glyphs in a row, with what must be added to their widths to put the next one where
/// layout has it.
struct GlyphLine<'a> {
    font: &'a Font,
    size: Pt,
    /// How far the reader's place is ahead of layout's, in thousandths of the size.
    ahead: f32,
    /// Each glyph's number, with the correction after it.
    shown: Vec<(u16, f32)>,
}

impl<'a> GlyphLine<'a> {
    fn new(font: &'a Font, size: Pt) -> Self {
        Self { font, size, ahead: 0.0, shown: Vec::new() }
    }

    fn push(&mut self, glyph: &Glyph) {
        let id = self.font.glyph(glyph.id);
        self.ahead += self.font.width(id) - glyph.advance.0 * 1000.0 / self.size.0;
        // Less than a thousandth of the size shows nowhere; what is left over counts for
        // the next glyph.
        let correction = self.ahead.round();
        self.ahead -= correction;
        self.shown.push((id, correction));
    }

    /// Shows the glyphs; those without a correction between them as one string.
    fn flush(&mut self, content: &mut Content) {
        if self.shown.is_empty() {
            return;
        }
        let mut shown = content.show_positioned();
        let mut items = shown.items();
        let mut string = Vec::new();
        for (glyph, correction) in self.shown.drain(..) {
            string.extend(glyph.to_be_bytes());
            if correction != 0.0 {
                items.show(Str(&string)).adjust(correction);
                string.clear();
            }
        }
        if !string.is_empty() {
            items.show(Str(&string));
        }
    }
}
