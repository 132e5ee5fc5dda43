//! Commits files to a branch that stands where it is expected to stand.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    call::{Call, Failure, Nature},
    client::Client,
    files::FileAt,
    graphql::{Envelope, Operation},
    session::Session,
    words::{GraphError, or_default},
};
use crate::tracker::TrackerError;

const COMMIT: &str = "mutation Commit($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid url } }
}";

pub(super) const PERMISSION: &str = "contents: write";

/// A file with its whole new content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContent {
    /// Path from the root of the repository.
    pub path: String,
    /// Content, exactly.
    pub text: String,
}

/// A commit to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitDraft {
    /// Branch without `refs/heads/`.
    pub branch: String,
    /// The commit at which the branch is expected to stand.
    pub expected_head: String,
    /// First line of the message.
    pub headline: String,
    /// Rest of the message; may be empty.
    pub body: String,
    /// The files.
    pub files: Vec<NewContent>,
}

/// What became of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Committed {
    /// It is on the branch.
    Done {
        /// Its id.
        oid: String,
        /// Its address.
        url: String,
    },
    /// The branch stands elsewhere. Read the files again, plan again, and try again.
    HeadMoved,
    /// The branch takes no commits from this token.
    Refused(Refused),
}

/// Why a branch takes no commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The kind of reason.
    pub reason: RefusedBecause,
    /// The host's words.
    pub detail: String,
}

/// The kinds of reasons for which a branch takes no commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedBecause {
    /// Branch protection or a ruleset.
    Protected,
    /// The token lacks `contents: write`.
    Permission,
    /// Something else; the host's words say what.
    Other,
}

#[derive(Deserialize)]
struct Made {
    oid: String,
    #[serde(default, deserialize_with = "or_default")]
    url: String,
}

#[derive(Deserialize)]
struct Comparison {
    merge_base_commit: MergeBase,
    #[serde(default, deserialize_with = "or_default")]
    files: Vec<ComparedFile>,
}

#[derive(Deserialize)]
struct MergeBase {
    sha: String,
}

#[derive(Deserialize)]
struct ComparedFile {
    filename: String,
}

/// Where a branch stands after an attempt to commit to it.
enum Stand {
    /// At the wanted commit.
    Done(Committed),
    /// Where it stood before.
    AsExpected,
    /// At somebody else's commit.
    Elsewhere,
}

impl Session {
    /// Makes one commit of all files. The expected head makes it safe to send again when an answer is
    /// lost; a commit that turns out to be there already counts as done.
    pub(super) async fn put_commit(&self, draft: &CommitDraft) -> Result<Committed, TrackerError> {
        let operation = self.commit_mutation(draft);
        let lost = match self.client.graphql(&operation).await {
            Ok(envelope) => match read_outcome(&envelope, &operation, &self.client)? {
                Committed::HeadMoved => None,
                outcome => return Ok(outcome),
            },
            Err(Failure::Refused(TrackerError::Forbidden { refusal, .. })) => {
                return Ok(Committed::Refused(refused(
                    RefusedBecause::Permission,
                    refusal,
                )));
            }
            Err(Failure::Refused(error)) => return Err(error),
            Err(Failure::Lost(detail)) => Some(detail),
        };
        match (self.stand(draft).await?, lost) {
            (Stand::Done(done), _) => Ok(done),
            (Stand::AsExpected, Some(detail)) => {
                Err(Failure::Lost(detail).into_error(operation.what))
            }
            (Stand::AsExpected | Stand::Elsewhere, _) => Ok(Committed::HeadMoved),
        }
    }

    fn commit_mutation(&self, draft: &CommitDraft) -> Operation {
        let additions: Vec<Value> = draft
            .files
            .iter()
            .map(|file| json!({ "path": file.path, "contents": BASE64.encode(&file.text) }))
            .collect();
        Operation {
            text: COMMIT.into(),
            variables: json!({ "input": {
                "branch": {
                    "repositoryNameWithOwner": self.facts.repository,
                    "branchName": draft.branch,
                },
                "expectedHeadOid": draft.expected_head,
                "message": { "headline": draft.headline, "body": draft.body },
                "fileChanges": { "additions": additions },
            } }),
            nature: Nature::Repeatable,
            what: "commit the documents",
            permission: PERMISSION,
        }
    }

