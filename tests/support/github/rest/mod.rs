//! The REST API: who asks, for which repository, and which handler answers.

mod accounts;
mod code;
mod comments;
mod commit_json;
mod issues;
mod pull_json;
mod pulls;
pub mod shapes;

use serde_json::{Value, json};

use super::{
    Call, Reply, decode,
    state::{Access, Repository, Token, World},
};

/// An answer; an early refusal is one as well.
type Answer = Result<Reply, Reply>;

/// A call to one repository, with what handlers need to know of it.
struct Ask<'a> {
    call: &'a Call,
    token: Option<Token>,
    /// Index of the repository.
    repo: usize,
}

pub fn answer(world: &mut World, call: &Call) -> Reply {
    route(world, call).unwrap_or_else(|refusal| refusal)
}

fn route(world: &mut World, call: &Call) -> Answer {
    let token = authenticate(world, call)?;
    let parts: Vec<String> = call.path[1..].split('/').map(decode).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match (call.method.as_str(), parts.as_slice()) {
        ("GET", ["rate_limit"]) => Ok(rate_limit(world)),
        ("GET", ["user"]) => match token {
            None => Err(Reply::refusal(401, "Requires authentication")),
            // An installation is nobody.
            Some(token) if token.is_installation => Err(forbidden(&["metadata=read"])),
            Some(token) => Ok(Reply::new(200, shapes::user(world, &token.login))),
        },
        (method, ["repos", owner, name, rest @ ..]) => {
            let full_name = format!("{owner}/{name}");
            if let Some(moved) = renamed(world, &full_name, method, rest) {
                return Err(moved);
            }
            let position = world
                .repositories
                .iter()
                .position(|repo| repo.full_name.eq_ignore_ascii_case(&full_name));
            in_repository(world, call, token, position, rest)
        }
        (_, ["repositories", id, rest @ ..]) => {
            let position = world
                .repositories
                .iter()
                .position(|repo| repo.id.to_string() == *id);
            in_repository(world, call, token, position, rest)
        }
        _ => Err(unknown(world, call)),
    }
}

fn in_repository(
    world: &mut World,
    call: &Call,
    token: Option<Token>,
    position: Option<usize>,
    rest: &[&str],
) -> Answer {
    let repo = position.ok_or_else(not_found)?;
    let ask = Ask { call, token, repo };
    let repository = &world.repositories[repo];
    if repository.is_private && !ask.is_invited(repository) {
        return Err(not_found());
    }
    if call.is_write && repository.is_archived {
        return Err(Reply::refusal(
            403,
            "Repository was archived so is read-only.",
        ));
    }
    if call.is_write && ask.token.is_none() {
        return Err(Reply::refusal(401, "Requires authentication"));
    }
    // A trailing slash is a resource that does not exist.
    if rest.last() == Some(&"") {
        return Err(not_found());
    }
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok(Reply::new(
            200,
            shapes::repository(world, repo, ask.can_push(repository)),
        )),
        (_, ["issues", "comments", ..] | ["issues", _, "comments"]) => {
            comments::answer(world, &ask, &rest[1..])
        }
        (_, ["issues" | "labels" | "assignees", ..]) => issues::answer(world, &ask, rest),
        ("GET", ["collaborators", login, "permission"]) => {
            accounts::permission(world, repo, login).ok_or_else(not_found)
        }
        (_, ["pulls", ..]) => pulls::answer(world, &ask, rest),
        _ => code::answer(world, &ask, rest),
    }
}

