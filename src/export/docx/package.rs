//! What holds a Word document together: what each part of its archive is, and which part
//! refers to which (ECMA-376, part 2).

/// What every part begins with.
pub(super) const XML: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const MEDIA_TYPE: &str = "application/vnd.openxmlformats";

/// The parts that are of a kind of their own.
const KINDS: &[(&str, &str)] = &[
    ("docProps/core", "package.core-properties"),
    ("word/document", "officedocument.wordprocessingml.document.main"),
    ("word/styles", "officedocument.wordprocessingml.styles"),
    ("word/numbering", "officedocument.wordprocessingml.numbering"),
    ("word/header1", "officedocument.wordprocessingml.header"),
    ("word/footer1", "officedocument.wordprocessingml.footer"),
];

/// What the main part refers to.
const PARTS: &[(&str, &str)] = &[
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
];

/// The kind of every part.
pub(super) fn content_types() -> String {
    let mut kinds = String::new();
    for (part, kind) in KINDS {
        kinds += &format!(
            "<Override PartName=\"/{part}.xml\" ContentType=\"{MEDIA_TYPE}-{kind}+xml\"/>"
        );
    }
    format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" \
         ContentType=\"{MEDIA_TYPE}-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/>\
         {kinds}</Types>"
    )
}

/// Where a reader finds the letter and what is said about it.
pub(super) fn root_relations() -> String {
    let document = format!("{OFFICE}/relationships/officeDocument");
    let properties = format!("{PACKAGE}/relationships/metadata/core-properties");
    relations(&[
        relation("rId1", &document, "word/document.xml"),
        relation("rId2", &properties, "docProps/core.xml"),
    ])
}

/// What the main part refers to: the other parts, and the pictures.
pub(super) fn main_relations(pictures: usize) -> String {
    let mut all: Vec<String> = Vec::new();
    for (name, target) in PARTS {
        all.push(relation(name, &format!("{OFFICE}/relationships/{name}"), target));
    }
    all.extend(picture_relations(pictures));
    relations(&all)
}

/// What a header or footer refers to: the pictures, as `picture1` and so on.
pub(super) fn running_relations(pictures: usize) -> String {
    relations(&picture_relations(pictures))
}

fn picture_relations(pictures: usize) -> Vec<String> {
    let kind = format!("{OFFICE}/relationships/image");
    let numbers = 1..=pictures;
    numbers
        .map(|number| {
            let target = format!("media/picture{number}.png");
            relation(&format!("picture{number}"), &kind, &target)
        })
        .collect()
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
}

fn relations(all: &[String]) -> String {
    let all = all.concat();
    format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}
