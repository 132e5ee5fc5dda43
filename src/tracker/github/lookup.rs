//! Looks many issues up at once, and finds out what became of those that are gone.

use std::{collections::BTreeMap, fmt::Write as _};

use http::StatusCode;
use serde_json::{Value, json};

use super::{
    call::{Call, Failure, Nature},
    client::Client,
    graphql::{Envelope, Operation},
    identity::Identity,
    node::Node,
    rest::RestIssue,
    retry::backoff,
    route::Route,
    session::Session,
    words::GraphError,
};
use crate::{
    model::{
        issue::Lookup,
        link::{IssueKey, Repository},
    },
    tracker::TrackerError,
};

/// How many issues one query asks for. Each of its four connections costs one point per hundred issues.
const BATCH: usize = 100;

/// A batch this small that still fails is not too large: the host is broken.
const SMALLEST_BATCH: usize = 10;

/// The parts that are asked of every number. `stateReason` hides `DUPLICATE` unless asked for it; which
/// issue the original is, and that an issue became a discussion, stands in the timeline alone.
const FRAGMENTS: &str = "
fragment IssueParts on Issue {
  number url title body locked createdAt closedAt authorAssociation
  state stateReason(enableDuplicate: true)
  repository { nameWithOwner }
  author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
  assignees(first: 10) { nodes { login } }
  labels(first: 100) { nodes { name } }
  closedByPullRequestsReferences(first: 5, includeClosedPrs: false) { nodes { number state } }
  timelineItems(last: 20, itemTypes: [MARKED_AS_DUPLICATE_EVENT, CONVERTED_TO_DISCUSSION_EVENT]) {
    nodes { __typename ... on MarkedAsDuplicateEvent { canonical { ...Name } duplicate { ...Name } } }
  }
}
fragment Name on Issue { number repository { nameWithOwner } }
fragment PullParts on PullRequest {
  number url title body locked createdAt closedAt authorAssociation
  pullState: state
  repository { nameWithOwner }
  author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
  assignees(first: 10) { nodes { login } }
  labels(first: 100) { nodes { name } }
}";

/// The query for `numbers` of one repository. Numbers are ours, names travel as variables.
pub(super) fn issues_query(repository: &Repository, numbers: &[u64]) -> Operation {
    let mut fields = String::new();
    for (index, number) in numbers.iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = writeln!(
            fields,
            "    i{index}: issueOrPullRequest(number: {number}) {{ __typename ...IssueParts ...PullParts }}"
        );
    }
    Operation {
        text: format!(
            "query Issues($owner: String!, $name: String!) {{\n  rateLimit {{ cost }}\n  viewer {{ login databaseId }}\n  repository(owner: $owner, name: $name) {{\n    nameWithOwner\n{fields}  }}\n}}{FRAGMENTS}"
        ),
        variables: json!({ "owner": repository.owner(), "name": repository.name() }),
        nature: if numbers.len() > SMALLEST_BATCH {
            Nature::Divisible
        } else {
            Nature::Read
        },
        what: "read the linked issues",
        permission: "issues: read",
    }
}

impl Session {
    /// One answer for each of `keys`, in their order.
    pub(super) async fn look_up(&self, keys: &[IssueKey]) -> Result<Vec<Lookup>, TrackerError> {
        let mut wanted: BTreeMap<&Repository, Vec<u64>> = BTreeMap::new();
        for key in keys.iter().filter(|key| !key.repository.is_embedded()) {
            wanted.entry(&key.repository).or_default().push(key.number);
        }
        let mut known = BTreeMap::new();
        for (repository, mut numbers) in wanted {
            numbers.sort_unstable();
            numbers.dedup();
            for batch in numbers.chunks(BATCH) {
                let mut found = self.look_up_batch(repository, batch).await?;
                let issues = found.iter_mut().filter_map(|lookup| match lookup {
                    Lookup::Found(issue) => Some(&mut **issue),
                    Lookup::Deleted | Lookup::Unreadable(_) => None,
                });
                self.confirm_authors(issues).await?;
                for (number, lookup) in batch.iter().zip(found) {
                    known.insert((repository.clone(), *number), lookup);
                }
            }
        }
        let answer = |key: &IssueKey| {
            known
                .get(&(key.repository.clone(), key.number))
                .cloned()
                .unwrap_or_else(|| Lookup::Unreadable("it was not answered for".to_owned()))
        };
        Ok(keys.iter().map(answer).collect())
    }

