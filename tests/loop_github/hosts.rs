//! GitHub Enterprise Server: interfaces at two addresses of its own, pages under its own name, no limits by default,
//! and versions that know less.

use super::*;
use serde_json::json;

const SERVER: &str = "https://ghe.example";

/// A shop on a server of its own, and the commit before its postmortem came.
fn enterprise() -> (GitHub, String) {
    let (github, before) = shop(&founding());
    let mut world = github.world();
    world.server = SERVER.into();
    world.quota = None;
    drop(world);
    (github, before)
}

/// Fails where a text for people leads to github.com.
#[track_caller]
fn assert_own_links(text: &str) {
    assert!(!text.contains("github.com"), "{text}");
}

#[test]
fn the_whole_loop_stays_on_the_server_with_every_link() {
    let (github, before) = enterprise();
    let run = Runner::push(&github, &before).run().expect_code(0);
    assert_own_links(&run.summary);
    let number = issue_of(&github, "Add memory monitoring");
    let there = format!("[#{number}]({SERVER}/acme/shop/issues/{number})");
    assert_eq!(link(&document(&github), "Add memory monitoring"), there);
    let body = github.world().issue(number).body().to_owned();
    assert_own_links(&body);
    assert!(
        body.contains(&format!("{SERVER}/acme/shop/blob/")),
        "{body}"
    );
    github.assert_no_unexpected_writes(&SYNC);

    github.world().close(number, "completed");
    let issue = github.world().issue_json(number);
    Runner::issues(&github, "closed", &issue)
        .run()
        .expect_code(0);
    assert!(status(&document(&github), "Add memory monitoring").starts_with("Done"));
    github.take_writes();

    let run = Runner::schedule(&github).run().expect_code(0);
    assert_own_links(&run.summary);
    github.assert_silent();

    let changed = document(&github).replace("Update testing suite", "Update the testing suite");
    github.world().push("topic", &[(PATH, &changed)]);
    let pull = github.world().open_pull("alice", "topic", "acme/shop");
    let run = Runner::pull_request(&github, "opened", pull)
        .run()
        .expect_code(0);
    assert_own_links(&run.summary);
    let comment = github.world().issue(pull).comments[0].body.clone();
    assert_own_links(&comment);
    assert!(
        comment.contains(&format!("{SERVER}/acme/shop/")),
        "{comment}"
    );
    github.take_writes();
}

#[test]
fn the_interfaces_of_a_server_follow_from_its_address() {
    // The fake is at both paths of a server, and the run is given the address of the server alone.
    let (github, before) = shop(&founding());
    let server = github.api_url().replace("/api/v3", "");
    github.world().server.clone_from(&server);
    Runner::push(&github, &before)
        .with("GITHUB_API_URL", "")
        .with("GITHUB_GRAPHQL_URL", "")
        .run()
        .expect_code(0);
    assert!(document(&github).contains(&format!("({server}/acme/shop/issues/1)")));
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_server_that_is_too_old_is_told_from_a_broken_one() {
    let (github, before) = enterprise();
    Runner::push(&github, &before).run().expect_code(0);
    let unknown = json!([{
        "message": "Field 'stateReason' doesn't accept argument 'enableDuplicate'",
        "path": ["fragment IssueParts", "stateReason", "enableDuplicate"],
        "extensions": {"code": "argumentNotAccepted", "name": "stateReason"},
    }]);
    github.faults(Fault::always(
        When::GraphQl("repository"),
        Effect::GraphQlErrors(unknown),
    ));
    let run = Runner::schedule(&github).run().expect_code(3);
    let said = run.said();
    assert!(said.contains("GitHub Enterprise Server 3.17"), "{said}");
    assert!(said.contains("enableDuplicate"), "{said}");
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_wrong_address_is_a_wrong_setting() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before)
        .with("GITHUB_API_URL", "http://ghe.example/api/v3")
        .run()
        .expect_code(2);
    assert!(run.said().contains("GITHUB_API_URL"), "{}", run.said());
    assert_eq!(github.calls(), Vec::<String>::new());
}
