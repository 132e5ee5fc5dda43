//! Hostile text everywhere at once: in every field of a document, in its path, and in the words of the host.

use super::{
    support::hostile::{
        assert_harmless_body, assert_harmless_markdown, assert_harmless_print,
        assert_harmless_text, borrowed, path, postmortem as hostile_postmortem, postmortems,
    },
    *,
};
use serde_json::{Value, json};

pub(super) const MANY: (&str, &str) = (CONFIG, "issues:\n  max-new: 100\n  since: 2024-01-01\n");

/// A world with an issue of somebody's, and the commit before the hostile postmortems came.
pub(super) fn attacked(config: &'static str, files: &[(&str, &str)]) -> (GitHub, String) {
    let github = GitHub::start(&[README, (CONFIG, config)]);
    github
        .world()
        .open_issue("alice", "A bystander", "Nothing to see.");
    let before = github.world().head("main");
    github.world().push("main", files);
    (github, before)
}

/// Bodies of the calls that commit or open a pull request.
pub(super) fn sent(github: &GitHub, operation: &str) -> Vec<Value> {
    let world = github.world();
    let calls = world.calls.iter();
    calls
        .filter(|call| call.to_string() == operation)
        .map(|call| call.body.clone())
        .collect()
}

#[track_caller]
pub(super) fn assert_harmless_run(run: &Outcome) {
    assert_harmless_print(&run.stdout);
    assert_harmless_print(&run.stderr);
    if !run.summary.is_empty() {
        assert_harmless_markdown(&run.summary);
    }
    let known = [
        "items", "opened", "updated", "overdue", "findings", "changed", "plan",
    ];
    assert!(
        run.outputs
            .keys()
            .all(|name| known.contains(&name.as_str())),
        "{:?}",
        run.outputs
    );
}

#[track_caller]
pub(super) fn assert_bystander_is_left_alone(github: &GitHub) {
    let issue = github.world().issue(1).clone();
    assert!(issue.is_open && issue.comments.is_empty(), "{issue:?}");
    assert_eq!(issue.title, "A bystander");
}

#[test]
fn g5_hostile_documents_become_harmless_issues_and_a_second_run_writes_nothing() {
    let files = postmortems();
    let (github, before) = attacked(MANY.1, &borrowed(&files));
    let run = Runner::push(&github, &before).run();
    assert_harmless_run(&run);
    let numbers = github.world().issues();
    assert!(numbers.len() > files.len(), "{numbers:?}\n{}", run.said());
    for number in numbers {
        let issue = github.world().issue(number).clone();
        assert_harmless_text(&issue.title);
        if issue.user != "alice" {
            assert!(issue.assignees.is_empty(), "{issue:?}");
            assert_harmless_body(issue.body());
        }
    }
    assert_bystander_is_left_alone(&github);
    github.assert_no_unexpected_writes(&SYNC);
    let run = Runner::schedule(&github).run();
    assert_harmless_run(&run);
    github.assert_silent();
}

/// Fails unless the only comment of a pull request is harmless.
#[track_caller]
pub(super) fn assert_harmless_comment(github: &GitHub, number: u64) {
    let comments = github.world().issue(number).comments.clone();
    assert_eq!(comments.len(), 1);
    let text = comments[0]
        .body
        .strip_prefix("<!-- followthrough-comment:1 -->\n");
    assert_harmless_markdown(text.unwrap());
}

#[test]
fn g5_a_hostile_pull_request_gets_a_harmless_comment_summary_and_annotations() {
    let files = postmortems();
    let (github, number) = proposal(&[README, MANY], &borrowed(&files));
    let run = Runner::pull_request(&github, "opened", number).run();
    assert_harmless_run(&run);
    assert_harmless_comment(&github, number);
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    for found in run.annotations() {
        let at = found.file().replace('\u{200b}', "");
        let known = at.is_empty() || paths.contains(&at.as_str());
        assert!(
            known || at.contains(char::REPLACEMENT_CHARACTER),
            "{found:?}"
        );
    }
    github.assert_no_unexpected_writes(&[COMMENT]);
}

