//! Hostile text on its way through pull requests: in the branch's name, in postmortems whose issues are opened at once,
//! and in what people write into issues.

use super::{
    hostile::{assert_harmless_comment, assert_harmless_run, sent},
    support::hostile::{
        ATTACKS, BRANCHES, assert_harmless_body, assert_harmless_text, borrowed, postmortems,
    },
    *,
};

const AT_ONCE: (&str, &str) = (CONFIG, "issues:\n  open: on-pull-request\n  max-new: 100\n");

/// A pull request from `branch` that brings `files`, in a repository that opens issues at once.
fn offered(branch: &str, files: &[(&str, &str)]) -> (GitHub, u64) {
    let github = GitHub::start(&[README, AT_ONCE]);
    github.world().push(branch, files);
    let number = github.world().open_pull("alice", branch, "acme/shop");
    (github, number)
}

/// A run of the pull request, with all that a log can show.
fn run(github: &GitHub, action: &str, number: u64) -> Outcome {
    let run = Runner::pull_request(github, action, number)
        .with("RUST_LOG", "debug")
        .run();
    assert_harmless_run(&run);
    run
}

/// Fails unless the only comment and all issues but the pull request itself are harmless.
#[track_caller]
fn assert_harmless_world(github: &GitHub, number: u64) {
    assert_harmless_comment(github, number);
    let issues = github.world().issues();
    for issue in issues {
        let issue = github.world().issue(issue).clone();
        assert_harmless_text(&issue.title);
        assert_harmless_body(issue.body());
        assert!(issue.assignees.is_empty(), "{issue:?}");
    }
}

#[test]
fn g5_a_branch_of_any_name_gets_its_links_and_its_name_does_nothing() {
    for branch in BRANCHES {
        let (github, number) = offered(branch, &[(PATH, &founding())]);
        run(&github, "opened", number).expect_code(0);
        assert_eq!(github.world().issues().len(), 2, "{branch}");
        assert_harmless_world(&github, number);
        for commit in sent(&github, "graphql createCommitOnBranch") {
            let input = &commit["variables"]["input"];
            assert_eq!(input["branch"]["branchName"], branch);
        }
        let text = github.world().file(branch, PATH);
        assert_eq!(text.matches("/issues/").count(), 2, "{text}");
        github.take_writes();
        run(&github, "synchronize", number).expect_code(0);
        github.assert_silent();

        // And once it is merged.
        let before = github.world().head("main");
        github.world().push("main", &[(PATH, &text)]);
        assert_harmless_run(&Runner::push(&github, &before).run());
        assert_eq!(github.world().issues().len(), 2, "{branch}");
        github.take_writes();
    }
}

#[test]
fn g5_a_hostile_pull_request_gets_harmless_issues_at_once_and_a_second_run_writes_nothing() {
    let files = postmortems();
    let (github, number) = offered("topic", &borrowed(&files));
    run(&github, "opened", number);
    let issues = github.world().issues();
    assert!(issues.len() > files.len(), "{issues:?}");
    assert_harmless_world(&github, number);
    for commit in sent(&github, "graphql createCommitOnBranch") {
        let message = &commit["variables"]["input"]["message"];
        for part in ["headline", "body"] {
            assert_harmless_text(message[part].as_str().unwrap());
        }
    }
    github.assert_no_unexpected_writes(&[SYNC[0], SYNC[2], SYNC[3], COMMENT]);
    run(&github, "synchronize", number);
    github.assert_silent();

    github.world().close(number, "completed");
    run(&github, "closed", number);
    for issue in issues {
        let issue = github.world().issue(issue).clone();
        assert!(!issue.is_open, "{issue:?}");
        assert_harmless_body(issue.body());
    }
    github.assert_no_unexpected_writes(&[SYNC[2]]);
}

#[test]
fn g5_what_people_write_into_issues_and_who_they_are_called_stays_text() {
    for attack in ATTACKS {
        let github = linked_shop(&founding());
        let mut world = github.world();
        attack.clone_into(&mut world.issue(1).title);
        world.issue(2).assignees = vec![attack.to_owned()];
        world.issue(2).user = attack.to_owned();
        world.issue(2).labels.push(attack.to_owned());
        drop(world);
        // Both sides changed: the words are quoted in findings, summary and comment.
        let text = document(&github)
            .replace("Add memory monitoring", "Watch the memory")
            .replace("Dev Team", "Platform Team");
        let before = github.world().head("main");
        github.world().push("topic", &[(PATH, &text)]);
        let number = github.world().open_pull("alice", "topic", "acme/shop");
        let review = Runner::pull_request(&github, "opened", number).run();
        assert_harmless_run(&review);
        github.world().push("main", &[(PATH, &text)]);
        let push = Runner::push(&github, &before).run();
        assert_harmless_run(&push);
        assert!(
            push.said().contains("the action was changed here"),
            "{}",
            push.said()
        );
        assert_eq!(github.world().issue(1).title, attack);
        github.take_writes();
    }
}
