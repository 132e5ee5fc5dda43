//! Pull requests: findings and a preview, in one comment, in the summary and in annotations; nothing else.

use super::*;

const NEW: &str = "| Write a runbook | Dev Team | 2024-06-01 | Not Started |\n";

/// A pull request from a fork that brings a postmortem.
fn proposed_from_fork(postmortem: &str) -> (GitHub, u64) {
    let (github, number) = proposed(postmortem);
    let mut world = github.world();
    let pull = world.issue(number).pull.as_mut().unwrap();
    pull.head_repository = "mallory/shop".into();
    drop(world);
    (github, number)
}

fn comments(github: &GitHub, number: u64) -> Vec<String> {
    let comments = github.world().issue(number).comments.clone();
    comments.into_iter().map(|comment| comment.body).collect()
}

/// The place and words of every annotation.
fn findings(run: &Outcome) -> Vec<(String, String, usize, String)> {
    run.annotations()
        .into_iter()
        .map(|found| {
            (
                found.name.clone(),
                found.file().to_owned(),
                found.line(),
                found.data.clone(),
            )
        })
        .collect()
}

#[test]
fn a_pull_request_gets_one_comment_with_the_preview_and_nothing_else() {
    let (github, number) = proposed(&founding());
    let run = Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    let comments = comments(&github, number);
    assert_eq!(comments.len(), 1);
    for words in ["Add memory monitoring", "Update testing suite", "2 issues"] {
        assert!(comments[0].contains(words), "{words} in\n{}", comments[0]);
        assert!(run.summary.contains(words), "{words} in\n{}", run.summary);
    }
    assert_eq!(github.world().issues(), Vec::<u64>::new());
    assert_eq!(
        github.take_writes(),
        [format!("POST /repos/acme/shop/issues/{number}/comments")]
    );
    // In a preview, what would be opened is counted.
    assert_eq!((run.output("items"), run.output("opened")), ("2", "2"));
    assert_eq!(run.output("changed"), "false");
}

#[test]
fn the_comment_is_edited_only_when_it_changes() {
    let (github, number) = proposed(&founding());
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    github.take_writes();
    Runner::pull_request(&github, "synchronize", number)
        .run()
        .expect_code(0);
    github.assert_silent();

    let more = postmortem(&format!("{}{NEW}", documents::ROWS));
    github.world().push("topic", &[(PATH, &more)]);
    Runner::pull_request(&github, "synchronize", number)
        .run()
        .expect_code(0);
    let comments = comments(&github, number);
    assert_eq!(comments.len(), 1);
    assert!(
        comments[0].contains("Write a runbook") && comments[0].contains("3 issues"),
        "{}",
        comments[0]
    );
    let writes = github.take_writes();
    assert_eq!(writes.len(), 1, "{writes:?}");
    assert!(writes[0].starts_with("PATCH /repos/acme/shop/issues/comments/"));
}

#[test]
fn another_s_comment_with_the_same_marker_is_left_alone() {
    let (github, number) = proposed(&founding());
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    github.take_writes();
    let body = comments(&github, number).remove(0);
    github.world().issue(number).comments[0].user = "mallory".into();
    Runner::pull_request(&github, "synchronize", number)
        .run()
        .expect_code(0);
    let comments = comments(&github, number);
    assert_eq!(comments.len(), 2);
    assert_eq!(comments[0], body);
    github.assert_no_unexpected_writes(&[COMMENT]);
}

#[test]
fn a_pull_request_without_postmortems_gets_no_comment() {
    let (github, number) = proposal(&[README], &[("README.md", "# The shop\n")]);
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    github.assert_silent();
}

#[test]
fn g6_a_fork_gets_the_same_findings_and_exit_code_and_nothing_is_written() {
    let rows = "| Write a runbook | | 03/04/2024 | Someday |\n| Add an alarm | | | Not Started |\n";
    let flawed = postmortem(rows).replace("## Timeline\n", "## Weather\n");
    let (github, number) = proposed(&flawed);
    let own = Runner::pull_request(&github, "opened", number).run();
    github.assert_no_unexpected_writes(&[COMMENT]);
    assert!(!findings(&own).is_empty());

    let (github, number) = proposed_from_fork(&flawed);
    let fork = Runner::pull_request(&github, "opened", number).run();
    github.assert_silent();
    assert_eq!(comments(&github, number), Vec::<String>::new());
    assert_eq!(findings(&fork), findings(&own));
    assert_eq!(fork.code, own.code);
    assert_eq!(fork.output("findings"), own.output("findings"));
    assert!(fork.summary.contains("Write a runbook"), "{}", fork.summary);
}

#[test]
fn g6_a_read_only_token_in_the_own_repository_is_found_out_and_is_no_failure() {
    let (github, number) = proposed(&founding());
    let run = Runner::pull_request(&github, "opened", number)
        .token(READ_ONLY_TOKEN)
        .run();
    github.assert_silent();
    let run = run.expect_code(0);
    assert!(run.summary.contains("2 issues"), "{}", run.summary);
}

#[test]
fn findings_stand_at_their_rows_and_fail_the_run_as_configured() {
    let rows = "| Add an alarm | | 2024-06-01 | Not Started |\n";
    let (github, number) = proposed(&postmortem(rows));
    let line = line_of(&postmortem(rows), "Add an alarm");
    let strict =
        Runner::pull_request(&github, "opened", number).with("FOLLOWTHROUGH_FAIL_ON", "info");
    let run = strict.run().expect_code(1);
    let at_row = |found: &(String, String, usize, String)| found.1 == PATH && found.2 == line;
    assert!(findings(&run).iter().any(at_row), "{:?}", findings(&run));
    let lax =
        Runner::pull_request(&github, "synchronize", number).with("FOLLOWTHROUGH_FAIL_ON", "never");
    lax.run().expect_code(0);
    github.assert_no_unexpected_writes(&[COMMENT, "PATCH /repos/acme/shop/issues/comments/*"]);
}

#[test]
fn a_pull_request_cannot_loosen_its_own_check() {
    let flawed =
        postmortem("| Add an alarm | | | Someday |\n").replace("## Timeline\n", "## Weather\n");
    let strict = "fail-on: info\n";
    let (github, number) = proposal(
        &[README, (CONFIG, strict)],
        &[(PATH, &flawed), (CONFIG, "fail-on: never\n")],
    );
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(1);
    github.assert_no_unexpected_writes(&[COMMENT]);
}

#[test]
fn pull_request_target_is_refused_with_a_reason_and_a_way_out() {
    let (github, number) = proposed_from_fork(&founding());
    let run = Runner::pull_request(&github, "opened", number)
        .named("pull_request_target")
        .token(TOKEN)
        .run()
        .expect_code(2);
    assert!(run.said().contains("pull_request_target"), "{}", run.said());
    assert!(run.said().contains("`pull_request`"), "{}", run.said());
    assert_eq!(github.calls(), Vec::<String>::new());
}

#[test]
fn merging_does_what_the_preview_said() {
    let (github, number) = proposed(&founding());
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    github.take_writes();
    let before = github.world().head("main");
    github.world().push("main", &[(PATH, &founding())]);
    let run = Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(run.output("opened"), "2");
    github.assert_no_unexpected_writes(&SYNC);
}
