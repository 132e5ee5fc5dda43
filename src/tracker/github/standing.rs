//! Where a branch stands, and what is there of the tool's own beside it: branches, and the pull request that waits.

use std::collections::BTreeSet;

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    call::{Call, Nature},
    commit::PERMISSION,
    graphql::Operation,
    proposal::{PULL_PERMISSION, PullRequest, aside},
    session::Session,
    words::or_default,
};
use crate::tracker::TrackerError;

/// Pull requests are asked of the branches and not of the repository: branches of forks can have the name of ours.
const STANDING: &str = "query Standing($owner: String!, $name: String!, $base: String!, $branch: String!, $aside: String!) {
  repository(owner: $owner, name: $name) {
    base: ref(qualifiedName: $base) { target { oid } }
    branch: ref(qualifiedName: $branch) { ...Own }
    aside: ref(qualifiedName: $aside) { ...Own }
  }
}
fragment Own on Ref {
  associatedPullRequests(first: 20, states: [OPEN]) { nodes { number url baseRefName isCrossRepository } }
}";

/// What a run finds before it writes to a branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The commit at the head of the branch; `None` where there is no such branch.
    pub head: Option<String>,
    /// The open pull request of the tool's own.
    pub proposal: Option<PullRequest>,
    /// Branches of the tool's own from which no pull request is open.
    pub idle: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OpenPull {
    number: u64,
    #[serde(default, deserialize_with = "or_default")]
    url: String,
    base_ref_name: String,
    #[serde(default, deserialize_with = "or_default")]
    is_cross_repository: bool,
}

impl Session {
    /// The head of `base`, the open pull request from the repository's own branch `branch` into it, and what of the
    /// tool's own branches nothing needs; by one call.
    pub(super) async fn standing(
        &self,
        base: &str,
        branch: &str,
    ) -> Result<Standing, TrackerError> {
        let aside = aside(branch);
        let name = |branch: &str| format!("refs/heads/{branch}");
        let operation = Operation {
            text: STANDING.into(),
            variables: json!({
                "owner": self.facts.repository.owner(),
                "name": self.facts.repository.name(),
                "base": name(base),
                "branch": name(branch),
                "aside": name(&aside),
            }),
            nature: Nature::Read,
            what: "read where the branch stands",
            permission: "contents: read",
        };
        let envelope = self
            .client
            .graphql(&operation)
            .await
            .map_err(|failure| failure.into_error(operation.what))?;
        if envelope.at::<Value>(&["repository"]).is_none() {
            // Without `pull-requests: read` the whole answer is withheld; the branch alone is not.
            let head = self.head(base).await?;
            return Ok(Standing {
                head,
                ..Standing::default()
            });
        }
        let open = |alias: &str| -> Option<Vec<OpenPull>> {
            let mut open: Vec<OpenPull> =
                envelope.at(&["repository", alias, "associatedPullRequests", "nodes"])?;
            open.retain(|pull| !pull.is_cross_repository);
            Some(open)
        };
        let (from_branch, from_aside) = (open("branch"), open("aside"));
        let is_idle = |pulls: &Option<Vec<OpenPull>>| pulls.as_ref().is_some_and(Vec::is_empty);
        let own = [
            (branch, is_idle(&from_branch)),
            (&aside, is_idle(&from_aside)),
        ];
        Ok(Standing {
            head: envelope.at(&["repository", "base", "target", "oid"]),
            idle: own
                .into_iter()
                .filter(|(_, is_idle)| *is_idle)
                .map(|(name, _)| name.to_owned())
                .collect(),
            proposal: from_branch
                .into_iter()
                .flatten()
                .find(|open| open.base_ref_name == base)
                .map(|open| PullRequest {
                    number: open.number,
                    url: open.url,
                }),
        })
    }

    /// Closes a pull request of which nothing is left to do, and says so in it.
    pub(super) async fn close_pull(
        &self,
        pull: &PullRequest,
        why: &str,
    ) -> Result<(), TrackerError> {
        let route = self.route().then("pulls").number(pull.number);
        let body = json!({ "state": "closed", "body": why });
        let what = format!("close the pull request #{}", pull.number);
        let call = Call::write(Method::PATCH, route, Some(body), what, PULL_PERMISSION);
        self.client.success(&call).await.map(drop)
    }

    /// Deletes a branch of the tool's own; one that is gone already is no error.
    pub(super) async fn drop_branch(&self, branch: &str) -> Result<(), TrackerError> {
        let route = self.route().then("git/refs/heads").path(branch)?;
        let what = format!("delete the branch `{branch}`");
        let call = Call::write(Method::DELETE, route, None, what, PERMISSION);
        let answer = self.client.send(&call).await;
        let answer = answer.map_err(|failure| failure.into_error(&call.what))?;
        // NOTE: 422 is what GitHub says of a branch that is not there
        // (https://docs.github.com/rest/git/refs#delete-a-reference).
        if answer.status.is_success() || answer.text().contains("Reference does not exist") {
            return Ok(());
        }
        Err(self.client.refusal(&call, &answer))
    }
}
