//! Issues that a pull request brings, as its own runs and those of the default branch see them.

use super::{Offering, PATH, World, table, world};
use crate::{
    model::{
        issue::{Issue, State},
        marker::Marker,
    },
    tracker::memory::{issue, key},
};

const PULL: u64 = 40;
const ALARM: &str = "| Add an alarm | SRE Team | 2024-03-01 | Not Started | |";
const RUNBOOK: &str = "| Write a runbook | SRE Team | 2024-03-01 | Not Started | |";
const NOTHING: [&str; 0] = [];

fn offering(pull: u64) -> Offering {
    Offering {
        pull,
        is_draft: false,
        is_complete: true,
    }
}

/// A run of the pull request [`PULL`], whose first row has the issue #3.
fn offered(rows: &[&str]) -> World {
    let mut world = world(rows);
    world.offering = Some(offering(PULL));
    world.give(0, "#3");
    world
}

/// What the runs of the default branch see of it, with the pull request in this state.
fn on_default_branch(state: State, text: &str) -> World {
    let mut world = offered(&[ALARM]);
    world.offering = None;
    world.texts[0].1 = text.to_owned();
    world.memory.put(Issue {
        is_pull_request: true,
        state,
        ..issue(&format!("#{PULL}"))
    });
    world
}

fn change_marker(world: &World, change: impl FnOnce(&mut Marker)) {
    let mut marker = world.marker("#3");
    change(&mut marker);
    world
        .memory
        .change("#3", |issue| issue.body = marker.put(&issue.body));
}

/// The issue, closed as its run closes it.
fn withdraw(world: &World) {
    change_marker(world, |marker| {
        marker.offer.as_mut().expect("an offer").withdrawn = true;
    });
    world
        .memory
        .change("#3", |issue| issue.state = State::NotPlanned);
}

#[test]
fn an_issue_says_which_pull_request_brought_it() {
    let offer = offered(&[ALARM]).marker("#3").offer.expect("an offer");
    assert_eq!((offer.pull, offer.withdrawn), (PULL, false));
}

#[test]
fn a_pull_request_leaves_alone_what_the_default_branch_or_another_one_has() {
    let late = ALARM.replace("Add", "Sound").replace("| |", "| #3 |");
    let mut world = offered(&[ALARM]);
    world.texts[0].1 = table(&[&late]);
    assert_eq!(
        world.changes(),
        ["update #3 title: “Add an alarm” → “Sound an alarm”"]
    );
    change_marker(&world, |marker| {
        marker.offer.as_mut().expect("an offer").pull = 41;
    });
    assert_eq!(world.changes(), NOTHING, "another pull request has it");
    change_marker(&world, |marker| marker.offer = None);
    assert_eq!(world.changes(), NOTHING, "the default branch has it");
}

#[test]
fn a_draft_opens_nothing_and_keeps_what_is_open() {
    let mut world = offered(&[ALARM, RUNBOOK]);
    assert_eq!(
        world.changes(),
        ["adopt #3", "link #3", "open Write a runbook"]
    );
    world.offering = Some(Offering {
        is_draft: true,
        ..offering(PULL)
    });
    assert_eq!(world.changes(), ["adopt #3", "link #3"]);
}

#[test]
fn an_issue_whose_row_is_gone_is_withdrawn_by_its_own_pull_request_alone() {
    let mut world = offered(&[ALARM]);
    world.texts[0].1 = table(&[RUNBOOK]);
    let changes = ["open Write a runbook", "withdraw #3"];
    assert_eq!(world.changes(), changes);
    world.offering = Some(Offering {
        is_complete: false,
        ..offering(PULL)
    });
    assert_eq!(
        world.changes(),
        changes[..1],
        "its row may stand in a file that was not read"
    );
    world.offering = Some(offering(41));
    assert_eq!(world.changes(), changes[..1]);
}

