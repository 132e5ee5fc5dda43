//! What started the run, read from the runner's payload into our own lenient types.
//!
//! Payloads: <https://docs.github.com/webhooks/webhook-events-and-payloads>. What is not needed is not
//! read, so that a payload of another age or of GitHub Enterprise Server does no harm.

mod payload;

use chrono::{DateTime, Utc};

use crate::{
    host::{Environment, runner},
    model::link::{IssueKey, Repository},
};

use super::InputError;

/// What started the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A pull request was opened, changed or closed.
    PullRequest(PullRequest),
    /// As above, with a token that can write whoever sent it: never served.
    PullRequestTarget,
    /// A merge queue asks for checks.
    MergeGroup(MergeGroup),
    /// Commits, or a tag.
    Push(Push),
    /// One issue moved.
    Issues(IssueEvent),
    /// The clock.
    Schedule,
    /// A person, or another workflow.
    WorkflowDispatch,
    /// Anything else, by its name.
    Other(String),
}

/// A branch of a pull request, at a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The commit.
    pub sha: String,
    /// The branch, without `refs/heads/`.
    pub branch: String,
    /// Its repository; `None` where a fork was deleted.
    pub repository: Option<Repository>,
}

/// A pull request that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullRequest {
    /// Its number.
    pub number: u64,
    /// What happened, such as `opened`, `synchronize` or `closed`.
    pub action: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether it was merged.
    pub merged: bool,
    /// When it was opened, where the payload says it.
    pub created_at: Option<DateTime<Utc>>,
    /// Whether its branch lies in another repository.
    pub from_fork: bool,
    /// The branch that it offers.
    pub head: Side,
    /// The branch that it goes to.
    pub base: Side,
}

/// A group of a merge queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeGroup {
    /// The merged commit.
    pub head_sha: String,
    /// The commit that it is based on.
    pub base_sha: String,
}

/// A push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// The commit before; `None` for a new branch or tag.
    pub before: Option<String>,
    /// The commit afterwards; `None` for a deleted branch or tag.
    pub after: Option<String>,
    /// Full name, such as `refs/heads/main`.
    pub git_ref: String,
    /// The repository's default branch, where the payload says it.
    pub default_branch: Option<String>,
    /// The files added or modified, sorted. `None` where the payload does not say it completely, which is
    /// the rule on runners: there the commits come without their files.
    pub changed: Option<Vec<String>>,
}

impl Push {
    /// Whether the default branch moved, and is still there.
    #[must_use]
    pub fn is_to_default_branch(&self) -> bool {
        let branch = self.git_ref.strip_prefix("refs/heads/");
        self.after.is_some() && branch.is_some() && branch == self.default_branch.as_deref()
    }
}

/// An issue that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueEvent {
    /// The issue's number in the repository of the workflow.
    pub number: u64,
    /// Where it lives afterwards, if it was transferred.
    pub transferred_to: Option<IssueKey>,
}

/// What started the run; `None` where no runner did.
///
/// # Errors
/// A payload that is missing or cannot be read.
pub fn read(environment: &Environment) -> Result<Option<Event>, InputError> {
    let Some(name) = &environment.event_name else {
        return Ok(None);
    };
    let payload = runner::payload(environment)?;
    parse(name, payload.as_deref().unwrap_or_default()).map(Some)
}

/// The event `name` with its `payload` in JSON.
///
/// # Errors
/// A payload that does not belong to the event.
pub fn parse(name: &str, payload: &str) -> Result<Event, InputError> {
    let event = match name {
        "pull_request" => payload::pull_request(payload).map(Event::PullRequest),
        "merge_group" => payload::merge_group(payload).map(Event::MergeGroup),
        "push" => payload::push(payload).map(Event::Push),
        "issues" => payload::issues(payload).map(Event::Issues),
        "pull_request_target" => Ok(Event::PullRequestTarget),
        "schedule" => Ok(Event::Schedule),
        "workflow_dispatch" => Ok(Event::WorkflowDispatch),
        other => Ok(Event::Other(other.to_owned())),
    };
    event.map_err(|error| InputError::Payload {
        event: name.to_owned(),
        detail: error.to_string(),
    })
}

#[cfg(test)]
mod tests;
