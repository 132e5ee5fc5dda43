//! The JSON of REST answers, with the keys that GitHub sends.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::super::state::{Comment, Issue, Label, Repository, World};
use super::encode;

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

pub fn user(world: &World, login: &str) -> Value {
    let Some(user) = world.users.get(&login.to_lowercase()) else {
        // An account that was deleted.
        return Value::Null;
    };
    let login = &user.login;
    json!({
        "login": login,
        "id": user.id,
        "node_id": node_id(if user.is_bot { "BOT" } else { "U" }, user.id),
        "avatar_url": format!("https://avatars.githubusercontent.com/u/{}?v=4", user.id),
        "gravatar_id": "",
        "url": format!("{}/users/{}", world.api, encode(login)),
        "html_url": format!("{}/{}", world.server, login.trim_end_matches("[bot]")),
        "type": if user.is_bot { "Bot" } else { "User" },
        "user_view_type": "public",
        "site_admin": false,
    })
}

pub fn repository(world: &World, index: usize, can_push: bool) -> Value {
    let repository = &world.repositories[index];
    let (owner, name) = repository.full_name.split_once('/').unwrap();
    json!({
        "id": repository.id,
        "node_id": node_id("R", repository.id),
        "name": name,
        "full_name": repository.full_name,
        "private": repository.is_private,
        "owner": {"login": owner, "id": 9919, "node_id": node_id("O", 9919), "type": "Organization", "site_admin": false},
        "html_url": format!("{}/{}", world.server, repository.full_name),
        "description": null,
        "fork": false,
        "url": format!("{}/repos/{}", world.api, repository.full_name),
        "default_branch": repository.default_branch,
        "has_issues": repository.has_issues,
        "open_issues_count": repository.issues.values().filter(|issue| issue.is_open).count(),
        "archived": repository.is_archived,
        "disabled": false,
        "visibility": if repository.is_private { "private" } else { "public" },
        "permissions": {"admin": false, "maintain": false, "push": can_push, "triage": can_push, "pull": true},
        "created_at": time(world.now),
        "updated_at": time(world.now),
        "pushed_at": time(world.now),
        "language": null,
    })
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
        logins.iter().map(|login| user(world, login)).collect()
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

pub fn pull(world: &World, repository: &Repository, entry: &Issue) -> Value {
    let mut shape = issue(world, repository, entry);
    let pull = entry.pull.as_ref().unwrap();
    let base = format!(
        "{}/repos/{}/pulls/{}",
        world.api, repository.full_name, entry.number
    );
    let side = |full_name: &str, name: &str, sha: &str| {
        let owner = full_name.split('/').next().unwrap_or("");
        let known = world
            .repositories
            .iter()
            .find(|known| known.full_name == full_name);
        json!({
            "label": format!("{owner}:{name}"),
            "ref": name,
            "sha": sha,
            "user": {"login": owner, "id": 9919, "type": "Organization"},
            "repo": {
                "id": known.map_or(77, |known| known.id),
                "name": full_name.split('/').nth(1),
                "full_name": full_name,
                "fork": full_name != repository.full_name,
                "private": false,
                "default_branch": "main",
            },
        })
    };
    let head = pull_head(repository, entry);
    shape["url"] = json!(base);
    shape["state"] = json!(if entry.is_open { "open" } else { "closed" });
    shape["head"] = side(&pull.head_repository, &pull.head_ref, &head);
    shape["base"] = side(&repository.full_name, &pull.base_ref, &pull.base_sha);
    shape["draft"] = json!(pull.is_draft);
    shape["merged"] = json!(pull.is_merged);
    shape["merged_at"] = json!(pull.is_merged.then(|| time(entry.updated_at)));
    shape["mergeable"] = json!(true);
    shape["maintainer_can_modify"] = json!(false);
    let files = repository
        .git
        .changed(&fork_point(repository, entry), &head);
    shape["changed_files"] = json!(files.len());
    shape
}

/// The commit that a pull request proposes: its branch moves on while it is open.
pub fn pull_head(repository: &Repository, entry: &Issue) -> String {
    let pull = entry.pull.as_ref().unwrap();
    let branch = repository.git.head(&pull.head_ref);
    let own = pull.head_repository == repository.full_name;
    branch
        .filter(|_| own && entry.is_open)
        .map_or_else(|| pull.head_sha.clone(), |commit| commit.oid.clone())
}

/// Where the branch of a pull request leaves its base.
pub fn fork_point(repository: &Repository, entry: &Issue) -> String {
    let pull = entry.pull.as_ref().unwrap();
    let base = repository.git.head(&pull.base_ref);
    base.and_then(|base| {
        repository
            .git
            .merge_base(&base.oid, &pull_head(repository, entry))
    })
    .unwrap_or_else(|| pull.base_sha.clone())
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
        json!({
            "sha": "0".repeat(40),
            "filename": file.path,
            "status": file.status,
            "additions": added,
            "deletions": removed,
            "changes": added + removed,
            "contents_url": format!("{}/repos/{}/contents/{}?ref={to}", world.api, repository.full_name, file.path),
            "patch": diff.unified_diff().context_radius(3).to_string().trim_end(),
        })
    };
    changed.iter().map(shape).collect()
}
