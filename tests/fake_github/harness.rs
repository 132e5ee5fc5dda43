//! The harness around the fake: payloads, checkouts, and the runner's rules for outputs and commands.

use std::process::Command;

use git2::Repository;

use super::{
    support::{documents, payloads, protocol, runner::Runner},
    *,
};

#[test]
fn outputs_are_read_by_the_runner_s_rules() {
    let outputs = protocol::outputs("a=1\nb<<END\ntwo\nlines=<<\nEND\nc=x<<y\nd<<E\n\nE\n");
    let pairs: Vec<(&str, &str)> = outputs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [("a", "1"), ("b", "two\nlines=<<"), ("c", "x<<y"), ("d", "")]
    );
}

#[test]
#[should_panic(expected = "no end mark")]
fn an_output_without_its_end_mark_fails_the_step() {
    protocol::outputs("a<<END\nvalue\n");
}

#[test]
fn commands_are_seen_at_the_start_of_a_line_and_in_brackets_anywhere() {
    let output = "\
text ::error::not a command
  ::warning file=a%2Cb.md,line=3::50%25 late%0Asecond line
text ##[error]hidden
::stop-commands::token
::error::quiet
::token::
::Notice::loud
";
    let found = protocol::commands(output);
    let names: Vec<&str> = found.iter().map(|command| command.name.as_str()).collect();
    assert_eq!(names, ["warning", "error", "notice"]);
    assert_eq!((found[0].file(), found[0].line()), ("a,b.md", 3));
    assert_eq!(found[0].data, "50% late\nsecond line");
}

#[test]
fn payloads_speak_of_the_world() {
    let github = world();
    let before = github.world().head("main");
    let after = github.world().push("main", &[("docs/b.md", "b\n")]);
    let push = payloads::push(&github, &before, &after);
    assert_eq!(push["repository"]["full_name"], "acme/shop");
    assert_eq!(push["repository"]["id"], github.world().shop().id);
    assert_eq!(push["commits"][0]["added"], json!(["docs/b.md"]));

    github.world().push("topic", &[("docs/c.md", "c\n")]);
    let number = github.world().open_pull("mallory", "topic", "mallory/shop");
    let opened = payloads::pull_request(&github, "opened", number);
    assert_eq!(opened["number"], number);
    assert_eq!(
        opened["pull_request"]["head"]["repo"]["full_name"],
        "mallory/shop"
    );
    assert_eq!(opened["pull_request"]["base"]["ref"], "main");
    for action in ["synchronize", "closed"] {
        assert_eq!(
            payloads::pull_request(&github, action, number)["action"],
            action
        );
    }

    let number = github.world().open_issue("alice", "x", "");
    github.world().close(number, "completed");
    let issue = github.world().issue_json(number);
    for action in [
        "closed", "reopened", "assigned", "labeled", "edited", "deleted",
    ] {
        let payload = payloads::issues(&github, action, &issue);
        assert_eq!(payload["action"], action);
        assert_eq!(payload["issue"]["number"], number);
        assert_eq!(payload["issue"]["state_reason"], "completed");
    }
    let payload = payloads::transferred(&github, &issue, "acme/other", 4);
    assert_eq!(payload["changes"]["new_issue"]["number"], 4);
}

#[test]
fn a_checkout_and_the_api_agree_about_the_commit() {
    let github = GitHub::start(&[(documents::PATH, &documents::founding())]);
    github.world().shop().has_issues = false;
    let before = github.world().head("main");
    let run = Runner::push(&github, &before).named("watch").run();
    let checkout = Repository::open(&run.workspace).unwrap();
    let head = checkout.head().unwrap();
    assert_eq!(head.name().unwrap(), "refs/heads/main");
    assert_eq!(
        head.target().unwrap().to_string(),
        github.world().head("main")
    );
    github.take_writes();
}

#[test]
fn a_pull_request_is_checked_out_as_its_merge() {
    let github = world();
    github.world().push("topic", &[("docs/c.md", "c\n")]);
    github.world().push("main", &[("docs/z.md", "z\n")]);
    let number = github.world().open_pull("alice", "topic", "acme/shop");
    let run = Runner::pull_request(&github, "opened", number)
        .named("watch")
        .run();
    for path in ["docs/c.md", "docs/z.md"] {
        assert!(run.workspace.join(path).exists(), "{path}");
    }
    github.take_writes();
}

#[test]
#[ignore = "needs the git program"]
fn the_git_program_takes_a_checkout_for_a_shallow_clone_of_its_own() {
    let github = world();
    github.world().push("topic", &[("docs/c.md", "c\n")]);
    let before = github.world().head("main");
    let head = github.world().push("main", &[("docs/z.md", "z\n")]);
    let number = github.world().open_pull("alice", "topic", "acme/shop");
    let merge = github.world().merge_commit(number);
    for (runner, commit, branch) in [
        (Runner::push(&github, &before), head, "main"),
        (
            Runner::pull_request(&github, "opened", number),
            merge,
            "HEAD",
        ),
    ] {
        let machine = runner.prepare();
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.current_dir(machine.at("work")).args(arguments);
            // Neither the machine's own configuration nor a hook's variables.
            git.env_clear()
                .env("PATH", std::env::var_os("PATH").unwrap())
                .env("GIT_CONFIG_NOSYSTEM", "1");
            let output = git.output().unwrap();
            assert!(output.status.success(), "{arguments:?}: {output:?}");
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        assert_eq!(git(&["status", "--porcelain", "--ignored"]), "");
        assert_eq!(git(&["log", "--format=%H"]), commit);
        assert_eq!(git(&["rev-parse", "--is-shallow-repository"]), "true");
        assert_eq!(git(&["rev-parse", "--abbrev-ref", "HEAD"]), branch);
        assert_eq!(git(&["ls-files", "docs"]).lines().last(), Some("docs/z.md"));
        let origin = format!("{}/acme/shop", github.server_url());
        assert_eq!(git(&["remote", "get-url", "origin"]), origin);
        git(&["fsck", "--strict", "--no-dangling"]);
    }
    github.take_writes();
}
