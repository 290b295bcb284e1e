//! The filters, tests and functions that templates have, and no others.

use std::sync::Arc;

use minijinja::{Environment, Error, ErrorKind, Value};

use super::context::Many;
use super::ledger::{Breaks, Ledger};
use crate::letter::grammar::{self, Pronoun};
use crate::letter::phrasing::{self, Citer, GuidelineForm};
use crate::letter::{FieldPath, Guideline, Letter, Money, Sex, Typed, parse_date};

/// Ours, which keep the field of what they are given.
pub(super) const OWN_FILTERS: &[&str] = &[
    "and_list",
    "article",
    "comma_list",
    "date",
    "guideline",
    "lines",
    "money",
    "number_words",
    "or_list",
    "ordinal",
    "ordinal_words",
    "plural",
    "pronoun",
    "sentence_case",
    "title_case",
    "total",
];

/// minijinja's that templates may use: those that neither escape, nor reach outside, nor
/// print for machines.
pub(super) const PLAIN_FILTERS: &[&str] = &[
    "abs",
    "batch",
    "capitalize",
    "count",
    "d",
    "default",
    "first",
    "groupby",
    "int",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "string",
    "sum",
    "title",
    "trim",
    "unique",
    "upper",
];

/// Those of them that give words or a number, whatever they are given.
pub(super) const WORD_FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "count",
    "int",
    "join",
    "length",
    "lower",
    "replace",
    "round",
    "string",
    "title",
    "trim",
    "upper",
];

pub(super) const TESTS: &[&str] = &[
    "defined",
    "divisibleby",
    "endingwith",
    "eq",
    "equalto",
    "even",
    "ge",
    "gt",
    "in",
    "le",
    "lt",
    "ne",
    "none",
    "odd",
    "public",
    "served",
    "startingwith",
    "undefined",
];

pub(super) const FUNCTIONS: &[&str] = &["agree", "count", "namespace", "range"];

/// Takes away what templates must not have, and gives what needs no letter.
pub(super) fn restrict(env: &mut Environment) {
    for name in ["safe", "escape", "e", "tojson", "pprint", "urlencode"] {
        env.remove_filter(name);
    }
    for name in ["debug", "dict"] {
        env.remove_global(name);
    }
    env.add_test("served", |copy: &str| copy == "served");
    env.add_test("public", |copy: &str| copy == "public");
    env.add_function("count", |number: Value, word: &str| {
        with_number(&number, |number| grammar::count(number, word))
    });
    env.add_function("agree", |number: Value, word: &str| {
        with_number(&number, |number| grammar::agree(number, word))
    });
}

/// Gives one letter's filters to the environment that fills it.
pub(super) fn add_for_letter(
    env: &mut Environment,
    ledger: &Arc<Ledger>,
    guidelines: Guidelines,
) {
    add_list_filters(Filters { env, ledger });
    add_word_filters(Filters { env, ledger });
    add_filters_with_a_form(Filters { env, ledger });
    let book = Arc::clone(ledger);
    env.add_filter("lines", move |value: Value| keep_lines(&book, &value));
    let book = Arc::clone(ledger);
    env.add_filter("guideline", move |value: Value, form: &str| {
        guidelines.line(&book, &value, form)
    });
}

struct Filters<'a, 'source> {
    env: &'a mut Environment<'source>,
    ledger: &'a Arc<Ledger>,
}

fn add_list_filters(Filters { env, ledger }: Filters<'_, '_>) {
    for (name, join) in [
        ("and_list", (|values| phrasing::and_list(values)) as fn(&[String]) -> String),
        ("or_list", |values| phrasing::or_list(values)),
        ("comma_list", |values| values.join(", ")),
        ("total", total),
    ] {
        let ledger = Arc::clone(ledger);
        env.add_filter(name, move |values: Value| join_list(&ledger, &values, join));
    }
}

/// Filters from one value to one; what they cannot read stays as it is, and an empty
/// value stays a gap.
fn add_word_filters(Filters { env, ledger }: Filters<'_, '_>) {
    for (name, change) in [
        ("article", (|text| Some(grammar::article(text))) as fn(&str) -> Option<String>),
        ("plural", |text| Some(grammar::plural(text))),
        ("sentence_case", |text| Some(grammar::sentence_case(text))),
        ("title_case", |text| Some(grammar::title_case(text))),
        ("money", |text| Money::read(text).map(|sum| sum.show())),
        ("number_words", |text| text.parse().ok().map(grammar::number_words)),
        ("ordinal", |text| text.parse().ok().map(grammar::ordinal)),
        ("ordinal_words", |text| text.parse().ok().map(grammar::ordinal_words)),
    ] {
        let ledger = Arc::clone(ledger);
        env.add_filter(name, move |value: Value| change_words(&ledger, &value, change));
    }
}

fn add_filters_with_a_form(Filters { env, ledger }: Filters<'_, '_>) {
    let book = Arc::clone(ledger);
    env.add_filter("date", move |value: Value, form: &str| date(&book, &value, form));
    let book = Arc::clone(ledger);
    env.add_filter("pronoun", move |value: Value, form: &str| {
        pronoun(&book, &value, form)
    });
}

