//! The faces that a letter uses, cut down to its characters, and what readers of the file
//! must know of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId, Stream};
use printpdf::{Codepoint, FontId, Op, ParsedFont, PdfFont, PdfFontHandle, TextItem};
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use subsetter::GlyphRemapper;

use crate::export::error::Error;
use crate::layout::Pages;
use crate::layout::page::{Glyph, GlyphRun, Owner, PageItem};
use crate::memo::{self, Memo};
use crate::typefaces::{Face, is_invisible};

/// Every face that a letter uses.
pub(super) struct Fonts(BTreeMap<Face, Arc<Font>>);

/// Faces as they were cut down before: most changes bring no new character.
static CUT_DOWN: Memo<Arc<Font>> = Memo::of_weight(1 << 20);

/// One face, cut down.
pub(super) struct Font {
    /// What the file calls it, such as `ABCDEF+Tinos-Bold`.
    name: String,
    program: Vec<u8>,
    glyphs: GlyphRemapper,
    /// By the new number: what the glyph says wherever nothing else is said, and its
    /// width in thousandths of the size.
    texts: BTreeMap<u16, String>,
    widths: Vec<f32>,
    metrics: Metrics,
}

/// Of the whole face, in its own units.
struct Metrics {
    units_per_em: u16,
    ascent: f32,
    descent: f32,
    cap_height: f32,
    /// Degrees, negative for letters that lean forward.
    italic_angle: f32,
    bounds: [f32; 4],
}

impl Fonts {
    /// Cuts down each face to the glyphs that the pages show.
    pub(super) fn subset(pages: &Pages) -> Result<Self, Error> {
        let mut used: UsedGlyphs = BTreeMap::new();
        for page in pages.iter() {
            for item in &page.items {
                use_glyphs(&mut used, item);
            }
        }
        CUT_DOWN.begin_letter();
        let mut fonts = BTreeMap::new();
        for (face, ShownGlyphs { texts: glyphs, .. }) in used {
            let font = CUT_DOWN.try_answer(&(face, &glyphs), || {
                let font = Font::new(face, &glyphs)?;
                let weight = font.program.len();
                Ok((Arc::new(font), weight))
            })?;
            fonts.insert(face, font);
        }
        Ok(Self(fonts))
    }

    /// The face, cut down, if the letter uses it.
    pub(super) fn get(&self, face: Face) -> Option<&Font> {
        self.0.get(&face).map(|font| &**font)
    }

    /// The faces as printpdf takes them.
    pub(super) fn resources(&self) -> BTreeMap<FontId, PdfFont> {
        let fonts = self.0.iter();
        let parsed = |font: &Font, face| PdfFont::new(font.parsed(face));
        fonts
            .map(|(&face, font)| (resource(face), parsed(font, face)))
            .collect()
    }

    /// Operations that show a glyph of each face.
    pub(super) fn mention(&self) -> Vec<Op> {
        let mut ops = vec![Op::StartTextSection];
        for &face in self.0.keys() {
            let font = PdfFontHandle::External(resource(face));
            ops.push(Op::SetFont { font, size: printpdf::Pt(1.0) });
            let items = vec![TextItem::GlyphIds(vec![Codepoint::new(0, 0.0)])];
            ops.push(Op::ShowText { items });
        }
        ops.push(Op::EndTextSection);
        ops
    }

    /// The same for faces that are cut down alike: what is drawn with one is drawn with
    /// the other.
    pub(super) fn key(&self) -> u128 {
        let mut parts = Vec::new();
        for font in self.0.values() {
            parts.push((&font.name, &font.texts));
        }
        memo::key(&parts)
    }

    /// Corrects what printpdf writes of a face that it did not cut down itself: names
    /// without the subset's tag, widths cut to whole numbers, texts of glyphs, and the
    /// height of capitals.
    pub(super) fn complete(
        &self,
        file: &mut lopdf::Document,
    ) -> Result<(), lopdf::Error> {
        for font in self.0.values() {
            font.complete(file)?;
        }
        Ok(())
    }
}

/// The name by which pages call a face.
pub(super) fn resource(face: Face) -> FontId {
    FontId(face.name().replace("Tinos-", ""))
}

/// The glyphs that are shown of each face.
type UsedGlyphs = BTreeMap<Face, ShownGlyphs>;

#[derive(Default)]
struct ShownGlyphs {
    /// What each says.
    texts: BTreeMap<u16, String>,
    /// Whether it is among them, by its number: asked for each letter of each page.
    are_shown: Vec<bool>,
}

impl ShownGlyphs {
    fn has(&self, glyph: u16) -> bool {
        self.are_shown
            .get(usize::from(glyph))
            .is_some_and(|is_shown| *is_shown)
    }

