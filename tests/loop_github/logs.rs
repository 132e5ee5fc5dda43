//! The log shows each call and what it cost, and never the token or what is in a body.

use super::{support::laptop::Laptop, *};
use base64::{Engine as _, prelude::BASE64_STANDARD};

/// The lines of the log that a run wrote.
fn log(run: &Outcome) -> Vec<&str> {
    let levels = ["TRACE ", "DEBUG ", " INFO ", " WARN ", "ERROR "];
    let lines = run.stderr.lines();
    lines
        .filter(|line| levels.iter().any(|level| line.starts_with(level)))
        .collect()
}

fn called<'r>(log: &[&'r str]) -> Vec<&'r str> {
    log.iter()
        .copied()
        .filter(|line| line.contains("called "))
        .collect()
}

#[test]
fn each_way_to_ask_for_the_log_shows_every_call_with_what_it_cost_and_left() {
    for (variable, value) in [("RUST_LOG", "followthrough=debug"), ("RUNNER_DEBUG", "1")] {
        let (github, before) = shop(&founding());
        let run = Runner::push(&github, &before)
            .with(variable, value)
            .run()
            .expect_code(0);
        let log = log(&run);
        let called = called(&log);
        let calls = github.world().calls.clone();
        assert_eq!(called.len(), calls.len(), "{called:#?}");
        for (line, call) in called.iter().zip(&calls) {
            for part in [
                format!("method={}", call.method),
                format!("path=\"{}\"", call.path),
                format!("status={}", call.status),
                "cost=1".to_owned(),
                "remaining=\"".to_owned(),
            ] {
                assert!(line.contains(&part), "{part} in {line}");
            }
        }
        let left = log.iter().find(|line| line.contains("remaining=\"999\""));
        assert!(left.is_some(), "{log:#?}");
        github.assert_no_unexpected_writes(&SYNC);
    }
}

#[test]
fn on_a_laptop_the_flag_shows_every_call() {
    let (github, _) = shop(&founding());
    let laptop = Laptop::new(&[(PATH, founding().as_bytes())]);
    let variables = github.variables();
    let given: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    for (arguments, shows) in [(&["plan"][..], false), (&["--verbose", "plan"], true)] {
        let start = github.calls().len();
        let run = laptop.run_with(arguments, &given).expect_code(0);
        let made = github.calls().len() - start;
        let log = log(&run);
        let shown = called(&log).len();
        assert_eq!(
            (shown, made > 0),
            (if shows { made } else { 0 }, true),
            "{log:#?}"
        );
        assert!(!run.said().contains(TOKEN), "{}", run.said());
    }
    github.assert_silent();
}

#[test]
fn without_being_asked_for_there_is_no_log() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(log(&run), Vec::<&str>::new());
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_server_without_limits_is_said_to_have_none() {
    let (github, before) = shop(&founding());
    github.world().quota = None;
    let run = Runner::push(&github, &before)
        .with("RUNNER_DEBUG", "1")
        .run()
        .expect_code(0);
    let log = log(&run);
    let called = called(&log);
    assert!(
        called
            .iter()
            .all(|line| line.contains("remaining=\"no limit\"")),
        "{called:#?}"
    );
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn waits_and_lost_answers_are_in_the_log() {
    let (github, before) = shop(&founding());
    github.fault(
        When::Rest("POST", "/repos/*/*/issues"),
        Effect::SecondaryLimit(Some(0)),
    );
    github.fault(When::Rest("GET", "/repos/*/*/issues"), Effect::CutBefore);
    let run = Runner::push(&github, &before)
        .with("RUNNER_DEBUG", "1")
        .run()
        .expect_code(0);
    let log = log(&run).join("\n");
    for part in ["the limit for bursts", "a broken answer", "Lost("] {
        assert!(log.contains(part), "{part} in {log}");
    }
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn g8_everything_traced_shows_neither_the_token_nor_a_body_nor_another_library() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before)
        .with("RUST_LOG", "trace")
        .with("RUNNER_DEBUG", "1")
        .run()
        .expect_code(0);
    let log = log(&run);
    assert!(!log.is_empty());
    let own = ["called ", "waiting ", "connecting "];
    let foreign: Vec<_> = log
        .iter()
        .filter(|line| !own.iter().any(|word| line.contains(word)))
        .collect();
    assert_eq!(foreign, Vec::<&&str>::new());
    let all = log.join("\n");
    // Base64 of the token at each of the three places that it can have in a longer text, less its ends.
    let forms = ["", "x", "xx"].map(|before| {
        let coded = BASE64_STANDARD.encode(format!("{before}{TOKEN}"));
        coded[4..coded.len() - 4].to_owned()
    });
    for secret in forms
        .iter()
        .map(String::as_str)
        .chain([TOKEN, "uthorization", "earer "])
    {
        assert!(!run.said().contains(secret), "{secret} in {}", run.said());
    }
    let bodies = [
        "memory monitoring",
        "createCommitOnBranch",
        "query ",
        "state=",
        "per_page",
    ];
    for private in bodies {
        assert!(!all.contains(private), "{private} in {all}");
    }
    github.assert_no_unexpected_writes(&SYNC);
}
