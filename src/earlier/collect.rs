//! Collects what a query finds with the numbers that it is counted and sorted by, without
//! reading a document.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// A document that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FoundDocument {
    /// The day of the decision; 0 where there is none.
    pub day: u64,
    pub address: DocAddress,
    pub draft: u64,
    pub denial: u64,
}

/// Collects all that is found.
pub(super) struct AllDocuments;

/// The same within a segment of the index.
pub(super) struct AllOfSegment {
    segment: SegmentOrdinal,
    day: Column<u64>,
    draft: Column<u64>,
    denial: Column<u64>,
    found: Vec<FoundDocument>,
}

impl Collector for AllDocuments {
    type Fruit = Vec<FoundDocument>;
    type Child = AllOfSegment;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<AllOfSegment> {
        let numbers = reader.fast_fields();
        Ok(AllOfSegment {
            segment,
            day: numbers.u64("day")?,
            draft: numbers.u64("draft")?,
            denial: numbers.u64("denial")?,
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        fruits: Vec<Vec<FoundDocument>>,
    ) -> tantivy::Result<Vec<FoundDocument>> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for AllOfSegment {
    type Fruit = Vec<FoundDocument>;

    fn collect(&mut self, document: DocId, _: Score) {
        self.found.push(FoundDocument {
            day: self.day.first(document).unwrap_or_default(),
            address: DocAddress::new(self.segment, document),
            draft: self.draft.first(document).unwrap_or_default(),
            denial: self.denial.first(document).unwrap_or_default(),
        });
    }

    fn harvest(self) -> Vec<FoundDocument> {
        self.found
    }
}
