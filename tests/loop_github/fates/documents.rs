//! What becomes of postmortems and their rows. A link in a row is its identity, wherever the row goes.

use super::*;

const ELSEWHERE: &str = "postmortems/2024-02-20-queue.md";

/// A world whose items have issues, but whose links were never written.
fn unlinked_shop(text: &str) -> GitHub {
    let (github, before) = adopted_shop(text);
    github.faults(Fault::always(
        When::GraphQl("createCommitOnBranch"),
        Effect::CutBefore,
    ));
    Runner::push(&github, &before).run();
    github.world().faults.clear();
    assert_eq!(document(&github), text);
    github.take_writes();
    github
}

/// Two rows of one table change places.
fn swapped(text: &str) -> String {
    let row = |needle: &str| text.lines().find(|line| line.contains(needle)).unwrap();
    let (first, second) = (row(ACTION), row(OTHER));
    text.replace(first, "-")
        .replace(second, first)
        .replace("-\n", &format!("{second}\n"))
}

#[test]
fn a_postmortem_that_is_moved_to_another_folder_keeps_its_issues() {
    let new = "postmortems/2024/2024-01-15-memory.md";
    for github in [linked_shop(&founding()), unlinked_shop(&founding())] {
        let text = document(&github);
        let before = github.world().head("main");
        github.world().remove("main", PATH);
        github.world().push("main", &[(new, &text)]);
        Runner::push(&github, &before).run().expect_code(0);
        assert_eq!(github.world().issues().len(), 2);
        let memory = issue_of(&github, ACTION);
        let text = github.world().file("main", new);
        assert_eq!(link(&text, ACTION), linked(memory));
        let body = github.world().issue(memory).body().to_owned();
        assert!(body.contains("postmortems/2024/2024"), "{body}");
        swept(&github).expect_code(0);
    }
}

#[test]
fn the_issues_of_a_postmortem_that_is_deleted_are_left_to_people() {
    for github in [linked_shop(&founding()), unlinked_shop(&founding())] {
        let before = github.world().head("main");
        github.world().remove("main", PATH);
        let push = Runner::push(&github, &before);
        push.run().expect_code(0);
        github.assert_silent();
        let memory = issue_of(&github, ACTION);
        assert!(github.world().issue(memory).is_open);
        swept(&github).expect_code(0);
    }
}

#[test]
fn a_postmortem_that_comes_back_finds_its_issues_again() {
    let github = linked_shop(&founding());
    github.world().remove("main", PATH);
    swept(&github).expect_code(0);
    push(&github, &founding()).expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    assert_linked(&github, &document(&github), ACTION);
    swept(&github).expect_code(0);
}

#[test]
fn the_issues_of_a_deleted_postmortem_are_not_those_of_a_later_incident_in_the_same_words() {
    for github in [linked_shop(&founding()), unlinked_shop(&founding())] {
        let old = issue_of(&github, ACTION);
        github.world().remove("main", PATH);
        let later = founding().replace("2024-01-15", "2024-03-08");
        let before = github.world().head("main");
        github.world().push("main", &[(ELSEWHERE, &later)]);
        let run = Runner::push(&github, &before).today("2024-03-10").run();
        run.expect_code(0);
        assert_eq!(github.world().issues().len(), 4);
        let text = github.world().file("main", ELSEWHERE);
        let link = link(&text, ACTION);
        assert!(!link.is_empty() && link != linked(old), "{text}");
        github.take_writes();
        Runner::schedule(&github)
            .today("2024-03-10")
            .run()
            .expect_code(0);
        github.assert_silent();
    }
}

#[test]
fn a_row_that_is_moved_to_a_postmortem_takes_along_the_issue_of_the_deleted_one() {
    let github = unlinked_shop(&founding());
    github.world().remove("main", PATH);
    let other = founding().replace("2024-01-15", "2024-01-14");
    github.world().push("main", &[(ELSEWHERE, &other)]);
    swept(&github).expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    let memory = issue_of(&github, ACTION);
    let text = github.world().file("main", ELSEWHERE);
    assert_eq!(link(&text, ACTION), linked(memory));
}

