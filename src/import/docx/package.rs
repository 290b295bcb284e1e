//! The parts of a Word document's file, by what they are to each other: names are
//! whatever the program that wrote it liked.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Error, attribute};
use crate::import::encoding;

/// A letter's words take a hundredth of it, with all that a word processor writes around
/// them.
const LONGEST: u64 = 32 * 1024 * 1024;

/// The part that has the letter, if nothing says otherwise.
const USUAL_MAIN: &str = "word/document.xml";

/// The parts of a file, decompressed one at a time.
pub(super) struct Package<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes all further parts may decompress to.
    left: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let archive =
            zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Error::Unreadable)?;
        Ok(Self { archive, left: LONGEST })
    }

    /// The name of the part that has the letter.
    pub(super) fn main(&mut self) -> Result<String, Error> {
        let related = self.related("")?;
        let main = related.into_iter().find(|(kind, _)| kind == "officeDocument");
        let name = main.map_or_else(|| USUAL_MAIN.to_owned(), |(_, name)| name);
        let is_there = self.known_as(&name).is_some();
        Ok(if is_there { name } else { USUAL_MAIN.to_owned() })
    }

    /// What a part names as belonging to it: the kind of each, and its own name.
    pub(super) fn related(&mut self, part: &str) -> Result<Vec<(String, String)>, Error> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}/_rels/{file}.rels");
        let Some(xml) = self.part(name.trim_start_matches('/'))? else {
            return Ok(self.usual(part));
        };
        let mut related = Vec::new();
        let mut reader = Reader::from_str(&xml);
        loop {
            let tag = match reader.read_event().map_err(|_| Error::Unreadable)? {
                Event::Start(tag) | Event::Empty(tag) => tag,
                Event::Eof => return Ok(related),
                _ => continue,
            };
            if attribute(&tag, b"TargetMode").as_deref() == Some("External") {
                continue;
            }
            if let Some(kind) = attribute(&tag, b"Type")
                && let Some(target) = attribute(&tag, b"Target")
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                related.push((kind, resolved(folder, &target)));
            }
        }
    }

    /// The parts of a file that does not say what belongs to what, by their usual names.
    fn usual(&self, part: &str) -> Vec<(String, String)> {
        let mut usual = Vec::new();
        if part.is_empty() {
            return usual;
        }
        for name in self.archive.file_names() {
            let Some(file) = name.strip_prefix("word/") else { continue };
            let file = file.trim_end_matches(".xml");
            let kind = file.trim_end_matches(|c: char| c.is_ascii_digit());
            usual.push((kind.to_owned(), name.to_owned()));
        }
        usual.sort();
        usual
    }

    /// The text of a part, if there is one of this name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Error> {
        let Some(name) = self.known_as(name) else { return Ok(None) };
        let file = self.archive.by_name(&name).map_err(|_| Error::Unreadable)?;
        let mut bytes = Vec::new();
        file.take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| Error::Unreadable)?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(Error::TooLarge)?;
        encoding::text(&bytes).map(Some).ok_or(Error::Unreadable)
    }

    /// A part's name in capitals or not, as the file has it.
    fn known_as(&self, name: &str) -> Option<String> {
        let mut names = self.archive.file_names();
        names
            .find(|known| known.eq_ignore_ascii_case(name))
            .map(str::to_owned)
    }
}

/// The name of a part as another in this folder names it.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> =
        folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
