//! One page as drawing operations. Everything on it is marked as content of a part of the
//! letter, or as an artifact.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::ObjectId;
use printpdf::{
    Codepoint, Color, DictItem, ExternalStream, ExternalXObject, Greyscale, Op,
    PaintMode, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Polygon, PolygonRing,
    Rgb, TextItem, TextMatrix, TextRenderingMode, WindingOrder, XObject, XObjectId,
    XObjectTransform,
};
use sha2::{Digest, Sha256};

use super::fonts::{Cluster, Font, Fonts, clusters, resource, space};
use super::strings::utf16;
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
    let mut canvas =
        Canvas { pages, fonts, ops: Vec::new(), open: None, nodes: Vec::new() };
    canvas.page(page);
    let mut document = PdfDocument::new("");
    document.resources.fonts.map = fonts.stand_ins();
    document.resources.xobjects.map = pictures([page]);
    document.pages = vec![sheet(pages.paper(), canvas.ops)];
    let file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    let mut content = Vec::new();
    for id in file.page_iter() {
        content = file.get_page_content(id);
        // Between one stream and the next.
        content.pop();
    }
    DrawnPage { content, nodes: canvas.nodes }
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
    ops: Vec<Op>,
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

impl Canvas<'_> {
    fn page(&mut self, page: &Page) {
        if let Some(watermark) = self.pages.watermark() {
            self.mark(Belongs::Watermark);
            self.fill(watermark, Point::default(), gray(WATERMARK_GRAY));
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
                self.rectangle(*rule, PaintMode::Fill, gray(0.0));
            }
            PageItem::Ground(ground) => {
                self.mark(Belongs::Decoration);
                self.rectangle(
                    ground.area,
                    PaintMode::Fill,
                    gray(f32::from(ground.gray) / 1000.0),
                );
            }
        }
    }

    fn picture(&mut self, picture: &PlacedPicture) {
        let Rect { at, size } = picture.area;
        let corner = self.place(Point { x: at.x, y: at.y + size.height });
        let transform = XObjectTransform {
            translate_x: Some(corner.x),
            translate_y: Some(corner.y),
            scale_x: Some(thousandths(size.width.0)),
            scale_y: Some(thousandths(size.height.0)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.ops
            .push(Op::UseXobject { id: picture_id(&picture.picture), transform });
    }

    /// Opens marked content of this kind, unless it is open already.
    fn mark(&mut self, belongs: Belongs) {
        if self.open == Some(belongs) {
            return;
        }
        self.close();
        self.open = Some(belongs);
        let (tag, properties) = match belongs {
            Belongs::Owner(Owner::Node(node)) => self.content(node),
            Belongs::Owner(Owner::Artifact(Artifact::Header)) => {
                artifact("Pagination", Some("Header"))
            }
            Belongs::Owner(Owner::Artifact(Artifact::Footer)) => {
                artifact("Pagination", Some("Footer"))
            }
            Belongs::Owner(Owner::Artifact(Artifact::RepeatedRow)) => {
                artifact("Pagination", None)
            }
            Belongs::Watermark => artifact("Pagination", Some("Watermark")),
            Belongs::Decoration => artifact("Layout", None),
        };
        let properties = DictItem::Dict { map: properties };
        self.ops
            .push(Op::BeginMarkedContentWithProperties { tag: tag.into(), properties });
    }

    fn content(&mut self, node: usize) -> (&'static str, Properties) {
        let id = self.nodes.len();
        self.nodes.push(node);
        let kind = self.pages.nodes()[node].kind;
        (tag(kind), BTreeMap::from([("MCID".into(), integer(id))]))
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    /// The place as PDF has it, from the bottom left corner, to a thousandth of a point.
    fn place(&self, point: Point) -> printpdf::Point {
        let y = self.pages.paper().height - point.y;
        printpdf::Point {
            x: printpdf::Pt(thousandths(point.x.0)),
            y: printpdf::Pt(thousandths(y.0)),
        }
    }

    /// Draws a run without writing it, so that copied words are the letter's and not what
    /// is on every page.
    fn outlines(&mut self, run: &GlyphRun) {
        let mut x = run.origin.x;
        for glyph in &run.glyphs {
            let origin =
                Point { x: x + glyph.offset.x, y: run.origin.y + glyph.offset.y };
            self.fill(&run.face.glyph_outline(glyph.id, run.size), origin, gray(0.0));
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
        let mut line = GlyphLine { font, size: run.size, ahead: 0.0, shown: Vec::new() };
        for cluster in clusters {
            match cluster.glyphs {
                [glyph] if font.says(font.glyph(glyph.id), &cluster.text()) => {
                    line.push(glyph);
                }
                glyphs => {
                    self.ops.extend(line.flush());
                    line.extend(glyphs);
                    let shown = line.flush();
                    self.instead_of(&cluster.text(), shown);
                }
            }
        }
        self.ops.extend(line.flush());
        self.ops.push(Op::EndTextSection);
    }

    /// A cluster of which a glyph is moved off its place: each glyph is placed on its
    /// own, all of them read as one.
    fn show_moved(&mut self, run: &GlyphRun, font: &Font, x: Pt, cluster: &Cluster<'_>) {
        let mut x = x;
        let mut ops = std::mem::take(&mut self.ops);
        for glyph in cluster.glyphs {
            let origin =
                Point { x: x + glyph.offset.x, y: run.origin.y + glyph.offset.y };
            self.begin_text(run, origin);
            let mut line =
                GlyphLine { font, size: run.size, ahead: 0.0, shown: Vec::new() };
            line.push(glyph);
            self.ops.extend(line.flush());
            self.ops.push(Op::EndTextSection);
            x += glyph.advance;
        }
        std::mem::swap(&mut ops, &mut self.ops);
        self.instead_of(&cluster.text(), ops);
    }

    fn begin_text(&mut self, run: &GlyphRun, origin: Point) {
        let place = self.place(origin);
        let font = PdfFontHandle::External(resource(run.face));
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFont { font, size: printpdf::Pt(run.size.0) });
        self.ops
            .push(Op::SetTextMatrix { matrix: TextMatrix::Translate(place.x, place.y) });
    }

    /// Marks what is drawn as standing for this text.
    fn instead_of(&mut self, text: &str, drawn: impl IntoIterator<Item = Op>) {
        let text = DictItem::String { data: utf16(text), literal: false };
        let map = BTreeMap::from([("ActualText".into(), text)]);
        let properties = DictItem::Dict { map };
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: "Span".into(),
            properties,
        });
        self.ops.extend(drawn);
        self.ops.push(Op::EndMarkedContent);
    }

    fn missing(&mut self, missing: &Missing) {
        let inset = missing.bounds.size.width * 0.12;
        let Rect { at, size } = missing.bounds;
        let height = size.height * 0.6;
        let box_area = Rect {
            at: Point { x: at.x + inset, y: at.y + size.height * 0.2 },
            size: Size { width: size.width - inset * 2.0, height },
        };
        let before = std::mem::take(&mut self.ops);
        self.rectangle(box_area, PaintMode::Stroke, gray(0.0));
        self.unseen_space(missing.bounds);
        let drawn = std::mem::replace(&mut self.ops, before);
        self.instead_of(&missing.text, drawn);
    }

    /// A space that is not painted: most programs copy words out only where there is a
    /// glyph to stand for them.
    fn unseen_space(&mut self, area: Rect) {
        let face = Face::Regular;
        let Some(font) = self.fonts.get(face) else { return };
        let place = self.place(Point { x: area.at.x, y: area.bottom() });
        let glyph = Codepoint::new(font.glyph(space()), 0.0);
        self.ops.extend([
            Op::SaveGraphicsState,
            Op::StartTextSection,
            Op::SetTextRenderingMode { mode: TextRenderingMode::Invisible },
            Op::SetFont {
                font: PdfFontHandle::External(resource(face)),
                size: printpdf::Pt(area.size.height.0),
            },
            Op::SetTextMatrix { matrix: TextMatrix::Translate(place.x, place.y) },
            Op::ShowText { items: vec![TextItem::GlyphIds(vec![glyph])] },
            Op::EndTextSection,
            Op::RestoreGraphicsState,
        ]);
    }

    fn gap(&mut self, gap: &GapMark) {
        self.rectangle(gap.bounds, PaintMode::Fill, rgb(GAP_GROUND));
        self.rectangle(gap.bounds, PaintMode::Stroke, rgb(GAP_EDGE));
        self.fill(&gap.outline, gap.origin, rgb(GAP_LABEL));
    }

    fn rectangle(&mut self, area: Rect, mode: PaintMode, color: Color) {
        let corner = self.place(Point { x: area.at.x, y: area.bottom() });
        let size = (
            printpdf::Pt(thousandths(area.size.width.0)),
            printpdf::Pt(thousandths(area.size.height.0)),
        );
        let mut rectangle = printpdf::Rect::from_wh(size.0, size.1);
        (rectangle.x, rectangle.y) = (corner.x, corner.y);
        rectangle.mode = Some(mode);
        self.painted(color, Op::DrawRectangle { rectangle });
    }

    fn fill(&mut self, outline: &Outline, origin: Point, color: Color) {
        if outline.0.is_empty() {
            return;
        }
        let mut rings: Vec<PolygonRing> = Vec::new();
        for segment in outline.0.iter() {
            let points = match *segment {
                Segment::Move(to) => {
                    rings.push(PolygonRing::default());
                    vec![(to, false)]
                }
                Segment::Line(to) => vec![(to, false)],
                Segment::Curve(first, second, to) => {
                    vec![(first, true), (second, true), (to, false)]
                }
            };
            let points = points.into_iter().map(|(point, bezier)| {
                let point = Point { x: origin.x + point.x, y: origin.y + point.y };
                printpdf::LinePoint { p: self.place(point), bezier }
            });
            // Every outline begins with a move.
            if let Some(ring) = rings.last_mut() {
                ring.points.extend(points);
            }
        }
        let polygon = Polygon {
            rings,
            mode: PaintMode::Fill,
            winding_order: WindingOrder::NonZero,
        };
        self.painted(color, Op::DrawPolygon { polygon });
    }

    /// Paints in a color and goes back to black.
    fn painted(&mut self, color: Color, op: Op) {
        self.ops.push(Op::SaveGraphicsState);
        self.ops.push(Op::SetFillColor { col: color.clone() });
        self.ops.push(Op::SetOutlineColor { col: color });
        self.ops
            .push(Op::SetOutlineThickness { pt: printpdf::Pt(HAIRLINE.0) });
        self.ops.push(op);
        self.ops.push(Op::RestoreGraphicsState);
    }
}

