//! What is late and what soon will be: flags, labels and lists.

use super::{World, world};
use crate::{check::sample::day, model::issue::State, tracker::memory::issue};

const ROW: &str = "| Add memory monitoring | SRE Team | 2024-01-19 | Not Started | #3 |";

fn late() -> World {
    let world = world(&[ROW]);
    world.give(0, "#3");
    world
}

#[test]
fn a_late_item_gets_flag_and_label() {
    let world = late();
    assert_eq!(
        world.changes(),
        ["flag Not Started ⚠️ overdue", "label #3 +overdue -"]
    );
    assert_eq!(world.plan().overdue[0].days, 1);
}

#[test]
fn a_flag_is_the_same_on_every_day() {
    let mut world = late();
    world.rewrite("Not Started", "Not Started ⚠️ overdue");
    world
        .memory
        .change("#3", |issue| issue.labels.push("Overdue".into()));
    for today in ["2024-01-20", "2024-01-21", "2025-06-01"] {
        world.today = day(today);
        assert!(world.plan().is_empty(), "{today}");
        assert_eq!(world.plan().overdue.len(), 1);
    }
}

#[test]
fn due_today_is_soon_and_not_late() {
    let mut world = late();
    world.today = day("2024-01-19");
    assert_eq!(world.changes(), ["label #3 +due-soon -"]);
    assert!(world.plan().overdue.is_empty());
    assert_eq!(world.plan().due_soon[0].days, 0);
}

#[test]
fn due_soon_gives_way_to_overdue() {
    let world = late();
    world
        .memory
        .change("#3", |issue| issue.labels.push("Due-Soon".into()));
    assert_eq!(
        world.changes()[1],
        "label #3 +overdue -due-soon",
        "{:?}",
        world.changes()
    );
}

#[test]
fn flag_and_label_go_when_the_item_is_settled_or_gets_a_new_date() {
    let mut world = late();
    world.rewrite("Not Started", "Not Started ⚠️ overdue");
    world
        .memory
        .change("#3", |issue| issue.labels.push("overdue".into()));
    world
        .memory
        .change("#3", |issue| issue.state = State::NotPlanned);
    assert_eq!(
        world.changes(),
        [
            "status Not Started ⚠️ overdue → Won't Do",
            "remember #3",
            "label #3 + -overdue"
        ]
    );
    world.memory.change("#3", |issue| issue.state = State::Open);
    world.rewrite("2024-01-19", "2024-03-01");
    assert_eq!(
        world.changes(),
        [
            "unflag Not Started",
            "update #3 due: “2024-01-19” → “2024-03-01”",
            "label #3 + -overdue"
        ]
    );
}

#[test]
fn empty_names_mean_no_label_and_no_flag() {
    let mut world = late();
    world.config.overdue.flag = String::new();
    world.config.overdue.label = String::new();
    world.config.overdue.soon_label = String::new();
    assert!(world.plan().is_empty());
    assert_eq!(world.plan().overdue.len(), 1);
    world.today = day("2024-01-18");
    assert!(world.plan().is_empty());
}

#[test]
fn rows_that_share_an_issue_ask_for_one_label() {
    let world = world(&[
        ROW,
        "| Update suite | Dev | 2024-01-22 | Not Started | #3 |",
        "| Third | Dev | 2024-09-22 | Not Started | #3 |",
    ]);
    world.give(0, "#3");
    assert_eq!(
        world.changes(),
        ["flag Not Started ⚠️ overdue", "label #3 +overdue -"]
    );
}

#[test]
fn a_conflict_is_late_by_its_issue_and_its_cell_stays() {
    let mut world = late();
    world.rewrite("Not Started", "Done");
    assert_eq!(world.changes(), ["label #3 +overdue -"]);
    assert_eq!(world.plan().overdue.len(), 1);
}

#[test]
fn blocked_work_can_be_late() {
    let mut world = late();
    world.rewrite("Not Started", "Blocked");
    assert_eq!(world.changes()[0], "flag Blocked ⚠️ overdue");
}

#[test]
fn an_issue_that_a_person_linked_gets_labels_too_and_keeps_its_text() {
    let world = world(&[ROW]);
    let mut plain = issue("#3");
    plain.labels.clear();
    world.memory.put(plain);
    assert_eq!(
        world.changes(),
        [
            "flag Not Started ⚠️ overdue",
            "adopt #3",
            "label #3 +overdue,postmortem-action -"
        ]
    );
    world.memory.change("#3", |issue| {
        issue.labels = vec!["OVERDUE".into(), "Postmortem-action".into()];
    });
    assert_eq!(world.changes(), ["flag Not Started ⚠️ overdue"]);
}

#[test]
fn the_latest_item_comes_first_and_the_nearest_first() {
    let world = world(&[
        "| One | A | 2024-01-19 | Not Started | |",
        "| Two | A | 2024-01-02 | Not Started | |",
        "| Three | A | 2024-01-26 | Not Started | |",
        "| Four | A | 2024-01-21 | Not Started | |",
        "| Five | A | 2024-01-28 | Not Started | |",
    ]);
    let plan = world.plan();
    let names = |late: &[crate::model::change::Late]| -> Vec<String> {
        late.iter().map(|late| late.item.action.clone()).collect()
    };
    assert_eq!(names(&plan.overdue), ["Two", "One"]);
    assert_eq!(names(&plan.due_soon), ["Four", "Three"]);
}
