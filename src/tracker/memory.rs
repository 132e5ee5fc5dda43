//! A tracker in memory, for tests of the stages that ask or change one. Its listing says as little as GitHub's does.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};

use async_trait::async_trait;

use super::{Extent, Home, Reader, TrackerError, Writer};
use crate::model::{
    issue::{Author, Draft, Issue, IssuePatch, Lookup, NewState, State, same_label},
    link::{IssueKey, Repository},
    marker::Marker,
};

/// Issues by key, and what was written to them.
pub(crate) struct Memory {
    home: Home,
    pub(crate) issues: RefCell<BTreeMap<IssueKey, Issue>>,
    /// What the next writes meet, one after the other; `None` for one that succeeds.
    pub(crate) refusals: RefCell<VecDeque<Option<TrackerError>>>,
    pub(crate) writes: RefCell<Vec<String>>,
}

/// What comes of `future`; nothing in memory ever waits.
pub(crate) fn outcome_of<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

/// The issue `number` of `acme/shop` or, with a slash, of another repository.
pub(crate) fn key(name: &str) -> IssueKey {
    let (repository, number) = name.split_once('#').expect("owner/name#12 or #12");
    let repository = if repository.is_empty() {
        "acme/shop"
    } else {
        repository
    };
    IssueKey {
        repository: Repository::parse(repository).expect("owner/name"),
        number: number.parse().expect("a number"),
    }
}

/// An open issue of nobody in particular, opened by the tool.
pub(crate) fn issue(name: &str) -> Issue {
    let key = key(name);
    Issue {
        url: format!(
            "https://github.com/{}/issues/{}",
            key.repository, key.number
        ),
        key,
        title: "Add memory monitoring".into(),
        body: String::new(),
        state: State::Open,
        labels: vec!["postmortem-action".into()],
        assignees: Vec::new(),
        duplicates: Vec::new(),
        has_open_pull_request: false,
        is_pull_request: false,
        locked: false,
        author: Author {
            login: "bot".into(),
            is_self: true,
            can_write: true,
        },
        created_at: None,
        closed_at: None,
    }
}

impl Memory {
    pub(crate) fn new() -> Self {
        Self {
            home: Home {
                host: "github.com".into(),
                server: "https://github.com".into(),
                repository: key("#1").repository,
                repository_id: 7,
            },
            issues: RefCell::default(),
            refusals: RefCell::default(),
            writes: RefCell::default(),
        }
    }

    pub(crate) fn put(&self, issue: Issue) {
        self.issues.borrow_mut().insert(issue.key.clone(), issue);
    }

    pub(crate) fn get(&self, name: &str) -> Issue {
        self.issues.borrow()[&key(name)].clone()
    }

    pub(crate) fn change(&self, name: &str, change: impl FnOnce(&mut Issue)) {
        change(
            self.issues
                .borrow_mut()
                .get_mut(&key(name))
                .expect("an issue"),
        );
    }

    /// What was written since the last call.
    pub(crate) fn take_writes(&self) -> Vec<String> {
        self.writes.take()
    }

    fn write(
        &self,
        what: String,
        key: &IssueKey,
        change: impl FnOnce(&mut Issue),
    ) -> Result<(), TrackerError> {
        self.writes.borrow_mut().push(what);
        if let Some(Some(error)) = self.refusals.borrow_mut().pop_front() {
            return Err(error);
        }
        change(
            self.issues
                .borrow_mut()
                .get_mut(key)
                .ok_or_else(|| TrackerError::NotFound(key.to_string()))?,
        );
        Ok(())
    }
}

#[async_trait(?Send)]
impl Reader for Memory {
    fn home(&self) -> &Home {
        &self.home
    }

    async fn lookup(&self, keys: &[IssueKey]) -> Result<Vec<Lookup>, TrackerError> {
        let issues = self.issues.borrow();
        let answer = |key| match issues.get(key) {
            Some(issue) => Lookup::Found(Box::new(issue.clone())),
            None if key.number > 900 => Lookup::Unreadable("it is private".into()),
            None => Lookup::Deleted,
        };
        Ok(keys.iter().map(answer).collect())
    }

    async fn listing(&self, label: &str, _: Extent) -> Result<Vec<Issue>, TrackerError> {
        let issues = self.issues.borrow();
        let mut listed: Vec<Issue> = issues
            .values()
            .filter(|issue| issue.key.repository == self.home.repository && !issue.is_pull_request)
            .filter(|issue| issue.has_label(label) || Marker::read(&issue.body).is_some())
            .cloned()
            .collect();
        for issue in &mut listed {
            issue.has_open_pull_request = false;
            if issue.state.is_duplicate() {
                issue.state = State::Duplicate(None);
            }
        }
        listed.reverse();
        Ok(listed)
    }
}

#[async_trait(?Send)]
impl Writer for Memory {
    async fn open(&self, draft: &Draft) -> Result<Issue, TrackerError> {
        self.writes
            .borrow_mut()
            .push(format!("open {}", draft.title));
        if let Some(Some(error)) = self.refusals.borrow_mut().pop_front() {
            return Err(error);
        }
        let mut issues = self.issues.borrow_mut();
        let last = issues.keys().map(|key| key.number).max().unwrap_or(0);
        let opened = Issue {
            title: draft.title.clone(),
            body: draft.body.clone(),
            labels: draft.labels.clone(),
            // `ghost` cannot be assigned.
            assignees: draft
                .assignees
                .iter()
                .filter(|login| *login != "ghost")
                .cloned()
                .collect(),
            ..issue(&format!("#{}", last + 1))
        };
        issues.insert(opened.key.clone(), opened.clone());
        Ok(opened)
    }

    async fn update(&self, key: &IssueKey, patch: &IssuePatch) -> Result<(), TrackerError> {
        let patch = patch.clone();
        self.write(format!("update {key}"), key, |issue| {
            issue.title = patch.title.unwrap_or_else(|| issue.title.clone());
            issue.body = patch.body.unwrap_or_else(|| issue.body.clone());
            issue.assignees = patch.assignees.unwrap_or_else(|| issue.assignees.clone());
            issue.assignees.retain(|login| login != "ghost");
            match patch.state {
                Some(NewState::Open) => issue.state = State::Reopened,
                Some(NewState::NotPlanned) => issue.state = State::NotPlanned,
                None => {}
            }
        })
    }

    async fn add_labels(&self, key: &IssueKey, labels: &[String]) -> Result<(), TrackerError> {
        self.write(
            format!("label {key} +{}", labels.join(" +")),
            key,
            |issue| {
                issue.labels.extend(labels.iter().cloned());
            },
        )
    }

    async fn remove_label(&self, key: &IssueKey, label: &str) -> Result<(), TrackerError> {
        self.write(format!("label {key} -{label}"), key, |issue| {
            issue.labels.retain(|own| !same_label(own, label));
        })
    }

    async fn close_duplicate(&self, key: &IssueKey, of: &IssueKey) -> Result<(), TrackerError> {
        self.write(format!("close {key} as {of}"), key, |issue| {
            issue.state = State::Duplicate(Some(of.clone()));
        })
    }
}