    /// Where the branch stands after a commit that did not simply succeed. What `draft` asks for may be
    /// there: an earlier attempt took effect although its answer was lost.
    async fn stand(&self, draft: &CommitDraft) -> Result<Stand, TrackerError> {
        let Some(oid) = self.head(&draft.branch).await? else {
            return Ok(Stand::Elsewhere);
        };
        if oid == draft.expected_head {
            return Ok(Stand::AsExpected);
        }
        if !self
            .is_already(&oid, &draft.expected_head, &draft.files)
            .await?
        {
            return Ok(Stand::Elsewhere);
        }
        let url = format!("{}/{}/commit/{oid}", self.home.server, self.home.repository);
        Ok(Stand::Done(Committed::Done { oid, url }))
    }

    /// Whether the commit `oid` is `base` and nothing but `files` on top of it.
    pub(super) async fn is_already(
        &self,
        oid: &str,
        base: &str,
        files: &[NewContent],
    ) -> Result<bool, TrackerError> {
        let route = self
            .route()
            .then("compare")
            .segment(&format!("{base}...{oid}"))?;
        let call = Call::read(route, "compare two commits", "contents: read");
        let answer = self
            .client
            .send(&call)
            .await
            .map_err(|f| f.into_error(&call.what))?;
        if answer.status == StatusCode::NOT_FOUND {
            return Ok(false);
        }
        if !answer.status.is_success() {
            return Err(self.client.refusal(&call, &answer));
        }
        let comparison: Comparison = self.client.decode(&answer)?;
        let ours: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let theirs: BTreeSet<&str> = comparison
            .files
            .iter()
            .map(|file| file.filename.as_str())
            .collect();
        Ok(comparison.merge_base_commit.sha == base
            && !theirs.is_empty()
            && theirs.is_subset(&ours)
            && self.holds(oid, files).await?)
    }

    /// Whether the files at `revision` are `files`.
    async fn holds(&self, revision: &str, files: &[NewContent]) -> Result<bool, TrackerError> {
        let paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
        let there = self.read_files(revision, &paths).await?;
        Ok(files.iter().all(
            |file| matches!(there.get(&file.path), Some(FileAt::Text(text)) if *text == file.text),
        ))
    }
}

fn read_outcome(
    envelope: &Envelope,
    operation: &Operation,
    client: &Client,
) -> Result<Committed, TrackerError> {
    if let Some(made) = envelope.at::<Made>(&["createCommitOnBranch", "commit"]) {
        return Ok(Committed::Done {
            oid: made.oid,
            url: made.url,
        });
    }
    if envelope.errors.iter().any(is_stale) {
        return Ok(Committed::HeadMoved);
    }
    let detail = envelope.complaint();
    let errors = &envelope.errors;
    Ok(Committed::Refused(if is_protection(&detail) {
        refused(RefusedBecause::Protected, detail)
    } else if errors.iter().any(GraphError::is_forbidden) {
        let detail = client.with_remedy(operation.permission, &detail);
        refused(RefusedBecause::Permission, detail)
    } else if errors
        .iter()
        .all(|error| error.kind == "NOT_FOUND" || error.is_unknown())
    {
        return Err(envelope.refusal(operation, client));
    } else {
        refused(RefusedBecause::Other, detail)
    }))
}

fn refused(reason: RefusedBecause, detail: String) -> Refused {
    Refused { reason, detail }
}

/// Whether the branch has moved. The type is what live answers carry; the words are the older sign.
fn is_stale(error: &GraphError) -> bool {
    error.kind == "STALE_DATA"
        || error
            .message
            .to_lowercase()
            .contains("expected branch to point to")
}

/// Whether a refusal speaks of branch protection or a ruleset. The codes are not documented, so the
/// words of both kinds of rules are looked for.
pub(super) fn is_protection(text: &str) -> bool {
    let text = text.to_lowercase();
    [
        "protected branch",
        "protected ref",
        "rule violation",
        "ruleset",
        "through a pull request",
        "required status check",
        "approving review",
        "cannot be updated",
        "merge queue",
    ]
    .iter()
    .any(|words| text.contains(words))
}

#[cfg(test)]
#[path = "tests/commit.rs"]
mod tests;
