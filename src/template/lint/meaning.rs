//! What an expression of a wording stands for, as far as it is known before there is a
//! letter.

use super::super::filters::{OWN_FILTERS, WORD_FILTERS};

/// What an expression stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A field, a group of fields, or a list of rows: its pattern as far as it is known.
    Place(String),
    /// Words, a number, a yes or no.
    Words,
    /// Something that the template made, about which no more is known than that at most
    /// so many of its values lie within each other.
    Made(usize),
}

/// What a macro is given, what a namespace holds: a list of fields and words, or one of
/// them.
pub(super) const UNKNOWN: Meaning = Meaning::Made(1);

/// minijinja wraps what it is given instead of copying it. Each layer is a step down the
/// stack for whoever looks at the value or lets go of it.
pub(super) const MOST_LAYERS: usize = 16;

impl Meaning {
    /// What an element stands for, where this is a list.
    pub(super) fn element(self) -> Self {
        match self {
            Self::Place(list) => Self::Place(format!("{list}[]")),
            Self::Words => Self::Words,
            Self::Made(layers) => Self::Made(layers.saturating_sub(1)),
        }
    }

    /// How many of its values lie within each other.
    pub(super) fn layers(&self) -> usize {
        match self {
            Self::Place(_) | Self::Words => 0,
            Self::Made(layers) => *layers,
        }
    }

    /// Either of two values.
    pub(super) fn or(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Words, Self::Words) => Self::Words,
            (place @ Self::Place(_), Self::Place(_) | Self::Words) => place,
            (this, other) => Self::Made(this.layers().max(other.layers())),
        }
    }

    /// A value that is made around this one.
    pub(super) fn wrapped(&self) -> Self {
        Self::Made(self.layers() + 1)
    }

    /// What a filter makes of this value and its arguments.
    pub(super) fn filtered(self, filter: &str, arguments: usize) -> Self {
        let layers = self.layers().max(arguments);
        match filter {
            _ if WORD_FILTERS.contains(&filter) || OWN_FILTERS.contains(&filter) => {
                Self::Words
            }
            "first" | "last" | "min" | "max" => self.element(),
            "sort" | "reverse" | "unique" | "select" | "reject" | "selectattr"
            | "rejectattr" | "list"
                if arguments == 0 && matches!(self, Self::Place(_)) =>
            {
                self
            }
            // They make lists of lists.
            "batch" | "slice" | "groupby" => Self::Made(layers + 2),
            "default" | "d" => Self::Made(layers),
            _ => Self::Made(layers + 1),
        }
    }
}
