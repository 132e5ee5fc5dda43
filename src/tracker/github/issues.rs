//! The issues of a repository: listing them, and changing those that are there.

use std::collections::BTreeSet;

use chrono::SecondsFormat;
use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    call::Call,
    identity::Identity,
    rest::RestIssue,
    route::Route,
    session::Session,
    words::{or_default, wrong_values},
};
use crate::{
    model::{
        issue::{Issue, IssuePatch, NewState, same_label},
        link::IssueKey,
        marker::Marker,
    },
    tracker::{Extent, TrackerError},
};

/// The permission that every change of an issue takes.
pub(super) const PERMISSION: &str = "issues: write";

impl Session {
    /// The issues with `label`, newest first, and after them those among the newest hundred of the run's
    /// own that carry a marker but not the label any more. One page is enough for the second pass: what
    /// is older than a hundred issues has long had its link written into the document. There is no second
    /// pass where only the newest are asked for.
    pub(super) async fn list(
        &self,
        label: &str,
        extent: Extent,
    ) -> Result<Vec<Issue>, TrackerError> {
        if label.contains(',') {
            return Err(TrackerError::Invalid {
                what: format!("the label `{label}`"),
                detail: "GitHub cannot list issues by a label with a comma; choose another".into(),
            });
        }
        if !self.facts.has_issues {
            // The host would refuse to list them; that none can be opened is the writer's to say.
            return Ok(Vec::new());
        }
        let identity = self.identity().await?;
        let mut labelled = self.newest().query("labels", label);
        if let Extent::Since(moment) = extent {
            let moment = moment.to_rfc3339_opts(SecondsFormat::Secs, true);
            labelled = labelled.query("since", &moment);
        }
        let call = Call::read(labelled, "list the issues", "issues: read");
        let limit = (extent == Extent::Newest).then_some(1);
        let (listed, _) = self.client.pages::<RestIssue>(call, limit).await?;
        // An issue that is opened while pages are read pushes another onto the next page as well.
        let mut seen = BTreeSet::new();
        let mut found: Vec<RestIssue> = listed
            .into_iter()
            .filter(|issue| seen.insert(issue.number))
            .collect();

        if extent == Extent::All {
            let unlabelled = self.own_without_label(&identity, &seen).await?;
            found.extend(unlabelled);
        }
        self.read(found, &identity).await
    }

    /// `found` in our own words, without pull requests.
    async fn read(
        &self,
        found: Vec<RestIssue>,
        identity: &Identity,
    ) -> Result<Vec<Issue>, TrackerError> {
        let mut issues: Vec<Issue> = found
            .into_iter()
            .filter(|issue| !issue.is_pull_request())
            .map(|issue| issue.into_issue(&self.facts.repository, identity))
            .collect();
        self.confirm_authors(issues.iter_mut()).await?;
        Ok(issues)
    }

