//! Documents as word processors write them, and what is read of them.

use std::io::{Cursor, Write as _};

use super::*;

fn text(file: &[u8]) -> Result<String, Error> {
    Ok(words(file)?.text)
}

fn document(body: &str) -> Vec<u8> {
    parts(&[("word/document.xml", body)])
}

fn parts(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in parts {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        let xml = format!(
            "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\">\
             <w:body>{body}</w:body></w:document>"
        );
        archive.write_all(xml.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn notes_are_read_after_the_letter() {
    let empty =
        "<w:footnote><w:p><w:r><w:separator/></w:r></w:p></w:footnote>".to_owned();
    let notes = empty + "<w:footnote>" + &paragraph("Not the left.") + "</w:footnote>";
    let file = parts(&[
        ("word/document.xml", &paragraph("The right knee.")),
        ("word/footnotes.xml", &notes),
    ]);
    assert_eq!(lines_of(&text(&file).unwrap()), ["The right knee.", "Not the left."]);
}

#[test]
fn running_lines_are_set_aside_once() {
    let (header, footer) = (paragraph("CM17-1"), paragraph("Page 1 of 2"));
    let body = paragraph("The right knee.");
    let names =
        ["word/header1.xml", "word/header2.xml", "word/footer1.xml", "word/document.xml"];
    let file = parts(
        &names
            .into_iter()
            .zip([&*header, &*header, &*footer, &*body])
            .collect::<Vec<_>>(),
    );
    let words = words(&file).unwrap();
    assert_eq!(lines_of(&words.text), ["The right knee."]);
    let asides: Vec<&str> = words.asides.iter().map(|aside| &*aside.words).collect();
    assert_eq!(asides, ["CM17-1"]);
}

fn lines_of(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty()).collect()
}

#[test]
fn paragraphs_and_cells_are_read_in_order() {
    let run =
        |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let paragraph = |words: &str| format!("<w:p>{}</w:p>", run(words));
    let row = format!(
        "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>",
        paragraph("Case Number:"),
        paragraph("CM17-1")
    );
    let body = format!(
        "<w:tbl>{row}</w:tbl>{}<w:p>{}<w:del>{}</w:del>{}</w:p>",
        paragraph("HEADING"),
        run("Jos\u{e9} &amp; "),
        run("gone"),
        run("Co &#8211; x"),
    );
    assert_eq!(
        text(&document(&body)).unwrap(),
        "Case Number:\tCM17-1\n\nHEADING\n\nJosé & Co – x\n\n"
    );
}

fn run(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

fn paragraph(words: &str) -> String {
    format!("<w:p>{}</w:p>", run(words))
}

fn cell(words: &str) -> String {
    format!("<w:tc>{}</w:tc>", paragraph(words))
}

#[track_caller]
fn check(body: &str, expected: &str) {
    assert_eq!(text(&document(body)).unwrap(), expected, "{body}");
}

#[test]
fn every_word_of_a_paragraph_is_read_once() {
    let (kept, moved, added) = (run("a"), run("b"), run("c"));
    check(
        &format!(
            "<w:p>{kept}<w:moveFrom>{moved}</w:moveFrom><w:ins>{added}</w:ins></w:p>"
        ),
        "ac\n\n",
    );
    let text_box = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("box"));
    check(
        &format!(
            "<w:p><w:r><w:t>a</w:t><mc:AlternateContent>\
             <mc:Choice>{text_box}</mc:Choice><mc:Fallback>{text_box}</mc:Fallback>\
             </mc:AlternateContent></w:r></w:p>"
        ),
        "a\n\nbox\n\n",
    );
    check(
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/>\
         <w:sym w:char=\"F0B3\"/><w:softHyphen/><w:noBreakHyphen/></w:r></w:p>",
        "a\t≥\u{ad}-\n\n",
    );
}

#[test]
fn every_word_of_a_table_is_read_once() {
    let (one, two) = (paragraph("one"), paragraph("two"));
    check(
        &format!("<w:tbl><w:tr><w:tc>{one}{two}</w:tc></w:tr></w:tbl>"),
        "one\n\ntwo\n\n\n",
    );
    let first = format!("<w:tc>{one}{}</w:tc>{}", paragraph("more"), cell("two"));
    let second = cell("three") + &cell("");
    check(
        &format!("<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr></w:tbl>"),
        "one more\ttwo\nthree\n\n",
    );
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("a"), cell("b"));
    check(&format!("<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"), "a\tb\n\n\n");
}

#[test]
fn what_is_no_document_is_an_error() {
    assert_eq!(text(b"PK nothing"), Err(Error::Unreadable));
    assert_eq!(text(&document("<w:p/>")), Err(Error::NoText));
    assert!(text(&document("<w:p><w:r>")).is_err());
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = document(&format!(
        "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
        " ".repeat(40 * 1024 * 1024)
    ));
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(text(&bomb), Err(Error::TooLarge));
    let row = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p>";
    assert_eq!(text(&document(&row.repeat(100_000))), Err(Error::TooLarge));
}

/// A file of raw parts, as they are.
fn package(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(part).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn parts_are_found_by_what_they_are_and_in_any_encoding() {
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"r\"><Relationship Id=\"a\" \
             Type=\"http://schemas/relationships/{kind}\" Target=\"{target}\"/>\
             </Relationships>"
        )
    };
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\
         <w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>",
        paragraph("Sjögren")
    );
    let wide: Vec<u8> = body.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (target, name) in [
        ("word/document2.xml", "word/document2.xml"),
        ("/odd/Main.xml", "odd/main.xml"),
        ("./letter.xml", "letter.xml"),
    ] {
        let relations = relation("officeDocument", target).into_bytes();
        let marked = [vec![0xff, 0xfe], wide.clone()].concat();
        for part in [body.clone().into_bytes(), wide.clone(), marked] {
            let file = package(&[("_rels/.rels", relations.clone()), (name, part)]);
            assert_eq!(text(&file).as_deref(), Ok("Sjögren\n\n"), "{target}");
        }
    }
}

