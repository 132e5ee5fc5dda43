//! What is wrong on the way in, over the action: each with its message and exit code, and nothing lost.

use super::*;

/// One item that is neither late nor linked: without issues there is nothing to do for it.
fn keys() -> String {
    postmortem("| Rotate keys | @alice | 2024-06-01 | Not Started |\n")
}

/// A token of the workflow that may do what `permissions` says, and read the rest.
fn token(github: &GitHub, permissions: &[&'static str]) -> &'static str {
    let token = "ghs_MayDoSomeThingsAndNotOthers0000000000005";
    let mut world = github.world();
    world.add_token(token, "github-actions[bot]", "acme/shop", Access::Read);
    for permission in permissions {
        let all = &mut world.tokens.get_mut(token).unwrap().permissions;
        all.insert(permission, Access::Write);
    }
    token
}

/// Fails unless the run's failure stands in an annotation, where people look first.
#[track_caller]
fn assert_annotated(run: &Outcome, word: &str) {
    let errors = run.annotations();
    let told = errors
        .iter()
        .any(|one| one.name == "error" && one.data.contains(word));
    assert!(told, "{word:?} in\n{}", run.said());
}

/// Fails unless an annotation stands at this line of the configuration.
#[track_caller]
fn assert_annotated_at(run: &Outcome, line: usize) {
    let errors = run.annotations();
    let told = errors
        .iter()
        .any(|one| one.name == "error" && one.file() == CONFIG && one.line() == line);
    assert!(told, "{CONFIG}:{line} in\n{}", run.said());
}

#[test]
fn a_configuration_that_is_no_yaml_is_named_by_file_and_line() {
    for (config, line) in [
        ("fail-on: error\nissues: [\n", 2),
        ("issues:\n\tmax-new: 3\n", 2),
    ] {
        let (github, before) = configured_shop(config, &founding());
        let run = Runner::push(&github, &before).run().expect_code(2);
        assert_annotated_at(&run, line);
        github.assert_silent();
    }
}

#[test]
fn values_and_keys_that_cannot_be_meant_are_all_named_with_the_nearest_ones() {
    for (config, line, words) in [
        ("issues:\n  max-news: 3\n", 2, ["`max-news`", "`max-new`"]),
        (
            "rules:\n  owner-mising: off\n",
            2,
            ["owner-mising", "owner-missing"],
        ),
        ("fail-on: errors\n", 1, ["errors", "error"]),
        (
            "time-zone: Europe/Berln\n",
            1,
            ["Europe/Berln", "time zone"],
        ),
        (
            "issues:\n  since: 01/02/2024\n",
            2,
            ["01/02/2024", "2024-01-31"],
        ),
    ] {
        let (github, before) = configured_shop(config, &founding());
        let run = Runner::push(&github, &before).run().expect_code(2);
        assert_annotated_at(&run, line);
        for word in words {
            assert_annotated(&run, word);
        }
        github.assert_silent();
    }
}

#[test]
fn a_bad_token_in_a_pull_request_hides_no_finding() {
    let flawed = postmortem("| Add an alarm | | 2024-06-01 | Not Started |\n");
    let (github, number) = proposed(&flawed);
    let run = Runner::pull_request(&github, "opened", number)
        .token(UNKNOWN_TOKEN)
        .run()
        .expect_code(3);
    assert_said(&run, &["refuses the token", "GITHUB_TOKEN", "Add an alarm"]);
    let line = line_of(&flawed, "Add an alarm");
    assert!(run.annotations().iter().any(|one| one.line() == line));
    github.assert_silent();
}

#[test]
fn no_network_in_a_pull_request_hides_no_finding() {
    let flawed = postmortem("| Add an alarm | | 2024-06-01 | Not Started |\n");
    let (github, number) = proposed(&flawed);
    let run = Runner::pull_request(&github, "opened", number)
        .offline()
        .run()
        .expect_code(3);
    assert_said(&run, &["127.0.0.1", "Check the network", "Add an alarm"]);
    assert_eq!(github.calls(), Vec::<String>::new());
}

#[test]
fn a_missing_token_is_told_where_to_come_from() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before)
        .token("")
        .run()
        .expect_code(2);
    assert_annotated(&run, "`token`");
    assert_eq!(github.calls(), Vec::<String>::new());
}

