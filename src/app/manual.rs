//! The manual as the help shows it: docs/manual.md, taken apart into chapters.

use std::sync::LazyLock;

const PAGE: &str = include_str!("../../docs/manual.md");

/// A heading with what is below it.
#[derive(Debug, PartialEq, Eq)]
pub struct ManualChapter {
    pub heading: String,
    /// Each without its line ends and Markdown; a point of a list begins with a bullet.
    pub paragraphs: Vec<String>,
}

/// Every chapter of the manual, in order.
pub static MANUAL: LazyLock<Vec<ManualChapter>> = LazyLock::new(|| chapters(PAGE));

impl ManualChapter {
    /// Whether each of these words is somewhere in the chapter, in any case.
    pub fn has(&self, words: &str) -> bool {
        let text = format!("{} {}", self.heading, self.paragraphs.join(" "));
        let text = text.to_lowercase();
        words
            .to_lowercase()
            .split_whitespace()
            .all(|word| text.contains(word))
    }
}

fn chapters(page: &str) -> Vec<ManualChapter> {
    let mut chapters: Vec<ManualChapter> = Vec::new();
    let mut begins_paragraph = true;
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            chapters
                .push(ManualChapter { heading: plain(heading), paragraphs: Vec::new() });
            begins_paragraph = true;
            continue;
        }
        // What is above the first heading speaks of the page itself.
        let Some(chapter) = chapters.last_mut() else { continue };
        let point = line.strip_prefix("- ").map(|point| format!("• {point}"));
        begins_paragraph |= point.is_some();
        let words = point.unwrap_or_else(|| line.trim().to_owned());
        if words.is_empty() {
            begins_paragraph = true;
        } else if begins_paragraph {
            chapter.paragraphs.push(words);
            begins_paragraph = false;
        } else if let Some(last) = chapter.paragraphs.last_mut() {
            *last += " ";
            *last += &words;
        }
    }
    for paragraph in chapters.iter_mut().flat_map(|chapter| &mut chapter.paragraphs) {
        *paragraph = plain(paragraph);
    }
    chapters
}

/// Text without marks for bold and code, and links without their addresses.
fn plain(text: &str) -> String {
    let text = text.replace("**", "").replace('`', "");
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some((before, link)) = rest.split_once('[') {
        let address = link.split_once("](").and_then(|(words, after)| {
            let (_, after) = after.split_once(')')?;
            Some((words, after))
        });
        let Some((words, after)) = address else { break };
        plain += before;
        plain += words;
        rest = after;
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_taken_apart_into_chapters() {
        let page = "# Manual\n\nOn this page.\n\n## Print `it`\n\nOne **two**\nthree.\n\n\
            - A [link](x.md) here\n- more\n  words\n\n## Next\n";
        let paragraphs = ["One two three.", "• A link here", "• more words"];
        let paragraphs = paragraphs.map(str::to_owned).to_vec();
        let next = ManualChapter { heading: "Next".into(), paragraphs: Vec::new() };
        let print = ManualChapter { heading: "Print it".into(), paragraphs };
        assert!(print.has("LINK print") && !print.has("link printer"));
        assert_eq!(chapters(page), [print, next]);
    }

    #[test]
    fn the_manual_is_whole() {
        assert!(MANUAL.len() > 10);
        for chapter in MANUAL.iter() {
            assert!(!chapter.paragraphs.is_empty(), "{}", chapter.heading);
            let text = chapter.paragraphs.concat();
            assert!(!text.contains(['*', '`']) && !text.contains("]("), "{text}");
        }
    }
}
