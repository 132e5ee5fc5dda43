//! Every event by which a workflow can start, and every command that a person can name.

use super::{
    support::{documents::ROWS, payloads::NO_COMMIT},
    *,
};

const OUTPUTS: [&str; 6] = [
    "items", "opened", "updated", "overdue", "findings", "changed",
];

/// Five outputs that are all zero, and nothing changed.
#[track_caller]
fn assert_nothing_told(run: &Outcome) {
    let told = OUTPUTS.map(|name| run.output(name).to_owned());
    assert_eq!(told, ["0", "0", "0", "0", "0", "false"]);
}

fn comments(github: &GitHub, number: u64) -> usize {
    github.world().issue(number).comments.len()
}

#[test]
fn a_merge_group_is_reviewed_without_a_comment() {
    let flawed = postmortem("| Write a runbook | | 2024-06-01 | Not Started |\n");
    let (github, number) = proposed(&flawed);
    let run = Runner::merge_group(&github, number)
        .with("FOLLOWTHROUGH_FAIL_ON", "info")
        .run()
        .expect_code(1);
    let line = line_of(&flawed, "Write a runbook");
    let at_row = |found: &&support::protocol::Command| found.file() == PATH && found.line() == line;
    assert!(run.annotations().iter().any(at_row), "{}", run.said());
    assert_eq!((run.output("items"), run.output("opened")), ("1", "1"));
    assert_eq!(comments(&github, number), 0);
    github.assert_silent();
}

#[test]
fn a_merge_group_is_not_held_up_by_postmortems_that_it_does_not_touch() {
    let old = postmortem("| An old promise | | someday | Whenever |\n");
    let (github, number) = proposal(
        &[("postmortems/2019-01-01-old.md", &old)],
        &[(PATH, &founding())],
    );
    let run = Runner::merge_group(&github, number)
        .with("FOLLOWTHROUGH_FAIL_ON", "info")
        .run();
    assert!(!run.said().contains("An old promise"), "{}", run.said());
    assert_eq!(run.output("items"), "2");
    github.assert_silent();
}

#[test]
fn dispatched_commands_do_what_they_say_and_no_more() {
    for (command, opened) in [("check", "0"), ("plan", "2")] {
        let (github, _) = adopted_shop(&founding());
        let run = Runner::dispatch(&github, command).run().expect_code(0);
        github.assert_silent();
        let told = (
            run.output("items"),
            run.output("opened"),
            run.output("changed"),
        );
        assert_eq!(told, ("2", opened, "false"), "{command}");
        assert_eq!(document(&github), founding(), "{command}");
    }
    for command in ["sync", "sweep", "auto"] {
        let (github, _) = adopted_shop(&founding());
        let run = Runner::dispatch(&github, command).run().expect_code(0);
        let told = (run.output("opened"), run.output("changed"));
        assert_eq!(told, ("2", "true"), "{command}");
        assert_eq!(github.world().issues().len(), 2, "{command}");
        github.assert_no_unexpected_writes(&SYNC);
    }
}

