//! Branches, refs, file contents and comparisons.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{
    super::{
        git::blob_oid,
        state::{Pull, World},
    },
    Answer, Ask, Reply, commit_json, encode_path, not_found, shapes, unknown,
};

/// The contents API sends larger files without their content.
const INLINE_LIMIT: usize = 1_000_000;

pub(super) fn answer(world: &mut World, ask: &Ask<'_>, rest: &[&str]) -> Answer {
    match (ask.call.method.as_str(), rest) {
        ("GET", ["branches", name @ ..]) => branch(world, ask, &name.join("/")),
        ("GET", ["git", "ref", "heads", name @ ..]) => {
            let name = name.join("/");
            let head = world.repositories[ask.repo].git.head(&name);
            let oid = head.ok_or_else(not_found)?.oid.clone();
            Ok(Reply::new(200, reference(world, ask, &name, &oid)))
        }
        ("POST", ["git", "refs"]) => create_ref(world, ask),
        ("PATCH", ["git", "refs", "heads", name @ ..]) => move_ref(world, ask, &name.join("/")),
        ("DELETE", ["git", "refs", "heads", name @ ..]) => delete_ref(world, ask, &name.join("/")),
        ("GET", ["git", "commits", oid]) => {
            let repository = &world.repositories[ask.repo];
            let commit = repository.git.resolve(oid);
            let commit = commit
                .filter(|commit| commit.oid == *oid)
                .ok_or_else(not_found)?;
            Ok(Reply::new(
                200,
                commit_json::plain(world, repository, commit),
            ))
        }
        ("GET", ["git", "blobs", oid]) => {
            let repository = &world.repositories[ask.repo];
            let content = repository.git.blob(oid).ok_or_else(not_found)?;
            let url = format!("{}/repos/{}", world.api, repository.full_name);
            Ok(Reply::new(
                200,
                json!({
                    "sha": oid,
                    "node_id": format!("B_{oid}"),
                    "url": format!("{url}/git/blobs/{oid}"),
                    "size": content.len(),
                    "encoding": "base64",
                    "content": folded(content),
                }),
            ))
        }
        ("GET", ["contents", path @ ..]) => contents(world, ask, &path.join("/")),
        ("GET", ["compare", range]) => compare(world, ask, range),
        ("GET", ["commits", name]) => {
            let repository = &world.repositories[ask.repo];
            let commit = repository.git.resolve(name).ok_or_else(not_found)?;
            let shape = commit_json::with_people(world, repository, commit);
            Ok(Reply::new(200, shape))
        }
        _ => Err(unknown(world, ask.call)),
    }
}

fn branch(world: &World, ask: &Ask<'_>, name: &str) -> Answer {
    let repository = &world.repositories[ask.repo];
    let Some(head) = repository.git.head(name) else {
        return Err(Reply::refusal(404, "Branch not found"));
    };
    let protected = repository.protected.contains_key(name);
    let url = format!(
        "{}/repos/{}/branches/{name}",
        world.api, repository.full_name
    );
    Ok(Reply::new(
        200,
        json!({
            "name": name,
            "commit": commit_json::with_people(world, repository, head),
            "protected": protected,
            "protection": {"enabled": protected},
            "protection_url": format!("{url}/protection"),
            "_links": {"self": url, "html": format!("{}/{}/tree/{name}", world.server, repository.full_name)},
        }),
    ))
}

fn reference(world: &World, ask: &Ask<'_>, name: &str, oid: &str) -> Value {
    let base = format!(
        "{}/repos/{}/git",
        world.api, world.repositories[ask.repo].full_name
    );
    json!({
        "ref": format!("refs/heads/{name}"),
        "node_id": format!("REF_{name}"),
        "url": format!("{base}/refs/heads/{}", encode_path(name)),
        "object": {"sha": oid, "type": "commit", "url": format!("{base}/commits/{oid}")},
    })
}

fn create_ref(world: &mut World, ask: &Ask<'_>) -> Answer {
    ask.require(world, &["contents"])?;
    let name = ask.text("ref").unwrap_or("");
    let Some(name) = name.strip_prefix("refs/heads/").map(str::to_owned) else {
        return Err(Reply::refusal(422, "Reference name must be qualified"));
    };
    let sha = ask.text("sha").unwrap_or("").to_owned();
    let git = &mut world.repositories[ask.repo].git;
    if git.head(&name).is_some() {
        return Err(Reply::refusal(422, "Reference already exists"));
    }
    if git.resolve(&sha).is_none_or(|commit| commit.oid != sha) {
        return Err(Reply::refusal(422, "Object does not exist"));
    }
    git.set_branch(&name, &sha);
    world.tick();
    Ok(Reply::new(201, reference(world, ask, &name, &sha)))
}

fn move_ref(world: &mut World, ask: &Ask<'_>, name: &str) -> Answer {
    ask.require(world, &["contents"])?;
    let sha = ask.text("sha").unwrap_or("").to_owned();
    let force = ask.call.body["force"].as_bool().unwrap_or(false);
    let repository = &mut world.repositories[ask.repo];
    let Some(head) = repository.git.head(name) else {
        return Err(Reply::refusal(422, "Reference does not exist"));
    };
    if repository.protected.contains_key(name) {
        let message =
            "Repository rule violations found\n\nChanges must be made through a pull request.";
        return Err(Reply::refusal(422, message));
    }
    if !force && !repository.git.contains(&sha, &head.oid) {
        return Err(Reply::refusal(422, "Update is not a fast forward"));
    }
    repository.git.set_branch(name, &sha);
    close_orphans(world, ask, name);
    Ok(Reply::new(200, reference(world, ask, name, &sha)))
}

