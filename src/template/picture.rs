//! The organization's picture: a PNG from the template's folder, made plain enough for
//! every PDF reader.

use std::io::Cursor;

use crate::document::Picture;

/// The longest file, in bytes.
pub const LONGEST: u64 = 1024 * 1024;
/// The longest side, in points of the picture: at the height of a page, more than a
/// printer can show.
const LONGEST_SIDE: u32 = 4096;
/// Small files can hold large pictures.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Why a file is no picture for a letter.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("It is not a PNG")]
    NotPng(#[from] png::DecodingError),
    #[error("It is larger than {LONGEST_SIDE} by {LONGEST_SIDE} pixels")]
    TooLarge,
}

/// Reads a PNG; what shows through becomes white, as paper is.
///
/// # Errors
/// It is no PNG, or too large.
pub fn read(bytes: &[u8], alt: &str) -> Result<Picture, Error> {
    let mut decoder = png::Decoder::new_with_limits(
        Cursor::new(bytes),
        png::Limits { bytes: MOST_BYTES },
    );
    decoder.set_transformations(
        png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
    );
    let mut reader = decoder.read_info()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width.max(height) > LONGEST_SIDE {
        return Err(Error::TooLarge);
    }
    let Some(size) = reader.output_buffer_size() else { return Err(Error::TooLarge) };
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data)?;
    data.truncate(frame.buffer_size());
    let mut rgb = Vec::new();
    if frame.color_type == png::ColorType::GrayscaleAlpha {
        for point in data.chunks_exact(2) {
            rgb.extend(on_white([point[0]; 3], point[1]));
        }
    } else {
        for point in data.chunks_exact(4) {
            rgb.extend(on_white([point[0], point[1], point[2]], point[3]));
        }
    }
    Ok(Picture { width, height, rgb, alt: alt.to_owned() })
}

fn on_white(color: [u8; 3], opacity: u8) -> [u8; 3] {
    let opacity = u32::from(opacity);
    color.map(|part| {
        ((u32::from(part) * opacity + 255 * (255 - opacity) + 127) / 255) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(color: png::ColorType, points: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().expect("writes");
        writer.write_image_data(points).expect("writes");
        writer.finish().expect("writes");
        bytes
    }

    #[test]
    fn every_kind_of_png_becomes_colors_on_white() {
        for (color, points, expected) in [
            (png::ColorType::Rgb, &[1, 2, 3, 4, 5, 6][..], [1, 2, 3, 4, 5, 6]),
            (png::ColorType::Rgba, &[1, 2, 3, 255, 9, 9, 9, 0], [1, 2, 3, 255, 255, 255]),
            (png::ColorType::Grayscale, &[7, 8], [7, 7, 7, 8, 8, 8]),
            (png::ColorType::GrayscaleAlpha, &[0, 0, 0, 255], [255, 255, 255, 0, 0, 0]),
        ] {
            let picture = read(&packed(color, points), "a logo").expect("reads");
            assert_eq!(
                (picture.width, picture.height, &picture.rgb[..]),
                (2, 1, &expected[..])
            );
        }
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(matches!(read(b"GIF89a", ""), Err(Error::NotPng(_))));
        let whole = packed(png::ColorType::Rgb, &[0; 6]);
        assert!(read(&whole[..whole.len() / 2], "").is_err());
    }
}
