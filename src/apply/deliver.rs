//! Puts new texts where they belong: the working tree, a commit, a pull request, or a patch.

use std::path::PathBuf;

use super::Ending;

/// One document that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Path relative to the root of the repository.
    pub path: String,
    /// The text that was read.
    pub old: String,
    /// The text to be written.
    pub new: String,
}

/// Where documents are written.
pub enum Target {
    /// The working tree under this folder.
    Files(PathBuf),
    /// Nowhere; the change is shown as a patch.
    Nowhere,
}

/// How the documents got there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// No document changes.
    Unchanged,
    /// In force; with what was written in words.
    Written(String),
    /// In a pull request, with its address and why there.
    Proposed {
        /// Address of the pull request.
        url: String,
        /// Why the branch was not written directly.
        reason: String,
    },
    /// Shown as a patch, since writing is switched off or refused; with the reason.
    Patch(String),
    /// The branch moved since it was read: read again, plan again.
    HeadMoved,
    /// Failed, with the reason.
    Failed(String),
}

impl Delivery {
    /// How the changes of rows ended.
    #[must_use]
    pub fn ending(&self) -> Ending {
        match self {
            Self::Unchanged | Self::Written(_) => Ending::Done,
            Self::Proposed { url, .. } => Ending::Proposed(url.clone()),
            Self::Patch(reason) => Ending::Left(reason.clone()),
            Self::HeadMoved => Ending::Left("the branch moved meanwhile".to_owned()),
            Self::Failed(reason) => Ending::Failed(reason.clone()),
        }
    }
}
