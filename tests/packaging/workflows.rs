//! Workflows ask for little: pinned actions, permissions by job, no stored credentials, and no lost run.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{ACTION, rendered, text, yaml};

const INIT: [&str; 2] = ["postmortems.yml", "postmortem-sweep.yml"];

fn ours() -> Vec<(String, String)> {
    let mut all: Vec<_> = INIT
        .iter()
        .map(|name| ((*name).to_owned(), rendered(name)))
        .collect();
    all.push(("ci.yml".into(), text(".github/workflows/ci.yml")));
    all
}

fn steps(workflow: &Value) -> Vec<&Value> {
    workflow["jobs"]
        .as_object()
        .expect("jobs")
        .values()
        .flat_map(|job| job["steps"].as_array().expect("steps"))
        .collect()
}

#[test]
fn every_workflow_starts_from_no_permissions_and_grants_by_job() {
    for (name, text) in ours() {
        let workflow = yaml(&text);
        assert_eq!(workflow["permissions"], serde_json::json!({}), "{name}");
        for (id, job) in workflow["jobs"].as_object().expect("jobs") {
            assert!(job["permissions"].is_object(), "{name}, job {id}");
            assert!(job["timeout-minutes"].is_u64(), "{name}, job {id}");
        }
    }
}

/// The actions of others that are used, as `owner/name@commit # version`, with the file that uses them.
fn foreign_actions() -> Vec<(String, String)> {
    let files = ours()
        .into_iter()
        .chain([("action.yml".into(), text("action.yml"))]);
    files
        .flat_map(|(name, text)| {
            text.lines()
                .filter_map(|line| line.split_once("uses: "))
                .map(|(_, uses)| uses)
                .filter(|uses| !uses.starts_with("./ ") && !uses.starts_with(ACTION))
                .map(|uses| (name.clone(), uses.to_owned()))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_action_of_others_is_pinned_by_commit_and_names_its_version() {
    let uses = foreign_actions();
    assert!(uses.len() > 6, "{uses:?}");
    for (name, uses) in uses {
        let (action, version) = uses
            .split_once(" # v")
            .unwrap_or_else(|| panic!("{name}: `{uses}` names no version"));
        let (_, commit) = action.split_once('@').expect("a commit");
        assert!(
            commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()),
            "{name}: {uses}"
        );
        assert_eq!(version.split('.').count(), 3, "{name}: {uses}");
    }
}

#[test]
fn every_file_uses_the_same_version_of_an_action() {
    let mut versions = BTreeMap::<String, BTreeSet<String>>::new();
    for (_, uses) in foreign_actions() {
        let (action, version) = uses.split_once('@').expect("a commit");
        // `actions/cache/save` is a part of `actions/cache`.
        let repository = action.split('/').take(2).collect::<Vec<_>>().join("/");
        versions
            .entry(repository)
            .or_default()
            .insert(version.to_owned());
    }
    for (action, versions) in versions {
        assert_eq!(versions.len(), 1, "{action}: {versions:?}");
    }
}

#[test]
fn no_checkout_leaves_its_credentials_behind() {
    for (name, text) in ours() {
        let workflow = yaml(&text);
        for step in steps(&workflow) {
            let uses = step["uses"].as_str().unwrap_or_default();
            if uses.starts_with("actions/checkout@") {
                assert_eq!(
                    step["with"]["persist-credentials"],
                    Value::Bool(false),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn jobs_that_write_share_one_queue_that_drops_no_run() {
    let mut writers = 0;
    for name in INIT {
        let workflow = yaml(&rendered(name));
        for (id, job) in workflow["jobs"].as_object().expect("jobs") {
            let concurrency = &job["concurrency"];
            assert_eq!(
                concurrency["cancel-in-progress"],
                Value::Bool(false),
                "{name}, job {id}"
            );
            if job["permissions"]["contents"] == "write" {
                writers += 1;
                assert_eq!(
                    concurrency["group"], "followthrough-write",
                    "{name}, job {id}"
                );
                assert_eq!(concurrency["queue"], "max", "{name}, job {id}");
            }
        }
    }
    assert_eq!(writers, 2);
}

#[test]
fn the_schedule_stands_in_a_file_of_its_own_and_off_the_full_hour() {
    assert!(yaml(&rendered("postmortems.yml"))["on"]["schedule"].is_null());
    let sweep = yaml(&rendered("postmortem-sweep.yml"));
    let on = sweep["on"].as_object().expect("triggers");
    assert_eq!(
        on.keys().collect::<Vec<_>>(),
        ["schedule", "workflow_dispatch"]
    );
    let cron = on["schedule"][0]["cron"].as_str().expect("a cron line");
    assert!(!cron.starts_with("0 "), "{cron}");
}

#[test]
fn the_events_of_the_loop_all_start_a_run() {
    let workflow = yaml(&rendered("postmortems.yml"));
    let on = workflow["on"].as_object().expect("triggers");
    assert_eq!(
        on.keys().collect::<Vec<_>>(),
        ["issues", "merge_group", "pull_request", "push"]
    );
    assert!(!on.contains_key("pull_request_target"));
}
