//! The first page of a letter of a template, small, for choosing one by its looks.

use std::sync::Arc;

use super::composition_input;
use crate::app::examples;
use crate::app::job::FirstPage;
use crate::compose;
use crate::export::{self, png};
use crate::library::Library;
use crate::template::{Order, Template};

/// Pixels a point: enough for a card on a screen of twice the usual density.
const SCALE: f32 = 0.42;

/// Draws the page: of the template's example, or of a letter that is still empty.
pub(super) fn draw(
    template: &Arc<Template>,
    library: &Library,
    order: Order,
) -> FirstPage {
    let source = Arc::clone(template.source());
    let letter = examples::of(template.id())
        .map(|example| example.letter)
        .unwrap_or_default();
    let composition = compose::compose(&letter, template, library, &order);
    let image = match (export::PDF.write)(&composition_input(&composition)) {
        Ok(pdf) => png::paint(&pdf, 0, SCALE).map(Arc::new).ok(),
        Err(_) => None,
    };
    FirstPage { source, image }
}
