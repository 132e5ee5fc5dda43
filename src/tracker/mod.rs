//! Where issues live: two traits of our own small types, and the trackers behind them.
//!
//! Reading and writing are different types, so that planning cannot hold a writer.
//!
//! Imports: model, host.

pub mod github;
pub mod local;
#[cfg(test)]
pub(crate) mod memory;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::host::HostError;
use crate::model::{
    edit::IssueLink,
    issue::{Draft, Issue, IssuePatch, Lookup},
    link::{IssueKey, Repository, Target},
};

/// What a tracker is, without asking it anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Host of the addresses, such as `github.com`; empty for the embedded tracker.
    pub host: String,
    /// Address of the host without a trailing slash, such as `https://github.com`; empty for the embedded tracker.
    pub server: String,
    /// The repository in which issues are opened.
    pub repository: Repository,
    /// Its numeric id, which survives renames; 0 for the embedded tracker.
    pub repository_id: u64,
}

impl Home {
    /// The issue that a link names, where this tracker holds it.
    #[must_use]
    pub fn resolve(&self, target: &Target) -> Option<IssueKey> {
        match target {
            Target::Embedded(number) => self.repository.is_embedded().then(|| self.key(*number)),
            _ if self.repository.is_embedded() => None,
            Target::Number(number) => Some(self.key(*number)),
            Target::Remote { host: None, key } => Some(key.clone()),
            Target::Remote {
                host: Some(host),
                key,
            } => host.eq_ignore_ascii_case(&self.host).then(|| key.clone()),
            Target::External(_) | Target::Url(_) => None,
        }
    }

    /// The issue `number` of this tracker's own repository.
    #[must_use]
    pub fn key(&self, number: u64) -> IssueKey {
        IssueKey {
            repository: self.repository.clone(),
            number,
        }
    }

    /// `#12` for an issue of this repository, `owner/name#12` for another's.
    #[must_use]
    pub fn label(&self, key: &IssueKey) -> String {
        if key.repository == self.repository {
            format!("#{}", key.number)
        } else {
            key.to_string()
        }
    }

    /// The link to `key` as it is written into the document at `path`.
    #[must_use]
    pub fn link(&self, key: &IssueKey, path: &str) -> IssueLink {
        let target = if key.repository.is_embedded() {
            let up = "../".repeat(path.matches('/').count());
            format!("{up}{}/{}.md", local::FOLDER, key.number)
        } else {
            format!("{}/{}/issues/{}", self.server, key.repository, key.number)
        };
        IssueLink {
            label: self.label(key),
            target,
        }
    }
}

