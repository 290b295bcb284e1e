//! A table of a person's own as Settings changes it. What is not shown there, such as the
//! number of a chapter, stays in it as it is.

use jiff::civil::Date;
use ron::Value;
use ron::value::Map;
use serde::{Deserialize, Serialize};

/// What a file of the folder of tables holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OwnTable(Value);

/// One of its rows: a word, or several values by their names.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRow(Value);

impl Default for OwnTable {
    fn default() -> Self {
        Self(Value::Unit)
    }
}

impl OwnTable {
    /// A table of the program, as its file says it.
    pub fn bundled(name: &str) -> Self {
        let text = super::bundled_text(name).unwrap_or("()");
        ron::from_str(text).map(Self).unwrap_or_default()
    }

    /// The rows of one of its lists or, where it has no lists, its own.
    pub fn rows(&self, list: Option<&str>) -> Vec<OwnRow> {
        let rows = match (&self.0, list) {
            (Value::Map(lists), Some(list)) => lists.get(&list.into()),
            (rows, None) => Some(rows),
            (_, Some(_)) => None,
        };
        match rows {
            Some(Value::Seq(rows)) => rows.iter().cloned().map(OwnRow).collect(),
            _ => Vec::new(),
        }
    }

    pub fn set_rows(&mut self, list: Option<&str>, rows: Vec<OwnRow>) {
        let rows = Value::Seq(rows.into_iter().map(|row| row.0).collect());
        let Some(list) = list else {
            self.0 = rows;
            return;
        };
        if let Value::Map(lists) = &mut self.0 {
            lists.insert(list, rows);
        } else {
            let mut lists = Map::new();
            lists.insert(list, rows);
            self.0 = Value::Map(lists);
        }
    }
}

impl OwnRow {
    /// A row that is a word.
    pub fn word(word: &str) -> Self {
        Self(word.into())
    }

    /// A row of values, the first of which is this.
    pub fn named(key: &str, value: &str) -> Self {
        let mut values = Map::new();
        values.insert(key, value);
        Self(Value::Map(values))
    }

    /// The words of a value, or of the row itself; empty where there are none.
    pub fn text(&self, key: Option<&str>) -> String {
        match self.value(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.into_f64().to_string(),
            Some(Value::Option(Some(inner))) => Self((**inner).clone()).text(None),
            _ => String::new(),
        }
    }

    pub fn set_text(&mut self, key: Option<&str>, text: &str) {
        self.set(key, text.into());
    }

    /// A year is kept as a number; without digits there is none.
    pub fn set_year(&mut self, key: &str, text: &str) {
        let year: Option<u16> = text.trim().parse().ok();
        self.set(Some(key), year.into());
    }

    pub fn set_day(&mut self, key: &str, day: Option<Date>) {
        self.set(Some(key), day.map(|day| day.to_string()).into());
    }

    /// The words of a value that is a list of them.
    pub fn words(&self, key: &str) -> Vec<String> {
        let Some(Value::Seq(words)) = self.value(Some(key)) else { return Vec::new() };
        words.iter().map(|word| Self(word.clone()).text(None)).collect()
    }

    pub fn set_words(&mut self, key: &str, words: Vec<String>) {
        self.set(Some(key), words.into());
    }

    fn value(&self, key: Option<&str>) -> Option<&Value> {
        match (&self.0, key) {
            (Value::Map(values), Some(key)) => values.get(&key.into()),
            (value, None) => Some(value),
            (_, Some(_)) => None,
        }
    }

