//! Why a draft is open for reading only.

use jiff::civil::Date;

use super::holder::Holder;
use crate::letter::us_date;

/// Why a draft is for reading only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// A later version of the program wrote it, in a format of this number.
    NewerFormat(u32),
    /// It holds fields, named here, that this version does not know and would lose.
    UnknownFields(Vec<String>),
    /// The file is write-protected.
    Protected,
    /// The letter is final since this day.
    Finished(Date),
    /// Somebody else works on it.
    Held(Box<Holder>),
}

impl ReadOnly {
    /// The reason in words.
    pub fn message(&self) -> String {
        match self {
            Self::NewerFormat(format) => format!(
                "This draft was saved by a newer version of Rationale (format \
                    {format}), so it is read-only"
            ),
            Self::UnknownFields(names) => {
                let names = match &names[..] {
                    [first, second, third, _, ..] => {
                        format!("{first}, {second}, {third} and others")
                    }
                    _ => names.join(", "),
                };
                format!(
                    "This version of Rationale does not understand parts of this draft \
                        ({names}), so it is read-only"
                )
            }
            Self::Protected => {
                "The file is write-protected, so the draft is read-only".into()
            }
            Self::Finished(day) => {
                format!("This letter was made final on {}", us_date(*day))
            }
            Self::Held(holder) => {
                format!("This draft is open {}, so it is read-only here", holder.words())
            }
        }
    }

    /// Whether the file says more than was understood, so that a letter composed from it
    /// could lack something.
    pub fn is_partly_understood(&self) -> bool {
        match self {
            Self::NewerFormat(_) | Self::UnknownFields(_) => true,
            Self::Protected | Self::Finished(_) | Self::Held(_) => false,
        }
    }

    /// Whether nothing keeps the file from being written but that its letter is to stay
    /// as it is.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Finished(_))
    }

    /// What to do about it, as an instruction.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NewerFormat(_) | Self::UnknownFields(_) => {
                "Open it with the version of Rationale that saved it, or save a copy \
                    that may lose those parts"
            }
            Self::Protected => "Save under another name, or make the file writable",
            Self::Finished(_) => {
                "To change it, use Correct this letter, which starts \
                a draft that replaces it"
            }
            Self::Held(_) => "Take it over, or open a copy",
        }
    }
}
