//! The founding document's template: two rows, two issues, two links, both late.

use super::*;

#[test]
fn the_founding_template_gets_two_issues_two_links_and_two_flags() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before).run().expect_code(0);

    let text = document(&github);
    let memory = issue_of(&github, "Add memory monitoring");
    let tests = issue_of(&github, "Update testing suite");
    assert_eq!(github.world().issues().len(), 2);
    assert_eq!(link(&text, "Add memory monitoring"), linked(memory));
    assert_eq!(link(&text, "Update testing suite"), linked(tests));
    documents::assert_both_late(&text);
    for number in [memory, tests] {
        let issue = github.world().issue(number).clone();
        assert!(issue.is_open);
        assert!(issue.has_label("postmortem-action"), "{:?}", issue.labels);
        assert!(issue.has_label("overdue"), "{:?}", issue.labels);
        assert_eq!(issue.assignees, Vec::<String>::new());
    }
    assert_eq!(run.output("items"), "2");
    assert_eq!(run.output("opened"), "2");
    assert_eq!(run.output("overdue"), "2");
    assert_eq!(run.output("changed"), "true");
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn an_issue_says_where_it_comes_from_and_how_it_stays_in_sync() {
    let (github, before) = shop(&founding());
    let commit = github.world().head("main");
    Runner::push(&github, &before).run().expect_code(0);
    let number = issue_of(&github, "Add memory monitoring");
    let body = github.world().issue(number).body().to_owned();
    assert!(body.starts_with("<!-- followthrough:1 {"), "{body}");
    let line = line_of(&founding(), "Add memory monitoring");
    let place = format!("https://github.com/acme/shop/blob/{commit}/{PATH}");
    assert!(body.contains(&place), "{body}");
    assert!(body.contains(&format!("#L{line}")), "{body}");
    for word in ["Checkout ran out of memory", "SRE Team", "2024-02-01"] {
        assert!(body.contains(word), "{word} in {body}");
    }
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_run_that_comes_late_links_to_a_commit_that_has_the_document() {
    for without_git in [false, true] {
        let github = GitHub::start(&[README]);
        let pushed = github.world().head("main");
        github.world().push("main", &[(PATH, &founding())]);
        // The workflow checks the branch out as it is by the time the run starts.
        let mut run = Runner::dispatch(&github, "sync").with("GITHUB_SHA", &pushed);
        run = run.with("FOLLOWTHROUGH_PATHS", PATH);
        if without_git {
            run = run.without_git();
        }
        run.run().expect_code(0);
        let number = issue_of(&github, "Add memory monitoring");
        let body = github.world().issue(number).body().to_owned();
        assert!(!body.contains(&pushed), "{body}");
        github.assert_no_unexpected_writes(&SYNC);
    }
}

#[test]
fn all_links_and_flags_come_in_one_commit() {
    let (github, before) = shop(&founding());
    Runner::push(&github, &before).run().expect_code(0);
    let writes = github.take_writes();
    let commits = writes
        .iter()
        .filter(|write| *write == "graphql createCommitOnBranch");
    assert_eq!(commits.count(), 1, "{writes:?}");
}

#[test]
fn g3_a_second_run_writes_nothing() {
    let github = linked_shop(&founding());
    let head = github.world().head("main");
    let text = document(&github);
    let run = Runner::schedule(&github).run().expect_code(0);
    github.assert_silent();
    assert_eq!(github.world().head("main"), head);
    assert_eq!(document(&github), text);
    assert_eq!(
        (run.output("opened"), run.output("changed")),
        ("0", "false")
    );
    assert_eq!(run.output("overdue"), "2");
}

#[test]
fn g3_the_same_push_run_again_from_its_old_checkout_writes_nothing() {
    let (github, before) = shop(&founding());
    let first = Runner::push(&github, &before);
    let again = Runner::push(&github, &before);
    first.run().expect_code(0);
    github.take_writes();
    let head = github.world().head("main");
    let text = document(&github);
    again.run().expect_code(0);
    github.assert_silent();
    assert_eq!(github.world().head("main"), head);
    assert_eq!(document(&github), text);
}

#[test]
fn closing_one_issue_marks_its_row_done_and_takes_its_flag_away() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, "Add memory monitoring");
    github.world().close(number, "completed");
    let issue = github.world().issue_json(number);
    Runner::issues(&github, "closed", &issue)
        .run()
        .expect_code(0);

    let text = document(&github);
    assert_eq!(status(&text, "Add memory monitoring"), "Done");
    assert_eq!(link(&text, "Add memory monitoring"), linked(number));
    assert_eq!(
        status(&text, "Update testing suite"),
        "Not Started ⚠️ overdue"
    );
    assert!(!github.world().issue(number).has_label("overdue"));
    assert!(!github.world().issue(number).is_open);
    github.assert_no_unexpected_writes(&[
        "graphql createCommitOnBranch",
        "DELETE /repos/acme/shop/issues/*/labels/overdue",
        "PATCH /repos/acme/shop/issues/*",
    ]);
    assert_settled(&github);
}

#[test]
fn late_items_are_told_by_annotation_and_summary_the_latest_first() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before).run().expect_code(0);
    github.assert_no_unexpected_writes(&SYNC);
    for row in ["Add memory monitoring", "Update testing suite"] {
        let line = line_of(&founding(), row);
        let annotations = run.annotations();
        let told = annotations
            .iter()
            .any(|found| found.name == "warning" && found.file() == PATH && found.line() == line);
        assert!(told, "no warning on line {line}: {annotations:#?}");
    }
    let first = run.summary.find("Add memory monitoring").unwrap();
    let second = run.summary.rfind("Update testing suite").unwrap();
    assert!(first < second, "{}", run.summary);
}

#[test]
fn the_plan_is_left_as_json_that_its_output_names() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before).run().expect_code(0);
    let plan = std::path::Path::new(run.output("plan"));
    let plan = if plan.is_absolute() {
        plan.to_path_buf()
    } else {
        run.workspace.join(plan)
    };
    let text = std::fs::read_to_string(&plan).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["version"], 1);
    assert!(text.contains("Add memory monitoring"));
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn an_item_that_is_due_today_is_not_late() {
    let (github, before) = shop(&postmortem(
        "| Rotate keys | @alice | 2024-03-01 | Not Started |\n",
    ));
    let run = Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(status(&document(&github), "Rotate keys"), "Not Started");
    assert_eq!(run.output("overdue"), "0");
    let number = issue_of(&github, "Rotate keys");
    assert!(!github.world().issue(number).has_label("overdue"));
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_done_item_and_a_placeholder_get_no_issue() {
    let rows =
        "| Fix the leak | @alice | 2024-01-20 | Done |\n| [Action] | [Owner] | YYYY-MM-DD | |\n";
    let (github, before) = shop(&postmortem(rows));
    let run = Runner::push(&github, &before).run();
    assert_eq!(run.output("items"), "1");
    assert_eq!(github.world().issues(), Vec::<u64>::new());
    assert_eq!(document(&github), postmortem(rows));
    github.assert_silent();
}

#[test]
fn a_push_that_touches_no_postmortem_writes_nothing() {
    let github = linked_shop(&founding());
    let before = github.world().head("main");
    github
        .world()
        .push("main", &[("README.md", "# The shop\n")]);
    Runner::push(&github, &before).run().expect_code(0);
    github.assert_silent();
}
