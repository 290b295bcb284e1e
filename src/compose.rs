//! The whole program in one function: a letter in, its finished pages and what is wrong
//! with it out.

use crate::check;
use crate::cores;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::layout::{self, Pages};
use crate::letter::Letter;
use crate::library::Library;
use crate::template::{LetterCopy, Order, Template};

/// A composed letter.
#[derive(Clone, Debug)]
pub struct Composition {
    /// What it says.
    pub document: Document,
    /// Where every glyph is. Each page says DRAFT unless the letter is finished.
    pub pages: Pages,
    /// What is wrong with it, in the order of the form.
    pub diagnostics: Vec<Diagnostic>,
}

impl Composition {
    /// Whether nothing keeps the letter from being issued.
    pub fn is_finished(&self) -> bool {
        Finished::prove(&self.diagnostics).is_some()
    }
}

/// The proof that a letter has no errors; without it no page loses its watermark.
pub struct Finished(());

impl Finished {
    fn prove(diagnostics: &[Diagnostic]) -> Option<Self> {
        if diagnostics.iter().any(Diagnostic::blocks) { None } else { Some(Self(())) }
    }

    /// Proof for tests that look at pages without their watermark.
    #[cfg(test)]
    pub(crate) fn for_test() -> Self {
        Self(())
    }
}

/// Composes a letter: the same letter gives the same pages, tomorrow too. Never fails:
/// what is missing is marked.
pub fn compose(
    letter: &Letter,
    template: &Template,
    library: &Library,
    order: &Order,
) -> Composition {
    let (document, mut diagnostics) = match order.copy {
        LetterCopy::Public if !letter.withheld.is_empty() => {
            template.fill(&template.with_names_withheld(letter), order.copy)
        }
        copy => template.fill(letter, copy),
    };
    let (found, draft) = cores::both(
        || check::check(letter, template, library, order, &document),
        || layout::paginate(&document, library.faces(), &template.sheet()),
    );
    diagnostics.extend(found);
    check::sort(&mut diagnostics, letter, template);
    let pages = match Finished::prove(&diagnostics) {
        Some(proof) => draft.without_watermark(proof),
        None => draft,
    };
    Composition { document, pages, diagnostics }
}