#[test]
fn hidden_words_are_set_aside() {
    let run = |look: &str, words: &str| {
        format!(
            "<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>"
        )
    };
    let changed = "<w:rPrChange w:id=\"1\"><w:rPr><w:vanish/></w:rPr></w:rPrChange>";
    let body = [
        run("<w:vanish/>", "one "),
        run("<w:vanish w:val=\"0\"/>", "seen "),
        run("<w:rStyle w:val=\"Secret\"/>", "two "),
        run("<w:color w:val=\"FFFFFF\"/>", "three "),
        run("<w:color w:val=\"FFFFFF\"/><w:shd w:fill=\"000000\"/>", "white "),
        run("<w:sz w:val=\"2\"/>", "four"),
        run(changed, "words"),
    ];
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"Base\"><w:rPr>\
        <w:vanish/></w:rPr></w:style><w:style w:styleId=\"Secret\">\
        <w:basedOn w:val=\"Base\"/></w:style></w:styles>";
    let body = format!("<w:p>{}</w:p>", body.concat());
    let file = parts(&[("word/document.xml", &body), ("word/styles.xml", styles)]);
    let words = words(&file).unwrap();
    assert_eq!(words.text, "seen white words\n\n");
    assert_eq!(words.asides[0].words, "one two three four");
}

const NUMBERING: &str = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"7\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>\
    <w:lvlText w:val=\"%1.\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/>\
    <w:lvlText w:val=\"%1.%2)\"/></w:lvl>\
    <w:lvl w:ilvl=\"2\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f0b7}\"/>\
    </w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
    <w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\">\
    <w:startOverride w:val=\"5\"/></w:lvlOverride></w:num></w:numbering>";

#[test]
fn lists_have_the_numbers_that_word_counts() {
    let item = |list: u32, level: u32, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/>\
             </w:numPr></w:pPr>{}</w:p>",
            run(words)
        )
    };
    let body = [
        item(1, 0, "one"),
        item(1, 1, "first"),
        item(1, 1, "second"),
        item(1, 2, "point"),
        item(1, 0, ""),
        item(1, 0, "two"),
        item(1, 1, "first"),
        item(2, 0, "five"),
        item(0, 0, "no number"),
        "<w:p><w:pPr><w:pStyle w:val=\"List\"/></w:pPr>".to_owned()
            + &run("six")
            + "</w:p>",
    ];
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"List\"><w:pPr><w:numPr>\
        <w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style></w:styles>";
    let file = package(&[
        (
            "word/document.xml",
            format!("<w:d xmlns:w=\"w\">{}</w:d>", body.concat()).into(),
        ),
        ("word/numbering.xml", NUMBERING.into()),
        ("word/styles.xml", styles.into()),
    ]);
    let expected = [
        "1. one",
        "1.a) first",
        "1.b) second",
        "• point",
        "2. two",
        "2.a) first",
        "5. five",
        "no number",
        "6. six",
    ];
    assert_eq!(lines_of(&text(&file).unwrap()), expected);
}

#[test]
fn what_was_deleted_or_only_asks_is_no_word_of_the_letter() {
    let row = |look: &str, words: &str| {
        format!("<w:tr><w:trPr>{look}</w:trPr>{}{}</w:tr>", cell(words), cell("x"))
    };
    check(
        &format!(
            "<w:tbl>{}{}</w:tbl>",
            row("<w:del w:id=\"1\"/>", "gone"),
            row("", "kept")
        ),
        "kept\tx\n\n",
    );
    check(
        &format!(
            "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>{}</w:p>{}",
            run("one "),
            paragraph("line")
        ),
        "one line\n\n",
    );
    check(
        &format!(
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent>\
             </w:sdt>{}",
            paragraph("Click here"),
            paragraph("words")
        ),
        "words\n\n",
    );
    let symbols =
        "<w:r><w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr><w:t>\u{b3}</w:t></w:r>";
    check(&format!("<w:p>{symbols}{}</w:p>", run("7")), "≥7\n\n");
}
