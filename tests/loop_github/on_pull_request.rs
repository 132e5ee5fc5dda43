//! `issues.open: on-pull-request`: the life of a pull request whose issues are opened before the merge.

use super::*;

const NEW: &str = "| Write a runbook | Dev Team | 2024-06-01 | Not Started |\n";
const AT_ONCE: &str = "issues: {open: on-pull-request}\n";
const MEMORY: &str = "Add memory monitoring";
const SUITE: &str = "Update testing suite";

/// A repository that opens issues at once, and a pull request that brings a postmortem.
fn offered(postmortem: &str) -> (GitHub, u64) {
    proposal(&[README, (CONFIG, AT_ONCE)], &[(PATH, postmortem)])
}

/// As [`offered`], after its first run.
fn opened(postmortem: &str) -> (GitHub, u64) {
    let (github, number) = offered(postmortem);
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    github.take_writes();
    (github, number)
}

/// The postmortem on the pull request's branch.
fn proposed(github: &GitHub) -> String {
    let mut world = github.world();
    let files = &world.shop().git.head("topic").unwrap().files;
    String::from_utf8(files[PATH].clone()).unwrap()
}

/// Somebody pushes another text to the pull request, and its run follows.
fn pushed(github: &GitHub, number: u64, text: &str) -> Outcome {
    github.world().push("topic", &[(PATH, text)]);
    Runner::pull_request(github, "synchronize", number).run()
}

fn is_open(github: &GitHub, number: u64) -> bool {
    github.world().issue(number).is_open
}

fn is_withdrawn(github: &GitHub, number: u64) -> bool {
    let mut world = github.world();
    let issue = world.issue(number);
    !issue.is_open && issue.state_reason.as_deref() == Some("not_planned")
}

fn without(text: &str, action: &str) -> String {
    let kept = text
        .split_inclusive('\n')
        .filter(|line| !line.contains(action));
    kept.collect()
}

fn comment(github: &GitHub, number: u64) -> String {
    let mut world = github.world();
    let comments = &world.issue(number).comments;
    assert_eq!(comments.len(), 1);
    comments[0].body.clone()
}

#[test]
fn a_pull_request_gets_its_issues_at_once_and_their_links_on_its_own_branch() {
    let (github, number) = offered(&founding());
    let main = github.world().head("main");
    let run = Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    for action in [MEMORY, SUITE] {
        assert_linked(&github, &proposed(&github), action);
    }
    assert_eq!(
        github.world().head("main"),
        main,
        "the default branch waits"
    );
    assert_eq!((run.output("opened"), run.output("changed")), ("2", "true"));
    let comment = comment(&github, number);
    assert!(comment.contains("**2 action items**"), "{comment}");
    assert!(comment.contains("Merging") || comment.contains("closed as not planned"));
    github.take_writes();

    Runner::pull_request(&github, "synchronize", number)
        .run()
        .expect_code(0);
    github.assert_silent();
}

#[test]
fn a_row_that_disappears_before_the_merge_closes_its_issue_as_not_planned() {
    let (github, number) = opened(&founding());
    let suite = issue_of(&github, SUITE);
    pushed(&github, number, &without(&proposed(&github), SUITE)).expect_code(0);
    assert!(is_withdrawn(&github, suite));
    assert!(is_open(&github, issue_of(&github, MEMORY)));
    github.take_writes();
    Runner::pull_request(&github, "synchronize", number)
        .run()
        .expect_code(0);
    github.assert_silent();
}

#[test]
fn a_row_that_comes_back_gets_its_issue_back() {
    let (github, number) = opened(&founding());
    let (suite, whole) = (issue_of(&github, SUITE), proposed(&github));
    pushed(&github, number, &without(&whole, SUITE)).expect_code(0);
    assert!(is_withdrawn(&github, suite));
    for again in [whole, founding()] {
        pushed(&github, number, &again).expect_code(0);
        assert!(is_open(&github, suite));
        assert_eq!(link(&proposed(&github), SUITE), linked(suite));
        pushed(&github, number, &without(&proposed(&github), SUITE)).expect_code(0);
        assert!(is_withdrawn(&github, suite));
    }
    assert_eq!(github.world().issues().len(), 2);
    github.take_writes();
}

#[test]
fn a_row_that_is_reworded_keeps_its_issue_which_gets_the_new_title() {
    let (github, number) = opened(&founding());
    let suite = issue_of(&github, SUITE);
    let text = proposed(&github).replace(SUITE, "Rewrite the testing suite");
    pushed(&github, number, &text).expect_code(0);
    assert_eq!(
        github.world().issue(suite).title,
        "Rewrite the testing suite"
    );
    assert_eq!(github.world().issues().len(), 2);
    github.take_writes();
}

