//! What looking words up costs: loading the lists, a long text without slips, one slip,
//! and what may have been meant.

#![expect(clippy::expect_used, reason = "a measurement stops at the first surprise")]

use std::collections::BTreeSet;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use rationale::spelling::Speller;

fn main() {
    divan::main();
}

const SENTENCE: &str = "The claimant's lumbar radiculopathy remained recalcitrant to \
    medications, physical therapy and \
                        exercise, and electrodiagnostic studies were requested. ";

fn speller() -> Speller {
    Speller::bundled().expect("the lists are well formed")
}

#[divan::bench]
fn load() -> Speller {
    speller()
}

#[divan::bench]
fn look_up(bencher: Bencher) {
    let (speller, names, text) = (speller(), BTreeSet::new(), SENTENCE.repeat(500));
    let words = text.split_whitespace().count();
    bencher
        .counter(ItemsCount::new(words))
        .bench(|| speller.misspelt(black_box(&text), &names));
}

#[divan::bench]
fn nearest(bencher: Bencher) {
    let speller = speller();
    let word = "radiculopaty";
    bencher.bench(|| speller.near(black_box(word), 0..word.len()));
}

#[divan::bench]
fn nearest_to_a_long_word(bencher: Bencher) {
    let speller = speller();
    let word = "methylpredniosone";
    bencher.bench(|| speller.near(black_box(word), 0..word.len()));
}
