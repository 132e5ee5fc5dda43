//! What becomes of the tool's own pull request and branches once nothing needs them.

use super::{
    proposals::{ASIDE, BRANCH, has_branch, on_branch, protected_shop, the_pull, unprotect},
    *,
};
use serde_json::json;

#[test]
fn a_pull_request_is_closed_and_its_branch_removed_once_a_direct_commit_has_said_it_all() {
    let (github, before) = protected_shop();
    Runner::push(&github, &before).run().expect_code(0);
    let pull = the_pull(&github);
    github.take_writes();
    unprotect(&github);
    let run = Runner::schedule(&github).run().expect_code(0);
    assert_linked(&github, &document(&github), ACTION);
    assert!(!github.world().issue(pull).is_open);
    assert!(!has_branch(&github, BRANCH));
    assert_said(&run, &[&format!("/pull/{pull}"), "Closed"]);
    swept(&github).expect_code(0);
}

#[test]
fn a_pull_request_of_which_nothing_is_left_to_do_is_closed() {
    let (github, before) = protected_shop();
    Runner::push(&github, &before).run().expect_code(0);
    let pull = the_pull(&github);
    // A person applies the same change by hand.
    let text = on_branch(&github);
    github.world().push("main", &[(PATH, &text)]);
    github.take_writes();
    Runner::schedule(&github).run().expect_code(0);
    assert!(!github.world().issue(pull).is_open);
    assert!(!has_branch(&github, BRANCH));
    assert_eq!(document(&github), text);
    swept(&github).expect_code(0);
}

#[test]
fn a_pull_request_that_cannot_be_closed_fails_no_run_and_is_named() {
    let (github, before) = protected_shop();
    Runner::push(&github, &before).run().expect_code(0);
    let pull = the_pull(&github);
    unprotect(&github);
    github.faults(Fault::always(
        When::Rest("PATCH", "/repos/*/*/pulls/*"),
        Effect::Refuse(
            403,
            json!({"message": "Resource not accessible by integration"}),
        ),
    ));
    let run = Runner::schedule(&github).run().expect_code(0);
    assert_said(&run, &[&format!("/pull/{pull}"), "pull-requests: write"]);
    assert!(github.world().issue(pull).is_open && has_branch(&github, BRANCH));
    github.take_writes();
    github.world().faults.clear();
    swept(&github).expect_code(0);
    assert!(!github.world().issue(pull).is_open);
}

#[test]
fn what_stays_of_a_pull_request_for_a_while_is_left_to_the_next_run_and_named() {
    for (call, stays) in [
        (
            When::Rest("PATCH", "/repos/*/*/pulls/*"),
            "stays open until the next run",
        ),
        (
            When::Rest("DELETE", "/repos/*/*/git/refs/heads/*/*"),
            "`followthrough/sync` stays until the next run",
        ),
        (
            When::GraphQl("repository"),
            "A pull request of an earlier run stays as it is until the next run",
        ),
    ] {
        let (github, before) = protected_shop();
        Runner::push(&github, &before).run().expect_code(0);
        let pull = the_pull(&github);
        unprotect(&github);
        let broken = Effect::Refuse(502, json!({"message": "Server Error"}));
        // As often as a call is repeated.
        github.faults(Fault {
            times: 4,
            ..Fault::always(call, broken)
        });
        let run = Runner::schedule(&github).run().expect_code(4);
        assert_said(&run, &[stays]);
        assert_linked(&github, &document(&github), ACTION);
        github.take_writes();
        github.world().faults.clear();
        swept(&github).expect_code(0);
        assert!(!github.world().issue(pull).is_open);
        assert!(!has_branch(&github, BRANCH));
    }
}

#[test]
fn branches_of_the_tool_s_own_are_removed_once_nothing_needs_them() {
    let (github, before) = protected_shop();
    Runner::push(&github, &before).run().expect_code(0);
    let text = on_branch(&github);
    let mut world = github.world();
    let head = world.head(BRANCH);
    world.shop().git.set_branch(ASIDE, &head);
    drop(world);
    // While the pull request waits, its branch is needed.
    swept(&github).expect_code(0);
    assert!(has_branch(&github, BRANCH) && !has_branch(&github, ASIDE));

    let pull = the_pull(&github);
    let mut world = github.world();
    world.close(pull, "completed");
    world.push("main", &[(PATH, &text)]);
    drop(world);
    swept(&github).expect_code(0);
    assert!(!has_branch(&github, BRANCH));
}

#[test]
fn a_branch_of_the_tool_s_own_stays_while_a_person_proposes_it_elsewhere() {
    let (github, _) = adopted_shop(&founding());
    Runner::schedule(&github).run().expect_code(0);
    let mut world = github.world();
    world.push(BRANCH, &[("README.md", "# Mine\n")]);
    let pull = world.open_pull("alice", BRANCH, "acme/shop");
    world.issue(pull).pull.as_mut().unwrap().base_ref = "release".into();
    drop(world);
    github.take_writes();
    assert_settled(&github);
    assert!(github.world().issue(pull).is_open && has_branch(&github, BRANCH));
}
