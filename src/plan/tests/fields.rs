//! Changes of the document on their way into the issue, and what people changed there.

use super::{PATH, World, table, world};
use crate::{
    model::{
        change::Change,
        config::OwnerTarget,
        issue::{BODY_LIMIT, IssuePatch, State},
    },
    tracker::memory::key,
};

const ROW: &str = "| Add memory monitoring | SRE Team | 2024-03-01 | Not Started | #3 |";

fn linked() -> World {
    let mut world = world(&[ROW]);
    for (name, login) in [
        ("SRE Team", "alice"),
        ("Dev Team", "bob"),
        ("Gone", "ghost"),
    ] {
        world
            .config
            .owners
            .insert(name.into(), OwnerTarget::One(login.into()));
    }
    world.give(0, "#3");
    world
}

fn patch(world: &World) -> IssuePatch {
    let plan = world.plan();
    let patches = plan.changes.iter().find_map(|change| match change {
        Change::Update { patch, .. } => Some(patch.clone()),
        Change::Remember { body, .. } => Some(IssuePatch {
            body: Some(body.clone()),
            ..IssuePatch::default()
        }),
        _ => None,
    });
    patches.expect("an update")
}

/// Does what is planned for the issue.
fn update(world: &World) {
    let patch = patch(world);
    world.memory.change("#3", |issue| {
        issue.title = patch.title.unwrap_or_else(|| issue.title.clone());
        issue.body = patch.body.unwrap_or_else(|| issue.body.clone());
        issue.assignees = patch.assignees.unwrap_or_else(|| issue.assignees.clone());
        issue.assignees.retain(|login| login != "ghost");
    });
}

#[test]
fn an_issue_that_agrees_is_left_alone() {
    assert!(linked().plan().is_empty());
}

#[test]
fn a_field_that_changed_in_the_document_changes_in_the_issue_once() {
    for (old, new, field) in [
        (
            "Add memory monitoring",
            "Add disk monitoring",
            "title: “Add memory monitoring” → “Add disk monitoring”",
        ),
        ("SRE Team", "Dev Team", "owner: “SRE Team” → “Dev Team”"),
        (
            "2024-03-01",
            "2024-04-01",
            "due: “2024-03-01” → “2024-04-01”",
        ),
    ] {
        let mut world = linked();
        world.rewrite(old, new);
        assert_eq!(world.changes(), [format!("update #3 {field}")]);
        let body = patch(&world).body.expect("a body");
        let table = body.split("-->").nth(2).expect("a block");
        assert!(table.contains(new), "{table}");
        assert!(!table.contains(old), "{table}");
        update(&world);
        assert!(world.plan().is_empty(), "{new}: {:?}", world.changes());
    }
}

#[test]
fn an_owner_change_assigns_the_new_owner() {
    let mut world = linked();
    world.rewrite("SRE Team", "Dev Team");
    assert_eq!(patch(&world).assignees, Some(vec!["bob".to_owned()]));
}

#[test]
fn g3_whoever_is_assigned_to_an_issue_with_a_pull_request_works_on_it_in_the_same_run() {
    let mut world = linked();
    world.memory.change("#3", |issue| {
        issue.assignees.clear();
        issue.has_open_pull_request = true;
    });
    world.rewrite("SRE Team", "Dev Team");
    let changes = world.changes();
    assert!(
        changes.contains(&"status Not Started → In Progress".to_owned()),
        "{changes:?}"
    );
    update(&world);
    world.rewrite("Not Started", "In Progress");
    assert!(world.plan().is_empty(), "{:?}", world.changes());
}

#[test]
fn g3_a_duplicate_follows_whoever_is_assigned_to_its_original_in_the_same_run() {
    let mut world = linked();
    world.texts[0].1 = table(&[ROW, &ROW.replace("Add", "Test").replace("#3", "#4")]);
    world.give(1, "#4");
    world.memory.change("#3", |issue| {
        issue.assignees.clear();
        issue.has_open_pull_request = true;
    });
    world.memory.change("#4", |issue| {
        issue.state = State::Duplicate(Some(key("#3")));
    });
    world.rewrite(
        "| Add memory monitoring | SRE Team",
        "| Add memory monitoring | Dev Team",
    );
    let mut changes = world.changes();
    changes.retain(|change| change.starts_with("status"));
    assert_eq!(changes, ["status Not Started → In Progress"; 2]);
}