    async fn look_up_batch(
        &self,
        repository: &Repository,
        numbers: &[u64],
    ) -> Result<Vec<Lookup>, TrackerError> {
        let mut answers = Vec::new();
        // Parts still to be asked for, the next one last.
        let mut parts = vec![numbers];
        while let Some(part) = parts.pop() {
            let operation = issues_query(repository, part);
            let outcome = self.client.graphql(&operation).await;
            match outcome {
                Ok(envelope) if is_usable(&envelope) || part.len() <= SMALLEST_BATCH => {
                    if !is_usable(&envelope) {
                        return Err(envelope.refusal(&operation, &self.client));
                    }
                    answers.extend(self.read_batch(repository, part, &envelope).await?);
                }
                Err(Failure::Refused(error)) => return Err(error),
                Ok(_) | Err(Failure::Lost(_)) => {
                    let halves = part.split_at(part.len() / 2);
                    parts.extend([halves.1, halves.0]);
                    let pause = backoff(1, operation.what, &self.client.pace);
                    self.client.wait(pause, "a broken answer").await?;
                }
            }
        }
        Ok(answers)
    }

    async fn read_batch(
        &self,
        repository: &Repository,
        numbers: &[u64],
        envelope: &Envelope,
    ) -> Result<Vec<Lookup>, TrackerError> {
        let identity = match Identity::in_answer(envelope) {
            Some(identity) => self.learn(identity),
            None => self.identity().await?,
        };
        let mut answers = Vec::new();
        // No number of it is worth a call of its own then.
        let is_off = *repository == self.facts.repository && !self.facts.has_issues;
        let mut hidden =
            is_off.then(|| TrackerError::IssuesDisabled(repository.clone()).to_string());
        for (index, number) in numbers.iter().enumerate() {
            let alias = format!("i{index}");
            let path = ["repository", alias.as_str()];
            let key = IssueKey {
                repository: repository.clone(),
                number: *number,
            };
            let forbidden = envelope
                .errors
                .iter()
                .find(|e| e.is_at(&path) && e.is_forbidden());
            let answer = match (envelope.at::<Node>(&path), forbidden, &hidden) {
                (Some(node), ..) if node.became_a_discussion() => {
                    Lookup::Unreadable("it was turned into a discussion".into())
                }
                (Some(node), ..) => Lookup::Found(Box::new(node.into_issue(repository, &identity))),
                (None, Some(error), _) => Lookup::Unreadable(error.message.clone()),
                (None, None, Some(reason)) => Lookup::Unreadable(reason.clone()),
                (None, None, None) => {
                    let answer = self.client.trace(&key, &identity).await?;
                    if let (true, Lookup::Unreadable(reason)) = (is_hidden(envelope), &answer) {
                        hidden = Some(reason.clone());
                    }
                    answer
                }
            };
            answers.push(answer);
        }
        Ok(answers)
    }
}

impl Client {
    /// What became of an issue that GraphQL does not find: moved, deleted, or out of sight.
    async fn trace(&self, key: &IssueKey, identity: &Identity) -> Result<Lookup, TrackerError> {
        let route = Route::of(&key.repository).then("issues").number(key.number);
        let call = Call::read(route, format!("read {key}"), "issues: read");
        let answer = match self.send(&call).await {
            Ok(answer) => answer,
            Err(Failure::Refused(TrackerError::Forbidden { refusal, .. })) => {
                return Ok(Lookup::Unreadable(refusal));
            }
            Err(failure) => return Err(failure.into_error(&call.what)),
        };
        Ok(match answer.status {
            StatusCode::OK => {
                let issue: RestIssue = self.decode(&answer)?;
                Lookup::Found(Box::new(issue.into_issue(&key.repository, identity)))
            }
            StatusCode::GONE if answer.text().contains("disabled") => {
                let disabled = TrackerError::IssuesDisabled(key.repository.clone());
                Lookup::Unreadable(disabled.to_string())
            }
            StatusCode::GONE => Lookup::Deleted,
            StatusCode::NOT_FOUND => Lookup::Unreadable(
                "it is private, was moved out of sight, or was never there".into(),
            ),
            _ => Lookup::Unreadable(self.refusal(&call, &answer).to_string()),
        })
    }
}

/// Whether the answer says something about the issues: it holds the repository, or says that there is none.
fn is_usable(envelope: &Envelope) -> bool {
    envelope.at::<Value>(&["repository"]).is_some() || is_hidden(envelope)
}

/// Whether the repository as a whole cannot be seen.
fn is_hidden(envelope: &Envelope) -> bool {
    let gone = |error: &GraphError| error.kind == "NOT_FOUND" || error.is_forbidden();
    envelope
        .errors
        .iter()
        .any(|error| error.is_at(&["repository"]) && gone(error))
}

#[cfg(test)]
#[path = "tests/lookup.rs"]
mod tests;
