//! Which issue belongs to which item.

use chrono::TimeZone as _;

use super::{PATH, World, table, world};
use crate::{
    model::issue::{Issue, State},
    tracker::memory::{issue, key},
};

const FREE: &str = "| Add memory monitoring | SRE Team | 2024-03-01 | Not Started | |";
const LINKED: &str = "| Add memory monitoring | SRE Team | 2024-03-01 | Not Started | #4 |";
const NOTHING: [&str; 0] = [];

#[test]
fn an_issue_that_an_earlier_run_opened_is_adopted() {
    let world = world(&[FREE]);
    world.give(0, "#3");
    assert_eq!(world.changes(), ["adopt #3", "link #3"]);
}

#[test]
fn an_adopted_issue_is_read_properly_before_its_status_is_decided() {
    let world = world(&[FREE]);
    world.give(0, "#3");
    world.memory.change("#3", |issue| {
        issue.assignees.push("alice".into());
        issue.has_open_pull_request = true;
    });
    assert_eq!(world.changes()[2], "status Not Started → In Progress");

    world.memory.change("#3", |issue| {
        issue.state = State::Duplicate(Some(key("#9")));
    });
    world.memory.put(Issue {
        state: State::Completed,
        ..issue("#9")
    });
    assert_eq!(world.changes()[2], "status Not Started → Done");
}

#[test]
fn a_stranger_s_marker_and_another_repository_s_marker_count_for_nothing() {
    let world = world(&[FREE]);
    world.give(0, "#3");
    world.memory.change("#3", |issue| {
        issue.author.is_self = false;
        issue.author.can_write = false;
    });
    assert_eq!(world.changes(), ["open Add memory monitoring"]);

    world.give(0, "#3");
    let mut marker = world.marker("#3");
    marker.repository = 8;
    world
        .memory
        .change("#3", |issue| issue.body = marker.put(&issue.body));
    assert_eq!(world.changes(), ["open Add memory monitoring"]);
}

#[test]
fn of_two_issues_with_one_marker_the_first_stays() {
    let world = world(&[FREE]);
    world.give(0, "#3");
    world.give(0, "#4");
    assert_eq!(world.changes(), ["adopt #3", "link #3", "close #4 as #3"]);
    world
        .memory
        .change("#4", |issue| issue.author.is_self = false);
    assert_eq!(
        world.changes(),
        ["adopt #3", "link #3"],
        "a person's issue is not closed"
    );
}

#[test]
fn an_issue_that_a_person_closed_as_duplicate_of_the_second_is_not_the_first() {
    let world = world(&[FREE]);
    world.give(0, "#3");
    world.give(0, "#4");
    world.memory.change("#3", |issue| {
        issue.state = State::Duplicate(Some(key("#4")));
    });
    assert_eq!(world.changes(), ["adopt #4", "link #4"]);
}

#[test]
fn a_row_that_links_to_the_later_of_two_goes_over_to_the_first() {
    let world = world(&[LINKED]);
    world.give(0, "#3");
    world.give(0, "#4");
    assert_eq!(world.changes(), ["close #4 as #3", "link #4 → #3"]);
}

#[test]
fn a_forgotten_duplicate_of_a_settled_issue_is_closed() {
    let world = world(&[LINKED]);
    world.give(0, "#3");
    world.give(0, "#4");
    world
        .memory
        .change("#4", |issue| issue.state = State::Completed);
    assert_eq!(world.changes()[0], "close #3 as #4");

    world.memory.change("#4", |issue| {
        issue.state = State::Duplicate(Some(key("#3")));
    });
    assert_eq!(world.changes(), NOTHING, "the original stays open");
}

#[test]
fn an_issue_that_this_run_opened_gives_way_to_one_that_a_person_linked_meanwhile() {
    let mut world = world(&[LINKED]);
    world.memory.put(issue("#4"));
    world.give(0, "#3");
    world.opened = vec![world.memory.get("#3")];
    assert_eq!(world.changes(), ["close #3 as #4"]);
}

#[test]
fn a_new_row_with_the_words_of_a_reworded_one_keeps_the_issue_that_was_opened_for_it() {
    let mut world = world(&[LINKED]);
    world.give(0, "#4");
    // The reworded row's marker was not brought up to date, and the new row's link was not written.
    world.give(0, "#5");
    world.texts[0].1 = table(&[
        "| Add disk monitoring | SRE Team | 2024-03-01 | Not Started | #4 |",
        FREE,
    ]);
    let changes = world.changes();
    assert!(changes.contains(&"adopt #5".to_owned()), "{changes:?}");
    assert!(
        !changes.iter().any(|change| change.starts_with("close")),
        "{changes:?}"
    );
}

#[test]
fn rows_with_the_same_words_are_two_items() {
    let world = world(&[FREE, FREE]);
    assert_eq!(world.changes().len(), 2);
    world.give(1, "#3");
    assert_eq!(
        world.changes(),
        ["open Add memory monitoring", "adopt #3", "link #3"]
    );
}

