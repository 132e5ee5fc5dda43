//! The JSON of a commit.

use serde_json::{Value, json};

use super::{
    super::{
        git::Commit,
        state::{Repository, World},
    },
    shapes::time,
};

/// A commit as the git data API shows it.
pub fn plain(world: &World, repository: &Repository, commit: &Commit) -> Value {
    let url = format!("{}/repos/{}/git", world.api, repository.full_name);
    let page = format!("{}/{}/commit", world.server, repository.full_name);
    let who = json!({"name": "GitHub", "email": "noreply@github.com", "date": time(commit.at)});
    let tree = &commit.tree;
    let parents = commit.parents.iter().map(|oid| {
        json!({"sha": oid, "url": format!("{url}/commits/{oid}"), "html_url": format!("{page}/{oid}")})
    });
    json!({
        "sha": commit.oid,
        "node_id": format!("C_{}", commit.oid),
        "url": format!("{url}/commits/{}", commit.oid),
        "html_url": format!("{page}/{}", commit.oid),
        "author": who,
        "committer": who,
        "message": commit.message,
        "comment_count": 0,
        "tree": {"sha": tree, "url": format!("{url}/trees/{tree}")},
        "parents": parents.collect::<Vec<_>>(),
        "verification": {"verified": true, "reason": "valid", "signature": null, "payload": null, "verified_at": null},
    })
}

/// A commit as lists and comparisons show it. The people behind it have no account here.
pub fn with_people(world: &World, repository: &Repository, commit: &Commit) -> Value {
    let mut plain = plain(world, repository, commit);
    let url = format!(
        "{}/repos/{}/commits/{}",
        world.api, repository.full_name, commit.oid
    );
    let mut shape = json!({
        "url": url,
        "comments_url": format!("{url}/comments"),
        "author": null,
        "committer": null,
    });
    // These stand beside the plain commit, not in it.
    for name in ["sha", "node_id", "html_url", "parents"] {
        shape[name] = plain[name].take();
        plain.as_object_mut().unwrap().remove(name);
    }
    shape["commit"] = plain;
    shape
}
