//! What becomes of a linked issue, and what people do to it.

use super::*;
use support::github::state::Gone;

#[test]
fn a_transferred_issue_that_can_be_read_is_followed_by_the_sweep_as_well() {
    let github = linked_shop(&founding());
    github
        .world()
        .add_repository("acme/platform", &[("README.md", "x\n")]);
    let number = issue_of(&github, ACTION);
    let new = github.world().transfer(number, "acme/platform");
    swept(&github).expect_code(0);
    let expected = format!("[acme/platform#{new}](https://github.com/acme/platform/issues/{new})");
    assert_eq!(link(&document(&github), ACTION), expected);

    let at = github.world().tick();
    let mut world = github.world();
    let moved = world.repository("acme/platform").issues.get_mut(&new);
    moved.unwrap().close("completed", "alice", at);
    drop(world);
    swept(&github).expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");
    assert_eq!(github.world().issues().len(), 1, "no second issue");
}

/// A row whose issue is out of reach keeps its words, gets no second issue, and says so in a finding.
#[track_caller]
fn assert_lost(github: &GitHub, number: u64, words: &str) {
    let text = document(github);
    let issues = github.world().issues();
    let run = swept(github).expect_code(0);
    assert_eq!(document(github), text);
    assert_eq!(github.world().issues(), issues, "no second issue");
    let told = told_at(github, &run, ACTION);
    let is_told = |one: &String| one.contains(words) && one.contains(&format!("#{number}"));
    assert!(told.iter().any(is_told), "{words:?} in {told:#?}");
    // The other row goes on.
    let other = issue_of(github, OTHER);
    github.world().close(other, "completed");
    swept(github);
    assert_eq!(status(&document(github), OTHER), "Done");
}

#[test]
fn a_transferred_issue_that_cannot_be_read_is_reported_and_its_row_stays() {
    let github = linked_shop(&founding());
    github
        .world()
        .add_repository("acme/secret", &[("README.md", "x\n")]);
    github.world().repository("acme/secret").is_private = true;
    let number = issue_of(&github, ACTION);
    github.world().transfer(number, "acme/secret");
    assert_lost(&github, number, "cannot be read");
}

#[test]
fn a_deleted_issue_is_reported_by_the_sweep_and_not_opened_again() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    github.world().delete(number);
    assert_lost(&github, number, "was deleted");
}

#[test]
fn a_link_that_was_taken_out_after_its_issue_was_deleted_asks_for_a_new_issue() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    github.world().delete(number);
    let text = document(&github).replace(&linked(number), "");
    push(&github, &text).expect_code(0);
    let new = issue_of(&github, ACTION);
    assert_ne!(new, number);
    assert_eq!(link(&document(&github), ACTION), linked(new));
    swept(&github).expect_code(0);
}

#[test]
fn an_issue_that_became_a_discussion_is_not_taken_for_done() {
    // Which of these GitHub shows is not documented.
    for form in [Some(410), Some(404), None] {
        let github = linked_shop(&founding());
        let number = issue_of(&github, ACTION);
        match form {
            Some(status) => github.world().lose(number, Gone::Discussion(status)),
            None => github.world().convert_in_place(number),
        }
        let words = match form {
            Some(410) => "deleted, or turned into a discussion",
            Some(_) => "cannot be read",
            None => "was turned into a discussion",
        };
        assert_lost(&github, number, words);
    }
}

#[test]
fn a_locked_issue_still_decides_about_its_row() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    github.world().issue(number).locked = true;
    github.world().close(number, "not_planned");
    event(&github, "closed", number).expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Won't Do");
    swept(&github).expect_code(0);
}

/// A world whose first row links to a pull request instead of an issue, and its number.
fn pulled() -> (GitHub, u64) {
    let (github, before) = shop("# Nothing yet\n");
    github.world().push("work", &[("src/x.rs", "\n")]);
    let pull = github.world().open_pull("alice", "work", "acme/shop");
    let rows = format!("| {ACTION} #{pull} | SRE Team | 2024-06-01 | Not Started |\n");
    github.world().push("main", &[(PATH, &postmortem(&rows))]);
    Runner::push(&github, &before).run().expect_code(0);
    (github, pull)
}