#[test]
fn a_dispatch_handles_only_the_paths_that_it_names() {
    let (github, _) = shop(&founding());
    let other = postmortem("| Rotate keys | @alice | 2024-06-01 | Not Started |\n");
    let path = "postmortems/2024-02-01-keys.md";
    github.world().push("main", &[(path, &other)]);
    let run = Runner::dispatch(&github, "sync").with("FOLLOWTHROUGH_PATHS", path);
    run.run().expect_code(0);
    assert_eq!(github.world().issues().len(), 1);
    assert_eq!(document(&github), founding());
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn inputs_that_cannot_be_meant_are_told_with_what_is_allowed() {
    for (name, value, allowed) in [
        ("FOLLOWTHROUGH_COMMAND", "synk", "`sync`"),
        ("FOLLOWTHROUGH_FAIL_ON", "often", "`never`"),
        ("FOLLOWTHROUGH_WRITE_BACK", "push", "`pull-request`"),
        ("FOLLOWTHROUGH_TODAY", "tomorrow", "YYYY-MM-DD"),
        ("FOLLOWTHROUGH_CONFIG", "nowhere.yml", "nowhere.yml"),
        (
            "FOLLOWTHROUGH_PATHS",
            "postmortems/none.md",
            "postmortems/none.md",
        ),
    ] {
        let github = linked_shop(&founding());
        let run = Runner::schedule(&github)
            .with(name, value)
            .run()
            .expect_code(2);
        assert!(run.said().contains(value), "{name}: {}", run.said());
        assert!(run.said().contains(allowed), "{name}: {}", run.said());
        github.assert_silent();
    }
}

#[test]
fn a_sync_before_the_merge_is_refused() {
    let (github, number) = proposed(&founding());
    let run = Runner::pull_request(&github, "opened", number).with("FOLLOWTHROUGH_COMMAND", "sync");
    let run = run.run().expect_code(2);
    assert!(run.said().contains("merge"), "{}", run.said());
    github.assert_silent();
}

#[test]
fn pushes_elsewhere_are_nothing_to_act_on() {
    let github = GitHub::start(&[README]);
    let main = github.world().head("main");
    let topic = github.world().push("topic", &[(PATH, &founding())]);
    for (name, before, after) in [
        ("refs/heads/topic", main.as_str(), topic.as_str()),
        ("refs/heads/topic", NO_COMMIT, &topic),
        ("refs/heads/topic", &topic, NO_COMMIT),
        ("refs/heads/main", &main, NO_COMMIT),
        ("refs/tags/v1", NO_COMMIT, &main),
        ("refs/tags/main", NO_COMMIT, &main),
    ] {
        let run = Runner::push_elsewhere(&github, name, before, after).run();
        let run = run.expect_code(0);
        assert!(run.said().contains(name), "{}", run.said());
    }
    assert_eq!(github.calls(), Vec::<String>::new());
}

#[test]
fn a_pull_request_that_is_merged_is_left_to_the_push() {
    let (github, number) = proposed(&founding());
    let mut world = github.world();
    world.issue(number).pull.as_mut().unwrap().is_merged = true;
    drop(world);
    Runner::pull_request(&github, "closed", number)
        .run()
        .expect_code(0);
    assert_eq!(github.calls(), Vec::<String>::new());
}

#[test]
fn a_pull_request_that_is_closed_without_merging_has_opened_nothing_to_close() {
    let (github, number) = proposed(&founding());
    Runner::pull_request(&github, "closed", number)
        .run()
        .expect_code(0);
    // The repository and the configuration of its base branch.
    assert_eq!(github.calls().len(), 2, "{:?}", github.calls());
    github.assert_silent();
}

#[test]
fn a_draft_is_reviewed_as_any_other() {
    let (github, number) = proposed(&founding());
    github.world().issue(number).pull.as_mut().unwrap().is_draft = true;
    let run = Runner::pull_request(&github, "opened", number).run();
    let run = run.expect_code(0);
    assert_eq!(run.output("opened"), "2");
    assert_eq!(github.world().issues(), Vec::<u64>::new());
    github.assert_no_unexpected_writes(&[COMMENT]);
}

#[test]
fn a_pull_request_that_deletes_a_postmortem_has_nothing_to_review() {
    let github = linked_shop(&founding());
    github.world().remove("topic", PATH);
    let number = github.world().open_pull("alice", "topic", "acme/shop");
    let run = Runner::pull_request(&github, "opened", number).run();
    assert_nothing_told(&run.expect_code(0));
    assert_eq!(comments(&github, number), 0);
    github.assert_silent();
}

#[test]
fn a_renamed_postmortem_keeps_its_issues() {
    let github = linked_shop(&founding());
    let text = document(&github);
    let new = "postmortems/2024-01-15-checkout.md";
    github.world().remove("topic", PATH);
    github.world().push("topic", &[(new, &text)]);
    let number = github.world().open_pull("alice", "topic", "acme/shop");
    let run = Runner::pull_request(&github, "opened", number).run();
    let run = run.expect_code(0);
    assert_eq!((run.output("items"), run.output("opened")), ("2", "0"));
    github.assert_no_unexpected_writes(&[COMMENT]);

    let before = github.world().head("main");
    github.world().remove("main", PATH);
    github.world().push("main", &[(new, &text)]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    assert_eq!(github.world().file("main", new), text);
    github.take_writes();
    assert_settled(&github);
}

#[test]
fn a_renamed_postmortem_whose_links_were_never_written_gets_no_second_issues() {
    let (github, before) = adopted_shop(&founding());
    push_without_links(&github, &before);
    let new = "postmortems/2024-01-15-checkout.md";
    let before = github.world().head("main");
    github.world().remove("main", PATH);
    github.world().push("main", &[(new, &founding())]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    let text = github.world().file("main", new);
    assert_linked(&github, &text, "Add memory monitoring");
    github.take_writes();
}

#[test]
fn a_new_postmortem_takes_no_issues_of_another_one_of_its_name_that_is_still_there() {
    let (github, before) = adopted_shop(&founding());
    github.faults(Fault::always(
        When::GraphQl("createCommitOnBranch"),
        Effect::CutBefore,
    ));
    Runner::push(&github, &before).run();
    github.world().faults.clear();
    github.take_writes();
    let namesake = PATH.replace("postmortems/", "postmortems/branch-office/");
    github.world().push("topic", &[(&namesake, &founding())]);
    let number = github.world().open_pull("alice", "topic", "acme/shop");
    let run = Runner::pull_request(&github, "opened", number).run();
    let run = run.expect_code(0);
    assert_eq!((run.output("items"), run.output("opened")), ("2", "2"));
    github.assert_no_unexpected_writes(&[COMMENT]);
}

#[test]
fn a_pull_request_without_postmortems_is_fine_and_says_so_in_outputs() {
    let (github, number) = proposal(
        &[README, (PATH, &founding())],
        &[("README.md", "# The shop\n")],
    );
    let run = Runner::pull_request(&github, "opened", number).run();
    assert_nothing_told(&run.expect_code(0));
    assert_eq!(comments(&github, number), 0);
    github.assert_silent();
}

#[test]
fn a_pull_request_cannot_switch_rules_off_nor_hide_its_file() {
    let flawed = postmortem("| Add an alarm | | 2024-06-01 | Not Started |\n");
    let loose = "rules:\n  owner-missing: off\npostmortems:\n  exclude: [\"**/*.md\"]\n";
    let (github, number) = proposal(
        &[README, (CONFIG, "fail-on: info\n")],
        &[(PATH, &flawed), (CONFIG, loose)],
    );
    let run = Runner::pull_request(&github, "opened", number).run();
    let run = run.expect_code(1);
    assert!(run.said().contains("Add an alarm"), "{}", run.said());
    github.assert_no_unexpected_writes(&[COMMENT]);
}

#[test]
fn a_configuration_that_is_broken_only_in_the_pull_request_stops_nothing() {
    let github = GitHub::start(&[README]);
    let files = [(PATH, founding()), (CONFIG, "isues: [\n".to_owned())];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    github.world().push("topic", &files);
    let number = github.world().open_pull("alice", "topic", "acme/shop");
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    github.assert_no_unexpected_writes(&[COMMENT]);
}

#[test]
fn a_configuration_that_is_broken_on_the_base_branch_is_named_by_file_and_line() {
    let broken = "fail-on: error\nisues:\n  max-new: 3\n";
    let (github, number) = proposal(
        &[README, (CONFIG, broken)],
        &[(PATH, &founding()), (CONFIG, "fail-on: error\n")],
    );
    let run = Runner::pull_request(&github, "opened", number).run();
    let run = run.expect_code(2);
    assert!(
        run.said().contains(&format!("{CONFIG}:2")),
        "{}",
        run.said()
    );
    assert!(run.said().contains("`issues`"), "{}", run.said());
    github.assert_silent();
}

#[test]
fn a_push_says_who_is_late_even_where_the_row_was_deleted_since() {
    let github = linked_shop(&founding());
    let before = github.world().head("main");
    let first = ROWS.lines().next().unwrap().split(" | ").next().unwrap();
    let text = document(&github);
    let fewer: String = text
        .split_inclusive('\n')
        .filter(|line| !line.starts_with(first))
        .collect();
    github.world().push("main", &[(PATH, &fewer)]);
    let run = Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(run.output("overdue"), "1");
    // A row that is gone neither closes its issue nor gets another.
    assert_eq!(github.world().issues().len(), 2);
    assert!(github.world().issue(1).is_open);
    assert_eq!(document(&github), fewer);
}
