//! The status of an issue in the row, and what happens where the two contradict each other.

use super::{World, world};
use crate::{
    model::{
        issue::{Issue, State},
        status::Status,
    },
    tracker::memory::{issue, key},
};

fn row(status: &str) -> String {
    format!("| Add memory monitoring | SRE Team | 2024-03-01 | {status} | #3 |")
}

/// A row with this status and its issue, as `change` leaves it.
fn linked(status: &str, change: impl FnOnce(&mut Issue)) -> World {
    let world = world(&[&row(status)]);
    world.give(0, "#3");
    world.memory.change("#3", change);
    world
}

/// The changes of rows.
fn in_row(world: &World) -> Vec<String> {
    let mut changes = world.changes();
    changes.retain(|change| !change.starts_with("remember"));
    changes
}

#[test]
fn the_state_of_an_issue_becomes_the_status_of_its_row() {
    type Change = fn(&mut Issue);
    let cases: [(&str, Change, &str); 9] = [
        (
            "In Progress",
            |issue| issue.state = State::Completed,
            "Done",
        ),
        (
            "In Progress",
            |issue| issue.state = State::NotPlanned,
            "Won't Do",
        ),
        (
            "Not Started",
            |issue| issue.labels.push("WIP".into()),
            "In Progress",
        ),
        (
            "Not Started",
            |issue| {
                issue.assignees.push("alice".into());
                issue.has_open_pull_request = true;
            },
            "In Progress",
        ),
        ("Blocked", |issue| issue.state = State::Completed, "Done"),
        ("sometime", |issue| issue.state = State::Completed, "Done"),
        ("", |_| {}, "Not Started"),
        ("Won't Do", |issue| issue.state = State::Completed, "Done"),
        ("Done", |issue| issue.state = State::NotPlanned, "Won't Do"),
    ];
    for (old, change, new) in cases {
        let world = linked(old, change);
        assert_eq!(in_row(&world), [format!("status {old} → {new}")], "{old}");
    }
}

#[test]
fn a_row_that_says_as_much_or_more_stays() {
    type Change = fn(&mut Issue);
    let cases: [(&str, Change); 6] = [
        ("Not Started", |_| {}),
        ("Not Started", |issue| issue.assignees.push("alice".into())),
        ("Not Started", |issue| issue.has_open_pull_request = true),
        ("In Progress", |_| {}),
        ("Blocked", |issue| issue.labels.push("in progress".into())),
        ("sometime", |_| {}),
    ];
    for (status, change) in cases {
        let world = linked(status, change);
        assert_eq!(in_row(&world), Vec::<String>::new(), "{status}");
        assert!(world.conflicts().is_empty(), "{status}");
    }
}

#[test]
fn a_finished_row_with_an_open_issue_is_a_conflict_and_neither_is_changed() {
    let world = linked("Done", |issue| issue.state = State::Reopened);
    assert_eq!(world.changes(), Vec::<String>::new());
    assert_eq!(world.conflicts().len(), 1);
}

#[test]
fn a_reopened_issue_opens_the_row_that_the_tool_finished() {
    let world = linked("Done", |issue| issue.state = State::Reopened);
    let mut marker = world.marker("#3");
    marker.base.status = Some(Status::Done);
    world
        .memory
        .change("#3", |issue| issue.body = marker.put(&issue.body));
    assert_eq!(
        world.changes(),
        ["status Done → Not Started", "remember #3"]
    );
    assert!(world.conflicts().is_empty());
}

#[test]
fn what_a_stranger_s_marker_remembers_does_not_count() {
    let world = linked("Done", |issue| {
        issue.author.is_self = false;
        issue.author.can_write = false;
    });
    let mut marker = world.marker("#3");
    marker.base.status = Some(Status::Done);
    world
        .memory
        .change("#3", |issue| issue.body = marker.put(&issue.body));
    assert_eq!(world.changes(), Vec::<String>::new());
    assert_eq!(world.conflicts().len(), 1);
}

#[test]
fn a_duplicate_follows_its_original_through_a_chain() {
    let world = linked("In Progress", |issue| {
        issue.state = State::Duplicate(Some(key("#4")));
    });
    world.memory.put(Issue {
        state: State::Duplicate(Some(key("acme/other#5"))),
        ..issue("#4")
    });
    world.memory.put(Issue {
        state: State::Completed,
        ..issue("acme/other#5")
    });
    assert_eq!(in_row(&world), ["status In Progress → Done"]);
}

