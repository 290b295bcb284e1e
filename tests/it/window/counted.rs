//! How many keys a letter takes besides its prose: by the keyboard alone, from the start
//! page to the last rationale.

use super::typing::burst;
use super::*;
use rationale::diagnostic::Action;
use rationale::letter::FieldPath;

/// What a letter with three requests, three documents and three items takes at most: keys
/// that command, and characters in fields and searches.
const MOST: (usize, usize) = (43, 267);
const MOST_FROM_ANOTHER: (usize, usize) = (39, 259);

struct Typist {
    seat: Seat,
    /// Tab, Enter, arrows, and keys with Ctrl.
    keys: usize,
    characters: usize,
}

impl Typist {
    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.keys += 1;
        self.seat.press(modifiers, key);
    }

    /// Words into fields; `\t` and `\n` are keys.
    fn fields(&mut self, keys: &str) {
        let commands = keys.matches(['\t', '\n']).count();
        self.keys += commands;
        self.characters += keys.chars().count() - commands;
        burst(&mut self.seat, keys);
    }

    /// What no program can take away.
    fn prose(&mut self, words: &str) {
        burst(&mut self.seat, words);
    }

    /// To the next field that is to be filled in.
    fn next(&mut self) {
        self.compose();
        self.key(Modifiers::NONE, Key::F8);
    }

    fn compose(&mut self) {
        self.seat.wait_for(|desk| {
            let draft = desk.draft.as_ref().expect("a letter is open");
            draft
                .composed
                .as_ref()
                .is_some_and(|known| *known.letter == draft.letter)
        });
    }

    #[track_caller]
    fn is_at(&self, pattern: &str) {
        let focus = self.seat.desk().focus.as_ref();
        assert_eq!(focus.map(FieldPath::pattern), Some(pattern));
    }

    /// The letter has all that it needs, in so many keys and characters at most.
    #[track_caller]
    fn is_whole(&mut self, most: (usize, usize)) {
        self.compose();
        let is_to_fill_in = |found: &Diagnostic| found.action == Some(Action::FillIn);
        assert!(!self.seat.desk().problems().any(is_to_fill_in), "the letter is whole");
        let items = self.seat.letter().items.iter();
        let parts: Vec<&str> = items.map(|item| &*item.body_part).collect();
        assert_eq!(parts, ["Knee", "Knee", ""]);
        assert!(self.keys <= most.0, "{} keys", self.keys);
        assert!(self.characters <= most.1, "{} characters", self.characters);
    }
}

fn begin() -> Typist {
    let mut typist = Typist { seat: Seat::empty(), keys: 0, characters: 0 };
    typist.key(Modifiers::COMMAND, Key::N);
    typist.key(Modifiers::NONE, Key::ArrowDown);
    typist.key(Modifiers::NONE, Key::Enter);
    typist.is_at("reviewers[].certifications");
    typist
}

fn reviewer(typist: &mut Typist) {
    typist.fields("ort\tcalif\t");
    // The three statements: Enter checks each and walks on.
    typist.fields("\n\n\n");
}

fn case(typist: &mut Typist) {
    typist.is_at("case.number");
    typist.fields("CM16-0154321");
    typist.next();
    typist.is_at("case.date_of_injury");
    typist.fields("3/14/15");
    typist.next();
    typist.is_at("case.ur_denial_date");
    typist.fields("9/1/16\t9/20\t9/28\t10/3\t10/20\t");
    typist.is_at("case.treatments_requested");
    typist.fields("MRI of the left knee without contrast\n");
    typist.fields("Physical therapy, 12 sessions, left knee\nNorco 10/325 mg #60\t");
    typist.is_at("claimant.sex");
    typist.fields("m");
    typist.next();
    typist.is_at("claimant.age");
    typist.fields("47");
}

#[test]
fn a_letter_takes_few_keys_besides_its_prose() {
    let mut typist = begin();
    reviewer(&mut typist);
    case(&mut typist);
    typist.next();
    documents_and_items(&mut typist);
    typist.is_whole(MOST);
}

#[test]
fn a_letter_begun_from_an_earlier_one_takes_fewer() {
    let seat = Seat::with_sample();
    let mut typist = Typist { seat, keys: 0, characters: 0 };
    typist.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::N);
    case(&mut typist);
    typist.next();
    documents_and_items(&mut typist);
    // What is asked for anew in each letter.
    typist.is_at("reviewers[].attests_no_affiliation");
    typist.fields("\n\n\n");
    typist.is_whole(MOST_FROM_ANOTHER);
}

fn documents_and_items(typist: &mut Typist) {
    typist.is_at("documents[].kind");
    typist.fields("prog\tAlan Grant, MD\t8/2\n");
    typist.fields("imag\tBay Imaging\t6/1\nphysical th\tKnee Center\t7/1-7/20\t");
    typist.next();
    typist.is_at("summary");
    typist.prose("He twisted his left knee.");
    typist.key(Modifiers::COMMAND, Key::Enter);
    for (decision, theirs, ours) in [
        ("u", "knee comp", "knee spec"),
        ("o", "odg knee", "phys ther"),
        ("u", "chron", "opioid"),
    ] {
        typist.is_at("items[].decision");
        typist.fields(decision);
        typist.next();
        typist.is_at("items[].claims_guideline");
        typist.fields(&format!("{theirs}\t{ours}\t"));
        typist.is_at("items[].rationale");
        typist.prose("The guideline says so.");
        typist.next();
    }
}
