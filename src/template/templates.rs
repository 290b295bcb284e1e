//! The templates that a letter can be begun with: the built-in ones and the
//! organization's own.

use std::path::PathBuf;
use std::sync::Arc;

use super::Template;
use crate::diagnostic::Diagnostic;

/// Every template that a letter can be begun with. An own one takes the place of a
/// built-in one of the same id.
#[derive(Clone, Default)]
pub struct Templates {
    own: Vec<OwnTemplate>,
    /// Files that hold no template, because something is wrong in them.
    pub broken: Vec<Broken>,
}

/// An organization's own template.
#[derive(Clone)]
pub struct OwnTemplate {
    pub path: PathBuf,
    pub template: Arc<Template>,
    /// Why pictures that the head names are not there.
    pub without: Vec<String>,
}

/// A file that is meant for a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    pub path: PathBuf,
    pub source: String,
    pub problems: Vec<Diagnostic>,
}

impl Templates {
    pub fn new(own: Vec<OwnTemplate>, broken: Vec<Broken>) -> Self {
        Self { own, broken }
    }

    /// The built-in templates in their order, then the own ones by their names.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Template>> {
        Template::all()
            .iter()
            .filter(|template| self.own(template.id()).is_none())
            .chain(self.own.iter().map(|own| &own.template))
    }

    /// The template of this id.
    pub fn find(&self, id: &str) -> Option<&Arc<Template>> {
        match self.own(id) {
            Some(own) => Some(&own.template),
            None => Template::built_in(id),
        }
    }

    /// The organization's own template of this id; of several the one whose file comes
    /// first.
    pub fn own(&self, id: &str) -> Option<&OwnTemplate> {
        self.own.iter().find(|own| own.template.id() == id)
    }

    /// Every own template, with its file.
    pub fn all_own(&self) -> &[OwnTemplate] {
        &self.own
    }
}
