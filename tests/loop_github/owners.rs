//! Who is asked to do an item, and labels that the repository spells in its own way.

use super::{support::github::state::Label, *};

/// A world with this configuration and postmortem, and the commit before the postmortem came.
fn configured(config: &str, postmortem: &str) -> (GitHub, String) {
    let (github, before) = configured_shop(config, postmortem);
    (github, before)
}

fn assignees(github: &GitHub, needle: &str) -> Vec<String> {
    let number = issue_of(github, needle);
    github.world().issue(number).assignees.clone()
}

#[track_caller]
fn assert_nothing_left(github: &GitHub) {
    github.take_writes();
    Runner::schedule(github).run().expect_code(0);
    github.assert_silent();
}

#[test]
fn a_name_can_stand_for_several_people_and_a_team_for_nobody_who_can_be_assigned() {
    let config = "owners:\n  SRE Team: [alice, bob]\n  Dev Team: acme/dev\n";
    let (github, before) = configured(config, &founding());
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(
        assignees(&github, "Add memory monitoring"),
        ["alice", "bob"]
    );
    assert_eq!(
        assignees(&github, "Update testing suite"),
        Vec::<String>::new()
    );
    assert_nothing_left(&github);
}

#[test]
fn a_login_in_the_document_is_assigned_only_where_the_configuration_names_it() {
    let rows = "| Rotate keys | @alice | 2024-06-01 | Not Started |\n| Add an alarm | @bob | 2024-06-01 | Not Started |\n";
    let (github, before) = configured("owners:\n  alice: alice\n", &postmortem(rows));
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(assignees(&github, "Rotate keys"), ["alice"]);
    assert_eq!(assignees(&github, "Add an alarm"), Vec::<String>::new());
    assert_nothing_left(&github);
}

#[test]
fn g3_one_login_that_cannot_be_assigned_costs_nobody_else_and_is_not_tried_for_ever() {
    let config = "owners:\n  SRE Team: [mallory, alice]\n";
    let (github, before) = configured(config, &founding());
    let run = Runner::push(&github, &before).run();
    assert!(run.said().contains("mallory"), "{}", run.said());
    assert_eq!(github.world().issues().len(), 2);
    assert_eq!(assignees(&github, "Add memory monitoring"), ["alice"]);
    assert_linked(&github, &document(&github), "Add memory monitoring");
    assert_nothing_left(&github);
}

#[test]
fn a_new_owner_in_the_document_becomes_the_one_who_is_asked() {
    let config = "owners:\n  SRE Team: alice\n  Dev Team: bob\n";
    let (github, before) = configured(config, &founding());
    Runner::push(&github, &before).run().expect_code(0);
    let text = document(&github).replacen("| SRE Team |", "| Dev Team |", 1);
    let before = github.world().head("main");
    github.world().push("main", &[(PATH, &text)]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(assignees(&github, "Add memory monitoring"), ["bob"]);
    assert_nothing_left(&github);
}

#[test]
fn g4_a_person_who_took_an_issue_over_keeps_it() {
    let config = "owners:\n  SRE Team: alice\n";
    let (github, before) = configured(config, &founding());
    Runner::push(&github, &before).run().expect_code(0);
    let number = issue_of(&github, "Add memory monitoring");
    github.world().issue(number).assignees = vec!["bob".into()];
    assert_nothing_left(&github);
    assert_eq!(assignees(&github, "Add memory monitoring"), ["bob"]);
}

#[test]
fn labels_that_the_repository_spells_otherwise_are_the_same_labels() {
    let (github, before) = shop(&founding());
    for (id, name) in [(901, "Postmortem-Action"), (902, "OVERDUE")] {
        let label = Label::new(id, name);
        github
            .world()
            .shop()
            .labels
            .insert(name.to_lowercase(), label);
    }
    Runner::push(&github, &before).run().expect_code(0);
    for number in [1, 2] {
        let labels = github.world().issue(number).labels.clone();
        assert_eq!(labels, ["Postmortem-Action", "OVERDUE"]);
    }
    assert_nothing_left(&github);

    github.world().close(1, "completed");
    Runner::schedule(&github).run().expect_code(0);
    let labels = github.world().issue(1).labels.clone();
    assert_eq!(labels, ["Postmortem-Action"]);
    assert_nothing_left(&github);
}

#[test]
fn an_in_progress_label_counts_in_any_case() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, "Update testing suite");
    let label = Label::new(903, "In Progress");
    github
        .world()
        .shop()
        .labels
        .insert("in progress".into(), label);
    github
        .world()
        .issue(number)
        .labels
        .push("In Progress".into());
    Runner::schedule(&github).run().expect_code(0);
    let cell = status(&document(&github), "Update testing suite");
    assert_eq!(cell, "In Progress ⚠️ overdue");
    assert_nothing_left(&github);
}
