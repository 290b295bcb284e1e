//! Finds the earlier rationale that a text is a near copy of.

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::entry::EarlierItem;
use super::index::{ITEM, Index, IndexError};
use super::words::plain_words;

/// A shorter text says nothing that another would not say as well.
const SHORTEST: usize = 25;
/// So many words in a row are no chance.
const IN_A_ROW: usize = 6;
/// What a text and another have in common, of a hundred runs of words, to be a near copy.
const NEAR: usize = 50;
/// The rarest words of a text say best which others it is like.
const TELLING: usize = 24;
/// So many that are most like it are compared word by word.
const COMPARED: usize = 12;

/// An earlier rationale that a text is a near copy of.
#[derive(Clone, Debug, PartialEq)]
pub struct NearCopy {
    pub item: EarlierItem,
    /// How much of the text stands there as well, in percent.
    pub percent: usize,
}

impl Index {
    /// The rationale of another letter that has most of this one's words in a row.
    pub fn near_copy(
        &self,
        rationale: &str,
        own: Option<&Path>,
    ) -> Result<Option<NearCopy>, IndexError> {
        let words = plain_words(rationale);
        if words.len() < SHORTEST {
            return Ok(None);
        }
        let searcher = self.searcher()?;
        let mut telling = Vec::new();
        for word in words.iter().collect::<BTreeSet<_>>() {
            let term = Term::from_field_text(self.fields.rationale, word);
            match searcher.doc_freq(&term)? {
                0 => {}
                letters => telling.push((letters, term)),
            }
        }
        telling.sort();
        let mut query: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Must, self.kind(ITEM))];
        for (_, term) in telling.into_iter().take(TELLING) {
            let term = TermQuery::new(term, IndexRecordOption::Basic);
            query.push((Occur::Should, Box::new(term)));
        }
        let best = TopDocs::with_limit(COMPARED).order_by_score();
        let runs = runs(&words);
        let mut nearest: Option<NearCopy> = None;
        for (_, address) in searcher.search(&BooleanQuery::new(query), &best)? {
            let item: Option<EarlierItem> =
                Self::stored(&searcher, address, self.fields.item);
            let Some(item) = item.filter(|item| Some(&*item.path) != own) else {
                continue;
            };
            let percent = share(&runs, &item.rationale);
            let least = nearest.as_ref().map_or(NEAR, |nearest| nearest.percent + 1);
            if percent >= least {
                nearest = Some(NearCopy { item, percent });
            }
        }
        Ok(nearest)
    }
}

fn runs(words: &[String]) -> BTreeSet<&[String]> {
    words.windows(IN_A_ROW).collect()
}

/// How many of a hundred runs of words stand in another text.
fn share(of: &BTreeSet<&[String]>, other: &str) -> usize {
    let words = plain_words(other);
    let there = runs(&words);
    let common = of.iter().filter(|run| there.contains(*run)).count();
    common * 100 / of.len().max(1)
}
