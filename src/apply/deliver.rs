//! Puts new texts where they belong: the working tree, a commit, a pull request, or a patch.

use std::{collections::BTreeMap, path::Path};

use crate::{
    host::disk,
    model::escape::{commit_line, truncate_line},
    tracker::{
        TrackerError,
        github::{
            CommitDraft, Committed, GithubWriter, NewContent, Proposal, Proposed, PullRequest,
            Refused, RefusedBecause,
        },
    },
};

use super::Ending;

/// The branch on which changes are proposed where the default branch cannot be written.
pub const PROPOSAL_BRANCH: &str = "followthrough/sync";

/// Longest path in a message, in characters: it is the title of a pull request, too, of which GitHub takes 256.
const PATH_LIMIT: usize = 200;

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

/// The commit on which changes are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Branch, without `refs/heads/`.
    pub branch: String,
    /// The commit that was read.
    pub oid: String,
}

/// Where documents are written.
pub enum Target<'a> {
    /// The working tree under this folder.
    Files(&'a Path),
    /// One commit on the branch; a pull request where the branch refuses it.
    Commit(&'a GithubWriter),
    /// A pull request.
    PullRequest(&'a GithubWriter),
    /// One commit on the branch of a pull request; a patch where the branch refuses it, since the links are found
    /// again after the merge.
    Branch(&'a GithubWriter),
    /// Nowhere; the change is shown as a patch, for this reason.
    Nowhere(&'a str),
}

/// How the documents got there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// No document changes.
    Unchanged,
    /// In force; with what was written in words.
    Written(String),
    /// In force but for these files: path → why it could not be written.
    Partly(BTreeMap<String, String>),
    /// In a pull request, with its address and why there.
    Proposed {
        /// Address of the pull request.
        place: String,
        /// Why the branch was not written directly; empty where that is configured.
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
    /// How the changes of rows in the document at `path` ended.
    #[must_use]
    pub fn ending(&self, path: &str) -> Ending {
        match self {
            Self::Unchanged | Self::Written(_) => Ending::Done,
            Self::Partly(failures) => match failures.get(path) {
                Some(reason) => Ending::Failed(reason.clone()),
                None => Ending::Done,
            },
            Self::Proposed { place, .. } => Ending::Proposed(place.clone()),
            Self::Patch(reason) => Ending::Left(reason.clone()),
            Self::HeadMoved => Ending::Left("the branch moved meanwhile".to_owned()),
            Self::Failed(reason) => Ending::Failed(reason.clone()),
        }
    }
}

impl Target<'_> {
    /// Writes `files`. `head` is where the branch stood when they were read.
    pub async fn deliver(&self, files: &[FileChange], head: Option<&Head>) -> Delivery {
        if files.is_empty() {
            return Delivery::Unchanged;
        }
        let delivered = match (self, head) {
            (Self::Files(root), _) => return write_files(root, files),
            (Self::Nowhere(reason), _) => return Delivery::Patch((*reason).to_owned()),
            (Self::Commit(_) | Self::PullRequest(_) | Self::Branch(_), None) => {
                return Delivery::Failed(
                    "the commit that was read is not known; run in a Git checkout".to_owned(),
                );
            }
            (Self::Commit(writer), Some(head)) => match commit(writer, files, head).await {
                Ok(Attempt::Refused(why)) => propose(writer, files, head, &why).await,
                Ok(Attempt::Delivered(delivery)) => Ok(delivery),
                Err(error) => Err(error),
            },
            (Self::Branch(writer), Some(head)) => {
                let attempt = commit(writer, files, head).await;
                attempt.map(|attempt| match attempt {
                    Attempt::Refused(why) => Delivery::Patch(why),
                    Attempt::Delivered(delivery) => delivery,
                })
            }
            (Self::PullRequest(writer), Some(head)) => propose(writer, files, head, "").await,
        };
        delivered.unwrap_or_else(|error| Delivery::Failed(error.to_string()))
    }
}

/// One file that cannot be written keeps no other from being written.
fn write_files(root: &Path, files: &[FileChange]) -> Delivery {
    let failures: BTreeMap<String, String> = files
        .iter()
        .filter_map(|file| {
            let error = disk::write(root, &file.path, &file.new).err()?;
            Some((file.path.clone(), error.to_string()))
        })
        .collect();
    if failures.is_empty() {
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        Delivery::Written(paths.join(", "))
    } else {
        Delivery::Partly(failures)
    }
}

/// What came of a commit on the branch itself.
enum Attempt {
    /// It ended like this, and trying another way would change nothing.
    Delivered(Delivery),
    /// The branch takes no commits like this one, for this reason; there may be another way.
    Refused(String),
}

async fn commit(
    writer: &GithubWriter,
    files: &[FileChange],
    head: &Head,
) -> Result<Attempt, TrackerError> {
    let draft = CommitDraft {
        branch: head.branch.clone(),
        expected_head: head.oid.clone(),
        headline: headline(files),
        body: body(files),
        files: contents(files),
    };
    Ok(match writer.commit(&draft).await? {
        Committed::Done { oid, .. } => {
            Attempt::Delivered(Delivery::Written(format!("commit {}", short(&oid))))
        }
        Committed::HeadMoved => Attempt::Delivered(Delivery::HeadMoved),
        Committed::Refused(Refused {
            reason: RefusedBecause::Permission,
            detail,
        }) => Attempt::Delivered(Delivery::Patch(detail)),
        Committed::Refused(Refused { detail, .. }) => Attempt::Refused(detail),
    })
}

async fn propose(
    writer: &GithubWriter,
    files: &[FileChange],
    head: &Head,
    reason: &str,
) -> Result<Delivery, TrackerError> {
    let proposal = Proposal {
        branch: PROPOSAL_BRANCH.to_owned(),
        base: head.branch.clone(),
        base_head: head.oid.clone(),
        title: headline(files),
        body: "Links and status of the issues behind the action items. Merge this to bring the postmortems up to date; \
               followthrough keeps it current until then."
            .to_owned(),
        files: contents(files),
    };
    let reason = reason.to_owned();
    Ok(match writer.propose(&proposal).await? {
        Proposed::Opened(pull) | Proposed::Updated(pull) | Proposed::Unchanged(pull) => {
            Delivery::Proposed {
                place: pull.url,
                reason,
            }
        }
        Proposed::BranchOnly { branch, detail } => Delivery::Patch(format!(
            "the change is on the branch {branch}, but no pull request could be opened for it: {detail}"
        )),
        Proposed::Refused(refused) => Delivery::Patch(refused.detail),
    })
}

/// Closes the pull request of an earlier run, of which nothing is left to do; what came of it, in words.
pub async fn withdraw(writer: &GithubWriter, pull: &PullRequest) -> String {
    let why = "Nothing of this is left to do: the postmortems say it already.";
    match writer.withdraw(pull, PROPOSAL_BRANCH, why).await {
        Ok(()) => format!("Closed {}, of which nothing was left to do.", pull.url),
        Err(error) => format!(
            "Nothing of {} is left to do, and it could not be closed: {error}",
            pull.url
        ),
    }
}

fn contents(files: &[FileChange]) -> Vec<NewContent> {
    files
        .iter()
        .map(|file| NewContent {
            path: file.path.clone(),
            text: file.new.clone(),
        })
        .collect()
}

fn headline(files: &[FileChange]) -> String {
    match files {
        [file] => format!("Sync action items of {}", shown(&file.path)),
        _ => format!("Sync action items of {} postmortems", files.len()),
    }
}

/// Paths only: numbers of issues in a commit's message would put a reference into each of them.
fn body(files: &[FileChange]) -> String {
    let paths: Vec<String> = files
        .iter()
        .map(|file| format!("- {}", shown(&file.path)))
        .collect();
    paths.join("\n")
}

/// A path is text that somebody chose, and a message of a commit on the default branch closes issues.
fn shown(path: &str) -> String {
    truncate_line(&commit_line(path), PATH_LIMIT)
}

fn short(oid: &str) -> &str {
    oid.get(..7).unwrap_or(oid)
}
