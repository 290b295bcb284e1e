//! A finished PDF on its way to paper. Nothing here knows letters: what is printed are
//! the bytes that are exported.
//!
//! [`cups`] speaks with the printer system of Linux and macOS; `portal` has the desktop
//! show its own print dialog; `windows` has Windows draw and print the pages.

pub mod cups;
mod error;
mod pages;
#[cfg(all(feature = "gui", unix, not(target_os = "macos")))]
pub mod portal;
mod post;
#[cfg(all(feature = "gui", windows))]
pub mod windows;

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

pub use error::Error;
pub use pages::PageRanges;

use crate::units::{Mm, Pt, Size};

/// How a letter is to be printed. What is left out is as the printer is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// What the job is called in the printer's queue, where others can read it: the case
    /// number at most.
    pub title: String,
    pub copies: u32,
    pub sides: Option<Sides>,
    pub pages: Option<PageRanges>,
    pub paper: Option<&'static PaperSize>,
}

impl Ticket {
    /// One copy of everything. `name` is the case number as a plain name, such as a file's.
    pub fn new(name: &str, paper: Option<&'static PaperSize>) -> Self {
        let title = match name {
            "" => "letter".to_owned(),
            _ => name.chars().take(LONGEST_TITLE).collect(),
        };
        Self { title, copies: 1, sides: None, pages: None, paper }
    }
}

/// A printer's display shows no more of a job's name.
const LONGEST_TITLE: usize = 60;

/// More copies at once are a slip of the finger.
pub const COPIES: RangeInclusive<u32> = 1..=99;

/// On which sides of a sheet is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sides {
    One,
    /// Turned like the pages of a book.
    TwoLong,
    /// Turned like the sheets of a wall calendar.
    TwoShort,
}

impl Sides {
    pub const ALL: [Self; 3] = [Self::One, Self::TwoLong, Self::TwoShort];

    pub fn label(self) -> &'static str {
        match self {
            Self::One => "One-sided",
            Self::TwoLong => "Two-sided, flip on long edge",
            Self::TwoShort => "Two-sided, flip on short edge",
        }
    }

    fn keyword(self) -> &'static str {
        match self {
            Self::One => "one-sided",
            Self::TwoLong => "two-sided-long-edge",
            Self::TwoShort => "two-sided-short-edge",
        }
    }
}

/// A size of paper that letters are printed on.
#[derive(Debug, PartialEq)]
pub struct PaperSize {
    pub name: &'static str,
    /// What printers call it (PWG 5101.1).
    keyword: &'static str,
    size: Size,
}

/// Every size that can be asked for; the first two are those that templates have.
pub static PAPERS: &[PaperSize] = &[
    PaperSize {
        name: "Letter",
        keyword: "na_letter_8.5x11in",
        size: Size { width: Pt(612.0), height: Pt(792.0) },
    },
    PaperSize {
        name: "A4",
        keyword: "iso_a4_210x297mm",
        size: Size { width: of_mm(210.0), height: of_mm(297.0) },
    },
    PaperSize {
        name: "Legal",
        keyword: "na_legal_8.5x14in",
        size: Size { width: Pt(612.0), height: Pt(1008.0) },
    },
];

const fn of_mm(length: f32) -> Pt {
    Pt(length * 72.0 / 25.4)
}

impl PaperSize {
    /// The paper that pages of this size are made for.
    pub fn of(size: Size) -> Option<&'static Self> {
        PAPERS.iter().find(|paper| {
            is_near(paper.size.width, size.width)
                && is_near(paper.size.height, size.height)
        })
    }

    /// The paper of this name, however it is capitalized.
    pub fn named(name: &str) -> Option<&'static Self> {
        PAPERS
            .iter()
            .find(|paper| paper.name.eq_ignore_ascii_case(name.trim()))
    }

    /// Its width and height in millimeters.
    #[cfg(all(feature = "gui", unix, not(target_os = "macos")))]
    fn in_millimeters(&self) -> (f64, f64) {
        (in_millimeters(self.size.width), in_millimeters(self.size.height))
    }
}

/// To a tenth, as desktops name the sizes of paper.
#[cfg(all(feature = "gui", unix, not(target_os = "macos")))]
fn in_millimeters(length: Pt) -> f64 {
    (f64::from(length.0) * 254.0 / 72.0).round() / 10.0
}

/// Within half a millimeter, because sizes are given in points, millimeters and inches,
/// each rounded.
fn is_near(one: Pt, other: Pt) -> bool {
    (one.0 - other.0).abs() < Pt::from(Mm(0.5)).0
}

/// A printer, as the printer system describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printer {
    pub name: String,
    /// What people call it, and where it is; often empty.
    pub description: String,
    pub location: String,
    pub is_usual: bool,
    /// Why it takes nothing now; `None` where it does.
    pub refuses: Option<String>,
    /// The sides and papers that it knows, in the words of printers; empty where it does
    /// not say.
    pub sides: Vec<String>,
    pub papers: Vec<String>,
    /// Where it is reached on its server.
    pub path: String,
}

impl Printer {
    /// What people call it and where it is; empty where nobody said.
    pub fn about(&self) -> String {
        let mut words = vec![self.description.trim(), self.location.trim()];
        words.retain(|words| !words.is_empty() && *words != self.name);
        words.join(", ")
    }

