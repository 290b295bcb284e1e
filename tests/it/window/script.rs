//! A letter typed by keys alone: what is pressed, field by field, and what the letter
//! says afterwards.

use rationale::letter::fields::{Choice, Field, Kind, Options, Slot};
use rationale::letter::{FieldPath, Group, Guideline, Id, Letter, Source};
use rationale::library::Library;
use rationale::template::{Items, Template};

/// Words that are typed, or a key by the name that X knows it by.
#[derive(Debug)]
pub(super) enum Stroke {
    Words(String),
    Key(&'static str),
}

/// A letter to be typed.
pub(super) struct Script {
    template: &'static Template,
    library: Library,
    /// With rows, and nothing in them.
    pub blank: Letter,
    /// What is typed and pressed, by stretches that are pressed at one pace: a field
    /// mostly.
    pub stretches: Vec<Vec<Stroke>>,
    /// What is typed so far.
    pub letter: Letter,
    /// How many fields were typed into.
    pub fields: usize,
}

impl Script {
    /// Every field of a letter of this template.
    pub(super) fn new(template: &'static str) -> Self {
        let template = Template::built_in(template).unwrap();
        let blank = with_rows(template);
        let mut script = Self {
            template,
            library: Library::bundled().unwrap().without_spelling(),
            letter: blank.clone(),
            blank,
            stretches: Vec::new(),
            fields: 0,
        };
        let fields = template.fields().chunk_by(|one, next| {
            (one.section, group(one)) == (next.section, group(next))
        });
        for fields in fields {
            script.type_group(fields);
        }
        script.stretches.push(vec![Stroke::Key("ctrl+s")]);
        script
    }

    /// Types into the rows of a group, or into the fields in no row.
    fn type_group(&mut self, fields: &[Field]) {
        for row in rows(&self.blank, &fields[0]) {
            let mut places = Vec::new();
            for field in fields {
                let path = FieldPath::new(&field.pattern, &row);
                if field.is_asked(&self.blank, &path) {
                    places.push((field, path));
                }
            }
            let Some((first, path)) = places.first() else { continue };
            // The palette leads to the first, and Tab from each to the next.
            let name = name(&self.blank, first, path);
            self.stretches.push(vec![
                Stroke::Key("ctrl+k"),
                Stroke::Words(name),
                Stroke::Key("Return"),
            ]);
            for (field, path) in &places {
                let mut strokes = self.type_field(field, path).unwrap_or_default();
                strokes.push(Stroke::Key("Tab"));
                self.stretches.push(strokes);
            }
        }
    }

