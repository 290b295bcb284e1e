//! The sRGB color space as an ICC profile (ICC.1:2004-10), which archives ask every file
//! with colors to carry.

/// The white that profiles are measured against, D50: X, Y and Z.
const WHITE: [f64; 3] = [0.964_202_88, 1.0, 0.824_905_4];
/// sRGB's primaries under that white.
const RED: [f64; 3] = [0.436_065_67, 0.222_488_4, 0.013_916_02];
const GREEN: [f64; 3] = [0.385_147_1, 0.716_873_17, 0.097_076_42];
const BLUE: [f64; 3] = [0.143_066_4, 0.060_607_91, 0.714_096_07];
/// From sRGB's own white, D65, to D50, a row after the other.
const ADAPTATION: [f64; 9] = [
    1.047_882_1,
    0.022_918_7,
    -0.050_201_4,
    0.029_586_8,
    0.990_478_5,
    -0.017_059_3,
    -0.009_231_57,
    0.015_075_7,
    0.751_678_5,
];
/// sRGB's curve: its exponent, and the coefficients of its two pieces.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

/// The profile's bytes.
pub(super) fn profile() -> Vec<u8> {
    let curve = curve();
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", text("sRGB")),
        (b"cprt", text("No copyright, use freely")),
        (b"wtpt", numbers(*b"XYZ ", &WHITE)),
        (b"chad", numbers(*b"sf32", &ADAPTATION)),
        (b"rXYZ", numbers(*b"XYZ ", &RED)),
        (b"gXYZ", numbers(*b"XYZ ", &GREEN)),
        (b"bXYZ", numbers(*b"XYZ ", &BLUE)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let (mut table, mut data) = (long(tags.len()), Vec::new());
    // The header, the number of tags, and twelve bytes for each of them come first.
    let start = 128 + 4 + 12 * tags.len();
    for (name, bytes) in &tags {
        table.extend([&name[..], &long(start + data.len()), &long(bytes.len())].concat());
        data.extend(bytes);
    }
    [header(start + data.len()), table, data].concat()
}

fn header(size: usize) -> Vec<u8> {
    let mut header = long(size);
    header.extend([0; 4]);
    header.extend([4, 0x20, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    // The date of the profile, always the same: the first of January 2000.
    header.extend([0x07, 0xd0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    header.extend(b"acsp");
    header.resize(68, 0);
    header.extend(WHITE.map(fixed).concat());
    header.resize(128, 0);
    header
}

fn long(number: usize) -> Vec<u8> {
    (number as u32).to_be_bytes().to_vec()
}

/// A number with sixteen bits after the point.
fn fixed(number: f64) -> [u8; 4] {
    ((number * 65536.0).round() as i32).to_be_bytes()
}

fn numbers(kind: [u8; 4], numbers: &[f64]) -> Vec<u8> {
    let mut tag = [kind, [0; 4]].concat();
    for number in numbers {
        tag.extend(fixed(*number));
    }
    tag
}

fn curve() -> Vec<u8> {
    // Kind 3: a straight piece for dark colors and a power for the others.
    let mut tag = [b"para", &[0; 4][..], &[0, 3, 0, 0]].concat();
    tag.extend(CURVE.map(fixed).concat());
    tag
}

/// English words, filled up to whole groups of four bytes.
fn text(words: &str) -> Vec<u8> {
    let utf16: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut tag = [
        b"mluc",
        &[0; 4][..],
        &long(1),
        &long(12),
        b"enUS",
        &long(utf16.len()),
        &long(28),
        &utf16,
    ]
    .concat();
    tag.resize(tag.len().next_multiple_of(4), 0);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_length_and_ends_on_a_whole_group() {
        let profile = profile();
        assert_eq!(profile.get(..4), Some(&(profile.len() as u32).to_be_bytes()[..]));
        assert_eq!((profile.get(36..40), profile.len() % 4), (Some(&b"acsp"[..]), 0));
    }
}
