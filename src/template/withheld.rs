//! Names that the public copy withholds. It is filled from a letter that has other words
//! in their place; the letter itself, and the copy that is served, keep them.

use std::cmp::Reverse;

use regex::Regex;

use super::Template;
use crate::letter::Letter;
use crate::letter::fields::Slot;

impl Template {
    /// The letter as its public copy says it.
    pub fn with_names_withheld(&self, letter: &Letter) -> Letter {
        let mut public = letter.clone();
        let mut names: Vec<&String> = letter.withheld.iter().collect();
        // A surname is a piece of the name that it ends.
        names.sort_by_key(|name| Reverse(name.len()));
        for field in self.fields() {
            for path in field.places(letter) {
                if let Some(Slot::Text(text)) = field.slot(&mut public, &path) {
                    for name in &names {
                        *text = without(text, name);
                    }
                }
            }
        }
        public
    }
}

/// A text without a name, wherever it stands as words of its own, and however the spaces
/// and apostrophes in it are written.
fn without(text: &str, name: &str) -> String {
    let instead = if name.contains(|c: char| c.is_ascii_digit()) {
        "[withheld]"
    } else {
        "[name withheld]"
    };
    let words: Vec<String> = name.split_whitespace().map(regex::escape).collect();
    let pattern = words.join(r"[\s\x{200B}\x{AD}]+").replace('\'', "['\u{2019}]");
    let Ok(pattern) = Regex::new(&pattern) else { return text.to_owned() };
    let (mut public, mut rest) = (String::new(), 0);
    for found in pattern.find_iter(text) {
        let is_whole = !text[..found.start()].ends_with(char::is_alphanumeric)
            && !text[found.end()..].starts_with(char::is_alphanumeric);
        if is_whole && !words.is_empty() {
            public.push_str(&text[rest..found.start()]);
            public.push_str(instead);
            rest = found.end();
        }
    }
    public + &text[rest..]
}

#[cfg(test)]
mod tests {
    use crate::letter::Letter;
    use crate::template::Template;

    #[test]
    fn the_public_copy_withholds_names_and_the_letter_keeps_them() {
        let template = Template::built_in("imr-2017").expect("it is built in");
        let letter = Letter {
            summary:
                "Mr. Sampleman saw Dr.\u{a0}Quill. Sampleman, 123 45 6789, Quillmark."
                    .into(),
            withheld: ["Sampleman", "Mr. Sampleman", "Dr. Quill", "Quill", "123 45 6789"]
                .map(String::from)
                .into(),
            ..Letter::default()
        };
        let public = template.with_names_withheld(&letter);
        assert_eq!(
            public.summary,
            "[name withheld] saw [name withheld]. [name withheld], [withheld], Quillmark."
        );
        assert!(letter.summary.starts_with("Mr. Sampleman"));
    }
}