    /// Issues with a marker among the newest hundred of the run's own, without those that were `seen`.
    async fn own_without_label(
        &self,
        identity: &Identity,
        seen: &BTreeSet<u64>,
    ) -> Result<Vec<RestIssue>, TrackerError> {
        let own = self.newest().query("creator", &identity.login);
        let call = Call::read(own, "list the issues", "issues: read");
        match self.client.pages::<RestIssue>(call, Some(1)).await {
            Ok((issues, _)) => Ok(issues
                .into_iter()
                .filter(|issue| {
                    !seen.contains(&issue.number) && Marker::read(&issue.body).is_some()
                })
                .collect()),
            // The host knows no such account: then it has opened nothing.
            Err(TrackerError::Invalid { .. } | TrackerError::NotFound(_)) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// The newest hundred issues of the repository, whoever opened them and whatever their labels are.
    pub(super) async fn newest_issues(&self) -> Result<Vec<Issue>, TrackerError> {
        let identity = self.identity().await?;
        let call = Call::read(self.newest(), "list the newest issues", "issues: read");
        let (found, _) = self.client.pages::<RestIssue>(call, Some(1)).await?;
        self.read(found, &identity).await
    }

    fn newest(&self) -> Route {
        self.route()
            .then("issues")
            .query("state", "all")
            .query("sort", "created")
            .query("direction", "desc")
            .query("per_page", "100")
    }

    /// Changes title, body, assignees or state. Where an assignee is refused, the rest is written all the same.
    ///
    /// # Errors
    /// [`TrackerError::Invalid`] names the assignees that the host refused.
    pub(super) async fn patch(
        &self,
        key: &IssueKey,
        patch: &IssuePatch,
    ) -> Result<(), TrackerError> {
        let mut fields = Map::new();
        if let Some(title) = &patch.title {
            fields.insert("title".into(), json!(title));
        }
        if let Some(body) = &patch.body {
            fields.insert("body".into(), json!(body));
        }
        if let Some(assignees) = &patch.assignees {
            fields.insert("assignees".into(), json!(assignees));
        }
        match patch.state {
            Some(NewState::Open) => {
                fields.insert("state".into(), json!("open"));
            }
            Some(NewState::NotPlanned) => {
                fields.insert("state".into(), json!("closed"));
                fields.insert("state_reason".into(), json!("not_planned"));
            }
            None => {}
        }
        if fields.is_empty() {
            return Ok(());
        }
        let mut call = change(key, Value::Object(fields), format!("update {key}"));
        let answer = self
            .client
            .send(&call)
            .await
            .map_err(|f| f.into_error(&call.what))?;
        if answer.status.is_success() {
            return Ok(());
        }
        let refused = self.client.refusal(&call, &answer);
        let wrong = wrong_values(answer.text(), "assignees").unwrap_or_default();
        if let Some(rest) = without(call.body.take(), &wrong) {
            call.body = Some(rest);
            self.client.success(&call).await?;
        }
        Err(refused)
    }

    /// Adds labels and checks that they are there afterwards: a token without write access has them
    /// dropped in silence.
    pub(super) async fn label(
        &self,
        key: &IssueKey,
        labels: &[String],
    ) -> Result<(), TrackerError> {
        #[derive(Deserialize)]
        struct Label {
            #[serde(default, deserialize_with = "or_default")]
            name: String,
        }
        if labels.is_empty() {
            return Ok(());
        }
        let route = Route::of(&key.repository)
            .then("issues")
            .number(key.number)
            .then("labels");
        let body = Some(json!({ "labels": labels }));
        let call = Call::write(
            Method::POST,
            route,
            body,
            format!("label {key}"),
            PERMISSION,
        );
        let answer = self.client.success(&call).await?;
        let there: Vec<Label> = self.client.decode(&answer)?;
        let is_there = |label: &&String| there.iter().any(|own| same_label(&own.name, label));
        match labels.iter().find(|label| !is_there(label)) {
            None => Ok(()),
            Some(missing) => {
                let said = format!("the label `{missing}` was dropped in silence");
                Err(self.client.forbidden(&call.what, PERMISSION, &said))
            }
        }
    }

    /// Removes a label; one that is not there is no error.
    pub(super) async fn unlabel(&self, key: &IssueKey, label: &str) -> Result<(), TrackerError> {
        let route = Route::of(&key.repository).then("issues").number(key.number);
        let route = route.then("labels").segment(label)?;
        let what = format!("take the label `{label}` off {key}");
        let call = Call::write(Method::DELETE, route, None, what, PERMISSION);
        let answer = self
            .client
            .send(&call)
            .await
            .map_err(|f| f.into_error(&call.what))?;
        if answer.status.is_success() || answer.status == StatusCode::NOT_FOUND {
            Ok(())
        } else {
            Err(self.client.refusal(&call, &answer))
        }
    }

    /// Closes `key` as a duplicate of `of`; on a server that does not know duplicates, as not planned.
    pub(super) async fn close_as_duplicate(
        &self,
        key: &IssueKey,
        of: &IssueKey,
    ) -> Result<(), TrackerError> {
        let route = Route::of(&of.repository).then("issues").number(of.number);
        let call = Call::read(route, format!("read {of}"), "issues: read");
        let original: RestIssue = self.client.decode(&self.client.success(&call).await?)?;
        let what = format!("close {key} as a duplicate of {of}");
        let mut body = json!({ "state": "closed", "state_reason": "duplicate" });
        if let Some(id) = original.id {
            body["duplicate_issue_id"] = json!(id);
        }
        let call = change(key, body, what.clone());
        let answer = self
            .client
            .send(&call)
            .await
            .map_err(|f| f.into_error(&call.what))?;
        if answer.status == StatusCode::UNPROCESSABLE_ENTITY {
            let plain = json!({ "state": "closed", "state_reason": "not_planned" });
            self.client.success(&change(key, plain, what)).await?;
            return Ok(());
        }
        if answer.status.is_success() {
            Ok(())
        } else {
            Err(self.client.refusal(&call, &answer))
        }
    }
}

fn change(key: &IssueKey, body: Value, what: String) -> Call {
    let route = Route::of(&key.repository).then("issues").number(key.number);
    Call::write(Method::PATCH, route, Some(body), what, PERMISSION)
}

/// The fields of a change without the assignees `wrong`; `None` where there is nothing to leave out, or
/// nothing left. Where the host names nobody, no assignee is left.
fn without(fields: Option<Value>, wrong: &[String]) -> Option<Value> {
    let Some(Value::Object(mut fields)) = fields.filter(|_| !wrong.is_empty()) else {
        return None;
    };
    if let Some(Value::Array(mut assignees)) = fields.remove("assignees") {
        let before = assignees.len();
        assignees.retain(|name| !wrong.iter().any(|bad| name == bad));
        if !assignees.is_empty() && assignees.len() < before {
            fields.insert("assignees".into(), assignees.into());
        }
    }
    (!fields.is_empty()).then_some(Value::Object(fields))
}