#[test]
fn g5_a_path_in_a_commit_or_a_title_closes_nothing_and_skips_no_check() {
    let before_today = "| Add an alarm | SRE | 2024-02-01 | Not Started |\n";
    for (number, protection) in (0..support::hostile::NAMES.len())
        .map(|number| (number, None))
        .chain([(0, Some(Protection::Classic))])
    {
        let path = path(number);
        let (github, before) = attacked("", &[(&path, &postmortem(before_today))]);
        if let Some(protection) = protection {
            github.world().protect(protection);
        }
        let run = Runner::push(&github, &before).run();
        assert_harmless_run(&run);
        let commits = sent(&github, "graphql createCommitOnBranch");
        assert!(!commits.is_empty(), "{path:?}\n{}", run.said());
        for commit in commits {
            let message = &commit["variables"]["input"]["message"];
            for part in ["headline", "body"] {
                let text = message[part].as_str().unwrap();
                assert_harmless_text(text);
                assert!(!text.contains("[skip"), "{text}");
            }
            assert_eq!(message["headline"].as_str().unwrap().lines().count(), 1);
        }
        for pull in sent(&github, "POST /repos/acme/shop/pulls") {
            assert_harmless_text(pull["title"].as_str().unwrap());
            assert_harmless_text(pull["body"].as_str().unwrap());
        }
        assert_eq!(
            github.world().pulls().len(),
            usize::from(protection.is_some())
        );
        assert_bystander_is_left_alone(&github);
        github.take_writes();
    }
}

#[test]
fn g5_a_patch_in_the_summary_stays_a_block_of_code() {
    let files = postmortems();
    let (github, before) = attacked(
        "write-back: none\nissues: {max-new: 100}\n",
        &borrowed(&files),
    );
    let run = Runner::push(&github, &before).run();
    assert_harmless_run(&run);
    assert!(run.summary.contains("```diff\n"), "{}", run.summary);
    github.take_writes();
}

#[test]
fn g5_words_of_a_host_command_no_runner_and_steer_no_terminal() {
    let words =
        "no: ##[add-path]/evil\n::error::pwned\r::add-mask::x \u{1b}[2J \u{202e}@alice <img src=x>";
    let answers = [
        (401, When::Any),
        (422, When::Rest("POST", "/repos/*/*/issues")),
        (403, When::GraphQl("createCommitOnBranch")),
        (500, When::Rest("GET", "/repos/*/*/issues")),
    ];
    for (status, when) in answers {
        let (github, before) = attacked("", &[(PATH, &founding())]);
        let answer = json!({"message": words, "errors": [{"message": words}]});
        github.faults(Fault::always(when, Effect::Refuse(status, answer)));
        let run = Runner::push(&github, &before)
            .with("RUNNER_DEBUG", "1")
            .run();
        assert_harmless_run(&run);
        assert_ne!(run.code, 0);
        github.take_writes();
    }
}

#[test]
fn g8_the_fullest_log_shows_neither_the_token_nor_a_command() {
    // The runner of these tests looks for the token in all that a run says.
    let hostile = hostile_postmortem(0, "##[add-path]/evil ::error::pwned");
    let (github, before) = attacked("", &[(&path(1), &hostile)]);
    let run = Runner::push(&github, &before)
        .with("RUST_LOG", "trace")
        .run();
    assert!(
        run.stderr.contains("createCommitOnBranch") || run.stderr.contains("called"),
        "{}",
        run.stderr
    );
    assert_harmless_run(&run);
    github.take_writes();
}

#[test]
fn g5_a_name_of_ten_thousand_characters_fills_no_screen() {
    let long = "x".repeat(10_000);
    let (github, before) = attacked("", &[(PATH, &hostile_postmortem(0, &long))]);
    let run = Runner::push(&github, &before).run();
    let widest = run
        .stdout
        .lines()
        .filter(|line| !line.starts_with("::"))
        .map(|line| line.chars().count())
        .max();
    assert!(widest.is_some_and(|widest| widest < 2_000), "{widest:?}");
    let number = github.world().issues()[1];
    assert_harmless_body(github.world().issue(number).clone().body());
    github.take_writes();
}