fn date(ledger: &Ledger, value: &Value, form: &str) -> Result<Value, Error> {
    // A form that does not exist is reported whether or not a date is there yet.
    if grammar::date_words(jiff::civil::Date::ZERO, form).is_none() {
        return Err(wrong_form(
            "date is written \
                as \"us\", \"long\", \"iso\", \"day_first\", \"weekday\" or \"month\"",
        ));
    }
    Ok(change_words(ledger, value, |text| grammar::date_words(parse_date(text)?, form)))
}

fn pronoun(ledger: &Ledger, value: &Value, form: &str) -> Result<Value, Error> {
    let Some(form) = Pronoun::named(form) else {
        return Err(wrong_form(
            "pronoun is written as \"subject\", \"object\", \"possessive\" \
                or \"reflexive\"",
        ));
    };
    let text = value.as_str().unwrap_or_default();
    let words = form.of(Sex::from_key(text).unwrap_or_default());
    Ok(keep_field(ledger, words.to_owned(), ledger.field(text)))
}

fn wrong_form(forms: &'static str) -> Error {
    Error::new(ErrorKind::InvalidOperation, forms)
}

/// The letter's guideline lines, which one filter writes in the form asked for.
pub(super) struct Guidelines(Vec<(FieldPath, Guideline)>);

impl Guidelines {
    pub(super) fn of(letter: &Letter) -> Self {
        let mut lines = Vec::new();
        for item in &letter.items {
            for (pattern, line) in [
                ("items[].claims_guideline", &item.claims_guideline),
                ("items[].reviewer_guideline", &item.reviewer_guideline),
            ] {
                lines.push((FieldPath::new(pattern, &[item.id]), line.clone()));
            }
        }
        Self(lines)
    }

    fn line(&self, ledger: &Ledger, value: &Value, form: &str) -> Result<Value, Error> {
        let form = match form {
            "acoem" => GuidelineForm::AcoemChapter,
            "mtus" => GuidelineForm::Edition,
            "works" => GuidelineForm::Works,
            _ => {
                return Err(wrong_form(
                    "guideline is written as \"acoem\", \"mtus\" or \"works\"",
                ));
            }
        };
        match field_of(ledger, value).and_then(|field| self.named(&field)) {
            Some((path, line)) => {
                let words = phrasing::guideline(line, form, Citer::of(path));
                Ok(ledger.hand(words, path.clone(), Breaks::default()))
            }
            None => Ok(value.clone()),
        }
    }

    fn named(&self, field: &FieldPath) -> Option<&(FieldPath, Guideline)> {
        self.0.iter().find(|(path, _)| path == field)
    }
}

/// The field that a value was taken from, if it is a string of one.
fn field_of(ledger: &Ledger, value: &Value) -> Option<FieldPath> {
    ledger.field(value.as_str()?)
}

fn join_list(
    ledger: &Ledger,
    values: &Value,
    join: fn(&[String]) -> String,
) -> Result<Value, Error> {
    let mut texts: Vec<String> =
        values.try_iter()?.map(|value| value.to_string()).collect();
    texts.retain(|text| !text.trim().is_empty());
    let field = match values.downcast_object_ref::<Many>() {
        Some(many) => Some(many.field.clone()),
        None => values.try_iter()?.find_map(|value| field_of(ledger, &value)),
    };
    Ok(keep_field(ledger, join(&texts), field))
}

/// What sums come to; those that are no sums count for nothing, and without any the total
/// is a gap.
fn total(values: &[String]) -> String {
    let mut total = None;
    for text in values {
        if let Some(sum) = Money::read(text) {
            total = Some(total.unwrap_or(0_i64).saturating_add(sum.0));
        }
    }
    match total {
        Some(total) => Money(total).show(),
        None => String::new(),
    }
}

fn keep_lines(ledger: &Ledger, value: &Value) -> Value {
    let Some(text) = value.as_str() else { return value.clone() };
    match ledger.field(text) {
        Some(field) => ledger.hand(text, field, Breaks::Lines),
        None => value.clone(),
    }
}

fn change_words(
    ledger: &Ledger,
    value: &Value,
    change: impl Fn(&str) -> Option<String>,
) -> Value {
    let text = match value.as_str() {
        _ if value.is_number() => value.to_string(),
        Some(text) => text.to_owned(),
        None => return value.clone(),
    };
    if text.trim().is_empty() {
        return value.clone();
    }
    match change(&text) {
        Some(words) => keep_field(ledger, words, field_of(ledger, value)),
        None => value.clone(),
    }
}

/// Words that go with a number, which may be a field that holds digits; an empty field
/// stays a gap.
fn with_number(number: &Value, words: impl Fn(i64) -> String) -> Value {
    match read_number(number) {
        Some(number) => Value::from(words(number)),
        None => number.clone(),
    }
}

fn read_number(value: &Value) -> Option<i64> {
    match value.as_i64() {
        Some(number) => Some(number),
        None => value.as_str()?.trim().parse().ok(),
    }
}

fn keep_field(ledger: &Ledger, text: String, field: Option<FieldPath>) -> Value {
    match field {
        Some(field) => ledger.hand(text, field, Breaks::default()),
        None => Value::from(text),
    }
}