#[test]
fn g3_a_duplicate_of_an_issue_that_this_run_closes_as_a_duplicate_follows_it_in_the_same_run() {
    let other = row("Not Started").replace("Add", "Test").replace("#3", "");
    let world = world(&[&row("Not Started"), &other]);
    for name in ["#5", "#6"] {
        world.give(1, name);
    }
    world.memory.put(Issue {
        state: State::Duplicate(Some(key("#6"))),
        ..issue("#3")
    });
    world
        .memory
        .change("#5", |issue| issue.state = State::Completed);
    let changes = in_row(&world);
    assert!(
        changes.contains(&"close #6 as #5".to_owned()),
        "{changes:?}"
    );
    let done = changes.iter().filter(|one| one.ends_with("→ Done"));
    assert_eq!(done.count(), 2, "{changes:?}");
}

#[test]
fn a_duplicate_of_what_nobody_can_read_is_told_and_its_row_stays() {
    for state in [
        State::Duplicate(Some(key("acme/secret#901"))),
        State::Duplicate(Some(key("#3"))),
        State::HiddenDuplicate,
    ] {
        let world = linked("In Progress", |issue| issue.state = state.clone());
        assert_eq!(world.changes(), Vec::<String>::new(), "{state:?}");
        assert_eq!(world.conflicts().len(), 1, "{state:?}");
    }
}

#[test]
fn a_duplicate_of_an_unnamed_issue_is_decided_against() {
    let world = linked("In Progress", |issue| issue.state = State::Duplicate(None));
    assert_eq!(in_row(&world), ["status In Progress → Won't Do"]);
}

#[test]
fn a_pull_request_as_link_is_work_until_it_is_merged_and_says_nothing_when_it_is_abandoned() {
    for (state, expected) in [
        (State::Open, vec!["status Not Started → In Progress"]),
        (State::Completed, vec!["status Not Started → Done"]),
        (State::NotPlanned, vec![]),
    ] {
        let world = linked("Not Started", |issue| {
            issue.is_pull_request = true;
            issue.has_open_pull_request = state == State::Open;
            issue.state = state.clone();
            issue.labels.clear();
            issue.body.clear();
        });
        assert_eq!(world.changes(), expected, "{state:?}");
    }
}

#[test]
fn an_issue_of_another_repository_is_read_and_never_written() {
    let mut world =
        world(&["| Add memory monitoring | SRE Team | 2024-01-01 | Not Started | acme/other#5 |"]);
    world.memory.put(Issue {
        labels: Vec::new(),
        ..issue("acme/other#5")
    });
    assert_eq!(world.changes(), ["flag Not Started ⚠️ overdue"]);
    world.rewrite("Not Started", "Done");
    assert_eq!(world.changes(), Vec::<String>::new());
    assert_eq!(world.conflicts().len(), 1);
}

#[test]
fn an_issue_that_is_gone_or_out_of_sight_is_told_and_its_row_goes_by_its_own_word() {
    for (link, words) in [("#8", "was deleted"), ("#950", "it is private")] {
        let row =
            format!("| Add memory monitoring | SRE Team | 2024-01-01 | Not Started | {link} |");
        let world = world(&[&row]);
        assert_eq!(world.changes(), ["flag Not Started ⚠️ overdue"]);
        assert!(world.conflicts()[0].contains(words));
    }
}

#[test]
fn of_several_links_the_first_issue_counts() {
    let world =
        world(&["| Add memory monitoring | SRE Team | 2024-03-01 | Not Started | #3, #4 |"]);
    world.give(0, "#3");
    world.memory.put(Issue {
        state: State::Completed,
        ..issue("#4")
    });
    assert_eq!(world.changes(), Vec::<String>::new());
}

#[test]
fn a_box_is_ticked_when_its_issue_is_done_and_unticked_when_it_is_open_again() {
    let list = |mark: &str| {
        let text = format!("# A\n\n## Action Items\n\n- [{mark}] Add memory monitoring (#3)\n");
        let world = World::of(&[(super::PATH, &text)]);
        world.give(0, "#3");
        world
    };
    let world = list(" ");
    world
        .memory
        .change("#3", |issue| issue.state = State::Completed);
    assert_eq!(world.changes(), ["tick true", "remember #3"]);

    let world = list("x");
    let mut marker = world.marker("#3");
    marker.base.status = Some(Status::Done);
    world
        .memory
        .change("#3", |issue| issue.body = marker.put(&issue.body));
    assert_eq!(world.changes(), ["tick false", "remember #3"]);
}

#[test]
fn without_a_place_for_a_status_nothing_is_written() {
    for text in [
        "# A\n\n## Action Items\n\n- Add memory monitoring (#3)\n",
        "# A\n\n## Action Items\n\n| Action | Owner | Issue |\n| --- | --- | --- |\n| Add memory monitoring | SRE | #3 |\n",
    ] {
        let world = World::of(&[(super::PATH, text)]);
        world.give(0, "#3");
        world
            .memory
            .change("#3", |issue| issue.state = State::Completed);
        assert_eq!(world.changes(), ["remember #3"]);
    }
}
