//! The scheduled sweep: everything is brought up to date, and what is late is flagged.

use super::*;

const ACTION: &str = "Rotate keys";
const FLAGGING: [&str; 3] = [
    "graphql createCommitOnBranch",
    "POST /repos/acme/shop/issues/*/labels",
    "PATCH /repos/acme/shop/issues/*",
];

/// Rows of `count` promises that are not yet due.
fn promises(count: u32) -> String {
    let rows = (1..=count)
        .map(|n| format!("| Promise number {n} | Dev Team | 2024-06-01 | Not Started |\n"));
    rows.collect::<Vec<_>>().concat()
}

fn keys() -> String {
    postmortem("| Rotate keys | @alice | 2024-03-10 | Not Started |\n")
}

#[test]
fn an_item_that_becomes_late_is_flagged_in_its_row_and_on_its_issue_once() {
    let github = linked_shop(&keys());
    assert_eq!(status(&document(&github), ACTION), "Not Started");
    let run = Runner::schedule(&github)
        .today("2024-03-11")
        .run()
        .expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Not Started ⚠️ overdue");
    let number = issue_of(&github, ACTION);
    assert!(github.world().issue(number).has_label("overdue"));
    assert_eq!(run.output("overdue"), "1");
    assert!(run.summary.contains(ACTION), "{}", run.summary);
    github.assert_no_unexpected_writes(
        &[
            FLAGGING.as_slice(),
            &["DELETE /repos/acme/shop/issues/*/labels/*"],
        ]
        .concat(),
    );

    // The flag is stable from day to day.
    Runner::schedule(&github)
        .today("2024-03-19")
        .run()
        .expect_code(0);
    github.assert_silent();
}

#[test]
fn a_new_due_date_takes_the_flag_away() {
    let github = linked_shop(&keys());
    Runner::schedule(&github)
        .today("2024-03-11")
        .run()
        .expect_code(0);
    let later = document(&github).replace("2024-03-10", "2024-09-10");
    let before = github.world().head("main");
    github.world().push("main", &[(PATH, &later)]);
    Runner::push(&github, &before)
        .today("2024-03-12")
        .run()
        .expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Not Started");
    let number = issue_of(&github, ACTION);
    assert!(!github.world().issue(number).has_label("overdue"));
    let body = github.world().issue(number).body().to_owned();
    assert!(
        body.contains("2024-09-10") && !body.contains("2024-03-10"),
        "{body}"
    );
    github.take_writes();
    Runner::schedule(&github)
        .today("2024-03-12")
        .run()
        .expect_code(0);
    github.assert_silent();
}

#[test]
fn what_happened_while_nobody_listened_is_made_good() {
    let github = linked_shop(&founding());
    let memory = issue_of(&github, "Add memory monitoring");
    let tests = issue_of(&github, "Update testing suite");
    github.world().close(memory, "completed");
    github.world().close(tests, "not_planned");
    Runner::schedule(&github).run().expect_code(0);
    let text = document(&github);
    assert_eq!(status(&text, "Add memory monitoring"), "Done");
    assert_eq!(status(&text, "Update testing suite"), "Won't Do");
    github.take_writes();
}

#[test]
fn a_row_that_people_added_meanwhile_gets_its_issue() {
    let github = linked_shop(&founding());
    let row = "| Write a runbook | Dev Team | 2024-06-01 | Not Started | |\n";
    let more = document(&github).replace("\n## Lessons", &format!("{row}\n## Lessons"));
    github.world().push("main", &[(PATH, &more)]);
    Runner::schedule(&github).run().expect_code(0);
    assert_linked(&github, &document(&github), "Write a runbook");
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn g9_old_postmortems_flood_nobody() {
    let old = postmortem("| An old promise | Dev Team | 2019-02-01 | Not Started |\n");
    let github = GitHub::start(&[("postmortems/2019-01-01-old.md", &old)]);
    let run = Runner::schedule(&github).run();
    assert_eq!(github.world().issues(), Vec::<u64>::new());
    github.assert_silent();
    assert!(
        run.said().contains('1'),
        "the items that are left are counted"
    );

    let before = github.world().head("main");
    github.world().push("main", &[(PATH, &founding())]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(
        github.world().issues().len(),
        2,
        "only the pushed postmortem is in scope"
    );
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn g9_a_run_opens_at_most_as_many_issues_as_it_may() {
    let rows = promises(30);
    let (github, before) = shop(&postmortem(&rows));
    let run = Runner::push(&github, &before).run();
    assert_eq!(github.world().issues().len(), 25);
    assert_eq!(run.output("opened"), "25");
    Runner::schedule(&github).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 30);
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn g10_reading_many_issues_takes_few_calls() {
    let rows = promises(20);
    let github = linked_shop(&postmortem(&rows));
    let start = github.calls().len();
    Runner::schedule(&github).run().expect_code(0);
    let calls = github.calls().split_off(start);
    assert!(calls.len() <= 8, "{calls:#?}");
    github.assert_silent();
}