    fn set(&mut self, key: Option<&str>, value: Value) {
        match (&mut self.0, key) {
            (Value::Map(values), Some(key)) => {
                values.insert(key, value);
            }
            (row, None) => *row = value,
            (_, Some(_)) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;

    fn written(table: &OwnTable) -> String {
        ron::to_string(table).unwrap()
    }

    #[test]
    fn a_row_that_is_changed_keeps_what_is_not_shown_of_it() {
        let text = "[(title: \"Moon\", year: Some(2030), from: Some(\"2030-01-01\"))]";
        let mut table: OwnTable = ron::from_str(text).unwrap();
        let mut rows = table.rows(None);
        assert_eq!(rows[0].text(Some("year")), "2030");
        rows[0].set_year("year", "2031");
        rows[0].set_words("sections", vec!["Dark side".into()]);
        table.set_rows(None, rows);
        let text = written(&table);
        let (library, errors) = Library::bundled()
            .unwrap()
            .with_own_tables([("chapters.ron", text.as_str())]);
        assert_eq!(errors, []);
        let moon = library.chapters().last().unwrap();
        assert_eq!((moon.year, moon.sections.len()), (Some(2031), 1));
        assert_eq!(moon.from, Some(jiff::civil::date(2030, 1, 1)));
    }

    #[test]
    fn a_day_is_set_and_taken_away_again() {
        let mut row = OwnRow::named("title", "Moon");
        row.set_day("from", Some(jiff::civil::date(2030, 1, 2)));
        assert_eq!(row.text(Some("from")), "2030-01-02");
        let mut table = OwnTable::default();
        table.set_rows(None, vec![row.clone()]);
        let of = |table: &OwnTable| {
            let text = written(table);
            let tables = [("chapters.ron", text.as_str())];
            let (library, errors) = Library::bundled().unwrap().with_own_tables(tables);
            assert_eq!(errors, []);
            library.chapters().last().unwrap().from
        };
        assert_eq!(of(&table), Some(jiff::civil::date(2030, 1, 2)));
        row.set_day("from", None);
        table.set_rows(None, vec![row]);
        assert_eq!(of(&table), None);
    }

    #[test]
    fn lists_and_chapters_are_offered_in_the_order_that_a_person_wants() {
        let own = "{\"order states\": [\"Texas\", \"Iowa\"], \"states\": [\"Atlantis\"], \
            \"order chapters\": [\"Opioids 2017\"]}";
        let bundled = Library::bundled().unwrap();
        let (library, errors) = bundled.clone().with_own_tables([("lists.ron", own)]);
        assert_eq!(errors, []);
        let states = library.list("states");
        assert_eq!(states[..3], ["Texas", "Iowa", "Alabama"]);
        assert_eq!(states.last().map(String::as_str), Some("Atlantis"));
        assert_eq!(states.len(), bundled.list("states").len() + 1);
        let chapters = library.chapters();
        assert_eq!(chapters[0].name(), "Opioids 2017");
        assert_eq!(chapters[1], bundled.chapters()[0]);
    }

    #[test]
    fn what_is_hidden_is_neither_offered_nor_looked_for() {
        let bundled = Library::bundled().unwrap();
        let first = bundled.chapters()[0].name();
        let mut lists = OwnTable::default();
        for (list, hidden) in [
            ("hidden specialties", "Dermatology"),
            ("hidden conclusions", "medically necessary"),
            ("hidden confusables", "accept"),
            ("hidden chapters", &*first),
        ] {
            lists.set_rows(Some(list), vec![OwnRow::word(hidden)]);
        }
        lists.set_rows(Some("specialties"), vec![OwnRow::word("Space Medicine")]);
        let text = written(&lists);
        let (library, errors) =
            bundled.clone().with_own_tables([("lists.ron", text.as_str())]);
        assert_eq!(errors, []);
        let specialties = library.list("specialties");
        assert!(!specialties.contains(&"Dermatology".to_owned()));
        assert!(specialties.contains(&"Space Medicine".to_owned()));
        let concludes = |library: &Library| {
            library.conclusions().strong.is_in("it is medically necessary")
        };
        assert!(concludes(&bundled) && !concludes(&library));
        let confuses = |library: &Library| {
            library.confusables().all().iter().any(|row| row.word == "accept")
        };
        assert!(confuses(&bundled) && !confuses(&library));
        // Rules still know the chapter; it is only offered no longer.
        assert_eq!(library.chapters(), bundled.chapters());
        assert!(library.offered_chapters().all(|chapter| chapter.name() != first));
    }
}