fn delete_ref(world: &mut World, ask: &Ask<'_>, name: &str) -> Answer {
    ask.require(world, &["contents"])?;
    if !world.repositories[ask.repo].git.delete_branch(name) {
        return Err(Reply::refusal(422, "Reference does not exist"));
    }
    close_orphans(world, ask, name);
    Ok(Reply::empty(204))
}

/// Closes the pull request of a branch that is gone or has nothing that its base lacks, as GitHub does.
fn close_orphans(world: &mut World, ask: &Ask<'_>, branch: &str) {
    let at = world.tick();
    let repository = &mut world.repositories[ask.repo];
    let (git, name) = (&repository.git, &repository.full_name);
    for entry in repository.issues.values_mut().filter(|entry| entry.is_open) {
        let is_of_branch = |pull: &&Pull| pull.head_ref == branch && pull.head_repository == *name;
        let Some(pull) = entry.pull.as_ref().filter(is_of_branch) else {
            continue;
        };
        let offers_something = git.head(branch).is_some_and(|head| {
            git.head(&pull.base_ref)
                .is_some_and(|base| !git.contains(&base.oid, &head.oid))
        });
        if !offers_something {
            entry.is_open = false;
            entry.closed_at = Some(at);
        }
    }
}

/// Base64 in lines of 60 characters, as GitHub sends it.
fn folded(content: &[u8]) -> String {
    let encoded = STANDARD.encode(content);
    let lines = encoded.as_bytes().chunks(60).map(String::from_utf8_lossy);
    lines.map(|line| format!("{line}\n")).collect()
}

fn contents(world: &World, ask: &Ask<'_>, path: &str) -> Answer {
    let repository = &world.repositories[ask.repo];
    let name = ask.query("ref").unwrap_or(&repository.default_branch);
    let Some(commit) = repository.git.resolve(name) else {
        return Err(Reply::refusal(
            404,
            &format!("No commit found for the ref {name}"),
        ));
    };
    let url = format!("{}/repos/{}", world.api, repository.full_name);
    let page = format!("{}/{}", world.server, repository.full_name);
    let entry = |path: &str, content: &[u8]| {
        let oid = blob_oid(content);
        let place = encode_path(path);
        let own = format!("{url}/contents/{place}?ref={}", commit.oid);
        let html = format!("{page}/blob/{}/{place}", commit.oid);
        let git = format!("{url}/git/blobs/{oid}");
        json!({
            "type": "file",
            "name": path.rsplit('/').next(),
            "path": path,
            "sha": oid,
            "size": content.len(),
            "url": own,
            "html_url": html,
            "git_url": git,
            "download_url": format!("{page}/raw/{}/{place}", commit.oid),
            "_links": {"self": own, "html": html, "git": git},
        })
    };
    if let Some(content) = commit.files.get(path) {
        let mut shape = entry(path, content);
        let inline = content.len() <= INLINE_LIMIT;
        shape["encoding"] = json!(if inline { "base64" } else { "none" });
        let content = if inline {
            folded(content)
        } else {
            String::new()
        };
        shape["content"] = json!(content);
        return Ok(Reply::new(200, shape));
    }
    let prefix = if path.is_empty() {
        String::new()
    } else {
        format!("{path}/")
    };
    let inside: Vec<Value> = commit
        .files
        .iter()
        .filter(|(name, _)| {
            name.strip_prefix(&prefix)
                .is_some_and(|rest| !rest.contains('/'))
        })
        .map(|(name, content)| entry(name, content))
        .collect();
    if inside.is_empty() {
        Err(not_found())
    } else {
        Ok(Reply::new(200, Value::Array(inside)))
    }
}

fn compare(world: &World, ask: &Ask<'_>, range: &str) -> Answer {
    let repository = &world.repositories[ask.repo];
    let (base, head) = range.split_once("...").ok_or_else(not_found)?;
    let side = |name: &str| {
        let name = name.split_once(':').map_or(name, |(_, name)| name);
        repository.git.resolve(name).ok_or_else(not_found)
    };
    let (base, head) = (side(base)?, side(head)?);
    let from = repository.git.merge_base(&base.oid, &head.oid);
    let from = from.unwrap_or_else(|| base.oid.clone());
    let commit = |oid: &str| {
        let commit = repository.git.resolve(oid).unwrap();
        commit_json::with_people(world, repository, commit)
    };
    let page = format!("{}/{}/compare/{range}", world.server, repository.full_name);
    Ok(Reply::new(
        200,
        json!({
            "url": format!("{}/repos/{}/compare/{range}", world.api, repository.full_name),
            "html_url": page,
            "permalink_url": page,
            "diff_url": format!("{page}.diff"),
            "patch_url": format!("{page}.patch"),
            "status": if base.oid == head.oid { "identical" } else { "ahead" },
            "ahead_by": 0,
            "behind_by": 0,
            "total_commits": 0,
            "base_commit": commit(&base.oid),
            "merge_base_commit": commit(&from),
            "commits": [],
            "files": shapes::files(world, repository, &from, &head.oid),
        }),
    ))
}
