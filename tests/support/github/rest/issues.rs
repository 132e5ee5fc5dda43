//! Issues, their labels, and the labels and assignees of a repository.

use serde_json::{Value, json};

use super::{
    super::{
        faults::refuse_haste,
        state::{Gone, Issue, Label, World},
    },
    Answer, Ask, Reply, forbidden, invalid, moved, not_found, shapes, unknown,
};

const TITLE_LIMIT: usize = 256;
const BODY_LIMIT: usize = 65_536;
const LABEL_LIMIT: usize = 50;

pub(super) fn answer(world: &mut World, ask: &Ask<'_>, rest: &[&str]) -> Answer {
    match (ask.call.method.as_str(), rest) {
        ("GET", ["issues"]) => list(world, ask),
        ("POST", ["issues"]) => create(world, ask),
        ("GET", ["issues", number]) => {
            let number = find(world, ask, number)?;
            Ok(show(world, ask, 200, number))
        }
        ("PATCH", ["issues", number]) => change(world, ask, number),
        ("GET", ["issues", number, "labels"]) => {
            let number = find(world, ask, number)?;
            Ok(show_labels(world, ask, number))
        }
        ("POST" | "PUT", ["issues", number, "labels"]) => add_labels(world, ask, number),
        ("DELETE", ["issues", number, "labels", name]) => remove_label(world, ask, number, name),
        ("GET", ["labels"]) => {
            let repository = &world.repositories[ask.repo];
            let labels = repository.labels.values();
            let shapes: Vec<Value> = labels
                .map(|label| shapes::label(world, repository, label))
                .collect();
            Ok(ask.page(world, &shapes))
        }
        ("GET", ["labels", name]) => {
            let repository = &world.repositories[ask.repo];
            let label = repository.labels.get(&name.to_lowercase());
            let label = label.ok_or_else(not_found)?;
            Ok(Reply::new(200, shapes::label(world, repository, label)))
        }
        ("POST", ["labels"]) => create_label(world, ask),
        ("GET", ["assignees", login]) => {
            let known = world.repositories[ask.repo].members.contains(*login);
            if known {
                Ok(Reply::empty(204))
            } else {
                Err(not_found())
            }
        }
        _ => Err(unknown(world, ask.call)),
    }
}

/// The number of an issue that is there; otherwise GitHub's word on what became of it.
pub(super) fn find(world: &World, ask: &Ask<'_>, number: &str) -> Result<u64, Reply> {
    let number: u64 = number.parse().map_err(|_| not_found())?;
    let repository = &world.repositories[ask.repo];
    let entry = repository.issues.get(&number);
    if entry.is_none_or(|entry| entry.pull.is_none()) {
        refuse_without_issues(world, ask)?;
    }
    match repository.gone.get(&number) {
        Some(Gone::Deleted | Gone::Discussion(410)) => {
            Err(Reply::refusal(410, "This issue was deleted"))
        }
        Some(Gone::Transferred(id, new)) => {
            let target = world.repositories.iter().find(|repo| repo.id == *id);
            let readable = target.is_some_and(|repo| !repo.is_private || ask.is_invited(repo));
            let status = if ask.call.method == "GET" { 301 } else { 307 };
            Err(if readable {
                moved(
                    status,
                    &format!("{}/repositories/{id}/issues/{new}", world.api),
                )
            } else {
                not_found()
            })
        }
        None if entry.is_some() => Ok(number),
        Some(Gone::Discussion(_)) | None => Err(not_found()),
    }
}

fn show(world: &World, ask: &Ask<'_>, status: u16, number: u64) -> Reply {
    let repository = &world.repositories[ask.repo];
    let issue = &repository.issues[&number];
    Reply::new(status, shapes::issue(world, repository, issue))
}

fn show_labels(world: &World, ask: &Ask<'_>, number: u64) -> Reply {
    let repository = &world.repositories[ask.repo];
    let labels = shapes::labels(world, repository, &repository.issues[&number]);
    Reply::new(200, Value::Array(labels))
}

fn refuse_without_issues(world: &World, ask: &Ask<'_>) -> Result<(), Reply> {
    if world.repositories[ask.repo].has_issues {
        Ok(())
    } else {
        Err(Reply::refusal(
            410,
            "Issues has been disabled in this repository.",
        ))
    }
}