#[test]
fn rows_that_change_places_keep_their_issues() {
    for github in [linked_shop(&founding()), unlinked_shop(&founding())] {
        let (memory, tests) = (issue_of(&github, ACTION), issue_of(&github, OTHER));
        let text = swapped(&document(&github));
        push(&github, &text).expect_code(0);
        let text = document(&github);
        assert!(line_of(&text, OTHER) < line_of(&text, ACTION), "{text}");
        assert_eq!(link(&text, ACTION), linked(memory));
        assert_eq!(link(&text, OTHER), linked(tests));
        assert_eq!(github.world().issues().len(), 2);
        swept(&github).expect_code(0);
    }
}

#[test]
fn a_row_that_is_reworded_before_its_link_is_written_is_a_new_item() {
    let github = unlinked_shop(&founding());
    let old = issue_of(&github, ACTION);
    let text = document(&github).replace(ACTION, "Watch the queue");
    push(&github, &text).expect_code(0);
    let new = issue_of(&github, "Watch the queue");
    assert_eq!(link(&document(&github), "Watch the queue"), linked(new));
    // Nobody knows that it was meant: a person closes it.
    assert!(github.world().issue(old).is_open);
    swept(&github).expect_code(0);
}

#[test]
fn of_a_row_that_is_split_in_two_the_one_with_the_link_keeps_the_issue() {
    let github = linked_shop(&founding());
    let memory = issue_of(&github, ACTION);
    let text = with_row(&document(&github), ACTION, |row| {
        let first = row.replace(ACTION, "Add memory graphs");
        let second = row.replace(ACTION, "Add memory alarms");
        first + &second.replace(&linked(memory), "")
    });
    push(&github, &text).expect_code(0);
    let text = document(&github);
    assert_eq!(link(&text, "memory graphs"), linked(memory));
    assert_eq!(github.world().issue(memory).title, "Add memory graphs");
    let alarms = issue_of(&github, "Add memory alarms");
    assert_eq!(link(&text, "memory alarms"), linked(alarms));
    assert_eq!(github.world().issues().len(), 3);
    swept(&github).expect_code(0);
}

#[test]
fn two_rows_with_one_link_both_follow_it_and_neither_rewrites_it() {
    let github = linked_shop(&founding());
    let memory = issue_of(&github, ACTION);
    let text = with_row(&document(&github), ACTION, |row| {
        row.replace(ACTION, "Add memory graphs") + &row.replace(ACTION, "Add memory alarms")
    });
    push(&github, &text).expect_code(0);
    assert_eq!(github.world().issue(memory).title, ACTION);
    assert_eq!(github.world().issues().len(), 2);
    github.world().close(memory, "completed");
    event(&github, "closed", memory).expect_code(0);
    for row in ["memory graphs", "memory alarms"] {
        assert_eq!(status(&document(&github), row), "Done");
    }
    swept(&github).expect_code(0);
}

