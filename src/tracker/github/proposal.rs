//! Proposes file changes in a pull request of the tool's own: one branch, one pull request, never two.

use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::{
    call::{Call, Failure},
    comments::same_text,
    commit::{
        CommitDraft, Committed, NewContent, PERMISSION, Refused, RefusedBecause, is_protection,
    },
    grant::is_switched_off,
    session::Session,
    words::or_default,
};
use crate::tracker::TrackerError;

pub(super) const PULL_PERMISSION: &str = "pull-requests: write";

/// How often a branch is written anew where runs that overlap move it.
const OVERLAPS: usize = 3;

/// File changes to be proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The tool's own branch. Whatever is on it is replaced.
    pub branch: String,
    /// The branch into which the changes shall go.
    pub base: String,
    /// The commit of `base` on which the changes stand.
    pub base_head: String,
    /// Title of the pull request, and first line of the commit's message.
    pub title: String,
    /// Text of the pull request.
    pub body: String,
    /// The files.
    pub files: Vec<NewContent>,
}

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// A pull request was opened.
    Opened(PullRequest),
    /// The pull request that was open already now says this.
    Updated {
        /// The pull request.
        pull: PullRequest,
        /// The branch on which that was made ready, and which nothing needs any more.
        idle: Option<String>,
    },
    /// The pull request that was open already says this.
    Unchanged(PullRequest),
    /// The changes are on the branch, but the host lets this token open no pull request; in its words.
    BranchOnly {
        /// The branch.
        branch: String,
        /// The host's words.
        detail: String,
    },
    /// The branch cannot be written.
    Refused(Refused),
}

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PullRequest {
    /// Its number.
    pub number: u64,
    /// Its address.
    #[serde(rename = "html_url", default)]
    pub url: String,
}

#[derive(Deserialize)]
struct RestPull {
    #[serde(flatten)]
    pull: PullRequest,
    #[serde(default, deserialize_with = "or_default")]
    title: String,
    #[serde(default, deserialize_with = "or_default")]
    body: String,
}

/// The branch beside `branch` on which its next commit is made ready.
pub(super) fn aside(branch: &str) -> String {
    format!("{branch}-next")
}

/// What became of the branch.
enum Branch {
    /// With the branch beside it on which the commit was made.
    Written(Option<String>),
    AsItWas,
    Refused(Refused),
}

impl Session {
    /// Makes the tool's branch hold `base_head` and one commit on it, and has a pull request for it.
    pub(super) async fn propose(&self, proposal: &Proposal) -> Result<Proposed, TrackerError> {
        let open = self.open_pull(proposal).await?;
        let (rewritten, idle) = match self.fill_branch(proposal, open.is_some()).await? {
            Branch::Refused(refused) => return Ok(Proposed::Refused(refused)),
            Branch::Written(aside) => (true, aside),
            Branch::AsItWas => (false, None),
        };
        match open {
            Some(open) if self.edit_pull(&open, proposal).await? || rewritten => {
                let pull = open.pull;
                Ok(Proposed::Updated { pull, idle })
            }
            Some(open) => Ok(Proposed::Unchanged(open.pull)),
            None => self.create_pull(proposal).await,
        }
    }

    async fn fill_branch(
        &self,
        proposal: &Proposal,
        has_pull_request: bool,
    ) -> Result<Branch, TrackerError> {
        let head = self.head(&proposal.branch).await?;
        if let Some(head) = &head
            && self
                .is_already(head, &proposal.base_head, &proposal.files)
                .await?
        {
            return Ok(Branch::AsItWas);
        }
        // NOTE: GitHub closes a pull request for good when its branch is reset to its base, if only for
        // a moment (https://github.com/wei/pull/issues/365). So the commit is made beside the branch,
        // and the branch goes to it in one step.
        let aside = aside(&proposal.branch);
        let (workplace, mut known) = if has_pull_request {
            (&aside, self.head(&aside).await?)
        } else {
            (&proposal.branch, head)
        };
        for _ in 0..OVERLAPS {
            let mut written = self
                .commit_alone(proposal, workplace, known.is_some())
                .await?;
            if let (Committed::Done { oid, .. }, true) = (&written, has_pull_request)
                && let Some(not) = self.point(&proposal.branch, oid, true).await?
            {
                written = not;
            }
            match written {
                Committed::Done { .. } => {
                    return Ok(Branch::Written(has_pull_request.then_some(aside)));
                }
                Committed::Refused(refused) => return Ok(Branch::Refused(refused)),
                Committed::HeadMoved => known = self.head(workplace).await?,
            }
        }
        Err(TrackerError::Unclear {
            what: format!("write the branch `{workplace}`"),
            detail: "other runs write it too".into(),
        })
    }

    /// Makes `branch` hold the proposal's commit and nothing else; [`Committed::HeadMoved`] where another run moves
    /// or deletes it meanwhile.
    async fn commit_alone(
        &self,
        proposal: &Proposal,
        branch: &str,
        exists: bool,
    ) -> Result<Committed, TrackerError> {
        if let Some(not) = self.point(branch, &proposal.base_head, exists).await? {
            return Ok(not);
        }
        let draft = CommitDraft {
            branch: branch.to_owned(),
            expected_head: proposal.base_head.clone(),
            headline: proposal.title.clone(),
            body: String::new(),
            files: proposal.files.clone(),
        };
        match self.put_commit(&draft).await {
            Err(TrackerError::NotFound(_)) => Ok(Committed::HeadMoved),
            outcome => outcome,
        }
    }

