//! Who owns what: action, owner and due date are the document's, whether it is done is the issue's, and what
//! both changed is a person's to settle.

use super::*;

const ACTION: &str = "Add memory monitoring";

/// Somebody edits the postmortem on `main`, and the push is run.
fn edited(github: &GitHub, old: &str, new: &str) -> Outcome {
    let text = document(github);
    assert!(text.contains(old), "{old:?} in\n{text}");
    let before = github.world().head("main");
    github
        .world()
        .push("main", &[(PATH, &text.replacen(old, new, 1))]);
    Runner::push(github, &before).run()
}

#[track_caller]
fn assert_nothing_left(github: &GitHub) {
    github.take_writes();
    Runner::schedule(github).run();
    github.assert_silent();
}

#[test]
fn new_words_in_a_linked_row_become_the_title_and_open_nothing() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    let text = document(&github);
    edited(&github, ACTION, "Watch the memory of every service").expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    let issue = github.world().issue(number).clone();
    assert_eq!(issue.title, "Watch the memory of every service");
    assert!(
        issue
            .body()
            .contains("| Watch the memory of every service |")
    );
    assert!(!issue.body().contains(ACTION), "{}", issue.body());
    let expected = text.replacen(ACTION, "Watch the memory of every service", 1);
    assert_eq!(document(&github), expected);
    github.assert_no_unexpected_writes(&["PATCH /repos/acme/shop/issues/*"]);
    assert_nothing_left(&github);
}

#[test]
fn a_new_owner_and_a_new_date_are_told_in_the_issue() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    edited(
        &github,
        "| SRE Team | 2024-02-01 |",
        "| Platform Team | 2024-02-20 |",
    )
    .expect_code(0);
    let body = github.world().issue(number).body().to_owned();
    for (new, old) in [("Platform Team", "SRE Team"), ("2024-02-20", "2024-02-01")] {
        assert!(body.contains(new) && !body.contains(old), "{body}");
    }
    assert_nothing_left(&github);
}

#[test]
fn g4_a_title_that_both_changed_is_reported_and_stays() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    github.world().issue(number).title = "By hand".into();
    let run = edited(&github, ACTION, "Watch the memory");
    assert_eq!(github.world().issue(number).title, "By hand");
    assert!(run.said().contains("By hand"), "{}", run.said());
    // Two items are late, and one title is in dispute.
    assert_eq!(run.output("findings"), "3", "{}", run.said());
    assert_nothing_left(&github);
    assert_eq!(github.world().issue(number).title, "By hand");
}

#[test]
fn g4_a_row_that_says_done_over_an_open_issue_is_reported_and_closes_nothing() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    let run = edited(&github, "In Progress ⚠️ overdue", "Done");
    assert!(github.world().issue(number).is_open);
    assert!(run.said().contains("the row says Done"), "{}", run.said());
    assert!(status(&document(&github), ACTION).starts_with("Done"));
    let line = line_of(&document(&github), ACTION);
    assert!(run.annotations().iter().any(|one| one.line() == line));
    assert_nothing_left(&github);

    // The person closes the issue, and the matter is settled.
    github.world().close(number, "completed");
    let run = Runner::schedule(&github).run().expect_code(0);
    assert!(!run.said().contains("the row says Done"), "{}", run.said());
    assert_eq!(status(&document(&github), ACTION), "Done");
    assert_nothing_left(&github);
}

#[test]
fn what_people_write_below_the_block_of_an_issue_stays() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, ACTION);
    let note = "\n\n- [x] asked the vendor\n";
    let body = github.world().issue(number).body().to_owned() + note;
    github.world().issue(number).body = Some(body);
    edited(&github, "2024-02-01", "2024-06-01").expect_code(0);
    let body = github.world().issue(number).body().to_owned();
    assert!(
        body.ends_with(note) && body.contains("2024-06-01"),
        "{body}"
    );
    assert_nothing_left(&github);
}

#[test]
fn a_locked_issue_and_one_without_a_body_hide_no_other() {
    let github = linked_shop(&founding());
    github.world().issue(1).body = None;
    github.world().issue(2).locked = true;
    github.world().close(2, "completed");
    Runner::schedule(&github).run();
    assert_eq!(status(&document(&github), "Update testing suite"), "Done");
    assert_nothing_left(&github);
}

#[test]
fn flag_and_label_are_the_teams_to_choose_and_can_be_switched_off() {
    let off = "overdue:\n  flag: \"\"\n  label: \"\"\n  soon-label: \"\"\n";
    let own = "overdue:\n  flag: \" (late)\"\n  label: behind\n";
    for (config, cell, labels) in [
        (off, "In Progress", vec!["postmortem-action"]),
        (
            own,
            "In Progress (late)",
            vec!["postmortem-action", "behind"],
        ),
    ] {
        let (github, before) = configured_shop(config, &founding());
        let run = Runner::push(&github, &before).run().expect_code(0);
        assert_eq!(status(&document(&github), ACTION), cell);
        assert_eq!(github.world().issue(1).labels, labels);
        assert_eq!(run.output("overdue"), "2");
        assert_nothing_left(&github);
    }
}

#[test]
fn the_later_an_item_is_the_higher_it_stands_in_the_summary() {
    let days = ["2024-02-20", "2024-01-20", "2024-02-28", "2024-02-01"];
    let rows = days.map(|day| format!("| Promise of {day} | Dev Team | {day} | Not Started |\n"));
    let (github, before) = shop(&postmortem(&rows.concat()));
    let run = Runner::push(&github, &before).run().expect_code(0);
    let (_, late) = run.summary.split_once("Overdue").unwrap();
    let mut places = days.map(|day| (late.find(&format!("Promise of {day}")).unwrap(), day));
    places.sort_unstable();
    let order = places.map(|(_, day)| day);
    assert_eq!(
        order,
        ["2024-01-20", "2024-02-01", "2024-02-20", "2024-02-28"]
    );
    github.assert_no_unexpected_writes(&SYNC);
}
