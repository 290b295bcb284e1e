//! The styles and the numberings that a Word document's paragraphs refer to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::package::XML;
use crate::document::{Align, Role, Style};
use crate::export::xml::escaped;
use crate::units::Pt;

/// Word's name for Times, whose measures our own face has.
const TIMES: &str = "Times New Roman";

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Twentieths of a point, in which Word measures.
pub(super) fn twips(length: Pt) -> i64 {
    (f64::from(length.0) * 20.0).round() as i64
}

/// The styles that were used, by their ids.
pub(super) type Styles = BTreeMap<String, (Role, Arc<Style>)>;

/// The part that holds the styles.
pub(super) fn styles_part(used: &Styles, language: &str) -> String {
    let styles: String = used
        .iter()
        .map(|(id, (role, style))| paragraph_style(id, *role, style))
        .collect();
    let language = escaped(language);
    format!(
        "{XML}<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"{TIMES}\" w:hAnsi=\"{TIMES}\" w:cs=\"{TIMES}\"/>\
         <w:sz w:val=\"24\"/><w:lang w:val=\"{language}\"/>\
         </w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">\
         <w:name w:val=\"Normal\"/></w:style>{styles}</w:styles>"
    )
}

/// The part that holds the numberings: one for each list, so that each begins at its own
/// number. A list without a first number has bullets.
pub(super) fn numbering_part(lists: &[Option<u64>]) -> String {
    let (mut definitions, mut uses) = (String::new(), String::new());
    for (index, start) in lists.iter().enumerate() {
        let number = index + 1;
        definitions += &numbering(number, *start);
        uses += &format!(
            "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{number}\"/></w:num>"
        );
    }
    format!("{XML}<w:numbering xmlns:w=\"{WORD}\">{definitions}{uses}</w:numbering>")
}

/// How deep Word's lists can be.
const LEVELS: usize = 9;

fn numbering(number: usize, start: Option<u64>) -> String {
    let mut levels = String::new();
    for level in 0..LEVELS {
        let (form, first, text) = match start {
            Some(first) => ("decimal", first, format!("%{}.", level + 1)),
            None => ("bullet", 1, "\u{2022}".to_owned()),
        };
        let left = 360 * (level + 1);
        levels += &format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"{first}\"/>\
             <w:numFmt w:val=\"{form}\"/><w:lvlText w:val=\"{text}\"/>\
             <w:lvlJc w:val=\"left\"/><w:pPr>\
             <w:ind w:left=\"{left}\" w:hanging=\"360\"/></w:pPr></w:lvl>"
        );
    }
    format!("<w:abstractNum w:abstractNumId=\"{number}\">{levels}</w:abstractNum>")
}

fn paragraph_style(id: &str, role: Role, style: &Style) -> String {
    let (name, outline) = match role {
        Role::Heading(level) => {
            // Word knows its own headings by this name.
            let name = if id == format!("Heading{level}") {
                format!("heading {level}")
            } else {
                format!("{} heading {level}", style.name)
            };
            let level = level.saturating_sub(1);
            (name, format!("<w:outlineLvl w:val=\"{level}\"/>"))
        }
        Role::Body => (format!("Body {}", style.name), String::new()),
    };
    let name = escaped(&name);
    let is_custom = i32::from(role == Role::Body);
    let keep = if style.keep_with_next { "<w:keepNext/>" } else { "" };
    let align = match style.align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "both",
    };
    let [before, after, indent] =
        [style.space_before, style.space_after, style.indent].map(twips);
    let line = twips(style.size * style.line_height);
    let bold = if style.bold { "<w:b/>" } else { "" };
    let italic = if style.italic { "<w:i/>" } else { "" };
    // Word counts sizes in half points.
    let size = (style.size.0 * 2.0).round();
    format!(
        "<w:style w:type=\"paragraph\" w:customStyle=\"{is_custom}\" w:styleId=\"{id}\">\
         <w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr>{keep}<w:widowControl/>\
         <w:spacing w:before=\"{before}\" w:after=\"{after}\" \
         w:line=\"{line}\" w:lineRule=\"atLeast\"/>\
         <w:ind w:left=\"{indent}\"/><w:jc w:val=\"{align}\"/>{outline}</w:pPr>\
         <w:rPr>{bold}{italic}<w:sz w:val=\"{size}\"/></w:rPr></w:style>"
    )
}
