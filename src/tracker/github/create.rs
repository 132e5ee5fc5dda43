//! Opens an issue so that a lost answer never leads to a second one.

use http::StatusCode;
use serde_json::json;

use super::{
    call::{Call, Failure},
    issues::PERMISSION,
    rest::RestIssue,
    session::Session,
    words::wrong_values,
};
use crate::{
    model::{
        issue::{Draft, Issue},
        marker::Marker,
    },
    tracker::TrackerError,
};

const WHAT: &str = "open an issue";

/// How often a draft is sent in all, the first time included.
const SENDS: u32 = 2;

impl Session {
    /// Opens an issue. The request is sent once; where its answer is lost, the newest issues are searched
    /// for the draft's marker, and only when it is not there the request is sent once more.
    ///
    /// # Guarantees
    /// Assignees that the host refuses are left out rather than the issue; the issue that comes back
    /// shows who is assigned and which labels were kept.
    pub(super) async fn open(&self, draft: &Draft) -> Result<Issue, TrackerError> {
        let mut lost = String::new();
        for _ in 0..SENDS {
            match self.send_draft(draft).await {
                Ok(issue) => return Ok(issue),
                Err(Failure::Refused(error)) => return Err(error),
                Err(Failure::Lost(detail)) => lost = detail,
            }
            let Some(marker) = Marker::read(&draft.body) else {
                break;
            };
            match self.search_for(&marker).await {
                Ok(Some(issue)) => return Ok(issue),
                Ok(None) => {}
                Err(error) => {
                    lost = format!("{lost}; then {error}");
                    break;
                }
            }
        }
        Err(TrackerError::Unclear {
            what: format!("{WHAT} `{}`", draft.title),
            detail: lost,
        })
    }

    async fn send_draft(&self, draft: &Draft) -> Result<Issue, Failure> {
        let mut assignees = draft.assignees.clone();
        loop {
            let route = self.route().then("issues");
            let body = json!({
                "title": draft.title,
                "body": draft.body,
                "labels": draft.labels,
                "assignees": assignees,
            });
            let call = Call::create(route, body, WHAT, PERMISSION);
            let answer = self.client.send(&call).await?;
            match answer.status {
                status if status.is_success() => {
                    let created: Result<RestIssue, _> = self.client.decode(&answer);
                    let created = created.map_err(|error| Failure::Lost(error.to_string()))?;
                    return self.opened(created, draft).await;
                }
                StatusCode::GONE => {
                    let repository = self.facts.repository.clone();
                    return Err(Failure::Refused(TrackerError::IssuesDisabled(repository)));
                }
                _ => {}
            }
            let wrong = wrong_values(answer.text(), "assignees");
            match wrong.filter(|_| !assignees.is_empty()) {
                // One bad name refuses the whole issue; without it there is one, unassigned.
                Some(wrong) => {
                    let before = assignees.len();
                    assignees.retain(|name| !wrong.contains(name));
                    if assignees.len() == before {
                        assignees.clear();
                    }
                    tracing::warn!(?wrong, "these accounts cannot be assigned");
                }
                None => return Err(Failure::Refused(self.client.refusal(&call, &answer))),
            }
        }
    }

    async fn opened(&self, created: RestIssue, draft: &Draft) -> Result<Issue, Failure> {
        // The issue is there; not knowing who the run is must not hide it.
        let identity = self.identity().await.unwrap_or_default();
        let mut issue = created.into_issue(&self.facts.repository, &identity);
        issue.author.is_self = true;
        for label in draft.labels.iter().filter(|label| !issue.has_label(label)) {
            tracing::warn!(issue = %issue.key, label, "the label was dropped in silence");
        }
        Ok(issue)
    }

    async fn search_for(&self, marker: &Marker) -> Result<Option<Issue>, TrackerError> {
        self.client
            .wait(self.client.pace.settle, "the answer to a create was lost")
            .await?;
        let newest = self.newest_issues().await?;
        Ok(newest.into_iter().find(|issue| {
            let own = Marker::read(&issue.body);
            issue.author.is_trusted() && own.is_some_and(|own| own.names_same_item(marker))
        }))
    }
}
