//! Words put together as the elements of a part begin and end.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::numbering::Numbering;
use super::styles::WordStyles;
use super::{Error, attribute, is_on, number};
use crate::import::characters;

/// Elements are at most so deep within each other; word processors write thirty.
const DEEPEST: usize = 400;
/// Tables are at most so deep within each other.
const DEEPEST_TABLE: usize = 50;

/// Reads the parts of a document.
pub(super) struct BodyReader<'a> {
    styles: &'a WordStyles,
    numbering: &'a mut Numbering,
    text: String,
    /// Words that Word does not show.
    hidden: String,
    /// Words that are crossed out.
    struck: String,
    /// The elements that the place is in, the outermost first.
    open: Vec<Vec<u8>>,
    paragraphs: Vec<WordParagraph>,
    runs: Vec<WordRun>,
    /// How many deletions and other parts the place is in that are not read.
    skipped: usize,
    /// The rows that the place is in, outermost first.
    rows: Vec<TableRow>,
    /// The text around each text box that the place is in.
    around_boxes: Vec<String>,
    /// What text boxes of the paragraph say: it follows the paragraph.
    boxes: String,
    /// Whether each content control shows what is to be typed there.
    prompts: Vec<bool>,
    /// Whether the place is in each field's result, the outermost first: within its
    /// instructions another field can have one that nobody sees.
    fields: Vec<bool>,
}

/// A paragraph while it is read.
#[derive(Default)]
struct WordParagraph {
    /// Where its words begin.
    start: usize,
    style: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
    /// Its end was deleted, and the next one goes on with it.
    goes_on: bool,
    has_ground: bool,
}

/// Words in one look while they are read.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the file")]
#[derive(Default)]
struct WordRun {
    is_hidden: Option<bool>,
    style: Option<String>,
    is_white: bool,
    is_struck: bool,
    has_ground: bool,
    /// It is in a typeface of signs.
    is_symbol: bool,
}

/// A row of a table while it is read.
#[derive(Default)]
struct TableRow {
    /// What is before the cell that is read: it waits until the cell ends.
    before: String,
    cells: Vec<String>,
    is_deleted: bool,
}

impl TableRow {
    /// A cell with more words than these is one of a page's layout and keeps its
    /// paragraphs.
    const LONGEST_CELL: usize = 300;

    /// A line with tabs between its cells; cells that hold parts of the letter, one
    /// after the other.
    fn text(&self) -> String {
        if self.is_deleted {
            return String::new();
        }
        let holds_paragraphs = self
            .cells
            .iter()
            .any(|cell| cell.len() > Self::LONGEST_CELL && cell.trim().contains("\n\n"));
        if self.cells.len() == 1 || holds_paragraphs {
            return self.cells.concat();
        }
        let cells = self
            .cells
            .iter()
            .map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
        cells.collect::<Vec<_>>().join("\t").trim_end().to_owned() + "\n"
    }
}

/// Elements whose words are not the letter's: they were deleted or moved away, or are
/// beside others that say the same, or how they are spoken.
fn is_skipped(name: &[u8]) -> bool {
    matches!(name, b"del" | b"moveFrom" | b"instrText" | b"Fallback" | b"rt")
}

/// The character that a reference such as `&amp;` means.
fn character(reference: &BytesRef<'_>) -> Option<String> {
    if let Some(character) = reference.resolve_char_ref().ok()? {
        return Some(character.to_string());
    }
    let name = reference.decode().ok()?;
    quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned)
}

