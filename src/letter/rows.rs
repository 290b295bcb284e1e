//! Rows: what can be added to a letter, taken out, moved and copied, always found by its
//! id.

use std::collections::HashSet;

use super::{
    DocumentReviewed, ExtraRow, FieldPath, Id, Item, Letter, Opinion, Recipient, Reviewer,
};

/// The name of a template's own group; short, so that a group stays a plain value.
pub type ExtraName = arrayvec::ArrayString<32>;

/// The repeated parts of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    Reviewers,
    Recipients,
    Documents,
    Items,
    /// The opinions on the item of this id.
    Opinions(Id),
    /// Rows that only one template has.
    Extra(ExtraName),
}

impl Group {
    /// The group that a field pattern's beginning names, such as `items` or, in a row,
    /// `items[].opinions`.
    pub fn named(prefix: &str, rows: &[Id]) -> Option<Self> {
        match prefix {
            "reviewers" => Some(Self::Reviewers),
            "recipients" => Some(Self::Recipients),
            "documents" => Some(Self::Documents),
            "items" => Some(Self::Items),
            "items[].opinions" => rows.first().map(|&item| Self::Opinions(item)),
            _ => Some(Self::Extra(ExtraName::from(prefix.strip_prefix("extra.")?).ok()?)),
        }
    }

    /// What the fields of the group's rows begin with, such as `items[].opinions`.
    pub fn prefix(self) -> String {
        match self {
            Self::Reviewers => "reviewers".into(),
            Self::Recipients => "recipients".into(),
            Self::Documents => "documents".into(),
            Self::Items => "items".into(),
            Self::Opinions(_) => "items[].opinions".into(),
            Self::Extra(name) => format!("extra.{name}"),
        }
    }

    /// The group as a place: where it has no rows, the form shows the button that adds
    /// one.
    pub fn place(self) -> FieldPath {
        match self {
            Self::Opinions(item) => FieldPath::new(&self.prefix(), &[item]),
            Self::Reviewers
            | Self::Recipients
            | Self::Documents
            | Self::Items
            | Self::Extra(_) => FieldPath::new(&self.prefix(), &[]),
        }
    }
}

/// What one row of a group is called, given the group's own name, which is a plural:
/// `documents` are one "document" each, and a template's own `billed_codes` one "billed
/// code".
pub fn row_noun(group: &str) -> String {
    group.strip_suffix('s').unwrap_or(group).replace('_', " ")
}

/// A direction in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Up,
    Down,
}

/// Something that has an id and can be begun empty.
pub trait Row: Clone + Default {
    fn id(&self) -> Id;
    /// Gives the row, and whatever rows it holds, ids of their own.
    fn renew_ids(&mut self, next: &mut dyn FnMut() -> Id);
}

macro_rules! rows {
    ($($row:ty),+) => {
        $(impl Row for $row {
            fn id(&self) -> Id {
                self.id
            }

            fn renew_ids(&mut self, next: &mut dyn FnMut() -> Id) {
                self.id = next();
            }
        })+
    };
}

rows!(Reviewer, Recipient, DocumentReviewed, Opinion, ExtraRow);

impl Row for Item {
    fn id(&self) -> Id {
        self.id
    }

    fn renew_ids(&mut self, next: &mut dyn FnMut() -> Id) {
        self.visit_ids(&mut |id| *id = next());
    }
}

/// Calls `$body` with the rows of a group, whatever their type is.
macro_rules! with_rows {
    ($letter:expr, $group:expr, |$rows:ident| $body:expr, else $none:expr) => {
        match $group {
            Group::Reviewers => {
                let $rows = &mut $letter.reviewers;
                $body
            }
            Group::Recipients => {
                let $rows = &mut $letter.recipients;
                $body
            }
            Group::Documents => {
                let $rows = &mut $letter.documents;
                $body
            }
            Group::Items => {
                let $rows = &mut $letter.items;
                $body
            }
            Group::Opinions(item) => {
                match $letter.items.iter_mut().find(|row| row.id == item) {
                    Some(item) => {
                        let $rows = &mut item.opinions;
                        $body
                    }
                    None => $none,
                }
            }
            Group::Extra(name) => {
                let $rows =
                    $letter.extra_rows.entry(name.as_str().to_owned()).or_default();
                $body
            }
        }
    };
}

