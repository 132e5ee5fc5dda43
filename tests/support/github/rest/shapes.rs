//! The JSON of REST answers, with the keys that GitHub sends.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::super::state::{Comment, Issue, Label, Repository, World};
pub use super::{
    accounts::{repository, user},
    pull_json::{fork_point, pull, pull_head, pull_in_list},
};
use super::{encode, encode_path};

pub fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An opaque id as GraphQL gives them.
pub fn node_id(kind: &str, id: u64) -> String {
    format!(
        "{kind}_{}",
        STANDARD.encode(id.to_string()).trim_end_matches('=')
    )
}

pub fn label(world: &World, repository: &Repository, label: &Label) -> Value {
    json!({
        "id": label.id,
        "node_id": node_id("LA", label.id),
        "url": format!("{}/repos/{}/labels/{}", world.api, repository.full_name, encode(&label.name)),
        "name": label.name,
        "color": label.color,
        "default": false,
        "description": label.description,
    })
}

pub fn labels(world: &World, repository: &Repository, issue: &Issue) -> Vec<Value> {
    issue
        .labels
        .iter()
        .filter_map(|name| repository.labels.get(&name.to_lowercase()))
        .map(|entry| label(world, repository, entry))
        .collect()
}

/// How the author stands to the repository, in REST's and GraphQL's common words.
pub fn association(repository: &Repository, issue: &Issue) -> &'static str {
    if repository.owner().eq_ignore_ascii_case(&issue.user) {
        "OWNER"
    } else if repository.members.contains(&issue.user) {
        "MEMBER"
    } else {
        "NONE"
    }
}

pub fn issue(world: &World, repository: &Repository, issue: &Issue) -> Value {
    let base = format!("{}/repos/{}", world.api, repository.full_name);
    let url = format!("{base}/issues/{}", issue.number);
    let kind = if issue.pull.is_some() {
        "pull"
    } else {
        "issues"
    };
    let page = format!(
        "{}/{}/{kind}/{}",
        world.server, repository.full_name, issue.number
    );
    let people = |logins: &[String]| -> Vec<Value> {
        let accounts = logins.iter().map(|login| user(world, login));
        // Nothing is assigned to an account that was deleted.
        accounts.filter(|account| !account.is_null()).collect()
    };
    let mut shape = json!({
        "url": url,
        "repository_url": base,
        "labels_url": format!("{url}/labels{{/name}}"),
        "comments_url": format!("{url}/comments"),
        "events_url": format!("{url}/events"),
        "html_url": page,
        "id": issue.id,
        "node_id": node_id(if issue.pull.is_some() { "PR" } else { "I" }, issue.id),
        "number": issue.number,
        "title": issue.title,
        "user": user(world, &issue.user),
        "labels": labels(world, repository, issue),
        "state": if issue.is_open { "open" } else { "closed" },
        "locked": issue.locked,
        "assignee": issue.assignees.first().map(|login| user(world, login)),
        "assignees": people(&issue.assignees),
        "milestone": null,
        "comments": issue.comments.len(),
        "created_at": time(issue.created_at),
        "updated_at": time(issue.updated_at),
        "closed_at": issue.closed_at.map(time),
        "closed_by": issue.closed_by.as_ref().map(|login| user(world, login)),
        "author_association": association(repository, issue),
        "active_lock_reason": null,
        "body": issue.body,
        "timeline_url": format!("{url}/timeline"),
        "performed_via_github_app": null,
        "state_reason": issue.state_reason,
    });
    if issue.pull.is_some() {
        shape["draft"] = json!(issue.pull.as_ref().is_some_and(|pull| pull.is_draft));
        shape["pull_request"] = json!({
            "url": format!("{base}/pulls/{}", issue.number),
            "html_url": page,
            "diff_url": format!("{page}.diff"),
            "patch_url": format!("{page}.patch"),
            "merged_at": null,
        });
    }
    shape
}

pub fn comment(world: &World, repository: &Repository, number: u64, comment: &Comment) -> Value {
    let base = format!("{}/repos/{}/issues", world.api, repository.full_name);
    json!({
        "id": comment.id,
        "node_id": node_id("IC", comment.id),
        "url": format!("{base}/comments/{}", comment.id),
        "html_url": format!("{}/{}/issues/{number}#issuecomment-{}", world.server, repository.full_name, comment.id),
        "issue_url": format!("{base}/{number}"),
        "body": comment.body,
        "user": user(world, &comment.user),
        "created_at": time(comment.created_at),
        "updated_at": time(comment.updated_at),
        "author_association": "NONE",
        "performed_via_github_app": null,
    })
}

/// Files of a pull request or comparison, with a patch of the changed lines.
pub fn files(world: &World, repository: &Repository, from: &str, to: &str) -> Vec<Value> {
    let text = |bytes: &Option<Vec<u8>>| {
        String::from_utf8_lossy(bytes.as_deref().unwrap_or_default()).into_owned()
    };
    let changed = repository.git.changed(from, to);
    let shape = |file: &super::super::state::ChangedFile| {
        let (old, new) = (text(&file.old), text(&file.new));
        let diff = similar::TextDiff::from_lines(&old, &new);
        let count = |tag| {
            diff.iter_all_changes()
                .filter(|change| change.tag() == tag)
                .count()
        };
        let (added, removed) = (
            count(similar::ChangeTag::Insert),
            count(similar::ChangeTag::Delete),
        );
        let place = encode_path(&file.path);
        json!({
            "sha": "0".repeat(40),
            "filename": file.path,
            "status": file.status,
            "additions": added,
            "deletions": removed,
            "changes": added + removed,
            "contents_url": format!("{}/repos/{}/contents/{}?ref={to}", world.api, repository.full_name, place),
            "blob_url": format!("{}/{}/blob/{to}/{}", world.server, repository.full_name, place),
            "raw_url": format!("{}/{}/raw/{to}/{}", world.server, repository.full_name, place),
            "patch": diff.unified_diff().context_radius(3).to_string().trim_end(),
        })
    };
    changed.iter().map(shape).collect()
}
