//! A typed value that keeps what a person typed when it cannot be understood.

use std::marker::PhantomData;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{parse_date, us_date};

/// What a field of a `T` holds: "13/45/2009" is saved, shown again and reported, and
/// rules do not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry<T> {
    /// Not understood, or empty.
    AsTyped(String),
    Understood(T),
}

/// A kind of value that people type.
pub trait Typed: Sized {
    /// The value that `text` means, if it means one.
    fn read(text: &str) -> Option<Self>;
    /// How the value is shown and saved; reads back as itself.
    fn show(&self) -> String;
}

impl Typed for Date {
    fn read(text: &str) -> Option<Self> {
        parse_date(text)
    }

    fn show(&self) -> String {
        us_date(*self)
    }
}

impl Typed for u32 {
    fn read(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// A place that holds a typed value, whether as an entry or, in a template's own fields,
/// as text.
pub trait Editable<T> {
    fn entry(&self) -> Entry<T>;
    fn put(&mut self, entry: Entry<T>);
}

impl<T: Typed + Clone> Editable<T> for Entry<T> {
    fn entry(&self) -> Entry<T> {
        self.clone()
    }

    fn put(&mut self, entry: Entry<T>) {
        *self = entry;
    }
}

impl<T: Typed> Editable<T> for String {
    fn entry(&self) -> Entry<T> {
        Entry::read(self)
    }

    fn put(&mut self, entry: Entry<T>) {
        *self = entry.show();
    }
}

impl<T: Typed> Entry<T> {
    /// Understands `text` if it can, and keeps it if not.
    pub fn read(text: &str) -> Self {
        T::read(text).map_or_else(|| Self::AsTyped(text.to_owned()), Self::Understood)
    }

    /// What the field shows.
    pub fn show(&self) -> String {
        match self {
            Self::AsTyped(text) => text.clone(),
            Self::Understood(value) => value.show(),
        }
    }
}

impl<T> Entry<T> {
    pub fn understood(&self) -> Option<&T> {
        match self {
            Self::AsTyped(_) => None,
            Self::Understood(value) => Some(value),
        }
    }

    /// Nothing was typed.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::AsTyped(text) if text.trim().is_empty())
    }
}

impl<T> Default for Entry<T> {
    fn default() -> Self {
        Self::AsTyped(String::new())
    }
}

impl<T: Typed> Serialize for Entry<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.show().serialize(serializer)
    }
}

impl<'de, T: Typed> Deserialize<'de> for Entry<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader(PhantomData))
    }
}

/// Reads an entry from a string, borrowed or owned.
struct Reader<T>(PhantomData<T>);

impl<T: Typed> serde::de::Visitor<'_> for Reader<T> {
    type Value = Entry<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("text in quotes")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Entry<T>, E> {
        Ok(Entry::read(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_kept() {
        let entry = Entry::<Date>::read("13/45/2009");
        assert_eq!((entry.show().as_str(), entry.understood()), ("13/45/2009", None));
    }

    #[test]
    fn an_entry_survives_a_draft() {
        for typed in ["13/45/2009", "", "3-26-09", "Mar 26 2009"] {
            let entry = Entry::<Date>::read(typed);
            let draft = ron::to_string(&entry).expect("writes");
            assert_eq!(ron::from_str::<Entry<Date>>(&draft).expect("reads"), entry);
        }
    }
}
