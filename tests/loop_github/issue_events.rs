//! Events about issues: the one row is brought up to date, and nothing is written where nothing changed.

use super::*;
use support::payloads;

const ACTION: &str = "Add memory monitoring";
const COMMIT_AND_LABELS: [&str; 4] = [
    "graphql createCommitOnBranch",
    "DELETE /repos/acme/shop/issues/*/labels/overdue",
    "POST /repos/acme/shop/issues/*/labels",
    "PATCH /repos/acme/shop/issues/*",
];

/// Runs the event for the issue of the first row, after `happen` has changed it; gives the new document.
fn after(action: &str, happen: impl FnOnce(&GitHub, u64)) -> (GitHub, u64, String) {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    happen(&github, number);
    let issue = github.world().issue_json(number);
    Runner::issues(&github, action, &issue).run().expect_code(0);
    github.assert_no_unexpected_writes(&COMMIT_AND_LABELS);
    let text = document(&github);
    (github, number, text)
}

#[test]
fn an_issue_closed_as_not_planned_says_so_in_its_row() {
    let (_github, _, text) = after("closed", |github, number| {
        github.world().close(number, "not_planned");
    });
    assert_eq!(status(&text, ACTION), "Won't Do");
}

#[test]
fn a_reopened_issue_is_open_and_late_again() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    github.world().close(number, "completed");
    let issue = github.world().issue_json(number);
    Runner::issues(&github, "closed", &issue)
        .run()
        .expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");

    github.world().reopen(number);
    let issue = github.world().issue_json(number);
    Runner::issues(&github, "reopened", &issue)
        .run()
        .expect_code(0);
    let cell = status(&document(&github), ACTION);
    assert_eq!(cell, "Not Started ⚠️ overdue");
    assert!(github.world().issue(number).has_label("overdue"));
    github.assert_no_unexpected_writes(&COMMIT_AND_LABELS);
}

#[test]
fn an_in_progress_label_and_an_open_pull_request_mean_that_somebody_works_on_it() {
    let action = "Update testing suite";
    let github = linked_shop(&founding());
    let number = issue_of(&github, action);
    github
        .world()
        .issue(number)
        .labels
        .push("in progress".into());
    let issue = github.world().issue_json(number);
    Runner::issues(&github, "labeled", &issue)
        .run()
        .expect_code(0);
    assert_eq!(status(&document(&github), action), "In Progress ⚠️ overdue");
    github.assert_no_unexpected_writes(&COMMIT_AND_LABELS);

    let github = linked_shop(&founding());
    let number = issue_of(&github, action);
    github.world().push("work", &[("src/x.rs", "\n")]);
    let pull = github.world().open_pull("alice", "work", "acme/shop");
    github.world().issue(number).closing_pulls.push(pull);
    github.world().issue(number).assignees.push("alice".into());
    let issue = github.world().issue_json(number);
    Runner::issues(&github, "assigned", &issue)
        .run()
        .expect_code(0);
    assert_eq!(status(&document(&github), action), "In Progress ⚠️ overdue");
    github.assert_no_unexpected_writes(&COMMIT_AND_LABELS);
}

#[test]
fn an_edit_or_an_assignment_alone_changes_no_document() {
    for action in ["edited", "assigned"] {
        let github = linked_shop(&founding());
        let text = document(&github);
        let number = issue_of(&github, ACTION);
        github.world().issue(number).title = format!("{ACTION} to every service");
        github.world().issue(number).assignees.push("alice".into());
        let issue = github.world().issue_json(number);
        Runner::issues(&github, action, &issue).run().expect_code(0);
        github.assert_silent();
        assert_eq!(document(&github), text);
        // A person's edit stays: the document has not changed since.
        let title = github.world().issue(number).title.clone();
        assert_eq!(title, format!("{ACTION} to every service"));
    }
}

#[test]
fn an_issue_that_no_row_links_is_none_of_our_business() {
    let github = linked_shop(&founding());
    let number = github.world().open_issue("alice", "Something else", "");
    github.world().close(number, "completed");
    let issue = github.world().issue_json(number);
    Runner::issues(&github, "closed", &issue)
        .run()
        .expect_code(0);
    github.assert_silent();
}

#[test]
fn a_duplicate_follows_the_issue_that_it_duplicates() {
    let (github, number, text) = after("closed", |github, number| {
        let original = github
            .world()
            .open_issue("alice", "Watch memory everywhere", "");
        let id = github.world().shop().id;
        github.world().close(number, "duplicate");
        github.world().issue(number).duplicate_of = Some((id, original));
    });
    assert!(status(&text, ACTION).ends_with("⚠️ overdue"), "{text}");
    let original = issue_of(&github, "Watch memory everywhere");
    github.world().close(original, "completed");
    Runner::schedule(&github).run().expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");
    assert!(!github.world().issue(number).is_open);
    github.assert_no_unexpected_writes(&COMMIT_AND_LABELS);
}

#[test]
fn a_deleted_issue_is_reported_and_its_row_stays() {
    let github = linked_shop(&founding());
    let text = document(&github);
    let number = issue_of(&github, ACTION);
    let issue = github.world().issue_json(number);
    github.world().delete(number);
    let run = Runner::issues(&github, "deleted", &issue).run();
    assert!(run.said().contains(&format!("#{number}")), "{}", run.said());
    assert_eq!(link(&document(&github), ACTION), link(&text, ACTION));
    assert_eq!(
        github.world().issues().len(),
        1,
        "no second issue is opened"
    );
    github.assert_no_unexpected_writes(&["graphql createCommitOnBranch"]);
}

#[test]
fn a_transferred_issue_keeps_its_row_under_its_new_name() {
    let github = linked_shop(&founding());
    github
        .world()
        .add_repository("acme/platform", &[("README.md", "x\n")]);
    let number = issue_of(&github, ACTION);
    let issue = github.world().issue_json(number);
    let new = github.world().transfer(number, "acme/platform");
    let payload = payloads::transferred(&github, &issue, "acme/platform", new);
    Runner::at_main(&github, "issues", payload).run();
    let expected = format!("[acme/platform#{new}](https://github.com/acme/platform/issues/{new})");
    assert_eq!(link(&document(&github), ACTION), expected);
    assert_eq!(
        github.world().issues().len(),
        1,
        "no second issue is opened"
    );
    github.assert_no_unexpected_writes(&["graphql createCommitOnBranch"]);
}