type Properties = BTreeMap<String, DictItem>;

/// A number as a property; numbers that no page reaches are cut off.
fn integer(number: usize) -> DictItem {
    DictItem::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn artifact(kind: &str, subtype: Option<&str>) -> (&'static str, Properties) {
    let mut properties = BTreeMap::from([("Type".into(), name(kind))]);
    if let Some(subtype) = subtype {
        properties.insert("Subtype".into(), name(subtype));
    }
    ("Artifact", properties)
}

fn name(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
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

fn gray(percent: f32) -> Color {
    Color::Greyscale(Greyscale { percent, icc_profile: None })
}

fn rgb([r, g, b]: [f32; 3]) -> Color {
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

fn thousandths(length: f32) -> f32 {
    (length * 1000.0).round() / 1000.0
}

/// Glyphs in a row, with what must be added to their widths to put the next one where
/// layout has it.
struct GlyphLine<'a> {
    font: &'a Font,
    size: Pt,
    /// How far the reader's place is ahead of layout's, in thousandths of the size.
    ahead: f32,
    shown: Vec<Codepoint>,
}

impl GlyphLine<'_> {
    fn push(&mut self, glyph: &Glyph) {
        let id = self.font.glyph(glyph.id);
        self.ahead += self.font.width(id) - glyph.advance.0 * 1000.0 / self.size.0;
        // Less than a thousandth of the size shows nowhere; what is left over counts for
        // the next glyph.
        let correction = self.ahead.round();
        self.ahead -= correction;
        self.shown.push(Codepoint::new(id, correction));
    }

    fn extend(&mut self, glyphs: &[Glyph]) {
        for glyph in glyphs {
            self.push(glyph);
        }
    }

    fn flush(&mut self) -> Option<Op> {
        if self.shown.is_empty() {
            return None;
        }
        let shown = std::mem::take(&mut self.shown);
        Some(Op::ShowText { items: vec![TextItem::GlyphIds(shown)] })
    }
}
