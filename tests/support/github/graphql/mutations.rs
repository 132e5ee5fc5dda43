//! The mutations that the product may send.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::{
    super::{
        git::Changes,
        state::{Access, Protection},
    },
    Arguments, Run,
    values::{Out, Problem},
};

impl Run<'_> {
    pub(super) fn mutate(&mut self, name: &str, arguments: &Arguments) -> Result<Out, Problem> {
        let input = arguments.get("input").cloned().unwrap_or(Value::Null);
        match name {
            "createCommitOnBranch" => self.create_commit(&input),
            "closeIssue" => self.close_issue(&input),
            "addLabelsToLabelable" => Err(Problem::fatal("the fake takes labels by REST only")),
            _ => Err(Problem::undefined("Mutation", name)),
        }
    }

    fn require(&self, index: usize, permission: &str) -> Result<(), Problem> {
        let repository = &self.world.repositories[index];
        if repository.is_archived {
            let message = "Repository was archived so is read-only.";
            return Err(Problem::new("FORBIDDEN", message));
        }
        let invited = self.token.repositories.contains(&repository.full_name);
        if invited && self.token.permissions.get(permission) == Some(&Access::Write) {
            return Ok(());
        }
        let message = "Resource not accessible by integration";
        Err(Problem::new("FORBIDDEN", message))
    }

    fn create_commit(&mut self, input: &Value) -> Result<Out, Problem> {
        let full_name = text(&input["branch"]["repositoryNameWithOwner"])?;
        let branch = text(&input["branch"]["branchName"])?;
        let branch = branch.strip_prefix("refs/heads/").unwrap_or(&branch);
        let headline = text(&input["message"]["headline"])?;
        let expected = text(&input["expectedHeadOid"])?;
        let mut all = self.world.repositories.iter();
        let index = all
            .position(|repository| repository.full_name.eq_ignore_ascii_case(&full_name))
            .ok_or_else(|| {
                let message =
                    format!("Could not resolve to a Repository with the name '{full_name}'.");
                Problem::not_found(&message)
            })?;
        self.require(index, "contents")?;
        let repository = &self.world.repositories[index];
        let head = repository.git.head(branch).ok_or_else(|| {
            Problem::not_found(&format!(
                "No ref with the name refs/heads/{branch} was found."
            ))
        })?;
        if head.oid != expected {
            let message = format!(
                "Expected branch to point to \"{expected}\" but it did not. Pull and try again."
            );
            return Err(Problem::new("STALE_DATA", &message));
        }
        let protection = repository.protected.get(branch).copied();
        if let Some(problem) = protection.and_then(|protection| refusal(protection, branch)) {
            return Err(problem);
        }
        let changes = file_changes(&input["fileChanges"])?;
        let body = input["message"]["body"].as_str().unwrap_or("");
        let message = if body.is_empty() {
            headline
        } else {
            format!("{headline}\n\n{body}")
        };
        let at = self.world.tick();
        let git = &mut self.world.repositories[index].git;
        let oid = git.push(branch, changes, &message, at);
        Ok(Out::object(
            "CreateCommitOnBranchPayload",
            [
                ("commit", self.commit(index, &oid)),
                ("ref", self.reference(index, branch)),
                ("clientMutationId", Out::null()),
            ],
        ))
    }

    fn close_issue(&mut self, input: &Value) -> Result<Out, Problem> {
        let id = text(&input["issueId"])?;
        let Some(Out::Issue(index, number)) = self.by_node_id(&id) else {
            let message = format!("Could not resolve to a node with the global id of '{id}'");
            return Err(Problem::not_found(&message));
        };
        self.require(index, "issues")?;
        let original = match input["duplicateIssueId"].as_str() {
            None => None,
            Some(id) => match self.by_node_id(id) {
                Some(Out::Issue(index, number)) => {
                    Some((self.world.repositories[index].id, number))
                }
                _ => return Err(Problem::not_found("Could not resolve the duplicate issue")),
            },
        };
        let reason = input["stateReason"].as_str().unwrap_or("COMPLETED");
        let login = self.token.login.clone();
        let at = self.world.tick();
        let issues = &mut self.world.repositories[index].issues;
        let issue = issues.get_mut(&number).unwrap();
        issue.close(&reason.to_lowercase(), &login, at);
        issue.duplicate_of = original;
        Ok(Out::object(
            "CloseIssuePayload",
            [
                ("issue", Out::Issue(index, number)),
                ("clientMutationId", Out::null()),
            ],
        ))
    }
}

fn refusal(protection: Protection, branch: &str) -> Option<Problem> {
    let reason = "Changes must be made through a pull request.";
    Some(match protection {
        Protection::Signatures => return None,
        Protection::Classic => Problem::new(
            "BRANCH_PROTECTION_RULE_VIOLATION",
            &format!("protected branch '{branch}' check failed:\n{reason}"),
        ),
        Protection::Ruleset => Problem::new(
            "UNPROCESSABLE",
            &format!("Repository rule violations found\n\n{reason}\n\n"),
        ),
    })
}

/// A required string of the input.
fn text(value: &Value) -> Result<String, Problem> {
    let message = "Variable $input was provided invalid value: expected value to not be null";
    value
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| Problem::fatal(message))
}

fn file_changes(value: &Value) -> Result<Changes, Problem> {
    let list = |name: &str| value[name].as_array().cloned().unwrap_or_default();
    let mut changes = Vec::new();
    for addition in list("additions") {
        let contents = text(&addition["contents"])?;
        let bytes = STANDARD.decode(contents).map_err(|_| {
            Problem::new(
                "UNPROCESSABLE",
                "A path was requested with invalid Base64 contents",
            )
        })?;
        changes.push((text(&addition["path"])?, Some(bytes)));
    }
    for deletion in list("deletions") {
        changes.push((text(&deletion["path"])?, None));
    }
    Ok(changes)
}
