//! The parts of GitHub's payloads that are read.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{IssueEvent, MergeGroup, PullRequest, Push, Side};
use crate::model::link::{IssueKey, Repository};

/// GitHub Enterprise Server of some years names this many commits at most, and does not say that there
/// were more.
const COMPLETE_BELOW: usize = 20;

#[derive(Deserialize)]
struct Repo {
    full_name: Option<String>,
    default_branch: Option<String>,
}

impl Repo {
    fn repository(&self) -> Option<Repository> {
        Repository::parse(self.full_name.as_deref()?)
    }
}

#[derive(Deserialize)]
struct Branch {
    sha: String,
    #[serde(rename = "ref")]
    name: String,
    repo: Option<Repo>,
}

impl Branch {
    fn side(self) -> Side {
        Side {
            repository: self.repo.as_ref().and_then(Repo::repository),
            sha: self.sha,
            branch: self.name,
        }
    }
}

pub(super) fn pull_request(payload: &str) -> serde_json::Result<PullRequest> {
    #[derive(Deserialize)]
    struct Payload {
        action: String,
        pull_request: Pull,
    }
    #[derive(Deserialize)]
    struct Pull {
        number: u64,
        draft: Option<bool>,
        merged: Option<bool>,
        created_at: Option<DateTime<Utc>>,
        head: Branch,
        base: Branch,
    }
    let Payload {
        action,
        pull_request: pull,
    } = serde_json::from_str(payload)?;
    let (head, base) = (pull.head.side(), pull.base.side());
    Ok(PullRequest {
        number: pull.number,
        action,
        draft: pull.draft.unwrap_or(false),
        merged: pull.merged.unwrap_or(false),
        created_at: pull.created_at,
        from_fork: head.repository.is_none() || head.repository != base.repository,
        head,
        base,
    })
}

pub(super) fn merge_group(payload: &str) -> serde_json::Result<MergeGroup> {
    #[derive(Deserialize)]
    struct Payload {
        merge_group: Group,
    }
    #[derive(Deserialize)]
    struct Group {
        head_sha: String,
        base_sha: String,
    }
    let Payload { merge_group: group } = serde_json::from_str(payload)?;
    Ok(MergeGroup {
        head_sha: group.head_sha,
        base_sha: group.base_sha,
    })
}

#[derive(Deserialize)]
struct Commit {
    added: Option<Vec<String>>,
    modified: Option<Vec<String>>,
}

pub(super) fn push(payload: &str) -> serde_json::Result<Push> {
    #[derive(Deserialize)]
    struct Payload {
        #[serde(rename = "ref")]
        git_ref: String,
        before: Option<String>,
        after: Option<String>,
        forced: Option<bool>,
        repository: Option<Repo>,
        commits: Option<Vec<Commit>>,
    }
    let payload: Payload = serde_json::from_str(payload)?;
    // Forty zeros stand for no commit.
    let real = |sha: &String| sha.bytes().any(|byte| byte != b'0');
    let before = payload.before.filter(real);
    let forced = payload.forced.unwrap_or(false);
    // What a new branch or a rewritten history holds besides these commits, they do not say.
    let whole = before.is_some() && !forced;
    Ok(Push {
        changed: payload.commits.filter(|_| whole).and_then(changed),
        before,
        after: payload.after.filter(real),
        git_ref: payload.git_ref,
        default_branch: payload.repository.and_then(|repo| repo.default_branch),
    })
}

fn changed(commits: Vec<Commit>) -> Option<Vec<String>> {
    if commits.is_empty() || commits.len() >= COMPLETE_BELOW {
        return None;
    }
    let mut paths = Vec::new();
    for commit in commits {
        paths.extend(commit.added?);
        paths.extend(commit.modified?);
    }
    paths.sort();
    paths.dedup();
    Some(paths)
}

pub(super) fn issues(payload: &str) -> serde_json::Result<IssueEvent> {
    #[derive(Deserialize)]
    struct Payload {
        issue: Issue,
        changes: Option<Changes>,
    }
    #[derive(Deserialize)]
    struct Issue {
        number: u64,
    }
    #[derive(Deserialize)]
    struct Changes {
        new_issue: Option<Issue>,
        new_repository: Option<Repo>,
    }
    let payload: Payload = serde_json::from_str(payload)?;
    let transferred_to = payload.changes.and_then(|changes| {
        Some(IssueKey {
            number: changes.new_issue?.number,
            repository: changes.new_repository?.repository()?,
        })
    });
    Ok(IssueEvent {
        number: payload.issue.number,
        transferred_to,
    })
}
