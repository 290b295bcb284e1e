//! The letter's structure, for readers who cannot see pages: what is a heading, a list, a
//! table's cell, and in which order it is read (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::draw::{MarkedContent, tag};
use super::strings::text;
use crate::export::xml::escaped;
use crate::layout::Pages;
use crate::layout::page::{
    Meta, Owner, PageItem, PlacedPicture, StructureKind, StructureNode,
};

/// Adds the structure tree, and says in the file that it has one.
pub(super) fn add(
    file: &mut lopdf::Document,
    pages: &Pages,
    marks: &[MarkedContent],
) -> Result<(), lopdf::Error> {
    let (root, document) = (file.new_object_id(), file.new_object_id());
    let elements: Vec<ObjectId> =
        pages.nodes().iter().map(|_| file.new_object_id()).collect();
    let page_ids: Vec<ObjectId> = file.get_pages().into_values().collect();
    let children = children(pages.nodes(), &elements, marks, &page_ids);
    for ((index, node), &id) in pages.nodes().iter().enumerate().zip(&elements) {
        let parent = match node.parent {
            Some(parent) => elements[parent],
            None => document,
        };
        let kids = children.get(&Some(index)).cloned().unwrap_or_default();
        if kids.is_empty() && node.kind.holds_words() {
            continue;
        }
        let mut element = element(node.kind, parent, kids);
        if let Some(picture) = picture_of(pages, index) {
            element.set("Alt", text(&picture.picture.alt));
            element.set("A", layout_of(pages, picture));
        }
        file.set_object(id, element);
    }
    let top = children.get(&None).cloned().unwrap_or_default();
    let whole = dictionary! {
        "Type" => "StructElem",
        "S" => "Document",
        "P" => root,
        "K" => top,
    };
    file.set_object(document, whole);
    let parents = file
        .add_object(dictionary! { "Nums" => parents(marks, &elements, page_ids.len()) });
    let next_key = i64::try_from(page_ids.len()).unwrap_or(i64::MAX);
    let tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference(document)],
        "ParentTree" => parents,
        "ParentTreeNextKey" => next_key,
    };
    file.set_object(root, tree);
    for (number, &page) in page_ids.iter().enumerate() {
        let page = file.get_dictionary_mut(page)?;
        page.set("StructParents", integer(number));
        page.set("Tabs", "S");
    }
    let catalog = file.catalog_mut()?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(())
}

/// Says what the file keeps to, PDF/UA-1 and PDF/A-2a, and what its colors mean.
pub(super) fn declare(
    file: &mut lopdf::Document,
    meta: &Meta,
) -> Result<(), lopdf::Error> {
    let metadata = file.add_object(metadata(meta));
    let profile = file.add_object(Stream::new(
        dictionary! { "N" => 3 },
        crate::export::srgb::profile(),
    ));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB"),
        "DestOutputProfile" => profile,
    };
    let catalog = file.catalog_mut()?;
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    Ok(())
}

/// What each node holds, in reading order; under `None`, what the document holds. A
/// paragraph of nothing but gaps says nothing and is left out.
fn children(
    nodes: &[StructureNode],
    elements: &[ObjectId],
    marks: &[MarkedContent],
    pages: &[ObjectId],
) -> BTreeMap<Option<usize>, Vec<Object>> {
    let mut children: BTreeMap<_, Vec<Object>> = BTreeMap::new();
    let marked: BTreeSet<usize> = marks.iter().map(|mark| mark.node).collect();
    for (index, (node, &element)) in nodes.iter().zip(elements).enumerate() {
        if marked.contains(&index) || !node.kind.holds_words() {
            children.entry(node.parent).or_default().push(element.into());
        }
    }
    for mark in marks {
        let Some(&page) = pages.get(mark.page) else { continue };
        let content =
            dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => integer(mark.id) };
        children.entry(Some(mark.node)).or_default().push(content.into());
    }
    children
}