    /// What is pressed in a field, which the letter takes; `None` for one that is passed.
    fn type_field(&mut self, field: &Field, path: &FieldPath) -> Option<Vec<Stroke>> {
        let number = self.fields + 1;
        // The case number is there from the start: the window is known by it.
        if field.pattern == "case.number" {
            return None;
        }
        let slot = field.slot(&mut self.letter, path)?;
        let strokes = match slot {
            Slot::Text(text) if field.kind == Kind::Prose => {
                *text =
                    format!("First line of {number}.\nAnd its second, with more words");
                let (first, second) = text.split_once('\n')?;
                vec![words(first), Stroke::Key("Return"), words(second)]
            }
            Slot::Text(text) if field.kind == Kind::Line => {
                let list = listed(&self.library, field);
                if let Some((typed, value)) = from_list(list, number) {
                    value.clone_into(text);
                    let mut strokes = vec![words(&typed)];
                    // Enter accepts, and so does Tab, which walks on as well.
                    if number.is_multiple_of(4) {
                        strokes.push(Stroke::Key("Return"));
                    }
                    strokes
                } else {
                    *text = format!("Own words {number}");
                    vec![words(text)]
                }
            }
            Slot::Choice(value) => choose_next(self.template, field, value)?,
            Slot::YesNo(value) => {
                *value = true;
                vec![Stroke::Key("space")]
            }
            Slot::Many(values) => {
                *values =
                    vec![format!("One own {number}"), format!("Another own {number}")];
                vec![words(&values[0]), Stroke::Key("Return"), words(&values[1])]
            }
            Slot::Guideline(line) => {
                let work = format!("Work {number} of 2016");
                let strokes = vec![words(&work), Stroke::Key("Return")];
                *line = Guideline::Cited(vec![Source::NonMtus(work)]);
                strokes
            }
            slot @ (Slot::Date(_) | Slot::Number(_) | Slot::Money(_)) => {
                let typed = match field.kind {
                    Kind::Date => format!("{}/{}/15", number % 12 + 1, number % 28 + 1),
                    _ => number.to_string(),
                };
                slot.write(&typed);
                vec![words(&typed)]
            }
            Slot::Text(_) => return None,
        };
        self.fields += 1;
        Some(strokes)
    }
}

/// An arrow takes the next of some radios. Of a list that opens, nothing is chosen, nor
/// what has other fields asked for.
fn choose_next(
    template: &Template,
    field: &Field,
    value: &mut dyn Choice,
) -> Option<Vec<Stroke>> {
    let keys: Vec<&str> = match &field.options {
        Options::Outcomes => {
            let outcomes = &template.head().outcomes;
            let length: usize = outcomes.iter().map(|outcome| outcome.word.len()).sum();
            if length > 40 {
                return None;
            }
            outcomes.iter().map(|outcome| outcome.key.as_str()).collect()
        }
        Options::Fixed(choices) if field.pattern == "case.priority" => {
            choices.iter().map(|(key, _)| *key).collect()
        }
        _ => return None,
    };
    let next = match keys.iter().position(|key| *key == value.key()) {
        Some(place) => (place + 1) % keys.len(),
        None => 0,
    };
    value.choose(keys[next]);
    Some(vec![Stroke::Key("Right")])
}

fn words(words: &str) -> Stroke {
    Stroke::Words(words.to_owned())
}

/// The rows that the fields of a group are in; one that is in none where there is no
/// group.
fn rows(letter: &Letter, first: &Field) -> Vec<Vec<Id>> {
    match Group::named(group(first), &[]) {
        Some(group) => letter.row_ids(group).into_iter().map(|id| vec![id]).collect(),
        None => vec![Vec::new()],
    }
}

/// The group of a field in one row: `items`. Empty for one that is in none.
fn group(field: &Field) -> &str {
    field.pattern.rsplit_once("[]").map_or("", |(group, _)| group)
}

/// Every group of the template with some rows, if it may have them.
fn with_rows(template: &Template) -> Letter {
    let mut letter = Letter::default();
    letter.case.number = "CM13-0000001".into();
    for field in template.fields() {
        // Opinions are of several reviewers: the letter has one.
        let Some(group) = Group::named(group(field), &[]) else { continue };
        let count = match group {
            Group::Reviewers => 1,
            Group::Items if template.head().items == Items::One => 1,
            Group::Items => 3,
            Group::Documents => 4,
            _ => 2,
        };
        while letter.row_ids(group).len() < count {
            letter.add_row(group, None);
        }
    }
    letter
}

/// What is typed to find a field in the palette.
fn name(letter: &Letter, field: &Field, path: &FieldPath) -> String {
    let rows = letter.row_names(path);
    let rows: String = rows.iter().map(|row| format!(", {row}")).collect();
    let name = format!("{}{rows}", field.label);
    // Quotes are left out by a person too, and the palette looks for the words.
    if name.contains('"') { name.replace(['"', ','], "") } else { name }
}

fn listed<'a>(library: &'a Library, field: &'a Field) -> &'a [String] {
    match &field.options {
        Options::List(name) => library.list(name),
        Options::Own(words) => words,
        _ => &[],
    }
}

/// A value of a list, and the few letters that lead to it alone; every other field is
/// typed in words that no list has.
fn from_list(list: &[String], number: usize) -> Option<(String, &String)> {
    if number % 2 == 1 {
        return None;
    }
    let lower: Vec<String> = list.iter().map(|value| value.to_lowercase()).collect();
    for place in 0..list.len() {
        let place = (place + number) % list.len();
        for length in 3..lower[place].len() {
            let Some(typed) = lower[place].get(..length) else { continue };
            let is_plain = typed.chars().all(|letter| letter.is_ascii_alphabetic());
            let fitting = lower.iter().filter(|other| other.starts_with(typed)).count();
            if is_plain && fitting == 1 {
                return Some((typed.to_owned(), &list[place]));
            }
        }
    }
    None
}