    /// The first to show a glyph says what it says.
    fn add(&mut self, glyph: u16, text: String) {
        let place = usize::from(glyph);
        self.are_shown.resize(self.are_shown.len().max(place + 1), false);
        self.are_shown[place] = true;
        self.texts.entry(glyph).or_insert(text);
    }
}

fn use_glyphs(used: &mut UsedGlyphs, item: &PageItem) {
    match item {
        PageItem::Glyphs(run) => {
            // Runs on every page are drawn as outlines and never written.
            if matches!(run.owner, Owner::Artifact(_)) {
                return;
            }
            let of_face = used.entry(run.face).or_default();
            for cluster in clusters(run) {
                if cluster.glyphs.iter().all(|glyph| of_face.has(glyph.id)) {
                    continue;
                }
                for (glyph, text) in cluster.glyphs.iter().zip(cluster.shares()) {
                    of_face.add(glyph.id, text);
                }
            }
        }
        // A missing character's box goes with an unseen space of the regular face.
        PageItem::Missing(_) => {
            used.entry(Face::Regular).or_default().add(space(), " ".to_owned());
        }
        PageItem::Gap(_)
        | PageItem::Rule(_)
        | PageItem::Ground(_)
        | PageItem::Picture(_) => {}
    }
}

/// The regular face's glyph of a space.
pub(super) fn space() -> u16 {
    Face::Regular.glyph(' ').unwrap_or_default()
}

/// The fewest glyphs that show characters together: usually one.
pub(super) struct Cluster<'a> {
    pub glyphs: &'a [Glyph],
    words: &'a str,
}

impl Cluster<'_> {
    /// What the glyphs say: every kind of space and line end is a space, and what is
    /// never drawn is left out.
    pub(super) fn text(&self) -> String {
        self.characters().collect()
    }

    fn characters(&self) -> impl Iterator<Item = char> {
        let seen = self.words.chars().filter(|character| !is_invisible(*character));
        seen.map(|character| if character.is_whitespace() { ' ' } else { character })
    }

    /// What each glyph says on its own: a letter and its accent share out the characters
    /// where there is one for each.
    fn shares(&self) -> Vec<String> {
        let text = self.text();
        let characters: Vec<String> = text.chars().map(String::from).collect();
        if characters.len() == self.glyphs.len() {
            return characters;
        }
        // Archives ask that every glyph says something; the others of such a cluster say
        // nothing that is seen.
        let mut shares = vec!["\u{200b}".to_owned(); self.glyphs.len()];
        if let Some(first) = shares.first_mut() {
            *first = text;
        }
        shares
    }
}

/// A run's clusters from left to right.
pub(super) fn clusters(run: &GlyphRun) -> impl Iterator<Item = Cluster<'_>> {
    run.glyphs.chunk_by(|_, next| next.text.is_empty()).map(|glyphs| {
        let mut words = "";
        if let Some(first) = glyphs.first() {
            words = run.text.get(first.text.clone()).unwrap_or_default();
        }
        Cluster { glyphs, words }
    })
}

impl Font {
    fn new(face: Face, used: &BTreeMap<u16, String>) -> Result<Self, Error> {
        let ids: BTreeSet<u16> = used.keys().copied().collect();
        let glyphs =
            GlyphRemapper::new_from_glyphs_sorted(&ids.into_iter().collect::<Vec<_>>());
        let program = subsetter::subset(face.data(), 0, &glyphs)
            .map_err(|source| Error::Subset { face: face.name(), source })?;
        let mut texts = BTreeMap::new();
        for (&id, text) in used {
            if let Some(new_id) = glyphs.get(id) {
                texts.insert(new_id, text.clone());
            }
        }
        let Ok(font) = FontRef::new(face.data()) else {
            return Err(Error::Subset {
                face: face.name(),
                source: subsetter::Error::MalformedFont,
            });
        };
        let advances = font.glyph_metrics(Size::new(1000.0), LocationRef::default());
        let old_ids = glyphs.remapped_gids().map(|id| GlyphId::new(u32::from(id)));
        let widths = old_ids
            .map(|id| rounded(advances.advance_width(id).unwrap_or_default()))
            .collect();
        let name = format!("{}+{}", tag(&program), face.name());
        Ok(Self { name, program, texts, widths, metrics: Metrics::new(&font), glyphs })
    }

    /// The glyph's number in the cut-down face.
    pub(super) fn glyph(&self, id: u16) -> u16 {
        self.glyphs.get(id).unwrap_or_default()
    }

    /// How wide readers of the file take a glyph of the cut-down face to be, in
    /// thousandths of the size.
    pub(super) fn width(&self, glyph: u16) -> f32 {
        self.widths.get(usize::from(glyph)).copied().unwrap_or_default()
    }

    /// Whether a glyph on its own says what a cluster says.
    pub(super) fn says(&self, glyph: u16, cluster: &Cluster<'_>) -> bool {
        match self.texts.get(&glyph) {
            Some(said) => cluster.characters().eq(said.chars()),
            None => false,
        }
    }