fn element(kind: StructureKind, parent: ObjectId, kids: Vec<Object>) -> Dictionary {
    let mut element = dictionary! {
        "Type" => "StructElem",
        "S" => tag(kind),
        "P" => parent,
        "K" => kids,
    };
    let attributes = match kind {
        StructureKind::List { numbered: true } => {
            Some(dictionary! { "O" => "List", "ListNumbering" => "Decimal" })
        }
        StructureKind::List { numbered: false } => {
            Some(dictionary! { "O" => "List", "ListNumbering" => "Disc" })
        }
        StructureKind::ColumnHeader { span } => Some(cell(Some("Column"), span)),
        StructureKind::RowHeader { span } => Some(cell(Some("Row"), span)),
        StructureKind::Cell { span } if span > 1 => Some(cell(None, span)),
        StructureKind::Paragraph
        | StructureKind::Heading(_)
        | StructureKind::ListItem
        | StructureKind::Label
        | StructureKind::ListBody
        | StructureKind::Table
        | StructureKind::Row
        | StructureKind::Figure
        | StructureKind::Cell { .. } => None,
    };
    if let Some(attributes) = attributes {
        element.set("A", attributes);
    }
    element
}

/// What a table's cell names, and how many columns it takes.
fn cell(scope: Option<&str>, span: usize) -> Dictionary {
    let mut attributes = dictionary! { "O" => "Table" };
    if let Some(scope) = scope {
        attributes.set("Scope", scope);
    }
    if span > 1 {
        attributes.set("ColSpan", integer(span));
    }
    attributes
}

/// A node's picture.
fn picture_of(pages: &Pages, node: usize) -> Option<&PlacedPicture> {
    if pages.nodes().get(node)?.kind != StructureKind::Figure {
        return None;
    }
    for page in pages.iter() {
        for item in &page.items {
            if let PageItem::Picture(picture) = item
                && picture.owner == Owner::Node(node)
            {
                return Some(picture);
            }
        }
    }
    None
}

/// Where a picture is on its page, from the bottom left corner.
fn layout_of(pages: &Pages, picture: &PlacedPicture) -> Dictionary {
    let crate::units::Rect { at, size } = picture.area;
    let bottom = pages.paper().height - at.y - size.height;
    let corners = [at.x, bottom, at.x + size.width, bottom + size.height];
    let corners: Vec<Object> =
        corners.iter().map(|corner| Object::Real(corner.0)).collect();
    dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners }
}

/// For each page, by their numbers on it, the elements that its pieces of content belong
/// to.
fn parents(marks: &[MarkedContent], elements: &[ObjectId], pages: usize) -> Vec<Object> {
    let mut parents = Vec::new();
    for page in 0..pages {
        let mut of_page: Vec<Object> = Vec::new();
        for mark in marks {
            if mark.page == page {
                of_page.push(elements[mark.node].into());
            }
        }
        parents.extend([integer(page), Object::Array(of_page)]);
    }
    parents
}