    pub fn can_print_on(&self, sides: Sides) -> bool {
        self.sides.is_empty() || self.sides.iter().any(|known| known == sides.keyword())
    }

    pub fn has_paper(&self, paper: &PaperSize) -> bool {
        self.papers.is_empty() || self.papers.iter().any(|known| known == paper.keyword)
    }

    /// Whether it can do what the ticket asks; a printer would else print in another way
    /// and say nothing.
    pub fn accepts(&self, ticket: &Ticket) -> Result<(), Error> {
        let name = self.name.clone();
        if let Some(reason) = &self.refuses {
            return Err(Error::TakesNothing { name, reason: reason.clone() });
        }
        if let Some(sides) = ticket.sides
            && !self.can_print_on(sides)
        {
            return Err(Error::OtherSides { name });
        }
        match ticket.paper {
            Some(paper) if !self.has_paper(paper) => {
                Err(Error::OtherPaper { name, paper: paper.name })
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// The printer of this name, or the usual one where none is named.
pub fn choose<'a>(
    printers: &'a [Printer],
    name: Option<&str>,
) -> Result<&'a Printer, Error> {
    match (printers, name) {
        ([], _) => Err(Error::NoPrinters),
        ([only], None) => Ok(only),
        (_, Some(name)) => match printers.iter().find(|printer| printer.name == name) {
            Some(named) => Ok(named),
            None => {
                Err(Error::NoPrinter { name: name.into(), known: names_of(printers) })
            }
        },
        (_, None) => match printers.iter().find(|printer| printer.is_usual) {
            Some(usual) => Ok(usual),
            None => Err(Error::NoUsual { known: names_of(printers) }),
        },
    }
}

fn names_of(printers: &[Printer]) -> Vec<String> {
    printers.iter().map(|printer| printer.name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printer(name: &str) -> Printer {
        Printer { name: name.into(), ..Printer::default() }
    }

    fn message(result: Result<(), Error>) -> String {
        result.err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_printer_is_chosen_by_its_name_or_because_it_is_the_usual_one() {
        let usual = Printer { is_usual: true, ..printer("Office") };
        let (one, two) = (vec![printer("Archive")], vec![printer("Archive"), usual]);
        let none = vec![printer("Archive"), printer("Cellar")];
        for (printers, name, expected) in [
            (&one, None, "Archive"),
            (&two, None, "Office"),
            (&two, Some("Archive"), "Archive"),
            (&none, None, "No printer was named, and there is no default printer"),
            (&two, Some("office"), "There is no printer office"),
            (&Vec::new(), Some("Office"), "No printer is set up"),
        ] {
            let chosen = choose(printers, name)
                .map_or_else(|error| error.to_string(), |found| found.name.clone());
            assert_eq!(chosen, expected);
        }
    }

    #[test]
    fn a_printer_refuses_what_it_would_do_otherwise() {
        let plain = printer("Office");
        let known = Printer {
            sides: vec!["one-sided".into(), "two-sided-long-edge".into()],
            papers: vec!["na_letter_8.5x11in".into()],
            ..printer("Office")
        };
        let closed =
            Printer { refuses: Some("Out of paper".into()), ..printer("Office") };
        let ticket =
            |sides, paper| Ticket { sides, ..Ticket::new("", PaperSize::named(paper)) };
        for (printer, ticket, expected) in [
            (&plain, ticket(Some(Sides::TwoShort), "Legal"), ""),
            (&known, ticket(None, ""), ""),
            (&known, ticket(Some(Sides::TwoLong), "Letter"), ""),
            (
                &known,
                ticket(Some(Sides::TwoShort), "Letter"),
                "Office cannot print on these sides of the sheet",
            ),
            (&known, ticket(None, "a4"), "Office has no A4 paper"),
            (&closed, ticket(None, ""), "Office is not accepting jobs"),
        ] {
            assert_eq!(message(printer.accepts(&ticket)), expected);
        }
    }

    #[test]
    fn paper_is_known_by_the_size_of_the_pages() {
        let size = |width, height| Size { width: Pt(width), height: Pt(height) };
        for (size, expected) in [
            (size(612.0, 792.0), Some("Letter")),
            (size(595.0, 842.0), Some("A4")),
            (size(792.0, 612.0), None),
        ] {
            assert_eq!(PaperSize::of(size).map(|paper| paper.name), expected);
        }
    }

    #[test]
    fn the_words_about_a_printer_do_not_repeat_its_name() {
        for (description, location, expected) in [
            ("", "", ""),
            ("Office", " ", ""),
            ("By the window", "Room 4", "By the window, Room 4"),
        ] {
            let message = Printer {
                description: description.into(),
                location: location.into(),
                ..printer("Office")
            };
            assert_eq!(message.about(), expected);
        }
    }

    #[test]
    fn a_jobs_name_is_the_case_number_and_never_long() {
        let long = "9".repeat(300);
        for (case_number, expected) in
            [(" CM13-0012345 ", "CM13-0012345"), ("", "letter"), (&long, &long[..60])]
        {
            let name = crate::letter::grammar::plain_name(case_number);
            assert_eq!(Ticket::new(&name, None).title, expected);
        }
    }
}
