//! Which pages are printed.

use std::str::FromStr;

use super::error::Error;

/// Pages from one to another, both counted, in rising order and never one twice: so
/// printers want them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRanges(Vec<(u32, u32)>);

impl PageRanges {
    /// Each range with its first and last page.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.iter().copied()
    }

    /// Whether a letter of so many pages has them all.
    pub fn within(&self, last: u32) -> Result<(), Error> {
        match self.0.last() {
            Some(&(_, page)) if page > last => Err(Error::NoSuchPage { page, last }),
            _ => Ok(()),
        }
    }
}

impl FromStr for PageRanges {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let ranges: Option<Vec<(u32, u32)>> = text.split(',').map(parse_range).collect();
        match ranges {
            Some(ranges) if ranges.windows(2).all(|pair| pair[0].1 < pair[1].0) => {
                Ok(Self(ranges))
            }
            Some(_) | None => Err(Error::NoPages { text: text.trim().into() }),
        }
    }
}

/// `3` or `1-3`; pages are counted from 1.
fn parse_range(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    // Printers count pages in 31 bits.
    if 1 <= first && first <= last && i32::try_from(last).is_ok() {
        Some((first, last))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&[(u32, u32)]>) {
        let ranges = text.parse::<PageRanges>().ok();
        assert_eq!(ranges.as_ref().map(|ranges| &ranges.0[..]), expected, "{text}");
    }

    #[test]
    fn pages_are_read_as_people_write_them() {
        check("2", Some(&[(2, 2)]));
        check("1-3", Some(&[(1, 3)]));
        check(" 1, 3 – 5 ", Some(&[(1, 1), (3, 5)]));
        for wrong in [
            "",
            "0",
            "3-1",
            "1-",
            "a",
            "1,1",
            "2,1",
            "1-3,3",
            "1;2",
            "-2",
            "9999999999",
            "4294967295",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_page_that_is_not_there_is_named() {
        let within = |text: &str, last| {
            text.parse::<PageRanges>()
                .unwrap()
                .within(last)
                .err()
                .map(|e| e.to_string())
        };
        assert_eq!(within("1-3", 3), None);
        assert_eq!(
            within("1,3-5", 4).as_deref(),
            Some("The letter has no page 5; its last page is 4")
        );
    }
}