/// What a tracker or its host refused or failed to do, in the user's words. Displays what to do next.
#[derive(Debug, Error)]
pub enum TrackerError {
    /// The token is not valid.
    #[error("{host} refuses the token: {detail}. Pass a valid one in GITHUB_TOKEN")]
    BadToken {
        /// Host that refused.
        host: String,
        /// Its words.
        detail: String,
    },
    /// The token lacks a permission.
    #[error("no permission to {what}: {refusal}")]
    Forbidden {
        /// The attempted act, such as "open an issue".
        what: String,
        /// The host's words, and how this token gets the permission.
        refusal: String,
    },
    /// The repository has issues switched off.
    #[error(
        "issues are disabled in {0}. Enable them in the repository's settings, or name another repository"
    )]
    IssuesDisabled(Repository),
    /// The repository is read-only.
    #[error(
        "{0} is archived, so nothing in it can change. Unarchive it in its settings, or take the workflow out"
    )]
    Archived(Repository),
    /// Nothing there, or not for this token.
    #[error("{0} cannot be found with this token")]
    NotFound(String),
    /// The request does not satisfy the host.
    #[error("{what} was refused: {detail}")]
    Invalid {
        /// The attempted act.
        what: String,
        /// The host's words, with the field that it named.
        detail: String,
    },
    /// The budget of calls is spent; what is left is for the next run.
    #[error("the rate limit of {host} is reached: {detail}. What is left is done by the next run")]
    RateLimited {
        /// Host.
        host: String,
        /// Until when, and which limit.
        detail: String,
    },
    /// Network down, host broken, answer unreadable.
    #[error("{host} cannot be reached: {detail}. Check the network and try again; nothing is lost")]
    Unreachable {
        /// Host or path.
        host: String,
        /// What happened.
        detail: String,
    },
    /// A certificate that is not trusted, a proxy that lets nobody through: it would be so again.
    #[error("the way to {host} is barred: {detail}")]
    Barred {
        /// Host.
        host: String,
        /// What stands in the way, and what to do about it.
        detail: String,
    },
    /// The host is too old for what is asked of it.
    #[error(
        "{host} does not know what it takes to {what}: {detail}. GitHub Enterprise Server 3.17 or newer is needed"
    )]
    TooOld {
        /// Host.
        host: String,
        /// The attempted act.
        what: String,
        /// The host's words.
        detail: String,
    },
    /// A setting of this machine.
    #[error(transparent)]
    Host(#[from] HostError),
    /// The request may or may not have taken effect.
    #[error("{what}: the answer was lost ({detail}); the next run finds out whether it was done")]
    Unclear {
        /// The attempted act.
        what: String,
        /// What happened.
        detail: String,
    },
    /// A file of the embedded tracker cannot be read or written.
    #[error("{path}: {detail}")]
    File {
        /// Path of the file.
        path: String,
        /// What is wrong, and what to do.
        detail: String,
    },
}

impl TrackerError {
    /// Whether the same may go well in a while, without anybody's help.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        match self {
            // A token of a workflow ends with its job, and that of an App after an hour.
            Self::BadToken { .. }
            | Self::RateLimited { .. }
            | Self::Unreachable { .. }
            | Self::Unclear { .. } => true,
            Self::Forbidden { .. }
            | Self::IssuesDisabled(_)
            | Self::Archived(_)
            | Self::NotFound(_)
            | Self::Invalid { .. }
            | Self::Barred { .. }
            | Self::TooOld { .. }
            | Self::Host(_)
            | Self::File { .. } => false,
        }
    }
}

/// Asks a tracker; never changes anything.
#[async_trait(?Send)]
pub trait Reader {
    /// What the tracker is.
    fn home(&self) -> &Home;

    /// The state of the issues `keys`, in the order asked; one answer each.
    async fn lookup(&self, keys: &[IssueKey]) -> Result<Vec<Lookup>, TrackerError>;

    /// The issues that the tool opened or may have opened: those with `label`, newest first, and those of
    /// the run's own identity whose label a person took off. Pull requests are left out.
    async fn listing(&self, label: &str, extent: Extent) -> Result<Vec<Issue>, TrackerError>;
}

/// How much of a listing is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All issues: an item without a link may own any of them.
    All,
    /// The newest hundred with the label, one call: enough to find what a run that was cut off, or one that
    /// overlapped, has opened twice.
    Newest,
    /// The issues that moved since this moment, and so all that were opened since then.
    Since(DateTime<Utc>),
}

/// Changes a tracker. Only applying a plan holds one.
#[async_trait(?Send)]
pub trait Writer {
    /// Opens an issue; sent once and never repeated blindly.
    ///
    /// # Errors
    /// [`TrackerError::Unclear`] where the issue may have been opened all the same.
    async fn open(&self, draft: &Draft) -> Result<Issue, TrackerError>;

    /// Changes title, body, assignees or state.
    async fn update(&self, key: &IssueKey, patch: &IssuePatch) -> Result<(), TrackerError>;

    /// Adds labels; those that are there already stay.
    async fn add_labels(&self, key: &IssueKey, labels: &[String]) -> Result<(), TrackerError>;

    /// Removes a label; one that is not there is no error.
    async fn remove_label(&self, key: &IssueKey, label: &str) -> Result<(), TrackerError>;

    /// Closes `key` as a duplicate of `of`.
    async fn close_duplicate(&self, key: &IssueKey, of: &IssueKey) -> Result<(), TrackerError>;
}
