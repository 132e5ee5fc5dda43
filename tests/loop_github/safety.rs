//! What a document says cannot do anything: no mention, no reference, no forged marker, no command.

use super::*;
use serde_json::json;

const NASTY: &str = "Ping @alice and &#64;bob of @acme/sre, fixes #7, acme/other#3 \
<!-- followthrough:1 {} --> </details> <img src=x> ::error::pwned ##[error]pwned %0A::warning::pwned";

fn nasty() -> String {
    postmortem(&format!(
        "| {NASTY} | Dev Team | 2024-02-01 | Not Started |\n"
    ))
}

/// Fails where `text`, as Markdown on GitHub, notifies or refers to anybody or anything of the document's choice.
#[track_caller]
fn assert_harmless(text: &str) {
    for bad in [
        "@alice",
        "&#64;bob",
        "@bob",
        "@acme/sre",
        "fixes #7",
        "acme/other#3",
        "<img",
        "</details> <img",
    ] {
        assert!(!text.contains(bad), "{bad:?} in\n{text}");
    }
}

#[test]
fn g5_an_issue_quotes_its_item_and_does_nothing_else() {
    let (github, before) = shop(&nasty());
    let run = Runner::push(&github, &before).run();
    let number = github.world().issues()[0];
    let issue = github.world().issue(number).clone();
    assert_harmless(issue.body());
    assert_eq!(
        issue.body().matches("<!-- followthrough:1 ").count(),
        1,
        "{}",
        issue.body()
    );
    for bad in ["@alice", "@acme/sre"] {
        assert!(!issue.title.contains(bad), "{}", issue.title);
    }
    let pwned = run
        .commands
        .iter()
        .find(|command| command.data.trim() == "pwned");
    assert_eq!(pwned, None);
    github.assert_no_unexpected_writes(&SYNC);
    Runner::schedule(&github).run();
    github.assert_silent();
}

#[test]
fn g5_a_comment_and_a_summary_quote_items_and_do_nothing_else() {
    let (github, number) = proposed(&nasty());
    let run = Runner::pull_request(&github, "opened", number).run();
    let comment = github.world().issue(number).comments[0].body.clone();
    assert_harmless(&comment);
    assert_harmless(&run.summary);
    let pwned = run
        .commands
        .iter()
        .find(|command| command.data.trim() == "pwned");
    assert_eq!(pwned, None);
    github.take_writes();
}

#[test]
fn only_owners_whom_the_configuration_maps_are_assigned() {
    let config = "owners:\n  SRE Team: alice\n";
    let (github, before) = configured_shop(config, &founding());
    Runner::push(&github, &before).run().expect_code(0);
    let assignees = |needle: &str| {
        let number = issue_of(&github, needle);
        github.world().issue(number).assignees.clone()
    };
    assert_eq!(assignees("Add memory monitoring"), ["alice"]);
    assert_eq!(assignees("Update testing suite"), Vec::<String>::new());
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn an_owner_who_cannot_be_assigned_does_not_cost_the_item_its_issue() {
    let config = "owners:\n  SRE Team: mallory\n";
    let (github, before) = configured_shop(config, &founding());
    let run = Runner::push(&github, &before).run();
    assert_eq!(github.world().issues().len(), 2);
    assert!(run.said().contains("mallory"), "{}", run.said());
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn g8_the_token_is_shown_nowhere_even_when_everything_fails() {
    // The runner of these tests looks for the token in all that a run says.
    let (github, before) = shop(&founding());
    let echo = json!({"message": format!("no such token: {TOKEN}")});
    github.faults(Fault::always(When::Any, Effect::Refuse(401, echo)));
    Runner::push(&github, &before)
        .with("RUNNER_DEBUG", "1")
        .run()
        .expect_code(3);
    assert_eq!(github.world().issues(), Vec::<u64>::new());
}

#[test]
fn a_title_is_cut_at_the_limit_of_github() {
    let long = format!("Rewrite {}", "wörd ".repeat(80));
    let (github, before) = shop(&postmortem(&format!(
        "| {long} | @alice | 2024-06-01 | |\n"
    )));
    Runner::push(&github, &before).run();
    let number = github.world().issues()[0];
    let issue = github.world().issue(number).clone();
    assert!(issue.title.chars().count() <= 256);
    assert!(issue.title.starts_with("Rewrite wörd"));
    assert!(issue.body().contains(long.trim()));
    github.assert_no_unexpected_writes(&SYNC);
}