    /// Makes `branch` stand at `oid`; says why not where the host refuses, or where the branch came or went meanwhile.
    async fn point(
        &self,
        branch: &str,
        oid: &str,
        exists: bool,
    ) -> Result<Option<Committed>, TrackerError> {
        let what = format!("write the branch `{branch}`");
        let call = if exists {
            let route = self.route().then("git/refs/heads").path(branch)?;
            let body = json!({ "sha": oid, "force": true });
            Call::write(Method::PATCH, route, Some(body), what, PERMISSION)
        } else {
            let route = self.route().then("git/refs");
            let body = json!({ "ref": format!("refs/heads/{branch}"), "sha": oid });
            Call::write(Method::POST, route, Some(body), what, PERMISSION)
        };
        let answer = match self.client.send(&call).await {
            Err(Failure::Refused(TrackerError::Forbidden { refusal, .. })) => {
                return Ok(Some(Committed::Refused(Refused {
                    reason: RefusedBecause::Permission,
                    detail: refusal,
                })));
            }
            outcome => outcome.map_err(|failure| failure.into_error(&call.what))?,
        };
        if answer.status.is_success() {
            return Ok(None);
        }
        let head = self.head(branch).await?;
        // A repeated POST finds the branch that its first attempt made.
        if head.as_deref() == Some(oid) {
            return Ok(None);
        }
        if head.is_some() != exists {
            return Ok(Some(Committed::HeadMoved));
        }
        let detail = self.client.refusal(&call, &answer).to_string();
        let reason = if is_protection(&detail) {
            RefusedBecause::Protected
        } else {
            RefusedBecause::Other
        };
        Ok(Some(Committed::Refused(Refused { reason, detail })))
    }

    async fn open_pull(&self, proposal: &Proposal) -> Result<Option<RestPull>, TrackerError> {
        let head = format!("{}:{}", self.facts.repository.owner(), proposal.branch);
        let route = self
            .route()
            .then("pulls")
            .query("state", "open")
            .query("head", &head)
            .query("base", &proposal.base)
            .query("per_page", "100");
        let call = Call::read(route, "look for the pull request", "pull-requests: read");
        let (found, _) = self.client.pages(call, Some(1)).await?;
        Ok(found.into_iter().next())
    }

    /// Makes the open pull request say what the proposal says; whether it said anything else.
    async fn edit_pull(&self, open: &RestPull, proposal: &Proposal) -> Result<bool, TrackerError> {
        if open.title == proposal.title && same_text(&open.body, &proposal.body) {
            return Ok(false);
        }
        let route = self.route().then("pulls").number(open.pull.number);
        let body = json!({ "title": proposal.title, "body": proposal.body });
        let what = "edit the pull request";
        let call = Call::write(Method::PATCH, route, Some(body), what, PULL_PERMISSION);
        self.client.success(&call).await?;
        Ok(true)
    }

    async fn create_pull(&self, proposal: &Proposal) -> Result<Proposed, TrackerError> {
        let body = json!({
            "title": proposal.title,
            "body": proposal.body,
            "head": proposal.branch,
            "base": proposal.base,
        });
        let route = self.route().then("pulls");
        let call = Call::create(route, body, "open a pull request", PULL_PERMISSION);
        let branch_only = |detail: String| Proposed::BranchOnly {
            branch: proposal.branch.clone(),
            detail,
        };
        match self.client.send(&call).await {
            Ok(answer) if answer.status.is_success() => {
                Ok(Proposed::Opened(self.client.decode(&answer)?))
            }
            Ok(answer) => match self.open_pull(proposal).await? {
                Some(open) => {
                    self.edit_pull(&open, proposal).await?;
                    let pull = open.pull;
                    Ok(Proposed::Updated { pull, idle: None })
                }
                None if answer.status == StatusCode::UNPROCESSABLE_ENTITY
                    && is_switched_off(answer.text()) =>
                {
                    let said = self.client.refusal(&call, &answer).to_string();
                    Ok(branch_only(self.client.with_remedy(PULL_PERMISSION, &said)))
                }
                None => Err(self.client.refusal(&call, &answer)),
            },
            Err(Failure::Refused(TrackerError::Forbidden { refusal, .. })) => {
                Ok(branch_only(refusal))
            }
            Err(Failure::Refused(error)) => Err(error),
            // The host itself refuses a second pull request for a branch, so looking is enough.
            Err(Failure::Lost(detail)) => {
                self.client
                    .wait(self.client.pace.settle, "the answer was lost")
                    .await?;
                match self.open_pull(proposal).await? {
                    Some(open) => Ok(Proposed::Opened(open.pull)),
                    None => Err(Failure::Lost(detail).into_error(&call.what)),
                }
            }
        }
    }
}
