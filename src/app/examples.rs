//! A finished letter of each built-in template, about people who do not exist: to look at,
//! and to try things on.

use std::path::Path;

use crate::store::{self, Draft};

/// The drafts, by the templates' ids.
const EXAMPLES: [(&str, &str); 7] = [
    ("imr-2013", include_str!("../../examples/imr-2013-letter.ron")),
    ("imr-2014", include_str!("../../examples/sample-letter.ron")),
    ("imr-2017", include_str!("../../examples/imr-2017-letter.ron")),
    ("ca-dmhc", include_str!("../../examples/ca-dmhc-letter.ron")),
    ("ny-external-appeal", include_str!("../../examples/ny-external-appeal-letter.ron")),
    ("texas-iro", include_str!("../../examples/texas-iro-letter.ron")),
    ("ur-denial", include_str!("../../examples/ur-denial-letter.ron")),
];

/// The example of a template, if it has one.
pub(super) fn of(template: &str) -> Option<Draft> {
    let (_, text) = EXAMPLES.iter().find(|(id, _)| *id == template)?;
    let opened = store::read(text.as_bytes(), Path::new("example.ron"), None).ok()?;
    Some(opened.draft)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;

    #[test]
    fn every_built_in_template_has_an_example() {
        for template in Template::all() {
            let example = of(template.id()).map(|draft| draft.template.id);
            assert_eq!(example.as_deref(), Some(template.id()));
        }
    }
}
