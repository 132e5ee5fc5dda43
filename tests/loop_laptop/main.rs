//! The loop on a laptop: no token, no account, no network; the embedded tracker beside the documents.

#![allow(
    clippy::unwrap_used,
    reason = "test code: a surprise shall stop the test where it happens"
)]

mod convert;
// Windows takes no such names of files, and makes links only for administrators.
#[cfg(unix)]
mod hostile;
mod input;
mod killed;

#[path = "../support/mod.rs"]
mod support;

use support::{
    documents::{self, PATH, founding, link, postmortem, status},
    laptop::Laptop,
};

const FIRST: &str = ".followthrough/issues/1.md";

fn laptop(text: &str) -> Laptop {
    Laptop::new(&[(PATH, text.as_bytes())])
}

/// What a row that is linked to the embedded issue `number` shows.
fn linked(number: u64) -> String {
    format!("[#{number}](../.followthrough/issues/{number}.md)")
}

#[test]
fn the_founding_template_gets_two_issues_two_links_and_two_flags() {
    let laptop = laptop(&founding());
    let run = laptop.run(&["sync"]).expect_code(0);
    let text = laptop.read(PATH);
    assert_eq!(link(&text, "Add memory monitoring"), linked(1));
    assert_eq!(link(&text, "Update testing suite"), linked(2));
    documents::assert_both_late(&text);
    let issue = laptop.read(FIRST);
    for words in [
        "Add memory monitoring",
        "postmortem-action",
        "overdue",
        "SRE Team",
    ] {
        assert!(issue.contains(words), "{words} in\n{issue}");
    }
    assert!(
        run.said().contains(".followthrough"),
        "the run says which tracker it uses: {}",
        run.said()
    );
}

#[test]
fn g3_a_second_run_changes_nothing() {
    let laptop = laptop(&founding());
    laptop.run(&["sync"]).expect_code(0);
    let before = laptop.snapshot();
    assert_eq!(
        before.len(),
        4,
        "two issues, the last number, the postmortem: {:?}",
        before.keys()
    );
    laptop.run(&["sync"]).expect_code(0);
    assert_eq!(laptop.snapshot(), before);
    laptop.run(&["sweep"]).expect_code(0);
    assert_eq!(laptop.snapshot(), before);
}

#[test]
fn an_issue_that_is_closed_by_hand_marks_its_row_done() {
    let laptop = laptop(&founding());
    laptop.run(&["sync"]).expect_code(0);
    let issue = laptop.read(FIRST);
    let closed = issue.replacen("state: open", "state: closed", 1);
    assert_ne!(
        issue, closed,
        "the issue's front matter says that it is open:\n{issue}"
    );
    laptop.write(FIRST, closed.as_bytes());
    laptop.run(&["sync"]).expect_code(0);
    let text = laptop.read(PATH);
    assert_eq!(status(&text, "Add memory monitoring"), "Done");
    assert_eq!(
        status(&text, "Update testing suite"),
        "Not Started ⚠️ overdue"
    );
    let before = laptop.snapshot();
    laptop.run(&["sync"]).expect_code(0);
    assert_eq!(laptop.snapshot(), before);
}

#[test]
fn a_plan_shows_what_would_change_and_changes_nothing() {
    let laptop = laptop(&founding());
    let before = laptop.snapshot();
    let run = laptop.run(&["plan"]).expect_code(0);
    assert!(
        run.stdout.contains("Add memory monitoring"),
        "{}",
        run.stdout
    );
    let run = laptop.run(&["plan", "--format", "json"]).expect_code(0);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(laptop.snapshot(), before);
}

#[test]
fn a_task_list_gets_its_links_behind_the_items_and_its_boxes_ticked() {
    let list = "# Outage\n\n## Action Items\n\n- [ ] Add a dashboard\n- [x] Restart the service\n* [ ] Write a runbook";
    let laptop = laptop(list);
    laptop.run(&["sync", PATH]);
    let text = laptop.read(PATH);
    let expected = format!(
        "# Outage\n\n## Action Items\n\n- [ ] Add a dashboard ({})\n- [x] Restart the service\n* [ ] Write a runbook ({})",
        linked(1),
        linked(2)
    );
    assert_eq!(text, expected);
    let closed = laptop
        .read(FIRST)
        .replacen("state: open", "state: closed", 1);
    laptop.write(FIRST, closed.as_bytes());
    laptop.run(&["sync", PATH]);
    assert_eq!(
        laptop.read(PATH),
        expected.replacen("- [ ] Add", "- [x] Add", 1)
    );
}

#[test]
fn items_are_listed_in_the_frozen_form() {
    let laptop = laptop(&founding());
    let run = laptop.run(&["items", "--format", "json"]).expect_code(0);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["version"], 1);
    let item = &json["items"][0];
    assert_eq!(item["file"], PATH);
    assert_eq!(
        item["line"],
        documents::line_of(&founding(), "Add memory monitoring")
    );
    assert_eq!(item["action"], "Add memory monitoring");
    assert_eq!(item["owner"], "SRE Team");
    assert_eq!(item["due"], "2024-02-01");
    assert_eq!(item["status"], "in-progress");
    assert_eq!(item["status_text"], "In Progress");
    assert_eq!(json["items"].as_array().unwrap().len(), 2);
}

#[test]
fn words_of_the_document_are_used_for_the_status() {
    let rows = "\
| Add memory monitoring | SRE Team | 2024-02-01 | TODO |
| Update testing suite | Dev Team | 2024-02-15 | ✅ Complete |
";
    let laptop = laptop(&postmortem(rows));
    laptop.run(&["sync"]).expect_code(0);
    let closed = laptop
        .read(FIRST)
        .replacen("state: open", "state: closed", 1);
    laptop.write(FIRST, closed.as_bytes());
    laptop.run(&["sync"]).expect_code(0);
    assert_eq!(
        status(&laptop.read(PATH), "Add memory monitoring"),
        "✅ Complete"
    );
}

#[test]
fn init_writes_a_workflow_and_a_configuration_and_overwrites_neither() {
    let laptop = laptop(&founding());
    laptop.run(&["init"]).expect_code(0);
    let files = laptop.snapshot();
    assert!(
        files.contains_key(".github/followthrough.yml"),
        "{:?}",
        files.keys()
    );
    assert!(
        files
            .keys()
            .any(|path| path.starts_with(".github/workflows/")),
        "{:?}",
        files.keys()
    );
    laptop.write(".github/followthrough.yml", b"fail-on: never\n");
    laptop.run(&["init"]);
    assert_eq!(laptop.read(".github/followthrough.yml"), "fail-on: never\n");
    laptop.run(&["check"]).expect_code(0);
}