#[test]
fn a_row_that_links_to_a_pull_request_is_done_when_that_is_merged() {
    let (github, pull) = pulled();
    assert_eq!(status(&document(&github), ACTION), "In Progress");
    assert_eq!(github.world().issues(), Vec::<u64>::new());
    github.world().close(pull, "completed");
    github.world().issue(pull).pull.as_mut().unwrap().is_merged = true;
    swept(&github).expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");
    let pull = github.world().issue(pull).clone();
    assert!(pull.labels.is_empty() && pull.comments.is_empty());
}

#[test]
fn a_pull_request_that_is_closed_unmerged_leaves_its_row_as_it_is() {
    let (github, pull) = pulled();
    github.world().close(pull, "completed");
    swept(&github).expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "In Progress");
    assert_eq!(github.world().issues(), Vec::<u64>::new());
}

#[test]
fn a_label_that_a_person_takes_off_stays_off_and_the_row_stays_in_step() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    github
        .world()
        .issue(number)
        .labels
        .retain(|label| label != "postmortem-action");
    event(&github, "unlabeled", number).expect_code(0);
    github.assert_silent();
    github.world().close(number, "completed");
    swept(&github).expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");
    assert!(!github.world().issue(number).has_label("postmortem-action"));
}

#[test]
fn a_label_that_is_deleted_or_renamed_leads_to_no_second_issue_and_comes_back_with_the_next_new_one()
 {
    for new_name in [None, Some("promises")] {
        let github = linked_shop(&founding());
        github.world().rename_label("postmortem-action", new_name);
        let row = "| Write a runbook | Dev Team | 2024-06-01 | Not Started | |\n";
        let text = with_row(&document(&github), OTHER, |old| format!("{old}{row}"));
        push(&github, &text).expect_code(0);
        assert_eq!(github.world().issues().len(), 3);
        let number = issue_of(&github, "Write a runbook");
        assert!(github.world().issue(number).has_label("postmortem-action"));
        let old = issue_of(&github, ACTION);
        assert!(!github.world().issue(old).has_label("postmortem-action"));
        swept(&github).expect_code(0);
    }
}

#[test]
fn the_label_of_a_late_item_comes_back_as_long_as_it_is_late() {
    let github = linked_shop(&founding());
    github.world().rename_label("overdue", None);
    let number = issue_of(&github, ACTION);
    swept(&github).expect_code(0);
    assert!(github.world().issue(number).has_label("overdue"));
}

#[test]
fn an_issue_without_its_marker_still_decides_about_its_row_and_is_not_rewritten() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    let body = github.world().issue(number).body().to_owned();
    let (_, visible) = body.split_once("-->\n").unwrap();
    for damaged in [
        visible.to_owned(),
        body.replacen("followthrough:1 {", "followthrough:1 {{", 1),
        format!("A line above it.\n{body}"),
    ] {
        github.world().issue(number).body = Some(damaged.clone());
        let text = document(&github).replace("2024-02-01", "2024-02-02");
        push(&github, &text);
        push(&github, &text.replace("2024-02-02", "2024-02-01"));
        assert_eq!(github.world().issue(number).body(), damaged);
        swept(&github).expect_code(0);
        assert_eq!(github.world().issues().len(), 2, "no second issue");
    }
    github.world().close(number, "completed");
    swept(&github).expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");
}

#[test]
fn a_marker_that_is_made_to_name_another_item_moves_no_link() {
    let github = linked_shop(&founding());
    let (first, second) = (issue_of(&github, ACTION), issue_of(&github, OTHER));
    let text = document(&github);
    // Whoever may edit an issue can copy the marker of another one into it.
    let copied = github.world().issue(second).body().to_owned();
    github.world().issue(first).body = Some(copied);
    swept(&github);
    assert_eq!(document(&github), text);
    assert!(github.world().issue(first).is_open && github.world().issue(second).is_open);
    assert_eq!(github.world().issues().len(), 2);
}

#[test]
fn what_a_person_makes_of_the_body_stays_when_the_document_changes() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    let body = github.world().issue(number).body().to_owned();
    let (marker, _) = body.split_once('\n').unwrap();
    let own = format!("{marker}\nOnly my own words, and none of the tool's.\n");
    github.world().issue(number).body = Some(own);
    push(
        &github,
        &document(&github).replace("2024-02-01", "2024-06-01"),
    )
    .expect_code(0);
    let body = github.world().issue(number).body().to_owned();
    let (marker, rest) = body.split_once('\n').unwrap();
    assert_eq!(rest, "Only my own words, and none of the tool's.\n");
    assert!(marker.contains("2024\\u002d06\\u002d01"), "{marker}");
    swept(&github).expect_code(0);
}
