//! Pictures of pages, painted from the very bytes of the PDF: what is seen is the file.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::error::Error;
use super::{ExportInput, GoesOn, pdf};
use crate::document::Picture;

/// A picture: rows of pixels from the top, four bytes each (red, green, blue, and an
/// opacity that is always whole).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// In pixels.
    pub width: usize,
    pub height: usize,
    pub rgba: Vec<u8>,
}

/// Pictures in files have this many pixels a point: 144 an inch.
const FILE_SCALE: f32 = 2.0;

/// Paints one page of a PDF on white, `scale` pixels a point. Pages are counted from 0.
pub fn paint(pdf: &[u8], page: usize, scale: f32) -> Result<Image, Error> {
    paint_page(&read(pdf)?, page, scale)
}

/// The only page as a PNG file.
pub(super) fn write(input: &ExportInput<'_>) -> Result<Vec<u8>, Error> {
    match input.pages.len() {
        1 => Ok(pages(input, &|| true)?.concat()),
        pages => Err(Error::SeveralPages { pages }),
    }
}

/// A PNG file for each page.
pub(super) fn pages(
    input: &ExportInput<'_>,
    goes_on: GoesOn<'_>,
) -> Result<Vec<Vec<u8>>, Error> {
    let pdf = read(&pdf::write(input)?)?;
    let mut files = Vec::new();
    for page in 0..input.pages.len() {
        if !goes_on() {
            return Err(Error::Stopped);
        }
        files.push(pack(&paint_page(&pdf, page, FILE_SCALE)?)?);
    }
    Ok(files)
}

fn read(pdf: &[u8]) -> Result<Pdf, Error> {
    Pdf::new(pdf.to_vec()).map_err(|_| Error::Unreadable)
}

fn paint_page(pdf: &Pdf, page: usize, scale: f32) -> Result<Image, Error> {
    let page = pdf.pages().get(page).ok_or(Error::NoPage { page })?;
    let (width, height) = page.render_dimensions();
    if !(scale > 0.0 && width.max(height) * scale < f32::from(u16::MAX)) {
        return Err(Error::TooLarge);
    }
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let interpreter = InterpreterSettings::default();
    // Hinting would move stems to whole pixels, and letters with them off their places.
    let rendering = RenderSettings { hinting: false, ..RenderSettings::default() };
    let picture = render(page, &RenderCache::new(), &interpreter, &rendering, &settings);
    let (width, height) = (usize::from(picture.width()), usize::from(picture.height()));
    Ok(Image { width, height, rgba: picture.data_as_u8_slice().to_vec() })
}

/// A letter's own picture, such as a logo, as a PNG file.
pub(super) fn of_picture(picture: &Picture) -> Result<Vec<u8>, Error> {
    let mut rgba = Vec::with_capacity(picture.rgb.len() / 3 * 4);
    for pixel in picture.rgb.chunks(3) {
        rgba.extend(pixel);
        rgba.push(u8::MAX);
    }
    encode(picture.width, picture.height, &rgba)
}

fn pack(image: &Image) -> Result<Vec<u8>, Error> {
    let width = u32::try_from(image.width).map_err(|_| Error::TooLarge)?;
    let height = u32::try_from(image.height).map_err(|_| Error::TooLarge)?;
    encode(width, height, &image.rgba)
}

fn encode(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, Error> {
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, width, height);
    encoder.set_color(::png::ColorType::Rgba);
    encoder.set_depth(::png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(|source| Error::Pack { source })?;
    writer
        .write_image_data(rgba)
        .map_err(|source| Error::Pack { source })?;
    drop(writer);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::Finished;
    use crate::document::{Align, Block, Document, Span, Style};
    use crate::layout::samples::{
        document, letter_sheet, paragraph, sample_letter, style, styled, text,
    };
    use crate::layout::{Pages, paginate};
    use crate::typefaces::Faces;

    fn pages(document: &Document) -> Pages {
        paginate(document, &Faces::bundled(), &letter_sheet())
            .without_watermark(Finished::for_test())
    }

    fn pdf_of(document: &Document) -> Vec<u8> {
        pdf::write(&ExportInput { document, pages: &pages(document) }).unwrap()
    }

    /// How many pixels of a picture are not white.
    fn inked(image: &Image) -> usize {
        image.rgba.chunks(4).filter(|pixel| pixel[..3] != [255; 3]).count()
    }

    #[test]
    fn a_painted_page_is_as_large_as_its_paper_and_not_empty() {
        let image = paint(&pdf_of(&sample_letter()), 0, 1.5).unwrap();
        assert_eq!(
            (image.width, image.height, image.rgba.len()),
            (918, 1188, 918 * 1188 * 4)
        );
        let share = inked(&image) as f32 / (918.0 * 1188.0);
        assert!((0.02..0.2).contains(&share), "{share}");
    }

    #[test]
    fn a_page_that_is_not_there_or_too_large_is_not_painted() {
        let pdf = pdf_of(&sample_letter());
        assert!(matches!(paint(&pdf, 1, 1.0), Err(Error::NoPage { page: 1 })));
        assert!(matches!(paint(&pdf, 0, 1000.0), Err(Error::TooLarge)));
        assert!(matches!(paint(b"no PDF", 0, 1.0), Err(Error::Unreadable)));
    }

    #[test]
    fn each_page_is_a_picture_of_its_own() {
        let document = document(vec![paragraph("a"), Block::PageBreak, paragraph("b")]);
        let pages = pages(&document);
        let input = ExportInput { document: &document, pages: &pages };
        let files = super::pages(&input, &|| true).unwrap();
        let size = |file: &Vec<u8>| {
            let reader =
                ::png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
            (reader.info().width, reader.info().height)
        };
        assert_eq!(files.iter().map(size).collect::<Vec<_>>(), [(1224, 1584); 2]);
        assert!(files[0] != files[1]);
        assert!(matches!(write(&input), Err(Error::SeveralPages { pages: 2 })));
    }

    #[test]
    fn who_stops_after_a_page_waits_for_no_other() {
        let document = document(vec![paragraph("a"), Block::PageBreak, paragraph("b")]);
        let pages = pages(&document);
        let input = ExportInput { document: &document, pages: &pages };
        let asked = std::cell::Cell::new(0);
        let goes_on = || {
            asked.set(asked.get() + 1);
            asked.get() == 1
        };
        assert!(matches!(super::pages(&input, &goes_on), Err(Error::Stopped)));
        assert_eq!(asked.get(), 2);
    }

    #[test]
    fn things_are_painted_where_layout_puts_them() {
        let right = styled(
            Style { align: Align::Right, ..style() },
            vec![text("III"), Span::Break],
        );
        let image = paint(&pdf_of(&document(vec![right])), 0, 1.0).unwrap();
        let ink = image.rgba.chunks(4).enumerate().filter(|(_, pixel)| pixel[0] < 128);
        let places: Vec<(usize, usize)> = ink
            .map(|(index, _)| (index % image.width, index / image.width))
            .collect();
        assert!(
            !places.is_empty()
                && places
                    .iter()
                    .all(|(x, y)| (527..541).contains(x) && (73..84).contains(y)),
            "{places:?}"
        );
    }
}
