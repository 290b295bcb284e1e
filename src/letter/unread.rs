//! What an import did not understand.

use serde::{Deserialize, Serialize};

use super::Id;

/// Words of an imported letter that no field has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "UnreadInDraft", into = "UnreadInDraft")]
pub struct Unread {
    pub id: Id,
    /// The line of the imported text on which the words begin, counted from 1.
    pub line: u32,
    pub text: String,
    pub kind: UnreadKind,
}

/// Why words were not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadKind {
    /// No template reads the letter, so the summary has all of it. There are no words
    /// here.
    Nothing,
    /// The words fit no field.
    Unplaced,
    /// The words are the template's own, altered; usually they are `expected`.
    Altered { expected: String },
    /// The words are not the letter's.
    Aside(Aside),
}

/// Why words of a file are not its letter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Aside {
    /// A stamp or a watermark was put on the paper.
    Mark,
    /// No reader sees them: they are hidden, covered, outside of the page, or in the color
    /// of the paper.
    Unseen,
    /// They are at the head or foot of pages.
    Running,
    /// They are crossed out.
    Struck,
}

impl Aside {
    /// What the user is told of them.
    pub fn told(self) -> &'static str {
        match self {
            Self::Mark => "A stamp or watermark was not imported",
            Self::Unseen => "Hidden text was not imported",
            Self::Running => "A header or footer was not imported",
            Self::Struck => "Crossed-out text was not imported",
        }
    }
}

impl Unread {
    /// A letter that no template reads.
    pub fn nothing(id: Id) -> Self {
        Self { id, line: 1, text: String::new(), kind: UnreadKind::Nothing }
    }

    /// Words in place of which a letter usually has `expected`, if it has anything there.
    pub fn new(id: Id, line: u32, text: String, expected: Option<&str>) -> Self {
        let expected = expected.unwrap_or_default().to_owned();
        UnreadInDraft { id, text, line, expected, aside: None }.into()
    }

    /// Words of the file that are not its letter's.
    pub fn aside(id: Id, line: u32, text: String, why: Aside) -> Self {
        Self { id, line, text, kind: UnreadKind::Aside(why) }
    }

    /// The words on one line, to be shown.
    pub fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// How drafts write it: what is empty says which kind it is.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, rename = "Unread")]
struct UnreadInDraft {
    id: Id,
    text: String,
    line: u32,
    expected: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    aside: Option<Aside>,
}

impl From<UnreadInDraft> for Unread {
    fn from(unread: UnreadInDraft) -> Self {
        let UnreadInDraft { id, text, line, expected, aside } = unread;
        let kind = if let Some(why) = aside {
            UnreadKind::Aside(why)
        } else if !expected.is_empty() {
            UnreadKind::Altered { expected }
        } else if text.is_empty() {
            UnreadKind::Nothing
        } else {
            UnreadKind::Unplaced
        };
        Self { id, line, text, kind }
    }
}

impl From<Unread> for UnreadInDraft {
    fn from(Unread { id, line, text, kind }: Unread) -> Self {
        let (mut expected, mut aside) = (String::new(), None);
        match kind {
            UnreadKind::Altered { expected: usual } => expected = usual,
            UnreadKind::Aside(why) => aside = Some(why),
            UnreadKind::Nothing | UnreadKind::Unplaced => {}
        }
        Self { id, text, line, expected, aside }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_keeps_what_was_not_understood() {
        for (draft, kind) in [
            ("(id:1,text:\"\",line:1,expected:\"\")", UnreadKind::Nothing),
            ("(id:2,text:\"cc: a\",line:7,expected:\"\")", UnreadKind::Unplaced),
            (
                "(id:3,text:\"a  b\",line:8,expected:\"a c\")",
                UnreadKind::Altered { expected: "a c".into() },
            ),
            (
                "(id:4,text:\"COPY\",line:1,expected:\"\",aside:Some(Mark))",
                UnreadKind::Aside(Aside::Mark),
            ),
        ] {
            let unread: Unread = ron::from_str(draft).expect("reads");
            assert_eq!(unread.kind, kind);
            assert_eq!(ron::to_string(&unread).expect("writes"), draft);
        }
    }
}