fn list(world: &mut World, ask: &Ask<'_>) -> Answer {
    refuse_without_issues(world, ask)?;
    let repository = &world.repositories[ask.repo];
    let labels: Vec<String> = ask
        .query("labels")
        .map(|text| text.split(',').map(str::to_owned).collect())
        .unwrap_or_default();
    let state = ask.query("state").unwrap_or("open");
    let since = ask.query("since").unwrap_or("");
    let mut issues: Vec<&Issue> = repository
        .issues
        .values()
        .filter(|issue| world.lag.is_none_or(|last| issue.number <= last))
        .filter(|issue| match state {
            "all" => true,
            "closed" => !issue.is_open,
            _ => issue.is_open,
        })
        .filter(|issue| labels.iter().all(|label| issue.has_label(label)))
        .filter(|issue| {
            ask.query("creator")
                .is_none_or(|login| issue.user.eq_ignore_ascii_case(login))
        })
        .filter(|issue| shapes::time(issue.updated_at).as_str() >= since)
        .collect();
    match ask.query("sort").unwrap_or("created") {
        "updated" => issues.sort_by_key(|issue| (issue.updated_at, issue.number)),
        "comments" => issues.sort_by_key(|issue| (issue.comments.len(), issue.number)),
        _ => issues.sort_by_key(|issue| (issue.created_at, issue.number)),
    }
    if ask.query("direction").unwrap_or("desc") == "desc" {
        issues.reverse();
    }
    let shapes: Vec<Value> = issues
        .into_iter()
        .map(|issue| shapes::issue(world, repository, issue))
        .collect();
    Ok(ask.page(world, &shapes))
}

fn create(world: &mut World, ask: &Ask<'_>) -> Answer {
    let may_label = ask.may(&world.repositories[ask.repo], "issues");
    if ask.is_installation() && !may_label {
        return Err(forbidden(&["issues=write"]));
    }
    refuse_without_issues(world, ask)?;
    refuse_haste(world)?;
    let title = ask
        .text("title")
        .ok_or_else(|| Reply::refusal(422, "Invalid request.\n\n\"title\" wasn't supplied."))?;
    if title.trim().is_empty() {
        return Err(invalid("Issue", "title", "missing_field", &Value::Null));
    }
    refuse_long_texts(ask)?;
    // Without the right to push, labels and assignees are dropped without a word.
    let labels = ask
        .texts("labels")
        .filter(|_| may_label)
        .unwrap_or_default();
    let assignees = ask
        .texts("assignees")
        .filter(|_| may_label)
        .unwrap_or_default();
    refuse_strangers(world, ask, &assignees)?;
    let labels = ensure_labels(world, ask, &labels)?;
    let (id, at) = (world.fresh_id(), world.tick());
    let repository = &mut world.repositories[ask.repo];
    let number = repository.next_number();
    let mut issue = Issue::new(id, number, &ask.login(), at);
    title.clone_into(&mut issue.title);
    issue.body = ask.text("body").map(str::to_owned);
    issue.labels = labels;
    issue.assignees = assignees;
    repository.issues.insert(number, issue);
    let url = format!(
        "{}/repos/{}/issues/{number}",
        world.api, world.repositories[ask.repo].full_name
    );
    Ok(show(world, ask, 201, number).header("location", url))
}

fn refuse_long_texts(ask: &Ask<'_>) -> Result<(), Reply> {
    for (field, limit) in [("title", TITLE_LIMIT), ("body", BODY_LIMIT)] {
        let length = ask.text(field).map_or(0, |text| text.chars().count());
        if length > limit {
            let message = format!("{field} is too long (maximum is {limit} characters)");
            return Err(invalid(
                "Issue",
                field,
                "custom",
                &json!({"message": message}),
            ));
        }
    }
    Ok(())
}

fn refuse_strangers(world: &World, ask: &Ask<'_>, assignees: &[String]) -> Result<(), Reply> {
    let repository = &world.repositories[ask.repo];
    let known = |login: &str| {
        repository
            .members
            .iter()
            .any(|member| member.eq_ignore_ascii_case(login))
    };
    match assignees.iter().find(|login| !known(login)) {
        Some(login) => Err(invalid(
            "Issue",
            "assignees",
            "invalid",
            &json!({"value": login}),
        )),
        None => Ok(()),
    }
}

/// Makes the labels that are missing; gives all in the repository's spelling.
fn ensure_labels(world: &mut World, ask: &Ask<'_>, names: &[String]) -> Result<Vec<String>, Reply> {
    for name in names {
        if name.trim().is_empty() || name.chars().count() > LABEL_LIMIT {
            return Err(invalid("Label", "name", "invalid", &json!({"value": name})));
        }
    }
    let mut spelled = Vec::new();
    for name in names {
        let id = world.fresh_id();
        let labels = &mut world.repositories[ask.repo].labels;
        let label = labels
            .entry(name.to_lowercase())
            .or_insert_with(|| Label::new(id, name));
        if !spelled.contains(&label.name) {
            spelled.push(label.name.clone());
        }
    }
    Ok(spelled)
}

