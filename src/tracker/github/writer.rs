//! Everything that a run may change in a GitHub repository.

use std::rc::Rc;

use async_trait::async_trait;

use super::{
    comments::Commented,
    commit::{CommitDraft, Committed},
    proposal::{Proposal, Proposed, PullRequest},
    session::Session,
};
use crate::{
    model::{
        issue::{Draft, Issue, IssuePatch},
        link::IssueKey,
    },
    tracker::{TrackerError, Writer},
};

/// Changes a GitHub repository.
pub struct GithubWriter {
    session: Rc<Session>,
}

impl GithubWriter {
    pub(super) const fn new(session: Rc<Session>) -> Self {
        Self { session }
    }

    /// Makes `body` the text of the run's one comment on the issue or pull request `number`. The comment
    /// is found again by `marker`, with which `body` has to start, and by its author.
    pub async fn put_comment(
        &self,
        number: u64,
        marker: &str,
        body: &str,
    ) -> Result<Commented, TrackerError> {
        self.session.comment(number, marker, body).await
    }

    /// Commits all files of `draft` at once.
    pub async fn commit(&self, draft: &CommitDraft) -> Result<Committed, TrackerError> {
        self.session.put_commit(draft).await
    }

    /// Proposes the files in a pull request from the tool's own branch; an open one is brought up to date.
    pub async fn propose(&self, proposal: &Proposal) -> Result<Proposed, TrackerError> {
        self.session.propose(proposal).await
    }

    /// Closes `pull`, of which nothing is left to do, with `why` as its text.
    pub async fn close_pull(&self, pull: &PullRequest, why: &str) -> Result<(), TrackerError> {
        self.session.close_pull(pull, why).await
    }

    /// Deletes `branch`, which is the tool's own; one that is gone already is no error.
    pub async fn drop_branch(&self, branch: &str) -> Result<(), TrackerError> {
        self.session.drop_branch(branch).await
    }
}

#[async_trait(?Send)]
impl Writer for GithubWriter {
    async fn open(&self, draft: &Draft) -> Result<Issue, TrackerError> {
        self.session.open(draft).await
    }

    async fn update(&self, key: &IssueKey, patch: &IssuePatch) -> Result<(), TrackerError> {
        self.session.patch(key, patch).await
    }

    async fn add_labels(&self, key: &IssueKey, labels: &[String]) -> Result<(), TrackerError> {
        self.session.label(key, labels).await
    }

    async fn remove_label(&self, key: &IssueKey, label: &str) -> Result<(), TrackerError> {
        self.session.unlabel(key, label).await
    }

    async fn close_duplicate(&self, key: &IssueKey, of: &IssueKey) -> Result<(), TrackerError> {
        self.session.close_as_duplicate(key, of).await
    }
}