#[test]
fn a_login_that_github_drops_is_neither_tried_again_nor_a_conflict_later() {
    let mut world = linked();
    world.rewrite("SRE Team", "Gone");
    update(&world);
    assert!(world.memory.get("#3").assignees.is_empty());
    assert!(world.plan().is_empty(), "{:?}", world.changes());
    world.rewrite("Gone", "Dev Team");
    assert!(world.conflicts().is_empty(), "{:?}", world.conflicts());
    update(&world);
    assert_eq!(world.memory.get("#3").assignees, ["bob"]);
}

#[test]
fn what_a_person_changed_in_the_issue_stays() {
    let mut world = linked();
    world.memory.change("#3", |issue| {
        issue.title = "Memory alerts".into();
        issue.assignees = vec!["carol".into()];
        issue.body.push_str("\n\nA note by carol.");
    });
    assert!(world.plan().is_empty());
    world.rewrite("2024-03-01", "2024-04-01");
    let patch = patch(&world);
    assert_eq!((patch.title, patch.assignees), (None, None));
    assert!(patch.body.expect("a body").ends_with("A note by carol."));
}

#[test]
fn a_field_that_both_sides_changed_is_told_and_left() {
    let mut world = linked();
    world.memory.change("#3", |issue| {
        issue.title = "Memory alerts".into();
        issue.assignees = vec!["carol".into()];
    });
    world.rewrite("Add memory monitoring", "Add disk monitoring");
    world.rewrite("SRE Team", "Dev Team");
    assert_eq!(world.conflicts().len(), 2);
    let wanted = patch(&world);
    assert_eq!((wanted.title, wanted.assignees), (None, None));
    update(&world);
    assert!(world.plan().is_empty(), "{:?}", world.changes());
    assert_eq!(world.conflicts().len(), 2);
}

#[test]
fn a_reworded_row_is_found_by_its_new_key_even_where_the_title_stays() {
    let mut world = linked();
    world
        .memory
        .change("#3", |issue| issue.title = "Memory alerts".into());
    world.rewrite("Add memory monitoring", "Add disk monitoring");
    update(&world);
    assert_eq!(world.marker("#3").key, world.documents()[0].items[0].key);
    world.rewrite("#3", "");
    assert_eq!(world.changes(), ["adopt #3", "link #3"]);
}

#[test]
fn a_block_that_a_person_took_out_stays_out() {
    let mut world = linked();
    let marker = world.marker("#3");
    world
        .memory
        .change("#3", |issue| issue.body = marker.put("All mine."));
    world.rewrite("2024-03-01", "2024-04-01");
    let body = patch(&world).body.expect("a body");
    assert!(body.ends_with("-->\nAll mine."), "{body}");
    update(&world);
    assert!(world.plan().is_empty());
}

#[test]
fn a_body_without_room_is_told_and_not_cut() {
    let mut world = linked();
    world.memory.change("#3", |issue| {
        let room = BODY_LIMIT - issue.body.chars().count();
        issue.body.push_str(&"w".repeat(room));
    });
    world.rewrite("2024-03-01", "2024-04-01 or somewhat later than that");
    assert!(world.plan().is_empty(), "{:?}", world.changes());
    assert!(world.conflicts()[0].contains("no room"));
}

#[test]
fn a_moved_document_takes_its_issue_along() {
    let mut world = linked();
    world.texts[0].0 = "postmortems/2024/a.md".into();
    assert_eq!(world.changes(), ["remember #3"]);
    update(&world);
    assert_eq!(world.marker("#3").document, "postmortems/2024/a.md");
    assert!(
        world
            .memory
            .get("#3")
            .body
            .contains("/postmortems/2024/a.md)")
    );
    assert!(world.plan().is_empty());
}

#[test]
fn no_row_speaks_for_an_issue_that_another_document_may_hold() {
    let other = table(&["| Something else | Dev Team | 2024-04-01 | Not Started | #3 |"]);
    let mut world = linked();
    world.texts = vec![("postmortems/b.md".into(), other.clone())];
    world.is_complete = false;
    assert!(world.plan().is_empty(), "{:?}", world.changes());

    world.texts = vec![
        (PATH.into(), table(&[ROW])),
        ("postmortems/b.md".into(), other),
    ];
    world.is_complete = true;
    assert!(world.plan().is_empty(), "{:?}", world.changes());
}
