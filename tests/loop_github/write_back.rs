//! How links and status get into the document: one commit on the head that was read, a pull request where the
//! branch is protected, and nothing lost where neither works.

use super::*;

const MOVED: When = When::GraphQl("createCommitOnBranch");

/// Somebody commits to `main` just before the run does.
fn edit_before_the_commit(github: &GitHub, path: &'static str, content: String) {
    let branch = "main";
    github.fault(
        MOVED,
        Effect::MovedHead {
            branch,
            path,
            content,
        },
    );
}

#[test]
fn a_commit_that_lands_in_between_is_kept_and_ours_comes_on_top() {
    let (github, before) = shop(&founding());
    let by_hand = founding().replace("2024-02-15", "2024-02-20");
    edit_before_the_commit(&github, PATH, by_hand);
    Runner::push(&github, &before).run().expect_code(0);
    let text = document(&github);
    assert!(
        text.contains("2024-02-20") && !text.contains("2024-02-15"),
        "{text}"
    );
    assert_linked(&github, &text, "Add memory monitoring");
    assert_eq!(github.world().issues().len(), 2);
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_head_that_never_stands_still_gets_a_pull_request() {
    let (github, before) = shop(&founding());
    for n in 0..12 {
        edit_before_the_commit(&github, "docs/busy.md", format!("{n}\n"));
    }
    let run = Runner::push(&github, &before).run();
    assert_eq!(run.code, 0, "{}", run.said());
    assert_eq!(github.world().pulls().len(), 1);
    let tries = github.calls();
    let tries = tries
        .iter()
        .filter(|call| call.contains("createCommitOnBranch"));
    // Five on the branch, and one beside it for the pull request.
    assert_eq!(tries.count(), 6);
    github.take_writes();
    github.world().faults.clear();
    Runner::schedule(&github).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    assert_linked(&github, &document(&github), "Add memory monitoring");
    // The branch stands still again, and takes the commit.
    let pull = github.world().pulls()[0];
    assert!(!github.world().issue(pull).is_open);
    github.assert_no_unexpected_writes(
        &[
            &SYNC[..],
            &["PATCH /repos/acme/shop/pulls/*"],
            &["DELETE /repos/acme/shop/git/refs/heads/followthrough/sync"],
        ]
        .concat(),
    );
}

#[test]
fn a_protected_branch_gets_a_pull_request_that_is_not_opened_twice() {
    for protection in [Protection::Classic, Protection::Ruleset] {
        let (github, before) = shop(&founding());
        github.world().protect(protection);
        let run = Runner::push(&github, &before).run().expect_code(0);
        let pulls = github.world().pulls();
        assert_eq!(pulls.len(), 1, "{protection:?}");
        assert!(
            run.said().contains(&format!("#{}", pulls[0])) || run.said().contains("/pull/"),
            "{}",
            run.said()
        );
        assert_eq!(document(&github), founding(), "{protection:?}");
        let pull = github.world().issue(pulls[0]).pull.clone().unwrap();
        assert_eq!(pull.base_ref, "main");
        let text = github.world().file(&pull.head_ref, PATH);
        assert_linked(&github, &text, "Add memory monitoring");
        github.take_writes();

        assert_settled(&github);
        assert_eq!(github.world().issues().len(), 2);

        // Its merge ends the matter, but for the branch where the repository keeps those.
        let at = github.world().tick();
        github.world().issue(pulls[0]).is_open = false;
        github.world().issue(pulls[0]).closed_at = Some(at);
        github.world().push("main", &[(PATH, &text)]);
        Runner::schedule(&github).run().expect_code(0);
        let branch = "DELETE /repos/acme/shop/git/refs/heads/followthrough/sync";
        assert_eq!(github.take_writes(), [branch]);
        assert_settled(&github);
    }
}

#[test]
fn where_pull_requests_are_forbidden_too_the_run_says_so_and_opens_nothing_twice() {
    let (github, before) = shop(&founding());
    github.world().protect(Protection::Ruleset);
    github.world().shop().actions_may_open_pulls = false;
    let run = Runner::push(&github, &before).run();
    assert_ne!(run.code, 0, "{}", run.said());
    assert!(
        run.said().contains("not permitted to create") && run.said().contains("settings"),
        "{}",
        run.said()
    );
    Runner::schedule(&github).run();
    assert_eq!(github.world().issues().len(), 2);
    assert_eq!(github.world().pulls(), Vec::<u64>::new());
    github.take_writes();
}

#[test]
fn write_back_by_pull_request_touches_no_branch_of_others() {
    let (github, before) = shop(&founding());
    let head = github.world().head("main");
    Runner::push(&github, &before)
        .with("FOLLOWTHROUGH_WRITE_BACK", "pull-request")
        .run()
        .expect_code(0);
    assert_eq!(github.world().head("main"), head);
    assert_eq!(github.world().pulls().len(), 1);
    github.take_writes();
}

#[test]
fn write_back_none_leaves_a_patch_in_the_summary() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before)
        .with("FOLLOWTHROUGH_WRITE_BACK", "none")
        .run();
    assert_eq!(document(&github), founding());
    let memory = issue_of(&github, "Add memory monitoring");
    assert!(run.summary.contains(&linked(memory)), "{}", run.summary);
    assert!(
        run.summary.contains("+| Add memory monitoring"),
        "{}",
        run.summary
    );
    github.assert_no_unexpected_writes(&SYNC[..3]);
}

