//! `action.yml` step by step with the real program, real payloads and the fake GitHub.

use std::fs;

use super::{
    runner::{Machine, Run, run},
    support::{
        documents::{PATH, assert_both_late, founding, link, status},
        github::GitHub,
        runner::{Runner, TODAY},
        worlds::{README, proposed, pushed},
    },
};

const SYNC: [&str; 2] = [
    "POST /repos/acme/shop/issues",
    "graphql createCommitOnBranch",
];

/// Runs the action on the machine that `runner` makes ready, with `inputs` and a fixed day.
fn acted(runner: Runner<'_>, inputs: &[(&str, &str)]) -> (Run, String) {
    let machine = runner.prepare();
    let inputs = [inputs, &[("today", TODAY)]].concat();
    let run = run(
        &inputs,
        Machine {
            real: Some(&machine),
            ..Machine::default()
        },
    );
    assert_eq!(run.steps, ["find", "run"], "{}", run.log);
    assert!(!run.log.contains(&machine.token), "{}", run.log);
    let summary = fs::read_to_string(machine.at("summary")).unwrap();
    if run.code != 2 {
        let plan = fs::read_to_string(&run.outputs["plan"]).unwrap();
        let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
        assert_eq!(plan["version"], 1);
    }
    (run, summary)
}

/// Fails unless the outputs speak of the founding template, new and late.
#[track_caller]
fn assert_outputs(run: &Run, changed: &str) {
    assert_eq!(run.code, 0, "{}", run.log);
    for (name, value) in [
        ("items", "2"),
        ("opened", "2"),
        ("updated", "0"),
        ("overdue", "2"),
        ("findings", "2"),
        ("changed", changed),
        ("exit-code", "0"),
    ] {
        assert_eq!(run.outputs[name], value, "{name} in\n{}", run.log);
    }
}

#[test]
fn a_pull_request_gets_its_comment_and_the_step_its_outputs() {
    let (github, number) = proposed(&founding());
    let (run, summary) = acted(Runner::pull_request(&github, "opened", number), &[]);
    assert_outputs(&run, "false");
    let comments = github.world().issue(number).comments.clone();
    assert_eq!(comments.len(), 1);
    for text in [&comments[0].body, &summary] {
        assert!(text.contains("Add memory monitoring"), "{text}");
    }
    assert!(run.log.contains("::warning file="), "{}", run.log);
    assert_eq!(github.world().issues(), Vec::<u64>::new());
    github.assert_no_unexpected_writes(&["POST /repos/acme/shop/issues/*/comments"]);
}

#[test]
fn a_push_opens_issues_and_links_them_and_the_same_push_again_changes_nothing() {
    let (github, before) = pushed(&[README], &founding());
    let (run, _) = acted(Runner::push(&github, &before), &[]);
    assert_outputs(&run, "true");
    let text = github.world().file("main", PATH);
    let expected = "[#1](https://github.com/acme/shop/issues/1)";
    assert_eq!(link(&text, "Add memory monitoring"), expected);
    assert_both_late(&text);
    assert_eq!(github.world().issues(), [1, 2]);
    github.assert_no_unexpected_writes(&SYNC);

    let (run, _) = acted(Runner::push(&github, &before), &[]);
    assert_eq!((run.code, run.outputs["changed"].as_str()), (0, "false"));
    github.assert_silent();
}

#[test]
fn a_closed_issue_and_a_schedule_reach_the_document() {
    let (github, before) = pushed(&[README], &founding());
    acted(Runner::push(&github, &before), &[]);
    github.world().close(1, "completed");
    let issue = github.world().issue_json(1);
    let (run, _) = acted(Runner::issues(&github, "closed", &issue), &[]);
    assert_eq!((run.code, run.outputs["updated"].as_str()), (0, "1"));
    let text = github.world().file("main", PATH);
    assert_eq!(status(&text, "Add memory monitoring"), "Done");
    github.take_writes();
    let (run, _) = acted(Runner::schedule(&github), &[]);
    assert_eq!((run.code, run.outputs["overdue"].as_str()), (0, "1"));
    github.assert_silent();
}

#[test]
fn a_step_that_fails_has_its_outputs_and_its_code_all_the_same() {
    let (github, number) = proposed(&founding());
    let event = Runner::pull_request(&github, "opened", number);
    let (run, _) = acted(event, &[("fail-on", "info")]);
    assert_eq!(run.code, 1, "{}", run.log);
    assert_eq!(run.outputs["findings"], "2");
    assert_eq!(run.outputs["exit-code"], "1");
    github.take_writes();

    let (run, _) = acted(Runner::schedule(&github), &[("command", "synk")]);
    assert_eq!((run.code, run.outputs["exit-code"].as_str()), (2, "2"));
    assert!(run.log.contains("::error"), "{}", run.log);
}

#[test]
fn inputs_reach_the_real_program() {
    let github = GitHub::start(&[README]);
    let other = "postmortems/2024-02-01-other.md";
    let config = "issues:\n  max-new: 1\n";
    let files = [
        (PATH, founding()),
        (other, founding()),
        ("ci/ft.yml", config.to_owned()),
    ];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    github.world().push("main", &files);
    let inputs = [
        ("command", "sync"),
        ("paths", other),
        ("config", "ci/ft.yml"),
        ("write-back", "none"),
    ];
    let (run, summary) = acted(Runner::dispatch(&github, ""), &inputs);
    assert_eq!(run.code, 4, "{}", run.log);
    assert_eq!(
        (
            run.outputs["items"].as_str(),
            run.outputs["opened"].as_str()
        ),
        ("2", "1")
    );
    assert!(summary.contains("+| Add memory monitoring"), "{summary}");
    assert_eq!(github.world().file("main", other), founding());
    github.assert_no_unexpected_writes(&SYNC[..1]);
}
