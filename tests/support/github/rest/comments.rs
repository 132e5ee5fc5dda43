//! Comments on issues and pull requests.

use serde_json::{Value, json};

use super::{
    super::state::{Comment, World},
    Answer, Ask, Reply, invalid, issues, not_found, shapes, unknown,
};

const BODY_LIMIT: usize = 65_536;

pub(super) fn answer(world: &mut World, ask: &Ask<'_>, rest: &[&str]) -> Answer {
    match (ask.call.method.as_str(), rest) {
        ("GET", [number, "comments"]) => {
            let number = issues::find(world, ask, number)?;
            let repository = &world.repositories[ask.repo];
            let comments = &repository.issues[&number].comments;
            let shapes: Vec<Value> = comments
                .iter()
                .map(|comment| shapes::comment(world, repository, number, comment))
                .collect();
            Ok(ask.page(world, &shapes))
        }
        ("POST", [number, "comments"]) => create(world, ask, number),
        ("GET", ["comments", id]) => {
            let (number, index) = find(world, ask, id)?;
            Ok(show(world, ask, 200, number, index))
        }
        ("PATCH", ["comments", id]) => {
            ask.require(world, &["issues", "pull_requests"])?;
            let (number, index) = find(world, ask, id)?;
            let body = body(ask)?;
            let at = world.tick();
            let issue = world.repositories[ask.repo]
                .issues
                .get_mut(&number)
                .unwrap();
            issue.comments[index].body = body;
            issue.comments[index].updated_at = at;
            Ok(show(world, ask, 200, number, index))
        }
        ("DELETE", ["comments", id]) => {
            ask.require(world, &["issues", "pull_requests"])?;
            let (number, index) = find(world, ask, id)?;
            world.tick();
            let issue = world.repositories[ask.repo]
                .issues
                .get_mut(&number)
                .unwrap();
            issue.comments.remove(index);
            Ok(Reply::empty(204))
        }
        _ => Err(unknown(world, ask.call)),
    }
}

fn create(world: &mut World, ask: &Ask<'_>, number: &str) -> Answer {
    ask.require(world, &["issues", "pull_requests"])?;
    let number = issues::find(world, ask, number)?;
    if world.repositories[ask.repo].issues[&number].locked {
        let message = "Unable to create comment because issue is locked.";
        return Err(Reply::refusal(403, message));
    }
    let body = body(ask)?;
    let (id, at) = (world.fresh_id(), world.tick());
    let issue = world.repositories[ask.repo]
        .issues
        .get_mut(&number)
        .unwrap();
    issue.comments.push(Comment {
        id,
        body,
        user: ask.login(),
        created_at: at,
        updated_at: at,
    });
    issue.updated_at = at;
    let index = issue.comments.len() - 1;
    Ok(show(world, ask, 201, number, index))
}

fn body(ask: &Ask<'_>) -> Result<String, Reply> {
    let body = ask.text("body").unwrap_or("");
    if body.trim().is_empty() {
        return Err(invalid(
            "IssueComment",
            "data",
            "unprocessable",
            &Value::Null,
        ));
    }
    if body.chars().count() > BODY_LIMIT {
        let message = format!("body is too long (maximum is {BODY_LIMIT} characters)");
        return Err(invalid(
            "IssueComment",
            "body",
            "custom",
            &json!({"message": message}),
        ));
    }
    Ok(body.to_owned())
}

fn find(world: &World, ask: &Ask<'_>, id: &str) -> Result<(u64, usize), Reply> {
    let id: u64 = id.parse().map_err(|_| not_found())?;
    let issues = world.repositories[ask.repo].issues.values();
    let mut places = issues.filter_map(|issue| {
        let index = issue.comments.iter().position(|comment| comment.id == id)?;
        Some((issue.number, index))
    });
    places.next().ok_or_else(not_found)
}

fn show(world: &World, ask: &Ask<'_>, status: u16, number: u64, index: usize) -> Reply {
    let repository = &world.repositories[ask.repo];
    let comment = &repository.issues[&number].comments[index];
    Reply::new(status, shapes::comment(world, repository, number, comment))
}
