//! Changes to the bytes of one document.

use serde::Serialize;

use super::span::Span;

/// Puts `new` in the place of the bytes `span`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The bytes that go; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub new: String,
}

/// What a row or list item shall say afterwards; a field that is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ItemEdit {
    /// Index of the item in the document.
    pub item: usize,
    /// The whole text of the status cell, flag included.
    pub status: Option<String>,
    /// Whether the box is ticked.
    pub checked: Option<bool>,
    /// The link to the issue.
    pub link: Option<IssueLink>,
}

/// A link as it is written into a document: `[label](target)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IssueLink {
    /// `#12` or `owner/name#12`.
    pub label: String,
    /// Address, or path relative to the document.
    pub target: String,
}

impl std::fmt::Display for IssueLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[{}]({})", self.label, self.target)
    }
}
