//! An issue or pull request as the GraphQL interface sends it, read leniently.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{
    identity::{Account, Identity},
    rest::{issue_state, pull_state},
    words::or_default,
};
use crate::model::{
    issue::{Issue, State},
    link::{IssueKey, Repository},
};

const MARKED: &str = "MarkedAsDuplicateEvent";
const CONVERTED: &str = "ConvertedToDiscussionEvent";

/// One number of a repository.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Node {
    #[serde(rename = "__typename", default)]
    kind: String,
    number: u64,
    #[serde(default, deserialize_with = "or_default")]
    url: String,
    #[serde(default, deserialize_with = "or_default")]
    title: String,
    #[serde(default, deserialize_with = "or_default")]
    body: String,
    #[serde(default, deserialize_with = "or_default")]
    locked: bool,
    #[serde(default, deserialize_with = "or_default")]
    created_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "or_default")]
    closed_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "or_default")]
    author_association: String,
    #[serde(default, deserialize_with = "or_default")]
    state: String,
    #[serde(default, deserialize_with = "or_default")]
    pull_state: String,
    #[serde(default, deserialize_with = "or_default")]
    state_reason: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    repository: Option<Place>,
    #[serde(default, deserialize_with = "or_default")]
    author: Account,
    #[serde(default, deserialize_with = "or_default")]
    assignees: List<Named>,
    #[serde(default, deserialize_with = "or_default")]
    labels: List<Named>,
    #[serde(default, deserialize_with = "or_default")]
    closed_by_pull_requests_references: List<Named>,
    #[serde(default, deserialize_with = "or_default")]
    timeline_items: List<Event>,
}

#[derive(Debug, Deserialize)]
#[serde(bound = "T: serde::de::DeserializeOwned")]
struct List<T> {
    #[serde(default, deserialize_with = "or_default")]
    nodes: Vec<Option<T>>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { nodes: Vec::new() }
    }
}

#[derive(Debug, Default, Deserialize)]
struct Named {
    #[serde(
        alias = "login",
        alias = "state",
        default,
        deserialize_with = "or_default"
    )]
    name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(default, deserialize_with = "or_default")]
    name_with_owner: String,
}

/// What a timeline tells: a duplicate is marked in its own and in that of its original.
#[derive(Debug, Default, Deserialize)]
struct Event {
    #[serde(rename = "__typename", default)]
    kind: String,
    /// The original; null where the token cannot see it.
    #[serde(default, deserialize_with = "or_default")]
    canonical: Option<Reference>,
    #[serde(default, deserialize_with = "or_default")]
    duplicate: Option<Reference>,
}

#[derive(Debug, Default, Deserialize)]
struct Reference {
    #[serde(default, deserialize_with = "or_default")]
    number: Option<u64>,
    #[serde(default, deserialize_with = "or_default")]
    repository: Place,
}

impl List<Named> {
    fn names(self) -> Vec<String> {
        self.nodes
            .into_iter()
            .flatten()
            .map(|entry| entry.name)
            .collect()
    }
}

impl Node {
    /// Whether the issue lives on as a discussion: it is closed, and that says nothing about the work.
    pub(super) fn became_a_discussion(&self) -> bool {
        let mut events = self.timeline_items.nodes.iter().flatten();
        self.state == "CLOSED" && events.any(|event| event.kind == CONVERTED)
    }

    /// The issue in our own words; `asked` names the repository where the answer does not.
    pub(super) fn into_issue(self, asked: &Repository, identity: &Identity) -> Issue {
        let place = self.repository.unwrap_or_default().name_with_owner;
        let key = IssueKey {
            repository: Repository::parse(&place).unwrap_or_else(|| asked.clone()),
            number: self.number,
        };
        let events = self.timeline_items.nodes.into_iter().flatten();
        let (others, own): (Vec<Event>, Vec<Event>) = events
            .filter(|event| event.kind == MARKED)
            .partition(|event| key_of(event.canonical.as_ref()).as_ref() == Some(&key));
        let is_pull_request = self.kind == "PullRequest";
        let state = if is_pull_request {
            pull_state(&self.pull_state, false)
        } else {
            let marked = own.last();
            let original = marked.and_then(|event| key_of(event.canonical.as_ref()));
            match issue_state(&self.state, self.state_reason.as_deref(), original) {
                State::Duplicate(None) if marked.is_some() => State::HiddenDuplicate,
                state => state,
            }
        };
        let duplicates = others
            .iter()
            .filter_map(|event| key_of(event.duplicate.as_ref()))
            .collect();
        let references = self.closed_by_pull_requests_references.names();
        let has_open_pull_request = if is_pull_request {
            state.is_open()
        } else {
            references.iter().any(|state| state == "OPEN")
        };
        Issue {
            key,
            url: self.url,
            title: self.title,
            body: self.body,
            state,
            labels: self.labels.names(),
            assignees: self.assignees.names(),
            duplicates,
            has_open_pull_request,
            is_pull_request,
            locked: self.locked,
            author: identity.author(&self.author, &self.author_association),
            created_at: self.created_at,
            closed_at: self.closed_at,
        }
    }
}

fn key_of(reference: Option<&Reference>) -> Option<IssueKey> {
    let reference = reference?;
    Some(IssueKey {
        repository: Repository::parse(&reference.repository.name_with_owner)?,
        number: reference.number?,
    })
}

#[cfg(test)]
#[path = "tests/node.rs"]
mod tests;
