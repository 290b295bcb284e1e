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
pub(super) fn close(env: &mut Environment) {
    ["safe", "escape", "e", "tojson", "pprint", "urlencode"]
        .into_iter()
        .for_each(|name| env.remove_filter(name));
    ["debug", "dict"].into_iter().for_each(|name| env.remove_global(name));
    env.add_test("served", |copy: &str| copy == "served");
    env.add_test("public", |copy: &str| copy == "public");
    env.add_function("count", |number: Value, word: &str| {
        counted(&number, |number| grammar::count(number, word))
    });
    env.add_function("agree", |number: Value, word: &str| {
        counted(&number, |number| grammar::agree(number, word))
    });
}

/// Gives one letter's filters to the environment that fills it.
pub(super) fn open(env: &mut Environment, ledger: &Arc<Ledger>, guidelines: Guidelines) {
    lists(Filters { env, ledger });
    words(Filters { env, ledger });
    with_a_form(Filters { env, ledger });
    let book = Arc::clone(ledger);
    env.add_filter("lines", move |value: Value| lines(&book, &value));
    let book = Arc::clone(ledger);
    env.add_filter("guideline", move |value: Value, form: &str| {
        guidelines.line(&book, &value, form)
    });
}

struct Filters<'a, 'source> {
    env: &'a mut Environment<'source>,
    ledger: &'a Arc<Ledger>,
}

fn lists(Filters { env, ledger }: Filters<'_, '_>) {
    for (name, join) in [
        ("and_list", (|values| phrasing::and_list(values)) as fn(&[String]) -> String),
        ("or_list", |values| phrasing::or_list(values)),
        ("comma_list", |values| values.join(", ")),
        ("total", total),
    ] {
        let ledger = Arc::clone(ledger);
        env.add_filter(name, move |values: Value| list(&ledger, &values, join));
    }
}

/// Filters from one value to one; what they cannot read stays as it is, and an empty
/// value stays a gap.
fn words(Filters { env, ledger }: Filters<'_, '_>) {
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
        env.add_filter(name, move |value: Value| changed(&ledger, &value, change));
    }
}

fn with_a_form(Filters { env, ledger }: Filters<'_, '_>) {
    let book = Arc::clone(ledger);
    env.add_filter("date", move |value: Value, form: &str| {
        // A form that does not exist is told whether or not a date is there yet.
        let forms = "date is written \
            as \"us\", \"long\", \"iso\", \"day_first\", \"weekday\" or \"month\"";
        let known = grammar::date_words(jiff::civil::Date::ZERO, form).is_some();
        let words = |text: &str| {
            parse_date(text).and_then(|date| grammar::date_words(date, form))
        };
        if known {
            Ok(changed(&book, &value, words))
        } else {
            Err(Error::new(ErrorKind::InvalidOperation, forms))
        }
    });
    let book = Arc::clone(ledger);
    env.add_filter("pronoun", move |value: Value, form: &str| {
        let forms = "pronoun is written as \"subject\", \"object\", \"possessive\" \
            or \"reflexive\"";
        let form = Pronoun::named(form)
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, forms))?;
        let text = value.as_str().unwrap_or_default();
        let words = form.of(Sex::from_key(text).unwrap_or_default());
        Ok::<_, Error>(keep_field(&book, words.to_owned(), book.field(text)))
    });
}

/// The letter's guideline lines, which one filter writes in the form asked for.
pub(super) struct Guidelines(Vec<(FieldPath, Guideline)>);

impl Guidelines {
    pub(super) fn of(letter: &Letter) -> Self {
        let lines = letter.items.iter().flat_map(|item| {
            [
                ("items[].claims_guideline", &item.claims_guideline),
                ("items[].reviewer_guideline", &item.reviewer_guideline),
            ]
            .map(|(pattern, line)| (FieldPath::new(pattern, &[item.id]), line.clone()))
        });
        Self(lines.collect())
    }

    fn line(&self, ledger: &Ledger, value: &Value, form: &str) -> Result<Value, Error> {
        let form = match form {
            "acoem" => GuidelineForm::AcoemChapter,
            "mtus" => GuidelineForm::Edition,
            "works" => GuidelineForm::Works,
            _ => {
                let forms = "guideline is written as \"acoem\", \"mtus\" or \"works\"";
                return Err(Error::new(ErrorKind::InvalidOperation, forms));
            }
        };
        let field = value.as_str().and_then(|text| ledger.field(text));
        let found =
            field.and_then(|field| self.0.iter().find(|(path, _)| *path == field));
        Ok(found.map_or(value.clone(), |(path, line)| {
            ledger.hand(
                phrasing::guideline(line, form, Citer::of(path)),
                path.clone(),
                Breaks::default(),
            )
        }))
    }
}

fn list(
    ledger: &Ledger,
    values: &Value,
    join: fn(&[String]) -> String,
) -> Result<Value, Error> {
    let texts: Vec<String> = values.try_iter()?.map(|value| value.to_string()).collect();
    let texts: Vec<String> =
        texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    let own = values.downcast_object_ref::<Many>().map(|many| many.field.clone());
    let field = own.or_else(|| {
        values
            .try_iter()
            .ok()?
            .find_map(|value| ledger.field(value.as_str()?))
    });
    Ok(keep_field(ledger, join(&texts), field))
}

/// What sums come to; those that are no sums count for nothing, and without any the total
/// is a gap.
fn total(values: &[String]) -> String {
    let sums: Vec<i64> = values
        .iter()
        .filter_map(|text| Money::read(text))
        .map(|sum| sum.0)
        .collect();
    if sums.is_empty() {
        String::new()
    } else {
        Money(sums.iter().fold(0, |all, &sum| all.saturating_add(sum))).show()
    }
}

fn lines(ledger: &Ledger, value: &Value) -> Value {
    let Some(text) = value.as_str() else { return value.clone() };
    match ledger.field(text) {
        Some(field) => ledger.hand(text, field, Breaks::Lines),
        None => value.clone(),
    }
}

fn changed(
    ledger: &Ledger,
    value: &Value,
    change: impl Fn(&str) -> Option<String>,
) -> Value {
    let number = value.is_number().then(|| value.to_string());
    let Some(text) = number
        .as_deref()
        .or(value.as_str())
        .filter(|text| !text.trim().is_empty())
    else {
        return value.clone();
    };
    let field = value.as_str().and_then(|text| ledger.field(text));
    change(text).map_or(value.clone(), |words| keep_field(ledger, words, field))
}

/// Words that go with a number, which may be a field that holds digits; an empty field
/// stays a gap.
fn counted(number: &Value, words: impl Fn(i64) -> String) -> Value {
    let read = number.as_i64().or_else(|| number.as_str()?.trim().parse().ok());
    read.map_or(number.clone(), |number| Value::from(words(number)))
}

fn keep_field(ledger: &Ledger, text: String, field: Option<FieldPath>) -> Value {
    match field {
        Some(field) => ledger.hand(text, field, Breaks::default()),
        None => Value::from(text),
    }
}