#[test]
fn a_postmortem_that_is_copied_with_its_links_shares_the_issues() {
    let github = linked_shop(&founding());
    let text = document(&github);
    let before = github.world().head("main");
    github.world().push("main", &[(ELSEWHERE, &text)]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    let memory = issue_of(&github, ACTION);
    github.world().close(memory, "completed");
    swept(&github).expect_code(0);
    for path in [PATH, ELSEWHERE] {
        let text = github.world().file("main", path);
        assert_eq!(status(&text, ACTION), "Done", "{path}");
    }
    let body = github.world().issue(memory).body().to_owned();
    assert!(!body.contains(ELSEWHERE), "{body}");
}

#[test]
fn a_postmortem_that_is_copied_without_links_has_items_of_its_own() {
    for github in [linked_shop(&founding()), unlinked_shop(&founding())] {
        let before = github.world().head("main");
        github.world().push("main", &[(ELSEWHERE, &founding())]);
        Runner::push(&github, &before).run().expect_code(0);
        assert_eq!(github.world().issues().len(), 4);
        let links = |path: &str| link(&github.world().file("main", path), ACTION);
        assert_ne!(links(PATH), links(ELSEWHERE));
        swept(&github).expect_code(0);
    }
}

#[test]
fn a_row_that_moves_to_another_table_keeps_its_issue_with_its_link_or_without() {
    let second = "| Task | Owner | Due | State |\n|---|---|---|---|\n";
    for keeps_link in [true, false] {
        let github = linked_shop(&founding());
        let memory = issue_of(&github, ACTION);
        let text = document(&github);
        let head = if keeps_link {
            second.replace("State |\n|", "State | Issue |\n|---|")
        } else {
            second.to_owned()
        };
        let row = text.lines().find(|line| line.contains(ACTION)).unwrap();
        let row = if keeps_link {
            row.to_owned()
        } else {
            row.replace(&format!(" {} |", linked(memory)), "")
        };
        let text = with_row(&text, ACTION, |_| String::new());
        let text = text.replace("\n## Lessons", &format!("\n{head}{row}\n\n## Lessons"));
        push(&github, &text).expect_code(0);
        assert_eq!(github.world().issues().len(), 2, "{text}");
        assert_eq!(link(&document(&github), ACTION), linked(memory));
        swept(&github).expect_code(0);
    }
}

#[test]
fn of_two_rows_with_the_same_words_each_keeps_its_own_issue_when_the_other_goes() {
    let rows = "| Add an alarm | Dev Team | 2024-06-01 | Not Started |\n".repeat(2);
    let github = linked_shop(&postmortem(&rows));
    let text = document(&github);
    let first = text
        .lines()
        .find(|line| line.contains("Add an alarm"))
        .unwrap();
    let fewer = text.replace(&format!("{first}\n"), "");
    push(&github, &fewer).expect_code(0);
    assert_eq!(document(&github), fewer);
    assert_eq!(github.world().issues().len(), 2);
    let stays = link(&fewer, "Add an alarm");
    assert_eq!(stays, linked(2));
    github.world().close(2, "completed");
    swept(&github).expect_code(0);
    assert_eq!(status(&document(&github), "Add an alarm"), "Done");
    assert!(github.world().issue(1).is_open);
}

#[test]
fn a_link_that_a_person_puts_over_ours_counts_and_our_issue_is_left_to_people() {
    let github = linked_shop(&founding());
    let memory = issue_of(&github, ACTION);
    let own = github.world().open_issue("alice", "Watch memory", "");
    let text = document(&github).replace(&linked(memory), &format!("#{own}"));
    push(&github, &text).expect_code(0);
    assert!(github.world().issue(memory).is_open);
    github.world().close(own, "completed");
    event(&github, "closed", own).expect_code(0);
    let text = document(&github);
    assert_eq!(status(&text, ACTION), "Done");
    assert_eq!(link(&text, ACTION), format!("#{own}"));
    swept(&github).expect_code(0);
    assert!(github.world().issue(memory).is_open);
}

#[test]
fn a_closed_issue_that_a_person_links_makes_the_row_done() {
    let (github, before) = shop("# Nothing yet\n");
    let own = github.world().open_issue("alice", "Watch memory", "");
    github.world().close(own, "completed");
    let row = format!("| {ACTION} #{own} | SRE Team | 2024-02-01 | Not Started |\n");
    github.world().push("main", &[(PATH, &postmortem(&row))]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(status(&document(&github), ACTION), "Done");
    assert_eq!(github.world().issues(), [own]);
    assert!(github.world().issue(own).labels.is_empty());
    swept(&github).expect_code(0);
}