impl Item {
    /// Visits the ids of the item and of the rows in it, outermost first.
    fn visit_ids(&mut self, visit: &mut dyn FnMut(&mut Id)) {
        visit(&mut self.id);
        for opinion in &mut self.opinions {
            visit(&mut opinion.id);
        }
    }
}

impl Letter {
    /// The id that the next row will have.
    pub fn id_to_come(&self) -> Id {
        Id(self.last_id.0 + 1)
    }

    /// An id that no row of this letter has had.
    pub fn next_id(&mut self) -> Id {
        self.last_id.0 += 1;
        self.last_id
    }

    /// Gives every row an id of its own where rows share one or, written by hand, have
    /// none; the first to have an id keeps it.
    pub fn renew_repeated_ids(&mut self) {
        // New ids begin after all that are there: an override or a dependant may speak of
        // an id that comes later in the letter.
        let mut last = self.last_id;
        self.visit_ids(&mut |id| last = last.max(*id));
        // A row that was written by hand without an id has 0.
        let mut seen = HashSet::from([Id::default()]);
        self.visit_ids(&mut |id| {
            if !seen.insert(*id) {
                last.0 += 1;
                *id = last;
            }
        });
        self.last_id = last;
    }

    fn visit_ids(&mut self, visit: &mut dyn FnMut(&mut Id)) {
        for row in &mut self.reviewers {
            visit(&mut row.id);
        }
        for row in &mut self.recipients {
            visit(&mut row.id);
        }
        for row in &mut self.documents {
            visit(&mut row.id);
        }
        for item in &mut self.items {
            item.visit_ids(visit);
        }
        for row in self.extra_rows.values_mut().flatten() {
            visit(&mut row.id);
        }
        for unread in &mut self.unread {
            visit(&mut unread.id);
        }
    }

    /// How many rows there are, of all lists together; what an import left unread is no
    /// row of the form.
    pub fn count_of_rows(&self) -> usize {
        let opinions: usize = self.items.iter().map(|item| item.opinions.len()).sum();
        let extras: usize = self.extra_rows.values().map(Vec::len).sum();
        let Self { reviewers, recipients, documents, items, .. } = self;
        opinions
            + extras
            + reviewers.len()
            + recipients.len()
            + documents.len()
            + items.len()
    }

    pub fn item(&self, id: Id) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The ids of a group's rows, in order.
    pub fn row_ids(&self, group: Group) -> Vec<Id> {
        fn ids<R: Row>(rows: &[R]) -> Vec<Id> {
            rows.iter().map(Row::id).collect()
        }
        match group {
            Group::Reviewers => ids(&self.reviewers),
            Group::Recipients => ids(&self.recipients),
            Group::Documents => ids(&self.documents),
            Group::Items => ids(&self.items),
            Group::Opinions(item) => match self.item(item) {
                Some(item) => ids(&item.opinions),
                None => Vec::new(),
            },
            Group::Extra(name) => match self.extra_rows.get(name.as_str()) {
                Some(rows) => ids(rows),
                None => Vec::new(),
            },
        }
    }

    /// Adds an empty row after the row `after`, or at the end, and gives its id.
    pub fn add_row(&mut self, group: Group, after: Option<Id>) -> Id {
        let id = self.next_id();
        with_rows!(self, group, |rows| insert(rows, after, id), else ());
        id
    }

    /// Removes a row. Items that depended on it depend on nothing again.
    pub fn remove_row(&mut self, group: Group, id: Id) {
        with_rows!(self, group, |rows| rows.retain(|row| row.id() != id), else ());
        self.forget_empty_extras();
        if group == Group::Items {
            for item in &mut self.items {
                item.depends_on = item.depends_on.filter(|&other| other != id);
            }
        }
    }

