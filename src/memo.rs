//! Answers that are remembered: what was worked out from an input is not worked out again
//! from an equal one.
//!
//! A keystroke changes one paragraph of a letter; the others are shaped, drawn and packed
//! as before. A [`Memo`] stands beside the function that asks it and appears in no type
//! of the pipeline: without it the same letter gives the same bytes, only later.

use std::collections::HashMap;
use std::convert::Infallible;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use siphasher::sip128::{Hasher128, SipHasher13};

/// The answers of one function, by a hash of all that they depend on, as 128 bits: no two
/// inputs will ever be taken for each other. What the last letters did not ask for is
/// forgotten.
pub(crate) struct Memo<T> {
    answers: Mutex<Option<Generations<T>>>,
    most: usize,
}

/// Bytes that an answer takes besides what is in it, roughly.
pub(crate) const ENTRY: usize = 256;

/// Answers that were given lately, and those given before them.
struct Generations<T> {
    young: HashMap<u128, Weighed<T>>,
    old: HashMap<u128, Weighed<T>>,
    /// Of the young.
    weight: usize,
}

#[derive(Clone)]
struct Weighed<T> {
    answer: T,
    weight: usize,
}

impl<T: Clone> Memo<T> {
    /// A memory that keeps answers of at least this weight in all, and those of the last
    /// letter, however many. Weights are bytes, roughly.
    pub(crate) const fn of_weight(most: usize) -> Self {
        Self { answers: Mutex::new(None), most }
    }

    /// The next letter begins. When the young answers are too many, they become the old,
    /// and the old are gone: never within a letter, which would forget its beginning at
    /// its end.
    pub(crate) fn begin_letter(&self) {
        self.with(|answers| {
            if answers.weight > self.most {
                answers.old = std::mem::take(&mut answers.young);
                answers.weight = 0;
            }
        });
    }

    /// The answer to a question; worked out, and weighed, only if it is not known.
    pub(crate) fn answer(
        &self,
        question: &impl Hash,
        work_out: impl FnOnce() -> (T, usize),
    ) -> T {
        let Ok(answer) = self.try_answer(question, || Ok::<_, Infallible>(work_out()));
        answer
    }

    /// The same for a question that may have no answer, which is asked again next time.
    pub(crate) fn try_answer<E>(
        &self,
        question: &impl Hash,
        work_out: impl FnOnce() -> Result<(T, usize), E>,
    ) -> Result<T, E> {
        #[cfg(test)]
        if FORGETS.get() {
            return work_out().map(|(answer, _)| answer);
        }
        let key = key(question);
        if let Some(known) = self.with(|answers| answers.recall(key)) {
            return Ok(known);
        }
        // Not while the memory is locked: others may ask in the meantime.
        let (answer, weight) = work_out()?;
        let weighed = Weighed { answer: answer.clone(), weight };
        self.with(|answers| answers.keep(key, weighed));
        Ok(answer)
    }

    fn with<R>(&self, ask: impl FnOnce(&mut Generations<T>) -> R) -> R {
        // Whoever panicked with it left whole answers behind.
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        ask(answers.get_or_insert_default())
    }
}

impl<T> Default for Generations<T> {
    fn default() -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), weight: 0 }
    }
}

impl<T: Clone> Generations<T> {
    fn recall(&mut self, key: u128) -> Option<T> {
        if let Some(known) = self.young.get(&key) {
            return Some(known.answer.clone());
        }
        let known = self.old.remove(&key)?;
        self.keep(key, known.clone());
        Some(known.answer)
    }

    fn keep(&mut self, key: u128, known: Weighed<T>) {
        self.weight += known.weight;
        self.young.insert(key, known);
    }
}

/// A hash by which a question is known.
pub(crate) fn key(question: &impl Hash) -> u128 {
    let mut hasher = SipHasher13::new();
    question.hash(&mut hasher);
    hasher.finish128().as_u128()
}

#[cfg(test)]
thread_local! {
    static FORGETS: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// What comes out when nothing is remembered.
#[cfg(test)]
pub(crate) fn without<R>(make: impl FnOnce() -> R) -> R {
    FORGETS.set(true);
    // What other threads are asked remembers.
    let answer = crate::cores::alone(make);
    FORGETS.set(false);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_worked_out_once() {
        let memo: Memo<usize> = Memo::of_weight(100);
        assert_eq!(memo.answer(&"two", || (2, 1)), 2);
        assert_eq!(memo.answer(&"two", || unreachable!()), 2);
        assert_eq!(memo.answer(&"three", || (3, 1)), 3);
    }

    #[test]
    fn what_was_not_asked_for_lately_is_forgotten() {
        let memo: Memo<usize> = Memo::of_weight(10);
        for number in 0..100 {
            memo.begin_letter();
            memo.answer(&number, || (number, 1));
            // Asked for each time, it stays.
            memo.answer(&"kept", || (if number == 0 { 7 } else { 8 }, 1));
        }
        assert_eq!(memo.answer(&"kept", || (8, 1)), 7);
        assert_eq!(memo.answer(&0, || (55, 1)), 55);
        let held = memo.with(|answers| answers.young.len() + answers.old.len());
        assert!(held <= 24, "{held}");
    }

    #[test]
    fn a_letter_of_any_length_is_remembered() {
        let memo: Memo<usize> = Memo::of_weight(10);
        for letter in 0..3 {
            memo.begin_letter();
            for number in 0..100 {
                let answer = memo.answer(&number, || (letter, 1));
                assert_eq!(answer, 0, "worked out for the first letter alone");
            }
        }
    }

    #[test]
    fn a_failure_is_not_remembered() {
        let memo: Memo<usize> = Memo::of_weight(10);
        assert_eq!(memo.try_answer(&1, || Err("no")), Err("no"));
        assert_eq!(memo.try_answer(&1, || Ok::<_, &str>((1, 1))), Ok(1));
    }
}
