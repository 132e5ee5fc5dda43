//! Everything that can be asked of a GitHub repository; nothing here changes anything.

use std::{collections::BTreeMap, rc::Rc};

use async_trait::async_trait;

use super::{
    files::FileAt,
    pulls::ChangedFiles,
    session::{RepositoryFacts, Session},
    standing::Standing,
};
use crate::{
    model::{
        issue::{Issue, Lookup},
        link::IssueKey,
    },
    tracker::{Extent, Home, Reader, TrackerError},
};

/// Asks a GitHub repository.
pub struct GithubReader {
    session: Rc<Session>,
}

impl GithubReader {
    pub(super) const fn new(session: Rc<Session>) -> Self {
        Self { session }
    }

    /// What the repository is.
    #[must_use]
    pub fn facts(&self) -> &RepositoryFacts {
        &self.session.facts
    }

    /// The files that pull request `number` changes.
    pub async fn changed_files(&self, number: u64) -> Result<ChangedFiles, TrackerError> {
        self.session.pull_files(number).await
    }

    /// The files that the commits after `before` up to `after` added, modified or renamed.
    pub async fn changed_between(
        &self,
        before: &str,
        after: &str,
    ) -> Result<ChangedFiles, TrackerError> {
        self.session.compared_files(before, after).await
    }

    /// The head of `base`, the open pull request from the tool's own branch `branch` into it, and what of the tool's
    /// own branches nothing needs; one call.
    pub async fn standing(&self, base: &str, branch: &str) -> Result<Standing, TrackerError> {
        self.session.standing(base, branch).await
    }

    /// The commit at the head of `branch` (without `refs/heads/`); `None` where there is no such branch.
    pub async fn head(&self, branch: &str) -> Result<Option<String>, TrackerError> {
        self.session.head(branch).await
    }

    /// The files `paths` at `revision` (a commit, a branch or a tag), fifty a call; one entry for each path.
    pub async fn files_at(
        &self,
        revision: &str,
        paths: &[String],
    ) -> Result<BTreeMap<String, FileAt>, TrackerError> {
        self.session.read_files(revision, paths).await
    }

    /// The text of one file at `revision`; `None` where it is missing or no text.
    pub async fn file_at(
        &self,
        revision: &str,
        path: &str,
    ) -> Result<Option<String>, TrackerError> {
        let files = self
            .session
            .read_files(revision, &[path.to_owned()])
            .await?;
        Ok(files.into_values().find_map(|file| match file {
            FileAt::Text(text) => Some(text),
            FileAt::Binary | FileAt::Missing => None,
        }))
    }
}

#[async_trait(?Send)]
impl Reader for GithubReader {
    fn home(&self) -> &Home {
        &self.session.home
    }

    async fn lookup(&self, keys: &[IssueKey]) -> Result<Vec<Lookup>, TrackerError> {
        self.session.look_up(keys).await
    }

    async fn listing(&self, label: &str, extent: Extent) -> Result<Vec<Issue>, TrackerError> {
        self.session.list(label, extent).await
    }
}
