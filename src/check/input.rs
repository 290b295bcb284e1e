//! What a rule may look at: the letter, and what rules ask of it again and again, read
//! once for all of them.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Deref;

use super::date_reader::{WrittenDate, dates};
use super::finding::{Finding, anchor_at};
use super::guidelines::GuidelineLine;
use super::{roles, text, wording};
use crate::diagnostic::{Anchor, TextRange};
use crate::document::Document;
use crate::letter::fields::{Field, Kind, Value};
use crate::letter::phrasing::{Citer, says_that_the_surgery_is_refused};
use crate::letter::{Decision, FieldPath, Id, Item, Letter};
use crate::library::Library;
use crate::template::{Order, Template};

/// What a rule may look at.
pub(super) struct Input<'a> {
    /// In plain characters: see [`super::plain_text`].
    pub(super) letter: &'a Letter,
    /// As it is written, for who looks at characters.
    pub(super) written: &'a Letter,
    pub(super) template: &'a Template,
    pub(super) library: &'a Library,
    pub(super) order: &'a Order,
    /// The letter's words as printed.
    pub(super) document: &'a Document,
    places: Vec<FormPlace<'a>>,
    texts: Vec<FieldText<'a>>,
    texts_at: HashMap<FieldPath, usize>,
}

/// A place of the form, and what is filled in there.
pub(super) struct FormPlace<'a> {
    pub field: &'a Field,
    pub path: FieldPath,
    pub value: Value<'a>,
}

/// Reasons of an item that are not blank: its rationale, one reviewer's, or what a
/// template without rationales asks for.
pub(super) struct Rationale<'i> {
    pub item: &'i Item,
    pub text: &'i FieldText<'i>,
    /// The decision that they are given for.
    pub decision: &'i Decision,
    pub decided_at: FieldPath,
}

impl<'a> Input<'a> {
    pub(super) fn new(
        letter: &'a Letter,
        written: &'a Letter,
        template: &'a Template,
        library: &'a Library,
        order: &'a Order,
        document: &'a Document,
    ) -> Self {
        let (mut places, mut texts) = (Vec::new(), Vec::new());
        for field in template.fields() {
            for path in field.places(letter) {
                let Some(value) = field.value(letter, &path) else { continue };
                if let Value::Text(text) = value
                    && field.printable
                    && !text.is_empty()
                {
                    texts.push(FieldText::new(field, path.clone(), text));
                }
                places.push(FormPlace { field, path, value });
            }
        }
        let paths = texts.iter().map(|text: &FieldText<'_>| text.path.clone());
        let texts_at = paths.zip(0..).collect();
        Self {
            letter,
            written,
            template,
            library,
            order,
            document,
            places,
            texts,
            texts_at,
        }
    }

    /// Every place of the form, empty ones too.
    pub(super) fn places(&self) -> &[FormPlace<'a>] {
        &self.places
    }

    /// Every text that a person wrote into the form and the letter can print: titles,
    /// summary, rationales and the like.
    pub(super) fn texts(&self) -> &[FieldText<'a>] {
        &self.texts
    }

    /// The texts among them that are written in sentences: the summary, rationales, and
    /// what a template adds.
    pub(super) fn prose(&self) -> impl Iterator<Item = &FieldText<'a>> {
        self.texts.iter().filter(|text| text.field.kind == Kind::Prose)
    }

