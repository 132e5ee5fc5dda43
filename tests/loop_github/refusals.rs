//! What GitHub refuses is said in words that help, with the right exit code, and hides nothing else.

use super::*;
use serde_json::json;

#[test]
fn a_bad_token_is_named_as_such() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before).token(UNKNOWN_TOKEN);
    let run = run.run().expect_code(3);
    assert!(run.said().contains("token"), "{}", run.said());
    github.assert_silent();
}

#[test]
fn no_network_is_named_as_such() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before)
        .offline()
        .run()
        .expect_code(3);
    assert!(run.said().contains("127.0.0.1"), "{}", run.said());
    assert_eq!(github.calls(), Vec::<String>::new());
}

#[test]
fn a_repository_with_issues_disabled_is_told_to_enable_them() {
    let (github, before) = shop(&founding());
    github.world().shop().has_issues = false;
    let run = Runner::push(&github, &before).run();
    assert_ne!(run.code, 0);
    assert!(run.said().contains("issues are disabled"), "{}", run.said());
    assert_eq!(github.world().issues(), Vec::<u64>::new());
    github.take_writes();
}

#[test]
fn a_token_that_may_not_open_issues_is_told_which_permission_to_add() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before).token(READ_ONLY_TOKEN).run();
    assert_ne!(run.code, 0);
    assert!(run.said().contains("issues: write"), "{}", run.said());
    github.assert_silent();
}

#[test]
fn a_token_that_may_open_issues_and_not_commit_loses_nothing() {
    let (github, before) = shop(&founding());
    let token = "ghs_MayOpenIssuesAndNotCommit00000000000004";
    github
        .world()
        .add_token(token, "github-actions[bot]", "acme/shop", Access::Write);
    let mut world = github.world();
    let permissions = &mut world.tokens.get_mut(token).unwrap().permissions;
    permissions.insert("contents", Access::Read);
    permissions.insert("pull_requests", Access::Read);
    drop(world);
    let run = Runner::push(&github, &before).token(token).run();
    assert_eq!(run.code, 4, "{}", run.said());
    assert!(run.said().contains("contents: write"), "{}", run.said());
    assert_eq!(github.world().issues().len(), 2);
    Runner::schedule(&github).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    github.take_writes();
}

#[test]
fn one_issue_that_is_refused_hides_no_other() {
    let (github, before) = shop(&founding());
    let refusal = json!({"message": "Validation Failed", "errors": [{"resource": "Issue", "code": "custom", "field": "title", "message": "no"}]});
    github.faults(Fault::nth(
        1,
        When::Rest("POST", "/repos/*/*/issues"),
        Effect::Refuse(422, refusal),
    ));
    let run = Runner::push(&github, &before).run();
    assert_eq!(run.code, 4, "{}", run.said());
    assert_eq!(github.world().issues().len(), 1);
    assert_linked(&github, &document(&github), "Update testing suite");
    assert_eq!(link(&document(&github), "Add memory monitoring"), "");
    assert!(
        run.said().contains("Add memory monitoring"),
        "{}",
        run.said()
    );
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_secondary_limit_that_says_how_long_is_waited_for() {
    let (github, before) = shop(&founding());
    github.fault(
        When::Rest("POST", "/repos/*/*/issues"),
        Effect::SecondaryLimit(Some(0)),
    );
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_spent_hour_ends_the_run_and_the_next_one_goes_on() {
    let (github, before) = shop(&founding());
    github.faults(Fault {
        skip: 1,
        ..Fault::always(
            When::Rest("POST", "/repos/*/*/issues"),
            Effect::PrimaryLimit(3000),
        )
    });
    let run = Runner::push(&github, &before).run();
    assert!(
        run.code == 4 || run.code == 3,
        "{}: {}",
        run.code,
        run.said()
    );
    assert!(run.said().contains("limit"), "{}", run.said());
    github.world().faults.clear();
    Runner::schedule(&github).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_server_without_limits_is_fine() {
    let (github, before) = shop(&founding());
    github.world().quota = None;
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_renamed_repository_is_written_to_under_its_new_name() {
    let (github, before) = shop(&founding());
    github.world().shop().old_names.push("acme/store".into());
    let run = Runner::push(&github, &before).with("GITHUB_REPOSITORY", "acme/store");
    run.run().expect_code(0);
    assert_linked(&github, &document(&github), "Add memory monitoring");
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_mistake_in_the_configuration_is_named_with_the_key_that_was_meant() {
    let config = "isues:\n  max-new: 3\n";
    let (github, before) = configured_shop(config, &founding());
    let run = Runner::push(&github, &before).run().expect_code(2);
    assert!(
        run.said().contains("isues") && run.said().contains("issues"),
        "{}",
        run.said()
    );
    github.assert_silent();
}

#[test]
fn an_event_that_the_tool_does_not_know_is_no_reason_to_write() {
    let github = linked_shop(&founding());
    Runner::schedule(&github).named("watch").run();
    github.assert_silent();
}
