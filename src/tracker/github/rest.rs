//! An issue as the REST interface sends it, read leniently: real answers break stricter readers.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{
    identity::{Account, Identity},
    words::or_default,
};
use crate::model::{
    issue::{Issue, State},
    link::{IssueKey, Repository},
};

/// One issue or pull request.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct RestIssue {
    pub(super) number: u64,
    /// The database id, by which another issue can be named as the original.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) id: Option<u64>,
    #[serde(default, deserialize_with = "or_default")]
    html_url: String,
    #[serde(default, deserialize_with = "or_default")]
    repository_url: String,
    #[serde(default, deserialize_with = "or_default")]
    title: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) body: String,
    #[serde(default, deserialize_with = "or_default")]
    state: String,
    #[serde(default, deserialize_with = "or_default")]
    state_reason: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    locked: bool,
    #[serde(default, deserialize_with = "names")]
    labels: Vec<String>,
    #[serde(default, deserialize_with = "names")]
    assignees: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    user: Account,
    #[serde(default, deserialize_with = "or_default")]
    author_association: String,
    #[serde(default, deserialize_with = "or_default")]
    created_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "or_default")]
    closed_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pull_request: Option<Value>,
}

impl RestIssue {
    pub(super) fn is_pull_request(&self) -> bool {
        self.pull_request.is_some()
    }

    /// The issue in our own words; `asked` names the repository where the answer does not.
    pub(super) fn into_issue(self, asked: &Repository, identity: &Identity) -> Issue {
        let repository = repository_in(&self.repository_url).unwrap_or_else(|| asked.clone());
        let state = match &self.pull_request {
            Some(pull) => pull_state(&self.state, !pull["merged_at"].is_null()),
            None => issue_state(&self.state, self.state_reason.as_deref(), None),
        };
        Issue {
            key: IssueKey {
                repository,
                number: self.number,
            },
            has_open_pull_request: self.pull_request.is_some() && state.is_open(),
            is_pull_request: self.pull_request.is_some(),
            state,
            url: self.html_url,
            title: self.title,
            body: self.body,
            labels: self.labels,
            assignees: self.assignees,
            duplicates: Vec::new(),
            locked: self.locked,
            author: identity.author(&self.user, &self.author_association),
            created_at: self.created_at,
            closed_at: self.closed_at,
        }
    }
}

/// The state of an issue by the words of either interface, whatever their case. A reason that is not
/// known never counts as completed.
pub(super) fn issue_state(state: &str, reason: Option<&str>, original: Option<IssueKey>) -> State {
    let reason = reason.unwrap_or_default().to_ascii_lowercase();
    match (state.eq_ignore_ascii_case("closed"), reason.as_str()) {
        (false, "reopened") => State::Reopened,
        (false, _) => State::Open,
        (true, "" | "completed") => State::Completed,
        (true, "duplicate") => State::Duplicate(original),
        (true, _) => State::NotPlanned,
    }
}

/// The state of a pull request: merged work is done, abandoned work is not planned.
pub(super) fn pull_state(state: &str, merged: bool) -> State {
    if merged || state.eq_ignore_ascii_case("merged") {
        State::Completed
    } else if state.eq_ignore_ascii_case("closed") {
        State::NotPlanned
    } else {
        State::Open
    }
}

/// The repository in `https://api.github.com/repos/owner/name`.
fn repository_in(url: &str) -> Option<Repository> {
    let (_, rest) = url.split_once("/repos/")?;
    Repository::parse(rest.trim_end_matches('/'))
}

/// The names in a list of labels (a text, or an object with a `name`) or people (with a `login`).
fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let list: Vec<Value> = or_default(deserializer)?;
    Ok(list.iter().filter_map(name).collect())
}

fn name(entry: &Value) -> Option<String> {
    let text = entry
        .as_str()
        .or_else(|| entry.get("name")?.as_str())
        .or_else(|| entry.get("login")?.as_str())?;
    Some(text.to_owned())
}

#[cfg(test)]
#[path = "tests/rest.rs"]
mod tests;