impl Ask<'_> {
    fn is_invited(&self, repository: &Repository) -> bool {
        self.token
            .as_ref()
            .is_some_and(|token| token.repositories.contains(&repository.full_name))
    }

    fn may(&self, repository: &Repository, permission: &str) -> bool {
        self.is_invited(repository)
            && self
                .token
                .as_ref()
                .is_some_and(|token| token.permissions.get(permission) == Some(&Access::Write))
    }

    fn can_push(&self, repository: &Repository) -> bool {
        self.may(repository, "contents")
    }

    /// Refuses where the token can write none of `permissions`.
    fn require(&self, world: &World, permissions: &[&str]) -> Result<(), Reply> {
        let repository = &world.repositories[self.repo];
        if permissions
            .iter()
            .any(|permission| self.may(repository, permission))
        {
            return Ok(());
        }
        let accepted: Vec<String> = permissions
            .iter()
            .map(|name| format!("{name}=write"))
            .collect();
        let accepted: Vec<&str> = accepted.iter().map(String::as_str).collect();
        Err(forbidden(&accepted))
    }

    fn login(&self) -> String {
        self.token
            .as_ref()
            .map(|token| token.login.clone())
            .unwrap_or_default()
    }

    fn is_installation(&self) -> bool {
        self.token
            .as_ref()
            .is_some_and(|token| token.is_installation)
    }

    fn query(&self, name: &str) -> Option<&str> {
        let found = self.call.query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    fn text(&self, field: &str) -> Option<&str> {
        self.call.body.get(field)?.as_str()
    }

    /// The strings of a list in the body; `None` where the field is absent.
    fn texts(&self, field: &str) -> Option<Vec<String>> {
        let list = self.call.body.get(field)?.as_array()?;
        let texts = list.iter().filter_map(|entry| {
            entry
                .as_str()
                .or_else(|| entry.get("name")?.as_str())
                .map(str::to_owned)
        });
        Some(texts.collect())
    }

    /// One page of `entries`, with GitHub's `Link` header.
    fn page(&self, world: &World, entries: &[Value]) -> Reply {
        let number = |name: &str, default: usize| {
            let given = self.query(name).and_then(|text| text.parse().ok());
            given.unwrap_or(default)
        };
        let size = number("per_page", 30).clamp(1, 100);
        let page = number("page", 1).max(1);
        let last = entries.len().div_ceil(size).max(1);
        let shown = entries.iter().skip((page - 1) * size).take(size).cloned();
        let reply = Reply::new(200, shown.collect());
        let others: Vec<String> = self
            .call
            .query
            .iter()
            .filter(|(key, _)| key != "page")
            .map(|(key, value)| format!("{}={}&", encode(key), encode(value)))
            .collect();
        // Pages link to each other by the id of the repository, whichever way the first one was asked for.
        let head = if self.call.path.starts_with("/repositories/") {
            3
        } else {
            4
        };
        let below = self
            .call
            .path
            .splitn(head + 1, '/')
            .nth(head)
            .unwrap_or_default();
        let address = |page: usize, name: &str| {
            let (api, id) = (&world.api, world.repositories[self.repo].id);
            let others = others.concat();
            format!("<{api}/repositories/{id}/{below}?{others}page={page}>; rel=\"{name}\"")
        };
        let mut links = Vec::new();
        if page > 1 {
            links.extend([address(page - 1, "prev"), address(1, "first")]);
        }
        if page < last {
            links.extend([address(page + 1, "next"), address(last, "last")]);
        }
        if links.is_empty() {
            reply
        } else {
            reply.header("link", links.join(", "))
        }
    }
}

/// Who asks; refuses a token that nobody made.
pub(super) fn authenticate(world: &World, call: &Call) -> Result<Option<Token>, Reply> {
    match &call.token {
        None => Ok(None),
        Some(text) => match world.tokens.get(text) {
            Some(token) => Ok(Some(token.clone())),
            None => Err(Reply::refusal(401, "Bad credentials")),
        },
    }
}

fn rate_limit(world: &World) -> Reply {
    let Some(quota) = world.quota else {
        return Reply::refusal(404, "Rate limiting is not enabled.");
    };
    let bucket = json!({
        "limit": 1000,
        "used": 1000 - quota.min(1000),
        "remaining": quota,
        "reset": super::real_seconds() + 3600,
    });
    Reply::new(
        200,
        json!({"resources": {"core": bucket, "graphql": bucket, "search": bucket}, "rate": bucket}),
    )
}

fn renamed(world: &World, full_name: &str, method: &str, rest: &[&str]) -> Option<Reply> {
    let repository = world.repositories.iter().find(|repository| {
        repository
            .old_names
            .iter()
            .any(|old| old.eq_ignore_ascii_case(full_name))
    })?;
    let rest: String = rest
        .iter()
        .map(|part| format!("/{}", encode(part)))
        .collect();
    let target = format!("{}/repositories/{}{rest}", world.api, repository.id);
    Some(moved(if method == "GET" { 301 } else { 307 }, &target))
}

/// A redirect. GitHub words the temporary one as the permanent one: `rename-repository` in npm `@octokit/fixtures`.
fn moved(status: u16, target: &str) -> Reply {
    let body = json!({
        "message": "Moved Permanently",
        "url": target,
        "documentation_url": "https://docs.github.com/rest",
    });
    Reply::new(status, body).header("location", target)
}

fn not_found() -> Reply {
    Reply::refusal(404, "Not Found")
}

fn forbidden(accepted: &[&str]) -> Reply {
    Reply::refusal(403, "Resource not accessible by integration")
        .header("x-accepted-github-permissions", accepted.join("; "))
}

/// A validation error about one field.
fn invalid(resource: &str, field: &str, code: &str, more: &Value) -> Reply {
    let mut error = json!({"resource": resource, "field": field, "code": code});
    if let (Some(error), Some(more)) = (error.as_object_mut(), more.as_object()) {
        error.extend(more.clone());
    }
    Reply::new(
        422,
        json!({
            "message": "Validation Failed",
            "errors": [error],
            "documentation_url": "https://docs.github.com/rest",
        }),
    )
}

fn unknown(world: &mut World, call: &Call) -> Reply {
    world.unknown.push(call.to_string());
    not_found()
}

/// Percent-encodes everything but unreserved characters.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// A path as it stands in an address.
pub fn encode_path(path: &str) -> String {
    path.split('/').map(encode).collect::<Vec<_>>().join("/")
}
