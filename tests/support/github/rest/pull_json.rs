//! The JSON of a pull request, and the commits that it stands between.

use serde_json::{Value, json};

use super::super::state::{Issue, Repository, World};

/// Addresses that the API sends along and that nobody here follows.
const ADDRESSES: [(&str, &str); 4] = [
    ("commits_url", "commits"),
    ("review_comments_url", "comments"),
    ("review_comment_url", "comments{/number}"),
    ("statuses_url", "statuses"),
];

/// What an issue has and a pull request has not.
const ISSUE_ONLY: [&str; 8] = [
    "closed_by",
    "events_url",
    "labels_url",
    "performed_via_github_app",
    "pull_request",
    "repository_url",
    "state_reason",
    "timeline_url",
];

/// What a list of pull requests leaves out.
const SINGLE_ONLY: [&str; 11] = [
    "additions",
    "changed_files",
    "comments",
    "commits",
    "deletions",
    "maintainer_can_modify",
    "mergeable",
    "mergeable_state",
    "merged",
    "merged_by",
    "review_comments",
];

/// What a repository shows only where it is asked for itself.
const REPOSITORY_ONLY: [&str; 2] = ["network_count", "subscribers_count"];

/// A pull request in a list.
pub fn pull_in_list(world: &World, repository: &Repository, entry: &Issue) -> Value {
    let mut shape = pull(world, repository, entry);
    leave_out(&mut shape, &SINGLE_ONLY);
    shape
}

fn leave_out(shape: &mut Value, names: &[&str]) {
    let fields = shape.as_object_mut().unwrap();
    fields.retain(|name, _| !names.contains(&name.as_str()));
}

/// A pull request asked for by its number.
pub fn pull(world: &World, repository: &Repository, entry: &Issue) -> Value {
    let mut shape = super::shapes::issue(world, repository, entry);
    leave_out(&mut shape, &ISSUE_ONLY);
    let pull = entry.pull.as_ref().unwrap();
    let base = format!(
        "{}/repos/{}/pulls/{}",
        world.api, repository.full_name, entry.number
    );
    let own = world
        .repositories
        .iter()
        .position(|known| known.id == repository.id);
    let mut own = super::accounts::repository(world, own.unwrap(), false);
    leave_out(&mut own, &REPOSITORY_ONLY);
    let side = |full_name: &str, name: &str, sha: &str| {
        let (owner, short) = full_name.split_once('/').unwrap();
        let mut repo = own.clone();
        if full_name != repository.full_name {
            repo["id"] = json!(repository.id + 1);
            repo["name"] = json!(short);
            repo["full_name"] = json!(full_name);
            repo["fork"] = json!(true);
            repo["owner"] = super::accounts::organisation(world, owner);
        }
        json!({
            "label": format!("{owner}:{name}"),
            "ref": name,
            "sha": sha,
            "user": repo["owner"],
            "repo": repo,
        })
    };
    let head = pull_head(repository, entry);
    shape["url"] = json!(base);
    shape["state"] = json!(if entry.is_open { "open" } else { "closed" });
    shape["head"] = side(&pull.head_repository, &pull.head_ref, &head);
    shape["base"] = side(&repository.full_name, &pull.base_ref, &pull.base_sha);
    shape["draft"] = json!(pull.is_draft);
    shape["merged"] = json!(pull.is_merged);
    shape["merged_at"] = json!(
        pull.is_merged
            .then(|| super::shapes::time(entry.updated_at))
    );
    shape["mergeable"] = json!(true);
    shape["maintainer_can_modify"] = json!(false);
    shape["mergeable_state"] = json!("clean");
    shape["merge_commit_sha"] = json!(pull.base_sha);
    shape["merged_by"] = Value::Null;
    shape["auto_merge"] = Value::Null;
    shape["review_comments"] = json!(0);
    shape["commits"] = json!(1);
    let files = super::shapes::files(world, repository, &fork_point(repository, entry), &head);
    for name in ["additions", "deletions"] {
        let lines = files.iter().filter_map(|file| file[name].as_u64());
        shape[name] = json!(lines.sum::<u64>());
    }
    shape["changed_files"] = json!(files.len());
    let page = shape["html_url"].clone();
    let page = page.as_str().unwrap();
    shape["diff_url"] = json!(format!("{page}.diff"));
    shape["patch_url"] = json!(format!("{page}.patch"));
    shape["issue_url"] = json!(base.replace("/pulls/", "/issues/"));
    for (name, place) in ADDRESSES {
        shape[name] = json!(format!("{base}/{place}"));
    }
    let links = [
        "self",
        "html",
        "issue",
        "comments",
        "review_comments",
        "review_comment",
        "commits",
        "statuses",
    ];
    shape["_links"] = links
        .iter()
        .map(|name| ((*name).to_owned(), json!({"href": base})))
        .collect();
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
