//! The fields that queries may ask for.

use serde_json::{Value, json};

use super::{
    super::{
        git,
        rest::shapes,
        state::{Issue, Repository},
    },
    Arguments, Run,
    values::{Out, Problem, connection},
};

type Field = Result<Out, Problem>;

/// How many bytes of a file are shown. GitHub cuts long files, `isTruncated` says so; it documents no length.
const TEXT_LIMIT: usize = 512_000;

impl Run<'_> {
    pub(super) fn resolve(&mut self, node: &Out, name: &str, arguments: &Arguments) -> Field {
        match node {
            Out::Query => self.query(name, arguments),
            Out::Mutation => self.mutate(name, arguments),
            Out::Repository(index) => self.repository(*index, name, arguments),
            Out::Issue(index, number) | Out::Pull(index, number) => {
                self.issue(node, *index, *number, name, arguments)
            }
            Out::Ref(index, branch) => self.branch(*index, branch, name, arguments),
            Out::Blob(index, oid, path) => self.blob(*index, oid, path, name),
            Out::Object(kind, fields) => {
                let field = fields.get(name).cloned();
                field.ok_or_else(|| Problem::undefined(kind, name))
            }
            Out::List(_) | Out::Value(_) => Err(Problem::undefined(node.kind(), name)),
        }
    }

    /// The issue or pull request with this opaque id.
    pub(super) fn by_node_id(&self, id: &str) -> Option<Out> {
        let repositories = self.world.repositories.iter().enumerate();
        repositories
            .flat_map(|(index, repository)| {
                repository.issues.values().map(move |issue| (index, issue))
            })
            .find_map(|(index, issue)| {
                let (kind, out) = match issue.pull {
                    None => ("I", Out::Issue(index, issue.number)),
                    Some(_) => ("PR", Out::Pull(index, issue.number)),
                };
                (shapes::node_id(kind, issue.id) == id).then_some(out)
            })
    }

    fn repository(&mut self, index: usize, name: &str, arguments: &Arguments) -> Field {
        let repository = &self.world.repositories[index];
        let git = &repository.git;
        match name {
            "id" => Ok(shapes::node_id("R", repository.id).into()),
            "databaseId" => Ok(repository.id.into()),
            "nameWithOwner" => Ok(repository.full_name.clone().into()),
            "name" => Ok(repository.full_name.split('/').nth(1).into()),
            "url" => Ok(format!("{}/{}", self.world.server, repository.full_name).into()),
            "hasIssuesEnabled" => Ok(repository.has_issues.into()),
            "isArchived" => Ok(repository.is_archived.into()),
            "isPrivate" => Ok(repository.is_private.into()),
            "viewerPermission" => {
                let invited = self.token.repositories.contains(&repository.full_name);
                Ok((if invited { "WRITE" } else { "READ" }).into())
            }
            "issue" | "pullRequest" | "issueOrPullRequest" => {
                let number = arguments["number"].as_u64().unwrap_or(0);
                let (wanted, kind) = match name {
                    "issue" => (Some(false), "an Issue"),
                    "pullRequest" => (Some(true), "a PullRequest"),
                    _ => (None, "an issue or pull request"),
                };
                let found = repository
                    .issues
                    .get(&number)
                    .filter(|issue| wanted.is_none_or(|is_pull| issue.pull.is_some() == is_pull))
                    .filter(|issue| repository.has_issues || issue.pull.is_some());
                let message = format!("Could not resolve to {kind} with the number of {number}.");
                let issue = found.ok_or_else(|| Problem::not_found(&message))?;
                Ok(node(index, issue))
            }
            "object" => Ok(self.object(index, arguments)),
            "defaultBranchRef" => Ok(self.reference(index, &repository.default_branch)),
            "ref" => {
                let name = arguments["qualifiedName"].as_str().unwrap_or("");
                let name = name.strip_prefix("refs/heads/").unwrap_or(name);
                Ok(self.reference(index, name))
            }
            _ if git.head("main").is_none() && name == "isEmpty" => Ok(true.into()),
            _ => Err(Problem::undefined("Repository", name)),
        }
    }

    pub(super) fn reference(&self, index: usize, name: &str) -> Out {
        match self.world.repositories[index].git.head(name) {
            Some(_) => Out::Ref(index, name.to_owned()),
            None => Out::null(),
        }
    }

    fn branch(&self, index: usize, branch: &str, name: &str, arguments: &Arguments) -> Field {
        let repository = &self.world.repositories[index];
        match name {
            "id" => Ok(format!("REF_{branch}").into()),
            "name" => Ok(branch.into()),
            "prefix" => Ok("refs/heads/".into()),
            "target" => Ok(self.commit(index, &repository.git.head(branch).unwrap().oid)),
            "associatedPullRequests" => {
                let states = arguments.get("states").and_then(Value::as_array);
                let found = repository.issues.values().filter(|issue| {
                    let is_of_branch = issue.pull.as_ref().is_some_and(|pull| {
                        pull.head_ref == branch && pull.head_repository == repository.full_name
                    });
                    let state = json!(pull_state(issue));
                    is_of_branch && states.is_none_or(|states| states.contains(&state))
                });
                let nodes = found.map(|issue| node(index, issue)).collect();
                connection("PullRequestConnection", name, nodes, arguments)
            }
            _ => Err(Problem::undefined("Ref", name)),
        }
    }

    pub(super) fn commit(&self, index: usize, oid: &str) -> Out {
        let repository = &self.world.repositories[index];
        let Some(commit) = repository.git.resolve(oid) else {
            return Out::null();
        };
        let url = format!(
            "{}/{}/commit/{oid}",
            self.world.server, repository.full_name
        );
        Out::object(
            "Commit",
            [
                ("id", format!("C_{oid}").into()),
                ("oid", oid.into()),
                ("abbreviatedOid", oid[..7].into()),
                ("url", url.into()),
                ("message", commit.message.clone().into()),
                ("committedDate", shapes::time(commit.at).into()),
            ],
        )
    }

    /// A commit, or a file as `commit:path`.
    fn object(&self, index: usize, arguments: &Arguments) -> Out {
        let repository = &self.world.repositories[index];
        let by_id = arguments.get("oid").and_then(Value::as_str);
        let expression = arguments.get("expression").and_then(Value::as_str);
        let expression = by_id.or(expression).unwrap_or("");
        let (name, path) = match expression.split_once(':') {
            Some((name, path)) => (name, Some(path)),
            None => (expression, None),
        };
        let name = if name == "HEAD" {
            &repository.default_branch
        } else {
            name
        };
        let Some(commit) = repository.git.resolve(name) else {
            return Out::null();
        };
        match path {
            None => self.commit(index, &commit.oid),
            Some(path) if commit.files.contains_key(path) => {
                Out::Blob(index, commit.oid.clone(), path.to_owned())
            }
            Some(_) => Out::null(),
        }
    }

    fn blob(&self, index: usize, commit: &str, path: &str, name: &str) -> Field {
        let git = &self.world.repositories[index].git;
        let bytes = &git.resolve(commit).unwrap().files[path];
        let is_binary = bytes.contains(&0);
        let shown = &bytes[..bytes.len().min(TEXT_LIMIT)];
        match name {
            "text" if is_binary => Ok(Out::null()),
            "text" => Ok(String::from_utf8_lossy(shown).into_owned().into()),
            "byteSize" => Ok(bytes.len().into()),
            "isBinary" => Ok(is_binary.into()),
            "isTruncated" => Ok((shown.len() < bytes.len()).into()),
            "oid" | "id" => Ok(git::blob_oid(bytes).into()),
            _ => Err(Problem::undefined("Blob", name)),
        }
    }

    fn issue(
        &mut self,
        this: &Out,
        index: usize,
        number: u64,
        name: &str,
        arguments: &Arguments,
    ) -> Field {
        let repository = &self.world.repositories[index];
        let issue = &repository.issues[&number];
        let rest = |key: &str| shapes::issue(self.world, repository, issue)[key].clone();
        match name {
            "id" => Ok(rest("node_id").into()),
            "databaseId" => Ok(issue.id.into()),
            // A BigInt travels as a string.
            "fullDatabaseId" => Ok(issue.id.to_string().into()),
            "number" => Ok(number.into()),
            "url" => Ok(rest("html_url").into()),
            "title" => Ok(issue.title.clone().into()),
            "body" => Ok(issue.body().into()),
            "locked" => Ok(issue.locked.into()),
            "closed" => Ok((!issue.is_open).into()),
            "createdAt" => Ok(rest("created_at").into()),
            "updatedAt" => Ok(rest("updated_at").into()),
            "closedAt" => Ok(rest("closed_at").into()),
            "authorAssociation" => Ok(rest("author_association").into()),
            "repository" => Ok(Out::Repository(index)),
            "author" => Ok(self.actor(&issue.user)),
            "editor" | "lastEditedAt" | "milestone" | "parent" => Ok(Out::null()),
            "assignees" => {
                let nodes = issue
                    .assignees
                    .iter()
                    .map(|login| self.actor(login))
                    .collect();
                connection("UserConnection", name, nodes, arguments)
            }
            "labels" => {
                let nodes = issue
                    .labels
                    .iter()
                    .map(|label| Out::object("Label", [("name", label.clone().into())]));
                connection("LabelConnection", name, nodes.collect(), arguments)
            }
            "state" if issue.pull.is_some() => Ok(pull_state(issue).into()),
            "state" => Ok((if issue.is_open { "OPEN" } else { "CLOSED" }).into()),
            _ if issue.pull.is_some() => pull_field(this, repository, issue, name),
            "stateReason" => {
                let duplicates = arguments.get("enableDuplicate") == Some(&json!(true));
                let reason = issue.state_reason.as_deref().map(str::to_uppercase);
                let hidden = reason.as_deref() == Some("DUPLICATE") && !duplicates;
                Ok(if hidden {
                    "NOT_PLANNED".into()
                } else {
                    reason.into()
                })
            }
            "closedByPullRequestsReferences" => {
                let all = arguments.get("includeClosedPrs") == Some(&json!(true));
                let pulls = issue.closing_pulls.iter();
                let pulls = pulls.filter_map(|number| repository.issues.get(number));
                let nodes = pulls
                    .filter(|pull| all || pull.is_open)
                    .map(|pull| node(index, pull));
                connection("PullRequestConnection", name, nodes.collect(), arguments)
            }
            "duplicateOf" => Ok(self.original(issue)),
            "timelineItems" => {
                let nodes = self.timeline(index, issue, arguments);
                connection("IssueTimelineItemsConnection", name, nodes, arguments)
            }
            _ => Err(Problem::undefined("Issue", name)),
        }
    }

    /// The events of `itemTypes`: a duplicate is marked in its own timeline and in that of the original.
    fn timeline(&self, index: usize, issue: &Issue, arguments: &Arguments) -> Vec<Out> {
        let wanted = |kind: &str| {
            let kinds = arguments.get("itemTypes").and_then(Value::as_array);
            kinds.is_none_or(|kinds| kinds.contains(&json!(kind)))
        };
        let marked = |index: usize, duplicate: &Issue| {
            Out::object(
                "MarkedAsDuplicateEvent",
                [
                    ("canonical", self.original(duplicate)),
                    ("duplicate", node(index, duplicate)),
                    ("isCrossRepository", false.into()),
                ],
            )
        };
        let mut events = Vec::new();
        if wanted("MARKED_AS_DUPLICATE_EVENT") {
            events.extend(issue.duplicate_of.map(|_| marked(index, issue)));
            let this = Some((self.world.repositories[index].id, issue.number));
            for (index, repository) in self.world.repositories.iter().enumerate() {
                let duplicates = repository.issues.values();
                let duplicates = duplicates.filter(|duplicate| duplicate.duplicate_of == this);
                events.extend(duplicates.map(|duplicate| marked(index, duplicate)));
            }
        }
        if wanted("CONVERTED_TO_DISCUSSION_EVENT") && issue.is_discussion {
            let id = shapes::node_id("CTDE", issue.id).into();
            events.push(Out::object("ConvertedToDiscussionEvent", [("id", id)]));
        }
        events
    }

    /// The issue that this one duplicates; null where the token cannot see it.
    fn original(&self, issue: &Issue) -> Out {
        let found = issue.duplicate_of.and_then(|(id, number)| {
            let mut all = self.world.repositories.iter();
            let index = all.position(|repository| repository.id == id)?;
            let repository = &self.world.repositories[index];
            let invited = self.token.repositories.contains(&repository.full_name);
            let original = repository.issues.get(&number)?;
            (!repository.is_private || invited).then(|| node(index, original))
        });
        found.unwrap_or_else(Out::null)
    }

    /// GraphQL knows bots without the `[bot]` of their REST login.
    fn actor(&self, login: &str) -> Out {
        let Some(user) = self.world.users.get(&login.to_lowercase()) else {
            return Out::null();
        };
        let kind = if user.is_bot { "Bot" } else { "User" };
        Out::object(
            kind,
            [
                ("login", user.login.trim_end_matches("[bot]").into()),
                ("databaseId", user.id.into()),
                ("id", shapes::node_id("U", user.id).into()),
            ],
        )
    }
}

fn node(index: usize, issue: &Issue) -> Out {
    match issue.pull {
        None => Out::Issue(index, issue.number),
        Some(_) => Out::Pull(index, issue.number),
    }
}

fn pull_state(issue: &Issue) -> &'static str {
    match &issue.pull {
        Some(pull) if pull.is_merged => "MERGED",
        _ if issue.is_open => "OPEN",
        _ => "CLOSED",
    }
}

fn pull_field(this: &Out, repository: &Repository, issue: &Issue, name: &str) -> Field {
    let pull = issue.pull.as_ref().unwrap();
    match name {
        "isCrossRepository" => Ok((pull.head_repository != repository.full_name).into()),
        "merged" => Ok(pull.is_merged.into()),
        "isDraft" => Ok(pull.is_draft.into()),
        "headRefName" => Ok(pull.head_ref.clone().into()),
        "headRefOid" => Ok(pull.head_sha.clone().into()),
        "baseRefName" => Ok(pull.base_ref.clone().into()),
        _ => Err(Problem::undefined(this.kind(), name)),
    }
}
