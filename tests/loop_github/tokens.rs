//! What each kind of token may do is found out by the first attempt, and told with what to change where.

use super::*;
use serde_json::json;

/// A token that reads everything and writes `writable`, of the kind that its first letters say.
fn token(github: &GitHub, kind: &str, writable: &[&'static str]) -> String {
    let text = format!("{kind}0123456789abcdefghijABCDEFGHIJ012345");
    let login = if kind == "ghs_" {
        "github-actions[bot]"
    } else {
        "alice"
    };
    let mut world = github.world();
    world.add_token(&text, login, "acme/shop", Access::Read);
    let token = world.tokens.get_mut(&text).unwrap();
    // The fake lets people open issues wherever they read; these tokens are all bound by their permissions.
    token.is_installation = true;
    let permissions = &mut token.permissions;
    for permission in writable {
        permissions.insert(permission, Access::Write);
    }
    drop(world);
    text
}

fn attempts(github: &GitHub) -> Vec<String> {
    let world = github.world();
    let writes = world.calls.iter().filter(|call| call.is_write);
    writes.map(ToString::to_string).collect()
}

#[test]
fn g6_whoever_may_not_open_issues_is_told_where_to_allow_it_after_one_attempt_for_each_permission()
{
    for (kind, remedy) in [
        ("ghs_", "`issues: write` under `permissions:`"),
        ("github_pat_", "“Issues: Read and write”"),
        ("ghp_", "scope `repo`"),
        ("gho_", "gh auth refresh --scopes repo"),
        ("", "“Issues: Read and write”"),
    ] {
        let (github, before) = shop(&founding());
        let token = token(&github, kind, &[]);
        let run = Runner::push(&github, &before)
            .token(&token)
            .run()
            .expect_code(3);
        assert!(run.said().contains(remedy), "{kind}: {}", run.said());
        assert!(
            run.said().contains("Resource not accessible"),
            "{}",
            run.said()
        );
        // The rows are flagged as overdue whether or not they have issues.
        let once = [
            "POST /repos/acme/shop/issues",
            "graphql createCommitOnBranch",
        ];
        assert_eq!(attempts(&github), once, "{kind}");
        github.assert_silent();
    }
}

#[test]
fn whoever_may_not_commit_is_told_where_to_allow_it_and_gets_the_change_as_a_patch() {
    for (kind, remedy) in [
        ("ghs_", "`contents: write` under `permissions:`"),
        ("github_pat_", "“Contents: Read and write”"),
        ("ghp_", "scope `repo`"),
    ] {
        let (github, before) = shop(&founding());
        let token = token(&github, kind, &["issues"]);
        let run = Runner::push(&github, &before)
            .token(&token)
            .run()
            .expect_code(4);
        assert!(run.said().contains(remedy), "{kind}: {}", run.said());
        assert!(
            run.summary.contains("+| Add memory monitoring"),
            "{}",
            run.summary
        );
        let commits = attempts(&github);
        let commits = commits.iter().filter(|call| call.contains("createCommit"));
        assert_eq!(commits.count(), 1);
        github.assert_no_unexpected_writes(&["POST /repos/acme/shop/issues"]);
    }
}

#[test]
fn whoever_may_not_open_pull_requests_is_told_where_to_allow_it() {
    for (kind, remedy) in [
        ("ghs_", "`pull-requests: write` under `permissions:`"),
        ("github_pat_", "“Pull requests: Read and write”"),
    ] {
        let (github, before) = shop(&founding());
        github
            .world()
            .shop()
            .protected
            .insert("main".into(), Protection::Classic);
        let token = token(&github, kind, &["issues", "contents"]);
        let run = Runner::push(&github, &before).token(&token).run();
        assert!(run.said().contains(remedy), "{kind}: {}", run.said());
        github.take_writes();
    }
}

#[test]
fn whoever_may_not_read_issues_is_told_where_to_allow_it() {
    let (github, before) = shop(&founding());
    let refusal = json!({"message": "Resource not accessible by integration"});
    github.faults(Fault::always(
        When::Rest("GET", "/repos/*/*/issues"),
        Effect::Refuse(403, refusal),
    ));
    let run = Runner::push(&github, &before).run().expect_code(3);
    assert!(
        run.said().contains("`issues: read` under `permissions:`"),
        "{}",
        run.said()
    );
    github.assert_silent();
}

#[test]
fn g6_a_review_says_the_same_with_every_token_that_reads() {
    let review = |kind: &str, writable: &[&'static str]| {
        let github = GitHub::start(&[("README.md", "# Shop\n")]);
        github.world().push("topic", &[(PATH, &founding())]);
        let number = github.world().open_pull("alice", "topic", "acme/shop");
        let token = token(&github, kind, writable);
        let run = Runner::pull_request(&github, "opened", number)
            .token(&token)
            .run();
        let writes = github.take_writes().len();
        let told: Vec<String> = run
            .annotations()
            .iter()
            .map(|told| format!("{told:?}"))
            .collect();
        let plan = run.outputs["plan"].clone();
        let mut outputs = run.outputs.clone();
        assert!(outputs.remove("plan").is_some_and(|path| path == plan));
        ((run.code, told, run.summary, outputs), writes, run.stderr)
    };
    let (usual, writes, _) = review("ghs_", &["issues", "pull_requests", "contents"]);
    assert_eq!(writes, 1);
    for kind in ["ghs_", "github_pat_", "ghp_"] {
        let (same, writes, stderr) = review(kind, &[]);
        assert_eq!((same, writes), (usual.clone(), 0), "{kind}");
        assert!(stderr.contains("no comment was written"), "{stderr}");
    }
}

#[test]
fn a_pull_request_from_a_fork_is_told_that_it_has_a_read_only_token() {
    let github = GitHub::start(&[("README.md", "# Shop\n")]);
    github
        .world()
        .add_repository("mallory/shop", &[("README.md", "# Shop\n")]);
    github.world().push("topic", &[(PATH, &founding())]);
    let number = github.world().open_pull("mallory", "topic", "mallory/shop");
    let run = Runner::pull_request(&github, "opened", number).run();
    assert!(run.stderr.contains("from a fork"), "{}", run.stderr);
    assert!(!run.stderr.contains("permissions:"), "{}", run.stderr);
    github.assert_silent();
}

#[test]
fn an_app_finds_again_what_it_opened_and_its_rows_stay_in_step_when_another_token_follows() {
    let (github, before) = shop(&founding());
    let bot = "acme-postmortems[bot]";
    let app = "ghs_AnInstallationOfTheCompany0sOwnApp0001";
    let mut world = github.world();
    world.add_user(bot, None);
    world.add_token(app, bot, "acme/shop", Access::Write);
    drop(world);
    github.fault(When::GraphQl("createCommitOnBranch"), Effect::CutBefore);
    let push = || Runner::push(&github, &before);
    push().token(app).run();
    github.world().faults.clear();
    push().token(app).run().expect_code(0);
    assert_eq!(github.world().issues(), [1, 2]);
    assert_eq!(github.world().issue(1).user, bot);
    github.take_writes();
    push().token(app).run().expect_code(0);
    github.assert_silent();

    // The company leaves its app for the workflow's own token.
    github.world().close(1, "completed");
    Runner::schedule(&github).run().expect_code(0);
    assert_eq!(status(&document(&github), "Add memory monitoring"), "Done");
    assert_eq!(github.world().issues(), [1, 2]);
    github.take_writes();
    assert_settled(&github);
}
