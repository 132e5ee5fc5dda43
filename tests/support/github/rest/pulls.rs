//! Pull requests and their files.

use serde_json::{Value, json};

use super::{
    super::state::{Issue, Pull, World},
    Answer, Ask, Reply, forbidden, invalid, not_found, shapes, unknown,
};

pub(super) fn answer(world: &mut World, ask: &Ask<'_>, rest: &[&str]) -> Answer {
    match (ask.call.method.as_str(), rest) {
        ("GET", ["pulls"]) => Ok(list(world, ask)),
        ("POST", ["pulls"]) => create(world, ask),
        ("GET", ["pulls", number]) => {
            let number = find(world, ask, number)?;
            Ok(show(world, ask, 200, number))
        }
        ("PATCH", ["pulls", number]) => change(world, ask, number),
        ("GET", ["pulls", number, "files"]) => {
            let number = find(world, ask, number)?;
            let repository = &world.repositories[ask.repo];
            let entry = &repository.issues[&number];
            let from = shapes::fork_point(repository, entry);
            let to = shapes::pull_head(repository, entry);
            let files = shapes::files(world, repository, &from, &to);
            Ok(ask.page(world, &files))
        }
        _ => Err(unknown(world, ask.call)),
    }
}

fn find(world: &World, ask: &Ask<'_>, number: &str) -> Result<u64, Reply> {
    let number: u64 = number.parse().map_err(|_| not_found())?;
    let entry = world.repositories[ask.repo].issues.get(&number);
    let found = entry.filter(|entry| entry.pull.is_some());
    found.map(|entry| entry.number).ok_or_else(not_found)
}

fn show(world: &World, ask: &Ask<'_>, status: u16, number: u64) -> Reply {
    let repository = &world.repositories[ask.repo];
    Reply::new(
        status,
        shapes::pull(world, repository, &repository.issues[&number]),
    )
}

fn list(world: &World, ask: &Ask<'_>) -> Reply {
    let repository = &world.repositories[ask.repo];
    let state = ask.query("state").unwrap_or("open");
    let mut shapes: Vec<Value> = repository
        .issues
        .values()
        .filter(|entry| entry.pull.is_some())
        .filter(|entry| state == "all" || entry.is_open == (state == "open"))
        .map(|entry| shapes::pull_in_list(world, repository, entry))
        .filter(|pull| {
            ask.query("base")
                .is_none_or(|base| pull["base"]["ref"] == base)
        })
        .filter(|pull| {
            let head = ask.query("head");
            // A filter without `owner:` is ignored, as GitHub does.
            head.is_none_or(|head| !head.contains(':') || pull["head"]["label"] == head)
        })
        .collect();
    if ask.query("direction").unwrap_or("desc") == "desc" {
        shapes.reverse();
    }
    ask.page(world, &shapes)
}

fn create(world: &mut World, ask: &Ask<'_>) -> Answer {
    ask.require(world, &["pull_requests"])?;
    let repository = &world.repositories[ask.repo];
    if ask.is_installation() && !repository.actions_may_open_pulls {
        return Err(Reply::refusal(
            403,
            "GitHub Actions is not permitted to create or approve pull requests.",
        ));
    }
    let title = ask.text("title").unwrap_or("").to_owned();
    if title.trim().is_empty() {
        return Err(invalid(
            "PullRequest",
            "title",
            "missing_field",
            &Value::Null,
        ));
    }
    let head = ask.text("head").unwrap_or("");
    let head = head
        .split_once(':')
        .map_or(head, |(_, head)| head)
        .to_owned();
    let base = ask.text("base").unwrap_or("").to_owned();
    let git = &repository.git;
    let (Some(head_commit), Some(base_commit)) = (git.head(&head), git.head(&base)) else {
        let field = if git.head(&head).is_none() {
            "head"
        } else {
            "base"
        };
        return Err(invalid("PullRequest", field, "invalid", &Value::Null));
    };
    let exists = repository.issues.values().any(|entry| {
        let pull = entry.pull.as_ref();
        entry.is_open && pull.is_some_and(|pull| pull.head_ref == head && pull.base_ref == base)
    });
    let custom = |message: String| {
        invalid(
            "PullRequest",
            "head",
            "custom",
            &json!({"message": message}),
        )
    };
    if exists {
        let owner = repository.owner();
        return Err(custom(format!(
            "A pull request already exists for {owner}:{head}."
        )));
    }
    if git.contains(&base_commit.oid, &head_commit.oid) {
        return Err(custom(format!("No commits between {base} and {head}")));
    }
    let pull = Pull {
        head_repository: repository.full_name.clone(),
        head_sha: head_commit.oid.clone(),
        base_sha: base_commit.oid.clone(),
        head_ref: head,
        base_ref: base,
        is_draft: ask.call.body["draft"].as_bool().unwrap_or(false),
        is_merged: false,
    };
    let (id, at) = (world.fresh_id(), world.tick());
    let repository = &mut world.repositories[ask.repo];
    let number = repository.next_number();
    let mut entry = Issue::new(id, number, &ask.login(), at);
    entry.title = title;
    entry.body = ask.text("body").map(str::to_owned);
    entry.pull = Some(pull);
    repository.issues.insert(number, entry);
    Ok(show(world, ask, 201, number))
}

fn change(world: &mut World, ask: &Ask<'_>, number: &str) -> Answer {
    if !ask.may(&world.repositories[ask.repo], "pull_requests") {
        return Err(forbidden(&["pull_requests=write"]));
    }
    let number = find(world, ask, number)?;
    let at = world.tick();
    let entry = world.repositories[ask.repo]
        .issues
        .get_mut(&number)
        .unwrap();
    if let Some(title) = ask.text("title") {
        title.clone_into(&mut entry.title);
    }
    if let Some(body) = ask.text("body") {
        entry.body = Some(body.to_owned());
    }
    entry.updated_at = at;
    match ask.text("state") {
        Some("closed") if entry.is_open => {
            entry.is_open = false;
            entry.closed_at = Some(at);
        }
        Some("open") => {
            entry.is_open = true;
            entry.closed_at = None;
        }
        _ => {}
    }
    Ok(show(world, ask, 200, number))
}
