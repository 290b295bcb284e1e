//! Characters that were drawn one after the other on one line.

use super::PlacedText;

/// Further apart than this, in sizes, texts are no longer one run.
const APART: f64 = 1.0;
/// A character that is so much higher or lower than the one before is raised or on
/// another line, in sizes.
const RAISED: f64 = 0.1;

/// Texts that were drawn one after the other.
#[derive(Clone)]
pub(super) struct Run {
    pub texts: Vec<PlacedText>,
    /// Its place among the page's runs as they were drawn.
    pub order: usize,
    pub left: f64,
    /// Where its last character ends that is no space.
    pub right: f64,
    pub y: f64,
    pub size: f64,
}

/// The runs of texts that are upright.
pub(super) fn of(texts: Vec<PlacedText>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for text in texts {
        match runs.last_mut() {
            Some(run) if run.goes_on_with(&text) => run.push(text),
            _ => runs.push(Run::new(text, runs.len())),
        }
    }
    runs.retain(|run| !run.is_blank() || run.texts.len() == 1);
    runs
}

impl Run {
    fn new(text: PlacedText, order: usize) -> Self {
        let right = if text.is_blank() { text.at.x } else { text.tip.x };
        let (left, y, size) = (text.at.x, text.at.y, text.size);
        Self { texts: vec![text], order, left, right, y, size }
    }

    fn goes_on_with(&self, text: &PlacedText) -> bool {
        let Some(last) = self.texts.last() else { return false };
        let gap = (text.at.x - last.tip.x) / self.size.max(1.0);
        last.piece == text.piece
            && gap < APART
            && text.at.x > last.at.x
            && gap > -APART
            && (last.at.y - text.at.y).abs() <= RAISED * self.size
            && (self.size / text.size - 1.0).abs() < 0.15
    }

    fn push(&mut self, text: PlacedText) {
        if !text.is_blank() {
            self.right = self.right.max(text.tip.x);
        }
        self.texts.push(text);
    }

    pub(super) fn color(&self) -> [u8; 3] {
        self.texts.first().map_or([0; 3], |text| text.color)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.texts.iter().all(PlacedText::is_blank)
    }

    /// Its characters as they are drawn.
    pub(super) fn words(&self) -> String {
        let words: String = self.texts.iter().map(|text| text.text.as_str()).collect();
        words.trim().to_owned()
    }
}
