//! The letter kinds that are known at a desk: the built-in ones and the organisation's
//! own.

use std::path::PathBuf;
use std::sync::Arc;

use super::Template;
use crate::diagnostic::Diagnostic;

/// Every letter kind that can be begun. An own kind takes the place of a built-in one of
/// the same id.
#[derive(Clone, Default)]
pub struct Templates {
    own: Vec<Own>,
    /// Files that hold no letter kind, because something is wrong in them.
    pub broken: Vec<Broken>,
}

/// An organisation's own letter kind.
#[derive(Clone)]
pub struct Own {
    pub path: PathBuf,
    pub template: Arc<Template>,
    /// Why pictures that the head names are not there.
    pub without: Vec<String>,
}

/// A file that is meant for a letter kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    pub path: PathBuf,
    pub source: String,
    pub problems: Vec<Diagnostic>,
}

impl Templates {
    pub fn new(own: Vec<Own>, broken: Vec<Broken>) -> Self {
        Self { own, broken }
    }

    /// The built-in kinds in their order, then the own ones by their names.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Template>> {
        let replaced = |template: &&Arc<Template>| self.own(template.id()).is_none();
        Template::all()
            .iter()
            .filter(replaced)
            .chain(self.own.iter().map(|own| &own.template))
    }

    /// The kind of this id.
    pub fn find(&self, id: &str) -> Option<&Arc<Template>> {
        self.own(id)
            .map(|own| &own.template)
            .or_else(|| Template::built_in(id))
    }

    /// The organisation's own kind of this id; of several the one whose file comes first.
    pub fn own(&self, id: &str) -> Option<&Own> {
        self.own.iter().find(|own| own.template.id() == id)
    }

    /// Every own kind, with its file.
    pub fn all_own(&self) -> &[Own] {
        &self.own
    }
}
