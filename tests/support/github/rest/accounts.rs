//! The JSON of users, organisations and repositories.

use serde_json::{Value, json};

use super::{
    super::state::World,
    Reply, encode,
    shapes::{node_id, time},
};

/// Addresses that the API sends with a user and that nobody here follows.
const USER_ADDRESSES: [&str; 9] = [
    "events_url",
    "followers_url",
    "following_url",
    "gists_url",
    "organizations_url",
    "received_events_url",
    "repos_url",
    "starred_url",
    "subscriptions_url",
];

/// The same of a repository.
const REPOSITORY_ADDRESSES: [&str; 36] = [
    "archive_url",
    "assignees_url",
    "blobs_url",
    "branches_url",
    "collaborators_url",
    "comments_url",
    "commits_url",
    "compare_url",
    "contents_url",
    "contributors_url",
    "deployments_url",
    "downloads_url",
    "events_url",
    "forks_url",
    "git_commits_url",
    "git_refs_url",
    "git_tags_url",
    "hooks_url",
    "issue_comment_url",
    "issue_events_url",
    "issues_url",
    "keys_url",
    "labels_url",
    "languages_url",
    "merges_url",
    "milestones_url",
    "notifications_url",
    "pulls_url",
    "releases_url",
    "stargazers_url",
    "statuses_url",
    "subscribers_url",
    "subscription_url",
    "tags_url",
    "teams_url",
    "trees_url",
];

/// What is counted in a repository and is nothing here.
const REPOSITORY_COUNTS: [&str; 8] = [
    "forks",
    "forks_count",
    "network_count",
    "watchers",
    "watchers_count",
    "stargazers_count",
    "subscribers_count",
    "size",
];

/// What a repository can have and has not here.
const REPOSITORY_FEATURES: [&str; 5] = [
    "has_projects",
    "has_wiki",
    "has_pages",
    "has_discussions",
    "has_downloads",
];

pub fn user(world: &World, login: &str) -> Value {
    let Some(user) = world.users.get(&login.to_lowercase()) else {
        // An account that was deleted.
        return Value::Null;
    };
    let login = &user.login;
    let url = format!("{}/users/{}", world.api, encode(login));
    let mut shape = json!({
        "login": login,
        "id": user.id,
        "node_id": node_id(if user.is_bot { "BOT" } else { "U" }, user.id),
        "avatar_url": format!("https://avatars.githubusercontent.com/u/{}?v=4", user.id),
        "gravatar_id": "",
        "url": url,
        "html_url": format!("{}/{}", world.server, login.trim_end_matches("[bot]")),
        "type": if user.is_bot { "Bot" } else { "User" },
        "user_view_type": "public",
        "site_admin": false,
    });
    add_addresses(&mut shape, &url, &USER_ADDRESSES);
    shape
}

/// What somebody may do in a repository; `None` where there is no such account.
pub(super) fn permission(world: &World, repository: usize, login: &str) -> Option<Reply> {
    world.users.get(login)?;
    let repository = &world.repositories[repository];
    let is_member = repository.members.contains(login) && !repository.readers.contains(login);
    let role = if repository.owner().eq_ignore_ascii_case(login) {
        "admin"
    } else if is_member {
        "write"
    } else if repository.is_private && !repository.members.contains(login) {
        "none"
    } else {
        "read"
    };
    let may_write = matches!(role, "write" | "admin");
    let mut who = user(world, login);
    who["role_name"] = json!(role);
    who["permissions"] = json!({
        "pull": role != "none",
        "triage": may_write,
        "push": may_write,
        "maintain": role == "admin",
        "admin": role == "admin",
    });
    let shape = json!({"permission": role, "role_name": role, "user": who});
    Some(Reply::new(200, shape))
}

/// Gives every `…_url` its address below `base`.
fn add_addresses(shape: &mut Value, base: &str, names: &[&str]) {
    for name in names {
        let place = name.trim_end_matches("_url").replace('_', "/");
        shape[*name] = json!(format!("{base}/{place}"));
    }
}

/// The organisation that a repository belongs to.
pub fn organisation(world: &World, login: &str) -> Value {
    let url = format!("{}/users/{login}", world.api);
    let mut shape = json!({
        "login": login,
        "id": 9919,
        "node_id": node_id("O", 9919),
        "avatar_url": "https://avatars.githubusercontent.com/u/9919?v=4",
        "gravatar_id": "",
        "url": url,
        "html_url": format!("{}/{login}", world.server),
        "type": "Organization",
        "user_view_type": "public",
        "site_admin": false,
    });
    add_addresses(&mut shape, &url, &USER_ADDRESSES);
    shape
}

pub fn repository(world: &World, index: usize, can_push: bool) -> Value {
    let repository = &world.repositories[index];
    let (owner, name) = repository.full_name.split_once('/').unwrap();
    let page = format!("{}/{}", world.server, repository.full_name);
    let url = format!("{}/repos/{}", world.api, repository.full_name);
    let open = repository
        .issues
        .values()
        .filter(|issue| issue.is_open)
        .count();
    let mut shape = json!({
        "id": repository.id,
        "node_id": node_id("R", repository.id),
        "name": name,
        "full_name": repository.full_name,
        "private": repository.is_private,
        "owner": organisation(world, owner),
        "html_url": page,
        "clone_url": format!("{page}.git"),
        "svn_url": page,
        "git_url": format!("{}.git", page.replacen("https", "git", 1)),
        "ssh_url": format!("git@github.com:{}.git", repository.full_name),
        "mirror_url": null,
        "homepage": null,
        "description": null,
        "license": null,
        "fork": false,
        "url": url,
        "default_branch": repository.default_branch,
        "has_issues": repository.has_issues,
        "open_issues": open,
        "open_issues_count": open,
        "archived": repository.is_archived,
        "disabled": false,
        "visibility": if repository.is_private { "private" } else { "public" },
        "permissions": {"admin": false, "maintain": false, "push": can_push, "triage": can_push, "pull": true},
        "created_at": time(world.now),
        "updated_at": time(world.now),
        "pushed_at": time(world.now),
        "language": null,
    });
    add_addresses(&mut shape, &url, &REPOSITORY_ADDRESSES);
    for name in REPOSITORY_COUNTS {
        shape[name] = json!(0);
    }
    for name in REPOSITORY_FEATURES {
        shape[name] = json!(false);
    }
    shape
}