    /// The text at a place, if the form asks for it and it is not empty.
    pub(super) fn text(&self, path: &FieldPath) -> Option<&FieldText<'a>> {
        self.texts.get(*self.texts_at.get(path)?)
    }

    /// The reasons of the items, one reviewer's after the other, if the form asks for
    /// them.
    pub(super) fn rationales(&self) -> Vec<Rationale<'_>> {
        let mut rationales = Vec::new();
        for item in &self.letter.items {
            rationales.extend(self.rationale(
                item,
                "items[]",
                &[item.id],
                &item.decision,
            ));
            for opinion in &item.opinions {
                let (group, rows) = ("items[].opinions[]", [item.id, opinion.id]);
                rationales.extend(self.rationale(item, group, &rows, &opinion.decision));
            }
        }
        if let [item] = &self.letter.items[..] {
            for text in &self.texts {
                if roles::gives_own_reasons(self.template, text.field) && !text.is_blank()
                {
                    let decided_at = FieldPath::new("items[].decision", &[item.id]);
                    let decision = &item.decision;
                    rationales.push(Rationale { item, text, decision, decided_at });
                }
            }
        }
        rationales
    }

    fn rationale<'i>(
        &'i self,
        item: &'i Item,
        group: &str,
        rows: &[Id],
        decision: &'i Decision,
    ) -> Option<Rationale<'i>> {
        let path = FieldPath::new(&format!("{group}.rationale"), rows);
        let text = self.text(&path).filter(|text| !text.is_blank())?;
        let decided_at = FieldPath::new(&format!("{group}.decision"), rows);
        Some(Rationale { item, text, decision, decided_at })
    }

    /// The texts that tell what happened to the claimant.
    pub(super) fn histories(&self) -> impl Iterator<Item = &FieldText<'a>> {
        let mut texts = self.texts.iter();
        std::iter::from_fn(move || {
            texts.find(|text| roles::tells_the_history(self.template, text.field))
        })
    }

    /// The guideline lines that one of the two wrote, if the form asks for them.
    pub(super) fn lines(&self, citer: Citer) -> Vec<GuidelineLine<'a>> {
        let pattern = match citer {
            Citer::ExpertReviewer => "items[].reviewer_guideline",
            Citer::ClaimsAdministrator => "items[].claims_guideline",
        };
        if !self.asks_for(pattern) {
            return Vec::new();
        }
        let items = self.letter.items.iter();
        items.map(|item| GuidelineLine::new(item, citer, pattern)).collect()
    }

    /// Whether the form asks for this field.
    pub(super) fn asks_for(&self, pattern: &str) -> bool {
        self.template.field(pattern).is_some()
    }

    /// "Item 2", "opinion 1 of item 2": the row that a place is in, within a sentence;
    /// empty where it is in none.
    pub(super) fn row_name(&self, path: &FieldPath) -> String {
        wording::row_name(self.letter, path).unwrap_or_default()
    }

    /// "The rationale of item 2", within a sentence.
    pub(super) fn field_name(&self, field: &Field, path: &FieldPath) -> String {
        wording::field_name(self.letter, field, path)
    }
}

impl Rationale<'_> {
    /// Whether it gives reasons of its own, and is not the usual one of what goes with a
    /// refused surgery.
    pub(super) fn is_own(&self) -> bool {
        !says_that_the_surgery_is_refused(self.text.text)
    }
}

/// A text, and what is read of it: kept, because many rules read the same.
pub(super) struct ReadText<'a> {
    pub text: &'a str,
    sentences: OnceCell<Vec<TextRange>>,
    quotations: OnceCell<Vec<TextRange>>,
    words: OnceCell<Vec<TextRange>>,
    dates: OnceCell<Vec<WrittenDate>>,
}

impl<'a> ReadText<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            sentences: OnceCell::new(),
            quotations: OnceCell::new(),
            words: OnceCell::new(),
            dates: OnceCell::new(),
        }
    }

    pub(super) fn sentences(&self) -> &[TextRange] {
        self.sentences.get_or_init(|| text::sentences(self.text))
    }

    pub(super) fn quotations(&self) -> &[TextRange] {
        self.quotations.get_or_init(|| text::quotations(self.text))
    }

    pub(super) fn words(&self) -> &[TextRange] {
        self.words.get_or_init(|| text::words(self.text).collect())
    }

    pub(super) fn dates(&self) -> &[WrittenDate] {
        self.dates.get_or_init(|| dates(self.text))
    }

    /// Whether these words are all in quotation marks.
    pub(super) fn is_quoted(&self, words: TextRange) -> bool {
        text::is_within(words, self.quotations())
    }

    /// Whether a sentence begins with this byte.
    pub(super) fn starts_sentence(&self, byte: usize) -> bool {
        self.sentences().iter().any(|sentence| sentence.start == byte)
    }

    /// The sentence that a byte is in.
    pub(super) fn sentence_around(&self, byte: usize) -> Option<TextRange> {
        let mut sentences = self.sentences().iter().copied();
        sentences.find(|sentence| sentence.start <= byte && byte < sentence.end)
    }
}

/// A text of the form.
pub(super) struct FieldText<'a> {
    pub field: &'a Field,
    pub path: FieldPath,
    read: ReadText<'a>,
}

impl<'a> Deref for FieldText<'a> {
    type Target = ReadText<'a>;

    fn deref(&self) -> &ReadText<'a> {
        &self.read
    }
}

impl<'a> FieldText<'a> {
    pub(super) fn new(field: &'a Field, path: FieldPath, text: &'a str) -> Self {
        Self { field, path, read: ReadText::new(text) }
    }

    pub(super) fn is_summary(&self) -> bool {
        self.field.pattern == "summary"
    }

    /// Whether it is what the reviewer writes about the case, and not an address or a
    /// name.
    pub(super) fn is_of_the_case(&self) -> bool {
        roles::is_of_the_case(self.field)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// "The rationale of item 2", within a sentence.
    pub(super) fn name(&self, input: &Input<'_>) -> String {
        input.field_name(self.field, &self.path)
    }

    /// Words of it, as a place.
    pub(super) fn anchor(&self, words: impl Into<TextRange>) -> Anchor {
        anchor_at(&self.path, words)
    }

    /// A finding at these words.
    pub(super) fn finding(
        &self,
        words: impl Into<TextRange>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Finding {
        Finding::at(&self.path, words, message, hint)
    }
}