#[test]
fn rows_that_share_an_issue_open_nothing_and_rename_nothing() {
    let world = world(&[
        LINKED,
        "| Update suite | Dev | 2024-03-15 | Not Started | #4 |",
    ]);
    world.give(1, "#4");
    assert_eq!(world.changes(), NOTHING);
    world
        .memory
        .change("#4", |issue| issue.state = State::Completed);
    assert_eq!(world.changes(), ["status Not Started → Done"; 2]);
}

#[test]
fn a_transferred_issue_is_linked_under_its_new_name_and_shared_by_both_names() {
    let world = world(&[LINKED]);
    let moved = issue("acme/other#7");
    world.memory.issues.borrow_mut().insert(key("#4"), moved);
    assert_eq!(world.changes(), ["link #4 → acme/other#7"]);
}

#[test]
fn an_unlinked_item_of_a_renamed_document_is_found_by_its_key() {
    let mut world = world(&[FREE]);
    world.give(0, "#3");
    world.texts[0].0 = "postmortems/renamed.md".into();
    assert_eq!(world.changes()[..2], ["adopt #3", "link #3"]);
    world.is_complete = false;
    assert_eq!(
        world.changes(),
        ["open Add memory monitoring"],
        "it may not be renamed"
    );
}

#[test]
fn a_document_that_got_an_id_is_found_by_its_path() {
    let mut world = world(&[FREE]);
    world.give(0, "#3");
    world.texts[0].1 = format!("---\nid: INC-7\n---\n{}", world.texts[0].1);
    assert_eq!(world.changes(), ["adopt #3", "link #3", "remember #3"]);
}

#[test]
fn a_new_promise_is_not_taken_for_the_finished_one_of_a_deleted_postmortem() {
    let mut world = world(&[FREE]);
    world.give(0, "#3");
    world
        .memory
        .change("#3", |issue| issue.state = State::Completed);
    world.texts[0].0 = "postmortems/new.md".into();
    assert_eq!(world.changes(), ["open Add memory monitoring"]);
    // The same file in another folder is the same document.
    world.texts[0].0 = "postmortems/2024/a.md".into();
    assert_eq!(world.changes()[0], "adopt #3");
}

#[test]
fn an_issue_that_is_older_than_an_incident_belongs_to_another_one() {
    // The incident was on the 8th, wherever on earth that was.
    for (day, is_adopted) in [(6, false), (7, true), (8, true)] {
        let mut world = world(&[FREE]);
        world.give(0, "#3");
        let opened = chrono::Utc.with_ymd_and_hms(2024, 1, day, 23, 0, 0);
        world
            .memory
            .change("#3", |issue| issue.created_at = opened.single());
        // Even where the file has the name of the one that is gone.
        for path in ["postmortems/new.md", "postmortems/2024/a.md"] {
            world.texts[0].0 = path.into();
            let first = world.changes()[0].clone();
            assert_eq!(first == "adopt #3", is_adopted, "{day} {path} {first}");
        }
    }
}

#[test]
fn another_document_with_the_same_words_keeps_its_own_issue() {
    let text = table(&[FREE]);
    let world = World::of(&[(PATH, &text), ("postmortems/b.md", &text)]);
    world.give(1, "#3");
    assert_eq!(
        world.changes(),
        ["open Add memory monitoring", "adopt #3", "link #3"]
    );
}

/// Two documents with a row each, and the issues #3 and #4 of a document that is gone, both for the first row: #3 by the
/// tool or a person, #4 by a person.
fn world_after_another(rows: [&str; 2], is_self: bool) -> World {
    let texts = rows.map(|row| table(&[row]));
    let world = World::of(&[(PATH, &texts[0]), ("postmortems/b.md", &texts[1])]);
    for (name, is_self) in [("#3", is_self), ("#4", false)] {
        world.give(0, name);
        let mut marker = world.marker(name);
        marker.document = "postmortems/gone.md".into();
        world.memory.change(name, |issue| {
            issue.body = marker.put(&issue.body);
            issue.author.is_self = is_self;
        });
    }
    world
}

fn adoptions(world: &World) -> Vec<String> {
    let mut changes = world.changes();
    changes.retain(|change| change.starts_with("adopt"));
    changes
}

const DONE: &str = "| Add memory monitoring | SRE Team | 2024-03-01 | Done | |";

#[test]
fn g3_a_person_s_second_issue_with_one_marker_is_left_to_another_item_in_the_same_run() {
    let world = world_after_another([FREE, DONE], false);
    assert_eq!(adoptions(&world), ["adopt #3", "adopt #4"]);
}

#[test]
fn g3_an_issue_that_does_not_duplicate_the_one_of_a_reworded_row_is_left_to_another_item_in_the_same_run()
 {
    let reworded = "| Add disk monitoring | SRE Team | 2024-03-01 | Not Started | #3 |";
    let world = world_after_another([DONE, reworded], true);
    assert_eq!(adoptions(&world), ["adopt #4"]);
}
