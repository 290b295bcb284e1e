//! Whether a PDF from elsewhere is a bomb: a small file whose streams decompress to more
//! than the memory holds. It is found out before another library, which knows no limit,
//! decompresses them.

use std::sync::LazyLock;

use lopdf::{DecompressError, Document, Error, LoadOptions, Object, Stream};
use regex::bytes::Regex;

/// Whether a stream decompresses to more than `most` bytes, or all that are no pictures
/// to more than twice that. A file that cannot be read here may be readable elsewhere, so
/// it is none as far as is known.
pub fn decompresses_beyond(pdf: &[u8], most: usize) -> bool {
    if let Some(wide) = &*WIDE_ROWS
        && wide.is_match(pdf)
    {
        return true;
    }
    let options =
        LoadOptions { max_decompressed_size: Some(most), ..LoadOptions::default() };
    match Document::load_mem_with_options(pdf, options) {
        Ok(file) => streams_decompress_beyond(&file, most),
        Err(error) => is_over(&error),
    }
}

fn streams_decompress_beyond(file: &Document, most: usize) -> bool {
    let mut left = most.saturating_mul(2);
    for object in file.objects.values() {
        let Ok(stream) = object.as_stream() else { continue };
        if has_wide_rows(file, stream) {
            return true;
        }
        match stream.decompressed_content_with_limit(most) {
            Ok(content) if is_picture(stream) => {
                if content.len() > most {
                    return true;
                }
            }
            Ok(content) => {
                if content.len() > left {
                    return true;
                }
                left -= content.len();
            }
            Err(error) => {
                if is_over(&error) {
                    return true;
                }
            }
        }
    }
    false
}

/// Rows of more points than a scanner sees on a page: room for a row is made before there
/// is one.
const WIDEST: i64 = 99_999;

static WIDE_ROWS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"/Col(umn|or)s\s*[0-9]{6}").ok());

/// Whether a stream says that it has rows wider than any page, in its parameters or in
/// one of several.
fn has_wide_rows(file: &Document, stream: &Stream) -> bool {
    let said = stream.dict.get(b"DecodeParms").or(stream.dict.get(b"DP"));
    let Ok(parameters) = said else { return false };
    let Ok((_, parameters)) = file.dereference(parameters) else { return false };
    match parameters.as_array() {
        Ok(several) => several.iter().any(|one| is_wide(file, one)),
        Err(_) => is_wide(file, parameters),
    }
}

fn is_wide(file: &Document, parameters: &Object) -> bool {
    let Ok((_, parameters)) = file.dereference(parameters) else { return false };
    let Ok(parameters) = parameters.as_dict() else { return false };
    for key in [&b"Columns"[..], b"Colors"] {
        if let Ok(number) = parameters.get(key)
            && let Ok((_, number)) = file.dereference(number)
            && let Ok(number) = number.as_i64()
            && number > WIDEST
        {
            return true;
        }
    }
    false
}

fn is_picture(stream: &Stream) -> bool {
    match stream.dict.get(b"Subtype") {
        Ok(subtype) => matches!(subtype.as_name(), Ok(b"Image")),
        Err(_) => false,
    }
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
    fn a_file_that_decompresses_to_too_much_is_known() {
        for (lengths, times, subtype, expected) in [
            (&[1000, 1000][..], 1, "Form", false),
            (&[100_000], 1, "Form", true),
            (&[100_000], 2, "Form", true),
            (&[9_000, 9_000, 9_000], 1, "Form", true),
            (&[9_000, 9_000, 9_000], 1, "Image", false),
            (&[100_000], 1, "Image", true),
        ] {
            assert_eq!(
                decompresses_beyond(&file(lengths, times, subtype), 10_000),
                expected,
                "{lengths:?} {subtype}"
            );
        }
        assert!(!decompresses_beyond(b"no PDF", 10));
    }

    #[test]
    fn a_file_with_rows_wider_than_a_page_is_known() {
        assert!(decompresses_beyond(b"%PDF-1.7 << /Columns 99999999 >>", 10_000));
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
            decompresses_beyond(&of(2_000_000_000), 10_000)
                && !decompresses_beyond(&of(2), 10_000)
        );
    }
}
