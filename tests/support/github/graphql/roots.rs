//! The fields at the root of a query.

use serde_json::json;

use super::{
    super::{rest::shapes, state::Repository},
    Arguments, Run,
    values::{Out, Problem},
};

impl Run<'_> {
    pub(super) fn query(&mut self, name: &str, arguments: &Arguments) -> Result<Out, Problem> {
        match name {
            "rateLimit" => Ok(match self.world.quota {
                None => Out::null(),
                Some(left) => Out::object(
                    "RateLimit",
                    [
                        ("cost", 1.into()),
                        ("limit", 1000.into()),
                        ("remaining", left.into()),
                        ("used", (1000 - left.min(1000)).into()),
                        ("nodeCount", 0.into()),
                        ("resetAt", "2099-01-01T00:00:00Z".into()),
                    ],
                ),
            }),
            "viewer" => {
                let login = self.token.login.clone();
                let user = &self.world.users[&login.to_lowercase()];
                Ok(Out::object(
                    "User",
                    [
                        ("login", login.into()),
                        ("id", shapes::node_id("U", user.id).into()),
                        ("databaseId", user.id.into()),
                    ],
                ))
            }
            "repository" => {
                let owner = arguments["owner"].as_str().unwrap_or("");
                let name = arguments["name"].as_str().unwrap_or("");
                let full_name = format!("{owner}/{name}");
                let follow = arguments.get("followRenames") != Some(&json!(false));
                let same = |known: &str| known.eq_ignore_ascii_case(&full_name);
                let invited = |repository: &Repository| {
                    !repository.is_private
                        || self.token.repositories.contains(&repository.full_name)
                };
                let found = self.world.repositories.iter().position(|repository| {
                    let renamed = follow && repository.old_names.iter().any(|old| same(old));
                    (same(&repository.full_name) || renamed) && invited(repository)
                });
                let message =
                    format!("Could not resolve to a Repository with the name '{full_name}'.");
                found
                    .map(Out::Repository)
                    .ok_or_else(|| Problem::not_found(&message))
            }
            "node" => {
                let id = arguments["id"].as_str().unwrap_or("");
                let found = self.by_node_id(id);
                let message = format!("Could not resolve to a node with the global id of '{id}'");
                found.ok_or_else(|| Problem::not_found(&message))
            }
            _ => Err(Problem::undefined("Query", name)),
        }
    }
}
