//! Issues that were closed as duplicates of others.

use super::*;

/// Closes the issue of the first row as a duplicate of a new one by alice; both numbers.
fn duplicated(github: &GitHub) -> (u64, u64) {
    let number = issue_of(github, ACTION);
    let original = github.world().open_issue("alice", "Watch memory", "");
    github
        .world()
        .close_as_duplicate(number, "acme/shop", original);
    (number, original)
}

#[test]
fn what_happens_to_an_original_reaches_the_rows_of_its_duplicates_at_once() {
    let github = linked_shop(&founding());
    let (number, original) = duplicated(&github);
    event(&github, "closed", number).expect_code(0);
    assert!(status(&document(&github), ACTION).contains("overdue"));
    github.world().close(original, "completed");
    event(&github, "closed", original).expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");
    github.world().reopen(original);
    event(&github, "reopened", original).expect_code(0);
    assert!(status(&document(&github), ACTION).contains("overdue"));
    swept(&github).expect_code(0);
}

#[test]
fn what_happens_to_an_original_that_has_a_row_itself_reaches_the_rows_of_both() {
    let github = linked_shop(&founding());
    let (number, original) = (issue_of(&github, ACTION), issue_of(&github, OTHER));
    github
        .world()
        .close_as_duplicate(number, "acme/shop", original);
    event(&github, "closed", number).expect_code(0);
    github.world().close(original, "not_planned");
    event(&github, "closed", original).expect_code(0);
    let text = document(&github);
    assert_eq!(status(&text, ACTION), "Won't Do");
    assert_eq!(status(&text, OTHER), "Won't Do");
    swept(&github).expect_code(0);
}

#[test]
fn a_chain_of_duplicates_is_followed_to_its_end() {
    let github = linked_shop(&founding());
    let (number, middle) = duplicated(&github);
    let end = github.world().open_issue("bob", "Watch everything", "");
    github.world().close_as_duplicate(middle, "acme/shop", end);
    swept(&github).expect_code(0);
    assert!(status(&document(&github), ACTION).contains("overdue"));
    github.world().close(end, "completed");
    swept(&github).expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");
    assert!(!github.world().issue(number).is_open);
}

#[test]
fn an_issue_that_is_no_duplicate_any_more_speaks_for_itself_again() {
    let github = linked_shop(&founding());
    let (number, original) = duplicated(&github);
    swept(&github).expect_code(0);
    github.world().reopen(number);
    github.world().close(original, "completed");
    event(&github, "closed", original).expect_code(0);
    assert!(status(&document(&github), ACTION).contains("overdue"));
    swept(&github).expect_code(0);
}

#[test]
fn an_original_in_another_repository_counts_where_it_can_be_read() {
    for is_private in [false, true] {
        let github = linked_shop(&founding());
        let number = issue_of(&github, ACTION);
        let mut world = github.world();
        world.add_repository("acme/platform", &[("README.md", "x\n")]);
        let original = world.open_issue("alice", "Watch memory", "");
        let original = world.transfer(original, "acme/platform");
        world.close_as_duplicate(number, "acme/platform", original);
        let at = world.tick();
        let platform = world.repository("acme/platform");
        platform.is_private = is_private;
        let elsewhere = platform.issues.get_mut(&original).unwrap();
        elsewhere.close("completed", "alice", at);
        drop(world);
        let before = status(&document(&github), ACTION);
        let run = swept(&github).expect_code(0);
        if is_private {
            assert_eq!(status(&document(&github), ACTION), before);
            let told = told_at(&github, &run, ACTION);
            let is_told = |one: &String| one.contains("closed as a duplicate");
            assert!(told.iter().any(is_told), "{told:#?}");
        } else {
            assert_eq!(status(&document(&github), ACTION), "Done");
        }
    }
}
