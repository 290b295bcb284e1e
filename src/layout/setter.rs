//! What is carried along while a letter's blocks are set.

use parley::{FontContext, LayoutContext};

use super::page::{Artifact, Owner, StructureKind, StructureNode};
use super::strip::Strip;
use crate::typefaces::Faces;
use crate::units::Pt;

/// What setting blocks needs, and what comes of it besides strips.
pub(super) struct Setter {
    pub scratch: Scratch,
    /// The room for text on a page, from top to bottom.
    pub page_height: Pt,
    /// The page's number and their count, while headers and footers are set.
    pub numbers: Option<(usize, usize)>,
    /// What the blocks belong to where they are no content.
    pub artifact: Option<Artifact>,
    pub nodes: Vec<StructureNode>,
    pub header_rows: Vec<Vec<Strip>>,
}

impl Setter {
    /// A setter that has set nothing yet.
    pub(super) fn new(faces: &Faces) -> Self {
        Self {
            scratch: Scratch::new(faces),
            page_height: Pt(f32::MAX),
            numbers: None,
            artifact: None,
            nodes: Vec::new(),
            header_rows: Vec::new(),
        }
    }

    /// Adds a node to the document's structure, unless what is set now is no content.
    pub(super) fn open(&mut self, kind: StructureKind, parent: Option<Owner>) -> Owner {
        if let Some(artifact) = self.artifact {
            return Owner::Artifact(artifact);
        }
        let parent = match parent {
            Some(Owner::Node(node)) => Some(node),
            Some(Owner::Artifact(_)) | None => None,
        };
        self.nodes.push(StructureNode { kind, parent });
        Owner::Node(self.nodes.len() - 1)
    }
}

/// Workspace that is reused from one paragraph to the next.
pub(super) struct Scratch {
    pub(super) fonts: FontContext,
    pub(super) layouts: LayoutContext<Brush>,
}

impl Scratch {
    /// A workspace that knows these faces.
    pub(super) fn new(faces: &Faces) -> Self {
        Self { fonts: faces.context(), layouts: LayoutContext::new() }
    }
}

/// What a character of the shaped text is: the index of its span.
pub(super) type Brush = usize;