impl<'a> BodyReader<'a> {
    pub(super) fn new(styles: &'a WordStyles, numbering: &'a mut Numbering) -> Self {
        Self {
            styles,
            numbering,
            text: String::new(),
            hidden: String::new(),
            struck: String::new(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            runs: Vec::new(),
            skipped: 0,
            rows: Vec::new(),
            around_boxes: Vec::new(),
            boxes: String::new(),
            prompts: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// The words that were read, those that Word does not show, and those that are
    /// crossed out.
    pub(super) fn into_texts(self) -> [String; 3] {
        [self.text, self.hidden, self.struck]
    }

    /// Reads a part to its end.
    pub(super) fn read(&mut self, xml: &str) -> Result<(), Error> {
        let mut reader = Reader::from_str(xml);
        loop {
            let event = reader.read_event().map_err(|_| Error::Unreadable)?;
            if matches!(event, Event::Eof) {
                let is_whole = self.open.is_empty();
                return if is_whole { Ok(()) } else { Err(Error::Unreadable) };
            }
            self.take(event).ok_or(Error::Unreadable)?;
            if self.open.len() > DEEPEST || self.rows.len() > DEEPEST_TABLE {
                return Err(Error::TooLarge);
            }
        }
    }

    /// Takes in what comes next; `None` where it cannot be read.
    fn take(&mut self, event: Event<'_>) -> Option<()> {
        match event {
            Event::Start(tag) => {
                self.begin(&tag);
                self.open.push(tag.local_name().as_ref().to_vec());
            }
            Event::Empty(tag) => {
                self.begin(&tag);
                self.end(tag.local_name().as_ref());
            }
            Event::End(tag) => {
                self.open.pop();
                self.end(tag.local_name().as_ref());
            }
            Event::Text(text) => {
                self.write(&text.xml_content(XmlVersion::Implicit1_0).ok()?);
            }
            Event::GeneralRef(reference) => self.write(&character(&reference)?),
            _ => {}
        }
        Some(())
    }

    fn is_in(&self, name: &[u8]) -> bool {
        self.open.iter().rev().take(4).any(|open| open == name)
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        match name.as_ref() {
            b"p" => {
                let start = self.text.len();
                self.paragraphs
                    .push(WordParagraph { start, ..WordParagraph::default() });
            }
            b"r" => self.runs.push(WordRun::default()),
            b"tr" => self.rows.push(TableRow::default()),
            b"tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.before = std::mem::take(&mut self.text);
                }
            }
            b"txbxContent" => self.around_boxes.push(std::mem::take(&mut self.text)),
            b"sdt" => self.prompts.push(false),
            b"sdtContent" if self.prompts.last() == Some(&true) => self.skipped += 1,
            b"showingPlcHdr" => {
                if let Some(prompt) = self.prompts.last_mut() {
                    *prompt = is_on(tag);
                }
            }
            b"del" if self.is_in(b"trPr") => {
                if let Some(row) = self.rows.last_mut() {
                    row.is_deleted = true;
                }
                self.skipped += 1;
            }
            name if is_skipped(name) => {
                if name == b"del" && self.is_in(b"pPr") {
                    self.paragraph().goes_on = true;
                }
                self.skipped += 1;
            }
            // How it looked before a change that is tracked.
            _ if self.is_in(b"rPrChange") || self.is_in(b"pPrChange") => {}
            _ if self.is_in(b"pPr") && !self.is_in(b"rPr") => self.look_of_paragraph(tag),
            _ if self.is_in(b"rPr") && !self.is_in(b"pPr") => self.look_of_run(tag),
            _ => self.stand_alone(tag),
        }
    }

    fn paragraph(&mut self) -> &mut WordParagraph {
        if self.paragraphs.is_empty() {
            self.paragraphs.push(WordParagraph::default());
        }
        let last = self.paragraphs.len() - 1;
        &mut self.paragraphs[last]
    }

    fn look_of_paragraph(&mut self, tag: &BytesStart<'_>) {
        let paragraph = self.paragraph();
        match tag.local_name().as_ref() {
            b"pStyle" => paragraph.style = attribute(tag, b"val"),
            b"numId" => paragraph.list = number(tag),
            b"ilvl" => paragraph.level = number(tag),
            b"shd" => paragraph.has_ground = true,
            _ => {}
        }
    }

    fn look_of_run(&mut self, tag: &BytesStart<'_>) {
        let Some(run) = self.runs.last_mut() else { return };
        match tag.local_name().as_ref() {
            b"vanish" => run.is_hidden = Some(is_on(tag)),
            b"strike" | b"dstrike" => run.is_struck = is_on(tag),
            b"rStyle" => run.style = attribute(tag, b"val"),
            b"color" => {
                run.is_white = attribute(tag, b"val").as_deref() == Some("FFFFFF");
            }
            b"sz" if number(tag).is_some_and(|half_points: u32| half_points < 3) => {
                run.is_hidden = Some(true);
            }
            b"shd" | b"highlight" => run.has_ground = true,
            b"rFonts" => {
                let font = attribute(tag, b"ascii").unwrap_or_default();
                run.is_symbol = font == "Symbol" || font.starts_with("Wingdings");
            }
            _ => {}
        }
    }

    fn stand_alone(&mut self, tag: &BytesStart<'_>) {
        if self.runs.is_empty() || self.skipped > 0 {
            return;
        }
        match tag.local_name().as_ref() {
            b"tab" | b"ptab" => self.write_shown("\t"),
            b"br" | b"cr" => self.write_shown("\n"),
            b"noBreakHyphen" => self.write_shown("-"),
            b"softHyphen" => self.write_shown("\u{ad}"),
            b"fldChar" => match attribute(tag, b"fldCharType").as_deref() {
                Some("begin") => self.fields.push(false),
                Some("separate") => {
                    if let Some(is_result) = self.fields.last_mut() {
                        *is_result = true;
                    }
                }
                _ => _ = self.fields.pop(),
            },
            b"sym" => {
                if let Some(code) = attribute(tag, b"char")
                    && let Ok(code) = u32::from_str_radix(&code, 16)
                {
                    let place = (code & 0xff) as u8;
                    let shown = characters::symbol(place).or(char::from_u32(code));
                    self.write_shown(&shown.map(String::from).unwrap_or_default());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"p" => self.end_paragraph(),
            b"r" => _ = self.runs.pop(),
            b"tc" => {
                if let Some(row) = self.rows.last_mut() {
                    let before = std::mem::take(&mut row.before);
                    row.cells.push(std::mem::replace(&mut self.text, before));
                }
            }
            b"tr" => {
                let row = self.rows.pop().unwrap_or_default();
                self.text.push_str(&row.text());
            }
            b"tbl" => self.text.push('\n'),
            b"txbxContent" => {
                let around = self.around_boxes.pop().unwrap_or_default();
                let boxed = std::mem::replace(&mut self.text, around);
                if self.skipped == 0 {
                    self.boxes.push_str(&boxed);
                }
            }
            b"sdt" => _ = self.prompts.pop(),
            b"sdtContent" if self.prompts.last() == Some(&true) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            _ if is_skipped(name) => self.skipped = self.skipped.saturating_sub(1),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = self.paragraphs.pop().unwrap_or_default();
        if self.skipped > 0 {
            return;
        }
        let style = paragraph.style.as_deref().unwrap_or_default();
        let of_style = self.styles.list(style);
        let list = paragraph.list.or(of_style.map(|(list, _)| list));
        let level = paragraph.level.or(of_style.map(|(_, level)| level));
        let start = paragraph.start.min(self.text.len());
        let is_blank = self.text[start..].trim().is_empty();
        if let Some(list) = list
            && !is_blank
            && let Some(label) = self.numbering.next(list, level.unwrap_or_default())
        {
            self.text.insert_str(start, &(label + " "));
        }
        if !paragraph.goes_on {
            self.text.push_str("\n\n");
        }
        if self.around_boxes.is_empty() {
            self.text.push_str(&std::mem::take(&mut self.boxes));
        }
    }

    fn write(&mut self, words: &str) {
        let is_text = self.open.last().is_some_and(|open| open == b"t");
        if is_text && self.skipped == 0 {
            self.write_shown(words);
        }
    }

    /// Writes words, to where the look of their run puts them.
    fn write_shown(&mut self, words: &str) {
        let outer = self.fields.split_last().map_or(&[][..], |(_, outer)| outer);
        if outer.contains(&false) {
            return;
        }
        if self.is_hidden() {
            return self.hidden.push_str(words);
        }
        if self.runs.last().is_some_and(|run| run.is_struck) {
            return self.struck.push_str(words);
        }
        let is_symbol = self.runs.last().is_some_and(|run| run.is_symbol);
        if is_symbol {
            for character in words.chars() {
                let place = u8::try_from(u32::from(character)).ok();
                let shown = place.and_then(characters::symbol);
                self.text.push(shown.unwrap_or(character));
            }
        } else {
            self.text.push_str(words);
        }
    }

    fn is_hidden(&self) -> bool {
        let Some(run) = self.runs.last() else { return false };
        let paragraph = self.paragraphs.last();
        let style_of_paragraph =
            paragraph.and_then(|paragraph| paragraph.style.as_deref());
        let is_by_style = [run.style.as_deref(), style_of_paragraph]
            .into_iter()
            .flatten()
            .any(|style| self.styles.is_hidden(style));
        // A table's cells have grounds of their own, that its style knows.
        let has_ground = run.has_ground
            || !self.rows.is_empty()
            || paragraph.is_some_and(|paragraph| paragraph.has_ground);
        run.is_hidden.unwrap_or(is_by_style) || run.is_white && !has_ground
    }
}
