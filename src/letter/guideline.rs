//! A guideline line: the works that a decision is based on.

use serde::{Deserialize, Serialize};

/// A guideline line: what a decision is based on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Guideline {
    /// Works cited, in order; none yet while it is empty.
    Cited(#[serde(with = "citations")] Vec<Source>),
    /// No medical evidence was cited, and why, where that is known.
    #[serde(rename = "NoEvidence")]
    // RON would have to write `r#None`, which no reader of a draft expects.
    None { reason: String },
    /// A line that no list of citations gives back, kept verbatim.
    AsWritten(String),
}

impl Default for Guideline {
    fn default() -> Self {
        Self::Cited(Vec::new())
    }
}

/// Where a recommendation is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Source {
    /// A chapter of California's Medical Treatment Utilization Schedule.
    Mtus {
        title: String,
        /// The edition, such as 2004; cited since 2015.
        #[serde(default)]
        year: Option<u16>,
        /// The chapter's number in ACOEM's second edition; cited until 2014.
        #[serde(default)]
        acoem_chapter: Option<u8>,
        #[serde(default)]
        sections: Vec<String>,
    },
    /// The statement that the decision rests on recommendations outside of the MTUS.
    OutsideMtus,
    /// A work outside of the MTUS, in its citer's words.
    NonMtus(String),
}

impl Default for Source {
    fn default() -> Self {
        Self::Mtus {
            title: String::new(),
            year: None,
            acoem_chapter: None,
            sections: Vec::new(),
        }
    }
}

/// How a draft writes the works of a line: each in brackets of its own, as
/// `(source: OutsideMtus)`, because it once had an id beside its source. A draft may
/// still have the ids.
mod citations {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Source;
    use crate::letter::Id;

    #[derive(Serialize)]
    struct WrittenCitation<'a> {
        source: &'a Source,
    }

    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Citation {
        /// Nothing needs it, but a draft may have it.
        id: Id,
        source: Source,
    }

    pub(super) fn serialize<S: Serializer>(
        sources: &[Source],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(sources.iter().map(|source| WrittenCitation { source }))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Source>, D::Error> {
        let citations = Vec::<Citation>::deserialize(deserializer)?;
        Ok(citations.into_iter().map(|citation| citation.source).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_may_give_citations_ids() {
        let cited = Guideline::Cited(vec![Source::OutsideMtus, Source::default()]);
        for draft in [
            "Cited([(id: 3, source: OutsideMtus), (id: 4)])",
            "Cited([(source: OutsideMtus), ()])",
        ] {
            assert_eq!(ron::from_str::<Guideline>(draft).expect("reads"), cited);
        }
        assert_eq!(
            ron::to_string(&Guideline::Cited(vec![Source::OutsideMtus])).expect("writes"),
            "Cited([(source:OutsideMtus)])"
        );
    }
}
