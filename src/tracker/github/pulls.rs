//! The files that a pull request changes.

use serde::Deserialize;

use super::{call::Call, session::Session, words::or_default};
use crate::tracker::TrackerError;

/// How many pages of a hundred files GitHub serves for one pull request.
/// <https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files>
const PAGES: usize = 30;

/// What a pull request does to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileStatus {
    /// It is new.
    Added,
    /// It is taken away.
    Removed,
    /// Its content changes.
    Modified,
    /// It gets another path, with or without another content.
    Renamed,
    /// It is a copy of another.
    Copied,
    /// Its mode changes, or something that has no name of its own.
    Changed,
    /// Nothing happens to it.
    Unchanged,
}

/// One file of a pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// Path from the root of the repository.
    pub path: String,
    /// What happens to it.
    pub status: FileStatus,
}

/// The files of a pull request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedFiles {
    /// The files, as the host orders them.
    pub files: Vec<ChangedFile>,
    /// Whether the host may have kept some back: it serves 3,000 at most.
    pub truncated: bool,
}

#[derive(Deserialize)]
struct RestFile {
    filename: String,
    #[serde(default, deserialize_with = "or_default")]
    status: String,
}

impl Session {
    pub(super) async fn pull_files(&self, number: u64) -> Result<ChangedFiles, TrackerError> {
        let route = self.route().then("pulls").number(number).then("files");
        let route = route.query("per_page", "100");
        let what = format!("list the files of pull request #{number}");
        let call = Call::read(route, what, "pull-requests: read");
        let (files, left): (Vec<RestFile>, bool) = self.client.pages(call, Some(PAGES)).await?;
        Ok(ChangedFiles {
            truncated: left || files.len() >= PAGES * 100,
            files: files.into_iter().map(RestFile::into_file).collect(),
        })
    }
}

#[derive(Deserialize)]
struct Comparison {
    #[serde(default, deserialize_with = "or_default")]
    files: Vec<RestFile>,
}

/// How many files GitHub names when it compares two commits.
/// <https://docs.github.com/en/rest/commits/commits#compare-two-commits>
const COMPARED: usize = 300;

impl Session {
    pub(super) async fn compared_files(
        &self,
        before: &str,
        after: &str,
    ) -> Result<ChangedFiles, TrackerError> {
        let route = self
            .route()
            .then("compare")
            .segment(&format!("{before}...{after}"))?;
        let call = Call::read(route, "compare two commits", "contents: read");
        let answer = self.client.success(&call).await?;
        let comparison: Comparison = self.client.decode(&answer)?;
        Ok(ChangedFiles {
            truncated: comparison.files.len() >= COMPARED,
            files: comparison
                .files
                .into_iter()
                .map(RestFile::into_file)
                .filter(|file| file.status != FileStatus::Removed)
                .collect(),
        })
    }
}

impl RestFile {
    fn into_file(self) -> ChangedFile {
        ChangedFile {
            path: self.filename,
            status: match self.status.as_str() {
                "added" => FileStatus::Added,
                "removed" => FileStatus::Removed,
                "modified" => FileStatus::Modified,
                "renamed" => FileStatus::Renamed,
                "copied" => FileStatus::Copied,
                "unchanged" => FileStatus::Unchanged,
                _ => FileStatus::Changed,
            },
        }
    }
}