    fn parsed(&self, face: Face) -> ParsedFont {
        let Metrics {
            units_per_em,
            ascent,
            descent,
            italic_angle,
            bounds: [x_min, y_min, x_max, y_max],
            ..
        } = self.metrics;
        ParsedFont {
            original_bytes: self.program.clone(),
            font_index: 0,
            font_name: Some(self.name.clone()),
            codepoint_to_glyph: BTreeMap::new(),
            glyph_widths: BTreeMap::new(),
            units_per_em,
            font_metrics: printpdf::FontMetrics {
                ascent: ascent as i16,
                descent: descent as i16,
            },
            font_type: printpdf::FontType::TrueType,
            pdf_font_metrics: printpdf::PdfFontMetricsStub {
                units_per_em,
                x_min: x_min as i16,
                y_min: y_min as i16,
                x_max: x_max as i16,
                y_max: y_max as i16,
                caret_slope_rise: 1000,
                caret_slope_run: (-italic_angle.to_radians().tan() * 1000.0).round()
                    as i16,
                us_weight_class: if matches!(face, Face::Bold | Face::BoldItalic) {
                    700
                } else {
                    400
                },
            },
        }
    }

    fn complete(&self, file: &mut lopdf::Document) -> Result<(), lopdf::Error> {
        let Some(id) = font_object(file, &self.name) else { return Ok(()) };
        let to_unicode = file
            .add_object(Stream::new(Dictionary::new(), self.to_unicode().into_bytes()));
        let font = file.get_dictionary_mut(id)?;
        font.set("ToUnicode", to_unicode);
        let descendants = font.get_mut(b"DescendantFonts")?.as_array_mut()?;
        let Some(descendant) = descendants.first_mut() else { return Ok(()) };
        let descendant = descendant.as_dict_mut()?;
        let widths = self.widths.iter().map(|width| Object::Real(*width)).collect();
        descendant.set("W", vec![Object::Integer(0), Object::Array(widths)]);
        let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
        let cap_height =
            self.metrics.cap_height * 1000.0 / f32::from(self.metrics.units_per_em);
        file.get_dictionary_mut(descriptor)?
            .set("CapHeight", cap_height.round() as i64);
        Ok(())
    }

    /// What each glyph says, in the form that the PDF standard gives (9.10.3).
    fn to_unicode(&self) -> String {
        let mut said: Vec<(&u16, &String)> = self.texts.iter().collect();
        said.retain(|(_, text)| !text.is_empty());
        let mut lines = vec![CMAP_HEAD.to_owned()];
        // The standard allows at most a hundred lines in one list.
        for list in said.chunks(100) {
            lines.push(format!("{} beginbfchar", list.len()));
            lines.extend(
                list.iter()
                    .map(|(glyph, text)| format!("<{glyph:04X}> <{}>", utf16(text))),
            );
            lines.push("endbfchar".to_owned());
        }
        lines.push(CMAP_FOOT.to_owned());
        lines.join("\n")
    }
}

const CMAP_HEAD: &str = "/CIDInit /ProcSet findresource begin\n12 dict \
    begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 \
    >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 \
    begincodespacerange\n<0000> <FFFF>\nendcodespacerange";
const CMAP_FOOT: &str =
    "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";

/// Text as hexadecimal digits of UTF-16, its high bytes first.
fn utf16(text: &str) -> String {
    let units = text.encode_utf16().map(|unit| format!("{unit:04X}"));
    units.collect::<Vec<_>>().concat()
}

/// Three decimals are far below what any device shows, and keep files small.
fn rounded(width: f32) -> f32 {
    (width * 1000.0).round() / 1000.0
}

/// Six capitals that say that a face was cut down, the same for the same glyphs.
fn tag(program: &[u8]) -> String {
    Sha256::digest(program)
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}

/// The composite font of this name.
fn font_object(file: &lopdf::Document, name: &str) -> Option<ObjectId> {
    for (id, object) in &file.objects {
        if let Ok(font) = object.as_dict()
            && let Ok(base) = font.get(b"BaseFont")
            && let Ok(base) = base.as_name()
            && base == name.as_bytes()
            && font.has(b"DescendantFonts")
        {
            return Some(*id);
        }
    }
    None
}

impl Metrics {
    fn new(font: &FontRef<'_>) -> Self {
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let bounds = match metrics.bounds {
            Some(bounds) => [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
            None => [0.0; 4],
        };
        Self {
            units_per_em: metrics.units_per_em,
            ascent: metrics.ascent,
            descent: metrics.descent,
            cap_height: metrics.cap_height.unwrap_or(metrics.ascent),
            italic_angle: metrics.italic_angle,
            bounds,
        }
    }
}
