//! How links and status get into the document: one commit on the head that was read, a pull request where the
//! branch is protected, and nothing lost where neither works.

use super::*;

const MOVED: When = When::GraphQl("createCommitOnBranch");

#[test]
fn a_commit_that_lands_in_between_is_kept_and_ours_comes_on_top() {
    let (github, before) = shop(&founding());
    let by_hand = founding().replace("2024-02-15", "2024-02-20");
    github.fault(
        MOVED,
        Effect::MovedHead {
            branch: "main",
            path: PATH,
            content: by_hand,
        },
    );
    Runner::push(&github, &before).run().expect_code(0);
    let text = document(&github);
    assert!(
        text.contains("2024-02-20") && !text.contains("2024-02-15"),
        "{text}"
    );
    let memory = issue_of(&github, "Add memory monitoring");
    assert_eq!(link(&text, "Add memory monitoring"), linked(memory));
    assert_eq!(github.world().issues().len(), 2);
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_head_that_never_stands_still_gets_a_pull_request() {
    let (github, before) = shop(&founding());
    for n in 0..12 {
        github.fault(
            MOVED,
            Effect::MovedHead {
                branch: "main",
                path: "docs/busy.md",
                content: format!("{n}\n"),
            },
        );
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
    let memory = issue_of(&github, "Add memory monitoring");
    assert_eq!(
        link(&document(&github), "Add memory monitoring"),
        linked(memory)
    );
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_protected_branch_gets_a_pull_request_that_is_not_opened_twice() {
    for protection in [Protection::Classic, Protection::Ruleset] {
        let (github, before) = shop(&founding());
        github
            .world()
            .shop()
            .protected
            .insert("main".into(), protection);
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
        let memory = issue_of(&github, "Add memory monitoring");
        assert_eq!(link(&text, "Add memory monitoring"), linked(memory));
        github.take_writes();

        Runner::schedule(&github).run().expect_code(0);
        github.assert_silent();
        assert_eq!(github.world().issues().len(), 2);

        // Its merge ends the matter.
        let at = github.world().tick();
        github.world().issue(pulls[0]).is_open = false;
        github.world().issue(pulls[0]).closed_at = Some(at);
        github.world().push("main", &[(PATH, &text)]);
        Runner::schedule(&github).run().expect_code(0);
        github.assert_silent();
    }
}

#[test]
fn where_pull_requests_are_forbidden_too_the_run_says_so_and_opens_nothing_twice() {
    let (github, before) = shop(&founding());
    github
        .world()
        .shop()
        .protected
        .insert("main".into(), Protection::Ruleset);
    github.world().shop().actions_may_open_pulls = false;
    let run = Runner::push(&github, &before).run();
    assert_ne!(run.code, 0, "{}", run.said());
    assert!(
        run.said().contains("not permitted to create"),
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
    let github = GitHub::start(&[("README.md", "# Shop\n")]);
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
