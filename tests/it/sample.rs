//! The letter that the user gave comes out exactly.

use rationale::letter::Letter;
use rationale::template::{LetterCopy, Template};

#[derive(serde::Deserialize)]
struct File {
    letter: Letter,
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The letter in `examples/`.
pub(crate) fn letter() -> Letter {
    let draft: File =
        ron::from_str(include_str!("../../examples/sample-letter.ron")).unwrap();
    draft.letter
}

#[test]
fn the_sample_letter_is_composed_word_for_word() {
    let template = Template::built_in("imr-2014").unwrap();
    let (document, noticed) = template.fill(&letter(), LetterCopy::Served);
    assert_eq!(noticed, []);
    assert_eq!(words(&document.text()), words(include_str!("../sample-letter.txt")));
}
