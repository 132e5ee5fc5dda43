//! The fake GitHub keeps its own promises: the tests that stand on it are worth what it is worth.

#![allow(clippy::unwrap_used, reason = "test code")]

mod code;
mod failures;
mod harness;
mod issues;
#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use serde_json::{Value, json};
use support::{
    client::{Answer, graphql, send},
    github::{
        GitHub, READ_ONLY_TOKEN, TOKEN,
        faults::{Effect, Fault, When},
        state::{Access, Protection},
    },
};

const ISSUES: &str = "/repos/acme/shop/issues";

fn world() -> GitHub {
    GitHub::start(&[("README.md", "# Shop\n"), ("docs/a.md", "a\n")])
}

fn get(github: &GitHub, path: &str) -> Answer {
    send(github, TOKEN, "GET", path, &Value::Null).unwrap()
}

fn post(github: &GitHub, path: &str, body: &Value) -> Answer {
    send(github, TOKEN, "POST", path, body).unwrap()
}

fn commit(github: &GitHub, expected: &str) -> Answer {
    let query = "mutation($i: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $i) { commit { oid } } }";
    let input = json!({
        "branch": {"repositoryNameWithOwner": "acme/shop", "branchName": "main"},
        "message": {"headline": "Sync"},
        "expectedHeadOid": expected,
        "fileChanges": {"additions": [{"path": "docs/a.md", "contents": "Yg=="}]},
    });
    graphql(github, TOKEN, query, &json!({"i": input})).unwrap()
}