#[test]
fn a_run_of_the_default_branch_withdraws_what_a_pull_request_brought_that_was_closed_unmerged() {
    let text = table(&[]);
    for (state, is_withdrawn) in [
        (State::NotPlanned, true),
        (State::Completed, false),
        (State::Open, false),
        (State::Reopened, false),
    ] {
        let mut world = on_default_branch(state.clone(), &text);
        let expected: &[&str] = if is_withdrawn { &["withdraw #3"] } else { &[] };
        assert_eq!(world.changes(), expected, "{state:?}");
        world.is_complete = false;
        assert_eq!(
            world.changes(),
            NOTHING,
            "a file that was not read may hold the row"
        );
    }
}

#[test]
fn what_was_withdrawn_is_not_withdrawn_again() {
    let world = on_default_branch(State::NotPlanned, &table(&[]));
    withdraw(&world);
    assert_eq!(world.changes(), NOTHING);
    // A person opened it again, and so keeps it.
    world
        .memory
        .change("#3", |issue| issue.state = State::Reopened);
    assert_eq!(world.changes(), NOTHING);
}

#[test]
fn a_row_that_comes_back_opens_its_withdrawn_issue_and_none_that_a_person_closed() {
    let world = offered(&[ALARM]);
    withdraw(&world);
    assert_eq!(world.changes(), ["reinstate #3", "adopt #3", "link #3"]);

    world
        .memory
        .change("#3", |issue| issue.state = State::Completed);
    assert!(
        !world.changes().contains(&"reinstate #3".to_owned()),
        "somebody did it"
    );
    world
        .memory
        .change("#3", |issue| issue.state = State::NotPlanned);
    change_marker(&world, |marker| {
        marker.offer.as_mut().expect("an offer").withdrawn = false;
    });
    assert!(
        !world.changes().contains(&"reinstate #3".to_owned()),
        "a person closed it"
    );
}

#[test]
fn a_row_that_comes_back_settled_leaves_its_withdrawn_issue_closed() {
    let world = offered(&[&ALARM.replace("Not Started", "Done")]);
    withdraw(&world);
    assert!(!world.changes().contains(&"reinstate #3".to_owned()));
}

#[test]
fn a_merged_row_takes_its_withdrawn_issue_back_on_the_default_branch() {
    let world = on_default_branch(State::Completed, &table(&[ALARM]));
    withdraw(&world);
    assert_eq!(
        world.changes()[..3],
        ["reinstate #3", "adopt #3", "link #3"]
    );
}

#[test]
fn an_offer_in_the_marker_of_somebody_else_s_issue_closes_nothing() {
    for (who, can_write) in [("a stranger", false), ("somebody with write access", true)] {
        let of = |world: &World| {
            world.memory.change("#3", |issue| {
                issue.author.is_self = false;
                issue.author.can_write = can_write;
            });
        };
        let mut own = offered(&[ALARM]);
        own.texts[0].1 = table(&[]);
        let abandoned = on_default_branch(State::NotPlanned, &table(&[]));
        for world in [own, abandoned] {
            of(&world);
            assert_eq!(world.changes(), NOTHING, "{who}");
        }
    }
}

#[test]
fn an_offer_in_a_stranger_s_marker_opens_and_adopts_nothing() {
    let linked = ALARM.replace("| |", "| #3 |");
    let cases = [(ALARM, &["open Add an alarm"][..]), (&linked, &[])];
    for (row, expected) in cases {
        let world = offered(&[ALARM]);
        let world = World {
            texts: vec![(PATH.to_owned(), table(&[row]))],
            ..world
        };
        withdraw(&world);
        world.memory.change("#3", |issue| {
            issue.author.is_self = false;
            issue.author.can_write = false;
        });
        assert_eq!(world.changes(), expected);
        assert_eq!(world.memory.get("#3").state, State::NotPlanned);
    }
}

#[test]
fn a_pull_request_that_is_gone_leaves_its_issues_open() {
    let world = on_default_branch(State::NotPlanned, &table(&[]));
    world.memory.issues.borrow_mut().remove(&key("#40"));
    assert_eq!(world.changes(), NOTHING);
}
