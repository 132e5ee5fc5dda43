//! An issue as a tracker shows it, and what is asked of a tracker.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{link::IssueKey, status::Status};

/// Whether an issue is open, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Open; never closed before.
    Open,
    /// Open again after it had been closed.
    Reopened,
    /// Closed as completed, or closed without a reason.
    Completed,
    /// Closed as not planned.
    NotPlanned,
    /// Closed as a duplicate; of which issue, where that is known.
    Duplicate(Option<IssueKey>),
    /// Closed as a duplicate of an issue that is out of this token's sight.
    HiddenDuplicate,
}

impl State {
    /// Whether the issue is open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open | Self::Reopened)
    }

    /// Whether the issue was closed as a duplicate.
    #[must_use]
    pub const fn is_duplicate(&self) -> bool {
        matches!(self, Self::Duplicate(_) | Self::HiddenDuplicate)
    }
}

/// Who opened an issue, as far as trust in its marker goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Author {
    /// Login, for messages.
    pub login: String,
    /// Whether this is the identity that the run itself has.
    pub is_self: bool,
    /// Whether the author can write to the repository. By members and collaborators a listing means people who may only
    /// read, too; where a marker is at stake, the tracker has asked.
    pub can_write: bool,
}

impl Author {
    /// Whether a marker in this author's issue counts. A stranger who opens an issue with a
    /// perfect marker is not believed.
    #[must_use]
    pub const fn is_trusted(&self) -> bool {
        self.is_self || self.can_write
    }
}

/// One issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// Repository and number.
    pub key: IssueKey,
    /// Address that people open; a path for the embedded tracker.
    pub url: String,
    /// Title.
    pub title: String,
    /// Body, markers included.
    pub body: String,
    /// Open or closed, and why.
    pub state: State,
    /// Labels by name, as the tracker spells them.
    pub labels: Vec<String>,
    /// Logins of the assignees.
    pub assignees: Vec<String>,
    /// Issues that were marked as duplicates of this one, as far as it tells; any of them may have been opened again.
    pub duplicates: Vec<IssueKey>,
    /// Whether an open pull request will close it.
    pub has_open_pull_request: bool,
    /// Whether this number is a pull request and no issue.
    pub is_pull_request: bool,
    /// Whether the conversation is locked.
    pub locked: bool,
    /// Who opened it.
    pub author: Author,
    /// When it was opened.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was last closed.
    pub closed_at: Option<DateTime<Utc>>,
}

impl Issue {
    /// Whether the issue carries `label`; labels are compared without regard to case, as GitHub does.
    #[must_use]
    pub fn has_label(&self, label: &str) -> bool {
        self.labels.iter().any(|own| same_label(own, label))
    }

    /// How far the work is, by the issue alone. Whoever opened a pull request works on it. A duplicate without a known original counts as
    /// decided against; with one, the caller asks the original.
    #[must_use]
    pub fn status(&self, in_progress_labels: &[String]) -> Status {
        match self.state {
            State::Completed => Status::Done,
            State::NotPlanned | State::Duplicate(_) | State::HiddenDuplicate => Status::WontDo,
            State::Open | State::Reopened => {
                let labelled = in_progress_labels.iter().any(|label| self.has_label(label));
                let has_worker = !self.assignees.is_empty() || self.is_pull_request;
                let worked_on = has_worker && self.has_open_pull_request;
                if labelled || worked_on {
                    Status::InProgress
                } else {
                    Status::NotStarted
                }
            }
        }
    }
}

/// Whether two label names are the same label.
#[must_use]
pub fn same_label(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// What a tracker knows about an issue that somebody linked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lookup {
    /// It is there; under another key than asked for where it was transferred or its repository renamed.
    Found(Box<Issue>),
    /// It was deleted.
    Deleted,
    /// It cannot be read with this token: private, moved out of sight, or never there.
    Unreadable(String),
}

/// An issue to be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// Title, within [`TITLE_LIMIT`].
    pub title: String,
    /// Body, within [`BODY_LIMIT`], marker first.
    pub body: String,
    /// Labels.
    pub labels: Vec<String>,
    /// Logins to assign; every one is mapped by the configuration.
    pub assignees: Vec<String>,
}

/// What changes on an issue that is there. A field that is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IssuePatch {
    /// New title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// New body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// New assignees, all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignees: Option<Vec<String>>,
    /// Whether it is open or closed from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<NewState>,
}

/// What an issue is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewState {
    /// Open again.
    Open,
    /// Closed as not planned.
    NotPlanned,
}

impl IssuePatch {
    /// Whether nothing would change.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.title.is_none()
            && self.body.is_none()
            && self.assignees.is_none()
            && self.state.is_none()
    }
}

/// Longest title that GitHub takes, in characters (422 `title is too long (maximum is 256 characters)`).
pub const TITLE_LIMIT: usize = 256;

/// Longest body that GitHub takes, in characters (422 `body is too long (maximum is 65536 characters)`).
pub const BODY_LIMIT: usize = 65_536;