#[test]
fn issues_disabled_is_an_error_of_the_world_and_part_where_flags_could_be_written() {
    for (text, code) in [(keys(), 3), (founding(), 4)] {
        let (github, before) = shop(&text);
        github.world().shop().has_issues = false;
        let run = Runner::push(&github, &before).run().expect_code(code);
        assert_said(&run, &["issues are disabled in acme/shop", "settings"]);
        github.assert_no_unexpected_writes(&SYNC[3..]);
        let new = document(&github);
        assert_eq!(
            documents::outside_tables(&new),
            documents::outside_tables(&text)
        );

        github.world().shop().has_issues = true;
        let run = Runner::push(&github, &before).run().expect_code(0);
        assert_ne!(run.output("opened"), "0");
        github.assert_no_unexpected_writes(&SYNC);
    }
}

#[test]
fn an_archived_repository_is_called_archived() {
    let (github, before) = shop(&keys());
    github.world().shop().is_archived = true;
    let run = Runner::push(&github, &before).run().expect_code(3);
    assert_said(&run, &["acme/shop", "archived"]);
    assert!(
        !run.said().contains("issues are disabled"),
        "{}",
        run.said()
    );
    github.assert_silent();
}

#[test]
fn without_the_permission_for_issues_nothing_is_opened_and_the_line_to_add_is_named() {
    let (github, before) = shop(&keys());
    let token = token(&github, &["contents", "pull_requests"]);
    let run = Runner::push(&github, &before).token(token).run();
    assert_said(&run.expect_code(3), &["issues: write", "permissions:"]);
    assert_eq!(document(&github), keys());
    github.assert_silent();
}

#[test]
fn without_the_permission_for_contents_the_links_wait_in_a_patch() {
    let (github, before) = shop(&keys());
    let token = token(&github, &["issues", "pull_requests"]);
    let run = Runner::push(&github, &before)
        .token(token)
        .run()
        .expect_code(4);
    assert_said(&run, &["contents: write", "permissions:"]);
    assert!(run.summary.contains("+| Rotate keys"), "{}", run.summary);
    assert_eq!(document(&github), keys());
    github.assert_no_unexpected_writes(&SYNC[..1]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 1);
    github.assert_no_unexpected_writes(&SYNC[3..]);
}

#[test]
fn without_the_permission_for_pull_requests_a_protected_branch_is_told_which_line_to_add() {
    let (github, before) = shop(&keys());
    github.world().protect(Protection::Classic);
    let token = token(&github, &["issues", "contents"]);
    let run = Runner::push(&github, &before)
        .token(token)
        .run()
        .expect_code(4);
    assert_said(&run, &["pull-requests: write"]);
    assert!(run.summary.contains("+| Rotate keys"), "{}", run.summary);
    github.take_writes();
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 1);
    assert_eq!(github.world().pulls().len(), 1);
    github.take_writes();
}

#[test]
fn without_the_permission_for_pull_requests_a_review_is_no_failure() {
    let (github, number) = proposed(&keys());
    let token = token(&github, &["contents"]);
    let run = Runner::pull_request(&github, "opened", number)
        .token(token)
        .run();
    assert_said(&run.expect_code(0), &["no comment was written"]);
    github.assert_silent();
}

#[test]
fn g7_a_file_that_cannot_be_read_is_named_and_the_others_are_synced() {
    let github = GitHub::start(&[README]);
    let before = github.world().head("main");
    let broken = "postmortems/2024-02-02-broken.md";
    let front = "postmortems/2024-02-03-front.md";
    let bad_front = format!("---\ntitle: [unclosed\n---\n{}", keys());
    github.world().push(
        "main",
        &[(PATH, &founding()), (broken, "# \0\n"), (front, &bad_front)],
    );
    let run = Runner::push(&github, &before).run();
    assert_ne!(run.code, 0);
    assert_said(&run, &[broken]);
    assert_eq!(github.world().issues().len(), 3, "{}", run.said());
    assert_eq!(github.world().file("main", broken), "# \0\n");
    let text = github.world().file("main", front);
    assert!(text.starts_with("---\ntitle: [unclosed\n---\n"), "{text}");
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn an_event_whose_payload_is_of_another_is_wrong_input() {
    let github = linked_shop(&founding());
    let run = Runner::schedule(&github).named("push").run().expect_code(2);
    assert_said(&run, &["push"]);
    github.assert_silent();
}