#[test]
fn a_push_that_lacks_the_links_gets_them_again_and_no_second_issue() {
    let (github, number) = opened(&founding());
    let more = postmortem(&format!("{}{NEW}", documents::ROWS));
    pushed(&github, number, &more).expect_code(0);
    assert_eq!(github.world().issues().len(), 3);
    for action in [MEMORY, SUITE, "Write a runbook"] {
        assert_linked(&github, &proposed(&github), action);
    }
    github.take_writes();
}

#[test]
fn a_draft_opens_nothing_until_it_is_ready_and_keeps_what_it_has_when_it_is_one_again() {
    let (github, number) = offered(&founding());
    let draft = |is_draft: bool| {
        github.world().issue(number).pull.as_mut().unwrap().is_draft = is_draft;
    };
    draft(true);
    let run = Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    assert!(github.world().issues().is_empty());
    assert!(run.summary.contains("ready for review"), "{}", run.summary);
    draft(false);
    Runner::pull_request(&github, "ready_for_review", number)
        .run()
        .expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    draft(true);
    github.take_writes();
    Runner::pull_request(&github, "converted_to_draft", number)
        .run()
        .expect_code(0);
    assert!(is_open(&github, issue_of(&github, SUITE)));
    github.take_writes();
}

#[test]
fn a_pull_request_that_is_closed_without_merging_takes_its_issues_along_and_brings_them_back() {
    let (github, number) = opened(&founding());
    let issues = github.world().issues();
    github.world().close(number, "completed");
    let run = Runner::pull_request(&github, "closed", number)
        .run()
        .expect_code(0);
    assert!(run.stdout.contains("2 issues"), "{}", run.stdout);
    for issue in &issues {
        assert!(is_withdrawn(&github, *issue));
    }
    github.take_writes();
    Runner::pull_request(&github, "closed", number)
        .run()
        .expect_code(0);
    Runner::schedule(&github).run().expect_code(0);
    github.assert_silent();

    github.world().reopen(number);
    Runner::pull_request(&github, "reopened", number)
        .run()
        .expect_code(0);
    for issue in &issues {
        assert!(is_open(&github, *issue));
    }
    assert_eq!(github.world().issues(), issues);
    github.take_writes();
    // The comment said already that both are late.
    Runner::pull_request(&github, "synchronize", number)
        .run()
        .expect_code(0);
    github.assert_silent();
}

#[test]
fn g4_what_a_person_closed_stays_closed_when_its_pull_request_is_reopened() {
    let (github, number) = opened(&founding());
    let suite = issue_of(&github, SUITE);
    github.world().close(suite, "not_planned");
    github.world().close(number, "completed");
    Runner::pull_request(&github, "closed", number)
        .run()
        .expect_code(0);
    github.world().reopen(number);
    Runner::pull_request(&github, "reopened", number)
        .run()
        .expect_code(0);
    assert!(is_withdrawn(&github, suite));
    assert!(is_open(&github, issue_of(&github, MEMORY)));
    github.take_writes();
}

/// The pull request is merged: `main` gets its files, in one commit or in several.
fn merged(github: &GitHub, number: u64, commits: &[&str]) -> Outcome {
    let before = github.world().head("main");
    for text in commits {
        github.world().push("main", &[(PATH, text)]);
    }
    github.world().close(number, "completed");
    let mut world = github.world();
    world.issue(number).pull.as_mut().unwrap().is_merged = true;
    drop(world);
    Runner::pull_request(github, "closed", number)
        .run()
        .expect_code(0);
    Runner::push(github, &before).run()
}

#[test]
fn a_merge_by_squash_keeps_every_issue_and_link() {
    let (github, number) = opened(&founding());
    let text = proposed(&github);
    merged(&github, number, &[&text]).expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    let suite = issue_of(&github, SUITE);
    assert!(is_open(&github, suite));
    assert_eq!(link(&document(&github), SUITE), linked(suite));
    github.take_writes();
    Runner::schedule(&github).run().expect_code(0);
    github.assert_silent();
}

#[test]
fn a_merge_by_rebase_without_the_commit_of_the_links_finds_the_issues_again() {
    let (github, number) = opened(&founding());
    let more = postmortem(&format!("{}{NEW}", documents::ROWS));
    merged(&github, number, &[&founding(), &more]).expect_code(0);
    assert_eq!(github.world().issues().len(), 3);
    for action in [MEMORY, SUITE, "Write a runbook"] {
        assert_linked(&github, &document(&github), action);
    }
    github.take_writes();
}

