//! The filters, tests and functions that templates have, and no others.

use std::sync::Arc;

use jiff::civil::Date;
use minijinja::{Environment, Error, ErrorKind, Value};

use super::context::{Many, citer};
use super::ledger::{Breaks, Ledger};
use crate::diagnostic::FieldPath;
use crate::letter::phrasing::{self, GuidelineForm};
use crate::letter::{Guideline, Letter, parse_date};

/// Ours, which keep the field of what they are given.
pub const OWN_FILTERS: &[&str] = &["and_list", "or_list", "comma_list", "guideline", "lines", "long_date"];

/// minijinja's that templates may use: those that neither escape, nor reach outside, nor print for machines.
pub const PLAIN_FILTERS: &[&str] = &[
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

pub const TESTS: &[&str] = &[
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

pub const FUNCTIONS: &[&str] = &["namespace", "range"];

/// Takes away what templates must not have.
pub fn close(env: &mut Environment) {
    ["safe", "escape", "e", "tojson", "pprint", "urlencode"].into_iter().for_each(|name| env.remove_filter(name));
    ["debug", "dict"].into_iter().for_each(|name| env.remove_global(name));
    env.add_test("served", |copy: &str| copy == "served");
    env.add_test("public", |copy: &str| copy == "public");
}

/// Gives one letter's filters to the environment that fills it.
pub fn open(env: &mut Environment, ledger: &Arc<Ledger>, guidelines: Guidelines) {
    for (name, join) in [
        ("and_list", (|values| phrasing::and_list(values)) as fn(&[String]) -> String),
        ("or_list", |values| phrasing::or_list(values)),
        ("comma_list", |values| values.join(", ")),
    ] {
        let ledger = Arc::clone(ledger);
        env.add_filter(name, move |values: Value| list(&ledger, &values, join));
    }
    let book = Arc::clone(ledger);
    env.add_filter("lines", move |value: Value| lines(&book, &value));
    let book = Arc::clone(ledger);
    env.add_filter("long_date", move |value: Value| long_date(&book, &value));
    let book = Arc::clone(ledger);
    env.add_filter("guideline", move |value: Value, form: &str| guidelines.line(&book, &value, form));
}

/// The letter's guideline lines, which one filter writes in the form asked for.
pub struct Guidelines(Vec<(FieldPath, Guideline)>);

impl Guidelines {
    pub fn of(letter: &Letter) -> Self {
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
            _ => return Err(Error::new(ErrorKind::InvalidOperation, "guideline is written as \"acoem\" or \"mtus\"")),
        };
        let field = value.as_str().and_then(|text| ledger.field(text));
        let found = field.and_then(|field| self.0.iter().find(|(path, _)| *path == field));
        Ok(found.map_or(value.clone(), |(path, line)| {
            ledger.hand(phrasing::guideline(line, form, citer(path)), path.clone(), Breaks::default())
        }))
    }
}

fn list(ledger: &Ledger, values: &Value, join: fn(&[String]) -> String) -> Result<Value, Error> {
    let texts: Vec<String> = values.try_iter()?.map(|value| value.to_string()).collect();
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    let own = values.downcast_object_ref::<Many>().map(|many| many.field.clone());
    let field = own.or_else(|| values.try_iter().ok()?.find_map(|value| ledger.field(value.as_str()?)));
    Ok(keep_field(ledger, join(&texts), field))
}

fn lines(ledger: &Ledger, value: &Value) -> Value {
    let Some(text) = value.as_str() else { return value.clone() };
    match ledger.field(text) {
        Some(field) => ledger.hand(text, field, Breaks::Lines),
        None => value.clone(),
    }
}

/// `March 26, 2009`; what is no date stays as it is.
fn long_date(ledger: &Ledger, value: &Value) -> Value {
    let Some(text) = value.as_str() else { return value.clone() };
    parse_date(text).map_or(value.clone(), |date| keep_field(ledger, spelt_out(date), ledger.field(text)))
}

fn spelt_out(date: Date) -> String {
    date.strftime("%B %-d, %Y").to_string()
}

fn keep_field(ledger: &Ledger, text: String, field: Option<FieldPath>) -> Value {
    match field {
        Some(field) => ledger.hand(text, field, Breaks::default()),
        None => Value::from(text),
    }
}