    /// Puts a copy, with ids of its own, after a row and gives its id.
    pub fn duplicate_row(&mut self, group: Group, id: Id) -> Option<Id> {
        // Counted beside the letter, because its rows are borrowed meanwhile.
        let mut last = self.last_id;
        let mut next = || {
            last.0 += 1;
            last
        };
        let copy =
            with_rows!(self, group, |rows| duplicate(rows, id, &mut next), else None);
        self.last_id = last;
        copy
    }

    /// Moves a row by one place; at the end of the list it stays.
    pub fn move_row(&mut self, group: Group, id: Id, step: Step) {
        with_rows!(self, group, |rows| shift(rows, id, step), else ());
    }

    /// Moves a row to a place counted from 0 in the list as it is without the row.
    pub fn place_row(&mut self, group: Group, id: Id, place: usize) {
        with_rows!(self, group, |rows| place_at(rows, id, place), else ());
    }
}

fn insert<R: Row>(rows: &mut Vec<R>, after: Option<Id>, id: Id) {
    let mut row = R::default();
    row.renew_ids(&mut || id);
    let place = after.and_then(|after| position(rows, after));
    match place {
        Some(place) => rows.insert(place + 1, row),
        None => rows.push(row),
    }
}

fn duplicate<R: Row>(
    rows: &mut Vec<R>,
    id: Id,
    next: &mut dyn FnMut() -> Id,
) -> Option<Id> {
    let place = position(rows, id)?;
    let mut copy = rows[place].clone();
    copy.renew_ids(next);
    let copied = copy.id();
    rows.insert(place + 1, copy);
    Some(copied)
}

fn shift<R: Row>(rows: &mut [R], id: Id, step: Step) {
    let Some(place) = position(rows, id) else { return };
    match step {
        Step::Up if place > 0 => rows.swap(place, place - 1),
        Step::Down if place + 1 < rows.len() => rows.swap(place, place + 1),
        Step::Up | Step::Down => {}
    }
}

fn place_at<R: Row>(rows: &mut Vec<R>, id: Id, place: usize) {
    let Some(from) = position(rows, id) else { return };
    let row = rows.remove(from);
    rows.insert(place.min(rows.len()), row);
}

fn position<R: Row>(rows: &[R], id: Id) -> Option<usize> {
    rows.iter().position(|row| row.id() == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three_items() -> (Letter, [Id; 3]) {
        let mut letter = Letter::default();
        let ids = [(); 3].map(|()| letter.add_row(Group::Items, None));
        (letter, ids)
    }

    #[test]
    fn ids_are_never_used_again() {
        let (mut letter, [_, _, third]) = three_items();
        letter.remove_row(Group::Items, third);
        assert_ne!(letter.add_row(Group::Items, None), third);
    }

    #[test]
    fn a_row_is_added_after_the_one_named() {
        let (mut letter, [first, second, third]) = three_items();
        let added = letter.add_row(Group::Items, Some(first));
        assert_eq!(letter.row_ids(Group::Items), [first, added, second, third]);
    }

    #[test]
    fn a_dependant_follows_its_item_and_stands_alone_without_it() {
        let (mut letter, [first, second, third]) = three_items();
        letter.items[2].depends_on = Some(first);
        letter.move_row(Group::Items, third, Step::Up);
        assert_eq!(letter.row_ids(Group::Items), [first, third, second]);
        assert_eq!(letter.item(third).and_then(|item| item.depends_on), Some(first));
        letter.remove_row(Group::Items, first);
        assert_eq!(letter.item(third).and_then(|item| item.depends_on), None);
    }

    #[test]
    fn a_copy_has_ids_of_its_own_all_through() {
        let (mut letter, [first, ..]) = three_items();
        let opinion = letter.add_row(Group::Opinions(first), None);
        let copy = letter.duplicate_row(Group::Items, first).expect("the item is there");
        assert_ne!(letter.row_ids(Group::Opinions(copy)), [opinion]);
    }

    #[test]
    fn a_row_at_the_end_of_its_list_stays() {
        let (mut letter, [first, second, third]) = three_items();
        letter.move_row(Group::Items, first, Step::Up);
        letter.move_row(Group::Items, third, Step::Down);
        assert_eq!(letter.row_ids(Group::Items), [first, second, third]);
    }
}
