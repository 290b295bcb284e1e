//! Whether a PDF from elsewhere is a bomb: a small file whose streams unfold to more than
//! the memory holds. It is found out before another library, which knows no limit,
//! unfolds them.

use std::sync::LazyLock;

use lopdf::{DecompressError, Document, Error, LoadOptions, Object, Stream};
use regex::bytes::Regex;

/// Whether a stream unfolds to more than `most` bytes, or all that are no pictures to
/// more than twice that. A file that cannot be read here may be readable elsewhere, so it
/// is none as far as is known.
pub fn unfolds_beyond(pdf: &[u8], most: usize) -> bool {
    if WIDE_ROWS.as_ref().is_some_and(|wide| wide.is_match(pdf)) {
        return true;
    }
    let options =
        LoadOptions { max_decompressed_size: Some(most), ..LoadOptions::default() };
    match Document::load_mem_with_options(pdf, options) {
        Ok(file) => streams_unfold_beyond(&file, most),
        Err(error) => is_over(&error),
    }
}

fn streams_unfold_beyond(file: &Document, most: usize) -> bool {
    let mut left = most.saturating_mul(2);
    file.objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .any(|stream| {
            if rows(file, stream).any(|columns| columns > WIDEST) {
                return true;
            }
            match stream.decompressed_content_with_limit(most) {
                Ok(content) if is_picture(stream) => content.len() > most,
                Ok(content) => {
                    let is_over = content.len() > left;
                    left = left.saturating_sub(content.len());
                    is_over
                }
                Err(error) => is_over(&error),
            }
        })
}

/// Rows of more points than a scanner sees on a page: room for a row is made before there
/// is one.
const WIDEST: i64 = 99_999;

static WIDE_ROWS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"/Col(umn|or)s\s*[0-9]{6}").ok());

/// How many points a stream says that its rows have.
fn rows<'a>(file: &'a Document, stream: &'a Stream) -> impl Iterator<Item = i64> {
    let found =
        |object: &'a Object| file.dereference(object).ok().map(|(_, object)| object);
    let said = stream
        .dict
        .get(b"DecodeParms")
        .or_else(|_| stream.dict.get(b"DP"))
        .ok()
        .and_then(found);
    let several = said
        .and_then(|said| said.as_array().ok())
        .into_iter()
        .flatten()
        .filter_map(found);
    let each = several.chain(said).filter_map(|said| said.as_dict().ok());
    each.flat_map(|said| [said.get(b"Columns"), said.get(b"Colors")])
        .filter_map(move |number| found(number.ok()?)?.as_i64().ok())
}

fn is_picture(stream: &Stream) -> bool {
    stream
        .dict
        .get(b"Subtype")
        .and_then(Object::as_name)
        .is_ok_and(|name| name == b"Image")
}

fn is_over(error: &Error) -> bool {
    matches!(error, Error::Decompress(DecompressError::MemoryLimitExceeded { .. }))
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    /// A file with streams of these lengths, packed `times` over.
    fn file(lengths: &[usize], times: usize, subtype: &str) -> Vec<u8> {
        let mut file = Document::with_version("1.5");
        for &length in lengths {
            let mut stream =
                Stream::new(dictionary! { "Subtype" => subtype }, vec![b' '; length]);
            stream.compress().unwrap();
            if times == 2 {
                let once = std::mem::take(&mut stream.content);
                stream.dict.remove(b"Filter");
                stream.set_plain_content(once);
                stream.compress().unwrap();
                stream.dict.set(
                    "Filter",
                    vec![Object::from("FlateDecode"), "FlateDecode".into()],
                );
            }
            file.add_object(stream);
        }
        let mut bytes = Vec::new();
        file.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_file_that_unfolds_to_too_much_is_known() {
        for (lengths, times, subtype, expected) in [
            (&[1000, 1000][..], 1, "Form", false),
            (&[100_000], 1, "Form", true),
            (&[100_000], 2, "Form", true),
            (&[9_000, 9_000, 9_000], 1, "Form", true),
            (&[9_000, 9_000, 9_000], 1, "Image", false),
            (&[100_000], 1, "Image", true),
        ] {
            assert_eq!(
                unfolds_beyond(&file(lengths, times, subtype), 10_000),
                expected,
                "{lengths:?} {subtype}"
            );
        }
        assert!(!unfolds_beyond(b"no PDF", 10));
    }

    #[test]
    fn a_file_with_rows_wider_than_a_page_is_known() {
        assert!(unfolds_beyond(b"%PDF-1.7 << /Columns 99999999 >>", 10_000));
        let of = |columns: i64| {
            let mut file = Document::with_version("1.5");
            let number = file.add_object(columns);
            let said = dictionary! { "Predictor" => 15, "Columns" => number };
            let mut stream = Stream::new(
                dictionary! { "DecodeParms" => vec![Object::from(said)] },
                vec![0; 900],
            );
            stream.compress().unwrap();
            file.add_object(stream);
            let mut bytes = Vec::new();
            file.save_to(&mut bytes).unwrap();
            bytes
        };
        assert!(
            unfolds_beyond(&of(2_000_000_000), 10_000) && !unfolds_beyond(&of(2), 10_000)
        );
    }
}