fn change(world: &mut World, ask: &Ask<'_>, number: &str) -> Answer {
    ask.require(world, &["issues"])?;
    let number = find(world, ask, number)?;
    refuse_long_texts(ask)?;
    if ask
        .text("title")
        .is_some_and(|title| title.trim().is_empty())
    {
        return Err(invalid("Issue", "title", "missing_field", &Value::Null));
    }
    let assignees = ask.texts("assignees");
    refuse_strangers(world, ask, assignees.as_deref().unwrap_or_default())?;
    let labels = match ask.texts("labels") {
        Some(names) => Some(ensure_labels(world, ask, &names)?),
        None => None,
    };
    let original = original(world, ask)?;
    let reason = ask.text("state_reason").map(str::to_owned);
    let known = ["completed", "not_planned", "duplicate", "reopened"];
    if reason
        .as_deref()
        .is_some_and(|reason| !known.contains(&reason))
    {
        return Err(invalid("Issue", "state_reason", "invalid", &Value::Null));
    }
    let at = world.tick();
    let issue = world.repositories[ask.repo]
        .issues
        .get_mut(&number)
        .unwrap();
    if let Some(title) = ask.text("title") {
        title.clone_into(&mut issue.title);
    }
    if let Some(body) = ask.call.body.get("body") {
        issue.body = body.as_str().map(str::to_owned);
    }
    if let Some(assignees) = assignees {
        issue.assignees = assignees;
    }
    if let Some(labels) = labels {
        issue.labels = labels;
    }
    // The reason counts only where the state changes.
    match ask.text("state") {
        Some("closed") if issue.is_open => {
            issue.close(reason.as_deref().unwrap_or("completed"), &ask.login(), at);
            issue.duplicate_of = original;
        }
        Some("open") if !issue.is_open => issue.reopen(at),
        _ => issue.updated_at = at,
    }
    Ok(show(world, ask, 200, number))
}

/// Repository id and number of the issue that `duplicate_issue_id` names.
fn original(world: &World, ask: &Ask<'_>) -> Result<Option<(u64, u64)>, Reply> {
    let Some(id) = ask
        .call
        .body
        .get("duplicate_issue_id")
        .and_then(Value::as_u64)
    else {
        return Ok(None);
    };
    let found = world.repositories.iter().find_map(|repository| {
        let mut issues = repository.issues.values();
        let issue = issues.find(|issue| issue.id == id)?;
        Some((repository.id, issue.number))
    });
    match found {
        Some(found) => Ok(Some(found)),
        None => Err(invalid(
            "Issue",
            "duplicate_issue_id",
            "invalid",
            &Value::Null,
        )),
    }
}

fn add_labels(world: &mut World, ask: &Ask<'_>, number: &str) -> Answer {
    ask.require(world, &["issues", "pull_requests"])?;
    let number = find(world, ask, number)?;
    let names = match &ask.call.body {
        Value::Array(list) => list
            .iter()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect(),
        _ => ask.texts("labels").unwrap_or_default(),
    };
    let names = ensure_labels(world, ask, &names)?;
    let at = world.tick();
    let issue = world.repositories[ask.repo]
        .issues
        .get_mut(&number)
        .unwrap();
    if ask.call.method == "PUT" {
        issue.labels.clear();
    }
    for name in names {
        if !issue.labels.contains(&name) {
            issue.labels.push(name);
        }
    }
    issue.updated_at = at;
    Ok(show_labels(world, ask, number))
}

fn remove_label(world: &mut World, ask: &Ask<'_>, number: &str, name: &str) -> Answer {
    ask.require(world, &["issues", "pull_requests"])?;
    let number = find(world, ask, number)?;
    let at = world.tick();
    let issue = world.repositories[ask.repo]
        .issues
        .get_mut(&number)
        .unwrap();
    let before = issue.labels.len();
    issue
        .labels
        .retain(|label| !label.eq_ignore_ascii_case(name));
    if issue.labels.len() == before {
        return Err(Reply::refusal(404, "Label does not exist"));
    }
    issue.updated_at = at;
    Ok(show_labels(world, ask, number))
}

fn create_label(world: &mut World, ask: &Ask<'_>) -> Answer {
    ask.require(world, &["issues", "pull_requests"])?;
    let name = ask.text("name").unwrap_or("").to_owned();
    if world.repositories[ask.repo]
        .labels
        .contains_key(&name.to_lowercase())
    {
        return Err(invalid("Label", "name", "already_exists", &Value::Null));
    }
    ensure_labels(world, ask, std::slice::from_ref(&name))?;
    world.tick();
    let repository = &mut world.repositories[ask.repo];
    let label = repository.labels.get_mut(&name.to_lowercase()).unwrap();
    if let Some(color) = ask.text("color") {
        color.clone_into(&mut label.color);
    }
    label.description = ask.text("description").map(str::to_owned);
    let label = label.clone();
    Ok(Reply::new(
        201,
        shapes::label(world, &world.repositories[ask.repo], &label),
    ))
}
