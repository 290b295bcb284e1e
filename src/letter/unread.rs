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
}

impl Unread {
    /// A letter that no template reads.
    pub fn nothing(id: Id) -> Self {
        Self { id, line: 1, text: String::new(), kind: UnreadKind::Nothing }
    }

    /// Words in place of which a letter usually has `expected`, if it has anything there.
    pub fn new(id: Id, line: u32, text: String, expected: Option<&str>) -> Self {
        let expected = expected.unwrap_or_default().to_owned();
        UnreadInDraft { id, text, line, expected }.into()
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
}

impl From<UnreadInDraft> for Unread {
    fn from(UnreadInDraft { id, text, line, expected }: UnreadInDraft) -> Self {
        let kind = if !expected.is_empty() {
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
        let expected = match kind {
            UnreadKind::Altered { expected } => expected,
            UnreadKind::Nothing | UnreadKind::Unplaced => String::new(),
        };
        Self { id, text, line, expected }
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
        ] {
            let unread: Unread = ron::from_str(draft).expect("reads");
            assert_eq!(unread.kind, kind);
            assert_eq!(ron::to_string(&unread).expect("writes"), draft);
        }
    }
}