#[test]
fn g2_line_ends_padding_and_a_missing_last_newline_survive_the_way_to_github_and_back() {
    let odd = founding()
        .replace('\n', "\r\n")
        .replace("| SRE Team |", "|  SRE Team\t|");
    let odd = odd.trim_end().to_owned();
    let (github, before) = shop(&odd);
    Runner::push(&github, &before).run().expect_code(0);
    let text = document(&github);
    let memory = issue_of(&github, "Add memory monitoring");
    assert!(text.contains(&linked(memory)), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(
        !text.ends_with('\n') && text.contains("|  SRE Team\t|"),
        "{text:?}"
    );
    assert_eq!(
        documents::outside_tables(&text),
        documents::outside_tables(&odd)
    );
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn several_documents_are_written_in_one_commit() {
    let github = GitHub::start(&[README]);
    let before = github.world().head("main");
    let other = postmortem("| Rotate keys | @alice | 2024-06-01 | Not Started |\n");
    let list = "# Outage\n\n## Action Items\n\n- [ ] Add a dashboard (@bob, due 2024-06-01)\n";
    github.world().push(
        "main",
        &[
            (PATH, &founding()),
            ("postmortems/2024-02-01-keys.md", &other),
            ("postmortems/2024-02-02-list.md", list),
        ],
    );
    Runner::push(&github, &before).run();
    assert_eq!(github.world().issues().len(), 4);
    let writes = github.take_writes();
    let commits = writes
        .iter()
        .filter(|write| write.contains("createCommitOnBranch"));
    assert_eq!(commits.count(), 1, "{writes:?}");
    let dashboard = issue_of(&github, "Add a dashboard");
    let text = github
        .world()
        .file("main", "postmortems/2024-02-02-list.md");
    assert!(
        text.contains(&format!(" ({})\n", linked(dashboard))),
        "{text}"
    );
}

#[test]
fn a_commit_that_changes_the_very_row_is_planned_on_again() {
    let (github, before) = shop(&founding());
    let by_hand = founding().replace(
        "| SRE Team | 2024-02-01 | In Progress |",
        "| Dev Team | 2024-06-01 | Done |",
    );
    edit_before_the_commit(&github, PATH, by_hand);
    Runner::push(&github, &before).run();
    let text = document(&github);
    let cells = documents::cells(&text, "Add memory monitoring");
    assert_eq!(cells[1..3], ["Dev Team", "2024-06-01"]);
    assert!(cells[3].starts_with("Done"), "{text}");
    assert_eq!(github.world().issues().len(), 2);
    assert_linked(&github, &text, "Update testing suite");
    github.take_writes();
    Runner::schedule(&github).run();
    github.assert_silent();
}

#[test]
fn a_postmortem_that_is_deleted_meanwhile_hides_no_other_and_stays_deleted() {
    let (github, before) = shop(&founding());
    let other = "postmortems/2024-02-01-keys.md";
    let keys = postmortem("| Rotate keys | @alice | 2024-06-01 | Not Started |\n");
    github.world().push("main", &[(other, &keys)]);
    github.fault(
        MOVED,
        Effect::GoneFile {
            branch: "main",
            path: other,
        },
    );
    Runner::push(&github, &before).run().expect_code(0);
    assert!(
        !github
            .world()
            .shop()
            .git
            .head("main")
            .unwrap()
            .files
            .contains_key(other)
    );
    let text = document(&github);
    assert_linked(&github, &text, "Add memory monitoring");
    github.take_writes();
    assert_settled(&github);
}

#[test]
fn write_back_none_stays_quiet_in_issues_and_shows_its_patch_until_it_is_applied() {
    let (github, before) = shop(&founding());
    Runner::push(&github, &before)
        .with("FOLLOWTHROUGH_WRITE_BACK", "none")
        .run()
        .expect_code(0);
    github.take_writes();
    let again = Runner::push(&github, &before).with("FOLLOWTHROUGH_WRITE_BACK", "none");
    let run = again.run().expect_code(0);
    github.assert_silent();
    assert!(run.summary.contains("+| Add memory"), "{}", run.summary);
    assert_eq!(github.world().issues().len(), 2);
}

#[test]
fn write_back_by_pull_request_keeps_one_pull_request_current() {
    let config = "write-back: pull-request\nissues:\n  since: 2024-01-01\n";
    let (github, before) = configured_shop(config, &founding());
    Runner::push(&github, &before).run().expect_code(0);
    let pull = github.world().pulls()[0];
    github.take_writes();
    assert_settled(&github);

    let memory = issue_of(&github, "Add memory monitoring");
    github.world().close(memory, "completed");
    Runner::schedule(&github).run().expect_code(0);
    assert_eq!(github.world().pulls(), [pull]);
    let branch = github.world().issue(pull).pull.clone().unwrap().head_ref;
    let text = github.world().file(&branch, PATH);
    assert_eq!(status(&text, "Add memory monitoring"), "Done");
    assert_eq!(document(&github), founding());
    github.take_writes();
    assert_settled(&github);
}

#[test]
fn write_back_commit_goes_to_the_branch_at_once() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before).with("FOLLOWTHROUGH_WRITE_BACK", "commit");
    run.run().expect_code(0);
    assert_linked(&github, &document(&github), "Add memory monitoring");
    assert_eq!(github.world().pulls(), Vec::<u64>::new());
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn write_back_to_files_leaves_the_branch_to_a_later_step() {
    let (github, before) = shop(&founding());
    let run = Runner::push(&github, &before).with("FOLLOWTHROUGH_WRITE_BACK", "files");
    let run = run.run().expect_code(0);
    let text = std::fs::read_to_string(run.workspace.join(PATH)).unwrap();
    assert_linked(&github, &text, "Add memory monitoring");
    assert_eq!(document(&github), founding());
    github.assert_no_unexpected_writes(&SYNC[..3]);
}

#[test]
fn g2_missing_outer_pipes_ragged_rows_and_escapes_survive_the_way_to_github_and_back() {
    let table = "Action | Owner | Due Date | Status\r\n--- | --- | --- | ---\r\n\
        Add a \\| b alarm | SRE Team | 2024-02-01 | In Progress  \r\n\
        Update testing suite | Dev Team | 2024-06-01\r\n";
    let text = format!(
        "\u{feff}# Outage\r\n\r\n## Action Items\r\n\r\n{table}\r\nThe end, `|` included.  "
    );
    let (github, before) = shop(&text);
    Runner::push(&github, &before).run();
    let new = document(&github);
    assert_eq!(github.world().issues().len(), 2, "{new}");
    assert!(new.starts_with("\u{feff}# Outage\r\n"), "{new:?}");
    assert!(new.ends_with("\r\n\r\nThe end, `|` included.  "), "{new:?}");
    assert_eq!(new.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(new.matches("\r\n").count(), text.matches("\r\n").count());
    assert!(
        new.contains("\r\nAdd a \\| b alarm | SRE Team | 2024-02-01 | In Progress ⚠️ overdue"),
        "{new:?}"
    );
    for number in [1, 2] {
        assert_eq!(new.matches(&linked(number)).count(), 1, "{new:?}");
    }
    github.take_writes();
}
