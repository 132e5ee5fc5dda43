//! The nouns of the fake GitHub: repositories, issues, comments, pull requests, users, tokens.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Call, faults::Fault, gate::Gate, git::Git};

/// Everything that the fake knows.
pub struct World {
    /// The virtual clock; every write moves it by a second.
    pub now: DateTime<Utc>,
    /// Address of the pages, such as `https://github.com`.
    pub server: String,
    /// Address of the REST API.
    pub api: String,
    pub repositories: Vec<Repository>,
    pub users: BTreeMap<String, User>,
    pub tokens: BTreeMap<String, Token>,
    pub faults: Vec<Fault>,
    /// Where calls of overlapping runs wait to be let through.
    pub gate: Option<Gate>,
    pub calls: Vec<Call>,
    /// Calls up to here were accounted for by the test.
    pub accounted: usize,
    /// Requests and fields that the fake does not know: a fault of the test, never of the product.
    pub unknown: Vec<String>,
    /// Calls left in the hour; `None` for a server without limits, as GitHub Enterprise Server is by default.
    pub quota: Option<u32>,
    /// Whether issues are refused beyond 80 in a minute and 500 in an hour of the world's time.
    pub limits_content: bool,
    /// Issue lists hide issues with a higher number.
    pub lag: Option<u64>,
    pub next_id: u64,
}

/// A person or a bot.
#[derive(Clone, Debug)]
pub struct User {
    pub login: String,
    pub id: u64,
    pub is_bot: bool,
}

/// What a token may do.
#[derive(Clone, Debug)]
pub struct Token {
    /// Whom it speaks for; a key of [`World::users`].
    pub login: String,
    /// Whether it belongs to an app's installation, as a workflow's own token does.
    pub is_installation: bool,
    /// Permissions by name: `contents`, `issues`, `pull_requests`.
    pub permissions: BTreeMap<&'static str, Access>,
    /// Full names of the repositories that it was made for.
    pub repositories: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    Read,
    Write,
}

/// How a branch refuses direct commits. The two are told in different words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// A branch protection rule; its error type is reported in Thinkmill/keystatic#1598.
    Classic,
    /// A repository ruleset; that its error type is another one is reported there too, not which.
    Ruleset,
    /// Commits must be signed; those that GitHub makes itself are.
    Signatures,
}

/// One repository.
pub struct Repository {
    pub id: u64,
    pub full_name: String,
    /// Names that it had before; they redirect.
    pub old_names: Vec<String>,
    pub default_branch: String,
    pub is_private: bool,
    pub has_issues: bool,
    pub is_archived: bool,
    /// The setting "Allow GitHub Actions to create and approve pull requests".
    pub actions_may_open_pulls: bool,
    /// Logins that can be assigned, and whose association is that of a member.
    pub members: BTreeSet<String>,
    /// Those of them who may only read.
    pub readers: BTreeSet<String>,
    pub labels: BTreeMap<String, Label>,
    /// Issues and pull requests by number.
    pub issues: BTreeMap<u64, Issue>,
    /// What became of the numbers that are no longer there.
    pub gone: BTreeMap<u64, Gone>,
    pub git: Git,
    /// Branches that take no direct commits.
    pub protected: BTreeMap<String, Protection>,
}

impl Repository {
    pub fn next_number(&self) -> u64 {
        let taken = self.issues.keys().chain(self.gone.keys());
        taken.max().map_or(1, |number| number + 1)
    }

    pub fn owner(&self) -> &str {
        self.full_name
            .split_once('/')
            .map_or("", |(owner, _)| owner)
    }
}

impl Label {
    pub fn new(id: u64, name: &str) -> Self {
        Self {
            id,
            name: name.into(),
            color: "ededed".into(),
            description: None,
        }
    }
}

/// A label; the key in [`Repository::labels`] is its name in lower case.
#[derive(Clone, Debug)]
pub struct Label {
    pub id: u64,
    pub name: String,
    pub color: String,
    pub description: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gone {
    Deleted,
    /// Turned into a discussion; with the status that REST answers, which is not documented.
    Discussion(u16),
    /// To this repository (by id) and number.
    Transferred(u64, u64),
}

/// One issue or pull request.
#[derive(Clone, Debug)]
pub struct Issue {
    pub id: u64,
    pub number: u64,
    pub title: String,
    pub body: Option<String>,
    pub is_open: bool,
    /// `completed`, `not_planned`, `duplicate`, `reopened`.
    pub state_reason: Option<String>,
    /// Names, as the repository spells them.
    pub labels: Vec<String>,
    pub assignees: Vec<String>,
    pub user: String,
    pub locked: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<String>,
    /// Repository id and number of the original; the timeline keeps it when the issue is opened again.
    pub duplicate_of: Option<(u64, u64)>,
    /// Turned into a discussion, and still shown, closed and locked.
    pub is_discussion: bool,
    pub comments: Vec<Comment>,
    /// Numbers of the pull requests that will close it.
    pub closing_pulls: Vec<u64>,
    pub pull: Option<Pull>,
}

impl Issue {
    pub fn new(id: u64, number: u64, user: &str, at: DateTime<Utc>) -> Self {
        Self {
            id,
            number,
            title: String::new(),
            body: None,
            is_open: true,
            state_reason: None,
            labels: Vec::new(),
            assignees: Vec::new(),
            user: user.into(),
            locked: false,
            created_at: at,
            updated_at: at,
            closed_at: None,
            closed_by: None,
            duplicate_of: None,
            is_discussion: false,
            comments: Vec::new(),
            closing_pulls: Vec::new(),
            pull: None,
        }
    }

    pub fn close(&mut self, reason: &str, by: &str, at: DateTime<Utc>) {
        self.is_open = false;
        self.state_reason = Some(reason.into());
        self.closed_at = Some(at);
        self.closed_by = Some(by.into());
        self.updated_at = at;
    }

    pub fn reopen(&mut self, at: DateTime<Utc>) {
        self.is_open = true;
        self.state_reason = Some("reopened".into());
        self.closed_at = None;
        self.closed_by = None;
        self.updated_at = at;
    }

    pub fn has_label(&self, name: &str) -> bool {
        self.labels
            .iter()
            .any(|label| label.eq_ignore_ascii_case(name))
    }

    pub fn body(&self) -> &str {
        self.body.as_deref().unwrap_or("")
    }
}

#[derive(Clone, Debug)]
pub struct Comment {
    pub id: u64,
    pub body: String,
    pub user: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What a pull request has beyond an issue.
#[derive(Clone, Debug)]
pub struct Pull {
    /// Full name of the repository of the branch; another one for a fork.
    pub head_repository: String,
    pub head_ref: String,
    /// Commit of the branch; for a fork it lies in the base repository too, as `refs/pull/N/head` does.
    pub head_sha: String,
    pub base_ref: String,
    pub base_sha: String,
    pub is_draft: bool,
    pub is_merged: bool,
}

/// A file that a pull request or a range of commits touches.
#[derive(Clone, Debug)]
pub struct ChangedFile {
    pub path: String,
    pub status: &'static str,
    pub old: Option<Vec<u8>>,
    pub new: Option<Vec<u8>>,
}
