//! What becomes of the repository of documents and issues.

use super::*;

/// The repository gets a new name; the fake keeps it under `acme/shop`, so that the old one is `acme/store`.
fn renamed(text: &str) -> GitHub {
    let github = linked_shop(text);
    github.world().shop().old_names.push("acme/store".into());
    let text = document(&github).replace("github.com/acme/shop/", "github.com/acme/store/");
    github.world().push("main", &[(PATH, &text)]);
    github
}

#[test]
fn links_to_the_old_name_of_a_renamed_repository_get_the_new_one() {
    let github = renamed(&founding());
    swept(&github).expect_code(0);
    assert_linked(&github, &document(&github), ACTION);
    assert_eq!(github.world().issues().len(), 2);
}

#[test]
fn an_event_reaches_a_row_that_still_has_the_old_name_of_its_repository() {
    let github = renamed(&founding());
    let number = issue_of(&github, ACTION);
    github.world().close(number, "completed");
    event(&github, "closed", number).expect_code(0);
    let text = document(&github);
    assert_eq!(status(&text, ACTION), "Done");
    assert_eq!(link(&text, ACTION), linked(number));
    github.take_writes();
}

#[test]
fn an_archived_repository_is_told_once_and_nothing_is_tried() {
    let github = linked_shop(&founding());
    let memory = issue_of(&github, ACTION);
    github.world().close(memory, "completed");
    github.world().shop().is_archived = true;
    let start = github.calls().len();
    let run = Runner::schedule(&github).run().expect_code(4);
    assert_said(&run, &["acme/shop is archived"]);
    assert!(!run.said().contains("contents: write"), "{}", run.said());
    assert!(run.summary.contains("| Done |"), "{}", run.summary);
    let tried = github.world().calls.split_off(start);
    assert!(tried.iter().all(|call| !call.is_write), "{tried:#?}");
    github.assert_silent();

    github.world().shop().is_archived = false;
    swept(&github).expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");
}

#[test]
fn an_archived_repository_with_nothing_to_do_is_fine() {
    let github = linked_shop(&founding());
    github.world().shop().is_archived = true;
    Runner::schedule(&github).run().expect_code(0);
    github.assert_silent();
}

#[test]
fn issues_that_are_switched_off_are_no_deleted_issues_and_cost_no_call_each() {
    let github = linked_shop(&founding());
    let text = document(&github);
    github.world().shop().has_issues = false;
    let start = github.calls().len();
    let run = Runner::schedule(&github).run();
    assert_said(&run, &["issues are disabled in acme/shop"]);
    assert!(!run.said().contains("deleted"), "{}", run.said());
    assert_eq!(document(&github), text);
    let calls = github.calls().split_off(start);
    assert!(calls.len() <= 4, "{calls:#?}");
    github.assert_silent();

    github.world().shop().has_issues = true;
    swept(&github).expect_code(0);
    assert_eq!(document(&github), text);
}

#[test]
fn an_issue_of_another_repository_decides_about_its_row_and_is_never_written_to() {
    let (github, before) = shop("# Nothing yet\n");
    let mut world = github.world();
    world.add_repository("acme/platform", &[("README.md", "x\n")]);
    let number = world.open_issue("alice", "Watch memory", "");
    let number = world.transfer(number, "acme/platform");
    drop(world);
    let row = format!("| {ACTION} acme/platform#{number} | SRE | 2024-02-01 | Not Started |\n");
    github.world().push("main", &[(PATH, &postmortem(&row))]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Not Started ⚠️ overdue");
    let at = github.world().tick();
    let mut world = github.world();
    let elsewhere = world.repository("acme/platform").issues.get_mut(&number);
    elsewhere.unwrap().close("completed", "alice", at);
    drop(world);
    Runner::schedule(&github).run().expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");
    assert_eq!(github.world().issues(), Vec::<u64>::new());
    github.assert_no_unexpected_writes(&[COMMIT]);
    swept(&github).expect_code(0);
}

#[test]
fn an_issue_of_a_repository_without_issues_is_out_of_sight_and_not_deleted() {
    let (github, before) = shop("# Nothing yet\n");
    let mut world = github.world();
    world.add_repository("acme/platform", &[("README.md", "x\n")]);
    world.repository("acme/platform").has_issues = false;
    drop(world);
    let row = format!("| {ACTION} acme/platform#7 | SRE | 2024-06-01 | Not Started |\n");
    github.world().push("main", &[(PATH, &postmortem(&row))]);
    let run = Runner::push(&github, &before).run().expect_code(0);
    let told = told_at(&github, &run, ACTION);
    let is_told = |one: &String| one.contains("cannot be read") && one.contains("disabled");
    assert!(told.iter().any(is_told), "{told:#?}");
    github.assert_silent();
}
