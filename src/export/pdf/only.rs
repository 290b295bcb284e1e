//! A part of a PDF, for a system that prints whole files.

use lopdf::Document;

/// The PDF with the pages of these ranges alone, counted from 1; `None` where it cannot be
/// taken apart.
pub fn only(pdf: &[u8], ranges: &[(u32, u32)]) -> Option<Vec<u8>> {
    let mut document = Document::load_mem(pdf).ok()?;
    let mut others = Vec::new();
    for page in document.get_pages().into_keys() {
        if !ranges.iter().any(|&(first, last)| first <= page && page <= last) {
            others.push(page);
        }
    }
    document.delete_pages(&others);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    /// A PDF whose pages are as wide as their numbers.
    fn pages(count: i64) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let root = document.new_object_id();
        let mut kids: Vec<lopdf::Object> = Vec::new();
        for page in 1..=count {
            let page = dictionary! {
                "Type" => "Page",
                "Parent" => root,
                "MediaBox" => vec![0.into(), 0.into(), page.into(), 9.into()],
            };
            kids.push(document.add_object(page).into());
        }
        let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
        document.objects.insert(root, tree.into());
        let catalog =
            document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    fn widths(pdf: &[u8]) -> Vec<i64> {
        let document = Document::load_mem(pdf).unwrap();
        let mut widths = Vec::new();
        for id in document.get_pages().into_values() {
            let page = document.get_dictionary(id).unwrap();
            let media_box = page.get(b"MediaBox").unwrap().as_array().unwrap();
            widths.push(media_box[2].as_i64().unwrap());
        }
        widths
    }

    #[test]
    fn a_part_has_the_pages_that_were_asked_for() {
        let part = only(&pages(6), &[(2, 3), (6, 9)]).unwrap();
        assert_eq!(widths(&part), [2, 3, 6]);
        assert_eq!(only(b"photo", &[(1, 1)]), None);
    }
}
