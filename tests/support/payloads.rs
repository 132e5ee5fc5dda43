//! Real event payloads, fitted into the world of a test.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::github::{GitHub, world::REPOSITORY};

/// Names of repositories in the stored payloads.
const STRANGERS: [&str; 2] = ["Codertocat/Hello-World", "octo-org/octo-repo"];

/// A stored payload with the names, ids and addresses of the world.
pub fn load(github: &GitHub, name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/payloads/{name}.json"));
    let mut text = fs::read_to_string(path).unwrap();
    for stranger in STRANGERS {
        text = text.replace(stranger, REPOSITORY);
    }
    text = text
        .replace("https://api.github.com", &github.api_url())
        .replace("https://github.com", &github.server_url());
    let mut payload: Value = serde_json::from_str(&text).unwrap();
    let repository = github.world().repository_json();
    merge(&mut payload["repository"], &repository);
    payload
}

/// `opened`, `synchronize` or `closed`, for a pull request of the world.
pub fn pull_request(github: &GitHub, action: &str, number: u64) -> Value {
    // What these say, they say alike; the package of examples has the other actions as well.
    let like = match action {
        "closed" | "synchronize" => action,
        _ => "opened",
    };
    let mut payload = load(github, &format!("pull_request_{like}"));
    payload["action"] = json!(action);
    let pull = github.world().pull_json(number);
    payload["number"] = json!(number);
    merge(&mut payload["pull_request"], &pull);
    if action == "synchronize" {
        payload["after"] = pull["head"]["sha"].clone();
    }
    payload
}

/// A push to `main`, with the files that its commit touches.
pub fn push(github: &GitHub, before: &str, after: &str) -> Value {
    let mut payload = load(github, "push");
    payload["ref"] = json!("refs/heads/main");
    payload["before"] = json!(before);
    payload["after"] = json!(after);
    payload["created"] = json!(false);
    payload["base_ref"] = Value::Null;
    let mut world = github.world();
    let changed = world.shop().git.changed(before, after);
    let by_status = |status: &str| -> Value {
        let files = changed.iter().filter(|file| file.status == status);
        files.map(|file| json!(file.path)).collect()
    };
    let commit = &mut payload["commits"][0];
    commit["id"] = json!(after);
    for status in ["added", "modified", "removed"] {
        commit[status] = by_status(status);
    }
    payload["head_commit"] = payload["commits"][0].clone();
    payload
}

/// The id of no commit: the branch is new, or gone.
pub const NO_COMMIT: &str = "0000000000000000000000000000000000000000";

/// A push to another branch or a tag.
pub fn push_elsewhere(github: &GitHub, git_ref: &str, before: &str, after: &str) -> Value {
    let mut payload = load(github, "push");
    payload["ref"] = json!(git_ref);
    payload["before"] = json!(before);
    payload["after"] = json!(after);
    payload["created"] = json!(before == NO_COMMIT);
    payload["deleted"] = json!(after == NO_COMMIT);
    payload["base_ref"] = Value::Null;
    payload["commits"] = json!([]);
    payload["head_commit"] = Value::Null;
    payload
}

/// A merge queue asks for checks of `head`, which a pull request makes of `base`.
pub fn merge_group(github: &GitHub, number: u64, base: &str, head: &str) -> Value {
    let mut payload = load(github, "merge_group_checks_requested");
    let group = &mut payload["merge_group"];
    group["base_sha"] = json!(base);
    group["head_sha"] = json!(head);
    let branch = format!("refs/heads/gh-readonly-queue/main/pr-{number}-{base}");
    group["head_ref"] = json!(branch);
    group["head_commit"]["id"] = json!(head);
    payload
}

/// Something happened to an issue, given as the REST API showed it then.
pub fn issues(github: &GitHub, action: &str, issue: &Value) -> Value {
    // The package holds no payload of these; others have the same form.
    let stored = match action {
        "closed" => "reopened",
        "unlabeled" => "labeled",
        _ => action,
    };
    let mut payload = load(github, &format!("issues_{stored}"));
    payload["action"] = json!(action);
    merge(&mut payload["issue"], issue);
    if action == "labeled" {
        let last = issue["labels"].as_array().and_then(|labels| labels.last());
        payload["label"] = last.cloned().unwrap_or(Value::Null);
    }
    payload
}

/// An issue went to another repository and number.
pub fn transferred(github: &GitHub, issue: &Value, to: &str, number: u64) -> Value {
    let mut payload = issues(github, "transferred", issue);
    let api = github.api_url();
    payload["changes"]["new_issue"]["number"] = json!(number);
    payload["changes"]["new_issue"]["url"] = json!(format!("{api}/repos/{to}/issues/{number}"));
    payload["changes"]["new_repository"]["full_name"] = json!(to);
    payload
}

/// The clock.
pub fn schedule() -> Value {
    json!({"schedule": "17 5 * * 1-5"})
}

/// Puts the values of `new` over those of `old`, object by object; lists are replaced.
fn merge(old: &mut Value, new: &Value) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in new {
                merge(old.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (old, new) => *old = new.clone(),
    }
}