fn integer(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// PDF/A knows no property that says PDF/UA, unless the file explains it.
const SAYS_PDFUA: &str = r#"<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"#;

const VOCABULARIES: &str = concat!(
    r#"xmlns:dc="http://purl.org/dc/elements/1.1/" "#,
    r#"xmlns:pdf="http://ns.adobe.com/pdf/1.3/" "#,
    r#"xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" "#,
    r##"xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" "##,
    r##"xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" "##,
    r#"xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" "#,
    r#"xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" "#,
    r#"xmlns:xmp="http://ns.adobe.com/xap/1.0/""#,
);

/// What the file says about itself, once more in XML, as both standards ask.
fn metadata(meta: &Meta) -> Stream {
    let title = escaped(&meta.title);
    let date = meta.date.strftime("%Y-%m-%dT00:00:00Z");
    let packet = format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" {VOCABULARIES}>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
{SAYS_PDFUA}
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{feff}',
        producer = super::PRODUCER,
    );
    // Search programs look for the packet in the bare bytes of a file.
    Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        packet.into_bytes(),
    )
    .with_compression(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;
    use crate::export::{ExportInput, pdf};
    use crate::layout::paginate;
    use crate::layout::samples::{
        cell, document, everything, gap, letter_sheet, list, paragraph, style, styled,
        table, text,
    };
    use crate::typefaces::Faces;

    fn written(document: &crate::document::Document) -> lopdf::Document {
        let pages = paginate(document, &Faces::bundled(), &letter_sheet());
        lopdf::Document::load_mem(
            &pdf::write(&ExportInput { document, pages: &pages }).unwrap(),
        )
        .unwrap()
    }

    /// The tree of tags below an element, such as `L(LI(Lbl LBody(P)))`.
    fn tree(file: &lopdf::Document, element: &Object) -> String {
        let Ok(element) = element.as_reference().and_then(|id| file.get_dictionary(id))
        else {
            return String::new();
        };
        let name = String::from_utf8_lossy(element.get(b"S").unwrap().as_name().unwrap())
            .into_owned();
        let kids = element.get(b"K").unwrap().as_array().unwrap();
        let kids: Vec<String> = kids
            .iter()
            .map(|kid| tree(file, kid))
            .filter(|tree| !tree.is_empty())
            .collect();
        if kids.is_empty() { name } else { format!("{name}({})", kids.join(" ")) }
    }

    #[track_caller]
    fn check(blocks: Vec<Block>, expected: &str) {
        let file = written(&document(blocks));
        let root = file
            .catalog()
            .unwrap()
            .get(b"StructTreeRoot")
            .unwrap()
            .as_reference()
            .unwrap();
        let kids = file
            .get_dictionary(root)
            .unwrap()
            .get(b"K")
            .unwrap()
            .as_array()
            .unwrap();
        assert_eq!(tree(&file, &kids[0]), format!("Document({expected})"));
    }

    #[test]
    fn blocks_become_tags_in_their_order() {
        check(vec![paragraph("a"), Block::PageBreak, paragraph("b")], "P P");
        check(vec![list(Some(1), vec![vec![paragraph("a")]])], "L(LI(Lbl LBody(P)))");
        let rows = vec![vec![cell("a"), cell("b")], vec![cell("c"), cell("d")]];
        check(vec![table(true, rows)], "Table(TR(TH(P) TH(P)) TR(TD(P) TD(P)))");
    }

    #[test]
    fn a_paragraph_of_nothing_but_a_gap_is_no_tag() {
        let lacking = || styled(style(), vec![gap("a", "gap")]);
        check(
            vec![paragraph("a"), lacking(), list(None, vec![vec![lacking()]])],
            "P L(LI(Lbl LBody))",
        );
    }

    #[test]
    fn every_piece_of_content_is_owned_by_the_element_that_its_page_names() {
        let mut document = everything();
        document
            .blocks
            .push(styled(style(), vec![text("one "), gap("a", "gap"), text(" two")]));
        let file = written(&document);
        let root = file
            .catalog()
            .unwrap()
            .get(b"StructTreeRoot")
            .unwrap()
            .as_reference()
            .unwrap();
        let parents = file
            .get_dictionary(root)
            .unwrap()
            .get(b"ParentTree")
            .unwrap()
            .as_reference()
            .unwrap();
        let nums = file
            .get_dictionary(parents)
            .unwrap()
            .get(b"Nums")
            .unwrap()
            .as_array()
            .unwrap();
        for (number, element) in (0i64..).zip(nums[1].as_array().unwrap()) {
            let element = file.get_dictionary(element.as_reference().unwrap()).unwrap();
            let kids = element
                .get(b"K")
                .unwrap()
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|kid| kid.as_dict().ok());
            let numbers: Vec<i64> =
                kids.map(|kid| kid.get(b"MCID").unwrap().as_i64().unwrap()).collect();
            assert!(numbers.contains(&number));
        }
    }
}
