//! Levels of the spine: "L4-5", "L4/L5", "C3 through C6"; and single nerve roots, "left L5".

use crate::diagnostic::TextRange;

/// The vertebrae that a text names together, counted from the head down.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Level {
    pub range: TextRange,
    first: u32,
    last: u32,
}

pattern!(
    LEVEL,
    r"\b(?P<a>[CTLS])-?(?P<m>\d{1,2})\s*(?:-|/|\x{2013}|through|to|and|thru|&)\s*",
    r"(?P<b>[CTLS])?-?(?P<n>\d{1,2})\b"
);

/// Every level of a text that is named by two vertebrae.
pub(super) fn levels(text: &str) -> Vec<Level> {
    let mut found = Vec::new();
    for level in LEVEL.captures_iter(text) {
        let group = |name: &str| level.name(name).map(|group| group.as_str());
        let (Some(whole), Some(a), Some(m), Some(n)) =
            (level.get(0), group("a"), group("m"), group("n"))
        else {
            continue;
        };
        if let (Some(first), Some(last)) =
            (vertebra(a, m), vertebra(group("b").unwrap_or(a), n))
            && first < last
        {
            found.push(Level { range: whole.range().into(), first, last });
        }
    }
    found
}

pattern!(
    /// Of the chest are none: T1 and T2 are pictures, too.
    ROOT,
    r"\b(?P<root>[CLS][1-8])\b"
);

/// The nerve roots that a text names, in capitals, where it names no level.
pub(super) fn roots(text: &str) -> Vec<(TextRange, String)> {
    let mut found = Vec::new();
    if !levels(text).is_empty() {
        return found;
    }
    for root in ROOT.find_iter(text) {
        found.push((root.range().into(), root.as_str().to_uppercase()));
    }
    found
}

impl Level {
    /// Whether two have a disc in common.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.first < other.last && other.first < self.last
    }
}

/// A vertebra's place in the spine.
fn vertebra(region: &str, number: &str) -> Option<u32> {
    let number: u32 = number.parse().ok()?;
    let (before, count) = match region.to_lowercase().as_str() {
        "c" => (0, 7),
        "t" => (7, 12),
        "l" => (19, 5),
        "s" => (24, 5),
        _ => return None,
    };
    (1..=count).contains(&number).then_some(before + number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_known_however_they_are_written() {
        for (one, other, overlap) in [
            ("L4-L5", "l4/5", true),
            ("L4-5", "L5-S1", false),
            ("L3-S1", "L4-5", true),
            ("C5 through C7", "C6-7", true),
            ("T12-L1", "L1-2", false),
        ] {
            let [one, other] = [one, other].map(|text| levels(text)[0].clone());
            assert_eq!(one.overlaps(&other), overlap, "{one:?} {other:?}");
        }
        assert_eq!(levels("L6-7, C5-4, S1 and T1, TENS 4-5"), []);
    }

    #[test]
    fn roots_stand_alone() {
        let found: Vec<String> = roots("left l5 or S1, T1 image, L3000")
            .into_iter()
            .map(|root| root.1)
            .collect();
        assert_eq!(found, ["L5", "S1"]);
        assert_eq!(roots("L4-5 on the left of S1"), []);
    }
}
