//! Commits files to a branch that stands where it is expected to stand.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    call::{Call, Failure, Nature},
    comments::same_text,
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
struct RestCommit {
    #[serde(default, deserialize_with = "or_default")]
    message: String,
    #[serde(default, deserialize_with = "or_default")]
    html_url: String,
    #[serde(default, deserialize_with = "or_default")]
    parents: Vec<Parent>,
}

#[derive(Deserialize)]
struct Parent {
    sha: String,
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
            Ok(envelope) => match read_outcome(&envelope, &operation, self.client.host())? {
                Committed::HeadMoved => None,
                outcome => return Ok(outcome),
            },
            Err(Failure::Refused(TrackerError::Forbidden { detail, .. })) => {
                return Ok(Committed::Refused(refused(
                    RefusedBecause::Permission,
                    detail,
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

    /// Where the branch stands after a commit that did not simply succeed. The very commit that `draft`
    /// asks for may be there: an earlier attempt took effect although its answer was lost.
    async fn stand(&self, draft: &CommitDraft) -> Result<Stand, TrackerError> {
        let Some(oid) = self.head(&draft.branch).await? else {
            return Ok(Stand::Elsewhere);
        };
        if oid == draft.expected_head {
            return Ok(Stand::AsExpected);
        }
        let Some(commit) = self.commit_at(&oid).await? else {
            return Ok(Stand::Elsewhere);
        };
        let message = format!("{}\n\n{}", draft.headline, draft.body);
        let is_own = commit.is_child_of(&draft.expected_head)
            && same_text(&commit.message, &message)
            && self.holds(&oid, &draft.files).await?;
        let url = commit.html_url;
        Ok(if is_own {
            Stand::Done(Committed::Done { oid, url })
        } else {
            Stand::Elsewhere
        })
    }

    /// Whether the commit `oid` has `parent` as its only parent.
    pub(super) async fn is_one_step_from(
        &self,
        oid: &str,
        parent: &str,
    ) -> Result<bool, TrackerError> {
        let commit = self.commit_at(oid).await?;
        Ok(commit.is_some_and(|commit| commit.is_child_of(parent)))
    }

    async fn commit_at(&self, oid: &str) -> Result<Option<RestCommit>, TrackerError> {
        let route = self.route().then("git/commits").segment(oid)?;
        let call = Call::read(route, "read a commit", "contents: read");
        let answer = self
            .client
            .send(&call)
            .await
            .map_err(|f| f.into_error(&call.what))?;
        match answer.status {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => self.client.decode(&answer).map(Some),
            _ => Err(self.client.refusal(&call, &answer)),
        }
    }
}

impl RestCommit {
    fn is_child_of(&self, parent: &str) -> bool {
        matches!(self.parents.as_slice(), [only] if only.sha == parent)
    }
}

fn read_outcome(
    envelope: &Envelope,
    operation: &Operation,
    host: &str,
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
    let reason = if is_protection(&detail) {
        RefusedBecause::Protected
    } else if envelope.errors.iter().any(GraphError::is_forbidden) {
        RefusedBecause::Permission
    } else if envelope
        .errors
        .iter()
        .any(|error| error.kind != "NOT_FOUND")
    {
        RefusedBecause::Other
    } else {
        return Err(envelope.refusal(operation, host));
    };
    Ok(Committed::Refused(refused(reason, detail)))
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
