//! Where a branch stands, and the pull request of the tool's own that waits to go into it.

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    call::{Call, Nature},
    commit::PERMISSION,
    graphql::Operation,
    proposal::{PULL_PERMISSION, PullRequest},
    session::Session,
    words::or_default,
};
use crate::tracker::TrackerError;

/// Branches of forks can have the name of ours, so that one answer may hold several pull requests.
const STANDING: &str = "query Standing($owner: String!, $name: String!, $ref: String!, $base: String!, $branch: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) { target { oid } }
    pullRequests(first: 20, states: [OPEN], headRefName: $branch, baseRefName: $base) {
      nodes { number url isCrossRepository }
    }
  }
}";

/// What a run finds before it writes to a branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The commit at the head of the branch; `None` where there is no such branch.
    pub head: Option<String>,
    /// The open pull request of the tool's own.
    pub proposal: Option<PullRequest>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OpenPull {
    number: u64,
    #[serde(default, deserialize_with = "or_default")]
    url: String,
    #[serde(default, deserialize_with = "or_default")]
    is_cross_repository: bool,
}

impl Session {
    /// The head of `base`, and the open pull request from the repository's own branch `branch` into it, by one call.
    pub(super) async fn standing(
        &self,
        base: &str,
        branch: &str,
    ) -> Result<Standing, TrackerError> {
        let operation = Operation {
            text: STANDING.into(),
            variables: json!({
                "owner": self.facts.repository.owner(),
                "name": self.facts.repository.name(),
                "ref": format!("refs/heads/{base}"),
                "base": base,
                "branch": branch,
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
                proposal: None,
            });
        }
        let pulls: Vec<OpenPull> = envelope
            .at(&["repository", "pullRequests", "nodes"])
            .unwrap_or_default();
        Ok(Standing {
            head: envelope.at(&["repository", "ref", "target", "oid"]),
            proposal: pulls
                .into_iter()
                .find(|open| !open.is_cross_repository)
                .map(|open| PullRequest {
                    number: open.number,
                    url: open.url,
                }),
        })
    }

    /// Closes a pull request of which nothing is left to do, says so in it, and removes its branch.
    pub(super) async fn withdraw(
        &self,
        pull: &PullRequest,
        branch: &str,
        why: &str,
    ) -> Result<(), TrackerError> {
        let route = self.route().then("pulls").number(pull.number);
        let body = json!({ "state": "closed", "body": why });
        let what = format!("close the pull request #{}", pull.number);
        let call = Call::write(Method::PATCH, route, Some(body), what, PULL_PERMISSION);
        self.client.success(&call).await?;
        self.drop_branch(branch).await;
        Ok(())
    }

    /// Deletes a branch of the tool's own.
    pub(super) async fn drop_branch(&self, branch: &str) {
        let route = self.route().then("git/refs/heads").path(branch);
        let Ok(route) = route else { return };
        let call = Call::write(Method::DELETE, route, None, "delete a branch", PERMISSION);
        if let Err(error) = self.client.success(&call).await {
            // It is moved and used again the next time.
            tracing::warn!(branch, %error, "the branch stays");
        }
    }
}
