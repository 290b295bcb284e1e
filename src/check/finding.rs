//! What a rule noticed, before its row says what that is called and how much it weighs.

use super::Input;
use crate::diagnostic::{Action, Anchor, Change, Edit, Fix, Severity, TextRange};
use crate::letter::FieldPath;

/// What a rule found, in the order in which it looked.
pub(super) type Findings = Vec<Finding>;

pub(super) struct Finding {
    pub anchor: Anchor,
    pub message: String,
    pub hint: String,
    /// How much it weighs, where that is not what the rule's row says.
    pub severity: Option<Severity>,
    /// Whether it can be overridden, as far as the rule's row allows that.
    pub can_be_overridden: bool,
    pub others: Vec<Anchor>,
    pub fixes: Vec<Fix>,
    pub action: Option<Action>,
}

impl Finding {
    pub(super) fn new(
        anchor: impl Into<Anchor>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            anchor: anchor.into(),
            message: message.into(),
            hint: hint.into(),
            severity: None,
            can_be_overridden: true,
            others: Vec::new(),
            fixes: Vec::new(),
            action: None,
        }
    }

    /// At these words of a field's text.
    pub(super) fn at(
        path: &FieldPath,
        words: impl Into<TextRange>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::new(anchor_at(path, words), message, hint)
    }

    /// At these words of its field, if it was at the field as a whole and the field has
    /// the words.
    pub(super) fn narrowed_to(mut self, input: &Input<'_>, words: &str) -> Self {
        let Anchor::Field { path, range: range @ None } = &mut self.anchor else {
            return self;
        };
        let Some(field) = input.template.field(path.pattern()) else { return self };
        let Some(value) = field.value(input.letter, path) else { return self };
        if let Some(start) = value.words(path).find(words)
            && !words.is_empty()
        {
            *range = Some(TextRange { start, end: start + words.len() });
        }
        self
    }

    pub(super) fn with_severity(self, severity: Severity) -> Self {
        Self { severity: Some(severity), ..self }
    }

    pub(super) fn never_overridable(self) -> Self {
        Self { can_be_overridden: false, ..self }
    }

    pub(super) fn with_action(self, action: Action) -> Self {
        Self { action: Some(action), ..self }
    }

    /// Speaks of another place too: what the words at its anchor disagree with.
    pub(super) fn also_at(mut self, other: impl Into<Anchor>) -> Self {
        self.others.push(other.into());
        self
    }

    /// Offers one change to one field.
    pub(super) fn with_change(
        mut self,
        label: impl Into<String>,
        path: &FieldPath,
        change: Change,
    ) -> Self {
        let edits = vec![Edit { path: path.clone(), change }];
        self.fixes.push(Fix { label: label.into(), edits });
        self
    }

    /// Offers other words in place of those at its anchor.
    pub(super) fn with_replacement(
        self,
        label: impl Into<String>,
        words: impl Into<String>,
    ) -> Self {
        let Anchor::Field { path, range: Some(range) } = self.anchor.clone() else {
            return self;
        };
        self.with_change(label, &path, Change::Words(range, words.into()))
    }
}

/// Words of a field's text, as a place.
pub(super) fn anchor_at(path: &FieldPath, words: impl Into<TextRange>) -> Anchor {
    Anchor::Field { path: path.clone(), range: Some(words.into()) }
}