#[test]
fn a_closing_that_no_run_saw_is_made_good_by_the_sweep() {
    let (github, number) = opened(&founding());
    let issues = github.world().issues();
    Runner::schedule(&github).run().expect_code(0);
    github.assert_silent();
    github.world().close(number, "completed");
    Runner::schedule(&github).run().expect_code(0);
    for issue in issues {
        assert!(is_withdrawn(&github, issue));
    }
    github.take_writes();
    Runner::schedule(&github).run().expect_code(0);
    github.assert_silent();
}

#[test]
fn another_postmortem_in_the_same_words_does_not_take_the_issue_of_a_pull_request() {
    let (github, number) = opened(&founding());
    let before = github.world().head("main");
    let other = "postmortems/2024-01-20-other.md";
    github.world().push("main", &[(other, &founding())]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 4);
    github.take_writes();
    Runner::pull_request(&github, "synchronize", number)
        .run()
        .expect_code(0);
    github.assert_silent();
}

#[test]
fn g6_with_a_read_only_token_or_from_a_fork_there_is_a_preview_and_nothing_is_opened() {
    let (github, number) = offered(&founding());
    let run = Runner::pull_request(&github, "opened", number)
        .token(READ_ONLY_TOKEN)
        .run()
        .expect_code(0);
    assert!(run.summary.contains("opens 2 issues"), "{}", run.summary);
    assert!(run.summary.contains("issues: write"), "{}", run.summary);
    github.assert_silent();

    let github = GitHub::start(&[README, (CONFIG, AT_ONCE)]);
    github.world().push("topic", &[(PATH, &founding())]);
    let number = github.world().open_pull("mallory", "topic", "mallory/shop");
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    github.world().close(number, "completed");
    Runner::pull_request(&github, "closed", number)
        .run()
        .expect_code(0);
    github.assert_silent();
}

#[test]
fn where_a_check_is_asked_for_by_name_nothing_is_opened() {
    let (github, number) = offered(&founding());
    let run = Runner::pull_request(&github, "opened", number)
        .with("FOLLOWTHROUGH_COMMAND", "check")
        .run()
        .expect_code(0);
    assert!(run.summary.contains("opens 2 issues"), "{}", run.summary);
    assert!(github.world().issues().is_empty());
    github.take_writes();
}

#[test]
fn g7_a_branch_that_refuses_the_links_is_told_and_the_merge_writes_them() {
    let (github, number) = offered(&founding());
    github.faults(Fault::always(
        When::GraphQl("createCommitOnBranch"),
        Effect::GraphQlErrors(serde_json::json!([
            {"type": "UNPROCESSABLE", "message": "Changes must be made through a pull request."}
        ])),
    ));
    let run = Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(4);
    assert!(run.summary.contains("git apply"), "{}", run.summary);
    assert_eq!(github.world().pulls(), [number], "no second pull request");
    github.world().faults.clear();
    merged(&github, number, &[&founding()]).expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    let suite = issue_of(&github, SUITE);
    assert_eq!(link(&document(&github), SUITE), linked(suite));
    github.take_writes();
}

#[test]
fn somebody_who_pushes_meanwhile_loses_nothing() {
    let (github, number) = offered(&founding());
    let more = postmortem(&format!("{}{NEW}", documents::ROWS));
    github.faults(Fault::once(
        When::GraphQl("createCommitOnBranch"),
        Effect::MovedHead {
            branch: "topic",
            path: PATH,
            content: more,
        },
    ));
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    assert_eq!(github.world().issues().len(), 3);
    for action in [MEMORY, SUITE, "Write a runbook"] {
        assert_linked(&github, &proposed(&github), action);
    }
    github.take_writes();
}

#[test]
fn rows_that_the_default_branch_has_linked_are_left_to_it() {
    let github = linked_shop(&founding());
    let before = github.world().head("main");
    github.world().push("main", &[(CONFIG, AT_ONCE)]);
    Runner::push(&github, &before).run().expect_code(0);
    let suite = issue_of(&github, SUITE);
    let text = document(&github).replace(SUITE, "Rewrite the testing suite");
    github.world().push("topic", &[(PATH, &text)]);
    let number = github.world().open_pull("alice", "topic", "acme/shop");
    let memory = issue_of(&github, MEMORY);
    github.world().close(memory, "completed");
    github.take_writes();
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    assert_eq!(github.world().issue(suite).title, SUITE);
    assert_eq!(proposed(&github), text);
    assert_eq!(
        github.take_writes(),
        [format!("POST /repos/acme/shop/issues/{number}/comments")]
    );
}
